"""Rows of a table by the roles of their columns, and lists of pairs without a header."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from trabecula.counted import counted
from trabecula.formats.edges.columns import ENDS, Columns
from trabecula.mapping import Citation, Edge, Item, Meanings, Node, Reading, biolink
from trabecula.mapping.attributes import LINKED_TO, LINKED_WITH, Attributes, Row
from trabecula.mapping.cited import are_papers, cell_text, is_database, papers_in
from trabecula.mapping.curies import curie
from trabecula.mapping.delimited import Row as Cells
from trabecula.mapping.delimited import folded
from trabecula.mapping.signs import denies_under, in_numbers, in_words, is_number, signs_of, truth
from trabecula.model import Context, Xref

#: What makes items of a row, by its number and its cells.
Maker = Callable[[int, list[str]], Iterator[Item]]

#: Characters of the longest dictionary that is read.
_LARGEST: Final = 1 << 16
#: What the column `Type` of Gephi says, which is no predicate: whether it has no direction.
_DIRECTIONS: Final = {"directed": False, "undirected": True, "mutual": True}
#: Columns that are a sign whatever number stands there.
_OF_SIGNS: Final = frozenset(
    ("sign", "edgesign", "polarity", "modeofregulation", "mor", "weight")  # as CollecTRI has it
)
#: What a column `direction` says of an edge that goes both ways.
_BOTH_WAYS: Final = ("both", "bidirectional", "mutual", "<->", "<-->")
#: What a column `direction` says of an edge from subject to object.
_ONWARDS: Final = ("forward", "->", "-->", "right", "1", "+1")
#: What a row says where no column says it.
RELATED: Final = "related_to"
#: What measures a thing and names none, such as the second cell of `GO:1 <tab> 5.5`.
_FRACTION: Final = re.compile(r"[-+]?\d*\.\d+([eE][-+]?\d+)?")


@dataclass
class Pairs:
    """A list of pairs without a header: subject, object, and perhaps a predicate or a number.

    A predicate stands between the two, or behind them where the first row has one there that the
    table of predicates knows and none between.
    """

    reading: Reading
    sign: str
    is_behind: bool = False

    @cached_property
    def meanings(self) -> Meanings:
        """What predicates of tables mean."""
        return Meanings("edges", self.reading.options.predicates)

    @cached_property
    def network(self) -> Attributes:
        """What attributes mean by their names; columns that the user says by number are none."""
        return Attributes(replace(self.reading, options=replace(self.reading.options, columns=())))

    def items(self, table: Iterator[Cells]) -> Iterator[Item]:
        """The edges in the rows."""
        places = self.places()
        width, weighted, first = 0, False, True
        for number, given in table:
            cells = [cell.strip().strip('"') for cell in given]
            if self.sign == " " and len(cells) > 2 and cells[2].startswith("{"):
                cells = [*cells[:2], " ".join(cells[2:])]  # as networkx writes attributes
            if first and len(cells) > 2:
                are_terms = [self.is_term(cell) for cell in cells[1:3]]
                self.is_behind = are_terms == [False, True]
            first, width = False, width or len(cells)
            weighted = weighted or (len(cells) > 2 and is_number(cells[2]))
            fits = len(cells) == width or (weighted and len(cells) == 2)  # as NCOL leaves it out
            values = self.values(number, cells, places) if fits and width > 1 else None
            if values is None:
                what = f"{counted(len(cells), 'name')} in a row, of which the first has {width}"
                self.reading.wrong(str(number), what, "write subject and object in each row")
            elif not (values.get("subject") and values.get("object")):
                self.reading.wrong(str(number), "a name is empty", "name subject and object")
            elif not places and any(_FRACTION.fullmatch(values[end]) for end in ENDS):
                what = "a number with a fraction stands where a name is due"
                self.reading.wrong(str(number), what, "write subject and object in each row")
            elif not places and is_number(values.get("predicate", "")):
                what = "a number that is no sign stands where a predicate is due"
                fix = "say which columns are what: --columns subject=1,object=3"
                self.reading.wrong(str(number), what, fix)
            elif "attributes" in values:
                yield from self.attributed(number, values)
            else:
                for sign in signs_of(values.get("sign", "")) or (None,):
                    yield Edge(
                        subject=values["subject"],
                        predicate=values.get("predicate") or RELATED,
                        object=values["object"],
                        sign=sign,
                    )

    def values(
        self, number: int, cells: list[str], places: dict[str, int]
    ) -> dict[str, str] | None:
        """What the cells of a row are, by role; None where it has too few."""
        if places:
            if max(places.values()) >= len(cells):
                return None
            return {role: cells[at] for role, at in places.items()}
        if len(cells) > 2 and cells[2].startswith("{"):
            return dict(zip((*ENDS, "attributes"), cells, strict=False))
        if len(cells) == 2 or is_number(cells[2]):
            if len(cells) > 2:
                self.reading.left("column", "the third, without a name", f"line {number}")
            return dict(zip(ENDS, cells, strict=False))
        if self.is_behind:
            return {"subject": cells[0], "object": cells[1], "predicate": cells[2]}
        how = "predicate" if in_numbers("interaction", cells[1]) is None else "sign"
        return {"subject": cells[0], how: cells[1], "object": cells[2]}

    def is_term(self, cell: str) -> bool:
        """Whether a cell is a predicate or a sign that some table knows."""
        if in_numbers("interaction", cell) is not None:
            return True
        return not is_number(cell) and self.meanings.meaning(cell).is_mapped

    def attributed(self, number: int, values: dict[str, str]) -> Iterator[Item]:
        """The edges of a row that ends in a dictionary, as networkx writes attributes."""
        try:
            attributes = ast.literal_eval(values["attributes"][:_LARGEST])
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            attributes = None
        if isinstance(attributes, dict) and all(isinstance(name, str) for name in attributes):
            row = Row(
                subject=values["subject"],
                object=values["object"],
                values=attributes,
                place=f"line {number}",
            )
            for edge in self.network.edges(row):
                unsaid = edge.predicate == LINKED_TO
                yield replace(edge, predicate=RELATED) if unsaid else edge
        else:
            what = f"{values['attributes']!r:.60} are no attributes"
            self.reading.wrong(str(number), what, "write them as a dictionary of Python")

    def places(self) -> dict[str, int]:
        """Role -> place, where the user says columns by their numbers, from 1."""
        return {role: int(name) - 1 for role, name in self.reading.options.columns if int(name) > 0}


@dataclass
class Rows:
    """Rows by the roles of their columns."""

    reading: Reading
    columns: Columns
    roles: dict[str, tuple[int, ...]]
    nodes: set[Node] = field(default_factory=set)

    def __post_init__(self) -> None:
        placed = {at for columns in self.roles.values() for at in columns}
        self.rest = [
            (at, name) for at, name in enumerate(self.columns.names) if at not in placed and name
        ]
        slots = ((at, biolink.slot(name)) for at, name in self.rest)
        #: Where Biolink's slots stand that narrow an edge, of which a direction is a sign.
        self.slots = [(at, slot) for at, slot in slots if biolink.narrows(slot)]
        self.rest = [(at, name) for at, name in self.rest if at not in dict(self.slots)]
        self.rest += [(at, self.columns.names[at]) for at in self.roles.get("context", ())]
        sign = {folded(self.columns.names[at]) for at in self.roles.get("sign", ())}
        #: Whether any number in the column of signs is a sign.
        self.is_sign = bool(sign & _OF_SIGNS) or "sign" in dict(self.reading.options.columns)
        #: Where the predicate stands if its column turns out to say the direction, as in Gephi.
        self.labels = [(at, name) for at, name in self.rest if folded(name) == "label"]

    def value(self, cells: list[str], role: str) -> str:
        """What the first filled column of a role says."""
        return next(
            (cell_text(cells[at]) for at in self.roles.get(role, ()) if cell_text(cells[at])), ""
        )

    def row(self, number: int, cells: list[str]) -> Iterator[Item]:
        """The new nodes and the edges of a row."""
        ends = []
        for end in ENDS:
            key = curie(self.value(cells, f"{end}_prefix"), self.value(cells, end))
            key = key or self.value(cells, f"{end}_name")
            if not key:
                self.reading.wrong(str(number), f"the {end} is empty", f"name the {end}")
                return
            ends.append(key)
            taxon = self.value(cells, f"{end}_taxon")
            node = Node(
                key=key,
                name=self.value(cells, f"{end}_name"),
                category=self.value(cells, f"{end}_category"),
                taxon=f"NCBITaxon:{taxon}" if taxon.isdigit() else taxon if ":" in taxon else "",
                synonyms=_listed(self.value(cells, f"{end}_synonyms")),
                xrefs=tuple(Xref("related", x) for x in _listed(self.value(cells, f"{end}_xrefs"))),
            )
            if node not in self.nodes and node != Node(key=key):
                self.nodes.add(node)
                yield node
        signs = self.signs(number, cells)
        negated = truth(self.value(cells, "negated"))
        if negated is False:  # a verdict that no column was said to be is no less one
            negated = any(denies_under(folded(name), cells[at]) for at, name in self.rest)
        if negated is None:
            what = f"{self.value(cells, 'negated')!r:.40} does not say whether it is negated"
            self.reading.wrong(str(number), what, "write true or false")
            return
        predicate, rest = self.value(cells, "predicate"), self.rest
        if "sign" not in self.roles and self._in_numbers(cells):
            predicate = ""
        symmetric = _DIRECTIONS.get(predicate.casefold())
        mutual = predicate.casefold() == "mutual"
        if symmetric is not None:
            predicate = next(
                (cell_text(cells[at]) for at, _ in self.labels if cell_text(cells[at])), ""
            )
            rest = [label for label in self.rest if label not in self.labels]
        elif (way := self.value(cells, "direction").casefold()) in ("undirected", *_BOTH_WAYS):
            symmetric, mutual = True, way != "undirected"
        directions, narrowed = self._narrowed(cells) if self.slots else (signs, ())
        signs = directions if signs == (None,) else signs
        citations = self.citations(number, cells, rest)
        for sign in signs:
            yield Edge(
                subject=ends[0],
                predicate=predicate or (LINKED_WITH if symmetric else RELATED),
                symmetric=bool(symmetric),
                mutual=bool(symmetric) and mutual,
                object=ends[1],
                sign=sign,
                negated=negated,
                qualifiers=(*self.pairs(cells, self.roles.get("qualifier", ())), *narrowed),
                topic=self.value(cells, "topic"),
                citations=citations,
                place=f"line {number}",
            )

    def signs(self, number: int, cells: list[str]) -> tuple[int | None, ...]:
        """The signs of a row: none where no column says it, two where it says both."""
        if "sign" not in self.roles:
            both = ("stimulation", 1), ("inhibition", -1)
            true = tuple(n for role, n in both if truth(self.value(cells, role)))
            return true or self._in_numbers(cells) or self._upwards(number, cells)
        at = self.roles["sign"][0]
        text = cells[at].strip()
        # a number under `effect` that is no 1 is how large it is, on a scale that nobody names
        is_size = not self.is_sign and is_number(text) and abs(float(text)) not in (0, 1)
        signs = None if is_size else signs_of(text)
        if signs is None and cell_text(text):
            self.reading.left("sign", text, f"line {number}")
        return signs or (0,)

    def _upwards(self, number: int, cells: list[str]) -> tuple[int | None, ...]:
        """The sign that a column `direction` says in words; else it says which way it goes."""
        text = self.value(cells, "direction")
        signs = in_words(text)
        ways = (*_DIRECTIONS, *_BOTH_WAYS, *_ONWARDS)
        if signs is None and text and text.casefold() not in ways:
            self.reading.left("direction", text, f"line {number}")
        return signs or (None,)

    def _narrowed(self, cells: list[str]) -> tuple[tuple[int | None, ...], Context]:
        """The signs that Biolink's qualifiers are, and what they narrow an edge by."""
        return biolink.meaning({s: biolink.texts(cell_text(cells[at])) for at, s in self.slots})

    def _in_numbers(self, cells: list[str]) -> tuple[int, ...] | None:
        """The signs in the column of the predicate, where it has numbers or marks for words."""
        for at in self.roles.get("predicate", ()):
            signs = in_numbers(folded(self.columns.names[at]), cells[at])
            if signs:
                return signs
        return None

    def citations(
        self, number: int, cells: list[str], rest: Sequence[tuple[int, str]]
    ) -> tuple[Citation, ...]:
        """What a row gives as its reason; what has no place without one is counted."""
        papers = tuple(
            dict.fromkeys(
                name for at in self.roles.get("papers", ()) for name in papers_in(cells[at])
            )
        )
        for at in self.roles.get("evidence", ()):  # which is anything, but where it is only papers
            if are_papers(cells[at]):
                papers = tuple(dict.fromkeys((*papers, *papers_in(cells[at]))))
            else:
                rest = (*rest, (at, self.columns.names[at]))
        places = self.roles.get("database", ())
        databases = [name for at in places for name in _listed(cells[at]) if is_database(name)]
        database = next(iter(databases), "")
        if not database or (papers and not self.value(cells, "record")):  # told beside
            rest = (*rest, *((at, self.columns.names[at]) for at in places))
        if not papers and not database:
            for at, name in rest:
                if cell_text(cells[at]):
                    self.reading.left("column", name, f"line {number}")
            for role in ("record", "method", "species", "summary"):
                if self.value(cells, role):
                    name = self.columns.names[self.roles[role][0]]
                    self.reading.left("column", name, f"line {number}")
            return ()
        cited = Citation(
            papers=papers,
            database=database,
            record=self.value(cells, "record"),
            method=self.value(cells, "method"),
            species=_species(self.value(cells, "species")),
            summary=self.value(cells, "summary"),
            context=self.pairs(cells, [at for at, _ in rest]),
        )
        others = () if papers else databases[1:]
        return (cited, *(replace(cited, database=name) for name in others))

    def pairs(self, cells: list[str], places: Sequence[int]) -> Context:
        """Names of columns with what stands in them."""
        names = self.columns.names
        return tuple((names[at], cell_text(cells[at])) for at in places if cell_text(cells[at]))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[|;]", cell) if cell_text(part))


def _species(text: str) -> str:
    """A species as our lists know it: a number is one of NCBI's taxonomy."""
    return f"NCBITaxon:{text}" if text.isdigit() else text
