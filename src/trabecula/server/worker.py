"""The processes that answer: a holder, which has the graph loaded, and the workers it forks.

The holder is started by `pool` with a socket as its standard input. It gets the records of a graph,
loads them into the engine, and from then on forks a worker whenever it is sent a socket and a pipe:
a worker is there in milliseconds, shares the memory of the holder, and can be killed at any moment
without loss. Each is asked over its own socket, in the frames of `sparql.worker`: a JSON request;
back come a JSON head, frames of bytes, an empty frame and a JSON tail that says what went wrong.
The holder leads a group of processes, to which all workers belong, and ends the group when whoever
started it has gone.

All that is hostile happens here: the screen and the engine read queries, and what is asked of the
program's own reasoning is worked out, with no network, bounded memory and a clock that kills.
"""

from __future__ import annotations

import faulthandler
import gc
import io
import json
import os
import pickle
import signal
import socket
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, cast

from trabecula.errors import NotFound, QueryError, TrabeculaError
from trabecula.server import answers
from trabecula.server.bounds import Bounded, TooManyRows, Unwritable
from trabecula.sparql.diagnosis import explained
from trabecula.sparql.screening import is_harmless, screen
from trabecula.sparql.tokens import used_prefixes
from trabecula.sparql.worker import (
    FILES_OF_STORE,
    GRACE_SECONDS,
    OPEN_FILES,
    Held,
    TooLarge,
    confine,
    drop_network,
    end_after,
    failure,
    receive,
    say,
    send,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

#: An answer up to this size goes in one piece, so that who waits for it is woken up once.
_BUFFER_BYTES: Final = 128 * 1024
#: What is imported before the network is dropped: afterwards files may be out of reach.
_IMPORTED: Final = (
    "numpy",
    "pyoxigraph",
    "rapidfuzz",
    "jinja2",
    "trabecula.formats.rdf.derived",
    "trabecula.page.html",
    "trabecula.page.payload",
    "trabecula.page.queries",
    "trabecula.reason.audit",
    "trabecula.reason.conflicts",
    "trabecula.reason.diagnose",
    "trabecula.reason.explain",
    "trabecula.reason.whatif",
    "trabecula.release.uses",
    "trabecula.release.void",
    "trabecula.words.audit",
    "trabecula.words.conflicts",
    "trabecula.words.diagnose",
    "trabecula.words.explain",
    "trabecula.words.whatif",
)


def main() -> NoReturn:
    """Hold the graph, and fork a worker for every socket that comes, until nobody can send one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal; the asker decides what it means
    door = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    source, target = door.makefile("rb"), door.makefile("wb")
    options = json.loads(_needed(receive(source)))
    for name in _IMPORTED:
        import_module(name)
    offline = drop_network()
    held = answers.held(
        pickle.loads(_needed(receive(source))),  # noqa: S301 (from the process that started this)
        _needed(receive(source)),
    )
    say(target, {"offline": offline, **held.facts})
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a worker that has ended
    gc.collect()
    gc.freeze()  # what is never collected is never written to, and stays shared
    while True:
        _, descriptors, _, _ = socket.recv_fds(door, 1, 2)
        if len(descriptors) < 2:  # whoever started this has gone: nobody waits for an answer
            os.killpg(0, signal.SIGKILL)
        if os.fork() == 0:
            os.close(door.detach())
            try:
                _work(held, options["memory"], *descriptors)
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def _needed(frame: bytes | None) -> bytes:
    if frame is None:  # whoever started this is gone
        os._exit(0)
    return frame


def _work(held: answers.Held, memory: int, talking: int, errors: int) -> NoReturn:
    """Answer over a socket until its other end is closed; what goes wrong goes into a pipe."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(errors, 2)
    os.close(errors)
    faulthandler.enable(2)  # an overflow of the engine's stack says nothing by itself
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="replace", closefd=False)
    talk = socket.socket(fileno=talking)
    source = talk.makefile("rb")
    out = io.BufferedWriter(talk.makefile("wb", buffering=0), _BUFFER_BYTES)
    held = answers.opened(held)
    confine(_now_used() + memory, FILES_OF_STORE if held.place else OPEN_FILES)
    say(cast("IO[bytes]", out), {"pid": os.getpid()})
    target = Held(cast("IO[bytes]", out))
    while True:
        request = json.loads(_needed(receive(source)))
        end_after(request["timeout"] + GRACE_SECONDS)
        _answer(held, request, cast("IO[bytes]", target))
        end_after(0)
        out.flush()


def _now_used() -> int:
    """The address space that this process has already, in bytes; where it is not known, a lot."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 4 * 1024**3


def _answer(held: answers.Held, request: dict[str, Any], target: IO[bytes]) -> None:
    """Send the answer to one request: a head, frames, an empty frame, a tail."""
    try:
        if request["do"] == "sparql":
            ask(held, request, target)
            return
        media, data = answers.answer(held, request)
        say(target, {"type": media})
        if data:
            send(target, data)
        send(target, b"")
        say(target, {})
    except Exception as error:  # noqa: BLE001 (whatever it is, the asker is told)
        report = _told(error)
        if report["error"] == "evaluation" and request["do"] != "sparql":
            what = f"the program failed ({type(error).__name__}); please report what you asked"
            report = {"error": "died", "message": what}
        say(target, report)


def ask(held: answers.Held, request: dict[str, Any], target: IO[bytes]) -> None:
    """Screen a query, ask the engine, and pass on what it says."""
    import pyoxigraph as ox

    text = request["query"]
    if not is_harmless(text):
        screen(text)
    graphs = request["graphs"]
    more: dict[str, Any] = {"base_iri": request["base"]}
    if graphs is not None:
        more["default_graph"] = [_graph(name) for name in graphs["default"]]
        more["named_graphs"] = [_graph(name) for name in graphs["named"]]
    try:
        result = held.asked.query(text, prefixes=used_prefixes(text, held.spaces), **more)
    except SyntaxError as error:
        screen(text)  # which says some of it better
        raise QueryError(explained(text, str(error))) from None
    triples = isinstance(result, ox.QueryTriples)
    name = request["triples" if triples else "results"]
    if name is None:
        raise _NotAcceptable("triples" if triples else "results")
    say(target, {"written": name, "triples": triples})
    outgoing = Bounded(target, name, request["rows"])
    tail: dict[str, Any] = {}
    try:
        if triples:
            written = _counted(cast("ox.QueryTriples", result), request["rows"])
            ox.serialize(
                written,
                cast("IO[bytes]", outgoing),
                format=_RDF[name],
                prefixes=held.used if name in ("ttl", "trig", "rdf") else None,
            )
        else:
            # The engine calls write and flush, nothing else.
            cast("ox.QuerySolutions", result).serialize(
                cast("IO[bytes]", outgoing), format=_ROWS[name]
            )
        outgoing.send()
    except Exception as error:  # noqa: BLE001
        tail = _told(error)
    send(target, b"")
    say(target, tail)


class _NotAcceptable(Exception):
    """The client takes no syntax in which this kind of answer can be written."""


def _graph(name: str) -> ox.NamedNode:
    import pyoxigraph as ox

    try:
        return ox.NamedNode(name)
    except ValueError:
        raise QueryError(f"{name!r} is not the IRI of a graph") from None


def _counted(triples: Iterable[ox.Triple], most: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number >= most:
            raise TooManyRows
        yield triple


def _told(error: BaseException) -> dict[str, Any]:
    """What went wrong, as a kind that `app` has a status for, and a message."""
    if isinstance(error, NotFound):
        return {"error": "unknown", "message": str(error)}
    if isinstance(error, TrabeculaError):
        return {"error": "asked", "message": str(error)}
    if isinstance(error, _NotAcceptable):
        return {"error": "acceptable", "message": str(error)}
    if isinstance(error, TooManyRows | TooLarge):
        return {"error": "size", "message": ""}
    if isinstance(error, Unwritable):
        return {"error": "asked", "message": str(error)}
    return failure(error)


def _syntaxes() -> tuple[dict[str, Any], dict[str, Any]]:
    import pyoxigraph as ox

    rows, rdf = ox.QueryResultsFormat, ox.RdfFormat
    return (
        {"json": rows.JSON, "xml": rows.XML, "csv": rows.CSV, "tsv": rows.TSV},
        {
            "ttl": rdf.TURTLE,
            "nt": rdf.N_TRIPLES,
            "rdf": rdf.RDF_XML,
            "jsonld": rdf.JSON_LD,
            "nq": rdf.N_QUADS,
            "trig": rdf.TRIG,
        },
    )


_ROWS, _RDF = _syntaxes()

if __name__ == "__main__":
    sys.exit("started by trabecula.server.pool")
