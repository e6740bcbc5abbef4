"""Node-link JSON that is not ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx
import pytest
from tests.formats.conftest import Bring, left, triples

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats.recognise import recognised
from trabecula.graph import Graph


@pytest.mark.parametrize("key", ["edges", "links"])
def test_what_networkx_writes_comes_in(bring: Bring, key: str) -> None:
    made: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph(name="net")
    made.add_node("2199", name="YKR026C")
    made.add_node("2198", name="YGL122C")
    made.add_edge("2199", "2198", key="2561", interaction="pp", weight=float("nan"))
    made.add_edge("2198", "2199", key="activates")
    graph, report = bring(networkx.node_link_data(made, edges=key))
    assert (report.format, graph.about.title) == ("node-link", "net")
    assert triples(graph) == {("YGL122C", "pp", "YKR026C"), ("YGL122C", "activates", "YKR026C")}
    assert report.left.counts == {}


@pytest.mark.parametrize("directed", [True, False])
def test_edges_name_positions_where_they_name_no_ids(bring: Bring, directed: bool) -> None:
    document = {
        "directed": directed,
        "nodes": [{"name": "b"}, {"name": "a", "group": 1}],
        "links": [{"source": 0, "target": 1, "value": 3}],
    }
    graph, report = bring(document)
    expected = ("b", "is_linked_to", "a") if directed else ("a", "is_linked_with", "b")
    assert triples(graph) == {expected}
    assert left(report) == {
        "1 node attribute was left out: group (1)",
        "1 edge attribute was left out: value (1)",
    }


def test_members_of_the_file_that_are_not_read_are_counted(bring: Bring) -> None:
    links = [{"source": "a", "target": "b"}]
    document = {"nodes": [{"id": "a"}, {"id": "b"}], "links": links}
    more = {"edges": [], "options": {}, "metadata": {"x": 1}, "directed": True, "graph": "G"}
    graph, report = bring({**document, **more})
    assert triples(graph) == {("a", "is_linked_to", "b")}
    assert left(report) == {
        "1 graph attribute was left out: graph (1)",
        "3 members were left out: edges (1), metadata (1), options (1)",
    }


def test_numbers_are_ids_where_nodes_have_them(bring: Bring) -> None:
    nodes = [{"id": 1, "name": "a"}, {"id": 0, "name": "b"}]
    graph, _ = bring({"nodes": nodes, "links": [{"source": 0, "target": 1}]})
    assert triples(graph) == {("b", "is_linked_to", "a")}


def test_ends_may_be_called_from_and_to_or_be_the_nodes_themselves(bring: Bring) -> None:
    nodes: list[Any] = [{"id": "a"}, {"id": ["b", 1]}]
    graph, _ = bring(
        {"nodes": nodes, "edges": [{"from": "a", "to": {"id": ["b", 1]}, "label": "x"}]}
    )
    [(subject, predicate, _)] = triples(graph)
    assert (subject, predicate) == ("a", "x")


def test_what_is_wrong_is_said_with_its_place(bring: Bring) -> None:
    document = {"nodes": [{"id": "a"}, {"id": True}], "links": [{"source": "a", "target": "b"}, 3]}
    with pytest.raises(FormatError) as caught:
        bring(document, "x.json")
    assert [(p.where.rpartition(": ")[2], p.what) for p in caught.value.problems] == [
        ("nodes[1]", "a node has no id"),
        ("links[0]", "the edge ends in 'b', which is no node"),
        ("links[1]", "an edge has no source or no target"),
    ]


def test_ours_is_never_taken_for_it(tiny: Graph, shipped: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    for graph in (tiny, shipped, Graph(), Graph(r for r in tiny if not hasattr(r, "predicate"))):
        formats.write(graph, path)
        assert recognised(path) == ""
        document = json.loads(path.read_text("utf-8"))
        document["edges"].reverse()
        path.write_text(json.dumps(document), "utf-8")
        assert recognised(path) == ""
