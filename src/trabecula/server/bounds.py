"""What an answer may be at most, watched while the engine writes it.

Bytes are counted, and rows: the engine gives no hook between two of them, but each syntax has
something that stands once a row and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO, Final

from trabecula.sparql.worker import Outgoing

#: The largest answer, in bytes of what is sent.
MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024


class TooManyRows(Exception):
    """The answer has more rows or triples than allowed."""


class Unwritable(Exception):
    """A character that the syntax of the answer cannot hold."""


class Bounded(Outgoing):
    """What the engine writes an answer to; raises once it is too large or cannot be written."""

    def __init__(self, stream: IO[bytes], syntax: str, rows: int) -> None:
        super().__init__(stream, MAX_ANSWER_BYTES)
        self._rows = rows
        self._count = _COUNTERS.get(syntax, _Nothing)()
        self._in_xml = syntax in ("xml", "rdf")

    def write(self, data: bytes) -> int:
        """Take a piece of the answer."""
        if self._in_xml and (match := _NOT_IN_XML.search(data)):
            point = f"U+{ord(match[0].decode('utf-8', 'replace')[0]):04X}"
            raise Unwritable(f"XML cannot hold the character {point}, which is in the answer")
        self._rows -= self._count(data)
        if self._rows < 0:
            raise TooManyRows
        return super().write(data)


_NOT_IN_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_Counter = Callable[[bytes], int]


class _Nothing:
    """Triples are counted before they are written."""

    def __call__(self, _data: bytes) -> int:
        return 0


class _Marks:
    """Counts what a pattern finds, also where it stands across two pieces."""

    def __init__(self, pattern: bytes, longest: int) -> None:
        self._find = re.compile(pattern).finditer
        self._longest = longest
        self._rest = b""

    def __call__(self, data: bytes) -> int:
        text = self._rest + data
        # What ended in the last piece was counted with it.
        count = sum(match.end() > len(self._rest) for match in self._find(text))
        self._rest = text[-self._longest :]
        return count


class _Records:
    """Counts the records of CSV: a line end between quotation marks is none."""

    def __init__(self) -> None:
        self._quoted = False
        self._header = 1

    def __call__(self, data: bytes) -> int:
        pieces = data.split(b'"')
        count = sum(piece.count(b"\n") for piece in pieces[self._quoted :: 2])
        self._quoted ^= len(pieces) % 2 == 0
        count, self._header = count - self._header, max(0, self._header - count)
        return max(0, count)


class _Lines(_Records):
    """Counts the lines of TSV, in which a line end within a value is escaped."""

    def __call__(self, data: bytes) -> int:
        count = data.count(b"\n")
        count, self._header = count - self._header, max(0, self._header - count)
        return max(0, count)


#: In JSON a row begins with a brace, the name of a variable and the brace of a term. Within a
#: string every quotation mark is escaped, so that no text looks like it.
_COUNTERS: Final[dict[str, Callable[[], _Counter]]] = {
    "json": lambda: _Marks(rb'[\[,]\{"[^"\\{},]{1,200}":\{"type":', 256),
    "xml": lambda: _Marks(rb"<result>", 8),
    "csv": _Records,
    "tsv": _Lines,
}
