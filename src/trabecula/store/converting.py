"""KGX from tables of KGX, and from a store, a column at a time.

What a statement becomes is decided by what stands beside its ends and its sources, and of that
there is little that differs. So the first statement of each kind goes through `associations` and
the writer of the format, with marks where its own id, ends, sources and words stand; all others of
the kind get the same text with theirs. A statement that is several associations, or none, goes that
way by itself. What is written is what a graph in memory gives, byte for byte, and a test holds the
two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from trabecula import associations, formats, outputs, progress, writing
from trabecula.associations import Slots
from trabecula.canonical import is_paper
from trabecula.formats import kgx
from trabecula.mapping import AS_IT_IS, Options, Report, beside
from trabecula.model import Statement
from trabecula.store import kgx as loading_kgx
from trabecula.store import layout, loading
from trabecula.store.arrays import Texts
from trabecula.store.incoming import Numbers
from trabecula.store.opening import Store, opened
from trabecula.store.sorting import joint
from trabecula.store.views import MappedColumns
from trabecula.store.write.tables import ids, take

#: The formats that are written so, by the syntax of `formats.kgx`.
FORMATS: Final = {"kgx": "tsv", "kgx-jsonl": "jsonl"}
#: Statements that are written at once: their texts together may not have 2 GiB.
SLICE: Final = 1 << 17
#: What stands for id, subject, object, sources and words of a statement in the text of its kind:
#: letters that no record may have, and no format writes otherwise.
_MARKS: Final = "\ue0f1\ue0f2\ue0f3\ue0f4\ue0f5"
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
        formats.guard_other(target, formats.FORMATS[form])
    with progress.phase(f"writing {form}"):
        made = files_of(store, FORMATS[form])
        outputs.write_together({path: made[kind] for kind, path in beside.named(target).items()})


def files_of(store: Store, syntax: str) -> dict[str, Iterable[bytes]]:
    """As `formats.kgx.files_of`, for `tsv` and `jsonl`, each file in parts."""
    keys, entities = store.columns.entities, store.every_entity()
    nodes = [
        associations.node(key, entity, store.words)
        for key, entity in zip(keys, entities, strict=True)
    ]
    return {
        "nodes": [kgx.written(nodes, "nodes", syntax)],
        "edges": _Edges(store, syntax).written(),
    }


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

    def written(self) -> Iterator[bytes]:
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
        stored, columns = self.store.stored, cast("MappedColumns", self.store.columns)
        how, source, sizes = stored.array("evidence.how"), self.source, self.sizes
        begins = self.first[:-1]
        some = sizes > 0
        one_how = np.full(len(sizes), -1, np.int64)
        one_how[some] = how[begins[some]]
        about = np.repeat(np.arange(len(sizes)), sizes)
        doubtful = (how != one_how[about]) | (stored.array("sources.retracted")[source] != 0)
        doubtful |= np.diff(stored.texts("evidence.effect").first) > 0  # numbers are its context
        of_database = self.is_database[source]
        doubtful |= of_database & (sizes[about] > 1)
        doubtful[1:] |= (source[1:] == source[:-1]) & (about[1:] == about[:-1])
        alone = columns.any_piece(doubtful)
        by_database, worded = np.zeros(len(sizes), bool), np.zeros(len(sizes), bool)
        by_database[some] = of_database[begins[some]]
        worded[some] = np.diff(self.summaries.first)[begins[some]] > 0
        worded &= sizes == 1
        key = joint(
            (
                alone, stored.array("statements.predicate"), stored.array("statements.qualifiers"),
                stored.array("statements.negated"), one_how + 1, np.minimum(sizes, 2), by_database,
                worded,
            ),
            len(sizes),
        )  # fmt: skip
        _, firsts, kind = np.unique(key, return_index=True, return_inverse=True)
        return kind.reshape(-1), firsts, alone

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
        worded = np.diff(self.summaries.first)[places] > 0
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


def _joined(texts: Any) -> bytes:
    """The bytes of texts of Arrow, one after the other."""
    _, offsets, data = texts.buffers()
    first = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return bytes(memoryview(data or b"")[int(first[0]) : int(first[-1])])


def _count(store: Store, report: Report) -> None:
    """Count what a reading of the file in memory counts on its way."""
    report.counting = True
    report.signs.clear()
    stored, columns = store.stored, cast("MappedColumns", store.columns)
    report.statements, report.evidence = stored.count("statements"), stored.count("evidence")
    used = np.unique(stored.array("evidence.source"))
    report.papers = sum(map(is_paper, take(stored.texts("sources.id"), used).to_pylist()))
    hows = stored.texts("hows")
    disputes = np.array([columns.piece_of(n).stance == "disputes" for n in range(len(hows))], bool)
    against = disputes[stored.array("evidence.how")]
    denied = columns.any_piece(against) & ~columns.any_piece(~against)
    signs = np.array([store.words.relation(name).sign for name in stored.manifest["predicates"]])
    group = np.where(denied, _DENIED, signs[stored.array("statements.predicate")])
    for value, name in ((1, "positive"), (-1, "negative"), (0, "unsigned"), (_DENIED, "negated")):
        if count := int(np.count_nonzero(group == value)):
            report.signs[name] = count
