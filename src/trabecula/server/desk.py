"""A graph that is asked, and one function for each tool that an assistant can ask it by.

Each takes what the table `tools.TOOLS` describes and gives a `ToolAnswer`: the values that the
command of the same name gives as JSON, of as many things as asked for, and the honest words for
them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

from trabecula import lookup, questions, values
from trabecula.counted import counted
from trabecula.errors import NotFound, QueryError
from trabecula.graph import Graph
from trabecula.misspelt import near
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.reason.audit import Audit, Claim, choose
from trabecula.reason.conclusions import STEPS
from trabecula.reason.conflicts import KINDS, Conflicts
from trabecula.reason.conflicts import about as conflicts_about
from trabecula.reason.paths import STEPS as PATH_STEPS
from trabecula.reason.verdict import VERDICTS
from trabecula.reason.whatif import OUTCOMES
from trabecula.server.citing import ToolAnswer
from trabecula.sparql.clock import TIMEOUT
from trabecula.vocabulary import STATUSES
from trabecula.words import audit as audit_words
from trabecula.words import conclusions
from trabecula.words import conflicts as conflict_words
from trabecula.words import diagnose as diagnose_words
from trabecula.words import explain as explain_words
from trabecula.words import whatif as whatif_words
from trabecula.words.statements import SIGNS, judged, provenance, tally
from trabecula.words.terminal import bare

_T = TypeVar("_T")


@dataclass(slots=True)
class Desk:
    """A graph that is asked many times; `shipped` where it is ours, whose queries fit as they are.

    What is worked out for all of it is kept.
    """

    graph: Graph
    shipped: bool = False
    _audit: Audit | None = None
    _conflicts: Conflicts | None = None

    @property
    def audit(self) -> Audit:
        """The audit of the article."""
        self._audit = self._audit or questions.audit(self.graph)
        return self._audit

    @property
    def conflicts(self) -> Conflicts:
        """All conflicts."""
        self._conflicts = self._conflicts or questions.conflicts(self.graph)
        return self._conflicts


def _page(things: Sequence[_T], limit: int, offset: int, noun: str, left: list[str]) -> list[_T]:
    """So many of a list from a place on; `left` is told what is more out and how to get it."""
    shown = things[offset : offset + limit]
    if offset and not shown and things:
        raise QueryError(f"offset={offset}: there are {counted(len(things), noun)} only")
    more = len(things) - offset - len(shown)
    if more > 0:
        left.append(
            f"{noun} {offset + 1:,} to {offset + len(shown):,} of {len(things):,} are shown;"
            f" for more ask again with offset={offset + len(shown)}"
        )
    return list(shown)


def _first(things: Sequence[_T], limit: int, what: str, left: list[str], how: str) -> list[_T]:
    """The first so many; `left` is told how many more of `what` there are, and how to get them."""
    if len(things) > limit:
        left.append(f"{len(things) - limit:,} more {what}; {how}")
    return list(things[:limit])


# --- Finding --------------------------------------------------------------------------------


def search(desk: Desk, limit: int, text: str) -> ToolAnswer:
    """Entities by name, synonym or identifier; a source where that is one."""
    hits = lookup.search(desk.graph, text, limit)
    says = [f"{hit.entity.name} (id {hit.entity.id}): {hit.why}" for hit in hits]
    sources = []
    if not hits:
        says = ["Nothing in this graph is called that, nor anything like it."]
        cited = lookup.source(desk.graph, text)
        if cited is not None:
            says = [f"{cited.id} is a source and no entity; show tells what it says."]
            sources = [cited.id]
    left = ["There may be more; ask with a higher limit."] if len(hits) == limit else []
    return ToolAnswer(says, values.hits(hits), left, sources=sources)


def show(desk: Desk, limit: int, name: str, offset: int = 0) -> ToolAnswer:
    """All about an entity, a statement or a source."""
    graph = desk.graph
    statement = (
        graph.find_statement(name) if name in graph.statements or not graph.find(name) else None
    )
    if statement is not None:
        return _show_statement(graph, statement, limit, offset)
    cited = lookup.source(graph, name) if graph.find(name) is None else None
    if cited is not None:
        return _show_source(graph, cited, limit, offset)
    return _show_entity(graph, graph.get(name), limit, offset)


def _show_statement(graph: Graph, statement: Statement, limit: int, offset: int) -> ToolAnswer:
    left: list[str] = []
    whole = values.statement(graph, statement)
    rows = _page(statement.evidence, limit, offset, "piece of evidence", left)
    says = [f"{graph.sentence(statement)}: {graph.status(statement)}{tally(graph, statement)}"]
    says += [_evidence_words(graph, row) for row in rows]
    return ToolAnswer(says, {**whole, "evidence": [values.evidence(row) for row in rows]}, left)


def _evidence_words(graph: Graph, row: Evidence) -> str:
    gone = " (retracted, not counted)" if row.retracted else ""
    return f"{row.stance}{gone}: {row.summary or 'no summary'} ({provenance(graph, row)})"


def _show_source(graph: Graph, source: Source, limit: int, offset: int) -> ToolAnswer:
    left: list[str] = []
    told = values.source(graph, source)
    told["statements"] = _page(told["statements"], limit, offset, "statement", left)
    read = "its abstract was read" if source.abstract_read else "its abstract was not read"
    says = [f"{source.title or source.id}: a source; {read}"]
    says += [f"{row['stance']}: {row['says']} ({row['id']})" for row in told["statements"]]
    return ToolAnswer(says, told, left, sources=[source.id])


#: The groups of statements about an entity, as `values.entity` has them, in words.
_GROUPS: Final = MappingProxyType(
    {
        "acts_on_it": "acts on it", "it_acts_on": "it acts on", "states": "its levels and states",
        "related": "related without influence",
    }
)  # fmt: skip


def _show_entity(graph: Graph, entity: Entity, limit: int, offset: int) -> ToolAnswer:
    left: list[str] = []
    told = values.entity(graph, entity)
    says = [f"{entity.name} (id {entity.id}, {entity.category})"]
    says += [entity.description] if entity.description else []
    says += [f"also called {', '.join(entity.synonyms)}"] if entity.synonyms else []
    says += [f"{x['match']} match: {x['curie']} {x['label']}".strip() for x in told["identifiers"]]
    for group, words in _GROUPS.items():
        ordered = sorted(told[group], key=_standing)
        if offset and offset >= len(ordered):
            told[group] = []
            continue
        told[group] = _page(ordered, limit, offset, f"statement ({words})", left)
        for row in told[group]:
            says.append(f"{words}: {bare(judged(graph, graph.statements[row['id']]))}")
    return ToolAnswer(says, told, left)


def _standing(row: Mapping[str, Any]) -> tuple[int, int, str]:
    """The best supported first."""
    return (list(STATUSES).index(row["status"]), -len(row["supporting"]), row["id"])


# --- Reasoning ------------------------------------------------------------------------------


def explain(
    desk: Desk, limit: int, start: str, end: str, steps: int = PATH_STEPS, via: Sequence[str] = (),
    avoid: Sequence[str] = (), status: Sequence[str] = (), evidence: Sequence[str] = (),
) -> ToolAnswer:  # fmt: skip
    """What follows for two entities, and the paths between them."""
    graph = desk.graph
    explanation = questions.explain(
        graph, start, end, steps, via=tuple(via), avoid=tuple(avoid),
        status=tuple(status), evidence=tuple(evidence),
    )  # fmt: skip
    conclusion = explanation.conclusion
    says = [conclusions.headline(graph, explanation.start, explanation.end, conclusion)]
    says += [
        bare(line.words)
        for line in conclusions.lines(graph, explanation.start, explanation.end, conclusion)
        if line.depth == 1 and not line.words.endswith(")")
    ]
    for heading, ids in (("rests on", conclusion.rests_on), ("says the same", conclusion.also),
                         ("against", conclusion.against)):  # fmt: skip
        says += [f"{heading}: {', '.join(ids)}"] if ids else []
    says += [
        f"path, for reading only: {SIGNS[path.sign]} " + " → ".join(map(graph.name, path.entities))
        for path in explanation.paths[:limit]
    ]
    told = explain_words.values(graph, explanation, limit)
    left: list[str] = []
    _first(explanation.paths, limit, "paths", left, "ask with a higher limit, or with via or avoid")
    told["beside"] = _first(
        told["beside"], limit, "statements of the two directly", left, "show gives each entity"
    )
    if explanation.stopped:
        left.append(f"paths of {explanation.stopped} steps and more were not all looked at")
    return ToolAnswer(says, told, left)


def whatif(
    desk: Desk, limit: int, changes: Sequence[str], only: Sequence[str] = (), steps: int = STEPS
) -> ToolAnswer:
    """What would follow if something went up or down."""
    graph = desk.graph
    consequences = questions.whatif(graph, *changes, steps=steps)
    told = whatif_words.values(graph, consequences, tuple(only))
    left: list[str] = []
    kept = []
    for verdict in only or OUTCOMES:
        rows = [row for row in told["outcomes"] if row["verdict"] == verdict]
        kept += _first(rows, limit, f"outcomes ({verdict})", left,
                       f"ask with only=[{verdict!r}] and a higher limit")  # fmt: skip
    told["outcomes"] = kept
    outcomes = {(outcome.entity, outcome.verdict): outcome for outcome in consequences.outcomes}
    says = ["How much and how soon does not follow."]
    for row in kept:
        outcome = outcomes[row["entity"], row["verdict"]]
        _, basis, far, rests = whatif_words.row(graph, consequences, outcome)
        far = f", {explain_words.step_count(int(far))}" if far != "1" else ""
        says.append(f"{row['name']} {row['verdict']}: {basis}{far}; rests on: {rests}")
    if not told["complete"]:
        left.append("the search stopped at its bound, so there may be more")
    return ToolAnswer(says, told, left)


def diagnose(desk: Desk, limit: int, findings: Sequence[str], steps: int = STEPS) -> ToolAnswer:
    """Which single change would explain what is seen."""
    graph = desk.graph
    diagnosis = questions.diagnose(graph, *findings, steps=steps)
    told = diagnose_words.values(graph, diagnosis)
    left: list[str] = []
    told["causes"] = _first(told["causes"], limit, "causes", left, "ask with a higher limit")
    says = ["A list to think with, not a diagnosis of anybody."]
    for cause in diagnosis.causes[:limit]:
        explained = "; ".join(
            f"{graph.name(f.entity)}: {diagnose_words.how_known(f)}" for f in cause.explained
        )
        against = f"; contradicts {len(cause.contradicted)}" if cause.contradicted else ""
        says.append(
            f"{diagnose_words.named(graph, cause)} explains {len(cause.explained)} of "
            f"{len(diagnosis.seen)} ({explained}){against}"
        )
    return ToolAnswer(says, told, left)


def conflicts(
    desk: Desk, limit: int, about: str = "", only: Sequence[str] = (), offset: int = 0
) -> ToolAnswer:
    """Where the sources disagree, about one entity or at all."""
    graph = desk.graph
    every = desk.conflicts
    if about:
        every = conflicts_about(every, graph.columns, graph.names.id_of(about))
    chosen = [conflict for conflict in every.conflicts if not only or conflict.kind in only]
    left: list[str] = [] if desk.conflicts.whole else [conflict_words.TOO_MANY]
    shown = _page(chosen, limit, offset, "conflict", left)
    says = ["No conflict was found."] if not chosen else []
    for conflict in shown:
        heading = f"{conflict_words.heading(graph, conflict)}: {KINDS[conflict.kind]}"
        says.append(f"{heading} ({conflict_words.MEANING[conflict.kind]})")
        lines = conflict_words.conflict_lines(graph, conflict)
        says += [f"in detail: {bare(line.words)}" for line in lines if line.depth > 1]
    told = conflict_words.values(Conflicts(tuple(shown), desk.conflicts.whole))
    return ToolAnswer(says, told, left)


def audit(
    desk: Desk, limit: int, claim: str = "", verdict: Sequence[str] = (),
    section: Sequence[str] = (), offset: int = 0,
) -> ToolAnswer:  # fmt: skip
    """What the evidence leaves of what the article claims: of one claim, or of all."""
    graph, audit = desk.graph, desk.audit
    if not audit.claims:
        raise QueryError("this graph holds no article whose claims could be judged")
    claims: Sequence[Claim] = choose(audit, tuple(verdict), tuple(section))
    if claim:
        claims = _called(graph, claims, claim)
    left: list[str] = []
    shown = _page(claims, limit, offset, "claim", left)
    says = [
        f"{VERDICTS[judged.verdict].label}: {audit_words.heading(graph, judged)}. "
        f"Article: {judged.text} Evidence: {judged.sentence}"
        for judged in shown
    ] or ["No claim is like that."]
    told = audit_words.values(audit, graph, shown)
    return ToolAnswer(says, told, left, sources=[source.id for source in audit.articles])


def _called(graph: Graph, claims: Sequence[Claim], name: str) -> Sequence[Claim]:
    """The claims with this id, about the statement with this id, or with all of these words."""
    exact = [claim for claim in claims if name in (claim.id, claim.statement.id)]
    if exact:
        return exact
    words = name.casefold().split()

    def text(claim: Claim) -> str:
        return f"{audit_words.heading(graph, claim)} {claim.text}".casefold()

    named = [claim for claim in claims if all(word in text(claim) for word in words)]
    if not named:
        headings = [audit_words.heading(graph, claim) for claim in claims]
        raise NotFound(f"no claim of the article has the words {name!r}", near(name, headings))
    return named


# --- Parts and queries ----------------------------------------------------------------------


def select(desk: Desk, limit: int, selection: str, offset: int = 0) -> ToolAnswer:
    """The part of the graph that a selection names."""
    graph = desk.graph
    if '"' not in selection and graph.find(selection) is not None:
        selection = f'near("{selection}", 1)'
    part = graph.select(selection)
    left: list[str] = []
    ordered = sorted((values.statement(graph, s) for s in part.statements.values()), key=_standing)
    shown = _page(ordered, limit, offset, "statement", left)
    ends = dict.fromkeys(end for row in shown for end in (row["subject"], row["object"]))
    named = [graph.entities[key] for key in ends if key in graph.entities]
    told = values.selection(selection, part, shown, named)
    entities = counted(len(part.entities), "entity", "entities")
    says = [f"{counted(len(part), 'statement')} between {entities}"]
    says += [bare(judged(graph, graph.statements[row["id"]])) for row in shown]
    return ToolAnswer(says, told, left)


def query(
    desk: Desk, limit: int, sparql: str = "", name: str = "",
    params: Mapping[str, str] = MappingProxyType({}), timeout: float = TIMEOUT, offset: int = 0,
) -> ToolAnswer:  # fmt: skip
    """The answer to a query in SPARQL, or of the library."""
    from trabecula import sparql as engine
    from trabecula.page.queries import fitted
    from trabecula.sparql.results import shown as short

    graph = desk.graph
    if bool(sparql) == bool(name):
        raise QueryError("give either sparql, or the name of a query of the library")
    if params and not name:
        raise QueryError("params go with name")
    text = sparql
    if name:
        wanted = engine.named(name)
        (wanted,) = [wanted] if desk.shipped else fitted([wanted], graph)
        text = engine.bind(wanted, params, graph)
    result = engine.query(graph, text, timeout=timeout)
    left: list[str] = []
    says = [f"warning: {warning}" for warning in result.warnings]
    if result.form == "ask":
        return ToolAnswer([*says, "yes" if result.answer else "no"],
                    json.loads(result.serialise("json")), left)  # fmt: skip
    if result.form == "construct":  # as rows, which JSON of SPARQL has a shape for
        triples: Any = [(t.subject, t.predicate, t.object) for t in result.triples]
        ends = ("subject", "predicate", "object")
        result = replace(result, form="select", variables=ends, rows=tuple(triples), triples=())
    rows = _page(result.rows, limit, offset, "row", left)
    told = json.loads(replace(result, rows=tuple(rows)).serialise("json"))
    named: list[str] = []
    cells = []
    for row in told["results"]["bindings"]:
        words = {key: term["value"] for key, term in row.items()}
        iris = [key for key, term in row.items() if term["type"] == "uri"]
        words |= {key: short(words[key], result.about) for key in iris}
        named += [words[key] for key in iris]
        cells.append(", ".join(f"{key} = {value}" for key, value in words.items()))
    says += [counted(len(result.rows), "row"), *cells]
    local = [
        curie.partition(":")[2] for curie in named if curie.startswith(("statement:", "source:"))
    ]
    return ToolAnswer(
        says, told, left,
        statements=[key for key in local if key in graph.statements],
        sources=[key for key in (*named, *local) if key in graph.sources],
    )  # fmt: skip
