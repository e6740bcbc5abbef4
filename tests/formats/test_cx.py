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
