"""Identifiers that need not be looked at one by one are those that stay as they are."""

from __future__ import annotations

import random

import pytest

from trabecula.canonical import canonical, is_settled
from trabecula.mapping.naming import Namer
from trabecula.prefixes import ENTITY, NAMESPACES, PREFIXES, bioregistry

LOCALS = ("1", "0", "007", "0005634", "P04637", "ENSG00000133703", "x", "X9y", "NCT00000001", "R")


def test_letters_and_digits_behind_a_prefix_that_is_settled_stay_as_they_are() -> None:
    draw = random.Random(1)  # noqa: S311
    registry = bioregistry()
    names = {*PREFIXES, *NAMESPACES, *registry.prefixes, *registry.spellings, *registry.synonyms}
    prefixes = {spelling for name in names for spelling in (name, name.lower(), name.upper())}
    prefixes |= {"lab", "my.own", "X-1", "http", "https", "doi", "pubmed"}
    settled = [prefix for prefix in sorted(prefixes) if is_settled(prefix)]
    assert len(settled) > 1000
    assert not {"pubmed", "doi", "PMID", "chebi", "https", *NAMESPACES} & set(settled)
    for prefix in settled:
        for local in draw.sample(LOCALS, 3):
            curie = f"{prefix}:{local}"
            assert canonical(curie, ENTITY) == curie
            assert Namer().identifier(curie) == curie


def test_a_prefix_that_the_user_declares_is_looked_at() -> None:
    namer = Namer({"lab": "http://purl.obolibrary.org/obo/GO_"})
    assert (namer.leaves("lab"), namer.leaves("CHEBI"), namer.leaves("")) == (False, True, True)
    assert Namer().leaves("lab")


@pytest.mark.parametrize(
    "iri",
    [
        "http://purl.obolibrary.org/obo/X_1",
        "https://purl.obolibrary.org/obo/X_1",
        "obo:X_1",
    ],
)
def test_a_term_of_an_ontology_that_nobody_knows_has_a_prefix_as_all_have(iri: str) -> None:
    namer = Namer()
    assert namer.identifier(iri) == "X:1"
    assert namer.used == {"X": "http://purl.obolibrary.org/obo/X_"}


def test_names_in_the_space_of_ontologies_that_are_no_terms_stay() -> None:
    namer = Namer()
    assert namer.identifier("http://purl.obolibrary.org/obo/go.owl") == "obo:go.owl"
    assert namer.identifier("http://purl.obolibrary.org/obo/GO_0005634") == "GO:0005634"
    assert namer.used == {}


@pytest.mark.parametrize(
    "text",
    [
        "uniprot:P12345-2",
        "uniprot.isoform:P12345-2",
        "http://purl.uniprot.org/uniprot/P12345-2",
        "http://purl.uniprot.org/isoforms/P12345-2",
        "https://identifiers.org/uniprot/P12345-2",
        "https://www.uniprot.org/uniprotkb/P12345-2",
    ],
)
def test_an_isoform_has_one_identifier_however_it_is_written(text: str) -> None:
    assert Namer().identifier(text) == "UniProtKB:P12345-2"


@pytest.mark.parametrize(
    "text", ["MGI:97799", "MGI:MGI:97799", "mgi:MGI:97799", "https://identifiers.org/mgi/MGI:97799"]
)
def test_a_prefix_that_stands_twice_is_the_prefix(text: str) -> None:
    """As the Gene Ontology writes the genes of mice, of which others write half."""
    assert Namer().identifier(text) == "MGI:97799"


def test_marks_of_which_nothing_is_seen_make_no_other_name() -> None:
    namer = Namer()
    names = ("PTH", "PTH\u200b", "P\u00adTH", "\ufeffPTH")
    assert {namer.identifier(name) for name in names} == {"PTH"}
    assert namer.identifier("vitamin\u00a0D") == namer.identifier("vitamin D")
    assert namer.untidy == [*names[1:], "vitamin\u00a0D"]


def test_what_we_call_an_entity_in_files_of_others_is_that_entity() -> None:
    namer = Namer()
    for name in ("calcitriol", "FGF23", "PTH", "1e5", "2024-01-02"):
        assert namer.identifier(f"entity:{name}") == name
        assert namer.identifier(f"{ENTITY}{name}") == name


def test_an_address_behind_a_longer_space_of_the_file_is_what_every_format_writes() -> None:
    """The file has more in its prefix than the registry: `agrovoc:1` there is `agrovoc:c_1`."""
    namer = Namer()
    namer.declare({"agrovoc": "http://aims.fao.org/aos/agrovoc/c_"})
    assert namer.identifier("agrovoc:10457") == "agrovoc:c_10457"
    assert namer.identifier("http://aims.fao.org/aos/agrovoc/c_10457") == "agrovoc:c_10457"
