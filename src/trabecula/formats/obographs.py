"""OBO Graphs JSON: an ontology as nodes and edges, with what is said of each in its `meta`.

Axioms that are no edges (logical definitions, chains, domains and ranges) are counted. Papers
stand on definitions, where they become cross-references, and may stand on edges, where they are
evidence. Written with terms of ours where the format has none; a node for each predicate keeps its
sign. An edge there says nothing but that it is so, and what supports it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from trabecula.addresses import Addresses, addresses
from trabecula.graph import Graph
from trabecula.identifiers import expand
from trabecula.mapping import Citation, Edge, Item, Reading, Relation
from trabecula.mapping.ontology import CATEGORIES, CONSIDER, DEFINED_BY, RELATION, REPLACED_BY, Term
from trabecula.model import About, Entity, Statement
from trabecula.prefixes import ENTITY, NAMESPACES, ONTOLOGY
from trabecula.standing import sayable

_OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
_SKOS: Final = NAMESPACES["skos"]
_SIGN: Final = f"{ONTOLOGY}sign"
_CATEGORY: Final = "https://w3id.org/biolink/vocab/category"
_TAXON: Final = "https://w3id.org/biolink/vocab/in_taxon"
_REPLACED_BY: Final = "http://purl.obolibrary.org/obo/IAO_0100001"
_MATCHES: Final = {
    f"{_SKOS}{match}Match": match for match in ("exact", "close", "broad", "narrow", "related")
}
#: Properties of an edge that say where it is from, without their namespace.
_SOURCES: Final = frozenset(
    (f"{_OIO}source", f"{_OIO}hasDbXref", "source", "hasDbXref",
     "http://purl.org/dc/elements/1.1/source", "http://purl.org/dc/terms/source")
)  # fmt: skip
#: Parts of a graph that are neither nodes nor edges, and what becomes of them.
_AXIOMS: Final = (
    "logicalDefinitionAxioms", "domainRangeAxioms", "propertyChainAxioms",
    "disjointClassExpressionsAxioms", "existentialRestrictionAxioms", "allValuesFromEdges",
)  # fmt: skip


# --- Reading --------------------------------------------------------------------------------


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of all graphs of a file."""
    document = reading.json()
    graphs = document.get("graphs", [document]) if isinstance(document, dict) else document
    if not isinstance(graphs, list):
        place = "graphs"
        reading.wrong(place, "this is no list of graphs", 'write {"graphs": [ … ]}')
        return
    told = False
    for number, graph in enumerate(graphs):
        place = f"graphs[{number}]"
        if not isinstance(graph, dict):
            reading.wrong(place, f"{graph!r:.60} is no graph", "make it an object")
            continue
        if not told:
            about = _about(graph)
            told = about != About()
            if told:
                yield about
        yield from _of_graph(reading, graph, place)


def _of_graph(reading: Reading, graph: dict[str, Any], place: str) -> Iterator[Item]:
    signs: dict[str, int] = {}
    for number, node in enumerate(_list(reading, graph, "nodes", place)):
        yield from _node(reading, node, f"{place}.nodes[{number}]", signs)
    for number, edge in enumerate(_list(reading, graph, "edges", place)):
        made = _edge(reading, edge, f"{place}.edges[{number}]", signs)
        if made is not None:
            yield made
    for number, row in enumerate(_list(reading, graph, "equivalentNodesSets", place)):
        where = f"{place}.equivalentNodesSets[{number}]"
        names = _texts(row.get("nodeIds")) if isinstance(row, dict) else []
        first = str(row.get("representativeNodeId") or (names or [""])[0]) if names else ""
        for name in sorted({*names} - {first}):
            yield Edge(subject=first, predicate="owl:equivalentClass", object=name, place=where)
    for name in _AXIOMS:
        axioms = graph.get(name)
        if isinstance(axioms, list) and axioms:
            reading.left("axiom", name, place, len(axioms))
    for name in graph:
        if name not in ("id", "lbl", "meta", "nodes", "edges", "equivalentNodesSets", *_AXIOMS):
            reading.left("key", name, place)


def _list(reading: Reading, graph: dict[str, Any], name: str, place: str) -> list[Any]:
    listed = graph.get(name) or []
    if isinstance(listed, list):
        return listed
    reading.wrong(f"{place}.{name}", f"{listed!r:.60} is no list", "write [ … ]")
    return []


def _node(reading: Reading, node: Any, place: str, signs: dict[str, int]) -> Iterator[Item]:
    key = node.get("id") if isinstance(node, dict) else None
    if not isinstance(key, str) or not key:
        reading.wrong(place, "a node without an id", "give it an id that is a text")
        return
    term = Term(key, name=_text(node.get("lbl") or node.get("label")))
    _take_meta(reading, term, signs, _object(node.get("meta")), place)
    if node.get("type") == "PROPERTY":
        term.category = RELATION
        yield Relation(predicate=key, label=term.name, definition=term.definition)
        if key in signs:  # the predicate of a graph of ours, which is no thing of it
            return
    yield term.node(reading, place)


def _take_meta(
    reading: Reading, term: Term, signs: dict[str, int], meta: dict[str, Any], place: str
) -> None:
    definition = _object(meta.get("definition"))
    term.definition = _text(definition.get("val"))
    term.defined_by = _texts(definition.get("xrefs"))
    for xref in _objects(meta.get("xrefs")):
        _take_xref(term, _text(xref.get("val")), _text(xref.get("lbl")))
    for synonym in _objects(meta.get("synonyms")):
        _take_synonym(reading, term, synonym, place)
    for pair in _objects(meta.get("basicPropertyValues")):
        _take_property(reading, term, signs, pair, place)
    for name, value in meta.items():
        if name not in ("definition", "xrefs", "synonyms", "basicPropertyValues") and value:
            reading.left("property", name, place, len(_texts(value)) or 1)


def _take_synonym(reading: Reading, term: Term, synonym: dict[str, Any], place: str) -> None:
    term.synonyms.append(_text(synonym.get("val")))
    scope = _text(synonym.get("pred"))
    if scope not in ("", "hasExactSynonym"):
        reading.left("synonym detail", scope, place)
    for name in ("synonymType", "xrefs"):
        if synonym.get(name):
            reading.left("synonym detail", name, place, len(_texts(synonym[name])) or 1)


def _take_xref(term: Term, value: str, label: str) -> None:
    if label == DEFINED_BY:
        term.defined_by.append(value)
    elif value:
        term.xrefs.append((value, label))


def _take_property(
    reading: Reading, term: Term, signs: dict[str, int], pair: dict[str, Any], place: str
) -> None:
    name, value = _text(pair.get("pred")), _text(pair.get("val"))
    short = name.removeprefix(_OIO)
    if short == "hasOBONamespace" and value in CATEGORIES:
        term.category = CATEGORIES[value]
    elif short == "hasAlternativeId":
        term.alternatives.append(value)
    elif name == _REPLACED_BY:
        term.replaced_by.append(value)
    elif short == "consider":
        term.consider.append(value)
    elif name in _MATCHES:
        term.matches.append((_MATCHES[name], value))
    elif name == _CATEGORY:
        term.category = value
    elif name == _TAXON:
        term.taxon = value
    elif name == _SIGN and value in ("1", "-1", "0"):
        signs[term.key] = int(value)
    else:
        reading.left("property", short, place)


def _edge(reading: Reading, edge: Any, place: str, signs: dict[str, int]) -> Edge | None:
    row = edge if isinstance(edge, dict) else {}
    subject, object_ = row.get("sub", row.get("subj")), row.get("obj")
    name = row.get("pred")
    if not all(isinstance(part, str) and part for part in (subject, name, object_)):
        reading.wrong(place, "an edge without sub, pred or obj", "write all three as texts")
        return None
    meta = _object(row.get("meta"))
    citations = [
        Citation(papers=(_text(xref.get("val")),), summary=_text(xref.get("lbl")))
        for xref in _objects(meta.get("xrefs"))
        if xref.get("val")
    ]
    qualifiers = []
    for pair in _objects(meta.get("basicPropertyValues")):
        key, value = _text(pair.get("pred")), _text(pair.get("val"))
        if key in _SOURCES:
            citations.append(Citation(papers=(value,)))
        elif key.startswith(ONTOLOGY):
            qualifiers.append((key.removeprefix(ONTOLOGY), value))
        else:
            reading.left("property of an edge", key.removeprefix(_OIO), place)
    return Edge(
        subject=str(subject),
        predicate=str(name),
        object=str(object_),
        sign=signs.get(str(name)),
        qualifiers=tuple(qualifiers),
        citations=tuple(citations),
        place=place,
    )


def _about(graph: dict[str, Any]) -> About:
    meta = _object(graph.get("meta"))
    told: dict[str, str] = {}
    for pair in _objects(meta.get("basicPropertyValues")):
        key = _text(pair.get("pred")).replace("#", "/").rpartition("/")[2]
        if key in ("title", "description", "license"):
            told[key] = " ".join(_text(pair.get("val")).split())
    licence = told.get("license", "")
    return About(
        title=told.get("title") or _text(graph.get("lbl")) or _text(graph.get("id")),
        description=told.get("description", ""),
        licence=licence if licence.startswith(("http://", "https://")) else "",
        version=_text(meta.get("version")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


# --- Writing --------------------------------------------------------------------------------


def render(graph: Graph) -> bytes:
    """One graph: a node for each entity and predicate, an edge for each statement, sorted.

    Statements are those that may be said without their evidence.
    """
    own = addresses(graph.about)
    statements = [
        row for row in graph.statements.values() if not row.negated and sayable(row.evidence)
    ]
    nodes = [_written(entity, own) for entity in graph.entities.values()]
    nodes += [_relation(name, graph, own) for name in sorted({s.predicate for s in statements})]
    written = {
        "id": graph.about.home or "https://w3id.org/trabecula/graph",
        "meta": _meta_of_graph(graph.about),
        "nodes": sorted(filter(None, nodes), key=lambda node: str(node["id"])),
        "edges": sorted(
            (_written_edge(statement, own) for statement in statements),
            key=lambda edge: json.dumps(edge, ensure_ascii=False, sort_keys=True),
        ),
    }
    document = {"graphs": [_kept(written)]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    """What is said, without what is empty."""
    return {key: value for key, value in values.items() if value not in ("", [], {}, None)}


def _meta_of_graph(about: About) -> dict[str, Any]:
    terms = NAMESPACES["dct"]
    metadata = {"title": about.title, "description": about.description, "license": about.licence}
    pairs = [_pair(f"{terms}{name}", value) for name, value in metadata.items() if value]
    return _kept({"basicPropertyValues": pairs, "version": about.version})


def _pair(name: str, value: str) -> dict[str, str]:
    return {"pred": name, "val": value}


def _written(entity: Entity, own: Addresses) -> dict[str, Any]:
    defined = [xref.curie for xref in entity.xrefs if xref.label == DEFINED_BY]
    pairs = [_pair(_CATEGORY, entity.category)]
    pairs += [_pair(_TAXON, entity.taxon)] if entity.taxon else []
    xrefs = []
    for xref in entity.xrefs:
        if xref.label == REPLACED_BY:
            pairs.append(_pair(_REPLACED_BY, xref.curie))
        elif xref.label == CONSIDER:
            pairs.append(_pair(f"{_OIO}consider", xref.curie))
        elif xref.match == "related" and xref.label != DEFINED_BY:
            xrefs.append(_kept({"val": xref.curie, "lbl": xref.label}))
        elif xref.match != "related":
            pairs.append(_pair(f"{_SKOS}{xref.match}Match", xref.curie))
    if defined and not entity.description:
        xrefs += [{"val": curie, "lbl": DEFINED_BY} for curie in defined]
    meta = {
        "definition": _kept({"val": entity.description, "xrefs": defined})
        if entity.description
        else {},
        "synonyms": [{"pred": "hasRelatedSynonym", "val": name} for name in entity.synonyms],
        "xrefs": xrefs,
        "basicPropertyValues": pairs,
    }
    iri = own.outward(_iri(entity.id, ENTITY))
    return {"id": iri, "lbl": entity.name, "type": "CLASS", "meta": _kept(meta)}


def _relation(name: str, graph: Graph, own: Addresses) -> dict[str, Any]:
    """The node of a predicate; none of the one that the format has a word for."""
    if name == "subclass_of":
        return {}
    row = graph.words.relation(name)
    meta = {
        "definition": _kept({"val": row.definition}),
        "basicPropertyValues": [_pair(_SIGN, str(row.sign))],
    }
    iri = own.outward(_iri(name, ONTOLOGY))
    return {"id": iri, "lbl": row.label, "type": "PROPERTY", "meta": _kept(meta)}


def _written_edge(statement: Statement, own: Addresses) -> dict[str, Any]:
    supporting = [
        _kept({"val": row.source, "lbl": row.summary})
        for row in statement.evidence
        if row.stance == "supports" and not row.retracted
    ]
    name = statement.predicate
    written = {
        "sub": own.outward(_iri(statement.subject, ENTITY)),
        "pred": "is_a" if name == "subclass_of" else own.outward(_iri(name, ONTOLOGY)),
        "obj": own.outward(_iri(statement.object, ENTITY)),
        "meta": _kept(
            {"xrefs": supporting, "basicPropertyValues": list(_qualifiers(statement.qualifiers))}
        ),
    }
    return _kept(written)


def _qualifiers(pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    for key, value in pairs:
        yield _pair(f"{ONTOLOGY}{key}", value)


def _iri(identifier: str, base: str) -> str:
    is_address = identifier.startswith(("http://", "https://"))
    return identifier if is_address else expand(identifier, base)
