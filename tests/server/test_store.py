"""A store on the disk behind the server: the same answers as the graph that it was made from."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from trabecula import formats
from trabecula.graph import Graph
from trabecula.model import Entity
from trabecula.reason import conclusions, paths
from trabecula.server.api import QUESTIONS
from trabecula.store.loading import load
from trabecula.store.opening import opened

NT = {"Accept": "application/n-triples"}
ASKED = [
    ("select", {"selection": ["near(magnesium, 1)"]}),
    ("search", {"text": ["parathyrod"]}),
    ("search", {"text": ["thing 77"]}),
    ("show", {"name": ["PTH"]}),
    ("show", {"name": ["survey"]}),
    ("explain", {"from": ["magnesium"], "to": ["osteoblast"]}),
    ("whatif", {"change": ["magnesium=down"]}),
    ("diagnose", {"finding": ["osteoblast=up"]}),
    ("conflicts", {}),
    ("search", {"text": ["magnesium"], "trust": ["human"]}),
]


@pytest.fixture(scope="module")
def graph(small: Graph) -> Graph:
    """The tiny graph with two thousand entities more."""
    more = (Entity(id=f"thing-{n}", name=f"thing {n}", category="protein") for n in range(2_000))
    return Graph([small.about, *small, *more])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, graph: Graph) -> Path:
    root = tmp_path_factory.mktemp("store")
    formats.write(graph, root / "graph.json")
    load([root / "graph.json"], root / "graph.trabecula")
    return root / "graph.trabecula"


@pytest.fixture(scope="module")
def stored(serving: Any, folder: Path) -> Iterator[httpx.Client]:
    """A client of a server of the store."""
    with serving(opened(folder)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.mark.parametrize(("name", "given"), ASKED)
def test_questions_are_answered_as_from_memory(
    stored: httpx.Client, graph: Graph, name: str, given: dict[str, list[str]]
) -> None:
    response = stored.get(f"/api/{name}", params=given)
    assert response.status_code == 200
    answer = json.loads(json.dumps(QUESTIONS[name].answer(graph, given)))
    assert response.json() == answer
    assert answer


def test_sparql_finds_what_it_finds_in_memory(stored: httpx.Client, graph: Graph) -> None:
    memory = ox.Store()
    memory.load(formats.render(graph, "nq"), format=ox.RdfFormat.N_QUADS)
    for query, least in (
        (
            "SELECT ?s ?p ?o { ?s ?p ?o FILTER(!ISBLANK(?s) && !ISBLANK(?o)) } ORDER BY ?s ?p ?o",
            900,
        ),
        ("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g", 3),
        ("SELECT ?s { ?s tb:requires entity:magnesium }", 1),
    ):
        limited = f"{query} LIMIT 999"
        rows = stored.get("/sparql", params={"query": limited, "format": "csv"}).text
        solutions: Any = memory.query(limited, prefixes=dict(graph.spaces))
        assert rows == solutions.serialize(format=ox.QueryResultsFormat.CSV).decode()
        assert rows.count("\n") > least


@pytest.mark.parametrize(
    "path",
    ["/entity/magnesium", "/entity/thing-77", "/source/survey", "/source/doi:10.5555/12345678(1)"],
)
def test_things_have_the_same_triples(
    stored: httpx.Client, serving: Any, graph: Graph, path: str
) -> None:
    with serving(graph, workers=1) as address:
        memory = httpx.get(f"{address}{path}.nt", timeout=60)
    store = stored.get(f"{path}.nt")
    assert (store.status_code, memory.status_code) == (200, 200)
    assert sorted(store.text.splitlines()) == sorted(memory.text.splitlines())
    page = stored.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200


def test_the_whole_graph_can_be_had(stored: httpx.Client, graph: Graph) -> None:
    lines = stored.get("/dump.nt").text.splitlines()
    assert sorted(lines) == sorted(formats.render(graph, "nt").decode().splitlines())
    assert stored.get("/health").json()["entities"] == len(graph.entities)
    while (response := stored.get("/.well-known/void", headers=NT)).status_code == 503:
        time.sleep(0.2)  # where a machine is busy it is still being made
    triples = f'<http://rdfs.org/ns/void#triples> "{len(set(lines))}"^^'
    assert triples in response.text


def test_a_worker_that_is_ended_is_replaced(stored: httpx.Client) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(httpx.ReadTimeout):
        stored.get("/sparql", params={"query": heavy}, timeout=1)
    answer = stored.get("/sparql", params={"query": "ASK { ?s tb:requires entity:magnesium }"})
    assert answer.json()["boolean"] is True


def test_answering_writes_nothing(stored: httpx.Client, folder: Path) -> None:
    def state() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}

    before = state()
    for path in ("/api/search?text=thing", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D", "/"):
        assert stored.get(path).status_code == 200
    assert state() == before


def test_steps_are_as_many_as_the_library_takes() -> None:
    def steps(name: str) -> object:
        return next(p for p in QUESTIONS[name].parameters if p.name == "steps").default

    assert [steps(name) for name in ("explain", "whatif", "diagnose")] == [
        paths.STEPS, conclusions.STEPS, conclusions.STEPS
    ]  # fmt: skip
