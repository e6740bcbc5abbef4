"""Signs of influence: what a change of one entity does to another along a chain of statements.

A sign is +1 (more goes with more), -1 (more goes with less) or 0 (not known). The sign of a chain
is the product of the signs of its statements: what lowers something that lowers a third thing
raises it, and one unknown link makes the whole unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable


def compose(signs: Iterable[int]) -> int:
    """The sign of a chain from the signs of its links; +1 where there are none.

    >>> compose([-1, -1]), compose([+1, -1]), compose([-1, 0])
    (1, -1, 0)
    """
    return math.prod(signs)
