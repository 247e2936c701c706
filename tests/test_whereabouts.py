"""Whom one knows at a place: found by the employer, else by words; the deepest first."""

from __future__ import annotations

import pandas as pd
import pytest
from stories import network_of, rows_of

import netquality as nq

PEOPLE = {
    "ana": {"company": "Delta Air Lines, Inc."},
    "ben": {"company": "Delta Dental"},
    "cem": {"company": "DELTA AIR LINES", "position": "Pilot"},
    "dag": {"company": "Freelance", "position": "Trainer at Delta Air Lines"},
    "eva": {"company": "Uni Musterstadt"},
    "fox": {"company": None},
}


@pytest.fixture(scope="module")
def network():
    rows = [*rows_of("SRSRSRSR", "cem"), *rows_of("S | R", "ana"), *rows_of("S", "dag")]
    return network_of(rows, people=PEOPLE)


def test_the_deepest_first_and_namesakes_apart(network):
    people = nq.assess(network)
    known = nq.who_at(network, people, "delta air lines")
    assert known["person_id"].tolist() == ["cem", "ana", "dag"]
    assert known["found_by"].tolist() == ["company", "company", "words"]
    assert known["depth"].tolist()[:2] == ["some", "thin"]
    assert pd.isna(known["depth"].iloc[2])
    told = people.set_index("person_id")["status_reason"]
    assert known["reasons"].tolist() == told[["cem", "ana", "dag"]].tolist()


def test_words_are_asked_where_nobody_names_that_employer(network):
    people = nq.assess(network)
    assert nq.who_at(network, people, "Delta")["person_id"].tolist() == ["cem", "ana", "ben", "dag"]
    assert nq.who_at(network, people, "MUSTERSTADT")["found_by"].tolist() == ["words"]
    assert nq.who_at(network, people, "elta").empty
    nobody = nq.who_at(network, people, "Acme (Europe")
    assert nobody.empty
    assert nobody.columns.tolist() == nq.who_at(network, people, "Delta").columns.tolist()


def test_signs_at_the_end_of_a_name_are_no_hindrance():
    people = {"ana": {"company": "Freelance", "position": "Engineer at Yahoo!"}, "ben": {}}
    network = network_of([], people=people)
    found = nq.who_at(network, nq.assess(network), "yahoo!")
    assert found["person_id"].tolist() == ["ana"]


def test_how_the_tie_began_is_said():
    network = nq.load_sample()
    people = nq.assess(network)
    found = nq.who_at(network, people, "tessel & pine").set_index("person_id")
    then = people.set_index("person_id")["is_colleague_then"].reindex(found.index)
    said = found["reasons"].str.contains("taken for your employer when you connected.")
    assert said.sum() > 50
    assert said.tolist() == then.fillna(value=False).tolist()


def test_whom_the_owner_hides_is_left_out(network):
    people = nq.assess(network)
    hidden = people.assign(is_hidden=people["person_id"] == "cem")
    assert "cem" not in nq.who_at(network, hidden, "Delta Air Lines")["person_id"].tolist()


def test_the_rows_order_changes_nothing(network):
    people = nq.assess(network)
    mixed = people.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(
        nq.who_at(network, mixed, "Delta"), nq.who_at(network, people, "Delta")
    )


@pytest.mark.parametrize("place", ["", " - ", None, 3])
def test_what_is_no_name_is_refused(network, place):
    with pytest.raises(nq.NetQualityError, match="place: is no name"):
        nq.who_at(network, nq.assess(network), place)
