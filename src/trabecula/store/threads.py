"""What threads make while something else is done with what was made before, in order.

It gains where what is made lets go of the interpreter, as Arrow and numpy do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Final, TypeVar

_From = TypeVar("_From")
_T = TypeVar("_T")
#: Threads that make something at once.
_THREADS: Final = 2


def ahead(made: Iterator[_T]) -> Iterator[_T]:
    """What an iterator gives, each made by a thread while the one before is in use."""
    with ThreadPoolExecutor(1) as behind:
        coming = behind.submit(next, made, None)
        while (item := coming.result()) is not None:
            coming = behind.submit(next, made, None)
            yield item


def side_by_side(make: Callable[[_From], _T], parts: Iterable[_From]) -> Iterator[_T]:
    """What is made of each of some parts, in their order, by several threads.

    At most one more than there are threads waits to be taken.
    """
    left = iter(parts)
    with ThreadPoolExecutor(_THREADS) as makers:
        coming: deque[Future[_T]] = deque()
        try:
            coming.extend(makers.submit(make, part) for part in islice(left, _THREADS + 1))
            while coming:
                yield coming.popleft().result()
                coming.extend(makers.submit(make, part) for part in islice(left, 1))
        finally:
            makers.shutdown(cancel_futures=True)
