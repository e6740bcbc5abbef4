"""What follows from a graph, as text for a terminal and as plain values for JSON.

Each command has two functions here: one returns text with ANSI styles, which `click.echo` takes
out where the output is not a terminal, the other returns the same facts as `…_values`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from trabecula import facts
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.explain import VERDICTS, Break, Explanation, Vote, breaks, contested
from trabecula.reason.loops import Loop, Loops
from trabecula.reason.paths import Path, Step, weakest
from trabecula.reason.whatif import VERDICTS as OUTCOMES
from trabecula.reason.whatif import Outcome, WhatIf
from trabecula.views.text import SIGNS, WIDTH, sentence, styled_status, table, tally
from trabecula.vocabulary import CONTEXT

# --- explain --------------------------------------------------------------------------------

_VOTES = {1: "increases", -1: "decreases", 0: "not said"}


def explanation(graph: Graph, found: Explanation, limit: int) -> str:
    """The verdict with its votes, the best `limit` paths, and what was not looked at."""
    start, end = graph.name(found.start), graph.name(found.end)
    lines = [
        click.style(f"{start} → {end}: {found.verdict}", bold=True),
        f"  {VERDICTS[found.verdict]}",
    ]
    if found.paths:
        lines.append(textwrap.indent(table([_vote(found, vote) for vote in found.votes]), "  "))
        least = _steps(len(found.paths[0].steps))
        lines.append(f"  the shortest paths alone, of {least}: {found.shortest}")
        lines.append(f"  paths of supported statements alone: {found.supported}")
    for number, path in enumerate(found.paths[:limit], start=1):
        lines += ["", *_path_lines(graph, number, path)]
    if found.beside:
        lines += ["", click.style("Also said of the two directly", bold=True)]
        lines += [_statement(graph, statement, "  ") for statement in found.beside]
    return "\n".join([*lines, "", *textwrap.wrap(_extent(found, limit), WIDTH)])


def _vote(found: Explanation, vote: Vote) -> tuple[str, ...]:
    head = (f"{SIGNS[vote.sign]} {_VOTES[vote.sign]}", _paths(vote.paths))
    if vote.best is None:
        return head
    best = f"the best is path {found.paths.index(vote.best) + 1}, of {_steps(len(vote.best.steps))}"
    return (*head, f"{vote.supported} all supported", best)


def _path_lines(graph: Graph, place: int, path: Path) -> Iterator[str]:
    """A path: a heading, then its steps with their references and the breaks between them."""
    doubtful = len(contested(graph, path))
    marks = [f"{SIGNS[path.sign]} in {_steps(len(path.steps))}"]
    if doubtful:
        marks.append(f"through {doubtful} contested statement{'s' if doubtful > 1 else ''}")
    broken = {found.second: found for found in breaks(path)}
    if broken:
        marks.append(f"{len(broken)} context break{'s' if len(broken) > 1 else ''}")
    yield click.style(f"{place}. {', '.join(marks)}", bold=True)
    for number, step in enumerate(path.steps, start=1):
        if number in broken:
            yield click.style(f"   ~ {_break(broken[number])}", fg="yellow")
        yield _statement(graph, step.statement, f"   {SIGNS[step.sign]} ")
        yield from _references(step.statement)
    if len(path.steps) > 1:
        weak = weakest(graph, path).statement
        yield f"   weakest step: {sentence(graph, weak)}"


def _statement(graph: Graph, statement: Statement, indent: str) -> str:
    status = styled_status(graph.status(statement))
    return f"{indent}{sentence(graph, statement)}  [{status}{tally(graph, statement)}]"


def _break(found: Break) -> str:
    """`context break: species rat above, human below`; a step that is not next has its number."""
    above = "above" if found.second == found.first + 1 else f"in step {found.first}"
    told = (
        f"{d.dimension.replace('_', ' ')} {d.here} {above}, {d.there} below"
        for d in found.differences
    )
    return f"context break: {'; '.join(told)}"


def _references(statement: Statement) -> Iterator[str]:
    """The sources of a step by stance, each with where it looked; the article if it is alone."""
    for stance, word in (("supports", "for"), ("qualifies", "limits"), ("disputes", "against")):
        rows = [row for row in statement.evidence if row.stance == stance]
        rows = [row for row in rows if row.strength != "asserted"] or rows
        if rows:
            said = dict.fromkeys(f"{row.source}{_where(row)}" for row in rows)
            for line in textwrap.wrap(
                f"{word}: {'; '.join(said)}", WIDTH, initial_indent=" " * 7,
                subsequent_indent=" " * 9, break_on_hyphens=False, break_long_words=False,
            ):  # fmt: skip
                yield click.style(line, dim=True)


def _where(row: Evidence) -> str:
    """Where a source looked, in brackets: its species, its system and the closed context."""
    closed = [value for key, value in row.context if CONTEXT.get(key) is not None]
    parts = [part for part in (row.species, row.system, *closed) if part]
    return f" ({', '.join(parts)})" if parts else ""


def _extent(found: Explanation, limit: int) -> str:
    """What was looked at and what was not."""
    said = []
    if len(found.paths) > limit:
        said.append(f"Shown are {limit} of {_paths(len(found.paths))}; --limit shows more.")
    if found.stopped:
        said.append(
            f"The search stopped at its bound of {found.bound:,} steps tried: paths of "
            f"{_steps(found.stopped)} were not all looked at, longer ones not at all, and the "
            "verdict holds for what was found."
        )
    elif not found.paths and not found.distance:
        said.append("Nothing that may be followed leads from the one to the other at any distance.")
    elif found.distance > found.steps:
        said.append(
            f"No path of up to {_steps(found.steps)} was found; the shortest has {found.distance}."
        )
    else:
        said.append(f"All paths of up to {_steps(found.steps)} were looked at, longer ones not.")
    if not found.paths and not found.structure:
        said.append("Links of structure (part of, kind of …) were not crossed; see --structure.")
    return " ".join(said)


def _steps(count: int) -> str:
    return f"{count} step{'' if count == 1 else 's'}"


def _paths(count: int) -> str:
    return f"{count:,} path{'' if count == 1 else 's'}"


def explanation_values(graph: Graph, found: Explanation, limit: int) -> dict[str, Any]:
    """The same facts as `explanation`, with the whole evidence of every step."""
    return {
        "start": found.start,
        "end": found.end,
        "steps": found.steps,
        "bound": found.bound,
        "structure": found.structure,
        "verdict": found.verdict,
        "shortest": found.shortest,
        "supported": found.supported,
        "distance": found.distance,
        "stopped": found.stopped,
        "votes": [
            {
                "sign": vote.sign,
                "paths": vote.paths,
                "supported": vote.supported,
                "best": [s.id for s in vote.best.statements] if vote.best else [],
            }
            for vote in found.votes
        ],
        "paths_found": len(found.paths),
        "paths": [_path_values(graph, path) for path in found.paths[:limit]],
        "beside": [facts.statement(graph, statement) for statement in found.beside],
    }


def _path_values(graph: Graph, path: Path) -> dict[str, Any]:
    return {
        "sign": path.sign,
        "entities": list(path.entities),
        "contested": [statement.id for statement in contested(graph, path)],
        "weakest": weakest(graph, path).statement.id,
        "breaks": [
            {
                "steps": [found.first, found.second],
                "differences": [
                    {"dimension": d.dimension, "here": d.here, "there": d.there}
                    for d in found.differences
                ],
            }
            for found in breaks(path)
        ],
        "steps": [_step_values(graph, step) for step in path.steps],
    }


def _step_values(graph: Graph, step: Step) -> dict[str, Any]:
    return {
        "start": step.start,
        "end": step.end,
        "step_sign": step.sign,
        "statement": facts.statement(graph, step.statement),
    }


# --- loops ----------------------------------------------------------------------------------

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
    count = f"{len(kinds)} feedback loop{'' if len(kinds) == 1 else 's'}"
    lines = [click.style(f"{count} of up to {_steps(found.complete)}: {told}", bold=True)]
    for loop in found.found[:limit]:
        lines += ["", *_loop_lines(graph, loop)]
    said = [_ARROWS_SAY] if kinds else []
    if len(kinds) > limit:
        said.insert(0, f"Shown are {limit} of {count}; --limit shows more.")
    if found.complete < found.steps:
        said.append(
            f"The search stopped at its bound: loops of more than {_steps(found.complete)} were "
            "not looked for. Name an entity, or ask for fewer steps or statuses."
        )
    return "\n".join([*lines, "", *textwrap.wrap(" ".join(said), WIDTH)]).rstrip()


def _loop_lines(graph: Graph, loop: Loop) -> Iterator[str]:
    weak = loop.weakest.statement
    known = f"{styled_status(graph.status(weak))}{tally(graph, weak)}"
    yield f"{SIGNS[loop.sign]} {click.style(loop.kind, bold=True)}, {known}  (id {loop.id})"
    yield from _drawn(graph, loop.path)


def _drawn(graph: Graph, path: Path) -> list[str]:
    """The entities of a path with what each step does to the next of them, wrapped."""
    words = [graph.name(path.steps[0].start)]
    words += [f"{_ARROWS[step.sign]} {graph.name(step.end)}" for step in path.steps]
    return textwrap.wrap(
        " ".join(words), WIDTH, initial_indent="    ", subsequent_indent="      ",
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
        "iri": loop.iri,
        "kind": loop.kind,
        "sign": loop.sign,
        "entities": list(loop.entities),
        "weakest": weak.id,
        "status": graph.status(weak),
        "sources": len(graph.independent(weak)),
        "steps": [_step_values(graph, step) for step in loop.path.steps],
    }


# --- whatif ---------------------------------------------------------------------------------

_DIRECTIONS = {1: "up", -1: "down", 0: "not known"}
_MARKS = {"up": "↑", "down": "↓", "ambiguous": "↕", "unknown": "?"}
_EFFECTS = {
    "dampens": "dampens what changes in it",
    "amplifies": "amplifies what changes in it",
    "unknown": "acts back in a direction that is not said",
    "cut": "cut, because something in it is held fixed",
    "returns": "acts back on what is changed, which is held here: {} if it were free",
}


def consequences(graph: Graph, found: WhatIf, only: tuple[str, ...], limit: int) -> str:
    """What goes up and down, how far away, how well that is known, and the loops among it."""
    said = [f"{graph.name(entity)} goes {_DIRECTIONS[way]}" for entity, way in found.changed]
    said += [f"{graph.name(entity)} is held" for entity in found.fixed]
    lines = [
        click.style(f"What if {', '.join(said)}, within {_steps(found.steps)}", bold=True),
        f"  {', '.join(f'{number} {name}' for name, number in _counts(found).items())}",
    ]
    for verdict in only or OUTCOMES:
        outcomes = [outcome for outcome in found.outcomes if outcome.verdict == verdict]
        if outcomes:
            lines += ["", click.style(f"{verdict}: {OUTCOMES[verdict]}", bold=True)]
            rows = [row for each in outcomes[:limit] for row in _outcome_rows(graph, found, each)]
            shown = [column for column in _OUTCOME if any(row[column] for row in rows)]
            cells = [[row[column] for column in shown] for row in rows]
            lines.append(textwrap.indent(table(cells, shown, wrap=_COLUMN), "  "))
            if len(outcomes) > limit:
                lines.append(f"  and {len(outcomes) - limit} more; --limit shows them")
    if found.loops and not only:
        lines += ["", click.style(f"feedback loops among these ({len(found.loops)})", bold=True)]
        for loop in found.loops[:limit]:
            lines += [f"  {SIGNS[loop.sign]} {_effect(found, loop)}", *_drawn(graph, loop.path)]
        if len(found.loops) > limit:
            lines.append(f"  and {len(found.loops) - limit} more; --limit shows them")
    return "\n".join([*lines, "", *textwrap.wrap(_reach(found), WIDTH)])


_OUTCOME = ("entity", "way", "steps", "weakest step", "by way of", "feedback")
_COLUMN = 26


def _counts(found: WhatIf) -> dict[str, int]:
    verdicts = [outcome.verdict for outcome in found.outcomes]
    counts = {verdict: verdicts.count(verdict) for verdict in OUTCOMES}
    return counts | {"unreached": len(found.unreached)}


def _outcome_rows(graph: Graph, found: WhatIf, outcome: Outcome) -> Iterator[dict[str, str]]:
    """A row for each way in which a change arrives, the nearer first."""
    for number, path in enumerate(outcome.paths):
        ways = _ways(found, path)
        weak = weakest(graph, path).statement
        known = f"{styled_status(graph.status(weak))}{tally(graph, weak)}"
        if any(statement != weak for statement in contested(graph, path)):
            known += ", another contested"
        yield {
            "entity": "" if number else graph.name(outcome.entity),
            "way": _DIRECTIONS[ways[-1]] if outcome.verdict == "ambiguous" else "",
            "steps": str(len(path.steps)),
            "weakest step": known,
            "by way of": _between(graph, found, path, ways),
            "feedback": "" if number else _fed_back(found, outcome),
        }


def _fed_back(found: WhatIf, outcome: Outcome) -> str:
    """What the loops through an entity do to its change."""
    effects = {found.effect(loop) for loop in outcome.loops}
    words = {"dampens": "dampened", "amplifies": "amplified", "unknown": "changed"}
    said = [word for effect, word in words.items() if effect in effects]
    if outcome.turned:
        said.append("not turned round")
    return ", ".join(said)


def _ways(found: WhatIf, path: Path) -> list[int]:
    """The direction in which each entity of a path after its start changes."""
    way = dict(found.changed)[path.steps[0].start]
    ways = []
    for step in path.steps:
        way *= step.sign
        ways.append(way)
    return ways


def _between(graph: Graph, found: WhatIf, path: Path, ways: list[int]) -> str:
    """The entities between the ends of a path and how they change; the start, if it can vary."""
    marks = {1: "↑", -1: "↓", 0: "?"}
    start = [graph.name(path.steps[0].start)] if len(found.changed) > 1 else []
    between = [
        f"{graph.name(step.end)} {marks[way]}"
        for step, way in zip(path.steps[:-1], ways, strict=False)
    ]
    return ", ".join([*start, *between]) or "directly"


def _effect(found: WhatIf, loop: Loop) -> str:
    kept = {1: "amplified", -1: "dampened", 0: "changed"}[loop.sign]
    return f"{loop.kind}: {_EFFECTS[found.effect(loop)].format(kept)}"


def _reach(found: WhatIf) -> str:
    """What was looked at, what was not, and what none of this says."""
    said = [
        f"Paths of up to {_steps(found.steps)} were looked at.",
        "How much, how soon and which of two opposite ways prevails does not follow.",
    ]
    if found.unsettled:
        said.append(
            f"The search stopped at its bound: of {len(found.unsettled)} entities it is not "
            "settled whether there is another direction too."
        )
    said.append(
        f"Loops of up to {_steps(found.loops_complete)} were looked for."
        if found.loops_complete
        else "There are too many entities to look for loops among them."
    )
    return " ".join(said)


def consequences_values(graph: Graph, found: WhatIf, only: tuple[str, ...]) -> dict[str, Any]:
    """The same facts as `consequences` and all of them; paths by the ids of their statements."""
    return {
        "changed": [{"entity": entity, "way": _DIRECTIONS[way]} for entity, way in found.changed],
        "fixed": list(found.fixed),
        "names": list(found.names),
        "steps": found.steps,
        "counts": _counts(found),
        "outcomes": [
            {
                "entity": outcome.entity,
                "name": graph.name(outcome.entity),
                "verdict": outcome.verdict,
                "distance": outcome.distance,
                "nearer": _DIRECTIONS[outcome.nearer] if outcome.nearer else "",
                "turned": outcome.turned,
                "loops": [loop.id for loop in outcome.loops],
                "paths": {
                    way: _way_values(graph, path)
                    for way, path in (
                        ("up", outcome.up), ("down", outcome.down), ("unknown", outcome.unknown)
                    )
                    if path
                },
            }
            for outcome in found.outcomes
            if outcome.verdict in (only or OUTCOMES)
        ],
        "loops": [
            {"id": loop.id, "kind": loop.kind, "effect": found.effect(loop),
             "entities": list(loop.entities)}
            for loop in found.loops
        ],
        "loops_complete": found.loops_complete,
        "unsettled": list(found.unsettled),
        "unreached": list(found.unreached),
    }  # fmt: skip


def _way_values(graph: Graph, path: Path) -> dict[str, Any]:
    weak = weakest(graph, path).statement
    return {
        "entities": list(path.entities),
        "statements": [statement.id for statement in path.statements],
        "weakest": weak.id,
        "status": graph.status(weak),
        "sources": len(graph.independent(weak)),
        "contested": [statement.id for statement in contested(graph, path)],
        "breaks": len(breaks(path)),
    }


def reached_part(graph: Graph, found: WhatIf) -> Graph:
    """The best paths as a graph to draw, each entity marked with what happens to it."""
    marks = {entity: f"{'▲' if way > 0 else '▼'} " for entity, way in found.changed}
    told = dict.fromkeys(marks, "This is what is changed.")
    for outcome in found.outcomes:
        marks[outcome.entity] = f"{_MARKS[outcome.verdict]} "
        told[outcome.entity] = f"{outcome.verdict}: {OUTCOMES[outcome.verdict]}."
    paths = [path for outcome in found.outcomes for path in outcome.paths]
    part = graph.only({s.id: s for path in paths for s in path.statements}.values())
    return Graph(
        replace(
            record,
            name=marks.get(record.id, "") + record.name,
            description=f"{told.get(record.id, '')} {record.description}".strip(),
        )
        if isinstance(record, Entity)
        else record
        for record in part
    )
