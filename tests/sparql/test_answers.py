"""What comes from the engine, in pieces of any size, as rows and triples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trabecula.errors import QueryError
from trabecula.sparql import Deadline, answers

TERMS = (
    {"type": "uri", "value": "http://h/a"},
    {"type": "bnode", "value": "z9"},
    {"type": "literal", "value": '"type":"triple"'},
    {"type": "literal", "value": "10", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    {"type": "literal", "value": "9", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    {"type": "literal", "value": "Öl", "xml:lang": "de"},
    {"type": "literal", "value": ""},
)


def body(rows: list[list[int | None]]) -> bytes:
    bindings = [
        {name: TERMS[term] for name, term in zip("xy", row, strict=True) if term is not None}
        for row in rows
    ]
    answer = {"head": {"vars": ["x", "y"]}, "results": {"bindings": bindings}}
    return json.dumps(answer, separators=(",", ":"), ensure_ascii=False).encode()


def cut(data: bytes, places: list[int]) -> Iterator[bytes]:
    ends = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return (data[start:end] for start, end in pairwise(ends))


@given(
    st.lists(st.lists(st.none() | st.sampled_from(range(len(TERMS))), min_size=2, max_size=2)),
    st.lists(st.integers(0, 5000), max_size=20),
)
def test_it_does_not_matter_how_rows_are_cut(
    rows: list[list[int | None]], places: list[int]
) -> None:
    data = body(rows)
    whole = answers.rows([data], Deadline(60), ordered=False)
    assert answers.rows(cut(data, places), Deadline(60), ordered=False) == whole
    assert len(whole.rows) == len(rows)
    kept = answers.rows([data], Deadline(60), ordered=True)
    shown = [[None if t is None else t.value for t in row] for row in kept.rows]
    expected = [
        [None if t is None else "b0" if t == 1 else TERMS[t]["value"] for t in row] for row in rows
    ]
    assert shown == expected
    assert sorted(map(str, kept.rows)) == sorted(map(str, whole.rows))


def test_the_same_term_is_one_object() -> None:
    found = answers.rows([body([[0, 5], [0, 5]])], Deadline(60), ordered=False).rows
    assert found[0][0] is found[1][0]
    assert found[0][1] is found[1][1]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_triple_terms_are_refused_however_they_are_cut(size: int) -> None:
    data = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"triple","value":{}}}]}}'
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
    found = answers.triples([lines], Deadline(60)).triples
    assert [triple.object.value for triple in found] == [f"http://o/{n}" for n in (1, 2, 3)]


def test_reading_ends_at_the_deadline() -> None:
    deadline = Deadline(0.001)
    while deadline.left:
        pass
    with pytest.raises(QueryError, match=r"the query took longer than 0\.001 s"):
        answers.rows([body([[0, 0]] * 5000)], deadline, ordered=False)
