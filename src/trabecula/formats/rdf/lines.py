"""Lines of N-Triples and N-Quads as programs write them, read without a parser.

What is read here is less than the grammar allows: one blank between terms, characters of which
nobody doubts that an IRI may have them. Of all else the parser knows, and of what is wrong: see
`parsing`. What a line says of its subject is looked at when it is met first; after that its text
alone tells what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

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
        self._said, self._asides = Terms(self._tell), Terms(self._aside)

    def read(self, block: bytes) -> None:
        """Keep what whole lines say, but for graphs in which our own writers let sources speak.

        Raises `OddError` where a line is not read here. Then the triples of those before it are
        kept, but not counted, which does no harm: the parser will give them again, first of all.
        """
        lines = _lines_of(block)
        nodes, names = self._content.nodes, self._nodes
        meanings, in_graphs = self._said, self._in_graphs
        graphs: list[str] = []
        placed: list[tuple[str, Triple]] = []
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
        self._content.count(len(lines), graphs)
        for graph, triple in placed:
            self._content.graphs.setdefault(graph, []).append(triple)

    def _tell(self, rest: str) -> tuple[str, dict[Object, None], str | None]:
        """What a line says of its subject: predicate, object and graph."""
        predicate, value, graph = self._parts(rest)
        return self._names[predicate], {self._value(value): None}, graph

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


def _lines_of(block: bytes) -> list[str]:
    if len(block) > LONGEST_BLOCK:  # which has a line that may be too long
        raise OddError
    try:
        return block.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        raise OddError from None


def _name(text: str) -> str:
    ours = _OURS.fullmatch(text, 1, len(text) - 1)
    return text[1:-1] if ours and text[0] + text[-1] == "<>" else one_spelling(_iri(text))


def one_spelling(iri: str) -> str:
    """The same as `settled_iri`, which nodes of ours have no need of."""
    return iri if _OURS.fullmatch(iri) else settled_iri(iri)


_OURS = re.compile(rf"(?:{re.escape(STATEMENT)}|{re.escape(EVIDENCE)})[A-Za-z0-9]+")


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
