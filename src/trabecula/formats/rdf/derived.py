"""What follows from a graph, in RDF: feedback loops, conflicts, and hypotheses.

All of it is in one named graph, `GRAPH`, and none of it among the asserted: no reader of trabecula
takes it for records, and a query of the default graph does not see it. Everything derived has
`prov:wasDerivedFrom` the statements that it follows from, its premises.

| class             | what it is                                                            |
|-------------------|-----------------------------------------------------------------------|
| `tb:FeedbackLoop` | a loop of `reason.loops`, of up to its default length                 |
| `tb:Conflict`     | a conflict of `reason.conflicts`, but not what depends on the context |
| `tb:Hypothesis`   | what chains of two supported changes suggest; see `reason.hypotheses` |

Each is about quantities, named by the entities that stand for them. A hypothesis is a node and
never a triple between its ends. A loop needs a premise for each of its steps and a conflict one on
each side. As what decides between two quantities is decided by all that is said of them, the loss
of a premise may also let something come out that it had decided against.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula import progress
from trabecula.formats.rdf.rows import Literal, Object, Triple, integer, iri, term
from trabecula.formats.rdf.writing import render_named
from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.prefixes import ENTITY, STATEMENT
from trabecula.reason.conflicts import KINDS, conflicts
from trabecula.reason.hypotheses import Hypothesis, hypotheses
from trabecula.reason.loops import Loop, loops
from trabecula.reason.sides import Conflict

#: The named graph that holds all that is derived.
GRAPH: Final = "https://w3id.org/trabecula/derived"
CONFLICT: Final = "https://w3id.org/trabecula/conflict/"

_VERBS: Final = {1: "raises", -1: "lowers", 0: "acts on"}
_Description = Iterator[tuple[str, Object]]


def render(graph: Graph, syntax: str = "trig") -> bytes:
    """What follows from the graph, as TriG or N-Quads (`nq`) with one named graph.

    Raises `FormatError` for an identifier that cannot be an IRI.
    """
    return render_named(graph, triples(graph), GRAPH, syntax)


@progress.phase("deriving loops, conflicts and hypotheses")
def triples(graph: Graph) -> Iterator[Triple]:
    """The triples of the named graph: loops, conflicts, then hypotheses, the best first."""
    for loop in loops(graph.columns).loops:
        yield from ((loop.iri, name, value) for name, value in _loop(graph, loop))
    for conflict in conflicts(graph.columns, kinds=("direct", "indirect")).conflicts:
        node = CONFLICT + conflict.id
        yield from ((node, name, value) for name, value in _conflict(graph, conflict))
    for supposed in hypotheses(graph.columns):
        yield from ((supposed.iri, name, value) for name, value in _hypothesis(graph, supposed))


# --- In RDF ---------------------------------------------------------------------------------


def _loop(graph: Graph, loop: Loop) -> _Description:
    yield term("rdf:type"), term("tb:FeedbackLoop")
    yield term("rdfs:label"), Literal(f"{loop.kind}: {_round(graph, loop)}")
    yield term("tb:kind"), Literal(loop.kind)
    yield term("tb:sign"), integer(loop.sign)
    yield term("tb:steps"), integer(len(loop.steps))
    for entity in loop.entities:
        yield term("tb:passes"), iri(entity, ENTITY)
    for key in sorted(statement.id for statement in loop.weakest.statements):
        yield term("tb:weakest"), STATEMENT + key
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


def _hypothesis(graph: Graph, supposed: Hypothesis) -> _Description:
    conclusion = supposed.conclusion
    more = "more" if conclusion.sign == 1 else "less"
    ends = graph.name(supposed.start), graph.name(supposed.end)
    where = f", where it is in its {conclusion.interval}" if conclusion.interval else ""
    yield term("rdf:type"), term("tb:Hypothesis")
    yield term("rdfs:label"), Literal(f"suggested: with more {ends[0]} {more} {ends[1]}{where}")
    yield term("tb:relation"), Literal(conclusion.relation)
    yield term("tb:sign"), integer(conclusion.sign or 0)
    if conclusion.interval:
        yield term("tb:interval"), Literal(conclusion.interval)
    yield term("tb:steps"), integer(conclusion.steps)
    yield term("tb:start"), iri(supposed.start, ENTITY)
    yield term("tb:end"), iri(supposed.end, ENTITY)
    yield from _premises(supposed.statements)


def _premises(statements: tuple[Statement, ...]) -> _Description:
    for key in sorted({statement.id for statement in statements}):
        yield term("prov:wasDerivedFrom"), STATEMENT + key


def _round(graph: Graph, loop: Loop) -> str:
    """A loop in words, such as `calcium lowers PTH, which raises calcium`."""
    steps = [f"{_VERBS[step.sign]} {graph.name(step.end)}" for step in loop.steps]
    return f"{graph.name(loop.entities[0])} {', which '.join(steps)}"
