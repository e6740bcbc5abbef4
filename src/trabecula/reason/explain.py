"""How one entity acts on another: all paths between the two, weighed, and what they add up to.

The verdict comes from the signs of the paths found, each path one vote for its sign:

| paths that raise | that lower | of unknown sign | verdict     |
|------------------|------------|-----------------|-------------|
| some             | none       | any             | `increases` |
| none             | some       | any             | `decreases` |
| some             | some       | any             | `ambiguous` |
| none             | none       | some            | `unknown`   |
| none             | none       | none            | `no path`   |

Votes are shown and never summed up in a number: how many paths there are depends on how finely a
part of biology was curated, and no path says how large its effect is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from trabecula.context import Difference, differences, settings
from trabecula.influence import Influence
from trabecula.model import Statement
from trabecula.names import Names
from trabecula.reason.connections import verdict
from trabecula.reason.following import following
from trabecula.reason.paths import BOUND, STEPS, Path, distance, ranked, search, weigher
from trabecula.standing import status as status_of
from trabecula.vocabulary import WORDS, Vocabulary

#: The verdicts, and what they mean.
VERDICTS: Final = {
    "increases": "every path of known sign says that more of the one leads to more of the other",
    "decreases": "every path of known sign says that more of the one leads to less of the other",
    "ambiguous": "some paths raise it and some lower it; which prevails does not follow",
    "unknown": "there are paths, but none of them has a known sign",
    "no path": "no path was found",
}


@dataclass(frozen=True, slots=True)
class Vote:
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
    """How `start` acts on `end`; the paths are the best first."""

    start: str
    end: str
    steps: int
    bound: int  # how many steps the search could try
    structure: bool  # whether links of structure were crossed
    verdict: str  # one of `VERDICTS`
    shortest: str  # the verdict of the shortest paths alone
    supported: str  # the verdict of the paths alone that lead over supported statements only
    votes: tuple[Vote, ...]  # for +1, -1 and 0
    paths: tuple[Path, ...]
    #: What is said of the two directly and is on none of the paths: correlations, what is
    #: refuted, what the choice of statements leaves out.
    beside: tuple[Statement, ...]
    stopped: int  # paths of so many steps were not all looked at, longer ones not at all; or 0
    distance: int  # how many steps the two are apart at least, if a path was found or would be


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
) -> Explanation:
    """How `start` acts on `end` in at most `steps` steps; see `paths.search` for what a path is.

    Names are ids, labels or synonyms. Paths pass all entities of `via` and none of `avoid`, and
    lead only over statements of the statuses given and for which one supporting piece of
    evidence is of all the kinds given (`human`, `rct`); statements of what a thing is (the lack
    or the level of another, a part of it) need no such evidence. Raises `NotFound` for unknown
    names and `SelectionError` for what no path can satisfy.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> explain(graph.influence, graph.names, "calcitonin", "bone resorption", 2).verdict
    'decreases'
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
    direct = {path.steps[0].statement.id for path in paths if len(path.steps) == 1}
    return Explanation(
        start=first,
        end=last,
        steps=steps,
        bound=bound,
        structure=structure,
        verdict=verdict({sign for sign, voting in by_sign.items() if voting}),
        shortest=verdict({path.sign for path in paths if len(path.steps) == least}),
        supported=verdict({sign for sign, count in supported.items() if count}),
        votes=tuple(
            Vote(sign, len(voting), supported[sign], voting[0] if voting else None)
            for sign, voting in by_sign.items()
        ),
        paths=paths,
        beside=tuple(
            statement
            for statement in map(columns.statements.__getitem__, columns.touching(number))
            if last in (statement.subject, statement.object) and statement.id not in direct
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
