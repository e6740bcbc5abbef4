"""The picture of the model shows a statement of the graph, as the graph has it."""

from __future__ import annotations

import re
from pathlib import Path

from trabecula import shipped
from trabecula.formats import curated
from trabecula.graph import Graph

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "model.svg"


def test_the_statement_in_the_picture_is_that_of_the_graph() -> None:
    graph = Graph(curated.read(shipped.graph()))
    meaning = ("magnesium", "increases", "ossification", (), False)
    (statement,) = (s for s in graph.out("magnesium") if s.key == meaning)
    name = f"magnesium {statement.predicate} {graph.name('ossification')}"
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", PICTURE.read_text("utf-8"))
    start = texts.index("Statement")
    status = f"status, computed: {graph.status(statement)}"
    assert texts[start : start + 4] == ["Statement", name, "qualifiers: none", status]
    shown = texts[texts.index("Evidence") :]  # seven texts a piece: see the picture
    pieces = {tuple(shown[i + k] for k in (1, 2, 6)) for i in range(0, len(shown), 7)}
    assert len(pieces) == 4
    assert pieces <= {
        (
            row.stance,
            f"{row.strength} · {row.method.replace('-', ' ')}",
            row.source.replace("article", "the article"),
        )
        for row in statement.evidence
    }
