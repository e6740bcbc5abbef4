"""What comes back from the engine, piece by piece, as terms, rows and triples.

An answer is read while it arrives and is never held as text. The same term is one object, however
often it occurs. Our own engine writes each term in one way, and none has a tab or the end of a line
in it, so that a term is looked up by its text: most are made once and found again.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain, count, starmap
from typing import TYPE_CHECKING, Any, Final, TypeVar

from trabecula.errors import QueryError
from trabecula.formats.rdf.screening import screen
from trabecula.prefixes import NAMESPACES
from trabecula.sparql.clock import Deadline
from trabecula.sparql.results import NUMBERS, Result
from trabecula.uncollected import uncollected

if TYPE_CHECKING:
    from trabecula.sparql.results import Row, Term

_T = TypeVar("_T")
#: Makes a term of what stands for it, and what it is sorted by; no term and `_BLANK` of a blank
#: node.
_Read = Callable[[Any], "tuple[Term | None, str]"]
_STRING: Final = NAMESPACES["xsd"] + "string"
_LANGUAGE: Final = NAMESPACES["rdf"] + "langString"
_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def rows(frames: Iterable[bytes], deadline: Deadline, *, ordered: bool) -> Result:
    """The answer to a SELECT from the TSV of our engine, its rows sorted unless `ordered`.

    Raises `QueryError` for terms of RDF 1.2 and when the time is over.
    """
    lines = _lines(frames, deadline)
    head, _, rest = next(lines).partition("\n")
    names = tuple(name[1:] for name in head.split("\t")) if head else ()
    table = _Table(_Terms(_reader()), max(1, len(names)))
    for text in chain((rest,) if rest else (), lines):
        table.add(text[:-1].replace("\n", "\t").split("\t"))
    return _selected(names, table, ordered=ordered)


def _selected(names: tuple[str, ...], table: _Table, *, ordered: bool) -> Result:
    """An answer of rows; in the table, one without variables has a term that is unbound."""
    rows = table.as_it_came() if ordered else table.in_order()
    return Result(form="select", variables=names, rows=rows if names else tuple(() for _ in rows))


def triples(frames: Iterable[bytes], deadline: Deadline) -> Result:
    """The answer to a CONSTRUCT or DESCRIBE from N-Triples of our engine: each once, sorted.

    Raises `QueryError` for terms of RDF 1.2 and when the time is over.
    """
    table = _Table(_Terms(_reader()), 3)
    for text in _lines(frames, deadline):
        table.add(chain.from_iterable([line[:-2].split(" ", 2) for line in text[:-1].split("\n")]))
    return _constructed(table)


def _constructed(table: _Table) -> Result:
    """An answer of triples, each once, from a table of their terms."""
    import pyoxigraph as ox

    return Result(form="construct", triples=tuple(starmap(ox.Triple, table.in_order(once=True))))


def _lines(frames: Iterable[bytes], deadline: Deadline) -> Iterator[str]:
    """What is sent, in pieces of whole lines."""
    begun: list[bytes] = []
    for frame in frames:
        deadline.check()
        last, end, rest = frame.rpartition(b"\n")
        if not end:
            begun.append(rest)
            continue
        yield b"".join((*begun, last, end)).decode("utf-8")
        begun = [rest]


def _reader() -> _Read:
    """What makes a term of how our engine writes it; in TSV nothing is what is unbound."""
    import pyoxigraph as ox

    datatype = lru_cache(ox.NamedNode)

    def term(text: str) -> tuple[Term | None, str]:
        first = text[:1]
        if first == "<":
            if text.startswith("<<"):
                raise _unsupported()
            value = text[1:-1]
            return ox.NamedNode(value), "2" + value
        if first in ("_", ""):
            return None, _BLANK if first else _UNBOUND
        if first != '"':
            kind = _bare(text)
            return ox.Literal(text, datatype=datatype(kind)), _literal_key(text, kind)
        value, _, kind = text[1:].rpartition('"')
        if "\\" in value:
            value = _ESCAPE.sub(_unescaped, value)
        if not kind:
            return ox.Literal(value), _text_key(value, _STRING)
        if kind.startswith("^^"):
            kind = kind[3:-1]
            return ox.Literal(value, datatype=datatype(kind)), _literal_key(value, kind)
        if "--" in kind:
            raise _unsupported()
        return ox.Literal(value, language=kind[1:]), _text_key(value, _LANGUAGE, kind[1:])

    return term


def _bare(text: str) -> str:
    """The datatype of a literal without quotation marks."""
    if text in ("true", "false"):
        name = "boolean"
    elif "e" in text or "E" in text:
        name = "double"
    else:
        name = "decimal" if "." in text else "integer"
    return NAMESPACES["xsd"] + name


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _ESCAPED.get(escape, escape)


# --- From engines that are not ours ---------------------------------------------------------------


def rows_of(data: bytes, deadline: Deadline, *, ordered: bool) -> Result:
    """The answer to a SELECT or an ASK from SPARQL results in JSON that anybody wrote.

    Raises `ValueError` for what is no such answer, `QueryError` for terms of RDF 1.2 and when the
    time is over.
    """
    # The parser of the engine recurses into terms within terms; this one is bounded.
    try:
        document = json.loads(data)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(document, dict):
        raise ValueError("it is no object")
    if isinstance(document.get("boolean"), bool):
        return Result(form="ask", answer=document["boolean"])
    try:
        names, bindings = document["head"]["vars"], document["results"]["bindings"]
    except (KeyError, TypeError):
        raise ValueError("it has neither head and results nor a boolean") from None
    well = isinstance(names, list) and all(isinstance(name, str) for name in names)
    if not well or not isinstance(bindings, list):
        raise ValueError("its variables and bindings are no lists")
    blanks: dict[str, Term] = {}
    table = _Table(_Terms(_plain), max(1, len(names)))
    for row in deadline.watched(bindings):
        table.add(_solution(row, names, blanks))
    return _selected(tuple(names), table, ordered=ordered)


def _solution(row: object, names: list[str], blanks: dict[str, Term]) -> Iterator[Term | None]:
    """The terms of a row in the order of the variables; without any, that one is unbound."""
    if not isinstance(row, dict):
        raise ValueError("a row is no object")
    for name in names:
        yield _term_of(row[name], blanks) if name in row else None
    if not names:
        yield None


def _term_of(encoded: object, blanks: dict[str, Term]) -> Term:
    import pyoxigraph as ox

    if isinstance(encoded, dict) and encoded.get("type") == "triple":
        raise _unsupported()
    kind, value = (
        (encoded.get("type"), encoded.get("value")) if isinstance(encoded, dict) else ("", None)
    )
    if not isinstance(encoded, dict) or not isinstance(value, str):
        raise ValueError("a term has no value")
    if kind == "uri":
        try:
            return ox.NamedNode(value)
        except ValueError as error:
            raise ValueError(f"{value[:80]!r} is no IRI: {error}") from None
    if kind == "bnode":  # whatever it is called, for it gets another name
        return blanks.setdefault(value, ox.BlankNode(f"n{len(blanks)}"))
    if kind not in ("literal", "typed-literal"):
        raise ValueError(f"a term is of type {str(kind)[:40]!r}")
    if encoded.get("its:dir"):
        raise _unsupported()
    language, datatype = encoded.get("xml:lang"), encoded.get("datatype")
    if isinstance(language, str) and language:
        return ox.Literal(value, language=language)
    if isinstance(datatype, str) and datatype:
        return ox.Literal(value, datatype=ox.NamedNode(datatype))
    return ox.Literal(value)


def triples_of(data: bytes, syntax: str, deadline: Deadline) -> Result:
    """The answer to a CONSTRUCT or DESCRIBE from Turtle (`ttl`) or N-Triples (`nt`) of anybody's.

    Raises `FormatError` or `SyntaxError` for what is none, `QueryError` for terms of RDF 1.2.
    """
    import pyoxigraph as ox

    screen(data, syntax, "the answer")
    kind = ox.RdfFormat.TURTLE if syntax == "ttl" else ox.RdfFormat.N_TRIPLES
    table = _Table(_Terms(_plain), 3)
    for quad in deadline.watched(ox.parse(data, format=kind)):
        table.add(quad.triple)
    return _constructed(table)


def _plain(term: Term | None) -> tuple[Term | None, str]:
    """A term as it is; raises `QueryError` for one of RDF 1.2."""
    import pyoxigraph as ox

    if isinstance(term, ox.Triple) or getattr(term, "direction", None):
        raise _unsupported()
    if isinstance(term, ox.Literal):
        return term, _literal_key(term.value, term.datatype.value, term.language or "")
    if isinstance(term, ox.NamedNode):
        return term, "2" + term.value
    return None, _UNBOUND if term is None else _BLANK


# --- Terms and rows -------------------------------------------------------------------------------


class _Terms(dict[Hashable, int]):
    """The terms of one answer by number, each read when it is first met.

    `every` has them by number, and `sorted_by` their keys. Blank nodes are named in order,
    the same in every run.
    """

    def __init__(self, read: _Read) -> None:
        import pyoxigraph as ox

        super().__init__()
        self.every: list[Term | None] = []
        self.sorted_by: list[str] = []
        self._read = read
        self._blank = ox.BlankNode
        self._blanks = count()

    def __missing__(self, encoded: Hashable) -> int:
        term, key = self._read(encoded)
        if key == _BLANK:
            name = f"b{next(self._blanks)}"
            term, key = self._blank(name), "1" + name
        self[encoded] = number = len(self.every)
        self.every.append(term)
        self.sorted_by.append(key)
        return number

    def in_order(self) -> tuple[list[Term | None], list[int]]:
        """The terms in their order, and the place of each of them by its number."""
        order = sorted(range(len(self.every)), key=self.sorted_by.__getitem__)
        places = [0] * len(order)
        for place, number in enumerate(order):
            places[number] = place
        return [*map(self.every.__getitem__, order)], places


class _Table:
    """The rows of an answer as the numbers of their terms."""

    def __init__(self, terms: _Terms, width: int) -> None:
        self._terms = terms
        self._width = width
        self._numbers: list[int] = []

    @uncollected  # terms without end, and no cycle
    def add(self, cells: Iterable[Hashable]) -> None:
        """Take a portion: what says its terms, row by row."""
        self._numbers += map(self._terms.__getitem__, cells)

    @uncollected
    def as_it_came(self) -> tuple[Row, ...]:
        """All rows in the order in which they came."""
        return tuple(self._by_width(map(self._terms.every.__getitem__, self._numbers)))

    @uncollected
    def in_order(self, *, once: bool = False) -> tuple[Row, ...]:
        """All rows sorted by their terms; each once if need be.

        Only the terms are compared as texts, and each of them is one; a row is compared by the
        places of its terms, which are numbers.
        """
        terms, places = self._terms.in_order()
        rows = self._by_width(map(places.__getitem__, self._numbers))
        sorted_rows = sorted(set(rows) if once else rows)
        each = map(terms.__getitem__, chain.from_iterable(sorted_rows))
        return tuple(self._by_width(each))

    def _by_width(self, things: Iterator[_T]) -> Iterator[tuple[_T, ...]]:
        return zip(*[things] * self._width, strict=True)


# A term is sorted by one text, for texts are compared quickest. The first digit is for its kind:
# unbound, blank nodes, IRIs, numbers, other literals.

_UNBOUND: Final = "0"
_BLANK: Final = "1"
#: What stands behind a value in a key, so that a value is sorted before all that go on behind it.
_END: Final = "\0\0"


def _literal_key(value: str, datatype: str, language: str = "") -> str:
    if datatype in NUMBERS:
        with suppress(ValueError):  # ill-typed: sorted as text
            return f"3{_in_order(float(value))}{value}{_END}{datatype}{_END}{language}"
    return _text_key(value, datatype, language)


def _text_key(value: str, datatype: str, language: str = "") -> str:
    if "\0" in value:
        value = value.replace("\0", "\0\1")
    return f"4{value}{_END}{datatype}{_END}{language}"


def _in_order(number: float) -> str:
    """A number as a text whose place among others is that of the number."""
    (bits,) = _BITS.unpack(_FLOAT.pack(number + 0.0))  # the two zeros are equal
    return f"{bits ^ (_ALL if bits & _SIGN else _SIGN):016x}"


_FLOAT, _BITS = struct.Struct(">d"), struct.Struct(">Q")
_SIGN, _ALL = 1 << 63, (1 << 64) - 1


def _unsupported() -> QueryError:
    return QueryError("the answer holds RDF 1.2 terms (triple terms or directions), not supported")
