"""Records enter a graph in one spelling, so that no row gets two verdicts by how it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError, VocabularyError
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Record, Source, Statement, Xref
from trabecula.reason.audit import audit
from trabecula.regular import regular

PLAIN = Evidence(
    source="PMID:1", strength="direct", method="randomised-trial", species="human", system="in-vivo",
    context=(("intake", "dietary"), ("severity", "mild")), locator="Intro",
)  # fmt: skip
CLAIM = Statement(
    subject="CHEBI:1", predicate="positively_correlated_with", object="bone",
    qualifiers=(("duration", "long-term"), ("sex", "male")), topic="t", evidence=(PLAIN,),
)  # fmt: skip

SPELLINGS: dict[str, list[object]] = {
    "source": [
        "pmid:1", "PubMed:1", "PMID:01", " PMID: 1", "PMID:PMID:1", "MEDLINE:1",
        "https://pubmed.ncbi.nlm.nih.gov/1/", "http://www.ncbi.nlm.nih.gov/pubmed/1",
        "https://identifiers.org/pubmed:1", "https://bioregistry.io/pmid:1",
        "https://europepmc.org/article/MED/1", "https://pubmed.ncbi.nlm.nih.gov/1/?from=x#y",
    ],
    "stance": ["Supports", "SUPPORTS", " supports\N{NO-BREAK SPACE}", "supports&nbsp;"],
    "strength": ["Direct", "direct ", "\N{ZERO WIDTH SPACE}direct"],
    "method": [
        "RCT", "rct", "Randomised trial", "randomized-trial", "randomised_trial",
        "randomised\N{NON-BREAKING HYPHEN}trial",
    ],
    "species": [
        "Human", "humans", "Homo sapiens", "homo  sapiens", "H. sapiens", "NCBITaxon:9606",
        "ncbitaxon:9606", "taxon:9606", "9606", "http://purl.obolibrary.org/obo/NCBITaxon_9606",
        "https://purl.obolibrary.org/obo/NCBITaxon_9606", "Homo\N{NO-BREAK SPACE}sapiens",
    ],
    "system": ["In vivo", "in_vivo", "IN-VIVO"],
    "context": [
        (("severity", "mild"), ("intake", "dietary")),
        (("Severity", "Mild"), ("Intake", "dietary ")),
        (("severity", "mild"), ("severity", "mild"), ("INTAKE", "DIETARY")),
    ],
    "locator": ["Intro ", "\N{NO-BREAK SPACE}Intro"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, all_ in SPELLINGS.items() for value in all_]
)
def test_a_row_of_evidence_is_the_same_however_it_is_spelt(field: str, value: object) -> None:
    spelt = replace(PLAIN, **{field: value})
    assert regular(replace(CLAIM, evidence=(spelt,))) == CLAIM
    assert len(Graph([CLAIM, replace(CLAIM, evidence=(spelt,))]).out("CHEBI:1")[0].evidence) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "chebi:1"),
        ("subject", "CHEBI:CHEBI:1"),
        ("subject", "http://purl.obolibrary.org/obo/CHEBI_1"),
        ("subject", "https://purl.obolibrary.org/obo/CHEBI_1"),
        ("object", "https://w3id.org/trabecula/entity/bone"),
        ("object", "entity:bone"),
        ("predicate", "Positively correlated with"),
        ("predicate", "tb:positively_correlated_with"),
        ("predicate", "https://w3id.org/trabecula/ontology#positively_correlated_with"),
        ("predicate", "positively-correlated-with"),
        ("predicate", "Correlates positively with"),
        ("qualifiers", (("sex", "male"), ("duration", "long-term"))),
        ("qualifiers", (("Sex", "Male"), ("duration", "Long term"))),
        ("topic", "t "),
    ],
)
def test_a_statement_is_the_same_however_it_is_spelt(field: str, value: object) -> None:
    spelt = regular(replace(CLAIM, **{field: value}))
    assert (spelt, spelt.id) == (CLAIM, CLAIM.id)


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        (Entity(id="CHEBI:1", name="a", category="chemical"), "id", "chebi:1"),
        (Entity(id="a", name="a", category="process"), "category", "Process "),
        (Entity(id="a", name="a", category="x", taxon="NCBITaxon:9606"), "taxon", "Homo sapiens"),
        (Entity(id="a", name="a", category="x", taxon="NCBITaxon:9606"), "taxon", "taxon:9606"),
        (
            Entity(id="a", name="a", category="x", xrefs=(Xref("exact", "GO:0000001"),)),
            "xrefs",
            (Xref("Exact", "go:0000001"),),
        ),
        (Source(id="doi:10.1/abc"), "id", "DOI:10.1/ABC"),
        (Source(id="doi:10.1000/abc"), "id", "10.1000/ABC"),
        (Source(id="doi:10.1/abc"), "id", "https://dx.doi.org/10.1/Abc"),
        (Source(id="doi:10.1/abc"), "id", "doi:https://doi.org/10.1/abc"),
        (
            Source(id="doi:10.1002/(sici)1097-0142(19960401)77:7<1356::aid-cncr20>3.0.co;2-#"),
            "id",
            "https://doi.org/10.1002/(SICI)1097-0142(19960401)77:7%3C1356::AID-CNCR20%3E3.0.CO;2-%23",
        ),
        (Source(id="PMCID:PMC12"), "id", "PMC12"),
        (Source(id="PMCID:PMC12"), "id", "pmc:12"),
        (Source(id="PMCID:PMC12"), "id", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12/"),
        (Source(id="PMCID:PMC12"), "id", "https://pmc.ncbi.nlm.nih.gov/articles/PMC12"),
        (Source(id="isbn:9780306406157"), "id", "ISBN:0-306-40615-2"),
        (Source(id="isbn:9780306406157"), "id", "isbn:978-0-306-40615-7"),
        (Source(id="clinicaltrials:NCT00222573"), "id", "nct:nct00222573"),
        (Source(id="clinicaltrials:NCT00222573"), "id", "NCT00222573"),
        (Source(id="arxiv:0807.4956v1"), "id", "arXiv:0807.4956v1"),
        (Source(id="arxiv:0807.4956"), "id", "https://arxiv.org/pdf/0807.4956.pdf"),
        (
            Source(id="a", xrefs=("doi:10.1/a", "PMID:1")),
            "xrefs",
            ("DOI:10.1/A", "pmid:1", "PMID:01"),
        ),
        (Source(id="a", study_type="randomised-trial"), "study_type", "RCT"),
        (Source(id="a", kind="further"), "kind", "Further "),
        (Source(id="a", year="2015"), "year", "2015.0"),
    ],
)
def test_an_entity_or_a_source_is_the_same_however_it_is_spelt(
    record: Record, field: str, value: object
) -> None:
    assert regular(replace(record, **{field: value})) == record
    assert regular(record) is record


@pytest.mark.parametrize(
    "record",
    [
        # What no registry here knows, or what does not fit, is kept as it is.
        Entity(id="X:1", name=" a  b ", category="biolink:Gene", taxon="zebrafish"),
        Entity(id="Bone", name="a", category="x"),
        Entity(id="chebi:calcitriol", name="a", category="x"),
        Entity(id="https://example.org/a?b=c", name="a", category="x"),
        Source(id="PMID:KEGG-ECM", title=" kept "),
        Source(id="isbn:0-306-40615-3", year="about 2015.0"),
        Statement(subject="X:1", predicate="biolink:affects", object="x:1",
                  qualifiers=(("Way", "up \u200d"), ("species", "yeast"))),
        Statement(subject="a\tb", predicate="do\tso", object="a b"),
        Statement(subject="https://w3id.org/trabecula/entity/A%20b", predicate="",
                  object="https://w3id.org/trabecula/entity/"),
    ],
)  # fmt: skip
def test_what_nobody_here_knows_is_kept(record: Record) -> None:
    assert regular(record) is record


@pytest.mark.parametrize(
    ("spelt", "plain"),
    [
        ("tb:foo_bar", "foo_bar"),
        ("https://w3id.org/trabecula/ontology#foo_bar", "foo_bar"),
        ("https://w3id.org/biolink/vocab/affects", "biolink:affects"),
    ],
)
def test_a_predicate_is_the_same_before_and_after_it_was_rdf(
    spelt: str, plain: str, tmp_path: Path
) -> None:
    graph = Graph([Statement(subject="owl:a", predicate=spelt, object="entity:b")])
    (statement,) = graph.statements.values()
    assert (statement.predicate, statement.object) == (plain, "b")
    formats.write(graph, tmp_path / "a.nt")
    assert formats.load(tmp_path / "a.nt") == graph


def test_a_regular_record_stays_as_it_is(shipped: Graph, tiny: Graph) -> None:
    for record in (*shipped, *tiny):
        assert regular(record) is record


def test_a_stance_that_is_none_is_refused_and_does_not_count_for_nobody() -> None:
    with pytest.raises(VocabularyError, match="unknown stance 'agrees'; known: supports, disputes"):
        Graph([replace(CLAIM, evidence=(replace(PLAIN, stance="agrees"),))])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Source(id="pmid:1", title="a"), Source(id="PMID:01", title="b")),
        (
            Entity(id="chebi:1", name="a", category="food"),
            Entity(id="http://purl.obolibrary.org/obo/CHEBI_1", name="b", category="food"),
        ),
    ],
)
def test_two_records_of_one_identifier_are_an_error_that_names_both(
    first: Entity | Source, second: Entity | Source
) -> None:
    with pytest.raises(FormatError) as caught:
        Graph([first, second])
    (problem,) = caught.value.problems
    assert problem.code == "two-spellings"
    assert problem.what.startswith(f"{first.id!r} and {second.id!r} are one identifier")
    assert (
        len(list(Graph([first, replace(second, id=first.id)]))) == 1
    )  # the right-hand record wins
    assert len(list(Graph([first, replace(first, id=second.id)]))) == 1


_SPELT = {
    "human": "NCBITaxon:9606", "title-only": "Title only", "direct": "Direct",
    "randomised-trial": "RCT", "in-vivo": "In vivo",
}  # fmt: skip


@pytest.mark.parametrize("suffix", ["json", "ttl", "nq", "rdf", "jsonld"])
def test_the_verdict_does_not_depend_on_the_spelling_in_a_file(suffix: str, tmp_path: Path) -> None:
    rows = (
        Evidence(source="article", strength="asserted"),
        PLAIN,
        replace(PLAIN, stance="disputes", strength="title-only"),
    )
    path = tmp_path / f"graph.{suffix}"
    formats.write([replace(CLAIM, evidence=rows)], path)
    graph, text = formats.load(path), path.read_text("utf-8")
    for plain, other in _SPELT.items():
        assert plain in text
        text = text.replace(f'"{plain}"', f'"{other}"').replace(f">{plain}<", f">{other}<")
        assert other in text
    path.write_text(text, "utf-8")
    spelt = formats.load(path)
    assert spelt == graph
    assert audit(spelt.columns, spelt.names) == audit(graph.columns, graph.names)


def test_a_stance_in_other_letters_is_refused_by_the_files_that_list_the_stances(
    tmp_path: Path,
) -> None:
    path = tmp_path / "graph.json"
    formats.write([CLAIM], path)
    path.write_text(path.read_text("utf-8").replace('"supports"', '"Supports"'), "utf-8")
    with pytest.raises(FormatError, match="has the stance 'Supports': use one of supports"):
        formats.load(path)
