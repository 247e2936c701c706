"""The quirks of real exports that no other test holds, and the page that names a test for each."""

from __future__ import annotations

import ast
import re
from itertools import product
from pathlib import Path

import contact_files
import pandas as pd
import pytest
from exports import (
    MESSAGE_HEADER,
    NAME,
    OWNER,
    PREAMBLE,
    back_and_forth,
    connection,
    files,
    hidden,
    invitation,
    message,
    position,
    system_row,
    to_csv,
    url,
    write_folder,
    write_zip,
)

import netquality as nq

ROOT = Path(__file__).parents[1]
OLDER = "Complete_LinkedInDataExport_11-20-2025"
PAGE = ROOT / "docs" / "formats.md"


def read(where, made, **more):
    return nq.read_linkedin(write_zip(where, made), **more)


def counts(network, file="messages.csv") -> dict[str, int]:
    rows = network.coverage[network.coverage["file"] == file]
    return dict(zip(rows["reason"], rows["row_count"], strict=True))


# The page ----------------------------------------------------------------------------------------

_NAMED = re.compile(r"`(tests/\w+\.py)::(\w+)`")


def rows_of_the_page() -> list[str]:
    """Return the rows of its tables, without the two that make up each head."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    heads = {at for at, line in enumerate(lines) if re.fullmatch(r"\|[ :|-]+\|", line)}
    skipped = heads | {at - 1 for at in heads}
    return [line for at, line in enumerate(lines) if line.startswith("|") and at not in skipped]


def names_in(file: str) -> set[str]:
    """Return the names of a file's tests, without importing it."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_quirk_of_the_page_names_a_test_that_exists():
    rows = rows_of_the_page()
    assert len(rows) > 100
    known: dict[str, set[str]] = {}
    for row in rows:
        named = _NAMED.findall(row.split("|")[-2])
        assert named, f"no test: {row}"
        for file, name in named:
            assert (ROOT / file).exists(), file
            assert name in known.setdefault(file, names_in(file)), f"{file}::{name}"
            assert name.startswith("test_")


def test_no_quirk_stands_twice_on_the_page():
    quirks = [row.rsplit("|", 2)[0] for row in rows_of_the_page()]
    assert len(set(quirks)) == len(quirks)


# Connections -------------------------------------------------------------------------------------

PEOPLE = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


@pytest.mark.parametrize(
    "above", ["", "Notes:\n", PREAMBLE, PREAMBLE + PREAMBLE, "\n" * 7, "Anything,at all\n" * 12]
)
def test_the_header_is_found_by_search_whatever_stands_above_it(tmp_path, above):
    text = above + to_csv(PEOPLE.split(","), [connection("ana"), connection("ben")])
    network = read(tmp_path, files() | {"Connections.csv": text})
    assert network.people["person_id"].tolist() == ["ana", "ben"]


@pytest.mark.parametrize(
    ("header", "on"),
    [
        (PEOPLE.replace("URL,", "") + ",Tags", "9/22/17, 5:33 PM"),
        (PEOPLE.replace("URL,", ""), "9/22/17, 5:33 PM"),
        (PEOPLE.replace("URL,", ""), "22 Sep 2017"),
        (PEOPLE, "22 Sep 2017"),
    ],
)  # fmt: skip
def test_connections_of_each_header_and_date(tmp_path, header, on):
    cells = {"First Name": "Ana", "Last Name": "Erfunden", "Connected On": on, "Company": "NA"}
    row = [cells.get(name, "") for name in header.split(",")]
    network = read(tmp_path, files() | {"Connections.csv": to_csv(header.split(","), [row])})
    [person] = network.people.to_dict("records")
    assert (person["name"], person["company"]) == ("Ana Erfunden", "NA")
    assert person["connected_on"] == pd.Timestamp("2017-09-22")
    assert network.warnings == ("messages.csv is missing, so silence tells nothing about anybody.",)


def test_a_profile_that_stands_twice_is_one_person_and_the_second_row_is_counted(tmp_path):
    rows = [connection("ana", "02 Feb 2021"), connection("ana", "01 Jan 2020"), connection("ben")]
    network = read(tmp_path, files(connections=rows))
    assert network.people["person_id"].tolist() == ["ana", "ben"]
    assert network.people["connected_on"].iloc[0] == pd.Timestamp("2020-01-01")
    assert counts(network, "Connections.csv") == {
        "connection": 2,
        "the same profile a second time": 1,
    }


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_connected_on_is_a_utc_date_wherever_it_is_read(tmp_path, monkeypatch, zone):
    import time  # noqa: PLC0415

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        network = read(tmp_path, files(connections=[connection("ana", "01 Mar 2020")]))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert network.people["connected_on"].tolist() == [pd.Timestamp("2020-03-01")]


def test_a_fifth_of_hidden_members_makes_nobody(tmp_path):
    rows = [connection(f"a{at}") for at in range(78)] + [hidden()] * 22
    network = read(tmp_path, files(connections=rows))
    assert len(network.people) == 78
    assert counts(network, "Connections.csv")["hidden member: nothing but a date"] == 22


# Messages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["INBOX", "SENT", "ARCHIVED", "ARCHIVE", ""])
@pytest.mark.parametrize("sent", [True, False])
def test_no_folder_but_spam_says_anything(tmp_path, folder, sent):
    row = message("ana", "2020-02-01", folder=folder, sent=sent)
    network = read(tmp_path, files(connections=[connection("ana")], messages=[row]), me=OWNER[1])
    assert network.interactions["direction"].tolist() == ["sent" if sent else "received"]


EXTRA = ("IS MESSAGE DRAFT", "IS CONVERSATION DRAFT", "ATTACHMENTS")


@pytest.mark.parametrize("there", list(product([False, True], repeat=3)))
def test_columns_that_come_and_go_are_used_where_they_are(tmp_path, there):
    more = [name for name, is_there in zip(EXTRA, there, strict=True) if is_there]
    header = [*MESSAGE_HEADER[:10], *more]
    rows = [
        [*message("ana", f"2020-02-0{at}", sent=True)[:10], *("" for _ in more)]
        for at in range(1, 5)
    ]
    for at, name in enumerate(more):
        rows[at][header.index(name)] = "Yes" if "DRAFT" in name else "photo.jpg"
    made = files(connections=[connection("ana")]) | {"messages.csv": to_csv(header, rows)}
    network = read(tmp_path, made)
    drafts = sum("DRAFT" in name for name in more)
    assert len(network.interactions) == 4 - drafts
    assert counts(network).get("draft that was never sent", 0) == drafts


@pytest.mark.parametrize("draft", ["No", "", "true", "false"])
def test_only_yes_marks_a_draft(tmp_path, draft):
    row = message("ana", "2020-02-01", draft=draft, sent=True)
    network = read(tmp_path, files(connections=[connection("ana")], messages=[row]))
    assert len(network.interactions) == 1


def test_newlines_in_a_text_are_part_of_it(tmp_path):
    text = 'One line\n\nanother, with "quotes"\n'
    made = files(connections=[connection("ana")], messages=[message("ana", "2026-03-01", text)])
    network = read(tmp_path, made, me=OWNER[1])
    assert network.interactions["character_count"].tolist() == [len(text.strip())]


def test_exact_duplicates_are_counted_once_however_far_apart(tmp_path):
    rows = [message("ana", f"2020-02-{day:02}") for day in range(1, 10)]
    network = read(tmp_path, files(connections=[], messages=rows + rows[::-1]), me=OWNER[1])
    assert len(network.interactions) == 9
    assert counts(network)["exact duplicate of another row"] == 9


@pytest.mark.parametrize("text", ["", "Kim joined", "Kim left", "Kim accepted your invitation"])
def test_a_row_without_anybody_is_no_message(tmp_path, text):
    row = system_row("2020-02-01")
    row[8] = text
    network = read(tmp_path, files(connections=[connection("ana")], messages=[row]))
    assert network.interactions.empty
    assert counts(network) == {"notice by LinkedIn, written by nobody": 1}


@pytest.mark.parametrize("column", ["SUBJECT", "CONVERSATION TITLE"])
@pytest.mark.parametrize("said", ["Sponsored Conversation", "Sponsored", "InMail: a great offer"])
def test_subject_and_title_alone_decide_nothing(tmp_path, column, said):
    row = message("ana", "2020-02-01")
    row[MESSAGE_HEADER.index(column)] = said
    network = read(tmp_path, files(connections=[connection("ana")], messages=[row]), me=OWNER[1])
    assert network.interactions["is_real"].tolist() == [True]


def test_a_group_of_49_is_no_talk_between_two(tmp_path):
    slugs = [f"a{at}" for at in range(49)]
    rows = [
        message("a0", f"2020-0{month}-01", thread="2-g", to=slugs[1:], sent=sent)
        for month, sent in ((2, True), (3, False), (4, True))
    ]
    network = read(tmp_path, files(connections=[*map(connection, slugs)], messages=rows))
    assert network.interactions["is_group"].all()
    assert len(network.interactions) == 49 * 2 + 1
    assert set(network.interactions["recipient_count"]) == {49}
    assert len(network.participants) == 49
    assert not nq.assess(network)["sent_count"].any()


def test_a_message_without_text_from_somebody_is_real(tmp_path):
    rows = [message("ana", "2020-02-01", ""), message("ana", "2020-02-02", "", sent=True)]
    network = read(tmp_path, files(connections=[connection("ana")], messages=rows))
    assert network.interactions["is_real"].tolist() == [True, True]
    assert network.interactions["character_count"].tolist() == [0, 0]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_names_and_texts_that_look_like_formulas_are_names_and_texts(tmp_path, sign):
    name = f"{sign}Ana"
    row = message("ana", "2020-02-01", f"{sign}1+1")
    row[2] = f"{name} Erfunden"
    made = files(connections=[connection("ana", given=name)], messages=[row])
    network = read(tmp_path, made, me=OWNER[1], keep_text=True)
    assert network.people["name"].tolist() == [f"{name} Erfunden"]
    assert network.interactions["text"].tolist() == [f"{sign}1+1"]


def test_talk_from_before_connecting_counts(tmp_path):
    rows = back_and_forth("ana", "2019-01-01", "2019-06-01")
    network = read(tmp_path, files(connections=[connection("ana", "01 Jan 2020")], messages=rows))
    [person] = nq.assess(network).to_dict("records")
    assert person["first_talk_at"] == pd.Timestamp("2019-01-01 10:00", tz="UTC")


def test_a_note_is_a_message_at_acceptance_though_it_was_sent_weeks_before(tmp_path):
    text = "Hello Olga, we met at the invented fair."
    made = files(
        connections=[connection("ana", "02 Mar 2026")],
        messages=[message("ana", "2026-03-02", text)],
        invitations=[invitation("ana", "1/15/26, 5:33 PM", text)],
    )
    network = read(tmp_path, made)
    said = network.interactions[network.interactions["kind"] == "message"]
    assert said["at"].tolist() == [pd.Timestamp("2026-03-02 10:00", tz="UTC")]
    assert said[["is_note", "is_real"]].to_numpy().tolist() == [[True, False]]
    assert nq.assess(network)["received_count"].tolist() == [0]  # nobody talked


# Invitations and the others ----------------------------------------------------------------------


def test_pending_invitations_make_no_connection(tmp_path):
    made = files(
        connections=[connection("ana")],
        invitations=[
            invitation("ana", "1/4/26, 9:05 AM", sent=True), invitation("ben", "1/5/26, 9:05 AM"),
        ],
    )  # fmt: skip
    network = read(tmp_path, made)
    people = network.people.set_index("person_id")["is_connection"]
    assert people.to_dict() == {"ana": True, "ben": False}


ONCE = {
    "Invitations": (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
        invitation("ana", "1/4/26, 9:05 AM", sent=True),
    ),
    "Endorsement_Received_Info": (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status",
        ["2026/01/02 03:04:05 UTC", "Baking", "Ana", "Erfunden", "ACCEPTED"],
    ),
    "Recommendations_Given": (
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        ["Ana", "Erfunden", "Bake Co", "Baker", "A text.", "05/01/21, 09:00 AM", "VISIBLE"],
    ),
    "Member_Follows": (
        "Date,Status,FullName",
        ["2026-05-01 10:00:00 UTC", "Active", "Ana Erfunden"],
    ),
}


@pytest.mark.parametrize("file", ONCE)
def test_the_same_row_twice_or_in_another_shard_counts_once(tmp_path, file):
    header, row = ONCE[file]
    made = files(connections=[connection("ana")])
    made |= {f"{file}.csv": to_csv(header.split(","), [row, row])}
    made |= {f"{file}_1.csv": to_csv(header.split(","), [row])}
    network = read(tmp_path, made)
    assert network.interactions["person_id"].tolist() == ["ana"]
    assert counts(network, f"{file}.csv")["exact duplicate of another row"] == 1
    assert counts(network, f"{file}_1.csv") == {"exact duplicate of another row": 1}


@pytest.mark.parametrize("side", ["Received", "Given"])
@pytest.mark.parametrize("link", ["www.linkedin.com/in/josé-1", "", None])
def test_endorsements_join_by_raw_urls_without_scheme_else_by_name(tmp_path, side, link):
    other = "Endorser" if side == "Received" else "Endorsee"
    header = ["Endorsement Date", "Skill Name", f"{other} First Name", f"{other} Last Name"]
    header += [] if link is None else [f"{other} Public Url"]
    row = ["Baking", "José", "Erfunden", *([] if link is None else [link])]
    rows = [
        [f"2026/01/0{day} 03:04:05 UTC", *row, said]
        for day, said in enumerate(("ACCEPTED", "PENDING", "REJECTED"), 1)
    ]
    made = files(connections=[connection("jos%C3%A9-1", given="José")])
    file = f"Endorsement_{side}_Info.csv"
    network = read(tmp_path, made | {file: to_csv([*header, "Endorsement Status"], rows)})
    assert network.interactions["person_id"].tolist() == ["josé-1"] * 2
    direction = "received" if side == "Received" else "sent"
    assert set(network.interactions["direction"]) == {direction}
    assert counts(network, file) == {"endorsement": 2, "endorsement that was turned down": 1}


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("Recommendations_Received.csv", "received"), ("Recommendations Received.csv", "received"),
        ("Recommendations_Given.csv", "sent"), ("Recommendations Given.csv", "sent"),
    ],
)  # fmt: skip
def test_recommendations_under_both_forms_of_their_name(tmp_path, name, direction):
    header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status".split(",")  # noqa: SIM905
    row = ["Ana", "Erfunden", "Bake Co", "Baker", "A text.", "05/01/21, 09:00 AM", "VISIBLE"]
    made = files(connections=[connection("ana")]) | {name: to_csv(header, [row])}
    [found] = read(tmp_path, made).interactions.to_dict("records")
    assert (found["person_id"], found["direction"]) == ("ana", direction)
    assert found["at"] == pd.Timestamp("2021-05-01 09:00", tz="UTC")


@pytest.mark.parametrize("file", ["Contacts.csv", "ImportedContacts.csv", "Imported Contacts.csv"])
def test_linkedins_address_book_makes_nobody_a_connection(tmp_path, file):
    write = {
        "Contacts.csv": contact_files.linkedin,
        "ImportedContacts.csv": contact_files.imported_2026,
        "Imported Contacts.csv": contact_files.imported_2018,
    }[file]
    book = [contact_files.Somebody("Kim", "Beispiel", ("kim@example.org", "k@example.net"))]
    made = files(connections=[connection("ana")]) | {file: write(book)}
    network = read(tmp_path, made)
    assert network.contacts["name"].tolist() == ["Kim Beispiel"]
    emails = network.addresses[network.addresses["kind"] == "email"]
    assert sorted(emails["value"]) == ["k@example.net", "kim@example.org"]
    assert network.people["is_connection"].sum() == 1


@pytest.mark.parametrize("start", ["Mar 2020", "2020"])
def test_positions_start_in_a_month_or_a_year(tmp_path, start):
    made = files(connections=[connection("ana")], positions=[position("Bake Co", start)])
    [job] = read(tmp_path, made).positions.to_dict("records")
    assert job["started_on"] == pd.Timestamp("2020-03-01" if "Mar" in start else "2020-01-01")
    assert job["is_current"]


@pytest.mark.parametrize("name", ["Reactions", "Comments", "Shares", "Votes"])
@pytest.mark.parametrize("end", ["", "_123456789"])
def test_files_about_posts_are_known_and_not_opened(tmp_path, name, end):
    made = files(connections=[connection("ana")]) | {f"{name}{end}.csv": "Date,Link\n\x00\xff"}
    network = read(tmp_path, made)
    assert counts(network, f"{name}{end}.csv").keys() == {"known file, not used"}
    assert network.people["person_id"].tolist() == ["ana"]


# Identity ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/in/jos%C3%A9-1", "https://www.linkedin.com/in/josé-1/",
        "http://de.linkedin.com/in/JOSÉ-1?trk=people", "www.linkedin.com/in/jose\u0301-1",
        "linkedin.com/in/Jos%c3%a9-1/", "https://www.linkedin.com/in/josé-1#top",
    ],
)  # fmt: skip
def test_one_profile_has_one_key_however_its_url_is_written(tmp_path, link):
    row = message("x", "2020-02-01")
    row[2:4] = ["José Erfunden", link]
    made = files(connections=[connection("jos%C3%A9-1", given="José")], messages=[row])
    network = read(tmp_path, made, me=OWNER[1])
    assert network.people["person_id"].tolist() == ["josé-1"]
    assert network.interactions["person_id"].tolist() == ["josé-1"]


@pytest.mark.parametrize("sent", [True, False])
def test_the_owner_is_who_sent_outgoing_and_got_incoming_invitations(tmp_path, sent):
    made = files(
        connections=[connection("ana")],
        messages=[message("ana", "2020-02-01", sent=True)],
        invitations=[invitation("ana", "1/4/26, 9:05 AM", sent=sent)],
        profile=False,
    )
    owner = read(tmp_path, made).owner
    assert (owner.profile_key, owner.found_by) == ("olga-ownerin-0", "invitations")


def test_a_slug_is_what_it_was_at_the_time_of_the_export(tmp_path):
    old, new = (
        nq.read_linkedin(write_folder(tmp_path, files(connections=[connection(slug)]), name))
        for slug, name in (("ana", OLDER), ("ana-erfunden", NAME))
    )
    assert old.people["person_id"].tolist() == ["ana"]
    assert new.people["person_id"].tolist() == ["ana-erfunden"]
    with pytest.raises(nq.NetQualityError, match="one is of 20 November 2025"):
        nq.read_linkedin([tmp_path / OLDER, tmp_path / NAME])


@pytest.mark.parametrize("shown", ["deleted", "sponsor"])
def test_a_hidden_sender_is_nobody_and_counted(tmp_path, shown):
    row = message("x", "2020-02-01", title="Sponsored Conversation" * (shown == "sponsor"))
    row[2:4] = ["LinkedIn Member", ""]
    rows = [row, message("ana", "2020-02-02", sent=True)]
    network = read(tmp_path, files(connections=[connection("ana")], messages=rows))
    assert network.interactions["person_id"].tolist() == ["ana"]
    reason = {"deleted": "the other side is a hidden or deleted member", "sponsor": "advertisement"}
    assert counts(network)[reason[shown]] == 1


# Containers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["Basic_", "Complete_", "Initial_", ""])
@pytest.mark.parametrize("end", [".zip", ".zip.zip", " (1).zip"])
def test_an_archive_of_every_name_is_read_and_dated(tmp_path, kind, end):
    name = f"{kind}LinkedInDataExport_11-20-2026{end}"
    network = nq.read_linkedin(write_zip(tmp_path, files(connections=[connection("ana")]), name))
    assert str(network.as_of.date()) == "2026-11-20"


def test_everything_but_connections_is_an_export(tmp_path):
    network = read(tmp_path, files(messages=back_and_forth("ana", "2020-01-01", "2020-06-01")))
    assert network.people["is_connection"].tolist() == [False]
    assert not network.has_connections
    assert any(said.startswith("Connections.csv is missing") for said in network.warnings)


def test_a_first_part_with_only_the_profile_says_what_to_wait_for(tmp_path):
    with pytest.raises(nq.NetQualityError, match="wait for the second mail"):
        read(tmp_path, files())


def test_files_in_subfolders_are_not_the_files_of_their_names(tmp_path):
    made = files(connections=[connection("ana")])
    inside = ("Jobs", "Verifications", "Services Marketplace", "Articles/Articles")
    made |= {f"{folder}/messages.csv": "not yours" for folder in inside}
    network = read(tmp_path, made)
    assert not network.has_messages
    assert all(counts(network, f"{folder}/messages.csv") for folder in inside)


def test_a_utf16_file_with_tabs_among_others_is_read_as_they_are(tmp_path):
    text = to_csv(PEOPLE.split(","), [connection("ana", company="Bäckerei")]).replace(",", "\t")
    made = files(messages=[]) | {"Connections.csv": text.encode("utf-16")}
    network = nq.read_linkedin(write_folder(tmp_path, made, NAME))
    assert network.people["company"].tolist() == ["Bäckerei"]
    assert url("ana").endswith(network.people["profile_key"].iloc[0])
