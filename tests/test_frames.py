"""Answers as flat rows of one type a column."""

from __future__ import annotations

from typing import Any

import pytest

import trabecula as tb


@pytest.fixture(scope="module")
def answers(shipped: tb.Graph) -> dict[str, Any]:
    with_gaps = """SELECT ?statement ?note ?sources ?so WHERE {
      ?statement a rdf:Statement ; tb:supportingSources ?sources
      OPTIONAL { ?statement tb:nothing ?note } BIND (?sources > 1 AS ?so) } LIMIT 300"""
    return {
        "explain": tb.explain(shipped, "PTH", "bone mass"),
        "whatif": tb.whatif(shipped, "magnesium=down", "calcitriol=fixed"),
        "diagnose": tb.diagnose(shipped, "blood calcium=down", "PTH=down"),
        "compare": tb.compare(shipped, shipped.select("near(magnesium, 1)")),
        "audit": tb.audit(shipped),
        "conflicts": tb.conflicts(shipped),
        "graph": shipped,
        "search": tb.search(shipped, "magnesium"),
        "select": tb.query(shipped, with_gaps),
        "ask": tb.query(shipped, "ASK { ?s ?p ?o }"),
        "construct": tb.query(shipped, "CONSTRUCT { ?s ?p ?o } WHERE { ?s tb:requires ?o . ?s ?p ?o }"),
    }  # fmt: skip


def test_every_answer_has_flat_rows_of_the_same_columns_and_one_type_each(
    answers: dict[str, Any],
) -> None:
    for name, answer in answers.items():
        rows = tb.rows(answer)
        assert rows, name
        assert len({tuple(row) for row in rows}) == 1, name
        for column in rows[0]:
            kinds = {type(row[column]) for row in rows} - {type(None)}
            assert len(kinds) <= 1, (name, column)
            assert kinds <= {str, int, bool, float}, (name, column)


def test_a_query_gives_numbers_as_numbers_and_short_names(answers: dict[str, Any]) -> None:
    (first, *_) = rows = tb.rows(answers["select"])
    assert first["statement"].startswith("statement:s")
    assert {type(row["sources"]) for row in rows} == {int}
    assert {type(row["so"]) for row in rows} == {bool}
    assert {row["note"] for row in rows} == {None}


def test_a_column_of_numbers_and_texts_is_one_of_texts(shipped: tb.Graph) -> None:
    answer = tb.query(shipped, 'SELECT ?x WHERE { VALUES ?x { 1 2.5 "a" UNDEF } }')
    assert {row["x"] for row in tb.rows(answer)} == {"1", "2.5", "a", None}
    answer = tb.query(shipped, "SELECT ?x WHERE { VALUES ?x { 1 2.5 } }")
    assert sorted(row["x"] for row in tb.rows(answer)) == [1.0, 2.5]
    answer = tb.query(shipped, 'SELECT ?x WHERE { VALUES ?x { "no number"^^xsd:decimal 1 } }')
    assert sorted(row["x"] for row in tb.rows(answer)) == ["1", "no number"]


def test_an_answer_without_rows_gives_none(shipped: tb.Graph) -> None:
    assert tb.rows(tb.query(shipped, "SELECT ?x WHERE { ?x tb:nothing ?y }")) == []
    assert tb.rows(tb.search(shipped, "nothing-like-it-at-all-xyz")) == []


def test_a_conflict_has_what_both_sides_say_and_their_sources(answers: dict[str, Any]) -> None:
    graph, conflicts = answers["graph"], answers["conflicts"]
    for row, conflict in zip(tb.rows(conflicts), conflicts.conflicts, strict=True):
        for side in ("left", "right"):
            stated = getattr(conflict, side)
            assert row[f"{side}_statements"].split() == [each.id for each in stated.statements]
            assert row[f"{side}_sources"].split() == [*stated.sources]
            assert row[f"{side}_denies"] is stated.denies
            assert {*row[f"{side}_statements"].split()} <= {*graph.statements}


def test_a_check_has_a_row_a_problem() -> None:
    made = tb.check(tb.Graph([tb.Statement(subject="a", predicate="increases", object="b")]))
    told = tb.rows(made)
    assert [row["code"] for row in told] == [problem.code for problem in made.problems]
    assert [*told[0]] == ["code", "where", "what", "fix", "severity", "count"]


def test_what_is_no_answer_has_no_rows() -> None:
    with pytest.raises(TypeError, match="int is no answer of trabecula"):
        tb.rows(1)
    with pytest.raises(TypeError, match="no other list"):
        tb.rows([1])
