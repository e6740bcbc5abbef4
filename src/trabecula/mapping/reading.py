"""One file of somebody else's while it is read: its text, what is wrong in it, what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trabecula import files
from trabecula.errors import FormatError, Problem, Problems
from trabecula.mapping.report import Report

if TYPE_CHECKING:
    from trabecula.mapping.strict_xml import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user says of a file.

    `columns` says which column of a table is what (`subject`, `predicate`, `object`, `sign`,
    `papers` …). `prefixes` and `predicates` are files of the user's. With `skip`, rows that are
    wrong are counted and named; else they stop the reading once all are found.
    """

    columns: tuple[tuple[str, str], ...] = ()
    prefixes: Path | None = None
    predicates: Path | None = None
    skip: bool = False


#: What is taken where the user says nothing.
AS_IT_IS: Final = Options()


@dataclass
class Reading:
    """A file of somebody else's, with what readers of it need."""

    path: Path
    report: Report = field(default_factory=Report)
    options: Options = field(default_factory=Options)
    problems: Problems = field(default_factory=Problems)

    @property
    def where(self) -> str:
        """The path, as messages name it."""
        return str(self.path)

    def left(self, kind: str, name: str, place: str, count: int = 1) -> None:
        """Note that something the model has no place for was left out; see `Leftovers.add`."""
        self.report.left.add(kind, name, place, count)

    def wrong(self, place: str, what: str, fix: str, code: str = "bad-row") -> None:
        """Note a row that cannot be read; the reader goes on with the next.

        `place` is a line number or another place in the file.
        """
        where = f"{self.where}:{place}" if place.isdigit() else f"{self.where}: {place}"
        if self.options.skip:
            self.report.skipped += 1
            self.left("row", what, where)
        else:
            self.problems.append(Problem(code, where, what, fix))

    def done(self) -> None:
        """Raise `FormatError` with all that was wrong, where that is not to be skipped."""
        if self.problems:
            raise FormatError(self.problems)

    def empty(self, where: str = "") -> FormatError:
        """The error that there is nothing in the file."""
        what, fix = "there is nothing in the file", "write a graph into it, or name another"
        return FormatError([Problem("empty-file", where or self.where, what, fix)])

    # --- Its content ------------------------------------------------------------------------

    def bytes(self) -> bytes:
        """All bytes of the file; see `files.read_bytes`."""
        return files.read_bytes(self.path)

    def text(self) -> str:
        """All text of the file, which is UTF-8 or says that it is UTF-16."""
        return files.decoded(self.bytes(), self.where, self.report.left)

    def lines(self, path: Path | None = None) -> Iterator[tuple[int, str]]:
        """Number and text of each line, from 1, without its end; read as they are asked for.

        A byte-order mark and ends in CR LF are read without loss. Raises `FormatError` with the
        line that is not UTF-8.
        """
        yield from files.lines(path or self.path, self.report.left)

    def json(self, *, nan: bool = False) -> Any:
        """The value in a file of JSON; see `strict_json.parsed`."""
        from trabecula.mapping import strict_json

        return strict_json.parsed(self.text(), self.where, nan=nan)

    def xml(self, name: str) -> Element:
        """The root of a file of XML, which has this name; see `strict_xml.parsed`."""
        from trabecula.mapping import strict_xml  # which loads what knows of networks, too

        root = strict_xml.parsed(self.bytes(), self.where)
        if root.name != name:
            what, fix = (
                f"the root is <{root.name[:40]}>, not <{name}>",
                "name a file of this format",
            )
            raise FormatError([Problem("xml-root", f"{self.where}:{root.line}", what, fix)])
        return root

    def yaml(self) -> Any:
        """The value in a file of YAML; see `strict_yaml.parsed`."""
        from trabecula.mapping import strict_yaml

        return strict_yaml.parsed(self.text(), self.where)
