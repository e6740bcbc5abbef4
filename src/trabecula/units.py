"""Units in the Unified Code for Units of Measure (UCUM): which texts are some, and in words.

Only the units of medicine and physiology are known, in the case-sensitive spelling: `mmol/L`,
`mm[Hg]`, `ng/mL`, `[IU]/d`, `mg/kg{diet}`. What stands in braces is a remark and means nothing.
"""

from __future__ import annotations

import re
from typing import Final

#: Symbols that take a prefix.
_METRIC: Final = (
    "m g s mol L l eq osm M U [IU] kat J W Pa bar V A Hz N Sv Gy Bq Ci cal K Cel m[Hg] m[H2O] t"
)
#: Symbols that take none.
_PLAIN: Final = (
    "% [ppth] [ppm] [ppb] min h d wk mo a deg [pH] [lb_av] [oz_av] [in_i] [ft_i] [arb'U]"
)
_PREFIX: Final = "da|[YZEPTGMkhdcmunpfazy]"


def _any(symbols: str) -> str:
    return "|".join(map(re.escape, sorted(symbols.split(), key=len, reverse=True)))


_REMARK: Final = r"(?:\{[^{}\s]+\})"
_SIMPLE: Final = (
    rf"(?:(?:{_any(_PLAIN)}|(?:{_PREFIX})?(?:{_any(_METRIC)})|10[*^]|[1-9][0-9]*)(?:[+-]?[0-9]+)?)"
)
_PART: Final = rf"(?:{_SIMPLE}{_REMARK}?|{_REMARK})"
_UNIT: Final = rf"/?{_PART}(?:[./]{_PART})*"

#: Units of time as people write them, and a few that hardly anybody knows by their symbol.
_SPOKEN: Final = {
    "min": "minutes", "h": "hours", "d": "days", "wk": "weeks", "mo": "months", "a": "years",
}  # fmt: skip


def is_unit(text: str) -> bool:
    """Whether a text is a unit of UCUM, of those known here.

    >>> is_unit("mmol/L"), is_unit("[IU]/d"), is_unit("mm[Hg]"), is_unit("g/cm2"), is_unit("%")
    (True, True, True, True, True)
    >>> is_unit("mg/dl/"), is_unit("IU"), is_unit("mmHg"), is_unit("µg"), is_unit("")
    (False, False, False, False, False)
    """
    return re.fullmatch(_UNIT, text) is not None


def spoken(unit: str, *, singular: bool = False) -> str:
    """A unit as people write it, in the plural or singular.

    >>> spoken("mm[Hg]"), spoken("a"), spoken("d", singular=True)
    ('mm Hg', 'years', 'day')
    >>> spoken("ug/d"), spoken("mg/kg{diet}")
    ('µg/d', 'mg/kg diet')
    """
    if unit in _SPOKEN:
        word = _SPOKEN[unit]
        return word.removesuffix("s") if singular else word
    text = re.sub(r"(?<![A-Za-z])u(?=[a-zA-Z])", "µ", unit).replace("m[Hg]", "m Hg")
    return re.sub(r"\{([^{}]*)\}", r" \1", text).replace("[", "").replace("]", "").strip()
