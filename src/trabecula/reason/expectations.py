"""What a graph is expected to conclude, and whether it does.

`trabecula.expectations` reads expectations from files and tells of those that are not met.

| expected         | right                           | else                                        |
|------------------|---------------------------------|---------------------------------------------|
| `+`, `-`         | that sign, by more than the     | `wrong`: the other sign; `silent`: neither  |
|                  | article                         |                                             |
| `context`,       | no verb of change               | `firm`                                      |
| `none`           |                                 |                                             |
| `not +`, `not -` | not that sign                   | `wrong`                                     |

`context` says that the sign depends on something, `none` that no relation is established.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.columns import Columns
from trabecula.reason.concluded import Conclusion
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.following import without

#: What can be expected, and what it says of the two.
EXPECTED: Final = MappingProxyType(
    {
        "+": "raises",
        "-": "lowers",
        "context": "raises or lowers, by the context, and is not said to do one of them,",
        "none": "is not said to raise or lower",
        "not +": "does not raise",
        "not -": "does not lower",
    }
)
#: What an answer can be.
ANSWERS: Final = ("right", "wrong", "firm", "silent")
_SIGNS: Final = {"+": 1, "-": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must follow for `start` and `end`."""

    start: str
    end: str
    expected: str  # a key of `EXPECTED`
    why: str
    where: str  # path:line


def answer(conclusion: Conclusion, expected: str) -> str:
    """Whether a conclusion is as expected: one of `ANSWERS`.

    >>> answer(Conclusion(relation="raises", sign=1), "+"), answer(Conclusion(), "+")
    ('right', 'silent')
    """
    if expected in ("context", "none"):
        return "firm" if conclusion.firm else "right"
    sign = _SIGNS[expected[-1]]
    if expected.startswith("not"):
        return "wrong" if conclusion.sign == sign else "right"
    if conclusion.sign == -sign:
        return "wrong"
    return (
        "right" if conclusion.sign == sign and conclusion.relation != "only-article" else "silent"
    )


def concluded(conclusions: Conclusions, expectation: Expectation) -> Conclusion | None:
    """What follows for the two of an expectation; None where the graph lacks one of them."""
    ends = map(conclusions.columns.number, (expectation.start, expectation.end))
    start, end = ends
    return None if min(start, end) < 0 else conclusions.between(start, end)


def met(conclusions: Conclusions, expectation: Expectation) -> bool:
    """Whether a graph answers as expected."""
    conclusion = concluded(conclusions, expectation)
    return conclusion is not None and answer(conclusion, expectation.expected) == "right"


def needed(columns: Columns, conclusions: Conclusions, expectation: Expectation) -> tuple[int, ...]:
    """The statements, by number, without each of which an expectation would not be met.

    None where it is not met, or would be met in silence.
    """
    conclusion = concluded(conclusions, expectation)
    if expectation.expected not in _SIGNS or conclusion is None:
        return ()
    if answer(conclusion, expectation.expected) != "right":
        return ()
    followed = columns.followed
    return tuple(
        number
        for number in map(columns.number_of, conclusion.rests_on)
        if not met(
            Conclusions(columns, without(followed, [number]), conclusions.quantities), expectation
        )
    )
