"""Answers that were made once: the data of a server never change, so that they stay right."""

from __future__ import annotations

from typing import Final, NamedTuple

#: What an answer takes beside its name and its bytes, about.
_AROUND: Final = 300


class Made(NamedTuple):
    """An answer that is whole: its header `Content-Type`, and its bytes."""

    type: str
    data: bytes


class Kept:
    """Answers by name, so many bytes of them; those asked for longest ago go.

    Strangers choose the names and sizes: all of it is bounded, and one that is larger than `one`
    is not kept.
    """

    def __init__(self, most: int, largest: int) -> None:
        self._most, self._largest = most, largest
        self._size = 0
        self._made: dict[str, Made] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self._made)

    def get(self, name: str) -> Made | None:
        """What is kept under this name; it stays for longer then."""
        made = self._made.pop(name, None)
        if made is not None:
            self._made[name] = made
        return made

    def keep(self, name: str, made: Made) -> None:
        """Keep an answer, and no longer those that were asked for longest ago."""
        if len(made.data) > self._largest or name in self._made:
            return
        self._made[name] = made
        self._size += _size(name, made)
        while self._size > self._most:
            oldest = next(iter(self._made))
            self._size -= _size(oldest, self._made.pop(oldest))


def _size(name: str, made: Made) -> int:
    return len(name) + len(made.data) + _AROUND
