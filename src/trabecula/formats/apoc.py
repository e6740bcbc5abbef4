"""JSON that APOC exports from Neo4j: lines, a list, two lists, or two objects by their ids.

A relationship names its ends by their numbers in the database. A node is identified by one of its
properties, as in other networks. Read only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Item, Reading
from trabecula.mapping.attribute_values import Values
from trabecula.mapping.attributes import Attributes, Row
from trabecula.mapping.strict_json import parsed

_NODE: Final = "node"
_RELATIONSHIP: Final = "relationship"
#: What a file begins with that is one object, and no lines of them.
_LISTS: Final = re.compile(
    r'"(nodes|rels|relationships)"\s*:\s*\[|\A\{\s*"(nodes|rels|relationships)"\s*:\s*\{'
)


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    nodes: list[tuple[str, Values, str]] = []
    edges: list[Row] = []
    for value, place in _records(reading):
        kind = value.get("type") if isinstance(value, Mapping) else None
        if kind == _NODE and _key(value):
            nodes.append((_key(value), _values(value, value.get("labels")), place))
        elif kind == _RELATIONSHIP and _key(value.get("start")) and _key(value.get("end")):
            label = value.get("label")
            edges.append(
                Row(
                    subject=_key(value["start"]),
                    object=_key(value["end"]),
                    values=_values(value),
                    place=place,
                    predicate=label if isinstance(label, str) else "",
                )
            )
        else:
            what, fix = "neither a node nor a relationship", "write its type, id, start and end"
            reading.wrong(place, what, fix)
    keys = {key for key, _, _ in nodes}
    ends = (end for edge in edges for end in (edge.subject, edge.object))
    missing = dict.fromkeys(end for end in ends if end not in keys)
    # an export of relationships alone names its ends by what stands in them
    nodes += [(key, {}, edges[0].place) for key in missing if not nodes]
    yield from Attributes(reading).network(nodes, edges)


def _records(reading: Reading) -> Iterator[tuple[Any, str]]:
    """The nodes and relationships, each with its place."""
    text = reading.text()
    first = text.lstrip().partition("\n")[0].rstrip()
    if text.lstrip()[:1] == "[":
        yield from _listed(parsed(text, reading.where), "")
    elif first.endswith("}") and not _LISTS.search(first):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield parsed(line, f"{reading.where}:{number}"), str(number)
    else:
        document = parsed(text, reading.where)
        for name in ("nodes", "rels", "relationships"):
            listed = document.get(name, []) if isinstance(document, Mapping) else None
            if isinstance(listed, Mapping):  # by their ids, as `JSON_ID_AS_KEYS` has them
                listed = [*listed.values()]
            if not isinstance(listed, list):
                what, fix = f"{name} is no list", "write nodes and relationships in lists"
                raise FormatError([Problem("json-shape", reading.where, what, fix)])
            yield from _listed(listed, name)


def _listed(values: list[Any], name: str) -> Iterator[tuple[Any, str]]:
    return ((value, f"{name}[{number}]") for number, value in enumerate(values))


def _key(value: Any) -> str:
    """The number of a node in the database."""
    key = value.get("id") if isinstance(value, Mapping) else value
    return str(key) if isinstance(key, str | int) and not isinstance(key, bool) else ""


def _values(value: Mapping[str, Any], labels: Any = None) -> Values:
    """The properties, with the labels of a node as what it is."""
    properties = value.get("properties")
    values = dict(properties) if isinstance(properties, Mapping) else {}
    return {**values, "labels": labels} if labels and "labels" not in values else values
