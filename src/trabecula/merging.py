"""The records of one graph: each in one spelling and once, what is said of one thing merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from operator import attrgetter
from typing import Any, NamedTuple

from trabecula.about import together
from trabecula.errors import FormatError, Problem
from trabecula.model import About, Entity, Evidence, Record, Source, Statement
from trabecula.regular import regular
from trabecula.standing import papers
from trabecula.typed import typed
from trabecula.vocabulary import words_of


class Merged(NamedTuple):
    """What a graph is made of, each kind in the order in which it is iterated."""

    about: About
    entities: dict[str, Entity]  # by id, sorted
    sources: dict[str, Source]  # by id, sorted
    statements: tuple[Statement, ...]  # by their meaning, sorted
    papers: dict[str, str]  # the one id of the paper that a source is, by each of its identifiers


def merged(records: Iterable[Record]) -> Merged:
    """The records with the evidence of like statements merged; of like ids the last record wins.

    What a source was found to be (one with another, retracted) is marked on the evidence that
    comes from it. Raises `FormatError` for two records whose ids are two spellings of one, and
    `TypeError` for what is no record or has a field that holds something else than it should.
    """
    entities: dict[str, Entity] = {}
    sources: dict[str, Source] = {}
    spelt: dict[tuple[type, str], str] = {}
    alike: dict[tuple[object, ...], Statement] = {}
    repeated: dict[tuple[object, ...], list[Statement]] = {}
    if not isinstance(records, Iterable) or isinstance(records, str | bytes | Mapping):
        raise TypeError(f"a graph is made of records, such as Statement(…), not {records!r}")
    taken = tuple(map(_record, records))  # what a graph says of itself may stand behind the rest
    about = reduce(together, (record for record in taken if isinstance(record, About)), About())
    words = words_of(about)
    for given in taken:
        record = regular(given, words)
        if isinstance(record, Statement):
            key = record.key
            first_of = alike.setdefault(key, record)
            if first_of is not record:
                repeated.setdefault(key, [first_of]).append(record)
        elif not isinstance(record, About):
            kept: dict[str, Any] = entities if isinstance(record, Entity) else sources
            first = spelt.setdefault((type(record), record.id), given.id)
            if first != given.id and kept[record.id] != record:
                raise _two_spellings(record.id, first, given.id)
            kept[record.id] = record
    alike.update((key, _as_one(several)) for key, several in repeated.items())
    sources = dict(sorted(sources.items()))
    paper_of = papers(sources.values())
    retracted = {paper_of[key] for key, each in sources.items() if each.standing == "retracted"}
    told_of = {key for key, paper in paper_of.items() if paper != key or key in retracted}
    statements = tuple(
        _marked(_in_order(alike[key]), paper_of, retracted, told_of) for key in sorted(alike)
    )
    return Merged(about, dict(sorted(entities.items())), sources, statements, paper_of)


def _record(given: Any) -> Record:
    if not isinstance(given, Record):
        raise TypeError(f"a graph is made of records, such as Statement(…), not {given!r}")
    return typed(given)


def _two_spellings(identifier: str, first: str, second: str) -> FormatError:
    what = f"{first!r} and {second!r} are one identifier, and two records have it"
    return FormatError([Problem("two-spellings", identifier, what, "merge the two records")])


def _marked(
    statement: Statement, paper_of: Mapping[str, str], retracted: set[str], told_of: set[str]
) -> Statement:
    """The statement with what the sources say of its evidence; see `Evidence`.

    Of the sources `told_of` there is something to say; for most graphs they are few or none.
    """
    if not told_of or told_of.isdisjoint([row.source for row in statement.evidence]):
        return statement
    rows = []
    for row in statement.evidence:
        paper = paper_of.get(row.source, row.source)
        other = "" if paper == row.source else paper
        rows.append(replace(row, retracted=paper in retracted, paper=other))
    return replace(statement, evidence=tuple(rows))


_BY_SOURCE = attrgetter("source", "stance")


def _evidence_order(row: Evidence) -> tuple[str, ...]:
    return (row.source, row.stance, row.digest)


def _in_order(statement: Statement) -> Statement:
    """The statement with its evidence sorted and without repetitions."""
    if len(statement.evidence) < 2:
        return statement
    rows = set(statement.evidence)
    # digests, which take time, are only asked where rows have the same source and stance
    alike = len({(row.source, row.stance) for row in rows}) < len(rows)
    evidence = tuple(sorted(rows, key=_evidence_order if alike else _BY_SOURCE))
    return statement if evidence == statement.evidence else replace(statement, evidence=evidence)


def _as_one(alike: list[Statement]) -> Statement:
    """One statement with the evidence and reviews of all, and the last topic."""
    topic = next((each.topic for each in reversed(alike) if each.topic), "")
    rows = tuple(row for each in alike for row in each.evidence)
    reviews = tuple(sorted({review for each in alike for review in each.reviews}))
    return replace(alike[0], topic=topic, evidence=rows, reviews=reviews)
