"""Any table of ours as a file: CSV, which comes back exactly, or Markdown, for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from netquality.errors import ExportError, SettingError, TableError
from netquality.files import place_of, replace_file, text_of, writable
from netquality.tablefiles.markdown import begins_markdown, markdown_of
from netquality.tablefiles.sheet import WANTED, begins_csv, csv_of, parse_table

if TYPE_CHECKING:
    import os
    from pathlib import Path

__all__ = ["read_table", "write_table"]

_MOST_HEADER: Final = 1_000_000
"""In how many bytes the last cell of a header is."""
_BOM: Final = b"\xef\xbb\xbf"


def write_table(
    table: pd.DataFrame, path: str | os.PathLike[str], *, bom: bool = False, force: bool = False
) -> Path:
    """Write a table to a file: CSV, which `read_table` reads back exactly, or Markdown.

    The file may hold names of people: keep it as you keep the export. It is readable by you alone.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table of ours, or what you made of it: of `netquality.assess`, `netquality.reconnect`,
        `netquality.habits`, `network.coverage`. An index that says something is written too.
    path : str or path-like
        Ends in ``.csv`` or ``.md``.
    bom : bool
        Whether a CSV begins with a byte order mark, without which Excel takes UTF-8 for another
        encoding when the file is opened by a double click.
    force : bool
        Whether a file of that name that is no table of ours may be replaced.

    Returns
    -------
    pathlib.Path
        Where it is.

    Raises
    ------
    TableError
        When it is no table, or has a column of a kind that no table of ours has.
    SettingError
        When the name ends in something else.
    NetQualityError
        When the file cannot be written, or another file of that name is there.

    Notes
    -----
    CSV as in RFC 4180, in UTF-8, with commas. A text that a spreadsheet could run as a formula gets
    an apostrophe in front (`docs/files.md` says when); numbers stay numbers. After the last column
    stands one without values, whose name says the version of the file and the dtype of each column.

    Markdown as GitHub writes it. Names are shown as text, whatever they hold; shares as per cent,
    days in words; a habit's sentence stands beneath.

    The same table gives the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> proposed = nq.reconnect(nq.assess(nq.load_sample()), n=3)
    >>> with tempfile.TemporaryDirectory() as home:
    ...     where = nq.write_table(proposed, f"{home}/whom.csv")
    ...     again = nq.read_table(where)
    >>> again.equals(proposed), where.name
    (True, 'whom.csv')
    """
    place = place_of(path)
    suffix = place.suffix.lower()
    if suffix not in {".csv", ".md"}:
        raise SettingError("path: give the name of a file that ends in .csv or .md.")
    if bom and suffix == ".md":
        raise SettingError(
            "bom=True: is for a CSV. Leave it out, or give a name that ends in .csv."
        )
    if not isinstance(table, pd.DataFrame):
        raise TableError(
            f"table: is {type(table).__name__}. Give a table, a pandas DataFrame; "
            "of a Series its to_frame()."
        )
    made, begins = (csv_of, begins_csv) if suffix == ".csv" else (markdown_of, begins_markdown)
    text = made(table)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise TableError(
            "table: a text holds half a character (a surrogate), which no file can. Replace it."
        ) from None
    target = writable(
        place, mark=begins, what="table of netquality", force=force, within=_MOST_HEADER
    )
    replace_file(target, (_BOM if bom else b"") + data)
    return target


def read_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a table back from a CSV that `write_table` wrote.

    Parameters
    ----------
    path : str or path-like
        The name that `write_table` was given.

    Returns
    -------
    pandas.DataFrame
        As it was, with its dtypes, its index and the texts of its `attrs`.

    Raises
    ------
    ExportError
        When the file cannot be read, is damaged, or is none of ours, by line.
    SettingError
        When the name does not end in ``.csv``.

    Examples
    --------
    >>> import tempfile
    >>> import netquality as nq
    >>> network = nq.load_sample()
    >>> with tempfile.TemporaryDirectory() as home:
    ...     _ = nq.write_table(network.coverage, f"{home}/coverage.csv", bom=True)
    ...     again = nq.read_table(f"{home}/coverage.csv")
    >>> again.equals(network.coverage)
    True
    """
    place = place_of(path)
    if place.suffix.lower() != ".csv":
        raise SettingError(
            "path: give the name of a file that ends in .csv; Markdown is for people to read."
        )
    text = text_of(place, wanted=WANTED)
    try:
        return parse_table(text, place.name)
    except ExportError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise ExportError(f"{place.name}: is damaged, or no table of ours. {WANTED}") from None
