"""The three views of a graph, read from the arrays of a store.

They are the same classes that a graph in memory has, so that what reasons, selects and tells works
on either; only what they hold is read where it is asked for, and what goes through everything does
so in arrays.
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
from trabecula.errors import require_text
from trabecula.influence import AGAINST, DOWN, Arcs, Influence
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.names import Names, ways
from trabecula.spelling import Spelling, spelling
from trabecula.store.arrays import Texts, ragged, view
from trabecula.store.ids import Ids
from trabecula.store.incoming import How, Numbers, how_of
from trabecula.store.records import KEPT, Described, Papers, Statements, piece_gained
from trabecula.store.searching import Index, holding
from trabecula.store.statuses import with_statuses
from trabecula.store.stored import Stored
from trabecula.vocabulary import STATUSES

#: The last rank of what an entity is called, before its identifiers elsewhere.
SYNONYM: Final = 2
#: By the code of a status how weak it makes a link.
_RANKS: Final = tuple(WEAKER[name] for name in STATUSES)
#: So many names are compared with an unknown one, one by one, which takes a third of a second.
FEW_NAMES: Final = 100_000
#: So many entities are looked at together, which pays for calling numpy.
_TOGETHER: Final = 64


# --- Columns ------------------------------------------------------------------------------------


def _view(values: Numbers, kind: str) -> Any:
    return view(np.ascontiguousarray(values, kind))


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


# --- Influence ----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class MappedArcs(Arcs):
    """Arcs on the disk; `entering` is where those to each entity begin, and which they are."""

    entering: Groups = field(kw_only=True)

    @property
    def into(self) -> Any:
        """The arcs that lead to each entity."""
        return self.entering

    @cached_property
    def _actors(self) -> Groups:
        members = np.asarray(self.entering.members)
        return Groups(self.entering.first, _view(np.asarray(self.starts)[members], "i4"))

    def after(self, entities: Collection[int]) -> set[int]:
        """The entities to which arcs from some others lead."""
        if len(entities) < _TOGETHER:
            return super().after(entities)
        return _members(Groups(self.first, self.ends), entities)

    def before(self, entities: Collection[int]) -> set[int]:
        """The entities from which arcs lead to some others."""
        if len(entities) < _TOGETHER:
            return super().before(entities)
        return _members(self._actors, entities)

    def count_after(self, entities: Collection[int]) -> int:
        """How many arcs start from some entities."""
        if len(entities) < _TOGETHER:
            return super().count_after(entities)
        return int(_sizes(self.first, entities)[1].sum())

    def count_before(self, entities: Collection[int]) -> int:
        """How many arcs lead to some entities."""
        if len(entities) < _TOGETHER:
            return super().count_before(entities)
        return int(_sizes(self.entering.first, entities)[1].sum())

    def only(self, kept: Sequence[int]) -> Arcs:
        """The arcs for which `kept` holds something true, by their number."""
        mask = np.frombuffer(bytes(kept), np.uint8) != 0
        if mask.all():
            return self
        before = np.concatenate(([0], np.cumsum(mask)))
        members = np.asarray(self.entering.members)
        entering = mask[members]
        passed = np.concatenate(([0], np.cumsum(entering)))
        into = Groups(
            _view(passed[np.asarray(self.entering.first)], "i8"),
            _view(before[members[entering]], "i4"),
        )
        columns = (
            (self.starts, "i4"), (self.ends, "i4"), (self.signs, "i1"), (self.kinds, "i1"),
            (self.statements, "i4"),
        )  # fmt: skip
        return MappedArcs(
            _view(before[np.asarray(self.first)], "i8"),
            *(_view(np.asarray(column)[mask], kind) for column, kind in columns),
            entering=into,
        )


def _sizes(first: Any, chosen: Collection[int]) -> tuple[Numbers, Numbers]:
    """Where some groups begin among the members, and how many each has."""
    starts, numbers = np.asarray(first), np.fromiter(chosen, np.int64, len(chosen))
    begin = starts[numbers]
    return begin, starts[numbers + 1] - begin


def _members(groups: Groups, chosen: Collection[int]) -> set[int]:
    """The members of many groups at once."""
    members = np.asarray(groups.members)[ragged(*_sizes(groups.first, chosen))]
    different: set[int] = set(np.unique(members).tolist())
    return different


@dataclass(frozen=True, eq=False)
class MappedInfluence(Influence):
    """Who acts on whom in a store."""

    @cached_property
    def arcs(self) -> Arcs:
        """All arcs, structure among them."""
        stored = cast("MappedColumns", self.columns).stored
        names = ("first", "starts", "ends", "signs", "kinds", "statements")
        into = Groups(stored.view("arcs.into.first"), stored.view("arcs.into.members"))
        return MappedArcs(*(stored.view(f"arcs.{name}") for name in names), entering=into)

    def following(self, kept: bytes, *, structure: bool = False, selves: bool = False) -> Arcs:
        """The arcs of the statements that are kept, `kept` being 1 for each of those."""
        arcs = self.arcs
        mask = np.frombuffer(kept, np.uint8)[np.asarray(arcs.statements)] != 0
        mask &= np.asarray(arcs.kinds) <= (DOWN if structure else AGAINST)
        if not selves:
            mask &= np.asarray(arcs.starts) != np.asarray(arcs.ends)
        return arcs.only(bytes(mask.astype(np.uint8)))


# --- Names --------------------------------------------------------------------------------------


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
