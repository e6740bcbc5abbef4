"""GEXF, of Gephi and networkx: entities and statements with their attributes.

Read are versions 1.1 to 1.3 with nodes within nodes; when something was there and how it is drawn
have no place here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from trabecula import plain
from trabecula.graph import Graph
from trabecula.mapping import Item, Reading
from trabecula.mapping.attributes import Attributes, Row
from trabecula.mapping.strict_xml import Element
from trabecula.model import About

_TYPES: Final = {bool: "boolean", int: "integer", str: "string"}
#: What the type of an edge says: which way it goes.
_WAYS: Final = ("directed", "undirected", "mutual")
#: What says how something is drawn, in the namespace `viz`.
_LOOKS: Final = frozenset(("color", "position", "size", "shape", "thickness"))


def render(graph: Graph) -> bytes:
    """The graph in GEXF 1.2. Nodes show their names, edges what their statements say."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    nodes = list(plain.nodes(graph))
    edges = list(plain.edges(graph))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">'
    title = f"<description>{escape(graph.about.title)}</description>" if graph.about.title else ""
    yield f"  <meta><creator>trabecula</creator>{title}</meta>"
    yield '  <graph defaultedgetype="directed" mode="static">'
    for kind, rows in (("node", nodes), ("edge", edges)):
        yield f'    <attributes class="{kind}" mode="static">'
        types = {name: _TYPES[type(value)] for _, values in rows for name, value in values.items()}
        for name, type_ in types.items():
            yield f'      <attribute id="{kind}_{name}" title="{name}" type="{type_}"/>'
        yield "    </attributes>"
    yield "    <nodes>"
    for key, values in nodes:
        yield f"      <node id={quoteattr(key)} label={quoteattr(str(values.get('name', key)))}>"
        yield from _values("node", values)
        yield "      </node>"
    yield "    </nodes>"
    yield "    <edges>"
    for statement, values in edges:
        ends = f"source={quoteattr(statement.subject)} target={quoteattr(statement.object)}"
        yield f'      <edge id="{statement.id}" {ends} label={quoteattr(str(values["label"]))}>'
        yield from _values("edge", values)
        yield "      </edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _values(kind: str, values: plain.Attributes) -> Iterator[str]:
    if not values:
        return
    yield "        <attvalues>"
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        yield f'          <attvalue for="{kind}_{name}" value={quoteattr(text)}/>'
    yield "        </attvalues>"


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    root = reading.xml("gexf")
    graph = root.first("graph") or Element("graph")
    meta = root.first("meta")
    title = meta.first("description") if meta is not None else None
    yield About(title=title.words() if title is not None else "")
    yield from Attributes(reading).network(_nodes(reading, graph), _edges(reading, graph))


def _nodes(reading: Reading, graph: Element) -> Iterator[tuple[str, dict[str, Any], str]]:
    named, lists, defaults = _declared(graph, "node")
    for node in graph.inside("node"):
        if "id" not in node.attributes:
            reading.wrong(str(node.line), "a node has no id", 'write id="…"')
            continue
        place = f"line {node.line}"
        if "pid" in node.attributes or node.first("nodes") is not None:
            reading.left("node within a node", node.get("id"), place)
        for parents in node.named("parents"):
            for parent in parents.named("parent"):
                reading.left("parent of a node", parent.get("for"), f"line {parent.line}")
        values = {"label": node.get("label"), **defaults, **_own(reading, node, named, lists)}
        yield node.get("id"), values, place


def _edges(reading: Reading, graph: Element) -> Iterator[Row]:
    named, lists, defaults = _declared(graph, "edge")
    usual = graph.get("defaultedgetype", "undirected")
    for edge in graph.inside("edge"):
        ends = edge.get("source"), edge.get("target")
        if not all(ends):
            what = "an edge has no source or no target"
            reading.wrong(str(edge.line), what, 'write source="…" target="…"')
            continue
        way = edge.get("type", usual)
        kind = edge.get("kind") if way in _WAYS else way  # where networkx writes a `type`
        way = way if way in _WAYS else usual
        values = {"kind": kind, "label": edge.get("label"), **defaults}
        values.update(_own(reading, edge, named, lists))
        if edge.get("weight", "1") not in ("1", "1.0"):
            values["weight"] = edge.get("weight")
        yield Row(
            subject=ends[0],
            object=ends[1],
            values=values,
            place=f"line {edge.line}",
            symmetric=way != "directed",
            mutual=way == "mutual",
        )


def _declared(graph: Element, kind: str) -> tuple[dict[str, str], frozenset[str], dict[str, Any]]:
    """The titles of attributes of nodes or edges by id, which of them are lists, and defaults."""
    named: dict[str, str] = {}
    lists = set()
    defaults: dict[str, Any] = {}
    for group in graph.named("attributes"):
        if group.get("class") != kind:
            continue
        for attribute in group.named("attribute"):
            named[attribute.get("id")] = attribute.get("title") or attribute.get("id")
            if attribute.get("type").startswith("list"):
                lists.add(attribute.get("id"))
            default = attribute.first("default")
            if default is not None and default.words():
                defaults[named[attribute.get("id")]] = default.words()
    return named, frozenset(lists), defaults


def _listed(text: str) -> list[str]:
    """The members of a list: Gephi writes `[a, b]`, and the primer of GEXF 1.2 `a|b`.

    >>> _listed('[magnesium, "Mg, the ion"]'), _listed("a|b")
    (['magnesium', 'Mg, the ion'], ['a', 'b'])
    """
    inner = text.strip()
    if not (inner.startswith("[") and inner.endswith("]")):
        return [part.strip() for part in inner.split("|")]
    row = next(csv.reader([inner[1:-1].replace("\n", " ")], skipinitialspace=True), [])
    return [part.strip() for part in row]


def _own(
    reading: Reading, element: Element, named: dict[str, str], lists: frozenset[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for group in element.named("attvalues"):
        for value in group.named("attvalue"):
            key = value.get("for") or value.get("id")  # `id` until version 1.1
            if key not in named:
                what = f"the attribute {key!r:.40} is not declared"
                reading.wrong(str(value.line), what, "declare it in <attributes>")
            elif named[key] in values:  # one for each time
                reading.left("value at another time", named[key], f"line {value.line}")
            else:
                text = value.get("value")
                values[named[key]] = _listed(text) if key in lists else text
    for inner in element:
        if inner.name not in {*_LOOKS, "attvalues", "nodes", "edges", "parents"}:
            reading.left("part of a node or edge", inner.name, f"line {inner.line}")
    return values
