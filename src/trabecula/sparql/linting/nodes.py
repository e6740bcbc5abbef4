"""The nodes and properties of patterns: whether the graph has them, and has them there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.formats.rdf.rows import term
from trabecula.identifiers import contract
from trabecula.misspelt import nearest
from trabecula.pasted import pasted
from trabecula.prefixes import ENTITY, NAMESPACES, SOURCE
from trabecula.sparql.contents import Contents, address, in_biolink
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.linting.names import ELSEWHERE, same_local, told, variants
from trabecula.sparql.linting.paths import End, ends, words
from trabecula.sparql.linting.plain import PLAIN
from trabecula.sparql.linting.spelling import entity_called, name_of, written
from trabecula.sparql.schema import IN_NAMED_GRAPHS, KINDS, NAMES, classes, properties
from trabecula.sparql.tokens import KNOWN_PREFIXES, quoted
from trabecula.sparql.tree import Group, Iri, Literal, Triple
from trabecula.vocabulary import CATEGORIES, PREDICATES, SPECIES


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings about the constants of patterns."""
    for group, triple in asked.triples():
        within = id(group) in asked.named
        for step in triple.path.steps():
            if step.value:  # else its prefix is unknown
                yield from _property(step, asked, within=within)
        if isinstance(triple.subject, Literal):
            yield _literal_subject(triple.subject, asked.contents)
        yield from _places(triple, asked)
    for group, _ in asked.groups:
        yield from _graph(group, asked.contents)


# --- Properties ----------------------------------------------------------------------------------


def _property(step: Iri, asked: Asked, *, within: bool) -> Iterator[str]:
    usage = asked.contents.usage(step.value)
    if usage is None:
        yield from no_property(step, asked)
    elif usage.named and not within and asked.default:
        yield f"{name_of(step)} stands in named graphs only: GRAPH ?g {{ ?x {name_of(step)} ?y }}"
    elif within and step.value not in IN_NAMED_GRAPHS and usage != PLAIN:
        yield f"{name_of(step)} stands in the default graph only; ask it outside of GRAPH"


def no_property(step: Iri, asked: Asked) -> Iterator[str]:
    """That nothing in the graph has this property, and what may be meant by it."""
    contents = asked.contents
    shown = name_of(step)
    if step.value in classes():
        yield f"{shown} is a class and no property; write ?x a {shown}"
    elif step.value.startswith(ENTITY) and "entity" in contents.kinds(step.value):
        meant = same_local(step.value)
        hint = f"; did you mean {meant}?" if meant else ""
        yield f"{shown} is an entity and no property{hint}"
    elif not told(step, asked):
        meant = _meant(step.value, contents)
        hint = f"; did you mean {meant}?" if meant else ""
        yield f"nothing in the graph's RDF uses {shown}{hint}"


def _meant(node: str, contents: Contents) -> str:
    """The property that was meant, as it may stand in a query; empty where none is near."""
    for other in variants(node):
        if contents.usage(other) is not None:
            return written(other)
    mapped = _mapped().get(node)
    if mapped:
        return f"tb:{mapped}"
    local = node[max(map(node.rfind, "/#:")) + 1 :]
    if local in ELSEWHERE:
        return ELSEWHERE[local]
    space = node[: len(node) - len(local)]
    inside = {
        property_.removeprefix(space) for property_ in properties() if property_.startswith(space)
    }
    close = nearest(local, sorted(inside), 1) if space in NAMESPACES.values() else ()
    return written(space + close[0]) if close else same_local(node)


def _mapped() -> dict[str, str]:
    """Terms of RO, Biolink and others, with the predicates that they are mapped to."""
    predicates: dict[str, str] = {}
    for row in PREDICATES.values():
        for match, name in row.mappings:
            node = address(name, "")
            if match in ("exact", "close") or node not in predicates:
                predicates[node] = row.name
    return predicates


# --- What stands where ---------------------------------------------------------------------------


def _places(triple: Triple, asked: Asked) -> Iterator[str]:
    """Warnings about the subject and the object of a triple pattern."""
    contents = asked.contents
    for node, end in zip((triple.subject, triple.object), ends(triple.path, contents), strict=True):
        if isinstance(node, Iri) and not told(node, asked):
            yield from misplaced(node, end, contents) if end is not None else absent(node, contents)
        elif isinstance(node, Literal) and node is triple.object and end is not None:
            yield from no_literal(node, end, contents)


def misplaced(node: Iri, end: End, contents: Contents) -> Iterator[str]:
    """What is wrong with a node at one end of a property."""
    wanted = end.kinds & set(KINDS)
    if not wanted:
        hint = _as_text(node, end.step, contents)
        held = " and ".join(NAMES.get(kind, kind) for kind in sorted(end.kinds))
        yield f"{name_of(end.step)} has {held} as values, and no IRIs{hint}"
        return
    kinds = contents.kinds(node.value)
    if not kinds and contents.usage(node.value) is not None and wanted != {"class"}:
        shown = name_of(node)
        yield f"{shown} is a property, and {name_of(end.step)} asks for {words(wanted)}"
    elif not kinds:
        yield from (
            _no_class(node, contents) if wanted == {"class"} else absent(node, contents, wanted)
        )
    elif not kinds & wanted:
        yield _wrong_kind(node, kinds, end.step, wanted, contents)


def _as_text(node: Iri, step: Iri, contents: Contents) -> str:
    """The text that may be meant by an IRI where a text must stand."""
    usage = contents.usage(step.value)
    local = node.value[max(map(node.value.rfind, "/#:")) + 1 :]
    taxa = {address(taxon, ENTITY): name for name, taxon in SPECIES.items() if taxon}
    meant = local if usage is not None and local in usage.closed else ""
    if step.value == _SPECIES:
        meant = taxa.get(node.value, meant)
    if step.value == _LABEL and node.value.startswith(ENTITY):
        meant = contents.graph.name(contract(node.value, ENTITY))
    return f"; write {quoted(meant)}" if meant else ""


_SPECIES: Final = term("tb:species")
_LABEL: Final = term("rdfs:label")


def _wrong_kind(
    node: Iri, kinds: frozenset[str], step: Iri, wanted: frozenset[str], contents: Contents
) -> str:
    shown = name_of(node)
    is_, want = words(kinds), words(wanted)
    if kinds == {"term"}:
        owners = contents.stands_for(node.value)
        here = [owner for owner in owners if contents.kinds(owner) & wanted]
        if here:
            names = " or ".join(map(written, here[:3]))
            return f"{shown} is a cross-reference in this graph; write {names}"
    meant = ""
    if kinds == {"entity"} and wanted == {"predicate"}:
        meant = same_local(node.value)
    elif "predicate" in kinds and wanted == {"mapped"}:
        meant = in_biolink(node.value)
    hint = f"; did you mean {meant}?" if meant else ""
    return f"{shown} is {is_}, and {name_of(step)} asks for {want}{hint}"


def absent(node: Iri, contents: Contents, wanted: frozenset[str] = frozenset()) -> Iterator[str]:
    """That the graph has no such node, and which one, of a wanted kind, may be meant."""
    if not contents.kinds(node.value) and contents.usage(node.value) is None:
        meant = likely(node.value, contents, wanted)
        names = " or ".join(map(written, meant[:3]))
        yield f"the graph has no {name_of(node)}" + (f"; did you mean {names}?" if names else "")


def likely(node: str, contents: Contents, wanted: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The nodes of the graph for which an IRI from elsewhere may stand.

    Where no term of another vocabulary is wanted, they are those that it is a cross-reference of.
    """
    other = (*variants(node), contents.alike(node))
    curie = pasted(node)
    if curie:
        spelt = address(curie, SOURCE)
        other = (*other, spelt, contents.alike(spelt))
    nodes: dict[str, None] = {}
    for candidate in filter(None, other):
        kinds = contents.kinds(candidate)
        owners = (
            contents.stands_for(candidate) if kinds == {"term"} and "term" not in wanted else ()
        )
        nodes |= dict.fromkeys(owners or ((candidate,) if kinds else ()))
    return tuple(nodes)


def _no_class(node: Iri, contents: Contents) -> Iterator[str]:
    shown = name_of(node)
    if contents.usage(node.value) is not None:
        yield f"{shown} is a property and no class"
    else:
        same = next((other for other in variants(node.value) if other in classes()), "")
        meant = written(same) if same else _like_class(node.value)
        hint = (
            f"; did you mean {meant}?" if meant else "; a category is a class, such as tb:Chemical"
        )
        yield f"nothing in the graph is of class {shown}{hint}"


def _like_class(node: str) -> str:
    local = node[max(map(node.rfind, "/#:")) + 1 :]
    by_local = {written(class_).partition(":")[2]: written(class_) for class_ in sorted(classes())}
    close = nearest(local, by_local, 1)
    return by_local[close[0]] if close else ""


# --- Literals where IRIs stand -------------------------------------------------------------------


def no_literal(node: Literal, end: End, contents: Contents) -> Iterator[str]:
    """That a property has IRIs as values, and which one may be meant."""
    if end.kinds <= set(KINDS):
        meant = for_text(node.value, end.kinds, contents)
        hint = f"; write {meant}" if meant else ""
        yield f"{name_of(end.step)} has IRIs as values, and {node.shown} is none{hint}"


def for_text(text: str, kinds: frozenset[str], contents: Contents) -> str:
    """The node of one of these kinds that a text names; empty where none is known."""
    prefix, colon, local = text.partition(":")
    if colon and contents.kinds(KNOWN_PREFIXES.get(prefix, " ") + local) & kinds:
        return text
    if "term" in kinds and SPECIES.get(text):
        return SPECIES[text]
    if "entity" in kinds:
        entity = entity_called(text, contents)
        return written(entity) if entity else ""
    if "class" in kinds:
        by_name = {row.name: row.iri_name for row in CATEGORIES.values()}
        by_name |= {row.label: row.iri_name for row in CATEGORIES.values()}
        close = nearest(text.removeprefix("tb:"), by_name, 1)
        return f"tb:{by_name[close[0]]}" if close else ""
    if "predicate" in kinds:
        by_label = {row.label: row.name for row in PREDICATES.values()}
        by_label |= {name: name for name in PREDICATES}
        close = nearest(text.removeprefix("tb:"), by_label, 1)
        return f"tb:{by_label[close[0]]}" if close else ""
    entity = address(pasted(text) or text, SOURCE)
    return written(entity) if contents.kinds(entity) else ""


def _literal_subject(node: Literal, contents: Contents) -> str:
    meant = for_text(node.value, frozenset(("entity",)), contents)
    return f"{node.shown} is a literal, and nothing is said of literals" + (
        f"; write {meant}" if meant else ""
    )


# --- Named graphs --------------------------------------------------------------------------------


def _graph(group: Group, contents: Contents) -> Iterator[str]:
    name = group.name
    if group.how == "graph" and isinstance(name, Iri) and "graph" not in contents.kinds(name.value):
        yield f"GRAPH {name.shown}: the dataset has no such graph"
