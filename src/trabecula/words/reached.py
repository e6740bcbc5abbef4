"""What a change reaches, in words and as values; see `reason.reach`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trabecula.counted import counted
from trabecula.reason.reach import Reached
from trabecula.words.outline import Block, Line, Note, Table
from trabecula.words.statements import cut

_WAYS = {1: "up", -1: "down"}


@dataclass(frozen=True, slots=True)
class Spread:
    """What was changed and held, by id; what that reaches, and its ids and names by number."""

    changed: tuple[tuple[str, int], ...]
    fixed: tuple[str, ...]
    steps: int
    reached: Sequence[Reached]
    names: Mapping[int, tuple[str, str]]  # id and name, of those found and those changed
    labels: Mapping[str, str]  # names of what was changed or held, by id


def outline(spread: Spread, only: Collection[str], limit: int) -> Iterator[Block]:
    """What is reached, the nearest first."""
    changes = [f"{spread.labels[key]} goes {_WAYS[way]}" for key, way in spread.changed]
    changes += [f"{spread.labels[key]} is held" for key in spread.fixed]
    rows = [end for end in spread.reached if _wanted(end, only)]
    yield Line(0, f"What {', '.join(changes)} reaches in {counted(spread.steps, 'step')}")
    yield Line(1, counted(len(rows), "entity", "entities"))
    if rows:
        cells = [
            (spread.names[end.entity][1], *("" if n is None else str(n) for n in _steps(end)))
            for end in rows[:limit]
        ]
        yield Table(("name", "up after", "down after", "open after"), cells, depth=1)
        yield from cut(rows, limit)
    yield Note("Steps and signs only: whether it follows, trabecula whatif says without --reached.")


def values(spread: Spread, only: Collection[str]) -> dict[str, Any]:
    """The same facts and all of them."""
    return {
        "changed": [{"entity": key, "way": _WAYS[way]} for key, way in spread.changed],
        "fixed": list(spread.fixed),
        "steps": spread.steps,
        "reached": [
            {
                "entity": spread.names[end.entity][0],
                "name": spread.names[end.entity][1],
                **dict(zip(("up", "down", "open"), _steps(end), strict=True)),
            }
            for end in spread.reached
            if _wanted(end, only)
        ],
    }


def _steps(end: Reached) -> tuple[int | None, int | None, int | None]:
    return end.up, end.down, end.open


def _wanted(end: Reached, only: Collection[str]) -> bool:
    return not only or any(getattr(end, name) is not None for name in only)
