"""Reasons to write now, from the data at hand: sentences with their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.words import day_text, month_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.network import Network
    from netquality.reconnecting.rule import ReconnectRule

__all__ = ["Moments", "birthdays_of"]

_ROUND: Final = 5
"""Every fifth year is a round one."""
_LEAP: Final = (2, 29)


class Moments:
    """What makes now a good time to write to somebody."""

    def __init__(
        self, day: pd.Timestamp | None, birthdays: dict[str, tuple[int, int]], rule: ReconnectRule
    ) -> None:
        self._day = day
        self._birthdays = birthdays
        self._near = pd.Timedelta(days=rule.near_days)

    def of(self, row: Any) -> list[str]:
        """Return the reasons of one person, as named tuple, the strongest first."""
        return [*self._turn(row), *_unreturned(row), *self._dates(row), *_shared(row)]

    def _turn(self, row: Any) -> Iterator[str]:
        if row.is_turn_yours:
            asked = " and asked something" if row.received_unanswered_question_count > 0 else ""
            when = month_text(row.last_message_at)
            yield f"They wrote last, in {when}{asked}: the turn is yours."

    def _dates(self, row: Any) -> Iterator[str]:
        if self._day is None:
            return
        if row.person_id in self._birthdays:
            day = self._next(*self._birthdays[row.person_id])
            if day - self._day <= self._near:
                yield f"Birthday on {day.day} {month_text(day).split()[0]}, by your address book."
        if pd.notna(row.connected_on):
            yield from self._anniversary(row.connected_on)

    def _anniversary(self, met: pd.Timestamp) -> Iterator[str]:
        assert self._day is not None  # noqa: S101 - asked by the caller
        for year in (self._day.year - 1, self._day.year, self._day.year + 1):
            count, day = year - met.year, _in_year(year, met.month, met.day)
            if count > 0 and count % _ROUND == 0 and abs(day - self._day) <= self._near:
                verb = "will be" if day > self._day else "is" if day == self._day else "was"
                yield f"On {day_text(day)} it {verb} {count} years that you are connected."

    def _next(self, month: int, day: int) -> pd.Timestamp:
        assert self._day is not None  # noqa: S101 - asked by the caller
        this = _in_year(self._day.year, month, day)
        return this if this >= self._day else _in_year(self._day.year + 1, month, day)


def birthdays_of(network: Network | None) -> dict[str, tuple[int, int]]:
    """Return month and day of each person's birthday, where the address books name just one."""
    if network is None:
        return {}
    rows = network.contacts[["person_id", "birthday"]].dropna()
    days: dict[str, set[tuple[int, int]]] = {}
    for person, text in rows.itertuples(index=False):
        month, day = text[-5:].split("-")
        days.setdefault(person, set()).add((int(month), int(day)))
    return {person: next(iter(found)) for person, found in days.items() if len(found) == 1}


def _in_year(year: int, month: int, day: int) -> pd.Timestamp:
    if (month, day) == _LEAP and not pd.Timestamp(year, 1, 1).is_leap_year:
        day = 28
    return pd.Timestamp(year, month, day)


def _unreturned(row: Any) -> Iterator[str]:
    """Say what was given and never returned."""
    if row.recommendation_received_count > 0 and not row.recommendation_given_count > 0:
        yield "They recommended you, and you have not recommended them."
    elif row.endorsement_received_count > 0 and not row.endorsement_given_count > 0:
        skills = plural(int(row.endorsement_received_count), "skill")
        yield f"They endorsed {skills} of yours, and you none of theirs."


def _shared(row: Any) -> Iterator[str]:
    """Say what the two share."""
    if row.is_colleague_then is True and isinstance(row.company, str):
        yield f"When you connected you worked for {row.company}, where they are today."
    if row.is_school_then is True:
        yield "You were at the same school when you connected."
