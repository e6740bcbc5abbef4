"""One question on its way to a worker and back: its clock, its lane, and the answer as it comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from trabecula.server.channel import FIRST_BYTES, Channel
from trabecula.server.lanes import Lanes
from trabecula.server.refusals import Failed
from trabecula.server.shapes import Heavy, Key

#: How long a question may take in the fast lane, in seconds of a processor; and where others wait
#: for its place.
QUANTUM: Final = 0.25
SHORT: Final = 0.05


@dataclass(slots=True)
class Answer:
    """An answer that has begun: its head, its first bytes, and whether they are all of it."""

    head: dict[str, Any]
    first: bytes
    exchange: Exchange | None = None

    @property
    def whole(self) -> bool:
        """Whether the first bytes are all of it."""
        return self.exchange is None

    async def rest(self) -> AsyncIterator[bytes]:
        """The bytes after the first. Raises `Failed` where it ends before it is whole."""
        if self.exchange is None:
            return
        while frame := await self.exchange.frame():
            yield frame
        checked(await self.exchange.values())
        self.exchange.done()
        self.exchange = None

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
        if self.exchange is not None:
            self.exchange.give_up()
            self.exchange = None


class Workers(Protocol):
    """Who lends a worker to a question, and takes it back: the pool."""

    lanes: Lanes
    heavy: Heavy

    def give_back(self, worker: Channel) -> None:
        """Keep a worker that has answered."""

    def lose(self, worker: Channel) -> None:
        """End a worker."""


class Exchange:
    """One question on its way: its place in a lane, its worker, its clock."""

    def __init__(
        self, pool: Workers, worker: Channel, key: Key, end: float, *, heavy: bool
    ) -> None:
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
        self._pool.heavy.add(self._key)
        if self._pool.lanes.promote(begun=self.begun):
            self.heavy = True
            self.worker.lower()
        else:
            self._stop(Failed("again" if not self.begun else "busy", "others wait"))

    async def frame(self) -> bytes:
        """The next frame of the worker. Raises `Failed` that says why there is none."""
        try:
            return await self.worker.frame()
        except EOFError:
            raise self._why or self.worker.cause() from None

    async def values(self) -> dict[str, Any]:
        """The next frame, which is JSON."""
        return cast("dict[str, Any]", json.loads(await self.frame()))

    async def collect(self, request: dict[str, Any], seconds: float) -> Answer:
        """Ask, and wait for the first bytes of the answer."""
        self.worker.tell({**request, "timeout": seconds})
        head = await self.values()
        if "error" in head:
            self.done()
            checked(head)
        parts: list[bytes] = []
        size = 0
        while size < FIRST_BYTES:
            frame = await self.frame()
            if not frame:
                tail = await self.values()
                self.done()
                checked(tail)
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
            self._pool.heavy.discard(self._key)  # it only looks like one that was heavy
        self._pool.give_back(self.worker)
        self._leave()

    def give_up(self) -> None:
        """Nobody waits for the answer any more, or there is none."""
        self._pool.lose(self.worker)
        self._leave()


def checked(head: dict[str, Any]) -> dict[str, Any]:
    """What a worker says. Raises `Failed` where it says that it cannot answer."""
    if "error" in head:
        raise Failed(head["error"], head["message"])
    return head
