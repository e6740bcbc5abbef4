"""What follows for one quantity and another, as a value; `conclusions` has the rules for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from trabecula.model import Context

# The ranks of the table of `conclusions`, the best first. A lower number is better founded.
DIRECT: Final = 1  #    a statement of the two, read, which nobody disputes
DISPUTED: Final = 2  #  one that is disputed, or from animals and cells
OBSERVED: Final = 3  #  the two were observed together
NEEDED: Final = 4  #    a statement of a need
SUPPORTED: Final = 5  # a chain of supported steps, or a statement of a state of the first
WEAKER: Final = 6  #    a title, or a weaker chain
LONGER: Final = 7  #    a chain of three steps
IMPLIED: Final = 8  #   a sentence of the article, or a chain with one
UNSIGNED: Final = 9  #  something is said, and no direction
NOTHING: Final = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One of the ways in which it depends: what holds, and where."""

    relation: str
    interval: str = ""
    context: Context = ()
    state: str = ""  # the id of the entity that is a state of what was asked about
    statements: tuple[str, ...] = ()


class Conclusion(NamedTuple):
    """What follows for two entities.

    `sign` is +1 where more of the first is more of the second, -1 where it is less, 0 where the
    second does not follow, and None where nothing is said or both are. Where all that is contested
    points one way, it is that way. `rank` is that of the table of `conclusions`.
    """

    relation: str = "nothing"  # one of `vocabulary.RELATIONS`
    sign: int | None = None
    interval: str = ""  # where the first has to stand, where that is known
    asked: str = ""  # the interval that the first is a name of
    basis: str = ""  # one of `vocabulary.BASES`, where the relation is a verb of change
    settled: bool = False
    contexts: tuple[Case, ...] = ()
    against: tuple[str, ...] = ()  # ids of statements
    rests_on: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # what says the same on another rank
    path: tuple[str, ...] = ()  # the ids of the statements of one of the chains, where it has any
    steps: int = 0  # acting steps
    rank: int = NOTHING
    stopped: bool = False  # whether the search stopped at its bound

    @property
    def firm(self) -> bool:
        """Whether it is a verb of change."""
        return self.relation in ("raises", "lowers")


def verb(sign: int) -> str:
    """The relation of a change, by its sign."""
    return "raises" if sign > 0 else "lowers"


_TURNED: Final = {
    "raises": "lowers",
    "lowers": "raises",
    "goes-with-more": "goes-with-less",
    "goes-with-less": "goes-with-more",
}


def turned(conclusion: Conclusion, turn: int) -> Conclusion:
    """The conclusion about the names that were asked for, of which one may be that of a lack."""
    if turn > 0:
        return conclusion
    changed = conclusion._replace(
        relation=_TURNED.get(conclusion.relation, conclusion.relation),
        sign=conclusion.sign and -conclusion.sign,
    )
    if not conclusion.contexts:  # as of most
        return changed
    return changed._replace(
        contexts=tuple(
            replace(case, relation=_TURNED.get(case.relation, case.relation))
            for case in conclusion.contexts
        )
    )
