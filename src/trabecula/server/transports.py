"""How an assistant reaches the server of `mcp`: over standard input and output, or over HTTP."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from trabecula.server.desk import Desk
from trabecula.server.mcp import server

if TYPE_CHECKING:
    from starlette.applications import Starlette

#: The hosts that are this machine.
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
#: The most bytes of a request over HTTP.
_MOST_ASKED: Final = 256 * 1024


def over_stdio(desk: Desk) -> None:
    """Answer over standard input and output until the client goes; only the protocol is written.

    Raises `MissingExtra` as `server` does.
    """
    served = server(desk)
    import anyio
    from mcp.server.stdio import stdio_server

    async def run() -> None:
        async with stdio_server() as (read, write), anyio.create_task_group() as tasks:
            passing, messages = anyio.create_memory_object_stream[Any]()
            tasks.start_soon(_answering_what_is_none, read, passing, write)
            await served.run(messages, write, served.create_initialization_options())
            tasks.cancel_scope.cancel()

    try:
        anyio.run(run)
    except* (BrokenPipeError, anyio.BrokenResourceError, anyio.ClosedResourceError):
        pass  # the client went while an answer was written


async def _answering_what_is_none(read: Any, passing: Any, write: Any) -> None:
    """Pass the messages of a client on, and answer lines that are none, which the SDK leaves alone.

    As JSON-RPC wants it: with the number of the error, and no id, for nobody knows it.
    """
    import mcp_types as types
    from mcp.shared.message import SessionMessage
    from pydantic import ValidationError

    async with passing:
        async for message in read:
            if not isinstance(message, Exception):
                await passing.send(message)
                continue
            errors = message.errors() if isinstance(message, ValidationError) else []
            if any(
                isinstance(line := error["input"], str) and not line.strip() for error in errors
            ):
                continue  # an empty line asks nothing
            if any(error["type"] == "json_invalid" for error in errors):
                what = types.ErrorData(code=types.PARSE_ERROR, message="the line is not JSON")
            else:
                words = "the line is no message of JSON-RPC 2.0"
                what = types.ErrorData(code=types.INVALID_REQUEST, message=words)
            answer = types.JSONRPCError(jsonrpc="2.0", id=None, error=what)
            await write.send(SessionMessage(answer))


def application(desk: Desk, host: str, port: int, names: Iterable[str] = ()) -> Starlette:
    """The application that answers at `/mcp` over HTTP.

    It answers only where the Host header names `host`, this machine or one of `names`, and only
    pages of these hosts may ask (Origin), so that no other page that somebody has open can.
    """
    served = server(desk)
    from mcp.server.transport_security import TransportSecuritySettings
    from starlette.routing import Route

    own = f"[{host}]" if ":" in host else host
    anywhere = host in ("0.0.0.0", "::")  # noqa: S104 (told apart, not bound to)
    hosts = [*_LOOPBACK, *([] if anywhere else [own]), *names]
    app = served.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=_MOST_ASKED,
        host=host,
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[host for name in hosts for host in (name, f"{name}:{port}")],
            allowed_origins=[
                f"{scheme}://{name}{end}"
                for name in hosts
                for scheme in ("http", "https")
                for end in ("", f":{port}")
            ],
        ),
    )
    for route in app.routes:
        # A stream on GET would have nothing in it, and hold its place for ever.
        if isinstance(route, Route):
            route.methods = {"POST"}
    return app


def over_http(
    desk: Desk,
    host: str,
    port: int,
    names: Iterable[str] = (),
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Answer over HTTP, until it is interrupted; see `application`. `ready` is called once it does.

    Raises `OSError` where it cannot listen there.
    """
    app = application(desk, host, port, names)
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        limit_concurrency=64,
        timeout_graceful_shutdown=5,
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Bound here, so that a port that is taken is an error of the caller's and no line of a log.
    with (
        socket.create_server((host, port), family=family) as listening,
        suppress(KeyboardInterrupt),
    ):
        ready()
        uvicorn.Server(config).run(sockets=[listening])
