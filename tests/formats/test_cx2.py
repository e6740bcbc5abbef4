"""CX2 of NDEx and Cytoscape, and ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.formats.conftest import Bring, left, said

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats import cx2
from trabecula.graph import Graph
from trabecula.picture import style

ASPECTS: list[Any] = [
    {"CXVersion": "2.0", "hasFragments": True},
    {"metaData": [{"name": "nodes", "elementCount": 2}]},
    {"attributeDeclarations": [{
        "nodes": {"name": {"a": "n", "d": "string"}, "type": {"d": "string", "v": "Gene"}, "Size": {"d": "integer"}},
        "edges": {"interaction": {"a": "i", "d": "string", "v": "activates"}, "pmid": {"d": "list_of_string"}},
    }]},
    {"networkAttributes": [{"name": "net", "description": "<p>x</p>", "version": "1"}]},
    {"nodes": [{"id": 103, "x": 1.5, "v": {"n": "PTH", "Size": 19}}]},
    {"edges": [{"id": 1, "s": 103, "t": 104, "v": {"pmid": ["1", "2"]}}]},
    {"nodes": [{"id": 104, "v": {"n": "FGF23", "type": "Protein"}}]},
    {"edges": [{"id": 2, "s": 104, "t": 103, "v": {"i": "inhibits"}}]},
    {"visualProperties": [{"default": {}}]},
    {"status": [{"success": True}]},
]  # fmt: skip


def test_names_and_defaults_are_those_that_are_declared(bring: Bring) -> None:
    graph, report = bring(ASPECTS)
    assert (report.format, report.nodes, report.rows, report.papers) == ("cx2", 2, 2, 2)
    assert said(graph) == {("PTH", "activates", "FGF23"), ("FGF23", "inhibits", "PTH")}
    assert {e.name: e.category for e in graph.entities.values()} == {
        "PTH": "biolink:Gene",
        "FGF23": "protein",
    }
    assert left(report) == {
        "1 graph attribute was left out: version (1)",
        "1 node attribute was left out: Size (1)",
    }


def test_prefixes_are_those_of_the_context_of_the_network_and_names_of_databases(
    bring: Bring,
) -> None:
    context = {"my lab": "http://identifiers.org/uniprot/", "own": "http://x.org/"}
    nodes = ["my lab:P21741", "uniprot knowledgebase:P2", "own:3"]
    graph, report = bring(
        [
            {"CXVersion": "2.0"},
            {"networkAttributes": [{"name": "net", "@context": json.dumps(context)}]},
            {"nodes": [{"id": n, "v": {"represents": name}} for n, name in enumerate(nodes)]},
            {"edges": [{"id": 9, "s": 0, "t": 1, "v": {"interaction": "activates"}}]},
        ]
    )
    assert set(graph.entities) == {"UniProtKB:P21741", "UniProtKB:P2", "own:3"}
    assert dict(graph.about.prefixes) == {"own": "http://x.org/"}
    assert left(report) == set()


def test_an_edge_to_nothing_is_refused_with_its_place(bring: Bring) -> None:
    with pytest.raises(FormatError, match=r"edges\[0\]: the edge ends in '2', which is no node"):
        bring(
            [{"CXVersion": "2.0"}, {"nodes": [{"id": 1}]}, {"edges": [{"id": 1, "s": 1, "t": 2}]}]
        )


def test_ours_declares_every_attribute_and_counts_every_aspect(tiny: Graph) -> None:
    document = json.loads(formats.render(tiny, "cx2"))
    aspects = {name: rows for part in document[2:] for name, rows in part.items()}
    [declared] = aspects["attributeDeclarations"]
    for kind in ("nodes", "edges"):
        used = {name for element in aspects[kind] for name in element["v"]}
        assert set(declared[kind]) == used
    counts = {row["name"]: row["elementCount"] for row in document[1]["metaData"]}
    assert counts == {name: len(rows) for name, rows in aspects.items() if name != "status"}


def test_colours_are_those_of_the_page() -> None:
    assert {name: look[1:] for name, look in cx2.LOOKS.items()} == {
        name: (look.fill, look.line) for name, look in style.LOOKS.items()
    }
