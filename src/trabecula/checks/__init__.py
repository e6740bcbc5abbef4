"""Checks of a graph: each yields the problems it finds, and none prints or raises.

A check is one function from a graph to problems and one line in `CHECKS`; every code it can
report has an anchor in `docs/problems.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.checks import content, meaning
from trabecula.errors import MissingExtra, NotFound, Problem
from trabecula.graph import Graph
from trabecula.identifiers import unknown


def _shapes(graph: Graph) -> Iterator[Problem]:
    from trabecula.checks.shapes import shapes

    yield from shapes(graph)


#: The checks by name, in the order in which they run.
CHECKS: Final = MappingProxyType(
    {
        "evidence": content.evidence,
        "strength": content.strength,
        "contradiction": content.contradiction,
        "names": content.names,
        "identifiers": content.identifiers,
        "unused": content.unused,
        "references": meaning.references,
        "vocabulary": meaning.vocabulary,
        "domains": meaning.domains,
        "mirrored": meaning.mirrored,
        "shapes": _shapes,
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What checking came to: the problems, the checks that ran and those that could not."""

    problems: tuple[Problem, ...]
    ran: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]  # check, why

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that make the graph wrong, warnings apart."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def check(graph: Graph, names: Iterable[str] = ()) -> Outcome:
    """Run the named checks, or all of them.

    A check whose optional package is missing is skipped and said to be. Raises `NotFound` for an
    unknown check.
    """
    problems: list[Problem] = []
    ran: list[str] = []
    skipped: list[tuple[str, str]] = []
    for name in tuple(names) or CHECKS:
        if name not in CHECKS:
            raise NotFound(unknown("check", name, CHECKS))
        run: Callable[[Graph], Iterable[Problem]] = CHECKS[name]
        try:
            problems.extend(run(graph))
            ran.append(name)
        except MissingExtra as missing:
            skipped.append((name, str(missing)))
    return Outcome(tuple(problems), tuple(ran), tuple(skipped))
