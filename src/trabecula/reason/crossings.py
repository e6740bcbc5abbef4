"""Chains that point opposite ways where no source spoke of the two; see `conflicts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Final

from trabecula.reason.concluded import SUPPORTED
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.fewest import fewest
from trabecula.reason.links import Link, crossed
from trabecula.reason.sayings import READ
from trabecula.reason.sides import Conflict, side
from trabecula.reason.votes import rank_of, sign_of

#: How many chains of two steps there may be.
EFFORT: Final = 10_000_000


def crossings(conclusions: Conclusions, *, effort: int = EFFORT) -> list[Conflict] | None:
    """The conflicts of supported chains of two steps; None where there are too many chains.

    Of two quantities there is one, for the rise of the first or else for its fall.
    """
    starts = conclusions.quantities.all
    if _most(conclusions) > effort and (
        fewest(conclusions, read=True) > effort or _chains(conclusions, starts) > effort
    ):
        return None
    crossed: dict[tuple[int, int], Conflict] = {}
    for (start, way), ends in _crossed(conclusions, starts).items():
        for end, direct in conclusions.directly(start, way, ends).items():
            if direct.rank > SUPPORTED and (start, end) not in crossed:
                chains = list(_supported(conclusions, start, end, way))
                if len({sign_of(chain) for chain in chains}) > 1:
                    crossed[start, end] = _crossing(conclusions, chains)
    return list(crossed.values())


def _most(conclusions: Conclusions) -> int:
    """A number that there are not more chains than, told without a look at what is said.

    A statement makes at most one step for a rise and one for a fall, and what it leads to has no
    more steps than there are statements about it.
    """
    columns, quantities = conclusions.columns, conclusions.quantities
    about = [0] * len(columns.entities)  # how many statements, by quantity
    for ends in (columns.subjects, columns.objects):
        for entity in ends:
            about[quantities.of[entity]] += 1
    return 2 * len(columns.ids) * max(about, default=0)


def _chains(conclusions: Conclusions, starts: Iterable[int]) -> int:
    """How many chains begin with a step that was read."""
    return sum(
        len(conclusions.links(first.end, way * first.sign))
        for start in starts
        for way in (1, -1)
        for first in conclusions.opening(start, way).values()
        if first.tier == READ and first.sign and first.end not in conclusions.directionless
    )


def _crossed(conclusions: Conclusions, starts: Iterable[int]) -> dict[tuple[int, int], list[int]]:
    """By start and way to what chains of steps that were read lead with either sign."""
    reached = cache(partial(_reached, conclusions))
    endless = conclusions.directionless
    crossed = {}
    for start in starts:
        if len(conclusions.sayings.of(start)) < 2:
            continue  # two chains to one end begin with two steps
        for way in (1, -1):
            raised: set[int] = set()
            lowered: set[int] = set()
            for first in conclusions.opening(start, way).values():
                if first.tier == READ and first.sign and first.end not in endless:
                    # What rises only because a cause is gone runs into no excess.
                    absent = way < 0 and first.sign < 0
                    same, opposite = reached(first.end, way * first.sign, absent)
                    raised |= same if first.sign > 0 else opposite
                    lowered |= opposite if first.sign > 0 else same
            both = (raised & lowered) - {start}
            if both:
                crossed[start, way] = sorted(both)
    return crossed


def _reached(
    conclusions: Conclusions, quantity: int, way: int, absent: bool
) -> tuple[frozenset[int], frozenset[int]]:
    """Where steps that were read lead with the same and with the opposite sign."""
    steps = [
        link
        for link in conclusions.links(quantity, way).values()
        if link.tier == READ and link.end not in conclusions.directionless
        and not (absent and link.of_excess)
    ]  # fmt: skip
    same, opposite = (frozenset(s.end for s in steps if s.sign == sign) for sign in (1, -1))
    return same, opposite


def _supported(
    conclusions: Conclusions, start: int, end: int, way: int
) -> Iterator[tuple[Link, Link]]:
    """The supported chains of two steps that have a sign."""
    before = conclusions.sayings.beside(end)  # of a hub's many steps few lead to one end
    for middle, first in conclusions.opening(start, way).items():
        if middle not in before or not first.sign or middle in conclusions.directionless:
            continue
        second = conclusions.links(middle, way * first.sign).get(end)
        if not (second and second.sign) or _beyond(second, way, first):
            continue
        if crossed(first, second, way):
            continue
        if rank_of(conclusions, (first, second)) == SUPPORTED:
            yield first, second


def _beyond(second: Link, way: int, first: Link) -> bool:
    """Whether a step speaks of an excess where something rises only because a cause is gone."""
    return second.of_excess and way < 0 and first.sign < 0


def _crossing(conclusions: Conclusions, chains: list[tuple[Link, Link]]) -> Conflict:
    columns = conclusions.columns
    raising, lowering = ([chain for chain in chains if sign_of(chain) == sign] for sign in (1, -1))
    raising_side, lowering_side = (
        side(
            columns.statements[number]
            for number in dict.fromkeys(
                saying.statement for chain in those for link in chain for saying in link.sayings
            )
        )
        for those in (raising, lowering)
    )
    return Conflict(
        kind="indirect",
        between="chains",
        start=columns.entities[chains[0][0].start],
        end=columns.entities[chains[0][1].end],
        left=raising_side,
        right=lowering_side,
        through=(_through(conclusions, raising), _through(conclusions, lowering)),
    )


def _through(conclusions: Conclusions, chains: list[tuple[Link, Link]]) -> tuple[str, ...]:
    return tuple(conclusions.columns.entities[first.end] for first, _ in chains)
