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


def show(table: pd.DataFrame) -> Styler:
    """Return a table made for reading; a notebook shows it.

    Shares are in per cent, and so are the ends of their intervals; dates have no hours, yes and no
    stand for true and false, what is missing is empty. An index without a name is left out.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table of netquality, or a part of one; it is not changed.

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
    plain = table if table.columns.is_unique else table.set_axis(range(table.shape[1]), axis=1)
    if not plain.index.is_unique:
        plain = plain.reset_index(drop=plain.index.names == [None])
    styler = plain.style.format({name: _format(plain, name) for name in plain}, na_rep="")
    styler = styler.format_index(_heading, axis=1).format_index(_cell, axis=0)
    if plain.index.names == [None]:
        styler = styler.hide()
    left: list[Any] = [
        {"selector": f"th.col{at}, td.col{at}", "props": "text-align: left"}
        for at, name in enumerate(plain)
        if _is_words(plain[name])
    ]
    styler = styler.set_table_styles(
        [{"selector": "th.row_heading, th.index_name", "props": "text-align: left"}, *left]
    )
    return styler.set_uuid(_mark(plain))


def _mark(table: pd.DataFrame) -> str:
    """Return what tells this table's style from that of others, the same in every run."""
    return blake2b(table.to_csv().encode(errors="surrogatepass"), digest_size=4).hexdigest()


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
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "{:%Y-%m-%d}"
    if _is_share(table, name):
        return lambda value: f"{value * 100:.0f} %"
    if pd.api.types.is_integer_dtype(dtype):
        return "{:,d}"
    if pd.api.types.is_float_dtype(dtype):
        whole = bool((table[name].dropna() % 1 == 0).all())
        return "{:,.0f}" if whole else "{:,.2f}"
    return _cell


def _heading(name: object) -> str:
    return _cell(str(name).replace("_", " "))


def _cell(value: Any) -> str:
    """Return whatever it is as text in a page."""
    return escape(visible(str(value)))
