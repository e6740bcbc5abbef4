"""The graph: an immutable collection of records that answers who is connected to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from html import escape
from types import MappingProxyType

from trabecula import selection
from trabecula.columns import Columns, columns_of
from trabecula.evidence import independent, status
from trabecula.influence import Influence
from trabecula.model import Entity, Evidence, Record, Source, Statement
from trabecula.names import Names
from trabecula.reason.search import connected
from trabecula.vocabulary import STATUSES


class Graph:
    """Entities, sources and statements; statements of one meaning are merged into one.

    Iterating yields the records in sorted order (entities, sources, statements), so that what is
    written from a graph does not depend on how it was put together.

    >>> graph = Graph([
    ...     Entity(id="atp", name="ATP", category="chemical"),
    ...     Entity(id="magnesium", name="magnesium", category="chemical"),
    ...     Statement(subject="atp", predicate="requires", object="magnesium"),
    ... ])
    >>> [statement.object for statement in graph.out("atp")]
    ['magnesium']
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        entities: dict[str, Entity] = {}
        sources: dict[str, Source] = {}
        statements: dict[str, Statement] = {}
        for record in records:
            if isinstance(record, Statement):
                _merge(statements, record)
            elif isinstance(record, Entity):
                entities[record.id] = record
            else:
                sources[record.id] = record
        self._entities = MappingProxyType(dict(sorted(entities.items())))
        self._sources = MappingProxyType(dict(sorted(sources.items())))
        self._statements = MappingProxyType(
            dict(sorted(statements.items(), key=lambda item: item[1].key))
        )

    # --- What it holds ----------------------------------------------------------------------

    @property
    def entities(self) -> Mapping[str, Entity]:
        """The entities by id, sorted."""
        return self._entities

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources by id, sorted."""
        return self._sources

    @property
    def statements(self) -> Mapping[str, Statement]:
        """The statements by id, sorted by subject, predicate and object."""
        return self._statements

    def __iter__(self) -> Iterator[Record]:
        yield from self._entities.values()
        yield from self._sources.values()
        yield from self._statements.values()

    def __len__(self) -> int:
        """The number of statements."""
        return len(self._statements)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        return (self._entities, self._sources, self._statements) == (
            other._entities,
            other._sources,
            other._statements,
        )

    __hash__ = None  # type: ignore[assignment]  # equal graphs are compared by content

    def __repr__(self) -> str:
        return (
            f"Graph({len(self._entities)} entities, {len(self._statements)} statements, "
            f"{len(self._sources)} sources)"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows of a graph: its figures. The page comes by `trabecula.view`."""
        figures = {
            "entities": len(self._entities),
            "statements": len(self._statements),
            "pieces of evidence": sum(len(s.evidence) for s in self._statements.values()),
            "sources": len(self._sources),
        }
        statuses = Counter(map(self.columns.status, range(len(self))))
        figures |= {name: statuses[name] for name in STATUSES if statuses[name]}
        rows = "".join(
            f"<tr><th scope=row>{escape(name)}</th><td>{number:,}</td></tr>"
            for name, number in figures.items()
        )
        return f"<table>{rows}</table>"

    def __or__(self, other: Graph) -> Graph:
        """Both graphs together: evidence is merged; on equal ids the right-hand record wins."""
        return Graph([*self, *other])

    # --- What is known of it by number ----------------------------------------------------------

    @cached_property
    def columns(self) -> Columns:
        """What is known of every statement, by its number."""
        return columns_of(self._statements, self._sources.values(), self._entities)

    @cached_property
    def influence(self) -> Influence:
        """Who acts on whom."""
        return Influence(self.columns)

    @cached_property
    def names(self) -> Names:
        """The names by which entities are found."""
        return Names(self.columns.entities, self._entities)

    # --- Names ------------------------------------------------------------------------------

    def find(self, name: str) -> Entity | None:
        """The entity with this id, name, synonym or exact CURIE, ignoring case; or None.

        An id wins over a name and a name over a synonym. Raises `NotFound` when the name fits
        several entities equally well, naming them.
        """
        if name in self._entities:
            return self._entities[name]
        number = self.names.find(name)
        return None if number is None else self._entities[self.names.ids[number]]

    def get(self, name: str) -> Entity:
        """Like `find`, but raises `NotFound` with the nearest names when there is none."""
        return self._entities[self.names.id_of(name)]

    def name(self, identifier: str) -> str:
        """The name of an entity, or the identifier itself where the graph has no such entity."""
        entity = self._entities.get(identifier)
        return entity.name if entity else identifier

    # --- Neighbours -------------------------------------------------------------------------

    def out(self, entity: str) -> tuple[Statement, ...]:
        """The statements whose subject is the entity with this id."""
        number = self.columns.number(entity)
        return () if number < 0 else self._numbered(self.columns.by_subject[number])

    def into(self, entity: str) -> tuple[Statement, ...]:
        """The statements whose object is the entity with this id."""
        number = self.columns.number(entity)
        return () if number < 0 else self._numbered(self.columns.by_object[number])

    def touching(self, entity: str) -> tuple[Statement, ...]:
        """The statements about the entity with this id, as subject and as object."""
        number = self.columns.number(entity)
        return () if number < 0 else self._numbered(self.columns.touching(number))

    def _numbered(self, numbers: Iterable[int]) -> tuple[Statement, ...]:
        return tuple(map(self.columns.statements.__getitem__, numbers))

    def influences(self, entity: str) -> Iterator[tuple[Statement, str]]:
        """What a change of this entity acts on next: (statement, id of the entity acted on).

        What is required acts on what requires it, so `requires` is followed from object to
        subject; structure and correlation carry no influence. See `Predicate.influence`.
        """
        columns, arcs = self.columns, self.influence.arcs
        number = columns.number(entity)
        for arc in self.influence.acted_on(number) if number >= 0 else ():
            yield columns.statements[arcs.statements[arc]], columns.entities[arcs.ends[arc]]

    def influenced_by(self, entity: str) -> Iterator[tuple[Statement, str]]:
        """What acts on this entity: (statement, id of the entity that acts)."""
        columns, arcs = self.columns, self.influence.arcs
        number = columns.number(entity)
        for arc in self.influence.acting(number) if number >= 0 else ():
            yield columns.statements[arcs.statements[arc]], columns.entities[arcs.starts[arc]]

    def components(self) -> list[frozenset[str]]:
        """The entities in groups that statements connect, whichever way they point.

        The largest group comes first; an entity without statements is in no group.
        """
        columns = self.columns
        parts = connected(zip(columns.subjects, columns.objects, strict=True))
        groups = [frozenset(map(columns.entities.__getitem__, part)) for part in parts]
        return sorted(groups, key=lambda group: (-len(group), min(group)))

    # --- Evidence ---------------------------------------------------------------------------

    def status(self, statement: Statement) -> str:
        """The status that the statement has by its evidence; see `evidence.status`."""
        return status(statement.evidence)

    def independent(self, statement: Statement, stance: str = "supports") -> tuple[str, ...]:
        """The independent sources with this stance, as group names; the article apart."""
        return independent(statement.evidence, self._sources, stance)

    # --- Parts ------------------------------------------------------------------------------

    def select(self, expression: str) -> Graph:
        """The part of the graph that a selection names; see `selection` for the grammar.

        Raises `SelectionError` when it cannot be parsed and `NotFound` for unknown names.
        """
        tree = selection.parse(expression)
        return self.only(self._numbered(selection.chosen(tree, self.influence, self.names)))

    def only(self, statements: Iterable[Statement]) -> Graph:
        """The graph of these statements, with the entities and sources they mention."""
        kept = tuple(statements)
        entities = {end for statement in kept for end in (statement.subject, statement.object)}
        sources = {row.source for statement in kept for row in statement.evidence}
        return Graph(
            [
                *(entity for key, entity in self._entities.items() if key in entities),
                *(source for key, source in self._sources.items() if key in sources),
                *kept,
            ]
        )


def _evidence_order(row: Evidence) -> tuple[str, ...]:
    return (row.source, row.stance, row.digest)


def _settled(statement: Statement) -> Statement:
    """The statement with its evidence sorted and without repetitions."""
    evidence = tuple(sorted(set(statement.evidence), key=_evidence_order))
    return statement if evidence == statement.evidence else replace(statement, evidence=evidence)


def _merge(statements: dict[str, Statement], record: Statement) -> None:
    """Put a statement among those already there: its evidence to that of the same meaning."""
    same = statements.get(record.id)
    statements[record.id] = _merged(same, record) if same else _settled(record)


def _merged(same: Statement, other: Statement) -> Statement:
    """One statement with the evidence of both, and the topic of the one that came last."""
    topic = other.topic or same.topic
    return _settled(replace(same, topic=topic, evidence=(*same.evidence, *other.evidence)))
