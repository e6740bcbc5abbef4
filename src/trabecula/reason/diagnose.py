"""Backwards: which single change would explain what is seen.

Every quantity that acts on something seen within the steps of a conclusion is tried both ways, and
what follows from it is held against what is seen. A cause comes first by how many findings it
explains and none it contradicts, then by how many of these are settled or said by a source of the
two, then by how few steps it needs. This is abduction by forward reasoning over a signed causal
graph (Reiter 1987, "A theory of diagnosis from first principles", Artificial Intelligence 32:57;
ranked as in CausalR's regulators, Bradley & Barrett 2017, Bioinformatics 33:3670), with one cause
at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from trabecula.errors import SelectionError
from trabecula.reason.concluded import DIRECT, IMPLIED, Conclusion, turned
from trabecula.reason.conclusions import MOST, STEPS, Conclusions
from trabecula.reason.search import require_steps
from trabecula.reason.whatif import whatif

#: The most causes that are tried, and those whose feedback is solved.
TRIED: Final = 5_000
SOLVED: Final = 25


@dataclass(frozen=True, slots=True)
class Finding:
    """What is seen of one entity, and what follows for it from a cause."""

    entity: str
    way: int  # +1 where it is raised, -1 where it is lowered
    conclusion: Conclusion  # its sign is that of the change of the entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A change of one quantity, told of the entity that names it best, and what it explains."""

    entity: str
    way: int  # the way of the entity that is named: +1 for a lack that is there
    quantity: str  # the id of the entity that stands for the quantity
    turn: int  # the way of the quantity
    explained: tuple[Finding, ...]
    contradicted: tuple[Finding, ...]
    unexplained: tuple[Finding, ...]

    @property
    def settled(self) -> int:
        """How many findings are settled, or said by a source of the two."""
        return sum(f.conclusion.settled or f.conclusion.firm for f in self.explained)

    @property
    def steps(self) -> int:
        """The acting steps to all that is explained."""
        return sum(finding.conclusion.steps for finding in self.explained)

    @property
    def order(self) -> tuple[int, ...]:
        """What comes first: the smaller the better."""
        weak = sum(finding.conclusion.rank for finding in self.explained)
        return (
            len(self.contradicted), -len(self.explained), -self.settled, weak, self.steps,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The causes of what is seen, the best first; `tried` of `among` quantities were looked at."""

    seen: tuple[tuple[str, int], ...]
    causes: tuple[Cause, ...]
    steps: int
    tried: int
    among: int


def diagnose(conclusions: Conclusions, seen: Mapping[str, int], *, steps: int = STEPS) -> Diagnosis:
    """The changes that would explain that entities are raised (+1) or lowered (-1), by their ids.

    A cause explains at least one finding other than itself; that a treatment or a disease is not
    there is none. Raises `SelectionError` where nothing is seen, two findings speak of one
    quantity, or the steps are none that a conclusion can have.

    >>> from trabecula.graph import Graph
    >>> from trabecula.model import Evidence, Statement
    >>> read = (Evidence(source="a", strength="review"),)
    >>> conclusions = Conclusions(Graph([
    ...     Statement(subject="gland", predicate="secretes", object="hormone", evidence=read),
    ...     Statement(subject="hormone", predicate="increases", object="salt", evidence=read),
    ... ]).columns)
    >>> causes = diagnose(conclusions, {"salt": -1, "hormone": -1}).causes
    >>> [(cause.entity, cause.way, len(cause.explained)) for cause in causes]
    [('hormone', -1, 2), ('gland', -1, 2)]
    """
    require_steps(steps, MOST, "a conclusion")
    quantities, columns = conclusions.quantities, conclusions.columns
    findings = _findings(conclusions, seen)
    candidates = _candidates(conclusions, findings, steps)
    causes = []
    for quantity in candidates[:TRIED]:
        for way in (1,) if conclusions.befalls(quantity) else (1, -1):
            cause = _cause(conclusions, quantity, way, findings, steps)
            if any(
                columns.number(f.entity) not in quantities.names(quantity) for f in cause.explained
            ):
                causes.append(cause)
    causes.sort(key=lambda cause: (*cause.order, cause.quantity, cause.turn))
    solved = [_solved(conclusions, cause, steps) for cause in causes[:SOLVED]]
    solved.sort(key=lambda cause: (*cause.order, cause.quantity, cause.turn))
    return Diagnosis(
        seen=tuple(sorted(seen.items())), causes=(*solved, *causes[SOLVED:]), steps=steps,
        tried=min(len(candidates), TRIED), among=len(candidates),
    )  # fmt: skip


def _findings(conclusions: Conclusions, seen: Mapping[str, int]) -> dict[int, tuple[str, int]]:
    """By quantity the entity that is seen and the way of the quantity."""
    quantities = conclusions.quantities
    findings: dict[int, tuple[str, int]] = {}
    for entity, way in sorted(seen.items()):
        number = conclusions.columns.number(entity)
        if number < 0:
            continue
        quantity, turn = quantities.of[number], way * quantities.ways[number]
        if quantity in findings:
            other = findings[quantity][0]
            raise SelectionError(
                f"{other} and {entity} are names of one quantity; give one of them"
            )
        findings[quantity] = (entity, turn)
    if not findings:
        raise SelectionError("nothing is seen: write name=up or name=down for something")
    return findings


def _candidates(conclusions: Conclusions, findings: Iterable[int], steps: int) -> list[int]:
    """The quantities from which something seen can be reached, and what is seen; sorted."""
    before: dict[int, set[int]] = {}
    for quantity in conclusions.quantities.all:
        for saying in conclusions.sayings.of(quantity):
            before.setdefault(saying.end, set()).add(quantity)
    reached = set(findings)
    layer = set(findings)
    for _ in range(steps):
        layer = set().union(*(before.get(quantity, ()) for quantity in layer)) - reached
        reached |= layer
    return sorted(reached)


def _cause(
    conclusions: Conclusions,
    start: int,
    way: int,
    findings: Mapping[int, tuple[str, int]],
    steps: int,
) -> Cause:
    """What a change of one quantity makes of all that is seen."""
    columns, quantities = conclusions.columns, conclusions.quantities
    kinds: tuple[list[Finding], ...] = ([], [], [])
    for end, (entity, seen) in findings.items():
        turn = quantities.ways[columns.number(entity)]
        if end == start:
            conclusion = Conclusion(
                sign=way, relation="raises" if way > 0 else "lowers", basis="defined", rank=DIRECT
            )
        else:
            conclusion = conclusions.asked(start, end, way, steps=steps)
            if way > 0:
                conclusion = conclusions.beside_its_lack(conclusion, start, end, steps)
            conclusion = turned(conclusion, way)
        finding = Finding(entity, seen * turn, turned(conclusion, turn))
        usable = end == start or (conclusion.sign is not None and conclusion.rank < IMPLIED)
        place = 2 if not usable else 0 if conclusion.sign == seen else 1
        kinds[place].append(finding)
    entity, named = _named(conclusions, start, way)
    return Cause(
        entity=entity, way=named, quantity=columns.entities[start], turn=way,
        explained=tuple(kinds[0]), contradicted=tuple(kinds[1]), unexplained=tuple(kinds[2]),
    )  # fmt: skip


def _named(conclusions: Conclusions, quantity: int, way: int) -> tuple[str, int]:
    """The name of a change: that of the lack or the excess, where the quantity has one."""
    columns, quantities = conclusions.columns, conclusions.quantities
    for name in quantities.names(quantity):
        if quantities.intervals[name] == way:
            return columns.entities[name], 1
    return columns.entities[quantity], way


def _solved(conclusions: Conclusions, cause: Cause, steps: int) -> Cause:
    """The cause with what feedback settles."""
    outcome = whatif(conclusions, {cause.quantity: cause.turn}, steps=steps)
    settled = {
        name: way * o.way
        for o in outcome.outcomes
        if o.conclusion.settled
        for name, way in ((o.entity, 1), *o.names)
    }

    def marked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(
            replace(f, conclusion=f.conclusion._replace(settled=True))
            if settled.get(f.entity) == f.conclusion.sign is not None
            else f
            for f in findings
        )

    return replace(
        cause, explained=marked(cause.explained), contradicted=marked(cause.contradicted)
    )
