"""What comes from the engine, in pieces of any size, as rows and triples."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.errors import QueryError
from trabecula.sparql import Deadline, answers

XSD = "http://www.w3.org/2001/XMLSchema#"
#: Terms as our engine writes them in TSV, with what there is to see of each.
CELLS = (
    ("<http://h/a>", "http://h/a"),
    ("_:z9", "b0"),
    ('"<<( <http://h/a>"', "<<( <http://h/a>"),
    ("10", "10"),
    ("9", "9"),
    ('"Öl"@de', "Öl"),
    ('""', ""),
    ("", None),
)
#: Terms, and such as look like others, in their order.
SORTED = (
    ox.BlankNode("b0"),
    ox.NamedNode("http://h/a"),
    ox.NamedNode("http://h/a-b"),
    ox.Literal("-INF", datatype=ox.NamedNode(f"{XSD}double")),
    ox.Literal("-2.5", datatype=ox.NamedNode(f"{XSD}decimal")),
    ox.Literal("-1", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("-0.0E0", datatype=ox.NamedNode(f"{XSD}double")),
    ox.Literal("0", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("9", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("10", datatype=ox.NamedNode(f"{XSD}decimal")),
    ox.Literal("10", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("1e2", datatype=ox.NamedNode(f"{XSD}double")),
    ox.Literal(""),
    ox.Literal("10", datatype=ox.NamedNode("http://h/type")),
    ox.Literal("10"),
    ox.Literal("five", datatype=ox.NamedNode(f"{XSD}integer")),
    ox.Literal("true", datatype=ox.NamedNode(f"{XSD}boolean")),
    ox.Literal("Öl", language="de"),
    ox.Literal("Öl"),
)


def body(rows: list[list[int]]) -> bytes:
    lines = ["\t".join(CELLS[cell][0] for cell in row) for row in rows]
    return "".join(f"{line}\n" for line in ["?x\t?y", *lines]).encode()


def cut(data: bytes, places: list[int]) -> Iterator[bytes]:
    ends = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return (data[start:end] for start, end in pairwise(ends))


@given(
    st.lists(st.lists(st.sampled_from(range(len(CELLS))), min_size=2, max_size=2)),
    st.lists(st.integers(0, 500), max_size=20),
)
def test_it_does_not_matter_how_rows_are_cut(rows: list[list[int]], places: list[int]) -> None:
    data = body(rows)
    whole = answers.rows([data], Deadline(60), ordered=False)
    assert answers.rows(cut(data, places), Deadline(60), ordered=False) == whole
    assert len(whole.rows) == len(rows)
    kept = answers.rows(cut(data, places), Deadline(60), ordered=True)
    shown = [[None if t is None else t.value for t in row] for row in kept.rows]
    assert shown == [[CELLS[cell][1] for cell in row] for row in rows]
    assert sorted(map(str, kept.rows)) == sorted(map(str, whole.rows))


LITERALS = (
    st.builds(ox.Literal, st.text())
    | st.builds(ox.Literal, st.text(), language=st.sampled_from(["de", "en-gb"]))
    | st.builds(
        ox.Literal,
        st.text() | st.sampled_from(["1", "+1", "-1.50", ".5", "1e6", "-1.5E-3", "true", "INF"]),
        datatype=st.sampled_from(
            [
                ox.NamedNode(XSD + name)
                for name in ("integer", "decimal", "double", "float", "boolean", "gYear", "string")
            ]
        ),
    )
)


@given(st.lists(LITERALS | st.just(ox.NamedNode("http://h/ü")), min_size=1, max_size=5))
def test_a_term_comes_as_it_is_in_the_engine(terms: list[ox.NamedNode | ox.Literal]) -> None:
    store = ox.Store()
    node = ox.NamedNode("http://h/s")
    store.extend(ox.Quad(node, ox.NamedNode(f"http://h/{n}"), t) for n, t in enumerate(terms))
    solutions = cast("ox.QuerySolutions", store.query("SELECT ?p ?o { ?s ?p ?o }"))
    data = cast("bytes", solutions.serialize(format=ox.QueryResultsFormat.TSV))
    rows = answers.rows([data], Deadline(60), ordered=False).rows
    # The engine has one spelling for numbers that are the same: 0 for 00.
    again = cast("ox.QuerySolutions", store.query("SELECT ?o { ?s ?p ?o } ORDER BY ?p"))
    terms = [cast("ox.Literal", solution["o"]) for solution in again]
    assert [row[1] for row in rows] == terms
    made = cast("ox.QueryTriples", store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))
    data = cast("bytes", made.serialize(format=ox.RdfFormat.N_TRIPLES))
    triples = answers.triples([data], Deadline(60)).triples
    assert [triple.object for triple in triples] == terms


@given(st.permutations(SORTED))
def test_rows_are_sorted_by_their_terms(
    terms: list[ox.NamedNode | ox.BlankNode | ox.Literal],
) -> None:
    lines = "".join(f"{term}\n" for term in terms)
    half = len(lines) // 2
    parts = [f"?x\n{lines[:half]}".encode(), f"{lines[half:]}\n".encode()]
    rows = answers.rows(parts, Deadline(60), ordered=False).rows
    assert [row[0] for row in rows] == [None, *SORTED]


@pytest.mark.parametrize("text", ["SELECT * { }", "SELECT * { FILTER(false) }"])
def test_rows_may_have_no_variables(text: str) -> None:
    solutions = cast("ox.QuerySolutions", ox.Store().query(text))
    data = cast("bytes", solutions.serialize(format=ox.QueryResultsFormat.TSV))
    answer = answers.rows([data], Deadline(60), ordered=False)
    assert (answer.variables, answer.rows) == ((), () if "false" in text else ((),))


def test_the_same_term_is_one_object() -> None:
    rows = answers.rows([body([[0, 5], [0, 5]])], Deadline(60), ordered=False).rows
    assert rows[0][0] is rows[1][0]
    assert rows[0][1] is rows[1][1]


@pytest.mark.parametrize("cell", ['"a"@en--ltr', '<<( <http://a> <http://b> "c" )>>'])
def test_terms_of_rdf_1_2_are_refused(cell: str) -> None:
    with pytest.raises(QueryError, match=r"RDF 1\.2 terms"):
        answers.rows([f"?x\n{cell}\n".encode()], Deadline(60), ordered=True)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_triple_terms_are_refused_however_they_are_cut(size: int) -> None:
    data = b"?x\n<<( <http://a> <http://b> <http://c> )>>\n"
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    with pytest.raises(QueryError, match=r"RDF 1\.2 terms"):
        answers.rows(parts, Deadline(60), ordered=True)
    line = b"<http://a> <http://b> <<( <http://a> <http://b> <http://c> )>> .\n"
    parts = [line[start : start + size] for start in range(0, len(line), size)]
    with pytest.raises(QueryError, match=r"RDF 1\.2 terms"):
        answers.triples(parts, Deadline(60))


def test_a_text_that_looks_like_a_triple_term_is_none() -> None:
    line = b'<http://a> <http://b> "<<( <http://a>" .\n'
    (triple,) = answers.triples([line[:30], line[30:]], Deadline(60)).triples
    assert triple.object == ox.Literal("<<( <http://a>")


def test_triples_come_once_and_sorted() -> None:
    lines = b"".join(b"<http://s> <http://p> <http://o/%d> .\n" % n for n in (3, 1, 2, 3))
    triples = answers.triples([lines], Deadline(60)).triples
    assert [triple.object.value for triple in triples] == [f"http://o/{n}" for n in (1, 2, 3)]


def test_reading_ends_at_the_deadline() -> None:
    deadline = Deadline(0.001)
    while deadline.left:
        pass
    with pytest.raises(QueryError, match=r"the query took longer than 0\.001 s"):
        answers.rows([body([[0, 0]] * 5000)], deadline, ordered=False)
