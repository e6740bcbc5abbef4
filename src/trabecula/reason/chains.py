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

from trabecula.quantities import EXCESS, LACK, UNSAID
from trabecula.reason.concluded import IMPLIED, SUPPORTED, WEAKER
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

    `ways` is how the first changes, `ranks` that of the best chains and `signs` the bits of theirs,
    not asking whether the first undoes them (`votes`);
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


def chained(conclusions: Conclusions, *, effort: int = EFFORT) -> Iterator[Chained] | None:
    """What chains of two steps decide, a portion of starts at a time; None if they are too many."""
    import numpy as np

    table = _Table(conclusions)
    if not len(table.start):
        return iter(())
    follow = table.first[np.maximum(table.onto, 0) + 1] - table.first[np.maximum(table.onto, 0)]
    sizes = np.where(table.onto >= 0, follow, 0)
    if sizes.sum() > effort:
        return None
    return table.portions(sizes)


class _Table:
    """All steps of a graph, sorted by the state that they lead from: a quantity and its way."""

    def __init__(self, conclusions: Conclusions) -> None:
        import numpy as np

        rows: list[tuple[int, ...]] = []
        self.conclusions = conclusions
        self.kinds: dict[object, int] = {}  # what decides on breaks -> its number
        self.examples: list[Link] = []
        for quantity in conclusions.quantities.all:
            for way in (1, -1):
                opening = conclusions.opening(quantity, way)
                for link in conclusions.links(quantity, way).values():
                    goes_on = link.sign and link.end not in conclusions.directionless
                    onto = 2 * link.end + (way * link.sign < 0) if goes_on else -1
                    statements = {saying.statement for saying in link.sayings}
                    sole = statements.pop() if len(statements) == 1 else -1
                    start = 2 * quantity + (way < 0)
                    setting = self._setting(link)
                    unopened = link.end not in opening
                    flags = (
                        link.of_excess, unopened, link.of_shortfall, link.plain,
                        conclusions.answers(link), conclusions.of_severe(link),
                        conclusions.severe(link),
                    )  # fmt: skip
                    extremes = {saying.end_interval for saying in link.sayings}
                    if way > 0:
                        extremes.discard(UNSAID)
                    extreme = extremes.pop() if len(extremes) == 1 else UNSAID
                    row = (start, link.end, onto, link.sign, link.tier, sole, setting)
                    rows.append((*row, extreme, *map(int, flags)))
        columns = np.array(rows, dtype=np.int64).reshape(-1, 15).T
        self.start, self.end, self.onto, self.sign, self.tier, self.sole, self.setting = columns[:7]
        self.extreme, self.above, self.unopened, self.short, self.plain = columns[7:12]
        self.answers, self.of_severe, self.severe = columns[12:]
        states = 2 * len(conclusions.columns.entities)
        self.first = np.searchsorted(self.start, np.arange(states + 1))
        self.states = states

    def _setting(self, link: Link) -> int:
        """The number of the settings of a step; -1 where it breaks with nothing."""
        settings = [self.conclusions.columns.settings[saying.statement] for saying in link.sayings]
        if not any(settings):
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
                chains = self._grouped(steps, sizes[steps])
                yield chains.only(self._decided(chains))

    def _decided(self, portion: Chained) -> Numbers:
        """The places of the pairs of which the chains decide, and nothing that is said directly."""
        import numpy as np

        count = len(self.conclusions.columns.entities)
        pairs = portion.starts * count + portion.ends
        endless = np.array(sorted(self.conclusions.directionless), dtype=np.int64)
        firm, spoken = self._spoken
        going = ~np.isin(portion.ends, endless) & ~np.isin(portion.starts, endless)
        keep = (portion.ranks < IMPLIED) & going & ~np.isin(pairs, firm)
        asked: dict[tuple[int, int], dict[int, int]] = {}
        for place in np.flatnonzero(keep & np.isin(pairs, spoken)).tolist():
            ends = asked.setdefault((int(portion.starts[place]), int(portion.ways[place])), {})
            ends[int(portion.ends[place])] = place
        for (start, way), places in asked.items():
            for end, direct in self.conclusions.directly(start, way, places).items():
                keep[places[end]] = direct.rank > portion.ranks[places[end]]
        return np.flatnonzero(keep)

    @cached_property
    def _spoken(self) -> tuple[Numbers, Numbers]:
        """Pairs that are firm without a look at chains, and others that are spoken of, as numbers.

        Firm are those of which what was read says a sign wherever the first of them stands, and
        spoken of those of which a statement says else: of the two, or of a state or a class of the
        first.
        """
        import numpy as np

        conclusions, count = self.conclusions, len(self.conclusions.columns.entities)
        firm: set[int] = set()
        spoken: set[int] = set()
        for start in conclusions.quantities.all:
            for saying in conclusions.sayings.of(start):
                read = saying.kind == CHANGES and saying.tier <= DOUBTED and saying.sign
                plain = read and saying.interval == UNSAID
                (firm if plain else spoken).add(start * count + saying.end)
            spoken.update(start * count + end for end in conclusions.sayings.states(start))
            for entity, name in conclusions.sayings.classes(start):
                inherited = conclusions.sayings.of_class(entity, name)
                spoken.update(start * count + saying.end for saying in inherited)
        both = (firm, spoken - firm)
        certain, open_ = (np.fromiter(pairs, dtype=np.int64, count=len(pairs)) for pairs in both)
        return certain, open_

    def _grouped(self, steps: Numbers, sizes: Numbers) -> Chained:
        """The chains that begin with these steps, in groups."""
        import numpy as np

        first = np.repeat(steps, sizes)
        before = np.cumsum(sizes) - sizes
        second = np.arange(len(first)) + np.repeat(self.first[self.onto[steps]] - before, sizes)
        # What rises only because a cause is gone runs into no excess.
        absent = (self.start[first] % 2 == 1) & (self.start[second] % 2 == 0)
        there = (self.end[second] != self.start[first] // 2) & ~(absent & (self.above[second] == 1))
        there &= self.unopened[first] == 0
        # Nor does what only ends one extreme go on from the other.
        falling, extreme = self.onto[first] % 2 == 1, self.extreme[first]
        there &= ~(falling & (extreme == EXCESS) & (self.short[second] == 1))
        there &= ~(~falling & (extreme == LACK) & (self.above[second] == 1))
        first, second = first[there], second[there]
        key = self.start[first] * self.states + self.end[second]
        rank = self._ranks(first, second)
        order = np.lexsort((rank, key))
        key, rank, first, second = key[order], rank[order], first[order], second[order]
        fresh = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        best = np.repeat(rank[fresh], np.diff(np.append(fresh, len(key)))) == rank
        key, rank, first, second = key[best], rank[best], first[best], second[best]
        fresh = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        bits = np.array(_BITS)[self.sign[first] * self.sign[second] + 1]
        start, end = np.divmod(key[fresh], self.states)
        return Chained(
            starts=start // 2,
            ways=1 - 2 * (start % 2),
            ends=end,
            ranks=rank[fresh],
            signs=np.bitwise_or.reduceat(bits, fresh) if len(fresh) else bits,
            chains=np.diff(np.append(fresh, len(key))),
            through=self._through(first, second, fresh),
        )

    def _ranks(self, first: Numbers, second: Numbers) -> Numbers:
        """The rank of each chain, as `votes.rank_of` has it."""
        import numpy as np

        worst = np.maximum(self.tier[first], self.tier[second])
        rank = np.where(worst == ARTICLE, IMPLIED, np.where(worst > READ, WEAKER, SUPPORTED))
        doubt = np.flatnonzero(
            (rank == SUPPORTED) & (self.setting[first] >= 0) & (self.setting[second] >= 0)
        )
        count = len(self.examples)
        pairs = self.setting[first[doubt]] * count + self.setting[second[doubt]]
        distinct = unique(pairs)
        broken = [
            pair
            for pair in distinct.tolist()
            if self.conclusions.broken(*(self.examples[number] for number in divmod(pair, count)))
        ]
        rank[doubt[np.isin(pairs, broken)]] = WEAKER
        beyond = np.where(self.sign[first] > 0, self.above[second], self.short[second])
        spared = (self.plain[first] == 1) & (beyond == 1)
        overstated = (self.of_severe[second] == 1) & (self.severe[first] == 0)
        weak = spared | overstated | (self.answers[second] == 1)
        rank[(rank == SUPPORTED) & weak] = WEAKER
        return rank

    def _through(self, first: Numbers, second: Numbers, fresh: Numbers) -> tuple[Numbers, Numbers]:
        """By group the statements that are on all of its chains, being all of a step."""
        import numpy as np

        sizes = np.diff(np.append(fresh, len(first)))
        passed = self.sole[first], self.sole[second]
        through = []
        for column in passed:
            shared = column[fresh]
            wanted = np.repeat(shared, sizes)
            has = (passed[0] == wanted) | (passed[1] == wanted)
            if len(fresh):
                shared = np.where(np.logical_and.reduceat(has, fresh), shared, -1)
            through.append(shared)
        return through[0], through[1]


def unique(numbers: Numbers) -> Numbers:
    """Each number once, sorted; `numpy.unique` takes ten times as long over millions."""
    import numpy as np

    ordered: Numbers = np.sort(numbers)
    fresh: NDArray[np.bool_] = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    return ordered[fresh]
