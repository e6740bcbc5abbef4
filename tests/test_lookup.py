"""Search finds what people type, and says why."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.lookup import search
from trabecula.model import Entity, Xref

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


def test_an_identifier_is_found_with_an_underscore_and_as_an_address() -> None:
    for typed in ("CHEBI_17823", "http://purl.obolibrary.org/obo/CHEBI_17823"):
        assert [hit.entity.id for hit in search(GRAPH, typed)] == ["calcitriol"]


def test_an_identifier_of_another_number_is_no_hit() -> None:
    assert search(GRAPH, "CHEBI:3307") == search(GRAPH, "CHEBI:17824") == []


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy"])
def test_nothing_is_found_where_there_is_nothing(typed: str) -> None:
    assert search(GRAPH, typed) == []


def test_hits_are_limited_and_in_a_fixed_order() -> None:
    found = [hit.entity.id for hit in search(GRAPH, "calc")]
    assert found == ["calcium", "calcidiol", "calcitonin", "calcitriol"]
    assert [hit.entity.id for hit in search(GRAPH, "calc", limit=2)] == found[:2]
