"""The bytes of an RDF file into its triples, each of them once; nothing is ever fetched.

What the parsers cannot be trusted with is refused before (deep nesting, entities, triple terms; see
`screening`) or parsed where it can be killed (JSON-LD and RDF/XML; see `process`). Every limit is
named in the error (see `refusing`). Lines of N-Triples and N-Quads are read without a parser where
nothing in them is odd (see `lines`); what parsers give of other syntaxes becomes such lines.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from trabecula.errors import FormatError
from trabecula.formats.rdf import lines
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.ontology import NANOPUB
from trabecula.formats.rdf.process import BASE, quads_of_process
from trabecula.formats.rdf.refusing import TEXT_BYTES, TEXT_PER_BYTE, damaged, refused
from trabecula.formats.rdf.rows import Literal, Object
from trabecula.formats.rdf.screening import screen, without_entities, without_marks
from trabecula.prefixes import NAMESPACES

if TYPE_CHECKING:
    import pyoxigraph as ox

RDF: Final = NAMESPACES["rdf"]


def parse(data: bytes, syntax: str, where: str) -> Content:
    """The triples of all the graphs of a file together.

    A triple that stands several times, or in several graphs, is one triple; an IRI has one
    spelling (see `settled_iri`). The graphs in which our own writers let sources speak for
    themselves hold nothing else and are only counted. Raises `FormatError` with the line where the
    file is damaged, or with the limit that it exceeds.
    """
    if syntax in ("nt", "nq"):
        content = _of_lines(data, syntax, where)
        if content is not None:
            return content
    data = without_marks(data, syntax)
    if syntax == "rdfxml":
        data = without_entities(data)
    screen(data, syntax, where)
    if syntax not in ("jsonld", "rdfxml"):
        return _parsed(data, syntax, where)
    quads, outcome = quads_of_process(data, syntax, where)
    content = _of_lines(quads, "nq", where) or _parsed(quads, "nq", where, len(data))
    content.prefixes, content.unmapped = outcome["prefixes"], outcome["unmapped"]
    content.mended = outcome["mended"]
    return content


def as_quads(data: bytes, syntax: str, where: str) -> tuple[bytes, dict[str, str]]:
    """The triples of a file as they are, as N-Quads, and the prefixes that it declares.

    Raises as `parse` does.
    """
    import pyoxigraph as ox

    data = without_marks(data, syntax)
    if syntax == "rdfxml":
        data = without_entities(data)
    screen(data, syntax, where)
    if syntax in ("jsonld", "rdfxml"):
        quads, outcome = quads_of_process(data, syntax, where)
        return quads, outcome["prefixes"]
    base = BASE if syntax in ("ttl", "ttl12", "trig") else None
    most = TEXT_BYTES + TEXT_PER_BYTE * len(data)
    try:
        parser = ox.parse(data, format=_kind(syntax), base_iri=base)
        written = ox.serialize(_bounded(parser, most, where), format=ox.RdfFormat.N_QUADS)
        return written or b"", dict(parser.prefixes)
    except (SyntaxError, ValueError) as error:
        raise damaged(str(error), getattr(error, "lineno", None), where, data) from error
    except MemoryError as error:
        raise refused("token", where) from error


def _bounded(quads: Iterable[ox.Quad], most: int, where: str) -> Iterator[ox.Quad]:
    """The quads, as long as they are not too much text."""
    for quad in quads:
        most -= len(str(quad))
        if most < 0:
            raise refused("size", where)
        yield quad


def _kind(syntax: str) -> ox.RdfFormat:
    import pyoxigraph as ox

    return {
        "ttl": ox.RdfFormat.TURTLE,
        "ttl12": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "trig": ox.RdfFormat.TRIG,
        "nq": ox.RdfFormat.N_QUADS,
    }[syntax]


def _parsed(data: bytes, syntax: str, where: str, size: int | None = None) -> Content:
    """What the parser says of a file, of which `size` is its own where `data` were made of it."""
    import pyoxigraph as ox

    most = TEXT_BYTES + TEXT_PER_BYTE * (len(data) if size is None else size)
    base = BASE if syntax in ("ttl", "ttl12", "trig") else None
    collected = _Collected(most, where)
    try:
        parser = ox.parse(data, format=_kind(syntax), base_iri=base)
        if base is None:
            collected.add(parser)
        else:  # terms become lines, and those are read, in less time than terms alone would be
            written = _Written(collected, most)
            ox.serialize(parser, written, format=ox.RdfFormat.N_QUADS)
            collected.lines(bytes(written.rest), "nq")
        collected.content.prefixes = dict(parser.prefixes)
    except (SyntaxError, ValueError) as error:
        raise damaged(str(error), getattr(error, "lineno", None), where, data) from error
    except MemoryError as error:
        raise refused("token", where) from error
    return collected.content


class _Written(io.BytesIO):
    """A file that the lines of another syntax are written to, and read from at once."""

    def __init__(self, collected: _Collected, most: int) -> None:
        super().__init__()
        self.rest = bytearray()
        self._collected, self._most = collected, most

    def write(self, data: Any) -> int:
        """Raises `FormatError` where it is too much text."""
        self._most -= len(data)
        if self._most < 0:
            raise self._collected.refused("size")
        self.rest += data
        if len(self.rest) >= lines.BLOCK:
            end = self.rest.rfind(b"\n") + 1
            self._collected.lines(bytes(self.rest[:end]), "nq")
            del self.rest[:end]
        return len(data)


def _of_lines(data: bytes, syntax: str, where: str) -> Content | None:
    """What a file of lines says; None where it is damaged, to be told by who reads all of it.

    Nothing in such a file is longer than it stands there, so that its text needs no bound.
    """
    collected = _Collected(sys.maxsize, where)
    try:
        for block in lines.blocks(data):
            collected.lines(block, syntax)
    except (SyntaxError, ValueError, MemoryError, FormatError):
        return None
    return collected.content


class _Collected:
    """The content of a file while it is read."""

    def __init__(self, most: int, where: str) -> None:
        self.content, self.names = Content(), _Names()
        self._most, self._where = most, where
        self._lines = {
            syntax: lines.Lines(self.content, self.names.blank, graphs=syntax == "nq")
            for syntax in ("nt", "nq")
        }

    def lines(self, block: bytes, syntax: str) -> None:
        """Keep what whole lines say, read by the parser where something in them is odd."""
        import pyoxigraph as ox

        try:
            self._lines[syntax].read(block)
        except lines.OddError:
            plain = without_marks(block, syntax)
            screen(plain, syntax, self._where)
            self.add(ox.parse(plain, format=_kind(syntax)))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Keep what the parser gives, as long as it is not too much text.

        Of graphs in which our own writers let sources speak the triples are only counted.
        """
        content, names = self.content, self.names
        for start, name, end, graph_name in quads:
            graph = getattr(graph_name, "value", None)
            content.count(1, () if graph is None else (graph,))
            if graph is not None and graph.startswith(NANOPUB):
                continue
            subject, predicate = str(names[start]), str(names[name])
            if isinstance(end, names.triple):
                predicate, value = self._reified(subject, predicate, end, graph)
            else:
                value = names[end]
            self._keep(subject, predicate, value, graph)

    def _reified(
        self, subject: str, predicate: str, term: ox.Triple, graph: str | None
    ) -> tuple[str, Object]:
        """The last part of a triple term that a subject reifies, once the others are kept.

        So RDF 1.2 says in other words what `rdf:subject`, `rdf:predicate` and `rdf:object` do.
        Raises `FormatError` for a triple term elsewhere.
        """
        names = self.names
        if predicate != f"{RDF}reifies" or isinstance(term.object, names.triple):
            raise self.refused("triple-term")
        for name, part in (("subject", term.subject), ("predicate", term.predicate)):
            self._keep(subject, f"{RDF}{name}", names[part], graph)
        return f"{RDF}object", names[term.object]

    def _keep(self, subject: str, predicate: str, value: Object, graph: str | None) -> None:
        self._most -= len(subject) + len(predicate)
        self._most -= len(value.text) if isinstance(value, Literal) else len(value)
        if self._most < 0:
            raise self.refused("size")
        self.content.keep(subject, predicate, value)
        if graph is not None:
            self.content.graphs.setdefault(graph, []).append((subject, predicate, value))

    def refused(self, why: str) -> FormatError:
        return refused(why, self._where)


class _Names(lines.Terms):
    """Nodes as texts; blank ones by the order in which they come, the same in every run."""

    def __init__(self) -> None:
        import pyoxigraph as ox

        super().__init__(self._made, lambda node: len(str(node)))
        self._named, self._literal, self.triple = ox.NamedNode, ox.Literal, ox.Triple
        self._blank: dict[str, str] = {}

    def _made(self, node: object) -> Object:
        if isinstance(node, self._named):
            return lines.one_spelling(node.value)
        if isinstance(node, self._literal):
            return Literal(node.value, node.datatype.value, node.language or "")
        return self.blank(str(node))

    def blank(self, label: str) -> str:
        """The blank node that the file calls so."""
        return self._blank.setdefault(label, f"_:b{len(self._blank)}")
