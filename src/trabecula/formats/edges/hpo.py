"""Tables of the HPO that tie genes to phenotypes and to diseases, in all their versions.

Until 2022 their header was a comment in which `<tab>` is written out, and the term or the disease
could stand in front. Each row is there because of a disease: that is told with the evidence, as is
how often the phenotype is seen in it. A phenotype that nobody has is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from trabecula.formats.edges.columns import Columns
from trabecula.formats.edges.mapped import Maker
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.signs import is_never

#: The columns that each of the tables is known by, folded.
TABLES: Final = tuple(
    map(
        frozenset,
        (
            ("hpoid", "hpolabel", "entrezgeneid", "entrezgenesymbol"),
            ("hpoid", "hponame", "geneid", "genename"),
            ("hpoid", "hponame", "ncbigeneid", "genesymbol"),
            ("hpotermid", "hpotermname", "entrezgeneid", "entrezgenesymbol"),
            ("hpotermid", "entrezgeneid", "entrezgenesymbol", "gdsource"),
            ("diseaseid", "genesymbol", "geneidentrez", "hpoid"),
            ("diseaseid", "genesymbol", "geneidentrez"),
            ("diseaseid", "entrezgeneid", "entrezgenesymbol"),
            ("ncbigeneid", "genesymbol", "associationtype", "diseaseid", "source"),
        ),
    )
)
_GENE: Final = ("ncbigeneid", "entrezgeneid", "geneidentrez", "geneid")
_SYMBOL: Final = ("genesymbol", "entrezgenesymbol", "genename")
_TERM: Final = ("hpoid", "hpotermid")
_TERM_NAME: Final = ("hponame", "hpolabel", "hpotermname")
_DISEASE: Final = ("diseaseidforlink", "diseaseid")
_SOURCE: Final = ("source", "gdsource")
_FREQUENCY: Final = ("frequency", "frequencyhpo", "frequencyraw")
#: What else is told with the evidence, and the folded name of its column.
_TOLD: Final = {
    "association type": "associationtype", "note": "additionalinfofromgdsource",
}  # fmt: skip
_IS_TERM: Final = re.compile(r"HP:\d{7}")
_HEADER: Final = re.compile(r"#\s*Format:\s*(?=\S)", re.IGNORECASE)
#: The columns of `phenotype_to_genes.txt` and of `genes_to_phenotype.txt` by their number, where
#: the comment that names them has been cut off.
_WITHOUT_HEADER: Final = {
    7: ("HPO-id", "HPO label", "entrez-gene-id", "entrez-gene-symbol",
        "Additional Info from G-D source", "G-D source", "disease-ID for link"),
    9: ("entrez-gene-id", "entrez-gene-symbol", "HPO-Term-ID", "HPO-Term-Name", "Frequency-Raw",
        "Frequency-HPO", "Additional Info from G-D source", "G-D source", "disease-ID for link"),
}  # fmt: skip


def tabbed(line: str) -> str:
    r"""A line, in which a header that is written as a comment has its cells between tabs.

    >>> tabbed("#Format: HPO-id<tab>HPO label"), tabbed("#Format: of no table")
    ('#HPO-id\tHPO label', '#Format: of no table')
    """
    start = _HEADER.match(line)
    if start is None or not ("<tab>" in line or "\t" in line):
        return line
    return "#" + line[start.end() :].replace("<tab>", "\t")


def columns_of(cells: Sequence[str]) -> list[str]:
    """The columns of a row that is of one of these tables by its looks; none of other rows."""
    names = _WITHOUT_HEADER.get(len(cells), ())
    if not names:
        return []
    row = dict(zip(names, cells, strict=True))
    term = row.get("HPO-id", "") or row.get("HPO-Term-ID", "")
    is_row = _IS_TERM.fullmatch(term) and row["entrez-gene-id"].isdigit()
    return list(names) if is_row and ":" in row["disease-ID for link"] else []


def maker(reading: Reading, columns: Columns) -> Maker:
    """What makes the gene, the term or the disease, and the edge of a row."""
    cell = columns.cell()
    seen: set[str] = set()

    def first(cells: list[str], names: tuple[str, ...]) -> str:
        return next(filter(None, (cell(cells, name) for name in names)), "")

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        gene, term = first(cells, _GENE), first(cells, _TERM)
        name, disease = first(cells, _TERM_NAME), first(cells, _DISEASE)
        if _IS_TERM.fullmatch(name) and not _IS_TERM.fullmatch(term):
            name, term = term, name  # some headers have the two the other way round
        if gene.isdigit():
            gene = f"NCBIGene:{gene}"
        of_terms = any(column in columns.places for column in _TERM)
        object_ = term if of_terms else disease
        if not (gene and object_):
            end = "gene" if not gene else "term" if of_terms else "disease"
            reading.wrong(str(number), f"the {end} is empty", f"name the {end}")
            return
        for key, label, category in (
            (gene, first(cells, _SYMBOL), "gene"),
            (object_, name if of_terms else "", "biolink:PhenotypicFeature" if of_terms else ""),
        ):
            if key not in seen and (label or category):
                seen.add(key)
                yield Node(key=key, name=label, category=category)
        frequencies = list(filter(None, (cell(cells, name) for name in _FREQUENCY)))
        told = [
            *((("disease", disease),) if of_terms and disease else ()),
            *(("frequency", text) for text in frequencies),
            *((key, cell(cells, name)) for key, name in _TOLD.items() if cell(cells, name)),
        ]
        yield Edge(
            subject=gene,
            predicate="biolink:has_phenotype"
            if of_terms
            else "biolink:gene_associated_with_condition",
            object=object_,
            negated=any(map(is_never, frequencies)),
            citations=(Citation(database=first(cells, _SOURCE) or "HPO", context=tuple(told)),),
            place=f"line {number}",
        )

    return row
