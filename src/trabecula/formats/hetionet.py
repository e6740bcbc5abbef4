"""Hetnets in the JSON of hetnetpy, such as Hetionet. Read only.

A node is called by its kind and its identifier, which may be a number. An edge with the direction
`both` has none where its ends are of one kind; else its kind is read from source to target, and
`backward` turns it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Citation, Edge, Item, Node, Reading, hetnets
from trabecula.mapping.attribute_values import texts

#: Kinds of sources of which a gene is only found to be up or down, and not made so.
_FOUND_IN: Final = frozenset(("Anatomy", "Disease"))


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    document = reading.json()
    nodes, edges = (_listed(reading, document, name) for name in ("nodes", "edges"))
    keys = set()
    kinds: dict[str, str] = {}
    for number, node in enumerate(nodes):
        place = f"nodes[{number}]"
        kind, identifier = (
            (node.get("kind"), node.get("identifier")) if isinstance(node, Mapping) else ("", None)
        )
        key = _key([kind, identifier])
        if not key:
            fix = 'write {"kind": "Gene", "identifier": 7157}'
            reading.wrong(place, "a node has no kind or no identifier", fix)
            continue
        keys.add(key)
        called = hetnets.identifier(str(kind), str(identifier))
        if kinds.setdefault(called, str(kind)) != kind:
            called = key  # one identifier in two kinds is two things
        data = _data(node)
        description = data.pop("description", "")
        for name in data:
            if name not in ("source", "license", "url"):
                reading.left("node attribute", name, place)
        yield Node(
            key=key,
            identifier=called,
            name=str(node.get("name") or identifier),
            category=str(kind),
            description=description if isinstance(description, str) else "",
        )
    for number, edge in enumerate(edges):
        made = _edge(reading, edge, keys, f"edges[{number}]")
        if made is not None:
            yield made


def _edge(reading: Reading, edge: Any, keys: set[str], place: str) -> Edge | None:
    values = edge if isinstance(edge, Mapping) else {}
    ends = [values.get(f"{end}_id", values.get(end)) for end in ("source", "target")]
    subject, object_ = (_key(end) for end in ends)
    kind, direction = values.get("kind"), values.get("direction", "both")
    if not subject or not object_ or not isinstance(kind, str) or not kind:
        fix = 'write {"source_id": ["Gene", 1], "target_id": ["Gene", 2], "kind": "interacts"}'
        reading.wrong(place, "an edge has no ends or no kind", fix)
        return None
    for end in (subject, object_):
        if end not in keys:
            reading.wrong(place, f"the edge ends in {end}, which is no node", "add the node")
            return None
    if direction not in ("both", "forward", "backward"):
        reading.wrong(place, f"the direction is {direction!r:.20}", "write both or forward")
        return None
    kinds = [str(end[0]) for end in ends if isinstance(end, list)]
    if direction == "backward":
        subject, object_, kinds = object_, subject, kinds[::-1]
    found_in = kinds[0] in _FOUND_IN and kind in ("upregulates", "downregulates")
    return Edge(
        subject=subject,
        predicate=f"{kinds[0]}–{kind}–{kinds[1]}" if found_in else kind,
        object=object_,
        symmetric=direction == "both" and kinds[0] == kinds[1],
        citations=tuple(_citations(reading, _data(values), place)),
        place=place,
    )


def _citations(reading: Reading, data: dict[str, Any], place: str) -> Iterator[Citation]:
    """The papers of an edge, or else the databases that it is from."""
    papers = [f"PMID:{number}" for number in texts(data.pop("pubmed_ids", ()), separators=True)]
    databases = texts(data.pop("sources", ())) or texts(data.pop("source", ()))
    context = []
    for name, value in data.items():
        text = "; ".join(texts(value))
        if name in ("unbiased", "license", "urls", "url"):
            continue
        if text and (papers or databases):
            context.append((name, text))
        else:
            reading.left("edge attribute", name, place)
    if papers:
        more = (*context, *(("source", name) for name in databases))
        yield Citation(papers=tuple(papers), context=tuple(more))
    else:
        for database in databases:
            yield Citation(database=database, context=tuple(context))


def _data(element: Mapping[str, Any]) -> dict[str, Any]:
    data = element.get("data")
    return dict(data) if isinstance(data, Mapping) else {}


def _key(value: Any) -> str:
    """A kind and an identifier as one text; empty for what is none."""
    if not isinstance(value, list) or len(value) != 2:
        return ""
    kind, identifier = value
    fits = isinstance(kind, str) and isinstance(identifier, int | str)
    return f"{kind} {identifier}" if fits and kind and identifier != "" else ""


def _listed(reading: Reading, document: Any, name: str) -> list[Any]:
    listed = document.get(name) if isinstance(document, dict) else None
    if isinstance(listed, list):
        return listed
    fix = f'write {{"nodes": […], "edges": […]}}; a metagraph alone has no {name}'
    problem = Problem("json-shape", reading.where, f"there is no list of {name}", fix)
    raise FormatError([problem])
