"""Feedback loops: as text for a terminal, as plain values for JSON, and as data of the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Final

import click

from trabecula.addresses import addresses
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.loops import Loop, Loops, loops
from trabecula.reason.paths import Path
from trabecula.words.explain import step_count, step_values
from trabecula.words.text import SIGNS, styled_status, tally, width

#: How far and how hard the page looks for loops, how many it holds, so that it is made at once.
PAGE_STEPS: Final = 6
PAGE_EFFORT: Final = 100_000
PAGE_LIMIT: Final = 1_000
PAGE_LOOPS: Final = 200

#: What a step does, as biologists draw it; a loop or a path is a row of these.
_ARROWS = {1: "→", -1: "⊣", 0: "⇢"}
_ARROWS_SAY = "→ raises, ⊣ lowers, ⇢ acts on in a direction that is not said."


def feedback(graph: Graph, found: Loops, limit: int) -> str:
    """The loops with their kind and weakest statement, and how far they were looked for."""
    kinds = [loop.kind for loop in found.found]
    told = ", ".join(
        f"{kinds.count(kind)} {kind if kind != 'unknown' else 'of unknown sign'}"
        for kind in ("balancing", "reinforcing", "unknown")
    )
    count = counted(len(kinds), "feedback loop")
    lines = [click.style(f"{count} of up to {step_count(found.complete)}: {told}", bold=True)]
    for loop in found.found[:limit]:
        lines += ["", *_loop_lines(graph, loop)]
    said = [_ARROWS_SAY] if kinds else []
    if len(kinds) > limit:
        said.insert(0, f"Shown are {limit} of {count}; --limit shows more.")
    if found.complete < found.steps:
        said.append(
            f"The search stopped at its bound: loops of more than {step_count(found.complete)} "
            "were not looked for. Name an entity, or ask for fewer steps or statuses."
        )
    return "\n".join([*lines, "", *textwrap.wrap(" ".join(said), width())]).rstrip()


def _loop_lines(graph: Graph, loop: Loop) -> Iterator[str]:
    weak = loop.weakest.statement
    known = f"{styled_status(graph.status(weak))}{tally(graph, weak)}"
    yield f"{SIGNS[loop.sign]} {click.style(loop.kind, bold=True)}, {known}  (id {loop.id})"
    yield from chain(graph, loop.path)


def chain(graph: Graph, path: Path) -> list[str]:
    """The entities of a path with what each step does to the next of them, wrapped."""
    words = [graph.name(path.steps[0].start)]
    words += [f"{_ARROWS[step.sign]} {graph.name(step.end)}" for step in path.steps]
    return textwrap.wrap(
        " ".join(words), width(), initial_indent="    ", subsequent_indent="      ",
        break_on_hyphens=False,
    )  # fmt: skip


def feedback_values(graph: Graph, found: Loops, limit: int) -> dict[str, Any]:
    """The same facts as `feedback`, with the evidence of every statement."""
    return {
        "steps": found.steps,
        "complete": found.complete,
        "loops_found": len(found.found),
        "loops": [_loop_values(graph, loop) for loop in found.found[:limit]],
    }


def _loop_values(graph: Graph, loop: Loop) -> dict[str, Any]:
    weak = loop.weakest.statement
    return {
        "id": loop.id,
        "iri": addresses(graph.about).outward(loop.iri),
        "kind": loop.kind,
        "sign": loop.sign,
        "entities": list(loop.entities),
        "weakest": weak.id,
        "status": graph.status(weak),
        "sources": len(graph.independent(weak)),
        "steps": [step_values(graph, step) for step in loop.path.steps],
    }


# --- On the page ----------------------------------------------------------------------------

_KINDS = {
    1: ("reinforcing", "A change that runs round it comes back as it was: it is amplified."),
    -1: ("balancing", "A change that runs round it comes back turned round: it is dampened."),
    0: ("of unknown sign", "What becomes of a change is not said by every statement in it."),
}


def drawn(graph: Graph) -> dict[str, Any]:
    """The loops of the graph of a page: how many, those it lists, and how far they were sought."""
    found = loops(graph.influence, PAGE_STEPS, limit=PAGE_LIMIT, effort=PAGE_EFFORT)
    return {
        "complete": found.complete,
        "bounded": found.complete < found.steps,
        "found": len(found.found),
        "rows": [_drawn(graph, loop) for loop in found.found[:PAGE_LOOPS]],
        "arrows": _ARROWS_SAY,
    }


def _drawn(graph: Graph, loop: Loop) -> dict[str, Any]:
    kind, words = _KINDS[loop.sign]
    weak = loop.weakest.statement
    return {
        "id": loop.id,
        "iri": addresses(graph.about).outward(loop.iri),
        "glyph": SIGNS[loop.sign],
        "kind": kind,
        "words": words,
        "entities": loop.entities,
        "arrows": [_ARROWS[step.sign] for step in loop.path.steps],
        "statements": [statement.id for statement in loop.statements],
        "weakest": weak.id,
        "known": f"{graph.status(weak)}{tally(graph, weak)}",
    }
