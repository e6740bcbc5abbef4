"""Columns of numbers and of texts as `.npy` files: written as they grow, read through a memory map.

What reasons asks for one number at a time, so that what is read back is a `memoryview`, which gives
plain ints; `numpy.asarray` makes an array of it without a copy.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, overload

import numpy as np
import numpy.typing as npt

from trabecula.errors import FormatError, Problem

#: Bytes before the numbers: the header of a file whose length is not known yet has room to grow.
_HEADER: Final = 128
#: Texts that are read together where all are gone through.
_PORTION: Final = 1 << 14
_MAGIC: Final = b"\x93NUMPY\x01\x00"
_Numbers = npt.NDArray[Any]


class Column:
    """A column that is written from its beginning to its end; `width` is how many values a row has.

    It has a header once it is closed.
    """

    def __init__(self, path: Path, kind: str, width: int = 0) -> None:
        self.kind, self.width, self.count = np.dtype(kind).newbyteorder("<"), width, 0
        self._stream = path.open("wb")
        self._stream.write(bytes(_HEADER))

    def add(self, values: npt.ArrayLike) -> None:
        """Write so many more rows."""
        rows = np.ascontiguousarray(values, dtype=self.kind)
        self.count += len(rows)
        self._stream.write(rows.data)

    def raw(self, data: bytes | memoryview) -> None:
        """Write the bytes of more rows of a column of bytes."""
        self.count += len(data)
        self._stream.write(data)

    def zeros(self, count: int) -> None:
        """Write so many more rows of zeros: a hole in the file, where the system has these."""
        self.count += count
        self._stream.seek(count * self.kind.itemsize * (self.width or 1), os.SEEK_CUR)

    def __del__(self) -> None:
        with suppress(OSError):  # of a column that was given up; another one is closed by now
            self._stream.close()

    def close(self) -> None:
        """Write the header; nothing waits for the disk."""
        shape = (self.count, self.width) if self.width else (self.count,)
        kind = np.lib.format.dtype_to_descr(self.kind)
        text = repr({"descr": kind, "fortran_order": False, "shape": shape}).encode("latin1")
        room = _HEADER - len(_MAGIC) - 2
        header = _MAGIC + room.to_bytes(2, "little") + text.ljust(room - 1) + b"\n"
        with self._stream as stream:
            stream.truncate()  # which is as far as it was written, with zeros at the end
            stream.seek(0)
            stream.write(header)


class TextColumn:
    """A column of texts that is written: `<name>.bytes.npy` and `<name>.first.npy`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._bytes = Column(folder / f"{name}.bytes.npy", "u1")
        self._first = Column(folder / f"{name}.first.npy", "i8")
        self._first.add([0])

    def add(self, texts: Sequence[bytes]) -> None:
        """Write more texts, in UTF-8."""
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        self.raw(b"".join(texts), sizes)

    def raw(self, data: bytes | memoryview, sizes: _Numbers) -> None:
        """Write more texts, joined, of these sizes in bytes."""
        before = self._bytes.count
        self._bytes.raw(data)
        if self._bytes.count:
            self._first.add(before + np.cumsum(sizes, dtype=np.int64))
        else:
            self._first.zeros(len(sizes))

    def close(self) -> None:
        """Finish both files."""
        self._bytes.close()
        self._first.close()


def write(path: Path, values: npt.ArrayLike, kind: str) -> None:
    """Write a whole column."""
    column = Column(path, kind)
    column.add(values)
    column.close()


def mapped(descriptor: int, where: str) -> _Numbers:
    """The numbers in an open `.npy` file, as they lie on the disk.

    Raises `FormatError` for what is no such file, or is cut short.
    """
    size = os.fstat(descriptor).st_size
    try:
        data = mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)
        head = data[:_HEADER]
        if not head.startswith(_MAGIC) or len(head) < _HEADER:
            raise ValueError("no header")
        header = _header(head)
        values = np.frombuffer(data, np.dtype(header["descr"]), offset=_HEADER)
        shape = header["shape"]
        return values.reshape(shape)
    except (ValueError, KeyError, TypeError, SyntaxError, OSError) as error:
        raise damaged(where, f"it is no array of numbers: {error}") from error


def let_go(values: _Numbers) -> None:
    """Give back the memory of numbers that are mapped; they are read anew where they are asked for.

    They are told from other numbers, of which nothing is given back.
    """
    base: Any = values
    while isinstance(base, np.ndarray):
        base = base.base
    owner = getattr(base, "obj", base)
    if isinstance(owner, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        owner.madvise(mmap.MADV_DONTNEED)


def taken(values: _Numbers, places: _Numbers) -> _Numbers:
    """Some of the numbers that are mapped, whose memory is given back."""
    some: _Numbers = values[places]
    let_go(values)
    return some


def _header(head: bytes) -> dict[str, Any]:
    import ast

    header = ast.literal_eval(head[len(_MAGIC) + 2 :].decode("latin1").strip())
    if not isinstance(header, dict):
        raise ValueError("no header")  # all are told as one
    return header


def damaged(where: str, what: str) -> FormatError:
    """The error of a file of a store that is not as it was written."""
    fix = "load the graph anew: trabecula load … -o …"
    return FormatError([Problem("damaged-store", where, what, fix)])


def ragged(starts: _Numbers, sizes: _Numbers) -> _Numbers:
    """The numbers from each start on, so many of each.

    >>> ragged(np.array([5, 1]), np.array([2, 1])).tolist()
    [5, 6, 1]
    """
    total = int(sizes.sum())
    before = np.cumsum(sizes) - sizes
    numbers: _Numbers = np.arange(total) + np.repeat(starts - before, sizes)
    return numbers


def view(values: _Numbers) -> Any:
    """The same numbers, as plain ints where they are asked for one at a time."""
    whole: Any = values
    return memoryview(whole)


class Texts(Sequence[str]):
    """Texts by number, read one at a time from where they lie on the disk."""

    def __init__(self, data: _Numbers, first: _Numbers) -> None:
        self.data, self.first = data, first
        self._bytes, self._first = view(data), view(first)

    def __len__(self) -> int:
        return len(self._first) - 1

    def raw(self, number: int) -> bytes:
        """The bytes of a text."""
        first = self._first
        return bytes(self._bytes[first[number] : first[number + 1]])

    def says(self, number: int) -> bool:
        """Whether a text is not empty."""
        return bool(self._first[number] < self._first[number + 1])

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[str, ...]: ...
    def __getitem__(self, number: int | slice) -> str | tuple[str, ...]:
        if isinstance(number, slice):
            return self._several(*number.indices(len(self)))
        count = len(self._first) - 1
        if number < 0:
            number += count
        if not 0 <= number < count:
            raise IndexError(number)
        return str(self.raw(number), "utf-8")

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _PORTION):
            yield from self[start : start + _PORTION]

    def _several(self, start: int, stop: int, step: int) -> tuple[str, ...]:
        if step == 1 and start < stop:  # where they are plain ASCII, all of them are read at once
            ends = self.first[start : stop + 1]
            data = bytes(self._bytes[int(ends[0]) : int(ends[-1])])
            if data.isascii():
                text, places = data.decode("ascii"), (ends - ends[0]).tolist()
                return tuple([text[begin:end] for begin, end in pairwise(places)])
        return tuple(self[each] for each in range(start, stop, step))

    def place(self, text: str) -> int:
        """Where a text stands, or would stand, among texts that are sorted by their bytes."""
        return self._place(text.encode("utf-8", "surrogatepass"))

    def number(self, text: str) -> int:
        """The number of a text among sorted ones; -1 where it is not there."""
        wanted = text.encode("utf-8", "surrogatepass")
        place = self._place(wanted)
        return place if place < len(self) and self.raw(place) == wanted else -1

    def _place(self, wanted: bytes) -> int:
        # Not by `bisect`, which calls back for each look: every name of a question is looked up.
        data, first = self._bytes, self._first
        low, high = 0, len(first) - 1
        while low < high:
            middle = (low + high) // 2
            if bytes(data[first[middle] : first[middle + 1]]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low
