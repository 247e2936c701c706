"""A messages file read piece by piece and as a whole: the same answer, whatever is in it."""

from __future__ import annotations

import io
import re
import sys
import threading
from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

import pandas as pd
import pyarrow as pa
import pytest
from exports import MESSAGE_HEADER, connection, files, invitation, message, to_csv, write_folder
from hypothesis import example, given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.errors import ExportError
from netquality.phrases import LONGEST, is_canned, question_count, readable
from netquality.reading import inbox, pieces, progress, stream
from netquality.reading.stamps import stamps
from netquality.reading.texts import ADVERTISED, measure_texts, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = ("people", "interactions", "participants", "coverage", "rejects")
TINY = {"_BLOCK_BYTES": 700, "_HEAD_BYTES": 300, "_LONGEST_REST": 5000}


def outcome(folder: Path, *, keep_text: bool = False) -> object:
    """Read, and return all there is to see, or what the error says."""
    try:
        network = nq.read_linkedin(folder, keep_text=keep_text)
    except ExportError as error:
        return str(error)
    tables = tuple(getattr(network, name).to_csv(index=False) for name in TABLES)
    return tables, network.warnings, network.owner.found_by


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Return a function that reads a messages file both ways, and says whether the first held."""

    def read(data: bytes, *, keep_text: bool = False) -> tuple[object, object, bool]:
        folder = tmp_path_factory.mktemp("both")
        made: dict[str, str | bytes] = dict(
            files(
                connections=[connection("ana", "02 Mar 2026"), connection("ben", "02 Mar 2026")],
                invitations=[invitation("ana", "3/1/26, 5:33 PM", "Hello Olga, shall we bake?")],
            )
        )
        made["messages.csv"] = data
        where, streamed = write_folder(folder, made), []
        original = inbox._stream
        with pytest.MonkeyPatch.context() as patch:
            for name, value in TINY.items():
                patch.setattr(stream, name, value)

            def noted(*arguments):
                part = original(*arguments)
                streamed.append(part is not None)
                return part

            patch.setattr(inbox, "_stream", noted)
            piecewise = outcome(where, keep_text=keep_text)
            patch.setattr(inbox, "_stream", lambda *_: None)
            whole = outcome(where, keep_text=keep_text)
        return piecewise, whole, any(streamed)

    return read


def as_file(rows: list[list[str]]) -> bytes:
    return to_csv(MESSAGE_HEADER, rows, quoting=1).encode()


texts = st.one_of(
    st.sampled_from(
        [
            "", "Hello Olga, shall we bake?", "Happy birthday, Olga!", "Tea &amp; cake?? ",
            "See https://example.com/?q=1", "<p>Hi</p>", "Wirklich？", 'He said "no"', "a\nb\n",
            "100%", "Thanks!",
            "LinkedIn Member %FIRSTNAME%", 'x" , "', ",", "\u037e", "&lt;b&gt; congrats",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=40),
)  # fmt: skip
moments = st.sampled_from(
    [
        "2026-03-02 10:00:00 UTC", "2026-03-02 10:00:01 UTC", "2020-02-29 23:59:59 UTC",
        "3/2/26, 10:00 AM UTC", "2026-02-30 10:00:00 UTC", "2026-13-01 10:00:00 UTC", "soon UTC",
        "1999-03-02 10:00:00 UTC",
    ]
)  # fmt: skip
rows = st.lists(
    st.builds(
        message, st.sampled_from(["ana", "ben", "cleo"]), moments, texts, sent=st.booleans(),
        thread=st.sampled_from(["2-a", "2-b", "2-c"]),
    ),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=20)  # each reads two exports
@given(rows, st.integers(0, 12), st.booleans())
def test_both_ways_give_the_same(both, some, repeated, keep_text):
    # what is there twice may stand blocks apart
    data = as_file(some + some[:repeated])
    piecewise, whole, streamed = both(data, keep_text=keep_text)
    assert piecewise == whole
    assert streamed or max(map(len, data.split(b"\n"))) > 300


@settings(max_examples=20)
@given(
    rows,
    st.integers(0, 3000),
    st.sampled_from([b'"', b"\0", b"\xff", b"\r", b"\n", b",", b'""', b"\xef\xbb\xbf", b'a"b']),
    st.booleans(),
)
@example([message("ana", "2026-03-02 10:00:00 UTC", "Hi") for _ in range(9)], 3000, b'"', True)
def test_damage_anywhere_gives_the_same(both, some, place, damage, insert):
    data = as_file(some)
    place %= len(data) + 1
    data = data[:place] + damage + data[place + (0 if insert else len(damage)) :]
    piecewise, whole, _ = both(data)
    assert piecewise == whole


PLAIN = [message("ana", f"2026-03-{day:02} 10:00:00 UTC", f"Day {day}?") for day in range(1, 29)]


@pytest.mark.parametrize(
    "damaged",
    [
        as_file([*PLAIN, message("ana", "2026-04-01", "x" * 20_000), *PLAIN]),
        as_file(PLAIN) + b'"2-z","never ends',
        as_file(PLAIN)[:-2],
        as_file(PLAIN).replace(b"Day 20", b"Day\x0020"),
        as_file(PLAIN).replace(b"Day 20", b"Day \xff 20"),
        as_file(PLAIN) + b"one,two\n",
        as_file(PLAIN) + as_file(PLAIN[:3]),
        as_file(PLAIN).replace(b'"SUBJECT"', b'"CONTENT"', 1),
        as_file(PLAIN).decode().encode("utf-16"),
        as_file([]),
        b"",
    ],
    ids=[
        "a row larger than a block", "a quote that never ends", "a last quote cut off", "NUL",
        "invalid UTF-8 in the middle", "a misfit row in the last block",
        "a header in the middle", "a column twice", "UTF-16", "header only", "empty",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_read_as_a_whole(both, damaged):
    piecewise, whole, streamed = both(damaged)
    assert piecewise == whole
    assert not streamed


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_what_linkedin_writes_is_read_piece_by_piece(both, ends):
    piecewise, whole, streamed = both(as_file(PLAIN).replace(b"\n", ends.encode()))
    assert streamed
    assert piecewise == whole


def test_a_row_said_again_blocks_later_is_counted_once(both):
    piecewise, whole, streamed = both(as_file([*PLAIN, PLAIN[0]]))
    assert streamed
    assert piecewise == whole
    coverage = pd.read_csv(io.StringIO(piecewise[0][TABLES.index("coverage")]))
    messages = coverage[coverage["file"] == "messages.csv"].set_index("reason")["row_count"]
    assert messages["exact duplicate of another row"] == 1
    assert messages.sum() == len(PLAIN) + 1


def test_quotes_within_plain_cells_do_not_shift_a_row(both):
    row = b'2-a,,Ana,/in/ana,Olga,,2026-03-02 10:00:00 UTC,,say "hi,INBOX,,No\n'
    header = ",".join(MESSAGE_HEADER).encode() + b"\n"
    piecewise, whole, _ = both(header + row * 40)
    assert piecewise == whole


def test_combinations_are_told_apart_where_one_number_is_too_small_for_them(monkeypatch):
    rows = {
        "from": ["Ana", "Ben", "Ana", "Ben", "Ana"],
        "to": ["Ben", "Ana", "Cy,Ben", "Ana", "Ben"],
        "recipient profile urls": ["/in/ben", "/in/ana", "", "/in/ana", "/in/ben2"],
        "date": ["2026-11-20 10:00:00 UTC"] * 5,
        "content": ["Hi"] * 5,
    }
    batch = pa.RecordBatch.from_pydict(rows)
    plain = pieces.take(batch, dict, {})
    monkeypatch.setattr(pieces, "_LARGEST", 3)
    small = pieces.take(batch, dict, {})
    assert plain.piece.end.tolist() == small.piece.end.tolist() == [0, 1, 2, 1, 3]
    assert plain.ends == small.ends


def test_notes_of_2018_are_known_though_their_dates_are_read_last(tmp_path):
    header = ["From", "To", "Date", "Subject", "Content", "Direction", "Folder"]
    said = "Hello Olga, shall we bake?"
    old = [["Ana Erfunden", "Olga Ownerin", "3/20/18, 5:40 PM", "", said, "INCOMING", "INBOX"]]
    made = files(connections=[connection("ana", "20 Mar 2018")])
    made["Messages.csv"] = to_csv(header, old)
    made["Invitations.csv"] = to_csv(
        ["From", "To", "Sent At", "Message", "Direction"],
        [["Ana Erfunden", "Olga Ownerin", "3/19/18, 5:33 PM", said, "INCOMING"]],
    )
    told = nq.read_linkedin(write_folder(tmp_path, made)).interactions
    assert told.loc[told["kind"] == "message", "is_note"].tolist() == [True]


@given(st.datetimes(pd.Timestamp(2003, 1, 1), pd.Timestamp(2099, 12, 31, 23, 59, 59)))
def test_every_second_there_is_can_be_read(moment):
    moment = moment.replace(microsecond=0)
    found = stamps(pa_texts([f"{moment:%Y-%m-%d %H:%M:%S} UTC", "2026-11-20"]))
    assert found.tolist() == [moment, None]


@given(st.integers(0, 22), st.sampled_from("0123456789-: UTC٠/"))
def test_nothing_else_is_taken_for_a_date(place, sign):
    text = "2026-11-20 10:59:59 UTC"
    text = text[:place] + sign + text[place + 1 :]
    form = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC"
    try:
        wanted = datetime.strptime(text, "%Y-%m-%d %H:%M:%S UTC")  # noqa: DTZ007 - all are UTC
    except ValueError:
        wanted = None
    if not re.fullmatch(form, text) or (wanted and not 2003 <= wanted.year <= 2099):
        wanted = None
    assert stamps(pa_texts([text])).tolist() == [wanted]


def pa_texts(values: list[str]) -> pa.Array:
    return pa.array(values, pa.string())


# -- the bar --------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def large(tmp_path, monkeypatch) -> Iterator[Path]:
    """Return an export whose messages count as large, and for which a bar does not wait."""
    monkeypatch.setattr(progress, "_LARGE_BYTES", 1)
    monkeypatch.setattr(progress, "_DELAY_SECONDS", 0.0)
    monkeypatch.setattr(stream, "_HEAD_BYTES", 400)
    monkeypatch.setattr(stream, "_BLOCK_BYTES", 400)
    made = files(connections=[connection("ana")])
    made["messages.csv"] = as_file(PLAIN).decode()
    return write_folder(tmp_path, made)


def test_a_bar_shows_in_a_terminal_and_is_gone_afterwards(large, monkeypatch):
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    nq.read_linkedin(large)
    assert "Reading messages" in shown.getvalue()
    assert shown.getvalue().rsplit("\r", 1)[-1].strip() == ""


def test_nothing_shows_where_there_is_no_terminal(large, capfd):
    nq.read_linkedin(large)
    assert capfd.readouterr() == ("", "")


def test_the_bar_is_drawn_from_the_callers_thread(large, monkeypatch):
    threads = set()
    monkeypatch.setattr(sys, "stderr", Terminal())
    from tqdm.auto import tqdm  # noqa: PLC0415 - loaded as late as the reader loads it

    update = tqdm.update
    monkeypatch.setattr(
        tqdm, "update", lambda bar, n: (threads.add(threading.get_ident()), update(bar, n))[1]
    )
    nq.read_linkedin(large)
    assert threads == {threading.get_ident()}


# -- what texts amount to --------------------------------------------------------------------------

WRITTEN = st.lists(
    st.sampled_from(
        ["Tea", " & ", "&amp;", "&#39;", "&#63;", "<p>", "</p>", "?", "？", " ", "\n", "\r\n", "%",
         "%FIRSTNAME%", '<i class="spinmail-quill-editor">', "https://x.example/?a", "Congrats!",
         "Happy birthday", "e\u0301", "é", "long " * 45, "\0", "Hello", "hello", "&eacute;"]
    ),
    max_size=6,
).map("".join)  # fmt: skip


def one_by_one(text: str) -> tuple[int, int, bool, bool]:
    """Say what a text amounts to, without any haste."""
    shows = readable(text) if "<" in text or "&" in text else text.strip()
    questions, length = question_count(shows), len(shows) - shows.count("\r\n")
    canned = not questions and 0 < length <= LONGEST and is_canned(normalize("NFC", shows).strip())
    return length, questions, canned, any(mark in text for mark in ADVERTISED)


@given(st.lists(WRITTEN, max_size=8))
def test_texts_measured_together_amount_to_what_each_does_alone(texts):
    measured = measure_texts(pa.array(texts, pa.string()))
    rows = zip(*(column.tolist() for column in measured), strict=True)
    assert list(rows) == [one_by_one(text) for text in texts]


@given(st.lists(WRITTEN, min_size=1, max_size=8), st.sets(WRITTEN, max_size=3), st.data())
def test_a_message_is_looked_up_among_invitations_as_a_reader_sees_it(texts, invited, data):
    invited |= data.draw(st.sets(st.sampled_from(texts), max_size=2))
    numbers = {text: at for at, text in enumerate(sorted(map(squeezed, invited))) if text}
    people = [f"Ana {at}" for at in range(len(texts))]  # each of them writes first
    rows = {"from": people, "to": people, "content": texts}
    dates = ["2026-11-20 10:00:00 UTC"] * len(texts)
    taken = pieces.take(pa.RecordBatch.from_pydict({**rows, "date": dates}), lambda: numbers, {})
    may_be = (taken.piece.reason == 0) & ~taken.piece.is_canned
    expected = [numbers.get(squeezed(text), -1) for text in texts]
    found = taken.piece.invitation.tolist()
    assert found == [at if fits else -1 for at, fits in zip(expected, may_be, strict=True)]
