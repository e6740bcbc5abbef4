"""Reading a query into its tree: as much of the grammar as the lint needs, and forgiving.

The engine decides what is valid. Here a query that is not gives a tree that is incomplete, never
an error. Reading takes linear time; the screen has limited the depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final
from urllib.parse import urljoin

from trabecula.prefixes import NAMESPACES
from trabecula.sparql.tokens import Token, code, declared_prefixes, iri_of, quoted, unquoted
from trabecula.sparql.tree import (
    Bind,
    Expression,
    Group,
    Iri,
    Literal,
    Node,
    Path,
    Select,
    Triple,
    Values,
    Variable,
)

XSD: Final = NAMESPACES["xsd"]
TYPE: Final = NAMESPACES["rdf"] + "type"
_LANG: Final = NAMESPACES["rdf"] + "langString"


def parsed(text: str) -> Select:
    """The query as a tree, as far as it can be read."""
    return _Reader(text).query()


_END: Final = Token("end", "", 0)
_OPEN: Final = {"(": ")", "[": "]", "{": "}"}
_CLAUSES: Final = ("OPTIONAL", "MINUS", "LATERAL", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES")
_MODIFIERS: Final = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
#: Operators with how strongly each binds.
_STRENGTHS: Final = {
    "||": 0, "&&": 1,
    "=": 2, "!=": 2, "<": 2, ">": 2, "<=": 2, ">=": 2, "in": 2,
    "+": 3, "-": 3, "*": 4, "/": 4,
}  # fmt: skip


class _Reader:
    def __init__(self, text: str) -> None:
        tokens = code(text)
        self._text = text
        self._declared = declared_prefixes(tokens)
        self._base = next(
            (
                unquoted(after)
                for word, after in pairwise(tokens)
                if word.says("BASE") and after.kind == "iri"
            ),
            "",
        )
        self._tokens = [*_without_dots(tokens), _END, _END, _END]
        self._stop = len(self._tokens) - 3
        self._at = 0
        self._anonymous = 0

    # Tokens

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._go(1)
        return token

    def _go(self, steps: int) -> None:
        self._at = min(self._at + steps, self._stop)

    def _taken(self, mark: str) -> bool:
        """Whether the next token is this mark or keyword; then it is passed over."""
        token = self._tokens[self._at]
        found = token.says(mark) if mark.isalpha() else token.text == mark
        if found:
            self._go(1)
        return found

    def _operator(self) -> str:
        """The operator that comes next, of one or two marks; nothing is passed over."""
        one, two = self._next, self._peek(1)
        if one.kind != "mark":
            return ""
        both = one.text + two.text if two.kind == "mark" and two.start == one.end else ""
        return both if both in ("!=", "<=", ">=", "&&", "||") else one.text

    def _peek(self, ahead: int) -> Token:
        return self._tokens[self._at + ahead]

    def _span(self, start: int) -> tuple[int, int]:
        """From an offset up to the end of the last token."""
        return start, self._tokens[self._at - 1].end if self._at else 0

    def _since(self, start: int) -> str:
        """The text from an offset up to the last token."""
        return self._text[slice(*self._span(start))]

    def _fresh(self, shown: str) -> Variable:
        self._anonymous += 1
        return Variable(f" {self._anonymous}", shown)

    # The query

    def query(self) -> Select:
        found = self._select()
        while self._next is not _END and not found.form:
            self._take()  # what belongs nowhere
            found = self._select()
        return found

    def _select(self) -> Select:
        """A query, or a subquery up to the brace that ends it."""
        select = Select()
        while self._next is not _END and self._next.text != "}":
            token = self._take()
            word = token.text.upper() if token.kind == "word" else ""
            if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
                select.form = word
                if word == "SELECT":
                    self._projection(select)
                elif word == "CONSTRUCT" and self._next.text == "{":
                    select.template.extend(self._template())
                elif word == "DESCRIBE":
                    self._projection(select)
            elif word == "FROM":
                into = select.named if self._taken("NAMED") else select.defaults
                node = self._constant()
                if isinstance(node, Iri):
                    into.append(node)
            elif token.text == "{":
                self._at -= 1
                select.where = self._group("group")
                self._after(select)
        return select

    def _projection(self, select: Select) -> None:
        while True:
            token = self._next
            if token.kind == "variable":
                select.variables.append(self._variable(self._take()))
            elif token.text == "*":
                self._take()
                select.star = True
            elif token.text == "(":
                select.aliases.extend(self._alias())
            elif token.says("DISTINCT") or token.says("REDUCED"):
                self._take()
            else:
                return

    def _alias(self) -> Iterator[tuple[Expression, Variable]]:
        """`(expression AS ?variable)`."""
        self._take()
        expression = self._expression()
        if self._taken("AS") and self._next.kind == "variable":
            yield expression, self._variable(self._take())
        self._close(")")

    def _after(self, select: Select) -> None:
        """What follows the pattern of a query."""
        while self._next is not _END and self._next.text != "}":
            token = self._take()
            word = token.text.upper() if token.kind == "word" else ""
            if word in ("GROUP", "ORDER"):
                self._taken("BY")
                (select.grouped if word == "GROUP" else select.ordered).extend(self._conditions())
            elif word == "HAVING":
                select.having.extend(self._conditions())
            elif word == "LIMIT" and self._next.kind == "number":
                digits = self._take().text
                select.limit = int(digits) if digits.isdecimal() and len(digits) < 19 else None
            elif word == "VALUES":
                select.values.append(self._values())

    def _conditions(self) -> Iterator[Expression]:
        while self._next is not _END and self._next.text != "}":
            token = self._next
            if token.kind == "word" and token.text.upper() in _MODIFIERS:
                return
            if token.says("ASC") or token.says("DESC"):
                self._take()
                continue
            before = self._at
            if token.text == "(":
                for expression, alias in self._bracketed():
                    yield expression
                    if alias is not None:
                        yield Expression("as", (), alias)
            else:
                yield self._primary()
            if self._at == before:
                self._take()

    def _bracketed(self) -> Iterator[tuple[Expression, Variable | None]]:
        """`(expression)` or `(expression AS ?variable)`."""
        self._take()
        expression = self._expression()
        named = self._taken("AS") and self._next.kind == "variable"
        yield expression, self._variable(self._take()) if named else None
        self._close(")")

    # Patterns

    def _group(self, how: str) -> Group:
        """A group from its opening brace to its closing one; a subquery is a group too."""
        self._take()
        group = Group(how)
        if self._next.says("SELECT"):
            inner = Group("select", select=self._select())
            group.members.append(inner)
            self._close("}")
            return group
        while self._next is not _END and not self._taken("}"):
            before = self._at
            self._member(group)
            if self._at == before:
                self._take()  # what belongs nowhere
        return group

    def _member(self, group: Group) -> None:
        token = self._next
        word = token.text.upper() if token.kind == "word" else ""
        if token.text == "{":
            self._union(group)
        elif word in _CLAUSES:
            self._take()
            self._clause(group, word)
        elif token.text in (".", ";", ","):
            self._take()
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
            self._taken("SILENT")
            name = self._node(group) if word in ("GRAPH", "SERVICE") else None
            inner = self._nested(group, word.lower())
            if inner is not None:
                inner.name = name

    def _nested(self, group: Group, how: str) -> Group | None:
        if self._next.text != "{":
            return None
        inner = self._group(how)
        group.members.append(inner)
        return inner

    def _union(self, group: Group) -> None:
        branches = [self._group("group")]
        while self._taken("UNION") and self._next.text == "{":
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
            while self._taken(";"):
                pass
            path = self._path()
            if path is None:
                return
            while True:
                target = self._node(group)
                if target is None:
                    return
                group.members.append(Triple(subject, path, target))
                if not self._taken(","):
                    break
            if self._next.text != ";":
                return

    def _node(self, group: Group) -> Node | None:
        """The node that comes next; what brackets describe is added to the group."""
        token = self._next
        if token.kind == "variable":
            return self._variable(self._take())
        if token.kind == "label":
            self._take()
            return Variable(token.text, token.text)
        if token.text == "[":
            self._take()
            node = self._fresh("[ ]")
            self._properties(group, node)
            self._close("]")
            return node
        if token.text == "(":
            self._take()
            while self._next is not _END and self._next.text != ")":
                if self._node(group) is None:
                    self._take()
            self._close(")")
            return self._fresh("( )")
        return self._constant()

    def _constant(self) -> Iri | Literal | None:
        """The IRI or the literal that comes next."""
        token = self._next
        if token.kind in ("iri", "name"):
            return self._iri(self._take())
        if token.kind == "string":
            return self._string()
        if token.says("TRUE") or token.says("FALSE"):
            self._take()
            return Literal(token.text.lower(), XSD + "boolean", "", token.text)
        return self._number()

    def _string(self) -> Literal:
        token = self._take()
        value, language, datatype = unquoted(token), "", XSD + "string"
        if self._next.text == "@" and self._peek(1).kind == "word":
            self._take()
            language, datatype = self._take().text, _LANG
            while self._next.text == "-" and self._peek(1).kind in ("word", "number"):
                self._take()
                language += "-" + self._take().text
        elif self._next.text == "^" and self._peek(1).text == "^":
            self._go(2)
            if self._next.kind in ("iri", "name"):
                datatype = self._iri(self._take()).value
        rest = self._since(token.start)[len(token.text) :]
        return Literal(value, datatype, language, quoted(value) + rest)

    def _number(self) -> Literal | None:
        first = self._next
        sign = first.text in ("+", "-") and first.kind == "mark"
        digits = self._peek(1) if sign else first
        if digits.kind == "mark" and digits.text == "." and self._peek(1 + sign).kind == "number":
            self._go(1)
        elif digits.kind != "number":
            return None
        self._go(1 + sign)
        after = self._next
        if after.kind == "word" and after.text[:1] in "eE" and after.start == self._last.end:
            self._take()
            if self._next.text in ("+", "-") and self._peek(1).kind == "number":
                self._go(2)
            kind = "double"
        else:
            kind = "decimal" if "." in self._since(first.start) else "integer"
        shown = self._since(first.start)
        return Literal(shown.replace(" ", ""), XSD + kind, "", shown)

    @property
    def _last(self) -> Token:
        return self._tokens[self._at - 1]

    def _iri(self, token: Token) -> Iri:
        value = iri_of(token, self._declared)
        if token.kind == "iri" and self._base and "://" not in value:
            value = urljoin(self._base, value)
        return Iri(value, token.text)

    def _variable(self, token: Token) -> Variable:
        return Variable(token.text[1:], token.text)

    # Paths

    def _path(self) -> Path | None:
        """A path, or None where none begins."""
        parts = [self._sequence()]
        while parts[-1] is not None and self._taken("|"):
            parts.append(self._sequence())
        return _joined("|", parts)

    def _sequence(self) -> Path | None:
        parts = [self._step()]
        while parts[-1] is not None and self._taken("/"):
            parts.append(self._step())
        return _joined("/", parts)

    def _step(self) -> Path | None:
        if self._taken("^"):
            inner = self._step()
            return None if inner is None else Path("^", (inner,))
        if self._taken("!"):
            inner = self._step()
            return None if inner is None else Path("!", (inner,))
        path = self._primary_path()
        if path is not None and self._next.text in ("*", "+", "?") and self._next.kind == "mark":
            path = Path(self._take().text, (path,))
        return path

    def _primary_path(self) -> Path | None:
        token = self._next
        if token.kind == "variable":
            return Path("variable", variable=self._variable(self._take()))
        if token.kind in ("iri", "name"):
            return Path("step", iri=self._iri(self._take()))
        if token.kind == "word" and token.text == "a":
            self._take()
            return Path("step", iri=Iri(TYPE, "a"))
        if token.text == "(":
            self._take()
            path = self._path()
            self._close(")")
            return path
        return None

    # Values

    def _values(self) -> Values:
        many = self._taken("(")
        names: list[Variable] = []
        while self._next.kind == "variable" and (many or not names):
            names.append(self._variable(self._take()))
        if many:
            self._close(")")
        rows: list[list[Node | None]] = []
        if self._taken("{"):
            while self._next is not _END and not self._taken("}"):
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
        if not self._taken("("):
            self._take()
            return None
        row: list[Node | None] = []
        while self._next is not _END and not self._taken(")"):
            row.extend(self._cell() or ())
        return row

    def _cell(self) -> list[Node | None] | None:
        node = self._constant()
        if node is None:
            return [None] if self._take().says("UNDEF") else None
        return [node]

    # Expressions

    def _expression(self) -> Expression:
        return self._binary(0)

    def _binary(self, weakest: int) -> Expression:
        """An expression whose operators bind at least as strongly as `weakest`."""
        start = self._next.start
        left = self._unary()
        while (strength := _STRENGTHS.get(how := self._infix(), -1)) >= weakest:
            if how == "in":
                how = "not in" if self._taken("NOT") else "in"
                self._take()
                left = Expression(how, (left, *self._arguments()), span=self._span(start))
            else:
                self._go(len(how))
                right = self._binary(strength + 1)
                left = Expression(how, (left, right), span=self._span(start))
        return left

    def _infix(self) -> str:
        """The operator that comes next, or nothing."""
        token = self._next
        if token.kind == "mark":
            return self._operator()
        return "in" if token.says("IN") or (token.says("NOT") and self._peek(1).says("IN")) else ""

    def _unary(self) -> Expression:
        start = self._next.start
        if self._next.text in ("!", "-", "+") and self._next.kind == "mark":
            if self._next.text != "!" and (number := self._number()) is not None:
                return Expression("node", node=number, span=self._span(start))
            how = self._take().text
            return Expression(how, (self._unary(),), span=self._span(start))
        return self._primary()

    def _primary(self) -> Expression:
        """A bracketed expression, a call, a test for a pattern, or a node."""
        token = self._next
        if token.text == "(":
            self._take()
            inner = self._expression()
            self._close(")")
            return inner
        negated = token.says("NOT") and self._peek(1).says("EXISTS")
        if negated or token.says("EXISTS"):
            self._go(1 + negated)
            group = self._group("exists") if self._next.text == "{" else None
            return Expression("not exists" if negated else "exists", group=group)
        if token.kind == "variable":
            variable = self._variable(self._take())
            return Expression("node", node=variable, span=self._span(token.start))
        named = token.kind in ("iri", "name") and self._peek(1).text == "("
        called = token.kind == "word" and self._peek(1).text == "("
        if named or called:
            self._take()
            how = self._iri(token).value if named else token.text.upper()
            arguments = tuple(self._arguments())
            return Expression(how, arguments, span=self._span(token.start))
        node = self._constant()
        if node is None:
            return Expression("")
        return Expression("node", node=node, span=self._span(token.start))

    def _arguments(self) -> list[Expression]:
        """Arguments in brackets; `*`, DISTINCT and separators are passed over."""
        found: list[Expression] = []
        if not self._taken("("):
            return found
        while self._next is not _END and not self._taken(")"):
            before = self._at
            if self._next.text in (",", ";", "*") or self._next.says("DISTINCT"):
                self._take()
                continue
            if self._next.says("SEPARATOR"):
                self._go(3)
                continue
            found.append(self._expression())
            if self._at == before:
                self._take()
        return found

    def _template(self) -> Iterator[Variable]:
        """The variables of the triples that CONSTRUCT makes; they ask nothing."""
        depth = 0
        while self._next is not _END:
            token = self._take()
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return
            if token.kind == "variable":
                yield self._variable(token)

    def _close(self, mark: str) -> None:
        """Pass over what is left up to a closing bracket."""
        depth = 0
        while self._next is not _END:
            text = self._next.text
            if depth == 0 and text in ("}", "]", ")"):
                self._go(text == mark)
                return
            depth += (text in _OPEN) - (text in _OPEN.values())
            self._take()


def _joined(how: str, parts: list[Path | None]) -> Path | None:
    found = tuple(part for part in parts if part is not None)
    if len(found) < 2:
        return found[0] if found else None
    return Path(how, found)


def _without_dots(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with the full stop that ends a triple apart from the name or number before it."""
    for token in tokens:
        if token.kind in ("name", "number", "word", "label") and token.text.endswith("."):
            text = token.text.rstrip(".")
            yield Token(token.kind, text, token.start)
            yield Token("mark", ".", token.start + len(text))
        else:
            yield token
