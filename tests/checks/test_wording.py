"""Eight words of the article in a row are noticed, seven are not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from trabecula import shipped
from trabecula.checks import check
from trabecula.checks.wording import shared, shingles
from trabecula.errors import Problem
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Record, Source, Statement

#: An article made up for these tests.
ARTICLE = """Copper makes hens happy
Hens that eat copper lay nine blue eggs each day, and Mg²⁺ isn't needed."""
DIGESTS = {digest for _, digest in shingles(ARTICLE)}
EVIDENCE = Evidence(source="PMID:1")
EATS = Statement(subject="hen", predicate="requires", object="copper", topic="hens")


def problems_of(*records: Record) -> list[Problem]:
    return list(shared(Graph(records), DIGESTS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We saw that hens that eat copper lay nine blue.", []),
        (
            "We saw that HENS that eat, copper lay nine -- blue eggs!",
            ["hens that eat copper lay nine blue eggs"],
        ),
        ("It made hens happy: hens that eat copper lay more.", []),
        (
            "It makes hens happy. Hens that eat copper lay more.",
            ["makes hens happy hens that eat copper lay"],
        ),
        ("Each day and Mg²⁺ isn’t needed", []),
        ("Blue eggs each day and Mg²⁺ isn’t needed", ["blue eggs each day and mg² isn t"]),
    ],
)
def test_eight_words_in_a_row_are_noticed_and_seven_are_not(text: str, expected: list[str]) -> None:
    entity = Entity(id="hen", name="hen", category="population", description=text)
    runs = [re.findall("'(.*)'", problem.what)[0] for problem in problems_of(entity)]
    assert runs == expected


def test_descriptions_notes_and_summaries_are_compared() -> None:
    text = "hens that eat copper lay nine blue eggs"
    problems = problems_of(
        Entity(id="hen", name=text, category="population", description=text),
        Source(id="PMID:1", title=text, note=text),
        replace(EATS, evidence=(replace(EVIDENCE, summary=text),)),
    )
    assert [problem.where for problem in problems] == [
        "hen",
        "PMID:1",
        "hens.tsv: hen requires copper (PMID:1)",
    ]
    assert str(problems[0]) == (
        "hen: the article says 'hens that eat copper lay nine blue eggs' too: say it in other words"
    )


def test_the_digests_of_the_article_are_sorted_and_distinct() -> None:
    text = (shipped.graph() / "article-shingles.txt").read_text("utf-8")
    lines = text.removesuffix("\n").split("\n")
    assert lines == sorted(set(lines))
    assert [line for line in lines if not re.fullmatch("[0-9a-f]{12}", line)] == []


def test_only_graphs_that_cite_the_article_are_compared_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("trabecula.checks.wording._article", lambda: DIGESTS)
    hen = Entity(id="hen", name="hen", category="population", description=ARTICLE)
    article = Source(id="article", kind="article")
    codes = [p.code for p in check(Graph([hen, article]), ["article-words"]).problems]
    assert codes == ["article-words"]
    assert check(Graph([hen, replace(article, kind="paper")]), ["article-words"]).problems == ()
