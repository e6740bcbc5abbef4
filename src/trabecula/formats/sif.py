"""SIF, the simple interaction format of Cytoscape: subject, predicate and object in a line.

Written only. A line says nothing but that it is so; what is negated, refuted or only denied is
left out.
"""

from __future__ import annotations

from trabecula.graph import Graph
from trabecula.standing import sayable


def render(graph: Graph) -> bytes:
    """The graph as lines of ids between tabs, sorted, then entities that stand in none of them."""
    lines = {
        f"{statement.subject}\t{statement.predicate}\t{statement.object}"
        for statement in graph.statements.values()
        if not statement.negated and sayable(statement.evidence)
    }
    ends = {end for line in lines for end in line.split("\t")[::2]}
    alone = sorted(set(graph.entities) - ends)
    return "".join(f"{line}\n" for line in (*sorted(lines), *alone)).encode("utf-8")
