"""Tables for reading: texts are texts, shares are shares, and each table keeps its own look."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import netquality as nq
from netquality.errors import TableError


def cells(table: pd.DataFrame) -> list[list[str]]:
    html = nq.show(table).to_html()
    rows = re.findall(r"<tr>(.*?)</tr>", html, flags=re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL) for row in rows]


def test_nothing_in_a_table_runs():
    evil = "<img src=x onerror=alert(1)>"
    table = pd.DataFrame({"name": [evil], evil: [1]}, index=pd.Index([evil], name="who"))
    html = nq.show(table).to_html()
    assert "<img" not in html
    assert html.count("&lt;img") == 3
    wide = table.rename_axis(evil, axis=1)
    assert "<img" not in nq.show(wide).to_html()


def test_each_kind_of_column_is_shown_for_people():
    table = pd.DataFrame(
        {
            "talk_share": pd.array([0.125, None], "Float64"),
            "talk_low": pd.array([0.05, None], "Float64"),
            "ratio_low": [0.5, 1.25],
            "person_count": pd.array([1200, None], "Int64"),
            "year": [2024, 2025],
            "is_small": [True, False],
            "last_on": pd.to_datetime(["2026-11-20 10:00", None]),
            "name": pd.array(["Ana", None], "str"),
        }
    )
    assert cells(table) == [
        ["talk share", "talk low", "ratio low", "person count", "year", "is small", "last on",
         "name"],
        ["12 %", "5 %", "0.50", "1,200", "2024", "yes", "2026-11-20", "Ana"],
        ["", "", "1.25", "", "2025", "no", "", ""],
    ]  # fmt: skip


def test_an_index_is_shown_where_it_says_something():
    table = pd.DataFrame({"count": [3]}, index=pd.Index(["deep"], name="depth"))
    assert cells(table) == [["depth", "count"], ["deep", "3"]]
    assert cells(table.rename_axis("person_id")) == [["count"], ["3"]]
    assert cells(table.rename_axis(None)) == [["count"], ["3"]]


def test_the_look_of_one_table_is_not_that_of_another():
    one = nq.show(pd.DataFrame({"name": ["Ana"]})).to_html()
    other = nq.show(pd.DataFrame({"name": ["Bo"]})).to_html()
    marks = [re.findall(r'<table id="(\w+)"', html)[0] for html in (one, other)]
    assert marks[0] != marks[1]
    assert one == nq.show(pd.DataFrame({"name": ["Ana"]})).to_html()


def test_odd_tables_are_shown_too_and_what_is_none_is_refused():
    nq.show(pd.DataFrame()).to_html()
    nq.show(pd.DataFrame([[1, 2]], columns=["a", "a"], index=pd.Index([1], name="b"))).to_html()
    nq.show(pd.concat([pd.DataFrame({"a": [1]})] * 2)).to_html()
    with pytest.raises(TableError, match="table: is list"):
        nq.show([1])


def test_the_table_given_stays_as_it_is():
    table = nq.load_sample().coverage
    before = table.copy()
    nq.show(table).to_html()
    pd.testing.assert_frame_equal(table, before)


def test_below_a_table_without_rows_stands_that_there_is_nobody():
    people = pd.DataFrame({"name": pd.Series(dtype="str"), "talk_count": pd.Series(dtype="Int64")})
    assert "<caption>Nobody.</caption>" in nq.show(people).to_html()
    assert "<caption>None.</caption>" in nq.show(people[["talk_count"]]).to_html()
    assert "None." not in nq.show(pd.DataFrame(index=range(3))).to_html()
    assert "<caption>None.</caption>" in nq.show(pd.DataFrame()).to_html()
    counts = pd.DataFrame(columns=["close"], index=pd.Index([], name="status_shown"))
    assert "<caption>None.</caption>" in nq.show(counts).to_html()
    assert "caption" not in nq.show(pd.DataFrame({"name": ["Ana"]})).to_html()


def test_a_blank_may_be_a_dash():
    table = pd.DataFrame({"name": ["Ana"], "count": pd.array([None], "Int64")})
    assert ">–</td>" in nq.show(table, missing="–").to_html()
    assert "&lt;b&gt;" in nq.show(table, missing="<b>").to_html()
    assert "–" not in nq.show(table).to_html()
