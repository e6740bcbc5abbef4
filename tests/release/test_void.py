"""The description of a release in VoID: what tools that write queries for people ask of it."""

from __future__ import annotations

from functools import cache

import pyoxigraph
import pytest
import rdflib

from trabecula.formats import load, render
from trabecula.graph import Graph
from trabecula.model import About, Entity, Statement
from trabecula.release import void
from trabecula.release.uses import Counting, uses

PREFIXES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
"""
#: What the tools of the SIB ask, in words of our own.
NAMESPACES = "SELECT ?prefix ?space { [] sh:prefix ?prefix ; sh:namespace ?space }"
EXAMPLES = """SELECT ?query ?says ?text {
  ?query a sh:SPARQLExecutable ; rdfs:comment ?says ; sh:select|sh:ask|sh:construct ?text
}"""
SCHEMA = """SELECT DISTINCT ?from ?property ?to ?datatype {
  ?class void:class ?from ; void:propertyPartition ?part . ?part void:property ?property .
  OPTIONAL {
    { ?part void:classPartition/void:class ?to }
    UNION { ?part void-ext:datatypePartition/void-ext:datatype ?datatype }
  }
}"""


def described(graph: Graph) -> rdflib.Graph:
    nt = render(graph, "nt")
    files = {"trabecula.nt": nt, "trabecula-derived.trig": None}
    text = void.describe(graph, graph.about, uses(nt), files, "trabecula")
    return rdflib.Graph().parse(data=text, publicID="https://x.invalid/")


@cache
def shipped() -> rdflib.Graph:
    return described(load().select("near(calcitriol, 1)"))


def rows(graph: rdflib.Graph, query: str) -> list[tuple[str, ...]]:
    return [tuple(str(value) for value in row) for row in graph.query(PREFIXES + query)]  # type: ignore[union-attr]


def test_prefixes_are_declared() -> None:
    declared = dict(rows(shipped(), NAMESPACES))
    assert declared["tb"] == "https://w3id.org/trabecula/ontology#"
    assert declared["CHEBI"] == "http://purl.obolibrary.org/obo/CHEBI_"


def test_the_queries_of_the_library_are_examples_that_run_as_they_are() -> None:
    graph = load().select("near(calcitriol, 1)")
    data = pyoxigraph.Store()
    data.load(render(graph, "nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    examples = rows(shipped(), EXAMPLES)
    assert "Statements that some sources support and others dispute" in {e[1] for e in examples}
    for _, _, text in examples:
        data.query(text)  # every prefix in it is declared in it


def test_a_file_that_is_there_has_a_size_and_one_that_is_made_on_demand_has_none() -> None:
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    sizes = {
        str(file).rpartition("/")[2]: shipped().value(file, dcat.byteSize)
        for file in shipped().subjects(rdflib.RDF.type, dcat.Distribution)
    }
    size = len(render(load().select("near(calcitriol, 1)"), "nt"))
    assert sizes == {"trabecula.nt": rdflib.Literal(size), "trabecula-derived.trig": None}


def test_the_schema_says_which_property_leads_where() -> None:
    tb = "https://w3id.org/trabecula/ontology#"
    schema = rows(shipped(), SCHEMA)
    assert (f"{tb}Statement", f"{tb}hasEvidence", f"{tb}Evidence", "None") in schema
    datatype = "http://www.w3.org/2001/XMLSchema#integer"
    assert (f"{tb}Statement", f"{tb}sign", "None", datatype) in schema


@pytest.mark.parametrize("about", [About(), About(title="mine", home="https://example.org/g")])
def test_a_graph_of_others_is_described_as_theirs(about: About) -> None:
    records = [
        about,
        Entity(id="a", name="a", category="protein"),
        Statement(subject="a", predicate="activates", object="b"),
    ]
    text = described(Graph(records)).serialize(format="nt")
    assert "creativecommons.org" not in text
    assert "magnesium" not in text.lower()


def test_what_leads_where_is_counted_in_pieces_of_any_size() -> None:
    data = (
        b"<a:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <a:One> .\n"
        b"<a:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <a:Two> .\n"
        b"<a:o> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <a:Two> .\n"
        b"<a:s> <a:p> <a:o> .\n"
        b"<a:s> <a:p> <a:s> .\n"
        b'<a:s> <a:p> "a \\" . \\n <a:o>" .\n'
        b'<a:o> <a:p> "7"^^<a:number> .\n'
        b'_:b <a:p> "x"@en .\n'
    )
    told = uses(data)
    assert (told.triples, told.subjects) == (8, 3)
    assert told.classes == {"a:One": 1, "a:Two": 2}
    of, text = (
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2001/XMLSchema#string",
    )
    assert told.properties == {of: 3, "a:p": 5}
    assert told.links == {
        ("a:One", "a:p", "class", "a:One"): 1, ("a:One", "a:p", "class", "a:Two"): 2,
        ("a:Two", "a:p", "class", "a:One"): 1, ("a:Two", "a:p", "class", "a:Two"): 2,
        ("a:One", "a:p", "datatype", text): 1, ("a:Two", "a:p", "datatype", text): 1,
        ("a:Two", "a:p", "datatype", "a:number"): 1,
    }  # fmt: skip
    counting = Counting()
    for at in range(0, len(data), 7):
        counting.write(data[at : at + 7])
    assert counting.uses() == told
    assert uses(b"").triples == 0
