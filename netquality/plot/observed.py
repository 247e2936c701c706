"""How many relationships are still observed, written below the axis of a chart of survival."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from netquality.plot import marks, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["called", "left_of", "size_of", "write_observed"]

_ROOMY: Final = 5.0
"""Inches high, from which there is room for a row of figures per group."""
HEAD: Final = 110.0
"""Points that a name may take left of the figures below the axis."""
NAMES: Final = {
    "all": "all",
    "colleague": "colleagues",
    "school": "from school",
    "event": "met in a burst",
    "your request": "your request",
    "their request": "their request",
    "not known": "origin not known",
}
"""What the groups are called."""


def called(table: pd.DataFrame, group: str, width: float, size: float) -> str:
    """Return what a group is called, in at most so many points; a number where no font has it.

    Words for origins stand for origins only: groups of the reader's own keep their names.
    """
    own = table.attrs.get("groups") == "own"
    name = group if own else NAMES.get(group, group)
    name = " ".join(name.split())
    if not name or not style.can_show(name):
        return f"group {table['group'].unique().tolist().index(group) + 1}"
    while style.text_size(name, size)[0] > width and len(name) > 1:
        name = f"{name.rstrip('…')[:-1].rstrip()}…"
    return name


def size_of(ax: Axes) -> float:
    """Return the size of the words around the axes."""
    return 9.0 if marks.is_narrow(ax) else 11.0


def _heads(ax: Axes, table: pd.DataFrame, curves: list[pd.DataFrame]) -> dict[str, str]:
    """Return for which groups there is room below the axis, and what they are called there."""
    roomy = style.height_of(ax) >= _ROOMY and not marks.is_narrow(ax)
    names = [str(curve["group"].iloc[0]) for curve in curves[: None if roomy else 1]]
    if len(names) == 1:
        return {names[0]: "observed"}
    return {name: called(table, name, HEAD, size_of(ax) - 1) for name in names}


def _before(ax: Axes, table: pd.DataFrame) -> float:
    """Return the points left of the axis that the first number below it may take."""
    return style.text_size(f"{table['at_risk_count'].max():,}", size_of(ax) - 1)[0] / 2 + 6


def left_of(ax: Axes, table: pd.DataFrame, curves: list[pd.DataFrame]) -> float:
    """Return the points that the words at the left take."""
    heads = _heads(ax, table, curves).values()
    widest = max(style.text_size(head, size_of(ax) - 1)[0] for head in heads)
    ticks = style.text_size("100 %", size_of(ax))[0] + 3 * size_of(ax)
    return max(widest + _before(ax, table), ticks)


def write_observed(
    ax: Axes, table: pd.DataFrame, curves: list[pd.DataFrame], theme: style.Theme
) -> float:
    """Write below the axis how many are still observed; return the points that it takes."""
    size, heads = size_of(ax) - 1, _heads(ax, table, curves)
    point = ax.get_xlim()[1] / (style.width_of(ax) * 72 - left_of(ax, table, curves) - 110)
    down = 20 + 2.6 * size_of(ax)
    if len(heads) > 1:
        _below(ax, "relationships still observed", (0.0, 0.0), down, theme, "left")
        down += size * 1.5
    for name, head in heads.items():
        _below(ax, head, (0.0, -_before(ax, table)), down, theme, "right")
        some, free = table[table["group"] == name], -np.inf
        for tick in ax.get_xticks():
            row = some[np.isclose(some["years"].to_numpy(float), tick)]
            words = f"{int(row['at_risk_count'].iloc[0]):,}" if len(row) else ""
            half = style.text_size(words, size)[0] / 2 * point if words else 0.0
            if words and tick - half > free:
                _below(ax, words, (float(tick), 0.0), down, theme, "center")
                free = tick + half + 4 * point
        down += size * 1.4
    return down


def _below(
    ax: Axes, words: str, at: tuple[float, float], down: float, theme: style.Theme, ha: str
) -> None:
    """Write words below the axis, at a year and so many points to the right of it."""
    ax.annotate(
        words, (at[0], 0), (at[1], -down), xycoords=ax.get_xaxis_transform(), ha=ha, va="center",
        textcoords="offset points", fontsize=size_of(ax) - 1, color=theme.muted,
        annotation_clip=False, parse_math=False,
    )  # fmt: skip
