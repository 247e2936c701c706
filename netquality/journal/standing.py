"""What stands: the lines of a journal heard one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from netquality.tables import ENTRIES, JOURNAL, build

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pandas as pd

    from netquality.journal.lines import Line

__all__ = ["Standing", "entries_table", "hear_all", "words_table"]


@dataclass
class Standing:
    """What the owner's word about one person has come to.

    Examples
    --------
    >>> said = Standing()
    >>> said.hear("label", "stranger"), said.hear("off-platform", "by phone")
    (True, True)
    >>> said.label  # who talks by phone is no stranger: the later word takes the earlier back
    ''
    >>> said.hear("off-platform", "by phone")
    False
    """

    label: str = field(default="", repr=False)
    how: str = field(default="", repr=False)
    is_hidden: bool = field(default=False, repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)

    def hear(self, word: str, value: str) -> bool:
        """Take in what one line says, and tell whether it said anything new."""
        before = (self.label, self.how, self.is_hidden, self.notes)
        if word == "label":
            self.label = value
            self.how = "" if value == "stranger" else self.how
        elif word == "off-platform":
            self.how = "" if value == "no" else value
            self.label = "" if self.how and self.label == "stranger" else self.label
        elif word == "hide":
            self.is_hidden = value == "yes"
        elif word == "note" and value not in self.notes:
            self.notes = (*self.notes, value)
        return before != (self.label, self.how, self.is_hidden, self.notes)

    @property
    def says_something(self) -> bool:
        """Whether anything is left of what was said."""
        return bool(self.label or self.how or self.is_hidden or self.notes)


def hear_all(lines: Iterable[Line]) -> dict[str, Standing]:
    """Return what stands of each person after all lines, in the order of their first."""
    heard: dict[str, Standing] = {}
    for line in lines:
        heard.setdefault(line.person_id, Standing()).hear(line.word, line.value)
    return heard


def words_table(heard: Mapping[str, Standing], people: Collection[str]) -> pd.DataFrame:
    """Return what stands of these people as a table, `netquality.tables.JOURNAL`."""
    found = [(who, said) for who, said in heard.items() if said.says_something and who in people]
    return build(
        JOURNAL,
        {
            "person_id": [who for who, _ in found],
            "owner_label": [said.label or None for _, said in found],
            "is_off_platform": [bool(said.how) for _, said in found],
            "off_platform": [said.how or None for _, said in found],
            "is_hidden": [said.is_hidden for _, said in found],
            "owner_note": ["\n".join(said.notes) or None for _, said in found],
        },
    )


def entries_table(lines: Collection[Line]) -> pd.DataFrame:
    """Return the lines as a table, `netquality.tables.ENTRIES`."""
    return build(
        ENTRIES,
        {
            "line": [line.number for line in lines],
            "person_id": [line.person_id for line in lines],
            "word": [line.word for line in lines],
            "value": [line.value for line in lines],
            "said_on": np.array([line.said_on for line in lines], dtype="datetime64[us]"),
        },
    )
