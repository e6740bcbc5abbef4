"""An endpoint under load: `trabecula serve` beside the server of Oxigraph and rdflib-endpoint.

Run: .venv/bin/python benchmarks/serve.py PEERS [statements …]

PEERS is an environment with the peers, made with
`python -m venv peers && peers/bin/pip install oxigraph rdflib-endpoint click uvicorn`. The data are
the RDF of the shipped graph and of graphs made here with so many statements (100,000), the same
N-Quads for all three. Each server is asked over 1, 8 and 32 connections that are kept open, for
SECONDS (2), in turn and three rounds, so that a busy machine slows all of them; medians are given: the statements about an entity
(another one each time), which is a small query, and the names of what requires something, a join.
The client is one process beside the server and takes its part of the machine; all answers of one
query have the same number of rows on all servers, or the run stops.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))
from paths import made

from trabecula import formats
from trabecula.graph import Graph

SECONDS = float(os.environ.get("SECONDS", "2"))
ROUNDS = 3
TB = "https://w3id.org/trabecula/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SMALL = f"SELECT ?s ?p {{ ?s <{RDF}subject> <{{}}> ; <{TB}status> ?p }} LIMIT 20"
JOIN = (
    f"SELECT ?a ?name {{ ?s <{RDF}predicate> <{TB}requires> ; <{RDF}subject> ?a . "
    "?a <http://www.w3.org/2000/01/rdf-schema#label> ?name } LIMIT 100"
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[str]:
    """The address of a server that was started, once it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}{path}"
    try:
        for _ in range(6000):
            with contextlib.suppress(OSError):
                ask(address, "ASK {}")
                break
            if process.poll() is not None:
                sys.exit(f"{command[0]} has ended")
            time.sleep(0.1)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def ask(address: str, query: str) -> bytes:
    request = urllib.request.Request(  # noqa: S310 (our own address)
        f"{address}?query={quote(query)}", headers={"Accept": "application/sparql-results+json"}
    )
    with urllib.request.urlopen(request, timeout=300) as response:  # noqa: S310
        return bytes(response.read())


def servers(
    peers: Path, graph: Path, quads: Path, folder: Path
) -> dict[str, tuple[list[str], int, str]]:
    """What starts each server, the port, and the path of its endpoint."""
    folder.mkdir()
    store = folder / "store"
    load = [str(peers / "bin/oxigraph"), "load", "--location", str(store), "--file", str(quads)]
    subprocess.run(load, check=True, capture_output=True)
    ports = [free_port() for _ in range(3)]
    ours = [sys.executable, "-m", "trabecula", "serve", "--quiet", "--port", str(ports[0])]
    return {
        "trabecula serve": ([*ours, "--graph", str(graph)], ports[0], "/sparql"),
        "oxigraph serve-read-only": (
            [str(peers / "bin/oxigraph"), "serve-read-only", "--location", str(store),
             "--bind", f"127.0.0.1:{ports[1]}"], ports[1], "/query",
        ),
        "rdflib-endpoint": (
            [str(peers / "bin/rdflib-endpoint"), "serve", "--port", str(ports[2]), str(quads)],
            ports[2], "/",
        ),
    }  # fmt: skip


async def load(address: str, queries: list[str], connections: int) -> tuple[float, float, float]:
    """Answers a second, and the median and the 95th percentile of their milliseconds."""
    host, port, path = re.fullmatch(r"http://([\d.]+):(\d+)(/.*)", address).groups()  # type: ignore[union-attr]
    took: list[float] = []
    end = time.perf_counter() + SECONDS

    async def one(seed: int) -> None:
        draw = random.Random(seed)  # noqa: S311 (no secret)
        reader, writer = await asyncio.open_connection(host, int(port))
        while (began := time.perf_counter()) < end:
            query = quote(draw.choice(queries))
            writer.write(
                f"GET {path}?query={query} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Accept: application/sparql-results+json\r\n\r\n".encode()
            )
            await response(reader)
            took.append((time.perf_counter() - began) * 1000)
        writer.close()

    await asyncio.gather(*(one(seed) for seed in range(connections)))
    took.sort()
    return len(took) / SECONDS, statistics.median(took), took[int(len(took) * 0.95)]


async def response(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head[:20]:
        raise SystemExit(head.decode("latin-1"))
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    if length:
        await reader.readexactly(int(length[1]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


def measure(name: str, graph: Graph, peers: Path, folder: Path) -> None:
    """Print a table for one graph."""
    path, quads = folder / f"{name}.json", folder / f"{name}.nq"
    formats.write(graph, path)
    quads.write_bytes(formats.render(graph, "nq"))
    entities = random.Random(3).sample(sorted(graph.entities), 200)  # noqa: S311
    questions = {
        "small": [SMALL.replace("{}", f"https://w3id.org/trabecula/entity/{e}") for e in entities],
        "join": [JOIN],
    }
    count = quads.read_bytes().count(b"\n")
    print(f"{name}: {len(graph):,} statements, {count:,} quads")
    print(f"{'':32}{'conn.':>6}{'per second':>12}{'median ms':>11}{'95 % ms':>9}{'ratio':>8}")
    with contextlib.ExitStack() as stack:
        started = servers(peers, path, quads, folder / name)
        addresses = {server: stack.enter_context(running(*how)) for server, how in started.items()}
        for question, queries in questions.items():
            check(addresses, queries[:50])
            for connections in (1, 8, 32):
                compare(question, addresses, queries, connections)


def check(addresses: dict[str, str], queries: list[str]) -> None:
    """Stop where not all servers answer with as many rows."""
    rows = {
        server: [len(json.loads(ask(address, q))["results"]["bindings"]) for q in queries]
        for server, address in addresses.items()
    }
    if len(set(map(tuple, rows.values()))) > 1:
        sys.exit(f"answers differ: { {server: sum(found) for server, found in rows.items()} }")


def compare(question: str, addresses: dict[str, str], queries: list[str], connections: int) -> None:
    """Ask each server in turn, a few rounds, and print the median of the rounds."""
    rounds = [
        {
            server: asyncio.run(load(address, queries, connections))
            for server, address in addresses.items()
        }
        for _ in range(ROUNDS)
    ]
    first = next(iter(addresses))
    for server in addresses:
        rate, median, late = (
            statistics.median(one[server][field] for one in rounds) for field in range(3)
        )
        ratio = statistics.median(one[first][0] / one[server][0] for one in rounds)
        print(
            f"{question:7}{server:25}{connections:>6}{rate:>12,.0f}{median:>11.2f}{late:>9.2f}"
            f"{ratio:>8.2f}",
            flush=True,
        )


def main() -> None:
    """Compare."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    peers = Path(sys.argv[1])
    sizes = [int(size) for size in sys.argv[2:]] or [100_000]
    with tempfile.TemporaryDirectory() as folder:
        measure("shipped", formats.load(), peers, Path(folder))
        for size in sizes:
            measure(f"made-{size}", made(size), peers, Path(folder))


if __name__ == "__main__":
    main()
