"""A change on its way through the graph: which paths it can take, and which of them are best.

The search goes from the best paths to an entity on to those behind it. Where such a path meets
itself, another one to the same entity may have gone on; so, for what any walk arrives at but no
path yet, paths are walked one by one, up to a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from trabecula.model import Statement
from trabecula.reason.paths import Path, Step, weight
from trabecula.vocabulary import sign_of

if TYPE_CHECKING:  # only the type is needed, as in the modules that selections call
    from trabecula.graph import Graph

#: Predicates whose subject is too little or too much of the object, and on which side it lies.
_SIDES: Final = {"deficiency_of": -1, "excess_of": 1}
#: Predicates that give one quantity a second name.
_NAMING: Final = frozenset((*_SIDES, "level_of"))

#: An entity and the direction in which it changes: +1, -1 or 0.
State: TypeAlias = tuple[str, int]

# --- What is changed ------------------------------------------------------------------------


class Quantities(NamedTuple):
    """The other names of what is changed, and the statements that do not come into it."""

    names: frozenset[str]
    beside: frozenset[str]


def quantities_of(graph: Graph, changed: Mapping[str, int]) -> Quantities:
    """All names that the changed quantities go by, on the side to which they are changed."""
    names: set[str] = set()
    beside: set[str] = set()
    for entity, direction in changed.items():
        states = [s for s in graph.out(entity) if s.predicate in _SIDES]
        things = _levels(graph, [s.object for s in states] or [entity])
        sides = {_SIDES[s.predicate] for s in states} or {direction}
        names |= things
        for thing in things:
            for statement in graph.into(thing):
                side = _SIDES.get(statement.predicate)
                if side in sides:
                    names.add(statement.subject)
                elif side:
                    beside.add(statement.id)
    return Quantities(frozenset(names), frozenset(beside))


def _levels(graph: Graph, entities: Iterable[str]) -> set[str]:
    """The entities with their levels and with what they are levels of."""
    known = set(entities)
    edge = sorted(known)
    for entity in edge:  # grows while it is gone through
        for statement in graph.touching(entity):
            if statement.predicate == "level_of":
                fresh = {statement.subject, statement.object} - known
                known |= fresh
                edge += fresh
    return known


# --- Search ---------------------------------------------------------------------------------


class _Trail(NamedTuple):
    """A path as its last step and the path before it, and how weak its steps are, weakest first.

    Plain tuples and shared beginnings: there are as many of them as there are statements.
    """

    step: Step | None
    before: _Trail | None
    weights: tuple[tuple[int, int], ...]

    def passes(self, entity: str) -> bool:
        """Whether the path has started from or come through this entity, its end apart."""
        trail: _Trail | None = self
        while trail is not None and trail.step is not None:
            if trail.step.start == entity:
                return True
            trail = trail.before
        return False

    def steps(self) -> tuple[Step, ...]:
        """Its steps from the first to the last."""
        steps: list[Step] = []
        trail: _Trail | None = self
        while trail is not None and trail.step is not None:
            steps.append(trail.step)
            trail = trail.before
        return tuple(reversed(steps))


_EMPTY: Final = _Trail(None, None, ())


def _offer(best: dict[State, _Trail], state: State, trail: _Trail) -> None:
    """Keep the path if it is the best of its length to this state; of equals, the first by key."""
    known = best.get(state)
    if (
        known is None
        or trail.weights < known.weights
        or (trail.weights == known.weights and _precedes(trail, known))
    ):
        best[state] = trail


def _precedes(one: _Trail | None, other: _Trail | None) -> bool:
    """Whether the statements of one path come first; both are of the same length.

    The first statement in which they differ decides, so common beginnings need no look.
    """
    first = False
    while one is not other and one is not None and other is not None:
        if one.step is None or other.step is None:
            break
        if one.step.statement is not other.step.statement:
            first = one.step.statement.key < other.step.statement.key
        one, other = one.before, other.before
    return first


class Search:
    """The steps a change can take, each asked for once; what is held is never entered."""

    def __init__(
        self,
        graph: Graph,
        held: Collection[str],
        quantities: Quantities,
        follow: Callable[[Statement], bool],
    ) -> None:
        self.graph, self.held, self.quantities = graph, held, quantities
        self.may_follow = follow
        self.met_itself = False
        self._onward: dict[str, tuple[Step, ...]] = {}
        # By identity: to hash a statement is to hash all its evidence.
        self._followed: dict[int, bool] = {}
        self._weights: dict[int, tuple[int, int]] = {}

    def onward(self, entity: str) -> tuple[Step, ...]:
        """The steps that a change can take from an entity."""
        known = self._onward.get(entity)
        if known is None:
            known = self._onward[entity] = tuple(
                Step(statement, entity, end, sign_of(statement))
                for statement, end in self.graph.influences(entity)
                if end != entity and self.may_enter(end, statement) and self.follow(statement)
            )
        return known

    def may_enter(self, entity: str, statement: Statement) -> bool:
        """Whether a change may come to an entity over a statement."""
        if entity in self.quantities.names and statement.predicate not in _NAMING:
            return False
        return entity not in self.held

    def follow(self, statement: Statement) -> bool:
        """Whether a change may travel along a statement at all."""
        known = self._followed.get(id(statement))
        if known is None:
            beside = statement.predicate in _SIDES and statement.id in self.quantities.beside
            known = self._followed[id(statement)] = not beside and self.may_follow(statement)
        return known

    def grown(self, trail: _Trail, step: Step) -> _Trail:
        """The path with one step more."""
        weights = sorted((*trail.weights, self.weight(step.statement)), reverse=True)
        return _Trail(step, trail, tuple(weights))

    def weight(self, statement: Statement) -> tuple[int, int]:
        """How weak a statement is."""
        known = self._weights.get(id(statement))
        if known is None:
            rank, sources = weight(self.graph, statement)
            known = self._weights[id(statement)] = (rank, sources)
        return known

    def consistent(self, starts: tuple[State, ...], steps: int) -> dict[State, Path]:
        """A best consistent path to each state, found from the best paths to the states before.

        `met_itself` says afterwards whether a path was given up because it met itself.
        """
        found: dict[State, _Trail] = {}
        edge = dict.fromkeys(starts, _EMPTY)
        for _ in range(steps):
            following: dict[State, _Trail] = {}
            for (entity, direction), trail in edge.items():
                for step in self.onward(entity):
                    state = (step.end, direction * step.sign)
                    if state in found:
                        continue
                    if trail.passes(step.end):
                        self.met_itself = True
                        continue
                    known = following.get(state)
                    if known is None or self.weight(step.statement) <= known.weights[0]:
                        _offer(following, state, self.grown(trail, step))
            found |= following
            edge = following
        return {state: Path(trail.steps()) for state, trail in found.items()}

    def arrived(self, starts: tuple[State, ...], steps: int) -> dict[State, int]:
        """How soon each state is arrived at by any walk, consistent or not."""
        soonest: dict[State, int] = {}
        edge = list(starts)
        for far in range(1, steps + 1):
            following: list[State] = []
            for entity, direction in edge:
                for step in self.onward(entity):
                    state = (step.end, direction * step.sign)
                    if state not in soonest:
                        soonest[state] = far
                        following.append(state)
            edge = following
        return soonest

    def settle(
        self,
        starts: tuple[State, ...],
        doubtful: Mapping[State, int],
        found: dict[State, Path],
        effort: int,
    ) -> tuple[str, ...]:
        """Walk path after path to the states of which it is not known if, or how soon, one arrives.

        `doubtful` says of each of them how long such a path can be and still tell anything new.
        What is found is put into `found`; what comes back are the entities still in doubt, once
        the effort is used up.
        """
        sought = dict(doubtful)
        longest = max(sought.values(), default=0)
        near = self._near({entity for entity, _ in sought}, longest)
        trails = {state: [_EMPTY] for state in starts}
        for far in range(1, longest + 1):
            better: dict[State, _Trail] = {}
            longer: dict[State, list[_Trail]] = {}
            for (entity, direction), here in trails.items():
                for step in self.onward(entity):
                    state = (step.end, direction * step.sign)
                    if far + near.get(step.end, longest) > longest:
                        continue
                    for trail in here:
                        effort -= 1
                        if effort < 0:
                            return tuple(sorted({entity for entity, _ in sought}))
                        if not trail.passes(step.end):
                            grown = self.grown(trail, step)
                            longer.setdefault(state, []).append(grown)
                            if state in sought:
                                _offer(better, state, grown)
            found |= {state: Path(trail.steps()) for state, trail in better.items()}
            sought = {
                state: most for state, most in sought.items() if state not in better and most > far
            }
            trails = longer if sought else {}
        return ()

    def _near(self, ends: Collection[str], steps: int) -> dict[str, int]:
        """How many steps lead from each entity to the nearest of these, up to so many."""
        back: dict[str, set[str]] = {}
        for start, onward in self._onward.items():
            for step in onward:
                back.setdefault(step.end, set()).add(start)
        near = dict.fromkeys(ends, 0)
        edge = set(ends)
        for far in range(1, steps):
            edge = {start for end in edge for start in back.get(end, ())}.difference(near)
            near |= dict.fromkeys(edge, far)
        return near
