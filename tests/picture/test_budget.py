"""A page holds so much evidence and so many conflicts, and says what it leaves out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.page import html, payload
from trabecula.picture import budget
from trabecula.words import conflicts

if TYPE_CHECKING:
    import pytest


def statement(count: int, object_: str = "b", **more: str) -> Statement:
    rows = tuple(
        Evidence(source=f"s{number}", strength="direct", method="", **more)
        for number in range(count)
    )
    return Statement(subject="a", predicate="increases", object=object_, evidence=rows)


def mixed(pro: int, contra: int) -> Statement:
    rows = [Evidence(source=f"s{number}", strength="direct") for number in range(pro)]
    rows += [
        Evidence(source=f"t{number}", stance="disputes", strength="direct", species="rat")
        for number in range(contra)
    ]
    return Statement(subject="a", predicate="increases", object="b", evidence=tuple(rows))


def test_what_is_within_the_bounds_is_held_whole() -> None:
    claim = statement(3)
    assert budget.share(Graph([claim])) == budget.MAX_ROWS
    assert budget.places(claim, 3) == [0, 1, 2]
    assert "left_out" not in payload.statement(Graph([claim]), claim, 3)


def test_every_kind_of_evidence_keeps_its_part_of_the_page() -> None:
    claim = mixed(pro=50, contra=2)
    kept = budget.places(claim, 10)
    stances = [claim.evidence[place].stance for place in kept]
    assert (kept, stances.count("disputes"), len(kept)) == (sorted(kept), 2, 10)
    assert budget.left_out(claim, kept) == {"supports": 42}
    assert [claim.evidence[place] for place in kept] == list(budget.numbered(claim, 10))


def test_the_more_statements_have_much_evidence_the_less_of_it_is_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(budget, "MAX_EVIDENCE", 100)
    graph = Graph(statement(50, f"b{number}") for number in range(10))
    most = budget.share(graph)
    assert 5 < most <= 10
    assert budget.share(Graph([statement(50)])) == budget.MAX_ROWS
    assert budget.share(Graph(statement(1, f"b{number}") for number in range(200))) == 1


def test_what_is_counted_is_counted_of_all_the_evidence() -> None:
    claim = mixed(pro=1200, contra=300)
    graph = Graph([claim])
    row = payload.statement(graph, *graph.statements.values(), budget.share(graph))
    assert len(row["evidence"]) == budget.MAX_ROWS
    assert (row["supporting"], row["disputing"], row["status"]) == (1200, 300, "contested")
    assert row["left_out"] == {"supports": 500}
    data = payload.data(graph, graph, [], [row])
    assert len(data["sources"]) == budget.MAX_ROWS


def test_a_conflict_names_the_evidence_that_is_there() -> None:
    pro = Statement(
        subject="a", predicate="increases", object="b",
        evidence=tuple(Evidence(source=f"s{n}", strength="direct") for n in range(1500)),
    )  # fmt: skip
    contra = Statement(
        subject="a", predicate="decreases", object="b",
        evidence=(Evidence(source="t", strength="direct"),),
    )  # fmt: skip
    graph = Graph([pro, contra])
    drawn = conflicts.drawn(graph)
    assert (drawn["count"], len(drawn["rows"])) == (1, 1)
    sides = {side["statements"][0]: side for side in drawn["rows"][0]["sides"]}
    assert [place for _, place in sides[pro.id]["voices"]] == list(range(budget.MAX_ROWS))
    assert sides[contra.id]["voices"] == [[contra.id, 0]]


def test_conflicts_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_CONFLICTS", 2)
    graph = Graph(
        Statement(
            subject="a", predicate=predicate, object=f"b{number}",
            evidence=(Evidence(source=f"s-{predicate}", strength="direct"),),
        )
        for number in range(3)
        for predicate in ("increases", "decreases")
    )  # fmt: skip
    drawn = conflicts.drawn(graph)
    assert (drawn["count"], len(drawn["rows"])) == (3, 2)


def test_fifty_thousand_pieces_of_evidence_make_a_page_in_seconds() -> None:
    graph = Graph([statement(50_000)])
    began = time.process_time()
    text = html.render(graph)
    assert len(text) < 2_500_000
    assert time.process_time() - began < 10  # it was 17 s and 8 MB


def test_a_statement_keeps_a_thousand_pieces_and_a_quarter_less_where_all_are_too_many() -> None:
    whole = [statement(1_000, f"b{number}") for number in range(100)]
    assert budget.share(Graph(whole)) == 1_000
    assert budget.share(Graph([*whole, statement(1_000, "more")])) == 750
