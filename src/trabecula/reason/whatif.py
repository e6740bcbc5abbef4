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

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from trabecula.errors import SelectionError
from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.reason.loops import Loop, loops
from trabecula.reason.paths import MAX_STEPS, Path, followed, uncollected
from trabecula.reason.propagation import Search, State, quantities_of

#: The steps of a path where nothing else is asked for.
STEPS: Final = 3
#: How many paths are walked one by one, where running round loops must be told from arriving.
EFFORT: Final = 200_000
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


@uncollected
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
    quantities = quantities_of(graph, changed)
    search = Search(graph, held, quantities, follow)
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
    circular = {entity for entity, way in doubtful if way and (entity, way) not in found}
    circular.difference_update(unsettled)
    outcomes = (
        _outcome(entity, found, tuple(holding.get(entity, ())), entity in circular)
        for entity in reached
    )

    def nearest_first(outcome: Outcome) -> tuple[object, ...]:
        steps = outcome.paths[0].steps
        return (len(steps), max(search.weight(step.statement) for step in steps), outcome.entity)

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
    around: tuple[Loop, ...],
    circular: bool,
) -> Outcome:
    up, down, unknown = (found.get((entity, direction)) for direction in (1, -1, 0))
    verdict = "ambiguous" if up and down else "up" if up else "down" if down else "unknown"
    return Outcome(
        entity=entity,
        verdict=verdict,
        up=up,
        down=down,
        unknown=unknown,
        loops=around,
        turned=circular and verdict in DIRECTIONS,
    )
