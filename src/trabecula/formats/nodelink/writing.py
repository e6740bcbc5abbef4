"""Writing node-link JSON: each record as an object."""

from __future__ import annotations

import json
from dataclasses import asdict

from trabecula import about
from trabecula.formats.nodelink.values import SOURCE_TEXTS, Json
from trabecula.graph import Graph
from trabecula.model import (
    Entity,
    Source,
    Statement,
    mapping,
)
from trabecula.plain import row_of


def render(graph: Graph) -> bytes:
    """The graph as JSON: nodes, edges and sources in sorted order; empty values are left out."""
    document = {
        "directed": True,
        "multigraph": True,
        "graph": itself(graph),
        "nodes": [entity(row) for row in graph.entities.values()],
        "edges": [statement(row, graph) for row in graph.statements.values()],
        "sources": [source(row) for row in graph.sources.values()],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def itself(graph: Graph) -> Json:
    """What the graph says of itself; nothing where it says nothing."""
    return _kept({"name": graph.about.title, "about": about.values(graph.about)})


def _kept(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def entity(entity: Entity) -> Json:
    """An entity as a node; empty values are left out."""
    xrefs = [_kept({"match": x.match, "curie": x.curie, "label": x.label}) for x in entity.xrefs]
    optional = {
        "synonyms": list(entity.synonyms),
        "description": entity.description,
        "taxon": entity.taxon,
        "xrefs": xrefs,
    }
    return {
        "id": entity.id,
        "name": entity.name,
        "category": entity.category,
        **_kept(optional),
    }


def source(source: Source) -> Json:
    """A source as an object; empty values are left out."""
    texts = {name: getattr(source, name) for name in SOURCE_TEXTS}
    several = {"authors": list(source.authors), "xrefs": list(source.xrefs)}
    return {"id": source.id, "abstract_read": source.abstract_read, **_kept({**texts, **several})}


def statement(statement: Statement, graph: Graph) -> Json:
    """A statement as an edge with its evidence; `graph` knows which sources are independent."""
    return {
        "source": statement.subject,
        "target": statement.object,
        "key": statement.id,
        "predicate": statement.predicate,
        "negated": statement.negated,
        "sign": graph.words.sign_of(statement),
        "status": graph.status(statement),
        "supporting": len(graph.independent(statement)),
        "disputing": len(graph.independent(statement, "disputes")),
        **_kept(
            {
                "qualifiers": mapping(statement.qualifiers),
                "topic": statement.topic,
                "reviews": [asdict(review) for review in statement.reviews],
            }
        ),
        "evidence": [row_of(row) for row in statement.evidence],
    }
