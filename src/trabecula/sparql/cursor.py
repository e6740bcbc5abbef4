"""The tokens of a query, one after another, and the terms that they write."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final
from urllib.parse import urljoin

from trabecula.prefixes import NAMESPACES
from trabecula.sparql.tokens import Token, code, declared_prefixes, iri_of, quoted, unquoted
from trabecula.sparql.tree import XSD, Iri, Literal, Variable

_LANG: Final = NAMESPACES["rdf"] + "langString"
END: Final = Token("end", "", 0)
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")


class Cursor:
    """A place among the tokens of a query; behind the last one there is only `END`."""

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
        self._tokens = [*_without_dots(tokens), END, END, END]
        self._stop = len(self._tokens) - 3
        self.at = 0

    @property
    def next(self) -> Token:
        """The token that comes next."""
        return self._tokens[self.at]

    def take(self) -> Token:
        """The next token, which is passed over."""
        token = self._tokens[self.at]
        self.go(1)
        return token

    def go(self, steps: int) -> None:
        """Pass over so many tokens."""
        self.at = min(self.at + steps, self._stop)

    def taken(self, mark: str) -> bool:
        """Whether the next token is this mark or keyword; then it is passed over."""
        token = self._tokens[self.at]
        is_next = token.says(mark) if mark.isalpha() else token.text == mark
        if is_next:
            self.go(1)
        return is_next

    def operator(self) -> str:
        """The operator that comes next, of one or two marks; nothing is passed over."""
        first, second = self.next, self.peek(1)
        if first.kind != "mark":
            return ""
        both = (
            first.text + second.text if second.kind == "mark" and second.start == first.end else ""
        )
        return both if both in ("!=", "<=", ">=", "&&", "||") else first.text

    def peek(self, ahead: int) -> Token:
        """The token that comes so many after the next one, of which there are at most two."""
        return self._tokens[self.at + ahead]

    def span(self, start: int) -> tuple[int, int]:
        """From an offset up to the end of the last token."""
        return start, self._tokens[self.at - 1].end if self.at else 0

    def since(self, start: int) -> str:
        """The text from an offset up to the last token."""
        return self._text[slice(*self.span(start))]

    def close(self, mark: str) -> None:
        """Pass over what is left up to a closing bracket."""
        depth = 0
        while self.next is not END:
            text = self.next.text
            if depth == 0 and text in _CLOSING:
                self.go(text == mark)
                return
            depth += (text in _OPENING) - (text in _CLOSING)
            self.take()

    # Terms

    def constant(self) -> Iri | Literal | None:
        """The IRI or the literal that comes next."""
        token = self.next
        if token.kind in ("iri", "name"):
            return self.iri(self.take())
        if token.kind == "string":
            return self._string()
        if token.says("TRUE") or token.says("FALSE"):
            self.take()
            return Literal(token.text.lower(), XSD + "boolean", "", token.text)
        return self.number()

    def _string(self) -> Literal:
        token = self.take()
        value, language, datatype = unquoted(token), "", XSD + "string"
        if self.next.text == "@" and self.peek(1).kind == "word":
            self.take()
            language, datatype = self.take().text, _LANG
            while self.next.text == "-" and self.peek(1).kind in ("word", "number"):
                self.take()
                language += "-" + self.take().text
        elif self.next.text == "^" and self.peek(1).text == "^":
            self.go(2)
            if self.next.kind in ("iri", "name"):
                datatype = self.iri(self.take()).value
        rest = self.since(token.start)[len(token.text) :]
        return Literal(value, datatype, language, quoted(value) + rest)

    def number(self) -> Literal | None:
        """The number that comes next, with its sign; None where none does."""
        first = self.next
        sign = first.text in ("+", "-") and first.kind == "mark"
        digits = self.peek(1) if sign else first
        if digits.kind == "mark" and digits.text == "." and self.peek(1 + sign).kind == "number":
            self.go(1)
        elif digits.kind != "number":
            return None
        self.go(1 + sign)
        after = self.next
        if after.kind == "word" and after.text[:1] in "eE" and after.start == self._last.end:
            self.take()
            if self.next.text in ("+", "-") and self.peek(1).kind == "number":
                self.go(2)
            kind = "double"
        else:
            kind = "decimal" if "." in self.since(first.start) else "integer"
        shown = self.since(first.start)
        return Literal(shown.replace(" ", ""), XSD + kind, "", shown)

    @property
    def _last(self) -> Token:
        return self._tokens[self.at - 1]

    def iri(self, token: Token) -> Iri:
        """The IRI that a token writes, in full."""
        value = iri_of(token, self._declared)
        if token.kind == "iri" and self._base and "://" not in value:
            value = urljoin(self._base, value)
        return Iri(value, token.text)

    @staticmethod
    def variable(token: Token) -> Variable:
        """The variable that a token writes."""
        return Variable(token.text[1:], token.text)


def _without_dots(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with the full stop that ends a triple apart from the name or number before it."""
    for token in tokens:
        if token.kind in ("name", "number", "word", "label") and token.text.endswith("."):
            text = token.text.rstrip(".")
            yield Token(token.kind, text, token.start)
            yield Token("mark", ".", token.start + len(text))
        else:
            yield token
