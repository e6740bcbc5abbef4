"""trabecula: a knowledge graph of biological relationships in which every statement has evidence.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> graph.get("PTH").name
    'parathyroid hormone'
    >>> [hit.entity.id for hit in tb.search(graph, "calcitrol", limit=1)]
    ['calcitriol']
    >>> near = graph.select("near(magnesium, 2) & predicate(requires)")
    >>> len(near) < len(graph)
    True

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from trabecula.version import __released__ as __released__
from trabecula.version import __version__ as __version__

if TYPE_CHECKING:
    from trabecula.checks import check
    from trabecula.errors import TrabeculaError
    from trabecula.formats import read, write
    from trabecula.formats.rdf import to_rdflib
    from trabecula.frames import rows
    from trabecula.graph import Graph
    from trabecula.lookup import search
    from trabecula.model import Entity, Evidence, Source, Statement
    from trabecula.nx import from_networkx, to_networkx
    from trabecula.page.network import to_pyvis
    from trabecula.page.view import view
    from trabecula.questions import (
        audit,
        compare,
        conflicts,
        diagnose,
        explain,
        whatif,
    )
    from trabecula.sparql import query
    from trabecula.store import load

_HOMES = {
    "Entity": "trabecula.model",
    "Evidence": "trabecula.model",
    "Graph": "trabecula.graph",
    "Source": "trabecula.model",
    "Statement": "trabecula.model",
    "TrabeculaError": "trabecula.errors",
    "audit": "trabecula.questions",
    "check": "trabecula.checks",
    "compare": "trabecula.questions",
    "conflicts": "trabecula.questions",
    "diagnose": "trabecula.questions",
    "explain": "trabecula.questions",
    "from_networkx": "trabecula.nx",
    "load": "trabecula.store",
    "query": "trabecula.sparql",
    "read": "trabecula.formats",
    "rows": "trabecula.frames",
    "search": "trabecula.lookup",
    "to_networkx": "trabecula.nx",
    "to_pyvis": "trabecula.page.network",
    "to_rdflib": "trabecula.formats.rdf",
    "view": "trabecula.page.view",
    "whatif": "trabecula.questions",
    "write": "trabecula.formats",
}

__all__ = [
    "Entity",
    "Evidence",
    "Graph",
    "Source",
    "Statement",
    "TrabeculaError",
    "audit",
    "check",
    "compare",
    "conflicts",
    "diagnose",
    "explain",
    "from_networkx",
    "load",
    "query",
    "read",
    "rows",
    "search",
    "to_networkx",
    "to_pyvis",
    "to_rdflib",
    "view",
    "whatif",
    "write",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
