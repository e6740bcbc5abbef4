"""How much evidence and how many conflicts a page holds, and which: what is left out is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from trabecula.graph import Graph
from trabecula.model import Evidence, Statement

#: Pieces of evidence of one statement, and of all.
MAX_ROWS: Final = 1_000
MAX_EVIDENCE: Final = 100_000

#: Conflicts that are listed.
MAX_CONFLICTS: Final = 2_000


def share(graph: Graph) -> int:
    """The most pieces of evidence that a page of the graph holds of one statement.

    `MAX_ROWS`, and fewer where all that would be more than `MAX_EVIDENCE`.
    """
    counts = [len(statement.evidence) for statement in graph.statements.values()]
    most = MAX_ROWS
    while most > 1 and sum(min(count, most) for count in counts) > MAX_EVIDENCE:
        most = most * 3 // 4
    return most


def places(statement: Statement, most: int) -> list[int]:
    """The places of the pieces of evidence that are kept, in order.

    Where not all are, each stance, method and species keeps as many as any other, so that none
    goes unseen.
    """
    if len(statement.evidence) <= most:
        return list(range(len(statement.evidence)))
    seen: Counter[tuple[str, str, str]] = Counter()
    ranked = []
    for place, row in enumerate(statement.evidence):
        kind = (row.stance, row.method, row.species)
        ranked.append((seen[kind], place))
        seen[kind] += 1
    return sorted(place for _, place in sorted(ranked)[:most])


def left_out(statement: Statement, kept: Iterable[int]) -> dict[str, int]:
    """How many pieces of evidence are not kept, by their stance."""
    missing = set(range(len(statement.evidence))).difference(kept)
    return dict(sorted(Counter(statement.evidence[place].stance for place in missing).items()))


def numbered(statement: Statement, most: int) -> dict[Evidence, int]:
    """The pieces of evidence that are kept, with their places among them."""
    kept = places(statement, most)
    return {statement.evidence[place]: number for number, place in enumerate(kept)}
