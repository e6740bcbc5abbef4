"""Which way each quantity goes for good when some are pushed, where the signs alone decide it.

Quantities act on each other with signs; of strengths nothing is known. A lasting push on some of
them (a *press*) moves the equilibrium. The direction of a quantity is *settled* where it is the
same whatever the strengths are, as long as the equilibrium is stable; everywhere else there is a
reason why not. What is settled depends on no number of steps.

The method is qualitative comparative statics. Near an equilibrium the changes x of the quantities
answer `D x = b`: b is the push, and D has the negative of what quantity c does to quantity r in row
r and column c and, on its diagonal, what returns each quantity to where it was. By Cramer's rule
x is a quotient of two determinants, that is, of sums of products of loops and paths: the response
is the sum over the simple paths from what is pushed of the sign of the path times the feedback of
all that it does not pass (Levins 1974, "The qualitative analysis of partially specified systems",
Ann. N. Y. Acad. Sci. 231:123; Dambacher, Li & Rossignol 2003, "Qualitative predictions in model
ecosystems", Ecol. Modell. 161:79). A sum is settled where all its terms have one sign (Lancaster
1962, "The scope of qualitative economics", Rev. Econ. Stud. 29:99; Bassett, Maybee & Quirk 1968,
"Qualitative economics and the scope of the correspondence principle", Econometrica 36:544).

What is assumed, and nothing else:

- The system rests at an equilibrium that is stable before and after, so that the determinant of D,
  and of its part for each feedback component, is positive. Nothing is assumed of smaller parts: a
  reinforcing loop that a path passes by may well be stronger than the damping of what it runs
  through, and then it turns the response round (a raises b, b raises c, c lowers b, c and d raise
  each other: b may fall when a rises).
- Each quantity damps itself, but for those said to be `undamped`.
- Each strength keeps its sign as far as the change goes, and is free of the others.

The graph is taken apart into its feedback components, in the order in which they act on each
other. In a component

1. without a loop of negative or unknown sign the inverse of D is positive up to the sides on which
   its quantities stand, for D is then an M-matrix (Berman & Plemmons 1994, "Nonnegative Matrices in
   the Mathematical Sciences", theorem 6.2.3), so that all is settled at any size;
2. of at most `largest` quantities the terms of the determinants are added up by their signs, over
   sets of columns, one row after another (as permanents on a trellis: Kiah, Vardy & Yao 2021,
   arXiv:2107.07377);
3. an equation in which the signs of all terms are known but for one settles that one, if the others
   agree, as they add up to nothing.

Each step is proven, so nothing settled can be wrong where the assumptions hold. The reverse is not
claimed: stability rules out more than is drawn from it here, so that some of what stays unsettled
has one direction in all stable systems.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Final

from trabecula.reason.determinants import (
    DARK,
    MINUS,
    NEGATIVE,
    OPEN,
    PLUS,
    PRODUCT,
    Budget,
    Row,
    determinants,
)
from trabecula.reason.search import BoundError, components
from trabecula.uncollected import uncollected

#: The most quantities of a feedback component whose determinants are worked out.
LARGEST: Final = 32
#: The most products of signs that are taken for all components together, which takes some tenths of
#: a second: enough for fourteen quantities that all act on each other, or thirty that have two arcs
#: each, as feedback in biology has.
EFFORT: Final = 500_000

#: Why something that the change reaches is not settled.
DISAGREE: Final = "signs disagree"
UNSIGNED: Final = "unknown sign"
LARGE: Final = "component too large"
BEHIND: Final = "downstream of something unsettled"
UNSTABLE: Final = "no stable equilibrium"

_BIT: Final = {1: PLUS, -1: MINUS, 0: DARK}
_SIGN: Final = {0: 0, PLUS: 1, MINUS: -1}
_NOWHERE: Final[Row] = {}


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows from the signs alone, by the number of the quantity.

    `signs` holds +1 for what rises, -1 for what falls, and 0 for what stays where it was although
    the change reaches it: nothing moves it, whatever the strengths are. `unsettled` says why the
    others are not settled that the change reaches. What is in neither it does not reach.
    """

    signs: Mapping[int, int]
    unsettled: Mapping[int, str]

    def sign(self, quantity: int) -> int | None:
        """+1, -1 or 0 where the response is settled, 0 if the change does not reach it."""
        return None if quantity in self.unsettled else self.signs.get(quantity, 0)


@uncollected
def settle(
    count: int,
    arcs: Iterable[tuple[int, int, int]],
    changed: Mapping[int, int],
    held: Collection[int] = (),
    *,
    kept: bool = False,
    undamped: Collection[int] = (),
    largest: int = LARGEST,
    effort: int = EFFORT,
) -> Settled:
    """The settled responses if quantities are pushed up (+1) or down (-1), others held fixed.

    Quantities are the numbers below `count`, and an arc is `(start, end, sign)` with the sign +1,
    -1 or 0 for one that is not known. Arcs between the same two of different signs leave open which
    is stronger. An arc from a quantity to itself adds to its damping, or takes away from it.

    What is `changed` is pushed, and answers to what acts on it as all else does; with `kept` it is
    set to its new value and stays there, as what is knocked out does, and then it is the rest that
    is assumed to be stable. What is `held` fixed does not move and passes nothing on.

    `largest` is the most quantities of a feedback component whose determinants are worked out, and
    `effort` how many products that may take in all; both only ever lead to less that is settled.
    Raises `ValueError` for a number that is no quantity, a sign that is none, and what is both
    changed and held.

    >>> settle(3, [(0, 1, 1), (1, 2, 1), (2, 1, -1)], {0: 1}).signs
    {0: 1, 1: 1, 2: 1}
    >>> settle(3, [(0, 1, 1), (0, 2, 1), (1, 2, -1)], {0: 1})
    Settled(signs={0: 1, 1: 1}, unsettled={2: 'signs disagree'})
    """
    onward = _onward(count, arcs, changed, held, kept=kept)
    loose = frozenset(undamped).difference(changed if kept else ())

    def acting(quantity: int) -> Row:
        return onward.get(quantity, _NOWHERE)

    return _pressed(changed, onward, acting, loose, Budget(largest, effort))


def settle_kept(
    changed: Mapping[int, int],
    onward: Mapping[int, Collection[int]],
    signs: Callable[[int], Mapping[int, int]],
) -> Settled:
    """The settled responses if quantities are set to a new value, told of what has to be known.

    `onward` says what each quantity acts on, without what is changed or held, and `signs` with
    which sign it does. That is asked only of what may be settled: to find it out can take long.

    >>> arcs = {0: {1: 1}, 1: {2: -1}, 2: {}}
    >>> settle_kept({0: 1}, arcs, arcs.__getitem__).signs
    {0: 1, 1: 1, 2: -1}
    """

    @cache
    def acting(quantity: int) -> Row:
        of = signs(quantity)
        return {end: _BIT[of[end]] for end in onward[quantity]}

    return _pressed(changed, onward, acting, frozenset(), Budget(LARGEST, EFFORT))


def _pressed(
    changed: Mapping[int, int],
    onward: Mapping[int, Collection[int]],
    acting: Callable[[int], Row],
    loose: frozenset[int],
    budget: Budget,
) -> Settled:
    """What follows from pushes; by quantity what it acts on, and with which signs it does."""
    pushed = {quantity: _BIT[sign] for quantity, sign in changed.items()}
    behind: set[int] = set()  # what something unsettled acts on
    signs: dict[int, int] = {}
    unsettled: dict[int, str] = {}
    for members in components(sorted(changed), onward):
        responses: Sequence[int | str]
        if len(members) == 1 and (member := members[0]) not in loose:  # as most are
            push = pushed.get(member, 0)
            if member in behind:
                unsettled[member] = str(_TOLD[push | OPEN])
                behind.update(onward.get(member, ()))
                continue
            responses = (_TOLD[push],)  # the push, and nothing else
        else:
            pushes = [pushed.get(each, 0) | (OPEN if each in behind else 0) for each in members]
            responses = _responses(members, acting, loose, pushes, budget)
        for member, response in zip(members, responses, strict=True):
            if isinstance(response, str):
                unsettled[member] = response
                behind.update(onward.get(member, ()))
                continue
            signs[member] = _SIGN[response]
            if response:
                for end, bits in acting(member).items():
                    pushed[end] = pushed.get(end, 0) | PRODUCT[response][bits]
    return Settled(dict(sorted(signs.items())), dict(sorted(unsettled.items())))


def _onward(
    count: int,
    arcs: Iterable[tuple[int, int, int]],
    changed: Mapping[int, int],
    held: Collection[int],
    *,
    kept: bool,
) -> dict[int, dict[int, int]]:
    """What each quantity acts on and with which signs, but for what is held or kept."""
    fixed = frozenset(held)
    if strange := sorted(quantity for quantity in {*changed, *fixed} if not 0 <= quantity < count):
        raise ValueError(f"{strange[0]} is no quantity: they are numbers from 0 to {count - 1}")
    if both := sorted(fixed.intersection(changed)):
        raise ValueError(f"{both[0]} is both changed and held")
    for quantity, sign in sorted(changed.items()):
        if sign not in (1, -1):
            raise ValueError(f"{quantity} is changed by {sign}: give 1 for up or -1 for down")
    barred = fixed.union(changed) if kept else fixed
    onward: dict[int, dict[int, int]] = {}
    for start, end, sign in arcs:
        if not (0 <= start < count and 0 <= end < count and sign in _BIT):
            raise ValueError(f"({start}, {end}, {sign}) is no arc: give two quantities and a sign")
        if start not in fixed and end not in barred:
            ends = onward.setdefault(start, {})
            ends[end] = ends.get(end, 0) | _BIT[sign]
    return onward


# --- A component ----------------------------------------------------------------------------


def _equations(
    members: Sequence[int], acting: Callable[[int], Row], loose: Collection[int]
) -> list[dict[int, int]]:
    """The signs of D for a component; members have numbers by their place in it."""
    place = {member: number for number, member in enumerate(members)}
    rows: list[dict[int, int]] = [{} for _ in members]
    for member, number in place.items():
        if diagonal := _diagonal(member, acting, loose):
            rows[number][number] = diagonal
        for end, bits in acting(member).items():
            if end in place and end != member:
                rows[place[end]][number] = NEGATIVE[bits]
    return rows


def _diagonal(member: int, acting: Callable[[int], Row], loose: Collection[int]) -> int:
    """The signs of what returns a quantity to where it was, by itself."""
    itself = NEGATIVE[acting(member).get(member, 0)]
    return itself if member in loose else itself | PLUS


def _responses(
    members: Sequence[int],
    acting: Callable[[int], Row],
    loose: frozenset[int],
    pushes: Sequence[int],
    budget: Budget,
) -> Sequence[int | str]:
    """The sign, or why there is none, of each response of a component to pushes on its members."""
    everywhere = len(members)
    if not any(pushes):
        return pushes
    if loose.isdisjoint(members) and (doubt := {*pushes} - _SIGN.keys()):
        # Each member answers to each push on another, for all damp themselves.
        return [_told(reduce(or_, doubt))] * everywhere
    sides = _sides(members, acting)
    if sides is not None:
        if not all(_diagonal(member, acting, loose) & ~MINUS for member in members):
            return [UNSTABLE] * everywhere
        push = 0
        for side, bits in zip(sides, pushes, strict=True):
            push |= PRODUCT[side][bits]
        return [_told(PRODUCT[side][push]) for side in sides]
    if everywhere > budget.largest:
        return [LARGE] * everywhere
    rows = _equations(members, acting, loose)
    try:
        whole, sums = determinants(rows, pushes, budget)
    except BoundError:
        return [LARGE] * everywhere
    if not whole & ~MINUS:
        return [UNSTABLE] * everywhere
    return _deduced(rows, pushes, [_told(bits) for bits in sums])


def _told(bits: int) -> int | str:
    """The one sign of a sum, or why there is none."""
    if bits in _SIGN:
        return bits
    return DISAGREE if bits & 3 == 3 else UNSIGNED if bits & DARK else BEHIND


_TOLD: Final = [_told(bits) for bits in range(16)]


def _sides(members: Sequence[int], acting: Callable[[int], Row]) -> list[int] | None:
    """On which side each member stands if all loops of more than one member reinforce.

    Then those on one side raise each other and lower those on the other (Harary 1953, "On the
    notion of balance of a signed graph", Michigan Math. J. 2:143). None if there are no sides.
    """
    inside = set(members)
    side_of = {members[0]: PLUS}
    pending = [members[0]]
    while pending:
        here = pending.pop()
        passed = PRODUCT[side_of[here]]
        for end, bits in acting(here).items():
            if end == here or end not in inside:
                continue
            side = passed[bits]
            if side not in _SIGN:
                return None
            if end not in side_of:
                side_of[end] = side
                pending.append(end)
            elif side_of[end] != side:
                return None
    return [side_of[member] for member in members]


def _deduced(
    rows: Sequence[Row], pushes: Sequence[int], responses: list[int | str]
) -> Sequence[int | str]:
    """What follows further from one equation at a time, each of which adds up to nothing."""
    within: list[list[int]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        for column in row:
            within[column].append(number)
    pending = deque(range(len(rows)))
    while pending:
        number = pending.popleft()
        row = rows[number]
        missing = [column for column in row if isinstance(responses[column], str)]
        if len(missing) != 1 or row[missing[0]] not in (PLUS, MINUS):
            continue
        total = NEGATIVE[pushes[number]]
        for column, bits in row.items():
            response = responses[column]
            if not isinstance(response, str):
                total |= PRODUCT[bits][response]
        if total in _SIGN:
            responses[missing[0]] = PRODUCT[row[missing[0]]][NEGATIVE[total]]
            pending.extend(within[missing[0]])
    return responses
