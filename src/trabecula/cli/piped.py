"""What comes through a pipe as a file that a command reads, kept for as long as it runs.

A pipe is read once and from its beginning, but how a graph begins and ends tells its format, and
some are read twice. So what comes by standard input, or through a pipe of the shell's (`<(…)`), is
kept in a file without a name, which takes the place of the pipe: what `/dev/fd/3` names on Linux is
whatever descriptor 3 is open on.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from functools import partial
from pathlib import Path
from typing import IO, Final

#: The path of standard input, which commands call `-`.
STANDARD_INPUT: Final = "/dev/stdin"
_DESCRIPTOR: Final = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,4})")
_CHUNK: Final = 1 << 20


def readable(name: str) -> str:
    """The path under which a file is read that somebody named; `-` is standard input.

    Raises `FormatError` where more comes through a pipe than is held.
    """
    place = STANDARD_INPUT if name == "-" else name
    match = _DESCRIPTOR.fullmatch(place)
    if sys.platform == "linux" and (match or place == STANDARD_INPUT):
        descriptor = int(match[1]) if match else 0
        if _is_pipe(descriptor):
            _keep(descriptor, place)
    return place


def _is_pipe(descriptor: int) -> bool:
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False  # it is closed, as reading will tell
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _keep(descriptor: int, place: str) -> None:
    """Let a file with all that comes take the place of a pipe."""
    from tempfile import TemporaryFile

    with TemporaryFile() as kept:
        _pour(descriptor, kept, place)
        os.dup2(kept.fileno(), descriptor)
    if descriptor == 0:
        sys.stdin = None  # nothing else is to be read from it


def _pour(descriptor: int, kept: IO[bytes], place: str) -> None:
    from trabecula.files import MAX_UNFOLDED, bounded

    chunks = iter(partial(os.read, descriptor, _CHUNK), b"")
    kept.writelines(bounded(chunks, Path(place), MAX_UNFOLDED))
    kept.flush()
