"""What a page is asked in SPARQL is what `trabecula query` asks."""

from __future__ import annotations

import gzip
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import pytest

from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.page import folding, payload
from trabecula.page import queries as store
from trabecula.sparql import library
from trabecula.sparql.tokens import KNOWN_PREFIXES


def quads(data: bytes) -> set[ox.Quad]:
    return set(ox.parse(gzip.decompress(data), format=ox.RdfFormat.TRIG))


def test_the_dataset_is_that_of_the_command_line_named_graphs_included(tiny: Graph) -> None:
    assert quads(store.packed(tiny)) == set(rdf.quads(tiny))


MARKS = Graph(
    [
        Entity(id="a", name="a name \x1a3; \x1a with marks", category="cell"),
        Entity(id="b", name='said "so" \\ and so', category="cell", synonyms=("said twice", "ü" * 9)),
        Entity(id="c", name="said twice", category="cell", description="s" + "0" * 32),
        Statement(
            subject="a", predicate="requires", object="b",
            evidence=(Evidence(source="PMID:1", strength="direct", summary="said twice"),),
        ),
    ]
)  # fmt: skip


@pytest.mark.parametrize("name", ["tiny", "part", "marks"])
def test_what_the_page_tells_already_is_left_out(tiny: Graph, part: Graph, name: str) -> None:
    # That the page restores it byte for byte is held by tests/frontend/test_told.py.
    graph = {"tiny": tiny, "part": part, "marks": MARKS}[name]
    rows = [payload.statement(graph, statement, 1000) for statement in graph.statements.values()]
    entities = [payload.entity(entity) for entity in graph.entities.values()]
    told = list(folding.texts(payload.data(graph, graph, entities, rows)))
    packed = store.packed(graph, told)
    text = gzip.decompress(packed).decode("utf-8")
    assert text.count("\x1a") > (5_000 if name == "part" else 2)
    assert not any(summary in text for summary in told if summary.isascii() and len(summary) > 90)
    if name == "part":
        assert 2 * len(packed) < len(store.packed(graph))


def test_what_is_kept_beside_the_shipped_graph_is_not_made_again(
    tiny: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = Graph(tiny)
    graph.kept = tmp_path / "key.json"
    anew = store.packed(Graph(tiny), ["magnesium"])
    assert store.packed(graph, ["magnesium"]) == anew
    monkeypatch.setattr(rdf, "render", lambda *_: pytest.fail("it was made again"))
    assert store.packed(graph, ["magnesium"]) == anew


def test_the_same_graph_gives_the_same_bytes_without_a_time(tiny: Graph) -> None:
    data = store.packed(tiny)
    assert data == store.packed(Graph(reversed(list(tiny))))
    # Signature, deflate, no name, no time, best compression, unknown system.
    assert data[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


@pytest.mark.parametrize(
    "graph",
    [
        Graph([Entity(id="http://example.org/a b", name="no IRI", category="cell")]),
        Graph([Entity(id="a", name="\ud800", category="cell")]),
    ],
)
def test_a_graph_that_rdf_cannot_say_has_no_dataset(graph: Graph) -> None:
    assert store.packed(graph) == b""


def test_a_graph_that_is_too_large_has_no_dataset(monkeypatch: pytest.MonkeyPatch) -> None:
    read = (Evidence(source="PMID:1", strength="direct"),)
    graph = Graph(
        Statement(subject="a", predicate="requires", object=key, evidence=read) for key in "bcd"
    )
    monkeypatch.setattr(store, "MAX_STATEMENTS", 3)
    assert quads(store.packed(graph)) == set(rdf.quads(graph))
    monkeypatch.setattr(store, "MAX_STATEMENTS", 2)
    assert store.packed(graph) == b""
    monkeypatch.setattr(store, "MAX_STATEMENTS", 3)
    monkeypatch.setattr(store, "MAX_EVIDENCE", 2)
    assert store.packed(graph) == b""


def test_every_query_of_the_library_is_there_without_the_header_of_its_file(
    shipped: Graph,
) -> None:
    rows = store.library(shipped, sparql=True)["queries"]
    assert [row["name"] for row in rows] == list(library())
    for row, query in zip(rows, library().values(), strict=True):
        assert query.text.endswith(row["text"])
        assert [line for line in row["text"].splitlines() if line.startswith("#")] == []
        assert (row["title"], row["also"]) == (query.title, query.also)
        assert row["parameters"] == [
            {"name": p.name, "type": p.type, "default": p.default, "description": p.description}
            for p in query.parameters
        ]
    folder = resources.files("trabecula") / "queries"
    assert len(rows) == sum(file.name.endswith(".rq") for file in folder.iterdir())


def about_x(*sources: Source) -> Graph:
    statements = [
        Statement(subject=s, predicate=p, object=o)
        for s, p, o in (("x", "inhibits", "y"), ("x", "inhibits", "z"), ("z", "activates", "y"))
    ]
    named = [Entity(id=key, name=key, category="protein") for key in "xyz"]
    return Graph([*named, *statements, *sources])


def test_a_graph_without_an_article_is_not_asked_what_the_article_claims() -> None:
    of_an_article = {"asserted-only-claims", "disputes-of-the-article"}
    article = Source(id="article", kind="article")
    all_of_them = library().values()
    assert set(store.suiting(all_of_them, about_x(article))) == set(all_of_them)
    left_out = set(all_of_them) - set(store.suiting(all_of_them, about_x()))
    assert {query.name for query in left_out} == of_an_article


def test_usual_values_are_what_the_graph_has() -> None:
    usual = {
        (query.name, parameter.name): parameter.default
        for query in store.fitted(library().values(), about_x())
        for parameter in query.parameters
    }
    assert usual["statements-by-predicate", "predicate"] == "inhibits"
    assert usual["between", "from"] != usual["between", "to"]
    assert {usual["between", "from"], usual["between", "to"]} <= set("xyz")


def test_prefixes_are_those_of_queries_with_the_pages_about_them(shipped: Graph) -> None:
    rows = store.library(shipped, sparql=True)["prefixes"]
    assert {name: namespace for name, namespace, _ in rows} == KNOWN_PREFIXES
    pages = {name: page for name, _, page in rows}
    assert pages["PMID"].replace("$1", "1") == link("PMID:1")
    assert pages["entity"] == ""
    assert {page[:8] for page in pages.values()} == {"", "https://"}


def test_without_sparql_there_is_nothing() -> None:
    assert not any(store.library(Graph(), sparql=False).values())
