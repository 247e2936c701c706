"""A chart as a part of a page: SVG without ids, fonts or colours of its own."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from netquality.plot import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["css_colours", "inline_svg"]


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
    """Return a figure drawn in the light theme as SVG to stand in a page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    prefix : str
        What its ids begin with, so that several charts can stand in one page.

    Returns
    -------
    str
        An ``svg`` element without metadata, style sheet, size or links to elsewhere. Its colours
        are the variables of `css_colours`, so that it follows the page into the dark.
    """
    out = io.StringIO()
    with style.styled(style.light):
        figure.savefig(
            out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True
        )
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)  # would be that of the whole page
    opening = r'<svg [^>]*?viewBox="([^"]+)"[^>]*>'
    svg = re.sub(opening, r'<svg viewBox="\1" aria-hidden="true">', svg, count=1)
    svg = svg.replace('xlink:href="', 'href="')
    for mark in (' id="', 'href="#', "url(#"):
        svg = svg.replace(mark, f"{mark}{prefix}-")
    colours = {value: name for name, value in css_colours(style.light).items()}
    return re.sub("#[0-9a-f]{6}", partial(_variable, colours), svg)


def _variable(colours: dict[str, str], match: re.Match[str]) -> str:
    name = colours.get(match[0])
    return match[0] if name is None else f"var(--{name})"
