"""Where the documentation gives a number, it is the one that the code goes by."""

from __future__ import annotations

from pathlib import Path

import pytest

from trabecula.page import html, queries
from trabecula.picture import kept
from trabecula.reason import conclusions, core, loops, paths

DOCS = Path(__file__).parents[2] / "docs"
#: Small numbers as the pages write them.
WORDS = dict(
    enumerate(
        ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
)

#: Page and sentence, as the code has it.
SENTENCES = (
    ("view.md", f"up to {html.MAX_ENTITIES:,} entities and {html.MAX_STATEMENTS:,} statements"),
    ("view.md", f"at most {kept.MOST} files"),
    ("view.md", f"on which least rests until no more than {core.CORE} are left"),
    ("sparql.md", f"a graph with more than {queries.MAX_STATEMENTS:,} statements has no drawer"),
    ("reasoning.md", f"the paths between them, up to {WORDS[paths.STEPS]} steps"),
    ("reasoning.md", f"of quantities of up to {WORDS[loops.STEPS]} steps"),
    ("reasoning.md", f"a loop of up to {WORDS[loops.STEPS]} steps"),
    ("reasoning.md", f"At most {WORDS[conclusions.STEPS]} acting steps make a conclusion"),
)


@pytest.mark.parametrize(("page", "sentence"), SENTENCES, ids=lambda text: text[:40])
def test_the_page_gives_the_number_of_the_code(page: str, sentence: str) -> None:
    text = " ".join((DOCS / page).read_text("utf-8").split())
    assert sentence in text, f"write it in docs/{page}, or mend the code"
