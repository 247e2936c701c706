"""Tables: what is put together by name comes out in order, in its dtypes, and no row is moved."""

from __future__ import annotations

import pandas as pd
import pytest

from netquality.errors import TableError
from netquality.tables import INTERACTIONS, PARTICIPANTS, build, check, empty


@pytest.mark.parametrize(
    ("threads", "people", "rows"),
    [
        (["a", "b"], ["x", "y"], [("a", "x"), ("b", "y")]),
        (["a", "b"], "x", [("a", "x"), ("b", "x")]),  # one value for all
        (pd.Series(["a", "b"], [4, 5]), "x", [("a", "x"), ("b", "x")]),
        (pd.Series(["a", "b"], [4, 5]), ["x", "y"], [("a", "x"), ("b", "y")]),
        (pd.Series(["a", "b"], [1, 0]), pd.Series(["x", "y"], [0, 1]), [("b", "x"), ("a", "y")]),
        (pd.Series(["a"], [7]), pd.Series(["x"], [7]), [("a", "x")]),
        ([], [], []),
    ],
)
def test_columns_of_whatever_kind_are_brought_together(threads, people, rows):
    table = build(PARTICIPANTS, {"person_id": people, "thread_id": threads, "not_ours": 1})
    assert list(table.itertuples(index=False, name=None)) == rows
    assert table.index.equals(pd.RangeIndex(len(rows)))
    assert table.columns.tolist() == list(PARTICIPANTS.dtypes)
    assert table.dtypes.astype(str).to_dict() == PARTICIPANTS.dtypes


def test_a_table_is_nobody_elses():
    column = pd.Series(["a"], dtype="str")
    one = build(PARTICIPANTS, {"thread_id": column, "person_id": column})
    one.loc[0, "thread_id"] = "changed"
    assert column.tolist() == ["a"]
    assert one["person_id"].tolist() == ["a"]
    first = empty(INTERACTIONS)
    first["more"] = 1
    assert "more" not in empty(INTERACTIONS)
    check(empty(INTERACTIONS), INTERACTIONS)


def test_what_is_missing_is_named():
    with pytest.raises(TableError, match="participants: 'person_id' is missing"):
        build(PARTICIPANTS, {"thread_id": ["a"]})
