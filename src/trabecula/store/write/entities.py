"""Entities: their table, their records, and the index of their names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from trabecula import progress
from trabecula.addresses import prefixes_of
from trabecula.model import Entity
from trabecula.regular import regular
from trabecula.store import arrays, layout
from trabecula.store.arrays import TextColumn, Texts
from trabecula.store.incoming import entity_of, entity_text
from trabecula.store.write.draft import (
    Draft,
    ints,
    places,
    refuse_two_spellings,
    sorted_codes,
    texts_of,
)
from trabecula.store.write.tables import add_arrow, words
from trabecula.vocabulary import Vocabulary

#: Entities that are written at once.
MANY: Final = 1 << 16
#: What a record says, in the order of `entity_text`.
_Said = list[Any]
_NAME, _CATEGORY, _TAXON, _DESCRIPTION, _SYNONYMS, _XREFS = range(6)


def write(draft: Draft) -> None:
    """Write the table and the arrays of entities, and the index of their names."""
    ids = TextColumn(draft.arrays, "entities.id")
    records = TextColumn(draft.arrays, "entities.record")
    codes: list[int] = []
    categories: dict[str, int] = {}
    table = draft.table(draft.folder, "entities")
    index = _Names()
    reader = _Reader(draft)
    with progress.phase("writing entities"):
        for start in range(0, len(draft.entities.names), MANY):
            names = draft.entities.names[start : start + MANY]
            texts, said = reader.read(range(start, start + len(names)))
            ids.add([name.encode() for name in names])
            records.add(texts)
            draft.note(names)
            codes.extend(categories.setdefault(one[_CATEGORY], len(categories)) for one in said)
            described = [bool(text) for text in texts]
            index.add(start, names, said, described)
            table.write(partial(_columns, start, names, said, described))
        draft.prefixes |= reader.prefixes
        ids.close()
        records.close()
        table.close()
        draft.categories, place = sorted_codes(categories)
        arrays.write(draft.arrays / "entities.category.npy", place[ints(codes)], "i4")
        index.write(draft.arrays)
    draft.counts["entities"] = len(draft.entities.names)
    draft.counts["described"] = len(draft.incoming.described.last)


class _Reader:
    """Reads the records of entities, each in its one spelling."""

    def __init__(self, draft: Draft) -> None:
        incoming = draft.incoming
        refuse_two_spellings(incoming.described, incoming.entities, entity_of, draft.words)
        self.names = draft.entities.names
        self.places = places(incoming.described, draft.entities)
        self.texts: Texts = texts_of(incoming.described.folder, incoming.described.name)
        self.spelling = _Spelling(draft.words)
        self.prefixes: set[str] = set()

    def read(self, numbers: range) -> tuple[list[bytes], list[_Said]]:
        """The records as texts, and what they say; an empty text where nothing describes it."""
        raw = self.texts.raw
        found = self.places[numbers.start : numbers.stop].tolist()
        texts = [raw(place) if place >= 0 else b"" for place in found]
        rows: list[_Said] = json.loads(b"[%b]" % b",".join(filter(None, texts)))
        read = iter(rows)
        said = []
        for at, number in enumerate(numbers):
            if not texts[at]:
                said.append([self.names[number], "", "", "", (), ()])
                continue
            one = next(read)
            if one[_XREFS] or not self.spelling.is_the_one(one[_CATEGORY], one[_TAXON]):
                record = entity_of(self.names[number], texts[at])
                record = cast("Entity", regular(record, self.spelling.words))
                self.prefixes.update(prefixes_of([record]))
                texts[at] = entity_text(record)
                one = json.loads(texts[at])
            said.append(one)
        self.prefixes |= self.spelling.prefixes
        return texts, said


class _Spelling:
    """Tells which categories and taxa are in their one spelling: there are few of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.words = vocabulary
        self.prefixes: set[str] = set()
        self._known: dict[tuple[str, str], bool] = {}

    def is_the_one(self, category: str, taxon: str) -> bool:
        """Whether both are written as a graph writes them."""
        found = self._known.get((category, taxon))
        if found is None:
            one = Entity(id="a", name="", category=category, taxon=taxon)
            found = self._known[category, taxon] = regular(one, self.words) == one
            if found:
                self.prefixes.update(prefixes_of([one]))
        return found


def _columns(
    start: int, ids: list[str], said: list[_Said], described: list[bool]
) -> dict[str, Any]:
    return {
        "number": np.arange(start, start + len(ids), dtype=np.int32),
        "id": ids,
        "name": [one[_NAME] for one in said],
        "category": words([one[_CATEGORY] for one in said]),
        "description": [one[_DESCRIPTION] for one in said],
        "taxon": words([one[_TAXON] for one in said]),
        "synonyms": [one[_SYNONYMS] for one in said],
        "xrefs": [
            [dict(zip(("match", "curie", "label"), xref, strict=True)) for xref in one[_XREFS]]
            for one in said
        ],
        "described": described,
    }


class _Names:
    """The names of entities, case-folded, with their rank; see `names.Names`."""

    def __init__(self) -> None:
        #: By rank: id, name, synonym, exact identifier.
        self.names: tuple[list[str], ...] = ([], [], [], [])
        self.numbers: tuple[list[int], ...] = ([], [], [], [])

    def add(self, start: int, ids: list[str], said: list[_Said], described: Iterable[bool]) -> None:
        """Take every name of those described; the first entity has the number `start`."""
        numbers = [start + at for at, is_there in enumerate(described) if is_there]
        rows = [said[number - start] for number in numbers]
        for rank, names in enumerate(
            ((ids[number - start] for number in numbers), (one[_NAME] for one in rows))
        ):
            self.names[rank].extend(map(str.casefold, names))
            self.numbers[rank].extend(numbers)
        for number, one in zip(numbers, rows, strict=True):
            if one[_SYNONYMS]:
                self._several(2, number, one[_SYNONYMS])
            if one[_XREFS]:
                exact = (curie for match, curie, _ in one[_XREFS] if match == "exact")
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
        column = TextColumn(folder, "names.name")
        add_arrow(column, names.take(order))
        column.close()
        sorted_ = np.asarray(order)
        arrays.write(folder / "names.rank.npy", ranks[sorted_], "i1")
        arrays.write(folder / "names.entity.npy", numbers[sorted_], "i4")
