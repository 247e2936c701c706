"""Hostile and damaged archives: refused with one sentence, in little memory, and nothing written.

Every archive here is made here.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
import struct
import tracemalloc
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from exports import NAME, write_folder, write_zip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_archive import DAY, MADE, contents, expected, packed, refusal, written

import netquality as nq
from netquality.reading import limits
from netquality.reading.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def at_most(size: float) -> Iterator[None]:
    """Fail when Python takes more memory than that at a time."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < size


LOOSE = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


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
    scandir, opener = os.scandir, os.open

    def forbid_folder(path):
        if str(path).endswith("Jobs"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def forbid_file(path, *args, **kwargs):
        if str(path).endswith(("Profile.csv", "x.zip")):
            raise PermissionError(13, "Permission denied", str(path))
        return opener(path, *args, **kwargs)

    # root may read everything, and tests may run as root
    if hidden == "a folder":
        monkeypatch.setattr(os, "scandir", forbid_folder)
        assert "Jobs/: cannot be read (Permission denied)" in failure(folder)
    else:
        path = folder if hidden == "a file" else write_zip(tmp_path, MADE, "x.zip")
        monkeypatch.setattr(os, "open", forbid_file)
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
        with at_most(40 * 1024**2):
            assert "has more than 20,000 files, so it is no LinkedIn export" in refusal(path)


def test_a_folder_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ENTRIES", 3)
    assert contents(write_folder(tmp_path, MADE)) == expected(MADE)
    assert "has more than 3 files" in refusal(write_folder(tmp_path, MADE | {"d.csv": "x"}))


def test_a_member_that_unpacks_to_hundreds_of_times_its_size_is_refused(tmp_path):
    zeros = bytes(limits.SMALL_BYTES + 1)
    path = written(tmp_path, packed({"messages.csv": zeros}))
    assert path.stat().st_size < 80_000
    with at_most(1024**2):  # it was never unpacked
        assert "export.zip: its tables unpack to over 200 times their size" in refusal(path)


def test_a_bomb_in_a_zip_in_a_zip_is_refused(tmp_path):
    inner = packed({"messages.csv": bytes(limits.SMALL_BYTES + 1)})
    assert "b.zip: its tables unpack to over 200" in refusal(write_zip(tmp_path, {"b.zip": inner}))
    outer = packed({"b.zip": bytes(limits.SMALL_BYTES + 1)})  # and one that is no ZIP at all
    assert "unpacks to over 200" in refusal(written(tmp_path, outer))


def test_a_small_file_of_one_value_is_no_bomb(tmp_path):
    made = {"Connections.csv": "a,b\n" * 1_000_000}
    assert contents(written(tmp_path, packed(made))) == expected(made)


def test_the_same_advertisement_over_and_over_is_no_bomb(tmp_path):
    """About 75 times smaller packed, and larger than what passes for its smallness."""
    dice = random.Random(7)  # noqa: S311
    offer = "".join(dice.choices("etaoin shrdlu", k=3_000))
    text = "".join(f"{dice.getrandbits(128):x},{offer}\n" for _ in range(22_400))
    assert len(text) > limits.SMALL_BYTES
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
        (15, 24_015, "is not of the size"),  # the size alone is false
        (15, 15, "is not of the size"),  # the checksum is that of the first line alone
        (15, 16, "is not of the size"),  # and of the one byte more that is looked at
        (24_016, 24_015, "is not of the size"),
        (0, 0, "is not of the size"),
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
    with at_most(4 * 1024**2):
        assert "messages.csv: is not of the size" in refusal(path)


def test_reading_takes_little_more_memory_than_the_file(tmp_path):
    size = 32 * 1024**2
    path = written(tmp_path, packed({"messages.csv": os.urandom(size)}))
    with at_most(1.3 * size), open_archive(path) as archive:
        assert len(archive.read("messages.csv")) == size


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_a_member_larger_than_it_may_be_is_refused(tmp_path, monkeypatch, write):
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 10)
    said = refusal(write(tmp_path, {"Shares.csv": "x" * 10, "messages.csv": "x" * 11}))
    assert "messages.csv: is too large to be from LinkedIn" in said


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_tables_that_are_too_large_together_are_refused(tmp_path, monkeypatch, write):
    monkeypatch.setattr(limits, "MAX_TABLE_BYTES", 20)
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
