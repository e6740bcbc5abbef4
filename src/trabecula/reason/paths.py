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
right length, and enumerates only there: for paths of up to k steps nothing further than about k/2
from either end is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, NamedTuple

from trabecula.columns import WEAKER
from trabecula.counted import counted
from trabecula.errors import SelectionError
from trabecula.influence import AGAINST, Arcs, Influence
from trabecula.model import Statement
from trabecula.reason.search import spread, trails, uncollected
from trabecula.reason.signs import compose
from trabecula.standing import independent, standing, status
from trabecula.vocabulary import PREDICATES

#: The steps of a path where nothing else is asked for, and the most that can be asked for.
STEPS: Final = 3
MAX_STEPS: Final = 8
#: How many steps the search tries before it stops and says so.
BOUND: Final = 100_000

#: Links of structure, which are crossed only where that is asked for.
STRUCTURE: Final = frozenset(row.name for row in PREDICATES.values() if row.structure)


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
    _require_possible(start, end, steps, via, avoid)
    arcs = followed(influence, follow, structure=structure)
    first, last = influence.columns.number(start), influence.columns.number(end)
    between = set(map(influence.columns.number, via))
    if min(first, last, *between) < 0:
        return Found(())
    levels = _Levels(arcs, first, last, steps, set(map(influence.columns.number, avoid)))
    # Paths share most of their steps.
    step = cache(partial(step_of, influence, arcs))
    paths: list[Path] = []
    tried = 0
    for length in range(len(between) + 1, steps + 1):
        for trail in _trails(arcs, first, last, levels.inner(length)):
            tried += 1
            if tried > bound:
                return Found(tuple(paths), length)
            if len(trail) == length and between.issubset(map(arcs.ends.__getitem__, trail)):
                paths.append(Path(tuple(map(step, trail))))
    return Found(tuple(paths))


def distance(
    influence: Influence,
    start: str,
    end: str,
    *,
    follow: bytes | None = None,
    avoid: Collection[str] = (),
    structure: bool = False,
) -> int:
    """How many steps `end` is away from `start` at least; 0 where nothing leads there."""
    arcs = followed(influence, follow, structure=structure)
    columns = influence.columns
    barred = set(map(columns.number, avoid))
    first, last = columns.number(start), columns.number(end)
    if min(first, last) < 0:
        return 0
    far = spread([first], lambda entity: set(arcs.acted_on(entity)) - barred, goal=last)
    return far.get(last, 0)


def followed(influence: Influence, follow: bytes | None, *, structure: bool = False) -> Arcs:
    """The arcs of the statements for which `follow` holds 1; what acts on itself is left out."""
    if follow is None and not structure:
        return influence.followed
    kept = influence.columns.followed if follow is None else follow
    return influence.following(kept, structure=structure)


def path_of(influence: Influence, arcs: Arcs, trail: Iterable[int]) -> Path:
    """The path that arcs make."""
    return Path(tuple(step_of(influence, arcs, arc) for arc in trail))


def step_of(influence: Influence, arcs: Arcs, arc: int) -> Step:
    """The step that an arc is."""
    columns = influence.columns
    return Step(
        columns.statements[arcs.statements[arc]],
        columns.entities[arcs.starts[arc]],
        columns.entities[arcs.ends[arc]],
        arcs.signs[arc],
    )


def _require_possible(
    start: str, end: str, steps: int, via: Collection[str], avoid: Collection[str]
) -> None:
    """Raise `SelectionError` for a question that cannot have an answer."""
    if start == end:
        raise SelectionError(f"start and end are both {start}; a path leads to something else")
    if not 1 <= steps <= MAX_STEPS:
        raise SelectionError(f"{steps} is no number of steps for a path: give 1 to {MAX_STEPS}")
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


class _Levels:
    """Which entities can stand at which place of a path of a given length.

    `ahead[i]` are the entities to which some walk of i steps leads from the start, `behind[r]`
    those from which some walk of r steps leads to the end; together they are known for all
    places of the longest path, and no further.
    """

    def __init__(self, arcs: Arcs, start: int, end: int, steps: int, avoid: set[int]) -> None:
        self.arcs = arcs
        barred = {start, end} | avoid
        self.ahead, self.behind = [{start}], [{end}]
        for _ in range(steps // 2):
            self.ahead.append(set().union(*map(arcs.acted_on, self.ahead[-1])) - barred)
        for _ in range(steps - steps // 2):
            self.behind.append(set().union(*map(arcs.actors, self.behind[-1])) - barred)

    def inner(self, length: int) -> list[set[int]]:
        """The entities that can stand at places 1 to `length` - 1, as far as levels can tell."""
        places: list[set[int]] = []
        after = self.behind[0]
        for place in range(length - 1, 0, -1):
            left = length - place
            if left < len(self.behind):
                after = self.behind[left]
                if place < len(self.ahead):
                    after = after & self.ahead[place]
            else:
                leads = (
                    entity
                    for entity in self.ahead[place]
                    if not after.isdisjoint(self.arcs.acted_on(entity))
                )
                after = set(leads)
            places.append(after)
        return places[::-1]


def _trails(arcs: Arcs, start: int, end: int, places: list[set[int]]) -> Iterator[list[int]]:
    """Every beginning of a path through these places, depth first; the list is used again."""
    goals = (*places, {end})
    choices: list[dict[int, list[int]]] = [{} for _ in goals]

    def choose(place: int, entity: int) -> list[int]:
        chosen = choices[place].get(entity)
        if chosen is None:
            ends, goal = arcs.ends, goals[place]
            chosen = [arc for arc in arcs.of(entity) if ends[arc] in goal]
            choices[place][entity] = chosen
        return chosen

    def goes_on(trail: list[int], arc: int) -> bool:
        """Not so where two links of structure go up and down, from one kind or part to another."""
        before, kind = arcs.kinds[trail[-1]], arcs.kinds[arc]
        return before <= AGAINST or kind <= AGAINST or before == kind

    fits = goes_on if arcs.crossing else None
    return trails(start, arcs.ends, len(goals), choose, fits)


# --- Weighing -------------------------------------------------------------------------------


class Weight(NamedTuple):
    """How weak a statement is as a link: by its status, then by how few sources support it.

    The greater, the weaker; `sources` is the negative of the number of independent sources.
    """

    rank: int
    sources: int

    @property
    def supported(self) -> bool:
        """Whether the status is `supported`."""
        return self.rank == WEAKER["supported"]


def weight(groups: Mapping[str, str], statement: Statement) -> Weight:
    """How weak a statement is as a link; the greater, the weaker."""
    rank = WEAKER[status(statement.evidence)]
    return Weight(rank, -len(independent(statement.evidence, groups)))


def weigher(groups: Mapping[str, str]) -> Callable[[Statement], Weight]:
    """`weight` for many paths, which share most of their statements."""
    # By identity, for ids are slow to ask for a million times; each statement is kept beside its
    # weight, so that its identity is not given away while this lives.
    weights: dict[int, tuple[Statement, Weight]] = {}

    def weigh(statement: Statement) -> Weight:
        weighed = weights.get(id(statement))
        if weighed is None:
            weighed = weights[id(statement)] = statement, weight(groups, statement)
        return weighed[1]

    return weigh


def ranked(paths: Iterable[Path], weigh: Callable[[Statement], Weight]) -> tuple[Path, ...]:
    """Paths, best first: the shorter, then the one whose weakest step is the stronger, and so on.

    Paths that are equal in all this keep their order.
    """

    def order(path: Path) -> tuple[int, list[Weight]]:
        weights = sorted((weigh(step.statement) for step in path.steps), reverse=True)
        return len(weights), weights

    return tuple(sorted(paths, key=order))


def weakest(groups: Mapping[str, str], path: Path) -> Step:
    """The step on which least is to be built; the first of several that are alike.

    An undisputed definition needs no evidence, and is told only where there is nothing else.
    """
    resting = [step for step in path.steps if not _defined(step.statement)]
    return max(resting or path.steps, key=lambda step: weight(groups, step.statement))


def _defined(statement: Statement) -> bool:
    """Whether it holds by the meaning of the words or an ontology, and nobody disputes it."""
    known = standing(statement.evidence)
    return (known.status, known.basis) == ("supported", "defined")
