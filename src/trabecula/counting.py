"""How many there are of what in a graph in memory; `store.counting` counts in arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from operator import attrgetter
from typing import Final

from trabecula.columns import Columns
from trabecula.model import Entity
from trabecula.reason.search import count_connected
from trabecula.standing import basis, measured_in_people, reading

_HOW_GAINED: Final = attrgetter("stance", "strength", "method", "species")
#: The signs of statements, as they are counted.
SIGNS: Final = {1: "positive", -1: "negative", 0: "none"}


def tallies(
    columns: Columns, entities: Mapping[str, Entity], papers: Mapping[str, str]
) -> dict[str, Counter[str]]:
    """As `Graph.tallies`; `papers` gives the one id of a paper by each of its identifiers."""
    statements = columns.statements
    rows = [row for statement in statements for row in statement.evidence]
    hows = Counter(map(_HOW_GAINED, rows))  # of which there are few
    primary = columns.words.primary()
    statuses = [columns.status(number) for number in range(len(statements))]
    read = {papers[key] for key, source in columns.sources.items() if source.abstract_read}

    def gained(place: int) -> Counter[str]:
        counts: Counter[str] = Counter()
        for how, count in hows.items():
            counts[how[place]] += count
        return counts

    return {
        "graph": Counter(
            entities=len(entities),
            statements=len(statements),
            evidence=len(rows),
            papers=len({papers[key] for key in columns.sources}),
        ),
        "coverage": Counter(
            read=len(read),
            cited=len({row.one_source for row in rows}),
            human=sum(columns.having(lambda row: measured_in_people(row, primary))),
            parts=count_connected(columns.subjects, columns.objects),
            sized=sum(row.effect is not None and bool(row.effect.value) for row in rows),
            twice=sum(
                reading(statement) == "twice" for statement in statements if statement.reviews
            ),
        ),
        "status": Counter(statuses),
        "basis": Counter(
            basis(statement.evidence) or "not stated"
            for statement, status in zip(statements, statuses, strict=True)
            if status == "supported"
        ),
        "topic": Counter([statement.topic for statement in statements]),
        "predicate": Counter([statement.predicate for statement in statements]),
        "sign": Counter(map(SIGNS.__getitem__, columns.signs)),
        "category": Counter(entity.category for entity in entities.values()),
        "stance": gained(0),
        "strength": gained(1),
        "method": gained(2),
        "species": Counter({name or "not stated": n for name, n in gained(3).items()}),
    }
