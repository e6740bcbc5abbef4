"""Writing a curated folder, and rewriting one in canonical form."""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path, PurePath
from typing import Final

from trabecula import about, files, folders
from trabecula.errors import FormatError, Problem, Problems
from trabecula.formats.curated import reading
from trabecula.formats.curated.reading import Reader
from trabecula.formats.curated.tables import (
    ENTITY_COLUMNS,
    MORE_OF_SOURCES,
    REVIEW_COLUMNS,
    REVIEWS_TABLE,
    SOURCE_COLUMNS,
    STATEMENT_COLUMNS,
    WITH_EFFECT,
    WITHOUT_TOPIC,
    render,
    table,
)
from trabecula.graph import Graph
from trabecula.identifiers import is_slug
from trabecula.leftover import Leftovers
from trabecula.model import About, Entity, Record, Review, Statement
from trabecula.vocabulary import CONTEXT

STATEMENTS: Final = "statements"
#: What each table may begin with.
_COLUMNS: Final = {
    "entities.tsv": (ENTITY_COLUMNS,),
    "sources.tsv": tuple(
        (*SOURCE_COLUMNS, *some)
        for count in range(len(MORE_OF_SOURCES) + 1)
        for some in combinations(MORE_OF_SOURCES, count)
    ),
    REVIEWS_TABLE: (REVIEW_COLUMNS,),
    STATEMENTS: (STATEMENT_COLUMNS, WITH_EFFECT),
}
_LONGEST: Final = 10_000  # bytes of a first line
_NOT_MODELLED = ("what", "source", "why")


def checked_tables(records: Iterable[Record], folder: Path = Path()) -> dict[str, str]:
    """The canonical tables of records, once it is sure that they read back as the same records.

    Raises `FormatError` when a record cannot be said in this format: a negated statement, one
    without evidence, a term outside the vocabulary. `folder` is where the errors say it stands.
    """
    kept = _declaring(list(records))
    problems = Problems()
    problems.extend(problem for record in kept for problem in _unsayable(record))
    if problems:
        raise FormatError(problems)
    rendered = render(kept)
    if not any(name.startswith(STATEMENTS) for name in rendered):
        rendered[f"{STATEMENTS}/{WITHOUT_TOPIC}.tsv"] = table(STATEMENT_COLUMNS, ())
    left = Leftovers()
    list(Reader(folder, rendered, left).records(strict=False))  # what cannot be read is not written
    if left.mended:
        raise FormatError(
            Problem("bad-value", place, f"a cell cannot keep this: {what}", "write it so")
            for what, (_, place) in left.mended.items()
        )
    return rendered


def _declaring(records: list[Record]) -> list[Record]:
    """The records, with what the graph says of itself declaring every key of context they use.

    A table takes only keys that are declared. One that stands in a qualifier is a closed list: of
    the values that are used. Any other is free text.
    """
    about_graph = next((record for record in records if isinstance(record, About)), About())
    declared = {*CONTEXT, *(key for key, _ in about_graph.context)}
    used: dict[str, set[str]] = {}
    closed: set[str] = set()
    for record in records:
        if isinstance(record, Statement):
            closed.update(key for key, _ in record.qualifiers)
            for context in (record.qualifiers, *(row.context for row in record.evidence)):
                for key, value in context:
                    used.setdefault(key, set()).add(value)
    missing = tuple(
        (key, tuple(sorted(values)) if key in closed else ())
        for key, values in sorted(used.items())
        if key not in declared
    )
    if not missing:
        return records
    about_graph = replace(about_graph, context=(*about_graph.context, *missing))
    return [about_graph, *(record for record in records if not isinstance(record, About))]


def write(records: Iterable[Record], folder: Path, *, overwrite: bool = False) -> None:
    """Write the canonical tables into a folder, which holds nothing else of ours afterwards.

    The folder is made where it is missing, and changes as a whole or not at all. Raises
    `FormatError` when a record cannot be said in this format, and `OutputError` when the folder
    holds anything but tables such as these; with `overwrite` other files stay as they are, unless
    they would become part of the graph.
    """
    folder = Path(folder)
    rendered = checked_tables(records, folder)
    judge = _judge(folder)
    for path in sorted((folder / STATEMENTS).glob("*.tsv")):
        name = f"{STATEMENTS}/{path.name}"
        if overwrite and name not in rendered and judge(name):
            what, fix = "this table would become part of the graph", "remove it, or write elsewhere"
            raise FormatError([Problem("foreign-table", str(path), what, fix)])
    files = {name: text.encode("utf-8") for name, text in rendered.items()}
    folders.write(folder, files, _judge, overwrite=overwrite)


def _judge(folder: Path) -> Callable[[str], str]:
    """What is in a folder and no table of ours: tables are known by their columns."""

    def fault(name: str) -> str:
        head, _, rest = name.partition("/")
        columns = _COLUMNS.get(head if head == STATEMENTS else name)
        path = folder / name
        if name == about.FILE:
            return "" if _is_ours(path) else "was written by hand"
        if columns is None or "/" in rest:
            return "is no table of trabecula"
        if name == STATEMENTS:  # a folder, and empty
            return "" if path.is_dir() and not path.is_symlink() else "is no folder of tables"
        if path.suffix != ".tsv" or path.is_symlink() or not path.is_file():
            return "is no table of trabecula"
        with path.open("rb") as stream:
            first = stream.readline(_LONGEST).removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n")
        ours = first in ["\t".join(each).encode() for each in columns]
        return "" if ours else "has other columns than a table of trabecula"

    return fault


def read(folder: Path, left: Leftovers | None = None, *, strict: bool = True) -> Iterator[Record]:
    """The records of a curated folder; see `reading.read`.

    A write that was cut short is finished first. Tables that change while they are read are read
    again, so that no old table meets a new one. Raises `FormatError`, too, where there is no table
    of statements, or a table that would not be read; `OSError` where the folder cannot be.
    """
    folder = Path(folder)
    folders.recover(folder)
    for again in (True, True, False):
        state = _state(folder)
        try:
            told = Leftovers()
            records = list(reading.read(folder, told, strict=strict))
        except (FormatError, OSError):
            if again and _state(folder) != state:
                continue
            raise
        if _state(folder) == state:
            break
    else:
        what, fix = "the tables changed while they were read", "try again when nobody writes them"
        raise FormatError([Problem("changing", str(folder), what, fix)])
    yield from records
    if left is None:
        told.warn(str(folder))
    else:
        left.take(told)


def _is_ours(path: Path) -> bool:
    """Whether a file says of a graph what trabecula would write, in just those words."""
    try:
        text = path.read_bytes().decode("utf-8")
        return about.render(about.read(text, str(path))) == text
    except (FormatError, OSError, UnicodeDecodeError):
        return False


def _state(folder: Path) -> list[tuple[str, int, int, int]]:
    """What tells whether the tables of a folder have changed. Raises as `read` does."""
    tables = ["entities.tsv", "sources.tsv", REVIEWS_TABLE, about.FILE]
    if (folder / tables[0]).exists():  # else reading says so
        tables += _topics(folder)
    paths = ((name, folder / name) for name in tables)
    told = ((name, path.stat()) for name, path in paths if path.exists())
    return [(name, at.st_ino, at.st_size, at.st_mtime_ns) for name, at in told]


def _topics(folder: Path) -> list[str]:
    """The tables of statements, by path within the folder."""
    place = folder / STATEMENTS
    try:
        with os.scandir(place) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except FileNotFoundError:
        names = []
    problems = [problem for name in names for problem in _unread(place / name)]
    tables = [f"{STATEMENTS}/{name}" for name in names if name.endswith(".tsv")]
    if not tables and not problems:
        what = "there is no table of statements"
        fix = f"restore it; a graph without statements has {WITHOUT_TOPIC}.tsv with its first line"
        problems = [Problem("no-statements", str(place), what, fix)]
    if problems:
        raise FormatError(problems)
    return tables


def _unread(path: Path) -> Iterator[Problem]:
    """What is wrong with the name of a table: it would not be read, or cannot be written down."""
    name = path.name
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        fix = "use lower-case letters, digits and hyphens"
        yield Problem("bad-topic", str(path), "the name of the table is not UTF-8", fix)
        return
    table = PurePath(name.lower()).stem.removesuffix(".tsv")
    if name.lower().endswith((".tsv", ".tsv.gz", ".csv")) and not name.endswith(".tsv"):
        fix = f"make it a table with tabs and call it {table}.tsv, or move it elsewhere"
        yield Problem("unread-table", str(path), "only tables called *.tsv are read", fix)


def differing(folder: Path) -> dict[Path, bytes]:
    """The tables of a folder that are not in canonical form, and the bytes they should hold.

    Raises `FormatError` when a table cannot be read.
    """
    return {Path(folder) / name: new for name, (_, new) in _rewritten(Path(folder)).items()}


def canonicalise(folder: Path) -> list[Path]:
    """Rewrite the tables of a folder in canonical form, all or none; return the paths that changed.

    Raises `FormatError` unless every table can be read, and could be read afterwards, too; and
    `OutputError` where a table was saved meanwhile.
    """
    folder = Path(folder)
    changed = _rewritten(folder)
    new: dict[str, bytes | None] = {name: data for name, (_, data) in changed.items()}
    folders.replace(folder, new, {name: old for name, (old, _) in changed.items()})
    return [folder / name for name in changed]


def reviewed(folder: Path, ids: Iterable[str], date: str, kind: str, reader: str) -> list[str]:
    """Write into `reviews.tsv` that statements were read, as they stand in the folder.

    What was said of them in an earlier state goes. Returns the statements that had no such review.
    Raises `NotFound` for an id that begins none or several of them, `FormatError` where the tables
    cannot be read or the words cannot stand in one.
    """
    folder = Path(folder)
    folders.recover(folder)
    before = folders.digest(folder / REVIEWS_TABLE)
    graph = Graph(read(folder, Leftovers(), strict=False))
    chosen = [graph.get_statement(name) for name in ids]
    added, changed = [], dict(graph.statements)
    for statement in chosen:
        review = Review(date, kind, reader, statement.digest)
        kept = {each for each in statement.reviews if each.rows == statement.digest}
        if review not in kept:
            added.append(statement.id)
        changed[statement.id] = replace(statement, reviews=tuple(sorted({*kept, review})))
    records: tuple[Record, ...] = (
        graph.about,
        *graph.entities.values(),
        *graph.sources.values(),
        *changed.values(),
    )
    text = checked_tables(records, folder).get(REVIEWS_TABLE, table(REVIEW_COLUMNS, ()))
    folders.replace(folder, {REVIEWS_TABLE: text.encode("utf-8")}, {REVIEWS_TABLE: before})
    return added


def _rewritten(folder: Path) -> dict[str, tuple[str, bytes]]:
    """The tables that are not in canonical form: the digest of each, and what it should hold."""
    folders.recover(folder)
    before = {
        path.relative_to(folder).as_posix(): folders.digest(path)
        for path in (*folder.glob("*.tsv"), *(folder / STATEMENTS).glob("*.tsv"))
    }
    rendered = render(read(folder, Leftovers(), strict=False))
    topics = (name for name in before if name.startswith(f"{STATEMENTS}/"))
    empty = {name: table(STATEMENT_COLUMNS, ()) for name in topics}
    if REVIEWS_TABLE in before:
        empty[REVIEWS_TABLE] = table(REVIEW_COLUMNS, ())
    rendered = {**empty, **rendered}
    list(Reader(folder, rendered).records(strict=False))  # what cannot be read is not written
    rendered.pop(about.FILE, None)  # it is edited by hand, and its comments are to stay
    wanted = {name: text.encode("utf-8") for name, text in rendered.items()}
    return {
        name: (before.get(name, ""), data)
        for name, data in wanted.items()
        if before.get(name) != hashlib.sha256(data).hexdigest()
    }


def _unsayable(record: Record) -> Iterator[Problem]:
    """What the tables would change or could not hold, beyond what reading them shows."""
    if isinstance(record, Statement):
        if record.negated:
            fix = "record it as a statement with disputing evidence"
            yield Problem("negated", record.id, "the curated format has no negated statement", fix)
        if not record.evidence:
            fix = "add a source that supports or disputes it"
            yield Problem("no-evidence", record.id, "the statement has no evidence", fix)
        if record.topic == WITHOUT_TOPIC or not (is_slug(record.topic) or not record.topic):
            fix = "use lower-case letters, digits and hyphens"
            yield Problem("bad-topic", record.id, f"{record.topic!r} cannot name a table", fix)
        contexts = (record.qualifiers, *(row.context for row in record.evidence))
        several = [text for pairs in contexts for pair in pairs for text in pair]
        mark = ";"
    elif isinstance(record, About):
        return
    else:
        mark = "|"
        several = (
            [*record.synonyms, *(x.label for x in record.xrefs)]
            if isinstance(record, Entity)
            else [*record.authors, *record.xrefs]
        )
    for text in several:
        if mark in text or text != text.strip():
            fix = "remove blanks around it, and marks that separate values"
            yield Problem("bad-value", record.id, f"a cell cannot keep {text!r}", fix)


def not_modelled(folder: Path) -> tuple[tuple[str, str, str], ...]:
    """What curators left out of a folder: what it is, its source, and why it is not there.

    The rows of `not-modelled.tsv`; empty where there is no such table. Raises `FormatError` for
    a table without those three columns.
    """
    path = Path(folder) / "not-modelled.tsv"
    if not path.exists():
        return ()
    lines, problems = files.read_lines(path)
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        if len(cells) == len(_NOT_MODELLED) and (number > 1 or tuple(cells) == _NOT_MODELLED):
            rows.append((cells[0], cells[1], cells[2]))
        else:
            what = f"not the columns {' '.join(_NOT_MODELLED)}"
            problems.append(Problem("columns", f"{path}:{number}", what, "separate them by tabs"))
    if problems:
        raise FormatError(problems)
    return tuple(rows[1:])
