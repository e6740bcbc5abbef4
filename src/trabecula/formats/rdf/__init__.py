"""RDF: Turtle, N-Triples, JSON-LD, RDF/XML, TriG and N-Quads, all of them without loss.

`triples` and `quads` give the terms of pyoxigraph, `nquads` lines, `to_rdflib` a graph of rdflib,
`render` the bytes of a file, `read` the records of one and `whole` its graph; `render_named` gives
the bytes of triples in a named graph, which `read` leaves aside. `quads_of` gives the triples of
any file as they are. The same graph always gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trabecula.formats.rdf.terms import quads, to_rdflib, triples
from trabecula.formats.rdf.writing import nquads, render, render_named, turtle

if TYPE_CHECKING:
    from trabecula.formats.rdf.reading import quads_of, read, read_bytes, whole

__all__ = [
    "nquads", "quads", "quads_of", "read", "read_bytes", "render", "render_named",
    "to_rdflib", "triples", "turtle", "whole",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """What reads, on first use (PEP 562): who writes and asks does without all that it imports."""
    if name not in ("quads_of", "read", "read_bytes", "whole"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from trabecula.formats.rdf import reading

    return getattr(reading, name)
