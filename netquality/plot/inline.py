"""A chart as a part of a page: small SVG without styles, fonts or colours of its own."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from matplotlib.backends.backend_svg import FigureCanvasSVG

from netquality.plot import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["css_colours", "inline_svg"]

_NUMBER: Final = re.compile(r"scale\([^)]*\)|-?\d+\.\d+")
_REFERENCE: Final = re.compile(r"(?<=#)[^)]+")


def css_colours(theme: style.Theme) -> dict[str, str]:
    """Return the colours of the statuses and of a theme by the name of their CSS variable.

    Examples
    --------
    >>> css_colours(style.light)["one-way"] == style.palette["one_way"]
    True
    """
    colours = {**style.palette, **asdict(theme)}
    return {name.replace("_", "-"): colour for name, colour in colours.items()}


def inline_svg(figure: Figure, prefix: str) -> str:
    """Return a figure as SVG to stand in a page, whichever theme it was drawn in.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    prefix : str
        What its ids begin with, so that several charts can stand in one page.

    Returns
    -------
    str
        An ``svg`` element without metadata, style, size or links to elsewhere, so that a page may
        forbid itself all of them. Its colours are the variables of `css_colours`: it follows the
        page into the dark. It is a good deal smaller than what matplotlib writes: what all marks
        of a group share is said once, and lines of one look are one path.
    """
    svg = _drawn(figure)
    svg = svg[svg.index("<svg") :].replace(' xmlns="http://www.w3.org/2000/svg"', "")
    root = ET.fromstring(svg.replace("xlink:href", "href"))  # noqa: S314 - matplotlib's own
    for element in list(root.iter()):
        _clean(element)
    _number(root, prefix)
    for element in root.iter():
        _merge_lines(element)
        _share_looks(element)
    root.attrib = {"viewBox": root.attrib["viewBox"], "aria-hidden": "true"}
    return ET.tostring(root, "unicode")


def _drawn(figure: Figure) -> str:
    """Return what matplotlib writes, on nothing.

    Unlike `savefig` it draws once: there a first drawing is thrown away, for the sake of renderers
    that need it, and a page of ten drawings would take that much longer.
    """
    out = io.StringIO()
    canvas = figure.canvas
    patches = [figure.patch, *(ax.patch for ax in figure.axes)]
    faces = [patch.get_facecolor() for patch in patches]
    try:
        for patch in patches:
            patch.set_facecolor("none")
        with style.styled(style.light):
            FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    finally:
        figure.set_canvas(canvas)
        for patch, face in zip(patches, faces, strict=True):
            patch.set_facecolor(face)
    return out.getvalue()


def _clean(element: ET.Element) -> None:
    """Take out what no page wants, make attributes of styles, and round."""
    for child in list(element):
        if child.tag.rpartition("}")[2] in {"metadata", "style"}:
            element.remove(child)
    element.text = element.tail = None
    looks = _looks(element.attrib.pop("style", ""))
    for name, value in element.attrib.items():
        if name != "id" and "#" not in value:
            element.set(name, _NUMBER.sub(_rounded, value))
    element.attrib.update(looks)
    if "d" in element.attrib:
        element.set("d", re.sub(r"\s*([A-Za-z])\s*", r"\1", element.attrib["d"]).strip())


@lru_cache(maxsize=256)
def _looks(words: str) -> dict[str, str]:
    """Return a style as attributes, which need no leave to be there."""
    pairs = (look.split(": ") for look in words.split("; ") if look)
    return {name: _COLOURS.get(value) or _NUMBER.sub(_rounded, value) for name, value in pairs}


def _colours() -> dict[str, str]:
    """Return the variable of each colour of ours."""
    themes = (css_colours(style.dark), css_colours(style.light))
    return {value: f"var(--{name})" for theme in themes for name, value in theme.items()}


_COLOURS: Final = _colours()


def _rounded(number: re.Match[str]) -> str:
    if number[0].startswith("scale"):  # of letters: small, and many units are multiplied by it
        return number[0]
    short = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def _number(root: ET.Element, prefix: str) -> None:
    """Call what something refers to by number, and drop the other ids."""
    ids: dict[str, str] = {}
    for element in root.iter():
        for name in ("href", "clip-path"):
            for old in _REFERENCE.findall(element.get(name, "")):
                new = ids.setdefault(old, f"{prefix}-{len(ids)}")
                element.set(name, element.attrib[name].replace(old, new))
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in ids:
            element.set("id", ids[old])


def _merge_lines(parent: ET.Element) -> None:
    """Make one path of neighbours that differ in nothing but where they run."""
    kept: list[ET.Element] = []
    for looks, run in groupby(parent, _line):
        first, *others = run
        if looks is not None and others:
            first.set("d", "".join(one.attrib["d"] for one in (first, *others)))
            others = []
        kept += [first, *others]
    parent[:] = kept


def _line(element: ET.Element) -> tuple[str, ...] | None:
    """Return how a line looks, of a path without an inside."""
    looks = {**element.attrib}
    if element.tag != "path" or looks.get("fill") != "none" or not looks.pop("d", ""):
        return None
    return tuple(sorted(f"{name} {value}" for name, value in looks.items()))


def _share_looks(group: ET.Element) -> None:
    """Say of a group what is said of each mark in it."""
    if group.tag != "g" or len(group) < 2 or {one.tag for one in group} != {"use"}:  # noqa: PLR2004
        return
    for name, value in list(group[0].items()):
        if name.startswith(("fill", "stroke")) and all(one.get(name) == value for one in group):
            group.set(name, value)
            for one in group:
                del one.attrib[name]
