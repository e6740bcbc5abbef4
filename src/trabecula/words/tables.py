"""Plain tables for a terminal, in time and memory that grow no faster than their cells."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Final

from trabecula.words.terminal import bare

#: What stands between two columns.
_GAP: Final = "  "
#: A column is wider than its heading by at least so much, so that headings stand apart.
_BESIDE_HEADING: Final = 2
_TABLE: Final = unicodedata.ucd_3_2_0
#: Runs of so many characters without a blank are cut up beforehand; `textwrap` would take a time
#: that grows with the square of their length.
_RUN = re.compile(r"\S{500,}")


def table(
    rows: Sequence[Sequence[object]], headers: Sequence[str] = (), *, wrap: int | None = None
) -> str:
    """A plain table with aligned columns; numbers are kept as they are written.

    `wrap` is the width, in characters, at which the text of a column goes on in the next line.

    >>> print(table([("magnesium", 2), ("zinc", 10)], ("element", "n")))
    element    n
    ---------  ---
    magnesium  2
    zinc       10
    """

    @cache
    def lines(cell: str) -> tuple[str, ...]:
        return tuple(_lines(cell, wrap))

    widths = [_width(heading) + _BESIDE_HEADING for heading in headers]
    texts = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    for row in texts:
        widths += [0] * (len(row) - len(widths))
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], *map(_width, lines(cell)))
    head = [_line(headers, widths), _GAP.join("-" * width for width in widths)] if headers else []
    body = (
        _line(parts, widths)
        for row in texts
        for parts in zip_longest(*map(lines, row), fillvalue="")
    )
    return "\n".join((*head, *body))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=False)
    )
    return _GAP.join(padded).rstrip()


def _lines(cell: str, wrap: int | None) -> Iterator[str]:
    """The lines of a cell; at least one."""
    text = cell.strip()
    if len(text.splitlines()) <= 1 and (wrap is None or _width(text) <= wrap):
        yield text
        return
    for line in filter(str.strip, text.splitlines()):
        yield from [line] if wrap is None else _wrapped(line, wrap)


def _wrapped(line: str, wrap: int) -> list[str]:
    # Where characters are two columns wide, half as many have room.
    room = wrap if _width(line) <= len(line) else max(1, wrap // 2)
    cut = _RUN.sub(lambda run: " ".join(_cut(run[0], room)), line)
    return textwrap.wrap(cut, room)


def _cut(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(0, len(text), size))


def _width(text: str) -> int:
    """How many columns of a terminal a text takes; styles take none."""
    if text.isascii():
        return len(bare(text))
    return sum(map(_columns, bare(text)))


@cache
def _columns(character: str) -> int:
    """By the one table that is the same in every Python; it is old, and lacks most emoji."""
    if "\U0001f300" <= character <= "\U0001faff":
        return 2
    kind = _TABLE.category(character)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    # Of what it does not know, Pythons say different widths.
    return 2 if kind != "Cn" and _TABLE.east_asian_width(character) in "WF" else 1
