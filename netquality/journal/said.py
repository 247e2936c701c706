"""What a caller says of people: a table, checked at the door, as lines for the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import SettingError, TableError
from netquality.identity import name_key
from netquality.journal.lines import LABELS, Line, value_of
from netquality.network import instant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from netquality.network import Network

__all__ = ["lines_said", "person_meant"]

_WORDS: Final = {"label": "label", "off_platform": "off-platform", "hidden": "hide", "note": "note"}
"""The columns of a caller's table, and the words they become."""
_FLAGS: Final = frozenset(("True", "False", "1", "0", "1.0", "0.0"))  # as pandas may keep them
_EXPECTED: Final = {
    "label": f"something other than {', '.join(LABELS[:-1])} and {LABELS[-1]}",
    "off_platform": "something that is no text to say how, nor yes or no",
    "hidden": "something that is neither yes nor no",
    "note": "something that is no text, or too long for a note",
}
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
    days = _days(table, network)
    if None in days:
        faults.append("'said_on' holds something that is no date like '2026-11-20'")
    said = {column: [_value(column, cell) for cell in table[column]] for column in columns}
    faults += _faults(said)
    faults += _contradictions(people, said)
    if faults:
        raise TableError(f"journal: {'; '.join(faults)}.")
    return [
        Line(person, _WORDS[column], value, day)
        for person, day, *values in zip(people, days, *said.values(), strict=True)
        for column, value in zip(said, values, strict=True)
        if isinstance(value, str) and person is not None
    ]


def person_meant(person: str, network: Network) -> str:
    """Return the `person_id` of who is meant by one, or by a name that one person alone bears.

    Raises
    ------
    SettingError
        When it is nobody, or several; whoever was meant is not named.
    """
    if not isinstance(person, str) or not person.strip():
        raise SettingError("person: is no text. Give a person_id, or a name.")
    people = network.people
    if person in set(people["person_id"]):
        return person
    key = name_key(person)
    same = people["name"].map(name_key, na_action="ignore") == key
    found: list[str] = people.loc[same, "person_id"].tolist() if key else []
    if len(found) == 1:
        return found[0]
    raise SettingError(
        "person: several people in this network have this name. Give the person_id of the one you "
        "mean; it stands in network.people."
        if found
        else "person: nobody in this network has this person_id or name. Look into network.people."
    )


def _value(column: str, cell: object) -> Said:
    """Return what a cell says in the form that is kept."""
    if _is_missing(cell) or (column != "label" and isinstance(cell, str) and not cell.strip()):
        return None
    may_be_flag = column in {"off_platform", "hidden"}
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


def _days(table: pd.DataFrame, network: Network) -> list[date | None]:
    """Return the day of each row, that of the export where it says none; None for a fault."""
    if "said_on" not in table:
        return [network.as_of.date()] * len(table)
    days: list[date | None] = []
    for cell in table["said_on"]:
        if _is_missing(cell):
            days.append(network.as_of.date())
            continue
        try:
            days.append(instant(cell).date())
        except SettingError:
            days.append(None)
    return days


def _faults(said: dict[str, list[Said]]) -> Iterator[str]:
    for column, values in said.items():
        if False in values:
            yield f"'{column}' holds {_EXPECTED[column]}"


def _contradictions(people: list[str | None], said: dict[str, list[Said]]) -> Iterator[str]:
    """Tell of people of whom a table says two things that cannot both stand."""
    found: dict[tuple[str, object], Said] = {}
    for column in [name for name in said if name != "note"]:
        for person, value in zip(people, said[column], strict=True):
            if value is not None and found.setdefault((column, person), value) != value:
                yield f"'{column}' says two things of one person"
                break
    strangers = {who for (of, who), value in found.items() if (of, value) == ("label", "stranger")}
    if any(found.get(("off_platform", person), "no") != "no" for person in strangers):
        yield "one person is a 'stranger' and has an 'off_platform', which exclude each other"
