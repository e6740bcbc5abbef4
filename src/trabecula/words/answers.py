"""Answers to SPARQL queries, and the library of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from trabecula.characters import harmless, visible
from trabecula.counted import counted
from trabecula.model import About
from trabecula.sparql.results import shown
from trabecula.words.lists import PROSE
from trabecula.words.outline import Block, Code, Note, Table

if TYPE_CHECKING:
    from trabecula.sparql import NamedQuery, Parameter, Result
    from trabecula.sparql.results import Term

#: How many terms are kept as they are shown; the same few make up most of a large answer.
_KEPT: Final = 4096


def answer(result: Result) -> Iterator[Block]:
    """The answer to a query for a person to read: short names, wrapped columns, a count."""
    if result.form == "ask":
        yield Note("yes" if result.answer else "no")
    elif result.form == "construct":
        yield Code("turtle", harmless(result.serialise("ttl").rstrip("\n")))
    else:
        written = lru_cache(_KEPT)(partial(_term, result.about))
        rows = [tuple(map(written, row)) for row in result.rows]
        if rows and result.variables:
            yield Table(result.variables, rows, share=PROSE)
        yield Note(counted(len(rows), "row"), near=True)


def _term(about: About, term: Term | None) -> str:
    if term is None:
        return ""
    named = type(term).__name__ == "NamedNode"
    return visible(shown(term.value, about) if named else term.value)


def queries(library: Iterable[NamedQuery]) -> Iterator[Block]:
    """The library of queries: names, what they answer, and their parameters."""
    rows = [
        (query.name, query.title, ", ".join(map(_parameter, query.parameters))) for query in library
    ]
    yield Table(("name", "what it answers", "parameters"), rows, share=PROSE)


def _parameter(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f"={parameter.default}"
    return f"{parameter.name}{default}"
