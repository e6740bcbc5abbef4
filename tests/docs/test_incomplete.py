"""What docs/incomplete-sources.md lists is what the sources lack, and nothing that they have."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import trabecula as tb
from trabecula.model import Source


def _incomplete() -> ModuleType:
    path = Path(__file__).with_name("incomplete.py")
    spec = importlib.util.spec_from_file_location("incomplete", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


incomplete = _incomplete()


def test_the_page_lists_what_the_sources_lack() -> None:
    sources = tb.load().sources.values()
    told = incomplete.tables(incomplete.PAGE.read_text("utf-8"))
    expected = ["".join(incomplete.totals(sources)), "".join(incomplete.rows(sources))]
    assert told == expected, "run scripts/update-docs"


WHOLE = Source(
    id="PMID:1", title="On bone", study_type="review", year="2001", authors=("Rude RK",),
    journal="Bone", volume="1", pages="1-9",
)  # fmt: skip


def test_a_source_that_has_everything_is_not_listed() -> None:
    assert incomplete.missing(WHOLE) == ()
    assert [*incomplete.rows([WHOLE])] == []


@pytest.mark.parametrize(
    ("source", "lacks"),
    [
        (Source(id="a"), ("title", "authors", "year", "journal", "volume", "pages", "identifier")),
        (Source(id="a", study_type="website", year="2001"), ("title", "authors")),
        (Source(id="a", title="[Our own]", study_type="book", authors=("Rude RK",)), ("title", "year")),
        (Source(id="a", title="T", year="2001", authors=("Rude RK", "et al"), study_type="book"),
         ("further authors",)),
        (Source(id="a", title="Bone and …", study_type="book", authors=("Rude RK",), year="2001"),
         ("title",)),
        (Source(id="GO", kind="ontology"), ()),
    ],
)  # fmt: skip
def test_what_is_missing_depends_on_what_a_source_is(
    source: Source, lacks: tuple[str, ...]
) -> None:
    assert incomplete.missing(source) == lacks


def test_an_identifier_may_be_among_the_others() -> None:
    assert "identifier" not in incomplete.missing(Source(id="a", xrefs=("doi:10.1/x",)))
