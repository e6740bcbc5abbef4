"""CSV and TSV: one table with one row a statement, for spreadsheets and statistics programs.

Written only: a row has the names and counts that a reader needs, not every record behind them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from trabecula import effects
from trabecula.characters import folded
from trabecula.graph import Graph
from trabecula.mapping.joined import in_words
from trabecula.model import Statement
from trabecula.standing import reading

COLUMNS = (
    "subject", "statement", "object", "qualifiers", "negated", "sign", "status", "supporting",
    "disputing", "topic", "supporting_sources", "disputing_sources", "qualifying_sources",
    "summaries", "effects", "reading", "subject_id", "predicate", "object_id", "id",
)  # fmt: skip

_SIGNS = {1: "positive", 0: "none", -1: "negative"}
_DELIMITERS = {"csv": ",", "tsv": "\t"}


def render(graph: Graph, syntax: str) -> bytes:
    """The statements as `csv` or `tsv`, sorted by the names of subject and object.

    Cells with the delimiter or a quotation mark are quoted. A cell that a spreadsheet would run
    as a formula, because it begins with = + - or @, gets an apostrophe in front.
    """
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=_DELIMITERS[syntax], lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(sorted(_rows(graph), key=lambda row: [folded(cell) for cell in row]))
    return stream.getvalue().encode("utf-8")


def _rows(graph: Graph) -> Iterator[list[str]]:
    for statement in graph.statements.values():
        yield [_harmless(cell) for cell in _cells(statement, graph)]


def _cells(statement: Statement, graph: Graph) -> Iterator[str]:
    relation = graph.words.relation(statement.predicate)
    yield graph.name(statement.subject)
    yield relation.label
    yield graph.name(statement.object)
    yield in_words(statement.qualifiers)
    yield "yes" if statement.negated else "no"
    yield _SIGNS[graph.words.sign_of(statement)]
    yield graph.status(statement)
    yield str(len(graph.independent(statement)))
    yield str(len(graph.independent(statement, "disputes")))
    yield statement.topic
    for stance in ("supports", "disputes", "qualifies"):
        rows = (r.source for r in statement.evidence if r.stance == stance and not r.retracted)
        yield " | ".join(dict.fromkeys(rows))
    yield " | ".join(
        f"{row.source}{' (retracted)' if row.retracted else ''}: {row.summary}"
        for row in statement.evidence
        if row.summary
    )
    yield " | ".join(
        f"{row.source}{' (retracted)' if row.retracted else ''}: {effects.in_words(row.effect)}"
        for row in statement.evidence
        if row.effect
    )
    yield reading(statement) if graph.reviewed else ""
    yield statement.subject
    yield statement.predicate
    yield statement.object
    yield statement.id


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
