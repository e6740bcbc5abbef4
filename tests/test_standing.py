"""The status of a statement, case by case, and the counting of independent sources."""

from __future__ import annotations

import itertools

import pytest

from trabecula.model import Evidence, Source
from trabecula.standing import independent, sayable, status
from trabecula.vocabulary import STANCES, STATUSES, STRENGTHS


def row(stance: str, strength: str, source: str = "a") -> Evidence:
    return Evidence(source=source, stance=stance, strength=strength)


ARTICLE = row("supports", "asserted")
DISPUTE = row("disputes", "direct")
READ = row("supports", "association")
TITLE = row("supports", "title-only")
LIMIT = row("qualifies", "review")


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([READ], "supported"),
        ([READ, TITLE, ARTICLE, LIMIT], "supported"),
        ([READ, DISPUTE], "contested"),
        ([TITLE], "title-only"),
        ([TITLE, ARTICLE, LIMIT], "title-only"),
        ([TITLE, DISPUTE], "contested"),
        ([DISPUTE], "refuted"),
        ([DISPUTE, LIMIT], "refuted"),
        ([ARTICLE], "asserted-only"),
        ([ARTICLE, LIMIT], "asserted-only"),
        ([row("disputes", "asserted")], "asserted-only"),
        ([], "no-evidence"),
        ([LIMIT], "no-evidence"),
    ],
)
def test_status_follows_the_table(evidence: list[Evidence], expected: str) -> None:
    assert status(evidence) == expected


def test_the_article_never_outweighs_a_paper() -> None:
    assert status([ARTICLE, DISPUTE]) == "refuted"
    assert status([row("disputes", "asserted"), READ]) == "supported"


def test_status_does_not_depend_on_the_order_of_evidence() -> None:
    rows = [READ, TITLE, ARTICLE, LIMIT, DISPUTE]
    found = {status(order) for order in itertools.permutations(rows)}
    assert found == {"contested"}


def test_every_combination_of_two_rows_has_a_status_of_the_vocabulary() -> None:
    rows = [row(stance, strength) for stance in STANCES for strength in STRENGTHS]
    found = {status(pair) for pair in itertools.product(rows, rows)}
    assert found == set(STATUSES)


def test_sources_of_one_group_count_once() -> None:
    sources = {
        "paper": Source(id="paper", group="cohort"),
        "comment": Source(id="comment", group="cohort"),
        "other": Source(id="other"),
    }
    rows = [row("supports", "review", name) for name in ("paper", "comment", "other")]
    assert independent(rows, sources) == ("cohort", "other")


def test_the_article_is_not_an_independent_source() -> None:
    assert independent([row("supports", "asserted", "article")], {}) == ()


def test_titles_count_only_where_nothing_was_read() -> None:
    title, read = row("supports", "title-only", "t"), row("supports", "direct", "r")
    assert independent([title], {}) == ("t",)
    assert independent([title, read], {}) == ("r",)


def test_each_stance_is_counted_apart() -> None:
    rows = [row("supports", "direct", "a"), row("disputes", "direct", "b")]
    assert independent(rows, {}, "disputes") == ("b",)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], True),  # an imported statement without evidence
        ([READ, DISPUTE], True),
        ([ARTICLE], True),
        ([LIMIT], True),
        ([DISPUTE, ARTICLE], False),
        ([row("disputes", "asserted")], False),  # what only the article denies
        ([row("disputes", "asserted"), LIMIT], False),
    ],
)
def test_what_is_only_denied_may_not_be_repeated_as_a_plain_triple(
    evidence: list[Evidence], expected: bool
) -> None:
    assert sayable(evidence) == expected
