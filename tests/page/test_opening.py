"""A page opens with questions to which its graph has a good answer, whatever it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Record, Statement
from trabecula.page import opening
from trabecula.reason.concluded import Conclusion
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.explain import explain
from trabecula.reason.whatif import whatif

PEOPLE = Evidence(source="trial", strength="direct", species="human")
REVIEWED = Evidence(source="review", strength="review")
SAID = Evidence(source="article", strength="asserted")
TITLE = Evidence(source="title", strength="title-only")


def says(subject: str, predicate: str, object_: str, *rows: Evidence, **more: Any) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (REVIEWED,), **more
    )


def graph_of(*statements: Statement) -> Graph:
    ends = sorted({end for s in statements for end in (s.subject, s.object)})
    records: list[Record] = [Entity(id=end, name=end, category="protein") for end in ends]
    return Graph([*records, *statements])


def scenes(graph: Graph, *, disputed: bool = False) -> list[dict[str, Any]]:
    return [question["scene"] for question in opening.questions(graph, disputed=disputed)]


def pairs(graph: Graph) -> list[tuple[str, str]]:
    return [(s["from"], s["to"]) for s in scenes(graph) if s["kind"] == "paths"]


def concluded(graph: Graph, scene: dict[str, Any]) -> Conclusion:
    return explain(graph.influence, graph.names, scene["from"], scene["to"]).conclusion


#: Signalling in a cell, of which this project knows nothing.
FOREIGN = graph_of(
    says("KRAS", "activates", "BRAF"),
    says("KRAS", "activates", "PI3K", PEOPLE),
    says("BRAF", "activates", "MEK"),
    says("EGFR", "activates", "KRAS"),
    says("sotorasib", "inhibits", "KRAS", PEOPLE),
    says("sotorasib", "decreases", "tumour volume", PEOPLE),
    says("ERK", "increases", "apoptosis", replace(PEOPLE, context=(("duration", "long-term"),))),
    says("ERK", "decreases", "apoptosis", replace(PEOPLE, context=(("duration", "acute"),))),
    says("ERK", "increases", "DUSP6"),
    says("ERK", "increases", "MYC"),
    says("ERK", "decreases", "BIM"),
    says("MEK", "activates", "ERK"),
    says("MYC", "increases", "growth", SAID),
)


def check(graph: Graph, asked: Iterable[dict[str, Any]]) -> None:
    """Each question has an answer that stands on what was read."""
    for scene in asked:
        if scene["kind"] == "paths":
            conclusion = concluded(graph, scene)
            assert conclusion.firm or conclusion.relation in ("depends", "contested")
            assert conclusion.rests_on
        if scene["kind"] == "whatif":
            changed = dict.fromkeys(scene.get("up", ()), 1) | dict.fromkeys(
                scene.get("down", ()), -1
            )
            outcomes = whatif(Conclusions(graph.columns), changed).outcomes
            assert sum(outcome.conclusion.firm for outcome in outcomes) >= 3


def test_each_question_has_a_good_answer_in_the_shipped_graph(shipped: Graph) -> None:
    asked = opening.questions(shipped, disputed=True)
    assert [question["scene"]["kind"] for question in asked] == ["paths", "paths", "whatif"]
    first, second, third = (question["scene"] for question in asked)
    # What a reader of the title wonders, then what else is said of it.
    assert (first["from"], first["to"]) == shipped.about.focus
    assert shipped.about.focus[0] in (second["from"], second["to"])
    assert concluded(shipped, second).relation == "depends"
    assert third["down"] == ["magnesium"]
    check(shipped, (question["scene"] for question in asked))
    name = shipped.name
    assert asked[0]["words"] == f"How does {name(first['from'])} act on {name(first['to'])}?"


def test_without_a_focus_what_was_measured_in_people_is_asked_first(shipped: Graph) -> None:
    graph = Graph([replace(shipped.about, focus=()), *shipped])
    first, second, _ = scenes(graph, disputed=True)
    conclusion = concluded(graph, first)
    assert (conclusion.firm, conclusion.basis) == (True, "measured-in-people")
    assert concluded(graph, second).relation == "depends"
    assert not {first["from"], first["to"]} & {second["from"], second["to"]}
    check(graph, (first, second))


def test_what_a_graph_is_about_is_asked_about_first() -> None:
    names = says("lack of BIM", "deficiency_of", "BIM")
    for focus, start, end in (
        (("ERK", "BIM"), "ERK", "BIM"),  # each of the two, though others are measured in people
        (("BIM",), "ERK", "BIM"),
        (("MEK", "DUSP6"), "BRAF", "MEK"),  # nothing joins the two: what acts on one of them
        (("nobody",), "sotorasib", "KRAS"),
    ):
        graph = Graph([About(focus=focus), *FOREIGN, names])
        assert pairs(graph)[0] == (start, end)
        check(graph, scenes(graph))


def test_a_foreign_graph_is_asked_about_what_it_knows_best() -> None:
    asked = scenes(FOREIGN, disputed=True)
    assert [scene["kind"] for scene in asked] == ["paths", "paths", "whatif"]
    assert (asked[0]["from"], asked[0]["to"]) == ("sotorasib", "KRAS")  # in people before reviewed
    assert (asked[1]["from"], asked[1]["to"]) == ("ERK", "apoptosis")  # which depends
    check(FOREIGN, asked)


def test_what_was_measured_in_people_comes_before_what_was_reviewed() -> None:
    graph = graph_of(
        says("a", "increases", "b"), says("a", "increases", "c"), says("b", "increases", "c"),
        says("x", "increases", "y", PEOPLE),
    )  # fmt: skip
    assert pairs(graph)[:2] == [("x", "y"), ("a", "b")]


@pytest.mark.parametrize("row", [SAID, TITLE], ids=["article", "title"])
def test_what_only_the_article_or_a_title_says_is_not_asked_about(row: Evidence) -> None:
    graph = graph_of(
        says("a", "increases", "b", row), says("b", "increases", "c", row), says("b", "decreases", "d", row),
        says("b", "decreases", "e", row), says("b", "decreases", "f", row),
    )  # fmt: skip
    assert scenes(graph) == [{"kind": "near", "of": ["b"]}]


def test_two_names_that_say_the_same_make_no_question() -> None:
    graph = graph_of(
        says("calcium", "increases", "calcium balance", PEOPLE), says("zinc", "increases", "growth"),
        says("blood zinc", "level_of", "zinc"), says("blood zinc", "increases", "zinc"),
    )  # fmt: skip
    assert pairs(graph) == [("zinc", "growth")]


def test_a_graph_without_evidence_is_asked_what_it_says_of_its_hub() -> None:
    graph = graph_of(
        *(replace(statement, evidence=()) for statement in FOREIGN.statements.values())
    )
    (asked,) = opening.questions(graph, disputed=False)
    assert asked["words"] == "What is said of ERK?"
    assert asked["scene"] == {"kind": "near", "of": ["ERK"]}


def test_a_graph_of_which_nothing_is_said_raises_no_questions() -> None:
    for records in ([], [Entity(id="a", name="a", category="cell")]):
        assert opening.questions(Graph(records), disputed=False) == []


def test_where_nothing_depends_the_page_asks_where_sources_disagree_if_they_do() -> None:
    graph = graph_of(says("a", "increases", "b", PEOPLE))
    assert [scene["kind"] for scene in scenes(graph, disputed=True)] == ["paths", "conflicts"]
    assert [scene["kind"] for scene in scenes(graph)] == ["paths"]
