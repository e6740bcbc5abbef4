"""Time limits: how long a question may take, and how what takes longer is brought to an end."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, NoReturn, TypeVar

from trabecula.errors import QueryError

#: How long a query may take, in seconds, unless the caller says otherwise.
TIMEOUT: Final = 30.0
#: The longest time limit that can be asked for; clocks cannot be set to all that a float can say.
MAX_TIMEOUT: Final = 86_400.0
#: How many of a long row of things are dealt with between two looks at the clock.
_STRIDE: Final = 1_000
#: An interruption that falls into code which swallows it is repeated after so many seconds.
_AGAIN: Final = 1.0

_T = TypeVar("_T")


class Deadline:
    """The moment, so many seconds from now, at which a question must have been answered.

    `more` is what the error says besides. Raises `QueryError` for a limit that is no time.
    """

    def __init__(self, seconds: float, more: str = "") -> None:
        if not isinstance(seconds, int | float):
            raise TypeError(f"the time limit is a number of seconds, not {seconds!r}")
        if not 0 < seconds <= MAX_TIMEOUT:
            raise QueryError(
                f"the time limit must be more than 0 s, not {seconds:g} s"
                if not seconds > 0
                else f"the time limit can be {MAX_TIMEOUT:g} s at most, not {seconds:g} s"
            )
        self._late = f"the query took longer than {seconds:g} s{more}"
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; none is less than 0."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Pass over a deadline that is still to come; raises `QueryError` after it."""
        if time.monotonic() > self._end:
            raise self.missed()

    def missed(self) -> QueryError:
        """The error to raise when the time is over."""
        return QueryError(self._late)

    def watched(self, things: Iterable[_T]) -> Iterator[_T]:
        """The same things, with a look at the clock now and then."""
        following = iter(things)
        while some := list(islice(following, _STRIDE)):
            self.check()
            yield from some


@contextmanager
def interrupting(deadline: Deadline) -> Iterator[None]:
    """Interrupts the block at the deadline, whatever it is doing, with the error of a late query.

    That needs a signal, hence the main thread and a system that has it; elsewhere the block is
    not interrupted, and the deadline only looked at when it ends.
    """
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):

        def late(*_: Any) -> NoReturn:
            raise deadline.missed()

        before = signal.signal(signal.SIGALRM, late)
        signal.setitimer(signal.ITIMER_REAL, max(deadline.left, 1e-6), _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    else:
        yield
    deadline.check()
