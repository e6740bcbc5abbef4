"""Edges of KGX: the first of each kind by the reader of the format, the others as it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trabecula import progress
from trabecula.formats import kgx
from trabecula.mapping import Edge, Item, Reading
from trabecula.mapping.predicates import predicate
from trabecula.mapping.records import Mapper
from trabecula.model import Record, Statement
from trabecula.store import layout
from trabecula.store.arrays import ragged
from trabecula.store.incoming import Incoming, Numbers
from trabecula.store.kgx.cells import Cells, Columns
from trabecula.store.kgx.columns import Rows, blocks, decoded
from trabecula.store.kgx.ends import Ends
from trabecula.store.kgx.papers import Papers
from trabecula.store.sorting import joint
from trabecula.store.threads import ahead
from trabecula.tidy import tidied

#: An identifier that a program drew; see `mapping.biolink`.
_MADE_UP: Final = r"^((urn:)?uuid:|[0-9a-f]{8}-[0-9a-f]{4}-|s[0-9a-f]{32})"


@dataclass(frozen=True, slots=True)
class _Made:
    """What an edge of a kind becomes, as codes."""

    predicate: int
    qualifiers: int
    negated: int
    symmetric: bool  # then its ends stand in the order of their ids
    how: int  # -1 where there is no evidence
    source: int  # of what has no papers: the database, or -1
    summary: bytes
    database: str
    reported: str  # the predicate, as reports count it
    unknown: bool  # whether it has no meaning here


_NONE: Final = _Made(
    0, 0, 0, symmetric=False, how=-1, source=-1, summary=b"", database="", reported="",
    unknown=False,
)  # fmt: skip


@dataclass(slots=True)
class _Kind:
    """Rows that have everything in common but their ends, papers and id."""

    made: tuple[_Made, ...]
    odd: bool  # whether each is read by itself
    unplaced: Counter[str]  # slots without a place, and how many values each has


class Edges:
    """A table of edges while it is taken; `names` are its columns."""

    def __init__(
        self, incoming: Incoming, mapper: Mapper, reading: Reading, names: list[str]
    ) -> None:
        self.incoming, self.mapper, self.reading, self.path = (
            incoming, mapper, reading, reading.path,
        )  # fmt: skip
        self.pa = layout.arrow()
        self.names, self.columns = names, Columns(names)
        self.maker = kgx.Edges(reading, str(self.path))
        self.number_of: dict[tuple[str, ...], int] = {}
        self.numbers: list[_Kind] = []
        #: What edges of all kinds become, and how many kinds there were; see `_made`.
        self._columns: dict[int, tuple[int, dict[str, Numbers]]] = {}
        self.ends = Ends(incoming, mapper)
        self.cited = Papers(incoming, mapper)

    def take(self) -> None:
        """Take all rows."""
        total = self.path.stat().st_size
        with self.path.open("rb") as stream:
            for cells in ahead(Cells(block, self.columns) for block in blocks(stream)):
                self.maker.header = cells.header
                self._long_way(cells.others)
                if len(cells.rows):
                    self._rows(cells)
                progress.at(cells.end / total, cells.line, "edges")
        self.maker.done()
        self.ends.call()

    def _long_way(self, lines: Iterable[tuple[int, bytes]]) -> None:
        """Take lines by the reader of the format, one by one."""
        edges = self.maker.of_table(self.names, decoded(lines, self.path))
        self.incoming.take(self._tidied(edges))

    def _tidied(self, edges: Iterable[Item]) -> Iterator[Record]:
        left = self.reading.report.left
        return tidied(map(self._statement, edges), left, f"{self.path}: ")

    def _statement(self, edge: Item) -> Statement:
        if not isinstance(edge, Edge):
            raise TypeError(edge)
        made = self.mapper.statement(edge)
        number = int(edge.place.removeprefix("line "))
        for side, text in enumerate((edge.subject, edge.object)):
            self.ends.mention(text, 2 * number + side)
        return made

    # --- Rows that are plain ------------------------------------------------------------------

    def _rows(self, cells: Cells) -> None:
        """Take plain rows."""
        sizes, sources = self._cited(cells)
        kind, first = self._kinds(cells, sizes > 0)
        is_odd = np.array([row_kind.odd for row_kind in self.numbers], bool)[kind]
        again = is_odd.copy()
        again[first] = False  # the first row of a kind went the long way already
        rows, lines = cells.rows, cells.rows.lines
        if again.any():
            alone = np.flatnonzero(again).tolist()
            self._long_way((int(lines[place]), rows.line(place)) for place in alone)
        self._count(kind, first)
        subject, object_ = self.ends.numbers(cells.subject, cells.object, ~is_odd, lines)
        starts = np.cumsum(sizes) - sizes
        used = np.flatnonzero(np.bincount(kind)).tolist()
        most = max(len(self.numbers[number].made) for number in used)
        for turn in range(most):
            made = self._made(turn)
            has = made["is_there"][kind] & ~is_odd
            has[first] = False
            places = np.flatnonzero(has)
            if len(places):
                self._emit(
                    made, kind[places], subject[places], object_[places], sizes[places],
                    starts[places], sources, places, rows,
                )  # fmt: skip

    def _made(self, turn: int) -> dict[str, Numbers]:
        """What an edge of each kind becomes in this turn, by columns; few blocks have new kinds."""
        count, columns = self._columns.get(turn, (-1, {}))
        if count != len(self.numbers):
            made = [
                row_kind.made[turn] if turn < len(row_kind.made) else None
                for row_kind in self.numbers
            ]
            columns = {
                name: np.array([getattr(statement or _NONE, name) for statement in made])
                for name in ("predicate", "qualifiers", "negated", "symmetric", "how", "source")
            }
            columns["is_there"] = np.array([statement is not None for statement in made], bool)
            for name in ("summary", "database"):  # each as long as it is
                texts = [getattr(statement or _NONE, name) for statement in made]
                columns[name] = np.array(texts, object)
            self._columns[turn] = len(self.numbers), columns
        return columns

    def _kinds(self, cells: Cells, has_papers: Numbers) -> tuple[Numbers, Numbers]:
        """The number of the kind of each row, and the rows that are the first of a new kind.

        Those have been taken when they come back.
        """
        beside = (np.asarray(run.indices) for run in cells.beside)
        key = joint((has_papers, *beside), len(has_papers))
        coded = np.asarray(self.pa.array(key).dictionary_encode().indices)
        first = np.empty(int(coded.max()) + 1, np.int64)
        first[coded[::-1]] = np.arange(len(coded))[::-1]  # of several rows the first one stays
        numbers, fresh = [], []
        there = self.pa.array(first)
        words = [run.take(there).to_pylist() for run in cells.beside]
        cites_there = map(str, has_papers[first].tolist())
        lines = cells.rows.lines
        for place, *texts in zip(first.tolist(), *words, cites_there, strict=True):
            signature = tuple(texts)
            if signature not in self.number_of:
                cites = bool(has_papers[place])
                row_kind = self._kind(int(lines[place]), cells.rows.line(place), cites=cites)
                self.numbers.append(row_kind)
                self.number_of[signature] = len(self.numbers) - 1
                fresh.append(place)
            numbers.append(self.number_of[signature])
        return np.array(numbers, np.int64)[coded], np.array(fresh, np.int64)

    def _kind(self, number: int, row: bytes, *, cites: bool) -> _Kind:
        """Take the first row of a kind by the long way, and see what comes out."""
        before = Counter(self.maker.unplaced)
        edges = [
            edge
            for edge in self.maker.of_table(self.names, [(number, row.decode())])
            if isinstance(edge, Edge)
        ]
        unplaced = self.maker.unplaced - before
        statements = [record for record in self._tidied(edges) if isinstance(record, Statement)]
        self.incoming.take(statements)
        made, is_odd = [], not edges
        for edge, statement in zip(edges, statements, strict=True):
            meaning = self.mapper.meanings.meaning(edge.predicate)
            relation = predicate(meaning, edge.sign)
            piece = next(iter(statement.evidence), None)
            # a row that denies without a source is who says so itself
            is_odd = is_odd or (edge.negated and not edge.citations)
            incoming = self.incoming
            how, source, summary, database = -1, -1, b"", ""
            if piece is not None:
                how = incoming.hows.code(
                    (piece.stance, piece.strength, piece.method, piece.species, piece.system,
                     piece.context)
                )  # fmt: skip
                source = -1 if cites else incoming.sources.code(piece.source)
                summary = piece.summary.encode()
                database = edge.citations[0].database if edge.citations else ""
            made.append(
                _Made(
                    incoming.predicates.code(statement.predicate),
                    incoming.contexts.code(statement.qualifiers),
                    int(statement.negated), relation.symmetric, how, source, summary, database,
                    edge.predicate, edge.sign is None and not meaning.is_mapped,
                )
            )  # fmt: skip
        return _Kind(tuple(made), is_odd, unplaced)

    def _count(self, kind: Numbers, first: Numbers) -> None:
        """Count for the report what came the short way."""
        report = self.reading.report
        counts = np.bincount(kind, minlength=len(self.numbers))
        counts -= np.bincount(kind[first], minlength=len(self.numbers))
        for number in np.flatnonzero(counts).tolist():
            row_kind, count = self.numbers[number], int(counts[number])
            if row_kind.odd:
                continue
            for made in row_kind.made:
                report.rows += count
                report.predicates[made.reported] += count
                if made.unknown:
                    report.unknown[made.reported] += count
            for name, values in row_kind.unplaced.items():
                self.maker.unplaced[name] += count * values

    def _cited(self, cells: Cells) -> tuple[Numbers, Numbers]:
        """How many papers each row cites, and the codes of all of them."""
        sizes, coded = cells.cited
        if coded is None:
            return sizes, np.zeros(0, np.int32)
        codes = self.cited.codes(coded.dictionary)[np.asarray(coded.indices)]
        kept = codes >= 0
        if not kept.all():
            row = np.repeat(np.arange(len(sizes)), sizes)[kept]
            sizes, codes = np.bincount(row, minlength=len(sizes)), codes[kept]
        return sizes, codes

    def _emit(
        self, made: dict[str, Numbers], kind: Numbers, subject: Numbers, object_: Numbers,
        sizes: Numbers, starts: Numbers, sources: Numbers, places: Numbers, rows: Rows,
    ) -> None:  # fmt: skip
        """Take one statement of each of these rows."""

        def column(name: str) -> Numbers:
            return made[name][kind]

        symmetric = np.flatnonzero(column("symmetric"))
        if len(symmetric):
            subject, object_ = self.ends.in_order(subject, object_, symmetric)
        source = column("source")
        alone = np.flatnonzero((sizes == 0) & (source >= 0))
        pieces = sizes.copy()
        pieces[alone] = 1
        first = np.cumsum(pieces) - pieces
        cited = np.empty(int(pieces.sum()), np.int32)
        cited[first[alone]] = source[alone]
        citing = np.flatnonzero(sizes)
        cited[ragged(first[citing], sizes[citing])] = sources[ragged(starts[citing], sizes[citing])]
        texts: dict[str, tuple[Any, Numbers]] = {}
        if made["summary"].any():
            summaries = self.pa.array(made["summary"].tolist(), self.pa.large_binary())
            texts["summary"] = _joined(summaries.take(self.pa.array(np.repeat(kind, pieces))))
        if len(alone) and "id" in self.names:
            databases = self.pa.array(made["database"].tolist(), self.pa.large_string())
            data, lengths = self._locators(
                databases.take(self.pa.array(kind[alone])),
                rows.cells(self.names.index("id"), rows=places[alone]),
            )
            every = np.zeros(len(cited), np.int64)
            every[first[alone]] = lengths
            texts["locator"] = data, every
        self.incoming.batch(
            {
                "subject": self.ends.codes[subject],
                "predicate": column("predicate"),
                "object": self.ends.codes[object_],
                "qualifiers": column("qualifiers"),
                "topic": np.zeros(len(places), np.int32),
                "negated": column("negated"),
            },
            pieces,
            {"source": cited, "how": np.repeat(column("how"), pieces)},
            texts,
        )

    def _locators(self, databases: Any, ids: Any) -> tuple[memoryview | bytes, Numbers]:
        """Where in a database a row without papers stands: the database, and the record there."""
        pa, compute = self.pa, self.pa.compute
        blank, between = (pa.scalar(text, pa.large_string()) for text in ("", " "))
        large = ids.cast(pa.large_string())
        joined = compute.binary_join_element_wise(databases, large, between)
        nothing = compute.or_(compute.equal(ids, ""), compute.match_substring_regex(ids, _MADE_UP))
        return _joined(compute.if_else(nothing, blank, joined))


def _joined(texts: Any) -> tuple[memoryview | bytes, Numbers]:
    """Texts one after the other, and the bytes of each."""
    _, offsets, data = texts.buffers()
    first = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    whole = memoryview(data)[int(first[0]) : int(first[-1])] if data is not None else b""
    return whole, np.diff(first)
