"""To networkx and back."""

from __future__ import annotations

import networkx
import pytest

from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.model import About, Entity, Statement
from trabecula.nx import RECORD, SOURCES, from_networkx, to_networkx, without_records


def test_the_way_back_gives_an_equal_graph(tiny: Graph) -> None:
    assert from_networkx(to_networkx(tiny)) == tiny


def test_the_shipped_graph_survives(shipped: Graph) -> None:
    assert from_networkx(to_networkx(shipped)) == shipped


def test_what_a_graph_says_of_itself_survives() -> None:
    graph = Graph([About(title="KRAS", licence="https://a.example/licence")])
    assert from_networkx(to_networkx(graph)).about == graph.about


def test_nodes_and_edges_are_in_the_order_of_the_graph(tiny: Graph) -> None:
    found = to_networkx(tiny)
    assert type(found) is networkx.MultiDiGraph
    assert list(found.nodes) == list(tiny.entities)
    assert {key for _, _, key in found.edges(keys=True)} == set(tiny.statements)
    assert found.graph[SOURCES] == tuple(tiny.sources.values())


def test_attributes_are_plain_values(tiny: Graph) -> None:
    found = to_networkx(tiny)
    assert found.nodes["magnesium"] == {
        "name": "magnesium",
        "category": "chemical",
        "synonyms": "Mg | Mg²⁺",
        "xrefs": "close CHEBI:25107 magnesium atom",
        "description": "The element, as a nutrient.",
        "taxon": "",
        RECORD: tiny.entities["magnesium"],
    }
    [statement] = [s for s in tiny.statements.values() if s.predicate == "inhibits"]
    assert found.edges["pth", "CL:0000062", statement.id] == {
        "predicate": "inhibits",
        "label": "inhibits",
        "sign": -1,
        "status": "contested",
        "negated": False,
        "sayable": True,
        "supporting": 1,
        "disputing": 1,
        "qualifiers": "pattern=continuous",
        "topic": "pth",
        "sources": "comment | doi:10.5555/12345678(1) | survey",
        RECORD: statement,
    }


def test_what_was_removed_is_gone(tiny: Graph) -> None:
    found = to_networkx(tiny)
    found.remove_node("pth")
    assert {s.predicate for s in from_networkx(found).statements.values()} == {
        "activates",
        "increases",
        "requires",
    }


def test_an_end_that_nobody_describes_stays_undescribed() -> None:
    graph = Graph([Statement(subject="a", predicate="NOSUCH:1", object="b")])
    found = to_networkx(graph)
    assert dict(found.nodes(data=True)) == {"a": {}, "b": {}}
    assert from_networkx(found) == graph


def test_an_edge_without_its_record_is_refused() -> None:
    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph([("a", "b")])
    with pytest.raises(FormatError) as caught:
        from_networkx(found)
    assert str(caught.value) == (
        "a -> b: the edge does not hold the statement it stands for under 'record': "
        "make the graph with to_networkx"
    )


def test_an_edge_with_the_record_of_another_is_refused(tiny: Graph) -> None:
    found = networkx.relabel_nodes(to_networkx(tiny), {"pth": "PTH"})
    with pytest.raises(FormatError):
        from_networkx(found)


def test_without_records_there_are_scalars_only_and_nothing_empty(tiny: Graph) -> None:
    found = without_records(Graph([*tiny, Entity(id="x", name="", category="food")]))
    attributes = [d for _, d in found.nodes(data=True)] + [d for *_, d in found.edges(data=True)]
    assert {type(value) for data in attributes for value in data.values()} == {str, int, bool}
    assert found.nodes["x"] == {"category": "food"}
    assert found.graph == {}
