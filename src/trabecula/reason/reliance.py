"""On which statements the connections of a graph depend.

A pair of entities is connected where a path of at most so many steps leads from the one to the
other, and relies on a statement that is on every such path: without it, it is not connected.

What all walks of up to n steps to an entity have in common follows from what those of up to n - 1
steps have (a walk holds a simple path, so that walks and simple paths have the same in common).
This is worked out for many starts at once, as tables with a row for each walk of what is common to
those before it: so it takes memory for `_ROWS` rows and time for all rows that there may be. Where
those are more than `EFFORT`, fewer steps are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from trabecula.influence import Arcs, Influence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]

#: The steps within which entities count as connected where nothing else is asked for.
STEPS: Final = 3
#: How many rows there may be before fewer steps are looked at.
EFFORT: Final = 10_000_000
#: How many rows there are in one go.
_ROWS: Final = 500_000


@dataclass(frozen=True, slots=True)
class Reliance:
    """By number of a statement how many ordered pairs of entities only it connects.

    Those are pairs connected within `complete` steps: fewer than asked for where there are more
    walks than may be looked at.
    """

    pairs: dict[int, int]
    complete: int


def reliance(influence: Influence, steps: int = STEPS, *, effort: int = EFFORT) -> Reliance:
    """What relies on each statement within so many steps; statements without are left out.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Statement
    >>> graph = Graph([
    ...     Statement(subject="a", predicate="increases", object="b"),
    ...     Statement(subject="b", predicate="increases", object="c"),
    ... ])
    >>> reliance(graph.influence)
    Reliance(pairs={0: 2, 1: 2}, complete=3)
    """
    import numpy as np

    arcs = influence.followed
    rows = _rows(arcs, steps)
    complete = int((rows.sum(axis=1).cumsum() <= effort).sum())
    if not complete or not len(arcs):
        return Reliance({}, complete)
    # Two names of one state act on each other, so that a walk may use the statement twice.
    both_ways = len(set(arcs.statements)) < len(arcs)
    pairs = np.zeros(len(influence.columns.statements), dtype=np.int64)
    for starts in _portions(rows[:complete].sum(axis=0)):
        table = _Table(arcs, starts, both_ways=both_ways)
        for _ in range(complete):
            table.grow()
        for column in table.common:
            pairs += np.bincount(column[column >= 0], minlength=len(pairs))
    return Reliance({int(n): int(pairs[n]) for n in np.flatnonzero(pairs)}, complete)


def _rows(arcs: Arcs, steps: int) -> Numbers:
    """How many rows each start may have by number of steps: no more than walks, nor than arcs."""
    import numpy as np

    starts, ends, entities = _array(arcs.starts), _array(arcs.ends), len(arcs.first) - 1
    rows = np.zeros((steps, entities), dtype=np.int64)
    walks: NDArray[np.float64] = np.ones(entities)
    for step in range(steps):
        walks = np.bincount(starts, weights=walks[ends], minlength=entities).astype(np.float64)
        rows[step] = np.minimum(walks, len(arcs))
    return rows


def _portions(rows: Numbers) -> Iterator[Numbers]:
    """The starts that have rows, so many at once that these are about `_ROWS`."""
    import numpy as np

    acting = np.flatnonzero(rows)
    portion = np.cumsum(rows[acting]) // _ROWS
    yield from np.split(acting, np.flatnonzero(np.diff(portion)) + 1)


class _Table:
    """For some starts, the entities that walks reach, and the statements common to those walks.

    A row is a start (by its place among the starts) and an entity; `common` has a column for each
    step, of the numbers of statements, -1 where there is none.
    """

    def __init__(self, arcs: Arcs, starts: Numbers, *, both_ways: bool) -> None:
        import numpy as np

        self.first, self.ends = _array(arcs.first), _array(arcs.ends)
        self.statements = _array(arcs.statements)
        self.both_ways = both_ways
        self.starts = starts
        self.place = np.arange(len(starts))
        self.entity = starts
        self.common: list[Numbers] = []

    def grow(self) -> None:
        """Go on by one step."""
        import numpy as np

        sizes = self.first[self.entity + 1] - self.first[self.entity]
        row = np.repeat(np.arange(len(sizes)), sizes)
        before = np.cumsum(sizes) - sizes
        arc = (self.first[self.entity] - before)[row] + np.arange(len(row))
        key = self.place[row] * len(self.first) + self.ends[arc]
        order = np.argsort(key)
        key, row, arc = key[order], row[order], arc[order]
        walks = [column[row] for column in self.common]
        statement = self.statements[arc]
        if self.both_ways:
            for column in walks:
                statement = np.where(column == statement, -1, statement)
        walks.append(statement)
        fresh = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        shared = _in_common(walks, fresh)
        place, entity = np.divmod(key[fresh], len(self.first))
        away = entity != self.starts[place]
        nothing = np.full(len(self.starts), -1)
        self.place = np.concatenate((np.arange(len(self.starts)), place[away]))
        self.entity = np.concatenate((self.starts, entity[away]))
        self.common = [np.concatenate((nothing, column[away])) for column in shared]


def _in_common(walks: list[Numbers], fresh: Numbers) -> list[Numbers]:
    """Of rows in groups, which begin at `fresh`: what all rows of each group have in common."""
    import numpy as np

    sizes = np.diff(np.append(fresh, len(walks[0])))
    shared = [column[fresh] for column in walks]
    for column in shared if len(fresh) else ():
        wanted = np.repeat(column, sizes)
        has = walks[0] == wanted
        for other in walks[1:]:
            has |= other == wanted
        column[~np.logical_and.reduceat(has, fresh)] = -1
    return shared


def _array(numbers: object) -> Numbers:
    """Numbers as numpy has them."""
    import numpy as np

    return np.asarray(numbers).astype(np.int64)
