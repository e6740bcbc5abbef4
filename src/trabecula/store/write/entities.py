"""Entities: their table, their records, and their names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from trabecula import progress
from trabecula.addresses import prefixes_of
from trabecula.model import Entity
from trabecula.regular import regular
from trabecula.store import arrays, layout
from trabecula.store.arrays import TextColumn
from trabecula.store.incoming import Numbers, entity_of, entity_text
from trabecula.store.write.draft import (
    Draft,
    ints,
    places,
    refuse_two_spellings,
    sorted_codes,
    texts_of,
)
from trabecula.store.write.search import Index
from trabecula.store.write.tables import Table, lines_of, take, words, write_arrow

#: Entities that are written at once.
MANY: Final = 1 << 16
#: What a record says, in the order of `entity_text`.
_Fields = list[Any]
_NAME, _CATEGORY, _TAXON, _DESCRIPTION, _SYNONYMS, _XREFS = range(6)


def write(draft: Draft) -> None:
    """Write the table and the arrays of entities, and the indexes of their names."""
    codes: list[Numbers] = []
    categories: dict[str, int] = {}
    table = Table(draft.folder, "entities")
    names, index = _Names(), Index(draft.arrays)
    with progress.phase("writing entities"):
        for start, records in _recorded(draft):
            ids = draft.entities.names[start : start + len(records)]
            table.write(partial(_columns, start, ids, records))
            coded = words([record[_CATEGORY] if record else "" for record in records])
            code = [categories.setdefault(n, len(categories)) for n in coded.dictionary.to_pylist()]
            codes.append(ints(code)[np.asarray(coded.indices)])
            names.add(start, ids, records)
            index.add(start, ids, records)
        draft.note(draft.entities.texts)
        table.close()
        draft.categories, place = sorted_codes(categories)
        codes.append(np.zeros(0, np.int32))
        arrays.write(draft.arrays / "entities.category.npy", place[np.concatenate(codes)], "i4")
        names.write(draft.arrays)
        index.close()


def write_records(draft: Draft) -> None:
    """Write the records of entities."""
    with progress.phase("writing entities"):
        for _ in _recorded(draft):
            pass


def _recorded(draft: Draft) -> Iterator[tuple[int, list[_Fields]]]:
    """Write the records of entities, each in its one spelling, many at a time.

    The number of the first comes back, and what the records say; empty where there is none.
    """
    pa, described = layout.arrow(), draft.incoming.described
    refuse_two_spellings(described, draft.incoming.entities, entity_of, draft.words)
    write_arrow(draft.arrays, "entities.id", draft.entities.texts)
    column = TextColumn(draft.arrays, "entities.record")
    place, every = places(described, draft.entities), texts_of(described.folder, described.name)
    spelling = _Spelling(draft)
    for start in range(0, len(place), MANY):
        portion = place[start : start + MANY]
        texts: list[bytes] = [b""] * len(portion)
        records: list[_Fields] = [[]] * len(portion)
        numbers = np.flatnonzero(portion >= 0)
        there = take(every, portion[numbers]).view(pa.large_binary()).to_pylist()
        fields = json.loads(b"[%b]" % b",".join(there))
        for at in spelling.others(fields):
            there[at] = spelling.regular(start + int(numbers[at]), there[at])
            fields[at] = json.loads(there[at])
        if len(numbers) == len(portion):
            texts, records = there, fields
        else:
            for at, text, record in zip(numbers.tolist(), there, fields, strict=True):
                texts[at], records[at] = text, record
        column.add(texts)
        yield start, records
    column.close()
    draft.counts["entities"] = len(draft.entities)
    draft.counts["described"] = len(described.last)


class _Spelling:
    """Tells which records are in their one spelling: few categories and taxa differ."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.words = draft, draft.words
        self._is_regular: dict[tuple[str, str], bool] = {}

    def others(self, records: Sequence[_Fields]) -> list[int]:
        """The places of records that need not be as a graph writes them.

        Of the others that can be told without their identifiers.
        """
        kinds = [(record[_CATEGORY], record[_TAXON]) for record in records]
        for kind in set(kinds) - self._is_regular.keys():
            entity = Entity(id="a", name="", category=kind[0], taxon=kind[1])
            self._is_regular[kind] = regular(entity, self.words) == entity
            if self._is_regular[kind]:
                self.draft.prefixes.update(prefixes_of([entity]))
        return [
            at
            for at, (kind, record) in enumerate(zip(kinds, records, strict=True))
            if record[_XREFS] or not self._is_regular[kind]
        ]

    def regular(self, number: int, text: bytes) -> bytes:
        """The record of an entity as a graph writes it."""
        record = regular(entity_of(str(self.draft.entities.texts[number]), text), self.words)
        self.draft.prefixes.update(prefixes_of([record]))
        return entity_text(cast("Entity", record))


def _columns(start: int, ids: list[str], records: list[_Fields]) -> dict[str, Any]:
    """The columns of a table; what nothing describes has its id for a name."""
    fields = [
        record or (name, "", "", "", (), ()) for name, record in zip(ids, records, strict=True)
    ]
    names, categories, taxa, descriptions, synonyms, xrefs = zip(*fields, strict=True)
    return {
        "number": np.arange(start, start + len(ids), dtype=np.int32),
        "id": ids,
        "name": names,
        "category": words(categories),
        "description": descriptions,
        "taxon": words(taxa),
        "synonyms": synonyms,
        "xrefs": [
            [dict(zip(("match", "curie", "label"), xref, strict=True)) for xref in some]
            if some
            else ()
            for some in xrefs
        ],
        "described": [bool(record) for record in records],
    }


class _Names:
    """The names of entities, case-folded, with their rank; see `names.Names`."""

    def __init__(self) -> None:
        #: By rank: id, name, synonym, exact identifier.
        self.names: tuple[list[Any], ...] = ([], [], [], [])
        self.numbers: tuple[list[Numbers], ...] = ([], [], [], [])

    def add(self, start: int, ids: list[str], records: list[_Fields]) -> None:
        """Take every name of those described; the first entity has the number `start`."""
        numbers = np.flatnonzero(np.fromiter(map(bool, records), bool, len(records)))
        described = [record for record in records if record]
        own = [ids[number] for number in numbers.tolist()]
        synonyms = [record[_SYNONYMS] for record in described]
        exact = [
            [curie for match, curie, _ in record[_XREFS] if match == "exact"]
            if record[_XREFS]
            else ()
            for record in described
        ]
        numbers += start
        self._take(0, own, numbers)
        self._take(1, [record[_NAME] for record in described], numbers)
        for rank, several in ((2, synonyms), (3, exact)):
            sizes = np.fromiter(map(len, several), np.int64, len(several))
            self._take(rank, [*chain.from_iterable(several)], numbers.repeat(sizes))

    def _take(self, rank: int, names: list[str], numbers: Numbers) -> None:
        self.names[rank].append(_folded(names))
        self.numbers[rank].append(numbers)

    def write(self, folder: Path) -> None:
        """Write them, sorted by name, then by rank and number, each once."""
        pa = layout.arrow()
        parts = [part for of in self.names for part in of]
        names = pa.concat_arrays([pa.array([], pa.large_string()), *parts])
        numbers = np.concatenate([np.zeros(0, np.int64), *(n for of in self.numbers for n in of)])
        ranks = np.repeat(np.arange(4, dtype=np.int8), [sum(map(len, of)) for of in self.names])
        # which keeps the order of those that are alike: by rank and number already
        order = np.asarray(pa.compute.sort_indices(names))
        names, ranks, numbers = names.take(pa.array(order)), ranks[order], numbers[order]
        again = np.zeros(len(names), bool)
        again[1:] = (ranks[1:] == ranks[:-1]) & (numbers[1:] == numbers[:-1])
        places = np.flatnonzero(again)
        same = pa.compute.equal(names.take(pa.array(places)), names.take(pa.array(places - 1)))
        again[places] = np.asarray(same)
        write_arrow(folder, "names.name", names.filter(pa.array(~again)))
        arrays.write(folder / "names.rank.npy", ranks[~again], "i1")
        arrays.write(folder / "names.entity.npy", numbers[~again], "i4")


def _folded(names: list[str]) -> Any:
    """Names without case, as Arrow has them."""
    text = "\n".join(names)
    if text.count("\n") >= max(len(names), 1):
        return layout.arrow().array(map(str.casefold, names), "large_string")
    # letter by letter, so that all go at once
    return lines_of(text.casefold().encode())[: len(names)].cast("large_string")
