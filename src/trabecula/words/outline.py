"""Headings, items in items, tables: what a report says, before it is text or Markdown.

Each command that reports has a function that gives such blocks; `text` and `markdown` write them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from trabecula.words.tables import table
from trabecula.words.terminal import WIDTH, bare, styled, wrapped


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (depth 0) or an item within what stands above it; `dim` items are references."""

    depth: int
    words: str
    dim: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of its own; `near` what it is about, it follows without a blank line.

    A `command` that it ends in stays on one line, to be pasted into a shell.
    """

    words: str
    near: bool = False
    command: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, which a terminal is not shown where they are `silent`.

    `share` is the part of the width at which the text of a column goes on in the next line.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    depth: int = 0
    share: float | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Text that stays as it is, in a language such as `bibtex`."""

    language: str
    words: str


Block = Line | Note | Table | Code


def text(blocks: Iterable[Block], width: int = WIDTH) -> str:
    """The blocks for a terminal of so many columns, indented by their depth, with ANSI styles.

    >>> print(bare(text([Line(0, "Fruit"), Line(1, "apple"), Line(2, "red"), Note("All.")])))
    Fruit
      apple
        red
    <BLANKLINE>
    All.
    """
    written: list[str] = []
    for block in blocks:
        if written and _apart(block):
            written.append("")
        written += _lines(block, width)
    return "\n".join(written)


def _apart(block: Block) -> bool:
    """Whether a blank line stands before it."""
    match block:
        case Line(depth=depth):
            return depth == 0
        case Note(near=near):
            return not near
        case _:
            return False


def _lines(block: Block, width: int) -> list[str]:
    """One block as lines for a terminal."""
    match block:
        case Line(0, words):
            return [styled(words, "bold")]
        case Line(depth, words, dim):
            lines = wrapped(words, width, "  " * depth)
            return [styled(line, "dim") for line in lines] if dim else lines
        case Note(words, _, command) if command:
            return [f"{words} {command}"]
        case Note(words):
            return textwrap.wrap(words, width, break_on_hyphens=False)
        case Table(headings, rows, depth, share, silent):
            wrap = None if share is None else int(width * share)
            shown = table(rows, () if silent else headings, wrap=wrap)
            return textwrap.indent(shown, "  " * depth).split("\n")
        case Code(_, words):
            return words.rstrip("\n").split("\n")


def markdown(blocks: Iterable[Block], level: int = 2) -> str:
    r"""The blocks as Markdown: headings of this level, lists in lists, tables as GitHub has them.

    >>> print(markdown([Line(0, "Fruit"), Line(1, "2 * 3"), Line(2, "red")]), end="")
    ## Fruit
    <BLANKLINE>
    - 2 \* 3
      - red
    >>> print(markdown([Table(("what", "n"), [("a|b", 2)])]), end="")
    | what | n |
    |---|---|
    | a\|b | 2 |
    """
    written: list[str] = []
    items = False
    for block in blocks:
        item = isinstance(block, Line) and block.depth > 0
        if written and not (item and items):
            written.append("")
        written += _markdown(block, level)
        items = item
    return "\n".join(written).strip("\n") + "\n"


def _markdown(block: Block, level: int) -> Iterator[str]:
    match block:
        case Line(0, words):
            yield f"{'#' * level} {plain(words)}"
        case Line(depth, words):
            yield f"{'  ' * (depth - 1)}- {plain(words)}"
        case Note(words, _, command):
            yield f"{plain(words)} {_span(command)}" if command else plain(words)
        case Table(headings, rows):
            yield _row(headings)
            yield f"|{'---|' * len(headings)}"
            yield from map(_row, rows)
        case Code(language, words):
            marks = fence(words)
            yield from (f"{marks}{language}", bare(words).rstrip("\n"), marks)


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(plain('' if cell is None else str(cell)) for cell in cells)} |"


def fence(words: str, least: int = 3) -> str:
    """Backticks that are more than any in the text."""
    return "`" * max([least, *(len(run) + 1 for run in re.findall("`+", words))])


def _span(words: str) -> str:
    """Code within a line."""
    marks = fence(words, 1)
    return f"{marks} {words} {marks}" if "`" in words else f"{marks}{words}{marks}"


#: What Markdown, GitHub's included, or HTML takes for more than itself anywhere in a line.
_SPECIAL: Final = frozenset("\\`*_[]|~#$")
#: What begins a list, a line under a heading or across a page.
_FIRST: Final = re.compile(r"^(\d*)([+\-.)=])")


def plain(words: str) -> str:
    r"""Text in which nothing is Markdown or HTML, whoever wrote it; on one line, without styles.

    >>> print(plain("+ <b>a_b</b>"))
    \+ &lt;b&gt;a\_b&lt;/b&gt;
    """
    line = " ".join(bare(words).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = "".join(f"\\{c}" if c in _SPECIAL else c for c in line)
    return _FIRST.sub(r"\1\\\2", line)
