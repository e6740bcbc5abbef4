"""Workers: what takes too long, too much, or has no client any more, ends; others go on."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from trabecula import formats
from trabecula.graph import Graph
from trabecula.server import limits, run
from trabecula.server.lanes import Lanes
from trabecula.server.shapes import shape

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def brisk(serving: Any, small: Graph) -> Iterator[str]:
    """A server whose queries may take three seconds and have as many rows as they like."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "_DRAIN_SECONDS", 0.5)
        with serving(small, workers=3, timeout=3, rows=10**9) as address:
            yield address


def ask(address: str, query: str, **more: Any) -> httpx.Response:
    return httpx.post(f"{address}/sparql", data={"query": query}, timeout=60, **more)


def load(address: str) -> tuple[int, int]:
    health = httpx.get(f"{address}/health", timeout=60).json()
    return health["answering"], health["waiting"]


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_takes_too_long_is_ended(brisk: str) -> None:
    response = ask(brisk, HEAVY)
    assert response.status_code == 503
    assert response.text == "the query took longer than 3 s; narrow it\n"
    assert load(brisk) == (0, 0)


def test_small_queries_are_answered_under_a_flood_of_heavy_ones(serving: Any, small: Graph) -> None:
    """Each of the heavy ones looks different, so that none is known from another."""
    odd = [HEAVY.replace("{", f"{{ FILTER(?a != <a:{letter}>)") for letter in "abcdefghijkl"]
    assert len(set(map(shape, odd))) == len(odd)
    with serving(small, workers=3, timeout=600) as address, contextlib.ExitStack() as flood:
        for query in odd:
            flood.enter_context(vanishing(address, query))
        until(lambda: sum(load(address)) == len(odd))
        for number in range(8):
            assert ask(address, f"ASK {{ FILTER({number} = {number}) }}").status_code == 200
            assert sum(load(address)) == len(odd)
        flood.close()
        until(lambda: load(address) == (0, 0))


@contextlib.contextmanager
def vanishing(address: str, query: str) -> Iterator[None]:
    """A client that asks, waits for no answer, and goes at the end of the block."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as talk:
        path = f"/sparql?query={quote(query)}"
        talk.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        yield


def test_the_query_of_a_client_that_has_gone_is_ended(brisk: str) -> None:
    for _ in range(3):
        with vanishing(brisk, HEAVY):
            until(lambda: load(brisk)[0] == 1)
        until(lambda: load(brisk)[0] == 0, seconds=2)


def test_an_answer_that_breaks_off_is_no_whole_answer(brisk: str) -> None:
    for kind in ("application/sparql-results+json", "text/csv"):
        with (
            httpx.Client(timeout=60) as client,
            client.stream(
                "POST", f"{brisk}/sparql", data={"query": LONG}, headers={"Accept": kind}
            ) as response,
        ):
            assert response.status_code == 200
            assert "content-length" not in response.headers
            with pytest.raises(httpx.RemoteProtocolError):
                response.read()


def test_an_answer_that_breaks_off_is_an_error_for_old_clients_too(brisk: str) -> None:
    """Without chunks a client of HTTP 1.0 could not tell a break from the end."""
    host, _, port = brisk.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as talk:
        talk.sendall(
            f"GET /sparql?query={quote(LONG)} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode()
        )
        assert talk.recv(100).split()[1] in (b"503", b"422")


def test_a_client_that_reads_slowly_holds_the_answer_back(brisk: str) -> None:
    """What nobody reads is not made: the worker waits, and its time runs out."""
    host, _, port = brisk.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as talk:
        talk.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        talk.sendall(
            f"GET /sparql?query={quote(LONG)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        until(lambda: load(brisk)[0] == 1)
        until(lambda: load(brisk)[0] == 0, seconds=10)


def test_too_much_memory_is_refused(brisk: str) -> None:
    query = "SELECT (GROUP_CONCAT(?x) AS ?y) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?f), STR(?c)) AS ?x) ?g ?h ?i }"
    response = ask(brisk, query)
    assert response.status_code == 503
    assert ask(brisk, "ASK {}").status_code == 200


def test_nothing_is_fetched(brisk: str) -> None:
    """Whatever the screen lets through: a worker has no network, so no connection comes."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        at = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        for query in (
            f"SELECT * {{ SERVICE <{at}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{at}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ ?s ?p ?o . SER\\u0056ICE <{at}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ BIND(<{at}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{at}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{at}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"LOAD <{at}>",
        ):
            ask(brisk, query)
            httpx.get(f"{brisk}/sparql", params={"query": "ASK {}", "default-graph-uri": at})
        with pytest.raises(TimeoutError):
            canary.accept()


def holders(starter: int | None = None) -> list[int]:
    """The processes that this one, or another, has started and that hold a graph."""
    processes = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError, ValueError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if (
                parent == (starter or os.getpid())
                and b"trabecula.server.worker" in (entry / "cmdline").read_bytes()
            ):
                processes.append(int(entry.name))
    return processes


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look into")
def test_a_holder_that_was_killed_is_replaced(serving: Any, small: Graph) -> None:
    before = set(holders())
    with serving(small, workers=1, timeout=20) as address:
        (own,) = set(holders()) - before
        assert ask(address, "ASK {}").status_code == 200
        os.kill(own, signal.SIGKILL)
        # The worker that is there still answers; one that is made anew needs another holder.
        ask(address, f"ASK {{ ?s {'<a:b>/' * 9000}<a:b> ?o }}")
        assert ask(address, "ASK {}").status_code == 200
        (new,) = set(holders()) - before
        assert new != own
    assert set(holders()) == before


def test_a_server_that_ends_leaves_no_process(
    serving: Any, small: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_GRACE_SECONDS", 1)
    before = set(holders())
    with serving(small, workers=2, timeout=20) as address:
        threading.Thread(target=lambda: ask(address, HEAVY), daemon=True).start()
        until(lambda: load(address)[0] == 1)
    until(lambda: set(holders()) == before)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look into")
def test_a_server_that_is_killed_leaves_no_process(small: Graph, tmp_path: Path) -> None:
    """Not even one that is answering: nobody waits for that any more."""
    formats.write(small, tmp_path / "graph.json")
    command = [sys.executable, "-m", "trabecula", "serve", "--quiet", "--port", "0"]
    with subprocess.Popen(
        [*command, "--timeout", "600", "--graph", str(tmp_path / "graph.json")],
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        address = server.stderr.readline().split("/ serves")[0]
        with vanishing(address, HEAVY):
            until(lambda: load(address)[0] == 1)
            (holder,) = holders(server.pid)
            assert len(group(holder)) > 2  # with workers that wait, and the one that answers
            server.kill()
            until(lambda: not group(holder))


def group(leader: int) -> list[int]:
    """The processes of a group that have not ended."""
    processes = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError, ValueError):
            state, _, of = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(of) == leader and state != "Z":
                processes.append(int(entry.name))
    return processes


def test_what_the_engine_cannot_sort_is_refused_and_says_what_to_do(
    serving: Any, shipped: Graph
) -> None:
    """It finds out in the middle of sorting, and gives up with all of its process."""
    query = "SELECT * { ?a rdf:type* ?b . OPTIONAL {  } } ORDER BY ?a"
    with serving(shipped, workers=1, rows=10**6) as address:
        response = ask(address, query)
        if response.status_code != 200:  # a later engine may sort them
            wanted = "the engine cannot put such values in order; sort by STR of them\n"
            assert (response.status_code, response.text) == (400, wanted)
        assert ask(address, query.replace("BY ?a", "BY STR(?a)")).status_code == 200


def test_what_looks_alike_has_one_shape() -> None:
    assert shape('ASK { ?a tb:x "one" , 12 }') == shape("ASK  { ?b tb:x 'two' , 3 }")
    assert shape("ASK { ?a tb:x 1 }") != shape("ASK { ?a tb:y 1 }")


def test_the_heavy_lane_leaves_a_place() -> None:
    lanes = Lanes(3)
    lanes.fast = 3
    assert [lanes.promote(begun=False) for _ in range(3)] == [True, True, False]
    assert (lanes.fast, lanes.heavy) == (1, 2)
