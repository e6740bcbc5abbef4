"""What a change reaches: in how many steps, and with which signs. No verdict, on any size of graph.

`whatif` weighs what follows; this only walks. A change travels along arcs that are followed; over
an arc whose sign is known a rise stays a rise or becomes a fall, over another one the direction is
open from there on. Each thing reached has up to three answers: the fewest steps by which it rises,
by which it falls, and by which it changes one way or the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from trabecula.influence import Arcs
from trabecula.reason.search import require_steps

#: The most steps that are walked.
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Reached:
    """An entity by its number, and the fewest steps to each sign (+1, -1, 0); None for no way."""

    entity: int
    up: int | None = None
    down: int | None = None
    open: int | None = None

    @property
    def steps(self) -> int:
        """The fewest steps."""
        return min(steps for steps in (self.up, self.down, self.open) if steps is not None)


def check_steps(steps: int) -> None:
    """Pass over a number of steps. Raises `SelectionError` for what is none."""
    require_steps(steps, MOST)


def reach(
    arcs: Arcs, changed: Mapping[int, int], fixed: Collection[int] = (), *, steps: int
) -> list[Reached]:
    """What entities that go up (+1) or down (-1) reach in so many steps, all by their numbers.

    What is changed and what is fixed lets nothing through and is not among it. The nearest come
    first, then the first by number. Raises `SelectionError` for a number of steps that is none.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Statement
    >>> arcs = Graph([Statement(subject="a", predicate="inhibits", object="b")]).influence.arcs
    >>> reach(arcs, {0: 1}, steps=2)
    [Reached(entity=1, up=None, down=1, open=None)]
    """
    check_steps(steps)
    first, ends = np.asarray(arcs.first, np.int64), np.asarray(arcs.ends, np.int64)
    signs = np.asarray(arcs.signs, np.int64)
    count = len(first) - 1
    # A state is an entity and a sign: three numbers for each entity.
    step_of = np.full(3 * count, -1, np.int64)
    closed = np.zeros(count, bool)
    closed[[*changed, *fixed]] = True
    states = np.array(sorted(3 * n + way + 1 for n, way in changed.items()), np.int64)
    for step in range(1, steps + 1):
        entities, ways = states // 3, states % 3 - 1
        sizes = first[entities + 1] - first[entities]
        total = int(sizes.sum())
        # Where the arcs of each begin, and the places after that.
        offsets = np.repeat(first[entities] - (np.cumsum(sizes) - sizes), sizes)
        taken = offsets + np.arange(total)
        there = ends[taken]
        onward = 3 * there + np.repeat(ways, sizes) * signs[taken] + 1
        marked = np.zeros(3 * count, bool)
        marked[onward[(step_of[onward] < 0) & ~closed[there]]] = True
        states = np.flatnonzero(marked)
        if not len(states):
            break
        step_of[states] = step
    rows = step_of.reshape(-1, 3)
    reached = np.flatnonzero(rows.max(axis=1) > 0)
    out = [
        Reached(number, *(None if value < 0 else value for value in (up, down, unclear)))
        for number, (down, unclear, up) in zip(
            reached.tolist(), rows[reached].tolist(), strict=True
        )
    ]
    return sorted(out, key=lambda reached: (reached.steps, reached.entity))
