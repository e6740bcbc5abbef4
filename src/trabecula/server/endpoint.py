"""The SPARQL endpoint: the SPARQL 1.1 Protocol, its answers as they come, and its description."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from trabecula.server import description, media, protocol
from trabecula.server.documents import Documents
from trabecula.server.exchange import Answer
from trabecula.server.kept import Made
from trabecula.server.media import HTML, RESULTS, TRIPLES
from trabecula.server.refusals import Failed, Refused
from trabecula.server.request import PIECE_BYTES, Headers, Request, give, unchanged
from trabecula.server.served import Served
from trabecula.server.shapes import shape

if TYPE_CHECKING:
    from uvicorn._types import ASGISendCallable

#: Functions whose answer differs from time to time, or letters that may be written otherwise; and
#: what a query with one of them has in it, which is found sooner.
_VOLATILE: Final = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b|\[|_:|\\u", re.IGNORECASE)

_SIGNS: Final = ("now", "rand", "uuid", "bnode", "[", "_:", "\\u")


class Endpoint:
    """Answers at `/sparql`; a browser that brings no query gets a page to write one in."""

    def __init__(self, served: Served, documents: Documents) -> None:
        self._served, self._documents = served, documents

    async def answer(self, request: Request) -> None:
        """The SPARQL 1.1 Protocol; the query page for a browser; the description of the service."""
        body = await request.body()
        if request.header(b"content-encoding") not in ("", "identity"):
            raise Refused(415, "a query is posted as it is, without a Content-Encoding")
        address = request.scope["query_string"]
        if request.method in ("GET", "HEAD") and _for_people(request, address):
            await self._documents.give(request, "query-page", {"do": "query-page"})
            return
        query = protocol.read(request.method, request.header(b"content-type"), address, body)
        if query is None:
            await self._described(request)
            return
        results, triples = _syntaxes(request.accept, query.format)
        tag, base = None, f"{request.base}/sparql"
        if not _volatile(query.text):
            graphs = (query.default_graphs, query.named_graphs)
            tag = self._served.tag("sparql", query.text, base, graphs, results, triples)
            if request.unchanged(tag):
                await unchanged(request, tag)
                return
            made = self._served.answers.get(tag)
            if made is not None:
                await give(request, made.type, made.data, tag=tag)
                return
        graphs_asked = None
        if query.default_graphs is not None or query.named_graphs is not None:
            graphs_asked = {
                "default": list(query.default_graphs or ()),
                "named": list(query.named_graphs or ()),
            }
        asked = {
            "do": "sparql",
            "query": query.text,
            "graphs": graphs_asked,
            "base": base,
            "results": results,
            "triples": triples,
            "rows": self._served.settings.rows,
        }
        timeout = self._served.settings.timeout
        try:
            answer = await request.waiting(
                self._served.pool.ask(asked, timeout, partial(shape, query.text))
            )
        except Failed as failed:
            raise self._worded(failed) from None
        table = TRIPLES if answer.head["triples"] else RESULTS
        await self._pass_on(request, answer, table[answer.head["written"]].header, tag)

    def _worded(self, failed: Failed) -> Failed:
        if failed.kind == "late":
            message = f"the query took longer than {self._served.settings.timeout:g} s; narrow it"
            return Failed("late", message)
        if failed.kind == "size":
            message = f"the answer has more than {self._served.settings.rows:,} rows, or 64 MiB"
            return Failed("size", f"{message}; add LIMIT, or load /dump")
        if failed.kind == "acceptable":
            offered = TRIPLES if str(failed) == "triples" else RESULTS
            types = ", ".join(kind.type for kind in offered.values())
            return Failed("acceptable", f"such an answer can be had as {types}")
        return failed

    async def _pass_on(self, request: Request, answer: Answer, kind: str, tag: str | None) -> None:
        """Send an answer, as it comes. One that breaks off breaks the connection off, too."""
        headers: Headers = [
            (b"content-type", kind.encode()),
            (b"vary", b"Accept"),
            (b"cache-control", b"no-cache" if tag else b"no-store"),
        ]
        if tag:
            headers.append((b"etag", tag.encode()))
        if answer.whole:
            if tag:
                self._served.answers.keep(tag, Made(kind, answer.first))
            await request.respond(200, headers, answer.first)
            return
        try:
            if request.scope["http_version"] == "1.0":
                # Without chunks nobody could tell the end from a break.
                await request.respond(200, headers, await answer.collected())
                return
            await request.waiting(self._stream(request.send, request.head(headers), answer))
        finally:
            answer.close()

    async def _stream(self, send: ASGISendCallable, headers: Headers, answer: Answer) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for at in range(0, len(answer.first), PIECE_BYTES):
            piece = answer.first[at : at + PIECE_BYTES]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        try:
            async for part in answer.rest():
                await send({"type": "http.response.body", "body": part, "more_body": True})
        except Failed:
            return  # without an end, the server closes the connection: the client sees a break
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _described(self, request: Request) -> None:
        chosen = media.chosen(request.accept, TRIPLES.values())
        if chosen is None:
            raise Refused(406, "the description of the service can be had as text/turtle")
        data = description.service(f"{request.base}/sparql", self._served.pool.facts, chosen.name)
        tag = self._served.tag("service", request.base, chosen.name)
        await give(request, chosen.header, data, tag=tag)


def _volatile(text: str) -> bool:
    """Whether the answer to a query differs from time to time."""
    lower = text.lower()
    return any(word in lower for word in _SIGNS) and _VOLATILE.search(text) is not None


_ROWS: Final = tuple(RESULTS.values())
_RDF: Final = tuple(TRIPLES.values())
_ALL: Final = (*_ROWS, *_RDF, HTML)


def _for_people(request: Request, address: bytes) -> bool:
    """Whether a browser asks, which wants a page rather than an answer."""
    accept = request.accept
    if accept is None or "html" not in accept.lower():
        return False
    return media.chosen(accept, _ALL) is HTML and b"format=" not in address


def _syntaxes(accept: str | None, name: str) -> tuple[str | None, str | None]:
    """The short names of what rows and of what triples are to be written as."""
    if name in RESULTS or name in TRIPLES:
        return (name if name in RESULTS else None, name if name in TRIPLES else None)
    rows, triples = media.chosen(accept, _ROWS), media.chosen(accept, _RDF)
    if rows is None and triples is None:
        types = ", ".join(kind.type for kind in (*_ROWS, *_RDF))
        raise Refused(406, f"answers can be had as {types}")
    return rows.name if rows else None, triples.name if triples else None
