"""Discs side by side: each as near as there is room to those it is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["pack"]

_PULL: Final = 0.5
"""How much being near its ties counts for a disc, beside being near the middle."""
_NEAR: Final = 40
"""Discs placed last that a new one may touch: all, as a rule."""


def pack(sizes: dict[int, float], ties: pd.DataFrame, margin: float) -> pd.DataFrame:
    """Place discs, the largest first, each where it touches two others and is near its own ties."""
    order = sorted(sizes, key=lambda number: (-sizes[number], number))
    radius = np.array([sizes[number] + margin for number in order])
    weight = np.zeros((len(order), len(order)))
    place = {number: at for at, number in enumerate(order)}
    for one, other, heavy in ties.itertuples(index=False):
        weight[place[one], place[other]] = weight[place[other], place[one]] = heavy
    spots = np.zeros((len(order), 2))
    for number in range(1, len(order)):
        there, sizes_there = spots[:number], radius[:number]
        own = radius[number]
        edge = (np.hypot(*there.T) + sizes_there).max() + own
        for near in (_NEAR, number):  # those placed last, else all, and else outside of them all
            found = _candidates(there[-near:], sizes_there[-near:], own)
            found = np.append(found, [[edge, 0.0]], axis=0)
            gap = np.hypot(*(found[:, None, :] - there[None, :, :]).transpose(2, 0, 1))
            free = (gap >= sizes_there + own - 1e-6).all(axis=1)
            if free.sum() > 1:
                break
        found, gap = found[free], gap[free]
        pull = weight[number, :number]
        cost = np.hypot(*found.T) + radius[number]
        if pull.sum() > 0:
            cost = cost + _PULL * (gap * pull).sum(axis=1) / pull.sum()
        spots[number] = found[np.lexsort((found[:, 1], found[:, 0], cost.round(3)))[0]]
    spots -= _middle(spots, radius)
    return pd.DataFrame(
        {
            "community_id": order,
            "x": spots[:, 0],
            "y": spots[:, 1],
            "radius": radius - margin,
        }
    )


def _candidates(
    spots: NDArray[np.float64], radius: NDArray[np.float64], own: float
) -> NDArray[np.float64]:
    """Return where a disc touches two others, or one of them on any of twelve sides."""
    turns = np.arange(12) * np.pi / 6
    around = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    found = [(spots[:, None, :] + (radius + own)[:, None, None] * around).reshape(-1, 2)]
    one, other = np.triu_indices(len(spots), 1)
    first, second = radius[one] + own, radius[other] + own
    gap = spots[other] - spots[one]
    far = np.hypot(*gap.T)
    with np.errstate(invalid="ignore", divide="ignore"):
        along = (first**2 - second**2 + far**2) / (2 * far)
        high = np.sqrt(first**2 - along**2)
        unit = gap / far[:, None]
    aside = np.stack([-unit[:, 1], unit[:, 0]], axis=1)
    for side in (-1, 1):
        spot = spots[one] + along[:, None] * unit + side * high[:, None] * aside
        found.append(spot[np.isfinite(spot).all(axis=1)])
    return np.concatenate(found)


def _middle(spots: NDArray[np.float64], radius: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the middle of the smallest circle around all discs, nearly."""
    if not len(spots):
        return np.zeros(2)
    middle: NDArray[np.float64] = (spots * (radius**2)[:, None]).sum(axis=0) / (radius**2).sum()
    for step in range(400):
        far = np.hypot(*(spots - middle).T) + radius
        worst = int(far.argmax())
        middle = middle + (spots[worst] - middle) / (step + 2)
    return middle
