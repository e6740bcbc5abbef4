"""Signs as files write them: numbers, marks and words."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

#: Words of a sign, folded. Both signs are two statements.
_SIGNS: Final = MappingProxyType(
    {
        **dict.fromkeys(
            ("+", "1", "+1", "1.0", "positive", "pos", "plus", "up", "activation", "activates",
             "activating", "stimulation", "stimulates", "increase", "increases", "increased",
             "induces", "induction", "upregulation", "upregulates", "up-regulation",
             "up-regulates", "activate", "stimulate"),
            (1,)),
        **dict.fromkeys(
            ("-", "-1", "-1.0", "negative", "neg", "minus", "down", "inhibition",
             "inhibits", "inhibiting", "repression", "represses", "decrease", "decreases",
             "decreased", "suppresses", "downregulation", "downregulates", "down-regulation",
             "down-regulates", "inhibit"),
            (-1,)),
        **dict.fromkeys(
            ("0", "?", "0.0", "unknown", "none", "neutral", "undefined", "unsigned"), (0,)),
        **dict.fromkeys(
            ("\N{PLUS-MINUS SIGN}", "+/-", "-/+", "+-", "both", "dual", "mixed", "1;-1", "1|-1",
             "1,-1", "-1;1", "+;-", "-;+", "+|-", "-|+", "+,-", "-,+"),
            (1, -1)),
    }
)  # fmt: skip
#: Hyphens and minus signs of typesetters and of East Asian keyboards.
_DASHES: Final = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-"),
    0xFF0B: "+",
}
_COMMA: Final = re.compile(r"[-+]?\d+,\d+", re.ASCII)
_NUMBER: Final = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
#: How files say that something was seen in nobody.
_NEVER: Final = re.compile(
    r"(?i)HP:0040285|excluded|0+([.]0+)?\s*%?|0+\s*(/|of|out of)\s*0*[1-9]\d*", re.ASCII
)
#: What stands at the lines of a causal loop diagram.
_MARKS: Final = ("+", "-")
_ONES: Final = ("1", "+1", "-1", "1.0", "-1.0")
#: Words of a sign, which are a sign and no more where an attribute says the effect.
_WORDS: Final = ("positive", "negative", "pos", "neg", "up", "down")
#: Attributes whose value is a sign where it is one in numbers; a `type` 1 is only a kind.
_OF_EFFECTS: Final = frozenset(("effect", "interaction", "relation", "regulation", "sign"))


def signs_of(text: str) -> tuple[int, ...] | None:
    """The signs that a text says, of which two are two statements; None where it says none.

    >>> signs_of("-0.25"), signs_of("Activation"), signs_of("both"), signs_of("perhaps")
    ((-1,), (1,), (1, -1), None)
    """
    plain = text.strip().translate(_DASHES).casefold()
    signs = _SIGNS.get(plain)
    if signs is None and _COMMA.fullmatch(plain):  # as many languages write a number
        plain = plain.replace(",", ".")
    if signs is None and is_number(plain):
        number = float(plain)
        signs = ((number > 0) - (number < 0),)
    return signs


#: Verdicts, in small letters, that a pair does not go together.
DENYING: Final = frozenset(
    ("refuted evidence", "refuted", "disputed evidence", "disputed", "not associated",
     "does not support", "contradicts", "refutes", "non-functional mti",
     "non-functional mti (weak)")
)  # fmt: skip
#: Names without blanks under which a NOT denies, as of annotations.
_MODIFIERS: Final = frozenset(("qualifier", "modifier", "predicatemodifier", "relationqualifier"))
_NOT: Final = re.compile(r"NOT(\|.*)?|[Nn]ot")


def denies(text: str) -> bool:
    """Whether a value is a verdict that denies, and nothing else.

    >>> denies("Does Not Support"), denies("Supports"), denies("It is not associated")
    (True, False, False)
    """
    return text.strip().casefold() in DENYING


def denies_under(name: str, text: str) -> bool:
    """Whether a value denies under this name, which has neither blanks nor capitals.

    >>> denies_under("qualifier", "NOT|located_in"), denies_under("qualifier", "mild")
    (True, False)
    """
    return denies(text) or (name in _MODIFIERS and _NOT.fullmatch(text.strip()) is not None)


def in_words(text: str) -> tuple[int, ...] | None:
    """The sign that words say; none where they are a number or a mark, or say both.

    >>> in_words("up"), in_words("both"), in_words("1")
    ((1,), None, None)
    """
    signs = signs_of(text) if text.strip()[:1].isalpha() else None
    return signs if signs in ((1,), (-1,)) else None


_TRUTHS: Final = MappingProxyType(
    {
        **dict.fromkeys(("true", "t", "yes", "y", "1", "1.0", "not", "negated", "denied"), True),
        **dict.fromkeys(("", "false", "f", "no", "n", "0", "0.0"), False),
    }
)


def truth(text: str) -> bool | None:
    """Whether a cell says yes, as to whether an edge is negated; None where it says neither.

    >>> truth("Y"), truth(""), truth("perhaps")
    (True, False, None)
    """
    return _TRUTHS.get(text.strip().casefold())


def is_number(text: str) -> bool:
    """Whether a text is a number, without words such as `nan`."""
    return _NUMBER.fullmatch(text) is not None


def is_never(frequency: str) -> bool:
    """Whether a frequency is that of what was seen in nobody: a term of HPO, or no part of all.

    >>> is_never("HP:0040285"), is_never("0/12"), is_never("0%"), is_never("3/12"), is_never("")
    (True, True, True, False, False)
    """
    return _NEVER.fullmatch(frequency.strip()) is not None


def in_numbers(name: str, text: str) -> tuple[int, ...] | None:
    """The signs in what an attribute called so says of the effect: 1, -1, a mark, `positive`.

    >>> in_numbers("effect", "-1"), in_numbers("type", "1"), in_numbers("effect", "activation")
    ((-1,), None, None)
    >>> in_numbers("label", "+"), in_numbers("label", "1")
    ((1,), None)
    """
    plain = text.strip().translate(_DASHES)
    if name == "effect" and plain.casefold() in _WORDS:
        return _SIGNS[plain.casefold()]
    marks = _MARKS if name == "label" else (*_MARKS, *_ONES) if name in _OF_EFFECTS else ()
    return _SIGNS[plain] if plain in marks else None
