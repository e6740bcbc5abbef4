"""What follows from all statements together for one quantity and another: the one place of rules.

A verb of change needs a source that spoke of the two. What rests on less is a hypothesis and says
on what. The first of these ranks that has anything decides; what lies below is told as agreeing or
against:

| rank | what                                              | relation                             |
|------|---------------------------------------------------|--------------------------------------|
| 1    | a statement of the two, read, nobody disputes it  | `raises`, `lowers`                   |
| 2    | one that is disputed, or from animals and cells   | `contested`; `raises`, `lowers`      |
|      | states of the one that do the opposite            | `depends`                            |
| 3    | the two were observed together                    | `goes-with-more`, `goes-with-less`   |
| 4    | a statement of a need                             | `needed-for`                         |
| 5    | a statement of a state of the one; a chain of     | `suggested`                          |
|      | supported steps                                   |                                      |
| 6    | a title; a weaker chain                           | `conceivable`                        |
| 7    | a chain of three steps, where asked for           | `suggested`, `conceivable`           |
| 8    | a sentence of the article; a chain with one       | `only-article`                       |

Where statements of the deciding rank differ in sign, the relation is `depends` if they looked in
different contexts or intervals, and `contested` if not. Chains that differ give `cannot-say`.

**Intervals.** A question about a lack is answered by what is said of the lack; what is said of the
quantity at large then only suggests. A question about the quantity is asked twice, for its rise and
for its fall, and says in which interval the answer holds. What starts to fall runs into a lack:
what is said of the lack applies, and what is needed falls short. What rises makes good no lack, and
what rises only because a cause is gone runs into no excess. No chain says of an excess what is said
of the lack.

**Chains.** A step goes from one quantity to another by what decides between the two, read alone. At
most `STEPS` acting steps make a conclusion, and never more than `MOST`; those of three decide only
where nothing shorter does, so that asking for more changes no answer that there is. Only the chains
with the fewest steps vote. A break of context between two steps takes the chain down a rank, and so
does a step of a lack, a need or an excess after one of which nobody says that it goes so far, and
one to a process that makes good the lack or takes off the excess, for what brought that about may
have done so through that process. What has no direction (`About.directionless`) raises and lowers
nothing, is not raised or lowered, and no chain leads on from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from typing import Final

from trabecula.context import apart, settings
from trabecula.quantities import EXCESS, INTERVALS, LACK, UNSAID
from trabecula.reason.concluded import (
    DIRECT,
    DISPUTED,
    LONGER,
    NEEDED,
    NOTHING,
    OBSERVED,
    SAID,
    SUPPORTED,
    UNSIGNED,
    WEAKER,
    Case,
    Conclusion,
    turned,
)
from trabecula.reason.links import APPLIES, Chain, Link, Links, nearest, spared
from trabecula.reason.sayings import (
    ARTICLE,
    CHANGES,
    DOUBTED,
    GOES_WITH,
    NEEDS,
    READ,
    WEAK,
    Saying,
    best_tier,
)  # fmt: skip
from trabecula.standing import basis
from trabecula.vocabulary import BASES

#: The acting steps of a conclusion where nothing else is asked for, and the most there can be.
STEPS: Final = 2
MOST: Final = 3


_BY_CHAIN: Final = {SUPPORTED: "suggested", WEAKER: "conceivable", SAID: "only-article"}


class Conclusions(Links):
    """Answers questions about a graph; keeps what it worked out."""

    # --- Questions ------------------------------------------------------------------------------

    def between(self, start: int, end: int, steps: int = STEPS) -> Conclusion:
        """What follows for two entities, given by their numbers."""
        q = self.quantities
        first, last = q.of[start], q.of[end]
        turn = q.ways[start] * q.ways[end]
        if first == last:
            return self._named(start, end, turn)
        answers = [self.asked(first, last, *way, steps) for way in self.ways(start)]
        found = _both(*answers) if len(answers) == 2 else answers[0]
        excess = q.intervals[start] == EXCESS
        if (len(answers) == 2 or excess) and first in q.lacking:
            found = _beside_its_lack(found, self.asked(first, last, -1, LACK, steps))
        if found.firm and q.intervals[end] and not self._spoken_of(found, end):
            found = found._replace(relation="suggested", basis="", rank=SUPPORTED)
        return turned(found, turn)._replace(asked=INTERVALS[q.intervals[start]])

    def _spoken_of(self, found: Conclusion, end: int) -> bool:
        """Whether a statement that decides speaks of the lack or excess that an entity names."""
        interval = self.quantities.intervals[end]
        numbers = map(self.columns.number_of, found.rests_on)
        return any(
            self.quantities.intervals[entity] == interval
            for number in numbers
            for entity in (self.columns.objects[number], self.columns.subjects[number])
            if self.quantities.of[entity] == self.quantities.of[end]
        )

    def ways(self, entity: int) -> tuple[tuple[int, int], ...]:
        """In which ways the quantity of an entity is asked about, and in which interval.

        Of a lack it is the fall, of an excess the rise, of what happens to a body or is done to it
        that it does: that it does not is no change. Of all else both.
        """
        asked = self.quantities.intervals[entity]
        if asked == LACK:
            return ((-1, LACK),)
        if self.befalls(self.quantities.of[entity]):
            return ((1, UNSAID),)
        return ((1, EXCESS),) if asked == EXCESS else ((1, UNSAID), (-1, UNSAID))

    def following(
        self, start: int, way: int, asked: int, steps: int = STEPS, held: Collection[int] = ()
    ) -> dict[int, Conclusion]:
        """By quantity what follows if one changes one way, none of those held being passed.

        The signs are those of the quantities: +1 where the other changes the same way.
        """
        between: dict[int, list[Saying]] = {}
        for saying in self.sayings.of(start):
            between.setdefault(saying.end, []).append(saying)
        chains: dict[int, list[Chain]] = {}
        found, stopped = self.chains(start, -1, way, asked, min(steps, MOST), held)
        for chain in found:
            chains.setdefault(chain[-1].end, []).append(chain)
        states = self.sayings.states(start)
        return {
            end: self._decided(
                start, end, way, asked, between.get(end, []), chains.get(end, []), stopped
            )
            for end in sorted({*between, *chains, *states}.difference(held, (start,)))
        }

    def directly(self, start: int, way: int, ends: Collection[int]) -> dict[int, Conclusion]:
        """By end what is said of a quantity that changes one way and each of these, no chain asked.

        The signs are those of the quantities, as in `following`.
        """
        between: dict[int, list[Saying]] = {end: [] for end in ends}
        for saying in self.sayings.of(start):
            if saying.end in between:
                between[saying.end].append(saying)
        return {
            end: self._decided(start, end, way, UNSAID, said, (), stopped=False)
            for end, said in between.items()
        }

    def _named(self, start: int, end: int, turn: int) -> Conclusion:
        """Two names of one quantity: what says that they are."""
        interval = INTERVALS[self.quantities.intervals[start]]
        numbers = self.quantities.naming(start, end)
        return Conclusion(
            relation=_verb(turn), sign=turn, basis="defined", interval=interval, asked=interval,
            rests_on=tuple(self.columns.ids[number] for number in numbers), rank=DIRECT,
        )  # fmt: skip

    def asked(
        self, start: int, end: int, way: int, asked: int = UNSAID, steps: int = STEPS
    ) -> Conclusion:
        """What follows for one quantity if another changes one way."""
        said = self.sayings.towards(start, end) if steps <= STEPS else self.sayings.of(start)
        between = [saying for saying in said if saying.end == end]
        chains, stopped = self.chains(start, end, way, asked, min(steps, MOST))
        return self._decided(start, end, way, asked, between, chains, stopped)

    def _decided(
        self, start: int, end: int, way: int, asked: int, between: Sequence[Saying],
        chains: Sequence[Chain], stopped: bool,
    ) -> Conclusion:  # fmt: skip
        """What the first rank that has anything says."""
        if end in self.directionless or start in self.directionless:
            return self._without_direction(between)
        said = [saying for saying in between if saying.interval in APPLIES[way]] if between else []
        changing = [saying for saying in said if saying.kind == CHANGES] if said else []
        found = self._direct(changing, way, asked) if changing else None
        if found is None or (asked == UNSAID and found.interval):
            found = self._beside_states(found, said, start, end, way)
        if found is None and chains:
            found = self._chained([c for c in chains if len(c) <= STEPS], way, stopped)
        if said and (found is None or found.rank >= WEAKER):
            found = self._titled(said, way) or found
        if found is None or found.rank == SAID:
            further = self._chained([c for c in chains if len(c) > STEPS], way, stopped)
            if further and further.rank < SAID:
                found = further._replace(rank=LONGER)
            else:
                found = self._article(said, way) or found or further
        if found and found.sign and found.rank in (SUPPORTED, WEAKER, LONGER):
            found = self._tested(found, start, end)
        if found is None:
            unsigned = [s for s in changing if not s.sign and s.tier != ARTICLE]
            if not unsigned:
                return Conclusion(stopped=stopped)
            found = Conclusion(
                relation="cannot-say", rests_on=self._ids(unsigned), rank=UNSIGNED, steps=1
            )
        return self._weighed(found, between if asked == UNSAID else said, start, end)

    def _beside_states(
        self, found: Conclusion | None, said: Sequence[Saying], start: int, end: int, way: int
    ) -> Conclusion | None:
        """What was found, was observed or is needed, or by what is said of states of the first.

        Where these do the opposite of each other it depends on the state.
        """
        state = self._state(start, end, way)
        if state and state.relation == "depends":
            return state._replace(rank=DISPUTED)
        if found is None and said:  # of most pairs nothing is said, and only chains lead there
            found = self._observed(said) or self._needed(said, way)
        return found or state

    def _without_direction(self, between: Sequence[Saying]) -> Conclusion:
        """Of what there is no more and no less it is only said that it acts, or is acted on."""
        acting = [s for s in between if s.kind in (CHANGES, NEEDS)]
        founded = [saying for saying in acting if saying.tier != ARTICLE]
        if not acting:
            return Conclusion()
        return Conclusion(
            relation="cannot-say" if founded else "only-article",
            rests_on=self._ids(founded or acting), rank=UNSIGNED if founded else SAID, steps=1,
        )  # fmt: skip

    def _tested(self, found: Conclusion, start: int, end: int) -> Conclusion:
        """A hypothesis that was tested, and found not to be so, is contested.

        That two things were not seen to vary together tests nothing: nobody changed the one.
        """
        denials = self.sayings.denied(start, end)
        if not denials:
            return found
        correlates = self.sayings.correlates
        denied = [n for n, sign in denials if sign == found.sign and not correlates(n)]
        if not denied:
            return found
        ids = tuple(self.columns.ids[number] for number in denied)
        return found._replace(relation="contested", sign=None, against=ids, path=())

    # --- Ranks ------------------------------------------------------------------------------------

    def _direct(self, changing: Sequence[Saying], way: int, asked: int) -> Conclusion | None:
        """By statements of the two that were read.

        Where it falls those decide that speak of a lack, where it rises those that speak of an
        excess, and only then the others.
        """
        exact = [saying for saying in changing if saying.interval == (LACK if way < 0 else EXCESS)]
        deciding = _read(exact) or _read(changing)
        if not deciding:
            return None
        rank = DIRECT if deciding[0].tier == READ else DISPUTED
        found = self._agreed(deciding, rank)
        general = asked != UNSAID and all(s.interval != asked for s in deciding)
        if found.firm and general:
            return found._replace(relation="suggested", basis="", rank=SUPPORTED, steps=1)
        return found

    def _agreed(self, deciding: Sequence[Saying], rank: int) -> Conclusion:
        """What statements of one rank say together."""
        signs = {saying.sign for saying in deciding}
        ids = self._ids(deciding)
        interval = _interval(deciding)
        if len(signs) == 2:
            differ = self._differ(deciding)
            return Conclusion(
                relation="depends" if differ else "contested",
                contexts=self._cases(deciding) if differ else (),
                rests_on=ids, interval=interval, steps=1, rank=rank,
            )  # fmt: skip
        (sign,) = signs
        clean = [saying for saying in deciding if not saying.contested]
        if not clean:
            denied = self._denied_elsewhere(deciding)
            return Conclusion(
                relation="depends" if denied else "contested", sign=sign,
                contexts=self._cases(deciding) if denied else (), rests_on=ids,
                interval=interval, steps=1, rank=rank,
            )  # fmt: skip
        statements = [self.columns.statements[saying.statement] for saying in clean]
        bases = {basis(statement.evidence) for statement in statements}
        return Conclusion(
            relation=_verb(sign), sign=sign, interval=interval,
            basis=next((name for name in BASES if name in bases), ""),
            contexts=self._narrow(clean, sign), rests_on=ids, steps=1, rank=rank,
        )  # fmt: skip

    def _observed(self, said: Sequence[Saying]) -> Conclusion | None:
        """By associations."""
        deciding = best_tier(s for s in said if s.kind == GOES_WITH and s.tier <= DOUBTED)
        if not deciding:
            return None
        ids = self._ids(deciding)
        signs = {saying.sign for saying in deciding}
        if len(signs) == 2 or all(saying.contested for saying in deciding):
            return Conclusion(
                relation="contested", sign=signs.pop() if len(signs) == 1 else None,
                rests_on=ids, steps=1, rank=OBSERVED,
            )  # fmt: skip
        (sign,) = signs
        return Conclusion(
            relation="goes-with-more" if sign > 0 else "goes-with-less",
            sign=sign, interval=_interval(deciding), rests_on=ids, steps=1, rank=OBSERVED,
        )  # fmt: skip

    def _needed(self, said: Sequence[Saying], way: int) -> Conclusion | None:
        """By a need, of which only a shortfall is passed on."""
        read = [s for s in said if s.kind == NEEDS and s.tier <= DOUBTED]
        if way > 0 or not read:
            return None
        deciding = [saying for saying in read if not saying.contested]
        return Conclusion(
            relation="needed-for" if deciding else "contested", sign=1, interval="lack",
            rests_on=self._ids(deciding or read), steps=1, rank=NEEDED,
        )  # fmt: skip

    def _state(self, start: int, end: int, way: int) -> Conclusion | None:
        """By what is said of states of the first, such as its intermittent release."""
        if way < 0:  # more of a state says nothing of less of the thing
            return None
        stated = self.sayings.states(start).get(end)
        if not stated:
            return None
        said = [saying for saying in stated if saying.interval in APPLIES[1]]
        deciding = [s for s in best_tier(said) if s.tier <= DOUBTED]
        if not deciding:
            return None
        found = self._agreed(deciding, SUPPORTED)
        if not found.firm:
            return found
        return found._replace(relation="suggested", basis="", contexts=self._cases(deciding))

    def _titled(self, said: Sequence[Saying], way: int) -> Conclusion | None:
        """By titles, or by statements that name no evidence: of a change, else of a need."""
        titled = [s for s in said if s.tier == WEAK and s.sign]
        changing = nearest([saying for saying in titled if saying.kind == CHANGES])
        needed = [saying for saying in titled if saying.kind == NEEDS and way < 0]
        deciding = changing or needed
        signs = {saying.sign for saying in deciding}
        if len(signs) != 1:
            return None
        return Conclusion(
            relation="conceivable", sign=signs.pop(),
            interval=_interval(deciding) if changing else "lack",
            rests_on=self._ids(deciding), steps=1, rank=WEAKER,
        )  # fmt: skip

    def _article(self, said: Sequence[Saying], way: int) -> Conclusion | None:
        """By sentences of the article about the two."""
        kinds = (CHANGES, GOES_WITH, NEEDS) if way < 0 else (CHANGES, GOES_WITH)
        deciding = [s for s in said if s.kind in kinds and s.tier == ARTICLE and s.sign]
        signs = {saying.sign for saying in deciding}
        if not signs:
            return None
        return Conclusion(
            relation="only-article", sign=signs.pop() if len(signs) == 1 else None,
            interval=_interval(deciding), rests_on=self._ids(deciding), steps=1, rank=SAID,
        )  # fmt: skip

    # --- Chains -------------------------------------------------------------------------------

    def _chained(self, chains: Sequence[Chain], way: int, stopped: bool) -> Conclusion | None:
        """By chains: those of the best rank, and of these the shortest, vote."""
        if not chains:
            return None
        ranks = list(map(self.rank, chains))
        if len(chains) == 1:  # as lead to most
            voting, rank, fewest = chains, ranks[0], len(chains[0])
        else:
            rank = min(ranks)
            of_rank = [chain for each, chain in zip(ranks, chains, strict=True) if each == rank]
            fewest = min(map(len, of_rank))
            voting = [chain for chain in of_rank if len(chain) == fewest]
        signs = set(map(_sign, voting))
        ids = self._passed(voting)
        sign = signs.pop() if len(signs) == 1 else 0
        relation = _BY_CHAIN[rank]
        against: tuple[str, ...] = ()
        if not sign:
            relation = "only-article" if rank == SAID else "cannot-say"
        elif rank < SAID and len(voting) < len(chains):
            opposed = [
                chain
                for each, chain in zip(ranks, chains, strict=True)
                if each < SAID and _sign(chain) == -sign
            ]
            against = tuple(i for i in self._passed(opposed) if i not in ids)
        return Conclusion(
            relation=relation, sign=sign or None, rests_on=ids, steps=fewest, rank=rank,
            interval=_of_chains(voting, way) if sign else "", stopped=stopped, against=against,
            path=ids if len(voting) == 1 else self._passed(voting[:1]),
        )  # fmt: skip

    def by_chain(self, chain: Chain) -> Conclusion:
        """What is settled by all ways together, told by one chain of any length."""
        rank = self.rank(chain)
        sign = _sign(chain)
        ids = self._passed([chain])
        return Conclusion(
            relation=_BY_CHAIN[rank], sign=sign, settled=True, rests_on=ids, path=ids,
            steps=len(chain), rank=rank,
        )  # fmt: skip

    def _passed(self, chains: Iterable[Chain]) -> tuple[str, ...]:
        """The ids of the statements that chains rest on, in their order."""
        ids = self.columns.ids
        every = [ids[s.statement] for chain in chains for link in chain for s in link.sayings]
        return tuple(dict.fromkeys(every))

    def rank(self, chain: Chain) -> int:
        """The rank of a chain by its weakest step and its breaks of context."""
        worst = max(map(_tier_of, chain))
        if worst == ARTICLE:
            return SAID
        if worst > READ:
            return WEAKER
        for one, other in pairwise(chain):
            if spared(one, other) or self.broken(one, other) or self.answers(other):
                return WEAKER
        return SUPPORTED

    # --- What goes with a conclusion ------------------------------------------------------------

    def _weighed(
        self, found: Conclusion, between: Sequence[Saying], start: int, end: int
    ) -> Conclusion:
        """The conclusion with what else is said of the two directly."""
        denials = self.sayings.denied(start, end)
        if found.sign is None or not (between or denials):
            return found
        rest = [s for s in between if s.sign and s.kind != NEEDS]
        against = self._ids([s for s in rest if s.sign == -found.sign])
        denied = [self.columns.ids[number] for number, sign in denials if sign == found.sign]
        same = self._ids([s for s in rest if s.sign == found.sign])
        also = tuple(i for i in same if i not in found.rests_on)
        if not (against or denied or also):
            return found
        every = tuple(dict.fromkeys((*against, *denied, *found.against)))
        return found._replace(against=every, also=also)

    def _differ(self, deciding: Sequence[Saying]) -> bool:
        """Whether all that raises looked elsewhere than all that lowers."""
        places = self.columns.settings

        def told_apart(one: Saying, other: Saying) -> bool:
            if one.state != other.state:
                return True
            if UNSAID not in (one.interval, other.interval) and one.interval != other.interval:
                return True
            return bool(apart(places[one.statement], places[other.statement]))

        return all(
            told_apart(one, other)
            for one in deciding
            for other in deciding
            if one.sign > 0 > other.sign
        )

    def _denied_elsewhere(self, deciding: Sequence[Saying]) -> bool:
        """Whether all who dispute these statements looked elsewhere than all who support them."""

        def elsewhere(number: int) -> bool:
            here = self.columns.settings[number]
            there = settings(self.columns.statements[number], self.columns.words, "disputes")
            return bool(here and there) and bool(apart(here, there))

        return all(elsewhere(saying.statement) for saying in deciding)

    def _cases(self, deciding: Sequence[Saying]) -> tuple[Case, ...]:
        """What holds where, one case for each sign, state, interval and context."""
        cases: dict[Case, list[Saying]] = {}
        for saying in deciding:
            state = self.columns.entities[saying.state] if saying.state >= 0 else ""
            for context in self.columns.settings[saying.statement] or ((),):
                case = Case(_verb(saying.sign), INTERVALS[saying.interval], context, state)
                cases.setdefault(case, []).append(saying)
        return tuple(replace(case, statements=self._ids(said)) for case, said in cases.items())

    def _narrow(self, deciding: Sequence[Saying], sign: int) -> tuple[Case, ...]:
        """Where it holds, if every deciding statement says of itself where it does."""
        qualified = [self.columns.statements[saying.statement].qualifiers for saying in deciding]
        if not all(qualified):
            return ()
        return tuple(Case(_verb(sign), "", context) for context in dict.fromkeys(qualified))

    def _ids(self, sayings: Iterable[Saying]) -> tuple[str, ...]:
        ids = self.columns.ids
        return tuple(dict.fromkeys([ids[saying.statement] for saying in sayings]))


def _verb(sign: int) -> str:
    return "raises" if sign > 0 else "lowers"


_tier_of = attrgetter("tier")


def _sign(chain: Iterable[Link]) -> int:
    sign = 1
    for link in chain:
        sign *= link.sign
    return sign


def _read(sayings: Sequence[Saying]) -> list[Saying]:
    """Those of the best tier that have a sign, if sources were read for it."""
    return nearest([saying for saying in best_tier(sayings) if saying.tier <= DOUBTED])


def _interval(sayings: Sequence[Saying]) -> str:
    """The interval that all of them name; empty where they do not."""
    if len(sayings) == 1:
        return INTERVALS[sayings[0].interval]
    intervals = {saying.interval for saying in sayings}
    return INTERVALS[intervals.pop()] if len(intervals) == 1 else ""


def _of_chains(chains: Sequence[Chain], way: int) -> str:
    """The interval in which chains hold: that of their first steps, where all have the same."""
    if way < 0 and all(map(_is_of_need, chains)):
        return "lack"
    found = {_interval(chain[0].sayings) for chain in chains}
    return found.pop() if len(found) == 1 else ""


def _is_of_need(chain: Chain) -> bool:
    return any(saying.kind == NEEDS for link in chain for saying in link.sayings)


def _both(rise: Conclusion, fall: Conclusion) -> Conclusion:
    """What follows for a quantity of which it is not said whether it rises or falls."""
    if rise == fall or fall.rank == NOTHING:
        return rise
    if rise.rank == NOTHING:
        return fall._replace(interval=fall.interval or "lack")
    opposed = rise.sign is not None and fall.sign == -rise.sign
    apart = opposed and max(rise.rank, fall.rank) <= WEAKER
    if rise.rank != fall.rank and not (apart and (rise.rank < fall.rank or fall.firm == rise.firm)):
        best, other = sorted((rise, fall), key=lambda found: found.rank)
        against = (*best.against, *(i for i in other.rests_on if opposed and other.rank < SAID))
        interval = best.interval or ("lack" if best is fall else "")
        return best._replace(interval=interval, against=tuple(dict.fromkeys(against)))
    ids = tuple(dict.fromkeys((*rise.rests_on, *fall.rests_on)))
    if rise.sign == fall.sign and rise.relation == fall.relation:
        interval = rise.interval if rise.interval == fall.interval else ""
        return rise._replace(
            interval=interval, rests_on=ids,
            also=tuple(i for i in dict.fromkeys((*rise.also, *fall.also)) if i not in ids),
            against=tuple(dict.fromkeys((*rise.against, *fall.against))),
            contexts=tuple(dict.fromkeys((*rise.contexts, *fall.contexts))),
        )  # fmt: skip
    if opposed and (rise.firm or fall.firm):
        cases = tuple(
            Case(found.relation, found.interval or place, statements=found.rests_on)
            for found, place in ((rise, ""), (fall, "lack"))
        )
        return Conclusion(relation="depends", contexts=cases, rests_on=ids, steps=1, rank=rise.rank)
    for found in (rise, fall):
        if found.relation in ("depends", "contested"):
            return found._replace(sign=None) if opposed else found
    if rise.rank == SAID:
        return rise._replace(sign=None, rests_on=ids)
    return Conclusion(
        relation="cannot-say", rests_on=ids, steps=max(rise.steps, fall.steps),
        rank=min(rise.rank, fall.rank),
    )  # fmt: skip


def _beside_its_lack(found: Conclusion, lack: Conclusion) -> Conclusion:
    """What chains say of a quantity at large or of an excess of it, where its lack does the same.

    A lack and its quantity do not both raise a thing: where only chains say so, nothing follows.
    """
    chains = SUPPORTED <= found.rank <= WEAKER and lack.rank <= WEAKER
    if not (chains and found.sign and lack.sign == -found.sign):
        return found
    return Conclusion(
        relation="cannot-say",
        rests_on=tuple(dict.fromkeys((*found.rests_on, *lack.rests_on))),
        steps=max(found.steps, lack.steps),
        rank=found.rank,
    )
