"""Node-link JSON of networkx, d3 and other programs; that of trabecula itself is in `nodelink`.

Edges stand under `edges` or `links` and name their ends by the ids of nodes or by their positions
in the list of nodes. Ids may be numbers, or lists, as networkx writes tuples. What graphology says
of a node or an edge stands under `attributes`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Item, Reading
from trabecula.mapping.attribute_names import is_opaque
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.model import About

_ENDS: Final = (("source", "target"), ("from", "to"), ("start", "end"))
#: Members beside the lists that are read, or say nothing that the edges do not.
_ABOUT: Final = ("directed", "multigraph", "graph")
_KEYS: Final = ("id", "key", "name", "label")


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    document = reading.json(nan=True)
    lists = {}
    for name in (
        "nodes",
        "links" if isinstance(document, dict) and "links" in document else "edges",
    ):
        listed = document.get(name) if isinstance(document, dict) else None
        if not isinstance(listed, list):
            what = f"there is no list of {name}"
            fix = 'write {"nodes": […], "links": […]}'
            raise FormatError([Problem("json-shape", reading.where, what, fix)])
        lists[name] = listed
    (_, nodes), (name, edges) = lists.items()
    told = document.get("graph")
    attributes = dict(told) if isinstance(told, Mapping) else {"graph": told} if told else {}
    title = attributes.pop("name", "")
    for attribute in attributes:
        left_of_graph(reading, attribute, "graph")
    for member in document:
        if member not in (*lists, *_ABOUT):
            reading.left("member", member, "the file")
    yield About(title=title if isinstance(title, str) else "")
    keys = _keys(reading, nodes)
    yield from Attributes(reading).network(
        (
            (key, _attributes(node), f"nodes[{number}]")
            for number, (key, node) in enumerate(zip(keys, nodes, strict=True))
            if key
        ),
        _edges(
            reading, name, edges, keys,
            symmetric=document.get("directed") is False,
            by_key=any(isinstance(n, Mapping) and "key" in n and "id" not in n for n in nodes),
        ),
    )  # fmt: skip


def _keys(reading: Reading, nodes: list[Any]) -> list[str]:
    """The key of each node: its id, or else its name; empty for what is none."""
    keys = []
    for number, node in enumerate(nodes):
        value = (
            next((node[name] for name in _KEYS if name in node), number)
            if isinstance(node, Mapping)
            else None
        )
        key = _key(value)
        if not key:
            reading.wrong(f"nodes[{number}]", "a node has no id", 'write {"id": "…"}')
        keys.append(key)
    return keys


def _edges(
    reading: Reading,
    name: str,
    edges: list[Any],
    keys: list[str],
    *,
    symmetric: bool,
    by_key: bool,
) -> Iterator[Row]:
    """The edges; where nodes are told apart `by_key`, so are they, and no key is a name."""
    ends = next(
        (
            pair
            for pair in _ENDS
            if edges and isinstance(edges[0], Mapping) and set(pair) <= set(edges[0])
        ),
        _ENDS[0],
    )
    positions = _are_positions(edges, ends, keys)
    for number, edge in enumerate(edges):
        place = f"{name}[{number}]"
        if not isinstance(edge, Mapping) or not all(end in edge for end in ends):
            what = f"an edge has no {ends[0]} or no {ends[1]}"
            reading.wrong(place, what, f'write {{"{ends[0]}": "…", "{ends[1]}": "…"}}')
            continue
        values = {
            key: v for key, v in _attributes(edge).items() if key not in (*ends, "undirected")
        }
        subject, object_ = (keys[edge[end]] if positions else _key(edge[end]) for end in ends)
        key = edge.get("key")
        named = isinstance(key, str) and not is_opaque(key) and not by_key
        yield Row(
            subject=subject,
            object=object_,
            values={**values, **({"label": values.get("label") or key} if named else {})},
            place=place,
            symmetric=symmetric or edge.get("undirected") is True,
        )


def _attributes(element: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a node or an edge, without what tells it apart."""
    more = element.get("attributes")
    own = {name: value for name, value in element.items() if name not in ("id", "key")}
    if not isinstance(more, Mapping):
        return own
    del own["attributes"]
    return {**own, **more}


def _are_positions(edges: list[Any], ends: tuple[str, str], keys: list[str]) -> bool:
    """Whether edges name nodes by their places in the list, as d3 does: where ids fit no edge."""
    named = [
        edge[end] for edge in edges if isinstance(edge, Mapping) for end in ends if end in edge
    ]
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in named):
        return False
    ids = set(keys)
    return not all(_key(value) in ids for value in named) and all(
        0 <= value < len(keys) for value in named
    )


def _key(value: Any) -> str:
    """An id as text; networkx writes a tuple as a list, d3 puts the node itself there."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in _KEYS if name in value), None)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
