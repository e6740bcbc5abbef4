"""What is particular to each format beside RDF and the curated one."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import networkx as nx
import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement, Xref
from trabecula.vocabulary import CATEGORIES

ODD = 'ω-3 "fish oil" & <b>more</b> \\ ]]> </script>'


# --- GraphML and GEXF -----------------------------------------------------------------------


def _graphml(graph: Graph) -> nx.MultiDiGraph[str]:
    text = formats.render(graph, "graphml").decode("utf-8")
    network: nx.MultiDiGraph[str] = nx.parse_graphml(text, force_multigraph=True)
    return network


def _gexf(graph: Graph) -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.read_gexf(io.BytesIO(formats.render(graph, "gexf")))
    return network


@pytest.mark.parametrize("read", [_graphml, _gexf], ids=["graphml", "gexf"])
def test_networkx_reads_nodes_and_edges_back(read: Any, tiny: Graph) -> None:
    network = read(tiny)
    assert {key: data["name"] for key, data in network.nodes(data=True)} == {
        key: entity.name for key, entity in tiny.entities.items()
    }
    assert network.nodes["fish-oil"]["name"] == ODD
    assert {(u, v, key) for u, v, key in network.edges(keys=True)} == {
        (s.subject, s.object, s.id) for s in tiny.statements.values()
    }
    signs = {data["predicate"]: data["sign"] for _, _, data in network.edges(data=True)}
    assert signs == {"activates": 1, "decreases": -1, "increases": 0, "inhibits": -1, "requires": 1}
    negated = {d["predicate"] for _, _, d in network.edges(data=True) if d["negated"] is True}
    assert negated == {"increases"}
    unsayable = {d["predicate"] for _, _, d in network.edges(data=True) if d["sayable"] is False}
    assert unsayable == {"increases", "decreases"}


def test_graphml_ids_are_nmtokens_and_the_identifier_is_kept() -> None:
    ids = ["CHEBI:25107", "http://example.org/a?b", "doi:10.1/(x)", "magnesium", "é"]
    network = _graphml(Graph(Entity(id=i, name=i, category="food") for i in ids))
    assert [key for key in network if not re.fullmatch(r"[\w.:-]+", key, re.ASCII)] == []
    assert sorted(data["identifier"] for _, data in network.nodes(data=True)) == sorted(ids)
    assert "http:_x2F__x2F_example.org_x2F_a_x3F_b" in network


def test_gexf_tells_neither_the_day_nor_the_version_of_networkx(tiny: Graph) -> None:
    text = formats.render(tiny, "gexf").decode("utf-8")
    assert "lastmodifieddate" not in text
    assert "NetworkX" not in text
    assert text.count("<meta>") == 1


# --- JSON -----------------------------------------------------------------------------------


def test_networkx_reads_node_link_json(tiny: Graph) -> None:
    document = json.loads(formats.render(tiny, "json"))
    network = nx.node_link_graph(document, edges="edges")
    assert isinstance(network, nx.MultiDiGraph)
    assert set(network.nodes) == set(tiny.entities)
    assert {key: data["status"] for _, _, key, data in network.edges(keys=True, data=True)} == {
        key: tiny.status(statement) for key, statement in tiny.statements.items()
    }


def test_json_keeps_what_tables_would_not(tmp_path: Any) -> None:
    graph = Graph(
        [
            Entity(
                id="http://example.org/x",
                name="",
                category="biolink:Gene",
                synonyms=("b | c", "a"),
                xrefs=(Xref("exact", "NOSUCH:1"), Xref("close", "CHEBI:1", "x")),
            ),
            Statement(
                subject="x",
                predicate="NOSUCH:2",
                object="y",
                qualifiers=(("a", "1"), ("a", "2"), ("b", "3")),
                evidence=(Evidence(source="s"),),
            ),
        ]
    )
    formats.write(graph, tmp_path / "a.json")
    assert formats.load(tmp_path / "a.json") == graph


BAD_JSON = {
    "no json": (b"{\n  nodes", ":2: Expecting property name enclosed in double quotes, and nodes stands there: "),
    "not utf-8": (b'{"nodes": [\n"\xff"]}', ":2: byte 0xff in column 2 is not UTF-8; in Windows-1252 or Latin-1 it is ÿ: "),
    "another shape": (b"[]", ": this is no node-link graph: "),
    "a key twice": (b'{"nodes": [], "nodes": []}', ":1: the key 'nodes' stands twice in an object: "),
    "too deep": (b"[" * 200_000, ": too many levels of nesting: "),
    "nodes that are none": (b'{"nodes": {}, "edges": []}', ": the file has nodes that are no list: "),
    "a node that is none": (b'{"nodes": [1], "edges": []}', ": nodes[0] is no object: "),
    "a node without id": (b'{"nodes": [{"name": "x", "category": "y"}], "edges": []}', ": nodes[0] has no id: "),
    "an id with a blank": (b'{"nodes": [{"id": "a b", "name": "x", "category": "y"}], "edges": []}', ": nodes[0] has the id 'a b': "),
    "a name that is a number": (b'{"nodes": [{"id": "a", "name": 1, "category": "y"}], "edges": []}', ": nodes[0] has the name 1: "),
    "an edge without predicate": (b'{"nodes": [], "edges": [{"source": "a", "target": "b"}]}', ": edges[0] has no predicate: "),
    "negated by a word": (b'{"nodes": [], "edges": [{"source": "a", "target": "b", "predicate": "c", "negated": "no"}]}', ": edges[0] has the negated 'no': "),
    "an unknown stance": (b'{"nodes": [], "edges": [{"source": "a", "target": "b", "predicate": "c", "evidence": [{"source": "s", "stance": "likes"}]}]}', ": edges[0].evidence[0] has the stance 'likes': "),
    "a script for an address": (b'{"nodes": [], "edges": [], "sources": [{"id": "s", "url": "javascript:alert(1)"}]}', ": sources[0] has the url 'javascript:alert(1)': "),
    "qualifiers without a key": (b'{"nodes": [], "edges": [{"source": "a", "target": "b", "predicate": "c", "qualifiers": {"": "x"}}]}', ": edges[0] has qualifiers without a key: "),
    "a context without a key": (b'{"nodes": [], "edges": [{"source": "a", "target": "b", "predicate": "c", "evidence": [{"source": "d", "stance": "supports", "context": {" ": "x"}}]}]}', ": edges[0].evidence[0] has context without a key: "),
    "qualifiers that are a list": (b'{"nodes": [], "edges": [{"source": "a", "target": "b", "predicate": "c", "qualifiers": ["x"]}]}', ": edges[0] has qualifiers that are no texts: "),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD_JSON.values(), ids=BAD_JSON)
def test_bad_json_is_refused_at_its_place(data: bytes, message: str, tmp_path: Any) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(FormatError) as caught:
        formats.load(path, "json")
    [problem] = caught.value.problems
    assert str(problem).startswith(f"{path}{message}")


def test_all_that_is_wrong_with_the_records_is_said_at_once(tmp_path: Any) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"nodes": [{"id": "a", "name": 1}], "edges": [{}]}', encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        formats.load(path)
    assert [problem.what for problem in caught.value.problems] == [
        "nodes[0] has the name 1",
        "nodes[0] has no category",
        "edges[0] has no source",
        "edges[0] has no predicate",
        "edges[0] has no target",
    ]


# --- CSV and TSV ----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_a_table_has_one_row_for_each_statement(name: str, delimiter: str, tiny: Graph) -> None:
    text = formats.render(tiny, name).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    assert [(r["subject"], r["statement"], r["object"], r["sign"], r["status"]) for r in rows] == [
        ("magnesium", "activates", "osteoblast", "positive", "supported"),
        ("magnesium", "decreases", "PTH", "negative", "refuted"),
        ("magnesium", "increases", "bone mineral density", "none", "supported"),
        ("osteoblast", "requires", "magnesium", "positive", "title-only"),
        ("PTH", "activates", "osteoblast", "positive", "asserted-only"),
        ("PTH", "inhibits", "osteoblast", "negative", "contested"),
    ]
    assert rows[0]["supporting"] == "2"  # the paper and the comment on it count once
    assert rows[0]["supporting_sources"] == "comment | doi:10.5555/12345678(1) | survey"
    assert [row["negated"] for row in rows] == ["no", "no", "yes", "no", "no", "no"]


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_cell_never_begins_as_a_formula(name: str, text: str) -> None:
    graph = Graph(
        [
            Entity(id="a", name=text, category="food"),
            Statement(subject="a", predicate="affects", object="a", topic=text),
        ]
    )
    text_of_file = formats.render(graph, name).decode("utf-8")
    [row] = csv.DictReader(io.StringIO(text_of_file), delimiter={"csv": ",", "tsv": "\t"}[name])
    assert (row["subject"], row["topic"]) == (f"'{text}", f"'{text}")
    assert [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []


# --- DOT and SIF ----------------------------------------------------------------------------


def _labels(text: str) -> list[str]:
    """The labels in a DOT file, as Graphviz would show them."""
    labels = re.findall(r'label="((?:[^"\\]|\\.)*)"', text)
    return [re.sub(r"\\(.)", r"\1", label).replace("&amp;", "&") for label in labels]


def test_dot_shows_labels_as_they_are(tiny: Graph) -> None:
    labels = _labels(formats.render(tiny, "dot").decode("utf-8"))
    assert labels[:5] == ["osteoblast", "bone mineral density", ODD, "magnesium", "PTH"]
    assert sorted(labels[5:]) == [
        "activates",
        "activates (pattern=intermittent)",
        "decreases (refuted)",
        "inhibits (pattern=continuous)",
        "not: increases",
        "requires",
    ]


@pytest.mark.parametrize("name", ["\\", 'a"b', "\\N", "&lt;", "<b>", "a\\\\", '\\"', "}"])
def test_dot_escapes_every_mark(name: str) -> None:
    text = formats.render([Entity(id="a", name=name, category="food")], "dot").decode("utf-8")
    assert _labels(text) == [name]
    assert len(text.splitlines()) == 6


def test_dot_draws_a_sign_as_an_arrowhead_and_a_category_as_a_shape() -> None:
    from trabecula.formats.dot import SHAPES

    assert set(SHAPES) == set(CATEGORIES)
    assert len(set(SHAPES.values())) == len(SHAPES)
    heads = {}
    for predicate in ("increases", "decreases", "affects", "binds", "negatively_correlated_with"):
        statement = Statement(subject="a", predicate=predicate, object="b")
        text = formats.render([statement], "dot").decode("utf-8")
        heads[predicate] = (*re.findall(r'arrow(?:head|tail)="(\w+)"', text),)
    assert heads == {
        "increases": ("normal",),
        "decreases": ("tee",),
        "affects": ("vee",),
        "binds": ("none", "none"),
        "negatively_correlated_with": ("none", "none"),  # which goes with it, and does not act
    }


def test_sif_holds_what_is_so_and_lone_entities(tiny: Graph) -> None:
    assert formats.render(tiny, "sif").decode("utf-8").splitlines() == [
        "CL:0000062\trequires\tmagnesium",
        "magnesium\tactivates\tCL:0000062",
        "pth\tactivates\tCL:0000062",
        "pth\tinhibits\tCL:0000062",
        "bmd",
        "fish-oil",
    ]
