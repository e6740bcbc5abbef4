"""What chains conclude: the rank of each, and what those that decide say together.

See the table of `conclusions` for the ranks and the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final

from trabecula.columns import Columns
from trabecula.reason.concluded import IMPLIED, SUPPORTED, WEAKER, Conclusion
from trabecula.reason.links import Chain, Link, Links, spared
from trabecula.reason.sayings import ARTICLE, DOUBTED, NEEDS, READ
from trabecula.reason.where import interval_of

#: What a chain of each rank makes of the two, where all that vote have one sign.
_RELATIONS: Final = {SUPPORTED: "suggested", WEAKER: "conceivable", IMPLIED: "only-article"}

_tier_of = attrgetter("tier")


def rank_of(links: Links, chain: Chain) -> int:
    """The rank of a chain by its weakest step and its breaks of context."""
    worst = max(map(_tier_of, chain))
    if worst == ARTICLE:
        return IMPLIED
    if worst > READ:
        return WEAKER
    for link, onward in pairwise(chain):
        if (
            spared(link, onward)
            or links.overstated(link, onward)
            or links.broken(link, onward)
            or links.answers(onward)
        ):
            return WEAKER
    return SUPPORTED


def sign_of(chain: Iterable[Link]) -> int:
    """The product of the signs of the steps."""
    sign = 1
    for link in chain:
        sign *= link.sign
    return sign


def voted(
    links: Links, chains: Sequence[Chain], way: int, asked: int, *, stopped: bool
) -> Conclusion | None:
    """What chains say together: those of the best rank, and of these the shortest, vote.

    None where there is no chain. Where what starts all of them is known to undo what they rest on,
    it stays open. `stopped` says that not all of them were looked for.
    """
    if not chains:
        return None
    ranks = [rank_of(links, chain) for chain in chains]
    rank, voting = (ranks[0], chains) if len(chains) == 1 else _voting(chains, ranks)  # as of most
    signs = set(map(sign_of, voting))
    sign = signs.pop() if len(signs) == 1 else 0
    columns = links.columns
    undone = _undone(links, voting, way, asked) if sign and rank < IMPLIED else []
    if undone:
        return Conclusion(
            relation="cannot-say", rests_on=_passed(columns, (*voting, *undone)),
            steps=len(voting[0]), rank=rank, stopped=stopped, path=_passed(columns, voting[:1]),
        )  # fmt: skip
    rests_on = _passed(columns, voting)
    against: tuple[str, ...] = ()
    if sign and rank < IMPLIED and len(voting) < len(chains):
        against = _against(columns, chains, ranks, sign, rests_on)
    return Conclusion(
        relation=_relation(rank, sign), sign=sign or None, rests_on=rests_on,
        steps=len(voting[0]), rank=rank, interval=_interval(voting, way) if sign else "",
        stopped=stopped, against=against,
        path=rests_on if len(voting) == 1 else _passed(columns, voting[:1]),
    )  # fmt: skip


def by_chain(links: Links, chain: Chain) -> Conclusion:
    """What is settled by all ways together, told by one chain of any length."""
    rank = rank_of(links, chain)
    rests_on = _passed(links.columns, [chain])
    return Conclusion(
        relation=_RELATIONS[rank], sign=sign_of(chain), settled=True, rests_on=rests_on,
        path=rests_on, steps=len(chain), rank=rank,
    )  # fmt: skip


def _voting(chains: Sequence[Chain], ranks: Sequence[int]) -> tuple[int, Sequence[Chain]]:
    """The best rank, and the shortest chains of it."""
    best = min(ranks)
    of_rank = [chain for chain, rank in zip(chains, ranks, strict=True) if rank == best]
    fewest = min(map(len, of_rank))
    return best, [chain for chain in of_rank if len(chain) == fewest]


def _undone(links: Links, chains: Sequence[Chain], way: int, asked: int) -> list[Chain]:
    """How what starts the chains undoes each of them; empty where it leaves one standing.

    Nor is it asked where what they say was tested and denied.

    A chain is undone where its middle leads to the end by way of something that the start is read
    to move the other way: alkalosis brings tetany about as it lowers calcium, and a syndrome of
    alkalosis that raises calcium may bring about none.
    """
    undone: list[Chain] = []
    for chain in chains:
        ways = list(_turned_round(links, chain, way, asked))
        if not ways:  # as of most
            return []
        undone += ways
    start, end = chains[0][0].start, chains[0][-1].end
    return [] if links.denying(start, end, sign_of(chains[0])) else undone


def _turned_round(links: Links, chain: Chain, way: int, asked: int) -> Iterator[Chain]:
    """Each step of the start to what lies between a middle and the end, and the two steps by it."""
    start, end, whole, sign = chain[0].start, chain[-1].end, sign_of(chain), 1
    for link in chain[:-1]:
        sign *= link.sign
        for first, onward in links.turned(start, end, way, asked, link.end, sign):
            if first.end == end or any(first.end == step.end for step in chain):
                continue
            last = links.link(first.end, end, way * sign * onward.sign)
            if last and last.tier <= DOUBTED and sign * onward.sign * last.sign == whole:
                yield first, onward, last


def _relation(rank: int, sign: int) -> str:
    """What chains of a rank make of the two; sign 0 where they differ."""
    return _RELATIONS[rank] if sign or rank == IMPLIED else "cannot-say"


def _against(
    columns: Columns,
    chains: Sequence[Chain],
    ranks: Sequence[int],
    sign: int,
    rests_on: Sequence[str],
) -> tuple[str, ...]:
    """The statements of chains that say the opposite, without those that vote as well."""
    opposed = [
        chain
        for chain, rank in zip(chains, ranks, strict=True)
        if rank < IMPLIED and sign_of(chain) == -sign
    ]
    return tuple(key for key in _passed(columns, opposed) if key not in rests_on)


def _passed(columns: Columns, chains: Iterable[Chain]) -> tuple[str, ...]:
    """The ids of the statements that chains rest on, in their order."""
    ids = columns.ids
    every = [ids[s.statement] for chain in chains for link in chain for s in link.sayings]
    return tuple(dict.fromkeys(every))


def _interval(chains: Sequence[Chain], way: int) -> str:
    """The interval in which chains hold: that of their first steps, where all have the same."""
    if way < 0 and all(map(_is_of_need, chains)):
        return "lack"
    intervals = {interval_of(chain[0].sayings) for chain in chains}
    return intervals.pop() if len(intervals) == 1 else ""


def _is_of_need(chain: Chain) -> bool:
    return any(saying.kind == NEEDS for link in chain for saying in link.sayings)
