"""Tables of the Comparative Toxicogenomics Database (CTD), whose header is the last comment.

What a chemical does to a gene has the sign of its action (`decreases^expression`) where it is the
one action of the row and the sentence of the row says that the chemical does it; else who does what
is not known, and neither is a sign. An association with a disease that is inferred from others is
told apart from one that a paper gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from trabecula.formats.edges.columns import Columns
from trabecula.formats.edges.mapped import RELATED
from trabecula.mapping import Citation, Edge, Item, Node, Reading

#: Degree of an action -> its sign.
_DEGREES: Final = {"increases": 1, "decreases": -1, "affects": 0}
#: Column of an identifier -> the prefix of its numbers, the column of the name, the category.
_THINGS: Final = {
    "chemicalid": ("MESH", "chemicalname", "chemical"),
    "geneid": ("NCBIGene", "genesymbol", "gene"),
    "diseaseid": ("MESH", "diseasename", "disease"),
}
_DATABASE: Final = "CTD"


def maker(reading: Reading, columns: Columns) -> Callable[[int, list[str]], Iterator[Item]]:
    """What makes the things and the edges of a row."""
    cell = columns.cell()
    ends = [name for name in _THINGS if name in columns.places]
    seen: set[str] = set()

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        keys = []
        for column in ends:
            prefix, name, category = _THINGS[column]
            identifier = cell(cells, column)
            key = identifier if ":" in identifier or not identifier else f"{prefix}:{identifier}"
            keys.append(key)
            if key and key not in seen:
                seen.add(key)
                yield Node(key=key, name=cell(cells, name), category=category)
        if len(keys) != 2 or not all(keys):
            reading.wrong(str(number), "an identifier is empty", "name both ends")
            return
        interaction = "interactionactions" in columns.places
        relations = _interaction(cells, cell) if interaction else _association(cells, cell)
        for predicate, sign, context in relations:
            qualifiers = (("object_aspect", context),) if interaction and context else ()
            yield Edge(
                subject=keys[0],
                predicate=predicate,
                object=keys[1],
                sign=sign,
                qualifiers=qualifiers,
                citations=(_citation(cells, cell),),
                place=f"line {number}",
            )

    return row


_Cell = Callable[[list[str], str], str]


def _interaction(cells: list[str], cell: _Cell) -> Iterator[tuple[str, int | None, str]]:
    """The predicate of what a chemical and a gene have to do with each other, sign and aspect."""
    actions = [
        action.partition("^") for action in cell(cells, "interactionactions").split("|") if action
    ]
    sentence, name = cell(cells, "interaction"), cell(cells, "chemicalname")
    acts = re.match(rf"(?i){re.escape(name)} (results in|affects)\b", sentence)
    if len(actions) == 1 and acts and actions[0][0] in _DEGREES:
        degree, _, aspect = actions[0]
        yield "affects", _DEGREES[degree], aspect
    else:
        yield RELATED, None, ""


def _association(cells: list[str], cell: _Cell) -> Iterator[tuple[str, int | None, str]]:
    """The kinds of an association with a disease: one is inferred where no paper gives it."""
    for kind in cell(cells, "directevidence").split("|"):
        yield kind or "inferred association", None, ""


def _citation(cells: list[str], cell: _Cell) -> Citation:
    """The papers of a row, with what it says besides."""
    taxon = cell(cells, "organismid")
    papers = cell(cells, "pubmedids").split("|")
    told = {
        "interaction actions": "interactionactions", "gene forms": "geneforms",
        "inference gene": "inferencegenesymbol", "inference chemical": "inferencechemicalname",
        "inference score": "inferencescore", "omim": "omimids",
    }  # fmt: skip
    return Citation(
        papers=tuple(f"PMID:{number}" for number in papers if number.isdigit()),
        database=_DATABASE,
        species=f"NCBITaxon:{taxon}" if taxon.isdigit() else "",
        summary=cell(cells, "interaction"),
        context=tuple((key, text) for key, n in told.items() if (text := cell(cells, n))),
    )
