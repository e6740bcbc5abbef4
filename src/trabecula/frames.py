"""Answers and graphs as flat records, for data frames: `pandas.DataFrame(tb.rows(answer))`.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> sorted(tb.rows(tb.whatif(graph, "magnesium=down"))[0])[:4]
    ['against', 'basis', 'entity', 'interval']

Every record has the same columns, and a column holds texts, numbers or truth values, and nothing
else but None: so `polars.DataFrame(rows, infer_schema_length=None)` takes them, too. Neither of the
two is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import singledispatch
from typing import Any, Final

from trabecula.checks import Outcome
from trabecula.graph import Graph
from trabecula.lookup import Hit
from trabecula.reason import audit as audits
from trabecula.reason import compare as second
from trabecula.reason import conflicts as disagreements
from trabecula.reason import diagnose as causes
from trabecula.reason import explain as explanations
from trabecula.reason import whatif as effects
from trabecula.reason.concluded import Conclusion
from trabecula.sparql.results import NUMBERS, Result, shown
from trabecula.standing import basis, sayable

#: What a row says of a conclusion.
_COLUMNS: Final = ("relation", "sign", "interval", "basis", "settled", "steps")
_BOOLEAN: Final = "http://www.w3.org/2001/XMLSchema#boolean"


@singledispatch
def rows(answer: object) -> list[dict[str, Any]]:
    """An answer as flat records: one a path, an outcome, a cause, a pair, a claim or a conflict.

    A graph gives one a statement, a query one a row with IRIs in short and numbers as numbers, a
    search one an entity, a check one a problem. Raises `TypeError` for what is no answer.
    """
    raise TypeError(f"{type(answer).__name__} is no answer of trabecula")


@rows.register
def _(answer: explanations.Explanation) -> list[dict[str, Any]]:
    return [
        {
            "start": answer.start,
            "end": answer.end,
            "sign": path.sign,
            "steps": len(path.steps),
            "entities": " > ".join(path.entities),
            "statements": _ids(s.id for s in path.statements),
        }
        for path in answer.paths
    ]


@rows.register
def _(answer: effects.WhatIf) -> list[dict[str, Any]]:
    return [
        {"entity": o.entity, "outcome": o.verdict, "way": o.way, **_concluded(o.conclusion)}
        for o in answer.outcomes
    ]


@rows.register
def _(answer: causes.Diagnosis) -> list[dict[str, Any]]:
    return [
        {
            "cause": cause.entity,
            "way": cause.way,
            "finding": finding.entity,
            "found": finding.way,
            "explains": explains,
            **_concluded(finding.conclusion),
        }
        for cause in answer.causes
        for explains, findings in (
            ("explained", cause.explained),
            ("contradicted", cause.contradicted),
            ("unexplained", cause.unexplained),
        )
        for finding in findings
    ]


@rows.register
def _(answer: second.Comparison) -> list[dict[str, Any]]:
    return [
        {
            "start": pair.start,
            "end": pair.end,
            "agreement": pair.agreement,
            **{f"{key}_here": value for key, value in _concluded(pair.here).items()},
            **{f"{key}_there": value for key, value in _concluded(pair.there).items()},
        }
        for pair in answer.pairs
    ]


@rows.register
def _(answer: audits.Audit) -> list[dict[str, Any]]:
    return [
        {
            "claim": claim.id,
            "subject": claim.statement.subject,
            "predicate": claim.statement.predicate,
            "object": claim.statement.object,
            "denied": claim.denied,
            "section": claim.section,
            "verdict": claim.verdict,
            "basis": claim.basis,
            "for": len(claim.pro.groups),
            "against": len(claim.contra.groups),
            "sentence": claim.sentence,
        }
        for claim in answer.claims
    ]


@rows.register
def _(answer: disagreements.Conflicts) -> list[dict[str, Any]]:
    return [
        {
            "kind": conflict.kind,
            "between": conflict.between,
            "start": conflict.start,
            "end": conflict.end,
            "left_statements": _ids(statement.id for statement in conflict.left.statements),
            "left_denies": conflict.left.denies,
            "left_sources": _ids(conflict.left.sources),
            "right_statements": _ids(statement.id for statement in conflict.right.statements),
            "right_denies": conflict.right.denies,
            "right_sources": _ids(conflict.right.sources),
        }
        for conflict in answer.conflicts
    ]


@rows.register
def _(outcome: Outcome) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in outcome.problems]


@rows.register
def _(graph: Graph) -> list[dict[str, Any]]:
    return [
        {
            "statement": key,
            "subject": statement.subject,
            "predicate": statement.predicate,
            "object": statement.object,
            "says": graph.sentence(statement),
            "sign": graph.words.sign_of(statement),
            "status": graph.status(statement),
            "basis": basis(statement.evidence),
            "supporting": len(graph.independent(statement)),
            "disputing": len(graph.independent(statement, "disputes")),
            "sayable": sayable(statement.evidence) and not statement.negated,
            "topic": statement.topic,
            "sources": _ids(sorted({row.source for row in statement.evidence})),
        }
        for key, statement in graph.statements.items()
    ]


@rows.register(list)
def _(hits: list[Hit]) -> list[dict[str, Any]]:
    if not all(isinstance(hit, Hit) for hit in hits):
        raise TypeError("a list of what search finds gives rows, and no other list")
    return [
        {
            "entity": hit.entity.id,
            "name": hit.entity.name,
            "category": hit.entity.category,
            "score": hit.score,
            "why": hit.why,
        }
        for hit in hits
    ]


@rows.register
def _(answer: Result) -> list[dict[str, Any]]:
    if answer.form == "ask":
        return [{"answer": answer.answer}]
    names: tuple[str, ...] = answer.variables
    table: Iterable[tuple[Any, ...]] = answer.rows
    if answer.form == "construct":
        names = ("subject", "predicate", "object")
        table = ((t.subject, t.predicate, t.object) for t in answer.triples)
    columns = [_column(terms, answer) for terms in zip(*table, strict=True)]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _column(terms: tuple[Any, ...], answer: Result) -> list[Any]:
    """A column as numbers or truth values where all of it is, and else as texts."""
    bound = [term for term in terms if term is not None]
    kinds = {getattr(getattr(term, "datatype", None), "value", "") for term in bound}
    made: Any = str
    if bound and kinds <= NUMBERS:
        made = float
        if all(term.value.lstrip("+-").isdecimal() for term in bound):
            made = int
    elif kinds == {_BOOLEAN}:
        made = {"true": True, "1": True, "false": False, "0": False}.get
    try:
        return [None if term is None else _cell(term, made, answer) for term in terms]
    except ValueError:  # ill-typed: as text
        return [None if term is None else _cell(term, str, answer) for term in terms]


def _cell(term: Any, made: Any, answer: Result) -> Any:
    if type(term).__name__ == "NamedNode":
        return shown(term.value, answer.about)
    return made(term.value) if type(term).__name__ == "Literal" else str(term)


def _concluded(conclusion: Conclusion) -> dict[str, Any]:
    return {
        **{name: getattr(conclusion, name) for name in _COLUMNS},
        "rests_on": _ids(conclusion.rests_on),
        "against": _ids(conclusion.against),
    }


def _ids(ids: Iterable[str]) -> str:
    return " ".join(ids)
