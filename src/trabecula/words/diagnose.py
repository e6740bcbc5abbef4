"""Causes of what is seen, as blocks of a report and as values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.reason.diagnose import Cause, Diagnosis, Finding
from trabecula.words.explain import step_count
from trabecula.words.outline import Block, Line, Note
from trabecula.words.whatif import known_by

_WAYS: Final = {1: "up", -1: "down"}


def outline(graph: Graph, found: Diagnosis, limit: int) -> Iterator[Block]:
    """The best causes, each with what it explains, on what that rests, and what it does not."""
    seen = ", ".join(f"{graph.name(entity)} {_WAYS[way]}" for entity, way in found.seen)
    yield Line(0, f"What would explain {seen}")
    yield Line(
        1, f"{counted(len(found.causes), 'single cause')} of {found.tried:,} that were tried"
    )
    for number, cause in enumerate(found.causes[:limit], start=1):
        yield from _cause_lines(graph, number, cause, len(found.seen))
    if len(found.causes) > limit:
        yield Note(f"… and {len(found.causes) - limit:,} more; --limit shows them")
    yield Note(_extent(found))


def _cause_lines(graph: Graph, number: int, cause: Cause, seen: int) -> Iterator[Line]:
    yield Line(0, f"{number}. {named(graph, cause)}: explains {len(cause.explained)} of {seen}")
    for heading, findings in (("", cause.explained), ("but ", cause.contradicted)):
        for finding in findings:
            concluded = finding.conclusion
            way = concluded.sign or 0
            yield Line(1, f"{heading}{graph.name(finding.entity)} {_WAYS[way]}: {known(finding)}")
            ids = concluded.path or concluded.rests_on[:2]
            yield from (Line(2, graph.sentence(graph.statements[key])) for key in ids)
    if cause.unexplained:
        left = ", ".join(
            f"{graph.name(finding.entity)} {_WAYS[finding.way]}" for finding in cause.unexplained
        )
        yield Line(1, f"unexplained: {left}")


def known(finding: Finding) -> str:
    """How it is known that a cause explains a finding: `measured in people, settled`."""
    if not finding.conclusion.rests_on:
        return "is the change itself"
    return known_by(finding.conclusion)


def named(graph: Graph, cause: Cause) -> str:
    """A cause in words: `hypoparathyroidism`, or `calcitriol down`."""
    name = graph.name(cause.entity)
    is_state = cause.entity != cause.quantity
    return name if is_state and cause.way > 0 else f"{name} {_WAYS[cause.way]}"


def _extent(found: Diagnosis) -> str:
    said = [
        f"One cause at a time, by conclusions of up to {step_count(found.steps)}.",
        "Causes that contradict a finding come last.",
        "A list to think with, not a diagnosis of anybody.",
    ]
    if found.tried < found.among:
        more = counted(found.among - found.tried, "further quantity was", "further quantities were")
        said.append(f"{more} not tried.")
    return " ".join(said)


def values(graph: Graph, found: Diagnosis) -> dict[str, Any]:
    """The same facts, and all causes."""
    return {
        "seen": [{"entity": entity, "way": _WAYS[way]} for entity, way in found.seen],
        "steps": found.steps,
        "tried": found.tried,
        "complete": found.tried == found.among,
        "causes": [
            {
                "entity": cause.entity,
                "name": graph.name(cause.entity),
                "way": _WAYS[cause.way],
                "quantity": cause.quantity,
                "explained": _findings(cause.explained),
                "contradicted": _findings(cause.contradicted),
                "unexplained": _findings(cause.unexplained),
            }
            for cause in found.causes
        ],
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "entity": finding.entity,
            "way": _WAYS[finding.way],
            "conclusion": facts.conclusion(finding.conclusion),
        }
        for finding in findings
    ]
