"""The owner's word beside what was counted: shown, never counted, and kept out of lists."""

from __future__ import annotations

import pandas as pd
import pytest
from exports import connection, files, message, write_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import network_of, rows_of

import netquality as nq
from netquality.cli import main
from netquality.journal import Journal
from netquality.tables import JOURNAL, build

RESTING = "SR" + " " * 20 + "SR"
PEOPLE = ("ana", "ben", "cem", "dee", "eli", "fay")


@pytest.fixture(scope="module")
def network():
    rows = [row for who in PEOPLE for row in rows_of(RESTING, who)]
    return network_of(rows, people={"gus": {}})


def journal(said: dict[str, dict]) -> Journal:
    """Return a journal that says this of people."""
    rows = [
        {"person_id": who, "owner_label": None, "is_off_platform": False, "off_platform": None,
         "is_hidden": False, "owner_note": None} | words
        for who, words in said.items()
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(JOURNAL.dtypes))
    return Journal(build(JOURNAL, dict(frame.items())))


def test_the_map_of_labels_is_the_one_of_the_design(network):
    said = journal(
        {
            "ana": {"owner_label": "close"},
            "ben": {"owner_label": "know"},
            "cem": {"owner_label": "stranger"},
            "dee": {"owner_label": "not interested"},
            "eli": {"is_off_platform": True, "off_platform": "by phone"},
            "gus": {"owner_label": "know", "is_off_platform": True},
        }
    )
    people = nq.assess(network, journal=said).set_index("person_id")
    assert people["status_shown"].to_dict() == {
        "ana": "In touch, you say so",
        "ben": "Resting",
        "cem": "No conversation on record",
        "dee": "Resting",
        "eli": "In touch, you say so",
        "fay": "Resting",
        "gus": "In touch, you say so",
    }
    assert people.loc["ana", "status_reason"].startswith(
        "You say that you are close. There was talk on 4 days in January 2020"
    )
    assert people.loc["gus", "status_reason"].startswith(
        "You say that you know each other. You say that you talk elsewhere. No message"
    )
    assert people.loc["fay", "status_reason"].startswith("There was talk on")
    assert people["owner_label"].isna().tolist() == [False] * 4 + [True, True, False]


def test_labels_never_change_a_status_or_a_measure(network):
    said = journal({who: {"owner_label": "stranger", "is_hidden": True} for who in PEOPLE})
    plain, labelled = nq.assess(network), nq.assess(network, journal=said)
    words = ["owner_label", "is_off_platform", "is_hidden", "status_shown", "status_reason"]
    pd.testing.assert_frame_equal(plain.drop(columns=words), labelled.drop(columns=words))
    assert not plain["is_hidden"].any()
    assert plain["owner_label"].isna().all()


def test_the_list_respects_the_owners_word(network):
    said = journal(
        {
            "ana": {"owner_label": "close"},
            "ben": {"owner_label": "know"},
            "cem": {"owner_label": "stranger"},
            "dee": {"owner_label": "not interested"},
            "eli": {"is_off_platform": True},
            "fay": {"is_hidden": True},
        }
    )
    assert sorted(nq.reconnect(nq.assess(network))["person_id"]) == list(PEOPLE)
    assert nq.reconnect(nq.assess(network, journal=said))["person_id"].tolist() == ["ben"]


flags = st.fixed_dictionaries(
    {
        "owner_label": st.sampled_from(["close", "know", "stranger", "not interested", None]),
        "is_off_platform": st.booleans(),
        "is_hidden": st.booleans(),
    }
)


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(PEOPLE), flags))
def test_nobody_who_is_hidden_or_of_no_interest_is_ever_proposed(network, said):
    people = nq.assess(network, journal=journal(said))
    proposed = set(nq.reconnect(people)["person_id"])
    for who, words in said.items():
        if words["is_hidden"] or words["owner_label"] in ("stranger", "not interested", "close"):
            assert who not in proposed
    assert people["status"].dropna().isin(["dormant", "feather"]).all()


def test_explaining_says_the_owners_word_first(network):
    why = nq.explain(network, "ana", journal=journal({"ana": {"owner_label": "close"}}))
    assert why.shown == "In touch, you say so"
    assert why.status == "dormant"
    assert why.reason.startswith("You say that you are close. ")


def test_something_else_than_a_journal_gets_a_sentence(network):
    with pytest.raises(nq.NetQualityError, match="journal: is str"):
        nq.assess(network, journal="netquality-journal.csv")


def test_the_report_uses_the_journal_beside_the_export(tmp_path, capsys):
    made = files(
        connections=[connection("ana"), connection("ben")],
        messages=[
            message(who, f"2020-0{month}-03", sent=sent)
            for who in ("ana", "ben")
            for month in (2, 3)
            for sent in (True, False)
        ],
    )
    export = write_folder(tmp_path, made)
    network = nq.read_linkedin(export)
    page = tmp_path / "report.html"
    assert main(["report", str(export), "-o", str(page)]) == 0
    named = page.read_text("utf-8").count("Ana Erfunden")
    assert named == 5  # both lists, the sheet on paper, and the cards of map and barcodes
    nq.keep_word("ana", nq.journal_path(export), network, hidden=True)
    nq.keep_word("ben", nq.journal_path(export), network, label="know")
    assert main(["report", str(export), "-o", str(page)]) == 0
    text = page.read_text("utf-8")
    assert "Ana Erfunden" not in text
    assert "and 1 person by your own word" in text
    assert "Your journal says of 1 person how you see them." in text
    other = tmp_path / "other.csv"
    asked = ["report", str(export), "-o", str(page), "--journal", str(other)]
    assert main(asked) == 2  # one that is named must be there, lest the hidden come up again
    assert "no such file" in capsys.readouterr().err
    nq.keep_word("ben", other, network, note="Another file.")
    assert main(asked) == 0
    assert "Ana Erfunden" in page.read_text("utf-8")
    capsys.readouterr()
