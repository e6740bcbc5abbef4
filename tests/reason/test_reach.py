"""What a change reaches, by steps and signs alone."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.influence import Arcs
from trabecula.model import Statement
from trabecula.reason.reach import Reached, reach

NAMES = "abcde"


def graph_of(*triples: str) -> Graph:
    """A graph of statements such as `a activates b`."""
    pairs = (dict(zip(("subject", "predicate", "object"), t.split(), strict=True)) for t in triples)
    return Graph([Statement(**pair) for pair in pairs])


def plainly(arcs: Arcs, changed: dict[int, int], fixed: set[int], steps: int) -> list[Reached]:
    """The same, walk by walk."""
    best: dict[int, dict[int, int]] = {}
    edge = {*changed.items()}
    for step in range(1, steps + 1):
        edge = {
            (arcs.ends[arc], way * arcs.signs[arc])
            for entity, way in edge
            for arc in arcs.of(entity)
            if arcs.ends[arc] not in fixed | set(changed)
        }
        for entity, way in edge:
            best.setdefault(entity, {}).setdefault(way, step)
    ends = [Reached(n, ways.get(1), ways.get(-1), ways.get(0)) for n, ways in best.items()]
    return sorted(ends, key=lambda end: (end.steps, end.entity))


def test_signs_multiply_along_the_way_and_an_unknown_one_leaves_it_open() -> None:
    arcs = graph_of("a inhibits b", "b inhibits c", "c affects d", "d activates e").influence.arcs
    assert reach(arcs, {0: 1}, steps=9) == [
        Reached(1, down=1),
        Reached(2, up=2),
        Reached(3, open=3),
        Reached(4, open=4),
    ]
    assert reach(arcs, {0: -1}, steps=1) == [Reached(1, up=1)]


def test_what_is_changed_or_fixed_lets_nothing_through() -> None:
    arcs = graph_of(
        "a activates b", "b activates c", "c activates a", "b activates d"
    ).influence.arcs
    assert reach(arcs, {0: 1}, [2], steps=9) == [Reached(1, up=1), Reached(3, up=2)]
    assert reach(arcs, {0: 1, 1: -1}, steps=9) == [Reached(2, down=1), Reached(3, down=1)]


def test_nothing_is_reached_from_where_no_arc_starts() -> None:
    assert reach(graph_of("a activates b").influence.arcs, {1: 1}, steps=3) == []


@pytest.mark.parametrize("steps", [0, -1, 1001])
def test_a_number_of_steps_that_is_none_is_refused(steps: int) -> None:
    with pytest.raises(SelectionError, match=f"{steps} is no number of steps"):
        reach(graph_of("a activates b").influence.arcs, {0: 1}, steps=steps)


TRIPLES = st.sets(
    st.sampled_from(
        [
            " ".join(t)
            for t in product(NAMES, ("activates", "inhibits", "affects", "requires"), NAMES)
        ]
    ),
    min_size=1,
    max_size=12,
)


@given(TRIPLES, st.integers(1, 6), st.booleans())
def test_every_walk_is_followed_and_no_other(triples: set[str], steps: int, fix: bool) -> None:
    graph = graph_of(*sorted(triples))
    arcs, last = graph.influence.followed, len(graph.columns.entities) - 1
    fixed = {last} if fix and last else set()
    assert reach(arcs, {0: 1}, fixed, steps=steps) == plainly(arcs, {0: 1}, fixed, steps)
