"""Warnings about what a query says that is valid SPARQL and yet finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from trabecula.errors import NotFound
from trabecula.formats.rdf.model import UNKNOWN_KEY
from trabecula.graph import Graph
from trabecula.identifiers import ENTITY, ONTOLOGY, nearest
from trabecula.sparql.diagnosis import unknown_prefix
from trabecula.sparql.tokens import (
    KNOWN_PREFIXES,
    Token,
    code,
    declared_prefixes,
    iri_of,
    split_name,
    unquoted,
    used_names,
)
from trabecula.vocabulary import (
    CATEGORIES,
    CONTEXT,
    PREDICATES,
    STANCES,
    STANDINGS,
    STATUSES,
    STRENGTHS,
)

#: More warnings than this tell a person nothing new, and each costs a search for what is meant.
MAX_WARNINGS: Final = 10
#: In graphs with more entities than this, the search for the nearest name would take too long.
_MANY_ENTITIES: Final = 20_000
#: The terms of our ontology that RDF of a graph uses, apart from categories and predicates.
_CLASSES: Final = ("Statement", "Source", "Evidence")
_PROPERTIES: Final = (
    "sign", "status", "supportingSources", "disputingSources", "topic", "hasEvidence",
    "stance", "strength", "method", "evidenceType", "studyDesign", "species", "system",
    "summary", "locator", "sourceKind", "studyType", "authors", "journal", "organism",
    "abstractRead", "sourceGroup", "url", "referenceNumber", "standing", "retracted",
    "crossReference",
)  # fmt: skip
_INVERSES: Final = MappingProxyType(
    {row.inverse: row.name for row in PREDICATES.values() if row.inverse not in PREDICATES}
)
#: Properties whose values form a closed list, and these values as they are written.
_VALUES: Final = MappingProxyType(
    {
        f"{ONTOLOGY}status": tuple(STATUSES),
        f"{ONTOLOGY}stance": tuple(STANCES),
        f"{ONTOLOGY}standing": tuple(STANDINGS),
        f"{ONTOLOGY}strength": tuple(STRENGTHS),
        f"{ONTOLOGY}sign": ("1", "0", "-1"),
    }
)


def lint(text: str, graph: Graph) -> list[str]:
    """What looks like a mistake in a query to this graph, `MAX_WARNINGS` at most.

    Empty when nothing does.

    >>> lint("ASK { ?x tb:requres ?y }", Graph())
    ["nothing in the graph's RDF uses tb:requres; did you mean tb:requires?"]
    """
    query = code(text)
    declared = declared_prefixes(query)
    warnings = chain(
        _prefixes(query, declared), _terms(query, declared, graph), _values(query, declared)
    )
    found: dict[str, None] = {}
    for warning in warnings:
        found[warning] = None
        if len(found) == MAX_WARNINGS:
            break
    return list(found)


def _prefixes(query: list[Token], declared: dict[str, str]) -> Iterator[str]:
    known = {**KNOWN_PREFIXES, **declared}
    for name in used_names(query):
        prefix, _ = split_name(name)
        if prefix not in known:
            yield unknown_prefix(prefix, known)


def _terms(query: list[Token], declared: dict[str, str], graph: Graph) -> Iterator[str]:
    schemes = {*KNOWN_PREFIXES, *declared}
    named = [token for token in query if token.kind == "iri"] + used_names(query)
    for token in {token.text: token for token in named}.values():
        iri = iri_of(token, declared)
        if token.kind == "iri" and iri.partition(":")[0] in schemes:
            yield f"{token.text} is not the prefixed name; write {iri} without < and >"
        elif iri.startswith(ONTOLOGY):
            yield from _term(iri.removeprefix(ONTOLOGY), graph)
        elif iri.startswith(ENTITY):
            yield from _entity(unquote(iri.removeprefix(ENTITY)), graph)


def _term(local: str, graph: Graph) -> Iterator[str]:
    if not local or local in _ours():  # empty: the namespace itself, as in STRSTARTS
        return
    known = _ours() | _of_this_graph(graph)
    if local in known:
        return
    if local in _INVERSES:
        forward = _INVERSES[local]
        yield f"tb:{local} is not written out; ask for its inverse: ?y tb:{forward} ?x"
        return
    parents = sorted(row.iri_name for row in CATEGORIES.values() if row.parent == local)
    if local == "Entity" or parents:
        classes = parents or sorted(row.iri_name for row in CATEGORIES.values())
        written = ", ".join(f"tb:{name}" for name in classes)
        yield f"tb:{local} is not written out; ask for the categories themselves: {written}"
        return
    close = nearest(local, sorted(known), 1)
    hint = f"; did you mean tb:{close[0]}?" if close else ""
    yield f"nothing in the graph's RDF uses tb:{local}{hint}"


@cache
def _ours() -> frozenset[str]:
    categories = (row.iri_name for row in CATEGORIES.values())
    return frozenset((*_CLASSES, *_PROPERTIES, *CONTEXT, *PREDICATES, *categories))


def _of_this_graph(graph: Graph) -> set[str]:
    """The terms that the RDF of this graph uses beyond those of the vocabulary."""
    found = {
        UNKNOWN_KEY.removeprefix(ONTOLOGY) + quote(key, safe="")
        for statement in graph.statements.values()
        for pairs in (statement.qualifiers, *(row.context for row in statement.evidence))
        for key, _ in pairs
        if key not in CONTEXT
    }
    if any(entity.category not in CATEGORIES for entity in graph.entities.values()):
        found |= {"Entity", "category"}
    return found


def _entity(slug: str, graph: Graph) -> Iterator[str]:
    if not slug or slug in graph.entities:
        return
    suggestions: tuple[str, ...] = ()
    if len(graph.entities) <= _MANY_ENTITIES:
        try:
            suggestions = (graph.get(slug.replace("_", " ")).id,)
        except NotFound as error:
            suggestions = error.suggestions[:1]
    written = " or ".join(name if ":" in name else f"entity:{name}" for name in suggestions)
    hint = f"; did you mean {written}?" if written else ""
    yield f"the graph has no entity:{slug}{hint}"


# --- Values of closed lists ---------------------------------------------------------------------


def _values(query: list[Token], declared: dict[str, str]) -> Iterator[str]:
    """Warnings for literals that no value of a closed list equals.

    A literal is one where it follows the property, and where it is compared with a variable that
    somewhere follows the property: `=`, `!=`, `IN (…)` and `VALUES ?x {…}`.
    """
    properties = {
        index: iri
        for index, token in enumerate(query)
        if token.kind in ("name", "iri") and (iri := iri_of(token, declared)) in _VALUES
    }
    bound: dict[str, str] = {}
    for index, iri in properties.items():
        after = query[index + 1] if index + 1 < len(query) else None
        if after is not None and after.kind == "variable":
            bound[after.text[1:]] = iri
    for index, iri in properties.items():
        for value in _listed(query, index + 1, ","):
            yield from _value(value, iri)
    for index, token in enumerate(query):
        if token.kind == "variable" and token.text[1:] in bound:
            for value in _compared(query, index):
                yield from _value(value, bound[token.text[1:]])


def _compared(query: list[Token], index: int) -> Iterator[str]:
    """The literals with which the variable at this place is compared."""
    before = query[index - 1] if index else None
    after = [token.text.upper() for token in query[index + 1 : index + 4]]
    in_values = before is not None and before.says("VALUES") and after[:1] == ["{"]
    if in_values or after[:1] == ["="]:
        yield from _listed(query, index + 2, "")
    elif after[:2] == ["!", "="]:
        yield from _listed(query, index + 3, "")
    elif after[:2] == ["IN", "("]:
        yield from _listed(query, index + 3, ",")
    elif after[:3] == ["NOT", "IN", "("]:
        yield from _listed(query, index + 4, ",")


def _listed(query: list[Token], index: int, separator: str) -> Iterator[str]:
    """The literals that stand here, one after the other, as they would be compared."""
    while index < len(query):
        token = query[index]
        minus = token.text == "-" and index + 1 < len(query)
        if minus:
            index += 1
            token = query[index]
        if token.kind == "string":
            yield f'"{unquoted(token)}"'
        elif token.kind == "number":
            yield f"-{token.text}" if minus else token.text
        else:
            return
        index += 1
        if separator:
            if index >= len(query) or query[index].text != separator:
                return
            index += 1


def _value(written: str, iri: str) -> Iterator[str]:
    known = _VALUES[iri]
    numeric = known[0].isdigit()
    value = written.strip('"')
    if value in known and written.startswith('"') != numeric:
        return
    local = iri.removeprefix(ONTOLOGY)
    if numeric:
        yield f"tb:{local} is never {written}; its values are the numbers {', '.join(known)}"
        return
    close = nearest(value, known, 1) or known
    yield f"tb:{local} is never {written}; did you mean {' or '.join(close)}?"
