"""Simple signed paths of influence: the ways in which one entity acts on another.

A path goes the way influence goes (`Graph.influences`: what is required acts on what requires it)
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

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Final, NamedTuple, ParamSpec, TypeVar

from trabecula.errors import SelectionError
from trabecula.model import Statement
from trabecula.reason.signs import compose
from trabecula.standing import sayable, status
from trabecula.vocabulary import sign_of

if TYPE_CHECKING:  # selections call this module, so only the type is needed here
    from trabecula.graph import Graph

_P = ParamSpec("_P")
_R = TypeVar("_R")

#: The steps of a path where nothing else is asked for, and the most that can be asked for.
STEPS: Final = 4
MAX_STEPS: Final = 8
#: How many steps the search tries before it stops and says so.
BOUND: Final = 100_000

#: The statuses of statements that are followed where nothing else is asked for.
FOLLOWED: Final = ("supported", "contested", "title-only", "asserted-only", "no-evidence")
#: Statuses from the strongest to the weakest link of a path.
_WEAKER: Final = {name: rank for rank, name in enumerate((*FOLLOWED, "refuted"))}

#: Links of structure, which are crossed only where that is asked for.
STRUCTURE: Final = frozenset(
    ("subclass_of", "state_of", "part_of", "located_in", "composed_primarily_of", "occurs_in",
     "expressed_in")
)  # fmt: skip


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


def followed(statement: Statement, statuses: Collection[str] = FOLLOWED) -> bool:
    """Whether paths lead over a statement: it is not negated and has one of the statuses.

    What the article alone denies counts as refuted here.
    """
    if statement.negated:
        return False
    found = status(statement.evidence)
    if found == "asserted-only" and not sayable(statement.evidence):
        found = "refuted"
    return found in statuses


def uncollected(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function, run without the collector of cyclic garbage.

    A search makes a great many tuples and no cycles; each collection that they set off would go
    through the whole graph, and all together take as long as the search (benchmarks/feedback.py).
    """

    @wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if not gc.isenabled():
            return function(*args, **kwargs)
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            gc.enable()

    return run


@uncollected
def search(
    graph: Graph,
    start: str,
    end: str,
    steps: int = STEPS,
    *,
    follow: Callable[[Statement], bool] = followed,
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    structure: bool = False,
    bound: int = BOUND,
) -> Found:
    """All simple paths of at most `steps` steps from `start` to `end`, given by their ids.

    Every path passes all entities of `via` and none of `avoid`, and every statement on it
    satisfies `follow`. The order is by length and then that of the graph. After `bound` steps
    tried the search stops. Raises `SelectionError` for what no path can satisfy.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([
    ...     Statement(subject="calcitonin", predicate="inhibits", object="osteoclast"),
    ...     Statement(subject="osteoclast", predicate="decreases", object="bone-mass"),
    ... ])
    >>> [path.sign for path in search(graph, "calcitonin", "bone-mass").paths]
    [1]
    """
    _require_possible(start, end, steps, via, avoid)
    links = _Links(graph, follow, frozenset(avoid), structure)
    levels = _Levels(links, start, end, steps)
    wanted = frozenset(via)
    found: list[Path] = []
    tried = 0
    for length in range(len(wanted) + 1, steps + 1):
        for trail in _trails(links, start, end, levels.inner(length)):
            tried += 1
            if tried > bound:
                return Found(tuple(found), length)
            if len(trail) == length and (not wanted or wanted <= {step.end for step in trail}):
                found.append(Path(tuple(trail)))
    return Found(tuple(found))


def distance(
    graph: Graph,
    start: str,
    end: str,
    *,
    follow: Callable[[Statement], bool] = followed,
    avoid: Collection[str] = (),
    structure: bool = False,
) -> int:
    """How many steps `end` is away from `start` at least; 0 where nothing leads there."""
    links = _Links(graph, follow, frozenset(avoid), structure)
    reached, frontier, far = {start}, [start], 0
    while frontier:
        far += 1
        ends = {step.end for entity in frontier for step in links.onward(entity)}
        if end in ends:
            return far
        frontier = sorted(ends - reached)
        reached |= ends
    return 0


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
        long = f"{steps} step{'' if steps == 1 else 's'}"
        many = f"{len(set(via))} {'entity' if len(set(via)) == 1 else 'entities'}"
        raise SelectionError(f"a path of {long} is too short to pass {many}")


# --- Search ---------------------------------------------------------------------------------


class _Links:
    """The steps that may be taken from an entity, and whence one may come; each asked for once."""

    def __init__(
        self,
        graph: Graph,
        follow: Callable[[Statement], bool],
        avoid: frozenset[str],
        structure: bool,
    ) -> None:
        self.graph, self.follow, self.avoid, self.structure = graph, follow, avoid, structure
        self._onward: dict[str, tuple[Step, ...]] = {}

    def onward(self, entity: str) -> tuple[Step, ...]:
        """The steps that start from an entity."""
        known = self._onward.get(entity)
        if known is None:
            known = self._onward[entity] = tuple(self._steps(entity))
        return known

    def _steps(self, entity: str) -> Iterator[Step]:
        for statement, end in self.graph.influences(entity):
            if self._open(statement, entity, end):
                yield Step(statement, entity, end, sign_of(statement))
        for statement, end in self._structural(entity):
            if self._open(statement, entity, end):
                up = statement.predicate == "subclass_of" and statement.subject == entity
                yield Step(statement, entity, end, 1 if up else 0)

    def back(self, entity: str) -> Iterator[str]:
        """The entities from which a step leads to an entity."""
        for statement, start in self.graph.influenced_by(entity):
            if self._open(statement, entity, start):
                yield start
        for statement, start in self._structural(entity):
            if self._open(statement, entity, start):
                yield start

    def _structural(self, entity: str) -> Iterator[tuple[Statement, str]]:
        if self.structure:
            for statement in self.graph.touching(entity):
                if statement.predicate in STRUCTURE:
                    is_subject = statement.subject == entity
                    yield statement, statement.object if is_subject else statement.subject

    def _open(self, statement: Statement, entity: str, other: str) -> bool:
        return other != entity and other not in self.avoid and self.follow(statement)


class _Levels:
    """Which entities can stand at which place of a path of a given length.

    `ahead[i]` are the entities to which some walk of i steps leads from the start, `behind[r]`
    those from which some walk of r steps leads to the end; together they are known for all
    places of the longest path, and no further.
    """

    def __init__(self, links: _Links, start: str, end: str, steps: int) -> None:
        self.links = links
        ends = {start, end}
        self.ahead, self.behind = [{start}], [{end}]
        for _ in range(steps // 2):
            reached = {step.end for entity in self.ahead[-1] for step in links.onward(entity)}
            self.ahead.append(reached - ends)
        for _ in range(steps - steps // 2):
            reached = {before for entity in self.behind[-1] for before in links.back(entity)}
            self.behind.append(reached - ends)

    def inner(self, length: int) -> list[set[str]]:
        """The entities that can stand at places 1 to `length` - 1, as far as levels can tell."""
        places: list[set[str]] = []
        after = self.behind[0]
        for place in range(length - 1, 0, -1):
            left = length - place
            if left < len(self.behind):
                after = self.behind[left]
                if place < len(self.ahead):
                    after = after & self.ahead[place]
            else:
                after = {
                    entity
                    for entity in self.ahead[place]
                    if any(step.end in after for step in self.links.onward(entity))
                }
            places.append(after)
        return places[::-1]


def _trails(links: _Links, start: str, end: str, places: list[set[str]]) -> Iterator[list[Step]]:
    """Every beginning of a path through these places, depth first; the list is used again."""
    goals = (*places, {end})
    choices: list[dict[str, tuple[Step, ...]]] = [{} for _ in goals]

    def choose(place: int, entity: str) -> tuple[Step, ...]:
        known = choices[place].get(entity)
        if known is None:
            goal = goals[place]
            known = tuple(step for step in links.onward(entity) if step.end in goal)
            choices[place][entity] = known
        return known

    trail: list[Step] = []
    passed = {start}
    pending = [iter(choose(0, start))]
    while pending:
        for step in pending[-1]:
            if step.end in passed or (trail and _turns_back(trail[-1], step)):
                continue
            trail.append(step)
            yield trail
            if len(trail) == len(goals):
                trail.pop()
                continue
            passed.add(step.end)
            pending.append(iter(choose(len(trail), step.end)))
            break
        else:
            pending.pop()
            if trail:
                passed.discard(trail.pop().end)


def _turns_back(before: Step, step: Step) -> bool:
    """Whether two links of structure go up and down again, from one kind or part to another."""
    if before.statement.predicate not in STRUCTURE or step.statement.predicate not in STRUCTURE:
        return False
    return (before.start == before.statement.subject) != (step.start == step.statement.subject)


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
        return self.rank == _WEAKER["supported"]


def weight(graph: Graph, statement: Statement) -> Weight:
    """How weak a statement is as a link; the greater, the weaker."""
    return Weight(_WEAKER[graph.status(statement)], -len(graph.independent(statement)))


def weigher(graph: Graph) -> Callable[[Statement], Weight]:
    """`weight` for many paths of one graph, which share most of their statements."""
    # By identity, for ids are slow to ask for a million times; each statement is kept beside its
    # weight, so that its identity is not given away while this lives.
    known: dict[int, tuple[Statement, Weight]] = {}

    def weigh(statement: Statement) -> Weight:
        found = known.get(id(statement))
        if found is None:
            found = known[id(statement)] = statement, weight(graph, statement)
        return found[1]

    return weigh


def ranked(paths: Iterable[Path], weigh: Callable[[Statement], Weight]) -> tuple[Path, ...]:
    """Paths, best first: the shorter, then the one whose weakest step is the stronger, and so on.

    Paths that are equal in all this keep their order.
    """

    def order(path: Path) -> tuple[int, list[Weight]]:
        weights = sorted((weigh(step.statement) for step in path.steps), reverse=True)
        return len(weights), weights

    return tuple(sorted(paths, key=order))


def weakest(graph: Graph, path: Path) -> Step:
    """The step on which least is to be built; the first of several that are alike."""
    return max(path.steps, key=lambda step: weight(graph, step.statement))
