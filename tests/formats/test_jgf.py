"""JSON Graph Format: networks of BEL with their evidence, and any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.mapping import Report

PTH, RUNX2 = "p(HGNC:PTH)", "kin(p(HGNC:RUNX2))"


def read(path: Path, document: dict[str, Any]) -> tuple[Graph, Report]:
    path.write_text(json.dumps(document), "utf-8")
    report = Report()
    return formats.load(path, report=report), report


def cited(number: str, kind: str = "PubMed", **more: Any) -> dict[str, Any]:
    return {"citation": {"type": kind, "name": "Bone 2001", "id": number}, **more}


def network(*edges: dict[str, Any]) -> dict[str, Any]:
    return {"graph": {
        "label": "Bone", "type": "BEL-V1.0", "metadata": {"version": "2", "weather": "fine"},
        "nodes": [{"id": PTH, "label": PTH}, {"id": RUNX2}, {"id": "bp(GO:ossification)"}],
        "edges": list(edges),
    }}  # fmt: skip


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_each_evidence_of_an_edge_of_bel_is_evidence_of_the_statement(tmp_path: Path) -> None:
    content = {"summary_text": "PTH acts.", "experiment_context": {"species_common_name": "Mouse"}}
    later = {
        "support": {"value": "It does."},
        "experiment_context": [{"name": "Cell", "value": "x"}],
    }
    edges = [
        {"source": PTH, "relation": " increases", "target": RUNX2,
         "metadata": {"evidences": [cited("1", **content), cited("0")]}},
        {"source": PTH, "relation": "increases", "target": RUNX2,
         "metadata": {"nanopubs": [cited("7", kind="Other", **later)]}},
        {"source": PTH, "relation": "causesNoChange", "target": "bp(GO:ossification)",
         "metadata": {"evidences": [cited("2")]}},
        {"source": PTH, "relation": "decreases", "target": "bp(GO:ossification)"},
    ]  # fmt: skip
    graph, report = read(tmp_path / "net.json", network(*edges))
    assert report.format == "jgf"
    assert (report.rows, report.signs["positive"], report.signs["negated"]) == (4, 1, 1)
    rows = {
        (s.predicate, row.source, row.stance, row.species, row.summary, row.context)
        for s in graph.statements.values()
        for row in s.evidence
    }
    assert rows == {
        ("increases", "PMID:1", "supports", "mouse", "PTH acts.", ()),
        # a number of another registry than PubMed is no PMID; the reference in words stands
        ("increases", next(iter(set(graph.sources) - {"PMID:1", "PMID:2"})), "supports", "",
         "It does.", (("cell", "x"),)),
        ("regulates", "PMID:2", "disputes", "", "", ()),
    }  # fmt: skip
    assert "Bone 2001" in {source.title for source in graph.sources.values()}
    assert (graph.about.title, graph.about.version) == ("Bone", "2")
    left = "\n".join(report.left.lines())
    assert "that names nothing (1)" in left
    assert "weather (1)" in left


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_a_graph_of_version_2_has_its_nodes_by_id_and_its_edges_in_attributes(
    tmp_path: Path,
) -> None:
    nodes = {"a": {"label": "PTH", "metadata": {"category": "protein"}}, "b": {"label": "bone"}}
    edges = [
        {
            "source": "a",
            "target": "b",
            "relation": "builds",
            "metadata": {"pmid": "5", "sign": "+1"},
        },
        {"source": "a", "target": "b", "directed": False},
    ]
    graphs = [
        {"nodes": nodes, "edges": edges, "hyperedges": [{"nodes": ["a", "b"]}]},
        {"nodes": {}},
    ]
    graph, report = read(tmp_path / "x.jgf", {"graphs": graphs})
    assert {(s.predicate, tuple(r.source for r in s.evidence)) for s in graph.statements.values()} == {
        ("increases", ("PMID:5",)), ("is_linked_with", ()),
    }  # fmt: skip
    assert {(e.id, e.name, e.category) for e in graph.entities.values()} == {
        ("a", "PTH", "protein"), ("b", "bone", "biolink:NamedThing"),
    }  # fmt: skip
    left = "\n".join(report.left.lines())
    assert "hyperedges (1)" in left
    assert "2 graphs as one" in left


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_a_graph_of_pybel_has_its_terms_as_labels(tmp_path: Path) -> None:
    evidence = {
        "citation": {"namespace": "pubmed", "identifier": "9"},
        "experiment_context": {"Species": [{"namespace": "Species", "identifier": "9606"}],
                               "Cell": [{"name": "a"}, {"name": "b"}]},
        "key": "0f",
    }  # fmt: skip
    nodes = [
        {"id": key, "label": term, "bel_function_type": "Protein"}
        for key, term in (("a1", PTH), ("b2", RUNX2))
    ]
    edge = {"source": "a1", "relation": "positiveCorrelation", "target": "b2",
            "metadata": {"evidences": [evidence]}}  # fmt: skip
    graph, report = read(tmp_path / "p.json", {"graph": {"nodes": nodes, "edges": [edge]}})
    (statement,) = graph.statements.values()
    (row,) = statement.evidence
    assert (statement.predicate, row.source, row.species, row.context) == (
        "positively_correlated_with", "PMID:9", "human", (("cell", "a; b"),),
    )  # fmt: skip
    assert (report.rows, sorted(map(graph.name, graph.entities))) == (1, ["PTH", "RUNX2"])


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ({"graph": [1], "nodes": 1, "edges": []}, "there is no graph"),
        ({"graph": {"nodes": [{"label": "x"}]}}, "a node has no id"),
        ({"graph": {"nodes": 7}}, "nodes are neither a list nor an object"),
        ({"graph": {"nodes": [], "edges": [{"source": "a"}]}}, "no source or no target"),
        ({"graph": {"nodes": [], "edges": [{"source": "a", "target": "b"}]}}, "which is no node"),
        ({"graph": {"type": "BEL", "nodes": [{"id": "p(x"}]}}, "a bracket is not closed"),
    ],
)
def test_what_is_no_graph_is_told_with_its_place(
    document: dict[str, Any], what: str, tmp_path: Path
) -> None:
    with pytest.raises(FormatError, match=what):
        read(tmp_path / "x.jgf", document)
