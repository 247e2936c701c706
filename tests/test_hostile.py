"""Hostile and damaged archives: refused with one sentence, in little memory, and nothing written.

Every archive here is made here.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from exports import NAME, write_folder, write_zip
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_archive import DAY, MADE, contents, expected, packed, refusal, written

import netquality as nq
from netquality.reading.archive import limits, members, open_archive, open_archives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


ROOT = Path(__file__).resolve().parent.parent
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


def test_an_archive_too_large_to_be_read_inside_another_is_to_be_unpacked(tmp_path, monkeypatch):
    inner = packed(MADE)
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", len(inner) - 1)
    said = refusal(write_zip(tmp_path, {"b.zip": inner}))
    assert "holds an archive that is too large to be read inside it. Unpack the archive" in said
    assert contents(write_folder(tmp_path, {"b.zip": inner}, "apart")) == expected(MADE)


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


def given_or_said(read: Callable[[], bytes]) -> bytes | str:
    try:
        return read()
    except nq.NetQualityError as error:
        return str(error)


def opens_or_refuses(path: Path) -> None:
    """Read all there is: every member has bytes, the same as a stream, or there is one sentence."""
    said = []
    try:
        with open_archive(path) as archive:
            for member in archive.members:
                whole, pieces = (
                    given_or_said(partial(archive.read, member)),
                    given_or_said(partial(read_in_pieces, archive, member, 50)),
                )
                assert pieces == whole
                said += [] if isinstance(whole, bytes) else [whole]
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


# Lies about where things are ---------------------------------------------------------------------


def member(name: bytes, data: bytes, extra: bytes = b"") -> bytes:
    """Return a stored file as it stands in a ZIP, with its own header before it."""
    return (
        struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data),
            len(name), len(extra),
        ) + name + extra + data
    )  # fmt: skip


def listing(name: bytes, data: bytes, start: int, *, disk: int = 0) -> bytes:
    """Return the entry of a stored file in the list of files."""
    return (
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, zlib.crc32(data), len(data),
            len(data), len(name), 0, 0, disk, 0, 0, start,
        ) + name
    )  # fmt: skip


def whole(files: bytes, *entries: bytes) -> bytes:
    """Return a ZIP of files and their list."""
    count, size = min(len(entries), 0xFFFE), sum(map(len, entries))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, len(files), 0)
    return files + b"".join(entries) + end


def test_an_archive_made_by_hand_is_read(tmp_path):
    """So that what is refused below is refused for its lie."""
    one = member(b"a.csv", b"one")
    data = whole(
        one + member(b"b.csv", b"two"),
        listing(b"a.csv", b"one", 0),
        listing(b"b.csv", b"two", len(one)),
    )
    assert contents(written(tmp_path, data)) == {"a.csv": b"one", "b.csv": b"two"}


def test_files_that_share_their_bytes_behind_a_long_header_are_refused(tmp_path):
    """As Fifield's bomb does: the header of the second hides in the header of the first."""
    first, second, kernel = b"a" * 60 + b".csv", b"b" * 60 + b".csv", b"shared"
    hidden = member(second, kernel)
    quoted = struct.pack("<HH", 0xCAFE, len(hidden) - len(kernel)) + hidden[: -len(kernel)]
    header = member(first, kernel, quoted)[: -len(kernel)]
    inside = header.index(b"PK\x03\x04", 4)
    data = whole(header + kernel, listing(first, kernel, 0), listing(second, kernel, inside))
    assert "its files lie over one another, as in a ZIP bomb" in refusal(written(tmp_path, data))


def test_thousands_of_entries_for_one_file_are_refused(tmp_path):
    kernel = zlib.compress(bytes(60 * 1024**2), 9, -15)
    start = member(b"000000.csv", kernel)
    names = [b"%06d.csv" % n for n in range(10_000)]
    data = whole(start, *(listing(name, kernel, 0) for name in names))
    with at_most(40 * 1024**2):
        assert "its files lie over one another" in refusal(written(tmp_path, data))


def test_many_small_bombs_are_refused_as_the_one_that_they_are(tmp_path):
    zeros = bytes(8 * 1024**2)
    path = written(tmp_path, packed({f"Connections_{n}.csv": zeros for n in range(9)}))
    with at_most(1024**2):
        assert "its tables unpack to over 200 times their size" in refusal(path)


def test_a_large_bomb_among_honest_tables_is_refused_alone(tmp_path):
    honest = random.Random(7).randbytes(512 * 1024)  # noqa: S311
    made = {"Connections.csv": honest, "messages.csv": bytes(limits.SMALL_BYTES + 1)}
    with open_archive(written(tmp_path, packed(made))) as archive:
        assert archive.read("Connections.csv") == honest
        for ask in (archive.open, archive.read):
            with pytest.raises(nq.NetQualityError, match=r"csv: unpacks to over 200 times"):
                ask("messages.csv")


def test_a_name_that_differs_inside_is_refused(tmp_path):
    data = whole(member(b"b.csv", b"one"), listing(b"a.csv", b"one", 0))
    assert "a.csv: is damaged inside the archive" in refusal(written(tmp_path, data))


@pytest.mark.parametrize("before", [b"MZ a program that unpacks itself", b"\0" * 100])
def test_an_archive_with_something_before_it_is_no_export(tmp_path, before):
    assert "is damaged or no LinkedIn export" in refusal(written(tmp_path, before + packed(MADE)))
    said = refusal(written(tmp_path, before + packed(MADE), "export.exe"))
    assert "is no LinkedIn export" in said


def test_two_archives_in_one_file_are_refused_not_half_read(tmp_path):
    data = packed({"messages.csv": "x"}) + packed({"Connections.csv": "x"})
    assert "has something before its first file" in refusal(written(tmp_path, data))


def test_what_is_behind_an_archive_changes_nothing(tmp_path):
    assert contents(written(tmp_path, packed(MADE) + b"\0" * 500)) == expected(MADE)


@pytest.mark.parametrize("at", ["first part", "later part"])
def test_one_part_of_an_archive_in_several_is_refused_as_such(tmp_path, at):
    data = whole(member(b"a.csv", b"one"), listing(b"a.csv", b"one", 0, disk=3))
    data = b"PK\x07\x08" + data if at == "first part" else data
    said = refusal(written(tmp_path, data))
    assert said == "export.zip: is one part of an archive in several. Put its parts together first."


def test_a_long_list_of_few_files_is_refused_before_it_is_read(tmp_path):
    name = b"a" * 60_000
    entry = listing(name, b"", 0)
    data = whole(member(name, b""), *[entry] * 150)
    with at_most(1024**2):
        assert "its list of files is longer than any of LinkedIn's" in refusal(
            written(tmp_path, data)
        )


def test_bytes_that_are_not_used_to_look_larger_are_refused(tmp_path):
    """A bomb could pass for less of one by what stands behind its end."""
    data = zlib.compress(b"some text " * 100, 9, -15) + bytes(1_000)
    text = b"some text " * 100
    stored = bytearray(member(b"a.csv", data))
    entry = bytearray(listing(b"a.csv", data, 0))
    struct.pack_into("<H", entry, 10, zipfile.ZIP_DEFLATED)
    struct.pack_into("<L", entry, 16, zlib.crc32(text))
    struct.pack_into("<L", entry, 24, len(text))
    path = written(tmp_path, whole(bytes(stored), bytes(entry)))
    assert "a.csv: is damaged inside the archive" in refusal(path)


def test_a_password_said_only_inside_is_noticed(tmp_path):
    data = bytearray(packed({"Connections.csv": "x"}))
    data[6] |= 1
    assert "is protected by a password. Unpack" in refusal(written(tmp_path, bytes(data)))


def test_an_archive_that_holds_itself_is_not_followed(tmp_path):
    """A true one has no innermost; five levels of it look the same from here."""
    data = packed({"r.zip": "x"})
    for _ in range(5):
        data = packed({"r/r.zip": data})
    assert "is a ZIP in a ZIP in a ZIP" in refusal(written(tmp_path, data, "r.zip"))


def test_a_link_in_a_zip_in_a_zip_is_refused(tmp_path):
    out = tmp_path / "made"
    out.mkdir()
    info = zipfile.ZipInfo("Connections.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out / "inner.zip", "w") as opened:
        opened.writestr(info, "/etc/passwd")
    path = write_zip(tmp_path, {"inner.zip": (out / "inner.zip").read_bytes()})
    assert "is a link or a device, not a file" in refusal(path)


# While it is read --------------------------------------------------------------------------------


def read_in_pieces(archive, name: str, size: int) -> bytes:
    given = b""
    with archive.open(name) as stream:
        try:
            while piece := stream.read(size):
                given += piece
        except nq.NetQualityError:
            with pytest.raises(nq.NetQualityError):  # and again: no clean end after a fault
                stream.read(size)
            raise
    return given


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"crc": 1}, "is damaged"),
        ({"size": 299_999}, "is not of the size"),
        ({"size": 300_001}, "is not of the size"),
        ({"size": 0}, "is not of the size"),
        ({"flags": 1}, "is protected by a password"),
        ({"method": 99}, "is packed in a way"),
    ],
)
@pytest.mark.parametrize("size", [1_000, 299_999, 300_000, 1 << 20])
def test_a_stream_notices_what_reading_whole_notices(tmp_path, method, change, said, size):
    data = random.Random(7).randbytes(300_000)  # noqa: S311
    path = written(tmp_path, declare(packed({"messages.csv": data}, method), **change))
    with open_archive(path) as archive:
        for read in (
            archive.read,
            lambda name: read_in_pieces(archive, name, size),
        ):
            with pytest.raises(nq.NetQualityError, match=f"export.zip: messages.csv: {said}"):
                read("messages.csv")


def test_who_reads_no_further_than_the_declared_size_learns_of_damage_too(tmp_path):
    data = random.Random(7).randbytes(300_000)  # noqa: S311
    path = written(tmp_path, declare(packed({"messages.csv": data}), crc=1))
    with open_archive(path) as archive, archive.open("messages.csv") as stream:
        with pytest.raises(nq.NetQualityError, match="is damaged"):
            stream.read(300_000)
        with pytest.raises(nq.NetQualityError, match="is damaged"):
            stream.readinto(bytearray(10))


def test_an_archive_that_is_cut_while_it_is_read_is_noticed(tmp_path):
    data = random.Random(7).randbytes(1 << 20)  # noqa: S311
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = written(tmp_path, packed({"messages.csv": data}, method))
        with open_archive(path) as archive, archive.open("messages.csv") as stream:
            stream.read(300_000)
            os.truncate(path, 500_000)
            with pytest.raises(nq.NetQualityError, match=r"messages.csv: is damaged"):
                stream.read()
            with pytest.raises(nq.NetQualityError, match=r"messages.csv: is damaged"):
                stream.read()


@pytest.mark.parametrize("write", [write_zip, write_folder])
def test_a_disk_that_fails_while_it_is_read_is_said(tmp_path, monkeypatch, write):
    path = write(tmp_path, {"messages.csv": "x" * 1_000_000, "Profile.csv": "x"})

    class Failing:
        def __init__(self, file) -> None:
            self.file = file

        def __getattr__(self, name):
            return getattr(self.file, name)

        def fail(self, *_):
            raise OSError(5, "Input/output error", "/a/path/of/somebody")

        read = readinto = fail

    with open_archive(path) as archive:
        if write is write_zip:
            shared = archive._found["messages.csv"].open.args[0]
            shared._file = Failing(shared._file)
        else:
            opener = members.open_plain
            monkeypatch.setattr(members, "open_plain", lambda *a: Failing(opener(*a)))
        for read in (archive.read, lambda name: read_in_pieces(archive, name, 1_000)):
            with pytest.raises(
                nq.NetQualityError, match=r"cannot be read \(Input/output error\)"
            ) as e:
                read("messages.csv")
            assert "somebody" not in str(e.value)
        if write is write_zip:
            shared._file = shared._file.file


@pytest.mark.parametrize("what", ["gone", "a folder", "a link", "a fifo"])
def test_a_file_that_is_another_than_was_listed_is_refused(tmp_path, what):
    folder = write_folder(tmp_path, MADE)
    file, secret = folder / "messages.csv", tmp_path / "secret"
    secret.write_text("private")
    with open_archive(folder) as archive:
        file.unlink()
        if what == "a folder":
            file.mkdir()
        elif what == "a link":
            file.symlink_to(secret)
        elif what == "a fifo":
            os.mkfifo(file)  # to open it would wait for ever
        said = "is a link or a device" if what == "a fifo" else "cannot be read"
        for ask in (archive.open, archive.read):
            with pytest.raises(nq.NetQualityError, match=f"messages.csv: {said}"):
                ask("messages.csv")


@pytest.mark.parametrize("change", ["longer", "shorter"])
def test_a_file_that_changes_while_it_is_read_is_not_taken_for_whole(tmp_path, change):
    folder = write_folder(tmp_path, {"messages.csv": "x" * 1_000_000, "Profile.csv": "x"})
    for size in (-1, 1_000):
        (folder / "messages.csv").write_text("x" * 1_000_000)
        with open_archive(folder) as archive, archive.open("messages.csv") as stream:
            stream.read(1_000)
            os.truncate(folder / "messages.csv", 1_000_001 if change == "longer" else 900_000)
            with pytest.raises(nq.NetQualityError, match=r"csv: changed while it was read"):
                b"".join(iter(lambda: stream.read(size), b""))  # noqa: B023


def test_a_file_that_grew_since_it_was_listed_is_read_whole(tmp_path):
    folder = write_folder(tmp_path, MADE)
    with open_archive(folder) as archive:
        (folder / "messages.csv").write_text("more" * 10_000)
        assert archive.read("messages.csv") == b"more" * 10_000


def test_of_several_archives_a_bomb_leaves_none_open(tmp_path):
    bomb = written(tmp_path, packed({"messages.csv": bytes(limits.SMALL_BYTES + 1)}), "bomb.zip")
    with pytest.raises(nq.NetQualityError, match=r"bomb\.zip: its tables unpack"):
        open_archives([write_zip(tmp_path, MADE), bomb])  # else pytest warns of an open file


# Nothing written, nothing filled -----------------------------------------------------------------

WATCHED = """
import os, resource, sys
from netquality.errors import ExportError
from netquality.reading.archive import open_archive

def watch(event, args):
    writes = event == "open" and isinstance(args[2], int) and args[2] & (
        os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    )
    if writes or event in {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove",
                           "os.truncate", "os.chmod", "shutil.copyfile", "tempfile.mkstemp",
                           "tempfile.mkdtemp", "subprocess.Popen", "os.exec"}:
        print("WROTE", event, args)

size = int(open("/proc/self/statm").read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
resource.setrlimit(resource.RLIMIT_AS, (size + ROOM, size + ROOM))
sys.addaudithook(watch)
for path in sys.argv[1:]:
    try:
        with open_archive(path) as archive:
            for name in archive.members:
                try:
                    archive.read(name)
                except ExportError as error:
                    print(error)
                try:
                    with archive.open(name) as stream:
                        while stream.read(1 << 20):
                            pass
                except ExportError as error:
                    print(error)
    except ExportError as error:
        print(error)
"""


def bombs(where: Path) -> Iterator[Path]:
    zeros = bytes(128 * 1024**2)
    yield written(where, packed({"messages.csv": zeros}), "high ratio.zip")
    honest = random.Random(7).randbytes(1024**2)  # noqa: S311
    yield written(where, packed({"a.csv": honest, "messages.csv": zeros}), "among honest.zip")
    yield written(where, packed({"a.bin": zeros}), "no table.zip")
    yield written(where, packed({"b.zip": packed({"messages.csv": zeros})}), "nested.zip")
    yield written(where, packed({"b.zip": zeros}), "nested zeros.zip")
    yield written(where, packed({"b.zip": packed({"c.zip": packed(MADE)})}), "three deep.zip")
    yield written(where, declare(packed({"messages.csv": zeros}), size=1_000), "small lie.zip")
    large = declare(packed({"messages.csv": honest}), size=150 * 1024**2)
    yield written(where, large, "large lie.zip")
    yield written(where, packed({"../../evil.csv": "x"}), "outside.zip")
    one = listing(b"a.csv", b"", 0)
    yield written(where, whole(member(b"a.csv", b""), *[one] * 100_000), "entries.zip")


needs_linux = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="needs Linux to bound memory"
)


def watched(where: Path, paths: list[Path], more: str = "") -> subprocess.CompletedProcess[str]:
    """Read archives in a new Python that may take 96 MB at most and tells what it writes."""
    program = f"ROOM = {96 * 1024**2}\n{WATCHED}\n{more}"
    return subprocess.run(
        [sys.executable, "-B", "-c", program, *map(str, paths)],
        capture_output=True, text=True, check=False, cwd=where,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(where)},
    )  # fmt: skip


@needs_linux
def test_no_bomb_fills_the_memory_or_writes_a_file(tmp_path):
    """The bombs hold 128 MB and more."""
    paths = list(bombs(tmp_path))
    before = sorted(tmp_path.rglob("*"))
    ran = watched(tmp_path, paths)
    assert ran.stderr == ""
    assert ran.returncode == 0
    assert "WROTE" not in ran.stdout
    said = ran.stdout.splitlines()
    for path in paths:
        assert [line for line in said if line.startswith((path.name, "b.zip"))], path.name
    assert sorted(tmp_path.rglob("*")) == before


@needs_linux
def test_the_watch_over_bombs_notices_memory_and_writing(tmp_path):
    ran = watched(tmp_path, [], "open('evil.csv', 'w').close(); bytes(128 * 1024**2)")
    assert "WROTE open" in ran.stdout
    assert "MemoryError" in ran.stderr
