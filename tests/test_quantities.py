"""Quantities: which entities are names of one, which way they turn it, where it stands then."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.quantities import EXCESS, LACK, UNSAID, Quantities, quantities_of

READ = Evidence(source="ontology", strength="reference")
SAID = Evidence(source="article", strength="asserted")
AGAINST = Evidence(source="other", strength="direct", stance="disputes")


def graph_of(*lines: str, rows: tuple[Evidence, ...] = (READ,)) -> Graph:
    parts = (line.split() for line in lines)
    return Graph(
        Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)
        for subject, predicate, object_ in parts
    )


def told(graph: Graph, entity: str) -> tuple[str, int, int]:
    """What stands for the quantity of an entity, its way on it and its interval."""
    quantities: Quantities = quantities_of(graph.columns)
    number = graph.columns.number(entity)
    of = graph.columns.entities[quantities.of[number]]
    return of, quantities.ways[number], quantities.intervals[number]


def test_a_level_a_lack_and_an_excess_are_names_of_one_quantity() -> None:
    graph = graph_of(
        "blood-iron level_of iron", "anaemia deficiency_of blood-iron", "overload excess_of iron"
    )
    assert told(graph, "iron") == ("iron", 1, UNSAID)
    assert told(graph, "blood-iron") == ("iron", 1, UNSAID)
    assert told(graph, "anaemia") == ("iron", -1, LACK)
    assert told(graph, "overload") == ("iron", 1, EXCESS)


def test_the_release_of_a_hormone_is_a_name_of_it_and_its_states_are_not() -> None:
    graph = graph_of("release secretion_of hormone", "pulses state_of hormone")
    assert told(graph, "release") == ("hormone", 1, UNSAID)
    assert told(graph, "pulses") == ("pulses", 1, UNSAID)


def test_the_level_of_a_lack_is_in_it() -> None:
    graph = graph_of("anaemia deficiency_of iron", "grade level_of anaemia")
    assert told(graph, "grade") == ("iron", -1, LACK)


@pytest.mark.parametrize("rows", [(SAID,), (READ, AGAINST), (AGAINST,)])
def test_what_only_the_article_says_or_others_dispute_joins_nothing(
    rows: tuple[Evidence, ...],
) -> None:
    assert told(graph_of("status level_of iron", rows=rows), "status") == ("status", 1, UNSAID)


def test_a_graph_without_names_has_each_entity_as_its_own_quantity() -> None:
    graph = graph_of("a increases b", "b part_of c")
    assert list(quantities_of(graph.columns).of) == [0, 1, 2]


def test_names_that_contradict_each_other_are_told() -> None:
    graph = graph_of("a level_of b", "a deficiency_of b")
    assert len(quantities_of(graph.columns).contradictions) == 1
    assert quantities_of(graph_of("a level_of b", "b level_of c").columns).contradictions == ()


def test_the_order_of_the_records_changes_nothing() -> None:
    lines = ["x level_of m", "y deficiency_of m", "m level_of n", "z level_of n"]
    forwards, backwards = (quantities_of(graph_of(*each).columns) for each in (lines, lines[::-1]))
    assert (forwards.of, forwards.ways, forwards.intervals) == (
        backwards.of,
        backwards.ways,
        backwards.intervals,
    )
