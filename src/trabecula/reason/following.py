"""Which statements to follow: chosen by the user by status and by kind of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.identifiers import unknown
from trabecula.model import Statement
from trabecula.reason.paths import FOLLOWED, STRUCTURE, followed
from trabecula.selection.selectors import kinds, kinds_of
from trabecula.vocabulary import PREDICATES, STATUSES


def following(
    graph: Graph, status: Iterable[str] = (), evidence: Iterable[str] = ()
) -> Callable[[Statement], bool]:
    """The test for statements of these statuses that have support of all these kinds at once.

    Statements of what a thing is (the lack or the level of another, a part of it) need no such
    support, for nobody finds that out in humans or in rats. Raises `NotFound` for a status or a
    kind of evidence that nothing goes by.
    """
    statuses = tuple(status) or FOLLOWED
    for name in statuses:
        if name not in STATUSES:
            raise NotFound(unknown("status", name, STATUSES))
    words = tuple(evidence)
    wanted = kinds(graph, words) if words else frozenset()  # to know the kinds takes all rows

    def follow(statement: Statement) -> bool:
        return followed(statement, statuses) and (
            not wanted
            or _defines(statement)
            or any(
                r.stance == "supports" and not r.retracted and wanted <= kinds_of(r)
                for r in statement.evidence
            )
        )

    return follow


def _defines(statement: Statement) -> bool:
    known = PREDICATES.get(statement.predicate)
    return statement.predicate in STRUCTURE or (known is not None and known.influence == "both")
