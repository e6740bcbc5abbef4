"""TRAPI: the knowledge graph of a message, and nothing else of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.mapping import Report

DATA = Path(__file__).parents[1] / "data/formats"

pytestmark = pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")


def read(path: Path) -> tuple[Graph, Report]:
    report = Report()
    return formats.load(path, report=report), report


def test_qualifiers_sources_and_attributes_are_those_of_the_edge() -> None:
    graph, report = read(DATA / "small.trapi.json")
    rows = {
        (s.predicate, s.qualifiers): [(r.source, r.stance) for r in s.evidence]
        for s in graph.statements.values()
    }
    assert rows == {
        ("decreases", (("object_aspect", "activity"),)): [
            ("PMID:71", "supports"),
            ("doi:10.1000/x", "supports"),
        ],
        ("biolink:treats", ()): [("infores:y", "disputes")],
    }
    assert (report.rows, report.papers, report.signs["negated"]) == (2, 2, 1)
    assert graph.entities["CHEBI:18420"].xrefs[0].curie == "cas:22537-22-0"


def test_lists_of_old_versions_say_the_same(tmp_path: Path) -> None:
    document = json.loads((DATA / "small.trapi.json").read_text("utf-8"))["message"]
    network = document["knowledge_graph"]
    lists: dict[str, Any] = {
        kind: [{"id": key, **row} for key, row in network[kind].items()] for kind in network
    }
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"knowledge_graph": lists}), "utf-8")
    graph, report = read(path)
    assert report.format == "trapi"
    assert graph == read(DATA / "small.trapi.json")[0]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"message": {"knowledge_graph": {}}}, "no knowledge graph"),
        ({"knowledge_graph": {"nodes": {}, "edges": {"e": {"subject": "a"}}}}, "edges['e']"),
        ({"knowledge_graph": {"nodes": 5, "edges": {}}}, "'nodes' is no object"),
        ({"knowledge_graph": {"nodes": {}, "edges": [1]}}, "edges[0]: this is no object"),
    ],
)
def test_what_is_no_message_is_an_error(
    document: dict[str, Any], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(FormatError) as error:
        formats.load(path, "trapi")
    assert message in str(error.value)


def test_a_message_is_written_as_services_answer(tiny: Graph) -> None:
    message = json.loads(formats.render(tiny, "trapi"))["message"]
    assert set(message) == {"query_graph", "knowledge_graph", "results"}
    edges = message["knowledge_graph"]["edges"].values()
    assert {e["subject"] for e in edges} <= set(message["knowledge_graph"]["nodes"])
    assert all(e["predicate"].startswith(("biolink:", "tb:")) for e in edges)


def _message(tmp_path: Path, nodes: Any, edges: Any) -> Graph:
    path = tmp_path / "message.json"
    path.write_text(json.dumps({"knowledge_graph": {"nodes": nodes, "edges": edges}}), "utf-8")
    return read(path)[0]


def test_whatever_stands_among_the_qualifiers_narrows_the_edge(tmp_path: Path) -> None:
    told = {"subject_specialization": "GO:1", "biolink:qualified_predicate": "causes",
            "biolink:object_direction_qualifier": "increased"}  # fmt: skip
    qualifiers = [{"qualifier_type_id": k, "qualifier_value": v} for k, v in told.items()]
    edge = {"subject": "X:1", "object": "X:2", "predicate": "biolink:affects",
            "qualifiers": qualifiers}  # fmt: skip
    graph = _message(tmp_path, {}, {"e": edge})
    [statement] = graph.statements.values()
    assert (statement.predicate, dict(statement.qualifiers)) == (
        "increases",
        {"subject_specialization": "GO:1"},
    )


def test_keys_of_edges_before_version_1_are_read(tmp_path: Path) -> None:
    nodes = [{"id": "X:1", "type": ["biolink:Gene"]}, {"id": "X:2", "type": ["biolink:Disease"]}]
    ends = {"source_id": "X:1", "target_id": "X:2"}
    edges = [{**ends, "relation_label": ["biolink:causes"]}, {**ends, "type": "biolink:treats"}]
    graph = _message(tmp_path, nodes, edges)
    assert {(s.subject, s.predicate, s.object) for s in graph.statements.values()} == {
        ("X:1", "biolink:causes", "X:2"),
        ("X:1", "biolink:treats", "X:2"),
    }
    assert graph.entities["X:1"].category == "biolink:Gene"


@pytest.mark.parametrize("name", ["message", "answer of the ARS", "graph alone"])
def test_a_graph_is_read_in_whatever_it_comes(name: str, tmp_path: Path) -> None:
    graph = {
        "nodes": {"X:1": {"categories": ["biolink:Gene"]}, "X:2": {}},
        "edges": {"e": {"subject": "X:1", "predicate": "biolink:related_to", "object": "X:2"}},
    }
    message = {"message": {"knowledge_graph": graph}}
    whole = {"message": message, "answer of the ARS": {"fields": {"data": message}}}
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(whole.get(name, graph)))
    _, report = read(path)
    assert (report.format, report.nodes, report.rows) == ("trapi", 2, 1)
