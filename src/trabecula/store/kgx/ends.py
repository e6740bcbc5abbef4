"""The ends of edges of KGX: things, each with the name that it has where it is met first."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from trabecula.mapping.records import Mapper
from trabecula.store import layout
from trabecula.store.incoming import Incoming, Numbers
from trabecula.store.kgx.columns import Numbered

#: Behind every place in a table.
_NOWHERE: Final = 1 << 62


class Ends:
    """The things that edges name, numbered as they are met, each by its text in the table."""

    def __init__(self, incoming: Incoming, mapper: Mapper) -> None:
        self.incoming, self.mapper, self.pa = incoming, mapper, layout.arrow()
        self.described = frozenset(mapper.entities) | mapper.elsewhere
        plain = [
            (identifier, code)
            for code, identifier in enumerate(incoming.entities.values)
            if identifier in mapper.elsewhere
        ]  # which edges call as they are called
        self._ids = self.pa.array([identifier for identifier, _ in plain], self.pa.string())
        self._texts = Numbered(self._ids)
        self.codes = np.array([code for _, code in plain], np.int32)  # of entities
        self._first = np.full(len(plain), _NOWHERE)  # where each is mentioned first
        #: The same of what was read by itself.
        self._mentions: dict[str, tuple[int, str]] = {}

    def numbers(
        self, subject: Any, object_: Any, taken: Numbers, lines: Numbers
    ) -> tuple[Numbers, Numbers]:
        """The numbers of the things in each row; of those taken it is noted where they stand.

        Both columns have one dictionary; `lines` are the numbers of the lines.
        """
        texts = subject.dictionary
        sides = [np.asarray(column.indices) for column in (subject, object_)]
        rows = np.flatnonzero(taken)[::-1]
        first = np.full(len(texts), _NOWHERE)
        for side, codes in enumerate(sides):
            there = np.full(len(texts), _NOWHERE)
            there[codes[rows]] = 2 * lines[rows] + side  # of several rows the first one stays
            np.minimum(first, there, out=first)
        used = np.flatnonzero(first < _NOWHERE)
        number = np.zeros(len(first), np.int64)
        number[used], new = self._texts.numbers(texts.take(self.pa.array(used)))
        if len(new):
            ids = [self.mapper.end(text) for text in new.to_pylist()]
            entity = [self.incoming.entities.code(identifier) for identifier in ids]
            self._ids = self.pa.concat_arrays([self._ids, self.pa.array(ids, self.pa.string())])
            self.codes = np.concatenate((self.codes, np.array(entity, np.int32)))
            self._first = np.concatenate((self._first, np.full(len(ids), _NOWHERE)))
        self._first[number[used]] = np.minimum(self._first[number[used]], first[used])
        return number[sides[0]], number[sides[1]]

    def in_order(
        self, subject: Numbers, object_: Numbers, rows: Numbers
    ) -> tuple[Numbers, Numbers]:
        """The ends of statements, those in some rows in the order of their ids."""
        subject_ids, object_ids = (
            self._ids.take(self.pa.array(side[rows])) for side in (subject, object_)
        )
        turned = rows[np.asarray(self.pa.compute.greater(subject_ids, object_ids))]
        subject, object_ = subject.copy(), object_.copy()
        subject[turned], object_[turned] = object_[turned], subject[turned]
        return subject, object_

    def mention(self, text: str, place: int) -> None:
        """Note where a thing that nothing describes is mentioned, which may give it its name."""
        identifier = self.mapper.end(text)
        if identifier not in self.described:
            earlier = self._mentions.get(identifier)
            if earlier is None or place < earlier[0]:
                self._mentions[identifier] = place, text

    def call(self) -> None:
        """Call each thing that nothing has named as it is called where it is mentioned first."""
        entities = self.mapper.entities
        if len(entities) + len(self.mapper.elsewhere) > len(self.described):
            rows = zip(
                self._ids.to_pylist(), self._texts.texts.to_pylist(), self._first.tolist(),
                strict=True,
            )  # fmt: skip
            for identifier, text, place in rows:
                if identifier not in self.described:
                    earlier = self._mentions.get(identifier)
                    if earlier is None or place < earlier[0]:
                        self._mentions[identifier] = place, text
        for identifier, (_, text) in self._mentions.items():
            self.mapper.call(identifier, text)
