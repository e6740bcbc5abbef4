"""What one small query costs where: processor time in `trabecula serve`, stage by stage.

Run: .venv/bin/python benchmarks/request.py

Each stage is run by itself, many times, in this process: reading HTTP with nothing behind it; the
same with the application, whose pool answers at once; the same with a worker that is asked; and, as
a worker does it, reading the request, the screen, the engine with its writing of JSON, and all of
it. What is left of a whole request, as `serve.py` finds it, is the socket of the client, and waiting
for a processor. Microseconds of a processor, the best of fifteen rounds.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import uvicorn
from uvicorn.server import ServerState

sys.path.insert(0, str(Path(__file__).parent))
from serve import SMALL

from trabecula import formats
from trabecula.server import answers, worker
from trabecula.server.app import create
from trabecula.server.exchange import Answer
from trabecula.server.limits import WHOLE, Guarded
from trabecula.server.pool import Pool
from trabecula.server.served import Settings
from trabecula.sparql.screening import screen

ROUNDS = 15


def main() -> None:
    """Print a table."""
    graph = formats.load()
    held = answers.held(graph, b"")
    entities = random.Random(3).sample(sorted(graph.entities), 200)  # noqa: S311 (no secret)
    queries = [SMALL.replace("{}", f"https://w3id.org/trabecula/entity/{e}") for e in entities]
    print("the process that listens")
    listening(queries, held)
    print("a worker")
    working(queries, held)


def told(what: str, seconds: float, count: int) -> float:
    print(f"  {what:44}{seconds / count * 1e6:8.0f} us", flush=True)
    return seconds


# --- The process that listens ---------------------------------------------------------------


class Socket(asyncio.Transport):
    """A connection that takes everything, and wakes up who waits for an answer."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)})
        self.answered = asyncio.Event()

    def write(self, _data: Any) -> None:
        """Take an answer."""
        self.answered.set()

    def is_closing(self) -> bool:
        """It stays open."""
        return False

    def close(self) -> None:
        """It stays open."""


class Instant(Pool):
    """A pool whose answers are there."""

    async def ask(self, *_: Any) -> Answer:  # type: ignore[override]
        """An answer as long as most are."""
        return Answer({"written": "json", "triples": False}, b"{}" * 100)


async def nothing(scope: Any, *_: Any) -> None:
    """An application that has nothing to say."""
    await scope["extensions"][WHOLE](200, [], b"")


def listening(queries: list[str], held: answers.Held) -> None:
    requests = [
        f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Accept: application/sparql-results+json\r\n\r\n".encode()
        for query in queries
    ]
    pool = Instant(held.graph)
    pool.facts = held.facts
    application = create(pool, Settings(hosts=frozenset({"127.0.0.1"}), keep=False))
    bare = fastest(nothing, requests)
    told("HTTP: read a request, write an answer", bare, len(requests))
    whole = fastest(application, requests)
    told("the application: parameters, types, tag", whole - bare, len(requests))
    pool = Pool(held.graph, workers=1)
    application = create(pool, Settings(hosts=frozenset({"127.0.0.1"}), keep=False))
    real = fastest(application, requests, pool)
    told("the pool: a place, clocks, the pipe of a worker", real - whole, len(requests))


def fastest(
    app: Callable[..., Awaitable[None]], requests: list[bytes], pool: Pool | None = None
) -> float:
    config = uvicorn.Config(app, http=Guarded, ws="none", interface="asgi3", proxy_headers=False, log_config=None)  # type: ignore[arg-type]  # fmt: skip
    config.load()

    async def run() -> float:
        if pool is not None:
            await pool.start()
        loop = asyncio.get_running_loop()
        protocol = Guarded(config=config, server_state=ServerState(), app_state={}, _loop=loop)
        protocol.access_log = False
        transport = Socket()
        protocol.connection_made(transport)
        taken = []
        for _ in range(ROUNDS):
            began = time.process_time()
            for request in requests:
                transport.answered.clear()
                protocol.data_received(request)
                await transport.answered.wait()
            taken.append(time.process_time() - began)
        protocol.connection_lost(None)
        if pool is not None:
            pool.close()
        return min(taken)

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        return runner.run(run())


# --- A worker -------------------------------------------------------------------------------


class Pipe:
    """A stream that takes everything."""

    def write(self, data: Any) -> int:
        """Take it all."""
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""


def working(queries: list[str], held: answers.Held) -> None:
    def asked(query: str) -> dict[str, Any]:
        return {
            "do": "sparql", "query": query, "graphs": None, "base": "http://127.0.0.1/sparql",
            "results": "json", "triples": "ttl", "rows": 100_000,
        }  # fmt: skip

    lines = {query: json.dumps(asked(query)) for query in queries}
    pipe: Any = Pipe()
    json_ = ox.QueryResultsFormat.JSON
    stages: dict[str, Callable[[str], object]] = {
        "read what is asked": lambda query: json.loads(lines[query]),
        "the screen": screen,
        "the engine, and its JSON": lambda query: held.asked.query(query).serialize(pipe, format=json_),  # type: ignore[union-attr]
        "all of it": lambda query: worker.ask(held, json.loads(lines[query]), pipe),
    }  # fmt: skip
    for what, stage in stages.items():
        taken = []
        for _ in range(ROUNDS):
            began = time.process_time()
            for query in queries:
                stage(query)
            taken.append(time.process_time() - began)
        told(what, min(taken), len(queries))


if __name__ == "__main__":
    main()
