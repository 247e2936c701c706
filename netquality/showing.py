"""A table as a notebook shows it to people: words on the left, shares in per cent."""

from __future__ import annotations

from hashlib import blake2b
from html import escape
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from netquality.errors import TableError
from netquality.words import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from pandas.io.formats.style import Styler

__all__ = ["show"]

_YES: Final = {True: "yes", False: "no"}
_NOBODY: Final = "Nobody."
_NONE: Final = "None."
"""What stands below a table without rows: of people, and of other things."""


def show(table: pd.DataFrame, *, missing: str = "") -> Styler:
    """Return a table made for reading; a notebook shows it.

    Shares are in per cent, and so are the ends of their intervals; dates have no hours, yes and no
    stand for true and false, what is missing is empty. An index is left out where it has no name,
    or holds keys (``person_id``). Below a table without rows stands that there is nobody, or none.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table of netquality, or a part of one; it is not changed.
    missing : str
        What stands where something is missing, like ``"–"``; nothing by default.

    Returns
    -------
    pandas.io.formats.style.Styler
        Yours to go on with. Names and other texts are shown as text, whatever they hold, which is
        not so with a Styler of pandas as it comes.

    Raises
    ------
    TableError
        When it is no table.

    Examples
    --------
    >>> import netquality as nq
    >>> html = nq.show(pd.DataFrame({"name": ["<b>"], "talk_share": [0.125]})).to_html()
    >>> "&lt;b&gt;" in html, "12 %" in html, "talk share" in html
    (True, True, True)
    """
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"table: is {type(table).__name__}, expected a DataFrame.")
    plain = _plain(table)
    styler = plain.style.format(
        {name: _format(plain, name) for name in plain}, na_rep=escape(visible(missing))
    )
    styler = styler.format_index(_heading, axis=1).format_index(_cell, axis=0)
    if plain.index.names == [None]:
        styler = styler.hide()
    left = [f".col{at}" for at, name in enumerate(plain) if _is_words(plain[name])]
    looks: list[Any] = [{"selector": "th, td", "props": "text-align: right; padding: 3px 10px"}]
    days = [at for at, name in enumerate(plain) if _is_date(plain[name])]
    looks += [{"selector": f"td.col{at}", "props": "white-space: nowrap"} for at in days]
    looks += [
        {"selector": f"th{one}, td{one}", "props": "text-align: left"}
        for one in (".row_heading", ".index_name", *left)
    ]
    if not len(plain):  # a table without columns may have rows
        looks.append({"selector": "caption", "props": "caption-side: bottom; text-align: left"})
        styler = styler.set_caption(_NOBODY if "name" in plain else _NONE)
    return styler.set_table_styles(looks).set_uuid(_mark(plain))


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which nothing stands twice, and an index is there only to be read."""
    if not table.columns.is_unique:
        table = table.set_axis(range(table.shape[1]), axis=1)
    names = [str(name) for name in table.index.names if name is not None]
    if not names or any(name.endswith("_id") for name in names):
        return table.reset_index(drop=True)
    if table.columns.names == [None]:
        return table.reset_index()  # its name stands in the line of the others, not below
    table = table.rename_axis(index=_heading, columns=_heading)
    return table if table.index.is_unique else table.reset_index()


def _mark(table: pd.DataFrame) -> str:
    """Return what tells this table's style from that of others, the same in every run."""
    return blake2b(table.to_csv().encode(errors="surrogatepass"), digest_size=4).hexdigest()


def _is_date(column: pd.Series) -> bool:
    return bool(pd.api.types.is_datetime64_any_dtype(column.dtype))


def _is_words(column: pd.Series) -> bool:
    return bool(isinstance(column.dtype, pd.StringDtype) or column.dtype == "object")


def _is_share(table: pd.DataFrame, name: object) -> bool:
    """Tell whether a column is a share, or an end of the interval of one."""
    text = str(name)
    for end in ("low", "high"):
        if text == end or text.endswith(f"_{end}"):
            text = f"{text.removesuffix(end)}share"
            return text in table
    return text == "share" or text.endswith("_share")


def _format(table: pd.DataFrame, name: Any) -> str | Callable[[Any], str]:
    dtype = table[name].dtype
    if pd.api.types.is_bool_dtype(dtype):
        return lambda value: _YES[bool(value)]
    if _is_date(table[name]):
        return "{:%Y-%m-%d}"
    if _is_share(table, name):
        return lambda value: f"{value * 100:.0f} %"
    if pd.api.types.is_integer_dtype(dtype):
        return "{:d}" if name == "year" else "{:,d}"
    if pd.api.types.is_float_dtype(dtype):
        whole = bool((table[name].dropna() % 1 == 0).all())
        return "{:,.0f}" if whole else "{:,.2f}"
    return _cell


def _heading(name: object) -> str:
    return _cell(str(name).replace("_", " "))


def _cell(value: Any) -> str:
    """Return whatever it is as text in a page."""
    return escape(visible(str(value)))
