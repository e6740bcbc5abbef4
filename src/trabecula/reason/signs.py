"""Signs of influence: what a change of one entity does to another along a chain of statements.

A sign is +1 (more goes with more), -1 (more goes with less) or 0 (not known). The sign of a chain
is the product of the signs of its statements: what lowers something that lowers a third thing
raises it, and one unknown link makes the whole unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, TypeAlias

from trabecula.errors import SelectionError
from trabecula.influence import Influence
from trabecula.model import Statement
from trabecula.reason.search import EFFORT, entity_of, reached, state, way_of

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


def chains(
    influence: Influence, start: str, end: str, steps: int, *, follow: bytes | None = None
) -> dict[int, Chain]:
    """The signs with which `start` acts on `end`, each with a shortest chain that has the sign.

    A chain has at most `steps` statements, leads over those for which `follow` holds 1
    (`Columns.followed` where nothing is given) and passes no entity twice, so that no entity acts
    on itself. Empty where nothing leads from the one to the other. Raises `SelectionError` where
    that takes more than `search.EFFORT` to find out.

    >>> from trabecula.graph import Graph
    >>> influence = Graph([
    ...     Statement(subject="calcitonin", predicate="inhibits", object="osteoclast"),
    ...     Statement(subject="bone-mass", predicate="requires", object="calcium"),
    ...     Statement(subject="osteoclast", predicate="decreases", object="bone-mass"),
    ... ]).influence
    >>> chains(influence, "calcitonin", "bone-mass", 2).keys()
    dict_keys([1])
    >>> chains(influence, "calcitonin", "bone-mass", 1)
    {}
    """
    statements = influence.columns.statements
    return {
        sign: tuple(map(statements.__getitem__, numbers))
        for sign, numbers in shortest(influence, start, end, steps, follow=follow).items()
    }


def shortest(
    influence: Influence, start: str, end: str, steps: int, *, follow: bytes | None = None
) -> dict[int, tuple[int, ...]]:
    """Like `chains`, with the numbers of the statements."""
    columns = influence.columns
    first, last = columns.number(start), columns.number(end)
    if first < 0 or last < 0 or start == end:
        return {}
    arcs = influence.followed if follow is None else influence.following(follow)
    outcome = reached(
        arcs,
        arcs.of,
        [state(first, 1)],
        steps,
        weights=[0] * len(arcs),
        effort=EFFORT,
        among={last},
    )
    if outcome.unsettled:
        raise SelectionError(
            f"how {start} acts on {end} is not known after looking at {EFFORT} paths: "
            f"ask for less than {steps} steps"
        )
    trails = {
        way_of(there): trail.arcs
        for there, trail in outcome.trails.items()
        if entity_of(there) == last
    }
    return {
        sign: tuple(map(arcs.statements.__getitem__, trail))
        for sign, trail in sorted(trails.items(), key=lambda item: (len(item[1]), item[1]))
    }
