"""How names, nodes and texts are written in a warning, and which are near one that is not known."""

from __future__ import annotations

import re
from typing import Final

from trabecula.errors import NotFound
from trabecula.misspelt import nearest
from trabecula.prefixes import ENTITY
from trabecula.sparql.contents import Contents, address
from trabecula.sparql.tokens import KNOWN_PREFIXES
from trabecula.sparql.tree import Iri

#: Local names that need no escapes.
_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
#: Among more names than this, the search for the nearest would take too long.
_MANY: Final = 20_000


def written(node: str) -> str:
    """An IRI as it may stand in a query: a prefixed name where that needs no escapes.

    >>> written("http://purl.obolibrary.org/obo/CHEBI_17823"), written("https://doi.org/10.1/a")
    ('CHEBI:17823', '<https://doi.org/10.1/a>')
    """
    for prefix, namespace in _LONGEST_FIRST:
        local = node.removeprefix(namespace)
        if local != node and _PLAIN.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{node}>"


_LONGEST_FIRST: Final = sorted(KNOWN_PREFIXES.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def name_of(node: Iri) -> str:
    """A node as it is written; as a prefixed name where it could be."""
    if node.shown == "a":
        return "rdf:type"
    if " " in node.shown:  # already in words
        return node.shown
    short = written(node.value)
    return node.shown if short.startswith("<") or not node.shown.startswith("<") else short


def near(word: str, vocabulary: frozenset[str], count: int = 1) -> tuple[str, ...]:
    """The known texts most like a word; none among too many."""
    same = sorted(text for text in vocabulary if text.casefold() == word.strip().casefold())
    return (
        tuple(same[:count])
        if same or len(vocabulary) > _MANY
        else nearest(word, sorted(vocabulary), count)
    )


def entity_called(name: str, contents: Contents) -> str:
    """The IRI of the entity with this name, or of the one that is nearest; empty where none is."""
    graph = contents.graph
    try:
        return address(graph.get(name).id, ENTITY) if len(graph.entities) <= _MANY else ""
    except NotFound as error:
        return address(error.suggestions[0], ENTITY) if error.suggestions else ""
