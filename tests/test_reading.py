"""Reading: nothing lost or invented, nobody a stranger for an accent, each fault in a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from exports import (
    MESSAGE_HEADER,
    NAME,
    OWNER,
    back_and_forth,
    connection,
    files,
    hidden,
    invitation,
    message,
    position,
    recommendation,
    system_row,
    to_csv,
    url,
    write_folder,
    write_zip,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.reading.csvtext import parse_csv

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
UNREAD = "DATE is in no known form, or could be read two ways"
SAID = "date in the archive's name"
TABLES = ("people", "interactions", "participants", "positions", "coverage", "rejects")


@pytest.fixture
def made():
    return files(
        connections=[connection("ana"), connection("ben", "19 Nov 2026"), hidden("02 Feb 2021")],
        messages=[message("ana", "2020-02-01", sent=True), message("ana", "2020-02-02")],
        invitations=[invitation("ben", "11/18/26, 5:33 PM")],
    )


def same(one, other) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))
    assert one.as_of == other.as_of
    assert one.owner == other.owner


# Containers ------------------------------------------------------------------------------------


def test_folder_and_zip_of_the_sample_give_the_same(tmp_path):
    packed = next(SAMPLE.glob("*.zip"))
    folder = nq.read_linkedin(packed.with_suffix(""))
    same(nq.read_linkedin(packed), folder)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / packed.stem)
    same(nq.read_linkedin(tmp_path / packed.stem), folder)


def test_a_folder_zipped_again_is_read_through_its_folder(tmp_path, made):
    inside = {f"{NAME}/{file}": text for file, text in made.items()}
    inside |= {f"__MACOSX/{NAME}/._Connections.csv": "x", ".DS_Store": "x"}
    same(nq.read_linkedin(write_zip(tmp_path, inside)), nq.read_linkedin(write_zip(tmp_path, made)))


def test_a_loose_connections_file_is_an_export(tmp_path, made):
    write_folder(tmp_path, made)
    network = nq.read_linkedin(tmp_path / NAME / "Connections.csv")
    assert network.connection_count == 2
    assert not network.has_messages


@pytest.mark.parametrize(
    ("name", "as_of", "source"),
    [
        ("Complete_LinkedInDataExport_11-20-2026.zip", "2026-11-20", SAID),
        ("Basic_LinkedInDataExport_11-20-2026 (1).zip", "2026-11-20", SAID),
        ("Complete_LinkedInDataExport_11-20-2026.zip.zip", "2026-11-20", SAID),
        ("export.zip", "2026-11-19", "newest row"),  # ben was connected that day
        ("x_13-40-2026.zip", "2026-11-19", "newest row"),  # no date
    ],
)
def test_as_of_is_the_end_of_the_day_in_the_name_else_the_newest_row(
    tmp_path, made, name, as_of, source
):
    network = nq.read_linkedin(write_zip(tmp_path, made, name))
    assert network.as_of == pd.Timestamp(f"{as_of} 23:59:59.999999", tz="UTC")
    assert network.as_of_source == source


def test_the_caller_may_give_another_date_and_later_rows_are_counted(tmp_path, made):
    network = nq.read_linkedin(write_zip(tmp_path, made), as_of="2020-02-01")
    assert network.as_of_source == "caller"
    assert "(the date that you gave): " in network.summary()
    # one message, one connection, one invitation
    assert network.warnings == (
        "3 interactions or connections dated after 2020-02-01: left out of every figure.",
    )
    assert len(nq.assess(network)) == 1


# Rows ------------------------------------------------------------------------------------------


def test_hidden_members_are_counted_and_are_nobody(tmp_path, made):
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.people["person_id"].tolist() == ["ana", "ben"]
    row = network.coverage[network.coverage["reason"].str.startswith("hidden")].iloc[0]
    assert (row["outcome"], row["row_count"]) == ("set aside", 1)


def test_an_accent_in_percent_form_is_the_same_person(tmp_path):
    decomposed = "jose\u0301-erfunden"  # NFD, as some systems write it
    made = files(
        connections=[connection("Jos%C3%A9-Erfunden")],
        messages=[message("josé-erfunden", "2020-02-01"), message(decomposed, "2020-02-02")],
    )
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.people["person_id"].tolist() == ["josé-erfunden"]
    assert network.interactions["person_id"].tolist() == ["josé-erfunden"] * 2


def test_recipients_are_split_where_no_space_follows_the_comma(tmp_path):
    row = message("ana", "2020-02-01", sent=True, to=["ben"])
    row[4] = "Ana Erfunden, PhD, MBA,Ben Erfunden"
    made = files(connections=[connection("ana"), connection("ben")], messages=[row])
    network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
    assert network.interactions["person_id"].tolist() == ["ana", "ben"]
    assert network.interactions["recipient_count"].tolist() == [2, 2]


def test_with_a_hidden_recipient_names_and_links_are_never_laid_side_by_side(tmp_path):
    row = message("ben", "2020-02-01", sent=True)
    row[4] = "LinkedIn Member,Ben Erfunden"  # and one URL only
    made = files(connections=[connection("ana")], messages=[row], invitations=[])
    network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
    ben = network.people.set_index("person_id").loc["ben"]
    assert pd.isna(ben["name"])  # better no name than somebody else's
    assert network.interactions["is_group"].tolist() == [True]


def test_what_is_no_message_between_people_is_set_aside_with_its_reason(tmp_path):
    no_sender = message("x", "2020-03-01", title="Sponsored Conversation")
    no_sender[2:4] = ["LinkedIn Member", ""]
    gone = message("x", "2020-03-02")
    gone[2:4] = ["LinkedIn Member", ""]
    twice = message("ana", "2020-03-09")
    rows = [
        message("ana", "2020-03-03", draft="Yes", sent=True),
        message("ana", "2020-03-04", folder="SPAM"),
        message("ana", "2020-03-05", "Dear %FIRSTNAME%, an offer"),
        message("ana", "2020-03-06", '<p class="spinmail-quill-editor">An offer</p>'),
        system_row("2020-03-07"),
        no_sender,
        gone,
        twice,
        twice,
        message("ana", "2020-03-08", ""),  # an attachment: real
        message("ana", "2020-03-10", title="Sponsored Conversation"),  # a title decides nothing
        message("ana", "2020-03-11", "Their class is called spinmail-quill-editor"),  # no markup
    ]
    made = files(connections=[connection("ana")], messages=rows, invitations=[])
    network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
    coverage = network.coverage[network.coverage["file"] == "messages.csv"]
    assert coverage.set_index("reason")["row_count"].to_dict() == {
        "advertisement": 3,
        "draft that was never sent": 1,
        "exact duplicate of another row": 1,
        "in the spam folder": 1,
        "message between two people": 4,
        "notice by LinkedIn, written by nobody": 1,
        "the other side is a hidden or deleted member": 1,
    }
    assert network.interactions["at"].dt.day.tolist() == [8, 9, 10, 11]
    assert network.interactions["is_real"].all()


def test_records_of_nobody_in_particular_are_set_aside_not_used(tmp_path):
    gone = invitation("x", "1/4/26, 9:05 AM")
    gone[0], gone[5] = "LinkedIn Member", ""
    made = files(
        connections=[connection("jo-1", given="Jo"), connection("jo-2", given="Jo")],
        invitations=[gone, invitation("ana", "someday"), invitation("ana", "1/4/26, 9:05 AM")],
        recommendations=[recommendation("Jo"), recommendation("Ida")],
        positions=[position("Bake Co", "Mar 2019"), position("Old Mill", "long ago", "Feb 2019")],
    )
    network = nq.read_linkedin(write_zip(tmp_path, made))
    read = network.coverage.query("outcome != 'absent'")
    found = read.set_index(["file", "reason"])[["outcome", "row_count"]]
    assert found.drop(index=["Connections.csv", "Profile.csv"], level=0).to_dict("index") == {
        ("Invitations.csv", "date is not in LinkedIn's form"): {
            "outcome": "rejected", "row_count": 1,
        },
        ("Invitations.csv", "invitation"): {"outcome": "used", "row_count": 1},
        ("Invitations.csv", "the other side is a hidden or deleted member"): {
            "outcome": "set aside", "row_count": 1,
        },
        ("Recommendations_Received.csv", "recommendation"): {"outcome": "used", "row_count": 1},
        ("Recommendations_Received.csv", "no profile URL, and several people have this name"): {
            "outcome": "set aside", "row_count": 1,
        },
        ("Positions.csv", "position"): {"outcome": "used", "row_count": 1},
        ("Positions.csv", "position without a readable date"): {"outcome": "used", "row_count": 1},
    }  # fmt: skip
    assert network.warnings == (
        "messages.csv is missing, so silence tells nothing about anybody.",
        "Invitations.csv: 1 row could not be read; see `rejects`.",
        (
            "Recommendations_Received.csv: 1 row counts for nobody, for several people have the "
            "name. Say whose it is in Python: nq.keep_decisions."
        ),
        "Positions.csv: 1 date is in no form known here: left missing.",
    )


def test_a_file_saved_again_by_a_spreadsheet_is_read_and_said_to_be_one(tmp_path, made):
    whole = nq.read_linkedin(write_zip(tmp_path, made))
    text = made["Connections.csv"].replace(",", ";").replace("\n", "\r\n")
    made["Connections.csv"] = text.encode("utf-8-sig")
    network = nq.read_linkedin(write_zip(tmp_path, made))
    pd.testing.assert_frame_equal(network.people, whole.people)
    assert len(network.warnings) == 1
    assert network.warnings[0].startswith("Connections.csv: saved again by another program")


def test_shards_are_one_file_and_copies_are_not_counted_twice(tmp_path, made):
    whole = nq.read_linkedin(write_zip(tmp_path, made))
    messages = [message("ana", "2020-02-01", sent=True), message("ana", "2020-02-02")]
    parts = made | {
        "messages.csv": to_csv(MESSAGE_HEADER, messages[:1]),
        "messages_1.csv": to_csv(MESSAGE_HEADER, messages[1:]),
        "messages_1 (1).csv": to_csv(MESSAGE_HEADER, messages[1:]),
        "Connections (1).csv": made["Connections.csv"],
    }
    network = nq.read_linkedin(write_zip(tmp_path, parts))
    pd.testing.assert_frame_equal(network.people, whole.people)
    pd.testing.assert_frame_equal(network.interactions, whole.interactions)
    rows = network.coverage.groupby(["file", "reason"])["row_count"].sum()
    assert rows["messages_1 (1).csv", "exact duplicate of another row"] == 1
    assert rows["Connections (1).csv", "exact duplicate of another row"] == 3
    assert rows["Connections.csv", "hidden member: nothing but a date"] == 1


@pytest.mark.parametrize("name", ["messages (1).csv", "messages_1.csv", "Messages.csv"])
def test_messages_under_another_name_are_messages(tmp_path, made, name):
    made[name] = made.pop("messages.csv")
    made["Connections (1).csv"] = made.pop("Connections.csv")
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.has_messages
    assert network.has_connections
    assert nq.assess(network)["contact_days"].tolist() == [2, 0]


def test_a_twin_under_the_old_name_in_another_encoding_is_not_counted_twice(tmp_path, made):
    header = [
        "Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name",
        "Endorser Public Url", "Endorsement Status",
    ]  # fmt: skip
    row = ["2020/01/01 10:00:00 UTC", "Baking", "Ana", "Erfunden", url("ana")[8:], "ACCEPTED"]
    text = to_csv(header, [row])
    made["Endorsement_Received_Info.csv"] = text
    made["Endorsement Received Info.csv"] = text.encode("utf-16")
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert (network.interactions["kind"] == "endorsement").sum() == 1
    twin = network.coverage.set_index("file").loc["Endorsement Received Info.csv"]
    assert (twin["outcome"], twin["row_count"]) == ("set aside", 1)


def test_decoys_are_not_opened_and_every_file_is_named(tmp_path, made):
    decoy = to_csv(MESSAGE_HEADER, [message("coach", "2026-01-01")])
    made |= {"learning_coach_messages.csv": decoy, "coach_messages.csv": decoy}
    made |= {"Comments_12345.csv": "Date,Link,Message\n", "Jobs/Job Applications.csv": "a\n"}
    made |= {"my holiday.csv": "a,b\n"}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    why = network.coverage.set_index("file")["reason"]
    assert set(made) == set(network.coverage.query("outcome != 'absent'")["file"])
    assert why["coach_messages.csv"] == "not your messages: LinkedIn's coach"
    assert why["Comments_12345.csv"] == why["Jobs/Job Applications.csv"] == "known file, not used"
    assert why["my holiday.csv"] == "unknown file, not opened"
    assert "coach" not in set(network.people["person_id"])


def test_what_is_not_there_is_named_with_what_that_means(tmp_path, made):
    network = nq.read_linkedin(write_zip(tmp_path, made))
    absent = network.coverage.query("outcome == 'absent'").set_index("file")
    assert absent["row_count"].eq(0).all()
    assert not set(absent.index) & set(made)
    assert absent.loc["Endorsement_Given_Info.csv", "reason"] == (
        "Without the endorsements that you gave, none is counted; no status depends on them."
    )


def test_the_summary_says_in_five_lines_what_this_export_can_tell(tmp_path):
    made = files(
        connections=[connection("ana", "01 Feb 2020"), connection("ben"), hidden()],
        messages=back_and_forth("ana", "2020-02-03", "2020-03-01"),
        invitations=[invitation("ana", "9/20/26, 9:05 AM")],
    )
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.summary().splitlines() == [
        (
            "As of 20 November 2026 (date in the archive's name): 2 connections, 4 messages "
            "between people from February 2020 to March 2020."
        ),
        (
            "Rows in 4 files: 9, of which used 8, set aside with a reason (`coverage`) 1; none was "
            "unreadable."
        ),
        "2 of 2 connections are told by their profile URL; 1 row names nobody: hidden members.",
        (
            "Invitations reach back 2 months only: before that an invitation's note can't be told "
            "from a message for sure. Not in this export: Education.csv, "
            "Endorsement_Given_Info.csv, Endorsement_Received_Info.csv, ImportedContacts.csv, "
            "Member_Follows.csv, Notes.csv, Positions.csv, Recommendations_Given.csv, "
            "Recommendations_Received.csv."
        ),
        (
            "No export knows what you said by mail, on the phone or over dinner, nor whom you are "
            "no longer connected with: silence here is not the end of a friendship."
        ),
    ]


@pytest.mark.parametrize("kind", ["connections", "messages"])
def test_the_summary_says_first_what_a_missing_file_means(tmp_path, kind):
    made = {"connections": [connection("ana")], "messages": [message("ana", "2020-02-03")]}
    made[kind] = None
    network = nq.read_linkedin(write_zip(tmp_path, files(**made)), me=OWNER[1])
    lines = network.summary().splitlines()
    assert len(lines) == 5
    assert lines[3].startswith(f"Without {kind} ")
    assert {"connections": "no list of connections", "messages": "no messages"}[kind] in lines[0]


def test_invitations_are_in_pacific_time(tmp_path):
    made = files(
        connections=[connection("ana")],
        invitations=[
            invitation("ana", "7/4/26, 5:33 PM"),  # summer: 7 hours behind
            invitation("ben", "1/4/26, 12:05 AM"),  # winter: 8 hours behind
        ],
    )
    rows = nq.read_linkedin(write_zip(tmp_path, made)).interactions
    assert [str(at) for at in rows["at"]] == [
        "2026-01-04 08:05:00+00:00",
        "2026-07-05 00:33:00+00:00",
    ]


def test_rejected_rows_are_named_by_line_and_never_shown(tmp_path):
    good = message("ana", "2020-02-01", "Two lines\nin one message", sent=True)
    bad = message("ana", "2020-02-02", "a secret")
    bad[6] = "yesterday"
    text = to_csv(MESSAGE_HEADER, [good, bad]) + "half,a,secret row\n"
    made = files(connections=[connection("ana")]) | {"messages.csv": text}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    # the header is line 1, the first message takes lines 2 and 3
    assert network.rejects.to_dict("records") == [
        {"file": "messages.csv", "line": 4, "reason": UNREAD},
        {"file": "messages.csv", "line": 5, "reason": "has 3 cells, the header has 12"},
    ]
    assert network.warnings == ("messages.csv: 2 rows could not be read; see `rejects`.",)
    assert network.coverage.query("file == 'messages.csv'")["row_count"].sum() == 3


def test_text_is_not_kept(tmp_path, made):
    network = nq.read_linkedin(write_zip(tmp_path, made))
    for table in TABLES:
        frame = getattr(network, table)
        assert not frame.astype("str").apply(lambda c: c.str.contains("Tuesday")).any().any()
    assert "ana" not in repr(network).casefold()
    assert "Olga" not in repr(network.owner)


def test_text_is_kept_on_request_and_changes_nothing_else(tmp_path, made):
    path = write_zip(tmp_path, made)
    kept, plain = nq.read_linkedin(path, keep_text=True), nq.read_linkedin(path)
    assert kept.interactions["text"].notna().tolist() == (
        (kept.interactions["kind"] == "message").tolist()
    )
    assert kept.interactions["text"].str.contains("Tuesday").sum() == 2
    pd.testing.assert_frame_equal(kept.interactions.drop(columns="text"), plain.interactions)
    pd.testing.assert_frame_equal(nq.assess(kept), nq.assess(plain))
    assert "Tuesday" not in repr(kept)


def test_coverage_adds_up_to_the_rows_of_every_file_of_the_sample():
    network = nq.load_sample()
    coverage = network.coverage.query("outcome != 'absent'")
    read = coverage.dropna(subset="row_count").groupby("file")["row_count"].sum()
    folder = next(SAMPLE.glob("*.zip")).with_suffix("")
    for file, count in read.items():
        rows = oracle_rows(folder / file)
        assert count == rows, file
    opened = set(read.index)
    assert set(coverage["file"]) == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    assert {"Connections.csv", "messages.csv", "Invitations.csv", "Positions.csv"} <= opened


def oracle_rows(path: Path) -> int:
    """Count records with the standard library, from the header on."""
    import csv  # noqa: PLC0415

    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    header = next(i for i, row in enumerate(rows) if len(row) > 2)
    return len(rows) - header - 1


def test_company_named_na_is_a_company(tmp_path):
    made = files(connections=[connection("ana", company="NA"), connection("ben", company="null")])
    people = nq.read_linkedin(write_zip(tmp_path, made)).people
    assert people["company"].tolist() == ["NA", "null"]


def test_namesakes_without_a_url_are_not_merged(tmp_path):
    rows = [connection("", given="Jo", company=c) for c in ("Bake Co", "Old Mill")]
    network = nq.read_linkedin(write_zip(tmp_path, files(connections=rows)))
    assert network.people["person_id"].tolist() == ["name:jo erfunden", "name:jo erfunden#2"]
    assert network.people["matched_by"].tolist() == ["name", "name"]


# Whose export ------------------------------------------------------------------------------------


def test_the_owner_is_found_by_conversations_then_by_name(tmp_path):
    inbox = [message(who, "2020-02-01") for who in ("ana", "ben", "cem")]
    made = files(connections=[connection("ana")], messages=inbox, profile=False)
    found = nq.read_linkedin(write_zip(tmp_path, made)).owner
    assert (found.profile_key, found.found_by) == (
        "olga-ownerin-0",
        "your presence in nearly all conversations",
    )
    made = files(connections=[connection("ana")], messages=inbox[:1])
    assert nq.read_linkedin(write_zip(tmp_path, made)).owner.found_by == "your name in Profile.csv"


def test_where_the_owner_cannot_be_decided_the_error_asks_for_me(tmp_path):
    made = files(
        connections=[connection("ana")], messages=[message("ana", "2020-02-01")], profile=False
    )
    path = write_zip(tmp_path, made)
    with pytest.raises(nq.NetQualityError, match="me='https"):
        nq.read_linkedin(path)
    assert (
        nq.read_linkedin(path, me=url("olga-ownerin-0")).interactions["direction"].item()
        == "received"
    )


def test_an_owner_under_a_former_name_is_told_that_the_names_differ(tmp_path):
    rows = [message(who, "2020-02-01") for who in ("ana", "ben", "cem")]
    for row in rows:
        row[4:6] = ["Olga Oldname", ""]
    path = write_zip(tmp_path, files(connections=[connection("ana")], messages=rows))
    with pytest.raises(nq.NetQualityError, match="another name than Profile") as error:
        nq.read_linkedin(path)
    assert "me='https" in str(error.value)
    assert "Oldname" not in str(error.value)
    assert nq.read_linkedin(path, me=url("olga-ownerin-0")).owner.found_by == "your own word"


def test_an_owner_shown_as_linkedin_member_is_still_the_owner(tmp_path):
    rows = []
    for who in ("ana", "ben", "cem"):
        sent, received = message(who, "2020-02-01", sent=True), message(who, "2020-02-02")
        sent[2:4] = received[4:6] = ["LinkedIn Member", ""]
        rows += [sent, received]
    made = files(
        connections=[connection("ana")],
        messages=rows,
        invitations=[invitation("ana", "1/4/26, 9:05 AM")],
    )
    network = nq.read_linkedin(write_zip(tmp_path, made))
    messages = network.interactions.query("kind == 'message'")
    assert messages["direction"].tolist() == ["sent"] * 3 + ["received"] * 3
    assert set(messages["person_id"]) == {"ana", "ben", "cem"}


def test_an_address_book_in_the_place_of_an_export_is_told_where_it_belongs(tmp_path):
    book = tmp_path / "contacts.csv"
    book.write_text("First Name,Last Name,E-mail 1 - Value\nAna,Ficticia,ana@example.com\n")
    with pytest.raises(nq.NetQualityError, match=r"^contacts.csv: is an address book.*nq\.combine"):
        nq.read_linkedin(book)


def test_what_hidden_members_wrote_to_the_owner_is_nobodys(tmp_path):
    rows = []
    for day in ("2020-02-01", "2020-02-12"):
        row = message("x", day)
        row[2:6] = ["LinkedIn Member", "", "Olga Ownerin", ""]  # no file shows the owner's URL
        rows.append(row)
    made = files(connections=[connection("ana")], messages=rows)
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.interactions.empty
    assert network.people["person_id"].tolist() == ["ana"]
    said = network.coverage.set_index("reason")["row_count"]
    assert said["the other side is a hidden or deleted member"] == 2


@pytest.mark.parametrize("shown", ["LinkedIn Member", "Olga Ownerin"])
def test_with_one_correspondent_the_other_is_never_taken_for_the_owner(tmp_path, shown):
    rows = []
    for day in ("2020-02-01", "2020-02-12", "2020-03-01"):
        sent, received = message("ana", day, sent=True), message("ana", day[:-1] + "3")
        sent[2:4] = received[4:6] = [shown, ""]  # as in exports that never show the owner's URL
        rows += [sent, received]
    made = files(connections=[connection("ana"), connection("ben")], messages=rows)
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.owner.profile_key is None
    assert network.people["person_id"].tolist() == ["ana", "ben"]
    assert network.interactions["direction"].tolist() == ["sent", "received"] * 3
    assert nq.assess(network)["status"].tolist() == ["dormant", "feather"]


@pytest.mark.parametrize(
    ("me", "why"),
    [
        ("https://www.linkedin.com/in/olga-typo", "nobody with this profile URL"),
        ("https://www.linkedin.com/in/", "is no profile URL"),
        ("", "is no profile URL"),
        ("Olga Ownerin", "is no profile URL"),
        (url("ana"), "one of the connections"),
    ],
)
def test_me_is_believed_only_where_the_export_agrees(tmp_path, made, me, why):
    with pytest.raises(nq.NetQualityError, match=f"^me: .*{why}"):
        nq.read_linkedin(write_zip(tmp_path, made), me=me)
    assert (
        nq.read_linkedin(write_zip(tmp_path, made), me="olga-ownerin-0").owner.found_by
        == "your own word"
    )


def test_a_comma_without_a_space_in_a_name_makes_no_group(tmp_path):
    row = message("ana", "2020-02-01")
    row[4] = "Olga Ownerin,MBA"  # one person, one URL
    made = files(connections=[connection("ana")], messages=[row], invitations=[])
    network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
    assert network.interactions["is_group"].tolist() == [False]


def test_a_folder_with_two_exports_is_not_read_as_one(tmp_path, made):
    write_folder(tmp_path, made, "Basic_LinkedInDataExport_01-01-2013")
    write_folder(tmp_path, made, "Complete_LinkedInDataExport_11-20-2026")
    with pytest.raises(nq.NetQualityError, match="holds 2 exports"):
        nq.read_linkedin(tmp_path)
    inner = tmp_path / "Complete_LinkedInDataExport_11-20-2026"
    (tmp_path / "alone").mkdir()
    inner.rename(tmp_path / "alone" / inner.name)
    (tmp_path / "alone" / "diary.txt").write_text("private")
    network = nq.read_linkedin(tmp_path / "alone")
    assert network.as_of_source == "date in the archive's name"
    assert not network.coverage["file"].str.contains("diary").any()


@pytest.mark.parametrize("year", ["1000", "2002", "2999"])
def test_a_date_linkedin_cannot_have_written_is_none(tmp_path, year):
    made = files(
        connections=[connection("ana", f"01 Jan {year}"), connection("ben")],
        messages=[message("ana", f"{year}-01-01"), message("ben", "2020-02-01")],
        invitations=[],
    )
    network = nq.read_linkedin(write_zip(tmp_path, made, "x.zip"), me=OWNER[1])
    assert str(network.as_of.date()) == "2020-02-01"
    assert network.people["connected_on"].isna().tolist() == [False, True]
    assert len(network.interactions) == 1


def test_rows_that_are_set_aside_make_nobody(tmp_path):
    header = [
        "Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name",
        "Endorser Public Url", "Endorsement Status",
    ]  # fmt: skip
    turned_down = ["2020/01/01 10:00:00 UTC", "Baking", "Jo", "Erfunden", "", "REJECTED"]
    made = files(
        connections=[connection("jo-1", given="Jo"), connection("jo-2", given="Jo")],
        messages=[message("ana", "2020-02-01", sent=True)],
        invitations=[invitation("zoe", "someday")],
    )
    made["Endorsement_Received_Info.csv"] = to_csv(header, [turned_down])
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert set(network.people["person_id"]) == {"jo-1", "jo-2", "ana"}
    assert not network.people["is_ambiguous"].any()


def test_messages_of_which_no_date_can_be_read_are_not_silence(tmp_path):
    row = message("ana", "2020-02-01")
    row[6] = "yesterday"
    made = files(connections=[connection("ana")], messages=[row])
    with pytest.raises(nq.NetQualityError, match=r"^messages\.csv: DATE is in no known form"):
        nq.read_linkedin(write_zip(tmp_path, made))


def test_a_later_group_message_is_one_row_and_a_later_date_is_warned_of(tmp_path):
    row = message("ana", "2020-02-01", sent=True, to=["ben", "cem"])
    made = files(connections=[connection("ana")], messages=[row], invitations=[])
    path = write_zip(tmp_path, made)
    assert nq.read_linkedin(path, as_of="2020-01-31").warnings == (
        "1 interaction or connection dated after 2020-01-31: left out of every figure.",
    )
    assert nq.read_linkedin(path, as_of="2030-01-01").warnings == (
        "The export speaks up to 20 November 2026; nothing later can be known from it.",
    )


# Errors ------------------------------------------------------------------------------------------


def wrong_inputs(where: Path) -> dict[str, Path]:
    good = write_zip(where, files(connections=[connection("ana")]), "good.zip").read_bytes()
    written = {
        "empty.zip": b"",
        "text.zip": b"this is no archive",
        "picture.jpg": b"\xff\xd8\xff\xe0 jpeg",
        "cut.zip": good[: len(good) // 2],
        "foreign.csv": b"a,b\n1,2\n",
        "binary.csv": bytes(range(256)) * 8,
    }
    for name, data in written.items():
        (where / name).write_bytes(data)
    (where / "empty folder").mkdir()
    (where / "other folder").mkdir()
    (where / "other folder" / "notes.txt").write_text("x")
    damaged = bytearray(good)
    damaged[40:60] = b"\x00" * 20
    (where / "damaged.zip").write_bytes(damaged)
    locked = bytearray(good)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        start = 0
        while (start := locked.find(mark, start)) >= 0:
            locked[start + (6 if mark == b"PK\x03\x04" else 8)] |= 1  # the flag of encryption
            start += 4
    (where / "locked.zip").write_bytes(locked)
    paths = {path.name: path for path in where.iterdir() if path.name != "good.zip"}
    broken = files(connections=[connection("ana")]) | {"messages.csv": "FROM,TO\na,b\n"}
    paths["messages without dates"] = write_zip(where, broken, "m.zip")
    broken = files(connections=[connection("ana")]) | {"messages.csv": b"\xff\xfe\x00"}
    paths["messages that are no text"] = write_zip(where, broken, "n.zip")
    paths["missing"] = where / "nowhere.zip"
    return paths


def test_every_wrong_input_gets_a_sentence_that_says_what_to_do(tmp_path):
    for case, path in wrong_inputs(tmp_path).items():
        with pytest.raises(nq.NetQualityError) as caught:
            nq.read_linkedin(path)
        said = str(caught.value)
        assert "\n" not in said, case
        assert said.endswith("."), case
        assert str(tmp_path) not in said, case
        assert len(said) < 240, case
        assert caught.value.__cause__ is None, case
        assert caught.value.__suppress_context__ or caught.value.__context__ is None, case


def test_a_messages_file_that_cannot_be_understood_is_not_no_messages(tmp_path):
    made = files(connections=[connection("ana")]) | {"messages.csv": "FROM,TO\na,b\n"}
    with pytest.raises(nq.NetQualityError, match=r"^messages\.csv: no header .*CONTENT"):
        nq.read_linkedin(write_zip(tmp_path, made))


def test_a_lesser_file_that_cannot_be_read_is_said_and_the_rest_is_read(tmp_path):
    made = files(connections=[connection("ana")]) | {"Positions.csv": b"\xff\xfe\x00\x00\x01"}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.coverage.set_index("file").loc["Positions.csv", "outcome"] == "rejected"
    assert any(note.startswith("Positions.csv") for note in network.warnings)


@pytest.mark.parametrize("gone", ["connections", "messages", "invitations"])
def test_each_part_may_be_missing_or_empty(tmp_path, gone):
    parts = {"connections": [connection("ana")], "messages": [message("ana", "2020-02-01")]}
    parts |= {"invitations": [invitation("ana", "1/1/20, 9:00 AM")]}
    for rows in (None, []):
        made = files(**(parts | {gone: rows}))
        network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
        people = nq.assess(network)
        assert len(people) == 1
        nq.reconnect(people)
        nq.to_graph(network, people)
        nq.status_over_time(network)
        nq.sensitivity(network)


# Laws --------------------------------------------------------------------------------------------

cell = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
loose = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(
    st.lists(st.tuples(cell, cell, cell), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_any_table_reads_back_the_same(rows, ends, quoted):
    import csv  # noqa: PLC0415

    rows = [row for row in rows if any(row)]
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    text = to_csv(["A", "B", "C"], [list(row) for row in rows], quoting=quoting).replace("\n", ends)
    parsed = parse_csv(text.encode(), source="x.csv", needed={"a", "c"})
    assert [tuple(row) for row in parsed.rows.itertuples(index=False)] == rows
    assert parsed.rejected == ()


def some_rows() -> tuple[list[list[str]], ...]:
    sizes = [5, 9, 5, 7]
    inbox = [message("ana", "2020-02-01", "x" * n, sent=n == 5) for n in sizes]
    inbox += [message("ben", "2020-02-02", to=["ana"]), message("cem", "2020-02-03", sent=True)]
    people = [connection("ana"), connection("ben", "02 Feb 2021"), connection("cem", "02 Feb 2021")]
    invited = [invitation("ana", "1/4/26, 9:05 AM"), invitation("ben", "1/4/26, 9:05 AM")]
    return inbox, people, invited


@pytest.fixture
def straight(tmp_path):
    """Some rows as they are written, read once for all orders of them."""
    inbox, people, invited = some_rows()
    return nq.read_linkedin(
        write_zip(tmp_path, files(connections=people, messages=inbox, invitations=invited))
    )


@loose
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(tmp_path, straight, dice):
    inbox, people, invited = some_rows()
    order = list(range(len(MESSAGE_HEADER)))
    dice.shuffle(order)
    for table in (inbox, people, invited):
        dice.shuffle(table)
    made = files(connections=people, messages=[], invitations=invited)
    made["messages.csv"] = to_csv(
        [MESSAGE_HEADER[i] for i in order], [[row[i] for i in order] for row in inbox]
    )
    same(straight, nq.read_linkedin(write_zip(tmp_path, made)))


@loose
@given(
    st.binary(max_size=300),
    st.sampled_from(["Connections.csv", "messages.csv", "Invitations.csv", "Profile.csv"]),
)
def test_arbitrary_bytes_give_a_clear_error_or_rejects(tmp_path, data, file):
    made = files(connections=[connection("ana")], messages=[message("ana", "2020-02-01")])
    damaged = write_zip(tmp_path, made | {file: data})
    said = ""
    try:
        nq.assess(nq.read_linkedin(damaged, me=OWNER[1]))
    except nq.NetQualityError as error:
        said = str(error)
    assert not said or file in said


@loose
@given(st.randoms(use_true_random=False))
def test_a_cut_archive_is_refused_in_a_sentence(tmp_path, dice):
    path = write_zip(tmp_path, files(connections=[connection("ana")]))
    data = path.read_bytes()
    path.write_bytes(data[: dice.randrange(len(data))])
    with pytest.raises(nq.NetQualityError):
        nq.read_linkedin(path)
