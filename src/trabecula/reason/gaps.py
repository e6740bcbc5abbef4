"""What to read or curate next: where one more source would settle most, and what is missing.

| gap         | what is listed                                                          | first    |
|-------------|-------------------------------------------------------------------------|----------|
| `thin`      | statements that rest on one independent source, or on none              | hanging  |
| `missing`   | links that nobody has written; see `missing`                            | chains   |
| `unread`    | sources read by title only that decide the status of a statement        | hanging  |
| `elsewhere` | supported statements without support from humans                        | hanging  |
| `bridges`   | statements that alone hold two parts of the graph together              | size     |
| `alone`     | entities that no statement is about                                     | id       |

What **hangs** on a statement is how many conclusions about two quantities are open and would be
others if the statement were settled, one way or the other; `hanging` says when. On what the article
alone says nothing hangs, for nothing follows from it. **Expectations** are counted beside it: those
that would no longer be met without the statement.

A source *decides* a statement where the status would be another one without its rows, and always
where only titles support it: reading it can turn the status. What hangs on it is what hangs on the
statements that it decides, added up.

Bridges are those of the undirected graph of all statements that are not refuted (Tarjan 1974, "A
note on finding the bridges of a graph", Information Processing Letters 2:160); two statements
between the same entities are none. An entity with a single statement hangs on a bridge, too, but
takes nothing with it: such ends are counted and not listed.

Statements that name one quantity in two ways (a level, a lack, an excess) are definitions; no
finding is missing from them, and they are in neither of the lists of statements. Nothing here says
that what is listed is doubtful: it says where one more source would tell most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from types import MappingProxyType
from typing import Final

from trabecula.columns import Columns
from trabecula.model import Source, Statement
from trabecula.names import Names
from trabecula.reason.chains import EFFORT, chained
from trabecula.reason.conclusions import conclusions_of
from trabecula.reason.expectations import Expectation, needed
from trabecula.reason.fewest import fewest
from trabecula.reason.hanging import hanging
from trabecula.reason.missing import Missing, missing
from trabecula.standing import independent, status, supporting
from trabecula.uncollected import uncollected

#: The kinds of gap, as a heading says them.
KINDS: Final = MappingProxyType(
    {
        "thin": "Statements that rest on one source, or on none that was read",
        "missing": "Links that nobody has written",
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
    hanging: int
    expectations: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A source whose text was not read, and the statements whose status it decides."""

    source: Source
    decides: tuple[Statement, ...]
    hanging: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A supported statement, and where it was found instead of in humans."""

    statement: Statement
    found_in: tuple[str, ...]  # species, or systems where no species is named; empty: not said
    hanging: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A statement without which the graph falls apart, and the smaller part that it holds."""

    statement: Statement
    cut_off: tuple[str, ...]  # ids of entities


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What is missing, each kind with the worst first; `ends` counts entities on one bridge.

    `chains` is false where there are too many chains of two steps to look at; then only what is
    said of two quantities directly was counted as hanging.
    """

    thin: tuple[Thin, ...]
    missing: tuple[Missing, ...]
    unread: tuple[Unread, ...]
    elsewhere: tuple[Elsewhere, ...]
    bridges: tuple[Bridge, ...]
    alone: tuple[str, ...]
    ends: int
    chains: bool = True


@uncollected
def gaps(
    columns: Columns,
    names: Names,
    expectations: Iterable[Expectation] = (),
    *,
    effort: int = EFFORT,
) -> Gaps:
    """What to read or curate next; see the head of this module.

    `effort` is how many chains of two steps there may be for what hangs on them to be counted.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence
    >>> read = (Evidence(source="a", strength="review"),)
    >>> graph = Graph([
    ...     Statement(subject="a", predicate="increases", object="b", evidence=read),
    ...     Statement(subject="b", predicate="increases", object="c", evidence=read),
    ... ])
    >>> [(gap.statement.subject, gap.hanging) for gap in gaps(graph.columns, graph.names).thin]
    [('a', 1), ('b', 1)]
    """
    conclusions = conclusions_of(columns)
    many = fewest(conclusions, read=False) > effort
    portions = None if many else chained(conclusions, effort=effort)
    chains = None if portions is None else list(portions)
    pairs = hanging(conclusions, chains).pairs
    expected: Counter[int] = Counter()
    for expectation in expectations:
        expected.update(needed(columns, conclusions, expectation))
    bridges, ends = _bridges(columns)
    touched = {*columns.subjects, *columns.objects}
    return Gaps(
        thin=tuple(sorted(_thin(columns, pairs, expected), key=_weight)),
        missing=missing(conclusions, names, chains or ()),
        unread=tuple(sorted(_unread(columns, pairs), key=_unread_order)),
        elsewhere=tuple(sorted(_elsewhere(columns, pairs), key=lambda gap: -gap.hanging)),
        bridges=bridges,
        alone=tuple(key for number, key in enumerate(columns.entities) if number not in touched),
        ends=ends,
        chains=chains is not None,
    )


# --- Evidence -------------------------------------------------------------------------------


def _thin(
    columns: Columns, pairs: Mapping[int, int], expected: Mapping[int, int]
) -> Iterator[Thin]:
    for number in sorted({*pairs, *expected}):
        statement = columns.statements[number]
        if columns.supporting[number] < 2 and not _definition(columns, statement):
            sources = independent(statement.evidence, columns.groups)
            yield Thin(statement, sources, pairs.get(number, 0), expected.get(number, 0))


def _weight(gap: Thin) -> tuple[int, int, int]:
    """Sorting is stable, so that equals stay in the order of the graph."""
    return (-gap.hanging, -gap.expectations, len(gap.sources))


def _unread(columns: Columns, pairs: Mapping[int, int]) -> Iterator[Unread]:
    decides: dict[str, list[int]] = {}
    titled = columns.having(lambda row: row.weighs and row.strength == "title-only")
    for number in compress(range(len(titled)), titled):
        statement = columns.statements[number]
        titles = {
            row.one_source
            for row in statement.evidence
            if row.weighs and row.strength == "title-only"
        }
        now = columns.status(number)
        for source in sorted(titles):
            without = [row for row in statement.evidence if row.one_source != source]
            if now == "title-only" or status(without) != now:
                decides.setdefault(source, []).append(number)
    for key, decided in decides.items():
        unread = columns.sources.get(key, Source(id=key))
        if not unread.abstract_read:
            statements = tuple(columns.statements[number] for number in decided)
            yield Unread(unread, statements, sum(pairs.get(number, 0) for number in decided))


def _unread_order(gap: Unread) -> tuple[int, int, str]:
    return (-gap.hanging, -len(gap.decides), gap.source.id)


def _elsewhere(columns: Columns, pairs: Mapping[int, int]) -> Iterator[Elsewhere]:
    """Claims of influence or correlation; of structure no finding in humans is missing."""
    kinds = ("changes", "needs", "goes with")
    claims = {n for n in columns.predicates.names if columns.words.relation(n).kind in kinds}
    for number in compress(range(len(columns.ids)), columns.predicates.marked(claims)):
        statement = columns.statements[number]
        rows = supporting(statement.evidence)
        if rows and not any(row.species == "human" for row in rows):
            found_in = sorted({row.species or row.system for row in rows} - {""})
            yield Elsewhere(statement, tuple(found_in), pairs.get(number, 0))


def _definition(columns: Columns, statement: Statement) -> bool:
    """Whether it names one quantity in two ways, which no experiment shows."""
    return columns.words.relation(statement.predicate).kind == "names"


# --- Network --------------------------------------------------------------------------------


def _bridges(columns: Columns) -> tuple[tuple[Bridge, ...], int]:
    """The bridges that cut off two entities and more, and how many cut off a single one."""
    links: _Links = {}
    for number, (start, end) in enumerate(zip(columns.subjects, columns.objects, strict=True)):
        if start != end and columns.sayable[number]:
            links.setdefault(start, []).append((number, end))
            links.setdefault(end, []).append((number, start))
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
