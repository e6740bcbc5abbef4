"""Chains that point opposite ways where no source spoke of the two; see `conflicts`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.reason.conclusions import SUPPORTED, Conclusions, Link
from trabecula.reason.sayings import READ
from trabecula.reason.sides import Conflict, side

#: How many chains of two steps there may be.
EFFORT: Final = 10_000_000
#: The signs that chains to one end have, as bits; both at once are opposite ways.
_BITS: Final = {1: 1, -1: 2}
_BOTH: Final = 3


def crossings(known: Conclusions, *, effort: int = EFFORT) -> list[Conflict] | None:
    """The conflicts of supported chains of two steps; None where there are too many chains.

    Of two quantities there is one, for the rise of the first or else for its fall.
    """
    found: dict[tuple[int, int], Conflict] = {}
    for start in sorted(set(known.quantities.of)):
        for way in (1, -1):
            ends, looked = _crossed(known, start, way)
            effort -= looked
            if effort < 0:
                return None
            for end, direct in known.directly(start, way, ends).items() if ends else ():
                if direct.rank > SUPPORTED and (start, end) not in found:
                    chains = list(_supported(known, start, end, way))
                    if len({_sign(chain) for chain in chains}) > 1:
                        found[start, end] = _crossing(known, chains)
    return list(found.values())


def _crossed(known: Conclusions, start: int, way: int) -> tuple[list[int], int]:
    """To what chains of steps that were read lead with either sign, and how many were looked at."""
    signs: dict[int, int] = {}
    looked = 0
    for first in known.opening(start, way).values():
        if first.tier != READ or not first.sign or first.end in known.directionless:
            continue
        onward = known.links(first.end, way * first.sign)
        looked += len(onward)
        for end, second in onward.items():
            if second.tier == READ and second.sign and not _beyond(second, way, first):
                signs[end] = signs.get(end, 0) | _BITS[first.sign * second.sign]
    endless = known.directionless
    both = (end for end, bits in signs.items() if bits == _BOTH)
    return [end for end in both if end != start and end not in endless], looked


def _supported(known: Conclusions, start: int, end: int, way: int) -> Iterator[tuple[Link, Link]]:
    """The supported chains of two steps that have a sign."""
    for middle, first in known.opening(start, way).items():
        if not first.sign or middle in known.directionless:
            continue
        second = known.links(middle, way * first.sign).get(end)
        if not (second and second.sign) or _beyond(second, way, first):
            continue
        if known.rank((first, second)) == SUPPORTED:
            yield first, second


def _beyond(second: Link, way: int, first: Link) -> bool:
    """Whether a step speaks of an excess where something rises only because a cause is gone."""
    return second.of_excess and way < 0 and first.sign < 0


def _crossing(known: Conclusions, chains: list[tuple[Link, Link]]) -> Conflict:
    columns = known.columns
    raising, lowering = ([chain for chain in chains if _sign(chain) == sign] for sign in (1, -1))
    one, other = (
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
        one=one,
        other=other,
        through=(_through(known, raising), _through(known, lowering)),
    )


def _through(known: Conclusions, chains: list[tuple[Link, Link]]) -> tuple[str, ...]:
    return tuple(known.columns.entities[first.end] for first, _ in chains)


def _sign(chain: tuple[Link, Link]) -> int:
    return chain[0].sign * chain[1].sign
