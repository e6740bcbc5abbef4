"""The difference between two graphs as blocks of a report and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Entity, Source
from trabecula.reason.audit import Claim
from trabecula.reason.changes import Change, Changes, Field, Row
from trabecula.reason.conflicts import KINDS
from trabecula.reason.diff import LOOP_STEPS, Diff, Flip
from trabecula.reason.expectations import EXPECTED, Expectation
from trabecula.reason.loops import Loop
from trabecula.reason.sides import Conflict
from trabecula.reason.verdict import VERDICTS
from trabecula.words.conflicts import heading
from trabecula.words.outline import Line
from trabecula.words.statements import cut

_Item = TypeVar("_Item")
_Record = TypeVar("_Record", Entity, Source)


def outline(
    difference: Diff, old: Graph, new: Graph, names: tuple[str, str], limit: int
) -> list[Line]:
    """What changed, conclusions first; of each list at most `limit`. `names` are of the graphs."""
    lines = [Line(0, f"{names[0]} → {names[1]}")]
    if not difference:
        return [*lines, *(Line(1, words) for words in ("no difference", *_bounds(difference)))]
    lines += [Line(1, words) for words in (*_summary(difference), *_bounds(difference))]

    def add(title: str, items: Sequence[_Item], words: Callable[[_Item], Iterable[str]]) -> None:
        lines.extend(_listed(title, items, words, limit))

    add("Expectations broken", difference.broken, lambda e: _expectation(new, e))
    add("Expectations met again", difference.mended, lambda e: _expectation(new, e))
    add("Statuses changed", difference.statuses, lambda flip: _flip(new.sentence(flip.about), flip))
    add("Conflicts, new", difference.conflicts.added, lambda c: [_conflict(new, c)])
    add("Conflicts, gone", difference.conflicts.removed, lambda c: [_conflict(old, c)])
    add("Conflicts of another kind", difference.conflicts.changed, lambda c: _conflict_kind(new, c))
    add("Claims of the article", difference.claims, lambda flip: _claim(new, flip))
    add("Feedback loops, new", difference.loops.added, lambda loop: [_loop(new, loop)])
    add("Feedback loops, gone", difference.loops.removed, lambda loop: [_loop(old, loop)])
    add(
        "What is concluded of two",
        difference.connections,
        lambda flip: _flip(f"{new.name(flip.about.start)} → {new.name(flip.about.end)}", flip),
    )
    add("Statements added", difference.statements.added, lambda s: [new.sentence(s)])
    add("Statements removed", difference.statements.removed, lambda s: [old.sentence(s)])
    add(
        "Statements changed",
        difference.statements.changed,
        lambda c: _change(new.sentence(c.new), c),
    )
    add("Evidence added", difference.evidence.added, lambda row: _row(new, row))
    add("Evidence removed", difference.evidence.removed, lambda row: _row(old, row))
    add("Evidence changed", difference.evidence.changed, lambda c: _change(_of(new, c.new), c))
    add("What the graph says of itself", difference.about, lambda field: [_field(field)])
    lines += _records("Entities", difference.entities, limit)
    lines += _records("Sources", difference.sources, limit)
    return lines


def _summary(difference: Diff) -> Iterator[str]:
    kinds = ("entities", "sources", "statements", "evidence", "conflicts", "loops")
    for name in kinds:
        changes = getattr(difference, name)
        numbers = ((word, len(getattr(changes, word))) for word in ("added", "removed", "changed"))
        counts = ", ".join(f"{number} {word}" for word, number in numbers if number)
        if counts:
            yield f"{name}: {counts}"
    for name in ("about", "statuses", "connections", "claims"):
        if getattr(difference, name):
            yield f"{name}: {len(getattr(difference, name))} changed"
    if difference.broken or difference.mended:
        yield f"expectations: {len(difference.broken)} broken, {len(difference.mended)} met again"


def _bounds(difference: Diff) -> Iterator[str]:
    """What was not compared because there is too much of it."""
    if difference.loop_steps < LOOP_STEPS:
        steps = counted(difference.loop_steps, "step")
        yield f"loops of more than {steps} are too many and were not compared"
    if not difference.chains:
        yield "chains of two steps are too many, and indirect conflicts were not compared"
    if difference.skipped:
        entities = counted(len(difference.skipped), "entity", "entities")
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
    sources = ", ".join(conflict.left.sources), ", ".join(conflict.right.sources)
    return f"{KINDS[conflict.kind]}: {heading(graph, conflict)}: {sources[0]} against {sources[1]}"


def _conflict_kind(graph: Graph, change: Change[Conflict]) -> list[str]:
    kinds = f"{KINDS[change.old.kind]} → {KINDS[change.new.kind]}"
    return [f"{heading(graph, change.new)}: {kinds}"]


def _loop(graph: Graph, loop: Loop) -> str:
    names = (*loop.entities, loop.entities[0])
    return f"{loop.kind}: {' → '.join(map(graph.name, names))}"


def _expectation(graph: Graph, expectation: Expectation) -> list[str]:
    ends = graph.name(expectation.start), graph.name(expectation.end)
    sentence = f"{ends[0]} {EXPECTED[expectation.expected]} {ends[1]}"
    return [sentence, expectation.why]


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


def values(difference: Diff) -> dict[str, Any]:
    """All that changed, for JSON."""
    return {
        "findings": list(difference.findings),
        "about": {field.name: [field.old, field.new] for field in difference.about},
        "entities": _values(difference.entities, lambda item: item.id),
        "sources": _values(difference.sources, lambda item: item.id),
        "statements": _values(difference.statements, lambda item: item.id),
        "evidence": _values(
            difference.evidence,
            lambda row: {"statement": row.statement.id, **facts.evidence(row.evidence)},
        ),
        "statuses": _flips(difference.statuses, lambda statement: statement.id),
        "conflicts": _values(
            difference.conflicts,
            lambda c: {
                "id": c.id,
                "kind": c.kind,
                "between": c.between,
                "start": c.start,
                "end": c.end,
                "one": list(c.left.sources),
                "other": list(c.right.sources),
            },
        ),
        "loops": _values(
            difference.loops,
            lambda loop: {"id": loop.id, "kind": loop.kind, "entities": list(loop.entities)},
        ),
        "loop_steps": difference.loop_steps,
        "chains": difference.chains,
        "connections_skipped": list(difference.skipped),
        "connections": _flips(difference.connections, lambda pair: [pair.start, pair.end]),
        "claims": _flips(difference.claims, lambda claim: claim.id),
        "broken": [_expected(expectation) for expectation in difference.broken],
        "mended": [_expected(expectation) for expectation in difference.mended],
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
