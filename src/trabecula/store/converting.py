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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from trabecula import associations, formats, outputs, progress, writing
from trabecula.associations import Slots
from trabecula.canonical import is_paper
from trabecula.formats import kgx
from trabecula.formats.writing import guard_other
from trabecula.mapping import AS_IT_IS, Options, Report, beside
from trabecula.model import Entity, Statement, Xref
from trabecula.store import kgx as loading_kgx
from trabecula.store import layout, loading
from trabecula.store.arrays import Texts
from trabecula.store.incoming import Numbers, entity_of
from trabecula.store.opening import Store, opened
from trabecula.store.sorting import joint
from trabecula.store.views import MappedColumns
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
#: In place of a sign.
_DENIED: Final = 2
#: What a text may have that a format writes otherwise than it is.
_SPECIAL: Final = r'["\\\x00-\x1f|]'


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


#: What an entity has in common with others: category, taxon, whether it has a name, a description
#: and synonyms, and how it is matched elsewhere; empty for what nothing describes.
_Kind = tuple[Any, ...]


class _Nodes:
    """The things of a store while they are written."""

    def __init__(self, store: Store, syntax: str) -> None:
        self.store, self.syntax = store, syntax
        self.row = kgx.row_of_json if syntax == "jsonl" else kgx.row_of_table
        self.ids = store.stored.texts("entities.id")
        self.records = store.stored.texts("entities.record")

    def written(self) -> Iterator[bytes]:
        """All of them, in order, in a table with the columns that any of them has."""
        kinds = {_kind(said) for _, said in self._said()}
        marked = {kind: self._marked(kind) for kind in sorted(kinds)}
        names = associations.columns([*marked.values()], kgx.FIRST["nodes"])
        if self.syntax == "tsv":
            names = names or list(kgx.FIRST["nodes"])
            yield ("\t".join(names) + "\n").encode()
        texts = {kind: self._text(slots, names) for kind, slots in marked.items()}
        inner, member = self._inner, self._member
        between = '", "' if self.syntax == "jsonl" else "|"
        lines: list[str] = []
        for number, (key, said) in enumerate(self._said()):
            if not said:
                lines.append(texts[()](inner(associations.curie(key)), inner(key), "", ""))
            elif said[-1]:
                entity = entity_of(key, self.records.raw(number))
                slots = associations.node(key, entity, self.store.words)
                lines.append(f"{self.row(slots, names)}\n")
            else:
                name, _, _, description, synonyms, _ = said
                lines.append(
                    texts[_kind(said)](
                        inner(associations.curie(key)), inner(name), inner(description),
                        between.join(map(member, synonyms)),
                    )
                )  # fmt: skip
            if len(lines) == SLICE:
                yield "".join(lines).encode()
                lines.clear()
        yield "".join(lines).encode()

    def _said(self) -> Iterator[tuple[str, Sequence[Any]]]:
        """The id of each, and what its record says, as `entity_text` has it, if there is one."""
        for start in range(0, len(self.ids), SLICE):
            numbers = range(start, min(start + SLICE, len(self.ids)))
            texts = [self.records.raw(number) or b"[]" for number in numbers]
            yield from zip(
                map(self.ids.__getitem__, numbers), json.loads(b"[%b]" % b",".join(texts)),
                strict=True,
            )  # fmt: skip

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

    def _text(self, marked: Slots, names: Sequence[str]) -> Any:
        """What makes the line of a thing of a kind, given what stands at the marks."""
        text = f"{self.row(marked, names)}\n".replace("{", "{{").replace("}", "}}")
        for place, mark in enumerate(_MARKS):
            text = text.replace(mark, f"{{{place}}}")
        return text.format

    def _inner(self, text: str) -> str:
        """A text as it stands in a row, without what is around it."""
        return encode_basestring(text)[1:-1] if self.syntax == "jsonl" else text

    def _member(self, text: str) -> str:
        """The same of a member of a list."""
        return self._inner(text) if self.syntax == "jsonl" else text.replace("|", "/")


def _kind(said: Sequence[Any]) -> _Kind:
    if not said:
        return ()
    name, category, taxon, description, synonyms, xrefs = said
    matches = tuple(sorted({match for match, _, _ in xrefs})) if xrefs else ()
    return category, taxon, bool(name), bool(description), bool(synonyms), matches


class _Edges:
    """The statements of a store while they are written."""

    def __init__(self, store: Store, syntax: str) -> None:
        self.store, self.syntax, self.pa = store, syntax, layout.arrow()
        self.row = kgx.row_of_json if syntax == "jsonl" else kgx.row_of_table
        stored = store.stored
        self.source = stored.array("evidence.source")
        self.first = stored.array("statements.evidence")
        self.sizes = np.diff(self.first)
        self.summaries = stored.texts("evidence.summary")
        self.sources = _every(stored.texts("sources.id"))
        begins_so = self.pa.compute.starts_with(self.sources, pattern=associations.DATABASE)
        self.is_database = np.asarray(begins_so)

    def written(self) -> Iterator[bytes | memoryview]:
        """All of them, in order, in a table with the columns that any of them has."""
        kind, firsts, alone = self._kinds()
        marked = [None if alone[n] else self._marked(n) for n in firsts.tolist()]
        alone |= np.array([one is None for one in marked], bool)[kind]
        others = {
            number: [*associations.of(self._statement(number), self.store.words)]
            for number in np.flatnonzero(alone).tolist()
        }
        used = np.zeros(len(marked), bool)
        used[kind[~alone]] = True
        of_kinds = [one for one, is_used in zip(marked, used, strict=True) if one and is_used]
        rows = [*of_kinds, *(slots for some in others.values() for slots in some)]
        names = associations.columns(rows, kgx.FIRST["edges"])
        if self.syntax == "tsv":
            names = names or list(kgx.FIRST["edges"])
            yield ("\t".join(names) + "\n").encode()
        parts = [self._parts(one, names) if one else ("",) * 6 for one in marked]
        constants = [self.pa.array(each, self.pa.string()) for each in zip(*parts, strict=True)]
        lines = {
            number: "".join(f"{self.row(slots, names)}\n" for slots in some)
            for number, some in others.items()
        }
        filled = self._filling()
        for start in range(0, len(kind), SLICE):
            part = slice(start, start + SLICE)
            of_kind = self.pa.array(kind[part])
            texts = [each.take(of_kind) for each in constants]
            between = filled(part)
            turns = [text for pair in zip(texts, between, strict=False) for text in pair]
            said = self.pa.compute.binary_join_element_wise(*turns, texts[-1], "")
            if alone[part].any():
                own = [lines[start + at] for at in np.flatnonzero(alone[part]).tolist()]
                said = self.pa.compute.replace_with_mask(
                    said, self.pa.array(alone[part]), self.pa.array(own, self.pa.string())
                )
            yield _joined(said)

    def _kinds(self) -> tuple[Numbers, Numbers, Numbers]:
        """The kind of each statement, the first of each kind, and which go by themselves."""
        count = len(self.sizes)
        kinds, alone = np.zeros(count, np.int32), np.zeros(count, bool)
        firsts: list[int] = []
        number_of: dict[tuple[int, ...], int] = {}
        for start in range(0, count, _LOOKED_AT):
            part = slice(start, start + _LOOKED_AT)
            columns = self._columns_of_kind(part)
            key = joint(columns, len(columns[0]))
            _, first, kind = np.unique(key, return_index=True, return_inverse=True)
            numbers = []
            for place in first.tolist():
                said = tuple([int(column[place]) for column in columns])
                if said not in number_of:
                    number_of[said] = len(firsts)
                    firsts.append(start + place)
                numbers.append(number_of[said])
            kinds[part] = np.array(numbers, np.int32)[kind.reshape(-1)]
            alone[part] = columns[0]
        return kinds, np.array(firsts, np.int64), alone

    def _columns_of_kind(self, part: slice) -> list[Numbers]:
        """What makes the kind of some statements; the first says which go by themselves."""
        stored, sizes = self.store.stored, self.sizes[part]
        begin = int(self.first[part.start])
        begins = self.first[part.start : part.start + len(sizes)] - begin
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
        said = (
            stored.array(f"statements.{n}")[part] for n in ("predicate", "qualifiers", "negated")
        )
        return [alone, *said, one_how + 1, np.minimum(sizes, 2), by_database, worded]

    def _says(self, name: str, pieces: slice) -> Numbers:
        """True for each of some pieces of evidence that has a text."""
        texts = self.store.stored.texts(f"evidence.{name}")
        if not len(texts.data):
            return np.zeros(pieces.stop - pieces.start, bool)
        return np.diff(texts.first[pieces.start : pieces.stop + 1]) > 0

    def _statement(self, number: int) -> Statement:
        return self.store.columns.statements[number]

    def _marked(self, number: int) -> Slots | None:
        """What a statement becomes, with marks; None where that is not one association."""
        statement = self._statement(number)
        found = [*associations.of(statement, self.store.words)]
        sources = tuple([row.source for row in statement.evidence])
        own: Slots = {
            "id": statement.id,
            "subject": associations.curie(statement.subject),
            "object": associations.curie(statement.object),
            "publications": tuple([associations.curie(one, "source") for one in sources]),
        }
        if sources and associations.is_database(sources[0]):
            own["publications"], own["primary_knowledge_source"] = (), sources[0]
        if len(sources) == 1:
            own["supporting_text"] = statement.evidence[0].summary
        own = {name: value for name, value in own.items() if value}
        if len(found) != 1 or any(found[0].get(name) != value for name, value in own.items()):
            return None
        marks = dict(zip(("id", "subject", "object"), _MARKS, strict=False))
        marked: Slots = {**found[0], **{name: marks[name] for name in marks}}
        if "publications" in own:
            marked["publications"] = (_MARKS[3],)
        elif "primary_knowledge_source" in own:
            marked["primary_knowledge_source"] = _MARKS[3]
        if "supporting_text" in own:
            marked["supporting_text"] = _MARKS[4]
        return marked

    def _parts(self, marked: Slots, names: Sequence[str]) -> tuple[str, ...]:
        """The text of a kind between its marks; empty before a mark that it has not."""
        rest = f"{self.row(marked, names)}\n"
        parts = []
        for mark in _MARKS:
            before, found, behind = rest.partition(mark)
            parts.append(before if found else "")
            rest = behind if found else rest
        return (*parts, rest)

    def _filling(self) -> Any:
        """What gives, for some statements, the columns of what stands at the marks."""
        pa, stored = self.pa, self.store.stored
        entities = self._written(_every(stored.texts("entities.id")), "entity")
        sources = self._written(self.sources, "source", of_lists=~self.is_database)
        between = '", "' if self.syntax == "jsonl" else "|"

        def filled(part: slice) -> list[Any]:
            first = self.first[part.start : part.stop + 1]
            begin, end = int(first[0]), int(first[-1])
            cited = sources.take(pa.array(self.source[begin:end]))
            lists = pa.ListArray.from_arrays(pa.array((first - begin).astype(np.int32)), cited)
            return [
                ids(stored.array("statements.digest")[part]),
                *(
                    entities.take(pa.array(stored.array(f"statements.{end_}")[part]))
                    for end_ in ("subject", "object")
                ),
                pa.compute.binary_join(lists, between),
                self._words(part),
            ]

        return filled

    def _written(self, names: Any, space: str, of_lists: Numbers | None = None) -> Any:
        """Identifiers as CURIEs, as they stand in a row, some of them as members of a list."""
        pa, compute = self.pa, self.pa.compute
        bare = ~np.asarray(compute.match_substring(names, ":"))
        special = bare | np.asarray(compute.match_substring_regex(names, _SPECIAL))
        if not special.any():
            return names
        texts = names.to_pylist()
        for place in np.flatnonzero(special).tolist():
            one = associations.curie(texts[place], space)
            is_member = of_lists is not None and of_lists[place]
            texts[place] = self._inner((one,) if is_member else one)
        return pa.array(texts, pa.string())

    def _words(self, part: slice) -> Any:
        """The words of the one piece of evidence of each; empty where there are more, or none."""
        sizes = self.sizes[part]
        rows = np.flatnonzero(sizes == 1)
        places = self.first[part.start : part.start + len(sizes)][rows]
        begin = int(self.first[part.start])
        worded = self._says("summary", slice(begin, begin + int(sizes.sum())))[places - begin]
        if not worded.any():
            return self.pa.array([""], self.pa.string()).take(
                self.pa.array(np.zeros(len(sizes), np.int64))
            )
        texts = [""] * len(sizes)
        found = take(self.summaries, places[worded]).to_pylist()
        for row, text in zip(rows[worded].tolist(), found, strict=True):
            texts[row] = self._inner(text)
        return self.pa.array(texts, self.pa.string())

    def _inner(self, value: str | tuple[str]) -> str:
        """A text, or that of a list of one, as it stands in a row, without what is around it."""
        said = self.row({"name": value}, ["name"])
        if self.syntax == "tsv":
            return said
        around = len('"') if isinstance(value, str) else len('["')
        return said[len('{"name": ') + around : -around - len("}")]


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
    stored, columns = store.stored, cast("MappedColumns", store.columns)
    report.statements, report.evidence = stored.count("statements"), stored.count("evidence")
    used = np.flatnonzero(np.bincount(stored.array("evidence.source")))
    cited = take(stored.texts("sources.id"), used)
    of_pubmed = np.asarray(layout.arrow().compute.starts_with(cited, pattern="PMID:"))
    others = cited.filter(layout.arrow().array(~of_pubmed)).to_pylist()
    report.papers = int(np.count_nonzero(of_pubmed)) + sum(map(is_paper, others))
    hows = stored.texts("hows")
    disputes = np.array([columns.piece_of(n).stance == "disputes" for n in range(len(hows))], bool)
    against = disputes[stored.array("evidence.how")]
    denied = columns.any_piece(against) & ~columns.any_piece(~against)
    signs = np.array([store.words.relation(name).sign for name in stored.manifest["predicates"]])
    group = np.where(denied, _DENIED, signs[stored.array("statements.predicate")])
    for value, name in ((1, "positive"), (-1, "negative"), (0, "unsigned"), (_DENIED, "negated")):
        if count := int(np.count_nonzero(group == value)):
            report.signs[name] = count
