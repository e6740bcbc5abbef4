"""Hetnets, DrugMechDB, dismech and PhysioMap."""

from __future__ import annotations

from typing import Any

import pytest
from tests.formats.conftest import Bring, left, said, triples

from trabecula.errors import FormatError

# --- Hetnets --------------------------------------------------------------------------------

HETNET: dict[str, Any] = {
    "metanode_kinds": ["Disease", "Gene", "Tissue"],
    "metaedge_tuples": [["Gene", "Disease", "association", "both"]],
    "nodes": [
        {"kind": "Gene", "identifier": 3659, "name": "IRF1", "data": {"description": "a gene"}},
        {"kind": "Gene", "identifier": 7341, "name": "SUMO1", "data": {"chromosome": "2"}},
        {"kind": "Disease", "identifier": "Multiple Sclerosis", "name": "Multiple Sclerosis", "data": {}},
        {"kind": "Tissue", "identifier": "3659", "name": "odd", "data": {}},
    ],
    "edges": [
        {"source_id": ["Gene", 7341], "target_id": ["Gene", 3659], "kind": "interaction",
         "direction": "both", "data": {"pubmed_ids": [1, 2], "sources": ["HI-I-05"], "unbiased": True}},
        {"source": ["Gene", 3659], "target": ["Disease", "Multiple Sclerosis"], "kind": "association",
         "direction": "both", "data": {"sources": ["DisGeNET", "DOAF"], "score": 0.5}},
        {"source_id": ["Disease", "Multiple Sclerosis"], "target_id": ["Gene", 3659],
         "kind": "upregulates", "direction": "both", "data": {}},
        {"source_id": ["Gene", 3659], "target_id": ["Gene", 7341], "kind": "regulates",
         "direction": "backward", "data": {"z": 2}},
    ],
}  # fmt: skip


def test_a_hetnet_comes_in(bring: Bring) -> None:
    graph, report = bring(HETNET)
    assert (report.format, report.nodes, report.rows) == ("hetionet", 4, 4)
    assert {(s, p.partition("-")[0], o) for s, p, o in said(graph)} == {
        ("IRF1", "interaction", "SUMO1"),
        ("IRF1", "association", "Multiple Sclerosis"),
        ("Multiple Sclerosis", "Disease", "IRF1"),
        ("SUMO1", "regulates", "IRF1"),
    }
    assert {"NCBIGene:3659", "NCBIGene:7341"} <= set(graph.entities)
    assert (report.evidence, report.papers, report.signs["positive"]) == (4, 2, 1)
    assert left(report) == {
        "1 node attribute was left out: chromosome (1)",
        "1 edge attribute was left out: z (1)",
    }


def test_what_is_wrong_in_a_hetnet_is_said_with_its_place(bring: Bring) -> None:
    edge = {"source_id": ["Gene", 1], "target_id": ["Gene", 3659], "kind": "x", "direction": "both"}
    document = {
        **HETNET,
        "edges": [edge, {**edge, "source_id": ["Gene", 3659], "direction": "up"}, 3],
    }
    with pytest.raises(FormatError) as caught:
        bring(document)
    assert [(p.where.rpartition(": ")[2], p.what) for p in caught.value.problems] == [
        ("edges[0]", "the edge ends in Gene 1, which is no node"),
        ("edges[1]", "the direction is 'up'"),
        ("edges[2]", "an edge has no ends or no kind"),
    ]


# --- DrugMechDB -----------------------------------------------------------------------------

PATHS = """
-   directed: true
    comment: by hand
    graph: {_id: DB00001_MESH_D1_1, disease: Pain, disease_mesh: MESH:D1, drug: drug, drug_mesh: MESH:D2, drugbank: DB:DB00001}
    links:
    -   {key: decreases activity of, source: MESH:D2, target: UniProt:P23219}
    -   {key: causes, source: UniProt:P23219, target: MESH:D1}
    multigraph: true
    nodes:
    -   {id: MESH:D2, label: Drug, name: drug, alt_ids: [DB:DB00001]}
    -   {id: UniProt:P23219, label: Protein, name: Cox-1}
    -   {id: MESH:D1, label: Disease, name: Pain}
    reference:
    - https://go.drugbank.com/drugs/DB00001#mechanism-of-action
    - https://www.ncbi.nlm.nih.gov/pubmed/12345
-   directed: true
    graph: {disease: Fever, disease_mesh: MESH:D3, drug: drug, drug_mesh: MESH:D2}
    links:
    -   {key: decreases activity of, source: MESH:D2, target: UniProt:P23219}
    multigraph: true
    nodes:
    -   {id: MESH:D2, label: Drug, name: drug}
    -   {id: UniProt:P23219, label: Protein, name: COX}
"""


def test_links_of_drugmechdb_cite_the_references_of_their_path(bring: Bring) -> None:
    graph, report = bring(PATHS)
    assert (report.format, report.rows, report.statements) == ("drugmechdb", 3, 2)
    assert triples(graph) == {
        ("MESH:D2", "decreases_activity_of", "UniProtKB:P23219"),
        ("UniProtKB:P23219", "causes", "MESH:D1"),
    }
    assert (report.signs["positive"], report.signs["negative"]) == (1, 1)
    cox = graph.entities["UniProtKB:P23219"]
    assert (cox.name, cox.synonyms, cox.category) == ("Cox-1", ("COX",), "protein")
    assert (report.evidence, report.papers) == (4, 1)
    assert [xref.curie for xref in graph.entities["MESH:D2"].xrefs] == ["drugbank:DB00001"]
    assert left(report) == {"1 attribute of a path was left out: comment (1)"}


def test_a_link_to_nothing_is_refused_with_its_path(bring: Bring) -> None:
    with pytest.raises(FormatError, match=r"path 1, links\[1\]: the link ends in 'MESH:D1'"):
        bring(PATHS.replace("    -   {id: MESH:D1, label: Disease, name: Pain}\n", ""))


# --- dismech --------------------------------------------------------------------------------

DISORDER = """
name: Rickets
category: Mendelian
disease_term: {preferred_term: rickets, term: {id: MONDO:0005520, label: rickets}}
pathophysiology:
- name: Low phosphate
  description: Too little of it.
  genes:
  - preferred_term: FGF23
    term: {id: hgnc:3680, label: FGF23}
  biological_processes:
  - preferred_term: bone mineralization
    modifier: DECREASED
    term: {id: GO:0030282, label: bone mineralization}
  evidence:
  - {reference: PMID:1, reference_title: A title, supports: SUPPORT, snippet: "x", explanation: It does.}
  - {reference: PMID:2, supports: NO_EVIDENCE, snippet: "x"}
  downstream:
  - target: Bowing
    causal_link_type: DIRECT
    evidence:
    - {reference: PMID:3, supports: REFUTE, explanation: It does not.}
    - {reference: PMID:4, supports: PARTIAL}
  - target: Pain
phenotypes:
- name: Bowing
  phenotype_term: {preferred_term: Bowing, term: {id: HP:0002979, label: Bowing of the legs}}
treatments:
- name: Burosumab
  target_mechanisms:
  - {target: Low phosphate, treatment_effect: INHIBITS}
"""


def test_a_disorder_comes_in_with_who_supports_and_who_disputes(bring: Bring) -> None:
    graph, report = bring(DISORDER)
    assert (report.format, graph.about.title) == ("dismech", "Rickets")
    assert said(graph) == {
        ("Low phosphate", "has_participant", "FGF23"),
        ("Low phosphate", "decreases", "bone mineralization"),
        ("Low phosphate", "causes", "Bowing"),
        ("Low phosphate", "causes", "Pain"),
        ("Rickets", "has_participant", "Low phosphate"),
        ("Rickets", "has_phenotype", "Bowing"),
        ("Rickets", "is_treated_with", "Burosumab"),
        ("Burosumab", "INHIBITS", "Low phosphate"),
    }
    [causes] = [
        s for s in graph.statements.values() if s.object == "HP:0002979" and s.predicate == "causes"
    ]
    assert {row.source: row.stance for row in causes.evidence} == {
        "PMID:3": "disputes",
        "PMID:4": "qualifies",
    }
    assert graph.sources["PMID:1"].title == "A title"
    assert left(report) == {
        "1 section was left out: category (1)",
        "1 evidence was left out: NO_EVIDENCE (1)",
    }


def test_drugs_of_dismech_that_have_one_term_stay_several_treatments(bring: Bring) -> None:
    """The term of most is that drugs are given, which none of them is."""
    graph, _ = bring("""
name: Hypertension
disease_term: {preferred_term: x, term: {id: MONDO:0005044, label: x}}
pathophysiology:
- name: Vasoconstriction
- name: Volume expansion
treatments:
- name: Losartan
  treatment_term: {preferred_term: drugs, term: {id: MAXO:0000058, label: pharmacotherapy}}
  target_mechanisms:
  - {target: Vasoconstriction, treatment_effect: INHIBITS}
- name: Furosemide
  treatment_term:
    preferred_term: drugs
    term: {id: MAXO:0000058, label: pharmacotherapy}
    therapeutic_agent:
    - {preferred_term: furosemide, term: {id: CHEBI:47426, label: furosemide}}
  target_mechanisms:
  - {target: Volume expansion, treatment_effect: INHIBITS}
- name: Salt Restriction
  treatment_term: {preferred_term: salt restriction, term: {id: MAXO:0000121, label: less salt}}
""")
    assert {triple for triple in said(graph) if triple[1] == "INHIBITS"} == {
        ("Losartan", "INHIBITS", "Vasoconstriction"),
        ("Furosemide", "INHIBITS", "Volume expansion"),
    }
    kinds = {e.name: (e.id, [(x.match, x.curie) for x in e.xrefs]) for e in graph.entities.values()}
    assert kinds["Losartan"][1] == [("broad", "MAXO:0000058")]
    assert kinds["Furosemide"][1] == [("broad", "MAXO:0000058"), ("related", "CHEBI:47426")]
    assert kinds["Salt Restriction"] == ("MAXO:0000121", [])


def test_how_a_phenotype_of_dismech_is_changed_narrows_it(bring: Bring) -> None:
    graph, _ = bring("""
name: Rickets
disease_term: {preferred_term: x, term: {id: MONDO:0005520, label: x}}
phenotypes:
- name: Weak muscles
  phenotype_term: {preferred_term: x, modifier: DECREASED, term: {id: HP:0001324, label: x}}
biochemical:
- name: Calcium
  presence: Low
  biomarker_term: {preferred_term: x, modifier: DECREASED, term: {id: CHEBI:29108, label: x}}
""")
    assert {s.object: s.qualifiers for s in graph.statements.values()} == {
        "HP:0001324": (("modifier", "decreased"),),
        "CHEBI:29108": (("modifier", "decreased"), ("presence", "Low")),
    }


def test_how_sure_dismech_is_of_a_link_is_told_with_its_evidence(bring: Bring) -> None:
    graph, _ = bring("""
name: Photic sneezing
disease_term: {preferred_term: x, term: {id: MONDO:0007873, label: x}}
pathophysiology:
- name: Spread to the nose
  mechanism_confidence: HYPOTHETICAL
  evidence:
  - {reference: PMID:1, supports: PARTIAL}
  downstream:
  - target: Sneezing
    causal_link_type: UNKNOWN
    hypothesis_groups: [spread]
    evidence:
    - {reference: PMID:2, supports: PARTIAL}
""")
    told = {s.predicate: dict(row.context) for s in graph.statements.values() for row in s.evidence}
    assert told == {
        "has_participant": {"mechanism_confidence": "hypothetical"},
        "causes": {
            "causal_link_type": "UNKNOWN",
            "hypothesis_groups": "spread",
            "mechanism_confidence": "hypothetical",
        },
    }


EXCLUDED = """
name: Hirschsprung disease
disease_term: {preferred_term: x, term: {id: MONDO:0018309, label: x}}
pathophysiology:
- name: Aganglionosis
  cell_types:
  - {preferred_term: enteric neuron, modifier: ABSENT, term: {id: CL:0007011, label: enteric neuron}}
phenotypes:
- name: Dysostosis multiplex
  frequency: EXCLUDED
  phenotype_term: {preferred_term: x, term: {id: HP:0000943, label: x}}
  evidence:
  - {reference: PMID:1, supports: SUPPORT}
  - {reference: PMID:2, supports: REFUTE}
- name: Fever
  frequency: FREQUENT
  phenotype_term: {preferred_term: x, modifier: ABSENT, term: {id: HP:0001945, label: x}}
- name: Constipation
  frequency: FREQUENT
  phenotype_term: {preferred_term: x, term: {id: HP:0002019, label: x}}
"""


def test_a_phenotype_of_dismech_that_is_excluded_is_denied(bring: Bring) -> None:
    graph, report = bring(EXCLUDED)
    rows = {
        s.object: (s.qualifiers, [(r.source, r.stance) for r in s.evidence])
        for s in graph.statements.values()
        if s.predicate != "has_participant" or s.object.startswith("CL")
    }
    assert rows == {
        "CL:0007011": ((("modifier", "absent"),), []),
        "HP:0000943": ((), [("PMID:1", "disputes")]),
        "HP:0001945": ((), [("file", "disputes")]),
        "HP:0002019": ((), []),
    }
    assert left(report) == {
        "1 attribute was left out: frequency (2)",
        "1 evidence was left out: against a denial (1)",
    }


@pytest.mark.parametrize(
    ("kind", "predicate", "stance"),
    [
        ("CAUSATIVE", "contributes_to", "supports"),
        ("RISK_FACTOR", "contributes_to", "supports"),
        ("DISPUTED", "contributes_to", "disputes"),
        ("PROTECTIVE", "biolink:genetically_associated_with", "supports"),
        ("UNKNOWN", "biolink:genetically_associated_with", "supports"),
    ],
)
def test_a_gene_of_dismech_is_to_a_disorder_what_its_relationship_says(
    kind: str, predicate: str, stance: str, bring: Bring
) -> None:
    graph, report = bring(f"""
name: Rickets
disease_term: {{preferred_term: x, term: {{id: MONDO:0005520, label: rickets}}}}
pathophysiology: []
genetic:
- name: PHEX
  gene_term: {{preferred_term: PHEX, term: {{id: hgnc:8918, label: PHEX}}}}
  relationship_type: {kind}
  evidence:
  - {{reference: PMID:1, supports: SUPPORT}}
""")
    (statement,) = graph.statements.values()
    assert (statement.predicate, statement.evidence[0].stance) == (predicate, stance)
    assert dict(report.signs) == {"negated" if stance == "disputes" else "unsigned": 1}
    assert dict(statement.qualifiers) == (
        {} if predicate == "contributes_to" else {"relationship_type": kind.casefold()}
    )


def test_what_dismech_tells_of_exposures_and_biomarkers_is_part_of_what_they_are(
    bring: Bring,
) -> None:
    graph, _ = bring("""
name: Ulcerative colitis
disease_term: {preferred_term: x, term: {id: MONDO:0005101, label: x}}
environmental:
- name: Smoking
  effect: Protective in current smokers
  exposure_term: {preferred_term: x, term: {id: ECTO:6000029, label: smoking}}
  evidence: []
- name: Antibiotics
  effect: Potential trigger for flare-ups
  environment_term: {preferred_term: x, term: {id: ECTO:9000067, label: antibiotics}}
biochemical:
- {name: Albumin, presence: Decreased}
""")
    assert {(s.subject, s.predicate, s.qualifiers) for s in graph.statements.values()} == {
        ("ECTO:6000029", "biolink:associated_with", (("effect", "Protective in current smokers"),)),
        ("ECTO:9000067", "contributes_to", ()),
        ("MONDO:0005101", "has_phenotype", (("presence", "Decreased"),)),
    }


def test_evidence_that_says_neither_is_refused_with_its_place(bring: Bring) -> None:
    with pytest.raises(
        FormatError, match=r"pathophysiology\[0\].evidence\[0\]: supports is 'MAYBE'"
    ):
        bring(DISORDER.replace("supports: SUPPORT", "supports: MAYBE"))


# --- PhysioMap ------------------------------------------------------------------------------

MAP: dict[str, Any] = {
    "causal_edges": [
        {"id": "i:1", "source": "renin", "target": "ang", "sign": "+", "prov_source": "Core"},
        {"id": "i:2", "source": "renin", "target": "ang", "sign": "-", "prov_source": "Core"},
        {"id": "i:3", "source": "ang", "target": "renin", "sign": "?"},
    ],
    "production_edges": [
        {"source": "cell", "target": "renin", "sign": "+"},
        {"source": "renin", "target": "ang", "sign": "+"},
    ],
    "constitutive_edges": [{"micro": "cell", "macro": "renin", "sign": "-"}],
    "quantitative_definitions": [
        {"result": "sum", "arguments": [{"node": "renin", "derivative_sign": "−"}]}
    ],
    "nodes": [
        {"id": name, "label": name.upper(), "entity_iri": "CHEBI:1"} for name in ("renin", "ang")
    ],
    "synonyms": {"renin": ["r"]},
    "stats": {"n": 1},
}


def test_a_map_of_physiology_comes_in_with_its_signs(bring: Bring) -> None:
    graph, report = bring(MAP)
    assert report.format == "physiomap"
    assert triples(graph) == {
        ("renin", "increases", "ang"), ("renin", "decreases", "ang"), ("ang", "causal", "renin"),
        ("cell", "increases", "renin"), ("cell", "decreases", "renin"), ("renin", "decreases", "sum"),
    }  # fmt: skip
    assert dict(report.signs) == {"positive": 2, "negative": 3, "unsigned": 1}
    assert left(report) == {
        "1 section was left out: stats (1)",
        "1 edge whose influence is written down was left out: production (1)",
    }


def test_evidence_that_a_map_keeps_elsewhere_is_counted(bring: Bring) -> None:
    more = {"_detail_bucket": "f", "modulated": True, "definitional": False}
    edge = {"source": "renin", "target": "ang", "sign": "+", "kind": "causal", **more}
    _, report = bring({"causal_edges": [edge], "nodes": MAP["nodes"]})
    assert left(report) == {
        "1 evidence in another file was left out: details/f.json (1)",
        "1 edge attribute was left out: modulated (1)",
    }


def test_a_sign_that_is_none_is_refused_with_its_place(bring: Bring) -> None:
    edge = {"source": "a", "target": "b", "sign": "up"}
    with pytest.raises(FormatError, match=r"causal_edges\[0\]: the sign is 'up'"):
        bring({**MAP, "causal_edges": [edge]})


def test_addresses_in_one_line_are_sources_of_their_own(bring: Bring) -> None:
    text = """
- directed: true
  graph: {drug: a, disease: b, drugbank: "DB:DB01", drug_mesh: "MESH:D1"}
  nodes: [{id: "MESH:D1", label: Drug, name: a}, {id: "MESH:D2", label: Disease, name: b}]
  links: [{key: treats, source: "MESH:D1", target: "MESH:D2"}]
  reference: https://go.drugbank.com/drugs/DB01#BE0 https://pubmed.ncbi.nlm.nih.gov/7/
    https://en.wikipedia.org/wiki/1,4-Dioxane
"""
    graph, report = bring(text, "paths.yaml")
    [statement] = graph.statements.values()
    assert [row.source for row in statement.evidence] == [
        "PMID:7",
        "https://en.wikipedia.org/wiki/1,4-Dioxane",
        "https://go.drugbank.com/drugs/DB01#BE0",
    ]
    assert report.papers == 1


def test_a_disorder_of_dismech_without_mechanisms_is_told_by_its_term(bring: Bring) -> None:
    graph, report = bring("""
name: Acatalasia
disease_term: {preferred_term: acatalasia, term: {id: "MONDO:0013571"}}
synonyms: [Catalase deficiency]
phenotypes:
- name: Oral ulcer
  phenotype_term: {term: {id: "HP:0000155", label: Oral ulcer}}
  evidence: [{reference: "PMID:7", supports: SUPPORT, snippet: "May be present."}]
""", "acatalasia.yaml")  # fmt: skip
    assert (report.format, triples(graph)) == (
        "dismech",
        {("MONDO:0013571", "has_phenotype", "HP:0000155")},
    )
    [row] = [row for s in graph.statements.values() for row in s.evidence]
    assert (row.source, row.summary) == ("PMID:7", "May be present.")
    assert graph.entities["MONDO:0013571"].synonyms == ("Catalase deficiency",)


def test_a_mechanism_of_dismech_may_name_one_gene(bring: Bring) -> None:
    graph, _ = bring("""
name: Acatalasia
pathophysiology:
- name: Variants of CAT
  gene: {preferred_term: CAT, term: {id: "hgnc:1516", label: CAT}}
  evidence: [{reference: "PMID:7", supports: SUPPORT}]
""", "acatalasia.yaml")  # fmt: skip
    assert ("Variants of CAT", "has_participant", "CAT") in said(graph)
