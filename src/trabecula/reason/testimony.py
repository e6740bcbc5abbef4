"""What statements of two quantities say of them together, each function by one rank of the table.

A saying is one that applies where the first quantity goes the way that is asked about; see
`conclusions` for the table and for which rank decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from trabecula.columns import Columns
from trabecula.quantities import EXCESS, LACK, UNSAID
from trabecula.reason.concluded import (
    DIRECT,
    DISPUTED,
    IMPLIED,
    NEEDED,
    OBSERVED,
    SUPPORTED,
    UNSIGNED,
    WEAKER,
    Conclusion,
    verb,
)
from trabecula.reason.sayings import (
    ARTICLE,
    CHANGES,
    DOUBTED,
    GOES_WITH,
    NEEDS,
    READ,
    WEAK,
    Saying,
    best_tier,
    nearest,
)
from trabecula.reason.where import (
    cases,
    denied_elsewhere,
    differ,
    ids_of,
    interval_of,
    narrow_cases,
)
from trabecula.standing import basis
from trabecula.vocabulary import BASES

# --- Of a change ----------------------------------------------------------------------------


def of_change(
    columns: Columns, changing: Sequence[Saying], way: int, asked: int
) -> Conclusion | None:
    """By statements of a change that were read.

    Where the first falls those decide that speak of a lack, where it rises those that speak of an
    excess, and only then the others.
    """
    beyond = LACK if way < 0 else EXCESS
    exact = [saying for saying in changing if saying.interval == beyond]
    deciding = _read(exact) or _read(changing)
    if not deciding:
        return None
    conclusion = _agreed(columns, deciding, DIRECT if deciding[0].tier == READ else DISPUTED)
    at_large = asked != UNSAID and all(saying.interval != asked for saying in deciding)
    return _suggested(conclusion) if conclusion.firm and at_large else conclusion


def of_states(columns: Columns, sayings: Sequence[Saying]) -> Conclusion | None:
    """By what is said of states of the first, such as its intermittent release."""
    deciding = [saying for saying in best_tier(sayings) if saying.tier <= DOUBTED]
    if not deciding:
        return None
    conclusion = _agreed(columns, deciding, SUPPORTED)
    if not conclusion.firm:
        return conclusion
    return _suggested(conclusion)._replace(contexts=cases(columns, deciding))


def _read(sayings: Sequence[Saying]) -> list[Saying]:
    """Those of the best tier that have a sign, if sources were read for it."""
    return nearest([saying for saying in best_tier(sayings) if saying.tier <= DOUBTED])


def _suggested(conclusion: Conclusion) -> Conclusion:
    """What is said of something near to what was asked about."""
    return conclusion._replace(relation="suggested", basis="", rank=SUPPORTED, steps=1)


def _agreed(columns: Columns, deciding: Sequence[Saying], rank: int) -> Conclusion:
    """What statements of one rank say together."""
    if len({saying.sign for saying in deciding}) == 2:
        return _at_odds(columns, deciding, rank, apart=differ(columns, deciding))
    sign = deciding[0].sign
    clean = [saying for saying in deciding if not saying.contested]
    if not clean:
        apart = denied_elsewhere(columns, deciding)
        return _at_odds(columns, deciding, rank, apart=apart)._replace(sign=sign)
    statements = [columns.statements[saying.statement] for saying in clean]
    bases = {basis(statement.evidence) for statement in statements}
    return Conclusion(
        relation=verb(sign), sign=sign, interval=interval_of(deciding),
        basis=next((name for name in BASES if name in bases), ""),
        contexts=narrow_cases(columns, clean, sign), rests_on=ids_of(columns, deciding), steps=1,
        rank=rank,
    )  # fmt: skip


def _at_odds(columns: Columns, deciding: Sequence[Saying], rank: int, *, apart: bool) -> Conclusion:
    """What sources disagree on: it depends where contexts tell them apart."""
    return Conclusion(
        relation="depends" if apart else "contested",
        contexts=cases(columns, deciding) if apart else (),
        rests_on=ids_of(columns, deciding), interval=interval_of(deciding), steps=1, rank=rank,
    )  # fmt: skip


# --- Of less than a change ------------------------------------------------------------------


def of_association(columns: Columns, sayings: Sequence[Saying]) -> Conclusion | None:
    """By associations that were observed."""
    deciding = best_tier(s for s in sayings if s.kind == GOES_WITH and s.tier <= DOUBTED)
    if not deciding:
        return None
    sign = _shared_sign(deciding)
    rests_on = ids_of(columns, deciding)
    if sign is None or all(saying.contested for saying in deciding):
        return Conclusion(
            relation="contested", sign=sign, rests_on=rests_on, steps=1, rank=OBSERVED
        )
    return Conclusion(
        relation="goes-with-more" if sign > 0 else "goes-with-less",
        sign=sign, interval=interval_of(deciding), rests_on=rests_on, steps=1, rank=OBSERVED,
    )  # fmt: skip


def of_need(columns: Columns, sayings: Sequence[Saying], way: int) -> Conclusion | None:
    """By a need, of which only a shortfall is passed on."""
    read = [saying for saying in sayings if saying.kind == NEEDS and saying.tier <= DOUBTED]
    if way > 0 or not read:
        return None
    deciding = [saying for saying in read if not saying.contested]
    return Conclusion(
        relation="needed-for" if deciding else "contested", sign=1, interval="lack",
        rests_on=ids_of(columns, deciding or read), steps=1, rank=NEEDED,
    )  # fmt: skip


def of_title(columns: Columns, sayings: Sequence[Saying], way: int) -> Conclusion | None:
    """By titles, or by statements that name no evidence: of a change, else of a need."""
    titled = [saying for saying in sayings if saying.tier == WEAK and saying.sign]
    changing = nearest([saying for saying in titled if saying.kind == CHANGES])
    needed = [saying for saying in titled if saying.kind == NEEDS and way < 0]
    deciding = changing or needed
    sign = _shared_sign(deciding)
    if sign is None:
        return None
    return Conclusion(
        relation="conceivable", sign=sign,
        interval=interval_of(deciding) if changing else "lack",
        rests_on=ids_of(columns, deciding), steps=1, rank=WEAKER,
    )  # fmt: skip


def of_article(columns: Columns, sayings: Sequence[Saying], way: int) -> Conclusion | None:
    """By sentences of the article about the two."""
    kinds = (CHANGES, GOES_WITH, NEEDS) if way < 0 else (CHANGES, GOES_WITH)
    deciding = [s for s in sayings if s.kind in kinds and s.tier == ARTICLE and s.sign]
    if not deciding:
        return None
    return Conclusion(
        relation="only-article", sign=_shared_sign(deciding), interval=interval_of(deciding),
        rests_on=ids_of(columns, deciding), steps=1, rank=IMPLIED,
    )  # fmt: skip


# --- Without a direction --------------------------------------------------------------------


def without_sign(columns: Columns, sayings: Sequence[Saying]) -> Conclusion | None:
    """By statements of a change of which sources, and not the article alone, say no direction."""
    unsigned = [s for s in sayings if s.kind == CHANGES and not s.sign and s.tier != ARTICLE]
    if not unsigned:
        return None
    return Conclusion(
        relation="cannot-say", rests_on=ids_of(columns, unsigned), rank=UNSIGNED, steps=1
    )


def without_direction(columns: Columns, between: Sequence[Saying]) -> Conclusion:
    """Of what there is no more and no less it is only said that it acts, or is acted on."""
    acting = [saying for saying in between if saying.kind in (CHANGES, NEEDS)]
    founded = [saying for saying in acting if saying.tier != ARTICLE]
    if not acting:
        return Conclusion()
    return Conclusion(
        relation="cannot-say" if founded else "only-article",
        rests_on=ids_of(columns, founded or acting), rank=UNSIGNED if founded else IMPLIED, steps=1,
    )  # fmt: skip


def _shared_sign(sayings: Sequence[Saying]) -> int | None:
    """The sign that all of them have; None where they differ, or where there are none."""
    signs = {saying.sign for saying in sayings}
    return signs.pop() if len(signs) == 1 else None
