"""The selection language: one way to name a part of a graph, everywhere.

    near(magnesium, 2) & predicate(requires, activates)
    (topic(pth) | topic(vitamin-d)) & !status(asserted-only)
    category(cell) & sign(-) & evidence(human, rct)

A selection denotes a set of statements. `&`, `|` and `!` are intersection, union and complement;
`!` binds tightest, then `&`, then `|`; parentheses group. Names with blanks or marks are quoted.

| selects the statements …      | written                                                 |
|-------------------------------|---------------------------------------------------------|
| all                           | `all()`                                                 |
| of the core                   | `core()`: where it is densest, around the focus if any  |
| among entities up to k steps  | `near(x, k)`; k is 1 where it is left out               |
| on which x depends            | `upstream(x)`, `upstream(x, k)`                         |
| which depend on x             | `downstream(x)`, `downstream(x, k)`                     |
| on paths from a to b          | `path(a, b, k)`; of at most k steps, 4 where left out   |
| on feedback loops through x   | `loop(x)`, `loop(x, k)`; k is 6 where it is left out    |
| on any feedback loop          | `loop()`                                                |
| with this subject or object   | `subject(x, …)`, `object(x, …)`                         |
| with one of these ids         | `statement(3f09…, …)`                                   |
| with one of these predicates  | `predicate(inhibits, requires)`                         |
| touching such an entity       | `category(cell, …)`                                     |
| with this sign                | `sign(+)`, `sign(-)`, `sign(0)`                         |
| that carry influence          | `influence()`: one thing acts on the other              |
| with one of these statuses    | `status(contested, …)`                                  |
| with evidence of all of these | `evidence(human, rct)`: species, system, method, …      |
| with any of these studies     | `study(rct, cohort, …)`, `study(not stated)`            |
| seen in any of these species  | `species(human, …)`, `species(not stated)`              |
| with so many sources          | `sources(2)`: independent ones that support them        |
| that this source speaks to    | `source(PMID:9709941)`, `source(article)`               |
| of this topic                 | `topic(vitamin-d, …)`, `topic(not stated)`              |
| on either side of a conflict  | `conflict()`, `conflict(direct, indirect, depends)`     |
| that say this anywhere        | `text("ionised magnesium")`: names, ids and summaries   |

`near` takes every statement among the entities it reaches, in whatever direction statements
point. `upstream` and `downstream` follow influence: what is required acts on what requires it.
`path` takes the statements on the simple paths of influence that `trabecula explain` lists; it
leaves out what is refuted or negated. `study` and `species` look at every piece of evidence but the
article's own words. `not stated` is the word for a topic, category, study or species left open.
"""

from __future__ import annotations

from trabecula.influence import Influence
from trabecula.names import Names
from trabecula.selection.grammar import MAX_DEPTH, And, Call, Not, Or, Selection, parse
from trabecula.selection.plan import NOT_STATED
from trabecula.selection.selectors import SELECTORS, Select
from trabecula.vocabulary import EVIDENCE_ALIASES

__all__ = [
    "EVIDENCE_ALIASES",
    "MAX_DEPTH",
    "NOT_STATED",
    "SELECTORS",
    "And",
    "Call",
    "Not",
    "Or",
    "Selection",
    "chosen",
    "parse",
]


def chosen(selection: Selection, influence: Influence, names: Names) -> list[int]:
    """The statements that `selection` denotes, by their numbers, in the order of the graph.

    Raises `NotFound` for a name that nothing answers to, `SelectionError` for a bad argument.
    """
    select = _planned(selection, influence, names)
    return sorted(select(set(range(len(influence.columns.statements)))))


def _planned(selection: Selection, influence: Influence, names: Names) -> Select:
    """The selection with every name in it resolved, so that all mistakes are told at once."""
    match selection:
        case Call(name, arguments):
            return _called(name, arguments, influence, names)
        case Not(part):
            inner = _planned(part, influence, names)
            return lambda candidates: candidates - inner(candidates)
        case And(parts):
            every = [_planned(part, influence, names) for part in parts]
            return lambda candidates: _every(every, candidates)
        case Or(parts):
            either = [_planned(part, influence, names) for part in parts]
            return lambda candidates: set().union(*(select(candidates) for select in either))


def _called(name: str, arguments: tuple[str, ...], influence: Influence, names: Names) -> Select:
    selector = SELECTORS[name]
    return selector.evaluate(influence, names, selector.plan(influence, names, arguments))


def _every(parts: list[Select], candidates: set[int]) -> set[int]:
    for select in parts:
        candidates = select(candidates)
    return candidates
