"""What a page opens with: the core of its graph, and questions to start from.

The questions are chosen by what the graph concludes, whatever it is about: first two things of
which sources say how the one acts on the other, best from measurements in people; then two where it
depends or is contested; then a change from which much follows. Where a graph says what it is about
(`About.focus`), they are about that as far as it has such answers. What only the article says, or
what no more than a chain of weak steps leads to, is no good answer, and nothing is asked about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice
from typing import Any, Final, NamedTuple

from trabecula.characters import words_of
from trabecula.graph import Graph
from trabecula.picture import style
from trabecula.quantities import UNSAID
from trabecula.reason.concluded import Conclusion
from trabecula.reason.conclusions import Conclusions, conclusions_of
from trabecula.reason.core import acting, core
from trabecula.vocabulary import BASES

__all__ = ["busiest", "core", "questions"]

#: Steps within which a question asks for paths.
_STEPS: Final = 3
#: How many questions there are, and how many pairs and changes are looked at for them.
_QUESTIONS: Final = 3
_PAIRS: Final = 200
_CHANGES: Final = 24
#: Fewer outcomes than these make no good answer to what would follow.
_OUTCOMES: Final = 3
#: What an answer shows that tells two sides apart.
_SHOWS: Final = {
    "depends": "it depends: what raises, what lowers, and in which context",
    "contested": "sources disagree: what each of them says",
}


class _Pair(NamedTuple):
    """Two entities by number, of which sources say how the one acts on the other."""

    start: int
    end: int
    degree: int  # of the one that has fewer statements
    beside: int  # how far the two are from being what the graph says it is about
    conclusion: Conclusion


def questions(graph: Graph, *, disputed: bool) -> list[dict[str, Any]]:
    """Up to three questions to which the graph has a good answer, as scenes of the page.

    `disputed` says that there are conflicts in it. Each question has its words, what the answer
    shows, and the scene as `frontend/src/state.js` knows it.
    """
    conclusions = conclusions_of(graph.columns)
    pairs = list(_pairs(graph, conclusions))
    sided = sorted((pair for pair in pairs if _tells(pair.conclusion)), key=_by_sides)[:1]
    firm = sorted((pair for pair in pairs if pair.conclusion.firm), key=_by_basis)
    asked = _apart(firm, sided)[:1] + sided
    rows = [_asked(graph, pair) for pair in asked]
    if disputed and not sided:
        rows.append(
            {
                "words": "Where do the sources disagree?",
                "shows": "both sides of each conflict, and whether their contexts differ",
                "scene": {"kind": "conflicts"},
            }
        )
    rows += _change(graph, conclusions)
    rows += [_asked(graph, pair) for pair in _apart(firm, asked)]
    return rows[:_QUESTIONS] or _around(graph)


def _apart(pairs: Sequence[_Pair], others: Sequence[_Pair]) -> list[_Pair]:
    """The pairs apart from the others: of equal basis first those that share nothing with them."""
    taken = {entity for pair in others for entity in pair[:2]}
    left = [pair for pair in pairs if pair not in others]
    return sorted(
        left, key=lambda pair: (pair.beside, _basis(pair), len(taken.intersection(pair[:2])))
    )


# --- Pairs ----------------------------------------------------------------------------------


def _pairs(graph: Graph, conclusions: Conclusions) -> Iterator[_Pair]:
    """The pairs of which statements speak, the best connected first, with what follows for them.

    Where a graph says what it is about, its pairs come first, those with one of it next.
    """
    columns, of = graph.columns, conclusions.quantities.of
    degrees = [len(columns.touching(entity)) for entity in range(len(columns.entities))]
    focus = [number for number in map(columns.number, graph.words.focus) if number >= 0]
    about = {of[number] for number in focus}
    # Nothing from what the graph is about, one from another name of it, two from all else.
    beside = [0 if n in focus else 1 if of[n] in about else 2 for n in range(len(degrees))]
    spoken = ((columns.subjects[number], columns.objects[number]) for number in acting(columns))
    ends = {
        (start, end): min(degrees[start], degrees[end])
        for start, end in (*combinations(focus, 2), *spoken)
        if of[start] != of[end]
    }

    def rank(item: tuple[tuple[int, int], int]) -> tuple[int, int, tuple[int, int]]:
        (start, end), degree = item
        return beside[start] + beside[end] if focus else 0, -degree, (start, end)

    ranked = sorted(ends.items(), key=rank)
    named = ((ends, degree) for ends, degree in ranked if _differently_named(graph, *ends))
    for (start, end), degree in islice(named, _PAIRS):
        far = beside[start] + beside[end]
        yield _Pair(start, end, degree, far, conclusions.between(start, end, 1))


def _differently_named(graph: Graph, start: int, end: int) -> bool:
    """Whether both are described, and neither name says the other again."""
    ids = graph.columns.entities
    if ids[start] not in graph.entities or ids[end] not in graph.entities:
        return False
    first, second = (
        {part for word in words_of(graph.name(ids[entity])) for part in word.split("-")}
        for entity in (start, end)
    )
    return not any(len(part) > 2 for part in first & second)


def _tells(conclusion: Conclusion) -> bool:
    """Whether a conclusion tells two sides apart that are both worth reading."""
    return conclusion.relation in ("depends", "contested") and len(conclusion.rests_on) > 1


def _by_basis(pair: _Pair) -> tuple[int, int, bool, int, int, int]:
    """What is measured in people first, then undisputed, then the better connected."""
    against = bool(pair.conclusion.against)
    return (pair.beside, _basis(pair), against, -pair.degree, pair.start, pair.end)


def _basis(pair: _Pair) -> int:
    """The place of its basis among all, the best first."""
    basis = pair.conclusion.basis
    return list(BASES).index(basis) if basis else len(BASES)


def _by_sides(pair: _Pair) -> tuple[int, bool, int, int, int]:
    conclusion = pair.conclusion
    return (pair.beside, conclusion.relation != "depends", -pair.degree, pair.start, pair.end)


def _asked(graph: Graph, pair: _Pair) -> dict[str, Any]:
    """A pair as a question that does not give its answer away."""
    start, end = (graph.columns.entities[entity] for entity in (pair.start, pair.end))
    shows = _SHOWS.get(
        pair.conclusion.relation, "what follows, on what that rests, and the paths between the two"
    )
    return {
        "words": f"How does {graph.name(start)} act on {graph.name(end)}?",
        "shows": shows,
        "scene": {"kind": "paths", "from": start, "to": end, "steps": _STEPS},
    }


# --- Changes --------------------------------------------------------------------------------


def _change(graph: Graph, conclusions: Conclusions) -> list[dict[str, Any]]:
    """The change of one thing from which most follows firmly, if much does from any."""
    columns, quantities = graph.columns, conclusions.quantities
    begun = [0] * len(columns.entities)
    for number in acting(columns):
        begun[quantities.of[columns.subjects[number]]] += 1
    hubs = sorted(range(len(begun)), key=lambda entity: (-begun[entity], entity))
    best: tuple[int, int] | None = None
    most = (_OUTCOMES, False)
    for entity in hubs[:_CHANGES]:
        if quantities.intervals[entity] != UNSAID or columns.entities[entity] not in graph.entities:
            continue
        for way in (-1, 1):
            outcomes = conclusions.following(entity, way, UNSAID, 1).values()
            firm = [conclusion.sign for conclusion in outcomes if conclusion.firm]
            score = (len(firm), len(set(firm)) > 1)  # better where some rise and some fall
            if score > most or (best is None and score == most):
                best, most = (entity, way), score
    if best is None:
        return []
    entity, way = best
    name = columns.entities[entity]
    return [
        {
            "words": f"What would follow if {graph.name(name)} {'rose' if way > 0 else 'fell'}?",
            "shows": "what goes up, what goes down, what is open, and how well each is known",
            "scene": {"kind": "whatif", "up" if way > 0 else "down": [name]},
        }
    ]


def busiest(graph: Graph) -> str:
    """The entity that acts on most others, by its id; empty where none acts on any."""
    acts = (graph.columns.statements[number] for number in acting(graph.columns))
    counts = Counter(style.ends(statement, graph.words)[0] for statement in acts)
    named = [key for key in graph.entities if counts.get(key)]
    return min(named, key=lambda key: (-counts[key], key), default="")


def _around(graph: Graph) -> list[dict[str, Any]]:
    """Where nothing firm follows from anything: what is said of the thing that most is said of."""
    degrees = {key: len(graph.touching(key)) for key in graph.entities}
    name = min(degrees, key=lambda key: (-degrees[key], key), default="")
    if not name or not degrees[name]:
        return []
    return [
        {
            "words": f"What is said of {graph.name(name)}?",
            "shows": "the statements about it, each with its sources, if it has any",
            "scene": {"kind": "near", "of": [name]},
        }
    ]
