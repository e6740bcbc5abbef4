"""The vocabulary and the prefixes equal the ontology, both ways; a difference is named."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection

from trabecula import shipped, vocabulary
from trabecula.identifiers import contract, curie_problem
from trabecula.prefixes import ENTITY, NAMESPACES, ONTOLOGY, PREFIXES, Prefix
from trabecula.vocabulary import CATEGORIES, CONTEXT, METHODS, PREDICATES

if TYPE_CHECKING:
    from rdflib.term import Node

TB = Namespace(ONTOLOGY)
SHAPE = Namespace("https://w3id.org/trabecula/shapes#")
DEFINED = (
    ("source-kind", vocabulary.SOURCE_KINDS),
    ("standing", vocabulary.STANDINGS),
    ("review", vocabulary.REVIEWS),
    ("stance", vocabulary.STANCES),
    ("status", vocabulary.STATUSES),
    ("strength", vocabulary.STRENGTHS),
    ("system", vocabulary.SYSTEMS),
)
LABELLED = (
    ("relation", vocabulary.RELATIONS),
    ("basis", vocabulary.BASES),
    ("measure", vocabulary.MEASURES),
    ("reading", vocabulary.READINGS),
)
LIMITED = {key: values for key, values in CONTEXT.items() if values is not None}

# --- Reading the Turtle ---------------------------------------------------------------------


@cache
def turtle(name: str) -> Graph:
    return Graph().parse(shipped.ontology() / f"{name}.ttl", format="turtle")


def local(term: Node | None) -> str:
    return str(term).removeprefix(ONTOLOGY)


def text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The only value of a property as text; empty when there is none."""
    values = [str(value) for value in graph.objects(subject, predicate)]
    assert len(values) <= 1, f"{local(subject)} has several values of {predicate}: {values}"
    return values[0] if values else ""


def curie(iri: Node) -> str:
    """The CURIE of an IRI in a prefix or in a namespace of ours."""
    for name, namespace in NAMESPACES.items():
        if str(iri).startswith(namespace):
            return f"{name}:{str(iri).removeprefix(namespace)}"
    return contract(str(iri), ENTITY)


def mappings(graph: Graph, subject: Node) -> tuple[tuple[str, str], ...]:
    """The SKOS matches of a term: pairs of match and CURIE, sorted."""
    return tuple(
        sorted(
            (match, curie(target))
            for match in vocabulary.MATCHES
            for target in graph.objects(subject, SKOS[f"{match}Match"])
        )
    )


def items(graph: Graph, head: Node | None) -> list[Node]:
    assert head is not None
    return list(Collection(graph, head))


def classes(graph: Graph, subject: Node, predicate: URIRef) -> tuple[str, ...]:
    """The names of the categories in a domain or a range, in the order of the file."""
    expression = graph.value(subject, predicate)
    if expression is None:
        return ()
    union = graph.value(expression, OWL.unionOf)
    members = [expression] if union is None else items(graph, union)
    return tuple(text(graph, member, SKOS.notation) for member in members)


def differences(
    ontology: Mapping[str, Mapping[str, object]], code: Mapping[str, Mapping[str, object]]
) -> list[str]:
    """What one side has and the other has not, by name and field."""
    lines = [f"{name} is only in the ontology" for name in ontology if name not in code]
    lines += [f"{name} is only in the code" for name in code if name not in ontology]
    for name in code:
        for field, value in code[name].items():
            other = ontology.get(name, code[name])[field]
            if other != value:
                lines.append(f"{name}: {field}: {other!r} in the ontology, {value!r} in the code")
    return lines


def test_the_words_are_those_that_the_ontology_gives() -> None:
    script = Path(__file__).parents[1] / "scripts/vocabulary"
    subprocess.run([sys.executable, str(script), "--check"], check=True)


# --- Predicates and categories --------------------------------------------------------------


def predicate_in_ontology(graph: Graph, subject: Node) -> dict[str, object]:
    symmetric = (subject, RDF.type, OWL.SymmetricProperty) in graph
    inverse = subject if symmetric else graph.value(subject, OWL.inverseOf)
    assert inverse is not None, f"{local(subject)} has no inverse and is not symmetric"
    return {
        "label": text(graph, subject, RDFS.label),
        "inverse": local(inverse),
        "inverse_label": text(graph, inverse, RDFS.label),
        "definition": text(graph, subject, SKOS.definition),
        "sign": int(text(graph, subject, TB.sign)),
        "kind": text(graph, subject, TB.arrow),
        "influence": text(graph, subject, TB.influence),
        "state": text(graph, subject, TB.state),
        "structure": text(graph, subject, TB.structure),
        "symmetric": symmetric,
        "transitive": (subject, RDF.type, OWL.TransitiveProperty) in graph,
        "domain": classes(graph, subject, RDFS.domain),
        "range": classes(graph, subject, RDFS.range),
        "mappings": mappings(graph, subject),
        "bel": text(graph, subject, TB.bel),
    }


def test_predicates_equal_the_ontology() -> None:
    graph = turtle("trabecula")
    ontology = {
        local(subject): predicate_in_ontology(graph, subject)
        for subject in graph.subjects(RDFS.subPropertyOf, TB.relatesTo)
    }
    code = {
        name: {
            field: getattr(predicate, field)
            for field in predicate.__slots__
            if field not in ("name", "mappings")
        }
        | {"mappings": tuple(sorted(predicate.mappings))}
        for name, predicate in PREDICATES.items()
    }
    assert differences(ontology, code) == []


def test_every_inverse_belongs_to_one_predicate() -> None:
    inverses = [p.inverse for p in PREDICATES.values() if not p.symmetric]
    assert len(set(inverses)) == len(inverses)
    assert set(inverses) & set(PREDICATES) == set()
    assert {p.name: p.inverse_label for p in PREDICATES.values() if p.symmetric} == {
        p.inverse: p.label for p in PREDICATES.values() if p.symmetric
    }


def test_categories_equal_the_ontology() -> None:
    graph = turtle("trabecula")
    ontology = {
        text(graph, subject, SKOS.notation): {
            "iri_name": local(subject),
            "label": text(graph, subject, RDFS.label),
            "definition": text(graph, subject, SKOS.definition),
            "biolink": tuple(term for _, term in mappings(graph, subject)),
            "parent": local(graph.value(subject, RDFS.subClassOf)),
        }
        for subject in graph.subjects(RDF.type, OWL.Class)
        if (subject, SKOS.notation, None) in graph
    }
    code = {
        name: {
            "iri_name": category.iri_name,
            "label": category.label,
            "definition": category.definition,
            "biolink": (category.biolink,),
            "parent": category.parent,
        }
        for name, category in CATEGORIES.items()
    }
    assert differences(ontology, code) == []


# --- Closed lists ---------------------------------------------------------------------------


def concepts(
    scheme: str, read: Callable[[Graph, Node], dict[str, object]]
) -> dict[str, dict[str, object]]:
    """What the ontology says of the concepts of a scheme, by notation."""
    graph = turtle("trabecula")
    by_notation = {}
    for subject in graph.subjects(SKOS.inScheme, TB[f"{scheme}-scheme"]):
        notation = text(graph, subject, SKOS.notation)
        assert local(subject) == f"{scheme}-{notation.replace(' ', '-')}"
        by_notation[notation] = read(graph, subject)
    return by_notation


@pytest.mark.parametrize(("scheme", "values"), LABELLED)
def test_words_of_conclusions_equal_the_ontology(
    scheme: str, values: Mapping[str, Mapping[str, str]]
) -> None:
    graph = turtle("trabecula")
    words = {
        text(graph, subject, SKOS.notation): {
            "label": text(graph, subject, RDFS.label),
            "definition": text(graph, subject, SKOS.definition),
        }
        for subject in graph.subjects(SKOS.inScheme, TB[f"{scheme}-scheme"])
    }
    assert words == {name: dict(row) for name, row in values.items()}


@pytest.mark.parametrize(("scheme", "values"), DEFINED)
def test_closed_lists_equal_the_ontology(scheme: str, values: Mapping[str, str]) -> None:
    def read(graph: Graph, subject: Node) -> dict[str, object]:
        return {
            "label": text(graph, subject, RDFS.label),
            "definition": text(graph, subject, SKOS.definition),
        }

    code = {name: {"label": name, "definition": value} for name, value in values.items()}
    assert differences(concepts(scheme, read), code) == []


def test_methods_equal_the_ontology() -> None:
    def read(graph: Graph, subject: Node) -> dict[str, object]:
        return {
            "label": text(graph, subject, RDFS.label),
            "eco": [curie(term) for term in graph.objects(subject, TB.evidenceType)],
            "design": [curie(term) for term in graph.objects(subject, TB.studyDesign)],
            "primary": text(graph, subject, TB.primary),
        }

    code = {
        name: {
            "label": method.label,
            "eco": [method.eco],
            "design": [method.design] if method.design else [],
            "primary": "true" if method.primary else "false",
        }
        for name, method in METHODS.items()
    }
    assert differences(concepts("method", read), code) == []


def test_species_equal_the_ontology() -> None:
    def read(graph: Graph, subject: Node) -> dict[str, object]:
        return {"label": text(graph, subject, RDFS.label), "taxon": mappings(graph, subject)}

    code = {
        name: {"label": name, "taxon": (("exact", taxon),) if taxon else ()}
        for name, taxon in vocabulary.SPECIES.items()
    }
    assert differences(concepts("species", read), code) == []


@pytest.mark.parametrize("key", LIMITED)
def test_context_values_equal_the_ontology(key: str) -> None:
    def read(graph: Graph, subject: Node) -> dict[str, object]:
        return {"label": text(graph, subject, RDFS.label)}

    code = {value: {"label": value} for value in LIMITED[key]}
    assert differences(concepts(key.replace("_", "-"), read), code) == []


def test_every_closed_list_belongs_to_its_property() -> None:
    graph = turtle("trabecula")
    wanted = {key: f"{key.replace('_', '-')}-scheme" for key in LIMITED} | {
        "sourceKind": "source-kind-scheme",
        "effectMeasure": "measure-scheme",
        "readingState": "reading-scheme",
        **{
            name: f"{name}-scheme"
            for name in (
                "basis",
                "stance",
                "standing",
                "status",
                "strength",
                "system",
                "method",
                "species",
            )
        },
    }
    lists = {local(s): local(o) for s, o in graph.subject_objects(TB.valuesFrom)}
    assert lists == wanted
    schemes = {local(scheme) for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {
        *wanted.values(),
        "relation-scheme",  # of conclusions, not of records
        "review-scheme",  # a part of a text
    }
    assert {local(scheme) for scheme in graph.objects(None, SKOS.inScheme)} == schemes


def test_context_keys_are_properties_of_what_they_can_be_said_of() -> None:
    graph = turtle("trabecula")

    def domain(key: str) -> set[str]:
        expression = graph.value(TB[key], RDFS.domain)
        assert expression is not None, f"tb:{key} has no domain"
        union = graph.value(expression, OWL.unionOf)
        return {local(c) for c in ([expression] if union is None else items(graph, union))}

    assert {key: domain(key) for key in CONTEXT} == {
        key: {"Statement", "Evidence"} if values else {"Evidence"}
        for key, values in CONTEXT.items()
    }


# --- Shapes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "values"),
    [
        ("source-kind", vocabulary.SOURCE_KINDS),
        ("source-standing", vocabulary.STANDINGS),
        ("statement-reading", vocabulary.READINGS),
        ("evidence-measure", vocabulary.MEASURES),
        ("statement-status", vocabulary.STATUSES),
        ("evidence-stance", vocabulary.STANCES),
        ("evidence-strength", vocabulary.STRENGTHS),
        ("evidence-method", METHODS),
        ("evidence-species", vocabulary.SPECIES),
        ("evidence-system", vocabulary.SYSTEMS),
        *((f"context-{key.replace('_', '-')}", values) for key, values in LIMITED.items()),
    ],
)
def test_shapes_close_the_same_lists(shape: str, values: Iterable[str]) -> None:
    graph = turtle("shapes")
    listed = [str(value) for value in items(graph, graph.value(SHAPE[shape], SH["in"]))]
    assert listed == list(values)


def test_shapes_know_every_category() -> None:
    graph = turtle("shapes")
    names = [category.iri_name for category in CATEGORIES.values()]
    listed = items(graph, graph.value(SHAPE["a-category"], SH["in"]))
    # What is an entity and no more has a category of another vocabulary.
    assert [local(term) for term in listed] == ["Entity", *names]
    entities = {local(target) for target in graph.objects(SHAPE.entity, SH.targetClass)}
    assert entities == {"Entity", *names}
    records = {local(target) for target in graph.objects(SHAPE.record, SH.targetClass)}
    assert records == entities | {"Source", "Statement", "Evidence"}


def test_shapes_keep_free_text_off_statements() -> None:
    graph = turtle("shapes")
    path = graph.value(SHAPE["statement-free-text"], SH.path)
    assert path is not None
    keys = [local(term) for term in items(graph, graph.value(path, SH.alternativePath))]
    assert keys == [key for key, values in CONTEXT.items() if values is None]


# --- Prefixes and identifiers ---------------------------------------------------------------


def test_prefixes_equal_the_ontology() -> None:
    graph = turtle("prefixes")
    ontology: dict[str, dict[str, object]] = {}
    for subject in graph.subjects(RDF.type, SH.PrefixDeclaration):
        name = text(graph, subject, SH.prefix)
        assert name not in ontology, f"{name} is declared twice"
        ontology[name] = {
            "iri": text(graph, subject, SH.namespace),
            "url": text(graph, subject, TB.urlPattern),
            "pattern": text(graph, subject, TB.identifierPattern),
        }

    def row(prefix: Prefix) -> dict[str, object]:
        return {"iri": prefix.iri, "url": prefix.url, "pattern": prefix.pattern}

    code: dict[str, dict[str, object]] = {
        name: {"iri": iri, "url": "", "pattern": ""} for name, iri in NAMESPACES.items()
    }
    code |= {name: row(prefix) for name, prefix in PREFIXES.items()}
    assert set(NAMESPACES) & set(PREFIXES) == set()
    assert differences(ontology, code) == []


def test_every_prefix_is_declared_by_the_ontology() -> None:
    graph = turtle("prefixes")
    declared = set(graph.objects(URIRef(ONTOLOGY.removesuffix("#")), SH.declare))
    assert declared == set(graph.subjects(RDF.type, SH.PrefixDeclaration))


def test_identifiers_of_other_ontologies_are_well_formed() -> None:
    mapped = [term for predicate in PREDICATES.values() for _, term in predicate.mappings]
    checked = [term for term in mapped if not term.startswith(("rdfs:", "biolink:"))]
    checked += [method.eco for method in METHODS.values()]
    checked += [method.design for method in METHODS.values() if method.design]
    checked += [taxon for taxon in vocabulary.SPECIES.values() if taxon]
    assert [problem for term in checked if (problem := curie_problem(term))] == []
    assert {match for predicate in PREDICATES.values() for match, _ in predicate.mappings} <= set(
        vocabulary.MATCHES
    )


def test_the_ontology_is_free_to_reuse() -> None:
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    for name in ("trabecula", "shapes"):
        graph = turtle(name)
        header = graph.value(predicate=RDF.type, object=OWL.Ontology)
        assert header is not None
        assert list(graph.objects(header, DCTERMS.license)) == [licence]
