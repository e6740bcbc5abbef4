"""Search finds what people type, and says why."""

from __future__ import annotations

import pytest

from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.lookup import search, source
from trabecula.model import Entity, Evidence, Source, Statement, Xref

GRAPH = Graph(
    [
        Entity(
            id="calcitriol", name="calcitriol", category="chemical",
            synonyms=("1,25(OH)2D", "active vitamin D"), xrefs=(Xref("exact", "CHEBI:17823"),),
        ),
        Entity(id="calcidiol", name="calcidiol", category="chemical", synonyms=("25(OH)D",)),
        Entity(id="calcium", name="calcium", category="chemical"),
        Entity(id="parathyroid-hormone", name="parathyroid hormone", category="protein", synonyms=("PTH",)),
        Entity(
            id="calcitonin", name="calcitonin", category="protein",
            description="A hormone of the thyroid gland.", xrefs=(Xref("broad", "CHEBI:3306"),),
        ),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first", "why"),
    [
        ("calcitrol", "calcitriol", 'name "calcitriol" is spelt like it'),
        ("Calcitriol", "calcitriol", 'name "calcitriol"'),
        ("CHEBI:17823", "calcitriol", 'identifier "CHEBI:17823"'),
        ("chebi:17823", "calcitriol", 'identifier "CHEBI:17823"'),
        ("pth", "parathyroid-hormone", 'synonym "PTH"'),
        ("25 oh d", "calcidiol", 'synonym "25(OH)D"'),
        ("1,25(OH)₂D", "calcitriol", 'synonym "1,25(OH)2D"'),
        ("vitamin d", "calcitriol", 'synonym "active vitamin D" contains it'),
        ("calci", "calcium", 'name "calcium" begins with it'),
        ("hormone parathyroid", "parathyroid-hormone", 'name "parathyroid hormone" is spelt like it'),
        ("thyroid gland", "calcitonin", "mentioned in the description"),
    ],
)  # fmt: skip
def test_the_first_hit_is_what_was_meant(typed: str, first: str, why: str) -> None:
    hit = search(GRAPH, typed)[0]
    assert (hit.entity.id, hit.why) == (first, why)


def test_an_identifier_of_something_broader_is_found_as_what_it_is() -> None:
    assert [hit.why for hit in search(GRAPH, "CHEBI:3306")] == ['broad match "CHEBI:3306"']


@pytest.mark.parametrize(
    "typed",
    [
        "CHEBI_17823", "obo:CHEBI_17823", "https://purl.obolibrary.org/obo/CHEBI_17823",
        "<http://purl.obolibrary.org/obo/CHEBI_17823>", "https://identifiers.org/chebi/CHEBI:17823",
        "https://bioregistry.io/chebi:17823", "chebi 17823",
    ],
)  # fmt: skip
def test_an_identifier_is_found_however_it_was_pasted(typed: str) -> None:
    assert [hit.entity.id for hit in search(GRAPH, typed)][:1] == ["calcitriol"]
    assert GRAPH.get(typed).id == "calcitriol"


def test_an_identifier_that_only_comes_near_is_suggested_and_not_taken() -> None:
    with pytest.raises(
        NotFound, match=r"no entity is called 'CHEBI_3306'; did you mean calcitonin\?"
    ):
        GRAPH.get("CHEBI_3306")


@pytest.mark.parametrize(
    "typed",
    [
        "PMID:1234", "pmid:1234", "PMID 1234", "https://pubmed.ncbi.nlm.nih.gov/1234/",
        "http://www.ncbi.nlm.nih.gov/pubmed/1234", "doi:10.1000/abc(1)", "10.1000/ABC(1)",
        "https://doi.org/10.1000/ABC(1)", "http://dx.doi.org/10.1000%2Fabc%281%29", "PMC77",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC77/",
    ],
)  # fmt: skip
def test_a_source_is_found_by_any_of_its_identifiers(typed: str) -> None:
    paper = Source(id="PMID:1234", xrefs=("doi:10.1000/Abc(1)", "PMCID:PMC77"))
    graph = Graph([paper, Source(id="doi:10.1000/other"), Source(id="article")])
    assert source(graph, typed) == graph.sources[paper.id]
    part = Graph(
        [
            *graph,
            Statement(
                subject="a",
                predicate="requires",
                object="b",
                evidence=(Evidence(source="PMID:1234"),),
            ),
        ]
    )
    assert len(part.select(f'source("{typed}")')) == 1


def test_a_text_that_names_no_source_finds_none() -> None:
    assert source(Graph([Source(id="PMID:1")]), "PMID:2") is None
    assert source(Graph([Source(id="PMID:1")]), "") is None


def test_an_identifier_of_another_number_is_no_hit() -> None:
    assert search(GRAPH, "CHEBI:3307") == search(GRAPH, "CHEBI:17824") == []


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy"])
def test_nothing_is_found_where_there_is_nothing(typed: str) -> None:
    assert search(GRAPH, typed) == []


def test_hits_are_limited_and_in_a_fixed_order() -> None:
    found = [hit.entity.id for hit in search(GRAPH, "calc")]
    assert found == ["calcium", "calcidiol", "calcitonin", "calcitriol"]
    assert [hit.entity.id for hit in search(GRAPH, "calc", limit=2)] == found[:2]
