"""HIPPIE: interactions of human proteins in six columns without names.

A protein has its names in UniProt and the number of its gene. What speaks for an interaction is in
the last cell, `experiments:…;pmids:…;sources:…`, each of them a list; each paper is evidence, and
where there is none, each database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from trabecula.formats.edges.columns import ENDS, Columns
from trabecula.formats.edges.mapped import Maker
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.cited import cell_text
from trabecula.mapping.signs import is_number

#: Names for its columns.
COLUMNS: Final = (
    "hippie name a", "hippie gene a", "hippie name b", "hippie gene b", "hippie score",
    "hippie evidence",
)  # fmt: skip
_LISTS: Final = ("experiments", "pmids", "sources")
_LIST: Final = re.compile(rf"({'|'.join(_LISTS)}):")


def is_row(cells: Sequence[str]) -> bool:
    """Whether a row of a table without a header is one of HIPPIE."""
    if len(cells) != len(COLUMNS) or not is_number(cells[4]):
        return False
    return _LIST.match(cells[5]) is not None and all(
        not gene or gene.isdigit() for gene in (cells[1], cells[3])
    )


def maker(reading: Reading, _: Columns) -> Maker:
    """What makes the two proteins of a row and that they interact."""
    seen: set[str] = set()

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        keys = []
        for names, gene in (cells[0:2], cells[2:4]):
            called = [name.strip() for name in names.split(",") if cell_text(name)]
            of_entrez = gene if gene.strip("0") else ""
            key = f"NCBIGene:{of_entrez}" if of_entrez else called[0] if called else ""
            keys.append(key)
            if key and key not in seen:
                seen.add(key)
                yield Node(
                    key=key,
                    name=called[0] if called else "",
                    category="biolink:GeneOrGeneProduct",
                    synonyms=tuple(called[1:]),
                    taxon="NCBITaxon:9606",
                )
        if not all(keys):
            end = ENDS[keys.index("")]
            reading.wrong(str(number), f"the {end} is empty", f"name the {end}")
            return
        told = _told(cells[5])
        experiments, papers, databases = (told.get(name, ()) for name in _LISTS)
        context = (
            *((("score", cells[4]),) if cell_text(cells[4]) else ()),
            *(("experiment", name) for name in experiments),
        )
        more = (*context, *(("database", name) for name in databases))
        cited = (Citation(papers=papers, context=more),) if papers else ()
        yield Edge(
            subject=keys[0],
            predicate="interacts_with",
            object=keys[1],
            symmetric=True,
            citations=cited
            or tuple(Citation(database=name, context=context) for name in databases or ("HIPPIE",)),
            place=f"line {number}",
        )

    return row


def _told(cell: str) -> dict[str, tuple[str, ...]]:
    """What a cell lists, by what it is a list of; names of experiments may hold semicolons."""
    parts = re.split(r"(?:\A|;)(?=(?:experiments|pmids|sources):)", cell)
    pairs = (part.partition(":") for part in parts if part and _LIST.match(part))
    return {
        name: tuple(
            f"PMID:{text}" if name == "pmids" and text.isdigit() else text
            for text in map(str.strip, listed.split(","))
            if cell_text(text)
        )
        for name, _, listed in pairs
    }
