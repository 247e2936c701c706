"""The graph: everybody is in it, every edge says why it is there, nothing is null or lost."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from exports import connection, files, message, write_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import network_of, rows_of

import netquality as nq
from netquality.graph import graph_of, tables_of
from netquality.graph.belonging import AFFILIATIONS
from netquality.graph.contents import contents_of, contents_of_tables
from netquality.graph.evidence import LARGEST
from netquality.tables import EDGES, NODES, check


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    made = files(
        connections=[
            connection("ana", company="Bake Co"), connection("ben", company="BAKE"),
            connection("cem"),
        ],
        messages=[
            message("ana", "2020-02-01", sent=True),
            message("ana", "2020-02-02"),
            message("ana", "2020-03-01", thread="2-g1", to=["ben", "zed"]),
            message("ben", "2020-03-02", thread="2-g2", to=["ana"]),
        ],
    )  # fmt: skip
    return nq.read_linkedin(write_folder(tmp_path_factory.mktemp("graph"), made))


@pytest.fixture(scope="module")
def sample():
    network = nq.load_sample()
    people = nq.assess(network)
    return network, people, nq.to_graph(network, people)


def test_everybody_and_the_owner_are_nodes(network):
    people = nq.assess(network)
    graph = nq.to_graph(network, people)
    assert isinstance(graph, nx.Graph)
    assert set(graph) == {"owner", *people["person_id"]}
    judged = {
        name: graph.nodes["ana"].pop(name)
        for name in ("is_hidden", "status", "status_shown", "status_reason", "depth",
                     "mutual_contact_days",
                     "last_talk_at", "is_colleague_then", "event_on")
        if name in graph.nodes["ana"]
    }  # fmt: skip
    row = people.set_index("person_id").loc["ana"]
    assert judged == {
        "is_hidden": False,
        "status": "brief",
        "status_shown": "One short exchange",
        "status_reason": row["status_reason"],
        "depth": "thin",
        "mutual_contact_days": 1,
        "last_talk_at": "2020-02-02T10:00:00+00:00",
    }
    assert graph.nodes["ana"] == {
        "kind": "person",
        "profile_key": "ana",
        "name": "Ana Erfunden",
        "given_name": "Ana",
        "family_name": "Erfunden",
        "company": "Bake Co",
        "employer": "Bake Co",
        "connected_on": "2020-01-01",
        "is_connection": True,
        "is_ambiguous": False,
        "source": "Connections.csv",
        "matched_by": "profile",
    }
    assert "name" in graph.nodes["zed"]
    assert "connected_on" not in graph.nodes["zed"]  # what is missing is absent


def test_every_edge_says_why_it_is_there(network):
    graph = nq.to_graph(network, nq.assess(network))
    assert graph.edges["owner", "ana"] == {
        "kinds": "owner",
        "weight": 1.0,
        "status": "brief",
        "status_shown": "One short exchange",
        "depth": "thin",
        "contact_days": 2,
        "mutual_contact_days": 1,
        "first_talk_at": "2020-02-01T10:00:00+00:00",
        "last_talk_at": "2020-02-02T10:00:00+00:00",
    }
    # in a group of Ana, Ben and Zed (1/2 for each two), one of Ana and Ben (1), at one employer (1)
    assert graph.edges["ana", "ben"] == {
        "kinds": "group_thread,same_company",
        "weight": 2.5,
        "group_thread_count": 2,
        "group_thread_weight": 1.5,
        "company": "Bake Co",
        "same_company_weight": 1.0,
    }
    assert graph.edges["ana", "zed"] == {
        "kinds": "group_thread",
        "weight": 0.5,
        "group_thread_count": 1,
        "group_thread_weight": 0.5,
    }
    assert not graph.has_edge("owner", "zed")  # no connection, and no talk with the owner
    assert not graph.has_edge("ana", "cem")


def test_kinds_are_chosen_and_belonging_is_no_tie(network):
    people = nq.assess(network)
    alone = nq.to_graph(network, people, kinds=["group_thread"])
    assert {said["kinds"] for *_, said in alone.edges(data=True)} == {"group_thread"}
    assert set(alone) == {"owner", *people["person_id"]}
    with_company = nq.to_graph(network, people, kinds=[], affiliations=["company"])
    assert with_company.nodes["company:bake"] == {
        "kind": "company",
        "name": "Bake Co",
        "spellings": "BAKE | Bake Co",
        "person_count": 2,
    }
    assert sorted(with_company.edges) == [("ana", "company:bake"), ("ben", "company:bake")]
    assert {said["kinds"] for *_, said in with_company.edges(data=True)} == {"works_at"}
    for wrong in ({"kinds": ["friends"]}, {"kinds": "owner"}, {"affiliations": ["club"]}):
        with pytest.raises(nq.NetQualityError, match="give some of"):
            nq.to_graph(network, people, **wrong)


def test_a_group_that_began_later_is_not_in_an_earlier_graph(network):
    people = nq.assess(network, "2020-02-15")
    graph = nq.to_graph(network, people, as_of="2020-02-15")
    assert not any("group_thread" in edge["kinds"] for *_, edge in graph.edges(data=True))
    assert graph.graph["as_of"].startswith("2020-02-15")


def test_a_company_of_many_is_no_clique_and_is_said_to_be_left_out():
    def graph_of(count):
        people = {f"p{number:03}": {"company": "Acme Inc."} for number in range(count)}
        network = network_of([], people=people)
        return nq.to_graph(network, nq.assess(network), affiliations=["company"])

    small, large = graph_of(LARGEST), graph_of(LARGEST + 1)
    pairs = [edge for *_, edge in small.edges(data=True) if edge["kinds"] == "same_company"]
    assert len(pairs) == LARGEST * (LARGEST - 1) // 2
    assert sum(edge["weight"] for edge in pairs) == pytest.approx(LARGEST / 2)
    assert small.graph["same_company_too_large_count"] == 0
    assert not [1 for *_, edge in large.edges(data=True) if edge["kinds"] == "same_company"]
    assert large.graph["same_company_too_large_count"] == 1
    assert large.graph["same_company_too_large_person_count"] == LARGEST + 1
    assert large.degree["company:acme"] == LARGEST + 1


# -- there and back -------------------------------------------------------------------------------


def same(one, other):
    for mine, theirs in zip(nq.from_graph(one), nq.from_graph(other), strict=True):
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True)


def again(graph):
    """Return a graph made by hand of the tables that `from_graph` gives."""
    nodes, edges = nq.from_graph(graph)
    check(nodes, NODES)
    check(edges, EDGES)
    made = nx.Graph()
    for table, add in ((nodes, made.add_node), (edges, made.add_edge)):
        keys = 1 if table is nodes else 2
        for row in table.to_dict("records"):
            *ends, said = [*list(row.values())[:keys], dict(list(row.items())[keys:])]
            plain = {
                name: (
                    value.isoformat() if getattr(value, "tzinfo", None)
                    else value.date().isoformat() if isinstance(value, pd.Timestamp)
                    else value
                )
                for name, value in said.items() if not pd.isna(value)
            }  # fmt: skip
            add(*ends, **plain)
    return made


def test_the_tables_of_the_sample_make_the_graph_again(sample):
    network, people, _ = sample
    graph = nq.to_graph(network, people, affiliations=AFFILIATIONS)
    made = again(graph)
    same(graph, made)
    assert dict(made.nodes(data=True)) == dict(graph.nodes(data=True))
    assert list(made) == list(graph)
    for one, other, said in graph.edges(data=True):
        assert made.edges[one, other] == said


def test_graphml_keeps_everything(sample, tmp_path):
    graph = sample[2]
    nx.write_graphml(graph, tmp_path / "sample.graphml")  # fails on null or odd types
    same(graph, nx.read_graphml(tmp_path / "sample.graphml"))


STORIES = st.lists(st.text("SRcnGg |", max_size=6), min_size=1, max_size=4)


def same_contents(network, people, **asked):
    """The report reads tables, and makes no graph of them: it must find what a graph holds."""
    tables = tables_of(network, people, **asked)
    mine, theirs = contents_of_tables(*tables), contents_of(graph_of(*tables))
    pd.testing.assert_frame_equal(mine.people, theirs.people)
    assert mine.keys == theirs.keys
    assert mine.about == theirs.about
    one, other = mine.evidence, theirs.evidence
    assert one.ids == other.ids
    np.testing.assert_array_equal([one.one, one.other], [other.one, other.other])
    for kind in other.weights:
        np.testing.assert_array_equal(one.weights[kind], other.weights[kind])
        for group, wanted in zip(one.large[kind], other.large[kind], strict=True):
            np.testing.assert_array_equal(group, wanted)
    rows = range(len(other.one))
    assert mine.said(rows) == theirs.said(rows)


def test_the_tables_of_the_sample_hold_what_the_graph_does(sample):
    same_contents(sample[0], sample[1], affiliations=["company", "event"])


@settings(max_examples=15, deadline=None)
@given(
    stories=STORIES,
    companies=st.lists(st.sampled_from([None, "Acme", "ACME GmbH", "NA", "Ünal & Co"]), min_size=4),
    affiliations=st.sets(st.sampled_from(["company", "school", "event"])),
)
def test_there_and_back_changes_nothing(stories, companies, affiliations):
    people = {
        f"p{at}": {"company": company, "name": f"Ano {at}"}
        for at, (_, company) in enumerate(zip(stories, companies, strict=False))
    }
    rows = [one for at, story in enumerate(stories) for one in rows_of(story, f"p{at}")]
    network = network_of(rows, people=people)
    judged = nq.assess(network)
    graph = nq.to_graph(network, judged, affiliations=affiliations)
    same(graph, again(graph))
    backwards = nx.Graph()
    backwards.add_nodes_from(graph.nodes(data=True))
    turned = [(two, one, said) for one, two, said in graph.edges(data=True)]
    backwards.add_edges_from(turned[::-1])
    same(graph, backwards)
    same_contents(network, judged, affiliations=affiliations)
    # what the tables say is what assess said
    nodes, edges = nq.from_graph(graph)
    persons = nodes[nodes["kind"] == "person"]
    assert persons["node_id"].tolist() == judged["person_id"].tolist()
    own = edges[edges["one_id"] == "owner"].set_index("other_id")["mutual_contact_days"].dropna()
    told = judged.set_index("person_id")["mutual_contact_days"]
    pd.testing.assert_series_equal(own, told[own.index], check_names=False)


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (None, "graph: is NoneType"),
        (nx.path_graph(3), "nodes: one has no kind"),
        (nx.Graph([("a", "b", {"kinds": "owner", "colour": 1})]), "Give what nq.to_graph returned"),
    ],
)
def test_another_graph_is_refused(graph, said):
    with pytest.raises(nq.NetQualityError, match=said):
        nq.from_graph(graph)


def test_an_attribute_of_another_kind_is_refused(network):
    graph = nq.to_graph(network, nq.assess(network))
    graph.edges["owner", "ana"]["first_talk_at"] = "last week"
    with pytest.raises(nq.NetQualityError, match="of another kind than"):
        nq.from_graph(graph)


def test_the_rows_order_changes_nothing(sample):
    network, people, graph = sample
    mixed = replace(
        network,
        participants=network.participants.sample(frac=1, random_state=3),
        interactions=network.interactions.sample(frac=1, random_state=3),
    )
    same(graph, nq.to_graph(mixed, people))


# -- in words -------------------------------------------------------------------------------------


def test_every_edge_of_the_sample_is_explained(sample):
    network, people, _ = sample
    graph = nq.to_graph(network, people, affiliations=AFFILIATIONS)
    for one, other, said in graph.edges(data=True):
        words = nq.explain_edge(graph, one, other)
        assert words == nq.explain_edge(graph, one, other)
        assert len(words.split(": ", 1)[1]) > 20
        between = not {"owner", "works_at", "at_school", "met_at"} & set(said["kinds"].split(","))
        assert words.endswith("is inferred from this, and not known.") == between


def test_an_edge_in_words(network):
    graph = nq.to_graph(network, nq.assess(network))
    assert nq.explain_edge(graph, "ana", "ben") == (
        "Ana Erfunden and Ben Erfunden: They were in 2 group conversations with you. Both profiles "
        "name Bake Co as employer today. Whether the two know each other is inferred from this, "
        "and not known."
    )
    assert nq.explain_edge(graph, "owner", "Ana Erfunden") == (
        "You and Ana Erfunden: One short exchange: you talked from 1 February 2020 to 2 February "
        "2020, and the one who wrote on fewer days wrote on 1 day."
    )
    for wrong in (("ana", "cem"), ("ana", "nobody"), ("ana", None)):
        with pytest.raises(nq.NetQualityError, match=r"no edge|No node") as error:
            nq.explain_edge(graph, *wrong)
        assert "ana" not in str(error.value)


# -- the owner's jobs and schools -----------------------------------------------------------------


def tables_of_the_owner():
    """Return positions at Acme from 2018 to 2020, and a school before it."""
    return {
        "positions": pd.DataFrame({
            "company": pd.Series(["Acme Inc."], dtype="str"),
            "started_on": pd.to_datetime(["2018-01-01"]).astype("datetime64[us]"),
            "finished_on": pd.to_datetime(["2020-12-31"]).astype("datetime64[us]"),
            "is_current": [False],
            "is_month_known": [True],
        }),
        "education": pd.DataFrame({
            "school": pd.Series(["Uni Musterstadt"], dtype="str"),
            "degree": pd.Series([None], dtype="str"),
            "started_on": pd.to_datetime(["2014-01-01"]).astype("datetime64[us]"),
            "finished_on": pd.to_datetime(["2017-12-31"]).astype("datetime64[us]"),
        }),
    }  # fmt: skip


def test_colleagues_of_one_time_and_schools():
    people = {
        "ana": {"company": "ACME"},
        "ben": {"company": "Acme GmbH"},
        "cem": {"company": "Acme"},
        "dag": {"company": None, "position": "Student at Uni Musterstadt"},
        "eva": {"company": "Uni Musterstadt"},
        "owner": {"company": "Elsewhere"},  # a profile may be called so
    }
    years = {"ana": 2019, "ben": 2020, "cem": 2022, "dag": 2015, "eva": 2016, "owner": 2021}
    connected = {who: f"{year}-02-01" for who, year in years.items()}
    network = network_of([], connected, people=people, **tables_of_the_owner())
    judged = nq.assess(network)
    graph = nq.to_graph(network, judged, affiliations=AFFILIATIONS)
    assert graph.nodes["owner"]["kind"] == "person"
    assert graph.nodes["owner:"] == {"kind": "owner"}
    # connected while the owner was there, both still there; cem came when the owner had left
    assert graph.edges["ana", "ben"] == {
        "kinds": "colleagues,same_company",
        "weight": 1.5,
        "colleagues_company": "Acme",
        "colleagues_weight": 1.0,
        "company": "Acme",
        "same_company_weight": 0.5,
    }
    assert graph.edges["ana", "cem"]["kinds"] == "same_company"
    assert (
        "You were connected with both while you worked for Acme, their employer"
        in nq.explain_edge(graph, "ana", "ben")
    )
    assert nq.explain_edge(graph, "owner", "ana").startswith("You and Ana: ")
    school = "school:unimusterstadt"
    assert graph.nodes[school] == {
        "kind": "school",
        "name": "Uni Musterstadt",
        "spellings": "Uni Musterstadt",
        "person_count": 2,
    }
    assert sorted(graph[school]) == ["dag", "eva", "owner:"]
    assert "company:unimusterstadt" not in graph  # one place is one node
    assert not graph.has_edge("owner:", "company:acme")  # no longer there
    alone = nq.to_graph(network, judged, affiliations=["company"])
    assert "company:unimusterstadt" in alone
    assert not [key for key in alone if key.startswith("school:")]
