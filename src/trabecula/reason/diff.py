"""What changed between two graphs: the records, and the conclusions that follow from them.

Records are compared by id. The id of a statement is its meaning, so a statement whose predicate
or qualifiers were corrected is one removed and one added; of a statement in both graphs the
evidence is compared row by row, and a row of the same source that only reads otherwise is
changed. What a graph says of itself is compared word by word: a predicate with another sign
changes conclusions though no record has changed. Conclusions are worked out anew for each graph and
compared:

| conclusion     | what is compared                                                           |
|----------------|----------------------------------------------------------------------------|
| statuses       | the status of every statement that is in both graphs                       |
| conflicts      | `conflicts`, by what they are about; an end, a beginning or another kind   |
| loops          | feedback loops of up to `LOOP_STEPS` steps, by their statements            |
| connections    | the relation and the sign of what is concluded of two entities (see        |
|                | `conclusions`) that are in both graphs                                     |
| claims         | the verdict of the audit on each claim of the article that is in both      |
| expectations   | what was as expected and is no longer, and the reverse                     |
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import product
from operator import ne
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from trabecula.influence import Influence
from trabecula.model import About, Entity, Evidence, Source, Statement, Xref
from trabecula.names import Names
from trabecula.reason.audit import Claim, audit
from trabecula.reason.conclusions import conclusions_of
from trabecula.reason.conflicts import conflicts
from trabecula.reason.connections import NOTHING, Connection, compared
from trabecula.reason.expectations import Expectation, met
from trabecula.reason.loops import Loop, loops
from trabecula.reason.sides import Conflict
from trabecula.standing import status

#: How long the loops are that are compared.
LOOP_STEPS: Final = 5

#: What a difference can be searched for, and what it means.
FINDINGS: Final = MappingProxyType(
    {
        "removed": "an entity or a statement is gone",
        "flipped": "a statement has another status",
        "conflict": "there is a new direct conflict",
        "loop": "a feedback loop is gone",
        "connection": "what was concluded of two entities no longer is, or is otherwise",
        "verdict": "a claim of the article has another verdict",
        "expectation": "an expectation is no longer met",
    }
)

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Content:
    """What of a graph is compared with that of another."""

    names: Names
    influence: Influence
    about: About = field(default_factory=About)

    def unlike(self, other: Content) -> dict[str, Statement]:
        """The statements that another graph has not, or not so, by id, in the order of this one."""
        columns = self.influence.columns
        numbers = columns.unlike(other.influence.columns)
        return {columns.ids[number]: columns.statements[number] for number in numbers}


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


@dataclass(frozen=True, slots=True)
class Flip(Generic[_Item]):
    """A conclusion about something in both graphs that is now another one."""

    about: _Item
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """The difference between an old graph and a new one; false where they are equal.

    `about` is what the graph says of itself: fields, and of lists of words those that differ. The
    evidence is that of statements in both graphs. Loops of up to `loop_steps` steps were
    compared: fewer than `LOOP_STEPS` where one of the graphs has too many to find them all; where
    it has too many chains to find all indirect conflicts, `chains` is false and none were compared.
    `skipped` are entities whose connections were not compared, since that would take too long.
    """

    about: tuple[Field, ...] = ()
    entities: Changes[Entity]
    sources: Changes[Source]
    statements: Changes[Statement]
    evidence: Changes[Row]
    statuses: tuple[Flip[Statement], ...]
    conflicts: Changes[Conflict]
    loops: Changes[Loop]
    connections: tuple[Flip[Connection], ...]
    claims: tuple[Flip[Claim], ...]
    broken: tuple[Expectation, ...]
    mended: tuple[Expectation, ...]
    loop_steps: int = LOOP_STEPS
    chains: bool = True
    skipped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        names = (field.name for field in fields(self) if field.name not in _BOUNDS)
        return any(getattr(self, name) for name in names)

    @property
    def findings(self) -> tuple[str, ...]:
        """The names in `FINDINGS` of what is the case."""
        new = (*self.conflicts.added, *(change.new for change in self.conflicts.changed))
        changed = {
            "removed": bool(self.entities.removed or self.statements.removed),
            "flipped": bool(self.statuses),
            "conflict": any(conflict.kind == "direct" for conflict in new),
            "loop": bool(self.loops.removed),
            "connection": any(flip.old != NOTHING for flip in self.connections),
            "verdict": bool(self.claims),
            "expectation": bool(self.broken),
        }
        return tuple(name for name in FINDINGS if changed[name])


#: What of a difference says how far it was looked for.
_BOUNDS: Final = frozenset(("loop_steps", "chains", "skipped"))


def diff(old: Content, new: Content, expectations: Iterable[Expectation] = ()) -> Diff:
    """What changed from `old` to `new` in records and conclusions.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([Statement(subject="a", predicate="increases", object="b")])
    >>> old, new = (Content(each.names, each.influence) for each in (graph, Graph()))
    >>> changes = diff(old, new)
    >>> [s.predicate for s in changes.statements.removed], changes.findings
    (['increases'], ('removed',))
    """
    before, after = old.unlike(new), new.unlike(old)
    shared = [(before[key], statement) for key, statement in after.items() if key in before]
    opposed, chains = _conflicts(old, new)
    feedback, loop_steps = _loops(old, new)
    both = old.names.entities.keys() & new.names.entities.keys()
    connections = compared(old.influence.columns, new.influence.columns, both)
    broken, mended = _expected(old, new, expectations)
    return Diff(
        about=tuple(_about(old.about, new.about)),
        entities=_changes(old.names.entities, new.names.entities, _fields),
        sources=_changes(old.influence.columns.sources, new.influence.columns.sources, _fields),
        statements=_changes(before, after, _topic),
        evidence=_evidence(shared),
        statuses=tuple(_flips((b, status(a.evidence), status(b.evidence)) for a, b in shared)),
        conflicts=opposed,
        loops=feedback,
        connections=tuple(Flip(*change) for change in connections.changed),
        claims=_claims(old, new),
        broken=broken,
        mended=mended,
        loop_steps=loop_steps,
        chains=chains,
        skipped=connections.skipped,
    )


# --- Records --------------------------------------------------------------------------------


def _changes(
    old: Mapping[_Key, _Item],
    new: Mapping[_Key, _Item],
    differing: Callable[[_Item, _Item], tuple[Field, ...]],
) -> Changes[_Item]:
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


def _fields(old: Any, new: Any) -> tuple[Field, ...]:
    """The fields in which two records of one class differ."""
    values = ((f.name, getattr(old, f.name), getattr(new, f.name)) for f in fields(old))
    return tuple(Field(name, _words(a), _words(b)) for name, a, b in values if a != b)


def _about(old: About, new: About) -> Iterator[Field]:
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


def _topic(old: Statement, new: Statement) -> tuple[Field, ...]:
    return (Field("topic", old.topic, new.topic),) if old.topic != new.topic else ()


def _evidence(shared: Iterable[tuple[Statement, Statement]]) -> Changes[Row]:
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
            changed.append(Change(*rows, _fields(gone[i], come[j])))
        taken = {i for i, _ in paired}, {j for _, j in paired}
        removed += [Row(old, row) for i, row in enumerate(gone) if i not in taken[0]]
        added += [Row(new, row) for j, row in enumerate(come) if j not in taken[1]]
    return Changes(tuple(added), tuple(removed), tuple(changed))


#: How many pairs of rows of one source are compared to find those that are most alike: in all, so
#: that many sources with many rows each do not take long either.
ALIKE: Final = 200_000


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


_EVIDENCE: Final = tuple(field.name for field in fields(Evidence))


def _by_source(rows: Sequence[Evidence]) -> dict[str, list[int]]:
    """The places of the rows of each source."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.source, []).append(place)
    return places


# --- Conclusions ----------------------------------------------------------------------------


def _flips(values: Iterable[tuple[_Item, str, str]]) -> Iterator[Flip[_Item]]:
    return (Flip(about, old, new) for about, old, new in values if old != new)


def _kind(old: Conflict, new: Conflict) -> tuple[Field, ...]:
    return (Field("kind", old.kind, new.kind),) if old.kind != new.kind else ()


def _conflicts(old: Content, new: Content) -> tuple[Changes[Conflict], bool]:
    """What changed in the conflicts, and whether those of chains are among them."""
    before, after = (conflicts(side.influence.columns) for side in (old, new))
    whole = before.whole and after.whole
    by_key = [
        {c.key: c for c in side.conflicts if whole or c.kind != "indirect"}
        for side in (before, after)
    ]
    return _changes(by_key[0], by_key[1], _kind), whole


def _loops(old: Content, new: Content) -> tuple[Changes[Loop], int]:
    """What changed in the loops, and up to how many steps they were compared."""
    before, after = (loops(side.influence.columns, LOOP_STEPS) for side in (old, new))
    steps = min(before.complete, after.complete)
    short = [
        {loop.id: loop for loop in side.loops if len(loop.steps) <= steps}
        for side in (before, after)
    ]
    return _changes(short[0], short[1], lambda _old, _new: ()), steps


def _claims(old: Content, new: Content) -> tuple[Flip[Claim], ...]:
    earlier, later = (audit(side.influence.columns, side.names).claims for side in (old, new))
    before = {claim.id: claim.verdict for claim in earlier}
    return tuple(_flips((c, before[c.id], c.verdict) for c in later if c.id in before))


def _expected(
    old: Content, new: Content, expectations: Iterable[Expectation]
) -> tuple[tuple[Expectation, ...], tuple[Expectation, ...]]:
    """What only the old graph meets, and what only the new one does."""
    before, after = (conclusions_of(side.influence.columns) for side in (old, new))
    held = [(e, met(before, e), met(after, e)) for e in expectations]
    return (
        tuple(e for e, was, now in held if was and not now),
        tuple(e for e, was, now in held if now and not was),
    )
