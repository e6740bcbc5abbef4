"""Identifiers that every reader settles, and which would therefore come back as others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.model import Entity, Record, Source, Statement
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.settled import settled


def any_unsettled(graph: Graph) -> bool:
    """Whether an identifier of the graph reads back as another one."""
    statements = graph.statements.values()
    names = {
        ENTITY: {
            name for statement in statements for name in (statement.subject, statement.object)
        },
        SOURCE: {row.source for statement in statements for row in statement.evidence},
        ONTOLOGY: {statement.predicate for statement in statements},
    }
    others: list[Record] = [*graph.entities.values(), *graph.sources.values()]
    for record in others:
        for base, identifiers in _names(record):
            names[base].update(identifiers)
    return any(
        _is_unsettled(name, base) for base, identifiers in names.items() for name in identifiers
    )


def _is_unsettled(name: str, base: str) -> bool:
    return not name or settled(name, base) != name


def refuse_unsettled(record: Record) -> None:
    """Raise `FormatError` where an identifier of the record reads back as another one."""
    every = ((name, base) for base, names in _names(record) for name in names)
    problems = []
    for name, base in dict.fromkeys(every):
        if _is_unsettled(name, base):
            what = f"{name!r} is another way to write {settled(name, base)!r}"
            fix = "write that" if name else "give it a name"
            problems.append(Problem("unsettled-identifier", record.id, what, fix))
    if problems:
        raise FormatError(problems)


def _names(record: Record) -> Iterable[tuple[str, Sequence[str]]]:
    """The identifiers in a record by the namespace of those without a prefix."""
    if isinstance(record, Statement):
        sources = [row.source for row in record.evidence]
        ends = (record.subject, record.object)
        return (ENTITY, ends), (ONTOLOGY, (record.predicate,)), (SOURCE, sources)
    if isinstance(record, Entity):
        xrefs = [xref.curie for xref in record.xrefs]
        return ((ENTITY, (record.id, *xrefs, *([record.taxon] if record.taxon else ()))),)
    return ((SOURCE, (record.id, *record.xrefs)),) if isinstance(record, Source) else ()
