"""What a table is: named columns with their dtypes, and the check at the door."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Column", "Table", "build", "check", "empty", "typed"]

TEXT: Final = "str"
INSTANT: Final = "datetime64[us, UTC]"
DATE: Final = "datetime64[us]"
COUNT: Final = "Int64"
FLAG: Final = "bool"
MAYBE: Final = "boolean"
"""Yes, no, or missing where nobody can know."""
NUMBER: Final = "Float64"
BAND: Final = "category"
"""Ordered names; the order is that of the categories."""


@dataclass(frozen=True)
class Column:
    """One column: its name, its pandas dtype, and what it says."""

    name: str
    dtype: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """A named, ordered set of columns."""

    name: str
    columns: tuple[Column, ...]

    @cached_property
    def dtypes(self) -> dict[str, str]:
        """Column names and their dtypes, in order."""
        return {column.name: column.dtype for column in self.columns}


def empty(table: Table) -> pd.DataFrame:
    """Return the table with all its columns and no rows."""
    return _empty(table).copy()


@cache
def _empty(table: Table) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in table.dtypes.items()})


def build(table: Table, columns: Mapping[Any, object]) -> pd.DataFrame:
    """Make a table from columns, in its order and dtypes; a fault raises `TableError`.

    Examples
    --------
    >>> from netquality.tables import PARTICIPANTS
    >>> build(PARTICIPANTS, {"thread_id": ["a"], "person_id": ["b"]}).dtypes.tolist()
    [<StringDtype(na_value=nan)>, <StringDtype(na_value=nan)>]
    """
    given: dict[Any, Any] = {name: columns[name] for name in table.dtypes if name in columns}
    indexes = [column.index for column in given.values() if isinstance(column, pd.Series)]
    is_simple = bool(indexes) or not any(map(pd.api.types.is_scalar, given.values()))
    if not is_simple or not all(index.equals(indexes[0]) for index in indexes[1:]):
        given = dict(pd.DataFrame(given).items())  # brings their rows together
        indexes = [column.index for column in given.values()]
    index = indexes[0] if indexes else None
    cast = {name: _as_dtype(given[name], table.dtypes[name], index) for name in given}
    frame = pd.DataFrame({name: column.array for name, column in cast.items()})
    check(frame, table)
    return frame


def _as_dtype(column: Any, dtype: Any, index: pd.Index | None) -> pd.Series:
    """Return a column in its dtype; frames cast many at once more slowly."""
    series = column if isinstance(column, pd.Series) else pd.Series(column, index=index)
    return series if str(series.dtype) == dtype else series.astype(dtype)


def check(frame: pd.DataFrame, table: Table, *, only: Iterable[str] | None = None) -> None:
    """Raise `TableError` with every fault at once unless the frame has the table's columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        What a caller gave.
    table : Table
        What it has to be; further columns are allowed.
    only : iterable of str, optional
        The columns that are needed; all of them by default.

    Raises
    ------
    TableError
        Naming each missing column and each column of another dtype.

    Examples
    --------
    >>> from netquality.tables import PARTICIPANTS
    >>> check(pd.DataFrame({"thread_id": [1]}), PARTICIPANTS)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    netquality.errors.TableError: participants: 'thread_id' is int64, expected str; 'person_id' ...
    """
    if not isinstance(frame, pd.DataFrame):
        raise TableError(f"{table.name}: is {type(frame).__name__}, expected a table.")
    needed = table.dtypes if only is None else {name: table.dtypes[name] for name in only}
    have = _dtypes(frame)
    faults = []
    for name, dtype in needed.items():
        if name not in have:
            faults.append(f"'{name}' is missing")
        elif have[name] != dtype:
            faults.append(f"'{name}' is {have[name]}, expected {dtype}")
    if faults:
        raise TableError(f"{table.name}: " + "; ".join(faults))


def _dtypes(frame: pd.DataFrame) -> dict[Any, str]:
    """Return the dtype of each column by its name; of columns of one name the last."""
    return {name: str(dtype) for name, dtype in zip(frame.columns, frame.dtypes, strict=True)}


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with all columns of a table in its dtypes, those it lacks missing.

    Dates and instants may be ISO text, and numbers' ``NaN`` is missing.

    Examples
    --------
    >>> one = Table("one", (Column("a_count", COUNT, ""), Column("b_on", DATE, "")))
    >>> typed(one, pd.DataFrame({"b_on": ["2020-01-02"]})).dtypes.astype(str).to_dict()
    {'a_count': 'Int64', 'b_on': 'datetime64[us]'}
    """
    nothing = pd.Series(pd.NA, index=frame.index)
    dtypes = table.dtypes
    return build(table, {name: _cast(frame.get(name, nothing), dtypes[name]) for name in dtypes})


def _cast(column: pd.Series, dtype: Any) -> pd.Series:
    if dtype.startswith("datetime64"):
        column = pd.to_datetime(column, utc=dtype.endswith("UTC]"), format="ISO8601")
    elif dtype == NUMBER:
        column = column.mask(column.isna(), pd.NA)
    return column.astype(dtype)
