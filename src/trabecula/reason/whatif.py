"""What would follow if something went up or down: a change carried along the statements.

A change travels with influence, and its direction is multiplied by the sign of each statement.
For every entity the shortest consistent path is found by which the change arrives as a rise, as a
fall, or in a direction that is not known. A path is consistent when it passes no entity twice, so
that none stands in it with both directions. This is the signed reachability of CausalR (Bradley &
Barrett 2017, "CausalR: extracting mechanistic sense from genome scale data", Bioinformatics
33:3670) after Chindelevitch et al. 2012 ("Causal reasoning on biological networks: interpreting
transcriptional changes", Bioinformatics 28:1114).

What is changed or held fixed keeps its value: no path enters it. What is changed has other names
in the graph, its level and its lack or excess, which move with it and are moved by nothing else.
The question starts from the normal state: what goes down falls short, so that an excess of it does
not come into it, and what goes up does not make good a lack; for that, let the lack go down.

| consistent paths say   | verdict     |
|------------------------|-------------|
| up, and none down      | `up`        |
| down, and none up      | `down`      |
| up and down            | `ambiguous` |
| neither, but there are | `unknown`   |
| nothing: there is none | `unreached` |

CausalR lets the shorter of two opposite paths win. Here the verdict stays ambiguous, as length is
no strength, and `nearer` says which way the shorter one goes.

A path never runs round a feedback loop, as it would pass an entity twice. So where the opposite
direction comes about only by going round one, it is the loop that decides (Levins 1974, "The
qualitative analysis of partially specified systems", Ann. N. Y. Acad. Sci. 231:123): where the
system settles again, a balancing loop through an entity dampens its change and a reinforcing one
amplifies it; neither turns it round. The loops of each entity are with it. Nothing is said of
strengths, delays and thresholds, because the graph holds none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.reason.loops import Loop, loops
from trabecula.reason.paths import MAX_STEPS, Path, Step, followed, weight
from trabecula.vocabulary import sign_of

#: The steps of a path where nothing else is asked for.
STEPS: Final = 3
#: How many paths are walked one by one, where running round loops must be told from arriving.
EFFORT: Final = 200_000
#: How many steps are looked at for loops, and the longest loops that are looked for.
LOOP_EFFORT: Final = 50_000
LOOP_STEPS: Final = 4

DIRECTIONS: Final = {"up": 1, "down": -1}
VERDICTS: Final = {
    "up": "every consistent path raises it",
    "down": "every consistent path lowers it",
    "ambiguous": "some paths raise it and others lower it",
    "unknown": "something acts on it, in a direction that no statement says",
    "unreached": "no path leads to it",
}

#: Predicates whose subject is too little or too much of the object, and on which side it lies.
_SIDES: Final = {"deficiency_of": -1, "excess_of": 1}
#: Predicates that give one quantity a second name.
_NAMING: Final = frozenset((*_SIDES, "level_of"))

#: An entity and the direction in which it changes: +1, -1 or 0.
State: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happens to one entity, and the best path by which it rises, falls or is acted on.

    A best path is a shortest one, and among those it is the one with the best weakest statement.
    `turned` says that the opposite direction comes about too, but only by going round a loop.
    """

    entity: str
    verdict: str
    up: Path | None = None
    down: Path | None = None
    unknown: Path | None = None
    loops: tuple[Loop, ...] = ()
    turned: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The best paths that the verdict rests on, the shorter first."""
        signed = [path for path in (self.up, self.down) if path]
        return tuple(sorted(signed, key=lambda path: len(path.steps))) or (
            (self.unknown,) if self.unknown else ()
        )

    @property
    def distance(self) -> int:
        """The number of steps of the shortest path that the verdict rests on."""
        return len(self.paths[0].steps)

    @property
    def nearer(self) -> int:
        """The direction of the shorter path: +1 or -1; 0 where both ways are equally long."""
        rise, fall = (len(path.steps) if path else 0 for path in (self.up, self.down))
        if rise and fall:
            return (rise < fall) - (fall < rise)
        return 1 if rise else -1 if fall else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The outcomes, the nearest and best known first, of what was changed with the rest free.

    `names` are other names of what is changed: its levels, and its lack or its excess. `loops`
    are the feedback loops among all these entities; those of up to `loops_complete` steps are
    all there. Of the entities in `unsettled` it is not known whether there is another direction
    or a shorter path, because the search stopped at its bound.
    """

    changed: tuple[State, ...]
    fixed: tuple[str, ...]
    names: tuple[str, ...]
    steps: int
    outcomes: tuple[Outcome, ...]
    unreached: tuple[str, ...]
    loops: tuple[Loop, ...] = ()
    loops_complete: int = LOOP_STEPS
    unsettled: tuple[str, ...] = ()

    def effect(self, loop: Loop) -> str:
        """What a loop does here: `cut` by what is fixed, `returns` to what is changed, or acts.

        One that acts `dampens` where it is balancing and `amplifies` where it is reinforcing; of
        one of unknown sign the effect is `unknown`.
        """
        if not set(self.fixed).isdisjoint(loop.entities):
            return "cut"
        if not {*dict(self.changed), *self.names}.isdisjoint(loop.entities):
            return "returns"
        return {1: "amplifies", -1: "dampens", 0: "unknown"}[loop.sign]

    def verdict(self, entity: str) -> str:
        """What happens to the entity with this id: one of `VERDICTS`; `held` where it is given."""
        if entity in self.fixed or entity in dict(self.changed):
            return "held"
        found = {outcome.entity: outcome.verdict for outcome in self.outcomes}
        return found.get(entity, "unreached")


def assume(graph: Graph, texts: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """What texts such as `magnesium=down` and `calcitriol=fixed` assume: changes and what is held.

    Raises `SelectionError` where one cannot be read, two contradict each other or nothing is
    changed, and `NotFound` for a name that no entity answers to.

    >>> graph = Graph([Statement(subject="atp", predicate="requires", object="magnesium")])
    >>> assume(graph, ["magnesium=sideways"])
    Traceback (most recent call last):
        ...
    trabecula.errors.SelectionError: 'magnesium=sideways': write name=up, name=down or name=fixed
    """
    given: dict[str, str] = {}
    for text in texts:
        name, _, value = text.rpartition("=")
        if not name.strip() or value not in (*DIRECTIONS, "fixed"):
            raise SelectionError(f"{text!r}: write name=up, name=down or name=fixed")
        entity = graph.get(name).id
        if given.setdefault(entity, value) != value:
            raise SelectionError(f"{entity} cannot be both {given[entity]} and {value}")
    changed = {key: DIRECTIONS[value] for key, value in given.items() if value in DIRECTIONS}
    if not changed:
        raise SelectionError("nothing is changed: write name=up or name=down for something")
    return changed, tuple(sorted(set(given) - set(changed)))


def whatif(
    graph: Graph,
    changed: Mapping[str, int],
    fixed: Iterable[str] = (),
    *,
    steps: int = STEPS,
    follow: Callable[[Statement], bool] = followed,
    effort: int = EFFORT,
) -> WhatIf:
    """What follows within so many steps if entities go up (+1) or down (-1), others held fixed.

    `follow` says which statements a change may travel along and `effort` how many paths may be
    walked one by one before the search gives up on what is not settled by then.

    >>> from trabecula.model import Entity
    >>> graph = Graph([
    ...     Entity(id="magnesium", name="magnesium", category="chemical"),
    ...     Statement(subject="activation", predicate="requires", object="magnesium"),
    ...     Statement(subject="activation", predicate="has_output", object="calcitriol"),
    ... ])
    >>> [(o.entity, o.verdict, o.distance) for o in whatif(graph, {"magnesium": -1}).outcomes]
    [('activation', 'down', 1), ('calcitriol', 'down', 2)]
    """
    if not 1 <= steps <= MAX_STEPS:
        raise SelectionError(f"{steps} is no number of steps for a path: give 1 to {MAX_STEPS}")
    fixed = tuple(sorted(set(fixed)))
    held = {*changed, *fixed}
    quantities = _quantities(graph, changed)
    search = _Search(graph, held, quantities, follow)
    starts = tuple(sorted(changed.items()))
    found = search.consistent(starts, steps)
    arrived = search.arrived(starts, steps) if search.met_itself else {}
    doubtful = {
        state: longest
        for state, soonest in arrived.items()
        if soonest <= (longest := len(found[state].steps) - 1 if state in found else steps)
    }
    unsettled = search.settle(starts, doubtful, found, effort)
    reached = sorted({entity for entity, _ in found})
    around = loops(
        graph,
        LOOP_STEPS,
        within={*reached, *held},
        follow=search.follow,
        effort=LOOP_EFFORT,
    )
    holding: dict[str, list[Loop]] = {}
    for loop in around.found:
        if quantities.names.union(held).isdisjoint(loop.entities):
            for entity in loop.entities:
                holding.setdefault(entity, []).append(loop)
    outcomes = (
        _outcome(entity, found, doubtful, tuple(holding.get(entity, ()))) for entity in reached
    )

    def nearest_first(outcome: Outcome) -> tuple[object, ...]:
        weakest = max(search.weight(step.statement) for step in outcome.paths[0].steps)
        return (outcome.distance, weakest, outcome.entity)

    return WhatIf(
        changed=starts,
        fixed=fixed,
        names=tuple(sorted(quantities.names.difference(held))),
        steps=steps,
        outcomes=tuple(sorted(outcomes, key=nearest_first)),
        unreached=tuple(sorted(set(graph.entities).difference(reached, held))),
        loops=around.found,
        loops_complete=around.complete,
        unsettled=unsettled,
    )


def _outcome(
    entity: str,
    found: Mapping[State, Path],
    doubtful: Mapping[State, int],
    around: tuple[Loop, ...],
) -> Outcome:
    up, down, unknown = (found.get((entity, direction)) for direction in (1, -1, 0))
    verdict = "ambiguous" if up and down else "up" if up else "down" if down else "unknown"
    turned = any((entity, way) in doubtful and (entity, way) not in found for way in (1, -1))
    return Outcome(
        entity=entity,
        verdict=verdict,
        up=up,
        down=down,
        unknown=unknown,
        loops=around,
        turned=turned and verdict in DIRECTIONS,
    )


# --- What is changed ------------------------------------------------------------------------


class _Quantities(NamedTuple):
    """The other names of what is changed, and the statements that do not come into it."""

    names: frozenset[str]
    beside: frozenset[str]


def _quantities(graph: Graph, changed: Mapping[str, int]) -> _Quantities:
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
    return _Quantities(frozenset(names), frozenset(beside))


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
    """Keep the path if it is the best of its length to this state."""
    known = best.get(state)
    if known is None or trail.weights < known.weights:
        best[state] = trail
    elif trail.weights == known.weights:
        one, other = ([step.statement.key for step in each.steps()] for each in (trail, known))
        best[state] = trail if one < other else known


class _Search:
    """The steps a change can take, each asked for once; what is held is never entered."""

    def __init__(
        self,
        graph: Graph,
        held: Collection[str],
        quantities: _Quantities,
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
