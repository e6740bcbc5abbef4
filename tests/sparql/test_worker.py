"""Lines that the engine's process sorts as they are: the bytes that terms would be written in."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import About
from trabecula.sparql import Deadline, answers, engine, query, worker, written

IRIS = ("http://h/a", "http://h/a-b", "http://h/a/b", "http://h/", "http://h/ä", "http://h/_:b")
#: Strings that are near to the marks around terms, and such as are escaped.
STRINGS = (
    "", "a", "a b", "a!", "a>b", "<a>", 'a"b', '"', "> ", "a .", "a\tb", "\\", "Öl", "\x7f",
    "\ufffe", "\x00", "\x01", "\x02", "> <", "<<", "^^<a>", "@en", "_:b",
)  # fmt: skip
PLAIN = st.one_of(
    st.sampled_from(IRIS).map(ox.NamedNode),
    st.text("ab !(.:_ä", max_size=4).map(ox.Literal),
)
LITERALS = st.one_of(
    st.sampled_from(STRINGS).map(ox.Literal),
    st.text('ab>" <\\\t._:^@', max_size=5).map(ox.Literal),
    st.sampled_from(
        (ox.Literal(5), ox.Literal("5"), ox.Literal(2.5), ox.Literal(True),
         ox.Literal("a", language="en"), ox.Literal("a", datatype=ox.NamedNode("http://h/t")))
    ),
)  # fmt: skip
Terms = list[tuple[ox.NamedNode | ox.Literal | None, ...]]


def tsv(rows: Terms) -> bytes:
    """Rows of three as the engine writes them."""
    cells = (" ".join("UNDEF" if term is None else str(term) for term in row) for row in rows)
    lines = " ".join(f"({row})" for row in cells)
    answer = ox.Store().query(f"SELECT * {{ VALUES (?x ?y ?z) {{ {lines} }} }}")
    written = cast("ox.QuerySolutions", answer).serialize(format=ox.QueryResultsFormat.TSV)
    return cast("bytes", written)


def by_lines(data: bytes, places: set[int], *, rows: bool, ordered: bool = False) -> bytes | None:
    """An answer as its lines give it, arriving in pieces; None where they are not plain.

    Then it is given back as it came.
    """
    lines = worker.Lines(rows=rows, ordered=ordered)
    cuts = sorted({0, len(data), *(place for place in places if place < len(data))})
    for start, end in pairwise(cuts):
        if not lines.add(data[start:end]):
            assert b"".join(lines.as_they_came()) == data[:end]
            return None
    return b"".join(lines.in_order())


def as_terms(data: bytes, *, ordered: bool) -> bytes:
    return answers.rows([data], Deadline(60), ordered=ordered).encoded("tsv")


PLACES = st.sets(st.integers(1, 400), max_size=4)


@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), max_size=8), st.booleans(), PLACES)
def test_rows_of_plain_terms_are_sorted_as_their_terms_are(
    rows: Terms, ordered: bool, places: set[int]
) -> None:
    data = tsv(rows)
    expected = as_terms(data, ordered=ordered)
    assert by_lines(data, places, rows=True, ordered=ordered) == expected


MIXED = st.one_of(PLAIN, LITERALS, st.none())


@given(st.lists(st.tuples(MIXED, MIXED, MIXED), max_size=5), st.booleans(), PLACES)
def test_rows_of_any_terms_are_right_or_left_alone(
    rows: Terms, ordered: bool, places: set[int]
) -> None:
    data = tsv(rows)
    expected = as_terms(data, ordered=ordered)
    assert by_lines(data, places, rows=True, ordered=ordered) in (None, expected)


def test_rows_with_terms_that_are_not_plain_are_left_alone() -> None:
    iri, string = ox.NamedNode("http://h/a"), ox.Literal("a")
    unlike: list[ox.NamedNode | ox.Literal | None] = [
        None, ox.Literal(5), ox.Literal(True), ox.Literal("a", language="en"), ox.Literal("\ufffe"),
        ox.Literal("a", datatype=iri), ox.Literal('"'), ox.Literal("\x1f"), ox.Literal("a\tb"),
    ]  # fmt: skip
    for term in unlike:
        assert by_lines(tsv([(iri, string, term)]), set(), rows=True) is None
    for data in (b"?x\n_:b\n", b"?x\n<<( <http://h/a> <http://h/b> <http://h/c> )>>\n", b"\n\n"):
        assert by_lines(data, set(), rows=True) is None


triples = st.tuples(
    st.sampled_from((*map(ox.NamedNode, IRIS), ox.BlankNode("b"))),
    st.sampled_from(IRIS).map(ox.NamedNode),
    st.one_of(PLAIN, LITERALS, st.just(ox.BlankNode("c"))),
)


@given(st.lists(triples, max_size=6), PLACES)
def test_triples_are_right_or_left_alone(terms: list[tuple[ox.NamedNode, ox.NamedNode, ox.Literal]], places: set[int]) -> None:  # fmt: skip
    data = (
        ox.serialize([ox.Triple(*three) for three in terms], format=ox.RdfFormat.N_TRIPLES) or b""
    )
    expected = answers.triples([data] if data else [], Deadline(60)).encoded("nt")
    assert by_lines(data, places, rows=False) in (None, expected)


@given(st.lists(st.tuples(st.sampled_from(IRIS).map(ox.NamedNode), st.sampled_from(IRIS).map(ox.NamedNode), PLAIN), max_size=8), PLACES)  # fmt: skip
def test_plain_triples_come_once_and_sorted(terms: list[tuple[ox.NamedNode, ox.NamedNode, ox.Literal]], places: set[int]) -> None:  # fmt: skip
    data = (
        ox.serialize([ox.Triple(*three) for three in terms], format=ox.RdfFormat.N_TRIPLES) or b""
    )
    expected = answers.triples([data] if data else [], Deadline(60)).encoded("nt")
    assert by_lines(data, places, rows=False) == expected


# --- Asked for ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?p ?o { ?s ?p ?o }",
        "SELECT ?s ?o { ?s ?p ?o } ORDER BY DESC(?o) ?s",
        "SELECT ?s { ?s a tb:Statement }",
        "SELECT * { }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "CONSTRUCT { ?s a ?o } { ?s ?p ?o FILTER(isIRI(?o)) }",
        'ASK { ?s rdfs:label "x"@en }',
    ],
)
@pytest.mark.parametrize("home", ["", "https://example.org/g"])
def test_an_answer_is_written_as_its_result_is(tiny: Graph, text: str, home: str) -> None:
    graph = Graph([About(home=home), *tiny.entities.values(), *tiny.statements.values()])
    result = query(graph, text)
    for syntax in ("ttl", "nt") if result.form == "construct" else ("csv", "tsv", "json", "xml"):
        assert written(graph, text, syntax) == (result.encoded(syntax), result.warnings)


def test_lines_that_are_sorted_already_are_not_read(
    tiny: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(engine.answers, "rows", read)
    monkeypatch.setattr(engine.answers, "triples", read)
    data, _ = written(tiny, "SELECT ?s ?p { ?s ?p ?o FILTER(isIRI(?s)) }", "tsv")
    assert data.startswith(b"?s\t?p\n<http")
    data, _ = written(tiny, "CONSTRUCT { ?s a ?p } { ?s ?p ?o FILTER(isIRI(?s)) }", "nt")
    assert data.startswith(b"<http")
