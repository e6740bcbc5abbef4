"""What a graph says of itself in RDF, with the words that it declares."""

from __future__ import annotations

from collections.abc import Iterator

from trabecula.about import render as render_about
from trabecula.formats.rdf.ontology import ABOUT, SUBJECT, TERMS
from trabecula.formats.rdf.rows import (
    WEB_ADDRESS,
    XSD,
    Description,
    Literal,
    Pair,
    integer,
    iri,
    term,
)
from trabecula.model import About, Category, Predicate
from trabecula.prefixes import ONTOLOGY


def of_itself(about: About) -> Description:
    """What a graph says of itself, for those who read RDF; and its own words, declared."""
    if about == About():
        return {}
    texts = {"dct:title": about.title, "dct:description": about.description,
             "dcat:version": about.version, "void:uriSpace": about.namespace}  # fmt: skip
    pairs: list[Pair] = [(term("rdf:type"), term("void:Dataset"))]
    pairs += [(term(name), Literal(text)) for name, text in texts.items() if text]
    pairs += [(term("dct:creator"), Literal(name)) for name in about.authors]
    if about.licence:
        linked = WEB_ADDRESS.fullmatch(about.licence)
        value = about.licence if linked else Literal(about.licence)
        pairs.append((term("dct:license" if linked else "dct:rights"), value))
    if about.date:
        datatype = {4: "gYear", 7: "gYearMonth"}.get(len(about.date), "date")
        pairs.append((term("dct:issued"), Literal(about.date, XSD + datatype)))
    if about.home:
        pairs.append((term("foaf:homepage"), about.home))
    pairs.append((ABOUT, Literal(render_about(about))))
    description: Description = {SUBJECT: pairs}
    for category in about.categories:
        description[ONTOLOGY + category.iri_name] = list(_category(category))
    for predicate in about.predicates:
        description[iri(predicate.name, ONTOLOGY)] = list(_property(predicate))
    for key in (key for key, _ in about.context if key not in TERMS):
        label = Literal(key.replace("_", " "))
        description[ONTOLOGY + key] = [
            (term("rdf:type"), term("owl:DatatypeProperty")),
            (term("rdfs:label"), label),
        ]
    return description


def _category(category: Category) -> Iterator[Pair]:
    yield term("rdf:type"), term("owl:Class")
    yield term("rdfs:label"), Literal(category.label)
    if category.definition:
        yield term("skos:definition"), Literal(category.definition)
    yield term("rdfs:subClassOf"), ONTOLOGY + category.parent
    yield term("rdfs:subClassOf"), term(category.biolink)


def _property(predicate: Predicate) -> Iterator[Pair]:
    yield term("rdf:type"), term("owl:ObjectProperty")
    yield term("rdfs:label"), Literal(predicate.label)
    if predicate.definition:
        yield term("skos:definition"), Literal(predicate.definition)
    yield term("rdfs:subPropertyOf"), term("tb:relatesTo")
    yield term("tb:sign"), integer(predicate.sign)
    if predicate.kind:
        yield term("tb:arrow"), Literal(predicate.kind)
    yield term("tb:influence"), Literal(predicate.influence)
    for match, target in predicate.mappings:
        yield term(f"skos:{match}Match"), term(target)
