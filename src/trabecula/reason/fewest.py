"""How many chains of two steps a graph has at least, told from what statements say alone.

Whether there are too many chains to look at is asked before any of them is made.
"""

from __future__ import annotations

from trabecula.quantities import UNSAID
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.sayings import CHANGES, NEEDS, READ


def fewest(known: Conclusions, *, read: bool) -> int:
    """A number that there are not fewer chains than; with `read`, of a first step that was read.

    A step is certain where all that is said of the two points one way, in whatever interval: it is
    there whatever decides between them, and has that sign.
    """
    firsts: dict[int, list[tuple[int, int]]] = {1: [], -1: []}  # by way: where to, and the sign
    onward: dict[int, dict[int, int]] = {1: {}, -1: {}}  # by way: quantity -> how many steps
    for start in known.quantities.all:
        if start in known.directionless:
            continue
        for way, kinds in ((1, (CHANGES,)), (-1, (CHANGES, NEEDS))):
            signs: dict[int, set[int]] = {}
            everywhere: set[int] = set()
            doubted: set[int] = set()
            for saying in known.sayings.of(start):
                if saying.sign and saying.kind in kinds:
                    signs.setdefault(saying.end, set()).add(saying.sign)
                    if saying.interval == UNSAID:
                        everywhere.add(saying.end)
                    if saying.tier != READ or saying.contested:
                        doubted.add(saying.end)
            onward[way][start] = len(everywhere)
            for end in everywhere - doubted if read else everywhere:
                if len(signs[end]) == 1 and end not in known.directionless:
                    firsts[way].append((end, min(signs[end])))
    return sum(onward[way * sign].get(end, 0) for way in (1, -1) for end, sign in firsts[way])
