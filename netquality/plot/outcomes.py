"""What is said of bursts of connecting: beside their years, or in a list below the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from netquality.plot import marks, style
from netquality.words import plural, span_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Outcomes", "left_of", "size_of", "write_list"]

_BESIDE: Final = 0.36
"""Of the width that the words at the right may take."""
_LISTED: Final = 0.3
"""Of the height that a list may take."""


def left_of(ax: Axes) -> float:
    """Return the points that the years at the left take."""
    return style.text_size("2026", size_of(ax))[0] + 8


def size_of(ax: Axes) -> float:
    """Return the size of the words around the axes."""
    return 9.0 if marks.is_narrow(ax) else 11.0


class Outcomes:
    """What is said of each burst, and whether beside its year or in a list."""

    def __init__(self, ax: Axes, found: pd.DataFrame, *, asked: bool) -> None:
        self.size = 8.5 if marks.is_narrow(ax) else 10.0
        self.beside: dict[int, str] = {}
        self.listed: list[str] = []
        self.columns = 1
        self.asked = asked
        wide = style.width_of(ax) * 72
        for within in (" within 90 days", ""):
            words = self._by_year(found, within)
            self.width = max(
                (style.text_size(one, self.size)[0] for one in words.values()), default=0.0
            )
            if self.width <= _BESIDE * wide:
                self.beside = words
                return
        self.width, self.size = 0.0, min(self.size, 9.5)
        self._list(found, wide - 12, style.height_of(ax) * 72)

    def _by_year(self, found: pd.DataFrame, within: str) -> dict[int, str]:
        words: dict[int, str] = {}
        for row in marks.rows_of(found):
            before = f"{words[row.first_on.year]}; " if row.first_on.year in words else ""
            words[row.first_on.year] = f"{before}{row.burst}: {self._outcome(row, within)}"
        return words

    def _outcome(self, row: Any, within: str) -> str:
        """Say what came of a burst, as far as it has been observed."""
        people = plural(row.person_count, "person", "people")
        if not self.asked:
            return people
        if not row.observed_count:
            return f"{people}, too recent to tell"
        part = "" if row.observed_count == row.person_count else f" of {row.observed_count:,}"
        return f"{people}, {row.soon_count:,}{part} talked with{within}"

    def _list(self, found: pd.DataFrame, wide: float, high: float) -> None:
        """List the bursts in as many columns as there is room for, the largest if not all."""
        words = [
            f"{row.burst}: {span_text(row.first_on, row.last_on)}, {self._outcome(row, '')}"
            for row in marks.rows_of(found)
        ]
        widest = max(style.text_size(one, self.size)[0] for one in words)
        self.columns = max(int(wide // (widest + 16)), 1)
        most = max(int(_LISTED * high / (self.size * 1.4)), 2) * self.columns
        kept = list(range(len(words)))
        if len(words) > most:
            largest = np.argsort(-found["person_count"].to_numpy(np.int64), kind="stable")
            kept = sorted(largest[: most - 1].tolist())
        self.listed = [words[number] for number in kept]
        if len(kept) < len(words):
            self.listed.append(f"and {len(words) - len(kept):,} smaller ones")

    @property
    def lines(self) -> int:
        """How many lines the list has, below the one that says what it is."""
        return -(-len(self.listed) // self.columns)


def write_list(ax: Axes, words: Outcomes, down: float, theme: style.Theme) -> None:
    """Write what came of the bursts, so many points below the axes."""
    wide, high = (style.width_of(ax) * 72 - 12) / words.columns, words.size * 1.4
    head = "Bursts, and with how many there was talk within 90 days:"
    lines = [(head if words.asked else "Bursts:", 0.0, 0.0, theme.muted)] if words.listed else []
    for number, said in enumerate(words.listed):
        column, line = divmod(number, words.lines)
        lines.append((said, column * wide, (line + 1) * high, theme.ink))
    for said, right, lower, colour in lines:
        ax.annotate(
            said, (0, 0), (right - left_of(ax), -down - lower), xycoords="axes fraction", va="top",
            textcoords="offset points", fontsize=words.size, color=colour, annotation_clip=False,
        )  # fmt: skip
