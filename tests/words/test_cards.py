"""Cards say what is on record of a source, and nothing where nobody looked."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.model import Source
from trabecula.words import cards, outline


@pytest.mark.parametrize(
    ("standing", "date", "line"),
    [
        ("", "", None),
        ("", "2023-10-01", "no retraction on record, as of 2023-10-01"),
        ("retracted", "", "retracted"),
        ("expression-of-concern", "2024-02-29", "expression of concern, as of 2024-02-29"),
    ],
)
def test_a_source_has_its_standing_with_the_day(standing: str, date: str, line: str | None) -> None:
    source = Source(id="PMID:1", title="A paper", standing=standing, standing_date=date)
    plain = Source(id="PMID:1", title="A paper")
    lines, without = (
        outline.text(cards.source(Graph([one]), one), 80).splitlines() for one in (source, plain)
    )
    assert [text.strip() for text in lines if text not in without] == ([line] if line else [])
