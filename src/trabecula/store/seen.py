"""A store through a lens: as if only some evidence counted, by columns.

Where much is left, no record is made of it: what counts goes into another store, which lies among
the temporary files as long as somebody holds its graph. What a program that was killed has left of
that is removed by the next one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numpy as np

from trabecula import progress
from trabecula.lens import Lens, counting, cut, given_of
from trabecula.store.arrays import Texts, ragged
from trabecula.store.columns import MappedColumns
from trabecula.store.incoming import TEXTS, Incoming, Numbers, context_of, how_of
from trabecula.store.records import Statements
from trabecula.store.write import write
from trabecula.uncollected import uncollected
from trabecula.writing import Staged

_Opened = TypeVar("_Opened")
#: Statements of which records in memory are made.
FEW: Final = 10_000
#: Statements that go from one store into another at once.
_BATCH: Final = 1 << 20


def pieces_through(columns: MappedColumns, papers: Mapping[str, str], lens: Lens) -> Numbers:
    """True for each piece of evidence that counts; see `lens`.

    `papers` gives the one id of a paper by each of its identifiers. Raises `NotFound` for a word of
    `trust` that nothing goes by.
    """
    stored = columns.stored
    given = columns.predicates.marked(given_of(columns))
    first = stored.array("statements.evidence")
    kept = columns.passing(counting(columns, lens))
    kept |= np.repeat(np.frombuffer(given, np.uint8) != 0, np.diff(first))
    if lens.without:
        ids = stored.texts("sources.id")
        gone = [ids.number(papers.get(key, key)) for key in lens.without]
        paper = stored.array("sources.paper")[stored.array("evidence.source")]
        kept &= ~np.isin(paper, gone)
    return kept


@uncollected
def as_store(columns: MappedColumns, kept: Numbers, opened: Callable[[Path], _Opened]) -> _Opened:
    """The store of the pieces of evidence that are kept, and of the statements that have one.

    What `opened` makes of its folder holds it: the folder goes when that goes.
    """
    staged = Staged(Path(tempfile.gettempdir()))
    folder = staged.folder
    try:
        rows, made = folder / "rows", folder / "store"
        rows.mkdir()
        made.mkdir()
        with progress.phase("leaving out what does not count"):
            incoming = Incoming(rows)
            _into(columns, incoming, kept)
            write(incoming, made, columns.stored.manifest["inputs"])
        shutil.rmtree(rows)
        part = opened(made)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.filename is None:  # such as a full disk
            raise OSError(error.errno, error.strerror or str(error), str(folder.parent)) from error
        raise
    weakref.finalize(part, _remove, staged, os.getpid())
    return part


def _remove(staged: Staged, owner: int) -> None:
    """Remove a folder, in the process that made it: a fork of it ends earlier."""
    if os.getpid() == owner:
        shutil.rmtree(staged.folder, ignore_errors=True)


def _into(columns: MappedColumns, incoming: Incoming, kept: Numbers) -> None:
    """Take what is kept on its way into another store."""
    stored = columns.stored
    meant = {name: stored.array(f"statements.{name}") for name in incoming.rows}
    first = stored.array("statements.evidence")
    numbers = np.flatnonzero(columns.any_piece(kept))
    before = np.concatenate(([0], np.cumsum(kept)))
    sizes = before[first[numbers + 1]] - before[first[numbers]]
    pieces = np.flatnonzero(kept)
    source, how = stored.array("evidence.source")[pieces], stored.array("evidence.how")[pieces]
    ends = [meant[side][numbers] for side in ("subject", "object")]
    incoming.abouts.append(stored.about)
    entity = _codes(incoming.entities, stored.texts("entities.id"), np.concatenate(ends))
    # All records of a paper, so that the part knows as much of it as the whole.
    paper = stored.array("sources.paper")
    cited = np.flatnonzero(np.isin(paper, np.unique(paper[source])))
    codes = _codes(incoming.sources, stored.texts("sources.id"), cited)
    for code_of, where, texts in (
        (entity, incoming.described, stored.texts("entities.record")),
        (codes, incoming.cited, stored.texts("sources.record")),
    ):
        for number in np.flatnonzero(code_of >= 0).tolist():
            if text := texts.raw(number):
                where.add(int(code_of[number]), text)
    contexts = _Read(stored.texts("contexts"), context_of)
    repeating = {
        "predicate": (incoming.predicates, stored.manifest["predicates"]),
        "topic": (incoming.topics, stored.manifest["topics"]),
        "qualifiers": (incoming.contexts, contexts),
    }
    maps = {"subject": entity, "object": entity} | {
        name: _codes(on_its_way, values, meant[name][numbers])
        for name, (on_its_way, values) in repeating.items()
    }
    how_codes = _codes(incoming.hows, _Read(stored.texts("hows"), how_of), how)
    _reviews(columns, incoming, numbers, sizes, kept)
    ended = np.concatenate(([0], np.cumsum(sizes)))
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        mine = slice(int(ended[start]), int(ended[min(start + _BATCH, len(numbers))]))
        rows = {name: codes_of[meant[name][some]] for name, codes_of in maps.items()}
        incoming.batch(
            {**rows, "negated": meant["negated"][some]},
            sizes[start : start + _BATCH],
            {"source": codes[source[mine]], "how": how_codes[how[mine]]},
            {name: _texts(stored.texts(f"evidence.{name}"), pieces[mine]) for name in TEXTS},
        )


def _reviews(
    columns: MappedColumns, incoming: Incoming, numbers: Numbers, sizes: Numbers, kept: Numbers
) -> None:
    """Take the reviews of what is kept; of a statement that lost evidence, what was read of it."""
    statements = cast("Statements", columns.statements)
    first = columns.stored.array("statements.evidence")
    for identifier in columns.stored.reviews:
        number = columns.stored.ids.number(identifier)
        place = int(np.searchsorted(numbers, number))
        if number < 0 or place == len(numbers) or numbers[place] != number:
            continue
        statement = statements.make(number)
        if sizes[place] != len(statement.evidence):
            marks = kept[first[number] : first[number + 1]].tolist()
            pairs = zip(statement.evidence, marks, strict=True)
            statement = cut(statement, tuple(row for row, is_kept in pairs if is_kept))
        incoming.reviews.setdefault(statement.key, set()).update(statement.reviews)


class _Read:
    """Texts as what is read from them."""

    def __init__(self, texts: Texts, read: Any) -> None:
        self._texts, self._read = texts, read

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, number: int) -> Any:
        return self._read(self._texts.raw(number))


def _codes(codes: Any, values: Any, used: Iterable[int]) -> Numbers:
    """By the number of a value its code on its way; -1 of those that are not used."""
    code_of = np.full(len(values), -1, np.int32)
    for number in np.unique(np.asarray(used)).tolist():
        code_of[number] = codes.code(values[number])
    return code_of


def _texts(texts: Texts, numbers: Numbers) -> tuple[Any, Numbers]:
    """The bytes of some texts, joined, and the size of each."""
    sizes = texts.first[numbers + 1] - texts.first[numbers]
    return texts.data[ragged(texts.first[numbers], sizes)].data, sizes
