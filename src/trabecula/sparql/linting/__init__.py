"""Warnings about what a query says that is valid SPARQL and yet finds nothing.

A query is compared with what the RDF of its graph looks like (`schema`, `contents`): its names and
prefixes (`names`), the nodes and properties of its patterns (`nodes`), its literals (`literals`),
what its variables would have to be (`kinds`), plain triples (`plain`), what it compares
(`expressions`), which variables are bound where (`scope`), and the rest (`oddities`). Nothing here
decides what is valid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from trabecula.graph import Graph
from trabecula.sparql.contents import contents_of
from trabecula.sparql.linting import (
    expressions,
    kinds,
    literals,
    names,
    nodes,
    oddities,
    plain,
    scope,
)
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.tokens import code

#: More warnings than this tell a person nothing new, and each costs a search for what is meant.
MAX_WARNINGS: Final = 10
#: Longer queries are made by programs; their patterns are not looked at, only their names.
MAX_BYTES: Final = 256 * 1024

_CHECKS: Final[tuple[Callable[[Asked], Iterator[str]], ...]] = (
    names.warnings,
    oddities.warnings,
    nodes.warnings,
    kinds.warnings,
    literals.warnings,
    plain.warnings,
    expressions.warnings,
    scope.warnings,
)


def lint(text: str, graph: Graph) -> list[str]:
    """What looks like a mistake in a query to this graph, `MAX_WARNINGS` at most.

    Empty when nothing does.

    >>> lint("ASK { ?x tb:requres ?y }", Graph())
    ["nothing in the graph's RDF uses tb:requres; did you mean tb:requires?"]
    """
    whole = len(text) <= MAX_BYTES
    asked = Asked(text, code(text), contents_of(graph), whole=whole)
    warnings: dict[str, None] = {}
    for check in _CHECKS if asked.readable else (names.warnings, oddities.warnings):
        for warning in check(asked):
            warnings[_short(warning)] = None
            if len(warnings) == MAX_WARNINGS:
                return list(warnings)
    return list(warnings)


#: What is longer without a blank, in characters, is cut in a warning.
_LONG = re.compile(r"(\S{100})\S{20,}")


def _short(warning: str) -> str:
    return _LONG.sub(r"\1…", warning)
