"""Everything trabecula raises on purpose.

    TrabeculaError
    ├── FormatError        a file does not say what its format requires; holds every Problem found
    ├── VocabularyError    a predicate, category, prefix or qualifier that trabecula does not know
    ├── NotFound           a name that no entity, source or statement answers to; holds suggestions
    ├── SelectionError     a selection that cannot be parsed
    ├── QueryError         a SPARQL query that cannot be parsed, is refused, or took too long
    ├── MissingExtra       an optional package is needed; the message is the pip command
    └── MissingProgram     a program that pip does not install is needed

The command line maps them to exit codes: unknown names, selections and queries are usage (2),
bad files are bad data (3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the data: where it is, what it is and how to put it right.

    `code` is an anchor in `docs/problems.md`; `where` is `path:line`, or the id of a record.
    """

    code: str
    where: str
    what: str
    fix: str
    severity: str = "error"  # "error" | "warning"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.fix}"


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
    """A file that does not hold what its format requires; `problems` lists all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class VocabularyError(TrabeculaError):
    """A term outside the vocabulary."""


class NotFound(TrabeculaError):
    """A name that nothing in the graph answers to."""

    def __init__(self, message: str, suggestions: Iterable[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        if self.suggestions:
            message = f"{message}; did you mean {' or '.join(self.suggestions)}?"
        super().__init__(message)


class SelectionError(TrabeculaError):
    """A selection that cannot be parsed or evaluated."""


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
