"""KGX, the exchange format of Biolink graphs: nodes and edges in two tables, or lines of JSON.

The tables are text with tabs or Parquet.
`x_nodes.tsv` stands beside `x_edges.tsv`; whoever names the edges gets both. Both may lie in one
archive, and JSON has a form with both in one file. Lists have bars between their members.
"""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Final

from trabecula import associations, files
from trabecula.associations import Slots
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import (
    Citation,
    Edge,
    Item,
    Node,
    Reading,
    beside,
    biolink,
    parquet,
    strict_json,
)
from trabecula.mapping.delimited import fitted, name_of, unique
from trabecula.model import Context

#: Numbered lines of a file.
_Lines = Iterable[tuple[int, str]]
#: How many different ends of rows are remembered, of which each is read once.
_MEMORY: Final = 1 << 15
_ENDS: Final = ("subject", "predicate", "object")
#: The slots of an edge that its neighbours do not have alike.
_APART: Final = frozenset((*_ENDS, "id", *biolink.PUBLICATIONS))
#: Slots that hold one text, in which a bar is only a bar.
_WHOLE: Final = frozenset(("name", "description", "supporting_text", "id"))
_NEVER_PARTED: Final = _WHOLE.union(_ENDS)


# --- Reading ---------------------------------------------------------------------------------


def items(reading: Reading, syntax: str = "") -> Iterator[Item]:
    """The nodes and edges of a pair of tables, of an archive with one, or of one file of JSON.

    Whether it is a table or JSON, the file says.
    """
    if syntax == "parquet":
        yield from _of_parquet(reading)
        return
    name = reading.path.name
    if re.search(r"(?i)\.(tar|tgz)\Z", files.unfolded_name(name)):
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


def nodes(reading: Reading, lines: _Lines, where: str) -> Iterator[Item]:
    """The nodes in the lines of a table, or of JSON."""
    yield from _read(lines, Nodes(reading, where))


def _read(lines: _Lines, maker: Nodes | Edges) -> Iterator[Item]:
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


@dataclass
class _Maker:
    """What makes items of the rows of one of the two tables; `where` names its file."""

    reading: Reading
    where: str
    unplaced: Counter[str] = field(default_factory=Counter)
    header: str = ""

    def wrong(self, place: int | str, what: str, fix: str) -> None:
        """Note a row that cannot be read, by the number of its line or its place in JSON."""
        own = self.where == self.reading.where
        self.reading.wrong(str(place) if own else f"{self.where}:{place}", what, fix)

    def rows(self, lines: _Lines, width: int) -> Iterator[tuple[int, list[str]]]:
        """The cells of each line, as many as there are columns."""
        for number, line in lines:
            cells = line.split("\t")
            if line == self.header:  # as in files put together
                what = "the header, which stands again, left out"
                self.reading.report.left.mend(what, f"{Path(self.where).name}:{number}")
            elif len(cells) == width and '"' not in line:
                yield number, cells
            elif line.strip():
                mended = fitted(cells, "\t", width)
                if mended is None:
                    what = f"{counted(len(cells), 'cell')} in a table of {counted(width, 'column')}"
                    self.wrong(number, what, "write no tab in a cell")
                else:
                    yield number, mended


@dataclass
class Nodes(_Maker):
    """What makes nodes of rows."""

    needs = ("id",)

    def of_table(self, names: list[str], rows: _Lines) -> Iterator[Item]:
        """A node for each row of a table."""
        for number, cells in self.rows(rows, len(names)):
            yield from self.node(slots_of(names, range(len(names)), cells), number)

    def of_json(self, row: Any, place: int | str) -> Iterator[Item]:
        """The node of an object of JSON."""
        if not isinstance(row, dict):
            self.wrong(place, "this is no object", "write a node with an id")
            return
        slots = {biolink.slot(key): biolink.texts_of_one(value) for key, value in row.items()}
        yield from self.node(slots, place)

    def node(self, slots: dict[str, tuple[str, ...]], place: int | str) -> Iterator[Item]:
        """The node that slots tell of, if they name it."""
        if not slots.get("id"):
            self.wrong(place, "a node has no id", "name it")
            return
        made, unplaced = biolink.node(slots)
        self.unplaced.update(unplaced)
        yield made

    def done(self) -> None:
        """Note what was left out."""
        for name, count in self.unplaced.items():
            self.reading.left("node slot", name, self.reading.path.name, count)


#: What edges alone say of their ends, behind `subject_` and `object_`, best first.
_OF_AN_END: Final = MappingProxyType(
    {"name": ("name", "label"), "category": ("category",), "taxon": ("taxon",)}
)
_OF_ENDS: Final = frozenset(
    f"{end}_{name}"
    for end in ("subject", "object")
    for names in _OF_AN_END.values()
    for name in names
)


def describes_ends(names: Iterable[str]) -> bool:
    """Whether a table of edges says of their ends what else a table of nodes does."""
    return not _OF_ENDS.isdisjoint(names)


@dataclass
class Edges(_Maker):
    """What makes edges of rows; and nodes, where edges that are alone describe their ends."""

    needs = _ENDS
    is_alone: bool = False
    _described: set[str] = field(default_factory=set)
    _meanings: dict[tuple[tuple[str, tuple[str, ...]], ...], _Meaning] = field(default_factory=dict)
    #: The same of tables, by the cells of a row.
    _by_cells: dict[tuple[str, ...], dict[tuple[str, ...], _Meaning]] = field(default_factory=dict)

    def _told(self, rest: tuple[tuple[str, tuple[str, ...]], ...]) -> _Meaning:
        """What slots beside ends and papers say, which is mostly the same and read once."""
        told = self._meanings.get(rest)
        if told is None:
            told = _meaning(dict(rest))
            if len(self._meanings) < _MEMORY:
                self._meanings[rest] = told
        return told

    def of_table(self, names: list[str], rows: _Lines) -> Iterator[Item]:
        """Rows of a table: what stands beside ends and papers is mostly the same and read once."""
        self._pass_over(names)
        papers_at = [at for at, name in enumerate(names) if name in biolink.PUBLICATIONS]
        id_at = names.index("id") if "id" in names else -1
        ends = itemgetter(*(names.index(name) for name in _ENDS))
        apart = {*papers_at, id_at, *(names.index(name) for name in _ENDS)}
        of_ends = [at for at, name in enumerate(names) if self.is_alone and name in _OF_ENDS]
        rest_at = [at for at in range(len(names)) if at not in {*apart, *of_ends}]
        rest = _getter(rest_at)
        remembered = self._by_cells.setdefault(tuple(names), {})
        for number, cells in self.rows(rows, len(names)):
            subject, predicate, object_ = ends(cells)
            if not (subject and predicate and object_):
                self._unnamed(number, subject, predicate, object_)
                continue
            if of_ends and not {subject, object_} <= self._described:
                yield from self._nodes((subject, object_), slots_of(names, of_ends, cells))
            key = rest(cells)
            told = remembered.get(key)
            if told is None:
                told = _meaning(slots_of(names, rest_at, cells))
                if len(remembered) < _MEMORY:
                    remembered[key] = told
            papers: tuple[str, ...] = ()
            for at in papers_at:
                if cells[at]:
                    papers += biolink.publications(biolink.texts(cells[at]))
            identifier = "" if papers or id_at < 0 else cells[id_at]
            cited = told.reason.citation(papers, identifier)
            yield from self.edges(subject, predicate, object_, told, cited, number)

    def of_json(self, row: Any, place: int | str) -> Iterator[Item]:
        """The edges of an object of JSON."""
        if not isinstance(row, dict):
            self.wrong(place, "this is no object", "write an edge with subject and object")
            return
        slots = biolink.slots_of(row)
        subject, predicate, object_ = (biolink.first(slots, name) for name in _ENDS)
        if not (subject and predicate and object_):
            self._unnamed(place, subject, predicate, object_)
            return
        apart = _APART
        if self.is_alone and describes_ends(slots):
            apart = _APART | _OF_ENDS
            yield from self._nodes((subject, object_), slots)
        self._pass_over(slots)
        told = self._told(tuple([pair for pair in slots.items() if pair[0] not in apart]))
        papers = biolink.publications(
            text for name in biolink.PUBLICATIONS for text in slots.get(name, ())
        )
        cited = told.reason.citation(papers, biolink.first(slots, "id"))
        yield from self.edges(subject, predicate, object_, told, cited, place)

    def _pass_over(self, names: Iterable[str]) -> None:
        """Tell that edges describe their ends, where a table of nodes does so as well."""
        if not self.is_alone and not biolink.NAMES_OF_ENDS.isdisjoint(names):
            what = "what edges say of their ends passed over for what the nodes say"
            self.reading.report.left.once(what, Path(self.where).name)

    def _nodes(self, keys: tuple[str, str], slots: biolink.Slots) -> Iterator[Node]:
        """The ends of an edge, as it describes them; each once."""
        for side, key in zip(("subject", "object"), keys, strict=True):
            name, category, taxon = (
                biolink.first(slots, *(f"{side}_{name}" for name in names))
                for names in _OF_AN_END.values()
            )
            if key not in self._described and (name or category or taxon):
                self._described.add(key)
                yield Node(key=key, name=name, category=category, taxon=taxon)

    def edges(
        self,
        subject: str,
        predicate: str,
        object_: str,
        told: _Meaning,
        cited: Citation | None,
        number: int | str,
    ) -> Iterator[Item]:
        """The edges of a row: one for each sign that it has."""
        if cited is None and told.unplaced:
            self.unplaced.update(told.unplaced)
        if told.negated is None:
            what = "`negated` says neither true nor false"
            self.wrong(number, what, "write true or false")
            return
        for sign in told.signs:
            yield Edge(
                subject=subject,
                predicate=told.predicate or predicate,
                object=object_,
                sign=sign,
                negated=told.negated,
                qualifiers=told.qualifiers,
                citations=(cited,) if cited else (),
                place=f"line {number}" if isinstance(number, int) else number,
            )

    def _unnamed(self, number: int | str, subject: str, predicate: str, object_: str) -> None:
        pairs = zip(_ENDS, (subject, predicate, object_), strict=True)
        absent = " and ".join(name for name, value in pairs if not value)
        self.wrong(number, f"the edge has no {absent}", f"write its {absent}")

    def done(self) -> None:
        """Tell what has no place."""
        for name, count in self.unplaced.items():
            self.reading.left("edge slot", name, self.reading.path.name, count)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What stands beside the ends and the publications of an edge."""

    signs: tuple[int | None, ...]
    predicate: str  # that which the edge was made of, where it is one of ours
    qualifiers: Context
    negated: bool | None
    reason: biolink.Reason
    unplaced: tuple[str, ...]


def _meaning(slots: dict[str, tuple[str, ...]]) -> _Meaning:
    signs, qualifiers = biolink.meaning(slots)
    predicate, told = biolink.ours(slots), biolink.reason(slots)
    return _Meaning(
        signs=(None,) if predicate else signs,
        predicate=predicate,
        qualifiers=qualifiers,
        negated=biolink.negation(slots),
        reason=told,
        unplaced=told.unplaced,
    )


def slots_of(
    names: Sequence[str], places: Iterable[int], cells: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """The slots in these cells; in a text, a bar is only a bar."""
    return {
        names[at]: (cells[at].strip(),) if names[at] in _WHOLE else biolink.texts(cells[at])
        for at in places
        if cells[at].strip()
    }


def _getter(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """The cells at these places, as a tuple."""
    if not places:
        return lambda _: ()
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)


# --- Writing ---------------------------------------------------------------------------------

_OF_NODES: Final = (
    "id",
    "category",
    "name",
    "description",
    "in_taxon",
    "synonym",
    "xref",
    "same_as",
)
_OF_EDGES: Final = ("id", "subject", "predicate", "object", "negated", "publications",
                    "primary_knowledge_source", "knowledge_level", "agent_type")  # fmt: skip
#: The columns that come first, by table.
FIRST: Final = {"nodes": _OF_NODES, "edges": _OF_EDGES}


def files_of(graph: Graph, syntax: str) -> dict[str, bytes]:
    """The pair: `nodes` and `edges` and the bytes of each, in `tsv`, `jsonl` or `parquet`."""
    tables = {"nodes": list(associations.nodes(graph)), "edges": list(associations.edges(graph))}
    return {kind: written(rows, kind, syntax) for kind, rows in tables.items()}


def written(rows: list[Slots], kind: str, syntax: str) -> bytes:
    """The bytes of `nodes` or of `edges`."""
    write = {"tsv": _table, "jsonl": _json_lines, "parquet": _parquet}[syntax]
    return write(rows, FIRST[kind])


def _table(rows: list[Slots], first: tuple[str, ...]) -> bytes:
    names = associations.columns(rows, first) or list(first)
    return "".join(f"{line}\n" for line in lines(rows, names)).encode("utf-8")


def _parquet(rows: list[Slots], first: tuple[str, ...]) -> bytes:
    """Lists are lists there and `negated` is a truth, as in JSON."""
    names = associations.columns(rows, first) or list(first)
    lists = {name for row in rows for name, value in row.items() if isinstance(value, tuple)}
    cells = ({name: _value(name, value) for name, value in row.items()} for row in rows)
    return parquet.written(cells, names, lists)


def lines(rows: Iterable[Slots], names: list[str]) -> Iterator[str]:
    """The lines of a table with these columns, without their ends."""
    yield "\t".join(names)
    for row in rows:
        yield row_of_table(row, names)


def row_of_table(row: Slots, names: Sequence[str]) -> str:
    """The line of a table."""
    return "\t".join([_cell(name, row.get(name, "")) for name in names])


def _cell(name: str, value: str | tuple[str, ...]) -> str:
    """A value between tabs; a bar inside of what may be a list would part it."""
    if isinstance(value, tuple):
        return "|".join(text.replace("|", "/") for text in value)
    return value if name in _NEVER_PARTED else value.replace("|", "/")


def _json_lines(rows: list[Slots], first: tuple[str, ...]) -> bytes:
    names = associations.columns(rows, first)
    return "".join([f"{row_of_json(row, names)}\n" for row in rows]).encode("utf-8")


def row_of_json(row: Slots, names: Sequence[str]) -> str:
    """The line of JSON."""
    return _as_json({name: _value(name, row[name]) for name in names if name in row})


#: Made once: `json.dumps` makes an encoder for each call.
_as_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _value(name: str, value: str | tuple[str, ...]) -> str | bool | list[str]:
    if name == "negated":
        return value == "true"
    return list(value) if isinstance(value, tuple) else value
