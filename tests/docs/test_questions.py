"""The readers' pages say what the graph says, and no more."""

from __future__ import annotations

import importlib.util
import re
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

import trabecula as tb
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement

ROOT = Path(__file__).parents[2]


def _questions() -> ModuleType:
    loader = SourceFileLoader("questions_pages", str(ROOT / "scripts/questions"))
    spec = importlib.util.spec_from_loader("questions_pages", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks up the module that it is defined in.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "questions_pages", module)
        patch.setattr(sys, "dont_write_bytecode", True)
        loader.exec_module(module)
    return module


questions = _questions()


def test_the_pages_are_what_the_graph_says_now() -> None:
    told = questions.pages(tb.load())
    kept = {path.name: path.read_text("utf-8") for path in questions.FOLDER.glob("*.md")}
    assert kept == told, "run scripts/questions"


def test_every_page_says_that_it_is_no_medical_advice() -> None:
    for text in questions.pages(tb.load()).values():
        assert "**Not medical advice.**" in text


def _graph(*evidence: Evidence) -> Graph:
    statement = Statement(
        subject="calcium", predicate="contributes_to", object="stroke", evidence=tuple(evidence)
    )
    return Graph(
        [
            Entity(id="calcium", name="calcium pills", category="intervention"),
            Entity(id="stroke", name="stroke", category="condition"),
            *(Source(id=row.source, title=f"Paper {row.source}") for row in evidence),
            statement,
        ]
    )


def _page(graph: Graph) -> str:
    page = questions.Page("x", "Is it?", (("calcium", "stroke"),))
    return "\n".join(questions._lines(graph, page))


def _row(source: str, stance: str = "supports", strength: str = "direct") -> Evidence:
    return Evidence(
        source=source, stance=stance, strength=strength, method="randomised-trial", species="human"
    )


def _under(text: str, heading: str) -> list[str]:
    part = text.partition(f"{heading}:\n")[2]
    match = re.match(r"\n((?:- .*\n)+)", part)
    return [line[2:] for line in match[1].splitlines()] if match else []


def test_a_trial_in_people_is_told_apart_from_the_review_that_repeats_it() -> None:
    told = _page(_graph(_row("a"), _row("b", strength="review")))
    assert _under(told, "In people it was measured that") == [
        "calcium pills makes stroke more likely or more severe (1 of 2 sources)"
    ]


def test_what_sources_dispute_is_no_finding() -> None:
    told = _page(_graph(_row("a"), _row("b", "disputes")))
    assert _under(told, "Sources disagree on") == [
        "whether calcium pills makes stroke more likely or more severe (1 source; 1 against)"
    ]
    assert "it was measured" not in told


def test_what_was_looked_for_and_not_found_is_not_called_unknown() -> None:
    told = _page(_graph(_row("a", "disputes")))
    assert _under(told, "Sources that speak of it deny, and none supports, that") == [
        "calcium pills contributes to stroke (1 against)"
    ]
    assert "Nothing that is asked here." in told


def test_what_only_the_article_claims_is_nobodys_finding() -> None:
    told = _page(_graph(_row("a", strength="asserted")))
    assert "has no direct answer from a source that was read" in told
    assert "0 statements, 0 findings from 0 sources" in told


def test_what_a_source_says_can_break_no_table_and_inject_no_markup() -> None:
    row = Evidence(source="a", strength="review", summary="a | b <script>", species="human")
    (line,) = [text for text in _page(_graph(row)).splitlines() if "Paper a" in text]
    assert "a \\| b \\<script\\>" in line
