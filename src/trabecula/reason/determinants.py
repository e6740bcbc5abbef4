"""Determinants of which only the signs of the terms are known.

A sum is told by the signs that its terms have, as a set in the bits of a number; none means that
nothing is added up. Determinants are added up over sets of columns, one row after another (as
permanents on a trellis: Kiah, Vardy & Yao 2021, arXiv:2107.07377).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from trabecula.reason.search import BoundError

#: The sets of one sign. A term with an arc of unknown sign is DARK, one behind something unsettled
#: is OPEN.
PLUS, MINUS, DARK, OPEN = 1, 2, 4, 8


def _times(left: int, right: int) -> int:
    """The signs of the products of two sums."""
    both = 0
    for a in (PLUS, MINUS, DARK, OPEN):
        for b in (PLUS, MINUS, DARK, OPEN):
            if left & a and right & b:
                doubt = max(a, b)
                both |= doubt if doubt > MINUS else PLUS if a == b else MINUS
    return both


#: By the signs of two sums those of their product; by those of a sum those of its negative.
PRODUCT: Final = [[_times(left, right) for right in range(16)] for left in range(16)]
NEGATIVE: Final = PRODUCT[MINUS]

#: Sets of signs by the number of a quantity: the coefficients of an equation, by what they stand
#: with, and what a quantity does, by what it acts on.
Row: TypeAlias = Mapping[int, int]


@dataclass(slots=True)
class Budget:
    """How large a matrix may be, and how many products may still be taken."""

    largest: int
    effort: int

    def spend(self, products: int) -> None:
        """Take so many products; raises `BoundError` where there are not so many left."""
        self.effort -= products
        if self.effort < 0:
            raise BoundError


def determinants(
    rows: Sequence[Row], pushes: Sequence[int], budget: Budget
) -> tuple[int, list[int]]:
    """The signs of the terms of det D, and of det D with each column replaced by the pushes.

    One pass for all of them: the pushes stand beside D as one more column, the last, and each
    determinant leaves out another one. Rows are taken in an order in which few columns are open at
    a time, and columns are numbered in that order, which changes no determinant.
    """
    size = len(rows)
    order = _narrow(rows)
    place = {number: at for at, number in enumerate(order)}
    lines: list[dict[int, int]] = []
    for number in order:
        lines.append({place[column]: bits for column, bits in rows[number].items()})
        if pushes[number]:
            lines[-1][size] = pushes[number]
    sums = _minors(lines, budget)
    every = (2 << size) - 1
    replaced = [0] * size
    for at, number in enumerate(order):
        bits = sums.get(every ^ (1 << at), 0)
        # The pushes stand behind all others here, and in the place of this column by Cramer's rule.
        replaced[number] = NEGATIVE[bits] if (size - 1 - at) & 1 else bits
    return sums.get(every ^ (1 << size), 0), replaced


def _minors(lines: Sequence[Row], budget: Budget) -> dict[int, int]:
    """The signs of the terms of the determinants that leave out one column.

    There is one column more than there are rows, and the key of a determinant has a bit for each
    column that is used. A column whose last row is done is used by then, or it is the one left out.
    """
    last = {column: at for at, line in enumerate(lines) for column in line}
    sums = {0: PLUS}
    done = 0
    for at, line in enumerate(lines):
        done |= sum(1 << column for column in line if last[column] == at)
        entries = [(1 << column, -2 << column, bits) for column, bits in sorted(line.items())]
        budget.spend(len(sums) * len(entries))
        following: dict[int, int] = {}
        for used, so_far in sums.items():
            for column, later, bits in entries:
                now = used | column
                unused = done & ~now
                if used & column or unused & (unused - 1):
                    continue
                term = PRODUCT[so_far][bits]
                if (used & later).bit_count() & 1:  # the sign of the permutation
                    term = NEGATIVE[term]
                following[now] = following.get(now, 0) | term
        sums = following
    return sums


def _narrow(rows: Sequence[Row]) -> list[int]:
    """The rows in an order in which each brings few new columns."""
    order: list[int] = []
    seen: set[int] = set()
    left = set(range(len(rows)))
    while left:
        following = min(left, key=lambda number: (len(rows[number].keys() - seen), number))
        order.append(following)
        left.remove(following)
        seen.update(rows[following])
    return order
