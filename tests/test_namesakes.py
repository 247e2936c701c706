"""Two people of one name: nobody is merged on the name alone, and the user is asked."""

from __future__ import annotations

import pandas as pd
import pytest
from exports import OWNER, connection, files, invitation, message, url, write_zip

import netquality as nq

TALK = ("2024-01-05", False), ("2024-01-20", True)


def talk(slug: str, name: str = "Ana Erfunden") -> list[list[str]]:
    rows = [message(slug, day, sent=sent) for day, sent in TALK]
    return [[cell.replace(f"{slug.title()} Erfunden", name) for cell in row] for row in rows]


def unkeyed(on: str = "01 Jun 2020", company: str = "") -> list[str]:
    """Return a connection as the file has it that shows no profile URL."""
    return connection("", on, given="Ana", company=company)


@pytest.mark.parametrize(("first", "second"), [("ana-1", "ana-2"), ("ana-2", "ana-1")])
def test_profiles_of_one_name_in_two_files_are_two_people(tmp_path, first, second):
    invited = invitation(second, "6/1/20, 1:00 AM")
    invited[0] = "Ana Erfunden"
    made = files(connections=[unkeyed()], messages=talk(first), invitations=[invited])
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.matches.empty
    assert set(network.people["person_id"]) == {"name:ana erfunden", "ana-1", "ana-2"}
    assert network.people["is_ambiguous"].all()
    assert network.doubts[["person_id", "record_id"]].to_numpy().tolist() == [
        ["ana-1", "name:ana erfunden"], ["ana-2", "name:ana erfunden"],
    ]  # fmt: skip
    (said,) = network.warnings
    assert said == (
        "Connections.csv: 1 connection without a profile URL may be any of several people of that "
        "name, so nothing counts for them. Say who it is in Python: nq.keep_decisions."
    )
    status = nq.assess(network).set_index("person_id")["status"]
    assert status["name:ana erfunden"] == "unknown"  # which is not "no conversation on record"


def test_one_profile_for_two_connections_is_asked_about_and_the_answer_is_applied(tmp_path):
    two = [unkeyed(company="Alt Ltd"), unkeyed("02 Jun 2020", company="Neu Ltd")]
    export = write_zip(tmp_path, files(connections=two, messages=talk("ana-1")))
    network = nq.read_linkedin(export)
    assert network.doubts["record_id"].tolist() == ["name:ana erfunden", "name:ana erfunden#2"]
    assert (nq.assess(network).query("is_connection")["status"] == "unknown").all()

    said = network.doubts.assign(is_same=network.doubts["record_id"].str.endswith("#2"))
    nq.keep_decisions(said, tmp_path / "who.csv")
    network = nq.read_linkedin(export, decisions=tmp_path / "who.csv")
    people = network.people.set_index("person_id")
    assert people.index.tolist() == ["name:ana erfunden", "ana-1"]
    assert people["company"].tolist() == ["Alt Ltd", "Neu Ltd"]
    assert not people["is_ambiguous"].any()
    assert network.doubts.empty
    assert network.matches[["person_id", "record_id", "matched_by"]].to_numpy().tolist() == [
        ["ana-1", "name:ana erfunden#2", "your own word"]
    ]


def test_the_only_profile_of_the_only_connection_of_a_name_is_theirs(tmp_path):
    made = files(connections=[unkeyed()], messages=talk("ana-1"))
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.people["person_id"].tolist() == ["ana-1"]
    assert network.matches["matched_by"].tolist() == ["name"]
    assert network.doubts.empty


def test_a_profile_with_two_names_is_no_two_connections(tmp_path):
    """Ana was called Beispiel once; one profile cannot be both of two connections."""
    both = [unkeyed(), connection("", "03 Mar 2021", given="Ana", family="Beispiel")]
    rows = talk("ana-1") + talk("ana-1", "Ana Beispiel")
    network = nq.read_linkedin(write_zip(tmp_path, files(connections=both, messages=rows)))
    assert network.people["person_id"].is_unique
    assert network.people["is_connection"].sum() == 2


def test_a_connection_called_as_the_owner_is_does_not_write_the_owners_messages(tmp_path):
    """The owner never wrote, so the file shows no URL of theirs; the other's stands there."""
    name = OWNER[0]
    given, family = name.split(" ", 1)
    other = connection("other", given=given, family=family)
    names = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT"
    row = f"t,,{name},{url('other')},{name},2024-01-05 10:00:00 UTC,,A real word or two,INBOX\n"
    made = files(connections=[other]) | {
        "messages.csv": f"{names},FOLDER\n{row}",
        "Profile.csv": f"First Name,Last Name\n{given},{family}\n",
    }
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.interactions["direction"].tolist() == ["received"]
    assert network.interactions["person_id"].tolist() == ["other"]


def test_a_name_of_signs_alone_is_a_name(tmp_path):
    """The form of 2018, which knows people by their names only."""
    rows = pd.DataFrame(
        [["🌟", "", "", "A", "B", "01 Jun 2017"]],
        columns=["First Name", "Last Name", "Email Address", "Company", "Position", "Connected On"],
    )
    head = "From,To,Date,Subject,Content,Direction,Folder\n"
    line = f'🌟,{OWNER[0]},"3/1/18, 5:33 PM",,A real word or two,INCOMING,INBOX\n'
    given, family = OWNER[0].split(" ", 1)
    made = {
        "Connections.csv": rows.to_csv(index=False),
        "messages.csv": head + line,
        "Profile.csv": f"First Name,Last Name\n{given},{family}\n",
    }
    network = nq.read_linkedin(write_zip(tmp_path, made))
    assert network.warnings == ()
    assert network.people["person_id"].tolist() == ["name:🌟"]
    assert nq.assess(network)["status"].tolist() == ["one_way"]
