"""GML, of Cytoscape, yEd, igraph and networkx.

Two edges between the same nodes are read, whether the file calls itself a multigraph or not, as
Cytoscape writes them. How things are drawn (`graphics`) is passed over. SBGN-ED, of VANTED, says in
a list of its own (`sbgn`) what an edge is.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from trabecula import plain
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Item, Reading
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.model import About

_DEEPEST: Final = 100
_LOOKS: Final = frozenset(("graphics", "LabelGraphics", "edgeAnchor"))
#: What SBGN-ED calls arcs, in capitals without blanks, and their classes in SBGN.
_ARCS: Final = {
    name.replace(" ", ""): name
    for name in ("absolute inhibition", "absolute stimulation", "equivalence arc", "logic arc",
                 "necessary stimulation", "negative influence", "positive influence",
                 "unknown influence")
}  # fmt: skip
_TOKEN: Final = re.compile(
    r'\s+|\#[^\n]*|(?P<open>\[)|(?P<close>\])|"(?P<text>[^"]*)"|(?P<word>[^\s\[\]"#]+)'
)
_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

# --- Writing --------------------------------------------------------------------------------


def render(graph: Graph) -> bytes:
    """The graph in GML, in ASCII: other characters are written as `&#x3b1;`.

    The label of a node is its name; nodes with the same name have their identifiers in it, too.
    """
    return "".join(f"{line}\n" for line in _lines(graph)).encode("ascii")


def _lines(graph: Graph) -> Iterator[str]:
    nodes = list(plain.nodes(graph))
    numbers = {key: number for number, (key, _) in enumerate(nodes)}
    names = [str(values.get("name", key)) for key, values in nodes]
    often = Counter(names)
    yield "graph ["
    yield "  directed 1"
    yield "  multigraph 1"
    if graph.about.title:
        yield f"  label {_written(graph.about.title)}"
    for (key, values), name in zip(nodes, names, strict=True):
        label = name if often[name] == 1 else f"{name} ({key})"
        yield "  node ["
        yield f"    id {numbers[key]}"
        yield f"    label {_written(label)}"
        yield from (f"    {field} {_written(value)}" for field, value in values.items())
        yield "  ]"
    for statement, values in plain.edges(graph):
        yield "  edge ["
        yield f"    source {numbers[statement.subject]}"
        yield f"    target {numbers[statement.object]}"
        yield f'    key "{statement.id}"'
        yield from (f"    {field} {_written(value)}" for field, value in values.items())
        yield "  ]"
    yield "]"


def _written(value: str | int | bool) -> str:
    if isinstance(value, bool | int):
        return str(int(value))
    text = value.replace("&", "&amp;").replace('"', "&quot;")
    return '"' + "".join(mark if mark.isascii() else f"&#x{ord(mark):x};" for mark in text) + '"'


# --- Reading --------------------------------------------------------------------------------


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    graphs = [values for key, values, _ in _parsed(reading) if key == "graph"]
    if not graphs or not all(isinstance(graph, _List) for graph in graphs):
        fix = "write graph [ node [ id 1 ] … ]"
        raise FormatError([Problem("gml-shape", reading.where, "there is no graph in it", fix)])
    told = {key: value for graph in graphs for key, value, _ in graph if isinstance(value, str)}
    for name in told:
        if name not in ("directed", "multigraph", "label", "name", "id", "hierarchic"):
            left_of_graph(reading, name, "graph")
    yield About(title=told.get("label", told.get("name", "")))
    symmetric = told.get("directed", "0") != "1"
    nodes = [row for graph in graphs for row in _inside(graph) if row[0] == "node"]
    edges = [row for graph in graphs for row in _inside(graph) if row[0] == "edge"]
    yield from Attributes(reading).network(
        _nodes(reading, nodes), _edges(reading, edges, symmetric=symmetric)
    )


#: Key, value and line of each pair; a value is a text or a list of pairs.
_Pair = tuple[str, Any, int]


class _List(list[_Pair]):
    """The pairs between two brackets."""


def _inside(graph: _List) -> Iterator[_Pair]:
    """The pairs of a graph whose values are lists, those of nodes within nodes too."""
    stack = list(reversed(graph))
    while stack:
        key, value, line = stack.pop()
        if isinstance(value, _List):
            yield key, value, line
            stack.extend(pair for pair in reversed(value) if pair[0] in ("node", "edge", "graph"))


def _nodes(reading: Reading, elements: list[_Pair]) -> Iterator[tuple[str, dict[str, Any], str]]:
    for _, pairs, line in elements:
        values = _values(reading, pairs, line)
        key = values.pop("id", values.get("root_index"))
        if not isinstance(key, str):
            reading.wrong(str(line), "a node has no id, or several", "write id 1")
        else:
            yield key, values, f"line {line}"


def _edges(reading: Reading, elements: list[_Pair], *, symmetric: bool) -> Iterator[Row]:
    for _, pairs, line in elements:
        values = _values(reading, pairs, line)
        ends = [values.pop(name, None) for name in ("source", "target")]
        if not all(isinstance(end, str) for end in ends):
            reading.wrong(
                str(line), "an edge has no source or no target", "write source 1 target 2"
            )
            continue
        for name in ("key", "id"):  # they only tell it apart from others
            values.pop(name, None)
        tail, head = _heads(pairs)
        if tail and not head:
            ends.reverse()
        if _BAR in (tail, head):
            values.setdefault("sign", "-1")
        yield Row(
            subject=str(ends[0]),
            object=str(ends[1]),
            values=values,
            place=f"line {line}",
            symmetric=symmetric and tail == head,
        )


#: What yEd calls a T-bar.
_BAR: Final = "t_shape"


def _role(pairs: _List) -> str:
    """The class that SBGN-ED says something has in SBGN; nothing where it says none."""
    roles = (text for name, text, _ in pairs if name == "role" and isinstance(text, str))
    role = next(roles, "").casefold()
    return _ARCS.get(role, role)


def _heads(pairs: _List) -> tuple[str, str]:
    """The heads that yEd draws at source and target of an edge, nothing where it draws none."""
    drawn = {name: text for key, value, _ in pairs if key == "graphics" and isinstance(value, _List)
             for name, text, _ in value if isinstance(text, str) and text != "none"}  # fmt: skip
    return drawn.get("sourceArrow", ""), drawn.get("targetArrow", "")


def _values(reading: Reading, pairs: _List, line: int) -> dict[str, Any]:
    """The attributes of a node or an edge; one that stands several times is a list."""
    values: dict[str, Any] = {}
    shown = ""
    for key, value, _ in pairs:
        if key in ("node", "edge", "graph"):
            reading.left("node within a node", key, f"line {line}")
        elif isinstance(value, _List):
            if key in _LOOKS:
                texts = [text for name, text, _ in value if name == "text"]
                shown = shown or next((text for text in texts if isinstance(text, str)), "")
            elif key == "sbgn" and _role(value):
                values.setdefault(key, _role(value))
            else:
                reading.left("list within a node or edge", key, f"line {line}")
        elif key in values:
            values[key] = [
                *(values[key] if isinstance(values[key], list) else [values[key]]),
                value,
            ]
        else:
            values[key] = value
    return values if not shown else {"label": shown, **values}


def _parsed(reading: Reading) -> _List:
    """The pairs of a file. Raises `FormatError` with the line of what is wrong."""
    stack, keys, key, place = [_List()], [("", 0)], "", 0
    line = 1
    for kind, text, line in _tokens(reading):
        if not key and kind != "close":
            if kind != "word" or not _KEY.fullmatch(text):
                _refuse(reading, line, f"{text!r:.40} stands where a key is due", "write a key")
            key, place = text, line
        elif kind == "open":
            if len(stack) > _DEEPEST:
                _refuse(reading, line, "too many levels of nesting", "flatten it")
            stack.append(_List())
            keys.append((key, place))
            key = ""
        elif kind == "close":
            if key or len(stack) == 1:
                what = f"the key {key!r:.40} has no value" if key else "a ] that closes nothing"
                _refuse(reading, line, what, "correct the file there")
            pairs, (name, begins) = stack.pop(), keys.pop()
            stack[-1].append((name, pairs, begins))
        else:
            stack[-1].append((key, text, place))
            key = ""
    if key or len(stack) > 1:
        what = f"the key {key!r:.40} has no value" if key else f"{keys[-1][0]} [ is not closed"
        _refuse(reading, keys[-1][1] or line, what, "the file is cut short; get it whole")
    return stack[0]


def _tokens(reading: Reading) -> Iterator[tuple[str, str, int]]:
    """Kind, text and line of each word, text and bracket."""
    text = reading.text()
    line, position = 1, 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            _refuse(reading, line, "a quotation mark that nothing closes", 'write "…"')
        kind = match.lastgroup
        if kind is not None:
            value = match[kind]
            yield kind, html.unescape(value) if kind == "text" else value, line
        line += match[0].count("\n")
        position = match.end()


def _refuse(reading: Reading, line: int, what: str, fix: str) -> NoReturn:
    raise FormatError([Problem("gml-syntax", f"{reading.where}:{line}", what, fix)])
