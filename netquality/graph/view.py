"""The interactive view: one self-contained page for a file, for the report and for notebooks.

The script is built from ``web/`` and committed (``make view``); the licence texts of what it
bundles stand in ``view.licenses.txt``. The page runs that one script and asks for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netquality import framed

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["frame", "page", "policy_sources"]

NO_DISC: Final = -1
"""The community of whoever stands in no disc, but in the ring around all of them."""

_KIND: Final = framed.Kind("netquality.graph", "view")


def page(payload: Mapping[str, Any], *, tall: int | None = None) -> str:
    """Return the view as a whole HTML document.

    Parameters
    ----------
    payload : mapping
        What is to be shown, in columns. Texts may hold anything: they are shown as text.
    tall : int, optional
        The height of the frame it is made for, in pixels: the picture keeps its part of that, also
        in a frame that grows with the rest.

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
    told = {name: payload[name] for name in ("title", "as_of", "caveat")}
    has_ring = NO_DISC in payload["people"].get("community", ())
    return _KIND.page(payload, **told, has_ring=has_ring, tall=tall)


def frame(payload: Mapping[str, Any], *, height: int = 640) -> str:
    """Return the view as one element that can stand in a notebook or in another page.

    Parameters
    ----------
    payload : mapping
        As in `page`.
    height : int
        In pixels, where the page around does not hear how much is needed (`framed.holder`); the
        width is that of the place.

    Returns
    -------
    str
        An ``<iframe>`` that holds the whole page, so that neither can touch the other. A page with
        a Content-Security-Policy of its own must allow what `policy_sources` says.

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
    return framed.frame(page(payload, tall=height), payload["title"], f'height="{height:d}"')


def policy_sources() -> dict[str, str]:
    """Return what a page must allow in its Content-Security-Policy to hold the view in a frame.

    Returns
    -------
    dict
        As `netquality.framed.Kind.sources` says.

    Examples
    --------
    >>> sorted(policy_sources()), policy_sources()["script-src"][:8]
    (['script-src', 'style-src'], "'sha256-")
    """
    return _KIND.sources()
