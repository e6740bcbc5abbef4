"""Whether one entity acts on another within a few steps, with which signs, and through what.

What there is to know of a connection is the set of signs of its paths, which makes one of the
verdicts of `explain`. `compared` looks only at pairs that a changed statement can have touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from trabecula.influence import Influence
from trabecula.reason.search import EFFORT, entity_of, reached, spread, state, uncollected, way_of

#: The longest paths by which entities count as connected here.
STEPS: Final = 3
#: How many arcs are looked at to compare the connections of two graphs.
LOOKED: Final = 5_000_000


@dataclass(frozen=True, slots=True, order=True)
class Connection:
    """That one entity acts on another; both by their ids."""

    start: str
    end: str


def verdict(signs: Iterable[int]) -> str:
    """The verdict on the signs of all paths, by the table at the head of `explain`.

    >>> verdict([1, 0]), verdict([1, -1]), verdict([0]), verdict([])
    ('increases', 'ambiguous', 'unknown', 'no path')
    """
    distinct = set(signs)
    if {1, -1} <= distinct:
        return "ambiguous"
    if 1 in distinct:
        return "increases"
    if -1 in distinct:
        return "decreases"
    return "unknown" if distinct else "no path"


# --- Comparing two graphs -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of entities with their verdicts in the old graph and in the new, sorted.

    `skipped` are the entities whose effect on others was not compared, since to find it out takes
    more than may be looked at.
    """

    pairs: tuple[tuple[Connection, str, str], ...]
    skipped: tuple[str, ...] = ()


@uncollected
def compared(
    old: Influence,
    new: Influence,
    both: Collection[str],
    steps: int = STEPS,
    *,
    effort: int = LOOKED,
) -> Comparison:
    """The connections between entities that are in `both` graphs.

    Pairs that no statement in one graph alone can have touched are left out: their verdicts are
    equal. Equal verdicts may be among the others all the same. `effort` is how many arcs may be
    looked at.
    """
    before, after = _Onward(old, steps), _Onward(new, steps)
    starts = sorted((_near(old, new, steps) | _near(new, old, steps)).intersection(both))
    pairs: list[tuple[Connection, str, str]] = []
    skipped: list[str] = []
    for start in starts:
        if before.looked + after.looked > effort:
            skipped.append(start)
            continue
        signs, signs_now = before.signs(start), after.signs(start)
        if signs is None or signs_now is None:
            skipped.append(start)
            continue
        for end in sorted((signs.keys() | signs_now.keys()).intersection(both)):
            verdicts = verdict(signs.get(end, ())), verdict(signs_now.get(end, ()))
            pairs.append((Connection(start, end), *verdicts))
    return Comparison(tuple(pairs), tuple(skipped))


class _Onward:
    """The signs with which entities act on others within so many steps."""

    def __init__(self, influence: Influence, steps: int) -> None:
        self.columns, self.arcs, self.steps = influence.columns, influence.followed, steps
        self.weights = bytes(len(self.arcs))
        self.looked = 0

    def signs(self, start: str) -> dict[str, set[int]] | None:
        """The signs of the simple paths to each entity; None where not all of them are known."""
        arcs, first = self.arcs, state(self.columns.number(start), 1)
        outcome = reached(arcs, arcs.of, [first], self.steps, weights=self.weights, effort=EFFORT)
        self.looked += outcome.looked
        if outcome.unsettled:
            return None
        signs: dict[str, set[int]] = {}
        for there in outcome.trails:
            signs.setdefault(self.columns.entities[entity_of(there)], set()).add(way_of(there))
        return signs


def _near(influence: Influence, other: Influence, steps: int) -> set[str]:
    """The entities from which a path leads over a statement that the other graph lacks."""
    columns, arcs = influence.columns, influence.followed
    followed_there = dict(zip(other.columns.ids, other.columns.followed, strict=True))
    changed = [
        number
        for number, (key, kept) in enumerate(zip(columns.ids, columns.followed, strict=True))
        if kept and not followed_there.get(key)
    ]
    ends = {end for n in changed for end in (columns.subjects[n], columns.objects[n])}
    # The path enters the statement by one of its ends after at most so many steps before it.
    near = spread(ends, arcs.actors, steps - 1)
    return {columns.entities[entity] for entity in near if arcs.of(entity)}
