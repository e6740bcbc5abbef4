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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from trabecula.influence import Influence
from trabecula.model import About, Entity, Source, Statement
from trabecula.names import Names
from trabecula.reason.audit import Claim, audit
from trabecula.reason.changes import (
    Changes,
    Field,
    Row,
    changes_of,
    changes_of_about,
    changes_of_evidence,
    differing_fields,
)
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
        about=tuple(changes_of_about(old.about, new.about)),
        entities=changes_of(old.names.entities, new.names.entities, differing_fields),
        sources=changes_of(
            old.influence.columns.sources, new.influence.columns.sources, differing_fields
        ),
        statements=changes_of(before, after, _topic),
        evidence=changes_of_evidence(shared),
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


def _topic(old: Statement, new: Statement) -> tuple[Field, ...]:
    return (Field("topic", old.topic, new.topic),) if old.topic != new.topic else ()


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
    return changes_of(by_key[0], by_key[1], _kind), whole


def _loops(old: Content, new: Content) -> tuple[Changes[Loop], int]:
    """What changed in the loops, and up to how many steps they were compared."""
    before, after = (loops(side.influence.columns, LOOP_STEPS) for side in (old, new))
    steps = min(before.complete, after.complete)
    short = [
        {loop.id: loop for loop in side.loops if len(loop.steps) <= steps}
        for side in (before, after)
    ]
    return changes_of(short[0], short[1], lambda _old, _new: ()), steps


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
