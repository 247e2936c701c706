"""Statuses: one person of each, the borders, the past, and the sample counted by hand."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import oracle
import pandas as pd
import pytest
from exports import (
    OWNER,
    back_and_forth,
    connection,
    files,
    invitation,
    message,
    position,
    recommendation,
    write_folder,
    write_zip,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.status import STATUSES

ROOT = Path(__file__).resolve().parent.parent
TRUTH = ROOT / "data" / "sample" / "truth"
sys.path.insert(0, str(ROOT / "benchmarks"))
import borders  # noqa: E402 - the scripts stand beside the package


@pytest.fixture(scope="module")
def sample():
    return nq.load_sample()


def statuses(network, as_of=None) -> dict[str, str]:
    people = nq.assess(network, as_of)
    return dict(zip(people["person_id"], people["status"], strict=True))


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory):
    """Seven people, one for each status, and some more near the borders."""
    made = files(
        connections=[
            connection("active"),
            connection("dormant"),
            connection("brief"),
            connection("pitch"),
            connection("praised", given="Praised"),
            connection("colleague", company="Bake Co GmbH"),
            connection("fresh", "01 Nov 2026"),
            connection("wrote"),
            connection("ignored"),
            connection("both"),
            connection("cheers"),
            connection("nothing"),
        ],
        messages=[
            *back_and_forth("active", "2020-02-01", "2026-02-12"),
            *back_and_forth("dormant", "2017-03-01", "2019-06-04"),
            *back_and_forth("brief", "2020-03-01", "2020-03-08"),  # seven days apart: not more
            # a pitch, "no thanks" nine days later, and follow-ups that nobody answers
            message("pitch", "2021-05-03"),
            message("pitch", "2021-05-12", "Thanks, I am not looking for ovens.", sent=True),
            message("pitch", "2021-06-01"),
            message("pitch", "2021-07-01"),
            message("wrote", "2021-05-03"),
            message("ignored", "2021-05-03", sent=True),
            message("both", "2021-01-01", sent=True),
            message("both", "2021-08-01"),  # 212 days later: no answer
            *[message("cheers", f"{year}-05-04", "Happy birthday!") for year in range(2015, 2023)],
            *back_and_forth("stranger", "2022-01-01"),
            message("writer", "2022-01-01"),
        ],
        recommendations=[recommendation("Praised")],
        positions=[position("Bake Co", "Mar 2019"), position("Old Mill", "2012", "Feb 2019")],
        invitations=[],
    )
    return nq.read_linkedin(write_folder(tmp_path_factory.mktemp("each"), made))


def test_one_person_of_each_status(one_of_each):
    assert statuses(one_of_each) == pytest.approx(
        {
            "active": "active",
            "dormant": "dormant",
            "brief": "brief",
            "pitch": "brief",
            "praised": "unknown",
            "colleague": "unknown",
            "fresh": "new",
            "wrote": "one_way",
            "ignored": "one_way",
            "both": "one_way",
            "cheers": "feather",
            "nothing": "feather",
            "stranger": "brief",  # no connection, but there was talk
            "writer": float("nan"),  # no connection and no talk
        },
        nan_ok=True,
    )


def test_every_status_has_its_reason(one_of_each):
    people = nq.assess(one_of_each).set_index("person_id")["status_reason"]
    assert people["dormant"] == (
        "There was talk on 2 days between March 2017 and June 2019, and not since."
    )
    assert people["active"] == (
        "There was talk on 2 days since February 2020, last on 12 February 2026."
    )
    assert people["cheers"] == "On record: greetings in 8 different years; nothing more."
    shown = nq.assess(one_of_each).set_index("person_id")["status_shown"]
    assert shown["wrote"] == "One-sided (they wrote)"
    assert shown["ignored"] == "One-sided (you wrote)"
    assert shown["both"] == "One-sided"
    assert shown["nothing"] == "No conversation on record"  # never a word about the person
    assert people["praised"].startswith("No talk is on record here, but a recommendation is")
    assert "you seem to share an employer" in people["colleague"]
    assert people["fresh"] == "You connected 19 days ago; it is too early to tell."
    assert people["pitch"] == (
        "You wrote back and forth on 3 days between May 2021 and June 2021; they wrote last, in "
        "July 2021, unanswered here."
    )
    assert people["wrote"] == "They wrote once in May 2021; no answer is on record here."
    assert people["ignored"] == "You wrote once in May 2021; no answer is on record here."
    assert people["nothing"] == "No message between the two of you is on record here."
    assert people.drop("writer").str.endswith(".").all()
    assert people.isna().tolist() == nq.assess(one_of_each)["status"].isna().tolist()


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2027-03-14", "active"), ("2027-03-15", "dormant"), ("2020-02-02", "brief")],
)
def test_in_touch_ends_395_days_after_the_last_talk(one_of_each, as_of, status):
    assert statuses(one_of_each, as_of)["active"] == status  # last talk on 12 February 2026


@pytest.mark.parametrize(("as_of", "status"), [("2027-01-29", "new"), ("2027-01-30", "feather")])
def test_new_ends_90_days_after_connecting(one_of_each, as_of, status):
    assert statuses(one_of_each, as_of)["fresh"] == status


def test_nobody_is_judged_before_connecting_unless_there_were_messages(one_of_each):
    then = statuses(one_of_each, "2019-06-30")
    assert sorted(then) == ["cheers", "dormant"]  # they wrote before the connection of 2020
    assert not nq.assess(one_of_each, "2019-06-30")["is_connection"].any()


def test_before_the_first_connection_there_is_nobody(one_of_each):
    people = nq.assess(one_of_each, "2010-01-01")
    assert people.empty
    assert nq.reconnect(people).empty
    assert nq.sensitivity(one_of_each, "2010-01-01")["active"].sum() == 0


def test_the_employer_of_a_date_is_that_of_that_date(one_of_each):
    assert statuses(one_of_each, "2020-12-31")["colleague"] == "unknown"
    assert one_of_each.positions["company"].tolist() == ["Bake Co", "Old Mill"]


def test_without_messages_nobody_can_be_told(tmp_path):
    made = files(connections=[connection("ana"), connection("ben", "19 Nov 2026")])
    network = nq.read_linkedin(write_folder(tmp_path, made))
    people = nq.assess(network)
    assert people["status"].tolist() == ["unknown", "unknown"]
    assert people["contact_days"].isna().all()  # not 0: nobody knows
    assert set(people["status_reason"]) == {"This export has no messages, so it cannot say."}


def test_an_ambiguous_name_is_said_to_be_one(tmp_path):
    made = files(
        connections=[connection("jo-1", given="Jo"), connection("jo-2", given="Jo")],
        messages=[message("zed", "2020-01-01")],
        recommendations=[recommendation("Jo")],
    )
    network = nq.read_linkedin(write_folder(tmp_path, made))
    assert statuses(network)["jo-1"] == statuses(network)["jo-2"] == "unknown"
    people = nq.assess(network)
    assert people["recommendation_received_count"].sum() == 0  # given to neither


def test_the_rule_is_frozen_named_and_checked(one_of_each):
    assert statuses_with(one_of_each, nq.StatusRule(active_within_days=3000))["dormant"] == "active"
    assert statuses_with(one_of_each, nq.StatusRule(relationship_days=6))["brief"] == "dormant"
    with pytest.raises(TypeError):
        nq.StatusRule(active_within=3000)
    with pytest.raises(nq.NetQualityError, match="new_within_days=0: a whole number above 0"):
        nq.StatusRule(new_within_days=0)


def statuses_with(network, rule) -> dict[str, str]:
    people = nq.assess(network, rule=rule)
    return dict(zip(people["person_id"], people["status"], strict=True))


@pytest.mark.parametrize("moment", [20261120, 2026, "10-11-2026", "now", "8 am", 1.5, "2026", ""])
def test_a_date_that_is_none_or_could_be_read_two_ways_is_refused(one_of_each, moment):
    with pytest.raises(nq.NetQualityError, match="as_of: is no date"):
        nq.assess(one_of_each, moment)


def test_a_date_means_the_end_of_its_day_however_it_is_written(one_of_each):
    day = nq.assess(one_of_each, "2020-03-08")
    for same in (
        date(2020, 3, 8),
        pd.Timestamp("2020-03-08"),
        pd.Timestamp("2020-03-08").to_numpy(),
        pd.Timestamp("2020-03-08 23:59:59.999999", tz="UTC"),
    ):
        pd.testing.assert_frame_equal(nq.assess(one_of_each, same), day)
    earlier = nq.assess(one_of_each, "2020-03-08 10:30")
    assert earlier.set_index("person_id").loc["brief", "received_count"] == 1


@pytest.mark.parametrize("days", ["395", None, 1.5, True, 10**10, float("inf")])
def test_a_rule_takes_whole_days(days):
    with pytest.raises(nq.NetQualityError, match="active_within_days"):
        nq.StatusRule(active_within_days=days)


def test_mixed_up_arguments_get_a_sentence(one_of_each):
    people = nq.assess(one_of_each)
    for call in (
        lambda: nq.assess("export.zip"),
        lambda: nq.sensitivity(people),
        lambda: nq.status_over_time(people),
        lambda: nq.status_over_time(one_of_each, "bogus"),
        lambda: nq.status_over_time(one_of_each, 5),
        lambda: nq.status_over_time(one_of_each, "-1MS"),
        lambda: nq.sensitivity(one_of_each, answer_within_days=5),
        lambda: nq.assess(one_of_each, rule=0),
        lambda: nq.assess(one_of_each, depth=nq.StatusRule()),
        lambda: nq.reconnect(people, rule=5),
        lambda: nq.ReconnectRule(wait_days="a"),
        lambda: nq.ReconnectRule(tries=-5),
        lambda: nq.explain(one_of_each, "active", rule=0),
        lambda: nq.reconnect(one_of_each),
        lambda: nq.reconnect(people, n="3"),
        lambda: nq.to_graph(people, one_of_each),
    ):
        with pytest.raises(nq.NetQualityError):
            call()


def test_the_network_is_not_changed(one_of_each):
    before = one_of_each.people.copy(), one_of_each.interactions.copy()
    nq.assess(one_of_each)
    nq.sensitivity(one_of_each)
    nq.status_over_time(one_of_each)
    pd.testing.assert_frame_equal(one_of_each.people, before[0])
    pd.testing.assert_frame_equal(one_of_each.interactions, before[1])


# The sample ----------------------------------------------------------------------------------


def test_the_sample_has_the_statuses_that_a_count_by_hand_over_its_truth_gives(sample):
    by_hand = borders.by_hand()
    people = nq.assess(sample)
    ours = people[people["is_connection"]].set_index("profile_key")["status"].to_dict()
    assert ours == by_hand
    assert set(by_hand.values()) == set(STATUSES)  # and every status is there


def test_flags_of_the_sample_are_what_its_truth_says(sample):
    """Canned messages and notes in the window are all found, and nothing else is."""
    rows = [
        row
        for row in oracle.read(TRUTH / "messages.csv")
        if row["what"] in ("real", "canned", "note") and int(row["recipient_count"]) == 1
    ]
    direct = sample.interactions.query("kind == 'message' and not is_group")
    canned = sum(row["what"] == "canned" or bool(row["set_phrase"]) for row in rows)
    matched = sum(row["in_invitations"] == "True" and not row["set_phrase"] for row in rows)
    assert len(direct) == len(rows)
    assert direct["is_canned"].sum() == canned
    assert (direct["is_note"] & ~direct["is_canned"]).sum() == matched


def test_the_owner_is_the_one_of_the_truth(sample):
    truth = json.loads((TRUTH / "truth.json").read_text("utf-8"))
    assert sample.owner.profile_key == truth["owner"]["profile_key"]
    assert sample.owner.profile_key not in set(sample.people["person_id"])


def test_the_past_is_counted_as_it_would_have_been_judged_then(sample):
    months = nq.status_over_time(sample, "6MS")
    for day, counts in months.iloc[::2].iterrows():
        people = nq.assess(sample, str(day.date()))
        own = people.loc[people["is_connection"], "status"].value_counts()
        assert counts.drop("connections").to_dict() == {s: own.get(s, 0) for s in STATUSES}
    assert months.index[-1] == pd.Timestamp("2026-11-20")
    assert months["connections"].is_monotonic_increasing
    assert (months.drop(columns="connections").sum(axis=1) == months["connections"]).all()


def test_other_definitions_recount_the_same_people(sample):
    grid = nq.sensitivity(sample)
    assert len(grid) == 16
    assert (grid[list(STATUSES)].sum(axis=1) == sample.connection_count).all()
    ours = grid.query("answer_within_days == 180 and active_within_days == 395").iloc[0]
    people = nq.assess(sample)
    own = people.loc[people["is_connection"], "status"].value_counts()
    assert ours[list(STATUSES)].to_dict() == own.reindex(list(STATUSES)).to_dict()
    for _, rows in grid.groupby("answer_within_days"):
        assert rows.sort_values("active_within_days")["active"].is_monotonic_increasing


# Laws ----------------------------------------------------------------------------------------

DAYS = [f"{year}-{month:02}-15" for year in range(2023, 2027) for month in (1, 4, 8, 10)]
TEXTS = ["We could compare the two ovens next week.", "Happy birthday!", "Thanks!"]
letter = st.tuples(
    st.sampled_from(["ana", "ben", "cem"]),
    st.sampled_from(DAYS),
    st.sampled_from(TEXTS),
    st.booleans(),
)
inboxes = st.lists(letter, min_size=1, max_size=14)
tmp = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def build(where: Path, inbox, until: str | None = None):
    connections = [connection("ana", "15 Jan 2023"), connection("ben", "15 Apr 2024")]
    rows = [message(who, f"{day} {hour % 24:02}:00:00 UTC", text, sent=sent)
            for hour, (who, day, text, sent) in enumerate(inbox)]  # fmt: skip
    if until is not None:
        connections = [row for row in connections if pd.Timestamp(row[-1]) <= pd.Timestamp(until)]
        rows = [row for row in rows if row[6][:10] <= until]
    made = files(
        connections=connections,
        messages=rows,
        invitations=[invitation("ana", "1/14/23, 9:00 AM", TEXTS[0])],
    )
    return nq.read_linkedin(write_zip(where, made), as_of=until, me=OWNER[1])


@tmp
@given(inboxes)
def test_statuses_are_exhaustive_and_exclusive(tmp_path, inbox):
    people = nq.assess(build(tmp_path, inbox))
    own = people[people["is_connection"]]
    assert own["status"].isin(STATUSES).all()
    outside = people[~people["is_connection"]]
    assert outside["status"].notna().tolist() == outside["last_talk_at"].notna().tolist()


@tmp
@given(inboxes, st.sampled_from(DAYS))
def test_a_past_status_is_that_of_an_export_cut_at_that_date(tmp_path, inbox, day):
    full, cut = build(tmp_path, inbox), build(tmp_path, inbox, until=day)
    columns = ["person_id", "status", "contact_days", "silent_days", "last_talk_at"]
    then = nq.assess(full, day)[columns].sort_values("person_id").reset_index(drop=True)
    now = nq.assess(cut)[columns].sort_values("person_id").reset_index(drop=True)
    pd.testing.assert_frame_equal(then, now)


@tmp
@given(inboxes, st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_time_alone_wakes_nobody(tmp_path, inbox, one, other):
    network = build(tmp_path, inbox)
    last = str(network.interactions["at"].max().date())
    earlier, later = sorted([max(one, last), max(other, last)])
    before, after = statuses(network, earlier), statuses(network, later)
    for who, status in before.items():
        assert not (status == "dormant" and after[who] == "active")
