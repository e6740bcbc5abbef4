"""What comes back from the engine, piece by piece, as terms, rows and triples.

An answer is read while it arrives and is never held as text. The same term is one object, however
often it occurs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Final, cast

from trabecula.errors import QueryError
from trabecula.formats.rdf import parsing
from trabecula.sparql.clock import Deadline
from trabecula.sparql.results import Result, term_order

if TYPE_CHECKING:
    import pyoxigraph as ox

    from trabecula.sparql.results import Term

#: Triple terms in the two syntaxes of answers. Within a string of JSON every quotation mark is
#: escaped, and a line of N-Triples has its literal at the end, so that text looks like neither.
_TRIPLE_IN_JSON: Final = b'"type":"triple"'
_TRIPLE_IN_LINE: Final = b"<<("


def rows(frames: Iterable[bytes], deadline: Deadline, *, ordered: bool) -> Result:
    """The answer to a SELECT from SPARQL results in JSON, its rows sorted unless `ordered`.

    Raises `QueryError` for terms of RDF 1.2 and when the time is over.
    """
    import pyoxigraph as ox

    terms = _Terms()
    # Triple terms are refused before the parser sees them: it recurses into those within others.
    stream = cast("IO[bytes]", _Stream(_without(_TRIPLE_IN_JSON, frames)))
    read = cast(
        "ox.QuerySolutions", ox.parse_query_results(stream, format=ox.QueryResultsFormat.JSON)
    )
    names = tuple(variable.value for variable in read.variables)
    return _rows(names, read, terms, deadline, ordered)


def _rows(
    names: tuple[str, ...],
    solutions: Iterable[Iterable[Term | None]],
    terms: _Terms,
    deadline: Deadline,
    ordered: bool,
) -> Result:
    number, term = terms.__getitem__, terms.every.__getitem__
    found = [tuple(map(number, solution)) for solution in deadline.watched(solutions)]
    if not ordered:
        place = terms.places().__getitem__
        found.sort(key=lambda row: tuple(map(place, row)))
    rows = tuple([tuple(map(term, row)) for row in found])
    return Result(form="select", variables=names, rows=rows)


def triples(frames: Iterable[bytes], deadline: Deadline) -> Result:
    """The answer to a CONSTRUCT or DESCRIBE from N-Triples: each triple once, sorted."""
    import pyoxigraph as ox

    stream = cast("IO[bytes]", _Stream(_plain_lines(frames)))
    return _triples(ox.parse(stream, format=ox.RdfFormat.N_TRIPLES), deadline)


def _triples(quads: Iterable[ox.Quad], deadline: Deadline) -> Result:
    import pyoxigraph as ox

    terms = _Terms()
    number, term = terms.__getitem__, terms.every.__getitem__
    found = {tuple(map(number, quad.triple)) for quad in deadline.watched(quads)}
    place = terms.places().__getitem__
    rows = sorted(found, key=lambda row: tuple(map(place, row)))
    made = (ox.Triple(*map(term, row)) for row in deadline.watched(rows))  # type: ignore[arg-type]
    return Result(form="construct", triples=tuple(made))


# --- From engines that are not ours ---------------------------------------------------------------


def rows_of(data: bytes, deadline: Deadline, *, ordered: bool) -> Result:
    """The answer to a SELECT or an ASK from SPARQL results in JSON that anybody wrote.

    Raises `ValueError` for what is no such answer, `QueryError` for terms of RDF 1.2 and when the
    time is over.
    """
    # The parser of the engine recurses into terms within terms; this one is bounded.
    try:
        said = json.loads(data)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(said, dict):
        raise ValueError("it is no object")
    if isinstance(said.get("boolean"), bool):
        return Result(form="ask", answer=said["boolean"])
    try:
        names, found = said["head"]["vars"], said["results"]["bindings"]
    except (KeyError, TypeError):
        raise ValueError("it has neither head and results nor a boolean") from None
    well = isinstance(names, list) and all(isinstance(name, str) for name in names)
    if not well or not isinstance(found, list):
        raise ValueError("its variables and bindings are no lists")
    terms = _Terms()
    blanks: dict[str, Term] = {}

    def solution(row: object) -> Iterator[Term | None]:
        if not isinstance(row, dict):
            raise ValueError("a row is no object")
        for name in names:
            yield _term_of(row[name], blanks) if name in row else None

    return _rows(tuple(names), map(solution, found), terms, deadline, ordered)


def _term_of(said: object, blanks: dict[str, Term]) -> Term:
    import pyoxigraph as ox

    if isinstance(said, dict) and said.get("type") == "triple":
        raise _unsupported()
    kind, value = (said.get("type"), said.get("value")) if isinstance(said, dict) else ("", None)
    if not isinstance(said, dict) or not isinstance(value, str):
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
    if said.get("its:dir"):
        raise _unsupported()
    language, datatype = said.get("xml:lang"), said.get("datatype")
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

    parsing.screen(data, syntax, "the answer")
    kind = ox.RdfFormat.TURTLE if syntax == "ttl" else ox.RdfFormat.N_TRIPLES
    return _triples(ox.parse(data, format=kind), deadline)


class _Terms(dict["Term | None", int]):
    """The terms of one answer by number, each put down when it is first met.

    `every` has them by number. Blank nodes are named in order, the same in every run.
    """

    def __init__(self) -> None:
        super().__init__()
        self.every: list[Term | None] = []
        self._blank = 0

    def __missing__(self, term: Term | None) -> int:
        self.every.append(None if term is None else self._settled(term))
        self[term] = number = len(self.every) - 1
        return number

    def _settled(self, term: Term) -> Term:
        import pyoxigraph as ox

        if isinstance(term, ox.BlankNode):
            self._blank += 1
            return ox.BlankNode(f"b{self._blank - 1}")
        if isinstance(term, ox.Triple) or getattr(term, "direction", None):
            raise _unsupported()
        return term

    def places(self) -> list[int]:
        """Where each term stands among those of the answer, by its number."""
        numbers = range(len(self.every))
        places = [0] * len(numbers)
        for place, number in enumerate(sorted(numbers, key=lambda n: term_order(self.every[n]))):
            places[number] = place
        return places


class _Stream:
    """Frames as the file that the engine's parsers read from."""

    def __init__(self, frames: Iterator[bytes]) -> None:
        self._frames = frames
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; none at the end."""
        if not self._rest:
            self._rest = memoryview(next(self._frames, b""))
        size = len(self._rest) if size < 0 else size
        part, self._rest = self._rest[:size], self._rest[size:]
        return bytes(part)


def _without(mark: bytes, frames: Iterable[bytes]) -> Iterator[bytes]:
    """The frames; raises `QueryError` where they hold the mark, even across two of them."""
    before = b""
    for frame in frames:
        seen = before + frame
        if mark in seen:
            raise _unsupported()
        before = seen[1 - len(mark) :]
        yield frame


def _plain_lines(frames: Iterable[bytes]) -> Iterator[bytes]:
    """N-Triples in whole lines; raises `QueryError` for a triple term."""
    begun: list[bytes] = []
    for frame in frames:
        last, end, rest = frame.rpartition(b"\n")
        if not end:
            begun.append(rest)
            continue
        lines = b"".join((*begun, last, end))
        begun = [rest]
        if _TRIPLE_IN_LINE in lines:
            _refuse_triple_terms(lines)
        yield lines


def _refuse_triple_terms(lines: bytes) -> None:
    if any(_TRIPLE_IN_LINE in line.partition(b'"')[0] for line in lines.split(b"\n")):
        raise _unsupported()


def _unsupported() -> QueryError:
    return QueryError("the answer holds RDF 1.2 terms (triple terms or directions), not supported")
