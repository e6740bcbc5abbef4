"""What came in from a file, in figures: what every reader of it wants to check first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from trabecula.leftover import Leftovers

SIGNS = ("positive", "negative", "unsigned", "negated")


@dataclass(slots=True)
class Report:
    """The figures of one reading.

    `rows` are the edges as they stand in the file, `statements` the different ones among them.
    Signs are of statements; one that is negated is in no other group. `evidence` counts rows of
    it, `papers` the different publications that they name. `predicates` are counted by the name
    that the file gives them, of which the `unknown` ones have no meaning here and no sign. `mapped`
    says that the file was read as one of somebody else's.
    """

    format: str = ""
    description: str = ""
    nodes: int = 0
    rows: int = 0
    statements: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    evidence: int = 0
    papers: int = 0
    predicates: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    mapped: bool = False
    counting: bool = True  # whether statements are told apart and counted, which takes memory
    left: Leftovers = field(default_factory=Leftovers)

    def sign(self, sign: int, *, denied: bool) -> None:
        """Count the sign of a statement; one that is only denied has none."""
        group = {1: "positive", -1: "negative", 0: "unsigned"}[sign]
        self.signs["negated" if denied else group] += 1

    def values(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "format": self.format,
            "description": self.description,
            "nodes": self.nodes,
            "edges": self.rows,
            "statements": self.statements,
            "signs": {name: self.signs[name] for name in SIGNS},
            "evidence": self.evidence,
            "papers": self.papers,
            "predicates": dict(sorted(self.predicates.items())),
            "unknown_predicates": dict(sorted(self.unknown.items())),
            "skipped": self.skipped,
            "left_out": list(self.left.lines()),
        }
