"""The server as an ASGI application: addresses, negotiation, statuses, headers.

It reads HTTP and writes HTTP. What a query says, and what the graph answers, is the business of the
workers in the pool; nothing of either is worked out here.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from trabecula.server import description, media, openapi, protocol
from trabecula.server.api import QUESTIONS
from trabecula.server.documents import Documents
from trabecula.server.endpoint import Endpoint
from trabecula.server.pool import Pool
from trabecula.server.refusals import Failed, Refused
from trabecula.server.request import Gone, Headers, Request, give, host_name, is_address
from trabecula.server.served import Served, Settings
from trabecula.version import __version__

if TYPE_CHECKING:
    from uvicorn._types import (
        ASGI3Application,
        ASGIReceiveCallable,
        ASGISendCallable,
        Scope,
    )

#: What the server asks itself to see whether it answers.
_HEALTH: Final[Mapping[str, Any]] = {
    "do": "sparql", "query": "ASK {}", "graphs": None, "base": None, "results": "json",
    "triples": None, "rows": 1,
}  # fmt: skip
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
_ALLOWED: Final = (b"allow", b"GET, HEAD, POST, OPTIONS")
_Handler = Callable[["Request"], Awaitable[None]]
_NamedHandler = Callable[["Request", str], Awaitable[None]]


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
    made = asyncio.ensure_future(server.documents.warm()) if settings.warm else None
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if made is not None:
        made.cancel()
    server.documents.end()
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
        self._served = Served(pool, settings)
        self.documents = documents = Documents(self._served)
        sparql = Endpoint(self._served, documents).answer
        self._exact: dict[str, _Handler] = {
            "/": documents.explorer,
            "/sparql": sparql,
            "/sparql/": sparql,
            "/health": self.health,
            "/api": self.openapi,
            "/api/openapi.json": self.openapi,
            "/dump": documents.dump,
            "/dump-derived.trig": documents.derived,
            "/.well-known/void": documents.void,
        }
        #: What an address begins with -> who answers, given what comes behind that.
        self._under: dict[str, _NamedHandler] = {
            "/entity/": partial(documents.thing, "entity"),
            "/statement/": partial(documents.thing, "statement"),
            "/source/": partial(documents.thing, "source"),
            "/api/": self.api,
            "/dump.": documents.dump,
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

    async def health(self, request: Request) -> None:
        """Whether it answers: a query goes through the pool and back."""
        load = self._pool.lanes.load
        answer = await request.waiting(self._pool.ask(dict(_HEALTH), self._settings.timeout))
        answer.close()
        state = {"status": "ok", "version": __version__, **load, **self._pool.facts}
        await give(request, media.JSON.type, _json(state), cache="no-store")

    async def api(self, request: Request, name: str) -> None:
        """A question of the API."""
        if name not in QUESTIONS:
            raise Refused(404, f"there is no such question; there are {', '.join(QUESTIONS)}")
        given: dict[str, list[str]] = {}
        for key, value in protocol.pairs(request.scope["query_string"]):
            given.setdefault(key, []).append(value)
        if request.method == "POST":
            raise Refused(405, "questions are asked with GET")
        await self.documents.give_small(request, {"do": "api", "name": name, "given": given})

    async def openapi(self, request: Request) -> None:
        """The description of the API."""
        facts = self._pool.facts
        body = _json(openapi.described(facts["title"], facts["licence"]))
        await give(request, media.JSON.type, body, tag=self._served.tag("openapi"))

    async def asset(self, request: Request, name: str) -> None:
        """A style or a script of the pages."""
        file = description.asset(name)
        if file is None:
            raise Refused(404, "there is no such file")
        kind, data = file
        await give(
            request, kind, data, tag=self._served.tag("asset", hashlib.sha256(data).hexdigest())
        )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"
