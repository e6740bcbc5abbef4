"""The searches that everything that reasons is made of, on arrays of numbers.

`spread` tells how far things are away, `connected` what hangs together and `components` what feeds
back on itself; `trails` walks simple paths, `Cycles` those that come back to where they started.
What could take longer than its input is large has a bound and says where it stopped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from trabecula.errors import SelectionError, require_whole

_Node = TypeVar("_Node", bound=Hashable)


def require_steps(steps: int, most: int, of: str = "") -> None:
    """Raise `SelectionError` for a number of steps that is not from 1 to `most`.

    Raises `TypeError` for what is no whole number.
    """
    require_whole(steps, "a number of steps")
    if not 1 <= steps <= most:
        what = f" for {of}" if of else ""
        raise SelectionError(f"{steps} is no number of steps{what}: give 1 to {most}")


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
    for first, second in pairs:
        near.setdefault(first, set()).add(second)
        near.setdefault(second, set()).add(first)
    parts: list[set[_Node]] = []
    seen: set[_Node] = set()
    for start in near:
        if start not in seen:
            parts.append(set(spread([start], near.__getitem__)))
            seen |= parts[-1]
    return parts


def count_connected(ones: Sequence[int], others: Sequence[int]) -> int:
    """How many groups `connected` finds by these pairs of numbers.

    >>> count_connected([1, 3, 2], [2, 4, 5])
    2
    """
    numbers = {*ones, *others}
    above = {number: number for number in numbers}

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    joined = 0
    for pair in zip(ones, others, strict=True):
        first, second = map(top, pair)
        if first != second:
            above[first] = second
            joined += 1
    return len(numbers) - joined


#: Later than whatever is reached.
_LATER: Final = sys.maxsize


def components(starts: Iterable[int], onward: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """What the starts reach, in its feedback components, each before those that it acts on.

    Tarjan 1972, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1:146, without
    recursion. The members of a component are sorted.

    >>> components([1], {1: [2], 2: [3], 3: [2, 4]})
    [[1], [2, 3], [4]]
    """
    parts: list[list[int]] = []
    low: dict[int, int] = {}  # the earliest that is known to be reached and not in a component
    stack: list[int] = []
    for start in starts:
        trail: list[tuple[int, int, Iterator[int]]] = []
        entered = None if start in low else start
        while entered is not None or trail:
            if entered is not None:
                low[entered] = number = len(low)
                stack.append(entered)
                trail.append((entered, number, iter(onward.get(entered, ()))))
                entered = None
            here, number, ends = trail[-1]
            for end in ends:
                if end not in low:
                    entered = end
                    break
                if low[end] < low[here]:  # noqa: PLR1730  # of each arc, and calls take time
                    low[here] = low[end]
            else:
                trail.pop()
                if low[here] == number:
                    members = [stack.pop()]
                    while members[-1] != here:
                        members.append(stack.pop())
                    low.update(dict.fromkeys(members, _LATER))
                    parts.append(sorted(members))
                elif trail:
                    before = trail[-1][0]
                    low[before] = min(low[before], low[here])
    return parts[::-1]


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
