"""One HTML file that says what an export shows: self-contained, no request.

It is made of the same tables and sentences as everything else; its pages are the templates beside
this file, in which every value is escaped. What can be pointed at in it, the charts of people and
of circles, is shut in frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from netquality.errors import SettingError
from netquality.files import replace_file, writable
from netquality.privacy import pseudonymise
from netquality.privacy.casting import cast_of
from netquality.report.counts import counts_of
from netquality.report.facts import facts_of
from netquality.report.page import page_of
from netquality.report.texts import LONGEST
from netquality.status import assess
from netquality.summary import summarise

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import pandas as pd

    from netquality.journal import Journal
    from netquality.network import Network
    from netquality.summary import Summary

__all__ = ["LONGEST", "MARK", "render_report", "write_report"]

MARK: Final = '<meta name="generator" content="netquality'
"""What tells a report of ours from any other file of that name."""


def render_report(
    network: Network,
    people: pd.DataFrame | None = None,
    *,
    summary: Summary | None = None,
    is_sample: bool = False,
    journal: Journal | None = None,
    pseudonyms: int | str | None = None,
    is_aggregate: bool = False,
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
    journal : Journal, optional
        Where lists were kept (`netquality.keep_list`): says what came of them. What else the owner
        said of people stands in `people`, if that was judged with it.
    pseudonyms : int or str, optional
        The seed of a report under invented names (`netquality.pseudonymise`): keep it to yourself,
        and make it long; whoever has it and the network can draw the names again. Nothing of the
        owner's word is in such a report, but who is hidden stays so. It is not anonymous.
    is_aggregate : bool
        Whether to give counts only (`netquality.aggregate`): nobody's row, no name, no count of
        one to four.

    Returns
    -------
    str
        A whole HTML document. It allows itself nothing but its own style, the script of its list
        of people, and those of the charts of people and of circles, each in a frame of its own; it
        makes no request.

    Raises
    ------
    SettingError
        When `pseudonyms` is no seed, or both kinds of report are asked for.

    Examples
    --------
    >>> import netquality as nq
    >>> page = render_report(nq.load_sample(), is_sample=True)
    >>> "default-src 'none'" in page, "https://" in page.replace("https://www.linkedin.com", "")
    (True, False)
    >>> "<script" in render_report(nq.load_sample(), is_aggregate=True)
    False
    """
    if pseudonyms is not None and is_aggregate:
        raise SettingError("pseudonyms: counts have no names. Leave out this or is_aggregate.")
    if is_aggregate:
        return page_of("counts.html.jinja", counts_of(network, people) | {"is_sample": is_sample})
    if pseudonyms is not None:
        network, people = _renamed(network, people, pseudonyms)
        summary = journal = None
    people = assess(network) if people is None else people
    summary = summarise(network, people) if summary is None else summary
    facts = facts_of(network, people, summary, journal)
    kind = {"is_sample": is_sample, "is_renamed": pseudonyms is not None}
    return page_of("report.html.jinja", facts | kind)


def write_report(
    network: Network,
    path: str | os.PathLike[str],
    people: pd.DataFrame | None = None,
    *,
    summary: Summary | None = None,
    is_sample: bool = False,
    journal: Journal | None = None,
    pseudonyms: int | str | None = None,
    is_aggregate: bool = False,
    force: bool = False,
) -> Path:
    """Write the report of an export.

    Parameters
    ----------
    network : Network
    path : str or path-like
        Where to; an earlier report there is replaced, another file is not.
    people, summary, is_sample, journal, pseudonyms, is_aggregate
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
    page = render_report(
        network,
        people,
        summary=summary,
        is_sample=is_sample,
        journal=journal,
        pseudonyms=pseudonyms,
        is_aggregate=is_aggregate,
    )
    replace_file(target, page.encode("utf-8"))
    return target


def _renamed(
    network: Network, people: pd.DataFrame | None, seed: int | str
) -> tuple[Network, pd.DataFrame]:
    """Return a network under invented names and its people; of the owner's word, who is hidden."""
    shown = pseudonymise(network, seed=seed)
    judged = assess(shown)
    if people is None or not people["is_hidden"].any():
        return shown, judged
    hidden = people.loc[people["is_hidden"].fillna(value=False).astype(bool), "person_id"]
    called = cast_of(network, seed).person(hidden)
    return shown, judged.assign(is_hidden=judged["person_id"].isin(called))
