"""DOT, for Graphviz: categories as shapes, signs as arrowheads, statuses as line styles.

`dot -Tsvg graph.dot -o graph.svg` draws it. Read are the nodes and edges of any file, with the
attributes that say something: a label is what an edge says, and a T-bar says that it is less. Other
arrowheads are a look and no sign, for every program means something else by them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from types import MappingProxyType
from typing import Final, NoReturn

from trabecula import plain
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Item, Reading
from trabecula.mapping.attributes import Attributes, Row, left_of_graph
from trabecula.mapping.joined import in_words
from trabecula.model import About, Statement
from trabecula.standing import sayable

#: The shape of each category.
SHAPES: Final = MappingProxyType(
    {
        "chemical": "ellipse",
        "protein": "box",
        "complex": "box3d",
        "cell": "octagon",
        "anatomy": "house",
        "material": "component",
        "process": "cds",
        "function": "parallelogram",
        "exposure": "invtriangle",
        "intervention": "invhouse",
        "test": "note",
        "trait": "hexagon",
        "condition": "diamond",
        "food": "egg",
        "population": "folder",
    }
)
# Blue arrow, vermilion T-bar, grey: told apart by colour-blind readers and in print.
_BAR = "tee"
_SIGNS = {1: ("normal", "#0072B2"), -1: (_BAR, "#D55E00"), 0: ("none", "#666666")}
_STYLES = {
    "supported": "solid",
    "contested": "dashed",
    "refuted": "dashed",
    "title-only": "solid",
    "asserted-only": "dotted",
    "no-evidence": "dotted",
}


#: What is written for readers of the file; Graphviz passes over it.
_KEPT: Final = ("predicate", "sign", "negated", "qualifiers", "topic", "evidence")


def render(graph: Graph) -> bytes:
    """The graph in DOT, from left to right."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    yield "digraph trabecula {"
    yield "  rankdir=LR;"
    yield '  node [fontname="Helvetica"];'
    yield '  edge [fontname="Helvetica", fontsize=10];'
    for key, entity in graph.entities.items():
        shape = SHAPES.get(entity.category, "plain")
        shown = _list(label=entity.name, shape=shape, tooltip=entity.category)
        more = f"category={_quoted(entity.category)}, identifier={_quoted(key)}"
        yield f"  {_quoted(key)} [{shown}, {more}];"
    for statement in graph.statements.values():
        ends = f"{_quoted(statement.subject)} -> {_quoted(statement.object)}"
        attributes = plain.of_statement(statement, graph)
        kept = {
            name: str(attributes[name]).lower() if name == "negated" else str(attributes[name])
            for name in _KEPT
        }
        values = {name: value for name, value in kept.items() if value not in ("", "false")}
        yield f"  {ends} [{_list(**_attributes(statement, graph), **values)}];"
    yield "}"


def _attributes(statement: Statement, graph: Graph) -> dict[str, str]:
    relation = graph.words.relation(statement.predicate)
    status = graph.status(statement)
    head, colour = _SIGNS[graph.words.sign_of(statement)]
    if not relation.acts:
        head = "none"
    words = [relation.label]
    if statement.negated:
        words.insert(0, "not:")
    if statement.qualifiers:
        words.append(f"({in_words(statement.qualifiers)})")
    if status == "refuted":
        words.append("(refuted)")
    elif not sayable(statement.evidence):
        words.append("(denied)")
    if head == "none" and not relation.symmetric:
        head = "vee"
    both = {"dir": "both", "arrowtail": head} if relation.symmetric else {}
    return {
        "id": statement.id,
        "label": " ".join(words),
        "arrowhead": head,
        **both,
        "color": colour,
        "style": _STYLES[status],
        "tooltip": status,
    }


def _list(**attributes: str) -> str:
    shown = (
        f"{name}={_text(value) if name in ('label', 'tooltip') else _quoted(value)}"
        for name, value in attributes.items()
    )
    return ", ".join(shown)


def _quoted(text: str) -> str:
    """A quoted id: only the quotation mark is escaped, and a backslash before one."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(text: str) -> str:
    """Text as Graphviz shows it: backslashes and HTML entities would mean something there."""
    return _quoted(text.replace("&", "&amp;"))


# --- Reading --------------------------------------------------------------------------------

_TOKEN: Final = re.compile(
    r"""(?xs)
    (?P<blank> \s+ | //[^\n]* | /\*.*?\*/ | (?m:^)\#[^\n]* )
    | (?P<edge> -- | -> )
    | (?P<mark> [{}\[\];,=:+] )
    | "(?P<quoted> (?: [^"\\] | \\. )* )"
    | (?P<word> [^\W\d][\w]* | -?(?:\.\d+|\d+(?:\.\d*)?) )
    """
)
_ANGLE: Final = re.compile("[<>]")
_DEEPEST: Final = 100
#: So many edges at most stand in one statement, between subgraphs.
_MOST: Final = 100_000
#: Attributes that only say how something is drawn, and what is said in the label as well.
_LOOKS: Final = frozenset(
    (
        "arrowhead", "arrowsize", "arrowtail", "bb", "bgcolor", "center", "class", "color",
        "colorscheme", "constraint", "decorate", "dir", "fillcolor", "fixedsize", "fontcolor",
        "fontname", "fontsize", "group", "headlabel", "headport", "height", "href", "image",
        "labelangle", "labeldistance", "labelfloat", "labelfontcolor", "labelfontname",
        "labelfontsize", "labelloc", "len", "lhead", "lp", "ltail", "margin", "minlen", "nodesep",
        "nojustify", "ordering", "orientation", "pencolor", "penwidth", "peripheries", "pos",
        "rank", "rankdir", "ranksep", "ratio", "rects", "regular", "root", "samehead", "sametail",
        "shape", "sides", "size", "skew", "splines", "style", "taillabel", "tailport", "target",
        "url", "vertices", "weight", "width", "xlabel", "xlp", "z", "overlap", "layout", "charset",
        "compound", "concentrate", "dpi", "edgetooltip", "labeltooltip", "tooltip", "id",
        "clusterrank",
    )
)  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file, which may have several graphs."""
    file = _File(reading)
    file.read()
    yield About(title=file.title)
    nodes = ((key, _saying(values), place) for key, (values, place) in file.nodes.items())
    yield from Attributes(reading).network(nodes, file.edges)


def _saying(values: dict[str, str]) -> dict[str, str]:
    """The attributes that say something; a label beside a line is a label."""
    beside = {n: v for n, v in values.items() if n.casefold() == "xlabel"}
    if beside and "label" not in values:
        values = {**values, "label": next(iter(beside.values()))}
    return {name: value for name, value in values.items() if name.casefold() not in _LOOKS}


def _shown(text: str, name: str) -> str:
    """The value of an attribute; in a label, as Graphviz shows it, in one line."""
    if name != "label":
        return re.sub(r'\\(["\\])', r"\1", text)
    if text in ("\\N", "\\E", "\\G"):  # the name of the node, of the edge, of the graph
        return ""
    plain_text = re.sub(r"\\(.)", lambda mark: " " if mark[1] in "nlr" else mark[1], text)
    return " ".join(html.unescape(plain_text).split())


@dataclass
class _Scope:
    """What holds in a graph or a subgraph: the usual attributes, and the nodes named in it."""

    node: dict[str, str] = field(default_factory=dict)
    edge: dict[str, str] = field(default_factory=dict)
    members: dict[str, None] = field(default_factory=dict)


class _File:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.title = ""
        self.nodes: dict[str, tuple[dict[str, str], str]] = {}
        self.edges: list[Row] = []
        self.tokens = self._tokens(reading.text())
        self.kind, self.text, self.line = "", "", 1
        self.strict = False
        self.seen: set[tuple[str, str]] = set()
        self._next()

    # --- Words ------------------------------------------------------------------------------

    def _tokens(self, text: str) -> Iterator[tuple[str, str, int]]:
        line, position = 1, 0
        while position < len(text):
            if text[position] == "<":
                end = self._html_end(text, position, line)
                words = re.sub(r"<[^>]*>", " ", text[position + 1 : end - 1])
                yield "id", " ".join(words.split()), line
                line += text.count("\n", position, end)
                position = end
                continue
            match = _TOKEN.match(text, position)
            if match is None:
                self._refuse(f"{text[position : position + 20]!r} is no part of DOT", line)
            kind = str(match.lastgroup)
            if kind == "quoted":
                yield "id", match["quoted"].replace("\\\n", ""), line
            elif kind == "word":
                yield "word", match["word"], line
            elif kind != "blank":
                yield kind, match[0], line
            line += match[0].count("\n")
            position = match.end()
        yield "end", "", line

    def _html_end(self, text: str, start: int, line: int) -> int:
        depth = 0
        for mark in _ANGLE.finditer(text, start):
            depth += 1 if mark[0] == "<" else -1
            if depth == 0:
                return mark.end()
        return self._refuse("a < that nothing closes", line)

    def _next(self) -> tuple[str, str]:
        taken = self.kind, self.text
        self.kind, self.text, self.line = next(self.tokens, ("end", "", self.line))
        return taken

    def _is(self, *texts: str) -> bool:
        return self.kind in ("mark", "edge", "word") and self.text.casefold() in texts

    def _take(self, text: str) -> None:
        if not self._is(text):
            self._refuse(f"{self.text or 'the end'!r:.40} stands where {text} is due", self.line)
        self._next()

    def _id(self) -> str:
        """A name, in which a backslash stands before itself and before a quotation mark."""
        return re.sub(r'\\(["\\])', r"\1", self._written())

    def _written(self) -> str:
        """A name or a value as it is written, with its backslashes."""
        if self.kind not in ("id", "word"):
            self._refuse(f"{self.text or 'the end'!r:.40} stands where a name is due", self.line)
        _, text = self._next()
        while self._is("+"):
            self._next()
            text += self._written()
        return text

    def _refuse(self, what: str, line: int) -> NoReturn:
        place = f"{self.reading.where}:{line}"
        raise FormatError([Problem("dot-syntax", place, what, "correct the file there")])

    # --- Statements -------------------------------------------------------------------------

    def read(self) -> None:
        """All graphs of the file."""
        while self.kind != "end":
            self.strict = self._is("strict")
            if self.strict:
                self._next()
            if not self._is("graph", "digraph"):
                self._refuse(f"{self.text!r:.40} stands where graph or digraph is due", self.line)
            directed = self._next()[1].casefold() == "digraph"
            if not self._is("{"):
                self.title = self._id()
            self._statements(_Scope(), directed=directed, depth=0)
            self.seen.clear()

    def _statements(self, scope: _Scope, *, directed: bool, depth: int) -> None:
        if depth > _DEEPEST:
            self._refuse("too many levels of nesting", self.line)
        self._take("{")
        while not self._is("}"):
            self._statement(scope, directed=directed, depth=depth)
            if self._is(";"):
                self._next()
        self._take("}")

    def _statement(self, scope: _Scope, *, directed: bool, depth: int) -> None:
        line = self.line
        if self._is("node", "edge", "graph"):
            _, kind = self._next()
            values = self._attributes()
            if kind.casefold() != "graph":
                getattr(scope, kind.casefold()).update(values)
            return
        ends = [self._end(scope, directed=directed, depth=depth)]
        if self._is("=") and len(ends[0]) == 1:
            self._of_graph(next(iter(ends[0])), line)
            return
        while self.kind == "edge":
            _, mark = self._next()
            if (mark == "->") != directed:
                self._refuse(f"{mark} in a {'digraph' if directed else 'graph'}", line)
            ends.append(self._end(scope, directed=directed, depth=depth))
        values = self._attributes()
        for key in (key for end in ends for key in end):
            declared = self.nodes.setdefault(key, (dict(scope.node), f"line {line}"))
            scope.members[key] = None
            if len(ends) == 1:
                declared[0].update(values)
        for starts, stops in pairwise(ends):
            self._between(starts, stops, {**scope.edge, **values}, line, directed=directed)

    def _between(
        self,
        starts: dict[str, None],
        stops: dict[str, None],
        values: dict[str, str],
        line: int,
        *,
        directed: bool,
    ) -> None:
        """An edge from each of these nodes to each of those."""
        if len(starts) * len(stops) > _MOST:
            self._refuse(f"more than {_MOST:,} edges in one statement", line)
        for start, stop in product(starts, stops):
            self._edge(start, stop, values, line, directed=directed)

    def _of_graph(self, name: str, line: int) -> None:
        self._take("=")
        self._id()
        if name.casefold() not in _LOOKS and name.casefold() != "label":
            left_of_graph(self.reading, name, f"line {line}")

    def _edge(
        self, start: str, stop: str, values: dict[str, str], line: int, *, directed: bool
    ) -> None:
        pair = (start, stop) if directed else (min(start, stop), max(start, stop))
        if self.strict and pair in self.seen:
            return
        self.seen.add(pair)
        head, tail, way = (values.get(name, "") for name in ("arrowhead", "arrowtail", "dir"))
        if way == "back":
            start, stop, head, tail = stop, start, tail, head
        heads = {head, tail} if way == "both" else {head} if way != "none" else set()
        both = way in ("both", "none")
        self.edges.append(
            Row(
                subject=start,
                object=stop,
                values={**({"sign": "-1"} if heads == {_BAR} else {}), **_saying(values)},
                place=f"line {line}",
                symmetric=both or not directed,
                mutual=way == "both",
            )
        )

    def _end(self, scope: _Scope, *, directed: bool, depth: int) -> dict[str, None]:
        """The nodes that a statement names at one place: one, or those of a subgraph."""
        if self._is("subgraph", "{"):
            if self._is("subgraph"):
                self._next()
                if not self._is("{"):
                    self._id()
            inner = _Scope(dict(scope.node), dict(scope.edge))
            self._statements(inner, directed=directed, depth=depth + 1)
            scope.members.update(inner.members)
            return inner.members
        key = self._id()
        for _ in range(2):  # a port and a side of the node
            if self._is(":"):
                self._next()
                self._id()
        return {key: None}

    def _attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._is("["):
            self._next()
            while not self._is("]"):
                name = self._id()
                value = "true"
                if self._is("="):
                    self._next()
                    value = _shown(self._written(), name.casefold())
                attributes[name] = value
                if self._is(",", ";"):
                    self._next()
            self._take("]")
        return attributes
