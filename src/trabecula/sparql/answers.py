"""What comes back from the engine, piece by piece, as terms, rows and triples.

An answer is read while it arrives and is never held as text. The same term is one object, however
often it occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Final, cast

from trabecula.errors import QueryError
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
    found = [tuple(map(terms.one, solution)) for solution in deadline.watched(read)]
    if not ordered:
        place = terms.places()
        found.sort(key=lambda row: tuple(map(place, row)))
    return Result(form="select", variables=names, rows=tuple(found))


def triples(frames: Iterable[bytes], deadline: Deadline) -> Result:
    """The answer to a CONSTRUCT or DESCRIBE from N-Triples: each triple once, sorted."""
    import pyoxigraph as ox

    terms = _Terms()

    stream = cast("IO[bytes]", _Stream(_plain_lines(frames)))
    read = ox.parse(stream, format=ox.RdfFormat.N_TRIPLES)
    found = {tuple(map(terms.one, quad.triple)) for quad in deadline.watched(read)}
    place = terms.places()
    rows = sorted(found, key=lambda row: tuple(map(place, row)))
    made = (ox.Triple(*row) for row in deadline.watched(rows))  # type: ignore[arg-type]
    return Result(form="construct", triples=tuple(made))


class _Terms:
    """The terms of one answer. Blank nodes are named in order, the same in every run."""

    def __init__(self) -> None:
        self._known: dict[Term, Term] = {}
        self._blank = 0

    def one(self, term: Term | None) -> Term | None:
        """The term that stands for an equal one."""
        if term is None:
            return None
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._settled(term)
        return known

    def _settled(self, term: Term) -> Term:
        import pyoxigraph as ox

        if isinstance(term, ox.BlankNode):
            self._blank += 1
            return ox.BlankNode(f"b{self._blank - 1}")
        if getattr(term, "direction", None):
            raise _unsupported()
        return term

    def places(self) -> Callable[[Term | None], int]:
        """Where each term stands among those of the answer."""
        order = sorted({None, *self._known.values()}, key=term_order)
        return {term: place for place, term in enumerate(order)}.__getitem__


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
