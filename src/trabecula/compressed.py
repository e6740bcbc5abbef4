"""Compressed files: how they are told, unfolded within bounds, and made."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Final

from trabecula.errors import FormatError, Problem

#: No flags, no time, packed as small as can be, by an unknown system.
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
#: What unfolds zstd, which is in the standard library since Python 3.14.
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
MAGIC: Final = max(len(folding.magic) for folding in FOLDINGS)

#: How many times its size a compressed file may unfold to, once it is past `_UNSUSPECTED` bytes.
#: Graphs unfold to 15 to 40 times their size, files made to fill the memory to 1,000 times.
MAX_RATIO: Final = 200
_UNSUSPECTED: Final = 1 << 24
#: So many bytes of what a compressed file unfolds to are looked at before any of them is read: a
#: file that was made to fill the memory shows there, and reading its lines would take minutes.
_SCREENED: Final = 1 << 26
_CHUNK: Final = 1 << 20


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


def unfolded(data: bytes, path: Path, folding: Folding, limit: int) -> bytes:
    """What is in compressed bytes, which may be so many; raises `FormatError` as `parts` does."""
    return b"".join(parts(io.BytesIO(data), len(data), path, folding, limit))


def parts(
    packed: IO[bytes], size: int, path: Path, folding: Folding, limit: int, line: int = 0
) -> Iterator[bytes]:
    """What is in a compressed stream of so many bytes: whole, or line by line.

    So many bytes as `limit` may be in it, and in a line of it as many as `line`, where it is asked
    for line by line. Raises `FormatError` where it is none, and once more comes out of it than may.
    """
    longest = line or limit
    most = min(limit, max(MAX_RATIO * size, _UNSUSPECTED))
    came, part = 0, b""
    fix = f"unfold it with {folding.program} first"
    _screen(packed, size, path, folding)
    try:
        with import_module(folding.module).open(packed) as stream:
            take = stream.readline if line else stream.read
            while part := take(min(longest, most - came) + 1):
                came += len(part)
                if came > most or len(part) > longest:
                    break
                yield part
    except ImportError as error:
        what = f"this Python has no {folding.module}"
        raise FormatError([Problem(folding.code, str(path), what, fix)]) from error
    except _errors() as error:
        what, fix = "the file cannot be unfolded", "compress it anew"
        raise FormatError([Problem(folding.code, str(path), what, fix)]) from error
    if came > limit or len(part) > longest:
        of_lines = "a line of " if came <= limit else ""
        at_most = limit if came > limit else longest
        raise too_large(path, f"the file unfolds to {of_lines}more than {at_most} bytes", fix)
    if came > most:
        raise _too_much(path, folding)


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
    return too_large(path, what, f"look at it, and unfold it with {folding.program} first")


def _errors() -> tuple[type[Exception], ...]:
    """What the modules that unfold raise, their own errors where they were imported."""
    own = (("lzma", "LZMAError"), (_ZSTD, "ZstdError"))
    mine = [getattr(sys.modules[name], error) for name, error in own if name in sys.modules]
    return (OSError, EOFError, MemoryError, ImportError, zlib.error, *mine)


def too_large(path: Path, what: str, fix: str) -> FormatError:
    """The error of a file of more bytes than are read, whether it is compressed or not."""
    return FormatError([Problem("too-large", str(path), what, fix)])


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
