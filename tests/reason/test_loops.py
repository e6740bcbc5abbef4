"""Feedback loops: what counts as one, which sign it has, and that each is found exactly once."""

from __future__ import annotations

import random
from itertools import permutations, product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula.columns import columns_of
from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.model import About, Evidence, Source, Statement
from trabecula.quantities import quantities_of
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.loops import GROUNDS, Loop, loops
from trabecula.vocabulary import PREDICATES

READ = Evidence(source="one", strength="direct")
READ_TOO = Evidence(source="two", strength="direct")
AGAINST = Evidence(source="two", stance="disputes", strength="direct")
PEOPLE = Evidence(source="three", strength="direct", species="human")
SAID = Evidence(source="article", strength="asserted")


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, **more: bool) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,), **more
    )


def followed(statement: Statement) -> bool:
    return bool(columns_of([statement]).followed[0])


def shape(listed: tuple[Loop, ...]) -> list[tuple[str, str]]:
    return [(loop.kind, " ".join(loop.entities)) for loop in listed]


# --- Worked by hand -------------------------------------------------------------------------


def test_a_loop_with_one_inhibition_is_balancing_and_one_with_two_is_reinforcing() -> None:
    graph = Graph(
        [
            # a raises b, b lowers a: + times - is -.
            edge("a", "increases", "b"),
            edge("b", "inhibits", "a"),
            # c and d inhibit each other: - times - is +, the toggle switch.
            edge("c", "inhibits", "d"),
            edge("d", "decreases", "c"),
        ]
    )
    assert shape(loops(graph.columns).loops) == [("balancing", "a b"), ("reinforcing", "c d")]


def test_a_step_without_a_sign_leaves_the_loop_unknown_and_what_the_article_says_is_last() -> None:
    graph = Graph(
        [
            edge("a", "regulates", "b"),
            edge("b", "inhibits", "a"),
            edge("c", "increases", "d", SAID),
            edge("d", "increases", "c", SAID),
            edge("e", "increases", "f"),
            edge("f", "increases", "e"),
        ]
    )
    assert shape(loops(graph.columns).loops) == [
        ("reinforcing", "e f"),
        ("unknown", "a b"),
        ("reinforcing", "c d"),
    ]


def test_influence_and_not_the_arrow_closes_a_loop() -> None:
    # b requires a: a acts on b. b increases a: closed.
    # e increases f and f requires e: both act from e on f, so nothing comes back.
    graph = Graph(
        [
            edge("b", "requires", "a"),
            edge("b", "increases", "a"),
            edge("e", "increases", "f"),
            edge("f", "requires", "e"),
        ]
    )
    (loop,) = loops(graph.columns).loops
    assert (loop.kind, loop.entities, loop.only, loop.at) == (
        "reinforcing",
        ("a", "b"),
        "fall",
        "a",
    )
    assert [step.need for step in loop.steps] == [True, False]


def test_two_names_of_one_quantity_are_no_feedback() -> None:
    # Lack causes low blood level, which is a low level of the thing: one quantity, three names.
    graph = Graph(
        [
            edge("lack", "deficiency_of", "thing"),
            edge("level", "level_of", "thing"),
            edge("lack", "decreases", "level"),
        ]
    )
    assert loops(graph.columns).loops == ()


#: pth raises calcium; low calcium, the lack of it (-), activates pth: + - is balancing.
CALCIUM = (
    edge("pth", "increases", "calcium"),
    edge("low", "deficiency_of", "calcium"),
    edge("low", "activates", "pth"),
)


def test_a_loop_goes_by_the_quantity_whatever_its_names() -> None:
    (loop,) = loops(Graph(CALCIUM).columns).loops
    assert (loop.kind, loop.entities) == ("balancing", ("calcium", "pth"))
    # What is said of the lack holds where it falls, and that calcium in excess lowers pth is not.
    assert (loop.only, loop.at) == ("fall", "calcium")
    # A second name makes no second loop, and its statement is one more premise of the first.
    more = Graph([*CALCIUM, edge("level", "level_of", "calcium"), edge("pth", "causes", "level")])
    (again,) = loops(more.columns).loops
    assert again.id == loop.id
    assert [len(step.statements) for step in again.steps] == [1, 2]
    assert loops(more.columns, through="low").loops == (again,)


def test_a_loop_that_a_rise_and_a_fall_come_round_by_other_statements_is_of_both() -> None:
    graph = Graph([*CALCIUM, edge("calcium", "inhibits", "pth")])
    (loop,) = loops(graph.columns).loops
    assert (loop.kind, loop.only, loop.at) == ("balancing", "", "")


def test_what_is_said_of_a_fall_and_of_a_rise_closes_no_loop() -> None:
    # What lowers pth is too much calcium, and what raises calcium is too little pth: no change
    # passes both, for a rise of calcium makes too little pth, and that makes more calcium ...
    high = edge("high", "excess_of", "calcium"), edge("high", "inhibits", "pth")
    lack = edge("lack", "deficiency_of", "pth")
    (loop,) = loops(Graph([*high, lack, edge("lack", "decreases", "calcium")]).columns).loops
    assert (loop.kind, loop.only, loop.at) == ("balancing", "rise", "calcium")
    # ... whereas too little pth that raises calcium would need a fall of calcium to come round.
    pair = Graph([*high, edge("more", "excess_of", "pth"), edge("more", "decreases", "calcium")])
    assert [loop.only for loop in loops(pair.columns).loops] == []


def test_a_shortfall_that_comes_round_as_a_rise_is_no_further_need() -> None:
    # z needs x and lowers y, y is needed by x: less x, less z, more y, which x is not helped by.
    graph = Graph(
        [edge("z", "requires", "x"), edge("z", "inhibits", "y"), edge("x", "requires", "y")]
    )
    (loop,) = loops(graph.columns).loops
    # Less y, less x, less z: then y rises again. Balancing, from y on.
    assert (loop.kind, loop.only, loop.at) == ("balancing", "fall", "y")
    two = [edge("a", "inhibits", "b"), edge("c", "requires", "b"), edge("c", "inhibits", "d"),
           edge("a", "requires", "d")]  # fmt: skip
    # Less b, less c, more d: a needs no more. Less d, less a, more b: c needs no more either.
    assert loops(Graph(two).columns).loops == ()


@pytest.mark.parametrize("uses", ["has_input", "converts_to", "develops_into"])
def test_what_uses_up_where_it_starts_from_closes_no_reinforcing_loop(uses: str) -> None:
    away = edge("b", "has_input", "a") if uses == "has_input" else edge("a", uses, "b")
    assert loops(Graph([away, edge("b", "activates", "a")]).columns).loops == ()
    (loop,) = loops(Graph([away, edge("b", "inhibits", "a")]).columns).loops
    assert loop.kind == "balancing"
    # Where somebody says that the one raises the other besides, that decides as well.
    both = Graph([away, edge("a", "activates", "b"), edge("b", "activates", "a")])
    assert shape(loops(both.columns).loops) == ([("reinforcing", "a b")])


def test_what_was_only_observed_together_closes_no_loop() -> None:
    seen = Evidence(source="one", strength="association")
    graph = Graph([edge("a", "increases", "b", seen), edge("b", "increases", "a")])
    assert loops(graph.columns).loops == ()


def test_nothing_leads_on_from_what_has_no_direction() -> None:
    ring = [edge("a", "increases", "b"), edge("b", "increases", "a")]
    assert len(loops(Graph(ring).columns).loops) == 1
    assert loops(Graph([About(directionless=("b",)), *ring]).columns).loops == ()


def test_the_better_tier_decides_a_step() -> None:
    # The article says that b raises a, and a paper that it lowers it: one balancing loop.
    graph = Graph(
        [edge("a", "increases", "b"), edge("b", "increases", "a", SAID), edge("b", "inhibits", "a")]
    )
    assert shape(loops(graph.columns).loops) == [("balancing", "a b")]


@pytest.mark.parametrize(
    "back",
    [
        edge("b", "inhibits", "a", negated=True),
        edge("b", "inhibits", "a", AGAINST),
        edge("b", "negatively_correlated_with", "a"),
        edge("b", "part_of", "a"),
    ],
)
def test_negated_refuted_correlated_and_structural_statements_close_no_loop(
    back: Statement,
) -> None:
    assert loops(Graph([edge("a", "increases", "b"), back]).columns).loops == ()


def test_a_loop_is_known_as_well_as_its_weakest_statement() -> None:
    weak = edge("b", "inhibits", "a", READ, AGAINST)
    graph = Graph([edge("a", "increases", "b", READ, READ_TOO), weak])
    (loop,) = loops(graph.columns).loops
    assert loop.weakest.statements == (graph.statements[weak.id],)
    assert (loop.weakest.ground, loop.weakest.sources) == ("disputed", 1)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Evidence(source="x", strength="direct", species="human"), "measured-in-people"),
        (Evidence(source="x", strength="direct", species="rat"), "measured-elsewhere"),
        (Evidence(source="x", strength="review"), "reviewed"),
        (Evidence(source="x", strength="reference"), "defined"),
        (Evidence(source="x"), "read"),
        (Evidence(source="x", strength="title-only"), "unread"),
        (SAID, "article"),
    ],
)
def test_a_step_has_the_ground_of_the_best_that_says_so(row: Evidence, expected: str) -> None:
    graph = Graph([edge("a", "increases", "b", row), edge("b", "inhibits", "a", PEOPLE)])
    assert loops(graph.columns).loops[0].weakest.ground == expected


def test_the_grounds_are_told_from_the_best_to_the_worst() -> None:
    assert GROUNDS == (
        "measured-in-people", "measured-elsewhere", "measured", "reviewed", "defined", "computed",
        "observed", "curated", "read", "disputed", "unread", "article",
    )  # fmt: skip


def test_the_better_known_come_first_then_the_shorter_then_those_with_more_sources() -> None:
    def ring(names: str, *rows: Evidence) -> list[Statement]:
        return [
            edge(a, "increases", b, *rows) for a, b in zip(names, names[1:] + names[0], strict=True)
        ]

    graph = Graph(
        [
            *ring("ab", SAID),
            *ring("cde", READ, READ_TOO),
            *ring("fg", READ),
            *ring("hi", READ, READ_TOO),
        ]
    )
    assert [entities for _, entities in shape(loops(graph.columns).loops)] == [
        "h i",
        "f g",
        "c d e",
        "a b",
    ]


def test_two_statements_of_opposite_signs_leave_the_step_unknown() -> None:
    graph = Graph(
        [edge("a", "increases", "b"), edge("a", "inhibits", "b"), edge("b", "increases", "a")]
    )
    (loop,) = loops(graph.columns).loops
    assert shape((loop,)) == [("unknown", "a b")]
    assert [len(step.statements) for step in loop.steps] == [2, 1]


def test_the_id_is_that_of_the_quantities_and_the_kind() -> None:
    there, back = edge("a", "increases", "b"), edge("b", "inhibits", "a")
    loop = loops(Graph([there, back]).columns).loops[0]
    same = loops(Graph([there, edge("b", "decreases", "a", SAID)]).columns).loops[0]
    assert loop.id == same.id
    assert loop.iri == f"https://w3id.org/trabecula/loop/{loop.id}"
    turned = loops(Graph([there, edge("b", "increases", "a")]).columns).loops[0]
    assert turned.id != loop.id


# --- Bounds ---------------------------------------------------------------------------------


def complete(size: int) -> Graph:
    """Everything increases everything else."""
    names = [f"n{number}" for number in range(size)]
    return Graph([edge(a, "increases", b) for a in names for b in names if a != b])


def test_a_bounded_search_has_all_loops_of_a_length_or_none() -> None:
    # Of 5 entities: 10 loops of two steps, 20 of three, 30 of four, 24 of five.
    graph = complete(5)
    assert [len(loops(graph.columns, steps).loops) for steps in (2, 3, 4, 5)] == [10, 30, 60, 84]
    for limit, many, upto in ((84, 84, 5), (83, 60, 4), (30, 30, 3), (29, 10, 2), (9, 0, 1)):
        answer = loops(graph.columns, 5, limit=limit)
        assert (len(answer.loops), answer.complete, answer.steps) == (many, upto, 5)


def test_the_effort_bounds_the_search_too() -> None:
    answer = loops(complete(8).columns, 8, effort=2_000)
    assert answer.complete < answer.steps
    assert all(len(loop.entities) <= answer.complete for loop in answer.loops)
    assert len(answer.loops) == len(loops(complete(8).columns, answer.complete).loops)


@pytest.mark.parametrize("steps", [0, -1, 11])
def test_a_number_of_steps_that_means_nothing_is_refused(steps: int) -> None:
    with pytest.raises(SelectionError, match="give 1 to 10"):
        loops(complete(2).columns, steps)


# --- Against brute force and networkx -------------------------------------------------------

_NAMES = "abcde"
_PREDICATES = (
    "increases",
    "inhibits",
    "requires",
    "regulates",
    "part_of",
    "deficiency_of",
    "level_of",
)
_STATEMENTS = st.builds(
    lambda subject, predicate, object_, negated: edge(subject, predicate, object_, negated=negated),
    st.sampled_from(_NAMES),
    st.sampled_from(_PREDICATES),
    st.sampled_from(_NAMES),
    st.sampled_from((False, False, False, True)),
)
_GRAPHS = st.lists(_STATEMENTS, max_size=14).map(Graph)


def decided(conclusions: Conclusions, start: int, end: int, way: int) -> int | None:
    """The sign of what decides between two quantities if the first goes one way."""
    link = conclusions.links(start, way).get(end)
    if link is not None:
        return link.sign
    unsigned = (s for s in conclusions.sayings.of(start) if s.end == end and s.kind == "changes")
    return 0 if any(not saying.sign for saying in unsigned) else None


def brute(graph: Graph, steps: int) -> set[tuple[tuple[str, ...], int]]:
    """Every ring of quantities, with each sign with which some change of one of them comes round.

    What only uses up is not drawn in these graphs.
    """
    conclusions = Conclusions(graph.columns)
    rings = set()
    quantities = sorted(set(conclusions.quantities.of))
    for length in range(2, steps + 1):
        for ring in permutations(quantities, length):
            if ring[0] != min(ring):
                continue
            signs = set()
            for at, first in product(range(length), (1, -1)):
                ways, sign = {first}, 1
                for start in (*ring[at:], *ring[:at]):
                    end = ring[(ring.index(start) + 1) % length]
                    taken = [
                        s
                        for way in ways
                        if (s := decided(conclusions, start, end, way)) is not None
                    ]
                    if not taken:
                        break
                    # In an unknown direction it passes by whatever is said of either.
                    sign *= taken[0]
                    ways = {way * taken[0] for way in ways} if sign else {1, -1}
                else:
                    signs.add(sign)
            names = tuple(graph.columns.entities[number] for number in ring)
            rings |= {(names, sign) for sign in signs - {0} or signs}
    return rings


@settings(deadline=None)
@given(_GRAPHS, st.integers(1, 5))
def test_loops_are_those_of_brute_force_each_once(graph: Graph, steps: int) -> None:
    listed = loops(graph.columns, steps).loops
    assert len({loop.id for loop in listed}) == len(listed)
    assert {(loop.entities, loop.sign) for loop in listed} == brute(graph, steps)
    for loop in listed:
        ends = [step.end for step in loop.steps]
        assert [step.start for step in loop.steps] == [ends[-1], *ends[:-1]]
        assert loop.entities[0] == min(loop.entities)


@settings(deadline=None)
@given(_GRAPHS)
def test_rings_of_changes_are_the_simple_cycles_of_networkx(graph: Graph) -> None:
    changes = [s for s in graph.statements.values() if PREDICATES[s.predicate].kind == "changes"]
    acting = Graph(changes)
    directed = nx.DiGraph()
    directed.add_edges_from(
        (s.subject, s.object) for s in changes if followed(s) and s.subject != s.object
    )
    for bound in (2, 3, 5):
        cycles = {
            tuple(cycle[cycle.index(min(cycle)) :] + cycle[: cycle.index(min(cycle))])
            for cycle in nx.simple_cycles(directed, length_bound=bound)
        }
        assert {loop.entities for loop in loops(acting.columns, bound).loops} == cycles


@settings(deadline=None)
@given(_GRAPHS, st.sampled_from(_NAMES))
def test_loops_through_a_quantity_are_those_of_all_that_pass_it(graph: Graph, name: str) -> None:
    columns = graph.columns
    number = columns.number(name)
    stands = columns.entities[quantities_of(columns).of[number]] if number >= 0 else name
    through = [loop.id for loop in loops(columns, 5, through=name).loops]
    assert through == [loop.id for loop in loops(columns, 5).loops if stands in loop.entities]


@settings(deadline=None)
@given(_GRAPHS, st.sets(st.sampled_from(_NAMES)))
def test_loops_within_entities_are_those_of_all_that_leave_their_quantities_not(
    graph: Graph, names: set[str]
) -> None:
    columns = graph.columns
    of, numbers = quantities_of(columns).of, map(columns.number, names)
    inside = {columns.entities[of[number]] for number in numbers if number >= 0}
    within = [loop.id for loop in loops(columns, 5, within=names).loops]
    assert within == [
        loop.id for loop in loops(columns, 5).loops if inside.issuperset(loop.entities)
    ]


@settings(deadline=None)
@given(st.lists(_STATEMENTS, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(
    statements: list[Statement], draw: random.Random
) -> None:
    shuffled = draw.sample(statements, len(statements))
    assert loops(Graph(statements).columns, 5) == loops(Graph(shuffled).columns, 5)


# --- The shipped graph ----------------------------------------------------------------------


def test_parathyroid_hormone_and_calcium_balance_each_other(shipped: Graph) -> None:
    listed = loops(shipped.columns, 4, through="hypocalcemia").loops
    hormone = [loop for loop in listed if "parathyroid-hormone" in loop.entities]
    # Little calcium in blood calls for the hormone, much of it holds secretion back; and the
    # hormone raises calcium. Whatever the names, it is balancing; longer ways about are others.
    short = [loop for loop in hormone if len(loop.entities) == 2]
    assert {loop.kind for loop in short} == {"balancing"}
    assert ("blood-calcium", "parathyroid-hormone") in {loop.entities for loop in short}
    assert any(loop.weakest.ground != "article" for loop in short)


def test_no_loop_of_the_shipped_graph_turns_on_what_uses_itself_up(shipped: Graph) -> None:
    listed = loops(shipped.columns).loops
    assert ("osteoblast", "osteocyte") not in {loop.entities for loop in listed}
    conclusions = Conclusions(shipped.columns)
    endless = {shipped.columns.entities[number] for number in conclusions.directionless}
    assert [loop for loop in listed if not endless.isdisjoint(loop.entities)] == []


def test_those_on_the_article_alone_are_the_last_of_the_shipped_graph(shipped: Graph) -> None:
    grounds = [loop.weakest.ground == "article" for loop in loops(shipped.columns).loops]
    assert grounds == sorted(grounds)
    assert not grounds[0]


def test_calcitriol_and_its_activation_are_in_loops_with_magnesium(shipped: Graph) -> None:
    ids = set(shipped.select("loop(calcitriol, 5) & object(magnesium)").statements)
    assert "calcidiol-1-monooxygenase-activity" in {shipped.statements[i].subject for i in ids}


def test_the_selector_takes_the_statements_of_the_loops() -> None:
    ring = [edge("a", "increases", "b"), edge("b", "inhibits", "a")]
    other = [edge("c", "increases", "d"), edge("d", "increases", "e"), edge("e", "increases", "c")]
    graph = Graph([*ring, *other, edge("b", "increases", "c"), Source(id="one")])
    everything = {s.id for s in (*ring, *other)}
    assert set(graph.select("loop()").statements) == everything


def test_the_selector_refuses_what_it_could_not_finish() -> None:
    # Of 16 entities: 120 loops of two steps, 1,120 of three and 10,920 of four.
    graph = complete(16)
    with pytest.raises(SelectionError, match="too many loops to look for those of more than 3"):
        graph.select("loop()")
