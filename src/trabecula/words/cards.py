"""Cards: everything about one entity, statement or source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from trabecula import cite, shell
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.model import Entity, Source, Statement
from trabecula.values import loops_and_conflicts, spoken_to, surroundings
from trabecula.vocabulary import STATUSES
from trabecula.words.lists import category
from trabecula.words.outline import Block, Line, Note, Table
from trabecula.words.statements import evidence_lines, listed, reviewed, tally

_STANCES: Final = {
    "supports": "It supports",
    "disputes": "It disputes",
    "qualifies": "It limits the context of",
}


def entity(
    graph: Graph, entity: Entity, *, evidence: bool = False, options: Sequence[str] = ()
) -> Iterator[Block]:
    """All that the graph says of an entity: what it is, what acts on it, what it acts on.

    `options` are those with which a command that is suggested asks this graph.
    """
    yield Line(0, f"{entity.name}  ({category(graph, entity)}, id {entity.id})")
    if entity.description:
        yield Line(1, entity.description)
    if entity.synonyms:
        yield Line(1, f"also called {', '.join(entity.synonyms)}")
    if entity.xrefs:
        rows = [(x.match, x.curie, x.label, link(x.curie)) for x in entity.xrefs]
        yield Table(("match", "identifier", "label", "link"), rows, depth=1, silent=True)
    around = surroundings(graph, entity.id)
    groups = (
        ("Acts on it", around.acts_on_it),
        ("It acts on", around.it_acts_on),
        ("Its levels and states", around.states),
        ("Related without influence", around.related),
    )
    for title, statements in groups:
        if statements:
            yield Line(0, f"{title} ({len(statements)})")
            yield from listed(graph, statements, evidence=evidence)
    if not any(statements for _, statements in groups):
        yield Note("No statement is about it.")
    yield from _part_of(graph, entity, options)


def _part_of(graph: Graph, entity: Entity, options: Sequence[str]) -> Iterator[Note]:
    """In how many loops and conflicts an entity is, and which commands show them."""
    feedback, disagreement = loops_and_conflicts(graph, entity.id) or (0, 0)
    if feedback:
        count = counted(feedback, "feedback loop")
        yield Note(f"In {count}:", command=shell.command("loops", entity.id, options=options))
    if disagreement:
        count = counted(disagreement, "conflict")
        command = shell.command("conflicts", entity.id, options=options)
        yield Note(f"In {count}:", near=bool(feedback), command=command)


def statement(graph: Graph, statement: Statement) -> Iterator[Block]:
    """A statement with all its evidence."""
    status = graph.status(statement)
    yield Line(0, f"{graph.sentence(statement)}  (id {statement.id})")
    yield Line(1, f"{status}: {STATUSES[status]}{tally(graph, statement)}")
    if graph.reviewed:
        yield Line(1, reviewed(statement))
    yield from evidence_lines(graph, statement, 2)


def _standing(source: Source) -> str:
    """What was on record against a source when somebody looked; nothing where nobody did."""
    if not source.standing_date:
        return ""
    standing = source.standing.replace("-", " ") or "no retraction on record"
    return f"{standing}, as of {source.standing_date}"


def source(graph: Graph, source: Source) -> Iterator[Block]:
    """A source: what it is, where it is to be found, and what it says of which statements."""
    read = "abstract read" if source.abstract_read else "abstract not read"
    kinds = (source.kind, source.study_type, source.organism, read)
    yield Line(0, f"{source.title or source.id}  (source, id {source.id})")
    yield Line(1, ", ".join(filter(None, kinds)))
    yield from (
        Line(1, part) for part in (cite.line(source), _standing(source), source.note) if part
    )
    if source.xrefs:
        rows = [(x, link(x)) for x in source.xrefs]
        yield Table(("identifier", "link"), rows, depth=1, silent=True)
    for stance, title in _STANCES.items():
        statements = [s for s, row in spoken_to(graph, source) if row.stance == stance]
        if statements:
            yield Line(0, f"{title} ({len(statements)})")
            yield from listed(graph, statements, evidence=False)
