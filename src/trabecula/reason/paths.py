"""Simple signed paths of influence: the ways in which one entity acts on another.

A path goes the way influence goes (see `influence`: what is required acts on what requires it)
and never passes one entity twice, so that no entity stands in it with both signs. Its sign is the
product of the signs of its steps. Two statements between the same entities make two paths. This
is the signed path of INDRA and of CausalR, with each step a statement that has its evidence.

Statements that are refuted, negated or denied by all who speak of them are not followed, nor are
correlations. Structure is crossed only where that is asked for, and says little of the sign:

| link                                                 | crossed         | sign    |
|------------------------------------------------------|-----------------|---------|
| `subclass_of`                                        | kind to general | +       |
| `subclass_of`                                        | general to kind | unknown |
| `state_of`                                           | either way      | unknown |
| `part_of`, `located_in`, `composed_primarily_of`     | either way      | unknown |
| `occurs_in`, `expressed_in`                          | either way      | unknown |

More of a kind is more of the general thing, and what the general thing does every kind of it
does. Not so for states: mild magnesium depletion does the opposite of what a severe one does. Two
links of structure in a row go the same way, for siblings do not act on each other by being so.

The search knows from breadth-first searches from both ends which entities lie on a walk of the
right length, and enumerates only there. The two searches take turns: the one goes on that has less
to look at, so that a hub at one end or on the way is looked through only where nothing is cheaper.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final

from trabecula.columns import weight
from trabecula.counted import counted
from trabecula.errors import SelectionError
from trabecula.influence import AGAINST, UP, WITH, Arcs, Influence
from trabecula.model import Statement
from trabecula.reason.search import require_steps, trails
from trabecula.reason.signs import compose
from trabecula.standing import standing
from trabecula.uncollected import uncollected

#: The steps of a path where nothing else is asked for, and the most that can be asked for.
STEPS: Final = 3
MAX_STEPS: Final = 8
#: How many steps the search tries before it stops and says so.
BOUND: Final = 100_000


@dataclass(frozen=True, slots=True)
class Step:
    """A statement, the entity it starts from and the entity that it leads to, and its sign.

    `start` and `end` follow influence: a step over *osteoblast requires magnesium* starts from
    magnesium.
    """

    statement: Statement
    start: str
    end: str
    sign: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps of which each starts where the one before it ends."""

    steps: tuple[Step, ...]

    @property
    def sign(self) -> int:
        """The product of the signs of the steps; 0 where one of them is not known."""
        return compose(step.sign for step in self.steps)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that the path rests on, in its order."""
        return tuple(step.statement for step in self.steps)

    @property
    def entities(self) -> tuple[str, ...]:
        """The ids of the entities that it passes, with both ends."""
        return (self.steps[0].start, *(step.end for step in self.steps))


@dataclass(frozen=True, slots=True)
class Found:
    """The paths found, shorter ones first, and where the search stopped before it was done.

    `stopped` is 0 where all paths were looked at; otherwise paths of so many steps were not all
    looked at, and longer ones not at all.
    """

    paths: tuple[Path, ...]
    stopped: int = 0


@uncollected
def search(
    influence: Influence,
    start: str,
    end: str,
    steps: int = STEPS,
    *,
    follow: bytes | None = None,
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    structure: bool = False,
    bound: int = BOUND,
) -> Found:
    """All simple paths of at most `steps` steps from `start` to `end`, given by their ids.

    Every path passes all entities of `via` and none of `avoid`, and leads over statements for
    which `follow` holds 1 (`Columns.followed` where nothing is given). The order is by length and
    then that of the graph. After `bound` steps tried the search stops. Raises `SelectionError` for
    what no path can satisfy.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([
    ...     Statement(subject="calcitonin", predicate="inhibits", object="osteoclast"),
    ...     Statement(subject="osteoclast", predicate="decreases", object="bone-mass"),
    ... ])
    >>> [path.sign for path in search(graph.influence, "calcitonin", "bone-mass").paths]
    [1]
    """
    require_possible(start, end, steps, via, avoid)
    arcs = followed(influence, follow, structure=structure)
    number = influence.columns.number
    first, last, passed = number(start), number(end), set(map(number, via))
    if min(first, last, *passed) < 0:
        return Found(())
    trails, stopped = walked(arcs, first, last, steps, passed, set(map(number, avoid)), bound)
    return Found(paths_of(influence, arcs, trails), stopped)


def walked(
    arcs: Arcs, start: int, end: int, steps: int, via: Set[int], avoid: Set[int], bound: int
) -> tuple[list[tuple[int, ...]], int]:
    """The arcs of each path that `search` finds, and where it stopped; entities are numbers."""
    levels = _Levels(arcs, start, end, steps, avoid)
    ends, trails, tried = arcs.ends, list[tuple[int, ...]](), 0
    for length in range(len(via) + 1, steps + 1):
        for trail in _trails(arcs, start, levels.goals(length)):
            tried += 1
            if tried > bound:
                return trails, length
            if len(trail) == length and (not via or via <= set(map(ends.__getitem__, trail))):
                trails.append(tuple(trail))
    return trails, 0


def distance(arcs: Arcs, start: int, end: int, avoid: Set[int] = frozenset()) -> int:
    """How many steps `end` is away from `start` at least; 0 where nothing leads there.

    Both are numbers, and so are the entities of `avoid`, which no step leads to.
    """
    sides = _Side(arcs, start, ahead=True), _Side(arcs, end, ahead=False)
    while all(side.edge for side in sides):
        near, far = sorted(sides, key=lambda side: side.cost)
        near.go_on(avoid)
        if not near.edge.isdisjoint(far.edge):
            return near.steps + far.steps
    return 0


def followed(influence: Influence, follow: bytes | None, *, structure: bool = False) -> Arcs:
    """The arcs of the statements for which `follow` holds 1; what acts on itself is left out."""
    if follow is None and not structure:
        return influence.followed
    kept = influence.columns.followed if follow is None else follow
    return influence.following(kept, structure=structure)


def paths_of(influence: Influence, arcs: Arcs, trails: Iterable[Iterable[int]]) -> tuple[Path, ...]:
    """The paths that arcs make; they share most of their steps."""
    trails = list(trails)
    steps = {arc: _step_of(influence, arcs, arc) for arc in dict.fromkeys(chain(*trails))}
    return tuple([Path(tuple(map(steps.__getitem__, trail))) for trail in trails])


def _step_of(influence: Influence, arcs: Arcs, arc: int) -> Step:
    """The step that an arc is."""
    statement = influence.columns.statements[arcs.statements[arc]]
    along = arcs.kinds[arc] in (WITH, UP)
    start, end = (
        (statement.subject, statement.object) if along else (statement.object, statement.subject)
    )
    return Step(statement, start, end, arcs.signs[arc])


def require_possible(
    start: str, end: str, steps: int, via: Collection[str], avoid: Collection[str]
) -> None:
    """Raise `SelectionError` for a question that cannot have an answer."""
    if start == end:
        raise SelectionError(f"start and end are both {start}; a path leads to something else")
    require_steps(steps, MAX_STEPS, "a path")
    for name in (start, end):
        if name in avoid:
            raise SelectionError(f"{name} cannot be avoided: it is an end of the path")
        if name in via:
            raise SelectionError(f"{name} is an end of the path; via names what lies between")
    for name in sorted(set(via) & set(avoid)):
        raise SelectionError(f"{name} cannot be both passed and avoided")
    if len(set(via)) >= steps:
        long, many = counted(steps, "step"), counted(len(set(via)), "entity", "entities")
        raise SelectionError(f"a path of {long} is too short to pass {many}")


# --- Search ---------------------------------------------------------------------------------


class _Side:
    """How far a search has come from one end: ahead of it, or to what is behind."""

    def __init__(self, arcs: Arcs, entity: int, *, ahead: bool) -> None:
        self._arcs, self._ahead = arcs, ahead
        self.edge, self._seen, self.steps = {entity}, {entity}, 0

    @property
    def cost(self) -> int:
        """The arcs that have to be looked at to go on."""
        return (
            self._arcs.count_after(self.edge) if self._ahead else self._arcs.count_before(self.edge)
        )

    def go_on(self, barred: Set[int]) -> None:
        """Go one step on, to what was not seen yet, and to none of those barred."""
        onward = self._arcs.after if self._ahead else self._arcs.before
        self.edge = onward(self.edge) - self._seen - barred
        self._seen |= self.edge
        self.steps += 1


class _Goal:
    """Entities that a step leads to, and the arcs by which it does so from others."""

    def __init__(self, arcs: Arcs, entities: set[int]) -> None:
        self.entities = entities
        self._arcs = arcs
        self._from: dict[int, list[int]] = {}

    def arcs_from(self, entity: int) -> list[int]:
        """The arcs that lead there from an entity."""
        leading = self._from.get(entity)
        if leading is None:
            arcs, goal = self._arcs, self.entities
            onward = enumerate(arcs.acted_on(entity), arcs.first[entity])
            leading = self._from[entity] = [arc for arc, end in onward if end in goal]
        return leading


#: How many times as dear a step ahead is: for each length of path it is looked through once more,
#: while what is behind the end is the same for all.
_AGAIN: Final = 3


class _Levels:
    """Which entities can stand at which place of a path of a given length.

    `ahead[i]` are the entities to which some walk of i steps leads from the start, `behind[r]`
    those from which some walk of r steps leads to the end. Together they are known for all places
    of the longest path but one.
    """

    def __init__(self, arcs: Arcs, start: int, end: int, steps: int, avoid: Set[int]) -> None:
        self.arcs = arcs
        barred = {start, end} | avoid
        self.ahead, self.behind = [{start}], [_Goal(arcs, {end})]
        self._leaving, entering = [arcs.count_after((start,))], arcs.count_before((end,))
        for _ in range(steps - 1):
            if _AGAIN * self._leaving[-1] < entering:
                edge = arcs.after(self.ahead[-1]) - barred
                self.ahead.append(edge)
                self._leaving.append(arcs.count_after(edge))
            else:
                edge = arcs.before(self.behind[-1].entities) - barred
                self.behind.append(_Goal(arcs, edge))
                entering = arcs.count_before(edge)

    def goals(self, length: int) -> list[_Goal]:
        """Where each step of a path leads.

        Of what walks lead to from the start, just that from which one of the right length leads
        to the end.
        """
        goals = self.behind[:length]
        for place in range(length - len(goals), 0, -1):
            goals.append(_Goal(self.arcs, self._leading(place, goals[-1].entities)))
        return goals[::-1]

    def _leading(self, place: int, goal: set[int]) -> set[int]:
        """The entities at a place from which an arc leads to others, by the arcs of the fewer."""
        arcs, entities, leaving = self.arcs, self.ahead[place], self._leaving[place]
        if len(goal) < leaving and arcs.count_before(goal) < leaving:
            return entities & arcs.before(goal)
        first, ends, apart = arcs.first, arcs.ends, goal.isdisjoint
        return {each for each in entities if not apart(ends[first[each] : first[each + 1]])}


def _trails(arcs: Arcs, start: int, goals: list[_Goal]) -> Iterator[list[int]]:
    """Every beginning of a path to these goals, depth first; the list is used again."""

    def choose(place: int, entity: int) -> list[int]:
        return goals[place].arcs_from(entity)

    def goes_on(trail: list[int], arc: int) -> bool:
        """Not so where two links of structure go up and down, from one kind or part to another."""
        before, kind = arcs.kinds[trail[-1]], arcs.kinds[arc]
        return before <= AGAINST or kind <= AGAINST or before == kind

    fits = goes_on if arcs.crossing else None
    return trails(start, arcs.ends, len(goals), choose, fits)


# --- Weighing -------------------------------------------------------------------------------


def weakest(groups: Mapping[str, str], path: Path) -> Step:
    """The step on which least is to be built; the first of several that are alike.

    An undisputed definition needs no evidence, and is told only where there is nothing else.
    """
    resting = [step for step in path.steps if not _defined(step.statement)]
    return max(resting or path.steps, key=lambda step: weight(groups, step.statement))


def _defined(statement: Statement) -> bool:
    """Whether it holds by the meaning of the words or an ontology, and nobody disputes it."""
    stands = standing(statement.evidence)
    return (stands.status, stands.basis) == ("supported", "defined")
