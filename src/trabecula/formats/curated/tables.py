"""The canonical tables of a graph: columns, rows, and the order of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields, replace
from typing import Final

from trabecula import about
from trabecula.characters import folded
from trabecula.model import (
    About,
    Context,
    Effect,
    Entity,
    Evidence,
    Record,
    Source,
    Statement,
    Xref,
)
from trabecula.vocabulary import MATCHES

ENTITY_COLUMNS: Final = ("id", "name", "category", "xrefs", "synonyms", "description", "taxon")
SOURCE_COLUMNS: Final = (
    "id", "kind", "reference", "title", "year", "authors", "journal", "study_type",
    "organism", "abstract_read", "group", "xrefs", "url", "note",
)  # fmt: skip
#: Columns of sources that a table has where one of them needs it, in this order behind the others.
MORE_OF_SOURCES: Final = ("standing", "standing_date", "volume", "issue", "pages")
STATEMENT_COLUMNS: Final = (
    "subject", "predicate", "object", "qualifiers", "source", "stance", "strength",
    "method", "species", "system", "context", "summary", "locator",
)  # fmt: skip
#: The fields of an effect, as columns.
EFFECT_COLUMNS: Final = tuple(field.name for field in fields(Effect))
#: The columns of statements where a row of the table gives numbers.
WITH_EFFECT: Final = (*STATEMENT_COLUMNS, *EFFECT_COLUMNS)

REVIEW_COLUMNS: Final = ("statement", "date", "kind", "reader", "rows")

#: What a cell must not begin with, because spreadsheets run it as a formula.
FORMULA: Final = ("=", "+", "-", "@")
#: What stands between several values in a cell.
BETWEEN: Final = " | "
#: The name of the table of reviews, which is there where a statement was reviewed.
REVIEWS_TABLE: Final = "reviews.tsv"
#: The name of the table of statements without a topic.
WITHOUT_TOPIC: Final = "statements"


def render(records: Iterable[Record]) -> dict[str, str]:
    """The canonical tables of these records: path within the folder -> text."""
    entities, sources = [], []
    topics: dict[str, list[tuple[str, ...]]] = {}
    reviews: list[tuple[str, ...]] = []
    whole = About()
    for record in records:
        if isinstance(record, About):
            whole = record
        elif isinstance(record, Entity):
            entities.append(_entity_row(record))
        elif isinstance(record, Source):
            sources.append(_source_row(record))
        elif isinstance(record, Statement):
            rows = topics.setdefault(record.topic or WITHOUT_TOPIC, [])
            rows.extend(_statement_row(record, evidence) for evidence in record.evidence)
            reviews.extend((record.id, *astuple(review)) for review in record.reviews)
    tables = {
        "entities.tsv": table(ENTITY_COLUMNS, entities),
        "sources.tsv": _of_sources(sources),
    }
    if reviews:
        tables[REVIEWS_TABLE] = table(REVIEW_COLUMNS, reviews)
    if whole != About():
        ids = {row[0] for row in entities}  # of a part of a graph, which need not have it
        focus = tuple(filter(ids.__contains__, whole.focus))
        tables[about.FILE] = about.render(replace(whole, focus=focus))
    for topic, rows in sorted(topics.items()):
        tables[f"statements/{topic}.tsv"] = _fitting(STATEMENT_COLUMNS, WITH_EFFECT, rows)
    return tables


def _of_sources(rows: Sequence[tuple[str, ...]]) -> str:
    """The table of sources, with those columns more that a row needs."""
    first = len(SOURCE_COLUMNS)
    needed = [n for n, _ in enumerate(MORE_OF_SOURCES, first) if any(row[n] for row in rows)]
    columns = (*SOURCE_COLUMNS, *(MORE_OF_SOURCES[n - first] for n in needed))
    return table(columns, ((*row[:first], *(row[n] for n in needed)) for row in rows))


def _fitting(few: tuple[str, ...], many: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """The text of a table with many columns where a row needs them, else with few."""
    columns = many if any(any(row[len(few) :]) for row in rows) else few
    return table(columns, (row[: len(columns)] for row in rows))


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """The text of a table: its columns, then its rows in order."""
    lines = ("\t".join(row) for row in (columns, *sorted(rows)))
    return "".join(f"{line}\n" for line in lines)


def text_order(text: str) -> tuple[bool, str, str]:
    """Texts sort without regard to case, then by it; what a cell must not begin with comes last.

    >>> sorted(["=C", "a", "-OH", "B"], key=text_order)
    ['a', 'B', '-OH', '=C']
    """
    return (text.startswith(FORMULA), folded(text), text)


def xref_order(xref: Xref) -> tuple[int, str]:
    """Cross-references sort by how well they match, then by CURIE."""
    return (MATCHES.index(xref.match), xref.curie)


def _entity_row(entity: Entity) -> tuple[str, ...]:
    ordered = sorted(entity.xrefs, key=xref_order)
    xrefs = (f"{xref.match} {xref.curie} {xref.label}".strip() for xref in ordered)
    return (
        entity.id,
        entity.name,
        entity.category,
        BETWEEN.join(xrefs),
        BETWEEN.join(sorted(entity.synonyms, key=text_order)),
        entity.description,
        entity.taxon,
    )


def _source_row(source: Source) -> tuple[str, ...]:
    return (
        source.id,
        source.kind,
        source.reference,
        source.title,
        source.year,
        BETWEEN.join(source.authors),
        source.journal,
        source.study_type,
        source.organism,
        "yes" if source.abstract_read else "no",
        source.group,
        BETWEEN.join(sorted(source.xrefs)),
        source.url,
        source.note,
        *(getattr(source, name) for name in MORE_OF_SOURCES),
    )


def _statement_row(statement: Statement, evidence: Evidence) -> tuple[str, ...]:
    return (
        statement.subject,
        statement.predicate,
        statement.object,
        _pairs(statement.qualifiers),
        evidence.source,
        evidence.stance,
        evidence.strength,
        evidence.method,
        evidence.species,
        evidence.system,
        _pairs(evidence.context),
        evidence.summary,
        evidence.locator,
        *(getattr(evidence.effect, name) if evidence.effect else "" for name in EFFECT_COLUMNS),
    )


def _pairs(context: Context) -> str:
    return "; ".join(f"{key}={value}" for key, value in sorted(context))
