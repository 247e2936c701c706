"""The graph as a file: networkx, igraph and pandas read what was written, and so do we."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.cells import defused, undefused, undefused_throughout
from netquality.graph.characters import FORBIDDEN, LONE, REPLACED_BY
from netquality.graph.exchange import SCHEMA_VERSION
from netquality.tables import EDGES, NODES

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ["graphml", "gexf", "json", "csv"]
XML = ["graphml", "gexf"]
GEXF = "{http://www.gexf.net/1.2draft}"
SPECIFIED = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
"""Types of attributes in the schema of GEXF 1.2; 1.3 has these too."""

RESERVED = {
    "node": {"id", "label"},
    "edge": {"id", "label", "weight", "source", "target", "type"},
}
"""What Gephi has columns for by itself."""

HOSTILE = [
    "<script>alert('x')</script>", '"two" \'one\' & <b>', "a,b;c\td", "a\nb\r\nc\rd\n",
    "]]>", "&amp;", "<!DOCTYPE x>", "\u202ereversed\u202c \u2066isolated",
    "nul\0 bell\x07 escape\x1b", "\x7f\x85\x9f\u2028\u2029", "😀 👩\u200d💻 \U0010ffff",
    "\ufffe\uffff", "half \ud800 and \udfff", "\ufeffmark",
    "=cmd|' /C calc'!A0", "'=1", "'", "''", "+1", "-1", "@sum", "\ttab", "\rreturn", "\nfeed",
    "Ana;=HYPERLINK(1);", "a;'=1", "a;'b", "a\t+1", "a\r\n ＝1", ";'=1",
    "＝1", "", " ", "  around  ", "NA", "nan", "None", "true", "007", "1e5", "x" * 10_000,
]  # fmt: skip


def small():
    """Return a graph of every kind of node, with every type of value."""
    graph = nx.Graph(as_of="2026-11-20T23:59:59.999999+00:00", same_company_too_large_count=0)
    graph.add_node("owner", kind="owner")
    graph.add_node(
        "bo", kind="person", name="Bo Erfunden", connected_on="2020-01-01",
        is_connection=True, is_ambiguous=False,
    )  # fmt: skip
    graph.add_node("ana", kind="person", name="Ana Ficticia", is_connection=False)
    graph.add_node("company:b & co", kind="company", name="B & Co", person_count=2)
    graph.add_edge(
        "bo", "owner", kinds="owner", weight=3.0, status="active", depth="some", contact_days=5,
        mutual_contact_days=3, first_talk_at="2020-02-01T10:00:00+00:00",
        last_talk_at="2026-02-01T10:00:00.000001+00:00",
    )  # fmt: skip
    graph.add_edge("owner", "ana", kinds="owner", weight=0.0, contact_days=0)
    graph.add_edge("bo", "ana", kinds="same_company", weight=1 / 3, same_company_weight=1 / 3)
    graph.add_edge("bo", "company:b & co", kinds="works_at")
    return graph


def hostile():
    """Return a graph in which every hostile text is a key, a name and the company of an edge."""
    graph = nx.Graph()
    graph.add_node("owner", kind="owner")
    for number, text in enumerate(HOSTILE):
        graph.add_node(text, kind="person", name=text, is_connection=number % 2 == 0)
        graph.add_edge("owner", text, kinds="owner", weight=number / 7, company=text)
    return graph


@pytest.fixture(scope="module")
def sample():
    network = nq.load_sample()
    return nq.to_graph(network, nq.assess(network), affiliations=["company", "event"])


def cleaned(graph, pattern):
    """Return a graph with its characters replaced, where no two keys become alike."""

    def clean(value):
        return pattern.sub(REPLACED_BY, value) if isinstance(value, str) else value

    made = nx.Graph()
    for key, said in graph.nodes(data=True):
        made.add_node(
            clean(key) or REPLACED_BY, **{name: clean(value) for name, value in said.items()}
        )
    for one, other, said in graph.edges(data=True):
        ends = (clean(end) or REPLACED_BY for end in (one, other))
        made.add_edge(*ends, **{name: clean(value) for name, value in said.items()})
    return made


def nodes_of(graph):
    return {key: typed(said) for key, said in graph.nodes(data=True)}


def edges_of(graph):
    return {frozenset((one, other)): typed(said) for one, other, said in graph.edges(data=True)}


def typed(said):
    return {name: (type(value), value) for name, value in said.items()}


def same(one, other):
    assert nodes_of(one) == nodes_of(other)
    assert edges_of(one) == edges_of(other)


def there_and_back(graph, folder, suffix):
    written = nq.write_graph(graph, folder / f"there.{suffix}", force=True)
    return written, nq.read_graph(folder / f"there.{suffix}")


# -- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_sample_comes_back_as_it_was(sample, tmp_path, suffix):
    written, again = there_and_back(sample, tmp_path, suffix)
    same(sample, again)
    assert again.graph == {"netquality_schema_version": SCHEMA_VERSION, **sample.graph}
    assert written.node_count == len(sample)
    assert written.edge_count == sample.number_of_edges()
    assert (written.replaced_count, written.renamed_count) == (0, 0)
    # read again, it is in the order of the file: the same file, and the same tables in order
    before = [path.read_bytes() for path in written.paths]
    nq.write_graph(again, tmp_path / f"there.{suffix}")
    assert [path.read_bytes() for path in written.paths] == before
    assert all(path.stat().st_mode & 0o077 == 0 for path in written.paths) or os.name == "nt"


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_type_comes_back(tmp_path, suffix):
    same(small(), there_and_back(small(), tmp_path, suffix)[1])


@pytest.mark.parametrize("suffix", FORMATS)
def test_hostile_texts_come_back_but_for_what_a_file_cannot_hold(tmp_path, suffix):
    pattern = LONE if suffix == "json" else FORBIDDEN
    written, again = there_and_back(hostile(), tmp_path, suffix)
    same(cleaned(hostile(), pattern), again)
    once = sum(len(pattern.findall(text)) for text in HOSTILE)
    # in a key, in a name and on an edge; and the empty key is one
    assert written.replaced_count == 3 * once + 1
    assert once == (2 if suffix == "json" else 7)
    assert f"{3 * once + 1} characters replaced by {REPLACED_BY}" in str(written)


TEXTS = st.text(max_size=6) | st.sampled_from([text for text in HOSTILE if len(text) < 99])
WHOLE = st.integers(-(2**63), 2**63 - 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def graphs(draw):
    """Draw a graph of any texts, numbers and gaps."""
    optional = {"text": TEXTS, "int": WHOLE, "float": NUMBERS, "bool": st.booleans()}

    def said(**named):
        return st.fixed_dictionaries({}, optional={k: optional[v] for k, v in named.items()})

    node = said(name="text", company="text", is_connection="bool", person_count="int")
    edge = said(weight="float", contact_days="int", status="text", same_event_weight="float")
    keys = sorted(draw(st.sets(TEXTS, max_size=5)))
    graph = nx.Graph()
    graph.add_node("owner", kind="owner")
    for key in keys:
        kind = draw(st.sampled_from(["person", "company", "event"]))
        graph.add_node(key, kind=kind, **draw(node))
    ends = st.sampled_from(sorted(graph))
    for one, other in draw(st.lists(st.tuples(ends, ends), max_size=6)):
        graph.add_edge(one, other, kinds="owner", **draw(edge))
    return graph


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=20, deadline=None)
@given(graph=graphs(), seed=st.integers(0, 9))
def test_any_graph_comes_back(tmp_path_factory, suffix, graph, seed):
    folder = tmp_path_factory.mktemp("law")
    written, again = there_and_back(graph, folder, suffix)
    pattern = LONE if suffix == "json" else FORBIDDEN
    expected = cleaned(graph, pattern)
    assert (written.node_count, written.edge_count) == (len(graph), graph.number_of_edges())
    if len(expected) == len(graph):
        same(expected, again)
    else:
        assert written.renamed_count
    before = [path.read_bytes() for path in written.paths]
    there_and_back(shuffled(graph, seed), folder, suffix)
    assert [path.read_bytes() for path in written.paths] == before


# -- other readers --------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [small, hostile])
def test_networkx_reads_graphml_and_gexf(tmp_path, make):
    expected = cleaned(make(), FORBIDDEN)
    for suffix, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        nq.write_graph(make(), tmp_path / f"g.{suffix}")
        graph = read(tmp_path / f"g.{suffix}")
        tables = nq.from_graph(graph)
        for table, ours in zip(tables, nq.from_graph(nq.read_graph(tmp_path / f"g.{suffix}")),
                               strict=True):  # fmt: skip
            pd.testing.assert_frame_equal(table, ours, check_exact=True)
        for key, said in graph.nodes(data=True):
            assert said.pop("label") == said.get("name") or key
        for *_, said in graph.edges(data=True):
            said.pop("id", None)
        same(expected, graph)


def test_igraph_reads_graphml(sample, tmp_path):
    for graph in (small(), hostile(), sample):
        nq.write_graph(graph, tmp_path / "g.graphml")
        expected = nq.read_graph(tmp_path / "g.graphml")
        found = igraph.Graph.Read_GraphML(str(tmp_path / "g.graphml"))
        assert not found.is_directed()
        # igraph leaves & in an id as XML writes it, and turns every whole number into a float
        ids = [key.replace("&#38;", "&") for key in found.vs["id"]]
        assert ids == list(expected)
        for vertex, key in zip(found.vs, ids, strict=True):
            said = expected.nodes[key]
            assert vertex["label"] == (said.get("name") or key)
            assert_as_igraph(said, vertex.attributes(), NODES)
        pairs = {frozenset((ids[edge.source], ids[edge.target])): edge for edge in found.es}
        assert len(pairs) == found.ecount() == expected.number_of_edges()
        for one, other, said in expected.edges(data=True):
            assert_as_igraph(said, pairs[frozenset((one, other))].attributes(), EDGES)
        if "as_of" in expected.graph:
            assert found["as_of"] == expected.graph["as_of"]
        assert found["netquality_schema_version"] == SCHEMA_VERSION


def assert_as_igraph(said, theirs, table):
    """Check the values of one node or edge; igraph fills gaps with '', nan and False."""
    for name, dtype in table.dtypes.items():
        if name not in theirs or name == "node_id":
            assert name not in said
        elif name in said:
            assert theirs[name] == said[name]
            assert type(theirs[name]) is (float if type(said[name]) is int else type(said[name]))
        elif dtype == "boolean":
            assert theirs[name] is False
        elif dtype in {"Int64", "Float64"}:
            assert pd.isna(theirs[name])
        else:
            assert theirs[name] == ""


def test_networkx_reads_json_to_the_last_attribute(sample, tmp_path):
    for graph in (small(), sample):
        nq.write_graph(graph, tmp_path / "g.json")
        said = json.loads((tmp_path / "g.json").read_text("utf-8"))
        again = nx.node_link_graph(said, edges="edges")
        same(graph, again)
        assert again.graph == {"netquality_schema_version": SCHEMA_VERSION, **graph.graph}


def test_pandas_networkx_and_igraph_read_csv(sample, tmp_path):
    for graph in (small(), hostile(), sample):
        written = nq.write_graph(graph, tmp_path / "g.csv")
        nodes, edges = (
            pd.read_csv(path, keep_default_na=False, na_values=[""]) for path in written.paths
        )
        clean = cleaned(graph, FORBIDDEN)
        assert set(nodes["Id"].map(undefused_throughout)) == set(clean)
        weights = {
            frozenset(map(undefused_throughout, (row.Source, row.Target))): row.Weight
            for row in edges.itertuples()
        }
        for one, other, weight in clean.edges(data="weight"):
            found = weights.pop(frozenset((one, other)))
            assert pd.isna(found) if weight is None else found == weight
        assert weights == {}
        assert set(edges["Type"]) == {"Undirected"}
        again = nx.from_pandas_edgelist(edges, "Source", "Target", edge_attr=True)
        assert again.number_of_edges() == graph.number_of_edges()
        other = igraph.Graph.DataFrame(
            edges, directed=False, vertices=nodes.drop(columns="name"), use_vids=False
        )
        assert (other.vcount(), other.ecount()) == (len(graph), graph.number_of_edges())
        assert other.vs["Label"] == nodes["Label"].tolist()


# -- as Gephi wants them --------------------------------------------------------------------------


def test_gexf_is_as_the_format_and_gephi_want_it(sample, tmp_path):
    nq.write_graph(sample, tmp_path / "g.gexf")
    root = ET.fromstring((tmp_path / "g.gexf").read_bytes())  # noqa: S314 - our own
    assert root.tag == f"{GEXF}gexf"
    assert root.get("version") == "1.2"
    meta = root.find(f"{GEXF}meta")
    assert meta.attrib == {}  # no date: the bytes are those of any day
    assert meta.findtext(f"{GEXF}creator") == "netquality"
    graph = root.find(f"{GEXF}graph")
    assert graph.attrib == {"defaultedgetype": "undirected", "mode": "static"}
    declared = {}
    for group in graph.findall(f"{GEXF}attributes"):
        titles = [one.get("title") for one in group]
        assert len(titles) == len(set(titles))
        assert {one.get("type") for one in group} <= SPECIFIED
        assert not {title.lower() for title in titles} & RESERVED[group.get("class")]
        declared[group.get("class")] = {one.get("id") for one in group}
    ids = [node.get("id") for node in graph.iter(f"{GEXF}node")]
    assert len(ids) == len(set(ids)) == len(sample)
    assert all(node.get("label") for node in graph.iter(f"{GEXF}node"))
    edges = list(graph.iter(f"{GEXF}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= set(ids)
    for kind in ("node", "edge"):
        for one in graph.iter(f"{GEXF}{kind}"):
            assert {value.get("for") for value in one.iter(f"{GEXF}attvalue")} <= declared[kind]


def test_graphml_keys_are_none_that_gephi_takes_for_yeds(sample, tmp_path):
    nq.write_graph(sample, tmp_path / "g.graphml")
    root = ET.fromstring((tmp_path / "g.graphml").read_bytes())  # noqa: S314 - our own
    space = root.tag.removesuffix("graphml")
    keys = {key.get("id"): key for key in root.findall(f"{space}key")}
    assert len(keys) == len(root.findall(f"{space}key"))
    assert not {"d3", "d7", "x", "y", "z", "r", "g", "b", "size", "id"} & set(keys)
    assert {key.get("attr.type") for key in keys.values()} == {
        "string",
        "long",
        "double",
        "boolean",
    }
    for data in root.iter(f"{space}data"):
        if keys[data.get("key")].get("attr.type") == "boolean":
            assert data.text in {"true", "false"}


def test_csv_has_the_columns_that_gephi_asks_for(tmp_path):
    written = nq.write_graph(small(), tmp_path / "g.csv")
    assert [path.name for path in written.paths] == ["g.nodes.csv", "g.edges.csv"]
    heads = [path.read_text("utf-8").splitlines()[0].split(",") for path in written.paths]
    assert heads[0][:2] == ["Id", "Label"]
    assert heads[1][:4] == ["Source", "Target", "Type", "Weight"]
    for head in heads:
        assert len({name.lower() for name in head}) == len(head)


def test_the_sentence_says_what_gephi_leaves_out(tmp_path):
    assert str(nq.write_graph(small(), tmp_path / "g.gexf")) == (
        "g.gexf holds 4 nodes and 4 edges; 1 edge of weight 0, which Gephi leaves out."
    )
    assert str(nq.write_graph(small(), tmp_path / "g.json")) == "g.json holds 4 nodes and 4 edges."


# -- what is replaced, and what is defused --------------------------------------------------------


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "csv"])
def test_keys_that_become_alike_stay_apart(tmp_path, suffix):
    graph = nx.Graph()
    for number, key in enumerate(["a\1", "a\0", "a\ufffd", "a\ufffd (2)"]):
        graph.add_node(key, kind="person", person_count=number)
    graph.add_edge("a\0", "a\1", kinds="same_company")
    written, again = there_and_back(graph, tmp_path, suffix)
    assert dict(again.nodes(data="person_count")) == {
        "a\ufffd": 2, "a\ufffd (2)": 3, "a\ufffd (3)": 1, "a\ufffd (4)": 0,
    }  # fmt: skip
    assert again.has_edge("a\ufffd (3)", "a\ufffd (4)")
    assert (written.replaced_count, written.renamed_count) == (2, 2)
    assert "2 keys numbered to stay apart" in str(written)


def test_no_cell_is_a_formula(tmp_path):
    written = nq.write_graph(hostile(), tmp_path / "g.csv")
    for path in written.paths:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        texts = [name for name in cells if name not in {"Weight", "netquality_schema_version"}]
        for cell in cells[texts].to_numpy().ravel():
            assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))
            assert not any(
                part.strip().startswith(tuple("=+-@＝＋－＠"))
                for part in re.split(r"[;\t\r\n]", cell)
            )
        # and opened by a program that cuts elsewhere, which sees no quotation marks
        for mark in ";\t":
            lines = path.read_text("utf-8").splitlines()
            assert not [
                part
                for line in lines
                for part in line.split(mark)
                if part.startswith(tuple("=+-@"))
            ]


def test_csv_of_the_first_version_is_read_as_it_was_meant(tmp_path):
    """It had an apostrophe in front alone; one behind a semicolon was the text's own."""
    graph = nx.Graph()
    graph.add_node("=a;'b", kind="person", name="Ana;'=1;=2")
    nodes, edges = nq.write_graph(graph, tmp_path / "g.csv").paths
    text = nodes.read_text("utf-8")
    assert "'=a;''b" in text
    assert "Ana;''=1;'=2" in text
    old = text.replace("'=a;''b", "'=a;'b").replace("Ana;''=1;'=2", "Ana;'=1;=2")
    nodes.write_text(old.replace(",2\n", ",1\n"), "utf-8")
    assert edges.read_text("utf-8").count("\n") == 1  # no row that would say another version
    again = nq.read_graph(tmp_path / "g.csv")
    assert dict(again.nodes(data="name")) == {"=a;'b": "Ana;'=1;=2"}
    assert again.graph["netquality_schema_version"] == SCHEMA_VERSION


def test_a_negative_number_is_a_number(tmp_path):
    graph = nx.Graph()
    graph.add_edge("a", "b", kinds="owner", weight=-1.5, contact_days=-2)
    nx.set_node_attributes(graph, "person", "kind")
    nq.write_graph(graph, tmp_path / "g.csv")
    assert ",-1.5,owner,,,,-2," in (tmp_path / "g.edges.csv").read_text("utf-8")


@given(st.text())
def test_defusing_is_undone(text):
    assert undefused(defused(text)) == text


# -- the same bytes -------------------------------------------------------------------------------


def shuffled(graph, seed):
    dice = random.Random(seed)  # noqa: S311 - no secret
    made = nx.Graph(**graph.graph)
    for key, said in dice.sample(list(graph.nodes(data=True)), len(graph)):
        made.add_node(key, **dict(dice.sample(list(said.items()), len(said))))
    for one, other, said in dice.sample(list(graph.edges(data=True)), graph.number_of_edges()):
        made.add_edge(*dice.sample([one, other], 2), **said)
    return made


PROGRAM = """
import random, sys
sys.path.insert(0, sys.argv[2])
from test_graph_files import FORMATS, nq, shuffled, small
for suffix in FORMATS:
    nq.write_graph(shuffled(small(), int(sys.argv[3])), f"{sys.argv[1]}/g.{suffix}")
"""


def test_the_bytes_depend_on_nothing_else(tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    for suffix in FORMATS:
        nq.write_graph(shuffled(small(), 3), here / f"g.{suffix}")
    found = [{path.name: path.read_bytes() for path in here.iterdir()}]
    for number, changed in enumerate(
        (
            {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "de_DE.UTF-8"},
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder), str(ROOT / "tests"), str(number)],
            check=True,
            cwd=ROOT,
            env={**os.environ, **changed},
        )
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(found[0]) == 5
    assert found[0] == found[1] == found[2]
    assert not re.search(rb"2\d{3}-\d\d-\d\d", found[0]["g.gexf"].split(b"<description>")[0])


def test_of_the_graphs_own_attributes_ours_are_kept(tmp_path):
    graph = small()
    graph.graph |= {"name": "mine\0", "mode": "dynamic", "id": "x", "node_default": {"name": "A"}}
    for suffix in FORMATS:
        written, again = there_and_back(graph, tmp_path, suffix)
        assert written.replaced_count == 0
        assert again.graph == {"netquality_schema_version": SCHEMA_VERSION, **small().graph}
        same(small(), again)


def test_a_text_longer_than_the_csv_modules_limit_comes_back(tmp_path):
    graph = small()
    graph.nodes["ana"]["name"] = "x" * 200_000
    before = csv.field_size_limit()
    same(graph, there_and_back(graph, tmp_path, "csv")[1])
    assert csv.field_size_limit() == before


def test_nothing_of_the_callers_graph_is_changed(tmp_path):
    graph, before = small(), small()
    for suffix in FORMATS:
        nq.write_graph(graph, tmp_path / f"g.{suffix}")
    same(before, graph)
    assert graph.graph == before.graph
    assert list(graph) == list(before)


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["g.xml", "g", "", "g.graphml.zip", None, 3, "a\0.json", b"g.json"]
)
def test_another_ending_is_refused(path):
    for call in (nq.read_graph, lambda path: nq.write_graph(small(), path)):
        with pytest.raises(nq.NetQualityError, match=r"\.graphml, \.gexf, \.json or \.csv"):
            call(path)


@pytest.mark.parametrize("suffix", FORMATS)
def test_another_file_is_not_replaced(tmp_path, suffix):
    names = ["g.nodes.csv", "g.edges.csv"] if suffix == "csv" else [f"g.{suffix}"]
    for name in names:
        for other in names:
            (tmp_path / other).unlink(missing_ok=True)
        (tmp_path / name).write_text("mine", "utf-8")
        with pytest.raises(nq.NetQualityError, match=f"{name}: is there already"):
            nq.write_graph(small(), tmp_path / f"g.{suffix}")
        assert [path.name for path in tmp_path.iterdir()] == [name]
        assert (tmp_path / name).read_text("utf-8") == "mine"
        nq.write_graph(small(), tmp_path / f"g.{suffix}", force=True)
        nq.write_graph(small(), tmp_path / f"g.{suffix}")  # ours may be replaced
    with pytest.raises(nq.NetQualityError, match="cannot be written"):
        nq.write_graph(small(), tmp_path / "nowhere" / f"g.{suffix}")


def test_either_name_of_the_two_will_do(tmp_path):
    nq.write_graph(small(), tmp_path / "g.EDGES.csv")
    for name in ("g.csv", "g.nodes.csv", "g.edges.CSV"):
        same(small(), nq.read_graph(tmp_path / name))


def changed(**said):
    graph = small()
    graph.nodes["ana"].update(said)
    return graph


def weighing(weight):
    graph = small()
    graph.edges["bo", "ana"]["weight"] = weight
    return graph


def numbered():
    """Return a graph whose nodes are numbers."""
    graph = nx.path_graph(2)
    nx.set_node_attributes(graph, "person", "kind")
    return graph


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (None, "graph: is NoneType"),
        (nx.path_graph(2), "nodes: one has no kind"),
        (numbered(), "key of a node is no text"),
        (nx.DiGraph(small()), "directed or parallel"),
        (nx.MultiGraph(small()), "directed or parallel"),
        (changed(colour="red"), "has colour"),
        (changed(person_count="many"), "of another kind"),
        (changed(person_count=2**64), "of another kind"),
        (changed(kind=None), "has no kind"),
        (weighing(float("inf")), "infinite"),
        (nx.Graph(as_of=3), "'as_of' is of another kind"),
    ],
)
def test_another_graph_is_refused(tmp_path, suffix, graph, said):
    with pytest.raises(nq.NetQualityError, match=said):
        nq.write_graph(graph, tmp_path / f"g.{suffix}")
    assert list(tmp_path.iterdir()) == []


BOMB = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>"""
NO_GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph/></graphml>'
NO_JSON = '{"nodes": [], "edges": [], "graph": {"netquality_schema_version": %s}}'


@pytest.mark.parametrize(
    ("suffix", "text", "said"),
    [
        ("graphml", BOMB, "defines a document type or entities"),
        ("gexf", BOMB, "defines a document type or entities"),
        ("graphml", "", "is damaged"),
        ("graphml", "<graphml/>", "is damaged"),
        ("graphml", NO_GRAPHML, "does not say|is damaged"),
        ("gexf", "<gexf/>", "is damaged"),
        ("gexf", '<gexf xmlns="http://www.gexf.net/1.2draft"><graph/></gexf>', "does not say"),
        ("json", "", "is damaged"),
        ("json", "[]", "is damaged"),
        ("json", "[" * 100_000, "is damaged"),
        ("json", '{"nodes": [], "edges": []}', "does not say"),
        ("json", NO_JSON % "true", "does not say"),
        ("json", NO_JSON % (SCHEMA_VERSION + 1), "newer"),
        ("csv", "", "lacks Id, Label"),
        ("csv", "a;b\r\n1;2", "lacks Id, Label"),
        ("csv", '"', "line 1: is no line"),
    ],
)  # fmt: skip
def test_another_file_is_refused(tmp_path, suffix, text, said):
    nq.write_graph(small(), tmp_path / "private.csv")
    path = tmp_path / ("private.nodes.csv" if suffix == "csv" else f"private.{suffix}")
    path.write_text(text, "utf-8")
    refused(tmp_path / f"private.{suffix}", said)


def refused(path, said):
    with pytest.raises(nq.NetQualityError, match=said) as error:
        nq.read_graph(path)
    words = str(error.value)
    assert words.startswith("private.")
    assert "\n" not in words
    assert str(path.parent) not in words
    assert "Ana" not in words


@pytest.mark.parametrize(
    ("which", "before", "after", "said"),
    [
        ("nodes", ",true,false", ",perhaps,false", "line 4: 'is_connection' is no true or false"),
        ("nodes", "\r\nbo,", "\r\nana,", "line 4: has no Id, or one that is there"),
        ("nodes", "\r\nbo,", "\r\n,", "line 4: has no Id"),
        ("nodes", "Label", "label", "lacks Label"),
        ("nodes", "999+00:00,0", "999+00:00,3", "line 3: says otherwise"),
        ("nodes", ",2,2026-11-20T", ",,2026-11-20T", "line 3: says otherwise"),
        ("nodes", "as_of", "Colour", "has a column that no graph of ours has"),
        ("nodes", "\r\nbo,", "\r\nbo,,", "line 4: has [0-9]+ cells, not [0-9]+"),
        ("nodes", "kind,", "name,", "lacks kind"),
        ("edges", "ana,bo,", "ana,cem,", "has an end that is no Id of private.nodes.csv"),
        ("edges", "0.0,", "much,", "'weight' is no number"),
        ("edges", "0.0,", "inf,", "is damaged"),
        ("edges", "2020-02-01T", "2020-02-31T", "is damaged"),
        ("edges", ",2\r\n", ",1\r\n", "of another version"),
        ("edges", "Undirected", 'Un"directed', None),
    ],
)
def test_a_csv_file_is_refused_by_line(tmp_path, which, before, after, said):
    nq.write_graph(small(), tmp_path / "private.csv")
    path = tmp_path / f"private.{which}.csv"
    data = path.read_bytes().decode()
    assert before in data
    path.write_bytes(data.replace(before, after, 1).encode())
    if said is None:  # what is added for Gephi is not looked at
        same(small(), nq.read_graph(path))
    else:
        refused(path, said)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    for suffix in FORMATS:
        refused(tmp_path / f"private.{suffix}", "cannot be read")
    (tmp_path / "private.json").write_bytes(b"\xff\xfe{\0}\0")
    refused(tmp_path / "private.json", "is not in UTF-8")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_damaged_file_is_refused_or_read_never_worse(tmp_path, suffix):
    written = nq.write_graph(small(), tmp_path / f"private.{suffix}")
    whole = {path: path.read_bytes() for path in written.paths}
    dice = random.Random(7)  # noqa: S311 - no secret
    refusals = []
    for _ in range(150):
        path = dice.choice(written.paths)
        data = bytearray(whole[path])
        at, length = dice.randrange(len(data)), dice.choice([0, 1, 9, 300, len(data)])
        data[at : at + length] = dice.choice(
            [b"", b"\xff", b"<", b'"', b"\0", b"1", b"}", b"\r\n", b"e9999"]
        )
        path.write_bytes(data)
        try:
            nq.from_graph(nq.read_graph(tmp_path / f"private.{suffix}"))
        except nq.NetQualityError as error:
            refusals.append(str(error))
        path.write_bytes(whole[path])
    assert len(refusals) > 30
    assert all(words.startswith("private.") for words in refusals)
