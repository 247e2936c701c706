"""Containers: every form an export comes in is opened, and what could do harm is refused."""

from __future__ import annotations

import io
import os
import random
import shutil
import stat
import struct
import tracemalloc
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from exports import NAME, connection, files, message, write_folder, write_zip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.reading import archive as module
from netquality.reading.archive import date_in_name, open_archive
from netquality.reading.known import DECOY, NOT_OPENED, READ, UNKNOWN, kind_of, sort_members
from netquality.reading.known import why_not_opened as why

DAY = date(2026, 11, 20)
MADE = files(
    connections=[connection("ana"), connection("ben", "02 Feb 2021")],
    messages=[message("ana", "2020-02-01", sent=True), message("ana", "2020-02-02")],
)
MEMBERS = ("Connections.csv", "Profile.csv", "messages.csv")
LOOSE = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


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
    with pytest.raises(nq.NetQualityError, match="damaged"):
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


# Names that do harm ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../evil.csv", "a/../../evil.csv", "..\\evil.csv", "..", "/etc/passwd", "//server/x.csv",
        "\\\\server\\x.csv", "C:\\x.csv", "c:x.csv", "__MACOSX/../../x",
    ],
)  # fmt: skip
def test_a_name_that_leads_outside_is_refused(tmp_path, name):
    said = refusal(write_zip(tmp_path, MADE | {name: "x"}))
    assert "leads outside of it" in said


@pytest.mark.parametrize(
    "name", ["a\nb.csv", "a\x1b[2J.csv", "a\x7f.csv", "a\x85.csv", "x" * 1001, "a/" * 9 + "b.csv"]
)
def test_a_name_with_control_characters_or_without_end_is_refused(tmp_path, name):
    said = refusal(write_zip(tmp_path, MADE | {name: "x"}))
    assert "is no name that LinkedIn gives to a file" in said
    assert said.isprintable()


def test_a_nul_in_a_name_hides_nothing(tmp_path):
    data = packed({"messages.csv_.exe": "x"}).replace(b"csv_.exe", b"csv\0.exe")
    assert "messages.csv?.exe is no name" in refusal(written(tmp_path, data))


def test_an_archives_own_name_is_shown_on_one_line(tmp_path):
    said = refusal(written(tmp_path, b"x", "a\nb" + "c" * 200 + ".zip"))
    assert said.startswith("a?bccc")
    with pytest.raises(nq.NetQualityError, match="no such file"):
        open_archive("a\0b.zip")
    with pytest.raises(nq.NetQualityError, match="no such file"):
        open_archive("~nobody-of-this-name/export.zip")


def twice(first: str, second: str) -> bytes:
    """Return a ZIP with two members; bytes, for zipfile warns of two that have one name."""
    return packed({first: "one", "x" * len(second): "two"}).replace(
        b"x" * len(second), second.encode()
    )


@pytest.mark.parametrize("second", ["messages.csv", "./messages.csv"])
def test_two_files_of_one_name_are_refused(tmp_path, second):
    said = refusal(written(tmp_path, twice("messages.csv", second)))
    assert "two files of the same name" in said


def test_names_that_differ_in_case_are_two_files(tmp_path):
    made = {"messages.csv": "one", "Messages.csv": "two"}
    assert contents(write_zip(tmp_path, made)) == expected(made)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK])
def test_a_link_or_device_in_a_zip_is_refused(tmp_path, kind):
    path = write_zip(tmp_path, MADE)
    with zipfile.ZipFile(path, "a") as opened:
        info = zipfile.ZipInfo("Invitations.csv")
        info.external_attr = (kind | 0o777) << 16
        opened.writestr(info, "/etc/passwd")
    assert "Invitations.csv is a link or a device, not a file" in refusal(path)


@pytest.mark.parametrize("what", ["file", "folder", "nothing", "fifo"])
def test_a_link_or_fifo_in_a_folder_is_refused_and_not_followed(tmp_path, what):
    folder, secret = write_folder(tmp_path, MADE), tmp_path / "secret"
    if what == "fifo":
        os.mkfifo(folder / "Invitations.csv")  # opening it would wait for ever
    else:
        if what == "file":
            secret.write_text("private")
        if what == "folder":
            secret.mkdir()
        (folder / "Invitations.csv").symlink_to(secret)
    assert "Invitations.csv is a link or a device, not a file" in refusal(folder)


def test_a_fifo_is_no_export(tmp_path):
    os.mkfifo(tmp_path / "export.zip")
    assert "is neither a file nor a folder" in refusal(tmp_path / "export.zip")


def test_a_link_that_the_user_gives_is_followed(tmp_path):
    (tmp_path / "latest").symlink_to(write_folder(tmp_path, MADE))
    with open_archive(tmp_path / "latest") as archive:
        assert (archive.name, archive.exported_on) == (NAME, DAY)


def test_a_folder_deeper_than_any_export_is_refused(tmp_path):
    folder = write_folder(tmp_path, MADE | {"a/" * 9 + "b.csv": "x"})
    assert "is no name that LinkedIn gives" in refusal(folder)


@pytest.mark.parametrize("hidden", ["a folder", "a file", "the archive"])
def test_what_may_not_be_read_is_said_not_skipped(tmp_path, monkeypatch, hidden):
    folder = write_folder(tmp_path, MADE | {"Jobs/Saved Jobs.csv": "x"})
    scandir, opener = os.scandir, Path.open

    def forbid_folder(path):
        if str(path).endswith("Jobs"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def forbid_file(path, *args, **kwargs):
        if path.name in {"Profile.csv", "x.zip"}:
            raise PermissionError(13, "Permission denied", str(path))
        return opener(path, *args, **kwargs)

    # root may read everything, and tests may run as root
    if hidden == "a folder":
        monkeypatch.setattr(os, "scandir", forbid_folder)
        assert "Jobs/: cannot be read (Permission denied)" in failure(folder)
    else:
        path = folder if hidden == "a file" else write_zip(tmp_path, MADE, "x.zip")
        monkeypatch.setattr(Path, "open", forbid_file)
        assert f"{'Profile.csv' if hidden == 'a file' else 'x.zip'}: cannot be read" in failure(
            path
        )


def failure(path: Path) -> str:
    with pytest.raises(nq.NetQualityError) as caught:
        contents(path)
    assert str(path.parent) not in str(caught.value)
    return str(caught.value)


# Too many, too much ------------------------------------------------------------------------------


def test_a_hundred_thousand_entries_are_refused_before_they_fill_the_memory(tmp_path):
    one = packed({"a": ""}, zipfile.ZIP_STORED)
    start = one.index(b"PK\x01\x02")
    entry = one[start : one.index(b"PK\x05\x06")]
    for count in (100_000, 21_000):  # the first not even listed, the second listed and counted
        data = one[:start] + entry * count
        data += struct.pack(
            "<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFE, 0xFFFE, len(entry) * count, start, 0
        )
        path = written(tmp_path, data)
        tracemalloc.start()
        assert "has more than 20,000 files, so it is no LinkedIn export" in refusal(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 40 * 1024**2


def test_a_folder_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MAX_ENTRIES", 3)
    assert contents(write_folder(tmp_path, MADE)) == expected(MADE)
    assert "has more than 3 files" in refusal(write_folder(tmp_path, MADE | {"d.csv": "x"}))


def test_a_member_that_unpacks_to_hundreds_of_times_its_size_is_refused(tmp_path):
    zeros = bytes(module.SMALL_BYTES + 1)
    path = written(tmp_path, packed({"messages.csv": zeros}))
    assert path.stat().st_size < 20_000
    tracemalloc.start()
    assert "messages.csv: unpacks to over 200 times its size" in refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1024**2  # it was never unpacked


def test_a_bomb_in_a_zip_in_a_zip_is_refused(tmp_path):
    inner = packed({"messages.csv": bytes(module.SMALL_BYTES + 1)})
    assert "unpacks to over 200" in refusal(write_zip(tmp_path, {"b.zip": inner}))
    outer = packed({"b.zip": bytes(module.SMALL_BYTES + 1)})  # and one that is no ZIP at all
    assert "unpacks to over 200" in refusal(written(tmp_path, outer))


def test_a_small_file_of_one_value_is_no_bomb(tmp_path):
    made = {"Connections.csv": "a,b\n" * 1_000_000}
    assert contents(written(tmp_path, packed(made))) == expected(made)


def test_the_same_advertisement_over_and_over_is_no_bomb(tmp_path):
    """About 75 times smaller packed, and larger than what passes for its smallness."""
    dice = random.Random(7)  # noqa: S311
    offer = "".join(dice.choices("etaoin shrdlu", k=3_000))
    text = "".join(f"{dice.getrandbits(128):x},{offer}\n" for _ in range(5_700))
    assert len(text) > module.SMALL_BYTES
    data = packed({"messages.csv": text})
    assert len(text) > 50 * len(data)
    assert contents(written(tmp_path, data)) == {"messages.csv": text.encode()}


def declare(data: bytes, **fields: int) -> bytes:
    """Return a ZIP whose list of files says something else of its first member."""
    places = {"flags": (8, "<H"), "method": (10, "<H"), "crc": (16, "<L"), "size": (24, "<L")}
    changed, start = bytearray(data), data.index(b"PK\x01\x02")
    for name, value in fields.items():
        place, form = places[name]
        struct.pack_into(form, changed, start + place, value)
    return bytes(changed)


@pytest.mark.parametrize(
    ("size", "summed", "said"),
    [
        (15, 24_015, "is damaged"),  # the size alone is false
        (15, 15, "is damaged"),  # the checksum is that of the first line alone
        (15, 16, "is not of the size"),  # and of the one byte more that is looked at
        (24_016, 24_015, "is not of the size"),
        (0, 0, "is damaged"),
    ],
)
def test_a_size_that_is_not_the_real_one_is_noticed(tmp_path, size, summed, said):
    data = b"the first line\n" + b"the line that is hidden\n" * 1000
    assert len(data) == 24_015
    lie = declare(packed({"messages.csv": data}), size=size, crc=zlib.crc32(data[:summed]))
    assert f"messages.csv: {said}" in refusal(written(tmp_path, lie))


def test_a_member_that_says_it_is_small_never_fills_the_memory(tmp_path):
    lie = declare(packed({"messages.csv": bytes(64 * 1024**2)}), size=100)
    path = written(tmp_path, lie)
    tracemalloc.start()
    assert "messages.csv: is damaged" in refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 1024**2


def test_reading_takes_little_more_memory_than_the_file(tmp_path):
    size = 32 * 1024**2
    path = written(tmp_path, packed({"messages.csv": os.urandom(size)}))
    tracemalloc.start()
    with open_archive(path) as archive:
        assert len(archive.read("messages.csv")) == size
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.3 * size


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_a_member_larger_than_it_may_be_is_refused(tmp_path, monkeypatch, write):
    monkeypatch.setattr(module, "MAX_MEMBER_BYTES", 10)
    said = refusal(write(tmp_path, {"Shares.csv": "x" * 10, "messages.csv": "x" * 11}))
    assert "messages.csv: is too large to be from LinkedIn" in said


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_tables_that_are_too_large_together_are_refused(tmp_path, monkeypatch, write):
    monkeypatch.setattr(module, "MAX_TABLE_BYTES", 20)
    made = {"Connections.csv": "x" * 11, "Connections_1.csv": "x" * 9, "picture.png": "x" * 99}
    assert contents(write(tmp_path, made)) == expected(made)
    assert "GB of tables" in refusal(write(tmp_path, made | {"Connections_2.csv": "x"}))


def test_members_that_lie_over_one_another_are_refused(tmp_path):
    data = packed(MADE)
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[start:end]
    second = entries.index(b"PK\x01\x02", 4)
    lie = bytearray(entries)
    struct.pack_into("<L", lie, second + 42, 5)  # the second begins within the first
    said = refusal(written(tmp_path, data[:start] + bytes(lie) + data[end:]))
    assert "its files lie over one another, as in a ZIP bomb" in said


# Damaged, locked ---------------------------------------------------------------------------------


def test_an_encrypted_member_is_refused_with_what_to_do(tmp_path):
    for flag in (0x1, 0x40):
        data = declare(packed({"Connections.csv": "x"}), flags=flag)
        assert refusal(written(tmp_path, data)) == (
            "export.zip: Connections.csv: is protected by a password. "
            "Unpack the archive yourself and give the folder."
        )


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_packed_as_linkedin_never_does_is_refused(tmp_path, method):
    path = written(tmp_path, packed({"messages.csv": bytes(1000)}, method))
    assert "is packed in a way LinkedIn does not use. Unpack" in refusal(path)


def test_an_unknown_compression_is_refused(tmp_path):
    path = written(tmp_path, declare(packed({"messages.csv": "x" * 99}), method=99))
    assert "is packed in a way LinkedIn does not use" in refusal(path)


def test_a_wrong_checksum_is_refused(tmp_path):
    path = written(tmp_path, declare(packed({"messages.csv": "x" * 99}), crc=1))
    assert "messages.csv: is damaged inside the archive" in refusal(path)


def test_one_damaged_member_leaves_the_others(tmp_path):
    path = written(tmp_path, declare(packed(MADE), crc=1))
    first, *others = MADE
    with open_archive(path) as archive:
        assert [archive.read(name) for name in others] == [MADE[name].encode() for name in others]
        with pytest.raises(nq.NetQualityError, match=f"{first}: is damaged"):
            archive.read(first)


def test_an_archive_cut_anywhere_is_refused(tmp_path):
    data = packed(MADE)
    for end in range(len(data)):
        with pytest.raises(nq.NetQualityError, match=r"damaged|empty"):
            contents(written(tmp_path, data[:end]))


def test_an_archive_that_lost_its_beginning_is_refused(tmp_path):
    data = packed(MADE)
    assert "damaged" in refusal(written(tmp_path, data[10:]))
    assert "damaged" in refusal(written(tmp_path, b"PK\x03\x04" + data[40:]))


def test_a_list_of_files_that_is_cut_is_refused(tmp_path):
    data = packed(MADE)
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    assert "is damaged or cut short" in refusal(written(tmp_path, data[: start + 60] + data[end:]))


def test_an_empty_archive_is_refused(tmp_path):
    assert "is empty" in refusal(written(tmp_path, packed({})))
    (tmp_path / "folder").mkdir()
    assert "is empty" in refusal(tmp_path / "folder")
    assert "is empty" in refusal(write_zip(tmp_path, {".DS_Store": "x"}))


def test_a_disk_of_many_is_refused(tmp_path):
    end = struct.pack("<4sLQL", b"PK\x06\x07", 1, 0, 7)  # of seven disks, as zip64 says it
    data = packed(MADE)
    at = data.index(b"PK\x05\x06")
    assert "damaged" in refusal(written(tmp_path, data[:at] + end + data[at:]))


# Laws --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("laws")
    yield folder
    shutil.rmtree(folder)


def opens_or_refuses(path: Path) -> None:
    """Read all there is: every member has bytes, or there is an `ExportError` of one line."""
    said = []
    try:
        with open_archive(path) as archive:
            for member in archive.members:
                try:
                    assert isinstance(archive.read(member), bytes)
                except nq.NetQualityError as error:
                    said.append(str(error))
    except nq.NetQualityError as error:
        said.append(str(error))
    assert all(sentence.isprintable() for sentence in said)


@LOOSE
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06"]))
def test_arbitrary_bytes_are_an_archive_or_a_sentence(place, data, head):
    opens_or_refuses(written(place, head + data))


GOOD = [packed(MADE), packed(MADE, zipfile.ZIP_STORED), packed({"e.zip": packed(MADE)})]


@st.composite
def mutated(draw) -> bytes:
    """A good ZIP with bytes changed, put in or taken out, most where the list of files is."""
    data = bytearray(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 4))):
        from_end = draw(st.booleans())
        place = draw(st.integers(0, min(len(data), 300) if from_end else len(data)))
        place = len(data) - place if from_end else place
        taken = draw(st.integers(0, 4))
        data[place : place + taken] = draw(
            st.binary(max_size=8) | st.sampled_from([b"\xff" * 4, b"\xff" * 8, b"\0" * 4])
        )
    return bytes(data)


@LOOSE
@given(mutated())
def test_a_good_archive_with_changes_is_an_archive_or_a_sentence(place, data):
    opens_or_refuses(written(place, data))


@LOOSE
@given(st.sampled_from(GOOD[:2]), st.data())
def test_every_changed_byte_of_a_list_of_files_gives_an_archive_or_a_sentence(place, good, data):
    start = good.index(b"PK\x01\x02")
    at = data.draw(st.integers(start, len(good) - 1))
    value = data.draw(st.integers(0, 255))
    opens_or_refuses(written(place, good[:at] + bytes([value]) + good[at + 1 :]))


@LOOSE
@given(
    st.dictionaries(
        # zipfile itself cannot write a NUL in a name
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
        st.binary(),
    )
)
def test_any_names_in_a_zip_give_an_archive_or_a_sentence(place, made):
    opens_or_refuses(written(place, packed(made)))
