"""Rows of a CSV address book to entries, by what its columns say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from netquality.reading.contacts.entries import Entry
from netquality.reading.contacts.values import JOINED, name_of, split_emails, split_phones, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from netquality.reading.contacts.forms import Columns

__all__ = ["entries_of"]

_MARK: Final = "* "  # Google's, before the type of the preferred address
_NO_TELEPHONE: Final = re.compile("fax|pager", re.IGNORECASE)


def entries_of(rows: pd.DataFrame, lines: Sequence[int], columns: Columns) -> list[Entry]:
    """Return an entry for each row.

    Examples
    --------
    >>> import pandas as pd
    >>> from netquality.reading.contacts.forms import bind
    >>> rows = pd.DataFrame({"first name": ["Ana"], "last name": ["Ficticia"]}, dtype="str")
    >>> [entry.name for entry in entries_of(rows, [2], bind("outlook", rows.columns))]
    ['Ana Ficticia']
    """
    used = sorted(columns.used())
    cells = [rows[name].tolist() for name in used]
    each_row = zip(*cells, strict=True) if used else ((),) * len(rows)
    return [
        _entry(line, dict(zip(used, row, strict=True)), columns)
        for line, row in zip(lines, each_row, strict=True)
    ]


def _entry(line: int, row: dict[str, str], columns: Columns) -> Entry:
    emails = _addresses(row, columns.emails, split_emails)
    labels = (part for name in columns.labels for part in columns.label_ends.split(row[name]))
    return Entry(
        line,
        name=_name(row, columns),
        given_name=row.get(columns.given_name, ""),
        family_name=row.get(columns.family_name, ""),
        company=_first(row, columns.company),
        position=_first(row, columns.position),
        birthday=_birthday(row, columns.birthday),
        emails=tuple(sorted(emails) if columns.are_listed else emails),
        phones=tuple(_addresses(row, columns.phones, split_phones)),
        sites=tuple(row[name] for name in columns.sites if row[name]),
        labels=tuple(labels),
    )


def _name(row: dict[str, str], columns: Columns) -> str:
    """Return the name as the address book shows it, not an address in its place."""
    whole = (name_of(row[name]) for name in columns.name)
    spelt = " ".join(tidy(row[name]) for name in columns.parts if row[name].strip())
    other = (name_of(row[name]) for name in columns.nickname)
    return next((name for name in (*whole, name_of(spelt), *other) if name), "")


def _first(row: dict[str, str], names: Sequence[str]) -> str:
    """Return the first value of the first column that has one."""
    values = (JOINED.split(row[name].strip())[0] for name in names)
    return next((value for value in values if value), "")


def _birthday(row: dict[str, str], names: Sequence[str]) -> str:
    if len(names) < 3:  # noqa: PLR2004 - not in three columns
        return _first(row, names)
    year, month, day = (row[name].strip() for name in names)
    if not (month or day):
        return ""
    if not (month.isdecimal() and day.isdecimal() and (year.isdecimal() or not year)):
        return f"{year}/{month}/{day}"  # in no form: counted as such
    return f"{int(year or 0):04d}-{int(month):02d}-{int(day):02d}"


def _addresses(
    row: dict[str, str], pairs: Sequence[tuple[str, str]], split: Callable[[str], list[str]]
) -> list[str]:
    """Return the addresses of a row, the preferred ones first."""
    found: list[tuple[bool, str]] = []
    for value, kind in pairs:
        of_type = row[kind] if kind else ""
        if row[value] and not _NO_TELEPHONE.search(of_type):
            found += [(not of_type.startswith(_MARK), part) for part in split(row[value])]
    return [part for _, part in sorted(found, key=lambda each: each[0])]
