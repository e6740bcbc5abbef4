"""From records on their way to the folder of a store.

Identifiers are sorted first, which gives every entity and source its number; then statements go
through in portions of neighbouring subjects: each is sorted, statements of one meaning become one
with the evidence of all, and its rows go to the tables and arrays. What is in memory is a portion,
the identifiers, and a few numbers for each statement while adjacency is sorted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from trabecula import about as about_toml
from trabecula import progress, writing
from trabecula.addresses import prefixes_of
from trabecula.columns import FOLLOWED
from trabecula.errors import FormatError, Problem
from trabecula.identifiers import unversioned
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.regular import regular, word
from trabecula.standing import groups, identifiers, papers
from trabecula.store import arrays, layout, stored
from trabecula.store.arrays import Column, TextColumn, Texts, ragged
from trabecula.store.incoming import (
    TEXTS,
    Described,
    How,
    Incoming,
    Spelt,
    effect_of,
    entity_of,
    entity_text,
    how_text,
    source_of,
    source_text,
)
from trabecula.version import __version__
from trabecula.vocabulary import STATUSES, Vocabulary, words_of

Numbers = npt.NDArray[Any]
#: Statements that are sorted at once.
PORTION: Final = 1 << 19
#: Pieces of evidence that are written at once: their texts together may not have 2 GiB.
_SLICE: Final = 1 << 18
#: Entities and sources that are written at once.
_MANY: Final = 1 << 16

#: What a piece of evidence is for the status of its statement, as bits.
_ASSERTED, _DISPUTED, _TITLE, _READ, _COUNTS, _FOR, _AGAINST = (1 << bit for bit in range(7))


def write(incoming: Incoming, folder: Path, inputs: Sequence[str]) -> dict[str, Any]:
    """Write the store of all records that came in into an empty folder; its manifest comes back.

    Raises `FormatError` for what no graph can hold, `OSError` where it cannot be written.
    """
    layout.arrow()
    incoming.close()
    (folder / layout.ARRAYS).mkdir()
    made = _Writer(incoming, folder)
    made.entities()
    made.sources()
    made.statements()
    made.adjacency()
    made.vocabulary()
    files = _checksums(folder)
    manifest = {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "made_by": f"trabecula {__version__}",
        "about": about_toml.values(incoming.about),
        "counts": made.counts,
        "predicates": made.predicates,
        "topics": made.topics,
        "categories": made.categories,
        "prefixes": sorted(made.prefixes),
        "reviews": {
            identifier: [[each.date, each.kind, each.reader, each.rows] for each in sorted(some)]
            for identifier, some in sorted(incoming.reviews.items())
        },
        "inputs": list(inputs),
        "files": files,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    writing.write_through(folder / layout.MANIFEST, text.encode())
    stored.remember(folder, stored.stamps_of(folder, files))
    writing.sync(folder / layout.ARRAYS)
    writing.sync(folder)
    return manifest


def _checksums(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and checksum of every file, by its path in the folder."""
    from concurrent.futures import ThreadPoolExecutor

    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with progress.phase("checksums"), ThreadPoolExecutor(2) as pool:
        sums = list(pool.map(checksum, paths))
    return {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": one}
        for path, one in zip(paths, sums, strict=True)
    }


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass
class _Hows:
    """How evidence was gained, in the order of its texts; columns of the different values."""

    rows: list[How]
    number: Numbers  # by the code that it came in with

    def bits(self) -> Numbers:
        """What evidence of each kind is for the status of its statement."""
        return np.array([_bits(*how[:2]) for how in self.rows], np.uint8)


def _bits(stance: str, strength: str) -> int:
    sides = {"supports": _FOR, "disputes": _AGAINST}.get(stance, 0)
    if strength == "asserted":
        return _COUNTS | sides | _ASSERTED
    if stance == "disputes":
        return _COUNTS | sides | _DISPUTED
    if stance == "supports":
        return _COUNTS | sides | (_TITLE if strength == "title-only" else _READ)
    return _COUNTS


def _status_of_bits() -> tuple[Numbers, Numbers]:
    """Status and sayability by the bits of all evidence of a statement, as `standing` has them."""
    status, sayable = np.zeros(128, np.int8), np.zeros(128, np.int8)
    names = tuple(STATUSES)
    for bits in range(128):
        supported = bits & (_READ | _TITLE)
        if bits & _DISPUTED:
            name = "contested" if supported else "refuted"
        elif bits & _READ:
            name = "supported"
        elif bits & _TITLE:
            name = "title-only"
        else:
            name = "asserted-only" if bits & _ASSERTED else "no-evidence"
        only_against = bits & (_FOR | _AGAINST) == _AGAINST
        status[bits] = names.index(name)
        sayable[bits] = bool(bits & _COUNTS) and not only_against and name != "refuted"
    return status, sayable


class _Writer:
    """What is known while a store is written."""

    def __init__(self, incoming: Incoming, folder: Path) -> None:
        self.incoming, self.folder = incoming, folder
        self.arrays = folder / layout.ARRAYS
        self.words: Vocabulary = words_of(incoming.about)
        self.counts: dict[str, int] = {}
        self.predicates: list[str] = []
        self.topics: list[str] = []
        self.categories: list[str] = []
        self.prefixes: set[str] = set()  # of identifiers
        self.entity_rank = self.source_rank = np.zeros(0, np.int32)
        self.entity_ids: list[str] = []
        self.source_ids: list[str] = []
        self.retracted = np.zeros(0, np.int8)
        self.counted = np.zeros(0, np.int32)  # by source: the number under which it counts
        self._mentioned()

    def _mentioned(self) -> None:
        """Every identifier of a record that is not mentioned otherwise has its code already."""
        incoming = self.incoming
        self.entity_order, self.entity_rank = _ranks(incoming.entities)
        self.source_order, self.source_rank = _ranks(incoming.sources)
        self.entity_ids = [incoming.entities.values[code] for code in self.entity_order]
        self.source_ids = [incoming.sources.values[code] for code in self.source_order]

    def _note(self, names: Iterable[str]) -> None:
        """Note the prefixes of identifiers."""
        found = {name.partition(":")[0] for name in names if ":" in name}
        self.prefixes |= found - {"http", "https"}

    # --- Entities and sources ---------------------------------------------------------------

    def entities(self) -> None:
        """Write the table and the arrays of entities, and the index of their names."""
        ids = TextColumn(self.arrays, "entities.id")
        records = TextColumn(self.arrays, "entities.record")
        codes: list[int] = []
        categories: dict[str, int] = {}
        table = _Table(self.folder, "entities")
        index = _Names()
        read = _records(self.incoming.described, self.incoming.entities, entity_of, self.words)
        with progress.phase("writing entities"):
            for start in range(0, len(self.entity_ids), _MANY):
                portion = range(start, min(start + _MANY, len(self.entity_ids)))
                found = [read(self.entity_order[n], self.entity_ids[n]) for n in portion]
                texts = [entity_text(one) if one else b"" for one in found]
                ids.add([self.entity_ids[n].encode() for n in portion])
                records.add(texts)
                self.prefixes.update(prefixes_of(one for one in found if one))
                self._note(self.entity_ids[portion.start : portion.stop])
                named = [one.category if one else "" for one in found]
                codes.extend(categories.setdefault(name, len(categories)) for name in named)
                for number, one in zip(portion, found, strict=True):
                    if one is not None:
                        index.add(number, one)
                table.write(_entity_columns(portion, self.entity_ids, found))
            ids.close()
            records.close()
            table.close()
            self.categories, order = _sorted_codes(categories)
            arrays.write(self.arrays / "entities.category.npy", order[_ints(codes)], "i4")
            index.write(self.arrays)
        self.counts["entities"] = len(self.entity_ids)
        self.counts["described"] = len(self.incoming.described.last)

    def sources(self) -> None:
        """Write the table and the arrays of sources, and which of them are one paper."""
        with progress.phase("writing sources"):
            read = _records(self.incoming.cited, self.incoming.sources, source_of, self.words)
            every = zip(self.source_order, self.source_ids, strict=True)
            # Most sources are cited and nothing more; of the others something is to be known.
            special = [one for code, name in every if (one := _special(read(code, name), name))]
            names, one_of, counted_of = self._papers(special)
            number = {name: place for place, name in enumerate(self.source_ids)}
            kept = [one_of.get(name, name) for name in self.source_ids]
            counted = [counted_of.get(name, name) for name in self.source_ids]
            gone = {one_of.get(one.id, one.id) for one in special if one.standing == "retracted"}
            self.retracted = np.array([name in gone for name in kept], np.int8)
            labels: dict[str, int] = {}
            self.counted = _ints([labels.setdefault(name, len(labels)) for name in counted])
            paper = _ints([number.get(name, -1) for name in kept])
            arrays.write(self.arrays / "sources.paper.npy", paper, "i4")
            arrays.write(self.arrays / "sources.retracted.npy", self.retracted, "i1")
            _write_texts(self.arrays, "papers.name", [name.encode() for name in names])
            _write_texts(self.arrays, "papers.paper", [one_of[n].encode() for n in names])
            _write_texts(self.arrays, "papers.counted", [counted_of[n].encode() for n in names])
            table = _Table(self.folder, "sources")
            ids = TextColumn(self.arrays, "sources.id")
            records = TextColumn(self.arrays, "sources.record")
            was_read = Column(self.arrays / "sources.read.npy", "i1")
            for start in range(0, len(self.source_ids), _MANY):
                portion = range(start, min(start + _MANY, len(self.source_ids)))
                found = [read(self.source_order[n], self.source_ids[n]) for n in portion]
                ids.add([self.source_ids[n].encode() for n in portion])
                records.add([_PLAIN_TEXT if one is _PLAIN else source_text(one) if one else b""
                             for one in found])  # fmt: skip
                self.prefixes.update(prefixes_of(one for one in found if one and one.xrefs))
                self._note(self.source_ids[portion.start : portion.stop])
                was_read.add([bool(one and one.abstract_read) for one in found])
                more = {
                    "paper": [kept[n] for n in portion],
                    "counted_as": [counted[n] for n in portion],
                    "retracted": [bool(self.retracted[n]) for n in portion],
                }
                table.write(_source_columns(portion, self.source_ids, found, more))
            table.close()
            ids.close()
            records.close()
            was_read.close()
        self.counts["sources"] = len(self.source_ids)
        self.counts["cited"] = len(self.incoming.cited.last)

    def _papers(
        self, special: Sequence[Source]
    ) -> tuple[list[str], dict[str, str], dict[str, str]]:
        """Identifiers of papers that are not simply their own, with what each is one of.

        Most sources have one identifier and no group: each of these is a paper by itself, unless
        another one has its identifier, or the name of its group.
        """
        joined = [
            one
            for one in special
            if one.xrefs or one.url or one.group or unversioned(one.id) != one.id
        ]
        if not joined:
            return [], {}, {}
        known = {one.id for one in joined}
        meant = {name for one in joined for name in (*identifiers(one), one.group)} - known
        codes = self.incoming.sources
        plain = [
            Source(id=name)
            for name in sorted(meant)
            if name in codes and codes.code(name) in self.incoming.cited.last
        ]
        one_of, counted = papers([*joined, *plain]), groups([*joined, *plain])
        names = sorted(one_of)
        return names, one_of, dict(counted)

    # --- Statements -------------------------------------------------------------------------

    def statements(self) -> None:
        """Write the tables and the arrays of statements and their evidence."""
        incoming, incoming_folder = self.incoming, self.incoming.folder
        self.predicates, predicate = self._predicates()
        contexts, context = self._contexts()
        hows = self._hows()
        topics, topic = _sorted_codes({name: n for n, name in enumerate(incoming.topics.values)})
        _write_texts(self.arrays, "contexts", [_json(pairs) for pairs in contexts])
        _write_texts(self.arrays, "hows", [how_text(how) for how in hows.rows])
        rows = {name: _mapped(incoming_folder / f"rows.{name}.npy") for name in incoming.rows}
        source = _Portions(
            rows=rows,
            first=_mapped(incoming_folder / "rows.first.npy"),
            evidence={n: _mapped(incoming_folder / f"evidence.{n}.npy") for n in incoming.evidence},
            texts={n: _texts(incoming_folder, f"evidence.{n}") for n in incoming.texts},
            rank=self.entity_rank,
        )
        out = _Statements(self, contexts, hows, topics)
        with progress.phase("sorting statements"):
            for taken in progress.steps(source.portions(PORTION), "portions"):
                portion = _Portion(
                    subject=self.entity_rank[rows["subject"][taken]],
                    predicate=predicate[rows["predicate"][taken]],
                    object=self.entity_rank[rows["object"][taken]],
                    qualifiers=context[rows["qualifiers"][taken]],
                    negated=rows["negated"][taken],
                    topic=topic[rows["topic"][taken]],
                )
                out.add(portion, source, taken)
        self.topics = out.close()
        self.counts["statements"], self.counts["evidence"] = out.count, out.pieces

    def _predicates(self) -> tuple[list[str], Numbers]:
        """The predicates in their one spelling, sorted, and the place of each that came in."""
        said = [
            _regular(Statement(subject="a", predicate=name, object="b"), self.words).predicate
            for name in self.incoming.predicates.values
        ]
        names = sorted(set(said))
        self._note(names)
        place = {name: number for number, name in enumerate(names)}
        return names, _ints([place[name] for name in said])

    def _contexts(self) -> tuple[list[Any], Numbers]:
        said = [
            _regular(
                Statement(subject="a", predicate="b", object="c", qualifiers=pairs), self.words
            ).qualifiers
            for pairs in self.incoming.contexts.values
        ]
        found = sorted(set(said))
        place = {pairs: number for number, pairs in enumerate(found)}
        return found, _ints([place[pairs] for pairs in said])

    def _hows(self) -> _Hows:
        said: list[How] = []
        for stance, strength, method, species, system, context in self.incoming.hows.values:
            row = Evidence(
                source="s", stance=stance, strength=strength, method=method, species=species,
                system=system, context=context,
            )  # fmt: skip
            (one,) = _regular(
                Statement(subject="a", predicate="b", object="c", evidence=(row,)), self.words
            ).evidence
            said.append(
                (one.stance, one.strength, one.method, one.species, one.system, one.context)
            )
        found = sorted(set(said))
        place = {how: number for number, how in enumerate(found)}
        return _Hows(found, _ints([place[how] for how in said]))

    # --- Who is connected to whom -----------------------------------------------------------

    def adjacency(self) -> None:
        """Write by whom statements can be found, and who acts on whom."""
        with progress.phase("sorting arcs"):
            count = len(self.entity_ids)
            subject, object_ = self._array("statements.subject"), self._array("statements.object")
            arrays.write(self.arrays / "by_subject.first.npy", _firsts(subject, count), "i8")
            arrays.write(self.arrays / "by_object.first.npy", _firsts(object_, count), "i8")
            members = np.argsort(object_, kind="stable")
            arrays.write(self.arrays / "by_object.members.npy", members, "i4")
            del members
            self._arcs(subject, object_, count)
            digest = self._array("statements.digest")
            words = np.ascontiguousarray(digest).view(">u8")
            order = np.lexsort((words[:, 1], words[:, 0])) if len(words) else _ints([])
            arrays.write(self.arrays / "statements.by_digest.npy", order, "i4")

    def _arcs(self, subject: Numbers, object_: Numbers, count: int) -> None:
        """Write the arcs as `influence` makes them."""
        from trabecula.influence import AGAINST, UP, WITH

        relation = self.words.relation
        rows = [relation(name) for name in self.predicates]
        predicate = self._array("statements.predicate")
        sign = self._array("statements.sign")
        ways = {
            WITH: [row.influence in ("forward", "both") for row in rows],
            AGAINST: [row.influence in ("reverse", "both") for row in rows],
            UP: [bool(row.structure) for row in rows],
            UP + 1: [bool(row.structure) for row in rows],
        }
        rising = np.array([row.structure == "kind" for row in rows], bool)
        parts: list[tuple[Numbers, int]] = []
        for kind, wanted in ways.items():
            if any(wanted):
                marked = np.array(wanted, bool)[predicate]
                if kind > AGAINST:
                    marked &= subject != object_
                parts.append((np.flatnonzero(marked).astype(np.int32), kind))
        statements = np.concatenate([part for part, _ in parts] or [_ints([])])
        kinds = np.concatenate(
            [np.full(len(part), kind, np.int8) for part, kind in parts] or [np.zeros(0, np.int8)]
        )
        back = np.isin(kinds, (AGAINST, UP + 1))
        starts = np.where(back, object_[statements], subject[statements]).astype(np.int32)
        key = starts.astype(np.int64) * 4 + kinds
        if np.any(key[1:] < key[:-1]):
            order = np.argsort(key, kind="stable")
            statements, kinds, starts, back = (
                each[order] for each in (statements, kinds, starts, back)
            )
        del key
        ends = np.where(back, subject[statements], object_[statements]).astype(np.int32)
        up = (kinds == UP) & rising[predicate[statements]] if rows else kinds == UP
        signs = np.where(kinds <= AGAINST, sign[statements], up.astype(np.int8))
        for name, values, type_ in (
            ("first", _firsts(starts, count), "i8"),
            ("starts", starts, "i4"),
            ("ends", ends, "i4"),
            ("statements", statements, "i4"),
            ("signs", signs, "i1"),
            ("kinds", kinds, "i1"),
            ("into.first", _firsts(ends, count), "i8"),
            ("into.members", np.argsort(ends, kind="stable"), "i4"),
        ):
            arrays.write(self.arrays / f"arcs.{name}.npy", values, type_)
        self.counts["arcs"] = len(ends)

    def _array(self, name: str) -> Numbers:
        return _mapped(self.arrays / f"{name}.npy")

    def vocabulary(self) -> None:
        """Write the table of the predicates that statements have."""
        rows = [self.words.relation(name) for name in self.predicates]
        schema = layout.schemas()["predicates"]
        table = _Table(self.folder, "predicates")
        columns = {name: [getattr(row, name) for row in rows] for name in schema.names}
        columns["name"] = list(self.predicates)
        table.write(columns)
        table.close()


def _regular(statement: Statement, words: Vocabulary) -> Statement:
    found = regular(statement, words)
    if not isinstance(found, Statement):
        raise TypeError(found)
    return found


# --- Statements in portions ---------------------------------------------------------------------


@dataclass
class _Portions:
    """The statements as they came in, to be taken in portions of neighbouring subjects."""

    rows: dict[str, Numbers]
    first: Numbers
    evidence: dict[str, Numbers]
    texts: dict[str, Texts]
    rank: Numbers

    def portions(self, size: int) -> Iterator[Numbers]:
        """The numbers of rows of each portion; all of one subject are in one."""
        subject = self.rows["subject"]
        if len(subject) <= size:
            yield np.arange(len(subject))
            return
        sizes = np.zeros(len(self.rank), np.int64)
        for start in range(0, len(subject), size):
            ranks = self.rank[subject[start : start + size]]
            sizes += np.bincount(ranks, minlength=len(sizes))
        before = np.concatenate(([0], np.cumsum(sizes)))
        low = 0
        while low < len(sizes):
            high = int(np.searchsorted(before, before[low] + size, side="right")) - 1
            high = max(high, low + 1)
            found = []
            for start in range(0, len(subject), size):
                ranks = self.rank[subject[start : start + size]]
                found.append(np.flatnonzero((ranks >= low) & (ranks < high)) + start)
            taken = np.concatenate(found)
            if len(taken):
                yield taken
            low = high


@dataclass
class _Portion:
    """Statements by the numbers that their parts have in the store, one row each."""

    subject: Numbers
    predicate: Numbers
    object: Numbers
    qualifiers: Numbers
    negated: Numbers
    topic: Numbers

    def order(self) -> tuple[Numbers, Numbers]:
        """The rows in the order of the graph, and for each in that order its statement from 0."""
        columns = (self.subject, self.predicate, self.object, self.qualifiers, self.negated)
        tops = [int(column.max()) + 1 if len(column) else 1 for column in columns]
        total = 1
        for top in tops:
            total *= top
        if total < 1 << 62:
            key = columns[0].astype(np.int64)
            for column, top in zip(columns[1:], tops[1:], strict=True):
                key *= top
                key += column
            order = np.argsort(key, kind="stable")
            key = key[order]
            new = key[1:] != key[:-1]
        else:
            order = np.lexsort(columns[::-1])
            new = np.zeros(max(len(order) - 1, 0), bool)
            for column in columns:
                ordered = column[order]
                new |= ordered[1:] != ordered[:-1]
        return order, np.concatenate(([0], np.cumsum(new)))[: len(order)]


class _Statements:
    """The tables and arrays of statements and evidence, while they are written."""

    def __init__(
        self, writer: _Writer, contexts: list[Any], hows: _Hows, topics: list[str]
    ) -> None:
        self.writer, self.hows, self.all_topics = writer, hows, topics
        self.count = self.pieces = 0
        folder = self.folder = writer.arrays
        kinds = {
            "subject": "i4", "predicate": "i4", "object": "i4", "qualifiers": "i4",
            "negated": "i1", "sign": "i1", "status": "i1", "sayable": "i1",
            "supporting": "i4", "disputing": "i4",
        }  # fmt: skip
        self.columns = {n: Column(folder / f"statements.{n}.npy", k) for n, k in kinds.items()}
        self.digests = Column(folder / "statements.digest.npy", "u1", 16)
        self.first = Column(folder / "statements.evidence.npy", "i8")
        self.first.add([0])
        self.source = Column(folder / "evidence.source.npy", "i4")
        self.how = Column(folder / "evidence.how.npy", "i4")
        self.texts = {n: TextColumn(folder, f"evidence.{n}") for n in TEXTS}
        self.topic = Column(writer.incoming.folder / "topics.npy", "i4")
        self.rows, self.evidence = (
            _Table(writer.folder, "statements"),
            _Table(writer.folder, "evidence"),
        )
        self.bits = hows.bits()
        self.signs = np.array([writer.words.relation(n).sign for n in writer.predicates], np.int8)
        self.status_of, self.sayable_of = _status_of_bits()
        self.pairs = _Pairs(contexts)
        self.how_columns = _HowColumns(hows.rows)
        quoted = [_json(name) for name in writer.entity_ids]
        self.quoted = quoted
        self.said = [_json(name) for name in writer.predicates]
        self.qualified = [_json(pairs) for pairs in contexts]
        self.stances = _ints([_STANCE_ORDER.get(how[0], 3) for how in hows.rows])
        self.plain_counting = len(np.unique(writer.counted)) == len(writer.counted)

    def add(self, portion: _Portion, source: _Portions, taken: Numbers) -> None:
        """Write the statements of a portion; `taken` are the rows that it was made of."""
        order, number = portion.order()
        count = int(number[-1]) + 1 if len(number) else 0
        leading = order[np.flatnonzero(np.diff(number, prepend=-1))]
        subject, predicate, object_, qualifiers, negated = (
            column[leading]
            for column in (
                portion.subject, portion.predicate, portion.object, portion.qualifiers,
                portion.negated,
            )
        )  # fmt: skip
        topic = _last_said(portion.topic[order], number, count)
        first, evidence = self._evidence(source, taken[order], number, count)
        spoken = _Spoken(self, first, evidence)
        sign = np.where(negated != 0, 0, self.signs[predicate]) if count else self.signs[:0]
        status = spoken.status()
        sayable = spoken.sayable()
        supporting, disputing = spoken.independent("supports"), spoken.independent("disputes")
        values = {
            "subject": subject, "predicate": predicate, "object": object_,
            "qualifiers": qualifiers, "negated": negated, "sign": sign, "status": status,
            "sayable": sayable, "supporting": supporting, "disputing": disputing,
        }  # fmt: skip
        for name, column in self.columns.items():
            column.add(values[name])
        self.topic.add(topic)
        digests = self._digests(subject, predicate, object_, qualifiers, negated)
        self.digests.add(digests)
        self.first.add(first[1:] + self.pieces)
        sizes = np.diff(first)
        pa = layout.arrow()
        start = self.count
        self.rows.write(
            {
                "number": np.arange(start, start + count, dtype=np.int32),
                "id": _ids(digests),
                "subject": subject.astype(np.int32),
                "predicate": _coded(predicate, self.writer.predicates),
                "object": object_.astype(np.int32),
                "qualifiers": self.pairs.take(qualifiers),
                "negated": negated.astype(bool),
                "topic": _coded(topic, self.all_topics),
                "sign": sign,
                "status": _coded(status, list(STATUSES)),
                "sayable": sayable.astype(bool),
                "followed": followed(status, sayable, negated),
                "supporting": supporting,
                "disputing": disputing,
                "evidence": sizes.astype(np.int32),
            }
        )
        about = np.repeat(np.arange(start, start + count, dtype=np.int32), sizes)
        self.source.add(evidence.source)
        self.how.add(evidence.how)
        for name, text_column in self.texts.items():
            _add_arrow(text_column, getattr(evidence, name))
        for begin in range(0, len(about), _SLICE):
            part = slice(begin, begin + _SLICE)
            self.evidence.write(
                {
                    "statement": about[part],
                    "source": evidence.source[part].astype(np.int32),
                    **self.how_columns.take(evidence.how[part]),
                    "summary": evidence.summary[part].cast(pa.string()),
                    "locator": evidence.locator[part].cast(pa.string()),
                    "effect": _pairs_of(evidence.effect[part]),
                    "retracted": self.writer.retracted[evidence.source[part]].astype(bool),
                }
            )
        self.count += count
        self.pieces += len(about)

    def _digests(
        self, subject: Numbers, predicate: Numbers, object_: Numbers, qualifiers: Numbers,
        negated: Numbers,
    ) -> Numbers:  # fmt: skip
        """The ids of statements as 16 bytes each; see `model.identity`."""
        sha256 = hashlib.sha256
        starts = [b"[%b," % name for name in self.quoted]
        middles = [b"%b," % name for name in self.said]
        ends = [b"%b," % name for name in self.quoted]
        lasts = [
            b"%b,%b]" % (pairs, truth) for pairs in self.qualified for truth in (b"false", b"true")
        ]
        columns = (
            subject.tolist(), predicate.tolist(), object_.tolist(),
            (qualifiers.astype(np.int64) * 2 + negated).tolist(),
        )  # fmt: skip
        joined = b"".join(
            [
                sha256(starts[s] + middles[p] + ends[o] + lasts[q]).digest()
                for s, p, o, q in zip(*columns, strict=True)
            ]
        )
        return np.frombuffer(joined, np.uint8).reshape(-1, 32)[:, :16]

    def _evidence(
        self, source: _Portions, rows: Numbers, number: Numbers, count: int
    ) -> tuple[Numbers, _Evidence]:
        """The evidence of each statement, each row once and in the order of the graph."""
        starts = source.first[rows]
        sizes = source.first[rows + 1] - starts
        places = ragged(starts, sizes)
        statement = np.repeat(number, sizes)
        which = self.writer.source_rank[source.evidence["source"][places]]
        how = self.hows.number[source.evidence["how"][places]]
        sources = max(len(self.writer.source_ids), 1)
        key = (statement.astype(np.int64) * sources + which) * 4 + self.stances[how]
        if np.any(key[1:] <= key[:-1]):
            order = np.argsort(key, kind="stable")
            key, places = key[order], places[order]
            alike = np.flatnonzero(key[1:] == key[:-1])
            if len(alike):
                kept = self._once(source, key, places, which[order], how[order])
                order, places = order[kept], places[kept]
            statement, which, how = statement[order], which[order], how[order]
        found = _Evidence(which, how, *(take(source.texts[n], places) for n in source.texts))
        return np.concatenate(([0], np.cumsum(np.bincount(statement, minlength=count)))), found

    def _once(
        self, source: _Portions, key: Numbers, places: Numbers, which: Numbers, how: Numbers
    ) -> Numbers:
        """The places of rows to keep of those sorted by `key`, in order: each different row once.

        Rows of one source and stance on one statement come in the order of their digests.
        """
        same = key[1:] == key[:-1]
        involved = np.flatnonzero(np.concatenate((same, [False])) | np.concatenate(([False], same)))
        texts = [take(source.texts[n], places[involved]).dictionary_encode() for n in source.texts]
        said = [np.asarray(text.indices) for text in texts]
        order = np.lexsort((*said, how[involved], key[involved]))
        columns = [column[order] for column in (key[involved], how[involved], *said)]
        differs = np.zeros(len(order), bool)
        differs[:1] = True
        for column in columns:
            differs[1:] |= column[1:] != column[:-1]
        distinct = order[differs]  # places among those involved, by key
        keys = key[involved[distinct]]
        again = keys[1:] == keys[:-1]
        if again.any():
            distinct = self._by_digest(distinct, keys, involved, which, how, texts)
        alone = np.ones(len(key), bool)
        alone[involved] = False
        kept = np.concatenate((np.flatnonzero(alone), involved[distinct]))
        # a stable sort by key keeps what was put in order by digest
        return kept[np.argsort(key[kept], kind="stable")]

    def _by_digest(
        self, distinct: Numbers, keys: Numbers, involved: Numbers, which: Numbers, how: Numbers,
        texts: list[Any],
    ) -> Numbers:  # fmt: skip
        """Rows that are alike in source and stance, in the order of their digests."""
        ids, hows = self.writer.source_ids, self.hows.rows

        def digest(place: int) -> str:
            there = involved[place]
            stance, strength, method, species, system, context = hows[how[there]]
            summary, locator, effect = (str(text[place]) for text in texts)
            return Evidence(
                source=ids[which[there]], stance=stance, strength=strength, method=method,
                species=species, system=system, context=context, summary=summary, locator=locator,
                effect=effect_of(effect.encode()),
            ).digest  # fmt: skip

        again = keys[1:] == keys[:-1]
        tied = np.concatenate((again, [False])) | np.concatenate(([False], again))
        made = [
            digest(place) if is_tied else ""
            for place, is_tied in zip(distinct.tolist(), tied.tolist(), strict=True)
        ]
        return distinct[sorted(range(len(distinct)), key=lambda n: (keys[n], made[n]))]

    def close(self) -> list[str]:
        """Finish all files; the topics that statements have come back."""
        numbers = (self.digests, self.first, self.source, self.how, self.topic)
        for column in (*self.columns.values(), *numbers):
            column.close()
        for texts in self.texts.values():
            texts.close()
        self.rows.close()
        self.evidence.close()
        codes = _mapped(self.writer.incoming.folder / "topics.npy")
        used = np.zeros(len(self.all_topics), bool)
        used[codes] = True
        number = np.cumsum(used) - 1
        arrays.write(self.folder / "statements.topic.npy", number[codes], "i4")
        return [name for name, is_used in zip(self.all_topics, used, strict=True) if is_used]


_STANCE_ORDER: Final = {"disputes": 0, "qualifies": 1, "supports": 2}


@dataclass
class _Evidence:
    """Pieces of evidence, sorted by statement, each a row."""

    source: Numbers
    how: Numbers
    summary: Any
    locator: Any
    effect: Any


class _Spoken:
    """What the evidence of statements comes to; as `standing` has it, for many at once."""

    def __init__(self, out: _Statements, first: Numbers, evidence: _Evidence) -> None:
        self.out, self.first, self.evidence = out, first, evidence
        bits = out.bits[evidence.how] if len(evidence.how) else np.zeros(0, np.uint8)
        bits = np.where(out.writer.retracted[evidence.source] != 0, 0, bits).astype(np.uint8)
        self.rows = bits
        self.count = len(first) - 1
        self.bits = np.zeros(self.count, np.uint8)
        some = first[1:] > first[:-1]
        if some.any():
            self.bits[some] = np.bitwise_or.reduceat(bits, first[:-1][some])
        self.some = some

    def status(self) -> Numbers:
        """The status of each statement, by its code."""
        return self.out.status_of[self.bits]

    def sayable(self) -> Numbers:
        """1 for each statement that may be repeated without its evidence."""
        return np.where(self.some, self.out.sayable_of[self.bits], 1).astype(np.int8)

    def independent(self, stance: str) -> Numbers:
        """How many independent sources take a stance on each."""
        if stance == "supports":
            read, title = self.rows & _READ != 0, self.rows & _TITLE != 0
        else:
            disputed = self.rows & _DISPUTED != 0
            titles = np.array([how[1] == "title-only" for how in self.out.hows.rows], bool)
            of_title = titles[self.evidence.how] if len(titles) else disputed
            read, title = disputed & ~of_title, disputed & of_title
        reading = self._different(read)
        return np.where(reading > 0, reading, self._different(title)).astype(np.int32)

    def _different(self, marked: Numbers) -> Numbers:
        """How many sources that count apart are among the marked pieces of each statement."""
        if not marked.any():
            return np.zeros(self.count, np.int64)
        statement = np.repeat(np.arange(self.count), np.diff(self.first))[marked]
        counted = self.out.writer.counted[self.evidence.source[marked]]
        key = statement.astype(np.int64) * (int(counted.max()) + 1) + counted
        if not self.out.plain_counting:
            key = np.sort(key)
        new = np.ones(len(key), bool)
        new[1:] = key[1:] != key[:-1]
        if not self.out.plain_counting:
            statement = key // (int(counted.max()) + 1)
        return np.bincount(statement[new], minlength=self.count)


def followed(status: Numbers, sayable: Numbers, negated: Numbers) -> Numbers:
    """True for each statement that is followed; see `Columns.with_statuses`."""
    return with_statuses(FOLLOWED, status, sayable, negated)


def with_statuses(
    statuses: Iterable[str], status: Numbers, sayable: Numbers, negated: Numbers
) -> Numbers:
    """True for each statement of these statuses that is not negated; see `Columns`."""
    names = list(STATUSES)
    wanted = np.array([name in set(statuses) for name in names], bool)
    alone = np.array([name in ("asserted-only", "no-evidence") for name in names], bool)
    denied = alone[status] & (sayable == 0)
    found: Numbers = np.where(denied, wanted[names.index("refuted")], wanted[status])
    found &= negated == 0
    return found


def _last_said(topic: Numbers, number: Numbers, count: int) -> Numbers:
    """Of each statement the topic of the last of its rows that has one; 0 is the empty one."""
    last = np.zeros(count, np.int32)
    said = np.flatnonzero(topic)
    last[number[said]] = topic[said]  # where a statement stands several times, the last one wins
    return last


# --- Helpers ----------------------------------------------------------------------------------


def take(texts: Texts, places: Numbers) -> Any:
    """Texts by their numbers, as an array of Arrow."""
    pa = layout.arrow()
    if not len(texts.data):
        return pa.nulls(len(places), pa.null()).cast(pa.large_string()).fill_null("")
    first = pa.py_buffer(np.ascontiguousarray(texts.first))
    whole = pa.LargeStringArray.from_buffers(len(texts), first, pa.py_buffer(texts.data))
    return whole.take(pa.array(places))


def _add_arrow(column: TextColumn, texts: Any) -> None:
    """Write an array of texts of Arrow."""
    if not len(texts):
        return
    _, offsets, data = texts.buffers()
    first = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    begin, end = int(first[0]), int(first[-1])
    column.raw(memoryview(data)[begin:end] if data is not None else b"", np.diff(first))


def _coded(codes: Numbers, names: Sequence[str]) -> Any:
    """Names by number, as Arrow keeps what repeats."""
    pa = layout.arrow()
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(list(names), pa.string())
    )


class _Pairs:
    """Contexts as lists of pairs, taken by number."""

    def __init__(self, contexts: Sequence[Sequence[tuple[str, str]]]) -> None:
        pa = layout.arrow()
        self.sizes = np.array([len(pairs) for pairs in contexts], np.int64)
        self.first = np.concatenate(([0], np.cumsum(self.sizes)))[:-1]
        self.keys = pa.array([key for pairs in contexts for key, _ in pairs], pa.string())
        self.values = pa.array([value for pairs in contexts for _, value in pairs], pa.string())

    def take(self, numbers: Numbers) -> Any:
        """The lists of these contexts."""
        pa = layout.arrow()
        sizes = self.sizes[numbers] if len(self.sizes) else np.zeros(0, np.int64)
        places = pa.array(ragged(self.first[numbers], sizes) if len(sizes) else _ints([]))
        inner = pa.StructArray.from_arrays(
            [self.keys.take(places), self.values.take(places)], ["key", "value"]
        )
        offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), inner)


def _pairs_of(texts: Any) -> Any:
    """Effects, given as JSON, as lists of pairs."""
    pa = layout.arrow()
    if pa.compute.max(pa.compute.binary_length(texts)).as_py():
        said = [list(json.loads(text).items()) if text else [] for text in texts.to_pylist()]
    else:
        said = [[]] * len(texts)
    return _Pairs(said).take(np.arange(len(said)))


class _HowColumns:
    """The columns of how evidence was gained, taken by number."""

    def __init__(self, hows: Sequence[How]) -> None:
        self.coded: dict[str, tuple[list[str], Numbers]] = {}
        for place, name in enumerate(("stance", "strength", "method", "species", "system")):
            words = sorted({str(how[place]) for how in hows})
            number = {word: code for code, word in enumerate(words)}
            self.coded[name] = words, _ints([number[str(how[place])] for how in hows])
        self.pairs = _Pairs([how[5] for how in hows])

    def take(self, numbers: Numbers) -> dict[str, Any]:
        """The columns of these."""
        columns = {
            name: _coded(codes[numbers], words) for name, (words, codes) in self.coded.items()
        }
        return {**columns, "context": self.pairs.take(numbers)}


class _Table:
    """A table of Parquet that is written portion by portion."""

    def __init__(self, folder: Path, name: str) -> None:
        pa = layout.arrow()
        self.schema = layout.schemas()[name]
        words = [f.name for f in self.schema if pa.types.is_dictionary(f.type)]
        numbers = [f.name for f in self.schema if pa.types.is_integer(f.type)]
        self._stream = (folder / f"{name}.parquet").open("wb")
        self._writer = pa.parquet.ParquetWriter(
            self._stream, self.schema, compression="zstd", compression_level=1,
            use_dictionary=[*words, *numbers], write_statistics=[*numbers, "id"],
        )  # fmt: skip

    def write(self, columns: dict[str, Any]) -> None:
        """Write so many more rows."""
        pa = layout.arrow()
        made = [
            columns[field.name]
            if isinstance(columns[field.name], pa.Array)
            else pa.array(columns[field.name], field.type)
            for field in self.schema
        ]
        table = pa.Table.from_arrays(made, schema=self.schema)
        self._writer.write_table(table, row_group_size=layout.GROUP)

    def __del__(self) -> None:
        with suppress(OSError):  # of a table that was given up
            self._stream.close()

    def close(self) -> None:
        """Finish the file, and see to it that it reaches the disk."""
        import os

        self._writer.close()
        with self._stream as stream:
            stream.flush()
            os.fsync(stream.fileno())


class _Names:
    """The names of entities, case-folded, with their rank; see `Names`."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.numbers: list[int] = []
        self.ranks: list[int] = []

    def add(self, number: int, entity: Entity) -> None:
        """Take every name of an entity."""
        exact = (x.curie for x in entity.xrefs if x.match == "exact")
        for rank, texts in enumerate(((entity.id,), (entity.name,), entity.synonyms, exact)):
            for text in dict.fromkeys(map(str.casefold, texts)):
                self.names.append(text)
                self.numbers.append(number)
                self.ranks.append(rank)

    def write(self, folder: Path) -> None:
        """Write them, sorted by name, then by rank and number."""
        pa = layout.arrow()
        table = pa.table(
            {
                "name": pa.array([name.encode() for name in self.names], pa.large_binary()),
                "rank": pa.array(self.ranks, pa.int8()),
                "entity": pa.array(self.numbers, pa.int32()),
            }
        )
        table = table.sort_by([("name", "ascending"), ("rank", "ascending"),
                               ("entity", "ascending")]).combine_chunks()  # fmt: skip
        column = TextColumn(folder, "names.name")
        for chunk in table.column("name").chunks:
            _add_arrow(column, chunk)
        column.close()
        arrays.write(folder / "names.rank.npy", table.column("rank").to_numpy(), "i1")
        arrays.write(folder / "names.entity.npy", table.column("entity").to_numpy(), "i4")


def _ranks(codes: Spelt) -> tuple[list[int], Numbers]:
    """The codes in the order of their identifiers, and the place of each code in that order."""
    order = sorted(range(len(codes)), key=codes.values.__getitem__)
    rank = np.zeros(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return order, rank


#: A source that is cited, of which no more is known.
_PLAIN: Final = Source(id="", kind="cited")
_PLAIN_TEXT: Final = source_text(_PLAIN)


def _special(source: Source | None, name: str) -> Source | None:
    """A source of which more is known than that it is cited."""
    if source is _PLAIN:
        return Source(id=name, kind="cited") if unversioned(name) != name else None
    return source


def _records(
    described: Described, codes: Spelt, make: Callable[[str, bytes], Any], words: Vocabulary
) -> Callable[[int, str], Any]:
    """What gives the record of a code, in its one spelling; None where there is none.

    Raises `FormatError` where two records have one identifier in two spellings, and differ.
    """
    texts = _texts(described.folder, described.name)
    for code, first, second, before in described.doubts:
        one = codes.values[code]
        pair = (regular(make(one, texts.raw(n)), words) for n in (before, described.last[code]))
        if len(set(pair)) > 1:
            what = f"{first!r} and {second!r} are one identifier, and two records have it"
            raise FormatError([Problem("two-spellings", one, what, "merge the two records")])

    categories: dict[str, str] = {}

    def read(code: int, identifier: str) -> Any:
        place = described.last.get(code)
        if place is None:
            return None
        text = texts.raw(place)
        if text == _PLAIN_TEXT:
            return _PLAIN
        record = make(identifier, text)
        if isinstance(record, Entity) and not record.xrefs and not record.taxon:
            # its id is in its one spelling already, and so is its category, mostly
            one = categories.get(record.category)
            if one is None:
                one = categories[record.category] = word(record.category, words.categories)
            return record if one == record.category else replace(record, category=one)
        return regular(record, words)

    return read


def _entity_columns(
    portion: range, ids: Sequence[str], found: Sequence[Entity | None]
) -> dict[str, Any]:
    some = [one or Entity(id=ids[n], name=ids[n], category="")
            for n, one in zip(portion, found, strict=True)]  # fmt: skip
    return {
        "number": np.arange(portion.start, portion.stop, dtype=np.int32),
        "id": [one.id for one in some],
        "name": [one.name for one in some],
        "category": _words([one.category for one in some]),
        "description": [one.description for one in some],
        "taxon": _words([one.taxon for one in some]),
        "synonyms": [one.synonyms for one in some],
        "xrefs": [
            [{"match": x.match, "curie": x.curie, "label": x.label} for x in one.xrefs]
            for one in some
        ],
        "described": [one is not None for one in found],
    }


def _source_columns(
    portion: range, ids: Sequence[str], found: Sequence[Source | None], more: dict[str, Any]
) -> dict[str, Any]:
    some = [one or Source(id=ids[n]) for n, one in zip(portion, found, strict=True)]
    columns: dict[str, Any] = {"number": np.arange(portion.start, portion.stop, dtype=np.int32)}
    columns["described"] = [one is not None for one in found]
    columns["id"] = list(ids[portion.start : portion.stop])
    for name in layout.schemas()["sources"].names:
        if name not in columns and name not in more:
            columns[name] = [getattr(one, name) for one in some]
    for name in ("kind", "study_type", "organism", "standing"):
        columns[name] = _words(columns[name])
    return {**columns, **more}


def _words(texts: Sequence[str]) -> Any:
    pa = layout.arrow()
    return pa.array(texts, pa.string()).dictionary_encode()


def _sorted_codes(codes: dict[str, int]) -> tuple[list[str], Numbers]:
    """Names sorted, and for each code the place of its name."""
    names = sorted(codes)
    place = np.zeros(len(codes), np.int32)
    for number, name in enumerate(names):
        place[codes[name]] = number
    return names, place


def _firsts(group: Numbers, groups: int) -> Numbers:
    """Where each group begins among members that are sorted by it."""
    sizes = np.bincount(group, minlength=groups) if len(group) else np.zeros(groups, np.int64)
    return np.concatenate(([0], np.cumsum(sizes)))


def _ids(digests: Numbers) -> Any:
    """The ids of statements as texts of Arrow: `s` and the digits."""
    pa = layout.arrow()
    count = len(digests)
    digits = np.frombuffer(np.ascontiguousarray(digests).tobytes().hex().encode(), np.uint8)
    letters = np.full((count, 33), ord("s"), np.uint8)
    letters[:, 1:] = digits.reshape(count, 32)
    offsets = np.arange(count + 1, dtype=np.int32) * 33
    return pa.StringArray.from_buffers(
        count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(letters))
    )


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> bytes:
    return _encode(value).encode("utf-8", "surrogatepass")


def _ints(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int32)


def _write_texts(folder: Path, name: str, texts: Sequence[bytes]) -> None:
    column = TextColumn(folder, name)
    column.add(texts)
    column.close()


def _mapped(path: Path) -> Numbers:
    with path.open("rb") as stream:
        return arrays.mapped(stream.fileno(), str(path))


def _texts(folder: Path, name: str) -> Texts:
    return Texts(_mapped(folder / f"{name}.bytes.npy"), _mapped(folder / f"{name}.first.npy"))
