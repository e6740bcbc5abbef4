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

from collections.abc import Iterable
from dataclasses import dataclass


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
    """Base of every error that trabecula raises on purpose."""


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
