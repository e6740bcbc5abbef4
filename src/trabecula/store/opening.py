"""A store as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import numpy as np

from trabecula.addresses import spaces_of
from trabecula.columns import Columns
from trabecula.graph import Graph
from trabecula.influence import Influence
from trabecula.model import Entity, Record, Source, Statement
from trabecula.names import Names
from trabecula.store import stored as storing
from trabecula.store.incoming import entity_of, source_of
from trabecula.store.stored import Stored
from trabecula.store.views import (
    ById,
    Described,
    Ids,
    MappedColumns,
    MappedInfluence,
    MappedNames,
    Papers,
    Statements,
)


class Store(Graph):
    """A graph whose records are on the disk; each is read where it is asked for.

    What a selection names is a graph in memory.
    """

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self._about = stored.about
        self._entities = cast(
            "Any",
            Described(stored.texts("entities.id"), stored.texts("entities.record"), entity_of),
        )
        self._sources = cast(
            "Any", Described(stored.texts("sources.id"), stored.texts("sources.record"), source_of)
        )
        self._numbered_statements = Statements(stored)
        self._ids = Ids(stored)
        self._statements = cast("Any", ById(self._ids, self._numbered_statements))

    @cached_property
    def columns(self) -> Columns:
        """What is known of every statement, by its number."""
        return MappedColumns(
            cast("Any", self.stored.texts("entities.id")),
            cast("Any", self._ids),
            cast("Any", self._numbered_statements),
            self._sources,
            self.words,
            _Categories(self.stored),
            stored=self.stored,
        )

    @cached_property
    def influence(self) -> Influence:
        """Who acts on whom."""
        return MappedInfluence(self.columns)

    @cached_property
    def names(self) -> Names:
        """The names by which entities are found."""
        return MappedNames(self.columns.entities, self._entities, stored=self.stored)

    @cached_property
    def papers(self) -> Mapping[str, str]:
        """The one id of the paper that a source is, by each of its identifiers."""
        return Papers(self.stored, "paper", cast("Any", self._sources))

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The name under which a source is counted, by each of its identifiers."""
        return self.columns.groups


class _Categories(Mapping[str, str]):
    """The categories of the entities that are described, by id."""

    def __init__(self, stored: Stored) -> None:
        self._names = stored.manifest["categories"]
        self._codes = stored.view("entities.category")
        self._ids = stored.texts("entities.id")

    def __getitem__(self, key: str) -> str:
        number = self._ids.number(key)
        if number < 0:
            raise KeyError(key)
        return str(self._names[self._codes[number]])

    def __iter__(self) -> Any:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def opened(path: Path | str) -> Store:
    """The graph in the folder of a store; raises as `stored.opened` does."""
    return Store(storing.opened(path))
