"""Reading a query into its tree: as much of the grammar as the lint needs, and forgiving.

The engine decides what is valid. Here a query that is not gives a tree that is incomplete, never
an error. Reading takes linear time; the screen has limited the depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trabecula.sparql.cursor import END
from trabecula.sparql.path_syntax import PathCursor
from trabecula.sparql.tree import (
    Bind,
    Expression,
    Group,
    Iri,
    Node,
    Select,
    Triple,
    Values,
    Variable,
)


def parsed(text: str) -> Select:
    """The query as a tree, as far as it can be read."""
    return _Reader(text).query()


_CLAUSES: Final = ("OPTIONAL", "MINUS", "LATERAL", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES")
_MODIFIERS: Final = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
#: Operators with how strongly each binds.
_STRENGTHS: Final = {
    "||": 0, "&&": 1,
    "=": 2, "!=": 2, "<": 2, ">": 2, "<=": 2, ">=": 2, "in": 2,
    "+": 3, "-": 3, "*": 4, "/": 4,
}  # fmt: skip


class _Reader(PathCursor):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._anonymous = 0

    def _fresh(self, shown: str) -> Variable:
        self._anonymous += 1
        return Variable(f" {self._anonymous}", shown)

    # The query

    def query(self) -> Select:
        select = self._select()
        while self.next is not END and not select.form:
            self.take()  # what belongs nowhere
            select = self._select()
        return select

    def _select(self) -> Select:
        """A query, or a subquery up to the brace that ends it."""
        select = Select()
        while self.next is not END and self.next.text != "}":
            token = self.take()
            word = token.text.upper() if token.kind == "word" else ""
            if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
                select.form = word
                if word == "SELECT":
                    self._projection(select)
                elif word == "CONSTRUCT" and self.next.text == "{":
                    select.template.extend(self._template())
                elif word == "DESCRIBE":
                    self._projection(select)
            elif word == "FROM":
                into = select.named if self.taken("NAMED") else select.defaults
                node = self.constant()
                if isinstance(node, Iri):
                    into.append(node)
            elif token.text == "{":
                self.at -= 1
                select.where = self._group("group")
                self._after(select)
        return select

    def _projection(self, select: Select) -> None:
        while True:
            token = self.next
            if token.kind == "variable":
                select.variables.append(self.variable(self.take()))
            elif token.text == "*":
                self.take()
                select.star = True
            elif token.text == "(":
                select.aliases.extend(self._alias())
            elif token.says("DISTINCT") or token.says("REDUCED"):
                self.take()
            else:
                return

    def _alias(self) -> Iterator[tuple[Expression, Variable]]:
        """`(expression AS ?variable)`."""
        self.take()
        expression = self._expression()
        if self.taken("AS") and self.next.kind == "variable":
            yield expression, self.variable(self.take())
        self.close(")")

    def _after(self, select: Select) -> None:
        """What follows the pattern of a query."""
        while self.next is not END and self.next.text != "}":
            token = self.take()
            word = token.text.upper() if token.kind == "word" else ""
            if word in ("GROUP", "ORDER"):
                self.taken("BY")
                (select.grouped if word == "GROUP" else select.ordered).extend(self._conditions())
            elif word == "HAVING":
                select.having.extend(self._conditions())
            elif word == "LIMIT" and self.next.kind == "number":
                digits = self.take().text
                select.limit = int(digits) if digits.isdecimal() and len(digits) < 19 else None
            elif word == "VALUES":
                select.values.append(self._values())

    def _conditions(self) -> Iterator[Expression]:
        while self.next is not END and self.next.text != "}":
            token = self.next
            if token.kind == "word" and token.text.upper() in _MODIFIERS:
                return
            if token.says("ASC") or token.says("DESC"):
                self.take()
                continue
            before = self.at
            if token.text == "(":
                for expression, alias in self._bracketed():
                    yield expression
                    if alias is not None:
                        yield Expression("as", (), alias)
            else:
                yield self._primary()
            if self.at == before:
                self.take()

    def _bracketed(self) -> Iterator[tuple[Expression, Variable | None]]:
        """`(expression)` or `(expression AS ?variable)`."""
        self.take()
        expression = self._expression()
        named = self.taken("AS") and self.next.kind == "variable"
        yield expression, self.variable(self.take()) if named else None
        self.close(")")

    # Patterns

    def _group(self, how: str) -> Group:
        """A group from its opening brace to its closing one; a subquery is a group too."""
        self.take()
        group = Group(how)
        if self.next.says("SELECT"):
            inner = Group("select", select=self._select())
            group.members.append(inner)
            self.close("}")
            return group
        while self.next is not END and not self.taken("}"):
            before = self.at
            self._member(group)
            if self.at == before:
                self.take()  # what belongs nowhere
        return group

    def _member(self, group: Group) -> None:
        token = self.next
        word = token.text.upper() if token.kind == "word" else ""
        if token.text == "{":
            self._union(group)
        elif word in _CLAUSES:
            self.take()
            self._clause(group, word)
        elif token.text in (".", ";", ","):
            self.take()
        else:
            self._triples(group)

    def _clause(self, group: Group, word: str) -> None:
        """What follows the keyword of a clause."""
        if word == "FILTER":
            group.filters.append(self._primary())
        elif word == "VALUES":
            group.members.append(self._values())
        elif word == "BIND":
            place = len(group.members)
            for expression, alias in self._bracketed():
                if alias is not None:
                    group.members.append(Bind(expression, alias, place))
        else:
            self.taken("SILENT")
            name = self._node(group) if word in ("GRAPH", "SERVICE") else None
            inner = self._nested(group, word.lower())
            if inner is not None:
                inner.name = name

    def _nested(self, group: Group, how: str) -> Group | None:
        if self.next.text != "{":
            return None
        inner = self._group(how)
        group.members.append(inner)
        return inner

    def _union(self, group: Group) -> None:
        branches = [self._group("group")]
        while self.taken("UNION") and self.next.text == "{":
            branches.append(self._group("union"))
        if len(branches) > 1:
            branches[0].how = "union"
        group.members.extend(branches)

    def _triples(self, group: Group) -> None:
        """The triples of one subject."""
        subject = self._node(group)
        if subject is not None:
            self._properties(group, subject)

    def _properties(self, group: Group, subject: Node) -> None:
        """`path object, object; path object` as far as it goes."""
        while True:
            while self.taken(";"):
                pass
            path = self.path()
            if path is None:
                return
            while True:
                target = self._node(group)
                if target is None:
                    return
                group.members.append(Triple(subject, path, target))
                if not self.taken(","):
                    break
            if self.next.text != ";":
                return

    def _node(self, group: Group) -> Node | None:
        """The node that comes next; what brackets describe is added to the group."""
        token = self.next
        if token.kind == "variable":
            return self.variable(self.take())
        if token.kind == "label":
            self.take()
            return Variable(token.text, token.text)
        if token.text == "[":
            self.take()
            node = self._fresh("[ ]")
            self._properties(group, node)
            self.close("]")
            return node
        if token.text == "(":
            self.take()
            while self.next is not END and self.next.text != ")":
                if self._node(group) is None:
                    self.take()
            self.close(")")
            return self._fresh("( )")
        return self.constant()

    # Values

    def _values(self) -> Values:
        many = self.taken("(")
        names: list[Variable] = []
        while self.next.kind == "variable" and (many or not names):
            names.append(self.variable(self.take()))
        if many:
            self.close(")")
        rows: list[list[Node | None]] = []
        if self.taken("{"):
            while self.next is not END and not self.taken("}"):
                row = self._row(many)
                if row is not None:
                    rows.append(row)
        columns = tuple(
            (name, tuple(row[place] for row in rows if place < len(row)))
            for place, name in enumerate(names)
        )
        return Values(columns)

    def _row(self, many: bool) -> list[Node | None] | None:
        if not many:
            return self._cell()
        if not self.taken("("):
            self.take()
            return None
        row: list[Node | None] = []
        while self.next is not END and not self.taken(")"):
            row.extend(self._cell() or ())
        return row

    def _cell(self) -> list[Node | None] | None:
        node = self.constant()
        if node is None:
            return [None] if self.take().says("UNDEF") else None
        return [node]

    # Expressions

    def _expression(self) -> Expression:
        return self._binary(0)

    def _binary(self, weakest: int) -> Expression:
        """An expression whose operators bind at least as strongly as `weakest`."""
        start = self.next.start
        left = self._unary()
        while (strength := _STRENGTHS.get(how := self._infix(), -1)) >= weakest:
            if how == "in":
                how = "not in" if self.taken("NOT") else "in"
                self.take()
                left = Expression(how, (left, *self._arguments()), span=self.span(start))
            else:
                self.go(len(how))
                right = self._binary(strength + 1)
                left = Expression(how, (left, right), span=self.span(start))
        return left

    def _infix(self) -> str:
        """The operator that comes next, or nothing."""
        token = self.next
        if token.kind == "mark":
            return self.operator()
        return "in" if token.says("IN") or (token.says("NOT") and self.peek(1).says("IN")) else ""

    def _unary(self) -> Expression:
        start = self.next.start
        if self.next.text in ("!", "-", "+") and self.next.kind == "mark":
            if self.next.text != "!" and (number := self.number()) is not None:
                return Expression("node", node=number, span=self.span(start))
            how = self.take().text
            return Expression(how, (self._unary(),), span=self.span(start))
        return self._primary()

    def _primary(self) -> Expression:
        """A bracketed expression, a call, a test for a pattern, or a node."""
        token = self.next
        if token.text == "(":
            self.take()
            inner = self._expression()
            self.close(")")
            return inner
        negated = token.says("NOT") and self.peek(1).says("EXISTS")
        if negated or token.says("EXISTS"):
            self.go(1 + negated)
            group = self._group("exists") if self.next.text == "{" else None
            return Expression("not exists" if negated else "exists", group=group)
        if token.kind == "variable":
            variable = self.variable(self.take())
            return Expression("node", node=variable, span=self.span(token.start))
        named = token.kind in ("iri", "name") and self.peek(1).text == "("
        called = token.kind == "word" and self.peek(1).text == "("
        if named or called:
            self.take()
            how = self.iri(token).value if named else token.text.upper()
            arguments = tuple(self._arguments())
            return Expression(how, arguments, span=self.span(token.start))
        node = self.constant()
        if node is None:
            return Expression("")
        return Expression("node", node=node, span=self.span(token.start))

    def _arguments(self) -> list[Expression]:
        """Arguments in brackets; `*`, DISTINCT and separators are passed over."""
        arguments: list[Expression] = []
        if not self.taken("("):
            return arguments
        while self.next is not END and not self.taken(")"):
            before = self.at
            if self.next.text in (",", ";", "*") or self.next.says("DISTINCT"):
                self.take()
                continue
            if self.next.says("SEPARATOR"):
                self.go(3)
                continue
            arguments.append(self._expression())
            if self.at == before:
                self.take()
        return arguments

    def _template(self) -> Iterator[Variable]:
        """The variables of the triples that CONSTRUCT makes; they ask nothing."""
        depth = 0
        while self.next is not END:
            token = self.take()
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return
            if token.kind == "variable":
                yield self.variable(token)
