"""A server that most tests of this folder ask, and where the suites of the W3C lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from trabecula.graph import Graph


@pytest.fixture(scope="session")
def address(serving: Any, small: Graph) -> Iterator[str]:
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
