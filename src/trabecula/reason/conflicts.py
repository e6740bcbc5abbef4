"""Where the sources disagree, and what only depends on where one looks.

Two sides are put against each other for two quantities, whatever names their statements use (see
`quantities`), so that one disagreement is one conflict. What puts them against each other
(`between`) is one of

| between   | one side                               | the other side                          |
|-----------|----------------------------------------|-----------------------------------------|
| `signs`   | this raises that                       | this lowers that                        |
| `stances` | a statement is supported               | it is disputed, its negation supported  |
| `states`  | a state of a thing acts one way        | another state, or the thing, the other  |
| `chains`  | supported chains of two steps          | others, of the opposite sign            |

| kind       | when                                                                           |
|------------|--------------------------------------------------------------------------------|
| `direct`   | two findings on opposite sides that nothing stated distinguishes               |
| `indirect` | chains, where no source spoke of the two: what prevails is open                |
| `depends`  | no conflict: the sides speak of other intervals of the quantity (lack, normal, |
|            | excess), of other states, or of contexts that differ in a closed key           |

What the precedence of `conclusions` decides is in none of them: a chain against a statement of the
two, a title against what was read, what was observed against what was changed. A need is no rise,
and to use something up is not to lower it, so neither opposes a change. The article alone makes no
conflict; see `audit`. `depends` means that what is stated differs, not that the difference is known
to be the reason.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from trabecula.columns import Columns
from trabecula.quantities import ends_of
from trabecula.reason.conclusions import conclusions_of
from trabecula.reason.crossings import EFFORT, crossings
from trabecula.reason.disagreements import disagreements
from trabecula.reason.sides import Conflict
from trabecula.uncollected import uncollected

#: The kinds of conflict, the gravest first, as a reader says them.
KINDS: Final = MappingProxyType(
    {"direct": "direct", "indirect": "indirect", "depends": "depends on where one looks"}
)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What was found; `whole` is false where there are too many chains to look at all of them."""

    conflicts: tuple[Conflict, ...]
    whole: bool = True


@uncollected
def conflicts(
    columns: Columns, *, kinds: Container[str] = KINDS, effort: int = EFFORT
) -> Conflicts:
    """The conflicts of these kinds, the gravest kind first, then by start and end.

    `effort` is how many chains there may be; where there are more, none are compared.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence, Statement
    >>> trial, study = (Evidence(source=s, strength="direct", species="rat") for s in "ab")
    >>> graph = Graph([
    ...     Statement(subject="x", predicate="increases", object="y", evidence=(trial,)),
    ...     Statement(subject="x", predicate="inhibits", object="y", evidence=(study,)),
    ... ])
    >>> [(c.kind, c.between, c.left.sources) for c in conflicts(graph.columns).conflicts]
    [('direct', 'signs', ('a',))]
    """
    conclusions = conclusions_of(columns)
    chosen = [conflict for conflict in disagreements(conclusions) if conflict.kind in kinds]
    whole = True
    if "indirect" in kinds:
        crossed = crossings(conclusions, effort=effort)
        whole = crossed is not None
        chosen += crossed or ()
    order = tuple(KINDS)
    chosen.sort(key=lambda c: (order.index(c.kind), c.start, c.end, c.key))
    return Conflicts(tuple(chosen), whole)


def about(answer: Conflicts, columns: Columns, entity: str) -> Conflicts:
    """Those conflicts of which one end is the quantity that an entity is a name of."""
    ends = ends_of(columns, entity)
    kept = (each for each in answer.conflicts if not ends.isdisjoint((each.start, each.end)))
    return replace(answer, conflicts=tuple(kept))
