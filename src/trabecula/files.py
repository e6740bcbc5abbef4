"""Reading files strictly."""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, Final

from trabecula.characters import SHOWN, visible
from trabecula.compressed import FOLDINGS, MAGIC, folded, parts, too_large, unfolded
from trabecula.errors import FormatError, Problem, Problems
from trabecula.leftover import Leftovers

#: The most bytes that are held of a compressed file or a pipe, which do not say how many they are.
MAX_UNFOLDED: Final = 1 << 29
#: The most bytes of an ordinary file.
MAX_BYTES: Final = 1 << 32
#: The most bytes of a line of a file that is read line by line.
_LONGEST_LINE: Final = 1 << 28
#: How long a pipe may lie there without anybody who writes to it, in seconds.
PATIENCE: Final = 2.0
_CHUNK: Final = 1 << 20


def _wanted(source: object) -> str:
    """What to do with what a program gives instead of the name of a file."""
    module = type(source).__module__
    if module.startswith("trabecula."):
        return "it is read already"
    if module.startswith("networkx."):
        return "give it to trabecula.from_networkx"
    if hasattr(source, "columns"):
        return "write the table to a file, and name that"
    if hasattr(source, "read"):
        return "name the file, not what was opened"
    is_several = isinstance(source, list | tuple | set)
    return "name one after the other" if is_several else "name a file or a folder"


def named(source: object) -> Path:
    """The path that a program names as what is to be read; nothing is looked up.

    Raises `TypeError` for what is no name, with what is wanted instead, and `ValueError` for a name
    that can be none: an empty one, an address, the text of a graph.

    >>> named("https://example.org/x.ttl")
    Traceback (most recent call last):
    ...
    ValueError: nothing is fetched: download https://example.org/x.ttl, and name the file
    """
    if not isinstance(source, str | os.PathLike):
        what = f"what is read has a name, and {type(source).__name__} is none"
        raise TypeError(f"{what}: {_wanted(source)}")
    name = os.fspath(source)
    if not isinstance(name, str):
        raise TypeError("what is read has a name, and bytes are none: decode them with os.fsdecode")
    if not name:
        raise ValueError("the name of what is loaded is empty; is a variable unset?")
    if isinstance(source, str) and name.startswith(("http://", "https://", "ftp://")):
        raise ValueError(f"nothing is fetched: download {visible(name, SHOWN)}, and name the file")
    if isinstance(source, str) and "\n" in name and not Path(name).exists():
        shown = visible(name, SHOWN)
        raise ValueError(f"this is a text, not the name of a file: {shown}: write it into a file")
    return Path(name)


def read_bytes(path: Path, limit: int = MAX_UNFOLDED) -> bytes:
    """The bytes of a file or a pipe; what is in the format of gzip, bzip2, xz or zstd is unfolded.

    Raises `FormatError` for a device, for a pipe that nobody writes to, for what is no such file
    or cut short, and for what is too large: a pipe or an unfolded file of more than `limit`
    bytes, another file of more than `MAX_BYTES`. Raises `OSError` when it cannot be read.
    """
    path = Path(path)
    data = _content(path, limit)
    by_name = (folding for folding in FOLDINGS if path.suffix.lower() == folding.suffix)
    folding = folded(data) or next(by_name, None)
    return unfolded(data, path, folding, limit) if folding else data


def _content(path: Path, limit: int) -> bytes:
    """What a file or a pipe holds, as it is."""
    status = path.stat()
    if stat.S_ISFIFO(status.st_mode):
        return b"".join(bounded(_piped(path), path, limit))
    if stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode):
        what, fix = "this is a device, not a file", "name a file"
        raise FormatError([Problem("not-a-file", str(path), what, fix)])
    if status.st_size > MAX_BYTES:
        raise too_large(path, f"the file has more than {MAX_BYTES} bytes", "read it in parts")
    return path.read_bytes()


def _piped(path: Path) -> Iterator[bytes]:
    """What comes through a pipe; to open it as a file would wait for ever where nobody writes."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as pipe:
        yield _first(pipe, path)
        os.set_blocking(pipe.fileno(), True)
        while chunk := pipe.read(_CHUNK):
            yield chunk


def _first(pipe: IO[bytes], path: Path) -> bytes:
    """The first bytes of a pipe, perhaps none yet, once somebody has it open for writing."""
    end = time.monotonic() + PATIENCE
    while (chunk := pipe.read(_CHUNK)) == b"":  # None where there is a writer and nothing written
        if time.monotonic() > end:
            what = f"nobody has written to this pipe for {PATIENCE:g} seconds"
            raise FormatError([Problem("not-a-file", str(path), what, "start what writes to it")])
        time.sleep(0.02)
    return chunk or b""


def bounded(chunks: Iterable[bytes], path: Path, limit: int) -> Iterator[bytes]:
    """What comes, piece by piece; raises `FormatError` once it is more than `limit` bytes."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            what, fix = f"more than {limit} bytes came", "write them to a file first"
            raise too_large(path, what, fix)
        yield chunk


def read_lines(path: Path, left: Leftovers | None = None) -> tuple[list[str], list[Problem]]:
    """The lines of a text file without their ends, and what is wrong with the file as text.

    A problem is a line that is not UTF-8; its text then has U+FFFD in place of what cannot be
    read. A byte-order mark, UTF-16 where the mark says so, and lines that end in CR LF or CR are
    read without loss; `left` is told of them.
    """
    left = left or Leftovers()
    data, problems = _utf8(_content(path, MAX_UNFOLDED), str(path), left)
    if b"\r" in data:
        data = _lf(data, f"{path.name}:1", left)
    lines = []
    unreadable = Problems()
    for number, raw in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            unreadable.append(not_utf8(raw, error.start, f"{path}:{number}"))
            lines.append(raw.decode("utf-8", errors="replace"))
    if lines[-1] == "":
        lines.pop()
    return lines, [*problems, *unreadable]


def lines(path: Path, left: Leftovers) -> Iterator[tuple[int, str]]:
    """Number and text of each line of a text file, from 1, without its end, as they are asked for.

    An ordinary file is not held in memory, nor what a compressed one unfolds to. A byte-order mark,
    UTF-16 where the mark says so, and ends in CR LF or CR are read without loss;
    `left` is told of them. Raises `FormatError` with the line that is not UTF-8, and as
    `read_bytes` does.
    """
    path = Path(path)
    place = f"{path.name}:1"
    with closing(_raw_lines(path)) as stream:
        first = next(stream, b"")
        if _is_plain(first):
            if first.startswith(codecs.BOM_UTF8):
                left.once("a byte-order mark left out", place)
            if first.endswith(b"\r\n"):
                left.once("lines that end in CR LF read as such", place)
            rows = chain([first.removeprefix(codecs.BOM_UTF8)], stream) if first else ()
            for number, raw in enumerate(rows, start=1):
                if len(raw) == _LONGEST_LINE:
                    what = f"a line of more than {_LONGEST_LINE >> 20} MiB"
                    fix = "name a file of lines, or break it"
                    raise FormatError([Problem("too-large", f"{path}:{number}", what, fix)])
                try:
                    yield number, raw.decode("utf-8").rstrip("\r\n")
                except UnicodeDecodeError as error:
                    raise FormatError([not_utf8(raw, error.start, f"{path}:{number}")]) from error
            return
    text = decoded(read_bytes(path), str(path), left)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        yield number, line


def _is_plain(line: bytes) -> bool:
    """Whether a first line is UTF-8 that ends as lines do now: not UTF-16, not in a lone CR."""
    begins = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return not (line.startswith(begins) or b"\0" in line[:1000] or b"\r" in line[:-2])


def _raw_lines(path: Path) -> Generator[bytes]:
    """The lines of a file with their ends; an ordinary one is not held in memory, nor unfolded."""
    if not path.is_file():
        yield from io.BytesIO(read_bytes(path))
        return
    with path.open("rb") as stream:
        folding = folded(stream.read(MAGIC))
        stream.seek(0)
        if folding:
            size = path.stat().st_size
            yield from parts(stream, size, path, folding, MAX_BYTES, MAX_UNFOLDED)
        else:
            yield from iter(partial(stream.readline, _LONGEST_LINE), b"")


def decoded(data: bytes, where: str, left: Leftovers) -> str:
    """The text in the bytes of a file: UTF-8, or UTF-16 where a byte-order mark says so.

    Raises `FormatError` with the line and the byte that is not UTF-8. `left` is told of a mark.
    """
    data, problems = _utf8(data, where, left)
    if problems:
        raise FormatError(problems)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        line = data.count(b"\n", 0, start) + 1
        problem = not_utf8(data[start:], error.start - start, f"{where}:{line}")
        raise FormatError([problem]) from error


def not_utf8(line: bytes, column: int, place: str) -> Problem:
    """The problem of a byte that is no UTF-8, with what it is in the encoding of old spreadsheets.

    `column` is that of the byte in its line, from 0.
    """
    what = f"byte {line[column]:#04x} in column {column + 1} is not UTF-8"
    letter = line[column : column + 1].decode("cp1252", errors="replace")
    if letter != "\ufffd":
        what += f"; in Windows-1252 or Latin-1 it is {letter}"
    return Problem("not-utf-8", place, what, "save the file as UTF-8")


def _utf8(data: bytes, where: str, left: Leftovers) -> tuple[bytes, list[Problem]]:
    """The bytes without a byte-order mark, made UTF-8 where they are UTF-16."""
    if data.startswith(codecs.BOM_UTF8):
        left.once("a byte-order mark left out", f"{Path(where).name}:1")
        return data.removeprefix(codecs.BOM_UTF8), []
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        what = "the file is in UTF-32"
        return b"", [Problem("not-utf-8", f"{where}:1", what, "save it as UTF-8")]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            what = "the file begins as UTF-16 and is damaged"
            return b"", [Problem("not-utf-8", f"{where}:1", what, "save it as UTF-8")]
        left.once("UTF-16 read as such", f"{Path(where).name}:1")
        return text.encode("utf-8"), []
    if b"\0" in data[:1000]:
        what = "the file is no text: it holds bytes of zero"
        return b"", [Problem("not-utf-8", f"{where}:1", what, "save it as UTF-8")]
    return data, []


def _lf(data: bytes, place: str, left: Leftovers) -> bytes:
    """The bytes with a line feed at each end of line; a stray carriage return within one stays."""
    if b"\n" not in data:
        left.once("lines that end in CR read as such", place)
        return data.replace(b"\r", b"\n")
    if re.search(rb"\r\n", data):
        left.once("lines that end in CR LF read as such", place)
    return re.sub(rb"\r+(\n|\Z)", rb"\1", data)
