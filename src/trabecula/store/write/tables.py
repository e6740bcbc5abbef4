"""The Parquet tables of a store, written portion by portion, and columns for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from trabecula.store import layout
from trabecula.store.arrays import TextColumn, Texts
from trabecula.store.incoming import How, Numbers


class Table:
    """A table of Parquet that is written portion by portion, each while the next one is made."""

    def __init__(self, folder: Path, name: str) -> None:
        pa = layout.arrow()
        from pyarrow import parquet  # which only tables need

        self.schema = layout.schemas()[name]
        words = [f.name for f in self.schema if pa.types.is_dictionary(f.type)]
        for field in self.schema:
            if field.type == layout.type_of_pairs():  # of what is nested the leaves are named
                words += [f"{field.name}.list.element.{part}" for part in ("key", "value")]
        numbers = [f.name for f in self.schema if pa.types.is_integer(f.type)]
        self._stream = (folder / f"{name}.parquet").open("wb")
        self._writer = parquet.ParquetWriter(
            self._stream, self.schema, compression="zstd", compression_level=1,
            use_dictionary=words, write_statistics=[*numbers, "id"],
            column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
        )  # fmt: skip
        self._behind = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def write(self, make: Callable[[], dict[str, Any]]) -> None:
        """Write so many more rows, given by what makes their columns."""
        pa, columns = layout.arrow(), make()
        made = [
            columns[field.name]
            if isinstance(columns[field.name], pa.Array)
            else pa.array(columns[field.name], field.type)
            for field in self.schema
        ]
        table = pa.Table.from_arrays(made, schema=self.schema)
        self._wait()
        self._last = self._behind.submit(self._writer.write_table, table, layout.GROUP)

    def _wait(self) -> None:
        """Wait for the portion before; raises `OSError` where it could not be written."""
        if self._last is not None:
            self._last.result()

    def __del__(self) -> None:
        self._behind.shutdown()
        with suppress(OSError):  # of a table that was given up
            self._stream.close()

    def close(self) -> None:
        """Finish the file."""
        self._wait()
        self._writer.close()
        self._stream.close()


# --- Texts ------------------------------------------------------------------------------------


def take(texts: Texts, places: Numbers) -> Any:
    """Texts by their numbers, as an array of Arrow."""
    pa = layout.arrow()
    if not len(texts.data):
        none = pa.py_buffer(np.zeros(len(places) + 1, np.int64))
        return pa.LargeStringArray.from_buffers(len(places), none, pa.py_buffer(b""))
    first = pa.py_buffer(np.ascontiguousarray(texts.first))
    whole = pa.LargeStringArray.from_buffers(len(texts), first, pa.py_buffer(texts.data))
    return whole.take(pa.array(places))


def add_arrow(column: TextColumn, texts: Any) -> None:
    """Write an array of texts of Arrow."""
    if not len(texts):
        return
    texts = texts.cast(layout.arrow().large_binary())
    _, offsets, data = texts.buffers()
    first = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    begin, end = int(first[0]), int(first[-1])
    column.raw(memoryview(data)[begin:end] if data is not None else b"", np.diff(first))


def write_arrow(folder: Path, name: str, texts: Any) -> None:
    """Write a whole column of texts from an array of Arrow."""
    column = TextColumn(folder, name)
    add_arrow(column, texts)
    column.close()


def write_texts(folder: Path, name: str, texts: Sequence[bytes]) -> None:
    """Write a whole column of texts."""
    column = TextColumn(folder, name)
    column.add(texts)
    column.close()


def lines_of(text: bytes) -> Any:
    """The lines of a text as texts of Arrow, without their ends."""
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == ord("\n"))
    letters = text.translate(None, b"\n")
    return texts_ending(np.append(ends - np.arange(len(ends)), len(letters)), letters)


def texts_ending(ends: Numbers, letters: bytes) -> Any:
    """Texts of Arrow that end at these places of their letters, of which there are under 2 GiB."""
    pa = layout.arrow()
    first = pa.array(np.concatenate(([0], ends))).cast(pa.int32()).buffers()[1]
    return pa.StringArray.from_buffers(len(ends), first, pa.py_buffer(letters))


# --- What repeats -----------------------------------------------------------------------------


def words(texts: Any) -> Any:
    """Texts as Arrow keeps what repeats."""
    pa = layout.arrow()
    return pa.array(texts, pa.string()).dictionary_encode()


def coded(codes: Numbers, names: Sequence[str]) -> Any:
    """Names by number, as Arrow keeps what repeats."""
    pa = layout.arrow()
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(list(names), pa.string())
    )


class Pairs:
    """Contexts, which `take` gives as lists of pairs: their keys and values stay codes."""

    def __init__(self, contexts: Sequence[Sequence[tuple[str, str]]]) -> None:
        pa, kind = layout.arrow(), layout.type_of_pairs()
        sizes = np.fromiter(map(len, contexts), np.int64, len(contexts))
        every = [pair for context in contexts for pair in context]
        pairs = pa.StructArray.from_arrays(
            [words([pair[side] for pair in every]) for side in (0, 1)], fields=list(kind.value_type)
        )
        first = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        self._every = pa.ListArray.from_arrays(pa.array(first), pairs, type=kind)

    def take(self, numbers: Numbers) -> Any:
        """The contexts of these numbers."""
        return self._every.take(layout.arrow().array(numbers))


def pairs_of(texts: Any) -> Any:
    """Effects, given as JSON, as lists of pairs."""
    compute = layout.arrow().compute
    if compute.max(compute.binary_length(texts)).as_py():
        effects = [tuple(json.loads(text or "{}").items()) for text in texts.to_pylist()]
        return Pairs(effects).take(np.arange(len(effects)))
    return Pairs([()]).take(np.zeros(len(texts), np.int64))


class HowColumns:
    """The columns of how evidence was gained, taken by number."""

    def __init__(self, hows: Sequence[How]) -> None:
        self.coded: dict[str, tuple[list[str], Numbers]] = {}
        for place, name in enumerate(("stance", "strength", "method", "species", "system")):
            names = sorted({str(how[place]) for how in hows})
            number = {word: code for code, word in enumerate(names)}
            codes = np.array([number[str(how[place])] for how in hows], np.int32)
            self.coded[name] = names, codes
        self.contexts = Pairs([how[5] for how in hows])

    def take(self, numbers: Numbers) -> dict[str, Any]:
        """The columns of these."""
        columns = {
            name: coded(codes[numbers], names) for name, (names, codes) in self.coded.items()
        }
        return {**columns, "context": self.contexts.take(numbers)}


def ids(digests: Numbers) -> Any:
    """The ids of statements as texts of Arrow: `s` and the digits."""
    pa = layout.arrow()
    count = len(digests)
    digits = np.frombuffer(np.ascontiguousarray(digests).tobytes().hex().encode(), np.uint8)
    letters = np.full((count, 33), ord("s"), np.uint8)
    letters[:, 1:] = digits.reshape(count, 32)
    offsets = np.arange(count + 1, dtype=np.int32) * 33
    return pa.StringArray.from_buffers(
        count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(letters))
    )
