"""A second opinion as blocks of a report and as values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.compare import AGREEMENTS, Compared, Comparison
from trabecula.reason.concluded import Conclusion
from trabecula.words.outline import Block, Line, Note, Table
from trabecula.words.statements import SIGNS, cut
from trabecula.words.whatif import known_by

_COLUMNS: Final = ("from", "to", "here", "there", "steps here", "steps there")
_SHARE: Final = 0.3


def outline(
    here: Graph, there: Graph, comparison: Comparison, only: tuple[str, ...], limit: int
) -> Iterator[Block]:
    """How many pairs agree, and for each agreement the pairs with what both conclude."""
    counts = ", ".join(f"{number} {name}" for name, number in comparison.counts().items())
    yield Line(0, f"{counted(len(comparison.shared), 'thing')} that both graphs have")
    yield Line(1, f"{counts}, of {counted(comparison.asked, 'pair')}")
    for agreement, meaning in AGREEMENTS.items():
        pairs = [pair for pair in comparison.pairs if pair.agreement == agreement]
        if not pairs or (only and agreement not in only):
            continue
        yield Line(0, f"{agreement}: {meaning}")
        rows = [_row(here, there, pair) for pair in pairs[:limit]]
        yield Table(_COLUMNS, rows, depth=1, share=_SHARE)
        yield from cut(pairs, limit)
    if comparison.asked < comparison.among:
        more = counted(comparison.among - comparison.asked, "more pair was", "more pairs were")
        yield Note(f"{more} not looked at.")


def _row(here: Graph, there: Graph, pair: Compared) -> tuple[str, ...]:
    return (
        here.name(pair.start), here.name(pair.end), _told(pair.here), _told(pair.there),
        _steps(here, pair.here), _steps(there, pair.there),
    )  # fmt: skip


def _told(conclusion: Conclusion) -> str:
    return (
        f"{SIGNS[conclusion.sign or 0]} {known_by(conclusion)}"
        if conclusion.sign
        else known_by(conclusion)
    )


def _steps(graph: Graph, conclusion: Conclusion) -> str:
    ids = conclusion.path or conclusion.rests_on[:1]
    return "; ".join(graph.sentence(graph.statements[key]) for key in ids)


def values(comparison: Comparison, only: tuple[str, ...]) -> dict[str, Any]:
    """The same facts, and all pairs."""
    return {
        "shared": [{"here": ours, "there": theirs} for ours, theirs in comparison.shared],
        "counts": comparison.counts(),
        "complete": comparison.asked == comparison.among,
        "pairs": [
            {
                "start": pair.start,
                "end": pair.end,
                "agreement": pair.agreement,
                "here": facts.conclusion(pair.here),
                "there": facts.conclusion(pair.there),
            }
            for pair in comparison.pairs
            if not only or pair.agreement in only
        ],
    }
