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

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from trabecula.errors import SelectionError
from trabecula.influence import Influence
from trabecula.model import Statement, identity
from trabecula.reason.paths import Path, Step, Weight, path_of, weight
from trabecula.reason.search import BoundError, Cycles, uncollected

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


@uncollected
def loops(
    influence: Influence,
    steps: int = STEPS,
    *,
    through: str = "",
    within: Collection[str] | None = None,
    follow: bytes | None = None,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> Loops:
    """The feedback loops of up to so many steps, those of known sign and best evidence first.

    `through` is the id of an entity that the loops shall pass, `within` the ids of those that they
    may pass, and `follow` holds 1 for each statement that they may use. `limit` is how many loops
    may be found and `effort` how many steps looked at before the search ends. Raises
    `SelectionError` for a number of steps that cannot be asked for.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([
    ...     Statement(subject="pth", predicate="increases", object="blood-calcium"),
    ...     Statement(subject="hypocalcemia", predicate="deficiency_of", object="blood-calcium"),
    ...     Statement(subject="hypocalcemia", predicate="activates", object="pth"),
    ... ])
    >>> [(loop.kind, loop.entities) for loop in loops(graph.influence).found]
    [('balancing', ('blood-calcium', 'hypocalcemia', 'pth'))]
    """
    if not 1 <= steps <= MAX_STEPS:
        raise SelectionError(f"{steps} is no number of steps for a loop: give 1 to {MAX_STEPS}")
    columns = influence.columns
    root = columns.number(through) if through else None
    among = None if within is None else set(map(columns.number, within)) - {-1}
    kept = columns.followed if follow is None else follow
    return feedback(
        influence, Cycles(influence, kept, among, effort), steps, through=root, limit=limit
    )


def feedback(
    influence: Influence,
    search: Cycles,
    steps: int,
    *,
    through: int | None = None,
    limit: int = LIMIT,
) -> Loops:
    """The loops that a search finds, as `loops` gives them; `through` is an entity's number."""
    cycles: list[tuple[int, ...]] = []
    complete = 0
    try:
        for length in range(1, steps + 1):
            exact: list[tuple[int, ...]] = []
            for cycle in search.of(length, through):
                if not _is_feedback(influence, cycle):
                    continue
                if len(cycles) + len(exact) >= limit:
                    raise BoundError
                exact.append(tuple(cycle))
            cycles += exact
            complete = length
    except BoundError:
        pass
    weighed = (_weighed(influence, _from_the_first(influence, cycle)) for cycle in cycles)
    return Loops(tuple(sorted(weighed, key=_best_first)), steps, complete)


def _is_feedback(influence: Influence, cycle: list[int]) -> bool:
    """Whether a cycle is more than one state under several names; see the head of the module."""
    predicates, statements = influence.columns.predicates, influence.arcs.statements
    names = (predicates.names[predicates.codes[statements[arc]]] for arc in cycle)
    acting = sum(influence.columns.words.relation(name).influence != "both" for name in names)
    return acting >= min(2, len(cycle))


def _from_the_first(influence: Influence, cycle: tuple[int, ...]) -> tuple[int, ...]:
    """The cycle from the entity on whose id sorts first, wherever the search began."""
    starts = influence.arcs.starts
    first = min(range(len(cycle)), key=lambda place: starts[cycle[place]])
    return (*cycle[first:], *cycle[:first])


def _weighed(influence: Influence, cycle: tuple[int, ...]) -> Loop:
    path = path_of(influence, influence.arcs, cycle)
    statements, weakness = influence.arcs.statements, influence.columns.weakness
    place = max(range(len(cycle)), key=lambda place: weakness[statements[cycle[place]]])
    weakest = path.steps[place]
    return Loop(path, weakest, weight(influence.columns.groups, weakest.statement))


def _best_first(loop: Loop) -> tuple[object, ...]:
    """Known signs before unknown ones, then the better status, the shorter, the more sources."""
    rank, sources = loop.weight
    return (loop.sign == 0, rank, len(loop.path.steps), sources, loop.entities, loop.id)
