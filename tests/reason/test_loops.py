"""Feedback loops: what counts as one, which sign it has, and that each is found exactly once."""

from __future__ import annotations

import math
import random
from itertools import permutations, product

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula.columns import columns_of
from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.model import Evidence, Source, Statement
from trabecula.reason.loops import Loop, loops
from trabecula.vocabulary import PREDICATES, WORDS

READ = Evidence(source="one", strength="direct")
READ_TOO = Evidence(source="two", strength="direct")
AGAINST = Evidence(source="two", stance="disputes", strength="direct")
SAID = Evidence(source="article", strength="asserted")


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, **more: bool) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,), **more
    )


def followed(statement: Statement) -> bool:
    return bool(columns_of([statement]).followed[0])


def shape(found: tuple[Loop, ...]) -> list[tuple[str, str]]:
    return [(loop.kind, " ".join(loop.entities)) for loop in found]


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
    assert shape(loops(graph.influence).found) == [("balancing", "a b"), ("reinforcing", "c d")]


def test_a_step_without_a_sign_leaves_the_loop_unknown_and_last() -> None:
    graph = Graph(
        [
            edge("a", "regulates", "b"),
            edge("b", "inhibits", "a"),
            edge("c", "increases", "d", SAID),
            edge("d", "increases", "c", SAID),
        ]
    )
    assert shape(loops(graph.influence).found) == [("reinforcing", "c d"), ("unknown", "a b")]


def test_influence_and_not_the_arrow_closes_a_loop() -> None:
    # b requires a: a acts on b. b increases a: closed. c requires d and c increases d: closed too.
    # e increases f and f requires e: both act from e on f, so nothing comes back.
    graph = Graph(
        [
            edge("b", "requires", "a"),
            edge("b", "increases", "a"),
            edge("e", "increases", "f"),
            edge("f", "requires", "e"),
        ]
    )
    assert shape(loops(graph.influence).found) == [("reinforcing", "a b")]


def test_two_names_of_one_state_are_no_feedback() -> None:
    # Lack causes low blood level, which is a low level of the thing: one state, three names.
    graph = Graph(
        [
            edge("lack", "deficiency_of", "thing"),
            edge("level", "level_of", "thing"),
            edge("lack", "decreases", "level"),
        ]
    )
    assert loops(graph.influence).found == ()


def test_a_loop_goes_through_the_names_of_a_state() -> None:
    # pth raises calcium; low calcium is the lack of it (-) and activates pth: + - + is balancing.
    graph = Graph(
        [
            edge("pth", "increases", "calcium"),
            edge("low", "deficiency_of", "calcium"),
            edge("low", "activates", "pth"),
        ]
    )
    assert shape(loops(graph.influence).found) == [("balancing", "calcium low pth")]


def test_what_acts_on_itself_is_a_loop_of_one_step() -> None:
    graph = Graph([edge("a", "activates", "a"), edge("b", "level_of", "b")])
    assert shape(loops(graph.influence).found) == [("reinforcing", "a")]


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
    assert loops(Graph([edge("a", "increases", "b"), back]).influence).found == ()


def test_a_loop_is_known_as_well_as_its_weakest_statement() -> None:
    weak = edge("b", "inhibits", "a", READ, AGAINST)
    graph = Graph([edge("a", "increases", "b", READ, READ_TOO), weak])
    (loop,) = loops(graph.influence).found
    assert loop.weakest.statement == graph.statements[weak.id]
    assert graph.status(loop.weakest.statement) == "contested"


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
    assert [entities for _, entities in shape(loops(graph.influence).found)] == [
        "h i",
        "f g",
        "c d e",
        "a b",
    ]


def test_parallel_statements_make_loops_of_their_own() -> None:
    graph = Graph(
        [edge("a", "increases", "b"), edge("a", "inhibits", "b"), edge("b", "increases", "a")]
    )
    assert sorted(shape(loops(graph.influence).found)) == [
        ("balancing", "a b"),
        ("reinforcing", "a b"),
    ]


def test_the_id_is_that_of_the_statements_alone() -> None:
    there, back = edge("a", "increases", "b"), edge("b", "inhibits", "a")
    one = loops(Graph([there, back]).influence).found[0]
    other = loops(
        Graph([edge("b", "inhibits", "a", SAID), there, edge("b", "increases", "c")]).influence
    )
    assert one.id == other.found[0].id
    assert one.iri == f"https://w3id.org/trabecula/loop/{one.id}"
    changed = loops(Graph([there, edge("b", "decreases", "a")]).influence).found[0]
    assert changed.id != one.id


# --- Bounds ---------------------------------------------------------------------------------


def complete(size: int) -> Graph:
    """Everything increases everything else."""
    names = [f"n{number}" for number in range(size)]
    return Graph([edge(a, "increases", b) for a in names for b in names if a != b])


def test_a_bounded_search_has_all_loops_of_a_length_or_none() -> None:
    # Of 5 entities: 10 loops of two steps, 20 of three, 30 of four, 24 of five.
    graph = complete(5)
    assert [len(loops(graph.influence, steps).found) for steps in (2, 3, 4, 5)] == [10, 30, 60, 84]
    for limit, many, upto in ((84, 84, 5), (83, 60, 4), (30, 30, 3), (29, 10, 2), (9, 0, 1)):
        found = loops(graph.influence, 5, limit=limit)
        assert (len(found.found), found.complete, found.steps) == (many, upto, 5)


def test_the_effort_bounds_the_search_too() -> None:
    found = loops(complete(8).influence, 8, effort=2_000)
    assert found.complete < found.steps
    assert all(len(loop.entities) <= found.complete for loop in found.found)
    assert len(found.found) == len(loops(complete(8).influence, found.complete).found)


@pytest.mark.parametrize("steps", [0, -1, 11])
def test_a_number_of_steps_that_means_nothing_is_refused(steps: int) -> None:
    with pytest.raises(SelectionError, match="give 1 to 10"):
        loops(complete(2).influence, steps)


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


def brute(graph: Graph, steps: int) -> set[frozenset[str]]:
    """Every ring of entities with every choice of statements that lead round it."""
    between: dict[tuple[str, str], list[Statement]] = {}
    for start in _NAMES:
        for statement, end in graph.influences(start):
            if followed(statement):
                between.setdefault((start, end), []).append(statement)
    found = set()
    for length in range(1, steps + 1):
        for ring in permutations(_NAMES, length):
            pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
            for choice in product(*(between.get(pair, []) for pair in pairs)):
                acting = [s for s in choice if PREDICATES[s.predicate].influence != "both"]
                if len(acting) >= 2 or (length == 1 and acting):
                    found.add(frozenset(s.id for s in choice))
    return found


@settings(deadline=None)
@given(_GRAPHS, st.integers(1, 5))
def test_loops_are_those_of_brute_force_each_once(graph: Graph, steps: int) -> None:
    found = loops(graph.influence, steps).found
    sets = [frozenset(s.id for s in loop.statements) for loop in found]
    assert len(sets) == len(set(sets))
    assert set(sets) == brute(graph, steps)
    for loop in found:
        ends = [step.end for step in loop.path.steps]
        assert [step.start for step in loop.path.steps] == [ends[-1], *ends[:-1]]
        assert loop.entities[0] == min(loop.entities)
        assert loop.sign == math.prod(WORDS.sign_of(s) for s in loop.statements)


@settings(deadline=None)
@given(_GRAPHS)
def test_rings_of_entities_are_the_simple_cycles_of_networkx(graph: Graph) -> None:
    acting = graph.only(
        s for s in graph.statements.values() if PREDICATES[s.predicate].influence != "both"
    )
    directed = nx.DiGraph()
    for start in acting.entities or _NAMES:
        directed.add_edges_from((start, end) for s, end in acting.influences(start) if followed(s))
    for bound in (2, 3, 5):
        cycles = {
            tuple(cycle[cycle.index(min(cycle)) :] + cycle[: cycle.index(min(cycle))])
            for cycle in nx.simple_cycles(directed, length_bound=bound)
        }
        assert {loop.entities for loop in loops(acting.influence, bound).found} == cycles


@settings(deadline=None)
@given(_GRAPHS, st.sampled_from(_NAMES))
def test_loops_through_an_entity_are_those_of_all_that_pass_it(graph: Graph, name: str) -> None:
    through = [loop.id for loop in loops(graph.influence, 5, through=name).found]
    assert through == [loop.id for loop in loops(graph.influence, 5).found if name in loop.entities]


@settings(deadline=None)
@given(_GRAPHS, st.sets(st.sampled_from(_NAMES)))
def test_loops_within_entities_are_those_of_all_that_leave_them_not(
    graph: Graph, names: set[str]
) -> None:
    within = [loop.id for loop in loops(graph.influence, 5, within=names).found]
    assert within == [
        loop.id for loop in loops(graph.influence, 5).found if names.issuperset(loop.entities)
    ]


@settings(deadline=None)
@given(st.lists(_STATEMENTS, min_size=1, max_size=14).map(Graph), st.randoms(use_true_random=False))
def test_without_a_statement_just_the_loops_over_it_are_gone(
    graph: Graph, draw: random.Random
) -> None:
    gone = draw.choice(list(graph.statements))
    after = loops(
        graph.only(s for s in graph.statements.values() if s.id != gone).influence, 5
    ).found
    kept = [
        loop.id
        for loop in loops(graph.influence, 5).found
        if gone not in {statement.id for statement in loop.statements}
    ]
    assert [loop.id for loop in after] == kept


@settings(deadline=None)
@given(st.lists(_STATEMENTS, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(
    statements: list[Statement], draw: random.Random
) -> None:
    shuffled = draw.sample(statements, len(statements))
    assert loops(Graph(statements).influence, 5) == loops(Graph(shuffled).influence, 5)


# --- The shipped graph ----------------------------------------------------------------------


def test_parathyroid_hormone_and_calcium_balance_each_other(shipped: Graph) -> None:
    found = loops(shipped.influence, 4, through="parathyroid-hormone").found
    calcium = [loop for loop in found if "blood-calcium" in loop.entities and loop.sign]
    # Little calcium in blood calls for the hormone, much of it holds secretion back.
    assert {loop.entities: loop.kind for loop in calcium} == {
        ("blood-calcium", "hypocalcemia", "parathyroid-hormone"): "balancing",
        ("blood-calcium", "calcium", "pth-secretion", "parathyroid-hormone"): "balancing",
    }


def test_calcitriol_and_its_activation_are_in_loops_with_magnesium(shipped: Graph) -> None:
    ids = {
        s.id for s in shipped.select("loop(calcitriol, 5) & object(magnesium)").statements.values()
    }
    assert {s.subject for s in map(shipped.statements.__getitem__, ids)} >= {
        "blood-magnesium",
        "calcidiol-1-monooxygenase-activity",
    }


def test_the_selector_takes_the_statements_of_the_loops() -> None:
    ring = [edge("a", "increases", "b"), edge("b", "inhibits", "a")]
    other = [edge("c", "increases", "d"), edge("d", "increases", "e"), edge("e", "increases", "c")]
    graph = Graph([*ring, *other, edge("b", "increases", "c"), Source(id="one")])
    everything = {s.id for s in (*ring, *other)}
    assert set(graph.select("loop()").statements) == everything


def test_the_selector_refuses_what_it_could_not_finish() -> None:
    graph = complete(12)
    with pytest.raises(SelectionError, match="too many loops to look for those of more than 4"):
        graph.select("loop()")
