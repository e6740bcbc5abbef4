"""Writing a curated folder, and rewriting one in canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from trabecula import files
from trabecula.errors import FormatError, Problem, Problems
from trabecula.formats.curated.reading import Reader, read
from trabecula.formats.curated.tables import WITHOUT_TOPIC, render
from trabecula.identifiers import is_slug
from trabecula.leftover import Leftovers
from trabecula.model import Entity, Record, Statement

_NOT_MODELLED = ("what", "source", "why")


def checked_tables(records: Iterable[Record], folder: Path = Path()) -> dict[str, str]:
    """The canonical tables of records, once it is sure that they read back as the same records.

    Raises `FormatError` when a record cannot be said in this format: a negated statement, one
    without evidence, a term outside the vocabulary. `folder` is where the errors say it stands.
    """
    kept = list(records)
    problems = Problems()
    problems.extend(problem for record in kept for problem in _unsayable(record))
    if problems:
        raise FormatError(problems)
    rendered = render(kept)
    left = Leftovers()
    list(Reader(folder, rendered, left).records(strict=False))  # what cannot be read is not written
    if left.mended:
        raise FormatError(
            Problem("bad-value", place, f"a cell cannot keep this: {what}", "write it so")
            for what, (_, place) in left.mended.items()
        )
    return rendered


def write(records: Iterable[Record], folder: Path) -> None:
    """Write the canonical tables into a folder, which is made where it is missing.

    Raises `FormatError`, and writes nothing, when a record cannot be said in this format or when
    the folder holds a table of statements that is not among those written: it would become part
    of them.
    """
    folder = Path(folder)
    rendered = checked_tables(records, folder)
    for path in sorted((folder / "statements").glob("*.tsv")):
        if f"statements/{path.name}" not in rendered:
            what, fix = "this table would become part of the graph", "remove it, or write elsewhere"
            raise FormatError([Problem("foreign-table", str(path), what, fix)])
    (folder / "statements").mkdir(parents=True, exist_ok=True)
    for name, text in rendered.items():
        files.write_atomically(folder / name, text.encode("utf-8"))


def differing(folder: Path) -> dict[Path, bytes]:
    """The tables of a folder that are not in canonical form, and the bytes they should hold.

    Raises `FormatError` when a table cannot be read.
    """
    folder = Path(folder)
    changed = {}
    for name, text in render(read(folder, strict=False)).items():
        path, data = folder / name, text.encode("utf-8")
        if not path.exists() or path.read_bytes() != data:
            changed[path] = data
    return changed


def canonicalise(folder: Path) -> list[Path]:
    """Rewrite the tables of a folder in canonical form; return the paths that changed.

    Nothing is written unless every table can be read. Raises `FormatError` otherwise.
    """
    changed = differing(folder)
    for path, data in changed.items():
        files.write_atomically(path, data)
    return list(changed)


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
