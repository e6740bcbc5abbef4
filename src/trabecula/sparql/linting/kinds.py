"""What variables would have to be: whether one thing can be all that a query says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trabecula.sparql.contents import Contents
from trabecula.sparql.linting import literals, nodes
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.linting.paths import End, broken, conflict, disjoint
from trabecula.sparql.linting.spelling import name_of
from trabecula.sparql.schema import KINDS
from trabecula.sparql.tree import Bind, Expression, Group, Iri, Literal, Values, Variable


@dataclass(frozen=True, slots=True)
class Given:
    """A constant that a variable is given, or is compared with by `how`."""

    variable: Variable
    node: Iri | Literal
    how: str  # "is" the same term, "=" of equal value, "str" the same text, or "!="


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings about variables that nothing can be, and about the constants they are given."""
    for end, other, shown in asked.roles.conflicts:
        yield conflict(end, other, shown)
    for _, triple in asked.triples():
        for after, before in broken(triple.path, asked.contents):
            yield disjoint(after, before)
    for group, _ in asked.groups:
        steps = {triple.path.variable for triple in group.triples()}
        for given in _given(group):
            if given.variable in steps and isinstance(given.node, Iri):
                if given.how in ("is", "=") and asked.contents.usage(given.node.value) is None:
                    yield from nodes.no_property(given.node, asked)
                continue
            yield from _misfit(given, asked.roles.of(group, given.variable.name), asked.contents)
    for select in asked.selects:
        for given in (given for values in select.values for given in _of_values(values)):
            role = asked.roles.of(select.where, given.variable.name)
            yield from _misfit(given, role, asked.contents)


def _given(group: Group) -> Iterator[Given]:
    """The constants that a group gives its variables, and compares them with."""
    for member in group.members:
        if isinstance(member, Values):
            yield from _of_values(member)
        elif isinstance(member, Bind) and isinstance(member.expression.node, Iri | Literal):
            yield Given(member.variable, member.expression.node, "is")
    for expression in group.filters:
        yield from _compared(expression)


def _of_values(values: Values) -> Iterator[Given]:
    for variable, column in values.columns:
        for node in dict.fromkeys(column):
            if node is not None and not isinstance(node, Variable):
                yield Given(variable, node, "is")


def _compared(expression: Expression) -> Iterator[Given]:
    for part in expression.every():
        how = {"=": "=", "in": "=", "!=": "!=", "not in": "!="}.get(part.how, "")
        first, *others = part.arguments if how else (Expression(""),)
        for side, other in ((first, other) for other in others):
            for left, right in ((side, other), (other, side)):
                if not isinstance(right.node, Iri | Literal):
                    continue
                if isinstance(left.node, Variable):
                    yield Given(left.node, right.node, how)
                elif left.how == "STR" and isinstance(left.arguments[0].node, Variable):
                    yield Given(left.arguments[0].node, right.node, "str")


def _misfit(given: Given, role: End | None, contents: Contents) -> Iterator[str]:
    """What is wrong with a constant as the value of a variable that has this role."""
    node = given.node
    if role is None:
        if isinstance(node, Literal) and node.language and given.how == "=":
            yield literals.no_language(node)
    elif isinstance(node, Literal):
        if not role.kinds <= set(KINDS):
            if role.value and role.only:
                yield from literals.of_property(node, role.step, contents, how=given.how)
        elif given.how in ("is", "="):
            meant = nodes.for_text(node.value, role.kinds, contents)
            hint = f"; write {meant}" if meant else ""
            is_ = f"{given.variable.shown} is an IRI (by {name_of(role.step)})"
            yield f"{is_}, and {node.shown} is none{hint}"
    elif node.value and given.how in ("is", "="):
        yield from nodes.misplaced(node, role, contents)
