"""The values of a column as texts, and back: every dtype that a table of ours has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from netquality.cells import YES_NO, defused, defused_throughout, undefused, undefused_throughout
from netquality.errors import TableError
from netquality.words import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = [
    "column_of",
    "has_odd_levels",
    "is_known",
    "kind_of",
    "levels_of",
    "need_known",
    "texts_of",
    "values_of",
]

_KINDS: Final = {
    "text": re.compile(r"str|string|category"),
    "true or false": re.compile(r"bool(ean)?"),
    "whole number": re.compile(r"U?Int(8|16|32|64)|u?int(8|16|32|64)"),
    "number": re.compile(r"[fF]loat(32|64)"),
    "day": re.compile(r"datetime64\[(s|ms|us|ns)\]"),
    "instant": re.compile(r"datetime64\[(s|ms|us|ns), UTC\]"),
    "span of time": re.compile(r"timedelta64\[(s|ms|us|ns)\]"),
    "nothing": re.compile(r"object"),
}
"""What a cell holds, by the dtypes that say so."""
_NAMES: Final = ("str", "string", "object")
"""Dtypes of names of categories."""
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\d(\.\d{1,9})?)?Z?")
_UNIT: Final = re.compile(r"\[(\w+)")


def kind_of(dtype: str) -> str | None:
    """Return what a cell of a column of this dtype holds; None where no table of ours has it.

    Examples
    --------
    >>> kind_of("Int64"), kind_of("datetime64[us, UTC]"), kind_of("complex128")
    ('whole number', 'instant', None)
    """
    return next((kind for kind, names in _KINDS.items() if names.fullmatch(dtype)), None)


def is_known(dtype: object) -> bool:
    """Return whether a column of this dtype can come back."""
    return isinstance(dtype, str) and kind_of(dtype) is not None


def need_known(column: pd.Series, name: str) -> None:
    """Raise `TableError` unless the values of a column can come back as they are."""
    dtype = str(column.dtype)
    odd_levels = has_odd_levels(column)
    if not is_known(dtype) or (dtype == "object" and column.notna().any()) or odd_levels:
        what = "of categories that are no text" if odd_levels else f"of dtype {dtype}"
        raise TableError(
            f"table: column '{printable(name)}' is {what}, which no table of ours has. "
            "Turn it into text, numbers or dates, or leave it out."
        )


def levels_of(column: pd.Series) -> list[Any] | None:
    """Return the categories of a column, in order; None where it has none."""
    return list(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else None


def has_odd_levels(column: pd.Series) -> bool:
    """Return whether a column has categories that are no texts.

    Examples
    --------
    >>> [has_odd_levels(pd.Series([name], dtype="category")) for name in ("thin", 1)]
    [False, True]
    """
    levels = levels_of(column)
    return levels is not None and (
        str(column.cat.categories.dtype) not in _NAMES
        or not all(isinstance(level, str) for level in levels)
    )


def texts_of(column: pd.Series) -> list[str]:
    """Return the values of a column as cells of a CSV file; what is missing is empty.

    Raises
    ------
    TableError
        When a date lies outside of the years 0 to 9999.

    Examples
    --------
    >>> texts_of(pd.Series(["=1+1", None], dtype="str")), texts_of(pd.Series([-0.5]))
    (["'=1+1", ''], ['-0.5'])
    >>> texts_of(pd.Series(["2020-01-02", None], dtype="datetime64[us]"))
    ['2020-01-02', '']
    """
    kind = kind_of(str(column.dtype))
    missing = column.isna().tolist()
    values: Sequence[Any]
    write: Callable[[Any], str]
    if kind in {"day", "instant"}:
        write, values = _date, _iso(column, is_instant=kind == "instant")
    elif kind == "span of time":
        write, values = str, column.to_numpy().view("int64").tolist()
    else:
        write, values = _WRITE[kind or "text"], column.tolist()
    return ["" if gone else write(value) for value, gone in zip(values, missing, strict=True)]


def values_of(cells: Sequence[str], dtype: str, names: Collection[str] | None = None) -> list[Any]:
    """Return what the cells of a column hold: None where something is missing.

    Parameters
    ----------
    cells : sequence of str
        As `texts_of` returned them.
    dtype : str
        Of the column.
    names : collection of str, optional
        Of a column of categories: these.

    Raises
    ------
    ValueError
        When a cell holds something else; its second argument is the number of the cell, from 0, and
        its first what the column holds.

    Examples
    --------
    >>> values_of(["1", ""], "Int64"), values_of(["'=1"], "str"), values_of(["TRUE"], "bool")
    ([1, None], ['=1'], [True])
    """
    kind = kind_of(dtype) or "nothing"
    read = _READ[kind]
    gap = dtype != "bool" and (kind != "whole number" or dtype[0].isupper())
    found: list[Any] = []
    for number, cell in enumerate(cells):
        try:
            found.append(read(cell) if cell or not gap else None)
        except (KeyError, ValueError):
            raise ValueError(kind, number) from None
        if names is not None and found[-1] is not None and found[-1] not in names:
            raise ValueError("category", number)
    return found


def column_of(values: list[Any], dtype: str, levels: dict[str, Any] | None) -> pd.Series:
    """Return values as a column of their dtype.

    Parameters
    ----------
    values : list
        As `values_of` returned them.
    dtype : str
        Of the column.
    levels : dict, optional
        Of a column of categories: their `names` in order, and whether it is `ordered`.
    """
    if dtype == "category":
        said = levels or {}
        if said["dtype"] not in _NAMES:
            raise ValueError(said["dtype"])
        names = pd.Index(said["names"], dtype=said["dtype"])
        return pd.Series(pd.Categorical(values, categories=names, ordered=bool(said["ordered"])))
    kind = kind_of(dtype)
    if kind in {"day", "instant", "span of time"}:
        base, unit = dtype.split("[", maxsplit=1)[0], _UNIT.search(dtype)
        array = np.array(
            ["NaT" if value is None else value for value in values],
            dtype=f"{base}[{unit[1] if unit else 'us'}]",
        )
        column = pd.Series(array)
        return column.dt.tz_localize("UTC") if kind == "instant" else column
    return pd.Series(values, dtype=dtype)


def _iso(column: pd.Series, *, is_instant: bool) -> list[str]:
    naive = column.dt.tz_localize(None) if is_instant else column
    texts: list[str] = np.datetime_as_string(naive.to_numpy()).tolist()
    texts = [f"{text}Z" if is_instant else text for text in texts]
    if any(text[:3] != "NaT" and not _ISO.fullmatch(text) for text in texts):
        raise TableError("table: a date lies outside of the years 0 to 9999. Leave it out.")
    return texts


def _date(text: str) -> str:
    """Return an ISO date without what says nothing: an hour of 0 on a day, a fraction of 0."""
    zone = "Z" if text.endswith("Z") else ""
    whole, _, part = text.removesuffix("Z").partition(".")
    part = part.rstrip("0")
    short = f"{whole}.{part}" if part else whole
    return f"{short}{zone}" if zone else short.removesuffix("T00:00:00")


def _whole(cell: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", cell):
        raise ValueError(cell)
    return int(cell)


def _span(cell: str) -> np.timedelta64:
    return np.timedelta64(_whole(cell))


def _iso_of(cell: str) -> str:
    if not _ISO.fullmatch(cell):
        raise ValueError(cell)
    text = cell.removesuffix("Z")
    np.datetime64(text, "us")  # a day that is none is a ValueError
    return text


def _nothing(cell: str) -> None:
    raise ValueError(cell)


_WRITE: Final[dict[str, Callable[[Any], str]]] = {
    "text": defused_throughout,
    "true or false": lambda value: str(bool(value)).lower(),
    "whole number": lambda value: str(int(value)),
    "number": lambda value: defused(str(float(value))) if np.isinf(value) else str(float(value)),
    "nothing": str,
}
_READ: Final[dict[str, Callable[[str], Any]]] = {
    "text": undefused_throughout,
    "true or false": lambda cell: YES_NO[cell.lower()],
    "whole number": _whole,
    "number": lambda cell: float(undefused(cell)),
    "day": _iso_of,
    "instant": _iso_of,
    "span of time": _span,
    "nothing": _nothing,
}
