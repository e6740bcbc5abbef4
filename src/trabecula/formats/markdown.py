"""Markdown: a table of the statements with what speaks for each and against it, to be read.

Written only. Nothing in a text is taken for a mark of Markdown or of HTML, and nothing becomes a
link but the identifiers of registries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from trabecula.characters import folded
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.mapping.joined import in_words
from trabecula.model import Evidence, Statement

_COLUMNS: Final = ("Subject", "", "Object", "Status", "For", "Against", "With limits")
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&@:$^=\"'/])")


def render(graph: Graph) -> bytes:
    """A heading and the table, sorted by the names of subject and object."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    yield f"# {escaped(graph.about.title or 'Statements')}"
    yield ""
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"|{'---|' * len(_COLUMNS)}"
    rows = [list(_cells(statement, graph)) for statement in graph.statements.values()]
    for cells in sorted(rows, key=lambda row: [folded(cell) for cell in (row[0], row[2], *row)]):
        yield f"| {' | '.join(cells)} |"


def _cells(statement: Statement, graph: Graph) -> Iterator[str]:
    words = [graph.words.relation(statement.predicate).label]
    words += [f"({in_words(statement.qualifiers)})"] if statement.qualifiers else []
    relation = escaped(" ".join(words))
    yield escaped(graph.name(statement.subject))
    yield f"**not** {relation}" if statement.negated else relation
    yield escaped(graph.name(statement.object))
    yield escaped(graph.status(statement))
    for stance in ("supports", "disputes", "qualifies"):
        yield "; ".join(_reason(row, graph) for row in statement.evidence if row.stance == stance)


def _reason(row: Evidence, graph: Graph) -> str:
    page = link(row.source)
    record = graph.sources.get(row.source)
    name = row.source if page or record is None or not record.title else record.title
    shown = f"[{escaped(name)}](<{page}>)" if page else escaped(name)
    marks = " (retracted)" if row.retracted else ""
    words = f": {escaped(row.summary)}" if row.summary else ""
    return f"{shown}{marks}{words}"


def escaped(text: str) -> str:
    r"""A text in which nothing is a mark.

    >>> escaped("a|b <i>")
    'a\\|b \\<i\\>'
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
