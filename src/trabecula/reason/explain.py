"""How one entity acts on another: what follows for the two, and all paths between them.

What follows is told by `conclusions`, from at most two or three acting steps. The paths are for
reading: they may be longer, each walks statements between entities as they stand, and nothing is
concluded from how many there are, for that depends on how finely a part of biology was curated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from trabecula.context import Difference, differences, settings
from trabecula.influence import Influence
from trabecula.model import Statement
from trabecula.names import Names
from trabecula.reason.conclusions import STEPS as CONCLUDING
from trabecula.reason.conclusions import Conclusion
from trabecula.reason.following import following, without
from trabecula.reason.known import known_of
from trabecula.reason.paths import BOUND, STEPS, Path, distance, ranked, search, weigher
from trabecula.reason.search import uncollected
from trabecula.standing import status as status_of
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
    columns = influence.columns
    first, last = names.id_of(start), names.id_of(end)
    passed, avoided = tuple(map(names.id_of, via)), tuple(map(names.id_of, avoid))
    chosen = following(columns, status, evidence) if status or evidence else None
    found = search(
        influence, first, last, steps, follow=chosen, via=passed, avoid=avoided,
        structure=structure, bound=bound,
    )  # fmt: skip
    weigh = weigher(columns.groups)
    paths = ranked(found.paths, weigh)
    by_sign: dict[int, list[Path]] = {1: [], -1: [], 0: []}
    for path in paths:
        by_sign[path.sign].append(path)
    supported = {
        sign: sum(all(weigh(step.statement).supported for step in path.steps) for path in voting)
        for sign, voting in by_sign.items()
    }
    least = len(paths[0].steps) if paths else 0
    number = columns.number(first)
    kept = columns.followed if chosen is None else chosen
    if avoided:
        kept = without(kept, (n for a in avoided for n in columns.touching(columns.number(a))))
    concluded = known_of(columns, kept).between(number, columns.number(last), concluding)
    direct = {path.steps[0].statement.key for path in paths if len(path.steps) == 1}
    return Explanation(
        start=first,
        end=last,
        steps=steps,
        bound=bound,
        structure=structure,
        conclusion=concluded,
        ways=tuple(
            Way(sign, len(voting), supported[sign], voting[0] if voting else None)
            for sign, voting in by_sign.items()
        ),
        paths=paths,
        beside=tuple(
            statement
            for statement in map(columns.statements.__getitem__, columns.touching(number))
            if last in (statement.subject, statement.object) and statement.key not in direct
        ),
        stopped=found.stopped,
        distance=least
        or distance(influence, first, last, follow=chosen, avoid=avoided, structure=structure),
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
