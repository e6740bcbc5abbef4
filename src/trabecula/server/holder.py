"""The process that holds the graph, and forks a worker whenever one is wanted."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
from typing import Any, Final, cast

from trabecula.errors import QueryError
from trabecula.graph import Graph
from trabecula.server.channel import Channel
from trabecula.sparql.process import interpreter
from trabecula.sparql.worker import receive, send

#: What a worker may use beside the memory that it shares with the others.
MEMORY_BYTES: Final = 1024**3
#: How long the loading of a graph may take, in seconds.
_LOAD_SECONDS: Final = 900.0

_PROGRAM: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    " from trabecula.server.worker import main; main()"
)


class Holder:
    """A process with a graph loaded, started when it is wanted and replaced when it has died.

    `quads` is another dataset to be asked in SPARQL than the RDF of the graph, as N-Quads.
    """

    def __init__(self, graph: Graph, quads: bytes) -> None:
        self._graph, self._quads = graph, quads
        self._process: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None

    @property
    def is_there(self) -> bool:
        """Whether it has been started and lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> dict[str, Any]:
        """Start it and have it load the graph; what it tells of that.

        Raises `QueryError` where it ends before.
        """
        self._graph.prepare()  # workers write no files
        ours, theirs = socket.socketpair()
        path = json.dumps([part for part in sys.path if isinstance(part, str)])
        kept = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHASHSEED")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        # A process with several threads can neither leave the network nor be forked without care.
        environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own Python, our own module)
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

    async def fork(self) -> Channel:
        """A new worker. Raises `OSError` or `EOFError` where the process has ended."""
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

    def drop(self) -> None:
        """End it, where it is there."""
        if self._door is not None:
            self._door.close()
            self._door = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def end_all(self) -> None:
        """End it and every worker that it has forked."""
        if self._process is not None and self.is_there:
            os.killpg(self._process.pid, signal.SIGKILL)
        self.drop()
