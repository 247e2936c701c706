"""Reasons to write now, from the data at hand: sentences with their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.reasons import same_employer
from netquality.words import MONTHS, day_text, month_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.network import Network
    from netquality.reconnecting.rule import ReconnectRule

__all__ = ["Moments", "birthdays_of", "yes"]

_ROUND: Final = 5
"""Every fifth year is a round one."""
_LEAP: Final = (2, 29)


class Moments:
    """What makes now a good time to write to somebody.

    Parameters
    ----------
    day : pandas.Timestamp or None
        The day that the list is for.
    network : Network or None
        Knows birthdays, and whether what the owner gave is on file at all.
    rule : ReconnectRule
    """

    def __init__(
        self, day: pd.Timestamp | None, network: Network | None, rule: ReconnectRule
    ) -> None:
        self._day = day
        self._birthdays = birthdays_of(network)
        self._kinds = frozenset[str]() if network is None else network.kinds
        self._near = pd.Timedelta(days=rule.near_days)

    def of(self, row: Any) -> list[str]:
        """Return the reasons of one person; those that pass soonest come first."""
        return [*_turn(row), *self._dates(row), *self._esteem(row), *_shared(row)]

    def grounds(self, row: Any) -> list[str]:
        """Return what there is in common with somebody, whether it is a reason to write or not."""
        given, received = row.endorsement_given_count, row.endorsement_received_count
        skills = [said for said in self._esteem(row) if said.startswith("They endorsed")]
        if yes(given > 0) and yes(received > 0):
            skills = ["You endorsed each other's skills."]
        elif yes(given > 0):
            skills = [f"You endorsed {plural(int(given), 'skill')} of theirs."]
        elif yes(received > 0) and not skills:
            skills = [f"They endorsed {plural(int(received), 'skill')} of yours."]
        groups = (
            plural(int(row.group_thread_count), "conversation")
            if yes(row.group_thread_count > 0)
            else ""
        )
        both = [f"You are both in {groups} of several people."] if groups else []
        return [*_shared(row), *both, *skills]

    def _esteem(self, row: Any) -> Iterator[str]:
        """Say what was given, and that it was never returned where the export could show that."""
        if yes(row.recommendation_received_count > 0):
            if not yes(row.recommendation_given_count > 0):
                unreturned = ", and you have not recommended them"
                known = "recommendation sent" in self._kinds
                yield f"They recommended you{unreturned if known else ''}."
        elif yes(row.endorsement_received_count > 0) and not yes(row.endorsement_given_count > 0):
            skills = plural(int(row.endorsement_received_count), "skill")
            known = "endorsement sent" in self._kinds
            yield f"They endorsed {skills} of yours{', and you none of theirs' if known else ''}."

    def _dates(self, row: Any) -> Iterator[str]:
        today = self._day
        if today is None:
            return
        if row.person_id in self._birthdays:
            month, day = self._birthdays[row.person_id]
            if _next(today, month, day) - today <= self._near:
                yield f"Birthday on {day} {MONTHS[month - 1]}, by your address book."
        if pd.notna(row.connected_on):
            yield from self._anniversary(row.connected_on, today)

    def _anniversary(self, met: pd.Timestamp, today: pd.Timestamp) -> Iterator[str]:
        for year in (today.year - 1, today.year, today.year + 1):
            count, day = year - met.year, _in_year(year, met.month, met.day)
            if count > 0 and count % _ROUND == 0 and abs(day - today) <= self._near:
                verb = "will have" if day > today else "have" if day == today else "had"
                yield f"On {day_text(day)} you {verb} been connected for {count} years."


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


def _next(today: pd.Timestamp, month: int, day: int) -> pd.Timestamp:
    this = _in_year(today.year, month, day)
    return this if this >= today else _in_year(today.year + 1, month, day)


def _in_year(year: int, month: int, day: int) -> pd.Timestamp:
    if (month, day) == _LEAP and not pd.Timestamp(year, 1, 1).is_leap_year:
        day = 28
    return pd.Timestamp(year, month, day)


def yes(value: Any) -> bool:
    """Return whether a cell says yes; a missing one does not.

    Examples
    --------
    >>> yes(pd.NA), yes(pd.Series([True]).iloc[0])
    (False, True)
    """
    return bool(pd.notna(value) and value)


def _turn(row: Any) -> Iterator[str]:
    """Say that they wrote last, within talk; what has no answer elsewhere is no turn."""
    if not row.is_turn_yours or pd.isna(row.last_talk_at):
        return
    asked = ", and asked something" if yes(row.last_question_count > 0) else ""
    greeted = ", and sent a greeting since" if row.last_received_at > row.last_message_at else ""
    last = f"They wrote last, in {month_text(row.last_message_at)}"
    yield f"{last}{asked}{greeted}: the next word is yours."


def _shared(row: Any) -> Iterator[str]:
    """Say what the two share."""
    if isinstance(row.company, str):
        if yes(row.is_colleague_now):
            yield same_employer(row.company, "today")
        elif yes(row.is_colleague_then):
            yield same_employer(row.company, "when you connected")
    if yes(row.is_school_then):
        yield "Their profile names the school where you were when you connected."
