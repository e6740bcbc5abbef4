"""The graph: an immutable collection of records that answers who is connected to whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Any

from trabecula import selection
from trabecula.errors import FormatError, NotFound, Problem
from trabecula.evidence import groups, independent, papers, status
from trabecula.identifiers import STATEMENT, nearest
from trabecula.model import Entity, Evidence, Record, Source, Statement
from trabecula.regular import regular
from trabecula.vocabulary import PREDICATES

#: What is taken for the id of a statement, or for how one begins: as a table, a query and
#: trabecula 0.1, which had the first sixteen digits only, write it.
_ID = re.compile(rf"(?:{re.escape(STATEMENT)}|statement:)?s?([0-9a-f]{{8,}})", re.IGNORECASE)


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
        spelt: dict[tuple[type, str], str] = {}
        for given in records:
            record = regular(given)
            if isinstance(record, Statement):
                known = statements.get(record.id)
                statements[record.id] = _merged(known, record) if known else _settled(record)
                continue
            kept: dict[str, Any] = entities if isinstance(record, Entity) else sources
            first = spelt.setdefault((type(record), record.id), given.id)
            if first != given.id and kept[record.id] != record:
                raise _two_spellings(record.id, first, given.id)
            kept[record.id] = record
        self._entities = MappingProxyType(dict(sorted(entities.items())))
        self._sources = MappingProxyType(dict(sorted(sources.items())))
        one = self.papers
        gone = {one[key] for key, source in sources.items() if source.standing == "retracted"}
        ordered = sorted(statements.items(), key=lambda item: item[1].key)
        self._statements = MappingProxyType(
            _Statements((key, _marked(statement, one, gone)) for key, statement in ordered)
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
        """The statements by id, sorted by subject, predicate and object.

        The id that trabecula 0.1 gave a statement, its first sixteen digits, finds it too.
        """
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
        """What a notebook shows: the page of the graph in a frame of its own; nothing is written.

        The views stand above this module and are asked for by name, only where a notebook asks.
        """
        cell: str = import_module("trabecula.views.page").cell(self)
        return cell

    def __or__(self, other: Graph) -> Graph:
        """Both graphs together: evidence is merged; on equal ids the right-hand record wins."""
        return Graph([*self, *other])

    # --- Names ------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Case-folded name -> entity ids, by rank: id, name, synonym, cross-reference."""
        ranked: dict[str, tuple[list[str], ...]] = {}
        for entity in self._entities.values():
            ways = (
                (entity.id,),
                (entity.name,),
                entity.synonyms,
                tuple(xref.curie for xref in entity.xrefs if xref.match == "exact"),
            )
            for rank, names in enumerate(ways):
                for name in names:
                    ids = ranked.setdefault(name.casefold(), ([], [], [], []))[rank]
                    if entity.id not in ids:
                        ids.append(entity.id)
        return {name: tuple(map(tuple, ids)) for name, ids in ranked.items()}

    def find(self, name: str) -> Entity | None:
        """The entity with this id, name, synonym or exact CURIE, ignoring case; or None.

        An id wins over a name and a name over a synonym. Raises `NotFound` when the name fits
        several entities equally well, naming them.
        """
        if name in self._entities:
            return self._entities[name]
        for ids in self._names.get(name.strip().casefold(), ()):
            if len(ids) > 1:
                raise NotFound(f"{name!r} names {len(ids)} entities; use an id", ids)
            if ids:
                return self._entities[ids[0]]
        return None

    def get(self, name: str) -> Entity:
        """Like `find`, but raises `NotFound` with the nearest names when there is none."""
        entity = self.find(name)
        if entity is None:
            raise NotFound(f"no entity is called {name!r}", self._suggestions(name))
        return entity

    def _suggestions(self, name: str) -> tuple[str, ...]:
        ids: list[str] = []
        for close in nearest(name, self._names, count=5):
            for candidates in self._names[close.casefold()]:
                ids.extend(candidate for candidate in candidates if candidate not in ids)
        return tuple(ids[:3])

    def name(self, identifier: str) -> str:
        """The name of an entity, or the identifier itself where the graph has no such entity."""
        entity = self._entities.get(identifier)
        return entity.name if entity else identifier

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(sorted(self._statements))

    def find_statement(self, text: str) -> Statement | None:
        """The statement with this id or IRI, or the only one whose id begins like this; or None.

        At least eight digits are needed; the `s` before them may be left out, and zeros before
        what a spreadsheet took for a number. Raises `NotFound` where several ids begin so.
        """
        digits = _ID.fullmatch(text.strip())
        if digits is None:
            return self._statements.get(text)
        begun = digits[1].lower()
        found = self._beginning(begun)
        if not found and begun.isdigit():
            found = self._beginning(begun.zfill(16))
        if len(found) > 1:
            raise NotFound(f"the ids of several statements begin with {text!r}", found[:3])
        return self._statements[found[0]] if found else None

    def _beginning(self, digits: str) -> tuple[str, ...]:
        """The ids that begin with `s` and these digits."""
        first = bisect_left(self._ids, f"s{digits}")
        last = bisect_left(self._ids, f"s{digits}g")  # no digit comes after f
        return self._ids[first:last]

    def get_statement(self, text: str) -> Statement:
        """Like `find_statement`, but raises `NotFound` when there is none."""
        statement = self.find_statement(text)
        if statement is None:
            raise NotFound(f"no statement has the id {text!r}")
        return statement

    # --- Neighbours -------------------------------------------------------------------------

    @cached_property
    def _adjacent(self) -> tuple[Mapping[str, tuple[Statement, ...]], ...]:
        out: dict[str, list[Statement]] = {}
        into: dict[str, list[Statement]] = {}
        for statement in self._statements.values():
            out.setdefault(statement.subject, []).append(statement)
            into.setdefault(statement.object, []).append(statement)
        return tuple({key: tuple(value) for key, value in side.items()} for side in (out, into))

    def out(self, entity: str) -> tuple[Statement, ...]:
        """The statements whose subject is the entity with this id."""
        return self._adjacent[0].get(entity, ())

    def into(self, entity: str) -> tuple[Statement, ...]:
        """The statements whose object is the entity with this id."""
        return self._adjacent[1].get(entity, ())

    def touching(self, entity: str) -> tuple[Statement, ...]:
        """The statements about the entity with this id, as subject and as object."""
        into = tuple(s for s in self.into(entity) if s.subject != s.object)
        return (*self.out(entity), *into)

    def influences(self, entity: str) -> Iterator[tuple[Statement, str]]:
        """What a change of this entity acts on next: (statement, id of the entity acted on).

        What is required acts on what requires it, so `requires` is followed from object to
        subject; structure and correlation carry no influence. See `Predicate.influence`.
        """
        for statement in self.out(entity):
            if _influence(statement) in ("forward", "both"):
                yield statement, statement.object
        for statement in self.into(entity):
            if _influence(statement) in ("reverse", "both"):
                yield statement, statement.subject

    def influenced_by(self, entity: str) -> Iterator[tuple[Statement, str]]:
        """What acts on this entity: (statement, id of the entity that acts)."""
        for statement in self.into(entity):
            if _influence(statement) in ("forward", "both"):
                yield statement, statement.subject
        for statement in self.out(entity):
            if _influence(statement) in ("reverse", "both"):
                yield statement, statement.object

    def components(self) -> list[frozenset[str]]:
        """The entities in groups that statements connect, whichever way they point.

        The largest group comes first; an entity without statements is in no group.
        """
        groups: list[frozenset[str]] = []
        seen: set[str] = set()
        for key in self._entities:
            if key in seen or not self.touching(key):
                continue
            reached, waiting = {key}, [key]
            while waiting:
                for statement in self.touching(waiting.pop()):
                    new = {statement.subject, statement.object} - reached
                    reached |= new
                    waiting.extend(new)
            groups.append(frozenset(reached))
            seen |= reached
        return sorted(groups, key=lambda group: (-len(group), min(group)))

    # --- Evidence ---------------------------------------------------------------------------

    @cached_property
    def papers(self) -> Mapping[str, str]:
        """The one id of the paper that a source is, by each of its identifiers."""
        return MappingProxyType(papers(self._sources.values()))

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The name under which a source is counted, by each of its identifiers."""
        return MappingProxyType(groups(self._sources.values()))

    def status(self, statement: Statement) -> str:
        """The status that the statement has by its evidence; see `evidence.status`."""
        return status(statement.evidence)

    def independent(self, statement: Statement, stance: str = "supports") -> tuple[str, ...]:
        """The independent sources with this stance, as group names; the article apart."""
        return independent(statement.evidence, self.groups, stance)

    # --- Parts ------------------------------------------------------------------------------

    def select(self, expression: str) -> Graph:
        """The part of the graph that a selection names; see `selection` for the grammar.

        Raises `SelectionError` when it cannot be parsed and `NotFound` for unknown names.
        """
        chosen = selection.evaluate(selection.parse(expression), self)
        return self.only(self._statements[key] for key in chosen)

    def only(self, statements: Iterable[Statement]) -> Graph:
        """The graph of these statements, with the entities and sources they mention."""
        kept = tuple(statements)
        entities = {end for statement in kept for end in (statement.subject, statement.object)}
        cited = {row.source for statement in kept for row in statement.evidence}
        ones = {self.papers.get(key, key) for key in cited}
        return Graph(
            [
                *(entity for key, entity in self._entities.items() if key in entities),
                # All records of a paper, so that the part knows as much of it as the whole.
                *(source for key, source in self._sources.items() if self.papers[key] in ones),
                *kept,
            ]
        )


class _Statements(dict[str, Statement]):
    """Statements by id; a missing id may be one of trabecula 0.1, the first sixteen digits."""

    def __missing__(self, key: str) -> Statement:
        for identifier in self if len(key) == 16 else ():
            if identifier.startswith(f"s{key}"):
                return self[identifier]
        raise KeyError(key)


def _two_spellings(identifier: str, first: str, second: str) -> FormatError:
    what = f"{first!r} and {second!r} are one identifier, and two records have it"
    return FormatError([Problem("two-spellings", identifier, what, "merge the two records")])


def _influence(statement: Statement) -> str:
    """The way influence flows; a predicate unknown to the vocabulary flows forward."""
    known = PREDICATES.get(statement.predicate)
    return known.influence if known else "forward"


def _named(statement: Statement) -> str:
    """A statement by its meaning fields, such as `magnesium requires atp (severity=mild)`."""
    qualifiers = ", ".join(f"{key}={value}" for key, value in statement.qualifiers)
    words = f"{statement.subject} {statement.predicate} {statement.object}"
    said = f"{words} ({qualifiers})" if qualifiers else words
    return f"not: {said}" if statement.negated else said


def _marked(statement: Statement, papers: Mapping[str, str], gone: set[str]) -> Statement:
    """The statement with what the sources say of its evidence; see `Evidence`."""
    if not any(
        papers.get(row.source, row.source) != row.source or row.source in gone
        for row in statement.evidence
    ):
        return statement
    rows = []
    for row in statement.evidence:
        one = papers.get(row.source, row.source)
        paper = "" if one == row.source else one
        rows.append(replace(row, retracted=one in gone, paper=paper))
    return replace(statement, evidence=tuple(rows))


def _evidence_order(row: Evidence) -> tuple[str, ...]:
    return (row.source, row.stance, row.digest)


def _settled(statement: Statement) -> Statement:
    """The statement with its evidence sorted and without repetitions."""
    if len(statement.evidence) < 2:
        return statement
    evidence = tuple(sorted(set(statement.evidence), key=_evidence_order))
    return statement if evidence == statement.evidence else replace(statement, evidence=evidence)


def _merged(known: Statement, other: Statement) -> Statement:
    """One statement with the evidence of both, and the topic of the one that came last.

    Raises `FormatError` where two statements have one id, rather than make them one.
    """
    if known.key != other.key:
        what = f"{_named(known)} and {_named(other)} have the same id"
        fix = "one of them was made to; remove it"
        raise FormatError([Problem("id-collision", known.id, what, fix)])
    topic = other.topic or known.topic
    return _settled(replace(known, topic=topic, evidence=(*known.evidence, *other.evidence)))
