"""Plain triples: those that stand in the graph as statements only, or the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trabecula.graph import Graph
from trabecula.identifiers import contract
from trabecula.model import Statement
from trabecula.prefixes import ENTITY, ONTOLOGY
from trabecula.sparql.contents import address
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.linting.spelling import name_of
from trabecula.sparql.schema import properties
from trabecula.sparql.tree import Iri, Triple
from trabecula.standing import sayable

#: How predicates between entities are used.
PLAIN = properties()[ONTOLOGY + "requires"]


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings about triples of a predicate that no plain triple of the graph matches."""
    if not asked.default:
        return  # other data are asked
    asked_for = {_key(triple) for _, triple in asked.triples()}
    for group, triple in asked.triples():
        step = triple.path.iri
        usage = asked.contents.usage(step.value) if step is not None else None
        entities = all(
            asked.contents.kinds(node.value) >= {"entity"}
            for node in (triple.subject, triple.object)
            if isinstance(node, Iri)
        )
        if step is not None and usage == PLAIN and entities and id(group) not in asked.named:
            backwards = _key(Triple(triple.object, triple.path, triple.subject))
            yield from _plain(triple, step, asked.contents.graph, both=backwards in asked_for)


def _plain(triple: Triple, step: Iri, graph: Graph, *, both: bool) -> Iterator[str]:
    subject, object_ = _entity(triple.subject), _entity(triple.object)
    if not subject and not object_:
        return
    triple_ = f"{_shown(triple.subject)} {name_of(step)} {_shown(triple.object)}"
    statements = list(_statements(graph, subject, step, object_))
    if any(_plainly(statement) for statement in statements):
        return
    if statements:
        yield (
            f"{triple_} is refuted, denied or negated in the graph, so that no plain triple says"
            f" it; ask for ?statement rdf:predicate {name_of(step)} ; tb:status ?status"
        )
        return
    # Whoever names both ends asks whether it is so, and is told.
    open_ = not subject or not object_
    reverse = any(map(_plainly, _statements(graph, object_, step, subject)))
    if reverse and open_ and not both:
        turned = f"{_shown(triple.object)} {name_of(step)} {_shown(triple.subject)}"
        yield f"the graph never says {triple_}; the other way round it does: {turned}"


def _key(triple: Triple) -> tuple[str, str, str]:
    step = triple.path.iri.value if triple.path.iri is not None else ""
    return _entity(triple.subject), step, _entity(triple.object)


def _entity(node: object) -> str:
    """The id of an entity that a node names; empty for a variable."""
    return contract(node.value, ENTITY) if isinstance(node, Iri) else ""


def _shown(node: object) -> str:
    return name_of(node) if isinstance(node, Iri) else str(getattr(node, "shown", ""))


def _statements(graph: Graph, subject: str, step: Iri, object_: str) -> Iterable[Statement]:
    """The statements with this predicate, subject and object; empty is any."""
    near = graph.out(subject) if subject else graph.into(object_)
    return (
        statement
        for statement in near
        if object_ in ("", statement.object)
        and address(statement.predicate, ONTOLOGY) == step.value
    )


def _plainly(statement: Statement) -> bool:
    return not statement.negated and sayable(statement.evidence)
