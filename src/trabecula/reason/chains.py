"""Chains of two steps over a whole graph at once, by the rules of `conclusions`.

A step leads from a quantity that changes one way (see `Conclusions.links`). All pairs of steps that
follow one another are put side by side as columns of numbers and grouped by where they start, which
way, and where they end; of each group those of the best rank vote, as they do for one question.
Only pairs of which the chains decide are told: not where more is said of the two directly, nor
where only the article speaks. It takes memory for `_ROWS` chains and time for all that there are;
where those are more than `EFFORT`, there is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from trabecula.quantities import UNSAID
from trabecula.reason.concluded import SAID, SUPPORTED, WEAKER
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.links import Link
from trabecula.reason.sayings import ARTICLE, CHANGES, DOUBTED, READ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]

#: How many chains there may be.
EFFORT: Final = 10_000_000
#: How many chains are looked at in one go.
_ROWS: Final = 500_000
#: The signs of chains as bits.
PLUS, MINUS, UNKNOWN = 1, 2, 4
_BITS: Final = (MINUS, UNKNOWN, PLUS)  # by sign + 1


@dataclass(frozen=True, slots=True)
class Chained:
    """Pairs of quantities of which chains of two steps decide, one row each.

    `ways` is how the first changes, `ranks` that of the best chains and `signs` the bits of theirs;
    `chains` counts them. `through` has two columns: statements that all of them pass, or -1.
    """

    starts: Numbers
    ways: Numbers
    ends: Numbers
    ranks: Numbers
    signs: Numbers
    chains: Numbers
    through: tuple[Numbers, Numbers]

    def only(self, places: Numbers) -> Chained:
        """Some of the rows."""
        return Chained(
            starts=self.starts[places],
            ways=self.ways[places],
            ends=self.ends[places],
            ranks=self.ranks[places],
            signs=self.signs[places],
            chains=self.chains[places],
            through=(self.through[0][places], self.through[1][places]),
        )


def chained(known: Conclusions, *, effort: int = EFFORT) -> Iterator[Chained] | None:
    """What chains of two steps decide, a portion of starts at a time; None if they are too many."""
    import numpy as np

    table = _Table(known)
    if not len(table.start):
        return iter(())
    follow = table.first[np.maximum(table.onto, 0) + 1] - table.first[np.maximum(table.onto, 0)]
    sizes = np.where(table.onto >= 0, follow, 0)
    if sizes.sum() > effort:
        return None
    return table.portions(sizes)


class _Table:
    """All steps of a graph, sorted by the state that they lead from: a quantity and its way."""

    def __init__(self, known: Conclusions) -> None:
        import numpy as np

        rows: list[tuple[int, ...]] = []
        self.known = known
        self.kinds: dict[object, int] = {}  # what decides on breaks -> its number
        self.examples: list[Link] = []
        for quantity in known.quantities.all:
            for way in (1, -1):
                opening = known.opening(quantity, way)
                for link in known.links(quantity, way).values():
                    goes_on = link.sign and link.end not in known.directionless
                    onto = 2 * link.end + (way * link.sign < 0) if goes_on else -1
                    said = {saying.statement for saying in link.sayings}
                    sole = said.pop() if len(said) == 1 else -1
                    start = 2 * quantity + (way < 0)
                    setting = self._setting(link)
                    given = link.end not in opening
                    told = (link.of_excess, given, link.of_shortfall, link.plain)
                    answers = known.answers(link)
                    row = (start, link.end, onto, link.sign, link.tier, sole, setting, answers)
                    rows.append((*row, *map(int, told)))
        columns = np.array(rows, dtype=np.int64).reshape(-1, 12).T
        self.start, self.end, self.onto, self.sign, self.tier, self.sole, self.setting = columns[:7]
        self.answers = columns[7]
        self.above, self.given, self.short, self.plain = columns[8:]
        states = 2 * len(known.columns.entities)
        self.first = np.searchsorted(self.start, np.arange(states + 1))
        self.states = states

    def _setting(self, link: Link) -> int:
        """The number of the settings of a step; -1 where it breaks with nothing."""
        settings = [self.known.columns.settings[saying.statement] for saying in link.sayings]
        if not all(settings):
            return -1
        key = tuple(settings)
        if key not in self.kinds:
            self.kinds[key] = len(self.examples)
            self.examples.append(link)
        return self.kinds[key]

    def portions(self, sizes: Numbers) -> Iterator[Chained]:
        """Groups of chains, of so many starts at once that these are about `_ROWS`."""
        import numpy as np

        acting = np.flatnonzero(sizes)
        portion = np.cumsum(sizes[acting]) // _ROWS
        # All steps of one state stay together.
        cut = np.flatnonzero(np.diff(portion)) + 1
        at = [acting[place] for place in cut]
        edges = sorted({int(self.first[self.start[step]]) for step in at})
        for low, high in zip([0, *edges], [*edges, len(self.start)], strict=True):
            steps = acting[(acting >= low) & (acting < high)]
            if len(steps):
                found = self._grouped(steps, sizes[steps])
                yield found.only(self._decided(found))

    def _decided(self, found: Chained) -> Numbers:
        """The places of the pairs of which the chains decide, and nothing that is said directly."""
        import numpy as np

        count = len(self.known.columns.entities)
        pairs = found.starts * count + found.ends
        endless = np.array(sorted(self.known.directionless), dtype=np.int64)
        firm, spoken = self._spoken
        going = ~np.isin(found.ends, endless) & ~np.isin(found.starts, endless)
        keep = (found.ranks < SAID) & going & ~np.isin(pairs, firm)
        asked: dict[tuple[int, int], dict[int, int]] = {}
        for place in np.flatnonzero(keep & np.isin(pairs, spoken)).tolist():
            ends = asked.setdefault((int(found.starts[place]), int(found.ways[place])), {})
            ends[int(found.ends[place])] = place
        for (start, way), places in asked.items():
            for end, direct in self.known.directly(start, way, places).items():
                keep[places[end]] = direct.rank > found.ranks[places[end]]
        return np.flatnonzero(keep)

    @cached_property
    def _spoken(self) -> tuple[Numbers, Numbers]:
        """Pairs that are firm without a look at chains, and others that are spoken of, as numbers.

        Firm are those of which what was read says a sign wherever the first of them stands, and
        spoken of those of which a statement, of the two or of a state of the first, says else.
        """
        import numpy as np

        known, count = self.known, len(self.known.columns.entities)
        firm: set[int] = set()
        spoken: set[int] = set()
        for start in known.quantities.all:
            for saying in known.sayings.of(start):
                read = saying.kind == CHANGES and saying.tier <= DOUBTED and saying.sign
                plain = read and saying.interval == UNSAID
                (firm if plain else spoken).add(start * count + saying.end)
            spoken.update(start * count + end for end in known.sayings.states(start))
        both = (firm, spoken - firm)
        one, other = (np.fromiter(pairs, dtype=np.int64, count=len(pairs)) for pairs in both)
        return one, other

    def _grouped(self, steps: Numbers, sizes: Numbers) -> Chained:
        """The chains that begin with these steps, in groups."""
        import numpy as np

        one = np.repeat(steps, sizes)
        before = np.cumsum(sizes) - sizes
        other = np.arange(len(one)) + np.repeat(self.first[self.onto[steps]] - before, sizes)
        # What rises only because a cause is gone runs into no excess.
        absent = (self.start[one] % 2 == 1) & (self.start[other] % 2 == 0)
        there = (self.end[other] != self.start[one] // 2) & ~(absent & (self.above[other] == 1))
        there &= self.given[one] == 0
        one, other = one[there], other[there]
        key = self.start[one] * self.states + self.end[other]
        rank = self._ranks(one, other)
        order = np.lexsort((rank, key))
        key, rank, one, other = key[order], rank[order], one[order], other[order]
        fresh = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        best = np.repeat(rank[fresh], np.diff(np.append(fresh, len(key)))) == rank
        key, rank, one, other = key[best], rank[best], one[best], other[best]
        fresh = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        bits = np.array(_BITS)[self.sign[one] * self.sign[other] + 1]
        start, end = np.divmod(key[fresh], self.states)
        return Chained(
            starts=start // 2,
            ways=1 - 2 * (start % 2),
            ends=end,
            ranks=rank[fresh],
            signs=np.bitwise_or.reduceat(bits, fresh) if len(fresh) else bits,
            chains=np.diff(np.append(fresh, len(key))),
            through=self._through(one, other, fresh),
        )

    def _ranks(self, one: Numbers, other: Numbers) -> Numbers:
        """The rank of each chain, as `Conclusions.rank` has it."""
        import numpy as np

        worst = np.maximum(self.tier[one], self.tier[other])
        rank = np.where(worst == ARTICLE, SAID, np.where(worst > READ, WEAKER, SUPPORTED))
        doubt = np.flatnonzero(
            (rank == SUPPORTED) & (self.setting[one] >= 0) & (self.setting[other] >= 0)
        )
        count = len(self.examples)
        pairs = self.setting[one[doubt]] * count + self.setting[other[doubt]]
        distinct = unique(pairs)
        broken = [
            pair
            for pair in distinct.tolist()
            if self.known.broken(*(self.examples[number] for number in divmod(pair, count)))
        ]
        rank[doubt[np.isin(pairs, broken)]] = WEAKER
        beyond = np.where(self.sign[one] > 0, self.above[other], self.short[other])
        spared = (self.plain[one] == 1) & (beyond == 1)
        rank[(rank == SUPPORTED) & (spared | (self.answers[other] == 1))] = WEAKER
        return rank

    def _through(self, one: Numbers, other: Numbers, fresh: Numbers) -> tuple[Numbers, Numbers]:
        """By group the statements that are on all of its chains, being all of a step."""
        import numpy as np

        sizes = np.diff(np.append(fresh, len(one)))
        passed = self.sole[one], self.sole[other]
        found = []
        for column in passed:
            shared = column[fresh]
            wanted = np.repeat(shared, sizes)
            has = (passed[0] == wanted) | (passed[1] == wanted)
            if len(fresh):
                shared = np.where(np.logical_and.reduceat(has, fresh), shared, -1)
            found.append(shared)
        return found[0], found[1]


def unique(numbers: Numbers) -> Numbers:
    """Each number once, sorted; `numpy.unique` takes ten times as long over millions."""
    import numpy as np

    ordered: Numbers = np.sort(numbers)
    fresh: NDArray[np.bool_] = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    return ordered[fresh]
