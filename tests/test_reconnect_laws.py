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
STORIES = st.text(alphabet="SRSRQqCcNn |(", max_size=24).map(lambda text: text.replace("(", "||||"))
DAYS = st.integers(0, 900).map(lambda days: BEGIN + timedelta(days=days))
SAID = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["wrote_on", "answered_on", "met_on", "snooze_until"]), DAYS),
        st.tuples(st.just("hidden"), st.booleans()),
        st.tuples(st.just("label"), st.sampled_from(["not interested", "stranger", "know", ""])),
        st.tuples(st.just("off_platform"), st.just("by phone")),
    ),
    max_size=3,
)


def may_not(story, said, on):
    """Tell from the rows and the words alone why somebody may not be proposed, or nothing."""
    rows = rows_of(story, "ana")
    rows = [(row["at"].date(), row) for row in rows if row["at"].date() <= on]
    sent = [day for day, row in rows if row["direction"] == "sent"]
    got = [day for day, row in rows if row["direction"] == "received"]
    stands = {}
    for word, value in said:
        stands.setdefault(word, []).append(value)
    talked = max([*stands.get("answered_on", []), *stands.get("met_on", [])], default=date.min)
    words = [(word, value) for word, value in said if word in {"label", "off_platform"}]
    why = set()
    if stands.get("hidden", [False])[-1]:
        why.add("hidden")
    if [value for word, value in words if word == "label"][-1:] == ["not interested"]:
        why.add("not interested")
    if max(stands.get("snooze_until", [date.min])[-1:], default=date.min) > on:
        why.add("snoozed")
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


@given(STORIES, SAID, st.integers(300, 1300))
@settings(max_examples=25, deadline=None)
def test_nobody_is_proposed_who_may_not_be(tmp_path_factory, story, said, days):
    as_of = BEGIN + timedelta(days=days)
    rows = [row for row in rows_of(story, "ana") if row["at"].date() <= as_of]
    rows += rows_of("SR|SR", "ben")
    network = network_of(rows, as_of=str(as_of), people={"ana": {}})
    path = tmp_path_factory.mktemp("said") / FILE_NAME
    journal = nq.read_journal(path, network)
    for word, value in said:
        journal = nq.keep_word("ana", path, network, **{word: value})
    people = nq.assess(network, journal=journal)
    people["endorsement_received_count"] = pd.array([1] * len(people), dtype="Int64")
    why = may_not(story, said, as_of)
    for kind in KINDS:
        table = nq.reconnect(people, 9, kind=kind, network=network)
        assert not (why and "ana" in set(table["person_id"])), (kind, why)
        status = people.set_index("person_id")["status"]
        if kind in {"resting", "overdue"}:  # one exchange is no relationship
            assert not set(status[table["person_id"]]) & {"brief", "one_way", "feather"}
