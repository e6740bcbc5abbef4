"""Checks of a graph: each yields the problems it finds, and none prints or raises.

A check is one function from a graph to problems and one line in `CHECKS`; every code it can
report has an anchor in `docs/problems.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula import progress
from trabecula.checks import content, meaning, of_others, shapes, terms, wording
from trabecula.checks.logic import LARGE, logic
from trabecula.checks.of_others import is_of_others
from trabecula.counted import counted
from trabecula.errors import (  # fmt: skip
    MissingExtra,
    MissingProgram,
    NotFound,
    Problem,
    Problems,
    require_texts,
)
from trabecula.graph import Graph, require_graph
from trabecula.misspelt import unknown

__all__ = ["CHECKS", "Outcome", "check", "is_of_others"]

#: The checks by name, in the order in which they run.
CHECKS: Final = MappingProxyType(
    {
        "evidence": content.evidence,
        "strength": content.strength,
        "sizes": content.sizes,
        "reviews": content.reviews,
        "contradiction": content.contradiction,
        "names": content.names,
        "identifiers": content.identifiers,
        "spreadsheet": content.spreadsheet,
        "unused": content.unused,
        "uncited": content.uncited,
        "registered": content.registered,
        "papers": content.papers,
        "standing": content.standing,
        "connected": content.connected,
        "labels": terms.labels,
        "obsolete": terms.obsolete,
        "article-words": wording.article_words,
        "references": meaning.references,
        "vocabulary": meaning.vocabulary,
        "prefixes": meaning.prefixes,
        "domains": meaning.domains,
        "mirrored": meaning.mirrored,
        "shapes": shapes.shapes,
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

    def count(self, severity: str) -> int:
        """How many problems of this severity there are, with those that are counted only."""
        return sum(problem.count for problem in self.problems if problem.severity == severity)


def check(graph: Graph, names: Iterable[str] = (), *, others: bool = False) -> Outcome:
    """Run the named checks, or all of them.

    Of each code `errors.MOST_KEPT` problems are given in full, the others in one with their number.
    A check whose optional package or program is missing is skipped and said to be; and so are the
    logic and the shapes of a large graph, unless they are named. A graph of `others` is not held to
    the rules of curation here: what breaks them is one warning for each code, counted. Raises
    `NotFound` for an unknown check.
    """
    require_graph(graph)
    chosen = require_texts(names, "names")
    problems = Problems()
    ran: list[str] = []
    skipped: list[tuple[str, str]] = []
    for name in chosen or CHECKS:
        if name not in CHECKS:
            raise NotFound(unknown("check", name, CHECKS))
        if not chosen and (why := _too_large(name, graph)):
            skipped.append((name, f"{why}; use --only {name} to wait for it"))
            continue
        run: Callable[[Graph], Iterable[Problem]] = CHECKS[name]
        try:
            with progress.phase(f"checking {name}"):
                problems.extend(run(graph))
            ran.append(name)
        except (MissingExtra, MissingProgram) as missing:
            skipped.append((name, str(missing)))
    shown = of_others.eased(problems) if others else problems
    return Outcome(tuple(shown), tuple(ran), tuple(skipped))


def _too_large(name: str, graph: Graph) -> str:
    """Why a check does not run on a graph unless it is named; empty where it does."""
    if name == "logic" and len(graph) > LARGE:
        return f"more than {counted(LARGE, 'statement')}"
    if name == "shapes" and shapes.size(graph) > shapes.LARGE:
        return f"more than {shapes.LARGE:,} statements and pieces of evidence"
    return ""
