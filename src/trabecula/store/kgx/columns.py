"""Tables of plain text as columns of Arrow, and which of their rows are plain."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

from trabecula.errors import FormatError
from trabecula.files import not_utf8
from trabecula.mapping import biolink
from trabecula.mapping.delimited import unique
from trabecula.store import layout
from trabecula.store.incoming import Numbers

#: Bytes of a table that are looked at together: the least, and the most.
_BLOCK: Final = 1 << 22, 1 << 25
#: The most that pyarrow parses at once; only one line may be longer than a block.
_MOST: Final = (1 << 31) - 2
#: How many blocks a table has, between these: what is known so far is gone through with each.
_BLOCKS: Final = 32
#: What is not plain in a cell, besides blanks that are squeezed: what quotes, and what is no letter
#: of ASCII.
_ODD: Final = np.array([chr(n) < " " or n > 126 or chr(n) in '"\\' for n in range(256)])


def header(path: Path) -> list[str]:
    """The slots of a table in plain text, from its first line; none where it is something else.

    They are told apart: no two columns have one name. Raises `FormatError` as `unique` does.
    """
    if not path.is_file():
        return []
    with path.open("rb") as stream:
        head = stream.readline(1 << 20)
    if not head.endswith(b"\n") or not head.isascii() or any(sign in head for sign in b'\r"\0'):
        return []
    cells = unique(head.decode().rstrip("\n").split("\t"), f"{path}:1")
    names = [biolink.slot(name) for name in cells]
    return names if len(set(names)) == len(names) else []


@dataclass(frozen=True)
class Block:
    """Some lines of a table: so many from `line` on, which end at the byte `end` of the file."""

    data: bytes
    line: int
    count: int
    end: int
    header: bytes  # of the table, with its end

    @property
    def lines(self) -> list[bytes]:
        """The lines without their ends."""
        return self.data.removesuffix(b"\n").split(b"\n")


def blocks(stream: IO[bytes]) -> Iterator[Block]:
    """The lines of a table behind its header, in blocks that end with a line."""
    size = os.fstat(stream.fileno()).st_size // _BLOCKS
    size = min(max(size, _BLOCK[0]), _BLOCK[1])
    header = stream.readline()
    line = 2
    while data := stream.read(size) + stream.readline():
        count = data.count(b"\n") + (not data.endswith(b"\n"))
        yield Block(data, line, count, stream.tell(), header)
        line += count


def columns(block: Block, names: Collection[str], repeating: Collection[str]) -> Any:
    """The rows of a block as a table of Arrow, each column in one piece.

    None where they are not one for each line.
    Columns of which a value often stands in many rows are encoded by a dictionary.
    """
    pa = layout.arrow()
    from pyarrow import csv

    if len(block.data) > _MOST or b"\r" in block.data or b"\0" in block.data:
        return None
    text = pa.string()
    word = pa.dictionary(pa.int32(), text)
    try:
        found = csv.read_csv(
            pa.BufferReader(block.data),
            read_options=csv.ReadOptions(
                use_threads=False, column_names=list(names), block_size=len(block.data) + 1
            ),
            parse_options=csv.ParseOptions(
                delimiter="\t", quote_char=False, escape_char=False, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(
                column_types={name: word if name in repeating else text for name in names},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if found.num_rows != block.count:
        return None
    return found.unify_dictionaries().combine_chunks()


def odd(column: Any) -> Numbers:
    """True for each cell of a column in which something is not plain."""
    pa = layout.arrow()
    is_coded = pa.types.is_dictionary(column.type)
    texts = column.dictionary if is_coded else column
    found = _odd(texts)
    if not is_coded:
        return found
    return found[np.asarray(column.indices)] if found.any() else np.zeros(len(column), bool)


def _odd(texts: Any) -> Numbers:
    """True for each text in which something is not plain."""
    found = np.zeros(len(texts), bool)
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return found
    first = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.frombuffer(data, np.uint8)[int(first[0]) : int(first[-1])]
    blank = letters == ord(" ")
    if blank.any():  # one that begins a cell, or ends it, or stands behind another
        begins, ends = first[:-1] - first[0], first[1:] - first[0]
        some = begins < ends
        found[some] = blank[begins[some]] | blank[ends[some] - 1]
        places = np.flatnonzero(blank[1:] & blank[:-1])
    else:
        places = np.zeros(0, np.int64)
    places = np.concatenate((places, np.flatnonzero(_ODD[letters])))
    found[np.searchsorted(first, places + int(first[0]), side="right") - 1] = True
    return found


class Numbered:
    """Different texts, numbered from 0 in the order in which they are first met."""

    def __init__(self) -> None:
        self.texts = layout.arrow().array([], "string")

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


def line(cells: Mapping[str, Any], place: int) -> bytes:
    """The line of a plain row, as it stands in the table."""
    return "\t".join(column[place].as_py() for column in cells.values()).encode()
