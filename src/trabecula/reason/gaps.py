"""What to read or curate next: where much hangs on little evidence.

| gap         | what is listed                                                          | first    |
|-------------|-------------------------------------------------------------------------|----------|
| `thin`      | statements that rest on one independent source, or on the article alone | reliance |
| `unread`    | sources read by title only that decide the status of a statement        | reliance |
| `elsewhere` | supported statements without support from humans                        | reliance |
| `bridges`   | statements that alone hold two parts of the graph together              | size     |
| `alone`     | entities that no statement is about                                     | id       |

**Reliance** of a statement is the number of ordered pairs of entities that only it connects:
there is a path of influence of at most `STEPS` steps from the one to the other, and every such path
passes it. It is what would no longer be explained if the statement fell, as `explain` goes over
the same statements. **Expectations** are counted beside it: those that would no longer be met.

A source *decides* a statement where the status would be another one without its rows, and always
where only titles support it: reading it can turn the status. Its reliance is that of the
statements that it decides, added up.

Bridges are those of the undirected graph of all statements that are not refuted (Tarjan 1974, "A
note on finding the bridges of a graph", Information Processing Letters 2:160); two statements
between the same entities are none. An entity with a single statement hangs on a bridge, too, but
takes nothing with it: such ends are counted and not listed.

Statements that name one state in two ways (a level, a lack, an excess) are definitions; no finding
is missing from them, and they are in neither of the lists of statements. Nothing here says that
what is listed is doubtful: it says where one more source would tell most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.columns import Columns
from trabecula.influence import Influence
from trabecula.model import Source, Statement
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.expectations import Expectation, needed
from trabecula.reason.reliance import STEPS, reliance
from trabecula.reason.search import uncollected
from trabecula.standing import independent, status

#: The kinds of gap, as a heading says them.
KINDS: Final = MappingProxyType(
    {
        "thin": "Statements that rest on one source, or on the article alone",
        "unread": "Sources read by title only that decide the status of a statement",
        "elsewhere": "Statements with support, but none from humans",
        "bridges": "Statements that alone hold two parts of the graph together",
        "alone": "Entities without a statement",
    }
)


@dataclass(frozen=True, slots=True)
class Thin:
    """A statement with how much hangs on it."""

    statement: Statement
    sources: tuple[str, ...]  # the independent sources that support it
    reliance: int
    expectations: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A source whose text was not read, and the statements whose status it decides."""

    source: Source
    decides: tuple[Statement, ...]
    reliance: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A supported statement, and where it was found instead of in humans."""

    statement: Statement
    found_in: tuple[str, ...]  # species, or systems where no species is named; empty: not said
    reliance: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A statement without which the graph falls apart, and the smaller part that it holds."""

    statement: Statement
    cut_off: tuple[str, ...]  # ids of entities


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What is missing, each kind with the worst first; `ends` counts entities on one bridge.

    Reliance was counted within `complete` steps: fewer than `steps`, which were asked for, where
    with more there is too much to look at.
    """

    thin: tuple[Thin, ...]
    unread: tuple[Unread, ...]
    elsewhere: tuple[Elsewhere, ...]
    bridges: tuple[Bridge, ...]
    alone: tuple[str, ...]
    ends: int
    steps: int = STEPS
    complete: int = STEPS


@uncollected
def gaps(
    influence: Influence,
    expectations: Iterable[Expectation] = (),
    steps: int = STEPS,
) -> Gaps:
    """What to read or curate next; see the head of this module.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([
    ...     Statement(subject="a", predicate="increases", object="b"),
    ...     Statement(subject="b", predicate="increases", object="c"),
    ... ])
    >>> found = gaps(graph.influence)
    >>> [(gap.statement.subject, gap.reliance) for gap in found.thin]
    [('a', 2), ('b', 2)]
    """
    columns = influence.columns
    found = reliance(influence, steps)
    relying = found.pairs
    hanging: Counter[int] = Counter()
    expected = tuple(expectations)
    known = Conclusions(columns)
    for expectation in expected:
        hanging.update(needed(columns, known, expectation))
    bridges, ends = _bridges(columns)
    touched = {*columns.subjects, *columns.objects}
    return Gaps(
        thin=tuple(sorted(_thin(columns, relying, hanging), key=_weight)),
        unread=tuple(sorted(_unread(columns, relying), key=_unread_order)),
        elsewhere=tuple(sorted(_elsewhere(columns, relying), key=lambda gap: -gap.reliance)),
        bridges=bridges,
        alone=tuple(key for number, key in enumerate(columns.entities) if number not in touched),
        ends=ends,
        steps=steps,
        complete=found.complete,
    )


# --- Evidence -------------------------------------------------------------------------------


def _thin(
    columns: Columns, relying: Mapping[int, int], hanging: Mapping[int, int]
) -> Iterator[Thin]:
    for number in sorted({*relying, *hanging}):
        statement = columns.statements[number]
        if columns.supporting[number] < 2 and not _definition(columns, statement):
            sources = independent(statement.evidence, columns.groups)
            yield Thin(statement, sources, relying.get(number, 0), hanging.get(number, 0))


def _weight(gap: Thin) -> tuple[int, int, int]:
    """Sorting is stable, so that equals stay in the order of the graph."""
    return (-gap.reliance, -gap.expectations, len(gap.sources))


def _unread(columns: Columns, relying: Mapping[int, int]) -> Iterator[Unread]:
    decides: dict[str, list[int]] = {}
    for number, statement in enumerate(columns.statements):
        # By far most statements have no title among their evidence, so this is looked at first.
        titles = [row for row in statement.evidence if row.strength == "title-only"]
        now = columns.status(number) if titles else ""
        for source in sorted({row.one_source for row in titles if row.weighs}):
            without = [row for row in statement.evidence if row.one_source != source]
            if now == "title-only" or status(without) != now:
                decides.setdefault(source, []).append(number)
    for key, decided in decides.items():
        unread = columns.sources.get(key, Source(id=key))
        if not unread.abstract_read:
            statements = tuple(columns.statements[number] for number in decided)
            yield Unread(unread, statements, sum(relying.get(number, 0) for number in decided))


def _unread_order(gap: Unread) -> tuple[int, int, str]:
    return (-gap.reliance, -len(gap.decides), gap.source.id)


def _elsewhere(columns: Columns, relying: Mapping[int, int]) -> Iterator[Elsewhere]:
    """Claims of influence or correlation; of structure no finding in humans is missing."""
    claims = [_claims(columns, name) for name in columns.predicates.names]
    for number, code in enumerate(columns.predicates.codes):
        if not claims[code]:
            continue
        statement = columns.statements[number]
        rows = [
            row
            for row in statement.evidence
            if row.stance == "supports" and row.strength != "title-only" and row.weighs
        ]
        if rows and "human" not in [row.species for row in rows]:
            found_in = sorted({row.species or row.system for row in rows} - {""})
            yield Elsewhere(statement, tuple(found_in), relying.get(number, 0))


def _claims(columns: Columns, predicate: str) -> bool:
    """Whether a predicate says what an experiment or a count can show."""
    row = columns.words.relation(predicate)
    return row.influence in ("forward", "reverse") or (row.influence == "none" and bool(row.sign))


def _definition(columns: Columns, statement: Statement) -> bool:
    """Whether it names one state in two ways, which no experiment shows."""
    return columns.words.relation(statement.predicate).influence == "both"


# --- Network --------------------------------------------------------------------------------


def _bridges(columns: Columns) -> tuple[tuple[Bridge, ...], int]:
    """The bridges that cut off two entities and more, and how many cut off a single one."""
    links: _Links = {}
    for number, (one, other) in enumerate(zip(columns.subjects, columns.objects, strict=True)):
        if one != other and columns.sayable[number]:
            links.setdefault(one, []).append((number, other))
            links.setdefault(other, []).append((number, one))
    bridges: list[tuple[int, list[int]]] = []
    ends = 0
    seen: set[int] = set()
    for root in sorted(links):
        if root in seen:
            continue
        order, spans = _searched(root, links)
        seen.update(order)
        for number, (first, last) in spans.items():
            if min(last - first, len(order) - (last - first)) == 1:
                ends += 1
                continue
            inside, outside = order[first:last], order[:first] + order[last:]
            bridges.append((number, min(inside, outside, key=len)))
    bridges.sort(key=lambda bridge: (-len(bridge[1]), bridge[0]))
    named = columns.entities.__getitem__
    return tuple(
        Bridge(columns.statements[number], tuple(map(named, sorted(part))))
        for number, part in bridges
    ), ends


#: Entity -> the statements about it, with the entity at the other end.
_Links = dict[int, list[tuple[int, int]]]


def _searched(root: int, links: _Links) -> tuple[list[int], dict[int, tuple[int, int]]]:
    """The entities connected with `root`, depth first, and what of them lies behind each bridge.

    Tarjan's algorithm without recursion: `low` is the earliest entity to which a way leads from
    an entity, or from what was found through it, other than the one by which it was found. Where
    there is none earlier than itself, it was found over a bridge. What was found through an
    entity follows it in the order.
    """
    order = [root]
    number = {root: 0}
    low = [0]
    bridges: dict[int, tuple[int, int]] = {}
    pending = [(root, -1, iter(links[root]))]
    while pending:
        entity, came, ways = pending[-1]
        way = next(ways, None)
        if way is None:
            pending.pop()
            here = number[entity]
            if came >= 0 and low[here] == here:
                bridges[came] = (here, len(order))
            if pending:
                before = number[pending[-1][0]]
                low[before] = min(low[before], low[here])
            continue
        statement, other = way
        if other not in number:
            number[other] = len(order)
            order.append(other)
            low.append(number[other])
            pending.append((other, statement, iter(links[other])))
        elif statement != came:
            low[number[entity]] = min(low[number[entity]], number[other])
    return order, bridges
