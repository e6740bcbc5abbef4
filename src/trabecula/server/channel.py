"""The channel to a worker: frames come and go, and the process at its other end can be ended."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections import deque
from contextlib import suppress
from typing import Any, Final, cast

from trabecula.server.refusals import Failed

#: So much of an answer is collected before any of it is passed on: what fails until then fails
#: with a status of its own, and what is smaller holds no worker while its client reads.
FIRST_BYTES: Final = 512 * 1024
#: The bytes before a frame, which are its length.
_HEAD: Final = 8
#: The priority of what is heavy, as `nice` has it.
_NICE: Final = 10


class Channel(asyncio.Protocol):
    """One process that answers, one question at a time: the other end of its socket."""

    def __init__(self, errors: int) -> None:
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self._came = bytearray()  # what belongs to a frame that is not whole yet
        self._frames: deque[bytes] = deque()
        self._size = 0  # of the frames that nobody has taken yet, in bytes
        self._paused = False
        self._ended = False
        self._wanted: asyncio.Future[None] | None = None
        self._errors = errors
        self._pid = 0
        self._handle = -1
        self.lowered = False
        self.dead = False

    async def greeted(self) -> None:
        """Wait for its first words. Raises `EOFError` where it ends before them."""
        self._pid = (await self.values())["pid"]
        with suppress(OSError, AttributeError):
            # A number that no other process gets; where there are none, the pid has to do.
            self._handle = os.pidfd_open(self._pid)

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be connected."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take the frames that have come; no more, once there are many that nobody has taken."""
        came: bytes | bytearray = data  # most answers come whole
        if self._came:
            self._came += data
            came = self._came
        at = 0
        while len(came) >= at + _HEAD:
            end = at + _HEAD + int.from_bytes(came[at : at + _HEAD], "big")
            if len(came) < end:
                break
            self._frames.append(bytes(came[at + _HEAD : end]))
            self._size += end - at
            at = end
        if came is self._came:
            del self._came[:at]
        elif at < len(data):
            self._came += data[at:]
        if self._size > FIRST_BYTES and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._tell_waiter()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """The process has ended, or is to be rid of."""
        self._ended = True
        self._tell_waiter()

    def _tell_waiter(self) -> None:
        if self._wanted is not None and not self._wanted.done():
            self._wanted.set_result(None)

    # What the pool calls.

    def tell(self, request: dict[str, Any]) -> None:
        """Ask it."""
        data = json.dumps(request).encode("ascii")
        if self._transport is not None:
            self._transport.write(len(data).to_bytes(_HEAD, "big") + data)

    async def frame(self) -> bytes:
        """The next frame; raises `EOFError` where the worker has ended."""
        while not self._frames:
            if self._ended:
                self.dead = True
                raise EOFError
            self._wanted = self._loop.create_future()
            await self._wanted
        frame = self._frames.popleft()
        self._size -= len(frame) + _HEAD
        if self._paused and not self._size and not self._ended and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return frame

    async def values(self) -> dict[str, Any]:
        """The next frame, which is JSON."""
        return cast("dict[str, Any]", json.loads(await self.frame()))

    def seconds(self) -> float | None:
        """How long it has had a processor, in seconds; None where the system does not say.

        A clock on the wall would take a small query on a busy machine for a heavy one.
        """
        try:
            # As clock_getcpuclockid(3) makes it from the id of a process.
            return time.clock_gettime(~self._pid << 3 | 2)
        except (OSError, AttributeError):
            return None

    def lower(self) -> None:
        """Let others have the processor first."""
        self.lowered = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._pid, _NICE)

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        if self.dead:
            return
        self.dead = True
        with suppress(OSError):
            if self._handle >= 0:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif self._pid:
                os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """Be rid of it: kill it and close what leads to it."""
        self.kill()
        if self._transport is not None:
            self._transport.abort()
        for descriptor in (self._errors, self._handle):
            if descriptor >= 0:
                os.close(descriptor)
        self._errors = self._handle = -1

    def cause(self) -> Failed:
        """Why a worker has ended by itself, from what it said last."""
        errors = b""
        with suppress(OSError):
            os.set_blocking(self._errors, False)
            errors = os.read(self._errors, 65536)
        if b"memory allocation" in errors or b"MemoryError" in errors:
            return Failed("memory", "the query needs too much memory; narrow it")
        if b"overflowed its stack" in errors or b"Segmentation fault" in errors:
            message = "the query is too long a chain, or nested too deeply, for the engine"
            return Failed("asked", message)
        if b"implement a total order" in errors:
            message = "the engine cannot put such values in order; sort by STR of them"
            return Failed("asked", message)
        if b"panicked at" in errors:
            return Failed("died", "the engine failed on this query; please report it")
        return Failed("died", "the process that was to answer has ended")
