"""Measures: people counted by hand, the edges of each, and laws that Hypothesis tries to break.

The letters of the stories are those of `stories.py`.
"""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import AS_OF, BEGIN, network_of, one, row, rows_of

import netquality as nq
from netquality.identity import Owner
from netquality.tables import MEASURES

END = pd.Timestamp("2026-11-20 23:59:59.999999", tz="UTC")


def measured(story: str, connected: str | None = "2019-06-01", **more) -> pd.Series:
    return nq.assess(one(story, connected, **more)).iloc[0]


def test_one_person_counted_by_hand():
    # 2 January: S S (10:00, 11:00), 3 January: R, 11 January: S, 1 February: S without an answer
    person = measured("(SS)R       S" + " " * 20 + "S")
    first = pd.Timestamp(BEGIN, tz="UTC")
    expected = {
        "contact_days": 4,  # 2, 3, 11 January and 1 February
        "mutual_contact_days": 1,  # the owner wrote on 3 of them, the other on 1
        "sent_count": 4,
        "received_count": 1,
        "sent_character_share": (4 * 30) / (4 * 30 + 10),
        "sent_question_count": 0,
        "received_question_count": 0,
        "first_message_at": first,
        "last_message_at": first + pd.Timedelta(days=30),
        "silent_days": (END - first - pd.Timedelta(days=30)).days,
        "usual_gap_days": 8.0,  # gaps of 1, 8 and 21 days
        "late_gap_days": None,  # of three gaps no rhythm can be told
        "last_writer": "you",
        "turn": "theirs",
        "sent_unanswered_days": 2,  # 11 January and 1 February, after the other's last message
        "received_unanswered_days": 0,
        "last_question_count": 0,
        "conversation_count": 1,  # never 30 days of silence
        "opened_share": 1.0,
        "answers_given_count": 1,  # S of 11 January
        "answers_received_count": 1,  # R answers the second S
        "answer_given_median_days": 8.0,
        "answer_received_median_days": 23 / 24,  # from 11:00 to 10:00
        "talk_days": 3,  # 2 January (answered), 3 (answer, answered), 11 (answer)
        "talk_months_count": 1,
        "talk_years_count": 1,
        "first_talk_at": first + pd.Timedelta(hours=1),  # the message before the answer
        "last_talk_at": first + pd.Timedelta(days=9),  # nobody answered the last
        "talk_span_days": 9,
        "sent_talk_span_days": 9,
        "received_talk_span_days": 0,
        "greeting_count": 0,
    }
    for name, value in expected.items():
        assert (person[name] == value) if value is not None else pd.isna(person[name]), name


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # style.md: two conversations, the owner opened one
        ("SR|RS", {"conversation_count": 2, "opened_share": 0.5}),
        ("S" + " " * 28 + "R", {"conversation_count": 1, "opened_share": 1.0}),  # 29 days
        ("S" + " " * 29 + "R", {"conversation_count": 2, "opened_share": 0.5}),  # 30 days
        ("c", {"conversation_count": 0, "opened_share": None}),
        ("SR", {"turn": "yours", "last_writer": "they", "received_unanswered_days": 1}),
        ("RS", {"turn": "theirs", "last_writer": "you", "sent_unanswered_days": 1}),
        ("SRC", {"turn": None, "last_writer": "they"}),  # "Thanks!" closes it
        ("SRc", {"turn": "yours"}),  # their own set phrase does not
        ("SCR", {"turn": "yours"}),  # a set phrase before it neither
        ("RS c c", {"turn": None}),
        ("RN", {"turn": "yours"}),  # a note that nobody answered is no courtesy
        ("c", {"turn": None, "last_writer": None, "silent_days": None}),
        ("S R R S", {"answers_given_count": 1, "answers_received_count": 1}),
        ("S R R S", {"answer_given_median_days": 2.0, "answer_received_median_days": 2.0}),
        ("S", {"usual_gap_days": None, "answer_received_median_days": None}),
        ("S  R", {"usual_gap_days": 3.0}),
        (
            "SRSRSRSR    S",
            {"late_gap_days": 5.0},
        ),  # seven gaps of 1, one of 5: seven in eight are not nine in ten
        ("SRSRSRSRSR    S", {"late_gap_days": 1.0}),  # nine in ten of its gaps are a day at most
        ("SRSRSRS    S", {"late_gap_days": None}),
        ("SqQ", {"last_question_count": 2}),
        ("SqqS", {"last_question_count": 0}),
        ("Sqc", {"last_question_count": 2}),  # a set phrase is no last word
        ("SqR", {"last_question_count": 0}),  # asked before the last message
        ("C", {"last_question_count": None, "sent_unreturned_days": 0}),
        ("SRS S", {"sent_unreturned_days": 2, "sent_unanswered_days": 2}),
        ("SRSc", {"sent_unreturned_days": 0, "sent_unanswered_days": 1}),  # a greeting came back
        ("SRC", {"sent_unreturned_days": 0}),  # and one of yours is no try
        ("N", {"sent_unreturned_days": 1, "sent_unanswered_days": 0}),  # but a note is
        ("S R   R", {"usual_gap_days": 3.0}),  # the middle of 2 and 4
        ("(SR)", {"contact_days": 1, "usual_gap_days": None, "talk_days": 1, "talk_span_days": 0}),
        ("Qq", {"sent_question_count": 2, "received_question_count": 2}),
        ("SRgG", {"group_message_count": 2, "group_thread_count": 1, "contact_days": 2}),
        ("ccC", {"greeting_count": 3, "greeting_years_count": 1, "contact_days": 0}),
        ("n", {"unanswered_note_count": 1, "sent_count": 0, "received_count": 0}),
        ("nS", {"unanswered_note_count": 0, "received_count": 1, "answers_given_count": 1}),
        ("SR" + "|" * 13 + "SR", {"talk_years_count": 2, "talk_months_count": 2, "talk_days": 4}),
        ("", {"contact_days": 0, "mutual_contact_days": 0, "sent_character_share": None}),
        ("", {"first_talk_at": None, "talk_span_days": None, "talk_days": 0, "depth": None}),
    ],
)
def test_a_story_is_measured_letter_by_letter(story, expected):
    person = measured(story)
    for name, value in expected.items():
        assert (person[name] == value) if value is not None else pd.isna(person[name]), name


def test_a_lone_first_message_is_counted_as_a_possible_note():
    person = measured("R", connected="2020-01-02")
    assert (person["possible_note_count"], person["received_count"]) == (1, 0)
    assert pd.isna(person["last_message_at"])


def test_without_messages_nothing_is_counted_as_zero():
    network = one("")
    nobody_knows = nq.assess(nq.Network(**(vars(network) | {"kinds": frozenset(["connections"])})))
    from_elsewhere = ("recommendation", "endorsement", "address", "is_", "origin", "event", "inv")
    for name in MEASURES.dtypes:
        if not name.startswith(from_elsewhere):
            assert nobody_knows[name].isna().all(), name
    assert nobody_knows["recommendation_given_count"].tolist() == [0]
    assert nobody_knows["is_followed"].isna().all()  # that file is not there either


def test_signs_of_esteem_are_counted_each_way():
    at = pd.Timestamp("2022-03-04 10:00", tz="UTC")
    rows = [
        row("S", at) | {"kind": kind, "direction": side, "thread_id": None, "recipient_count": None}
        for kind, sides in (
            ("recommendation", ["sent"]),
            ("endorsement", ["sent", "received", "received"]),
            ("follow", ["sent"]),
        )
        for side in sides
    ]
    person = nq.assess(network_of([*rows, *rows_of("SR", "q")])).set_index("person_id").loc["p"]
    assert (person["recommendation_given_count"], person["recommendation_received_count"]) == (1, 0)
    assert (person["endorsement_given_count"], person["endorsement_received_count"]) == (1, 2)
    assert bool(person["is_followed"]) is True
    assert person["contact_days"] == 0  # none of it is a message
    earlier = nq.assess(network_of([*rows, *rows_of("SR", "q")]), "2021-01-01")
    assert earlier["recommendation_given_count"].tolist() == [0, 0]


# Laws --------------------------------------------------------------------------------------------

few = settings(max_examples=25)  # each of them judges a whole, if small, network
stories = st.text(alphabet="SRQqCcNnGg |", max_size=14)
days = st.sampled_from(["2020-01-02", "2020-01-04", "2019-06-01", None])
MIRROR = str.maketrans("SRQqCcNnGg", "RSqQcCnNgG")
SIDES = (
    ("sent_count", "received_count"),
    ("sent_question_count", "received_question_count"),
    ("sent_unanswered_days", "received_unanswered_days"),
    ("last_sent_at", "last_received_at"),
    ("sent_unreturned_days", "received_unreturned_days"),
    ("sent_talk_span_days", "received_talk_span_days"),
    ("answers_given_count", "answers_received_count"),
    ("answer_given_median_days", "answer_received_median_days"),
    ("recommendation_given_count", "recommendation_received_count"),
    ("endorsement_given_count", "endorsement_received_count"),
)
OTHER_WORD = {"you": "they", "they": "you", "yours": "theirs", "theirs": "yours"}


def mirrored(network: nq.Network) -> nq.Network:
    """Return the same network as the other side would have exported it."""
    rows = network.interactions
    swapped = rows.assign(
        direction=rows["direction"].map({"sent": "received", "received": "sent"}).astype("str")
    )
    return nq.Network(
        **(vars(network) | {"interactions": swapped, "owner": Owner("Ana", "ana", "the test")})
    )


def as_seen_from_there(people: pd.DataFrame) -> pd.DataFrame:
    """Return what the measures of the other side must be."""
    names = dict(SIDES) | {other: one_ for one_, other in SIDES}
    table = people.rename(columns=names)[list(MEASURES.dtypes)]
    for name in ("sent_character_share", "opened_share"):
        table[name] = 1 - table[name]
    for name in ("last_writer", "turn"):
        table[name] = table[name].map(OTHER_WORD).astype("str")
    return table


# Premise: no two messages of opposite directions at one instant and alike in everything else (one
# letter at a time has that), and no file that only one side has (follows, address books).
@few
@given(stories, days)
def test_swapping_sent_and_received_mirrors_every_measure(story, connected):
    network = one(story, connected)
    mine, theirs = nq.assess(network), nq.assess(mirrored(network))
    pd.testing.assert_frame_equal(
        as_seen_from_there(mine), theirs[list(MEASURES.dtypes)], check_exact=False, rtol=1e-12
    )
    assert mine["status"].tolist() == theirs["status"].tolist()


letter = st.tuples(st.integers(0, 4), st.sampled_from("SRQqCcNn"), st.sampled_from("pq"))


@few
@given(st.lists(letter, min_size=1, max_size=9), st.randoms())
def test_the_order_of_rows_changes_nothing(letters, random):
    begin = pd.Timestamp("2020-01-02 10:00", tz="UTC").as_unit("us")
    rows = [row(mark, begin + pd.Timedelta(days=day), who) for day, mark, who in letters]
    others = rows.copy()
    random.shuffle(others)
    pd.testing.assert_frame_equal(nq.assess(network_of(rows)), nq.assess(network_of(others)))


# Premise: `as_of` stays the same, and the later message is real (no note, no set phrase, and not
# the only one on the connect day).
@few
@given(stories, st.sampled_from("SR"), st.integers(1, 900))
def test_a_later_real_message_never_lengthens_silence(story, letter, later):
    rows = rows_of(story)
    at = max((one_["at"] for one_ in rows), default=pd.Timestamp(BEGIN, tz="UTC"))
    more = [*rows, row(letter, at + pd.Timedelta(days=later))]
    before = nq.assess(network_of(rows, people={"p": {}})).iloc[0]["silent_days"]
    after = nq.assess(network_of(more)).iloc[0]["silent_days"]
    assert pd.isna(before) or after <= before
    assert after == (END - more[-1]["at"]).days


@few
@given(stories, days)
def test_counts_fit_together(story, connected):
    person = nq.assess(one(story, connected)).iloc[0]
    assert person["mutual_contact_days"] <= person["contact_days"]
    assert person["contact_days"] <= person["sent_count"] + person["received_count"]
    assert person["talk_days"] <= person["contact_days"]
    assert person["talk_years_count"] <= person["talk_months_count"] <= person["talk_days"]
    assert person["conversation_count"] <= person["contact_days"]
    assert person["answers_given_count"] <= person["sent_count"]
    letters = len(story.replace(" ", "").replace("|", ""))
    aside = ["greeting_count", "unanswered_note_count", "possible_note_count"]
    counted = person[["sent_count", "received_count", "group_message_count", *aside]].sum()
    assert counted == letters  # every message is counted once, as what it is


def test_the_network_is_as_of_its_date():
    assert str(one("S").as_of.date()) == AS_OF
