"""Records, and what follows from them, as plain values: for JSON, pages and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from trabecula import cite, effects
from trabecula.formats import FORMATS
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.lookup import Hit
from trabecula.model import Entity, Evidence, Source, Statement, mapping
from trabecula.quantities import quantities_of
from trabecula.reason.conclusions import Conclusion
from trabecula.standing import basis, reading
from trabecula.vocabulary import BASES, STANCES, STATUSES, STRENGTHS, Vocabulary

if TYPE_CHECKING:
    from trabecula.sparql import NamedQuery


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The statements about one entity, by what they say of influence."""

    acts_on_it: tuple[Statement, ...]
    it_acts_on: tuple[Statement, ...]
    states: tuple[Statement, ...]  # the same thing seen otherwise: its level, its lack, its excess
    related: tuple[Statement, ...]  # structure and association, which carry no influence


def surroundings(graph: Graph, entity: str) -> Surroundings:
    """The statements about the entity with this id, each in one group."""
    groups: dict[str, dict[str, Statement]] = {"in": {}, "out": {}, "states": {}, "related": {}}
    for side, found in (
        ("in", graph.influenced_by(entity)),
        ("out", graph.influences(entity)),
        ("related", ((s, "") for s in graph.touching(entity))),
    ):
        for statement, _ in found:
            known = graph.words.relation(statement.predicate)
            group = "states" if known.influence == "both" else side
            if not any(statement.id in other for other in groups.values()):
                groups[group][statement.id] = statement
    return Surroundings(*(tuple(group.values()) for group in groups.values()))


#: Statements beyond which loops and conflicts are not counted: that would take longer than a card
#: may take.
LARGE: Final = 5_000


def loops_and_conflicts(graph: Graph, entity: str) -> tuple[int, int] | None:
    """How many feedback loops and how many conflicts are about the quantity of an entity.

    They are those that `trabecula loops` and `trabecula conflicts` find where nothing else is
    asked for, without what only depends on where one looks. None for a graph of more than `LARGE`
    statements, which are not looked through.
    """
    from trabecula.reason.conflicts import conflicts
    from trabecula.reason.loops import loops

    if len(graph.statements) > LARGE:
        return None
    kinds = ("direct", "indirect")
    columns = graph.columns
    number = columns.number(entity)
    quantity = columns.entities[quantities_of(columns).of[number]] if number >= 0 else entity
    about = sum(
        not {entity, quantity}.isdisjoint((conflict.start, conflict.end))
        for conflict in conflicts(columns, kinds=kinds).found
    )
    return len(loops(columns, through=entity).found), about


def counts(graph: Graph) -> dict[str, dict[str, int]]:
    """How many there are of what: numbers by heading and row, in the order of the vocabulary."""
    statements, words = graph.statements.values(), graph.words
    statuses = [graph.status(statement) for statement in statements]
    primary = {name for name, method in words.methods.items() if method.primary}
    evidence_rows = [row for statement in statements for row in statement.evidence]
    papers = {graph.papers[key] for key in graph.sources}
    read = {graph.papers[key] for key, source in graph.sources.items() if source.abstract_read}

    def tally(values: Iterable[str], order: Iterable[str] = ()) -> dict[str, int]:
        found = Counter(values)
        known = [value for value in order if value in found]
        return {value: found[value] for value in (*known, *sorted(set(found) - set(known)))}

    return {
        "graph": {
            "entities": len(graph.entities),
            "statements": len(statements),
            "pieces of evidence": len(evidence_rows),
            "sources": len(papers),
        },
        "coverage": {
            "sources read": len(read),
            "sources not read": len(papers - read),
            "sources cited": len({row.one_source for row in evidence_rows}),
            "statements with support from primary human evidence": sum(
                _measured_in_people(statement, primary) for statement in statements
            ),
            "connected parts": len(graph.components()),
            **_on_record(statements, evidence_rows),
        },
        "statements by status": tally(statuses, STATUSES),
        "supported statements by what they rest on": tally(
            (
                basis(s.evidence) or "not stated"
                for s, status in zip(statements, statuses, strict=True)
                if status == "supported"
            ),
            BASES,
        ),
        "statements by topic": tally(s.topic for s in statements),
        "statements by predicate": tally((s.predicate for s in statements), words.predicates),
        "statements by sign": tally(
            ({1: "positive", -1: "negative", 0: "none"}[words.sign_of(s)] for s in statements),
            ("positive", "negative", "none"),
        ),
        "entities by category": tally(
            (e.category for e in graph.entities.values()), words.categories
        ),
        "evidence by stance": tally((row.stance for row in evidence_rows), STANCES),
        "evidence by strength": tally((row.strength for row in evidence_rows), STRENGTHS),
        "evidence by method": tally((row.method for row in evidence_rows), words.methods),
        "evidence by species": tally(row.species or "not stated" for row in evidence_rows),
    }


def _on_record(
    statements: Iterable[Statement], evidence_rows: Iterable[Evidence]
) -> dict[str, int]:
    """How much evidence gives numbers and how many statements were read twice, where any."""
    found = {
        "pieces of evidence with a size in numbers": sum(
            row.effect is not None and bool(row.effect.value) for row in evidence_rows
        ),
        "statements read twice": sum(reading(one) == "twice" for one in statements),
    }
    return {name: count for name, count in found.items() if count}


def _measured_in_people(statement: Statement, primary: Collection[str]) -> bool:
    """Whether a source that supports it, and was read, measured it in people.

    `primary` are the methods that yield data of their own.
    """
    return any(
        row.stance == "supports"
        and row.weighs
        and row.strength != "title-only"
        and row.species == "human"
        and row.method in primary
        for row in statement.evidence
    )


def entity(graph: Graph, entity: Entity) -> dict[str, Any]:
    """An entity with the statements about it, in the groups of `surroundings`.

    `loops` and `conflicts` are those of `loops_and_conflicts`, null where they are not counted.
    """
    around = surroundings(graph, entity.id)
    feedback, disagreement = loops_and_conflicts(graph, entity.id) or (None, None)
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
        "acts_on_it": [statement(graph, s) for s in around.acts_on_it],
        "it_acts_on": [statement(graph, s) for s in around.it_acts_on],
        "states": [statement(graph, s) for s in around.states],
        "related": [statement(graph, s) for s in around.related],
        "loops": feedback,
        "conflicts": disagreement,
    }


def statement(graph: Graph, statement: Statement) -> dict[str, Any]:
    """A statement with its sign, status, independent sources and evidence.

    A key of a context that has several values has them as a list.
    """
    return {
        "id": statement.id,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.object,
        "qualifiers": mapping(statement.qualifiers),
        "negated": statement.negated,
        "topic": statement.topic,
        "sign": graph.words.sign_of(statement),
        "status": graph.status(statement),
        "basis": basis(statement.evidence) or None,
        "supporting": list(graph.independent(statement)),
        "disputing": list(graph.independent(statement, "disputes")),
        "reading": reading(statement),
        "reviews": [
            {"date": one.date, "kind": one.kind, "reader": one.reader}
            for one in statement.reviews
            if one.rows == statement.digest
        ],
        "evidence": [evidence(row) for row in statement.evidence],
    }


def evidence(row: Evidence) -> dict[str, Any]:
    """A piece of evidence; `link` is the page of its source, `retracted` whether that was."""
    return {
        "source": row.source,
        "stance": row.stance,
        "strength": row.strength,
        "method": row.method,
        "species": row.species,
        "system": row.system,
        "context": mapping(row.context),
        "effect": effects.values(row.effect),
        "summary": row.summary,
        "locator": row.locator,
        "link": link(row.source),
        "retracted": row.retracted,
    }


def conclusion(found: Conclusion) -> dict[str, Any]:
    """What follows for two entities; `docs/schema/conclusion.json` describes it."""
    return {
        "relation": found.relation,
        "sign": found.sign,
        "interval": found.interval,
        "basis": found.basis or None,
        "settled": found.settled,
        "contexts": [
            {
                "relation": case.relation,
                "interval": case.interval,
                "context": mapping(case.context),
                "state": case.state or None,
                "statements": list(case.statements),
            }
            for case in found.contexts
        ],
        "against": list(found.against),
        "also": list(found.also),
        "rests_on": list(found.rests_on),
        "path": list(found.path),
        "steps": found.steps,
        "complete": not found.stopped,
    }


def hits(found: Iterable[Hit]) -> list[dict[str, Any]]:
    """What a search found, the best first."""
    return [
        {
            "id": hit.entity.id,
            "name": hit.entity.name,
            "category": hit.entity.category,
            "score": round(hit.score, 1),
            "why": hit.why,
        }
        for hit in found
    ]


def references(sources: Iterable[Source]) -> dict[str, Any]:
    """Sources as references; the fields of each are those of `show SOURCE --json`."""
    return {
        "references": [
            {
                "id": source.id,
                "reference": cite.line(source),
                "link": link(source.id) or source.url,
            }
            for source in sources
        ]
    }


def vocabulary(words: Vocabulary) -> dict[str, Any]:
    """The predicates and categories of a graph."""
    return {
        "predicates": [
            {
                "name": row.name,
                "label": row.label,
                "sign": row.sign,
                "influence": row.influence,
                "kind": row.kind,
                "definition": row.definition,
            }
            for row in words.predicates.values()
        ],
        "categories": [
            {"name": row.name, "label": row.label, "definition": row.definition}
            for row in words.categories.values()
        ],
    }


def formats() -> list[dict[str, Any]]:
    """The formats of files."""
    return [
        {
            "name": form.name,
            "suffixes": list(form.suffixes),
            "reads": bool(form.reads),
            "writes": bool(form.writes),
            "description": form.description,
        }
        for form in FORMATS.values()
    ]


def not_modelled(rows: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    """What was left out of a curated folder, by source."""
    return [{"source": source, "what": what, "why": why} for what, source, why in rows]


def queries(library: Iterable[NamedQuery]) -> list[dict[str, Any]]:
    """The library of queries."""
    return [
        {
            "name": query.name,
            "title": query.title,
            "parameters": [
                {
                    "name": one.name,
                    "type": one.type,
                    "default": one.default,
                    "description": one.description,
                }
                for one in query.parameters
            ],
        }
        for query in library
    ]


def source(graph: Graph, source: Source) -> dict[str, Any]:
    """A source with what it says: the statements it speaks to, by its stance."""
    return {
        **asdict(source),
        "link": link(source.id) or source.url,
        "statements": [
            {"id": found.id, "says": graph.sentence(found), "stance": row.stance}
            for found, row in spoken_to(graph, source)
        ],
    }


def spoken_to(graph: Graph, source: Source) -> list[tuple[Statement, Evidence]]:
    """The statements that a source speaks to, with what it says of each."""
    return [
        (statement, row)
        for statement in graph.statements.values()
        for row in statement.evidence
        if row.source == source.id
    ]
