"""The interactive view: one self-contained page for a file, for the report and for notebooks.

The script is built from ``web/`` and committed (``make view``); the licence texts of what it
bundles stand in ``view.licenses.txt``. The page runs that one script and asks for nothing.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["frame", "page", "policy_sources"]

_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def page(payload: Mapping[str, Any]) -> str:
    """Return the view as a whole HTML document.

    Parameters
    ----------
    payload : mapping
        What is to be shown, in columns. Texts may hold anything: they are shown as text.

    Returns
    -------
    str
        It works offline from a file, and forbids itself every request, every other script and
        every other style.

    Examples
    --------
    >>> nobody = {
    ...     "title": "Your network", "as_of": "20 November 2026", "caveat": "", "statuses": [],
    ...     "people": {}, "ties": {}, "left_out": ["</script>"],
    ... }
    >>> html = page(nobody)
    >>> "default-src 'none'" in html, html.count("</script>")
    (True, 2)
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - loads when used

    from netquality import __version__  # noqa: PLC0415 - a text, there before any module is loaded

    environment = Environment(autoescape=True, undefined=StrictUndefined)
    allowed = "; ".join(f"{name} {source}" for name, source in policy_sources().items())
    return environment.from_string(_text("view.html.jinja")).render(
        policy=f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'",
        version=__version__,
        style=_text("view.css"),
        script=_text("view.js"),
        payload=_json(payload),
        **{name: _showable(payload[name]) for name in ("title", "as_of", "caveat")},
    )


def frame(payload: Mapping[str, Any], *, height: int = 640) -> str:
    """Return the view as one element that can stand in a notebook or in another page.

    Parameters
    ----------
    payload : mapping
        As in `page`.
    height : int
        In pixels; the width is that of the place.

    Returns
    -------
    str
        An ``<iframe>`` that holds the whole page, so that neither can touch the other. It may run
        its script and nothing else: no forms, no windows, no storage. A page with a
        Content-Security-Policy of its own must allow what `policy_sources` says.

    Examples
    --------
    >>> nobody = {
    ...     "title": "Your network", "as_of": "today", "caveat": "", "statuses": [],
    ...     "people": {}, "ties": {}, "left_out": [],
    ... }
    >>> html = frame(nobody, height=300)
    >>> html.startswith("<iframe "), html.count("'"), 'height="300"' in html
    (True, 2, True)
    """
    title = escape(_showable(payload["title"]))
    # within single quotes only these two need escaping; the many double ones of JSON stay short
    inner = page(payload).replace("&", "&amp;").replace("'", "&#39;")
    return (
        f'<iframe title="{title}" sandbox="allow-scripts" width="100%" height="{height:d}" '
        f"frameborder=\"0\" srcdoc='{inner}'></iframe>"
    )


def policy_sources() -> dict[str, str]:
    """Return what a page must allow in its Content-Security-Policy to hold the view in a frame.

    A frame that is given as text (``srcdoc``) inherits the policy of the page around it, and its
    own holds besides. A page with ``default-src 'none'`` must therefore name this script by its
    hash (``script-src``). The same goes for the style, unless the page has ``style-src
    'unsafe-inline'``: that is enough, and the hash must then not be added, for browsers ignore
    ``'unsafe-inline'`` beside a hash, and the page would lose its own style. Nothing else is
    needed: no ``frame-src``, ``img-src`` or ``connect-src`` (tried in Chromium 156).

    Returns
    -------
    dict
        Sources by directive, ``script-src`` and ``style-src``; the same for every payload.

    Examples
    --------
    >>> sorted(policy_sources()), policy_sources()["script-src"][:8]
    (['script-src', 'style-src'], "'sha256-")
    """
    return {"script-src": _hash(_text("view.js")), "style-src": _hash(_text("view.css"))}


def _text(name: str) -> str:
    return files("netquality.graph").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _showable(text: str) -> str:
    return _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _json(payload: Mapping[str, Any]) -> str:
    """As ASCII in which nothing can end the script element, begin a comment or break a line."""
    text = json.dumps(payload, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
