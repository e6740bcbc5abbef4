"""The graph: an immutable collection of records that answers who is connected to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from trabecula import merging
from trabecula.addresses import prefixes_of, spaces_with
from trabecula.columns import Columns, columns_of
from trabecula.counted import counted
from trabecula.counting import tallies
from trabecula.errors import NotFound, require_text, require_texts
from trabecula.influence import Influence
from trabecula.misspelt import unknown
from trabecula.model import About, Entity, Record, Source, Statement
from trabecula.names import Names
from trabecula.numbered import Numbered
from trabecula.reason.search import connected
from trabecula.regular import source_id
from trabecula.standing import independent, papers, status
from trabecula.vocabulary import STATUSES, Vocabulary, words_of

if TYPE_CHECKING:
    from trabecula.lens import Lens


def require_graph(value: object) -> None:
    """Raise `TypeError`, with what is wanted, where a program gives something else than a graph."""
    if not isinstance(value, Graph):
        raise TypeError(f"a graph is wanted, such as trabecula.load() gives, not {_kind(value)}")


def _require_statement(value: object) -> None:
    if not isinstance(value, Statement):
        what = "a statement is wanted, such as graph.get_statement() gives"
        raise TypeError(f"{what}, not {_kind(value)}")


def _require_entity(value: object) -> None:
    require_text(value, "the id of an entity")


def _kind(value: object) -> str:
    """The name of the type of a value, after that of the package that it is from."""
    kind = type(value)
    return f"{kind.__module__.partition('.')[0]}.{kind.__name__}".removeprefix("builtins.")


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

    #: The file of the user's cache in which the graph is kept, if it is; what follows from it may
    #: be kept beside it.
    kept: Path | None = None

    def __init__(self, records: Iterable[Record] = ()) -> None:
        merged = merging.merged(records)
        self._about = merged.about
        self._entities = MappingProxyType(merged.entities)
        self._sources = MappingProxyType(merged.sources)
        self._statements: Mapping[str, Statement] = Numbered(merged.statements)
        self.papers = MappingProxyType(merged.papers)

    @classmethod
    def of_order(
        cls,
        about: About,
        entities: Mapping[str, Entity],
        sources: Mapping[str, Source],
        statements: Mapping[str, Statement],
    ) -> Graph:
        """A graph of records that a graph had already: by id, in its order, each in one spelling.

        Nothing is looked at again.
        """
        made = cls.__new__(cls)
        made._about = about
        made._entities = MappingProxyType(entities)
        made._sources = MappingProxyType(sources)
        made._statements = Numbered(tuple(statements.values()), tuple(statements))
        return made

    @classmethod
    def of_columns(cls, about: About, entities: Mapping[str, Entity], columns: Columns) -> Graph:
        """A graph of which everything is known by number already; see `of_order`."""
        made = cls.__new__(cls)
        made._about = about
        made._entities = MappingProxyType(entities)
        made._sources = MappingProxyType(columns.sources)
        made._statements = columns.by_id
        made.columns = columns
        return made

    # --- What it holds ----------------------------------------------------------------------

    @property
    def about(self) -> About:
        """What the graph says of itself: title, licence, the words it has of its own.

        It is no part of what a graph holds: iterating does not yield it, and graphs are equal
        whatever they say of themselves.
        """
        return self._about

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

    @cached_property
    def reviewed(self) -> bool:
        """Whether any statement was reviewed; where none was, nothing is said of reviews."""
        return any(statement.reviews for statement in self._statements.values())

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
            f"Graph({counted(len(self._entities), 'entity', 'entities')}, "
            f"{counted(len(self._statements), 'statement')}, "
            f"{counted(len(self._sources), 'source')})"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows of a graph: its figures. The page comes by `trabecula.view`."""
        from html import escape  # needed by notebooks only

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

    def __reduce__(self) -> tuple[type[Graph], tuple[tuple[Record, ...]]]:
        """To another process and to the disk a graph goes as its records."""
        return type(self), ((self._about, *self),)

    def __copy__(self) -> Graph:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Graph:
        """Nothing in a graph can change, so it is its own copy."""
        return self

    def __or__(self, other: Graph) -> Graph:
        """Both graphs together: evidence is merged; on equal ids the right-hand record wins."""
        if not isinstance(other, Graph):
            return NotImplemented
        return Graph([self._about, *self, other._about, *other])

    # --- What is known of it by number ----------------------------------------------------------

    @cached_property
    def columns(self) -> Columns:
        """What is known of every statement, by its number."""
        return columns_of(self._statements, self._sources.values(), self._entities, self.words)

    @cached_property
    def words(self) -> Vocabulary:
        """Every word that its statements may use: those of all graphs, and its own."""
        return words_of(self._about)

    @cached_property
    def influence(self) -> Influence:
        """Who acts on whom."""
        return Influence(self.columns)

    @cached_property
    def names(self) -> Names:
        """The names by which entities are found."""
        return Names(self.columns.entities, self._entities)

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes of its identifiers, each with the id of the first record that has it."""
        return MappingProxyType(prefixes_of(self))

    @cached_property
    def spaces(self) -> Mapping[str, str]:
        """Every prefix that an IRI of the graph may have, with its namespace; see `addresses`."""
        return MappingProxyType(spaces_with(self.prefixes, self._about))

    def tallies(self) -> dict[str, Counter[str]]:
        """How many there are of what, by what they are counted by; see `values.counts`."""
        return tallies(self.columns, self._entities, self.papers)

    def mentioning(self, _identifier: str) -> Iterable[Source]:
        """The sources that may have an identifier in any case, in their order; all of them here."""
        return self.sources.values()

    def answering(self, typed: Any) -> Iterable[Entity]:  # noqa: ARG002  # a store looks it up
        """The entities that may answer to what was typed, a `lookup.Spelling`: here all of them."""
        return self._entities.values()

    def rdf(self) -> Path | None:
        """The folder of an Oxigraph that holds its quads; None of a graph in memory."""
        return None

    def prepare(self) -> None:
        """Make what lies on the disk and is made when it is first asked for; here is nothing."""

    # --- Names ------------------------------------------------------------------------------

    def find(self, name: str) -> Entity | None:
        """The entity with this id, name, synonym or exact CURIE, ignoring case; or None.

        An id wins over a name and a name over a synonym. A CURIE may be an IRI as well, or spelt
        in other ways; see `pasted.pasted`. Raises `NotFound` when the name fits several
        entities equally well, naming them.
        """
        require_text(name, "the name of an entity")
        if name in self._entities:
            return self._entities[name]
        number = self.names.find(name)
        return None if number is None else self._entities[self.names.ids[number]]

    def get(self, name: str) -> Entity:
        """Like `find`, but raises `NotFound` with the nearest names when there is none."""
        return self._entities[self.names.id_of(name)]

    def name(self, identifier: str) -> str:
        """The name of an entity, or the identifier itself where the graph has no such entity."""
        _require_entity(identifier)
        entity = self._entities.get(identifier)
        return entity.name if entity else identifier

    def sentence(self, statement: Statement) -> str:
        """A statement in words, with its qualifiers: `ATP requires magnesium (severity: severe)`.

        What it denies begins with `not:`.
        """
        _require_statement(statement)
        start, end = self.name(statement.subject), self.name(statement.object)
        words = f"{start} {self.words.relation(statement.predicate).label} {end}"
        where = "; ".join(f"{k.replace('_', ' ')}: {v}" for k, v in statement.qualifiers)
        return f"{'not: ' if statement.negated else ''}{words}{f' ({where})' if where else ''}"

    def find_statement(self, text: str) -> Statement | None:
        """The statement with this id or IRI, or the only one whose id begins like this; or None.

        Raises `NotFound` where several ids begin so; see `Columns.called`.
        """
        require_text(text, "the id of a statement")
        identifier = self.columns.called(text)
        return None if identifier is None else self._statements[identifier]

    def get_statement(self, text: str) -> Statement:
        """Like `find_statement`, but raises `NotFound` when there is none."""
        statement = self.find_statement(text)
        if statement is None:
            raise NotFound(f"no statement has the id {text!r}")
        return statement

    # --- Neighbours -------------------------------------------------------------------------

    def out(self, entity: str) -> tuple[Statement, ...]:
        """The statements whose subject is the entity with this id."""
        _require_entity(entity)
        number = self.columns.number(entity)
        return () if number < 0 else self._numbered(self.columns.by_subject[number])

    def into(self, entity: str) -> tuple[Statement, ...]:
        """The statements whose object is the entity with this id."""
        _require_entity(entity)
        number = self.columns.number(entity)
        return () if number < 0 else self._numbered(self.columns.by_object[number])

    def touching(self, entity: str) -> tuple[Statement, ...]:
        """The statements about the entity with this id, as subject and as object."""
        _require_entity(entity)
        number = self.columns.number(entity)
        return () if number < 0 else self._numbered(self.columns.touching(number))

    def _numbered(self, numbers: Iterable[int]) -> tuple[Statement, ...]:
        return tuple(map(self.columns.statements.__getitem__, numbers))

    def influences(self, entity: str) -> Iterator[tuple[Statement, str]]:
        """What a change of this entity acts on next: (statement, id of the entity acted on).

        What is required acts on what requires it, so `requires` is followed from object to
        subject; structure and correlation carry no influence. See `Predicate.influence`.
        """
        _require_entity(entity)
        columns, arcs = self.columns, self.influence.arcs
        number = columns.number(entity)
        for arc in self.influence.acted_on(number) if number >= 0 else ():
            yield columns.statements[arcs.statements[arc]], columns.entities[arcs.ends[arc]]

    def influenced_by(self, entity: str) -> Iterator[tuple[Statement, str]]:
        """What acts on this entity: (statement, id of the entity that acts)."""
        _require_entity(entity)
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

    @cached_property
    def papers(self) -> Mapping[str, str]:
        """The one id of the paper that a source is, by each of its identifiers."""
        return MappingProxyType(papers(self._sources.values()))

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The name under which a source is counted, by each of its identifiers."""
        return MappingProxyType(self.columns.groups)

    def status(self, statement: Statement) -> str:
        """The status that the statement has by its evidence; see `standing.status`."""
        _require_statement(statement)
        return status(statement.evidence)

    def independent(self, statement: Statement, stance: str = "supports") -> tuple[str, ...]:
        """The independent sources with this stance, as group names; the article apart."""
        _require_statement(statement)
        return independent(statement.evidence, self.groups, stance)

    # --- Parts ------------------------------------------------------------------------------

    def select(self, expression: str) -> Graph:
        """The part of the graph that a selection names; see `selection` for the grammar.

        Raises `SelectionError` when it cannot be parsed and `NotFound` for unknown names.
        """
        from trabecula import selection  # needed by what selects only

        tree = selection.parse(expression)
        return self.only(self._numbered(selection.chosen(tree, self.influence, self.names)))

    def through(self, *trust: str, without: Iterable[str] = ()) -> Graph:
        """The graph as if only some evidence counted; see `lens`.

        `trust` are kinds that evidence has to be of, all at once (`measured`, `read`, `human`,
        `randomised-trial` …), `without` sources that do not count, by id. Raises `NotFound` for a
        kind or a source that there is not.

        >>> import trabecula as tb
        >>> graph = tb.load()
        >>> len(graph.through("measured", "human")) < len(graph.through("read")) < len(graph)
        True
        """
        left_out = require_texts(without, "without")
        for text in trust:
            require_text(text, "what is trusted")
        gone = tuple(map(self._source, left_out))
        if not trust and not gone:
            return self
        from trabecula.lens import Lens  # needed where one is asked for only

        return self._seen(Lens(trust, gone))

    def _seen(self, lens: Lens) -> Graph:
        from trabecula.lens import through

        return self.only(through(self.columns, lens, lambda key: self.papers.get(key, key)))

    def _source(self, text: str) -> str:
        """The id of a source that a text names; raises `NotFound` where there is none."""
        key = source_id(text)
        cited = self.columns.cited
        for name in (text, key):
            if name in self.papers or name in cited:
                return name
        raise NotFound(unknown("source", text, (*self._sources, *sorted(cited))))

    def only(self, statements: Iterable[Statement]) -> Graph:
        """The graph of these statements, with the entities and sources they mention."""
        if not isinstance(statements, Iterable):
            raise TypeError(f"statements are wanted, such as a list, not {_kind(statements)}")
        kept = tuple(statements)
        for statement in kept:
            _require_statement(statement)
        entities = {end for statement in kept for end in (statement.subject, statement.object)}
        cited = {row.source for statement in kept for row in statement.evidence}
        ones = {self.papers.get(key, key) for key in cited}
        return Graph(
            [
                self._about,
                *(entity for key, entity in self._entities.items() if key in entities),
                # All records of a paper, so that the part knows as much of it as the whole.
                *(source for key, source in self._sources.items() if self.papers[key] in ones),
                *kept,
            ]
        )
