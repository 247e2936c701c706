"""Containers: every form an export comes in is opened, and what could do harm is refused."""

from __future__ import annotations

import io
import os
import random
import threading
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from exports import NAME, connection, files, message, write_folder, write_zip
from hypothesis import given
from hypothesis import strategies as st

import netquality as nq
from netquality.errors import SettingError
from netquality.reading import archive as module
from netquality.reading.archive import date_in_name, open_archive, open_archives
from netquality.reading.archive.zipped import list_zip
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
    assert "holds 2 archives. Unpack it and give one of them." in refusal(path)
    folder = write_folder(tmp_path, {"a.zip": packed(MADE), "b.zip": packed(MADE)}, "both")
    said = refusal(folder)
    assert "holds 2 archives. Give one of them; or both, if they are two parts" in said
    assert "npack" not in said  # a folder is unpacked


@pytest.mark.parametrize("called", [NAME, "raw"])
def test_beside_what_was_unpacked_from_it_the_zip_counts_as_it_was_sent(tmp_path, called):
    folder = tmp_path / "export"
    write_zip(folder, MADE, f"{NAME}.zip")
    write_folder(folder, MADE, called)
    write_folder(folder, {"messages.csv": "other,things\n"}, "truth")  # no export by itself
    (folder / "google_contacts.csv").write_text("Name\n")
    assert contents(folder) == expected(MADE)
    with open_archive(folder) as archive:
        assert archive.exported_on == DAY


def test_a_zip_beside_another_export_is_not_chosen_in_silence(tmp_path):
    folder = tmp_path / "export"
    write_zip(folder, MADE, f"{NAME}.zip")
    write_folder(folder, {"Connections.csv": "First Name\n"}, "other")
    said = refusal(folder)
    assert "holds an archive of LinkedIn's and another export, unpacked. Give one of them." in said


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


@pytest.mark.parametrize("file", ["Comments", "Reactions", "Shares", "Votes"])
@pytest.mark.parametrize("end", ["", "_123456789", "_1", " (1)", "_123456789_1 (1)"])
def test_files_with_a_members_number_are_known(file, end):
    assert kind_of(f"{file}{end}.csv") is None
    assert why(f"{file}{end}.csv") == NOT_OPENED


def test_a_file_that_is_not_opened_is_named_for_what_it_is():
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


# Names of days -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["Basic_", "Complete_", "Initial_", ""])
@pytest.mark.parametrize("end", ["", " (1)", "-2", " 2", " - Copy", " copy 2"])
@pytest.mark.parametrize("form", ["zip", "zip.zip", "folder", "folder named zip", "loose"])
def test_an_export_of_every_name_and_form_is_dated(tmp_path, kind, end, form):
    name = f"{kind}LinkedInDataExport_11-20-2026{end}"
    if form.startswith("zip"):
        path = write_zip(tmp_path, MADE, f"{name}.{form}")
    else:
        path = write_folder(tmp_path, MADE, name + (".zip" if form.endswith("zip") else ""))
    path = path / "Connections.csv" if form == "loose" else path
    with open_archive(path) as archive:
        assert archive.exported_on == DAY
        assert "Connections.csv" in archive.members


def test_spaces_for_underscores_in_a_name_do_not_hide_the_day():
    assert date_in_name("Complete LinkedInDataExport 11-20-2026.zip") == DAY


def test_a_loose_csv_is_dated_by_its_folder_however_its_path_is_written(tmp_path, monkeypatch):
    folder = write_folder(tmp_path, MADE | {"Jobs/Saved Jobs.csv": "x"}, NAME)
    monkeypatch.chdir(folder / "Jobs")
    for path in ("../Connections.csv", "../../" + NAME + "/Connections.csv"):
        with open_archive(path) as archive:
            assert archive.exported_on == DAY


# Links that the user gives -----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["zip", "folder", "loose", "zip in a folder"])
def test_a_link_to_an_export_is_followed_and_dated_by_what_it_leads_to(tmp_path, form):
    target = {
        "zip": lambda: write_zip(tmp_path, MADE, f"{NAME}.zip"),
        "folder": lambda: write_folder(tmp_path, MADE, NAME),
        "loose": lambda: write_folder(tmp_path, MADE, NAME) / "messages.csv",
        "zip in a folder": lambda: write_folder(tmp_path, {f"{NAME}.zip": packed(MADE)}, "all"),
    }[form]()
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / ("messages.csv" if form == "loose" else "latest")
    link.symlink_to(target)
    with open_archive(link) as archive:
        assert archive.exported_on == DAY
        assert archive.read("messages.csv") == MADE["messages.csv"].encode()


def test_an_export_below_a_link_is_read(tmp_path):
    write_folder(tmp_path / "real", MADE, NAME)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert contents(tmp_path / "link" / NAME) == expected(MADE)


# How tools write a ZIP ---------------------------------------------------------------------------


class Pipe(io.RawIOBase):
    """Somewhere to write to that cannot go back, as for a ZIP that is streamed."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.data += bytes(data)
        return len(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_zip_that_was_streamed_is_read(tmp_path, method):
    """As macOS and Java write it: the sizes stand behind each file, not before it."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as opened:
        for name, text in MADE.items():
            opened.writestr(name, text)
    assert pipe.data[6] & 8
    assert pipe.data[18:26] == bytes(8)  # no sizes
    assert contents(written(tmp_path, pipe.data)) == expected(MADE)


def test_a_zip64_is_read(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in MADE.items():
            with opened.open(name, "w", force_zip64=True) as member:
                member.write(text.encode())
    assert contents(path) == expected(MADE)


def test_a_zip64_whose_list_says_so_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 50)
    data = packed(MADE)
    assert b"PK\x06\x06" in data
    monkeypatch.undo()
    assert contents(written(tmp_path, data)) == expected(MADE)


@pytest.mark.parametrize("comment", [b"made by hand", b"x" * 65_535, b"PK\x05\x06", b"PK\x01\x02"])
def test_a_comment_on_a_zip_hides_nothing(tmp_path, comment):
    path = write_zip(tmp_path, MADE)
    with zipfile.ZipFile(path, "a") as opened:
        opened.comment = comment
    if comment == b"PK\x05\x06":  # where the list of files ends is no longer clear
        assert "damaged or cut short" in refusal(path)
    else:
        assert contents(path) == expected(MADE)


# Names as systems write them ---------------------------------------------------------------------

COMPOSED, DECOMPOSED = "r\u00e9sum\u00e9.html", "re\u0301sume\u0301.html"


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_accents_of_macos_are_those_of_everybody(tmp_path, write):
    made = {
        "re\u0301/Connections.csv": "a",
        "r\u00e9/messages.csv": "b",
        f"re\u0301/{DECOMPOSED}": "c",
    }
    if write is write_folder:  # where a folder could not hold both forms, there is but one
        made = {name.replace("r\u00e9", "re\u0301", 1): text for name, text in made.items()}
    assert contents(write(tmp_path, made)) == {
        "Connections.csv": b"a",
        "messages.csv": b"b",
        COMPOSED: b"c",
    }


def test_two_names_that_look_the_same_are_refused(tmp_path):
    said = refusal(write_zip(tmp_path, MADE | {COMPOSED: "a", DECOMPOSED: "b"}))
    assert f"holds two files of the same name, {COMPOSED}, so" in said


def named(name: bytes) -> bytes:
    """Return a ZIP whose second member bears these bytes, with no word on what they mean."""
    return packed(MADE | {"x" * len(name): "x"}).replace(b"x" * len(name), name)


def test_a_name_in_utf8_that_does_not_say_so_is_read_as_such(tmp_path):
    assert COMPOSED in contents(written(tmp_path, named(DECOMPOSED.encode())))


def test_a_name_in_the_old_code_page_of_zip_is_read_as_such(tmp_path):
    assert COMPOSED in contents(written(tmp_path, named(COMPOSED.encode("cp437"))))


def test_a_name_in_no_code_page_is_still_a_file(tmp_path):
    path = written(tmp_path, named(b"r\xff\xfesum.html"))
    assert len(contents(path)) == len(MADE) + 1


@pytest.mark.parametrize("name", ["messages.csv ", "messages.csv.", "CON.csv", "aux", "a. /b"])
@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_a_name_that_windows_would_change_is_a_file_of_its_own(tmp_path, write, name):
    assert contents(write(tmp_path, MADE | {name: "x"})) == expected(MADE | {name: "x"})
    assert kind_of(name) is None  # and never taken for the messages


# Large and legitimate ----------------------------------------------------------------------------


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_an_export_with_ten_thousand_articles_is_no_attack(tmp_path, write):
    title = "what-i-learned-about-baking-bread-in-the-mountains-" * 3
    articles = {f"Articles/Articles/{n:05}-{title}.html": "" for n in range(10_000)}
    with open_archive(write(tmp_path, MADE | articles)) as archive:
        assert len(archive.members) == 10_003
        assert archive.read("messages.csv") == MADE["messages.csv"].encode()


def test_a_million_empty_rows_of_a_spreadsheet_are_no_bomb(tmp_path):
    """A spreadsheet has 1,048,576 rows; the widest file known has 59 columns."""
    text = ("," * 58 + "\r\n") * 1_048_576
    path = written(tmp_path, packed({"Connections.csv": text}))
    assert len(text) > 200 * path.stat().st_size
    with open_archive(path) as archive:
        assert archive.size("Connections.csv") == len(text) == len(archive.read("Connections.csv"))


# Streams -----------------------------------------------------------------------------------------

# some pieces long, and nothing that packs to one piece
LONG = random.Random(7).randbytes(300_000) * 5  # noqa: S311


def write_loose(where: Path, made: dict[str, bytes]) -> Path:
    return write_folder(where, made) / next(iter(made))


def write_stored(where: Path, made: dict[str, bytes]) -> Path:
    return written(where, packed(made, zipfile.ZIP_STORED))


def write_nested(where: Path, made: dict[str, bytes]) -> Path:
    return write_zip(where, {"inner.zip": packed(made)})


FORMS = [write_zip, write_stored, write_nested, write_folder, write_loose]


@pytest.mark.parametrize("write", FORMS)
def test_a_stream_gives_the_same_bytes_however_it_is_read(tmp_path, write):
    with open_archive(write(tmp_path, {"messages.csv": LONG})) as archive:
        assert archive.size("messages.csv") == len(LONG)
        assert archive.read("messages.csv") == LONG
        for size in (1_000, 1 << 16, (1 << 18) + 1, len(LONG), len(LONG) + 1):
            with archive.open("messages.csv") as stream:
                assert b"".join(iter(lambda: stream.read(size), b"")) == LONG  # noqa: B023
                assert stream.read(1) == b""
        buffer = bytearray(len(LONG))
        with archive.open("messages.csv") as stream:
            assert stream.readinto(buffer) == len(LONG)
        assert buffer == LONG
        with archive.open("messages.csv") as stream:
            assert stream.readline() + b"".join(stream) == LONG
        with archive.open("messages.csv") as stream:
            assert stream.read(10) + stream.read() == LONG


@pytest.mark.parametrize("write", FORMS[:-1])  # an empty loose file is refused
def test_an_empty_member_is_a_stream_without_bytes(tmp_path, write):
    with open_archive(write(tmp_path, {"messages.csv": b""})) as archive:
        assert archive.read("messages.csv") == b""
        with archive.open("messages.csv") as stream:
            assert stream.read(10) == stream.read() == b""


@pytest.mark.parametrize("write", FORMS)
def test_a_stream_that_was_left_half_read_does_not_disturb_the_next(tmp_path, write):
    with open_archive(write(tmp_path, {"messages.csv": LONG})) as archive:
        first, second = archive.open("messages.csv"), archive.open("messages.csv")
        with first, second:
            assert first.read(100_000) == LONG[:100_000]
            assert second.read(500_000) == LONG[:500_000]
            assert first.read(100_000) == LONG[100_000:200_000]
        with archive.open("messages.csv") as third:
            assert third.read() == LONG


@pytest.mark.parametrize("write", FORMS[:-1])
def test_streams_in_several_threads_do_not_mix(tmp_path, write):
    made = {f"messages_{n}.csv": bytes([n]) + LONG for n in range(4)}
    wrong: list[str] = []

    def read(archive, name, size):
        with archive.open(name) as stream:
            if b"".join(iter(lambda: stream.read(size), b"")) != made[name]:
                wrong.append(name)

    with open_archive(write(tmp_path, made)) as archive:
        threads = [
            threading.Thread(target=read, args=(archive, name, size))
            for name in made
            for size in (30_000, 1 << 20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


@given(st.lists(st.integers(1, 600_000), max_size=6), st.booleans())
def test_any_way_to_ask_for_bytes_gives_them_in_order(sizes, stored):
    text = LONG[:700_000]
    data = packed({"messages.csv": text}, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    [found] = list_zip(io.BytesIO(data), "export.zip")
    with found.open() as stream:
        pieces = [stream.read(size) for size in sizes]
        assert b"".join([*pieces, stream.read()]) == text


@pytest.mark.parametrize("write", FORMS[:-2])
def test_a_stream_holds_little_however_large_its_member(tmp_path, write):
    path = write(tmp_path, {"messages.csv": LONG[: 1 << 16] * 512})  # 32 MiB
    with open_archive(path) as archive:
        tracemalloc.start()
        try:
            with archive.open("messages.csv") as stream:
                while stream.read(1 << 20):
                    pass
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 4 * 1024**2


def test_a_member_that_is_not_there_is_said_to_be_missing(tmp_path):
    with open_archive(write_zip(tmp_path, MADE, "export.zip")) as archive:
        for ask in (archive.read, archive.open, archive.size):
            with pytest.raises(nq.NetQualityError, match=r"export.zip: has no file Votes\.csv\."):
                ask("Votes.csv")


# Several -----------------------------------------------------------------------------------------


def test_several_paths_are_opened_in_their_order(tmp_path):
    paths = [
        write_zip(tmp_path, {"Profile.csv": "x"}, "b.zip"),
        write_folder(tmp_path, {"messages.csv": "x"}, "a"),
        write_folder(tmp_path, {"Connections.csv": "x"}, "c") / "Connections.csv",
    ]
    archives = open_archives([str(paths[0]), *paths[1:]])
    assert [archive.name for archive in archives] == ["b.zip", "a", "Connections.csv"]
    for archive in archives:
        with archive:
            assert archive.read(archive.members[0]) == b"x"


@pytest.mark.parametrize("form", ["zip", "folder", "loose"])
@pytest.mark.parametrize("again", ["the same", "relative", "dots", "link", "hard link"])
def test_the_same_path_twice_is_refused_however_it_is_written(tmp_path, monkeypatch, form, again):
    path = {
        "zip": lambda: write_zip(tmp_path, MADE, "export.zip"),
        "folder": lambda: write_folder(tmp_path, MADE, "export"),
        "loose": lambda: write_folder(tmp_path, MADE, "export") / "messages.csv",
    }[form]()
    link = tmp_path / "link.csv"
    if again == "link":
        link.symlink_to(path)
    if again == "hard link":
        if form == "folder":
            link.symlink_to(tmp_path)  # a folder has no other names: a link above it
            link /= "export"
        else:
            link.hardlink_to(path)
    monkeypatch.chdir(tmp_path)
    other = {
        "the same": path,
        "relative": os.path.relpath(path),
        "dots": path.parent / ".." / path.parent.name / path.name,
        "link": link,
        "hard link": link,
    }[again]
    first = write_zip(tmp_path, MADE, "other.zip")
    with pytest.raises(SettingError, match=r"is given twice\. Give each once\."):
        open_archives([first, path, other])  # and pytest warns of any that is left open


def test_two_exports_of_the_same_content_are_two(tmp_path):
    paths = [write_zip(tmp_path, MADE, name) for name in ("a.zip", "b.zip")]
    for archive in open_archives(paths):
        with archive:
            assert archive.members == MEMBERS


def test_no_path_is_refused():
    with pytest.raises(SettingError, match="the list is empty"):
        open_archives([])


@pytest.mark.parametrize("path", ["export.zip", Path("export.zip")])
def test_one_path_in_place_of_a_list_is_refused(path):
    with pytest.raises(SettingError, match="one path where a list of paths is meant"):
        open_archives(path)


def test_when_one_of_several_is_refused_the_others_are_closed(tmp_path, monkeypatch):
    opened = []
    original = module.open_archive

    def remember(path):
        opened.append(original(path))
        return opened[-1]

    monkeypatch.setattr(module, "open_archive", remember)
    with pytest.raises(nq.NetQualityError, match=r"none.zip: there is no such file"):
        open_archives([write_zip(tmp_path, MADE), tmp_path / "none.zip"])
    with pytest.raises(nq.NetQualityError, match="was closed before it was read"):
        opened[0].read("messages.csv")
