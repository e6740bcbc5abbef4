"""Selections on a store: the same plan as in memory, evaluated on arrays.

A selection is a mark for each statement. What walks paths, loops and conflicts is the same search
as in memory, over the arcs of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

import numpy as np

from trabecula.influence import AGAINST, Influence
from trabecula.model import Evidence
from trabecula.names import Names
from trabecula.reason.following import kinds_of
from trabecula.selection import SELECTORS, And, Call, Not, Or, Selection
from trabecula.selection.plan import Asked
from trabecula.store.arrays import ragged
from trabecula.store.columns import MappedColumns
from trabecula.store.incoming import Numbers
from trabecula.store.names import MappedNames
from trabecula.store.stored import Stored
from trabecula.vocabulary import STATUSES


class Chooser:
    """Selects statements of a store."""

    def __init__(self, influence: Influence, names: Names) -> None:
        self.influence, self.names = influence, names
        self.columns = cast("MappedColumns", influence.columns)
        self.stored: Stored = self.columns.stored
        self.count = len(self.columns.ids)

    def chosen(self, selection: Selection) -> Numbers:
        """The numbers of the statements that a selection denotes, in the order of the graph.

        Raises as `selection.chosen` does.
        """
        return np.flatnonzero(self._planned(selection)())

    def _planned(self, selection: Selection) -> Callable[[], Numbers]:
        """The selection with every name in it resolved, so that all mistakes are told at once."""
        match selection:
            case Call(name, arguments):
                asked = self._asked(name, arguments)
                return lambda: self._marked(name, asked)
            case Not(part):
                inner = self._planned(part)
                return lambda: ~inner()
            case And(parts):
                every = [self._planned(part) for part in parts]
                return lambda: np.logical_and.reduce([marks() for marks in every])
            case Or(parts):
                either = [self._planned(part) for part in parts]
                return lambda: np.logical_or.reduce([marks() for marks in either])

    def _asked(self, name: str, arguments: tuple[str, ...]) -> Asked:
        if name == "text":
            wanted = arguments[0].casefold()
            entities = cast("MappedNames", self.names).containing(wanted)
            return Asked(tuple(entities.tolist()), frozenset((wanted,)))
        return SELECTORS[name].plan(self.influence, self.names, arguments)

    def _marked(self, name: str, asked: Asked) -> Numbers:
        by_arrays = _BY_ARRAYS.get(name)
        if by_arrays is not None:
            return by_arrays(self, asked)
        select = SELECTORS[name].evaluate(self.influence, self.names, asked)
        return self._of(select(_Everything()))

    # --- Marks ------------------------------------------------------------------------------

    def _of(self, numbers: Iterable[int]) -> Numbers:
        marks = np.zeros(self.count, bool)
        marks[np.fromiter(numbers, np.int64)] = True
        return marks

    def _array(self, name: str) -> Numbers:
        return self.stored.array(name)

    def _ends(self, asked: Asked, *sides: str) -> Numbers:
        wanted = np.zeros(len(self.columns.entities), bool)
        wanted[list(asked.entities)] = True
        marks: Numbers = np.logical_or.reduce(
            [wanted[self._array(f"statements.{s}")] for s in sides]
        )
        return marks

    def everything(self, _: Asked) -> Numbers:
        """All of them."""
        return np.ones(self.count, bool)

    def subject(self, asked: Asked) -> Numbers:
        """Those with one of these subjects."""
        return self._ends(asked, "subject")

    def object_(self, asked: Asked) -> Numbers:
        """Those with one of these objects."""
        return self._ends(asked, "object")

    def statement(self, asked: Asked) -> Numbers:
        """Those with one of these ids."""
        return self._of(self.columns.number_of(identifier) for identifier in asked.values)

    def predicate(self, asked: Asked) -> Numbers:
        """Those with one of these predicates."""
        return _bits(self.columns.predicates.marked(asked.values))

    def topic(self, asked: Asked) -> Numbers:
        """Those of one of these topics."""
        return _bits(self.columns.topics.marked(asked.values))

    def category(self, asked: Asked) -> Numbers:
        """Those one end of which is of one of these categories."""
        names = self.stored.manifest["categories"]
        wanted = np.array([name in asked.values for name in names], bool)
        entities = wanted[self._array("entities.category")]
        ends = (self._array(f"statements.{side}") for side in ("subject", "object"))
        marks: Numbers = np.logical_or(*(entities[end] for end in ends))
        return marks

    def influences(self, _: Asked) -> Numbers:
        """Those by which one thing acts on the other."""
        relation, coded = self.columns.words.relation, self.columns.predicates
        acting = {name for name in coded.names if relation(name).influence != "none"}
        return _bits(coded.marked(acting))

    def sign(self, asked: Asked) -> Numbers:
        """Those with one of these signs."""
        wanted = [{"+": 1, "-": -1, "0": 0}[sign] for sign in asked.values]
        return np.isin(self._array("statements.sign"), wanted)

    def status(self, asked: Asked) -> Numbers:
        """Those with one of these statuses."""
        wanted = np.array([name in asked.values for name in STATUSES], bool)
        return wanted[self._array("statements.status")]

    def sources(self, asked: Asked) -> Numbers:
        """Those that so many independent sources support."""
        return self._array("statements.supporting") >= (asked.number or 0)

    def evidence(self, asked: Asked) -> Numbers:
        """Those with a piece of evidence that is of all these kinds."""
        return _bits(
            self.columns.having(lambda row: not row.retracted and asked.values <= kinds_of(row))
        )

    def study(self, asked: Asked) -> Numbers:
        """Those with one of these methods behind them."""
        return self._named(asked, lambda row: row.method)

    def species(self, asked: Asked) -> Numbers:
        """Those that were seen in one of these species."""
        return self._named(asked, lambda row: row.species)

    def _named(self, asked: Asked, field: Callable[[Evidence], str]) -> Numbers:
        """Those with evidence that is weighed and names one of these, or none where "" is asked."""
        marks = _bits(self.columns.having(lambda row: row.weighs and field(row) in asked.values))
        if "" in asked.values:
            marks |= ~_bits(self.columns.having(lambda row: row.weighs))
        return marks

    def source(self, asked: Asked) -> Numbers:
        """Those to which one of these sources speaks."""
        ids = self.stored.texts("sources.id")
        wanted = np.zeros(len(ids), bool)
        wanted[[n for n in map(ids.number, asked.values) if n >= 0]] = True
        return self.columns.any_piece(wanted[self._array("evidence.source")])

    def text(self, asked: Asked) -> Numbers:
        """Those that have the words in the names of their ends or in a summary."""
        (wanted,) = asked.values
        summaries = self.stored.texts("evidence.summary")
        some = np.flatnonzero(np.diff(summaries.first))
        worded = np.zeros(len(summaries), bool)
        worded[[n for n in some.tolist() if wanted in summaries[n].casefold()]] = True
        return self._ends(asked, "subject", "object") | self.columns.any_piece(worded)

    # --- Walks ------------------------------------------------------------------------------

    def near(self, asked: Asked) -> Numbers:
        """All statements among the entities up to so many steps away."""
        reached = self.reached(asked.entities, asked.number or 1)
        first, objects = self._array("by_subject.first"), self._array("statements.object")
        entities = np.flatnonzero(reached)
        numbers = ragged(first[entities], first[entities + 1] - first[entities])
        marks = np.zeros(self.count, bool)
        marks[numbers[reached[objects[numbers]]]] = True
        return marks

    def reached(self, starts: Iterable[int], steps: int) -> Numbers:
        """True for each entity up to so many steps away, whichever way statements point."""
        subjects, objects = self._array("statements.subject"), self._array("statements.object")
        out, into = self._array("by_subject.first"), self._array("by_object.first")
        members = self._array("by_object.members")
        reached = np.zeros(len(self.columns.entities), bool)
        edge = np.array(sorted(set(starts)), np.int64)
        reached[edge] = True
        for _ in range(steps):
            fresh = np.zeros(len(reached), bool)
            fresh[objects[ragged(out[edge], out[edge + 1] - out[edge])]] = True
            fresh[subjects[members[ragged(into[edge], into[edge + 1] - into[edge])]]] = True
            edge = np.flatnonzero(fresh & ~reached)
            if not len(edge):
                break
            reached[edge] = True
        return reached

    def downstream(self, asked: Asked) -> Numbers:
        """What an entity acts on, and that in its turn, up to so many steps."""
        arcs = self._array("arcs.first"), None, self._array("arcs.ends")
        return self._led(asked, *arcs)

    def upstream(self, asked: Asked) -> Numbers:
        """What acts on an entity, and on that, up to so many steps."""
        members = self._array("arcs.into.members")
        return self._led(asked, self._array("arcs.into.first"), members, self._array("arcs.starts"))

    def _led(
        self, asked: Asked, first: Numbers, members: Numbers | None, there: Numbers
    ) -> Numbers:
        """The statements of the arcs that lead on from what is less than so many steps away."""
        kinds, statements = self._array("arcs.kinds"), self._array("arcs.statements")
        marks = np.zeros(self.count, bool)
        reached = np.zeros(len(self.columns.entities), bool)
        edge = np.array(sorted(set(asked.entities)), np.int64)
        far = 0
        while len(edge) and (asked.number is None or far < asked.number):
            reached[edge] = True
            arcs = ragged(first[edge], first[edge + 1] - first[edge])
            arcs = arcs if members is None else members[arcs]
            arcs = arcs[kinds[arcs] <= AGAINST]
            marks[statements[arcs]] = True
            fresh = np.zeros(len(reached), bool)
            fresh[there[arcs]] = True
            edge = np.flatnonzero(fresh & ~reached)
            far += 1
        return marks


class _Everything(set[int]):
    """All candidates: a walk that meets them keeps what it comes by."""

    def intersection(self, *others: Iterable[Any]) -> set[int]:
        """The members of the other."""
        return set(*others)


def _bits(marks: bytes) -> Numbers:
    return np.frombuffer(marks, np.bool_).copy()


_BY_ARRAYS: Final[dict[str, Callable[[Chooser, Asked], Numbers]]] = {
    "all": Chooser.everything, "near": Chooser.near, "upstream": Chooser.upstream,
    "downstream": Chooser.downstream, "subject": Chooser.subject, "object": Chooser.object_,
    "statement": Chooser.statement, "predicate": Chooser.predicate, "category": Chooser.category,
    "sign": Chooser.sign, "influence": Chooser.influences, "status": Chooser.status,
    "evidence": Chooser.evidence, "study": Chooser.study, "species": Chooser.species,
    "sources": Chooser.sources, "source": Chooser.source, "topic": Chooser.topic,
    "text": Chooser.text,
}  # fmt: skip
