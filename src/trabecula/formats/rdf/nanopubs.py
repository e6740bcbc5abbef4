"""Nanopublications: one for each reason to believe a statement, or to doubt it, in one TriG file.

Each stands for itself: what it asserts, where that is from and how it was found, and who published
it, when and under which licence, as far as the graph says so. What a source disputes is asserted
as a statement that is negated, and so is what has qualifiers as one that has them; everything else
is a plain triple.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from trabecula.addresses import HOME, addresses
from trabecula.formats.rdf.evidence import evidence_iri, properties
from trabecula.formats.rdf.rows import XSD, Literal, Triple, iri, pairs_of, term
from trabecula.formats.rdf.statements import spoken
from trabecula.formats.rdf.terms import named
from trabecula.graph import Graph
from trabecula.model import About, Evidence, Statement
from trabecula.prefixes import ENTITY, EVIDENCE, SOURCE

if TYPE_CHECKING:
    import pyoxigraph

#: The namespace of nanopublications that stand for themselves.
SPACE: Final = f"{HOME}np/"


def quads(graph: Graph) -> Iterator[pyoxigraph.Quad]:
    """The four graphs of each nanopublication, in the order of the statements."""
    out = addresses(graph.about).outward
    for statement in graph.statements.values():
        for row in statement.evidence:
            if not _speaks(statement, row):
                continue
            node = SPACE + evidence_iri(statement.id, row).removeprefix(EVIDENCE)
            for part, triples in _graphs(graph, statement, row, node):
                kept = [
                    (out(s), out(p), o if isinstance(o, Literal) else out(o)) for s, p, o in triples
                ]
                yield from named(kept, out(f"{node}#{part}"))


def _speaks(statement: Statement, row: Evidence) -> bool:
    """Whether a row says that a statement is so, or that it is not."""
    denies_a_denial = statement.negated and row.stance == "disputes"
    return row.stance in ("supports", "disputes") and not row.retracted and not denies_a_denial


def _graphs(
    graph: Graph, statement: Statement, row: Evidence, node: str
) -> Iterator[tuple[str, list[Triple]]]:
    assertion, provenance, info = (f"{node}#{p}" for p in ("assertion", "provenance", "pubinfo"))
    yield (
        "Head",
        [
            (node, term("rdf:type"), term("np:Nanopublication")),
            (node, term("np:hasAssertion"), assertion),
            (node, term("np:hasProvenance"), provenance),
            (node, term("np:hasPublicationInfo"), info),
        ],
    )
    yield "assertion", list(_asserted(graph, statement, row, node))
    yield "provenance", list(_grounds(graph, row, assertion))
    yield "pubinfo", list(_published(graph, statement, row, node))


def _asserted(
    graph: Graph, statement: Statement, row: Evidence, published: str
) -> Iterator[Triple]:
    triple = spoken(statement)
    negated = statement.negated or row.stance == "disputes"
    if not negated and not statement.qualifiers:
        yield triple
        return
    node = f"{published}#statement"  # its own: another may say the opposite of this one
    yield node, term("rdf:type"), term("rdf:Statement")
    for name, value in zip(("subject", "predicate", "object"), triple, strict=True):
        yield node, term(f"rdf:{name}"), value
    if negated:
        yield node, term("biolink:negated"), Literal("true", f"{XSD}boolean")
    yield from (
        (node, name, text) for name, text in pairs_of(properties(statement.qualifiers, graph.words))
    )


def _grounds(graph: Graph, row: Evidence, assertion: str) -> Iterator[Triple]:
    yield assertion, term("prov:wasDerivedFrom"), iri(row.source, SOURCE)
    method = graph.words.methods.get(row.method)
    if method is not None and method.eco:
        yield assertion, term("rdf:type"), term(method.eco)
    if row.summary:
        yield assertion, term("rdfs:comment"), Literal(row.summary)


def _published(graph: Graph, statement: Statement, row: Evidence, node: str) -> Iterator[Triple]:
    yield node, term("prov:wasDerivedFrom"), evidence_iri(statement.id, row)
    yield from _whose(graph.about, node)
    for end in dict.fromkeys((statement.subject, statement.object)):
        yield iri(end, ENTITY), term("rdfs:label"), Literal(graph.name(end))


def _whose(about: About, node: str) -> Iterator[Triple]:
    """Who published a graph, when, and under which licence; no more than it says."""
    for name in about.authors:
        yield node, term("dct:creator"), Literal(name)
    if about.date:
        datatype = {4: "gYear", 7: "gYearMonth"}.get(len(about.date), "date")
        yield node, term("dct:created"), Literal(about.date, XSD + datatype)
    if about.licence:
        linked = about.licence.startswith(("http://", "https://"))
        yield (
            node,
            term("dct:license" if linked else "dct:rights"),
            iri(about.licence, "") if linked else Literal(about.licence),
        )
