"""Statements and their evidence in words, as every report and card has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from trabecula import effects
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.standing import AGAINST_SOURCE, basis, reading, sayable
from trabecula.vocabulary import BASES, READINGS, STATUSES
from trabecula.words.outline import Block, Line, Table
from trabecula.words.terminal import styled

#: A plus, a true minus and a middle dot: the signs as a reader sees them.
SIGNS: Final = {1: "+", -1: "−", 0: "·"}
_STATUS_STYLE: Final = {
    "supported": "blue",
    "contested": "yellow",
    "refuted": "magenta",
    "title-only": "dim",
    "asserted-only": "dim",
    "no-evidence": "dim",
}
_STATUS_ORDER: Final = tuple(STATUSES)
_STANCE_WORDS: Final = {"supports": "for", "disputes": "against", "qualifies": "limits"}


def standing(graph: Graph, statement: Statement) -> str:
    """Its status in its colour, what supports it at best, and how many sources take which side."""
    status = graph.status(statement)
    return styled(status, _STATUS_STYLE[status]) + tally(graph, statement)


def judged(graph: Graph, statement: Statement) -> str:
    """A statement with its standing in brackets."""
    return f"{graph.sentence(statement)}  [{standing(graph, statement)}]"


def tally(graph: Graph, statement: Statement) -> str:
    """What supports it at best and how many independent sources take which side, in words."""
    ground = basis(statement.evidence) if graph.status(statement) == "supported" else ""
    pro = len(graph.independent(statement))
    contra = len(graph.independent(statement, "disputes"))
    parts = [BASES[ground]["label"]] if ground else []
    parts += [counted(pro, "source")] if pro else []
    parts += [f"{contra} against"] if contra else []
    gone = len({row.one_source for row in statement.evidence if row.retracted})
    parts += [f"{gone} retracted"] if gone else []
    if not parts and not sayable(statement.evidence):
        parts = ["denied by the article"]
    return f", {', '.join(parts)}" if parts else ""


def reviewed(statement: Statement) -> str:
    """Whether a second reader compared a statement with its sources, and when."""
    key = reading(statement)
    row = READINGS[key]
    dates = sorted(review.date for review in statement.reviews if review.kind == AGAINST_SOURCE)
    when = f" ({dates[-1]})" if dates else ""
    return f"{row['label']}{when}: {row['definition']}"


def listed(graph: Graph, statements: Iterable[Statement], *, evidence: bool) -> Iterator[Block]:
    """Statements, best supported first: sign, sentence and standing; with `evidence`, all of it."""
    ordered = sorted(
        statements,
        key=lambda s: (
            _STATUS_ORDER.index(graph.status(s)),
            -len(graph.independent(s)),
            graph.sentence(s),
            s.id,
        ),
    )
    if evidence:
        for statement in ordered:
            yield Line(1, f"{_signed(graph, statement)}  [{standing(graph, statement)}]")
            yield from evidence_lines(graph, statement, 2)
        return
    rows = [(_signed(graph, statement), standing(graph, statement)) for statement in ordered]
    yield Table(("statement", "standing"), rows, depth=1, share=0.64, silent=True)


def _signed(graph: Graph, statement: Statement) -> str:
    return f"{SIGNS[graph.words.sign_of(statement)]} {graph.sentence(statement)}"


def evidence_lines(graph: Graph, statement: Statement, depth: int) -> Iterator[Line]:
    """The evidence of a statement, papers before the article, for before against."""
    order = {"supports": 0, "qualifies": 1, "disputes": 2}
    rows = sorted(
        statement.evidence,
        key=lambda row: (
            row.retracted,
            row.strength == "asserted",
            order.get(row.stance, 3),
            row.source,
            row.digest,
        ),
    )
    for row in rows:
        stance = _STANCE_WORDS.get(row.stance, row.stance)
        gone = " (retracted, not counted)" if row.retracted else ""
        if not row.summary:
            yield Line(depth, f"{stance}{gone}: {provenance(graph, row)}")
            continue
        yield Line(depth, f"{stance}{gone}: {row.summary}")
        yield Line(depth + 1, provenance(graph, row), dim=True)


def provenance(graph: Graph, row: Evidence) -> str:
    """Where a piece of evidence comes from and in what context, on one line."""
    source, cited = graph.sources.get(row.source), row.source
    if source:
        authors = source.authors[0] if source.authors else ""
        year = source.year or "no date"
        cited = f"{authors} {year}, {row.source}".strip() if authors else f"{row.source}, {year}"
    term = graph.words.methods.get(row.method)
    method = term.label if term else row.method
    context = [f"{key.replace('_', ' ')}: {value}" for key, value in row.context]
    kind = "RETRACTED" if row.retracted else source.standing.replace("-", " ") if source else ""
    size = effects.in_words(row.effect) if row.effect else ""
    parts = [cited, kind, row.strength, method, row.species, row.system, size, *context]
    return " · ".join(part for part in dict.fromkeys(parts) if part)


def cut(items: Sequence[object], limit: int) -> Iterator[Line]:
    """That a list is longer than what is shown of it, if it is."""
    if len(items) > limit:
        yield Line(1, f"… and {len(items) - limit:,} more; --limit shows them")
