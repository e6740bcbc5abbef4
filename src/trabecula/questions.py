"""Questions to a graph from Python, with names as people write them, and their answers as rows.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> tb.explain(graph, "osteoclast", "bone resorption").conclusion.relation
    'raises'
    >>> sorted(tb.rows(tb.whatif(graph, "magnesium=down"))[0])[:4]
    ['against', 'basis', 'entity', 'interval']

`rows` makes of each answer a list of flat records, as `pandas.DataFrame` and `polars.DataFrame`
take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

from trabecula.graph import Graph
from trabecula.reason import audit as audits
from trabecula.reason import compare as second
from trabecula.reason import conflicts as disagreements
from trabecula.reason import diagnose as causes
from trabecula.reason import explain as explanations
from trabecula.reason import whatif as effects
from trabecula.reason.conclusions import STEPS, Conclusion
from trabecula.reason.known import known_of
from trabecula.reason.paths import STEPS as PATH_STEPS

#: What a row says of a conclusion.
_COLUMNS = ("relation", "sign", "interval", "basis", "settled", "steps")


def explain(
    graph: Graph, start: str, end: str, steps: int = PATH_STEPS, **more: Any
) -> explanations.Explanation:
    """What follows for two entities and the paths between them; see `reason.explain.explain`."""
    return explanations.explain(graph.influence, graph.names, start, end, steps, **more)


def whatif(graph: Graph, *assumed: str, steps: int = STEPS) -> effects.WhatIf:
    """What follows if `magnesium=down` and `calcitriol=fixed`; see `reason.whatif.whatif`."""
    changed, fixed = effects.assume(graph.names, assumed)
    return effects.whatif(known_of(graph.columns), changed, fixed, steps=steps)


def diagnose(graph: Graph, *seen: str, steps: int = STEPS) -> causes.Diagnosis:
    """Which single change would explain `blood calcium=down`; see `reason.diagnose.diagnose`."""
    findings, _ = effects.assume(graph.names, seen)
    return causes.diagnose(known_of(graph.columns), findings, steps=steps)


def compare(
    here: Graph, there: Graph, same: Mapping[str, str] | None = None, steps: int = STEPS
) -> second.Comparison:
    """What two graphs conclude of the same things; see `reason.compare.compare`.

    `same` maps names here to names there; where left out, ids, exact identifiers and names do.
    """
    if same is None:
        pairs = second.shared(here.names, there.names)
    else:
        pairs = {here.names.id_of(a): there.names.id_of(b) for a, b in same.items()}
    one, other = known_of(here.columns), known_of(there.columns)
    return second.compare(one, other, pairs, steps=steps)


def audit(graph: Graph) -> audits.Audit:
    """Every claim of the audited article with its verdict; see `reason.audit.audit`."""
    return audits.audit(graph.columns, graph.names)


def conflicts(graph: Graph) -> disagreements.Conflicts:
    """Where the sources disagree; see `reason.conflicts.conflicts`."""
    return disagreements.conflicts(graph.columns)


# --- As rows --------------------------------------------------------------------------------


@singledispatch
def rows(answer: object) -> list[dict[str, Any]]:
    """An answer as flat records: one a path, an outcome, a cause, a pair, a claim or a conflict.

    Raises `TypeError` for what is no answer.
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
        }
        for conflict in answer.found
    ]


def _concluded(found: Conclusion) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in _COLUMNS},
        "rests_on": _ids(found.rests_on),
        "against": _ids(found.against),
    }


def _ids(ids: Iterable[str]) -> str:
    return " ".join(ids)
