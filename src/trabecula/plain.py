"""Entities and statements as plain attributes: text, numbers and truth values, each by its name.

That is what networkx, igraph and pandas take, and what the files of network programs hold. Several
values stand in one text with ` | ` between them, and a context as `severity=mild; sex=male`; where
such a text could be taken for another, it is JSON. `mapping.joined` reads them back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from trabecula.graph import Graph
from trabecula.mapping.joined import TEXTS, joined, paired
from trabecula.model import Entity, Evidence, Statement, mapping
from trabecula.standing import sayable

#: Name -> value.
Attributes: TypeAlias = dict[str, str | int | bool]


def nodes(graph: Graph) -> Iterator[tuple[str, Attributes]]:
    """Identifier and attributes of each node; of one that is only mentioned nothing else is known.

    Attributes that say nothing are left out.
    """
    for key, entity in graph.entities.items():
        yield key, {"identifier": key, **_kept(of_entity(entity))}
    ends = {
        end
        for statement in graph.statements.values()
        for end in (statement.subject, statement.object)
    }
    for key in sorted(ends - set(graph.entities)):
        yield key, {"identifier": key}


def edges(graph: Graph) -> Iterator[tuple[Statement, Attributes]]:
    """Each statement with its attributes and its id; those that say nothing are left out."""
    for key, statement in graph.statements.items():
        yield statement, {"statement": key, **_kept(of_statement(statement, graph))}


def of_entity(entity: Entity) -> Attributes:
    """The attributes of an entity; what is unknown is empty text."""
    return {
        "name": entity.name,
        "category": entity.category,
        "synonyms": joined(entity.synonyms),
        "xrefs": joined([f"{x.match} {x.curie} {x.label}".rstrip() for x in entity.xrefs]),
        "description": entity.description,
        "taxon": entity.taxon,
    }


def of_statement(statement: Statement, graph: Graph) -> Attributes:
    """The attributes of a statement; what is unknown is empty text.

    `sayable` is whether it may be repeated without its evidence, which is not so where it is
    negated, refuted or only denied: then `label` and `interaction`, which programs show, say so.
    `evidence` is JSON: a list with an object for each row.
    """
    label = in_short(statement, graph)
    evidence = [row_of(row) for row in statement.evidence]
    return {
        "predicate": statement.predicate,
        "label": label,
        "interaction": label,
        "sign": graph.words.sign_of(statement),
        "status": graph.status(statement),
        "negated": statement.negated,
        "sayable": not statement.negated and sayable(statement.evidence),
        "supporting": len(graph.independent(statement)),
        "disputing": len(graph.independent(statement, "disputes")),
        "qualifiers": paired(statement.qualifiers),
        "topic": statement.topic,
        "sources": joined(sorted({row.source for row in statement.evidence})),
        "evidence": json.dumps(evidence, ensure_ascii=False) if evidence else "",
    }


def in_short(statement: Statement, graph: Graph) -> str:
    """What a statement says of its ends, in words: `not: increases`, `inhibits (refuted)`."""
    label = graph.words.relation(statement.predicate).label
    if statement.negated:
        label = f"not: {label}"
    if graph.status(statement) == "refuted":
        return f"{label} (refuted)"
    return label if sayable(statement.evidence) else f"{label} (denied)"


def row_of(row: Evidence) -> dict[str, Any]:
    """A row of evidence as an object of JSON; empty values are left out."""
    values: dict[str, Any] = {name: getattr(row, name) for name in TEXTS}
    values["context"] = mapping(row.context)
    values["effect"] = row.effect.filled if row.effect else {}
    return {name: value for name, value in values.items() if value not in ("", {})}


def _kept(attributes: Attributes) -> Attributes:
    return {name: value for name, value in attributes.items() if value != ""}
