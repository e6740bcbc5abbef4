"""Tables that answer a query in SPARQL, between tabs: variables above, terms of Turtle below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_VARIABLES: Final = re.compile(r"\?\w+(\t\?\w+)+")
_TERM: Final = re.compile(r'<(?P<iri>[^<>]*)>|"(?P<text>(?:[^"\\]|\\.)*+)"(?:@[\w-]+|\^\^\S+)?')
_ESCAPED: Final = {"t": " ", "n": " ", "r": " "}


def are_variables(line: str) -> bool:
    r"""Whether a line names the variables of an answer.

    >>> are_variables("?item\t?itemLabel"), are_variables("item\t?")
    (True, False)
    """
    return _VARIABLES.fullmatch(line.strip()) is not None


def columns(variables: list[str]) -> list[str]:
    """The columns that variables name; those of a triple by their short names, too.

    >>> columns(["?s", "?p", "?o"]), columns(["?item", "?itemLabel"])
    (['subject', 'predicate', 'object'], ['item', 'itemLabel'])
    """
    names = [variable.strip().removeprefix("?") for variable in variables]
    return ["subject", "predicate", "object"] if names == ["s", "p", "o"] else names


def plain(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines of an answer, with what its terms stand for: an IRI, or a text."""
    for number, line in lines:
        yield number, "\t".join(map(_plain, line.split("\t")))


def _plain(cell: str) -> str:
    r"""What a term stands for.

    >>> _plain("<http://example.org/a>"), _plain('"a \\"b\\""@en'), _plain("5")
    ('http://example.org/a', 'a "b"', '5')
    """
    term = _TERM.fullmatch(cell.strip())
    if term is None:
        return cell
    if term["iri"] is not None:
        return term["iri"]
    return re.sub(r"\\(.)", lambda mark: _ESCAPED.get(mark[1], mark[1]), term["text"])
