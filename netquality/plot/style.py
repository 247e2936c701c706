"""One look for every chart: a style file, two themes, one palette per status."""

from __future__ import annotations

import textwrap
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

import matplotlib as mpl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

__all__ = ["Theme", "caption", "dark", "dress", "light", "new_axes", "palette", "spread", "styled", "width_of"]

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
    """

    paper: str
    ink: str
    muted: str
    grid: str
    gap: str
    active_text: str
    dormant_text: str


light: Final = Theme("#ffffff", "#1c2127", "#59616b", "#e3e6ea", "#f1f3f5", "#005a8e", "#8a5a00")
dark: Final = Theme("#15181c", "#eceff2", "#a9b1ba", "#333a42", "#20252b", "#6cbcf0", "#f2b632")


@contextmanager
def styled(theme: Theme) -> Iterator[None]:
    """Draw in the style of the package, and leave every global setting as it was."""
    with as_file(files("netquality.plot").joinpath("netquality.mplstyle")) as path:
        settings = mpl.rc_params_from_file(path, use_default_template=False)
    with mpl.rc_context(settings), mpl.rc_context(_colours(theme)):
        yield


def _colours(theme: Theme) -> dict[str, str]:
    ink = ("text.color", "axes.edgecolor", "axes.titlecolor")
    muted = ("xtick.color", "ytick.color", "axes.labelcolor")
    paper = ("figure.facecolor", "axes.facecolor", "savefig.facecolor")
    return {
        **dict.fromkeys(ink, theme.ink),
        **dict.fromkeys(muted, theme.muted),
        **dict.fromkeys(paper, theme.paper),
        "grid.color": theme.grid,
    }


def new_axes() -> Axes:
    """Return axes of a new figure, which a notebook shows by itself."""
    import matplotlib.pyplot as plt  # noqa: PLC0415 - only where no axes are given

    return plt.subplots()[1]


def dress(ax: Axes, theme: Theme) -> None:
    """Give axes the look of the package, whoever made them."""
    ax.set_facecolor(theme.paper)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(theme.ink)
    ax.tick_params(colors=theme.muted)
    ax.tick_params(axis="y", length=0)
    ax.set_axisbelow(True)
    ax.grid(visible=True, axis="y", color=theme.grid)
    ax.grid(visible=False, axis="x")


def width_of(ax: Axes) -> float:
    """Return the width of the figure in inches."""
    figure = ax.get_figure(root=True)
    return figure.get_figwidth() if figure is not None else 8.0


def caption(ax: Axes, title: str, subtitle: str, theme: Theme) -> None:
    """Write a title, and beneath it a quieter subtitle, both wrapped to the width of the figure.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    title, subtitle : str
    theme : Theme
    """
    width = width_of(ax) * 72 * 0.9
    large, small = 14 if width > 400 else 12.5, 11 if width > 400 else 10  # noqa: PLR2004 - points
    lines = textwrap.fill(subtitle, int(width / (small * 0.55)))
    ax.annotate(
        lines, (0, 1), (0, 9), xycoords="axes fraction", textcoords="offset points",
        ha="left", va="bottom", fontsize=small, color=theme.muted, linespacing=1.3,
        annotation_clip=False,
    )  # fmt: skip
    above = 16 + (lines.count("\n") + 1) * small * 1.36
    ax.set_title(textwrap.fill(title, int(width / (large * 0.6))), pad=above, fontsize=large)


def spread(heights: Sequence[float], gap: float, floor: float = 0.0) -> list[float]:
    """Move labels up until each is at least `gap` above the one before, in ascending order.

    Examples
    --------
    >>> spread([0, 1, 10], 4)
    [0, 4, 10]
    """
    placed: list[float] = []
    for height in heights:
        placed.append(max([height, floor, *(below + gap for below in placed[-1:])]))
    return placed
