"""Causes of what is seen: which, in which order, and what they leave unexplained."""

from __future__ import annotations

import pytest

from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.diagnose import Cause, Diagnosis, diagnose

READ = Evidence(source="one", strength="review")
SAID = Evidence(source="article", strength="asserted")


def concluding(*lines: str, rows: tuple[Evidence, ...] = (READ,)) -> Conclusions:
    parts = (line.split() for line in lines)
    return Conclusions(
        Graph(
            Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)
            for subject, predicate, object_ in parts
        ).columns
    )


def told(diagnosis: Diagnosis) -> list[tuple[str, int, int]]:
    return [(cause.entity, cause.way, len(cause.explained)) for cause in diagnosis.causes]


def cause(diagnosis: Diagnosis, entity: str, way: int) -> Cause:
    (match,) = (each for each in diagnosis.causes if (each.entity, each.way) == (entity, way))
    return match


def test_what_explains_most_and_contradicts_nothing_comes_first() -> None:
    graph = concluding(
        "a increases x", "a decreases y", "b increases x", "c increases x", "c increases y"
    )
    diagnosis = diagnose(graph, {"x": 1, "y": -1})
    assert told(diagnosis) == [("a", 1, 2), ("b", 1, 1), ("c", -1, 1), ("c", 1, 1)]
    assert [f.entity for f in cause(diagnosis, "b", 1).unexplained] == ["y"]
    assert [f.entity for f in cause(diagnosis, "c", 1).contradicted] == ["y"]


def test_an_excess_explains_nothing_by_chains_that_the_lack_does_as_well() -> None:
    graph = concluding(
        "low deficiency_of a", "high excess_of a", "low increases b", "b increases x",
        "high increases c", "c increases x",
    )  # fmt: skip
    names = {cause.entity for cause in diagnose(graph, {"x": 1}).causes}
    assert names == {"low", "b", "c"}


def test_a_cause_is_named_by_its_lack_or_excess() -> None:
    graph = concluding("low deficiency_of a", "high excess_of a", "a increases x")
    assert told(diagnose(graph, {"x": -1})) == [("low", 1, 1)]
    assert told(diagnose(graph, {"x": 1})) == [("high", 1, 1)]


def test_what_is_seen_may_itself_be_the_cause_of_the_rest() -> None:
    graph = concluding("a increases x", "b increases a")
    assert told(diagnose(graph, {"a": -1, "x": -1})) == [("a", -1, 2), ("b", -1, 2)]


def test_that_something_is_as_it_is_seen_explains_nothing() -> None:
    assert told(diagnose(concluding("a increases x"), {"x": -1})) == [("a", -1, 1)]


def test_that_a_treatment_or_a_disease_is_not_there_is_no_cause() -> None:
    statement = Statement(subject="a", predicate="increases", object="x", evidence=(READ,))
    for category, ways in (("chemical", [-1]), ("intervention", []), ("condition", [])):
        entity = Entity(id="a", name="a", category=category)
        diagnosis = diagnose(Conclusions(Graph([entity, statement]).columns), {"x": -1})
        assert [cause.way for cause in diagnosis.causes] == ways


def test_the_article_alone_explains_nothing() -> None:
    assert told(diagnose(concluding("a increases x", rows=(SAID,)), {"x": 1})) == []


def test_causes_lie_no_further_than_the_steps_of_a_conclusion() -> None:
    graph = concluding("a increases b", "b increases c", "c increases x")
    assert told(diagnose(graph, {"x": 1}, steps=2)) == [("c", 1, 1), ("b", 1, 1)]
    assert told(diagnose(graph, {"x": 1}, steps=3)) == [("c", 1, 1), ("b", 1, 1), ("a", 1, 1)]


def test_a_question_without_an_answer_is_refused() -> None:
    graph = concluding("low deficiency_of a", "a increases x")
    with pytest.raises(SelectionError, match="nothing is seen"):
        diagnose(graph, {})
    with pytest.raises(SelectionError, match="a and low are names of one quantity"):
        diagnose(graph, {"a": 1, "low": 1})
    with pytest.raises(SelectionError, match="give 1 to 3"):
        diagnose(graph, {"x": 1}, steps=4)
