"""The short way for the tables of KGX: a column at a time, and each different value read once.

What a row of edges means is decided by what stands beside its ends and its papers, and of that
there is little that differs. So the first row of each kind goes through the reader of the format
(`formats.kgx`, `mapping`), and all other rows of that kind get what came out. So do all rows in
which anything is odd: quotation marks, another number of cells, a blank end, letters beyond ASCII.
What comes in is the same as by the long way, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

from trabecula import formats, progress
from trabecula.errors import FormatError
from trabecula.files import not_utf8
from trabecula.formats import kgx
from trabecula.mapping import (
    Citation,
    Edge,
    Item,
    Meanings,
    Options,
    Reading,
    Report,
    beside,
    biolink,
)
from trabecula.mapping.delimited import unique
from trabecula.mapping.predicates import predicate
from trabecula.mapping.prefixes import of_file
from trabecula.mapping.records import Mapper
from trabecula.model import Source, Statement
from trabecula.store import layout
from trabecula.store.arrays import ragged
from trabecula.store.incoming import Incoming, Numbers, source_text

#: Bytes of a table that are looked at together.
_BLOCK: Final = 1 << 24
_ENDS: Final = ("subject", "predicate", "object")
#: A paper of PubMed in the one spelling that it has.
_PMID: Final = r"^PMID:[1-9][0-9]{0,8}$"
#: What is not plain in a cell: what quotes, what is no letter of ASCII, blanks that are squeezed.
_ODD: Final = r'["\\]|[^ -~]|^ | $|  '
#: An identifier that a program drew; see `mapping.biolink`.
_MADE_UP: Final = r"^((urn:)?uuid:|[0-9a-f]{8}-[0-9a-f]{4}-|s[0-9a-f]{32})"


def take(incoming: Incoming, path: Path, options: Options, report: Report) -> bool:
    """Take the records of a pair of tables, if this is a plain one: text, and not packed.

    False, and nothing taken, where it is something else that the format of KGX reads. Raises
    `FormatError` as `formats.read` does.
    """
    if not _is_plain(path):
        return False
    form = formats.FORMATS["kgx"]
    report.format, report.description, report.mapped = form.name, form.description, True
    reading = Reading(path, report, options)
    mapper = Mapper(reading, Meanings("biolink", options.predicates))
    if options.prefixes:
        mapper.namer.extra.update(of_file(options.prefixes))
    nodes = beside.partner(path)
    if nodes is not None:
        with progress.phase(f"reading {nodes.name}"):
            found = kgx.nodes(reading, reading.lines(nodes), str(nodes))
            for item in progress.steps(found, "nodes"):
                mapper.take(item)  # type: ignore[arg-type]  # nodes, no edges
    with progress.phase(f"reading {path.name}"):
        _Table(incoming, mapper, reading).take()
    reading.done()
    incoming.take(formats.tidied(mapper.rest(), report.left, f"{path}: "))
    return True


def _is_plain(path: Path) -> bool:
    """Whether a file is a table of edges in plain text, with columns that are told apart."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.readline(1 << 20)
    if not head.endswith(b"\n") or not head.isascii() or any(sign in head for sign in b'\r"\0'):
        return False
    names = [biolink.slot(name) for name in head.decode().rstrip("\n").split("\t")]
    papers = sum(name in biolink.PUBLICATIONS for name in names)
    return set(_ENDS) <= set(names) and len(set(names)) == len(names) and papers <= 1


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
    said: str  # the predicate, as reports count it
    unknown: bool  # whether it has no meaning here


@dataclass(slots=True)
class _Kind:
    """Rows that have everything in common but their ends, papers and id."""

    made: tuple[_Made, ...]
    odd: bool  # whether each is read by itself
    unplaced: tuple[str, ...]


class _Table:
    """A table of edges while it is taken."""

    def __init__(self, incoming: Incoming, mapper: Mapper, reading: Reading) -> None:
        self.incoming, self.mapper, self.reading, self.path = (
            incoming, mapper, reading, reading.path,
        )  # fmt: skip
        self.pa = layout.arrow()
        import pyarrow.compute
        import pyarrow.csv  # noqa: F401

        self.maker = kgx.Edges(reading, str(self.path))
        self.names: list[str] = []
        self.beside: list[str] = []  # the columns that make the kind of a row
        self.papers = ""
        self.number_of: dict[tuple[str, ...], int] = {}
        self.numbers: list[_Kind] = []
        self.ends: dict[str, int] = {}
        self.described = frozenset(mapper.entities)
        #: Things that no node describes -> where each is mentioned first, and how it is called.
        self.mentions: dict[str, tuple[tuple[int, int], str]] = {}
        self.cited: dict[str, int] = {}
        self.plain_text = source_text(Source(id="PMID:1", kind="cited"))

    def take(self) -> None:
        """Take all rows."""
        with self.path.open("rb") as stream:
            head = stream.readline()
            names = unique(head.decode().rstrip("\n").split("\t"), f"{self.path}:1")
            self.names = [biolink.slot(name) for name in names]
            self.papers = next((n for n in self.names if n in biolink.PUBLICATIONS), "")
            apart = ("subject", "object", "id", self.papers)
            self.beside = [name for name in self.names if name not in apart]
            line, behind, total = 2, len(head), self.path.stat().st_size
            for block in _blocks(stream):
                self._block(block, line)
                line += _lines(block)
                behind += len(block)
                progress.at(behind / total, line - 2, "edges")
        self.maker.done()
        for identifier, (_, text) in self.mentions.items():
            self.mapper.call(identifier, text)

    def _block(self, block: bytes, line: int) -> None:
        """Take some lines, of which the first has this number."""
        plain = _is_plain_text(block)
        table = self._columns(block)
        if table is None:
            self._long_way(enumerate(_split(block), line))
            return
        odd = self._odd(table, plain=plain)
        if odd.any():
            texts = _split(block)
            places = np.flatnonzero(odd).tolist()
            self._long_way((line + place, texts[place]) for place in places)
            kept = np.flatnonzero(~odd)
            table = table.take(self.pa.array(kept))
            self._rows(table, kept + line)
        else:
            self._rows(table, np.arange(line, line + table.num_rows))

    def _columns(self, block: bytes) -> Any:
        """The rows as columns; None where they are not one for each line."""
        if b"\r" in block or b"\0" in block:
            return None
        csv, pa = self.pa.csv, self.pa
        numbers = [str(number) for number in range(len(self.names))]
        try:
            found = csv.read_csv(
                pa.BufferReader(block),
                read_options=csv.ReadOptions(column_names=numbers, block_size=_BLOCK >> 2),
                parse_options=csv.ParseOptions(
                    delimiter="\t", quote_char=False, escape_char=False, ignore_empty_lines=False
                ),
                convert_options=csv.ConvertOptions(
                    column_types=dict.fromkeys(numbers, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            return None
        return found.combine_chunks() if found.num_rows == _lines(block) else None

    def _odd(self, table: Any, *, plain: bool) -> Numbers:
        """True for each row in which something is not plain."""
        compute = self.pa.compute
        odd = np.zeros(table.num_rows, bool)
        for name, column in zip(self.names, table.columns, strict=True):
            if not plain:
                odd |= np.asarray(compute.match_substring_regex(column, _ODD))
            if name in _ENDS:
                odd |= np.asarray(compute.equal(column, ""))
        return odd

    def _long_way(self, lines: Iterable[tuple[int, bytes]]) -> None:
        """Take lines by the reader of the format, one by one."""

        def decoded() -> Iterator[tuple[int, str]]:
            for number, raw in lines:
                try:
                    yield number, raw.decode("utf-8").rstrip("\r\n")
                except UnicodeDecodeError as error:
                    problem = not_utf8(raw, error.start, f"{self.path}:{number}")
                    raise FormatError([problem]) from error

        made = map(self._statement, self.maker.of_table(self.names, decoded()))
        self.incoming.take(formats.tidied(made, self.reading.report.left, f"{self.path}: "))

    def _statement(self, edge: Item) -> Statement:
        if not isinstance(edge, Edge):
            raise TypeError(edge)
        made = self.mapper.statement(edge)
        line = int(edge.place.removeprefix("line "))
        for side, text in enumerate((edge.subject, edge.object)):
            self._mentioned(text, (line, side))
        return made

    # --- Rows that are plain ------------------------------------------------------------------

    def _rows(self, table: Any, lines: Numbers) -> None:
        """Take plain rows; `lines` are the numbers of their lines."""
        if not table.num_rows:
            return
        columns = dict(zip(self.names, (c.combine_chunks() for c in table.columns), strict=True))
        sizes, sources = self._cited(columns.get(self.papers), table.num_rows)
        kind, first = self._kinds(columns, sizes > 0, lines)
        odd = np.array([one.odd for one in self.numbers], bool)[kind]
        again = odd.copy()
        again[first] = False  # the first row of a kind went the long way already
        if again.any():
            self._long_way(
                (int(lines[place]), self._line(columns, place))
                for place in np.flatnonzero(again).tolist()
            )
        self._count(kind, first)
        subject, object_ = (
            self._end_codes(columns[name], ~odd, lines, side)
            for side, name in enumerate(("subject", "object"))
        )
        starts = np.cumsum(sizes) - sizes
        most = max(len(self.numbers[number].made) for number in np.unique(kind).tolist())
        for turn in range(most):
            made = [one.made[turn] if turn < len(one.made) else None for one in self.numbers]
            has = np.array([one is not None for one in made], bool)[kind] & ~odd
            has[first] = False
            rows = np.flatnonzero(has)
            if len(rows):
                self._emit(
                    [one or _NONE for one in made], kind[rows], subject, object_, rows,
                    sizes[rows], starts[rows], sources, columns,
                )  # fmt: skip

    def _line(self, columns: dict[str, Any], place: int) -> bytes:
        return "\t".join(columns[name][place].as_py() for name in self.names).encode()

    def _kinds(
        self, columns: dict[str, Any], has_papers: Numbers, lines: Numbers
    ) -> tuple[Numbers, Numbers]:
        """The number of the kind of each row, and the rows that are the first of a new kind.

        Those have been taken when they come back.
        """
        key = has_papers.astype(np.int64)
        for name in self.beside:
            coded = columns[name].dictionary_encode()
            count = len(coded.dictionary)
            if count > 1:
                key = key * count + np.asarray(coded.indices)
                if int(key.max()) >= 1 << 40:
                    _, key = np.unique(key, return_inverse=True)
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        numbers, fresh = [], []
        for place in first.tolist():
            said = tuple(columns[name][place].as_py() for name in self.beside)
            known = (*said, str(bool(has_papers[place])))
            if known not in self.number_of:
                line = self._line(columns, place)
                cites = bool(has_papers[place])
                self.numbers.append(self._kind(int(lines[place]), line, cites=cites))
                self.number_of[known] = len(self.numbers) - 1
                fresh.append(place)
            numbers.append(self.number_of[known])
        return np.array(numbers, np.int64)[inverse.reshape(-1)], np.array(fresh, np.int64)

    def _kind(self, number: int, line: bytes, *, cites: bool) -> _Kind:
        """Take the first row of a kind by the long way, and see what comes out."""
        before = dict(self.maker.unplaced)
        edges = [
            edge
            for edge in self.maker.of_table(self.names, [(number, line.decode())])
            if isinstance(edge, Edge)
        ]
        after = self.maker.unplaced
        unplaced = tuple(name for name in after if after[name] > before.get(name, 0))
        found = formats.tidied(
            map(self._statement, edges), self.reading.report.left, f"{self.path}: "
        )
        statements = [one for one in found if isinstance(one, Statement)]
        self.incoming.take(statements)
        made, odd = [], not edges
        for edge, statement in zip(edges, statements, strict=True):
            meaning = self.mapper.meanings.meaning(edge.predicate)
            row = predicate(meaning, edge.sign)
            piece = next(iter(statement.evidence), None)
            odd = odd or (edge.negated and not edge.citations)  # its line is who says so
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
                    int(statement.negated), row.symmetric, how, source, summary, database,
                    edge.predicate, edge.sign is None and not meaning.known,
                )
            )  # fmt: skip
        return _Kind(tuple(made), odd, unplaced)

    def _count(self, kind: Numbers, first: Numbers) -> None:
        """Count for the report what came the short way."""
        report = self.reading.report
        counts = np.bincount(kind, minlength=len(self.numbers))
        counts -= np.bincount(kind[first], minlength=len(self.numbers))
        for number in np.flatnonzero(counts).tolist():
            one, count = self.numbers[number], int(counts[number])
            if one.odd:
                continue
            for made in one.made:
                report.rows += count
                report.predicates[made.said] += count
                if made.unknown:
                    report.unknown[made.said] += count
            for name in one.unplaced:
                self.maker.unplaced[name] += count

    def _end_codes(self, column: Any, taken: Numbers, lines: Numbers, side: int) -> Numbers:
        """The codes of the things that a column names, in the rows that are taken."""
        coded = column.dictionary_encode()
        places = np.asarray(coded.indices)
        rows = np.flatnonzero(taken)[::-1]
        line = np.full(len(coded.dictionary), -1, np.int64)
        line[places[rows]] = lines[rows]  # of several rows the first one stays
        codes = np.full(len(coded.dictionary), -1, np.int32)
        for place, (text, first) in enumerate(
            zip(coded.dictionary.to_pylist(), line.tolist(), strict=True)
        ):
            if first < 0:
                continue
            code = self.ends.get(text)
            if code is None:
                code = self.ends[text] = self.incoming.entities.code(self.mapper.end(text))
            if len(self.mapper.entities) > len(self.described):
                self._mentioned(text, (first, side))
            codes[place] = code
        found: Numbers = codes[places]
        return found

    def _mentioned(self, text: str, place: tuple[int, int]) -> None:
        """Note where a thing that nothing has named is mentioned first, which gives it its name."""
        identifier = self.mapper.end(text)
        if identifier not in self.described:
            known = self.mentions.get(identifier)
            if known is None or place < known[0]:
                self.mentions[identifier] = place, text

    def _cited(self, column: Any, count: int) -> tuple[Numbers, Numbers]:
        """How many papers each row cites, and the codes of all of them."""
        if column is None:
            return np.zeros(count, np.int64), np.zeros(0, np.int32)
        compute = self.pa.compute
        lists = compute.split_pattern(column, "|")
        coded = lists.flatten().dictionary_encode()
        codes = self._papers(coded.dictionary)[np.asarray(coded.indices)]
        sizes = np.diff(np.asarray(lists.offsets))
        kept = codes >= 0
        if not kept.all():
            row = np.repeat(np.arange(count), sizes)[kept]
            sizes, codes = np.bincount(row, minlength=count), codes[kept]
        return sizes.astype(np.int64), codes

    def _papers(self, texts: Any) -> Numbers:
        """The code of each paper as a cell names it; -1 for what says that there is none."""
        known, incoming = self.cited, self.incoming
        plain = np.asarray(self.pa.compute.match_substring_regex(texts, _PMID)).tolist()
        codes = np.empty(len(texts), np.int32)
        for place, text in enumerate(texts.to_pylist()):
            code = known.get(text)
            if code is None:
                code = -1
                if plain[place]:
                    code = incoming.sources.as_it_is(text)
                    incoming.cited.add(code, self.plain_text)
                else:
                    said = biolink.publications(biolink.texts(text))
                    for one in self.mapper.cited(Citation(papers=said)):
                        code = incoming.sources.code(one)
                known[text] = code
            codes[place] = code
        return codes

    def _emit(
        self, made: Sequence[_Made], kind: Numbers, subject: Numbers, object_: Numbers,
        rows: Numbers, sizes: Numbers, starts: Numbers, sources: Numbers, columns: dict[str, Any],
    ) -> None:  # fmt: skip
        """Take one statement of each of these rows."""

        def column(name: str) -> Numbers:
            return np.array([getattr(one, name) for one in made])[kind]

        subject, object_ = subject[rows], object_[rows]
        symmetric = np.flatnonzero(column("symmetric"))
        if len(symmetric):
            subject, object_ = self._sorted_ends(subject, object_, symmetric)
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
        if any(one.summary for one in made):
            said = [made[k].summary for k in np.repeat(kind, pieces).tolist()]
            texts["summary"] = b"".join(said), np.fromiter(map(len, said), np.int64, len(said))
        if len(alone) and "id" in columns:
            texts["locator"] = self._locators(
                columns["id"].take(self.pa.array(rows[alone])),
                [made[k].database for k in kind[alone].tolist()],
                first[alone],
                len(cited),
            )
        self.incoming.batch(
            {
                "subject": subject,
                "predicate": column("predicate"),
                "object": object_,
                "qualifiers": column("qualifiers"),
                "topic": np.zeros(len(rows), np.int32),
                "negated": column("negated"),
            },
            pieces,
            {"source": cited, "how": np.repeat(column("how"), pieces)},
            texts,
        )

    def _sorted_ends(
        self, subject: Numbers, object_: Numbers, rows: Numbers
    ) -> tuple[Numbers, Numbers]:
        """The ends of statements without a direction, in the order of their ids."""
        codes, places = np.unique(
            np.concatenate((subject[rows], object_[rows])), return_inverse=True
        )
        names = [self.incoming.entities.values[code] for code in codes.tolist()]
        rank = np.empty(len(names), np.int64)
        rank[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        one, other = np.split(rank[places.reshape(-1)], 2)
        turned = rows[one > other]
        subject, object_ = subject.copy(), object_.copy()
        subject[turned], object_[turned] = object_[turned], subject[turned]
        return subject, object_

    def _locators(
        self, ids: Any, databases: Sequence[str], places: Numbers, count: int
    ) -> tuple[memoryview | bytes, Numbers]:
        """Where in a database a row without papers stands: the database, and the record there."""
        pa, compute = self.pa, self.pa.compute
        joined = compute.binary_join_element_wise(pa.array(databases, pa.string()), ids, " ")
        nothing = compute.or_(compute.equal(ids, ""), compute.match_substring_regex(ids, _MADE_UP))
        joined = compute.if_else(nothing, "", joined)
        if isinstance(joined, pa.ChunkedArray):
            joined = joined.combine_chunks()
        _, offsets, data = joined.buffers()
        first = np.frombuffer(offsets, np.int32)[joined.offset : joined.offset + len(joined) + 1]
        sizes = np.zeros(count, np.int64)
        sizes[places] = np.diff(first)
        text = memoryview(data)[int(first[0]) : int(first[-1])] if data is not None else b""
        return text, sizes


_NONE: Final = _Made(
    0, 0, 0, symmetric=False, how=-1, source=-1, summary=b"", database="", said="", unknown=False
)


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file in blocks that end with a line."""
    rest = b""
    while data := stream.read(_BLOCK):
        cut = data.rfind(b"\n") + 1
        if cut:
            yield rest + data[:cut]
            rest = data[cut:]
        else:
            rest += data
    if rest:
        yield rest


def _lines(block: bytes) -> int:
    return block.count(b"\n") + (not block.endswith(b"\n"))


def _split(block: bytes) -> list[bytes]:
    return block.removesuffix(b"\n").split(b"\n")


def _is_plain_text(block: bytes) -> bool:
    """Whether there is nothing odd in any cell of some lines; see `_ODD`."""
    if not block.isascii() or any(
        odd in block for odd in (b'"', b"\\", b"  ", b" \t", b"\t ", b" \n", b"\n ")
    ):
        return False
    signs = np.frombuffer(block, np.uint8)
    blanks = np.count_nonzero(signs == ord("\t")) + np.count_nonzero(signs == ord("\n"))
    return bool(np.count_nonzero(signs < ord(" ")) == blanks and not (signs == 127).any())
