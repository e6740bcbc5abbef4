"""Ontologies: subclasses of classes and of restrictions, and the axioms that give their papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from trabecula.formats.rdf.content import Content, Taken
from trabecula.formats.rdf.rows import Literal, Object
from trabecula.formats.rdf.things import PAPERS, Things, named
from trabecula.formats.rdf.values import curie, is_iri, plain
from trabecula.mapping import Citation, Edge, Reading
from trabecula.model import Context

#: Subject, predicate and object of an annotated axiom; one that is a mapping of SSSOM is a
#: statement itself.
AXIOM: Final = tuple(named(f"owl:annotated{part}") for part in ("Source", "Property", "Target"))
SSSOM: Final = "https://w3id.org/sssom/"
_JUSTIFIED: Final = f"{SSSOM}mapping_justification"
_TYPE: Final = named("rdf:type")
#: A class expression: what kind it is, its property, its filler, a number.
_Expression: TypeAlias = tuple[str, str, str, str]
_QUANTIFIED: Final = {
    named("owl:someValuesFrom"): "some",
    named("owl:hasValue"): "some",
    named("owl:allValuesFrom"): "only",
    named("owl:qualifiedCardinality"): "exactly",
    named("owl:minQualifiedCardinality"): "at least",
    named("owl:maxQualifiedCardinality"): "at most",
    named("owl:cardinality"): "exactly",
    named("owl:minCardinality"): "at least",
    named("owl:maxCardinality"): "at most",
}
_CLASS_OF: Final = named("rdfs:subClassOf")
#: The property of an annotated axiom that leads to its evidence, in models of GO-CAM.
_EVIDENCE: Final = "http://geneontology.org/lego/evidence"


@dataclass
class Axioms:
    """The axioms of a file, and what the annotated ones give."""

    content: Content
    reading: Reading
    things: Things
    taken: Taken
    #: Subject, property, target -> the papers of annotated axioms; their reasons.
    annotated: dict[tuple[str, str, object], list[str]] = field(default_factory=dict)
    reasons: dict[tuple[str, str, object], list[Citation]] = field(default_factory=dict)
    #: Annotated axioms that are mappings of SSSOM.
    mappings: list[str] = field(default_factory=list)

    def find(self) -> None:
        """Find annotated axioms, and the class expressions that are parts of others."""
        for node in self.things.typed:
            if not self.things.is_a(node, named("owl:Axiom")):
                continue
            self.taken.records.add(node)
            parts = [next(iter(self.content.nodes[node].get(part, ())), "") for part in AXIOM]
            if _JUSTIFIED in self.content.nodes[node] and all(map(is_iri, parts)):
                self.mappings.append(node)
                continue
            subject, name, target = parts
            papers = [plain(v) for p in PAPERS for v in self.content.nodes[node].get(p, ())]
            end: object = target
            if isinstance(target, str) and target.startswith("_:"):
                end = self._expression(target)
            key = (plain(subject), plain(name), end)
            self.annotated.setdefault(key, []).extend(papers)
            words = self.things.text(node, named("rdfs:comment"))
            placed = {_TYPE, _EVIDENCE, *AXIOM, *PAPERS}
            if papers:
                placed.add(named("rdfs:comment"))
            for more in self.content.nodes[node]:
                if more not in placed:
                    place = self.things.shown(node)
                    self.reading.left("axiom annotation", self.things.short(more), place)
            if papers:
                citation = Citation(papers=tuple(papers), summary=words)
                self.reasons.setdefault(key, []).append(citation)
            for evidence in self.things.iris(node, _EVIDENCE):
                self.taken.records.add(evidence)
                self.reasons.setdefault(key, []).extend(self._observed(evidence))

    def _observed(self, node: str) -> Iterator[Citation]:
        """What a piece of evidence of a GO-CAM refers to, with its kind."""
        pairs = self.content.nodes.get(node, {})
        papers = tuple(plain(v) for p in PAPERS for v in pairs.get(p, ()))
        kinds = [curie(plain(value)) for value in pairs.get(_TYPE, ())]
        method = next((kind for kind in kinds if kind.startswith("ECO:")), "")
        if papers:
            yield Citation(papers=papers, method=method)
        else:
            self.reading.left("evidence", "that names nothing", self.things.shown(node))

    def _expression(self, node: str) -> _Expression | None:
        """A restriction to one named class; None for other class expressions."""
        pairs = self.content.nodes.get(node, {})
        prop = next(iter(pairs.get(named("owl:onProperty"), ())), "")
        for name, kind in _QUANTIFIED.items():
            for value in pairs.get(name, ()):
                number = ""
                filler: Object = value
                if isinstance(value, Literal):
                    number = value.text
                    filler = next(iter(pairs.get(named("owl:onClass"), ())), "")
                if not is_iri(prop) or not is_iri(filler):
                    return None
                return kind, str(prop), str(filler), number
        return None

    def classes(self) -> Iterator[Edge]:
        """Subclasses of named classes and of restrictions, with the papers of their axioms."""
        for node, pairs in self.content.nodes.items():
            if not is_iri(node):
                continue
            for value in pairs.get(_CLASS_OF, ()):
                self.taken.stated.add((node, _CLASS_OF, value))
                if is_iri(value):
                    yield self._axiom(node, _CLASS_OF, str(value), value)
                    continue
                expression = self._expression(str(value))
                edge = self._restricted(node, expression) if expression else None
                if edge is not None:
                    yield edge
                else:
                    kind = (
                        f"a restriction with {expression[0]!r}"
                        if expression
                        else "a class expression"
                    )
                    self.reading.left("axiom", kind, self.things.shown(node))
            for value in pairs.get(named("owl:equivalentClass"), ()):
                if not is_iri(value):
                    self.taken.stated.add((node, named("owl:equivalentClass"), value))
                    self.reading.left("axiom", "a logical definition", self.things.shown(node))

    def _axiom(
        self,
        node: str,
        name: str,
        target: str,
        key: object,
        qualifiers: Context = (),
        *,
        negated: bool = False,
    ) -> Edge:
        reasons = self.reasons.get((node, _CLASS_OF, key), ())
        return Edge(
            subject=node,
            predicate=self.things.predicate(name),
            object=target,
            sign=self.things.sign(name),
            negated=negated,
            qualifiers=qualifiers,
            citations=tuple(reasons),
            place=self.things.shown(node),
        )

    def _restricted(self, node: str, expression: _Expression) -> Edge | None:
        """The edge of a restriction: some of a class, at least one, or none."""
        kind, prop, filler, number = expression
        if kind == "some":
            return self._axiom(node, prop, filler, expression)
        if kind in ("exactly", "at most") and number == "0":
            return self._axiom(node, prop, filler, expression, negated=True)
        if kind in ("exactly", "at least") and number.isdigit() and number != "0":
            return self._axiom(
                node, prop, filler, expression, (("cardinality", f"{kind} {number}"),)
            )
        return None
