"""TRAPI, the format in which services of Translator answer: the knowledge graph of a message.

Only what is known is read: a `query_graph` asks, and `results` point to what the graph says.
Nodes and edges are objects by their ids, as in all versions now, or lists, as in old ones.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from trabecula import associations
from trabecula.associations import Slots
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Edge, Item, Reading, biolink

#: Attributes of old versions, and the slots they are.
_FORMERLY = {"publication": "publications"}
#: Keys of an edge before version 1.
_KEYS_FORMERLY = {"source_id": "subject", "target_id": "object", "relation_label": "predicate"}


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of the knowledge graph in a message."""
    graph = _graph(reading)
    unplaced: Counter[tuple[str, str]] = Counter()
    for key, node, _ in _each(graph.get("nodes"), "nodes", reading):
        slots = _slots(node)
        slots["id"] = (key,)
        classes = (node.get(name) for name in ("categories", "category", "type"))
        slots.pop("type", None)
        slots["category"] = next((t for t in map(biolink.texts_of_one, classes) if t), ())
        made, rest = biolink.node(slots)
        unplaced.update(("node attribute", name) for name in rest)
        yield made
    for key, edge, place in _each(graph.get("edges"), "edges", reading):
        slots = _slots({_KEYS_FORMERLY.get(name, name): v for name, v in edge.items()})
        if "predicate" not in slots and "type" in slots:
            slots["predicate"] = slots.pop("type")
        subject, object_ = (biolink.first(slots, name) for name in ("subject", "object"))
        predicates = slots.get("predicate", ())
        if not (subject and object_ and predicates):
            what = "the edge has no subject, predicate or object"
            reading.wrong(place, what, "write all three of them")
            continue
        negated = biolink.negation(slots)
        if negated is None:
            reading.wrong(place, "`negated` says neither true nor false", "write true or false")
            continue
        slots["id"] = (key,) if key else ()
        signs, qualifiers = biolink.meaning(slots)
        cited, rest = biolink.citation(slots)
        unplaced.update(("edge attribute", name) for name in rest)
        for predicate in predicates:
            own = biolink.ours(slots)
            for sign in (None,) if own else signs:
                yield Edge(
                    subject=subject,
                    predicate=own or predicate,
                    object=object_,
                    sign=sign,
                    negated=negated,
                    qualifiers=qualifiers,
                    citations=(cited,) if cited else (),
                    place=place,
                )
    for (kind, name), count in unplaced.items():
        reading.left(kind, name, reading.path.name, count)


def _graph(reading: Reading) -> dict[str, Any]:
    document = reading.json()
    for key in ("fields", "data", "message", "knowledge_graph"):  # the first two of the ARS
        if isinstance(document, dict) and key in document:
            document = document[key]
    if not isinstance(document, dict) or not ({"nodes", "edges"} & set(document)):
        what, fix = "there is no knowledge graph with nodes and edges", "write one into the message"
        raise FormatError([Problem("json-shape", reading.where, what, fix)])
    return document


def _each(listed: Any, kind: str, reading: Reading) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Id, object and place of each node or edge, of an object by id or of a list."""
    pairs: Iterator[tuple[str, Any]]
    if isinstance(listed, dict):
        pairs = iter(listed.items())
    elif isinstance(listed, list):
        named = (row.get("id") if isinstance(row, dict) else None for row in listed)
        pairs = zip(("" if n is None else str(n) for n in named), listed, strict=True)
    elif listed is None:
        return
    else:
        problem = Problem("json-shape", reading.where, f"{kind!r} is no object", "write one by id")
        raise FormatError([problem])
    for index, (key, row) in enumerate(pairs):
        place = f"{kind}[{index}]" if isinstance(listed, list) else f"{kind}[{key!r}]"
        if isinstance(row, dict) and (key or kind == "edges"):
            yield key, row, place
        else:
            reading.wrong(place, "this is no object with an id", "write one")


def _slots(row: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The slots of a node or an edge; attributes are slots as well."""
    own = ("attributes", "categories")
    slots = biolink.slots_of(
        {key: value for key, value in row.items() if key not in own or not isinstance(value, list)}
    )
    for each in _objects(row.get("attributes")):
        name = biolink.slot(str(each.get("attribute_type_id") or each.get("type") or ""))
        name = _FORMERLY.get(name, name) or str(each.get("original_attribute_name") or "attribute")
        texts = biolink.texts if name in biolink.PUBLICATIONS else biolink.texts_of_one
        slots[name] = (*slots.get(name, ()), *texts(each.get("value")))
    return slots


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    yield from (
        (element for element in value if isinstance(element, dict))
        if isinstance(value, list)
        else ()
    )


# --- Writing ---------------------------------------------------------------------------------

_NAMED = ("id", "name", "category", "subject", "predicate", "object")


def render(graph: Graph) -> bytes:
    """A message with the graph as its knowledge, without a query and without results."""
    nodes = {str(slots["id"]): _node(slots) for slots in associations.nodes(graph)}
    edges = {str(slots["id"]): _edge(slots) for slots in associations.edges(graph)}
    message = {
        "message": {
            "query_graph": {"nodes": {}, "edges": {}},
            "knowledge_graph": {"nodes": nodes, "edges": edges},
            "results": [],
        }
    }
    return f"{json.dumps(message, ensure_ascii=False, indent=1)}\n".encode()


def _node(slots: Slots) -> dict[str, Any]:
    attributes = _attributes(slots)
    return {"name": slots["name"], "categories": list(slots["category"]), "attributes": attributes}


def _edge(slots: Slots) -> dict[str, Any]:
    qualifiers = [
        {"qualifier_type_id": f"biolink:{name}", "qualifier_value": value}
        for name, values in sorted(slots.items())
        if biolink.is_qualifier(name)
        for value in (values if isinstance(values, tuple) else (values,))
    ]
    source = slots.get("primary_knowledge_source")
    return {
        **{name: slots[name] for name in ("subject", "predicate", "object")},
        **({"qualifiers": qualifiers} if qualifiers else {}),
        "sources": [{"resource_id": source, "resource_role": biolink.ROLES[0]}] if source else [],
        "attributes": _attributes(slots),
    }


def _attributes(slots: Slots) -> list[dict[str, Any]]:
    return [
        {
            "attribute_type_id": f"biolink:{name}",
            "value": list(value) if isinstance(value, tuple) else _truth(name, value),
        }
        for name, value in sorted(slots.items())
        if name not in (*_NAMED, *biolink.ROLES) and not biolink.is_qualifier(name)
    ]


def _truth(name: str, value: str) -> str | bool:
    return value == "true" if name == "negated" else value
