"""JSON of Cytoscape.js and Cytoscape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.formats.conftest import Bring, left, said, triples

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph

NODES: list[dict[str, Any]] = [
    {"data": {"id": 0, "name": "CCND1", "type": "Protein", "alias": "uniprot knowledgebase:P24385"},
     "position": {"x": 1, "y": 2}, "classes": "a"},
    {"data": {"id": 1, "name": "-"}},
    {"data": {"id": 2, "name": "CDK4", "parent": 0}},
]  # fmt: skip
EDGES: list[dict[str, Any]] = [
    {"data": {"id": "e0", "source": 2, "target": 0, "interaction": "neighbor-of", "directed": False,
              "citation": "pubmed:10438538"}},
    {"data": {"id": "e1", "source": "0", "target": "2", "interaction": "neighbor-of"}},
    {"data": {"source": 0, "target": 2, "interaction": "activates", "score": float("nan")}},
]  # fmt: skip
SHAPES = {
    "lists": {"nodes": NODES, "edges": EDGES},
    "a document": {"format_version": "1.0", "data": {"name": "net"}, "elements": {"nodes": NODES, "edges": EDGES}},
    "one list": [*EDGES, *NODES],
    "a list in a document": {"elements": [*({**n, "group": "nodes"} for n in NODES), *EDGES]},
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_shape_that_cytoscape_takes_comes_in(bring: Bring, shape: Any) -> None:
    graph, report = bring(shape)
    assert (report.format, report.nodes, report.rows) == ("cyjs", 3, 3)
    assert said(graph) == {("CCND1", "neighbor-of", "CDK4"), ("CCND1", "activates", "CDK4")}
    assert report.papers == 1
    [xref] = graph.entities["CCND1"].xrefs
    assert xref.curie == "UniProtKB:P24385"
    assert left(report) == {"1 node within a node was left out: 0 (1)"}


def test_elements_that_are_none_are_refused(bring: Bring) -> None:
    with pytest.raises(FormatError) as caught:
        bring({"elements": {"nodes": [{"data": {"id": "a"}}, {"data": {"name": "x"}}, {}],
                            "edges": [{"data": {"id": "e", "source": "a"}}]}})  # fmt: skip
    assert [(p.where.rpartition(": ")[2], p.what) for p in caught.value.problems] == [
        ("nodes[2]", "has no data"),
        ("nodes[1]", "a node has no id"),
        ("edges[0]", "an edge has no source or no target"),
    ]


def test_ours_has_the_ids_of_all_elements_once(tiny: Graph) -> None:
    document = json.loads(formats.render(tiny, "cyjs"))
    elements = document["elements"]["nodes"] + document["elements"]["edges"]
    ids = [element["data"]["id"] for element in elements]
    assert len(set(ids)) == len(ids) == len(tiny.entities) + len(tiny.statements)
    ends = {
        element["data"][end]
        for element in document["elements"]["edges"]
        for end in ("source", "target")
    }
    assert ends <= set(tiny.entities)


def test_classes_of_sbgn_and_heads_of_gpml_are_predicates(bring: Bring) -> None:
    nodes = [{"data": {"id": name, "class": "macromolecule"}} for name in ("AA", "BB", "CC")]
    edges = [
        {"data": {"source": "AA", "target": "BB", "class": "inhibition"}},
        {"data": {"source": "BB", "target": "CC", "EndArrow": "TBar", "StartArrow": "Line"}},
        {"data": {"source": "CC", "target": "AA", "WP.type": "mim-catalysis"}},
        {"data": {"source": "AA", "target": "CC", "WP.type": "Arrow"}},
    ]
    graph, report = bring({"elements": {"nodes": nodes, "edges": edges}})
    assert triples(graph) == {
        ("AA", "inhibition", "BB"),
        ("BB", "TBar", "CC"),
        ("CC", "mim-catalysis", "AA"),
        ("AA", "Arrow", "CC"),
    }
    signs = (report.signs["positive"], report.signs["negative"], report.signs["unsigned"])
    assert signs == (1, 2, 1)
    assert {entity.category for entity in graph.entities.values()} == {"macromolecule"}


def test_what_biolink_narrows_an_edge_by_has_its_meaning_in_any_network(bring: Bring) -> None:
    """As graphs of KGX come out of Neo4j, networkx and Cytoscape."""
    edge = {
        "source": 2, "target": 0, "interaction": "biolink:affects",
        "object_direction_qualifier": "decreased", "object_aspect_qualifier": "activity",
        "sources": "BioGRID;IntAct", "provided_by": "made_edges.tsv",
    }  # fmt: skip
    graph, report = bring([*NODES, {"data": edge}])
    (statement,) = graph.statements.values()
    assert (statement.predicate, statement.qualifiers) == (
        "decreases",
        (("object_aspect", "activity"),),
    )
    assert {row.source for row in statement.evidence} == {"BioGRID", "IntAct"}
    assert report.left.counts["edge attribute"] == {"provided_by": 1}
