"""What follows for a quantity of which it is not said whether it rises or falls.

It was asked what follows if it rises and what if it falls; each answer says how the other quantity
goes with it, +1 for the same way.
"""

from __future__ import annotations

from trabecula.reason.concluded import (
    IMPLIED,
    NOTHING,
    SUPPORTED,
    WEAKER,
    Case,
    Conclusion,
)  # fmt: skip


def of_both(rise: Conclusion, fall: Conclusion) -> Conclusion:
    """What follows from the answers for the rise and for the fall."""
    if rise == fall or fall.rank == NOTHING:
        return rise
    if rise.rank == NOTHING:
        return fall._replace(interval=fall.interval or "lack")
    opposed = rise.sign is not None and fall.sign == -rise.sign
    if not _weigh_alike(rise, fall, opposed):
        return _better(rise, fall, opposed)
    if rise.sign == fall.sign and rise.relation == fall.relation:
        return _same(rise, fall)
    if opposed and (rise.firm or fall.firm):
        return _either(rise, fall)
    return _undecided(rise, fall, opposed)


def _weigh_alike(rise: Conclusion, fall: Conclusion, opposed: bool) -> bool:
    """Whether neither decides over the other.

    Both have one rank, or are opposed and have more than the article. What is only supposed of the
    one does not stand beside a firm answer for the other, nor what was only seen in the rise beside
    one for the fall.
    """
    if rise.rank == fall.rank:
        return True
    if not opposed or max(rise.rank, fall.rank) > WEAKER:
        return False
    if rise.firm and not fall.firm:
        return fall.rank < SUPPORTED
    return rise.rank < fall.rank or fall.firm == rise.firm


def _better(rise: Conclusion, fall: Conclusion, opposed: bool) -> Conclusion:
    """The better founded one, against which the other may speak."""
    best, other = (rise, fall) if rise.rank < fall.rank else (fall, rise)
    against = best.against
    if opposed and other.rank < IMPLIED:
        against = (*against, *other.rests_on)
    interval = best.interval or ("lack" if best is fall else "")
    return best._replace(interval=interval, against=tuple(dict.fromkeys(against)))


def _same(rise: Conclusion, fall: Conclusion) -> Conclusion:
    """Both say the same, on whatever both rest."""
    rests_on = _joined(rise.rests_on, fall.rests_on)
    return rise._replace(
        interval=rise.interval if rise.interval == fall.interval else "", rests_on=rests_on,
        also=tuple(key for key in _joined(rise.also, fall.also) if key not in rests_on),
        against=_joined(rise.against, fall.against),
        contexts=tuple(dict.fromkeys((*rise.contexts, *fall.contexts))),
    )  # fmt: skip


def _either(rise: Conclusion, fall: Conclusion) -> Conclusion:
    """A rise does the one and a fall the other: it depends on the interval.

    Where only an excess does otherwise, the sign is that of what is said of the quantity at large.
    """
    at_large = fall.firm and not fall.interval and rise.interval == "excess"
    places = ((rise, ""), (fall, "" if rise.interval else "lack"))
    cases = tuple(
        Case(each.relation, each.interval or interval, statements=each.rests_on)
        for each, interval in places
    )
    rests_on = _joined(rise.rests_on, fall.rests_on)
    return Conclusion(
        relation="depends", sign=fall.sign if at_large else None, contexts=cases,
        rests_on=rests_on, steps=1, rank=rise.rank,
    )  # fmt: skip


def _undecided(rise: Conclusion, fall: Conclusion, opposed: bool) -> Conclusion:
    """What two answers that neither agree nor are firm leave open."""
    for each in (rise, fall):
        if each.relation in ("depends", "contested"):
            return each._replace(sign=None) if opposed else each
    rests_on = _joined(rise.rests_on, fall.rests_on)
    if rise.rank == IMPLIED:
        return rise._replace(sign=None, rests_on=rests_on)
    return Conclusion(
        relation="cannot-say", rests_on=rests_on, steps=max(rise.steps, fall.steps),
        rank=min(rise.rank, fall.rank),
    )  # fmt: skip


def beside_its_lack(conclusion: Conclusion, lack: Conclusion) -> Conclusion:
    """What chains say of a quantity at large or of an excess of it, where its lack does the same.

    A lack and its quantity do not both raise a thing: where only chains say so, nothing follows.
    """
    chains = SUPPORTED <= conclusion.rank <= WEAKER and lack.rank <= WEAKER
    if not (chains and conclusion.sign and lack.sign == -conclusion.sign):
        return conclusion
    return Conclusion(
        relation="cannot-say",
        rests_on=_joined(conclusion.rests_on, lack.rests_on),
        steps=max(conclusion.steps, lack.steps),
        rank=conclusion.rank,
    )


def _joined(ids: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of statements, each once, in their order."""
    return tuple(dict.fromkeys((*ids, *others)))
