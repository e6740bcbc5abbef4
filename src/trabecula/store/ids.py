"""The ids of the statements of a store, of which it keeps the 16 bytes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload

from trabecula.store.incoming import Numbers


def id_of(digest: Numbers) -> str:
    """The id of a statement, of which a store keeps the 16 bytes."""
    return f"s{digest.tobytes().hex()}"


def ids_of(digests: Numbers) -> Iterator[str]:
    """The ids of several statements."""
    joined, size = digests.tobytes().hex(), 2 * digests.shape[1]
    return (f"s{joined[place : place + size]}" for place in range(0, len(joined), size))


class Ids(Sequence[str]):
    """The ids of statements by number; `number` finds the way back."""

    def __init__(self, count: int, digest: Callable[[], Numbers], order: Callable[[], Any]) -> None:
        self._count = count
        self._read = digest, order  # which a store for a while has not

    @cached_property
    def _digest(self) -> Numbers:
        return self._read[0]()

    @cached_property
    def _order(self) -> Any:
        return self._read[1]()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[str, ...]: ...
    def __getitem__(self, number: int | slice) -> str | tuple[str, ...]:
        if isinstance(number, slice):
            return tuple(self[each] for each in range(*number.indices(len(self))))
        return id_of(self._digest[number])

    def beginning(self, begun: str) -> range:
        """The places, among the ids as they are sorted, of those that begin so."""
        return range(self._place(begun), self._place(f"{begun}g"))  # no digit comes after f

    def _place(self, text: str) -> int:
        return bisect_left(self._order, text, key=self.__getitem__)

    def sorted(self, place: int) -> int:
        """The number of the statement at a place among the ids as they are sorted."""
        return int(self._order[place])

    def number(self, identifier: str) -> int:
        """The number of the statement with an id; -1 where there is none."""
        place = self._place(identifier)
        if place < len(self) and self[self._order[place]] == identifier:
            return self.sorted(place)
        return -1

    def __contains__(self, identifier: object) -> bool:
        return isinstance(identifier, str) and self.number(identifier) >= 0
