"""What is concluded of two entities in one graph and otherwise in another.

Only entities near a statement that changed are asked about: what follows for two of them in at most
`STEPS` steps rests on no other. A conclusion is another one where its relation or its sign is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from trabecula.columns import Columns
from trabecula.model import Predicate
from trabecula.reason.concluded import Conclusion
from trabecula.reason.conclusions import STEPS, Conclusions, conclusions_of
from trabecula.reason.sayings import NEEDS
from trabecula.uncollected import uncollected

__all__ = ["LOOKED", "STEPS", "Comparison", "Connection", "compared", "told"]

#: How many pairs of entities are asked about in each of two graphs.
LOOKED: Final = 100_000
#: What is said where nothing follows.
NOTHING: Final = "nothing"
_SIGNS: Final = {1: "+", -1: "-"}
#: Relations that say their sign.
_SIGNED: Final = frozenset(("raises", "lowers", "goes-with-more", "goes-with-less", NOTHING))


@dataclass(frozen=True, slots=True, order=True)
class Connection:
    """One entity and another, of which something is concluded; both by their ids."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is concluded otherwise in the new graph than in the old one, both told, sorted.

    `skipped` are the entities of which it was not compared what they do, since to find it out takes
    more than may be looked at.
    """

    changed: tuple[tuple[Connection, str, str], ...]
    skipped: tuple[str, ...] = ()


def told(conclusion: Conclusion) -> str:
    """The relation of a conclusion, with its sign where it does not say it.

    >>> told(Conclusion(relation="raises", sign=1)), told(Conclusion(relation="suggested", sign=-1))
    ('raises', 'suggested -')
    """
    if conclusion.relation in _SIGNED or conclusion.sign not in _SIGNS:
        return conclusion.relation
    return f"{conclusion.relation} {_SIGNS[conclusion.sign]}"


@uncollected
def compared(
    old: Columns, new: Columns, both: Collection[str], *, effort: int = LOOKED
) -> Comparison:
    """What is concluded otherwise of entities that are in `both` graphs.

    It is told of the entities that stand for quantities in the new graph. `effort` is how many
    pairs may be asked about.
    """
    before, after = _Side(old, new), _Side(new, old)
    near = [name for name in sorted(before.near | after.near) if name in both]
    changed: list[tuple[Connection, str, str]] = []
    skipped: list[str] = []
    for start in dict.fromkeys(map(after.standing, near)):
        if start not in both:
            continue
        if effort < 0:  # nothing more is asked about, not even how much there would be
            skipped.append(start)
            continue
        ends = {after.standing(end) for side in (before, after) for end in side.ends(start)}
        effort -= len(ends)
        if effort < 0:
            skipped.append(start)
            continue
        for end in sorted(ends.intersection(both) - {start}):
            was, now = before.told(start, end), after.told(start, end)
            if was != now:
                changed.append((Connection(start, end), was, now))
    return Comparison(tuple(sorted(changed)), tuple(sorted(skipped)))


class _Side:
    """One of the graphs, asked by the ids of entities."""

    def __init__(self, columns: Columns, other: Columns) -> None:
        self.columns, self.other = columns, other

    @cached_property
    def conclusions(self) -> Conclusions:
        return conclusions_of(self.columns)

    @cached_property
    def near(self) -> set[str]:
        """The entities from which a chain leads over a statement that the other graph has not so.

        Where the graphs have other words of their own, that is all.
        """
        columns = self.columns
        if columns.words is not self.other.words:
            return set(columns.entities)
        quantities = self.conclusions.quantities
        touched = {
            quantities.of[end]
            for number in columns.unlike(self.other)
            for end in (columns.subjects[number], columns.objects[number])
        }
        return {
            columns.entities[name]
            for quantity in touched
            for start in (quantity, *self._before(quantity))
            for name in quantities.names(start)
        }

    @cached_property
    def _rows(self) -> list[Predicate]:
        """What is known of the predicates, by their codes."""
        return [self.columns.words.relation(name) for name in self.columns.predicates.names]

    def _before(self, quantity: int) -> Iterator[int]:
        """The quantities from which a step may lead to one, and those that it is a state of."""
        columns, quantities, rows = self.columns, self.conclusions.quantities, self._rows
        for name in quantities.names(quantity):
            for number in columns.by_object[name]:
                yield quantities.of[columns.subjects[number]]
            for number in columns.by_subject[name]:
                row = rows[columns.predicates.codes[number]]
                if row.kind == NEEDS or row.symmetric or row.structure == "state":
                    yield quantities.of[columns.objects[number]]

    def standing(self, entity: str) -> str:
        """The entity that stands for the quantity of this one."""
        number = self.columns.number(entity)
        return (
            self.columns.entities[self.conclusions.quantities.of[number]] if number >= 0 else entity
        )

    def ends(self, start: str) -> set[str]:
        """Of what something is concluded from an entity on, which stand for their quantities."""
        number = self.columns.number(start)
        if number < 0:
            return set()
        quantity = self.conclusions.quantities.of[number]
        return {
            self.columns.entities[end]
            for way, asked in self.conclusions.ways(number)
            for end in self.conclusions.following(quantity, way, asked)
        }

    def told(self, start: str, end: str) -> str:
        """What is concluded of two entities."""
        numbers = self.columns.number(start), self.columns.number(end)
        return NOTHING if min(numbers) < 0 else told(self.conclusions.between(*numbers))
