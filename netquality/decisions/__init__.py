"""The owner's answers to "is this the same human?": a small file, theirs, applied each time.

One row per pair: `person_id`, `record_id` (as in `netquality.tables.MATCHES`), `is_same` (``yes``
or ``no``) and `schema_version`. It may be edited in a spreadsheet. An answer is never lost: only a
later answer for the same pair replaces it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from netquality.decisions.file import COLUMNS, parse_answers, written
from netquality.errors import ExportError, TableError
from netquality.ownfile import alone_with, answer_of, open_own, own_file, put, where_is

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from netquality.ownfile import OwnFile

__all__ = ["Decisions", "as_decisions", "keep_decisions", "pair_of", "read_decisions"]


@dataclass(frozen=True, eq=False)
class Decisions:
    """Who was said to be whom, and who not.

    Attributes
    ----------
    table : pandas.DataFrame
        `person_id`, `record_id` (``str``) and `is_same` (``bool``), one row per pair.
    lines : tuple of int
        The line of the file on which each row stands; empty where there is no file.
    source : str
        Name of the file, without its path.

    Examples
    --------
    >>> table = pd.DataFrame({"person_id": ["ana-1"], "record_id": ["email:a@example.org"],
    ...                       "is_same": [True]})
    >>> Decisions(table)
    Decisions(1 the same, 0 not the same)
    """

    table: pd.DataFrame = field(repr=False)
    lines: tuple[int, ...] = field(default=(), repr=False)
    source: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Check the table at the door, and keep a copy that nobody else changes."""
        answered = _answered(self.table)
        if self.lines and len(self.lines) != len(answered):
            raise TableError("decisions: there is not one line for each answer.")
        object.__setattr__(self, "table", answered)
        _need_agreement(self)

    def __repr__(self) -> str:
        """Say how many answers there are, and about nobody."""
        same = int(self.table["is_same"].sum())
        return f"Decisions({same:,} the same, {len(self.table) - same:,} not the same)"

    def forbids(self, person_id: str, record_id: str) -> bool:
        """Return whether these two were said not to be the same human.

        Examples
        --------
        >>> table = pd.DataFrame({"person_id": ["ana-1"], "record_id": ["name:ana"],
        ...                       "is_same": [False]})
        >>> Decisions(table).forbids("ana-1", "name:ana")
        True
        """
        return self._answers.get(pair_of(person_id, record_id)) is False

    def confirms(self, person_id: str, record_id: str) -> bool:
        """Return whether these two were said to be the same human.

        Examples
        --------
        >>> table = pd.DataFrame({"person_id": ["ana-1"], "record_id": ["name:ana"],
        ...                       "is_same": [True]})
        >>> Decisions(table).confirms("ana-1", "name:ana")
        True
        """
        return self._answers.get(pair_of(person_id, record_id)) is True

    def joins(self, record_id: str) -> str | None:
        """Return who this record was said to be, or None.

        Raises
        ------
        ExportError
            When it was said to be several; it names the lines of the file.

        Examples
        --------
        >>> table = pd.DataFrame({"person_id": ["ana-1"], "record_id": ["name:ana"],
        ...                       "is_same": [True]})
        >>> Decisions(table).joins("name:ana")
        'ana-1'
        """
        rows = self._joined.get(record_id, [])
        if len(rows) > 1:
            raise self.fault(rows, "say that one record is several people")
        return None if not rows else str(self.table["person_id"].iloc[rows[0]])

    def fault(self, rows: list[int], what: str) -> ExportError:
        """Return the error for rows that cannot all be right, by their lines."""
        name = self.source or "decisions"
        kind, numbers = ("lines", [self.lines[row] for row in rows]) if self.lines else (
            "rows", [row + 1 for row in rows])  # fmt: skip
        listed = ", ".join(map(str, sorted(numbers)))
        kind = kind if len(numbers) > 1 else kind.removesuffix("s")
        return ExportError(f"{name}, {kind} {listed}: {what}. Correct or delete one of them.")

    @cached_property
    def _answers(self) -> dict[tuple[str, str], bool]:
        return {pair_of(one, other): same for one, other, same in _rows(self.table)}

    @cached_property
    def _joined(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, (_, record, same) in enumerate(_rows(self.table)):
            if same:
                found.setdefault(record, []).append(number)
        return found


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Return two ids as a pair that does not depend on which came first.

    Examples
    --------
    >>> pair_of("b", "a") == pair_of("a", "b")
    True
    """
    return (one, other) if one <= other else (other, one)


def read_decisions(path: str | os.PathLike[str]) -> Decisions:
    """Read the file of answers; a file that is not there yet holds none.

    Parameters
    ----------
    path : str or path-like
        As `keep_decisions` wrote it, or edited in a spreadsheet since: comma, semicolon or tab;
        ``yes``, ``no``, ``TRUE``, ``0``, ``ja`` and the like; an empty answer is none.

    Returns
    -------
    Decisions

    Raises
    ------
    ExportError
        When the file cannot be understood, or two lines contradict each other; by line number.

    Examples
    --------
    >>> read_decisions("not-there-yet.csv")
    Decisions(0 the same, 0 not the same)
    """
    return _held(open_own(_place(path), what="file of answers"))


def as_decisions(given: object) -> Decisions:
    """Return what a caller gave as decisions: a file, `Decisions`, or None for none.

    Raises
    ------
    TableError
        When it is something else.

    Examples
    --------
    >>> as_decisions(None)
    Decisions(0 the same, 0 not the same)
    """
    if given is None:
        return Decisions(pd.DataFrame(columns=["person_id", "record_id", "is_same"]))
    if isinstance(given, Decisions):
        return given
    if isinstance(given, str | os.PathLike):
        return read_decisions(given)
    raise TableError(
        f"decisions: is {type(given).__name__}. Give a file, or what read_decisions gave."
    )


def keep_decisions(table: pd.DataFrame, path: str | os.PathLike[str]) -> Decisions:
    """Add answers to the file; what it held before stays, but for later answers to the same pair.

    Parameters
    ----------
    table : pandas.DataFrame
        `network.doubts` or `network.matches` with a column `is_same`, or any table with
        `person_id`, `record_id` and `is_same`. Rows without an answer are left out.
    path : str or path-like
        The file; made where there is none, readable by you alone.

    Returns
    -------
    Decisions
        All that the file holds now.

    Raises
    ------
    TableError
        When a column is missing, an answer is neither yes nor no, or the table answers the same
        pair in two ways.
    ExportError
        When the file is there and cannot be understood (it is left as it is), or not be written.

    Examples
    --------
    >>> import tempfile
    >>> table = pd.DataFrame({"person_id": ["ana-1"], "record_id": ["email:a@example.org"],
    ...                       "is_same": [False]})
    >>> with tempfile.TemporaryDirectory() as home:
    ...     _ = keep_decisions(table, home + "/same.csv")
    ...     read_decisions(home + "/same.csv")
    Decisions(0 the same, 1 not the same)
    """
    new = _answered(table)
    _need_agreement(Decisions(new))
    where = _place(path)
    with alone_with(where):
        kept = {pair_of(a, b): (a, b, same) for a, b, same in _rows(read_decisions(where).table)}
        kept |= {pair_of(a, b): (a, b, same) for a, b, same in _rows(new)}
        try:
            data = written(sorted(kept.values()))
        except UnicodeEncodeError:
            raise TableError("decisions: an id holds characters that no file can hold.") from None
        put(where, data)
    return _held(own_file(data, where.name))


def _place(path: str | os.PathLike[str]) -> Path:
    return where_is(path, what="decisions", example="same.csv")


def _held(file: OwnFile) -> Decisions:
    """Return the answers that a file holds."""
    rows, lines = parse_answers(file)
    return Decisions(pd.DataFrame(rows, columns=list(COLUMNS)), tuple(lines), file.name)


def _answered(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that hold an answer, as text and bool; every fault at once."""
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"decisions: is {type(table).__name__}, expected a table.")
    missing = [f"'{name}' is missing" for name in COLUMNS if name not in table]
    if missing:
        raise TableError(f"decisions: {'; '.join(missing)}.")
    answers = [answer_of("" if pd.isna(value) else str(value)) for value in table["is_same"]]
    faults = []
    if any(answer is None for answer in answers):
        faults.append("'is_same' holds something that is neither yes nor no")
    given = [isinstance(answer, bool) for answer in answers]
    rows = table.loc[given, ["person_id", "record_id"]].reset_index(drop=True)
    faults += [
        f"'{name}' holds something that is no text"
        for name in rows
        if not all(isinstance(value, str) and value for value in rows[name])
    ]
    if faults:
        raise TableError(f"decisions: {'; '.join(faults)}.")
    said = [answer for answer in answers if isinstance(answer, bool)]
    return rows.astype("str").assign(is_same=pd.Series(said, index=rows.index, dtype="bool"))


def _rows(table: pd.DataFrame) -> Iterator[tuple[str, str, bool]]:
    columns = (table[name].tolist() for name in COLUMNS)
    yield from zip(*columns, strict=True)


def _need_agreement(decisions: Decisions) -> None:
    """Refuse two answers to one pair."""
    seen: dict[tuple[str, str], tuple[int, bool]] = {}
    for number, (one, other, same) in enumerate(_rows(decisions.table)):
        first, before = seen.setdefault(pair_of(one, other), (number, same))
        if before != same:
            raise decisions.fault([first, number], "answer the same pair in two ways")
