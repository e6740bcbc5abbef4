"""Databases that are known by their columns: SIGNOR, OmniPath, STRING, BioGRID, CTD."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from trabecula.formats.edges import ctd, hippie, hpo, verdicts
from trabecula.formats.edges.columns import ENDS, Columns
from trabecula.formats.edges.mapped import RELATED, Maker
from trabecula.formats.edges.presets import PRESETS
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.cited import cell_text, paper
from trabecula.mapping.curies import curie
from trabecula.mapping.delimited import folded
from trabecula.model import Context, Xref


@dataclass(frozen=True)
class Database:
    """A database, the columns it is known by (folded), and what makes items of a row.

    `vocabulary` is that of its predicates, where they are those of files of another format.
    """

    columns: frozenset[str]
    make: Callable[[Reading, Columns], Maker]
    vocabulary: str = ""


def _ends(reading: Reading, number: int, *keys: str) -> bool:
    """Whether both ends have a name; says so where not."""
    if all(keys):
        return True
    end = ENDS[keys.index("")]
    reading.wrong(str(number), f"the {end} is empty", f"name the {end}")
    return False


#: What is told with the evidence, and the folded name of its column.
_OF_SIGNOR: Final = {
    "mechanism": "mechanism", "residue": "residue", "direct": "direct", "cell": "celldata",
    "tissue": "tissuedata", "modulator complex": "modulatorcomplex",
    "target complex": "targetcomplex", "modification a": "modificationa",
    "modification b": "modificationb", "score": "score", "notes": "notes",
}  # fmt: skip
_OF_OMNIPATH: Final = {
    "databases": "sources", "curation effort": "curationeffort",
    "consensus direction": "consensusdirection",
    "consensus stimulation": "consensusstimulation",
    "consensus inhibition": "consensusinhibition",
}  # fmt: skip
_OF_BIOGRID: Final = {
    "experimental system type": "experimentalsystemtype", "throughput": "throughput",
    "score": "score", "modification": "modification", "phenotype": "phenotypes",
    "phenotype term": "ontologytermnames", "tags": "tags",
}  # fmt: skip


def _context(
    cells: list[str], cell: Callable[[list[str], str], str], names: dict[str, str]
) -> Context:
    """What is in columns, by the key that each is told under."""
    values = ((key, cell(cells, name)) for key, name in names.items())
    return tuple((key, value) for key, value in values if value)


#: The columns of SIGNOR in order, which its web service gives without a header.
SIGNOR: Final = (
    "ENTITYA", "TYPEA", "IDA", "DATABASEA", "ENTITYB", "TYPEB", "IDB", "DATABASEB", "EFFECT",
    "MECHANISM", "RESIDUE", "SEQUENCE", "TAX_ID", "CELL_DATA", "TISSUE_DATA", "MODULATOR_COMPLEX",
    "TARGET_COMPLEX", "MODIFICATIONA", "MODASEQ", "MODIFICATIONB", "MODBSEQ", "PMID", "DIRECT",
    "NOTES", "ANNOTATOR", "SENTENCE", "SIGNOR_ID", "SCORE",
)  # fmt: skip


def _signor(reading: Reading, columns: Columns) -> Maker:
    """SIGNOR: the effect is the predicate; the mechanism is told and never multiplied with it."""
    cell = columns.cell()
    seen: set[str] = set()
    used = {
        *(f"{part}{side}" for part in ("entity", "type", "id", "database") for side in "ab"),
        "effect", "mechanism", "residue", "sequence", "taxid", "celldata", "tissuedata", "pmid",
        "direct", "notes", "sentence", "signorid", "score", "modulatorcomplex", "targetcomplex",
        "modificationa", "modificationb", "modaseq", "modbseq", "annotator",
    }  # fmt: skip
    more = [(at, name) for at, name in enumerate(columns.names) if folded(name) not in used]

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        ends = []
        for side in ("a", "b"):
            name, database = cell(cells, f"entity{side}"), cell(cells, f"database{side}")
            key = curie(database, cell(cells, f"id{side}")) or name
            ends.append(key)
            if key and key not in seen:
                seen.add(key)
                kind = re.sub(r"(?<!u)s\Z", "", cell(cells, f"type{side}"))
                yield Node(key=key, name=name, category=kind)
        if not _ends(reading, number, *ends):
            return
        papers = tuple(
            paper(part)
            for part in re.split(r"[;,|\s]+", cell(cells, "pmid"))
            if part[:1].isdigit() or ":" in part or part.upper().startswith("PMC")
        )
        context = (
            *_context(cells, cell, _OF_SIGNOR),
            *((name, cell_text(cells[at])) for at, name in more if cell_text(cells[at])),
        )  # fmt: skip
        for name in ("sequence", "modaseq", "modbseq", "annotator"):
            if cell(cells, name):
                reading.left("column", name, f"line {number}")
        taxon = cell(cells, "taxid")
        yield Edge(
            subject=ends[0],
            predicate=cell(cells, "effect") or "unknown",
            object=ends[1],
            citations=(
                Citation(
                    papers=papers,
                    database="SIGNOR",
                    record=cell(cells, "signorid"),
                    species=f"NCBITaxon:{taxon}" if taxon.isdigit() else "",
                    summary=cell(cells, "sentence"),
                    context=context,
                ),
            ),
            place=f"line {number}",
        )

    return row


def _omnipath(reading: Reading, columns: Columns) -> Maker:
    """OmniPath: both signs are two edges; a paper that several databases name is one paper."""
    cell = columns.cell()
    seen: set[str] = set()
    quality = ("curationeffort", "nreferences", "nsources", "nprimarysources", "extraattrs",
               "evidences", "dipurl", "referencesstripped", "sources", "references")  # fmt: skip
    used = {
        "source", "target", "sourcegenesymbol", "targetgenesymbol", "isdirected", "isstimulation",
        "isinhibition", "type", "entitytypesource", "entitytypetarget", "ncbitaxidsource",
        "ncbitaxidtarget", "consensusdirection", "consensusstimulation", "consensusinhibition",
        *quality,
    }  # fmt: skip
    flags = [(at, n) for at, n in enumerate(columns.names) if folded(n) not in used and n]

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        ends = (cell(cells, "source"), cell(cells, "target"))
        if not _ends(reading, number, *ends):
            return
        keys = tuple(map(_omnipath_key, ends))
        for end, key, side in zip(ends, keys, ("source", "target"), strict=True):
            if end not in seen:
                seen.add(end)
                taxon = cell(cells, f"ncbitaxid{side}")
                yield Node(
                    key=key,
                    name=cell(cells, f"{side}genesymbol"),
                    category=cell(cells, f"entitytype{side}")
                    or ("protein" if key.startswith("UniProtKB:") else ""),
                    taxon=f"NCBITaxon:{taxon}" if taxon.isdigit() else "",
                )
        directed = _flag(cell(cells, "isdirected"), default=True)
        signs = tuple(
            sign
            for sign, name in ((1, "isstimulation"), (-1, "isinhibition"))
            if _flag(cell(cells, name))
        )
        sources = cell(cells, "sources")
        context = _context(cells, cell, _OF_OMNIPATH)
        for at, name in flags:
            if cells[at].strip() and _flag(cells[at], default=True):
                reading.left("column", name, f"line {number}")
        citations = _omnipath_citations(cell(cells, "references"), sources, context)
        for sign in signs or (0,):
            yield Edge(
                subject=keys[0],
                predicate=cell(cells, "type") or ("interaction" if directed else "interacts_with"),
                object=keys[1],
                sign=sign,
                symmetric=not directed,
                citations=citations,
                place=f"line {number}",
            )

    return row


def _omnipath_citations(references: str, sources: str, context: Context) -> tuple[Citation, ...]:
    """The papers that several databases name (`SIGNOR:12345`), else the databases."""
    papers = dict.fromkeys(
        paper(name.rpartition(":")[2] if not name.startswith("10.") else name)
        for name in re.split(r"[;|]", references)
        if cell_text(name)
    )
    return tuple(Citation(papers=(paper_id,), context=context) for paper_id in papers) or tuple(
        Citation(database=name) for name in re.split(r"[;|]", sources) if cell_text(name)
    )


#: What is told of an enzyme and its substrate, and the folded name of its column.
_OF_ENZYMES: Final = {
    "residue": "residuetype", "position": "residueoffset", "databases": "sources",
    "curation effort": "curationeffort",
}  # fmt: skip


def _enzymes(reading: Reading, columns: Columns) -> Maker:
    """OmniPath's enzymes and substrates: the modification is the predicate, and has no sign."""
    cell = columns.cell()
    seen: set[str] = set()

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        ends = (cell(cells, "enzyme"), cell(cells, "substrate"))
        if not _ends(reading, number, *ends):
            return
        keys = tuple(map(_omnipath_key, ends))
        for end, key, side in zip(ends, keys, ("enzyme", "substrate"), strict=True):
            if end not in seen:
                seen.add(end)
                yield Node(key=key, name=cell(cells, f"{side}genesymbol"), category="protein")
        context = _context(cells, cell, _OF_ENZYMES)
        papers, sources = cell(cells, "references"), cell(cells, "sources")
        citations = _omnipath_citations(papers, sources, context)
        for key, _ in () if citations else context:  # unless it is asked for, no source is named
            reading.left("column", f"{key} without a source", f"line {number}")
        yield Edge(
            subject=keys[0],
            predicate=cell(cells, "modification") or RELATED,
            object=keys[1],
            citations=citations,
            place=f"line {number}",
        )

    return row


def _omnipath_key(name: str) -> str:
    """An identifier of OmniPath: a UniProt accession, a complex of several, or something else."""
    if re.fullmatch(r"[OPQ]\d[A-Z\d]{3}\d|[A-NR-Z]\d([A-Z][A-Z\d]{2}\d){1,2}", name):
        return f"UniProtKB:{name}"
    return f"mirbase.mature:{name}" if re.fullmatch(r"MIMAT\d{7}", name) else name


def _flag(text: str, *, default: bool = False) -> bool:
    return text.casefold() in ("1", "true", "t", "yes") if text else default


def _string(reading: Reading, columns: Columns) -> Maker:
    """STRING: functional association without a direction, with a score from each channel."""
    cell = columns.cell()
    seen: set[str] = set()
    ends_of = ("node1", "node2") if "node1" in columns.places else ("protein1", "protein2")
    ids = tuple(f"{name}stringid" for name in ends_of)
    if "stringida" in columns.places:  # as the web service calls them
        ends_of, ids = ("preferrednamea", "preferrednameb"), ("stringida", "stringidb")
    ends = {*ends_of, *ids, "node1annotation", "node2annotation", "ncbitaxonid"}
    scores = [(at, n) for at, n in enumerate(columns.names) if folded(n) not in ends]

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        keys = []
        for name, identifier in zip(ends_of, ids, strict=True):
            shown, key = cell(cells, name), cell(cells, identifier) or cell(cells, name)
            key = f"string:{key}" if re.match(r"\d+\.", key) else key
            keys.append(key)
            if key and key not in seen:
                seen.add(key)
                taxon = re.match(r"string:(\d+)\.", key)
                yield Node(
                    key=key,
                    name=shown,
                    category="protein",
                    taxon=f"NCBITaxon:{taxon[1]}" if taxon else "",
                )
        if not _ends(reading, number, *keys):
            return
        context = tuple(
            (n, cells[at].strip()) for at, n in scores if cells[at].strip() not in ("", "0")
        )
        yield Edge(
            subject=keys[0],
            predicate="functional_association",
            object=keys[1],
            symmetric=True,
            citations=(Citation(database="STRING", context=context),),
        )

    return row


def _actions(reading: Reading, columns: Columns) -> Maker:
    """Actions of STRING up to version 11: what one protein does to another, and with which sign.

    An action with a direction mostly stands in two rows, in one of which B is who acts.
    """
    cell = columns.cell()

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        keys = [f"string:{cell(cells, f'itemid{side}')}" for side in "ab"]
        if not _ends(reading, number, *(key.removeprefix("string:") for key in keys)):
            return
        directed = _flag(cell(cells, "isdirectional"))
        if directed and not _flag(cell(cells, "aisacting")):
            keys.reverse()
        context = (("score", cell(cells, "score")),) if cell(cells, "score") else ()
        yield Edge(
            subject=keys[0],
            predicate=cell(cells, "mode") or RELATED,
            object=keys[1],
            sign={"activation": 1, "inhibition": -1}.get(cell(cells, "action")),
            symmetric=not directed,
            citations=(Citation(database="STRING", context=context),),
            place=f"line {number}",
        )

    return row


def _biogrid(reading: Reading, columns: Columns) -> Maker:
    """BioGRID tab 2 and 3: genes by their Entrez id, the experimental system is the predicate."""
    cell = columns.cell()
    seen: set[str] = set()

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        keys = []
        for side in ("a", "b"):
            gene = cell(cells, f"entrezgeneinteractor{side}")
            own = cell(cells, f"biogrididinteractor{side}")
            key = f"NCBIGene:{gene}" if gene else f"biogrid:{own}" if own else ""
            keys.append(key)
            if key and key not in seen:
                seen.add(key)
                yield _biogrid_gene(cells, cell, side, key, own if gene else "")
        if not _ends(reading, number, *keys):
            return
        source = cell(cells, "publicationsource") or cell(cells, "pubmedid")
        taxa = {cell(cells, f"organism{word}interactor{s}") for s in "ab" for word in ("id", "")}
        taxa.discard("")
        yield Edge(
            subject=keys[0],
            predicate=cell(cells, "experimentalsystem") or RELATED,
            object=keys[1],
            citations=(
                Citation(
                    papers=(paper(source),) if source else (),
                    database=cell(cells, "sourcedatabase") or "BIOGRID",
                    record=cell(cells, "biogridinteractionid"),
                    species=f"NCBITaxon:{min(taxa)}" if len(taxa) == 1 else "",
                    summary=cell(cells, "qualifications"),
                    context=_context(cells, cell, _OF_BIOGRID),
                ),
            ),
            place=f"line {number}",
        )

    return row


def _biogrid_gene(
    cells: list[str], cell: Callable[[list[str], str], str], side: str, key: str, own: str
) -> Node:
    synonyms = (
        cell(cells, f"systematicnameinteractor{side}"),
        *re.split(r"\|", cell(cells, f"synonymsinteractor{side}")),
    )
    taxon = cell(cells, f"organismidinteractor{side}") or cell(cells, f"organisminteractor{side}")
    proteins = cell(cells, f"swissprotaccessionsinteractor{side}")
    return Node(
        key=key,
        name=cell(cells, f"officialsymbolinteractor{side}")
        or cell(cells, f"systematicnameinteractor{side}"),
        category="gene",
        synonyms=tuple(filter(None, map(cell_text, synonyms))),
        taxon=f"NCBITaxon:{taxon}" if taxon.isdigit() else "",
        xrefs=(
            *((Xref("exact", f"biogrid:{own}"),) if own else ()),
            *(Xref("related", f"UniProtKB:{p}") for p in re.split(r"\|", proteins) if cell_text(p)),
        ),
    )


def _functional(reading: Reading, columns: Columns) -> Maker:
    """Functional interactions of Reactome: an arrow says who acts, a bar that it inhibits.

    An arrow is an activation only where the annotation says so; it also stands for a catalyst and
    for what regulates an expression. A dash alone is no direction, and no sign.
    """
    cell = columns.cell()

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        ends = (cell(cells, "gene1"), cell(cells, "gene2"))
        if not _ends(reading, number, *ends):
            return
        arrow = cells[columns.places["direction"]].strip()
        told = cell(cells, "annotation")
        context = _context(cells, cell, {"annotation": "annotation", "score": "score"})
        cited = (Citation(database="Reactome", context=context),)
        ways = [
            (subject, object_, mark)
            for subject, object_, mark in ((*ends, arrow[-1:]), (*ends[::-1], arrow[:1]))
            if mark in ("<", ">", "|")
        ]
        for subject, object_, mark in ways:
            sign = -1 if mark == "|" else int("activat" in told)
            yield Edge(subject=subject, predicate="affects", object=object_, sign=sign,
                       citations=cited, place=f"line {number}")  # fmt: skip
        if not ways:
            yield Edge(subject=ends[0], predicate="interacts_with", object=ends[1],
                       citations=cited, place=f"line {number}")  # fmt: skip

    return row


DATABASES: Final = (
    *(Database(columns, hpo.maker) for columns in hpo.TABLES),
    Database(frozenset(map(folded, hippie.COLUMNS)), hippie.maker),
    Database(frozenset(("gene1", "gene2", "annotation", "direction")), _functional),
    Database(frozenset(("chemicalid", "geneid", "interactionactions")), ctd.maker),
    Database(frozenset(("chemicalid", "diseaseid", "directevidence")), ctd.maker),
    Database(frozenset(("geneid", "diseaseid", "directevidence")), ctd.maker),
    Database(frozenset(("enzyme", "substrate", "residuetype", "modification")), _enzymes),
    Database(frozenset(("entitya", "entityb", "effect", "mechanism")), _signor),
    Database(frozenset(("source", "target", "isstimulation", "isinhibition")), _omnipath),
    Database(frozenset(("protein1", "protein2", "combinedscore")), _string),
    Database(frozenset(("node1", "node2", "combinedscore")), _string),
    Database(frozenset(("stringida", "stringidb", "nscore")), _string),
    Database(frozenset(("itemida", "itemidb", "mode", "aisacting")), _actions),
    Database(frozenset(("biogridinteractionid", "biogrididinteractora")), _biogrid),
    *(Database(table.columns, table.maker) for table in verdicts.TABLES),
    *(Database(table.columns, table.maker, table.vocabulary) for table in PRESETS),
)
