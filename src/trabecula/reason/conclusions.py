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
| 5    | a statement of a state of the one, or of its      | `suggested`                          |
|      | class; a chain of supported steps                 |                                      |
| 6    | a title; a weaker chain                           | `conceivable`                        |
| 7    | a chain of three steps, where asked for           | `suggested`, `conceivable`           |
| 8    | a sentence of the article; a chain with one       | `only-article`                       |

Where statements of the deciding rank differ in sign, the relation is `depends` if they looked in
different contexts or intervals, and `contested` if not. Chains that differ give `cannot-say`.

What statements of each rank say together is in `testimony`, where that holds in `where`, how chains
are ranked and vote in `votes`, and what rise and fall come to together in `both_ways`.

**Intervals.** A question about a lack is answered by what is said of the lack; what is said of the
quantity at large then only suggests. A question about the quantity is asked twice, for its rise and
for its fall, and says in which interval the answer holds. What starts to fall runs into a lack:
what is said of the lack applies, and what is needed falls short. What rises makes good no lack, and
what rises only because a cause is gone runs into no excess, and without what brings an excess about
nothing falls short. No chain says of an excess what is said of the lack.

**Chains.** A step goes from one quantity to another by what decides between the two, read alone. At
most `STEPS` acting steps make a conclusion, and never more than `MOST`; those of three decide only
where nothing shorter does, so that asking for more changes no answer that there is. Only the chains
with the fewest steps vote. A break of context between two steps takes the chain down a rank, and so
does a step of a lack, a need or an excess after one of which nobody says that it goes so far, and
one to a process that makes good the lack or takes off the excess, for what brought that about may
have done so through that process. So does a step of the severe alone after one that nobody calls
severe. What mends one extreme starts no chain by way of the other. Where what starts all that vote
is known to undo what they work through (see `votes`), it stays open. What has no direction
(`About.directionless`) raises and lowers nothing, is not raised or lowered, and no chain leads on
from it.

**Classes.** What is said of a class by its own name is suggested of its kinds, after all that was
read of these; supported chains of a kind that point the other way leave it open.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, cast

from trabecula.columns import Columns
from trabecula.quantities import EXCESS, INTERVALS, LACK, UNSAID
from trabecula.reason.both_ways import beside_its_lack, of_both
from trabecula.reason.concluded import (
    DIRECT,
    DISPUTED,
    IMPLIED,
    LONGER,
    SUPPORTED,
    WEAKER,
    Conclusion,
    turned,
    verb,
)
from trabecula.reason.links import APPLIES, Chain, Links
from trabecula.reason.sayings import CHANGES, NEEDS, Saying
from trabecula.reason.testimony import (
    of_article,
    of_association,
    of_change,
    of_need,
    of_states,
    of_title,
    without_direction,
    without_sign,
)
from trabecula.reason.votes import voted
from trabecula.reason.where import ids_of

#: The acting steps of a conclusion where nothing else is asked for, and the most there can be.
STEPS: Final = 2
MOST: Final = 3


class Conclusions(Links):
    """Answers questions about a graph; keeps what it worked out."""

    # --- Questions ------------------------------------------------------------------------------

    def between(self, start: int, end: int, steps: int = STEPS) -> Conclusion:
        """What follows for two entities, given by their numbers."""
        of, ways, intervals = self.quantities.of, self.quantities.ways, self.quantities.intervals
        first, last = of[start], of[end]
        turn = ways[start] * ways[end]
        if first == last:
            return self._named(start, end, turn)
        answers = [self.asked(first, last, *way, steps) for way in self.ways(start)]
        conclusion = of_both(*answers) if len(answers) == 2 else answers[0]
        if len(answers) == 2 or intervals[start] == EXCESS:
            conclusion = self.beside_its_lack(conclusion, first, last, steps)
        if conclusion.firm and intervals[end] and not self._spoken_of(conclusion, end):
            conclusion = conclusion._replace(relation="suggested", basis="", rank=SUPPORTED)
        return turned(conclusion, turn)._replace(asked=INTERVALS[intervals[start]])

    def beside_its_lack(
        self, conclusion: Conclusion, start: int, end: int, steps: int = STEPS
    ) -> Conclusion:
        """What follows from a rise of a quantity, or of it at large, beside what its lack does."""
        if start not in self.quantities.lacking:
            return conclusion
        return beside_its_lack(conclusion, self.asked(start, end, -1, LACK, steps))

    def _spoken_of(self, conclusion: Conclusion, end: int) -> bool:
        """Whether a statement that decides speaks of the lack or excess that an entity names."""
        of, intervals = self.quantities.of, self.quantities.intervals
        numbers = map(self.columns.number_of, conclusion.rests_on)
        return any(
            intervals[entity] == intervals[end]
            for number in numbers
            for entity in (self.columns.objects[number], self.columns.subjects[number])
            if of[entity] == of[end]
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
        every, stopped = self.chains(start, -1, way, asked, min(steps, MOST), held)
        for chain in every:
            chains.setdefault(chain[-1].end, []).append(chain)
        states = self.sayings.states(start)
        inherited = {
            saying.end
            for entity, name in self.sayings.classes(start)
            if self.quantities.of[entity] not in held
            for saying in self.sayings.of_class(entity, name)
        }
        return {
            end: self._decided(
                start, end, way, asked, between.get(end, []), chains.get(end, []), stopped
            )
            for end in sorted({*between, *chains, *states, *inherited}.difference(held, (start,)))
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
            end: self._decided(start, end, way, UNSAID, sayings, (), stopped=False)
            for end, sayings in between.items()
        }

    def asked(
        self, start: int, end: int, way: int, asked: int = UNSAID, steps: int = STEPS
    ) -> Conclusion:
        """What follows for one quantity if another changes one way."""
        sayings = self.sayings.towards(start, end) if steps <= STEPS else self.sayings.of(start)
        between = [saying for saying in sayings if saying.end == end]
        chains, stopped = self.chains(start, end, way, asked, min(steps, MOST))
        return self._decided(start, end, way, asked, between, chains, stopped)

    def _named(self, start: int, end: int, turn: int) -> Conclusion:
        """Two names of one quantity: what says that they are."""
        interval = INTERVALS[self.quantities.intervals[start]]
        numbers = self.quantities.naming(start, end)
        return Conclusion(
            relation=verb(turn), sign=turn, basis="defined", interval=interval, asked=interval,
            rests_on=tuple(self.columns.ids[number] for number in numbers), rank=DIRECT,
        )  # fmt: skip

    # --- Precedence -----------------------------------------------------------------------------

    def _decided(
        self, start: int, end: int, way: int, asked: int, between: Sequence[Saying],
        chains: Sequence[Chain], stopped: bool,
    ) -> Conclusion:  # fmt: skip
        """What follows if one quantity changes one way, by what is said of both and by chains."""
        if end in self.directionless or start in self.directionless:
            return without_direction(self.columns, between)
        sayings = [s for s in between if s.interval in APPLIES[way]] if between else []
        conclusion = self._by_statements(start, end, way, asked, sayings)
        conclusion = conclusion or self._by_class(start, end, way, asked, chains)
        if conclusion is None and (sayings or chains):  # as of few pairs
            conclusion = self._by_less(way, asked, sayings, chains, stopped)
        if conclusion is None:
            return Conclusion(stopped=stopped)
        if conclusion.sign and conclusion.rank in (SUPPORTED, WEAKER, LONGER):
            conclusion = self.tested(conclusion, start, end)
        return self._weighed(conclusion, between if asked == UNSAID else sayings, start, end)

    def _by_statements(
        self, start: int, end: int, way: int, asked: int, sayings: Sequence[Saying]
    ) -> Conclusion | None:
        """Ranks 1 to 5: what was read of the two, or of states of the first.

        Where states do the opposite of each other it depends on the state.
        """
        changing = [saying for saying in sayings if saying.kind == CHANGES]
        conclusion = of_change(self.columns, changing, way, asked) if changing else None
        if conclusion and (asked != UNSAID or not conclusion.interval):
            return conclusion
        state = self._by_states(start, end, way)
        if state and state.relation == "depends":
            return state._replace(rank=DISPUTED)
        if conclusion is None and sayings:  # of most pairs nothing is said
            conclusion = of_association(self.columns, sayings) or of_need(
                self.columns, sayings, way
            )
        return conclusion or state

    def _by_states(self, start: int, end: int, way: int) -> Conclusion | None:
        """By states of the first; more of a state says nothing of less of the thing."""
        stated = self.sayings.states(start).get(end) if way > 0 else None
        if not stated:
            return None
        return of_states(self.columns, [s for s in stated if s.interval in APPLIES[1]])

    def _by_less(
        self, way: int, asked: int, sayings: Sequence[Saying], chains: Sequence[Chain],
        stopped: bool,
    ) -> Conclusion | None:  # fmt: skip
        """Ranks 5 to 8: chains, titles and the article."""
        columns = self.columns
        few = [chain for chain in chains if len(chain) <= STEPS]
        short = voted(self, few, way, asked, stopped=stopped)
        if short and short.rank < WEAKER:
            return short
        conclusion = (of_title(columns, sayings, way) if sayings else None) or short
        if conclusion and conclusion.rank < IMPLIED:
            return conclusion
        many = [chain for chain in chains if len(chain) > STEPS]
        longer = voted(self, many, way, asked, stopped=stopped)
        if longer and longer.rank < IMPLIED:
            return longer._replace(rank=LONGER)
        return (
            of_article(columns, sayings, way)
            or conclusion
            or longer
            or without_sign(columns, sayings)
        )

    def _by_class(
        self, start: int, end: int, way: int, asked: int, chains: Sequence[Chain]
    ) -> Conclusion | None:
        """By what is said of a class that the first is of; open where its own chains oppose that.

        What is contested of a class, or depends, says nothing of one kind of it.
        """
        classes = self.sayings.classes(start)
        if not classes:  # as of most
            return None
        inherited = of_states(self.columns, [
            saying
            for entity, name in classes
            if self.quantities.of[entity] not in self.directionless
            for saying in self.sayings.of_class(entity, name, end)
            if (saying.interval == LACK) == (way < 0)
        ])  # fmt: skip
        if inherited is None or inherited.relation != "suggested" or not inherited.sign:
            return None
        few = [chain for chain in chains if len(chain) <= STEPS]
        own = voted(self, few, way, asked, stopped=False)
        if own is None or own.rank > SUPPORTED or own.sign != -inherited.sign:
            return inherited
        rests_on = tuple(dict.fromkeys((*inherited.rests_on, *own.rests_on)))
        return Conclusion(relation="cannot-say", rests_on=rests_on, steps=own.steps, rank=SUPPORTED)

    # --- What goes with a conclusion ------------------------------------------------------------

    def tested(self, conclusion: Conclusion, start: int, end: int) -> Conclusion:
        """A hypothesis that was tested, and found not to be so, is contested.

        That two things were not seen to vary together tests nothing: nobody changed the one.
        """
        denied = self.denying(start, end, conclusion.sign)
        if not denied:
            return conclusion
        ids = tuple(self.columns.ids[number] for number in denied)
        return conclusion._replace(
            relation="contested", sign=None, settled=False, against=ids, path=()
        )

    def _weighed(
        self, conclusion: Conclusion, between: Sequence[Saying], start: int, end: int
    ) -> Conclusion:
        """The conclusion with what else is said of the two directly."""
        denials = self.sayings.denied(start, end)
        sign = conclusion.sign
        if sign is None or not (between or denials):
            return conclusion
        rest = [saying for saying in between if saying.sign and saying.kind != NEEDS]
        opposed = ids_of(self.columns, [saying for saying in rest if saying.sign == -sign])
        denied = [self.columns.ids[number] for number, would_be in denials if would_be == sign]
        same = ids_of(self.columns, [saying for saying in rest if saying.sign == sign])
        also = tuple(key for key in same if key not in conclusion.rests_on)
        if not (opposed or denied or also):
            return conclusion
        against = tuple(dict.fromkeys((*opposed, *denied, *conclusion.against)))
        return conclusion._replace(against=against, also=also)


def conclusions_of(columns: Columns, kept: bytes | None = None) -> Conclusions:
    """The conclusions of a graph, worked out once and kept with its columns.

    `kept` marks the statements that are followed, by number, None for all but refuted ones; from
    others than those that are followed anyhow it is concluded anew each time.
    """
    make = columns.derived.get("Conclusions", Conclusions)  # a store has its own
    if kept is not None and kept != columns.followed:
        return cast("Conclusions", make(columns, kept))
    conclusions = columns.derived.get("conclusions")
    if conclusions is None:
        conclusions = columns.derived["conclusions"] = make(columns)
    return cast("Conclusions", conclusions)
