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
from typing import TYPE_CHECKING, Any, Final

from trabecula.errors import QueryError
from trabecula.formats.rdf.screening import screen
from trabecula.prefixes import NAMESPACES
from trabecula.sparql.clock import Deadline
from trabecula.sparql.results import NUMBERS, Result
from trabecula.uncollected import uncollected

if TYPE_CHECKING:
    from trabecula.sparql.results import Term

#: What a term is sorted by.
_Key = tuple[str, ...]
#: Makes a term of what stands for it, with its key; no term and `_BLANK` of a blank node.
_Read = Callable[[Any], "tuple[Term | None, _Key]"]
_UNBOUND: Final[_Key] = ("0",)
_BLANK: Final[_Key] = ("1",)
_STRING: Final = NAMESPACES["xsd"] + "string"
_LANGUAGE: Final = NAMESPACES["rdf"] + "langString"
_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def rows(frames: Iterable[bytes], deadline: Deadline, *, ordered: bool) -> Result:
    """The answer to a SELECT from the TSV of our engine, its rows sorted unless `ordered`.

    Raises `QueryError` for terms of RDF 1.2 and when the time is over.
    """
    terms = _Terms(_reader())
    lines = _lines(frames, deadline)
    head, _, rest = next(lines).partition("\n")
    names = tuple(name[1:] for name in head.split("\t")) if head else ()
    table = _Table(terms, max(1, len(names)), ordered=ordered)
    for text in chain((rest,) if rest else (), lines):
        table.add(map(terms.__getitem__, text[:-1].replace("\n", "\t").split("\t")))
    return _selected(names, table)


def _selected(names: tuple[str, ...], table: _Table) -> Result:
    """An answer of rows; in the table, one without variables has a term that is unbound."""
    rows = table.rows()
    return Result(form="select", variables=names, rows=rows if names else tuple(() for _ in rows))


def triples(frames: Iterable[bytes], deadline: Deadline) -> Result:
    """The answer to a CONSTRUCT or DESCRIBE from N-Triples of our engine: each once, sorted.

    Raises `QueryError` for terms of RDF 1.2 and when the time is over.
    """
    terms = _Terms(_reader())
    return _constructed(
        (
            (line[:-2].split(" ", 2) for line in text[:-1].split("\n"))
            for text in _lines(frames, deadline)
        ),
        terms,
    )


def _constructed(portions: Iterable[Iterable[Iterable[Hashable]]], terms: _Terms) -> Result:
    """An answer of triples, each once, from portions of what says their terms."""
    import pyoxigraph as ox

    table = _Table(terms, 3, ordered=False, made=ox.Triple)
    met: set[tuple[int, ...]] = set()
    for portion in portions:
        numbers = map(terms.__getitem__, chain.from_iterable(portion))
        fresh = dict.fromkeys(zip(*[numbers] * 3, strict=True)).keys() - met
        met |= fresh
        table.add(chain.from_iterable(fresh))
    return Result(form="construct", triples=table.rows())


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

    def term(text: str) -> tuple[Term | None, _Key]:
        first = text[:1]
        if first == "<":
            if text.startswith("<<"):
                raise _unsupported()
            value = text[1:-1]
            return ox.NamedNode(value), ("2" + value,)
        if first in ("_", ""):
            return None, _BLANK if first else _UNBOUND
        if first != '"':
            kind = _bare(text)
            return ox.Literal(text, datatype=datatype(kind)), _literal_key(text, kind)
        value, _, kind = text[1:].rpartition('"')
        if "\\" in value:
            value = _ESCAPE.sub(_unescaped, value)
        if not kind:
            return ox.Literal(value), ("4" + value, _STRING, "")
        if kind.startswith("^^"):
            kind = kind[3:-1]
            return ox.Literal(value, datatype=datatype(kind)), _literal_key(value, kind)
        if "--" in kind:
            raise _unsupported()
        return ox.Literal(value, language=kind[1:]), ("4" + value, _LANGUAGE, kind[1:])

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
    terms = _Terms(_plain)
    blanks: dict[str, Term] = {}
    table = _Table(terms, max(1, len(names)), ordered=ordered)
    for row in deadline.watched(bindings):
        table.add(map(terms.__getitem__, _solution(row, names, blanks)))
    return _selected(tuple(names), table)


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
    quads = deadline.watched(ox.parse(data, format=kind))
    return _constructed([(quad.triple for quad in quads)], _Terms(_plain))


def _plain(term: Term | None) -> tuple[Term | None, _Key]:
    """A term as it is; raises `QueryError` for one of RDF 1.2."""
    import pyoxigraph as ox

    if isinstance(term, ox.Triple) or getattr(term, "direction", None):
        raise _unsupported()
    if isinstance(term, ox.Literal):
        return term, _literal_key(term.value, term.datatype.value, term.language or "")
    if isinstance(term, ox.NamedNode):
        return term, ("2" + term.value,)
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
        self.sorted_by: list[_Key] = []
        self._read = read
        self._blank = ox.BlankNode
        self._blanks = count()

    def __missing__(self, encoded: Hashable) -> int:
        term, key = self._read(encoded)
        if key is _BLANK:
            name = f"b{next(self._blanks)}"
            term, key = self._blank(name), ("1" + name,)
        self[encoded] = number = len(self.every)
        self.every.append(term)
        self.sorted_by.append(key)
        return number


class _Table:
    """The rows of an answer, or what is `made` of them, sorted by their terms unless `ordered`.

    A portion is sorted while the engine works on the next one, which leaves little for the end.
    """

    def __init__(
        self, terms: _Terms, width: int, *, ordered: bool, made: Callable[..., Any] | None = None
    ) -> None:
        self._terms = terms
        self._width = width
        self._ordered = ordered
        self._made = made
        self._rows: list[Any] = []
        self._keys: list[tuple[Any, ...]] = []  # each with the number of its row behind it

    @uncollected  # tuples without end, and no cycle
    def add(self, numbers: Iterable[int]) -> None:
        """Take a portion: the numbers of terms, row by row."""
        numbers, count = [*numbers], len(self._rows)
        rows = zip(*[map(self._terms.every.__getitem__, numbers)] * self._width, strict=True)
        self._rows += rows if self._made is None else starmap(self._made, rows)
        if not self._ordered:
            keys = zip(
                *[map(self._terms.sorted_by.__getitem__, numbers)] * self._width, strict=True
            )
            self._keys += sorted(
                (*chain.from_iterable(key), number) for number, key in enumerate(keys, count)
            )

    @uncollected
    def rows(self) -> tuple[Any, ...]:
        """All of them."""
        if self._ordered:
            return tuple(self._rows)
        self._keys.sort()  # which merges what is sorted already
        return tuple([self._rows[key[-1]] for key in self._keys])


# A term is sorted by texts, for those are compared quickest; the first begins with a digit for its
# kind: unbound, blank nodes, IRIs, numbers, other literals. Keys that begin alike are equally long.


def _literal_key(value: str, datatype: str, language: str = "") -> _Key:
    if datatype in NUMBERS:
        with suppress(ValueError):  # ill-typed: sorted as text
            return ("3" + _in_order(float(value)), value, datatype, language)
    return ("4" + value, datatype, language)


def _in_order(number: float) -> str:
    """A number as a text whose place among others is that of the number."""
    (bits,) = _BITS.unpack(_FLOAT.pack(number + 0.0))  # the two zeros are equal
    return f"{bits ^ (_ALL if bits & _SIGN else _SIGN):016x}"


_FLOAT, _BITS = struct.Struct(">d"), struct.Struct(">Q")
_SIGN, _ALL = 1 << 63, (1 << 64) - 1


def _unsupported() -> QueryError:
    return QueryError("the answer holds RDF 1.2 terms (triple terms or directions), not supported")
