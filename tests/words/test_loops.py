"""The feedback loops that a page lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.reason.loops import loops as found_in
from trabecula.words import loops

if TYPE_CHECKING:
    import pytest

RING = (
    ("a", "activates", "b"),
    ("b", "activates", "a"),
    ("b", "inhibits", "c"),
    ("c", "binds", "b"),
)


def ring() -> Graph:
    return Graph(
        [
            *(Entity(id=key, name=f"the {key}", category="cell") for key in "abc"),
            *(Statement(subject=s, predicate=p, object=o) for s, p, o in RING),
            Statement(subject="c", predicate="activates", object="b"),
        ]
    )


def test_the_page_lists_every_loop_with_kind_entities_and_statements() -> None:
    graph = ring()
    rows = loops.drawn(graph)["rows"]
    assert [row["id"] for row in rows] == [loop.id for loop in found_in(graph.columns).loops]
    told = {(row["glyph"], row["kind"], row["entities"], tuple(row["arrows"])) for row in rows}
    assert told == {
        ("+", "reinforcing", ("a", "b"), ("→", "→")),
        ("−", "balancing", ("b", "c"), ("⊣", "→")),
    }
    assert {row["known"] for row in rows} == {"titles, or no evidence"}
    (reinforcing,) = (row for row in rows if row["kind"] == "reinforcing")
    premises = [graph.statements[key] for key in reinforcing["statements"]]
    assert {(s.subject, s.object) for s in premises} == {("a", "b"), ("b", "a")}


def test_of_many_loops_the_page_holds_the_best_known_and_counts_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = loops.drawn(ring())
    monkeypatch.setattr(loops, "PAGE_LOOPS", 1)
    some = loops.drawn(ring())
    assert some["rows"] == every["rows"][:1]
    assert some["count"] == every["count"] == len(every["rows"])


def test_a_search_that_stops_at_its_bound_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = loops.drawn(ring())
    assert (whole["complete"], whole["bounded"]) == (loops.PAGE_STEPS, False)
    monkeypatch.setattr(loops, "PAGE_EFFORT", 1)
    none = loops.drawn(ring())
    assert (none["complete"], none["bounded"], none["rows"]) == (1, True, [])
