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
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
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
    """What the engine writes an answer to: sent in frames, and stopped once it is too large.

    A frame goes `onward`, which is to the stream unless somebody else takes it.
    """

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self.onward: Callable[[bytes], None] = partial(send, stream)
        self._left = limit
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Take a piece of the answer."""
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        self._waiting += data
        if len(self._waiting) >= _FRAME_BYTES:
            self.send()
        return len(data)

    def flush(self) -> None:
        """The engine flushes at every turn; frames are sent when they are full."""

    def send(self) -> None:
        """Send what is waiting, if anything is: an empty frame would be the end."""
        if self._waiting:
            self.onward(bytes(self._waiting))
            self._waiting.clear()


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
        tail = _serialised(result, _outgoing(head, request, target))
        send(target, b"")
        say(target, tail)


def _is_graph(store: Store, iri: str) -> bool:
    """Whether there is a named graph with this IRI, which may be none: a query can write any."""
    import pyoxigraph as ox

    try:
        return store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:
        return False


def _outgoing(head: dict[str, Any], request: dict[str, Any], target: IO[bytes]) -> Outgoing:
    return (Cells if head["form"] == "select" else Outgoing)(target, request["limit"])


def _serialised(result: Any, outgoing: Outgoing) -> dict[str, Any]:
    """Have rows written as SPARQL TSV or triples as N-Triples; what went wrong."""
    import pyoxigraph as ox

    rows = isinstance(result, ox.QuerySolutions)
    kind = ox.QueryResultsFormat.TSV if rows else ox.RdfFormat.N_TRIPLES
    try:
        # The engine calls write and flush, nothing else.
        result.serialize(cast("IO[bytes]", outgoing), format=kind)
        outgoing.send()
    except Exception as error:  # noqa: BLE001
        return failure(error)
    return {}


# --- Answers as they are written ------------------------------------------------------------------
# Whoever wants an answer as a file of lines need not have its terms. A plain term, an IRI or a
# string without escapes, is written by the engine as by us; and lines of them are sorted as their
# terms are once the marks around a term come before all that it can have in it.

#: How many lines are put together at once: what is at work on one after another stays near it.
_LINES_AT_ONCE = 2_000
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
    """Send the lines of an answer in order; where they are not plain, its rows or triples."""
    lines = Lines(rows=head["form"] == "select", ordered=request["ordered"])

    def onward(piece: bytes) -> None:
        if not lines.plain:
            send(target, piece)
        elif not lines.add(piece):
            say(target, {**head, "lines": False})
            for part in lines.as_they_came():
                send(target, part)

    outgoing = _outgoing(head, request, target)
    outgoing.onward = onward
    tail = _serialised(result, outgoing)
    if lines.plain:
        say(target, {**head, "lines": True})
        for part in () if tail else lines.in_order():
            send(target, part)
    send(target, b"")
    say(target, tail)


class Lines:
    """The lines of an answer that arrives in pieces, as long as every term in them is plain.

    Rows are sorted by their terms unless they are `ordered`; triples are, and each comes once.
    """

    def __init__(self, *, rows: bool, ordered: bool = False) -> None:
        self.plain = True
        self._head = b""  # of rows: a line of names
        self._shape = b"" if rows else b"ttt"  # of a line, with a letter for each term
        self._once = not rows
        self._ordered = rows and ordered
        self._kept: list[bytes] = []  # lines with their marks changed, or pieces if ordered
        self._begun = b""  # a line that goes on in the next piece

    def add(self, piece: bytes) -> bool:
        """Take a piece; whether all is plain so far."""
        piece = self._begun + piece
        start, end = 0, piece.rfind(b"\n") + 1
        if end and not self._shape:
            start = piece.find(b"\n") + 1
            self._head = piece[:start]
            self._shape = b"\t".join([b"t"] * (self._head.count(b"\t") + 1))
        lines, self._begun = piece[start:end], piece[end:]
        self.plain = self._head != b"\n" and _are_plain(lines, self._shape)
        if not self.plain:
            self._begun = lines + self._begun
        elif self._ordered:
            self._kept.append(lines)
        else:
            self._kept += lines.translate(_MARKED).split(b"\n")
            self._kept.pop()  # nothing, behind the last end
        return self.plain

    def as_they_came(self) -> Iterator[bytes]:
        """All that has come, in pieces."""
        return filter(None, (self._head, *self._pieces(), self._begun))

    def in_order(self) -> Iterator[bytes]:
        """All that has come with the lines in order, in pieces."""
        if not self._ordered:
            self._kept.sort()
        if self._once:
            self._kept = [line for line, _ in groupby(self._kept)]
        return filter(None, (self._head, *self._pieces()))

    def _pieces(self) -> Iterator[bytes]:
        if self._ordered:
            yield from self._kept
            return
        for start in range(0, len(self._kept), _LINES_AT_ONCE):
            lines = (*self._kept[start : start + _LINES_AT_ONCE], b"")
            yield b"\n".join(lines).translate(_UNMARKED)


def _are_plain(lines: bytes, shape: bytes) -> bool:
    """Whether every line has plain terms only, as many as its `shape` has the letter t."""
    left = lines.translate(None, _CONTENT).replace(b"<>", b"t").replace(b'""', b"t")
    if left != (shape + b"\n") * left.count(b"\n"):
        return False
    return lines.isascii() or not any(character in lines for character in _NO_CHARACTERS)


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
