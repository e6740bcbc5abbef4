"""Sayings: what single statements say of one quantity and another.

A statement is read as a saying about the quantities that its subject and object are names of (see
`quantities`): *hypocalcaemia activates PTH secretion* says that less calcium in blood leads to more
PTH, in the interval of a lack. What it says is of a kind (`Predicate.kind`) and of a tier:

| tier          | what says so                                                              |
|---------------|---------------------------------------------------------------------------|
| `READ`        | sources that were read, and none disputes it                               |
| `DOUBTED`     | they do, and others dispute it; or all of them looked at animals or cells  |
| `WEAK`        | titles only, or a statement without any evidence, as imported graphs have  |
| `ARTICLE`     | nobody but the article                                                     |

What was only observed together, nobody having changed the one, `goes with` the other, whatever
verb a statement has. Refuted and negated statements say nothing here (see `denied`), nor do those
that sources only limit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from trabecula.columns import STATUS_CODES, Columns, Groups
from trabecula.model import Evidence, Predicate
from trabecula.quantities import LACK, NORMAL, UNSAID, Quantities
from trabecula.standing import elsewhere_and_observed, only_observed, row_basis, supporting

#: Tiers, the best first.
READ, DOUBTED, WEAK, ARTICLE = range(4)
_TIERS: Final = {
    STATUS_CODES["supported"]: READ,
    STATUS_CODES["contested"]: DOUBTED,
    STATUS_CODES["title-only"]: WEAK,
    STATUS_CODES["no-evidence"]: WEAK,
    STATUS_CODES["asserted-only"]: ARTICLE,
    STATUS_CODES["refuted"]: WEAK,
}
_NO_EVIDENCE, _CONTESTED = STATUS_CODES["no-evidence"], STATUS_CODES["contested"]
#: How many times it is cheaper to look for what is said of two than to read all of the one.
_MANY: Final = 16
#: Kinds of sayings; those through a state of the quantity, such as its intermittent release.
CHANGES, GOES_WITH, NEEDS = "changes", "goes with", "needs"
_INTERVALS: Final = {"lack": LACK, "normal": NORMAL, "excess": 1}


class Saying(NamedTuple):
    """That more of one quantity leads to more (+1) or less (-1) of another, or 0: it is not said.

    `interval` is where the first quantity stands when it does, `end_interval` the one that the
    second is named by, `limited` whether a qualifier limits it to some context, and `state` the
    entity by which the statement names a state of the first, or -1.
    """

    end: int
    sign: int
    kind: str
    interval: int
    tier: int
    contested: bool
    statement: int
    end_interval: int = UNSAID
    limited: bool = False
    state: int = -1


#: A statement by its number, its predicate, the name of the quantity that acts and the entity that
#: it acts on, and the tier of the statement, with whether it was only observed.
_Heard: TypeAlias = tuple[int, Predicate, int, int, tuple[int, bool]]
#: By code the predicate of what acts in a direction, the statements by the entity that acts, and
#: the other entity of each statement.
_Direction: TypeAlias = tuple[Sequence[Predicate | None], Groups, Sequence[int]]
#: Keys of context that say in which interval a quantity stands, and what their values say of it.
_Keys: TypeAlias = Sequence[tuple[str, Mapping[str, str]]]


#: What of a piece of evidence its tier follows from; see `tier_of`.
_how_gained = attrgetter("stance", "strength", "method", "species", "system", "retracted")


class Sayings:
    """What all statements say of quantities, looked up from where they start or where they end."""

    def __init__(self, columns: Columns, quantities: Quantities, kept: bytes) -> None:
        self.columns, self.quantities, self.kept = columns, quantities, kept
        self._from: dict[int, tuple[Saying, ...]] = {}
        self._between: dict[int, dict[int, tuple[Saying, ...]]] = {}
        self._towards: dict[int, dict[int, tuple[Saying, ...]]] = {}
        self._beside: dict[int, frozenset[int]] = {}  # a question asks for it once for each way
        self._states: dict[int, dict[int, list[Saying]]] = {}
        self._classes: dict[int, list[tuple[int, int]]] = {}
        self._denied: dict[int, dict[int, list[tuple[int, int]]]] = {}
        self._read: dict[int, list[_Heard]] = {}  # of what no sayings were made yet
        self._acted_on: dict[int, dict[int, None]] = {}
        self._tiers: dict[tuple[int, tuple[object, ...]], tuple[int, bool]] = {}

    @cached_property
    def _rows(self) -> list[Predicate]:
        return [self.columns.words.relation(name) for name in self.columns.predicates.names]

    @cached_property
    def _directions(self) -> tuple[_Direction, _Direction]:
        """What says that the subject acts on the object, and what that it does the other way."""
        columns = self.columns
        along = [row if row.kind in (CHANGES, GOES_WITH) else None for row in self._rows]
        against = [
            row if row.kind == NEEDS or (row.kind == GOES_WITH and row.symmetric) else None
            for row in self._rows
        ]
        return (along, columns.by_subject, columns.objects), (
            against,
            columns.by_object,
            columns.subjects,
        )

    @cached_property
    def _interval_keys(self) -> dict[int, list[tuple[str, dict[str, str]]]]:
        """By quantity the keys of context that say in which interval it stands."""
        keys: dict[int, list[tuple[str, dict[str, str]]]] = {}
        for key, entity, values in self.columns.words.intervals:
            number = self.columns.number(entity)
            if number >= 0:
                keys.setdefault(self.quantities.of[number], []).append((key, dict(values)))
        return keys

    def of(self, quantity: int) -> tuple[Saying, ...]:
        """What is said of what a quantity does to others, in the order of the graph."""
        sayings = self._from.get(quantity)
        if sayings is None:
            heard = self._read.pop(quantity, None) or self._heard_of(quantity)
            sayings = self._from[quantity] = self._sayings(quantity, heard)
        return sayings

    def between(self, quantity: int, end: int) -> tuple[Saying, ...] | None:
        """What is said of what one quantity does to another, in the order of the graph.

        None where all that is said of the quantity is known, or had better be: it was asked about
        beside `_MANY` others.
        """
        return self._some(self._between, quantity, end, lambda: (end,))

    def towards(self, quantity: int, end: int) -> tuple[Saying, ...]:
        """What is said of what a quantity does to another, or to what is named beside that.

        It may be all that is said of the quantity, as `between` has it.
        """
        sayings = self._some(self._towards, quantity, end, lambda: self.beside(end) | {end})
        return self.of(quantity) if sayings is None else sayings

    def _some(
        self,
        kept: dict[int, dict[int, tuple[Saying, ...]]],
        quantity: int,
        end: int,
        ends: Callable[[], Collection[int]],
    ) -> tuple[Saying, ...] | None:
        """What is said of what a quantity does to some others, kept by one; see `between`."""
        by_end = kept.setdefault(quantity, {})
        if quantity in self._from or (len(by_end) == _MANY and end not in by_end):
            return None
        if end not in by_end:
            by_end[end] = self._sayings(quantity, self._heard_of(quantity, ends()))
        return by_end[end]

    def beside(self, quantity: int) -> frozenset[int]:
        """The quantities with which any statement names a quantity, whatever it says."""
        beside = self._beside.get(quantity)
        if beside is None:
            columns, of = self.columns, self.quantities.of
            ends: set[int] = set()
            for name in self.quantities.names(quantity):
                ends.update([of[columns.objects[number]] for number in columns.by_subject[name]])
                ends.update([of[columns.subjects[number]] for number in columns.by_object[name]])
            beside = self._beside[quantity] = frozenset(ends)
        return beside

    def alike(self, quantity: int) -> bool:
        """Whether what is said of a quantity is the same where it rises and where it falls."""
        for saying in self.of(quantity):  # a loop, for it is asked of each quantity
            if saying.kind == NEEDS or saying.interval not in (UNSAID, NORMAL):
                return False
        return True

    def acted_on(self, quantity: int) -> Collection[int]:
        """Where it leads to that sources, and not the article alone, say a quantity acts on.

        Each is there once, in the order of what is said.
        """
        acted_on = self._acted_on.get(quantity)
        if acted_on is None:
            heard = list(self._heard_of(quantity))
            if quantity not in self._from:
                self._read[quantity] = heard
            acted_on = self._acted_on[quantity] = dict.fromkeys(
                self.quantities.of[end]
                for _, row, _, end, (tier, observed) in heard
                if tier != ARTICLE and (row.kind == NEEDS or (row.kind == CHANGES and not observed))
            )
        return acted_on

    def states(self, quantity: int) -> Mapping[int, Sequence[Saying]]:
        """By end what is said of states of a quantity, such as its intermittent release."""
        states = self._states.get(quantity)
        if states is None:
            states = self._states[quantity] = {}
            for saying in self._of_states(quantity):
                states.setdefault(saying.end, []).append(saying)
        return states

    def _of_states(self, quantity: int) -> Iterator[Saying]:
        columns, rows, codes = self.columns, self._rows, self.columns.predicates.codes
        for name in self.quantities.names(quantity):
            for number in columns.by_object[name]:
                row = rows[codes[number]]
                state = columns.subjects[number]
                if row.structure == "state" and self._holds(number) and state != name:
                    way = self.quantities.ways[name]
                    for saying in self.of(self.quantities.of[state]):
                        if saying.kind == CHANGES and saying.end != quantity:
                            yield saying._replace(state=state, sign=saying.sign * way)

    def classes(self, quantity: int) -> Sequence[tuple[int, int]]:
        """The entities that a name of a quantity is a kind of, each with that name."""
        classes = self._classes.get(quantity)
        if classes is None:
            columns, rows, codes = self.columns, self._rows, self.columns.predicates.codes
            of = self.quantities.of
            classes = self._classes[quantity] = [
                (columns.objects[number], name)
                for name in self.quantities.names(quantity)
                for number in columns.by_subject[name]
                if rows[codes[number]].structure == "kind"
                and of[columns.objects[number]] != quantity
                and self._holds(number)
            ]
        return classes

    def of_class(self, entity: int, name: int, end: int | None = None) -> Iterator[Saying]:
        """What is said of a class by its own name, of a name of one kind of it; of one end or all.

        `state` is the class, and the interval that which the name is of.
        """
        quantities, acting = self.quantities, self.columns.subjects
        whole = quantities.of[entity]
        sayings = self.between(whole, end) if end is not None else None
        turn, interval = quantities.ways[entity] * quantities.ways[name], quantities.intervals[name]
        for saying in self.of(whole) if sayings is None else sayings:
            by_name = saying.kind == CHANGES and acting[saying.statement] == entity
            if by_name and (end is None or saying.end == end) and saying.end != quantities.of[name]:
                yield saying._replace(sign=saying.sign * turn, interval=interval, state=entity)

    def denied(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Statements that nobody holds to be so, with the sign that they would have given."""
        denied = self._denied.get(start)
        if denied is None:
            denied = self._denied[start] = {}
            for number, other, sign in self._not_so(start):
                denied.setdefault(other, []).append((number, sign))
        return denied.get(end, ())

    def correlates(self, number: int) -> bool:
        """Whether a statement says that two things vary together, and not what follows on what."""
        row = self._rows[self.columns.predicates.codes[number]]
        return row.kind == GOES_WITH and row.symmetric

    def _not_so(self, start: int) -> Iterator[tuple[int, int, int]]:
        """The statements of a quantity that are not held to be so: number, end and sign."""
        columns, quantities = self.columns, self.quantities
        for name in quantities.names(start):
            for number in columns.by_subject[name]:
                if columns.status(number) == "refuted" or columns.statements[number].negated:
                    row = self._rows[columns.predicates.codes[number]]
                    end = columns.objects[number]
                    sign = row.sign * quantities.ways[name] * quantities.ways[end]
                    yield number, quantities.of[end], sign

    def _holds(self, number: int) -> bool:
        return self._heard(number) and self.columns.status(number) not in (
            "asserted-only",
            "refuted",
        )

    def _heard(self, number: int) -> bool:
        """Whether a statement is followed, and somebody takes sides on it."""
        silent = self.columns.statuses[number] == _NO_EVIDENCE
        return bool(self.kept[number]) and not (silent and self._has_evidence(number))

    def _has_evidence(self, number: int) -> bool:
        return bool(self.columns.statements[number].evidence)

    def _heard_of(self, quantity: int, ends: Collection[int] | None = None) -> Iterator[_Heard]:
        """What statements say that a quantity does to others, or to some others."""
        columns, of, kept = self.columns, self.quantities.of, self.kept
        codes, statuses = columns.predicates.codes, columns.statuses
        for name in self.quantities.names(quantity):
            for rows, groups, others in self._directions:
                numbers: Sequence[int] = groups[name]
                if ends is not None:
                    numbers = self._leading(numbers, others, ends)
                for number in numbers:
                    row, other = rows[codes[number]], others[number]
                    if row is None or not kept[number] or of[other] == quantity:
                        continue
                    if statuses[number] == _NO_EVIDENCE and self._has_evidence(number):
                        continue  # as `_heard`
                    yield number, row, name, other, self._tier(number)

    def _leading(
        self, numbers: Sequence[int], others: Sequence[int], ends: Collection[int]
    ) -> Sequence[int]:
        """Those of some statements of which the other entity is a name of one of these."""
        of = self.quantities.of
        return [number for number in numbers if of[others[number]] in ends]

    def _sayings(self, quantity: int, heard: Iterable[_Heard]) -> tuple[Saying, ...]:
        """What is said of a quantity by what was heard of it."""
        of, ways, intervals = self.quantities.of, self.quantities.ways, self.quantities.intervals
        statuses = self.columns.statuses
        keys = self._interval_keys.get(quantity, ())
        return tuple(
            [
                Saying(
                    of[end],
                    row.sign * ways[name] * ways[end],
                    GOES_WITH if observed and row.kind == CHANGES else row.kind,
                    intervals[name] or (self._interval(number, keys) if keys else UNSAID),
                    tier,
                    statuses[number] == _CONTESTED,
                    number,
                    intervals[end],
                    self._limited(number, keys),
                )
                for number, row, name, end, (tier, observed) in heard
            ]
        )

    def _tier(self, number: int) -> tuple[int, bool]:
        """The tier of a statement, and whether it was only observed."""
        status, evidence = self.columns.statuses[number], self.columns.statements[number].evidence
        if len(evidence) != 1:
            return tier_of(status, evidence)
        key = status, _how_gained(evidence[0])  # of which there are few
        tier = self._tiers.get(key)
        if tier is None:
            tier = self._tiers[key] = tier_of(status, evidence)
        return tier

    def _limited(self, number: int, keys: _Keys) -> bool:
        """Whether a statement has a qualifier that says more than where the quantity stands."""
        qualifiers = self.columns.statements[number].qualifiers
        if not qualifiers:
            return False
        places = {key for key, _ in keys}
        return any(key not in places for key, _ in qualifiers)

    def _interval(self, number: int, keys: _Keys) -> int:
        """The interval of a quantity that all settings of a statement name; else `UNSAID`."""
        settings = self.columns.settings[number]
        for key, values in keys:
            named = {
                values.get(value, "") for setting in settings for k, value in setting if k == key
            }
            everywhere = all(any(k == key for k, _ in setting) for setting in settings)
            if len(named) == 1 and everywhere:
                return _INTERVALS.get(named.pop(), UNSAID)
        return UNSAID


def tier_of(status: int, evidence: Iterable[Evidence]) -> tuple[int, bool]:
    """The tier of a statement, given its status by code, and whether it was only observed."""
    tier = _TIERS[status]
    if tier == READ:  # so that something was read in support
        away, observed = elsewhere_and_observed(evidence)
        return (DOUBTED if away else READ), observed
    if tier == DOUBTED:
        rows = supporting(evidence)
        read = any(map(row_basis, rows))  # if not, it is disputed, and only a title says so
        return (DOUBTED if read else WEAK), only_observed(rows)
    return tier, False


def best_tier(sayings: Iterable[Saying]) -> list[Saying]:
    """Those of the best tier that has a sign."""
    best: list[Saying] = []
    for saying in sayings:
        if saying.sign and (not best or saying.tier <= best[0].tier):
            if best and saying.tier < best[0].tier:
                best.clear()
            best.append(saying)
    return best


def nearest(sayings: Sequence[Saying]) -> list[Saying]:
    """Those that name an interval, if any does, for they speak of it more exactly than the rest.

    Of these the ones that no qualifier limits to some other context, if there are any.
    """
    if len(sayings) == 1:
        return list(sayings)
    named = [saying for saying in sayings if saying.interval != UNSAID] or sayings
    return [saying for saying in named if not saying.limited] or list(named)
