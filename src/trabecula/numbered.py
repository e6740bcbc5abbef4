"""The statements of a graph in their order, found by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from trabecula.errors import FormatError, Problem
from trabecula.model import Statement


class Numbered(Mapping[str, Statement]):
    """Statements in their order, by id; a missing id may be one of trabecula 0.1, of 16 digits.

    The ids are worked out when the first is asked for, for a graph that is counted or searched
    does without them. Raises `FormatError` where two have one id, rather than show one of them.
    """

    def __init__(self, ordered: Sequence[Statement], ids: Sequence[str] | None = None) -> None:
        self._ordered = ordered
        if ids is not None:
            self.ids = ids

    @cached_property
    def ids(self) -> Sequence[str]:
        """The ids, by number."""
        return tuple([statement.id for statement in self._ordered])

    @cached_property
    def _numbers(self) -> dict[str, int]:
        number_of = dict(zip(self.ids, range(len(self._ordered)), strict=True))
        if len(number_of) < len(self._ordered):
            raise _one_id(self._ordered)
        return number_of

    def __getitem__(self, key: str) -> Statement:
        number = self._numbers.get(key)
        if number is not None:
            return self._ordered[number]
        for identifier in self.ids if len(key) == 16 else ():
            if identifier.startswith(f"s{key}"):
                return self[identifier]
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._ordered)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Numbered):
            return tuple(self._ordered) == tuple(other._ordered)
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]  # as of all mappings

    def values(self) -> Any:
        """The statements, in their order."""
        return self._ordered

    def items(self) -> Any:
        """The statements with their ids, in their order."""
        return tuple(zip(self._numbers, self._ordered, strict=True))


def _one_id(statements: Iterable[Statement]) -> FormatError:
    """What is wrong where two statements have one id, as one of them was made to have."""
    first: dict[str, Statement] = {}
    first_met, other = next(
        (first[each.id], each) for each in statements if first.setdefault(each.id, each) is not each
    )
    what = f"{_named(first_met)} and {_named(other)} have the same id"
    return FormatError(
        [Problem("id-collision", first_met.id, what, "one of them was made to; remove it")]
    )


def _named(statement: Statement) -> str:
    """A statement by its meaning fields, such as `magnesium requires atp (severity=mild)`."""
    qualifiers = ", ".join(f"{key}={value}" for key, value in statement.qualifiers)
    words = f"{statement.subject} {statement.predicate} {statement.object}"
    meaning = f"{words} ({qualifiers})" if qualifiers else words
    return f"not: {meaning}" if statement.negated else meaning
