"""Feedback loops: ways by which a change of an entity comes back to that entity.

A loop is an elementary cycle of influence: it passes no entity twice and uses no statement twice.
Its sign is the product of the signs of its statements (Levins 1974, "The qualitative analysis of
partially specified systems", Ann. N. Y. Acad. Sci. 231:123): a *reinforcing* loop returns a change
with the sign it had, a *balancing* loop with the opposite sign. What a loop does in a body also
depends on strengths and delays, of which the graph says nothing.

Statements that name one state twice (`deficiency_of`, `level_of`, `excess_of`) connect the two
names either way and are no feedback. So a loop needs two statements besides them: that magnesium
deficiency causes low blood magnesium, which is a low level of magnesium, is no loop.

The search is that for cycles of bounded length (as in Gupta & Suzumura 2021, "Finding all bounded-
length simple cycles in a directed graph", arXiv:2105.10094), one length after another: from the
first entity of a loop forwards, only to entities from which it can still be reached in time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trabecula.errors import SelectionError
from trabecula.model import Statement, identity
from trabecula.reason.paths import Path, Step, Weight, followed, weakest, weight
from trabecula.vocabulary import PREDICATES, sign_of

if TYPE_CHECKING:  # the selection, which the graph calls, looks for loops
    from trabecula.graph import Graph

#: The steps of a loop where nothing else is asked for, and the most that can be asked for.
STEPS: Final = 6
MAX_STEPS: Final = 10
#: The search ends before a length that has more loops, or for which it must look at more steps.
LIMIT: Final = 10_000
EFFORT: Final = 5_000_000

KINDS: Final = {1: "reinforcing", -1: "balancing", 0: "unknown"}
LOOP: Final = "https://w3id.org/trabecula/loop/"


@dataclass(frozen=True, slots=True)
class Loop:
    """A feedback loop: a path back to where it starts, at the entity whose id sorts first.

    `weakest` is the step of the weakest status and fewest sources; `weight` says how weak it is.
    No loop is known better than that.
    """

    path: Path
    weakest: Step
    weight: Weight

    @property
    def sign(self) -> int:
        """+1 where a change comes back with its own sign, -1 with the opposite one, 0 unknown."""
        return self.path.sign

    @property
    def kind(self) -> str:
        """`reinforcing`, `balancing` or `unknown`."""
        return KINDS[self.sign]

    @property
    def entities(self) -> tuple[str, ...]:
        """The ids of the entities it passes, in the order in which they act on each other."""
        return self.path.entities[:-1]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements it consists of: its premises."""
        return self.path.statements

    @property
    def id(self) -> str:
        """`l` and 32 hexadecimal digits: the start of the SHA-256 of the ids of its statements."""
        return identity("l", tuple(sorted(statement.id for statement in self.statements)))

    @property
    def iri(self) -> str:
        """The IRI of the loop; the same as long as its statements are the same."""
        return LOOP + self.id


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops found, best first, and how far they are all there.

    `complete` is the length up to which every loop is there. It is less than `steps` where the
    search stopped at its bound; then no loop that is longer is there.
    """

    found: tuple[Loop, ...]
    steps: int
    complete: int


class _BoundError(Exception):
    """The search would look at more than it may."""


def loops(
    graph: Graph,
    steps: int = STEPS,
    *,
    through: str = "",
    within: Collection[str] | None = None,
    follow: Callable[[Statement], bool] = followed,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> Loops:
    """The feedback loops of up to so many steps, those of known sign and best evidence first.

    `through` is the id of an entity that the loops shall pass, `within` the ids of those that they
    may pass, and `follow` says which statements they may use. `limit` is how many loops may be
    found and `effort` how many steps looked at before the search ends. Raises `SelectionError`
    for a number of steps that cannot be asked for.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([
    ...     Statement(subject="pth", predicate="increases", object="blood-calcium"),
    ...     Statement(subject="hypocalcemia", predicate="deficiency_of", object="blood-calcium"),
    ...     Statement(subject="hypocalcemia", predicate="activates", object="pth"),
    ... ])
    >>> [(loop.kind, loop.entities) for loop in loops(graph).found]
    [('balancing', ('blood-calcium', 'hypocalcemia', 'pth'))]
    """
    if not 1 <= steps <= MAX_STEPS:
        raise SelectionError(f"{steps} is no number of steps for a loop: give 1 to {MAX_STEPS}")
    search = _Search(graph, within, follow, effort)
    found: list[tuple[Step, ...]] = []
    complete = 0
    try:
        for length in range(1, steps + 1):
            exact: list[tuple[Step, ...]] = []
            for cycle in search.cycles(length, through):
                if len(found) + len(exact) >= limit:
                    raise _BoundError
                exact.append(cycle)
            found += exact
            complete = length
    except _BoundError:
        pass
    weighed = (_weighed(graph, _from_the_first(cycle)) for cycle in found)
    return Loops(tuple(sorted(weighed, key=_best_first)), steps, complete)


class _Search:
    """The steps that loops may take, and how many of them may still be looked at."""

    def __init__(
        self,
        graph: Graph,
        within: Collection[str] | None,
        follow: Callable[[Statement], bool],
        effort: int,
    ) -> None:
        self.graph, self.follow, self.effort = graph, follow, effort
        self.within = None if within is None else frozenset(within)
        self.roots = sorted(_mentioned(graph) if self.within is None else self.within)
        self._onward: dict[str, tuple[Step, ...]] = {}
        self._back: dict[str, tuple[str, ...]] = {}

    def onward(self, entity: str) -> tuple[Step, ...]:
        """The steps from an entity, looked up once."""
        known = self._onward.get(entity)
        if known is None:
            known = self._onward[entity] = tuple(
                Step(statement, entity, end, sign_of(statement))
                for statement, end in self.graph.influences(entity)
                if self.may_pass(end) and self.follow(statement)
            )
            self.look(len(known))
        return known

    def back(self, entity: str) -> tuple[str, ...]:
        """The entities from which a step leads to this one, looked up once."""
        known = self._back.get(entity)
        if known is None:
            known = self._back[entity] = tuple(
                start
                for statement, start in self.graph.influenced_by(entity)
                if self.may_pass(start) and self.follow(statement)
            )
        return known

    def may_pass(self, entity: str) -> bool:
        return self.within is None or entity in self.within

    def cycles(self, length: int, through: str) -> Iterator[tuple[Step, ...]]:
        """The loops of just this length; each is found once, from the entity whose id is first."""
        if through:
            yield from self.cycles_from(through, length, self.near(through, length, ""))
            return
        for root in self.roots:
            yield from self.cycles_from(root, length, self.near(root, length, root))

    def near(self, root: str, length: int, after: str) -> dict[str, int]:
        """How many steps there are at least from each entity to the root, where in time.

        Entities that come before the root are left out: their loops are known already.
        """
        distance = {root: 0}
        edge = [root]
        for far in range(1, length):
            following: list[str] = []
            for entity in edge:
                self.look(len(self.back(entity)))
                for start in self.back(entity):
                    if start not in distance and start > after:
                        distance[start] = far
                        following.append(start)
            edge = following
        return distance

    def cycles_from(
        self, root: str, length: int, distance: dict[str, int]
    ) -> Iterator[tuple[Step, ...]]:
        """The loops of just this length that begin at the root."""
        trail: list[Step] = []
        passed = {root}
        pending = [iter(self.onward(root))]
        while pending:
            step = next(pending[-1], None)
            if step is None:
                pending.pop()
                if trail:
                    passed.discard(trail.pop().end)
                continue
            self.look(1)
            left = length - len(trail) - 1
            if step.end == root:
                if left == 0 and _is_feedback((*trail, step)):
                    yield (*trail, step)
            elif step.end not in passed and 0 < distance.get(step.end, length) <= left:
                trail.append(step)
                passed.add(step.end)
                pending.append(iter(self.onward(step.end)))

    def look(self, steps: int) -> None:
        """Count steps that are looked at."""
        self.effort -= steps
        if self.effort < 0:
            raise _BoundError


def _mentioned(graph: Graph) -> set[str]:
    return {end for s in graph.statements.values() for end in (s.subject, s.object)}


def _is_feedback(cycle: tuple[Step, ...]) -> bool:
    """Whether a cycle is more than one state under several names; see the head of the module."""
    acting = sum(not _names_one_state(step.statement) for step in cycle)
    return acting >= min(2, len(cycle))


def _names_one_state(statement: Statement) -> bool:
    known = PREDICATES.get(statement.predicate)
    return known is not None and known.influence == "both"


def _from_the_first(cycle: tuple[Step, ...]) -> tuple[Step, ...]:
    """The cycle from the entity on whose id sorts first, wherever the search began."""
    first = min(range(len(cycle)), key=lambda number: cycle[number].start)
    return (*cycle[first:], *cycle[:first])


def _weighed(graph: Graph, steps: tuple[Step, ...]) -> Loop:
    path = Path(steps)
    step = weakest(graph, path)
    return Loop(path, step, weight(graph, step.statement))


def _best_first(loop: Loop) -> tuple[object, ...]:
    """Known signs before unknown ones, then the better status, the shorter, the more sources."""
    rank, sources = loop.weight
    return (loop.sign == 0, rank, len(loop.path.steps), sources, loop.entities, loop.id)
