"""Databases whose rows need no more than to be told which column is what.

What a column of theirs is, `roles` says; what all their rows have in common and no column says,
`fixed`. A cell that lists several things, such as the members of a complex or the kinds of one
interaction, stands for as many rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from trabecula.counted import counted
from trabecula.errors import FormatError, Problem
from trabecula.formats.edges.columns import ENDS, Columns
from trabecula.formats.edges.mapped import Maker, Rows
from trabecula.mapping import Item, Reading
from trabecula.mapping.cited import cell_text
from trabecula.mapping.curies import curie

#: What identifies a thing whatever its column is of, and the prefix of it.
_TOLD_BY_LOOK: Final = (
    (re.compile(r"[OPQ]\d[A-Z\d]{3}\d(-\S+)?|[A-NR-Z]\d([A-Z][A-Z\d]{2}\d){1,2}(-\S+)?"),
     "UniProtKB"),
    (re.compile(r"MIMAT\d{7}"), "mirbase.mature"),
    (re.compile(r"MI\d{7}"), "mirbase"),
    (re.compile(r"CPX-\d+"), "complexportal"),
    (re.compile(r"URS[0-9A-F]{10}(_\d+)?"), "rnacentral"),
    (re.compile(r"CHEMBL\d+"), "chembl"),
    (re.compile(r"DB\d{5}"), "drugbank"),
)  # fmt: skip
#: How often a member stands in a complex, behind its identifier.
_STOICHIOMETRY: Final = re.compile(r"\(\d+\)\Z")


def identified(prefix: str, text: str) -> str:
    """The CURIE of an identifier in a column of identifiers with that prefix, if of any.

    >>> identified("NCBIGene", "7157"), identified("NCBIGene", "MIMAT0000062")
    ('NCBIGene:7157', 'mirbase.mature:MIMAT0000062')
    >>> identified("", "P84022(1)"), identified("", "hgnc:2625"), identified("UniProtKB", "P1-2")
    ('UniProtKB:P84022', 'hgnc:2625', 'UniProtKB:P1-2')
    """
    bare = _STOICHIOMETRY.sub("", cell_text(text))
    for look, its_prefix in _TOLD_BY_LOOK:
        if look.fullmatch(bare):
            return f"{its_prefix}:{bare}"
    return bare if ":" in bare else curie(prefix, bare)


@dataclass(frozen=True)
class Preset:
    """The columns of a database, folded, and what each is.

    `columns` are those it is known by; a role may have one of several in its versions, between
    bars. `identifiers` are prefixes of those of an end, which may be none. `several` are roles
    whose cells are lists, divided by `between`; `vocabulary` is as in `Database`.
    """

    columns: frozenset[str]
    roles: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)
    several: tuple[str, ...] = ()
    between: str = r"[;,|]"
    vocabulary: str = ""

    def maker(self, reading: Reading, columns: Columns) -> Maker:
        """What makes the things and the edges of a row."""
        places = columns.places
        at = {
            role: next(places[name] for name in names.split("|") if name in places)
            for role, names in self.roles.items()
            if any(name in places for name in names.split("|"))
        }
        for end in ENDS:
            if end not in at and f"{end}_name" not in at:
                names = self.roles[end].replace("|", " or ")
                what = f"there is no column for the {end}, such as {names}"
                fix = f"add it, or say which column it is: --columns {end}=…"
                raise FormatError([Problem("columns", reading.where, what, fix)])
        width = len(columns.names)
        fixed = (role if role not in places else f"{role} of all rows" for role in self.fixed)
        wider = Columns([*columns.names, *fixed])
        roles: dict[str, tuple[int, ...]] = {role: (place,) for role, place in at.items()}
        roles |= {role: (width + number,) for number, role in enumerate(self.fixed)}
        made = Rows(reading, wider, roles)

        def row(number: int, cells: list[str]) -> Iterator[Item]:
            for single in self._singles(reading, number, cells, at):
                for end, prefix in self.identifiers.items():
                    if end in at:
                        single[at[end]] = identified(prefix, single[at[end]])
                yield from made.row(number, [*single, *self.fixed.values()])

        return row

    def _singles(
        self, reading: Reading, number: int, cells: list[str], at: Mapping[str, int]
    ) -> Iterator[list[str]]:
        """The rows that a row stands for: one for each thing in the cells that list several."""
        parted = {
            at[role]: [part.strip() for part in re.split(self.between, cells[at[role]].strip())]
            for role in self.several
            if role in at
        }
        sizes = [len(parts) for parts in parted.values()]
        if not sizes:
            yield list(cells)
            return
        uneven = [place for place, parts in parted.items() if len(parts) != sizes[0]]
        for place in uneven:  # which name is whose, nobody can tell
            what = f"a list of {counted(len(parted.pop(place)), 'name')} beside {sizes[0]}"
            reading.left("cell", what, f"line {number}")
        parts = next(iter(parted.values()))
        written = [n for n, part in enumerate(parts) if cell_text(part)] or [0]
        for n in written:
            single = list(cells)
            for place in uneven:
                single[place] = ""
            for place, texts in parted.items():
                single[place] = texts[n]
            yield single


_MEMBERS: Final = ("object", "object_name")
_HAS_PART: Final = {"predicate": "has_part", "subject_category": "complex",
                    "object_category": "protein"}  # fmt: skip

PRESETS: Final = (
    Preset(  # RegNetwork: regulators are genes or microRNAs
        columns=frozenset(("regulatorsymbol", "regulatorid", "targetsymbol", "targetid")),
        roles={"subject": "regulatorid", "subject_name": "regulatorsymbol",
               "object": "targetid", "object_name": "targetsymbol",
               "database": "database", "papers": "pmid"},
        fixed={"predicate": "regulates"},
        identifiers={"subject": "NCBIGene", "object": "NCBIGene"},
    ),
    Preset(  # chemicals of BioGRID
        columns=frozenset(("biogridgeneid", "biogridchemicalid", "chemicalname", "action")),
        roles={"subject": "chemicalsourceid", "subject_name": "chemicalname",
               "object": "entrezgeneid", "object_name": "officialsymbol", "predicate": "action",
               "papers": "pubmedid", "species": "organismid"},
        fixed={"database": "BioGRID", "subject_category": "chemical", "object_category": "gene"},
        identifiers={"subject": "", "object": "NCBIGene"},
    ),
    Preset(  # DGIdb up to version 4
        columns=frozenset(("genename", "interactionclaimsource", "interactiontypes", "drugname")),
        roles={"subject": "drugconceptid", "subject_name": "drugname", "object": "entrezid",
               "object_name": "genename", "predicate": "interactiontypes", "papers": "pmids",
               "database": "interactionclaimsource"},
        fixed={"subject_category": "drug", "object_category": "gene"},
        identifiers={"subject": "", "object": "NCBIGene"},
        several=("predicate",), between=r"[;,]",
    ),
    Preset(  # DGIdb 5
        columns=frozenset(("geneconceptid", "interactionsourcedbname", "interactiontype",
                           "drugconceptid")),
        roles={"subject": "drugconceptid", "subject_name": "drugname", "object": "geneconceptid",
               "object_name": "genename", "predicate": "interactiontype",
               "database": "interactionsourcedbname"},
        fixed={"subject_category": "drug", "object_category": "gene"},
        identifiers={"subject": "", "object": ""},
        several=("predicate",), between=r"[;,|]",
    ),
    Preset(  # hu.MAP 2 and 3
        columns=frozenset(("uniprotaccs", "genenames")),
        roles={"subject": "humap2id|humap3id|complexid", "object": "uniprotaccs",
               "object_name": "genenames"},
        fixed={**_HAS_PART, "database": "hu.MAP"},
        identifiers={"object": "UniProtKB"}, several=_MEMBERS, between=r"\s+",
    ),
    Preset(  # CORUM
        columns=frozenset(("complexid", "complexname", "organism")),
        roles={"subject": "complexid", "subject_name": "complexname", "papers": "pubmedid|pmid",
               "object": "subunitsuniprotids|subunitsuniprotid",
               "object_name": "subunitsgenename",
               "method": "proteincomplexpurificationmethod"},
        fixed={**_HAS_PART, "database": "CORUM"},
        identifiers={"subject": "CORUM", "object": "UniProtKB"}, several=_MEMBERS, between=";",
    ),
    *(
        Preset(  # complexes and families of SIGNOR
            columns=frozenset(("signorid", f"{name}name", "listofentities")),
            roles={"subject": "signorid", "subject_name": f"{name}name",
                   "object": "listofentities"},
            fixed={**fixed, "database": "SIGNOR"},
            identifiers={"subject": "signor", "object": "signor"}, several=("object",),
        )
        for name, fixed in (("complex", {"predicate": "has_part", "subject_category": "complex"}),
                            ("protfamily", {"predicate": "biolink:has_member"}))
    ),
    Preset(  # the Complex Portal
        columns=frozenset(("complexac", "recommendedname",
                           "identifiersandstoichiometryofmoleculesincomplex")),
        roles={"subject": "complexac", "subject_name": "recommendedname",
               "object": "identifiersandstoichiometryofmoleculesincomplex",
               "method": "evidencecode"},
        fixed={"predicate": "has_part", "subject_category": "complex", "database": "ComplexPortal"},
        identifiers={"subject": "", "object": ""}, several=("object",), between=r"\|",
    ),
    Preset(  # SemMedDB: what is denied begins with NEG_
        columns=frozenset(("subjectcui", "predicate", "objectcui")),
        roles={"subject": "subjectcui", "subject_name": "subjectname",
               "subject_category": "subjectsemtype", "predicate": "predicate",
               "object": "objectcui", "object_name": "objectname",
               "object_category": "objectsemtype", "papers": "pmid", "summary": "sentence"},
        identifiers={"subject": "umls", "object": "umls"},
    ),
    Preset(  # PhosphoSitePlus: kinases and their substrates
        columns=frozenset(("kinase", "kinaccid", "substrate", "subaccid")),
        roles={"subject": "kinaccid", "subject_name": "kinase", "object": "subaccid",
               "object_name": "substrate", "species": "kinorganism"},
        fixed={"predicate": "phosphorylation", "database": "PhosphoSitePlus",
               "subject_category": "protein", "object_category": "protein"},
        identifiers={"subject": "UniProtKB", "object": "UniProtKB"},
    ),
    Preset(  # the IUPHAR/BPS guide to pharmacology
        columns=frozenset(("target", "targetuniprotid", "ligand", "ligandid", "action")),
        roles={"subject": "ligandid", "subject_name": "ligand", "object": "targetuniprotid",
               "object_name": "target", "predicate": "action", "papers": "pubmedid",
               "species": "targetspecies"},
        fixed={"database": "GtoPdb"},
        identifiers={"subject": "iuphar.ligand", "object": "UniProtKB"},
    ),
    Preset(  # NCBI's annotations of genes with GO
        columns=frozenset(("geneid", "goid", "evidence", "qualifier")),
        roles={"subject": "geneid", "object": "goid", "object_name": "goterm",
               "predicate": "qualifier", "papers": "pubmed", "method": "evidence",
               "species": "taxid"},
        fixed={"database": "NCBIGene", "subject_category": "gene"},
        identifiers={"subject": "NCBIGene", "object": "GO"}, vocabulary="annotations",
    ),
    Preset(  # miRTarBase: what is not functional is denied, as a verdict says
        columns=frozenset(("mirna", "targetgene", "supporttype")),
        roles={"subject": "mirna", "object": "targetgeneentrezid", "object_name": "targetgene",
               "papers": "referencespmid", "method": "experiments", "record": "mirtarbaseid",
               "species": "speciestargetgene"},
        fixed={"predicate": "regulates", "object_category": "gene", "database": "miRTarBase"},
        identifiers={"object": "NCBIGene"},
    ),
    Preset(  # TFLink
        columns=frozenset(("uniprotidtf", "uniprotidtarget", "nametf", "nametarget")),
        roles={"subject": "uniprotidtf", "subject_name": "nametf", "object": "uniprotidtarget",
               "object_name": "nametarget", "papers": "pubmedid", "database": "sourcedatabase",
               "method": "detectionmethod", "species": "organism"},
        fixed={"predicate": "regulates"},
        identifiers={"subject": "UniProtKB", "object": "UniProtKB"},
    ),
    Preset(  # CellTalkDB
        columns=frozenset(("ligandgenesymbol", "receptorgenesymbol", "evidence")),
        roles={"subject": "ligandgeneid", "subject_name": "ligandgenesymbol",
               "object": "receptorgeneid", "object_name": "receptorgenesymbol",
               "papers": "evidence"},
        fixed={"predicate": "interacts_with"},
        identifiers={"subject": "NCBIGene", "object": "NCBIGene"},
    ),
    Preset(  # the download of DisGeNET without papers
        columns=frozenset(("geneid", "genesymbol", "diseaseid", "diseasename", "nofpmids")),
        roles={"subject": "geneid", "subject_name": "genesymbol", "object": "diseaseid",
               "object_name": "diseasename", "database": "source"},
        fixed={"predicate": "biolink:gene_associated_with_condition", "subject_category": "gene",
               "object_category": "disease"},
        identifiers={"subject": "NCBIGene", "object": "umls"},
    ),
)  # fmt: skip
