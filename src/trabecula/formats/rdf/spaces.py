"""The prefixes of the IRIs in a file of RDF, and the namespaces that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.about import PREFIX
from trabecula.formats.rdf.rows import XSD, Literal, Object
from trabecula.graph import Graph

#: Datatypes that Turtle and JSON-LD leave unsaid.
_UNSAID: Final = (XSD + "string", XSD + "integer", XSD + "boolean")


def prefixes(
    graph: Graph, subjects: Iterable[tuple[str, Iterable[tuple[str, Object]]]]
) -> dict[str, str]:
    """The prefixes of the IRIs in what is said of subjects."""
    return prefixes_of(
        graph, (iri for subject, pairs in subjects for iri in iris_of(subject, pairs))
    )


def prefixes_of(graph: Graph, iris: Iterable[str]) -> dict[str, str]:
    """The prefixes of these IRIs, with their namespaces."""
    spaces = spaces_of(graph)
    used = {name for iri in set(iris) if (name := split(iri, spaces)[0])}
    spaces_by_name = dict(spaces)
    return {name: spaces_by_name[name] for name in sorted(used, key=str.casefold)}


def spaces_of(graph: Graph) -> list[tuple[str, str]]:
    """The prefixes that the IRIs of a graph may have, the longest namespace first."""
    spaces = graph.spaces.items()
    named = (pair for pair in spaces if PREFIX.fullmatch(pair[0]))
    return sorted(named, key=lambda pair: (-len(pair[1]), pair[0]))


def iris_of(subject: str, pairs: Iterable[tuple[str, Object]]) -> Iterator[str]:
    """The IRIs that a file writes where it says this of a subject."""
    yield subject
    for predicate, value in pairs:
        yield predicate
        if not isinstance(value, Literal):
            yield value
        elif value.datatype not in _UNSAID:
            yield value.datatype


def split(iri: str, spaces: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The prefix of an IRI and the rest; no prefix where none fits. The longest stand first."""
    for name, space in spaces:
        if iri.startswith(space) and len(iri) > len(space):
            return name, iri[len(space) :]
    return "", iri
