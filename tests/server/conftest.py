"""A server in a thread for the tests of this folder, and where the suites of the W3C lie."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from trabecula.graph import Graph
from trabecula.server import run

Serving = Callable[..., AbstractContextManager[str]]


@contextmanager
def _serving(graph: Graph, **more: Any) -> Iterator[str]:
    """The address of a server of this graph, as long as the block takes."""
    up = threading.Event()
    told: list[str] = []

    def ready(address: str, _facts: object) -> None:
        told.append(address)
        up.set()

    more = {"workers": 2, "timeout": 20, "rows": 2_000, "log": False, **more}
    with run.bound("127.0.0.1", 0) as listening:
        server = run.made(graph, listening, host="127.0.0.1", ready=ready, **more)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            assert up.wait(60), "the server does not start"
            yield told[0].rstrip("/")
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture(scope="session")
def serving() -> Serving:
    """What gives the address of a server of a graph, in a `with` statement."""
    return _serving


@pytest.fixture(scope="session")
def address(serving: Serving, small: Graph) -> Iterator[str]:
    """The address of the one server that most tests ask, of the tiny graph."""
    with serving(small) as told:
        yield told


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of that server."""
    with httpx.Client(base_url=address, timeout=60) as made:
        yield made


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that take a `case` of the W3C get what their module finds in the suite.

    Without TRABECULA_SUITES they say that they are not run; where it names nothing, they fail.
    """
    if "case" not in metafunc.fixturenames:
        return
    named = os.environ.get("TRABECULA_SUITES")
    if not named:
        why = "not run: TRABECULA_SUITES names no folder with the test suites of the W3C"
        metafunc.parametrize("case", [pytest.param("", marks=pytest.mark.skip(why))])
        return
    folder = Path(named).resolve() / "sparql11"
    assert folder.is_dir(), f"TRABECULA_SUITES names a folder without sparql11: {named}"
    metafunc.parametrize("case", metafunc.module.cases(folder), ids=str)
