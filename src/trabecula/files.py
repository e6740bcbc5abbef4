"""Reading files strictly."""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
import struct
import sys
import time
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import IO, Final

from trabecula.characters import SHOWN, visible
from trabecula.errors import FormatError, Problem, Problems
from trabecula.leftover import Leftovers

#: No flags, no time, packed as small as can be, by an unknown system.
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


#: The same module, which is in the standard library since Python 3.14.
_ZSTD: Final = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


@dataclass(frozen=True, slots=True)
class Folding:
    """A way to compress a file: how such files end and begin, what unfolds them, here and there."""

    suffix: str
    magic: bytes
    module: str  # not every Python has the last ones
    program: str
    code: str = "bad-archive"  # of the problem that it cannot be unfolded


FOLDINGS: Final = (
    Folding(".gz", b"\x1f\x8b", "gzip", "gunzip", "bad-gzip"),
    Folding(".bz2", b"BZh", "bz2", "bunzip2"),
    Folding(".xz", b"\xfd7zXZ\0", "lzma", "unxz"),
    Folding(".zst", b"\x28\xb5\x2f\xfd", _ZSTD, "unzstd"),
)

#: As many bytes as tell how a file is compressed.
_MAGIC: Final = max(len(folding.magic) for folding in FOLDINGS)

#: The most bytes that are held of a compressed file or a pipe, which do not say how many they are.
MAX_UNFOLDED: Final = 1 << 29
#: The most bytes of an ordinary file.
MAX_BYTES: Final = 1 << 32
#: The most bytes of a line of a file that is read line by line.
_LONGEST_LINE: Final = 1 << 28
#: How many times its size a compressed file may unfold to, once it is past `_UNSUSPECTED` bytes.
#: Graphs unfold to 15 to 40 times their size, files made to fill the memory to 1,000 times.
MAX_RATIO: Final = 200
_UNSUSPECTED: Final = 1 << 24
#: So many bytes of what a compressed file unfolds to are looked at before any of them is read: a
#: file that was made to fill the memory shows there, and reading its lines would take minutes.
_SCREENED: Final = 1 << 26
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
    return _unfolded(data, path, limit, folding) if folding else data


def folded(start: bytes) -> Folding | None:
    """How a file that begins like this is compressed; None where it is not."""
    return next((folding for folding in FOLDINGS if start.startswith(folding.magic)), None)


def unfolded_name(name: str) -> str:
    """The name of a file without the ending that says that it is compressed.

    >>> unfolded_name("x.ttl.GZ"), unfolded_name("x.xz"), unfolded_name("x.ttl")
    ('x.ttl', 'x', 'x.ttl')
    """
    stem, dot, end = name.rpartition(".")
    return stem if stem and any(f"{dot}{end}".lower() == each.suffix for each in FOLDINGS) else name


def beginning(path: Path, folding: Folding, size: int) -> bytes:
    """The first bytes of a compressed file, unfolded; nothing where that cannot be done."""
    try:
        if folding.module == "gzip":  # as far as it can be read
            with path.open("rb") as stream:
                return zlib.decompressobj(wbits=31).decompress(stream.read(size), size)
        with import_module(folding.module).open(path) as unfolding:
            return bytes(unfolding.read(size))
    except _errors():
        return b""


def _content(path: Path, limit: int) -> bytes:
    """What a file or a pipe holds, as it is."""
    status = path.stat()
    if stat.S_ISFIFO(status.st_mode):
        return _joined(_piped(path), path, limit)
    if stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode):
        what, fix = "this is a device, not a file", "name a file"
        raise FormatError([Problem("not-a-file", str(path), what, fix)])
    if status.st_size > MAX_BYTES:
        raise _too_large(path, f"the file has more than {MAX_BYTES} bytes", "read it in parts")
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


def _joined(chunks: Iterable[bytes], path: Path, limit: int) -> bytes:
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > limit:
            what, fix = f"more than {limit} bytes came", "write them to a file first"
            raise _too_large(path, what, fix)
    return bytes(whole)


def _errors() -> tuple[type[Exception], ...]:
    """What the modules that unfold raise, their own errors where they were imported."""
    own = (("lzma", "LZMAError"), (_ZSTD, "ZstdError"))
    mine = [getattr(sys.modules[name], error) for name, error in own if name in sys.modules]
    return (OSError, EOFError, MemoryError, ImportError, zlib.error, *mine)


def _unfolded(data: bytes, path: Path, limit: int, folding: Folding) -> bytes:
    return b"".join(_parts(io.BytesIO(data), len(data), path, limit, folding, lines=False))


def _screen(packed: IO[bytes], size: int, path: Path, folding: Folding) -> None:
    """Raise `FormatError` where a compressed stream of so many bytes begins to fill the memory.

    It is at its start again; what else is wrong with it, who reads it will say.
    """
    came = 0
    try:
        with import_module(folding.module).open(packed) as stream:
            while came < _SCREENED and (part := stream.read(_CHUNK)):
                came += len(part)
                if came > max(_UNSUSPECTED, MAX_RATIO * min(size, packed.tell())):
                    raise _too_much(path, folding)
    except _errors():
        pass
    packed.seek(0)


def _too_much(path: Path, folding: Folding) -> FormatError:
    what = f"the file unfolds to more than {MAX_RATIO} times its size"
    return _too_large(path, what, f"look at it, and unfold it with {folding.program} first")


def _parts(
    packed: IO[bytes], size: int, path: Path, limit: int, folding: Folding, *, lines: bool
) -> Iterator[bytes]:
    """What is in a compressed stream of so many bytes: whole, or line by line.

    `limit` is how much of it may be held in memory: all of it, or a line. Raises `FormatError`
    where it is none, and once more comes out of it than may.
    """
    whole = MAX_BYTES if lines else limit
    most = min(whole, max(MAX_RATIO * size, _UNSUSPECTED))
    came, part = 0, b""
    fix = f"unfold it with {folding.program} first"
    _screen(packed, size, path, folding)
    try:
        with import_module(folding.module).open(packed) as stream:
            take = stream.readline if lines else stream.read
            while part := take(min(limit, most - came) + 1):
                came += len(part)
                if came > most or len(part) > limit:
                    break
                yield part
    except ImportError as error:
        what = f"this Python has no {folding.module}"
        raise FormatError([Problem(folding.code, str(path), what, fix)]) from error
    except _errors() as error:
        what, fix = "the file cannot be unfolded", "compress it anew"
        raise FormatError([Problem(folding.code, str(path), what, fix)]) from error
    if came > whole or len(part) > limit:
        of_lines = "a line of " if came <= whole else ""
        at_most = whole if came > whole else limit
        raise _too_large(path, f"the file unfolds to {of_lines}more than {at_most} bytes", fix)
    if came > most:
        raise _too_much(path, folding)


def _too_large(path: Path, what: str, fix: str) -> FormatError:
    return FormatError([Problem("too-large", str(path), what, fix)])


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
        folding = folded(stream.read(_MAGIC))
        stream.seek(0)
        if folding:
            size = path.stat().st_size
            yield from _parts(stream, size, path, MAX_UNFOLDED, folding, lines=True)
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


def gzipped(data: bytes) -> bytes:
    """The data in gzip's format: equal data give equal bytes.

    The header names neither the time nor the system, of which Python's own writers name one or
    the other by their version.

    >>> gzipped(b"")[:10].hex()
    '1f8b08000000000002ff'
    """
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    end = struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return b"".join((_GZIP_HEADER, packer.compress(data), packer.flush(), end))
