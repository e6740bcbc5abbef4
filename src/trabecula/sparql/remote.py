"""Any SPARQL 1.1 endpoint as the engine: Virtuoso, GraphDB, Fuseki, QLever, Neptune, our own.

A query goes there as it is, but for the prefixes that trabecula knows, which are declared for it;
the answer comes back as the same `Result` that our own engine gives. The queries of the library
work wherever the RDF of a graph lies that trabecula wrote: see `bound`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from trabecula.addresses import Addresses, addresses
from trabecula.characters import SHOWN, visible
from trabecula.errors import FormatError, QueryError
from trabecula.model import About
from trabecula.sparql import answers
from trabecula.sparql.clock import TIMEOUT, Deadline
from trabecula.sparql.engine import MAX_ANSWER_BYTES, is_ordered
from trabecula.sparql.protocol import Address, Answer, address, post
from trabecula.sparql.results import Result
from trabecula.sparql.screening import FORMS, screen
from trabecula.sparql.tokens import (
    KNOWN_PREFIXES,
    Token,
    code,
    declared_prefixes,
    split_name,
    used_names,
)

#: The media types that are read, by the form of the query: type -> syntax.
_ROWS: Final = {"application/sparql-results+json": "json", "application/json": "json"}
_TRIPLES: Final = {
    "application/n-triples": "nt",
    "text/turtle": "ttl",
    "text/plain": "nt",
    "application/x-turtle": "ttl",
}
_NOTHING: Final = About()


class Endpoint:
    """A SPARQL endpoint, by its address: `https://host/sparql`.

    `limit` is the size of the largest answer in bytes. Nothing is sent before a question is asked.
    Raises `QueryError` for what is no address.
    """

    def __init__(self, url: str, *, limit: int = MAX_ANSWER_BYTES) -> None:
        self._address: Address = address(url)
        self._limit = limit

    def __repr__(self) -> str:
        return f"Endpoint({self.shown!r})"

    @property
    def shown(self) -> str:
        """The address as messages name it, without what proves who asks."""
        return self._address.shown

    def query(
        self, text: str, *, timeout: float | Deadline = TIMEOUT, about: About = _NOTHING
    ) -> Result:
        """The answer of the endpoint to a SPARQL 1.1 query.

        As with our own engine, the prefixes that trabecula knows need no declaration, columns stand
        in the order of the SELECT clause, and rows are sorted unless the query says ORDER BY.
        `timeout` is in seconds, from the question to the answer; `about` is what the graph there
        says of itself, where that is known.

        Raises `QueryError` for a query that is refused (see `screen`; updates and SERVICE are), and
        wherever there is no whole answer in time: nobody there, an error of the endpoint, an answer
        too large, cut off, or of another kind than asked for.
        """
        deadline = timeout if isinstance(timeout, Deadline) else Deadline(timeout)
        screen(text)
        words = code(text)
        form = _form(words)
        triples = form in ("CONSTRUCT", "DESCRIBE")
        kinds = _TRIPLES if triples else _ROWS
        accept = ", ".join(f"{kind};q={1 - n / 10:g}" for n, kind in enumerate(kinds))
        asked = _declaring(text, words, addresses(about))
        answer = post(self._address, asked, accept, deadline, self._limit)
        syntax = kinds.get(answer.kind)
        if syntax is None:
            kind = visible(answer.kind, SHOWN)
            raise QueryError(
                f"{self.shown} answered with {kind}, not with {next(iter(kinds))};"
                " is this the address of a SPARQL endpoint?"
            )
        result = self._read(answer, syntax, deadline, in_order=is_ordered(words))
        if not triples and (form == "ASK") != (result.form == "ask"):
            raise QueryError(f"{self.shown}: this is no answer to {form}")
        return replace(result, about=about)

    def _read(self, answer: Answer, syntax: str, deadline: Deadline, *, in_order: bool) -> Result:
        try:
            if syntax == "json":
                return answers.rows_of(answer.data, deadline, ordered=in_order)
            return answers.triples_of(answer.data, syntax, deadline)
        except (ValueError, SyntaxError, FormatError) as error:
            what = visible(" ".join(str(error).split()), SHOWN)
            raise QueryError(f"{self.shown}: the answer cannot be read: {what}") from error


def _form(words: list[Token]) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE. Raises `QueryError` for what is none of them."""
    for word in words:
        if word.kind == "word" and word.text.upper() in FORMS:
            return word.text.upper()
    raise QueryError(f"this is no query: it has none of {', '.join(FORMS)}")


def _declaring(text: str, words: list[Token], own: Addresses) -> str:
    """The query with the prefixes that it uses, and with the IRIs that the graph there has.

    They stand on its first line, so that what the endpoint says of lines holds for the query.
    """
    declared = declared_prefixes(words)
    used = dict.fromkeys(split_name(name)[0] for name in used_names(words))
    needed = [name for name in used if name not in declared and name in KNOWN_PREFIXES]
    prefixes = "".join(f"PREFIX {n}: <{own.outward(KNOWN_PREFIXES[n])}> " for n in sorted(needed))
    return prefixes + own.outward_text(text)
