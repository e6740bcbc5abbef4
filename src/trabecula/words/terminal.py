"""What a terminal does with text: how wide it is, and the styles that it knows."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from typing import Final

#: Columns where output goes elsewhere than to a terminal: it is the same for everybody.
WIDTH: Final = 100
_NARROWEST: Final = 40
_CODES: Final = {
    "bold": 1, "dim": 2, "red": 31, "yellow": 33, "blue": 34, "magenta": 35, "cyan": 36,
}  # fmt: skip
#: Codes that change how text looks and nothing else.
STYLES: Final = re.compile(r"\x1b\[[0-9;]*m")


def width() -> int:
    """The columns of the terminal that standard output is; 100 where it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return WIDTH
    return max(shutil.get_terminal_size((WIDTH, 24)).columns, _NARROWEST)


def styled(words: str, *styles: str) -> str:
    r"""Words with ANSI styles, which `click.echo` takes out where the output is no terminal.

    >>> styled("found", "bold", "blue")
    '\x1b[1m\x1b[34mfound\x1b[0m'
    """
    codes = "".join(f"\x1b[{_CODES[style]}m" for style in styles)
    return f"{codes}{words}\x1b[0m" if codes else words


def bare(words: str) -> str:
    """Words without their styles."""
    return STYLES.sub("", words) if "\x1b" in words else words


def wrapped(words: str, columns: int, indent: str = "") -> list[str]:
    """Words in lines of at most so many columns, the second and further ones indented by two more.

    A word that is longer than that stays whole, and so do styles.

    >>> [bare(line) for line in wrapped(f"a {styled('red', 'red')} and ripe apple", 13, "  ")]
    ['  a red and', '    ripe', '    apple']
    """
    lines = textwrap.wrap(
        bare(words), columns, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return _restyled(words, lines) if "\x1b" in words else lines


def _restyled(words: str, lines: list[str]) -> list[str]:
    """The lines with the styles of `words`, whose letters are theirs and only blanks differ."""
    codes: dict[int, str] = {}  # by the number of letters before them
    before = end = 0
    for code in STYLES.finditer(words):
        before += len("".join(words[end : code.start()].split()))
        codes[before] = codes.get(before, "") + code[0]
        end = code.end()
    written, place = [], 0
    for line in lines:
        parts = []
        for letter in line:
            if not letter.isspace():
                parts.append(codes.pop(place, ""))
                place += 1
            parts.append(letter)
            if not letter.isspace() and codes.get(place, "").endswith("\x1b[0m"):
                parts.append(codes.pop(place))
        written.append("".join(parts))
    return written
