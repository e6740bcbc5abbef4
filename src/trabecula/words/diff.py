"""The difference between two graphs as blocks of a report and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Entity, Source
from trabecula.reason.audit import Claim
from trabecula.reason.conflicts import KINDS
from trabecula.reason.diff import LOOP_STEPS, Change, Changes, Diff, Field, Flip, Row
from trabecula.reason.expectations import EXPECTED, Expectation
from trabecula.reason.loops import Loop
from trabecula.reason.sides import Conflict
from trabecula.reason.verdict import VERDICTS
from trabecula.words.conflicts import heading
from trabecula.words.outline import Line
from trabecula.words.statements import cut

_Item = TypeVar("_Item")
_Record = TypeVar("_Record", Entity, Source)


def outline(found: Diff, old: Graph, new: Graph, names: tuple[str, str], limit: int) -> list[Line]:
    """What changed, conclusions first; of each list at most `limit`. `names` are of the graphs."""
    lines = [Line(0, f"{names[0]} → {names[1]}")]
    if not found:
        return [*lines, *(Line(1, words) for words in ("no difference", *_bounds(found)))]
    lines += [Line(1, words) for words in (*_summary(found), *_bounds(found))]

    def add(title: str, items: Sequence[_Item], words: Callable[[_Item], Iterable[str]]) -> None:
        lines.extend(_listed(title, items, words, limit))

    add("Expectations broken", found.broken, lambda e: _expectation(new, e))
    add("Expectations met again", found.mended, lambda e: _expectation(new, e))
    add("Statuses changed", found.statuses, lambda flip: _flip(new.sentence(flip.about), flip))
    add("Conflicts, new", found.conflicts.added, lambda c: [_conflict(new, c)])
    add("Conflicts, gone", found.conflicts.removed, lambda c: [_conflict(old, c)])
    add("Conflicts of another kind", found.conflicts.changed, lambda c: _conflict_kind(new, c))
    add("Claims of the article", found.claims, lambda flip: _claim(new, flip))
    add("Feedback loops, new", found.loops.added, lambda loop: [_loop(new, loop)])
    add("Feedback loops, gone", found.loops.removed, lambda loop: [_loop(old, loop)])
    add(
        "What is concluded of two",
        found.connections,
        lambda flip: _flip(f"{new.name(flip.about.start)} → {new.name(flip.about.end)}", flip),
    )
    add("Statements added", found.statements.added, lambda s: [new.sentence(s)])
    add("Statements removed", found.statements.removed, lambda s: [old.sentence(s)])
    add("Statements changed", found.statements.changed, lambda c: _change(new.sentence(c.new), c))
    add("Evidence added", found.evidence.added, lambda row: _row(new, row))
    add("Evidence removed", found.evidence.removed, lambda row: _row(old, row))
    add("Evidence changed", found.evidence.changed, lambda c: _change(_of(new, c.new), c))
    add("What the graph says of itself", found.about, lambda field: [_field(field)])
    lines += _records("Entities", found.entities, limit)
    lines += _records("Sources", found.sources, limit)
    return lines


def _summary(found: Diff) -> Iterator[str]:
    kinds = ("entities", "sources", "statements", "evidence", "conflicts", "loops")
    for name in kinds:
        changes = getattr(found, name)
        numbers = ((word, len(getattr(changes, word))) for word in ("added", "removed", "changed"))
        said = ", ".join(f"{number} {word}" for word, number in numbers if number)
        if said:
            yield f"{name}: {said}"
    for name in ("about", "statuses", "connections", "claims"):
        if getattr(found, name):
            yield f"{name}: {len(getattr(found, name))} changed"
    if found.broken or found.mended:
        yield f"expectations: {len(found.broken)} broken, {len(found.mended)} met again"


def _bounds(found: Diff) -> Iterator[str]:
    """What was not compared because there is too much of it."""
    if found.loop_steps < LOOP_STEPS:
        steps = counted(found.loop_steps, "step")
        yield f"loops of more than {steps} are too many and were not compared"
    if not found.chains:
        yield "chains of two steps are too many, and indirect conflicts were not compared"
    if found.skipped:
        entities = counted(len(found.skipped), "entity", "entities")
        yield f"what is concluded from {entities} is too much and was not compared"


def _listed(
    title: str, items: Sequence[_Item], words: Callable[[_Item], Iterable[str]], limit: int
) -> Iterator[Line]:
    if not items:
        return
    yield Line(0, f"{title} ({len(items)})")
    for item in items[:limit]:
        first, *more = words(item)
        yield Line(1, first)
        yield from (Line(2, part, dim=True) for part in more)
    yield from cut(items, limit)


def _records(kind: str, changes: Changes[_Record], limit: int) -> Iterator[Line]:
    yield from _listed(f"{kind} added", changes.added, lambda item: [_named(item)], limit)
    yield from _listed(f"{kind} removed", changes.removed, lambda item: [_named(item)], limit)
    yield from _listed(
        f"{kind} changed", changes.changed, lambda c: _change(_named(c.new), c), limit
    )


def _named(record: Entity | Source) -> str:
    name = record.name if isinstance(record, Entity) else record.title
    return f"{record.id}: {name}" if name and name != record.id else record.id


def _flip(what: str, flip: Flip[_Item]) -> list[str]:
    return [f"{what}: {flip.old} → {flip.new}"]


def _claim(graph: Graph, flip: Flip[Claim]) -> list[str]:
    claim = flip.about
    what = ("not: " if claim.denied else "") + graph.sentence(claim.statement)
    labels = (VERDICTS[name].label for name in (flip.old, flip.new))
    return [f"{what}: {' → '.join(labels)}", claim.sentence]


def _conflict(graph: Graph, conflict: Conflict) -> str:
    sources = ", ".join(conflict.one.sources), ", ".join(conflict.other.sources)
    return f"{KINDS[conflict.kind]}: {heading(graph, conflict)}: {sources[0]} against {sources[1]}"


def _conflict_kind(graph: Graph, change: Change[Conflict]) -> list[str]:
    kinds = f"{KINDS[change.old.kind]} → {KINDS[change.new.kind]}"
    return [f"{heading(graph, change.new)}: {kinds}"]


def _loop(graph: Graph, loop: Loop) -> str:
    names = (*loop.entities, loop.entities[0])
    return f"{loop.kind}: {' → '.join(map(graph.name, names))}"


def _expectation(graph: Graph, expectation: Expectation) -> list[str]:
    ends = graph.name(expectation.start), graph.name(expectation.end)
    said = f"{ends[0]} {EXPECTED[expectation.expected]} {ends[1]}"
    return [said, expectation.why]


def _of(graph: Graph, row: Row) -> str:
    return f"{row.evidence.source} on {graph.sentence(row.statement)}"


def _row(graph: Graph, row: Row) -> list[str]:
    stance = f"{row.evidence.stance}, {row.evidence.strength}".strip(", ")
    return [f"{_of(graph, row)} ({stance})", *filter(None, [row.evidence.summary])]


def _change(what: str, change: Change[_Item]) -> list[str]:
    return [what, *map(_field, change.fields)]


def _field(field: Field) -> str:
    return f"{field.name}: {field.old or '(empty)'} → {field.new or '(empty)'}"


# --- For programs ---------------------------------------------------------------------------


def values(found: Diff) -> dict[str, Any]:
    """All that changed, for JSON."""
    return {
        "findings": list(found.findings),
        "about": {field.name: [field.old, field.new] for field in found.about},
        "entities": _values(found.entities, lambda item: item.id),
        "sources": _values(found.sources, lambda item: item.id),
        "statements": _values(found.statements, lambda item: item.id),
        "evidence": _values(
            found.evidence,
            lambda row: {"statement": row.statement.id, **facts.evidence(row.evidence)},
        ),
        "statuses": _flips(found.statuses, lambda statement: statement.id),
        "conflicts": _values(
            found.conflicts,
            lambda c: {
                "id": c.id,
                "kind": c.kind,
                "between": c.between,
                "start": c.start,
                "end": c.end,
                "one": list(c.one.sources),
                "other": list(c.other.sources),
            },
        ),
        "loops": _values(
            found.loops,
            lambda loop: {"id": loop.id, "kind": loop.kind, "entities": list(loop.entities)},
        ),
        "loop_steps": found.loop_steps,
        "chains": found.chains,
        "connections_skipped": list(found.skipped),
        "connections": _flips(found.connections, lambda pair: [pair.start, pair.end]),
        "claims": _flips(found.claims, lambda claim: claim.id),
        "broken": [_expected(expectation) for expectation in found.broken],
        "mended": [_expected(expectation) for expectation in found.mended],
    }


def _values(changes: Changes[_Item], value: Callable[[_Item], Any]) -> dict[str, Any]:
    return {
        "added": [value(item) for item in changes.added],
        "removed": [value(item) for item in changes.removed],
        "changed": [
            {
                "old": value(change.old),
                "new": value(change.new),
                "fields": {f.name: [f.old, f.new] for f in change.fields},
            }
            for change in changes.changed
        ],
    }


def _flips(flips: Iterable[Flip[_Item]], value: Callable[[_Item], Any]) -> list[dict[str, Any]]:
    return [{"about": value(flip.about), "old": flip.old, "new": flip.new} for flip in flips]


def _expected(expectation: Expectation) -> dict[str, Any]:
    return {
        "start": expectation.start,
        "end": expectation.end,
        "expected": expectation.expected,
        "why": expectation.why,
    }
