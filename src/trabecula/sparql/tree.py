"""The tree of a query: what it asks, as much of it as the lint looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from trabecula.prefixes import NAMESPACES

#: What the datatypes of numbers, texts and dates begin with.
XSD: Final = NAMESPACES["xsd"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; blank nodes and what brackets stand for are variables that nobody can name."""

    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Iri:
    """An IRI, empty where its prefix is unknown, and how it is written."""

    value: str
    shown: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal, its datatype's IRI, its language where it has one, and how it may be written."""

    value: str
    datatype: str
    language: str
    shown: str


Node: TypeAlias = Variable | Iri | Literal


@dataclass(frozen=True, slots=True)
class Path:
    """A property path: what it does, and with which parts.

    `how` is "step" (`iri` alone), "variable" (`variable` alone), "/", "|", "^", "*", "+", "?" or
    "!" (of anything but its parts).
    """

    how: str
    parts: tuple[Path, ...] = ()
    iri: Iri | None = None
    variable: Variable | None = None

    def steps(self) -> Iterator[Iri]:
        """The properties of the path, apart from those it excludes."""
        waiting = [self]
        while waiting:
            path = waiting.pop()
            if path.iri is not None:
                yield path.iri
            if path.how != "!":
                waiting.extend(reversed(path.parts))


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern."""

    subject: Node
    path: Path
    object: Node


@dataclass(frozen=True, slots=True)
class Expression:
    """A part of an expression: an operator or a function with its arguments, or a single node.

    `how` is the operator (`=`, `in`, `&&` …), the name of a function in capital letters or its
    IRI, "node", or "exists", which has a `group`.
    """

    how: str
    arguments: tuple[Expression, ...] = ()
    node: Node | None = None
    group: Group | None = None
    span: tuple[int, int] = (0, 0)  # where it stands in the text

    def every(self) -> Iterator[Expression]:
        """This expression and all within it."""
        waiting = [self]
        while waiting:
            expression = waiting.pop()
            yield expression
            waiting.extend(reversed(expression.arguments))


@dataclass(frozen=True, slots=True)
class Bind:
    """`BIND(… AS ?x)`, and how many members of its group come before it."""

    expression: Expression
    variable: Variable
    place: int


@dataclass(frozen=True, slots=True)
class Values:
    """The terms that `VALUES` gives each of its variables; None is UNDEF."""

    columns: tuple[tuple[Variable, tuple[Node | None, ...]], ...]


@dataclass(slots=True)
class Group:
    """What stands between two braces of a pattern.

    `how` is "group", "optional", "union" (one branch of several), "minus", "exists", "graph",
    "service" or "select". `members` are triples, binds, values and groups in their order; filters
    hold for the group as a whole.
    """

    how: str
    members: list[Triple | Bind | Values | Group] = field(default_factory=list)
    filters: list[Expression] = field(default_factory=list)
    name: Node | None = None  # of a "graph"
    select: Select | None = None  # of a "select"

    def triples(self) -> Iterator[Triple]:
        """The triple patterns of this group itself."""
        return (member for member in self.members if isinstance(member, Triple))

    def groups(self) -> Iterator[Group]:
        """The groups in this group, with those of its filters and of a subquery."""
        if self.select is not None:
            yield self.select.where
        for member in self.members:
            if isinstance(member, Group):
                yield member
        for expression in self.expressions():
            for part in expression.every():
                if part.group is not None:
                    yield part.group

    def expressions(self) -> Iterator[Expression]:
        """The expressions of this group itself."""
        yield from self.filters
        for member in self.members:
            if isinstance(member, Bind):
                yield member.expression

    def every(self) -> Iterator[Group]:
        """This group and all within it."""
        waiting = [self]
        while waiting:
            group = waiting.pop()
            yield group
            waiting.extend(reversed(list(group.groups())))


@dataclass(slots=True)
class Select:
    """A query or a subquery: its form, what it gives, its pattern and what follows."""

    form: str = ""  # in capital letters; empty where there is none
    where: Group = field(default_factory=lambda: Group("group"))
    star: bool = False
    variables: list[Variable] = field(default_factory=list)
    aliases: list[tuple[Expression, Variable]] = field(default_factory=list)
    grouped: list[Expression] = field(default_factory=list)
    having: list[Expression] = field(default_factory=list)
    ordered: list[Expression] = field(default_factory=list)
    defaults: list[Iri] = field(default_factory=list)  # FROM
    named: list[Iri] = field(default_factory=list)  # FROM NAMED
    limit: int | None = None
    values: list[Values] = field(default_factory=list)
    template: list[Variable] = field(default_factory=list)  # what CONSTRUCT needs
