"""What a selector selects: row filters, which look at one statement at a time, and walks.

A row filter gives a test on the number of a statement, a walk the numbers of those it comes by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from trabecula.errors import SelectionError
from trabecula.influence import Influence
from trabecula.model import Evidence
from trabecula.names import Names
from trabecula.reason import paths
from trabecula.reason.following import kinds_of
from trabecula.reason.search import spread
from trabecula.selection.plan import Asked
from trabecula.vocabulary import STATUSES

Test: TypeAlias = Callable[[int], object]

# --- Row filters ----------------------------------------------------------------------------


def everything(_influence: Influence, _names: Names, _asked: Asked) -> Test:
    """All statements."""
    return lambda _: True


def subject(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with one of these subjects."""
    subjects, wanted = influence.columns.subjects, frozenset(asked.entities)
    return lambda number: subjects[number] in wanted


def object_(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with one of these objects."""
    objects, wanted = influence.columns.objects, frozenset(asked.entities)
    return lambda number: objects[number] in wanted


def statement(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with one of these ids."""
    ids = influence.columns.ids
    return lambda number: ids[number] in asked.values


def predicate(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with one of these predicates."""
    return influence.columns.predicates.marked(asked.values).__getitem__


def topic(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those of one of these topics."""
    return influence.columns.topics.marked(asked.values).__getitem__


def category(influence: Influence, names: Names, asked: Asked) -> Test:
    """Those one end of which is of one of these categories."""
    columns, described = influence.columns, names.entities
    wanted = [
        (described[key].category if key in described else "") in asked.values
        for key in columns.entities
    ]
    subjects, objects = columns.subjects, columns.objects
    return lambda number: wanted[subjects[number]] or wanted[objects[number]]


def carries_influence(influence: Influence, _names: Names, _asked: Asked) -> Test:
    """Those by which one thing acts on the other."""
    predicates = influence.columns.predicates
    relation = influence.columns.words.relation
    acting = {name for name in predicates.names if relation(name).influence != "none"}
    return predicates.marked(acting).__getitem__


def sign(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with one of these signs."""
    signs, written = influence.columns.signs, {1: "+", -1: "-", 0: "0"}
    return lambda number: written[signs[number]] in asked.values


def status(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with one of these statuses."""
    statuses, wanted = influence.columns.statuses, [name in asked.values for name in STATUSES]
    return lambda number: wanted[statuses[number]]


def sources(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those that so many independent sources support."""
    supporting, least = influence.columns.supporting, asked.number or 0
    return lambda number: supporting[number] >= least


def evidence(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with a piece of evidence that is of all these kinds."""
    rows = _rows(influence)
    return lambda number: any(
        not row.retracted and asked.values <= kinds_of(row) for row in rows(number)
    )


def study(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those with one of these methods behind them."""
    rows = _rows(influence)
    return lambda n: not asked.values.isdisjoint(_named(rows(n), lambda row: row.method))


def species(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those that were seen in one of these species."""
    rows = _rows(influence)
    return lambda n: not asked.values.isdisjoint(_named(rows(n), lambda row: row.species))


def source(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those to which one of these sources speaks."""
    rows = _rows(influence)
    return lambda number: any(row.source in asked.values for row in rows(number))


def text(influence: Influence, _names: Names, asked: Asked) -> Test:
    """Those that have the words in the names of their ends or in a summary."""
    columns, rows, ends = influence.columns, _rows(influence), frozenset(asked.entities)
    (wanted,) = asked.values

    def says(number: int) -> bool:
        return (
            columns.subjects[number] in ends
            or columns.objects[number] in ends
            or any(wanted in row.summary.casefold() for row in rows(number))
        )

    return says


def _rows(influence: Influence) -> Callable[[int], tuple[Evidence, ...]]:
    statements = influence.columns.statements
    return lambda number: statements[number].evidence


def _named(rows: Iterable[Evidence], field: Callable[[Evidence], str]) -> set[str]:
    """What the evidence that is weighed names; {""} for nothing."""
    return {field(row) for row in rows if row.weighs} or {""}


# --- Walks ----------------------------------------------------------------------------------


def near(influence: Influence, _names: Names, asked: Asked) -> Iterable[int]:
    """All statements among the entities up to so many steps away."""
    columns = influence.columns
    subjects, objects = columns.subjects, columns.objects

    def beside(entity: int) -> Iterator[int]:
        yield from map(objects.__getitem__, columns.by_subject[entity])
        yield from map(subjects.__getitem__, columns.by_object[entity])

    reached = spread(asked.entities, beside, asked.number or 1)
    return (
        number
        for entity in reached
        for number in columns.by_subject[entity]
        if objects[number] in reached
    )


def upstream(influence: Influence, _names: Names, asked: Asked) -> Iterable[int]:
    """What acts on an entity, and on that, up to so many steps."""
    return _led(influence, asked, influence.acting, influence.arcs.starts)


def downstream(influence: Influence, _names: Names, asked: Asked) -> Iterable[int]:
    """What an entity acts on, and that in its turn, up to so many steps."""
    return _led(influence, asked, influence.acted_on, influence.arcs.ends)


def _led(
    influence: Influence,
    asked: Asked,
    arcs_of: Callable[[int], Iterable[int]],
    ends: Iterable[int],
) -> Iterable[int]:
    """The statements of the arcs that lead on from what is less than so many steps away."""
    there = tuple(ends).__getitem__

    def onward(entity: int) -> Iterable[int]:
        return map(there, arcs_of(entity))

    before = None if asked.number is None else asked.number - 1
    reached = spread(asked.entities, onward, before)
    statements = influence.arcs.statements
    return (statements[arc] for entity in reached for arc in arcs_of(entity))


def path(influence: Influence, _names: Names, asked: Asked) -> Iterable[int]:
    """The statements on the paths from one entity to another."""
    start, end = map(influence.columns.entities.__getitem__, asked.entities)
    answer = paths.search(influence, start, end, asked.number or paths.STEPS, bound=paths.BOUND)
    if answer.stopped:
        raise SelectionError(
            f"there are too many paths from {start} to {end} to look at those of {answer.stopped} "
            f"steps; ask for at most {answer.stopped - 1}"
        )
    return influence.columns.numbers(s for path in answer.paths for s in path.statements)


def loop(influence: Influence, _names: Names, asked: Asked) -> Iterable[int]:
    """The statements on feedback loops."""
    from trabecula.reason.loops import STEPS, loops  # needed by this selector only

    through = influence.columns.entities[asked.entities[0]] if asked.entities else ""
    answer = loops(influence.columns, asked.number or STEPS, through=through)
    if answer.complete < answer.steps:
        raise SelectionError(
            f"there are too many loops to look for those of more than {answer.complete} steps; "
            "name an entity: loop(entity, steps)"
        )
    return influence.columns.numbers(s for loop in answer.loops for s in loop.statements)


def core(influence: Influence, _names: Names, _asked: Asked) -> Iterable[int]:
    """Where supported influence is densest."""
    from trabecula.reason.core import core  # needed by this selector only

    return influence.columns.numbers(core(influence.columns))


def conflict(influence: Influence, _names: Names, asked: Asked) -> Iterable[int]:
    """The statements on either side of a conflict."""
    from trabecula.reason.conflicts import conflicts  # needed by this selector only

    answer = conflicts(influence.columns, kinds=asked.values)
    if not answer.whole:
        raise SelectionError(
            "there are too many chains to look for those that point both ways; "
            "ask for conflict(direct, depends)"
        )
    return influence.columns.numbers(
        s for conflict in answer.conflicts for s in conflict.statements
    )
