"""Cells of edges of KGX, a block at a time: of what repeats in them each text has a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from trabecula.mapping import biolink
from trabecula.store import layout
from trabecula.store.incoming import Numbers
from trabecula.store.kgx.columns import Block, Rows


class Columns:
    """The columns of a table of edges, by their names."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.papers = next((name for name in names if name in biolink.PUBLICATIONS), "")
        apart = ("subject", "object", "id", self.papers)
        #: What makes the kind of a row: columns that stand side by side, first and last.
        self.beside = _runs([at for at, name in enumerate(names) if name not in apart])


def _runs(columns: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of columns that stand side by side.

    >>> _runs([1, 4, 5, 6])
    [(1, 1), (4, 6)]
    """
    runs: list[tuple[int, int]] = []
    for at in columns:
        if runs and runs[-1][1] == at - 1:
            runs[-1] = runs[-1][0], at
        else:
            runs.append((at, at))
    return runs


class Cells:
    """The plain rows of a block, of which what repeats has codes; `others` are all other lines.

    It is made by a thread: nothing that is met in a block is known yet.
    """

    def __init__(self, block: Block, columns: Columns) -> None:
        names = columns.names
        self.line, self.end = block.line, block.end
        self.header = block.header.decode().rstrip("\n")
        self.rows = rows = Rows(block, len(names))
        #: How many texts each row has for its papers, and all of these.
        self.cited: tuple[Numbers, Any] = np.zeros(0, np.int64), None
        if len(rows):
            self._code(columns)
            odd = self._odd(columns)
            rows.without(odd)
            if odd.any() and len(rows):
                self._code(columns)
        self.others = list(rows.others())

    def _code(self, columns: Columns) -> None:
        """Give codes to the ends of all rows, to their papers, and to what stands beside."""
        pa, names, rows = layout.arrow(), columns.names, self.rows
        ends = pa.chunked_array([rows.cells(names.index(side)) for side in ("subject", "object")])
        self.subject, self.object = ends.dictionary_encode().chunks
        self.beside = [rows.cells(*run).dictionary_encode() for run in columns.beside]
        self.cited = np.zeros(len(rows), np.int64), None
        if columns.papers:
            sizes, papers = rows.members(names.index(columns.papers))
            self.cited = sizes, papers.dictionary_encode()

    def _odd(self, columns: Columns) -> Numbers:
        """True for each row with a blank end, with one of the header, or negated by a strange word.

        So it is for one whose papers are listed in a way of their own. The header stands again in
        files put together.
        """
        pa, names = layout.arrow(), columns.names
        heads = dict(zip(names, self.header.split("\t"), strict=True))
        odd = np.zeros(len(self.rows), bool)
        for name, column in (("subject", self.subject), ("object", self.object)):
            of_no_row = pa.compute.is_in(column.dictionary, value_set=pa.array(["", heads[name]]))
            odd |= np.asarray(of_no_row)[np.asarray(column.indices)]
        for (first, last), run in zip(columns.beside, self.beside, strict=True):
            here = names[first : last + 1]
            if not {"predicate", "negated"} & set(here):
                continue
            is_odd = []
            for text in run.dictionary.to_pylist():
                cells = dict(zip(here, text.split("\t"), strict=True))
                predicate, negated = cells.get("predicate"), cells.get("negated", "")
                is_odd.append(
                    predicate in ("", heads["predicate"])
                    # what is wrong is found in the order of the lines
                    or biolink.negation({"negated": biolink.texts(negated)}) is None
                )
            odd |= np.array(is_odd, bool)[np.asarray(run.indices)]
        sizes, papers = self.cited
        if papers is not None:  # between which other signs than bars may stand
            joined = pa.compute.match_substring_regex(papers.dictionary, biolink.JOINS.pattern)
            if pa.compute.any(joined).as_py():
                at, row = names.index(columns.papers), np.repeat(np.arange(len(sizes)), sizes)
                for place in np.unique(
                    row[np.asarray(joined)[np.asarray(papers.indices)]]
                ).tolist():
                    texts = biolink.texts(self.rows.line(place).decode().split("\t")[at])
                    odd[place] |= len(biolink.publications(texts)) != len(texts)
        return odd
