"""The core of a graph: the part in which its statements hold together most.

It is what the page opens with, and what `core()` selects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from trabecula.columns import STATUS_CODES, Columns
from trabecula.model import Statement
from trabecula.quantities import quantities_of
from trabecula.reason.known import known_of
from trabecula.reason.search import connected

#: A graph of so few statements is its own core.
SMALL: Final = 48
#: The entities of a core: as many as can be read at a glance.
CORE: Final = 18
#: Beyond so many sources one more makes a statement no more central.
_SOURCES: Final = 3


def core(columns: Columns) -> tuple[Statement, ...]:
    """The part of a graph in which supported influence is densest, one statement a pair.

    The entity on which least rests is taken away until few are left: the greedy method of
    Charikar 2000 ("Greedy approximation algorithms for finding dense components in a graph",
    LNCS 1913:84), with independent sources as weights. Left out is what the graph as a whole does
    not conclude, and what two steps tell as well, each of them no worse founded. Where no influence
    is supported, what is only asserted stands in for it; where there is none at all, the best known
    statements do.
    """
    if len(columns.statements) <= SMALL:
        return columns.statements
    supported, sources = STATUS_CODES["supported"], columns.supporting
    acts = acting(columns)
    chosen = [number for number in acts if columns.statuses[number] == supported] or acts
    best: dict[tuple[int, int], int] = {}
    for number in chosen:
        pair = _pair(columns.subjects[number], columns.objects[number])
        if pair not in best or _weight(sources[number]) > _weight(sources[best[pair]]):
            best[pair] = number
    weights = {pair: max(_weight(sources[number]), 1) for pair, number in best.items()}
    kept = _densest(weights, CORE)
    inside = [number for pair, number in best.items() if kept.issuperset(pair)]
    inside = _in_one_piece(columns, _direct(columns, _concluded(columns, inside)))
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


def _ends(columns: Columns, number: int) -> tuple[int, int]:
    """The ends of a statement in the direction in which it acts."""
    one, other = columns.subjects[number], columns.objects[number]
    back = columns.words.relation(columns.statements[number].predicate).influence == "reverse"
    return (other, one) if back else (one, other)


def _concluded(columns: Columns, numbers: Sequence[int]) -> list[int]:
    """The statements whose sign is what follows from all that is said of the two."""
    known = known_of(columns)
    return [
        number
        for number in numbers
        if (known.between(*_ends(columns, number), 1).sign or 0) == columns.signs[number]
    ]


def _direct(columns: Columns, numbers: Sequence[int]) -> list[int]:
    """The statements without those that two steps, each no worse founded, tell as well.

    The least founded are looked at first, and what is left out is no step any more.
    """
    weight = {number: _weight(columns.supporting[number]) for number in numbers}
    onward: dict[int, dict[int, int]] = {}
    for number in numbers:
        start, end = _ends(columns, number)
        onward.setdefault(start, {})[end] = number
    for number in sorted(numbers, key=lambda number: (weight[number], number)):
        start, end = _ends(columns, number)
        for between, step in onward[start].items():
            last = onward.get(between, {}).get(end)
            if (
                last is not None
                and columns.signs[number]
                and columns.signs[step] * columns.signs[last] == columns.signs[number]
                and min(weight[step], weight[last]) >= weight[number]
            ):
                del onward[start][end]
                break
    return sorted(number for ends in onward.values() for number in ends.values())


def _in_one_piece(columns: Columns, numbers: Sequence[int]) -> list[int]:
    """The statements of the largest part that hangs together."""
    links = [_ends(columns, number) for number in numbers]
    kept = max(connected(links), key=len, default=set[int]())
    return [number for number, link in zip(numbers, links, strict=True) if kept.issuperset(link)]


def _weight(sources: int) -> int:
    return min(sources, _SOURCES)


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _densest(weights: Mapping[tuple[int, int], int], count: int) -> set[int]:
    """So many entities, at most, that hold together: the weakest goes first, again and again."""
    near: dict[int, dict[int, int]] = {}
    for (one, other), weight in weights.items():
        near.setdefault(one, {})[other] = weight
        near.setdefault(other, {})[one] = weight
    rests = {key: sum(links.values()) for key, links in near.items()}
    queue = [(weight, key) for key, weight in rests.items()]
    heapify(queue)
    while len(rests) > count:
        weight, key = heappop(queue)
        if rests.get(key) != weight:
            continue  # an older entry of one that weighs less by now
        del rests[key]
        for other, link in near[key].items():
            if other in rests:
                rests[other] -= link
                heappush(queue, (rests[other], other))
    links = ((key, other) for key in sorted(rests) for other in near[key] if other in rests)
    return max(connected(links), key=len, default=set(sorted(rests)[:1]))
