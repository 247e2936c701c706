"""Nobody is proposed who may not be, whatever was written and whatever the owner said.

The rules are told here once more, in plain Python over the rows, and not as the package tells them.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import network_of, rows_of

import netquality as nq
from netquality.journal import FILE_NAME

KINDS = ("resting", "overdue", "unanswered", "promising", "brief")
BEGIN = date(2020, 1, 2)
STORIES = st.one_of(
    st.text(alphabet="SRQqCcNnGg |(", max_size=24),
    st.tuples(st.just("SRSRSR  SRSR"), st.text(alphabet="SRCc||(", max_size=9)).map("".join),
).map(lambda text: text.replace("(", "||||||"))
DAYS = st.integers(0, 900).map(lambda days: BEGIN + timedelta(days=days))
LABELS = ["not interested", "stranger", "close", "know", ""]
SAID = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["wrote_on", "answered_on", "met_on", "snooze_until"]), DAYS),
        st.tuples(st.just("hidden"), st.booleans()),
        st.tuples(
            st.just("label"), st.sampled_from(["not interested", "stranger", "close", "know", ""])
        ),
        st.tuples(st.just("off_platform"), st.just("by phone")),
    ),
    max_size=3,
)


def by_word(said, on):
    """Tell what the owner's words alone say against somebody, and when there was talk by them."""
    stands = {}
    for word, value in said:
        stands.setdefault(word, []).append(value)
    talked = max([*stands.get("answered_on", []), *stands.get("met_on", [])], default=date.min)
    why = {"hidden"} if stands.get("hidden", [False])[-1] else set()
    if max(stands.get("snooze_until", [date.min])[-1:], default=date.min) > on:
        why.add("snoozed")
    label, elsewhere = "", ""
    for word, value in said:  # who talks elsewhere is no stranger, and the other way round
        if word == "label":
            label, elsewhere = value, "" if value == "stranger" else elsewhere
        elif word == "off_platform":
            label, elsewhere = "" if label == "stranger" else label, value
    why |= {label} & {"not interested", "stranger", "close"}
    why |= {"talks elsewhere"} if elsewhere else set()
    why |= {"talked lately"} if talked > date.min and (on - talked).days <= 395 else set()
    return why, talked, stands


def may_not(story, said, on):
    """Tell from the rows and the words alone why somebody may not be proposed, or nothing."""
    rows = [
        (row["at"].date(), row)
        for row in rows_of(story, "ana")
        if row["at"].date() <= on and not row["is_group"]
    ]
    sent = [day for day, row in rows if row["direction"] == "sent"]
    got = [day for day, row in rows if row["direction"] == "received"]
    why, talked, stands = by_word(said, on)
    wrote = [day for day in (*sent, *stands.get("wrote_on", [])) if day <= on]
    back = max([*got, talked if talked <= on else date.min], default=date.min)
    if [day for day in wrote if day > back and (on - day).days <= 180]:
        why.add("wrote lately, and no answer")
    real = {
        day
        for day, row in rows
        if row["direction"] == "sent" and not (row["is_canned"] or row["is_note"]) and day > back
    }
    if len(real | {day for day in stands.get("wrote_on", []) if back < day <= on}) >= 2:
        why.add("wrote twice, and no answer")
    return why


@given(st.lists(st.tuples(STORIES, SAID), min_size=20, max_size=30), st.integers(300, 1300))
@settings(max_examples=8, deadline=None)
def test_nobody_is_proposed_who_may_not_be(tmp_path_factory, lives, days):
    as_of = BEGIN + timedelta(days=days)
    names = [f"p{number:02}" for number in range(len(lives))]
    rows = [
        row for name, (story, _) in zip(names, lives, strict=True) for row in rows_of(story, name)
    ]
    rows = [row for row in rows if row["at"].date() <= as_of]
    network = network_of(rows, as_of=str(as_of), people={name: {} for name in names})
    path = tmp_path_factory.mktemp("said") / FILE_NAME
    journal = nq.read_journal(path, network)
    for turn in range(max(len(said) for _, said in lives)):
        table = pd.DataFrame(
            [
                {"person_id": name, said[turn][0]: said[turn][1]}
                for name, (_, said) in zip(names, lives, strict=True)
                if len(said) > turn
            ]
        )
        journal = nq.keep_journal(table, path, network)
    people = nq.assess(network, journal=journal)
    people["endorsement_received_count"] = pd.array([1] * len(people), dtype="Int64")
    why = {
        name: may_not(story, said, as_of) for name, (story, said) in zip(names, lives, strict=True)
    }
    status = people.set_index("person_id")["status"]
    for kind in KINDS:
        for name in nq.reconnect(people, 99, kind=kind, network=network)["person_id"]:
            assert not why[name], (kind, why[name], lives[names.index(name)])
            if kind in {"resting", "overdue"}:  # one exchange is no relationship
                assert status[name] not in {"brief", "one_way", "feather"}
