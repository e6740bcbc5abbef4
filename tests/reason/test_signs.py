"""Signs along chains of statements, compared with every chain there is, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations, product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.reason.signs import chains, compose
from trabecula.vocabulary import PREDICATES

ENTITIES = ("a", "b", "c", "d", "e")
DISPUTED = (Evidence(source="paper", stance="disputes", strength="direct"),)
SUPPORTED = (Evidence(source="paper", strength="direct"),)
DENIED = (Evidence(source="article", stance="disputes", strength="asserted"),)


def said(subject: str, predicate: str, object_: str, **more: object) -> Statement:
    return Statement(subject=subject, predicate=predicate, object=object_, **more)  # type: ignore[arg-type]


#: One of each kind: every sign, and every way in which influence flows.
PREDICATES_USED = (
    "increases",
    "decreases",
    "affects",
    "requires",
    "deficiency_of",
    "level_of",
    "part_of",
    "positively_correlated_with",
    "no-such-predicate",
)
statements = st.builds(
    Statement,
    subject=st.sampled_from(ENTITIES),
    predicate=st.sampled_from(PREDICATES_USED),
    object=st.sampled_from(ENTITIES),
    negated=st.booleans(),
    evidence=st.sampled_from(((), SUPPORTED, DISPUTED, DENIED, (*SUPPORTED, *DISPUTED))),
)


def link_signs(graph: Graph, actor: str, acted_on: str) -> list[int]:
    """The signs with which one statement leads from the one entity to the other."""
    found = []
    for statement in graph.statements.values():
        known = PREDICATES.get(statement.predicate)
        influence = known.influence if known else "forward"
        ways = {
            "forward": [(statement.subject, statement.object)],
            "reverse": [(statement.object, statement.subject)],
            "both": [
                (statement.subject, statement.object),
                (statement.object, statement.subject),
            ],
            "none": [],
        }[influence]
        sayable = not statement.negated and statement.evidence not in (DISPUTED, DENIED)
        if (actor, acted_on) in ways and sayable:
            found.append(known.sign if known else 0)
    return found


def every_sign(graph: Graph, start: str, end: str, steps: int) -> dict[int, int]:
    """Each sign that some chain has, with the length of the shortest: all chains are tried."""
    shortest: dict[int, int] = {}
    for passed, length in every_route(start, end, steps):
        links = [link_signs(graph, *pair) for pair in pairwise(passed)]
        for signs in product(*links):
            sign = compose(signs)
            shortest[sign] = min(length, shortest.get(sign, length))
    return shortest


def every_route(start: str, end: str, steps: int) -> Iterator[tuple[tuple[str, ...], int]]:
    between = [entity for entity in ENTITIES if entity not in (start, end)]
    for count in range(steps):
        for middle in permutations(between, count):
            if start != end:
                yield (start, *middle, end), count + 1


@settings(max_examples=300, deadline=None)
@given(st.lists(statements, max_size=12), st.sampled_from(ENTITIES), st.integers(1, 4))
@example([said("a", "increases", "b"), said("b", "decreases", "e")], "a", 2)
@example([said("a", "decreases", "b"), said("b", "deficiency_of", "e")], "a", 2)
@example([said("a", "increases", "b"), said("b", "increases", "a")], "b", 4)
@example([said("a", "increases", "e", evidence=DISPUTED)], "a", 4)
@example([said("a", "increases", "e", negated=True)], "a", 4)
def test_the_signs_are_those_of_all_chains_that_pass_no_entity_twice(
    records: list[Statement], start: str, steps: int
) -> None:
    graph = Graph(records)
    found = chains(graph.influence, start, "e", steps)
    assert {sign: len(chain) for sign, chain in found.items()} == every_sign(
        graph, start, "e", steps
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(statements, max_size=12), st.integers(1, 4))
@example([said("a", "requires", "b"), said("a", "decreases", "e")], 2)
def test_each_statement_of_a_chain_acts_on_what_the_next_one_starts_from(
    records: list[Statement], steps: int
) -> None:
    graph = Graph(records)
    for chain in chains(graph.influence, "a", "e", steps).values():
        reached = {"a"}
        for link in chain:
            acts = (pair for actor in reached for pair in graph.influences(actor))
            reached = {entity for statement, entity in acts if statement == link}
        assert "e" in reached


def test_signs_multiply_and_one_unknown_makes_all_unknown() -> None:
    assert [compose(signs) for signs in product((1, -1, 0), repeat=2)] == [
        1, -1, 0, -1, 1, 0, 0, 0, 0,
    ]  # fmt: skip
    assert compose([]) == 1


def test_nothing_acts_on_itself() -> None:
    to_b, back = said("a", "increases", "b"), said("b", "increases", "a")
    graph = Graph([said("a", "increases", "a"), to_b, back])
    assert chains(graph.influence, "a", "a", 4) == {}


def test_what_all_dispute_is_not_followed_unless_asked_for() -> None:
    graph = Graph([said("a", "increases", "b", evidence=DISPUTED)])
    assert chains(graph.influence, "a", "b", 1) == {}
    assert chains(graph.influence, "a", "b", 1, follow=b"\x01").keys() == {1}


def test_of_two_chains_of_one_sign_the_shorter_is_given() -> None:
    direct = said("a", "increases", "c")
    graph = Graph([direct, said("a", "decreases", "b"), said("b", "decreases", "c")])
    assert chains(graph.influence, "a", "c", 3) == {1: (direct,)}


def test_unknown_entities_act_on_nothing() -> None:
    assert chains(Graph().influence, "a", "b", 3) == {}
