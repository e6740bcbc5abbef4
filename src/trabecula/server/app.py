"""The server as an ASGI application: addresses, negotiation, statuses, headers.

It reads HTTP and writes HTTP. What a query says, and what the graph answers, is the business of the
workers in the pool; nothing of either is worked out here.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from trabecula.formats import FORMATS
from trabecula.server import description, limits, media, protocol
from trabecula.server.api import QUESTIONS
from trabecula.server.api import description as openapi
from trabecula.server.media import HTML, RESULTS, TRIPLES, Media
from trabecula.server.pool import Answer, Failed, Pool, shape
from trabecula.server.protocol import Refused
from trabecula.version import __version__

if TYPE_CHECKING:
    from uvicorn._types import (
        ASGI3Application,
        ASGIReceiveCallable,
        ASGISendCallable,
        HTTPScope,
        Scope,
    )

#: How long a body may take to arrive, in seconds.
BODY_SECONDS: Final = 10.0
#: How long a page, a file or a description may take to be made.
DOCUMENT_SECONDS: Final = 120.0
#: How much of an answer is sent at once.
_PIECE_BYTES: Final = 128 * 1024
#: How long something takes before it is watched whether its client goes, in seconds.
_WATCH_SECONDS: Final = 0.02
#: How large documents may be that are kept once they were made, all together, in bytes; and one.
_KEPT_BYTES: Final = 256 * 1024**2
_KEPT_ONE_BYTES: Final = 32 * 1024**2

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
    "died": 500,
}
#: Functions whose answer differs from time to time; and what a query with one of them has in it,
#: which is found sooner.
_VOLATILE: Final = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b|\[|_:", re.IGNORECASE)

_SIGNS: Final = ("now", "rand", "uuid", "bnode", "[", "_:")

_SAFE: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
_OPEN: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After"),
)
_ALLOWED: Final = (b"allow", b"GET, HEAD, POST, OPTIONS")
_NOTHING_RUNS: Final = b"default-src 'none'; base-uri 'none'; form-action 'none'; sandbox"

Headers = list[tuple[bytes, bytes]]
_Handler = Callable[["Request"], Awaitable[None]]
_NamedHandler = Callable[["Request", str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the server allows: seconds and rows of an answer, names of hosts, other sites.

    With `warm` the pages that take long to make are made before anybody asks for them.
    """

    timeout: float = 30.0
    rows: int = 100_000
    hosts: frozenset[str] = frozenset()
    cors: bool = True
    warm: bool = False
    started: Callable[[Mapping[str, Any]], None] | None = None
    failed: Callable[[Exception], None] | None = None


def create(pool: Pool, settings: Settings) -> ASGI3Application:
    """The application that serves what a pool holds."""
    server = _Server(pool, settings)

    async def app(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "http":
            await server.answer(Request(scope, receive, send, settings))
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
    pool.close()
    await send({"type": "lifespan.shutdown.complete"})


# --- A request and its answer ---------------------------------------------------------------


_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+?)\.?(?::\d{0,5})?", re.ASCII)


@lru_cache(maxsize=64)
def host_name(host: str) -> str:
    """The name in a header `Host`, without its port, in lower case; empty where it is none."""
    found = _HOST.fullmatch(host.strip().lower())
    return found[1] if found else ""


_ADDRESS: Final = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:.]+\]", re.ASCII)


@lru_cache(maxsize=64)
def _is_address(name: str) -> bool:
    """Whether this is a number: a site that wants to pass for this server has a name."""
    return bool(_ADDRESS.fullmatch(name))


class _Gone(Exception):
    """The client has gone: there is nobody to answer."""


class Request:
    """One request, and ways to answer it."""

    def __init__(
        self,
        scope: HTTPScope,
        receive: ASGIReceiveCallable,
        send: ASGISendCallable,
        settings: Settings,
    ) -> None:
        self.scope, self.send, self.settings = scope, send, settings
        self._receive = receive
        self.path: str = scope["path"]
        self.method: str = scope["method"]
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            headers[name] = headers[name] + b", " + value if name in headers else value
        self._headers = headers
        #: Whether it has a body that was not read.
        length = headers.get(b"content-length", b"0")
        self._unread = length != b"0" or b"transfer-encoding" in headers
        self._gone = False

    def header(self, name: bytes) -> str:
        """The value of a header, or its values with commas; empty where it is missing."""
        return self._headers.get(name, b"").decode("latin-1")

    @property
    def accept(self) -> str | None:
        """What the client takes; None where it does not say."""
        return self.header(b"accept") or None

    @property
    def base(self) -> str:
        """The address of this server as the client knows it."""
        scheme: str = self.scope["scheme"]
        if b"x-forwarded-proto" in self._headers and self._of_proxy():
            told = self.header(b"x-forwarded-proto").strip().lower()
            scheme = told if told in ("http", "https") else scheme
        return f"{scheme}://{self.header(b'host')}"

    def _of_proxy(self) -> bool:
        """Whether this comes from this machine, as from a proxy in front of the server."""
        client = self.scope.get("client")
        return client is not None and client[0] in ("127.0.0.1", "::1")

    async def body(self) -> bytes:
        """The body. Raises `Refused` for one that is too large or too slow."""
        if not self._unread:
            return b""
        size = self.header(b"content-length")
        if size.isdigit() and int(size) > protocol.MAX_BODY_BYTES:
            raise Refused(413, f"the body is larger than {protocol.MAX_BODY_BYTES} bytes")
        data = bytearray()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while True:
                    message: Any = await self._receive()
                    if message["type"] == "http.disconnect":
                        raise _Gone
                    data += message.get("body", b"")
                    if len(data) > protocol.MAX_BODY_BYTES:
                        most = protocol.MAX_BODY_BYTES
                        raise Refused(413, f"the body is larger than {most} bytes")
                    if not message.get("more_body", False):
                        self._unread = False
                        return bytes(data)
        except TimeoutError:
            raise Refused(408, f"the body took longer than {BODY_SECONDS:g} s") from None

    async def waiting(self, work: Awaitable[Any]) -> Any:
        """The result of some work, which ends when the client goes. Raises `_Gone` then.

        Most work is done before anybody could have gone: only then is it worth a look.
        """
        loop = asyncio.get_running_loop()
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        watching: list[asyncio.Task[None]] = []
        timer = loop.call_later(
            _WATCH_SECONDS, lambda: watching.append(loop.create_task(self._watch(task)))
        )
        try:
            return await work
        except asyncio.CancelledError:
            if not self._gone:
                raise
            task.uncancel()
            raise _Gone from None
        finally:
            timer.cancel()
            for one in watching:
                one.cancel()

    async def _watch(self, task: asyncio.Task[Any]) -> None:
        """Cancel a task when the client goes."""
        while (await self._receive())["type"] != "http.disconnect":
            continue
        self._gone = True
        task.cancel()

    def unchanged(self, tag: str) -> bool:
        """Whether the client has what this tag names already."""
        given = self.header(b"if-none-match")
        if not given:
            return False
        tags = {part.strip().removeprefix("W/") for part in given.split(",")}
        return given.strip() == "*" or tag.removeprefix("W/") in tags

    def head(self, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        """Headers, and those that every answer has."""
        told = [*headers, *_SAFE]
        if self.settings.cors:
            told += _OPEN
        if not any(name == b"content-security-policy" for name, _ in told):
            told.append((b"content-security-policy", _NOTHING_RUNS))
        if self._unread:  # what comes of it could be taken for another request
            told.append(limits.CLOSING)
        return told

    async def respond(
        self, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes
    ) -> None:
        """Send a whole response."""
        told = self.head(headers)
        if status not in (204, 304):
            told.append((b"content-length", b"%d" % len(body)))
        extensions = cast("Mapping[str, Any]", self.scope.get("extensions") or {})
        whole = extensions.get(limits.WHOLE)
        if whole is not None and len(body) <= _PIECE_BYTES:
            await whole(status, told, body)
            return
        await self.send({"type": "http.response.start", "status": status, "headers": told})
        # In pieces: each waits until the client has taken most of what came before, so that a slow
        # one makes nobody hold more than a piece for it.
        for start in range(0, max(len(body), 1), _PIECE_BYTES):
            piece = body[start : start + _PIECE_BYTES]
            more = start + _PIECE_BYTES < len(body)
            await self.send({"type": "http.response.body", "body": piece, "more_body": more})

    async def tell(
        self, status: int, message: str, more: Iterable[tuple[bytes, bytes]] = ()
    ) -> None:
        """Say why there is no answer: as a problem in JSON under /api, else as text."""
        headers = [(b"cache-control", b"no-store"), *more]
        if self.path.startswith("/api"):
            problem = {"status": status, "title": HTTPStatus(status).phrase, "detail": message}
            body = json.dumps(problem, ensure_ascii=False).encode("utf-8", "backslashreplace")
            kind = b"application/problem+json"
        else:
            body = f"{message}\n".encode("utf-8", "backslashreplace")
            kind = b"text/plain; charset=utf-8"
        await self.respond(status, [(b"content-type", kind), *headers], body)


def _outcome(failed: Failed) -> tuple[int, str, Headers]:
    """The status, the message and the headers for a question that is not answered."""
    more: Headers = [(b"retry-after", b"2")] if failed.kind == "busy" else []
    return _STATUS.get(failed.kind, 500), str(failed), more


# --- Handlers -------------------------------------------------------------------------------


class _Server:
    """The handlers, each of which answers one kind of request."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool, self._settings = pool, settings
        self._documents: dict[str, tuple[str, bytes]] = {}
        self._making: dict[str, asyncio.Lock] = {}
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
            name = host_name(request.header(b"host"))
            if name not in self._settings.hosts and not _is_address(name):
                host = request.header(b"host")
                raise Refused(421, f"this server does not answer for {host!r}")
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
        except _Gone:
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
        said = {"status": "ok", "version": __version__, **load, **self._pool.facts}
        await _give(request, media.JSON.type, _json(said), cache="no-store")

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
                await _unchanged(request, tag)
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
            known = TRIPLES if str(failed) == "triples" else RESULTS
            types = ", ".join(one.type for one in known.values())
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
        for at in range(0, len(answer.first), _PIECE_BYTES):
            piece = answer.first[at : at + _PIECE_BYTES]
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
        await _give(request, chosen.header, data, tag=tag)

    # --- Documents --------------------------------------------------------------------------

    async def explorer(self, request: Request) -> None:
        """The explorer."""
        await self._document(request, "page", {"do": "page"})

    async def warm(self) -> None:
        """Make the pages that take long."""
        for name in ("page", "query-page"):
            with suppress(Failed):
                await self._make(name, {"do": name})

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
            ends = {end: one.name for one in FORMATS.values() if one.writes for end in one.suffixes}
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
        asked = {"do": "void", "base": request.base, "syntax": chosen.name}
        await self._document(request, f"void {request.base} {chosen.name}", asked)

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
        await _give(request, media.JSON.type, body, tag=self._tag("openapi"))

    async def asset(self, request: Request, name: str) -> None:
        """A style or a script of the pages."""
        found = description.asset(name)
        if found is None:
            raise Refused(404, "there is no such file")
        kind, data = found
        await _give(request, kind, data, tag=self._tag("asset", hashlib.sha256(data).hexdigest()))

    async def _made(
        self, request: Request, asked: dict[str, Any], links: tuple[str, str] | None = None
    ) -> None:
        """Answer what is made anew each time."""
        tag = self._tag(asked)
        if request.unchanged(tag):
            await _unchanged(request, tag)
            return
        timeout = self._settings.timeout
        try:
            answer = await request.waiting(
                self._pool.ask(asked, timeout, partial(json.dumps, asked))
            )
        except Failed as failed:
            if failed.kind == "late":
                raise Failed("late", f"it takes longer than {timeout:g} s") from None
            raise
        data = await answer.collected()
        more: Headers = []
        if links:
            path = request.scope["raw_path"].decode("ascii", "replace")
            stem = path if path.endswith(links[1]) else path.rpartition(".")[0]
            more = [(b"link", _alternates(stem).encode())]
        await _give(request, answer.head["type"], data, tag=tag, more=more)

    async def _document(self, request: Request, name: str, asked: dict[str, Any]) -> None:
        """Answer with what is made once, and kept where it is not too large."""
        tag = self._tag(asked)
        if request.unchanged(tag):
            await _unchanged(request, tag)
            return
        if name not in self._documents:
            kind, data = await request.waiting(self._make(name, asked))
        else:
            kind, data = self._documents[name]
            self._keep(name, (kind, data))
        await _give(request, kind, data, tag=tag)

    async def _make(self, name: str, asked: dict[str, Any]) -> tuple[str, bytes]:
        try:
            return await self._made_once(name, asked)
        finally:
            self._making.pop(name, None)  # strangers choose names

    async def _made_once(self, name: str, asked: dict[str, Any]) -> tuple[str, bytes]:
        async with self._making.setdefault(name, asyncio.Lock()):
            if name in self._documents:
                return self._documents[name]
            answer = await self._pool.ask(asked, DOCUMENT_SECONDS, partial(str, name))
            data = await answer.collected()
            made = answer.head["type"], data
            if len(data) <= _KEPT_ONE_BYTES:
                self._keep(name, made)
            return made

    def _keep(self, name: str, made: tuple[str, bytes]) -> None:
        """Keep a document, and no longer those that were asked for longest ago."""
        self._documents.pop(name, None)
        self._documents[name] = made
        while sum(len(data) for _, data in self._documents.values()) > _KEPT_BYTES:
            del self._documents[next(iter(self._documents))]


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
        types = ", ".join(one.type for one in (*_ROWS, *_RDF))
        raise Refused(406, f"answers can be had as {types}")
    return rows.name if rows else None, triples.name if triples else None


#: What a thing can be written as. Plain JSON is what `show --json` gives, and no name of JSON-LD.
_OF_THINGS: Final = (
    HTML,
    *(replace(one, also=()) if one.name == "jsonld" else one for one in TRIPLES.values()),
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


async def _unchanged(request: Request, tag: str) -> None:
    headers = [(b"etag", tag.encode()), (b"vary", b"Accept"), (b"cache-control", b"no-cache")]
    await request.respond(304, headers, b"")


async def _give(
    request: Request,
    kind: str,
    data: bytes,
    *,
    tag: str = "",
    cache: str = "no-cache",
    more: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    """Send a document that is whole."""
    headers: Headers = [
        (b"content-type", kind.encode()),
        (b"vary", b"Accept"),
        (b"cache-control", cache.encode()),
        *more,
    ]
    if tag:
        headers.append((b"etag", tag.encode()))
    if kind.startswith("text/html"):
        headers.append((b"content-security-policy", policy(data)))
    await request.respond(200, headers, data)


_POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def policy(page: bytes) -> bytes:
    """What a page may do: what it says itself, as a header."""
    found = _POLICY.search(page[:4096])
    return found[1].replace(b"&#39;", b"'") if found else _NOTHING_RUNS


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"


__all__ = ["Media", "Settings", "create"]
