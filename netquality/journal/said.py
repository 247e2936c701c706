"""What a caller says of people: a table, checked at the door, as lines for the journal."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.journal.days import day_of
from netquality.journal.line import Line
from netquality.journal.lines import LABELS, value_of
from netquality.journal.standing import EVENTS_SAID
from netquality.network import instant, people_meant
from netquality.tables import Column, Table, check
from netquality.tables.shape import TEXT
from netquality.weeks import NO_WEEK, weeks_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from netquality.network import Network

__all__ = ["lines_proposed", "lines_said", "person_meant"]

_WORDS: Final = {
    "label": "label",
    "off_platform": "off-platform",
    "hidden": "hide",
    "note": "note",
    "snooze_until": "snooze",
    "wrote_on": "wrote",
    "answered_on": "answered",
    "met_on": "met",
}
"""The columns of a caller's table, and the words they become."""
_FLAGS: Final = frozenset(("True", "False", "1", "0", "1.0", "0.0"))  # as pandas may keep them
_EXPECTED: Final = {
    "label": f"something other than {', '.join(LABELS[:-1])} and {LABELS[-1]}",
    "off_platform": "something that is no text to say how, nor yes or no",
    "hidden": "something that is neither yes nor no",
    "note": "something that is no text, or too long for a note",
    **dict.fromkeys(
        ("snooze_until", "wrote_on", "answered_on", "met_on"),
        "something that is neither a date like '2026-11-20' nor no",
    ),
}
_FAR: Final = timedelta(days=5 * 366)
"""So long after an export, or before a connection, a day is a slip of the pen."""
_ADDS_UP: Final = ("note", "wrote_on", "answered_on", "met_on")
_DATES: Final = ("snooze_until", "wrote_on", "answered_on", "met_on")
_PROPOSALS: Final = Table(
    "proposals",
    (
        Column("person_id", TEXT, "whom"),
        Column("list", TEXT, "which list"),
    ),
)
MOST_CHARACTERS: Final = 100_000
"""More no spreadsheet keeps in a cell, and Python's csv does not read in one."""
Said = str | bool | None
"""What a cell says: a text, None for nothing, False for what it cannot say."""


def lines_said(table: pd.DataFrame, network: Network) -> list[Line]:
    """Return what a table says as lines, row by row; every fault at once.

    Raises
    ------
    TableError
        Naming each column that cannot be used, and why; never what stands in it.
    """
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"journal: is {type(table).__name__}, expected a table.")
    columns = [column for column in _WORDS if column in table]
    faults = [] if "person_id" in table else ["'person_id' is missing"]
    if not columns:
        faults.append(f"none of {', '.join(map(repr, _WORDS))} is there")
    if faults:
        raise TableError(f"journal: {'; '.join(faults)}.")
    people = [one if isinstance(one, str) else None for one in table["person_id"]]
    faults = list(_people_faults(people, set(network.people["person_id"])))
    days = _days(table)
    if False in days:
        faults.append("'said_on' holds something that is no date like '2026-11-20'")
    said = {column: [_value(column, cell) for cell in table[column]] for column in columns}
    faults += _faults(said)
    faults += _far_days(people, said, network)
    faults += _contradictions(people, said)
    if faults:
        raise TableError(f"journal: {'; '.join(faults)}.")
    return [
        Line(person, _WORDS[column], value, day or _day_said(column, value, network))
        for person, day, *values in zip(people, days, *said.values(), strict=True)
        for column, value in zip(said, values, strict=True)
        if isinstance(value, str) and person is not None
    ]


def lines_proposed(proposals: pd.DataFrame, begin: str | date, network: Network) -> list[Line]:
    """Return what a list of `netquality.reconnect` proposes as lines.

    Raises
    ------
    SettingError
        When `begin` is no date.
    TableError
        When it is no such list, or one of another network.
    """
    check(proposals, _PROPOSALS)
    if "week" not in proposals:
        raise TableError("proposals: 'week' is missing.")
    first = _begin(begin, network)
    known = set(network.people["person_id"])
    faults = list(_people_faults(proposals["person_id"].tolist(), known))
    weeks = weeks_of(proposals)
    if (weeks == 0).any():
        faults.append(NO_WEEK)
    try:
        days = [first + timedelta(weeks=week - 1) for week in weeks.clip(lower=1).tolist()]
    except OverflowError:
        raise SettingError(f"begin={first}: the list would outlast the calendar.") from None
    values = [
        value_of("proposed", f"{name} on {day}")
        for name, day in zip(proposals["list"], days, strict=True)
    ]
    if None in values:
        faults.append("'list' holds something that is no list's name")
    if faults:
        raise TableError(f"proposals: {'; '.join(faults)}.")
    told = zip(proposals["person_id"], values, strict=True)
    said_on = max(network.as_of.date(), first)
    return [Line(who, "proposed", value, said_on) for who, value in told if value is not None]


def _begin(begin: str | date, network: Network) -> date:
    """Return the day on which a list begins: one near that of the export."""
    with suppress(SettingError):
        first = instant(begin).date()
        if abs(first - network.as_of.date()) <= _FAR:
            return first
    raise SettingError("begin: is no date near that of the export. Give it like '2026-11-23'.")


def person_meant(person: str, network: Network) -> str:
    """Return the `person_id` of who is meant by one, or by a name that fits one person alone.

    Raises
    ------
    SettingError
        When it is nobody, or several; whoever was meant is not named.
    """
    if not isinstance(person, str) or not person.strip():
        raise SettingError("person: is no text. Give a person_id, or a name.")
    found = people_meant(network.people, person)
    if len(found) == 1:
        return found[0]
    raise SettingError(
        "person: several people in this network fit this. Give the person_id of the one you "
        "mean; it stands in network.people."
        if found
        else "person: nobody in this network has this person_id or name. Look into network.people."
    )


def _value(column: str, cell: object) -> Said:
    """Return what a cell says in the form that is kept."""
    if _is_missing(cell) or (column != "label" and isinstance(cell, str) and not cell.strip()):
        return None
    if column in _DATES and isinstance(cell, (date, np.datetime64)):
        cell = pd.Timestamp(cell).date().isoformat()
    may_be_flag = column in {"off_platform", "hidden", *_DATES}
    if not (isinstance(cell, str) or (may_be_flag and str(cell) in _FLAGS)):
        return False
    value = value_of(_WORDS[column], str(cell))
    return False if value is None or len(value) > MOST_CHARACTERS else value


def _is_missing(cell: Any) -> bool:
    return cell is None or (pd.api.types.is_scalar(cell) and bool(pd.isna(cell)))


def _people_faults(people: list[str | None], known: Collection[str]) -> Iterator[str]:
    if None in people:
        yield "'person_id' holds something that is no text"
    strangers = sum(person is not None and person not in known for person in people)
    if strangers:
        yield f"'person_id' holds {strangers:,} that are nobody in this network"


def _days(table: pd.DataFrame) -> list[date | bool | None]:
    """Return the day of each row, None where it says none, False for a fault."""
    if "said_on" not in table:
        return [None] * len(table)
    days: list[date | bool | None] = []
    for cell in table["said_on"]:
        if _is_missing(cell):
            days.append(None)
            continue
        try:
            days.append(instant(cell).date())
        except SettingError:
            days.append(False)
    return days


def _day_said(column: str, value: str, network: Network) -> date:
    """Return when something was said of which that is not known: with the export, or after it."""
    happened = day_of(value) if _WORDS[column] in EVENTS_SAID else None
    return max(network.as_of.date(), happened or date.min)


def _faults(said: dict[str, list[Said]]) -> Iterator[str]:
    for column, values in said.items():
        if False in values:
            yield f"'{column}' holds {_EXPECTED[column]}"


def _far_days(
    people: list[str | None], said: dict[str, list[Said]], network: Network
) -> Iterator[str]:
    """Tell of days years after the export, or years before that person was connected to."""
    latest = network.as_of.date() + _FAR
    own = network.people[network.people["person_id"].isin(people)]
    met = own.set_index("person_id")["connected_on"].dropna()
    first = {person: day.date() - _FAR for person, day in met.items()}
    for column in [name for name in said if name in _DATES]:
        told = zip(people, said[column], strict=True)
        days = [(who, day_of(v)) for who, v in told if isinstance(v, str)]
        if any(day and day > latest for _, day in days):
            yield f"'{column}' holds a day years after the export"
        if any(day and day < first.get(who, date.min) for who, day in days):
            yield f"'{column}' holds a day years before you connected"


def _contradictions(people: list[str | None], said: dict[str, list[Said]]) -> Iterator[str]:
    """Tell of people of whom a table says two things that cannot both stand."""
    found: dict[tuple[str, object], Said] = {}
    for column in [name for name in said if name not in _ADDS_UP]:
        for person, value in zip(people, said[column], strict=True):
            if value is not None and found.setdefault((column, person), value) != value:
                yield f"'{column}' says two things of one person"
                break
    strangers = {who for (of, who), value in found.items() if (of, value) == ("label", "stranger")}
    if any(found.get(("off_platform", person), "no") != "no" for person in strangers):
        yield "one person is a 'stranger' and has an 'off_platform', which exclude each other"
