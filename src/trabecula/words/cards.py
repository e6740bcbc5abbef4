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
    graph: Graph, one: Entity, *, evidence: bool = False, options: Sequence[str] = ()
) -> Iterator[Block]:
    """All that the graph says of an entity: what it is, what acts on it, what it acts on.

    `options` are those with which a command that is suggested asks this graph.
    """
    yield Line(0, f"{one.name}  ({category(graph, one)}, id {one.id})")
    if one.description:
        yield Line(1, one.description)
    if one.synonyms:
        yield Line(1, f"also called {', '.join(one.synonyms)}")
    if one.xrefs:
        rows = [(x.match, x.curie, x.label, link(x.curie)) for x in one.xrefs]
        yield Table(("match", "identifier", "label", "link"), rows, depth=1, silent=True)
    around = surroundings(graph, one.id)
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
    yield from _part_of(graph, one, options)


def _part_of(graph: Graph, one: Entity, options: Sequence[str]) -> Iterator[Note]:
    """In how many loops and conflicts an entity is, and which commands show them."""
    feedback, disagreement = loops_and_conflicts(graph, one.id) or (0, 0)
    if feedback:
        said = counted(feedback, "feedback loop")
        yield Note(f"In {said}:", command=shell.command("loops", one.id, options=options))
    if disagreement:
        said = counted(disagreement, "conflict")
        command = shell.command("conflicts", one.id, options=options)
        yield Note(f"In {said}:", near=bool(feedback), command=command)


def statement(graph: Graph, one: Statement) -> Iterator[Block]:
    """A statement with all its evidence."""
    status = graph.status(one)
    yield Line(0, f"{graph.sentence(one)}  (id {one.id})")
    yield Line(1, f"{status}: {STATUSES[status]}{tally(graph, one)}")
    if graph.reviewed:
        yield Line(1, reviewed(one))
    yield from evidence_lines(graph, one, 2)


def _standing(one: Source) -> str:
    """What was on record against a source when somebody looked; nothing where nobody did."""
    if not one.standing_date:
        return ""
    said = one.standing.replace("-", " ") or "no retraction on record"
    return f"{said}, as of {one.standing_date}"


def source(graph: Graph, one: Source) -> Iterator[Block]:
    """A source: what it is, where it is to be found, and what it says of which statements."""
    read = "abstract read" if one.abstract_read else "abstract not read"
    kinds = (one.kind, one.study_type, one.organism, read)
    yield Line(0, f"{one.title or one.id}  (source, id {one.id})")
    yield Line(1, ", ".join(filter(None, kinds)))
    yield from (Line(1, part) for part in (cite.line(one), _standing(one), one.note) if part)
    if one.xrefs:
        rows = [(x, link(x)) for x in one.xrefs]
        yield Table(("identifier", "link"), rows, depth=1, silent=True)
    for stance, title in _STANCES.items():
        found = [s for s, row in spoken_to(graph, one) if row.stance == stance]
        if found:
            yield Line(0, f"{title} ({len(found)})")
            yield from listed(graph, found, evidence=False)
