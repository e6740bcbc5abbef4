"""How a text is compared with another: as plain words, and as their letters and digits alone.

Case, accents, Unicode width, punctuation and blanks do not matter, nor whether a Greek letter is
written out or a spelling is British. The page compares in the same way: `frontend/src/find.js` is
given the tables of this module (`lookup.tables`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

#: Greek letters by their names. Each is a word of its own: TNFα is "tnf alpha".
GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
#: Those that are seen inside other words too, as in NFkappaB.
INSIDE: Final = (
    "alpha", "beta", "gamma", "delta", "epsilon", "theta", "kappa", "lambda", "sigma", "omega",
)  # fmt: skip

#: What no decomposition makes plain.
PLAIN: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ς": "σ", "∆": "δ",
}  # fmt: skip

#: What is British, and what it counts as in what is typed and in what that is compared with, one
#: after the other. A blank is the end of a word.
SPELLINGS: Final = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("z", "s"), ("ph", "f"), ("ll", "l"),
    ("tre ", "ter "), ("tres ", "ters "), ("bre ", "ber "), ("bres ", "bers "),
    ("ogue ", "og "), ("ogues ", "ogs "), ("ence ", "ense "), ("inium ", "inum "),
    ("grey", "gray"), ("mould", "mold"), ("programme", "program"), ("ageing", "aging"),
    ("artefact", "artifact"),
)  # fmt: skip

_PLAINLY: Final = str.maketrans(PLAIN)
_WORD: Final = re.compile(rf"\d+|{'|'.join(INSIDE)}|(?:(?!{'|'.join(INSIDE)})[^\W\d_])+")
_SPELT: Final = str.maketrans({letter: f" {name} " for letter, name in GREEK.items()})


class Form(NamedTuple):
    """A text as plain words, and as their letters and digits alone.

    `marks` are the words that tell members of a family apart, sorted: nobody misspells them.
    """

    words: tuple[str, ...]
    letters: str
    marks: tuple[str, ...]


class Spelling(NamedTuple):
    """The three ways in which people write a text; where they are one, they are the same object."""

    plain: Form
    american: Form
    short: Form  # Greek letters as those write them who have none: NF-kB


def spelling(text: str) -> Spelling | None:
    """How a text is compared; nothing where it has neither letters nor digits.

    >>> spelling("NF-κB").plain.words, spelling("NF-κB").short.words
    (('nf', 'kappa', 'b'), ('nf', 'k', 'b'))
    >>> spelling("haemoglobin A₁c").american.words, spelling("1,25(OH)2D").plain.letters
    (('hemoglobin', 'a', '1', 'c'), '125oh2d')
    >>> spelling("…") is None
    True
    """
    words = words_of(text)
    if not words:
        return None
    plain = _form(words)
    spaced = f"{' '.join(words)} "
    usual = american(spaced)
    short = plain if _NAMES.isdisjoint(words) else _form(_shortened(word) for word in words)
    return Spelling(plain, plain if usual == spaced else _form(usual.split()), short)


def american(spaced: str) -> str:
    """Words with a blank after each of them as an American spells them."""
    for british, same in SPELLINGS:
        spaced = spaced.replace(british, same)
    return spaced


_NAMES: Final = frozenset(GREEK.values())
#: Greek letters by their names, British and American: what tells interferon beta from zeta.
TELLING: Final = _NAMES | {american(f"{name} ").strip() for name in _NAMES}
#: Short words that tell nothing apart.
SMALL: Final = frozenset(("and", "by", "for", "in", "of", "on", "the", "to"))


def _form(words: Iterable[str]) -> Form:
    words = tuple(words)
    marks = (word for word in words if word in TELLING or (len(word) < 4 and word not in SMALL))
    return Form(words, "".join(words), tuple(sorted(marks)))


def content_words(form: Form) -> tuple[str, ...]:
    """The words that say what is meant: all but the small ones, where there are others."""
    return tuple(word for word in form.words if word not in SMALL) or form.words


def _shortened(word: str) -> str:
    return word[0] if word in _NAMES else word


def words_of(text: str) -> list[str]:
    """Letters without case and accents, apart from digits and from Greek letters."""
    if text.isascii():
        return _WORD.findall(text.lower())
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
    return _WORD.findall(bare.lower().translate(_PLAINLY).translate(_SPELT))
