"""Entities: their table, their records, and the index of their names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from trabecula import progress
from trabecula.addresses import prefixes_of
from trabecula.model import Entity
from trabecula.regular import regular
from trabecula.store import arrays, layout
from trabecula.store.arrays import TextColumn
from trabecula.store.incoming import entity_of, entity_text
from trabecula.store.write.draft import (
    Draft,
    ints,
    places,
    refuse_two_spellings,
    sorted_codes,
    texts_of,
)
from trabecula.store.write.tables import Table, take, words, write_arrow

#: Entities that are written at once.
MANY: Final = 1 << 16
#: What a record says, in the order of `entity_text`.
_Fields = list[Any]
_NAME, _CATEGORY, _TAXON, _DESCRIPTION, _SYNONYMS, _XREFS = range(6)


def write(draft: Draft) -> None:
    """Write the table and the arrays of entities, and the index of their names."""
    codes: list[int] = []
    categories: dict[str, int] = {}
    table = Table(draft.folder, "entities")
    index = _Names()
    with progress.phase("writing entities"):
        for start, described, rows in _recorded(draft):
            names = draft.entities.names[start : start + len(described)]
            read = iter(rows)
            records: list[_Fields] = [
                next(read) if is_there else [name, "", "", "", (), ()]
                for name, is_there in zip(names, described, strict=True)
            ]
            codes.extend(
                categories.setdefault(record[_CATEGORY], len(categories)) for record in records
            )
            index.add(start, names, records, described)
            table.write(partial(_columns, start, names, records, described))
        draft.note(draft.entities.texts)
        table.close()
        draft.categories, place = sorted_codes(categories)
        arrays.write(draft.arrays / "entities.category.npy", place[ints(codes)], "i4")
        index.write(draft.arrays)


def write_records(draft: Draft) -> None:
    """Write the records of entities."""
    with progress.phase("writing entities"):
        for _ in _recorded(draft):
            pass


def _recorded(draft: Draft) -> Iterator[tuple[int, list[bool], list[_Fields]]]:
    """Write the records of entities, each in its one spelling, many at a time.

    The number of the first comes back, which of them are described, and what those records say.
    """
    pa, described = layout.arrow(), draft.incoming.described
    refuse_two_spellings(described, draft.incoming.entities, entity_of, draft.words)
    write_arrow(draft.arrays, "entities.id", draft.entities.texts)
    records = TextColumn(draft.arrays, "entities.record")
    place, texts = places(described, draft.entities), texts_of(described.folder, described.name)
    spelling = _Spelling(draft)
    for start in range(0, len(place), MANY):
        portion = place[start : start + MANY]
        is_there = portion >= 0
        texts_here: list[bytes] = take(texts, portion[is_there]).view(pa.large_binary()).to_pylist()
        rows: list[_Fields] = json.loads(b"[%b]" % b",".join(texts_here))
        for at, number in enumerate(np.flatnonzero(is_there).tolist()):
            if not spelling.is_the_one(rows[at]):
                texts_here[at] = spelling.regular(start + number, texts_here[at])
                rows[at] = json.loads(texts_here[at])
        sizes = np.zeros(len(portion), np.int64)
        sizes[is_there] = np.fromiter(map(len, texts_here), np.int64, len(texts_here))
        records.raw(b"".join(texts_here), sizes)
        yield start, is_there.tolist(), rows
    records.close()
    draft.counts["entities"] = len(draft.entities)
    draft.counts["described"] = len(described.last)


class _Spelling:
    """Tells which records are in their one spelling: few categories and taxa differ."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.words = draft, draft.words
        self._judged: dict[tuple[str, str], bool] = {}

    def is_the_one(self, record: _Fields) -> bool:
        """Whether a record is as a graph writes it, which can be told without identifiers."""
        key = record[_CATEGORY], record[_TAXON]
        is_regular = self._judged.get(key)
        if is_regular is None:
            entity = Entity(id="a", name="", category=key[0], taxon=key[1])
            is_regular = self._judged[key] = regular(entity, self.words) == entity
            if is_regular:
                self.draft.prefixes.update(prefixes_of([entity]))
        return is_regular and not record[_XREFS]

    def regular(self, number: int, text: bytes) -> bytes:
        """The record of an entity as a graph writes it."""
        record = regular(entity_of(str(self.draft.entities.texts[number]), text), self.words)
        self.draft.prefixes.update(prefixes_of([record]))
        return entity_text(cast("Entity", record))


def _columns(
    start: int, ids: list[str], records: list[_Fields], described: list[bool]
) -> dict[str, Any]:
    return {
        "number": np.arange(start, start + len(ids), dtype=np.int32),
        "id": ids,
        "name": [record[_NAME] for record in records],
        "category": words([record[_CATEGORY] for record in records]),
        "description": [record[_DESCRIPTION] for record in records],
        "taxon": words([record[_TAXON] for record in records]),
        "synonyms": [record[_SYNONYMS] for record in records],
        "xrefs": [
            [dict(zip(("match", "curie", "label"), xref, strict=True)) for xref in record[_XREFS]]
            for record in records
        ],
        "described": described,
    }


class _Names:
    """The names of entities, case-folded, with their rank; see `names.Names`."""

    def __init__(self) -> None:
        #: By rank: id, name, synonym, exact identifier.
        self.names: tuple[list[str], ...] = ([], [], [], [])
        self.numbers: tuple[list[int], ...] = ([], [], [], [])

    def add(
        self, start: int, ids: list[str], records: list[_Fields], described: Iterable[bool]
    ) -> None:
        """Take every name of those described; the first entity has the number `start`."""
        numbers = [start + at for at, is_there in enumerate(described) if is_there]
        rows = [records[number - start] for number in numbers]
        for rank, names in enumerate(
            ((ids[number - start] for number in numbers), (row[_NAME] for row in rows))
        ):
            self.names[rank].extend(map(str.casefold, names))
            self.numbers[rank].extend(numbers)
        for number, record in zip(numbers, rows, strict=True):
            if record[_SYNONYMS]:
                self._several(2, number, record[_SYNONYMS])
            if record[_XREFS]:
                exact = (curie for match, curie, _ in record[_XREFS] if match == "exact")
                self._several(3, number, exact)

    def _several(self, rank: int, number: int, texts: Iterable[str]) -> None:
        folded = dict.fromkeys(map(str.casefold, texts))
        self.names[rank].extend(folded)
        self.numbers[rank].extend([number] * len(folded))

    def write(self, folder: Path) -> None:
        """Write them, sorted by name, then by rank and number."""
        pa = layout.arrow()
        names = pa.array([name.encode() for of in self.names for name in of], pa.large_binary())
        numbers = ints(number for of in self.numbers for number in of)
        ranks = np.repeat(np.arange(4, dtype=np.int8), [len(of) for of in self.numbers])
        # which keeps the order of those that are alike: by rank and number already
        order = pa.compute.sort_indices(names)
        write_arrow(folder, "names.name", names.take(order))
        sorted_ = np.asarray(order)
        arrays.write(folder / "names.rank.npy", ranks[sorted_], "i1")
        arrays.write(folder / "names.entity.npy", numbers[sorted_], "i4")
