"""Reading text strictly and writing files whole or not at all."""

from __future__ import annotations

import codecs
import errno
import gzip
import os
import re
import tempfile
import zlib
from pathlib import Path
from typing import Final

from trabecula.errors import FormatError, Problem, Problems
from trabecula.leftover import Leftovers

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


def read_lines(path: Path, left: Leftovers | None = None) -> tuple[list[str], list[Problem]]:
    """The lines of a text file without their ends, and what is wrong with the file as text.

    A problem is a line that is not UTF-8; its text then has U+FFFD in place of what cannot be
    read. A byte-order mark, UTF-16 where the mark says so, and lines that end in CR LF or CR are
    read without loss; `left` is told of them.
    """
    left = left or Leftovers()
    data, problems = _utf8(path.read_bytes(), str(path), left)
    if b"\r" in data:
        data = _lf(data, f"{path.name}:1", left)
    lines = []
    found = Problems()
    for number, raw in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            found.append(not_utf8(raw, error.start, f"{path}:{number}"))
            lines.append(raw.decode("utf-8", errors="replace"))
    if lines[-1] == "":
        lines.pop()
    return lines, [*problems, *found]


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
        left.mend("a byte-order mark left out", f"{Path(where).name}:1")
        return data.removeprefix(codecs.BOM_UTF8), []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            what = "the file begins as UTF-16 and is damaged"
            return b"", [Problem("not-utf-8", f"{where}:1", what, "save it as UTF-8")]
        left.mend("UTF-16 read as such", f"{Path(where).name}:1")
        return text.encode("utf-8"), []
    if b"\0" in data[:1000]:
        what = "the file is no text: it holds bytes of zero"
        return b"", [Problem("not-utf-8", f"{where}:1", what, "save it as UTF-8")]
    return data, []


def _lf(data: bytes, place: str, left: Leftovers) -> bytes:
    """The bytes with a line feed at each end of line; a stray carriage return within one stays."""
    if b"\n" not in data:
        left.mend("lines that end in CR read as such", place)
        return data.replace(b"\r", b"\n")
    if re.search(rb"\r\n", data):
        left.mend("lines that end in CR LF read as such", place)
    return re.sub(rb"\r+\n", b"\n", data)


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
