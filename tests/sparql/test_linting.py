"""Warnings about queries that are valid and yet find nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula import shipped as content
from trabecula.expectations import questions
from trabecula.graph import Graph
from trabecula.model import Entity, Statement, Xref
from trabecula.sparql import bind, library, lint
from trabecula.sparql.linting import MAX_BYTES, MAX_WARNINGS

_PIECES = (
    "SELECT", "ASK", "FILTER", "FILTER(", "BIND(", "AS", "VALUES", "OPTIONAL", "UNION", "GRAPH", "MINUS", "EXISTS",
    "NOT", "IN", "{", "}", "(", ")", "[", "]", ".", ";", ",", "?x", "$y", "tb:status", "entity:a", "a", "<http://h/>",
    "<<", ">>", "'x'", "'x'@en", "^^xsd:gYear", "1", "1.", ".5", "1e", "-", "+", "!", "^", "/", "|", "*", "?", "=",
    "!=", "<", "&&", "||", "UNDEF", "ORDER", "BY", "GROUP", "HAVING", "LIMIT", "0", "FROM", "NAMED", "CONSTRUCT",
    "WHERE", "DESCRIBE", "PREFIX", "tb:", "BASE", "STR(", "LANG(", "LCASE(", "COUNT(", "true", "_:b", "{|",
)  # fmt: skip

MISTAKES = [
    (
        "ASK { ?s ?p ?o FILTER(?p = rdfs:Label) }",
        "nothing in the graph's RDF uses rdfs:Label; did you mean rdfs:label?",
    ),
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

LITERALS = [
    (
        'ASK { ?x rdfs:label "PTH"@en }',
        '"PTH"@en: the texts of the graph have no language tag; write "PTH"',
    ),
    (
        'ASK { ?x ?p "PTH"@en-GB }',
        '"PTH"@en-GB: the texts of the graph have no language tag; write "PTH"',
    ),
    (
        'ASK { VALUES ?l { "PTH"@en } ?x rdfs:label ?l }',
        '"PTH"@en: the texts of the graph have no language tag; write "PTH"',
    ),
    (
        'ASK { ?x rdfs:label ?l FILTER(?l = "PTH"@en) }',
        '"PTH"@en: the texts of the graph have no language tag; write "PTH"',
    ),
    (
        'ASK { ?s tb:supportingSources "2" }',
        'tb:supportingSources has whole numbers as values, which "2" is not; write 2',
    ),
    (
        "ASK { ?s tb:supportingSources 2.0 }",
        "tb:supportingSources has whole numbers as values, which 2.0 is not",
    ),
    (
        'ASK { ?s tb:abstractRead "true" }',
        'tb:abstractRead has true and false as values, which "true" is not; write true',
    ),
    (
        "ASK { ?s tb:abstractRead 1 }",
        "tb:abstractRead has true and false as values, which 1 is not; write true",
    ),
    (
        'ASK { ?s biolink:negated ?n FILTER(?n = "false") }',
        'biolink:negated has true and false as values, which "false" is not; write false',
    ),
    (
        "ASK { ?s tb:referenceNumber 7 }",
        'tb:referenceNumber has texts as values, which 7 is not; write "7"',
    ),
    (
        'ASK { ?s tb:url "https://example.org/?a=1&b=2" }',
        'tb:url has addresses as values, which "https://example.org/?a=1&b=2" is not; write "https://example.org/?a=1&b=2"^^xsd:anyURI',
    ),
    (
        'ASK { ?x tb:status "Supported" }',
        'tb:status is never "Supported"; did you mean supported?',
    ),
    (
        'ASK { ?x tb:status "supported " }',
        'tb:status is never "supported "; did you mean supported?',
    ),
    (
        "ASK { ?x tb:status tb:contested }",
        'nothing in the graph\'s RDF uses tb:contested; did you mean the text "contested"?',
    ),
    (
        'ASK { ?x tb:status ?s FILTER(STR(?s) = "contestd") }',
        'tb:status is never "contestd"; did you mean contested?',
    ),
    (
        'ASK { BIND("suported" AS ?s) ?x tb:status ?s }',
        'tb:status is never "suported"; did you mean supported?',
    ),
    (
        'ASK { ?e tb:species "Homo sapiens" }',
        'tb:species is never "Homo sapiens"; did you mean human?',
    ),
    (
        'ASK { ?e tb:species "humans" }',
        'tb:species is never "humans"; did you mean human?',
    ),
    (
        "ASK { ?e tb:species NCBITaxon:9606 }",
        'tb:species has texts as values, and no IRIs; write "human"',
    ),
    (
        'ASK { ?e tb:method "RCT" }',
        'tb:method is never "RCT"; did you mean randomised-trial?',
    ),
    (
        'ASK { ?e tb:system "in vivo" }',
        'tb:system is never "in vivo"; did you mean in-vivo?',
    ),
    (
        'ASK { ?s tb:topic "bone remodeling" }',
        'no tb:topic in the graph is "bone remodeling"; did you mean "bone-remodelling"?',
    ),
    (
        'ASK { ?e tb:severity "Severe" }',
        'tb:severity is never "Severe"; did you mean severe?',
    ),
    (
        'ASK { ?s tb:pattern "pulsatile" }',
        'tb:pattern is never "pulsatile"; did you mean intermittent or continuous?',
    ),
    (
        'ASK { ?e tb:dose "300 mg per day" }',
        'no tb:dose in the graph is "300 mg per day"; did you mean "300 mg a day"?',
    ),
    (
        'ASK { ?s tb:sourceKind "article " }',
        'tb:sourceKind is never "article "; did you mean article?',
    ),
    (
        'ASK { ?x rdfs:label "Magnesium" }',
        'no rdfs:label in the graph is "Magnesium"; did you mean "magnesium"?',
    ),
    (
        'ASK { ?x rdfs:label "Mg" }',
        'no rdfs:label in the graph is "Mg"; it is a skos:altLabel',
    ),
    (
        'ASK { ?x skos:altLabel "PTH" }',
        'no skos:altLabel in the graph is "PTH"; it is a rdfs:label',
    ),
    (
        'ASK { ?x dct:identifier "10.5555/12345678(1)" }',
        'no dct:identifier in the graph is "10.5555/12345678(1)"; did you mean "doi:10.5555/12345678(1)"?',
    ),
    (
        'ASK { "magnesium" ?p ?o }',
        '"magnesium" is a literal, and nothing is said of literals; write entity:magnesium',
    ),
]

YEARS = [
    (
        "ASK { ?s dct:date 1998 }",
        'dct:date has years as values, which 1998 is not; write "1998"^^xsd:gYear',
    ),
    (
        'ASK { ?s dct:date "1998" }',
        'dct:date has years as values, which "1998" is not; write "1998"^^xsd:gYear',
    ),
    (
        'ASK { ?s dct:date "2024"^^xsd:gYear }',
        'no dct:date in the graph is "2024"^^xsd:gYear',
    ),
    (
        "ASK { ?s dct:date ?d FILTER(?d > 1990) }",
        '?d > 1990 is never true, for ?d is a year or a text and 1990 is a number; write "1990"^^xsd:gYear',
    ),
    (
        "ASK { ?s dct:date ?d FILTER(1990 < ?d) }",
        '1990 < ?d is never true, for 1990 is a number and ?d is a year or a text; write "1990"^^xsd:gYear',
    ),
    (
        'ASK { ?s dct:date ?d FILTER(?d >= "1990-01-01"^^xsd:date) }',
        '?d >= "1990-01-01"^^xsd:date is never true, for ?d is a year or a text and "1990-01-01"^^xsd:date is a date; write "1990"^^xsd:gYear',
    ),
    (
        "ASK { ?s dct:date ?d FILTER(?d IN (1998)) }",
        'dct:date has years as values, which 1998 is not; write "1998"^^xsd:gYear',
    ),
    (
        "ASK { VALUES ?d { 1998 } ?s dct:date ?d }",
        'dct:date has years as values, which 1998 is not; write "1998"^^xsd:gYear',
    ),
    (
        "ASK { ?s dct:date ?d FILTER(STR(?d) > 1990) }",
        "STR(?d) > 1990 is never true, for STR(?d) is a text and 1990 is a number; write xsd:integer(STR(?d))",
    ),
    (
        'ASK { ?s dct:date ?d FILTER(YEAR(?d) > "1990") }',
        'YEAR(?d) > "1990" is never true, for YEAR(?d) is a number and "1990" is a text; write 1990',
    ),
]

PREFIXES = [
    (
        "PREFIX tb: <http://w3id.org/trabecula/ontology#> ASK { ?x tb:requires ?y }",
        "PREFIX tb: is <http://w3id.org/trabecula/ontology#> in this query; the data have <https://w3id.org/trabecula/ontology#>",
    ),
    (
        "PREFIX tb: <https://w3id.org/trabecula/ontology/> ASK { ?x tb:requires ?y }",
        "PREFIX tb: is <https://w3id.org/trabecula/ontology/> in this query; the data have <https://w3id.org/trabecula/ontology#>",
    ),
    (
        "PREFIX rdfs: <https://www.w3.org/2000/01/rdf-schema#> ASK { ?x rdfs:label ?y }",
        "PREFIX rdfs: is <https://www.w3.org/2000/01/rdf-schema#> in this query; the data have <http://www.w3.org/2000/01/rdf-schema#>",
    ),
    (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core> ASK { ?x skos:altLabel ?y }",
        "PREFIX skos: is <http://www.w3.org/2004/02/skos/core> in this query; the data have <http://www.w3.org/2004/02/skos/core#>",
    ),
    (
        "PREFIX e: <http://www.w3id.org/trabecula/entity/> ASK { e:magnesium ?p ?y }",
        "PREFIX e: is <http://www.w3id.org/trabecula/entity/> in this query; the data have <https://w3id.org/trabecula/entity/>",
    ),
    (
        "PREFIX entity: <http://h/> ASK { entity:anything ?p ?o }",
        "PREFIX entity: is <http://h/> in this query; the data have <https://w3id.org/trabecula/entity/>",
    ),
    (
        "PREFIX dct: <http://purl.org/dc/elements/1.1/> ASK { ?x dct:title ?y }",
        "PREFIX dct: is <http://purl.org/dc/elements/1.1/> in this query; the data have <http://purl.org/dc/terms/>",
    ),
    (
        "PREFIX dc: <http://purl.org/dc/elements/1.1/> ASK { ?x dc:title ?y }",
        "nothing in the graph's RDF uses dc:title; did you mean dct:title?",
    ),
    (
        "ASK { <http://w3id.org/trabecula/entity/magnesium> ?p ?o }",
        "the graph has no <http://w3id.org/trabecula/entity/magnesium>; did you mean entity:magnesium?",
    ),
    (
        "ASK { ?s <https://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?o }",
        "nothing in the graph's RDF uses <https://www.w3.org/1999/02/22-rdf-syntax-ns#type>; did you mean rdf:type?",
    ),
    (
        "ASK { ?x a <https://w3id.org/trabecula/ontology/Statement> }",
        "nothing in the graph is of class <https://w3id.org/trabecula/ontology/Statement>; did you mean tb:Statement?",
    ),
    (
        "BASE <https://w3id.org/trabecula/entity/> ASK { <Magnesium> ?p ?o }",
        "the graph has no entity:Magnesium; did you mean entity:magnesium?",
    ),
]

NAMES = [
    (
        "ASK { ?x skos:prefLabel ?y }",
        "nothing in the graph's RDF uses skos:prefLabel; did you mean rdfs:label?",
    ),
    (
        "ASK { ?x rdfs:subClassOf ?y }",
        "nothing in the graph's RDF uses rdfs:subClassOf; did you mean tb:subclass_of?",
    ),
    (
        "ASK { ?x <http://schema.org/name> ?y }",
        "nothing in the graph's RDF uses <http://schema.org/name>; did you mean rdfs:label?",
    ),
    (
        "ASK { ?x biolink:affects ?y }",
        "nothing in the graph's RDF uses biolink:affects; did you mean tb:affects?",
    ),
    (
        "ASK { ?x tb:Requires ?o }",
        "nothing in the graph's RDF uses tb:Requires; did you mean tb:requires?",
    ),
    (
        "ASK { ?x tb:label ?o }",
        "nothing in the graph's RDF uses tb:label; did you mean rdfs:label?",
    ),
    (
        "ASK { tb:magnesium ?p ?o }",
        "nothing in the graph's RDF uses tb:magnesium; did you mean entity:magnesium?",
    ),
    (
        "ASK { ?x entity:requires ?o }",
        "the graph has no entity:requires; did you mean tb:requires?",
    ),
    (
        "ASK { ?x biolink:category ?c }",
        "nothing in the graph's RDF uses biolink:category; did you mean rdf:type?",
    ),
    (
        'ASK { ?x tb:category "chemical" }',
        "tb:category is for categories from elsewhere; ask for a class, such as ?x a tb:Cell",
    ),
    (
        "ASK { ?x a tb:chemical }",
        "nothing in the graph's RDF uses tb:chemical; did you mean tb:Chemical?",
    ),
    (
        "ASK { ?x a biolink:Gene }",
        "nothing in the graph is of class biolink:Gene; a category is a class, such as tb:Chemical",
    ),
    (
        "ASK { ?x a owl:Class }",
        "nothing in the graph is of class owl:Class; a category is a class, such as tb:Chemical",
    ),
    (
        "ASK { statement:0123 ?p ?o }",
        "the graph has no statement:0123",
    ),
    (
        "ASK { ?e dct:source PMID:999 }",
        "the graph has no PMID:999",
    ),
]

IDENTIFIERS = [
    (
        "ASK { ?e dct:source <https://doi.org/10.5555/12345678(2)> }",
        "the graph has no <https://doi.org/10.5555/12345678(2)>",
    ),
    (
        "ASK { ?e dct:source <http://dx.doi.org/10.5555/12345678(1)> }",
        "the graph has no <http://dx.doi.org/10.5555/12345678(1)>; did you mean <https://doi.org/10.5555/12345678(1)>?",
    ),
    (
        "ASK { ?e dct:source <doi:10.5555/12345678(1)> }",
        "<doi:10.5555/12345678(1)> is not the prefixed name; write <https://doi.org/10.5555/12345678(1)>",
    ),
    (
        'ASK { ?e dct:source "10.5555/12345678(1)" }',
        'dct:source has IRIs as values, and "10.5555/12345678(1)" is none; write <https://doi.org/10.5555/12345678(1)>',
    ),
    (
        "ASK { ?e dct:source PMID:12345678 }",
        "PMID:12345678 is a cross-reference in this graph; write <https://doi.org/10.5555/12345678(1)>",
    ),
    (
        "ASK { ?e dct:source <https://pubmed.ncbi.nlm.nih.gov/12345678/> }",
        "the graph has no <https://pubmed.ncbi.nlm.nih.gov/12345678/>; did you mean <https://doi.org/10.5555/12345678(1)>?",
    ),
    (
        "ASK { VALUES ?s { PMCID:PMC1234567 } ?e dct:source ?s }",
        "PMCID:PMC1234567 is a cross-reference in this graph; write <https://doi.org/10.5555/12345678(1)>",
    ),
    (
        "ASK { ?e dct:source ?s FILTER(?s = <https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/>) }",
        "the graph has no <https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/>; did you mean <https://doi.org/10.5555/12345678(1)>?",
    ),
    (
        "ASK { ?x tb:requires CHEBI:25107 }",
        "CHEBI:25107 is a cross-reference in this graph; write entity:magnesium",
    ),
    (
        "ASK { ?x skos:closeMatch <https://purl.obolibrary.org/obo/CHEBI_25107> }",
        "the graph has no <https://purl.obolibrary.org/obo/CHEBI_25107>; did you mean CHEBI:25107?",
    ),
    (
        'ASK { ?e dct:source ?s FILTER(STR(?s) = "10.5555/12345678(1)") }',
        'STR(?s) = "10.5555/12345678(1)" is never true, for STR() gives a whole IRI; write "https://doi.org/10.5555/12345678(1)"',
    ),
    (
        "ASK { FILTER(?s = doi:10.5555/12345678) }",
        "doi:10.5555/12345678 is a division; write <https://doi.org/10.5555/12345678>",
    ),
]

PLACES = [
    (
        "ASK { ?x a tb:requires }",
        "tb:requires is a predicate, and rdf:type asks for a class",
    ),
    (
        "ASK { ?x a entity:magnesium }",
        "entity:magnesium is an entity, and rdf:type asks for a class",
    ),
    (
        'ASK { ?x a "chemical" }',
        'rdf:type has IRIs as values, and "chemical" is none; write tb:Chemical',
    ),
    (
        "ASK { ?x tb:Protein ?y }",
        "tb:Protein is a class and no property; write ?x a tb:Protein",
    ),
    (
        'ASK { ?s rdf:predicate "requires" }',
        'rdf:predicate has IRIs as values, and "requires" is none; write tb:requires',
    ),
    (
        "ASK { ?s rdf:predicate rdf:type }",
        "rdf:type is a property, and rdf:predicate asks for a predicate",
    ),
    (
        "ASK { ?s biolink:predicate tb:activates }",
        "tb:activates is a predicate, and biolink:predicate asks for a predicate of Biolink; did you mean biolink:affects?",
    ),
    (
        'ASK { ?s rdf:subject "parathyroid hormone" }',
        'rdf:subject has IRIs as values, and "parathyroid hormone" is none; write entity:pth',
    ),
    (
        "ASK { ?x rdfs:label entity:magnesium }",
        'rdfs:label has texts as values, and no IRIs; write "magnesium"',
    ),
    (
        "ASK { entity:magnesium tb:hasEvidence ?e }",
        "entity:magnesium is an entity, and tb:hasEvidence asks for a statement",
    ),
    (
        'ASK { ?x tb:requires ?y ; tb:status "supported" }',
        "?x would have to be an entity (tb:requires) and a statement (tb:status), and nothing is both; the statements about ?x are ?statement rdf:subject ?x",
    ),
    (
        'ASK { ?s rdf:predicate tb:requires ; tb:stance "supports" }',
        "?s would have to be a statement (rdf:predicate) and a piece of evidence (tb:stance), and nothing is both; its evidence is ?s tb:hasEvidence ?evidence",
    ),
    (
        'ASK { ?s tb:hasEvidence ?e . ?e tb:status "contested" }',
        "?e would have to be a piece of evidence (value of tb:hasEvidence) and a statement (tb:status), and nothing is both; its statement is ?statement tb:hasEvidence ?e",
    ),
    (
        "ASK { ?s rdf:predicate ?p . ?p rdfs:label ?l }",
        "?p would have to be a predicate (value of rdf:predicate) and an entity, a statement, a term of another vocabulary or a nanopublication (rdfs:label), and nothing is both; predicates have no label in a graph",
    ),
    (
        "ASK { ?e dct:source ?s . ?s rdfs:label ?l }",
        "?s would have to be a source (value of dct:source) and an entity, a statement, a term of another vocabulary or a nanopublication (rdfs:label), and nothing is both; a source has dct:title",
    ),
    (
        "ASK { ?s rdf:subject ?name . ?x rdfs:label ?name }",
        "?name would have to be an entity (value of rdf:subject) and a literal (value of rdfs:label), and nothing is both",
    ),
    (
        "ASK { ?s a tb:Statement , tb:Evidence }",
        "?s would have to be a statement (a tb:Statement) and a piece of evidence (a tb:Evidence), and nothing is both; its evidence is ?s tb:hasEvidence ?evidence",
    ),
    (
        "ASK { ?x a tb:Chemical , tb:Protein }",
        "an entity has one category, and never both tb:Chemical and tb:Protein; use VALUES or IN",
    ),
    (
        "ASK { ?x tb:requires/tb:status ?y }",
        "tb:requires/tb:status leads nowhere, for tb:requires ends at an entity and tb:status begins at a statement; the statements about ?it are ?statement rdf:subject ?it",
    ),
    (
        'ASK { ?s tb:status "contested" ; tb:status "refuted" }',
        'tb:status has one value at most, and never both "contested" and "refuted"; use VALUES or IN',
    ),
    (
        'ASK { VALUES ?x { entity:magnesium "PTH" } ?s rdf:subject ?x }',
        '?x is an IRI (by rdf:subject), and "PTH" is none; write entity:pth',
    ),
    (
        "ASK { entity:magnesium tb:decreases ?y }",
        "entity:magnesium tb:decreases ?y is refuted, denied or negated in the graph, so that no plain triple says it; ask for ?statement rdf:predicate tb:decreases ; tb:status ?status",
    ),
    (
        "ASK { ?y tb:activates entity:magnesium }",
        "the graph never says ?y tb:activates entity:magnesium; the other way round it does: entity:magnesium tb:activates ?y",
    ),
    (
        "ASK { GRAPH ?g { ?s tb:hasEvidence ?e } }",
        "tb:hasEvidence stands in the default graph only; ask it outside of GRAPH",
    ),
    (
        "ASK { ?x np:hasAssertion ?y }",
        "np:hasAssertion stands in named graphs only: GRAPH ?g { ?x np:hasAssertion ?y }",
    ),
    (
        "ASK { GRAPH <http://h/g> { ?s ?p ?o } }",
        "GRAPH <http://h/g>: the dataset has no such graph",
    ),
    (
        "ASK { << entity:magnesium tb:activates ?o >> tb:status ?x }",
        "the graph's RDF says nothing of quoted triples; a statement is found by ?statement rdf:subject ?x ; rdf:predicate ?p ; rdf:object ?y",
    ),
]

EXPRESSIONS = [
    (
        'ASK { ?s tb:supportingSources ?n FILTER(?n > "2") }',
        '?n > "2" is never true, for ?n is a number and "2" is a text; write 2',
    ),
    (
        "ASK { ?s tb:referenceNumber ?n FILTER(?n > 5) }",
        "?n > 5 is never true, for ?n is a text and 5 is a number; write xsd:integer(?n)",
    ),
    (
        'ASK { ?x tb:requires ?y FILTER(?y = "magnesium") }',
        '?y is an IRI (by tb:requires), and "magnesium" is none; write entity:magnesium',
    ),
    (
        "ASK { ?x tb:requires ?y FILTER(STR(?y) = entity:magnesium) }",
        'STR(?y) = entity:magnesium is never true, for STR(?y) is a text and entity:magnesium is an IRI; write "https://w3id.org/trabecula/entity/magnesium"',
    ),
    (
        'ASK { ?x tb:requires ?y FILTER(STR(?y) = "entity:magnesium") }',
        'STR(?y) = "entity:magnesium" is never true, for STR() gives a whole IRI; write "https://w3id.org/trabecula/entity/magnesium"',
    ),
    (
        'ASK { ?x tb:requires ?y FILTER(STRSTARTS(STR(?y), "CL:")) }',
        'STRSTARTS(STR(?y), "CL:") is never true, for STR() gives a whole IRI; write "http://purl.obolibrary.org/obo/CL_"',
    ),
    (
        'ASK { ?x tb:requires ?y FILTER(CONTAINS(?y, "magnesium")) }',
        "CONTAINS(?y …) has no value, for ?y is an IRI; write STR(?y)",
    ),
    (
        'ASK { ?x tb:requires ?y FILTER(REGEX(?y, "magnesium")) }',
        "REGEX(?y …) has no value, for ?y is an IRI; write STR(?y)",
    ),
    (
        "ASK { ?s tb:sign ?n FILTER(STRLEN(?n) = 1) }",
        "STRLEN(?n …) has no value, for ?n is a number; write STR(?n)",
    ),
    (
        "ASK { ?x tb:requires ?y . ?x rdfs:label ?l FILTER(?y = ?l) }",
        "?y = ?l is never true, for ?y is an IRI and ?l is a text; write STR(?y)",
    ),
    (
        'ASK { ?x rdfs:label ?l FILTER(LANG(?l) = "en") }',
        'LANG(?l) = "en" is never true: the texts of the graph have no language; leave it out',
    ),
    (
        'ASK { ?x rdfs:label ?l FILTER(LANGMATCHES(LANG(?l), "en")) }',
        'LANGMATCHES(LANG(?l), "en") is never true: the texts of the graph have no language; leave it out',
    ),
    (
        'ASK { ?x rdfs:label ?l FILTER(CONTAINS(LCASE(?l), "Bone")) }',
        'CONTAINS(LCASE(?l), "Bone") is never true, for LCASE() has no capital letters; write "bone"',
    ),
    (
        'ASK { ?x rdfs:label ?l FILTER(CONTAINS(?l, "Bone")) }',
        'no rdfs:label in the graph holds "Bone"; write CONTAINS(LCASE(…), "bone")',
    ),
    (
        'ASK { ?x rdfs:label ?l FILTER(STRSTARTS(?l, "zinc")) }',
        'no rdfs:label in the graph begins with "zinc"',
    ),
    (
        "ASK { ?x tb:requires ?y FILTER(ISLITERAL(?y)) }",
        "ISLITERAL(?y) is never true, for ?y is an IRI",
    ),
    (
        "ASK { ?x rdfs:label ?l FILTER(DATATYPE(?l) = rdf:langString) }",
        "DATATYPE(?l) = rdf:langString is never true, for the datatype is xsd:string",
    ),
    (
        "SELECT (AVG(?s) AS ?n) { ?x tb:status ?s }",
        "AVG(?s) has no value, for ?s is a text",
    ),
    (
        'SELECT ?t { ?s tb:topic ?t } GROUP BY ?t HAVING(COUNT(*) > "1")',
        'COUNT(*) > "1" is never true, for COUNT(*) is a number and "1" is a text; write 1',
    ),
]

SCOPES = [
    (
        "SELECT ?lable { ?x rdfs:label ?label }",
        "?lable is never bound; did you mean ?label?",
    ),
    (
        "SELECT (COUNT(?lable) AS ?n) { ?x rdfs:label ?label }",
        "?lable is never bound; did you mean ?label?",
    ),
    (
        "CONSTRUCT { ?x rdfs:label ?lable } WHERE { ?x rdfs:label ?label }",
        "?lable is never bound; did you mean ?label?",
    ),
    (
        'ASK { ?x rdfs:label ?label FILTER(?lable = "PTH") }',
        "?lable is never bound; did you mean ?label?",
    ),
    (
        "ASK { ?x rdfs:label ?label FILTER(BOUND(?lable)) }",
        "?lable is never bound; did you mean ?label?",
    ),
    (
        'ASK { ?x rdfs:label ?l . { FILTER(?l = "PTH") } }',
        "?l is bound outside of the braces that this FILTER stands in, and not within them: nothing passes it; put it outside",
    ),
    (
        'ASK { ?x rdfs:label ?l { ?y tb:sign ?n FILTER(?l = "PTH") } UNION { ?y tb:sign 1 } }',
        "?l is bound outside of the braces that this FILTER stands in, and not within them: nothing passes it; put it outside",
    ),
    (
        'ASK { { SELECT ?x { ?x rdfs:label ?l } } FILTER(?l = "PTH") }',
        "?l is bound outside of the braces that this FILTER stands in, and not within them: nothing passes it; put it outside",
    ),
    (
        "SELECT ?n { BIND(STRLEN(?l) AS ?n) ?x rdfs:label ?l }",
        "BIND comes before ?l is bound; move it behind",
    ),
    (
        "SELECT * { ?x rdfs:label ?l } ORDER BY ?m",
        "?m is never bound",
    ),
    (
        "SELECT * { ?x rdfs:label ?l } LIMIT 0",
        "LIMIT 0 asks for no rows",
    ),
    (
        "ASK FROM NAMED <https://w3id.org/trabecula/nanopub/article#assertion> { ?s tb:requires ?e }",
        "FROM NAMED without FROM leaves the default graph empty; ask GRAPH ?g { … }",
    ),
]

#: Valid queries that are a little unusual, and right.
FINE = [
    "ASK { ?s ?p ?o FILTER(?p IN (rdfs:label, rdf:type)) }",
    "ASK { ?s ?p ?o FILTER(?p != rdfs:Label) }",
    "SELECT * { VALUES ?v { 1 } ?v tb:requires* ?v }",
    "ASK { ?x tb:requires entity:magnesium . ?s rdf:subject ?x ; tb:status 'title-only' ; tb:sign 1 }",
    "ASK { ?x tb:status ?y FILTER(?y = 'contested' && ?x != 'anything') }",
    "ASK { ?x ?y 'suported' # tb:requres entity:nothing\n }",
    "ASK { ?x a tb:Statement ; tb:pattern 'continuous' ; tb:hasEvidence/tb:stance ?y . _:b ?p ?o }",
    "ASK { FILTER(STRSTARTS(STR(?x), STR(tb:)) && STRSTARTS(STR(?y), STR(entity:))) }",
    "PREFIX mine: <http://h/> SELECT (mine:a AS ?x) { BIND(mine:b AS ?y) VALUES ?z { mine:c } }",
    "PREFIX obo: <http://purl.obolibrary.org/obo/> ASK { ?x skos:closeMatch obo:CHEBI_25107 }",
    "PREFIX e: <https://w3id.org/trabecula/entity/> ASK { e:magnesium ?p ?o }",
    "BASE <https://w3id.org/trabecula/entity/> ASK { <magnesium> ?p ?o }",
    "CONSTRUCT { ?x <http://h/p> 'new'@en } WHERE { ?x tb:requires ?y }",
    "ASK { BIND('PTH'@en AS ?label) ?x rdfs:label ?plain FILTER(STR(?label) = ?plain) }",
    "ASK { ?x rdfs:label ?l FILTER(LANG(?l) = '' || LANG(?l) = 'en') }",
    "ASK { ?x rdfs:label|skos:altLabel 'Mg' }",
    "ASK { ?x rdfs:label|skos:altLabel ?n FILTER(?n = 'Mg') }",
    "ASK { { ?x rdfs:label ?n } UNION { ?x skos:altLabel ?n } FILTER(?n = 'Mg') }",
    "ASK { { entity:magnesium tb:activates ?x } UNION { ?x tb:activates entity:magnesium } }",
    "ASK { ?s tb:sign +1 ; tb:supportingSources ?n FILTER(?n >= 1.5) }",
    "ASK { ?s tb:sign ?n FILTER(?n IN (1, -1.0, '0'^^xsd:int)) }",
    "ASK { ?s tb:abstractRead '1'^^xsd:boolean }",
    "ASK { ?s dct:date ?d FILTER(?d > '1990'^^xsd:gYear && xsd:integer(STR(?d)) < 2000) }",
    "ASK { ?s dct:date ?d FILTER(YEAR(?d) > 1990) }",
    "ASK { ?s dct:date '1998'^^xsd:gYear ; dct:date '1998'^^xsd:gYear }",
    "ASK { ?e dct:source <https://doi.org/10.5555/12345678(1)> ; tb:dose '300 mg a day' }",
    "ASK { ?x skos:closeMatch CHEBI:25107 ; dct:identifier 'magnesium' }",
    "ASK { CHEBI:25107 rdfs:label 'magnesium atom' }",
    "ASK { ?s rdf:subject ?x . ?x rdfs:label ?l FILTER(CONTAINS(LCASE(STR(?l)), 'magnesium')) }",
    "ASK { ?s rdf:predicate ?p FILTER(STRENDS(STR(?p), 'requires')) }",
    "ASK { GRAPH ?g { ?x tb:activates ?y } GRAPH ?h { ?g prov:wasDerivedFrom source:article } }",
    "ASK FROM <https://w3id.org/trabecula/nanopub/article#assertion> { ?x tb:decreases ?y }",
    "ASK { ?x tb:subclass_of* entity:magnesium ; (tb:activates|^tb:requires)+ ?y }",
    "ASK { entity:magnesium tb:requires CL:0000062 }",
    "ASK { ?s !rdf:type ?x . ?x !(rdfs:label|^tb:requires) ?y }",
    "SELECT ?t (COUNT(*) AS ?n) { ?s tb:topic ?t } GROUP BY ?t HAVING(?n > 1) ORDER BY DESC(?n)",
    "SELECT ?l { ?x a tb:Cell OPTIONAL { ?x rdfs:label ?l FILTER(?x != entity:pth) } }",
    "SELECT ?x { ?x a tb:Cell FILTER NOT EXISTS { ?s rdf:object ?x FILTER(?x = entity:bmd) } }",
    "SELECT (IF(?st = 'refuted', ?nothing, ?s) AS ?r) { ?s tb:status ?st } ORDER BY ?r",
    "SELECT ?y { { SELECT ?y (MAX(?n) AS ?m) { ?y tb:supportingSources ?n } GROUP BY ?y } FILTER(?m > 0) }",
    "DESCRIBE entity:magnesium ?s WHERE { ?s rdf:subject entity:magnesium }",
    "",
    "this is no query at all { ' }",
]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        *MISTAKES,
        *LITERALS,
        *YEARS,
        *PREFIXES,
        *NAMES,
        *IDENTIFIERS,
        *PLACES,
        *EXPRESSIONS,
        *SCOPES,
    ],
)
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


def test_a_cross_reference_of_another_kind_is_told() -> None:
    xrefs = (Xref("exact", "CHEBI:1"), Xref("related", "CHEBI:2"))
    graph = Graph([Entity(id="x", name="x", category="chemical", xrefs=xrefs)])
    assert lint("ASK { ?s skos:exactMatch CHEBI:1 }", graph) == []
    assert lint("ASK { ?s skos:relatedMatch|skos:exactMatch CHEBI:2 }", graph) == []
    assert lint("ASK { ?s skos:exactMatch CHEBI:2 }", graph) == [
        "CHEBI:2 is never the skos:exactMatch of anything; write skos:relatedMatch"
    ]


def test_warnings_are_told_once_and_not_without_end(tiny: Graph) -> None:
    assert len(lint("ASK { ?x tb:requres ?y . ?y tb:requres ?x }", tiny)) == 1
    many = " ".join(f"?x tb:wrong{i} ?y ." for i in range(1000))
    assert len(lint(f"ASK {{ {many} }}", tiny)) == MAX_WARNINGS


@pytest.mark.parametrize("name", sorted(library()))
def test_nothing_is_told_of_the_library(name: str, shipped: Graph) -> None:
    query = library()[name]
    values = {p.name: p.default or "vitamin" for p in query.parameters}
    assert lint(bind(query, values, shipped), shipped) == []


def test_nothing_is_told_of_the_questions_that_the_graph_is_asked(shipped: Graph) -> None:
    asked = questions(content.graph() / "expectations")
    assert len(asked) > 100
    assert [(q.name, told) for q in asked if (told := lint(q.query, shipped))] == []


@pytest.mark.parametrize(
    "part",
    [
        "?x rdfs:label 'zinc' .", "?x{i} tb:requires ?y ; tb:status ?z .", "BIND(?q{i} AS ?r{i})",
        "VALUES ?x {{ entity:x{i} 'y{i}' }} ?s rdf:subject ?x .", "FILTER(?x{i} = 1)", "?x tb:a{i} ?y .",
        "{{ ?a tb:status ?b }} UNION", "?a tb:requires* ?a .", "FILTER(1 > ?a || 2 > ?a)", "[] a [] .",
        "<http://w3id.org/trabecula/entity/x{i}> ?p ?o .", "?a {long} ?b .", "?x tb:status '{long}' .",
    ],
)  # fmt: skip
def test_a_query_of_any_size_is_looked_through_in_time(part: str, tiny: Graph) -> None:
    long, size = "tb:" + "a" * 10_000, 0
    parts: list[str] = []
    while size < MAX_BYTES // 4:
        parts.append(part.format(i=len(parts), long=long))
        size += len(parts[-1])
    start = time.process_time()
    warnings = lint(f"SELECT * {{ {' '.join(parts)} }}", tiny)
    assert time.process_time() - start < 3  # the square of it would be more
    assert all(len(warning) < 1000 for warning in warnings)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(_PIECES), max_size=30))
def test_no_text_is_too_odd_to_be_looked_at(pieces: list[str]) -> None:
    lint("SELECT * { " + " ".join(pieces), Graph())
    lint(" ".join(pieces), Graph())
