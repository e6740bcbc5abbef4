"""Who acts on whom: every statement that carries influence as an arc between numbers.

A change travels the way the predicate says (`Predicate.influence`): what is required acts on what
requires it, two names of one state act on each other, correlation acts on nothing. Links of
structure are arcs too, either way, and apart from the others: paths cross them only where that is
asked for. More of a kind is more of the general thing; of all other links of structure the sign is
not known.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress
from typing import Final

from trabecula.columns import Columns, Groups, grouped
from trabecula.model import Predicate

#: Kinds of arc: whether it leads with its statement, from subject to object, or against it.
WITH, AGAINST = 0, 1
#: Links of structure, from the kind, state or part to what it is one of, and back.
UP, DOWN = 2, 3
_KINDS: Final = 4

_FLOWS: Final = {"forward": (WITH,), "reverse": (AGAINST,), "both": (WITH, AGAINST), "none": ()}


@dataclass(frozen=True, eq=False)  # the arcs that lead to an entity are kept in its dictionary
class Arcs:
    """Arcs by number, sorted by where they start; the statement of each, its sign and kind.

    The arcs that start from entity `n` are those from `first[n]` to before `first[n + 1]`. For an
    entity come those that lead with a statement, then those against one, then structure, each in
    the order of the graph.
    """

    first: Sequence[int]  # one more than there are entities
    starts: array[int]
    ends: array[int]
    signs: array[int]
    kinds: array[int]
    statements: array[int]

    def __len__(self) -> int:
        return len(self.ends)

    def of(self, entity: int) -> range:
        """The arcs that start from an entity."""
        return range(self.first[entity], self.first[entity + 1])

    def acted_on(self, entity: int) -> array[int]:
        """The entities to which arcs from this one lead, one for each arc."""
        return self.ends[self.first[entity] : self.first[entity + 1]]

    @cached_property
    def crossing(self) -> bool:
        """Whether links of structure are among them."""
        return max(self.kinds, default=WITH) > AGAINST

    @cached_property
    def into(self) -> Groups:
        """The arcs that lead to each entity."""
        return grouped(self.ends, len(self.first) - 1)

    @cached_property
    def _actors(self) -> Groups:
        return Groups(self.into.first, array("i", map(self.starts.__getitem__, self.into.members)))

    def actors(self, entity: int) -> array[int]:
        """The entities from which arcs lead to this one, one for each arc."""
        return self._actors[entity]

    def after(self, entities: Collection[int]) -> set[int]:
        """The entities to which arcs from some others lead."""
        return set[int]().union(*map(self.acted_on, entities))

    def before(self, entities: Collection[int]) -> set[int]:
        """The entities from which arcs lead to some others."""
        return set[int]().union(*map(self.actors, entities))

    def count_after(self, entities: Collection[int]) -> int:
        """How many arcs start from some entities."""
        return _size(self.first, entities)

    def count_before(self, entities: Collection[int]) -> int:
        """How many arcs lead to some entities."""
        return _size(self.into.first, entities)

    def only(self, kept: Sequence[int]) -> Arcs:
        """The arcs for which `kept` holds something true, by their number."""
        before = array("i", accumulate(kept, initial=0))
        return Arcs(
            array("i", map(before.__getitem__, self.first)),
            *(
                array(column.typecode, compress(column, kept))
                for column in (self.starts, self.ends, self.signs, self.kinds, self.statements)
            ),
        )


def _size(first: Sequence[int], groups: Collection[int]) -> int:
    """How many members some groups have."""
    return sum([first[group + 1] - first[group] for group in groups])


@dataclass(frozen=True, eq=False)  # what is worked out is kept in its dictionary
class Influence:
    """The arcs of a graph and the columns of the statements that they stand for."""

    columns: Columns

    @cached_property
    def arcs(self) -> Arcs:
        """All arcs, structure among them."""
        return _arcs(self.columns)

    @cached_property
    def followed(self) -> Arcs:
        """The arcs that are followed where nothing else is asked for."""
        return self.following(self.columns.followed)

    def acted_on(self, entity: int) -> Iterator[int]:
        """The arcs of influence, structure apart, that start from an entity."""
        kinds = self.arcs.kinds
        return (arc for arc in self.arcs.of(entity) if kinds[arc] <= AGAINST)

    def acting(self, entity: int) -> list[int]:
        """The arcs of influence, structure apart, that lead to an entity.

        First those that lead with their statement, then those against it, each in the order of
        the graph.
        """
        kinds, statements = self.arcs.kinds, self.arcs.statements
        into = [arc for arc in self.arcs.into[entity] if kinds[arc] <= AGAINST]
        return sorted(into, key=lambda arc: (kinds[arc], statements[arc]))

    def following(self, kept: bytes, *, structure: bool = False, selves: bool = False) -> Arcs:
        """The arcs of the statements that are kept, `kept` being 1 for each of those.

        Links of structure are among them only where asked for, and so is what acts on itself.
        """
        arcs = self.arcs
        last = DOWN if structure else AGAINST
        return arcs.only(
            bytes(
                kept[statement] and kind <= last and (selves or start != end)
                for statement, kind, start, end in zip(
                    arcs.statements, arcs.kinds, arcs.starts, arcs.ends, strict=True
                )
            )
        )


def _arcs(columns: Columns) -> Arcs:
    subjects, objects, count = columns.subjects, columns.objects, len(columns.statements)
    relation = columns.words.relation
    ways = [_ways(relation(name)) for name in columns.predicates.names]
    codes = []  # start, kind and statement in one number, so that they sort as such
    for statement, predicate in enumerate(columns.predicates.codes):
        subject, object_ = subjects[statement], objects[statement]
        for kind in ways[predicate]:
            start = object_ if kind in (AGAINST, DOWN) else subject
            if kind <= AGAINST or subject != object_:
                codes.append((start * _KINDS + kind) * count + statement)
    codes.sort()
    starts, kinds, statements, ends, signs = (array(code) for code in "ibiib")
    rising = [relation(name).structure == "kind" for name in columns.predicates.names]
    for code in codes:
        group, statement = divmod(code, count)
        start, kind = divmod(group, _KINDS)
        starts.append(start)
        kinds.append(kind)
        statements.append(statement)
        ends.append(subjects[statement] if kind in (AGAINST, DOWN) else objects[statement])
        up = kind == UP and rising[columns.predicates.codes[statement]]
        signs.append(columns.signs[statement] if kind <= AGAINST else int(up))
    sizes = [0] * len(columns.entities)
    for start in starts:
        sizes[start] += 1
    first = array("i", accumulate(sizes, initial=0))
    return Arcs(first, starts, ends, signs, kinds, statements)


def _ways(row: Predicate) -> tuple[int, ...]:
    """The kinds of arc that a statement with this predicate makes."""
    return (*_FLOWS[row.influence], *((UP, DOWN) if row.structure else ()))
