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
system settles again, a balancing loop through an entity, taken by itself, dampens its change and a
reinforcing one amplifies it; neither turns it round. The loops of each entity are with it. Nothing
is said of strengths, delays and thresholds, because the graph holds none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from trabecula.errors import SelectionError
from trabecula.influence import Arcs, Influence
from trabecula.names import Names
from trabecula.reason.following import without
from trabecula.reason.loops import Loop, feedback
from trabecula.reason.paths import MAX_STEPS, Path, Step, step_of
from trabecula.reason.quantities import Quantities, named_alike, quantities_of
from trabecula.reason.search import (
    EFFORT,
    Cycles,
    Trail,
    entity_of,
    reached,
    state,
    uncollected,
    way_of,
)

#: The steps of a path where nothing else is asked for.
STEPS: Final = 3
#: The id of an entity and the direction in which it changes: +1, -1 or 0.
State: TypeAlias = tuple[str, int]
#: How many steps are looked at for loops, and the longest loops that are looked for.
LOOP_EFFORT: Final = 20_000
LOOP_STEPS: Final = 4

DIRECTIONS: Final = {"up": 1, "down": -1}
VERDICTS: Final = {
    "up": "every consistent path raises it",
    "down": "every consistent path lowers it",
    "ambiguous": "some paths raise it and others lower it",
    "unknown": "something acts on it, in a direction that no statement says",
    "unreached": "no path leads to it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happens to one entity, and the best path by which it rises, falls or is acted on.

    A best path is a shortest one, and of those that were met the one with the best weakest
    statement. `turned` says that the opposite direction comes about too, but only by going round
    a loop.
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
        verdicts = {outcome.entity: outcome.verdict for outcome in self.outcomes}
        return verdicts.get(entity, "unreached")


def assume(names: Names, texts: Iterable[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """What texts such as `magnesium=down` and `calcitriol=fixed` assume: changes and what is held.

    Raises `SelectionError` where one cannot be read, two contradict each other or nothing is
    changed, and `NotFound` for a name that no entity answers to.

    >>> from trabecula.graph import Graph
    >>> assume(Graph().names, ["magnesium=sideways"])
    Traceback (most recent call last):
        ...
    trabecula.errors.SelectionError: 'magnesium=sideways': write name=up, name=down or name=fixed
    """
    given: dict[str, str] = {}
    for text in texts:
        name, _, value = text.rpartition("=")
        if not name.strip() or value not in (*DIRECTIONS, "fixed"):
            raise SelectionError(f"{text!r}: write name=up, name=down or name=fixed")
        entity = names.id_of(name)
        if given.setdefault(entity, value) != value:
            raise SelectionError(f"{entity} cannot be both {given[entity]} and {value}")
    changed = {key: DIRECTIONS[value] for key, value in given.items() if value in DIRECTIONS}
    if not changed:
        raise SelectionError("nothing is changed: write name=up or name=down for something")
    return changed, tuple(sorted(set(given) - set(changed)))


@uncollected
def whatif(
    influence: Influence,
    changed: Mapping[str, int],
    fixed: Iterable[str] = (),
    *,
    steps: int = STEPS,
    follow: bytes | None = None,
    effort: int = EFFORT,
) -> WhatIf:
    """What follows within so many steps if entities go up (+1) or down (-1), others held fixed.

    Entities are given by their ids. `follow` holds 1 for each statement that a change may travel
    along, and `effort` is how many paths may be walked one by one before the search gives up on
    what is not settled by then: where running round loops must be told from arriving.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Statement
    >>> influence = Graph([
    ...     Statement(subject="activation", predicate="requires", object="magnesium"),
    ...     Statement(subject="activation", predicate="has_output", object="calcitriol"),
    ... ]).influence
    >>> [(o.entity, o.verdict, o.distance) for o in whatif(influence, {"magnesium": -1}).outcomes]
    [('activation', 'down', 1), ('calcitriol', 'down', 2)]
    """
    if not 1 <= steps <= MAX_STEPS:
        raise SelectionError(f"{steps} is no number of steps for a path: give 1 to {MAX_STEPS}")
    columns = influence.columns
    fixed = tuple(sorted(set(fixed)))
    held = {columns.number(entity) for entity in (*changed, *fixed)} - {-1}
    ways = {columns.number(entity): way for entity, way in changed.items()}
    ways.pop(-1, None)
    quantities = quantities_of(columns, ways)
    kept = columns.followed if follow is None else follow
    if quantities.beside:
        kept = without(kept, quantities.beside)
    arcs = influence.followed if kept is columns.followed else influence.following(kept)
    weakness = columns.weakness
    change = reached(
        arcs,
        _enterable(influence, arcs, held, quantities),
        [state(entity, way) for entity, way in sorted(ways.items())],
        steps,
        weights=[weakness[statement] for statement in arcs.statements],
        effort=effort,
    )
    touched = {entity_of(there) for there in change.trails}
    around = feedback(influence, Cycles(influence, kept, touched | held, LOOP_EFFORT), LOOP_STEPS)
    unsettled = {entity_of(there) for there in change.unsettled}
    circular = {
        entity_of(there)
        for there in change.doubtful
        if way_of(there) and there not in change.trails and entity_of(there) not in unsettled
    }
    names = {columns.entities[entity] for entity in quantities.names}
    holding = _holding(around.found, names.union(changed, fixed))
    outcomes = _outcomes(influence, arcs, change.trails, holding, circular)
    return WhatIf(
        changed=tuple(sorted(changed.items())),
        fixed=fixed,
        names=tuple(sorted(names.difference(changed, fixed))),
        steps=steps,
        outcomes=outcomes,
        unreached=tuple(
            entity
            for number, entity in enumerate(columns.entities)
            if number not in touched and number not in held
        ),
        loops=around.found,
        loops_complete=around.complete,
        unsettled=tuple(columns.entities[entity] for entity in sorted(unsettled)),
    )


def _enterable(
    influence: Influence, arcs: Arcs, held: set[int], quantities: Quantities
) -> Callable[[int], Sequence[int]]:
    """The arcs by which a change can go on from an entity.

    What is held is never entered, and other names of what is changed only from each other.
    """
    ends, statements = arcs.ends, arcs.statements
    predicates = influence.columns.predicates
    naming = [named_alike(influence.columns.words, name) for name in predicates.names]
    barred = held | quantities.names

    def onward(entity: int) -> Sequence[int]:
        if barred.isdisjoint(arcs.acted_on(entity)):
            return arcs.of(entity)
        return [
            arc
            for arc in arcs.of(entity)
            if ends[arc] not in barred
            or (ends[arc] not in held and naming[predicates.codes[statements[arc]]])
        ]

    return onward


def _holding(around: Iterable[Loop], given: set[str]) -> dict[str, tuple[Loop, ...]]:
    """By entity the loops that hold it, but for those through what is changed or held fixed."""
    holding: dict[str, list[Loop]] = {}
    for loop in around:
        if given.isdisjoint(loop.entities):
            for entity in loop.entities:
                holding.setdefault(entity, []).append(loop)
    return {entity: tuple(those) for entity, those in holding.items()}


def _outcomes(
    influence: Influence,
    arcs: Arcs,
    trails: Mapping[int, Trail],
    holding: Mapping[str, tuple[Loop, ...]],
    circular: set[int],
) -> tuple[Outcome, ...]:
    """What happens to each entity, the nearest and best known first."""
    entities = influence.columns.entities
    paths = _Paths(influence, arcs)
    ordered: list[tuple[int, int, int, Outcome]] = []
    for entity in {entity_of(there) for there in trails}:
        up, down, unknown = (trails.get(state(entity, way)) for way in (1, -1, 0))
        verdict = "ambiguous" if up and down else "up" if up else "down" if down else "unknown"
        outcome = Outcome(
            entity=entities[entity],
            verdict=verdict,
            up=up and paths.of(up),
            down=down and paths.of(down),
            unknown=unknown and paths.of(unknown),
            loops=holding.get(entities[entity], ()),
            turned=entity in circular and verdict in DIRECTIONS,
        )
        known = [trail.weights for trail in (up, down) if trail] or [
            trails[state(entity, 0)].weights
        ]
        weights = min(known, key=len)
        ordered.append((len(weights), weights[0], entity, outcome))
    ordered.sort(key=lambda row: row[:3])
    return tuple(row[3] for row in ordered)


class _Paths:
    """The paths that trails stand for, which share most of their beginnings."""

    def __init__(self, influence: Influence, arcs: Arcs) -> None:
        self.influence, self.arcs = influence, arcs
        self._step: dict[int, Step] = {}
        self._steps: dict[int, tuple[Step, ...]] = {}  # by trail, which others keep alive

    def of(self, trail: Trail) -> Path:
        """The path."""
        return Path(self.steps(trail))

    def steps(self, trail: Trail) -> tuple[Step, ...]:
        """Its steps."""
        if trail.before is None:
            return ()
        steps = self._steps.get(id(trail))
        if steps is None:
            steps = (*self.steps(trail.before), self.step(trail.arc))
            self._steps[id(trail)] = steps
        return steps

    def step(self, arc: int) -> Step:
        """One step, made once."""
        step = self._step.get(arc)
        if step is None:
            step = self._step[arc] = step_of(self.influence, self.arcs, arc)
        return step
