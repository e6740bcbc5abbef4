"""Writing OBO 1.4: a term for each entity, and the lines of its relations."""

from __future__ import annotations

from collections.abc import Iterator

from trabecula import claims
from trabecula.formats.obo.values import (
    CATEGORY,
    QUALIFIER,
    SIGN,
    TAXON,
    escaped,
    in_quotes,
)
from trabecula.graph import Graph
from trabecula.mapping.ontology import CONSIDER, DEFINED_BY, REPLACED_BY
from trabecula.model import About, Entity, Predicate, Statement


def render(graph: Graph) -> bytes:
    """The graph in OBO 1.4: terms by their ids, and then the relations between them."""
    edges: dict[str, list[Statement]] = {}
    for statement in claims.repeatable(graph):
        edges.setdefault(statement.subject, []).append(statement)
    names = sorted({statement.predicate for several in edges.values() for statement in several})
    blocks = [list(_header(graph.about))]
    for key in sorted({*graph.entities, *edges}):
        term = graph.entities.get(key)
        lines = list(_term(term)) if term else []
        lines += [_edge(graph, statement) for statement in edges.get(key, ())]
        blocks.append(["[Term]", f"id: {escaped(key)}", *lines])
    blocks += [
        ["[Typedef]", f"id: {escaped(name)}", *_relation(graph.words.relation(name))]
        for name in names
        if name != "subclass_of"
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks).encode("utf-8")


def _header(about: About) -> Iterator[str]:
    yield "format-version: 1.4"
    if about.version:
        yield f"data-version: {escaped(about.version)}"
    for prefix, space in about.prefixes:
        yield f"idspace: {prefix} {space}"
    metadata = {"title": about.title, "description": about.description, "license": about.licence}
    for name, text in metadata.items():
        if text:
            yield f"property_value: http://purl.org/dc/terms/{name} {in_quotes(text)} xsd:string"


def _term(entity: Entity) -> Iterator[str]:
    """The lines that say what an entity is."""
    yield f"name: {escaped(entity.name)}"
    defined = [xref.curie for xref in entity.xrefs if xref.label == DEFINED_BY]
    if entity.description:
        sources = ", ".join(escaped(source, ",]") for source in defined)
        yield f"def: {in_quotes(entity.description)} [{sources}]"
    for text in entity.synonyms:
        yield f"synonym: {in_quotes(text)} RELATED []"
    for xref in entity.xrefs:
        curie = escaped(xref.curie)
        if xref.label in (REPLACED_BY, CONSIDER):
            yield f"{'replaced_by' if xref.label == REPLACED_BY else 'consider'}: {curie}"
        elif xref.match != "related":
            yield f"property_value: skos:{xref.match}Match {curie}"
        elif xref.label != DEFINED_BY or not entity.description:
            yield f"xref: {curie}" + (f" {in_quotes(xref.label)}" if xref.label else "")
    yield f"property_value: {CATEGORY} {in_quotes(entity.category)} xsd:string"
    if entity.taxon:
        yield f"property_value: {TAXON} {in_quotes(entity.taxon)} xsd:string"


def _edge(graph: Graph, statement: Statement) -> str:
    modifiers = [f"source={in_quotes(source)}" for source in claims.supporting(statement)]
    modifiers += [
        f"{QUALIFIER}={in_quotes(f'{key}={value}')}" for key, value in statement.qualifiers
    ]
    target = escaped(statement.object)
    edge = f"relationship: {escaped(statement.predicate)} {target}"
    if statement.predicate == "subclass_of":
        edge = f"is_a: {target}"
    told = f" {{{', '.join(modifiers)}}}" if modifiers else ""
    return f"{edge}{told} ! {graph.name(statement.object)}"


def _relation(row: Predicate) -> Iterator[str]:
    yield f"name: {escaped(row.label)}"
    if row.definition:
        yield f"def: {in_quotes(row.definition)} []"
    yield f'property_value: {SIGN} "{row.sign}" xsd:integer'
    if row.symmetric:
        yield "is_symmetric: true"
