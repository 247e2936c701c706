"""Tables and reminders as files: they come back as they were, and nothing in them runs."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import os
import re
import stat
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import network_of

import netquality as nq
from netquality.cells import (
    defused,
    defused_throughout,
    guarded,
    undefused,
    undefused_throughout,
    unguarded,
)
from netquality.reminders import days_of
from netquality.tablefiles.markdown import markdown_of, shown_as_text
from netquality.tablefiles.sheet import csv_of, parse_table
from netquality.tables import shape
from netquality.words import visible

ROOT = Path(__file__).resolve().parent.parent
SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
HOSTILE = [
    "=cmd|' /C calc'!A0", "'=1", "''=1", "'", "''", "+1", "-1", "@sum", "\ttab", "\rreturn",
    "\nfeed", "＝1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\ufeffmark", '"=1', "\"' =1",
    "“=1", " \t\n=1", "a;=1", "a;'=1", "a;' =1", 'a;""=1', "a\n=1\n'b", "a\t@b", "a\r\n-b", ";=1",
    "';", ";'", ";;''=;",
    "", " ", "  around  ", "NA", "nan", "None", "NaT", "<NA>", "true", "007", "1e5", "2020-01-02",
    "a,b;c\td", 'say "x"', "a|b\\|c", "nul\0 bell\x07", "\x85\u2028\u2029", "\u202ereversed\u202c",
    "😀 👩\u200d💻 \U0010ffff", "<script>alert('x')</script>", "[x](https://evil.example)",
    "https://evil.example/a?b=c", "www.evil.example", "`code` ``x``", "**b** _i_ ~~s~~ $x$",
    "&amp; &lt;",
    "@octocat", "a@evil.example", "- item", "# head", "1. one", "--- | :--:", "\\", "a\\", "`a@b`",
    "\\`@b",
    "{", '{"netquality_table_version": 1}', "x" * 2_000,
]  # fmt: skip

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(HOSTILE)
NASTY = st.text(st.sampled_from("=+-@'\";\t\r\n ,a\ufeff＝"), max_size=8)


# -- there and back -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables():
    """Return every table of the sample that a user meets."""
    network = nq.load_sample()
    people = nq.assess(network)
    found = {
        "assess": people,
        "reconnect": nq.reconnect(people),
        "coverage": network.coverage,
        "matches": network.matches,
        "doubts": network.doubts,
        "rejects": network.rejects,  # no rows
        "contacts": network.contacts,
        "status_over_time": nq.status_over_time(network, "YS"),  # its index is dates
        "sensitivity": nq.sensitivity(network),
        "status": people.groupby(["status", "depth"], observed=True)["talk_days"].sum().to_frame(),
    }
    for name in nq.habits.__all__:
        measure = getattr(nq.habits, name)
        one = name == "inequality"
        found[name] = measure(people) if one else measure(network, people)
        nothing = people.head(0)
        found[f"{name} of nobody"] = measure(nothing) if one else measure(network, nothing)
    return found


def back(table):
    return parse_table(csv_of(table), "mine.csv")


def same(one, other):
    pd.testing.assert_frame_equal(one, other, check_exact=True, check_freq=True)
    assert one.dtypes.astype(str).to_dict() == other.dtypes.astype(str).to_dict()


def test_every_table_of_ours_comes_back(tables, tmp_path):
    assert len(tables) > 30
    for name, table in tables.items():
        before = table.copy(deep=True)
        where = nq.write_table(table, tmp_path / "one.csv")
        again = nq.read_table(where)
        same(again, table)
        same(table, before)
        assert again.attrs == table.attrs, name
        data = where.read_bytes()
        nq.write_table(again, where)
        assert where.read_bytes() == data, name
        assert nq.write_table(table, tmp_path / "one.md").read_text("utf-8").count("\n") > 3


WHOLE = st.integers(-(2**63), 2**63 - 1)
MICRO = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)
VALUES = {
    "str": TEXTS | st.none(),
    "string": TEXTS | st.none(),
    "bool": st.booleans(),
    "boolean": st.booleans() | st.none(),
    "int64": WHOLE,
    "Int64": WHOLE | st.none(),
    "float64": st.floats() | st.none(),
    "Float64": st.floats(allow_nan=False) | st.none(),
    "datetime64[us]": MICRO | st.none(),
    "datetime64[us, UTC]": MICRO | st.none(),
    "datetime64[s]": st.integers(-62_135_596_800, 253_402_300_799) | st.none(),
    "timedelta64[us]": WHOLE.filter(lambda value: value > -(2**63)) | st.none(),
    "category": st.sampled_from(["thin", "=some", "a;=deep"]) | st.none(),
    "object": st.none(),
}


def column(values, dtype):
    if dtype == "category":
        names = pd.Index(["thin", "=some", "a;=deep"], dtype="str")
        return pd.Series(pd.Categorical(values, categories=names, ordered=True))
    if dtype.startswith(("datetime64", "timedelta64")):
        gone = np.iinfo("int64").min
        whole = np.array([gone if value is None else value for value in values], "int64")
        made = pd.Series(whole.view(dtype.replace(", UTC", "")))
        return made.dt.tz_localize("UTC") if "UTC" in dtype else made
    return pd.Series(values, dtype=dtype)


@st.composite
def frames(draw):
    size = draw(st.integers(0, 4))
    names = draw(st.lists(TEXTS | NASTY, max_size=4, unique=True))
    columns = {}
    for name in names:
        dtype = draw(st.sampled_from(sorted(VALUES)))
        values = draw(st.lists(VALUES[dtype], min_size=size, max_size=size))
        columns[name] = column(values, dtype)
    frame = pd.DataFrame(columns, index=pd.RangeIndex(size))
    kinds = st.sampled_from(["str", "object", "string", "category"])
    frame.columns = (
        frame.columns.astype("str").astype(draw(kinds)).rename(draw(TEXTS | NASTY | st.none()))
    )
    levels = draw(st.integers(0, 2))
    if levels:
        made = []
        for _ in range(levels):
            dtype = draw(st.sampled_from(["str", "int64", "datetime64[us, UTC]", "category"]))
            made.append(column(draw(st.lists(VALUES[dtype], min_size=size, max_size=size)), dtype))
        heads = draw(st.lists(TEXTS | st.none(), min_size=levels, max_size=levels))
        frame.index = (
            pd.Index(made[0], name=heads[0])
            if levels == 1
            else pd.MultiIndex.from_arrays(made, names=heads)
        )
    return frame


@settings(max_examples=150, deadline=None)
@given(table=frames(), bom=st.booleans())
def test_any_table_comes_back(tmp_path_factory, table, bom):
    where = nq.write_table(table, tmp_path_factory.getbasetemp() / "any.csv", bom=bom, force=True)
    again = nq.read_table(where)
    same(again, table)
    assert list(again.index.names) == list(table.index.names)
    data = where.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == bom
    nq.write_table(again, where, bom=bom)
    assert where.read_bytes() == data
    assert_nothing_runs(data.decode("utf-8-sig"), table)
    markdown_of(table)


def test_the_values_that_the_law_draws_are_those_of_our_tables():
    ours = {
        getattr(shape, name)
        for name in ("TEXT", "INSTANT", "DATE", "COUNT", "FLAG", "MAYBE", "NUMBER", "BAND")
    }
    assert ours <= set(VALUES)


def test_what_a_user_wrote_is_not_taken_for_a_guard():
    table = pd.DataFrame({"'=name": ["'=1", "=1", "''=1", "1", ""]})
    assert back(table)["'=name"].tolist() == ["'=1", "=1", "''=1", "1", ""]
    assert csv_of(table).splitlines()[1:] == ["''=1,", "'=1,", "'''=1,", "1,", "',"]


def test_an_index_of_dates_keeps_its_frequency():
    table = pd.DataFrame({"a": [1, 2, 3]}, index=pd.date_range("2020-01-01", periods=3, freq="MS"))
    assert back(table).index.freqstr == "MS"
    same(back(table), table)
    same(back(table.iloc[[0, 2]]), table.iloc[[0, 2]])


def test_an_index_of_spans_keeps_its_frequency():
    table = pd.DataFrame({"a": [1, 2, 3]}, index=pd.timedelta_range("1D", periods=3, freq="D"))
    assert back(table).index.freqstr == "D"
    same(back(table), table)


@pytest.mark.parametrize("order", [(2, 1, 0), (0, 2)])
def test_a_table_by_dates_may_be_sorted_and_cut(order):
    """It is no longer regular, and no worse for it."""
    for index in (
        pd.date_range("2020-01-31", periods=3, freq="ME"),
        pd.timedelta_range("1D", periods=3, freq="2D"),
    ):
        table = pd.DataFrame({"a": [1, 2, 3]}, index=index)
        head, *lines = csv_of(table).splitlines(keepends=True)
        again = parse_table("".join([head, *(lines[at] for at in order)]), "mine.csv")
        assert again["a"].tolist() == [at + 1 for at in order]
        assert again.index.equals(index[list(order)])
        assert again.index.freq is None


def test_a_crosstab_and_a_table_without_columns_keep_what_their_columns_are(tables):
    people = tables["assess"]
    for table in (
        pd.crosstab(people["status"], people["origin"]),
        pd.crosstab(people["status"], people["depth"]),  # categories in their order
        pd.DataFrame(),
        pd.DataFrame(index=pd.RangeIndex(3)),
        pd.DataFrame({"a": [1]})[[]],
        pd.DataFrame(columns=pd.DatetimeIndex([], name="on"))[[]].rename_axis(columns=None),
    ):
        again = back(table)
        exact = not isinstance(table.columns, pd.DatetimeIndex)  # of no dates: of no texts
        pd.testing.assert_frame_equal(again, table, check_column_type=exact)
        assert again.columns.name == table.columns.name
    assert back(pd.crosstab(people["status"], people["depth"])).columns.name == "depth"


def test_a_missing_text_is_no_empty_one():
    table = pd.DataFrame({"a": pd.Series(["", None], dtype="str")})
    assert back(table)["a"].isna().tolist() == [False, True]


# -- nothing runs ---------------------------------------------------------------------------------


def assert_nothing_runs(text, table):
    """Check every cell of a text column, however a program cuts and trims it."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    width = len(rows[0])
    numbers = set()
    levels = width - 1 - table.shape[1]
    for at, (_, values) in enumerate(table.items(), start=levels):
        if str(values.dtype)[:3].lower() in {"int", "flo", "tim"}:
            numbers.add(at)
    for at in range(levels):
        if str(table.index.get_level_values(at).dtype) == "int64":
            numbers.add(at)
    for number, row in enumerate(rows):
        assert len(row) == width
        for at, cell in enumerate(row):
            if number and at in numbers:
                float(undefused(cell) or 0)
            else:
                assert not runs(cell)
                assert not any(runs(part) for part in re.split(r"[;\t\r\n]", cell)[1:])


def runs(cell):
    """Return whether a spreadsheet might run a cell: it is trimmed as freely as one can."""
    trimmed = re.sub(r"^[\s\"“”«»`\u200b\ufeff\x00-\x20]+", "", cell)
    return cell[:1] in {"\t", "\r", "\n"} or (trimmed[:1] in SIGNS and trimmed[:1] != "")


def test_what_might_run_is_known_when_it_is_seen():
    assert all(map(runs, ["=1", " =1", "\u200b=1", '"=1', "＝1", "\ta", "-1", "@a"]))
    assert not any(map(runs, ["'=1", "a=1", "", "1-1", "' =1"]))


def test_hostile_names_come_back_and_do_not_run(tmp_path):
    table = pd.DataFrame({"name": pd.Series(HOSTILE, dtype="str"), "gap_days": -1, "x": -0.5})
    where = nq.write_table(table, tmp_path / "h.csv")
    same(nq.read_table(where), table)
    text = where.read_bytes().decode()
    assert_nothing_runs(text, table)
    assert text.count(",-1,-0.5,\r\n") == len(HOSTILE)
    # cut at semicolons, tabs and line ends, as a spreadsheet in another language would
    for mark in ";\t":
        for row in csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter=mark):
            assert not any(runs(cell) for cell in row if cell[:1] not in {"\n", "\t", "\r"})


@settings(max_examples=100)
@given(TEXTS | NASTY)
def test_every_guard_is_taken_off_again(text):
    assert undefused(defused(text)) == text
    assert undefused_throughout(defused_throughout(text)) == text
    assert unguarded(guarded(text)) == text
    # one reads what the other wrote
    assert unguarded(defused(text)) == text or text.startswith(";'")
    assert undefused(guarded(text)) == text or not text or guarded(text).startswith(";'")


def guarded_before(text):
    """What the first version wrote: it looked at the beginning alone."""
    return text if not text or text[0].isalpha() else f"'{text}"


@settings(max_examples=300)
@given(TEXTS | NASTY)
def test_no_part_of_what_is_guarded_runs_and_what_was_guarded_before_reads_the_same(text):
    assert not any(runs(part) for part in re.split(r"[,;\t\r\n]", guarded(text)))
    assert unguarded(guarded_before(text)) == text
    # nothing else than before, unless a part of it might run
    if not re.search(rf"[,;\t\r\n]\W*[{re.escape(SIGNS)}]", text):
        assert guarded(text) == guarded_before(text)


def test_what_is_guarded_by_hand():
    evil = 'Ana;=HYPERLINK("http://x.example");'
    assert guarded(evil) == f";'Ana;'{evil[4:]}"
    assert guarded("=1;=2;'3") == ";'=1;'=2;''3"
    assert guarded(";'=1") == "';'=1"  # does not run, and is not taken for one of ours
    # typed by hand, or of an earlier version: an apostrophe within is the owner's own
    assert unguarded("a;'=1") == "a;'=1"
    assert unguarded("'=1;'=2") == "=1;'=2"


EVIL = 'Ana;=HYPERLINK("http://x.example");,@a\t+1\n-1'


@pytest.mark.parametrize("mark", [",", ";"])
def test_no_part_of_a_file_of_ones_own_runs_whoever_cuts_it(tmp_path, mark):
    """A name, an id and a note go into the journal, and ids into the file of answers."""
    network = network_of([], people={EVIL: {"name": EVIL}})
    journal, answers = tmp_path / "j.csv", tmp_path / "a.csv"
    heads = [
        "person_id name word value said_on owner schema_version",
        "person_id record_id is_same",
    ]
    for path, head in zip((journal, answers), heads, strict=True):
        path.write_text(head.replace(" ", mark) + "\n", "utf-8")  # as a spreadsheet separates
    kept = nq.keep_word(EVIL, journal, network, note=EVIL, label="know")
    nq.keep_decisions(
        pd.DataFrame({"person_id": [EVIL], "record_id": [f"name:{EVIL}"], "is_same": [True]}),
        answers,
    )
    [said] = nq.read_decisions(answers).table.itertuples(index=False)
    assert (said.person_id, said.record_id) == (EVIL, f"name:{EVIL}")
    [word] = kept.words.itertuples(index=False)
    assert (word.person_id, word.owner_label, word.owner_note) == (EVIL, "know", EVIL)
    for path in (journal, answers):
        text = path.read_bytes().decode()
        assert "HYPERLINK" in text
        for other in ",;\t":
            for row in csv.reader(io.StringIO(text), delimiter=other):
                assert not any(runs(cell) for cell in row)
        assert not any(runs(part) for part in re.split(r"[,;\t\r\n]", text) if part)


@pytest.mark.parametrize("text", ["Ana", "Ana; 'b'", "a-b", "3M", "007", "a = b", "Ana\nBo"])
def test_a_plain_text_stays_as_it_is(text):
    assert defused_throughout(text) == text


def test_the_file_is_as_rfc_4180_says():
    table = pd.DataFrame({"a": ['x"y', "p,q", "l\nm"], "b": [True, False, True]})
    lines = csv_of(table).split("\r\n")
    assert lines[0].startswith('a,b,"{""netquality_table_version"": 1, ')
    assert lines[1:] == ['"x""y",true,', '"p,q",false,', '"l\nm",true,', ""]


def test_dates_are_written_as_iso_says():
    instant = pd.Timestamp("2022-12-18 17:00:21.5", tz="UTC").as_unit("us")
    table = pd.DataFrame({"on": [pd.Timestamp("2020-01-02").as_unit("us")], "at": [instant]})
    assert csv_of(table).splitlines()[1] == "2020-01-02,2022-12-18T17:00:21.5Z,"


def test_pandas_reads_the_file_by_itself(tables, tmp_path):
    where = nq.write_table(tables["coverage"], tmp_path / "c.csv", bom=True)
    plain = pd.read_csv(where, keep_default_na=False, na_values=[""]).iloc[:, :-1]
    assert list(plain) == list(tables["coverage"])
    assert plain["reason"].tolist() == tables["coverage"]["reason"].tolist()
    assert plain["row_count"].sum() == tables["coverage"]["row_count"].sum()


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("a text", "is str. Give a table"),
        (pd.Series([1]), "is Series. Give a table"),
        (pd.DataFrame({1: [2]}), "no text for a name"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "the name of another"),
        (pd.DataFrame({"a": [1]}).rename_axis(columns=3), "no text for a name"),
        (pd.DataFrame([[1]], columns=pd.CategoricalIndex(["a"], ["a", 1])), "one is no text"),
        (pd.DataFrame({"a": [[1], {}]}), "column 'a' is of dtype object"),
        (pd.DataFrame({"a": pd.array(["\ud800"], "string[python]")}), "half a character"),
        (pd.DataFrame({"a": [1j]}), "column 'a' is of dtype complex128"),
        (pd.DataFrame({"a": pd.Categorical([1])}), "of categories that are no text"),
        (
            pd.DataFrame({"a": pd.Categorical([1])})
            .head(0)
            .assign(a=lambda t: t["a"].cat.set_categories(pd.Index([], dtype="int64"))),
            "of categories that are no text",
        ),
        (pd.DataFrame({"a": np.array(["12000-01-01"], "datetime64[us]")}), "outside of the years"),
    ],
)
def test_what_is_no_table_of_ours_is_refused(table, words, tmp_path):
    with pytest.raises(nq.NetQualityError, match=re.escape(words)):
        nq.write_table(table, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["a.xlsx", "a", "", 3, "a\0.csv", None, "~nobody-here/a.csv"])
def test_a_name_that_cannot_be_is_refused(path):
    table = pd.DataFrame({"a": [1]})
    with pytest.raises(nq.NetQualityError) as error:
        nq.write_table(table, path)
    assert "\n" not in str(error.value)
    with pytest.raises(nq.NetQualityError):
        nq.read_table(path)


def test_markdown_is_not_read_and_has_no_byte_order_mark(tmp_path):
    table = pd.DataFrame({"a": [1]})
    with pytest.raises(nq.NetQualityError, match="for people to read"):
        nq.read_table(nq.write_table(table, tmp_path / "a.md"))
    with pytest.raises(nq.NetQualityError, match="bom=True"):
        nq.write_table(table, tmp_path / "a.md", bom=True)


def damaged(old, new):
    table = pd.DataFrame({
        "name": ["Ana", "Bo"], "talk_count": [1, 2], "is_real": [True, False],
        "on": pd.to_datetime(["2020-01-02", None]).as_unit("us"),
        "depth": pd.Categorical(["thin", None], categories=["thin", "deep"], ordered=True),
    })  # fmt: skip
    text = csv_of(table)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("netquality_table_version", "of_another", "does not say that it is a table of netquality"),
        ('version"": 1', 'version"": 2', "written by a newer netquality"),
        ('version"": 1', 'version"": true', "does not say that it is"),
        ("name,talk", "talk,name", "its columns are not those"),
        (",1,true", ",much,true", "line 2: 'talk_count' is no whole number"),
        (",2,", ",2_0,", "line 3: 'talk_count' is no whole number"),
        (",2,", ",99999999999999999999,", "is damaged"),
        ("Bo,2,", "Bo,,", "line 3: 'talk_count' is no whole number"),
        ("false", "perhaps", "line 3: 'is_real' is no true or false"),
        ("2020-01-02", "2020-02-31", "line 2: 'on' is no day"),
        ("2020-01-02", "today", "line 2: 'on' is no day"),
        ("Bo,", "Bo,a,", "line 3: is not 6 cells"),
        (",thin,", ",thick,", "line 2: 'depth' is no category"),
        ('[""thin""', '[""thin"", ""thin""', "is damaged"),
        ("Ana", 'A"na', None),
        ("Ana", '"Ana', "is no line of a CSV file"),
        ('""int64""', '""Period[D]""', "a column of a kind"),
        ('""columns""', '""column""', "is damaged"),
        ('""index"": 0', '""index"": 9', "is damaged"),
        ('""index"": 0', '""index"": 0, ""heads"": 7', "is damaged"),
        (
            '""index"": 0',
            '""index"": 0, ""heads"": {""dtype"": ""bool"", ""name"": null, ""levels"": null}',
            "is damaged",
        ),
        ("\r\nBo", ",,\r\nBo", "line 2: is not 6 cells"),
    ],
)
def test_a_damaged_file_is_refused_by_line(old, new, words, tmp_path):
    path = tmp_path / "private.csv"
    path.write_bytes(damaged(old, new).encode())
    if words is None:
        assert nq.read_table(path)["name"][0] == new
        return
    with pytest.raises(nq.NetQualityError) as error:
        nq.read_table(path)
    assert words in str(error.value)
    assert str(error.value).startswith("private.csv")
    assert "Ana" not in str(error.value)


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 400), put=st.text(max_size=3))
def test_a_damaged_file_is_refused_or_read_never_worse(tmp_path_factory, cut, put):
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    text = damaged("Ana", "Ana")
    path.write_bytes((text[:cut] + put + text[cut + 1 :]).encode("utf-8", "replace"))
    try:
        nq.read_table(path)
    except nq.NetQualityError as error:
        assert str(error).startswith("damaged.csv")  # noqa: PT017 - or it is read


def test_a_file_that_is_none_of_ours_stays(tmp_path):
    table = pd.DataFrame({"a": [1]})
    for name in ("a.csv", "a.md", "a.ics"):
        path = tmp_path / name
        path.write_text("netquality, but mine", "utf-8")

        def write(*, force=False, path=path):
            if path.suffix == ".ics":
                return nq.write_reminders(PROPOSED, path, begin=MONDAY, force=force)
            return nq.write_table(table, path, force=force)

        with pytest.raises(nq.NetQualityError, match="is there already and is no"):
            write()
        assert path.read_text("utf-8") == "netquality, but mine"
        assert write(force=True) == path
        assert write() == path  # ours may be replaced
        assert list(tmp_path.glob(".netquality-*")) == []
        if os.name != "nt":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "mine"),
    [
        ("a.md", "# My notes\n\n<!-- netquality_table_version: 1 --> is how they begin\n"),
        ("a.md", " <!-- netquality_table_version: 1 -->\n"),
        ("a.csv", 'note\n"{""netquality_table_version"": 1}"\n'),
        ("a.csv", '"{""netquality_table_version"": 1}",note\nx,y\n'),
        ("a.csv", '"see {""netquality_table_version"": 1}"\nx\n'),
        ("a.csv", "\n\n"),
        ("a.csv", ""),
        ("a.md", ""),
    ],
)
def test_the_mark_counts_where_it_is_written_and_nowhere_else(tmp_path, name, mine):
    path = tmp_path / name
    path.write_text(mine, "utf-8")
    table = pd.DataFrame({"a": [1]})
    with pytest.raises(nq.NetQualityError, match="is there already and is no table"):
        nq.write_table(table, path)
    assert path.read_text("utf-8") == mine
    nq.write_table(table, path, force=True, bom=name == "a.csv")
    before = path.read_bytes()
    assert nq.write_table(table, path) == path
    assert path.read_bytes() == before.removeprefix(b"\xef\xbb\xbf")


def test_a_table_with_a_long_header_is_ours(tmp_path):
    levels = [f"level {number} of many" for number in range(60_000)]
    table = pd.DataFrame({
        "a\nb": pd.Categorical(levels[:1], categories=levels), "c": ["x"],
    })  # fmt: skip
    path = nq.write_table(table, tmp_path / "a.csv")
    assert len(path.read_bytes().split(b"\r\n", 1)[0]) > 1_000_000
    assert nq.write_table(table, path) == path


@pytest.mark.skipif(os.name == "nt", reason="needs a right there")
def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "kept").mkdir()
    table = pd.DataFrame({"a": [1]})
    for name in ("a.csv", "a.md", "a.ics"):
        real, link = tmp_path / "kept" / name, tmp_path / name
        link.symlink_to(real)
        for force in (False, True):  # there is nothing yet; then one of ours

            def write(path=link, *, force=force):
                if path.suffix == ".ics":
                    return nq.write_reminders(PROPOSED, path, begin=MONDAY, force=force)
                return nq.write_table(table, path, force=force)

            assert write() == link
            assert link.is_symlink()
            assert real.is_file()
            assert not real.is_symlink()
            real.write_text("mine", "utf-8")
            with pytest.raises(nq.NetQualityError, match="is there already"):
                write(force=False)
    assert list((tmp_path / "kept").glob(".netquality-*")) == []
    circle = tmp_path / "circle.csv"
    circle.symlink_to(circle)
    nq.write_table(table, circle)  # leads nowhere: it becomes a file
    assert nq.read_table(circle).equals(table)


def test_a_graph_is_no_table(tmp_path):
    graph = nq.to_graph(network := nq.load_sample(), nq.assess(network), kinds=["owner"])
    written = nq.write_graph(graph, tmp_path / "g.csv")
    with pytest.raises(nq.NetQualityError, match="is there already and is no table"):
        nq.write_table(pd.DataFrame({"a": [1]}), written.paths[0])


def test_a_folder_is_no_file(tmp_path):
    for name in ("a.csv", "a.ics"):
        (tmp_path / name).mkdir()
    with pytest.raises(nq.NetQualityError, match=r"a\.csv: is no file"):
        nq.write_table(pd.DataFrame({"a": [1]}), tmp_path / "a.csv", force=True)
    with pytest.raises(nq.NetQualityError, match=r"a\.csv: cannot be read"):
        nq.read_table(tmp_path / "a.csv")
    with pytest.raises(nq.NetQualityError, match=r"a\.ics: is no file"):
        nq.write_reminders(PROPOSED, tmp_path / "a.ics", begin=MONDAY, force=True)
    with pytest.raises(nq.NetQualityError, match="cannot be written"):
        nq.write_table(pd.DataFrame({"a": [1]}), tmp_path / "none" / "a.csv")


# -- Markdown -------------------------------------------------------------------------------------


class Cells(HTMLParser):
    """The text of every cell, and every tag, of a page."""

    def __init__(self):
        super().__init__()
        self.cells, self.tags, self.inside = [], set(), False

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - its base wants it
        self.tags.add(tag)
        if tag in {"td", "th", "p"}:
            self.inside = True
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag in {"td", "th", "p"}:
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


def rendered(text):
    """Return what a reader of Markdown sees: cells and paragraphs, and the tags around them."""
    markdown = pytest.importorskip("markdown_it")
    reader = markdown.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = Cells()
    found.feed(reader.render(text))
    return found.cells, found.tags


PLAIN = {"table", "thead", "tbody", "tr", "th", "td", "p", "code"}


def test_a_table_in_markdown_by_hand():
    table = pd.DataFrame({
        "name": ["Ana_F | b", None], "talk_count": [1200, 3], "share": [0.5, 0.001],
        "low": [0.25, 0.0], "ratio": [1.23456, -250.7], "is_real": [True, False],
        "on": pd.to_datetime(["2019-05-04", None]).as_unit("us"),
        "at": pd.to_datetime(["2019-05-04 10:00", None], utc=True).as_unit("us"),
    })  # fmt: skip
    table.attrs["sentence"] = "1. Half of them | all <b>."
    assert markdown_of(table).splitlines() == [
        "<!-- netquality_table_version: 1 -->",
        "",
        "| name | talk_count | share | low | ratio | is_real | on | at |",
        "| --- | ---: | ---: | ---: | ---: | --- | --- | --- |",
        r"| Ana_F \| b | 1,200 | 50 % | 25 % | 1.23 | yes | 4 May 2019 | 4 May 2019, 10:00 UTC |",
        "|  | 3 | under 1 % | 0 % | -251 | no |  |  |",
        "",
        r"1\. Half of them \| all &lt;b&gt;.",
    ]
    cells, tags = rendered(markdown_of(table))
    assert cells[-1] == "1. Half of them | all <b>."
    assert tags <= PLAIN


def test_hostile_names_are_shown_as_text():
    table = pd.DataFrame({"name": pd.Series(HOSTILE, dtype="str")})
    cells, tags = rendered(markdown_of(table))
    assert cells == ["name", *map(visible, HOSTILE)]
    assert tags <= PLAIN


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS | st.text(st.sampled_from("|\\`*_[]()<>&~$!@w.:/ a#-1"), max_size=12)))
def test_any_text_is_shown_as_text(texts):
    cells, tags = rendered(markdown_of(pd.DataFrame({"name": pd.Series(texts, dtype="str")})))
    assert cells == ["name", *map(visible, texts)]
    assert tags <= PLAIN


@pytest.mark.parametrize("text", [text for text in HOSTILE if visible(text)])
def test_a_sentence_is_one_paragraph(text):
    table = pd.DataFrame({"a": [1]})
    table.attrs["sentence"] = text
    cells, tags = rendered(markdown_of(table))
    assert cells == ["a", "1", visible(text)]
    assert tags <= PLAIN


def test_no_address_is_left_for_a_link():
    """GitHub finds addresses in what is no code; so nothing else may hold one."""
    for text in HOSTILE:
        outside = re.sub(r"(?<!\\)`[^`]*`", "", shown_as_text(text))
        assert not re.search(r"://|www\.|@", html.unescape(outside), re.IGNORECASE), text


def test_nothing_turns_the_reading_of_what_follows():
    shown = shown_as_text("\u202eevil\u2066 \x1b[2J")
    assert shown == r"⟨U+202E⟩evil⟨U+2066⟩ ⟨U+001B⟩\[2J"
    assert "👩\u200d💻" in shown_as_text("👩\u200d💻")


# -- reminders ------------------------------------------------------------------------------------

MONDAY = dt.date(2026, 11, 23)
PROPOSED = pd.DataFrame({
    "person_id": [f"ana-ficticia-{number}" for number in range(5)],
    "name": ["Ana Ficticia", "Bo Erfunden", "Cem Uydurma", "Dora Izmišljena", "Eve Keksitty"],
    "reasons": ["There was talk on 69 days; with a, comma and ümläuts." * 3] * 5,
    "unknown": ["Whether you talked elsewhere since, this export cannot know."] * 5,
    "company": "more than is needed",
})  # fmt: skip


def calendar_of(path):
    return icalendar.Calendar.from_ical(path.read_bytes())


def events_of(path):
    return calendar_of(path).walk("VEVENT")


def test_a_reminder_reads_back(tmp_path):
    where = nq.write_reminders(PROPOSED, tmp_path / "whom.ics", begin=MONDAY)
    data = where.read_bytes()
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert any(line.startswith(b" ") for line in lines)  # some are folded
    calendar = calendar_of(where)
    assert calendar["version"] == "2.0"
    assert calendar["x-netquality-reminders-version"] == "1"
    assert "method" not in calendar
    events = events_of(where)
    assert [str(event["summary"]) for event in events] == [
        f"Write to {name}?" for name in PROPOSED["name"]
    ]
    days = [event["dtstart"].dt for event in events]
    # Monday, Tuesday and Thursday, three in seven days
    assert [str(day) for day in days] == [
        "2026-11-23", "2026-11-24", "2026-11-26", "2026-11-30", "2026-12-01",
    ]  # fmt: skip
    for event, day, row in zip(events, days, PROPOSED.itertuples(), strict=True):
        assert type(day) is dt.date  # the same day in every zone
        assert event["dtend"].dt == day + dt.timedelta(days=1)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert str(event["description"]) == f"{row.reasons}\n\n{row.unknown}"
        assert event["class"] == "PRIVATE"
        assert event["transp"] == "TRANSPARENT"
        assert event["dtstamp"].dt == dt.datetime(2026, 11, 23, tzinfo=ZoneInfo("UTC"))
        assert event["last-modified"].dt == event["dtstamp"].dt
        assert event.subcomponents == []


def test_no_key_can_be_read_and_no_two_people_share_one(tmp_path):
    def uids(**how):
        where = nq.write_reminders(PROPOSED, tmp_path / "u.ics", begin=MONDAY, **how)
        assert b"ana-ficticia" not in where.read_bytes()
        assert b"olga" not in where.read_bytes()
        return [str(event["uid"]) for event in events_of(where)]

    said = [{}, {"owner": "olga"}, {"secret": "olga"}, {"owner": "ol", "secret": "ga"}]
    several = [uids(**how) for how in said]
    assert len({uid for one in several for uid in one}) == 20
    assert uids(owner="olga") == several[1]


def test_an_owner_and_a_person_do_not_run_into_one(tmp_path):
    def uid(owner, person):
        table = PROPOSED.head(1).assign(person_id=person)
        where = nq.write_reminders(table, tmp_path / "u.ics", begin=MONDAY, owner=owner)
        return str(events_of(where)[0]["uid"])

    assert len({uid("ol", "ga-ana"), uid("olga", "-ana"), uid("olga-", "ana")}) == 3


def test_a_second_list_updates_the_first(tmp_path):
    first = nq.write_reminders(PROPOSED, tmp_path / "1.ics", begin=MONDAY)
    later = PROPOSED.iloc[::-1].reset_index(drop=True)
    again = nq.write_reminders(PROPOSED, tmp_path / "2.ics", begin=MONDAY, revision=1)
    second = nq.write_reminders(later, tmp_path / "3.ics", begin=MONDAY + dt.timedelta(days=1))
    before, same_day, after = (
        {str(event["uid"]): event for event in events_of(path)} for path in (first, again, second)
    )
    assert set(before) == set(same_day) == set(after)
    for uid, event in before.items():
        newer = [one[uid] for one in (same_day, after)]
        for one, other in zip([event, *newer], newer, strict=False):
            assert one["sequence"] < other["sequence"] < 2**31
            assert one["dtstamp"].dt < other["dtstamp"].dt
        assert str(event["summary"]) == str(after[uid]["summary"])


def test_the_calendar_has_everybody_in_the_week_of_the_list(tables, tmp_path):
    """A list, the journal that keeps it, and the calendar have one pace."""
    network = nq.load_sample()
    for begin in (MONDAY, MONDAY + dt.timedelta(days=4), MONDAY - dt.timedelta(days=1)):
        for rule in (nq.ReconnectRule(), nq.ReconnectRule(per_week=2)):
            listed = nq.reconnect(nq.assess(network), n=8, network=network, rule=rule)
            where = nq.write_reminders(listed, tmp_path / "w.ics", begin=begin)
            days = [event["dtstart"].dt for event in events_of(where)]
            journal = nq.keep_list(listed, tmp_path / f"{begin}.csv", network, begin=begin)
            proposed = journal.events.set_index("person_id")["on"].dt.date
            for key, week, day in zip(listed["person_id"], listed["week"], days, strict=True):
                start = begin + dt.timedelta(weeks=int(week) - 1)
                assert proposed[key] == start
                assert 0 <= (day - start).days < 7
                assert day.weekday() < 5
            assert len(set(days)) == 8
            (tmp_path / f"{begin}.csv").unlink()
    # without weeks, and asked for otherwise
    plain = events_of(nq.write_reminders(PROPOSED, tmp_path / "w.ics", begin=MONDAY))
    assert [(event["dtstart"].dt - MONDAY).days for event in plain] == [0, 1, 3, 7, 8]
    slow = nq.write_reminders(listed, tmp_path / "w.ics", begin=MONDAY, per_week=1)
    assert (events_of(slow)[-1]["dtstart"].dt - MONDAY).days == 49


@pytest.mark.parametrize("dtype", ["Int64", "float64", "Float64", "int8", "object"])
def test_a_week_is_a_whole_number_whatever_a_merge_made_of_it(tmp_path, dtype):
    network = nq.load_sample()
    listed = nq.reconnect(nq.assess(network), n=7, network=network)
    merged = listed.assign(week=listed["week"].astype(dtype))
    files = [
        nq.write_reminders(table, tmp_path / f"{at}.ics", begin=MONDAY).read_bytes()
        for at, table in enumerate((listed, merged))
    ]
    assert files[0] == files[1]
    kept = [
        nq.keep_list(table, tmp_path / f"{at}.csv", network, begin=MONDAY).events
        for at, table in enumerate((listed, merged))
    ]
    pd.testing.assert_frame_equal(*kept)


def test_more_people_in_a_week_than_weekdays_are_told_what_to_do(tmp_path):
    network = nq.load_sample()
    rule = nq.ReconnectRule(per_week=7)
    listed = nq.reconnect(nq.assess(network), n=8, network=network, rule=rule)
    words = (
        "proposals: 7 people are in one week of the list, which has room for 5, 1 on a weekday. "
        "Give per_day=2, or per_week."
    )
    with pytest.raises(nq.NetQualityError, match=f"^{re.escape(words)}$"):
        nq.write_reminders(listed, tmp_path / "w.ics", begin=MONDAY)
    for more in ({"per_day": 2}, {"per_week": 5}):
        where = nq.write_reminders(listed, tmp_path / "w.ics", begin=MONDAY, **more)
        assert len(events_of(where)) == 8


def test_a_list_that_begins_later_is_the_newer_also_on_a_weekend(tmp_path):
    """Saturday, Sunday and Monday are lists of the same days, and three lists."""
    told = []
    for before in (2, 1, 0):
        begin = MONDAY - dt.timedelta(days=before)
        where = nq.write_reminders(PROPOSED, tmp_path / "w.ics", begin=begin)
        first = events_of(where)[0]
        assert first["dtstart"].dt == MONDAY
        assert first["dtstamp"].dt.date() == begin
        told.append((first["sequence"], first["dtstamp"].dt))
    assert told == sorted(set(told))


def test_half_a_character_in_what_is_hashed_is_no_fault(tmp_path):
    """A file cannot hold it, and need not: it holds the hash."""
    found = set()
    for how in ({}, {"owner": "\ud800"}, {"secret": "\ud800"}, {"secret": "\udfff"}):
        where = nq.write_reminders(PROPOSED.head(1), tmp_path / "h.ics", begin=MONDAY, **how)
        found.add(str(events_of(where)[0]["uid"]))
    assert len(found) == 4


def test_an_alarm_rings_only_where_it_is_asked_for(tmp_path):
    where = nq.write_reminders(PROPOSED, tmp_path / "a.ics", begin=MONDAY, alarm=dt.time(9, 30))
    for event in events_of(where):
        [alarm] = event.walk("VALARM")
        assert alarm["action"] == "DISPLAY"
        assert alarm["trigger"].dt == dt.timedelta(hours=9, minutes=30)
        assert str(alarm["description"]) == str(event["summary"])


@settings(max_examples=100)
@given(
    begin=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    per_week=st.integers(1, 5),
    per_day=st.integers(1, 3),
    count=st.integers(1, 40),
)
def test_reminders_are_spread_over_weekdays(begin, per_week, per_day, count):
    days = days_of(count, begin, per_week=per_week * per_day, per_day=per_day)
    assert days == sorted(days)
    assert len(days) == count
    assert all(day.weekday() < 5 for day in days)
    assert 0 <= (days[0] - begin).days <= 2
    assert (days[0] == begin) == (begin.weekday() < 5)
    assert max(days.count(day) for day in days) <= per_day
    assert days_of(count, begin, per_week=per_week) == sorted(
        set(days_of(count, begin, per_week=per_week))
    )
    for day in days:  # in any seven days
        week = [other for other in days if 0 <= (other - day).days < 7]
        assert len(week) <= per_week * per_day


@settings(max_examples=60, deadline=None)
@given(name=TEXTS | st.none(), why=TEXTS | st.none())
def test_any_name_is_shown_in_one_line(tmp_path_factory, name, why):
    table = pd.DataFrame({
        "person_id": ["a"], "name": pd.Series([name], dtype="str"),
        "reasons": pd.Series([why], dtype="str"), "unknown": ["This."],
    })  # fmt: skip
    path = tmp_path_factory.getbasetemp() / "any.ics"
    data = nq.write_reminders(table, path, begin=MONDAY).read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n|\r(?!\n)", data)
    [event] = events_of(path)
    shown = visible(name or "")
    assert str(event["summary"]).startswith("Write to ")
    if 0 < len(shown) <= 200:
        assert str(event["summary"]) == f"Write to {shown}?"
    said = [text for text in (visible(why or ""), "This.") if text]
    assert str(event.get("description", "")) == "\n\n".join(said)
    assert data.count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"begin": "2026-11-23"}, "begin='2026-11-23': give a date"),
        ({"begin": dt.datetime(2026, 11, 23)}, "give a date"),  # noqa: DTZ001 - that is the fault
        ({"begin": dt.date.max}, "outlast the calendar"),
        ({"begin": dt.date.max, "proposals": PROPOSED.head(1)}, "outlast the calendar"),
        ({"per_week": 6}, "per_week=6: a week has room for 5 reminders, 1 on a weekday"),
        ({"per_week": 0}, "per_week=0"),
        ({"per_day": True}, "per_day=True"),
        ({"alarm": "09:00"}, "alarm='09:00'"),
        ({"alarm": dt.time(9, tzinfo=dt.UTC)}, "without a zone"),
        ({"revision": 100}, "revision=100"),
        ({"owner": None}, "owner: is NoneType"),
        ({"proposals": PROPOSED.drop(columns="reasons")}, "'reasons' is missing"),
        ({"proposals": PROPOSED.head(0)}, "nobody is proposed"),
        ({"proposals": pd.concat([PROPOSED, PROPOSED])}, "there twice"),
        ({"proposals": "whom"}, "is str"),
        ({"proposals": PROPOSED.assign(week=0)}, "'week' holds"),
        (
            {"proposals": PROPOSED.assign(week=1.5)},
            "'week' holds something that is no whole number",
        ),
        ({"proposals": PROPOSED.assign(week=pd.NA)}, "'week' holds"),
        ({"proposals": PROPOSED.assign(week="1")}, "'week' holds"),
        ({"proposals": PROPOSED.assign(week=True)}, "'week' holds"),
        ({"proposals": PROPOSED.assign(week=float("inf"))}, "outlast the calendar"),
        ({"proposals": PROPOSED.assign(week=10**6)}, "outlast the calendar"),
        ({"proposals": PROPOSED.assign(week=1), "per_day": 0}, "per_day=0"),
        ({"begin": dt.date(1999, 1, 4)}, "begin=1999-01-04: give a date from 2000 on"),
        ({"path": "whom.txt"}, r"ends in .ics"),
        ({"path": 3}, r"ends in .ics"),
    ],
)
def test_what_cannot_be_a_list_of_reminders_is_refused(how, words, tmp_path):
    given_ = {"proposals": PROPOSED, "path": tmp_path / "a.ics", "begin": MONDAY} | how
    with pytest.raises(nq.NetQualityError, match=re.escape(words)):
        nq.write_reminders(**given_)
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_was_kept_as_a_table_makes_the_same_reminders(tables, tmp_path):
    proposed = tables["reconnect"]
    kept = nq.read_table(nq.write_table(proposed, tmp_path / "whom.csv"))
    one, other = (
        nq.write_reminders(table, tmp_path / f"{number}.ics", begin=MONDAY).read_bytes()
        for number, table in enumerate((proposed, kept))
    )
    assert one == other


# -- the same bytes -------------------------------------------------------------------------------

PROGRAM = """
import sys, datetime, pandas as pd, netquality as nq
table = nq.reconnect(nq.assess(nq.load_sample()), n=4)
home = sys.argv.pop()
nq.write_table(table, home + "/a.csv"); nq.write_table(table, home + "/a.md")
nq.write_reminders(table, home + "/a.ics", begin=datetime.date(2026, 11, 23))
"""


def test_the_bytes_are_those_of_any_run(tmp_path, monkeypatch):
    here, there = (tmp_path / name for name in ("here", "there"))
    for home in (here, there):
        home.mkdir()
    monkeypatch.setattr(sys, "argv", [str(here)])
    exec(PROGRAM, {})  # noqa: S102 - in this process, of another hash seed and time zone
    subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(there)], check=True, cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland"},
    )  # fmt: skip
    found = [{path.name: path.read_bytes() for path in home.iterdir()} for home in (here, there)]
    assert found[0] == found[1]
    assert set(found[0]) == {"a.csv", "a.md", "a.ics"}
