"""What the page finds is what `trabecula search` finds, in the same order and for the same reason."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from trabecula.graph import Graph
from trabecula.lookup import search

ROOT = Path(__file__).parents[2]


def _cases() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "search_cases", Path(__file__).with_name("search_cases.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


cases = _cases()


def page_agrees(path: Path) -> None:
    """See that the page answers the cases of a file as they say."""
    asked = ("--test-name-pattern", "^the page finds what Python finds")
    done = subprocess.run(
        [ROOT / "scripts/node", "--test-reporter=tap", *asked, "test/find.test.js"],
        cwd=ROOT / "frontend",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "TRABECULA_SEARCH": str(path)},
    )
    failed = re.findall(r"^not ok (?:.*\n)+?  \.\.\.$", done.stdout, re.MULTILINE)
    assert (failed[:1], done.returncode) == ([], 0), done.stderr


@pytest.mark.parametrize(("typed", "first"), cases.FIRST.items())
def test_what_was_meant_is_found_first(typed: str, first: str) -> None:
    assert next((hit.entity.id for hit in search(cases.GRAPH, typed)), "") == first


def test_the_cases_are_what_python_finds_today() -> None:
    # Where this fails, the search has changed: run scripts/reasoning-cases and look at what is
    # different in frontend/test/search-cases.json.
    assert cases.FILE.read_text("utf-8") == cases.content(cases.GRAPH, cases.FIRST)


def test_the_page_finds_what_python_finds(shipped: Graph, tmp_path: Path) -> None:
    dice = random.Random(26)  # noqa: S311 (nothing secret)
    # Each case is compared with every entity, so that some stand for all.
    some = dice.sample([*shipped.entities.values()], k=60)
    both = Graph([*some, *cases.GRAPH.entities.values()])
    names = [
        text
        for entity in both.entities.values()
        for text in (
            entity.name,
            entity.id,
            *entity.synonyms,
            *(xref.curie for xref in entity.xrefs),
        )
    ]
    typed = [mistyped(dice, dice.choice(names)) for _ in range(400)]
    path = tmp_path / "cases.json"
    path.write_text(cases.content(both, typed), encoding="utf-8")
    page_agrees(path)


def mistyped(dice: random.Random, text: str) -> str:
    """A text as somebody might type it: a part of it, its words in another order, letters amiss."""
    words = text.split()
    if dice.random() < 0.3:
        dice.shuffle(words)
    text = dice.choice((" ", " ", "-", "")).join(words)
    if dice.random() < 0.3:
        text = text[: dice.randint(0, len(text))]
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        at = dice.randint(0, len(text))
        other = dice.choice(("", "e", "α", " ", "ß", "3", "́")) + text[at + 1 : at + 2]
        swapped = text[at : at + 2][::-1]
        text = text[:at] + (swapped if dice.random() < 0.3 else other) + text[at + 2 :]
    return dice.choice((text, text, text.upper(), text.swapcase()))
