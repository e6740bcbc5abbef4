"""Parses JSON-LD and RDF/XML in a process that can be killed: their parsers can be made to crash.

It runs in an isolated interpreter and imports nothing of trabecula. In, on standard input: a line
of JSON with what to do, then the file. Out, on standard output: its triples as N-Quads; at the
end, on standard error, a line of JSON that says how it went.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, Final, cast
from urllib.parse import quote

if TYPE_CHECKING:
    import pyoxigraph as ox

_STACK: Final = 8 * 1024**2  # the same depth is too deep on every machine


class Refused(Exception):
    """The file says what is not read: a key of `refusing.REFUSED`, and perhaps a value."""


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


def _quads(parser: ox.QuadParser, mended: list[str]) -> Iterator[ox.Quad]:
    """The quads; IRIs with characters that none can have are percent-encoded, and noted."""
    import pyoxigraph as ox

    def mend(node: Any) -> Any:
        if isinstance(node, ox.NamedNode) and _UNFIT.search(node.value):
            mended.append(node.value)
            return ox.NamedNode(_UNFIT.sub(lambda match: quote(match[0]), node.value))
        return node

    for quad in parser:
        if isinstance(quad.object, ox.Triple):
            raise Refused("triple-term")
        parts = (mend(quad.subject), mend(quad.predicate), mend(quad.object))
        yield ox.Quad(*parts, quad.graph_name)


def _unmapped(data: bytes) -> dict[str, int]:
    """The keys of JSON-LD that no context gives a meaning, which the parser leaves out, counted.

    Raises `Refused` for an identifier that is no IRI, with which it would leave out the node.
    """
    import pyoxigraph as ox

    mapped: set[str] = set()
    keys: dict[str, int] = {}
    waiting: list[tuple[Any, bool]] = [(json.loads(data), False)]
    while waiting:
        value, is_context = waiting.pop()
        if isinstance(value, list):
            waiting.extend((each, is_context) for each in value)
        elif isinstance(value, dict) and is_context:
            mapped.update(value)
            waiting.extend((each, key == "@context") for key, each in value.items())
        elif isinstance(value, dict):
            for key, each in value.items():
                if key[:1] != "@" and ":" not in key:
                    keys[key] = keys.get(key, 0) + 1
                if key == "@id" and isinstance(each, str) and each[:4].lower() == "http":
                    _check(each, ox.NamedNode)
                waiting.append((each, key == "@context"))
    return {} if "@vocab" in mapped else {k: n for k, n in keys.items() if k not in mapped}


def _check(iri: str, node: type) -> None:
    try:
        node(iri)
    except ValueError as error:
        raise Refused("iri", f"{iri[:200]} ({error})") from error


def _parse(task: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Write the quads; the prefixes of the file, and what its parser leaves out."""
    import pyoxigraph as ox

    kinds = {"jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML}
    kind, mended = kinds[task["syntax"]], list[str]()
    if kind is ox.RdfFormat.RDF_XML:
        data = _ID.sub(_about, data)
    lenient = kind is ox.RdfFormat.RDF_XML and _has_unfit_iri(data)
    parser = ox.parse(data, format=kind, base_iri=task["base"], lenient=lenient)
    target = cast("IO[bytes]", _Bounded(task["most"]))
    ox.serialize(_quads(parser, mended), target, format=ox.RdfFormat.N_QUADS)
    unmapped = _unmapped(data) if task["syntax"] == "jsonld" else {}
    return {"prefixes": dict(parser.prefixes), "unmapped": unmapped, "mended": len(mended)}


#: What RDF/XML gives a node as its name within the file, which is to be a name of XML.
_ID: Final = re.compile(rb"""rdf:ID(\s*=\s*["'])([^"'<>]+)(?=["'])""")
_NAME: Final = re.compile(rb"[A-Za-z_\x80-\xff][\w.\x80-\xff-]*")


def _about(match: re.Match[bytes]) -> bytes:
    """An `rdf:ID` that is no name, as those of Pathway Commons, as the IRI that it stands for."""
    if _NAME.fullmatch(match[2]):
        return match[0]
    return b"rdf:about%s#%s" % (match[1], match[2])


#: What an IRI cannot have.
_UNFIT: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


def _has_unfit_iri(data: bytes) -> bool:
    """Whether an attribute that holds an IRI has a blank or the like in it."""
    held = rb"""rdf:(?:about|resource|datatype)\s*=\s*("[^"]*"|'[^']*')"""
    texts = (match[1][1:-1] for match in re.finditer(held, data))
    return any(re.search(rb"[\x00-\x20\"{}|\\^`]", text.strip()) for text in texts)


def main() -> None:
    """Confine this process, parse what comes in, and say how it went."""
    task = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = task["path"]
    data = sys.stdin.buffer.read()
    _limit(task["memory"], task["seconds"])
    try:
        outcome = _parse(task, data)
    except Refused as error:
        outcome = {"refused": error.args[0], "value": error.args[-1]}
    except MemoryError as error:
        outcome = {"refused": "token" if "buffer" in str(error) else "memory"}
    except (SyntaxError, ValueError) as error:
        outcome = {"error": str(error), "line": getattr(error, "lineno", None)}
    sys.stdout.buffer.flush()
    sys.stderr.write(f"\n{json.dumps(outcome)}\n")


if __name__ == "__main__":
    main()
