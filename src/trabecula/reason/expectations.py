"""What a graph is expected to answer of signs, and whether it does.

`trabecula.expectations` reads expectations from files and tells of those that are not met.
"""

from __future__ import annotations

from dataclasses import dataclass

from trabecula.influence import Influence
from trabecula.reason.following import without
from trabecula.reason.signs import WRITTEN, shortest


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """That `start` must, or must not, act on `end` with a sign, within a number of steps."""

    start: str
    end: str
    sign: str  # a key of `signs.WRITTEN`
    must: bool
    steps: int
    why: str
    where: str  # path:line


def met(influence: Influence, expectation: Expectation) -> bool:
    """Whether a graph answers as expected; raises `SelectionError` as `chains` does."""
    if min(map(influence.columns.number, (expectation.start, expectation.end))) < 0:
        return False
    return bool(_meant(influence, expectation)) == expectation.must


def needed(influence: Influence, expectation: Expectation) -> tuple[int, ...]:
    """The statements, by number, without each of which an expectation would not be met.

    None where it is not met, or is met because something does not act on something else.
    """
    if not (expectation.must and met(influence, expectation)):
        return ()
    followed = influence.columns.followed
    chain = min(_meant(influence, expectation).values(), key=len)
    return tuple(
        number
        for number in chain
        if not _meant(influence, expectation, without(followed, [number]))
    )


def _meant(
    influence: Influence, expectation: Expectation, follow: bytes | None = None
) -> dict[int, tuple[int, ...]]:
    """The signs that the expectation speaks of and that the graph has, with their chains."""
    ends = expectation.start, expectation.end
    by_sign = shortest(influence, *ends, expectation.steps, follow=follow)
    return {sign: by_sign[sign] for sign in WRITTEN[expectation.sign] if sign in by_sign}
