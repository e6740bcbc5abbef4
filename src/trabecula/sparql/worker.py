"""The worker process: holds the data, evaluates queries, and can be killed.

It is run by path in an isolated interpreter and imports nothing of trabecula, so that it starts
fast and sees no more than it needs. Frames on standard input and output are eight bytes of length
and that many bytes. In: a JSON greeting, the data as N-Quads, then one JSON request for each
query. Out: a JSON greeting once the data are loaded, then for each request a JSON head and a body.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from typing import IO, TYPE_CHECKING, Any, NoReturn, cast

if TYPE_CHECKING:
    from pyoxigraph import Store

_LENGTH = struct.Struct(">Q")
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_STACK = 8 * 1024**2
#: How long after its deadline a worker ends by itself, should nobody be left to kill it.
_GRACE_SECONDS = 5


def send(stream: IO[bytes], payload: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next frame; None when the other side has gone, even in the middle of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    payload = stream.read(length)
    return payload if len(payload) == length else None


class TooLarge(Exception):
    """The answer is larger than allowed."""


class _Bounded:
    """A buffer that stops the engine once the answer is too large."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self._left = limit

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass


def _drop_network() -> bool:
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


def _limit(memory: int) -> None:
    """Bound the memory and forbid core dumps and writing files, where the system allows that."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_STACK, _STACK),  # the same depth is too deep on every machine
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def _answer(store: Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head and the body of the answer to one request."""
    import pyoxigraph as ox

    known = [iri for iri in request["graphs"] if store.contains_named_graph(ox.NamedNode(iri))]
    head: dict[str, Any] = {"graphs": known}
    body = _Bounded(request["limit"])
    target = cast("IO[bytes]", body)  # the engine calls write and flush, nothing else
    result = store.query(request["query"], prefixes=request["prefixes"])
    if isinstance(result, ox.QueryBoolean):
        return {**head, "form": "ask", "answer": bool(result)}, b""
    if isinstance(result, ox.QuerySolutions):
        result.serialize(target, format=ox.QueryResultsFormat.JSON)
        return {**head, "form": "select"}, b"".join(body.parts)
    result.serialize(target, format=ox.RdfFormat.N_TRIPLES)
    return {**head, "form": "construct"}, b"".join(body.parts)


def _failure(error: BaseException) -> dict[str, Any]:
    if isinstance(error, SyntaxError):
        kind = "syntax"
    elif isinstance(error, TooLarge):
        kind = "size"
    elif isinstance(error, MemoryError):
        kind = "memory"
    else:
        kind = "evaluation"
    return {"error": kind, "message": str(error)}


def _serve(store: Store, source: IO[bytes], target: IO[bytes]) -> None:
    while (frame := receive(source)) is not None:
        request = json.loads(frame)
        if hasattr(signal, "setitimer"):
            # The default action of SIGALRM ends the process, whatever the engine is doing.
            signal.setitimer(signal.ITIMER_REAL, request["timeout"] + _GRACE_SECONDS)
        try:
            head, body = _answer(store, request)
        except Exception as error:  # noqa: BLE001 (whatever it is, the asker is told)
            head, body = _failure(error), b""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        send(target, json.dumps(head).encode("utf-8"))
        send(target, body)


def main() -> NoReturn:
    """Confine this process, load the data, and answer queries until nobody asks any more."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    greeting = receive(source)
    if greeting is None:
        os._exit(0)
    options = json.loads(greeting)
    sys.path[:] = options["path"]
    # The engine is imported first: afterwards this process may not be able to read its files.
    import pyoxigraph as ox

    offline = _drop_network()
    data = receive(source)
    if data is None:
        os._exit(0)
    _limit(options["memory"] + options["memory_per_byte"] * len(data))
    store = ox.Store()
    store.load(data, format=ox.RdfFormat.N_QUADS)
    del data
    send(target, json.dumps({"offline": offline, "quads": len(store)}).encode("utf-8"))
    _serve(store, source, target)
    os._exit(0)  # at once: nothing is left to clean up


if __name__ == "__main__":
    main()
