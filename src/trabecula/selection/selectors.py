"""The selectors: what each of them takes and which statements it selects."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from trabecula.errors import NotFound, SelectionError
from trabecula.evidence import status
from trabecula.identifiers import unknown
from trabecula.model import Evidence, Statement
from trabecula.reason import paths
from trabecula.regular import method, source_id, species, word
from trabecula.vocabulary import (
    CATEGORIES,
    EVIDENCE_ALIASES,
    METHODS,
    PREDICATES,
    SPECIES,
    STANCES,
    STATUSES,
    STRENGTHS,
    SYSTEMS,
    sign_of,
)

if TYPE_CHECKING:  # the graph calls the selection, so only its type is needed here
    from trabecula.graph import Graph

#: The word for what a record leaves open: its topic, its category, the species, the method.
NOT_STATED: Final = "not stated"


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


def _path(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    start, end = (graph.get(name).id for name in arguments[:2])
    steps = _steps(arguments[1:], paths.STEPS) or paths.STEPS
    found = paths.search(graph, start, end, steps, bound=paths.BOUND)
    if found.stopped:
        raise SelectionError(
            f"there are too many paths from {start} to {end} to look at those of {found.stopped} "
            f"steps; ask for at most {found.stopped - 1}"
        )
    return (statement.id for path in found.paths for statement in path.statements)


def _loop(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    from trabecula.reason.loops import loops  # needed by this selector only

    through = graph.get(arguments[0]).id if arguments else ""
    steps = _steps(arguments, None)
    found = loops(graph, through=through) if steps is None else loops(graph, steps, through=through)
    if found.complete < found.steps:
        raise SelectionError(
            f"there are too many loops to look for those of more than {found.complete} steps; "
            "name an entity: loop(entity, steps)"
        )
    return (statement.id for loop in found.found for statement in loop.statements)


def _subject(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    return (s.id for name in arguments for s in graph.out(graph.get(name).id))


def _object(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    return (s.id for name in arguments for s in graph.into(graph.get(name).id))


def _known(what: str, arguments: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The arguments, once each of them is known to be one of the words allowed."""
    known, arguments = dict.fromkeys(known), tuple(arguments)
    for argument in arguments:
        if argument not in known:
            raise NotFound(unknown(what, argument, known))
    return frozenset(arguments)


def _core(graph: Graph, _: tuple[str, ...]) -> Iterable[str]:
    from trabecula.reason.core import core  # needed by this selector only

    return (statement.id for statement in core(graph))


def _statement(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    return (graph.get_statement(name).id for name in arguments)


def _predicate(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = {statement.predicate for statement in graph.statements.values()}
    names = _known("predicate", arguments, sorted(used | set(PREDICATES)))
    return _where(graph, lambda statement: statement.predicate in names)


def _stated(what: str, arguments: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """As `_known`, for values that may be left open: then they are "" in a record."""
    words = dict.fromkeys((*(word for word in known if word), NOT_STATED))
    return frozenset("" if word == NOT_STATED else word for word in _known(what, arguments, words))


def _category(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = {entity.category for entity in graph.entities.values()}
    names = _stated("category", arguments, sorted(used | set(CATEGORIES)))

    def fits(key: str) -> bool:
        entity = graph.entities.get(key)
        return (entity.category if entity else "") in names

    return _where(graph, lambda statement: fits(statement.subject) or fits(statement.object))


def _influence(graph: Graph, _: tuple[str, ...]) -> Iterable[str]:
    def carries(statement: Statement) -> bool:
        known = PREDICATES.get(statement.predicate)
        return known is None or known.influence != "none"

    return _where(graph, carries)


def _sign(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    signs = {"+": 1, "-": -1, "0": 0}
    wanted = {signs[sign] for sign in _known("sign", arguments, signs)}
    return _where(graph, lambda statement: sign_of(statement) in wanted)


def _status(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    names = _known("status", arguments, STATUSES)
    return _where(graph, lambda statement: status(statement.evidence) in names)


def _evidence(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    wanted = kinds(graph, arguments)
    return _where(
        graph,
        lambda s: any(not row.retracted and wanted <= kinds_of(row) for row in s.evidence),
    )


def _sources(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    least = arguments[0]
    if not (least.isascii() and least.isdigit() and int(least[:9]) > 0):
        raise SelectionError(f"{least!r} is no number of sources: give 1, 2, 3 …")
    return _where(graph, lambda statement: len(graph.independent(statement)) >= int(least[:9]))


def _named(statement: Statement, field: Callable[[Evidence], str]) -> set[str]:
    """What the evidence that is weighed names; {""} for nothing."""
    return {field(row) for row in statement.evidence if row.weighs} or {""}


def _spelt(
    arguments: Iterable[str], known: Container[str], spelling: Callable[[str], str]
) -> tuple[str, ...]:
    """The arguments as rows of evidence are spelt, where that is a word that is known."""
    pairs = ((text, spelling(text)) for text in arguments)
    return tuple(text if text in known or one not in known else one for text, one in pairs)


def _taxon(text: str) -> str:
    """A species by its taxon or its Latin name; other words are not guessed at."""
    return species(text) if ":" in text or " " in text.strip() else text


def _study(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = {row.method for s in graph.statements.values() for row in s.evidence}
    known = dict.fromkeys((*METHODS, *EVIDENCE_ALIASES, *sorted(used)))
    words = _stated("type of study", _spelt(arguments, known, method), known)
    wanted = {EVIDENCE_ALIASES.get(word, word) for word in words}
    return _where(graph, lambda s: not wanted.isdisjoint(_named(s, lambda row: row.method)))


def _species(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = {row.species for s in graph.statements.values() for row in s.evidence}
    known = dict.fromkeys((*SPECIES, *sorted(used)))
    wanted = _stated("species", _spelt(arguments, known, _taxon), known)
    return _where(graph, lambda s: not wanted.isdisjoint(_named(s, lambda row: row.species)))


def kinds(graph: Graph, words: Iterable[str]) -> frozenset[str]:
    """The kinds of evidence that words name: species, system, method, strength or stance.

    Raises `NotFound` for a word that neither the vocabulary nor the graph knows.
    """
    vocabulary = (*SPECIES, *SYSTEMS, *METHODS, *STRENGTHS, *STANCES, *EVIDENCE_ALIASES)
    used = {
        word
        for statement in graph.statements.values()
        for row in statement.evidence
        for word in kinds_of(row)
    }
    known = dict.fromkeys((*vocabulary, *sorted(used)))
    asked = _spelt(words, known, lambda text: method(word(_taxon(text), tuple(known))))
    return frozenset(
        EVIDENCE_ALIASES.get(kind, kind) for kind in _known("kind of evidence", asked, known)
    )


def kinds_of(row: Evidence) -> frozenset[str]:
    """The kinds that a piece of evidence is of; see `kinds`."""
    words = (row.species, row.system, row.method, row.strength, row.stance)
    return frozenset(word for word in words if word)


def _source(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    cited = {row.source for s in graph.statements.values() for row in s.evidence}
    ids = {key: {key} for key in (*graph.sources, *sorted(cited - set(graph.sources)))}
    others: dict[str, set[str]] = {}
    for key, source in graph.sources.items():
        for curie in source.xrefs:
            others.setdefault(curie, set()).add(key)
    named = {**others, **ids}  # an id means its own source, whoever refers to it
    asked = (name if name in named else source_id(name) for name in arguments)
    wanted = {key for name in _known("source", asked, named) for key in named[name]}
    return _where(graph, lambda s: any(row.source in wanted for row in s.evidence))


def _topic(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    used = sorted({statement.topic for statement in graph.statements.values()})
    topics = _stated("topic", arguments, used)
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


def _conflict(graph: Graph, arguments: tuple[str, ...]) -> Iterable[str]:
    from trabecula.reason.conflicts import KINDS, conflicts  # needed by this selector only

    kinds = _known("kind of conflict", arguments, KINDS) or frozenset(KINDS)
    return (s.id for conflict in conflicts(graph, kinds=kinds) for s in conflict.statements)


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
        "core": Selector("core()", (0, 0), _core),
        "near": Selector("near(entity, steps)", (1, 2), _near),
        "upstream": Selector("upstream(entity) or upstream(entity, steps)", (1, 2), _upstream),
        "downstream": Selector(
            "downstream(entity) or downstream(entity, steps)", (1, 2), _downstream
        ),
        "path": Selector("path(from, to) or path(from, to, steps)", (2, 3), _path),
        "loop": Selector("loop(), loop(entity) or loop(entity, steps)", (0, 2), _loop),
        "subject": Selector("subject(entity, …)", (1, _MANY), _subject),
        "object": Selector("object(entity, …)", (1, _MANY), _object),
        "statement": Selector("statement(id, …)", (1, _MANY), _statement),
        "predicate": Selector("predicate(name, …)", (1, _MANY), _predicate),
        "category": Selector("category(name, …)", (1, _MANY), _category),
        "sign": Selector("sign(+), sign(-) or sign(0)", (1, 3), _sign),
        "influence": Selector("influence()", (0, 0), _influence),
        "status": Selector("status(name, …)", (1, _MANY), _status),
        "evidence": Selector("evidence(kind, …)", (1, _MANY), _evidence),
        "study": Selector("study(method, …)", (1, _MANY), _study),
        "species": Selector("species(name, …)", (1, _MANY), _species),
        "sources": Selector("sources(number)", (1, 1), _sources),
        "source": Selector("source(id, …)", (1, _MANY), _source),
        "topic": Selector("topic(name, …)", (1, _MANY), _topic),
        "conflict": Selector("conflict() or conflict(direct, …)", (0, 3), _conflict),
        "text": Selector('text("words")', (1, 1), _text),
    }
)  # fmt: skip
