"""What else finds nothing: no rows asked for, two values of what has one, RDF 1.2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.prefixes import NAMESPACES, ONTOLOGY
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.linting.spelling import name_of
from trabecula.sparql.tree import Group, Iri, Literal, Triple, Variable
from trabecula.vocabulary import CATEGORIES, MATCHES


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings that concern no single name or value."""
    if asked.quotes_triples:
        yield (
            "the graph's RDF says nothing of quoted triples; a statement is found by ?statement"
            " rdf:subject ?x ; rdf:predicate ?p ; rdf:object ?y"
        )
    if asked.readable:
        yield from _no_rows(asked)
        yield from _only_named(asked)
        for group, _ in asked.groups:
            yield from _two_values(group, asked)
        yield from _other_matches(asked)


def _no_rows(asked: Asked) -> Iterator[str]:
    for select in asked.selects:
        if select.limit == 0:
            yield "LIMIT 0 asks for no rows"


def _only_named(asked: Asked) -> Iterator[str]:
    """That FROM NAMED leaves nothing to be asked outside of GRAPH."""
    select = asked.select
    outside = any(id(group) not in asked.named for group, _ in asked.triples())
    if select.named and not select.defaults and outside:
        yield "FROM NAMED without FROM leaves the default graph empty; ask GRAPH ?g { … }"


def _two_values(group: Group, asked: Asked) -> Iterator[str]:
    """That one node is said to have two values of a property that has one at most."""
    seen: dict[tuple[str, str], Iri | Literal] = {}
    for triple in group.triples():
        step = triple.path.iri
        usage = asked.contents.usage(step.value) if step is not None else None
        if step is None or usage is None or isinstance(triple.object, Variable):
            continue
        if not usage.single and not _is_category(triple):
            continue
        subject = triple.subject
        key = (subject.name if isinstance(subject, Variable) else subject.shown, step.value)
        other = seen.setdefault(key, triple.object)
        if other.value != triple.object.value:
            shown = f"{other.shown} and {triple.object.shown}"
            what = "an entity has one category" if _is_category(triple) else ""
            what = what or f"{name_of(step)} has one value at most"
            yield f"{what}, and never both {shown}; use VALUES or IN"


def _other_matches(asked: Asked) -> Iterator[str]:
    """That a cross-reference of the graph is one of another kind than is asked for."""
    for _, triple in asked.triples():
        step, node = triple.path.iri, triple.object
        wanted = _MATCHES.get(step.value) if step is not None else None
        if step is None or wanted is None or not isinstance(node, Iri):
            continue
        matches = asked.contents.matches(node.value)
        if matches and wanted not in matches:
            others = " or ".join(f"skos:{how}Match" for how in sorted(matches))
            yield f"{name_of(node)} is never the {name_of(step)} of anything; write {others}"


_MATCHES: Final = {f"{NAMESPACES['skos']}{match}Match": match for match in MATCHES}


def _is_category(triple: Triple) -> bool:
    """Whether a triple pattern gives the category of an entity, which has one."""
    return isinstance(triple.object, Iri) and triple.object.value in _CATEGORIES


_CATEGORIES: Final = frozenset(ONTOLOGY + row.iri_name for row in CATEGORIES.values())
