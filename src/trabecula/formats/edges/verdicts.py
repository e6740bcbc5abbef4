"""Tables of curators who say of each pair whether it goes together: GenCC, ClinGen, PharmGKB …

A word in a column is the verdict. One that denies is evidence that disputes, one that is of two
minds qualifies, and one that only says that nothing is known is left out and counted; so is a word
that nobody knows here, for it may be a denial. DisGeNET has such pairs without a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.formats.edges.columns import Columns
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.cited import cell_text, papers_in
from trabecula.mapping.delimited import folded
from trabecula.mapping.signs import DENYING

_GOES_WITH: Final = "biolink:gene_associated_with_condition"
#: A verdict, in small letters -> what it is to the pair.
_STANCES: Final = MappingProxyType(
    {
        **dict.fromkeys(
            ("definitive", "strong", "moderate", "limited", "supportive", "associated"), "supports"
        ),
        **dict.fromkeys(DENYING, "disputes"),
        **dict.fromkeys(("ambiguous", "animal model only"), "qualifies"),
    }
)
#: Prefix of the identifiers of PharmGKB, by the kind of the thing.
_OF_PHARMGKB: Final = {
    "gene": "pharmgkb.gene", "chemical": "pharmgkb.drug", "disease": "pharmgkb.disease",
    "variant": "pharmgkb.variant", "haplotype": "pharmgkb.haplotype",
}  # fmt: skip
#: Relations of the Alliance that deny another one, which is not called by the rest of the words.
_DENIED: Final = {"does_not_model": "is_model_of"}


@dataclass(frozen=True)
class End:
    """The columns of one end, folded: identifier, name and category; what is not there is fixed."""

    identifier: str
    name: str
    category: str
    prefix: str = ""


@dataclass(frozen=True)
class Table:
    """The columns of a table, folded, and what stands for those that it does not have."""

    subject: End
    object: End
    papers: str
    database: str
    predicate: str = _GOES_WITH
    relation: str = ""  # the column of the predicate, where each row has its own
    verdict: str = ""
    record: str = ""
    method: str = ""
    taxon: str = ""  # of the subject

    @property
    def columns(self) -> frozenset[str]:
        """The columns that a table is known by."""
        ends = (self.subject.identifier, self.subject.name, self.object.identifier)
        more = (self.verdict, self.relation, self.papers)
        return frozenset(filter(None, (*ends, *more)))

    def maker(
        self, reading: Reading, columns: Columns
    ) -> Callable[[int, list[str]], Iterator[Item]]:
        """What makes the things and the edge of a row."""
        cell, seen = columns.cell(), set[str]()
        told = {
            self.subject.identifier, self.subject.name, self.subject.category, self.papers,
            self.object.identifier, self.object.name, self.object.category, self.relation,
            self.record, self.method, self.taxon,
        }  # fmt: skip
        rest = [(at, n) for at, n in enumerate(columns.names) if folded(n) not in told]

        def row(number: int, cells: list[str]) -> Iterator[Item]:
            stance = "supports"
            if self.verdict:
                word = cell(cells, self.verdict)
                stance = _STANCES.get(word.casefold(), "")
                if not stance:
                    reading.left("verdict", word or "none", f"line {number}")
                    return
            keys = [self._key(end, cells, cell) for end in (self.subject, self.object)]
            if not all(keys):
                reading.wrong(str(number), "an identifier is empty", "name both ends")
                return
            for key, end in zip(keys, (self.subject, self.object), strict=True):
                if key not in seen:
                    seen.add(key)
                    taxon = cell(cells, self.taxon) if end is self.subject else ""
                    yield Node(
                        key=key,
                        name=cell(cells, end.name),
                        category=cell(cells, end.category).casefold() or end.category,
                        taxon=taxon if taxon.startswith("NCBITaxon:") else "",
                    )
            papers = tuple(dict.fromkeys(papers_in(cell(cells, self.papers))))
            database = cell(cells, self.database) or self.database
            context: dict[str, str] = {}  # text -> the first column that says it
            elsewhere = {"", *keys, "" if papers else database}
            for at, name in rest:
                if cell_text(cells[at]) not in elsewhere:
                    context.setdefault(cell_text(cells[at]), name)
            predicate, denied = _affirmed(cell(cells, self.relation) or self.predicate)
            yield Edge(
                subject=keys[0],
                predicate=predicate,
                object=keys[1],
                negated=denied or stance == "disputes",
                citations=(
                    Citation(
                        papers=papers,
                        database=database,
                        record=cell(cells, self.record),
                        method=cell(cells, self.method),
                        context=tuple((name, text) for text, name in context.items()),
                        stance="qualifies" if stance == "qualifies" else "supports",
                    ),
                ),
                place=f"line {number}",
            )

        return row

    @staticmethod
    def _key(end: End, cells: list[str], cell: Callable[[list[str], str], str]) -> str:
        """The identifier of an end as a CURIE."""
        identifier = cell(cells, end.identifier)
        kind = cell(cells, end.category).casefold()
        prefix = _OF_PHARMGKB.get(kind, "") if end.identifier.startswith("entity") else end.prefix
        return f"{prefix}:{identifier}" if prefix and identifier else identifier


def _affirmed(relation: str) -> tuple[str, bool]:
    """A relation, or the one that it denies, and whether it denies it.

    >>> _affirmed("is_not_implicated_in"), _affirmed("does_not_model"), _affirmed("is_model_of")
    (('is_implicated_in', True), ('is_model_of', True), ('is_model_of', False))
    """
    affirmed = _DENIED.get(relation) or re.sub(r"\A(is)_not_", r"\1_", relation)
    return affirmed, affirmed != relation


TABLES: Final = (
    Table(  # GenCC: submissions, of which each has who submitted it
        subject=End("genecurie", "genesymbol", "gene"),
        object=End("diseasecurie", "diseasetitle", "disease"),
        verdict="classificationtitle", papers="submittedaspmids",
        database="submittertitle", record="uuid",
    ),
    Table(  # ClinGen: the validity of genes for diseases
        subject=End("geneidhgnc", "genesymbol", "gene"),
        object=End("diseaseidmondo", "diseaselabel", "disease"),
        verdict="classification", papers="", database="ClinGen", record="onlinereport",
    ),
    Table(  # PharmGKB: relationships
        subject=End("entity1id", "entity1name", "entity1type"),
        object=End("entity2id", "entity2name", "entity2type"),
        verdict="association", papers="pmids", database="PharmGKB", predicate="related_to",
    ),
    Table(  # the Alliance of Genome Resources: diseases
        subject=End("dbobjectid", "dbobjectsymbol", "dbobjecttype"),
        object=End("doid", "dotermname", "disease"),
        relation="associationtype", papers="reference", database="source",
        method="evidencecode", taxon="taxon",
    ),
    Table(  # DisGeNET: a row for each paper
        subject=End("geneid", "genesymbol", "gene", prefix="NCBIGene"),
        object=End("diseaseid", "diseasename", "disease", prefix="umls"),
        papers="pmid", database="source",
    ),
)  # fmt: skip
