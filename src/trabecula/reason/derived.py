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
from trabecula.formats import rdf
from trabecula.formats.rdf.model import Literal, Object, Triple, integer, iri, term
from trabecula.graph import Graph
from trabecula.identifiers import ENTITY, STATEMENT
from trabecula.model import Statement, identity
from trabecula.reason.conflicts import KINDS, Conflict, conflicts
from trabecula.reason.context import differences
from trabecula.reason.loops import Loop, loops
from trabecula.reason.paths import Path, Step, followed, weakest
from trabecula.vocabulary import PREDICATES, sign_of

#: The named graph that holds all that is derived.
GRAPH: Final = "https://w3id.org/trabecula/derived"
CONFLICT: Final = "https://w3id.org/trabecula/conflict/"
CONSEQUENCE: Final = "https://w3id.org/trabecula/consequence/"

#: The longest chain that makes a consequence, and how many consequences there may be: where there
#: are more with one length, none of that length and none that are longer are given.
STEPS: Final = 3
LIMIT: Final = 10_000

_VERBS: Final = {1: "raises", -1: "lowers", 0: "acts on"}
_Description = Iterator[tuple[str, Object]]


@progress.phase("deriving loops, conflicts and consequences")
def render(graph: Graph, syntax: str = "trig") -> bytes:
    """What follows from the graph, as TriG or N-Quads (`nq`) with one named graph.

    Raises `FormatError` for an identifier that cannot be an IRI.
    """
    return rdf.render_named(triples(graph), GRAPH, syntax)


def triples(graph: Graph) -> Iterator[Triple]:
    """The triples of the named graph: loops, then conflicts, then consequences, the best first."""
    for loop in loops(graph).found:
        yield from ((loop.iri, name, value) for name, value in _loop(graph, loop))
    for conflict in conflicts(graph):
        node = CONFLICT + conflict.id
        yield from ((node, name, value) for name, value in _conflict(graph, conflict))
    for path in consequences(graph):
        node = CONSEQUENCE + path_id(path)
        yield from ((node, name, value) for name, value in _consequence(graph, path))


def consequences(graph: Graph, *, limit: int = LIMIT) -> tuple[Path, ...]:
    """Paths of two or three supported statements of known sign that make sense as one.

    At least two of them act, for to say that a deficiency is a lack of something adds nothing to
    what that does; and no two neighbours break the context (see `context`). Shorter ones come
    first, then the order of their ends. Each is there by its own statements, whatever others say:
    another path between the same two may have the opposite sign.

    >>> from trabecula.model import Evidence
    >>> read = (Evidence(source="a", strength="direct"),)
    >>> graph = Graph([
    ...     Statement(subject="pth", predicate="increases", object="calcitriol", evidence=read),
    ...     Statement(subject="calcitriol", predicate="inhibits", object="renin", evidence=read),
    ... ])
    >>> [(path.sign, path.entities) for path in consequences(graph)]
    [(-1, ('pth', 'calcitriol', 'renin'))]
    """
    onward = _onward(graph)
    found: list[Path] = []
    trails: list[tuple[Step, ...]] = [
        (step,) for entity in sorted(onward) for step in onward[entity]
    ]
    for _ in range(STEPS - 1):
        trails = [longer for trail in trails for longer in _longer(trail, onward)]
        exact = [Path(trail) for trail in trails if sum(map(_acts, trail)) > 1]
        if len(found) + len(exact) > limit or len(trails) > 10 * limit:
            break
        found += sorted(exact, key=lambda path: (path.entities, path_id(path)))
    return tuple(found)


def path_id(path: Path) -> str:
    """`p` and 32 hexadecimal digits: the SHA-256 of where a path starts and its steps."""
    steps = (statement.id for statement in path.statements)
    return identity("p", (path.entities[0], *steps))


def _onward(graph: Graph) -> dict[str, list[Step]]:
    """From each entity: the supported, signed statements by which it acts on others."""
    found: dict[str, list[Step]] = {}
    for entity in {end for s in graph.statements.values() for end in (s.subject, s.object)}:
        for statement, end in graph.influences(entity):
            sign = sign_of(statement)
            if sign and end != entity and followed(statement, ("supported",)):
                found.setdefault(entity, []).append(Step(statement, entity, end, sign))
    return found


def _longer(trail: tuple[Step, ...], onward: dict[str, list[Step]]) -> Iterator[tuple[Step, ...]]:
    passed = {trail[0].start, *(step.end for step in trail)}
    # A step that names no context does not join what was found in rats to what was in humans.
    for step in onward.get(trail[-1].end, ()):
        if step.end not in passed and not any(
            differences(before.statement, step.statement) for before in trail
        ):
            yield (*trail, step)


def _acts(step: Step) -> bool:
    """Whether a statement says more than that two names mean one state."""
    return PREDICATES[step.statement.predicate].influence != "both"


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
    yield term("tb:weakest"), STATEMENT + weakest(graph, path).statement.id
    yield from _premises(path.statements)


def _premises(statements: tuple[Statement, ...]) -> _Description:
    for key in sorted({statement.id for statement in statements}):
        yield term("prov:wasDerivedFrom"), STATEMENT + key


def _in_words(graph: Graph, path: Path) -> str:
    """A path in words, such as `calcitonin lowers osteoclast, which lowers bone mass`."""
    said = [f"{_VERBS[step.sign]} {graph.name(step.end)}" for step in path.steps]
    return f"{graph.name(path.steps[0].start)} {', which '.join(said)}"
