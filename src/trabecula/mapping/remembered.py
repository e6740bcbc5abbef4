"""What is made once of what a file says often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

#: So many different ones are remembered of what many edges say alike.
_MEMORY: Final = 1 << 18

_Said = TypeVar("_Said")
_Made = TypeVar("_Made")


class Remembered(dict[_Said, _Made]):
    """What is made of what a file says, and once for what it says often."""

    def __init__(self, make: Callable[[_Said], _Made]) -> None:
        self.make = make

    def __missing__(self, said: _Said) -> _Made:
        made = self.make(said)
        if len(self) < _MEMORY:
            self[said] = made
        return made
