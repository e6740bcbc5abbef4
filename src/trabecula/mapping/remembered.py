"""What is made once of what a file says often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

#: So many different ones are remembered of what many edges say alike.
_MEMORY: Final = 1 << 18

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Remembered(dict[_Key, _Value]):
    """What is made of what a file says, and once for what it says often."""

    def __init__(self, make: Callable[[_Key], _Value]) -> None:
        self.make = make

    def __missing__(self, key: _Key) -> _Value:
        made = self.make(key)
        if len(self) < _MEMORY:
            self[key] = made
        return made
