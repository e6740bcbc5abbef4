"""Parses JSON-LD and RDF/XML in a process that can be killed: their parsers can be made to crash.

It runs in an isolated interpreter and imports nothing of trabecula. In, on standard input: a line
of JSON with what to do, then the file. Out, on standard output: its triples as N-Quads; at the
end, on standard error, a line of JSON that says how it went.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import pyoxigraph as ox

_STACK: Final = 8 * 1024**2  # the same depth is too deep on every machine


class Refused(Exception):
    """The file says what is not read; the first argument is a key of `parsing.REFUSED`."""


class _Bounded:
    """Standard output, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._left = most

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise Refused("size")
        return sys.stdout.buffer.write(data)

    def flush(self) -> None:
        sys.stdout.buffer.flush()


def _limit(memory: int, seconds: int) -> None:
    """Bound memory and computing time, and leave no core behind, where the system allows that."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; there the parent's clock is what ends it
        return
    for kind, most, at_last in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_STACK, _STACK, _STACK),
    ):
        try:
            resource.setrlimit(kind, (most, at_last))
        except (ValueError, OSError):
            continue


def _quads(parser: ox.QuadParser) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    for quad in parser:
        if isinstance(quad.object, ox.Triple):
            raise Refused("triple-term")
        yield quad


def _parse(task: dict[str, Any], data: bytes) -> dict[str, str]:
    """Write the quads; the prefixes of the file."""
    import pyoxigraph as ox

    kinds = {"jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}
    parser = ox.parse(data, format=kinds[task["syntax"]], base_iri=task["base"])
    target = cast("IO[bytes]", _Bounded(task["most"]))
    ox.serialize(_quads(parser), target, format=ox.RdfFormat.N_QUADS)
    return dict(parser.prefixes)


def main() -> None:
    """Confine this process, parse what comes in, and say how it went."""
    task = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = task["path"]
    data = sys.stdin.buffer.read()
    _limit(task["memory"], task["seconds"])
    try:
        outcome: dict[str, Any] = {"prefixes": _parse(task, data)}
    except Refused as error:
        outcome = {"refused": str(error)}
    except MemoryError as error:
        outcome = {"refused": "token" if "buffer" in str(error) else "memory"}
    except (SyntaxError, ValueError) as error:
        outcome = {"error": str(error), "line": getattr(error, "lineno", None)}
    sys.stdout.buffer.flush()
    sys.stderr.write(f"\n{json.dumps(outcome)}\n")


if __name__ == "__main__":
    main()
