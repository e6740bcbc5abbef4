"""What would follow: as text for a terminal, as values for JSON, and as a scene of the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import click

from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.explain import breaks, contested
from trabecula.reason.loops import Loop
from trabecula.reason.paths import Path, weakest
from trabecula.reason.whatif import VERDICTS as OUTCOMES
from trabecula.reason.whatif import Outcome, WhatIf
from trabecula.words.explain import step_count
from trabecula.words.loops import chain
from trabecula.words.tables import table
from trabecula.words.text import SIGNS, styled_status, tally, width

_DIRECTIONS = {1: "up", -1: "down", 0: "not known"}
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
        click.style(f"What if {', '.join(said)}, within {step_count(found.steps)}", bold=True),
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
            lines += [f"  {SIGNS[loop.sign]} {_effect(found, loop)}", *chain(graph, loop.path)]
        if len(found.loops) > limit:
            lines.append(f"  and {len(found.loops) - limit} more; --limit shows them")
    return "\n".join([*lines, "", *textwrap.wrap(_reach(found), width())])


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
        weak = weakest(graph.groups, path).statement
        known = f"{styled_status(graph.status(weak))}{tally(graph, weak)}"
        if any(statement != weak for statement in contested(path)):
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
        f"Paths of up to {step_count(found.steps)} were looked at.",
        "How much, how soon and which of two opposite ways prevails does not follow.",
    ]
    if found.unsettled:
        unsettled = counted(len(found.unsettled), "entity", "entities")
        said.append(
            f"The search stopped at its bound: of {unsettled} it is not "
            "settled whether there is another direction too."
        )
    said.append(
        f"Loops of up to {step_count(found.loops_complete)} were looked for."
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
    weak = weakest(graph.groups, path).statement
    return {
        "entities": list(path.entities),
        "statements": [statement.id for statement in path.statements],
        "weakest": weak.id,
        "status": graph.status(weak),
        "sources": len(graph.independent(weak)),
        "contested": [statement.id for statement in contested(path)],
        "breaks": len(breaks(path, graph.words)),
    }


# --- On the page ----------------------------------------------------------------------------


def scene(found: WhatIf, status: Iterable[str] = ()) -> str:
    """The question as an address of the page, for `html.render`; `status` is what is followed."""
    said = [("scene", "whatif")]
    said += [(_DIRECTIONS[way], entity) for entity, way in found.changed]
    said += [("fixed", entity) for entity in found.fixed]
    said += [("follow", name) for name in status]
    return urlencode([*said, ("steps", str(found.steps))])
