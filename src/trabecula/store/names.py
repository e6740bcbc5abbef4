"""The names by which entities are found in a store, looked up on the disk; see `columns`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, cast

import numpy as np

from trabecula.errors import require_text
from trabecula.model import Entity
from trabecula.names import Names, ways
from trabecula.spelling import Spelling, spelling
from trabecula.store.incoming import Numbers
from trabecula.store.records import Described
from trabecula.store.searching import Index, holding
from trabecula.store.stored import Stored

#: The last rank of what an entity is called, before its identifiers elsewhere.
SYNONYM: Final = 2
#: So many names are compared with an unknown one, one by one, which takes a third of a second.
FEW_NAMES: Final = 100_000


class Ranked(Mapping[str, tuple[tuple[int, ...], ...]]):
    """Case-folded name -> numbers, by rank; found by halving."""

    def __init__(self, stored: Stored) -> None:
        self.names = stored.texts("names.name")
        self._entity, self._rank = stored.view("names.entity"), stored.view("names.rank")

    def __getitem__(self, name: str) -> tuple[tuple[int, ...], ...]:
        ranks: tuple[list[int], ...] = ([], [], [], [])
        place = self.names.place(name)
        begun = place
        while place < len(self.names) and self.names[place] == name:
            ranks[self._rank[place]].append(self._entity[place])
            place += 1
        if place == begun:
            raise KeyError(name)
        return tuple(map(tuple, ranks))

    def __iter__(self) -> Iterator[str]:
        last = None
        for name in self.names:
            if name != last:
                yield name
            last = name

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, eq=False)
class MappedNames(Names):
    """The names by which entities are found in a store."""

    stored: Stored = field(kw_only=True)
    index: Index = field(kw_only=True)

    @cached_property
    def _ranked(self) -> Mapping[str, tuple[tuple[int, ...], ...]]:
        return Ranked(self.stored)

    def _having(self, letters: str) -> set[int]:
        return {
            number
            for number in self.index.called(letters).tolist()
            if any(letters in ways(name.casefold()) for name in self._names(number))
        }

    def _mentioning(self, curie: str) -> Iterator[Entity]:
        entities = map(self._described.at, holding(self._described.records, curie).tolist())
        return (entity for entity in entities if entity is not None)

    def _like(self, text: str) -> Iterable[str]:
        """All names where they are few; of many those that could answer, by the index.

        The index is of American spellings: a text is looked up in it as it is typed, too, for a
        misspelling may look British.
        """
        names = self.stored.texts("names.name")
        typed = spelling(text)
        if len(names) <= FEW_NAMES:
            return self._ranked
        if typed is None:
            return ()
        likely = np.zeros(len(self.ids), bool)
        for way in {typed, Spelling(typed.plain, typed.plain, typed.plain)}:
            likely[self.index.candidates(way)] = True
        places = np.flatnonzero(likely[self.stored.array("names.entity")])
        return map(names.__getitem__, places.tolist())

    @property
    def _described(self) -> Described[Entity]:
        return cast("Described[Entity]", self.entities)

    def containing(self, text: str) -> Numbers:
        """The entities that have a text, case-folded, in their id or one of their names."""
        index = self.stored.texts("names.name")
        data, first = index.data.tobytes(), index.first
        wanted = text.encode()
        places, at = [], data.find(wanted)
        while at >= 0:
            places.append(at)
            at = data.find(wanted, at + 1)
        starts = np.array(places, np.int64)
        names = np.searchsorted(first, starts, side="right") - 1
        whole = starts + len(wanted) <= first[np.minimum(names + 1, len(first) - 1)]
        names = names[whole]
        names = names[self.stored.array("names.rank")[names] <= SYNONYM]
        return np.unique(self.stored.array("names.entity")[names])

    def find(self, text: str) -> int | None:
        """The number of the entity that `text` names; see `Names.find`."""
        require_text(text, "the name of an entity")
        number = self._described.number(text)
        return number if number >= 0 else super().find(text)
