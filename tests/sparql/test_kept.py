"""The RDF of the shipped graph is kept on the disk for the command, and says the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import trabecula as tb
from trabecula import kept as graphs
from trabecula import shipped as content
from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.sparql import kept

QUERY = "SELECT ?x WHERE { ?x tb:requires entity:magnesium }"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for graphs, not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "trabecula" / "graphs"


@pytest.fixture
def graph(cache: Path, part: Graph) -> Iterator[Graph]:
    """A graph as the shipped one comes with the cache; all tests share it, and it is as it was."""
    yield graphs.graph(content.graph(), lambda: (part, True))
    part.kept = None


def asked(*words: str) -> str:
    """What the command prints, in a process of its own."""
    command = [sys.executable, "-m", "trabecula", "query", *words]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_the_command_keeps_it_and_answers_alike_with_it_and_without(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = asked(QUERY)
    (place,) = cache.glob("*.oxigraph")
    made = place.stat().st_ino
    assert asked(QUERY) == first != ""
    assert place.stat().st_ino == made
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert asked(QUERY) == first


def test_what_is_there_is_not_made_again(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    place = kept.place(graph)
    monkeypatch.setattr(rdf, "nquads", None)
    assert place is not None
    assert kept.place(graph) == place


def test_it_holds_what_a_session_holds(graph: Graph) -> None:
    every = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    answers = [tb.query(Graph(graph), text, place=place).rows
               for place in (None, kept.place(graph)) for text in (every, QUERY)]  # fmt: skip
    assert answers[:2] == answers[2:]


def test_a_damaged_one_is_made_again(graph: Graph) -> None:
    place = kept.place(graph)
    assert place is not None
    largest = max(place.iterdir(), key=lambda path: path.stat().st_size)
    damaged = b"x" * largest.stat().st_size
    largest.write_bytes(damaged)
    assert kept.place(graph) == place
    assert damaged not in [path.read_bytes() for path in place.iterdir()]


def test_where_nothing_can_be_kept_nothing_is(graph: Graph, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    graph.kept = blocked / "graph.json"
    assert kept.place(graph) is None


def test_of_a_graph_of_ones_own_nothing_is_kept(cache: Path, tiny: Graph, tmp_path: Path) -> None:
    assert kept.place(tiny) is None
    tb.write(tiny, tmp_path / "mine.json")
    assert asked("--graph", str(tmp_path / "mine.json"), QUERY)
    assert not cache.exists()


def test_so_many_stay_as_were_used_last(cache: Path) -> None:
    for name in ("a", "b", "c"):
        made = "from trabecula.sparql import kept; import sys, trabecula as tb; from pathlib import Path; "
        made += "graph = tb.Graph(); graph.kept = Path(sys.argv[1]); print(kept.place(graph))"
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-c", made, str(cache / f"{name}.json")], check=True)
    assert sorted(path.name for path in cache.glob("*.oxigraph")) == ["b.oxigraph", "c.oxigraph"]
