"""JSON of Cytoscape.js: elements as one list or as lists of nodes and edges, bare or in a document.

Documents are what Cytoscape writes (`.cyjs`) and what `cy.json()` gives. Positions, classes and
styles are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trabecula import plain
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Item, Reading
from trabecula.mapping.attributes import Attributes, Row
from trabecula.model import About

#: Values of an edge that say where it is and not what.
_PLACES: Final = ("id", "source", "target", "parent")


def render(graph: Graph) -> bytes:
    """The graph as a document that `cytoscape(…)` takes and Cytoscape imports."""
    nodes = [{"data": {"id": key, **values}} for key, values in plain.nodes(graph)]
    edges = [
        {
            "data": {
                "id": statement.id,
                "source": statement.subject,
                "target": statement.object,
                **values,
            }
        }
        for statement, values in plain.edges(graph)
    ]
    document = {
        "format_version": "1.0",
        "generated_by": "trabecula",
        "target_cytoscapejs_version": "~3.0",
        "data": {"name": graph.about.title} if graph.about.title else {},
        "elements": {"nodes": nodes, "edges": edges},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    document = reading.json(nan=True)
    title = ""
    if isinstance(document, dict):
        told = document.get("data")
        title = told.get("name", "") if isinstance(told, dict) else ""
        elements = document.get("elements", document)
    else:
        elements = document
    yield About(title=title if isinstance(title, str) else "")
    nodes, edges = _sorted(reading, elements)
    yield from Attributes(reading).network(_nodes(reading, nodes), _edges(reading, edges))


_Element = tuple[str, Mapping[str, Any]]


def _sorted(reading: Reading, elements: Any) -> tuple[list[_Element], list[_Element]]:
    """The data of nodes and of edges, each with its place."""
    if isinstance(elements, dict):
        listed = [
            (group, f"{group}[{number}]", element)
            for group in ("nodes", "edges")
            for number, element in enumerate(_list(reading, elements, group))
        ]
    elif isinstance(elements, list):
        listed = [("", f"elements[{number}]", element) for number, element in enumerate(elements)]
    else:
        _refuse(reading, "elements are neither a list nor an object")
    nodes: list[_Element] = []
    edges: list[_Element] = []
    for group, place, element in listed:
        data = element.get("data") if isinstance(element, dict) else None
        if not isinstance(data, dict):
            reading.wrong(place, "has no data", 'write {"data": {"id": "…"}}')
            continue
        kind = group or element.get("group") or ("edges" if "source" in data else "nodes")
        (edges if kind == "edges" else nodes).append((place, data))
    return nodes, edges


def _list(reading: Reading, elements: Mapping[str, Any], group: str) -> list[Any]:
    listed = elements.get(group, [])
    if not isinstance(listed, list):
        _refuse(reading, f"{group} are no list")
    return list(listed)


def _refuse(reading: Reading, what: str) -> None:
    fix = 'write {"elements": {"nodes": […], "edges": […]}}'
    raise FormatError([Problem("json-shape", reading.where, what, fix)])


def _nodes(reading: Reading, elements: list[_Element]) -> Iterator[tuple[str, dict[str, Any], str]]:
    for place, data in elements:
        if not _is_key(data.get("id")):
            reading.wrong(place, "a node has no id", 'write "id": "…"')
            continue
        if data.get("parent") is not None:
            reading.left("node within a node", str(data["parent"]), place)
        values = {name: value for name, value in data.items() if name not in ("id", "parent")}
        yield str(data["id"]), values, place


def _edges(reading: Reading, elements: list[_Element]) -> Iterator[Row]:
    for place, data in elements:
        if not (_is_key(data.get("source")) and _is_key(data.get("target"))):
            reading.wrong(place, "an edge has no source or no target", "name both nodes")
            continue
        yield Row(
            subject=str(data["source"]),
            object=str(data["target"]),
            values={name: value for name, value in data.items() if name not in _PLACES},
            place=place,
        )


def _is_key(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and value != ""
