"""PSI-MI TAB, the table of molecular interactions: versions 2.5 to 2.8, with 15 to 46 columns.

An interaction has no direction: A and B stand in the order in which somebody wrote them down. Only
the causal statement that version 2.8 adds has one. A row that was merged of several papers and has
several types does not tell which paper has which: it says that the two interact, and the types go
along. What the two were in the experiment, such as
bait and prey or enzyme and target, is told as context of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from trabecula.counted import counted
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.cited import cell_text, each_of
from trabecula.mapping.curies import curie
from trabecula.mapping.signs import truth
from trabecula.model import Context, Source, Xref

#: Columns of each version.
VERSIONS: Final = {15: "2.5", 36: "2.6", 42: "2.7", 46: "2.8"}
_FEWEST: Final = 15
#: A line that names the columns.
_HEADER: Final = re.compile(r"(?i)#?\s*ID(\(s\))? interactor A\b")
#: Names of the columns of version 2.5, without case, blanks and signs -> where they stand.
_COLUMNS: Final = {
    **{f"{name}interactor{side}": at + (side == "b")
       for name, at in (("ids", 0), ("altids", 2), ("aliases", 4), ("taxid", 9)) for side in "ab"},
    "interactiondetectionmethods": 6, "publication1stauthors": 7, "publicationidentifiers": 8,
    "publicationids": 8, "interactiontypes": 11, "sourcedatabases": 12,
    "interactionidentifiers": 13, "confidencevalues": 14, "negative": 35,
}  # fmt: skip
_OF_A: Final = max(VERSIONS)
#: Columns that HIPPIE puts behind those of version 2.5, where other versions have others -> where
#: they stand here, behind all of them.
_OF_HIPPIE: Final = {
    "presenceinotherspecies": None, "genenameinteractora": _OF_A, "genenameinteractorb": _OF_A + 1,
}  # fmt: skip
_ALL: Final = _OF_A + 2
#: `database:identifier(text)`, where what holds a reserved character is quoted.
_FIELD: Final = re.compile(
    r'\s*(?P<database>"(?:[^"\\]|\\.)*"|[^:"|]*):(?P<identifier>"(?:[^"\\]|\\.)*"|(?:(?!\([^()]*\)\Z)[^|])*)'
    r'(?:\((?P<text>"(?:[^"\\]|\\.)*"|.*)\))?\s*'
)
#: What two interactors do whose type is not told.
_INTERACTION: Final = "interaction"
#: A piece of a cell: a text in quotation marks, which may lack its end, a bar, or what is neither.
_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*+(?P<end>"|\Z|\\\Z)|\||[^|"]++', re.DOTALL)
#: What identifiers begin with that are no names: numbers, of genes and of species in STRING.
_NUMBERED: Final = re.compile(r"\d+(\Z|\.)")
_SPREADSHEET: Final = re.compile(r'"(?:[^"]|"")*+"')
#: What is told with the evidence, where there is some.
_OF_EVIDENCE: Final = {
    "detection methods": 6, "identifiers": 13, "confidence values": 14, "parameters": 29,
}  # fmt: skip
#: Roles that say nothing.
_NO_ROLE: Final = frozenset(("unspecified role", "neutral component", "unspecified"))
#: Words for the names of things, best first.
_NAMES: Final = ("display_short", "gene name", "shortlabel", "display_long", "complex-synonym")


@dataclass(frozen=True, slots=True)
class Field:
    """One of the fields of a cell, which has bars between them."""

    database: str
    identifier: str
    text: str = ""

    @property
    def curie(self) -> str:
        """What is named, as a CURIE."""
        return curie(self.database, self.identifier)

    @property
    def label(self) -> str:
        """What a reader calls it: a term of a vocabulary has its name in brackets."""
        return self.text or self.identifier or self.database


def fields(cell: str) -> tuple[Field, ...]:
    r"""The fields of a cell.

    >>> fields('psi-mi:"MI:0217"(phosphorylation reaction)|-')
    (Field(database='psi-mi', identifier='MI:0217', text='phosphorylation reaction'),)
    """
    return tuple(made for part in _parts(cell) if (made := _field(part)) is not None)


def _parts(cell: str) -> list[str]:
    """The texts between bars, of which a quoted one is none."""
    if '"' not in cell:
        return cell.split("|")
    parts = [""]
    for match in _PIECE.finditer(cell):
        piece = match[0]
        if piece == "|":
            parts.append("")
        elif piece[0] != '"' or (len(piece) > 1 and match["end"] == '"'):
            parts[-1] += piece
        else:  # a mark that nothing closes is a letter like others
            first, *rest = cell[match.start() :].split("|")
            parts[-1] += first
            return [part for part in (*parts, *rest) if part]
    return [part for part in parts if part]


def _cell(cell: str) -> str:
    r"""A cell without the marks that a spreadsheet put around it, where it has marks within.

    >>> _cell('"psi-mi:""MI:0407""(direct interaction)"'), _cell('psi-mi:"MI:0407"')
    ('psi-mi:"MI:0407"(direct interaction)', 'psi-mi:"MI:0407"')
    """
    bare = cell.strip()
    return bare[1:-1].replace('""', '"') if _SPREADSHEET.fullmatch(bare) else cell


def _field(text: str) -> Field | None:
    if not cell_text(text):
        return None
    match = _FIELD.fullmatch(text)
    if match is None:
        return Field("", _plain(text))
    return Field(*(_plain(match[name] or "") for name in ("database", "identifier", "text")))


def _plain(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def items(reading: Reading) -> Iterator[Item]:
    """The interactors and interactions of a table, and the papers that it cites."""
    reader, number = _Reader(reading), 0
    columns: list[int | None] = []  # what the cells are, where a header names fewer than a version
    for number, line in reading.lines():
        if _HEADER.match(line):
            columns = _named(line, reading)
            continue
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t") if '""' not in line else list(map(_cell, line.split("\t")))
        if columns and len(cells) == len(columns):
            placed = [""] * _ALL
            for column, cell in zip(columns, cells, strict=False):
                if column is not None:
                    placed[column] = cell
            cells = placed
        if len(cells) < _FEWEST:
            what = f"{counted(len(cells), 'column')}; a row has at least {_FEWEST}"
            reading.wrong(str(number), what, "write tabs between the columns")
            continue
        yield from reader.row(number, cells + [""] * (_ALL - len(cells)))
    if not number:
        raise reading.empty()


def _named(line: str, reading: Reading) -> list[int | None]:
    """What a header names, where that is fewer than version 2.5 has or others than later ones."""
    names = [re.sub(r"[^a-z0-9]", "", name.casefold()) for name in line.split("\t")]
    if len(names) >= _FEWEST and not _OF_HIPPIE.keys() & set(names):
        return []
    columns = (
        [_COLUMNS.get(name) for name in names]
        if len(names) < _FEWEST
        else [_OF_HIPPIE.get(name, at) for at, name in enumerate(names[:_ALL])]
    )
    for name, column in zip(line.split("\t"), columns, strict=False):
        if column is None:
            reading.left("column", name.strip(), reading.path.name)
    return columns


@dataclass
class _Reader:
    reading: Reading
    seen: set[str] = field(default_factory=set)

    def row(self, number: int, cells: list[str]) -> Iterator[Item]:
        ends = []
        for side in (0, 1):
            key, nodes = self.interactor(cells, side)
            yield from nodes
            ends.append(key)
        if not any(ends):
            self.reading.wrong(str(number), "no interactor has an identifier", "write one")
            return
        negated = truth(cell_text(cells[35]))
        if negated is None:
            what = f"{cells[35]!r:.40} does not say whether it is negated"
            self.reading.wrong(str(number), what, "write true or false")
            return
        first, second = (
            key or next(filter(None, ends)) for key in ends
        )  # one alone acts on itself
        names = (f"{f.database}:{f.identifier}" for f in fields(cells[8]))
        cited, unclear = each_of(name for name in names if ":unassigned" not in name)
        for name in unclear:
            self.reading.left("name of a paper", name.partition(":")[0], f"line {number}")
        for paper, others in cited:
            if paper not in self.seen:
                self.seen.add(paper)
                yield _source(paper, others, cells[7] if len(cited) == 1 else "")
        causes, types = (dict.fromkeys(f.label for f in fields(cells[at])) for at in (45, 11))
        papers, predicates = tuple(paper for paper, _ in cited), [*(causes or types)]
        mixed = predicates if len(predicates) > 1 and len(papers) > 1 else []
        if mixed and negated:  # to deny that they interact would be to deny more than anybody did
            self.reading.left("denial", "several types by several papers", f"line {number}")
            return
        for predicate in [_INTERACTION] if mixed or not predicates else predicates:
            yield Edge(
                subject=first,
                predicate=predicate,
                object=second,
                symmetric=bool(mixed) or not causes,
                negated=negated,
                citations=self.citations(cells, papers, (first, second), mixed),
                place=f"line {number}",
            )

    def interactor(self, cells: list[str], side: int) -> tuple[str, list[Node]]:
        """What an interactor is called by, and the node that it is where it is new."""
        own, *more = fields(cells[side]) or (Field("", ""),)
        key = own.curie
        if not key or key in self.seen:
            return key, []
        self.seen.add(key)
        aliases = fields(cells[4 + side])
        names = {alias.text.casefold(): alias.identifier for alias in reversed(aliases)}
        taxa = [f.identifier for f in fields(cells[9 + side]) if f.identifier.lstrip("-").isdigit()]
        kinds = [f.label for f in fields(cells[20 + side])]
        others = (*more, *fields(cells[2 + side]))
        alternative = {f.text.casefold(): f.identifier for f in others if f.text}
        symbols = [f for f in others if _is_symbol_of(own, f)]
        name = cell_text(cells[_OF_A + side]) or next(
            (naming[word] for naming in (names, alternative) for word in _NAMES if word in naming),
            next((f.identifier for f in (*symbols, *aliases)), own.identifier),
        )
        node = Node(
            key=key,
            name=name,
            category=kinds[0] if kinds else "",
            synonyms=tuple(
                dict.fromkeys(f.identifier for f in (*symbols, *aliases) if f.identifier != name)
            ),
            xrefs=tuple(
                Xref("exact" if f.database == "intact" else "related", f.curie)
                for f in others
                if f not in symbols
                and f.curie != key
                and f.database
                and not re.search(r"\s", f.curie)
            ),
            taxon=f"NCBITaxon:{taxa[0]}" if taxa and int(taxa[0]) > 0 else "",
        )
        for column, name_of in ((22, "cross-references"), (25, "annotations"), (36, "features"),
                                (38, "stoichiometry"), (32, "checksums")):  # fmt: skip
            if cell_text(cells[column + side]):
                self.reading.left("column", f"{name_of} of interactors", key)
        return key, [node]

    def citations(
        self,
        cells: list[str],
        papers: tuple[str, ...],
        ends: tuple[str, str],
        types: Sequence[str],
    ) -> tuple[Citation, ...]:
        """The evidence of a row; none where it names neither a paper nor a database.

        `types` are those of which a row with several papers does not say whose they are.
        """
        database = next((f.label for f in fields(cells[12])), "")
        if not papers and not database:
            for name, column in _OF_EVIDENCE.items():
                if cell_text(cells[column]):
                    self.reading.left("column", f"{name} without evidence", ends[0])
            return ()
        records = [f.identifier for f in fields(cells[13])]
        hosts = [f.identifier for f in fields(cells[28]) if f.identifier.isdigit()]
        methods = [f.label for f in fields(cells[6])]
        context: list[tuple[str, str]] = [
            *(("type", label) for label in types),
            *(("method", label) for label in methods[1:]),
            *(("expansion", f.label) for f in fields(cells[15])),
            *(("score", f"{f.database} {f.label}") for f in fields(cells[14])),
            *(("mechanism", f.label) for f in fields(cells[44])),
            *(("parameter", f"{f.database}: {f.label}") for f in fields(cells[29])),
            *(("note", f"{f.database}: {f.label}") for f in fields(cells[27])),
            *_roles(cells, ends),
        ]
        made = Citation(
            papers=papers,
            database=database,
            record=records[0] if records else "",
            method=methods[0] if methods else "",
            species=f"NCBITaxon:{hosts[0]}" if hosts else "",
            context=tuple(context),
        )
        return (made,)


def _roles(cells: list[str], ends: tuple[str, str]) -> Context:
    """What each of the two was in the experiment and is in biology, where that is told."""
    roles = (
        (key, f"{end}: {f.label}")
        for key, column in (("biological role", 16), ("experimental role", 18), ("effect", 42))
        for side, end in enumerate(ends)
        for f in fields(cells[column + side])
        if f.label.casefold() not in _NO_ROLE
    )
    return tuple(dict.fromkeys(roles))


def _is_symbol_of(own: Field, other: Field) -> bool:
    """Whether BioGRID or STRING writes a name where identifiers of the same database stand."""
    same = own.database == other.database
    numbered = _NUMBERED.match(own.identifier) and not _NUMBERED.match(other.identifier)
    return same and bool(numbered)


def _source(paper: str, others: tuple[str, ...], author: str) -> Source:
    """A paper with its other names, its first author and its year."""
    text = cell_text(author.partition("|")[0])
    year = re.search(r"\b(1[89]|20)\d\d\b", text)
    digits = re.search(r"(1[89]|20)\d\d", text)
    name = text[: digits.start()].rstrip(" ,(-") if digits else text
    name = name.strip(" -_")
    return Source(
        id=paper,
        kind="cited",
        authors=(name.replace("_", " "),) if name else (),
        year=year[0] if year else "",
        xrefs=tuple(other for other in others if ":" in other),
    )
