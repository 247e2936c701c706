"""Names on a picture of the network: of circles and of people, none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from netquality.graph.layout import TALK
from netquality.plot import style
from netquality.plot.sheet import Taken, halo, rows_of
from netquality.words import plural

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from netquality.plot.sheet import Box, Page

__all__ = ["name_discs", "name_people"]

_NAMED: Final = 24
_SURE: Final = 2
_MOST: Final = 0.45
"""Of each circle so many are named unless more than this share of a name lies over others."""
_HIDES: Final = 0.1
"""What share of the name of whoever follows may."""
_ELSEWHERE: Final = 0.5
"""What it costs to stand in another circle, as a share of what it costs to hide a dot."""
_OWN: Final = 0.3
_ALIKE: Final = 0.03
"""Shares: what it costs to hide one's own dot, and what two places may differ by and be alike."""
_LARGE, _SMALL = 9.5, 8.0
_DISC: Final = 13.0
"""Points in radius from which a disc is large."""
_TINY: Final = 9.0
"""Points in radius below which a disc has no name."""


def name_discs(page: Page, taken: Taken, *, counted: bool) -> Taken:
    """Write each disc's name above it, else below; the largest first. Return where names stand.

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
    return names


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


def name_people(page: Page, people: pd.DataFrame, taken: Taken) -> None:
    """Write the names of those with most contact: of each circle the first, then the next.

    The first two of a circle stand where they hide least, on their own dot if need be, unless the
    page is so small that they would hide others; whoever follows stands where there is room.
    Nobody is named before somebody of the circle with more contact, and no name covers another.
    """
    hidden = people["is_hidden"].fillna(value=False).astype(bool)
    talked = people[people["status"].isin(TALK[:2]) & ~hidden]
    days = talked["mutual_contact_days"].fillna(0).to_numpy(np.float64)
    ranked = talked.iloc[np.lexsort((talked["node_id"], -days))]
    ranked = ranked[np.array([bool(_short(row)) for row in rows_of(ranked)], bool)]
    within = ranked.groupby("community_id").cumcount().to_numpy()
    ranked = ranked.assign(rank=within)
    dots = people[["x", "y", "radius"]].to_numpy(np.float64)
    full: set[int] = set()
    written = 0
    for row in rows_of(ranked.iloc[np.lexsort((np.arange(len(ranked)), np.minimum(within, 3)))]):
        if written >= _NAMED:
            break
        if row.community_id in full:
            continue
        place = _least_hiding(page, row, taken, dots)
        if place is None or place.hides > (_MOST if row.rank < _SURE else _HIDES):
            full.add(row.community_id)
            continue
        taken.add(place.box)
        left, low, right, _ = place.box
        page.ax.text(
            (left + right) / 2, low, place.words, ha="center", va="bottom", fontsize=_SMALL,
            color=page.theme.ink, zorder=7, path_effects=halo(page), linespacing=1.05,
            parse_math=False,
        )  # fmt: skip
        written += 1


class _Place(NamedTuple):
    """Where a name may stand, and what share of it lies over the dots of others."""

    words: str
    box: Box
    hides: float


def _least_hiding(page: Page, row: Any, taken: Taken, dots: NDArray[np.float64]) -> _Place | None:
    """Return the place that hides least, of two alike the first; none where names stand."""
    best = None
    other = page.discs.loc[page.discs["community_id"] != row.community_id, ["x", "y", "radius"]]
    for words in _lines(_short(row)):
        wide, high = (edge * page.point for edge in style.text_size(words, _SMALL))
        for box in _beside(row, wide, high, 1.5 * page.point):
            if not taken.is_free(box):
                continue
            hides = _hidden(box, row, dots) + _ELSEWHERE * _over(box, other)
            if best is None or hides < best.hides - _ALIKE:
                best = _Place(words, box, hides)
    return best


def _lines(name: str) -> list[str]:
    """Return a name in one line, and in two."""
    words = name.split(" ")
    if len(words) == 1:
        return [name]
    pairs = [f"{' '.join(words[:at])}\n{' '.join(words[at:])}" for at in range(1, len(words))]
    return [name, min(pairs, key=lambda pair: max(map(len, pair.split("\n"))))]


def _beside(row: Any, wide: float, high: float, air: float) -> list[Box]:
    """Return boxes below, above and beside a dot, and on it."""
    far, near = row.radius + air, row.radius * 0.5
    lows = [
        (row.x - wide / 2, row.y - far - high), (row.x - wide / 2, row.y + far),
        (row.x + far, row.y - high / 2), (row.x - far - wide, row.y - high / 2),
        (row.x - wide / 2, row.y - high / 2), (row.x - wide / 2, row.y - near - high),
        (row.x - wide / 2, row.y + near), (row.x - near, row.y - high / 2),
        (row.x + near - wide, row.y - high / 2),
    ]  # fmt: skip
    return [(left, low, left + wide, low + high) for left, low in lows]


def _hidden(box: Box, row: Any, dots: NDArray[np.float64]) -> float:
    """Return what share of a box lies over the dots of others, nearly; one's own counts little."""
    is_own = (dots[:, 0] == row.x) & (dots[:, 1] == row.y)
    radius = float(row.radius)
    own = _overlap(box, dots[is_own]) / (2 * radius) ** 2  # of a large dot enough is seen
    return _overlap(box, dots[~is_own]) / _area(box) + _OWN * own**2


def _over(box: Box, discs: pd.DataFrame) -> float:
    """Return what share of a box lies over discs, nearly."""
    return _overlap(box, discs.to_numpy(np.float64)) / _area(box)


def _overlap(box: Box, discs: NDArray[np.float64]) -> float:
    """Return how much of a box lies over discs, each taken for a square of its size."""
    left, low, right, high = box
    x, y, half = discs[:, 0], discs[:, 1], discs[:, 2] * np.sqrt(np.pi) / 2
    wide = np.minimum(right, x + half) - np.maximum(left, x - half)
    tall = np.minimum(high, y + half) - np.maximum(low, y - half)
    return float((np.clip(wide, 0, None) * np.clip(tall, 0, None)).sum())


def _area(box: Box) -> float:
    left, low, right, high = box
    return (right - left) * (high - low)


def _short(row: Any) -> str:
    """Return what somebody is called on the page; nothing where no font has the letters."""
    parts = [part for part in (row.given_name, row.family_name) if isinstance(part, str)]
    name = " ".join(parts) or (row.name if isinstance(row.name, str) else "")
    if not style.can_show(name):
        return ""
    return name if len(name) <= 28 else f"{name[:27]}…"  # noqa: PLR2004 - letters
