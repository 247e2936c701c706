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
        "There was talk on 8 days between January 2017 and August 2017. "
        "They wrote last, in August 2017, and asked something: the next word is yours. "
        "They recommended you."
    )
    assert table["reasons"].str.count(r"\. |\.$").between(2, 3).all()
    assert table["unknown"].str.contains("elsewhere").all()


def test_a_short_list_says_who_is_left_in_peace_and_a_full_one_says_nothing(people):
    assert "left_out" not in nq.reconnect(people, 4).attrs
    waiting = "To 2 more you wrote lately, or several times, without an answer."
    assert nq.reconnect(people, 5).attrs["left_out"] == f"{waiting} Nobody else is of this kind."
    by_word = people.assign(
        is_hidden=people["is_hidden"] | (people["person_id"] == "deep"),
        snoozed_until=people["snoozed_until"].mask(
            people["person_id"].isin(["deep", "asked"]), pd.Timestamp("2027-03-01")
        ),
        said_talk_on=people["said_talk_on"].mask(
            people["person_id"] == "third", pd.Timestamp("2026-06-01")
        ),
    )
    assert nq.reconnect(by_word, 5).attrs["left_out"] == (
        "3 more of this kind are left in peace by your journal (1 hidden, 1 snoozed, 1 met or "
        "answered lately). To 1 more you wrote lately, or several times, without an answer. "
        "Nobody else is of this kind."
    )
    nobody = nq.reconnect(people[people["status"] != "brief"], kind="brief")
    assert nobody.attrs["left_out"] == "Nobody is of this kind."


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
    active = people[people["status"] == "active"]
    in_touch = set(circle.reindex(active["person_id"]).dropna())
    away = fresh.loc[fresh["elsewhere_part"] == 1, "person_id"]
    assert len(away) > 5
    assert not set(circle.reindex(away).dropna()) & in_touch
    employer = people.set_index("person_id")["company"]
    assert not set(employer[away].dropna()) & set(active["company"].dropna())
    why = fresh["reasons"].str.contains("Nobody you are in touch with is ")
    assert (why == (fresh["elsewhere_part"] == 1)).all()
    assert why.any()
    # the study is no reason of one person's: it is named once, for the list
    assert "Walter" in fresh.attrs["why"]
    assert not any(table["reasons"].str.contains("Walter").any() for table in (warm, fresh))
    assert "why" not in warm.attrs


@pytest.mark.parametrize(
    ("known", "company", "circles", "said"),
    [
        ({}, "Old Mill", {}, "is at Old Mill."),
        ({}, "BAKE CO.", {}, None),  # ben works there, spelt otherwise
        ({}, None, {}, None),  # nobody knows
        ({"cem": {"company": "Old Mill"}}, "Old Mill", {}, None),  # cem is close, by your own word
        ({}, "Old Mill", {"ana": 1, "ben": 2}, "is at Old Mill or in their circle."),
        ({}, "Old Mill", {"ana": 2, "ben": 2}, None),
        ({}, "Bake Co", {"ana": 1, "ben": 2}, None),
        ({}, None, {"ana": 1, "ben": 2}, "is in their circle."),
    ],
)
def test_who_is_from_elsewhere_shares_neither_employer_nor_circle(known, company, circles, said):
    who = {"ana": {"company": company}, "ben": {"company": "Bake Co"}} | known
    stories = {"ana": "SR|SR", "ben": "SR|SR" + "|" * 70 + "SR", "cem": ""}
    rows = [row for name, story in stories.items() for row in rows_of(story, name)]
    people = nq.assess(network_of(rows, people={name: who.get(name, {}) for name in stories}))
    people["owner_label"] = people["owner_label"].mask(people["person_id"] == "cem", "close")
    circle = pd.Series(circles, dtype="float64") if circles else None
    assert set(people.loc[people["status"] == "active", "person_id"]) == {"ben"}
    table = nq.reconnect(people, aim="fresh", communities=circle)
    assert table["person_id"].tolist() == ["ana"]
    assert ("Nobody you are in touch with" in table["reasons"].item()) == (said is not None)
    assert said is None or f"Nobody you are in touch with {said}" in table["reasons"].item()


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
        f"Silent for {late['silent_days']} days; nine in ten of your pauses lasted 1 day at most."
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
    assert "and asked something: the next word is yours" in table.loc[0, "reasons"]
    assert "what did they ask" in table.loc[0, "prompt"]
    cold = table.set_index("person_id").loc["cem"]  # nobody owes a stranger an answer
    assert "turn" not in cold["reasons"]
    assert "would you say today" not in cold["prompt"]


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (
            "SRSqR",
            "They wrote last, in January 2020: the next word is yours.",
        ),  # asked before, not last
        (
            "SR|SR" + "|" * 12 + "c",
            "They wrote last, in February 2020, and sent a greeting since: ",
        ),
        ("SRSR" + "|" * 6 + "Sc", "You wrote last, in July 2020, but for a greeting of theirs."),
        ("SR|SRC", "No talk for 6 years. Connected in June 2019."),  # your greeting closed it
    ],
)
def test_a_turn_is_called_where_it_is_one(story, said):
    table = nq.reconnect(nq.assess(of({"ana": story})), kind="resting")
    if table.empty:
        table = nq.reconnect(nq.assess(of({"ana": story})), kind="brief")
    assert said in table["reasons"].item()
    assert "asked something" not in table["reasons"].item()


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


def grounds(**columns):
    """Return the reasons and the prompt of somebody with whom nothing was written."""
    network = of({"ana": "", "ben": "SR"})
    people = nq.assess(network)
    mine = people["person_id"] == "ana"
    for name, value in columns.items():
        people[name] = people[name].mask(mine, value).astype(people[name].dtype)
    table = nq.reconnect(people, kind="promising", network=network)
    return None if table.empty else (table["reasons"].item(), table["prompt"].item())


@pytest.mark.parametrize(
    ("columns", "reason", "prompt"),
    [
        ({"is_colleague_then": True, "company": "Bake Co"},
         "Their profile names Bake Co, taken for your employer when you connected.", "Bake Co"),
        ({"is_school_then": True}, "Their profile names the school where you were when you",
         "a school of yours"),
        ({"endorsement_given_count": 1}, "You endorsed 1 skill of theirs.", "if nothing came"),
        ({"endorsement_received_count": 2}, "They endorsed 2 skills of yours", "if nothing came"),
        ({"endorsement_received_count": 2, "endorsement_given_count": 1},
         "You endorsed each other's skills.", "if nothing came"),
        ({"group_thread_count": 2}, "You are both in 2 conversations of several", "if nothing"),
    ],
)  # fmt: skip
def test_every_ground_is_named(columns, reason, prompt):
    reasons, thought = grounds(**columns)
    assert reason in reasons
    assert prompt in thought
    assert reasons.count(". ") >= 1


@pytest.mark.parametrize(
    ("story", "columns", "prompt"),
    [
        ("SR|SR|SR|S", {}, "You last wrote to each other in April 2020: what were they busy"),
        ("SR|SR|SR|S", {"endorsement_received_count": 2}, "what have you seen them do well"),
        ("SR|SR|SR|S", {"endorsement_received_count": 2, "endorsement_given_count": 1},
         "You last wrote to each other"),
        ("SR|SR|SR", {"endorsement_received_count": 2}, "Read their message of March 2020 again"),
        ("SR|SR|SR", {"recommendation_received_count": 1}, "They recommended you: what did you do"),
    ],
)  # fmt: skip
def test_a_prompt_goes_back_to_what_was(story, columns, prompt):
    people = nq.assess(of({"ana": story}))
    for name, value in columns.items():
        people[name] = pd.array([value], dtype=people[name].dtype)
    assert prompt in nq.reconnect(people)["prompt"].item()


def test_who_works_where_you_work_now_is_no_past_colleague():
    assert grounds(is_colleague_then=True, is_colleague_now=True, company="Bake Co") is None
    reasons, _ = grounds(is_colleague_now=True, company="Bake Co", group_thread_count=1)
    assert "Their profile names Bake Co, taken for your employer today." in reasons


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("", "You never wrote to each other here."),
        ("CcCg", "Between the two of you there were 4 greetings, and no talk."),
        ("n", "Between the two of you there was 1 short note on connecting, and no talk."),
    ],
)
def test_of_who_there_was_no_talk_with_what_is_on_file_is_said(story, said):
    people = nq.assess(of({"ana": story.replace("g", "c"), "ben": "SR"}))
    people["endorsement_received_count"] = people["endorsement_received_count"].mask(
        people["person_id"] == "ana", 1
    )
    assert nq.reconnect(people, kind="promising")["reasons"].item().startswith(said)


def test_without_messages_nothing_is_said_of_what_was_written(tmp_path):
    made = files(connections=[connection("ana")])
    network = nq.read_linkedin(write_folder(tmp_path, made))
    people = nq.assess(network).assign(endorsement_received_count=1)
    people["endorsement_received_count"] = people["endorsement_received_count"].astype("Int64")
    table = nq.reconnect(people, kind="promising")
    assert table["reasons"].item().startswith("Your messages are not in this export")
    for kind in ("resting", "overdue", "unanswered", "brief"):
        assert nq.reconnect(people, kind=kind).empty


def test_what_you_did_not_give_is_said_only_where_it_would_be_on_file(people):
    network = nq.load_sample()
    everybody = nq.assess(network)
    with_files = nq.reconnect(everybody, 100, network=network)["reasons"]
    assert with_files.str.contains("and you have not recommended them").any()
    assert (
        not nq.reconnect(everybody, 100)["reasons"].str.contains("you have not|and you none").any()
    )
    lacking = replace(network, kinds=network.kinds - {"recommendation sent", "endorsement sent"})
    said = nq.reconnect(everybody, 100, network=lacking)["reasons"]
    assert said.str.contains("They recommended you").any()
    assert not said.str.contains("you have not|and you none").any()


@pytest.mark.parametrize(
    ("connected", "said"),
    [
        ("2016-12-03", "On 3 December 2026 you will have been connected for 10 years."),
        ("2016-11-20", "On 20 November 2026 you have been connected for 10 years."),
        ("2021-11-01", "On 1 November 2026 you had been connected for 5 years."),
        ("2022-01-01", None),  # on 1 January 2027, in 42 days
        ("2017-11-20", None),  # nine years are no round number
        ("2026-11-20", None),  # today
    ],
)
def test_a_round_anniversary_is_a_reason_to_write_now(connected, said):
    people = nq.assess(network_of(rows_of("SR|SR", "ana", "2018-02-02 10:00"), connected))
    people = people.assign(status="dormant")
    reasons = nq.reconnect(people, kind="resting")["reasons"].item()
    assert ("been connected for" in reasons) == (said is not None)
    assert said is None or said in reasons


def test_the_day_of_the_list_may_be_later_than_that_of_the_export():
    network = of({"ana": "SR|SR"})
    network = replace(
        network, people=network.people.assign(connected_on=pd.Timestamp("2022-03-01"))
    )
    people = nq.assess(network).assign(status="dormant")
    assert "been connected" not in nq.reconnect(people)["reasons"].item()
    later = nq.reconnect(people, on="2027-02-20")["reasons"].item()
    assert "On 1 March 2027 you will have been connected for 5 years." in later
    for wrong in ("2020-01-01", "soon", 3):
        with pytest.raises(nq.NetQualityError, match=r"^on: "):
            nq.reconnect(people, on=wrong)


def test_years_without_talk_are_whole_years():
    for as_of, years in (("2030-02-03", 9), ("2030-02-04", 10), ("2030-02-05", 10)):
        people = nq.assess(of({"ana": "SR|SR"}), as_of)
        last = people["last_talk_at"].item()
        assert (last.month, last.day) == (2, 4), last
        assert f"No talk for {years} years." in nq.reconnect(people)["reasons"].item()


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
    leap = replace(network, contacts=contacts.assign(birthday="--02-29"))
    february = nq.reconnect(people, network=leap, on="2027-02-10")["reasons"].item()
    assert "Birthday on 29 February, by your address book." in february
    assert "Birthday" not in nq.reconnect(people, network=leap, on="2027-03-01")["reasons"].item()
    two = pd.concat([contacts, contacts.assign(birthday="--03-03")])
    both = replace(network, contacts=two)
    assert "Birthday" not in nq.reconnect(people, network=both)["reasons"].item()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"aim": "cold"}, "aim: give warm or fresh"),
        ({"kind": "all"}, "kind: give resting, overdue"),
        ({"communities": ["a"]}, "communities: give a Series"),
        ({"communities": pd.Series({"deep": []})}, "communities: give a Series"),
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


KINDS = ["resting", "overdue", "unanswered", "promising", "brief"]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_proposed_whom_the_rules_keep_out(kind):
    people = nq.assess(nq.load_sample())
    table = nq.reconnect(people, 10_000, kind=kind)
    assert len(table) > 0
    assert table["person_id"].is_unique
    assert table["reasons"].str.count(r"\. |\.$").between(2, 4).all()
    assert nq.reconnect(people.assign(is_hidden=True), kind=kind).empty
    assert nq.reconnect(people.assign(owner_label="not interested"), kind=kind).empty
    assert nq.reconnect(people.iloc[:0], kind=kind).empty
    with pytest.raises(nq.NetQualityError, match="several rows"):
        nq.reconnect(pd.concat([people, people]), kind=kind)


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
