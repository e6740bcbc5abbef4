"""Quantities: which entities are names of one thing that goes up and down, and in which interval.

*Blood magnesium*, *hypomagnesaemia* and *magnesium excess* speak of one quantity. Reasoning walks
quantities, so that a name costs no step and no path passes one quantity under two names. A
quantity has the landmarks of qualitative simulation (Kuipers 1986, "Qualitative simulation",
Artificial Intelligence 29:289): a **lack** below the normal range and an **excess** above it; a
name of a lack is more where the quantity is less.

Which entities are names of one quantity is said by statements of the kind `names` (`level_of`,
`deficiency_of` …). Those that only the article makes, or that are disputed, join nothing. A graph
without such statements has each entity as a quantity of its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Final

from trabecula.columns import Columns
from trabecula.standing import unspoken

#: The intervals by code: below the normal range, not said, above it; `NORMAL` only contexts say.
LACK, UNSAID, EXCESS, NORMAL = -1, 0, 1, 2
INTERVALS: Final = {LACK: "lack", UNSAID: "", EXCESS: "excess", NORMAL: "normal"}
#: The states of the predicate table that name one quantity: the way of the name, its interval.
_STATES: Final = {"level": (1, UNSAID), "lack": (-1, LACK), "excess": (1, EXCESS)}
#: Statuses of statements that join two names.
_JOINING: Final = ("supported", "title-only", "no-evidence")


@dataclass(frozen=True, eq=False)  # what is worked out is kept in its dictionary
class Quantities:
    """By entity: its quantity, whether more of it is more or less of that, and its interval."""

    of: array[int]  # the number of the entity that stands for the quantity
    ways: array[int]  # +1, or -1 for names of a lack
    intervals: array[int]  # LACK, UNSAID or EXCESS
    #: Statements of names that contradict others: numbers of statements, sorted.
    contradictions: tuple[int, ...]
    #: By entity the statements that join it to another, and that one.
    joins: Mapping[int, Sequence[tuple[int, int]]]

    @cached_property
    def all(self) -> Sequence[int]:
        """Every quantity once, sorted."""
        return sorted(set(self.of))

    @cached_property
    def _several(self) -> Mapping[int, Sequence[int]]:
        """By quantity its names, sorted, where any statement joins it to another entity."""
        names: dict[int, list[int]] = {}
        for entity in sorted(self.joins):
            names.setdefault(self.of[entity], []).append(entity)
        return names

    def names(self, quantity: int) -> Sequence[int]:
        """The entities that are names of a quantity, sorted."""
        names = self._several.get(quantity)
        if names is None:
            return (quantity,) if self.of[quantity] == quantity else ()
        return names

    @cached_property
    def lacking(self) -> frozenset[int]:
        """The quantities that have a name for their lack."""
        return frozenset(self.of[e] for e in self.joins if self.intervals[e] == LACK)

    def naming(self, start: int, end: int) -> tuple[int, ...]:
        """The fewest statements, by number, that say two entities to be names of one quantity."""
        ways: dict[int, tuple[int, ...]] = {start: ()}
        waiting = [start]
        for entity in waiting:  # which grows while it is walked
            if entity == end:
                break
            for number, other in self.joins.get(entity, ()):
                if other not in ways:
                    ways[other] = (*ways[entity], number)
                    waiting.append(other)
        return ways.get(end, ())


def quantities_of(columns: Columns) -> Quantities:
    """The quantities of a graph, worked out once and kept with its columns.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Statement
    >>> graph = Graph([Statement(subject="anaemia", predicate="deficiency_of", object="iron")])
    >>> quantities = quantities_of(graph.columns)
    >>> quantities.of, quantities.ways, quantities.intervals
    (array('i', [1, 1]), array('b', [-1, 1]), array('b', [-1, 0]))
    """
    quantities: Quantities | None = columns.derived.get("quantities")
    if quantities is None:
        quantities = columns.derived["quantities"] = _quantities(columns)
    return quantities


def ends_of(columns: Columns, entity: str) -> frozenset[str]:
    """The names under which conclusions speak of an entity: its own, and that of its quantity."""
    number = columns.number(entity)
    return frozenset(
        (entity, columns.entities[quantities_of(columns).of[number]] if number >= 0 else entity)
    )


def _quantities(columns: Columns) -> Quantities:
    count = len(columns.entities)
    joins: dict[int, list[tuple[int, int, int]]] = {}  # entity -> statement, other, way
    intervals = array("b", bytes(count))
    levels: list[tuple[int, int]] = []
    named = [0] * count  # how many names an entity has
    contradictions: set[int] = set()
    for number, way, interval in _naming(columns):
        subject, object_ = columns.subjects[number], columns.objects[number]
        if subject == object_ or intervals[subject] == -interval != UNSAID:
            contradictions.add(number)
            continue
        joins.setdefault(subject, []).append((number, object_, way))
        joins.setdefault(object_, []).append((number, subject, way))
        named[object_] += 1
        if interval:
            intervals[subject] = interval
        else:
            levels.append((subject, object_))
    # What has most names stands for the quantity; it is reached first.
    roots = sorted(joins, key=lambda entity: (intervals[entity] != 0, -named[entity], entity))
    of, ways = _reached(roots, joins, count, contradictions)
    for subject, object_ in levels:  # the level of a lack is in it
        if not intervals[subject] and ways[subject] == ways[object_]:
            intervals[subject] = intervals[object_]
    contrary = frozenset(contradictions)
    named_by = {
        entity: tuple((number, other) for number, other, _ in joined if number not in contrary)
        for entity, joined in joins.items()
    }
    return Quantities(of, ways, intervals, tuple(sorted(contradictions)), named_by)


def _reached(
    roots: Iterable[int],
    joins: Mapping[int, Sequence[tuple[int, int, int]]],
    count: int,
    contradictions: set[int],
) -> tuple[array[int], array[int]]:
    """By entity the root from which names lead to it, and whether they turn the way on it."""
    of, ways = array("i", range(count)), array("b", [1]) * count
    seen: set[int] = set()
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        waiting = [root]
        for entity in waiting:
            for number, other, way in joins[entity]:
                if other not in seen:
                    seen.add(other)
                    of[other], ways[other] = root, ways[entity] * way
                    waiting.append(other)
                elif ways[other] != ways[entity] * way:
                    contradictions.add(number)
    return of, ways


def _naming(columns: Columns) -> Iterator[tuple[int, int, int]]:
    """The statements that join two names, each with its way and interval."""
    states = [
        _STATES.get(row.state) if row.kind == "names" else None
        for row in map(columns.words.relation, columns.predicates.names)
    ]
    if not any(states):
        return
    joining = columns.with_statuses(_JOINING)
    named = {n for n, state in zip(columns.predicates.names, states, strict=True) if state}
    naming = columns.predicates.marked(named)
    for number in compress(range(len(naming)), naming):
        state = states[columns.predicates.codes[number]]
        evidence = columns.statements[number].evidence
        if state and joining[number] and not unspoken(evidence, columns.status(number)):
            yield number, *state
