"""Clients that people use, against a server that was started as people start it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.Wrapper import GET, POST, POSTDIRECTLY, URLENCODED

from trabecula import formats
from trabecula.graph import Graph

SELECT = "SELECT ?s { ?s tb:activates ?o } ORDER BY ?s"
NAMES = ["https://w3id.org/trabecula/entity/magnesium", "https://w3id.org/trabecula/entity/pth"]
CONSTRUCT = "CONSTRUCT WHERE { ?s tb:activates ?o }"


def started(path: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    """A server of the graph at a path, in a process of its own, and its address."""
    command = [
        sys.executable,
        "-m",
        "trabecula",
        "serve",
        "--graph",
        str(path),
        "--port",
        "0",
        *more,
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stderr is not None
    line = process.stderr.readline()
    match = re.match(r"(http://\S+)/ serves 6 statements", line)
    assert match, line
    return process, match[1]


@pytest.fixture(scope="module")
def command_line(small: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("served") / "tiny.json"
    formats.write(small, path)
    process, address = started(path, "--quiet", "--workers", "2")
    yield address
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode in (0, -signal.SIGTERM)


def wrapper(address: str, query: str, form: Any, method: Any = GET, kind: Any = URLENCODED) -> Any:
    made = SPARQLWrapper(f"{address}/sparql", returnFormat=form)
    made.setMethod(method)
    made.setRequestMethod(kind)
    made.setQuery(query)
    return made.query()


@pytest.mark.parametrize(
    ("method", "kind"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
)
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(command_line: str, form: Any, method: Any, kind: Any) -> None:
    got = wrapper(command_line, SELECT, form, method, kind).convert()
    if form == JSON:
        assert [row["s"]["value"] for row in got["results"]["bindings"]] == NAMES
    elif form == XML:
        assert [node.firstChild.data for node in got.getElementsByTagName("uri")] == NAMES
    else:
        assert [line.strip("<>\r") for line in got.decode().splitlines()[1:]] == NAMES


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_reads_triples(command_line: str, form: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own calls of rdflib
        got = wrapper(command_line, CONSTRUCT, form).convert()
    if isinstance(got, bytes):
        got = rdflib.Graph().parse(data=got, format="turtle")
    assert len(got) == 2


def test_sparqlwrapper_reads_yes_or_no(command_line: str) -> None:
    query = "ASK { entity:pth tb:activates ?o }"
    assert wrapper(command_line, query, JSON).convert()["boolean"] is True


def test_rdflib_asks_it_as_a_store(command_line: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{command_line}/sparql"))
    tb = rdflib.Namespace("https://w3id.org/trabecula/ontology#")
    pth = rdflib.URIRef(NAMES[1])
    assert [
        str(row[0])
        for row in graph.query("SELECT ?s { ?s tb:activates ?o } ORDER BY ?s", initNs={"tb": tb})
    ] == NAMES
    assert len(list(graph.triples((pth, tb.activates, None)))) == 1
    assert bool(graph.query("ASK { ?s tb:activates ?o }", initNs={"tb": tb})) is True
    assert len(graph.query("CONSTRUCT WHERE { ?s tb:activates ?o }", initNs={"tb": tb}).graph) == 2


def test_rdflib_reaches_it_with_service(command_line: str) -> None:
    query = f"SELECT ?s {{ SERVICE <{command_line}/sparql> {{ SELECT ?s {{ ?s <https://w3id.org/trabecula/ontology#activates> ?o }} }} }}"
    assert sorted(str(row[0]) for row in rdflib.Graph().query(query)) == NAMES


def test_oxigraph_reaches_it_with_service(command_line: str) -> None:
    """Another triple store asks it, in a process of its own."""
    code = (
        "import pyoxigraph as ox; print(sum(1 for _ in ox.Store().query("
        f"'SELECT * {{ SERVICE <{command_line}/sparql> {{ ?s <https://w3id.org/trabecula/ontology#activates> ?o }} }}')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "2\n"


def test_a_port_that_is_taken_is_named_with_the_remedy(
    command_line: str, small: Graph, tmp_path: Path
) -> None:
    formats.write(small, tmp_path / "tiny.json")
    port = command_line.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "trabecula", "serve", "--graph", tmp_path / "tiny.json", "--port", port],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert (
        done.stderr == f"port {port} is in use already; choose another with --port, or 0 for any\n"
    )


def test_it_ends_when_it_is_told_to_and_logs_what_was_asked(small: Graph, tmp_path: Path) -> None:
    formats.write(small, tmp_path / "tiny.json")
    process, address = started(tmp_path / "tiny.json", "--workers", "1")
    try:
        answer = httpx.get(f"{address}/sparql?query=ASK%7B%7D", timeout=60).json()
        assert answer == {"head": {}, "boolean": True}
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=60)
    finally:
        process.kill()
    assert re.search(r'127\.0\.0\.1:\d+ - "GET /sparql\?query=ASK%7B%7D HTTP/1\.1" 200', log)
    assert "Traceback" not in log
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


@pytest.mark.parametrize("package", ["uvicorn", "httptools"])
def test_without_the_extra_it_says_what_to_install(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from trabecula.cli import main
    from trabecula.server import run

    monkeypatch.setattr(run, "find_spec", lambda name: None if name == package else object())
    result = CliRunner().invoke(main, ["serve"])
    assert result.exit_code == 2
    assert 'pip install "trabecula[serve]"' in result.output
    assert json.dumps(package) not in result.output


def test_an_empty_host_is_refused(small: Graph, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from trabecula.cli import main

    formats.write(small, tmp_path / "tiny.json")
    result = CliRunner().invoke(
        main, ["serve", "--graph", str(tmp_path / "tiny.json"), "--host", ""]
    )
    assert result.exit_code == 2
    assert "there is nothing in it" in result.output
