"""Headings and items in items: what a report says, before it is text or Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from trabecula.words.text import width


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (depth 0) or an item within what stands above it; `dim` items are references."""

    depth: int
    words: str
    dim: bool = False


def text(lines: Iterable[Line]) -> str:
    """The lines for a terminal, indented by their depth and wrapped, with ANSI styles.

    >>> print(click.unstyle(text([Line(0, "Fruit"), Line(1, "apple"), Line(2, "red", dim=True)])))
    Fruit
      apple
        red
    """
    written: list[str] = []
    for line in lines:
        if line.depth == 0:
            written += (
                ["", click.style(line.words, bold=True)]
                if written
                else [click.style(line.words, bold=True)]
            )
            continue
        indent = "  " * line.depth
        for part in textwrap.wrap(
            line.words, width(), initial_indent=indent, subsequent_indent=indent + "  ",
            break_long_words=False, break_on_hyphens=False,
        ):  # fmt: skip
            written.append(click.style(part, dim=True) if line.dim else part)
    return "\n".join(written)


def markdown(lines: Iterable[Line], level: int = 2) -> str:
    r"""The lines as Markdown: headings of this level, and lists in lists.

    >>> print(markdown([Line(0, "Fruit"), Line(1, "2 * 3"), Line(2, "red")]), end="")
    ## Fruit
    <BLANKLINE>
    - 2 \* 3
      - red
    """
    return "\n".join(_markdown(lines, level)).strip("\n") + "\n"


def _markdown(lines: Iterable[Line], level: int) -> Iterator[str]:
    for line in lines:
        if line.depth == 0:
            yield from ("", f"{'#' * level} {plain(line.words)}", "")
        else:
            yield f"{'  ' * (line.depth - 1)}- {plain(line.words)}"


def plain(words: str) -> str:
    r"""Text in which nothing is Markdown or HTML, whoever wrote it.

    >>> print(plain("+ <b>a_b</b>"))
    \+ &lt;b&gt;a\_b&lt;/b&gt;
    """
    line = " ".join(words.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = "".join(f"\\{c}" if c in "\\`*_[]|~#" else c for c in line)
    # A list begins like this, with a sign or a number.
    return re.sub(r"^(\d*)([+\-.)])(?=\s|$)", r"\1\\\2", line)
