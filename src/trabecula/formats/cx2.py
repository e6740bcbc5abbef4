"""CX2, of NDEx and Cytoscape: attributes are declared, have short names and values by default.

Written with our colours and arrowheads, so that Cytoscape and NDEx show what the page shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from trabecula import plain
from trabecula.about import PREFIX
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Item, Prefixes, Reading
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.mapping.prefixes import spaces_in, unfolded
from trabecula.model import About

# --- Writing --------------------------------------------------------------------------------

_TYPES: Final = {bool: "boolean", int: "integer", str: "string"}
#: Category -> shape of CX2, fill and line, which are those of the page.
LOOKS: Final = MappingProxyType(
    {
        "chemical": ("ellipse", "#fdf0cf", "#a06d0c"),
        "protein": ("round-rectangle", "#dcebf8", "#2f6da6"),
        "complex": ("octagon", "#c8dbf0", "#2a5d92"),
        "cell": ("round-rectangle", "#d3eee6", "#1f7566"),
        "anatomy": ("rectangle", "#e7e9ec", "#5d6875"),
        "material": ("rectangle", "#efe6da", "#7d6344"),
        "process": ("hexagon", "#e6def5", "#6a4ba8"),
        "function": ("parallelogram", "#f3dff0", "#95468b"),
        "exposure": ("triangle", "#ffe5d2", "#a85a25"),
        "intervention": ("vee", "#d5f0f5", "#1a7282"),
        "test": ("parallelogram", "#ebebd0", "#6a6b1e"),
        "trait": ("rectangle", "#fff7c2", "#84720c"),
        "condition": ("diamond", "#fbdcdc", "#ab3b45"),
        "food": ("ellipse", "#e4f0cf", "#58771f"),
        "population": ("rectangle", "#dfe2f3", "#4d5aa0"),
    }
)
#: Sign -> colour and arrowhead.
_SIGNS: Final = MappingProxyType(
    {1: ("#1b6ca8", "triangle"), -1: ("#b5471b", "tee"), 0: ("#66717c", "open")}
)
_DASHED: Final = MappingProxyType(
    {"contested": "dashed", "refuted": "dotted", "asserted-only": "dotted", "no-evidence": "dotted"}
)


def render(graph: Graph) -> bytes:
    """The graph in CX2. Nodes and edges are numbered; their identifiers are attributes."""
    rows = list(plain.nodes(graph))
    numbers = {key: number for number, (key, _) in enumerate(rows, start=1)}
    nodes = [{"id": numbers[key], "v": {"name": key, **values}} for key, values in rows]
    edges = [
        {
            "id": number,
            "s": numbers[statement.subject],
            "t": numbers[statement.object],
            "v": values,
        }
        for number, (statement, values) in enumerate(plain.edges(graph), start=len(nodes) + 1)
    ]
    declared = {"nodes": _declared(nodes), "edges": _declared(edges)}
    metadata = {"name": graph.about.title, "description": graph.about.description}
    network = {name: text for name, text in metadata.items() if text}
    if network:
        declared["networkAttributes"] = {name: {"d": "string"} for name in network}
    aspects: list[tuple[str, list[Any]]] = [
        ("attributeDeclarations", [declared]),
        ("networkAttributes", [network] if network else []),
        ("nodes", nodes),
        ("edges", edges),
        ("visualProperties", [_looks(nodes)]),
        ("edgeBypasses", list(_without_heads(graph, edges))),
    ]
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": name, "elementCount": len(rows)} for name, rows in aspects if rows]},
        *({name: rows} for name, rows in aspects if rows),
        {"status": [{"success": True}]},
    ]
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _without_heads(graph: Graph, edges: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The edges that have a sign and no head, for nothing acts: correlations, levels, lacks."""
    statements = (statement for statement, _ in plain.edges(graph))
    for statement, edge in zip(statements, edges, strict=True):
        if edge["v"].get("sign") and not graph.words.relation(statement.predicate).acts:
            yield {"id": edge["id"], "v": {"EDGE_TARGET_ARROW_SHAPE": "none"}}


def _declared(elements: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    return {
        name: {"d": _TYPES[type(value)]}
        for element in elements
        for name, value in element["v"].items()
    }


def _looks(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The visual properties: by category for nodes, by sign and status for edges."""
    there = sorted({node["v"].get("category", "") for node in nodes} & set(LOOKS))

    def by_category(place: int) -> dict[str, Any]:
        return _discrete("category", [(name, LOOKS[name][place]) for name in there])

    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#ffffff"},
            "node": {
                "NODE_SHAPE": "rectangle",
                "NODE_BACKGROUND_COLOR": "#f3f3f3",
                "NODE_BORDER_COLOR": "#6a6a6a",
                "NODE_BORDER_WIDTH": 1,
                "NODE_LABEL_COLOR": "#222222",
            },
            "edge": {
                "EDGE_LINE_COLOR": "#66717c",
                "EDGE_WIDTH": 2,
                "EDGE_TARGET_ARROW_SHAPE": "open",
            },
        },
        "nodeMapping": {
            "NODE_LABEL": {
                "type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}
            },
            "NODE_SHAPE": by_category(0),
            "NODE_BACKGROUND_COLOR": by_category(1),
            "NODE_BORDER_COLOR": by_category(2),
        },
        "edgeMapping": {
            "EDGE_LINE_COLOR": _discrete(
                "sign", [(sign, look[0]) for sign, look in _SIGNS.items()], "integer"
            ),
            "EDGE_TARGET_ARROW_COLOR": _discrete(
                "sign", [(sign, look[0]) for sign, look in _SIGNS.items()], "integer"
            ),
            "EDGE_TARGET_ARROW_SHAPE": _discrete(
                "sign", [(sign, look[1]) for sign, look in _SIGNS.items()], "integer"
            ),
            "EDGE_LINE_STYLE": _discrete("status", list(_DASHED.items())),
        },
    }  # fmt: skip


def _discrete(
    attribute: str, pairs: list[tuple[Any, str]], type_: str = "string"
) -> dict[str, Any]:
    rows = [{"v": value, "vp": look} for value, look in pairs]
    definition = {"attribute": attribute, "type": type_, "map": rows}
    return {"type": "DISCRETE", "definition": definition}


# --- Reading --------------------------------------------------------------------------------

_READ: Final = ("attributeDeclarations", "networkAttributes", "nodes", "edges")
#: What says how the file is made up, and what it looks like.
_PASSED: Final = frozenset(
    (
        "CXVersion", "hasFragments", "metaData", "status", "visualProperties", "nodeBypasses",
        "edgeBypasses", "visualEditorProperties", "cyTableColumn", "cyHiddenAttributes",
        "visualPropertiesDependencies", "cyNetworkRelations",
    )
)  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    file = _File(reading)
    told = file.network()
    yield About(title=told.pop("name", ""), description=told.pop("description", ""))
    yield Prefixes({p: iri for p, iri in file.spaces.items() if PREFIX.fullmatch(p)})
    yield from Attributes(reading).network(file.nodes(), file.edges())


class _File:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        document = reading.json()
        if not isinstance(document, list):
            fix = 'write [{"CXVersion": "2.0"}, {"nodes": […]}]'
            what = "this is no list of aspects"
            raise FormatError([Problem("json-shape", reading.where, what, fix)])
        self.aspects: dict[str, list[tuple[str, dict[str, Any]]]] = {name: [] for name in _READ}
        for fragment in document:
            for name, elements in fragment.items() if isinstance(fragment, dict) else ():
                self._take(name, elements)
        #: Kind -> name in the file -> name of the attribute, and the values they have by default.
        self.aliases: dict[str, dict[str, str]] = {"nodes": {}, "edges": {}}
        self.defaults: dict[str, dict[str, Any]] = {"nodes": {}, "edges": {}}
        self.spaces: dict[str, str] = {}  # prefix -> IRI, of the network's own context
        for _, declared in self.aspects["attributeDeclarations"]:
            for kind in self.aliases:
                attributes = declared.get(kind, {})
                for name, declaration in attributes.items() if isinstance(attributes, dict) else ():
                    self._declare(kind, name, declaration if isinstance(declaration, dict) else {})

    def _take(self, name: str, elements: Any) -> None:
        listed = elements if isinstance(elements, list) else [elements]
        if name not in self.aspects:
            if name not in _PASSED and listed:
                self.reading.left("aspect", name, "the file", len(listed))
            return
        for element in listed:
            place = f"{name}[{len(self.aspects[name])}]"
            if isinstance(element, dict):
                self.aspects[name].append((place, element))
            else:
                self.reading.wrong(place, "is no object", "write {…}")

    def _declare(self, kind: str, name: str, declaration: dict[str, Any]) -> None:
        if isinstance(declaration.get("a"), str):
            self.aliases[kind][declaration["a"]] = name
        if "v" in declaration:
            self.defaults[kind][name] = declaration["v"]

    def network(self) -> dict[str, str]:
        """What the network says of itself in texts."""
        told = {}
        for place, element in self.aspects["networkAttributes"]:
            for name, value in element.items():
                if name in ("name", "description") and isinstance(value, str):
                    told[name] = " ".join(value.split())
                elif name == "@context":
                    self.spaces.update(spaces_in(value))
                elif value not in ("", None, []):
                    left_of_graph(self.reading, name, place)
        return told

    def nodes(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        for place, node in self.aspects["nodes"]:
            if _id(node.get("id")):
                yield _id(node["id"]), self.values("nodes", node, place), place
            else:
                self.reading.wrong(place, "a node has no id", 'write "id": 1')

    def edges(self) -> Iterator[Row]:
        for place, edge in self.aspects["edges"]:
            ends = _id(edge.get("s")), _id(edge.get("t"))
            if not all(ends):
                self.reading.wrong(place, "an edge has no s or no t", 'write "s": 1, "t": 2')
                continue
            yield Row(
                subject=ends[0],
                object=ends[1],
                values=self.values("edges", edge, place),
                place=place,
            )

    def values(self, kind: str, element: dict[str, Any], place: str) -> dict[str, Any]:
        """The attributes of a node or an edge under the names that are declared."""
        told = element.get("v", {})
        if not isinstance(told, dict):
            self.reading.wrong(place, "its v is no object", 'write "v": {…}')
            told = {}
        names = self.aliases[kind]
        given = {names.get(name, name): unfolded(v, self.spaces) for name, v in told.items()}
        return {**self.defaults[kind], **given}


def _id(value: Any) -> str:
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
