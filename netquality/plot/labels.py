"""Names on a picture of the network: of circles and of people, none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from matplotlib.collections import LineCollection

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
_HIDES: Final = 0.03
"""What share of a name may lie over dots of others: their rims, and dots of a point or two."""
_ELSEWHERE: Final = 0.15
"""What it costs to stand in another circle, as a share of what it costs to hide a dot."""
_ALIKE: Final = 0.01
"""What two places may differ by and be alike."""
_AIR: Final = 3.0
"""Points between two names."""
_STEP: Final = 9.0
_STEPS: Final = 9
"""Points that a name moves away from its dot at a time, and how often."""
_TURNS: Final = 16
"""Places around a disc where its name may stand."""
_LARGE, _SMALL = 9.5, 8.0
_DISC: Final = 13.0
"""Points in radius from which a disc is large."""
_TINY: Final = 9.0
"""Points in radius below which a disc has no name."""


def name_discs(
    page: Page, taken: Taken, *, counted: bool, dots: NDArray[np.float64] | None = None
) -> Taken:
    """Write each disc's name above it, else around it; the largest first. Return where names stand.

    Where there is no room, a large one is named over its neighbour all the same, but over no more
    of its people (`dots`: x, y and radius) than the rims of some.
    """
    names = Taken(page.reach)
    dots = np.zeros((0, 3)) if dots is None else dots
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
        box = _spot(page, row, words, size, taken, names, dots, is_large=large)
        if box is not None:
            for there in (taken, names):
                there.add(_aired(box, page))
            page.ax.text(
                (box[0] + box[2]) / 2, box[1], words, ha="center", va="bottom", fontsize=size,
                fontweight="bold", color=page.theme.ink, zorder=8, path_effects=halo(page),
                linespacing=1.15,
            )  # fmt: skip
    return names


def _spot(
    page: Page,
    row: Any,
    words: str,
    size: float,
    taken: Taken,
    names: Taken,
    dots: NDArray[np.float64],
    *,
    is_large: bool,
) -> Box | None:
    """Return where a disc's name may stand: within it, above it, around it, or over others."""
    wide, high = (edge * page.point for edge in style.text_size(words, size, "bold"))
    air = 2 * page.point
    inner = row.radius * row.filled + air
    if (
        inner + high + 2 * air < row.radius
        and (inner + high) ** 2 + (wide / 2) ** 2 < row.radius**2
    ):
        return (row.x - wide / 2, row.y - inner - high, row.x + wide / 2, row.y - inner)
    boxes = [
        box
        for box in _around(row, wide, high, air)
        if names.is_free(box) and _overlap(box, dots) <= _HIDES * _area(box)
    ]
    free = [box for box in boxes if taken.is_free(box)]
    free = free or [box for box in boxes if is_large]
    return free[0] if free else None


def _around(row: Any, wide: float, high: float, air: float) -> list[Box]:
    """Return boxes around a disc: above and below it first, then by turns away from the top."""
    turns = [0, _TURNS // 2, *(side * turn for turn in range(1, _TURNS // 2) for side in (1, -1))]
    angles = np.array(turns) * 2 * np.pi / _TURNS
    far = row.radius + air
    x = row.x + np.sin(angles) * (far + wide / 2)
    y = row.y + np.cos(angles) * (far + high / 2)
    return [
        (left, low, left + wide, low + high)
        for left, low in zip((x - wide / 2).tolist(), (y - high / 2).tolist(), strict=True)
    ]


def _aired(box: Box, page: Page) -> Box:
    """Return a box with the air that names need between them."""
    air = _AIR * page.point
    return box[0] - air, box[1], box[2] + air, box[3]


def _counted(row: Any) -> str:
    return f"{plural(row.size, 'person', 'people')}\n{int(row.awake):,} in touch"


def name_people(page: Page, people: pd.DataFrame, taken: Taken) -> None:
    """Write the names of those with most contact: of each circle the first, then the next.

    A name stands beside its dot where it hides nobody, else as near as it can, and a line leads to
    it. Nobody is named before somebody of the circle with more contact, and no name covers another.
    """
    hidden = people["is_hidden"].fillna(value=False).astype(bool)
    talked = people[people["status"].isin(TALK[:2]) & ~hidden]
    days = talked["mutual_contact_days"].fillna(0).to_numpy(np.float64)
    ranked = talked.iloc[np.lexsort((talked["node_id"], -days))]
    ranked = ranked[np.array([bool(_short(row)) for row in rows_of(ranked)], bool)]
    within = ranked.groupby("community_id").cumcount().to_numpy()
    dots = people[["x", "y", "radius"]].to_numpy(np.float64)
    full: set[int] = set()
    written = 0
    for row in rows_of(ranked.iloc[np.lexsort((np.arange(len(ranked)), np.minimum(within, 3)))]):
        if written >= _NAMED:
            break
        if row.community_id in full:
            continue
        place = _least_hiding(page, row, taken, dots) or _led_to(page, row, taken, dots)
        if place is None:
            full.add(row.community_id)
            continue
        taken.add(_aired(place.box, page))
        if place.line is not None:
            _draw_leader(page, place.line)
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
    cost: float
    line: NDArray[np.float64] | None = None
    """Points from the dot to the name, where it stands away from it."""


def _least_hiding(page: Page, row: Any, taken: Taken, dots: NDArray[np.float64]) -> _Place | None:
    """Return the place that hides least, of two alike the first; none where names stand."""
    best = None
    other = page.discs.loc[page.discs["community_id"] != row.community_id, ["x", "y", "radius"]]
    for words in _lines(_short(row)):
        wide, high = (edge * page.point for edge in style.text_size(words, _SMALL))
        for box in _beside(row, wide, high, 1.5 * page.point):
            if not taken.is_free(box):
                continue
            hides = _overlap(box, dots) / _area(box)
            cost = hides + _ELSEWHERE * _over(box, other)
            if hides <= _HIDES and (best is None or cost < best.cost - _ALIKE):
                best = _Place(words, box, cost)
    return best


def _led_to(page: Page, row: Any, taken: Taken, dots: NDArray[np.float64]) -> _Place | None:
    """Return the nearest place away from a dot where a name hides nobody and a line can lead."""
    best = None
    other = page.discs.loc[page.discs["community_id"] != row.community_id, ["x", "y", "radius"]]
    away = dots[(dots[:, 0] != row.x) | (dots[:, 1] != row.y)]
    for words in _lines(_short(row)):
        wide, high = (edge * page.point for edge in style.text_size(words, _SMALL))
        for step in range(1, _STEPS + 1):
            far = _STEP * step * page.point
            for box in _around(row, wide, high, far):
                hides = _overlap(box, dots) / _area(box)
                if hides > _HIDES or not taken.is_free(_aired(box, page)):
                    continue
                line = _leader(row, box)
                if any(taken.holds(x, y) for x, y in line):
                    continue
                crossed = (np.hypot(*(line[:, None] - away[:, :2]).T) < away[:, 2, None]).any(
                    axis=0
                )
                cost = 0.1 * step + float(crossed.mean()) + _over(box, other)
                if best is None or cost < best.cost:
                    best = _Place(words, box, cost, line)
    return best


def _leader(row: Any, box: Box) -> NDArray[np.float64]:
    """Return points from the edge of a dot to the nearest point of a box."""
    start = np.array([row.x, row.y])
    end = np.array([np.clip(row.x, box[0], box[2]), np.clip(row.y, box[1], box[3])])
    long = max(float(np.hypot(*(end - start))), 1e-9)
    share = np.linspace(min(row.radius / long, 1.0), 1.0, 24)[:, None]
    points: NDArray[np.float64] = start + share * (end - start)
    return points


def _draw_leader(page: Page, line: NDArray[np.float64]) -> None:
    page.ax.add_collection(
        LineCollection(
            [line[[0, -1]].tolist()], colors=page.theme.ink, linewidths=0.8, zorder=6,
            label="leader", path_effects=halo(page),
        )
    )  # fmt: skip


def _lines(name: str) -> list[str]:
    """Return a name in one line, and in two."""
    words = name.split(" ")
    if len(words) == 1:
        return [name]
    pairs = [f"{' '.join(words[:at])}\n{' '.join(words[at:])}" for at in range(1, len(words))]
    return [name, min(pairs, key=lambda pair: max(map(len, pair.split("\n"))))]


def _beside(row: Any, wide: float, high: float, air: float) -> list[Box]:
    """Return boxes below, above and beside a dot, and at its corners."""
    far, near = row.radius + air, row.radius * 0.72 + air
    lows = [
        (row.x - wide / 2, row.y - far - high), (row.x - wide / 2, row.y + far),
        (row.x + far, row.y - high / 2), (row.x - far - wide, row.y - high / 2),
        (row.x + near, row.y + near), (row.x + near, row.y - near - high),
        (row.x - near - wide, row.y + near), (row.x - near - wide, row.y - near - high),
    ]  # fmt: skip
    return [(left, low, left + wide, low + high) for left, low in lows]


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
