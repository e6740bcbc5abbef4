"""JSON-LD and RDF/XML, parsed in a process of their own, which can be killed."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any, Final

from trabecula.formats.rdf.refusing import TEXT_BYTES, TEXT_PER_BYTE, damaged, refused
from trabecula.prefixes import ENTITY

#: The worker's memory in bytes and its computing time in seconds, and what each byte adds to them.
MEMORY: Final = 512 * 1024**2
MEMORY_PER_BYTE: Final = 16
SECONDS: Final = 2
SECONDS_PER_BYTE: Final = 1 / 1024**2
#: What relative IRIs are relative to, as names without a prefix are those of our own entities.
BASE: Final = ENTITY


def quads_of_process(data: bytes, syntax: str, where: str) -> tuple[bytes, dict[str, Any]]:
    """The quads of a file as N-Quads, and what the process that parsed it says of it.

    That is its prefixes, keys of JSON-LD without a meaning and how many IRIs were mended. Raises
    `FormatError` with the line where it is damaged, or with the limit that it exceeds.
    """
    memory = MEMORY + MEMORY_PER_BYTE * len(data)
    seconds = SECONDS + round(SECONDS_PER_BYTE * len(data))
    task = {
        "path": [part for part in sys.path if isinstance(part, str)],
        "syntax": syntax,
        "base": BASE,
        "memory": memory,
        "seconds": seconds,
        "most": TEXT_BYTES + TEXT_PER_BYTE * len(data),
    }
    try:
        done = subprocess.run(  # noqa: S603 (our own code, a Python)
            [_python(where), "-I", "-B", "-c", _worker()],
            input=json.dumps(task).encode("utf-8") + b"\n" + data,
            capture_output=True,
            timeout=10 + 4 * seconds,  # where nothing counts computing time, or it is not computing
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refused("time", where, seconds=seconds) from error
    except OSError as error:
        raise refused("start", where, error=error.strerror or error) from error
    if hasattr(signal, "SIGXCPU") and done.returncode == -signal.SIGXCPU:
        raise refused("time", where, seconds=seconds)
    outcome = _outcome(done.stderr)
    if "refused" in outcome:
        raise refused(outcome["refused"], where, memory=memory >> 20, value=outcome.get("value"))
    if "error" in outcome:
        raise damaged(outcome["error"], outcome["line"], where)
    if done.returncode != 0 or "prefixes" not in outcome:
        crashed = b"memory allocation" not in done.stderr
        raise refused("crash" if crashed else "memory", where, memory=memory >> 20)
    return done.stdout, outcome


def _python(where: str) -> str:
    """The interpreter to run; a program that holds a Python would start itself again instead."""
    executable = sys.executable or "nothing"
    if getattr(sys, "frozen", False) or _PYTHON.fullmatch(Path(executable).name) is None:
        raise refused("python", where, executable=executable)
    return executable


_PYTHON = re.compile(r"(?:python|pypy|graalpy)[\w.+-]*", re.IGNORECASE)


def _worker() -> str:
    return (resources.files("trabecula.formats.rdf") / "worker.py").read_text("utf-8")


def _outcome(output: bytes) -> dict[str, Any]:
    """What the worker said last; nothing where it had no time to say anything."""
    try:
        outcome = json.loads(output.rstrip(b"\n").rpartition(b"\n")[2])
    except ValueError:
        return {}
    return outcome if isinstance(outcome, dict) else {}
