"""Statements out of RDF of others by a query of one's own: what a CONSTRUCT makes of a file.

The file is loaded as it stands into an engine of its own, in the process in which queries run, and
what the query constructs is read as any file of RDF is: our own records, associations that are
nodes, or plain triples.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from trabecula import formats
from trabecula.errors import QueryError, VocabularyError
from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import AS_IT_IS, Options, Reading, Report
from trabecula.sparql.clock import Deadline
from trabecula.sparql.engine import raise_failure
from trabecula.sparql.process import Engine, Failure
from trabecula.sparql.screening import screen
from trabecula.sparql.tokens import KNOWN_PREFIXES

#: How long a query may take, in seconds, and how large what it constructs may be, in bytes.
TIMEOUT: Final = 600.0
MAX_BYTES: Final = 512 * 1024 * 1024


def construct(
    source: Path,
    text: str,
    *,
    format: str | None = None,  # noqa: A002
    left: Leftovers | None = None,
    options: Options = AS_IT_IS,
    report: Report | None = None,
    timeout: float = TIMEOUT,
) -> Graph:
    """The graph that a CONSTRUCT query makes of a file of RDF; named graphs are graphs there.

    The prefixes of the file and those that trabecula knows need no declaration. What the query
    constructs is read as RDF: `left`, `options` and `report` are as in `formats.load`. Raises
    `QueryError` for a query that is refused, is no CONSTRUCT or DESCRIBE, constructs nothing or
    takes longer than `timeout` seconds; `VocabularyError` for a file that is no RDF, and
    `FormatError` for a damaged one.
    """
    form = formats.FORMATS[format] if format else formats.guess(source)
    if form.module != "rdf" or not form.reads:
        raise VocabularyError(f"{source} is {form.name} and no RDF; a query needs triples")
    screen(text)
    told = report if report is not None else Report()
    told.left = left if left is not None else told.left
    quads, declared = rdf.quads_of(source, form.syntax, told.left)
    ntriples = _constructed(text, quads, {**KNOWN_PREFIXES, **declared}, Deadline(timeout))
    if not ntriples.strip():
        raise QueryError(f"the query constructs nothing of {source}")
    told.format, told.description = form.name, f"{form.description}, by a query"
    reading = Reading(source, told, options)
    graph = Graph(
        rdf.read_bytes(ntriples, "nt", f"what the query makes of {source}", told.left, reading)
    )
    if left is None and report is None:
        told.left.warn(str(source))
    return graph


def _constructed(text: str, quads: bytes, prefixes: dict[str, str], deadline: Deadline) -> bytes:
    """The triples that a query makes, as N-Triples."""
    engine = Engine()
    request: dict[str, Any] = {
        "query": text, "prefixes": prefixes, "graphs": [], "limit": MAX_BYTES, "lines": ""
    }  # fmt: skip
    try:
        with engine.asked(lambda _: quads, deadline) as exchange:
            exchange.tell({**request, "timeout": exchange.deadline.left})
            head = exchange.hear()
            if "error" in head:
                raise Failure(head)
            if head["form"] != "construct":
                raise QueryError("the query makes no triples; write CONSTRUCT { … } WHERE { … }")
            return b"".join(exchange.frames())
    except Failure as failed:
        raise_failure(text, failed.report, MAX_BYTES)
    finally:
        engine.close()
