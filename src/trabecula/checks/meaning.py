"""Checks of what statements mean: do they use the vocabulary as it is defined?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trabecula.addresses import undeclared
from trabecula.checks.content import where
from trabecula.errors import Problem
from trabecula.graph import Graph
from trabecula.misspelt import nearest, unknown
from trabecula.prefixes import PREFIXES, space_of
from trabecula.vocabulary import CATEGORIES, is_elsewhere, kin


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
    """Categories and predicates that neither the vocabulary nor the graph defines.

    Those with a prefix are words of another vocabulary, which are kept as they are.
    """
    categories, predicates = graph.words.categories, graph.words.predicates
    messages: dict[str, str] = {}  # the same few words stand in many records
    for key, entity in graph.entities.items():
        if entity.category not in categories and not is_elsewhere(entity.category):
            what = messages.get(entity.category) or unknown("category", entity.category, categories)
            messages[entity.category] = what
            yield Problem("unknown-category", key, what, _DEFINE.format("category", "categories"))
    messages.clear()
    for statement in graph.statements.values():
        name = statement.predicate
        if name not in predicates and not is_elsewhere(name):
            what = messages.get(name) or unknown("predicate", name, predicates).split("; known")[0]
            messages[name] = what
            fix = _DEFINE.format("predicate", "predicates")
            yield Problem("unknown-predicate", where(statement), what, fix)


_DEFINE = "use a {} of the vocabulary, or define it under [{}] in about.toml"


def prefixes(graph: Graph) -> Iterator[Problem]:
    """Prefixes that no table knows and the graph does not declare, each where it first stands."""
    for prefix, place in undeclared(graph.prefixes, graph.about).items():
        what = f"nobody declares the prefix {prefix}; its IRIs begin with {space_of(prefix)}"
        close = nearest(prefix, PREFIXES)
        meant = f", or write {' or '.join(close)}" if close else ""
        fix = f"declare it under [prefixes] in about.toml{meant}"
        yield Problem("unknown-prefix", place, what, fix, "warning")


def domains(graph: Graph) -> Iterator[Problem]:
    """Statements between entities of categories that their predicate does not connect."""
    for statement in graph.statements.values():
        predicate = graph.words.predicates.get(statement.predicate)
        if predicate is None:
            continue
        ends = (
            ("subject", statement.subject, predicate.domain),
            ("object", statement.object, predicate.range),
        )
        for role, end, allowed in ends:
            entity = graph.entities.get(end)
            if entity and allowed and not _fits(graph, entity.category, allowed):
                what = f"the {role} {end} is of category {entity.category}"
                fix = f"{predicate.name} takes {', '.join(allowed)}"
                yield Problem("outside-domain", where(statement), what, fix)


def _fits(graph: Graph, category: str, allowed: Collection[str]) -> bool:
    """Whether a category may be one of those that a predicate takes.

    A category of the graph's own is what its `parent` is; where that is any entity, nobody knows
    what it is not.
    """
    category = kin(category)
    row = graph.words.categories.get(category)
    if category in allowed or category in CATEGORIES or row is None:
        return category in allowed
    above, own = row.parent, {each.iri_name: each.parent for each in graph.about.categories}
    while above in own:
        above = own.pop(above)
    taken = [CATEGORIES[name] for name in allowed if name in CATEGORIES]
    return above in ("Entity", *(word for each in taken for word in (each.iri_name, each.parent)))


def mirrored(graph: Graph) -> Iterator[Problem]:
    """Statements about one entity only, and symmetric statements made in both directions."""
    made = {statement.key[:4] for statement in graph.statements.values()}
    for statement in graph.statements.values():
        if statement.subject == statement.object:
            fix = "a statement connects two entities"
            yield Problem("self-statement", where(statement), "subject and object are one", fix)
            continue
        predicate = graph.words.predicates.get(statement.predicate)
        if predicate is None or not predicate.symmetric or statement.subject > statement.object:
            continue
        turned = (statement.object, statement.predicate, statement.subject, statement.qualifiers)
        if turned in made:
            what = f"{predicate.name} is symmetric and stands in both directions"
            fix = "keep one direction with the evidence of both"
            yield Problem("both-directions", where(statement), what, fix)
