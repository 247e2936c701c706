"""What a picture of the network is drawn on: its scale, what is taken, dots, rings, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from matplotlib.collections import EllipseCollection
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from netquality.plot import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = [
    "Box",
    "Page",
    "Taken",
    "add_legend",
    "draw_dots",
    "draw_rings",
    "halo",
    "handle",
    "rows_of",
]

Box = tuple[float, float, float, float]
"""Left, low, right and high edge."""

_NARROW: Final = 7.0
"""Inches; on narrower axes the legend has more rows."""
_ROWS: Final = (5, 3)
_LEGEND: Final = 16.0
"""Points that a row of the legend takes."""
_MARGIN: Final = 30.0
"""Points around everything."""


class Page(NamedTuple):
    """What is drawn on."""

    ax: Axes
    theme: style.Theme
    reach: float
    discs: pd.DataFrame
    above: float

    @property
    def point(self) -> float:
        """Units of the layout in one point, nearly: the axes are square."""
        below = _LEGEND * (_ROWS[0] if style.width_of(self.ax) < _NARROW else _ROWS[1])
        wide = style.width_of(self.ax) * 72 - _MARGIN
        high = style.height_of(self.ax) * 72 - self.above - below - _MARGIN
        return 2 * self.reach / max(min(wide, high), 72.0)


class Taken:
    """Boxes that hold something already, on a page of this reach."""

    def __init__(self, reach: float, boxes: list[Box] | None = None) -> None:
        self.reach = reach
        self.names = list(boxes or [])
        self._boxes = np.array(boxes or np.zeros((0, 4)), np.float64).reshape(-1, 4)

    def add(self, box: Box) -> None:
        """Take a box."""
        self.names.append(box)
        self._boxes = np.vstack([self._boxes, box])

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in a box that is taken."""
        left, low, right, high = self._boxes.T
        return bool(((left < x) & (x < right) & (low < y) & (y < high)).any())

    def is_free(self, box: Box) -> bool:
        """Tell whether a box is on the page and meets no other."""
        left, low, right, high = box
        if max(-left, right, -low, high) > self.reach:
            return False
        meets = (
            (self._boxes[:, 0] < right)
            & (self._boxes[:, 2] > left)
            & (self._boxes[:, 1] < high)
            & (self._boxes[:, 3] > low)
        )
        return not meets.any()


def draw_dots(
    page: Page, x: Any, y: Any, radius: Any, inside: str, edge: str, share: float, label: str
) -> None:
    """Draw dots of one kind; an edge takes a share of the radius."""
    far = np.asarray(radius, np.float64)
    wide = far * share / page.point
    size = 2 * (far - far * share / 2)
    dots = EllipseCollection(
        size.tolist(), size.tolist(), np.zeros(len(far)).tolist(), units="xy",
        offsets=np.column_stack([np.asarray(x), np.asarray(y)]),
        offset_transform=page.ax.transData, facecolors=inside, edgecolors=edge,
        linewidths=(wide if share else np.full(len(far), 0.0)).tolist(), zorder=4, label=label,
    )  # fmt: skip
    page.ax.add_collection(dots)


def draw_rings(page: Page, x: Any, y: Any, radius: Any) -> None:
    """Draw a rim around the dots of those who stand between two circles."""
    size = (2 * np.asarray(radius, np.float64)).tolist()
    rings = EllipseCollection(
        size, size, np.zeros(len(size)).tolist(), units="xy",
        offsets=np.column_stack([np.asarray(x), np.asarray(y)]),
        offset_transform=page.ax.transData, facecolors="none", edgecolors=page.theme.ink,
        linewidths=0.9, zorder=5, label="between",
    )  # fmt: skip
    page.ax.add_collection(rings)


def handle(inside: str, edge: str, label: str) -> Line2D:
    """Return a mark of the legend with its words."""
    return Line2D(
        [], [], linestyle="none", marker="o", markersize=7, markerfacecolor=inside,
        markeredgecolor=edge, markeredgewidth=1.6, label=label,
    )  # fmt: skip


def add_legend(page: Page, handles: list[Line2D], columns: int) -> None:
    """Write the legend beneath the picture, in fewer columns where it is narrow."""
    if style.width_of(page.ax) < _NARROW:
        columns = max(columns - 1, 1)
    page.ax.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncols=columns,
        frameon=False, fontsize=9.5, handletextpad=0.3, columnspacing=1.4, labelspacing=0.45,
    )  # fmt: skip


def halo(page: Page) -> list[Any]:
    """Return what parts a text from what it stands on."""
    return [withStroke(linewidth=2.2, foreground=page.theme.paper)]


def rows_of(table: pd.DataFrame) -> Any:
    """Return the rows of a table by the names of its columns."""
    return table.itertuples(index=False)
