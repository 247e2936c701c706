"""What the files beside connections and messages bring, and whom their rows are about."""

from __future__ import annotations

import pytest
from exports import (
    MESSAGE_HEADER,
    OWNER,
    connection,
    files,
    hidden,
    invitation,
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


def test_a_school_without_a_name_is_counted_and_nobodys(tmp_path):
    made = files(connections=[connection("ana", company="Old Mill")])
    made |= {"Education.csv": to_csv(EDUCATION, [["", "2001", "2005", "", "", ""]])}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert counts(network, "Education.csv") == {("used", "school"): 1}
    assert nq.assess(network)["is_school_then"].isna().all()


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


PEOPLE = [contact("Dora", "Neue", ""), contact("Ed", "Neu", "ed@x.example, e.neu@x.example")]
ONE_BOOK = to_csv(CONTACTS, PEOPLE)


def test_a_copy_of_the_address_book_makes_nobody_twice(tmp_path):
    made = files(connections=[connection("ana")])
    made |= {"Contacts.csv": ONE_BOOK, "Contacts (1).csv": to_csv(CONTACTS, PEOPLE[::-1])}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert sorted(network.people["name"]) == ["Ana Erfunden", "Dora Neue", "Ed Neu"]
    assert counts(network, "Contacts.csv") == {("used", "contact"): 2}
    assert counts(network, "Contacts (1).csv") == {
        ("set aside", "exact duplicate of another row"): 2
    }


def test_the_address_book_in_both_parts_counts_once(tmp_path):
    made = files(connections=[connection("ana")]) | {"ImportedContacts.csv": ONE_BOOK}
    first = write_zip(tmp_path, made, "Basic_LinkedInDataExport_11-20-2026.zip")
    network = nq.read_linkedin([first, write_zip(tmp_path, made)])
    assert sorted(network.people["name"]) == ["Ana Erfunden", "Dora Neue", "Ed Neu"]
    books = network.coverage[network.coverage["file"].str.endswith("ImportedContacts.csv")]
    assert books.set_index("reason")["row_count"].to_dict() == {
        "contact": 2, "exact duplicate of another row": 2,
    }  # fmt: skip


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


def test_an_address_book_in_no_known_form_says_what_can_be_done_in_an_export(tmp_path):
    made = files(connections=[connection("ana")]) | {"Contacts.csv": "Ana Ficticia,Baker Company\n"}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    [said] = [warning for warning in network.warnings if "Contacts.csv" in warning]
    assert said == (
        "Contacts.csv: is no address book in a form known here; no line of it surely names "
        "columns. To read it all the same, unpack it, say in nq.read_contacts(..., columns=...) "
        "which column holds what, and join it with nq.combine."
    )
    assert list(counts(network, "Contacts.csv")) == [("rejected", "cannot be read")]


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


@pytest.mark.parametrize("beside", ["readme.txt", "Notes/how.txt"])
def test_a_part_is_read_wherever_its_folder_lies_and_whatever_lies_beside_it(tmp_path, beside):
    first = files(connections=[connection("ana")], messages=[message("ana", "2020-02-01")])
    second = files(messages=[message("ben", "2020-03-01")])
    whole = nq.read_linkedin([write_zip(tmp_path / "a", first), write_zip(tmp_path / "b", second)])
    deeper = {f"Complete/{name}": text for name, text in second.items()} | {beside: "Read me."}
    again = [write_zip(tmp_path / "c", first), write_zip(tmp_path / "d", deeper)]
    for paths in (again, again[::-1]):
        both = nq.read_linkedin(paths)
        assert both.interactions.equals(whole.interactions)
        assert len(both.interactions) == 2
        assert both.warnings == whole.warnings
        counted = both.coverage["row_count"].sum()
        assert counted == whole.coverage["row_count"].sum()


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


def test_parts_of_different_people_are_not_one_export(tmp_path):
    first = write_zip(tmp_path / "a", files(connections=[connection("ana")]))
    other = files(messages=[message("ana", "2020-02-01")]) | {
        "Profile.csv": to_csv(["First Name", "Last Name", "Headline"], [["Peter", "Andere", ""]])
    }
    with pytest.raises(ExportError, match="exports of different people"):
        nq.read_linkedin([first, write_zip(tmp_path / "b", other)])


def test_a_loose_file_beside_the_archive_adds_its_rows_and_hides_none(tmp_path):
    made = files(connections=[connection("ana")], messages=[message("ana", "2020-02-01")])
    loose = tmp_path / "messages.csv"
    more = [message("ana", "2020-02-01"), message("ana", "2020-02-02")]
    loose.write_text(files(messages=more)["messages.csv"], "utf-8", newline="")
    network = nq.read_linkedin([write_zip(tmp_path / "a", made), loose])
    assert len(network.interactions) == 2


# -- copies and twins -----------------------------------------------------------------------------


def test_a_second_copy_adds_no_row_that_the_first_copy_has(tmp_path):
    one, two = (
        [connection("", given="Ana")],
        [connection("", given="Ana"), connection("", given="Ben")],
    )
    made = files(connections=one, messages=[message("x", "2020-02-01")])
    for number in (1, 2):
        made[f"Connections ({number}).csv"] = files(connections=two)["Connections.csv"]
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.connection_count == 2


def test_a_copy_with_other_line_ends_is_a_copy(tmp_path):
    made = files(
        connections=[connection("ana")], messages=[message("ana", "2020-02-01", "one\ntwo")]
    )
    copy = made["messages.csv"].replace("\n", "\r\n")
    plain = nq.read_linkedin(write_zip(tmp_path / "a", made)).interactions
    resaved = nq.read_linkedin(
        write_zip(tmp_path / "b", made | {"messages.csv": copy})
    ).interactions
    both = nq.read_linkedin(
        write_zip(tmp_path / "c", made | {"messages (1).csv": copy})
    ).interactions
    assert resaved.equals(plain)
    assert both.equals(plain)


def test_a_twin_without_urls_says_nothing_new(tmp_path):
    header = ["Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name"]
    row = ["2026/01/02 10:00:00 UTC", "Baking", "Ana", "Erfunden"]
    now = to_csv([*header, "Endorser Public Url", "Endorsement Status"],
                 [[*row, "www.linkedin.com/in/ana", "ACCEPTED"]])  # fmt: skip
    twin = to_csv([*header, "Endorsement Status"], [[*row, "ACCEPTED"]]).replace(",", "\t")
    made = files(connections=[connection("ana")])
    made |= {"Endorsement_Received_Info.csv": now}
    made |= {"Endorsement Received Info.csv": twin.encode("utf-16")}
    assert len(nq.read_linkedin(write_zip(tmp_path, made)).interactions) == 1


# -- the owner as a hidden member -----------------------------------------------------------------


def hidden_owner(slug: str, at: str, *, sent: bool) -> list[str]:
    row = message(slug, at, sent=sent)
    name, link = (2, 3) if sent else (4, 5)
    row[name], row[link] = "LinkedIn Member", ""
    return row


def test_what_a_hidden_member_wrote_to_somebody_else_is_the_owners(tmp_path):
    talk = [
        hidden_owner("ana", "2020-02-01", sent=True), hidden_owner("ana", "2020-02-02", sent=False),
        message("ben", "2020-02-03"),
    ]  # fmt: skip
    made = files(connections=[connection("ana"), connection("ben")], messages=talk)
    network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
    rows = network.interactions[["person_id", "direction"]].to_numpy().tolist()
    assert rows == [["ana", "sent"], ["ana", "received"], ["ben", "received"]]


def test_your_own_word_is_taken_where_the_export_hides_you(tmp_path):
    talk = [
        hidden_owner("ana", "2020-02-01", sent=True),
        hidden_owner("ben", "2020-02-02", sent=True),
    ]
    made = files(connections=[connection("ana")], messages=talk, profile=False)
    network = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1])
    assert network.interactions["direction"].tolist() == ["sent", "sent"]


def test_a_namesake_of_a_hidden_owner_is_not_the_owner(tmp_path):
    talk = [hidden_owner(slug, "2020-02-01", sent=True) for slug in ("ana", "ben", "cleo", "dora")]
    namesake = hidden_owner("olga-2", "2020-02-05", sent=False)
    namesake[2] = OWNER[0]
    made = files(connections=[connection("ana")], messages=[*talk, namesake])
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.owner.profile_key is None
    assert (network.interactions["direction"] == "sent").sum() == 4


# -- other findings of a review -------------------------------------------------------------------


def test_two_invitations_of_one_minute_and_no_message_are_read(tmp_path):
    invitations = [invitation(who, "1/4/26, 9:05 AM", sent=True) for who in ("ana", "ben")]
    made = files(connections=[connection("ana"), connection("ben")], invitations=invitations)
    assert len(nq.read_linkedin(write_zip(tmp_path, made)).interactions) == 2


def test_messages_of_which_no_row_can_be_read_are_not_silence(tmp_path):
    short = to_csv(MESSAGE_HEADER, [message("ana", "2020-02-01")[:-2]])
    made = files(connections=[connection("ana")]) | {"messages.csv": short}
    with pytest.raises(ExportError, match="no row can be read"):
        nq.read_linkedin(write_zip(tmp_path, made))


def test_a_messages_file_with_a_header_alone_is_warned_of(tmp_path):
    network = nq.read_linkedin(
        write_zip(tmp_path, files(connections=[connection("ana")], messages=[]))
    )
    assert any("has no message" in said for said in network.warnings)


def test_an_invitation_note_is_none_of_the_namesakes_talk(tmp_path):
    note = invitation("ana", "1/1/20, 2:05 AM", "Please let me in")
    note[5] = note[6] = ""
    note[0] = "Ana Erfunden"
    talk = message("ana-2", "2020-02-02", "Please let me in")
    talk[2] = "Ana Erfunden"
    bare = connection("", given="Ana")
    made = files(connections=[bare, bare], invitations=[note], messages=[talk])
    rows = nq.read_linkedin(write_zip(tmp_path, made), me=OWNER[1]).interactions
    assert rows[["kind", "is_note", "is_real"]].to_numpy().tolist() == [["message", True, False]]


def test_a_note_with_a_url_is_never_given_to_a_namesake(tmp_path):
    rows = [["Ana", "Erfunden", url("another-ana"), "x", "2026-01-02 10:00:00 UTC", ""]]
    made = files(connections=[connection("ana")]) | {"Notes.csv": to_csv(NOTES, rows)}
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.people["noted_on"].isna().all()


def test_a_follow_by_name_is_a_match_that_can_be_undone(tmp_path):
    rows = [["2026-05-01 10:00:00 UTC", "Active", "Ana Erfunden"]]
    made = files(connections=[connection("ana")]) | {"Member_Follows.csv": to_csv(FOLLOWS, rows)}
    path = write_zip(tmp_path, made)
    network = nq.read_linkedin(path)
    assert network.matches[["person_id", "source"]].to_numpy().tolist() == [
        ["ana", "Member_Follows.csv"]
    ]
    answers = nq.keep_decisions(network.matches.assign(is_same=False), tmp_path / "a.csv")
    assert nq.read_linkedin(path, decisions=answers).interactions.empty


def test_an_answer_about_a_name_and_an_address_book_go_together(tmp_path):
    bare, noted = connection("", given="Ana"), connection("", "02 Jan 2020", given="Ana")
    made = files(connections=[bare, noted], recommendations=[recommendation("Ana")])
    made |= {"ImportedContacts.csv": to_csv(CONTACTS, [contact("Zoe", "Fremd", "z@example.org")])}
    path = write_zip(tmp_path, made)
    doubts = nq.read_linkedin(path).doubts.query("record_id == 'name:ana erfunden'")
    answers = doubts.assign(is_same=doubts["person_id"].str.endswith("#2"))
    told = nq.read_linkedin(path, decisions=nq.keep_decisions(answers, tmp_path / "a.csv"))
    assert told.interactions["person_id"].tolist() == ["name:ana erfunden#2"]
    assert "name:ana erfunden" in set(told.people["person_id"])


def test_an_address_book_named_like_a_file_of_the_export_is_refused(tmp_path):
    network = nq.read_linkedin(write_zip(tmp_path, files(connections=[connection("ana")])))
    book = tmp_path / "Connections.csv"
    book.write_text(to_csv(CONTACTS, [contact("Zoe", "Fremd", "z@example.org")]), "utf-8")
    with pytest.raises(SettingError, match="the export has a file of this name"):
        nq.combine(network, nq.read_contacts(book))


@pytest.mark.parametrize("path", [5, None, "", b"x.zip", [5]])
def test_what_is_no_path_gets_a_sentence(path):
    with pytest.raises(SettingError, match="path: is "):
        nq.read_linkedin(path)


def test_arguments_of_another_kind_get_a_sentence(tmp_path):
    path = write_zip(tmp_path, files(connections=[connection("ana")]))
    for wrong in ({"me": 5}, {"decisions": 5}):
        with pytest.raises(nq.NetQualityError, match=f"{next(iter(wrong))}: is "):
            nq.read_linkedin(path, **wrong)
