"""Checks of what statements mean: do they use the vocabulary as it is defined?"""

from __future__ import annotations

from collections.abc import Iterator

from trabecula.checks.content import where
from trabecula.errors import Problem
from trabecula.graph import Graph
from trabecula.identifiers import unknown
from trabecula.vocabulary import CATEGORIES, PREDICATES


def references(graph: Graph) -> Iterator[Problem]:
    """Statements about entities, or with evidence from sources, that the graph does not hold."""
    for statement in graph.statements.values():
        for end in (statement.subject, statement.object):
            if end not in graph.entities:
                what, fix = f"there is no entity {end!r}", "add the entity or correct its id"
                yield Problem("dangling-entity", where(statement), what, fix)
        for row in statement.evidence:
            if row.source not in graph.sources:
                what, fix = f"there is no source {row.source!r}", "add the source or correct its id"
                yield Problem("dangling-source", where(statement), what, fix)


def vocabulary(graph: Graph) -> Iterator[Problem]:
    """Categories and predicates that the vocabulary does not define."""
    told: dict[str, str] = {}  # the same few words stand in many records
    for key, entity in graph.entities.items():
        if entity.category not in CATEGORIES:
            what = told.get(entity.category) or unknown("category", entity.category, CATEGORIES)
            told[entity.category] = what
            yield Problem("unknown-category", key, what, "use a category of the vocabulary")
    told.clear()
    for statement in graph.statements.values():
        name = statement.predicate
        if name not in PREDICATES:
            what = told.get(name) or unknown("predicate", name, PREDICATES).split("; known")[0]
            told[name] = what
            fix = "use a predicate of the vocabulary"
            yield Problem("unknown-predicate", where(statement), what, fix)


def domains(graph: Graph) -> Iterator[Problem]:
    """Statements between entities of categories that their predicate does not connect."""
    for statement in graph.statements.values():
        predicate = PREDICATES.get(statement.predicate)
        if predicate is None:
            continue
        ends = (
            ("subject", statement.subject, predicate.domain),
            ("object", statement.object, predicate.range),
        )
        for role, end, allowed in ends:
            entity = graph.entities.get(end)
            if entity and allowed and entity.category not in allowed:
                what = f"the {role} {end} is of category {entity.category}"
                fix = f"{predicate.name} takes {', '.join(allowed)}"
                yield Problem("outside-domain", where(statement), what, fix)


def mirrored(graph: Graph) -> Iterator[Problem]:
    """Statements about one entity only, and symmetric statements made in both directions."""
    made = {statement.key[:4] for statement in graph.statements.values()}
    for statement in graph.statements.values():
        if statement.subject == statement.object:
            fix = "a statement connects two entities"
            yield Problem("self-statement", where(statement), "subject and object are one", fix)
            continue
        predicate = PREDICATES.get(statement.predicate)
        if predicate is None or not predicate.symmetric or statement.subject > statement.object:
            continue
        turned = (statement.object, statement.predicate, statement.subject, statement.qualifiers)
        if turned in made:
            what = f"{predicate.name} is symmetric and stands in both directions"
            fix = "keep one direction with the evidence of both"
            yield Problem("both-directions", where(statement), what, fix)
