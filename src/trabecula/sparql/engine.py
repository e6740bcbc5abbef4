"""Asking a graph: the session that holds a worker process, and the one question most people ask."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, cast

from trabecula.errors import QueryError
from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.sparql import worker
from trabecula.sparql.diagnosis import explained
from trabecula.sparql.linting import lint
from trabecula.sparql.results import Result, term_order, triple_order
from trabecula.sparql.screening import screen
from trabecula.sparql.tokens import (
    KNOWN_PREFIXES,
    Token,
    code,
    declared_prefixes,
    iri_of,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

    from trabecula.sparql.results import Row, Term

#: How long a query may take, in seconds, unless the caller says otherwise.
TIMEOUT: Final = 30.0
#: The longest time limit that can be asked for; clocks cannot be set to all that a float can say.
MAX_TIMEOUT: Final = 86_400.0
#: The largest answer, in bytes of the format that comes over the pipe.
MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024
#: The memory of a worker: a fixed part, and a part for each byte of the data as N-Quads.
WORKER_MEMORY_BYTES: Final = 2 * 1024**3
WORKER_MEMORY_PER_BYTE: Final = 16


def query(graph: Graph, text: str, *, timeout: float = TIMEOUT) -> Result:
    """The answer of a graph to a SPARQL 1.1 query.

    The prefixes of trabecula and of every identifier it knows need no declaration. Columns stand
    in the order of the SELECT clause; rows are sorted unless the query says ORDER BY; the same
    graph and query give the same answer. `timeout` is in seconds.

    Raises `QueryError` for a query that cannot be parsed (with line, column and a caret), that is
    refused (see `screen`), that fails, takes too long, or has too large an answer.

    >>> from trabecula.model import Statement
    >>> graph = Graph([Statement(subject="atp", predicate="requires", object="magnesium")])
    >>> query(graph, "ASK { entity:atp tb:requires entity:magnesium }").answer
    True
    """
    with Session(graph) as session:
        return session.query(text, timeout=timeout)


class Session:
    """A graph loaded once into a worker process, to be asked many times, by one thread at a time.

    Use it in a `with` statement. A worker that was killed is replaced at the next question.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._process: subprocess.Popen[bytes] | None = None
        #: Whether the worker has no network at all; else the screen alone keeps queries from it.
        self.offline = False

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the worker process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    _close_quietly(stream)
            process.wait()

    def query(self, text: str, *, timeout: float = TIMEOUT) -> Result:
        """The answer to a query; see the function `query`."""
        if not 0 < timeout <= MAX_TIMEOUT:
            raise QueryError(
                f"the time limit must be more than 0 s, not {timeout:g} s"
                if not timeout > 0
                else f"the time limit can be {MAX_TIMEOUT:g} s at most, not {timeout:g} s"
            )
        screen(text)
        words = code(text)
        from_graphs = sorted(set(_from_graphs(words)))
        head, body = self._exchange(text, from_graphs, timeout)
        if "error" in head:
            _fail(text, head)
        warnings = (
            *(_no_such_graph(iri) for iri in from_graphs if iri not in head["graphs"]),
            *lint(text, self._graph),
        )
        if head["form"] == "ask":
            return Result(form="ask", answer=head["answer"], warnings=warnings)
        if head["form"] == "construct":
            return Result(form="construct", triples=_triples(body), warnings=warnings)
        variables, rows = _table(body)
        if not _ordered(words):
            rows = sorted(rows, key=lambda row: tuple(term_order(term) for term in row))
        return Result(form="select", variables=variables, rows=tuple(rows), warnings=warnings)

    # --- The worker -------------------------------------------------------------------------

    def _start(self) -> subprocess.Popen[bytes]:
        """A worker that has loaded the graph."""
        process = self._process = subprocess.Popen(  # noqa: S603 (our own file, our own Python)
            # Isolated, without writing byte code: the worker sees our path and nothing else.
            [sys.executable, "-I", "-B", str(Path(worker.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        greeting = {
            "path": [part for part in sys.path if isinstance(part, str)],
            "memory": WORKER_MEMORY_BYTES,
            "memory_per_byte": WORKER_MEMORY_PER_BYTE,
        }
        try:
            _tell(process, json.dumps(greeting).encode("utf-8"))
            _tell(process, _nquads(self._graph))
        except BrokenPipeError:
            raise self._death() from None
        self.offline = json.loads(self._hear(process))["offline"]
        return process

    def _exchange(
        self, text: str, graphs: list[str], timeout: float
    ) -> tuple[dict[str, Any], bytes]:
        """The head and the body of the worker's answer, within the time limit."""
        try:
            process = self._process or self._start()
            request = {
                "query": text,
                "prefixes": KNOWN_PREFIXES,
                "graphs": graphs,
                "limit": MAX_ANSWER_BYTES,
                "timeout": timeout,
            }
            with _Deadline(process, timeout):
                try:
                    _tell(process, json.dumps(request).encode("utf-8"))
                except BrokenPipeError:
                    raise self._death() from None
                head = json.loads(self._hear(process))
                return head, self._hear(process)
        except BaseException:
            # Whatever happened, the next question gets a worker whose pipes are in step.
            self.close()
            raise

    def _hear(self, process: subprocess.Popen[bytes]) -> bytes:
        frame = worker.receive(cast("IO[bytes]", process.stdout))
        if frame is None:
            raise self._death()
        return frame

    def _death(self) -> QueryError:
        """Why the worker is gone, from what it said last."""
        process = self._process
        said = b""
        code = 0
        if process is not None and process.stderr is not None:
            said = process.stderr.read()
            code = process.wait()
        if b"memory allocation" in said or b"MemoryError" in said:
            return QueryError(_memory())
        if b"overflowed its stack" in said or code == -signal.SIGSEGV:
            message = "the query is too long a chain, or nested too deeply, for the engine"
            return QueryError(message)
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return QueryError(f"the engine ended with code {code}{': ' if last else ''}{last}")


class _Deadline:
    """Kills a process that is still busy at the end of the block's time."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._late = threading.Event()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def _end(self) -> None:
        self._late.set()
        self._process.kill()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._late.is_set():
            # Even if the answer came just then: the worker is gone.
            raise QueryError(f"the query took longer than {self._seconds:g} s") from None


def _tell(process: subprocess.Popen[bytes], payload: bytes) -> None:
    worker.send(cast("IO[bytes]", process.stdin), payload)


def _close_quietly(stream: Any) -> None:
    with suppress(BrokenPipeError):  # the worker died with something still unsent
        stream.close()


def _nquads(graph: Graph) -> bytes:
    import pyoxigraph as ox

    return cast("bytes", ox.serialize(rdf.quads(graph), format=ox.RdfFormat.N_QUADS))


# --- What was asked -----------------------------------------------------------------------------


def _from_graphs(words: list[Token]) -> Iterator[str]:
    """The graphs that a query names with FROM and FROM NAMED."""
    declared = declared_prefixes(words)
    for index, word in enumerate(words):
        if word.says("FROM"):
            after = words[index + 1 : index + 3]
            if after and after[0].says("NAMED"):
                after = after[1:]
            if after and after[0].kind in ("iri", "name"):
                yield iri_of(after[0], declared)


def _no_such_graph(iri: str) -> str:
    return f"FROM <{iri}>: the dataset has no such graph, and nothing is fetched"


def _ordered(words: list[Token]) -> bool:
    """Whether the query itself, and not one nested in it, says ORDER BY."""
    depth = 0
    for word, after in pairwise(words):
        depth += (word.text == "{") - (word.text == "}")
        if depth == 0 and word.says("ORDER") and after.says("BY"):
            return True
    return False


# --- What came back -----------------------------------------------------------------------------


def _memory() -> str:
    return f"the query needs more than {WORKER_MEMORY_BYTES // 1024**3} GiB of memory; narrow it"


def _fail(text: str, head: dict[str, Any]) -> NoReturn:
    kind, message = head["error"], head["message"]
    if kind == "syntax":
        raise QueryError(explained(text, message))
    if kind == "size":
        limit = MAX_ANSWER_BYTES // 1024**2
        raise QueryError(f"the answer is larger than {limit} MiB; narrow the query or add LIMIT")
    if kind == "memory":
        raise QueryError(_memory())
    raise QueryError(f"the query failed: {message}")


class _Labels:
    """Names for blank nodes in the order in which they appear, the same in every run."""

    def __init__(self) -> None:
        self._known: dict[str, ox.BlankNode] = {}

    def get(self, label: str) -> ox.BlankNode:
        import pyoxigraph as ox

        return self._known.setdefault(label, ox.BlankNode(f"b{len(self._known)}"))


def _table(body: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """The variables and the rows of a SPARQL JSON result."""
    try:
        answer = json.loads(body)
    except RecursionError:  # triple terms within triple terms
        raise _unsupported() from None
    variables = tuple(answer["head"]["vars"])
    labels = _Labels()
    rows = []
    for binding in answer["results"]["bindings"]:
        found = (binding.get(name) for name in variables)
        rows.append(tuple(None if term is None else _term(term, labels) for term in found))
    return variables, rows


def _term(described: dict[str, str], labels: _Labels) -> Term:
    import pyoxigraph as ox

    kind, value = described["type"], described["value"]
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return labels.get(value)
    if kind != "literal" or "its:dir" in described:
        raise _unsupported()
    if "xml:lang" in described:
        return ox.Literal(value, language=described["xml:lang"])
    datatype = described.get("datatype")
    return ox.Literal(value, datatype=ox.NamedNode(datatype) if datatype else None)


def _triples(body: bytes) -> tuple[ox.Triple, ...]:
    """The triples of an N-Triples answer, sorted."""
    import pyoxigraph as ox

    # Nested triple terms would go through a parser that recurses; our data hold none.
    if b"<<(" in body and any(b"<<(" in _outside_strings(line) for line in body.splitlines()):
        raise _unsupported()
    labels = _Labels()

    def settled(part: Any) -> Any:
        return labels.get(part.value) if isinstance(part, ox.BlankNode) else part

    quads: Iterable[ox.Quad] = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
    triples = {
        ox.Triple(settled(quad.subject), quad.predicate, settled(quad.object)) for quad in quads
    }
    return tuple(sorted(triples, key=triple_order))


def _outside_strings(line: bytes) -> bytes:
    """A line of N-Triples up to its literal, if it has one."""
    return line.partition(b'"')[0]


def _unsupported() -> QueryError:
    return QueryError("the answer holds RDF 1.2 terms (triple terms or directions), not supported")
