"""The engine's process, seen from the side that asks: how it is started, bounded and ended.

An `Engine` has one worker process (`worker.py`) at most. It is asked by one thread at a time and
belongs to the process that made it: after a fork the child starts its own. The worker ends when it
is stopped, when nobody holds its engine any more, when Python ends, and, whatever happens, when
its asker dies.
"""

from __future__ import annotations

import json
import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import IO, Any, Final, cast

from trabecula.errors import QueryError
from trabecula.sparql import worker
from trabecula.sparql.clock import Deadline

#: The memory of a worker: a fixed part, and a part for each byte of the data as N-Quads.
WORKER_MEMORY_BYTES: Final = 2 * 1024**3
WORKER_MEMORY_PER_BYTE: Final = 16

#: What the file of a Python interpreter is called. Any other program may be somebody's own, with
#: Python inside it, and would be started a second time.
_PYTHON = re.compile(r"(?:python|pypy|graalpy)[\w.+-]*", re.IGNORECASE)
#: How long the end of a session waits for another thread to notice it, in seconds.
_PATIENCE: Final = 5.0
#: How much is read at once, at most: what a pipe holds.
_PIECE_BYTES: Final = 64 * 1024


class Engine:
    """A worker process that is started when it is first asked, and replaced when it has died."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = _nothing
        #: Whether the worker has no network at all; else the screen alone keeps queries from it.
        self.offline = False
        _LIVING.add(self)

    @contextmanager
    def asked(
        self, data: Callable[[Deadline], bytes | Path], timeout: float | Deadline
    ) -> Iterator[Exchange]:
        """A conversation with a worker that has loaded `data`, as long as the block takes.

        The data are N-Quads, or the folder of an Oxigraph that is opened to be read.

        Seconds run from the moment other threads have had their turn. Raises `QueryError` when
        the time is over or the worker dies; then, and whatever else goes wrong in the block, the
        next question gets a new worker, whose pipes are in step.
        """
        with self._turn:
            deadline = timeout if isinstance(timeout, Deadline) else Deadline(timeout)
            try:
                process = self._process
                fresh = process is None or process.poll() is not None
                if process is None or fresh:
                    self.stop()
                    process = self._start()
                with _killing(process, deadline):
                    exchange = Exchange(process, deadline)
                    if fresh:
                        self.offline = exchange.load(data)
                    yield exchange
            except BaseException:
                self.stop()
                raise

    def _start(self) -> subprocess.Popen[bytes]:
        # Isolated, without writing byte code: the worker sees our path and nothing else.
        command = [interpreter(), "-I", "-B", *_program()]
        pipe = subprocess.PIPE
        try:
            # Without buffers: a child that is forked must have nothing left to send.
            process = subprocess.Popen(  # noqa: S603 (our own file, our own Python)
                command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
            )
        except (OSError, RuntimeError) as error:  # RuntimeError: Python is shutting down
            raise QueryError(f"no process can be started for the query: {error}") from error
        self._process = process
        self._end = weakref.finalize(self, _end, process, os.getpid())
        return process

    def stop(self) -> None:
        """End the worker, by the thread whose turn it is; the next question starts another."""
        end, self._end = self._end, _nothing
        self._process = None
        end()

    def close(self) -> None:
        """End the worker; a question that another thread is asking fails."""
        process = self._process
        if process is not None:
            process.kill()
        # Only who reads from a pipe may close it: its number could be that of another file then.
        mine = self._turn.acquire(timeout=_PATIENCE)
        self.stop()
        if mine:
            self._turn.release()

    def close_if_idle(self) -> bool:
        """End the worker unless it is being asked; whether it was ended."""
        idle = self._turn.acquire(blocking=False)
        if idle:
            self.stop()
            self._turn.release()
        return idle

    def disown(self) -> None:
        """Forget a worker that belongs to the process from which this one was forked."""
        process, self._process = self._process, None
        self._turn = threading.Lock()
        self._end = _nothing
        if process is not None:
            # The worker hears that its asker has died only when no copy of the pipe is open.
            _hang_up(process)
            process.returncode = 0  # it is not ours to wait for


class Failure(Exception):
    """A question that the engine could not answer: `report` has its `error` and a `message`."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__(report["message"])
        self.report = report


class Exchange:
    """Frames to and from a worker, for as long as the deadline allows."""

    def __init__(self, process: subprocess.Popen[bytes], deadline: Deadline) -> None:
        self._process = process
        self._came = bytearray()  # and was not asked for yet
        self.deadline = deadline

    def load(self, data: Callable[[Deadline], bytes | Path]) -> bool:
        """Have the worker load the data, or open the Oxigraph in a folder; if it has no network."""
        made = data(self.deadline)
        self.tell(
            {
                "path": [part for part in sys.path if isinstance(part, str)],
                "memory": WORKER_MEMORY_BYTES,
                "memory_per_byte": WORKER_MEMORY_PER_BYTE,
                "timeout": self.deadline.left,
                "place": str(made.resolve()) if isinstance(made, Path) else "",
            }
        )
        self._send(b"" if isinstance(made, Path) else made)
        return bool(self.hear()["offline"])

    def tell(self, what: dict[str, Any]) -> None:
        """Send a JSON frame."""
        self._send(json.dumps(what).encode("utf-8"))

    def hear(self) -> dict[str, Any]:
        """The next frame, which is JSON."""
        return cast("dict[str, Any]", json.loads(self._receive()))

    def frames(self) -> Iterator[bytes]:
        """The frames of an answer; raises `Failure` where it ends before it is whole."""
        while frame := self._receive():
            self.deadline.check()
            yield frame
        tail = self.hear()
        if "error" in tail:
            raise Failure(tail)

    def _send(self, payload: bytes) -> None:
        try:
            worker.send(cast("IO[bytes]", self._process.stdin), payload)
        except (BrokenPipeError, ValueError):  # the worker died; it was closed by another thread
            raise _death(self._process) from None

    def _receive(self) -> bytes:
        (size,) = worker.LENGTH.unpack(self._exactly(worker.LENGTH.size))
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        """So many bytes; what has come besides is kept, for a small answer comes in one piece."""
        came = self._came
        while len(came) < size:
            try:
                part = cast("IO[bytes]", self._process.stdout).read(_PIECE_BYTES)
            except ValueError:  # closed by another thread
                part = b""
            if not part:
                raise _death(self._process)
            came += part
        with memoryview(came) as view:
            taken = bytes(view[:size])
        del came[:size]
        return taken


class _Watch:
    """One thread for all engines, which kills what is still busy at its deadline.

    A question that is answered in time does not wake it: it looks again when the deadline has come
    that was the next one when it looked last.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[threading.Event, tuple[float, subprocess.Popen[bytes]]] = {}
        self._wakes = math.inf
        self._thread: threading.Thread | None = None

    def begin(self, process: subprocess.Popen[bytes], seconds: float) -> threading.Event:
        """Watch a process; what comes back is set once it was killed, and given to `end`."""
        late = threading.Event()
        with self._changed:
            if self._thread is None:
                thread = threading.Thread(target=self._run, daemon=True)
                thread.start()
                self._thread = thread
            at = time.monotonic() + seconds
            self._due[late] = at, process
            if at < self._wakes:
                self._changed.notify()
        return late

    def end(self, late: threading.Event) -> None:
        """Watch it no longer."""
        with self._changed:
            self._due.pop(late, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for late, (at, process) in list(self._due.items()):
                    if at <= now:
                        del self._due[late]
                        late.set()
                        process.kill()
                self._wakes = min((at for at, _ in self._due.values()), default=math.inf)
                self._changed.wait(min(self._wakes - now, threading.TIMEOUT_MAX))


_watch = _Watch()


@contextmanager
def _killing(process: subprocess.Popen[bytes], deadline: Deadline) -> Iterator[None]:
    """Kills a process that is still busy at the deadline."""
    watch = _watch
    try:
        late = watch.begin(process, deadline.left)
    except RuntimeError as error:  # Python is shutting down, or there are too many
        raise QueryError(f"no thread can be started for the query: {error}") from error
    try:
        yield
    finally:
        watch.end(late)
        if late.is_set():
            # Even if the answer came just then: the worker is gone.
            raise deadline.missed() from None


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """Kill a process, in the process that started it, and wait until it is gone."""
    if os.getpid() == owner:
        process.kill()
        _hang_up(process)
        process.wait()


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _nothing() -> None:
    """What is to be done where nothing has been started."""


# --- Why it died --------------------------------------------------------------------------------


def _death(process: subprocess.Popen[bytes]) -> QueryError:
    """Why a worker is gone, from what it said last."""
    errors = b""
    with suppress(ValueError):  # closed by another thread
        errors = cast("IO[bytes]", process.stderr).read()
    code = process.wait()
    if b"memory allocation" in errors or b"MemoryError" in errors:
        return too_much_memory()
    if b"overflowed its stack" in errors or code == -signal.SIGSEGV:
        return QueryError("the query is too long a chain, or nested too deeply, for the engine")
    last = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return QueryError(f"the engine ended with code {code}{': ' if last else ''}{last}")


def too_much_memory() -> QueryError:
    """The error for a query that needs more memory than it may have."""
    limit = WORKER_MEMORY_BYTES // 1024**3
    return QueryError(f"the query needs more than {limit} GiB of memory; narrow it")


# --- What is started ----------------------------------------------------------------------------


def interpreter() -> str:
    """The Python to run a worker with: the one that runs us, never a program that embeds it.

    Raises `QueryError` that names `sys.executable` where it is no interpreter and none is found.
    """
    frozen = getattr(sys, "frozen", False)
    candidates = [Path(sys.executable)] if sys.executable and not frozen else []
    if sys.platform == "win32":
        candidates.append(Path(sys.base_exec_prefix, "python.exe"))
    else:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        candidates.append(Path(sys.base_exec_prefix, "bin", version))
    for path in candidates:
        if _PYTHON.fullmatch(path.name) and path.is_file():
            return str(path)
    raise QueryError(
        f"a query runs in a process of its own, and sys.executable ({sys.executable!r}) is no"
        " Python to start one with: set sys.executable to the path of a Python interpreter of"
        f" version {sys.version_info.major}.{sys.version_info.minor}"
    )


def _program() -> list[str]:
    """The worker's program as arguments of Python: its path, or its text within a zip file."""
    path = Path(worker.__file__)
    if path.is_file():
        return [str(path)]
    try:
        source = resources.files("trabecula.sparql").joinpath("worker.py")
        return ["-c", source.read_text(encoding="utf-8")]
    except OSError as error:
        raise QueryError(
            f"the worker's program {path} is missing: install trabecula anew"
        ) from error


# --- Forks --------------------------------------------------------------------------------------

_LIVING: weakref.WeakSet[Engine] = weakref.WeakSet()


def _disown_all() -> None:
    """In a forked child there are neither the workers nor the thread that watches them."""
    global _watch  # noqa: PLW0603
    _watch = _Watch()
    for engine in list(_LIVING):
        engine.disown()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_disown_all)
