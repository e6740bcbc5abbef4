"""XGMML, of Cytoscape 2 and 3: networks as they are exported, and those in a session.

Nodes within nodes (Cytoscape's groups) are read as nodes; how things are drawn is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from trabecula import plain
from trabecula.graph import Graph
from trabecula.mapping import Item, Reading
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.mapping.strict_xml import Element
from trabecula.model import About

#: What stands between the names of the ends in a label that says no more than these.
_BETWEEN_NAMES: Final = (",", ", ", " ", "-", " - ", "--", "_", "|", ";", ":", "/")
_TYPES: Final = {bool: "boolean", int: "integer", str: "string"}

# --- Writing --------------------------------------------------------------------------------


def render(graph: Graph) -> bytes:
    """The graph in XGMML, as Cytoscape exports it."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    nodes = list(plain.nodes(graph))
    numbers = {key: number for number, (key, _) in enumerate(nodes, start=1)}
    names = {key: str(values.get("name", key)) for key, values in nodes}
    title = graph.about.title or "trabecula"
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    yield (
        f'<graph id="0" label={quoteattr(title)} directed="1" cy:documentVersion="3.0"'
        ' xmlns:cy="http://www.cytoscape.org" xmlns="http://www.cs.rpi.edu/XGMML">'
    )
    for key, values in nodes:
        yield f'  <node id="{numbers[key]}" label={quoteattr(names[key])}>'
        yield from _atts(values)
        yield "  </node>"
    for number, (statement, values) in enumerate(plain.edges(graph), start=len(nodes) + 1):
        label = f"{names[statement.subject]} ({values['interaction']}) {names[statement.object]}"
        ends = f'source="{numbers[statement.subject]}" target="{numbers[statement.object]}"'
        yield f'  <edge id="{number}" label={quoteattr(label)} {ends} cy:directed="1">'
        yield from _atts(values)
        yield "  </edge>"
    yield "</graph>"


def _atts(values: plain.Attributes) -> Iterator[str]:
    for name, value in values.items():
        text = quoteattr(str(int(value) if isinstance(value, bool) else value))
        yield f'    <att name="{name}" value={text} type="{_TYPES[type(value)]}"/>'


# --- Reading --------------------------------------------------------------------------------


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    root = reading.xml("graph")
    told = _values(reading, root)
    for name in told:
        if name not in ("name", "shared name", "networkMetadata", "documentVersion", "selected"):
            left_of_graph(reading, name, "graph")
    yield About(title=root.get("label") or str(told.get("name", "")))
    yield from Attributes(reading).network(_nodes(reading, root), _edges(reading, root))


def _nodes(reading: Reading, root: Element) -> Iterator[tuple[str, dict[str, Any], str]]:
    for node in root.inside("node"):
        if "href" in node.attributes:  # stands elsewhere in the file
            continue
        if "id" not in node.attributes:
            reading.wrong(str(node.line), "a node has no id", 'write id="…"')
            continue
        yield (
            node.get("id"),
            {"label": node.get("label"), **_values(reading, node)},
            f"line {node.line}",
        )


def _edges(reading: Reading, root: Element) -> Iterator[Row]:
    labels = {node.get("id"): node.get("label") for node in root.inside("node")}
    for edge in root.inside("edge"):
        if "href" in edge.attributes:
            continue
        ends = edge.get("source"), edge.get("target")
        if not all(ends):
            what = "an edge has no source or no target"
            reading.wrong(str(edge.line), what, 'write source="…" target="…"')
            continue
        values = _values(reading, edge)
        if values.get("__isMetaEdge") in ("true", "1"):
            reading.left("edge of a group", "stands for those of its members", f"line {edge.line}")
            continue
        if "interaction" not in {name.casefold() for name in values}:
            values["label"] = _between(edge.get("label"), *(labels.get(end, "") for end in ends))
        yield Row(
            subject=ends[0],
            object=ends[1],
            values=values,
            place=f"line {edge.line}",
            symmetric=edge.get("directed", root.get("directed", "1")) == "0",
        )


def _between(label: str, subject: str, object_: str) -> str:
    """What the label of an edge says between the names of its ends.

    >>> _between("PTH (inhibits) SOST", "PTH", "SOST")
    'inhibits'
    >>> _between("PTH,SOST", "PTH", "SOST")
    ''
    """
    if label in {f"{subject}{between}{object_}" for between in _BETWEEN_NAMES} and subject:
        return ""
    start, end = f"{subject} (", f") {object_}"
    fits = label.startswith(start) and label.endswith(end) and len(label) > len(start + end)
    return label[len(start) : -len(end)] if fits else label


def _values(reading: Reading, element: Element) -> dict[str, Any]:
    """The attributes of a node or an edge: texts, and lists of texts."""
    values: dict[str, Any] = {}
    for att in element.named("att"):
        inner = list(att.named("att"))
        graphs = list(att.named("graph"))
        if graphs:  # a network within a node, whose nodes are read as well
            name = att.get("name") or graphs[0].get("label") or "without a name"
            reading.left("network within a node", name, f"line {att.line}")
        elif inner:
            values[att.get("name")] = [part.get("value") for part in inner]
        else:
            values[att.get("name")] = att.get("value")
    return values
