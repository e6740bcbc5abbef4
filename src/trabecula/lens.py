"""The evidence lens: the same graph as if only some evidence counted.

`measured, human` lets through what was measured in people: where `human` stands by no system or
method of the bench, living people are meant, and a trial without a species had people; `without
PMID:…` leaves out what one paper says, whichever way it speaks. Statuses, verdicts, paths and
conclusions of the graph that comes out are worked out from what was let through. What the audited
article says stays, for it counts for nothing and is what is asked about; so does what is a name or
a state of one quantity, which nobody finds out in humans or in rats. A statement that nothing let
through speaks of is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from trabecula.columns import Columns
from trabecula.model import Evidence, Predicate, Statement
from trabecula.reason.following import kinds, kinds_of
from trabecula.standing import BENCH, READ, in_people, measured

#: Words for several kinds of evidence at once.
WIDER: Final[Mapping[str, Callable[[Evidence], bool]]] = {
    "measured": measured,
    "read": lambda row: row.strength in READ,
}


@dataclass(frozen=True, slots=True)
class Lens:
    """What counts: evidence of all these kinds at once, and of none of these sources."""

    trust: tuple[str, ...] = ()  # `measured`, `read`, or kinds as `following.kinds` knows them
    without: tuple[str, ...] = ()  # ids of sources

    def __bool__(self) -> bool:
        return bool(self.trust or self.without)


def through(columns: Columns, lens: Lens, papers: Callable[[str], str]) -> Iterator[Statement]:
    """The statements as the lens shows them; `papers` gives the one id of a source.

    Raises `NotFound` for a word of `trust` that nothing goes by.
    """
    tests = [WIDER[word] for word in lens.trust if word in WIDER]
    wanted = kinds(columns, (word for word in lens.trust if word not in WIDER))
    if "human" in wanted and BENCH.isdisjoint(wanted):
        tests.append(in_people)
        wanted -= {"human"}
    gone = frozenset(map(papers, lens.without))

    def counts(row: Evidence) -> bool:
        if papers(row.source) in gone:
            return False
        if row.strength == "asserted":
            return True
        return all(test(row) for test in tests) and wanted <= kinds_of(row)

    for statement in columns.statements:
        yield from _seen(
            statement, columns.words.relation(statement.predicate), counts, papers, gone
        )


def _seen(
    statement: Statement,
    row: Predicate,
    counts: Callable[[Evidence], bool],
    papers: Callable[[str], str],
    gone: Collection[str],
) -> Iterable[Statement]:
    """The statement with the evidence that counts; nothing where none is left."""
    if row.kind == "names" or row.structure == "state":
        rows = tuple(row for row in statement.evidence if papers(row.source) not in gone)
    else:
        rows = tuple(filter(counts, statement.evidence))
    if rows == statement.evidence and rows:
        return (statement,)
    return (_cut(statement, rows),) if rows else ()


def _cut(statement: Statement, rows: tuple[Evidence, ...]) -> Statement:
    """The statement with a part of its evidence, which was read if all of it was."""
    less, whole = replace(statement, evidence=rows), statement.digest if statement.reviews else ""
    kept = (replace(r, rows=less.digest) if r.rows == whole else r for r in statement.reviews)
    return replace(less, reviews=tuple(kept)) if statement.reviews else less
