"""What follows from a graph, in RDF: feedback loops, conflicts, and consequences of statements.

All of it is in one named graph, `GRAPH`, and none of it among the asserted: no reader of trabecula
takes it for records, and a query of the default graph does not see it. Everything derived has
`prov:wasDerivedFrom` the statements that it follows from, its premises.

| class             | what it is                                               |
|-------------------|----------------------------------------------------------|
| `tb:FeedbackLoop` | a loop of `reason.loops`, of up to its default length    |
| `tb:Conflict`     | a conflict of `reason.conflicts`                         |
| `tb:Consequence`  | what a chain of two or three supported statements does   |

A loop and a consequence need all their premises, so that without one of them they are not there,
and all others are there unchanged. A conflict needs a premise on each side: it is gone, or it
stands on the others. One that a graver conflict of the same two entities hid may then appear.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula import progress
from trabecula.formats.rdf.model import Literal, Object, Triple, integer, iri, term
from trabecula.formats.rdf.writing import render_named
from trabecula.graph import Graph
from trabecula.identifiers import ENTITY, STATEMENT
from trabecula.model import Statement
from trabecula.reason.conflicts import KINDS, Conflict, conflicts
from trabecula.reason.consequences import consequences, path_id
from trabecula.reason.loops import Loop, loops
from trabecula.reason.paths import Path, weakest

#: The named graph that holds all that is derived.
GRAPH: Final = "https://w3id.org/trabecula/derived"
CONFLICT: Final = "https://w3id.org/trabecula/conflict/"
CONSEQUENCE: Final = "https://w3id.org/trabecula/consequence/"

_VERBS: Final = {1: "raises", -1: "lowers", 0: "acts on"}
_Description = Iterator[tuple[str, Object]]


def render(graph: Graph, syntax: str = "trig") -> bytes:
    """What follows from the graph, as TriG or N-Quads (`nq`) with one named graph.

    Raises `FormatError` for an identifier that cannot be an IRI.
    """
    return render_named(graph, triples(graph), GRAPH, syntax)


@progress.phase("deriving loops, conflicts and consequences")
def triples(graph: Graph) -> Iterator[Triple]:
    """The triples of the named graph: loops, then conflicts, then consequences, the best first."""
    for loop in loops(graph.influence).found:
        yield from ((loop.iri, name, value) for name, value in _loop(graph, loop))
    for conflict in conflicts(graph.influence).found:
        node = CONFLICT + conflict.id
        yield from ((node, name, value) for name, value in _conflict(graph, conflict))
    for path in consequences(graph.influence):
        node = CONSEQUENCE + path_id(path)
        yield from ((node, name, value) for name, value in _consequence(graph, path))


# --- In RDF ---------------------------------------------------------------------------------


def _loop(graph: Graph, loop: Loop) -> _Description:
    yield term("rdf:type"), term("tb:FeedbackLoop")
    yield term("rdfs:label"), Literal(f"{loop.kind}: {_in_words(graph, loop.path)}")
    yield term("tb:kind"), Literal(loop.kind)
    yield term("tb:sign"), integer(loop.sign)
    yield term("tb:steps"), integer(len(loop.path.steps))
    for entity in loop.entities:
        yield term("tb:passes"), iri(entity, ENTITY)
    yield term("tb:weakest"), STATEMENT + loop.weakest.statement.id
    yield from _premises(loop.statements)


def _conflict(graph: Graph, conflict: Conflict) -> _Description:
    names = f"{graph.name(conflict.start)} and {graph.name(conflict.end)}"
    yield term("rdf:type"), term("tb:Conflict")
    yield term("rdfs:label"), Literal(f"{KINDS[conflict.kind]}: {names} ({conflict.between})")
    yield term("tb:kind"), Literal(conflict.kind)
    yield term("tb:between"), Literal(conflict.between)
    yield term("tb:start"), iri(conflict.start, ENTITY)
    yield term("tb:end"), iri(conflict.end, ENTITY)
    yield from _premises(conflict.statements)


def _consequence(graph: Graph, path: Path) -> _Description:
    yield term("rdf:type"), term("tb:Consequence")
    yield term("rdfs:label"), Literal(_in_words(graph, path))
    yield term("tb:sign"), integer(path.sign)
    yield term("tb:steps"), integer(len(path.steps))
    yield term("tb:start"), iri(path.entities[0], ENTITY)
    yield term("tb:end"), iri(path.entities[-1], ENTITY)
    yield term("tb:weakest"), STATEMENT + weakest(graph.groups, path).statement.id
    yield from _premises(path.statements)


def _premises(statements: tuple[Statement, ...]) -> _Description:
    for key in sorted({statement.id for statement in statements}):
        yield term("prov:wasDerivedFrom"), STATEMENT + key


def _in_words(graph: Graph, path: Path) -> str:
    """A path in words, such as `calcitonin lowers osteoclast, which lowers bone mass`."""
    steps = [f"{_VERBS[step.sign]} {graph.name(step.end)}" for step in path.steps]
    return f"{graph.name(path.steps[0].start)} {', which '.join(steps)}"
