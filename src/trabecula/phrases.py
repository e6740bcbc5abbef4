"""Other ways to say a name: `low Mg` for *magnesium deficiency*, `serum Ca2+` for *blood calcium*.

People type a part of a name by another name of that part, and a level, a lack, an excess, an
intake in words of their own. Both are looked up again in the words that a graph may have. What fits
several entities is left alone: nothing is guessed.

The page does the same: `frontend/src/phrases.js` is the twin of this module and is given `PHRASES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

#: Groups of phrases that say the same of what stands for `*`, the nearer ones before the wider.
PHRASES: Final = (
    (
        "* deficiency", "* insufficiency", "* depletion", "* deficit", "* lack", "lack of *",
        "low *", "too little *", "deficiency of *", "depletion of *",
    ),
    ("* loss", "loss of *", "* wasting"),
    ("low *", "lower *", "reduced *", "decreased *", "too little *", "low * level"),
    (
        "high *", "raised *", "elevated *", "increased *", "higher *", "excess *", "excessive *",
        "* excess", "excess of *", "too much *", "high * level",
    ),
    (
        "blood *", "serum *", "plasma *", "circulating *", "* in blood", "blood * level",
        "serum * level", "plasma * level", "blood * concentration", "serum * concentration",
        "plasma * concentration", "total serum *", "total plasma *",
    ),
    ("* level", "* concentration", "level of *", "blood *"),
    ("* intake", "dietary *", "intake of *", "* in the diet", "* in food"),
    (
        "* supplementation", "* supplement", "supplemental *", "taking *", "* tablet", "* pill",
        "supplementation with *",
    ),
    ("* secretion", "secretion of *", "release of *", "* release"),
    (
        "* production", "production of *", "synthesis of *", "* synthesis", "formation of *",
        "* formation",
    ),
    (
        "* absorption", "absorption of *", "intestinal * absorption", "intestinal absorption of *",
        "gut * absorption", "gut absorption of *", "absorption of * in the gut",
        "* uptake in the gut", "uptake of * in the gut",
    ),
    ("* reabsorption", "reabsorption of *", "renal * reabsorption", "tubular * reabsorption"),
    (
        "urinary *", "urine *", "* in urine", "* in the urine", "24-hour urine *",
        "24-hour urinary *",
    ),
    (
        "* excretion", "excretion of *", "renal * excretion", "urinary * excretion", "urinary *",
        "urine *", "* in urine",
    ),
    ("* resorption", "resorption of *"),
    ("* mineralization", "mineralization of *", "* mineralisation", "mineralisation of *"),
    ("*", "risk of *", "* risk"),
    ("*", "the *", "a *", "an *"),
)  # fmt: skip

#: Phrases of how much there is of something, which a level in the blood does not tell: a lack of
#: calcium is no low blood calcium, though people call that low calcium.
_AMOUNT: Final = re.compile(
    r"(lack of|too (little|much)|excess( of)?|excessive|deficiency of|depletion of) .*"
    r"|.* (deficiency|insufficiency|depletion|deficit|lack|excess)",
    re.DOTALL,
)
_LEVEL: Final = re.compile(r"(low|high|raised|elevated) (blood|serum|plasma|circulating) ")

#: The longest part that is said by another name, in words.
_PART: Final = 4

#: The number of the one entity with this name; None where there is none, or several.
Called = Callable[[str], int | None]
#: All names of an entity.
NamesOf = Callable[[int], Iterable[str]]


def otherwise(text: str, called: Called, names: NamesOf) -> tuple[int, str] | None:
    """The one entity that a text means though nothing is called so, and the name that says it.

    None where there is none, or where several are meant.

    >>> names = (("magnesium", "Mg"), ("magnesium deficiency",))
    >>> numbers = {name: number for number, own in enumerate(names) for name in own}
    >>> otherwise("low Mg", numbers.get, names.__getitem__)
    (1, 'magnesium deficiency')
    """
    return _meant(" ".join(text.split()), called, names, nested=True)


def _meant(text: str, called: Called, names: NamesOf, nested: bool) -> tuple[int, str] | None:
    for ways in _ways(text, called, names, nested):
        meanings: dict[int, str] = {}
        for way in ways:
            number = called(way)
            if number is not None:
                meanings.setdefault(number, way)
        if meanings:
            return next(iter(meanings.items())) if len(meanings) == 1 else None
    return None


def _ways(text: str, called: Called, names: NamesOf, nested: bool) -> Iterator[Iterator[str]]:
    """What a text may be called instead, the nearest first."""
    yield _parts(text, called, names)
    for group in PHRASES:
        yield _phrases(text, group, called, names, nested)


def _parts(text: str, called: Called, names: NamesOf) -> Iterator[str]:
    """The text with a part of it by another name."""
    words = text.split(" ")
    for size in range(min(_PART, len(words) - 1), 0, -1):
        for start in range(len(words) - size + 1):
            number = called(" ".join(words[start : start + size]))
            for name in () if number is None else names(number):
                yield " ".join((*words[:start], name, *words[start + size :]))


def _phrases(
    text: str, group: tuple[str, ...], called: Called, names: NamesOf, nested: bool
) -> Iterator[str]:
    """The text in the other phrases of a group."""
    for phrase in group:
        rest = _rest(text, phrase)
        if not rest:
            continue
        number = called(rest)
        if number is None and nested and (meant := _meant(rest, called, names, nested=False)):
            number = meant[0]
        for name in (rest, *(() if number is None else names(number))):
            for other in group:
                way = other.replace("*", name)
                if not (_AMOUNT.fullmatch(phrase) and _is_level(way, other, called, names)):
                    yield way


def _is_level(way: str, phrase: str, called: Called, names: NamesOf) -> bool:
    """Whether what is called so is a level in the blood, and the way to say it does not tell."""
    if _AMOUNT.fullmatch(phrase) or _LEVEL.match(way.casefold()):
        return False
    number = called(way)
    return number is not None and any(_LEVEL.match(own.casefold()) for own in names(number))


def _rest(text: str, phrase: str) -> str:
    """What stands for the star where a text is this phrase, or its plural; else nothing."""
    before, _, after = phrase.partition("*")
    folded = text.casefold()
    if len(folded) != len(text):
        text = folded  # its letters are counted
    for end in (after, f"{after}s") if after else ("",):
        if phrase != "*" and folded.startswith(before) and folded.endswith(end):
            return text[len(before) : len(text) - len(end)].strip()
    return ""
