"""The bytes of an RDF file into its triples, each of them once; nothing is ever fetched.

What the parsers cannot be trusted with is refused before (deep nesting, entities, triple terms) or
parsed where it can be killed (JSON-LD and RDF/XML). Every limit is named in the error.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.formats.rdf import lines
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.ontology import NANOPUB
from trabecula.formats.rdf.rows import Literal, Object
from trabecula.prefixes import ENTITY, NAMESPACES

if TYPE_CHECKING:
    import pyoxigraph as ox

#: More nesting than any of our files has, in JSON-LD and RDF/XML.
MAX_DEPTH: Final = 100
#: More attributes than an element of RDF/XML has; the parser's time grows with their square.
MAX_ATTRIBUTES: Final = 1000
#: The longest text or name that the parser takes, in bytes.
MAX_TOKEN: Final = 16 * 1024**2
#: How much text the triples of a file may come to: so many bytes, and so many for each of its own.
#: Prefixes and contexts make short what is long; a file can be made that makes memory overflow.
TEXT_BYTES: Final = 64 * 1024**2
TEXT_PER_BYTE: Final = 64
#: The worker's memory in bytes and its computing time in seconds, and what each byte adds to them.
MEMORY: Final = 512 * 1024**2
MEMORY_PER_BYTE: Final = 16
SECONDS: Final = 2
SECONDS_PER_BYTE: Final = 1 / 1024**2
#: What relative IRIs are relative to, as names without a prefix are those of our own entities.
BASE: Final = ENTITY

RDF: Final = NAMESPACES["rdf"]
#: More levels of triple terms than any file has.
MAX_TERMS: Final = 4

_BOM = b"\xef\xbb\xbf"


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
    data = _without_marks(data, syntax)
    if syntax == "rdfxml":
        data = _without_entities(data)
    screen(data, syntax, where)
    if syntax not in ("jsonld", "rdfxml"):
        return _parsed(data, syntax, where)
    quads, outcome = _elsewhere(data, syntax, where)
    content = _of_lines(quads, "nq", where) or _parsed(quads, "nq", where, len(data))
    content.prefixes, content.unmapped = outcome["prefixes"], outcome["unmapped"]
    content.mended = outcome["mended"]
    return content


def as_quads(data: bytes, syntax: str, where: str) -> tuple[bytes, dict[str, str]]:
    """The triples of a file as they are, as N-Quads, and the prefixes that it declares.

    Raises as `parse` does.
    """
    import pyoxigraph as ox

    data = _without_marks(data, syntax)
    if syntax == "rdfxml":
        data = _without_entities(data)
    screen(data, syntax, where)
    if syntax in ("jsonld", "rdfxml"):
        quads, outcome = _elsewhere(data, syntax, where)
        return quads, outcome["prefixes"]
    base = BASE if syntax in ("ttl", "ttl12", "trig") else None
    most = TEXT_BYTES + TEXT_PER_BYTE * len(data)
    try:
        parser = ox.parse(data, format=_kind(syntax), base_iri=base)
        written = ox.serialize(_bounded(parser, most, where), format=ox.RdfFormat.N_QUADS)
        return written or b"", dict(parser.prefixes)
    except (SyntaxError, ValueError) as error:
        raise _damaged(str(error), getattr(error, "lineno", None), where) from error
    except MemoryError as error:
        raise _refused("token", where) from error


def _bounded(quads: Iterable[ox.Quad], most: int, where: str) -> Iterator[ox.Quad]:
    """The quads, as long as they are not too much text."""
    for quad in quads:
        most -= len(str(quad))
        if most < 0:
            raise _refused("size", where)
        yield quad


def _without_marks(data: bytes, syntax: str) -> bytes:
    """The file without its byte-order mark; or marks, where files of lines were put together."""
    if syntax in ("nt", "nq"):
        data = data.replace(b"\n" + _BOM, b"\n")
    return data.removeprefix(_BOM)


# --- Parsing --------------------------------------------------------------------------------


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
        raise _damaged(str(error), getattr(error, "lineno", None), where) from error
    except MemoryError as error:
        raise _refused("token", where) from error
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
            plain = _without_marks(block, syntax)
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
        return _refused(why, self._where)


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


def _damaged(message: str, line: int | None, where: str) -> FormatError:
    message = re.sub(r"^Parser error at line .*?: | \(line \d+\)$", "", message)
    place = f"{where}:{line}" if line else where
    if "LoadDocumentCallback" in message:
        what, fix = "a @context lies elsewhere, and nothing is fetched", "write it into the file"
        return FormatError([Problem("remote-context", place, what, fix)])
    return FormatError([Problem("rdf-syntax", place, message, "correct the file at this place")])


#: Why a file is not read to its end: code, what is wrong and the remedy.
REFUSED: Final = MappingProxyType(
    {
        "token": (
            "rdf-limit",
            f"a text or a name of more than {MAX_TOKEN >> 20} MiB",
            "shorten it",
        ),
        "size": (
            "rdf-limit",
            f"triples of more than {TEXT_BYTES >> 20} MiB and {TEXT_PER_BYTE} times its size",
            "write them without prefixes or contexts, as N-Quads",
        ),
        "iri": ("bad-iri", "no IRI: {value}", "percent-encode what an IRI cannot have"),
        "triple-term": (
            "rdf-syntax",
            "a triple term of RDF 1.2 that nothing reifies",
            "say what it stands for with rdf:reifies, or write a tb:Statement; see docs/rdf.md",
        ),
        "time": (
            "rdf-limit",
            "parsing it takes more than {seconds} seconds of computing",
            "write it as Turtle or N-Quads",
        ),
        "memory": (
            "rdf-limit",
            "parsing it takes more than {memory} MiB of memory",
            "write it as Turtle or N-Quads",
        ),
        "crash": (
            "rdf-limit",
            "the parser crashed on it, as it does where contexts lead to contexts too far",
            "write it as Turtle or N-Quads",
        ),
        "start": (
            "no-python",
            "JSON-LD and RDF/XML are read in a process of their own, and none starts: {error}",
            "write Turtle or N-Quads",
        ),
        "python": (
            "no-python",
            "JSON-LD and RDF/XML are read in a process of their own, and {executable} is no Python",
            "set sys.executable, or write Turtle or N-Quads",
        ),
    }
)


def _refused(why: str, where: str, **values: object) -> FormatError:
    code, what, fix = REFUSED[why]
    return FormatError([Problem(code, where, what.format_map(values), fix)])


# --- Parsing where it can be killed ---------------------------------------------------------


def _elsewhere(data: bytes, syntax: str, where: str) -> tuple[bytes, dict[str, Any]]:
    """The quads of a file as N-Quads, and what the process that parsed it says of it."""
    memory = MEMORY + MEMORY_PER_BYTE * len(data)
    seconds = SECONDS + round(SECONDS_PER_BYTE * len(data))
    task = {
        "path": [part for part in sys.path if isinstance(part, str)],
        "syntax": syntax,
        "base": BASE,
        "memory": memory,
        "seconds": seconds,
        "most": TEXT_BYTES + TEXT_PER_BYTE * len(data),
    }
    try:
        done = subprocess.run(  # noqa: S603 (our own code, a Python)
            [_python(where), "-I", "-B", "-c", _worker()],
            input=json.dumps(task).encode("utf-8") + b"\n" + data,
            capture_output=True,
            timeout=10 + 4 * seconds,  # where nothing counts computing time, or it is not computing
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("time", where, seconds=seconds) from error
    except OSError as error:
        raise _refused("start", where, error=error.strerror or error) from error
    if hasattr(signal, "SIGXCPU") and done.returncode == -signal.SIGXCPU:
        raise _refused("time", where, seconds=seconds)
    outcome = _outcome(done.stderr)
    if "refused" in outcome:
        raise _refused(outcome["refused"], where, memory=memory >> 20, value=outcome.get("value"))
    if "error" in outcome:
        raise _damaged(outcome["error"], outcome["line"], where)
    if done.returncode != 0 or "prefixes" not in outcome:
        crashed = b"memory allocation" not in done.stderr
        raise _refused("crash" if crashed else "memory", where, memory=memory >> 20)
    return done.stdout, outcome


def _python(where: str) -> str:
    """The interpreter to run; a program that holds a Python would start itself again instead."""
    executable = sys.executable or "nothing"
    if getattr(sys, "frozen", False) or _PYTHON.fullmatch(Path(executable).name) is None:
        raise _refused("python", where, executable=executable)
    return executable


_PYTHON = re.compile(r"(?:python|pypy|graalpy)[\w.+-]*", re.IGNORECASE)


def _worker() -> str:
    return (resources.files("trabecula.formats.rdf") / "worker.py").read_text("utf-8")


def _outcome(output: bytes) -> dict[str, Any]:
    """What the worker said last; nothing where it had no time to say anything."""
    try:
        outcome = json.loads(output.rstrip(b"\n").rpartition(b"\n")[2])
    except ValueError:
        return {}
    return outcome if isinstance(outcome, dict) else {}


# --- What no parser gets to see -------------------------------------------------------------

# What the lexers of Turtle, TriG, N-Triples and N-Quads would skip, and the marks of RDF 1.2. That
# `(?!)` is the last alternative is for the sake of Python 3.11.4 and before: see `sparql.tokens`.
_QUOTED = re.compile(
    rb"""
    \"{3}(?:[^"\\]|\\.|"(?!"")|(?!))*+"{3} | '{3}(?:[^'\\]|\\.|'(?!'')|(?!))*+'{3}
    | "(?:[^"\\\n\r]|\\.|(?!))*+" | '(?:[^'\\\n\r]|\\.|(?!))*+'
    | <[^<>"{}|^`\\\x00-\x20]*+> | <(?:[^<>"{}|^`\\\x00-\x20]|\\[uU]|(?!))*+>
    | \#[^\n\r]*+ | \\.
    | (?P<opens><<) | (?P<closes>>>)
    """,
    re.VERBOSE | re.DOTALL,
)
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.|(?!))*+(?:"|\Z)|([\[{])|([\]}])', re.DOTALL)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[\w:.-]+\s*\[([^\]]{0,65536})\]\s*>")
_ENTITY = re.compile(rb"""<!ENTITY\s+([\w.-]+)\s+(?:"([^"&%<]{0,500})"|'([^'&%<]{0,500})')\s*>""")
#: How many times its size a file may be once its entities are written out.
_ENTITIES_UNFOLD: Final = 20


def _without_entities(data: bytes) -> bytes:
    """RDF/XML with what its entities stand for in their place, on the same lines.

    Protégé shortens IRIs by them. Only short texts without entities of their own are unfolded;
    any other declaration stays, and is refused.
    """
    doctype = _DOCTYPE.search(data, 0, 1 << 17)
    if (
        doctype is None
        or _ENTITY.sub(b"", re.sub(rb"<!--.*?-->", b"", doctype[1], flags=re.DOTALL)).strip()
    ):
        return data
    values = {name: double or single for name, double, single in _ENTITY.findall(doctype[1])}
    uses = [match for match in re.finditer(rb"&([\w.-]+);", data) if match[1] in values]
    if not values or sum(len(values[use[1]]) for use in uses) > _ENTITIES_UNFOLD * len(data):
        return data
    rest = data[doctype.end() :]
    whole = re.sub(rb"&([\w.-]+);", lambda use: values.get(use[1], use[0]), rest)
    return data[: doctype.start()] + b"\n" * doctype[0].count(b"\n") + whole


def screen(data: bytes, syntax: str, where: str) -> None:
    """Refuse what would crash the parser or make it fill the memory."""
    _check_utf_8(data, where)
    if syntax == "rdfxml":
        declaration = _DECLARATION.search(data)
        if declaration:
            what = f"{declaration[0].decode()} could hide entities that fill the memory"
            raise _at(data, declaration.start(), "doctype", what, "remove the declaration", where)
        _screen_elements(data, where)
    elif syntax == "jsonld":
        _screen_depth(data, where)
    elif data.count(b"<<") > MAX_TERMS:
        depth = 0
        for token in _QUOTED.finditer(data):
            depth += bool(token["opens"]) - bool(token["closes"])
            if depth > MAX_TERMS:
                what = f"more than {MAX_TERMS} levels of triple terms"
                raise _at(data, token.start(), "too-deep", what, "write flat nodes", where)


def _at(data: bytes, index: int, code: str, what: str, fix: str, where: str) -> FormatError:
    line = data.count(b"\n", 0, index) + 1
    return FormatError([Problem(code, f"{where}:{line}", what, fix)])


def _check_utf_8(data: bytes, where: str) -> None:
    """In pieces, so that a large file is not in memory twice."""
    decoder, done = codecs.getincrementaldecoder("utf-8")(), 0
    while done < len(data):
        piece = data[done : done + (1 << 20)]
        before = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, done + len(piece) == len(data))
        except UnicodeDecodeError as error:
            place = done - before + error.start
            what = f"byte {data[place]:#04x} is not UTF-8"
            raise _at(data, place, "not-utf-8", what, "save the file as UTF-8", where) from error
        done += len(piece)


def _screen_depth(data: bytes, where: str) -> None:
    depth = 0
    for token in _BRACKETS.finditer(data):
        depth += bool(token[1]) - bool(token[2])
        if depth > MAX_DEPTH:
            what = f"more than {MAX_DEPTH} levels of nesting"
            raise _at(data, token.start(), "too-deep", what, "write flat nodes", where)
    if depth > 0:
        what = f"the file breaks off with {counted(depth, 'open bracket')}"
        raise _at(data, len(data), "rdf-syntax", what, "close them, or get the rest", where)


def _screen_elements(data: bytes, where: str) -> None:
    """Refuse deep nesting, long rows of attributes, and XML that is damaged or breaks off.

    Of a file that breaks off the parser of RDF/XML would read half a record without a word.
    """
    from xml.parsers import expat

    reader, depth = expat.ParserCreate(), 0

    def start(_: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        index = reader.CurrentByteIndex
        if depth > MAX_DEPTH:
            what = f"more than {MAX_DEPTH} levels of nesting"
            raise _at(data, index, "too-deep", what, "write flat nodes", where)
        if len(attributes) > MAX_ATTRIBUTES:
            what = f"an element with more than {MAX_ATTRIBUTES} attributes"
            raise _at(data, index, "rdf-limit", what, "write them as elements", where)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    reader.StartElementHandler, reader.EndElementHandler = start, end
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        reason, fix = expat.ErrorString(error.code), "correct the file at this place"
        raise FormatError(
            [Problem("rdf-syntax", f"{where}:{error.lineno}", reason, fix)]
        ) from error
