"""A store as a graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import numpy as np

from trabecula.addresses import spaces_with
from trabecula.graph import Graph
from trabecula.influence import Influence
from trabecula.lens import Lens
from trabecula.model import Entity, Source, Statement
from trabecula.names import Names
from trabecula.store import stored as storing
from trabecula.store.arrays import ragged
from trabecula.store.columns import MappedColumns, columns_of
from trabecula.store.ids import ids_of
from trabecula.store.incoming import Numbers, entity_of
from trabecula.store.influence import MappedInfluence
from trabecula.store.names import MappedNames
from trabecula.store.records import ById, Described, Papers, Statements
from trabecula.store.searching import Index, holding
from trabecula.store.stored import Stored
from trabecula.uncollected import uncollected


class Store(Graph):
    """A graph whose records are on the disk; each is read where it is asked for.

    What a selection names is a graph in memory.
    """

    columns: MappedColumns

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.rdf_mode = ""  # which RDF is asked: `full`, `direct`, or what is there
        self._about = stored.about
        self._described = Described(
            stored.texts("entities.id"), stored.texts("entities.record"), entity_of
        )
        self.columns = columns = columns_of(stored)
        columns.derived["Conclusions"] = _conclusions
        self._cited = cast("Described[Source]", columns.sources)
        self._numbered_statements = cast("Statements", columns.statements)
        self._ids = stored.ids
        self._entities, self._sources = cast("Any", self._described), cast("Any", self._cited)
        self._statements = cast("Any", ById(self._ids, self._numbered_statements))

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """To another process a store goes as its folder, which is opened there."""
        return _reopened, (str(self.stored.folder.absolute()), self.rdf_mode, type(self))

    @cached_property
    def influence(self) -> Influence:
        """Who acts on whom."""
        return MappedInfluence(self.columns)

    @cached_property
    def names(self) -> Names:
        """The names by which entities are found."""
        return MappedNames(
            self.columns.entities, self._entities, stored=self.stored, index=self._index
        )

    @cached_property
    def papers(self) -> Mapping[str, str]:
        """The one id of the paper that a source is, by each of its identifiers."""
        return Papers(self.stored, "paper", cast("Any", self._sources))

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The name under which a source is counted, by each of its identifiers."""
        return self.columns.groups

    def tallies(self) -> dict[str, Counter[str]]:
        """How many there are of what, by what they are counted by."""
        if self.stored.tallies is not None:
            return self.stored.tallies
        from trabecula.store.counting import tallies

        return tallies(self.columns)

    def answering(self, typed: Any) -> Iterable[Entity]:
        """The entities that may answer to what was typed."""
        entities = map(self._described.at, self._index.candidates(typed))
        return (entity for entity in entities if entity is not None)

    def mentioning(self, identifier: str) -> Iterable[Source]:
        """The sources that may have an identifier in any case, in their order."""
        ids, records = self._cited.ids, self._cited.records
        numbers = np.union1d(holding(ids, identifier), holding(records, identifier))
        return self._sources_at(numbers).values()

    @cached_property
    def _index(self) -> Index:
        return Index(self.stored)

    def rdf(self) -> Path | None:
        """The folder of an Oxigraph that holds its quads, made when it is first asked for."""
        from trabecula.store.rdf import place

        return place(self.stored, self, self.part, self.rdf_mode)

    def prepare(self) -> None:
        """Make the RDF: what reads the store later may not write it."""
        self.rdf()

    @cached_property
    def spaces(self) -> Mapping[str, str]:
        """Every prefix that an IRI of the graph may have, with its namespace."""
        return MappingProxyType(spaces_with(self.stored.manifest["prefixes"], self._about))

    # --- Parts ------------------------------------------------------------------------------

    def select(self, expression: str) -> Graph:
        """The part of the graph that a selection names, in memory."""
        from trabecula import selection
        from trabecula.store.selecting import Chooser

        chosen = Chooser(self.influence, self.names).chosen(selection.parse(expression))
        return self.part(chosen)

    def _seen(self, lens: Lens) -> Graph:
        from trabecula.store import seen  # with what writes stores

        kept = seen.pieces_through(self.columns, self.papers, lens)
        if self.columns.any_piece(kept).sum() <= seen.FEW:
            return super()._seen(lens)
        return seen.as_store(self.columns, kept, opened)

    def only(self, statements: Iterable[Statement]) -> Graph:
        """The graph of these statements, with the entities and sources they mention."""
        kept = tuple(statements)
        numbers = [self._ids.number(statement.id) for statement in kept]
        mine = all(
            number >= 0 and self._numbered_statements[number] == statement
            for number, statement in zip(numbers, kept, strict=True)
        )
        if mine:
            return self.part(np.unique(np.array(numbers, np.int64)))
        ends = {end for statement in kept for end in (statement.subject, statement.object)}
        papers = self.papers
        cited = {papers.get(e.source, e.source) for s in kept for e in s.evidence}
        entities = (self._entities.get(key) for key in sorted(ends))
        sources = (s for s in self._sources.values() if papers[s.id] in cited)
        return Graph([self._about, *filter(None, entities), *sources, *kept])

    @uncollected  # which took as long as to make the records
    def part(self, numbers: Numbers) -> Graph:
        """The graph of statements by their numbers, which are in order; nothing is put in order.

        Records of a store are in their one spelling already, sorted, and merged.
        """
        stored = self.stored
        kept = dict(
            zip(
                ids_of(stored.array("statements.digest")[numbers]),
                map(self._numbered_statements.make, numbers.tolist()),
                strict=True,
            )
        )
        ends = [stored.array(f"statements.{side}")[numbers] for side in ("subject", "object")]
        first = stored.array("statements.evidence")
        pieces = ragged(first[numbers], first[numbers + 1] - first[numbers])
        paper = stored.array("sources.paper")
        # All records of a paper, so that the part knows as much of it as the whole.
        cited = np.zeros(len(paper), bool)
        cited[paper[stored.array("evidence.source")[pieces]]] = True
        return Graph.of_order(
            self._about,
            self._entities_at(np.unique(np.concatenate(ends))),
            self._sources_at(np.flatnonzero(cited[paper])),
            kept,
        )

    def _entities_at(self, numbers: Numbers) -> dict[str, Entity]:
        entities = (self._described.at(number) for number in numbers.tolist())
        return {entity.id: entity for entity in entities if entity is not None}

    def _sources_at(self, numbers: Numbers) -> dict[str, Source]:
        sources = (self._cited.at(number) for number in numbers.tolist())
        return {source.id: source for source in sources if source is not None}


def _reopened(folder: str, rdf_mode: str, kind: type[Store]) -> Store:
    store = kind(storing.opened(folder))
    store.rdf_mode = rdf_mode
    return store


def _conclusions(columns: MappedColumns, kept: bytes | None = None) -> Any:
    from trabecula.store.concluding import MappedConclusions  # with all that reasons

    return MappedConclusions(columns, kept)


def opened(path: Path | str) -> Store:
    """The graph in the folder of a store; raises as `stored.opened` does."""
    return Store(storing.opened(path))
