"""The records of a store, each read from its arrays when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final, Generic, TypeVar, overload

import numpy as np

from trabecula.model import Context, Effect, Evidence, Review, Source, Statement
from trabecula.store.arrays import Texts
from trabecula.store.ids import Ids
from trabecula.store.incoming import TEXTS, How, Numbers, context_of, effect_of, how_of
from trabecula.store.stored import Stored

_T = TypeVar("_T")
#: Statements and entities that are kept once they have been read.
KEPT: Final = 1 << 16


class Described(Mapping[str, _T], Generic[_T]):
    """Records by id, in the order of their ids; each is read when it is asked for."""

    def __init__(self, ids: Texts, records: Texts, make: Callable[[str, bytes], _T]) -> None:
        self.ids, self.records = ids, records
        self._made = lru_cache(KEPT)(lambda number: make(ids[number], records.raw(number)))

    def __getitem__(self, key: str) -> _T:
        number = self.number(key)
        if number < 0:
            raise KeyError(key)
        return self._made(number)

    def number(self, key: str) -> int:
        """The number of the record with an id; -1 where nothing describes it."""
        number = self.ids.number(key)
        return number if number >= 0 and self._is_described(number) else -1

    def at(self, number: int) -> _T | None:
        """The record with this number; None where nothing describes it."""
        return self._made(number) if self._is_described(number) else None

    def _is_described(self, number: int) -> bool:
        return self.records.says(number)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.number(key) >= 0

    def unlike(self, other: object) -> list[str] | None:
        """The ids of records that another store has not, or not so; None of another mapping."""
        if not isinstance(other, Described):
            return None
        from trabecula.store.comparing import unlike_texts

        numbers = unlike_texts((self.ids, self.records), (other.ids, other.records))
        return [self.ids[number] for number in numbers]

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of those that are described."""
        return np.flatnonzero(np.diff(self.records.first))

    def __iter__(self) -> Iterator[str]:
        return map(self.ids.__getitem__, self.numbers.tolist())

    def __len__(self) -> int:
        return len(self.numbers)


class Statements(Sequence[Statement]):
    """The statements by number, each read when it is asked for; so many that were are `kept`."""

    def __init__(self, stored: Stored, kept: int = KEPT) -> None:
        self._stored = stored
        self._ends = stored.view("statements.subject"), stored.view("statements.object")
        self._predicate = stored.view("statements.predicate")
        self._count = len(self._predicate)
        self._qualifiers = stored.view("statements.qualifiers")
        self._topic = stored.view("statements.topic")
        self._negated = stored.view("statements.negated")
        self.first = stored.view("statements.evidence")
        self.source, self.how = stored.view("evidence.source"), stored.view("evidence.how")
        self._summary, self._locator, self._effect = (
            stored.texts(f"evidence.{name}") for name in TEXTS
        )
        entities, self._sources = stored.texts("entities.id"), stored.texts("sources.id")
        self._paper = stored.view("sources.paper")
        self.retracted = stored.view("sources.retracted")
        contexts, hows = stored.texts("contexts"), stored.texts("hows")
        self.context: Callable[[int], Context] = lru_cache(None)(
            lambda n: context_of(contexts.raw(n))
        )
        self.how_of: Callable[[int], How] = lru_cache(None)(lambda n: how_of(hows.raw(n)))
        self.hows = hows
        self._predicates, self._topics = stored.manifest["predicates"], stored.manifest["topics"]
        # What comes again and again is read once: who goes through everything waits for it.
        self._entity = lru_cache(kept)(entities.__getitem__)
        self._cited = lru_cache(kept)(self._described_source)
        self._untold = lru_cache(kept)(self._told)
        self._made = lru_cache(kept)(self.make)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Statement: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Statement, ...]: ...
    def __getitem__(self, number: int | slice) -> Statement | tuple[Statement, ...]:
        if isinstance(number, slice):
            return tuple(self[each] for each in range(*number.indices(self._count)))
        if number < 0:
            number += self._count
        if not 0 <= number < self._count:
            raise IndexError(number)
        return self._made(number)

    def __iter__(self) -> Iterator[Statement]:
        return map(self.make, range(len(self)))  # what is gone through is not kept

    def make(self, number: int) -> Statement:
        """The statement with this number, read anew."""
        subject, object_ = self._ends
        return Statement(
            subject=self._entity(subject[number]),
            predicate=self._predicates[self._predicate[number]],
            object=self._entity(object_[number]),
            qualifiers=self.context(self._qualifiers[number]),
            negated=bool(self._negated[number]),
            topic=self._topics[self._topic[number]],
            evidence=tuple(map(self.piece, range(self.first[number], self.first[number + 1]))),
            reviews=self._reviewed(number),
        )

    def _reviewed(self, number: int) -> tuple[Review, ...]:
        reviews = self._stored.reviews
        return reviews.get(self._stored.ids[number], ()) if reviews else ()

    def kind_of_piece(self, how: int) -> Evidence:
        """A piece of evidence that was gained so, of which no more is said."""
        return piece_gained(self.how_of(how), retracted=False)

    def piece(self, number: int) -> Evidence:
        """The piece of evidence with this number."""
        source, how = self.source[number], self.how[number]
        if not (
            self._summary.says(number) or self._locator.says(number) or self._effect.says(number)
        ):
            return self._untold(source, how)
        return self._told(
            source, how, self._summary[number], self._locator[number],
            effect_of(self._effect.raw(number)),
        )  # fmt: skip

    def _told(
        self,
        source: int,
        how: int,
        summary: str = "",
        locator: str = "",
        effect: Effect | None = None,
    ) -> Evidence:
        """A piece of evidence of a source that was gained so, with what is told of it."""
        name, retracted, paper = self._cited(source)
        stance, strength, method, species, system, context = self.how_of(how)
        return Evidence(
            source=name, stance=stance, strength=strength, method=method, species=species,
            system=system, context=context, summary=summary, locator=locator, effect=effect,
            retracted=retracted, paper=paper,
        )  # fmt: skip

    def _described_source(self, source: int) -> tuple[str, bool, str]:
        """The id of a source, whether it was retracted, and the paper that it is, if another."""
        paper = self._paper[source]
        other = "" if paper == source else self._sources[paper]
        return self._sources[source], bool(self.retracted[source]), other


class ById(Mapping[str, Statement]):
    """The statements by id; the first sixteen digits, as trabecula 0.1 had them, find one too."""

    def __init__(self, ids: Ids, statements: Statements) -> None:
        self._ids, self._statements = ids, statements

    def __getitem__(self, key: str) -> Statement:
        number = self._ids.number(key)
        if number < 0 and len(key) == 16:  # as `numbered.Numbered`
            places = self._ids.beginning(f"s{key}")
            number = min(map(self._ids.sorted, places)) if places else -1
        if number < 0:
            raise KeyError(key)
        return self._statements[number]

    def __contains__(self, key: object) -> bool:
        return key in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def values(self) -> Any:
        """The statements, in their order."""
        return self._statements

    def items(self) -> Any:
        """The statements with their ids, in their order."""
        return _Pairs(self._ids, self._statements)


class _Pairs(Sequence[tuple[str, Statement]]):
    def __init__(self, ids: Ids, statements: Statements) -> None:
        self._ids, self._statements = ids, statements

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, number: Any) -> Any:
        return self._ids[number], self._statements[number]

    def __iter__(self) -> Iterator[tuple[str, Statement]]:
        return zip(self._ids, self._statements, strict=True)


class Papers(Mapping[str, str]):
    """By each identifier of a source one text of it: the paper that it is, or as what it counts.

    Only those that are not simply their own stand in the store.
    """

    def __init__(self, stored: Stored, name: str, sources: Described[Source]) -> None:
        self._names, self._texts = stored.texts("papers.name"), stored.texts(f"papers.{name}")
        self._sources = sources

    def __getitem__(self, key: str) -> str:
        place = self._names.number(key) if len(self._names) else -1
        if place >= 0:
            return self._texts[place]
        if key in self._sources:
            return key
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        yield from self._names
        named = set(self._names)
        yield from (key for key in self._sources if key not in named)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def piece_gained(how: How, *, retracted: bool) -> Evidence:
    """A piece of evidence that was gained so, of which no more is said."""
    stance, strength, method, species, system, context = how
    return Evidence(
        source="", stance=stance, strength=strength, method=method, species=species,
        system=system, context=context, retracted=retracted,
    )  # fmt: skip
