"""Companies and schools by name: what is one place, what only looks like it, and how to say so."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import network_of

import netquality as nq
from netquality.identity import NO_COMPANY
from netquality.places import OFTEN, find_places


def together(*names, **more):
    """Tell whether all spellings were taken for one place."""
    return len(set(find_places(dict.fromkeys(names, 1), **more).table["key"])) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Acme", "Acme Inc.", "ACME GmbH", "acme  ltd", "ＡＣＭＥ", "Acme 🚀"),
        ("Tessel & Pine", "Tessel and Pine B.V.", "TESSEL+PINE"),
        ("L'Oréal", "L’Oreal S.A.", "LOREAL"),
        ("The Paper Crane Group", "Paper Crane Group"),
        ("U.S. Harbour Bank", "US Harbour Bank"),
        ("Delta Air Lines", "Delta Airlines, Inc."),
        ("3M", "3 M Company"),
    ],
)
def test_spellings_of_one_place(names):
    assert together(*names)
    assert together(*names[::-1])


@pytest.mark.parametrize(
    "names",
    [
        ("Delta Air Lines", "Delta Dental"),
        ("Delta", "Delta Dental"),
        ("University of Miami", "Miami University"),
        ("Level 38 Partners", "Level 39 Partners"),
        ("North Harbour Bank", "South Harbour Bank"),
        ("Canal", "Canal+"),
        ("AG", "Co"),
        ("ガス", "カス"),
        ("Marsh", "March"),
        ("Goldman Harbour", "Goldmann Harbour"),  # one person each: who of them slipped?
    ],
)
def test_what_only_looks_alike_is_two(names):
    assert not together(*names)


def test_a_slip_of_one_person_beside_what_many_write():
    def keys(rare, often, count=OFTEN):
        return find_places({often: count, rare: 1}).table["key"].nunique()

    assert keys("Goldmann Harbour", "Goldman Harbour") == 1
    assert keys("Goldmann Harbour", "Goldman Harbour", OFTEN - 1) == 2
    assert keys("Siemens AG", "Siemans") == 1
    assert keys("Goldman Larbour", "Goldman Harbour") == 2  # another first letter
    assert keys("Goldman Harbor", "Goldmann Harbour") == 2  # two words differ
    assert keys("Level7 Consulting", "Level8 Consulting") == 2  # another digit
    found = find_places({"Goldman Harbour": 3, "Goldmann Harbour": 1}).table
    assert found["matched_by"].tolist() == ["as written", "one letter"]
    # a slip of two names is taken for neither
    both = find_places({"Carlssonia": 3, "Carlsonnia": 3, "Carlsonia": 1}).table
    assert both["key"].nunique() == 3


def test_the_owners_word_joins_and_parts():
    counts = {"Facetree": 3, "Facetree Inc.": 1, "Metatree": 1, "Acme": 2, "Acme GmbH": 1}
    plain = find_places(counts).table.set_index("said")
    assert plain["place"]["Acme GmbH"] == "Acme"
    assert plain["matched_by"]["Acme GmbH"] == "legal form"
    word = {"Facetree": "Metatree", "Facetree Inc.": "Metatree", "Acme GmbH": "Acme GmbH"}
    said = find_places(counts, word).table.set_index("said")
    assert said["place"].to_dict() == {
        "Facetree": "Metatree", "Facetree Inc.": "Metatree", "Metatree": "Metatree",
        "Acme": "Acme", "Acme GmbH": "Acme GmbH",
    }  # fmt: skip
    assert said["key"].nunique() == 3
    assert set(said["matched_by"][list(word)]) == {"your word"}
    # step by step, and where a slip is meant, what it is a slip of
    steps = find_places({"Foo": 1, "Bar": 1, "Baz": 1}, {"Foo": "Bar", "Bar": "Baz"})
    assert set(steps.table["place"]) == {"Baz"}
    slip = find_places({"DT": 1, "Delloitte": 1, "Deloitte": 3}, {"DT": "Delloitte"})
    assert set(slip.table["place"]) == {"Deloitte"}
    round_and_round = find_places({"Foo": 1, "Bar": 1}, {"Foo": "Bar", "Bar": "Foo"})
    assert set(round_and_round.table["said"]) == {"Foo", "Bar"}
    for wrong in ([], {"a": 1}, {"a": " "}, "Acme"):
        with pytest.raises(nq.NetQualityError, match="called: give each"):
            find_places(counts, wrong)


@pytest.mark.parametrize(
    "name", ["Freelance", "Self-employed", "SELF EMPLOYED", "Retired", "Confidential", "-", "n/a"]
)
def test_what_is_no_place_joins_nobody(name):
    assert find_places({name: 5}).table.empty
    people = {"ana": {"company": name}, "ben": {"company": name}}
    network = network_of([], {"ana": "2019-01-01", "ben": "2020-01-01"}, people=people)
    graph = nq.to_graph(network, nq.assess(network), affiliations=["company"])
    assert not graph.has_edge("ana", "ben")
    assert len(graph) == 3
    found = nq.who_at(network, nq.assess(network), "Freelance")
    assert set(found["found_by"]) <= {"words"}


def test_a_name_is_asked_for_in_any_spelling():
    counts = {"Larkfield Instruments": 4, "Larkfeild Instruments": 1, "Facetree": 2, "Metatree": 1}
    places = find_places(counts, {"Facetree": "Metatree"})
    key = places.key_of("Larkfield Instruments")
    for spelt in ("larkfield instruments", "Larkfeild Instruments", "larkfeild instruments ltd",
                  "Larkfiald Instruments"):  # fmt: skip
        assert places.key_of(spelt) == key
    assert places.key_of("facetree") == places.key_of("Metatree")
    assert places.key_of("Elsewhere") is None
    assert places.key_of("Freelance") is None


def test_what_was_merged_is_seen_and_undone_in_the_graph():
    people = {
        "ana": {"company": "Acme Inc."},
        "ben": {"company": "ACME"},
        "cem": {"company": "acme"},
        "dag": {"company": "Delta Dental"},
    }
    network = network_of([], people=people)
    judged = nq.assess(network)
    names = nq.place_names(network, judged)
    assert names[names["place"] == "Acme Inc."]["said"].tolist() == ["Acme Inc.", "ACME", "acme"]
    assert names["person_count"].tolist() == [1, 1, 1, 1]
    assert not names["is_own"].any()
    graph = nq.to_graph(network, judged, affiliations=["company"])
    assert graph.nodes["company:acme"]["spellings"] == "ACME | Acme Inc. | acme"
    assert graph.has_edge("ana", "ben")
    apart = nq.to_graph(
        network, judged, affiliations=["company"], called={"Acme Inc.": "Acme Inc."}
    )
    assert not apart.has_edge("ana", "ben")
    assert apart.has_edge("ben", "cem")
    assert apart.nodes["ana"]["employer"] == "Acme Inc."
    at = nq.who_at(network, judged, "acme", called={"Acme Inc.": "Acme Inc."})
    assert at.loc[at["found_by"] == "company", "person_id"].tolist() == ["ben", "cem"]


NOWHERE = {"".join(filter(str.isalnum, name)) for name in NO_COMPANY}
NAMES = ["Acme", "ACME", "Acme Inc.", "Acme Foods", "Acmes", "The Acme", "Ac me", "&", "", "アクメ"]


@settings(max_examples=30, deadline=None)
@given(
    counts=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=12), st.integers(1, 5)),
    order=st.randoms(use_true_random=False),
)
def test_every_spelling_has_one_place_whatever_the_order(counts, order):
    mixed = list(counts.items())
    order.shuffle(mixed)
    one, other = find_places(counts).table, find_places(dict(mixed)).table
    pd.testing.assert_frame_equal(one, other)
    assert one["said"].is_unique
    assert set(one["place"]) <= set(one["said"])
    # a place has one name, and what has no letter or digit names none
    pairs = one[["key", "place"]].drop_duplicates()
    assert len(set(pairs["key"])) == len(set(pairs["place"])) == len(pairs)
    nameless = set(counts) - set(one["said"])
    said = [one for one in nameless if one.isascii() and any(map(str.isalnum, one))]
    assert not [one for one in said if "".join(filter(str.isalnum, one)).lower() not in NOWHERE]
