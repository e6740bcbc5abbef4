"""The table of edges in KGX, from the columns of a store; what is of no kind goes by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np

from trabecula import associations
from trabecula.associations import Slots
from trabecula.store import layout
from trabecula.store.arrays import Texts
from trabecula.store.converting.rows import MARKS, SLICE, Rows
from trabecula.store.digests import Digester
from trabecula.store.incoming import MEANING, Numbers, context_of
from trabecula.store.opening import Store
from trabecula.store.records import Statements
from trabecula.store.sorting import joint
from trabecula.store.threads import side_by_side
from trabecula.store.write.tables import ids, take

#: Statements whose kinds are told at once.
_LOOKED_AT: Final = 1 << 17
#: Records that are kept once they have been read: few statements go by themselves.
_KEPT: Final = 1 << 10


class Edges(Rows):
    """The statements of a store while they are written."""

    def __init__(self, store: Store, syntax: str) -> None:
        super().__init__(store, syntax, "edges")
        stored = store.stored
        self.statements = Statements(stored, kept=_KEPT)
        self.source = stored.array("evidence.source")
        self.places = stored.array("statements.evidence")
        self.sizes = np.diff(self.places).astype(np.int32)
        self.summaries = stored.texts("evidence.summary")
        self.sources = _every(stored.texts("sources.id"))
        begins_so = self.pa.compute.starts_with(self.sources, pattern=associations.DATABASE)
        self.is_database = np.asarray(begins_so)

    def written(self) -> Iterator[bytes | memoryview]:
        """All of them, in order, in a table with the columns that any of them has."""
        kind, firsts, alone = self._kinds()
        marked = [None if alone[n] else self._marked(n) for n in firsts.tolist()]
        alone |= np.array([slots is None for slots in marked], bool)[kind]
        self.store.stored.let_go()  # the first ones of all kinds stand everywhere
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
        around, filled = self.around(self._all_parts(marked)), self._filling()

        def lines(part: slice) -> memoryview:
            by_themselves = {}
            for place in np.flatnonzero(alone[part]).tolist():
                number = part.start + place
                slots = others.pop(number, None) or self._associations(number)
                by_themselves[place] = "".join(map(self.line, slots))
            return self.rows(around, kind[part], filled(part), by_themselves)

        slices = [slice(start, start + SLICE) for start in range(0, len(kind), SLICE)]
        for part, made in zip(slices, side_by_side(lines, slices), strict=True):
            yield made
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
        marks = dict(zip(("id", "subject", "object"), MARKS, strict=False))
        marked: Slots = {**edges[0], **{name: marks[name] for name in marks}}
        if "publications" in own:
            marked["publications"] = (MARKS[3],)
        elif "primary_knowledge_source" in own:
            marked["primary_knowledge_source"] = MARKS[3]
        if "supporting_text" in own:
            marked["supporting_text"] = MARKS[4]
        return marked

    def _filling(self) -> Any:
        """What gives, for some statements, the columns of what stands at the marks."""
        pa, stored = self.pa, self.store.stored
        entities = self.cells(self.curies(_every(stored.texts("entities.id")), "entity"))
        sources = self.curies(self.sources, "source")
        is_database, digests = pa.array(self.is_database), self._digests()
        sources = pa.compute.if_else(is_database, self.cells(sources), self.members(sources))

        def filled(part: slice) -> list[Any]:
            first = self.places[part.start : part.stop + 1]
            begin, end = int(first[0]), int(first[-1])
            cited = sources.take(pa.array(self.source[begin:end]))
            lists = pa.ListArray.from_arrays(pa.array((first - begin).astype(np.int32)), cited)
            return [
                ids(digests(part)),
                *(
                    entities.take(pa.array(stored.array(f"statements.{end_}")[part]))
                    for end_ in ("subject", "object")
                ),
                pa.compute.binary_join(lists, self.between),
                self._words(part),
            ]

        return filled

    def _digests(self) -> Callable[[slice], Numbers]:
        """What gives the digests of some statements: a store for a while has none.

        Where they are made of a part, another thread fills another one meanwhile.
        """
        stored = self.store.stored
        if stored.has("statements.digest"):
            return stored.array("statements.digest").__getitem__
        contexts = stored.texts("contexts")
        digester = Digester(
            _every(stored.texts("entities.id")),
            stored.manifest["predicates"],
            [context_of(contexts.raw(number)) for number in range(len(contexts))],
        )
        columns = {name: stored.array(f"statements.{name}") for name in MEANING}
        return lambda part: digester.digests({n: values[part] for n, values in columns.items()})

    def _words(self, part: slice) -> Any:
        """The words of the one piece of evidence of each; empty where there are more, or none."""
        sizes, pa = self.sizes[part], self.pa
        if not len(self.summaries.data):
            return pa.scalar("", pa.string())
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
