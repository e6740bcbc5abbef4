"""Reading text strictly and writing files whole or not at all."""

from __future__ import annotations

import errno
import gzip
import os
import struct
import tempfile
import unicodedata
import zlib
from pathlib import Path
from typing import Final

from trabecula.errors import FormatError, Problem

#: No flags, no time, packed as small as can be, by an unknown system.
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
_BOM = b"\xef\xbb\xbf"
#: Unicode categories that have no place in a cell: control, format (bidi, zero-width), private,
#: surrogate and unassigned characters, line and paragraph separators.
_FORBIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))


#: The most that a compressed file may unfold to, in bytes: a small file can hold a huge one.
MAX_UNFOLDED: Final = 1 << 30


def read_bytes(path: Path, limit: int = MAX_UNFOLDED) -> bytes:
    """The bytes of a file; one whose name ends in `.gz` is unfolded.

    Raises `FormatError` when it is no gzip file, is cut short or unfolds to more than `limit`
    bytes, and `OSError` when it cannot be read.
    """
    path = Path(path)
    if path.suffix.lower() != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as stream:
            data = stream.read(limit + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        problem = Problem("bad-gzip", str(path), "the file cannot be unfolded", "compress it anew")
        raise FormatError([problem]) from error
    if len(data) > limit:
        what = f"the file unfolds to more than {limit} bytes"
        raise FormatError([Problem("bad-gzip", str(path), what, "unfold it with gunzip first")])
    return data


def read_lines(path: Path) -> tuple[list[str], list[Problem]]:
    """The lines of a UTF-8 file without their ends, and what is wrong with the file as text.

    A problem is a line that is not UTF-8, whose text then has U+FFFD in place of what cannot be
    read; or, on the first line, a byte-order mark or ends of line other than a line feed.
    Silently dropping any of these would change what the file says.
    """
    data = path.read_bytes()
    problems = []
    if data.startswith(_BOM):
        what, fix = "the file begins with a byte-order mark", "save it as UTF-8 without a BOM"
        problems.append(Problem("byte-order-mark", f"{path}:1", what, fix))
        data = data.removeprefix(_BOM)
    if b"\r\n" in data:
        what, fix = "lines end in CR LF", "save the file with LF at the ends of lines"
        problems.append(Problem("line-ends", f"{path}:1", what, fix))
        data = data.replace(b"\r\n", b"\n")
    lines = []
    for number, raw in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            what = f"byte {raw[error.start]:#04x} in column {error.start + 1} is not UTF-8"
            fix = "save the file as UTF-8"
            problems.append(Problem("not-utf-8", f"{path}:{number}", what, fix))
            lines.append(raw.decode("utf-8", errors="replace"))
    if lines[-1] == "":
        lines.pop()
    return lines, problems


def forbidden_character(text: str) -> str:
    """The first character of `text` that may not stand in a cell, as `U+202E`, or nothing."""
    if text.isascii() and text.isprintable():
        return ""
    for character in text:
        if unicodedata.category(character) in _FORBIDDEN:
            return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
        if character.isspace() and character != " ":
            return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return ""


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that the file is either complete or as it was before.

    The bytes go to a temporary file in the same folder, are flushed to the disk and then take
    the place of `path`. On any error the temporary file is removed. A pipe or a device, such as
    `/dev/null`, is written to and stays what it is. Raises `OSError` that names `path`.
    """
    path = Path(path)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    # A symbolic link keeps pointing at its file; the file itself is what gets replaced.
    target = path.resolve() if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(target, data)
    except OSError as error:  # the name of the temporary file would tell nobody anything
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(target: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The permissions to give: those of the file replaced, else those the umask leaves."""
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


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
