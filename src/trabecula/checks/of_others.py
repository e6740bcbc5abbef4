"""Findings in a graph that was curated elsewhere: what breaks our own rules is no mistake there.

A statement of a network of Cytoscape needs no paper, and two nodes may have one name. Such findings
are told once each, with their number, as warnings and with what a reader of the graph can do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.counted import counted
from trabecula.errors import Problem
from trabecula.graph import Graph
from trabecula.mapping.reasons import CURATED

#: Code of a rule of curation -> what breaks it, one and several, and what to do about that.
RULES: Final = {
    "no-evidence": (
        "statement that no source supports or disputes",
        "statements that no source supports or disputes",
        "say where their papers stand (--columns papers=…); till then their status is no-evidence",
    ),
    "ambiguous-name": (
        "name that several entities share", "names that several entities share",
        "call these entities by their ids",
    ),
    "self-statement": (
        "statement of a thing and itself", "statements of a thing and itself",
        "nothing, if the graph means it so; no path goes through them",
    ),
    "outside-domain": (
        "statement whose ends are of other categories than its predicate takes here",
        "statements whose ends are of other categories than their predicates take here",
        "give the nodes categories, or say what the predicate means with --predicate-map",
    ),
    "unreachable": (
        "part that no statement ties to the largest one",
        "parts that no statement ties to the largest one",
        "nothing, if the graph means it so",
    ),
    "unverified-identifier": (
        "prefix with cross-references that were not looked up here",
        "prefixes with cross-references that were not looked up here",
        "nothing, if those who made the graph looked them up",
    ),
    "unused-entity": (
        "entity without a statement", "entities without a statement",
        "nothing, if the graph means it so",
    ),
    "shape-evidence": (
        "piece of evidence with a word that is not in our lists",
        "pieces of evidence with words that are not in our lists",
        "nothing; the words are kept as they are",
    ),
}  # fmt: skip
#: The rule that both ends of a statement may break, which is one statement all the same.
_OF_TWO_ENDS: Final = "outside-domain"
#: How many places a finding names.
_EXAMPLES: Final = 3


def is_of_others(graph: Graph) -> bool:
    """Whether nobody read anything for a graph: other graphs name its sources, or nothing does."""
    return all(
        row.strength in ("", CURATED)
        for statement in graph.statements.values()
        for row in statement.evidence
    )


def eased(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, of which those that break rules of curation are one warning for each code."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code in RULES:
            by_code.setdefault(problem.code, []).append(problem)
        else:
            yield problem
    for code, several in by_code.items():
        single, many, fix = RULES[code]
        apart = {(problem.where, problem.count): problem for problem in several}
        kept = [*apart.values()] if code == _OF_TWO_ENDS else several
        number = sum(problem.count for problem in kept)
        where = "; ".join(problem.where for problem in kept[:_EXAMPLES])
        if number > _EXAMPLES:
            where += f" and {number - _EXAMPLES:,} more"
        yield Problem(code, where, counted(number, single, many), fix, "warning")
