"""The searches that everything that reasons is made of, on arrays of numbers.

`spread` tells how far things are away and `connected` what hangs together; `trails` walks simple
paths, `Cycles` those that come back to where they started, and `reached` finds the states that a
change leads to. What could take longer than its input is large has a bound and says where it
stopped.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Final, NamedTuple, ParamSpec, TypeVar

from trabecula.influence import Arcs

_P = ParamSpec("_P")
_R = TypeVar("_R")
_Node = TypeVar("_Node", bound=Hashable)


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


def spread(
    starts: Iterable[_Node],
    onward: Callable[[_Node], Iterable[_Node]],
    steps: int | None = None,
) -> dict[_Node, int]:
    """How many steps each is away that can be reached from `starts`, up to so many steps.

    >>> spread([1], lambda n: {1: (2, 3), 2: (4,)}.get(n, ()), 1)
    {1: 0, 2: 1, 3: 1}
    """
    distance = dict.fromkeys(starts, 0)
    edge, far = list(distance), 0
    while edge and far != steps:
        far += 1
        fresh = dict.fromkeys(end for start in edge for end in onward(start))
        edge = [end for end in fresh if end not in distance]
        distance |= dict.fromkeys(edge, far)
    return distance


def connected(pairs: Iterable[tuple[_Node, _Node]]) -> list[set[_Node]]:
    """What hangs together by these pairs, in the order in which it is first mentioned.

    >>> connected([(1, 2), (3, 4), (2, 5)])
    [{1, 2, 5}, {3, 4}]
    """
    near: dict[_Node, set[_Node]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    parts: list[set[_Node]] = []
    seen: set[_Node] = set()
    for start in near:
        if start not in seen:
            parts.append(set(spread([start], near.__getitem__)))
            seen |= parts[-1]
    return parts


def parts(ones: Sequence[int], others: Sequence[int]) -> int:
    """How many groups `connected` finds by these pairs of numbers.

    >>> parts([1, 3, 2], [2, 4, 5])
    2
    """
    found = {*ones, *others}
    above = {number: number for number in found}

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    joined = 0
    for pair in zip(ones, others, strict=True):
        one, other = map(top, pair)
        if one != other:
            above[one] = other
            joined += 1
    return len(found) - joined


def trails(
    start: int,
    ends: Sequence[int],
    length: int,
    choose: Callable[[int, int], Iterable[int]],
    fits: Callable[[list[int], int], bool] | None = None,
    *,
    returning: bool = False,
) -> Iterator[list[int]]:
    """Every beginning of a simple path of at most `length` arcs, depth first.

    `ends` is where each arc leads, `choose(place, entity)` are the arcs to go on with from an
    entity that is so many steps on, and `fits(trail, arc)` says whether an arc may follow those
    before it. What is yielded is one list, changed from one to the next. No path comes back to
    where it started, unless it is `returning`: then `choose` has to see to it that it does so at
    its last step only.
    """
    trail: list[int] = []
    passed: set[int] = set() if returning else {start}
    pending = [iter(choose(0, start))]
    while pending:
        for arc in pending[-1]:
            end = ends[arc]
            if end in passed or (fits and trail and not fits(trail, arc)):
                continue
            trail.append(arc)
            yield trail
            if len(trail) == length:
                trail.pop()
                continue
            passed.add(end)
            pending.append(iter(choose(len(trail), end)))
            break
        else:
            pending.pop()
            if trail:
                passed.discard(ends[trail.pop()])


# --- Cycles ---------------------------------------------------------------------------------


class BoundError(Exception):
    """The search would look at more than it may."""


class Cycles:
    """The cycles of a graph of numbers that a step leads `onward` from and `back` to.

    Each is found once, as what it passes after where it starts: the first of its numbers, or the
    one that it is asked for. Only cycles among `within` are looked for, which holds all numbers
    from which a cycle may start. `effort` is how many steps may be looked at before the search ends
    with `BoundError`.
    """

    def __init__(
        self,
        count: int,
        onward: Callable[[int], Collection[int]],
        back: Callable[[int], Collection[int]],
        within: Collection[int] | None,
        effort: int,
    ) -> None:
        self.onward, self.back, self.effort = onward, back, effort
        self.within = None if within is None else frozenset(within)
        self.numbers = range(count)
        self.roots = self.numbers if self.within is None else sorted(self.within)
        self._onward: dict[int, list[int]] = {}
        self._back: dict[int, list[int]] = {}

    def of(self, length: int, through: int | None = None) -> Iterator[list[int]]:
        """What each cycle of just this length passes; a list is used again for the next."""
        for root in self.roots if through is None else (through,):
            if not (self._from(root) and self._into(root)):
                continue
            near = self._near(root, length, -1 if root == through else root)
            for trail in trails(
                root, self.numbers, length, self._choosing(root, length, near), returning=True
            ):
                if len(trail) == length:
                    yield trail

    def _choosing(
        self, root: int, length: int, near: Mapping[int, int]
    ) -> Callable[[int, int], list[int]]:
        def choose(place: int, number: int) -> list[int]:
            """The steps to where the root can still be reached from in time."""
            onward, left = self._from(number), length - place - 1
            self._look(len(onward))
            if not left:
                return [root] if root in onward else []
            return [end for end in onward if 0 < near.get(end, length) <= left]

        return choose

    def _near(self, root: int, length: int, after: int) -> dict[int, int]:
        """How many steps there are at least from each number to the root, where in time.

        Numbers that come before the root are left out: their cycles are known already.
        """

        def back(number: int) -> Iterator[int]:
            starts = self._into(number)
            self._look(len(starts))
            return (start for start in starts if start > after)

        return spread([root], back, length - 1)

    def _from(self, number: int) -> list[int]:
        """Where steps lead from a number, looked up once."""
        onward = self._onward.get(number)
        if onward is None:
            onward = self._onward[number] = self._among(self.onward(number))
            self._look(len(onward))
        return onward

    def _into(self, number: int) -> list[int]:
        """From where steps lead to a number, looked up once."""
        starts = self._back.get(number)
        if starts is None:
            starts = self._back[number] = self._among(self.back(number))
        return starts

    def _among(self, numbers: Collection[int]) -> list[int]:
        within = self.within
        return sorted(numbers if within is None else within.intersection(numbers))

    def _look(self, steps: int) -> None:
        self.effort -= steps
        if self.effort < 0:
            raise BoundError


# --- States ---------------------------------------------------------------------------------

#: How many paths are walked one by one where nothing else is asked for.
EFFORT: Final = 200_000
#: An entity and the direction in which it changes (+1, -1 or 0) make one number; see `state`.
_WAYS: Final = 3


def state(entity: int, way: int) -> int:
    """The number of the state in which an entity changes that way."""
    return _WAYS * entity + way + 1


def entity_of(state: int) -> int:
    """The entity whose state it is."""
    return state // _WAYS


def way_of(state: int) -> int:
    """The way in which the entity changes."""
    return state % _WAYS - 1


class Trail(NamedTuple):
    """A path as its last arc and the path before it, and how weak its arcs are, weakest first.

    Shared beginnings, for there are as many of them as there are arcs.
    """

    arc: int
    before: Trail | None  # None for the path that leads nowhere
    weights: tuple[int, ...]

    @property
    def arcs(self) -> tuple[int, ...]:
        """Its arcs from the first to the last."""
        return (*self.before.arcs, self.arc) if self.before else ()


_EMPTY: Final = Trail(-1, None, ())


@dataclass(frozen=True, slots=True)
class Reached:
    """The states that a change leads to, and a best path to each.

    `doubtful` are those of which it was not known from the best paths alone whether a path leads
    there, or how short one, and `unsettled` those of which it is not known still.
    """

    trails: Mapping[int, Trail]
    doubtful: frozenset[int]
    unsettled: frozenset[int]
    looked: int  # the arcs that were looked at


def reached(
    arcs: Arcs,
    onward: Callable[[int], Sequence[int]],
    starts: Sequence[int],
    steps: int,
    *,
    weights: Sequence[int],
    effort: int,
    among: Collection[int] | None = None,
) -> Reached:
    """The states to which simple paths of at most so many steps lead, with a best path to each.

    Starts are states; `onward` are the arcs that may be taken from an entity. A best path is a
    shortest one, and of those that were met the one whose weakest arc weighs least, and so on;
    `weights` are by arc. Equal ones are taken in the order of their statements.

    The search goes from the best paths to a state on to those behind it. Where such a path meets
    itself, another one to the same state may have gone on; so, for what any walk arrives at but no
    path yet, paths are walked one by one, up to so much `effort`. Where only some entities are
    asked about, `among` names them.
    """
    search = _States(arcs, onward, weights)
    best = search.consistent(starts, steps)
    doubtful = {
        there: len(best[there].weights) - 1 if there in best else steps
        for there in search.arrived(best, steps)
        if among is None or entity_of(there) in among
    }
    unsettled = search.settle(starts, doubtful, best, effort)
    return Reached(best, frozenset(doubtful), unsettled, search.looked)


class _States:
    """The three passes of `reached`; see there."""

    def __init__(
        self, arcs: Arcs, onward: Callable[[int], Sequence[int]], weights: Sequence[int]
    ) -> None:
        self.arcs, self.weights = arcs, weights
        self.met_itself: dict[int, set[int]] = defaultdict(set)
        self.looked = 0
        self._onward = onward
        self._taken: dict[int, Sequence[int]] = {}

    def onward(self, entity: int) -> Sequence[int]:
        """The arcs that may be taken from an entity, asked for once."""
        onward = self._taken.get(entity)
        if onward is None:
            onward = self._taken[entity] = self._onward(entity)
        self.looked += len(onward)
        return onward

    def consistent(self, starts: Sequence[int], steps: int) -> dict[int, Trail]:
        """A best path to each state, found from the best paths to the states before it.

        `met_itself` is afterwards, for each number of steps, the states for which a path was given
        up because it met itself, where no other had led to the same state.
        """
        ends, signs, weights = self.arcs.ends, self.arcs.signs, self.weights
        best: dict[int, Trail] = {}
        edge = dict.fromkeys(starts, _EMPTY)
        for far in range(1, steps + 1):
            following: dict[int, Trail] = {}
            for here, trail in edge.items():
                way = here % _WAYS - 1
                so_far = trail[2]
                weakest = so_far[0] if so_far else -1
                for arc in self.onward(here // _WAYS):
                    end = ends[arc]
                    there = _WAYS * end + way * signs[arc] + 1
                    if there in best:
                        continue
                    weight = weights[arc]
                    other = following.get(there)
                    if other is not None and (weight > other[2][0] or weakest > other[2][0]):
                        continue
                    if so_far and self._passes(trail, end):
                        self.met_itself[far].add(there)
                        continue
                    grown = self._grown(trail, arc)
                    if other is None or self._better(grown, other):
                        following[there] = grown
            best |= following
            edge = following
        return best

    def arrived(self, best: Mapping[int, Trail], steps: int) -> dict[int, int]:
        """The states at which a walk arrives sooner than the best path, or that have none.

        With each is how soon that is. Such a walk begins as a path that met itself.
        """
        ends, signs = self.arcs.ends, self.arcs.signs
        soonest: dict[int, int] = {}
        edge: list[int] = []
        for far in range(1, steps + 1):
            fresh = dict.fromkeys(sorted(self.met_itself[far]))
            for here in edge:
                way = way_of(here)
                for arc in self.onward(entity_of(here)):
                    fresh[_WAYS * ends[arc] + way * signs[arc] + 1] = None
            edge = [
                there
                for there in fresh
                if there not in soonest and not (there in best and len(best[there].weights) <= far)
            ]
            soonest |= dict.fromkeys(edge, far)
        return soonest

    def settle(
        self,
        starts: Sequence[int],
        doubtful: Mapping[int, int],
        best: dict[int, Trail],
        effort: int,
    ) -> frozenset[int]:
        """Walk path after path to the states of which it is not known if, or how soon, one arrives.

        `doubtful` says of each of them how long such a path can be and still tell anything new.
        What is found is put into `best`; what comes back are the states still in doubt, once the
        effort is used up.
        """
        if not doubtful:
            return frozenset()
        ends, signs = self.arcs.ends, self.arcs.signs
        sought = dict(doubtful)
        longest = max(sought.values())
        near = self._near({entity_of(state) for state in sought}, longest)
        trails = {state: [_EMPTY] for state in starts}
        for far in range(1, longest + 1):
            better: dict[int, Trail] = {}
            longer: dict[int, list[Trail]] = {}
            for here, beginnings in trails.items():
                for arc in self.onward(entity_of(here)):
                    end = ends[arc]
                    if far + near.get(end, longest) > longest:
                        continue
                    there = _WAYS * end + way_of(here) * signs[arc] + 1
                    effort -= len(beginnings)
                    if effort < 0:
                        return frozenset(sought)
                    for trail in beginnings:
                        if self._passes(trail, end):
                            continue
                        grown = self._grown(trail, arc)
                        longer.setdefault(there, []).append(grown)
                        if there in sought and (
                            there not in better or self._better(grown, better[there])
                        ):
                            better[there] = grown
            best |= better
            sought = {
                state: most for state, most in sought.items() if state not in better and most > far
            }
            trails = longer if sought else {}
        return frozenset()

    def _near(self, entities: Collection[int], steps: int) -> dict[int, int]:
        """How many steps lead from each entity to the nearest of these, up to so many."""
        ends = self.arcs.ends
        back: dict[int, set[int]] = {}
        for start, onward in self._taken.items():
            for arc in onward:
                back.setdefault(ends[arc], set()).add(start)
        return spread(entities, lambda entity: back.get(entity, ()), max(steps - 1, 0))

    def _passes(self, trail: Trail, entity: int) -> bool:
        """Whether a path has started from or come through this entity, its end apart."""
        starts = self.arcs.starts
        while trail.before is not None:
            if starts[trail.arc] == entity:
                return True
            trail = trail.before
        return False

    def _grown(self, trail: Trail, arc: int) -> Trail:
        """The path with one arc more."""
        weight, weights = self.weights[arc], trail.weights
        if not weights or weight >= weights[0]:
            return Trail(arc, trail, (weight, *weights))
        return Trail(arc, trail, tuple(sorted((*weights, weight), reverse=True)))

    def _better(self, one: Trail, other: Trail) -> bool:
        """Whether the one path is better than another of its length to the same state."""
        if one.weights != other.weights:
            return one.weights < other.weights
        return self._precedes(one, other)

    def _precedes(self, one: Trail, other: Trail) -> bool:
        """Whether the statements of one path come first; both are of the same length.

        The first statement in which they differ decides, so common beginnings need no look.
        """
        statements = self.arcs.statements
        first = False
        while one is not other:
            mine, yours = statements[one.arc], statements[other.arc]
            if mine != yours:
                first = mine < yours
            if one.before is None or other.before is None:
                break
            one, other = one.before, other.before
        return first
