"""What is concluded otherwise in another graph, found near what changed and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Statement
from trabecula.reason import connections
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.connections import Comparison, compared, told

if TYPE_CHECKING:
    import pytest

NAMES = "uvwxyz"
ENTITIES = [Entity(id=name, name=name, category="process") for name in NAMES]
READ = Evidence(source="a", strength="direct")
AGAINST = Evidence(source="b", stance="disputes", strength="direct")


def edge(line: str, *rows: Evidence) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,))


def graph(*lines: str) -> Graph:
    return Graph([*ENTITIES, *map(edge, lines)])


def changes(old: Graph, new: Graph) -> list[tuple[str, str, str, str]]:
    both = old.entities.keys() & new.entities.keys()
    changed = compared(old.columns, new.columns, both).changed
    return [(pair.start, pair.end, was, now) for pair, was, now in changed]


def test_equal_graphs_are_not_asked_at_all() -> None:
    some = graph("x increases y", "y increases z")
    assert compared(some.columns, some.columns, NAMES, effort=-1) == Comparison(())


def test_a_statement_that_came_to_be_refuted_concludes_nothing_any_longer() -> None:
    new = Graph([*ENTITIES, edge("x increases y", AGAINST)])
    assert changes(graph("x increases y"), new) == [("x", "y", "raises", "nothing")]


def test_a_new_step_changes_what_is_concluded_behind_it_and_before_it() -> None:
    old = graph("w increases x", "y inhibits z")
    assert changes(old, graph("w increases x", "x increases y", "y inhibits z")) == [
        ("w", "y", "nothing", "suggested +"),
        ("x", "y", "nothing", "raises"),
        ("x", "z", "nothing", "suggested -"),
    ]


def test_a_dispute_makes_a_verb_contested_and_a_chain_conceivable() -> None:
    old = graph("x increases y", "y increases z")
    new = Graph([*ENTITIES, edge("x increases y", READ, AGAINST), edge("y increases z")])
    assert changes(old, new) == [
        ("x", "y", "raises", "contested +"),
        ("x", "z", "suggested +", "conceivable +"),
    ]


def test_a_name_that_is_joined_to_its_quantity_changes_what_follows() -> None:
    old = graph("x increases y", "z increases w")
    new = graph("x increases y", "z increases w", "z level_of y")
    # y stands for the two of them from now on.
    assert changes(old, new) == [
        ("x", "w", "nothing", "suggested +"),
        ("y", "w", "nothing", "raises"),
    ]


def test_where_there_is_too_much_to_ask_it_is_told_what_was_left_out() -> None:
    old, new = graph(), graph("x increases y", "z increases w")
    comparison = compared(old.columns, new.columns, NAMES, effort=1)
    assert [pair.start for pair, _, _ in comparison.changed] == ["x"]
    assert comparison.skipped == ("z",)


def test_nothing_is_asked_of_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = graph(), graph("x increases y", "z increases w")
    asked: list[str] = []
    ends = connections._Side.ends

    def counted(side: connections._Side, start: str) -> set[str]:
        asked.append(start)
        return ends(side, start)

    monkeypatch.setattr(connections._Side, "ends", counted)
    assert compared(old.columns, new.columns, NAMES, effort=0).skipped == ("x", "y", "z")
    assert asked == ["w", "w", "x", "x"]  # of w nothing is concluded, and of x too much


def test_other_words_of_the_graph_are_a_change_of_everything() -> None:
    lines = [edge("x increases y"), edge("y increases z")]
    old, new = Graph([*ENTITIES, *lines]), Graph([About(directionless=("y",)), *ENTITIES, *lines])
    assert changes(old, new) == [
        ("x", "y", "raises", "cannot-say"),
        ("x", "z", "suggested +", "nothing"),
        ("y", "z", "raises", "cannot-say"),
    ]


_ROWS = st.sampled_from(
    ((READ,), (READ, AGAINST), (Evidence(source="article", strength="asserted"),))
)
_EDGES = st.builds(
    lambda s, p, o, rows: edge(f"{s} {p} {o}", *rows),
    st.sampled_from(NAMES),
    st.sampled_from(("increases", "inhibits", "requires", "affects", "part_of", "state_of")),
    st.sampled_from(NAMES),
    _ROWS,
)
_GRAPHS = st.builds(lambda edges: Graph([*ENTITIES, *edges]), st.lists(_EDGES, max_size=9))


def _all(some: Graph) -> dict[tuple[str, str], str]:
    conclusions, number = Conclusions(some.columns), some.columns.number
    return {
        (a, b): told(conclusions.between(number(a), number(b)))
        for a in NAMES
        for b in NAMES
        if a != b
    }


@settings(deadline=None)
@given(_GRAPHS, _GRAPHS)
def test_all_pairs_that_changed_are_found_and_no_others(old: Graph, new: Graph) -> None:
    before, after = _all(old), _all(new)
    assert changes(old, new) == sorted(
        (*pair, before[pair], after[pair]) for pair in before if before[pair] != after[pair]
    )
