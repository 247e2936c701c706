"""Invitations, endorsements and recommendations as interactions, and all of them in order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from netquality.reading.texts import measure_texts
from netquality.tables import INTERACTIONS, build, empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor, Future

    from numpy.typing import NDArray

__all__ = ["Ordered", "as_interactions", "in_order"]

_TIES: Final = (
    "person_id", "kind", "thread_id", "direction", "character_count", "question_count",
    "is_canned", "is_note", "is_group", "recipient_count",
)  # fmt: skip
"""By which rows of the same instant are ordered, the first first."""


def as_interactions(kind: str, rows: pd.DataFrame) -> pa.Table:
    """Return the records of a file as interactions; its kind says of which sort they are."""
    return _no_interactions() if rows.empty else _as_interactions(kind, rows)


@cache
def _no_interactions() -> pa.Table:
    """Return the interactions of a file that has none."""
    names = ("person_id", "at", "direction")
    return _as_interactions("", empty(INTERACTIONS)[[*names]])


def _as_interactions(kind: str, rows: pd.DataFrame) -> pa.Table:
    nothing = pd.Series(pd.NA, index=rows.index)
    never = pd.Series(data=False, index=rows.index)
    words = dict.fromkeys(("character_count", "question_count"), nothing) | {"is_canned": never}
    if "has_text" in rows and rows["has_text"].all():
        words |= measure_texts(pa.array(rows["text"].tolist(), pa.string()))._asdict()
    frame = build(
        INTERACTIONS,
        {
            "person_id": rows["person_id"],
            "at": rows["at"],
            "direction": rows["direction"],
            "kind": pd.Series(kind.partition(" ")[0].removesuffix("s"), index=rows.index),
            "thread_id": nothing,
            "recipient_count": nothing,
            **words,
            **dict.fromkeys(("is_group", "is_note", "is_possible_note", "is_real"), never),
        },
    )
    table = pa.Table.from_pandas(frame, preserve_index=False)
    columns = [
        column.cast(pa.large_string()).dictionary_encode() if _is_text(column.type) else column
        for column in table.columns
    ]
    return pa.table(dict(zip(table.column_names, columns, strict=True)))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


class Ordered(NamedTuple):
    """All interactions in order of time, while their text is being made.

    Attributes
    ----------
    coded : pandas.DataFrame
        As `netquality.tables.INTERACTIONS`, and `text` where a table has it, but what few words
        say many times is categorical.
    spelled : dict of str to Future
        Each of those columns as text.
    """

    coded: pd.DataFrame
    spelled: dict[str, Future[pd.Series]]

    def written(self, judged: pd.DataFrame) -> pd.DataFrame:
        """Return rows judged by `coded` with their text, once it is made."""
        texts = {name: made.result() for name, made in self.spelled.items()}
        return judged.assign(**texts)


def in_order(tables: Sequence[pa.Table], pool: Executor) -> Ordered:
    """Bring interactions together by time, ties by content: the files' order changes nothing.

    Parameters
    ----------
    tables : sequence of pyarrow.Table
        As `as_interactions` returns them; one may have a column `text` besides.
    pool : concurrent.futures.Executor
        Where text is made: most of the time goes into two long columns, and to judge the rows
        their numbers are enough.
    """
    joined = pa.concat_tables(tables, promote_options="default").unify_dictionaries()
    whole = dict(zip(joined.column_names, map(_held, joined.columns), strict=True))
    rows = _settle(np.argsort(whole["at"].view(np.int64)), whole)  # numbers are sorted faster
    in_turn = dict(
        zip(whole, pool.map(lambda column: column.take(rows), whole.values()), strict=True)
    )
    spelled = {
        name: pool.submit(_spelled, column)
        for name, column in in_turn.items()
        if isinstance(column, pa.DictionaryArray)
    }
    coded = pd.DataFrame({name: _as_series(column) for name, column in in_turn.items()}, copy=False)
    return Ordered(coded, spelled)


def _held(column: pa.ChunkedArray) -> Any:
    """Return a column whole: text as Arrow holds it, numbers as pandas does."""
    whole = column.combine_chunks()
    if pa.types.is_boolean(whole.type):
        return whole.to_numpy(zero_copy_only=False)
    if pa.types.is_timestamp(whole.type):
        return whole.cast(pa.timestamp("us")).to_numpy()
    if pa.types.is_integer(whole.type):
        missing = whole.is_null().to_numpy(zero_copy_only=False)
        return pd.arrays.IntegerArray(whole.fill_null(0).to_numpy(), missing)
    return whole


def _spelled(column: pa.DictionaryArray) -> pd.Series:
    return _as_series(column.cast(pa.large_string()))


def _as_series(column: Any) -> pd.Series:
    if isinstance(column, pa.DictionaryArray):
        known = pd.Index(column.dictionary.to_pandas(), dtype="str")
        codes = column.indices.fill_null(-1).to_numpy()
        return pd.Series(pd.Categorical.from_codes(codes, known, validate=False))
    if isinstance(column, pa.Array):
        series: pd.Series = column.to_pandas(types_mapper=_TYPES.get)
        return series
    is_instant = column.dtype.kind == "M"
    return pd.Series(pd.DatetimeIndex(column, tz="UTC") if is_instant else column, copy=False)


_TYPES: Final = {pa.large_string(): pd.StringDtype(na_value=np.nan)}


def _settle(order: NDArray[np.intp], whole: Mapping[str, Any]) -> NDArray[np.intp]:
    """Order the rows of the same instant by what they say; most have an instant to themselves."""
    times = whole["at"][order]
    same = times[1:] == times[:-1]
    tied = np.zeros(len(order), bool)
    tied[1:] |= same
    tied[:-1] |= same
    rows = np.sort(order[tied])  # a sort by time alone leaves them in any order
    keys = [_rank(whole[name].take(rows)) for name in _TIES]
    settled = order.copy()
    settled[tied] = rows[np.lexsort([*reversed(keys), whole["at"][rows]])]
    return settled


def _rank(column: Any) -> NDArray[np.float64]:
    """Return numbers in the order of the values, missing ones last."""
    if isinstance(column, pd.arrays.IntegerArray):
        return column.to_numpy(np.float64, na_value=np.inf)
    if isinstance(column, np.ndarray):
        return column.astype(np.float64)
    code = column.indices.fill_null(-1).to_numpy()
    some = np.unique(code[code >= 0])
    known = np.array(column.dictionary.take(some).to_pylist(), object)
    place = np.full(len(column.dictionary) + 1, np.inf)  # what is missing has the code -1
    place[some[np.argsort(known, kind="stable")]] = np.arange(len(some))
    ranks: NDArray[np.float64] = place[code]
    return ranks
