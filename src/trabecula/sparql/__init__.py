"""SPARQL over a graph, with Oxigraph as the engine: safe to offer to anybody.

`query` asks once, `Session` many times. A text screen refuses what would reach the network, and
the engine runs in a worker process that can be killed. `library` holds queries by name, `bind`
fills in their parameters, and `lint` says what looks like a mistake. `construct` makes a graph of
RDF of others by a query. See `docs/sparql.md`.
"""

from __future__ import annotations

from trabecula.sparql.catalogue import NamedQuery, Parameter, bind, library, named
from trabecula.sparql.clock import Deadline
from trabecula.sparql.constructing import construct
from trabecula.sparql.engine import Session, query, written
from trabecula.sparql.files import read
from trabecula.sparql.linting import lint
from trabecula.sparql.results import Result, shorten
from trabecula.sparql.screening import screen

__all__ = [
    "Deadline",
    "NamedQuery",
    "Parameter",
    "Result",
    "Session",
    "bind",
    "construct",
    "library",
    "lint",
    "named",
    "query",
    "read",
    "screen",
    "shorten",
    "written",
]
