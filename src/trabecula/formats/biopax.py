"""BioPAX level 3, as RDF/XML: molecules, processes, and what controls them. Written only.

It is read as RDF (`rdf.pathways`). BioPAX has a control of a process by a molecule or by another
process, and molecules that bind; for what acts on a molecule it wants the reaction, which a graph
does not say. A control says that it is so, and its papers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from trabecula import claims
from trabecula.addresses import Addresses, addresses
from trabecula.graph import Graph
from trabecula.identifiers import expand
from trabecula.model import Statement
from trabecula.prefixes import ENTITY, STATEMENT
from trabecula.vocabulary import kin

_SPACES: Final = (
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:owl="http://www.w3.org/2002/07/owl#"'
    ' xmlns:bp="http://www.biopax.org/release/biopax-level3.owl#"'
)
#: Categories that are molecules, and the class of each; those that are processes.
_MOLECULES: Final = {
    "protein": "Protein", "chemical": "SmallMolecule", "complex": "Complex",
    "biolink:RNAProduct": "Rna", "biolink:MicroRNA": "Rna", "biolink:Gene": "PhysicalEntity",
    "biolink:GeneOrGeneProduct": "PhysicalEntity",
}  # fmt: skip
_PROCESSES: Final = ("process", "function")
_TYPES: Final = {1: "ACTIVATION", -1: "INHIBITION"}
_DATABASES: Final = {"PMID": "pubmed", "doi": "doi"}


def render(graph: Graph) -> bytes:
    """What a graph says of molecules and processes, as BioPAX level 3."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    own = addresses(graph.about)
    classes = {key: _class(entity.category) for key, entity in graph.entities.items()}
    controls = list(_controls(graph, classes))
    bindings = list(_bindings(graph, classes))
    cited = {source for tie in (*controls, *bindings) for source in claims.supporting(tie)}
    papers = {source: f"#p{number}" for number, source in enumerate(sorted(cited), start=1)}
    base = graph.about.home or "https://w3id.org/trabecula/graph"
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<rdf:RDF{_SPACES} xml:base={quoteattr(base)}>"
    yield '  <owl:Ontology rdf:about="">'
    yield '    <owl:imports rdf:resource="http://www.biopax.org/release/biopax-level3.owl#"/>'
    yield "  </owl:Ontology>"
    for key, name in classes.items():
        if name:
            yield f"  <bp:{name} rdf:about={_iri(own, key)}>"
            yield _text("displayName", graph.name(key))
            yield f"  </bp:{name}>"
    for statement in controls:
        sign = graph.words.relation(statement.predicate).sign
        yield f"  <bp:Control rdf:about={quoteattr(own.outward(expand(statement.id, STATEMENT)))}>"
        if sign:
            yield _text("controlType", _TYPES[sign])
        yield _node("controller", _iri(own, statement.subject))
        yield _node("controlled", _iri(own, statement.object))
        yield from (_node("xref", f'"{papers[source]}"') for source in claims.supporting(statement))
        yield "  </bp:Control>"
    for statement in bindings:
        about = quoteattr(own.outward(expand(statement.id, STATEMENT)))
        yield f"  <bp:MolecularInteraction rdf:about={about}>"
        yield from (
            _node("participant", _iri(own, end)) for end in (statement.subject, statement.object)
        )
        yield from (_node("xref", f'"{papers[source]}"') for source in claims.supporting(statement))
        yield "  </bp:MolecularInteraction>"
    for source, name in papers.items():
        yield from _paper(graph, source, name)
    yield "</rdf:RDF>"


def _class(category: str) -> str:
    """The class of things of a category; nothing where BioPAX has none."""
    mine = kin(category)
    return "Pathway" if mine in _PROCESSES else _MOLECULES.get(mine, "")


def _controls(graph: Graph, classes: dict[str, str]) -> Iterator[Statement]:
    for statement, _ in claims.changes(graph):
        if classes.get(statement.subject) and classes.get(statement.object) == "Pathway":
            yield statement


def _bindings(graph: Graph, classes: dict[str, str]) -> Iterator[Statement]:
    for statement in claims.repeatable(graph):
        kinds = {classes.get(end, "") for end in (statement.subject, statement.object)}
        are_two = statement.subject != statement.object
        if statement.predicate == "binds" and are_two and not kinds & {"", "Pathway"}:
            yield statement


def _paper(graph: Graph, source: str, name: str) -> Iterator[str]:
    """A source as a publication, with what is known of it."""
    prefix, _, local = source.partition(":")
    record = graph.sources.get(source)
    yield f'  <bp:PublicationXref rdf:about="{name}">'
    if prefix in _DATABASES:
        yield _text("db", _DATABASES[prefix])
        yield _text("id", local)
    else:
        yield _text("url", claims.address(source, graph))
    if record is not None and record.title:
        yield _text("title", record.title)
    if record is not None and record.year.isdigit():
        yield f'    <bp:year rdf:datatype="{_XSD}int">{record.year}</bp:year>'
    yield "  </bp:PublicationXref>"


_XSD: Final = "http://www.w3.org/2001/XMLSchema#"


def _iri(own: Addresses, key: str) -> str:
    is_address = key.startswith(("http://", "https://"))
    return quoteattr(key if is_address else own.outward(expand(key, ENTITY)))


def _node(name: str, quoted: str) -> str:
    return f"    <bp:{name} rdf:resource={quoted}/>"


def _text(name: str, text: str) -> str:
    return f'    <bp:{name} rdf:datatype="{_XSD}string">{escape(text)}</bp:{name}>'
