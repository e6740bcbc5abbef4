"""Chains that point opposite ways where no source spoke of the two; see `conflicts`."""

from __future__ import annotations

from collections.abc import Iterator

from trabecula.reason.chains import EFFORT, MINUS, PLUS, chained
from trabecula.reason.conclusions import SUPPORTED, Conclusions, Link
from trabecula.reason.sides import Conflict, Side, side


def crossings(known: Conclusions, *, effort: int = EFFORT) -> list[Conflict] | None:
    """The conflicts of supported chains of two steps; None where there are too many chains.

    Of two quantities there is one, for the rise of the first or else for its fall.
    """
    portions = chained(known, effort=effort)
    if portions is None:
        return None
    found: dict[tuple[int, int], Conflict] = {}
    for portion in portions:
        both = (portion.ranks == SUPPORTED) & (portion.signs & (PLUS | MINUS) == PLUS | MINUS)
        for place in both.nonzero()[0].tolist():
            start, end = int(portion.starts[place]), int(portion.ends[place])
            if (start, end) not in found:
                found[start, end] = _crossing(known, start, end, int(portion.ways[place]))
    return list(found.values())


def _crossing(known: Conclusions, start: int, end: int, way: int) -> Conflict:
    chains = list(_supported(known, start, end, way))
    sides: list[Side] = []
    through: list[tuple[str, ...]] = []
    columns = known.columns
    for sign in (1, -1):
        those = [chain for chain in chains if chain[0].sign * chain[1].sign == sign]
        numbers = dict.fromkeys(s.statement for chain in those for link in chain for s in link.sayings)
        sides.append(side(map(columns.statements.__getitem__, numbers)))
        through.append(tuple(columns.entities[first.end] for first, _ in those))
    return Conflict(
        kind="indirect",
        between="chains",
        start=columns.entities[start],
        end=columns.entities[end],
        one=sides[0],
        other=sides[1],
        through=(through[0], through[1]),
    )


def _supported(
    known: Conclusions, start: int, end: int, way: int
) -> Iterator[tuple[Link, Link]]:
    """The supported chains of two steps that have a sign."""
    for middle, first in known.links(start, way).items():
        second = known.links(middle, way * first.sign).get(end) if first.sign else None
        if second and second.sign and known.rank((first, second)) == SUPPORTED:
            yield first, second
