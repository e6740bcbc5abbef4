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


#: Two chains of two steps against each other.
CROSSED = Graph(
    [
        says("a", "increases", "b"),
        says("b", "increases", "d"),
        says("a", "increases", "c"),
        says("c", "decreases", "d"),
    ]
)


def test_the_page_says_that_chains_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = conflicts.drawn(CROSSED)
    assert (whole["count"], whole["bounds"]) == (1, [])
    monkeypatch.setattr(conflicts, "conflicts", partial(conflicts.conflicts, effort=0))
    stopped = conflicts.drawn(CROSSED)
    assert stopped["count"] == 0
    assert stopped["bounds"] == [
        "There are too many chains of two steps to compare them: no indirect conflicts were "
        "looked for."
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
