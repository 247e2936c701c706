"""One look for every chart: a style file, two themes, one palette per status."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.textpath import text_to_path
from matplotlib.transforms import ScaledTranslation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

__all__ = [
    "Theme",
    "can_show",
    "caption",
    "colour_of",
    "dark",
    "dress",
    "families",
    "height_of",
    "light",
    "palette",
    "spread",
    "styled",
    "text_size",
    "width_of",
    "wrap",
]

palette: Final[Mapping[str, str]] = {
    "active": "#0072b2",
    "dormant": "#e69f00",
    "brief": "#56b4e9",
    "unknown": "#8a8f98",
    "new": "#009e73",
    "one_way": "#cc79a7",
    "feather": "#c9cdd3",
}
"""The colour of each status, the same in every chart, the report and the graph.

From the set of Okabe and Ito (2008), which readers with any colour vision can tell apart. No
chart says anything by colour alone.
"""


@dataclass(frozen=True)
class Theme:
    """The colours of a chart besides those of the statuses.

    Attributes
    ----------
    paper, ink, muted, grid, gap : str
        Background, text and lines, quieter text, grid lines, and the area between two curves.
    active_text, dormant_text : str
        The statuses' colours, dark or light enough to be read as text on the paper.
    quiet : str
        Those without a conversation, where they are many: as quiet in the dark as in the light.

    Examples
    --------
    >>> from dataclasses import replace
    >>> replace(light, paper="#fffdf5").ink == light.ink
    True
    """

    paper: str
    ink: str
    muted: str
    grid: str
    gap: str
    active_text: str
    dormant_text: str
    quiet: str = "#c9cdd3"


light: Final = Theme("#ffffff", "#1c2127", "#59616b", "#e3e6ea", "#f1f3f5", "#005a8e", "#8a5a00")
dark: Final = Theme(
    "#15181c", "#eceff2", "#a9b1ba", "#333a42", "#20252b", "#6cbcf0", "#f2b632", "#4a525c"
)


def colour_of(status: str, theme: Theme) -> str:
    """Return the colour of a status where there is a dot per person.

    Examples
    --------
    >>> colour_of("active", dark) == palette["active"], colour_of("feather", dark) == dark.quiet
    (True, True)
    """
    return theme.quiet if status == "feather" else palette[status]


_LETTERS: Final = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Hiragino Sans", "PingFang SC", "Yu Gothic",
    "Microsoft YaHei", "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans Devanagari", "Nirmala UI",
    "Noto Sans Thai", "Leelawadee UI", "Noto Sans Arabic", "Noto Sans Hebrew", "Segoe UI",
    "Arial Unicode MS",
)  # fmt: skip
"""Fonts of common systems for letters that matplotlib's own one lacks."""


@lru_cache
def families() -> tuple[str, ...]:
    """Return the fonts to write in: matplotlib's own, then what else of `_LETTERS` is here."""
    here = {font.name for font in fontManager.ttflist}
    return ("DejaVu Sans", *(name for name in _LETTERS if name in here))


@lru_cache(maxsize=4096)
def can_show(text: str) -> bool:
    """Tell whether the fonts at hand have every letter of a text.

    Examples
    --------
    >>> can_show("Ana"), can_show("\U0010fffd")
    (True, False)
    """
    fonts = [get_font(findfont(FontProperties(family=[name]))) for name in families()]
    return all(
        letter.isspace() or any(font.get_char_index(ord(letter)) for font in fonts)
        for letter in text
    )


@contextmanager
def styled(theme: Theme) -> Iterator[None]:
    """Draw in the style of the package, and leave every global setting as it was.

    Parameters
    ----------
    theme : Theme
        `light` or `dark`.

    Examples
    --------
    >>> with styled(dark):
    ...     mpl.rcParams["text.color"] == dark.ink
    True
    """
    is_interactive = mpl.is_interactive()
    try:
        with mpl.rc_context({**_settings(), **_colours(theme)}):
            mpl.rcParams["font.family"] = list(families())
            try:
                yield
            finally:
                is_interactive = mpl.is_interactive()
    finally:
        # pyplot, if it is loaded within, makes a notebook show figures: that must outlast the
        # style, or only the first chart of a notebook would be shown
        mpl.interactive(is_interactive)


@cache
def _settings() -> dict[Any, Any]:
    """Return what the style file says."""
    with as_file(files("netquality.plot").joinpath("netquality.mplstyle")) as path:
        return dict(mpl.rc_params_from_file(path, use_default_template=False))


def _colours(theme: Theme) -> dict[Any, str]:  # matplotlib wants its own names as literals
    ink = ("text.color", "axes.edgecolor", "axes.titlecolor")
    muted = ("xtick.color", "ytick.color", "axes.labelcolor")
    paper = ("figure.facecolor", "axes.facecolor", "savefig.facecolor")
    return {
        **dict.fromkeys(ink, theme.ink),
        **dict.fromkeys(muted, theme.muted),
        **dict.fromkeys(paper, theme.paper),
        "grid.color": theme.grid,
    }


def dress(ax: Axes, theme: Theme) -> None:
    """Give axes the look of the package, whoever made them."""
    figure = ax.get_figure(root=True)
    if figure is not None and figure.get_layout_engine() is None:
        figure.set_layout_engine("constrained")
    ax.set_facecolor(theme.paper)
    part = ax.get_figure(root=False)
    if part is not None and len(part.axes) == 1:  # nothing else is there to be read
        part.set_facecolor(theme.paper)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(theme.ink)
    ax.tick_params(colors=theme.muted)
    ax.tick_params(axis="y", length=0)
    ax.set_axisbelow(True)
    ax.grid(visible=True, axis="y", color=theme.grid)
    ax.grid(visible=False, axis="x")


def width_of(ax: Axes) -> float:
    """Return the inches that the axes and the words around them have from left to right."""
    figure, place = ax.get_figure(root=False), ax.get_subplotspec()  # perhaps a part of a figure
    width = float(figure.bbox.width / figure.dpi) if figure is not None else 9.6
    return width if place is None else width * len(place.colspan) / place.get_gridspec().ncols


def height_of(ax: Axes) -> float:
    """Return the inches that the axes and the words around them have from top to bottom."""
    figure, place = ax.get_figure(root=False), ax.get_subplotspec()
    height = float(figure.bbox.height / figure.dpi) if figure is not None else 5.4
    return height if place is None else height * len(place.rowspan) / place.get_gridspec().nrows


def text_size(
    words: str, size: float, weight: str = "normal", *, spacing: float = 1.2
) -> tuple[float, float]:
    """Return how many points wide and high a text is, set in the fonts of the style.

    Examples
    --------
    >>> text_size("wider", 10)[0] > text_size("wide", 10)[0]
    True
    """
    lines = words.split("\n")
    return max(_width(line, size, weight) for line in lines), len(lines) * size * spacing


@lru_cache(maxsize=4096)
def _width(line: str, size: float, weight: str) -> float:
    font = FontProperties(family=list(families()), weight=weight, size=size)
    return float(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0])


def wrap(words: str, width: float, size: float, weight: str = "normal") -> str:
    r"""Break a text into as few lines of at most so many points as it needs, about equally long.

    A longer word stands alone, and a number keeps its sign of percent.

    Examples
    --------
    >>> wrap("one two three", 1000, 10)
    'one two three'
    >>> wrap("one two three", 1, 10)
    'one\ntwo\nthree'
    >>> wrap("of 95 %", 1, 10)
    'of\n95 %'
    """
    space = text_size("n n", size, weight)[0] - text_size("nn", size, weight)[0]
    whole = [
        word.replace("\0", " ") for word in " ".join(words.split()).replace(" %", "\0%").split()
    ]
    measured = [(word, text_size(word, size, weight)[0]) for word in whole]
    lines = _fill(measured, width, space)
    for share in (0.9, 0.8, 0.7, 0.6):
        narrower = _fill(measured, width * share, space)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return "\n".join(lines)


def _fill(measured: Sequence[tuple[str, float]], width: float, space: float) -> list[str]:
    lines: list[str] = []
    used = 0.0
    for word, wide in measured:
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return lines


def caption(
    ax: Axes, title: str, subtitle: str, theme: Theme, *, beside: float = 75.0, indent: float = 0.0
) -> float:
    """Write a title, and beneath it a quieter subtitle, both wrapped to the width of the axes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    title, subtitle : str
    theme : Theme
    beside : float
        Points beside the axes that the words do not take.
    indent : float
        Points left of the axes at which they begin.

    Returns
    -------
    float
        The points they take above the axes.
    """
    inches = width_of(ax)
    width = inches * 72 - beside  # what stands left of the axes, and a little air on the right
    large, small = (14.0, 11.0) if inches > 6 else (12.5, 10.0)  # noqa: PLR2004 - inches
    lines = wrap(subtitle, width, small)
    ax.annotate(
        lines, (0, 1), (-indent, 9), xycoords="axes fraction", textcoords="offset points",
        ha="left", va="bottom", fontsize=small, color=theme.muted, linespacing=1.3,
        annotation_clip=False,
    )  # fmt: skip
    above = 16 + (lines.count("\n") + 1) * small * 1.36
    heading = wrap(title, width, large, "bold")
    written = ax.set_title(
        heading, loc="left", pad=above, fontsize=large, fontweight="bold", color=theme.ink
    )
    figure = ax.get_figure(root=True)
    if indent and figure is not None:
        shift = ScaledTranslation(-indent / 72, 0, figure.dpi_scale_trans)
        written.set_transform(written.get_transform() + shift)
    return above + (heading.count("\n") + 1) * large * 1.2


def spread(
    heights: Sequence[float], gap: float, floor: float = 0.0, ceiling: float = float("inf")
) -> list[float]:
    """Move labels apart until each is at least `gap` above the one before, in ascending order.

    They are moved up, and down again where the last would stand above `ceiling`.

    Examples
    --------
    >>> spread([0, 1, 10], 4)
    [0, 4, 10]
    >>> spread([8, 9, 10], 4, ceiling=10)
    [2, 6, 10]
    """
    placed: list[float] = []
    for height in heights:
        placed.append(max([height, floor, *(below + gap for below in placed[-1:])]))
    for number in reversed(range(len(placed))):
        highest = ceiling if number == len(placed) - 1 else placed[number + 1] - gap
        placed[number] = min(placed[number], highest)
    return placed
