"""Laws of the statuses, each with the premise that docs/laws.md gives."""

from __future__ import annotations

import pandas as pd
from exports import (
    OWNER,
    back_and_forth,
    connection,
    files,
    message,
    recommendation,
    system_row,
    write_zip,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import network_of, row

import netquality as nq
from netquality.status import STATUSES

few = settings(max_examples=25)
BEGIN = pd.Timestamp("2023-01-01 10:00", tz="UTC").as_unit("us")
DAYS = {"p": "2023-01-01", "q": "2024-06-01", "r": None}
EVERYBODY: dict[str, dict] = {who: {} for who in DAYS}
letter = st.tuples(
    st.sampled_from("pqr"), st.integers(0, 1300), st.sampled_from("SSRRQqCcNnGg")
)  # who, days after the beginning, what
letters = st.lists(letter, max_size=12)
praises = st.lists(st.tuples(st.integers(0, 1300), st.sampled_from("pqr")), max_size=2)
moments = st.integers(0, 1400).map(lambda days: BEGIN + pd.Timedelta(days=days, hours=5))


def rows_of(told: list[tuple[str, int, str]]) -> list[dict]:
    return [
        row(mark, BEGIN + pd.Timedelta(days=day, minutes=number), who)
        for number, (who, day, mark) in enumerate(told)
    ]


def statuses(network: nq.Network, as_of: object = None) -> dict[str, str | None]:
    people = nq.assess(network, as_of)
    known = people["status"].astype(object).where(people["status"].notna(), None)
    return dict(zip(people["person_id"], known, strict=True))


def praise(day: int, who: str) -> dict:
    made = row("R", BEGIN + pd.Timedelta(days=day), who)
    nothing = dict.fromkeys(("thread_id", "recipient_count", "character_count", "question_count"))
    return made | nothing | {"kind": "recommendation"}


@few
@given(letters, moments)
def test_every_connection_has_one_status_of_the_seven(told, moment):
    people = nq.assess(network_of(rows_of(told), DAYS, people=EVERYBODY), moment)
    connections = people[people["is_connection"]]
    assert connections["status"].isin(STATUSES).all()
    assert connections["status_reason"].str.endswith(".").all()
    others = people[~people["is_connection"]]
    assert others["status"].notna().tolist() == others["last_talk_at"].notna().tolist()


# Premise: the rest of the table stays the same, and so does `as_of`.
@few
@given(letters, st.sampled_from("pqr"), st.integers(0, 1300), st.sampled_from("CcGg"))
def test_a_set_phrase_or_a_group_message_changes_no_status(told, who, day, mark):
    before, more = rows_of(told), row(mark, BEGIN + pd.Timedelta(days=day, hours=3), who)
    one = network_of(before, DAYS, people=EVERYBODY)
    other = network_of([*before, more], DAYS, people=EVERYBODY)
    assert statuses(one) == statuses(other)
    pd.testing.assert_frame_equal(nq.sensitivity(one), nq.sensitivity(other))


# Premise: nothing of the tie is dated after the earlier of the two dates.
@few
@given(letters, moments, moments)
def test_time_alone_never_turns_a_resting_tie_into_one_in_touch(told, one, other):
    network = network_of(rows_of(told), DAYS, people=EVERYBODY)
    last = network.interactions["at"].max()
    earlier, later = sorted([one, other])
    if pd.notna(last) and last > earlier:
        earlier, later = last, later + (last - earlier)
    after = statuses(network, later)
    for who, status in statuses(network, earlier).items():
        allowed = {
            "active": {"active", "dormant"}, "dormant": {"dormant"}, "brief": {"brief"},
        }.get(status)  # fmt: skip
        assert allowed is None or after[who] in allowed


# Premise: evidence that carries dates. Employers, address books and ambiguous names are those of
# the export, for it has no others.
@few
@given(
    letters, moments, st.lists(st.tuples(st.integers(0, 1300), st.sampled_from("pqr")), max_size=2)
)
def test_a_past_status_is_that_of_a_network_cut_at_that_date(told, moment, praised):
    rows = rows_of(told) + [praise(*one) for one in praised]
    full = network_of(rows, DAYS, people=EVERYBODY)
    day = moment.tz_localize(None)
    past = [one for one in rows if one["at"] <= moment]
    there = {who: {} for who, on in DAYS.items() if on is None or pd.Timestamp(on) <= day}
    cut = network_of(past, DAYS, people=there, as_of=str(moment.date()))
    is_later = pd.to_datetime(cut.people["connected_on"]) > day
    people = cut.people.assign(is_connection=~is_later).assign(
        connected_on=cut.people["connected_on"]
    )
    cut = nq.Network(**(vars(cut) | {"people": people, "as_of": moment}))
    then, now = nq.assess(full, moment), nq.assess(cut)
    pd.testing.assert_frame_equal(then, now)


@settings(max_examples=12)
@given(letters, st.sampled_from(["MS", "2W", "QS"]))
def test_the_timeline_counts_what_assess_counts_at_each_date(told, freq):
    network = network_of(rows_of(told), DAYS, people=EVERYBODY)
    table = nq.status_over_time(network, freq)
    for day in [*table.index[3:-1:23], *table.index[-1:]]:
        people = nq.assess(network, day)
        counts = people.loc[people["is_connection"], "status"].value_counts()
        assert table.loc[day, list(STATUSES)].to_dict() == {s: counts.get(s, 0) for s in STATUSES}


@settings(max_examples=20)
@given(letters, st.sampled_from([30, 90, 180, 365]), st.sampled_from([180, 395, 1095]))
def test_sensitivity_counts_what_assess_counts_with_that_rule(told, answer, active):
    network = network_of(rows_of(told), DAYS, people=EVERYBODY)
    grid = nq.sensitivity(network, answer_within_days=[answer], active_within_days=[active])
    rule = nq.StatusRule(answer_within_days=answer, active_within_days=active)
    counts = nq.assess(network, rule=rule)["status"].value_counts()
    assert grid[list(STATUSES)].iloc[0].to_dict() == {s: counts.get(s, 0) for s in STATUSES}


# Through the files: what is set aside while reading reaches no status.
aside = st.sampled_from(["draft", "system", "spam", "sponsored", "canned", "group"])


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(aside, st.sampled_from(["ana", "ben", "cem"]), st.integers(0, 60))
def test_what_is_set_aside_while_reading_changes_no_status(tmp_path, kind, who, day):
    connections = [connection(name, "15 Jan 2026") for name in ("ana", "ben", "cem")]
    messages = [*back_and_forth("ana", "2026-02-01", "2026-03-01"), message("ben", "2026-01-15")]
    at = str((pd.Timestamp("2026-01-15") + pd.Timedelta(days=day)).date())
    sponsor = message("ad", at, "Hello %FIRSTNAME%, join us.", title="Sponsored Conversation")
    sponsor[3] = ""
    more = {
        "draft": message(who, at, sent=True, draft="Yes"),
        "system": system_row(at),
        "spam": message(who, at, folder="SPAM"),
        "sponsored": sponsor,
        "canned": message(who, at, "Happy birthday!"),
        "group": message(who, at, to=["eli", "fay"], thread="2-group"),
    }[kind]
    found = [
        nq.read_linkedin(
            write_zip(
                tmp_path,
                files(
                    connections=connections,
                    messages=rows,
                    invitations=[],
                    recommendations=[recommendation("Cem")],
                ),
            ),
            me=OWNER[1],
        )
        for rows in (messages, [*messages, more])
    ]
    one, other = (
        {who: status for who, status in statuses(network).items() if who in ("ana", "ben", "cem")}
        for network in found
    )
    assert one == other
    assert found[0].coverage["row_count"].sum() + 1 == found[1].coverage["row_count"].sum()
