"""Tables of plain text as columns of Arrow, and which of their rows are plain.

That a row is plain is known where its cells are found, in one go over all letters of a block, and
cells that stand side by side can be had as one text: both is less work than a reader of CSV, which
gives each column by itself. All of it is numpy's and Arrow's, so that a thread can go ahead.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

import numpy as np

from trabecula.errors import FormatError
from trabecula.files import not_utf8
from trabecula.mapping import biolink
from trabecula.mapping.delimited import name_of
from trabecula.store import layout
from trabecula.store.incoming import Numbers

#: Bytes of a table that are looked at together: the least, and the most.
_BLOCK: Final = 1 << 22, 1 << 24
#: How many blocks a table has, between these: what is known so far is gone through with each.
_BLOCKS: Final = 24
#: Letters of a block that are looked at together: few enough for a cache.
_LETTERS: Final = 1 << 19
#: The most letters that Arrow has in texts; only one line may be longer than a block.
_MOST: Final = (1 << 31) - 2
#: What is not plain among what is printed, besides blanks that are squeezed: what quotes, and what
#: is no letter of ASCII.
_ODD: Final = np.array([n > 126 or chr(n) in '"\\' for n in range(256)])


def header(path: Path) -> list[str]:
    """The slots of a table in plain text, from its first line; none where it is something else.

    They are told apart: no two columns have one name.
    """
    if not path.is_file():
        return []
    with path.open("rb") as stream:
        head = stream.readline(1 << 20)
    if not head.endswith(b"\n") or not head.isascii() or any(sign in head for sign in b'\r"\0'):
        return []
    names = [biolink.slot(name_of(cell)) for cell in head.decode().rstrip("\n").split("\t")]
    return names if len(set(names)) == len(names) else []


@dataclass(frozen=True)
class Block:
    """Lines of a table from `line` on, which end at the byte `end` of the file."""

    data: bytearray
    line: int
    end: int
    header: bytes  # of the table, with its end


def blocks(stream: BufferedReader) -> Iterator[Block]:
    """The lines of a table behind its header, in blocks that end with a line."""
    size = os.fstat(stream.fileno()).st_size // _BLOCKS
    size = min(max(size, _BLOCK[0]), _BLOCK[1])
    header = stream.readline()
    line = 2
    while True:
        data = bytearray(size)
        del data[stream.readinto(data) :]
        data += stream.readline()  # without a copy of it all
        if not data:
            return
        yield Block(data, line, stream.tell(), header)
        line += data.count(b"\n")


class Rows:
    """The plain rows of a block: cells between tabs, as many as the table has columns.

    Plain is a row of ASCII in which nothing quotes and no blank is squeezed, at the beginning or
    the end of a cell or behind another blank. `places` are those of these lines in the block.
    """

    def __init__(self, block: Block, width: int) -> None:
        self._data = block.data if block.data.endswith(b"\n") else block.data + b"\n"
        self._first = block.line
        letters = np.frombuffer(self._data, np.uint8)
        signs, which = self._signs(letters)
        last = np.flatnonzero(which == ord("\n"))  # of each line
        ends = signs[last]
        is_plain = np.diff(last, prepend=-1) == width
        is_plain &= len(self._data) <= _MOST
        others = signs[(which != ord("\t")) & (which != ord("\n"))]
        odd = np.concatenate((others, _odd(self._data, letters)))
        is_plain[np.searchsorted(ends, odd)] = False
        self.places = np.flatnonzero(is_plain)
        self._lines = np.concatenate(([0], ends + 1))
        if not is_plain.all():
            signs = signs[np.repeat(is_plain, np.diff(last, prepend=-1))]
        self._ends = signs.reshape(-1, width)

    @staticmethod
    def _signs(letters: Numbers) -> tuple[Numbers, Numbers]:
        """Where the signs stand that are not printed, and which these are."""
        kind = np.int32 if len(letters) <= _MOST else np.int64
        places, which = [np.zeros(0, kind)], [letters[:0]]
        for start in range(0, len(letters), _LETTERS):
            some = letters[start : start + _LETTERS]
            there = np.flatnonzero(some < ord(" "))
            which.append(some[there])
            places.append((there + start).astype(kind))
        return np.concatenate(places), np.concatenate(which)

    def __len__(self) -> int:
        return len(self.places)

    @property
    def lines(self) -> Numbers:
        """The numbers of their lines in the table."""
        return self.places + self._first

    def without(self, odd: Numbers) -> None:
        """Leave out the rows for which this is true."""
        if odd.any():
            self.places, self._ends = self.places[~odd], self._ends[~odd]

    def others(self) -> Iterator[tuple[int, bytes]]:
        """All other lines with their numbers, in order."""
        is_other = np.ones(len(self._lines) - 1, bool)
        is_other[self.places] = False
        for place in np.flatnonzero(is_other).tolist():
            yield self._first + place, self._line(place)

    def line(self, row: int) -> bytes:
        """A row as it stands in the table."""
        return self._line(self.places[row])

    def _line(self, place: int) -> bytes:
        return bytes(self._data[self._lines[place] : self._lines[place + 1] - 1])

    def cells(self, column: int, last: int | None = None, rows: Numbers | None = None) -> Any:
        """The cells of a column of all rows or some, as texts of Arrow.

        With `last` those from one column to another, as they stand: with tabs between.
        """
        some = slice(None) if rows is None else rows
        return self._texts(
            self._begins(column)[some], self._ends[some, column if last is None else last]
        )

    def members(self, column: int) -> tuple[Numbers, Any]:
        """How many members the list in each cell of a column has, and all as texts of Arrow."""
        begins, ends = self._begins(column), self._ends[:, column]
        bars = np.flatnonzero(np.frombuffer(self._data, np.uint8) == ord("|"))
        if not len(bars) or not len(ends):
            return np.ones(len(ends), np.int64), self._texts(begins, ends)
        row = np.searchsorted(ends, bars)
        inside = begins[np.minimum(row, len(ends) - 1)] <= bars
        inside &= row < len(ends)
        row, bars = row[inside], bars[inside]
        begins, ends = (
            np.sort(np.concatenate(each), kind="stable")  # which merges what is in order
            for each in ((begins, bars + 1), (ends, bars))
        )
        return 1 + np.bincount(row, minlength=len(self)), self._texts(begins, ends)

    def _begins(self, column: int) -> Numbers:
        """Where the cells of a column begin."""
        return self._ends[:, column - 1] + 1 if column else self._lines[self.places]

    def _texts(self, begins: Numbers, ends: Numbers) -> Any:
        """Texts of Arrow from what stands between places of the block, in order."""
        pa = layout.arrow()
        # the whole in pieces, of which each other one is a text
        bounds = np.zeros(max(2 * len(ends), 1), np.int32)
        bounds[: 2 * len(ends) : 2] = begins
        bounds[1::2] = ends
        whole = pa.StringArray.from_buffers(
            len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(self._data)
        )
        return whole.take(pa.array(np.arange(0, len(whole), 2, dtype=np.int32)))


def _odd(data: bytearray, letters: Numbers) -> Numbers:
    """The places of printed letters that are not plain."""
    places = np.zeros(0, np.int64)
    if b" " in data:
        blank = np.flatnonzero(letters == ord(" "))
        # the last letter ends a line, and is before the first one here
        places = blank[(letters[blank - 1] <= ord(" ")) | (letters[blank + 1] <= ord(" "))]
    if data.isascii() and not any(sign in data for sign in (b'"', b"\\", b"\x7f")):
        return places
    return np.concatenate((places, np.flatnonzero(_ODD[letters])))


class Numbered:
    """Different texts, numbered from 0 in the order in which they are first met.

    `texts` are those that are met before.
    """

    def __init__(self, texts: Any) -> None:
        self.texts = texts

    def numbers(self, texts: Any) -> tuple[Numbers, Any]:
        """The number of each of these texts, of which no two are alike; and those that are new."""
        pa = layout.arrow()
        places = pa.compute.index_in(texts, value_set=self.texts)
        is_new = np.asarray(places.is_null())
        numbers = np.asarray(places.fill_null(0)).astype(np.int64)
        numbers[is_new] = len(self.texts) + np.arange(np.count_nonzero(is_new))
        new = texts.filter(pa.array(is_new))
        self.texts = pa.concat_arrays([self.texts, new])
        return numbers, new


def decoded(lines: Iterable[tuple[int, bytes]], path: Path) -> Iterator[tuple[int, str]]:
    """Lines with their numbers as text; raises `FormatError` for what is not UTF-8."""
    for number, raw in lines:
        try:
            yield number, raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise FormatError([not_utf8(raw, error.start, f"{path}:{number}")]) from error
