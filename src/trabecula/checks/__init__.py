"""Checks of a graph: each yields the problems it finds, and none prints or raises.

A check is one function from a graph to problems and one line in `CHECKS`; every code it can
report has an anchor in `docs/problems.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.checks import content, meaning, terms, wording
from trabecula.checks.logic import LARGE, logic
from trabecula.errors import MissingExtra, MissingProgram, NotFound, Problem
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
        "uncited": content.uncited,
        "registered": content.registered,
        "papers": content.papers,
        "standing": content.standing,
        "connected": content.connected,
        "labels": terms.labels,
        "article-words": wording.article_words,
        "references": meaning.references,
        "vocabulary": meaning.vocabulary,
        "domains": meaning.domains,
        "mirrored": meaning.mirrored,
        "shapes": _shapes,
        "logic": logic,
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

    A check whose optional package or program is missing is skipped and said to be; and so is the
    logic of a large graph, unless it is named. Raises `NotFound` for an unknown check.
    """
    chosen = tuple(names)
    problems: list[Problem] = []
    ran: list[str] = []
    skipped: list[tuple[str, str]] = []
    for name in chosen or CHECKS:
        if name not in CHECKS:
            raise NotFound(unknown("check", name, CHECKS))
        if name == "logic" and not chosen and len(graph) > LARGE:
            skipped.append((name, f"more than {LARGE} statements; use --only logic to wait for it"))
            continue
        run: Callable[[Graph], Iterable[Problem]] = CHECKS[name]
        try:
            problems.extend(run(graph))
            ran.append(name)
        except (MissingExtra, MissingProgram) as missing:
            skipped.append((name, str(missing)))
    return Outcome(tuple(problems), tuple(ran), tuple(skipped))
