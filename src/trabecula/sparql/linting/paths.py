"""What must stand at the ends of a property path, and whether its steps fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trabecula.sparql.contents import Contents
from trabecula.sparql.linting.spelling import name_of
from trabecula.sparql.schema import KINDS
from trabecula.sparql.tree import Iri, Path


@dataclass(frozen=True, slots=True)
class End:
    """The kinds of nodes at one end of a path, and the property that says so."""

    kinds: frozenset[str]
    step: Iri
    value: bool  # whether it is the end where the property's values are
    only: bool = True  # whether no other property could put a node there as well


def ends(path: Path, contents: Contents) -> tuple[End | None, End | None]:
    """What must stand before and after a path; None where anything can."""
    if path.how == "step" and path.iri is not None:
        usage = contents.usage(path.iri.value)
        if usage is None:
            return None, None
        return End(usage.on, path.iri, value=False), End(usage.holds, path.iri, value=True)
    if path.how == "^":
        before, after = ends(path.parts[0], contents)
        return after, before
    if path.how == "+":
        return ends(path.parts[0], contents)
    if path.how == "/":
        return ends(path.parts[0], contents)[0], ends(path.parts[-1], contents)[1]
    if path.how == "|":
        pairs = [ends(part, contents) for part in path.parts]
        return _either([before for before, _ in pairs]), _either([after for _, after in pairs])
    return None, None


def _either(ends_: list[End | None]) -> End | None:
    certain = [end for end in ends_ if end is not None]
    if len(certain) < len(ends_):
        return None
    return either(certain)


def either(several: Sequence[End]) -> End:
    """What stands at one of several ends."""
    first = several[0]
    return End(
        frozenset().union(*(end.kinds for end in several)),
        first.step,
        all(end.value for end in several),
        all(end.only and end.step.value == first.step.value for end in several),
    )


def broken(path: Path, contents: Contents) -> Iterator[tuple[End, End]]:
    """The places within a path where nothing can be both the end of a step and the next's start."""
    waiting = [path]
    while waiting:
        part = waiting.pop()
        waiting.extend(part.parts)
        if part.how == "/":
            both = [ends(step, contents) for step in part.parts]
            for (_, after), (before, _) in pairwise(both):
                if after is not None and before is not None and not meet(after, before, contents):
                    yield after, before


def meet(end: End, other: End, contents: Contents) -> bool:
    """Whether some node can stand at both ends."""
    if end.kinds & other.kinds:
        return True
    # In this graph a node may have two kinds: an entity that others refer to, for example.
    return any(end.kinds & kinds and other.kinds & kinds for kinds in contents.mixed)


def words(kinds: frozenset[str]) -> str:
    """Kinds of nodes in words."""
    # A predicate without a mapping is its own in Biolink's words.
    shown = kinds - {"mapped"} if "predicate" in kinds else kinds
    named = [KINDS[kind] for kind in KINDS if kind in shown]
    listed = ", ".join(named[:-1])
    return f"{listed} or {named[-1]}" if listed else "".join(named) or "a literal"


def conflict(end: End, other: End, shown: str) -> str:
    """That nothing is what two properties ask of a variable, with the way from one to the other."""
    hint = _hint(end, other, shown)
    return (
        f"{shown} would have to be {words(end.kinds)} ({_role(end)}) and {words(other.kinds)}"
        f" ({_role(other)}), and nothing is both{hint}"
    )


def disjoint(after: End, before: End) -> str:
    """That one step of a path never leads to where the next one begins."""
    path = f"{name_of(after.step)}/{name_of(before.step)}"
    return (
        f"{path} leads nowhere, for {name_of(after.step)} ends at {words(after.kinds)} and"
        f" {name_of(before.step)} begins at {words(before.kinds)}{_hint(after, before, '?it')}"
    )


def _hint(first: End, other: End, shown: str) -> str:
    names = [name_of(end.step) for end in (first, other)]
    hint = _HINTS.get((_first(first.kinds), _first(other.kinds)), "")
    if "rdfs:label" in names:
        unlabelled = other if names[0] == "rdfs:label" else first
        hint = _UNLABELLED.get(_first(unlabelled.kinds), hint)
    return f"; {hint.format(x=shown)}" if hint else ""


def _role(end: End) -> str:
    return f"{'value of ' if end.value else ''}{name_of(end.step)}"


def _first(kinds: frozenset[str]) -> str:
    return next((kind for kind in KINDS if kind in kinds), "")


#: How to get from a node of one kind to one of another.
_HINTS = {
    ("entity", "statement"): "the statements about {x} are ?statement rdf:subject {x}",
    ("statement", "entity"): "what {x} is about is {x} rdf:subject ?entity",
    ("entity", "evidence"): "evidence is reached by ?statement rdf:subject {x} ; tb:hasEvidence ?e",
    ("statement", "evidence"): "its evidence is {x} tb:hasEvidence ?evidence",
    ("evidence", "statement"): "its statement is ?statement tb:hasEvidence {x}",
    ("statement", "source"): "its sources are {x} tb:hasEvidence/dct:source ?source",
    ("source", "statement"): "its statements are ?statement tb:hasEvidence/dct:source {x}",
    ("evidence", "source"): "its source is {x} dct:source ?source",
    ("source", "evidence"): "its evidence is ?evidence dct:source {x}",
    ("term", "entity"): "the entity is ?entity skos:exactMatch {x}",
    ("entity", "term"): "its terms elsewhere are {x} skos:exactMatch ?term",
    ("predicate", "entity"): "a predicate has no properties here",
    ("class", "entity"): "a class has no properties here",
}
_UNLABELLED = {
    "source": "a source has dct:title",
    "predicate": "predicates have no label in a graph",
    "class": "classes have no label in a graph",
    "evidence": "a piece of evidence has tb:summary",
}
