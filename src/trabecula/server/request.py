"""A request over HTTP: what it says, whether its client is still there, and ways to answer it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Iterable, Mapping
from functools import lru_cache
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final, cast

from trabecula.server import limits, media, protocol
from trabecula.server.refusals import Refused

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, HTTPScope

#: How long a body may take to arrive, in seconds.
BODY_SECONDS: Final = 10.0
#: How much of an answer is sent at once.
PIECE_BYTES: Final = 128 * 1024
#: How long something takes before it is watched whether its client goes, in seconds.
_WATCH_SECONDS: Final = 0.02

_SAFE: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
_OPEN: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After"),
)
_NOTHING_RUNS: Final = b"default-src 'none'; base-uri 'none'; form-action 'none'; sandbox"

Headers = list[tuple[bytes, bytes]]

_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+?)\.?(?::\d{0,5})?", re.ASCII)


@lru_cache(maxsize=64)
def host_name(host: str) -> str:
    """The name in a header `Host`, without its port, in lower case; empty where it is none."""
    match = _HOST.fullmatch(host.lower())
    return match[1] if match else ""


@lru_cache(maxsize=64)
def is_address(name: str) -> bool:
    """Whether this is a number: a site that wants to pass for this server has a name."""
    number = name[1:-1] if name.startswith("[") else name
    try:
        return (ip_address(number).version == 6) == (number != name)
    except ValueError:
        return False


class Gone(Exception):
    """The client has gone: there is nobody to answer."""


class Request:
    """One request, and ways to answer it."""

    def __init__(
        self,
        scope: HTTPScope,
        receive: ASGIReceiveCallable,
        send: ASGISendCallable,
        *,
        cors: bool,
    ) -> None:
        self.scope, self.send, self._cors = scope, send, cors
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
        return f"{scheme}://{self.host}"

    @property
    def host(self) -> str:
        """Whom the client has asked, with the port."""
        return self.header(b"host").strip(" \t")

    def _of_proxy(self) -> bool:
        """Whether this comes from this machine, as from a proxy in front of the server."""
        client = self.scope.get("client")
        return client is not None and client[0] in ("127.0.0.1", "::1")

    async def body(self) -> bytes:
        """The body. Raises `Refused` for one that is too large or too slow."""
        if not self._unread:
            return b""
        if self.header(b"transfer-encoding").strip(" \t").lower() not in ("", "chunked"):
            raise Refused(501, "a body is sent as it is, or in chunks")
        size = self.header(b"content-length")
        if size.isdigit() and int(size) > protocol.MAX_BODY_BYTES:
            raise Refused(413, f"the body is larger than {protocol.MAX_BODY_BYTES} bytes")
        data = bytearray()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while True:
                    message: Any = await self._receive()
                    if message["type"] == "http.disconnect":
                        raise Gone
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
        """The result of some work, which ends when the client goes. Raises `Gone` then.

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
            raise Gone from None
        finally:
            timer.cancel()
            for watch in watching:
                watch.cancel()

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
        return tag.removeprefix("W/") in tags

    def head(self, headers: Iterable[tuple[bytes, bytes]]) -> Headers:
        """Headers, and those that every answer has."""
        told = [*headers, *_SAFE]
        if self._cors:
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
        if whole is not None and len(body) <= PIECE_BYTES:
            await whole(status, told, body)
            return
        await self.send({"type": "http.response.start", "status": status, "headers": told})
        # In pieces: each waits until the client has taken most of what came before, so that a slow
        # one makes nobody hold more than a piece for it.
        for start in range(0, max(len(body), 1), PIECE_BYTES):
            piece = body[start : start + PIECE_BYTES]
            more = start + PIECE_BYTES < len(body)
            await self.send({"type": "http.response.body", "body": piece, "more_body": more})

    async def tell(
        self, status: int, message: str, more: Iterable[tuple[bytes, bytes]] = ()
    ) -> None:
        """Say why there is no answer: as a problem (RFC 9457) to who asks for JSON, else as text.

        Under /api it is JSON whatever is asked for.
        """
        headers = [(b"cache-control", b"no-store"), *more]
        kind = media.chosen(self.accept, (media.TEXT, media.PROBLEM))
        if self.path.startswith("/api") or kind is media.PROBLEM:
            problem = {"status": status, "title": HTTPStatus(status).phrase, "detail": message}
            body = json.dumps(problem, ensure_ascii=False).encode("utf-8", "backslashreplace")
            kind = media.PROBLEM
        else:
            body = f"{message}\n".encode("utf-8", "backslashreplace")
            kind = media.TEXT
        await self.respond(status, [(b"content-type", kind.header.encode()), *headers], body)


async def unchanged(request: Request, tag: str) -> None:
    """Say that what the client has already is still right."""
    headers = [(b"etag", tag.encode()), (b"vary", b"Accept"), (b"cache-control", b"no-cache")]
    await request.respond(304, headers, b"")


async def give(
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
    match = _POLICY.search(page[:4096])
    return match[1].replace(b"&#39;", b"'") if match else _NOTHING_RUNS
