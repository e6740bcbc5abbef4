"""The core of a graph: the part in which its statements hold together most.

It is what the page opens with, and what `core()` selects.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Final

from trabecula.model import Statement
from trabecula.reason.paths import followed
from trabecula.vocabulary import PREDICATES

if TYPE_CHECKING:  # the selection, which the graph calls, asks for the core
    from trabecula.graph import Graph

#: A graph of so few statements is its own core.
SMALL: Final = 48
#: The entities of a core: as many as can be read at a glance.
CORE: Final = 24
#: Beyond so many sources one more makes a statement no more central.
_SOURCES: Final = 3


def core(graph: Graph) -> tuple[Statement, ...]:
    """The part of a graph in which supported influence is densest, one statement a pair.

    The entity on which least rests is taken away until few are left: the greedy method of
    Charikar 2000 ("Greedy approximation algorithms for finding dense components in a graph",
    LNCS 1913:84), with independent sources as weights. Where no influence is supported, what is
    only asserted stands in for it; where there is none at all, the best known statements do.
    """
    if len(graph) <= SMALL:
        return tuple(graph.statements.values())
    acting = [s for s in graph.statements.values() if acts(s)]
    chosen = [s for s in acting if graph.status(s) == "supported"] or acting
    weights = {s.id: min(len(graph.independent(s)), _SOURCES) for s in chosen}
    best: dict[tuple[str, str], Statement] = {}
    for statement in chosen:
        pair = _pair(statement)
        if pair not in best or weights[statement.id] > weights[best[pair].id]:
            best[pair] = statement
    kept = _densest({pair: max(weights[s.id], 1) for pair, s in best.items()}, CORE)
    found = [s for (one, other), s in best.items() if one in kept and other in kept]
    if not found:
        found = sorted(graph.statements.values(), key=lambda s: -len(graph.independent(s)))[:SMALL]
    order = {key: number for number, key in enumerate(graph.statements)}
    return tuple(sorted(found, key=lambda s: order[s.id]))


def acts(statement: Statement) -> bool:
    """Whether one entity of the statement acts on the other, and paths lead over it."""
    known = PREDICATES.get(statement.predicate)
    flows = known is None or known.influence in ("forward", "reverse")
    return flows and statement.subject != statement.object and followed(statement)


def _pair(statement: Statement) -> tuple[str, str]:
    one, other = statement.subject, statement.object
    return (one, other) if one < other else (other, one)


def _densest(weights: Mapping[tuple[str, str], int], count: int) -> set[str]:
    """So many entities, at most, that hold together: the weakest goes first, again and again."""
    near: dict[str, dict[str, int]] = {}
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
    return _connected({key: [x for x in near[key] if x in rests] for key in rests})


def _connected(near: Mapping[str, list[str]]) -> set[str]:
    """The largest group that hangs together; of equals, the first by name."""
    groups: list[set[str]] = []
    seen: set[str] = set()
    for start in sorted(near):
        if start in seen:
            continue
        group, edge = {start}, [start]
        while edge:
            fresh = [other for other in near[edge.pop()] if other not in group]
            group.update(fresh)
            edge.extend(fresh)
        groups.append(group)
        seen |= group
    return max(groups, key=len, default=set())
