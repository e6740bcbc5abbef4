"""Sources that speak of two quantities and do not agree; see `conflicts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from trabecula.columns import STATUS_CODES
from trabecula.model import Statement
from trabecula.quantities import INTERVALS, UNSAID
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.sayings import CHANGES, DOUBTED, GOES_WITH, WEAK, Saying
from trabecula.reason.sides import (
    Conflict,
    Contrast,
    Side,
    compare,
    side,
    side_of,
    voices,
)  # fmt: skip
from trabecula.vocabulary import Vocabulary

#: Where a statement speaks of a quantity as such.
_AT_LARGE: Final = "at large"
_STATE: Final = "state"


def disagreements(conclusions: Conclusions) -> Iterator[Conflict]:
    """The conflicts of signs, of states and of stances, in this order."""
    for start in conclusions.quantities.all:
        if len(conclusions.sayings.of(start)) > 1:
            yield from _signs(conclusions, start)
        if of_states := conclusions.sayings.states(start):
            yield from _states(conclusions, start, of_states)
    yield from _stances(conclusions)


# --- Signs ----------------------------------------------------------------------------------


def _signs(conclusions: Conclusions, start: int) -> Iterator[Conflict]:
    """What raises and what lowers, each kind of saying against its like."""
    groups: dict[tuple[int, str], list[Saying]] = {}
    for saying in conclusions.sayings.of(start):
        if saying.sign and saying.kind in (CHANGES, GOES_WITH):
            groups.setdefault((saying.end, saying.kind), []).append(saying)
    for (end, kind), sayings in groups.items():
        if len(sayings) == 1:
            continue  # as of most pairs
        heard = _heard(conclusions, sayings)
        raising, lowering = ([s for s in heard if s.sign == sign] for sign in (1, -1))
        if not (raising and lowering):
            continue
        if kind == GOES_WITH and start > end and all(_symmetric(conclusions, s) for s in heard):
            continue  # it is found from the other end
        if kind == GOES_WITH and _changed(conclusions, start, end):
            continue  # what was changed decides over what was observed
        claim = "" if kind == CHANGES else kind
        yield _judged(conclusions, "signs", (start, end, claim), raising, lowering)


def _heard(conclusions: Conclusions, sayings: Iterable[Saying]) -> list[Saying]:
    """What was read, and the titles where nothing was; without what nobody or the article says."""
    status = conclusions.columns.status
    voiced = [s for s in sayings if s.sign and status(s.statement) not in _UNVOICED]
    return [s for s in voiced if s.tier <= DOUBTED] or [s for s in voiced if s.tier == WEAK]


_UNVOICED: Final = ("asserted-only", "no-evidence")


def _changed(conclusions: Conclusions, start: int, end: int) -> bool:
    """Whether a source that was read speaks of a change of the one by the other."""
    return any(
        s.end == end and s.kind == CHANGES and s.sign and s.tier <= DOUBTED
        for s in conclusions.sayings.of(start)
    )


def _symmetric(conclusions: Conclusions, saying: Saying) -> bool:
    columns, predicates = conclusions.columns, conclusions.columns.predicates
    name = predicates.names[predicates.codes[saying.statement]]
    return columns.words.relation(name).symmetric


def _judged(
    conclusions: Conclusions,
    between: str,
    about: tuple[int, int, str],
    raising: Sequence[Saying],
    lowering: Sequence[Saying],
) -> Conflict:
    """The conflict of two sides: direct, or told apart by context or by interval."""
    columns = conclusions.columns
    start, end, claim = about
    raising_side, lowering_side = (
        side(columns.statements[n] for n in dict.fromkeys(s.statement for s in sayings))
        for sayings in (raising, lowering)
    )
    return _compared(
        columns.words,
        between,
        (columns.entities[start], columns.entities[end], claim),
        raising_side,
        lowering_side,
        _places(conclusions, (*raising, *lowering)),
    )


def _places(conclusions: Conclusions, sayings: Sequence[Saying]) -> Mapping[str, str]:
    """The interval of which each statement speaks, if one of them names any."""
    if all(saying.interval == UNSAID for saying in sayings):
        return {}
    ids = conclusions.columns.ids
    return {ids[s.statement]: INTERVALS[s.interval] or _AT_LARGE for s in sayings}


def _compared(
    words: Vocabulary,
    between: str,
    about: tuple[str, str, str],
    left: Side,
    right: Side,
    places: Mapping[str, str],
) -> Conflict:
    comparison = compare(left, right, words, places)
    start, end, claim = about
    return Conflict(
        kind="depends" if comparison.apart else "direct",
        between=between,
        start=start,
        end=end,
        claim=claim,
        left=left,
        right=right,
        context=comparison.context,
        hints=comparison.hints,
        silent=comparison.silent,
        whole=comparison.whole,
    )


# --- States ---------------------------------------------------------------------------------


def _states(
    conclusions: Conclusions, start: int, of_states: Mapping[int, Sequence[Saying]]
) -> Iterator[Conflict]:
    """A state of a thing that acts one way while another state, or the thing, acts the other."""
    columns = conclusions.columns
    by_end = {end: list(sayings) for end, sayings in of_states.items()}
    for saying in conclusions.sayings.of(start):
        if saying.kind == CHANGES:
            by_end.setdefault(saying.end, []).append(saying)
    for end, sayings in by_end.items():
        heard = _heard(conclusions, sayings)
        sides = [[s for s in heard if s.sign == sign] for sign in (1, -1)]
        if not all(sides) or all(saying.state < 0 for saying in heard):
            continue
        named = [
            tuple(sorted({columns.entities[s.state if s.state >= 0 else start] for s in each}))
            for each in sides
        ]
        if named[0] == named[1]:
            continue  # each disagrees with itself and not with another
        conflict = _judged(conclusions, "states", (start, end, ""), sides[0], sides[1])
        yield replace(
            conflict, kind="depends", context=(Contrast(_STATE, *named), *conflict.context)
        )


# --- Stances --------------------------------------------------------------------------------


def _stances(conclusions: Conclusions) -> Iterator[Conflict]:
    """Support against dispute of one statement, whatever its qualifiers and the names it uses."""
    columns, of = conclusions.columns, conclusions.quantities.of
    disputed: dict[int, set[_Meaning]] = {}  # by the quantity of the subject
    for number, (denies, status) in enumerate(zip(columns.negated, columns.statuses, strict=True)):
        if status in _DISPUTED or denies:
            meant = _meant(conclusions, number)
            disputed.setdefault(of[columns.subjects[number]], set()).add(meant)
    same: dict[_Meaning, list[int]] = {}
    for number, subject in enumerate(columns.subjects):
        among = disputed.get(of[subject])
        if among and (meant := _meant(conclusions, number)) in among:
            same.setdefault(meant, []).append(number)
    for (start, end, claim), numbers in same.items():
        statements = [columns.statements[number] for number in numbers]
        plain = [s for s in statements if not s.negated]
        negated = [s for s in statements if s.negated]
        pro = (*voices(plain, "supports"), *voices(negated, "disputes"))
        contra = (*voices(plain, "disputes"), *voices(negated, "supports"))
        if pro and contra:
            # Who says that it is the other way round has a conflict of signs already.
            elsewhere = _opposed(conclusions, numbers)
            contra = tuple(v for v in contra if v.evidence.one_source not in elsewhere)
        if pro and contra:
            about = (columns.entities[start], columns.entities[end], claim)
            sides = side_of(pro), side_of(contra, denies=True)
            yield _compared(conclusions.columns.words, "stances", about, *sides, {})


_DISPUTED: Final = (STATUS_CODES["contested"], STATUS_CODES["refuted"])
#: Two quantities, and what is said of them: the predicate, and the interval of the first.
_Meaning = tuple[int, int, str]


def _meant(conclusions: Conclusions, number: int) -> _Meaning:
    """What a statement says of which quantities; names of one quantity stand for themselves."""
    columns, quantities = conclusions.columns, conclusions.quantities
    subject, object_ = columns.subjects[number], columns.objects[number]
    predicate = columns.predicates.names[columns.predicates.codes[number]]
    start, end = quantities.of[subject], quantities.of[object_]
    if start == end:
        return subject, object_, predicate
    interval = INTERVALS[quantities.intervals[subject]]
    turned = "" if quantities.ways[object_] > 0 else INTERVALS[quantities.intervals[object_]]
    if not (interval or turned):
        return start, end, predicate
    return start, end, " ".join(filter(None, (interval, predicate, turned)))


def _opposed(conclusions: Conclusions, numbers: Iterable[int]) -> set[str]:
    """The sources that support the opposite sign for the same two quantities."""
    columns, quantities = conclusions.columns, conclusions.quantities
    sources: set[str] = set()
    for number in numbers:
        subject, object_ = columns.subjects[number], columns.objects[number]
        sign = columns.signs[number] * quantities.ways[subject] * quantities.ways[object_]
        if not sign:
            continue
        end = quantities.of[object_]
        against: list[Statement] = [
            columns.statements[saying.statement]
            for saying in conclusions.sayings.of(quantities.of[subject])
            if saying.end == end and saying.sign == -sign
        ]
        sources.update(side(against).sources)
    return sources
