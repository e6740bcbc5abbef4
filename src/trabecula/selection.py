"""The selection language: one way to name a part of a graph, everywhere.

    near(magnesium, 2) & predicate(requires, activates)
    (topic(pth) | topic(vitamin-d)) & !status(asserted-only)
    category(cell) & sign(-) & evidence(human, rct)

A selection denotes a set of statements. `&`, `|` and `!` are intersection, union and complement;
`!` binds tightest, then `&`, then `|`; parentheses group. Names with blanks or marks are quoted.

| selects the statements …      | written                                                 |
|-------------------------------|---------------------------------------------------------|
| all                           | `all()`                                                 |
| among entities up to k steps  | `near(x, k)`; k is 1 where it is left out               |
| on which x depends            | `upstream(x)`, `upstream(x, k)`                         |
| which depend on x             | `downstream(x)`, `downstream(x, k)`                     |
| with this subject or object   | `subject(x, …)`, `object(x, …)`                         |
| with one of these predicates  | `predicate(inhibits, requires)`                         |
| touching such an entity       | `category(cell, …)`                                     |
| with this sign                | `sign(+)`, `sign(-)`, `sign(0)`                         |
| with one of these statuses    | `status(contested, …)`                                  |
| with evidence of all of these | `evidence(human, rct)`: species, system, method, …      |
| that this source speaks to    | `source(PMID:9709941)`, `source(article)`               |
| of this topic                 | `topic(vitamin-d, …)`                                   |
| that say this anywhere        | `text("ionised magnesium")`: names, ids and summaries   |

`near` takes every statement among the entities it reaches, in whatever direction statements
point. `upstream` and `downstream` follow influence: what is required acts on what requires it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from trabecula.errors import NotFound, SelectionError
from trabecula.evidence import status
from trabecula.identifiers import unknown
from trabecula.model import Evidence, Statement
from trabecula.vocabulary import (
    CATEGORIES,
    METHODS,
    PREDICATES,
    SPECIES,
    STANCES,
    STATUSES,
    STRENGTHS,
    SYSTEMS,
)

if TYPE_CHECKING:  # the graph calls the selection, so only its type is needed here
    from trabecula.graph import Graph


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

#: Words that researchers use for methods, and the methods they mean.
EVIDENCE_ALIASES: Final = MappingProxyType(
    {
        "rct": "randomised-trial",
        "randomized-trial": "randomised-trial",
        "trial": "randomised-trial",
        "animal": "animal-study",
        "in-vitro": "cell-culture",
    }
)

#: More nesting than a person writes; deeper input would only exhaust the stack.
MAX_DEPTH: Final = 50

# --- Parsing --------------------------------------------------------------------------------

_TOKEN = re.compile(r"""\s*(?:(?P<mark>[&|!(),])|(?P<quoted>"[^"]*")|(?P<word>[^\s&|!(),"]+))""")


def parse(text: str) -> Selection:
    """The selection that `text` says.

    Raises `SelectionError` with a caret under the place where it stops making sense.

    >>> parse("near(magnesium, 2) & !predicate(requires)")
    And(parts=(Call(name='near', arguments=('magnesium', '2')), \
Not(part=Call(name='predicate', arguments=('requires',)))))
    """
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


# --- Evaluation -----------------------------------------------------------------------------


def evaluate(selection: Selection, graph: Graph) -> set[str]:
    """The ids of the statements of `graph` that `selection` denotes.

    Raises `NotFound` for a name that nothing answers to, `SelectionError` for a bad argument.
    """
    match selection:
        case Call(name, arguments):
            return set(SELECTORS[name].select(graph, arguments))
        case Not(part):
            return set(graph.statements) - evaluate(part, graph)
        case And(parts):
            chosen = evaluate(parts[0], graph)
            for part in parts[1:]:
                chosen &= evaluate(part, graph)
            return chosen
        case Or(parts):
            return set().union(*(evaluate(part, graph) for part in parts))


def _where(graph: Graph, test: Callable[[Statement], bool]) -> Iterator[str]:
    return (key for key, statement in graph.statements.items() if test(statement))


def _all(graph: Graph, _: tuple[str, ...]) -> Iterable[str]:
    return graph.statements


def _steps(arguments: tuple[str, ...], default: int | None) -> int | None:
    """The number of steps given as second argument."""
    if len(arguments) < 2:
        return default
    if not (arguments[1].isascii() and arguments[1].isdigit() and int(arguments[1][:9]) > 0):
        raise SelectionError(f"{arguments[1]!r} is no number of steps: give 1, 2, 3 …")
    return int(arguments[1][:9])


def _reached(
    start: str, steps: int | None, onward: Callable[[str], Iterable[tuple[Statement, str]]]
) -> tuple[set[str], set[str]]:
    """The entities within so many steps of `start`, and the statements that led to them."""
    reached, frontier, followed = {start}, [start], set()
    while frontier and steps != 0:
        following: list[str] = []
        for entity in frontier:
            for statement, end in onward(entity):
                followed.add(statement.id)
                if end not in reached:
                    reached.add(end)
                    following.append(end)
        frontier = following
        steps = None if steps is None else steps - 1
    return reached, followed


def _near(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    def onward(entity: str) -> Iterator[tuple[Statement, str]]:
        for statement in graph.touching(entity):
            is_subject = statement.subject == entity
            yield statement, statement.object if is_subject else statement.subject

    start = graph.get(arguments[0]).id
    reached, _ = _reached(start, _steps(arguments, 1), onward)
    return (
        statement.id
        for entity in reached
        for statement in graph.out(entity)
        if statement.object in reached
    )


def _upstream(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    start = graph.get(arguments[0]).id
    return _reached(start, _steps(arguments, None), graph.influenced_by)[1]


def _downstream(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    start = graph.get(arguments[0]).id
    return _reached(start, _steps(arguments, None), graph.influences)[1]


def _subject(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    return (s.id for name in arguments for s in graph.out(graph.get(name).id))


def _object(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    return (s.id for name in arguments for s in graph.into(graph.get(name).id))


def _known(what: str, arguments: tuple[str, ...], known: Iterable[str]) -> frozenset[str]:
    """The arguments, once each of them is known to be one of the words allowed."""
    known = tuple(known)
    for argument in arguments:
        if argument not in known:
            raise NotFound(unknown(what, argument, known))
    return frozenset(arguments)


def _predicate(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = {statement.predicate for statement in graph.statements.values()}
    names = _known("predicate", arguments, sorted(used | set(PREDICATES)))
    return _where(graph, lambda statement: statement.predicate in names)


def _category(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = {entity.category for entity in graph.entities.values()}
    names = _known("category", arguments, sorted(used | set(CATEGORIES)))
    return (
        statement.id
        for key, entity in graph.entities.items()
        if entity.category in names
        for statement in graph.touching(key)
    )


def _sign(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    signs = {"+": 1, "-": -1, "0": 0}
    wanted = {signs[sign] for sign in _known("sign", arguments, signs)}
    return _where(graph, lambda statement: sign_of(statement) in wanted)


def _status(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    names = _known("status", arguments, STATUSES)
    return _where(graph, lambda statement: status(statement.evidence) in names)


def _evidence(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    vocabulary = (*SPECIES, *SYSTEMS, *METHODS, *STRENGTHS, *STANCES, *EVIDENCE_ALIASES)
    used = {
        word
        for statement in graph.statements.values()
        for row in statement.evidence
        for word in _words(row)
    }
    words = _known("kind of evidence", arguments, dict.fromkeys((*vocabulary, *sorted(used))))
    wanted = {EVIDENCE_ALIASES.get(word, word) for word in words}
    return _where(graph, lambda s: any(wanted <= _words(row) for row in s.evidence))


def _words(row: Evidence) -> frozenset[str]:
    words = (row.species, row.system, row.method, row.strength, row.stance)
    return frozenset(word for word in words if word)


def _source(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    ids = {
        name: key for key, source in graph.sources.items() for name in (*source.xrefs, source.id)
    }
    wanted = {ids[name] for name in _known("source", arguments, ids)}
    return _where(graph, lambda s: any(row.source in wanted for row in s.evidence))


def _topic(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = sorted({statement.topic for statement in graph.statements.values()})
    topics = _known("topic", arguments, used)
    return _where(graph, lambda statement: statement.topic in topics)


def _text(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    wanted = arguments[0].casefold()
    entities = {
        key
        for key, entity in graph.entities.items()
        if any(wanted in text.casefold() for text in (key, entity.name, *entity.synonyms))
    }
    return _where(
        graph,
        lambda s: (
            s.subject in entities
            or s.object in entities
            or any(wanted in row.summary.casefold() for row in s.evidence)
        ),
    )


def sign_of(statement: Statement) -> int:
    """The sign of a statement: that of its predicate, and 0 where it is negated or unknown."""
    known = PREDICATES.get(statement.predicate)
    return known.sign if known and not statement.negated else 0


@dataclass(frozen=True, slots=True)
class Selector:
    """A selector: how it is written, how many arguments it takes and what it selects."""

    usage: str
    arity: tuple[int, int]
    select: Callable[[Graph, tuple[str, ...]], Iterable[str]]


_MANY: Final = 1000

#: The selectors by name.
SELECTORS: Final = MappingProxyType(
    {
        "all": Selector("all()", (0, 0), _all),
        "near": Selector("near(entity, steps)", (1, 2), _near),
        "upstream": Selector("upstream(entity) or upstream(entity, steps)", (1, 2), _upstream),
        "downstream": Selector(
            "downstream(entity) or downstream(entity, steps)", (1, 2), _downstream
        ),
        "subject": Selector("subject(entity, …)", (1, _MANY), _subject),
        "object": Selector("object(entity, …)", (1, _MANY), _object),
        "predicate": Selector("predicate(name, …)", (1, _MANY), _predicate),
        "category": Selector("category(name, …)", (1, _MANY), _category),
        "sign": Selector("sign(+), sign(-) or sign(0)", (1, 3), _sign),
        "status": Selector("status(name, …)", (1, _MANY), _status),
        "evidence": Selector("evidence(kind, …)", (1, _MANY), _evidence),
        "source": Selector("source(id, …)", (1, _MANY), _source),
        "topic": Selector("topic(name, …)", (1, _MANY), _topic),
        "text": Selector('text("words")', (1, 1), _text),
    }
)  # fmt: skip
