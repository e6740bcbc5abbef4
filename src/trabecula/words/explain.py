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


def outline(graph: Graph, found: Explanation, limit: int) -> Iterator[Block]:
    """What follows and what it rests on, the best `limit` paths, and what was not looked at."""
    concluded = found.conclusion
    yield Line(0, conclusions.headline(graph, found.start, found.end, concluded))
    yield from conclusions.lines(graph, found.start, found.end, concluded)
    if found.paths:
        counts = [
            f"{counted(way.paths, 'path')} {SIGNS[way.sign]}" for way in found.ways if way.paths
        ]
        yield Note(f"Paths, for reading: {', '.join(counts)}")
    for number, path in enumerate(found.paths[:limit], start=1):
        yield from _path_lines(graph, number, path)
    said = (*concluded.rests_on, *concluded.also, *concluded.against)
    beside = [statement for statement in found.beside if statement.id not in said]
    if beside:
        yield Line(0, "Also said of the two directly")
        yield from (Line(1, judged(graph, statement)) for statement in beside)
    yield Note(_extent(found, limit))


def _path_lines(graph: Graph, place: int, path: Path) -> Iterator[Line]:
    """A path: a heading, then its steps with their references and the breaks between them."""
    doubtful = len(contested(path))
    marks = [f"{SIGNS[path.sign]} in {step_count(len(path.steps))}"]
    if doubtful:
        marks.append(f"through {counted(doubtful, 'contested statement')}")
    broken = {found.second: found for found in breaks(path, graph.words)}
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


def _break(found: Break) -> str:
    """`context break: species rat above, human below`; a step that is not next has its number."""
    above = "above" if found.second == found.first + 1 else f"in step {found.first}"
    told = (
        f"{d.dimension.replace('_', ' ')} {d.here} {above}, {d.there} below"
        for d in found.differences
    )
    return f"context break: {'; '.join(told)}"


def _references(graph: Graph, statement: Statement) -> Iterator[Line]:
    """The sources of a step by stance, each with where it looked; the article if it is alone."""
    for stance, word in (("supports", "for"), ("qualifies", "limits"), ("disputes", "against")):
        rows = [row for row in statement.evidence if row.stance == stance]
        rows = [row for row in rows if row.weighs] or rows
        if rows:
            said = dict.fromkeys(f"{row.source}{_where(graph, row)}" for row in rows)
            yield Line(2, f"{word}: {'; '.join(said)}", dim=True)


def _where(graph: Graph, row: Evidence) -> str:
    """Where a source looked, in brackets: its species, its system and the closed context."""
    closed = [value for key, value in row.context if graph.words.context.get(key) is not None]
    retracted = "retracted" if row.retracted else ""
    parts = [part for part in (retracted, row.species, row.system, *closed) if part]
    return f" ({', '.join(parts)})" if parts else ""


def _extent(found: Explanation, limit: int) -> str:
    """What was looked at and what was not."""
    said = []
    if len(found.paths) > limit:
        said.append(
            f"Shown are {limit} of {counted(len(found.paths), 'path')}; --limit shows more."
        )
    if found.stopped:
        said.append(
            f"The search stopped at its bound of {counted(found.bound, 'step')} tried: paths of "
            f"{step_count(found.stopped)} were not all looked at, longer ones not at all."
        )
    elif not found.paths and not found.distance:
        said.append("Nothing that may be followed leads from the one to the other at any distance.")
    elif found.distance > found.steps:
        said.append(
            f"No path of up to {step_count(found.steps)} was found; "
            f"the shortest has {found.distance}; see --steps."
        )
    else:
        said.append(
            f"All paths of up to {step_count(found.steps)} were looked at, longer ones not."
        )
    if not found.paths and not found.structure:
        said.append("Links of structure (part of, kind of …) were not crossed; see --structure.")
    return " ".join(said)


def step_count(count: int) -> str:
    """A number of steps in words: `1 step`, `2 steps`."""
    return counted(count, "step")


def values(graph: Graph, found: Explanation, limit: int) -> dict[str, Any]:
    """The same facts as `outline`, with the whole evidence of every step."""
    return {
        "start": found.start,
        "end": found.end,
        "steps": found.steps,
        "bound": found.bound,
        "structure": found.structure,
        "conclusion": facts.conclusion(found.conclusion),
        "distance": found.distance,
        "stopped": found.stopped,
        "ways": [
            {
                "sign": way.sign,
                "paths": way.paths,
                "supported": way.supported,
                "best": [s.id for s in way.best.statements] if way.best else [],
            }
            for way in found.ways
        ],
        "paths_found": len(found.paths),
        "paths": [_path_values(graph, path) for path in found.paths[:limit]],
        "beside": [facts.statement(graph, statement) for statement in found.beside],
    }


def _path_values(graph: Graph, path: Path) -> dict[str, Any]:
    return {
        "sign": path.sign,
        "entities": list(path.entities),
        "contested": [statement.id for statement in contested(path)],
        "weakest": weakest(graph.groups, path).statement.id,
        "breaks": [
            {
                "steps": [found.first, found.second],
                "differences": [
                    {"dimension": d.dimension, "here": d.here, "there": d.there}
                    for d in found.differences
                ],
            }
            for found in breaks(path, graph.words)
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
