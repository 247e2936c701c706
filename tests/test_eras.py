"""Exports of earlier years: other columns, no URLs, names alone."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from exports import OWNER, connection, files, invitation, message, to_csv, write_zip

import netquality as nq

OLD = ["First Name", "Last Name", "Email Address", "Company", "Position", "Connected On"]


def connections_without_url(rows) -> str:
    return to_csv(OLD, [[r[0], r[1], r[3], r[4], r[5], r[6]] for r in rows])


@pytest.fixture
def inbox():
    return [
        message("ana", "2020-02-01", sent=True),
        message("ana", "2020-02-02"),
        message("ben", "2020-02-03"),
        message("cem", "2020-02-03", sent=True),
    ]


MESSAGES_2020 = [
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "DATE", "SUBJECT",
    "CONTENT", "FOLDER",
]  # fmt: skip


def messages_2020(rows) -> str:
    """Before April 2023 the recipients have names and no URLs."""
    return to_csv(MESSAGES_2020, [[r[0], r[1], r[2], r[3], r[4], *r[6:10]] for r in rows])


def test_without_urls_connections_and_messages_meet_by_name_and_say_so(tmp_path, inbox):
    people = [connection("ana"), connection("ben"), connection("cem")]
    made = files(connections=[], messages=[], profile=True)
    made["Connections.csv"] = connections_without_url(people)
    made["messages.csv"] = messages_2020(inbox)
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.owner.profile_key == "olga-ownerin-0"
    ids = ["ana", "ben", "name:cem erfunden"]  # ana and ben wrote, and so showed their URL
    assert network.people["person_id"].tolist() == ids
    assert network.people["profile_key"].isna().tolist() == [False, False, True]
    assert network.people["matched_by"].tolist() == ["name"] * 3
    assert network.interactions["person_id"].tolist() == [ids[0], ids[0], ids[1], ids[2]]
    assert network.interactions["direction"].tolist() == ["sent", "received", "received", "sent"]


def test_recipients_without_url_are_found_by_the_name_they_write_under(tmp_path, inbox):
    made = files(connections=[connection("ana"), connection("ben")], messages=[])
    made["messages.csv"] = messages_2020(inbox)
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.interactions["person_id"].tolist() == [
        "ana", "ana", "ben", "name:cem erfunden",
    ]  # fmt: skip


def test_a_name_of_two_people_is_given_to_neither(tmp_path):
    twins = [connection("jo-1", given="Jo"), connection("jo-2", given="Jo")]
    sent = message("jo", "2020-02-01", sent=True)
    made = files(connections=twins, messages=[])
    made["messages.csv"] = messages_2020([sent, message("ana", "2020-02-02", sent=True)])
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.interactions["person_id"].tolist() == ["name:ana erfunden"]
    assert network.people.set_index("person_id").loc[["jo-1", "jo-2"], "is_ambiguous"].all()
    assert nq.assess(network).set_index("person_id").loc["jo-1", "status"] == "unknown"
    reasons = network.coverage.set_index("reason")["row_count"]
    assert reasons["no profile URL, and several people have this name"] == 1


def test_the_order_of_namesakes_in_the_file_changes_nothing(tmp_path):
    twins = [connection("", given="Jo", company=c) for c in ("Bake Co", "Old Mill")]
    tables = []
    for rows in (twins, twins[::-1]):
        made = files(connections=[]) | {"Connections.csv": connections_without_url(rows)}
        tables.append(nq.read_linkedin(write_zip(tmp_path, made)).people)
    pd.testing.assert_frame_equal(*tables)
    assert tables[0]["person_id"].tolist() == ["name:jo erfunden", "name:jo erfunden#2"]


@pytest.mark.parametrize("broken", ["", "https://www.linkedin.com/in"])
def test_invitations_with_no_or_broken_urls_meet_by_name(tmp_path, broken):
    text = "Hello Olga, we met at the invented fair."
    row = invitation("ana", "3/1/26, 5:33 PM", text)
    row[5] = row[6] = broken
    made = files(
        connections=[connection("ana", "02 Mar 2026")],
        messages=[message("ana", "2026-03-02", text), message("ben", "2026-03-03")],
        invitations=[row],
    )
    network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
    invited = network.interactions.query("kind == 'invitation'")
    assert invited["person_id"].tolist() == ["ana"]
    assert network.interactions["is_note"].sum() == 1


def test_two_keys_of_one_name_are_not_merged_into_a_connection_without_url(tmp_path):
    made = files(connections=[], messages=[])
    made["Connections.csv"] = connections_without_url([connection("", given="Jo")])
    rows = [message("jo-1", "2020-02-01"), message("jo-2", "2020-02-02")]
    for row in rows:
        row[2] = "Jo Erfunden"
    made["messages.csv"] = messages_2020([*rows, message("ana", "2020-02-02", sent=True)])
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert set(network.people["person_id"]) >= {"jo-1", "jo-2", "name:jo erfunden"}
    assert not network.people.set_index("person_id").loc["jo-1", "is_connection"]


def test_messages_of_2018_say_their_direction_and_have_no_threads(tmp_path):
    header = ["From", "To", "Date", "Subject", "Content", "Direction", "Folder"]
    rows = [
        ["Olga Ownerin", "Ana Erfunden", "2/13/18, 5:33 PM", "", "Shall we?", "OUTGOING", "SENT"],
        [
            "Ana Erfunden",
            "Olga Ownerin",
            "2/14/18, 5:33 AM",
            "",
            "On Tuesday.",
            "INCOMING",
            "INBOX",
        ],
        [
            "Ana Erfunden",
            "Olga Ownerin,Ben Erfunden",
            "2/15/18, 5:33 AM",
            "",
            "Us.",
            "INCOMING",
            "",
        ],
    ]
    people = [[*connection("ana", "2/1/18, 9:00 AM")], [*connection("ben", "2/1/18, 9:00 AM")]]
    made = files(connections=[], profile=False) | {
        "Connections.csv": connections_without_url(people),
        "Messages.csv": to_csv(header, rows),
    }
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.interactions["direction"].tolist() == ["sent", "received", "received"]
    assert network.interactions["is_group"].tolist() == [False, False, True]
    assert set(network.interactions["person_id"]) == {"name:ana erfunden"}
    assert network.participants["person_id"].tolist() == ["name:ana erfunden", "name:ben erfunden"]
    assert str(network.people["connected_on"].iloc[0].date()) == "2018-02-01"
    assert "Erfunden" not in " ".join(network.interactions["thread_id"])


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["03/04/2020", "25/04/2020"], ["2020-04-03", "2020-04-25"]),  # the other row decides
        (["03/04/2020", "04/25/2020"], ["2020-03-04", "2020-04-25"]),
        (["03/04/2020", "05/04/2020"], [None, None]),  # and where it does not, nobody guesses
        (["3-feb-20", " 03 Apr 2020"], ["2020-02-03", "2020-04-03"]),
    ],
)
def test_dates_a_spreadsheet_wrote_are_decided_by_the_other_rows(tmp_path, dates, days):
    rows = [connection("ana", dates[0]), connection("ben", dates[1])]
    network = nq.read_linkedin(write_zip(tmp_path, files(connections=rows)))
    found = network.people.set_index("person_id")["connected_on"]
    for who, day in zip(("ana", "ben"), days, strict=True):
        assert found[who] == pd.Timestamp(day) if day else pd.isna(found[who])
    assert any("Connections.csv" in warning for warning in network.warnings)


OUTLOOK = [
    "Title", "First Name", "Middle Name", "Last Name", "Suffix", "E-mail Address",
    "E-mail 2 Address", "E-mail 3 Address", "Business Street", "Business Street 2",
    "Business Street 3", "Business City", "Business State", "Business Postal Code",
    "Business Country", "Home Street", "Home Street 2", "Home Street 3", "Home City",
    "Home State", "Home Postal Code", "Home Country", "Other Street", "Other Street 2",
    "Other Street 3", "Other City", "Other State", "Other Postal Code", "Other Country",
    "Company", "Department", "Job Title", "Assistant's Phone", "Business Fax", "Business Phone",
    "Business Phone 2", "Callback", "Car Phone", "Company Main Phone", "Home Fax", "Home Phone",
    "Home Phone 2", "ISDN", "Mobile Phone", "Other Fax", "Other Phone", "Pager",
    "Primary Phone", "Radio Phone", "TTY/TDD Phone", "Telex", "Assistant's Name", "Birthday",
    "Manager's Name", "Notes", "Other Address PO Box", "Spouse", "Web Page",
    "Personal Web Page",
]  # fmt: skip


def test_connections_of_2012_have_59_quoted_columns_no_date_and_are_not_utf_8(tmp_path):
    people = [
        {"First Name": "José", "Last Name": "Ficticio", "E-mail Address": "jose@example.org",
         "Company": "Café Invented", "Job Title": "Bäcker"},
        {"First Name": "Ana", "Middle Name": "María", "Last Name": "Ménez-Erfunden, MBA"},
        {"First Name": "Jürgen", "Last Name": "Müßig", "Company": "Bäckerei Größe"},
        {"First Name": "François", "Last Name": "Léger-Inventé", "Company": "Pâtisserie"},
    ]  # fmt: skip
    assert len(OUTLOOK) == 59
    rows = [[person.get(name, "") for name in OUTLOOK] for person in people]
    text = to_csv(OUTLOOK, rows, quoting=csv.QUOTE_ALL)
    made = files() | {"Connections.csv": text.encode("cp1252")}
    network = nq.read_linkedin(write_zip(tmp_path, made), as_of="2012-06-01")
    found = network.people.set_index("person_id")
    assert sorted(found.index) == [
        "name:ana maría ménez-erfunden", "name:françois léger-inventé", "name:josé ficticio",
        "name:jürgen müssig",
    ]  # fmt: skip
    assert found["is_connection"].all()
    assert found["connected_on"].isna().all()
    columns = ["given_name", "family_name", "email", "company", "position"]
    jose = found.loc["name:josé ficticio", columns].tolist()
    assert jose == ["José", "Ficticio", "jose@example.org", "Café Invented", "Bäcker"]
    ana = found.loc["name:ana maría ménez-erfunden"]
    assert ana[["given_name", "family_name", "credentials"]].tolist() == [
        "Ana María", "Ménez-Erfunden", "MBA",
    ]  # fmt: skip
    rows = network.coverage.query("file == 'Connections.csv'")
    assert rows["row_count"].sum() == 4
    assert any("Connections.csv" in warning for warning in network.warnings)  # another code page


def test_letters_that_other_code_pages_have_elsewhere_are_read_right_in_59_columns(tmp_path):
    rows = [["", given, "", family, *[""] * 55] for given, family in (
        ("Íñigo", "Núñez"), ("François", "Lefèvre-Inventé"), ("João", "Erfunden"),
    )]  # fmt: skip
    text = to_csv(OUTLOOK, rows, quoting=csv.QUOTE_ALL)
    made = files() | {"Connections.csv": text.encode("cp1252")}
    network = nq.read_linkedin(write_zip(tmp_path, made), as_of="2012-06-01")
    assert set(network.people["family_name"]) == {"Núñez", "Lefèvre-Inventé", "Erfunden"}


def test_a_degree_in_one_file_only_makes_no_stranger_of_somebody(tmp_path):
    person = connection("", given="Ana", family="Ficticia, PhD")
    sent = message("ana", "2020-02-01", sent=True)
    sent[4] = "Dr. Ana Ficticia (Muster) 🚀"
    other = message("ben", "2020-02-02", sent=True)
    made = files(connections=[], messages=[])
    made["Connections.csv"] = connections_without_url([person])
    made["messages.csv"] = messages_2020([sent, other])
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert "name:ana ficticia" in network.interactions["person_id"].tolist()
    found = network.people.set_index("person_id").loc["name:ana ficticia"]
    assert found["is_connection"]
    assert found["name"] == "Ana Ficticia, PhD"  # shown as it is
