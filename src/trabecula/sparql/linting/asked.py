"""A query together with the graph it is asked, as the checks look at both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from trabecula.sparql.contents import Contents
from trabecula.sparql.linting.roles import Roles
from trabecula.sparql.syntax import parsed
from trabecula.sparql.tokens import Token, declared_prefixes
from trabecula.sparql.tree import Expression, Group, Select, Triple


class Asked:
    """A query, its tokens, its tree, and the contents of the graph."""

    def __init__(self, text: str, tokens: list[Token], contents: Contents, *, whole: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.contents = contents
        self.declared = {**contents.prefixes, **declared_prefixes(tokens)}
        self._whole = whole
        #: Prefixes with a strange namespace, once somebody has looked.
        self.strange: dict[str, str] | None = None

    @cached_property
    def readable(self) -> bool:
        """Whether there is a tree to look at."""
        try:
            return self._whole and not self.quotes_triples and bool(self.select.form)
        except RecursionError:  # brackets within brackets, which the engine may still read
            return False

    @cached_property
    def quotes_triples(self) -> bool:
        """Whether the query says something of triples, as RDF 1.2 has it."""
        return any(
            token.text + other.text in ("<<", "{|") and token.end == other.start
            for token, other in zip(self.tokens, self.tokens[1:], strict=False)
            if token.kind == other.kind == "mark"
        )

    @cached_property
    def select(self) -> Select:
        """The tree of the query."""
        return parsed(self.text)

    @cached_property
    def selects(self) -> tuple[Select, ...]:
        """The query and its subqueries."""
        inner = (group.select for group in self.select.where.every())
        return (self.select, *(select for select in inner if select is not None))

    @cached_property
    def groups(self) -> tuple[tuple[Group, Group | None], ...]:
        """Every group, each after the group that it stands in."""
        nested: list[tuple[Group, Group | None]] = []
        waiting: list[tuple[Group, Group | None]] = [(self.select.where, None)]
        while waiting:
            group, around = waiting.pop()
            nested.append((group, around))
            waiting.extend((inner, group) for inner in reversed(list(group.groups())))
        return tuple(nested)

    @cached_property
    def named(self) -> frozenset[int]:
        """The groups, by `id`, that ask a named graph."""
        asking: set[int] = set()
        for group, around in self.groups:
            if group.how == "graph" or (around is not None and id(around) in asking):
                asking.add(id(group))
        return frozenset(asking)

    @cached_property
    def roles(self) -> Roles:
        """What the patterns say of the variables."""
        return Roles(self.groups, self.contents)

    @cached_property
    def made(self) -> dict[str, frozenset[str]]:
        """The kinds of variables that are made by counting, not by patterns."""
        return {
            alias.name: frozenset(("integer",))
            for select in self.selects
            for expression, alias in select.aliases
            if expression.how in ("COUNT", "STRLEN")
        }

    @property
    def default(self) -> bool:
        """Whether what stands outside GRAPH asks the default graph of the data."""
        return not self.select.defaults and not self.select.named

    def triples(self) -> Iterator[tuple[Group, Triple]]:
        """Every triple pattern with its group."""
        for group, _ in self.groups:
            for triple in group.triples():
                yield group, triple

    def expressions(self) -> Iterator[Expression]:
        """Every expression, whole."""
        for group, _ in self.groups:
            yield from group.expressions()
        for select in self.selects:
            yield from (expression for expression, _ in select.aliases)
            yield from (*select.having, *select.ordered, *select.grouped)

    def shown(self, expression: Expression) -> str:
        """An expression as it is written, on one line."""
        text = " ".join(self.text[slice(*expression.span)].split())
        return text if len(text) <= 60 else f"{text[:57]}..."
