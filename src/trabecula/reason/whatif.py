"""What would follow if something went up or down.

Each change is carried from quantity to quantity by the rules of `conclusions`: what decides between
two is what a question about the two would get, and two or three acting steps are the most that make
a conclusion. Several changes at once are taken together: where they agree the better founded one is
told; where they do not, nothing follows. What is changed or held fixed keeps its value: nothing
enters it.

The question starts from the normal state. What goes down falls short, so that what is said of its
lack applies and what needs it falls with it; what goes up makes good no lack. For that, let the
lack go down: a lack or an excess that goes is asked about as one that is there, and what it does
goes back. It runs into nothing on the other side. A rise does nothing by chains alone that a lack
does as well.

Feedback is not walked round. Where the signs of a system at equilibrium decide by themselves how it
answers a lasting change, loops and all, the outcome is *settled* (see `settle`); such a sign does
not depend on the number of steps. Everything else holds within so many steps. Nothing is said of
strengths, delays and thresholds, because the graph holds none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from trabecula.errors import SelectionError, require_text
from trabecula.names import Names
from trabecula.quantities import LACK
from trabecula.reason.both_ways import beside_its_lack
from trabecula.reason.concluded import (  # fmt: skip
    DIRECT,
    IMPLIED,
    NOTHING,
    OBSERVED,
    SUPPORTED,
    Conclusion,
    turned,
)
from trabecula.reason.conclusions import MOST, STEPS, Conclusions  # fmt: skip
from trabecula.reason.links import Link
from trabecula.reason.search import require_steps
from trabecula.reason.settle import settle_kept
from trabecula.reason.votes import by_chain
from trabecula.uncollected import uncollected

#: The most quantities that are looked at to find what is settled.
REACH: Final = 2_000
DIRECTIONS: Final = {"up": 1, "down": -1}
#: What can become of a quantity, by the direction that its conclusion has.
OUTCOMES: Final = {
    "up": "more of it",
    "down": "less of it",
    "open": "something acts on it, in a direction that does not follow",
    "implied": "only the article implies more or less of it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of one quantity, told of the entity that stands for it.

    `way` is +1 where it rises, -1 where it falls and 0 where that does not follow. The signs of
    the conclusion are those of the change: +1 where it rises. `names` are the other entities that
    are names of the quantity, each with +1 or, for names of a lack, -1.
    """

    entity: str
    way: int
    conclusion: Conclusion
    causes: tuple[str, ...]  # the changed entities from which it follows
    names: tuple[tuple[str, int], ...] = ()

    @property
    def verdict(self) -> str:
        """One of `OUTCOMES`."""
        if self.conclusion.relation == "only-article":
            return "implied"
        return {1: "up", -1: "down", 0: "open"}[self.way]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The outcomes, the best founded and nearest first, of what was changed with the rest free."""

    changed: tuple[tuple[str, int], ...]
    fixed: tuple[str, ...]
    names: tuple[str, ...]  # other names of what is changed, which move with it
    steps: int
    outcomes: tuple[Outcome, ...]
    unreached: int  # quantities of which nothing follows
    stopped: bool = False  # whether the search stopped at its bound

    def way(self, entity: str) -> int | None:
        """+1 where an entity rises, -1 where it falls, 0 where it is open; None if unreached."""
        for outcome in self.outcomes:
            for name, way in ((outcome.entity, 1), *outcome.names):
                if name == entity:
                    return outcome.way * way
        return None


def assume(
    names: Names, texts: Iterable[str], *, seen: bool = False
) -> tuple[dict[str, int], tuple[str, ...]]:
    """What texts such as `magnesium=down` and `calcitriol=fixed` assume: changes and what is held.

    What is `seen` goes up or down, and is not held. Raises `SelectionError` where one cannot be
    read, two contradict each other or nothing is changed, and `NotFound` for a name that no entity
    answers to.

    >>> from trabecula.graph import Graph
    >>> assume(Graph().names, ["magnesium=sideways"])
    Traceback (most recent call last):
        ...
    trabecula.errors.SelectionError: 'magnesium=sideways': write name=up, name=down or name=fixed
    """
    directions: dict[str, str] = {}
    for text in texts:
        require_text(text, "what is assumed, such as magnesium=down,")
        name, _, value = text.rpartition("=")
        if not name.strip() or value not in (*DIRECTIONS, "fixed"):
            ways = "name=up or name=down" if seen else "name=up, name=down or name=fixed"
            raise SelectionError(f"{text!r}: write {ways}")
        if seen and value == "fixed":
            raise SelectionError("what is seen goes up or down; nothing can be fixed here")
        entity = names.id_of(name)
        if directions.setdefault(entity, value) != value:
            raise SelectionError(f"{entity} cannot be both {directions[entity]} and {value}")
    changed = {key: DIRECTIONS[value] for key, value in directions.items() if value in DIRECTIONS}
    if not changed:
        nothing = "nothing is seen" if seen else "nothing is changed"
        raise SelectionError(f"{nothing}: write name=up or name=down for something")
    return changed, tuple(sorted(set(directions) - set(changed)))


@uncollected
def whatif(
    conclusions: Conclusions,
    changed: Mapping[str, int],
    fixed: Iterable[str] = (),
    *,
    steps: int = STEPS,
) -> WhatIf:
    """What follows if entities go up (+1) or down (-1), others held fixed, by their ids.

    Raises `SelectionError` where two names of one quantity are changed against each other, or the
    steps are none that a conclusion can have.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence, Statement
    >>> read = (Evidence(source="a", strength="review"),)
    >>> conclusions = Conclusions(Graph([
    ...     Statement(subject="activation", predicate="requires", object="zinc", evidence=read),
    ...     Statement(subject="activation", predicate="has_output", object="form", evidence=read),
    ... ]).columns)
    >>> outcomes = whatif(conclusions, {"zinc": -1}).outcomes
    >>> [(o.entity, o.verdict, o.conclusion.steps) for o in outcomes]
    [('activation', 'down', 1), ('form', 'down', 2)]
    """
    require_steps(steps, MOST, "a conclusion")
    columns, quantities = conclusions.columns, conclusions.quantities
    changes = _changes(conclusions, changed)
    fixed = tuple(sorted(set(fixed)))
    numbers = map(columns.number, fixed)
    held = {quantities.of[number] for number in numbers if number >= 0} | set(changes)
    answers = _settled(conclusions, changes, held)
    by_end: dict[int, list[tuple[str, Conclusion]]] = {}
    stopped = False
    for start, change in sorted(changes.items()):
        rest = held - {start}
        for end, conclusion in _following(conclusions, start, change, steps, rest).items():
            stopped = stopped or conclusion.stopped
            if (
                conclusion.rank != NOTHING
                and end not in held
                and not (conclusion.rank == OBSERVED and conclusions.comes_from_outside(end))
            ):
                by_end.setdefault(end, []).append((change.entity, turned(conclusion, change.way)))
    outcomes = [
        _outcome(conclusions, end, by_end.get(end, []), answers.get(end))
        for end in sorted({*by_end, *answers} - held)
    ]
    outcomes.sort(key=_order)
    named = (columns.entities[name] for start in changes for name in quantities.names(start))
    return WhatIf(
        changed=tuple(sorted(changed.items())),
        fixed=fixed,
        names=tuple(sorted(set(named).difference(changed, fixed))),
        steps=steps,
        outcomes=tuple(outcomes),
        unreached=len(quantities.all) - len({*by_end, *answers, *held}),
        stopped=stopped,
    )


def _order(outcome: Outcome) -> tuple[int, int, int, str]:
    """The best founded first, and of these what is settled, then the nearest."""
    conclusion = outcome.conclusion
    return conclusion.rank, not conclusion.settled, conclusion.steps, outcome.entity


class _Change(NamedTuple):
    """How a quantity is changed: the entity that is named, and the way of the quantity.

    Of a lack or an excess, whether it comes or goes, it is asked what follows as it comes.
    """

    entity: str
    way: int
    asked_way: int
    interval: int


def _changes(conclusions: Conclusions, changed: Mapping[str, int]) -> dict[int, _Change]:
    """By quantity how it is changed."""
    columns, quantities = conclusions.columns, conclusions.quantities
    changes: dict[int, _Change] = {}
    for entity, way in sorted(changed.items()):
        number = columns.number(entity)
        if number < 0:
            continue
        quantity, turn = quantities.of[number], way * quantities.ways[number]
        interval = quantities.intervals[number]
        before = changes.setdefault(quantity, _Change(entity, turn, interval or turn, interval))
        if before.way != turn:
            raise SelectionError(
                f"{before.entity} and {entity} are names of one quantity and cannot go apart"
            )
    return changes


def _following(
    conclusions: Conclusions, start: int, change: _Change, steps: int, held: Collection[int]
) -> dict[int, Conclusion]:
    """By quantity what follows from a change of one, beside what its lack does if it rises."""
    every = conclusions.following(start, change.asked_way, change.interval, steps, held)
    if change.asked_way < 0 or start not in conclusions.quantities.lacking:
        return every
    lack = conclusions.following(start, -1, LACK, steps, held)
    nothing = Conclusion()
    return {
        end: beside_its_lack(conclusion, lack.get(end, nothing))
        for end, conclusion in every.items()
    }


def _settled(
    conclusions: Conclusions, changes: Mapping[int, _Change], held: Collection[int]
) -> dict[int, tuple[int, Conclusion]]:
    """By quantity the direction that the signs alone decide, and a chain by which it comes.

    The chain is contested where somebody tested the one on the other, and denied it. Empty where
    more than `REACH` quantities are reached. From what is changed the steps are those that its
    change is asked about by; further on a step counts by its sign only where rise and fall have
    the same.
    """
    onward = _onward(conclusions, changes, held)
    if not onward:
        return {}

    def signs(quantity: int) -> Mapping[int, int]:
        if quantity not in changes:
            return conclusions.arcs(quantity)
        links = conclusions.links(quantity, changes[quantity].asked_way)
        return {
            end: links[end].sign if end in links and not links[end].doubted else 0
            for end in conclusions.sayings.acted_on(quantity)
        }

    pushes = {quantity: change.way for quantity, change in changes.items()}
    answer = settle_kept(pushes, onward, signs)
    settled = {quantity: sign for quantity, sign in answer.signs.items() if sign}
    chains = _shortest(conclusions, changes, settled)
    return {end: (settled[end], chains[end]) for end in settled if end in chains}


def _onward(
    conclusions: Conclusions, changed: Iterable[int], held: Collection[int]
) -> dict[int, list[int]]:
    """What is acted on, what that acts on and so on, but nothing held; nothing if over `REACH`."""
    onward: dict[int, list[int]] = {}
    waiting = sorted(changed)
    reached = set(waiting)
    for quantity in waiting:  # which grows while it is walked
        if len(waiting) > REACH:
            return {}
        onward[quantity] = ends = []
        for end in conclusions.sayings.acted_on(quantity):
            if end not in held:
                ends.append(end)
                if end not in reached:
                    reached.add(end)
                    waiting.append(end)
    return onward


def _shortest(
    conclusions: Conclusions,
    changes: Mapping[int, _Change],
    signs: Mapping[int, int],
) -> dict[int, Conclusion]:
    """By quantity a shortest chain of which all that it passes is settled as the chain has it."""
    chains: dict[int, tuple[Link, ...]] = dict.fromkeys(changes, ())
    answers: dict[int, Conclusion] = {}
    waiting = sorted(changes)
    for quantity in waiting:  # which grows while it is walked
        chain = chains[quantity]
        start = chain[0].start if chain else quantity
        change = changes[start]
        way = signs[quantity] if chain else change.way
        # Of what goes back as a lack goes it is asked, too, what follows as it comes.
        links = conclusions.links(quantity, way * change.way * change.asked_way)
        for end in sorted(conclusions.sayings.acted_on(quantity)):
            fitting = end in links and end not in chains and signs.get(end)
            if fitting and links[end].sign * way == signs[end]:
                chains[end] = (*chain, links[end])
                answer = conclusions.tested(by_chain(conclusions, chains[end]), start, end)
                answers[end] = turned(answer, change.way)
                if answer.settled:
                    waiting.append(end)
    return {end: answers[end] for end in answers if end not in conclusions.directionless}


def _outcome(
    conclusions: Conclusions,
    end: int,
    by_cause: list[tuple[str, Conclusion]],
    settled: tuple[int, Conclusion] | None,
) -> Outcome:
    """What becomes of a quantity by what follows from each change."""
    columns, quantities = conclusions.columns, conclusions.quantities
    following = [conclusion for _, conclusion in by_cause]
    best = min(following, key=attrgetter("rank"), default=Conclusion())
    way = best.sign or 0
    if way and len(by_cause) > 1 and any(each.sign == -way for each in following):
        ids = dict.fromkeys(i for each in following for i in each.rests_on)
        best = best._replace(
            relation="cannot-say", sign=None, basis="", interval="", contexts=(), path=(),
            against=(), also=(), rests_on=tuple(ids), rank=max(best.rank, DIRECT + 1),
        )  # fmt: skip
        way = 0
    if settled and settled[0] == way and best.rank < IMPLIED:
        best = best._replace(settled=True)
    elif settled and (
        (best.rank >= SUPPORTED and best.relation != "contested")
        or (best.relation == "cannot-say" and not way)
    ):
        # Only a chain, an article or nothing says otherwise: all ways there together decide.
        best = settled[1]
        way = settled[0] if best.settled else 0
    return Outcome(
        entity=columns.entities[end],
        way=way,
        conclusion=best,
        causes=tuple([entity for entity, _ in by_cause]),
        names=tuple(
            [
                (columns.entities[name], quantities.ways[name])
                for name in quantities.names(end)
                if name != end
            ]
        ),
    )
