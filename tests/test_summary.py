"""The summary: its figures add up, its sentences say what was measured, its limits are true."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from exports import connection, files, hidden, invitation, message, recommendation, write_folder

import netquality as nq
from netquality.status import OWNER_WORDS, STATUSES
from netquality.summary import headline, in_touch_range, range_text, summarise


@pytest.fixture
def read(tmp_path):
    """Read an export made of the given tables."""

    def make(**tables):
        return nq.read_linkedin(write_folder(tmp_path, files(**tables)))

    return make


def talk(who: str, year: int) -> list[list[str]]:
    """Both write on days more than a week apart: a relationship."""
    days = ((1, False), (3, True), (20, False), (22, True))
    return [message(who, f"{year}-06-{day:02d}", sent=sent) for day, sent in days]


def test_the_statuses_add_up_to_the_connections():
    network = nq.load_sample()
    people = nq.assess(network)
    summary = summarise(network, people)
    assert summary.statuses["count"].sum() == summary.connection_count == network.connection_count
    assert summary.statuses["share"].sum() == pytest.approx(1)
    counted = people[people["is_connection"]]["status"].value_counts()
    assert summary.statuses.set_index("status")["count"].to_dict() == counted.to_dict()
    outside = people[~people["is_connection"]]["status"].notna().sum()
    assert summary.outside_count == outside > 0


def test_hidden_members_are_counted_beside_the_connections(read):
    network = read(connections=[connection("ana"), hidden("03 May 2020"), hidden("04 May 2020")])
    summary = summarise(network)
    assert (summary.connection_count, summary.hidden_count) == (1, 2)
    early = dataclasses.replace(network, as_of=pd.Timestamp("2020-05-03", tz="UTC"))
    assert summarise(early).hidden_count == 0  # nobody can say how many of them there were then


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({}, ""),
        ({"one_way": "know"}, ""),
        ({"active": "close"}, "By your word 1 is in touch."),
        ({"one_way": "close"}, "By your word 1 is in touch, counted as One-sided."),
        ({"active": "close", "one_way": "close"},
         "By your word 2 are in touch, 1 of them counted as One-sided."),
        ({"dormant": "close", "one_way": "close"},
         "By your word 2 are in touch, 1 of them counted as Resting and 1 as One-sided."),
        ({"brief": "stranger"}, "By your word 1 is a stranger, counted as One short exchange."),
        ({"active": "close", "brief": "stranger"},
         "By your word 1 is in touch; 1 is a stranger, counted as One short exchange."),
    ],
)  # fmt: skip
def test_your_word_is_told_beside_what_is_counted(words, said):
    network = nq.load_sample()
    people = nq.assess(network)
    first = people[people["is_connection"]].drop_duplicates("status").set_index("status")
    for status, label in words.items():
        who = people["person_id"] == first["person_id"][status]
        shown = people["status_shown"].mask(who, OWNER_WORDS[label]) if label != "know" else None
        people = people.assign(
            owner_label=people["owner_label"].mask(who, label),
            status_shown=people["status_shown"] if shown is None else shown,
        )
    summary = summarise(network, people)
    assert summary.own_word == said
    assert summary.statuses.equals(summarise(network).statuses)


def test_the_default_lies_within_the_range_of_other_definitions():
    network = nq.load_sample()
    summary = summarise(network)
    low, high = summary.in_touch_range
    active = int(summary.statuses.set_index("status")["count"]["active"])
    assert low <= active <= high
    assert f"with {active} here" in summary.headline


def test_the_range_is_of_what_its_sentence_says_and_of_nothing_else(read):
    """Answers that took three months: other definitions of an answer are not in the sentence."""
    rows = [
        message("ana", day, sent=sent)
        for day, sent in (
            ("2026-01-01", False), ("2026-04-15", True), ("2026-07-20", False), ("2026-10-01", True)
        )
    ]  # fmt: skip
    network = read(connections=[connection("ana")], messages=rows)
    assert nq.sensitivity(network)["active"].min() == 0
    assert in_touch_range(network) == (1, 1)
    sample = nq.load_sample()
    counts = nq.sensitivity(sample, answer_within_days=[180])["active"]
    assert in_touch_range(sample) == (counts.min(), counts.max())


@pytest.mark.parametrize(
    ("connections", "in_touch", "said"),
    [
        (900, 61, "Of 900 connections, you wrote back and forth with 61 here"),
        (1234, 1000, "Of 1,234 connections, you wrote back and forth with 1,000 here"),
        (1, 1, "Of 1 connection, you wrote back and forth with 1 here"),
        (3, 0, "Of 3 connections, you wrote back and forth with none here"),
    ],
)
def test_the_headline_has_no_wrong_plural(read, connections, in_touch, said):
    network = read(connections=[connection("ana")], messages=talk("ana", 2026))
    assert headline(network, connections, in_touch).startswith(said)


def test_the_headline_asks_for_more_than_a_short_exchange(read):
    """One answer a month ago is a short exchange: nobody is counted for it, and it says why."""
    rows = [message("ana", "2026-10-01"), message("ana", "2026-10-02", sent=True)]
    summary = summarise(read(connections=[connection("ana")], messages=rows))
    assert summary.statuses.set_index("status")["count"]["brief"] == 1
    assert "with none here for more than a week in the past 13 months" in summary.headline


def test_without_messages_no_figure_is_about_talk(read):
    network = read(connections=[connection("ana"), connection("ben", "05 Feb 2019")])
    summary = summarise(network)
    assert summary.headline == "2 connections since 5 February 2019; this export has no messages"
    assert summary.in_touch_range is None
    assert in_touch_range(network) is None
    assert summary.limits[0].startswith("Who of them you talk with: this export has no messages")


def test_without_connections_it_says_so(read):
    summary = summarise(read(connections=[], messages=talk("ana", 2026)))
    assert summary.headline == "This export names no connections"
    assert (summary.connection_count, summary.outside_count) == (0, 1)
    assert summary.in_touch_range is None
    assert summary.statuses["share"].tolist() == [0.0] * len(STATUSES)


def test_before_the_first_connection_nobody_was_there(tmp_path):
    made = files(connections=[connection("ana")], messages=talk("ana", 2026))
    network = nq.read_linkedin(write_folder(tmp_path, made), as_of="2010-01-01")
    assert headline(network, 0, 0) == "No connection was made by 1 January 2010"


def test_a_missing_connections_file_is_a_limit(read):
    said = summarise(read(messages=talk("ana", 2026))).limits
    assert any(limit.startswith("Who is connected with you: Connections.csv") for limit in said)


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "Who 1 hidden connection is: "), (2, "Who 2 hidden connections are: ")],
)
def test_hidden_members_are_counted(read, count, said):
    network = read(connections=[connection("ana"), *[hidden()] * count], messages=[])
    assert [limit for limit in summarise(network).limits if limit.startswith(said)]


def lone_notes(count: int) -> dict[str, list[list[str]]]:
    slugs = ["ana", "ben", "cyd"][:count]
    return {
        "connections": [connection(slug, "05 Feb 2020") for slug in slugs],
        "messages": [message(slug, "2020-02-05") for slug in slugs],
    }


def test_possible_notes_without_any_invitation_file(read):
    said = " ".join(summarise(read(**lone_notes(2))).limits)
    assert "Whether 2 lone first messages of a connect day are invitation notes" in said
    assert "this export has no invitations. They are set aside as possible notes." in said


def test_possible_notes_from_before_the_first_invitation(read):
    invited = [invitation("dan", "11/19/26, 9:00 AM", sent=True)]
    said = " ".join(summarise(read(**lone_notes(1), invitations=invited)).limits)
    assert "Whether 1 lone first message of a connect day is an invitation note" in said
    assert "this export has no invitations before 19 November 2026. It is set aside" in said


def test_no_limit_is_claimed_that_is_none(read):
    said = " ".join(summarise(read(connections=[connection("ana")], messages=[])).limits)
    for word in ("hidden", "lone first message", "bear only a name", "Connections.csv"):
        assert word not in said


def test_namesakes_are_a_limit(read):
    same = [connection(f"eva-{n}", given="Eva", family="Doppelt") for n in (1, 2)]
    praise = [recommendation("Eva", family="Doppelt")]
    network = read(connections=same, messages=[], recommendations=praise)
    assert any("more than one person has that name" in said for said in summarise(network).limits)


def test_no_sentence_names_anybody():
    network = nq.load_sample()
    summary = summarise(network)
    said = " ".join([summary.headline, *summary.limits, *summary.statuses["meaning"]])
    parts = network.people[["given_name", "family_name"]].melt()["value"].dropna().unique()
    assert not [name for name in parts if len(name) > 3 and f" {name} " in f" {said} "]


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ((50, 65), " With 6 months to 3 years in place of 13 months: 50 to 65."),
        ((0, 1200), " With 6 months to 3 years in place of 13 months: 0 to 1,200."),
        ((7, 7), " With 6 months to 3 years in place of 13 months: just as many."),
        (None, ""),
    ],
)
def test_the_range_in_words(between, said):
    assert range_text(between) == said


def test_nothing_is_changed(read):
    network = read(connections=[connection("ana")], messages=talk("ana", 2026))
    people = nq.assess(network)
    before = people.copy(deep=True)
    summarise(network, people)
    assert people.equals(before)


def test_a_hidden_inviter_is_no_hidden_sender_of_a_message(tmp_path):
    gone = invitation("x", "1/4/26, 9:05 AM")
    gone[0], gone[5] = "LinkedIn Member", ""
    made = files(
        connections=[connection("ana")],
        messages=[message("ana", "2020-02-01")],
        invitations=[gone, invitation("ana", "1/4/26, 9:05 AM")],
    )
    network = nq.read_linkedin(write_folder(tmp_path, made))
    assert not any("deleted or hidden" in limit for limit in summarise(network).limits)
