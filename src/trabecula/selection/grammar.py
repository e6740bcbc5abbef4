"""From the text of a selection to its tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from trabecula.errors import SelectionError, require_text
from trabecula.misspelt import unknown
from trabecula.selection.selectors import SELECTORS


@dataclass(frozen=True, slots=True)
class Call:
    """A selector with its arguments, such as `near(magnesium, 2)`."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The complement."""

    part: Selection


@dataclass(frozen=True, slots=True)
class And:
    """The intersection."""

    parts: tuple[Selection, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """The union."""

    parts: tuple[Selection, ...]


Selection: TypeAlias = Call | Not | And | Or

#: More nesting than a person writes; deeper input would only exhaust the stack.
MAX_DEPTH: Final = 50

#: Signs as reports show them, which people copy, and as they are written.
_SHOWN_AS = {"\N{MINUS SIGN}": "-", "\N{MIDDLE DOT}": "0"}
_TOKEN = re.compile(r"""\s*(?:(?P<mark>[&|!(),])|(?P<quoted>"[^"]*")|(?P<word>[^\s&|!(),"]+))""")


def parse(text: str) -> Selection:
    """The selection that `text` says.

    Raises `SelectionError` with a caret under the place where it stops making sense.

    >>> parse("near(magnesium, 2) & !predicate(requires)")
    And(parts=(Call(name='near', arguments=('magnesium', '2')), \
Not(part=Call(name='predicate', arguments=('requires',)))))
    """
    require_text(text, "a selection")
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over the tokens of one selection; one token of lookahead."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._tokens())
        self.next = 0
        self.depth = 0

    def _tokens(self) -> Iterator[tuple[int, str, str]]:
        position, end = 0, len(self.text.rstrip())
        while position < end:
            match = _TOKEN.match(self.text, position)
            if match is None:
                start = position + len(self.text[position:]) - len(self.text[position:].lstrip())
                raise self.error("this quotation mark is never closed", start)
            kind = match.lastgroup or ""
            yield match.start(kind), kind, match.group(kind)
            position = match.end()

    def error(self, message: str, position: int | None = None) -> SelectionError:
        if position is None:
            at_end = self.next >= len(self.tokens)
            position = len(self.text.rstrip()) if at_end else self.tokens[self.next][0]
        line = self.text.replace("\n", " ").replace("\t", " ")
        return SelectionError(f"{message}\n  {line}\n  {' ' * position}^")

    def at(self, mark: str) -> bool:
        return self.next < len(self.tokens) and self.tokens[self.next][1:] == ("mark", mark)

    def take(self, mark: str, instead: str) -> None:
        if not self.at(mark):
            raise self.error(instead)
        self.next += 1

    def whole(self) -> Selection:
        if not self.tokens:
            raise self.error("the selection is empty; all() selects everything")
        selected = self.union()
        if self.next < len(self.tokens):
            raise self.error("expected & or | here")
        return selected

    def union(self) -> Selection:
        parts = [self.intersection()]
        while self.at("|"):
            self.next += 1
            parts.append(self.intersection())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def intersection(self) -> Selection:
        parts = [self.factor()]
        while self.at("&"):
            self.next += 1
            parts.append(self.factor())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def factor(self) -> Selection:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"more than {MAX_DEPTH} levels of nesting")
        try:
            if self.at("!"):
                self.next += 1
                return Not(self.factor())
            if self.at("("):
                self.next += 1
                inner = self.union()
                self.take(")", "expected ) here")
                return inner
            return self.call()
        finally:
            self.depth -= 1

    def call(self) -> Selection:
        if self.next >= len(self.tokens) or self.tokens[self.next][1] != "word":
            raise self.error("expected a selector such as near(magnesium, 2) here")
        position, _, name = self.tokens[self.next]
        if name not in SELECTORS:
            raise self.error(unknown("selector", name, SELECTORS), position)
        self.next += 1
        self.take("(", f"expected ( after {name}")
        arguments: list[str] = []
        while not self.at(")"):
            if arguments:
                self.take(",", "expected , or ) here; names with marks in them need quotes")
            arguments.append(self.argument())
        self.next += 1
        low, high = SELECTORS[name].arity
        if not low <= len(arguments) <= high:
            raise self.error(f"{name} is written {SELECTORS[name].usage}", position)
        if name == "sign":
            arguments = [_SHOWN_AS.get(sign, sign) for sign in arguments]
        return Call(name, tuple(arguments))

    def argument(self) -> str:
        """One name or number: a quoted text, or words with single blanks between them."""
        words: list[str] = []
        while self.next < len(self.tokens) and self.tokens[self.next][1] != "mark":
            _, kind, token = self.tokens[self.next]
            if kind == "quoted":
                if words:
                    break
                self.next += 1
                return token[1:-1]
            words.append(token)
            self.next += 1
        if not words:
            raise self.error("expected a name here")
        return " ".join(words)
