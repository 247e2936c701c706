"""The file of answers: kept, never lost, understood after a spreadsheet, clear where wrong."""

from __future__ import annotations

import stat

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.decisions import Decisions, keep_decisions, pair_of, read_decisions
from netquality.errors import ExportError, NetQualityError, TableError


def answers(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person_id", "record_id", "is_same"])


def said(decisions: Decisions) -> dict[tuple[str, str], bool]:
    table = decisions.table
    return {(row.person_id, row.record_id): row.is_same for row in table.itertuples()}


def test_a_file_that_is_not_there_yet_holds_nothing(tmp_path):
    assert said(read_decisions(tmp_path / "same.csv")) == {}
    (tmp_path / "empty.csv").write_bytes(b"")
    assert said(read_decisions(tmp_path / "empty.csv")) == {}


def test_the_file_is_plain_sorted_private_and_says_its_version(tmp_path):
    path = tmp_path / "same.csv"
    keep_decisions(
        answers(("zoe-1", "email:z@example.org", True), ("ana-1", "name:ana", False)), path
    )
    assert path.read_bytes() == (
        b"person_id,record_id,is_same,schema_version\r\n"
        b"ana-1,name:ana,no,1\r\nzoe-1,email:z@example.org,yes,1\r\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {"same.csv", ".same.csv.lock"}


def test_a_later_answer_replaces_the_earlier_and_no_other(tmp_path):
    path = tmp_path / "same.csv"
    keep_decisions(answers(("ana-1", "name:ana", True), ("bo-2", "name:bo", True)), path)
    kept = keep_decisions(answers(("name:ana", "ana-1", False), ("cy-3", "name:cy", None)), path)
    # the same pair, whichever is named first; an empty answer is none
    assert said(kept) == {("bo-2", "name:bo"): True, ("name:ana", "ana-1"): False}
    assert said(read_decisions(path)) == said(kept)
    assert not keep_decisions(answers(), path).table.empty


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("person_id,record_id,is_same\nana-1,name:ana,TRUE\nbo-2,name:bo,0\n", "utf-8-sig"),
        (
            ("sep=;\r\nPerson_ID; record_id ;IS_SAME;note\r\n"
             "ana-1;name:ana;ja;x\r\n;;;\r\nbo-2;name:bo;Nein;\r\n"),
            "utf-8-sig",
        ),
        (
            ("record_id\tperson_id\tis_same\tschema_version\n"
             "name:ana\tana-1\twahr\t1\nname:bo\tbo-2\tFAUX\t1\nx\ty\t\t1\n"),
            "utf-16",
        ),
        ('"person_id",record_id,is_same\n"ana-1",name:ana,y\n\n"bo-2",name:bo,n', "utf-8"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_made_of_it_is_understood(tmp_path, text, encoding):
    path = tmp_path / "same.csv"
    path.write_bytes(text.encode(encoding))
    assert said(read_decisions(path)) == {("ana-1", "name:ana"): True, ("bo-2", "name:bo"): False}


HEAD = "person_id,record_id,is_same,schema_version\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "ana-1,name:ana,yes,1\nbo-2,name:bo,maybe,1\n", "same.csv, line 3: is_same"),
        (HEAD + "ana-1,name:ana,yes,1\n\nana-1,name:ana,no,1\n", "same.csv, lines 2, 4: answer"),
        (HEAD + '"a\nb",name:x,yes,1\nname:x,"a\nb",no,1\n', "same.csv, lines 2, 4: answer"),
        (HEAD + "ana-1,,yes,1\n", "same.csv, line 2: an id is missing"),
        (HEAD + "ana-1,name:ana,yes,2\n", "same.csv, line 2: schema_version is not 1"),
        (HEAD + "ana-1,name:ana,yes,1,more\n", "same.csv, line 2: has more cells"),
        (HEAD + "ana-1\n" + "x" * 200_000 + ",name:ana,yes,1\n", "same.csv, line 3: is no line"),
        ("Name,Phone\nAna,1\n", "same.csv: is no file of answers, for it has no column person_id"),
        ("\x00\x00", "same.csv"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_said_by_line(tmp_path, text, fault):
    path = tmp_path / "same.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ExportError, match=f"^{fault}") as error:
        read_decisions(path)
    assert "ana" not in str(error.value)
    with pytest.raises(ExportError):  # and it is not written over
        keep_decisions(answers(("bo-2", "name:bo", True)), path)
    assert path.read_text("utf-8") == text


def test_a_file_in_a_code_page_is_not_guessed_at(tmp_path):
    path = tmp_path / "same.csv"
    path.write_bytes((HEAD + "josé-1,name:x,yes,1\n").encode("cp1252"))
    with pytest.raises(ExportError, match="is not in UTF-8"):
        read_decisions(path)


def test_a_place_that_cannot_be_is_said(tmp_path):
    with pytest.raises(ExportError, match="is no file"):
        read_decisions(tmp_path)
    with pytest.raises(ExportError, match="cannot be written"):
        keep_decisions(answers(("a", "b", True)), tmp_path / "nowhere" / "same.csv")
    for use in (read_decisions, lambda path: keep_decisions(answers(("a", "b", True)), path)):
        with pytest.raises(ExportError, match="decisions: is no name of a file"):
            use("a\x00b")


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        (pd.DataFrame({"person_id": ["a"]}), "'record_id' is missing; 'is_same' is missing"),
        (answers(("a", "b", "perhaps"), (3, "c", True)), "neither yes nor no; 'person_id' holds"),
        (answers(("a", None, True)), "'record_id' holds something that is no text"),
        ("doubts", "decisions: is str, expected a table"),
    ],
)
def test_a_table_is_checked_at_the_door(tmp_path, table, fault):
    with pytest.raises(TableError, match=fault):
        keep_decisions(table, tmp_path / "same.csv")
    assert not (tmp_path / "same.csv").exists()


def test_one_table_with_two_answers_to_a_pair_is_refused(tmp_path):
    with pytest.raises(ExportError, match="rows 1, 2: answer the same pair in two ways"):
        keep_decisions(answers(("a", "b", True), ("b", "a", False)), tmp_path / "same.csv")


def test_what_it_says_of_a_record():
    known = Decisions(answers(("ana-1", "name:ana", True), ("bo-2", "name:bo", False)))
    assert known.joins("name:ana") == "ana-1"
    assert known.joins("name:bo") is None
    assert known.forbids("bo-2", "name:bo")
    assert not known.forbids("ana-1", "name:ana")
    assert known.confirms("ana-1", "name:ana")
    assert not known.confirms("ana-1", "name:bo")
    two = Decisions(answers(("a", "name:x", True), ("b", "name:x", True)), (2, 7), "same.csv")
    with pytest.raises(ExportError, match=r"lines 2, 7: say that one record is several"):
        two.joins("name:x")


def test_it_shows_counts_only_and_is_nobody_elses():
    table = answers(("ana-1", "name:ana", True))
    known = Decisions(table)
    table["is_same"] = False
    assert repr(known) == "Decisions(1 the same, 0 not the same)"
    assert known.joins("name:ana") == "ana-1"


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=8
).filter(str.strip)


def its_pair(row):
    return pair_of(row[0], row[1])


ROWS = st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), unique_by=its_pair)


@given(ROWS, ROWS)
def test_no_answer_is_lost(tmp_path_factory, first, second):
    path = tmp_path_factory.mktemp("kept") / "same.csv"
    keep_decisions(answers(*first), path)
    keep_decisions(answers(*second), path)
    wanted = {pair_of(a, b): same for a, b, same in [*first, *second]}
    found = {pair_of(a, b): same for (a, b), same in said(read_decisions(path)).items()}
    assert found == wanted
    once = path.read_bytes()
    keep_decisions(answers(*reversed(second)), path)
    assert path.read_bytes() == once


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: (HEAD + t).encode("utf-8", "ignore"))
)
def test_any_bytes_give_answers_or_a_clear_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "same.csv"
    path.write_bytes(data)
    fault = ""
    try:
        read_decisions(path)
    except NetQualityError as error:
        fault = str(error)
    assert not fault or fault.startswith("same.csv")
