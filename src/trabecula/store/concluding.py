"""What follows, on a store: the rules of `reason`, with what they ask of everything in arrays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, cast

import numpy as np

from trabecula.quantities import Quantities
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.sayings import Sayings, tier_of
from trabecula.store.columns import MappedColumns
from trabecula.store.records import Statements
from trabecula.vocabulary import STATUSES

_REFUTED = tuple(STATUSES).index("refuted")


class MappedSayings(Sayings):
    """What the statements of a store say; of evidence only the kinds are looked at."""

    def __init__(self, columns: MappedColumns, quantities: Quantities, kept: bytes) -> None:
        super().__init__(columns, quantities, kept)
        self.statements = cast("Statements", columns.statements)
        self._of = np.asarray(quantities.of)
        self._negated = columns.stored.view("statements.negated")
        self._qualifiers = columns.stored.view("statements.qualifiers")
        self._kinds: dict[tuple[int, ...], tuple[int, bool]] = {}

    def _leading(
        self, numbers: Sequence[int], others: Sequence[int], ends: Collection[int]
    ) -> Sequence[int]:
        among = np.asarray(numbers, np.int64)
        there = np.isin(self._of[np.asarray(others)[among]], np.fromiter(ends, np.int64))
        leading: list[int] = among[there].tolist()
        return leading

    def _has_evidence(self, number: int) -> bool:
        first = self.statements.first
        return bool(first[number + 1] > first[number])

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
        statements = self.statements
        pieces = range(statements.first[number], statements.first[number + 1])
        status = self.columns.statuses[number]
        key = (
            status,
            *sorted(
                {
                    statements.how[n]
                    for n in pieces
                    if not statements.retracted[statements.source[n]]
                }
            ),
        )
        tier = self._kinds.get(key)
        if tier is None:
            tier = self._kinds[key] = tier_of(status, map(statements.kind_of_piece, key[1:]))
        return tier

    def _limited(self, number: int, keys: Any) -> bool:
        return self._qualifiers[number] != 0 and super()._limited(number, keys)


class MappedConclusions(Conclusions):
    """Answers questions about a store."""

    def __init__(self, columns: MappedColumns, kept: bytes | None = None) -> None:
        super().__init__(columns, kept)
        self.sayings = MappedSayings(
            columns, self.quantities, columns.followed if kept is None else kept
        )
