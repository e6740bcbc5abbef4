"""What takes longer than two seconds says on the terminal what it does, until it is done.

The line is on standard error, and only where that is a terminal: a log or a pipe gets nothing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final, TextIO

from trabecula import progress
from trabecula.characters import visible

if TYPE_CHECKING:
    import threading

#: How long a phase lasts before it is told of, and how often then, in seconds.
PATIENCE: Final = 2.0
_AGAIN: Final = 0.5


@contextmanager
def told(patience: float = PATIENCE) -> Iterator[None]:
    """Show the phases under way on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    import threading

    over = threading.Event()
    with progress.listening() as phases:
        teller = threading.Thread(
            target=_tell, args=(sys.stderr, phases, over, patience), daemon=True
        )
        teller.start()
        try:
            yield
        finally:
            over.set()
            teller.join()


def _tell(stream: TextIO, phases: progress.Phases, over: threading.Event, patience: float) -> None:
    """Write the line anew until it is over; take it away where nothing lasts long enough."""
    shown = ""
    while not over.wait(min(_AGAIN, patience)):
        line = words(phases, patience)
        if line or shown:
            stream.write("\r" + line.ljust(len(shown)) + ("" if line else "\r"))
            stream.flush()
        shown = line
    if shown:
        stream.write("\r" + " " * len(shown) + "\r")
        stream.flush()


def words(phases: progress.Phases, patience: float) -> str:
    """What is being done, how far it is and for how long it has been; empty before that matters."""
    under_way = list(phases.under_way)
    if not under_way or monotonic() - under_way[0].since < patience:
        return ""
    now = under_way[-1]
    count = f", {now.count:,} {now.noun}" if now.count else ""
    spent = monotonic() - now.since
    if now.share and spent > 0:
        left = spent * (1 - now.share) / now.share
        count += f" ({now.count / spent:,.0f} a second, {left:.0f} s left)"
    line = f"{visible(now.what)}{count}, {monotonic() - under_way[0].since:.0f} s …"
    return line[: shutil.get_terminal_size().columns - 1]
