"""Reading files strictly."""

from __future__ import annotations

import codecs
import gzip
import re
import unicodedata
import zlib
from pathlib import Path
from typing import Final

from trabecula.errors import FormatError, Problem

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
    read. A byte-order mark and a carriage return at the end of a line are no part of the text.
    """
    data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    data = re.sub(rb"\r+(\n|\Z)", rb"\1", data)
    problems = []
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
