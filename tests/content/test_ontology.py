"""The ontology and its shapes are sound: everything declared and explained, every shape shown."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef

from trabecula import shipped
from trabecula.checks.shapes import SHAPES, violations
from trabecula.errors import MissingExtra
from trabecula.formats import load, rdf
from trabecula.prefixes import NAMESPACES, ONTOLOGY

EXAMPLES = sorted((shipped.ontology() / "examples").glob("*.ttl"))
GOOD = [path for path in EXAMPLES if path.name.startswith("good-")]
BAD = [path for path in EXAMPLES if path.name.startswith("bad-")]
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@cache
def turtle(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def ontology() -> Graph:
    return turtle(shipped.ontology() / "trabecula.ttl")


def shapes() -> Graph:
    return turtle(shipped.ontology() / "shapes.ttl")


def own(graph: Graph) -> set[URIRef]:
    """Every term of our namespace that a graph mentions anywhere."""
    return {
        node
        for triple in graph
        for node in triple
        if isinstance(node, URIRef) and node.startswith(ONTOLOGY)
    }


def declared() -> set[URIRef]:
    return {term for term in own(ontology()) if (term, RDF.type, None) in ontology()}


# --- Ontology -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [*sorted(shipped.ontology().glob("*.ttl")), *EXAMPLES],
    ids=lambda path: path.stem,
)
def test_our_terms_are_declared(path: Path) -> None:
    assert own(turtle(path)) - declared() == set()


def test_the_terms_of_the_shipped_graph_are_declared() -> None:
    graph = load()
    mentioned = {
        URIRef(node.value)
        for triple in rdf.triples(graph)
        for node in (triple.subject, triple.predicate, triple.object)
        if isinstance(node, NamedNode) and node.value.startswith(ONTOLOGY)
    }
    words = {URIRef(ONTOLOGY + key) for key, _ in graph.about.context}
    assert mentioned > words
    assert mentioned - declared() - words == set()


def test_every_class_and_property_of_ours_has_one_label_and_one_definition() -> None:
    graph = ontology()
    ours = own(graph)
    terms = [s for kind in TERMS for s in graph.subjects(RDF.type, kind) if s in ours]
    wanting = [
        (term, str(what))
        for term in terms
        for what in (RDFS.label, SKOS.definition)
        if len(list(graph.objects(term, what))) != 1
    ]
    assert wanting == []


def test_no_term_is_a_class_and_a_property_or_two_kinds_of_property() -> None:
    graph = ontology()
    kinds = {term: [k for k in TERMS if (term, RDF.type, k) in graph] for term in own(graph)}
    assert {term: k for term, k in kinds.items() if len(k) > 1} == {}


def test_terms_of_others_are_declared_where_they_are_used_as_properties() -> None:
    graph = ontology()
    built_in = tuple(NAMESPACES[name] for name in ("rdf", "rdfs", "owl"))
    used = {term for term in graph.predicates() if not str(term).startswith(built_in)}
    assert {term for term in used if (term, RDF.type, None) not in graph} == set()


def test_the_only_blank_nodes_are_unions_of_classes() -> None:
    graph = ontology()
    lists = set(graph.subjects(RDF.first))
    unions = set(graph.subjects(OWL.unionOf))
    blank = {node for node in graph.all_nodes() if isinstance(node, BNode)}
    assert blank == lists | unions


def test_predicates_are_not_sub_properties_of_other_vocabularies() -> None:
    parents = set(ontology().objects(None, RDFS.subPropertyOf))
    assert parents == {URIRef(ONTOLOGY + "relatesTo"), URIRef(ONTOLOGY + "context")}


# --- Shapes ---------------------------------------------------------------------------------


def test_shapes_are_valid_shacl_core() -> None:
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, report
    assert set(shapes().predicates()) & {SH.sparql, SH.select, SH.js, SH.rule} == set()


def test_every_shape_says_what_is_wrong_and_what_to_do() -> None:
    remedy = URIRef(ONTOLOGY + "remedy")
    assert set(shapes().subjects(SH.message)) == set(shapes().subjects(remedy))
    used = set(shapes().objects(None, SH.property)) - set(
        shapes().objects(URIRef(SHAPES + "described"), SH.property)
    )
    used |= {URIRef(SHAPES + "record"), URIRef(SHAPES + "association")}
    assert used == set(shapes().subjects(SH.message))


def test_every_shape_has_a_bad_example() -> None:
    names = {str(shape).removeprefix(SHAPES) for shape in shapes().subjects(SH.message)}
    assert {path.stem.removeprefix("bad-") for path in BAD} == names


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_examples_conform(path: Path) -> None:
    assert list(violations(turtle(path))) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_examples_break_the_shape_they_are_named_after(path: Path) -> None:
    name = path.stem.removeprefix("bad-")
    problem, *more = violations(turtle(path))
    assert more == []
    assert problem.code == f"shape-{name.partition('-')[0]}"
    assert problem.what.endswith(f"({name})")
    assert problem.severity == ("warning" if name == "evidence-described-source" else "error")


def test_a_problem_names_the_record_the_value_and_the_remedy() -> None:
    (problem,) = violations(turtle(shipped.ontology() / "examples/bad-context-age.ttl"))
    assert str(problem) == (
        "1-a: a value of age is not in the list: ancient (context-age): "
        "use one of young, adult and older"
    )


def test_checking_shapes_without_pyshacl_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtra) as caught:
        list(violations(Graph()))
    assert str(caught.value) == 'checking shapes needs an extra: pip install "trabecula[validate]"'
