"""The core of a graph: the part in which its statements hold together most.

It is what the page opens with, and what `core()` selects.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from typing import Final

from trabecula.columns import STATUS_CODES, Columns
from trabecula.model import Statement
from trabecula.reason.search import connected

#: A graph of so few statements is its own core.
SMALL: Final = 48
#: The entities of a core: as many as can be read at a glance.
CORE: Final = 24
#: Beyond so many sources one more makes a statement no more central.
_SOURCES: Final = 3


def core(columns: Columns) -> tuple[Statement, ...]:
    """The part of a graph in which supported influence is densest, one statement a pair.

    The entity on which least rests is taken away until few are left: the greedy method of
    Charikar 2000 ("Greedy approximation algorithms for finding dense components in a graph",
    LNCS 1913:84), with independent sources as weights. Where no influence is supported, what is
    only asserted stands in for it; where there is none at all, the best known statements do.
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
    if not inside:
        everything = range(len(columns.statements))
        inside = sorted(everything, key=lambda number: -sources[number])[:SMALL]
    return tuple(map(columns.statements.__getitem__, sorted(inside)))


def acting(columns: Columns) -> list[int]:
    """The statements by which one entity acts on another and over which paths lead."""
    predicates = columns.predicates
    flows = [
        columns.words.relation(name).influence in ("forward", "reverse")
        for name in predicates.names
    ]
    return [
        number
        for number, code in enumerate(predicates.codes)
        if flows[code]
        and columns.followed[number]
        and columns.subjects[number] != columns.objects[number]
    ]


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
