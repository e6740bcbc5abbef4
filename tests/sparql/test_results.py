"""Answers as text: the four W3C formats of results, and Turtle and N-Triples of triples."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.query
from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula.errors import QueryError
from trabecula.graph import Graph
from trabecula.sparql import Result, Session, shorten
from trabecula.sparql.tokens import KNOWN_PREFIXES

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = Result(
    form="select",
    variables=("thing", "value"),
    rows=(
        (ox.NamedNode("http://h/a"), ox.Literal('say "a, b"\n<&>\t\\')),
        (ox.BlankNode("b0"), ox.Literal("7", datatype=ox.NamedNode(XSD + "integer"))),
        (None, ox.Literal("Öl", language="de")),
    ),
)


@pytest.fixture
def session(tiny: Graph) -> Iterator[Session]:
    with Session(tiny) as session:
        yield session


def test_csv_is_as_the_w3c_says() -> None:
    assert ROWS.serialise("csv") == (
        'thing,value\r\nhttp://h/a,"say ""a, b""\n<&>\t\\"\r\n_:b0,7\r\n,Öl\r\n'
    )


def test_tsv_keeps_every_term_exactly() -> None:
    assert ROWS.serialise("tsv") == (
        "?thing\t?value\n"
        '<http://h/a>\t"say \\"a, b\\"\\n<&>\\t\\\\"\n'
        f'_:b0\t"7"^^<{XSD}integer>\n'
        '\t"Öl"@de\n'
    )


def test_json_is_as_the_w3c_says() -> None:
    assert json.loads(ROWS.serialise("json")) == {
        "head": {"vars": ["thing", "value"]},
        "results": {
            "bindings": [
                {
                    "thing": {"type": "uri", "value": "http://h/a"},
                    "value": {"type": "literal", "value": 'say "a, b"\n<&>\t\\'},
                },
                {
                    "thing": {"type": "bnode", "value": "b0"},
                    "value": {"type": "literal", "value": "7", "datatype": XSD + "integer"},
                },
                {"value": {"type": "literal", "value": "Öl", "xml:lang": "de"}},
            ]
        },
    }


def test_xml_is_as_the_w3c_says() -> None:
    assert ROWS.serialise("xml") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        '<head>\n<variable name="thing"/>\n<variable name="value"/>\n</head>\n'
        "<results>\n"
        "<result>\n"
        '<binding name="thing"><uri>http://h/a</uri></binding>\n'
        '<binding name="value"><literal>say "a, b"\n&lt;&amp;&gt;\t\\</literal></binding>\n'
        "</result>\n"
        "<result>\n"
        '<binding name="thing"><bnode>b0</bnode></binding>\n'
        f'<binding name="value"><literal datatype="{XSD}integer">7</literal></binding>\n'
        "</result>\n"
        '<result>\n<binding name="value"><literal xml:lang="de">Öl</literal></binding>\n</result>\n'
        "</results>\n</sparql>\n"
    )


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]) | st.sampled_from("\t\n\r")
)
ROWS_OF_TEXTS = st.lists(st.tuples(st.none() | TEXTS, TEXTS), max_size=4)


def of_texts(rows: list[tuple[str | None, str]]) -> Result:
    terms = [tuple(None if text is None else ox.Literal(text) for text in row) for row in rows]
    return Result(form="select", variables=("x", "y"), rows=tuple(terms))


@pytest.mark.parametrize("syntax", ["tsv", "json"])
@settings(deadline=None)
@given(rows=ROWS_OF_TEXTS)
def test_oxigraph_reads_the_same_terms(syntax: str, rows: list[tuple[str | None, str]]) -> None:
    result = of_texts(rows)
    data = io.BytesIO(result.serialise(syntax).encode("utf-8"))
    read = ox.parse_query_results(data, format=ox.QueryResultsFormat.from_extension(syntax))
    assert isinstance(read, ox.QuerySolutions)
    assert tuple(tuple(solution) for solution in read) == result.rows


@settings(deadline=None)
@given(rows=ROWS_OF_TEXTS)
def test_rdflib_reads_the_same_terms_from_xml(rows: list[tuple[str | None, str]]) -> None:
    data = io.BytesIO(of_texts(rows).serialise("xml").encode("utf-8"))
    read = rdflib.query.Result.parse(data, format="xml")
    x, y = rdflib.Variable("x"), rdflib.Variable("y")
    values = [(binding.get(x), binding.get(y)) for binding in read.bindings]
    assert [tuple(None if term is None else str(term) for term in row) for row in values] == rows


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        ("csv", "true"),
        ("tsv", "true"),
        ("json", '{\n "head": {},\n "boolean": true\n}\n'),
        (
            "xml",
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
            "<head>\n</head>\n<boolean>true</boolean>\n</sparql>\n",
        ),
    ],
)
def test_a_yes_in_every_format(syntax: str, text: str) -> None:
    assert Result(form="ask", answer=True).serialise(syntax) == text


def test_turtle_declares_the_prefixes_it_uses(session: Session) -> None:
    result = session.query(
        "CONSTRUCT { ?s tb:activates ?o ; tb:sign 1 }"
        " { ?s tb:activates ?o . FILTER(?s = entity:magnesium) }"
    )
    assert result.serialise("ttl") == (
        "@prefix CL: <http://purl.obolibrary.org/obo/CL_> .\n"
        "@prefix entity: <https://w3id.org/trabecula/entity/> .\n"
        "@prefix tb: <https://w3id.org/trabecula/ontology#> .\n"
        f"@prefix xsd: <{XSD}> .\n"
        "entity:magnesium tb:activates CL:0000062 ;\n\ttb:sign 1 .\n"
    )


@pytest.mark.parametrize(
    ("form", "syntax", "told"),
    [
        ("select", "ttl", "unknown format of a SELECT answer 'ttl'; known: csv, tsv, json, xml"),
        ("ask", "nt", "unknown format of a ASK answer"),
        ("construct", "csv", "unknown format of a CONSTRUCT answer 'csv'; known: ttl, nt"),
    ],
)
def test_a_format_that_does_not_fit_is_an_error(form: str, syntax: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        Result(form=form).serialise(syntax)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/trabecula/ontology#requires", "tb:requires"),
        ("http://purl.obolibrary.org/obo/CL_0000062", "CL:0000062"),
        ("https://doi.org/10.1016/S0955-2863%2804%2900018-4", "doi:10.1016/S0955-2863(04)00018-4"),
        ("https://w3id.org/trabecula/entity/", "https://w3id.org/trabecula/entity/"),
        ("https://w3id.org/trabecula/entity/a%20b", "https://w3id.org/trabecula/entity/a%20b"),
        ("https://w3id.org/trabecula/entity/a%0Ab", "https://w3id.org/trabecula/entity/a%0Ab"),
        ("http://h/", "http://h/"),
    ],
)
def test_an_iri_is_shortened_where_a_prefix_fits(iri: str, short: str) -> None:
    assert shorten(iri) == short


def test_what_xml_cannot_hold_is_an_error_and_not_lost() -> None:
    result = Result(form="select", variables=("x",), rows=((ox.Literal("a\x07b"),),))
    with pytest.raises(QueryError, match=r"XML cannot hold the character U\+0007"):
        result.serialise("xml")


@settings(deadline=None)
@given(rows=ROWS_OF_TEXTS)
def test_json_is_as_the_standard_library_writes_it(rows: list[tuple[str | None, str]]) -> None:
    result = of_texts(rows)
    bindings = [
        {
            name: {"type": "literal", "value": text}
            for name, text in zip("xy", row, strict=True)
            if text is not None
        }
        for row in rows
    ]
    whole = {"head": {"vars": ["x", "y"]}, "results": {"bindings": bindings}}
    assert result.serialise("json") == json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    nothing = Result(form="select", rows=((), ()))
    assert json.loads(nothing.serialise("json"))["results"]["bindings"] == [{}, {}]


@pytest.mark.parametrize("syntax", ["csv", "tsv", "json", "xml"])
def test_bytes_are_the_text_in_utf_8(syntax: str) -> None:
    assert ROWS.encoded(syntax) == ROWS.serialise(syntax).encode("utf-8")


def test_every_namespace_ends_where_prefixes_are_looked_for() -> None:
    assert {namespace[-1] for namespace in KNOWN_PREFIXES.values()} <= set("/#_=:")


def test_a_line_within_a_text_is_no_prefix_of_turtle() -> None:
    text = "x\u2028@prefix CL: <http://h/> ."
    triple = ox.Triple(ox.NamedNode("http://h/s"), ox.NamedNode("http://h/p"), ox.Literal(text))
    (read,) = ox.parse(
        Result(form="construct", triples=(triple,)).serialise("ttl"), format=ox.RdfFormat.TURTLE
    )
    assert read.object == triple.object
