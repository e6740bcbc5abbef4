"""Standard output and standard error, as every command and click itself write to them.

Python's own streams lose bytes without a word where they are not buffered (`PYTHONUNBUFFERED`),
end in a traceback where the encoding lacks a character, and are silent where there is nowhere to
write to. While `whole` is entered, all of it is written or the program ends with an error; a
character that the encoding lacks is spelt in ASCII; and a reader that went away ends the program
as it ends `cat`, with exit code 141 and without a word.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import select
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final, TextIO

#: The exit code of a program whose reader went away: that of a shell for SIGPIPE.
READER_GONE: Final = 141

#: Signs of our texts and of the content, and how ASCII writes them.
_SIGNS: Final = {
    "→": "->", "←": "<-", "↔": "<->", "⇢": "-->", "⊣": "-|", "↑": "^", "↓": "v", "↕": "^v",
    "▲": "^", "▼": "v", "■": "#", "✓": "*", "◐": "%", "○": "o", "•": "*", "·": ".",
    "─": "-", "│": "|", "├": "+", "└": "+", "−": "-", "‐": "-", "–": "-", "—": "--",
    "×": "x", "÷": "/", "±": "+/-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "∞": "inf",
    "∆": "delta", "°": "deg", "′": "'", "″": '"', "‘": "'", "’": "'", "“": '"', "”": '"',
    "«": '"', "»": '"', "⁄": "/", "µ": "u", "μ": "u", "ß": "ss", "æ": "ae", "Æ": "AE",
    "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i",
}  # fmt: skip


class _Descriptor(io.FileIO):
    """A standard stream of the process, which takes every byte or raises.

    Where `must`, an `OSError` names the stream; else what cannot be told is dropped. After an
    error it takes everything and writes nothing, so that closing it raises no second one.
    """

    def __init__(self, descriptor: int, title: str, *, must: bool) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._title = title
        self._must = must
        self._lost = False

    def write(self, data: Any, /) -> int:
        """The number of bytes written: at least one. A stream that does not block is waited for."""
        while not self._lost:
            try:
                written: int | None = super().write(data)
            except BrokenPipeError:
                self._lost = True
                raise SystemExit(READER_GONE) from None
            except OSError as error:
                self._lost = True
                if self._must:
                    raise OSError(error.errno, error.strerror, self._title) from error
            else:
                if written is not None:
                    return written
                select.select([], [self], [])
        return len(data)


class _Closed(io.RawIOBase):
    """A standard stream of a program that was started without it."""

    def __init__(self, *, must: bool) -> None:
        super().__init__()
        self._must = must

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        if self._must:
            self._must = False
            raise OSError(errno.EBADF, os.strerror(errno.EBADF), "standard output")
        return len(data)


class _Text(io.TextIOWrapper):
    """A text stream that spells what its encoding lacks.

    Claims UTF-8 where the encoding is ASCII, for click would write UTF-8 past it.
    """

    def __init__(self, buffer: IO[bytes], encoding: str, *, line_buffering: bool) -> None:
        plain = codecs.lookup(encoding).name == "ascii"
        super().__init__(
            buffer, encoding="utf-8" if plain else encoding, line_buffering=line_buffering
        )
        self._held = encoding

    def write(self, text: str, /) -> int:
        return super().write(spelt(text, self._held))


@contextmanager
def whole() -> Iterator[None]:
    """Standard output and standard error as the head of this module says, for the time being.

    Streams that are no files of the process, as in a notebook, stay as they are.
    """
    before = sys.stdout, sys.stderr
    sys.stdout = _rebuilt(sys.stdout, "standard output", must=True)
    sys.stderr = _rebuilt(sys.stderr, "standard error", must=False)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _rebuilt(stream: TextIO | None, title: str, *, must: bool) -> TextIO:
    if stream is None:
        return _Text(io.BufferedWriter(_Closed(must=must)), "utf-8", line_buffering=False)
    try:
        descriptor = stream.fileno()
    except (AttributeError, OSError):
        return stream
    terminal = stream.isatty()
    if terminal and os.name == "nt":  # a console of Windows takes characters, not bytes
        return stream
    stream.flush()
    buffer = io.BufferedWriter(_Descriptor(descriptor, title, must=must))
    return _Text(buffer, stream.encoding, line_buffering=terminal)


def spelt(text: str, encoding: str) -> str:
    """A text with words for the characters that an encoding lacks.

    >>> spelt("Mg²⁺ → TGF-β, −5 °C", "ascii")
    'Mg2+ -> TGF-beta, -5 degC'
    >>> spelt("5 µg of Fe³⁺", "cp1252")
    '5 µg of Fe³+'
    """
    return text.encode(encoding, _HANDLER).decode(encoding)


def _spelling(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_in_ascii, lacking)), error.end


def _in_ascii(character: str) -> str:
    """How ASCII writes a character: a sign, a letter without its marks, the name of a Greek one."""
    if "\udc80" <= character <= "\udcff":  # a byte of a file's name that is not UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    written = ""
    for part in unicodedata.normalize("NFKD", _SIGNS.get(character, character)):
        if not unicodedata.combining(part):
            written += part if part.isascii() else _SIGNS.get(part) or _greek(part)
    return written or character.encode("ascii", "backslashreplace").decode("ascii")


def _greek(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return name.rpartition(" ")[2].lower() if name.startswith("GREEK ") else ""


_HANDLER: Final = "trabecula-spelling"
codecs.register_error(_HANDLER, _spelling)
