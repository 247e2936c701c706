"""The owner's word: kept to the byte, theirs alone, read after a spreadsheet, never quoted."""

from __future__ import annotations

import csv
import io
import os
import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import network_of

import netquality as nq
from netquality.errors import ExportError, OwnerError, SettingError, TableError
from netquality.identity import Owner
from netquality.journal import FILE_NAME
from netquality.ownfile import answer_of, guarded, unguarded
from netquality.tables import ENTRIES, JOURNAL, check

PEOPLE = {
    "ana-1": {"name": "Ana Ficticia"},
    "bo-2": {"name": "Bo Erfunden"},
    "cy-3": {"name": "Cy Inventado"},
    "cy-4": {"name": "Cy Inventado"},
}
NETWORK = network_of([], people=PEOPLE)
LOCK = f".{FILE_NAME}.lock"
HEAD = "person_id,name,word,value,said_on,owner,schema_version\n"


def owned_by(name, key):
    return replace(NETWORK, owner=Owner(name, key, "the test"))


def table_of(**columns):
    return pd.DataFrame(columns)


def stands(journal):
    """Return what stands by person: label, how, hidden, notes."""
    return {
        row.person_id: (
            None if pd.isna(row.owner_label) else row.owner_label,
            None if pd.isna(row.off_platform) else row.off_platform,
            row.is_hidden,
            None if pd.isna(row.owner_note) else row.owner_note,
        )
        for row in journal.words.itertuples()
    }


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / FILE_NAME
    path.write_bytes(text.encode(encoding))
    return path


# -- one word after the other ---------------------------------------------------------------------


def test_a_file_that_is_not_there_yet_says_nothing(tmp_path):
    for data in (None, b"", b"\xef\xbb\xbf", b"\r\n \r\n"):
        path = tmp_path / FILE_NAME
        if data is not None:
            path.write_bytes(data)
        journal = nq.read_journal(path, NETWORK)
        assert stands(journal) == {}
        assert journal.entries.empty
        assert journal.warnings == ()
        assert stands(nq.keep_word("ana-1", path, NETWORK, hidden=True)) == {
            "ana-1": (None, None, True, None)
        }
        assert path.read_bytes().startswith(data or b"person_id,")


def test_the_file_is_plain_private_and_in_the_order_it_was_said(tmp_path):
    path = tmp_path / FILE_NAME
    nq.keep_word("Bo Erfunden", path, NETWORK, label="close", note="Sang, with me", hidden=False)
    nq.keep_word("ana-1", path, NETWORK, off_platform="by phone", said_on=date(2026, 12, 1))
    assert path.read_bytes() == (
        b"person_id,name,word,value,said_on,owner,schema_version\r\n"
        b"bo-2,Bo Erfunden,label,close,2026-11-20,olga-ovens,2\r\n"
        b'bo-2,Bo Erfunden,note,"Sang, with me",2026-11-20,olga-ovens,2\r\n'
        b"ana-1,Ana Ficticia,off-platform,by phone,2026-12-01,olga-ovens,2\r\n"
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {FILE_NAME, LOCK}
    assert (tmp_path / LOCK).read_bytes() == b""
    assert stat.S_IMODE((tmp_path / LOCK).stat().st_mode) == 0o600


def test_its_tables_are_as_declared_and_say_when(tmp_path):
    path = tmp_path / FILE_NAME
    table = table_of(
        person_id=["ana-1", "bo-2"],
        label=["know", None],
        hidden=[None, True],
        said_on=["2026-10-01", None],
    )
    before = table.copy()
    journal = nq.keep_journal(table, path, NETWORK)
    pd.testing.assert_frame_equal(table, before)
    for made in (journal, nq.read_journal(path, NETWORK)):
        check(made.words, JOURNAL)
        check(made.entries, ENTRIES)
        assert list(made.words) == list(JOURNAL.dtypes)
        assert made.entries["line"].tolist() == [2, 3]
        assert made.entries["word"].tolist() == ["label", "hide"]
        assert made.entries["said_on"].tolist() == [
            pd.Timestamp("2026-10-01"), pd.Timestamp("2026-11-20"),
        ]  # fmt: skip
        assert made.source == FILE_NAME


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ([{"label": "close"}, {"label": "know"}], ("know", None, False, None)),
        ([{"label": "close"}, {"label": ""}], None),
        ([{"label": "Not-Interested"}], ("not interested", None, False, None)),
        ([{"hidden": True}, {"hidden": False}], None),
        ([{"off_platform": "by phone"}, {"off_platform": False}], None),
        ([{"off_platform": True}], (None, "yes", False, None)),
        ([{"off_platform": "by phone"}, {"off_platform": "no"}, {"note": "a"}],
         (None, None, False, "a")),
        # who is a stranger talks nowhere, and who talks elsewhere is no stranger
        ([{"off_platform": "by phone"}, {"label": "stranger"}], ("stranger", None, False, None)),
        ([{"label": "stranger"}, {"off_platform": "by phone"}], (None, "by phone", False, None)),
        # and what was taken back does not come back by itself
        ([{"off_platform": "by phone"}, {"label": "stranger"}, {"label": ""}], None),
        ([{"label": "close"}, {"off_platform": "mail"}], ("close", "mail", False, None)),
        ([{"label": "stranger"}, {"off_platform": "no"}], ("stranger", None, False, None)),
        ([{"note": "b"}, {"note": "a"}, {"note": "b"}], (None, None, False, "b\na")),
    ],
)  # fmt: skip
def test_the_later_word_wins_and_notes_add_up(tmp_path, said, left):
    path = tmp_path / FILE_NAME
    for words in said:
        nq.keep_word("ana-1", path, NETWORK, **words)
    assert stands(nq.read_journal(path, NETWORK)) == ({"ana-1": left} if left else {})


def test_what_stands_already_is_not_written_again(tmp_path):
    path = tmp_path / FILE_NAME
    table = table_of(
        person_id=["ana-1", "bo-2", "ana-1"],
        label=["close", "", None],
        off_platform=["mail", "no", None],
        hidden=[None, False, True],
        note=["x", None, "y"],
    )
    nq.keep_journal(table, path, NETWORK)
    once = path.read_bytes()
    assert once.count(b"\r\n") == 6  # header, close, mail, x, hidden, y: nothing of Bo was new
    os.utime(path, (0, 0))
    again = nq.keep_journal(table.assign(said_on="2027-01-01"), path, NETWORK)
    assert path.read_bytes() == once
    assert path.stat().st_mtime == 0  # not even touched
    assert stands(again) == {"ana-1": ("close", "mail", True, "x\ny")}


def test_what_somebody_wrote_meanwhile_is_kept(tmp_path):
    path = tmp_path / FILE_NAME
    nq.keep_word("ana-1", path, NETWORK, label="close")
    nq.read_journal(path, NETWORK)
    with path.open("ab") as file:
        file.write(b"bo-2,,hide,yes,,,")
    journal = nq.keep_word("ana-1", path, NETWORK, label="know")
    assert stands(journal) == {
        "ana-1": ("know", None, False, None), "bo-2": (None, None, True, None),
    }  # fmt: skip


# -- who is meant, and what may be said -----------------------------------------------------------


def test_one_person_is_meant_or_nobody(tmp_path):
    path = tmp_path / FILE_NAME
    assert set(stands(nq.keep_word("Dr. ANA ficticia", path, NETWORK, label="know"))) == {"ana-1"}
    assert set(stands(nq.keep_word("cy-4", path, NETWORK, hidden=True))) == {"ana-1", "cy-4"}
    before = path.read_bytes()
    for who, fault in [("Cy Inventado", "several people"), ("Di Nadie", "nobody"), ("🚀", "nobody"),
                       (" ", "no text"), (3, "no text")]:  # fmt: skip
        with pytest.raises(SettingError, match=f"^person: .*{fault}") as error:
            nq.keep_word(who, path, NETWORK, label="know")
        assert "Cy" not in str(error.value)
        assert "Di" not in str(error.value)
    with pytest.raises(SettingError, match="Nothing is said"):
        nq.keep_word("ana-1", path, NETWORK)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("people", "is str, expected a table"),
        (table_of(label=["close"], name=["x"]), "'person_id' is missing"),
        (table_of(person_id=["ana-1"], lable=["close"]), "none of 'label', 'off_platform'"),
        (
            table_of(person_id=["zoe-9", None, "ana-1"], label=["friend", 3, None],
                     hidden=["perhaps", None, None], note=[None, 3.5, "x" * 100_001],
                     off_platform=[None, ["mail"], None], said_on=["soon", None, None]),
            ("journal: 'person_id' holds something that is no text; "
             "'person_id' holds 1 that are nobody in this network; "
             "'said_on' holds something that is no date like '2026-11-20'; "
             "'label' holds something other than close, know, stranger and not interested; "
             "'off_platform' holds something that is no text to say how, nor yes or no; "
             "'hidden' holds something that is neither yes nor no; "
             "'note' holds something that is no text, or too long for a note."),
        ),
        (
            table_of(person_id=["bo-2", "ana-1", "ana-1"], label=["know", "close", "know"]),
            "'label' says two things of one person",
        ),
        (
            table_of(person_id=["ana-1", "ana-1"], label=["stranger", None],
                     off_platform=[None, "mail"]),
            "which exclude each other",
        ),
    ],
)  # fmt: skip
def test_a_table_is_checked_at_the_door(tmp_path, table, fault):
    path = tmp_path / FILE_NAME
    with pytest.raises(TableError, match=fault) as error:
        nq.keep_journal(table, path, NETWORK)
    assert not any(word in str(error.value) for word in ("ana", "zoe", "friend", "perhaps"))
    assert not path.exists()


def test_what_no_file_can_hold_is_said(tmp_path):
    with pytest.raises(TableError, match="characters that no file can hold"):
        nq.keep_word("ana-1", tmp_path / FILE_NAME, NETWORK, note="a\ud800")
    assert [one.name for one in tmp_path.iterdir()] == [LOCK]


def test_columns_of_assess_are_no_words(tmp_path):
    people = nq.assess(NETWORK).assign(label="know")
    people.loc[people["person_id"] == "bo-2", "label"] = None
    journal = nq.keep_journal(people, tmp_path / FILE_NAME, NETWORK)
    assert set(stands(journal)) == {"ana-1", "cy-3", "cy-4"}
    assert not journal.words["is_hidden"].any()


def test_a_journal_made_by_hand_has_one_row_per_person():
    words = nq.Journal(
        pd.DataFrame({name: pd.Series(dtype=d) for name, d in JOURNAL.dtypes.items()})
    )
    row = words.words.reindex([0, 0]).assign(person_id="a", is_off_platform=False, is_hidden=False)
    with pytest.raises(TableError, match="one row per person"):
        nq.Journal(row.astype(JOURNAL.dtypes))
    with pytest.raises(TableError, match="'owner_note' is missing"):
        nq.Journal(row.drop(columns="owner_note"))


# -- whose it is ----------------------------------------------------------------------------------

KEY, NAME = "olga-ovens", "name:olga ovens"


@pytest.mark.parametrize(
    ("owners", "owner", "refused"),
    [
        ([KEY], ("Olga Ovens", KEY), None),
        ([KEY], (None, KEY), None),
        ([KEY], ("Olga Married", KEY), None),  # the key decides
        ([KEY], ("Olga Ovens", "olga-ovens-2"), "another person's export"),
        ([KEY], ("Uma Otra", None), "does not show. Give yours"),
        ([NAME], ("Olga Ovens, PhD", None), None),
        ([NAME], ("Olga Ovens", KEY), None),  # begun beside an export that showed no key
        ([NAME], ("Uma Otra", KEY), "another person's export"),
        ([NAME], ("Uma Otra", None), "another person's export"),
        ([NAME], (None, KEY), "by name only"),
        ([NAME, KEY], ("Olga Ovens", KEY), None),
        ([NAME, KEY], ("Olga Ovens", None), None),
        ([NAME, KEY], ("Olga Ovens", "olga-ovens-2"), "another person's export"),
        ([KEY, "uma-otra"], ("Olga Ovens", KEY), "another person's export"),
        ([KEY, "uma-otra"], ("Olga Ovens", None), "another person's export"),
        ([KEY, ""], ("Olga Ovens", KEY), None),  # a line added by hand
        (["", ""], ("Olga Ovens", KEY), "the column owner names nobody"),
        (["https://www.linkedin.com/in/Olga-Ovens/"], ("Olga Ovens", KEY), None),
        (["Name: Dr. Olga  OVENS"], ("Olga Ovens", None), None),
        ([KEY], (None, None), "does not show whose it is"),
    ],
)
def test_it_belongs_to_one_owner(tmp_path, owners, owner, refused):
    lines = [f"ana-1,,note,n{number},,{text},1\n" for number, text in enumerate(owners)]
    path = written(tmp_path, HEAD + "".join(lines))
    network, before = owned_by(*owner), path.read_bytes()
    if refused is None:
        assert len(nq.read_journal(path, network).entries) == len(owners)
        nq.keep_word("bo-2", path, network, label="know")
        assert len(nq.read_journal(path, network).entries) == len(owners) + 1
        return
    for use in (nq.read_journal, lambda *given: nq.keep_word("ana-1", *given, label="know")):
        with pytest.raises((ExportError, OwnerError), match=refused) as error:
            use(path, network)
        assert "lga" not in str(error.value)
    assert path.read_bytes() == before


def test_another_persons_is_refused_even_where_no_line_of_theirs_can_be_used(tmp_path):
    path = written(tmp_path, HEAD + "ana-1,,label,friend,2026-01-01,uma-otra,1\n")
    with pytest.raises(ExportError, match="another person's export"):
        nq.read_journal(path, NETWORK)


def test_without_a_key_the_name_is_written(tmp_path):
    path = tmp_path / FILE_NAME
    nq.keep_word("ana-1", path, owned_by("Olga Ovens", None), label="know")
    nq.keep_word("bo-2", path, NETWORK, label="know")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    assert [row["owner"] for row in rows] == [NAME, KEY]
    nobody = owned_by("🚀", None)
    with pytest.raises(OwnerError, match="does not show whose it is"):
        nq.keep_word("ana-1", tmp_path / "new.csv", nobody, label="know")
    assert stands(nq.read_journal(tmp_path / "new.csv", nobody)) == {}  # nothing there to bind


# -- what spreadsheets and accidents make of it ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            ("sep=;\r\nPerson_ID;name; WORD ;value;said_on;owner;schema_version;mine\r\n"
             "ana-1;;Label;CLOSE;20.11.2026;olga-ovens;1;x\r\n;;;;;;;\r\n"
             "bo-2;;Off_Platform;by phone;01.12.2026;olga-ovens;1.0;\r\n"
             "bo-2;;HIDE;WAHR;02.12.2026;olga-ovens;1\r\n"),
            "utf-8-sig",
        ),
        (
            ("owner\tword\tsaid_on\tvalue\tperson_id\n"
             "olga-ovens\tlabel\t11/20/2026\tclose\tana-1\n\n"
             "olga-ovens\toff platform\t12/1/2026\tby phone\tbo-2\n"
             "olga-ovens\thide\t12/2/2026\tTRUE\tbo-2"),
            "utf-16",
        ),
        (
            ('"person_id","word","value","owner","said_on"\r'
             '"ana-1","label","close","olga-ovens","2026-11-20 00:00:00"\r'
             '"bo-2","off-platform","by phone","olga-ovens","2026/12/01"\r'
             '"bo-2","hide","y","olga-ovens","02/12/26"\r'
             '"bo-2","hide","y","olga-ovens","20/12/26"\r'),
            "utf-8",
        ),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_made_of_it_is_understood(tmp_path, text, encoding):
    path = written(tmp_path, text, encoding)
    journal = nq.read_journal(path, NETWORK)
    wanted = {"ana-1": ("close", None, False, None), "bo-2": (None, "by phone", True, None)}
    assert stands(journal) == wanted
    assert journal.warnings == ()
    days = journal.entries["said_on"].dt.strftime("%m-%d").tolist()
    assert days[:3] == ["11-20", "12-01", "12-02"]
    before = path.read_bytes()
    nq.keep_word("ana-1", path, NETWORK, note="=1+1; 'é'\n,")
    assert path.read_bytes().startswith(before)
    kept = nq.read_journal(path, NETWORK)
    assert stands(kept) == wanted | {"ana-1": ("close", None, False, "=1+1; 'é'\n,")}
    assert kept.warnings == ()


def test_what_cannot_be_understood_is_kept_counted_and_never_quoted(tmp_path):
    text = HEAD + (
        "ana-1,Ana Ficticia,label,close,2026-11-20,olga-ovens,1\n"
        "ana-1,Ana Ficticia,label,soulmate,2026-11-20,olga-ovens,1\n"
        "bo-2,Bo,note,met, in Secrettown,2026-11-20,olga-ovens,1\n"
        "bo-2,Bo,note,met in Secrettown,yesterday,olga-ovens,1\n"
        "bo-2,Bo,note,met in Secrettown,2026-02-30,olga-ovens,1\n"
        ",Bo,note,met in Secrettown,2026-11-20,olga-ovens,1\n"
        "bo-2,Bo,,met in Secrettown,2026-11-20,olga-ovens,1\n"
        "bo-2,Bo,note, ,2026-11-20,olga-ovens,1\n"
        "bo-2,Bo,hide,perhaps,2026-11-20,olga-ovens,1\n"
        "bo-2,Bo,off-platform,,2026-11-20,olga-ovens,1\n"
        "bo-2,Bo,note,met in Secrettown,2026-11-20,olga-ovens,one\n"
        "bo-2,Bo,mood,fine,2026-11-20,olga-ovens,1\n"
        "gone-9,Gigi Gone,label,close,2026-11-20,olga-ovens,1\n"
        "gone-9,Gigi Gone,hide,yes,2026-11-20,olga-ovens,1\n"
        "ana-1\n"
    )
    path = written(tmp_path, text)
    journal = nq.read_journal(path, NETWORK)
    assert stands(journal) == {"ana-1": ("close", None, False, None)}
    assert journal.entries["line"].tolist() == [2, 13, 14, 15]
    assert journal.entries["word"].tolist() == ["label", "mood", "label", "hide"]
    said = [warning.removeprefix(FILE_NAME) for warning in journal.warnings]
    aside = " Kept in the file, and not used."
    assert [warning.removesuffix(aside) for warning in said if warning.endswith(aside)] == [
        ", line 4: more cells than the header.",
        ", line 16: breaks off before its value.",
        ", line 3: a label that is none of close, know, stranger and not interested.",
        ", lines 5, 6: said_on is no date.",
        ", line 7: no person_id.",
        ", line 8: no word.",
        ", line 9: a note without a text.",
        ", line 10: a hide that is neither yes nor no.",
        ", line 11: an off-platform without a value.",
        ", line 12: schema_version is no number.",
        ": 1 line has a word that this netquality does not know.",
        ": 2 lines are about 1 person not in this network; the address of a profile can change.",
    ]
    nq.keep_word("ana-1", path, NETWORK, label="know")
    assert path.read_text("utf-8").startswith(text)
    assert nq.read_journal(path, NETWORK).warnings == journal.warnings


def test_many_lines_are_counted_after_the_first(tmp_path):
    path = written(tmp_path, HEAD + "ana-1,,label,friend,,olga-ovens,1\n" * 12)
    [warning] = nq.read_journal(path, NETWORK).warnings
    assert "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more: a label" in warning


def test_a_date_that_could_be_two_is_missing_and_the_word_counts(tmp_path):
    path = written(tmp_path, HEAD + "ana-1,,label,close,3/4/2026,olga-ovens,1\n")
    journal = nq.read_journal(path, NETWORK)
    assert stands(journal) == {"ana-1": ("close", None, False, None)}
    assert journal.entries["said_on"].isna().tolist() == [True]
    assert "line 2: said_on could have day or month first" in journal.warnings[0]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "ana-1,,label,close,,olga-ovens,1\nana-1,,label,close,,olga-ovens,3\n",
         "line 3: schema_version is above 2"),
        (HEAD + "ana-1,,mood,fine,?,uma,2.0,more\nana-1,,label,close,?,uma,3\n",
         "line 3: schema_version is above 2"),
        (HEAD + 'ana-1,,note,"open,,olga-ovens,1\nbo-2,,hide,yes,,olga-ovens,1\n',
         "line 2: a quotation mark is opened and never closed"),
        (HEAD + "ana-1,,note," + "x" * 200_000 + ",,olga-ovens,1\n", "line 2: is no line of a CSV"),
        ("Name,Phone\nAna,1\n", "is no journal, for it has no column person_id, word, value, o"),
        ("sep=,\n\n", "has no header"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_journal_of_ours_is_left_alone(tmp_path, text, fault):
    path = written(tmp_path, text)
    for use in (nq.read_journal, lambda *given: nq.keep_word("ana-1", *given, label="know")):
        with pytest.raises(ExportError, match=f"^{FILE_NAME}.*{fault}") as error:
            use(path, NETWORK)
        assert "ana" not in str(error.value)
    assert path.read_text("utf-8") == text


def test_a_file_in_a_code_page_is_not_guessed_at(tmp_path):
    path = written(tmp_path, HEAD + "ana-1,José,label,close,,olga-ovens,1\n", "cp1252")
    with pytest.raises(ExportError, match="is not in UTF-8"):
        nq.read_journal(path, NETWORK)


# -- where it lies, and how it gets there ---------------------------------------------------------


def test_it_lies_beside_its_export(tmp_path, monkeypatch):
    for export in ("a/x.zip", "a/export", "a/export/", Path("a") / "Connections.csv",
                   ["a/x.zip", "b/y.zip"], (Path("a/x.zip"),)):  # fmt: skip
        assert nq.journal_path(export) == Path("a") / FILE_NAME
    (tmp_path / "export").mkdir()
    monkeypatch.chdir(tmp_path / "export")
    assert nq.journal_path(".") == tmp_path.resolve() / FILE_NAME
    assert nq.journal_path("x.zip") == Path(FILE_NAME)
    for nothing in ([], None, 3, [None]):
        with pytest.raises(SettingError, match="export: is no path"):
            nq.journal_path(nothing)


def test_a_place_that_cannot_be_is_said(tmp_path):
    with pytest.raises(ExportError, match="is no file"):
        nq.read_journal(tmp_path, NETWORK)
    with pytest.raises(ExportError, match="cannot be written"):
        nq.keep_word("ana-1", tmp_path / "nowhere" / "j.csv", NETWORK, label="know")
    for use in (nq.read_journal, lambda *given: nq.keep_word("ana-1", *given, label="know")):
        with pytest.raises(ExportError, match="journal: is no name of a file"):
            use("a\x00b", NETWORK)
    with pytest.raises(TableError, match="network: is str"):
        nq.read_journal("x.csv", "network")


def test_a_link_to_the_file_stays_one(tmp_path):
    path = written(tmp_path, "")
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    nq.keep_word("ana-1", link, NETWORK, label="know")
    assert link.is_symlink()
    assert stands(nq.read_journal(path, NETWORK)) == {"ana-1": ("know", None, False, None)}


@pytest.mark.parametrize("fails", ["write", "replace"])
def test_a_failing_write_leaves_the_old_file(tmp_path, monkeypatch, fails):
    path = tmp_path / FILE_NAME
    nq.keep_word("ana-1", path, NETWORK, label="close")
    before = path.read_bytes()

    class Full:
        def __init__(self, handle, mode):
            self.file = open(handle, mode)  # noqa: SIM115, PTH123 - it stands in for os.fdopen

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def write(self, data):
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            raise OSError(28, "No space left on device")

    def fail(*given):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        if fails == "write":
            broken.setattr(os, "fdopen", Full)
        else:
            broken.setattr(Path, "replace", fail)
        with pytest.raises(ExportError, match="cannot be written"):
            nq.keep_word("ana-1", path, NETWORK, label="know")
    assert path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {FILE_NAME, LOCK}


def test_it_shows_counts_only(tmp_path):
    path = tmp_path / FILE_NAME
    nq.keep_word("bo-2", path, NETWORK, hidden=True, note="a secret")
    journal = nq.keep_word("ana-1", path, NETWORK, label="close", off_platform="a secret")
    assert repr(journal) == "Journal(1 label, 1 off-platform, 1 hidden, 1 person with notes)"


# -- laws -----------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
HOWS = TEXTS.filter(lambda text: answer_of(text) is None)
LABELS = ["close", "know", "stranger", "not interested", ""]
WORDS = st.one_of(
    st.tuples(st.just("label"), st.sampled_from(LABELS)),
    st.tuples(st.just("off_platform"), HOWS | st.just("no")),
    st.tuples(st.just("hidden"), st.sampled_from(["yes", "no"])),
    st.tuples(st.just("note"), TEXTS),
)
SAID = st.lists(st.tuples(st.sampled_from(["ana-1", "bo-2"]), WORDS), max_size=8)
KEYWORDS = {"label": "label", "off_platform": "off-platform", "hidden": "hide", "note": "note"}


def expected(said):
    """Return what stands after all this, from the rules alone and not step by step."""
    found = {}
    for who in {one for one, _ in said}:
        log = list(enumerate(words for one, words in said if one == who))
        last = {word: (at, value) for at, (word, value) in log}
        labelled, label = last.get("label", (-1, ""))
        told, how = last.get("off_platform", (-1, "no"))
        met = max((at for at, (w, v) in log if w == "off_platform" and v != "no"), default=-1)
        strange = max((at for at, words in log if words == ("label", "stranger")), default=-1)
        label = "" if label == "stranger" and met > labelled else label
        how = "no" if strange > told else how
        notes = "\n".join(dict.fromkeys(v for _, (w, v) in log if w == "note"))
        left = (label or None, None if how == "no" else how,
                last.get("hidden", (0, "no"))[1] == "yes", notes or None)  # fmt: skip
        if left != (None, None, False, None):
            found[who] = left
    return found


def in_tables(said):
    """Yield the words in as few tables as can say them: one says one thing of a person."""
    rows, told = [], set()
    for who, (word, value) in said:
        thing = (who, "tie" if word in {"label", "off_platform"} else word)
        if word != "note" and thing in told:
            yield pd.DataFrame(rows)
            rows, told = [], set()
        rows.append({"person_id": who, word: value})
        told.add(thing)
    if rows:
        yield pd.DataFrame(rows)


@given(SAID)
@settings(max_examples=25)
def test_any_sequence_of_words_comes_back(tmp_path_factory, said):
    path = tmp_path_factory.mktemp("kept") / FILE_NAME
    sizes = [b""]
    for table in in_tables(said):
        nq.keep_journal(table, path, NETWORK)
        sizes.append(path.read_bytes() if path.exists() else b"")
        assert sizes[-1].startswith(sizes[-2])
    journal = nq.read_journal(path, NETWORK)
    assert stands(journal) == expected(said)
    assert journal.warnings == ()
    rows = csv.reader(io.StringIO(sizes[-1].decode(), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n"))]


@st.composite
def files(draw):
    """Return what was said in a file, and its bytes in a form that a program may have given it."""
    said = draw(SAID)
    columns = draw(st.permutations(["person_id", "word", "value", "owner", "said_on", "mine"]))
    dropped = draw(st.sets(st.sampled_from(["said_on", "mine"])))
    columns = [column for column in columns if column not in dropped]
    rows = [
        {"person_id": who, "word": KEYWORDS[word], "value": guarded(value), "owner": KEY}
        for who, (word, value) in said
    ]
    for row in draw(st.lists(st.sampled_from([
        {"person_id": "ana-1", "word": "snooze", "value": "2027", "owner": KEY, "mine": "7"},
        {"person_id": "ana-1", "word": "label", "value": "soulmate", "owner": KEY},
        {"person_id": "gone-9", "word": "label", "value": "close", "owner": KEY},
        {"person_id": "", "word": "note", "value": "x", "owner": "uma-otra"},
    ]), max_size=2)):  # fmt: skip
        rows.insert(draw(st.integers(0, len(rows))), row)
    mark, end = draw(st.sampled_from(",;\t")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = []
    for cells in [columns, *([row.get(c, "") for c in columns] for row in rows)]:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=mark).writerow(cells)
        lines.append(buffer.getvalue().removesuffix("\r\n"))
    top = [f"sep={mark}"] if draw(st.booleans()) else []
    text = end.join([*top, *lines]) + (end if draw(st.booleans()) else "")
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]))
    bom = "\ufeff" if encoding.startswith("utf-16") else ""
    return said, (bom + text).encode(encoding), end.encode(encoding.removesuffix("-sig"))


@given(files(), SAID)
@settings(max_examples=25)
def test_whatever_its_form_nothing_is_lost(tmp_path_factory, file, more):
    said, data, end = file
    path = tmp_path_factory.mktemp("form") / FILE_NAME
    path.write_bytes(data)
    before = nq.read_journal(path, NETWORK)
    assert stands(before) == expected(said)
    for table in in_tables(more):
        nq.keep_journal(table, path, NETWORK)
    kept = path.read_bytes()
    assert kept.startswith(data)
    # a single line without an end does not say which end the file would have
    assert kept == data or end not in data or kept.endswith(end)
    after = nq.read_journal(path, NETWORK)
    assert stands(after) == expected(said + more)
    assert after.warnings == before.warnings
    for table in list(in_tables(more))[-1:]:
        nq.keep_journal(table, path, NETWORK)
    assert path.read_bytes() == kept


@given(
    st.binary(max_size=200)
    | st.text(max_size=120).map(lambda t: (HEAD + t).encode("utf-8", "ignore"))
    | st.text(st.sampled_from('a",;\t\n\r1'), max_size=60).map(
        lambda t: (HEAD + "ana-1,,hide,yes,,olga-ovens,1\n" + t).encode()
    )
)
@settings(max_examples=60)
def test_any_bytes_are_understood_or_refused_and_never_lost(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / FILE_NAME
    path.write_bytes(data)
    fault = None
    try:
        before = nq.read_journal(path, NETWORK)
    except nq.NetQualityError as error:
        fault = str(error)
    if fault is not None:
        assert fault.startswith(FILE_NAME)
        with pytest.raises(nq.NetQualityError):
            nq.keep_word("bo-2", path, NETWORK, label="know")
        assert path.read_bytes() == data
        return
    after = nq.keep_word("bo-2", path, NETWORK, label="know")
    assert path.read_bytes().startswith(data)
    assert stands(after) == stands(before) | {"bo-2": ("know", None, False, None)}


@given(st.text(max_size=6) | st.text(st.sampled_from("'=a1\t "), max_size=6))
def test_a_guard_is_taken_off_again(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@\t\r"))


def test_a_line_that_breaks_off_before_its_value_takes_no_label_back(tmp_path):
    path = written(
        tmp_path, HEAD + "ana-1,Ana,label,close,2026-11-20,olga-ovens,1\nana-1,Ana,label"
    )
    journal = nq.read_journal(path, NETWORK)
    assert stands(journal) == {"ana-1": ("close", None, False, None)}
    assert "breaks off before its value" in journal.warnings[0]
