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


def outline(graph: Graph, diagnosis: Diagnosis, limit: int) -> Iterator[Block]:
    """The best causes, each with what it explains, on what that rests, and what it does not."""
    seen = ", ".join(f"{graph.name(entity)} {_WAYS[way]}" for entity, way in diagnosis.seen)
    yield Line(0, f"What would explain {seen}")
    yield Line(
        1,
        f"{counted(len(diagnosis.causes), 'single cause')} of {diagnosis.tried:,} that "
        f"{'was' if diagnosis.tried == 1 else 'were'} tried",
    )
    for number, cause in enumerate(diagnosis.causes[:limit], start=1):
        yield from _cause_lines(graph, number, cause, len(diagnosis.seen))
    if len(diagnosis.causes) > limit:
        yield Note(f"… and {len(diagnosis.causes) - limit:,} more; --limit shows them")
    yield Note(_extent(diagnosis))


def _cause_lines(graph: Graph, number: int, cause: Cause, seen: int) -> Iterator[Line]:
    yield Line(0, f"{number}. {named(graph, cause)}: explains {len(cause.explained)} of {seen}")
    for heading, findings in (("", cause.explained), ("but ", cause.contradicted)):
        for finding in findings:
            conclusion = finding.conclusion
            way = conclusion.sign or 0
            yield Line(
                1, f"{heading}{graph.name(finding.entity)} {_WAYS[way]}: {how_known(finding)}"
            )
            ids = conclusion.path or conclusion.rests_on[:2]
            yield from (Line(2, graph.sentence(graph.statements[key])) for key in ids)
    if cause.unexplained:
        left = ", ".join(
            f"{graph.name(finding.entity)} {_WAYS[finding.way]}" for finding in cause.unexplained
        )
        yield Line(1, f"unexplained: {left}")


def how_known(finding: Finding) -> str:
    """How it is known that a cause explains a finding: `measured in people, settled`."""
    if not finding.conclusion.rests_on:
        return "is the change itself"
    return known_by(finding.conclusion)


def named(graph: Graph, cause: Cause) -> str:
    """A cause in words: `hypoparathyroidism`, or `calcitriol down`."""
    name = graph.name(cause.entity)
    is_state = cause.entity != cause.quantity
    return name if is_state and cause.way > 0 else f"{name} {_WAYS[cause.way]}"


def _extent(diagnosis: Diagnosis) -> str:
    sentences = [
        f"One cause at a time, by conclusions of up to {step_count(diagnosis.steps)}.",
        "Causes that contradict a finding come last.",
        "A list to think with, not a diagnosis of anybody.",
    ]
    if diagnosis.tried < diagnosis.among:
        more = counted(
            diagnosis.among - diagnosis.tried, "further quantity was", "further quantities were"
        )
        sentences.append(f"{more} not tried.")
    return " ".join(sentences)


def values(graph: Graph, diagnosis: Diagnosis) -> dict[str, Any]:
    """The same facts, and all causes."""
    return {
        "seen": [{"entity": entity, "way": _WAYS[way]} for entity, way in diagnosis.seen],
        "steps": diagnosis.steps,
        "tried": diagnosis.tried,
        "complete": diagnosis.tried == diagnosis.among,
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
            for cause in diagnosis.causes
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
