"""How many chains of two steps a graph has at least, told from what statements say alone.

Whether there are too many chains to look at is asked before any of them is made.
"""

from __future__ import annotations

from collections.abc import Iterable

from trabecula.quantities import UNSAID
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.sayings import CHANGES, NEEDS, READ, Saying


def fewest(conclusions: Conclusions, *, read: bool) -> int:
    """A number that there are not fewer chains than; with `read`, of a first step that was read.

    A step is certain where all that is said of the two points one way, in whatever interval: it is
    there whatever decides between them, and has that sign.
    """
    firsts: dict[int, list[tuple[int, int]]] = {1: [], -1: []}  # by way: where to, and the sign
    onward: dict[int, dict[int, int]] = {1: {}, -1: {}}  # by way: quantity -> how many steps
    endless = conclusions.directionless
    for start in conclusions.quantities.all:
        if start in endless:
            continue
        falling = [
            s for s in conclusions.sayings.of(start) if s.sign and s.kind in (CHANGES, NEEDS)
        ]
        rising = [saying for saying in falling if saying.kind == CHANGES]
        risen = _steps(rising, read=read)
        fallen = risen if len(rising) == len(falling) else _steps(falling, read=read)
        for way, (count, certain) in ((1, risen), (-1, fallen)):
            onward[way][start] = count
            firsts[way] += [(end, sign) for end, sign in certain if end not in endless]
    return sum(onward[way * sign].get(end, 0) for way in (1, -1) for end, sign in firsts[way])


def _steps(sayings: Iterable[Saying], *, read: bool) -> tuple[int, list[tuple[int, int]]]:
    """How many steps sayings of one quantity make, and where those lead that are certain."""
    everywhere: set[int] = set()
    signs: dict[int, int] = {}  # by where it leads; 0 where it is not certain
    for saying in sayings:
        end = saying.end
        if saying.interval == UNSAID:
            everywhere.add(end)
        unread = read and (saying.tier != READ or saying.contested)
        # From what ends in a lack or an excess not every step leads on.
        sign = 0 if unread or saying.end_interval != UNSAID else saying.sign
        signs[end] = sign if signs.get(end, sign) == sign else 0
    return len(everywhere), [(end, signs[end]) for end in everywhere if signs[end]]
