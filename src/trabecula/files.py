"""Reading text strictly and writing files whole or not at all."""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import tempfile
import time
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from trabecula.errors import FormatError, Problem

_BOM = b"\xef\xbb\xbf"
#: Unicode categories that have no place in a cell: control, format (bidi, zero-width), private,
#: surrogate and unassigned characters, line and paragraph separators.
_FORBIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))


#: The most bytes that come out of a compressed file or a pipe, which do not say how many they are.
MAX_UNFOLDED: Final = 1 << 29
#: The most bytes of an ordinary file.
MAX_BYTES: Final = 1 << 32
#: How many times its size a compressed file may unfold to, once it is past `_UNSUSPECTED` bytes.
#: Graphs unfold to 15 to 40 times their size, files made to fill the memory to 1,000 times.
MAX_RATIO: Final = 200
_UNSUSPECTED: Final = 1 << 24
#: How long a pipe may lie there without anybody who writes to it, in seconds.
PATIENCE: Final = 2.0
_CHUNK: Final = 1 << 20


def read_bytes(path: Path, limit: int = MAX_UNFOLDED) -> bytes:
    """The bytes of a file or a pipe; what has a name in `.gz` is unfolded.

    Raises `FormatError` for a device, for a pipe that nobody writes to, for what is no gzip file
    or cut short, and for what is too large: a pipe or an unfolded file of more than `limit`
    bytes, another file of more than `MAX_BYTES`. Raises `OSError` when it cannot be read.
    """
    path = Path(path)
    data = _content(path, limit)
    return _unfolded(data, path, limit) if path.suffix.lower() == ".gz" else data


def _content(path: Path, limit: int) -> bytes:
    """What a file or a pipe holds, as it is."""
    found = path.stat()
    if stat.S_ISFIFO(found.st_mode):
        return _joined(_piped(path), path, limit)
    if stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode):
        what, fix = "this is a device, not a file", "name a file"
        raise FormatError([Problem("not-a-file", str(path), what, fix)])
    if found.st_size > MAX_BYTES:
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
    while (found := pipe.read(_CHUNK)) == b"":  # None where there is a writer and nothing written
        if time.monotonic() > end:
            what = f"nobody has written to this pipe for {PATIENCE:g} seconds"
            raise FormatError([Problem("not-a-file", str(path), what, "start what writes to it")])
        time.sleep(0.02)
    return found or b""


def _joined(chunks: Iterable[bytes], path: Path, limit: int) -> bytes:
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > limit:
            what, fix = f"more than {limit} bytes came", "write them to a file first"
            raise _too_large(path, what, fix)
    return bytes(whole)


def _unfolded(data: bytes, path: Path, limit: int) -> bytes:
    suspicious = max(MAX_RATIO * len(data), _UNSUSPECTED)
    most = min(limit, suspicious)
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            found = stream.read(most + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        problem = Problem("bad-gzip", str(path), "the file cannot be unfolded", "compress it anew")
        raise FormatError([problem]) from error
    if len(found) > limit:
        what, fix = f"the file unfolds to more than {limit} bytes", "unfold it with gunzip first"
        raise _too_large(path, what, fix)
    if len(found) > most:
        what = f"the file unfolds to more than {MAX_RATIO} times its size"
        raise _too_large(path, what, "look at it, and unfold it with gunzip first")
    return found


def _too_large(path: Path, what: str, fix: str) -> FormatError:
    return FormatError([Problem("too-large", str(path), what, fix)])


def read_lines(path: Path) -> tuple[list[str], list[Problem]]:
    """The lines of a UTF-8 file without their ends, and what is wrong with the file as text.

    A problem is a line that is not UTF-8, whose text then has U+FFFD in place of what cannot be
    read; or, on the first line, a byte-order mark or ends of line other than a line feed.
    Silently dropping any of these would change what the file says.
    """
    data = _content(path, MAX_UNFOLDED)
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
