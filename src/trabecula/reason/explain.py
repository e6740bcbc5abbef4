"""How one entity acts on another: what follows for the two, and all paths between them.

What follows is told by `conclusions`, from at most two or three acting steps. The paths are for
reading: they may be longer, each walks statements between entities as they stand, and nothing is
concluded from how many there are, for that depends on how finely a part of biology was curated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from trabecula.columns import Columns, Weight
from trabecula.context import Difference, differences, settings
from trabecula.errors import require_texts, require_whole
from trabecula.influence import Arcs, Influence
from trabecula.model import Statement
from trabecula.names import Names
from trabecula.reason.concluded import Conclusion
from trabecula.reason.conclusions import MOST, conclusions_of
from trabecula.reason.conclusions import STEPS as CONCLUDING
from trabecula.reason.following import following, without
from trabecula.reason.paths import (
    BOUND,
    STEPS,
    Path,
    distance,
    followed,
    paths_of,
    require_possible,
    walked,
)
from trabecula.reason.search import require_steps
from trabecula.reason.signs import compose
from trabecula.standing import status as status_of
from trabecula.uncollected import uncollected
from trabecula.vocabulary import WORDS, Vocabulary


@dataclass(frozen=True, slots=True)
class Way:
    """The paths of one sign: how many, how many of them all of supported statements, the best."""

    sign: int
    paths: int
    supported: int
    best: Path | None


@dataclass(frozen=True, slots=True)
class Break:
    """Two steps of a path, by their numbers from 1, that share no context, and how they differ.

    The steps are neighbours, or those between them name no context.
    """

    first: int
    second: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What follows for `start` and `end`, and the paths between them, the best first."""

    start: str
    end: str
    steps: int
    bound: int  # how many steps the search could try
    structure: bool  # whether links of structure were crossed
    conclusion: Conclusion
    ways: tuple[Way, ...]  # for +1, -1 and 0
    paths: tuple[Path, ...]
    #: What is said of the two directly and is on none of the paths: correlations, what is
    #: refuted, what the choice of statements leaves out.
    beside: tuple[Statement, ...]
    stopped: int  # paths of so many steps were not all looked at, longer ones not at all; or 0
    distance: int  # how many steps the two are apart at least, if a path was found or would be


@uncollected
def explain(
    influence: Influence,
    names: Names,
    start: str,
    end: str,
    steps: int = STEPS,
    *,
    via: Iterable[str] = (),
    avoid: Iterable[str] = (),
    status: Iterable[str] = (),
    evidence: Iterable[str] = (),
    structure: bool = False,
    bound: int = BOUND,
    concluding: int = CONCLUDING,
) -> Explanation:
    """How `start` acts on `end` in at most `steps` steps; see `paths.search` for what a path is.

    Names are ids, labels or synonyms. Paths pass all entities of `via` and none of `avoid`, and
    lead only over statements of the statuses given and for which one supporting piece of
    evidence is of all the kinds given (`human`, `rct`); statements of what a thing is (the lack
    or the level of another, a part of it) need no such evidence. The conclusion is drawn from at
    most `concluding` acting steps of such statements. Raises `NotFound` for unknown
    names and `SelectionError` for what no path can satisfy.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> explain(graph.influence, graph.names, "osteoclast", "bone resorption").conclusion.relation
    'raises'
    """
    columns, entities = influence.columns, influence.columns.entities
    number, other = names.get(start), names.get(end)
    first, last = entities[number], entities[other]
    via, avoid = require_texts(via, "via"), require_texts(avoid, "avoid")
    status, evidence = require_texts(status, "status"), require_texts(evidence, "evidence")
    require_whole(bound, "the bound")
    require_steps(concluding, MOST, "a conclusion")
    passed, avoided = set(map(names.get, via)), set(map(names.get, avoid))
    require_possible(
        first, last, steps, *([entities[n] for n in some] for some in (passed, avoided))
    )
    chosen = following(columns, status, evidence) if status or evidence else None
    arcs = followed(influence, chosen, structure=structure)
    trails, stopped = walked(arcs, number, other, steps, passed, avoided, bound)
    ranked, weights = _ranked(columns, arcs, trails)
    paths = paths_of(influence, arcs, ranked)
    kept = columns.followed if chosen is None else chosen
    if avoided:
        kept = without(kept, (n for entity in avoided for n in columns.touching(entity)))
    direct = {arcs.statements[trail[0]] for trail in ranked if len(trail) == 1}
    return Explanation(
        start=first,
        end=last,
        steps=steps,
        bound=bound,
        structure=structure,
        conclusion=conclusions_of(columns, kept).between(number, other, concluding),
        ways=_ways(arcs, ranked, weights, paths),
        paths=paths,
        beside=tuple(
            columns.statements[each]
            for each in columns.between(number, other)
            if each not in direct
        ),
        stopped=stopped,
        distance=len(ranked[0]) if ranked else distance(arcs, number, other, avoided),
    )


def _ranked(
    columns: Columns, arcs: Arcs, trails: list[tuple[int, ...]]
) -> tuple[list[tuple[int, ...]], dict[int, Weight]]:
    """Paths as arcs, best first, and the weight of each arc.

    Of two paths the shorter one is the better, then the one whose weakest step is the stronger, and
    so on. Paths that are equal in all this keep their order.
    """
    weights = {arc: columns.weight(arcs.statements[arc]) for arc in dict.fromkeys(chain(*trails))}

    def order(trail: tuple[int, ...]) -> tuple[int, list[Weight]]:
        return len(trail), sorted([weights[arc] for arc in trail], reverse=True)

    return sorted(trails, key=order), weights


def _ways(
    arcs: Arcs,
    trails: Sequence[tuple[int, ...]],
    weights: Mapping[int, Weight],
    paths: Sequence[Path],
) -> tuple[Way, ...]:
    """How many paths there are of each sign, and how many over supported statements alone."""
    by_sign: dict[int, list[int]] = {1: [], -1: [], 0: []}
    for place, trail in enumerate(trails):
        by_sign[compose([arcs.signs[arc] for arc in trail])].append(place)
    return tuple(
        Way(
            sign,
            len(places),
            sum(all(weights[arc].supported for arc in trails[place]) for place in places),
            paths[places[0]] if places else None,
        )
        for sign, places in by_sign.items()
    )


def contested(path: Path) -> tuple[Statement, ...]:
    """The statements on a path that sources dispute."""
    return tuple(s for s in path.statements if status_of(s.evidence) in ("contested", "refuted"))


def breaks(path: Path, words: Vocabulary = WORDS) -> tuple[Break, ...]:
    """Where a path goes on in another context than the one it was in; see `context.differences`.

    A step that names no context, such as one that says what a thing is, does not join what was
    found in rats to what was found in humans: each step is compared with the last one before it
    that names a context.
    """
    placed = [(place, s) for place, s in enumerate(path.statements, start=1) if settings(s, words)]
    neighbours = (
        Break(first, second, differences(here, there, words))
        for (first, here), (second, there) in pairwise(placed)
    )
    return tuple(pair for pair in neighbours if pair.differences)
