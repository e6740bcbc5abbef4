"""What rows of the two tables say, which stand in cells or in objects of JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from trabecula.counted import counted
from trabecula.formats.kgx.slots import ENDS, OF_AN_END, OF_ENDS, describes_ends, slots_of
from trabecula.mapping import Citation, Edge, Item, Node, Reading, biolink
from trabecula.mapping.delimited import fitted
from trabecula.model import Context

#: Numbered lines of a file.
Lines = Iterable[tuple[int, str]]
#: How many different ends of rows are remembered, of which each is read once.
_MEMORY: Final = 1 << 15
#: The slots of an edge that its neighbours do not have alike.
_APART: Final = frozenset((*ENDS, "id", *biolink.PUBLICATIONS))


@dataclass
class _Maker:
    """What makes items of the rows of one of the two tables; `where` names its file."""

    reading: Reading
    where: str
    unplaced: Counter[str] = field(default_factory=Counter)
    header: str = ""

    def wrong(self, place: int | str, what: str, fix: str) -> None:
        """Note a row that cannot be read, by the number of its line or its place in JSON."""
        own = self.where == self.reading.where
        self.reading.wrong(str(place) if own else f"{self.where}:{place}", what, fix)

    def rows(self, lines: Lines, width: int) -> Iterator[tuple[int, list[str]]]:
        """The cells of each line, as many as there are columns."""
        for number, line in lines:
            cells = line.split("\t")
            if line == self.header:  # as in files put together
                what = "the header, which stands again, left out"
                self.reading.report.left.mend(what, f"{Path(self.where).name}:{number}")
            elif len(cells) == width and '"' not in line:
                yield number, cells
            elif line.strip():
                mended = fitted(cells, "\t", width)
                if mended is None:
                    what = f"{counted(len(cells), 'cell')} in a table of {counted(width, 'column')}"
                    self.wrong(number, what, "write no tab in a cell")
                else:
                    yield number, mended


@dataclass
class Nodes(_Maker):
    """What makes nodes of rows."""

    needs = ("id",)

    def of_table(self, names: list[str], rows: Lines) -> Iterator[Item]:
        """A node for each row of a table."""
        for number, cells in self.rows(rows, len(names)):
            yield from self.node(slots_of(names, range(len(names)), cells), number)

    def of_json(self, row: Any, place: int | str) -> Iterator[Item]:
        """The node of an object of JSON."""
        if not isinstance(row, dict):
            self.wrong(place, "this is no object", "write a node with an id")
            return
        slots = {biolink.slot(key): biolink.texts_of_one(value) for key, value in row.items()}
        yield from self.node(slots, place)

    def node(self, slots: dict[str, tuple[str, ...]], place: int | str) -> Iterator[Item]:
        """The node that slots tell of, if they name it."""
        if not slots.get("id"):
            self.wrong(place, "a node has no id", "name it")
            return
        made, unplaced = biolink.node(slots)
        self.unplaced.update(unplaced)
        yield made

    def done(self) -> None:
        """Note what was left out."""
        for name, count in self.unplaced.items():
            self.reading.left("node slot", name, self.reading.path.name, count)


@dataclass
class Edges(_Maker):
    """What makes edges of rows; and nodes, where edges that are alone describe their ends."""

    needs = ENDS
    is_alone: bool = False
    _described: set[str] = field(default_factory=set)
    _meanings: dict[tuple[tuple[str, tuple[str, ...]], ...], _Meaning] = field(default_factory=dict)
    #: The same of tables, by the cells of a row.
    _by_cells: dict[tuple[str, ...], dict[tuple[str, ...], _Meaning]] = field(default_factory=dict)

    def _told(self, rest: tuple[tuple[str, tuple[str, ...]], ...]) -> _Meaning:
        """What slots beside ends and papers say, which is mostly the same and read once."""
        told = self._meanings.get(rest)
        if told is None:
            told = _meaning(dict(rest))
            if len(self._meanings) < _MEMORY:
                self._meanings[rest] = told
        return told

    def of_table(self, names: list[str], rows: Lines) -> Iterator[Item]:
        """Rows of a table: what stands beside ends and papers is mostly the same and read once."""
        self._pass_over(names)
        papers_at = [at for at, name in enumerate(names) if name in biolink.PUBLICATIONS]
        id_at = names.index("id") if "id" in names else -1
        ends = itemgetter(*(names.index(name) for name in ENDS))
        apart = {*papers_at, id_at, *(names.index(name) for name in ENDS)}
        of_ends = [at for at, name in enumerate(names) if self.is_alone and name in OF_ENDS]
        rest_at = [at for at in range(len(names)) if at not in {*apart, *of_ends}]
        rest = _getter(rest_at)
        remembered = self._by_cells.setdefault(tuple(names), {})
        for number, cells in self.rows(rows, len(names)):
            subject, predicate, object_ = ends(cells)
            if not (subject and predicate and object_):
                self._unnamed(number, subject, predicate, object_)
                continue
            if of_ends and not {subject, object_} <= self._described:
                yield from self._nodes((subject, object_), slots_of(names, of_ends, cells))
            key = rest(cells)
            told = remembered.get(key)
            if told is None:
                told = _meaning(slots_of(names, rest_at, cells))
                if len(remembered) < _MEMORY:
                    remembered[key] = told
            papers: tuple[str, ...] = ()
            for at in papers_at:
                if cells[at]:
                    papers += biolink.publications(biolink.texts(cells[at]))
            identifier = "" if papers or id_at < 0 else cells[id_at]
            cited = told.reason.citation(papers, identifier)
            yield from self.edges(subject, predicate, object_, told, cited, number)

    def of_json(self, row: Any, place: int | str) -> Iterator[Item]:
        """The edges of an object of JSON."""
        if not isinstance(row, dict):
            self.wrong(place, "this is no object", "write an edge with subject and object")
            return
        slots = biolink.slots_of(row)
        subject, predicate, object_ = (biolink.first(slots, name) for name in ENDS)
        if not (subject and predicate and object_):
            self._unnamed(place, subject, predicate, object_)
            return
        apart = _APART
        if self.is_alone and describes_ends(slots):
            apart = _APART | OF_ENDS
            yield from self._nodes((subject, object_), slots)
        self._pass_over(slots)
        told = self._told(tuple([pair for pair in slots.items() if pair[0] not in apart]))
        papers = biolink.publications(
            text for name in biolink.PUBLICATIONS for text in slots.get(name, ())
        )
        cited = told.reason.citation(papers, biolink.first(slots, "id"))
        yield from self.edges(subject, predicate, object_, told, cited, place)

    def _pass_over(self, names: Iterable[str]) -> None:
        """Tell that edges describe their ends, where a table of nodes does so as well."""
        if not self.is_alone and not biolink.NAMES_OF_ENDS.isdisjoint(names):
            what = "what edges say of their ends passed over for what the nodes say"
            self.reading.report.left.once(what, Path(self.where).name)

    def _nodes(self, keys: tuple[str, str], slots: biolink.Slots) -> Iterator[Node]:
        """The ends of an edge, as it describes them; each once."""
        for side, key in zip(("subject", "object"), keys, strict=True):
            name, category, taxon = (
                biolink.first(slots, *(f"{side}_{name}" for name in names))
                for names in OF_AN_END.values()
            )
            if key not in self._described and (name or category or taxon):
                self._described.add(key)
                yield Node(key=key, name=name, category=category, taxon=taxon)

    def edges(
        self,
        subject: str,
        predicate: str,
        object_: str,
        told: _Meaning,
        cited: Citation | None,
        number: int | str,
    ) -> Iterator[Item]:
        """The edges of a row: one for each sign that it has."""
        if cited is None and told.unplaced:
            self.unplaced.update(told.unplaced)
        if told.negated is None:
            what = "`negated` says neither true nor false"
            self.wrong(number, what, "write true or false")
            return
        for sign in told.signs:
            yield Edge(
                subject=subject,
                predicate=told.predicate or predicate,
                object=object_,
                sign=sign,
                negated=told.negated,
                qualifiers=told.qualifiers,
                citations=(cited,) if cited else (),
                place=f"line {number}" if isinstance(number, int) else number,
            )

    def _unnamed(self, number: int | str, subject: str, predicate: str, object_: str) -> None:
        pairs = zip(ENDS, (subject, predicate, object_), strict=True)
        absent = " and ".join(name for name, value in pairs if not value)
        self.wrong(number, f"the edge has no {absent}", f"write its {absent}")

    def done(self) -> None:
        """Tell what has no place."""
        for name, count in self.unplaced.items():
            self.reading.left("edge slot", name, self.reading.path.name, count)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What stands beside the ends and the publications of an edge."""

    signs: tuple[int | None, ...]
    predicate: str  # that which the edge was made of, where it is one of ours
    qualifiers: Context
    negated: bool | None
    reason: biolink.Reason
    unplaced: tuple[str, ...]


def _meaning(slots: dict[str, tuple[str, ...]]) -> _Meaning:
    signs, qualifiers = biolink.meaning(slots)
    predicate, told = biolink.ours(slots), biolink.reason(slots)
    return _Meaning(
        signs=(None,) if predicate else signs,
        predicate=predicate,
        qualifiers=qualifiers,
        negated=biolink.negation(slots),
        reason=told,
        unplaced=told.unplaced,
    )


def _getter(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """The cells at these places, as a tuple."""
    if not places:
        return lambda _: ()
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)
