"""What the files of others say, as records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import (
    Citation,
    Edge,
    Item,
    Node,
    Options,
    Prefixes,
    Reading,
    biolink,
    records,
)
from trabecula.mapping.signs import signs_of


def graph(
    *items: Item, vocabulary: str = "*", options: Options | None = None
) -> tuple[Graph, Reading]:
    reading = Reading(Path("others.tsv"), options=options or Options())
    return Graph(records(items, reading, vocabulary)), reading


def edge(**more: object) -> Edge:
    return Edge(**{"subject": "A", "predicate": "activates", "object": "B", **more})  # type: ignore[arg-type]


def test_each_paper_of_an_edge_is_evidence_once_in_the_spelling_of_its_registry() -> None:
    papers = ("pubmed:01", "https://pubmed.ncbi.nlm.nih.gov/1/", "10.1000/ABC")
    read, reading = graph(edge(citations=(Citation(papers=papers, database="X"),)))
    (statement,) = read.statements.values()
    assert [row.source for row in statement.evidence] == ["PMID:1", "doi:10.1000/abc"]
    assert {row.strength for row in statement.evidence} == {"curated"}
    assert reading.report.papers == 2


def test_where_there_is_no_paper_the_database_says_it() -> None:
    read, reading = graph(edge(citations=(Citation(database="SIGNOR", record="SIGNOR-1"),)))
    (statement,) = read.statements.values()
    assert [(row.source, row.locator) for row in statement.evidence] == [
        ("SIGNOR", "SIGNOR SIGNOR-1")
    ]
    assert reading.report.papers == 0


def test_a_negated_edge_is_disputed_by_its_source_or_by_the_file() -> None:
    read, reading = graph(
        edge(negated=True, citations=(Citation(papers=("PMID:1",)),)),
        edge(object="C", negated=True),
    )
    stances = {
        s.object: [(r.source, r.stance) for r in s.evidence] for s in read.statements.values()
    }
    assert stances == {"B": [("PMID:1", "disputes")], "C": [("others", "disputes")]}
    assert {read.status(s) for s in read.statements.values()} == {"refuted"}
    assert dict(reading.report.signs) == {"negated": 2}


def test_an_edge_that_is_affirmed_and_denied_is_contested_and_keeps_its_sign() -> None:
    read, reading = graph(
        edge(citations=(Citation(papers=("PMID:1",)),)),
        edge(negated=True, citations=(Citation(papers=("PMID:2",)),)),
    )
    (statement,) = read.statements.values()
    assert read.status(statement) == "contested"
    assert dict(reading.report.signs) == {"positive": 1}


def test_a_sign_of_the_file_wins_and_a_missing_one_is_no_plus() -> None:
    read, _ = graph(
        edge(predicate="regulated by who knows", sign=1),
        edge(predicate="regulated by who knows", sign=-1),
        edge(predicate="regulated by who knows"),
    )
    assert sorted(read.words.sign_of(s) for s in read.statements.values()) == [-1, 0, 1]


def test_unknown_predicates_are_kept_without_a_sign_and_listed() -> None:
    read, reading = graph(edge(predicate="strongly activates"))
    (statement,) = read.statements.values()
    assert statement.predicate == "strongly_activates"
    assert read.words.sign_of(statement) == 0
    assert dict(reading.report.unknown) == {"strongly activates": 1}


def test_predicates_with_other_marks_do_not_become_one() -> None:
    read, _ = graph(
        edge(predicate="+"), edge(predicate="-"), edge(predicate="1"), edge(predicate="-1")
    )
    assert len(read.statements) == 4


def test_a_predicate_map_of_the_user_wins(tmp_path: Path) -> None:
    table = tmp_path / "map.tsv"
    table.write_text(
        "vocabulary\tpredicate\tsign\tkind\tsymmetric\tmapping\n*\tactivates\t-1\tchanges\t\t\n"
    )
    read, _ = graph(edge(), options=Options(predicates=table))
    (statement,) = read.statements.values()
    assert read.words.sign_of(statement) == -1


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("*\tx\t+2\tchanges\t\t", r"the sign is '\+2'"),
        ("*\tx\t1\tmakes\t\t", "kind 'makes'"),
        ("*\t\t1\tchanges\t\t", "there is no predicate"),
        ("*\tx\t1\tnames\t\t", "and which one is not said: map it to level_of, deficiency_of"),
        ("*\tx\t1\tchanges\t\tnearly RO:1", "match 'nearly'"),
    ],
)
def test_a_predicate_map_that_is_wrong_names_the_line(tmp_path: Path, row: str, what: str) -> None:
    table = tmp_path / "map.tsv"
    table.write_text(f"vocabulary\tpredicate\tsign\tkind\tsymmetric\tmapping\n{row}\n")
    with pytest.raises(FormatError, match=what) as error:
        graph(edge(), options=Options(predicates=table))
    assert error.value.problems[0].where == f"{table}:2"


@pytest.mark.parametrize(
    ("predicate", "denied"),
    [
        ("NOT activates", "activates"),
        ("does not inhibit", "inhibits"),
        ("does_not_interact_with", "interacts_with"),
        ("doesNotInhibit", "inhibits"),
        ("is not associated with", "associated_with"),
        ("no effect", "effect"),
        ("has no effect on", "effect_on"),
        ("bel:causesNoChange", "regulates"),
        ("http://www.selventa.com/vocabulary/causesNoChange", "regulates"),
    ],
)
def test_a_predicate_that_denies_another_one_is_a_denial_of_it(predicate: str, denied: str) -> None:
    read, reading = graph(
        edge(predicate=predicate, citations=(Citation(papers=("PMID:1",)),)), vocabulary="edges"
    )
    (statement,) = read.statements.values()
    assert statement.predicate == denied
    assert [(row.source, row.stance) for row in statement.evidence] == [("PMID:1", "disputes")]
    assert dict(reading.report.signs) == {"negated": 1}


@pytest.mark.parametrize("predicate", ["not available", "not specified", "none", "not", "nods at"])
def test_words_that_deny_no_known_predicate_are_no_denial(predicate: str) -> None:
    read, reading = graph(edge(predicate=predicate))
    assert dict(reading.report.signs) == {"unsigned": 1}
    assert not [s for s in read.statements.values() if s.evidence]


@pytest.mark.parametrize(
    "predicate", ["bel:decreases", "http://www.openbel.org/vocabulary/decreases", "gpml:TBar"]
)
def test_a_predicate_that_names_its_vocabulary_has_the_meaning_that_it_has_there(
    predicate: str,
) -> None:
    _, reading = graph(edge(predicate=predicate), vocabulary="network")
    assert dict(reading.report.signs) == {"negative": 1}
    assert not reading.report.unknown


@pytest.mark.parametrize(
    "predicate",
    [
        "down-regulates\u00a0activity",
        " down-regulates \u2009activity",
        "down-re\u00adgulates activity",
    ],
)
def test_a_blank_of_another_kind_changes_no_meaning_of_a_predicate(predicate: str) -> None:
    _, reading = graph(edge(predicate=predicate), vocabulary="edges")
    assert dict(reading.report.signs) == {"negative": 1}
    assert not reading.report.unknown


def test_both_signs_are_both_however_they_are_joined() -> None:
    told = ("1;-1", "+;-", "-;+", "+|-", "-|+", "+,-", "+/-", "\u00b1")
    assert {signs_of(text) for text in told} == {(1, -1)}


@pytest.mark.parametrize("direction", ["increased", "Increased", "UPREGULATED"])
def test_a_direction_of_biolink_is_a_sign_in_any_case(direction: str) -> None:
    signs, _ = biolink.meaning({"object_direction_qualifier": (direction,)})
    assert signs == (1,)


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d")
def test_any_dash_is_the_sign_of_a_decrease(dash: str) -> None:
    assert [signs_of(text) for text in (dash, f"{dash}1", f" {dash}0.5 ")] == [(-1,), (-1,), (-1,)]
    assert signs_of("\uff0b1") == (1,)


def test_symmetric_relations_are_one_statement_whichever_way_they_stand() -> None:
    read, reading = graph(
        edge(subject="B", predicate="biolink:interacts_with", object="A"),
        edge(subject="A", predicate="biolink:interacts_with", object="B"),
        edge(subject="B", predicate="x", object="A", symmetric=True),
        edge(subject="A", predicate="x", object="B", symmetric=True),
    )
    assert (reading.report.rows, len(read)) == (4, 2)


def test_prefixes_of_the_file_win_over_the_bundled_map() -> None:
    read, _ = graph(
        Prefixes({"GO": "http://example.org/mygo/", "lab": "http://example.org/lab/"}),
        edge(subject="GO:1", object="lab:7"),
        edge(subject="uniprot:P04637", object="http://purl.obolibrary.org/obo/CHEBI_18420"),
    )
    assert set(read.entities) == {
        "http://example.org/mygo/1", "lab:7", "UniProtKB:P04637", "CHEBI:18420",
    }  # fmt: skip
    assert read.about.prefixes == (("lab", "http://example.org/lab/"),)


def test_names_that_are_no_identifiers_get_one_each_and_keep_their_name() -> None:
    read, _ = graph(edge(subject="Multiple Sclerosis", object="multiple sclerosis"))
    assert sorted(entity.name for entity in read.entities.values()) == [
        "Multiple Sclerosis",
        "multiple sclerosis",
    ]
    assert len(read.entities) == 2


def test_a_node_that_is_named_after_its_edges_has_its_name() -> None:
    read, _ = graph(edge(), Node(key="A", name="alpha", category="Gene"))
    assert (read.entities["A"].name, read.entities["A"].category) == ("alpha", "biolink:Gene")


def test_several_names_of_one_thing_are_its_synonyms() -> None:
    nodes: Iterable[Item] = (
        Node(key="CHEBI:1", name=name) for name in ("first", "second", "first")
    )
    read, _ = graph(*nodes)
    entity = read.entities["CHEBI:1"]
    assert (entity.name, entity.synonyms) == ("first", ("second",))


def test_a_thing_without_a_name_is_called_by_its_key_and_an_edge_before_it_changes_nothing() -> (
    None
):
    """The key of the thing itself names it, not that of an edge, if nothing else does."""
    iri = "http://purl.uniprot.org/uniprot/P04637"
    for subject in ("uniprot:P04637", iri):
        for items in ([edge(subject=subject), Node(key=iri)], [Node(key=iri), edge(subject=iri)]):
            read, _ = graph(*items)
            assert read.entities["UniProtKB:P04637"].name == "P04637"
            assert read.entities["UniProtKB:P04637"].synonyms == ()


def test_a_name_with_marks_of_which_nothing_is_seen_is_said_to_be_read_without(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.sif"
    path.write_text("PTH\u200b\tactivates\tCYP27B1\nCYP27B1\tinhibits\tPTH\n", encoding="utf-8")
    left = Leftovers()
    graph = formats.load(path, left=left)
    assert set(graph.entities) == {"PTH", "CYP27B1"}
    assert list(left.lines()) == [r"U+200B ZERO WIDTH SPACE left out at a.sif: PTH\u200b"]
