"""Laws of reading: what is written in any form, of any year, reads back the same."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import test_damage
import wild
from hypothesis import given, settings
from hypothesis import strategies as st
from wild import ERAS, Asked, Esteem, Form, Human, Said, World

import netquality as nq
from netquality.identity import name_key

# Worlds ------------------------------------------------------------------------------------------

GIVEN = ["Ana", "José", "Zoë", "Łukasz", "Иван", "יוסי", "محمد", "花子", "Ana 🚀", "D'Arcy", "=Ana"]
FAMILY = [
    "Ficticia", "Erfunden, PhD, MBA", "Muster (Beispiel)", "Öztürk-Nix", "O’Neil, P.Eng.", "बनावटी",
    "", "@Invented", 'van "der" Test',
]  # fmt: skip
SLUG = ["ana-{}", "josé-{}", "иван-{}", "花子-{}", "a%-{}"]
CELLS = ["", "NA", "Bake, Co", 'The "Old" Mill', "Müller; Söhne", "null", "-1+2", "Zoë’s"]
TEXTS = [
    "", "Shall we meet?", "Line one\nline two", 'He said "yes", didn\'t he?', "=1+1", "DATE",
    "Ünï, códe; tàb\there", "Happy birthday!", "👍", "  spaces around  ", "a,b,c", ";;;",
]  # fmt: skip
ANY_DAY = st.dates(date(2010, 1, 1), date(2026, 11, 1))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A few people with names of their own, and what they wrote to the owner and got from them."""
    drawn = draw(
        st.lists(
            st.tuples(*map(st.sampled_from, (GIVEN, FAMILY, SLUG, CELLS, CELLS)), ANY_DAY,
                      st.booleans()),
            min_size=1, max_size=5, unique_by=lambda row: name_key(f"{row[0]} {row[1]}"),
        )
    )  # fmt: skip
    people = tuple(
        Human(
            slug.format(at), first, last, company, position,
            f"somebody{at}@example.org" if at % 2 else "", day if is_connection else None,
        )
        for at, (first, last, slug, company, position, day, is_connection) in enumerate(drawn)
    )  # fmt: skip
    return World(
        people,
        tuple(draw(st.lists(ANY_DAY, max_size=2))),
        tuple(_said(draw, people)),
        *(
            tuple(
                maker(draw(st.sampled_from(people)), _summer(draw, number), **_extra(draw, maker))
                for number in range(draw(st.integers(0, 2)))
            )
            for maker in (Asked, Esteem, Esteem)
        ),
    )


def _said(draw: st.DrawFn, people: tuple[Human, ...]) -> list[Said]:
    whats = ["message"] * 6 + ["draft", "spam", "notice", "sponsored", "hidden"]
    said = []
    for number in range(draw(st.integers(0, 8))):
        most = draw(st.sampled_from([1, 1, 1, len(people)]))
        others = draw(st.lists(st.sampled_from(people), min_size=1, max_size=most, unique=True))
        writer = draw(st.sampled_from([None, *range(len(others))]))
        what = draw(st.sampled_from(whats))
        if what in {"hidden", "sponsored"}:
            writer = 0
        text = draw(st.sampled_from(TEXTS))
        said.append(Said(tuple(others), _summer(draw, number), text, writer, what))
    return said


def _extra(draw: st.DrawFn, maker: type) -> dict[str, object]:
    if maker is Esteem:
        return {}
    return {"text": draw(st.sampled_from(TEXTS)), "is_sent": draw(st.booleans())}


def _summer(draw: st.DrawFn, number: int) -> datetime:
    """Return an instant of its own minute, not in the hour that autumn has twice."""
    days = draw(st.integers(0, 60)) + 365 * draw(st.integers(0, 7))
    return datetime(2018, 6, 1, tzinfo=UTC) + timedelta(
        days, draw(st.integers(0, 59)), minutes=number
    )


FORMS = st.builds(
    Form,
    separator=st.sampled_from([",", ";", "\t"]),
    ends=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
    rows_seed=st.integers(0, 9),
    columns_seed=st.none() | st.integers(0, 9),
)
YEARS = st.sampled_from(sorted(ERAS))
few = settings(max_examples=20)
TABLES = ("people", "interactions", "participants", "positions", "coverage")


def read(files: dict[str, bytes], container: str = "zip") -> nq.Network:
    with TemporaryDirectory() as folder:
        return nq.read_linkedin(wild.put(Path(folder) / "x", files, container))


# What is written reads back ----------------------------------------------------------------------


@few
@given(worlds(), YEARS, FORMS, st.sampled_from(wild.CONTAINERS))
def test_any_world_of_any_year_in_any_form_reads_back_the_same(world, year, form, container):
    era = ERAS[year]
    network = read(era.files(world, form), container)
    assert wild.people_of(network, with_key=year >= 2023) == era.people_read(world)
    assert wild.interactions_of(network) == era.interactions_read(world)
    aside = network.coverage.query("outcome == 'set aside'")
    aside = aside[aside["file"].str.casefold() == "messages.csv"]
    assert dict(zip(aside["reason"], aside["row_count"], strict=True)) == era.set_aside(world)
    assert network.rejects.empty


@few
@given(worlds(), YEARS, FORMS, st.sampled_from(wild.CONTAINERS))
def test_rows_line_ends_quotes_encoding_columns_and_container_change_nothing(
    world, year, form, container
):
    era = ERAS[year]
    straight = read(era.files(world))
    other = read(era.files(world, form), container)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(straight, table), getattr(other, table))
    assert (straight.owner, straight.as_of) == (other.owner, other.as_of)
    added = set(other.warnings) - set(straight.warnings)
    assert all("saved again by another program" in warning for warning in added)
    assert set(straight.warnings) <= set(other.warnings)


@few
@given(worlds(), YEARS, FORMS)
def test_coverage_adds_up_to_what_the_csv_module_counts(world, year, form):
    files = ERAS[year].files(world, form)
    coverage = read(files).coverage
    preamble = {"Connections.csv": ERAS[year].preamble.count("\n")}
    for name, data in files.items():
        rows = coverage.loc[coverage["file"] == name, "row_count"].sum()
        assert rows == wild.counted(
            data, separator=form.separator, preamble=preamble.get(name, 0)
        ), name


@settings(max_examples=6)
@given(worlds())
def test_every_year_says_the_same_of_what_every_year_can_say(world):
    """From 2018 to 2026 the same people talked, on the same days, whichever columns tell it."""
    kept = World(world.people, (), tuple(m for m in world.messages if m.what == "message"))
    talks = set()
    for era in ERAS.values():
        network = read(era.files(kept))
        called = network.people.set_index("person_id")["name"]
        rows = network.interactions
        days = rows["at"].dt.strftime("%Y-%m-%d")
        told = zip(rows["person_id"].map(called), days, rows["direction"], strict=True)
        talks.add(tuple(sorted(told)))
    assert len(talks) == 1


# Whatever is in the place of a file --------------------------------------------------------------

PIECES = (
    b"\0",
    b'"',
    b"\n",
    b"\r",
    b",",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"%FIRSTNAME%",
    b"UTC",
    b"\x80",
)


@st.composite
def spoiled(draw: st.DrawFn, data: bytes) -> bytes:
    """Return anything at all, anything under the header, or the file with a few bytes changed."""
    way = draw(st.sampled_from(["any", "under the header", "changed", "changed"]))
    if way == "any":
        return draw(st.binary(max_size=200))
    if way == "under the header":
        head = data[: data.index(b"\n", len(wild.PREAMBLE)) + 1]
        return head + draw(st.binary(max_size=200))
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(changed)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        changed[at : at + draw(st.integers(0, 30))] = piece
    return bytes(changed)


@cache
def intact() -> dict[str, bytes]:
    return {file: text.encode() for file, text in test_damage.texts().items()}


@settings(max_examples=60)
@given(st.sampled_from(test_damage.FILES), st.data())
def test_any_bytes_in_place_of_a_file_give_a_clear_error_or_rejects(file, data):
    files = {name: intact()[name] for name in (*test_damage.ESSENTIAL, "Profile.csv", file)}
    try:
        network = read(files | {file: data.draw(spoiled(intact()[file]))})
    except nq.NetQualityError:
        assert file in test_damage.ESSENTIAL
        return
    counts = network.coverage[network.coverage["file"] == file]
    assert counts["outcome"].isin(["used", "set aside", "rejected"]).all()
    rejected = counts.loc[counts["outcome"] == "rejected", "row_count"].sum()
    assert len(counts)
    assert rejected == (network.rejects["file"] == file).sum()


@settings(max_examples=30)
@given(st.data())
def test_any_bytes_changed_in_a_zip_give_a_clear_error_or_a_network(data):
    with TemporaryDirectory() as folder:
        path = wild.put(Path(folder), intact(), data.draw(st.sampled_from(["zip", "zip.zip"])))
        changed = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(changed) - 1))
            piece = data.draw(st.binary(min_size=1, max_size=4))
            changed[at : at + data.draw(st.integers(0, 4))] = piece
        path.write_bytes(changed)
        with suppress(nq.NetQualityError):
            nq.read_linkedin(path)


# Whatever the machine ----------------------------------------------------------------------------

DIGEST = """
import sys, hashlib, netquality as nq
network = nq.read_linkedin(sys.argv[1])
tables = [getattr(network, name).to_csv() for name in (
    "people", "interactions", "participants", "positions", "education", "coverage", "rejects",
    "contacts", "addresses", "matches", "doubts",
)]
said = "\\n".join([*tables, *network.warnings, repr(network)])
print(hashlib.sha256(said.encode()).hexdigest())
"""


def test_time_zone_locale_and_hash_seed_change_nothing(tmp_path):
    files = intact() | {"messages (1).csv": intact()["messages.csv"].replace(b"plan", b"Plan")}
    path = wild.put(tmp_path, files, "zip")
    said = set()
    for zone, locale, seed in (
        ("Asia/Kolkata", "C", "1"),
        ("America/New_York", "de_DE.UTF-8", "2"),
    ):
        machine = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST, str(path)],
            env=machine,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        said.add(done.stdout)
        assert done.stderr == ""
    assert len(said) == 1
