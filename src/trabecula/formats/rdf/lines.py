"""Lines of N-Triples and N-Quads as programs write them, read without a parser.

What is read here is less than the grammar allows: one blank between terms, characters of which
nobody doubts that an IRI may have them. Of all else the parser knows, and of what is wrong: see
`parsing`. What a line says of its subject is looked at when it is met first; after that its text
alone tells what it is. The lines of statements and evidence are compared all at once with those of
others, where many are alike; see `alike`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from trabecula.formats.rdf.alike import Alike
from trabecula.formats.rdf.content import Content, Properties, keep
from trabecula.formats.rdf.ontology import NANOPUB
from trabecula.formats.rdf.rows import STRING, Literal, Object, Triple
from trabecula.prefixes import EVIDENCE, NAMESPACES, STATEMENT
from trabecula.settled import settled_iri

#: So many bytes are read at a time; so much of each kind is remembered, of so many characters.
BLOCK: Final = 2**16
LONGEST_BLOCK: Final = 2**20
MOST_TERMS: Final = 2**16
LONGEST_TERM: Final = 256

_IN_IRI = r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+)*+"
_IRI = rf"<((?:https?://[A-Za-z0-9.-]+(?=[/?\#>])|urn:(?=[A-Za-z0-9])){_IN_IRI}(?:\#{_IN_IRI})?)>"
_NAMED = re.compile(_IRI)
_BLANK = re.compile(r"_:[A-Za-z0-9]+")
_TEXT = r'"([^"\\\x00-\x1f\x7f]*+(?:\\[tbnrf"\'\\][^"\\\x00-\x1f\x7f]*+)*+)"'
_LITERAL = re.compile(rf"{_TEXT}(?:\^\^{_IRI}|@([a-z]{{2}}))?")
#: The end of a line with a text of characters that stand for themselves.
_PLAIN = re.compile(r'"[^"\\\x00-\x1f\x7f]*+" \.')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LANGUAGE: Final = NAMESPACES["rdf"] + "langString"
_ASIDE: Final = f" <{NANOPUB}"


class OddError(Exception):
    """There is a line of which only the parser knows what it says."""


class Terms(dict[Any, Any]):
    """What a file has for something -> what it is; made when looked up, kept up to a number."""

    def __init__(self, make: Callable[[Any], Any], size: Callable[[Any], int] = len) -> None:
        super().__init__()
        self._make, self._size = make, size

    def __missing__(self, told: Any) -> Any:
        made = self._make(told)
        if self._size(told) <= LONGEST_TERM:
            if len(self) >= MOST_TERMS:
                self.clear()
            self[told] = made
        return made


class Lines:
    """The lines of one file, whose `content` they add to.

    `blank` gives the node for a label such as `_:b0`. With `graphs` they are those of N-Quads.
    """

    def __init__(self, content: Content, blank: Callable[[str], str], *, graphs: bool) -> None:
        self._content, self._blank, self._in_graphs = content, blank, graphs
        self._names, self._nodes, self._iris = Terms(_name), Terms(self._node), Terms(_iri)
        self._values, self._meanings = Terms(self._value_of), Terms(self._tell)
        self._asides, self._alike = Terms(self._aside), Alike(self._names, self._values)

    def read(self, block: bytes) -> None:
        """Keep what whole lines say, but for graphs in which our own writers let sources speak.

        Raises `OddError` where a line is not read here. Then the triples of those before it are
        kept, but not counted, which does no harm: the parser will give them again, first of all.
        """
        text = _text_of(block)
        graphs: list[str] = []
        placed: list[tuple[str, Triple]] = []
        count = self._subjects(text, graphs, placed)
        self._content.count(count, graphs)
        for graph, triple in placed:
            self._content.graphs.setdefault(graph, []).append(triple)

    def _subjects(self, text: str, graphs: list[str], placed: list[tuple[str, Triple]]) -> int:
        """Keep what lines say, those of one subject at once where others are like it.

        From a subject on that is of a kind of which few are alike, lines are read one by one.
        Returns their number.
        """
        nodes, alike = self._content.nodes, self._alike
        place, size, count = 0, len(text), 0
        while place < size:
            lead = text[place : text.find(" ", place) + 1]
            node, kind = lead[2:-2], None
            if node not in nodes:
                if len(lead) <= LONGEST_TERM and _LEAD_OF_OURS.fullmatch(lead):
                    kind = alike.kind(text, place + len(lead))
                if kind is None:
                    break
                properties, lines, end = kind.read(text, place, lead)
                if properties is not None:
                    nodes[node] = properties
                    count += lines
                    place = end
                    continue
            end = text.find("\n", place + 1)
            while end > 0 and lead and text.startswith(lead, end):
                end = text.find("\n", end + 1)
            own = text[place + 1 : end if end > 0 else size].split("\n")
            before = len(graphs)
            self._lines(own, graphs, placed)
            if kind is not None:
                whole = end > 0 and len(graphs) == before  # not cut in two, nor in a graph
                kind.learn([line[len(lead) - 1 :] for line in own] if whole else ())
            count += len(own)
            place = end if end > 0 else size
        if place < size:
            rest = text[place + 1 :].split("\n")
            self._lines(rest, graphs, placed)
            count += len(rest)
        return count

    def _lines(self, lines: list[str], graphs: list[str], placed: list[tuple[str, Triple]]) -> None:
        """Keep what lines say, each looked up whole but for its subject."""
        nodes, names = self._content.nodes, self._nodes
        meanings, in_graphs = self._meanings, self._in_graphs
        lead, size, node = "\n", 0, ""  # no line begins so
        properties: Properties | None = None
        for line in lines:
            if not line.startswith(lead):
                size = line.find(" ") + 1
                lead, properties = line[:size], None
            rest = line[size:]
            if in_graphs and _ASIDE in rest and (aside := self._asides[rest]):
                self._iris[lead[:-1]]
                graphs.append(aside)
                continue
            if properties is None and lead.startswith("_:"):
                self._number(lead[:-1], rest)
            predicate, values, graph = meanings[rest]
            if properties is None:
                node = names[lead[:-1]]
                properties = nodes.setdefault(node, {})
            if predicate in properties:
                keep(properties, predicate, values)
            else:
                properties[predicate] = values
            if graph is not None:
                graphs.append(graph)
                placed.append((graph, (node, predicate, *values)))

    def _tell(self, rest: str) -> tuple[str, dict[Object, None], str | None]:
        """What a line says of its subject: predicate, object and graph."""
        predicate, _, end = rest.partition(" ")
        name, values = self._names[predicate], self._value_of(end)
        if values is not None:
            return name, values, None
        _, value, graph = self._parts(rest)
        return name, {self._value(value): None}, graph

    def _value_of(self, end: str) -> dict[Object, None] | None:
        """The value in the end of a line, ` .` and all; None in that of a line in a graph."""
        if _PLAIN.fullmatch(end):
            return {tuple.__new__(Literal, (end[1:-3], STRING, "")): None}
        if _END_OF_OURS.fullmatch(end):
            return {end[1:-3]: None}
        _, value, graph = self._parts(f" {end}")
        return {self._value(value): None} if graph is None else None

    def _aside(self, rest: str) -> str:
        """The graph of a line, if it is one in which our own writers let sources speak."""
        predicate, value, graph = self._parts(rest)
        if graph is None or not graph.startswith(NANOPUB):
            return ""
        self._look(predicate, value)
        return graph

    def _number(self, subject: str, rest: str) -> None:
        """Number a blank node before those that its line names, once all of that is sound."""
        predicate, value, _ = self._parts(rest)
        self._look(predicate, predicate if _BLANK.fullmatch(value) else value)
        self._nodes[subject]

    def _look(self, predicate: str, value: str) -> None:
        """Look at terms that are not kept, of which none is a blank node."""
        self._iris[predicate]
        if value.startswith('"'):
            self._value(value)
        else:
            self._iris[value]

    def _parts(self, rest: str) -> tuple[str, str, str | None]:
        """Predicate and object as they are written, and the graph."""
        predicate, _, value = rest.partition(" ")
        if value[-2:] != " .":
            raise OddError
        value = value[:-2]
        if self._in_graphs and value[-1:] == ">":
            start, _, end = value.rpartition(" ")
            if start and end[:1] == "<":
                return predicate, start, self._iris[end]
        return predicate, value, None

    def _node(self, text: str) -> str:
        if text.startswith("_:") and _BLANK.fullmatch(text):
            return self._blank(text)
        return _name(text)

    def _value(self, text: str) -> Object:
        if not text.startswith('"'):
            node: str = self._nodes[text]
            return node
        match = _LITERAL.fullmatch(text)
        if match is None:
            raise OddError
        lexical, datatype, language = match.groups()
        if "\\" in lexical:
            lexical = _ESCAPE.sub(lambda mark: _ESCAPES.get(mark[1], mark[1]), lexical)
        if language:
            return Literal(lexical, _LANGUAGE, language)
        if datatype is not None and datatype.startswith(NAMESPACES["rdf"]):
            raise OddError  # some of which are not for a text without a language
        return Literal(lexical, datatype or STRING)


def _text_of(block: bytes) -> str:
    """The lines, each of them behind a line end."""
    if len(block) > LONGEST_BLOCK:  # which has a line that may be too long
        raise OddError
    try:
        return "\n" + block.decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError:
        raise OddError from None


def _name(text: str) -> str:
    ours = _OURS.fullmatch(text, 1, len(text) - 1)
    return text[1:-1] if ours and text[0] + text[-1] == "<>" else one_spelling(_iri(text))


def one_spelling(iri: str) -> str:
    """The same as `settled_iri`, which nodes of ours have no need of."""
    return iri if _OURS.fullmatch(iri) else settled_iri(iri)


_OURS = re.compile(rf"(?:{re.escape(STATEMENT)}|{re.escape(EVIDENCE)})[A-Za-z0-9]+")
_LEAD_OF_OURS = re.compile(rf"\n<{_OURS.pattern}> ")
_END_OF_OURS = re.compile(rf"<({_OURS.pattern})> \.")


def _iri(text: str) -> str:
    match = _NAMED.fullmatch(text)
    if match is None:
        raise OddError
    return match[1]


def blocks(data: bytes) -> Iterator[bytes]:
    """The file in pieces that end where a line does."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + BLOCK) + 1 or len(data)
        yield data[start:end]
        start = end
