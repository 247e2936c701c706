"""Keeping at it: what is snoozed, done and answered is kept, whatever happens to the file."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from exports import back_and_forth, connection, files, message, write_folder
from stories import network_of, rows_of

import netquality as nq
from netquality import ownfile
from netquality.errors import ExportError, SettingError, TableError
from netquality.journal import FILE_NAME
from netquality.report import render_report
from netquality.tables import EVENTS, check

WHO = {"ana-1": {"name": "Ana Ficticia"}, "bo-2": {"name": "Bo Erfunden"}}
NETWORK = network_of([], people=WHO)
HEAD = "person_id,name,word,value,said_on,owner,schema_version\n"
HERE = Path(__file__).parent


def events(journal):
    return [(row.person_id, row.event, str(row.on.date())) for row in journal.events.itertuples()]


def snoozed(journal):
    rows = journal.words.dropna(subset="snoozed_until")
    return dict(zip(rows["person_id"], rows["snoozed_until"].dt.date.astype(str), strict=True))


# -- what is said ---------------------------------------------------------------------------------


def test_what_happened_is_kept_by_its_day_and_reads_well(tmp_path):
    path = tmp_path / FILE_NAME
    nq.keep_word("Ana Ficticia", path, NETWORK, wrote_on="2026-11-22", note="By mail.")
    nq.keep_word("ana-1", path, NETWORK, answered_on=date(2026, 11, 25), met_on="2026-12-01")
    journal = nq.keep_word("bo-2", path, NETWORK, snooze_until=pd.Timestamp("2027-03-01"))
    check(journal.events, EVENTS)
    assert events(journal) == [
        ("ana-1", "wrote", "2026-11-22"),
        ("ana-1", "answered", "2026-11-25"),
        ("ana-1", "met", "2026-12-01"),
    ]
    assert snoozed(journal) == {"bo-2": "2027-03-01"}
    said = [line.split(",")[2:5] for line in path.read_text("utf-8").splitlines()[1:]]
    # a value begins with a letter, so that no spreadsheet writes its date another way
    assert said == [
        ["note", "By mail.", "2026-11-20"],  # with the export
        ["wrote", "on 2026-11-22", "2026-11-22"],  # after it
        ["answered", "on 2026-11-25", "2026-11-25"],
        ["met", "on 2026-12-01", "2026-12-01"],
        ["snooze", "until 2027-03-01", "2026-11-20"],
    ]
    again = nq.read_journal(path, NETWORK)
    pd.testing.assert_frame_equal(again.events, journal.events)


def test_days_add_up_and_the_last_is_taken_back(tmp_path):
    path = tmp_path / FILE_NAME
    for day in ("2026-11-22", "2026-12-09", "2026-12-09"):
        journal = nq.keep_word("ana-1", path, NETWORK, wrote_on=day)
    assert [on for _, _, on in events(journal)] == ["2026-11-22", "2026-12-09"]
    assert len(journal.entries) == 2
    assert [on for _, _, on in events(nq.keep_word("ana-1", path, NETWORK, wrote_on=False))] == [
        "2026-11-22"
    ]
    assert events(nq.keep_word("ana-1", path, NETWORK, wrote_on="no")) == []
    lines = path.read_bytes()
    nq.keep_word("ana-1", path, NETWORK, wrote_on="no", snooze_until=False)  # nothing is left
    assert path.read_bytes() == lines
    nq.keep_word("ana-1", path, NETWORK, snooze_until="2027-03-01")
    assert snoozed(nq.keep_word("ana-1", path, NETWORK, snooze_until="2027-01-01")) == {
        "ana-1": "2027-01-01"
    }
    assert snoozed(nq.keep_word("ana-1", path, NETWORK, snooze_until=False)) == {}


def test_a_named_day_is_taken_back(tmp_path):
    path = tmp_path / FILE_NAME
    for day in ("2026-11-20", "2026-11-22", "not 2026-11-20"):
        journal = nq.keep_word("ana-1", path, NETWORK, wrote_on=day)
    assert events(journal) == [("ana-1", "wrote", "2026-11-22")]
    before = path.read_bytes()
    nq.keep_word("ana-1", path, NETWORK, wrote_on="not on 2026-11-20")  # it is not there any more
    assert path.read_bytes() == before


@pytest.mark.parametrize("column", ["wrote_on", "met_on", "snooze_until"])
def test_a_year_that_cannot_be_meant_is_asked_about(tmp_path, column):
    with pytest.raises(TableError, match=f"'{column}' holds a day years after the export"):
        nq.keep_word("ana-1", tmp_path / FILE_NAME, NETWORK, **{column: "2062-11-20"})
    with pytest.raises(SettingError, match="begin: is no date near"):
        nq.keep_list(proposals("ana-1"), tmp_path / FILE_NAME, NETWORK, begin="9999-12-31")


@pytest.mark.parametrize("wrong", ["soon", "3/4/2027", "2027-02-30", True, 20270301, "until"])
def test_a_day_is_a_day(tmp_path, wrong):
    with pytest.raises(TableError, match="'snooze_until' holds something that is neither a date"):
        nq.keep_word("ana-1", tmp_path / FILE_NAME, NETWORK, snooze_until=wrong)
    assert not (tmp_path / FILE_NAME).exists()


def test_a_table_may_say_several_days_of_one_person_and_one_end_of_a_snooze(tmp_path):
    path = tmp_path / FILE_NAME
    table = pd.DataFrame({"person_id": ["ana-1", "ana-1"], "met_on": ["2026-11-21", "2026-11-23"]})
    assert len(nq.keep_journal(table, path, NETWORK).events) == 2
    table = table.rename(columns={"met_on": "snooze_until"})
    with pytest.raises(TableError, match="'snooze_until' says two things of one person"):
        nq.keep_journal(table, path, NETWORK)


def test_what_is_written_by_hand_is_understood_or_set_aside(tmp_path):
    path = tmp_path / FILE_NAME
    text = HEAD + (
        "ana-1,,Wrote,22.11.2026,,olga-ovens,\n"
        "ana-1,,met,,2026-11-20,olga-ovens,2\n"
        "ana-1,,met,3/4/2026,2026-11-20,olga-ovens,2\n"
        "ana-1,,snooze,yes,2026-11-20,olga-ovens,2\n"
        "bo-2,,snooze,until  2027-03-01,2026-11-20,olga-ovens,2\n"
        "bo-2,,proposed,on 2026-11-20,2026-11-20,olga-ovens,2\n"
        "bo-2,,proposed,resting/warm on 2026-11-20,2026-11-20,olga-ovens,2\n"
    )
    path.write_text(text, "utf-8")
    journal = nq.read_journal(path, NETWORK)
    assert events(journal) == [("bo-2", "proposed", "2026-11-20"), ("ana-1", "wrote", "2026-11-22")]
    assert journal.events["list"].tolist()[0] == "resting/warm"
    assert snoozed(journal) == {"bo-2": "2027-03-01"}
    assert [warning.split(": ")[1].split(".")[0] for warning in journal.warnings] == [
        "a met without a date like on 2026-11-20",
        "a snooze without a date like until 2026-11-20",
        "a proposal without its list and a date like on 2026-11-20",
    ]


def test_a_line_that_is_there_twice_is_reported_and_kept_aside(tmp_path):
    path = tmp_path / FILE_NAME
    line = "ana-1,,label,close,2026-11-20,olga-ovens,2\n"
    other = "ana-1,,label,know,2026-11-20,olga-ovens,2\n"
    path.write_text(HEAD + line + line + other + line + line, "utf-8")
    journal = nq.read_journal(path, NETWORK)
    # the third time it says something: the label in between is taken back by it
    assert journal.entries["line"].tolist() == [2, 4, 5]
    assert journal.words["owner_label"].tolist() == ["close"]
    assert journal.warnings == (
        f"{FILE_NAME}, lines 3, 6: repeats an earlier line. Kept in the file, and not used.",
    )


# -- the file -------------------------------------------------------------------------------------


def test_a_file_of_an_earlier_form_is_kept_as_it_was_once(tmp_path):
    path = tmp_path / FILE_NAME
    text = HEAD + "ana-1,,label,close,2026-11-20,olga-ovens,1\n"
    path.write_text(text, "utf-8")
    assert nq.read_journal(path, NETWORK).warnings == ()
    assert len(list(tmp_path.iterdir())) == 1  # reading keeps no copy
    nq.keep_word("ana-1", path, NETWORK, label="close")  # nor does what says nothing new
    copy = tmp_path / "netquality-journal-as-version-1.csv"
    assert not copy.exists()
    journal = nq.keep_word("ana-1", path, NETWORK, met_on="2026-11-22")
    assert copy.read_text("utf-8") == text
    assert copy.stat().st_mode & 0o777 == 0o600
    assert journal.warnings == (
        f"{FILE_NAME}: had a form of version 1, and is kept so in {copy.name}.",
    )
    assert path.read_text("utf-8").startswith(text)
    assert nq.keep_word("ana-1", path, NETWORK, met_on="2026-11-23").warnings == ()
    # nor does anything else that has its name, whatever it is
    copy.write_bytes(b"\xe9\x00 no journal")
    path.write_text(text, "utf-8")
    nq.keep_word("ana-1", path, NETWORK, met_on="2026-11-22")
    assert copy.read_bytes() == b"\xe9\x00 no journal"
    copy.write_text(text, "utf-8")
    # another file of version 1 does not take the place of that copy
    path.write_text(text + "bo-2,,hide,yes,,olga-ovens,1\n", "utf-8")
    nq.keep_word("ana-1", path, NETWORK, met_on="2026-11-22")
    assert copy.read_text("utf-8") == text
    assert (tmp_path / "netquality-journal-as-version-1-3.csv").exists()


WRITER = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, sys.argv[3])
    from stories import network_of
    import netquality as nq
    network = network_of([], people={"ana-1": {"name": "Ana"}})
    for number in range(int(sys.argv[2])):
        nq.keep_word("ana-1", sys.argv[1], network, note=f"{sys.argv[4]} {number}")
        print(number, flush=True)
    """
)


def writer(path, count, name):
    command = [sys.executable, "-c", WRITER, str(path), str(count), str(HERE), name]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def notes(path):
    journal = nq.read_journal(path, network_of([], people={"ana-1": {"name": "Ana"}}))
    assert journal.warnings == ()
    return journal.entries["value"].tolist()


def test_two_processes_that_write_at_once_lose_no_line(tmp_path):
    path = tmp_path / FILE_NAME
    both = [writer(path, 15, name) for name in ("one", "two")]
    for process in both:
        process.communicate(timeout=120)
        assert process.returncode == 0
    kept = notes(path)
    for name in ("one", "two"):  # all of each, in their order
        assert [note for note in kept if note.startswith(name)] == [
            f"{name} {n}" for n in range(15)
        ]
    assert len(kept) == 30


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in another way")
def test_whoever_is_killed_while_writing_has_lost_nothing_that_was_kept(tmp_path):
    path = tmp_path / FILE_NAME
    told = []
    for turn in range(3):
        process = writer(path, 1000, f"turn {turn}")
        told += [f"turn {turn} {process.stdout.readline().strip()}" for _ in range(4)]
        time.sleep(0.005 * turn)  # wherever it is by then
        process.kill()
        rest = process.communicate()[0].split()
        told += [f"turn {turn} {number}" for number in rest]
    kept = notes(path)
    # each that was told was kept; the one it was killed at may be there too, whole
    assert [note for note in kept if note in set(told)] == told
    assert len(kept) <= len(told) + 3
    nq.keep_word("ana-1", path, network_of([], people={"ana-1": {"name": "Ana"}}), label="know")
    assert {one.name for one in tmp_path.iterdir()} == {FILE_NAME, f".{FILE_NAME}.lock"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_killed_at_any_byte_the_file_is_the_old_or_the_new(tmp_path, monkeypatch):
    path = tmp_path / FILE_NAME
    nq.keep_word("ana-1", path, NETWORK, label="close")
    before = path.read_bytes()
    nq.keep_word("ana-1", path, NETWORK, label="know")
    after = path.read_bytes()
    real = os.fdopen

    class Dies:
        """Stands in for the file that is written: it kills its own process at a byte."""

        def __init__(self, handle, mode):
            self.file = real(handle, mode, buffering=0)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def write(self, data):
            self.file.write(data[: Dies.at])
            if Dies.at < len(data):
                os.kill(os.getpid(), signal.SIGKILL)

        def flush(self):
            pass

        def fileno(self):
            return self.file.fileno()

    monkeypatch.setattr(os, "fdopen", Dies)
    for place in range(0, len(after) + 1, 1 if len(after) < 300 else 7):
        path.write_bytes(before)
        Dies.at = place
        child = os.fork()
        if not child:
            try:
                nq.keep_word("ana-1", path, NETWORK, label="know")
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert path.read_bytes() == (after if place == len(after) else before), place
    assert len([one for one in tmp_path.iterdir() if one.suffix == ".tmp"]) <= 1  # swept


def test_a_writer_that_never_ends_is_not_waited_for_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(ownfile, "_WAIT", 0.1)
    path = tmp_path / FILE_NAME
    with (
        ownfile.alone_with(path),
        pytest.raises(ExportError, match=f"^{FILE_NAME}: another program is writing it"),
    ):
        nq.keep_word("ana-1", path, NETWORK, label="close")
    assert not path.exists()
    nq.keep_word("ana-1", path, NETWORK, label="close")


def test_a_link_that_leads_to_itself_gives_way(tmp_path):
    path = tmp_path / FILE_NAME
    path.symlink_to(path)
    nq.keep_word("ana-1", path, NETWORK, label="close")
    assert nq.read_journal(path, NETWORK).words["owner_label"].tolist() == ["close"]


def test_a_folder_that_takes_no_file_is_said_at_once(tmp_path):
    with pytest.raises(ExportError, match="cannot be written"):
        nq.keep_word("ana-1", tmp_path / "gone" / FILE_NAME, NETWORK, label="close")


# -- the next list --------------------------------------------------------------------------------


def listed(path, network, **more):
    people = nq.assess(network, journal=nq.read_journal(path, network))
    return sorted(nq.reconnect(people, network=network, **more)["person_id"])


RESTING = network_of([row for who in ("ana", "ben") for row in rows_of("SR|SR", who)])


@pytest.mark.parametrize(
    ("said", "on", "is_there"),
    [
        ({"snooze_until": "2026-11-21"}, None, False),
        ({"snooze_until": "2026-11-20"}, None, True),  # it ends on that day
        ({"snooze_until": "2027-03-01"}, "2027-02-28", False),
        ({"snooze_until": "2027-03-01"}, "2027-03-01", True),
        ({"wrote_on": "2026-11-22"}, "2026-12-01", False),
        ({"wrote_on": "2026-11-22"}, "2027-05-21", False),  # 180 days
        ({"wrote_on": "2026-11-22"}, "2027-05-22", True),
        ({"met_on": "2026-11-22"}, "2027-12-22", False),  # 395 days
        ({"met_on": "2026-11-22"}, "2027-12-23", True),
        ({"answered_on": "2026-11-22"}, "2027-05-22", False),
        ({"label": "not interested"}, None, False),
        ({"hidden": True}, None, False),
        ({"note": "Choir."}, None, True),
    ],
)
def test_the_next_list_respects_it(tmp_path, said, on, is_there):
    path = tmp_path / FILE_NAME
    assert listed(path, RESTING) == ["ana", "ben"]
    nq.keep_word("ana", path, RESTING, **said)
    assert listed(path, RESTING, on=on) == (["ana", "ben"] if is_there else ["ben"])


def test_who_was_written_to_twice_is_left_in_peace_until_they_answer(tmp_path):
    path = tmp_path / FILE_NAME
    for day in ("2024-01-01", "2025-01-01"):
        nq.keep_word("ana", path, RESTING, wrote_on=day)
    assert listed(path, RESTING) == ["ben"]
    nq.keep_word("ana", path, RESTING, answered_on="2025-01-09")
    assert listed(path, RESTING) == ["ana", "ben"]  # and that is more than 395 days ago


def test_what_is_in_the_export_too_is_not_counted_twice(tmp_path):
    rows = [*rows_of("SR|SR", "ana"), *rows_of("S", "ana", "2025-06-01 10:00")]
    network, path = network_of(rows), tmp_path / FILE_NAME
    nq.keep_word("ana", path, network, wrote_on="2025-06-01")
    people = nq.assess(network, journal=nq.read_journal(path, network))
    assert people["said_tries"].item() == 1
    assert listed(path, network) == ["ana"]  # written to once
    nq.keep_word("ana", path, network, wrote_on="2025-07-01")  # by phone, say
    assert listed(path, network) == []


def test_an_answer_elsewhere_begins_the_count_anew(tmp_path):
    rows = rows_of("SR|SR" + "|" * 6 + "S" + "|" * 9 + "S", "ana")  # in August 2020 and May 2021
    network, path = network_of(rows), tmp_path / FILE_NAME
    assert listed(path, network) == []  # twice, and no answer
    nq.keep_word("ana", path, network, answered_on="2020-10-01")
    assert listed(path, network) == ["ana"]  # once since
    nq.keep_word("ana", path, network, wrote_on="2020-12-24")  # and once more, between the two
    assert listed(path, network) == []


def test_reasons_know_what_the_owner_said(tmp_path):
    path = tmp_path / FILE_NAME
    nq.keep_word("ana", path, RESTING, met_on="2022-03-12")
    people = nq.assess(RESTING, journal=nq.read_journal(path, RESTING))
    row = nq.reconnect(people).set_index("person_id").loc["ana"]
    assert "By your word there was talk elsewhere in March 2022." in row["reasons"]
    assert "No talk for" not in row["reasons"]
    assert "at other times" in row["unknown"]


def test_a_turn_that_was_taken_elsewhere_is_no_turn(tmp_path):
    path = tmp_path / FILE_NAME
    assert listed(path, RESTING, kind="unanswered") == ["ana", "ben"]
    nq.keep_word("ana", path, RESTING, wrote_on="2020-03-01")
    assert listed(path, RESTING, kind="unanswered") == ["ben"]
    people = nq.assess(RESTING, journal=nq.read_journal(path, RESTING))
    reasons = nq.reconnect(people).set_index("person_id")["reasons"]
    assert "You wrote in March 2020, by your word, and noted no answer." in reasons["ana"]
    assert "the next word is yours" in reasons["ben"]
    assert "the next word is yours" not in reasons["ana"]


def test_the_report_says_whose_word_keeps_them_out(tmp_path):
    path = tmp_path / FILE_NAME
    nq.keep_word("ana", path, RESTING, snooze_until="2027-03-01")
    journal = nq.keep_word("ben", path, RESTING, met_on="2026-11-22")
    people = nq.assess(RESTING, journal=journal)
    page = render_report(RESTING, people, journal=journal)
    assert "your own word keeps 2 people of 2 who rest out of this list." in page


# -- what came of the lists -----------------------------------------------------------------------


def proposals(*who, name="resting/warm", week=1):
    return pd.DataFrame({"person_id": who, "list": name, "week": week})


MANY = [f"p{number:02}" for number in range(12)]


def test_outcomes_by_hand(tmp_path):
    path = tmp_path / FILE_NAME
    rows = [
        *rows_of("S", "p00", "2026-09-05 10:00"), *rows_of("R", "p00", "2026-09-08 10:00"),
        *rows_of("S", "p01", "2026-09-05 10:00"),  # wrote, no answer
        *rows_of("S", "p02", "2026-09-05 10:00"), *rows_of("R", "p02", "2026-10-02 10:00"),  # late
        *rows_of("S", "p03", "2026-08-20 10:00"), *rows_of("R", "p03", "2026-09-03 10:00"),
    ]  # fmt: skip
    network = network_of(rows, people={who: {} for who in MANY}, as_of="2026-11-20")
    nq.keep_list(proposals(*MANY[:8]), path, network, begin="2026-09-01")
    nq.keep_list(proposals("p00", "p08", name="overdue/warm"), path, network, begin="2026-09-01")
    nq.keep_list(proposals("p09", week=3), path, network, begin="2026-10-25")  # from 8 November on
    nq.keep_word("p04", path, network, wrote_on="2026-09-02", answered_on="2026-10-01")
    nq.keep_word("p05", path, network, met_on="2026-09-01")
    nq.keep_word("p06", path, network, answered_on="2026-10-02")  # a day late
    nq.keep_word("p07", path, network, answered_on="2026-08-31")  # before
    journal = nq.read_journal(path, network)
    table = nq.list_outcomes(journal, network).set_index("list")
    assert table.index.tolist() == ["overdue/warm", "resting/warm", "all lists"]
    warm = table.loc["resting/warm"]
    assert warm["proposed_count"] == 9
    assert warm["open_count"] == 1  # p09, until 8 December
    assert warm["counted_count"] == 8
    assert warm["wrote_count"] == 4  # p00, p01, p02, p04; p03 before it was proposed
    # p00 here, p04 by word, p05 met; p03's answer is to something older
    assert warm["answered_count"] == 3
    assert warm["met_count"] == 1
    assert warm["share"] == pytest.approx(3 / 8)
    assert (warm["low"], warm["high"]) == pytest.approx((0.137, 0.694), abs=0.001)  # Wilson
    assert warm["is_small"]
    assert table.loc["overdue/warm", ["counted_count", "answered_count"]].tolist() == [2, 1]
    assert table.loc["all lists", ["proposed_count", "answered_count"]].tolist() == [10, 3]
    said = nq.list_outcomes(journal, network).attrs["sentence"]
    assert said == (
        "Of 9 people proposed before 21 October 2026, you wrote to 4; of all 9, 3 answered or "
        "were met within 30 days: 33 % (12 to 65 %). These are few people. 1 person more was "
        "proposed since, whose 30 days are not over."
    )
    longer = nq.list_outcomes(journal, network, within_days=31).set_index("list")
    assert longer.loc["resting/warm", "answered_count"] == 5
    for on, still in (
        ("2026-12-08", 1),
        ("2026-12-09", 0),
    ):  # 30 days from 8 November, to their end
        later = nq.list_outcomes(journal, network, on=on).set_index("list")
        assert later.loc["resting/warm", "open_count"] == still
    assert "counts as none" in later.attrs["caveat"]


def test_what_cannot_be_known_yet_is_missing_and_said_so_far(tmp_path):
    path = tmp_path / FILE_NAME
    network = network_of([], people={who: {} for who in MANY})
    nq.keep_list(proposals("p00", "p01", "p02"), path, network, begin="2026-11-23")
    nq.keep_word("p00", path, network, wrote_on="2026-11-24", answered_on="2026-11-25")
    nq.keep_word("p01", path, network, wrote_on="2026-11-24")
    journal = nq.keep_word("p09", path, network, met_on="2026-11-25")
    table = nq.list_outcomes(journal, network)
    assert table["proposed_count"].tolist() == [3, 3]
    assert table["counted_count"].tolist() == [0, 0]
    assert table[["wrote_count", "answered_count", "met_count", "share"]].isna().all(axis=None)
    assert table.attrs["sentence"] == (
        "3 people are proposed, and 30 days have passed for nobody yet: too early to say. So far "
        "you wrote to 2 of them, and 1 answered or was met. What you noted of 1 person whom no "
        "list proposed is not counted here."
    )
    over = nq.list_outcomes(journal, network, on="2026-12-24")
    assert over["wrote_count"].tolist() == over["counted_count"].sub(1).tolist() == [2, 2]
    assert "So far" not in over.attrs["sentence"]
    # where some are over and some are not
    journal = nq.keep_list(proposals("p03", week=3), path, network, begin="2026-11-23")
    journal = nq.keep_word("p03", path, network, wrote_on="2026-12-20")
    both = nq.list_outcomes(journal, network, on="2026-12-24")
    assert both.iloc[-1][["open_count", "counted_count", "wrote_count"]].tolist() == [1, 3, 2]
    assert "not over. So far you wrote to 1 of them, and nobody answered." in both.attrs["sentence"]


def test_whom_no_list_proposed_counts_from_the_first_list_to_the_day_asked_for(tmp_path):
    path = tmp_path / FILE_NAME
    network = network_of([], people={who: {} for who in MANY})
    nq.keep_list(proposals("p00"), path, network, begin="2026-11-23")
    nq.keep_word("p07", path, network, wrote_on="2019-05-05")  # long before any list
    nq.keep_word("p08", path, network, met_on="2026-11-22")  # the day before
    nq.keep_word("p09", path, network, met_on="2026-11-23")  # the day of the first
    journal = nq.keep_word("p10", path, network, wrote_on="2026-12-25")

    def others(on):
        said = nq.list_outcomes(journal, network, on=on).attrs["sentence"]
        return re.findall(r"What you noted of (.+?) whom no list proposed", said)

    assert others("2026-11-22") == []
    assert others("2026-11-23") == others("2026-12-24") == ["1 person"]
    assert others("2026-12-25") == others(None) == ["2 people"]


def test_each_person_counts_once_from_the_first_time(tmp_path):
    path = tmp_path / FILE_NAME
    network = network_of([], people={who: {} for who in MANY})
    for begin in ("2026-09-01", "2026-09-02", "2026-10-01"):
        nq.keep_list(proposals("p00", "p01"), path, network, begin=begin)
    journal = nq.keep_word("p00", path, network, met_on="2026-10-10")
    row = nq.list_outcomes(journal, network).iloc[0]
    assert row[["proposed_count", "counted_count", "answered_count"]].tolist() == [2, 2, 0]


def test_without_a_list_nothing_is_said_of_one(tmp_path):
    journal = nq.read_journal(tmp_path / FILE_NAME, NETWORK)
    table = nq.list_outcomes(journal, NETWORK)
    assert table.empty
    assert table.attrs["sentence"].startswith("No list was kept yet")
    assert table["counted_count"].dtype == "int64"
    path = tmp_path / FILE_NAME
    journal = nq.keep_list(proposals("ana-1"), path, NETWORK, begin="2026-11-20")
    assert nq.list_outcomes(journal, NETWORK).attrs["sentence"] == (
        "1 person is proposed, and 30 days have passed for nobody yet: too early to say."
    )


@pytest.mark.parametrize(
    ("wrong", "fault", "said"),
    [
        ({"within_days": 0}, SettingError, "within_days"),
        ({"within_days": True}, SettingError, "within_days"),
        ({"within_days": 10**9}, SettingError, "within_days"),
        ({"on": "soon"}, SettingError, "^on: "),
        ({"journal": "mine"}, TableError, "^journal: is str"),
    ],
)
def test_outcomes_are_asked_for_rightly(tmp_path, wrong, fault, said):
    given = {"journal": nq.read_journal(tmp_path / FILE_NAME, NETWORK), "network": NETWORK} | wrong
    with pytest.raises(fault, match=said):
        nq.list_outcomes(**given)


@pytest.mark.parametrize(
    ("table", "begin", "fault", "said"),
    [
        (proposals("ana-1"), "soon", SettingError, "begin: is no date"),
        (proposals("zoe-9"), "2026-11-20", TableError, "nobody in this network"),
        (proposals("ana-1", week=0), "2026-11-20", TableError, "'week' holds"),
        (proposals("ana-1", week=1.5), "2026-11-20", TableError, "'week' holds"),
        (proposals("ana-1", week=10**6), "2026-11-20", SettingError, "outlast the calendar"),
        (proposals("ana-1").drop(columns="week"), "2026-11-20", TableError, "'week' is missing"),
        (proposals("ana-1", name="=HYPERLINK"), "2026-11-20", TableError, "'list' holds"),
        (proposals("ana-1").drop(columns="list"), "2026-11-20", TableError, "'list' is missing"),
    ],
)
def test_a_list_is_a_list(tmp_path, table, begin, fault, said):
    with pytest.raises(fault, match=said):
        nq.keep_list(table, tmp_path / FILE_NAME, NETWORK, begin=begin)
    assert not (tmp_path / FILE_NAME).exists()


def export(home, name, *more):
    """Write an export of three who rest; `more` are messages of the weeks after."""
    made = files(
        connections=[connection(who) for who in ("ana", "ben", "cem")],
        messages=[
            *(row for who in ("ana", "ben", "cem")
              for row in back_and_forth(who, "2018-01-01", "2018-03-01", "2018-05-01")),
            *more,
        ],
    )  # fmt: skip
    (home / name).mkdir()
    return write_folder(home / name, made)


def test_the_whole_round(tmp_path):
    first = export(tmp_path, "first", message("dan", "2026-11-19", sent=True))
    network = nq.read_linkedin(first, as_of="2026-11-20")
    path = nq.journal_path(first)
    proposed = nq.reconnect(nq.assess(network), network=network)
    assert sorted(proposed["person_id"]) == ["ana", "ben", "cem"]
    nq.keep_list(proposed, path, network, begin="2026-11-23")
    nq.keep_word("cem", path, network, snooze_until="2027-06-01")
    nq.keep_word("ana", path, network, wrote_on="2026-11-24")
    nq.keep_word("ben", path, network, wrote_on="2026-11-24")
    journal = nq.read_journal(path, network)
    assert nq.reconnect(nq.assess(network, journal=journal), network=network).empty

    # ana answered here, ben by phone; the new export knows of ana alone
    news = [message("ana", "2026-11-24", sent=True), message("ana", "2026-11-27", sent=False)]
    second = export(tmp_path, "second", *news)
    network = nq.read_linkedin(second, as_of="2027-07-01")
    journal = nq.keep_word("ben", path, network, answered_on="2026-12-01", said_on="2027-01-01")
    people = nq.assess(network, journal=journal)
    status = people.set_index("person_id")["status"]
    assert status["ana"] == "active"
    again = nq.reconnect(people, network=network)
    assert again["person_id"].tolist() == ["cem"]  # the snooze is over; with ben there was talk
    row = nq.list_outcomes(journal, network).iloc[-1]
    assert row[["proposed_count", "wrote_count", "answered_count"]].tolist() == [3, 2, 2]
