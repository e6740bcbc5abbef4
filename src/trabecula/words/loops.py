"""Feedback loops: as blocks of a report, as plain values for JSON, and as data of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from trabecula import values as facts
from trabecula.addresses import addresses
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.loops import Loop, Loops, Turn, loops
from trabecula.vocabulary import BASES
from trabecula.words.outline import Block, Line, Note
from trabecula.words.statements import SIGNS
from trabecula.words.terminal import styled

#: How far and how hard the page looks for loops, how many it holds, so that it is made at once.
PAGE_STEPS: Final = 4
PAGE_EFFORT: Final = 100_000
PAGE_LIMIT: Final = 1_000
PAGE_LOOPS: Final = 40

#: What a step does, as biologists draw it; a loop is a row of these.
_ARROWS = {1: "→", -1: "⊣", 0: "⇢"}
_ARROWS_SAY = (
    "→ raises, ⊣ lowers, ⇢ acts on in a direction that is not said, * needed: only a shortfall is "
    "passed on."
)
#: On what a step rests, by its ground.
GROUNDS: Final = {
    **{name: basis["label"] for name, basis in BASES.items()},
    "read": "read, of a kind that is not said",
    "disputed": "disputed",
    "unread": "titles, or no evidence",
    "article": "the article alone",
}


def outline(graph: Graph, answer: Loops, limit: int) -> Iterator[Block]:
    """The loops with their kind and weakest step, and how far they were looked for."""
    kinds = [loop.kind for loop in answer.loops]
    told = ", ".join(
        f"{kinds.count(kind)} {kind if kind != 'unknown' else 'of unknown sign'}"
        for kind in ("balancing", "reinforcing", "unknown")
    )
    count = counted(len(kinds), "feedback loop")
    yield Line(0, f"{count} of up to {counted(answer.complete, 'step')}: {told}")
    for loop in answer.loops[:limit]:
        yield from _loop_lines(graph, loop)
    notes = [_ARROWS_SAY] if kinds else []
    if len(kinds) > limit:
        notes.insert(0, f"Shown are {limit} of {count}; --limit shows more.")
    if answer.complete < answer.steps:
        notes.append(
            "The search stopped at its bound: loops of more than "
            f"{counted(answer.complete, 'step')} were not looked for. Name an entity, or ask for "
            "fewer steps or statuses."
        )
    if notes:
        yield Note(" ".join(notes))


def _loop_lines(graph: Graph, loop: Loop) -> Iterator[Line]:
    yield Line(1, f"{SIGNS[loop.sign]} {styled(loop.kind, 'bold')}, {_weakest(graph, loop)}")
    yield Line(
        2, " ".join([graph.name(loop.entities[0]), *(_arrow(graph, step) for step in loop.steps)])
    )
    yield Line(2, "; ".join(filter(None, (_only(graph, loop), loop.id))), dim=True)


def _arrow(graph: Graph, step: Turn) -> str:
    return f"{_ARROWS[step.sign]}{'*' if step.need else ''} {graph.name(step.end)}"


def _weakest(graph: Graph, loop: Loop) -> str:
    """`weakest step: PTH secretion → parathyroid hormone (defined, 1 source)`."""
    weak = loop.weakest
    sources = f", {counted(weak.sources, 'source')}" if weak.sources else ""
    ends = f"{graph.name(weak.start)} {_ARROWS[weak.sign]} {graph.name(weak.end)}"
    return f"weakest step: {ends} ({GROUNDS[weak.ground]}{sources})"


def _only(graph: Graph, loop: Loop) -> str:
    """Which change alone comes round, where not any does."""
    return f"only a {loop.only} of {graph.name(loop.at)} comes round" if loop.only else ""


def values(graph: Graph, answer: Loops, limit: int) -> dict[str, Any]:
    """The same facts as `outline`, with the evidence of every statement."""
    return {
        "steps": answer.steps,
        "complete": answer.complete,
        "loops_found": len(answer.loops),
        "loops": [_loop_values(graph, loop) for loop in answer.loops[:limit]],
    }


def _loop_values(graph: Graph, loop: Loop) -> dict[str, Any]:
    return {
        "id": loop.id,
        "iri": addresses(graph.about).outward(loop.iri),
        "kind": loop.kind,
        "sign": loop.sign,
        "entities": list(loop.entities),
        "only": loop.only,
        "at": loop.at,
        "weakest": loop.steps.index(loop.weakest) + 1,
        "ground": loop.weakest.ground,
        "sources": loop.weakest.sources,
        "steps": [
            {
                "start": step.start,
                "end": step.end,
                "sign": step.sign,
                "need": step.need,
                "ground": step.ground,
                "sources": step.sources,
                "statements": [facts.statement(graph, statement) for statement in step.statements],
            }
            for step in loop.steps
        ],
    }


# --- On the page ----------------------------------------------------------------------------

_KINDS = {
    1: ("reinforcing", "A change that runs round it comes back as it was: it is amplified."),
    -1: ("balancing", "A change that runs round it comes back turned round: it is dampened."),
    0: ("of unknown sign", "What becomes of a change is not said at every step of it."),
}


def drawn(graph: Graph) -> dict[str, Any]:
    """The loops of the graph of a page: how many, those it lists, and how far they were sought."""
    answer = loops(graph.columns, PAGE_STEPS, limit=PAGE_LIMIT, effort=PAGE_EFFORT)
    return {
        "complete": answer.complete,
        "bounded": answer.complete < answer.steps,
        "count": len(answer.loops),
        "rows": [_drawn(graph, loop) for loop in answer.loops[:PAGE_LOOPS]],
        "arrows": _ARROWS_SAY,
    }


def _drawn(graph: Graph, loop: Loop) -> dict[str, Any]:
    kind, words = _KINDS[loop.sign]
    weak = loop.weakest
    only = _only(graph, loop)
    sources = f", {counted(weak.sources, 'source')}" if weak.sources else ""
    return {
        "id": loop.id,
        "iri": addresses(graph.about).outward(loop.iri),
        "glyph": SIGNS[loop.sign],
        "kind": kind,
        "words": f"{words} {only[0].upper()}{only[1:]}." if only else words,
        "entities": loop.entities,
        "arrows": [_ARROWS[step.sign] + ("*" if step.need else "") for step in loop.steps],
        "statements": [statement.id for statement in loop.statements],
        "weakest": weak.statements[0].id,
        "known": f"{GROUNDS[weak.ground]}{sources}",
    }
