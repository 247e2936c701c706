"""Damaged files: each damage has a fixture made here, and what the user gets for it is said.

What a program only wrote in another way reads the same, and a warning names the file. What is
broken costs its own row, which stands in `rejects` with its line and is counted in `coverage`. What
cannot be understood at all is an error where an answer would be false without it (connections,
messages, invitations) and else a warning. Nothing becomes "no messages" without a word.
"""

from __future__ import annotations

import csv
import re
import struct
import zipfile

import pandas as pd
import pytest
from exports import MESSAGE_HEADER, OWNER, to_csv, url, write_zip
from wild import PREAMBLE, encoded, padded, separated, wrapped

import netquality as nq

PEOPLE = ("José Núñez", "Zoë Größe", "François Brûlé", "Ana Señora")
"""Written the same in cp1252, mac_roman and cp1250's Western neighbours."""

OTHER_PEOPLE = {
    "cp1250": ("Łukasz Żółć", "Tomáš Dvořák", "Agnieszka Dąbrowska", "Jiří Němeček"),
    "cp1251": ("Иван Вымышлен", "Мария Небылица", "Ольга Выдумкина", "Сергей Неизвестный"),
}
ESSENTIAL = ("Connections.csv", "messages.csv", "Invitations.csv")
OPEN_QUOTE = "has a quote that never ends; nothing after it can be read"


def columns(header: str) -> list[str]:
    return header.split(",")


def tables(people=PEOPLE) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return header and rows of every file that is read; dates that can be read in one way only."""
    parts = [name.split(" ") for name in people]
    # slugs are ASCII: a name that is damaged here is not mended by its URL
    links = [url(f"somebody-{at}") for at in range(len(people))]
    both = list(zip(people, parts, links, strict=True))
    words = "Können wir über Zoës Größe reden, señor? "
    if people is not PEOPLE:
        words = " ".join(people) + "? "
    owner, mine = OWNER
    return {
        "Connections.csv": (
            columns("First Name,Last Name,URL,Email Address,Company,Position,Connected On"),
            [[*two, link, f"somebody{day}@example.org", two[1], words.strip(),
              f"{day + 20} Jan 2020"] for day, (_, two, link) in enumerate(both)],
        ),
        "messages.csv": (
            MESSAGE_HEADER,
            [[f"2-{at}", "", *sides[0], *sides[1], f"2020-02-{at + 13} 10:00:00 UTC", "",
              words + str(at), "INBOX", "", "No"]
             for at, (name, _, link) in enumerate(both)
             for sides in [((name, link), (owner, mine))[:: 1 if at % 2 else -1]]],
        ),
        "Invitations.csv": (
            columns("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"),
            [[owner, name, f"1/{day + 13}/20, 9:30 PM", words, "OUTGOING", mine, link]
             for day, (name, _, link) in enumerate(both)],
        ),
        "Endorsement_Received_Info.csv": (
            columns(
                "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
                "Endorser Public Url,Endorsement Status"
            ),
            [[f"2020/03/{day + 13} 10:00:00 UTC", words, *two, link[8:], "ACCEPTED"]
             for day, (_, two, link) in enumerate(both)],
        ),
        "Endorsement_Given_Info.csv": (
            columns(
                "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,"
                "Endorsee Public Url,Endorsement Status"
            ),
            [[f"2020/03/{day + 13} 11:00:00 UTC", words, *two, link[8:], "PENDING"]
             for day, (_, two, link) in enumerate(both)],
        ),
        "Recommendations_Received.csv": (
            columns("First Name,Last Name,Company,Job Title,Text,Creation Date,Status"),
            [[*two, "", "", words, f"04/{day + 13}/20, 09:30 PM", "VISIBLE"]
             for day, (_, two, _) in enumerate(both)],
        ),
        "Recommendations_Given.csv": (
            columns("First Name,Last Name,Company,Job Title,Text,Creation Date,Status"),
            [[*two, "", "", words, f"05/{day + 13}/20, 09:30 PM", "VISIBLE"]
             for day, (_, two, _) in enumerate(both)],
        ),
        "Member_Follows.csv": (
            ["Date", "Status", "FullName"],
            [[f"2020-06-{day + 13} 10:00:00 UTC", "Active", name]
             for day, (name, _, _) in enumerate(both)],
        ),
        "Notes.csv": (
            columns(
                "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,"
                "Edited On"
            ),
            [[*two, link, words, f"2026-07-{day + 13} 10:00:00 UTC", ""]
             for day, (_, two, link) in enumerate(both)],
        ),
        "ImportedContacts.csv": (
            columns(
                "FirstName,MiddleName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,"
                "FullName"
            ),
            [[two[0], "", two[1], "", "", f"somebody{at}@example.org", "", "", name]
             for at, (name, two, _) in enumerate(both)],
        ),
        "Positions.csv": (
            columns("Company Name,Title,Description,Location,Started On,Finished On"),
            [[two[1], words, words, "", f"Jan {2010 + at}", f"Dec {2010 + at}"]
             for at, (_, two, _) in enumerate(both)],
        ),
        "Education.csv": (
            columns("School Name,Start Date,End Date,Notes,Degree Name,Activities"),
            [[two[1], str(2000 + at), str(2001 + at), words, words, ""]
             for at, (_, two, _) in enumerate(both)],
        ),
        "Profile.csv": (
            ["First Name", "Last Name", "Headline", "Summary"],
            [["Olga", "Ownerin", words, words + " ".join(people)]],
        ),
    }  # fmt: skip


FILES = tuple(tables())


def texts(people=PEOPLE) -> dict[str, str]:
    made = {file: to_csv(*table) for file, table in tables(people).items()}
    return made | {"Connections.csv": PREAMBLE + made["Connections.csv"]}


def read(where, files):
    files = {name: text.encode() if isinstance(text, str) else text for name, text in files.items()}
    return nq.read_linkedin(write_zip(where, files))


@pytest.fixture(scope="module")
def straight(tmp_path_factory):
    """The export without any damage."""
    network = read(tmp_path_factory.mktemp("straight"), texts())
    assert network.warnings == ()
    return network


TABLES = ("people", "interactions", "participants", "positions", "education", "addresses")


def assert_same(network, straight, *, coverage=True) -> None:
    for name in (*TABLES, "coverage") if coverage else TABLES:
        pd.testing.assert_frame_equal(getattr(network, name), getattr(straight, name))
    lines = [found.contacts.drop(columns="line") for found in (network, straight)]
    pd.testing.assert_frame_equal(*lines)
    assert network.owner == straight.owner


def rows_of(network, file) -> dict[tuple[str, str], int]:
    """Return what became of the rows of a file: outcome and reason, and how many."""
    rows = network.coverage[network.coverage["file"] == file]
    return {
        (row.outcome, row.reason): None if pd.isna(row.row_count) else int(row.row_count)
        for row in rows.itertuples()
    }


def rejects_of(network) -> list[tuple[str, int, str]]:
    return sorted(network.rejects.itertuples(index=False, name=None))


# Written in another way: it reads the same, and a warning says so ---------------------------------


def ended(text: str, ends: str) -> str:
    """Write every line end in another way; no cell here has one inside."""
    return text.replace("\n", ends)


RESAVED = {
    "semicolons": (lambda text: separated(text, ";").encode(), "semicolons"),
    "tabs": (lambda text: separated(text, "\t").encode(), "tabs"),
    "bars": (lambda text: separated(text, "|").encode(), "bars"),
    "cp1252": (lambda text: text.encode("cp1252"), "cp1252"),
    "mac_roman": (lambda text: text.encode("mac_roman"), "mac-roman"),
    "UTF-16 little end first": (lambda text: encoded(text, "utf-16-le"), "UTF-16"),
    "UTF-16 big end first": (lambda text: encoded(text, "utf-16-be"), "UTF-16"),
    "UTF-16 with tabs": (lambda text: encoded(separated(text, "\t"), "utf-16-le"), "tabs, UTF-16"),
    "semicolons in cp1252 with CRLF": (
        lambda text: ended(separated(text, ";"), "\r\n").encode("cp1252"),
        "semicolons, cp1252",
    ),
    "whole rows in one cell": (lambda text: wrapped(text).encode(), "whole rows in one cell"),
    "NUL bytes": (lambda text: text.replace("Z", "\0Z").encode() + b"\0", "NUL byte"),
}


@pytest.mark.parametrize("damage", RESAVED)
def test_files_saved_again_read_the_same_and_a_warning_names_each(tmp_path, straight, damage):
    change, said = RESAVED[damage]
    network = read(tmp_path, {file: change(text) for file, text in texts().items()})
    assert_same(network, straight)
    beginning = "saved again by another program ("
    named = [re.split(", | and ", warning.partition(": ")[0]) for warning in network.warnings]
    assert sorted(file for files in named for file in files) == sorted(FILES)
    same = [warning.partition(": ")[2] for warning in network.warnings]
    assert len(same) == len(set(same))  # what is so of several files is said once
    for warning in network.warnings:
        assert warning.partition(": ")[2].startswith(beginning)
        assert said in warning


HARMLESS = {
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: ended(text, "\r\n").encode(),
    "CR": lambda text: ended(text, "\r").encode(),
    "every field quoted": lambda text: (
        PREAMBLE.encode() * text.startswith("Notes:")
        + to_csv(*_rows(text), quoting=csv.QUOTE_ALL).encode()
    ),
    "no final newline": lambda text: text.rstrip("\n").encode(),
    "blank lines": lambda text: (ended(text, "\n\n") + "\n\n").encode(),
}


def _rows(text: str) -> tuple[list[str], list[list[str]]]:
    rows = list(csv.reader(text.removeprefix(PREAMBLE).splitlines()))
    return rows[0], rows[1:]


@pytest.mark.parametrize("damage", HARMLESS)
def test_what_needs_no_judgement_needs_no_warning(tmp_path, straight, damage):
    change = HARMLESS[damage]
    network = read(tmp_path, {file: change(text) for file, text in texts().items()})
    assert_same(network, straight)
    assert network.warnings == ()


@pytest.mark.parametrize("page", OTHER_PEOPLE)
def test_other_code_pages(tmp_path, page):
    made = texts(OTHER_PEOPLE[page])
    intact = read(tmp_path / "a", made)
    network = read(tmp_path / "b", {file: text.encode(page) for file, text in made.items()})
    assert_same(network, intact)
    (warning,) = network.warnings
    files, _, said = warning.partition(": ")
    assert said == f"saved again by another program ({page}); read as such."
    assert sorted(re.split(", | and ", files)) == sorted(FILES)


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_preamble_padded_by_a_spreadsheet(tmp_path, straight, separator):
    text = texts()["Connections.csv"]
    text = separated(text, separator) if separator != "," else text
    text = padded(PREAMBLE + text.split("\n", 3)[3], 7, separator)
    network = read(tmp_path, texts() | {"Connections.csv": text})
    assert_same(network, straight)
    assert len(network.warnings) == (separator == ";")


# Broken: each row costs itself only ---------------------------------------------------------------


def test_rows_with_too_few_or_too_many_cells_are_rejected_by_line(tmp_path, straight):
    made, expected = {}, []
    for file, (header, rows) in tables().items():
        made[file] = to_csv(header, [rows[0][:-1], *rows, [*rows[0], "one more"]])
        for line, cells in ((2, len(header) - 1), (len(rows) + 3, len(header) + 1)):
            expected.append((file, line, f"has {cells} cells, the header has {len(header)}"))
    network = read(tmp_path, made)
    assert rejects_of(network) == sorted(expected)
    for file in FILES:
        broken = {("rejected", "wrong number of cells"): 2}
        assert rows_of(network, file) == rows_of(straight, file) | broken
    assert_same(network, straight, coverage=False)
    assert sorted(network.warnings) == sorted(
        f"{file}: 2 rows could not be read; see `rejects`." for file in FILES
    )


@pytest.mark.parametrize("file", FILES)
def test_a_row_above_the_header_is_rejected_counted_and_warned_of(tmp_path, straight, file):
    header, rows = tables()[file]
    row = to_csv([*rows[0]], [])
    text = texts()[file].replace(to_csv(header, []), row + to_csv(header, []))
    network = read(tmp_path, texts() | {file: text})
    line = text.splitlines().index(row.strip()) + 1
    assert rejects_of(network) == [
        (file, line, "stands above the header; put the header back on the first line")
    ]
    above = {("rejected", "stands above the header; put the header back on the first line"): 1}
    assert rows_of(network, file) == rows_of(straight, file) | above
    assert network.warnings == (f"{file}: 1 row could not be read; see `rejects`.",)
    assert_same(network, straight, coverage=False)


CUTS = {
    "in a row": ("x,y", "has 2 cells, the header has"),
    "in a quote": ('x,"y', OPEN_QUOTE),
    "in a letter": ("x,yé", "has 2 cells, the header has"),
}


@pytest.mark.parametrize("cut", CUTS)
def test_files_cut_off_keep_all_rows_before_the_cut(tmp_path, straight, cut):
    last, reason = CUTS[cut]
    whole = {file: (text + last).encode() for file, text in texts().items()}
    is_letter = cut == "in a letter"
    whole = {file: data[: -is_letter or None] for file, data in whole.items()}
    network = read(tmp_path, whole)
    lines = {file: text.count("\n") + 1 for file, text in texts().items()}
    assert [(file, line) for file, line, _ in rejects_of(network)] == sorted(lines.items())
    assert all(why.startswith(reason) for *_, why in rejects_of(network))
    counted = OPEN_QUOTE if cut == "in a quote" else "wrong number of cells"
    for file in FILES:
        assert rows_of(network, file)["rejected", counted] == 1
        assert f"{file}: 1 row could not be read; see `rejects`." in network.warnings
    assert_same(network, straight, coverage=False)
    mended = [warning for warning in network.warnings if "in the middle of a character" in warning]
    assert len(mended) == is_letter  # one sentence, which names every file
    assert all(file in said for said in mended for file in FILES)


@pytest.mark.parametrize("file", ESSENTIAL)
def test_an_absurdly_long_field_costs_its_row(tmp_path, straight, file):
    header, rows = tables()[file]
    long = [("x" * (17 << 20)) if at == 0 else cell for at, cell in enumerate(rows[0])]
    network = read(tmp_path, texts() | {file: to_csv(header, [*rows[:1], long, *rows[1:]])})
    reason = "has a field longer than 16 MiB"
    assert rejects_of(network) == [(file, 3, reason)]
    assert rows_of(network, file)["rejected", reason] == 1
    assert_same(network, straight, coverage=False)


# Nothing in it ------------------------------------------------------------------------------------


NOTHING = (b"", b"\n\n", b"\0\0\0\0", b"\xef\xbb\xbf", b"\xff\xfe")
SIGN_IN = b"<html><body>Sign in to LinkedIn</body></html>\n"
LESSER = tuple(file for file in FILES if file not in ESSENTIAL)


@pytest.mark.parametrize("data", [*NOTHING, SIGN_IN])
@pytest.mark.parametrize("file", ESSENTIAL)
def test_an_essential_file_with_nothing_in_it_is_an_error(tmp_path, file, data):
    with pytest.raises(nq.NetQualityError, match=f"^{file}: ") as caught:
        read(tmp_path, texts() | {file: data})
    assert "Sign in" not in str(caught.value)


@pytest.mark.parametrize("data", [*NOTHING, SIGN_IN])
def test_a_lesser_file_with_nothing_in_it_is_counted_and_warned_of(tmp_path, data):
    network = read(tmp_path, texts() | dict.fromkeys(LESSER, data))
    for file in LESSER:
        assert rows_of(network, file) == {("rejected", "cannot be read"): None}
        [warning] = [said for said in network.warnings if said.startswith(f"{file}: ")]
        assert "Sign in" not in warning


def test_a_header_alone_is_a_file_without_rows_and_said_to_be_one(tmp_path):
    network = read(tmp_path, {file: to_csv(header, []) for file, (header, _) in tables().items()})
    for file in FILES:
        assert rows_of(network, file) == {("used", "no rows under the header"): 0}
    assert network.rejects.empty


def test_connections_without_one_are_an_error_or_a_warning(tmp_path):
    header, rows = tables()["Connections.csv"]
    network = read(tmp_path, texts() | {"Connections.csv": to_csv(header, [])})
    said = [warning for warning in network.warnings if warning.startswith("Connections.csv: ")]
    assert said == [
        (
            "Connections.csv: has no connection. If you have any on LinkedIn, download the export "
            "again: nobody can be counted as connected until then."
        )
    ]
    with pytest.raises(nq.NetQualityError, match=r"^Connections.csv: no row can be read; that on"):
        read(tmp_path, texts() | {"Connections.csv": to_csv(header, [rows[0][:-1]])})


# Dates --------------------------------------------------------------------------------------------


def with_dates(file: str, column: str, *dates: str) -> str:
    header, rows = tables()[file]
    at = header.index(column)
    rows = [[*row[:at], day, *row[at + 1 :]] for row, day in zip(rows, dates, strict=False)]
    return to_csv(header, rows)


DATED = {
    "messages.csv": ("DATE", "message"),
    "Invitations.csv": ("Sent At", "invitation"),
    "Endorsement_Received_Info.csv": ("Endorsement Date", "endorsement"),
    "Recommendations_Received.csv": ("Creation Date", "recommendation"),
    "Member_Follows.csv": ("Date", "follow"),
}


def days_of(network, kind, file) -> list[str]:
    rows = network.interactions[network.interactions["kind"] == kind]
    if kind in {"endorsement", "recommendation"}:
        rows = rows[rows["direction"] == "received"]
    at = rows["at"].dt.tz_convert("America/Los_Angeles" if kind == "invitation" else "UTC")
    return sorted(at.dt.strftime("%Y-%m-%d %H:%M"))


@pytest.mark.parametrize("file", DATED)
def test_dates_readable_two_ways_are_decided_by_the_other_rows(tmp_path, file):
    column, kind = DATED[file]
    text = with_dates(file, column, "03/04/2020 10:00", "25/04/2020 10:00", "05/06/2020 10:00")
    network = read(tmp_path, texts() | {file: text})
    assert days_of(network, kind, file) == [
        "2020-04-03 10:00", "2020-04-25 10:00", "2020-06-05 10:00",
    ]  # fmt: skip
    assert network.warnings == (f"{file}: 3 dates are in another program's form; read as such.",)


@pytest.mark.parametrize("file", DATED)
def test_dates_that_nothing_decides_are_missing_counted_and_warned_of(tmp_path, file):
    column, kind = DATED[file]
    text = with_dates(file, column, "03/04/2020 10:00", "05/06/2020 10:00", "2020-04-25 10:00")
    network = read(tmp_path, texts() | {file: text})
    assert days_of(network, kind, file) == ["2020-04-25 10:00"]
    assert [(where, line) for where, line, _ in rejects_of(network)] == [(file, 2), (file, 3)]
    assert sum(n for (what, _), n in rows_of(network, file).items() if what == "rejected") == 2
    assert f"{file}: 2 rows could not be read; see `rejects`." in network.warnings


def test_connection_dates_that_nothing_decides_leave_the_people_without_one(tmp_path):
    text = with_dates("Connections.csv", "Connected On", "03/04/2020", "05/06/2020", "9 Jan 2020")
    network = read(tmp_path, texts() | {"Connections.csv": text})
    people = network.people[network.people["is_connection"]].sort_values("person_id")
    assert people["connected_on"].isna().tolist() == [True, True, False]
    assert rows_of(network, "Connections.csv") == {
        ("used", "connection"): 1, ("used", "connection without a readable date"): 2,
    }  # fmt: skip
    assert network.warnings[:1] == (
        (
            "Connections.csv: 2 dates could have day or month first, and no row says which: "
            "left missing."
        ),
    )


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (("03/02/2020", "04/02/2020", "05/02/2020", "06/02/2020"), "no connection has a"),
        (("?", "2 Jan 2020", "3 Jan 2020", "4 Jan 2020"), "1 connection has no"),
    ],
)
def test_the_summary_says_how_many_connections_bear_no_date(tmp_path, dates, said):
    text = with_dates("Connections.csv", "Connected On", *dates)
    network = read(tmp_path, texts() | {"Connections.csv": text})
    assert f"none was unreadable; {said} date that can be read." in network.summary()


def test_months_that_a_spreadsheet_translated_by_half(tmp_path):
    text = with_dates(
        "Connections.csv", "Connected On", "03-feb-20", "04 Jan 2020", "05-März-20", " 06 Apr 2020"
    )
    network = read(tmp_path, texts() | {"Connections.csv": text})
    days = network.people.sort_values("person_id")["connected_on"].dt.strftime("%Y-%m-%d")
    assert days.tolist() == ["2020-02-03", "2020-01-04", "2020-03-05", "2020-04-06"]
    assert network.warnings == (
        "Connections.csv: 2 dates are in another program's form; read as such.",
    )


# Never "no messages" without a word ---------------------------------------------------------------


@pytest.mark.parametrize("file", ESSENTIAL)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_random_bytes_at_the_end_of_a_file_never_take_the_rows_before(
    tmp_path, straight, share, file
):
    data = texts()[file].encode()
    kept = data[: data.index(b"\n", int(len(data) * share)) + 1]
    lines = kept.count(b"\n") - 1 - PREAMBLE.count("\n") * (file == "Connections.csv")
    damaged = texts() | {file: kept + bytes(range(128, 256))}
    if lines <= 0:  # no row is left: that is said, and is no "nobody is connected"
        with pytest.raises(nq.NetQualityError, match=f"^{file}: no row can be read; that on line"):
            read(tmp_path, damaged)
        return
    network = read(tmp_path, damaged)
    used = sum(n for (what, _), n in rows_of(network, file).items() if what == "used")
    assert used == lines
    assert any(warning.startswith(f"{file}: ") for warning in network.warnings)


# Archives -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tenth", range(10))
def test_a_zip_cut_off_anywhere_is_refused_in_a_sentence(tmp_path, tenth):
    path = write_zip(tmp_path, {file: text.encode() for file, text in texts().items()})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * tenth // 10])
    with pytest.raises(nq.NetQualityError, match=f"^{path.name}: "):
        nq.read_linkedin(path)


def test_an_encrypted_zip_is_refused_with_what_to_do(tmp_path):
    path = write_zip(tmp_path, {file: text.encode() for file, text in texts().items()})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        places = [info.header_offset for info in archive.infolist()]
        at = archive.start_dir
    for place in places:
        struct.pack_into("<H", data, place + 6, 1)
    for _ in places:
        struct.pack_into("<H", data, at + 8, 1)
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    path.write_bytes(data)
    with pytest.raises(nq.NetQualityError, match="password"):
        nq.read_linkedin(path)
