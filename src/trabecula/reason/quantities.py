"""The names of one quantity: a thing, its level, and too little or too much of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from trabecula.columns import Columns
from trabecula.reason.search import spread
from trabecula.vocabulary import Vocabulary

#: On which side of a thing its state lies.
SIDES: Final = {"lack": -1, "excess": 1}


class Quantities(NamedTuple):
    """The other names of what is changed, and the statements that do not come into it."""

    names: frozenset[int]
    beside: frozenset[int]


def named_alike(words: Vocabulary, predicate: str) -> bool:
    """Whether a predicate gives one quantity a second name."""
    return words.relation(predicate).state in (*SIDES, "level")


def quantities_of(columns: Columns, changed: Mapping[int, int]) -> Quantities:
    """All names that the changed quantities go by, on the side to which they are changed."""
    predicates = columns.predicates
    relation = columns.words.relation
    side_of = [SIDES.get(relation(name).state, 0) for name in predicates.names]
    names: set[int] = set()
    beside: set[int] = set()
    for entity, direction in changed.items():
        states = [n for n in columns.by_subject[entity] if side_of[predicates.codes[n]]]
        things = _levels(columns, [columns.objects[n] for n in states] or [entity])
        sides = {side_of[predicates.codes[n]] for n in states} or {direction}
        names |= things
        for thing in things:
            for number in columns.by_object[thing]:
                side = side_of[predicates.codes[number]]
                if side and side in sides:
                    names.add(columns.subjects[number])
                elif side:
                    beside.add(number)
    return Quantities(frozenset(names), frozenset(beside))


def _levels(columns: Columns, entities: Iterable[int]) -> set[int]:
    """The entities with their levels and with what they are levels of."""
    predicates = columns.predicates
    levels = [columns.words.relation(name).state == "level" for name in predicates.names]

    def beside(entity: int) -> set[int]:
        return {
            end
            for number in columns.touching(entity)
            if levels[predicates.codes[number]]
            for end in (columns.subjects[number], columns.objects[number])
        }

    return set(spread(entities, beside))
