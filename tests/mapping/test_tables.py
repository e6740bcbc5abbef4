"""What tables of others share: rows of cells, papers, CURIEs and files that belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from trabecula.errors import FormatError
from trabecula.mapping import beside, biolink
from trabecula.mapping.cited import one_of, paper
from trabecula.mapping.curies import curie
from trabecula.mapping.delimited import delimiter_of, fitted, rows
from trabecula.mapping.predicates import Meanings, predicate
from trabecula.mapping.predicates import rows as all_rows


def numbered(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), start=1))


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("a\tb,c", "\t"),
        ("a,b;c,d", ","),
        ("a;b", ";"),
        ("a|b", "|"),
        ("a b", " "),
        ('"a,b" c', " "),
    ],
)
def test_what_separates_cells_is_told_by_the_line(line: str, sign: str) -> None:
    assert delimiter_of(line) == sign


def test_quoted_cells_keep_the_number_of_the_line_they_begin_in() -> None:
    cells = list(rows(numbered('a,"b\nc"\n\nd,e'), ",", "x"))
    assert cells == [(1, ["a", "b\nc"]), (4, ["d", "e"])]


def test_a_quotation_mark_that_does_not_end_is_an_error_with_its_line() -> None:
    with pytest.raises(FormatError, match=r"x:2: the row cannot be read"):
        list(rows(numbered('a,b\n"c,d'), ",", "x"))


def test_cells_between_tabs_are_unquoted_only_where_they_are_quoted_as_a_whole() -> None:
    assert fitted(['say "x"', '"a ""b"""', '"'], "\t", 3) == ['say "x"', 'a "b"', '"']
    assert fitted(['"a', 'b"', "c"], "\t", 2) == ["a\tb", "c"]
    assert fitted(["a", "b", ""], "\t", 2) == ["a", "b"]
    assert fitted(["a", "b", "c"], "\t", 2) is None


def test_papers_have_the_spelling_of_their_registry() -> None:
    papers = [paper(text) for text in ("12", "pubmed:12", "PMID: 12", "12.0", "10.1000/X", "PMC7")]
    assert papers == ["PMID:12", "PMID:12", "PMID:12", "PMID:12", "doi:10.1000/x", "PMCID:PMC7"]
    assert one_of(["imex:IM-1", "doi:10.1000/x", "pubmed:5"])[0] == "PMID:5"


def test_an_identifier_that_has_its_prefix_keeps_it() -> None:
    assert curie("ChEBI", "CHEBI:1") == curie("CHEBI", "1") == "CHEBI:1"
    assert curie("entrez gene/locuslink", "7157") == "NCBIGene:7157"


def test_tables_of_nodes_and_edges_find_each_other(tmp_path: Path) -> None:
    for name in ("a_nodes.tsv", "a_edges.tsv.gz", "nodes.csv", "relationships.csv"):
        (tmp_path / name).touch()
    pairs = {
        name: getattr(beside.partner(tmp_path / name), "name", None)
        for name in ("a_nodes.tsv", "a_edges.tsv.gz", "relationships.csv", "nodes.csv", "x.csv")
    }
    assert pairs == {
        "a_nodes.tsv": "a_edges.tsv.gz",
        "a_edges.tsv.gz": "a_nodes.tsv",
        "relationships.csv": "nodes.csv",
        "nodes.csv": "relationships.csv",
        "x.csv": None,
    }


def test_a_direction_of_biolink_is_a_sign_unless_the_subject_falls() -> None:
    up = {"object_direction_qualifier": ("increased",)}
    assert biolink.meaning(up) == ((1,), ())
    assert biolink.meaning({"object_direction_qualifier": ("downregulated",)}) == (
        (-1,),
        (("object_direction", "downregulated"),),
    )
    assert biolink.meaning({**up, "subject_direction_qualifier": ("increased",)})[0] == (1,)
    assert biolink.meaning({**up, "subject_direction_qualifier": ("decreased",)})[0] == (0,)
    assert biolink.meaning({"subject_direction_qualifier": ("decreased",)})[0] == (0,)
    assert biolink.meaning({}) == ((None,), ())


def test_the_table_of_predicates_gives_each_name_once_and_signs_only_to_influence() -> None:
    named = list(all_rows())
    assert len({(voc, row.name.casefold()) for voc, row in named}) == len(named)
    assert [row.name for _, row in named if row.sign and row.kind in ("", "structure")] == []


@pytest.mark.parametrize(
    ("name", "sign", "symmetric"),
    [
        ("RO:0002213", 1, False),
        ("RO:0012010", -1, False),
        ("MI:2240", -1, False),
        ("biolink:treats", -1, False),
        ("biolink:contributes_to", 0, False),
        ("biolink:interacts_with", 0, True),
        ("up-regulates quantity by stabilization", 1, False),
        ("form complex", 0, True),
        ("nobody knows", 0, False),
    ],
)
def test_meanings_are_those_of_the_vocabularies(name: str, sign: int, symmetric: bool) -> None:
    meaning = Meanings("edges").meaning(name)
    assert (meaning.sign, meaning.symmetric) == (sign, symmetric)


@pytest.mark.parametrize(
    ("vocabulary", "name", "sign", "ours"),
    [
        ("network", "TREATS", -1, "treats"),
        ("network", "Associated With", 0, "associated_with"),
        ("network", "HAS_PHENOTYPE", 0, "biolink:has_phenotype"),
        ("network", "PREDISPOSES_TO_CONDITION", 1, "biolink:predisposes_to_condition"),
        ("edges", "is_marker_for", 0, "biomarker_for"),
        ("edges", "is_model_of", 0, "biolink:model_of"),
    ],
)
def test_words_of_ours_and_of_biolink_mean_the_same_in_capitals(
    vocabulary: str, name: str, sign: int, ours: str
) -> None:
    meaning = Meanings(vocabulary).meaning(name)
    assert (meaning.is_mapped, meaning.sign, meaning.ours) == (True, sign, ours)
    biolink = Meanings("biolink").meaning("CAUSES")
    assert (biolink.name, biolink.sign) == ("biolink:causes", 1)


def test_words_of_biolink_that_are_no_type_of_an_edge_are_not_taken_for_its_own() -> None:
    assert not Meanings("network").meaning("has_phenotype").is_mapped
    assert Meanings("edges").denied("is_not_implicated_in") == "is_implicated_in"


def test_a_predicate_means_the_same_by_the_name_that_a_graph_has_for_it() -> None:
    """SIF and OWL have no other place for a sign than that name."""
    named = [(meaning.sign, predicate(meaning).name) for v, meaning in all_rows() if v == "*"]
    meanings = Meanings("sif")
    assert [(predicate(meanings.meaning(name)).sign, name) for _, name in named] == named


def test_heads_of_gpml_and_types_of_indra_mean_the_same_in_every_vocabulary() -> None:
    for name, sign in (
        ("mim-inhibition", -1),
        ("IncreaseAmount", 1),
        ("acts_upstream_of_positive_effect", 1),
    ):
        assert {Meanings(v).meaning(name).sign for v in ("sif", "rdf", "gpml", "indra")} == {sign}


@pytest.mark.parametrize(
    ("name", "sign", "is_known"),
    [
        ("activation|phosphorylation", 1, True),
        ("inhibition, expression", -1, True),
        ("activation_indirect effect", 1, True),
        ("activation_indirect_effect", 1, True),
        ("inhibition_of_x", 0, False),
        ("activation|inhibition", 0, False),  # contradicts
        ("activation|perhaps", 0, False),
        ("phosphorylation|binding", 0, False),
    ],
)
def test_an_effect_keeps_its_sign_beside_how_it_comes_about(
    name: str, sign: int, is_known: bool
) -> None:
    meaning = Meanings("network").meaning(name)
    assert (meaning.sign, meaning.is_mapped) == (sign, is_known)
