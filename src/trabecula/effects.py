"""The size of an effect: what can be wrong with its numbers, and how it is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from trabecula.misspelt import unknown
from trabecula.model import Context, Effect, Evidence
from trabecula.units import is_unit, spoken
from trabecula.vocabulary import MEASURES

#: The fields of an effect that hold a number, as the source prints it.
NUMBERS: Final = ("value", "low", "high", "level")
#: Those that hold a number with its unit.
QUANTITIES: Final = ("dose", "time")
#: Measures of two risks or rates: they have no unit, are above 0, and 1 is no effect.
RATIOS: Final = frozenset(("RR", "OR", "HR", "IRR"))
#: Measures that have no unit.
_BARE: Final = RATIOS | {"r", "SMD"}
#: Measures in per cent.
_PER_CENT: Final = frozenset(("change", "proportion"))
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_WHOLE: Final = re.compile(r"[1-9][0-9]*")


def is_number(text: str) -> bool:
    """Whether a text is a number as RDF and spreadsheets take it.

    >>> is_number("1.80"), is_number("-0.5"), is_number("1,80"), is_number("1e3"), is_number("+2")
    (True, True, False, False, False)
    """
    return _NUMBER.fullmatch(text) is not None


def quantity(text: str) -> tuple[str, str] | None:
    """Number and unit of a text such as `15 mmol/d`; None where it is none.

    >>> quantity("15 mmol/d"), quantity("a lot")
    (('15', 'mmol/d'), None)
    """
    number, _, unit = text.partition(" ")
    return (number, unit) if is_number(number) and is_unit(unit) else None


def faults(effect: Effect) -> Iterator[tuple[str, str]]:
    """What is wrong with an effect, and the remedy.

    Unknown words, no numbers, or numbers that cannot stand together.
    """
    if effect.measure and effect.measure not in MEASURES:
        what = unknown("measure", effect.measure, MEASURES).partition("; known: ")[0]
        yield what, f"use one of {', '.join(MEASURES)}"
    for name in NUMBERS:
        text = getattr(effect, name)
        if text and not is_number(text):
            yield f"the {name} {text!r:.40} is no number", "write it like 1.80, without a unit"
            return
    if effect.n and not _WHOLE.fullmatch(effect.n):
        yield f"the n {effect.n!r:.40} is no whole number", "write how many there were, like 2245"
    for name in QUANTITIES:
        text = getattr(effect, name)
        if text and quantity(text) is None:
            what = f"the {name} {text!r:.40} is no number with a unit of UCUM"
            yield what, "write it like 15 mmol/d or 30 d; other texts belong in context"
    yield from _of_value(effect)
    yield from _of_interval(effect)


def _of_value(effect: Effect) -> Iterator[tuple[str, str]]:
    numbers = effect.value or effect.low or effect.high
    if numbers and not effect.measure:
        yield "a number without a measure", f"say what it is: one of {', '.join(MEASURES)}"
    if effect.measure and not numbers:
        yield "a measure without a value", "give the value, or leave the measure out"
    if effect.unit and not is_unit(effect.unit):
        fix = "write it in UCUM, like mmol/L, mm[Hg] or [IU]/d"
        yield f"{effect.unit!r:.40} is no unit of UCUM", fix
    elif effect.unit and effect.measure in _BARE:
        yield f"{effect.measure} has the unit {effect.unit}", "leave the unit out"
    elif effect.measure in _PER_CENT and effect.unit != "%":
        yield f"a {effect.measure} is given in %", "write % as its unit"
    elif effect.measure == "MD" and not effect.unit:
        yield "a mean difference without a unit", "write its unit in UCUM; {score} for points"
    for name in ("value", "low", "high"):
        text = getattr(effect, name)
        if text and effect.measure in RATIOS and Decimal(text) <= 0:
            yield f"the {name} of {effect.measure} is {text}", "a ratio is above 0"
        if text and effect.measure == "r" and abs(Decimal(text)) > 1:
            yield f"the {name} of r is {text}", "a correlation is from -1 to 1"


def _of_interval(effect: Effect) -> Iterator[tuple[str, str]]:
    low, high = effect.low, effect.high
    if bool(low) != bool(high):
        yield "an interval with one end", "give low and high"
    elif low and Decimal(low) > Decimal(high):
        yield f"the interval from {low} to {high} is the wrong way round", "exchange low and high"
    elif low and effect.value and not Decimal(low) <= Decimal(effect.value) <= Decimal(high):
        what = f"the interval from {low} to {high} does not hold the value {effect.value}"
        yield what, "compare them with the source"
    if effect.level and not 0 < Decimal(effect.level) < 100:
        yield f"the level {effect.level} is no per cent", "write 95 for a 95 % interval"
    if effect.level and not low:
        yield "a level without an interval", "give low and high"


def values(effect: Effect | None) -> dict[str, Any] | None:
    """An effect as numbers and texts for JSON; what it does not say is null."""
    if effect is None:
        return None
    return {
        "measure": effect.measure or None,
        "value": _number(effect.value),
        "unit": effect.unit or None,
        "low": _number(effect.low),
        "high": _number(effect.high),
        "level": _number(effect.level),
        "n": int(effect.n) if _WHOLE.fullmatch(effect.n) else None,
        "dose": _amount(effect.dose),
        "time": _amount(effect.time),
        "comparator": effect.comparator or None,
    }


def _amount(text: str) -> dict[str, Any] | None:
    parts = quantity(text)
    return {"value": _number(parts[0]), "unit": parts[1]} if parts else None


def _number(text: str) -> int | float | None:
    """A number of JSON; None for what is none, which `check` tells."""
    if not is_number(text):
        return None
    return float(text) if "." in text else int(text)


def in_words(effect: Effect) -> str:
    """An effect as a reader reads it.

    >>> in_words(Effect(measure="HR", value="1.80", low="1.10", high="2.94", level="95", n="2245"))
    'hazard ratio 1.80 (95 % interval 1.10 to 2.94); n = 2,245'
    >>> in_words(Effect(measure="change", value="-40.5", unit="%", n="20", dose="15 mmol/d"))
    'relative change −40.5 %; n = 20; 15 mmol/d given'
    """
    number = f"{_minus(effect.value)} {spoken(effect.unit)}".strip()
    words = [MEASURES.get(effect.measure, {}).get("label", effect.measure), number]
    if effect.low or effect.high:
        level = f"{effect.level} % " if effect.level else ""
        words.append(f"({level}interval {_minus(effect.low)} to {_minus(effect.high)})")
    first = " ".join(filter(None, words))
    parts = [", ".join(filter(None, (first, effect.comparator)))]
    if effect.n:
        parts.append(f"n = {int(effect.n):,}" if _WHOLE.fullmatch(effect.n) else f"n = {effect.n}")
    parts += [f"{in_full(effect.dose)} given"] if effect.dose else []
    parts += [f"over {in_full(effect.time)}"] if effect.time else []
    return "; ".join(filter(None, parts))


def in_context(row: Evidence) -> Context:
    """The context of evidence with the size of its effect as text, where there are no numbers.

    >>> in_context(Evidence(source="a", effect=Effect(measure="RR", value="0.9")))
    (('effect', 'risk ratio 0.9'),)
    """
    size = (("effect", in_words(row.effect)),) if row.effect else ()
    return tuple(sorted((*row.context, *size)))


def in_full(text: str) -> str:
    """A dose or a time as people write it.

    >>> in_full("30 d"), in_full("15 mmol/d")
    ('30 days', '15 mmol/d')
    """
    parts = quantity(text)
    if parts is None:
        return text
    return f"{_minus(parts[0])} {spoken(parts[1], singular=parts[0] == '1')}"


def _minus(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text
