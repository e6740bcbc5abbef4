"""A second opinion as text for a terminal and as values for JSON."""

from __future__ import annotations

import textwrap
from typing import Any, Final

import click

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.compare import AGREEMENTS, Compared, Comparison
from trabecula.reason.conclusions import Conclusion
from trabecula.words.tables import table
from trabecula.words.text import SIGNS, sentence
from trabecula.words.whatif import known_by

_COLUMNS: Final = ("from", "to", "here", "there", "steps here", "steps there")
_WRAP: Final = 30


def opinion(here: Graph, there: Graph, found: Comparison, only: tuple[str, ...], limit: int) -> str:
    """How many pairs agree, and for each agreement the pairs with what both conclude."""
    counts = ", ".join(f"{number} {name}" for name, number in found.counts().items())
    lines = [
        click.style(f"{counted(len(found.shared), 'thing')} that both graphs have", bold=True),
        f"  {counts}, of {found.asked} pairs",
    ]
    for agreement, meaning in AGREEMENTS.items():
        pairs = [pair for pair in found.pairs if pair.agreement == agreement]
        if not pairs or (only and agreement not in only):
            continue
        lines += ["", click.style(f"{agreement}: {meaning}", bold=True)]
        rows = [_row(here, there, pair) for pair in pairs[:limit]]
        lines.append(textwrap.indent(table(rows, _COLUMNS, wrap=_WRAP), "  "))
        if len(pairs) > limit:
            lines.append(f"  and {len(pairs) - limit} more; --limit shows them")
    if found.asked < found.among:
        lines += ["", f"{found.among - found.asked} more pairs were not looked at."]
    return "\n".join(lines)


def _row(here: Graph, there: Graph, pair: Compared) -> tuple[str, ...]:
    return (
        here.name(pair.start), here.name(pair.end), _told(pair.here), _told(pair.there),
        _steps(here, pair.here), _steps(there, pair.there),
    )  # fmt: skip


def _told(found: Conclusion) -> str:
    return f"{SIGNS[found.sign or 0]} {known_by(found)}" if found.sign else known_by(found)


def _steps(graph: Graph, found: Conclusion) -> str:
    ids = found.path or found.rests_on[:1]
    return "; ".join(sentence(graph, graph.statements[key]) for key in ids)


def values(found: Comparison, only: tuple[str, ...]) -> dict[str, Any]:
    """The same facts, and all pairs."""
    return {
        "shared": [{"here": one, "there": other} for one, other in found.shared],
        "counts": found.counts(),
        "complete": found.asked == found.among,
        "pairs": [
            {
                "start": pair.start,
                "end": pair.end,
                "agreement": pair.agreement,
                "here": facts.conclusion(pair.here),
                "there": facts.conclusion(pair.there),
            }
            for pair in found.pairs
            if not only or pair.agreement in only
        ],
    }
