"""The shipped graph answers what a reader of the field would ask, and each edge counts."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from trabecula import shipped as content
from trabecula.errors import Problem
from trabecula.expectations import Question, broken, expectations, questions, table
from trabecula.graph import Graph
from trabecula.model import Record, Statement
from trabecula.sparql import Session

FOLDER = content.graph() / "expectations"

#: Changes one statement, or removes it.
Change = Callable[[Statement], Statement | None]


def removed(_: Statement) -> None:
    return None


def flipped(statement: Statement) -> Statement:
    opposites = {"increases": "decreases", "inhibits": "activates", "decreases": "increases"}
    return replace(statement, predicate=opposites[statement.predicate])


def undisputed(statement: Statement) -> Statement:
    rows = tuple(row for row in statement.evidence if row.stance != "disputes")
    return replace(statement, evidence=rows)


def changed(graph: Graph, triple: str, change: Change) -> Graph:
    """The graph with one statement changed; it must be there."""

    def records() -> Iterator[Record]:
        for record in graph:
            if isinstance(record, Statement) and spelt(record) == triple:
                originals.append(record)
                after = change(record)
                if after is not None:
                    yield after
            else:
                yield record

    originals: list[Statement] = []
    result = Graph([graph.about, *records()])
    assert len(originals) == 1
    return result


def spelt(statement: Statement) -> str:
    return f"{statement.subject} {statement.predicate} {statement.object}"


def failing(problems: list[Problem]) -> set[str]:
    """The questions by name, and the expectations as `from expected to`, that have problems."""
    rows = {row.where: row for row in expectations(FOLDER)}
    names = set()
    for problem in problems:
        row = rows.get(problem.where)
        if row is None:
            names.add(Path(re.sub(r":\d+$", "", problem.where)).stem)
        else:
            names.add(f"{row.start} {row.expected} {row.end}")
    return names


@pytest.fixture(scope="module")
def already(shipped: Graph, once: Callable[[str, Callable[[Path], object]], Path]) -> list[Problem]:
    """What the graph does not answer as expected before anything is changed: nothing, as a rule."""
    path = once(
        "not-as-expected", lambda to: to.write_bytes(pickle.dumps([*broken(shipped, FOLDER)]))
    )
    return cast("list[Problem]", pickle.loads(path.read_bytes()))  # noqa: S301 (just made)


def test_the_shipped_graph_answers_as_expected(already: list[Problem]) -> None:
    assert list(map(str, already)) == []


def test_there_are_as_many_as_were_promised() -> None:
    assert len(questions(FOLDER)) >= 60
    assert len(expectations(FOLDER)) >= 220


def test_every_topic_is_asked_about(shipped: Graph) -> None:
    asked = {topic for question in questions(FOLDER) for topic in question.topics}
    assert asked == {topic.name for topic in shipped.about.topics}


@pytest.mark.slow
def test_a_question_is_answered_by_the_statements_of_its_topics_alone(shipped: Graph) -> None:
    """Nor by what no statement of them names: the part has their entities and sources only."""
    asked: dict[tuple[str, ...], list[Question]] = {}
    for question in questions(FOLDER):
        asked.setdefault(question.topics, []).append(question)
    astray = []
    for topics, group in asked.items():
        part = shipped.select(" | ".join(f"topic({topic})" for topic in topics))
        with Session(part) as session:
            for question in group:
                _, *rows = table(session.query(question.query)).splitlines()
                expected = ["\t".join(cells) for cells in sorted(question.rows)]
                astray += [question.name] if rows != expected else []
    assert astray == []


def test_no_question_is_asked_twice() -> None:
    asked = [question.question for question in questions(FOLDER)]
    assert sorted(asked) == sorted(set(asked))


def test_only_these_questions_have_no_answer() -> None:
    """Nothing in the sources answers them, which is itself worth knowing."""
    assert [question.name for question in questions(FOLDER) if not question.rows] == [
        "magnesium-against-harm-of-calcium",
        "magnesium-in-vitamin-d-measured",
        "magnesium-through-the-skin",
    ]


#: For each change of one statement exactly those that depend on it, found by reading the queries.
DEPENDENT: dict[tuple[str, Change], set[str]] = {
    ("cyp24a1 decreases calcitriol", removed): {
        "what-breaks-down-calcitriol",
    },
    ("severe-magnesium-depletion inhibits pth-secretion", flipped): {
        "mild-and-severe-depletion-and-pth",
        "severe-magnesium-depletion - pth-secretion",
        "severe-magnesium-depletion - parathyroid-hormone",
    },
    ("osteoclast secretes hydrochloric-acid", removed): {
        "how-osteoclasts-dissolve-bone",
        "where-osteoclasts-secrete",
        "osteoclast + hydrochloric-acid",
    },
    ("cholesterol converts_to vitamin-d3", undisputed): {
        "precursor-of-vitamin-d",
        "refuted-claims-of-the-article",
    },
    ("calcitonin decreases osteoclast-function", removed): {
        "hormones-on-osteoclasts",
        "blood-calcium - osteoclast-function",
    },
    ("intermittent-pth increases bone-mass", flipped): {
        "pattern-of-pth-and-bone",
        "intermittent-pth + bone-mass",
        "intermittent-pth + bone-mineral-density",
    },
    ("magnesium increases calcitonin", removed): {"calcitonin-and-magnesium"},
}


@pytest.mark.parametrize("bit", range(3))
def test_breaking_an_edge_fails_exactly_those_that_depend_on_it(
    shipped: Graph, already: list[Problem], bit: int
) -> None:
    """All are asked of graphs with several edges broken: edge n in those of the bits of n.

    No two edges are broken in the same graphs, so that what fails with one and not with another
    is told apart, for what it takes to ask three graphs instead of one for each edge. What fails
    before is told by a test of its own, and not once more by each of the changes.
    """
    assert len(DEPENDENT) < 2**3
    graph, expected = shipped, set[str]()
    for number, ((triple, change), dependent) in enumerate(DEPENDENT.items(), start=1):
        if number >> bit & 1:
            graph = changed(graph, triple, change)
            expected |= dependent
    before = failing(already)
    assert failing(list(broken(graph, FOLDER))) - before == expected - before
