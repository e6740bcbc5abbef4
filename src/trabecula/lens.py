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

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import or_
from typing import Final

from trabecula.columns import Columns
from trabecula.model import Evidence, Statement
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
    counts, given = counting(columns, lens), given_of(columns)
    gone = frozenset(map(papers, lens.without))
    seen = bytes(map(or_, columns.having(counts), columns.predicates.marked(given)))
    for statement in columns.marked(seen):
        left = statement.evidence
        if gone:
            left = tuple(row for row in left if papers(row.source) not in gone)
        if statement.predicate not in given:
            left = tuple(filter(counts, left))
        if left:
            yield statement if left == statement.evidence else cut(statement, left)


def counting(columns: Columns, lens: Lens) -> Callable[[Evidence], bool]:
    """Whether a piece of evidence is of the kinds that count, by how it was gained.

    Raises `NotFound` for a word of `trust` that nothing goes by.
    """
    tests = [WIDER[word] for word in lens.trust if word in WIDER]
    wanted = kinds(columns, (word for word in lens.trust if word not in WIDER), WIDER)
    if "human" in wanted and BENCH.isdisjoint(wanted):
        tests.append(in_people)
        wanted -= {"human"}

    def counts(row: Evidence) -> bool:
        if row.strength == "asserted":
            return True
        return all(test(row) for test in tests) and wanted <= kinds_of(row)

    return counts


def given_of(columns: Columns) -> frozenset[str]:
    """The predicates of what nobody finds out in humans or in rats, of which all evidence counts.

    Of what such evidence speaks of, all is looked at; of other statements nothing is left.
    """
    rows = {name: columns.words.relation(name) for name in columns.predicates.names}
    return frozenset(
        name for name, row in rows.items() if row.kind == "names" or row.structure == "state"
    )


def cut(statement: Statement, rows: tuple[Evidence, ...]) -> Statement:
    """The statement with a part of its evidence, which was read if all of it was."""
    less, whole = replace(statement, evidence=rows), statement.digest if statement.reviews else ""
    kept = (replace(r, rows=less.digest) if r.rows == whole else r for r in statement.reviews)
    return replace(less, reviews=tuple(kept)) if statement.reviews else less
