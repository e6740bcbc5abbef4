"""Cards say what was on record of a source, and nothing where nobody looked."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.model import Source
from trabecula.words import cards, outline


@pytest.mark.parametrize(
    ("standing", "date", "line"),
    [
        ("", "2023-10-01", "no retraction on record, as of 2023-10-01"),
        ("retracted", "2024-02-29", "retracted, as of 2024-02-29"),
        ("expression-of-concern", "2024-02-29", "expression of concern, as of 2024-02-29"),
    ],
)
def test_a_source_has_its_standing_with_the_day(standing: str, date: str, line: str) -> None:
    source = Source(id="PMID:1", title="A paper", standing=standing, standing_date=date)
    lines = outline.text(cards.source(Graph([source]), source), 80).splitlines()
    assert lines[-1].strip() == line


def test_a_source_that_nobody_looked_up_has_none() -> None:
    source = Source(id="PMID:1", title="A paper")
    assert "as of" not in outline.text(cards.source(Graph([source]), source), 80)
