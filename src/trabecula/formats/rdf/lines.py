"""Lines of N-Triples and N-Quads as programs write them, read without a parser.

What is read here is less than the grammar allows: one blank between terms, characters of which
nobody doubts that an IRI may have them. Of all else the parser knows, and of what is wrong: see
`parsing`. A term is looked at when it is met first; after that its text alone tells what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from trabecula.formats.rdf.ontology import NANOPUB
from trabecula.formats.rdf.rows import STRING, Literal, Object
from trabecula.prefixes import EVIDENCE, NAMESPACES, STATEMENT
from trabecula.settled import settled_iri

#: Subject, predicate, object, and the named graph where there is one.
Quad: TypeAlias = tuple[str, str, Object, str | None]

#: So many bytes are read at a time; so many terms of each kind are kept, of so many characters.
BLOCK: Final = 2**16
LONGEST_BLOCK: Final = 2**20
MOST_TERMS: Final = 2**16
LONGEST_TERM: Final = 256

_IN_IRI = r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+)*+"
_IRI = rf"<((?:https?://[A-Za-z0-9.-]+(?=[/?\#>])|urn:(?=[A-Za-z0-9])){_IN_IRI}(?:\#{_IN_IRI})?)>"
_NAMED = re.compile(_IRI)
_BLANK = re.compile(r"_:[A-Za-z][A-Za-z0-9]*")
_TEXT = r'"([^"\\\x00-\x1f\x7f]*+(?:\\[tbnrf"\'\\][^"\\\x00-\x1f\x7f]*+)*+)"'
_LITERAL = re.compile(rf"{_TEXT}(?:\^\^{_IRI}|@([a-z]{{2}}))?")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LANGUAGE: Final = NAMESPACES["rdf"] + "langString"


class OddError(Exception):
    """There is a line of which only the parser knows what it says."""


class Terms(dict[Any, Object]):
    """Terms by what a file has for them, made when they are looked up and kept up to a number."""

    def __init__(self, make: Callable[[Any], Object]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, told: Any) -> Object:
        made = self._make(told)
        if (sum(map(len, made)) if isinstance(made, Literal) else len(made)) <= LONGEST_TERM:
            if len(self) >= MOST_TERMS:
                self.clear()
            self[told] = made
        return made


class Lines:
    """The lines of one file. `blank` gives the node for a label such as `_:b0`.

    With `graphs` they are those of N-Quads.
    """

    def __init__(self, blank: Callable[[str], str], *, graphs: bool) -> None:
        self._blank, self._in_graphs = blank, graphs
        self._names, self._nodes = Terms(_name), Terms(self._node)
        self._values, self._graphs = Terms(self._value), Terms(_iri)

    def quads(self, block: bytes) -> list[Quad]:
        """What whole lines say, but for graphs in which our own writers let sources speak.

        Triples there are empty. Raises `OddError` where a line is not read here.
        """
        if len(block) > LONGEST_BLOCK:  # which has a line that may be too long
            raise OddError
        names, nodes, values = self._names, self._nodes, self._values
        in_graphs = self._in_graphs
        found: list[Any] = []
        last: str | None = None
        node: Any = ""
        graph: Any = None
        for line in block.decode("utf-8").removesuffix("\n").split("\n"):
            try:
                subject, predicate, said = line.split(" ", 2)
            except ValueError:
                raise OddError from None
            if said[-2:] != " .":
                raise OddError
            said = said[:-2]
            if in_graphs and said[-1:] == ">" and said not in values:
                start, _, end = said.rpartition(" ")
                graph = None
                if start and end[:1] == "<":
                    said, graph = start, self._graphs[end]
                    if graph.startswith(NANOPUB):
                        self._look(subject, predicate, said)
                        found.append(("", "", "", graph))
                        continue
            else:
                graph = None
            if subject != last:
                node = nodes[subject]
                last = subject
            found.append((node, names[predicate], values[said], graph))
        return found

    def _look(self, subject: str, predicate: str, said: str) -> None:
        """Look at a triple that is only counted."""
        for text in (subject, predicate):
            _iri(text)
        if said[:1] == '"':
            self._value(said)
        else:
            _iri(said)

    def _node(self, text: str) -> str:
        if _BLANK.fullmatch(text):
            return self._blank(text)
        return _name(text)

    def _value(self, text: str) -> Object:
        if not text.startswith('"'):
            return self._nodes[text]
        found = _LITERAL.fullmatch(text)
        if found is None:
            raise OddError
        said, datatype, language = found.groups()
        if "\\" in said:
            said = _ESCAPE.sub(lambda mark: _ESCAPES.get(mark[1], mark[1]), said)
        if language:
            return Literal(said, _LANGUAGE, language)
        if datatype is not None and datatype.startswith(NAMESPACES["rdf"]):
            raise OddError  # some of which are not for a text without a language
        return Literal(said, datatype or STRING)


def _name(text: str) -> str:
    return one_spelling(_iri(text))


def one_spelling(iri: str) -> str:
    """The same as `settled_iri`, which nodes of ours have no need of."""
    return iri if _OURS.fullmatch(iri) else settled_iri(iri)


_OURS = re.compile(rf"(?:{re.escape(STATEMENT)}|{re.escape(EVIDENCE)})[A-Za-z0-9]+")


def _iri(text: str) -> str:
    found = _NAMED.fullmatch(text)
    if found is None:
        raise OddError
    return found[1]


def blocks(data: bytes) -> Iterator[bytes]:
    """The file in pieces that end where a line does."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + BLOCK) + 1 or len(data)
        yield data[start:end]
        start = end
