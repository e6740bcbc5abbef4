"""Reliance: how far is looked, and when that is less far than was asked for."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.influence import Influence
from trabecula.model import Statement
from trabecula.reason import reliance as module
from trabecula.reason.reliance import reliance


def influence(pairs: list[tuple[str, str]]) -> Influence:
    return Graph(Statement(subject=a, predicate="increases", object=b) for a, b in pairs).influence


CHAIN = influence([("a", "b"), ("b", "c")])


@pytest.mark.parametrize(("effort", "complete"), [(1, 0), (2, 1), (3, 3), (4, 3)])
def test_so_much_effort_reaches_so_far(effort: int, complete: int) -> None:
    """Two walks of one step and one of two steps are three rows."""
    assert reliance(CHAIN, effort=effort).complete == complete


def test_pairs_are_connected_within_three_steps() -> None:
    chain = influence([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    assert reliance(chain).pairs == {0: 3, 1: 5, 2: 5, 3: 3}
    assert reliance(chain, 4).pairs == {0: 4, 1: 6, 2: 6, 3: 4}


def test_a_dense_graph_of_a_few_thousand_statements_is_looked_at_whole() -> None:
    names = [f"n{n:02}" for n in range(50)]
    assert reliance(influence([(a, b) for a in names for b in names if a != b])).complete == 3


def test_how_many_starts_are_looked_at_together_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"n{n}" for n in range(12)]
    made = influence([(a, b) for n, a in enumerate(names) for b in names[n + 1 :: 3]])
    whole = reliance(made)
    monkeypatch.setattr(module, "_ROWS", 5)
    assert reliance(made) == whole
    assert whole.pairs
