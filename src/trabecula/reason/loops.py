"""Feedback loops: ways by which a change of a quantity comes back to that quantity.

A loop is an elementary cycle of quantities (see `quantities`): what are names of one quantity it
passes once, under whatever name, and naming is no step. From one quantity to the next leads what
decides between the two by the rules of `conclusions`: all statements of the best tier together, so
that a loop is there once however many say so. Nothing leads on from what has no direction, nothing
that was only observed leads anywhere, and a loop has two steps and more.

The sign of a loop is the product of the signs of its steps (Levins 1974, "The qualitative analysis
of partially specified systems", Ann. N. Y. Acad. Sci. 231:123): a *reinforcing* loop returns a
change with the sign it had, a *balancing* loop with the opposite sign. What a loop does in a body
also depends on strengths and delays, of which the graph says nothing.

A change has to come round. What is needed passes only a shortfall on, and what is said of a lack or
an excess holds there only; where no rise and no fall of any quantity of a cycle can pass all of its
steps, it is no loop, and where only a fall or only a rise can, the loop says so.

What uses up what it starts from (`has_input`, `converts_to`, `develops_into`) closes no reinforcing
loop: the more of it goes on, the less is left, whatever comes back. For the same reason consumption
carries no influence backwards.

No loop is known better than its weakest step; loops are told in that order. The search is that for
cycles of bounded length (as in Gupta & Suzumura 2021, "Finding all bounded-length simple cycles in
a directed graph", arXiv:2105.10094), one length after another: from the first quantity of a loop
forwards, only to quantities from which it can still be reached in time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, TypeAlias

from trabecula.columns import Columns
from trabecula.model import Statement, identity
from trabecula.reason.conclusions import conclusions_of
from trabecula.reason.links import Link
from trabecula.reason.sayings import CHANGES, NEEDS, Saying
from trabecula.reason.search import BoundError, Cycles, require_steps
from trabecula.reason.signs import compose
from trabecula.standing import basis
from trabecula.uncollected import uncollected
from trabecula.vocabulary import BASES

#: The steps of a loop where nothing else is asked for, and the most that can be asked for.
STEPS: Final = 4
MAX_STEPS: Final = 10
#: The search ends before a length that has more loops, or for which it must look at more steps.
LIMIT: Final = 10_000
EFFORT: Final = 5_000_000

KINDS: Final = {1: "reinforcing", -1: "balancing", 0: "unknown"}
LOOP: Final = "https://w3id.org/trabecula/loop/"

#: On what a step rests, the best first: what was read and is not disputed by its basis (`read`
#: where the kind of evidence is not said); then what is disputed; titles, or no evidence at all;
#: and the article alone.
GROUNDS: Final = (*BASES, "read", "disputed", "unread", "article")
_BY_STATUS: Final = {
    "contested": "disputed",
    "title-only": "unread",
    "no-evidence": "unread",
    "asserted-only": "article",
}
#: Predicates whose start is used up.
_USING_UP: Final = frozenset(("has_input", "converts_to", "develops_into"))


@dataclass(frozen=True, slots=True)
class Turn:
    """A step of a loop from one quantity to the next, with all statements that decide it.

    `start` and `end` are the ids of the entities that stand for the quantities; `ground` is the
    best of `GROUNDS` that one of the statements has, `sources` how many independent sources support
    the best of those.
    """

    start: str
    end: str
    sign: int  # 0 where it is not said, or those that decide disagree
    need: bool  # whether it passes only a shortfall on, being a need
    statements: tuple[Statement, ...]
    ground: str
    sources: int

    @property
    def weakness(self) -> tuple[int, int]:
        """How weak it is; the greater, the weaker."""
        return (GROUNDS.index(self.ground), -self.sources)


@dataclass(frozen=True, slots=True)
class Loop:
    """A feedback loop, from the quantity on whose id sorts first.

    `only` is `fall` or `rise` where no other change of the quantity `at` comes round, and empty,
    as `at` is, where any change does. `weakest` is the step of the worst ground; no loop is known
    better than that.
    """

    steps: tuple[Turn, ...]
    only: str = ""
    at: str = ""

    @property
    def sign(self) -> int:
        """+1 where a change comes back with its own sign, -1 with the opposite one, 0 unknown."""
        return compose(step.sign for step in self.steps)

    @property
    def kind(self) -> str:
        """`reinforcing`, `balancing` or `unknown`."""
        return KINDS[self.sign]

    @property
    def entities(self) -> tuple[str, ...]:
        """The ids of what stands for the quantities, in the order in which they act on another."""
        return tuple(step.start for step in self.steps)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements it consists of: its premises, of each step at least one."""
        statements = chain.from_iterable(step.statements for step in self.steps)
        return tuple({statement.id: statement for statement in statements}.values())

    @property
    def weakest(self) -> Turn:
        """The step of the worst ground; of several the one that the fewest sources support."""
        return max(self.steps, key=lambda step: step.weakness)

    @property
    def id(self) -> str:
        """`l` and 32 hexadecimal digits: the SHA-256 of its quantities and its kind."""
        return identity("l", (self.kind, *self.entities))

    @property
    def iri(self) -> str:
        """The IRI of the loop; the same as long as it passes the same quantities with its sign."""
        return LOOP + self.id


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops found, best first, and how far they are all there.

    `complete` is the length up to which every loop is there. It is less than `steps` where the
    search stopped at its bound; then no loop that is longer is there.
    """

    loops: tuple[Loop, ...]
    steps: int
    complete: int


@uncollected
def loops(
    columns: Columns,
    steps: int = STEPS,
    *,
    through: str = "",
    within: Collection[str] | None = None,
    follow: bytes | None = None,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> Loops:
    """The feedback loops of up to so many steps, those of the best ground first.

    `through` is the id of an entity whose quantity the loops shall pass, `within` the ids of those
    whose quantities they may pass, and `follow` holds 1 for each statement that they may use.
    `limit` is how many loops may be found and `effort` how many steps looked at before the search
    ends. Raises `SelectionError` for a number of steps that cannot be asked for.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([
    ...     Statement(subject="pth", predicate="increases", object="blood-calcium"),
    ...     Statement(subject="hypocalcemia", predicate="deficiency_of", object="blood-calcium"),
    ...     Statement(subject="hypocalcemia", predicate="activates", object="pth"),
    ... ])
    >>> [(loop.kind, loop.entities, loop.only) for loop in loops(graph.columns).loops]
    [('balancing', ('blood-calcium', 'pth'), 'fall')]
    """
    require_steps(steps, MAX_STEPS, "a loop")
    feedback = _Feedback(columns, follow)
    of = feedback.conclusions.quantities.of
    root = None
    if through:
        number = columns.number(through)
        root = of[number] if number >= 0 else -1
    among = None if within is None else {of[n] for n in map(columns.number, within) if n >= 0}
    if root is not None and (root < 0 or (among is not None and root not in among)):
        return Loops((), steps, steps)
    search = Cycles(len(columns.entities), feedback.onward, feedback.back, among, effort)
    shortest_first, complete = _up_to(steps, limit, search, root, feedback)
    return Loops(tuple(sorted(shortest_first, key=_best_first)), steps, complete)


def _up_to(
    steps: int, limit: int, search: Cycles, root: int | None, feedback: _Feedback
) -> tuple[list[Loop], int]:
    """The loops of up to so many steps, and up to which length all of them are there."""
    loops: list[Loop] = []
    complete = 1
    try:
        for length in range(2, steps + 1):
            exact: list[Loop] = []
            for ends in search.of(length, root):
                exact += feedback.loops(ends)
                if len(loops) + len(exact) > limit:
                    raise BoundError
            loops += exact
            complete = length
    except BoundError:
        pass
    return loops, complete


def _best_first(loop: Loop) -> tuple[object, ...]:
    """What the article alone says last, before it what has no sign; then ground and length."""
    ground, sources = loop.weakest.weakness
    alone = loop.weakest.ground == "article"
    return (alone, loop.sign == 0, ground, len(loop.steps), sources, loop.entities, loop.id)


#: By the steps that changes pass the changes: at which place each begins, and its way.
_Rounds: TypeAlias = dict[tuple[Link, ...], list[tuple[int, int]]]


class _Feedback:
    """Who acts on whom among quantities, and what loop a cycle of them is."""

    def __init__(self, columns: Columns, follow: bytes | None) -> None:
        self.columns = columns
        self.kept = columns.followed if follow is None else follow
        self.conclusions = conclusions_of(columns, self.kept)
        self._unsigned: dict[int, dict[int, Link]] = {}
        self._turns: dict[tuple[int, ...], Turn] = {}

    @cached_property
    def _kinds(self) -> list[str]:
        return [self.columns.words.relation(name).kind for name in self.columns.predicates.names]

    # --- The arcs ---------------------------------------------------------------------------

    def onward(self, quantity: int) -> Collection[int]:
        """The quantities on which one may act."""
        return self._beside(quantity, CHANGES, NEEDS)

    def back(self, quantity: int) -> Collection[int]:
        """The quantities that may act on one."""
        return self._beside(quantity, NEEDS, CHANGES)

    def _beside(self, quantity: int, as_subject: str, as_object: str) -> set[int]:
        """What statements of these kinds lead to, by the end at which the quantity stands."""
        columns, kinds, quantities = self.columns, self._kinds, self.conclusions.quantities
        if quantity in self.conclusions.directionless:
            return set()
        of, codes, kept, beside = quantities.of, columns.predicates.codes, self.kept, set()
        subjects, objects = columns.subjects, columns.objects
        for name in quantities.names(quantity):
            for number in columns.by_subject[name]:
                if kinds[codes[number]] == as_subject and kept[number]:
                    beside.add(of[objects[number]])
            for number in columns.by_object[name]:
                if kinds[codes[number]] == as_object and kept[number]:
                    beside.add(of[subjects[number]])
        beside.discard(quantity)
        return beside - self.conclusions.directionless

    # --- The loops of a cycle ---------------------------------------------------------------

    def loops(self, ends: Sequence[int]) -> Iterator[Loop]:
        """The loops that a cycle is: at most one of each sign, given by what it passes.

        That of unknown sign is one only where no other is.
        """
        first = ends.index(min(ends))
        ring = (*ends[first:], *ends[:first])
        steps = [
            {way: self._step(start, end, way) for way in (1, -1)}
            for start, end in zip(ring, (*ring[1:], ring[0]), strict=True)
        ]
        if not all(step[1] or step[-1] for step in steps):
            return
        if all(step[1] == step[-1] for step in steps):  # any change comes round
            yield from self._whole([step[1] for step in steps if step[1]])
            return
        narrow = {place for place, step in enumerate(steps) if not (step[1] and step[-1])}
        for ways in self._rounds(steps).values():
            both = _both_ways(ways)
            every = (
                Loop(tuple(map(self._turn, links)))
                if both
                else self._one_way(ring, links, came, narrow)
                for links, came in ways.items()
            )
            yield min(every, key=_better)

    def _rounds(self, steps: Sequence[Mapping[int, Link | None]]) -> dict[int, _Rounds]:
        """By sign how changes come round; those without a sign where no other does."""
        rounds: dict[int, _Rounds] = {}
        for at in range(len(steps)):
            for way in (1, -1):
                links = _passed([*steps[at:], *steps[:at]], way)
                if links is not None:
                    links = (*links[len(steps) - at :], *links[: len(steps) - at])
                    sign = compose(link.sign for link in links)
                    if sign < 1 or not any(map(self._uses_up, links)):
                        rounds.setdefault(sign, {}).setdefault(links, []).append((at, way))
        if rounds.keys() - {0}:
            rounds.pop(0, None)
        return rounds

    def _whole(self, links: Sequence[Link]) -> Iterator[Loop]:
        """The loop over steps that pass any change, if it is one."""
        reinforcing = compose(link.sign for link in links) > 0
        if not (reinforcing and any(map(self._uses_up, links))):
            yield Loop(tuple(map(self._turn, links)))

    def _step(self, start: int, end: int, way: int) -> Link | None:
        """What decides between two quantities if the first goes one way, with a sign or without."""
        return self.conclusions.links(start, way).get(end) or self._unsigned_from(start).get(end)

    def _unsigned_from(self, start: int) -> dict[int, Link]:
        """By where they lead, steps of which nobody says the sign."""
        links = self._unsigned.get(start)
        if links is None:
            by_end: dict[int, list[Saying]] = {}
            for saying in self.conclusions.sayings.of(start):
                if saying.kind == CHANGES and not saying.sign:
                    by_end.setdefault(saying.end, []).append(saying)
            links = self._unsigned[start] = {}
            for end, those in by_end.items():
                tier = min(saying.tier for saying in those)
                best = tuple(saying for saying in those if saying.tier == tier)
                links[end] = Link(start, end, 0, tier, best)
        return links

    def _uses_up(self, link: Link) -> bool:
        """Whether a step is there only because something is used up by it."""
        return all(
            self.columns.statements[saying.statement].predicate in _USING_UP
            for saying in link.sayings
        )

    def _one_way(
        self,
        ring: Sequence[int],
        links: Sequence[Link],
        came: Sequence[tuple[int, int]],
        narrow: Collection[int],
    ) -> Loop:
        """The loop over these steps, round which only rises or falls of its quantities come.

        It is told of one whose step is `narrow`, such as a need, if it comes round from there.
        """
        place, way = min(came, key=lambda each: (each[0] not in narrow, came.index(each)))
        only = "rise" if way > 0 else "fall"
        return Loop(tuple(map(self._turn, links)), only, self.columns.entities[ring[place]])

    def _turn(self, link: Link) -> Turn:
        columns, sayings = self.columns, link.sayings
        numbers = dict.fromkeys(saying.statement for saying in sayings)
        key = (link.start, link.end, *numbers)
        turn = self._turns.get(key)
        if turn is None:
            grounds = {number: ground(columns, number) for number in numbers}
            best = min(grounds.values(), key=GROUNDS.index)
            turn = self._turns[key] = Turn(
                start=columns.entities[link.start],
                end=columns.entities[link.end],
                sign=link.sign,
                need=all(saying.kind == NEEDS for saying in sayings),
                statements=tuple(map(columns.statements.__getitem__, numbers)),
                ground=best,
                sources=max(columns.supporting[n] for n in numbers if grounds[n] == best),
            )
        return turn


def _passed(steps: Sequence[Mapping[int, Link | None]], way: int) -> tuple[Link, ...] | None:
    """The steps that a change passes one after another, if it passes all of them."""
    links: list[Link] = []
    for step in steps:
        # After a step of unknown sign it may go on either way.
        link = step[way] if way else step[1] or step[-1]
        if link is None:
            return None
        links.append(link)
        way *= link.sign
    return tuple(links)


def _both_ways(rounds: _Rounds) -> bool:
    """Whether both a rise and a fall of some quantity come round, by whatever statements."""
    came = {change for changes in rounds.values() for change in changes}
    return any((place, -way) in came for place, way in came)


def _better(loop: Loop) -> tuple[object, ...]:
    """Of loops through the same quantities with the same sign the one of the best ground."""
    return (loop.weakest.weakness, bool(loop.only), [statement.id for statement in loop.statements])


def ground(columns: Columns, number: int) -> str:
    """On what a statement rests: one of `GROUNDS`."""
    status = columns.status(number)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return basis(columns.statements[number].evidence) or "read"
