"""Who acts on whom: which arcs a predicate makes, their order, and which of them are followed."""

from __future__ import annotations

import pytest

from trabecula.columns import columns_of
from trabecula.influence import AGAINST, DOWN, UP, WITH, Arcs, Influence
from trabecula.model import Statement


def influence(*lines: str) -> Influence:
    words = (line.split() for line in lines)
    statements = (Statement(subject=s, predicate=p, object=o) for s, p, o in words)
    return Influence(columns_of(statements))


def told(made: Influence, arcs: Arcs | None = None) -> list[tuple[str, str, int, int]]:
    """The arcs with the ids of their ends, their signs and kinds."""
    arcs = made.arcs if arcs is None else arcs
    named = made.columns.entities.__getitem__
    rows = zip(arcs.starts, arcs.ends, arcs.signs, arcs.kinds, strict=True)
    return [(named(start), named(end), sign, kind) for start, end, sign, kind in rows]


@pytest.mark.parametrize(
    ("predicate", "arcs"),
    [
        ("increases", [("a", "b", 1, WITH)]),
        ("inhibits", [("a", "b", -1, WITH)]),
        ("affects", [("a", "b", 0, WITH)]),
        # What is required acts on what requires it.
        ("requires", [("b", "a", 1, AGAINST)]),
        # Two names of one state act on each other.
        ("deficiency_of", [("a", "b", -1, WITH), ("b", "a", -1, AGAINST)]),
        ("level_of", [("a", "b", 1, WITH), ("b", "a", 1, AGAINST)]),
        # Correlation acts on nothing.
        ("positively_correlated_with", []),
        # Of structure only the way from a kind up has a sign.
        ("subclass_of", [("a", "b", 1, UP), ("b", "a", 0, DOWN)]),
        ("state_of", [("a", "b", 0, UP), ("b", "a", 0, DOWN)]),
        ("part_of", [("a", "b", 0, UP), ("b", "a", 0, DOWN)]),
        ("expressed_in", [("a", "b", 0, UP), ("b", "a", 0, DOWN)]),
    ],
)
def test_arcs_of_a_statement(predicate: str, arcs: list[tuple[str, str, int, int]]) -> None:
    assert told(influence(f"a {predicate} b")) == arcs


def test_a_thing_is_no_kind_of_itself_but_may_act_on_itself() -> None:
    assert told(influence("a subclass_of a")) == []
    assert told(influence("a increases a")) == [("a", "a", 1, WITH)]


def test_a_negated_statement_has_an_arc_without_a_sign() -> None:
    denied = Statement(subject="a", predicate="increases", object="b", negated=True)
    made = Influence(columns_of([denied]))
    assert told(made) == [("a", "b", 0, WITH)]
    assert told(made, made.followed) == []


MIXED = (
    "hub subclass_of whole",  # statement 0
    "low requires hub",  # 1
    "hub inhibits far",  # 2
    "hub increases near",  # 3
    "far increases hub",  # 4
    "hub requires low",  # 5
)


def test_arcs_from_an_entity_come_by_kind_and_then_in_the_order_of_the_graph() -> None:
    made = influence(*MIXED)
    hub = made.columns.number("hub")
    arcs = made.arcs
    assert [(arcs.kinds[arc], arcs.statements[arc]) for arc in arcs.of(hub)] == [
        (WITH, 2), (WITH, 3), (AGAINST, 1), (UP, 0),
    ]  # fmt: skip
    assert [made.columns.entities[end] for end in arcs.acted_on(hub)] == [
        "far", "near", "low", "whole",
    ]  # fmt: skip


def test_what_acts_is_told_without_structure_those_with_their_statement_first() -> None:
    made = influence(*MIXED, "kind subclass_of hub", "hub requires first")
    arcs, hub = made.arcs, made.columns.number("hub")
    assert [arcs.statements[arc] for arc in made.acted_on(hub)] == [2, 3, 1]
    assert [arcs.statements[arc] for arc in made.acting(hub)] == [4, 5, 7]
    # Against the statement come last, wherever they stand in the graph.
    turned = influence("hub requires low", "far increases hub")
    acting = turned.acting(turned.columns.number("hub"))
    assert [turned.arcs.statements[arc] for arc in acting] == [1, 0]
    assert sorted(made.columns.entities[n] for n in arcs.actors(hub)) == [
        "far", "first", "kind", "low", "whole",
    ]  # fmt: skip


def test_structure_and_what_acts_on_itself_are_followed_only_where_asked_for() -> None:
    made = influence("a increases b", "a part_of b", "b increases b")
    every = bytes([1, 1, 1])
    plain = [("a", "b", 1, WITH)]
    structure = [("a", "b", 0, UP), ("b", "a", 0, DOWN)]
    selves = [("b", "b", 1, WITH)]
    assert told(made, made.following(every)) == plain
    assert sorted(told(made, made.following(every, structure=True))) == sorted(plain + structure)
    assert sorted(told(made, made.following(every, selves=True))) == sorted(plain + selves)
    assert told(made, made.following(bytes([0, 1, 1]))) == []


def test_arcs_that_are_left_know_where_each_entity_begins() -> None:
    made = influence("a increases b", "a inhibits c", "b increases c", "c increases a")
    kept = made.following(bytes([0, 1, 0, 1]))
    assert told(made, kept) == [("a", "c", -1, WITH), ("c", "a", 1, WITH)]
    assert [list(kept.of(n)) for n in range(3)] == [[0], [], [1]]
    assert kept.statements.tolist() == [1, 3]
    assert [kept.into[n].tolist() for n in range(3)] == [[1], [], [0]]
    assert len(kept) == 2
