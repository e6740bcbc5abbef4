"""The pool: worker processes that answer, two lanes for them, and a clock for every question.

Lives in an event loop and never looks into a query. A holder process (`holder.py`) has the graph
loaded and forks a worker whenever one is wanted (`worker.py`), so that one can be killed without
loss: when its time is over, when its client has gone, or when it stands in the way of others.

Nobody can tell from a query how long it takes. So each begins in the fast lane. What is not done
after `QUANTUM` seconds of a processor, or `SHORT` where others wait for its place, goes on in the
heavy lane, at a lower priority, if that has room; otherwise it is stopped, waits, and begins anew.
The heavy lane never fills all places, and what looks like a query that was heavy goes there at
once: small queries are answered under a flood of heavy ones.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, Final

from trabecula.errors import QueryError
from trabecula.graph import Graph
from trabecula.server.channel import Channel
from trabecula.server.exchange import Answer, Exchange, checked
from trabecula.server.holder import Holder
from trabecula.server.lanes import Lanes
from trabecula.server.refusals import Failed, busy
from trabecula.server.shapes import Heavy, Key

#: How long a fork may take, in seconds.
_FORK_SECONDS: Final = 20.0


class Pool:
    """Workers that hold a graph and answer questions, so many at once.

    `quads` is another dataset to be asked in SPARQL than the RDF of the graph, as N-Quads.
    """

    def __init__(self, graph: Graph, *, workers: int = 4, quads: bytes = b"") -> None:
        self.lanes = Lanes(workers)
        self.facts: dict[str, Any] = {}
        self._idle: list[Channel] = []
        self.heavy = Heavy()
        self._holder = Holder(graph, quads)
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

    async def ask(self, request: dict[str, Any], timeout: float, key: Key = None) -> Answer:
        """The answer to a question, begun or whole, in so many seconds, waiting included.

        `key` says what a question looks like, to be told apart; see `shapes`. Raises `Failed`, and
        whoever is cancelled while asking leaves nothing behind.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        heavy = key in self.heavy
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
            exchange = Exchange(self, worker, key, end, heavy=heavy)
            try:
                return await exchange.collect(request, max(0.001, end - loop.time()))
            except Failed as failed:
                if not worker.dead:  # it has answered, and said that it cannot
                    raise
                exchange.give_up()
                if failed.kind != "again":
                    raise
                heavy = True
            except BaseException:
                exchange.give_up()
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
                head = checked(await worker.values())
                parts = []
                while frame := await worker.frame():
                    parts.append(frame)
                checked(await worker.values())
                return head, b"".join(parts)
        except TimeoutError:
            raise Failed("late", "it takes too long") from None
        except EOFError:
            raise worker.cause() from None
        finally:
            worker.close()

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
                return await self._holder.fork()
            except (OSError, EOFError):
                self._holder.drop()
        raise Failed("died", "no process can be started")

    async def _ensure(self) -> None:
        """Have a holder: where there is none, or it has died, start one and load the graph."""
        async with self._starting:
            if self._closed:
                raise Failed("busy", "the server is ending")
            if not self._holder.is_there:
                self._holder.drop()
                self.facts = await asyncio.to_thread(self._holder.start)

    def close(self) -> None:
        """End every process; nothing is answered any more."""
        self._closed = True
        for worker in self._idle:
            worker.close()
        self._idle.clear()
        self._holder.end_all()
