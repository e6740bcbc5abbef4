"""Warnings about queries that are valid and yet find nothing."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.sparql import lint
from trabecula.sparql.linting import MAX_WARNINGS

MISTAKES = [
    (
        "ASK { ?x tb:requres ?y }",
        "nothing in the graph's RDF uses tb:requres; did you mean tb:requires?",
    ),
    (
        "ASK { ?x a tb:Protien }",
        "nothing in the graph's RDF uses tb:Protien; did you mean tb:Protein?",
    ),
    (
        "ASK { ?x <https://w3id.org/trabecula/ontology#zzzz> ?y }",
        "nothing in the graph's RDF uses tb:zzzz",
    ),
    (
        "PREFIX t: <https://w3id.org/trabecula/ontology#> ASK { ?x t:statuss ?y }",
        "nothing in the graph's RDF uses tb:statuss; did you mean tb:status?",
    ),
    (
        "ASK { ?x tb:required_by ?y }",
        "tb:required_by is not written out; ask for its inverse: ?y tb:requires ?x",
    ),
    (
        "ASK { ?x a tb:Structure }",
        "tb:Structure is not written out; ask for the categories themselves: "
        "tb:Anatomy, tb:Cell, tb:Material, tb:Population",
    ),
    ("ASK { ?x skoss:exactMatch ?y }", "unknown prefix skoss: did you mean skos:?"),
    (
        "ASK { entity:magnesum ?p ?o }",
        "the graph has no entity:magnesum; did you mean entity:magnesium?",
    ),
    ("ASK { entity:mg ?p ?o }", "the graph has no entity:mg; did you mean entity:magnesium?"),
    (
        "ASK { entity:parathyroid_hormone ?p ?o }",
        "the graph has no entity:parathyroid_hormone; did you mean entity:pth?",
    ),
    (
        "ASK { entity:osteoblast ?p ?o }",
        "the graph has no entity:osteoblast; did you mean CL:0000062?",
    ),
    (
        "ASK { <entity:magnesium> ?p ?o }",
        "<entity:magnesium> is not the prefixed name; write entity:magnesium without < and >",
    ),
    ('ASK { ?x tb:status "suported" }', 'tb:status is never "suported"; did you mean supported?'),
    (
        'ASK { ?x tb:stance "against" }',
        'tb:stance is never "against"; did you mean supports or disputes or qualifies?',
    ),
    (
        "ASK { ?x tb:status ?y FILTER(?y != 'contest') }",
        'tb:status is never "contest"; did you mean contested?',
    ),
    (
        'ASK { ?x tb:strength ?y FILTER(?y NOT IN ("direct", "reveiw")) }',
        'tb:strength is never "reveiw"; did you mean review?',
    ),
    (
        'ASK { VALUES ?y { "refutted" } ?x tb:status ?y }',
        'tb:status is never "refutted"; did you mean refuted?',
    ),
    ('ASK { ?x tb:sign "1" }', 'tb:sign is never "1"; its values are the numbers 1, 0, -1'),
    (
        "ASK { ?x tb:sign ?y FILTER(?y = -2) }",
        "tb:sign is never -2; its values are the numbers 1, 0, -1",
    ),
]

FINE = [
    "ASK { ?x tb:requires entity:magnesium ; tb:status 'refuted', 'supported' ; tb:sign -1 }",
    "ASK { ?x tb:status ?y FILTER(?y = 'contested' && ?x != 'anything') }",
    "ASK { ?x ?y 'suported' # tb:requres entity:nothing\n }",
    "ASK { ?x a tb:Statement ; tb:pattern 'x' ; tb:hasEvidence/tb:stance ?y . _:b ?p ?o }",
    "ASK { FILTER(STRSTARTS(STR(?x), STR(tb:)) && STRSTARTS(STR(?y), STR(entity:))) }",
    "PREFIX entity: <http://h/> ASK { entity:anything ?p ?o }",
]


@pytest.mark.parametrize(("text", "warning"), MISTAKES)
def test_a_mistake_is_told_with_what_is_meant(tiny: Graph, text: str, warning: str) -> None:
    assert lint(text, tiny) == [warning]


@pytest.mark.parametrize("text", FINE)
def test_nothing_is_told_where_nothing_is_wrong(tiny: Graph, text: str) -> None:
    assert lint(text, tiny) == []


def test_a_term_that_only_this_graph_has_is_known() -> None:
    graph = Graph(
        [
            Entity(id="x", name="x", category="gizmo"),
            Statement(
                subject="x", predicate="requires", object="y", qualifiers=(("mood", "good"),)
            ),
        ]
    )
    text = "ASK { ?x a tb:Entity ; tb:category 'gizmo' . ?s tb:context-mood 'good' }"
    assert lint(text, graph) == []
    assert len(lint(text, Graph())) == 3


def test_warnings_are_told_once_and_not_without_end(tiny: Graph) -> None:
    assert len(lint("ASK { ?x tb:requres ?y . ?y tb:requres ?x }", tiny)) == 1
    many = " ".join(f"?x tb:wrong{i} ?y ." for i in range(1000))
    assert len(lint(f"ASK {{ {many} }}", tiny)) == MAX_WARNINGS
