"""Starting the server: its socket, uvicorn, and an end that lets go what is under way."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from trabecula.errors import MissingExtra, TrabeculaError
from trabecula.graph import Graph

if TYPE_CHECKING:
    import uvicorn

#: How long what is under way may take when the server is to end, in seconds.
_GRACE_SECONDS: Final = 10
_LOG: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(levelname)s: %(message)s"},
        "access": {"format": "%(asctime)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"},
    },
    "handlers": {
        "plain": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "stream": "ext://sys.stderr",
        },
        "access": {
            "class": "logging.StreamHandler",
            "formatter": "access",
            "stream": "ext://sys.stderr",
        },
    },
    "loggers": {
        "uvicorn": {"handlers": ["plain"], "level": "WARNING", "propagate": False},
        # A client that breaks off, or sends what is no HTTP, is nothing to be told of.
        "uvicorn.error": {"handlers": ["plain"], "level": "CRITICAL", "propagate": False},
        "uvicorn.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
    },
}


def serve(
    graph: Graph,
    *,
    host: str = "127.0.0.1",
    port: int = 7311,
    timeout: float = 30.0,
    workers: int = 4,
    rows: int = 100_000,
    hosts: tuple[str, ...] = (),
    cors: bool = True,
    log: bool = True,
    ready: Callable[[str, Mapping[str, Any]], None] | None = None,
) -> None:
    """Serve a graph over HTTP until the process is told to end.

    `timeout` is the most seconds, and `rows` the most rows, that a query may have; `workers` how
    many are answered at once; `hosts` are names of this machine beside `localhost` and `host`;
    without `cors` pages of other sites may not read answers; `log` writes a line for each request
    on standard error. `ready` is called with the address once it answers, and with what is served.
    Port 0 is any that is free. Raises `MissingExtra` where uvicorn is missing, and
    `TrabeculaError` where it cannot listen, or not on this system.
    """
    if not hasattr(os, "fork"):
        raise TrabeculaError(
            "serving needs Linux or macOS: every query runs in a process that is forked;"
            " on Windows, use it in WSL"
        )
    for package in ("uvicorn", "httptools"):
        if find_spec(package) is None:
            raise MissingExtra("serve", "serving a graph")
    listening = bound(host, port)
    failed: list[Exception] = []
    with contextlib.closing(listening):
        made(
            graph,
            listening,
            host=host,
            timeout=timeout,
            workers=workers,
            rows=rows,
            hosts=hosts,
            cors=cors,
            log=log,
            warm=True,
            ready=ready,
            failed=failed.append,
        ).run(sockets=[listening])
    if failed:
        raise failed[0]


def made(
    graph: Graph,
    listening: socket.socket,
    *,
    host: str,
    timeout: float = 30.0,
    workers: int = 4,
    rows: int = 100_000,
    hosts: tuple[str, ...] = (),
    cors: bool = True,
    log: bool = True,
    warm: bool = False,
    quads: bytes = b"",
    ready: Callable[[str, Mapping[str, Any]], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> uvicorn.Server:
    """A server that listens on this socket once its `run` is called; see `serve`.

    With `warm` the explorer is made before anybody asks for it, `failed` is told why it does not
    start, `quads` is another dataset to be asked in SPARQL than that of the graph, as N-Quads.
    """
    import uvicorn

    from trabecula.server.app import create
    from trabecula.server.limits import Guarded
    from trabecula.server.pool import Pool
    from trabecula.server.served import Settings

    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    names = {"localhost", host.lower(), *(name.lower() for name in hosts)}
    if host not in ("localhost", "127.0.0.1", "::1"):
        names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
    settings = Settings(
        timeout=timeout,
        rows=rows,
        hosts=frozenset(names),
        cors=cors,
        warm=warm,
        failed=failed,
        started=partial(ready, address) if ready else None,
    )
    config = uvicorn.Config(
        create(Pool(graph, workers=workers, quads=quads), settings),
        http=Guarded,
        ws="none",
        lifespan="on",
        interface="asgi3",
        proxy_headers=False,  # the one that is needed is read where it is needed
        log_config=_LOG,
        access_log=log,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return uvicorn.Server(config)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `TrabeculaError` that says what to do where it cannot."""
    if not host:
        raise TrabeculaError("the host is empty; is a variable unset? Every address is 0.0.0.0")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: only then does asyncio send small answers at once, without waiting for more.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        raise TrabeculaError(_why(host, port, error)) from error
    return listening


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use already; choose another with --port, or 0 for any"
    if error.errno == errno.EACCES:
        return f"port {port} is not allowed; choose one from 1024 on with --port"
    return f"cannot listen on {host}: {error.strerror or error}; see --host"
