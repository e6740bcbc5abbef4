"""KGX from tables of KGX, and from a store, a column at a time.

What a statement becomes is decided by what stands beside its ends and its sources, and of that
there is little that differs. So the first statement of each kind goes through `associations` and
the writer of the format, with marks where its own id, ends, sources and words stand; all others of
the kind get the same text with theirs. A statement that is several associations, or none, goes that
way by itself. So do entities, of which those with identifiers elsewhere go by themselves. What is
written is what a graph in memory gives, byte for byte, and a test holds the two together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, zip_longest
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Final

import numpy as np

from trabecula import associations, formats, outputs, progress, writing
from trabecula.associations import Slots
from trabecula.canonical import is_paper
from trabecula.formats import kgx
from trabecula.formats.writing import guard_other
from trabecula.mapping import AS_IT_IS, Options, Report, beside
from trabecula.model import Entity, Xref
from trabecula.store import kgx as loading_kgx
from trabecula.store import layout, loading
from trabecula.store.arrays import Texts
from trabecula.store.incoming import Numbers, entity_of, how_of
from trabecula.store.opening import Store, opened
from trabecula.store.records import Statements
from trabecula.store.sorting import joint
from trabecula.store.write.tables import ids, take

#: The formats that are written so, by the syntax of `formats.kgx`.
FORMATS: Final = {"kgx": "tsv", "kgx-jsonl": "jsonl"}
#: Statements, or entities, that are written at once: few enough for a cache.
SLICE: Final = 1 << 14
#: What stands for id, subject, object, sources and words of a statement in the text of its kind:
#: letters that no record may have, and no format writes otherwise.
_MARKS: Final = "\ue0f1\ue0f2\ue0f3\ue0f4\ue0f5"
#: Statements whose kinds are found at once.
_LOOKED_AT: Final = 1 << 17
#: Records that are kept once they have been read: few statements go by themselves.
_KEPT: Final = 1 << 10
#: In place of a sign.
_DENIED: Final = 2
#: What JSON writes otherwise than it is.
_ESCAPED: Final = r'["\\\x00-\x1f]'
#: Where these stand in what the record of an entity says.
_NAME, _DESCRIPTION, _SYNONYMS, _XREFS = 0, 3, 4, 5


def reads(source: Path, form: str | None) -> bool:
    """Whether a source is read by columns: a store, or a plain table of KGX."""
    if form is None and layout.is_store(source):
        return True
    name = form or formats.guess(source).name
    return name == "kgx" and loading_kgx.fits(source)


@contextmanager
def read(
    source: Path, folder: Path, options: Options = AS_IT_IS, report: Report | None = None
) -> Iterator[Store]:
    """The graph of a store; or that of tables of KGX, in `folder` until the end.

    `report` gets the figures that `formats.load` gives of such tables; raises as that does.
    """
    if layout.is_store(source):
        yield opened(source)
        return
    with writing.staged_folder(folder) as work:
        report = report or Report()
        report.counting = False
        store = Store(loading.passing(source, work, options, report))
        _count(store, report)
        store.stored.let_go()
        layout.tidy_up()
        yield store


def writes(target: Path, form: str) -> bool:
    """Whether a file in this format is written by columns, with the other one of its pair."""
    return form in FORMATS and bool(beside.kind(target.name))


def write(store: Store, target: Path, form: str, *, overwrite: bool = False) -> None:
    """Write a store as a pair of files; raises as `formats.write` does."""
    if not overwrite:
        guard_other(target, formats.FORMATS[form])
    with progress.phase(f"writing {form}"):
        made = files_of(store, FORMATS[form])
        outputs.write_together({path: made[kind] for kind, path in beside.named(target).items()})


def files_of(store: Store, syntax: str) -> dict[str, Iterable[bytes | memoryview]]:
    """As `formats.kgx.files_of`, for `tsv` and `jsonl`, each file in parts."""
    return {"nodes": _Nodes(store, syntax).written(), "edges": _Edges(store, syntax).written()}


class _Rows:
    """The rows of one of the two files while they are written.

    The text of a kind stands between the marks; rows of a kind have their own at these.
    """

    def __init__(self, store: Store, syntax: str, table: str) -> None:
        self.store, self.syntax, self.pa = store, syntax, layout.arrow()
        self.first = kgx.FIRST[table]
        self.names: list[str] = []  # of the columns of a table
        #: The same of a row of JSON, by its slots as they came.
        self._names_of: dict[tuple[str, ...], list[str]] = {}
        #: What stands between members of a list.
        self.between = '", "' if syntax == "jsonl" else "|"

    def header(self, rows: Iterable[Slots]) -> bytes:
        """The line of names for a table whose rows have these slots."""
        self.names = associations.columns([*rows], self.first) or [*self.first]
        return ("\t".join(self.names) + "\n").encode()

    def line(self, slots: Slots) -> str:
        """The line of a row."""
        if self.syntax == "tsv":
            return f"{kgx.row_of_table(slots, self.names)}\n"
        names = self._names_of.get(tuple(slots))
        if names is None:
            names = self._names_of[tuple(slots)] = associations.columns([slots], self.first)
        return f"{kgx.row_of_json(slots, names)}\n"

    def parts(self, marked: Slots | None) -> tuple[str, ...]:
        """The text of a kind between its marks; empty before a mark that it has not."""
        rest = self.line(marked) if marked else ""
        parts = []
        for mark in _MARKS:
            before, mark_there, behind = rest.partition(mark)
            parts.append(before if mark_there else "")
            rest = behind if mark_there else rest
        return (*parts, rest)

    def rows(
        self, parts: Sequence[tuple[str, ...]], kind: Numbers, own: Sequence[Any],
        alone: dict[int, str],
    ) -> memoryview:  # fmt: skip
        """Rows of these kinds with their own texts at the marks; some are known as a whole."""
        pa, of_kind = self.pa, self.pa.array(kind)
        turns: list[Any] = []
        for texts, between in zip_longest(zip(*parts, strict=True), own):
            different = {*texts}
            if len(different) == 1:
                turns.append(pa.scalar(*different, pa.string()))
            else:
                turns.append(pa.array(texts, pa.string()).take(of_kind))
            if between is not None:
                turns.append(between)
        lines = pa.compute.binary_join_element_wise(*turns, "")
        if alone:
            mask = np.zeros(len(kind), bool)
            mask[[*alone]] = True
            whole = pa.array([*alone.values()], pa.string())
            lines = pa.compute.replace_with_mask(lines, pa.array(mask), whole)
        return _joined(lines)

    def cells(self, texts: Any) -> Any:
        """Texts as they stand in a row, without what is around them."""
        if self.syntax == "tsv" or not _has_escaped(texts):
            return texts
        escaped = self.pa.compute.match_substring_regex(texts, _ESCAPED)
        return self._changed(texts, np.asarray(escaped), _in_json)

    def members(self, texts: Any) -> Any:
        """The same of members of lists."""
        if self.syntax == "jsonl":
            return self.cells(texts)
        return self.pa.compute.replace_substring(texts, "|", "/")

    def curies(self, names: Any, space: str) -> Any:
        """Identifiers with a prefix each."""
        bare = ~np.asarray(self.pa.compute.match_substring(names, ":"))
        return self._changed(names, bare, partial(associations.curie, space=space))

    def _changed(self, texts: Any, marked: Numbers, change: Callable[[str], str]) -> Any:
        if not marked.any():
            return texts
        changed = texts.to_pylist()
        for place in np.flatnonzero(marked).tolist():
            changed[place] = change(changed[place])
        return self.pa.array(changed, self.pa.string())


def _has_escaped(texts: Any) -> bool:
    """Whether a sign stands anywhere in texts that JSON writes otherwise than it is."""
    if not len(texts):
        return False
    signs = np.frombuffer(_joined(texts), np.uint8)
    quotes = (signs == ord('"')) | (signs == ord("\\"))
    return bool(signs.min(initial=ord(" ")) < ord(" ") or quotes.any())


def _in_json(text: str) -> str:
    return encode_basestring(text)[1:-1]


#: What an entity has in common with others: category, taxon, whether it has a name, a description
#: and synonyms, and how it is matched elsewhere; empty for what nothing describes.
_Kind = tuple[Any, ...]


class _Nodes(_Rows):
    """The things of a store while they are written."""

    def __init__(self, store: Store, syntax: str) -> None:
        super().__init__(store, syntax, "nodes")
        self.ids = store.stored.texts("entities.id")
        self.records = store.stored.texts("entities.record")

    def written(self) -> Iterator[bytes | memoryview]:
        """All of them, in order, in a table with the columns that any of them has."""
        if self.syntax == "tsv":
            kinds = {_kind(record) for _, some in self._fields() for record in some}
            yield self.header(map(self._marked, sorted(kinds)))
        number_of: dict[_Kind, int] = {}
        parts: list[tuple[str, ...]] = []
        for start, some in self._fields():
            numbers = []
            for kind in map(_kind, some):
                number = number_of.get(kind)
                if number is None:
                    number = number_of[kind] = len(parts)
                    parts.append(self.parts(self._marked(kind)))
                numbers.append(number)
            alone = {
                place: self._alone(start + place)
                for place, record in enumerate(some)
                if record and record[_XREFS]
            }
            yield self.rows(parts, np.array(numbers, np.int32), self._own(start, some), alone)
            self.store.stored.let_go()

    def _fields(self) -> Iterator[tuple[int, list[Sequence[Any]]]]:
        """What the records of many say, as `entity_text` has it, with the number of the first.

        Empty where there is no record.
        """
        for start in range(0, len(self.ids), SLICE):
            numbers = np.arange(start, min(start + SLICE, len(self.ids)))
            texts = take(self.records, numbers).view(self.pa.large_binary()).to_pylist()
            yield start, json.loads(b"[%b]" % b",".join([text or b"[]" for text in texts]))

    def _own(self, start: int, some: list[Sequence[Any]]) -> list[Any]:
        """The columns of what stands at the marks."""
        pa, compute = self.pa, self.pa.compute
        ids = take(self.ids, np.arange(start, start + len(some))).cast(pa.string())
        described = pa.array(map(bool, some), pa.bool_())
        records = [record or ("",) * 4 + ((),) for record in some]
        names, descriptions = (
            pa.array([record[place] for record in records], pa.string())
            for place in (_NAME, _DESCRIPTION)
        )
        sizes = np.fromiter((len(record[_SYNONYMS]) for record in records), np.int32, len(records))
        synonyms = pa.array(
            [*chain.from_iterable(record[_SYNONYMS] for record in records)], pa.string()
        )
        first = pa.array(np.concatenate(([0], np.cumsum(sizes))).astype(np.int32))
        lists = pa.ListArray.from_arrays(first, self.members(synonyms))
        return [
            self.cells(self.curies(ids, "entity")),
            self.cells(compute.if_else(described, names, ids)),
            self.cells(descriptions),
            compute.binary_join(lists, self.between),
        ]

    def _alone(self, number: int) -> str:
        """The line of a thing that has identifiers elsewhere."""
        key = self.ids[number]
        entity = entity_of(key, self.records.raw(number))
        return self.line(associations.node(key, entity, self.store.words))

    def _marked(self, kind: _Kind) -> Slots:
        """What a thing of a kind becomes, with marks."""
        key, name, description, synonym, _ = _MARKS
        entity = None
        if kind:
            category, taxon, is_named, is_described, has_synonyms, matches = kind
            entity = Entity(
                id=key, name=name * is_named, category=category, taxon=taxon,
                description=description * is_described, synonyms=(synonym,) * has_synonyms,
                xrefs=tuple([Xref(match, "") for match in matches]),
            )  # fmt: skip
        return {**associations.node(name, entity, self.store.words), "id": key}


def _kind(record: Sequence[Any]) -> _Kind:
    if not record:
        return ()
    name, category, taxon, description, synonyms, xrefs = record
    matches = tuple(sorted({match for match, _, _ in xrefs})) if xrefs else ()
    return category, taxon, bool(name), bool(description), bool(synonyms), matches


class _Edges(_Rows):
    """The statements of a store while they are written."""

    def __init__(self, store: Store, syntax: str) -> None:
        super().__init__(store, syntax, "edges")
        stored = store.stored
        self.statements = Statements(stored, kept=_KEPT)
        self.source = stored.array("evidence.source")
        self.places = stored.array("statements.evidence")
        self.sizes = np.diff(self.places)
        self.summaries = stored.texts("evidence.summary")
        self.sources = _every(stored.texts("sources.id"))
        begins_so = self.pa.compute.starts_with(self.sources, pattern=associations.DATABASE)
        self.is_database = np.asarray(begins_so)

    def written(self) -> Iterator[bytes | memoryview]:
        """All of them, in order, in a table with the columns that any of them has."""
        kind, firsts, alone = self._kinds()
        marked = [None if alone[n] else self._marked(n) for n in firsts.tolist()]
        alone |= np.array([slots is None for slots in marked], bool)[kind]
        others: dict[int, list[Slots]] = {}
        if self.syntax == "tsv":
            for start in range(0, len(alone), _LOOKED_AT):
                numbers = np.flatnonzero(alone[start : start + _LOOKED_AT]) + start
                others.update((number, self._associations(number)) for number in numbers.tolist())
                self.store.stored.let_go()
            used = np.zeros(len(marked), bool)
            used[kind[~alone]] = True
            of_kinds = (
                slots for slots, is_used in zip(marked, used, strict=True) if slots and is_used
            )
            yield self.header(chain(of_kinds, *others.values()))
        parts = self._all_parts(marked)
        filled = self._filling()
        for start in range(0, len(kind), SLICE):
            part = slice(start, start + SLICE)
            lines = {}
            for place in np.flatnonzero(alone[part]).tolist():
                number = start + place
                slots = others.pop(number, None) or self._associations(number)
                lines[place] = "".join(map(self.line, slots))
            yield self.rows(parts, kind[part], filled(part), lines)
            if part.stop % _LOOKED_AT == 0:
                self.store.stored.let_go()

    def _all_parts(self, marked: Sequence[Slots | None]) -> list[tuple[str, ...]]:
        """The parts of all kinds; what goes by itself has those of any."""
        parts = [self.parts(slots) for slots in marked if slots]
        in_turn = iter(parts)
        return [next(in_turn) if slots else (parts or [("",) * 6])[0] for slots in marked]

    def _associations(self, number: int) -> list[Slots]:
        return [*associations.of(self.statements.make(number), self.store.words)]

    def _kinds(self) -> tuple[Numbers, Numbers, Numbers]:
        """The kind of each statement, the first of each kind, and which go by themselves."""
        count, stored = len(self.sizes), self.store.stored
        kinds, alone = np.zeros(count, np.int32), np.zeros(count, bool)
        firsts: list[int] = []
        number_of: dict[tuple[int, ...], int] = {}
        for start in range(0, count, _LOOKED_AT):
            part = slice(start, start + _LOOKED_AT)
            columns = self._columns_of_kind(part)
            key = joint(columns, len(columns[0]))
            kind = np.asarray(self.pa.array(key).dictionary_encode().indices)
            first = np.zeros(int(kind.max()) + 1, np.int64)
            first[kind[::-1]] = np.arange(len(kind))[::-1]  # of several rows the first one stays
            numbers = []
            for place in first.tolist():
                signature = tuple([int(column[place]) for column in columns])
                if signature not in number_of:
                    number_of[signature] = len(firsts)
                    firsts.append(start + place)
                numbers.append(number_of[signature])
            kinds[part] = np.array(numbers, np.int32)[kind]
            alone[part] = columns[0]
            stored.let_go()
        return kinds, np.array(firsts, np.int64), alone

    def _columns_of_kind(self, part: slice) -> list[Numbers]:
        """What makes the kind of some statements; the first says which go by themselves."""
        stored, sizes = self.store.stored, self.sizes[part]
        begin = int(self.places[part.start])
        begins = self.places[part.start : part.start + len(sizes)] - begin
        pieces = slice(begin, begin + int(sizes.sum()))
        how, source = stored.array("evidence.how")[pieces], self.source[pieces]
        some = sizes > 0
        one_how = np.full(len(sizes), -1, np.int64)
        one_how[some] = how[begins[some]]
        about = np.repeat(np.arange(len(sizes)), sizes)
        doubtful = (how != one_how[about]) | (stored.array("sources.retracted")[source] != 0)
        doubtful |= self._says("effect", pieces)  # numbers are its context
        of_database = self.is_database[source]
        doubtful |= of_database & (sizes[about] > 1)
        doubtful[1:] |= (source[1:] == source[:-1]) & (about[1:] == about[:-1])
        alone = np.zeros(len(sizes), bool)
        alone[about[doubtful]] = True
        by_database, worded = np.zeros(len(sizes), bool), np.zeros(len(sizes), bool)
        by_database[some] = of_database[begins[some]]
        worded[some] = self._says("summary", pieces)[begins[some]]
        worded &= sizes == 1
        meaning = (
            stored.array(f"statements.{n}")[part] for n in ("predicate", "qualifiers", "negated")
        )
        return [alone, *meaning, one_how + 1, np.minimum(sizes, 2), by_database, worded]

    def _says(self, name: str, pieces: slice) -> Numbers:
        """True for each of some pieces of evidence that has a text."""
        texts = self.store.stored.texts(f"evidence.{name}")
        if not len(texts.data):
            return np.zeros(pieces.stop - pieces.start, bool)
        return np.diff(texts.first[pieces.start : pieces.stop + 1]) > 0

    def _marked(self, number: int) -> Slots | None:
        """What a statement becomes, with marks; None where that is not one association."""
        statement = self.statements.make(number)
        edges = [*associations.of(statement, self.store.words)]
        sources = tuple([row.source for row in statement.evidence])
        own: Slots = {
            "id": statement.id,
            "subject": associations.curie(statement.subject),
            "object": associations.curie(statement.object),
            "publications": tuple([associations.curie(source, "source") for source in sources]),
        }
        if sources and associations.is_database(sources[0]):
            own["publications"], own["primary_knowledge_source"] = (), sources[0]
        if len(sources) == 1:
            own["supporting_text"] = statement.evidence[0].summary
        own = {name: value for name, value in own.items() if value}
        if len(edges) != 1 or any(edges[0].get(name) != value for name, value in own.items()):
            return None
        marks = dict(zip(("id", "subject", "object"), _MARKS, strict=False))
        marked: Slots = {**edges[0], **{name: marks[name] for name in marks}}
        if "publications" in own:
            marked["publications"] = (_MARKS[3],)
        elif "primary_knowledge_source" in own:
            marked["primary_knowledge_source"] = _MARKS[3]
        if "supporting_text" in own:
            marked["supporting_text"] = _MARKS[4]
        return marked

    def _filling(self) -> Any:
        """What gives, for some statements, the columns of what stands at the marks."""
        pa, stored = self.pa, self.store.stored
        entities = self.cells(self.curies(_every(stored.texts("entities.id")), "entity"))
        sources = self.curies(self.sources, "source")
        is_database = pa.array(self.is_database)
        sources = pa.compute.if_else(is_database, self.cells(sources), self.members(sources))

        def filled(part: slice) -> list[Any]:
            first = self.places[part.start : part.stop + 1]
            begin, end = int(first[0]), int(first[-1])
            cited = sources.take(pa.array(self.source[begin:end]))
            lists = pa.ListArray.from_arrays(pa.array((first - begin).astype(np.int32)), cited)
            return [
                ids(stored.array("statements.digest")[part]),
                *(
                    entities.take(pa.array(stored.array(f"statements.{end_}")[part]))
                    for end_ in ("subject", "object")
                ),
                pa.compute.binary_join(lists, self.between),
                self._words(part),
            ]

        return filled

    def _words(self, part: slice) -> Any:
        """The words of the one piece of evidence of each; empty where there are more, or none."""
        sizes, pa = self.sizes[part], self.pa
        rows = np.flatnonzero(sizes == 1)
        places = self.places[part.start : part.start + len(sizes)][rows]
        begin = int(self.places[part.start])
        worded = self._says("summary", slice(begin, begin + int(sizes.sum())))[places - begin]
        if not worded.any():
            return pa.scalar("", pa.string())
        words = self.cells(take(self.summaries, places[worded]).cast(pa.string()))
        number = np.full(len(sizes), len(words))  # that of an empty text behind them
        number[rows[worded]] = np.arange(len(words))
        return pa.concat_arrays([words, pa.array([""])]).take(pa.array(number))


def _every(texts: Texts) -> Any:
    """All texts of a column, as an array of Arrow."""
    return take(texts, np.arange(len(texts))).cast(layout.arrow().string())


def _joined(texts: Any) -> memoryview:
    """The bytes of texts of Arrow, one after the other."""
    _, offsets, data = texts.buffers()
    first = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return memoryview(data or b"")[int(first[0]) : int(first[-1])]


def _count(store: Store, report: Report) -> None:
    """Count what a reading of the file in memory counts on its way."""
    report.counting = True
    report.signs.clear()
    stored = store.stored
    report.statements, report.evidence = stored.count("statements"), stored.count("evidence")
    used = np.flatnonzero(np.bincount(stored.array("evidence.source")))
    cited = take(stored.texts("sources.id"), used)
    of_pubmed = np.asarray(layout.arrow().compute.starts_with(cited, pattern="PMID:"))
    others = cited.filter(layout.arrow().array(~of_pubmed)).to_pylist()
    report.papers = int(np.count_nonzero(of_pubmed)) + sum(map(is_paper, others))
    hows, how = stored.texts("hows"), stored.array("evidence.how")
    stances = (how_of(text)[0] for text in map(hows.raw, range(len(hows))))
    against = np.fromiter((stance == "disputes" for stance in stances), bool, len(hows))
    signs = np.array([store.words.relation(name).sign for name in stored.manifest["predicates"]])
    predicate, first = stored.array("statements.predicate"), stored.array("statements.evidence")
    counts: Counter[int] = Counter()
    for start in range(0, len(predicate), _LOOKED_AT):
        places = first[start : start + _LOOKED_AT + 1]
        for_it = ~against[how[places[0] : places[-1]]]
        before = np.concatenate(([0], np.cumsum(for_it)))[places - places[0]]
        denied = (before[1:] == before[:-1]) & (places[1:] > places[:-1])
        group = np.where(denied, _DENIED, signs[predicate[start : start + _LOOKED_AT]])
        for value, count in zip(*np.unique(group, return_counts=True), strict=True):
            counts[int(value)] += int(count)
    for value, name in ((1, "positive"), (-1, "negative"), (0, "unsigned"), (_DENIED, "negated")):
        if counts[value]:
            report.signs[name] = counts[value]
