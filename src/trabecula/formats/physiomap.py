"""PhysioMap: a signed map of human physiology, in the JSON of its page. Read only.

What makes up a quantity by definition, and the part that makes up a whole, act on it like causes,
but at once. What a process yields or uses up is a statement where nobody wrote down the influence
of the one on the other, which says more than that some is made: the reading of PhysioMap itself
(`PhysioMap.causal_subgraph`). Influences of both signs stay side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.attribute_values import texts
from trabecula.model import About, Xref

SIGNS: Final = MappingProxyType({"+": 1, "-": -1, "−": -1, "?": 0})
_OF_NODE: Final = frozenset(
    ("id", "label", "entity_iri", "quality_iri", "scale", "scc", "in_big_scc", "source", "system",
     "x", "y", "_detail_bucket")
)  # fmt: skip
#: What is read of an edge, and what says no more than these.
_OF_EDGE: Final = frozenset(
    ("id", "source", "target", "micro", "macro", "sign", "kind", "prov_source", "context",
     "context_id", "arguments", "result", "role", "origin", "node", "derivative_sign")
)  # fmt: skip
_READ: Final = frozenset(
    ("nodes", "causal_edges", "production_edges", "quantitative_definitions", "constitutive_edges",
     "synonyms", "version", "data_version")
)  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The traits and the signed statements between them."""
    document = reading.json()
    if not isinstance(document, dict) or not isinstance(document.get("causal_edges"), list):
        fix = 'write {"nodes": […], "causal_edges": […]}'
        raise FormatError([Problem("json-shape", reading.where, "there are no causal edges", fix)])
    for name, value in document.items():
        if name not in _READ and isinstance(value, list | dict):
            reading.left("section", name, "the file")
    version = document.get("data_version", document.get("version", ""))
    yield About(title="PhysioMap", version=version if isinstance(version, str) else "")
    yield from _nodes(reading, document)
    influences = list(_arcs(reading, document, "causal_edges", "source", "target", "causal"))
    yield from influences
    influenced = {(edge.subject, edge.object) for edge in influences}
    made = _arcs(reading, document, "production_edges", "source", "target", "production")
    for edge in (*made, *_definitions(reading, document)):
        if (edge.subject, edge.object) in influenced:
            reading.left("edge whose influence is written down", edge.predicate, edge.place)
        else:
            yield edge
    yield from _arcs(reading, document, "constitutive_edges", "micro", "macro", "constitutive")


def _nodes(reading: Reading, document: Mapping[str, Any]) -> Iterator[Node]:
    synonyms = document.get("synonyms")
    others = synonyms if isinstance(synonyms, Mapping) else {}
    for place, node in _objects(reading, document, "nodes"):
        key, label = (node.get(name) for name in ("id", "label"))
        if not isinstance(key, str) or not key:
            reading.wrong(place, "a node has no id", 'write "id": "…"')
            continue
        for name in node:
            if name not in _OF_NODE:
                reading.left("node attribute", name, place)
        xrefs = (Xref("related", curie) for curie in texts(node.get("entity_iri")))
        name = label if isinstance(label, str) else key
        yield Node(
            key=key,
            name=name,
            category="trait",
            synonyms=texts(others.get(name.casefold())),
            xrefs=tuple(xrefs),
        )


def _arcs(
    reading: Reading, document: Mapping[str, Any], name: str, start: str, end: str, kind: str
) -> Iterator[Edge]:
    for place, edge in _objects(reading, document, name):
        yield from _arc(
            reading, edge, (edge.get(start), edge.get(end)), edge.get("sign"), kind, place
        )


def _definitions(reading: Reading, document: Mapping[str, Any]) -> Iterator[Edge]:
    for place, definition in _objects(reading, document, "quantitative_definitions"):
        for at, argument in _objects(reading, definition, "arguments", place):
            ends = argument.get("node"), definition.get("result")
            sign = argument.get("derivative_sign")
            yield from _arc(reading, definition, ends, sign, "definition", at)


def _arc(
    reading: Reading,
    values: Mapping[str, Any],
    ends: tuple[Any, Any],
    sign: Any,
    kind: str,
    place: str,
) -> Iterator[Edge]:
    subject, object_ = ends
    if not (isinstance(subject, str) and isinstance(object_, str) and subject and object_):
        reading.wrong(place, "an edge does not name both ends", "name two nodes")
    elif sign not in SIGNS:
        reading.wrong(place, f"the sign is {sign!r:.20}", "write +, - or ?")
    else:
        for name, value in values.items():
            if name == "_detail_bucket":
                reading.left("evidence in another file", f"details/{value}.json", place)
            elif value and name not in _OF_EDGE:
                reading.left("edge attribute", name, place)
        database = values.get("prov_source")
        record = values.get("id")
        yield Edge(
            subject=subject,
            predicate=kind,
            object=object_,
            sign=SIGNS[sign],
            citations=(
                Citation(
                    database=database if isinstance(database, str) and database else "PhysioMap",
                    locator=record if isinstance(record, str) else "",
                    context=tuple(("context", text) for text in texts(values.get("context"))),
                ),
            ),
            place=place,
        )


def _objects(
    reading: Reading, values: Mapping[str, Any], name: str, place: str = ""
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    listed = values.get(name, [])
    if not isinstance(listed, list):
        reading.wrong(place or name, f"{name} are no list", "write […]")
        return
    for number, value in enumerate(listed):
        at = f"{place}{'.' if place else ''}{name}[{number}]"
        if isinstance(value, Mapping):
            yield at, value
        else:
            reading.wrong(at, "is no object", "write {…}")
