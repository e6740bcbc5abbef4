"""Links: the steps from one quantity to another that statements make, and chains of them.

A link goes from a quantity that rises or falls to another by what decides between the two, read
alone; see `conclusions` for what chains of links conclude.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from trabecula.columns import Columns
from trabecula.context import apart
from trabecula.quantities import EXCESS, LACK, NORMAL, UNSAID, Quantities, quantities_of
from trabecula.reason.sayings import (
    ARTICLE,
    CHANGES,
    DOUBTED,
    NEEDS,
    READ,
    Saying,
    Sayings,
    best_tier,
    nearest,
)  # fmt: skip
from trabecula.vocabulary import kin

#: How many steps are tried between two quantities before the search stops.
EFFORT: Final = 200_000
#: Categories of what is done to a body or befalls it.
BEFALLING: Final = ("intervention", "condition")
#: What is said applies where a quantity rises, or where it falls.
APPLIES: Final = {1: (UNSAID, EXCESS, NORMAL), -1: (UNSAID, LACK, NORMAL)}
_KINDS: Final = {1: (CHANGES,), -1: (CHANGES, NEEDS)}
#: What a setting states of a thing that is said only of its severe form.
_SEVERE: Final = ("severity", "severe")


class Link(NamedTuple):
    """A step from a quantity that changes one way to another: what decides between the two."""

    start: int
    end: int
    sign: int  # 0 where what decides points both ways
    tier: int
    sayings: tuple[Saying, ...]

    @property
    def doubted(self) -> bool:
        """Whether each statement that decides is disputed, or only the article's."""
        if self.tier == ARTICLE:
            return True
        for saying in self.sayings:  # noqa: SIM110  # asked of each step
            if not saying.contested:
                return False
        return True

    @property
    def of_lack(self) -> bool:
        """Whether something that decides speaks of a lack."""
        return any(saying.interval == LACK for saying in self.sayings)

    @property
    def of_shortfall(self) -> bool:
        """Whether all that decides speaks of a lack or a need."""
        for saying in self.sayings:  # asked of each step of each chain
            if saying.kind != NEEDS and saying.interval != LACK:
                return False
        return True

    @property
    def plain(self) -> bool:
        """Whether nothing that decides says that it goes as far as to an excess, or to a lack.

        What mends a lack does not, nor does it begin in one.
        """
        beyond = EXCESS if self.sign > 0 else LACK
        return all(
            saying.end_interval != beyond and saying.interval not in (LACK, EXCESS)
            for saying in self.sayings
        )

    @property
    def of_excess(self) -> bool:
        """Whether all that decides speaks of an excess."""
        for saying in self.sayings:  # noqa: SIM110  # asked of each step of each chain
            if saying.interval != EXCESS:
                return False
        return True


Chain: TypeAlias = tuple[Link, ...]


def spared(link: Link, onward: Link) -> bool:
    """Whether a step goes no further than where the next one, of a lack or an excess, begins.

    A drug that slows resorption down leaves as much of it as growth needs, and more magnesium in
    food makes no excess. What falls because something else is short falls short itself.
    """
    beyond = onward.of_excess if link.sign > 0 else onward.of_shortfall
    return beyond and link.plain


def crossed(link: Link, onward: Link, way: int) -> bool:
    """Whether a step, whose start goes one way, only ends one extreme and the next is of the other.

    Without what brings an excess about there is none, which makes no lack; and what is said to mend
    a lack brings no excess about unless that is said as well.
    """
    direction = way * link.sign
    if not (onward.of_excess if direction > 0 else onward.of_shortfall):  # as of most
        return False
    ends = {saying.end_interval for saying in link.sayings}
    behind = LACK if direction > 0 else EXCESS
    return ends == {behind} or (way > 0 and behind in ends and -behind not in ends)


class Links:
    """The links of a graph, worked out when they are asked for, and kept."""

    def __init__(
        self, columns: Columns, kept: bytes | None = None, quantities: Quantities | None = None
    ) -> None:
        self.columns = columns
        self.quantities = quantities or quantities_of(columns)
        self.sayings = Sayings(columns, self.quantities, columns.followed if kept is None else kept)
        self._links: dict[tuple[int, int], dict[int, Link]] = {}
        self._arcs: dict[int, dict[int, int]] = {}
        self._contexts: dict[int, dict[str, frozenset[str]]] = {}
        self._turned: dict[tuple[int, ...], Sequence[tuple[Link, Link]]] = {}
        self._severities: dict[int, tuple[bool, bool]] = {}

    @cached_property
    def directionless(self) -> frozenset[int]:
        """The quantities of which there is no more and no less."""
        numbers = map(self.columns.number, self.columns.words.directionless)
        return frozenset(self.quantities.of[number] for number in numbers if number >= 0)

    def befalls(self, quantity: int) -> bool:
        """Whether a quantity is an intervention or a condition, of which less is no cause."""
        return self._without_lack(quantity, BEFALLING)

    def exposes(self, quantity: int) -> bool:
        """Whether it is an exposure, to be without which is no lack unless it is said."""
        return self._without_lack(quantity, ("exposure",))

    def comes_from_outside(self, quantity: int) -> bool:
        """Whether it is done to a body, or met by it: no consequence of what it is seen with."""
        return kin(self.columns.category(quantity)) in ("intervention", "exposure")

    def _without_lack(self, quantity: int, categories: Collection[str]) -> bool:
        """Whether it is of some categories and has no name for a lack, where less is something."""
        return (
            kin(self.columns.category(quantity)) in categories
            and quantity not in self.quantities.lacking
        )

    def denying(self, start: int, end: int, sign: int | None) -> list[int]:
        """The statements by which nobody holds it to be so, after somebody tested it."""
        return [
            number
            for number, would_be in self.sayings.denied(start, end)
            if would_be == sign and not self.sayings.correlates(number)
        ]

    # --- Steps ----------------------------------------------------------------------------------

    def opening(
        self, start: int, way: int, asked: int = UNSAID, towards: int | None = None
    ) -> dict[int, Link]:
        """By where it leads, each step with which a chain may begin.

        To be without what one is exposed to is a lack only where somebody speaks of that. Steps
        that lead neither to the quantity `towards` nor to what is named beside it may be missing.
        """
        links = self._links.get((start, way))
        if links is None and towards is not None:
            links = self._linked(start, way, self.sayings.towards(start, towards))
        elif links is None:
            links = self.links(start, way)
        if way > 0 or asked != UNSAID or not links or not self.exposes(start):
            return links
        return {end: link for end, link in links.items() if link.of_lack}

    def links(self, quantity: int, way: int) -> dict[int, Link]:
        """By where it leads, each step from a quantity that rises (+1) or falls (-1)."""
        links = self._links.get((quantity, way))
        if links is None:
            sayings = self.sayings.of(quantity)
            if not sayings:
                links = {}
            elif way < 0 and self.sayings.alike(quantity):
                links = self.links(quantity, 1)
            else:
                links = self._linked(quantity, way, sayings)
            self._links[quantity, way] = links
        return links

    def link(self, quantity: int, end: int, way: int) -> Link | None:
        """The step from a quantity that rises or falls to another, if there is one."""
        links = self._links.get((quantity, way))
        if links is None:
            sayings = self.sayings.between(quantity, end)
            if sayings is not None:
                return self._linked(quantity, way, sayings).get(end)
            links = self.links(quantity, way)
        return links.get(end)

    def turned(
        self, start: int, end: int, way: int, asked: int, middle: int, sign: int
    ) -> Sequence[tuple[Link, Link]]:
        """Each read step of a start to what a middle is said to move the other way, and that step.

        `sign` is that of the way to the middle. Steps that lead not beside the end may be missing.
        """
        key = (start, way, asked, middle, sign)
        turned = self._turned.get(key)
        if turned is None:
            whole = (start, way) in self._links
            opening = self.opening(start, way, asked, end)
            links = self._links.get((middle, way * sign))
            fewer = opening if links is None or len(opening) < len(links) else links
            turned = [
                (first, onward)
                for quantity in sorted(fewer)
                if (first := opening.get(quantity)) and first.sign and first.tier == READ
                and (onward := self.link(middle, quantity, way * sign))
                and onward.sign * sign == -first.sign and onward.tier <= DOUBTED
            ]  # fmt: skip
            if whole:
                self._turned[key] = turned
        return turned

    def answers(self, link: Link) -> bool:
        """Whether a step is how a process makes good what is short, or takes off what is too much.

        What brought that about may have done so through that very process: a drug by which the
        kidney loses magnesium does not make it keep magnesium back.
        """
        if not (link.of_excess if link.sign > 0 else link.of_shortfall):
            return False
        if kin(self.columns.category(link.end)) != "process":
            return False
        back = self.link(link.end, link.start, 1)
        return back is not None and link.sign * back.sign < 0

    def arcs(self, quantity: int) -> Mapping[int, int]:
        """By where it leads the sign of what a quantity does, 0 where that is not known.

        It is known where rise and fall have one sign, disputed by nobody. The article says nothing
        here.
        """
        signs = self._arcs.get(quantity)
        if signs is None:
            signs = self._arcs[quantity] = self._signs(quantity)
        return signs

    def _signs(self, quantity: int) -> dict[int, int]:
        rising, falling = self.links(quantity, 1), self.links(quantity, -1)
        signs = {
            saying.end: 0
            for saying in self.sayings.of(quantity)
            if saying.kind in (CHANGES, NEEDS) and saying.tier != ARTICLE
        }
        for end in signs:
            risen, fallen = rising.get(end), falling.get(end)
            if (
                risen
                and fallen
                and risen.sign == fallen.sign
                and not (risen.doubted or fallen.doubted)
            ):
                signs[end] = risen.sign
        return signs

    def _linked(self, quantity: int, way: int, sayings: Iterable[Saying]) -> dict[int, Link]:
        """The steps that sayings of a quantity make, by where they lead."""
        links: dict[int, Link] = {}
        if quantity in self.directionless:
            return links
        kinds, applies = _KINDS[way], APPLIES[way]
        ends: dict[int, list[Saying]] = {}
        for saying in sayings:
            if saying.kind in kinds and saying.interval in applies:
                ends.setdefault(saying.end, []).append(saying)
        for end, between in ends.items():
            if len(between) == 1:  # as of most pairs
                (saying,) = between
                if saying.sign:
                    tier = max(saying.tier, DOUBTED) if saying.contested else saying.tier
                    links[end] = Link(quantity, end, saying.sign, tier, (saying,))
                continue
            deciding = nearest(best_tier(between))
            if deciding:
                signs = {saying.sign for saying in deciding}
                doubted = all(saying.contested for saying in deciding)
                tier = max(deciding[0].tier, DOUBTED if doubted else READ)
                sign = signs.pop() if len(signs) == 1 else 0
                links[end] = Link(quantity, end, sign, tier, tuple(deciding))
        return links

    # --- Chains ---------------------------------------------------------------------------------

    def broken(self, link: Link, onward: Link) -> bool:
        """Whether two steps share no context, or all that is stated of one key of it differs.

        A source that says nothing of how long a thing lasted mends no break between those that do.
        """
        places = self.columns.settings
        here = [places[saying.statement] for saying in link.sayings]
        there = [places[saying.statement] for saying in onward.sayings]
        if not (any(here) and any(there)):
            return False
        if all(here) and all(there) and all(apart(a, b) for a in here for b in there):
            return True
        before = self._stated(link)
        if not before:  # as of most
            return False
        after = self._stated(onward)
        return any(before[key].isdisjoint(after[key]) for key in before if key in after)

    def _stated(self, link: Link) -> Mapping[str, frozenset[str]]:
        """By key of context the values that any setting of what decides a step states."""
        if len(link.sayings) == 1:
            return self._stated_by(link.sayings[0].statement)
        stated: dict[str, frozenset[str]] = {}
        for saying in link.sayings:
            for key, values in self._stated_by(saying.statement).items():
                stated[key] = stated.get(key, frozenset()) | values
        return stated

    def _stated_by(self, number: int) -> Mapping[str, frozenset[str]]:
        """By key of context the values that any setting of a statement states."""
        stated = self._contexts.get(number)
        if stated is None:
            stated = self._contexts[number] = {}
            for setting in self.columns.settings[number]:
                for key, value in setting:
                    if key not in ("species", "system"):
                        stated[key] = stated.get(key, frozenset()) | {value}
        return stated

    def overstated(self, link: Link, onward: Link) -> bool:
        """Whether a step is said of what is severe alone, after one that nobody calls severe."""
        return self.of_severe(onward) and not self.severe(link)

    def of_severe(self, link: Link) -> bool:
        """Whether every source of all that decides a step speaks of what is severe."""
        for saying in link.sayings:  # noqa: SIM110  # asked of each step of each chain
            if not self._severity(saying.statement)[0]:
                return False
        return True

    def severe(self, link: Link) -> bool:
        """Whether any source of what decides a step speaks of what is severe."""
        return any(self._severity(saying.statement)[1] for saying in link.sayings)

    def _severity(self, number: int) -> tuple[bool, bool]:
        """Whether all, and whether any, sources that support a statement speak of the severe."""
        if not any(_SEVERE in setting for setting in self.columns.settings[number]):  # as of most
            return False, False
        severity = self._severities.get(number)
        if severity is None:
            statement = self.columns.statements[number]
            placed = [
                _SEVERE in row.context or _SEVERE in statement.qualifiers
                for row in statement.evidence
                if row.stance == "supports" and row.weighs
            ]
            severity = self._severities[number] = (bool(placed) and all(placed), any(placed))
        return severity

    def chains(
        self, start: int, end: int, way: int, asked: int, steps: int, held: Collection[int] = ()
    ) -> tuple[list[Chain], bool]:
        """The chains of two to so many steps to a quantity, or to any where `end` is negative.

        Each passes no quantity twice and none of those held. The second value says that the search
        stopped at its bound.
        """
        chains: list[Chain] = []
        if steps < 2:
            return chains, False
        tried = 0
        # That a cause is gone lets things rise to where they are without it, and no further.
        absent = way < 0 and asked == UNSAID
        endless = self.directionless
        near = self.sayings.beside(end) if end >= 0 else None  # where the step before it leads
        waiting: list[tuple[Chain, int]] = [((), way)]
        while waiting:
            chain, direction = waiting.pop()
            passed = {start, *held, *[link.end for link in chain]}
            last = len(chain) == steps - 1
            if not chain:
                # Where there is but a step more, it has to lead on to the end.
                nearby = end if steps == 2 and end >= 0 else None
                onward: Iterable[Link] = self.opening(start, way, asked, nearby).values()
            else:
                onward = self._onward(chain[-1].end, direction, end if last else -1)
            for link in onward:
                tried += 1
                if tried > EFFORT:
                    return chains, True
                if link.end in passed or (absent and direction > 0 and link.of_excess):
                    continue
                if chain and crossed(chain[-1], link, direction * chain[-1].sign):
                    continue
                if chain and end in (link.end, -1):
                    chains.append((*chain, link))
                goes_on = not last and link.sign and link.end not in endless
                leads = near is None or len(chain) < steps - 2 or link.end in near
                if goes_on and leads and link.end != end:
                    waiting.append(((*chain, link), direction * link.sign))
        return chains, False

    def _onward(self, quantity: int, way: int, end: int) -> Iterable[Link]:
        """The steps from a quantity to another, or to any where `end` is negative."""
        if end < 0:
            return self.links(quantity, way).values()
        link = self.link(quantity, end, way)
        return () if link is None else (link,)
