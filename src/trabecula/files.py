"""Reading text strictly and writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from pathlib import Path

from trabecula.errors import FormatError, Problem

_BOM = b"\xef\xbb\xbf"
#: Unicode categories that have no place in a cell: control, format (bidi, zero-width), private,
#: surrogate and unassigned characters, line and paragraph separators.
_FORBIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file, without their line feeds.

    Raises `FormatError` naming every line that is not UTF-8, and a byte-order mark if there is
    one: silently dropping either would change what the file says.
    """
    data = path.read_bytes()
    problems = []
    if data.startswith(_BOM):
        problems.append(
            Problem(
                "byte-order-mark",
                f"{path}:1",
                "the file begins with a byte-order mark",
                "save it as UTF-8 without a BOM",
            )
        )
        data = data.removeprefix(_BOM)
    lines = []
    for number, raw in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            problems.append(
                Problem(
                    "not-utf-8",
                    f"{path}:{number}",
                    f"byte {raw[error.start]:#04x} in column {error.start + 1} is not UTF-8",
                    "save the file as UTF-8",
                )
            )
    if problems:
        raise FormatError(problems)
    if lines and lines[-1] == "":
        lines.pop()
    return lines


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
    the place of `path`. On any error the temporary file is removed. Raises `OSError`.
    """
    path = Path(path)
    # A symbolic link keeps pointing at its file; the file itself is what gets replaced.
    target = path.resolve() if path.is_symlink() else path
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
