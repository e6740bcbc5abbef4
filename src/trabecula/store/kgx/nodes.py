"""Nodes of KGX: those that say plainly what they are, all at once; the others one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from trabecula import progress
from trabecula.formats import kgx
from trabecula.mapping import Reading, biolink
from trabecula.mapping.cited import NOTHING, SODIUM
from trabecula.mapping.items import Item, Node
from trabecula.mapping.records import Mapper
from trabecula.store import layout
from trabecula.store.incoming import Incoming, Numbers, text_of_json
from trabecula.store.kgx.columns import Rows, blocks, decoded, header
from trabecula.store.sorting import joint, order_of_rows

#: An identifier that stays as it is, if its prefix does.
_IDENTIFIER: Final = r"^([A-Za-z][A-Za-z0-9._-]*:[A-Za-z0-9]+|[A-Za-z0-9][A-Za-z0-9._+-]*)$"
#: Slots of which few values differ.
_FEW: Final = ("category", "in_taxon", "taxon")
_ALONE: Final = frozenset(("id", "name", "description", *biolink.SYNONYMS))
_XREFS: Final = frozenset(name for _, name in biolink.XREFS)


def take(incoming: Incoming, mapper: Mapper, reading: Reading, path: Path) -> None:
    """Take the nodes of a table: into `incoming` what is plain, the others into `mapper`."""
    names = header(path)
    if "id" not in names:
        for item in progress.steps(kgx.nodes(reading, reading.lines(path), str(path)), "nodes"):
            mapper.take(item)  # type: ignore[arg-type]  # nodes, no edges
        return
    rows = _Rows(names, mapper, reading, path)
    rows.read()
    for _, item in sorted(rows.others, key=lambda pair: pair[0]):
        mapper.take(item)  # type: ignore[arg-type]
    rows.describe(incoming)
    rows.maker.done()


class _Rows:
    """The rows of a table: columns of the plain ones, items of the others."""

    def __init__(self, names: list[str], mapper: Mapper, reading: Reading, path: Path) -> None:
        self.names, self.mapper, self.path = names, mapper, path
        self.pa = layout.arrow()
        self.maker = kgx.Nodes(reading, str(path))
        self.others: list[tuple[int, Item]] = []  # with the numbers of their lines
        self.plain: Any = None
        # judged apart from the file: a category of its own is its first row's to define
        self.scratch = Mapper(reading, mapper.meanings, mapper.namer)

    def read(self) -> None:
        """Read the table."""
        tables: list[Any] = []
        numbers: list[Numbers] = []
        odd_lines: list[tuple[int, bytes]] = []
        total = self.path.stat().st_size
        with self.path.open("rb") as stream:
            for block in blocks(stream):
                self.maker.header = block.header.decode().rstrip("\n")
                rows = Rows(block, len(self.names))
                if len(rows):
                    table = self._table(rows)
                    is_plain = self._plain(table)
                    rows.without(~is_plain)
                    tables.append(table.filter(self.pa.array(is_plain)))
                    numbers.append(rows.lines)
                odd_lines.extend(rows.others())
                progress.at(block.end / total, block.line, "nodes")
        self._others(odd_lines)
        if tables:
            self.plain = self.pa.concat_tables(tables).unify_dictionaries().combine_chunks()
            self._part_those_that_meet(np.concatenate(numbers))

    def _table(self, rows: Rows) -> Any:
        """Rows as a table of Arrow; columns whose values mostly repeat have dictionaries."""
        columns = [rows.cells(at) for at in range(len(self.names))]
        return self.pa.table(
            [
                column if name in _ALONE else column.dictionary_encode()
                for name, column in zip(self.names, columns, strict=True)
            ],
            names=self.names,
        )

    def _others(self, lines: Sequence[tuple[int, bytes]]) -> None:
        for number, text in decoded(lines, self.path):
            made = self.maker.of_table(self.names, [(number, text)])
            self.others.extend((number, item) for item in made)

    def _plain(self, table: Any) -> Numbers:
        """True for each row that says plainly what it is."""
        compute = self.pa.compute
        is_plain = np.ones(table.num_rows, bool)
        for name in self.names:
            if name in _XREFS:
                is_plain &= np.asarray(compute.equal(table.column(name).chunk(0), ""))
        ids = table.column("id").chunk(0)
        is_plain &= np.asarray(compute.match_substring_regex(ids, _IDENTIFIER))
        head = self.maker.header.split("\t")[self.names.index("id")]
        is_plain &= np.asarray(compute.not_equal(ids, head))  # which stands again in some files
        prefixes = compute.if_else(
            compute.match_substring(ids, ":"), compute.replace_substring_regex(ids, ":.*$", ""), ""
        ).dictionary_encode()
        leaves = [self.mapper.namer.leaves(name) for name in prefixes.dictionary.to_pylist()]
        is_plain &= np.array(leaves, bool)[np.asarray(prefixes.indices)]
        if "name" not in self.names:
            return np.zeros(table.num_rows, bool)
        is_plain &= np.asarray(compute.not_equal(table.column("name").chunk(0), ""))
        kind, kinds = self._kinds(table)
        is_plain &= np.array([each is not None for each in kinds], bool)[kind]
        return is_plain

    def _kinds(self, table: Any) -> tuple[Numbers, list[tuple[str, str] | None]]:
        """The kind of each row, and of each kind category and taxon; None where it is not plain."""
        few = [name for name in _FEW if name in self.names]
        coded = [table.column(name).chunk(0) for name in few]
        key = joint([np.asarray(column.indices) for column in coded], table.num_rows)
        _, first, kind = np.unique(key, return_index=True, return_inverse=True)
        pairs: list[tuple[str, str] | None] = []
        for place in first.tolist():
            cells = [column[place].as_py() for column in coded]
            slots = kgx.slots_of(few, range(len(few)), cells)
            node, _ = biolink.node({"id": ("a",), "name": ("a",), **slots})
            category = self.scratch.category(node.category)
            taxon = self.scratch.namer.identifier(node.taxon) if node.taxon else ""
            pairs.append((category, taxon) if category not in self.scratch.categories else None)
        return kind.reshape(-1), pairs

    def _part_those_that_meet(self, numbers: Numbers) -> None:
        """Rows of which several are about one thing are read one by one."""
        ids = self.plain.column("id").combine_chunks()
        coded = ids.dictionary_encode()
        often = np.bincount(np.asarray(coded.indices), minlength=len(coded.dictionary)) > 1
        met = {
            self.mapper.namer.identifier(item.identifier or item.key)
            for _, item in self.others
            if isinstance(item, Node)
        }
        also = np.asarray(
            self.pa.compute.is_in(coded.dictionary, value_set=self.pa.array(sorted(met), ids.type))
        )
        meets = (often | also)[np.asarray(coded.indices)]
        if meets.any():
            cells = {name: self.plain.column(name).combine_chunks() for name in self.names}
            places = np.flatnonzero(meets).tolist()
            self._others([(int(numbers[place]), _line(cells, place)) for place in places])
            self.plain = self.plain.filter(self.pa.array(~meets)).combine_chunks()

    # --- Records of those that are plain --------------------------------------------------------

    def describe(self, incoming: Incoming) -> None:
        """Take the records of the plain rows."""
        if self.plain is None or not self.plain.num_rows:
            return
        for name in self.names:
            if name not in biolink.OF_NODES:
                coded = self.plain.column(name).combine_chunks()
                cells = coded.dictionary.to_pylist()
                says = np.array(
                    [any(kgx.slots_of([name], [0], [cell]).values()) for cell in cells], bool
                )
                count = int(np.count_nonzero(says[np.asarray(coded.indices)]))
                if count:
                    self.maker.unplaced[name] += count
        texts = self._texts()
        _, offsets, data = texts.buffers()
        first = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
        ids = self.plain.column("id").to_pylist()
        incoming.describe(ids, memoryview(data)[int(first[0]) : int(first[-1])], np.diff(first))
        self.mapper.elsewhere.update(ids)

    def _texts(self) -> Any:
        """The record of each row, as `entity_text` has it; no cell has anything to be escaped."""
        pa = self.pa
        kind, kinds = self._kinds(self.plain)
        texts = [text_of_json(each).decode()[1:-1] for each in kinds]
        middle = pa.array([f'",{each},"' for each in texts]).take(pa.array(kind))
        nothing = pa.scalar("", pa.string())
        description = nothing
        if "description" in self.names:
            description = self.plain.column("description").combine_chunks()
        return pa.compute.binary_join_element_wise(
            '["', self.plain.column("name").combine_chunks(), middle, description, '",[',
            self._synonyms(), "],[]]", "",
        )  # fmt: skip

    def _synonyms(self) -> Any:
        """The synonyms of each row, quoted and with commas between; see `mapping.records`."""
        pa, compute = self.pa, self.pa.compute
        count = self.plain.num_rows
        items, rows = [pa.array([], pa.string())], [np.zeros(0, np.int64)]
        for name in biolink.SYNONYMS:
            if name in self.names:
                lists = compute.split_pattern(self.plain.column(name).combine_chunks(), "|")
                items.append(compute.ascii_trim_whitespace(lists.flatten()))
                rows.append(np.repeat(np.arange(count), np.diff(np.asarray(lists.offsets))))
        texts, row = pa.concat_arrays(items), np.concatenate(rows)
        names = self.plain.column("name").combine_chunks().take(pa.array(row))
        silent = pa.array(sorted(NOTHING), pa.string())
        kept = ~np.asarray(compute.is_in(compute.ascii_lower(texts), value_set=silent))
        kept |= np.asarray(compute.equal(texts, SODIUM))
        kept &= np.asarray(compute.not_equal(texts, names))
        coded = texts.filter(pa.array(kept)).dictionary_encode()
        row, different = row[kept], coded.dictionary
        # by letters without case, and where these are the same as they stand
        places = np.asarray(compute.sort_indices(different))
        folded = compute.ascii_lower(different.take(pa.array(places)))
        places = places[np.asarray(compute.sort_indices(folded))]
        rank = np.empty(len(places), np.int64)
        rank[places] = np.arange(len(places))
        code = np.asarray(coded.indices)
        order, new = order_of_rows([row, rank[code]])
        order = order[np.concatenate(([True], new))[: len(order)]]  # each once
        sizes = np.bincount(row[order], minlength=count)
        offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        lists = pa.ListArray.from_arrays(pa.array(offsets), different.take(pa.array(code[order])))
        joined = compute.binary_join(lists, '","')
        quoted = compute.binary_join_element_wise('"', joined, '"', "")
        return compute.if_else(pa.array(sizes > 0), quoted, "")


def _line(cells: Mapping[str, Any], place: int) -> bytes:
    """The line of a plain row, as it stands in the table."""
    return "\t".join(column[place].as_py() for column in cells.values()).encode()
