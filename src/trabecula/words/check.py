"""What checking a graph came to: as text, as blocks of a report, as values, and as SARIF."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from trabecula import shipped
from trabecula.addresses import HOME
from trabecula.characters import visible
from trabecula.checks import Outcome
from trabecula.checks.places import Place, places
from trabecula.counted import counted
from trabecula.errors import Problem, problem_lines
from trabecula.graph import Graph
from trabecula.version import __version__
from trabecula.words.outline import Block, Line, Note, Table

_LEVELS: Final = {"error": "error", "warning": "warning"}


def lines(outcome: Outcome) -> Iterator[str]:
    """A line for each problem, or for those that say the same, none of them wrapped."""
    for problem, line in problem_lines(outcome.problems):
        yield f"{problem.severity}: {line}  [{problem.code}]"


def outline(graph: Graph | None, outcome: Outcome) -> Iterator[Block]:
    """The problems as a table, with what was checked; without a graph, it could not be read."""
    yield Line(0, figures(graph, outcome) if graph is not None else "The file could not be read")
    yield from (Line(1, f"skipped {name}: {why}") for name, why in outcome.skipped)
    if outcome.problems:
        rows = [
            (_much(p), p.code, *(visible(text) for text in (p.where, p.what, p.fix)))
            for p in outcome.problems
        ]
        yield Table(("severity", "code", "where", "what is wrong", "what to do"), rows)
    else:
        yield Note("No problems.")


def _much(problem: Problem) -> str:
    return problem.severity if problem.count == 1 else f"{problem.count:,} × {problem.severity}"


def figures(graph: Graph, outcome: Outcome) -> str:
    """What was checked and what came of it, on one line."""
    held = (
        counted(len(graph), "statement"),
        counted(len(graph.entities), "entity", "entities"),
        counted(len(graph.sources), "source"),
    )
    came = (
        f"{counted(len(outcome.ran), 'check')} ran",
        f"{len(outcome.skipped)} skipped",
        counted(outcome.count("error"), "error"),
        counted(outcome.count("warning"), "warning"),
    )
    return f"{', '.join(held)}: {', '.join(came)}"


def values(graph: Graph | None, outcome: Outcome) -> dict[str, Any]:
    """The outcome for programs; without a graph, what is wrong with its file."""
    keys = ("severity", "code", "where", "what", "fix", "count")
    held = (
        {"statements": len(graph), "entities": len(graph.entities)} if graph is not None else None
    )
    return {
        "checked": held,
        "ran": list(outcome.ran),
        "skipped": dict(outcome.skipped),
        "problems": [{key: getattr(problem, key) for key in keys} for problem in outcome.problems],
    }


# --- SARIF ----------------------------------------------------------------------------------


def sarif(outcome: Outcome, path: Path, *, loaded: bool) -> dict[str, Any]:
    """The outcome in SARIF 2.1.0, which editors and hosts of code show at the lines.

    `path` is what was checked; `loaded` is whether it could be read.
    """
    codes = [*dict.fromkeys(problem.code for problem in outcome.problems)]
    notes = [
        {
            "level": "note",
            "message": {"text": f"skipped: {why}"},
            "descriptor": {"id": name},
        }
        for name, why in outcome.skipped
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "trabecula",
                        "version": __version__,
                        "informationUri": HOME,
                        "rules": [*_rules(codes)],
                    }
                },
                "invocations": [
                    {"executionSuccessful": loaded, "toolExecutionNotifications": notes}
                ],
                "results": [
                    _result(problem, place, codes.index(problem.code))
                    for problem, place in places(outcome.problems, path)
                ],
            }
        ],
    }


def _rules(codes: Iterable[str]) -> Iterator[dict[str, Any]]:
    explained = shipped.problems()
    for code in codes:
        words = explained.get(code, "")
        help_ = {"help": {"text": words, "markdown": words}} if words else {}
        summary = " ".join(words.split("\n\n")[0].split()) or code
        yield {"id": code, "shortDescription": {"text": summary}, **help_}


def _result(problem: Problem, place: Place, rule: int) -> dict[str, Any]:
    what, fix = visible(problem.what), visible(problem.fix)
    region = {"startLine": place.line} if place.line else {}
    if place.column:
        region["startColumn"] = place.column
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{what}: {fix}"},
        "occurrenceCount": problem.count,
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.path)},
                    **({"region": region} if region else {}),
                },
                "logicalLocations": [{"fullyQualifiedName": visible(problem.where)}],
            }
        ],
    }


def _uri(path: Path) -> str:
    """A path as an address: from the folder that we are in, if it is in there."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  # through no link, as it was named
    here = Path.cwd()
    name = whole.relative_to(here) if whole.is_relative_to(here) else whole
    address = quote(os.fsencode(name.as_posix()))
    return f"file://{address}" if name.is_absolute() else address
