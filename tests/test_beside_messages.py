"""What the files beside connections and messages bring, and whom their rows are about."""

from __future__ import annotations

import pytest
from exports import (
    OWNER,
    connection,
    files,
    hidden,
    message,
    recommendation,
    to_csv,
    url,
    write_folder,
    write_zip,
)

import netquality as nq
from netquality.errors import ExportError, SettingError

EDUCATION = ["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"]
FOLLOWS = ["Date", "Status", "FullName"]
NOTES = [
    "Connection First Name", "Connection Last Name", "Connection Profile URL", "Note",
    "Created On", "Edited On",
]  # fmt: skip
CONTACTS = [
    "Source", "FirstName", "LastName", "Companies", "Title", "Emails", "PhoneNumbers", "CreatedAt",
    "Addresses", "Sites", "InstantMessageHandles", "FullName", "Birthday", "Location",
    "BookmarkedAt", "Profiles",
]  # fmt: skip


def contact(given: str, family: str, emails: str, company: str = "", phone: str = "") -> list[str]:
    full = f"{given} {family}"
    return [
        "Uploaded", given, family, company, "", emails, phone, "", "", "", "", full, "", "", "", "",
    ]  # fmt: skip


def counts(network: nq.Network, file: str) -> dict[tuple[str, str], int]:
    rows = network.coverage.query("file == @file")
    return dict(
        zip(zip(rows["outcome"], rows["reason"], strict=True), rows["row_count"], strict=True)
    )


def test_schools_are_the_owners_own(tmp_path):
    rows = [
        ["Old Mill", "2001", "Jun 2004", "private", "BSc", "choir"],
        ["Weir", "", "", "", "", ""],
    ]
    made = files(connections=[connection("ana")]) | {"Education.csv": to_csv(EDUCATION, rows)}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.education["school"].tolist() == ["Old Mill", "Weir"]
    assert network.education["degree"].isna().tolist() == [False, True]
    assert str(network.education["finished_on"][0].date()) == "2004-06-30"
    assert counts(network, "Education.csv") == {
        ("used", "school"): 1,
        ("used", "school without a readable date"): 1,
    }
    assert "private" not in network.education.to_csv()


def test_whom_you_follow_is_no_new_person_and_makes_nobody_doubtful(tmp_path):
    rows = [
        ["2026-05-01 10:00:00 UTC", "Active", "Ana Erfunden"],
        ["2026-05-02 10:00:00 UTC", "Unfollow", "Ana Erfunden"],
        ["2026-05-03 10:00:00 UTC", "Active", "Famous Stranger"],
        ["2026-05-04 10:00:00 UTC", "Active", "Jo Erfunden"],
    ]
    connections = [
        connection("ana"),
        connection("jo-1", given="Jo"),
        connection("jo-2", given="Jo"),
    ]
    made = files(connections=connections, messages=[message("ana", "2026-01-01")])
    made |= {"Member_Follows_123456.csv": to_csv(FOLLOWS, rows)}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    follows = network.interactions.query("kind == 'follow'")
    assert follows[["person_id", "direction"]].to_numpy().tolist() == [["ana", "sent"]]
    assert not follows["is_real"].any()
    assert set(network.people["person_id"]) == {"ana", "jo-1", "jo-2"}
    assert not network.people["is_ambiguous"].any()
    assert counts(network, "Member_Follows_123456.csv") == {
        ("used", "somebody you follow"): 1,
        ("set aside", "somebody you no longer follow"): 1,
        ("set aside", "a name that nobody among your people has, or several have"): 2,
    }


def test_an_export_does_not_speak_up_to_the_day_you_followed_somebody(tmp_path):
    made = files(connections=[connection("ana", "01 Jan 2020")])
    made |= {
        "Member_Follows.csv": to_csv(FOLLOWS, [["2026-05-01 10:00:00 UTC", "", "Ana Erfunden"]])
    }
    network = nq.read_linkedin(write_zip(tmp_path, made, "x.zip"))
    assert str(network.as_of.date()) == "2020-01-01"


def test_your_notes_leave_their_day_and_not_their_text(tmp_path):
    rows = [
        ["Ana", "Erfunden", url("ana"), "a secret", "2026-01-02 10:00:00 UTC", ""],
        ["Ana", "Erfunden", url("ana"), "a secret", "2025-01-02 10:00:00 UTC",
         "2026-03-04 23:00:00 UTC"],
        ["Ben", "Erfunden", "", "a secret", "2026-01-05 10:00:00 UTC", ""],
        ["Nobody", "Here", url("gone"), "a secret", "2026-01-05 10:00:00 UTC", ""],
    ]  # fmt: skip
    made = files(connections=[connection("ana"), connection("ben"), connection("cleo")])
    made |= {"Notes.csv": to_csv(NOTES, rows)}
    network = nq.read_linkedin(write_zip(tmp_path, made), keep_text=True)
    noted = network.people.set_index("person_id")["noted_on"].dt.strftime("%Y-%m-%d")
    assert noted.dropna().to_dict() == {"ana": "2026-03-04", "ben": "2026-01-05"}
    assert set(noted.index) == {"ana", "ben", "cleo"}
    for table in ("people", "interactions", "coverage", "rejects"):
        assert "secret" not in getattr(network, table).to_csv()


@pytest.mark.parametrize("name", ["Contacts.csv", "ImportedContacts.csv", "Imported Contacts.csv"])
def test_your_address_book_is_joined_and_is_a_sign_of_a_tie(tmp_path, name):
    rows = [
        contact("Ana", "Erfunden", "ana@example.org, ,", company="Weir"),
        contact("Zoe", "Fremd", "zoe@example.org"),
    ]
    made = files(
        connections=[connection("ana", company="Weir"), connection("ben")],
        messages=[message("cleo", "2026-01-01")],
    ) | {name: to_csv(CONTACTS, rows)}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    who = network.contacts.set_index("name")["person_id"]
    assert who["Ana Erfunden"] == "ana"
    assert network.matches.query("source == @name")["matched_by"].tolist() == ["name and company"]
    people = nq.assess(network).set_index("person_id")
    assert people.loc["ana", "status"] == "unknown"  # kept elsewhere
    assert people.loc["ben", "status"] == "feather"
    assert not people.loc[who["Zoe Fremd"], "is_connection"]
    assert network.connection_count == 2
    assert counts(network, name) == {("used", "contact"): 2}


def test_an_address_book_that_cannot_be_read_is_said_and_the_rest_is_read(tmp_path):
    made = files(connections=[connection("ana")]) | {"Contacts.csv": "nothing,like,it\n1,2,3\n"}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.connection_count == 1
    assert counts(network, "Contacts.csv").keys() == {("rejected", "cannot be read")}
    assert any(said.startswith("Contacts.csv: ") for said in network.warnings)


# -- how people were told, and undone -------------------------------------------------------------


def recommended(tmp_path, *, namesake: bool = False):
    connections = [connection("ana-1", given="Ana")]
    connections += [connection("ana-2", given="Ana")] if namesake else []
    made = files(connections=connections, recommendations=[recommendation("Ana")])
    return write_zip(tmp_path, made)


def test_a_match_by_name_says_how_it_was_made_and_can_be_undone(tmp_path):
    path = recommended(tmp_path)
    network = nq.read_linkedin(path)
    match = network.matches.iloc[0]
    assert match[["person_id", "record_id", "matched_by"]].tolist() == [
        "ana-1", "name:ana erfunden", "name",
    ]  # fmt: skip
    assert match["evidence"].startswith("The name is the same, nobody else here has it")
    answers = tmp_path / "answers.csv"
    nq.keep_decisions(network.matches.assign(is_same=False), answers)
    undone = nq.read_linkedin(path, decisions=answers)
    rows = undone.interactions.query("kind == 'recommendation'")
    assert rows["person_id"].tolist() == ["name:ana erfunden"]
    assert undone.matches.empty
    assert set(undone.people["person_id"]) == {"ana-1", "name:ana erfunden"}
    assert undone.decisions is not None


def test_a_name_that_several_have_is_asked_about_and_your_answer_is_applied(tmp_path):
    path = recommended(tmp_path, namesake=True)
    network = nq.read_linkedin(path)
    assert network.interactions.empty
    assert network.doubts["person_id"].tolist() == ["ana-1", "ana-2"]
    assert network.doubts["is_same"].isna().all()
    answers = nq.keep_decisions(network.doubts.iloc[[1]].assign(is_same=True), tmp_path / "a.csv")
    told = nq.read_linkedin(path, decisions=answers)
    assert told.interactions["person_id"].tolist() == ["ana-2"]
    assert told.matches["matched_by"].tolist() == ["your own word"]
    assert not told.people["is_ambiguous"].any()


def test_a_connection_without_a_url_that_was_given_one_by_name_can_be_told_apart(tmp_path):
    bare = connection("", "01 Jan 2020", given="Ana")
    made = files(connections=[bare, connection("ben")], messages=[message("ana", "2020-02-01")])
    path = write_zip(tmp_path, made)
    network = nq.read_linkedin(path)
    assert network.people.query("is_connection")["matched_by"].tolist() == ["name", "profile"]
    answers = nq.keep_decisions(network.matches.assign(is_same=False), tmp_path / "a.csv")
    apart = nq.read_linkedin(path, decisions=answers)
    assert set(apart.people["person_id"]) == {"name:ana erfunden", "ana", "ben"}
    assert apart.people.set_index("person_id")["is_connection"].to_dict() == {
        "name:ana erfunden": True, "ana": False, "ben": True,
    }  # fmt: skip


# -- two parts ------------------------------------------------------------------------------------


def test_an_export_in_two_parts_is_read_as_one(tmp_path):
    connections, talk = [connection("ana"), hidden()], [message("ana", "2020-02-01")]
    whole = nq.read_linkedin(write_zip(tmp_path, files(connections=connections, messages=talk)))
    first = write_zip(
        tmp_path / "a", files(connections=connections), "Basic_LinkedInDataExport_11-19-2026.zip"
    )
    second = write_folder(tmp_path / "b", files(messages=talk, profile=False))
    for paths in ([first, second], [second, first]):
        both = nq.read_linkedin(paths)
        assert both.people.drop(columns="source").equals(whole.people.drop(columns="source"))
        assert both.interactions.equals(whole.interactions)
        assert both.as_of == whole.as_of  # that of the later part
    assert {"messages", "connections"} <= both.kinds


def test_what_stands_in_both_parts_counts_once(tmp_path):
    made = files(connections=[connection("ana")], messages=[message("ana", "2020-02-01")])
    more = files(
        connections=[connection("ana"), connection("ben")], messages=[message("ana", "2020-02-01")]
    )
    first, second = write_zip(tmp_path / "a", made), write_zip(tmp_path / "b", more)
    network = nq.read_linkedin([first, second])
    assert network.connection_count == 2
    assert len(network.interactions) == 1
    read = network.coverage.query("outcome != 'absent'").groupby("file")["row_count"].sum()
    assert len(read) == 6  # three files of each part, however alike the names
    assert int(read.sum()) == 1 + 1 + 1 + 2 + 1 + 1


def test_a_first_part_with_only_the_profile_can_be_given_too(tmp_path):
    first = write_zip(tmp_path / "a", files())
    second = write_zip(tmp_path / "b", files(connections=[connection("ana")], profile=False))
    assert nq.read_linkedin([first, second]).owner.name == " ".join(OWNER[0].split())


def test_exports_of_different_dates_are_not_two_parts_of_one(tmp_path):
    made = files(connections=[connection("ana")])
    first = write_zip(tmp_path, made, "Complete_LinkedInDataExport_11-20-2025.zip")
    second = write_zip(tmp_path, made)
    with pytest.raises(
        ExportError, match="one is of 20 November 2025, another of 20 November 2026"
    ):
        nq.read_linkedin([first, second])


def test_the_same_part_twice_is_refused(tmp_path):
    path = write_zip(tmp_path, files(connections=[connection("ana")]))
    with pytest.raises(SettingError, match="given twice"):
        nq.read_linkedin([path, str(path)])
