"""The core of a graph is the part that most holds together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import networkx as nx

from trabecula.columns import columns_of
from trabecula.graph import Graph
from trabecula.model import About, Evidence, Statement
from trabecula.reason.conclusions import conclusions_of
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
    kept = core(graph.columns)
    assert pairs(clique) <= pairs(kept)
    assert len({end for s in kept for end in (s.subject, s.object)}) <= CORE


def without_focus(graph: Graph) -> Graph:
    return Graph([replace(graph.about, focus=()), *graph])


def test_the_core_of_the_shipped_graph_is_around_magnesium_and_bone(shipped: Graph) -> None:
    kept = core(shipped.columns)
    joined = nx.Graph([(s.subject, s.object) for s in kept])
    kinds = {PREDICATES[s.predicate].kind for s in kept}
    assert set(shipped.about.focus) == {"magnesium", "bone-mineral-density"} <= set(joined)
    assert {"changes", "names"} <= kinds <= {"changes", "needs", "names"}
    assert all(followed(s) for s in kept)
    assert nx.is_connected(joined)
    assert 10 < joined.number_of_nodes() <= CORE
    assert joined.number_of_nodes() < len(kept) <= SMALL
    # How the two hang together, in any textbook; which of it is drawn, a new row may change.
    between = {"parathyroid-hormone", "calcitriol", "blood-calcium", "bone-resorption"}
    assert len(between & set(joined)) >= 3
    conclusions = conclusions_of(shipped.columns)
    for s in kept:
        start, end = map(shipped.columns.number, (s.subject, s.object))
        if PREDICATES[s.predicate].influence == "reverse":
            start, end = end, start
        if PREDICATES[s.predicate].kind != "names":
            assert (conclusions.between(start, end, 1).sign or 0) == PREDICATES[s.predicate].sign


def test_the_core_without_a_focus_is_supported_influence_in_one_piece(shipped: Graph) -> None:
    graph = without_focus(shipped)
    kept = core(graph.columns)
    joined = nx.Graph([(s.subject, s.object) for s in kept])
    assert {graph.status(s) for s in kept} == {"supported"}
    assert {PREDICATES[s.predicate].kind for s in kept} <= {"changes", "needs"}
    assert all(followed(s) for s in kept)
    assert joined.number_of_edges() == len(kept)  # one statement a pair
    assert joined.number_of_nodes() <= CORE
    assert 1.5 * joined.number_of_nodes() < len(kept) <= 4 * joined.number_of_nodes()
    assert nx.is_connected(joined)
    # What calcium and bone are regulated by, in any textbook; a row more may move one of them out.
    regulation = {"blood-calcium", "calcitriol", "parathyroid-hormone", "bone-resorption"}
    assert len(regulation & set(joined)) >= 3


def test_where_nothing_is_supported_what_is_asserted_stands_in() -> None:
    chain = [
        Statement(subject=f"a{n}", predicate="activates", object=f"a{n + 1}") for n in range(60)
    ]
    assert 0 < len(core(Graph(chain).columns)) <= CORE


def test_where_nothing_acts_the_best_known_statements_open_the_page() -> None:
    parts = [says(f"p{n}", "whole", 1 + (n == 7), "part_of") for n in range(90)]
    kept = core(Graph(parts).columns)
    assert len(kept) == SMALL
    assert ("p7", "whole") in pairs(kept)


def test_the_core_does_not_depend_on_the_order_of_records(shipped: Graph) -> None:
    graph = without_focus(shipped)
    backwards = Graph([graph.about, *list(graph)[::-1]])
    assert core(backwards.columns) == core(graph.columns)


def test_up_to_forty_eight_statements_are_all_shown() -> None:
    chain = tail("a", 48)
    assert core(Graph(chain).columns) == tuple(Graph(chain).statements.values())
    assert len(core(Graph(tail("a", 49)).columns)) < 49


def test_a_core_has_eighteen_entities() -> None:
    clique = [
        says(a, b) for a in map(str, range(100, 130)) for b in map(str, range(100, 130)) if a < b
    ]
    kept = core(Graph(clique).columns)
    assert len({end for s in kept for end in (s.subject, s.object)}) == 18


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
            says(start, end, sources)
            for start, end in zip(members, members[1:] + members[:1], strict=True)
        ]
    # More lines between the light ones: without the weight of sources they hold together better.
    both += [says(f"a{n:02}", f"a{n + 12:02}", light) for n in range(12)]
    return {s.subject[0] for s in core(Graph(both).columns)}


def test_sources_weigh_up_to_three_of_them() -> None:
    assert rings(1, 1) == {"a"}
    assert rings(1, 2) == {"b"}
    assert rings(3, 9) == {"a"}


def test_where_all_is_only_asserted_each_statement_counts_as_one_source() -> None:
    def asserted(start: str, end: str) -> Statement:
        return Statement(subject=start, predicate="increases", object=end)

    knot = [f"a{n:02}" for n in range(14)]
    chain = [f"t{n:02}" for n in range(40)]
    graph = Graph(
        [asserted(a, b) for a in knot for b in knot if a < b]
        + [asserted(a, b) for a, b in pairwise(chain)]
    )
    assert {end for s in core(graph.columns) for end in (s.subject, s.object)} == set(knot)


def test_names_of_one_state_are_not_part_of_what_acts() -> None:
    names = [says(f"n{n:02}", "thing", 3, "level_of") for n in range(60)]
    acts = [says("a", "b"), says("b", "c"), says("c", "a")]
    assert pairs(core(Graph([*names, *acts]).columns)) == {("a", "b"), ("b", "c"), ("c", "a")}


# --- Around what a graph is about -----------------------------------------------------------

#: Denser than anything around `lack` and `end`.
ELSEWHERE = [says(f"k{a}", f"k{b}", 3, "regulates") for a in range(12) for b in range(a)]


def around(*more: Statement, focus: tuple[str, ...] = ("iron", "end")) -> list[Statement]:
    """The core of a graph with a dense part, more statements, and something that it is about."""
    return list(core(Graph([About(focus=focus), *ELSEWHERE, *more]).columns))


def ends(statements: Iterable[Statement]) -> set[str]:
    return {end for s in statements for end in (s.subject, s.object)}


def star(centre: str, count: int) -> list[Statement]:
    """More beside an entity than a core has room for."""
    return [says(centre, f"{centre}-{number:02}") for number in range(count)]


def test_what_a_graph_is_about_is_in_its_core_though_it_is_denser_elsewhere() -> None:
    path = [says("iron", "a"), says("a", "b"), says("b", "end")]
    assert ends(around(*path, focus=())) == {f"k{number}" for number in range(12)}
    kept = around(*path, *star("iron", 40), *star("end", 40))
    assert {"iron", "a", "b", "end"} <= ends(kept)
    assert len(ends(kept)) == CORE
    assert nx.is_connected(nx.Graph(pairs(kept)))


def test_no_more_is_kept_of_two_that_lie_far_apart_than_what_is_between() -> None:
    far = [says(f"p{n:02}", f"p{n + 1:02}") for n in range(30)]
    assert pairs(around(*far, focus=("p00", "p30"))) == pairs(far)
    assert len(ends(around(*far, focus=("p00",)))) == CORE


def test_of_two_that_nothing_joins_the_part_with_more_around_it_is_shown() -> None:
    kept = around(*star("iron", 30), *star("end", 20))
    assert "iron" in ends(kept)
    assert "end" not in ends(kept)


def test_what_the_graph_does_not_have_or_nothing_acts_on_is_no_focus() -> None:
    anywhere = around(focus=())
    assert around(focus=("nobody",)) == anywhere
    part = says("iron", "whole", predicate="part_of")
    assert around(part, focus=("iron", "nobody")) == anywhere


def test_names_of_one_quantity_are_tied_and_only_those_that_are_shown() -> None:
    names = [
        says("lack", "iron", predicate="deficiency_of"), says("plenty", "iron", predicate="excess_of"),
        says("blood", "iron", predicate="level_of"), says("low-blood", "blood", predicate="deficiency_of"),
    ]  # fmt: skip
    acts = [
        says("low-blood", "a", 2, "decreases"),
        says("a", "end", 2),
        says("lack", "end", 3, "causes"),
    ]
    kept = around(*names, *acts, *star("a", 30))
    shown = {s.id for s in kept}
    assert {names[0].id, names[2].id, names[3].id} <= shown  # the way from low-blood to iron
    assert names[1].id not in shown
    assert len(ends(kept)) <= CORE
    assert nx.is_connected(nx.Graph(pairs(kept)))


def test_a_lack_is_not_told_by_what_an_excess_does() -> None:
    names = [
        says("lack", "iron", predicate="deficiency_of"),
        says("plenty", "iron", predicate="excess_of"),
    ]
    direct, other = says("lack", "end", 2, "decreases"), says("lack", "a", 3, "decreases")
    last = says("a", "end", 3)
    assert direct not in around(*names, direct, other, last)
    excess = says("plenty", "a", 3, "increases")
    assert direct in around(*names, direct, excess, last)


def test_of_several_statements_of_two_quantities_the_best_known_is_shown_each_way() -> None:
    names = [says("lack", "iron", predicate="deficiency_of")]
    weak, strong = says("iron", "end", 4), says("lack", "end", 5, "decreases")
    back = says("end", "iron", 1, "decreases")
    kept = around(*names, weak, strong, back)
    assert strong in kept
    assert weak not in kept
    assert back in kept
    same = says("iron", "end", 5)  # as well known, by the name that the graph is about
    assert same in around(*names, same, strong, back)


def test_around_what_a_graph_is_about_are_no_more_statements_than_a_small_graph_has() -> None:
    near = [
        says(f"n{a:02}", f"n{b:02}", 1 + (a + b) % 3, ("increases", "decreases")[(a * b) % 2])
        for a in range(20) for b in range(a)
    ]  # fmt: skip
    kept = around(*near, focus=("n03", "n07"))
    assert {"n03", "n07"} <= ends(kept)
    assert len(kept) <= SMALL


def test_the_core_around_a_focus_does_not_depend_on_the_order_of_records(shipped: Graph) -> None:
    backwards = Graph([shipped.about, *list(shipped)[::-1]])
    assert shipped.about.focus
    assert core(backwards.columns) == core(shipped.columns)
