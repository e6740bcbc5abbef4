"""OWL for Protégé and reasoners: entities as classes, statements as axioms with annotations.

A statement says that its subject is of those that have some of its object, as ontologies do; a
subclass is one. Each reason to believe it annotates the axiom with its source. What is negated,
refuted or only denied is left out, for an axiom says that it is so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from trabecula.addresses import HOME, addresses
from trabecula.formats.rdf.rows import iri
from trabecula.formats.rdf.terms import node as node_of
from trabecula.graph import Graph
from trabecula.model import Entity, Predicate, Statement
from trabecula.prefixes import ENTITY, NAMESPACES, ONTOLOGY, SOURCE
from trabecula.standing import sayable
from trabecula.vocabulary import PREDICATES

if TYPE_CHECKING:
    import pyoxigraph

_OWL: Final = NAMESPACES["owl"]
_RDF: Final = NAMESPACES["rdf"]
_RDFS: Final = NAMESPACES["rdfs"]
_SKOS: Final = NAMESPACES["skos"]
_DCT: Final = NAMESPACES["dct"]
_OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
_DEFINITION: Final = "http://purl.obolibrary.org/obo/IAO_0000115"
#: What annotates things and axioms.
_ANNOTATIONS: Final = (
    (_DEFINITION, "definition"),
    (f"{_OIO}hasDbXref", "has cross-reference"),
    (f"{_OIO}hasRelatedSynonym", "has related synonym"),
    (f"{ONTOLOGY}status", "status"),
    *((f"{_SKOS}{match}Match", f"has {match} match")
      for match in ("exact", "close", "broad", "narrow", "related")),
)  # fmt: skip
_SIGN: Final = f"{ONTOLOGY}sign"
_SUBCLASS: Final = ("subclass_of", "rdfs:subClassOf", "biolink:subclass_of", "is_a")


def triples(graph: Graph) -> Iterator[pyoxigraph.Triple]:
    """The ontology: its head, properties, classes, then axioms, sorted by id."""
    yield from _Ontology(graph).triples()


def _own_sign(row: Predicate) -> int:
    """The sign of a predicate that only the graph knows: nobody else could tell it."""
    return 0 if row.name in PREDICATES else row.sign


class _Ontology:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.out = addresses(graph.about).outward
        self.blank = 0

    def triples(self) -> Iterator[pyoxigraph.Triple]:
        yield from self.head()
        statements = [
            s for s in self.graph.statements.values() if not s.negated and sayable(s.evidence)
        ]
        names = sorted({statement.predicate for statement in statements} - {*_SUBCLASS})
        rows = [self.graph.words.relation(name) for name in names]
        if any(map(_own_sign, rows)):
            yield self.link(_SIGN, f"{_RDF}type", f"{_OWL}AnnotationProperty")
            yield self.annotation(_SIGN, f"{_RDFS}label", "sign")
        for row in rows:
            yield from self.relation(row)
        for entity in self.graph.entities.values():
            yield from self.thing(entity)
        for statement in sorted(statements, key=lambda row: row.id):
            yield from self.axiom(statement)

    def head(self) -> Iterator[pyoxigraph.Triple]:
        about = self.graph.about
        whole = about.home or f"{HOME}graph"
        yield self.link(whole, f"{_RDF}type", f"{_OWL}Ontology")
        for name, text in (
            ("title", about.title), ("description", about.description), ("date", about.date)
        ):  # fmt: skip
            if text:
                yield self.annotation(whole, _DCT + name, text)
        for author in about.authors:
            yield self.annotation(whole, f"{_DCT}creator", author)
        if about.licence.startswith(("http://", "https://")):
            yield self.link(whole, f"{_DCT}license", iri(about.licence, ""))
        if about.version:
            yield self.annotation(whole, f"{_OWL}versionInfo", about.version)
        for annotation, label in _ANNOTATIONS:
            yield self.link(annotation, f"{_RDF}type", f"{_OWL}AnnotationProperty")
            yield self.annotation(annotation, f"{_RDFS}label", label)

    def relation(self, row: Predicate) -> Iterator[pyoxigraph.Triple]:
        node = self.out(iri(row.name, ONTOLOGY))
        yield self.link(node, f"{_RDF}type", f"{_OWL}ObjectProperty")
        yield self.annotation(node, f"{_RDFS}label", row.label)
        if row.definition:
            yield self.annotation(node, _DEFINITION, row.definition)
        if row.symmetric:
            yield self.link(node, f"{_RDF}type", f"{_OWL}SymmetricProperty")
        if _own_sign(row):
            yield self.annotation(node, _SIGN, str(row.sign))

    def thing(self, entity: Entity) -> Iterator[pyoxigraph.Triple]:
        node = self.out(iri(entity.id, ENTITY))
        yield self.link(node, f"{_RDF}type", f"{_OWL}Class")
        yield self.annotation(node, f"{_RDFS}label", entity.name)
        if entity.description:
            yield self.annotation(node, _DEFINITION, entity.description)
        for name in entity.synonyms:
            yield self.annotation(node, f"{_OIO}hasRelatedSynonym", name)
        for xref in entity.xrefs:
            if xref.match == "related":
                yield self.annotation(node, f"{_OIO}hasDbXref", xref.curie)
            else:
                match = f"{_SKOS}{xref.match}Match"
                yield self.link(node, match, self.out(iri(xref.curie, ENTITY)))

    def axiom(self, statement: Statement) -> Iterator[pyoxigraph.Triple]:
        """A subclass, or a restriction to some of a class, and an annotation for each source."""
        subject = self.out(iri(statement.subject, ENTITY))
        object_ = self.out(iri(statement.object, ENTITY))
        target: pyoxigraph.NamedNode | pyoxigraph.BlankNode = node_of(object_)
        if statement.predicate not in _SUBCLASS:
            target = self.new()
            yield from self.restriction(target, statement, object_)
        yield self.linked(node_of(subject), f"{_RDFS}subClassOf", target)
        for row in statement.evidence:
            if row.stance != "supports" or row.retracted:
                continue
            axiom = self.new()
            again = target
            if statement.predicate not in _SUBCLASS:
                again = self.new()  # in RDF each mention of a restriction is a node of its own
                yield from self.restriction(again, statement, object_)
            yield self.linked(axiom, f"{_RDF}type", node_of(f"{_OWL}Axiom"))
            yield self.linked(axiom, f"{_OWL}annotatedSource", node_of(subject))
            yield self.linked(axiom, f"{_OWL}annotatedProperty", node_of(f"{_RDFS}subClassOf"))
            yield self.linked(axiom, f"{_OWL}annotatedTarget", again)
            yield self.text(axiom, f"{ONTOLOGY}status", self.graph.status(statement))
            named = ":" in row.source
            source = row.source if named else self.out(iri(row.source, SOURCE))
            yield self.text(axiom, f"{_OIO}hasDbXref", source)
            if row.summary:
                yield self.text(axiom, f"{_RDFS}comment", row.summary)

    def restriction(
        self, node: pyoxigraph.BlankNode, statement: Statement, object_: str
    ) -> Iterator[pyoxigraph.Triple]:
        predicate = self.out(iri(statement.predicate, ONTOLOGY))
        yield self.linked(node, f"{_RDF}type", node_of(f"{_OWL}Restriction"))
        yield self.linked(node, f"{_OWL}onProperty", node_of(predicate))
        yield self.linked(node, f"{_OWL}someValuesFrom", node_of(object_))

    # --- Triples ------------------------------------------------------------------------------

    def new(self) -> pyoxigraph.BlankNode:
        import pyoxigraph

        self.blank += 1
        return pyoxigraph.BlankNode(f"b{self.blank}")

    def link(self, subject: str, predicate: str, value: str) -> pyoxigraph.Triple:
        return self.linked(node_of(subject), predicate, node_of(value))

    def annotation(self, subject: str, predicate: str, text: str) -> pyoxigraph.Triple:
        return self.text(node_of(subject), predicate, text)

    def linked(
        self,
        subject: pyoxigraph.NamedNode | pyoxigraph.BlankNode,
        predicate: str,
        value: pyoxigraph.NamedNode | pyoxigraph.BlankNode,
    ) -> pyoxigraph.Triple:
        import pyoxigraph

        return pyoxigraph.Triple(subject, node_of(predicate), value)

    def text(
        self, subject: pyoxigraph.NamedNode | pyoxigraph.BlankNode, predicate: str, text: str
    ) -> pyoxigraph.Triple:
        import pyoxigraph

        return pyoxigraph.Triple(subject, node_of(predicate), pyoxigraph.Literal(text))
