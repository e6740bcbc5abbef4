"""Signs of influence: what a change of one entity does to another along a chain of statements.

A sign is +1 (more goes with more), -1 (more goes with less) or 0 (not known). The sign of a chain
is the product of the signs of its statements: what lowers something that lowers a third thing
raises it, and one unknown link makes the whole unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from trabecula.model import Statement
from trabecula.standing import sayable
from trabecula.vocabulary import sign_of

if TYPE_CHECKING:  # selections call what stands on this module, so only the type is needed here
    from trabecula.graph import Graph

#: The signs that are meant by a sign as it is written; `any` stands for whichever.
WRITTEN: Final = MappingProxyType({"+": (1,), "-": (-1,), "0": (0,), "any": (1, -1, 0)})
#: Statements of which each acts on what the next one starts from.
Chain: TypeAlias = tuple[Statement, ...]


def compose(signs: Iterable[int]) -> int:
    """The sign of a chain from the signs of its links; +1 where there are none.

    >>> compose([-1, -1]), compose([+1, -1]), compose([-1, 0])
    (1, -1, 0)
    """
    return math.prod(signs)


def followed(statement: Statement) -> bool:
    """Whether chains lead over a statement: unless it is refuted or denied by all who speak of it.

    A negated statement is followed, with an unknown sign: that something does not raise another
    thing leaves open what it does to it.
    """
    return sayable(statement.evidence)


def chains(
    graph: Graph,
    start: str,
    end: str,
    steps: int,
    follow: Callable[[Statement], bool] = followed,
) -> dict[int, Chain]:
    """The signs with which `start` acts on `end`, each with a shortest chain that has the sign.

    A chain has at most `steps` statements, goes the way of `Graph.influences` and passes no
    entity twice, so that no entity acts on itself. Among chains of one length and sign the one
    is taken that comes first in the order of the graph. Empty where nothing leads from the one
    to the other.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([
    ...     Statement(subject="calcitonin", predicate="inhibits", object="osteoclast"),
    ...     Statement(subject="bone-mass", predicate="requires", object="calcium"),
    ...     Statement(subject="osteoclast", predicate="decreases", object="bone-mass"),
    ... ])
    >>> chains(graph, "calcitonin", "bone-mass", 2).keys()
    dict_keys([1])
    >>> chains(graph, "calcitonin", "bone-mass", 1)
    {}
    """
    distance = _distances(graph, end, steps, follow)
    found: dict[int, Chain] = {}
    trails: list[tuple[tuple[str, ...], Chain]] = [((start,), ())]
    for left in reversed(range(steps)):
        longer: list[tuple[tuple[str, ...], Chain]] = []
        for passed, chain in trails:
            for statement, entity in graph.influences(passed[-1]):
                if entity in passed or distance.get(entity, steps) > left or not follow(statement):
                    continue
                grown = (*chain, statement)
                if entity == end:
                    found.setdefault(compose(map(sign_of, grown)), grown)
                else:
                    longer.append(((*passed, entity), grown))
        if len(found) == 3:
            break
        trails = longer
    return found


def _distances(
    graph: Graph, end: str, steps: int, follow: Callable[[Statement], bool]
) -> dict[str, int]:
    """How many statements each entity is away from `end`, for those that can reach it in time."""
    distance = {end: 0}
    edge = [end]
    for far in range(1, steps):
        near, edge = edge, []
        for entity in near:
            for statement, actor in graph.influenced_by(entity):
                if actor not in distance and follow(statement):
                    distance[actor] = far
                    edge.append(actor)
    return distance
