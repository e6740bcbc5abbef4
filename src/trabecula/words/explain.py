"""An explanation: as blocks of a report and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.reason.explain import Break, Explanation, breaks, contested
from trabecula.reason.paths import Path, Step, weakest
from trabecula.words import conclusions
from trabecula.words.outline import Block, Line, Note
from trabecula.words.statements import SIGNS, judged
from trabecula.words.terminal import styled


def outline(graph: Graph, explanation: Explanation, limit: int) -> Iterator[Block]:
    """What follows and what it rests on, the best `limit` paths, and what was not looked at."""
    conclusion = explanation.conclusion
    yield Line(0, conclusions.headline(graph, explanation.start, explanation.end, conclusion))
    yield from conclusions.lines(graph, explanation.start, explanation.end, conclusion)
    if explanation.paths:
        counts = [
            f"{counted(way.paths, 'path')} {SIGNS[way.sign]}"
            for way in explanation.ways
            if way.paths
        ]
        yield Note(f"Paths, for reading: {', '.join(counts)}")
    for number, path in enumerate(explanation.paths[:limit], start=1):
        yield from _path_lines(graph, number, path)
    ids = (*conclusion.rests_on, *conclusion.also, *conclusion.against)
    beside = [statement for statement in explanation.beside if statement.id not in ids]
    if beside:
        yield Line(0, "Also said of the two directly")
        yield from (Line(1, judged(graph, statement)) for statement in beside)
    yield Note(_extent(explanation, limit))


def _path_lines(graph: Graph, place: int, path: Path) -> Iterator[Line]:
    """A path: a heading, then its steps with their references and the breaks between them."""
    doubtful = len(contested(path))
    marks = [f"{SIGNS[path.sign]} in {step_count(len(path.steps))}"]
    if doubtful:
        marks.append(f"through {counted(doubtful, 'contested statement')}")
    broken = {context_break.second: context_break for context_break in breaks(path, graph.words)}
    if broken:
        marks.append(counted(len(broken), "context break"))
    yield Line(0, f"{place}. {', '.join(marks)}")
    for number, step in enumerate(path.steps, start=1):
        if number in broken:
            yield Line(1, styled(f"~ {_break(broken[number])}", "yellow"))
        yield Line(1, f"{SIGNS[step.sign]} {judged(graph, step.statement)}")
        yield from _references(graph, step.statement)
    if len(path.steps) > 1:
        weak = weakest(graph.groups, path).statement
        yield Line(1, f"weakest step: {graph.sentence(weak)}")


def _break(context_break: Break) -> str:
    """`context break: species rat above, human below`; a step that is not next has its number."""
    above = (
        "above"
        if context_break.second == context_break.first + 1
        else f"in step {context_break.first}"
    )
    told = (
        f"{d.dimension.replace('_', ' ')} {d.here} {above}, {d.there} below"
        for d in context_break.differences
    )
    return f"context break: {'; '.join(told)}"


def _references(graph: Graph, statement: Statement) -> Iterator[Line]:
    """The sources of a step by stance, each with where it looked; the article if it is alone."""
    for stance, word in (("supports", "for"), ("qualifies", "limits"), ("disputes", "against")):
        rows = [row for row in statement.evidence if row.stance == stance]
        rows = [row for row in rows if row.weighs] or rows
        if rows:
            references = dict.fromkeys(f"{row.source}{_where(graph, row)}" for row in rows)
            yield Line(2, f"{word}: {'; '.join(references)}", dim=True)


def _where(graph: Graph, row: Evidence) -> str:
    """Where a source looked, in brackets: its species, its system and the closed context."""
    closed = [value for key, value in row.context if graph.words.context.get(key) is not None]
    retracted = "retracted" if row.retracted else ""
    parts = [part for part in (retracted, row.species, row.system, *closed) if part]
    return f" ({', '.join(parts)})" if parts else ""


def _extent(explanation: Explanation, limit: int) -> str:
    """What was looked at and what was not."""
    sentences = []
    if len(explanation.paths) > limit:
        sentences.append(
            f"Shown are {limit} of {counted(len(explanation.paths), 'path')}; --limit shows more."
        )
    if explanation.stopped:
        sentences.append(
            f"The search stopped at its bound of {counted(explanation.bound, 'step')} tried: "
            f"paths of {step_count(explanation.stopped)} were not all looked at, "
            "longer ones not at all."
        )
    elif not explanation.paths and not explanation.distance:
        sentences.append(
            "Nothing that may be followed leads from the one to the other at any distance."
        )
    elif explanation.distance > explanation.steps:
        sentences.append(
            f"No path of up to {step_count(explanation.steps)} was found; "
            f"the shortest has {explanation.distance}; see --steps."
        )
    else:
        sentences.append(
            f"All paths of up to {step_count(explanation.steps)} were looked at, longer ones not."
        )
    if not explanation.paths and not explanation.structure:
        sentences.append(
            "Links of structure (part of, kind of …) were not crossed; see --structure."
        )
    return " ".join(sentences)


def step_count(count: int) -> str:
    """A number of steps in words: `1 step`, `2 steps`."""
    return counted(count, "step")


def values(graph: Graph, explanation: Explanation, limit: int) -> dict[str, Any]:
    """The same facts as `outline`, with the whole evidence of every step."""
    return {
        "start": explanation.start,
        "end": explanation.end,
        "steps": explanation.steps,
        "bound": explanation.bound,
        "structure": explanation.structure,
        "conclusion": facts.conclusion(explanation.conclusion),
        "distance": explanation.distance,
        "stopped": explanation.stopped,
        "ways": [
            {
                "sign": way.sign,
                "paths": way.paths,
                "supported": way.supported,
                "best": [s.id for s in way.best.statements] if way.best else [],
            }
            for way in explanation.ways
        ],
        "paths_found": len(explanation.paths),
        "paths": [_path_values(graph, path) for path in explanation.paths[:limit]],
        "beside": [facts.statement(graph, statement) for statement in explanation.beside],
    }


def _path_values(graph: Graph, path: Path) -> dict[str, Any]:
    return {
        "sign": path.sign,
        "entities": list(path.entities),
        "contested": [statement.id for statement in contested(path)],
        "weakest": weakest(graph.groups, path).statement.id,
        "breaks": [
            {
                "steps": [context_break.first, context_break.second],
                "differences": [
                    {"dimension": d.dimension, "here": d.here, "there": d.there}
                    for d in context_break.differences
                ],
            }
            for context_break in breaks(path, graph.words)
        ],
        "steps": [step_values(graph, step) for step in path.steps],
    }


def step_values(graph: Graph, step: Step) -> dict[str, Any]:
    """A step of a path with the whole evidence of its statement."""
    return {
        "start": step.start,
        "end": step.end,
        "step_sign": step.sign,
        "statement": facts.statement(graph, step.statement),
    }
