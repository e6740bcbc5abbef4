"""Where in the files of a graph a problem lies: the line that an editor opens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trabecula.errors import Problem
from trabecula.files import read_lines

#: `path:line`, or `path:line:column`, as readers say it.
_AT: Final = re.compile(r"(?P<path>.*?):(?P<line>[1-9]\d*)(?::(?P<column>[1-9]\d*))?")


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and where it is known the line and the column in it, from 1."""

    path: Path
    line: int = 0
    column: int = 0


def places(problems: Iterable[Problem], path: Path) -> Iterator[tuple[Problem, Place]]:
    """Each problem with its place in what was checked: a file or a curated folder.

    A problem of a record of a folder is at the first row of it, one of a file that says no line is
    somewhere in the file.
    """
    rows: dict[str, Place] | None = None
    for problem in problems:
        at = _AT.fullmatch(problem.where)
        if at and Path(at["path"]).is_file():
            yield problem, Place(Path(at["path"]), int(at["line"]), int(at["column"] or 0))
        elif Path(problem.where).is_file():
            yield problem, Place(Path(problem.where))
        else:
            if rows is None:
                rows = dict(_rows(path)) if path.is_dir() else {}
            yield problem, rows.get(problem.where, Place(path))


def _rows(folder: Path) -> Iterator[tuple[str, Place]]:
    """What a check calls a record -> its first row, of every table; the last given is the first."""
    tables = [*sorted((folder / "statements").glob("*.tsv"))]
    for table in (*tables, folder / "sources.tsv", folder / "entities.tsv"):
        rows = [*_table(table)] if table.is_file() else []
        for cells, line in reversed(rows):
            key = cells.get("id", "")
            if table in tables:
                ends = (cells.get(name, "") for name in ("subject", "predicate", "object"))
                key = f"{table.name}: {' '.join(ends)}"
            yield key, Place(table, line)


def _table(path: Path) -> Iterator[tuple[dict[str, str], int]]:
    lines, _ = read_lines(path)
    columns = lines[0].split("\t") if lines else []
    for number, line in enumerate(lines[1:], start=2):
        yield dict(zip(columns, line.split("\t"), strict=False)), number
