"""Invitations, endorsements and recommendations as interactions, and all of them in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from netquality.reading.texts import measure_texts
from netquality.tables import INTERACTIONS, build, check, empty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["as_interactions", "in_order"]

_THREADS: Final = 2
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


def in_order(tables: Sequence[pa.Table]) -> tuple[pd.DataFrame, pd.Categorical]:
    """Bring interactions together by time, ties by content: the files' order changes nothing.

    Parameters
    ----------
    tables : sequence of pyarrow.Table
        As `as_interactions` returns them; one may have a column `text` besides.

    Returns
    -------
    pandas.DataFrame
        As `netquality.tables.INTERACTIONS`, and `text` where a table has it.
    pandas.Categorical
        Its `person_id` once more, in numbers.
    """
    joined = pa.concat_tables(tables, promote_options="default").unify_dictionaries()
    with ThreadPoolExecutor(_THREADS) as pool:
        columns = pool.map(pa.ChunkedArray.combine_chunks, joined.columns)
        whole = dict(zip(joined.column_names, columns, strict=True))
        at = whole["at"].cast(pa.int64()).to_numpy()
        rows = pa.array(_settle(np.argsort(at, kind="stable"), at, whole))

        def ordered(column: pa.Array) -> pd.Series:
            column = column.take(rows)
            is_coded = pa.types.is_dictionary(column.type)
            column = column.cast(pa.large_string()) if is_coded else column
            series: pd.Series = column.to_pandas(types_mapper=_TYPES.get)
            return series

        in_turn = pool.map(ordered, whole.values())  # most of the time goes into two long columns
        frame = pd.DataFrame(dict(zip(whole, in_turn, strict=True)), copy=False)
    check(frame, INTERACTIONS)
    who = whole["person_id"].take(rows)
    ids = pd.Index(who.dictionary.to_pandas(), dtype="str")
    return frame, pd.Categorical.from_codes(who.indices.to_numpy(), ids)


_TYPES: Final = {pa.int64(): pd.Int64Dtype(), pa.large_string(): pd.StringDtype(na_value=np.nan)}


def _settle(
    order: NDArray[np.intp], at: NDArray[np.int64], whole: Mapping[str, pa.Array]
) -> NDArray[np.intp]:
    """Order the rows of the same instant by what they say; most have an instant to themselves."""
    times = at[order]
    same = times[1:] == times[:-1]
    tied = np.zeros(len(order), bool)
    tied[1:] |= same
    tied[:-1] |= same
    rows = order[tied]
    keys = [_rank(whole[name].take(pa.array(rows))) for name in _TIES]
    settled = order.copy()
    settled[tied] = rows[np.lexsort([*reversed(keys), at[rows]])]
    return settled


def _rank(column: pa.Array) -> NDArray[np.float64]:
    """Return numbers in the order of the values, missing ones last."""
    if not pa.types.is_dictionary(column.type):
        values = column.to_numpy(zero_copy_only=False)
    elif column.null_count == len(column):  # of which the dictionary may be empty
        values = np.full(len(column), np.nan)
    else:
        codes, known = column.indices.to_pandas(), column.dictionary.to_pylist()
        place = np.argsort(np.argsort(np.array(known, object), kind="stable"))
        values = codes.map(pd.Series(place)).to_numpy()
    numbers: NDArray[np.float64] = np.nan_to_num(values.astype(np.float64), nan=np.inf)
    return numbers
