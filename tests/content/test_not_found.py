"""What was looked for and not found is on record: each unread reference, each claim left alone."""

from __future__ import annotations

from trabecula import shipped as content
from trabecula.graph import Graph
from trabecula.reason.audit import audit

LIST = content.graph() / "not-found.tsv"


def listed() -> dict[str, str]:
    """What was looked for, and what was tried."""
    header, *rows = (line.split("\t") for line in LIST.read_text("utf-8").splitlines())
    assert header == ["what", "tried"]
    assert [row[0] for row in rows] == list(dict(rows))
    return dict(rows)


def test_every_reference_that_was_not_read_says_what_was_tried(shipped: Graph) -> None:
    papers = (source for source in shipped.sources.values() if source.kind == "paper")
    unread = {source.id for source in papers if not source.abstract_read}
    assert {what for what in listed() if " " not in what} == unread


def test_every_claim_that_rests_on_the_article_says_what_was_tried(shipped: Graph) -> None:
    claims = audit(shipped.columns, shipped.names).claims
    alone = [claim.statement for claim in claims if claim.verdict == "article-only"]
    names = {f"{statement.subject} {statement.predicate} {statement.object}" for statement in alone}
    assert {what for what in listed() if " " in what} == names
    assert len(alone) <= 60


def test_something_is_said_of_each() -> None:
    assert [what for what, tried in listed().items() if len(tried) < 20] == []
