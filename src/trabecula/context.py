"""Where statements hold, and where two of them that follow one another share no context.

The **settings** of a statement are what its sources say of where they looked: for each source
that supports it, the article apart, the species, the system and the values of the closed lists of
the graph's `context` (severity, duration, …). A qualifier is part of what the statement says and so
holds in all its settings, whatever a source says. What a source does not say is not filled in.

Two settings **agree** where they differ in nothing that both of them name; a general species
(mammal, vertebrate) agrees with the species it includes, and one of several values is enough.
Between two statements is a **break** where both have settings and none of the one agrees with any
of the other: rat here and cell culture there, acute here and long-term there. A statement that
names no setting breaks with none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from trabecula.model import Context, Statement, grouped
from trabecula.vocabulary import SPECIES, WORDS, Vocabulary

#: More pairs of settings than any two statements have that were curated.
PAIRS: Final = 100_000

_MAMMALS = frozenset(("human", "rat", "mouse", "cattle", "dog"))
#: Species that name a larger group, and what the group includes.
_INCLUDES = MappingProxyType({"mammal": _MAMMALS, "vertebrate": _MAMMALS | {"mammal"}})
_SPECIES_NAMES = MappingProxyType({taxon: name for name, taxon in SPECIES.items() if taxon})


#: The values of a context by key, of which some have several.
_Values: TypeAlias = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two settings differ: `species` is `rat` here and `human` there."""

    dimension: str
    here: str
    there: str


@lru_cache(maxsize=64)
def dimensions(words: Vocabulary = WORDS) -> tuple[str, ...]:
    """What settings are compared in, in the order in which it is told."""
    closed = (key for key, values in words.context.items() if values is not None)
    return ("species", "system", *closed)


def settings(
    statement: Statement, words: Vocabulary = WORDS, stance: str = "supports"
) -> tuple[Context, ...]:
    """Where the sources that take a stance on a statement looked: distinct settings, sorted.

    >>> from trabecula.model import Evidence
    >>> row = Evidence(source="a", species="rat", context=(("duration", "acute"),))
    >>> settings(Statement(subject="a", predicate="activates", object="b", evidence=(row,)))
    ((('species', 'rat'), ('duration', 'acute')),)
    """
    rows = [
        {"species": (_SPECIES_NAMES.get(row.species, row.species),), "system": (row.system,)}
        | grouped(row.context)
        for row in statement.evidence
        if row.stance == stance and row.weighs
    ]
    stated, keys = grouped(statement.qualifiers), dimensions(words)
    contexts = {
        tuple((key, value) for key in keys for value in (row | stated).get(key, ()) if value)
        for row in rows or [{}]
    }
    return tuple(sorted(contexts - {()}))


def differences(
    here: Statement, there: Statement, words: Vocabulary = WORDS
) -> tuple[Difference, ...]:
    """In what two statements share no setting: empty where they share one, or one names none.

    Of the pairs of settings the one is told that differs in least.
    """
    return apart(_kept(here, words), _kept(there, words))


#: The steps of many paths are the same few statements.
_kept = lru_cache(maxsize=2**14)(settings)


def apart(here: Collection[Context], there: Collection[Context]) -> tuple[Difference, ...]:
    """`differences` of two statements whose settings are known.

    Two that have more than `PAIRS` pairs of settings count as sharing one.
    """
    if len(here) * len(there) > PAIRS or not set(here).isdisjoint(there):
        return ()
    pairs = (_differing(grouped(left), grouped(right)) for left in here for right in there)
    return min(pairs, key=len, default=())


def _differing(here: _Values, there: _Values) -> tuple[Difference, ...]:
    return tuple(
        Difference(key, " or ".join(here[key]), " or ".join(there[key]))
        for key in here  # in the order of `dimensions`
        if key in there
        and not any(_agree(left, right) for left in here[key] for right in there[key])
    )


def _agree(left: str, right: str) -> bool:
    return left == right or left in _INCLUDES.get(right, ()) or right in _INCLUDES.get(left, ())
