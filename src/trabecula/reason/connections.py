"""Whether one entity acts on another within a few steps, with which signs, and through what.

What there is to know of a connection is the set of signs of its paths, which makes one of the
verdicts of `explain`. `compared` looks only at pairs that a changed statement can have touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from trabecula.influence import Influence
from trabecula.reason.search import EFFORT, reached, spread, state, uncollected

#: The longest paths by which entities count as connected here.
STEPS: Final = 3
#: How many arcs are looked at to compare the connections of two graphs.
LOOKED: Final = 4_000_000


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
    """Connections with another verdict in the new graph than in the old one, both given, sorted.

    `skipped` are the entities whose effect on others was not compared, since to find it out takes
    more than may be looked at.
    """

    changed: tuple[tuple[Connection, str, str], ...]
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
    """What changed in the connections between entities that are in `both` graphs.

    Only what a statement in one of the graphs alone can have touched is looked at; the rest is
    equal. `effort` is how many arcs may be looked at.
    """
    before, after = _Onward(old, both, steps), _Onward(new, both, steps)
    starts = sorted((_near(old, new, steps) | _near(new, old, steps)).intersection(both))
    changed: list[tuple[Connection, str, str]] = []
    skipped: list[str] = []
    for start in starts:
        if before.looked + after.looked > effort:
            skipped.append(start)
            continue
        signs, signs_now = before.signs(start), after.signs(start)
        if signs is None or signs_now is None:
            skipped.append(start)
            continue
        for end in sorted({end for end, _ in signs ^ signs_now}):
            verdicts = (
                verdict(sign for sign in (1, -1, 0) if (end, sign) in side)
                for side in (signs, signs_now)
            )
            was, now = verdicts
            if was != now:
                changed.append((Connection(start, end), was, now))
    return Comparison(tuple(changed), tuple(skipped))


class _Onward:
    """The signs with which entities act on others of some, within so many steps."""

    def __init__(self, influence: Influence, ends: Collection[str], steps: int) -> None:
        self.columns, self.arcs, self.steps = influence.columns, influence.followed, steps
        self.weights = bytes(len(self.arcs))
        # By state: the entity and the sign, where it is one of those asked about.
        self.ends = [
            (entity, sign) if entity in ends else None
            for entity in self.columns.entities
            for sign in (-1, 0, 1)
        ]
        self.looked = 0

    def signs(self, start: str) -> set[tuple[str, int]] | None:
        """Each entity with each sign of a simple path to it; None where not all are known."""
        arcs, first = self.arcs, state(self.columns.number(start), 1)
        outcome = reached(arcs, arcs.of, [first], self.steps, weights=self.weights, effort=EFFORT)
        self.looked += outcome.looked
        if outcome.unsettled:
            return None
        return {end for end in map(self.ends.__getitem__, outcome.trails) if end}


def _near(influence: Influence, other: Influence, steps: int) -> set[str]:
    """The entities from which a path leads over a statement that the other graph lacks."""
    columns, arcs = influence.columns, influence.followed
    followed_there = dict(zip(other.columns.ids, other.columns.followed, strict=True))
    lacking = [not followed_there.get(key) for key in columns.ids]
    starts = {start for start, n in zip(arcs.starts, arcs.statements, strict=True) if lacking[n]}
    # The path comes to where the statement starts from after at most so many steps before it.
    return {columns.entities[entity] for entity in spread(starts, arcs.actors, steps - 1)}
