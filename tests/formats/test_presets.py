"""Databases whose rows are told by their columns: what they say, signs, denials and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.formats.conftest import told

from trabecula.errors import FormatError

if TYPE_CHECKING:
    from tests.formats.conftest import Bring

_HAS_PART: Final = "has_part"
#: What is shown -> the name of the file, its text, and what comes in.
TABLES: Final[dict[str, tuple[str, str, set[tuple[str, str, str, int, tuple[str, ...]]]]]] = {
    "the mode of TRRUST, which names no columns, is the sign": (
        "trrust_rawdata.human.tsv",
        "AATF\tBAX\tUnknown\t22909821\nAATF\tMYC\tRepression\t7;8\nABL1\tBAX\tActivation\t9\n",
        {
            ("AATF", "unknown", "BAX", 0, ("+PMID:22909821",)),
            ("AATF", "repression", "MYC", -1, ("+PMID:7", "+PMID:8")),
            ("ABL1", "activation", "BAX", 1, ("+PMID:9",)),
        },
    ),
    "regulators of RegNetwork are genes or microRNAs": (
        "export.csv",
        "regulator_symbol,regulator_id,target_symbol,target_id,database,evidence,confidence\n"
        '"USF1","7391","S100A6","6277","tred","Experimental","High"\n',
        {("NCBIGene:7391", "regulates", "NCBIGene:6277", 0, ("+tred",))},
    ),
    "RegNetwork names no columns in its older files": (
        "human.source",
        "USF1\t7391\tS100A6\t6277\nhsa-let-7a\tMIMAT0000062\tKRAS\t3845\n",
        {
            ("NCBIGene:7391", "regulates", "NCBIGene:6277", 0, ()),
            ("mirbase.mature:MIMAT0000062", "regulates", "NCBIGene:3845", 0, ()),
        },
    ),
    "a drug of DGIdb acts on a gene in each of the ways that are listed": (
        "interactions.tsv",
        "gene_name\tgene_claim_name\tentrez_id\tinteraction_claim_source\tinteraction_types\t"
        "drug_name\tdrug_concept_id\tPMIDs\n"
        "EGFR\tE\t1956\tTTD\tagonist,inverse agonist\tX\tchembl:CHEMBL1\t7,8\n"
        "FLT1\tF\t2321\tTTD\t\tAXITINIB\t\t\n",
        {
            ("chembl:CHEMBL1", "agonist", "NCBIGene:1956", 1, ("+PMID:7", "+PMID:8")),
            (
                "chembl:CHEMBL1",
                "inverse_agonist",
                "NCBIGene:1956",
                -1,
                ("+PMID:7", "+PMID:8"),
            ),
            ("AXITINIB", "related_to", "NCBIGene:2321", 0, ("+TTD",)),
        },
    ),
    "DGIdb 5 has other columns": (
        "interactions.tsv",
        "gene_claim_name\tgene_concept_id\tgene_name\tinteraction_source_db_name\t"
        "interaction_type\tdrug_concept_id\tdrug_name\n"
        "ATAD5\thgnc:25752\tATAD5\tDTC\tinhibitor\tncit:C152139\tRO-3306\n",
        {("NCIT:C152139", "inhibitor", "HGNC:25752", -1, ("+DTC",))},
    ),
    "a chemical of BioGRID acts on a gene as its action says": (
        "BIOGRID-CHEMICALS.chemtab.txt",
        "#BioGRID Chemical Interaction ID\tBioGRID Gene ID\tEntrez Gene ID\tOfficial Symbol\t"
        "Action\tInteraction Type\tPubmed ID\tBioGRID Chemical ID\tChemical Name\t"
        "Chemical Source\tChemical Source ID\n"
        "1\t108517\t2147\tF2\tinhibitor\ttarget\t7\t1\tLepirudin\tDRUGBANK\tDB00001\n"
        "2\t108517\t2147\tF2\tactivator\ttarget\t-\t2\tX\tDRUGBANK\tDB00002\n",
        {
            ("drugbank:DB00001", "inhibitor", "NCBIGene:2147", -1, ("+PMID:7",)),
            ("drugbank:DB00002", "activator", "NCBIGene:2147", 1, ("+BioGRID",)),
        },
    ),
    "a complex of SIGNOR has its parts": (
        "SIGNOR_complexes.csv",
        'SIGNOR ID;COMPLEX NAME;LIST OF ENTITIES\nSIGNOR-C2;mTORC2;"P68104,  SIGNOR-PF1"\n',
        {
            ("signor:SIGNOR-C2", _HAS_PART, "UniProtKB:P68104", 0, ("+SIGNOR",)),
            ("signor:SIGNOR-C2", _HAS_PART, "signor:SIGNOR-PF1", 0, ("+SIGNOR",)),
        },
    ),
    "and a family its members": (
        "SIGNOR_PF.csv",
        'SIGNOR ID;PROT. FAMILY NAME;LIST OF ENTITIES\nSIGNOR-PF1;ERK1/2;"P27361"\n',
        {("signor:SIGNOR-PF1", "biolink:has_member", "UniProtKB:P27361", 0, ("+SIGNOR",))},
    ),
    "a complex of hu.MAP has each of its members": (
        "complexes.csv",
        "HuMAP2_ID,Confidence,Uniprot_ACCs,genenames\nHuMAP2_00000,3,O95900 P49327,TRUB2 FASN\n",
        {
            ("HuMAP2_00000", _HAS_PART, "UniProtKB:O95900", 0, ("+hu.MAP",)),
            ("HuMAP2_00000", _HAS_PART, "UniProtKB:P49327", 0, ("+hu.MAP",)),
        },
    ),
    "so has one of CORUM, with the paper": (
        "allComplexes.txt",
        "ComplexID\tComplexName\tOrganism\tsubunits(UniProt IDs)\tPubMed ID\tsubunits(Gene name)\n"
        "1\tBCL6-HDAC4 complex\tHuman\tP41182;None\t11929873\tBCL6;None\n",
        {("corum:1", _HAS_PART, "UniProtKB:P41182", 0, ("+PMID:11929873",))},
    ),
    "and one of the Complex Portal, whatever number there is of each": (
        "9606.tsv",
        "#Complex ac\tRecommended name\tIdentifiers (and stoichiometry) of molecules in complex\t"
        "Evidence Code\nCPX-1\tSMAD2 complex\tP84022(2)|CHEBI:29105(0)\tECO:0005547\n",
        {
            ("complexportal:CPX-1", _HAS_PART, "UniProtKB:P84022", 0, ("+ComplexPortal",)),
            ("complexportal:CPX-1", _HAS_PART, "CHEBI:29105", 0, ("+ComplexPortal",)),
        },
    ),
    "a predication of SemMedDB is denied where it says so": (
        "predication.csv",
        "PREDICATION_ID,PMID,PREDICATE,SUBJECT_CUI,SUBJECT_NAME,OBJECT_CUI,OBJECT_NAME\n"
        "1,5,NEG_INHIBITS,C0024467,Magnesium,C0030520,PTH\n"
        "2,6,STIMULATES,C0024467,Magnesium,C0030520,PTH\n"
        "3,7,DISRUPTS,C0024467,Magnesium,C0030520,PTH\n"
        "4,8,NEG_DISRUPTS,C0024467,Magnesium,C0030520,PTH\n"
        "5,9,NEG_COMPLICATES,C0024467,Magnesium,C0030520,PTH\n",
        {
            ("umls:C0024467", "inhibits", "umls:C0030520", -1, ("-PMID:5",)),
            ("umls:C0024467", "stimulates", "umls:C0030520", 1, ("+PMID:6",)),
            ("umls:C0024467", "DISRUPTS", "umls:C0030520", -1, ("+PMID:7", "-PMID:8")),
            ("umls:C0024467", "COMPLICATES", "umls:C0030520", 0, ("-PMID:9",)),
        },
    ),
    "PhosphoSitePlus has a notice above its columns": (
        "Kinase_Substrate_Dataset.txt",
        "010523\nPhosphoSitePlus, Inc., is licensed, see www\n\n"
        "GENE\tKINASE\tKIN_ACC_ID\tSUBSTRATE\tSUB_ACC_ID\tSUB_MOD_RSD\n"
        "Dyrk2\tDYRK2\tQ5U4C9\tNDEL1\tQ9ERR1\tS336\n",
        {("UniProtKB:Q5U4C9", "phosphorylation", "UniProtKB:Q9ERR1", 0, ("+PhosphoSitePlus",))},
    ),
    "the action of a ligand is that of the Guide to Pharmacology": (
        "interactions.csv",
        '"# GtoPdb Version: 2023.3 - published: 2023-11-29"\n'
        '"Target","Target UniProt ID","Ligand","Ligand ID","Type","Action","PubMed ID"\n'
        '"5-HT1A","P08908","8-OH-DPAT","7","Agonist","Full agonist","1|2"\n',
        {
            ("iuphar.ligand:7", "full_agonist", "UniProtKB:P08908", 1, ("+PMID:1", "+PMID:2")),
        },
    ),
    "a target of miRTarBase that is not functional is denied": (
        "hsa_MTI.csv",
        "miRTarBase ID,miRNA,Target Gene,Target Gene (Entrez ID),Support Type,References (PMID)\n"
        "MIRT1,hsa-miR-20a-5p,HIF1A,3091,Functional MTI,18632605\n"
        "MIRT2,hsa-miR-20a-5p,KRAS,3845,Non-Functional MTI,3\n",
        {
            ("hsa-miR-20a-5p", "regulates", "NCBIGene:3091", 0, ("+PMID:18632605",)),
            ("hsa-miR-20a-5p", "regulates", "NCBIGene:3845", 0, ("-PMID:3",)),
        },
    ),
    "NCBI denies an annotation of a gene by its qualifier": (
        "gene2go.txt",
        "#tax_id\tGeneID\tGO_ID\tEvidence\tQualifier\tGO_term\tPubMed\tCategory\n"
        "9606\t1\tGO:0005576\tIDA\tlocated_in\tx\t12|13\tComponent\n"
        "9606\t2\tGO:0005576\tIDA\tNOT located_in\tx\t14\tComponent\n"
        "9606\t2\tGO:0006915\tIDA\tNOT involved_in\ty\t15\tProcess\n"
        "9606\t2\tGO:0006915\tIDA\tcontributes_to\ty\t15\tProcess\n",
        {
            ("NCBIGene:1", "located_in", "GO:0005576", 0, ("+PMID:12", "+PMID:13")),
            ("NCBIGene:2", "located_in", "GO:0005576", 0, ("-PMID:14",)),
            ("NCBIGene:2", "involved_in", "GO:0006915", 0, ("-PMID:15",)),
            ("NCBIGene:2", "contributes_to", "GO:0006915", 0, ("+PMID:15",)),
        },
    ),
    "rows of PyBEL are in BEL, with the reason as JSON": (
        "export.csv",
        'p(HGNC:AKT1)\tdecreases\tp(HGNC:EGFR)\t{"citation": {"type": "PubMed", "reference": "1"}}\n'
        "p(HGNC:AKT1)\tcausesNoChange\tp(HGNC:FADD)\t{}\n"
        'p(HGNC:AKT1)\tincreases\tp(HGNC:FADD)\t{"citation": {"db": "PubMed", "db_id": "2"}}\n',
        {
            ("p-hgnc-akt1-bad0907e", "decreases", "p-hgnc-egfr-74af57ee", -1, ("+PMID:1",)),
            ("p-hgnc-akt1-bad0907e", "regulates", "p-hgnc-fadd-be7bc0c8", 0, ("-export",)),
            ("p-hgnc-akt1-bad0907e", "increases", "p-hgnc-fadd-be7bc0c8", 1, ("+PMID:2",)),
        },
    ),
    "HIPPIE has no header, and lists in its last cell": (
        "hippie_current.txt",
        "A_HUMAN\t216\tB_HUMAN,B2_HUMAN\t3679\t0.76\texperiments:in vivo,Two-hybrid;pmids:12,13;"
        "sources:HPRD\n"
        "A_HUMAN\t216\tC_HUMAN\t\t0.5\tpmids:;sources:HPRD,I2D\n"
        "A_HUMAN\t216\tD_HUMAN\t0\t0\texperiments:in vivo\n",
        {
            ("NCBIGene:216", "interacts_with", "NCBIGene:3679", 0, ("+PMID:12", "+PMID:13")),
            ("C_HUMAN", "interacts_with", "NCBIGene:216", 0, ("+HPRD", "+I2D")),
            ("D_HUMAN", "interacts_with", "NCBIGene:216", 0, ("+HIPPIE",)),
        },
    ),
    "R numbers its rows in a column that has no name, and quotes its texts": (
        "edges.txt",
        '"source" "target" "sign"\n"1" "TP53" "MDM2" 1\n"2" "MDM2" "TP53" -1\n',
        {
            ("TP53", "increases", "MDM2", 1, ()),
            ("MDM2", "decreases", "TP53", -1, ()),
        },
    ),
    "a causal loop diagram as a table": (
        "loop.csv",
        "cause;effect;polarity\nstress;cortisol;+\ncortisol;bone;-\n",
        {
            ("stress", "increases", "cortisol", 1, ()),
            ("cortisol", "decreases", "bone", -1, ()),
        },
    ),
}


_HPO_AND_GENE = {("NCBIGene:351", "biolink:has_phenotype", "HP:0002354", 0)}
_DISEASE_AND_GENE = {("NCBIGene:351", "biolink:gene_associated_with_condition", "omim:104300", 0)}
#: What is shown -> a table of the HPO that ties genes to terms or to diseases, and what comes in.
_OF_HPO: Final = {
    "terms first, in words for tabs": (
        "#Format: HPO-id<tab>HPO label<tab>entrez-gene-id<tab>entrez-gene-symbol<tab>Additional Info"
        " from G-D source<tab>G-D source<tab>disease-ID for link\n"
        "HP:0002354\tMemory\t351\tAPP\t-\tmim2gene\tOMIM:104300\n",
        _HPO_AND_GENE,
    ),
    "terms first, whose header was cut off": (
        "HP:0002354\tMemory\t351\tAPP\t-\tmim2gene\tOMIM:104300\n",
        _HPO_AND_GENE,
    ),
    "terms first, in four columns": (
        "#Format: HPO-ID<tab>HPO-Name<tab>Gene-ID<tab>Gene-Name\nHP:0002354\tMemory\t351\tAPP\n",
        _HPO_AND_GENE,
    ),
    "terms first, with a header": (
        "hpo_id\thpo_name\tncbi_gene_id\tgene_symbol\tdisease_id\n"
        "HP:0002354\tMemory\t351\tAPP\tOMIM:104300\n",
        _HPO_AND_GENE,
    ),
    "genes first, with a header": (
        "ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id\n"
        "351\tAPP\tHP:0002354\tMemory\t3/4\tOMIM:104300\n",
        _HPO_AND_GENE,
    ),
    "genes first, and the name before the term": (
        "#Format: entrez-gene-id<tab>entrez-gene-symbol<tab>HPO-Term-Name<tab>HPO-Term-ID\n"
        "351\tAPP\tMemory\tHP:0002354\n",
        _HPO_AND_GENE,
    ),
    "genes first, in a header that has the two the other way round": (
        "#Format: entrez-gene-id<tab>entrez-gene-symbol<tab>HPO-Term-Name<tab>HPO-Term-ID\n"
        "351\tAPP\tHP:0002354\tMemory\n",
        _HPO_AND_GENE,
    ),
    "diseases first": (
        "#Format: diseaseId<tab>gene-symbol<tab>gene-id(entrez)<tab>HPO-ID<tab>HPO-term-name\n"
        "OMIM:104300\tAPP\t351\tHP:0002354\tMemory\n",
        _HPO_AND_GENE,
    ),
    "diseases of genes": (
        "#Format: entrez-gene-id<tab>entrez-gene-symbol<tab>DiseaseId\n351\tAPP\tOMIM:104300\n",
        _DISEASE_AND_GENE,
    ),
    "genes of diseases": (
        "#Format: diseaseId<tab>gene-id(entrez)<tab>gene-symbol\nOMIM:104300\t351\tAPP\n",
        _DISEASE_AND_GENE,
    ),
}


@pytest.mark.parametrize("name", _OF_HPO)
def test_tables_of_the_hpo_say_which_gene_goes_with_what(name: str, bring: Bring) -> None:
    text, expected = _OF_HPO[name]
    graph, report = bring(text, "table.txt")
    assert {row[:4] for row in told(graph)} == expected
    names = {entity.id: entity.name for entity in graph.entities.values()}
    assert names["NCBIGene:351"] == "APP"
    assert names.get("HP:0002354", "Memory") == "Memory"
    assert not list(report.left.lines())


def test_a_phenotype_that_nobody_has_is_denied_of_its_gene(bring: Bring) -> None:
    head = "ncbi_gene_id\tgene_symbol\thpo_id\thpo_name\tfrequency\tdisease_id\n"
    graph, report = bring(f"{head}351\tAPP\tHP:0002354\tMemory\t0/12\tOMIM:104300\n", "x.txt")
    assert dict(report.signs) == {"negated": 1}
    (row,) = next(iter(graph.statements.values())).evidence
    assert dict(row.context) == {"disease": "OMIM:104300", "frequency": "0/12"}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_of_a_database_says_what_the_database_means(name: str, bring: Bring) -> None:
    file, text, expected = TABLES[name]
    graph, _ = bring(text, file)
    assert told(graph) == expected


@pytest.mark.parametrize(
    ("file", "text", "wrong"),
    [
        ("four.tsv", "USF1\t7391\tS100A6\t6277\n", "there are USF1, 7391, S100A6, 6277"),
        ("some.csv", "Uniprot_ACCs,genenames\nO95900,TRUB2\n", "no column for the subject"),
    ],
    ids=["numbers in two of four columns", "a complex without an identifier"],
)
def test_nothing_is_taken_for_an_identifier_that_may_be_none(
    file: str, text: str, wrong: str, bring: Bring
) -> None:
    with pytest.raises(FormatError, match=wrong):
        bring(text, file)
