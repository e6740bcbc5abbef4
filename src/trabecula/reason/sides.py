"""The two sides of a disagreement, and what of their stated contexts tells them apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from trabecula.context import DIMENSIONS
from trabecula.model import Evidence, Statement
from trabecula.vocabulary import CONTEXT, SPECIES


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
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What of the stated contexts tells two sides apart, and whether it does so throughout.

    `context` is what tells them apart, `hints` what else they do not state alike, in free text or
    on one side only. `silent` are the sources that state no closed context.
    """

    apart: bool
    context: tuple[Contrast, ...]
    hints: tuple[Contrast, ...]
    silent: tuple[str, ...]


def voices(statements: Iterable[Statement], *stances: str) -> tuple[Voice, ...]:
    """What sources other than the article say with these stances."""
    return tuple(
        Voice(statement, row)
        for statement in statements
        for row in statement.evidence
        if row.stance in stances and row.weighs
    )


def side(statements: Iterable[Statement]) -> Side:
    """The side of those who support one of the statements; unsupported ones are left out."""
    return side_of(voices(statements, "supports"))


def side_of(heard: Iterable[Voice], *, denies: bool = False) -> Side:
    """The side that these voices make up."""
    heard = tuple(heard)
    speaking = {voice.statement.id: voice.statement for voice in heard}
    return Side(tuple(speaking.values()), denies, heard)


#: Words for species that hold several others, and so tell nobody apart.
_GENERAL: Final = frozenset(("mammal", "vertebrate"))
_SPECIES_NAMES: Final = {taxon: name for name, taxon in SPECIES.items() if taxon}
#: What was found is no context of the finding.
_RESULT: Final = "effect"
#: What a finding states, by key.
_Stated = dict[str, set[str]]


def compare(one: Side, other: Side) -> Comparison:
    """Whether each finding of the one side is in another context than each of the other.

    Two findings are told apart by a closed key under which both state something else; within one
    source, whose authors chose both wordings, by free text too. A finding that states no closed
    context is no objection where others are told apart.
    """
    lefts, rights = ([(v, _stated(v)) for v in side.voices] for side in (one, other))
    keys: set[str] = set()
    undistinguished = False
    for (left, a), (right, b) in product(lefts, rights):
        differing = {key for key in a.keys() & b.keys() if not a[key] & b[key]}
        if left.evidence.one_source != right.evidence.one_source:
            differing = set(filter(_closed, differing))
        keys |= differing
        speaking = any(map(_closed, a)) and any(map(_closed, b))
        undistinguished = undistinguished or (speaking and not differing)
    silent = {v.evidence.one_source for v, c in (*lefts, *rights) if not any(map(_closed, c))}
    return Comparison(
        bool(keys) and not undistinguished,
        *_differences([stated for _, stated in lefts], [stated for _, stated in rights], keys),
        tuple(sorted(silent)),
    )


def _stated(voice: Voice) -> _Stated:
    """The context of a finding: of its statement and of its own, with species and system."""
    row = voice.evidence
    pairs = [*voice.statement.qualifiers, *row.context]
    species = _SPECIES_NAMES.get(row.species, row.species)
    pairs += [("species", species)] if species not in _GENERAL else []
    pairs.append(("system", row.system))
    found: _Stated = {}
    for key, value in pairs:
        if value and key != _RESULT:
            found.setdefault(key, set()).add(value)
    return found


def _closed(key: str) -> bool:
    return key in DIMENSIONS


def _differences(
    lefts: list[_Stated], rights: list[_Stated], apart: set[str]
) -> tuple[tuple[Contrast, ...], tuple[Contrast, ...]]:
    """What tells the sides apart, and what else they do not state alike."""
    order = tuple(dict.fromkeys((*DIMENSIONS, *CONTEXT)))
    keys = {key for stated in (*lefts, *rights) for key in stated}
    context, hints = [], []
    for key in sorted(keys, key=lambda k: (order.index(k) if k in order else len(order), k)):
        one, other = (
            tuple(sorted(set().union(*(stated.get(key, ()) for stated in side))))
            for side in (lefts, rights)
        )
        if key in apart:
            context.append(Contrast(key, one, other))
        elif one != other:
            hints.append(Contrast(key, one, other))
    return tuple(context), tuple(hints)
