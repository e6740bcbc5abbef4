"""What may be meant by a word that is misspelt, and the message that says so."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from typing import Final

#: Words longer than this, in characters, are not compared letter by letter: the time that takes
#: grows with the square of their length.
_LONGEST_WORD: Final = 200


def nearest(word: str, words: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known words most like `word`, best first; empty when none is near, or it is too long."""
    from rapidfuzz import fuzz, process

    if len(word) > _LONGEST_WORD:
        return ()
    short = (candidate for candidate in words if len(candidate) <= 2 * _LONGEST_WORD)
    by_folded = {candidate.casefold(): candidate for candidate in short}
    sought = word.casefold()
    close = process.extract(
        sought, by_folded.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=count
    )
    return tuple(by_folded[folded] for folded, _, _ in close)


_WORDS = re.compile(r"[^\W\d_]+|\d+")
#: How many names are compared word by word, and how like they are at least (0 to 100).
_CLOSELY: Final = 1000
_LIKELY: Final = 60
#: Edits beyond any that are forgiven.
_FAR: Final = 99
#: The most letters of anything that could be a misspelt name.
_NAME: Final = 200
#: Letters of a word that may be misspelt.
_LONG: Final = 4


def near(name: str, names: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names that may be meant by a misspelt one, best first; empty when none is near.

    Each word needs its like: one of four letters is forgiven an edit, one of ten two; digits and
    shorter words are forgiven none, for vitamin K is no vitamin D and IL-6 no IL-8. Up to two words
    may be missing, and blanks may stand elsewhere.

    >>> names = ["vitamin D", "continuous PTH", "bone mineral density", "calcitriol"]
    >>> near("bone densty", names), near("substance P", names), near("vitamin K", names)
    (('bone mineral density',), (), ())
    >>> near("COPD", ["spinal cord injury"]), near("cord", ["spinal cord injury"])
    ((), ('spinal cord injury',))
    """
    from rapidfuzz import fuzz, process

    if len(name) > _NAME:
        return ()
    sought = name.casefold()
    folded = {each: each.casefold() for each in names}
    likely = process.extract_iter(sought, folded, scorer=fuzz.WRatio, score_cutoff=_LIKELY)
    best = heapq.nsmallest(_CLOSELY, likely, key=lambda hit: (-hit[1], hit[2]))
    typed = _WORDS.findall(sought)
    ranked = sorted((_distance(typed, _WORDS.findall(text)), each) for text, _, each in best)
    return tuple(each for edits, each in ranked if edits < _FAR and edits == ranked[0][0])[:count]


def begun(name: str, names: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names that begin with what was typed, the shortest first; none for a few letters.

    >>> begun("bone ma", ["bone", "bone matrix", "bone mass"]), begun("bon", ["bone"])
    (('bone mass', 'bone matrix'), ())
    """
    sought = name.strip().casefold()
    if len(sought) < _LONG:
        return ()
    those = (each for each in names if each.casefold().startswith(sought))
    return tuple(heapq.nsmallest(count, those, key=lambda each: (len(each), each)))


def _distance(typed: list[str], words: list[str]) -> int:
    """The edits between what was typed and the words of a name, a missing word for one."""
    letters, name_letters = "".join(typed), "".join(words)
    if letters and letters == name_letters:
        return 0
    missing = len(words) - len(typed)
    if missing and all(len(word) >= _LONG and word.isalpha() for word in typed):
        joined = _edits(letters, name_letters)
        if joined < _FAR:
            return joined
    if not typed or not 0 <= missing <= 2:
        return _FAR
    edits = sum(min(_edits(word, other) for other in words) for word in typed)
    # A short word that is misspelt as well as alone in a long name names nothing.
    return edits + missing if not edits or edits + missing <= len(letters) // 2 else _FAR


def _edits(typed: str, word: str) -> int:
    """The edits between two words; `_FAR` where they are more than a misspelling."""
    if typed == word:
        return 0
    if len(typed) < _LONG or typed.isdigit():
        return _FAR
    from rapidfuzz.distance import OSA

    most = max(1, len(typed) // 5)
    edits = OSA.distance(typed, word, score_cutoff=most)
    return edits if edits <= most else _FAR


#: How many values a message lists.
_FEW: Final = 40


_DIGITS = re.compile(r"\d+")


def unknown(what: str, value: str, values: Iterable[str]) -> str:
    """A message for a value outside a closed list: the nearest values, or all when few.

    >>> unknown("sign", "plus", ["+", "-", "0"])
    "unknown sign 'plus'; known: +, -, 0"

    Of an identifier, digits are compared exactly: another paper is not meant.

    >>> unknown("source", "PMD:31", ["PMID:3", "PMID:31"]), unknown("source", "PMID:1", ["PMID:31"])
    ("unknown source 'PMD:31'; did you mean PMID:31?", "unknown source 'PMID:1'")
    """
    values = tuple(values)
    close = nearest(value, values)
    digits = _DIGITS.findall(value) if ":" in value else []
    if digits:
        close = tuple(each for each in close if _DIGITS.findall(each) == digits)
        if not close:
            return f"unknown {what} {value!r}"
    if close:
        return f"unknown {what} {value!r}; did you mean {' or '.join(close)}?"
    more = f", and {len(values) - _FEW} more" if len(values) > _FEW else ""
    return f"unknown {what} {value!r}; known: {', '.join(values[:_FEW])}{more}"
