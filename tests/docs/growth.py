"""Write the table in docs/content.md of what 0.1.0 held and what the shipped graph holds now.

The figures of 0.1.0 are those of its tables (commit a36dd3c) as this engine counts them, with the
keys of context that the graph declares today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import trabecula as tb
from trabecula.graph import Graph
from trabecula.model import Entity
from trabecula.reason.audit import tally
from trabecula.values import counts

PAGE = Path(__file__).resolve().parents[2] / "docs/content.md"
_ROWS = re.compile(r"(?<=\n\| --- \| ---: \| ---: \|\n)(?:\| .*\n)+")

#: What 0.1.0 had; the labels are those of `figures`.
BEFORE = {
    "sources read": 88,
    "statements": 750,
    "pieces of evidence": 1059,
    "statements with support from primary human evidence": 66,
    "entities": 387,
    "entities with an exact identifier elsewhere": 175,
    "supported: measured in people": 32,
    "supported: measured elsewhere": 71,
    "supported: reviewed": 199,
    "supported: defined": 127,
    "evidence of meta-analyses": 10,
    "evidence of randomised trials": 16,
    "evidence of cohorts": 8,
    "evidence of other studies of people": 91,
    "evidence of animals": 79,
    "evidence of cells": 78,
    "evidence of reviews": 287,
    "evidence of textbooks": 9,
    "evidence that disputes": 74,
    "claims that stand on studies": 1,
    "claims that are textbook knowledge": 55,
    "claims that stand in a context": 17,
    "claims that are contested": 9,
    "claims that rest on titles": 3,
    "claims that rest on the article": 183,
    "claims that are contradicted": 3,
}  # fmt: skip


def figures(graph: Graph) -> dict[str, int]:
    """The same figures of a graph."""
    told = counts(graph)
    held, coverage, method = told["graph"], told["coverage"], told["evidence by method"]
    basis, verdicts = (
        told["supported statements by what they rest on"],
        tally(tb.audit(graph).claims),
    )
    human = "statements with support from primary human evidence"
    values = (
        coverage["sources read"], held["statements"], held["pieces of evidence"], coverage[human],
        held["entities"], sum(map(_identified, graph.entities.values())),
        *(basis[key] for key in ("measured-in-people", "measured-elsewhere", "reviewed", "defined")),
        method["meta-analysis"], method["randomised-trial"], method["cohort"],
        method["clinical-study"] + method["cross-sectional"], method["animal-study"],
        method["cell-culture"], method["review"], method["book"],
        told["evidence by stance"]["disputes"],
        *verdicts.values(),
    )  # fmt: skip
    return dict(zip(BEFORE, values, strict=True))


def _identified(entity: Entity) -> bool:
    return any(xref.match == "exact" for xref in entity.xrefs)


def rows(graph: Graph) -> Iterator[str]:
    """The rows of the table."""
    for label, now in figures(graph).items():
        yield f"| {label} | {BEFORE[label]:,} | {now:,} |\n"


def table(text: str) -> str:
    """The rows that a page has."""
    match = _ROWS.search(text)
    assert match, "docs/content.md has no table of what 0.1.0 held"
    return match[0]


def main() -> None:
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text.replace(table(text), "".join(rows(tb.load()))), "utf-8")


if __name__ == "__main__":
    main()
