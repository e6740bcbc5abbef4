"""GraphML, of networkx, igraph, yEd, Cytoscape, Gephi and PyBEL.

Read are nodes, those of graphs within nodes too, and edges with their attributes; ports,
hyperedges and the way graphs are nested have no place here and are counted. Written are entities
and statements with attributes and with the labels that yEd draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from trabecula import plain
from trabecula.graph import Graph
from trabecula.mapping import Item, Reading, Vocabulary
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.mapping.strict_xml import Element
from trabecula.model import About

# --- Writing --------------------------------------------------------------------------------

# GraphML ids are NMTOKENs: of the identifiers in use only those with other marks need changing.
_NO_NMTOKEN = re.compile(r"[^\w.:-]", re.ASCII)
_TYPES: Final = {bool: "boolean", int: "int", str: "string"}
_SPACES: Final = (
    ' xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:y="http://www.yworks.com/xml/graphml"'
    ' xmlns:yed="http://www.yworks.com/xml/yed/3"'
)


def render(graph: Graph) -> bytes:
    """The graph in GraphML. The identifier is an attribute of the node as well as its id.

    In the id, a character that GraphML does not allow there is written as `_x2F_`.
    """
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    nodes = [(key, _labelled(values)) for key, values in plain.nodes(graph)]
    edges = list(plain.edges(graph))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<graphml{_SPACES}>"
    for kind, rows in (("node", nodes), ("edge", edges)):
        types = {name: _TYPES[type(value)] for _, values in rows for name, value in values.items()}
        for name, type_ in types.items():
            yield (
                f'  <key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>'
            )
        yield f'  <key id="yed_{kind}" for="{kind}" yfiles.type="{kind}graphics"/>'
    title = f" id={quoteattr(_id(graph.about.title))}" if graph.about.title else ""
    yield f'  <graph{title} edgedefault="directed">'
    for key, values in nodes:
        yield f"    <node id={quoteattr(_id(key))}>"
        yield from _data("node", values)
        label = escape(str(values.get("name", key)))
        yield (
            f'      <data key="yed_node"><y:ShapeNode><y:NodeLabel>{label}</y:NodeLabel>'
            "</y:ShapeNode></data>"
        )
        yield "    </node>"
    for statement, values in edges:
        ends = (
            f"source={quoteattr(_id(statement.subject))} target={quoteattr(_id(statement.object))}"
        )
        yield f'    <edge id="{statement.id}" {ends}>'
        yield from _data("edge", values)
        label = escape(str(values["label"]))
        yield (
            '      <data key="yed_edge"><y:PolyLineEdge><y:Arrows source="none" target="standard"/>'
            f"<y:EdgeLabel>{label}</y:EdgeLabel></y:PolyLineEdge></data>"
        )
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _labelled(values: plain.Attributes) -> plain.Attributes:
    """The attributes of a node with its name as the label, too, by which Gephi calls it."""
    return {**values, "label": values["name"]} if "name" in values else values


def _data(kind: str, values: plain.Attributes) -> Iterator[str]:
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else escape(str(value))
        yield f'      <data key="{kind}_{name}">{text}</data>'


def _id(key: str) -> str:
    return _NO_NMTOKEN.sub(lambda mark: f"_x{ord(mark[0]):X}_", key)


#: The head of an arrow of yEd that says that it inhibits.
_BAR: Final = "t_shape"

# --- Reading --------------------------------------------------------------------------------


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file; in one of PyBEL, predicates are relations of BEL."""
    file = _File(reading, reading.xml("graphml"))
    if "bel" in file.names.values():
        yield Vocabulary("bel")
    yield About(title=file.title())
    yield from Attributes(reading).network(file.nodes(), file.edges())


class _File:
    def __init__(self, reading: Reading, root: Element) -> None:
        self.reading = reading
        self.root = root
        #: Whose it is and key -> what its values are called; empty for those that say how things
        #: look. Some programs have one key for nodes and for edges.
        self.names: dict[tuple[str, str], str] = {}
        #: Key -> what nodes (edges) without it have.
        self.defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        for key in root.named("key"):
            name = key.get("attr.name")
            looks = key.get("yfiles.type")
            called = "" if looks else name or key.get("id")
            self.names[key.get("for", "all"), key.get("id")] = called
            default = key.first("default")
            if default is not None and default.text.strip() and not looks:
                for kind in ("node", "edge"):
                    if key.get("for", "all") in (kind, "all"):
                        self.defaults[kind][called] = default.text
        anyones = {key: name for (_, key), name in reversed(self.names.items())}
        #: Whose -> key -> what its values are called, though it be declared for something else.
        self.called = {
            kind: anyones
            | {key: name for (whose, key), name in self.names.items() if whose == kind}
            for kind in ("graph", "node", "edge")
        }

    def title(self) -> str:
        """What the graph calls itself."""
        for graph in self.root.named("graph"):
            values = self.values(graph, "graph")
            title = values.pop("name", values.pop("title", values.pop("label", "")))
            for name in values:
                left_of_graph(self.reading, name, f"line {graph.line}")
            return str(title).strip()
        return ""

    def nodes(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        for node in self.root.inside("node"):
            place = f"line {node.line}"
            if "id" not in node.attributes:
                self.reading.wrong(str(node.line), "a node has no id", 'write id="…"')
                continue
            for inner in node.named("port", "graph"):
                what = "port" if inner.name == "port" else "graph within a node"
                self.reading.left(what, node.get("id"), place)
            labels = node.get("labels")  # as Neo4j writes them
            more = {"labels": labels} if labels else {}
            yield node.get("id"), {**more, **self.values(node, "node")}, place

    def edges(self) -> Iterator[Row]:
        undirected = {
            id(edge)
            for graph in self.root.inside("graph")
            if graph.get("edgedefault") == "undirected"
            for edge in graph.named("edge")
        }
        for hyperedge in self.root.inside("hyperedge"):
            self.reading.left("hyperedge", hyperedge.get("id"), f"line {hyperedge.line}")
        for edge in self.root.inside("edge"):
            ends = edge.get("source"), edge.get("target")
            if not all(ends):
                what = "an edge has no source or no target"
                self.reading.wrong(str(edge.line), what, 'write source="…" target="…"')
                continue
            directed = edge.get("directed")
            symmetric = directed == "false" if directed else id(edge) in undirected
            values = {"label": edge.get("label"), **self.values(edge, "edge")}
            arrows = next(edge.inside("Arrows"), None)
            if arrows is not None:  # of yEd, which writes all edges as directed
                tail, head = (arrows.get(name, "none") for name in ("source", "target"))
                if head == "none" != tail:
                    ends, tail, head = ends[::-1], head, tail
                symmetric = symmetric or tail == head
                if head == _BAR and not str(values.get("sign", "")).strip():
                    values["sign"] = "-1"
                if tail not in ("none", head):
                    self.reading.left("arrow at the source", tail, f"line {edge.line}")
            yield Row(
                subject=ends[0],
                object=ends[1],
                values=values,
                place=f"line {edge.line}",
                symmetric=symmetric,
            )

    def values(self, element: Element, kind: str) -> dict[str, Any]:
        """The attributes of a node, an edge or a graph; one that is given twice is a list."""
        values: dict[str, Any] = {}
        shown, called = "", self.called[kind]
        for data in element.named("data"):
            name = called.get(data.get("key"))
            if name is None:
                what = f"the key {data.get('key')!r:.40} is not declared"
                self.reading.wrong(str(data.line), what, "declare it with <key>")
            elif not name:
                label = next(data.inside("NodeLabel", "EdgeLabel"), None)
                shown = shown or (label.words() if label is not None else "")
            elif name in values:
                values[name] = [*_listed(values[name]), data.text]
            else:
                values[name] = data.text if data.text.strip() or not data.children else data.words()
        values = {**self.defaults.get(kind, {}), **values}
        if shown and not values.get("label", "").strip():
            values["label"] = shown
        return values


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
