"""A query that cannot be read is an error that says where, and as far as possible why."""

from __future__ import annotations

import pytest

from trabecula.errors import QueryError
from trabecula.graph import Graph
from trabecula.sparql import query

# The mistake, and the place and the words it is told with.
MISTAKES = [
    ("SELECT ?x { ?s ?p ?o . FILTRE(?x) }", "line 1, column 24: FILTRE is no word of SPARQL"),
    ("x" * 9000, f"line 1, column 1: {'x' * 60}… is no word of SPARQL\n"),
    ("SELCT * { }", "line 1, column 1: SELCT is no word of SPARQL; did you mean SELECT"),
    ("SELECT * { FILTER(?x AND ?y) }", "column 22: AND is no word of SPARQL; did you mean &&?"),
    ("SELECT * {\n  ?s ?p ?o .\n", "line 1, column 10: this { is never closed"),
    ("SELECT * { ?s ?p ?o }}", "column 22: nothing is open that this } could close"),
    ("SELECT * { ?s ?p (1 2 }", "column 23: found } where ) must close what is open"),
    ('SELECT * {\n ?s ?p "abc }', "line 2, column 8: the string that begins here does not end"),
    ("ASK { ?x tbb:requires ?y }", "column 10: unknown prefix tbb: did you mean tb:?"),
    ("ASK { ?x qqq:a ?y }", "column 10: unknown prefix qqq: declare it with PREFIX"),
    ("ASK { ?x <rel> ?y }", "column 10: <rel> is a relative IRI"),
    ("SELECT ?x, ?y { ?x ?p ?y }", "column 10: variables are separated by spaces"),
    (
        "SELECT * {\n ?s tb:requires entity:atp\n ?s a ?b }",
        "line 3, column 2: the query cannot be read from here on",
    ),
    ("SELECT ?y { ?s a ?x } GROUP BY ?x", "The SELECT contains a variable that is unbound"),
    ("", "the query is empty"),
    ("# nothing\n", "the query is empty"),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        query(Graph(), text)
    assert told in str(error.value)


def test_the_line_is_shown_with_a_caret_under_the_column() -> None:
    with pytest.raises(QueryError) as error:
        query(Graph(), "SELECT *\r\n{\r\n\t?é <http://h/é> ?o . \r\n\tFILTRE(?x)\r\n}")
    assert str(error.value) == (
        "line 4, column 2: FILTRE is no word of SPARQL; did you mean FILTER or TRUE?\n"
        "   FILTRE(?x)\n"
        "   ^"
    )


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    with pytest.raises(QueryError) as error:
        query(Graph(), "ASK { " + "?s ?p ?o . " * 30 + "oops }")
    place, shown, caret = str(error.value).splitlines()
    assert place.startswith("line 1, column 337: oops is no word of SPARQL")
    assert len(shown) <= 102
    assert shown[caret.index("^") :] == "oops }"
