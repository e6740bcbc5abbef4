"""The worker process: holds the data, evaluates queries, and can be killed.

It is run by path in an isolated interpreter and imports nothing of trabecula, so that it starts
fast and sees no more than it needs. Frames on standard input and output are eight bytes of length
and that many bytes. In: a JSON greeting, the data as N-Quads, then one JSON request for each
query. Out: a JSON greeting once the data are loaded; then for each request a JSON head, and where
that names rows or triples: frames of them, an empty frame, and a JSON tail. Who asks for `lines`
gets, where they can be had so, the lines of the written answer in their order, and a head that says
so.

Whoever asks may die at any moment and cannot say so. Then the pipe ends, which a thread hears that
does nothing but listen: this process ends with it. (The signal that Linux can send at the death of
a parent follows the thread that started a process, and threads end while their process lives on.)
"""

from __future__ import annotations

import json
import os
import queue
import select
import signal
import struct
import sys
import threading
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, NoReturn, cast

if TYPE_CHECKING:
    from pyoxigraph import Store

#: How the length of a frame is written.
LENGTH = struct.Struct(">Q")
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_STACK = 8 * 1024**2
#: The files that a worker may have open: its pipes, and what Python opens beside them.
OPEN_FILES = 64
#: The same of one that reads a store on the disk, which has many files.
FILES_OF_STORE = 4096
#: The size of a frame of an answer: large enough to cost nothing, small enough to hold in memory.
_FRAME_BYTES = 256 * 1024
#: What a cell of a table counts beside its bytes: about as much as JSON has around a term.
_CELL_BYTES = 32
#: How much is read at once.
_PIECE_BYTES = 1024**2
#: How long after its deadline a worker ends by itself, should nobody be able to kill it.
GRACE_SECONDS = 5


def send(stream: IO[bytes], payload: bytes) -> None:
    """Write one frame; the stream may be one that takes a part at a time."""
    length = LENGTH.pack(len(payload))
    small = len(payload) <= _FRAME_BYTES  # together in one piece: the other side wakes up once
    for part in (length + payload,) if small else (length, payload):
        rest = memoryview(part)
        while rest:
            rest = rest[stream.write(rest) :]
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next frame; None when the other side has gone, even in the middle of one."""
    head = _exactly(stream, LENGTH.size)
    return None if head is None else _exactly(stream, LENGTH.unpack(head)[0])


def _exactly(stream: IO[bytes], size: int) -> bytes | None:
    """So many bytes of a stream that may give a part at a time; None when it ends before."""
    parts = bytearray()
    while len(parts) < size:
        part = stream.read(min(size - len(parts), _PIECE_BYTES))
        if not part:
            return None
        parts += part
    return bytes(parts)


class Held:
    """A stream that is flushed when an answer is whole: a small one goes in one piece."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.write = stream.write

    def flush(self) -> None:
        """Wait for the end of the answer, or for the buffer to be full."""


class TooLarge(Exception):
    """The answer is larger than allowed."""


class Outgoing:
    """What the engine writes an answer to: sent in frames, and stopped once it is too large."""

    def __init__(self, stream: IO[bytes], limit: int, *, whole: bool = False) -> None:
        self._stream = stream
        self._left = limit
        self._frame = limit + 1 if whole else _FRAME_BYTES
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Take a piece of the answer."""
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        self._waiting += data
        if len(self._waiting) >= self._frame:
            self.send()
        return len(data)

    def flush(self) -> None:
        """The engine flushes at every turn; frames are sent when they are full."""

    def send(self) -> None:
        """Send what is waiting, if anything is: an empty frame would be the end."""
        if self._waiting:
            send(self._stream, bytes(self._waiting))
            self._waiting.clear()

    def take(self) -> bytes:
        """What is waiting, which is then no longer to be sent."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


class Cells(Outgoing):
    """TSV on its way: short cells count as well, for each is a term of a row to who reads them."""

    def write(self, data: bytes) -> int:
        """Take a piece of the answer."""
        self._left -= _CELL_BYTES * (data.count(b"\t") + data.count(b"\n"))
        return super().write(data)


def drop_network() -> bool:
    """Move to a network namespace with nothing in it, where the system allows that.

    Needs a process with one thread, hence before any data are loaded. Where it is not possible
    the screen is what keeps queries from the network.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    try:
        return bool(ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)
    except (AttributeError, OSError):
        return False


def confine(memory: int, open_files: int = OPEN_FILES) -> None:
    """Bound memory and open files, forbid core dumps and writing files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_STACK, _STACK),  # the same depth is too deep on every machine
    ):
        try:
            _, allowed = resource.getrlimit(kind)
            bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue


def end_after(seconds: float) -> None:
    """End this process after so many seconds, whatever it is doing then; 0 is never."""
    if hasattr(signal, "setitimer"):
        # The default action of SIGALRM needs no cooperation of the engine.
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(store: Store, request: dict[str, Any], target: IO[bytes]) -> None:
    """Send the answer to one request."""
    import pyoxigraph as ox

    head: dict[str, Any] = {}
    try:
        head["graphs"] = [iri for iri in request["graphs"] if _is_graph(store, iri)]
        result = store.query(request["query"], prefixes=request["prefixes"])
        if isinstance(result, ox.QueryBoolean):
            head |= {"form": "ask", "answer": bool(result)}
        else:
            head |= {"form": "select" if isinstance(result, ox.QuerySolutions) else "construct"}
    except Exception as error:  # noqa: BLE001 (whatever it is, the asker is told)
        head |= failure(error)
    if head.get("form") not in ("select", "construct"):
        say(target, head)
    elif request["lines"] == _LINES[head["form"]]:
        _send_lines(result, head, request, target)
    else:
        say(target, head)
        say(target, _rows_or_triples(result, _outgoing(result, request["limit"], target), target))


def _is_graph(store: Store, iri: str) -> bool:
    """Whether there is a named graph with this IRI, which may be none: a query can write any."""
    import pyoxigraph as ox

    try:
        return store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:
        return False


def _outgoing(result: Any, limit: int, target: IO[bytes], *, whole: bool = False) -> Outgoing:
    import pyoxigraph as ox

    kind = Cells if isinstance(result, ox.QuerySolutions) else Outgoing
    return kind(target, limit, whole=whole)


def _rows_or_triples(result: Any, outgoing: Outgoing, target: IO[bytes]) -> dict[str, Any]:
    """Send rows as SPARQL TSV or triples as N-Triples, and an empty frame; what went wrong."""
    tail = _serialised(result, outgoing)
    if not tail:
        outgoing.send()
    send(target, b"")
    return tail


def _serialised(result: Any, outgoing: Outgoing) -> dict[str, Any]:
    """Have rows or triples written; what went wrong."""
    import pyoxigraph as ox

    rows = isinstance(result, ox.QuerySolutions)
    kind = ox.QueryResultsFormat.TSV if rows else ox.RdfFormat.N_TRIPLES
    try:
        # The engine calls write and flush, nothing else.
        result.serialize(cast("IO[bytes]", outgoing), format=kind)
    except Exception as error:  # noqa: BLE001
        return failure(error)
    return {}


# --- Answers as they are written ------------------------------------------------------------------
# Whoever wants an answer as a file of lines need not have its terms. A plain term, an IRI or a
# string without escapes, is written by the engine as by us; and lines of them are sorted as their
# terms are once the marks around a term come before all that it can have in it.

#: The syntax whose lines an answer of a form can be had in.
_LINES = {"select": "tsv", "construct": "nt"}
#: What is left out of a line to see what kinds of terms stand in it: all that has no meaning there.
_CONTENT = bytes({*range(0x20, 0xFF)} - {*b'<>"^@\\', 0x7F})
#: Characters that only some writers escape.
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
#: The marks in their order: an end before what goes on, and an IRI before a string.
_MARKS, _SORTED_MARKS = b'><"', b"\x00\x01\x02"
_MARKED = bytes.maketrans(_MARKS, _SORTED_MARKS)
_UNMARKED = bytes.maketrans(_SORTED_MARKS, _MARKS)


def _send_lines(
    result: Any, head: dict[str, Any], request: dict[str, Any], target: IO[bytes]
) -> None:
    """Send the lines of an answer in order; its rows or triples where they are not plain."""
    outgoing = _outgoing(result, request["limit"], target, whole=True)
    tail = _serialised(result, outgoing)
    data = b"" if tail else outgoing.take()
    rows = head["form"] == "select"
    lines = sorted_rows(data, ordered=request["ordered"]) if rows else sorted_triples(data)
    say(target, {**head, "lines": lines is not None})
    whole = data if lines is None else lines
    if whole:  # an empty frame is the end
        send(target, whole)
    send(target, b"")
    say(target, tail)


def sorted_rows(data: bytes, *, ordered: bool) -> bytes | None:
    """The TSV of the engine with its rows sorted by their terms unless `ordered`.

    None where a cell is no plain term.
    """
    tabs = data.count(b"\t", 0, data.find(b"\n"))
    row = b"\t".join([b"t"] * (tabs + 1))
    if data.startswith(b"\n") or not _are_plain(data, b"\t" * tabs + b"\n", row):
        return None
    return data if ordered else _in_order(data, head=1)


def sorted_triples(data: bytes) -> bytes | None:
    """The N-Triples of the engine, each once, sorted by their terms; None as of `sorted_rows`."""
    return _in_order(data, once=True) if _are_plain(data, b"", b"ttt") else None


def _are_plain(data: bytes, head: bytes, shape: bytes) -> bool:
    """Whether every line has plain terms only, as many as its `shape` has the letter t.

    `head` is what a first line has of such marks, which is no line of terms.
    """
    left = data.translate(None, _CONTENT).replace(b"<>", b"t").replace(b'""', b"t")
    lines = left.count(b"\n") - head.count(b"\n")
    if left != head + (shape + b"\n") * lines:
        return False
    return data.isascii() or not any(character in data for character in _NO_CHARACTERS)


def _in_order(data: bytes, *, head: int = 0, once: bool = False) -> bytes:
    """Plain lines sorted by their terms, behind so many of a head; each once if need be."""
    lines = data.translate(_MARKED).split(b"\n")
    end = lines.pop()  # nothing, behind the last end
    terms = sorted(set(lines) if once else lines[head:])
    return b"\n".join((*lines[:head], *terms, end)).translate(_UNMARKED)


def failure(error: BaseException) -> dict[str, Any]:
    """What went wrong, as an asker is told: its kind and a message."""
    if isinstance(error, SyntaxError):
        kind = "syntax"
    elif isinstance(error, TooLarge):
        kind = "size"
    elif isinstance(error, MemoryError):
        kind = "memory"
    else:
        kind = "evaluation"
    return {"error": kind, "message": str(error)}


def say(target: IO[bytes], what: dict[str, Any]) -> None:
    """Send a JSON frame."""
    send(target, json.dumps(what).encode("utf-8"))


def frames(source: IO[bytes]) -> Iterator[bytes]:
    """Every frame that comes; this process ends at once when nobody can ask any more."""
    if hasattr(select, "poll"):
        threading.Thread(target=_end_with, args=(source,), daemon=True).start()
        while (frame := receive(source)) is not None:
            yield frame
        return
    heard: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, heard), daemon=True).start()
    while True:
        yield heard.get()


def _end_with(source: IO[bytes]) -> None:
    """Wait until nobody has the other end any more; what is read is no business of this thread."""
    end = select.poll()
    end.register(source, 0)  # of an end one is told unasked
    end.poll()
    os._exit(0)


def _listen(source: IO[bytes], heard: queue.SimpleQueue[bytes]) -> None:
    """The same where a system tells of the end only who reads; a question waits for a thread."""
    while (frame := receive(source)) is not None:
        heard.put(frame)
    os._exit(0)


def main() -> NoReturn:
    """Confine this process, load the data, and answer queries until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal; the asker decides what it means
    source = sys.stdin.buffer
    target = os.fdopen(1, "wb", _FRAME_BYTES, closefd=False)
    greeting = receive(source)
    if greeting is None:
        os._exit(0)
    options = json.loads(greeting)
    end_after(options["timeout"] + GRACE_SECONDS)
    sys.path[:] = options["path"]
    # The engine is imported first: afterwards this process may not be able to read its files.
    import pyoxigraph as ox

    offline = drop_network()
    heard = frames(source)
    data = next(heard, b"")
    confine(
        options["memory"] + options["memory_per_byte"] * len(data),
        FILES_OF_STORE if options["place"] else OPEN_FILES,
    )
    if options["place"]:
        store = ox.Store.read_only(options["place"])
    else:
        store = ox.Store()
        store.load(data, format=ox.RdfFormat.N_QUADS)
    del data
    say(target, {"offline": offline})
    end_after(0)
    held = cast("IO[bytes]", Held(target))
    for frame in heard:
        request = json.loads(frame)
        end_after(request["timeout"] + GRACE_SECONDS)
        _answer(store, request, held)
        end_after(0)
        target.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
