"""What a connection may take: bytes and seconds of a head, and how many may be half open.

uvicorn bounds neither, so its protocol is extended here. A connection is *idle* until a request
begins, in its *head* until the headers are whole; both kinds wait, and of those that wait the
oldest go when there are too many, so that nobody can keep others out by opening connections.

A client that shuts its writing side once it has asked (`nc -N`) gets its answer. One that has gone
looks the same until something is sent to it: while there is no answer yet, it is sent `100
Continue`, which every client of HTTP 1.1 skips, and the system of one that has gone refuses.
"""

from __future__ import annotations

import asyncio
import socket
from functools import partial
from typing import Any, Final

import httptools
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)
from uvicorn.protocols.utils import get_client_addr, get_path_with_query_string

#: The longest head of a request, its address included, in bytes.
MAX_HEAD_BYTES: Final = 64 * 1024
#: How much may come around a body, in bytes: the sizes of chunks, and headers after the last one.
MAX_AROUND_BYTES: Final = 512 * 1024
#: How long a head may take to arrive, in seconds.
HEAD_SECONDS: Final = 10.0
#: How many connections may wait: idle ones, and those whose head is not whole.
MAX_WAITING: Final = 256
#: How many connections there may be.
MAX_CONNECTIONS: Final = 768
#: How often it is looked whether a client takes what was sent, in seconds.
_DRAIN_SECONDS: Final = 10.0
#: After how long it is first looked whether a client that sends no more has gone, in seconds; each
#: further look comes after twice as long.
_PROBE_SECONDS: Final = 0.1
#: A client that cannot be asked is let go where the next look would come after more than this.
_LONGEST_UNASKED: Final = 1.0


_STILL_THERE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
#: The headers of a request that has a body. The parser takes none where a client wants another
#: protocol, so that the body could be taken for another request.
_OF_BODIES: Final = (b"content-length", b"transfer-encoding")
#: The header of a response after which nothing more is read.
CLOSING: Final = (b"connection", b"close")
#: The name of the extension of ASGI by which a whole response is sent at once.
WHOLE: Final = "trabecula.whole"


class Guarded(HttpToolsProtocol):
    """The protocol of uvicorn within these limits."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._clock: asyncio.TimerHandle | None = None
        self._in_head = True
        self._seen = 0
        self._around = 0
        self._heads = 0
        self._resumed = 0

    @property
    def _waiting(self) -> dict[Guarded, None]:
        """The connections of this server that wait, the oldest first."""
        waiting: dict[Guarded, None] = self.server_state.__dict__.setdefault("waiting", {})
        return waiting

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where too many do, the oldest goes."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            transport.abort()
            return
        if len(self._waiting) >= MAX_WAITING:
            next(iter(self._waiting)).transport.abort()
        self._wait()
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Be counted no more."""
        self._stop_clock()
        self._waiting.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come, unless the head is too long."""
        if self._clock is None and self._in_head:
            self._start_clock()
        begun, before = self._in_head, self._heads
        super().data_received(data)
        if begun and self._heads == before:  # all of it belongs to a head that is not whole yet
            self._seen += len(data)
            if self._seen > MAX_HEAD_BYTES:
                self._refuse(431, "the head of the request is too long")
        elif not begun and not self._in_head:
            self._around += len(data)
            if self._around > MAX_AROUND_BYTES:
                self._refuse(413, "there is too much around the body")

    def eof_received(self) -> bool:  # type: ignore[override]
        """The client sends no more: it is answered what it has asked, and then let go.

        Whether the connection stays open, as asyncio wants to know.
        """
        if self.cycle is None or self.cycle.response_complete or not self._in_head:
            return False  # it has asked nothing, or not all of it
        self.cycle.keep_alive = False
        self.loop.call_later(_PROBE_SECONDS, self._probe, 2 * _PROBE_SECONDS)
        return True

    def on_url(self, url: bytes) -> None:
        """Take a part of the address, unless it is too long."""
        super().on_url(url)
        if len(self.url) > MAX_HEAD_BYTES:
            self._refuse(414, "the address is too long; post the query")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; those that come after the body are nobody's."""
        if self._in_head:
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._around -= len(body)
        super().on_body(body)

    def on_headers_complete(self) -> None:
        """Wait no more: there is a request."""
        self._stop_clock()
        self._waiting.pop(self, None)
        self._in_head, self._seen, self._around = False, 0, 0
        if not self.url.startswith((b"/", b"*")):
            self._addressed()
        self._heads += 1
        upgrade = self.parser.should_upgrade()
        if upgrade and any(name in _OF_BODIES for name, _ in self.headers):
            self._refuse(400, "nothing is upgraded here; send what has a body without that")
        if not self.transport.is_closing():
            super().on_headers_complete()
            if upgrade:
                self.cycle.keep_alive = False
            extensions: dict[str, Any] = {WHOLE: partial(self._whole, self.cycle)}
            self.scope["extensions"] = extensions

    def on_message_complete(self) -> None:
        """Be ready for the next head."""
        self._in_head = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request; a client that has not sent all of this one is let go."""
        if not self._in_head:
            self.transport.close()
        super().on_response_complete()
        if not self.transport.is_closing():
            self._wait()

    def pause_writing(self) -> None:
        """Make nothing more until the client takes what it was sent; watch whether it does."""
        super().pause_writing()
        self._look(-1, self._resumed)

    def resume_writing(self) -> None:
        """The client has taken most of what it was sent."""
        self._resumed += 1
        super().resume_writing()

    async def _whole(
        self,
        cycle: RequestResponseCycle,
        status: int,
        headers: list[tuple[bytes, bytes]],
        body: bytes,
    ) -> None:
        """Send a response whose length is known: in one write, where uvicorn has two."""
        if self.flow.write_paused and not cycle.disconnected:
            await self.flow.drain()
        if cycle.disconnected:
            return
        scope = cycle.scope
        if self.access_log:
            self.access_logger.info(
                '%s - "%s %s HTTP/%s" %d',
                get_client_addr(scope),
                scope["method"],
                get_path_with_query_string(scope),
                scope["http_version"],
                status,
            )
        lines = [name + b": " + value for name, value in (*cycle.default_headers, *headers)]
        if CLOSING in headers:
            cycle.keep_alive = False
        elif not cycle.keep_alive:
            lines.append(b": ".join(CLOSING))
        head = STATUS_LINE[status] + b"\r\n".join(lines) + b"\r\n\r\n"
        self.transport.write(head if scope["method"] == "HEAD" else head + body)
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def _addressed(self) -> None:
        """Take the host from an address that is whole: RFC 9112 has it before the header `Host`."""
        url = httptools.parse_url(self.url)
        host = (url.host or b"") + (b":%d" % url.port if url.port else b"")
        self.headers[:] = [(n, v) for n, v in self.headers if n != b"host"] + [(b"host", host)]

    # --- Clocks -----------------------------------------------------------------------------

    def _wait(self) -> None:
        self._waiting.pop(self, None)
        self._waiting[self] = None

    def _start_clock(self) -> None:
        self._clock = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _too_slow(self) -> None:
        self._clock = None
        if self.cycle is None or self.cycle.response_complete:
            self._refuse(408, "the head of the request took too long")

    def _look(self, before: int, resumed: int) -> None:
        """Be rid of a client that takes nothing of what was sent to it."""
        left = self.transport.get_write_buffer_size()
        if not left or self.parser is None:  # it has all of it, or has gone
            return
        if left == before and resumed == self._resumed:
            self.transport.abort()
        else:
            self.loop.call_later(_DRAIN_SECONDS, self._look, left, self._resumed)

    def _probe(self, seconds: float) -> None:
        """Be rid of a client that sends no more and has gone; look again after so many seconds."""
        if self.transport.is_closing() or self.cycle.response_complete:
            return
        talk: socket.socket = self.transport.get_extra_info("socket")
        gone = talk.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0
        # An answer that has begun tells by itself whether anybody takes it; and of several requests
        # nobody knows here which one is next.
        if not self.cycle.response_started and not self.pipeline:
            if self.scope["http_version"] != "1.0":
                self.transport.write(_STILL_THERE)
            elif seconds > _LONGEST_UNASKED:  # it skips nothing, so that it cannot be asked
                gone = True
        if gone:
            self.transport.abort()
            return
        self.loop.call_later(seconds, self._probe, 2 * seconds)

    def _refuse(self, status: int, message: str) -> None:
        if self.transport.is_closing():
            return
        asked = self.cycle is not None and not self.cycle.response_complete
        if asked and (self._in_head or self.cycle.response_started):
            self.transport.abort()  # what is said here would be taken for a part of that answer
            return
        body = message.encode("ascii") + b"\n"
        self.transport.write(
            STATUS_LINE[status]
            + b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
            + b"content-length: %d\r\n\r\n" % len(body)
            + body
        )
        self.transport.close()
