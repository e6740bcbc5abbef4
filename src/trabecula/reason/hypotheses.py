"""What nobody tested and supported statements suggest: for a release, and to be tested.

A hypothesis is a conclusion about two quantities of which no source spoke: chains of two changes,
each step supported, all of one sign, none of which breaks the context (`suggested`, see
`conclusions`). Nothing in it rests on a need, on what was only observed together, on a title or on
the article, and no chain goes from a lack of something on with what is said of its excess: to take
away what causes a lack makes no excess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from trabecula.columns import Columns
from trabecula.model import Statement, identity
from trabecula.reason.chains import EFFORT, MINUS, PLUS, chained
from trabecula.reason.concluded import SUPPORTED, Conclusion
from trabecula.reason.conclusions import STEPS, Conclusions, conclusions_of
from trabecula.reason.sayings import CHANGES
from trabecula.uncollected import uncollected
from trabecula.vocabulary import Vocabulary

#: How many hypotheses there may be; where there are more candidates, none are given.
LIMIT: Final = 50_000
HYPOTHESIS: Final = "https://w3id.org/trabecula/hypothesis/"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What is suggested of two quantities, by the ids of the entities that stand for them."""

    start: str
    end: str
    conclusion: Conclusion
    statements: tuple[Statement, ...]  # what it rests on

    @property
    def id(self) -> str:
        """`h` and 32 hexadecimal digits: the SHA-256 of its ends and its sign."""
        return identity("h", (self.start, self.end, f"{self.conclusion.sign:+d}"))

    @property
    def iri(self) -> str:
        """The IRI of the hypothesis; the same as long as it says the same."""
        return HYPOTHESIS + self.id


@uncollected
def hypotheses(
    columns: Columns, *, limit: int = LIMIT, effort: int = EFFORT
) -> tuple[Hypothesis, ...]:
    """The hypotheses of a graph in the order of their ends; none where there are too many.

    `limit` is how many candidates there may be, `effort` how many chains of two steps.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence, Statement
    >>> read = (Evidence(source="a", strength="review"),)
    >>> graph = Graph([
    ...     Statement(subject="pth", predicate="increases", object="calcitriol", evidence=read),
    ...     Statement(subject="calcitriol", predicate="inhibits", object="renin", evidence=read),
    ... ])
    >>> [(h.start, h.conclusion.sign, h.end) for h in hypotheses(graph.columns)]
    [('pth', -1, 'renin')]
    """
    conclusions = conclusions_of(columns)
    portions = chained(conclusions, effort=effort)
    pairs: set[tuple[int, int]] = set()
    if portions is None:
        return ()
    for portion in portions:
        one_way = (portion.signs == PLUS) | (portion.signs == MINUS)
        places = (one_way & (portion.ranks == SUPPORTED)).nonzero()[0]
        pairs.update(
            zip(portion.starts[places].tolist(), portion.ends[places].tolist(), strict=True)
        )
        if len(pairs) > limit:
            return ()
    by_id = dict(zip(columns.ids, columns.statements, strict=True))
    supposed: list[Hypothesis] = []
    for start, end in sorted(pairs):
        conclusion = conclusions.between(start, end)
        statements = tuple(by_id[key] for key in conclusion.rests_on)
        if _supposed(conclusions.columns.words, conclusion, statements) and not _crossed(
            conclusions, statements
        ):
            supposed.append(
                Hypothesis(columns.entities[start], columns.entities[end], conclusion, statements)
            )
    return tuple(supposed)


def _supposed(words: Vocabulary, conclusion: Conclusion, statements: tuple[Statement, ...]) -> bool:
    """Whether a conclusion is a hypothesis: of one sign, over changes alone, that nobody denies."""
    return (
        not conclusion.against
        and conclusion.relation == "suggested"
        and conclusion.steps == STEPS
        and conclusion.sign in (1, -1)
        and all(words.relation(statement.predicate).kind == CHANGES for statement in statements)
    )


def _crossed(conclusions: Conclusions, statements: tuple[Statement, ...]) -> bool:
    """Whether one statement leads to a lack and another goes on from an excess of the same."""
    number, quantities = conclusions.columns.number, conclusions.quantities
    reached = {
        (quantities.of[end], quantities.intervals[end])
        for end in (number(statement.object) for statement in statements)
    }
    left = [number(statement.subject) for statement in statements]
    return any(
        quantities.intervals[start]
        and (quantities.of[start], -quantities.intervals[start]) in reached
        for start in left
    )
