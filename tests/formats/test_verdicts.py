"""Tables in which a word says whether a pair goes together: a denial is none of its supports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from tests.formats.conftest import Bring

GENCC: Final = """
uuid gene_curie gene_symbol disease_curie disease_title disease_original_curie
disease_original_title classification_curie classification_title moi_curie moi_title
submitter_curie submitter_title submitted_as_pmids
""".split()  # noqa: SIM905
PHARMGKB: Final = """
Entity1_id Entity1_name Entity1_type Entity2_id Entity2_name Entity2_type Evidence Association
PK PD PMIDs
""".split()  # noqa: SIM905
ALLIANCE: Final = """
Taxon SpeciesName DBobjectType DBObjectID DBObjectSymbol AssociationType DOID DOtermName
WithOrthologs InferredFromID InferredFromSymbol ExperimentalCondition Modifier EvidenceCode
EvidenceCodeName Reference Date Source
""".split()  # noqa: SIM905
DISGENET: Final = """
geneId geneSymbol DSI DPI diseaseId diseaseName diseaseType diseaseClass diseaseSemanticType
score EI YearInitial YearFinal pmid source
""".split()  # noqa: SIM905


def table(header: list[str], *rows: dict[str, str]) -> str:
    """The rows by the names of their columns, of which the others are empty."""
    lines = (header, *([row.get(name, "") for name in header] for row in rows))
    return "\n".join("\t".join(line) for line in lines) + "\n"


@pytest.mark.parametrize(
    ("verdict", "stance"),
    [
        ("Definitive", "supports"),
        ("Limited", "supports"),
        ("Supportive", "supports"),
        ("Animal Model Only", "qualifies"),
        ("Disputed Evidence", "disputes"),
        ("Refuted Evidence", "disputes"),
        ("No Known Disease Relationship", ""),
        ("Of a new kind", ""),
    ],
)
def test_a_submission_of_gencc_says_what_its_verdict_says(
    verdict: str, stance: str, bring: Bring
) -> None:
    row = {
        "uuid": "GENCC_1", "gene_curie": "HGNC:620", "gene_symbol": "APOB",
        "disease_curie": "MONDO:0007750", "disease_title": "hypercholesterolemia",
        "disease_original_curie": "MONDO:0007750", "disease_original_title": "FH",
        "classification_title": verdict, "moi_title": "Autosomal dominant",
        "submitter_title": "ClinGen", "submitted_as_pmids": "23023332, 23103230",
    }  # fmt: skip
    alone = {**row, "gene_curie": "HGNC:1", "gene_symbol": "A1BG", "submitted_as_pmids": ""}
    other = {**alone, "gene_curie": "HGNC:9", "classification_title": "Strong"}
    graph, report = bring(table(GENCC, row, alone, other), "gencc.tsv")
    assert report.left.counts.get("verdict", {}) == ({} if stance else {verdict: 2})
    rows = {
        (s.subject, s.object, r.source, r.stance, r.locator)
        for s in graph.statements.values()
        for r in s.evidence
        if s.subject != "HGNC:9"
    }
    ends = ("HGNC:620", "MONDO:0007750")
    assert rows == (
        {
            (*ends, "PMID:23023332", stance, "ClinGen GENCC_1"),
            (*ends, "PMID:23103230", stance, "ClinGen GENCC_1"),
            ("HGNC:1", "MONDO:0007750", "ClinGen", stance, "ClinGen GENCC_1"),
        }
        if stance
        else set()
    )
    for context in (dict(r.context) for s in graph.statements.values() for r in s.evidence):
        assert context["disease_original_title"] == "FH"
        assert "disease_original_curie" not in context  # the end itself


def test_pharmgkb_denies_what_is_not_associated_and_of_two_minds_it_qualifies(bring: Bring) -> None:
    gene = {"Entity1_id": "PA24356", "Entity1_name": "ABCB1", "Entity1_type": "Gene"}
    disease = {"Entity2_id": "PA443622", "Entity2_name": "Neoplasms", "Entity2_type": "Disease"}
    drug = {"Entity2_id": "PA451363", "Entity2_name": "simvastatin", "Entity2_type": "Chemical"}
    graph, report = bring(
        table(
            PHARMGKB,
            {**gene, **disease, "Association": "not associated", "PMIDs": "17237831"},
            {**gene, **drug, "Association": "ambiguous", "PMIDs": "17112805;18178099"},
        ),
        "relationships.tsv",
    )
    rows = {
        (s.object, r.source, r.stance) for s in graph.statements.values() for r in s.evidence
    }  # fmt: skip
    assert rows == {
        ("pharmgkb.disease:PA443622", "PMID:17237831", "disputes"),
        ("pharmgkb.drug:PA451363", "PMID:17112805", "qualifies"),
        ("pharmgkb.drug:PA451363", "PMID:18178099", "qualifies"),
    }
    assert graph.name("pharmgkb.gene:PA24356") == "ABCB1"
    assert dict(report.signs) == {"negated": 1, "unsigned": 1}


@pytest.mark.parametrize(
    ("relation", "affirmed", "stance"),
    [
        ("is_implicated_in", "is_implicated_in", "supports"),
        ("is_not_implicated_in", "is_implicated_in", "disputes"),
        ("is_not_marker_for", "is_marker_for", "disputes"),
        ("does_not_model", "is_model_of", "disputes"),
    ],
)
def test_the_alliance_denies_in_the_relation(
    relation: str, affirmed: str, stance: str, bring: Bring
) -> None:
    row = {
        "Taxon": "NCBITaxon:9606", "DBobjectType": "gene", "DBObjectID": "HGNC:16877",
        "DBObjectSymbol": "MFN2", "AssociationType": relation, "DOID": "DOID:9352",
        "DOtermName": "type 2 diabetes mellitus", "EvidenceCode": "ECO:0000501",
        "Reference": "PMID:17215403", "Source": "RGD",
    }  # fmt: skip
    comment = "#########\n# Disease\n# Source: Alliance of Genome Resources (Alliance)\n#\n"
    graph, _ = bring(comment + table(ALLIANCE, row), "DISEASE-ALLIANCE_COMBINED.tsv")
    (statement,) = graph.statements.values()
    assert (statement.predicate, statement.negated) == (affirmed, False)
    assert [(r.source, r.stance, dict(r.context)["source"]) for r in statement.evidence] == [
        ("PMID:17215403", stance, "RGD")
    ]
    gene = graph.entities["HGNC:16877"]
    assert (gene.name, gene.taxon) == ("MFN2", "NCBITaxon:9606")


def test_disgenet_says_which_database_read_the_paper(bring: Bring) -> None:
    row = {
        "geneId": "1", "geneSymbol": "A1BG", "diseaseId": "C0002736", "diseaseName": "ALS",
        "pmid": "18379433", "source": "BEFREE",
    }  # fmt: skip
    rows = ({**row}, {**row, "source": "LHGDN"}, {**row, "pmid": "NA", "source": "CTD_human"})
    graph, report = bring(table(DISGENET, *rows), "all_gene_disease_pmid_associations.tsv")
    (statement,) = graph.statements.values()
    assert (statement.subject, statement.object) == ("NCBIGene:1", "umls:C0002736")
    assert [(r.source, dict(r.context).get("source")) for r in statement.evidence] == [
        ("CTD_human", None),
        ("PMID:18379433", "BEFREE"),
        ("PMID:18379433", "LHGDN"),
    ]
    assert report.papers == 1


def test_clingen_has_a_title_and_rulers_about_its_header(bring: Bring) -> None:
    def line(*cells: str) -> str:
        return ",".join(f'"{cell}"' for cell in (*cells, *[""] * (10 - len(cells)))) + "\n"

    ruler = line(*["+++++++++++"] * 10)
    text = (
        line("CLINGEN GENE DISEASE VALIDITY CURATIONS")
        + line("FILE CREATED: 2024-05-02")
        + ruler
        + line("GENE SYMBOL", "GENE ID (HGNC)", "DISEASE LABEL", "DISEASE ID (MONDO)", "MOI", "SOP",
               "CLASSIFICATION", "ONLINE REPORT", "CLASSIFICATION DATE", "GCEP")
        + ruler
        + line("AARS1", "HGNC:20", "CMT, axonal", "MONDO:0013212", "AD", "SOP9", "Definitive", "u/1")
        + line("SNTA1", "HGNC:11167", "long QT", "MONDO:0002442", "AD", "SOP6", "Refuted", "u/2")
        + line("A2ML1", "HGNC:23336", "Noonan", "MONDO:0007893", "AD", "SOP5",
               "No Known Disease Relationship", "u/3")
    )  # fmt: skip
    graph, report = bring(text, "gene-validity.csv")
    rows = {(s.subject, r.source, r.stance) for s in graph.statements.values() for r in s.evidence}
    assert rows == {("HGNC:20", "ClinGen", "supports"), ("HGNC:11167", "ClinGen", "disputes")}
    assert graph.name("MONDO:0013212") == "CMT, axonal"
    assert report.left.counts["verdict"] == {"No Known Disease Relationship": 1}


def test_a_verdict_in_a_column_of_any_name_is_one(bring: Bring) -> None:
    """As CIViC has it, whose columns nobody but the user knows."""
    text = (
        "molecular_profile\tdisease\ttherapies\tevidence_direction\tsignificance\tcitation_id\n"
        "DNMT3A R882\tAML\tIdarubicin\tDoes Not Support\tResistance\t22417203\n"
        "PDGFRA D842V\tGIST\tImatinib\tSupports\tResistance\t15928335\n"
    )
    columns = (("subject", "molecular_profile"), ("object", "therapies"),
               ("predicate", "significance"), ("papers", "citation_id"))  # fmt: skip
    graph, _ = bring(text, "civic.tsv", columns=columns)
    rows = {(r.source, r.stance) for s in graph.statements.values() for r in s.evidence}
    assert rows == {("PMID:22417203", "disputes"), ("PMID:15928335", "supports")}
