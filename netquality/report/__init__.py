"""One HTML file that says what an export shows: self-contained, no request.

It is made of the same tables and sentences as everything else; the page itself is
`report.html.jinja`, in which every value is escaped. What moves in it, the
charts of people and of circles, is shut in frames.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from netquality.files import replace_file, writable
from netquality.report.facts import about, facts_of
from netquality.status import assess
from netquality.summary import summarise
from netquality.words import day_text, plural, share_text

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import pandas as pd

    from netquality.network import Network
    from netquality.summary import Summary

__all__ = ["MARK", "render_report", "write_report"]

MARK: Final = '<meta name="generator" content="netquality'
"""What tells a report of ours from any other file of that name."""

LONGEST: Final = 160
"""Characters shown of a name, an employer or a file name."""

_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def render_report(
    network: Network,
    people: pd.DataFrame | None = None,
    *,
    summary: Summary | None = None,
    is_sample: bool = False,
) -> str:
    """Return the report of an export as one HTML page.

    Parameters
    ----------
    network : Network
    people : pandas.DataFrame, optional
        As `netquality.assess` returns it.
    summary : Summary, optional
        As `netquality.summary.summarise` returns it.
    is_sample : bool
        Whether to say that nobody in it exists.

    Returns
    -------
    str
        A whole HTML document. It allows itself nothing but its own style, and the scripts of the
        charts of people and of circles, each in a frame of its own; it makes no request.

    Examples
    --------
    >>> import netquality as nq
    >>> page = render_report(nq.load_sample(), is_sample=True)
    >>> "default-src 'none'" in page, "https://" in page.replace("https://www.linkedin.com", "")
    (True, False)
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - loads when used

    people = assess(network) if people is None else people
    summary = summarise(network, people) if summary is None else summary
    environment = Environment(
        autoescape=True,
        finalize=_showable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "about": about,
        "count": "{:,}".format,
        "day": day_text,
        "plural": plural,
        "share": share_text,
        "times": "{:.1f} times".format,
        "short": _short,
    }
    page = environment.from_string(
        files("netquality.report").joinpath("report.html.jinja").read_text("utf-8")
    )
    return page.render(facts_of(network, people, summary) | {"is_sample": is_sample})


def write_report(
    network: Network,
    path: str | os.PathLike[str],
    people: pd.DataFrame | None = None,
    *,
    summary: Summary | None = None,
    is_sample: bool = False,
    force: bool = False,
) -> Path:
    """Write the report of an export.

    Parameters
    ----------
    network : Network
    path : str or path-like
        Where to; an earlier report there is replaced, another file is not.
    people, summary, is_sample
        As in `render_report`.
    force : bool
        Replace whatever is there.

    Returns
    -------
    Path

    Raises
    ------
    NetQualityError
        When the file cannot be written, or another file of that name is there.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_report(nq.load_sample(), f"{home}/mine.html", is_sample=True).name
    'mine.html'
    """
    target = writable(path, mark=MARK, what="netquality report", force=force)
    page = render_report(network, people, summary=summary, is_sample=is_sample)
    replace_file(target, page.encode("utf-8"))
    return target


def _short(text: str) -> str:
    """Return a text of others no longer than a page can bear."""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"


def _showable(value: object) -> object:
    """Replace what no page can show, in plain values; what is marked as safe is ours already."""
    return _UNSHOWABLE.sub("\ufffd", value) if type(value) is str else value
