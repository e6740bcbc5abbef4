"""What follows, on a store: the rules of `reason`, with what they ask of everything in arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import cast

import numpy as np

from trabecula.columns import Columns
from trabecula.quantities import Quantities
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.sayings import Sayings, tier_of
from trabecula.standing import only_observed, supporting
from trabecula.store.views import MappedColumns, Statements
from trabecula.vocabulary import STATUSES, kin

_NO_EVIDENCE = tuple(STATUSES).index("no-evidence")
_REFUTED = tuple(STATUSES).index("refuted")


class MappedSayings(Sayings):
    """What the statements of a store say; of evidence only the kinds are looked at."""

    def __init__(self, columns: MappedColumns, quantities: Quantities, kept: bytes) -> None:
        super().__init__(columns, quantities, kept)
        self.statements = cast("Statements", columns.statements)
        self._objects = columns.stored.array("statements.object")
        self._subjects = columns.stored.array("statements.subject")
        self._negated = columns.stored.view("statements.negated")
        self._qualifiers = columns.stored.view("statements.qualifiers")
        self._kinds: dict[tuple[int, ...], tuple[int, bool]] = {}

    def _touching(self, name: int, end: int, *, forward: bool) -> Sequence[int]:
        columns = self.columns
        numbers = (columns.by_subject if forward else columns.by_object)[name]
        if end < 0:
            return numbers
        others = self._objects if forward else self._subjects
        among = np.asarray(numbers, np.int64)
        there = np.isin(others[among], np.asarray(self.quantities.names(end)))
        found: list[int] = among[there].tolist()
        return found

    def _heard(self, number: int) -> bool:
        if not self.kept[number]:
            return False
        first = self.statements.first
        silent = self.columns.statuses[number] == _NO_EVIDENCE
        return not (silent and first[number + 1] > first[number])

    def _not_so(self, start: int) -> Iterator[tuple[int, int, int]]:
        columns, quantities = self.columns, self.quantities
        for name in quantities.names(start):
            for number in columns.by_subject[name]:
                if columns.statuses[number] == _REFUTED or self._negated[number]:
                    row = self._rows[columns.predicates.codes[number]]
                    end = columns.objects[number]
                    sign = row.sign * quantities.ways[name] * quantities.ways[end]
                    yield number, quantities.of[end], sign

    def _tier(self, number: int) -> tuple[int, bool]:
        one = self.statements
        pieces = range(one.first[number], one.first[number + 1])
        status = self.columns.statuses[number]
        key = (status, *sorted({one.how[n] for n in pieces if not one.retracted[one.source[n]]}))
        found = self._kinds.get(key)
        if found is None:
            rows = supporting(map(one.kind_of_piece, key[1:]))
            found = tier_of(self.columns.status(number), rows), only_observed(rows)
            self._kinds[key] = found
        return found

    def _limited(self, number: int, quantity: int) -> bool:
        return self._qualifiers[number] != 0 and super()._limited(number, quantity)


class MappedConclusions(Conclusions):
    """Answers questions about a store."""

    def __init__(self, columns: Columns, kept: bytes | None = None) -> None:
        mapped = cast("MappedColumns", columns)
        super().__init__(columns, kept)
        self.stored = mapped.stored
        self.sayings = MappedSayings(
            mapped, self.quantities, columns.followed if kept is None else kept
        )

    def _without_lack(self, wanted: Collection[str]) -> frozenset[int]:
        names = self.stored.manifest["categories"]
        marks = np.array([kin(name) in wanted for name in names], bool)
        of = np.asarray(self.quantities.of)
        chosen = marks[self.stored.array("entities.category")]
        found = np.flatnonzero(chosen & (of == np.arange(len(of)))).tolist()
        return frozenset(found) - self.quantities.lacking
