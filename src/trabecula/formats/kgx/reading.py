"""Reading KGX: whether a file is a table, JSON, Parquet or an archive, and what rows it has."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO

from trabecula import compressed, files
from trabecula.errors import FormatError, Problem
from trabecula.formats.kgx.rows import Edges, Lines, Nodes
from trabecula.mapping import Item, Reading, beside, biolink, parquet, strict_json
from trabecula.mapping.delimited import name_of, unique


def items(reading: Reading, syntax: str = "") -> Iterator[Item]:
    """The nodes and edges of a pair of tables, of an archive with one, or of one file of JSON.

    Whether it is a table or JSON, the file says.
    """
    if syntax == "parquet":
        yield from _of_parquet(reading)
        return
    name = reading.path.name
    if re.search(r"(?i)\.(tar|tgz)\Z", compressed.unfolded_name(name)):
        yield from _of_archive(reading)
        return
    lines = reading.lines()
    start = list(islice(lines, 1))
    if start and start[0][1].lstrip()[:1] == "{" and not _is_line_of_json(start[0][1]):
        yield from _of_json(reading)
        return
    head = start[0][1] if start else ""
    if _is_about_nodes(head, name):
        other = beside.partner(reading.path)
        if other is not None:
            reading.report.left.mend(f"nodes only; {other.name} has the edges too", f"{name}:1")
        yield from nodes(reading, chain(start, lines), reading.where)
        return
    other = beside.partner(reading.path)
    if other is not None:
        yield from nodes(reading, reading.lines(other), str(other))
    yield from _read(chain(start, lines), Edges(reading, reading.where, is_alone=other is None))


def _is_line_of_json(line: str) -> bool:
    """Whether a line is an object of JSON by itself, and not one that holds a graph."""
    if not line.rstrip().endswith("}"):
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return True  # which its reader says, with the number of the line
    return isinstance(value, dict) and not ("nodes" in value and "edges" in value)


def _is_about_nodes(line: str, name: str) -> bool:
    """Whether a file has nodes, by its first line; by its name where that is empty."""
    if line.lstrip().startswith("{"):
        return '"subject"' not in line
    names = [biolink.slot(name_of(cell)) for cell in line.split("\t")]
    return "subject" not in names if line else beside.kind(name) == "nodes"


def _of_json(reading: Reading) -> Iterator[Item]:
    document = reading.json()
    for kind, key in (("nodes", "id"), ("edges", "subject")):
        rows = document.get(kind, []) if isinstance(document, dict) else None
        if not isinstance(rows, list):
            what, fix = f"{kind!r} is no list", "write an object with nodes and edges"
            raise FormatError([Problem("json-shape", reading.where, what, fix)])
        maker: Nodes | Edges = Nodes(reading, reading.where)
        if key == "subject":
            maker = Edges(reading, reading.where, is_alone=not document.get("nodes"))
        for index, row in enumerate(rows):
            yield from maker.of_json(row, f"{kind}[{index}]")
        maker.done()


def _of_parquet(reading: Reading) -> Iterator[Item]:
    """The pair in two files of Parquet, the nodes first; or those of one."""
    tables = []
    for path in filter(None, (reading.path, beside.partner(reading.path))):
        names, rows = parquet.table(files.read_bytes(path), str(path))
        slots = {biolink.slot(name) for name in names}
        maker = (Edges if "subject" in slots else Nodes)(reading, str(path))
        absent = [name for name in maker.needs if name not in slots]
        if absent:
            raise _without_columns(str(path), absent, names)
        tables.append((maker, rows))
    if len(tables) == 1 and isinstance(tables[0][0], Edges):
        tables[0][0].is_alone = True
    for maker, rows in sorted(tables, key=lambda table: isinstance(table[0], Edges)):
        for number, row in rows:
            yield from maker.of_json(row, f"row {number}")
        maker.done()


def _without_columns(where: str, absent: list[str], names: list[str]) -> FormatError:
    what = f"there is no column {' and no column '.join(absent)}"
    fix = f"name the columns so; these are there: {', '.join(names[:12])}"
    return FormatError([Problem("columns", where, what, fix)])


def _of_archive(reading: Reading) -> Iterator[Item]:
    """The pair in an archive, which is read in memory; no file of it is written anywhere."""
    try:
        with tarfile.open(fileobj=io.BytesIO(reading.bytes()), mode="r:") as archive:
            members = [member for member in archive if member.isfile()]
            kinds = {member.name: _kind(Path(member.name).name) for member in members}
            if "edges" not in kinds.values():
                shown = ", ".join(list(kinds)[:8]) or "it is empty"
                what = f"no member of the archive is a table of edges: {shown}"
                raise _bad_archive(reading, what, "call it x_edges.tsv")
            is_alone = "nodes" not in kinds.values()
            for kind in ("nodes", "edges"):
                for member in members:
                    stream = archive.extractfile(member)
                    if kinds[member.name] == kind and stream is not None:
                        where = f"{reading.where}: {member.name}"
                        of_edges = Edges(reading, where, is_alone=is_alone)
                        maker = of_edges if kind == "edges" else Nodes(reading, where)
                        yield from _read(_lines_of(stream, where), maker)
    except (tarfile.TarError, EOFError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise _bad_archive(reading, f"it cannot be read: {error}", "pack it anew") from error
    for name, kind in kinds.items():
        if not kind:
            reading.left("member", name, reading.where)


def _bad_archive(reading: Reading, what: str, fix: str) -> FormatError:
    return FormatError([Problem("bad-archive", reading.where, what, fix)])


def _lines_of(stream: IO[bytes], where: str) -> Iterator[tuple[int, str]]:
    """Number and text of each line of a member of an archive."""
    for number, raw in enumerate(stream, start=1):
        try:
            yield number, raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            place = f"{where}:{number}"
            raise FormatError([files.not_utf8(raw, error.start, place)]) from error


def _kind(name: str) -> str:
    if not name.casefold().endswith((".tsv", ".jsonl", ".csv", ".txt", ".parquet")):
        return ""
    return beside.kind(name)


def nodes(reading: Reading, lines: Lines, where: str) -> Iterator[Item]:
    """The nodes in the lines of a table, or of JSON."""
    yield from _read(lines, Nodes(reading, where))


def _read(lines: Lines, maker: Nodes | Edges) -> Iterator[Item]:
    where = maker.where
    rows = iter(lines)
    number, head = next(((n, line) for n, line in rows if line.strip()), (0, ""))
    if head.lstrip().startswith("{"):
        for place, line in chain([(number, head)], rows):
            if line.strip():
                yield from maker.of_json(strict_json.line(line, where, place), place)
    elif head:
        names = [biolink.slot(name) for name in unique(head.split("\t"), f"{where}:{number}")]
        wanted = maker.needs
        absent = [name for name in wanted if name not in names]
        if absent:
            raise _without_columns(f"{where}:{number}", absent, names)
        maker.header = head
        yield from maker.of_table(names, rows)
    else:
        raise maker.reading.empty(where)
    maker.done()
