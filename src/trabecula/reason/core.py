"""The core of a graph: the part in which its statements hold together most.

It is what the page opens with, and what `core()` selects.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from trabecula.columns import STATUS_CODES, Columns
from trabecula.model import Statement
from trabecula.quantities import quantities_of
from trabecula.reason import focus
from trabecula.reason.dense import Ends, concluded, direct, ends, in_one_piece, pair, peeled, weight
from trabecula.reason.search import connected

#: A graph of so few statements is its own core, and that of one with a focus has no more.
SMALL: Final = 48
#: The entities of a core: as many as can be read at a glance.
CORE: Final = 18


def core(columns: Columns) -> tuple[Statement, ...]:
    """The part of a graph in which supported influence is densest, one statement a pair.

    The entity on which least rests is taken away until few are left: the greedy method of
    Charikar 2000 ("Greedy approximation algorithms for finding dense components in a graph",
    LNCS 1913:84), with independent sources as weights. Left out is what the graph as a whole does
    not conclude, and what two steps tell as well, each of them no worse founded. Where no influence
    is supported, what is only asserted stands in for it; where there is none at all, the best known
    statements do.

    Of a graph that says what it is about (`About.focus`) it is what `focus.around` finds.
    """
    if len(columns.statements) <= SMALL:
        return columns.statements
    supported, sources = STATUS_CODES["supported"], columns.supporting
    acts = acting(columns)
    chosen = [number for number in acts if columns.statuses[number] == supported] or acts
    inside = focus.around(columns, chosen, CORE, SMALL) or _anywhere(columns, chosen)
    if not inside:
        everything = range(len(columns.statements))
        inside = sorted(everything, key=lambda number: -sources[number])[:SMALL]
    return tuple(map(columns.statements.__getitem__, sorted(inside)))


def acting(columns: Columns) -> list[int]:
    """The statements that one entity changes or is needed by another and that may be followed.

    Two names of one quantity act on nothing, and what has no direction is neither end.
    """
    predicates = columns.predicates
    flows = [columns.words.relation(name).kind in ("changes", "needs") for name in predicates.names]
    of = quantities_of(columns).of
    numbers = map(columns.number, columns.words.directionless)
    endless = {of[number] for number in numbers if number >= 0}
    return [
        number
        for number, code in enumerate(predicates.codes)
        if flows[code]
        and columns.followed[number]
        and of[columns.subjects[number]] != of[columns.objects[number]]
        and endless.isdisjoint((of[columns.subjects[number]], of[columns.objects[number]]))
    ]


def _anywhere(columns: Columns, chosen: Iterable[int]) -> list[int]:
    """The statements that hold together most, whatever they are about."""
    best: dict[Ends, int] = {}
    for number in chosen:
        both = pair((columns.subjects[number], columns.objects[number]))
        if both not in best or weight(columns, number) > weight(columns, best[both]):
            best[both] = number
    few = set(peeled(columns, best)[-CORE:])
    kept = max(connected(sorted(filter(few.issuperset, best))), key=len, default=few)
    inside = [number for both, number in best.items() if kept.issuperset(both)]
    links = {number: ends(columns, number) for number in concluded(columns, inside)}
    signs = columns.signs

    def told(number: int, step: int, last: int) -> bool:
        return signs[number] != 0 and signs[step] * signs[last] == signs[number]

    return in_one_piece(direct(columns, links, told))
