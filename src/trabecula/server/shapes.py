"""Which queries are heavy, by what they look like: what was heavy once will be so again."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

#: What a question looks like, for whom it matters; None where it need not be told apart.
Key = Callable[[], str] | None
#: How many shapes are kept.
_MOST: Final = 1_000


class Heavy:
    """The shapes of questions that were heavy, the latest of them."""

    def __init__(self) -> None:
        self._digests: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return bool(self._digests) and _digest(key) in self._digests

    def add(self, key: Key) -> None:
        """What looks like this is heavy."""
        if key:
            self._digests[_digest(key)] = None
            self._digests.move_to_end(_digest(key))
            if len(self._digests) > _MOST:
                self._digests.popitem(last=False)

    def discard(self, key: Key) -> None:
        """What looks like this is heavy no more."""
        self._digests.pop(_digest(key), None)


def _digest(key: Key) -> str:
    """What is kept of a key, which may be long; empty where there is none."""
    return hashlib.sha256(key().encode("utf-8", "surrogatepass")).hexdigest() if key else ""


_CONSTANTS: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[?$]\w+|\d+|\s+")


def shape(text: str) -> str:
    """What a query looks like without its strings, numbers and names of variables.

    >>> shape("SELECT ?a { ?a tb:x 12 }") == shape("SELECT  ?b { ?b tb:x 3 }")
    True
    """
    return _CONSTANTS.sub(" ", text)
