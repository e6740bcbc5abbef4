"""CX, version 1."""

from __future__ import annotations

from typing import Any

import pytest
from tests.formats.conftest import Bring, left, triples

from trabecula.errors import FormatError

ASPECTS: list[Any] = [
    {"numberVerification": [{"longNumber": 281474976710655}]},
    {"edges": [{"@id": 7, "s": 1, "t": 0, "i": "in-complex-with"}]},
    {"@context": [{"uniprot knowledgebase": "http://identifiers.org/uniprot/", "my": "http://x.org/"}]},
    {"nodes": [{"@id": 0, "n": "MDK", "r": "uniprot knowledgebase:P21741"}]},
    {"nodes": [{"@id": 1, "n": "GPC2", "r": "my:2"}, {"@id": 2, "n": None, "r": "GO:0050791"}]},
    {"nodeAttributes": [
        {"po": 0, "n": "type", "v": "Protein"},
        {"po": [0], "n": "alias", "v": ["uniprot knowledgebase:Q2LEK4"], "d": "list_of_string"},
        {"po": 2, "n": "altname", "v": "one"}, {"po": 2, "n": "altname", "v": "two"},
    ]},
    {"edges": [{"@id": 8, "s": 0, "t": 2, "i": "activates"}, {"@id": 9, "s": 2, "t": 0}]},
    {"edgeAttributes": [{"po": 7, "n": "directed", "v": "false", "d": "boolean"},
                        {"po": 9, "n": "score", "v": "0.5", "d": "double"}]},
    {"citations": [{"@id": 30, "dc:title": "", "dc:identifier": "pmid:12345"}]},
    {"supports": [{"@id": 40, "text": "It does.", "citation": 30}]},
    {"edgeCitations": [{"po": [8], "citations": [30]}]},
    {"edgeSupports": [{"po": [8], "supports": [40]}]},
    {"networkAttributes": [{"n": "name", "v": "A net"}, {"n": "author", "v": "X"}]},
    {"functionTerms": [{"po": 0, "f": "bel:p"}]},
    {"status": [{"error": "", "success": True}]},
]  # fmt: skip


def test_aspects_come_in_in_any_order_and_in_parts(bring: Bring) -> None:
    graph, report = bring(ASPECTS)
    assert (report.format, report.nodes, report.rows, graph.about.title) == ("cx", 3, 3, "A net")
    assert triples(graph) == {
        ("UniProtKB:P21741", "in-complex-with", "my:2"),
        ("UniProtKB:P21741", "activates", "GO:0050791"),
        ("GO:0050791", "is_linked_to", "UniProtKB:P21741"),
    }
    [row] = [row for s in graph.statements.values() for row in s.evidence]
    assert (row.source, row.summary) == ("PMID:12345", "It does.")
    assert dict(graph.about.prefixes) == {"my": "http://x.org/"}
    assert [xref.curie for xref in graph.entities["UniProtKB:P21741"].xrefs] == ["UniProtKB:Q2LEK4"]
    nameless = graph.entities["GO:0050791"]
    assert (nameless.name, nameless.synonyms) == ("one", ("two",))
    assert left(report) == {
        "1 function term was left out: bel:p (1)",
        "1 graph attribute was left out: author (1)",
        "1 edge attribute was left out: score (1)",
    }


def test_terms_and_relations_of_bel_keep_their_names_and_signs(bring: Bring) -> None:
    protein = {"po": None, "f": "bel:proteinAbundance", "args": ["HGNC:F3"]}
    graph, report = bring(
        [
            {"nodes": [{"@id": 1}, {"@id": 2}, {"@id": 3}]},
            {
                "edges": [
                    {"@id": 4, "s": 1, "t": 2, "i": "bel:directlyDecreases"},
                    {"@id": 5, "s": 3, "t": 2, "i": "bel:causesNoChange"},
                ]
            },
            {
                "functionTerms": [
                    {"po": 1, "f": "bel:peptidaseActivity", "args": [protein]},
                    {"po": 2, "f": "bel:biologicalProcess", "args": ["GO:cell growth"]},
                    {"po": 3, "f": "bel:abundance", "args": ["CHEBI:17633"]},
                ]
            },
        ]
    )
    name = {key: entity.name for key, entity in graph.entities.items()}
    assert {(name[s.subject], s.predicate, name[s.object]) for s in graph.statements.values()} == {
        ("act(p(HGNC:F3), ma(pep))", "directlyDecreases", "cell growth"),
        ("a(CHEBI:17633)", "regulates", "cell growth"),
    }
    assert "CHEBI:17633" in name
    assert (report.signs["negative"], report.signs["negated"]) == (1, 1)


def test_what_points_to_nothing_is_refused_with_its_place(bring: Bring) -> None:
    wrong = [
        {"nodes": [{"@id": 0, "n": "a"}, {"n": "b"}]},
        {"edges": [{"@id": 1, "s": 0, "t": 5}, {"@id": 2, "s": 0}]},
        {"edgeCitations": [{"po": [1], "citations": [9]}]},
    ]
    with pytest.raises(FormatError) as caught:
        bring(wrong)
    assert sorted((p.where.rpartition(": ")[2], p.what) for p in caught.value.problems) == [
        ("edgeCitations[0]", "there is no citation 9"),
        ("edges[0]", "the edge ends in '5', which is no node"),
        ("edges[1]", "an edge has no s or no t"),
        ("nodes[1]", "a node has no @id"),
    ]


def test_a_node_may_stand_for_an_edge_of_which_something_is_said(bring: Bring) -> None:
    ends = ({"@id": 1, "s": 10, "t": 11, "i": "bel:increases"},
            {"@id": 2, "s": 12, "t": 13, "i": "bel:decreases"})  # fmt: skip
    graph, report = bring([
        {"nodes": [{"@id": 10, "n": "A"}, {"@id": 11, "n": "B"}, {"@id": 12, "n": "C"}, {"@id": 13}]},
        {"edges": list(ends)},
        {"reifiedEdges": [{"edge": 1, "node": 13}]},
    ])  # fmt: skip
    assert {(graph.name(s.subject), s.predicate, graph.name(s.object)) for s in
            graph.statements.values()} == {
        ("A", "increases", "B"), ("C", "decreases", "(A increases B)"),
    }  # fmt: skip
    assert not left(report)


def test_a_quote_without_a_citation_goes_with_the_only_one_of_its_edge(bring: Bring) -> None:
    graph, report = bring([
        {"nodes": [{"@id": 0, "n": "A"}, {"@id": 1, "n": "B"}]},
        {"edges": [{"@id": 2, "s": 0, "t": 1, "i": "x"}, {"@id": 3, "s": 1, "t": 0, "i": "x"}]},
        {"supports": [{"@id": 4, "text": "A does B.", "citation": None}]},
        {"citations": [{"@id": 5, "dc:identifier": "pmid:12"}]},
        {"edgeSupports": [{"po": [2, 3], "supports": [4]}]},
        {"edgeCitations": [{"po": [2], "citations": [5]}]},
        {"edgeAttributes": [{"po": 2, "n": "ndex:citation", "v": ["pmid:12", "pmid:13"]}]},
    ])  # fmt: skip
    rows = [(r.source, r.summary) for s in graph.statements.values() for r in s.evidence]
    assert sorted(rows) == [("PMID:12", "A does B."), ("PMID:13", "")]
    assert left(report) == {"1 support was left out: without a citation (1)"}


def test_links_to_what_a_type_means_are_no_predicate(bring: Bring) -> None:
    graph, _ = bring([
        {"nodes": [{"@id": 0, "n": "A"}, {"@id": 1, "n": "B"}]},
        {"edges": [{"@id": 2, "s": 0, "t": 1}]},
        {"edgeAttributes": [{"po": 2, "n": "type", "v": '<a href="http://x.org/169">Inhibition</a>'},
                            {"po": 2, "n": "EndArrow", "v": "TBar"}]},
    ])  # fmt: skip
    [statement] = graph.statements.values()
    assert (statement.predicate, graph.words.sign_of(statement)) == ("TBar", -1)


def test_a_reference_in_words_is_one_source(bring: Bring) -> None:
    words = "Baltz, N J et al. A Molecule for Leukemia. Blood 128.22 (2016): 5899."
    graph, report = bring([
        {"nodes": [{"@id": 0, "n": "A"}, {"@id": 1, "n": "B"}]},
        {"edges": [{"@id": 2, "s": 0, "t": 1, "i": "x"}]},
        {"edgeAttributes": [{"po": 2, "n": "PMID", "v": words}]},
    ])  # fmt: skip
    [source] = graph.sources.values()
    assert source.title == words or words in (source.title, source.id, *source.authors)
    assert not left(report)
