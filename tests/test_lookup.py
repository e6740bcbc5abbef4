"""Search finds what people type, and says why."""

from __future__ import annotations

from typing import Any

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


@pytest.mark.parametrize("limit", [0, -1])
def test_less_than_one_hit_cannot_be_asked_for(limit: int) -> None:
    with pytest.raises(ValueError, match=f"^{limit} is no number of hits: give 1 or more$"):
        search(GRAPH, "calcitriol", limit=limit)


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
    keys = [hit.entity.id for hit in search(GRAPH, "calc")]
    assert keys == ["calcium", "calcidiol", "calcitonin", "calcitriol"]
    assert [hit.entity.id for hit in search(GRAPH, "calc", limit=2)] == keys[:2]


def best(typed: str, **fields: Any) -> tuple[str, str, float] | None:
    """By which field an entity answers to what was typed, how, and how well."""
    entity = Entity(**{"id": "q1", "name": "zzzz", "category": "cell", **fields})
    hits = search(Graph([entity]), typed)
    return (hits[0].field, hits[0].how, round(hits[0].score, 3)) if hits else None


@pytest.mark.parametrize(
    ("typed", "name", "how", "score"),
    [
        ("calcium", "calcium", "is", 100),
        ("calc", "calcium", "begins with", 95),
        # At a word within the name, for which two letters are needed.
        ("bone", "human bone mass", "contains", 90),
        ("bo", "human bone mass", "contains", 90),
        ("b", "human bone mass", "", 0),
        # Its words in another order; where none is missing, that is a way to spell it.
        ("mass bone", "human bone mass", "contains", 80),
        ("bone dens", "bone mineral density", "contains", 80),
        ("mass bone", "bone mass", "is spelt like", 85),
        # Anywhere else, for which three letters are needed.
        ("alc", "calcium", "contains", 60),
        ("al", "calcium", "", 0),
        # Another way to write the same is worth half a point less.
        ("oestrogen", "estrogen", "is", 99.5),
        ("nfkb", "NF-κB", "is", 99.5),
        ("NF-κB", "NFKB", "is", 99.5),
        # One edit is forgiven for every four letters, of the whole and of each word.
        ("calcitrol", "calcitriol", "is spelt like", 76.5),
        ("mass", "mats", "is spelt like", 63.75),
        ("mas", "mat", "", 0),
        ("calcuim", "calcium", "is spelt like", 72.857),
        ("calcima", "calcxyz", "", 0),
        ("abcdefgh mass", "abcdefgh mast other", "is spelt like", 68.75),
        ("abcdefgh mas", "abcdefgh mat other", "", 0),
        ("hormon parathyrid", "parathyroid hormone", "is spelt like", 79.688),
        ("hormon parathyrid", "parathyroid hormone of man", "is spelt like", 70.312),
        # Digits are never forgiven.
        ("interleukin 6", "interleukin 8", "", 0),
        ("interleukin 16", "interleukin 6", "", 0),
    ],
)  # fmt: skip
def test_how_well_a_name_answers(typed: str, name: str, how: str, score: float) -> None:
    assert best(typed, name=name) == (("name", how, score) if how else None)


def test_earlier_fields_win_by_a_hair_and_what_is_not_exact_loses_by_ten() -> None:
    exact, close = Xref("exact", "CHEBI:1"), Xref("close", "CHEBI:1")
    assert best("calcium", id="calcium", name="calcium") == ("name", "is", 100)
    assert best("calcium", id="calcium") == ("id", "is", 99.999)
    assert best("calcium", synonyms=("calcium",)) == ("synonym", "is", 99.998)
    assert best("calcium", synonyms=("b", "calcium")) == ("synonym", "is", 99.997)
    assert best("CHEBI:1", xrefs=(exact,)) == ("identifier", "is", 99.998)
    assert best("CHEBI:1", xrefs=(close,)) == ("close match", "is", 89.998)


def test_a_description_answers_last_and_to_four_letters_at_least() -> None:
    assert best("gland", description="Of the glands.") == ("description", "mentions", 50)
    assert best("glan", description="Of the gland.") == ("description", "mentions", 50)
    assert best("gla", description="Of the gland.") is None
    assert best("land", description="Of the gland.") is None


def test_of_two_that_answer_equally_well_the_shorter_text_comes_first() -> None:
    longer = Entity(id="a", name="bone marrow", category="cell")
    shorter = Entity(id="b", name="bone cell", category="cell")
    assert [hit.entity.id for hit in search(Graph([longer, shorter]), "bone")] == ["b", "a"]
