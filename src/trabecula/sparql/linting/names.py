"""Names: prefixes, and the terms and entities of our own namespaces, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

from trabecula.identifiers import expand
from trabecula.misspelt import nearest
from trabecula.prefixes import ENTITY, ONTOLOGY, PREFIXES
from trabecula.sparql.contents import Contents
from trabecula.sparql.diagnosis import unknown_prefix
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.linting.spelling import entity_called, written
from trabecula.sparql.schema import classes, properties
from trabecula.sparql.tokens import (
    KNOWN_PREFIXES,
    Token,
    iri_of,
    quoted,
    split_name,
    unquoted,
    used_names,
)
from trabecula.sparql.tree import Iri
from trabecula.vocabulary import CATEGORIES, CONTEXT, PREDICATES

_INVERSES: Final = MappingProxyType(
    {row.inverse: row.name for row in PREDICATES.values() if row.inverse not in PREDICATES}
)


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings about prefixes, and about names that nothing in the graph has."""
    yield from _unknown_prefixes(asked)
    yield from _strange_prefixes(asked).values()
    named = [token for token in asked.tokens if token.kind == "iri"] + used_names(asked.tokens)
    for token in {token.text: token for token in named}.values():
        node = iri_of(token, asked.declared)
        if token.kind == "name" and split_name(token)[0] in _strange_prefixes(asked):
            continue
        if token.kind == "iri" and _is_name(node, asked):
            yield _no_prefixed_name(token, node, asked.contents)
        elif node.startswith(ONTOLOGY):
            yield from _term(node.removeprefix(ONTOLOGY), asked.contents)
        elif node.startswith(ENTITY):
            yield from _entity(unquote(node.removeprefix(ENTITY)), asked.contents)


def told(node: Iri, asked: Asked) -> bool:
    """Whether a warning about the name of a node says all there is to say, or will."""
    prefix, colon, _ = node.shown.partition(":")
    if node.shown.startswith("<"):
        strange = _is_name(node.value, asked)
    else:
        strange = bool(colon) and prefix in _strange_prefixes(asked)
    in_graph = asked.contents.kinds(node.value) or asked.contents.usage(node.value) is not None
    whole = not node.shown.startswith("<") or unquoted(Token("iri", node.shown, 0)) == node.value
    ours = whole and node.value.startswith((ENTITY, ONTOLOGY))
    return strange or not node.value or (not in_graph and ours)


def _is_name(node: str, asked: Asked) -> bool:
    """Whether an IRI between < and > is a prefixed name."""
    scheme = node.partition(":")[0]
    return scheme in KNOWN_PREFIXES or scheme in asked.declared


def _no_prefixed_name(token: Token, node: str, contents: Contents) -> str:
    whole = expand(node, "") if node.partition(":")[0] in PREFIXES else ""
    meant = written(contents.alike(whole) or whole) if whole else node
    how = f"write {meant} without < and >" if meant == node else f"write {meant}"
    return f"{token.text} is not the prefixed name; {how}"


# --- Prefixes ------------------------------------------------------------------------------------


def _unknown_prefixes(asked: Asked) -> Iterator[str]:
    namespaces = {**KNOWN_PREFIXES, **asked.declared}
    for prefix in dict.fromkeys(split_name(name)[0] for name in used_names(asked.tokens)):
        if prefix not in namespaces:
            yield unknown_prefix(prefix, namespaces)


def _strange_prefixes(asked: Asked) -> dict[str, str]:
    """Declared prefixes whose namespace is not that of the data, and what to say of each."""
    if asked.strange is None:
        asked.strange = dict(_strange(asked))
    return asked.strange


def _strange(asked: Asked) -> Iterator[tuple[str, str]]:
    used: dict[str, list[str]] = {}
    for token in used_names(asked.tokens):
        used.setdefault(split_name(token)[0], []).append(iri_of(token, asked.declared))
    for prefix, namespace in asked.declared.items():
        of_prefix = KNOWN_PREFIXES.get(prefix, namespace)
        meant = same_place(namespace) or of_prefix
        if meant == namespace or all(
            _in_data(node, asked.contents) for node in used.get(prefix, ())
        ):
            continue
        yield prefix, f"PREFIX {prefix}: is <{namespace}> in this query; the data have <{meant}>"


def _in_data(node: str, contents: Contents) -> bool:
    return contents.usage(node) is not None or bool(contents.kinds(node))


def same_place(node: str) -> str:
    """The known namespace from which this one differs in its scheme, `www.`, or last character."""
    return _places().get(_place(node), "")


def variants(node: str) -> Iterator[str]:
    """The IRIs in known namespaces that differ from this one in the same way."""
    place = _place(node)
    for place_, namespace in _places().items():
        rest = place.removeprefix(place_)
        if rest != place:
            yield namespace + node[len(node) - len(rest.lstrip("/#")) :]


@cache
def _places() -> dict[str, str]:
    return {_place(namespace): namespace for namespace in KNOWN_PREFIXES.values()}


def _place(node: str) -> str:
    """An IRI without its scheme, `www.`, and the mark at its end."""
    try:
        parts = urlsplit(node)
    except ValueError:  # no valid address
        return node
    rest = node.partition("://")[2] if parts.netloc else node
    host, slash, path = rest.partition("/")
    return (host.casefold().removeprefix("www.") + slash + path).rstrip("/#")


# --- Terms and entities --------------------------------------------------------------------------


def _term(local: str, contents: Contents) -> Iterator[str]:
    node = ONTOLOGY + local
    # An empty name is the namespace itself, as in STRSTARTS.
    if not local or contents.usage(node) is not None or node in contents.classes():
        return
    if local == "category":
        yield "tb:category is for categories from elsewhere; ask for a class, such as ?x a tb:Cell"
        return
    if local in _INVERSES:
        forward = _INVERSES[local]
        yield f"tb:{local} is not written out; ask for its inverse: ?y tb:{forward} ?x"
        return
    parents = sorted(row.iri_name for row in CATEGORIES.values() if row.parent == local)
    if local == "Entity" or parents:
        listed = parents or sorted(row.iri_name for row in CATEGORIES.values())
        names = ", ".join(f"tb:{name}" for name in listed)
        yield f"tb:{local} is not written out; ask for the categories themselves: {names}"
        return
    yield f"nothing in the graph's RDF uses tb:{local}{_instead(local, contents)}"


def _instead(local: str, contents: Contents) -> str:
    """What may be meant by a name that is none of ours."""
    if any(local in usage.closed for usage in properties().values()):
        return f"; did you mean the text {quoted(local)}?"
    if local in contents.graph.entities:
        return f"; did you mean entity:{local}?"
    terms = _ours() | {node.removeprefix(ONTOLOGY) for node in contents.own_predicates}
    folded = {name.casefold(): name for name in terms}
    same = folded.get(local.casefold()) if local[:1].isupper() or local not in ELSEWHERE else None
    meant = f"tb:{same}" if same else ELSEWHERE.get(local) or same_local(ONTOLOGY + local)
    close = nearest(local, sorted(terms), 1)
    meant = meant or (f"tb:{close[0]}" if close else "")
    return f"; did you mean {meant}?" if meant else ""


#: What others call properties that we have under another name.
ELSEWHERE: Final = {
    "prefLabel": "rdfs:label", "name": "rdfs:label", "label": "rdfs:label",
    "altLabel": "skos:altLabel", "synonym": "skos:altLabel", "hasExactSynonym": "skos:altLabel",
    "alternateName": "skos:altLabel", "description": "skos:definition",
    "definition": "skos:definition", "IAO_0000115": "skos:definition", "title": "dct:title",
    "issued": "dct:date", "year": "dct:date", "date": "dct:date", "datePublished": "dct:date",
    "creator": "tb:authors", "author": "tb:authors", "source": "dct:source",
    "sameAs": "skos:exactMatch", "xref": "skos:exactMatch", "hasDbXref": "skos:exactMatch",
    "subClassOf": "tb:subclass_of", "evidence": "tb:hasEvidence", "has_evidence": "tb:hasEvidence",
    "taxon": "biolink:in_taxon", "category": "rdf:type", "type": "rdf:type", "id": "dct:identifier",
    "identifier": "dct:identifier", "subject": "rdf:subject", "predicate": "rdf:predicate",
    "object": "rdf:object", "negated": "biolink:negated",
}  # fmt: skip


def same_local(node: str) -> str:
    """The property that has the same local name in another namespace, as it is written."""
    local = node[max(map(node.rfind, "/#:")) + 1 :].casefold()
    names = sorted(map(written, properties()), key=lambda name: (name.startswith("biolink"), name))
    return next((name for name in names if name.partition(":")[2].casefold() == local), "")


@cache
def _ours() -> frozenset[str]:
    """The local names of our terms."""
    named = {*properties(), *classes(), *(ONTOLOGY + key for key in CONTEXT)}
    return frozenset(node.removeprefix(ONTOLOGY) for node in named if node.startswith(ONTOLOGY))


def _entity(slug: str, contents: Contents) -> Iterator[str]:
    if not slug or slug in contents.graph.entities or "entity" in contents.kinds(ENTITY + slug):
        return
    meant = entity_called(slug.replace("_", " "), contents)
    hint = f"; did you mean {written(meant)}?" if meant else _term_hint(slug)
    yield f"the graph has no entity:{slug}{hint}"


def _term_hint(slug: str) -> str:
    return f"; did you mean tb:{slug}?" if slug in _ours() else ""
