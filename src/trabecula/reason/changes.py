"""What was added, removed and changed between two graphs' records, field by field.

What both have of a kind is compared by its key. Of statements in both, evidence is compared row by
row, and a row of the same source that only reads otherwise is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import product
from operator import ne
from typing import Any, Final, Generic, TypeVar

from trabecula.model import About, Evidence, Statement, Xref

#: How many pairs of rows of one source are compared to find those that are most alike: in all, so
#: that many sources with many rows each do not take long either.
ALIKE: Final = 200_000
_EVIDENCE: Final = tuple(field.name for field in fields(Evidence))

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that reads otherwise, with both readings as text."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change(Generic[_Item]):
    """Something that is in both graphs and differs in some fields."""

    old: _Item
    new: _Item
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Changes(Generic[_Item]):
    """What of one kind was added, removed and changed, each in the order of its graph."""

    added: tuple[_Item, ...] = ()
    removed: tuple[_Item, ...] = ()
    changed: tuple[Change[_Item], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of evidence and the statement that it speaks to."""

    statement: Statement
    evidence: Evidence


def changes_of(
    old: Mapping[_Key, _Item],
    new: Mapping[_Key, _Item],
    differing: Callable[[_Item, _Item], tuple[Field, ...]],
) -> Changes[_Item]:
    """What of one kind changed; `differing` gives the fields in which two of one key differ."""
    before, after = _unlike(old, new), _unlike(new, old)
    both = ((old[key], new[key]) for key in before if key in new)
    return Changes(
        tuple(new[key] for key in after if key not in old),
        tuple(old[key] for key in before if key not in new),
        tuple(Change(a, b, parts) for a, b in both if (parts := differing(a, b))),
    )


def _unlike(mine: Mapping[_Key, _Item], other: Mapping[_Key, _Item]) -> list[_Key]:
    """The keys of what others have not, or not so; records that can compare themselves do."""
    compared: Callable[[object], list[_Key] | None] = getattr(mine, "unlike", lambda _: None)
    keys = compared(other)
    if keys is None:
        keys = [key for key, item in mine.items() if key not in other or other[key] != item]
    return keys


def differing_fields(old: Any, new: Any) -> tuple[Field, ...]:
    """The fields in which two records of one class differ."""
    values = ((f.name, getattr(old, f.name), getattr(new, f.name)) for f in fields(old))
    return tuple(Field(name, _words(a), _words(b)) for name, a, b in values if a != b)


def changes_of_about(old: About, new: About) -> Iterator[Field]:
    """What differs in what two graphs say of themselves, of lists of words each by its name."""
    for name in (each.name for each in fields(About)):
        was, now = getattr(old, name), getattr(new, name)
        if was == now:
            continue
        before, after = _by_name(was), _by_name(now)
        if before is None or after is None:
            yield Field(name, _words(was), _words(now))
            continue
        for key in dict.fromkeys((*before, *after)):
            if before.get(key, "") != after.get(key, ""):
                yield Field(f"{name}: {key}", before.get(key, ""), after.get(key, ""))


def _by_name(value: object) -> dict[str, str] | None:
    """What a list of words says of each of them; None of what is no such list."""
    if not isinstance(value, tuple) or any(isinstance(part, str) for part in value):
        return None
    by_name = {}
    for part in value:
        if isinstance(part, tuple):
            key, *rest = part
            by_name[key] = ", ".join(_flat(rest)) or "any value"
        else:
            pairs = ((f.name, getattr(part, f.name)) for f in fields(part) if f.name != "name")
            parts = (f"{key} {' '.join(_flat([text]))}" for key, text in pairs if text != "")
            by_name[part.name] = ", ".join(parts)
    return by_name


def _flat(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield from _flat(value)
        else:
            yield str(value)


def _words(value: object) -> str:
    """A field of a record as the tables have it."""
    if isinstance(value, Xref):
        return f"{value.match} {value.curie} {value.label}".strip()
    if isinstance(value, tuple):
        pairs = all(isinstance(part, tuple) for part in value)
        parts = ("=".join(part) for part in value) if pairs else map(_words, value)
        return ("; " if pairs else " | ").join(parts)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def changes_of_evidence(shared: Iterable[tuple[Statement, Statement]]) -> Changes[Row]:
    """What changed in the evidence of statements in both graphs."""
    added: list[Row] = []
    removed: list[Row] = []
    changed: list[Change[Row]] = []
    left = ALIKE
    for old, new in shared:
        if old.evidence == new.evidence:
            continue
        before, after = set(old.evidence), set(new.evidence)
        gone = [row for row in old.evidence if row not in after]
        come = [row for row in new.evidence if row not in before]
        paired, left = _pairs(gone, come, left)
        for i, j in paired:
            rows = Row(old, gone[i]), Row(new, come[j])
            changed.append(Change(*rows, differing_fields(gone[i], come[j])))
        taken = {i for i, _ in paired}, {j for _, j in paired}
        removed += [Row(old, row) for i, row in enumerate(gone) if i not in taken[0]]
        added += [Row(new, row) for j, row in enumerate(come) if j not in taken[1]]
    return Changes(tuple(added), tuple(removed), tuple(changed))


def _pairs(
    gone: Sequence[Evidence], come: Sequence[Evidence], left: int
) -> tuple[list[tuple[int, int]], int]:
    """Rows of one source that are the same finding in other words: those most alike first.

    They are given by their places. At most `left` pairs are compared, and how many may be after
    that comes with them. Of sources with more pairs, rows are put together in their order.
    """
    ours, theirs = _by_source(gone), _by_source(come)
    values = [[_values(row) for row in rows] for rows in (gone, come)]
    alike: list[tuple[int, int, int]] = []
    shared = [(rows, theirs[source]) for source, rows in ours.items() if source in theirs]
    for before, after in sorted(shared, key=lambda both: len(both[0]) * len(both[1])):
        many = len(before) * len(after)
        compared = many <= left
        left -= many if compared else 0
        candidates = product(before, after) if compared else zip(before, after, strict=False)
        alike += [(sum(map(ne, values[0][i], values[1][j])), i, j) for i, j in candidates]
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(alike):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs, left


def _values(row: Evidence) -> list[object]:
    return [getattr(row, name) for name in _EVIDENCE]


def _by_source(rows: Sequence[Evidence]) -> dict[str, list[int]]:
    """The places of the rows of each source."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.source, []).append(place)
    return places
