"""SIF, the simple interaction format of Cytoscape: subject, predicate and object in a line.

A line says nothing but that it is so; what is negated, refuted or only denied is left out when it
is written. Read as Cytoscape does: where there is a tab in the file, names are between tabs and may
hold blanks, else between blanks; a line may have several objects, and one name alone is a node.
"""

from __future__ import annotations

from collections.abc import Iterator

from trabecula.graph import Graph
from trabecula.mapping import Edge, Item, Node, Reading
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


def items(reading: Reading) -> Iterator[Item]:
    """The edges and single nodes of a file."""
    separator = "\t" if any("\t" in line for _, line in reading.lines()) else None
    for number, line in reading.lines():
        names = [name.strip() for name in line.split(separator)]
        if not line.strip():
            continue
        if len(names) == 2 or "" in names[:2]:
            what = (
                f"{line!r:.60} has a subject and no object"
                if len(names) == 2
                else "a name is empty"
            )
            reading.wrong(str(number), what, "write subject, predicate, object")
        elif len(names) == 1:
            yield Node(key=names[0], name=names[0])
        else:
            for name in filter(None, names[2:]):
                yield Edge(
                    subject=names[0], predicate=names[1], object=name, place=f"line {number}"
                )
