"""What is known of every statement of a store, by number, read from its arrays.

It is the same class that a graph in memory has, as `influence` and `names` are, so that what
reasons, selects and tells works on either; only what it holds is read where it is asked for, and
what goes through everything does so in arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

import numpy as np

from trabecula.columns import WEAKER, Coded, Columns, Groups, Weight
from trabecula.context import settings
from trabecula.model import Evidence, Source, Statement
from trabecula.store.arrays import Texts
from trabecula.store.ids import Ids
from trabecula.store.incoming import How, Numbers, how_of, source_of
from trabecula.store.records import KEPT, Described, Papers, Statements, piece_gained
from trabecula.store.statuses import with_statuses
from trabecula.store.stored import Stored
from trabecula.vocabulary import STATUSES, words_of

#: By the code of a status how weak it makes a link.
_RANKS: Final = tuple(WEAKER[name] for name in STATUSES)


@dataclass(frozen=True, slots=True)
class MappedCoded(Coded):
    """Texts as numbers of names, the numbers on the disk."""

    def marked(self, wanted: Collection[str]) -> bytes:
        """1 for each statement whose text is among those wanted."""
        marks = np.array([name in wanted for name in self.names], np.uint8)
        return bytes(marks[np.asarray(self.codes)]) if len(marks) else b""


class _Settings(Sequence[Any]):
    """Where the sources of each statement looked, worked out for those that are asked about."""

    def __init__(self, make: Callable[[int], Any], count: int) -> None:
        self._made, self._count = lru_cache(KEPT)(make), count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        return self._made(number)


@dataclass(frozen=True, eq=False)
class MappedColumns(Columns):
    """The columns of a store."""

    stored: Stored = field(kw_only=True)

    @cached_property
    def ids(self) -> Any:
        """The ids of the statements, by number."""
        return self.by_id

    @property
    def _sought(self) -> Ids:
        return cast("Ids", self.by_id)

    def number_of(self, identifier: str) -> int:
        """The number of the statement with an id; -1 where there is none."""
        return self._sought.number(identifier)

    def numbers(self, statements: Iterable[Statement]) -> Iterator[int]:
        """The numbers of statements that these columns have given."""
        return (self.number_of(statement.id) for statement in statements)

    def number(self, entity: str) -> int:
        """The number of the entity with this id; -1 where the graph does not mention it."""
        return cast("Texts", self.entities).number(entity)

    def category(self, entity: int) -> str:
        """The category of an entity, by its number; empty text where nothing describes it."""
        return str(self.stored.manifest["categories"][self._categories[entity]])

    @cached_property
    def _categories(self) -> Any:
        return self.stored.view("entities.category")

    def _beginning(self, digits: str) -> tuple[str, ...]:
        ids = self._sought
        return tuple(ids[ids.sorted(place)] for place in ids.beginning(f"s{digits}")[:4])

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """The name under which a source is counted, by each of its identifiers."""
        return Papers(self.stored, "counted", cast("Described[Source]", self.sources))

    def unlike(self, other: Columns) -> list[int]:
        """The statements that other columns do not have, or not so, by their numbers here."""
        if not isinstance(other, MappedColumns):
            return super().unlike(other)
        if other not in self._unlike:
            from trabecula.store.comparing import unlike

            self._unlike[other], other._unlike[self] = unlike(self.stored, other.stored)
        return self._unlike[other]

    @cached_property
    def _unlike(self) -> WeakKeyDictionary[MappedColumns, list[int]]:
        """By other columns what these do not have: a comparison asks from both sides, and again."""
        return WeakKeyDictionary()

    @cached_property
    def _ends(self) -> Any:
        return self.stored.view("statements.subject"), self.stored.view("statements.object")

    @cached_property
    def by_subject(self) -> Groups:
        """The statements by their subject, in the order of which they lie."""
        first = self.stored.view("by_subject.first")
        return Groups(first, cast("Any", range(len(self.ids))))

    @cached_property
    def by_object(self) -> Groups:
        """The statements by their object."""
        return Groups(self.stored.view("by_object.first"), self.stored.view("by_object.members"))

    @cached_property
    def predicates(self) -> Coded:
        """The predicate."""
        names = tuple(self.stored.manifest["predicates"])
        return MappedCoded(names, self.stored.view("statements.predicate"))

    @cached_property
    def topics(self) -> Coded:
        """The topic; empty text where none is stated."""
        names = tuple(self.stored.manifest["topics"])
        return MappedCoded(names, self.stored.view("statements.topic"))

    @cached_property
    def negated(self) -> Any:
        """1 where the statement is negated."""
        return self.stored.view("statements.negated")

    @cached_property
    def signs(self) -> Any:
        """+1, -1, or 0 where it is not known or the statement is negated."""
        return self.stored.view("statements.sign")

    @cached_property
    def statuses(self) -> Any:
        """The status, by its code."""
        return self.stored.view("statements.status")

    @cached_property
    def sayable(self) -> Any:
        """1 where the statement may be repeated without its evidence."""
        return self.stored.view("statements.sayable")

    @cached_property
    def supporting(self) -> Any:
        """How many independent sources support the statement."""
        return self.stored.view("statements.supporting")

    @cached_property
    def disputing(self) -> Any:
        """How many independent sources dispute the statement."""
        return self.stored.view("statements.disputing")

    def weight(self, statement: int) -> Weight:
        """How weak a statement is as a link."""
        return Weight(_RANKS[self.statuses[statement]], -self.supporting[statement])

    @cached_property
    def settings(self) -> Any:
        """Where the sources that support the statement looked."""
        return _Settings(lambda n: settings(self.statements[n], self.words), len(self.ids))

    def with_statuses(self, statuses: Collection[str]) -> bytes:
        """1 for each statement that is not negated and has one of the statuses."""
        columns = (self.stored.array(f"statements.{n}") for n in ("status", "sayable", "negated"))
        return bytes(with_statuses(statuses, *columns).astype(np.uint8))

    @cached_property
    def hows(self) -> Any:
        """The different ways in which evidence was gained."""
        return frozenset(how[:5] for how in self._hows)

    @cached_property
    def _hows(self) -> list[How]:
        texts = self.stored.texts("hows")
        return [how_of(texts.raw(number)) for number in range(len(texts))]

    @cached_property
    def cited(self) -> frozenset[str]:
        """The sources that evidence comes from, by id."""
        ids = self.stored.texts("sources.id")
        return frozenset(map(ids.__getitem__, np.unique(self.stored.array("evidence.source"))))

    def having(self, test: Callable[[Evidence], bool]) -> bytes:
        """1 for each statement with a piece of evidence that passes a test."""
        return bytes(self.any_piece(self.passing(test)).astype(np.uint8))

    def passing(self, test: Callable[[Evidence], bool]) -> Numbers:
        """True for each piece of evidence that passes a test, by how it was gained."""
        passes = np.array(
            [
                [test(piece_gained(how, retracted=retracted)) for retracted in (False, True)]
                for how in self._hows
            ],
            bool,
        ).reshape(-1, 2)
        gone = self.stored.array("sources.retracted")[self.stored.array("evidence.source")]
        passed: Numbers = passes[self.stored.array("evidence.how"), gone]
        return passed

    def marked(self, marks: bytes) -> Iterator[Statement]:
        """The statements for which `marks` holds 1, in their order; they are not kept."""
        numbers = np.flatnonzero(np.frombuffer(marks, np.uint8)).tolist()
        return map(cast("Statements", self.statements).make, numbers)

    def best(self, statuses: Sequence[str]) -> Iterable[int]:
        """All statements, best supported first: by sources, by the order of `statuses`, by id."""
        rank = np.array([statuses.index(name) for name in STATUSES])
        place = np.empty(len(self.ids), np.int32)
        place[self.stored.array("statements.by_digest")] = np.arange(len(self.ids))
        standing = rank[self.stored.array("statements.status")]
        order = np.lexsort((place, standing, -self.stored.array("statements.supporting")))
        numbers: Iterable[int] = map(int, order)
        return numbers

    def piece_of(self, how: int) -> Evidence:
        """A piece of evidence that was gained so, of which no more is said."""
        return piece_gained(self._hows[how], retracted=False)

    def any_piece(self, marked: Numbers) -> Numbers:
        """True for each statement of which a piece of evidence is marked."""
        before = np.concatenate(([0], np.cumsum(marked)))[self.stored.array("statements.evidence")]
        return before[1:] > before[:-1]


class _Categories(Mapping[str, str]):
    """The categories of the entities that are described, by id."""

    def __init__(self, stored: Stored) -> None:
        self._names, self._stored = stored.manifest["categories"], stored
        self._ids = stored.texts("entities.id")

    @cached_property
    def _codes(self) -> Any:  # which a store for a while has not
        return self._stored.view("entities.category")

    def __getitem__(self, key: str) -> str:
        number = self._ids.number(key)
        if number < 0:
            raise KeyError(key)
        return str(self._names[self._codes[number]])

    def __iter__(self) -> Any:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def values(self) -> Any:
        """The different categories, each once."""
        return tuple(self._names)


def columns_of(stored: Stored) -> MappedColumns:
    """The columns of an open store."""
    return MappedColumns(
        cast("Any", stored.texts("entities.id")),
        cast("Any", stored.ids),
        cast("Any", Statements(stored)),
        cast(
            "Any", Described(stored.texts("sources.id"), stored.texts("sources.record"), source_of)
        ),
        words_of(stored.about),
        _Categories(stored),
        stored=stored,
    )
