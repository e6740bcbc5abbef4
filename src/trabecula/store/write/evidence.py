"""Evidence: how it was gained, each row once and in order, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trabecula.model import Evidence
from trabecula.store import arrays
from trabecula.store.arrays import Texts, ragged
from trabecula.store.incoming import How, Numbers, effect_of
from trabecula.store.sorting import order
from trabecula.store.write.draft import Draft
from trabecula.store.write.tables import take
from trabecula.vocabulary import STATUSES

#: What a piece of evidence is for the status of its statement, as bits.
_ASSERTED, _DISPUTED, _TITLE, _READ, _COUNTS, _FOR, _AGAINST = (1 << bit for bit in range(7))
_STANCE_ORDER: Final = {"disputes": 0, "qualifies": 1, "supports": 2}


# --- How it was gained --------------------------------------------------------------------------


@dataclass(frozen=True)
class Hows:
    """How evidence was gained, in the order of its texts."""

    rows: list[How]
    number: Numbers  # by the code that it came in with

    def bits(self) -> Numbers:
        """What evidence of each kind is for the status of its statement."""
        return np.array([_bits(*how[:2]) for how in self.rows], np.uint8)

    def stances(self) -> Numbers:
        """The stance of each, as evidence is sorted by it."""
        return np.array([_STANCE_ORDER.get(how[0], 3) for how in self.rows], np.int64)

    def of_titles(self) -> Numbers:
        """True for each that rests on a title."""
        return np.array([how[1] == "title-only" for how in self.rows], bool)


def _bits(stance: str, strength: str) -> int:
    sides = {"supports": _FOR, "disputes": _AGAINST}.get(stance, 0)
    if strength == "asserted":
        return _COUNTS | sides | _ASSERTED
    if stance == "disputes":
        return _COUNTS | sides | _DISPUTED
    if stance == "supports":
        return _COUNTS | sides | (_TITLE if strength == "title-only" else _READ)
    return _COUNTS


# --- Each row once and in order -----------------------------------------------------------------


@dataclass(frozen=True)
class Incomers:
    """The evidence of statements as it came in: that of a row of theirs from `first` on."""

    first: Numbers
    columns: dict[str, Numbers]
    texts: dict[str, Texts]


@dataclass(frozen=True)
class Pieces:
    """Pieces of evidence, sorted by statement, each a row."""

    first: Numbers  # by statement, and where the last one ends
    source: Numbers
    how: Numbers
    summary: Any
    locator: Any
    effect: Any


class Sorter:
    """Puts the evidence of statements in the order of the graph."""

    def __init__(self, draft: Draft, incoming: Incomers, hows: Hows) -> None:
        self.sources, self.incoming, self.hows = draft.sources, incoming, hows
        self.stances = hows.stances()

    def pieces(self, rows: Numbers, number: Numbers, count: int) -> Pieces:
        """The evidence of so many statements, each row once.

        `rows` are rows of statements as they came in, `number` the statement that each is of.
        """
        incoming = self.incoming
        starts = incoming.first[rows]
        sizes = arrays.taken(incoming.first, rows + 1) - starts
        places = ragged(starts, sizes)
        statement = np.repeat(number, sizes)
        source = self.sources.numbers[arrays.taken(incoming.columns["source"], places)]
        how = self.hows.number[arrays.taken(incoming.columns["how"], places)]
        key = statement.astype(np.int64) * max(len(self.sources), 1)
        key += source
        key *= 4
        key += self.stances[how]
        if np.any(key[1:] <= key[:-1]):
            kept = order(key)
            key, places = key[kept], places[kept]
            if np.any(key[1:] == key[:-1]):
                once = self._once(key, places, source[kept], how[kept])
                kept, places = kept[once], places[once]
            statement, source, how = statement[kept], source[kept], how[kept]
        texts = [take(of, places) for of in incoming.texts.values()]
        for of in incoming.texts.values():
            arrays.let_go(of.data)
            arrays.let_go(of.first)
        first = np.concatenate(([0], np.cumsum(np.bincount(statement, minlength=count))))
        return Pieces(first, source, how, *texts)

    def _once(self, key: Numbers, places: Numbers, source: Numbers, how: Numbers) -> Numbers:
        """The places of rows to keep of those sorted by `key`, in order: each different row once.

        Rows of one source and stance on one statement come in the order of their digests.
        """
        same = key[1:] == key[:-1]
        involved = np.flatnonzero(np.concatenate((same, [False])) | np.concatenate(([False], same)))
        texts = [
            take(of, places[involved]).dictionary_encode() for of in self.incoming.texts.values()
        ]
        codes = [np.asarray(text.indices) for text in texts]
        ordered = np.lexsort((*codes, how[involved], key[involved]))
        columns = [column[ordered] for column in (key[involved], how[involved], *codes)]
        differs = np.zeros(len(ordered), bool)
        differs[:1] = True
        for column in columns:
            differs[1:] |= column[1:] != column[:-1]
        distinct = ordered[differs]  # places among those involved, by key
        keys = key[involved[distinct]]
        if np.any(keys[1:] == keys[:-1]):
            distinct = self._by_digest(distinct, keys, involved, source, how, texts)
        alone = np.ones(len(key), bool)
        alone[involved] = False
        kept = np.concatenate((np.flatnonzero(alone), involved[distinct]))
        # a stable sort by key keeps what was put in order by digest
        return kept[np.argsort(key[kept], kind="stable")]

    def _by_digest(
        self, distinct: Numbers, keys: Numbers, involved: Numbers, source: Numbers, how: Numbers,
        texts: list[Any],
    ) -> Numbers:  # fmt: skip
        """Rows that are alike in source and stance, in the order of their digests."""
        ids, hows = self.sources.texts, self.hows.rows

        def digest(place: int) -> str:
            there = involved[place]
            stance, strength, method, species, system, context = hows[how[there]]
            summary, locator, effect = (str(text[place]) for text in texts)
            return Evidence(
                source=str(ids[source[there]]), stance=stance, strength=strength, method=method,
                species=species, system=system, context=context, summary=summary, locator=locator,
                effect=effect_of(effect.encode()),
            ).digest  # fmt: skip

        again = keys[1:] == keys[:-1]
        tied = np.concatenate((again, [False])) | np.concatenate(([False], again))
        made = [
            digest(place) if is_tied else ""
            for place, is_tied in zip(distinct.tolist(), tied.tolist(), strict=True)
        ]
        return distinct[sorted(range(len(distinct)), key=lambda n: (keys[n], made[n]))]


# --- What it comes to ---------------------------------------------------------------------------


class Scales:
    """Weighs the evidence of many statements at once, as `standing` has it for each."""

    def __init__(self, draft: Draft, hows: Hows) -> None:
        self.retracted, self.counted = draft.retracted, draft.counted
        self.bits, self.of_titles = hows.bits(), hows.of_titles()
        self.status_of, self.sayable_of = _by_bits()
        #: Whether every source counts by itself, so that evidence is sorted by who counts.
        self.is_plain = len(np.unique(self.counted)) == len(self.counted)

    def weigh(self, pieces: Pieces) -> dict[str, Numbers]:
        """The columns `status`, `sayable`, `supporting` and `disputing` of statements."""
        count, first = len(pieces.first) - 1, pieces.first
        rows = self.bits[pieces.how] if len(pieces.how) else np.zeros(0, np.uint8)
        rows = np.where(self.retracted[pieces.source] != 0, 0, rows).astype(np.uint8)
        bits = np.zeros(count, np.uint8)
        some = first[1:] > first[:-1]
        if some.any():
            bits[some] = np.bitwise_or.reduceat(rows, first[:-1][some])
        disputed = rows & _DISPUTED != 0
        of_title = self.of_titles[pieces.how] if len(self.of_titles) else disputed
        return {
            "status": self.status_of[bits],
            "sayable": np.where(some, self.sayable_of[bits], 1).astype(np.int8),
            "supporting": self._independent(pieces, rows & _READ != 0, rows & _TITLE != 0),
            "disputing": self._independent(pieces, disputed & ~of_title, disputed & of_title),
        }

    def _independent(self, pieces: Pieces, read: Numbers, title: Numbers) -> Numbers:
        """How many independent sources take a stance on each; titles count where none was read."""
        reading = self._different(pieces, read)
        titles = self._different(pieces, title)
        return np.where(reading > 0, reading, titles).astype(np.int32)

    def _different(self, pieces: Pieces, marked: Numbers) -> Numbers:
        """How many sources that count apart are among the marked pieces of each statement."""
        count = len(pieces.first) - 1
        if not marked.any():
            return np.zeros(count, np.int64)
        statement = np.repeat(np.arange(count), np.diff(pieces.first))[marked]
        counted = self.counted[pieces.source[marked]]
        most = int(counted.max()) + 1
        key = statement * most + counted
        if not self.is_plain:
            key.sort()
            statement = key // most
        new = np.ones(len(key), bool)
        new[1:] = key[1:] != key[:-1]
        return np.bincount(statement[new], minlength=count)


def _by_bits() -> tuple[Numbers, Numbers]:
    """Status and sayability by the bits of all evidence of a statement, as `standing` has them."""
    status, sayable = np.zeros(128, np.int8), np.zeros(128, np.int8)
    names = tuple(STATUSES)
    for bits in range(128):
        supported = bits & (_READ | _TITLE)
        if bits & _DISPUTED:
            name = "contested" if supported else "refuted"
        elif bits & _READ:
            name = "supported"
        elif bits & _TITLE:
            name = "title-only"
        else:
            name = "asserted-only" if bits & _ASSERTED else "no-evidence"
        only_against = bits & (_FOR | _AGAINST) == _AGAINST
        status[bits] = names.index(name)
        sayable[bits] = bool(bits & _COUNTS) and not only_against and name != "refuted"
    return status, sayable
