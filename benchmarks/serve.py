"""An endpoint under load: `trabecula serve` beside the server of Oxigraph and rdflib-endpoint.

Run: .venv/bin/python benchmarks/serve.py PEERS [statements …]

PEERS is an environment with the peers, made with
`python -m venv peers && peers/bin/pip install oxigraph rdflib-endpoint click uvicorn`. The data are
the RDF of the shipped graph and of graphs made here with so many statements (100,000), the same
N-Quads for all three. Each server is asked over 1, 8 and 32 connections that are kept open, for
SECONDS (2), in turn and three rounds, so that a busy machine slows all of them; medians are given:
the statements about an entity, which is a small query, and the names of what requires something, a
join. Both are written differently each time, so that nobody has the answer already; `again` is one
of 200 small queries as they were asked before. All answers of one query have the same number of rows
on all servers, or the run stops.

`ratio` is our rate divided by theirs. The last columns are the microseconds of a processor that one
answer takes (from /proc): of the process that listens, of the processes it has started, and of the
client, which is one process beside the server and takes its part of the machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server that runs: its process, and where it answers."""

    pid: int
    address: str

    def spent(self) -> tuple[float, float]:
        """The seconds of a processor that it has taken, and those of the processes it started."""
        return spent([self.pid]), spent(children(self.pid))


def spent(pids: list[int]) -> float:
    seconds = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def children(pid: int) -> list[int]:
    pids: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            pids += map(int, (task / "children").read_text().split())
    return pids + [grandchild for child in pids for grandchild in children(child)]


@contextlib.contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[Server]:
    """A server that was started, once it answers."""
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
        yield Server(process.pid, address)
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


@dataclass(frozen=True)
class Round:
    """What came of asking one server for a while; microseconds of a processor are an answer's."""

    rate: float  # answers a second
    median: float  # milliseconds
    late: float  # the 95th percentile, in milliseconds
    listens: float
    works: float
    client: float


async def load(server: Server, query: Callable[[], str], connections: int) -> Round:
    """Ask over so many connections for SECONDS."""
    host, port, path = re.fullmatch(r"http://([\d.]+):(\d+)(/.*)", server.address).groups()  # type: ignore[union-attr]
    took: list[float] = []
    before, own = server.spent(), time.process_time()
    end = time.perf_counter() + SECONDS

    async def connect() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        while (began := time.perf_counter()) < end:
            writer.write(
                f"GET {path}?query={quote(query())} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                "Accept: application/sparql-results+json\r\n\r\n".encode()
            )
            await response(reader)
            took.append((time.perf_counter() - began) * 1000)
        writer.close()

    await asyncio.gather(*(connect() for _ in range(connections)))
    after = server.spent()
    took.sort()
    micro = 1e6 / len(took)
    return Round(
        len(took) / SECONDS, statistics.median(took), took[int(len(took) * 0.95)],
        (after[0] - before[0]) * micro, (after[1] - before[1]) * micro,
        (time.process_time() - own) * micro,
    )  # fmt: skip


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
    draw = random.Random(3)  # noqa: S311 (no secret)
    entities = draw.sample(sorted(graph.entities), 200)
    small = [SMALL.replace("{}", f"https://w3id.org/trabecula/entity/{e}") for e in entities]
    number = itertools.count()
    questions: dict[str, Callable[[], str]] = {
        "small": lambda: draw.choice(small).replace("?s", f"?s{next(number)}"),
        "again": lambda: draw.choice(small),
        "join": lambda: JOIN.replace("?s", f"?s{next(number)}"),
    }
    count = quads.read_bytes().count(b"\n")
    print(f"{name}: {len(graph):,} statements, {count:,} quads")
    print(
        f"{'':31}{'conn.':>6}{'a second':>9}{'median ms':>11}{'95 % ms':>9}{'ratio':>7}"
        f"{'listens us':>12}{'works us':>10}{'client us':>11}"
    )
    with contextlib.ExitStack() as stack:
        started = servers(peers, path, quads, folder / name)
        running_ = {server: stack.enter_context(running(*how)) for server, how in started.items()}
        check(running_, [*small[:50], JOIN])
        for question, query in questions.items():
            for connections in (1, 8, 32):
                compare(question, running_, query, connections)


def check(servers: dict[str, Server], queries: list[str]) -> None:
    """Stop where not all servers answer with as many rows."""
    rows = {
        name: [len(json.loads(ask(server.address, q))["results"]["bindings"]) for q in queries]
        for name, server in servers.items()
    }
    if len(set(map(tuple, rows.values()))) > 1:
        sys.exit(f"answers differ: { {name: sum(counts) for name, counts in rows.items()} }")


def compare(
    question: str, servers: dict[str, Server], query: Callable[[], str], connections: int
) -> None:
    """Ask each server in turn, a few rounds, and print the median of the rounds."""
    rounds = [
        {name: asyncio.run(load(server, query, connections)) for name, server in servers.items()}
        for _ in range(ROUNDS)
    ]
    first = next(iter(servers))
    for name in servers:
        rate, median, late, listens, works, client = (
            statistics.median(getattr(round_[name], field) for round_ in rounds)
            for field in ("rate", "median", "late", "listens", "works", "client")
        )
        ratio = statistics.median(round_[first].rate / round_[name].rate for round_ in rounds)
        print(
            f"{question:6}{name:25}{connections:>6}{rate:>9,.0f}{median:>11.2f}{late:>9.2f}"
            f"{ratio:>7.2f}{listens:>12,.0f}{works:>10,.0f}{client:>11,.0f}",
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
