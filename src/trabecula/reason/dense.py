"""What makes a part of a graph dense and readable: weights of statements, and what is taken away.

Nodes are entities or quantities, by number; statements are numbers, too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import Final, TypeAlias

from trabecula.columns import Columns
from trabecula.reason.conclusions import conclusions_of
from trabecula.reason.search import connected

#: Two nodes, the smaller first where they are a pair of which one statement is kept.
Ends: TypeAlias = tuple[int, int]

#: Beyond so many sources one more makes a statement no more central.
_SOURCES: Final = 3


def weight(columns: Columns, number: int) -> int:
    """By how many independent sources a statement is known, as far as more of them matter."""
    return min(columns.supporting[number], _SOURCES)


def ends(columns: Columns, number: int) -> Ends:
    """The ends of a statement in the direction in which it acts."""
    subject, object_ = columns.subjects[number], columns.objects[number]
    back = columns.words.relation(columns.statements[number].predicate).influence == "reverse"
    return (object_, subject) if back else (subject, object_)


def pair(link: Ends) -> Ends:
    """The two ends, whichever acts on the other."""
    start, end = link
    return (start, end) if start < end else (end, start)


def concluded(columns: Columns, numbers: Iterable[int]) -> list[int]:
    """The statements whose sign is what follows from all that is said of the two."""
    conclusions = conclusions_of(columns)
    return [
        number
        for number in numbers
        if (conclusions.between(*ends(columns, number), 1).sign or 0) == columns.signs[number]
    ]


def peeled(columns: Columns, best: Mapping[Ends, int], kept: Collection[int] = ()) -> list[int]:
    """The nodes in the order in which they are taken away, that on which least rests first.

    `best` has the statement of each pair. What is `kept` is never taken away, and stands last.
    """
    near: dict[int, dict[int, int]] = {}
    for (start, end), number in best.items():
        link = max(weight(columns, number), near.get(start, {}).get(end, 1))
        near.setdefault(start, {})[end] = near.setdefault(end, {})[start] = link
    rests = {node: sum(links.values()) for node, links in near.items() if node not in kept}
    queue = [(weight, node) for node, weight in rests.items()]
    heapify(queue)
    order: list[int] = []
    while rests:
        least, node = heappop(queue)
        if rests.get(node) != least:
            continue  # an older entry of one that weighs less by now
        del rests[node]
        order.append(node)
        for end, link in near[node].items():
            if end in rests:
                rests[end] -= link
                heappush(queue, (rests[end], end))
    return order + sorted(near.keys() & set(kept))


def direct(
    columns: Columns, links: Mapping[int, Ends], told: Callable[[int, int, int], bool]
) -> dict[int, Ends]:
    """The statements without those that two steps, each no worse founded, tell as well.

    `links` has the ends of each, in the order of the statements, and `told` says whether a
    statement is what a first and a last step say. The least founded are looked at first, and what
    is left out is no step any more.
    """
    weights = {number: weight(columns, number) for number in links}
    onward: dict[int, dict[int, int]] = {}
    for number, (start, end) in links.items():
        onward.setdefault(start, {})[end] = number
    for number in sorted(links, key=lambda number: (weights[number], number)):
        start, end = links[number]
        for between, step in onward[start].items():
            last = onward.get(between, {}).get(end)
            if (
                last is not None
                and min(weights[step], weights[last]) >= weights[number]
                and told(number, step, last)
            ):
                del onward[start][end]
                break
    left = sorted(number for others in onward.values() for number in others.values())
    return {number: links[number] for number in left}


def in_one_piece(links: Mapping[int, Ends], about: Collection[int] = ()) -> list[int]:
    """The statements of the part that has most of some nodes, and is the largest of such."""

    def size(part: set[int]) -> tuple[int, int]:
        return len(part.intersection(about)), len(part)

    kept = max(connected(links.values()), key=size, default=set[int]())
    return [number for number, link in links.items() if kept.issuperset(link)]
