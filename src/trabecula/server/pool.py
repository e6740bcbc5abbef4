"""The pool: worker processes that answer, two lanes for them, and a clock for every question.

Lives in an event loop and never looks into a query. A *holder* process has the graph loaded and
forks a worker whenever one is wanted (`worker.py`), so that one can be killed without loss: when
its time is over, when its client has gone, or when it stands in the way of others.

Nobody can tell from a query how long it takes. So each begins in the fast lane. What is not done
after `QUANTUM` seconds of a processor, or `SHORT` where others wait for its place, goes on in the
heavy lane, at a lower priority, if that has room; otherwise it is stopped, waits, and begins anew.
The heavy lane never fills all places, and what looks like a query that was heavy goes there at
once: small queries are answered under a flood of heavy ones.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, cast

from trabecula.errors import QueryError
from trabecula.graph import Graph
from trabecula.server.channel import FIRST_BYTES, Channel
from trabecula.server.lanes import Lanes
from trabecula.server.refusals import Failed, busy
from trabecula.sparql.process import interpreter
from trabecula.sparql.worker import receive, send

#: How long a question may take in the fast lane, in seconds of a processor; and where others wait
#: for its place.
QUANTUM: Final = 0.25
SHORT: Final = 0.05
#: What a worker may use beside the memory that it shares with the others.
MEMORY_BYTES: Final = 1024**3
#: How many queries are known to be heavy, by what they look like.
_MOST_KNOWN: Final = 1_000
#: How long a fork may take, in seconds, and the loading of a graph.
_FORK_SECONDS: Final = 20.0
_LOAD_SECONDS: Final = 900.0

_PROGRAM: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    " from trabecula.server.worker import main; main()"
)


# --- Answers --------------------------------------------------------------------------------


@dataclass(slots=True)
class Answer:
    """An answer that has begun: its head, its first bytes, and whether they are all of it."""

    head: dict[str, Any]
    first: bytes
    run: _Run | None = None

    @property
    def whole(self) -> bool:
        """Whether the first bytes are all of it."""
        return self.run is None

    async def rest(self) -> AsyncIterator[bytes]:
        """The bytes after the first. Raises `Failed` where it ends before it is whole."""
        if self.run is None:
            return
        while frame := await self.run.frame():
            yield frame
        _checked(await self.run.values())
        self.run.done()
        self.run = None

    async def collected(self) -> bytes:
        """All bytes of it; it is closed then. Raises as `rest` does."""
        parts = [self.first]
        try:
            async for part in self.rest():
                parts.append(part)
        finally:
            self.close()
        return b"".join(parts)

    def close(self) -> None:
        """Give up what is left; to be called whether anything is left or not."""
        if self.run is not None:
            self.run.give_up()
            self.run = None


class _Run:
    """One question on its way: its place in a lane, its worker, its clock."""

    def __init__(self, pool: Pool, worker: Channel, key: _Key, end: float, *, heavy: bool) -> None:
        self._pool, self.worker, self._key = pool, worker, key
        self._loop = asyncio.get_running_loop()
        self.heavy = heavy
        self.begun = False
        self._left = False
        self._why: Failed | None = None
        self._late = self._loop.call_at(end, self._stop, Failed("late", "it takes too long"))
        self._since = self._loop.time()
        self._used = worker.seconds()
        self._quantum: asyncio.TimerHandle | None = None
        if not heavy:
            self._quantum = self._loop.call_later(SHORT, self._look)

    def _stop(self, why: Failed) -> None:
        self._why = why
        self.worker.kill()
        if self.begun:  # whoever passes the answer on may be waiting for its client
            self.give_up()

    def _taken(self) -> float:
        """The seconds of a processor that the worker has taken for this."""
        if self._used is None:
            return self._loop.time() - self._since
        return (self.worker.seconds() or 0.0) - self._used

    def _look(self) -> None:
        """Whether it is still fast; what is being sent waits for its client, and takes nothing."""
        most = SHORT if self._pool.lanes.wanted else QUANTUM
        left = most - self._taken()
        if left <= 0 or (self.begun and self._loop.time() - self._since > 4 * QUANTUM):
            self._not_fast()
        else:
            self._quantum = self._loop.call_later(max(left, 0.01), self._look)

    def _not_fast(self) -> None:
        self._pool.remember(self._key)
        if self._pool.lanes.promote(begun=self.begun):
            self.heavy = True
            self.worker.lower()
        else:
            self._stop(Failed("again" if not self.begun else "busy", "others wait"))

    async def frame(self) -> bytes:
        try:
            return await self.worker.frame()
        except EOFError:
            raise self._why or self.worker.cause() from None

    async def values(self) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(await self.frame()))

    async def collect(self, request: dict[str, Any], seconds: float) -> Answer:
        """Ask, and wait for the first bytes of the answer."""
        self.worker.tell({**request, "timeout": seconds})
        head = await self.values()
        if "error" in head:
            self.done()
            _checked(head)
        parts: list[bytes] = []
        size = 0
        while size < FIRST_BYTES:
            frame = await self.frame()
            if not frame:
                tail = await self.values()
                self.done()
                _checked(tail)
                return Answer(head, b"".join(parts))
            parts.append(frame)
            size += len(frame)
        self.begun = True
        return Answer(head, b"".join(parts), self)

    def _leave(self) -> None:
        if self._left:
            return
        self._left = True
        self._late.cancel()
        if self._quantum is not None:
            self._quantum.cancel()
        self._pool.lanes.leave(heavy=self.heavy)

    def done(self) -> None:
        """The worker has answered and can be asked again."""
        if self.heavy and self._quantum is None and self._taken() < SHORT:
            self._pool.forget(self._key)  # it only looks like one that was heavy
        self._pool.give_back(self.worker)
        self._leave()

    def give_up(self) -> None:
        """Nobody waits for the answer any more, or there is none."""
        self._pool.lose(self.worker)
        self._leave()


def _checked(head: dict[str, Any]) -> dict[str, Any]:
    """What a worker says. Raises `Failed` where it says that it cannot answer."""
    if "error" in head:
        raise Failed(head["error"], head["message"])
    return head


# --- The pool -------------------------------------------------------------------------------


class Pool:
    """Workers that hold a graph and answer questions, so many at once.

    `quads` is another dataset to be asked in SPARQL than the RDF of the graph, as N-Quads.
    """

    def __init__(self, graph: Graph, *, workers: int = 4, quads: bytes = b"") -> None:
        self._graph, self._quads = graph, quads
        self.lanes = Lanes(workers)
        self.facts: dict[str, Any] = {}
        self._idle: list[Channel] = []
        self._known: OrderedDict[str, None] = OrderedDict()
        self._holder: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None
        self._starting = asyncio.Lock()
        self._filling: asyncio.Task[None] | None = None
        self._closed = False

    async def start(self) -> None:
        """Load the graph and have workers ready. Raises `QueryError` where that fails."""
        await self._ensure()
        self._idle = list(await asyncio.gather(*(self._fork() for _ in range(self.lanes.places))))

    @property
    def offline(self) -> bool:
        """Whether workers have no network at all."""
        return bool(self.facts.get("offline"))

    async def ask(self, request: dict[str, Any], timeout: float, key: _Key = None) -> Answer:
        """The answer to a question, begun or whole, in so many seconds, waiting included.

        `key` says what a question looks like, to be known again; see `shape`. Raises `Failed`, and
        whoever is cancelled while asking leaves nothing behind.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        heavy = bool(self._known) and _digest(key) in self._known
        while True:
            if not self.lanes.entered(heavy=heavy):
                try:
                    async with asyncio.timeout_at(end):
                        await self.lanes.enter(heavy=heavy)
                except TimeoutError:
                    raise busy() from None
            try:
                worker = await self._take()
            except BaseException:
                self.lanes.leave(heavy=heavy)
                raise
            if heavy:
                worker.lower()
            run = _Run(self, worker, key, end, heavy=heavy)
            try:
                return await run.collect(request, max(0.001, end - loop.time()))
            except Failed as failed:
                if not worker.dead:  # it has answered, and said that it cannot
                    raise
                run.give_up()
                if failed.kind != "again":
                    raise
                heavy = True
            except BaseException:
                run.give_up()
                raise

    async def aside(self, request: dict[str, Any], timeout: float) -> tuple[dict[str, Any], bytes]:
        """The head and the bytes of an answer that the server itself wants.

        It is worked out by a process of its own, at a low priority, and takes nobody's place.
        Raises `Failed`.
        """
        worker = await self._fork()
        worker.lower()
        try:
            async with asyncio.timeout(timeout):
                worker.tell({**request, "timeout": timeout})
                head = _checked(await worker.values())
                parts = []
                while frame := await worker.frame():
                    parts.append(frame)
                _checked(await worker.values())
                return head, b"".join(parts)
        except TimeoutError:
            raise Failed("late", "it takes too long") from None
        except EOFError:
            raise worker.cause() from None
        finally:
            worker.close()

    def remember(self, key: _Key) -> None:
        """Know from now on that what looks like this is heavy."""
        if key:
            self._known[_digest(key)] = None
            self._known.move_to_end(_digest(key))
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)

    def forget(self, key: _Key) -> None:
        """Know no more that what looks like this is heavy."""
        self._known.pop(_digest(key), None)

    def give_back(self, worker: Channel) -> None:
        """Keep a worker for the next question, unless a heavy one has made it slow and large."""
        if self._closed or worker.lowered or worker.dead or len(self._idle) >= self.lanes.places:
            self.lose(worker)
        else:
            self._idle.append(worker)

    def lose(self, worker: Channel) -> None:
        """End a worker, and have another one ready before it is wanted."""
        worker.close()
        idle = self._filling is None or self._filling.done()
        if idle and not self._closed and not self._idle:
            self._filling = asyncio.ensure_future(self._fill())

    async def _fill(self) -> None:
        with suppress(Failed, QueryError):
            worker = await self._fork()
            if self._closed:
                worker.close()
            else:
                self._idle.append(worker)

    async def _take(self) -> Channel:
        while self._idle:
            worker = self._idle.pop()
            if not worker.dead:
                return worker
            worker.close()
        if self._filling is not None and not self._filling.done():
            with suppress(Failed, OSError):
                await asyncio.shield(self._filling)
            if self._idle:
                return self._idle.pop()
        try:
            async with asyncio.timeout(_FORK_SECONDS):
                return await self._fork()
        except TimeoutError:
            raise Failed("died", "no process can be started") from None

    async def _fork(self) -> Channel:
        for _ in range(2):
            await self._ensure()
            try:
                return await self._forked()
            except (OSError, EOFError):
                self._drop_holder()
        raise Failed("died", "no process can be started")

    async def _forked(self) -> Channel:
        if self._door is None:
            raise OSError
        ours, theirs = socket.socketpair()
        errors, telling = os.pipe()
        try:
            socket.send_fds(self._door, [b"w"], [theirs.fileno(), telling])
        except BaseException:
            ours.close()
            os.close(errors)
            raise
        finally:
            theirs.close()
            os.close(telling)
        _, worker = await asyncio.get_running_loop().create_unix_connection(
            lambda: Channel(errors), sock=ours
        )
        try:
            await worker.greeted()
        except BaseException:
            worker.close()
            raise
        return worker

    # --- The holder -------------------------------------------------------------------------

    async def _ensure(self) -> None:
        """Have a holder: where there is none, or it has died, start one and load the graph."""
        async with self._starting:
            if self._closed:
                raise Failed("busy", "the server is ending")
            if self._holder is not None and self._holder.poll() is None:
                return
            self._drop_holder()
            self.facts = await asyncio.to_thread(self._start)

    def _start(self) -> dict[str, Any]:
        self._graph.prepare()  # workers write no files
        ours, theirs = socket.socketpair()
        path = json.dumps([part for part in sys.path if isinstance(part, str)])
        kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHASHSEED")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        # A process with several threads can neither leave the network nor be forked without care.
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
        with theirs:
            self._holder = subprocess.Popen(  # noqa: S603 (our own Python, our own module)
                [interpreter(), "-I", "-B", "-c", _PROGRAM, path],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=environment,
                process_group=0,  # of its own, so that its workers end with it
            )
        self._door = ours
        ours.settimeout(_LOAD_SECONDS)
        with ours.makefile("wb") as target, ours.makefile("rb") as source:
            try:
                send(target, json.dumps({"memory": MEMORY_BYTES}).encode())
                send(target, pickle.dumps(self._graph))
                send(target, self._quads)
                frame = receive(source)
            except OSError:
                frame = None
        if frame is None:
            raise QueryError("the process that holds the graph has ended while it loaded it")
        return cast("dict[str, Any]", json.loads(frame))

    def _drop_holder(self) -> None:
        if self._door is not None:
            self._door.close()
            self._door = None
        if self._holder is not None:
            self._holder.kill()
            self._holder.wait()
            self._holder = None

    def close(self) -> None:
        """End every process; nothing is answered any more."""
        self._closed = True
        for worker in self._idle:
            worker.close()
        self._idle.clear()
        if self._holder is not None and self._holder.poll() is None:
            os.killpg(self._holder.pid, signal.SIGKILL)
        self._drop_holder()


#: What a question looks like, for whom it matters; None where it need not be known again.
_Key = Callable[[], str] | None


def _digest(key: _Key) -> str:
    """What is kept of a key, which may be long; empty where there is none."""
    return hashlib.sha256(key().encode("utf-8", "surrogatepass")).hexdigest() if key else ""


_CONSTANTS: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[?$]\w+|\d+|\s+")


def shape(text: str) -> str:
    """What a query looks like without its strings, numbers and names of variables.

    >>> shape("SELECT ?a { ?a tb:x 12 }") == shape("SELECT  ?b { ?b tb:x 3 }")
    True
    """
    return _CONSTANTS.sub(" ", text)
