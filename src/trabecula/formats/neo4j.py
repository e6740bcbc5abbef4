"""CSV for Neo4j: the tables of `neo4j-admin import`, and what APOC exports.

In the one dialect the header says what a column is (`id:ID`, `:LABEL`, `subject:START_ID`), and
nodes stand beside edges in a file of their own; in the other all is in one file, and `_id`,
`_labels`, `_start`, `_end` and `_type` say it. Properties are read as slots of Biolink.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Final

from trabecula import associations
from trabecula.associations import Slots
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Node, Reading, beside, biolink
from trabecula.mapping.cited import cell_text, paper
from trabecula.mapping.delimited import below, delimiter_of, fitted, rows

#: What joins the members of a list, first those that are surely nothing else.
_JOINTS: Final = ("\x1f", "ǂ", "|", ";")
_COLUMN: Final = re.compile(
    r"(?P<name>.*?)(?::(?P<type>[A-Za-z_]+(\[\])?)(?P<space>\(.*\))?(\{.*\})?)?"
)
_APOC: Final = {
    "_id": "ID",
    "_labels": "LABEL",
    "_start": "START_ID",
    "_end": "END_ID",
    "_type": "TYPE",
}


def items(reading: Reading, _: str = "") -> Iterator[Item]:
    """The nodes and edges of a table, and the nodes of the one beside it."""
    lines = reading.lines()
    head = list(islice(lines, 1))
    if not head:
        raise reading.empty()
    table = _Table(reading, reading.where, head[0][1])
    if table.edges and not table.nodes:
        other = beside.partner(reading.path)
        if other is not None:
            more = reading.lines(other)
            start = list(islice(more, 1))
            nodes = _Table(reading, str(other), start[0][1] if start else "", table.identifiers)
            yield from nodes.items(chain(start, more))
            nodes.done()
    elif not table.edges and (other := beside.partner(reading.path)) is not None:
        what = f"nodes only; {other.name} has the edges too"
        reading.report.left.mend(what, f"{reading.path.name}:1")
    yield from table.items(chain(head, lines))
    table.done()


#: Names of properties with papers for which Biolink has another one.
_OF_PAPERS: Final = re.compile(r"pmids?|pubmed(_?ids?)?|pmcids?|dois?")


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str  # "ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE" or a type of data
    space: str = ""


@dataclass
class _Table:
    """A table by its header line."""

    reading: Reading
    where: str
    header: str
    identifiers: dict[str, str] = field(default_factory=dict)
    unplaced: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.sign = delimiter_of(self.header)
        _, cells = next(rows([(1, self.header)], self.sign, self.where), (1, []))
        self.columns = [_column(cell.strip().strip('"')) for cell in cells]
        kinds = {column.kind for column in self.columns}
        self.nodes, self.edges = "ID" in kinds, {"START_ID", "END_ID"} <= kinds
        if not (self.nodes or self.edges):
            what = "no column is an :ID or a :START_ID with an :END_ID"
            fix = "write the types of the columns into the header, such as id:ID"
            raise FormatError([Problem("columns", f"{self.where}:1", what, fix)])

    def items(self, lines: Iterable[tuple[int, str]]) -> Iterator[Item]:
        """The nodes and edges in the rows below the header."""
        table = rows(lines, self.sign, self.where)
        _, header = next(table, (1, []))
        for number, given in below(header, table, self.reading.report.left, Path(self.where).name):
            cells = fitted(given, self.sign, len(self.columns))
            if cells is None:
                width = counted(len(self.columns), "column")
                what = f"{counted(len(given), 'cell')} in a table of {width}"
                self.reading.wrong(str(number), what, "quote cells that hold what separates cells")
                continue
            fields: dict[str, tuple[str, str]] = {}
            slots: dict[str, tuple[str, ...]] = {}
            for column, cell in zip(self.columns, cells, strict=True):
                if column.kind in ("ID", "START_ID", "END_ID", "TYPE", "LABEL"):
                    if cell.strip():
                        fields[column.kind] = (cell.strip(), column.space)
                    if column.kind == "ID" and column.name and cell.strip():
                        slots.setdefault("id", (cell.strip(),))
                elif column.kind != "IGNORE" and cell_text(cell):
                    _place(slots, column, cell)
            if "START_ID" in fields or "END_ID" in fields or (self.edges and not self.nodes):
                yield from self.edge(number, fields, slots)
            elif "ID" in fields:
                yield from self.node(fields, slots)
            else:
                self.reading.wrong(str(number), "the row has no id", "write its :ID")

    def node(
        self, fields: dict[str, tuple[str, str]], slots: dict[str, tuple[str, ...]]
    ) -> Iterator[Node]:
        key = _key(*fields["ID"])
        identifier = biolink.first(slots, "id", "curie", "identifier") or key
        labels = re.split(r"[;:|\x1f](?=[A-Za-z])", _unprefixed(fields.get("LABEL", ("", ""))[0]))
        slots["id"] = (identifier,)
        slots.setdefault(
            "category", tuple(_prefixed(label) for label in labels if cell_text(label))
        )
        made, rest = biolink.node(slots)
        rest = tuple(name for name in rest if slots[name] != (identifier,))
        if not made.name:
            rest = tuple(name for name in rest if name not in ("label", "title"))
        self.unplaced.update(("node slot", name) for name in rest)
        self.identifiers[key] = identifier
        yield Node(
            key=key,
            identifier=identifier if identifier != key else "",
            name=made.name or biolink.first(slots, "label", "title"),
            category=made.category,
            synonyms=made.synonyms,
            xrefs=made.xrefs,
            description=made.description,
            taxon=made.taxon,
        )

    def edge(
        self, number: int, fields: dict[str, tuple[str, str]], slots: dict[str, tuple[str, ...]]
    ) -> Iterator[Edge]:
        absent = [kind for kind in ("START_ID", "END_ID") if kind not in fields]
        predicate = fields.get("TYPE", ("", ""))[0] or biolink.first(slots, "predicate", "type")
        if absent or not predicate:
            what = f"the edge has no {absent[0] if absent else 'TYPE'}"
            self.reading.wrong(str(number), what, "write it")
            return
        negated = biolink.negation(slots)
        if negated is None:
            what = "`negated` says neither true nor false"
            self.reading.wrong(str(number), what, "write true or false")
            return
        slots = {name: value for name, value in slots.items() if name not in ("predicate", "type")}
        signs, qualifiers = biolink.meaning(slots)
        citations, rest = _citations(slots)
        self.unplaced.update(("edge slot", name) for name in rest)
        own = biolink.ours(slots)
        for sign in (None,) if own else signs:
            yield Edge(
                subject=_key(*fields["START_ID"]),
                predicate=own or predicate,
                object=_key(*fields["END_ID"]),
                sign=sign,
                negated=negated,
                qualifiers=qualifiers,
                citations=citations,
                place=f"line {number}",
            )

    def done(self) -> None:
        for (kind, name), count in self.unplaced.items():
            self.reading.left(kind, name, self.reading.path.name, count)


def _citations(
    slots: dict[str, tuple[str, ...]],
) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """The reasons of an edge, and the slots that have no place.

    Where it names no paper and no source of Biolink, each of the databases under `source` or
    `sources`, as Hetionet has them, is a reason.
    """
    cited, rest = biolink.citation(slots)
    name = next((name for name in ("sources", "source") if slots.get(name)), "")
    if cited or not name:
        return (cited,) if cited else (), rest
    more = {key: values for key, values in slots.items() if key != name}
    citations = []
    for database in _listed(slots[name]):
        made, rest = biolink.citation({**more, "primary_knowledge_source": (database,)})
        citations += [made] if made else []
    return tuple(citations), rest


def _listed(texts: Iterable[str]) -> Iterator[str]:
    """Texts, of which one may be a list as JSON has it."""
    for text in texts:
        parts = text[1:-1].split(",") if text[:1] == "[" and text[-1:] == "]" else [text]
        yield from (part.strip(" \"'") for part in parts if cell_text(part))


def _column(text: str) -> _Column:
    """What a cell of the header says of its column.

    >>> _column("id:ID(Gene)"), _column("tags:string[]").kind, _column("_start").kind
    (_Column(name='id', kind='ID', space='Gene'), 'string[]', 'START_ID')
    """
    if text in _APOC:
        return _Column("", _APOC[text])
    match = _COLUMN.fullmatch(text)
    if match is None or not match["type"]:
        return _Column(text, "string")
    kind = match["type"]
    kind = kind.upper() if kind.upper() in (*_APOC.values(), "IGNORE") else kind
    return _Column(match["name"], kind, (match["space"] or "")[1:-1])


def _texts(cell: str, kind: str) -> tuple[str, ...]:
    """The texts in a cell; only a list has several."""
    joint = next((sign for sign in _JOINTS if sign in cell), "")
    if joint and (kind.endswith("[]") or joint in _JOINTS[:2]):
        return tuple(part.strip() for part in cell.split(joint) if cell_text(part))
    if kind.endswith("[]") and cell.startswith("[") and cell.endswith("]"):
        return tuple(part.strip(" \"'") for part in cell[1:-1].split(",") if cell_text(part))
    return (cell.strip(),)


def _place(slots: dict[str, tuple[str, ...]], column: _Column, cell: str) -> None:
    """Put what is in a cell into its slot; papers have one, whatever their column is called."""
    name = biolink.slot(column.name)
    if _OF_PAPERS.fullmatch(name.casefold()):
        parts = re.split(r"[|;,ǂ\x1f]\s*|\s+", cell.strip("[] "))
        papers = (paper(text.strip("\"'")) for text in parts if cell_text(text.strip("\"'")))
        slots["publications"] = tuple(dict.fromkeys((*slots.get("publications", ()), *papers)))
    else:
        slots[name] = _texts(cell, column.kind)


def _key(text: str, space: str) -> str:
    """What names a node: numbers of several spaces of ids are several nodes."""
    return f"{space}:{text}" if space and text.isdigit() else text


def _unprefixed(labels: str) -> str:
    """Labels without the colon that APOC writes in front; that of a prefix stays."""
    return labels.removeprefix(":").replace("biolink:", "biolink.")


def _prefixed(label: str) -> str:
    return label.strip().replace("biolink.", "biolink:", 1)


# --- Writing ---------------------------------------------------------------------------------

_OF_NODES: Final = ("id", "category", "name", "description")
_OF_EDGES: Final = ("subject", "predicate", "object", "id", "negated", "publications")
_TYPES: Final = {
    "nodes": {"id": "ID", "category": "LABEL"},
    "edges": {"subject": "START_ID", "predicate": "TYPE", "object": "END_ID", "negated": "boolean"},
}


def files_of(graph: Graph, _: str) -> dict[str, bytes]:
    """The pair for `neo4j-admin import`: `nodes` and `edges`, and the bytes of each."""
    tables = {"nodes": list(associations.nodes(graph)), "edges": list(associations.edges(graph))}
    firsts = {"nodes": _OF_NODES, "edges": _OF_EDGES}
    return {kind: _table(rows_, kind, firsts[kind]) for kind, rows_ in tables.items()}


def _table(table: list[Slots], kind: str, first: tuple[str, ...]) -> bytes:
    names = associations.columns(table, first) or list(first)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(f"{name}:{_type(name, kind)}" for name in names)
    for slots in table:
        writer.writerow(_cell(slots.get(name, "")) for name in names)
    return stream.getvalue().encode("utf-8")


def _type(name: str, kind: str) -> str:
    return _TYPES[kind].get(name, "string[]" if name in associations.LISTS else "string")


def _cell(value: str | tuple[str, ...]) -> str:
    """A value; a semicolon inside of a member of a list would part it."""
    if isinstance(value, tuple):
        return ";".join(text.replace(";", ",") for text in value)
    return value
