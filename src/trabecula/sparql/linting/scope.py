"""Which variables are bound where: a filter sees its own braces, and nothing outside of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trabecula.misspelt import nearest
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.tree import Bind, Expression, Group, Path, Select, Triple, Values, Variable

#: How a group joins the one around it so that its filters see what is bound there.
_SEEING = ("optional", "exists", "lateral")
#: Functions that are asked of variables which may be unbound.
_TESTS = ("BOUND", "COALESCE", "IF", "||", "!")


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings about variables that are never bound where they are used."""
    scopes = _Scopes(asked)
    everywhere = scopes.everywhere
    for group, around in asked.groups:
        for expression in group.filters:
            yield from _filter(expression, group, around, scopes)
        yield from _early(group, scopes)
    for select in asked.selects:
        bound = scopes.given(select)
        for variable in (*select.variables, *select.template):
            if variable.name not in bound:
                yield _never(variable, bound)
        aliases = (expression for expression, _ in select.aliases)
        for expression in (*aliases, *select.having, *select.ordered, *select.grouped):
            for variable in _variables(expression) if bound else ():
                if variable.name not in everywhere:
                    yield _never(variable, everywhere)


class _Scopes:
    """The variables that each group may bind, those of the groups within it included."""

    def __init__(self, asked: Asked) -> None:
        self._bound: dict[int, frozenset[str]] = {}
        for group, _ in reversed(asked.groups):  # the inner groups first
            self._bound[id(group)] = frozenset(self._of(group))
        self.everywhere = frozenset(
            name for select in asked.selects for name in self.given(select)
        ) | frozenset(name for bound in self._bound.values() for name in bound)

    def of(self, group: Group) -> frozenset[str]:
        return self._bound[id(group)]

    def _of(self, group: Group) -> Iterator[str]:
        if group.select is not None:
            yield from _projected(group.select, self._bound[id(group.select.where)])
        if isinstance(group.name, Variable):
            yield group.name.name
        for member in group.members:
            if not isinstance(member, Group):
                yield from _bound_by(member)
            elif member.how != "minus":
                yield from self._bound[id(member)]

    def given(self, select: Select) -> frozenset[str]:
        """What is bound when the pattern of a query has been answered."""
        bound = set(self._bound.get(id(select.where), ()))
        bound.update(variable.name for _, variable in select.aliases)
        bound.update(v.name for values in select.values for v, _ in values.columns)
        bound.update(_named(select.grouped))
        return frozenset(bound)


def _projected(select: Select, bound: Iterable[str]) -> Iterator[str]:
    yield from (variable.name for _, variable in select.aliases)
    given = {variable.name for variable in select.variables}
    yield from (name for name in bound if select.star or name in given)
    yield from (name for name in _named(select.grouped) if name in given)


def _named(expressions: Iterable[Expression]) -> Iterator[str]:
    for expression in expressions:
        if expression.how == "as" and isinstance(expression.node, Variable):
            yield expression.node.name


def _bound_by(member: Triple | Bind | Values) -> Iterator[str]:
    if isinstance(member, Bind):
        yield member.variable.name
    elif isinstance(member, Values):
        yield from (variable.name for variable, _ in member.columns)
    else:
        yield from (n.name for n in (member.subject, member.object) if isinstance(n, Variable))
        yield from _in_path(member.path)


def _in_path(path: Path) -> Iterator[str]:
    waiting = [path]
    while waiting:
        part = waiting.pop()
        waiting.extend(part.parts)
        if part.variable is not None:
            yield part.variable.name


def _variables(expression: Expression) -> Iterator[Variable]:
    """The variables that an expression needs; those in tests for being bound are left out."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part.node, Variable):
            yield part.node
        if part.how not in _TESTS:
            waiting.extend(reversed(part.arguments))


def required(expression: Expression) -> Iterator[Expression]:
    """The parts of a filter that must all be true."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if part.how == "&&":
            waiting.extend(reversed(part.arguments))
        elif part.arguments:
            yield part


def _filter(
    expression: Expression, group: Group, around: Group | None, scopes: _Scopes
) -> Iterator[str]:
    """That a filter needs variables which are not bound within its braces."""
    bound = scopes.of(group)
    if group.how in _SEEING and around is not None:
        return  # and what is bound further out, in the end
    if not bound and around is None:
        return  # there is no pattern
    tested = (part.arguments[0] for part in required(expression) if part.how == "BOUND")
    needed = [part.node for part in tested if isinstance(part.node, Variable)]
    for variable in (*_variables(expression), *needed):
        if variable.name in bound:
            continue
        if variable.name in scopes.everywhere:
            yield (
                f"{variable.shown} is bound outside of the braces that this FILTER stands in, and"
                " not within them: nothing passes it; put it outside"
            )
        else:
            yield _never(variable, bound)


def _early(group: Group, scopes: _Scopes) -> Iterator[str]:
    """That BIND needs variables which are bound only after it, or spelt otherwise."""
    binds = [member for member in group.members if isinstance(member, Bind)]
    if not binds:
        return
    first: dict[str, int] = {}
    for place, member in enumerate(group.members):
        names = scopes.of(member) if isinstance(member, Group) else _bound_by(member)
        for name in names:
            first.setdefault(name, place)
    for bind in binds:
        for variable in _variables(bind.expression):
            if first.get(variable.name, -1) > bind.place:
                yield f"BIND comes before {variable.shown} is bound; move it behind"
            elif variable.name not in scopes.everywhere and _near(variable, scopes.of(group)):
                yield _never(variable, scopes.of(group))


def _near(variable: Variable, bound: Iterable[str]) -> tuple[str, ...]:
    return nearest(variable.name, sorted(name for name in bound if name[:1] != " "), 1)


def _never(variable: Variable, bound: Iterable[str]) -> str:
    close = _near(variable, bound)
    return f"{variable.shown} is never bound" + (f"; did you mean ?{close[0]}?" if close else "")
