"""The names by which entities are found, and which wins where several would do."""

from __future__ import annotations

import pytest

from trabecula.errors import NotFound
from trabecula.model import Entity, Xref
from trabecula.names import Names, names_of


def entity(key: str, name: str = "", *synonyms: str, xrefs: tuple[Xref, ...] = ()) -> Entity:
    return Entity(
        id=key, name=name or f"the {key}", category="chemical", synonyms=synonyms, xrefs=xrefs
    )


def id_of(names: Names, text: str) -> str | None:
    number = names.find(text)
    return None if number is None else names.ids[number]


@pytest.mark.parametrize(
    "weaker",
    [
        entity("a", "word"),
        entity("a", "", "word"),
        entity("a", xrefs=(Xref("exact", "word"),)),
        entity("Word"),
    ],
    ids=["name", "synonym", "identifier", "id in another case"],
)
def test_an_id_in_its_own_spelling_wins(weaker: Entity) -> None:
    assert id_of(names_of([weaker, entity("word")]), "word") == "word"


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        (entity("WORD"), entity("a", "word")),
        (entity("b", "Word"), entity("a", "", "word")),
        (entity("b", "", "WORD"), entity("a", xrefs=(Xref("exact", "word"),))),
    ],
    ids=["id over name", "name over synonym", "synonym over identifier"],
)
def test_of_names_in_any_case_the_better_kind_wins(winner: Entity, loser: Entity) -> None:
    assert id_of(names_of([loser, winner]), "word") == winner.id


@pytest.mark.parametrize("text", ["  Magnesium ", "MG", "mg\n", "chebi:25107", "CHEBI_25107"])
def test_blanks_around_case_and_ways_to_paste_do_not_matter(text: str) -> None:
    names = names_of([entity("e1", "magnesium", "Mg", xrefs=(Xref("exact", "CHEBI:25107"),))])
    assert id_of(names, text) == "e1"


def test_only_an_exact_identifier_is_a_name_and_a_near_one_a_suggestion() -> None:
    names = names_of([entity("e1", xrefs=(Xref("close", "CHEBI:1"), Xref("exact", "CHEBI:2")))])
    assert (id_of(names, "CHEBI:1"), id_of(names, "CHEBI:2")) == (None, "e1")
    with pytest.raises(NotFound) as error:
        names.get("CHEBI:1")
    assert error.value.suggestions == ("e1",)


def test_two_that_are_called_so_equally_well_are_both_named() -> None:
    names = names_of([entity("b", "", "Ca"), entity("a", "", "ca")])
    with pytest.raises(NotFound, match="'CA' names 2 entities; use an id") as error:
        names.find("CA")
    assert error.value.suggestions == ("a", "b")


def test_one_that_is_called_so_twice_is_one() -> None:
    assert id_of(names_of([entity("a", "", "Ca", "CA", "ca")]), "Ca") == "a"


def test_of_those_that_are_equally_near_three_are_suggested() -> None:
    names = names_of(entity(key) for key in ("calciums", "calciuma", "calciumb", "calcium", "zinc"))
    with pytest.raises(NotFound, match="no entity is called 'calciumm'") as error:
        names.get("calciumm")
    assert error.value.suggestions == ("calcium", "calciuma", "calciumb")


def test_a_name_of_which_only_the_beginning_was_typed_is_suggested() -> None:
    names = names_of(entity(key, key) for key in ("bone matrix", "bone mass", "marrow"))
    with pytest.raises(NotFound) as error:
        names.get("Bone ma")
    assert error.value.suggestions == ("bone mass", "bone matrix")
    with pytest.raises(NotFound) as error:
        names.get("mar")
    assert error.value.suggestions == ()


def test_several_names_of_one_are_one_suggestion_among_others() -> None:
    """Where the nearest names are all of one entity, the next ones are looked at too."""
    twice_named = entity("one", "calcitriol", "calcitriola")
    with pytest.raises(NotFound) as error:
        names_of([twice_named, entity("two", "calcitriolb")]).get("calcitriolo")
    assert error.value.suggestions == ("one", "two")


def test_what_is_only_mentioned_has_a_number_and_no_name() -> None:
    names = names_of([entity("b")], ["a", "c"])
    assert list(names.ids) == ["a", "b", "c"]
    assert (names.find("a"), names.find("b")) == (None, 1)
    assert (names.label("a"), names.label("b")) == ("a", "the b")
    assert names.id_of("THE B") == "b"


def test_the_prefix_of_an_identifier_is_no_name_that_anybody_misspelt() -> None:
    names = names_of(
        [Entity(id="a", name="bone mass", category="trait", xrefs=(Xref("exact", "VT:0005006"),))]
    )
    with pytest.raises(NotFound) as error:
        names.get("VT")
    assert error.value.suggestions == ()
    with pytest.raises(NotFound) as error:
        names.get("boen mass")
    assert error.value.suggestions == ("a",)


@pytest.mark.parametrize(
    "text",
    ["il 6", "IL6", "Il-6", "interleukin 6", "INTERLEUKIN-6", "Tnf α", "tumor necrosis factor-α"],
)
def test_hyphens_blanks_and_the_english_of_elsewhere_do_not_matter(text: str) -> None:
    names = names_of(
        [
            entity("il6", "IL-6", "interleukin-6"),
            entity("tnf", "TNF-alpha", "tumour necrosis factor alpha"),
            entity("il16", "IL-16"),
        ]
    )
    assert id_of(names, text) == ("il6" if text.casefold().startswith("i") else "tnf")


def test_the_same_letters_of_two_things_name_neither() -> None:
    names = names_of([entity("a", "T-cell"), entity("b", "TC ell"), entity("c", "T-x")])
    assert (id_of(names, "T cell"), id_of(names, "t-CELL"), id_of(names, "TX")) == (None, "a", "c")
