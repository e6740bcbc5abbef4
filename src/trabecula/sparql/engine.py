"""Asking a graph: one question, or a session of many, both over an engine in its own process."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NoReturn, cast

from trabecula.addresses import addresses
from trabecula.errors import QueryError, require_text
from trabecula.formats import rdf
from trabecula.graph import Graph, require_graph
from trabecula.sparql import answers
from trabecula.sparql.clock import TIMEOUT, Deadline
from trabecula.sparql.contents import own_prefixes
from trabecula.sparql.diagnosis import explained
from trabecula.sparql.linting import lint
from trabecula.sparql.process import Engine, Exchange, Failure, too_much_memory
from trabecula.sparql.results import Result, outward
from trabecula.sparql.screening import is_harmless, screen
from trabecula.sparql.tokens import (
    KNOWN_PREFIXES,
    Token,
    code,
    declared_prefixes,
    iri_of,
    used_prefixes,
)

#: The largest answer, in bytes of the format that comes over the pipe.
MAX_ANSWER_BYTES: Final = 64 * 1024 * 1024
#: Statements of the largest graph in which names of a query are looked up, to warn of mistakes.
MAX_LINTED: Final = 20_000
#: How many graphs keep an engine ready for the function `query`; of more, those asked last.
MAX_READY: Final = 4


def query(
    graph: Graph, text: str, *, timeout: float | Deadline = TIMEOUT, place: Path | None = None
) -> Result:
    """The answer of a graph to a SPARQL 1.1 query.

    The prefixes of trabecula and of every identifier it knows need no declaration. Columns stand
    in the order of the SELECT clause; rows are sorted unless the query says ORDER BY; the same
    graph and query give the same answer. `timeout` is in seconds, from the question to the answer;
    or a `Deadline` that is running already. `place` is a folder with an Oxigraph that holds the
    quads of the graph, which need not be made then; see `kept.place`.

    A graph that was asked is kept ready to be asked again, in a process that ends with the graph
    or with Python; of many graphs, those asked last. Threads are answered one after the other.

    Raises `QueryError` for a query that cannot be parsed (with line, column and a caret), that is
    refused (see `screen`), that fails, takes too long, or has too large an answer.

    >>> from trabecula.model import Statement
    >>> graph = Graph([Statement(subject="atp", predicate="requires", object="magnesium")])
    >>> query(graph, "ASK { entity:atp tb:requires entity:magnesium }").answer
    True
    """
    require_graph(graph)
    result, warnings = _asked(_ready(graph), graph, text, timeout, place)
    return _warned(result, warnings)


def written(
    graph: Graph,
    text: str,
    syntax: str,
    *,
    timeout: float | Deadline = TIMEOUT,
    place: Path | None = None,
) -> tuple[bytes, tuple[str, ...]]:
    """The answer to a query as a file of a syntax has it, and the warnings; see `query`.

    It has the bytes of `Result.encoded`, sooner where the engine's own lines need only be sorted.
    """
    require_graph(graph)
    answer, warnings = _asked(_ready(graph), graph, text, timeout, place, syntax)
    return answer if isinstance(answer, bytes) else answer.encoded(syntax), warnings


class Session:
    """A graph loaded into a process of its own, to be asked many times, by any thread.

    Use it in a `with` statement, or `close` it. A process that was killed is replaced at the next
    question. The function `query` keeps such a process too; a session says when it ends.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._engine = Engine()
        self._closed = False

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a session holds a process and cannot be pickled; send the graph instead")

    @property
    def offline(self) -> bool:
        """Whether the process, once started, has no network at all.

        Where it has, the screen alone keeps queries from it.
        """
        return self._engine.offline

    def close(self) -> None:
        """End the process. A question that another thread is asking fails; so do later ones."""
        self._closed = True
        self._engine.close()

    def query(self, text: str, *, timeout: float | Deadline = TIMEOUT) -> Result:
        """The answer to a query; see the function `query`."""
        self._check_open()
        try:
            return _warned(*_asked(self._engine, self._graph, text, timeout))
        except QueryError:
            self._check_open()
            raise

    def _check_open(self) -> None:
        if self._closed:
            raise QueryError("the session is closed; make another one")


def _warned(answer: Result | bytes, warnings: tuple[str, ...]) -> Result:
    result = cast("Result", answer)  # for no lines were asked for
    return replace(result, warnings=warnings) if warnings else result


def _asked(
    engine: Engine,
    graph: Graph,
    text: str,
    timeout: float | Deadline,
    place: Path | None = None,
    syntax: str = "",
) -> tuple[Result | bytes, tuple[str, ...]]:
    """The answer of an engine that holds this graph, or is to hold it, and warnings.

    With a `syntax` it may be the bytes of the answer as that syntax has it.
    """
    if not isinstance(timeout, Deadline):
        Deadline(timeout)  # a limit that is no time is refused before anything is done
    require_text(text, "a query")
    own = addresses(graph.about)
    text = own.inward_text(text)
    if not is_harmless(text):
        screen(text)
    small = text.lower()  # a short question is answered sooner than its words are told apart
    words = code(text) if "from" in small or "order" in small else []
    ordered = is_ordered(words)
    from_graphs = sorted(set(_from_graphs(words)))
    request = {
        "query": text,
        "prefixes": used_prefixes(text, KNOWN_PREFIXES, partial(own_prefixes, graph)),
        "graphs": from_graphs,
        "limit": MAX_ANSWER_BYTES,
        "lines": "" if own.back else syntax,  # the engine knows no IRI but those used within
        "ordered": ordered,
    }
    failure: dict[str, Any] | None = None
    place = place or graph.rdf()  # which may have to be made, and is not what the question takes
    with engine.asked(lambda deadline: place or _nquads(graph, deadline), timeout) as exchange:
        exchange.tell({**request, "timeout": exchange.deadline.left})
        # While the engine is busy too. What is known of a large graph takes long to look up.
        warnings = lint(text, graph) if len(graph) <= MAX_LINTED else ()
        head = exchange.hear()
        try:
            answer = _heard(exchange, head, ordered=ordered)
        except Failure as failed:  # the engine could not answer, and is ready for the next question
            failure = failed.report
        exchange.deadline.check()
    if failure is not None:
        raise_failure(text, failure)
    strange = (_no_such_graph(iri) for iri in from_graphs if iri not in head["graphs"])
    told = (*strange, *warnings)
    if isinstance(answer, Result) and own.back:
        answer = outward(answer, graph.about)
    return answer, told


def _heard(exchange: Exchange, head: dict[str, Any], *, ordered: bool) -> Result | bytes:
    if "error" in head:
        raise Failure(head)
    if head["form"] == "ask":
        return Result(form="ask", answer=head["answer"])
    frames = exchange.frames()
    if head.get("lines"):
        return b"".join(frames)
    if head["form"] == "select":
        result = answers.rows(frames, exchange.deadline, ordered=ordered)
    else:
        result = answers.triples(frames, exchange.deadline)
    for _ in frames:  # a parser may stop before the end, and the next question needs the pipe
        pass
    return result


def _nquads(graph: Graph, deadline: Deadline) -> bytes:
    return "".join(deadline.watched(rdf.nquads(graph))).encode("utf-8")


# --- Graphs that are ready ------------------------------------------------------------------------

#: The engine of each graph that was asked, by the id of the graph, while it lives; in the order in
#: which they were asked last.
_engines: dict[int, tuple[weakref.ref[Graph], Engine]] = {}
#: A graph may be given up, and its engine with it, in the middle of anything.
_engines_lock = threading.RLock()


def _ready(graph: Graph) -> Engine:
    """The engine of this graph, one for all who ask."""
    key = id(graph)
    with _engines_lock:
        held, engine = _engines.pop(key, (None, None))
        if held is None or engine is None or held() is not graph:
            held, engine = weakref.ref(graph, lambda _: _let_go(key)), Engine()
        _engines[key] = (held, engine)
        for old in list(_engines)[:-MAX_READY]:
            _, other = _engines.get(old, (None, None))  # its graph may be given up just now
            if other is not None and other.close_if_idle():
                _engines.pop(old, None)
    return engine


def _let_go(key: int) -> None:
    with _engines_lock:
        _, engine = _engines.pop(key, (None, None))
    if engine is not None:
        engine.close()


def _renew_lock() -> None:
    """In a forked child nobody is left who could release the lock."""
    global _engines_lock  # noqa: PLW0603
    _engines_lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


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


def is_ordered(words: list[Token]) -> bool:
    """Whether the query itself, and not one nested in it, says ORDER BY."""
    depth = 0
    for word, after in pairwise(words):
        depth += (word.text == "{") - (word.text == "}")
        if depth == 0 and word.says("ORDER") and after.says("BY"):
            return True
    return False


def raise_failure(text: str, report: dict[str, Any], most: int | None = None) -> NoReturn:
    """Raise what the engine said in words a person can act on."""
    kind, message = report["error"], report["message"]
    if kind == "syntax":
        screen(text)  # which says some of it better
        raise QueryError(explained(text, message))
    if kind == "size":
        limit = (MAX_ANSWER_BYTES if most is None else most) // 1024**2
        raise QueryError(f"the answer is larger than {limit} MiB; narrow the query or add LIMIT")
    if kind == "memory":
        raise too_much_memory()
    raise QueryError(f"the query failed: {message}")
