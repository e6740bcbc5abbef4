"""A second opinion: what two graphs conclude of the same pairs of things.

Which entities are the same is said by a table of pairs, or follows from their ids, exact
identifiers and names. For every ordered pair of things that both graphs have, both are asked; only
what points one way is compared.

Opposite are two graphs only on like ground: a statement of the two on both sides, an observation, a
chain as good. A statement here and a chain there that point opposite ways answer different
questions, for the chain tells one of the ways in which the one acts on the other (that PTH raises
blood calcium, which is then filtered) and the statement of all of them or of another (that it saves
calcium in the tubule). Such a pair differs, and is told with the steps of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trabecula.names import Names
from trabecula.reason.concluded import (  # fmt: skip
    DISPUTED,
    IMPLIED,
    LONGER,
    NEEDED,
    SUPPORTED,
    Conclusion,
)
from trabecula.reason.conclusions import MOST, STEPS, Conclusions  # fmt: skip
from trabecula.reason.search import require_steps

#: What a comparison of two conclusions can come to.
AGREEMENTS: Final = {
    "opposite": "one raises what the other lowers, on like ground",
    "differs": "they point opposite ways on unlike ground, as a statement here and a chain there",
    "agree": "both have the same direction",
    "only here": "the other concludes nothing, or has no direction",
    "only there": "this one concludes nothing, or has no direction",
}
#: The most pairs of things for which both graphs are asked.
PAIRS: Final = 250_000


@dataclass(frozen=True, slots=True)
class Compared:
    """What both graphs conclude of two things; entities are ids of this graph."""

    start: str
    end: str
    agreement: str  # one of `AGREEMENTS`
    here: Conclusion
    there: Conclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The pairs of which at least one graph concludes something, opposite ones first.

    `shared` are the ids of the things compared, here and there. `asked` of `among` pairs were
    looked at.
    """

    shared: tuple[tuple[str, str], ...]
    pairs: tuple[Compared, ...]
    asked: int
    among: int

    def counts(self) -> dict[str, int]:
        """How many pairs there are of each agreement."""
        agreements = [pair.agreement for pair in self.pairs]
        return {name: agreements.count(name) for name in AGREEMENTS}


def shared(here: Names, there: Names) -> dict[str, str]:
    """The entities that are the same by id, exact identifier or name: ids here to ids there.

    What fits several there, or has been fitted already, is left out.
    """
    exact: dict[str, list[str]] = {}
    for key, entity in there.entities.items():
        names = (key, entity.name, *(x.curie for x in entity.xrefs if x.match == "exact"))
        for name in dict.fromkeys(text.casefold() for text in names):
            exact.setdefault(name, []).append(key)
    same: dict[str, str] = {}
    taken: set[str] = set()
    for key, entity in here.entities.items():
        curies = (x.curie for x in entity.xrefs if x.match == "exact")
        for name in (key, *curies, entity.name):
            fitting = exact.get(name.casefold(), [])
            if len(fitting) == 1 and fitting[0] not in taken:
                same[key] = fitting[0]
                taken.add(fitting[0])
                break
    return same


def compare(
    here: Conclusions, there: Conclusions, same: Mapping[str, str], *, steps: int = STEPS
) -> Comparison:
    """What both graphs conclude of all ordered pairs of the things that are the `same`.

    Things that are names of one quantity in either graph are compared once, by the first of them.
    """
    require_steps(steps, MOST, "a conclusion")
    things = _distinct(here, there, same)
    among = len(things) * (len(things) - 1)
    pairs: list[Compared] = []
    asked = 0
    for start in things:
        if asked + len(things) > PAIRS:
            break
        for end in things:
            if start == end:
                continue
            asked += 1
            mine, theirs = (
                _between(here, start[0], end[0], steps),
                _between(there, start[1], end[1], steps),
            )
            agreement = _agreement(mine, theirs)
            if agreement:
                pairs.append(Compared(start[0], end[0], agreement, mine, theirs))
    order = {name: place for place, name in enumerate(AGREEMENTS)}
    pairs.sort(key=lambda pair: (order[pair.agreement], pair.here.rank, pair.start, pair.end))
    return Comparison(shared=tuple(things), pairs=tuple(pairs), asked=asked, among=among)


def _distinct(
    here: Conclusions, there: Conclusions, same: Mapping[str, str]
) -> Sequence[tuple[str, str]]:
    pairs: dict[tuple[int, int], tuple[str, str]] = {}
    for ours, theirs in sorted(same.items()):
        numbers = here.columns.number(ours), there.columns.number(theirs)
        if min(numbers) >= 0:
            quantity = here.quantities.of[numbers[0]], there.quantities.of[numbers[1]]
            pairs.setdefault(quantity, (ours, theirs))
    return tuple(pairs.values())


def _between(conclusions: Conclusions, start: str, end: str, steps: int) -> Conclusion:
    return conclusions.between(
        conclusions.columns.number(start), conclusions.columns.number(end), steps
    )


def _agreement(mine: Conclusion, theirs: Conclusion) -> str:
    """One of `AGREEMENTS`; empty where neither points one way."""
    ours, others = map(_sign, (mine, theirs))
    if ours and ours == others:
        return "agree"
    if ours and others:
        return "opposite" if _ground(mine) == _ground(theirs) else "differs"
    return "only here" if ours else "only there" if others else ""


def _ground(conclusion: Conclusion) -> int:
    """What a conclusion rests on: a statement, an observation or a need, a chain, a weaker one."""
    grounds = (DISPUTED, NEEDED, SUPPORTED, LONGER)
    return next(place for place, worst in enumerate(grounds) if conclusion.rank <= worst)


def _sign(conclusion: Conclusion) -> int:
    return (conclusion.sign or 0) if conclusion.rank < IMPLIED else 0


def table(rows: Iterable[str], where: str) -> list[tuple[str, str]]:
    """The pairs of names in the lines of a table, `here` and `there` between a tab.

    Empty lines, lines that begin with `#` and a first line `here there` are passed over. Raises
    `ValueError` with the place of a line that has not two cells.
    """
    pairs: list[tuple[str, str]] = []
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row.rstrip("\r\n").split("\t")]
        if (
            not row.strip()
            or row.startswith("#")
            or (number == 1 and cells[:2] == ["here", "there"])
        ):
            continue
        if len(cells) < 2 or not all(cells[:2]):
            raise ValueError(f"{where}:{number}: write a name here, a tab, and a name there")
        pairs.append((cells[0], cells[1]))
    return pairs
