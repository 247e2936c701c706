"""The list: resting relationships with reasons, and nobody who may not be proposed."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pandas as pd
import pytest
from exports import (
    back_and_forth,
    connection,
    files,
    invitation,
    message,
    recommendation,
    write_folder,
)
from stories import network_of, rows_of

import netquality as nq
from netquality.reconnecting import COLUMNS


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    made = files(
        connections=[
            connection("deep", company="Bake Co"),
            connection("second", company="Bake Co"),
            connection("third", company="Bake Co"),
            connection("other", company="Old Mill"),
            connection("asked"),
            connection("twice"),
            connection("awake"),
            connection("short"),
        ],
        messages=[
            *back_and_forth("deep", *(f"2017-{month:02}-01" for month in range(1, 9))),
            *back_and_forth("second", "2018-01-01", "2018-03-01", "2018-05-01", "2018-07-01"),
            *back_and_forth("third", "2018-01-01", "2018-03-01", "2018-05-01"),
            *back_and_forth("other", "2018-01-01", "2018-03-01"),
            *back_and_forth("asked", "2018-01-01", "2018-03-01", "2018-05-01"),
            message("asked", "2026-09-01", sent=True),  # waiting for an answer
            *back_and_forth("twice", "2018-01-01", "2018-03-01", "2018-05-01"),
            message("twice", "2020-09-01", sent=True),
            message("twice", "2022-09-01", sent=True),  # and no answer to either
            *back_and_forth("awake", "2018-01-01", "2026-09-01"),
            *back_and_forth("short", "2018-01-01"),
        ],
        recommendations=[recommendation("Deep")],
        invitations=[invitation("zoe", "1/4/26, 9:05 AM")],
    )
    return nq.assess(nq.read_linkedin(write_folder(tmp_path_factory.mktemp("list"), made)))


def test_those_with_most_days_of_writing_both_ways_come_first_and_companies_are_mixed(people):
    table = nq.reconnect(people)
    # three of Bake Co rest: the third gives way to somebody from elsewhere
    assert table["person_id"].tolist() == ["deep", "second", "other", "third"]
    assert tuple(table.columns) == COLUMNS


def test_each_has_two_or_three_reasons_with_dates_and_what_is_unknown(people):
    table = nq.reconnect(people)
    assert table.loc[0, "reasons"] == (
        "You wrote to each other on 8 days between January 2017 and August 2017. "
        "They wrote last, in August 2017 and asked something: the turn is yours. "
        "They recommended you, and you have not recommended them."
    )
    assert table["reasons"].str.count(r"\. |\.$").between(2, 3).all()
    assert table["unknown"].str.contains("elsewhere").all()


def test_the_order_follows_from_the_parts_that_stand_beside_it(people):
    table = nq.reconnect(people).set_index("person_id")
    # mutual contact days: deep 8, second 4, third 3, other 2
    assert table.loc["deep", "depth_part"] == 1
    assert table.loc["second", "depth_part"] == pytest.approx(2 / 3)
    assert table.loc["other", "depth_part"] == 0
    assert table.loc["deep", "esteem_part"] == 0.5
    assert (table["now_part"] >= 0.5).all()  # the turn is the owner's with all of them
    rule = nq.ReconnectRule(variety=0)
    plain = nq.reconnect(people, rule=rule)
    assert plain["person_id"].tolist() == ["deep", "second", "third", "other"]
    value = 2 * plain["depth_part"] + 0.5 * plain["esteem_part"] + 0.5 * plain["now_part"]
    assert value.is_monotonic_decreasing
    only_days = nq.ReconnectRule(variety=0, esteem=0, now=0)
    assert nq.reconnect(people, rule=only_days)["person_id"].tolist()[-1] == "other"


def test_variety_orders_the_list_and_never_shortens_it():
    people = nq.assess(nq.load_sample())
    every, plain = (
        nq.reconnect(people, 10_000, rule=nq.ReconnectRule(variety=weight)) for weight in (1, 0)
    )
    assert sorted(every["person_id"]) == sorted(plain["person_id"])
    assert every["person_id"].tolist() != plain["person_id"].tolist()
    assert every["company"].head(10).dropna().is_unique
    assert every["week"].tolist() == [place // 3 + 1 for place in range(len(every))]


def test_fresh_prefers_less_time_and_another_circle():
    network = nq.load_sample()
    people = nq.assess(network)
    measures = nq.graph_measures(nq.to_graph(network, people))
    circle = measures.members.set_index("node_id")["community_id"]
    warm, fresh = (
        nq.reconnect(people, 10, aim=aim, communities=circle) for aim in ("warm", "fresh")
    )
    days = people.set_index("person_id")["mutual_contact_days"]
    assert days[fresh["person_id"]].median() < days[warm["person_id"]].median() / 2
    in_touch = set(circle.reindex(people.loc[people["status"] == "active", "person_id"]).dropna())
    away = fresh.loc[fresh["elsewhere_part"] == 1, "person_id"]
    assert len(away) > 5
    assert not set(circle.reindex(away).dropna()) & in_touch
    why = fresh["reasons"].str.contains("Nobody you are in touch with is from where they are")
    assert (why == (fresh["elsewhere_part"] == 1)).all()
    assert why.any()
    assert not warm["reasons"].str.contains("Walter").any()


def of(stories, **more):
    rows = [row for who, story in stories.items() for row in rows_of(story, who)]
    return network_of(rows, people={who: {} for who in stories}, **more)


LATE = "SRSRSRSRSRSR" + "|" * 2  # a rhythm of a day, then two months of silence


def test_who_is_silent_for_longer_than_usual_is_overdue():
    network = of({"ana": LATE + "R", "ben": "SR|SR"}, as_of="2020-05-20")
    people = nq.assess(network)
    table = nq.reconnect(people, kind="overdue")
    assert table["person_id"].tolist() == ["ana"]  # ben's rhythm cannot be told
    late = people.set_index("person_id").loc["ana"]
    assert late["silent_days"] > late["late_gap_days"]
    assert (
        f"Silent for {late['silent_days']} days; nine in ten of your pauses"
        in (table.loc[0, "reasons"])
    )
    assert nq.reconnect(
        nq.assess(of({"ana": LATE + "S"}, as_of="2020-05-20")), kind="overdue"
    ).empty


def test_a_question_within_talk_is_owed_an_answer_first():
    network = of({"ana": "SR|SR|SR", "ben": "SRSq", "cem": "q", "dag": "SR|S"})
    table = nq.reconnect(nq.assess(network), kind="unanswered")
    assert table["person_id"].tolist()[0] == "ben"  # asked, and there was talk
    assert set(table["person_id"]) == {"ana", "ben", "cem"}  # dag's turn it is
    assert "and asked something: the turn is yours" in table.loc[0, "reasons"]
    assert "what did they ask" in table.loc[0, "prompt"]


def test_something_in_common_and_no_word_yet_is_promising():
    network = of({"ana": "g", "ben": "", "cem": "SR", "dag": "gR"})
    people = nq.assess(network)
    people["group_thread_count"] = people["group_thread_count"].mask(
        people["person_id"].isin(["ana", "dag"]), 1
    )
    table = nq.reconnect(people, kind="promising")
    assert table["person_id"].tolist() == ["ana"]
    assert table.loc[0, "reasons"].startswith("You are both in 1 conversation of several people")


def test_one_exchange_is_proposed_only_where_it_is_asked_for():
    people = nq.assess(of({"ana": "SR", "ben": "SR|SR"}))
    assert nq.reconnect(people)["person_id"].tolist() == ["ben"]
    assert nq.reconnect(people, kind="brief")["person_id"].tolist() == ["ana"]


@pytest.mark.parametrize(
    ("connected", "said"),
    [
        ("2016-12-03", "On 3 December 2026 it will be 10 years that you are connected."),
        ("2016-11-20", "On 20 November 2026 it is 10 years that you are connected."),
        ("2021-11-01", "On 1 November 2026 it was 5 years that you are connected."),
        ("2022-01-01", None),  # on 1 January 2027, in 42 days
        ("2017-11-20", None),  # nine years are no round number
        ("2026-11-20", None),  # today
    ],
)
def test_a_round_anniversary_is_a_reason_to_write_now(connected, said):
    rows = rows_of("SR|SR", "ana", "2022-02-02 10:00")
    people = nq.assess(network_of(rows, connected))
    reasons = nq.reconnect(people, kind="resting")["reasons"]
    if people["status"].item() == "dormant":
        assert ("it " in reasons.item() and "years that" in reasons.item()) == (said is not None)
        assert said is None or said in reasons.item()


@pytest.mark.parametrize(
    ("birthday", "said"),
    [
        ("1980-12-03", "Birthday on 3 December, by your address book."),
        ("--11-20", "Birthday on 20 November, by your address book."),
        ("--11-19", None),  # yesterday
        ("--12-21", None),  # in 31 days
        ("--02-29", None),
    ],
)
def test_a_birthday_in_the_address_book_is_a_reason_to_write_now(birthday, said):
    network = of({"ana": "SR|SR"})
    row = dict.fromkeys(network.contacts) | {"person_id": "ana", "birthday": birthday}
    contacts = pd.DataFrame([row], columns=list(network.contacts)).astype(network.contacts.dtypes)
    network = replace(network, contacts=contacts)
    people = nq.assess(network)
    reasons = nq.reconnect(people, network=network)["reasons"].item()
    assert ("Birthday" in reasons) == (said is not None)
    assert said is None or said in reasons
    assert "Birthday" not in nq.reconnect(people)["reasons"].item()
    two = pd.concat([contacts, contacts.assign(birthday="--03-03")])
    both = replace(network, contacts=two)
    assert "Birthday" not in nq.reconnect(people, network=both)["reasons"].item()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"aim": "cold"}, "aim: give warm or fresh"),
        ({"kind": "all"}, "kind: give resting, overdue"),
        ({"communities": ["a"]}, "communities: give a Series"),
        ({"rule": 3}, "Give an nq.ReconnectRule"),
    ],
)
def test_wrong_settings_are_refused(people, wrong, said):
    with pytest.raises(nq.NetQualityError, match=said):
        nq.reconnect(people, **wrong)


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), True, "much"])
def test_a_weight_is_a_number(weight):
    with pytest.raises(nq.NetQualityError, match=r"depth=.*: a weight is a number of 0 or more"):
        nq.ReconnectRule(depth=weight)


def test_people_of_another_date_are_refused():
    network = of({"ana": "SR|SR"})
    earlier = nq.assess(network, as_of="2024-01-01")
    with pytest.raises(nq.NetQualityError, match="as of another date"):
        nq.reconnect(earlier, network=network)
    assert len(nq.reconnect(earlier)) == 1


@pytest.mark.parametrize("kind", ["resting", "overdue", "unanswered", "promising", "brief"])
def test_nobody_is_proposed_whom_the_rules_keep_out(kind):
    people = nq.assess(nq.load_sample())
    table = nq.reconnect(people, 10_000, kind=kind)
    assert table["person_id"].is_unique
    assert table["reasons"].str.count(r"\. |\.$").between(2, 3).all()
    there = people.set_index("person_id").loc[table["person_id"]]
    waiting = (there["sent_unanswered_days"] > 0) & (there["silent_days"] <= 180)
    assert not waiting.fillna(value=False).any()
    assert (there["sent_unanswered_days"].fillna(0) < 2).all()
    assert nq.reconnect(people.assign(is_hidden=True), kind=kind).empty
    assert nq.reconnect(people.assign(owner_label="not interested"), kind=kind).empty
    assert nq.reconnect(people.iloc[:0], kind=kind).empty


def test_the_function_is_still_there_after_its_module_was_imported():
    for module in ("reconnecting", "report", "status", "graph", "timeline", "habits"):
        import_module(f"netquality.{module}")
    for name in set(nq.__all__) - {"habits", "plot"}:
        assert callable(getattr(nq, name)), name


def test_who_waits_for_nothing_is_never_proposed(people):
    assert not {"asked", "twice", "awake", "short"} & set(nq.reconnect(people, 100)["person_id"])


def test_fewer_are_asked_for_fewer_are_given_and_nothing_is_changed(people):
    before = people.copy()
    assert len(nq.reconnect(people, n=2)) == 2
    pd.testing.assert_frame_equal(people, before)
    with pytest.raises(nq.NetQualityError, match="n=0"):
        nq.reconnect(people, n=0)


def test_the_order_of_the_people_changes_nothing(people):
    mixed = people.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(nq.reconnect(mixed), nq.reconnect(people))


def test_a_table_of_another_kind_is_refused_with_all_its_faults(people):
    with pytest.raises(nq.NetQualityError, match=r"'last_writer' is missing; 'talk_days' is"):
        nq.reconnect(people.drop(columns=["talk_days", "last_writer"]))


def test_on_the_sample_ten_are_proposed_who_all_rest():
    people = nq.assess(nq.load_sample())
    table = nq.reconnect(people, n=10)
    assert len(table) == 10
    resting = set(people.loc[people["status"] == "dormant", "person_id"])
    assert set(table["person_id"]) <= resting
