"""What the parsers of small files share: a column of whatever era, trimmed, and its dates."""

from __future__ import annotations

from typing import Final, NamedTuple

import pandas as pd

__all__ = ["Parsed", "column", "full_name", "notes_of", "possible", "present"]

POSSIBLE_YEARS: Final = (2003, 2099)


class Parsed(NamedTuple):
    """The records of a file, and what is to be said of its dates."""

    rows: pd.DataFrame
    notes: tuple[str, ...]


def column(rows: pd.DataFrame, *names: str) -> pd.Series:
    """Return the first of these columns that the era of the file has, else empty texts.

    Examples
    --------
    >>> column(pd.DataFrame({"job title": ["Baker"]}), "position", "job title").tolist()
    ['Baker']
    """
    for name in names:
        if name in rows:
            return rows[name]
    return pd.Series("", index=rows.index, dtype="str")


def present(texts: pd.Series) -> pd.Series:
    """Return trimmed texts, missing where nothing is left.

    Examples
    --------
    >>> present(pd.Series([" Baker ", " "], dtype="str")).tolist()
    ['Baker', nan]
    """
    trimmed = texts.str.strip()
    return trimmed.where(trimmed != "")


def full_name(rows: pd.DataFrame, *parts: str) -> pd.Series:
    """Return a name whose parts stand in several columns, as LinkedIn shows it in one.

    Examples
    --------
    >>> rows = pd.DataFrame({"first name": ["Ana ", ""], "last name": ["Ficticia", "Erfunden"]})
    >>> full_name(rows, "first name", "last name").tolist()
    ['Ana Ficticia', 'Erfunden']
    """
    name = pd.Series("", index=rows.index, dtype="str")
    for part in parts:
        name = (name + " " + column(rows, part).str.strip()).str.strip()
    return name


def possible(dates: pd.Series) -> pd.Series:
    """Return the dates that LinkedIn can have written; it opened in May 2003.

    Examples
    --------
    >>> possible(pd.Series(pd.to_datetime(["1000-01-01", "2020-01-01"]))).isna().tolist()
    [True, False]
    """
    return dates.where(dates.dt.year.between(*POSSIBLE_YEARS))


def notes_of(*several: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is to be said of several columns, each sentence once.

    Examples
    --------
    >>> notes_of(("a", "b"), ("b", "c"))
    ('a', 'b', 'c')
    """
    return tuple(dict.fromkeys(note for notes in several for note in notes))
