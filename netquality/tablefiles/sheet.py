"""A table as CSV: for spreadsheets, for pandas, and back to what it was.

What the columns are stands in the name of one more column, the last, which holds no values: out of
the way of the eye, of sorting and of formulas, and there even where a table has no rows.
"""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.cells import defused_throughout, first_record, records
from netquality.errors import ExportError, TableError
from netquality.tablefiles.values import (
    column_of,
    has_odd_levels,
    is_known,
    levels_of,
    need_known,
    texts_of,
    values_of,
)
from netquality.words import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "SCHEMA_VERSION",
    "VERSION",
    "WANTED",
    "begins_csv",
    "csv_of",
    "named_columns",
    "parse_table",
]

SCHEMA_VERSION: Final = 1
"""Of the files; one more when what a cell or the last column says changes."""
VERSION: Final = "netquality_table_version"
_MARK: Final = f'{{"{VERSION}":'
"""How the last cell of the header begins, in which no other CSV has it."""
_TEXTS: Final = ("str", "string", "object", "category")
"""Dtypes of names of columns."""
_NUMBERED: Final = "int64"
"""What pandas makes of the names where there are no columns."""
WANTED: Final = "Give a CSV that nq.write_table wrote."


def csv_of(table: pd.DataFrame) -> str:
    """Return a table as CSV.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["=1+1", "Ana"], "gap_days": [-1, 2]})
    >>> [line[:15] for line in csv_of(table).splitlines()]
    ['name,gap_days,"', "'=1+1,-1,", 'Ana,2,']
    """
    index, columns = named_columns(table)
    for name, column in (*index, *columns):
        need_known(column, name or "")
    every = [*index, *columns]
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")  # quotes a cell with either half of it
    heads = ["" if name is None else defused_throughout(name) for name, _ in every]
    writer.writerow([*heads, _about(table, index, columns)])
    blank = [""] * len(table)
    writer.writerows(zip(*(texts_of(column) for _, column in every), blank, strict=True))
    return file.getvalue()


def begins_csv(data: bytes) -> bool:
    """Return whether a file with such a beginning is a table of ours.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Ana"]})
    >>> begins_csv(csv_of(table).encode()), begins_csv(b"name,note")
    (True, False)
    """
    return first_record(data.decode("utf-8-sig", "replace"))[-1].startswith(_MARK)


def named_columns(
    table: pd.DataFrame,
) -> tuple[list[tuple[str | None, pd.Series]], list[tuple[str, pd.Series]]]:
    """Return the levels of a table's index, none where it only counts the rows, and its columns.

    Raises
    ------
    TableError
        When a column has no text for a name, or shares it with another.
    """
    names = list(table.columns)
    level_names: list[Any] = list(table.index.names)
    every = [*names, *level_names, *table.columns.names]
    odd = [name for name in every if not isinstance(name, str | None)]
    if odd or None in names or len(set(names)) < len(names):
        raise TableError(
            "table: a column has no text for a name, or the name of another. Rename it."
        )
    counts = pd.RangeIndex(len(table))
    plain = table.index.nlevels == 1 and table.index.name is None and table.index.equals(counts)
    levels = () if plain and table.index.dtype == counts.dtype else range(table.index.nlevels)
    return (
        [
            (level_names[level], table.index.get_level_values(level).to_series(counts))
            for level in levels
        ],
        [(name, table[name].reset_index(drop=True)) for name in names],
    )


def parse_table(text: str, name: str) -> pd.DataFrame:
    """Return the table that a CSV holds.

    Parameters
    ----------
    text : str
        What the file holds.
    name : str
        What it is called in errors.

    Raises
    ------
    ExportError
        When it is no such file, by line.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["=1+1"], "gap_days": [-1]})
    >>> parse_table(csv_of(table), "mine.csv").equals(table)
    True
    """
    lines = iter(records(text, name))
    header = next(lines, (1, [""]))[1]
    about = _said(header, name)
    named: list[tuple[str | None, str]] = [(head, dtype) for head, dtype in about["columns"]]
    heads = ["" if head is None else defused_throughout(head) for head, _ in named]
    if header[:-1] != heads:
        raise ExportError(
            f"{name}: its columns are not those that it says it has. Undo what was moved, renamed, "
            "added or taken out, or write the table again."
        )
    rows = list(_rows(lines, len(header), name))
    columns = _columns(rows, named, about.get("levels", {}), name)
    return _table(columns, [head for head, _ in named], about, len(rows))


# -- what a file says of itself -------------------------------------------------------------------


def _about(
    table: pd.DataFrame,
    index: list[tuple[str | None, pd.Series]],
    columns: list[tuple[str, pd.Series]],
) -> str:
    """Return the last cell of the header: JSON of the version, and of the columns in order."""
    every = [*index, *columns]
    levels = {str(at): said for at, (_, column) in enumerate(every) if (said := _levels(column))}
    said = {name: value for name, value in table.attrs.items()
            if isinstance(name, str) and isinstance(value, str)}  # fmt: skip
    freq = getattr(table.index, "freqstr", None)
    about = {
        VERSION: SCHEMA_VERSION,
        "columns": [[name, str(column.dtype)] for name, column in every],
        "index": len(index),
    }
    more = {"levels": levels, "freq": freq, "heads": _heads(table), "said": said}
    about |= {key: value for key, value in more.items() if value}
    return json.dumps(about).replace(";", "\\u003b")  # where a program may cut


def _levels(column: pd.Series) -> dict[str, Any] | None:
    """Return what `column_of` needs of a column of categories; None of another."""
    return (
        None
        if levels_of(column) is None
        else {
            "names": levels_of(column),
            "ordered": column.cat.ordered,
            "dtype": str(column.cat.categories.dtype),
        }
    )


def _heads(table: pd.DataFrame) -> dict[str, Any] | None:
    """Return what the names of the columns are, where they are more than texts."""
    heads = table.columns.to_series()
    if has_odd_levels(heads):
        raise TableError(
            "table: the names of its columns are categories, and one is no text. Rename it."
        )
    dtype, name = str(table.columns.dtype), table.columns.name
    if dtype not in (*_TEXTS, _NUMBERED):
        dtype = "str"  # of no columns
    if dtype == "str" and name is None:
        return None
    return {"dtype": dtype, "name": name, "levels": _levels(heads)}


def _said(header: list[str], name: str) -> dict[str, Any]:
    """Return what the last cell of the header says; `ExportError` where it says nothing."""
    try:
        about = json.loads(header[-1])
        version = about[VERSION]
    except (LookupError, RecursionError, TypeError, ValueError):
        version = None
    if type(version) is not int or version < 1:
        raise ExportError(f"{name}: does not say that it is a table of netquality. {WANTED}")
    if version > SCHEMA_VERSION:
        raise ExportError(f"{name}: was written by a newer netquality. Read it with that.")
    if not all(is_known(dtype) for _, dtype in about["columns"]):
        raise ExportError(f"{name}: has a column of a kind that no table of ours has. {WANTED}")
    found: dict[str, Any] = about
    return found


# -- the rows -------------------------------------------------------------------------------------


def _rows(
    lines: Iterator[tuple[int, list[str]]], width: int, name: str
) -> Iterator[tuple[int, list[str]]]:
    for line, cells in lines:
        if len(cells) != width or cells[-1]:
            raise ExportError(
                f"{name}, line {line}: is not {width} cells of which the last is empty. Correct it."
            )
        yield line, cells


def _columns(
    rows: list[tuple[int, list[str]]],
    named: list[tuple[str | None, str]],
    levels: dict[str, Any],
    name: str,
) -> list[pd.Series]:
    made = []
    for at, (head, dtype) in enumerate(named):
        said = levels.get(str(at))
        try:
            values = values_of([cells[at] for _, cells in rows], dtype, said and said["names"])
        except ValueError as fault:
            kind, number = fault.args
            raise ExportError(
                f"{name}, line {rows[number][0]}: '{printable(head or '')}' is no {kind}. "
                "Correct it."
            ) from None
        made.append(column_of(values, dtype, said))
    return made


def _table(
    columns: list[pd.Series], names: list[str | None], about: dict[str, Any], size: int
) -> pd.DataFrame:
    count = about["index"]
    if type(count) is not int or not 0 <= count <= len(columns):
        raise ValueError(count)
    made = pd.DataFrame(
        dict(zip(names[count:], columns[count:], strict=True)), index=pd.RangeIndex(size)
    )
    made.columns = _named(made.columns, about.get("heads"))
    if count == 1:
        made.index = _regular(pd.Index(columns[0], name=names[0]), about.get("freq"))
    elif count:
        made.index = pd.MultiIndex.from_arrays(columns[:count], names=names[:count])
    made.attrs |= about.get("said", {})
    return made


def _named(names: pd.Index, heads: dict[str, Any] | None) -> pd.Index:
    """Return the names of the columns as they were."""
    dtype, levels, name = (
        ("str", None, None) if heads is None else (heads["dtype"], heads["levels"], heads["name"])
    )
    if dtype == _NUMBERED and not len(names):
        return pd.RangeIndex(0, name=name)
    if dtype not in _TEXTS:
        raise ValueError(dtype)
    made: pd.Index = pd.Index(column_of(list(names), dtype, levels)).astype(dtype)
    return made.rename(name)


def _regular(index: pd.Index, freq: str | None) -> pd.Index:
    """Return an index of dates or spans with its frequency, unless rows were moved or taken out."""
    step = pd.tseries.frequencies.to_offset(freq) if freq else None
    with suppress(ValueError):
        if step is not None and isinstance(index, pd.DatetimeIndex):
            return pd.DatetimeIndex(index, freq=step)
        if step is not None and isinstance(index, pd.TimedeltaIndex):
            return pd.TimedeltaIndex(index, freq=step)
    return index
