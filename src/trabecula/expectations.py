"""What a graph is expected to answer: unit tests of knowledge, kept beside the content.

`questions` reads what a reader of the field would ask, with the rows that are the right answer;
`expectations` reads what must be concluded of one entity and another; `broken` tells where a graph
answers otherwise. `docs/expectations.md` describes the files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trabecula.characters import forbidden
from trabecula.counted import counted
from trabecula.errors import FormatError, NotFound, Problem, QueryError
from trabecula.files import read_lines
from trabecula.graph import Graph
from trabecula.misspelt import unknown
from trabecula.model import Statement
from trabecula.reason.conclusions import Conclusions, conclusions_of
from trabecula.reason.expectations import EXPECTED, Expectation, answer, concluded
from trabecula.sparql import Result, Session
from trabecula.sparql.results import shown
from trabecula.vocabulary import RELATIONS

if TYPE_CHECKING:
    from trabecula.sparql.results import Term

COLUMNS: Final = ("from", "to", "expected", "why")
#: The file of what must be concluded.
CONCLUSIONS: Final = "conclusions.tsv"

_HEADER = re.compile(r"# (question|topics|empty): (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its query and the rows that are its right answer, in any order.

    `empty` says why the right answer has no rows, and only then is there any text in it.
    """

    name: str
    question: str
    topics: tuple[str, ...]
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    path: Path  # of the query; the rows are beside it


# --- Reading ------------------------------------------------------------------------------------


def questions(folder: Path) -> tuple[Question, ...]:
    """The questions in `questions/` of a folder, by name.

    Raises `FormatError` with every problem of every file.
    """
    places = sorted((Path(folder) / "questions").glob("*.rq"))
    problems: list[Problem] = []
    every = tuple(_question(path, problems) for path in places)
    answers = {path.with_suffix(".tsv") for path in places}
    for path in sorted((Path(folder) / "questions").glob("*.tsv")):
        if path not in answers:
            problems.append(_wrong(path, 1, "no query has these rows", f"add {path.stem}.rq"))
    if problems:
        raise FormatError(problems)
    return every


def expectations(folder: Path) -> tuple[Expectation, ...]:
    """The expected conclusions in `conclusions.tsv` of a folder, in the order of the file.

    Raises `FormatError` with every problem of the file, and `FileNotFoundError` without one.
    """
    path = Path(folder) / CONCLUSIONS
    lines, problems = read_lines(path)
    listed: list[Expectation] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in _rows(path, lines, COLUMNS, problems):
        start, end, expected, why = cells
        wrong = [
            *_listed("expected", expected, EXPECTED),
            *(
                (f"no {column}", f"fill in the {column} column")
                for column, cell in zip(COLUMNS, cells, strict=True)
                if not cell and column != "expected"
            ),
        ]
        first = seen.setdefault((start, end, expected), number)
        if first != number:
            wrong.append((f"line {first} speaks of the same", "keep one of the two"))
        problems.extend(_wrong(path, number, what, fix) for what, fix in wrong)
        if not wrong:
            where = f"{path}:{number}"
            listed.append(
                Expectation(start=start, end=end, expected=expected, why=why, where=where)
            )
    if problems:
        raise FormatError(problems)
    return tuple(listed)


def _question(path: Path, problems: list[Problem]) -> Question:
    """The question in a file and the rows beside it; what is wrong goes to `problems`."""
    lines, wrong = read_lines(path)
    problems.extend(wrong)
    header = {match[1]: match[2] for line in lines if (match := _HEADER.fullmatch(line))}
    if not lines or not re.fullmatch(r"# question: .*\?", lines[0]):
        what, fix = "the first line asks nothing", "begin the file with '# question: …?'"
        problems.append(_wrong(path, 1, what, fix))
    topics = tuple(topic.strip() for topic in header.get("topics", "").split("|"))
    if "" in topics:
        problems.append(_wrong(path, 2, "no topic", "name its topics after '# topics: '"))
    columns, rows = _answer(path.with_suffix(".tsv"), problems)
    empty = header.get("empty", "")
    if columns and bool(rows) == bool(empty):
        what = "rows are expected, and yet none" if empty else "no rows are expected, and not why"
        fix = "remove '# empty: …' or the rows" if empty else "say why with '# empty: …'"
        problems.append(_wrong(path, 3, what, fix))
    return Question(
        name=path.stem,
        question=header.get("question", ""),
        topics=topics,
        query="\n".join(lines) + "\n",
        columns=columns,
        rows=rows,
        empty=empty,
        path=path,
    )


def _answer(
    path: Path, problems: list[Problem]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The columns and rows of an expected answer."""
    if not path.is_file():
        fix = f"write the right rows into {path.name}"
        problems.append(_wrong(path, 1, "the file is missing", fix))
        return (), ()
    lines, wrong = read_lines(path)
    problems.extend(wrong)
    columns = tuple(lines[0].split("\t")) if lines else ()
    return columns, tuple(cells for _, cells in _rows(path, lines, columns, problems))


def _rows(
    path: Path, lines: list[str], columns: tuple[str, ...], problems: list[Problem]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows below the header, with the numbers of their lines."""
    if not lines or tuple(lines[0].split("\t")) != columns or not all(columns):
        names = " ".join(filter(None, columns)) or "the columns of the query"
        fix = f"begin the file with {names}, separated by tabs"
        problems.append(_wrong(path, 1, "the first line does not name the columns", fix))
        return
    for number, line in enumerate(lines[1:], start=2):
        cells = tuple(line.split("\t"))
        odd = next(filter(None, map(forbidden, cells)), "")
        if len(cells) != len(columns):
            what = f"{counted(len(cells), 'column')} instead of {len(columns)}"
            problems.append(_wrong(path, number, what, "add or remove tabs"))
        elif odd:
            problems.append(_wrong(path, number, f"{odd} in a cell", "remove it"))
        else:
            yield number, cells


def _listed(what: str, value: str, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a value outside a closed list, and how to put it right."""
    words = tuple(words)
    if value not in words:
        message = unknown(what, value, words).partition("; known: ")[0] if value else f"no {what}"
        yield message, f"use one of {', '.join(words)}"


def _wrong(path: Path, line: int, what: str, fix: str) -> Problem:
    return Problem("bad-expectation", f"{path}:{line}", what, fix)


# --- Comparing ----------------------------------------------------------------------------------


def broken(graph: Graph, folder: Path) -> Iterator[Problem]:
    """Where a graph answers otherwise than the folder expects: a problem for each row.

    Raises `FormatError` when the folder cannot be read, before anything is asked.
    """
    asked, expected = questions(folder), expectations(folder)
    for question in asked if graph.words.topics else ():
        for topic in question.topics:
            for what, fix in _listed("topic", topic, graph.words.topics):
                yield _wrong(question.path, 2, what, f"{fix}, after '# topics: '")
    with Session(graph) as session:
        for question in asked:
            yield from _unanswered(session, question)
    conclusions = conclusions_of(graph.columns)
    for expectation in expected:
        yield from _unmet(graph, conclusions, expectation)


def table(result: Result) -> str:
    """The answer to a SELECT as the rows of a question are written: short names, sorted."""
    rows = sorted(_row(result, row) for row in result.rows)
    return "".join("\t".join(cells) + "\n" for cells in (result.variables, *rows))


def _row(result: Result, terms: Iterable[Term | None]) -> tuple[str, ...]:
    """Terms as a person reads them: prefixed names, plain texts, nothing where unbound."""
    return tuple("" if term is None else _short(result, term) for term in terms)


def _short(result: Result, term: Term) -> str:
    named = type(term).__name__ == "NamedNode"
    return shown(term.value, result.about) if named else " ".join(term.value.split())


def _unanswered(session: Session, question: Question) -> Iterator[Problem]:
    try:
        result = session.query(question.query)
    except QueryError as error:
        yield _wrong(question.path, 1, f"the query fails: {error}", "correct the query")
        return
    for warning in result.warnings:
        yield _wrong(question.path, 1, warning, "correct the query, or the graph")
    path = question.path.with_suffix(".tsv")
    if result.variables != question.columns:
        what = "the columns are not those of the query"
        yield _wrong(path, 1, what, f"begin the file with {' '.join(result.variables)}")
        return
    answered = Counter(_row(result, row) for row in result.rows)
    lines = {row: number for number, row in enumerate(question.rows, start=2)}
    right = Counter(question.rows)
    fix = "correct the graph; or the rows, if the sources say so"
    for row in sorted((right - answered).elements()):
        what = f"{question.question} The answer lacks: {_words(row)}"
        yield Problem("unexpected-answer", f"{path}:{lines[row]}", what, fix)
    for row in sorted((answered - right).elements()):
        what = f"{question.question} The answer has, unexpectedly: {_words(row)}"
        yield Problem("unexpected-answer", f"{path}:1", what, fix)


def _words(row: tuple[str, ...]) -> str:
    return " | ".join(row)


def _unmet(graph: Graph, conclusions: Conclusions, expectation: Expectation) -> Iterator[Problem]:
    strangers = []
    for entity in (expectation.start, expectation.end):
        if entity not in graph.entities:
            strangers.append(entity)
            what, fix = f"no entity has the id {entity!r}", "write an id of entities.tsv"
            try:
                fix = f"write {graph.get(entity).id}"
            except NotFound as error:
                if error.suggestions:
                    fix = f"did you mean {' or '.join(error.suggestions)}?"
            yield Problem("bad-expectation", expectation.where, what, fix)
    conclusion = None if strangers else concluded(conclusions, expectation)
    if conclusion is None or answer(conclusion, expectation.expected) == "right":
        return
    start, end = graph.name(expectation.start), graph.name(expectation.end)
    relation = RELATIONS[conclusion.relation]["label"]
    rests = "; ".join(_told(graph.statements[key]) for key in conclusion.rests_on[:3])
    what = f"expected: {start} {EXPECTED[expectation.expected]} {end}; concluded: {relation}"
    if conclusion.sign:
        what += f" ({'+' if conclusion.sign > 0 else '-'})"
    if rests:
        what += f", by {rests}"
    fix = "correct the graph; or the expectation, if the sources say so"
    yield Problem("unmet-expectation", expectation.where, what, fix)


def _told(statement: Statement) -> str:
    return f"{statement.subject} {statement.predicate} {statement.object}"
