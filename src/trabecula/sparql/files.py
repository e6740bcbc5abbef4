"""The text of a query from a file, a pipe or standard input: bounded, and never waited for."""

from __future__ import annotations

import errno
import os
import select
import stat
import sys
import time
from pathlib import Path
from typing import Final

from trabecula.errors import QueryError
from trabecula.sparql.clock import Deadline
from trabecula.sparql.screening import MAX_QUERY_BYTES

#: How long a pipe may be without anybody who writes to it, in seconds.
PIPE_SECONDS: Final = 2.0
_PAUSE: Final = 0.02


def read(path: Path, deadline: Deadline) -> str:
    """The query in a file; `-` is standard input.

    Raises `QueryError` for text that is not UTF-8 or longer than a query may be, for a pipe that
    nobody writes to, and at the deadline; `OSError` for what cannot be read, such as a folder.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise QueryError("there is no standard input to read a query from")
        return _decoded("standard input", sys.stdin.buffer.read(MAX_QUERY_BYTES + 1))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    # A pipe without a writer would be waited for; opened like this, it is just empty.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        return _decoded(str(path), _bytes(path, descriptor, deadline))
    finally:
        os.close(descriptor)


def _bytes(path: Path, descriptor: int, deadline: Deadline) -> bytes:
    """All that can be read, up to a byte more than a query may have."""
    pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    alone_until = time.monotonic() + PIPE_SECONDS
    content = bytearray()
    while len(content) <= MAX_QUERY_BYTES:
        deadline.check()
        try:
            part = os.read(descriptor, MAX_QUERY_BYTES + 1 - len(content))
        except BlockingIOError:  # somebody has the other end and has not written yet
            alone_until = 0.0
            select.select([descriptor], [], [], _PAUSE)
            continue
        content += part
        if part or (pipe and not content and time.monotonic() < alone_until):
            time.sleep(0 if part else _PAUSE)
        elif pipe and not content and alone_until:
            raise QueryError(f"{path} is a pipe that nobody writes to")
        else:
            break
    return bytes(content)


def _decoded(name: str, data: bytes) -> str:
    if len(data) > MAX_QUERY_BYTES:
        raise QueryError(f"{name} has more than {MAX_QUERY_BYTES} bytes, the limit of a query")
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2]) + 1
        raise QueryError(
            f"{name}, line {line}, byte {column}: {data[error.start]:#04x} is not UTF-8;"
            " save the file as UTF-8"
        ) from None
