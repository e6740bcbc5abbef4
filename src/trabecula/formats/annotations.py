"""Annotations: genes with terms of GO (GAF, GPAD), diseases with phenotypes (HPOA).

GPAD names no gene; a file of GPI does, which is read by itself or where it lies beside one of GPAD.

`NOT` denies, in all three. A reference has one paper, of which several names may stand there. The
code of the evidence is kept as it is; where a file has none of the relations of GO 2.2, the aspect
of its terms says the widest one that always holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from trabecula.canonical import canonical
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.mapping import Citation, Edge, Item, Node, Reading, beside
from trabecula.mapping.cited import cell_text, each_of, paper
from trabecula.mapping.curies import curie
from trabecula.mapping.signs import is_never
from trabecula.model import About, Context, Source, Xref

#: The relation that holds between a gene product and any term of an aspect of GO.
ASPECTS: Final = {
    "F": "enables", "P": "acts_upstream_of_or_within", "C": "located_in",
}  # fmt: skip
#: The relation between a disease and a term of an aspect of HPO.
_OF_HPO: Final = {
    "P": "biolink:has_phenotype", "I": "biolink:has_mode_of_inheritance",
    "C": "has_clinical_course", "M": "has_clinical_modifier", "H": "has_past_medical_history",
}  # fmt: skip
_HPOA: Final = (
    "databaseid", "diseasename", "qualifier", "hpoid", "reference", "evidence", "onset",
    "frequency", "sex", "modifier", "aspect", "biocuration",
)  # fmt: skip
#: Columns of HPOA before 2019, which had no header; and before there was one for the sex.
_HPOA_ONCE: Final = (
    "db", "dbobjectid", "diseasename", "qualifier", "hpoid", "reference", "evidence", "onset",
    "frequency", "sex", "modifier", "aspect", "date", "biocuration",
)  # fmt: skip
_HPOA_AT_FIRST: Final = (
    "db", "dbobjectid", "diseasename", "qualifier", "hpoid", "reference", "evidence", "onset",
    "frequency", "with", "aspect", "synonym", "date", "biocuration",
)  # fmt: skip


def items(reading: Reading, syntax: str) -> Iterator[Item]:
    """The annotations of a file in `gaf`, `gpad` or `hpoa`."""
    makers = {"gaf": _Gaf, "gpad": _Gpad, "hpoa": _Hpoa}
    maker = makers[syntax](reading)
    number = 0
    for number, line in reading.lines():
        if not line.strip():
            continue
        if line[0] in "!#":
            maker.comment(line)
        else:
            yield from maker.row(number, line.split("\t"))
    if not number:
        raise reading.empty()
    yield from maker.rest()
    if isinstance(maker, _Gpad) and (other := beside.ending(reading.path, ".gpi")):
        yield from maker.products_of(other)


@dataclass
class _Annotations:
    reading: Reading
    seen: set[str] = field(default_factory=set)
    about: dict[str, str] = field(default_factory=dict)
    #: Whether it is read for what another file is about.
    is_beside: bool = False

    def row(self, number: int, cells: list[str]) -> Iterator[Item]:
        """The nodes, sources and edges of a row."""
        raise NotImplementedError

    def comment(self, line: str) -> None:
        """Take what a comment says of the file."""
        key, _, value = line.lstrip("!# ").partition(":")
        self.about.setdefault(key.strip().casefold(), value.strip())

    def rest(self) -> Iterator[Item]:
        """What the comments say of the graph."""
        date = next((self.about[k] for k in ("date-generated", "date") if self.about.get(k)), "")
        version = self.about.get("hpo-version") or self.about.get("version", "")
        made = About(version=version, date=date[:10] if re.match(r"\d{4}-\d\d-\d\d", date) else "")
        if made != About():
            yield made

    def short(self, number: int, cells: list[str], fewest: int) -> bool:
        """Whether a row has too few columns; says so."""
        if len(cells) >= fewest:
            return False
        what = f"{counted(len(cells), 'column')}; a row has at least {fewest}"
        self.reading.wrong(str(number), what, "write tabs between the columns")
        return True

    def unclear(self, number: int, marks: list[str]) -> bool:
        """Whether something stands where a row is denied that does not say so; says it."""
        marks = [mark for mark in marks if cell_text(mark)]
        if marks:
            what = f"{marks[0]!r:.40} does not say whether it is denied"
            self.reading.wrong(str(number), what, "write NOT or nothing")
        return bool(marks)

    def cited(self, cell: str) -> tuple[tuple[str, ...], list[Source], Context]:
        """The papers of a reference, what is new of them, and references that name none."""
        names = [name.strip() for name in cell.split("|") if cell_text(name)]
        of_papers = [name for name in names if not name.startswith(_RULES)] or names
        papers, rest = each_of(of_papers)
        rest += [name for name in names if name not in of_papers]
        new = [
            Source(id=best, kind="cited", xrefs=tuple(name for name in others if ":" in name))
            for best, others in papers
            if others and best not in self.seen
        ]
        self.seen.update(source.id for source in new)
        return tuple(p for p, _ in papers), new, tuple(("reference", name) for name in rest)


#: References to a rule by which annotations were made, and to no paper.
_RULES: Final = "GO_REF:"


#: What old tables say of a phenotype where others say that it is not so.
_SEVERITY: Final = re.compile(r"(?i)HP:\d{7}|borderline|mild|moderate|severe|profound")


def _negation(qualifiers: list[str]) -> tuple[bool, list[str]]:
    """Whether NOT is among the qualifiers, and the others."""
    rest = [q for q in qualifiers if q.casefold() != "not"]
    return len(rest) < len(qualifiers), rest


def _taxon(cell: str) -> str:
    match = re.match(r"(?:taxon|NCBITaxon):(\d+)", cell.strip())
    return f"NCBITaxon:{match[1]}" if match else ""


class _Gaf(_Annotations):
    """GAF 1.0 to 2.2, with 15 or 17 columns."""

    def row(self, number: int, cells: list[str]) -> Iterator[Item]:
        if self.short(number, cells, 15):
            return
        cells = [cell.strip() for cell in cells] + [""] * (17 - len(cells))
        subject, object_ = curie(cells[0], cells[1]), cells[4]
        if not (cells[1] and object_):
            self.reading.wrong(str(number), "there is no object or no term", "write both")
            return
        if subject not in self.seen:
            self.seen.add(subject)
            yield Node(
                key=subject,
                name=cells[2] or cells[9],
                category=cells[11],
                synonyms=tuple(
                    name for name in (cells[9], *cells[10].split("|")) if cell_text(name)
                ),
                taxon=_taxon(cells[12].partition("|")[0]),
            )
        negated, qualifiers = _negation([q.strip() for q in cells[3].split("|") if cell_text(q)])
        cited, new, more = self.cited(cells[5])
        yield from new
        context = _context(
            ("with", cells[7], "|"), ("date", cells[13], ""), ("assigned by", cells[14], ""),
            ("extension", cells[15], ""), ("form", cells[16], ""),
            ("interacting taxon", cells[12].partition("|")[2], "|"),
        )  # fmt: skip
        yield Edge(
            subject=subject,
            predicate=qualifiers[0] if qualifiers else ASPECTS.get(cells[8], "annotated_to"),
            object=object_,
            negated=negated,
            qualifiers=tuple(("relation", q) for q in qualifiers[1:]),
            citations=(
                Citation(
                    papers=cited,
                    database=cells[14] or cells[0],
                    method=cells[6],
                    context=(*context, *more),
                ),
            ),
            place=f"line {number}",
        )


def _context(*cells: tuple[str, str, str]) -> Context:
    """Pairs of a key and a text; what has several has them between the given sign."""
    return tuple(
        (key, part.strip())
        for key, cell, sign in cells
        for part in (cell.split(sign) if sign else [cell])
        if cell_text(part)
    )


_TAXON: Final = re.compile(r"(?i)(taxon|NCBITaxon):\d+")
#: What GPI 2.0 calls genes and proteins.
_KINDS: Final = {
    **dict.fromkeys(("SO:0000704", "SO:0001217", "SO:0002127"), "gene"),
    "PR:000000001": "protein", "GO:0032991": "complex",
}  # fmt: skip


class _Gpad(_Annotations):
    """GPAD 1.1, 1.2 and 2.0, with 12 columns; and GPI, which says what is annotated."""

    def products_of(self, path: Path) -> Iterator[Item]:
        """What a file of GPI says of what is annotated here; all else in it is passed over."""
        other = _Gpad(replace(self.reading, path=path), is_beside=True)
        for number, line in self.reading.lines(path):
            if line.startswith("!"):
                other.comment(line)
            elif line.strip():
                made = other.product(number, line.split("\t"))
                yield from (node for node in made if canonical(node.key) in self.seen)

    def product(self, number: int, cells: list[str]) -> Iterator[Node]:
        """A gene or a product of GPI 1.1, 1.2 or 2.0, told apart by where its taxon stands."""
        cells = [cell.strip() for cell in cells]
        at = next((n for n, cell in enumerate(cells) if _TAXON.fullmatch(cell)), 0)
        if at not in (5, 6):
            what, fix = "there is no taxon in column 6 or 7", "write the columns as GPI has them"
            self.reading.wrong(str(number), what, fix)
            return
        two = self.about.get("gpi-version", "").startswith("2")
        database = cells[0] if at == 6 else "" if two else self.about.get("namespace", "")
        symbol, name, synonyms, kind = cells[at - 4 : at]
        names = [text for text in (symbol, name, *synonyms.split("|")) if cell_text(text)]
        related = at + 4 if two else at + 2
        elsewhere = cells[related] if related < len(cells) else ""
        for n, cell in enumerate(cells[at + 1 :], at + 1):  # parts and wholes, and properties
            if not self.is_beside and n != related and cell_text(cell):
                self.reading.left("column", f"number {n + 1} of GPI", f"line {number}")
        yield Node(
            key=curie(database, cells[at - 5]),
            name=names[0] if names else "",
            category=_KINDS.get(kind, kind),
            synonyms=tuple(names[1:]),
            xrefs=tuple(Xref("related", x) for x in elsewhere.split("|") if ":" in x),
            taxon=f"NCBITaxon:{cells[at].rpartition(':')[2]}",
        )

    def row(self, number: int, cells: list[str]) -> Iterator[Item]:
        if "gpi-version" in self.about:
            yield from self.product(number, cells)
            return
        if self.short(number, cells, 10):
            return
        cells = [cell.strip() for cell in cells] + [""] * (12 - len(cells))
        two = self.about.get("gpad-version", self.about.get("gpa-version", "")).startswith("2")
        if two or ":" in cells[0]:
            if self.unclear(number, _negation([cell_text(cells[1])])[1]):
                return
            subject, negated, relations = cells[0], cells[1].casefold() == "not", [cells[2]]
        else:
            subject = curie(cells[0], cells[1])
            negated, relations = _negation([q.strip() for q in cells[2].split("|") if cell_text(q)])
        relations = [relation for relation in relations if relation]
        if not (subject and cells[3] and relations):
            what = "there is no object, no relation or no term"
            self.reading.wrong(str(number), what, "write all three of them")
            return
        if cells[4].startswith("ECO:"):  # a column before it is missing
            what, fix = f"{cells[4]!r:.40} is no reference", "write the columns as GPAD has them"
            self.reading.wrong(str(number), what, fix)
            return
        self.seen.add(canonical(subject))
        cited, new, more = self.cited(cells[4])
        yield from new
        yield Edge(
            subject=subject,
            predicate=relations[0],
            object=cells[3],
            negated=negated,
            qualifiers=tuple(("relation", q) for q in relations[1:]),
            citations=(
                Citation(
                    papers=cited,
                    database=cells[9],
                    method=cells[5],
                    context=more
                    + _context(
                        ("with", cells[6], "|"),
                        ("interacting taxon", cells[7], "|"),
                        ("date", cells[8], ""),
                        ("assigned by", cells[9], ""),
                        ("extension", cells[10], ""),
                        ("property", cells[11], "|"),
                    ),
                ),
            ),
            place=f"line {number}",
        )


class _Hpoa(_Annotations):
    """`phenotype.hpoa`, and what it was before 2019."""

    names: tuple[str, ...] = ()

    def comment(self, line: str) -> None:
        cells = [re.sub(r"[^a-z]", "", cell.casefold()) for cell in line.split("\t")]
        if len(cells) >= len(_HPOA):
            self.names = tuple(cells)
        else:
            super().comment(line)

    def row(self, number: int, cells: list[str]) -> Iterator[Item]:
        folded = (re.sub(r"[^a-z]", "", cell.casefold()) for cell in cells)
        if not self.names:
            names = tuple(folded)
            if "hpoid" in names:
                self.names = names
                return
            at_first = len(cells) > 11 and re.fullmatch(r"[A-Z]", cells[10]) and len(cells[11]) != 1
            once = _HPOA_AT_FIRST if at_first else _HPOA_ONCE
            self.names = _HPOA if ":" in cells[0] else once
        elif ":" not in cells[0] and tuple(folded) == self.names:
            what = "the header, which stands again, left out"
            self.reading.report.left.mend(what, f"{self.reading.path.name}:{number}")
            return
        absent = [name for name in ("qualifier", "aspect") if name not in self.names]
        if absent:  # without the qualifier, what is not so would read as what is
            what, fix = f"there is no column {' and no '.join(absent)}", "write the whole header"
            raise FormatError([Problem("columns", self.reading.where, what, fix)])
        if self.short(number, cells, self.names.index("aspect") + 1):
            return
        value = dict(zip(self.names, (cell.strip() for cell in cells), strict=False))
        subject = value.get("databaseid") or value.get("diseaseid") or ""
        subject = subject or curie(value.get("db", ""), value.get("dbobjectid", ""))
        term = value.get("hpoid", "")
        if not (subject and term):
            self.reading.wrong(str(number), "there is no disease or no term", "write both")
            return
        if subject not in self.seen:
            self.seen.add(subject)
            yield Node(key=subject, name=value.get("diseasename", ""), category="disease")
        negated, rest = _negation([q.strip() for q in value.get("qualifier", "").split("|")])
        severity = [q for q in rest if _SEVERITY.fullmatch(q)]
        if self.unclear(number, [q for q in rest if q not in severity]):
            return
        frequency = (("frequency", value.get("frequency", ""), ""),)
        never = is_never(value.get("frequency", ""))  # which denies, and narrows nothing
        yield Edge(
            subject=subject,
            predicate=_OF_HPO.get(value.get("aspect", "").upper()[:1], "biolink:has_phenotype"),
            object=term,
            negated=negated or never,
            qualifiers=_context(
                ("onset", value.get("onset", ""), ""),
                *(() if never else frequency),
                ("sex", value.get("sex", "").casefold(), ""),
                ("modifier", ";".join((*severity, value.get("modifier", ""))), ";"),
            ),
            citations=(
                Citation(
                    papers=tuple(
                        paper(part)
                        for part in value.get("reference", "").split(";")
                        if cell_text(part)
                    ),
                    database="HPO",
                    method=value.get("evidence", ""),
                    context=_context(
                        ("biocuration", value.get("biocuration", ""), ";"),
                        *(frequency if never else ()),
                    ),
                ),
            ),
            place=f"line {number}",
        )
