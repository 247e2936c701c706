"""The list: resting relationships with reasons, and nobody who may not be proposed."""

from __future__ import annotations

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
        "They recommended you. They wrote last, in August 2017: the turn is yours."
    )
    assert table["reasons"].str.count(r"\. |\.$").between(2, 3).all()
    assert table["unknown"].str.contains("elsewhere").all()


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
