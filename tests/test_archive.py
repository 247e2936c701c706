"""Containers: every form an export comes in is opened, and what could do harm is refused."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from exports import NAME, connection, files, message, write_folder, write_zip
from hypothesis import given
from hypothesis import strategies as st

import netquality as nq
from netquality.reading.archive import date_in_name, open_archive
from netquality.reading.known import DECOY, NOT_OPENED, READ, UNKNOWN, kind_of, sort_members
from netquality.reading.known import why_not_opened as why

DAY = date(2026, 11, 20)
MADE = files(
    connections=[connection("ana"), connection("ben", "02 Feb 2021")],
    messages=[message("ana", "2020-02-01", sent=True), message("ana", "2020-02-02")],
)
MEMBERS = ("Connections.csv", "Profile.csv", "messages.csv")


def contents(path: Path) -> dict[str, bytes]:
    """Return every member that can be had; each as `Archive.read` gives it."""
    with open_archive(path) as archive:
        return {member: archive.read(member) for member in archive.members}


def expected(made: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in made.items()}


def packed(made: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as opened:
        for name, data in made.items():
            opened.writestr(name, data)
    return out.getvalue()


def refusal(path: Path) -> str:
    """Return the sentence with which a path, or the first bad member of it, is refused."""
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(nq.NetQualityError) as caught:
        contents(path)
    said = str(caught.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert str(path.parent) not in said
    assert len(said) < 240
    assert caught.value.__cause__ is None
    assert sorted(path.parent.rglob("*")) == before  # nothing is ever written
    return said


def written(where: Path, data: bytes, name: str = "export.zip") -> Path:
    path = where / name
    path.write_bytes(data)
    return path


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["Basic_", "Complete_", "Initial_", ""])
@pytest.mark.parametrize(
    "end", [".zip", ".zip.zip", "", " (1).zip", "(1).zip", ".zip (1).zip", " (2)", "-1.zip", ".ZIP"]
)
def test_the_date_is_read_from_every_form_of_an_archives_name(kind, end):
    assert date_in_name(f"{kind}LinkedInDataExport_11-20-2026{end}") == DAY


@pytest.mark.parametrize(
    "name",
    [
        "export.zip",
        "backup_03-04-2026.zip",  # somebody's own name: it may be the third of April
        "Complete_LinkedInDataExport_13-40-2026.zip",
        "Complete_LinkedInDataExport_11-20-20261.zip",
        "Complete_LinkedInDataExport_11-20-26.zip",
    ],
)
def test_no_date_is_made_of_any_other_name(name):
    assert date_in_name(name) is None


# Forms -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [f"{NAME}.zip", f"{NAME} (1).zip", f"{NAME}.zip.zip", "x.bin"])
def test_a_zip_is_opened_whatever_it_is_called(tmp_path, name):
    path = write_zip(tmp_path, MADE, name)
    assert contents(path) == expected(MADE)
    with open_archive(path) as archive:
        assert (archive.name, archive.members) == (name, MEMBERS)
        assert archive.exported_on == date_in_name(name)


def test_a_zip_in_a_zip_is_opened_through(tmp_path):
    path = write_zip(tmp_path, {f"{NAME}.zip": packed(MADE)}, "export.zip.zip")
    assert contents(path) == expected(MADE)
    with open_archive(path) as archive:
        assert archive.exported_on == DAY  # the outer name says nothing, the inner does


def test_of_several_dates_the_one_nearest_to_the_files_counts(tmp_path):
    older, newer = f"{NAME}.zip", "LinkedInDataExport_11-22-2026.zip"
    inside = {f"{NAME}/{name}": text for name, text in MADE.items()}
    for path in (
        write_zip(tmp_path, {older: packed(MADE)}, newer),
        write_zip(tmp_path, {newer: packed(inside)}, "LinkedInDataExport_11-23-2026.zip"),
        write_folder(tmp_path, inside, newer.removesuffix(".zip")),
        write_folder(tmp_path, {"export.zip": packed(MADE)}),
    ):
        with open_archive(path) as archive:
            assert (archive.name, archive.exported_on) == (path.name, DAY)


def test_a_zip_in_a_folder_is_opened_through(tmp_path):
    folder = write_folder(tmp_path, {f"{NAME}.zip": packed(MADE)}, "Downloads")
    assert contents(folder) == expected(MADE)


def test_a_zip_in_a_zip_in_a_zip_is_not(tmp_path):
    path = write_zip(tmp_path, {"b.zip": packed({"c.zip": packed(MADE)})})
    assert "is a ZIP in a ZIP in a ZIP. Unpack it" in refusal(path)


def test_of_several_archives_in_one_the_user_chooses(tmp_path):
    path = write_zip(tmp_path, {"a.zip": packed(MADE), "b.zip": packed(MADE)})
    assert "holds several archives. Unpack it and give one of them." in refusal(path)


@pytest.mark.parametrize("name", [NAME, f"{NAME}.zip", f"{NAME} (1)"])
def test_a_folder_is_opened_also_where_it_is_named_zip(tmp_path, name):
    folder = write_folder(tmp_path, MADE, name)
    assert contents(folder) == expected(MADE)
    with open_archive(folder) as archive:
        assert archive.exported_on == DAY


@pytest.mark.parametrize("name", [*MEMBERS, "Connections (1).csv", "INVITATIONS.CSV"])
def test_a_loose_csv_is_an_archive_of_one_and_dated_by_its_folder(tmp_path, name):
    folder = write_folder(tmp_path, {name: "A,B\n"})
    with open_archive(folder / name) as archive:
        assert archive.members == (name,)
        assert archive.read(name) == b"A,B\n"
        assert archive.exported_on == DAY


def test_every_form_of_one_export_is_read_the_same(tmp_path):
    backslashes = {f"{NAME}\\{name}": text for name, text in MADE.items()}
    forms = [
        write_zip(tmp_path, MADE),
        write_zip(tmp_path, MADE, f"{NAME} (1).zip"),
        write_zip(tmp_path, MADE, f"{NAME}.zip.zip"),
        write_zip(tmp_path, {f"{NAME}.zip": packed(MADE)}, "nested.zip"),
        write_zip(tmp_path, backslashes, "windows.zip"),
        write_folder(tmp_path, MADE, NAME),
        write_folder(tmp_path / "apart", MADE, f"{NAME}.zip"),
    ]
    first, *others = (nq.read_linkedin(form, as_of="2026-11-20") for form in forms)
    assert first.connection_count == 2
    for other in others:
        for table in ("people", "interactions", "coverage", "rejects"):
            pd.testing.assert_frame_equal(getattr(first, table), getattr(other, table))


SUBFOLDERS = {
    "Jobs/Saved Jobs.csv": "x",
    "Verifications/Verifications.csv": "x",
    "Services Marketplace/Engagements.csv": "x",
    "Articles/Articles/an article.html": "x",
}


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_linkedins_subfolders_stay(tmp_path, write):
    assert contents(write(tmp_path, MADE | SUBFOLDERS)) == expected(MADE | SUBFOLDERS)
    alone = {"Jobs/Connections.csv": "x"}  # no wrapping folder: what is in Jobs/ is about jobs
    assert contents(write(tmp_path, alone, "alone")) == expected(alone)


@pytest.mark.parametrize("write", [write_zip, write_folder])
@pytest.mark.parametrize("wrap", [f"{NAME}/", f"{NAME}/{NAME}/", "./", f"./{NAME}//"])
def test_folders_around_everything_are_left_out(tmp_path, write, wrap):
    made = {wrap + name: text for name, text in (MADE | SUBFOLDERS).items()}
    path = write(tmp_path, made, "again")
    assert contents(path) == expected(MADE | SUBFOLDERS)
    with open_archive(path) as archive:
        assert archive.exported_on == (DAY if NAME in wrap else None)


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_what_systems_leave_in_an_archive_is_no_file_of_it(tmp_path, write):
    noise = (
        "__MACOSX/._Connections.csv", f"__MACOSX/{NAME}/._messages.csv", "._Connections.csv",
        ".DS_Store", "Jobs/.DS_Store", "Thumbs.db", "desktop.ini", "Icon\r", ".git/config",
        "~$Connections.csv", ".~lock.messages.csv#", "messages.csv:Zone.Identifier",
    )  # fmt: skip
    inside = {f"{NAME}/{name}": text for name, text in MADE.items()}
    path = write(tmp_path, inside | dict.fromkeys(noise, "noise"))
    assert contents(path) == expected(MADE)


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_backslashes_between_folders_are_read_as_slashes(tmp_path, write):
    made = {name.replace("/", "\\"): text for name, text in (MADE | SUBFOLDERS).items()}
    made = {f"{NAME}\\{name}": text for name, text in made.items()}
    assert contents(write(tmp_path, made)) == expected(MADE | SUBFOLDERS)


def test_folders_listed_in_a_zip_are_no_files(tmp_path):
    listed = {"Jobs/": "", "Verifications\\": "", "/": ""}
    assert contents(write_zip(tmp_path, MADE | listed)) == expected(MADE)


def test_names_that_are_no_text_are_told_apart(tmp_path):
    folder = write_folder(tmp_path, MADE)
    for letter in (b"\xe9", b"\xe8"):  # as an old tool unpacks accents
        Path(os.fsdecode(os.fsencode(folder) + b"/r" + letter + b"sum.html")).write_bytes(b"x")
    assert {r"r\udce9sum.html", r"r\udce8sum.html"} < set(contents(folder))


def test_an_archive_is_closed_when_done_and_when_refused(tmp_path):
    path = write_zip(tmp_path, MADE)
    with open_archive(path) as archive:
        pass
    with pytest.raises(nq.NetQualityError, match="was closed before it was read"):
        archive.read("messages.csv")
    refusal(write_zip(tmp_path, {"../x": "x"}, "bad.zip"))  # else pytest warns of an open file


# Which file is what ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("Connections.csv", "connections"),
        ("CONNECTIONS.CSV", "connections"),
        ("Messages.csv", "messages"),  # 2018
        ("Connections_1.csv", "connections"),
        ("messages_12.csv", "messages"),
        ("Invitations_123456789.csv", "invitations"),  # a member's number
        ("Invitations_123456789_2.csv", "invitations"),
        ("Connections (1).csv", "connections"),
        ("messages(1).csv", "messages"),
        ("messages_1 (2).csv", "messages"),
        ("messages - Copy (2).csv", "messages"),
        ("messages copy 2.csv", "messages"),
        ("Recommendations Given.csv", "recommendation sent"),  # 2020
        ("Endorsement Received Info.csv", "endorsement received"),  # 2022
        ("any folder/Profile.csv", "profile"),
        ("coach_messages.csv", None),
        ("my messages.csv", None),
        ("messages.csv.bak", None),
        ("messages.html", None),
        ("Jobs/Connections.csv", None),
        ("any folder/Jobs/Connections.csv", None),
        ("Connections_x.csv", None),
        ("(1).csv", None),
        ("", None),
    ],
)
def test_a_file_is_known_by_every_form_of_its_name_and_by_no_other(member, kind):
    assert kind_of(member) == kind


def test_every_file_that_is_read_is_its_own_kind():
    assert {name: kind_of(name) for name in READ} == READ


@pytest.mark.parametrize("file", ["Comments", "Reactions", "Shares", "Votes", "Member_Follows"])
@pytest.mark.parametrize("end", ["", "_123456789", "_1", " (1)", "_123456789_1 (1)"])
def test_files_with_a_members_number_are_known(file, end):
    assert kind_of(f"{file}{end}.csv") is None
    assert why(f"{file}{end}.csv") == NOT_OPENED


def test_a_file_that_is_not_opened_is_named_for_what_it_is():
    assert why("Imported Contacts.csv") == why("ImportedContacts.csv") == NOT_OPENED
    assert why("Job Applications_1.csv") == why("Jobs/Job Applications_1.csv") == NOT_OPENED
    assert why("LearningCoachMessages.csv") == why("learning_coach_messages_1.csv") == DECOY
    assert why("my holiday.csv") == why("readme") == UNKNOWN


def test_shards_copies_and_twins_are_sorted_for_reading():
    found = sort_members(
        [
            "messages_10.csv", "messages_2.csv", "messages.csv", "messages_2 (1).csv",
            "Endorsement Received Info.csv", "Endorsement_Received_Info.csv",
            "Connections (1).csv", "Connections.csv", "old/Connections.csv",
            "Invitations (1).csv", "coach_messages.csv", "Jobs/Saved Jobs.csv", "notes.txt.csv",
        ]
    )  # fmt: skip
    assert found.kinds == {
        "messages": (
            ("messages.csv",),
            ("messages_2.csv", "messages_2 (1).csv"),
            ("messages_10.csv",),  # 10 comes after 2
        ),
        # the old form of the name beside the new one is the same file once more
        "endorsement received": (
            ("Endorsement_Received_Info.csv", "Endorsement Received Info.csv"),
        ),
        "connections": (("Connections.csv", "Connections (1).csv", "old/Connections.csv"),),
        "invitations": (("Invitations (1).csv",),),
    }
    assert found.unopened == {
        "coach_messages.csv": DECOY,
        "Jobs/Saved Jobs.csv": NOT_OPENED,
        "notes.txt.csv": UNKNOWN,
    }


PARTS = st.sampled_from(
    [*READ, "messages_1.csv", "messages (1).csv", "Messages.csv", "a/messages.csv", "x.csv"]
)


@given(st.lists(PARTS | st.text(max_size=20), unique=True), st.randoms(use_true_random=False))
def test_sorting_loses_no_member_and_does_not_depend_on_their_order(members, dice):
    found = sort_members(members)
    kept = [member for shards in found.kinds.values() for shard in shards for member in shard]
    assert sorted([*kept, *found.unopened]) == sorted(members)
    dice.shuffle(members)
    again = sort_members(members)
    assert list(again.kinds.items()) == list(found.kinds.items())
    assert list(again.unopened.items()) == list(found.unopened.items())
