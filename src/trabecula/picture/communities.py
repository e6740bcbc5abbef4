"""What belongs together in a large graph: the groups that a map of it is drawn by.

The method is that of Louvain, in which each member goes where most of its links are, with three
changes: a group has no more members than asked for; those who for want of room are left with none
or few beside them are put with others that hang on the same group; and who comes next is fixed, so
that the same graph gives the same groups.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable

Links = list[dict[int, float]]

_FEW = 8  # members of a group that is put with others


def communities(count: int, links: Iterable[tuple[int, int, float]], most: int) -> list[int]:
    """The group, counted from 0, of each of `count` members; none has more than `most` of them.

    `links` are pairs with a weight and may repeat.

    >>> pair, other = [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)], [(3, 4, 1.0), (4, 5, 1.0)]
    >>> communities(6, [*pair, *other, (2, 3, 0.1)], most=3)
    [0, 0, 0, 1, 1, 1]
    """
    near: Links = [{} for _ in range(count)]
    for start, end, weight in links:
        if start != end:
            near[start][end] = near[start].get(end, 0.0) + weight
            near[end][start] = near[end].get(start, 0.0) + weight
    group = list(range(count))
    sizes = [1] * count
    weights = [math.fsum(others.values()) for others in near]
    while True:
        home = _moved(near, sizes, weights, most)
        names = {old: new for new, old in enumerate(dict.fromkeys(home))}
        if len(names) == len(home):
            home = _bundled(near, sizes, most)
            return [home[member] for member in group]
        home = [names[old] for old in home]
        group = [home[member] for member in group]
        near, sizes, weights = _merged(near, sizes, weights, home, len(names))


def _moved(near: Links, sizes: list[int], weights: list[float], most: int) -> list[int]:
    """The group of each member when none would rather be in another."""
    home = list(range(len(near)))
    room, weight = sizes[:], weights[:]
    total = math.fsum(weights) or 1.0
    waiting, waits = deque(range(len(near))), [True] * len(near)
    while waiting:
        member = waiting.popleft()
        waits[member] = False
        old, share = home[member], weights[member] / total
        weight[old] -= weights[member]
        room[old] -= sizes[member]
        drawn = {old: 0.0}
        for other, strength in near[member].items():
            drawn[home[other]] = drawn.get(home[other], 0.0) + strength
        best, gain = old, drawn[old] - share * weight[old]
        for group, strength in drawn.items():
            rise = strength - share * weight[group]
            # By less than this it would go round in circles, of rounding.
            if rise > gain + 1e-9 and room[group] + sizes[member] <= most:
                best, gain = group, rise
        weight[best] += weights[member]
        room[best] += sizes[member]
        if best != old:
            home[member] = best
            for other in near[member]:
                if home[other] != best and not waits[other]:
                    waits[other] = True
                    waiting.append(other)
    return home


def _bundled(near: Links, sizes: list[int], most: int) -> list[int]:
    """The group of each group: small ones go with others whose strongest link is to the same."""
    home: list[int] = []
    bundles: dict[int, int] = {}  # by the group on which they hang
    room: list[int] = []
    for member, links in enumerate(near):
        bundle = -1
        if sizes[member] < _FEW and links:
            strongest = max(links, key=lambda other: (links[other], -other))
            bundle = bundles.get(strongest, -1)
            if bundle < 0 or room[bundle] < sizes[member]:
                bundle = bundles[strongest] = len(room)
        if bundle < 0 or bundle == len(room):
            bundle = len(room)
            room.append(most)
        room[bundle] -= sizes[member]
        home.append(bundle)
    return home


def _merged(
    near: Links, sizes: list[int], weights: list[float], home: list[int], count: int
) -> tuple[Links, list[int], list[float]]:
    """The groups as members of a smaller graph: their links, sizes and weights."""
    links: Links = [{} for _ in range(count)]
    members, strengths = [0] * count, [0.0] * count
    for member, others in enumerate(near):
        group = home[member]
        members[group] += sizes[member]
        strengths[group] += weights[member]
        row = links[group]
        for other, weight in others.items():
            if home[other] != group:
                row[home[other]] = row.get(home[other], 0.0) + weight
    return links, members, strengths
