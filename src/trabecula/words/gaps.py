"""Gaps as text and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, TypeVar

from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.gaps import KINDS, Bridge, Elsewhere, Gaps, Thin, Unread
from trabecula.words.outline import Line
from trabecula.words.text import sentence

_Gap = TypeVar("_Gap")
#: So many names are given of the entities that a bridge holds.
_NAMES = 5


def outline(graph: Graph, found: Gaps, kinds: Collection[str], limit: int) -> Iterator[Line]:
    """The gaps of these kinds, at most `limit` of each."""
    lists: dict[str, Iterator[Line]] = {
        "thin": _listed(found.thin, limit, lambda gap: _thin(graph, gap)),
        "unread": _listed(found.unread, limit, lambda gap: _unread(graph, gap)),
        "elsewhere": _listed(found.elsewhere, limit, lambda gap: _elsewhere(graph, gap)),
        "bridges": _listed(found.bridges, limit, lambda gap: _bridge(graph, gap)),
        "alone": _listed(found.alone, limit, lambda gap: (graph.name(gap), "")),
    }
    for kind, lines in lists.items():
        if kind in kinds:
            yield Line(0, f"{KINDS[kind]} ({len(getattr(found, kind))})")
            yield from lines
        if kind == "bridges" and kind in kinds and found.ends:
            others = "1 other holds" if found.ends == 1 else f"{found.ends:,} others hold"
            yield Line(1, f"{others} one entity each")
    if {"thin", "unread", "elsewhere"} & set(kinds):
        yield Line(0, "How it is counted")
        yield Line(
            1,
            "A pair relies on a statement that every path of influence of at most "
            f"{counted(found.complete, 'step')} from the one entity to the other passes.",
        )
        if found.complete < found.steps:
            yield Line(1, f"There are too many paths of {found.complete + 1} steps to count them.")


def _listed(
    gaps: Sequence[_Gap], limit: int, words: Callable[[_Gap], tuple[str, str]]
) -> Iterator[Line]:
    for gap in gaps[:limit]:
        what, more = words(gap)
        yield Line(1, what)
        if more:
            yield Line(2, more, dim=True)
    if len(gaps) > limit:
        yield Line(1, f"… and {len(gaps) - limit} more; --limit shows them")


def _thin(graph: Graph, gap: Thin) -> tuple[str, str]:
    claimed = any(row.strength == "asserted" for row in gap.statement.evidence)
    rests = ", ".join(gap.sources) or ("the article alone" if claimed else "no source")
    hanging = counted(gap.reliance, "pair")
    if gap.expectations:
        hanging += f" and {counted(gap.expectations, 'expectation')}"
    relies = "relies" if gap.reliance == 1 and not gap.expectations else "rely"
    status = graph.status(gap.statement)
    return sentence(graph, gap.statement), f"{hanging} {relies} on it; {status}: {rests}"


def _unread(graph: Graph, gap: Unread) -> tuple[str, str]:
    title = f": {gap.source.title}" if gap.source.title else ""
    decided = "; ".join(sentence(graph, statement) for statement in gap.decides)
    return f"{gap.source.id}{title}", f"{counted(gap.reliance, 'pair')}; decides: {decided}"


def _elsewhere(graph: Graph, gap: Elsewhere) -> tuple[str, str]:
    where = ", ".join(gap.found_in)
    found = f"found in: {where}" if where else "no source says in what it was found"
    return sentence(graph, gap.statement), f"{counted(gap.reliance, 'pair')}; {found}"


def _bridge(graph: Graph, gap: Bridge) -> tuple[str, str]:
    names = ", ".join(graph.name(entity) for entity in gap.cut_off[:_NAMES])
    more = len(gap.cut_off) - _NAMES
    names += f" and {more} more" if more > 0 else ""
    held = counted(len(gap.cut_off), "entity", "entities")
    return sentence(graph, gap.statement), f"holds {held}: {names}"


def values(graph: Graph, found: Gaps, kinds: Collection[str]) -> dict[str, Any]:
    """All gaps of these kinds for JSON, the worst first."""
    lists: dict[str, list[Any]] = {
        "thin": [
            {
                "statement": gap.statement.id,
                "says": sentence(graph, gap.statement),
                "status": graph.status(gap.statement),
                "sources": list(gap.sources),
                "reliance": gap.reliance,
                "expectations": gap.expectations,
            }
            for gap in found.thin
        ],
        "unread": [
            {
                "source": gap.source.id,
                "title": gap.source.title,
                "decides": [statement.id for statement in gap.decides],
                "reliance": gap.reliance,
            }
            for gap in found.unread
        ],
        "elsewhere": [
            {
                "statement": gap.statement.id,
                "says": sentence(graph, gap.statement),
                "found_in": list(gap.found_in),
                "reliance": gap.reliance,
            }
            for gap in found.elsewhere
        ],
        "bridges": [
            {
                "statement": gap.statement.id,
                "says": sentence(graph, gap.statement),
                "cut_off": list(gap.cut_off),
            }
            for gap in found.bridges
        ],
        "alone": list(found.alone),
    }
    chosen = {kind: lists[kind] for kind in KINDS if kind in kinds}
    return {
        "steps": found.steps,
        "complete": found.complete,
        "ends": found.ends,
        **chosen,
    }
