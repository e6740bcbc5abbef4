"""Statements out of RDF of others by a CONSTRUCT query."""

from __future__ import annotations

from pathlib import Path

import pytest

from trabecula.errors import FormatError, QueryError, VocabularyError
from trabecula.mapping import Report
from trabecula.sparql import construct

_LAB = """
@prefix lab: <http://example.org/lab/> .
lab:e1 lab:cause lab:leptin ; lab:effect lab:hunger ; lab:way "down" ; lab:in "104" .
lab:e2 lab:cause lab:ghrelin ; lab:effect lab:hunger ; lab:way "up" ; lab:in "105" .
lab:e3 lab:cause lab:light ; lab:effect lab:hunger ; lab:way "none" ; lab:in "106" .
"""
_QUERY = """
CONSTRUCT {
  [] a rdf:Statement ; rdf:subject ?a ; rdf:predicate ?how ; rdf:object ?b ; dct:source ?paper ;
     biolink:negated ?not .
} WHERE {
  ?e lab:cause ?a ; lab:effect ?b ; lab:way ?way ; lab:in ?number
  BIND(IRI(CONCAT("https://pubmed.ncbi.nlm.nih.gov/", ?number)) AS ?paper)
  BIND(IF(?way = "down", tb:decreases, tb:increases) AS ?how)
  BIND(?way = "none" AS ?not)
}
"""


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    path = tmp_path / "lab.ttl"
    path.write_text(_LAB, "utf-8")
    return path


def test_what_a_query_constructs_becomes_statements_with_sign_denial_and_paper(lab: Path) -> None:
    report = Report()
    graph = construct(lab, _QUERY, report=report)
    assert {
        (graph.name(statement.subject), statement.predicate, graph.status(statement), row.source)
        for statement in graph.statements.values()
        for row in statement.evidence
    } == {
        ("leptin", "decreases", "supported", "PMID:104"),
        ("ghrelin", "increases", "supported", "PMID:105"),
        ("light", "increases", "refuted", "PMID:106"),
    }
    assert (report.statements, report.papers, dict(report.signs)) == (
        3, 3, {"negative": 1, "positive": 1, "negated": 1}
    )  # fmt: skip


def test_named_graphs_are_graphs_to_the_query(tmp_path: Path) -> None:
    path = tmp_path / "x.trig"
    path.write_text(
        "@prefix ex: <http://e.org/> . ex:g { ex:a ex:p ex:b } ex:c ex:p ex:d .", "utf-8"
    )
    inside = construct(path, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert [statement.subject for statement in inside.statements.values()] == ["http://e.org/a"]


def test_what_is_ours_comes_back_whole(tiny_ttl: Path) -> None:
    from trabecula import formats

    graph = construct(tiny_ttl, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    written = formats.render(formats.load(tiny_ttl), "json").decode()
    # An engine keeps a decimal without zeros at its end.
    assert formats.render(graph, "json").decode() == written.replace('"-0.40"', '"-0.4"')


@pytest.fixture
def tiny_ttl() -> Path:
    return Path(__file__).parents[1] / "data/ttl/tiny.ttl"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "the query makes no triples; write CONSTRUCT"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s lab:nope ?x . ?s ?p ?o }", "constructs nothing of"),
        ("CONSTRUCT { ?s ?p ?o WHERE", "this { is never closed"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://e.org/> { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_a_query_that_makes_nothing_is_an_error_that_says_why(
    text: str, message: str, lab: Path
) -> None:
    with pytest.raises(QueryError) as caught:
        construct(lab, text)
    assert message in str(caught.value)


def test_a_file_that_is_no_rdf_and_one_that_is_damaged_are_errors(tmp_path: Path) -> None:
    (tmp_path / "x.sif").write_text("a pp b\n", "utf-8")
    (tmp_path / "x.ttl").write_text("<http://a> <http://b> .", "utf-8")
    with pytest.raises(VocabularyError, match=r"x.sif is sif and no RDF"):
        construct(tmp_path / "x.sif", _QUERY)
    with pytest.raises(FormatError, match=r"x.ttl:1"):
        construct(tmp_path / "x.ttl", _QUERY)
