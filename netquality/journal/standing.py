"""What stands: the lines of a journal heard one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from netquality.journal.days import TAKEN_BACK, day_of
from netquality.tables import ENTRIES, EVENTS, JOURNAL, build

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from netquality.journal.line import Line

__all__ = [
    "EVENTS_SAID",
    "Standing",
    "entries_table",
    "events_table",
    "hear_all",
    "words_table",
]

EVENTS_SAID: Final = ("proposed", "wrote", "answered", "met")
"""The words for what happened on a day."""


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
    >>> said.hear("met", "on 2026-11-20"), said.hear("met", "no"), said.events
    (True, True, ())
    """

    label: str = field(default="", repr=False)
    how: str = field(default="", repr=False)
    is_hidden: bool = field(default=False, repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    snoozed_until: date | None = field(default=None, repr=False)
    events: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def hear(self, word: str, value: str) -> bool:
        """Take in what one line says, and tell whether it said anything new."""
        before = self._all()
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
        elif word == "snooze":
            self.snoozed_until = day_of(value)
        elif word in EVENTS_SAID:
            self._happened(word, value)
        return before != self._all()

    def _happened(self, word: str, value: str) -> None:
        """Take in a day on which something happened, or take back the day said last."""
        same = [event for event in self.events if event[0] == word]
        if value == TAKEN_BACK:
            self.events = tuple(event for event in self.events if event not in same[-1:])
        elif value.startswith("not "):
            gone = (word, value.removeprefix("not "))
            self.events = tuple(event for event in self.events if event != gone)
        elif (word, value) not in same:
            self.events = (*self.events, (word, value))

    def _all(self) -> tuple[object, ...]:
        return (
            self.label, self.how, self.is_hidden, self.notes, self.snoozed_until, self.events
        )  # fmt: skip

    @property
    def says_something(self) -> bool:
        """Whether anything is left of what was said of the person, not of what happened."""
        return bool(self.label or self.how or self.is_hidden or self.notes or self.snoozed_until)


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
            "snoozed_until": _days(said.snoozed_until for _, said in found),
        },
    )


def events_table(heard: Mapping[str, Standing], people: Collection[str]) -> pd.DataFrame:
    """Return what happened with these people as a table, `netquality.tables.EVENTS`."""
    found = sorted(
        (day, EVENTS_SAID.index(word), who, value)
        for who, said in heard.items()
        if who in people
        for word, value in said.events
        if (day := day_of(value)) is not None
    )
    return build(
        EVENTS,
        {
            "person_id": [who for *_, who, _ in found],
            "event": [EVENTS_SAID[place] for _, place, *_ in found],
            "on": _days(day for day, *_ in found),
            "list": [value.rpartition(" on ")[0] or None for *_, value in found],
        },
    )


def _days(days: Iterable[date | None]) -> NDArray[np.datetime64]:
    return np.array(list(days), dtype="datetime64[us]")


def entries_table(lines: Collection[Line]) -> pd.DataFrame:
    """Return the lines as a table, `netquality.tables.ENTRIES`."""
    return build(
        ENTRIES,
        {
            "line": [line.number for line in lines],
            "person_id": [line.person_id for line in lines],
            "word": [line.word for line in lines],
            "value": [line.value for line in lines],
            "said_on": _days(line.said_on for line in lines),
        },
    )
