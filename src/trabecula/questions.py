"""Questions to a graph from Python, with names as people write them, and their answers as values.

>>> import trabecula as tb
>>> graph = tb.load()
>>> tb.explain(graph, "osteoclast", "bone resorption").conclusion.relation
'raises'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trabecula import reason
from trabecula.errors import VocabularyError, require_pairs, require_text, require_texts
from trabecula.graph import Graph, require_graph
from trabecula.misspelt import unknown
from trabecula.reason.audit import Audit
from trabecula.reason.compare import Comparison
from trabecula.reason.conclusions import STEPS, conclusions_of
from trabecula.reason.conflicts import KINDS, Conflicts
from trabecula.reason.diagnose import Diagnosis
from trabecula.reason.explain import Explanation
from trabecula.reason.following import following
from trabecula.reason.paths import BOUND
from trabecula.reason.paths import STEPS as PATH_STEPS
from trabecula.reason.whatif import WhatIf, assume


def explain(
    graph: Graph,
    start: str,
    end: str,
    steps: int = PATH_STEPS,
    *,
    via: Iterable[str] = (),
    avoid: Iterable[str] = (),
    status: Iterable[str] = (),
    evidence: Iterable[str] = (),
    structure: bool = False,
    bound: int = BOUND,
    concluding: int = STEPS,
) -> Explanation:
    """What follows for two entities and the paths between them; see `reason.explain.explain`."""
    require_graph(graph)
    return reason.explain.explain(
        graph.influence, graph.names, start, end, steps, via=via, avoid=avoid, status=status,
        evidence=evidence, structure=structure, bound=bound, concluding=concluding,
    )  # fmt: skip


def whatif(
    graph: Graph,
    *assumed: str,
    steps: int = STEPS,
    status: Iterable[str] = (),
    evidence: Iterable[str] = (),
) -> WhatIf:
    """What follows if `magnesium=down` and `calcitriol=fixed`; see `reason.whatif.whatif`.

    Only over statements of such a status and with such support; see `reason.following`.
    """
    require_graph(graph)
    changed, fixed = assume(graph.names, assumed)
    followed = following(graph.columns, status, evidence)
    return reason.whatif.whatif(
        conclusions_of(graph.columns, followed), changed, fixed, steps=steps
    )


def diagnose(graph: Graph, *seen: str, steps: int = STEPS) -> Diagnosis:
    """Which single change would explain `blood calcium=down`; see `reason.diagnose.diagnose`.

    Raises `SelectionError` where something seen is `fixed`.
    """
    require_graph(graph)
    findings, _ = assume(graph.names, seen, seen=True)
    return reason.diagnose.diagnose(conclusions_of(graph.columns), findings, steps=steps)


def compare(
    here: Graph, there: Graph, same: Mapping[str, str] | None = None, steps: int = STEPS
) -> Comparison:
    """What two graphs conclude of the same things; see `reason.compare.compare`.

    `same` maps names here to names there; where left out, ids, exact identifiers and names do.
    """
    for graph in (here, there):
        require_graph(graph)
    if same is not None:
        require_pairs(same, "same")
    if same is None:
        pairs = reason.compare.shared(here.names, there.names)
    else:
        pairs = {here.names.id_of(a): there.names.id_of(b) for a, b in same.items()}
    ours, theirs = conclusions_of(here.columns), conclusions_of(there.columns)
    return reason.compare.compare(ours, theirs, pairs, steps=steps)


def audit(graph: Graph) -> Audit:
    """Every claim of the audited article with its verdict; see `reason.audit.audit`."""
    require_graph(graph)
    return reason.audit.audit(graph.columns, graph.names)


def conflicts(graph: Graph, about: str = "", only: Iterable[str] = ()) -> Conflicts:
    """Where the sources disagree; see `reason.conflicts.conflicts`.

    `about` names an entity: then only conflicts about its quantity. `only` are kinds of conflict
    (`direct`, `indirect`, `depends`); none is all. Raises `NotFound` for a name and
    `VocabularyError` for a kind that there is not.
    """
    require_graph(graph)
    require_text(about, "the name of an entity")
    only = require_texts(only, "only")
    entity = graph.names.id_of(about) if about else ""
    kinds = tuple(dict.fromkeys(only)) or tuple(KINDS)
    for kind in kinds:
        if kind not in KINDS:
            raise VocabularyError(unknown("kind of conflict", kind, KINDS))
    answer = reason.conflicts.conflicts(graph.columns, kinds=kinds)
    return reason.conflicts.about(answer, graph.columns, entity) if entity else answer
