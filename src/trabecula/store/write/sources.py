"""Sources: their table, their records, and which of them are one paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, cast

import numpy as np

from trabecula import progress
from trabecula.addresses import prefixes_of
from trabecula.canonical import unversioned
from trabecula.model import Source
from trabecula.regular import regular
from trabecula.standing import groups, identifiers, papers
from trabecula.store import arrays, layout
from trabecula.store.incoming import USUAL_SOURCE, Numbers, source_of, source_text
from trabecula.store.write.draft import Draft, places, refuse_two_spellings, texts_of
from trabecula.store.write.tables import Table, write_arrow, write_texts

#: Sources that are written at once.
MANY: Final = 1 << 16
#: A source that is cited, of which no more is known; most are.
_PLAIN: Final = source_of("", USUAL_SOURCE)


@dataclass(frozen=True)
class _Recorded:
    """What is known of sources once their records are written."""

    records: list[Source | None]  # those that differ
    which: Numbers  # by source: the place of its own among these
    #: By id, of sources that are not simply their own: the id of the paper, and as what it counts.
    paper: dict[str, str]
    counted: dict[str, str]


def write(draft: Draft) -> None:
    """Write the table and the arrays of sources, and which of them are one paper."""
    with progress.phase("writing sources"):
        recorded = _record(draft)
        names = draft.sources.names
        table = Table(draft.folder, "sources")
        columns = _Columns(recorded.records)
        for start in range(0, len(names), MANY):
            part = slice(start, start + MANY)
            own = {
                "number": np.arange(start, start + len(names[part]), dtype=np.int32),
                "id": names[part],
                "paper": _of_each(recorded.paper, names[part]),
                "counted_as": _of_each(recorded.counted, names[part]),
                "retracted": draft.retracted[part].astype(bool),
            }
            table.write(partial(columns.take, recorded.which[part], own))
        table.close()
        read = np.array(
            [bool(record and record.abstract_read) for record in recorded.records], np.int8
        )
        arrays.write(draft.arrays / "sources.read.npy", read[recorded.which], "i1")
        draft.note(draft.sources.texts)
        draft.prefixes.update(
            prefixes_of(record for record in recorded.records if record and record.xrefs)
        )


def write_records(draft: Draft) -> None:
    """Write the records of sources, and which of them are one paper."""
    with progress.phase("writing sources"):
        _record(draft)


def _record(draft: Draft) -> _Recorded:
    pa, texts = layout.arrow(), draft.sources.texts
    records, which = _records(draft)
    plain = which == 1
    plain &= np.asarray(pa.compute.starts_with(texts, pattern="PMID:"))  # as most are
    special = [
        source
        for number in np.flatnonzero(~plain).tolist()
        if (source := _special(records[which[number]], str(texts[number]))) is not None
    ]
    paper, counted = _papers(draft, special)
    _write_arrays(draft, paper, counted, special)
    record_texts = pa.array(
        [source_text(record) if record else b"" for record in records], pa.large_binary()
    )
    write_arrow(draft.arrays, "sources.id", texts)
    write_arrow(draft.arrays, "sources.record", record_texts.take(pa.array(which)))
    draft.counts["sources"] = len(texts)
    draft.counts["cited"] = len(draft.incoming.cited.last)
    return _Recorded(records, which, paper, counted)


def _records(draft: Draft) -> tuple[list[Source | None], Numbers]:
    """The different records of sources, and for each source the place of its own in the list.

    First comes what nothing describes, then what is cited and no more: one record for all.
    """
    incoming = draft.incoming
    refuse_two_spellings(incoming.cited, incoming.sources, source_of, draft.words)
    texts = texts_of(incoming.cited.folder, incoming.cited.name)
    records: list[Source | None] = [None, _PLAIN]
    last = places(incoming.cited, draft.sources)
    which = np.zeros(len(last), np.int64)
    which[last == 0] = 1
    for number in np.flatnonzero(last > 0).tolist():
        record = source_of(str(draft.sources.texts[number]), texts.raw(last[number]))
        records.append(cast("Source", regular(record, draft.words)))
        which[number] = len(records) - 1
    return records, which


def _special(source: Source | None, name: str) -> Source | None:
    """A source of which more is known than that it is cited."""
    if source is _PLAIN:
        return None if unversioned(name) == name else Source(id=name, kind="cited")
    return source


def _of_each(of: dict[str, str], names: list[str]) -> list[str]:
    return [of.get(name, name) for name in names] if of else names


def _papers(draft: Draft, special: Sequence[Source]) -> tuple[dict[str, str], dict[str, str]]:
    """By id, of sources that are not simply their own: the id of the paper, as what it counts.

    Most sources have one identifier and no group: each of these is a paper by itself, unless
    another one has its identifier, or the name of its group. What is not is written.
    """
    joined = [
        source
        for source in special
        if source.xrefs or source.url or source.group or unversioned(source.id) != source.id
    ]
    one_of: dict[str, str] = {}
    counted_of: dict[str, str] = {}
    if joined:
        ids = {source.id for source in joined}
        meant = {name for source in joined for name in (*identifiers(source), source.group)} - ids
        codes = draft.incoming.sources
        plain = [
            Source(id=name)
            for name in sorted(meant)
            if name in codes and codes.code(name) in draft.incoming.cited.last
        ]
        one_of = papers([*joined, *plain])
        counted_of = dict(groups([*joined, *plain]))
    names = sorted(one_of)
    for column, of in (("paper", one_of), ("counted", counted_of)):
        write_texts(draft.arrays, f"papers.{column}", [of[name].encode() for name in names])
    write_texts(draft.arrays, "papers.name", [name.encode() for name in names])
    return one_of, counted_of


def _write_arrays(
    draft: Draft, paper: dict[str, str], counted: dict[str, str], special: Sequence[Source]
) -> None:
    """Write which paper each source is; note which count apart, and which were retracted."""
    count = len(draft.sources)
    number = draft.counted = np.arange(count)
    if paper:
        names = draft.sources.names
        number, draft.counted = (_numbers(names, _of_each(of, names)) for of in (paper, counted))
    gone = {paper.get(source.id, source.id) for source in special if source.standing == "retracted"}
    draft.retracted = np.zeros(count, np.int8)
    if gone:
        draft.retracted[:] = [name in gone for name in _of_each(paper, draft.sources.names)]
    # a paper may be named by an identifier that no source here has
    arrays.write(draft.arrays / "sources.paper.npy", np.where(number < count, number, -1), "i4")
    arrays.write(draft.arrays / "sources.retracted.npy", draft.retracted, "i1")


def _numbers(names: list[str], labels: list[str]) -> Numbers:
    """The number of each label: that of the source so named, or else one behind all of these."""
    number = {name: place for place, name in enumerate(names)}
    return np.fromiter((number.setdefault(label, len(number)) for label in labels), np.int64)


class _Columns:
    """The columns of what records of sources say, taken by number."""

    def __init__(self, records: Sequence[Source | None]) -> None:
        pa = layout.arrow()
        rows = [record or Source(id="") for record in records]
        own = ("number", "id", "paper", "counted_as", "retracted", "described")
        self.values = {}
        for field in layout.schemas()["sources"]:
            if field.name not in own:
                kind = pa.string() if pa.types.is_dictionary(field.type) else field.type
                values = [getattr(row, field.name) for row in rows]
                self.values[field.name] = pa.array(values, kind)
        self.values["described"] = pa.array([record is not None for record in records])

    def take(self, numbers: Numbers, own: dict[str, Any]) -> dict[str, Any]:
        """The columns of these, beside others of their own."""
        pa = layout.arrow()
        columns = {name: values.take(pa.array(numbers)) for name, values in self.values.items()}
        columns |= own
        for name in ("kind", "study_type", "organism", "standing"):
            columns[name] = columns[name].dictionary_encode()
        return columns
