"""The table of what RDF looks like equals the RDF of graphs, triple by triple."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pytest

from trabecula.formats import rdf
from trabecula.formats.rdf.rows import term
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement, Xref
from trabecula.sparql.contents import Contents, contents_of
from trabecula.sparql.schema import IN_NAMED_GRAPHS, KINDS, classes, properties

TYPE = term("rdf:type")


def strange() -> Graph:
    """A graph with what the vocabulary does not have, and with nodes of two kinds."""
    return Graph(
        [
            Entity(id="x", name="x", category="gizmo", xrefs=(Xref("exact", "CHEBI:1", "one"),)),
            Entity(id="CHEBI:1", name="uno", category="chemical", taxon="NCBITaxon:9606"),
            Source(id="PMID:1", year="about 1990", xrefs=("doi:10.1000/A(b)",), url="http://h/"),
            Statement(
                subject="x",
                predicate="mystifies",
                object="nobody",
                qualifiers=(("mood of day", "good"),),
                evidence=(
                    Evidence(source="PMID:2", species="NCBITaxon:10090", context=(("a:b", "c"),)),
                    Evidence(source="PMID:1", stance="disputes", method="rct", system="odd"),
                ),
            ),
            Statement(subject="x", predicate="requires", object="x", negated=True),
        ]
    )


@pytest.fixture(params=["tiny", "strange", "part"])
def graph(request: pytest.FixtureRequest) -> Graph:
    chosen: Graph = (
        strange() if request.param == "strange" else request.getfixturevalue(request.param)
    )
    return chosen


def kinds_of(value: object, contents: Contents) -> frozenset[str]:
    if isinstance(value, ox.Literal):
        return frozenset((value.datatype.value.partition("#")[2],))
    assert isinstance(value, ox.NamedNode)
    return contents.kinds(value.value)


def default(graph: Graph) -> Iterator[ox.Quad]:
    return (q for q in rdf.quads(graph) if isinstance(q.graph_name, ox.DefaultGraph))


def named(graph: Graph) -> Iterator[ox.Quad]:
    return (q for q in rdf.quads(graph) if not isinstance(q.graph_name, ox.DefaultGraph))


def test_every_triple_is_as_the_table_says(graph: Graph) -> None:
    contents = Contents(graph)
    for quad in rdf.quads(graph):
        usage = contents.usage(quad.predicate.value)
        assert usage is not None, quad
        assert usage.on & kinds_of(quad.subject, contents), quad
        assert usage.holds & kinds_of(quad.object, contents), quad


def test_a_property_with_one_value_has_no_more(graph: Graph) -> None:
    contents, seen = Contents(graph), set()
    for quad in default(graph):
        usage = contents.usage(quad.predicate.value)
        if usage is not None and usage.single:
            assert (quad.subject, quad.predicate) not in seen, quad
            seen.add((quad.subject, quad.predicate))


def test_named_graphs_hold_predicates_and_what_the_table_says(graph: Graph) -> None:
    predicates = {term(f"tb:{s.predicate}") for s in graph.statements.values()}
    assert {q.predicate.value for q in named(graph)} <= IN_NAMED_GRAPHS | predicates
    only = {address for address, row in properties().items() if row.named}
    assert not only & {q.predicate.value for q in default(graph)}


def test_every_text_is_found_as_a_value_and_no_other(graph: Graph) -> None:
    contents = Contents(graph)
    texts: dict[str, set[str]] = {}
    for quad in default(graph):
        if isinstance(quad.object, ox.Literal):
            texts.setdefault(quad.predicate.value, set()).add(quad.object.value)
    computed = {"status", "sign", "supportingSources", "disputingSources", "abstractRead"}
    computed |= {"negated", "retracted", "basis", "readingState"}
    counted = {term(f"tb:{name}") for name in computed}
    for address, words in texts.items():
        if address in counted or "biolink" in address:
            continue
        assert contents.values(address) >= words, address
        # A label that is contradicted, and a category of ours, are not written.
        if address not in (term("rdfs:label"), term("tb:category"), term("tb:crossReference")):
            assert contents.values(address) == words, address


def test_the_shipped_graph_has_classes_and_properties_of_the_table_and_all_but_those_of_others(
    shipped: Graph,
) -> None:
    types: set[str] = set()
    used: set[str] = set()
    for _, predicate, value, _ in rdf.quads(shipped):
        used.add(predicate.value)
        if predicate.value == TYPE:
            types.add(value.value)
    assert types <= set(classes())
    assert set(classes().values()) <= set(KINDS)
    unused = {address.rpartition("#")[2] for address in set(properties()) - used}
    rare = {"category", "crossReference", "narrowMatch", "retracted", "standing", "standingDate"}
    assert unused <= {*rare, *_predicates_of_none(shipped)}


def _predicates_of_none(graph: Graph) -> Iterable[str]:
    from trabecula.vocabulary import PREDICATES

    return set(PREDICATES) - {s.predicate for s in graph.statements.values()}


def test_what_a_graph_has_is_found_out_once_and_goes_with_it() -> None:
    graph = strange()
    assert contents_of(graph) is contents_of(graph)
    assert contents_of(graph).nodes
    other = Graph.of_columns(graph.about, graph.entities, graph.columns)
    assert contents_of(other).graph is other
    held = weakref.ref(graph)
    gc.collect()
    gc.disable()
    try:
        del graph
        assert held() is None
    finally:
        gc.enable()
