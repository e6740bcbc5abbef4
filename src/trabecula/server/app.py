"""The server as an ASGI application: addresses, negotiation, statuses, headers.

It reads HTTP and writes HTTP. What a query says, and what the graph answers, is the business of the
workers in the pool; nothing of either is worked out here.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from trabecula.formats import FORMATS
from trabecula.server import description, media, protocol
from trabecula.server.api import QUESTIONS
from trabecula.server.api import description as openapi
from trabecula.server.kept import Kept, Made
from trabecula.server.media import HTML, RESULTS, TRIPLES, Media
from trabecula.server.pool import Answer, Pool, shape
from trabecula.server.refusals import Failed, Refused
from trabecula.server.request import (
    PIECE_BYTES,
    Gone,
    Headers,
    Request,
    give,
    host_name,
    is_address,
    unchanged,
)
from trabecula.version import __version__

if TYPE_CHECKING:
    from uvicorn._types import (
        ASGI3Application,
        ASGIReceiveCallable,
        ASGISendCallable,
        Scope,
    )

#: How long a page, a file or a description may take to be made.
DOCUMENT_SECONDS: Final = 120.0
#: How long the counting of all that a graph has may take, and how long who asks for it waits.
_COUNT_SECONDS: Final = 900.0
_PATIENCE_SECONDS: Final = 1.0
#: How large documents may be that are kept once they were made, all together, in bytes; and one.
_DOCUMENTS: Final = (256 * 1024**2, 32 * 1024**2)
#: The same for answers to questions.
_ANSWERS: Final = (32 * 1024**2, 64 * 1024)

_STATUS: Final[Mapping[str, int]] = {
    "asked": 400,
    "syntax": 400,
    "evaluation": 400,
    "unknown": 404,
    "acceptable": 406,
    "size": 422,
    "memory": 503,
    "late": 503,
    "busy": 503,
    "making": 503,
    "died": 500,
}
#: Functions whose answer differs from time to time, or letters that may be written otherwise; and
#: what a query with one of them has in it, which is found sooner.
_VOLATILE: Final = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b|\[|_:|\\u", re.IGNORECASE)

_SIGNS: Final = ("now", "rand", "uuid", "bnode", "[", "_:", "\\u")

_ALLOWED: Final = (b"allow", b"GET, HEAD, POST, OPTIONS")
_Handler = Callable[["Request"], Awaitable[None]]
_NamedHandler = Callable[["Request", str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the server allows: seconds and rows of an answer, names of hosts, other sites.

    With `warm` what takes long to make is made before anybody asks for it. With `keep`, small
    answers are kept, and given again to who asks the same.
    """

    timeout: float = 30.0
    rows: int = 100_000
    hosts: frozenset[str] = frozenset()
    cors: bool = True
    warm: bool = False
    keep: bool = True
    started: Callable[[Mapping[str, Any]], None] | None = None
    failed: Callable[[Exception], None] | None = None


def create(pool: Pool, settings: Settings) -> ASGI3Application:
    """The application that serves what a pool holds."""
    server = _Server(pool, settings)

    async def app(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "http":
            await server.answer(Request(scope, receive, send, cors=settings.cors))
        elif scope["type"] == "lifespan":
            await _lifespan(pool, server, settings, receive, send)

    return app


async def _lifespan(
    pool: Pool,
    server: _Server,
    settings: Settings,
    receive: ASGIReceiveCallable,
    send: ASGISendCallable,
) -> None:
    """Have the pool ready before anybody is answered, and end it after everybody was."""
    await receive()
    try:
        await pool.start()
    except Exception as error:
        if settings.failed:
            settings.failed(error)
        raise
    if settings.started:
        settings.started(pool.facts)
    made = asyncio.ensure_future(server.warm()) if settings.warm else None
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if made is not None:
        made.cancel()
    server.end()
    pool.close()
    await send({"type": "lifespan.shutdown.complete"})


def _outcome(failed: Failed) -> tuple[int, str, Headers]:
    """The status, the message and the headers for a question that is not answered."""
    more: Headers = [(b"retry-after", b"2")] if failed.kind in ("busy", "making") else []
    return _STATUS.get(failed.kind, 500), str(failed), more


# --- Handlers -------------------------------------------------------------------------------


class _Server:
    """The handlers, each of which answers one kind of request."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings
        self._documents = Kept(*_DOCUMENTS)
        self._making: dict[str, asyncio.Lock] = {}
        self._answers = Kept(*(_ANSWERS if settings.keep else (0, 0)))
        self._counting: asyncio.Task[str] | None = None
        self._exact: dict[str, _Handler] = {
            "/": self.explorer,
            "/sparql": self.sparql,
            "/sparql/": self.sparql,
            "/health": self.health,
            "/api": self.openapi,
            "/api/openapi.json": self.openapi,
            "/dump": self.dump,
            "/dump-derived.trig": self.derived,
            "/.well-known/void": self.void,
        }
        #: What an address begins with -> who answers, given what comes behind that.
        self._under: dict[str, _NamedHandler] = {
            "/entity/": partial(self.thing, "entity"),
            "/statement/": partial(self.thing, "statement"),
            "/source/": partial(self.thing, "source"),
            "/api/": self.api,
            "/dump.": self.dump,
            "/assets/": self.asset,
        }

    async def answer(self, request: Request) -> None:
        """Answer a request; what is refused, or fails, becomes a response that says so."""
        try:
            name = host_name(request.host)
            if name not in self._settings.hosts and not is_address(name):
                raise Refused(421, f"this server does not answer for {request.host!r}")
            if request.method not in ("GET", "HEAD", "POST"):
                if request.method != "OPTIONS":
                    raise Refused(405, "this server is only read")
                await self._preflight(request)
                return
            await self._routed(request)
        except Refused as refused:
            more = [_ALLOWED] if refused.status == 405 else []
            await request.tell(refused.status, str(refused), more)
        except Failed as failed:
            await request.tell(*_outcome(failed))
        except Gone:
            return

    async def _routed(self, request: Request) -> None:
        path = request.path
        handler = self._exact.get(path)
        if handler is not None:
            await handler(request)
            return
        for start, named in self._under.items():
            if path.startswith(start):
                await named(request, path[len(start) :])
                return
        raise Refused(404, "there is nothing at this address")

    async def _preflight(self, request: Request) -> None:
        headers: Headers = [_ALLOWED]
        if self._settings.cors:
            headers += [
                (b"access-control-allow-methods", b"GET, HEAD, POST"),
                (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
                (b"access-control-max-age", b"86400"),
            ]
        await request.respond(204, headers, b"")

    def _tag(self, *what: object) -> str:
        """A tag for an answer: another one for other data, and for another version."""
        text = repr((self._pool.facts["digest"], __version__, what))
        return f'W/"{hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'

    async def health(self, request: Request) -> None:
        """Whether it answers: a query goes through the pool and back."""
        load = self._pool.lanes.load
        asked = {"do": "sparql", "query": "ASK {}", **_HEALTH}
        answer = await request.waiting(self._pool.ask(asked, self._settings.timeout))
        answer.close()
        state = {"status": "ok", "version": __version__, **load, **self._pool.facts}
        await give(request, media.JSON.type, _json(state), cache="no-store")

    # --- SPARQL -----------------------------------------------------------------------------

    async def sparql(self, request: Request) -> None:
        """The SPARQL 1.1 Protocol; the query page for a browser; the description of the service."""
        body = await request.body()
        if request.header(b"content-encoding") not in ("", "identity"):
            raise Refused(415, "a query is posted as it is, without a Content-Encoding")
        address = request.scope["query_string"]
        if request.method in ("GET", "HEAD") and _for_people(request, address):
            await self._document(request, "query-page", {"do": "query-page"})
            return
        query = protocol.read(request.method, request.header(b"content-type"), address, body)
        if query is None:
            await self._described(request)
            return
        results, triples = _syntaxes(request.accept, query.format)
        tag, base = None, f"{request.base}/sparql"
        if not _volatile(query.text):
            graphs = (query.default_graphs, query.named_graphs)
            tag = self._tag("sparql", query.text, base, graphs, results, triples)
            if request.unchanged(tag):
                await unchanged(request, tag)
                return
            made = self._answers.get(tag)
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
            "rows": self._settings.rows,
        }
        timeout = self._settings.timeout
        try:
            answer = await request.waiting(
                self._pool.ask(asked, timeout, partial(shape, query.text))
            )
        except Failed as failed:
            raise self._worded(failed) from None
        table = TRIPLES if answer.head["triples"] else RESULTS
        await self._pass_on(request, answer, table[answer.head["written"]].header, tag)

    def _worded(self, failed: Failed) -> Failed:
        if failed.kind == "late":
            message = f"the query took longer than {self._settings.timeout:g} s; narrow it"
            return Failed("late", message)
        if failed.kind == "size":
            message = f"the answer has more than {self._settings.rows:,} rows, or 64 MiB"
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
                self._answers.keep(tag, Made(kind, answer.first))
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
        data = description.service(f"{request.base}/sparql", self._pool.facts, chosen.name)
        tag = self._tag("service", request.base, chosen.name)
        await give(request, chosen.header, data, tag=tag)

    # --- Documents --------------------------------------------------------------------------

    async def explorer(self, request: Request) -> None:
        """The explorer."""
        await self._document(request, "page", {"do": "page"})

    async def warm(self) -> None:
        """Make the pages that take long, and count what there is."""
        for name in ("page", "query-page"):
            with suppress(Failed):
                await self._make(name, {"do": name})
        with suppress(Failed):
            await self._counted()

    def end(self) -> None:
        """Wait for nothing any more."""
        if self._counting is not None:
            self._counting.cancel()

    async def thing(self, kind: str, request: Request, name: str) -> None:
        """An entity, a statement or a source."""
        syntax = ""
        stem, dot, end = name.rpartition(".")
        if dot and end in (*TRIPLES, "html", "json"):
            name, syntax = stem, end
        if not syntax:
            chosen = media.chosen(request.accept, _OF_THINGS)
            if chosen is None:
                raise Refused(406, "this can be had as text/html, text/turtle or JSON-LD")
            syntax = chosen.name
        asked = {"do": "thing", "kind": kind, "name": name, "syntax": syntax}
        await self._made(request, asked, links=(kind, name))

    async def dump(self, request: Request, suffix: str = "") -> None:
        """The whole graph in one of the formats."""
        given = dict(protocol.pairs(request.scope["query_string"]))
        form = given.get("format", "")
        if suffix:
            ends = {
                end: form.name for form in FORMATS.values() if form.writes for end in form.suffixes
            }
            form = ends.get(f".{suffix}", suffix)
        if not form:
            chosen = media.chosen(request.accept, TRIPLES.values())
            if chosen is None:
                raise Refused(406, "the graph can be had as RDF here; else name a format")
            form = {"rdf": "rdfxml"}.get(chosen.name, chosen.name)
        await self._document(request, f"dump {form}", {"do": "dump", "format": form})

    async def derived(self, request: Request) -> None:
        """What follows from the graph, as TriG."""
        await self._document(request, "dump derived", {"do": "dump", "format": "derived"})

    async def void(self, request: Request) -> None:
        """The description of the dataset."""
        chosen = media.chosen(request.accept, TRIPLES.values())
        if chosen is None:
            raise Refused(406, "the description can be had as text/turtle")
        text = await request.waiting(self._counted())
        asked = {"do": "void", "base": request.base, "syntax": chosen.name, "text": text}
        await self._document(request, f"void {request.base} {chosen.name}", asked)

    async def _counted(self) -> str:
        """The description of the dataset without addresses, for which all of it is counted.

        Of a large graph that takes long: it is done once, beside what others ask, and nobody is
        kept waiting for it. Raises `Failed` while it is being done, or where it has failed.
        """
        if self._counting is None:
            self._counting = asyncio.ensure_future(self._count())
            self._counting.add_done_callback(lambda task: task.cancelled() or task.exception())
        await asyncio.wait({self._counting}, timeout=_PATIENCE_SECONDS)
        if not self._counting.done():
            raise Failed("making", "the description is being made; ask again in a moment")
        return self._counting.result()

    async def _count(self) -> str:
        _, data = await self._pool.aside({"do": "count"}, _COUNT_SECONDS)
        return data.decode("utf-8")

    async def api(self, request: Request, name: str) -> None:
        """A question of the API."""
        if name not in QUESTIONS:
            raise Refused(404, f"there is no such question; there are {', '.join(QUESTIONS)}")
        given: dict[str, list[str]] = {}
        for key, value in protocol.pairs(request.scope["query_string"]):
            given.setdefault(key, []).append(value)
        if request.method == "POST":
            raise Refused(405, "questions are asked with GET")
        await self._made(request, {"do": "api", "name": name, "given": given})

    async def openapi(self, request: Request) -> None:
        """The description of the API."""
        facts = self._pool.facts
        body = _json(openapi(facts["title"], facts["licence"]))
        await give(request, media.JSON.type, body, tag=self._tag("openapi"))

    async def asset(self, request: Request, name: str) -> None:
        """A style or a script of the pages."""
        file = description.asset(name)
        if file is None:
            raise Refused(404, "there is no such file")
        kind, data = file
        await give(request, kind, data, tag=self._tag("asset", hashlib.sha256(data).hexdigest()))

    async def _made(
        self, request: Request, asked: dict[str, Any], links: tuple[str, str] | None = None
    ) -> None:
        """Answer a question whose answer is small."""
        tag = self._tag(asked)
        if request.unchanged(tag):
            await unchanged(request, tag)
            return
        made = self._answers.get(tag)
        if made is None:
            timeout = self._settings.timeout
            try:
                answer = await request.waiting(
                    self._pool.ask(asked, timeout, partial(json.dumps, asked))
                )
            except Failed as failed:
                if failed.kind == "late":
                    raise Failed("late", f"it takes longer than {timeout:g} s") from None
                raise
            made = Made(answer.head["type"], await answer.collected())
            self._answers.keep(tag, made)
        more: Headers = []
        if links:
            path = request.scope["raw_path"].decode("ascii", "replace")
            stem = path if path.endswith(links[1]) else path.rpartition(".")[0]
            more = [(b"link", _alternates(stem).encode())]
        await give(request, made.type, made.data, tag=tag, more=more)

    async def _document(self, request: Request, name: str, asked: dict[str, Any]) -> None:
        """Answer with what is made once, and kept where it is not too large."""
        tag = self._tag(asked)
        if request.unchanged(tag):
            await unchanged(request, tag)
            return
        made = self._documents.get(name) or await request.waiting(self._make(name, asked))
        await give(request, made.type, made.data, tag=tag)

    async def _make(self, name: str, asked: dict[str, Any]) -> Made:
        try:
            return await self._made_once(name, asked)
        finally:
            self._making.pop(name, None)  # strangers choose names

    async def _made_once(self, name: str, asked: dict[str, Any]) -> Made:
        async with self._making.setdefault(name, asyncio.Lock()):
            made = self._documents.get(name)
            if made is None:
                answer = await self._pool.ask(asked, DOCUMENT_SECONDS, partial(str, name))
                made = Made(answer.head["type"], await answer.collected())
                self._documents.keep(name, made)
            return made


_HEALTH: Final = {"graphs": None, "base": None, "results": "json", "triples": None, "rows": 1}


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


#: What a thing can be written as. Plain JSON is what `show --json` gives, and no name of JSON-LD.
_OF_THINGS: Final = (
    HTML,
    *(replace(kind, also=()) if kind.name == "jsonld" else kind for kind in TRIPLES.values()),
    media.JSON,
)


def _alternates(path: str) -> str:
    """The header that says where the same is written otherwise."""
    return ", ".join(
        f'<{path}.{name}>; rel="alternate"; type="{kind}"'
        for name, kind in (
            ("html", HTML.type),
            ("ttl", TRIPLES["ttl"].type),
            ("jsonld", TRIPLES["jsonld"].type),
        )
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"


__all__ = ["Media", "Settings", "create"]
