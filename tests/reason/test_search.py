"""The searches on numbers: how far, what hangs together, simple paths, cycles and their bounds."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from trabecula.columns import columns_of
from trabecula.influence import Influence
from trabecula.model import Statement
from trabecula.reason.search import (
    BoundError,
    Cycles,
    connected,
    count_connected,
    spread,
    trails,
)

CHAIN = {0: (1,), 1: (2, 0), 2: (3,), 3: ()}


def graph(*lines: str) -> Influence:
    words = (line.split() for line in lines)
    return Influence(columns_of(Statement(subject=s, predicate=p, object=o) for s, p, o in words))


# --- How far ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "far"),
    [(None, {0: 0, 1: 1, 2: 2, 3: 3}), (2, {0: 0, 1: 1, 2: 2}), (1, {0: 0, 1: 1}), (0, {0: 0})],
)
def test_what_is_reached_in_so_many_steps(steps: int | None, far: dict[int, int]) -> None:
    assert spread([0], CHAIN.__getitem__, steps) == far


def test_of_several_starts_the_nearest_counts() -> None:
    assert spread([0, 2], CHAIN.__getitem__) == {0: 0, 2: 0, 1: 1, 3: 1}


def test_what_hangs_together_either_way() -> None:
    pairs = [(5, 1), (2, 2), (3, 1), (4, 6)]
    assert connected(pairs) == [{5, 1, 3}, {2}, {4, 6}]
    assert count_connected(*zip(*pairs, strict=True)) == 3
    assert count_connected([], []) == 0


# --- Simple paths -------------------------------------------------------------------------------


def walked(length: int, **options: object) -> list[list[int]]:
    """The trails from entity 0 of a square with one diagonal; an arc is named by its two ends."""
    arcs = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)]
    ends = [end for _, end in arcs]

    def choose(_place: int, entity: int) -> list[int]:
        return [arc for arc, (start, _) in enumerate(arcs) if start == entity]

    return [list(trail) for trail in trails(0, ends, length, choose, **options)]  # type: ignore[arg-type]


def test_every_beginning_of_a_path_is_there_depth_first_and_none_comes_back() -> None:
    assert walked(3) == [[0], [0, 1], [0, 1, 2], [4], [4, 2]]
    assert walked(2) == [[0], [0, 1], [4], [4, 2]]
    assert walked(1) == [[0], [4]]


def test_a_returning_trail_may_come_back() -> None:
    assert [0, 1, 2, 3] in walked(4, returning=True)


def test_what_does_not_fit_is_not_followed_and_the_first_arc_always_fits() -> None:
    assert walked(3, fits=lambda _trail, _arc: False) == [[0], [4]]
    assert walked(3, fits=lambda trail, arc: (trail[-1], arc) != (0, 1)) == [[0], [4], [4, 2]]


# --- Cycles -------------------------------------------------------------------------------------

#: 0 → 1 → 2 → 0, and back from 1 to 0.
RING = {0: (1,), 1: (0, 2), 2: (0,)}
BACK = {0: (1, 2), 1: (0,), 2: (1,)}


def ring(within: Collection[int] | None = None, effort: int = 10_000) -> Cycles:
    return Cycles(3, RING.__getitem__, BACK.__getitem__, within, effort)


def cycles(
    length: int,
    through: int | None = None,
    within: Collection[int] | None = None,
    effort: int = 10_000,
) -> list[list[int]]:
    """What each cycle passes after where it starts, and that again at last."""
    return [list(cycle) for cycle in ring(within, effort).of(length, through)]


def test_each_cycle_of_a_length_is_found_once_from_its_first_number() -> None:
    assert cycles(3) == [[1, 2, 0]]
    assert cycles(2) == [[1, 0]]
    assert cycles(1) == cycles(4) == []


def test_cycles_through_a_number_begin_there() -> None:
    assert cycles(3, through=2) == [[0, 1, 2]]
    assert cycles(2, through=1) == [[0, 1]]
    assert cycles(2, through=2) == []


def test_cycles_within_numbers_leave_them_not() -> None:
    assert cycles(3, within={0, 1}) == []
    assert cycles(2, within={0, 1}) == [[1, 0]]
    assert cycles(2, within={1, 2}) == []


def test_the_bound_is_what_may_be_looked_at_and_not_one_less() -> None:
    needed = next(effort for effort in range(200) if _ends(effort))
    assert needed > 0
    assert not _ends(needed - 1)
    assert cycles(3, effort=needed) == cycles(3)


def _ends(effort: int) -> bool:
    try:
        cycles(3, effort=effort)
    except BoundError:
        return False
    return True


def test_an_effort_that_is_just_used_up_is_enough() -> None:
    search = ring(effort=2)
    search._look(2)
    with pytest.raises(BoundError):
        search._look(1)
