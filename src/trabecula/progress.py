"""What is being done just now, for whoever wants to show it; nothing is shown here.

    with progress.phase("reading graph.json"):
        for row in progress.steps(rows, "rows"):
            ...

The command line listens and shows on a terminal what takes longer than two seconds
(`trabecula.cli.waiting`). Where nobody listens, as in a script, both cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, TypeVar

_T = TypeVar("_T")
#: How many steps go by before they are told.
_OFTEN: Final = 1000


@dataclass(slots=True, eq=False)
class Phase:
    """Something that is being done: since when, and how much of what is behind it."""

    what: str
    since: float = field(default_factory=monotonic)
    count: int = 0
    noun: str = ""
    share: float = 0.0  # of all that is to be done, where that is known


@dataclass(slots=True, eq=False)
class Phases:
    """The phases that are under way, the innermost last."""

    under_way: list[Phase] = field(default_factory=list)


#: Who listens; at most one does.
_listening: list[Phases] = []


@contextmanager
def listening() -> Iterator[Phases]:
    """The phases that are under way, as they come and go."""
    phases = Phases()
    _listening.append(phases)
    try:
        yield phases
    finally:
        _listening.remove(phases)


@contextmanager
def phase(what: str) -> Iterator[None]:
    """Say that something is being done, until it is done or goes wrong."""
    phases = _listening[-1] if _listening else Phases()
    this = Phase(what)
    phases.under_way.append(this)
    try:
        yield
    finally:
        phases.under_way.remove(this)


def at(share: float, count: int, noun: str) -> None:
    """Say how much of the phase under way is done: which share of it, and how many of what."""
    for phases in _listening[-1:]:
        for phase in phases.under_way[-1:]:
            phase.share, phase.count, phase.noun = share, count, noun


def steps(items: Iterable[_T], noun: str) -> Iterable[_T]:
    """The items, while those that have gone by are counted in the phase under way."""
    under_way = _listening[-1].under_way if _listening else []
    return _counted(items, under_way[-1], noun) if under_way else items


def _counted(items: Iterable[_T], phase: Phase, noun: str) -> Iterator[_T]:
    phase.noun = noun
    for number, item in enumerate(items, start=1):
        if number % _OFTEN == 0:
            phase.count = number
        yield item
