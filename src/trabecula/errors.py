"""Everything trabecula raises on purpose.

    TrabeculaError
    ├── FormatError        a file does not say what its format requires; holds every Problem found
    ├── VocabularyError    a predicate, category, prefix or qualifier that trabecula does not know
    ├── NotFound           a name that no entity, source or statement answers to; holds suggestions
    ├── SelectionError     a selection that cannot be parsed
    ├── OutputError        a place that is not written to, because something would be lost there
    ├── QueryError         a SPARQL query that cannot be parsed, is refused, or took too long
    ├── MissingExtra       an optional package is needed; the message is the pip command
    └── MissingProgram     a program that pip does not install is needed

The command line maps them to exit codes: unknown names, selections, queries and places to write
to are usage (2), bad files are bad data (3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, SupportsIndex

from trabecula.characters import SHOWN, visible
from trabecula.counted import counted

#: How many problems of one code are kept; the others are counted.
MOST_KEPT: Final = 1000
#: How many lines tell of the problems of one code.
MOST_SHOWN: Final = 20
#: The most that is kept of what a problem says, in characters: it may quote a text of a megabyte.
_LONGEST: Final = 2 * SHOWN
#: How many places a line names.
_EXAMPLES: Final = 3


def require_text(value: object, what: str) -> None:
    """Raise `TypeError`, with what is wanted, where a program gives something else than a text."""
    if not isinstance(value, str):
        raise TypeError(f"{what} is a text, not {value!r}")


def require_whole(value: object, what: str) -> None:
    """Raise `TypeError`, with what is wanted, where a program gives no whole number."""
    if not isinstance(value, SupportsIndex):
        raise TypeError(f"{what} is a whole number, not {value!r}")


def require_texts(values: object, what: str) -> tuple[str, ...]:
    """The texts that a program gives. Raises `TypeError` where it gives one text, or none."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        instead = f"; write [{values!r}]" if isinstance(values, str) else ""
        raise TypeError(f"{what} takes several texts, such as a list, not {values!r}{instead}")
    texts = tuple(values)
    for text in texts:
        require_text(text, f"each of {what}")
    return texts


def require_pairs(values: object, what: str) -> None:
    """Raise `TypeError`, with what is wanted, where a program gives no dictionary of texts."""
    if not isinstance(values, Mapping):
        raise TypeError(f"{what} is a dictionary, such as {{'here': 'there'}}, not {values!r}")
    for text in (*values, *values.values()):
        require_text(text, f"each name in {what}")


def require_kind(value: object, kind: type, what: str) -> None:
    """Raise `TypeError`, with what is wanted, for a value of another kind; None is no value."""
    if value is not None and not isinstance(value, kind):
        raise TypeError(f"{what} is a {kind.__module__}.{kind.__qualname__}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the data: where it is, what it is and how to put it right.

    `code` is an anchor in `docs/problems.md`; `where` is `path:line`, or the id of a record.
    `count` is more than one where it stands for the problems of its code beyond `MOST_KEPT`.
    """

    code: str
    where: str
    what: str
    fix: str
    severity: str = "error"  # "error" | "warning"
    count: int = 1

    def __str__(self) -> str:
        """The problem on one line, whatever the texts in it hold."""
        return ": ".join(visible(text, SHOWN) for text in (self.where, self.what, self.fix))


@dataclass(slots=True)
class Problems:
    """Problems as they are found: the first `MOST_KEPT` of each code, and how many there were.

    Iterating gives those kept, then one for the rest of each code.
    """

    kept: list[Problem] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def append(self, problem: Problem) -> None:
        """Keep a problem, or count it."""
        if len(problem.what) > _LONGEST:
            problem = replace(problem, what=f"{problem.what[:_LONGEST]}…")
        kind = (problem.code, problem.severity)
        self.counts[kind] = count = self.counts.get(kind, 0) + problem.count
        if count <= MOST_KEPT:
            self.kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep or count each of several problems."""
        for problem in problems:
            self.append(problem)

    def __len__(self) -> int:
        """The number of problems, with those that are counted only."""
        return sum(self.counts.values())

    def __iter__(self) -> Iterator[Problem]:
        yield from self.kept
        rest = dict(self.counts)
        for problem in self.kept:
            rest[problem.code, problem.severity] -= 1
        for (code, severity), count in rest.items():
            if count:
                what, fix = f"{counted(count, 'more problem')} of this kind", "correct them alike"
                yield Problem(code, "elsewhere", what, fix, severity, count)


def problem_lines(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Problems line by line; of a code with many, not more than `MOST_SHOWN` lines.

    Gives a problem, for its code and severity, with each line. Where there are many, those that
    say the same become one line with the first places and a count.
    """
    every = list(problems)
    totals: dict[str, int] = {}
    for problem in every:
        totals[problem.code] = totals.get(problem.code, 0) + problem.count
    flooded = set()
    for problem in every:
        if totals[problem.code] <= MOST_SHOWN:
            yield problem, str(problem)
        elif problem.code not in flooded:
            flooded.add(problem.code)
            yield from _flood([other for other in every if other.code == problem.code])


def _flood(problems: list[Problem]) -> Iterator[tuple[Problem, str]]:
    """The lines for many problems of one code."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.count == 1:
            alike.setdefault((problem.what, problem.fix), []).append(problem)
    unsaid = sum(problem.count for problem in problems)
    rest = sum(problem.count for problem in problems if problem.count > 1)
    for several in list(alike.values())[:MOST_SHOWN]:
        first, number = several[0], len(several) + (rest if len(alike) == 1 else 0)
        where = ", ".join(problem.where for problem in several[:_EXAMPLES])
        if number > _EXAMPLES:
            where += f" and {number - _EXAMPLES:,} more"
        yield first, str(Problem(first.code, where, first.what, first.fix))
        unsaid -= number
    if unsaid:
        yield problems[0], f"and {unsaid:,} more of this kind ({problems[0].code})"


class TrabeculaError(Exception):
    """Base of every error that trabecula raises on purpose.

    Each comes out of `pickle` and from another process as it was: with its message and its fields,
    whatever the arguments were that it was made from.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[TrabeculaError], args: tuple[Any, ...], fields: dict[str, Any]) -> Any:
    """The error again, without making its message anew from what it was made from."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


class FormatError(TrabeculaError):
    """A file that does not hold what its format requires.

    `problems` lists all that was found, up to `MOST_KEPT` of each code; the message has up to
    `MOST_SHOWN` lines for each.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        kept = Problems()
        kept.extend(problems)
        self.problems = tuple(kept)
        super().__init__("\n".join(line for _, line in problem_lines(self.problems)))


class VocabularyError(TrabeculaError):
    """A term outside the vocabulary."""


class NotFound(TrabeculaError):
    """A name that nothing in the graph answers to."""

    def __init__(self, message: str, suggestions: Iterable[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        if self.suggestions:
            near = " or ".join(visible(each, SHOWN) for each in self.suggestions)
            message = f"{message}; did you mean {near}?"
        super().__init__(message)


class SelectionError(TrabeculaError):
    """A selection that cannot be parsed or evaluated."""


class OutputError(TrabeculaError):
    """A place that is not written to, because something of somebody's would be lost there."""


class QueryError(TrabeculaError):
    """A SPARQL query that cannot be parsed, is refused, or exceeds its limits."""


class MissingExtra(TrabeculaError):
    """An optional package is missing."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f'{purpose} needs an extra: pip install "trabecula[{extra}]"')


class MissingProgram(TrabeculaError):
    """A program that pip does not install is missing."""

    def __init__(self, purpose: str, program: str) -> None:
        super().__init__(f"{purpose} needs {program}, which is not installed")
