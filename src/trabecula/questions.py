"""Questions to a graph from Python, with names as people write them, and their answers as values.

>>> import trabecula as tb
>>> graph = tb.load()
>>> tb.explain(graph, "osteoclast", "bone resorption").conclusion.relation
'raises'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.reason import audit as audits
from trabecula.reason import compare as second
from trabecula.reason import conflicts as disagreements
from trabecula.reason import diagnose as causes
from trabecula.reason import explain as explanations
from trabecula.reason import whatif as effects
from trabecula.reason.conclusions import STEPS
from trabecula.reason.following import following
from trabecula.reason.known import known_of
from trabecula.reason.paths import STEPS as PATH_STEPS


def explain(
    graph: Graph, start: str, end: str, steps: int = PATH_STEPS, **more: Any
) -> explanations.Explanation:
    """What follows for two entities and the paths between them; see `reason.explain.explain`."""
    return explanations.explain(graph.influence, graph.names, start, end, steps, **more)


def whatif(
    graph: Graph,
    *assumed: str,
    steps: int = STEPS,
    status: Iterable[str] = (),
    evidence: Iterable[str] = (),
) -> effects.WhatIf:
    """What follows if `magnesium=down` and `calcitriol=fixed`; see `reason.whatif.whatif`.

    Only over statements of such a status and with such support; see `reason.following`.
    """
    changed, fixed = effects.assume(graph.names, assumed)
    followed = following(graph.columns, status, evidence)
    return effects.whatif(known_of(graph.columns, followed), changed, fixed, steps=steps)


def diagnose(graph: Graph, *seen: str, steps: int = STEPS) -> causes.Diagnosis:
    """Which single change would explain `blood calcium=down`; see `reason.diagnose.diagnose`.

    Raises `SelectionError` where something seen is `fixed`.
    """
    findings, fixed = effects.assume(graph.names, seen)
    if fixed:
        raise SelectionError("what is seen goes up or down; nothing can be fixed here")
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
