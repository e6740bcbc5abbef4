"""Chains that point opposite ways where no source spoke of the two; see `conflicts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

from trabecula.reason.chains import unique
from trabecula.reason.conclusions import SUPPORTED, Conclusions, Link
from trabecula.reason.fewest import fewest
from trabecula.reason.sayings import READ
from trabecula.reason.sides import Conflict, side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]

#: How many chains of two steps there may be.
EFFORT: Final = 10_000_000
#: How many chains are looked at in one go.
_ROWS: Final = 500_000


def crossings(known: Conclusions, *, effort: int = EFFORT) -> list[Conflict] | None:
    """The conflicts of supported chains of two steps; None where there are too many chains.

    Of two quantities there is one, for the rise of the first or else for its fall.
    """
    if fewest(known, read=True) > effort:
        return None
    starts = sorted(set(known.quantities.of))
    if _chains(known, starts) > effort:
        return None
    found: dict[tuple[int, int], Conflict] = {}
    for (start, way), ends in _crossed(known, starts).items():
        for end, direct in known.directly(start, way, ends).items():
            if direct.rank > SUPPORTED and (start, end) not in found:
                chains = list(_supported(known, start, end, way))
                if len({_sign(chain) for chain in chains}) > 1:
                    found[start, end] = _crossing(known, chains)
    return list(found.values())


def _chains(known: Conclusions, starts: Iterable[int]) -> int:
    """How many chains begin with a step that was read."""
    return sum(
        len(known.links(first.end, way * first.sign))
        for start in starts
        for way in (1, -1)
        for first in known.links(start, way).values()
        if first.tier == READ and first.sign and first.end not in known.directionless
    )


def _crossed(known: Conclusions, starts: Iterable[int]) -> dict[tuple[int, int], list[int]]:
    """By start and way to what chains of steps that were read lead with either sign.

    All chains are put side by side as columns of numbers, those of some starts at a time.
    """
    import numpy as np

    rows = [
        (
            2 * start + (way < 0),
            link.end,
            link.sign,
            link.of_excess,
            link.end in known.directionless,
        )
        for start in starts
        for way in (1, -1)
        for link in known.links(start, way).values()
        if link.tier == READ and link.sign
    ]
    count = len(known.columns.entities)
    state, end, sign, above, endless = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    first = np.searchsorted(state, np.arange(2 * count + 1))
    onto = 2 * end + ((state % 2 == 1) != (sign < 0))
    sizes = np.where(endless == 1, 0, first[onto + 1] - first[onto])
    found: dict[tuple[int, int], list[int]] = {}
    for low, high in _portions(state, sizes):
        one = np.repeat(np.arange(low, high), sizes[low:high])
        before = np.cumsum(sizes[low:high]) - sizes[low:high]
        other = np.arange(len(one)) + np.repeat(first[onto[low:high]] - before, sizes[low:high])
        # What rises only because a cause is gone runs into no excess.
        absent = (state[one] % 2 == 1) & (sign[one] < 0) & (above[other] == 1)
        there = ~absent & (end[other] != state[one] // 2) & (endless[other] == 0)
        one, other = one[there], other[there]
        pairs, ways = state[one] * count + end[other], sign[one] * sign[other]
        both = np.intersect1d(unique(pairs[ways > 0]), unique(pairs[ways < 0]), assume_unique=True)
        for pair in both.tolist():
            begun, last = divmod(pair, count)
            found.setdefault((begun // 2, -1 if begun % 2 else 1), []).append(last)
    return found


def _portions(state: Numbers, sizes: Numbers) -> Iterator[tuple[int, int]]:
    """From where to where the steps go that begin about `_ROWS` chains, all of a state together."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.cumsum(sizes) // _ROWS)) + 1
    cuts = sorted({0, *np.searchsorted(state, state[edges]).tolist(), len(state)})
    yield from pairwise(cuts)


def _supported(known: Conclusions, start: int, end: int, way: int) -> Iterator[tuple[Link, Link]]:
    """The supported chains of two steps that have a sign."""
    for middle, first in known.links(start, way).items():
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
