"""Names on a picture of the network: of circles and of people, none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netquality.graph.layout import TALK
from netquality.plot import style
from netquality.plot.sheet import Taken, halo, rows_of
from netquality.words import plural

if TYPE_CHECKING:
    import pandas as pd

    from netquality.plot.sheet import Box, Page

__all__ = ["name_discs", "name_people"]

_NAMED: Final = 24
_LARGE, _SMALL = 9.5, 8.0
_DISC: Final = 13.0
"""Points in radius from which a disc is large."""
_TINY: Final = 9.0
"""Points in radius below which a disc has no name."""


def name_discs(page: Page, taken: Taken, *, counted: bool) -> None:
    """Write each disc's name above it, else below; the largest first.

    Where there is no room, a large one is named over its neighbour all the same.
    """
    names = Taken(page.reach)
    for row in rows_of(page.discs):
        if row.radius < _TINY * page.point:
            continue
        large = row.radius > _DISC * page.point
        size = _LARGE if row.radius > 2.2 * _DISC * page.point else _SMALL
        said = f"{row.name}{' (gone quiet)' if row.is_quiet else ''}"
        if not style.can_show(said):
            said = f"Circle {row.community_id}"
        if counted:  # how many they are is said anyway
            said = said.replace(f" and {plural(row.size - 1, 'other')}", " and others")
        width = max((1.3 if counted else 2.2) * row.radius / page.point, 80.0)
        words = style.wrap(said, width, size, "bold") + (f"\n{_counted(row)}" if counted else "")
        box = _spot(page, row, words, size, taken, names, is_large=large)
        if box is not None:
            taken.add(box)
            names.add(box)
            page.ax.text(
                row.x, box[1], words, ha="center", va="bottom", fontsize=size, fontweight="bold",
                color=page.theme.ink, zorder=8, path_effects=halo(page), linespacing=1.15,
            )  # fmt: skip


def _spot(
    page: Page, row: Any, words: str, size: float, taken: Taken, names: Taken, *, is_large: bool
) -> Box | None:
    """Return where a disc's name may stand: within it, above it, below it, at worst over others."""
    wide, high = (edge * page.point for edge in style.text_size(words, size, "bold"))
    air = 2 * page.point
    inner = row.radius * row.filled + air
    if (
        inner + high + 2 * air < row.radius
        and (inner + high) ** 2 + (wide / 2) ** 2 < row.radius**2
    ):
        return (row.x - wide / 2, row.y - inner - high, row.x + wide / 2, row.y - inner)
    lows = (row.y + row.radius + air, row.y - row.radius - air - high)
    boxes = [(row.x - wide / 2, low, row.x + wide / 2, low + high) for low in lows]
    free = [box for box in boxes if taken.is_free(box)]
    free = free or [box for box in boxes if is_large and names.is_free(box)]
    return free[0] if free else None


def _counted(row: Any) -> str:
    return f"{plural(row.size, 'person', 'people')}\n{int(row.awake):,} in touch"


def name_people(page: Page, people: pd.DataFrame, discs: Taken) -> None:
    """Write the names of those with most contact, and of who stands between, where there is room.

    One of each circle first; a name that would cover another or somebody's dot is left out.
    """
    hidden = people["is_hidden"].fillna(value=False).astype(bool)
    talked = people[people["status"].isin(TALK[:2]) & ~hidden]
    days = talked["mutual_contact_days"].fillna(0).to_numpy(np.float64)
    order = np.lexsort((talked["node_id"], -days))
    ranked = talked.iloc[order]
    within = ranked.groupby("community_id").cumcount().to_numpy()
    deep = ranked.iloc[np.lexsort((np.arange(len(ranked)), np.minimum(within, 3)))]
    taken = Taken(page.reach, list(discs.names))
    for row in rows_of(talked):
        taken.add((row.x - row.radius, row.y - row.radius, row.x + row.radius, row.y + row.radius))
    written = 0
    for row in rows_of(deep):
        if written >= _NAMED:
            break
        words = _short(row)
        if not words or not style.can_show(words):
            continue
        wide, high = (edge * page.point for edge in style.text_size(words, _SMALL))
        far = row.radius + 1.5 * page.point
        spots = (
            (row.x, row.y - far - high, "center"), (row.x, row.y + far, "center"),
            (row.x + far, row.y - high / 2, "left"), (row.x - far, row.y - high / 2, "right"),
        )  # fmt: skip
        for x, y, side in spots:
            left = x - wide * {"left": 0, "center": 0.5, "right": 1}[side]
            box = (left, y, left + wide, y + high)
            if taken.is_free(box):
                taken.add(box)
                page.ax.text(
                    x, y, words, ha=side, va="bottom", fontsize=_SMALL, color=page.theme.ink,
                    zorder=7, path_effects=halo(page),
                )  # fmt: skip
                written += 1
                break


def _short(row: Any) -> str:
    parts = [part for part in (row.given_name, row.family_name) if isinstance(part, str)]
    name = " ".join(parts) or (row.name if isinstance(row.name, str) else "")
    return name if len(name) <= 28 else f"{name[:27]}…"  # noqa: PLR2004 - letters
