"""The table of things in KGX, from the records of a store, many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from trabecula import associations
from trabecula.associations import Slots
from trabecula.model import Entity, Xref
from trabecula.store.converting.rows import MARKS, SLICE, Rows
from trabecula.store.incoming import entity_of
from trabecula.store.opening import Store
from trabecula.store.write.tables import take

#: Where these stand in what the record of an entity says.
_NAME, _DESCRIPTION, _SYNONYMS, _XREFS = 0, 3, 4, 5
#: What an entity has in common with others: category, taxon, whether it has a name, a description
#: and synonyms, and how it is matched elsewhere; empty for what nothing describes.
_Kind = tuple[Any, ...]


class Nodes(Rows):
    """The things of a store while they are written."""

    def __init__(self, store: Store, syntax: str) -> None:
        super().__init__(store, syntax, "nodes")
        self.ids = store.stored.texts("entities.id")
        self.records = store.stored.texts("entities.record")

    def written(self) -> Iterator[bytes | memoryview]:
        """All of them, in order, in a table with the columns that any of them has."""
        if self.syntax == "tsv":
            kinds = {_kind(record) for _, some in self._fields() for record in some}
            yield self.header(map(self._marked, sorted(kinds)))
        number_of: dict[_Kind, int] = {}
        parts: list[tuple[str, ...]] = []
        for start, some in self._fields():
            numbers = []
            for kind in map(_kind, some):
                number = number_of.get(kind)
                if number is None:
                    number = number_of[kind] = len(parts)
                    parts.append(self.parts(self._marked(kind)))
                numbers.append(number)
            alone = {
                place: self._alone(start + place)
                for place, record in enumerate(some)
                if record and record[_XREFS]
            }
            yield self.rows(
                self.around(parts), np.array(numbers, np.int32), self._own(start, some), alone
            )
            self.store.stored.let_go()

    def _fields(self) -> Iterator[tuple[int, list[Sequence[Any]]]]:
        """What the records of many say, as `entity_text` has it, with the number of the first.

        Empty where there is no record.
        """
        for start in range(0, len(self.ids), SLICE):
            numbers = np.arange(start, min(start + SLICE, len(self.ids)))
            texts = take(self.records, numbers).view(self.pa.large_binary()).to_pylist()
            yield start, json.loads(b"[%b]" % b",".join([text or b"[]" for text in texts]))

    def _own(self, start: int, some: list[Sequence[Any]]) -> list[Any]:
        """The columns of what stands at the marks."""
        pa, compute = self.pa, self.pa.compute
        ids = take(self.ids, np.arange(start, start + len(some))).cast(pa.string())
        described = pa.array(map(bool, some), pa.bool_())
        records = [record or ("",) * 4 + ((),) for record in some]
        names, descriptions = (
            pa.array([record[place] for record in records], pa.string())
            for place in (_NAME, _DESCRIPTION)
        )
        sizes = np.fromiter((len(record[_SYNONYMS]) for record in records), np.int32, len(records))
        synonyms = pa.array(
            [*chain.from_iterable(record[_SYNONYMS] for record in records)], pa.string()
        )
        first = pa.array(np.concatenate(([0], np.cumsum(sizes))).astype(np.int32))
        lists = pa.ListArray.from_arrays(first, self.members(synonyms))
        return [
            self.cells(self.curies(ids, "entity")),
            self.cells(compute.if_else(described, names, ids)),
            self.cells(descriptions),
            compute.binary_join(lists, self.between),
        ]

    def _alone(self, number: int) -> str:
        """The line of a thing that has identifiers elsewhere."""
        key = self.ids[number]
        entity = entity_of(key, self.records.raw(number))
        return self.line(associations.node(key, entity, self.store.words))

    def _marked(self, kind: _Kind) -> Slots:
        """What a thing of a kind becomes, with marks."""
        key, name, description, synonym, _ = MARKS
        entity = None
        if kind:
            category, taxon, is_named, is_described, has_synonyms, matches = kind
            entity = Entity(
                id=key, name=name * is_named, category=category, taxon=taxon,
                description=description * is_described, synonyms=(synonym,) * has_synonyms,
                xrefs=tuple([Xref(match, "") for match in matches]),
            )  # fmt: skip
        return {**associations.node(name, entity, self.store.words), "id": key}


def _kind(record: Sequence[Any]) -> _Kind:
    if not record:
        return ()
    name, category, taxon, description, synonyms, xrefs = record
    matches = tuple(sorted({match for match, _, _ in xrefs})) if xrefs else ()
    return category, taxon, bool(name), bool(description), bool(synonyms), matches
