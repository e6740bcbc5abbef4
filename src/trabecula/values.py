"""Records, and what follows from them, as plain values: for JSON, pages and figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from trabecula import cache, cite, effects
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.lookup import Hit
from trabecula.model import Entity, Evidence, Source, Statement, mapping
from trabecula.quantities import ends_of
from trabecula.standing import basis, reading
from trabecula.uncollected import uncollected
from trabecula.vocabulary import BASES, STANCES, STATUSES, STRENGTHS, Vocabulary

if TYPE_CHECKING:
    from trabecula.reason.concluded import Conclusion
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
    for side, pairs in (
        ("in", graph.influenced_by(entity)),
        ("out", graph.influences(entity)),
        ("related", ((s, "") for s in graph.touching(entity))),
    ):
        for statement, _ in pairs:
            relation = graph.words.relation(statement.predicate)
            group = "states" if relation.influence == "both" else side
            if not any(statement.id in other for other in groups.values()):
                groups[group][statement.id] = statement
    return Surroundings(*(tuple(group.values()) for group in groups.values()))


#: Statements beyond which loops and conflicts are not counted: that would take longer than a card
#: may take.
LARGE: Final = 5_000
#: Of how many graphs the conflicts are kept: those used last.
KEPT: Final = 4


def loops_and_conflicts(graph: Graph, entity: str) -> tuple[int, int] | None:
    """How many feedback loops and how many conflicts are about the quantity of an entity.

    They are those that `trabecula loops` and `trabecula conflicts` find where nothing else is
    asked for, without what only depends on where one looks. None for a graph of more than `LARGE`
    statements, which are not looked through.
    """
    from trabecula.reason.loops import loops

    if len(graph.statements) > LARGE:
        return None
    columns = graph.columns
    ends = ends_of(columns, entity)
    about = sum(not ends.isdisjoint(each) for each in _conflicts(graph))
    return len(loops(columns, through=entity).loops), about


def _conflicts(graph: Graph) -> list[list[str]]:
    """The two ends of each conflict, worked out once; of the shipped graph it is kept beside it."""
    derived = graph.columns.derived
    ends: list[list[str]] | None = derived.get("conflicts")
    if ends is None:
        path = graph.kept and graph.kept.with_suffix(".conflicts")
        body = cache.read(path) if path else None
        if body is not None:
            ends = json.loads(body)
        else:
            from trabecula.reason.conflicts import conflicts  # which what is kept does not need

            disagreements = conflicts(graph.columns, kinds=("direct", "indirect")).conflicts
            ends = [[conflict.start, conflict.end] for conflict in disagreements]
            if path:
                cache.write(path, json.dumps(ends).encode("utf-8"), KEPT)
        derived["conflicts"] = ends
    return ends


#: How much evidence gives numbers and how many statements were read twice, where any.
_ON_RECORD: Final = {
    "sized": "pieces of evidence with a size in numbers",
    "twice": "statements read twice",
}


@uncollected
def counts(graph: Graph) -> dict[str, dict[str, int]]:
    """How many there are of what: numbers by heading and row, in the order of the vocabulary."""
    return in_order(graph.tallies(), graph.words)


def in_order(tallies: Mapping[str, Counter[str]], words: Vocabulary) -> dict[str, dict[str, int]]:
    """What `Graph.tallies` counted, by heading and row, in the order of the vocabulary."""

    def tally(name: str, order: Iterable[str] = ()) -> dict[str, int]:
        counted = tallies[name]
        named = [value for value in order if value in counted]
        return {value: counted[value] for value in (*named, *sorted(set(counted) - set(named)))}

    how_many, sources = tallies["graph"], tallies["coverage"]
    return {
        "graph": {
            "entities": how_many["entities"],
            "statements": how_many["statements"],
            "pieces of evidence": how_many["evidence"],
            "sources": how_many["papers"],
        },
        "coverage": {
            "sources read": sources["read"],
            "sources not read": how_many["papers"] - sources["read"],
            "sources cited": sources["cited"],
            "statements with support from primary human evidence": sources["human"],
            "connected parts": sources["parts"],
            **{row: sources[name] for name, row in _ON_RECORD.items() if sources[name]},
        },
        "statements by status": tally("status", STATUSES),
        "supported statements by what they rest on": tally("basis", BASES),
        "statements by topic": tally("topic"),
        "statements by predicate": tally("predicate", words.predicates),
        "statements by sign": tally("sign", ("positive", "negative", "none")),
        "entities by category": tally("category", words.categories),
        "evidence by stance": tally("stance", STANCES),
        "evidence by strength": tally("strength", STRENGTHS),
        "evidence by method": tally("method", words.methods),
        "evidence by species": tally("species"),
    }


def selection(
    expression: str, part: Graph, shown: Iterable[dict[str, Any]], entities: Iterable[Entity]
) -> dict[str, Any]:
    """The part of a graph that a selection names, with some of its statements and entities.

    `shown` are statements as `statement` gives them.
    """
    return {
        "selection": expression,
        "statements_found": len(part),
        "entities_found": len(part.entities),
        "entities": [
            {"id": entity.id, "name": entity.name, "category": entity.category}
            for entity in entities
        ],
        "statements": list(shown),
    }


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
            {"date": review.date, "kind": review.kind, "reader": review.reader}
            for review in statement.reviews
            if review.rows == statement.digest
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


def conclusion(conclusion: Conclusion) -> dict[str, Any]:
    """What follows for two entities; `docs/schema/conclusion.json` describes it."""
    return {
        "relation": conclusion.relation,
        "sign": conclusion.sign,
        "interval": conclusion.interval,
        "basis": conclusion.basis or None,
        "settled": conclusion.settled,
        "contexts": [
            {
                "relation": case.relation,
                "interval": case.interval,
                "context": mapping(case.context),
                "state": case.state or None,
                "statements": list(case.statements),
            }
            for case in conclusion.contexts
        ],
        "against": list(conclusion.against),
        "also": list(conclusion.also),
        "rests_on": list(conclusion.rests_on),
        "path": list(conclusion.path),
        "steps": conclusion.steps,
        "complete": not conclusion.stopped,
    }


def hits(ranked: Iterable[Hit]) -> list[dict[str, Any]]:
    """What a search found, the best first."""
    return [
        {
            "id": hit.entity.id,
            "name": hit.entity.name,
            "category": hit.entity.category,
            "score": round(hit.score, 1),
            "why": hit.why,
        }
        for hit in ranked
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
    from trabecula.formats import FORMATS  # of which nothing else here asks

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
            "parameters": [asdict(parameter) for parameter in query.parameters],
        }
        for query in library
    ]


def source(graph: Graph, source: Source) -> dict[str, Any]:
    """A source with what it says: the statements it speaks to, by its stance."""
    return {
        **asdict(source),
        "link": link(source.id) or source.url,
        "statements": [
            {"id": statement.id, "says": graph.sentence(statement), "stance": row.stance}
            for statement, row in spoken_to(graph, source)
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
