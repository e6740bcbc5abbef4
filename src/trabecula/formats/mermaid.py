"""Mermaid: a flowchart of the statements, for a page of documentation or an issue.

Written only, best of a selection: large graphs cannot be read as a chart. What is negated, refuted
or only denied is left out, for an arrow says that it is so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.characters import printed
from trabecula.graph import Graph
from trabecula.mapping.joined import in_words
from trabecula.model import Statement
from trabecula.standing import sayable

#: Arrows by sign: a head where more leads to more, a cross where it leads to less, dots where that
#: is not known. What goes with the other, or names a level of it, has a line without a head.
_ARROWS: Final = {1: "-->", -1: "--x", 0: "-.->"}
_MUTUAL: Final = {1: "<-->", -1: "x--x", 0: "<-.->"}
#: Besides letters and digits, what may stand in a text as it is.
_PLAIN: Final = frozenset(" ,-+/()=−·²⁺")


def render(graph: Graph) -> bytes:
    """A chart from left to right, with an edge for each statement, sorted by id."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    statements = [s for s in graph.statements.values() if not s.negated and sayable(s.evidence)]
    ends = sorted({*graph.entities, *(end for s in statements for end in (s.subject, s.object))})
    nodes = {end: f"n{number}" for number, end in enumerate(ends, start=1)}
    yield "flowchart LR"
    for end, node in nodes.items():
        yield f'    {node}["{escaped(graph.name(end))}"]'
    for statement in sorted(statements, key=lambda row: row.id):
        subject, object_ = nodes[statement.subject], nodes[statement.object]
        yield f"    {subject} {_arrow(statement, graph)} {object_}"


def _arrow(statement: Statement, graph: Graph) -> str:
    relation = graph.words.relation(statement.predicate)
    sign = graph.words.sign_of(statement)
    words = [
        relation.label,
        *([f"({in_words(statement.qualifiers)})"] if statement.qualifiers else []),
    ]
    arrow = (_MUTUAL if relation.symmetric else _ARROWS)[sign]
    if sign and not relation.acts:
        arrow = "---"
    return f'{arrow}|"{escaped(" ".join(words))}"|'


def escaped(text: str) -> str:
    """A text in which nothing means anything to Mermaid: marks become codes.

    >>> escaped('a "b" & <i>')
    'a #34;b#34; #38; #60;i#62;'
    """
    return "".join(
        mark if not mark.isascii() or mark.isalnum() or mark in _PLAIN else f"#{ord(mark)};"
        for mark in printed(" ".join(text.split()))
    )
