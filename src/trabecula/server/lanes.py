"""The two lanes of the pool: who is answered now, and who waits for a place.

The heavy lane never fills all places, so that small questions are answered beside heavy ones.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from trabecula.server.refusals import busy

#: How long the first may wait for a place in the fast lane before who comes last is first, in
#: seconds.
_PATIENCE: Final = 0.5
#: How many questions may wait for their turn; who comes then is told to come again.
MAX_WAITING: Final = 128


class Lanes:
    """How many questions are being answered, of each kind, and who waits for a place."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.most_heavy = max(1, places - 1)
        self.fast = self.heavy = 0
        self._waiting: dict[bool, deque[tuple[float, asyncio.Future[None]]]] = {
            False: deque(),
            True: deque(),
        }

    @property
    def load(self) -> dict[str, int]:
        """How many questions are being answered, and how many wait."""
        return {"answering": self.fast + self.heavy, "waiting": self._waiters}

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for a place in the fast lane."""
        return bool(self._waiting[False])

    @property
    def _waiters(self) -> int:
        return sum(not turn.done() for waiting in self._waiting.values() for _, turn in waiting)

    def _room(self, heavy: bool) -> bool:
        free = self.fast + self.heavy < self.places
        return free and (not heavy or self.heavy < self.most_heavy)

    def entered(self, *, heavy: bool) -> bool:
        """Whether there was a place at once; it is taken then."""
        if self._waiting[heavy] or not self._room(heavy):
            return False
        self._count(heavy, 1)
        return True

    async def enter(self, *, heavy: bool) -> None:
        """Wait for a place. Raises `Failed` where too many wait already."""
        if self.entered(heavy=heavy):
            return
        if self._waiters >= MAX_WAITING:
            raise busy()
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting[heavy].append((loop.time(), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave(heavy=heavy)  # it was given a place just now
            raise

    def leave(self, *, heavy: bool) -> None:
        """Give up a place; whoever waits for it has it then."""
        self._count(heavy, -1)
        self._wake()

    def promote(self, *, begun: bool) -> bool:
        """Whether what is in the fast lane may go on in the heavy one; it is there then.

        What is being sent already may, within bounds: it mostly waits for its client.
        """
        if self.heavy >= self.most_heavy + (self.places if begun else 0):
            return False
        self.fast -= 1
        self.heavy += 1
        self._wake()
        return True

    def _count(self, heavy: bool, by: int) -> None:
        if heavy:
            self.heavy += by
        else:
            self.fast += by

    def _wake(self) -> None:
        for heavy in (False, True):
            waiting = self._waiting[heavy]
            while waiting and self._room(heavy):
                # First come, first served; but where the first has waited for long, there is a
                # flood, and who comes last is first: a small one need not wait for all of it.
                now = asyncio.get_running_loop().time()
                last = not heavy and now - waiting[0][0] > _PATIENCE
                _, turn = waiting.pop() if last else waiting.popleft()
                if not turn.done():
                    self._count(heavy, 1)
                    turn.set_result(None)
