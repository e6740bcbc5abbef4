"""Connections: what changed between two graphs, and on which statements pairs rely."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.connections import STEPS, Comparison, compared, verdict
from trabecula.reason.expectations import Expectation, met, needed
from trabecula.reason.paths import search
from trabecula.reason.reliance import reliance

NAMES = "uvwxyz"
ENTITIES = [Entity(id=name, name=name, category="process") for name in NAMES]
READ = Evidence(source="a", strength="direct")
AGAINST = Evidence(source="b", stance="disputes", strength="direct")


def edge(line: str, *rows: Evidence) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,))


def compared_graphs(old: Graph, new: Graph, steps: int = STEPS) -> Comparison:
    both = old.entities.keys() & new.entities.keys()
    return compared(old.influence, new.influence, both, steps)


def relying(some: Graph, steps: int = STEPS) -> dict[str, int]:
    """Reliance by the ids of the statements."""
    return {
        some.columns.ids[n]: count for n, count in reliance(some.influence, steps).pairs.items()
    }


def hanging(some: Graph, expectation: Expectation) -> tuple[str, ...]:
    """The ids of the statements on which an expectation hangs."""
    return tuple(map(some.columns.ids.__getitem__, needed(some.influence, expectation)))


def graph(*lines: str) -> Graph:
    return Graph([*ENTITIES, *map(edge, lines)])


def expected(start: str, sign: str, end: str, *, must: bool = True, steps: int = 3) -> Expectation:
    return Expectation(
        start=start, end=end, sign=sign, must=must, steps=steps, why="", where="signed.tsv:2"
    )


_EDGES = st.builds(
    lambda s, p, o: edge(f"{s} {p} {o}"),
    st.sampled_from(NAMES),
    st.sampled_from(("increases", "inhibits", "requires", "affects", "part_of")),
    st.sampled_from(NAMES),
)
_GRAPHS = st.builds(lambda edges: Graph([*ENTITIES, *edges]), st.lists(_EDGES, max_size=12))


def _verdicts(some: Graph, steps: int) -> dict[tuple[str, str], str]:
    """The verdict for every ordered pair, from all its paths one by one."""
    return {
        (a, b): verdict(path.sign for path in search(some.influence, a, b, steps).paths)
        for a in NAMES
        for b in NAMES
        if a != b
    }


@given(_GRAPHS, _GRAPHS)
def test_all_pairs_that_changed_are_found_and_no_others(old: Graph, new: Graph) -> None:
    before, after = _verdicts(old, 3), _verdicts(new, 3)
    found = {(c.start, c.end): (a, b) for c, a, b in compared_graphs(old, new).changed}
    assert found == {
        pair: (before[pair], after[pair]) for pair in before if before[pair] != after[pair]
    }


def test_equal_graphs_are_not_searched_at_all() -> None:
    some = graph("x increases y", "y increases z")
    assert compared_graphs(some, some) == Comparison(())


def test_a_statement_that_came_to_be_refuted_connects_nothing_any_longer() -> None:
    old = graph("x increases y")
    new = Graph([*ENTITIES, edge("x increases y", AGAINST)])
    changed = [(c.start, c.end, was, now) for c, was, now in compared_graphs(old, new).changed]
    assert changed == [("x", "y", "increases", "no path")]


@given(_GRAPHS)
def test_reliance_is_what_removing_the_statement_disconnects(some: Graph) -> None:
    steps = 3
    whole = {pair for pair, said in _verdicts(some, steps).items() if said != "no path"}
    lost = {}
    for key in some.statements:
        rest = Graph([*ENTITIES, *(s for s in some.statements.values() if s.id != key)])
        left = {pair for pair, said in _verdicts(rest, steps).items() if said != "no path"}
        lost[key] = len(whole - left)
    assert relying(some, steps) == {key: number for key, number in lost.items() if number}


def test_two_statements_between_the_same_entities_rely_on_neither() -> None:
    # u - v is doubled; v - w is not: v-w and u-w rely on it.
    some = graph("u increases v", "u inhibits v", "v increases w")
    assert relying(some) == {edge("v increases w").id: 2}


def test_a_detour_within_the_steps_takes_the_reliance_away_and_a_longer_one_does_not() -> None:
    direct, detour = "x increases z", ("x increases u", "u increases v", "v increases z")
    assert edge(direct).id not in relying(graph(direct, *detour), 3)
    assert relying(graph(direct, *detour), 2)[edge(direct).id] == 1


def test_an_expectation_hangs_on_the_statements_that_all_its_chains_share() -> None:
    # x lowers z by u and by v; both go by way of w.
    some = graph("x increases u", "x increases v", "u increases w", "v increases w", "w inhibits z")
    assert hanging(some, expected("x", "-", "z")) == (edge("w inhibits z").id,)


def test_what_is_not_met_or_must_not_be_hangs_on_nothing() -> None:
    some = graph("x increases y")
    assert met(some.influence, expected("x", "-", "y", must=False))
    assert hanging(some, expected("x", "-", "y", must=False)) == ()
    assert not met(some.influence, expected("x", "-", "y"))
    assert hanging(some, expected("x", "-", "y")) == ()


def test_an_expectation_of_an_unknown_entity_is_not_met() -> None:
    assert not met(graph("x increases y").influence, expected("x", "+", "nobody", must=False))
