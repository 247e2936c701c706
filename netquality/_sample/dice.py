"""Seeded chance that gives the same draws on every machine and Python."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")


class Dice:
    """Chance from labels, so that each person and thread has dice of its own.

    Only ``random()`` is used (its sequence is promised by Python), with no more arithmetic than
    IEEE 754 fixes: no ``log`` or ``exp``, whose last digit differs between C libraries.

    >>> Dice(7, "thread", 3).below(1000) == Dice(7, "thread", 3).below(1000)
    True
    """

    __slots__ = ("random",)

    def __init__(self, *labels: str | int) -> None:
        seed = ":".join(str(label) for label in labels)
        self.random = random.Random(seed).random  # noqa: S311 - a sample, no secret

    def chance(self, share: float) -> bool:
        """Tell True in this share of calls."""
        return self.random() < share

    def below(self, n: int) -> int:
        """Return one of 0 .. n - 1."""
        return int(self.random() * n)

    def between(self, low: int, high: int) -> int:
        """Return one of low .. high, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[int(self.random() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return a key, each as often as its weight says."""
        total = 0.0
        for weight in weights.values():  # not sum(): its rounding changed in Python 3.12
            total += weight
        left = self.random() * total
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(reversed(list(weights)))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = int(self.random() * (last + 1))
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, items: Sequence[T], n: int) -> list[T]:
        """Return n of the items (all, if there are fewer), each at most once."""
        return self.shuffled(items)[:n]

    def skewed(self, median: float, most: float) -> float:
        """Return a number above 0 with a heavy tail (log-logistic), cut at `most`."""
        share = self.random()
        return min(most, median * share / (1.0 - share))
