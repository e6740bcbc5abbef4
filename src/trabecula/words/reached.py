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
    found: Sequence[Reached]
    names: Mapping[int, tuple[str, str]]  # id and name, of those found and those changed
    labels: Mapping[str, str]  # names of what was changed or held, by id


def outline(spread: Spread, only: Collection[str], limit: int) -> Iterator[Block]:
    """What is reached, the nearest first."""
    said = [f"{spread.labels[key]} goes {_WAYS[way]}" for key, way in spread.changed]
    said += [f"{spread.labels[key]} is held" for key in spread.fixed]
    rows = [one for one in spread.found if _wanted(one, only)]
    yield Line(0, f"What {', '.join(said)} reaches in {counted(spread.steps, 'step')}")
    yield Line(1, counted(len(rows), "entity", "entities"))
    if rows:
        cells = [
            (spread.names[one.entity][1], *("" if n is None else str(n) for n in _steps(one)))
            for one in rows[:limit]
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
                "entity": spread.names[one.entity][0],
                "name": spread.names[one.entity][1],
                **dict(zip(("up", "down", "open"), _steps(one), strict=True)),
            }
            for one in spread.found
            if _wanted(one, only)
        ],
    }


def _steps(one: Reached) -> tuple[int | None, int | None, int | None]:
    return one.up, one.down, one.open


def _wanted(one: Reached, only: Collection[str]) -> bool:
    return not only or any(getattr(one, name) is not None for name in only)
