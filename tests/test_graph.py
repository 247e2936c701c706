"""The graph: everybody is in it, every edge says why it is there, nothing is null."""

from __future__ import annotations

import networkx as nx
import pytest
from exports import connection, files, message, write_folder

import netquality as nq


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    made = files(
        connections=[connection("ana", company="Bake Co"), connection("ben"), connection("cem")],
        messages=[
            message("ana", "2020-02-01", sent=True),
            message("ana", "2020-02-02"),
            message("ana", "2020-03-01", thread="2-g1", to=["ben", "zed"]),
            message("ben", "2020-03-02", thread="2-g2", to=["ana"]),
        ],
    )
    return nq.read_linkedin(write_folder(tmp_path_factory.mktemp("graph"), made))


def test_everybody_and_the_owner_are_nodes(network):
    people = nq.assess(network)
    graph = nq.to_graph(network, people)
    assert isinstance(graph, nx.Graph)
    assert set(graph) == {"owner", *people["person_id"]}
    assert graph.nodes["ana"] == {
        "kind": "person",
        "profile_key": "ana",
        "name": "Ana Erfunden",
        "given_name": "Ana",
        "family_name": "Erfunden",
        "company": "Bake Co",
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
        "status": "brief",
        "contact_days": 2,
        "mutual_contact_days": 1,
        "first_talk_at": "2020-02-01T10:00:00+00:00",
        "last_talk_at": "2020-02-02T10:00:00+00:00",
    }
    assert graph.edges["ana", "ben"] == {"kinds": "group_thread", "group_thread_count": 2}
    assert graph.edges["ana", "zed"] == {"kinds": "group_thread", "group_thread_count": 1}
    assert not graph.has_edge("owner", "zed")  # no connection, and no talk with the owner
    assert not graph.has_edge("ana", "cem")


def test_a_group_that_began_later_is_not_in_an_earlier_graph(network):
    people = nq.assess(network, "2020-02-15")
    graph = nq.to_graph(network, people, as_of="2020-02-15")
    assert not any(edge["kinds"] == "group_thread" for *_, edge in graph.edges(data=True))
    assert graph.graph["as_of"].startswith("2020-02-15")


def test_the_sample_can_be_written_and_read_back(tmp_path):
    network = nq.load_sample()
    people = nq.assess(network)
    graph = nq.to_graph(network, people)
    nx.write_graphml(graph, tmp_path / "sample.graphml")  # fails on null or odd types
    assert nx.read_graphml(tmp_path / "sample.graphml").number_of_edges() == graph.number_of_edges()
    tied = people["is_connection"] | people["status"].notna()
    assert graph.degree["owner"] == tied.sum()
