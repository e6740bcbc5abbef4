"""Conflicts as data of the page: what they were looked for in, and where the search stopped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.words import conflicts

if TYPE_CHECKING:
    import pytest


def says(subject: str, predicate: str, object_: str, *rows: Evidence) -> Statement:
    rows = rows or (Evidence(source="one", strength="direct"),)
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)


#: A statement and a path of two steps against it.
PATH = Graph(
    [says("a", "increases", "b"), says("a", "increases", "c"), says("c", "decreases", "b")]
)


def test_the_page_says_that_opposing_paths_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = conflicts.drawn(PATH)
    assert (whole["found"], whole["bounds"]) == (1, [])
    monkeypatch.setattr(conflicts, "conflicts", partial(conflicts.conflicts, effort=0))
    stopped = conflicts.drawn(PATH)
    assert stopped["found"] == 0
    assert stopped["bounds"] == [
        "The search stopped at its bound: opposing paths of more than 1 step are too many and "
        "were not looked at. Look at a part of the graph."
    ]


def test_the_page_says_that_states_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph(
        [
            says("lack", "deficiency_of", "a"),
            says("lack", "increases", "b"),
            says("a", "increases", "b"),
        ]
    )
    whole = conflicts.drawn(graph)
    assert (whole["found"], whole["bounds"]) == (1, [])
    monkeypatch.setattr("trabecula.reason.conflicts.PAIRS", 0)
    assert conflicts.drawn(graph)["bounds"] == [
        "The states of one thing are too many: not all pairs of them were compared."
    ]


def test_the_page_says_of_a_conflict_that_its_contexts_were_not_all_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = Graph([says("a", "increases", "b"), says("a", "decreases", "b")])
    [row] = conflicts.drawn(graph)["rows"]
    assert "partly" not in row
    monkeypatch.setattr("trabecula.reason.sides.PAIRS", 0)
    [row] = conflicts.drawn(graph)["rows"]
    assert row["partly"] == "the sides state too many contexts to compare all of them"
