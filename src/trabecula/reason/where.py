"""Where what statements say of two quantities holds, and where it is denied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from trabecula.columns import Columns
from trabecula.context import apart, settings
from trabecula.quantities import INTERVALS, UNSAID
from trabecula.reason.concluded import Case, verb
from trabecula.reason.sayings import Saying


def ids_of(columns: Columns, sayings: Iterable[Saying]) -> tuple[str, ...]:
    """The ids of the statements of sayings, each once, in their order."""
    of = columns.ids
    return tuple(dict.fromkeys([of[saying.statement] for saying in sayings]))


def interval_of(sayings: Sequence[Saying]) -> str:
    """The interval that all of them name; empty where they do not."""
    if len(sayings) == 1:
        return INTERVALS[sayings[0].interval]
    intervals = {saying.interval for saying in sayings}
    return INTERVALS[intervals.pop()] if len(intervals) == 1 else ""


def cases(columns: Columns, deciding: Sequence[Saying]) -> tuple[Case, ...]:
    """What holds where, one case for each sign, state, interval and context."""
    by_case: dict[Case, list[Saying]] = {}
    for saying in deciding:
        state = columns.entities[saying.state] if saying.state >= 0 else ""
        for context in columns.settings[saying.statement] or ((),):
            case = Case(verb(saying.sign), INTERVALS[saying.interval], context, state)
            by_case.setdefault(case, []).append(saying)
    return tuple(
        replace(case, statements=ids_of(columns, sayings)) for case, sayings in by_case.items()
    )


def narrow_cases(columns: Columns, deciding: Sequence[Saying], sign: int) -> tuple[Case, ...]:
    """Where it holds, if every deciding statement says of itself where it does."""
    qualified = [columns.statements[saying.statement].qualifiers for saying in deciding]
    if not all(qualified):
        return ()
    return tuple(Case(verb(sign), "", context) for context in dict.fromkeys(qualified))


def differ(columns: Columns, deciding: Sequence[Saying]) -> bool:
    """Whether all that raises looked elsewhere than all that lowers."""
    raising, lowering = ([s for s in deciding if s.sign == sign] for sign in (1, -1))
    return all(_told_apart(columns, up, down) for up in raising for down in lowering)


def _told_apart(columns: Columns, saying: Saying, other: Saying) -> bool:
    if saying.state != other.state:
        return True
    if UNSAID not in (saying.interval, other.interval) and saying.interval != other.interval:
        return True
    places = columns.settings
    return bool(apart(places[saying.statement], places[other.statement]))


def denied_elsewhere(columns: Columns, deciding: Sequence[Saying]) -> bool:
    """Whether all who dispute these statements looked elsewhere than all who support them."""
    return all(_disputed_elsewhere(columns, saying.statement) for saying in deciding)


def _disputed_elsewhere(columns: Columns, number: int) -> bool:
    here = columns.settings[number]
    there = settings(columns.statements[number], columns.words, "disputes")
    return bool(here and there) and bool(apart(here, there))
