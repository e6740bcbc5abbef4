"""The core of a graph is the part that most holds together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import networkx as nx

from trabecula.columns import columns_of
from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.reason.core import CORE, SMALL, core
from trabecula.vocabulary import PREDICATES


def says(subject: str, object_: str, sources: int = 1, predicate: str = "increases") -> Statement:
    rows = tuple(Evidence(source=f"s{n}", strength="direct") for n in range(sources))
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)


def followed(statement: Statement) -> bool:
    return bool(columns_of([statement]).followed[0])


def pairs(statements: Iterable[Statement]) -> set[tuple[str, str]]:
    return {(s.subject, s.object) for s in statements}


def tail(start: str, count: int) -> list[Statement]:
    """A chain that hangs on an entity and holds nothing together."""
    names = [start, *(f"{start}{n}" for n in range(count))]
    return [says(a, b) for a, b in pairwise(names)]


def test_a_small_graph_is_its_own_core(tiny: Graph) -> None:
    assert core(tiny.columns) == tuple(tiny.statements.values())


def test_the_core_is_where_the_graph_is_densest() -> None:
    clique = [says(a, b, 3, "regulates") for a in "abcdefgh" for b in "abcdefgh" if a < b]
    graph = Graph([*clique, *tail("a", 40), *tail("h", 40)])
    found = core(graph.columns)
    assert pairs(clique) <= pairs(found)
    assert len({end for s in found for end in (s.subject, s.object)}) <= CORE


def test_the_core_of_the_shipped_graph_is_supported_influence_in_one_piece(shipped: Graph) -> None:
    found = core(shipped.columns)
    joined = nx.Graph([(s.subject, s.object) for s in found])
    assert {shipped.status(s) for s in found} == {"supported"}
    assert {PREDICATES[s.predicate].kind for s in found} <= {"changes", "needs"}
    assert all(followed(s) for s in found)
    assert joined.number_of_edges() == len(found)  # one statement a pair
    assert joined.number_of_nodes() <= CORE
    assert 1.5 * joined.number_of_nodes() < len(found) <= 3 * joined.number_of_nodes()
    assert nx.is_connected(joined)
    # What calcium and bone are regulated by, in any textbook.
    assert {"blood-calcium", "calcitriol", "parathyroid-hormone", "bone-resorption"} <= set(joined)


def test_where_nothing_is_supported_what_is_asserted_stands_in() -> None:
    said = [
        Statement(subject=f"a{n}", predicate="activates", object=f"a{n + 1}") for n in range(60)
    ]
    assert 0 < len(core(Graph(said).columns)) <= CORE


def test_where_nothing_acts_the_best_known_statements_open_the_page() -> None:
    parts = [says(f"p{n}", "whole", 1 + (n == 7), "part_of") for n in range(90)]
    found = core(Graph(parts).columns)
    assert len(found) == SMALL
    assert ("p7", "whole") in pairs(found)


def test_the_core_does_not_depend_on_the_order_of_records(shipped: Graph) -> None:
    backwards = Graph([shipped.about, *list(shipped)[::-1]])
    assert core(backwards.columns) == core(shipped.columns)


def test_up_to_forty_eight_statements_are_all_shown() -> None:
    chain = tail("a", 48)
    assert core(Graph(chain).columns) == tuple(Graph(chain).statements.values())
    assert len(core(Graph(tail("a", 49)).columns)) < 49


def test_a_core_has_eighteen_entities() -> None:
    clique = [
        says(a, b) for a in map(str, range(100, 130)) for b in map(str, range(100, 130)) if a < b
    ]
    found = core(Graph(clique).columns)
    assert len({end for s in found for end in (s.subject, s.object)}) == 18


def knot(*more: Statement) -> set[tuple[str, str]]:
    """The core of a graph in which four things hold together, with more said of them."""
    ends = [("a", "b"), ("b", "c"), ("c", "d")]
    return pairs(core(Graph([*(says(*pair, 2) for pair in ends), *more, *tail("d", 60)]).columns))


def test_what_two_steps_no_worse_founded_tell_is_left_out() -> None:
    assert ("a", "c") not in knot(says("a", "c", 2))
    assert ("a", "c") in knot(says("a", "c", 3))
    assert ("a", "c") in knot(says("a", "c", 2, "decreases"))


def test_what_does_not_follow_from_all_that_is_said_of_the_two_is_left_out() -> None:
    other = Statement(
        subject="d", predicate="decreases", object="a",
        evidence=(Evidence(source="t1", strength="direct"), Evidence(source="t2", strength="direct")),
    )  # fmt: skip
    assert ("d", "a") in knot(other)
    assert ("d", "a") not in knot(other, says("d", "a", 2))


def rings(light: int, heavy: int) -> set[str]:
    """Which of two rings of twenty-four is the core, by the sources of each of their statements."""
    both = []
    for name, sources in (("a", light), ("b", heavy)):
        members = [f"{name}{n:02}" for n in range(24)]
        both += [
            says(one, other, sources)
            for one, other in zip(members, members[1:] + members[:1], strict=True)
        ]
    # More lines between the light ones: without the weight of sources they hold together better.
    both += [says(f"a{n:02}", f"a{n + 12:02}", light) for n in range(12)]
    return {s.subject[0] for s in core(Graph(both).columns)}


def test_sources_weigh_up_to_three_of_them() -> None:
    assert rings(1, 1) == {"a"}
    assert rings(1, 2) == {"b"}
    assert rings(3, 9) == {"a"}


def test_where_all_is_only_asserted_each_statement_counts_as_one_source() -> None:
    def said(one: str, other: str) -> Statement:
        return Statement(subject=one, predicate="increases", object=other)

    knot = [f"a{n:02}" for n in range(14)]
    chain = [f"t{n:02}" for n in range(40)]
    graph = Graph(
        [said(a, b) for a in knot for b in knot if a < b] + [said(a, b) for a, b in pairwise(chain)]
    )
    assert {end for s in core(graph.columns) for end in (s.subject, s.object)} == set(knot)


def test_names_of_one_state_are_not_part_of_what_acts() -> None:
    names = [says(f"n{n:02}", "thing", 3, "level_of") for n in range(60)]
    acts = [says("a", "b"), says("b", "c"), says("c", "a")]
    assert pairs(core(Graph([*names, *acts]).columns)) == {("a", "b"), ("b", "c"), ("c", "a")}
