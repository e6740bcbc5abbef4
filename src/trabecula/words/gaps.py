"""Gaps as blocks of a report and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, TypeVar

from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.gaps import KINDS, Bridge, Elsewhere, Gaps, Thin, Unread
from trabecula.reason.missing import KINDS as MISSING
from trabecula.reason.missing import Missing
from trabecula.words.outline import Line
from trabecula.words.statements import cut

_Gap = TypeVar("_Gap")
#: So many names are given of the entities that a bridge holds.
_NAMES = 5


def outline(graph: Graph, gaps: Gaps, kinds: Collection[str], limit: int) -> Iterator[Line]:
    """The gaps of these kinds, at most `limit` of each."""
    lists: dict[str, Iterator[Line]] = {
        "thin": _listed(gaps.thin, limit, lambda gap: _thin(graph, gap)),
        "missing": _listed(gaps.missing, limit, lambda gap: _missing(graph, gap)),
        "unread": _listed(gaps.unread, limit, lambda gap: _unread(graph, gap)),
        "elsewhere": _listed(gaps.elsewhere, limit, lambda gap: _elsewhere(graph, gap)),
        "bridges": _listed(gaps.bridges, limit, lambda gap: _bridge(graph, gap)),
        "alone": _listed(gaps.alone, limit, lambda gap: (graph.name(gap), "")),
    }
    for kind, lines in lists.items():
        if kind in kinds:
            yield Line(0, f"{KINDS[kind]} ({len(getattr(gaps, kind)):,})")
            yield from lines
        if kind == "bridges" and kind in kinds and gaps.ends:
            others = "1 other holds" if gaps.ends == 1 else f"{gaps.ends:,} others hold"
            yield Line(1, f"{others} one entity each")
    if {"thin", "unread", "elsewhere"} & set(kinds):
        yield Line(0, "How it is counted")
        yield Line(
            1,
            "A conclusion about two quantities is open where it is suggested, conceivable, "
            "contested or cannot be said. It hangs on a statement of the two that it rests on, and "
            "on one that all chains of two steps pass that it rests on.",
        )
        if not gaps.chains:
            yield Line(1, "There are too many chains of two steps to count what hangs on them.")


def _listed(
    gaps: Sequence[_Gap], limit: int, words: Callable[[_Gap], tuple[str, str]]
) -> Iterator[Line]:
    for gap in gaps[:limit]:
        what, more = words(gap)
        yield Line(1, what)
        if more:
            yield Line(2, more, dim=True)
    yield from cut(gaps, limit)


def _thin(graph: Graph, gap: Thin) -> tuple[str, str]:
    claimed = any(row.strength == "asserted" for row in gap.statement.evidence)
    rests = ", ".join(gap.sources) or ("the article alone" if claimed else "no source")
    hanging = _hanging(gap.hanging)
    if gap.expectations:
        hanging += f" and {counted(gap.expectations, 'expectation')}"
    status = graph.status(gap.statement)
    return graph.sentence(gap.statement), f"{hanging}; {status}: {rests}"


def _hanging(count: int) -> str:
    return f"{counted(count, 'open conclusion')} on it" if count else "no open conclusion on it"


def _missing(graph: Graph, gap: Missing) -> tuple[str, str]:
    ends = f"{graph.name(gap.start)} and {graph.name(gap.end)}"
    chains = counted(gap.chains, "chain")
    if gap.kind == "untested":
        way = "more" if gap.sign > 0 else "less"
        return ends, f"{chains} of supported steps: with more of the one {way} of the other"
    return ends, f"{MISSING[gap.kind]}; a link would make {chains} of two steps"


def _unread(graph: Graph, gap: Unread) -> tuple[str, str]:
    title = f": {gap.source.title}" if gap.source.title else ""
    decided = "; ".join(graph.sentence(statement) for statement in gap.decides)
    return f"{gap.source.id}{title}", f"{_hanging(gap.hanging)}; decides: {decided}"


def _elsewhere(graph: Graph, gap: Elsewhere) -> tuple[str, str]:
    where = ", ".join(gap.found_in)
    places = f"found in: {where}" if where else "no source says in what it was found"
    return graph.sentence(gap.statement), f"{_hanging(gap.hanging)}; {places}"


def _bridge(graph: Graph, gap: Bridge) -> tuple[str, str]:
    names = ", ".join(graph.name(entity) for entity in gap.cut_off[:_NAMES])
    more = len(gap.cut_off) - _NAMES
    names += f" and {more} more" if more > 0 else ""
    held = counted(len(gap.cut_off), "entity", "entities")
    return graph.sentence(gap.statement), f"holds {held}: {names}"


def values(graph: Graph, gaps: Gaps, kinds: Collection[str]) -> dict[str, Any]:
    """All gaps of these kinds for JSON, the worst first."""
    lists: dict[str, list[Any]] = {
        "thin": [
            {
                "statement": gap.statement.id,
                "says": graph.sentence(gap.statement),
                "status": graph.status(gap.statement),
                "sources": list(gap.sources),
                "hanging": gap.hanging,
                "expectations": gap.expectations,
            }
            for gap in gaps.thin
        ],
        "missing": [
            {
                "kind": gap.kind,
                "start": gap.start,
                "end": gap.end,
                "chains": gap.chains,
                "sign": gap.sign,
            }
            for gap in gaps.missing
        ],
        "unread": [
            {
                "source": gap.source.id,
                "title": gap.source.title,
                "decides": [statement.id for statement in gap.decides],
                "hanging": gap.hanging,
            }
            for gap in gaps.unread
        ],
        "elsewhere": [
            {
                "statement": gap.statement.id,
                "says": graph.sentence(gap.statement),
                "found_in": list(gap.found_in),
                "hanging": gap.hanging,
            }
            for gap in gaps.elsewhere
        ],
        "bridges": [
            {
                "statement": gap.statement.id,
                "says": graph.sentence(gap.statement),
                "cut_off": list(gap.cut_off),
            }
            for gap in gaps.bridges
        ],
        "alone": list(gaps.alone),
    }
    chosen = {kind: lists[kind] for kind in KINDS if kind in kinds}
    return {
        "chains": gaps.chains,
        "ends": gaps.ends,
        **chosen,
    }
