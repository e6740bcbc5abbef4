"""The triples of a graph as terms of the two RDF libraries, pyoxigraph and rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf.model import describe
from trabecula.formats.rdf.named_graphs import nanopublications
from trabecula.formats.rdf.rows import Description, Literal, Object, Triple, pairs_of
from trabecula.graph import Graph, require_graph
from trabecula.prefixes import NAMESPACES, PREFIXES
from trabecula.uncollected import uncollected

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib


def triples(graph: Graph) -> Iterator[pyoxigraph.Triple]:
    """The default graph: every record, and the plain triples of what is not refuted.

    Grouped by subject, with the type first. Raises `FormatError` for an identifier that cannot
    be an IRI.
    """
    yield from described(describe(graph))


def described(description: Description) -> Iterator[pyoxigraph.Triple]:
    """The triples of a description, in its order. Raises as `triples` does."""
    from pyoxigraph import Triple

    for subject, pairs in description.items():
        start = node(subject)
        for predicate, value in pairs:
            yield Triple(start, node(predicate), object_of(value))


def quads(graph: Graph, description: Description | None = None) -> Iterator[pyoxigraph.Quad]:
    """The default graph, and a nanopublication of four named graphs for each source.

    `description` is what the default graph says, where it is there. Raises as `triples` does.
    """
    from pyoxigraph import Quad

    for subject, pairs in (describe(graph) if description is None else description).items():
        start = node(subject)
        for predicate, value in pairs:
            yield Quad(start, node(predicate), object_of(value))
    for name, subject, row in nanopublications(graph):
        yield from named(((subject, *pair) for pair in pairs_of(row)), name)


def named(triples: Iterable[Triple], name: str) -> Iterator[pyoxigraph.Quad]:
    """Plain triples as quads of the named graph with this IRI. Raises as `triples` does."""
    import pyoxigraph

    for subject, predicate, value in triples:
        yield pyoxigraph.Quad(node(subject), node(predicate), object_of(value), node(name))


@lru_cache(maxsize=2**16)  # a few thousand nodes make up ten times as many triples
def node(iri: str) -> pyoxigraph.NamedNode:
    """The node of an IRI. Raises `FormatError` for what is none."""
    import pyoxigraph

    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError as error:
        problem = Problem("bad-iri", iri, f"this is no IRI ({error})", "correct the identifier")
        raise FormatError([problem]) from error


def object_of(value: Object) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    """An IRI or a literal as pyoxigraph has it. Raises as `node` does."""
    return _literal(value) if isinstance(value, Literal) else node(value)


@lru_cache(maxsize=2**12)  # most are the same few: statuses, signs, strengths
def _literal(value: Literal) -> pyoxigraph.Literal:
    import pyoxigraph

    return pyoxigraph.Literal(value.text, datatype=node(value.datatype))


@uncollected
def to_rdflib(graph: Graph) -> rdflib.Graph:
    """The default graph as an `rdflib.Graph`, for programs that work with rdflib.

    It equals what rdflib parses from the Turtle file, but for what that says of the graph as a
    whole. Raises as `triples` does.
    """
    import rdflib

    require_graph(graph)
    graph_of_rdflib = rdflib.Graph(bind_namespaces="none")
    for name, namespace in NAMESPACES.items():
        graph_of_rdflib.bind(name, namespace)
    for prefix in PREFIXES.values():
        graph_of_rdflib.bind(prefix.name, prefix.iri)
    uri = cache(rdflib.URIRef)  # it looks at each character
    string = NAMESPACES["xsd"] + "string"

    @cache
    def literal(text: str, datatype: str) -> rdflib.Literal:
        return rdflib.Literal(text, datatype=None if datatype == string else uri(datatype))

    for subject, pairs in describe(graph).items():
        node = uri(subject)
        for predicate, value in pairs:
            end = literal(value.text, value.datatype) if isinstance(value, Literal) else uri(value)
            graph_of_rdflib.add((node, uri(predicate), end))
    return graph_of_rdflib
