"""The selection language: one way to name a part of a graph, everywhere.

    near(magnesium, 2) & predicate(requires, activates)
    (topic(pth) | topic(vitamin-d)) & !status(asserted-only)
    category(cell) & sign(-) & evidence(human, rct)

A selection denotes a set of statements. `&`, `|` and `!` are intersection, union and complement;
`!` binds tightest, then `&`, then `|`; parentheses group. Names with blanks or marks are quoted.

| selects the statements …      | written                                                 |
|-------------------------------|---------------------------------------------------------|
| all                           | `all()`                                                 |
| of the core                   | `core()`: where supported influence is densest          |
| among entities up to k steps  | `near(x, k)`; k is 1 where it is left out               |
| on which x depends            | `upstream(x)`, `upstream(x, k)`                         |
| which depend on x             | `downstream(x)`, `downstream(x, k)`                     |
| on paths from a to b          | `path(a, b, k)`; of at most k steps, 4 where left out   |
| on feedback loops through x   | `loop(x)`, `loop(x, k)`; k is 6 where it is left out    |
| on any feedback loop          | `loop()`                                                |
| with this subject or object   | `subject(x, …)`, `object(x, …)`                         |
| with one of these ids         | `statement(s3f09…, …)`                                  |
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
| on either side of a conflict  | `conflict()`, `conflict(direct, resolved, indirect)`    |
| that say this anywhere        | `text("ionised magnesium")`: names, ids and summaries   |

`near` takes every statement among the entities it reaches, in whatever direction statements
point. `upstream` and `downstream` follow influence: what is required acts on what requires it.
`path` takes the statements on the simple paths of influence that `trabecula explain` lists; it
leaves out what is refuted or negated. `study` and `species` look at every piece of evidence but the
article's own words. `not stated` is the word for a topic, category, study or species left open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trabecula.selection.parsing import MAX_DEPTH, And, Call, Not, Or, Selection, parse
from trabecula.selection.selectors import NOT_STATED, SELECTORS
from trabecula.vocabulary import EVIDENCE_ALIASES, sign_of

if TYPE_CHECKING:  # the graph calls the selection, so only its type is needed here
    from trabecula.graph import Graph

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
    "evaluate",
    "parse",
    "sign_of",
]


def evaluate(selection: Selection, graph: Graph) -> set[str]:
    """The ids of the statements of `graph` that `selection` denotes.

    Raises `NotFound` for a name that nothing answers to, `SelectionError` for a bad argument.
    """
    match selection:
        case Call(name, arguments):
            return set(SELECTORS[name].select(graph, arguments))
        case Not(part):
            return set(graph.statements) - evaluate(part, graph)
        case And(parts):
            chosen = evaluate(parts[0], graph)
            for part in parts[1:]:
                chosen &= evaluate(part, graph)
            return chosen
        case Or(parts):
            return set().union(*(evaluate(part, graph) for part in parts))
