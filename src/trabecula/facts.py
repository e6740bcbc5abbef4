"""Records and what follows from them as plain values, for JSON output and for pages."""

from __future__ import annotations

from typing import Any

from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.model import Entity, Evidence, Statement
from trabecula.selection import sign_of


def entity(graph: Graph, entity: Entity) -> dict[str, Any]:
    """An entity with the statements that act on it, those by which it acts, and the others."""
    acting = {s.id: s for s, _ in graph.influenced_by(entity.id)}
    acted = {s.id: s for s, _ in graph.influences(entity.id)}
    known = {**acting, **acted}
    return {
        "id": entity.id,
        "name": entity.name,
        "category": entity.category,
        "description": entity.description,
        "synonyms": list(entity.synonyms),
        "taxon": entity.taxon,
        "identifiers": [
            {"match": x.match, "curie": x.curie, "label": x.label, "link": link(x.curie)}
            for x in entity.xrefs
        ],
        "acts_on_it": [statement(graph, s) for s in acting.values()],
        "it_acts_on": [statement(graph, s) for s in acted.values()],
        "related": [statement(graph, s) for s in graph.touching(entity.id) if s.id not in known],
    }


def statement(graph: Graph, statement: Statement) -> dict[str, Any]:
    """A statement with its sign, status, independent sources and evidence."""
    return {
        "id": statement.id,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.object,
        "qualifiers": dict(statement.qualifiers),
        "negated": statement.negated,
        "topic": statement.topic,
        "sign": sign_of(statement),
        "status": graph.status(statement),
        "supporting": list(graph.independent(statement)),
        "disputing": list(graph.independent(statement, "disputes")),
        "evidence": [evidence(row) for row in statement.evidence],
    }


def evidence(row: Evidence) -> dict[str, Any]:
    """A piece of evidence; `link` is the page of its source."""
    return {
        "source": row.source,
        "stance": row.stance,
        "strength": row.strength,
        "method": row.method,
        "species": row.species,
        "system": row.system,
        "context": dict(row.context),
        "summary": row.summary,
        "locator": row.locator,
        "link": link(row.source),
    }
