"""Which open conclusions hang on which statements.

A conclusion about two quantities is *open* where it is `suggested`, `conceivable`, `contested` or
`cannot-say`. It *hangs* on a statement

- that speaks of the two, where the conclusion rests on it: settled, it would make a firm one;
- without which no chain of two steps is left of those that the conclusion rests on: they all pass
  it, and nothing else says the same.

So the number of what hangs on a statement is how many pairs of quantities would be concluded
otherwise if the statement were settled, one way or the other. What only the article implies is no
conclusion here, and what sources that were read agree on is not open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from trabecula.reason.chains import Chained, unique
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.sayings import CHANGES, DOUBTED, GOES_WITH, NEEDS, READ, Saying, best_tier

#: Relations that a statement more could make firm.
OPEN: Final = frozenset(("suggested", "conceivable", "contested", "cannot-say"))


@dataclass(frozen=True, slots=True)
class Hanging:
    """By number of a statement how many pairs of quantities hang on it.

    `chains` is false where there are too many chains of two steps; then only what is said
    of two quantities directly was counted.
    """

    pairs: dict[int, int]
    chains: bool = True


def hanging(conclusions: Conclusions, chains: Iterable[Chained] | None) -> Hanging:
    """What hangs on each statement; those on which nothing does are left out.

    `chains` are those of `chains.chained`.

    >>> from trabecula.graph import Graph
    >>> from trabecula.reason.chains import chained
    >>> from trabecula.model import Evidence, Statement
    >>> read = (Evidence(source="a", strength="review"),)
    >>> graph = Graph([
    ...     Statement(subject="a", predicate="increases", object="b", evidence=read),
    ...     Statement(subject="b", predicate="increases", object="c", evidence=read),
    ... ])
    >>> conclusions = Conclusions(graph.columns)
    >>> hanging(conclusions, chained(conclusions))
    Hanging(pairs={0: 1, 1: 1}, chains=True)
    """
    import numpy as np

    count = len(conclusions.columns.entities)
    direct = [(n * count + start) * count + end for n, start, end in _directly(conclusions)]
    keys = [np.array(direct, dtype=np.int64)]
    for portion in chains or ():
        pair = portion.starts * count + portion.ends
        for passed in portion.through:
            keys.append(unique((passed * count * count + pair)[passed >= 0]))
    statements = unique(np.concatenate(keys)) // (count * count or 1)
    counts = np.bincount(statements, minlength=1)
    pairs = {number: int(counts[number]) for number in np.flatnonzero(counts).tolist()}
    return Hanging(pairs, chains is not None)


def _directly(conclusions: Conclusions) -> Iterator[tuple[int, int, int]]:
    """Statements, by number, that open conclusions about two quantities rest on, with the two."""
    number_of = conclusions.columns.number_of
    # What has no direction stays open whatever is settled.
    for start in sorted(set(conclusions.quantities.of) - conclusions.directionless):
        by_end: dict[int, list[Saying]] = {}
        for saying in conclusions.sayings.of(start):
            by_end.setdefault(saying.end, []).append(saying)
        states = conclusions.sayings.states(start)
        doubtful = [
            end
            for end, sayings in by_end.items()
            if end not in conclusions.directionless
            and not _plain(sayings)
            and (end in states or not all(map(_mute, sayings)))
        ]
        ways = (1,) if conclusions.sayings.alike(start) else (1, -1)
        for way in ways if doubtful else ():
            for end, conclusion in conclusions.directly(start, way, doubtful).items():
                if conclusion.relation in OPEN:
                    yield from ((number_of(key), start, end) for key in conclusion.rests_on)


def _mute(saying: Saying) -> bool:
    """Whether it is only said that the two go together, and not which way."""
    return saying.kind == GOES_WITH and not saying.sign


def _plain(sayings: list[Saying]) -> bool:
    """Whether it is plain without a look at anything else that the two are not open.

    So it is where the best of the sources that were read agree on a sign that nobody disputes, or
    on a need and nothing else is said.
    """
    best = best_tier(saying for saying in sayings if saying.kind == CHANGES)
    if not best or best[0].tier > DOUBTED:
        return all(s.kind == NEEDS and s.tier == READ for s in sayings)
    agreed = len({saying.sign for saying in best}) == 1
    return agreed and not any(s.contested for s in best) and not any(s.interval for s in sayings)
