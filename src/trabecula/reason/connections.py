"""Whether one entity acts on another within a few steps, with which signs, and through what.

What there is to know of a connection is the set of signs of its paths, which makes one of the
verdicts of `explain`. `compared` looks only at pairs that a changed statement can have touched;
`reliance` tells on which statements connections depend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.reason.paths import followed
from trabecula.reason.signs import WRITTEN, Chain, chains
from trabecula.reason.signs import followed as in_chains
from trabecula.vocabulary import sign_of

if TYPE_CHECKING:  # it needs SPARQL, which takes long to load
    from trabecula.reason.expectations import Expectation

#: The longest paths by which entities count as connected here.
STEPS: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Connection:
    """That one entity acts on another; both by their ids."""

    start: str
    end: str


def verdict(signs: Iterable[int]) -> str:
    """The verdict on the signs of all paths, by the table at the head of `explain`.

    >>> verdict([1, 0]), verdict([1, -1]), verdict([0]), verdict([])
    ('increases', 'ambiguous', 'unknown', 'no path')
    """
    found = set(signs)
    if {1, -1} <= found:
        return "ambiguous"
    if 1 in found:
        return "increases"
    if -1 in found:
        return "decreases"
    return "unknown" if found else "no path"


# --- Comparing two graphs -------------------------------------------------------------------


def compared(old: Graph, new: Graph, steps: int = STEPS) -> Iterator[tuple[Connection, str, str]]:
    """Pairs of entities in both graphs with their verdicts in the old one and in the new.

    Pairs that no statement in one graph alone can have touched are left out: their verdicts are
    equal. The others come sorted, equal verdicts among them.
    """
    before, after = _Onward(old), _Onward(new)
    starts = _near(old, new, before, steps) | _near(new, old, after, steps)
    both = old.entities.keys() & new.entities.keys()
    for start in sorted(starts & both):
        signs, signs_now = before.signs(start, steps), after.signs(start, steps)
        for end in sorted((signs.keys() | signs_now.keys()) & both):
            yield (
                Connection(start, end),
                verdict(signs.get(end, ())),
                verdict(signs_now.get(end, ())),
            )


class _Onward:
    """The statements by which entities act on others, without the evidence around them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[str, tuple[tuple[str, int], ...]] = {}

    def of(self, entity: str) -> tuple[tuple[str, int], ...]:
        """What an entity acts on, with the sign; each of them once."""
        known = self._known.get(entity)
        if known is None:
            found = {
                (end, sign_of(statement)): None
                for statement, end in self.graph.influences(entity)
                if end != entity and followed(statement)
            }
            known = self._known[entity] = tuple(found)
        return known

    def signs(self, start: str, steps: int) -> dict[str, set[int]]:
        """The signs of the simple paths from an entity to each that they lead to."""
        found: dict[str, set[int]] = {}
        trails: list[tuple[str, int, tuple[str, ...]]] = [(start, 1, (start,))]
        while trails:
            entity, sign, passed = trails.pop()
            for end, own in self.of(entity):
                if end not in passed:
                    found.setdefault(end, set()).add(sign * own)
                    if len(passed) < steps:
                        trails.append((end, sign * own, (*passed, end)))
        return found


def _near(graph: Graph, other: Graph, onward: _Onward, steps: int) -> set[str]:
    """The entities from which a path leads over a statement that the other graph lacks."""
    ends = {
        end
        for key, statement in graph.statements.items()
        if _changed(statement, other.statements.get(key)) and followed(statement)
        for end in (statement.subject, statement.object)
    }
    # The path enters the statement by one of its ends after at most so many steps before it.
    reached, frontier = set(ends), ends
    for _ in range(steps - 1):
        frontier = {
            start
            for entity in frontier
            for statement, start in graph.influenced_by(entity)
            if followed(statement)
        } - reached
        reached |= frontier
    return {entity for entity in reached if onward.of(entity)}


def _changed(statement: Statement, other: Statement | None) -> bool:
    """Whether paths may lead over a statement in one graph and not over it in the other."""
    if other is None:
        return True
    return statement.evidence != other.evidence and followed(statement) != followed(other)


# --- What connections depend on -------------------------------------------------------------


def reliance(graph: Graph, steps: int = STEPS) -> dict[str, int]:
    """By id of a statement: how many ordered pairs of entities only it connects.

    A pair is connected where a path of at most `steps` steps leads from the one to the other, and
    relies on a statement that is on every such path: without it, the pair is not connected. The
    statements that all walks of n steps have in common follow from those of n - 1 steps (a walk
    holds a simple path, so that walks and simple paths have the same in common); this takes time
    in proportion to the entities times the statements within `steps` - 1 steps of each.
    """
    onward: dict[str, list[tuple[str, str]]] = {}
    for entity in {end for s in graph.statements.values() for end in (s.subject, s.object)}:
        found = [
            (statement.id, end)
            for statement, end in graph.influences(entity)
            if end != entity and followed(statement)
        ]
        if found:
            onward[entity] = found
    count: Counter[str] = Counter()
    for start in onward:
        shared: dict[str, frozenset[str]] = {start: frozenset()}
        frontier = {start}
        for _ in range(steps):
            # All steps of one length are taken from what was known before the first of them.
            longer: dict[str, frozenset[str]] = {}
            for entity in frontier:
                for key, end in onward.get(entity, ()):
                    walk = shared[entity] | {key}
                    longer[end] = longer[end] & walk if end in longer else walk
            frontier = set()
            for end, walk in longer.items():
                known = shared.get(end)
                common = walk if known is None else known & walk
                if common != known:
                    shared[end] = common
                    frontier.add(end)
        del shared[start]
        for common in shared.values():
            count.update(common)
    return {key: count[key] for key in graph.statements if count[key]}


# --- Expectations ---------------------------------------------------------------------------


def met(graph: Graph, expectation: Expectation, without: str = "") -> bool:
    """Whether a graph answers as expected; `without` is the id of a statement to leave out."""
    if not {expectation.start, expectation.end} <= graph.entities.keys():
        return False
    return bool(_meant(graph, expectation, without)) == expectation.must


def needed(graph: Graph, expectation: Expectation) -> tuple[str, ...]:
    """The ids of the statements without each of which an expectation would not be met.

    None where it is not met, or is met because something does not act on something else.
    """
    if not (expectation.must and met(graph, expectation)):
        return ()
    chain = min(_meant(graph, expectation).values(), key=len)
    return tuple(s.id for s in chain if not met(graph, expectation, s.id))


def _meant(graph: Graph, expectation: Expectation, without: str = "") -> dict[int, Chain]:
    """The signs that the expectation speaks of and that the graph has, with their chains."""
    found = chains(
        graph,
        expectation.start,
        expectation.end,
        expectation.steps,
        lambda statement: statement.id != without and in_chains(statement),
    )
    meant = WRITTEN[expectation.sign]
    return {sign: found[sign] for sign in meant if sign in found}
