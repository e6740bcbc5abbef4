"""The lists beside the ontology: verified terms, and the mappings to other vocabularies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import RDFS, SKOS, Graph, URIRef

from trabecula import graph as graphs
from trabecula import shipped
from trabecula.checks import check
from trabecula.formats import curated
from trabecula.identifiers import curie_problem
from trabecula.prefixes import NAMESPACES, ONTOLOGY, PREFIXES
from trabecula.vocabulary import CATEGORIES, METHODS, PREDICATES, SPECIES

#: Prefixes of the vocabularies that give no labels of their own in the verified lists.
WITHOUT_LABELS = ("biolink", "rdf", "rdfs")
MAPPINGS = [SKOS[f"{match}Match"] for match in ("exact", "close", "broad", "narrow", "related")]
OF_METHODS = [URIRef(ONTOLOGY + name) for name in ("evidenceType", "studyDesign")]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table; lines that begin with # stand before it."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    header, *rows = (line.split("\t") for line in lines)
    return [dict(zip(header, row, strict=True)) for row in rows]


@cache
def labels() -> dict[str, str]:
    return {row["curie"]: row["label"] for row in table(shipped.ontology() / "terms.tsv")}


# --- Verified terms -------------------------------------------------------------------------


def test_terms_are_sorted_distinct_and_labelled() -> None:
    rows = table(shipped.ontology() / "terms.tsv")
    assert list(rows[0]) == ["curie", "label", "source"]
    curies = [row["curie"] for row in rows]
    assert curies == sorted(set(curies))
    assert [row for row in rows if curie_problem(row["curie"]) or not row["label"].strip()] == []


def test_every_identifier_of_the_vocabulary_is_a_verified_term() -> None:
    used = {term for predicate in PREDICATES.values() for _, term in predicate.mappings}
    used |= {term for method in METHODS.values() for term in (method.eco, method.design)}
    used |= set(SPECIES.values())
    needed = {term for term in used if term and term.partition(":")[0] not in WITHOUT_LABELS}
    assert needed - set(labels()) == set()


def test_the_shipped_graph_uses_verified_terms_only_and_words_of_its_own() -> None:
    graph = graphs.Graph(curated.read(shipped.graph()))
    assert check(graph, ["labels", "article-words"]).problems == ()


# --- Mappings -------------------------------------------------------------------------------


def curie(term: object) -> str:
    """The CURIE of an IRI under the prefixes that the mappings declare."""
    prefixes = declared()
    ((prefix, iri),) = ((p, iri) for p, iri in prefixes.items() if str(term).startswith(iri))
    return f"{prefix}:{str(term).removeprefix(iri)}"


@cache
def declared() -> dict[str, str]:
    """The prefixes that the head of the mappings declares."""
    text = (shipped.ontology() / "mappings.sssom.tsv").read_text("utf-8")
    _, _, head = text.partition("#curie_map:\n")
    pairs = (line[3:].split(": ", 1) for line in head.splitlines() if line.startswith("#  "))
    return dict(pairs)


def test_the_mappings_are_those_of_the_ontology() -> None:
    graph = Graph().parse(shipped.ontology() / "trabecula.ttl", format="turtle")
    expected = [
        {
            "subject_id": curie(subject),
            "subject_label": str(graph.value(subject, RDFS.label)),
            "predicate_id": curie(predicate),
            "object_id": curie(target),
            "object_label": labels().get(curie(target), ""),
            "mapping_justification": "semapv:ManualMappingCuration",
        }
        for predicate in (*MAPPINGS, *OF_METHODS)
        for subject, target in graph.subject_objects(predicate)
    ]
    rows = table(shipped.ontology() / "mappings.sssom.tsv")
    assert rows == sorted(expected, key=lambda row: tuple(row.values()))


def test_every_category_predicate_and_method_is_mapped_as_the_vocabulary_says() -> None:
    rows = table(shipped.ontology() / "mappings.sssom.tsv")
    mapped = {
        tuple(row[f"{part}_id"] for part in ("subject", "predicate", "object")) for row in rows
    }
    of_categories = {(f"tb:{c.iri_name}", c.biolink) for c in CATEGORIES.values()}
    assert of_categories <= {(subject, target) for subject, _, target in mapped}
    of_predicates = {
        (f"tb:{predicate.name}", f"skos:{match}Match", term)
        for predicate in PREDICATES.values()
        for match, term in predicate.mappings
    }
    of_methods = {
        (f"tb:method-{method.name}", f"tb:{name}", term)
        for method in METHODS.values()
        for name, term in (("evidenceType", method.eco), ("studyDesign", method.design))
        if term
    }
    assert (of_predicates | of_methods) - mapped == set()


def test_the_prefixes_of_the_mappings_are_ours() -> None:
    ours = {**NAMESPACES, **{name: prefix.iri for name, prefix in PREFIXES.items()}}
    theirs = {"semapv": "https://w3id.org/semapv/vocab/"}
    assert declared() == {name: {**ours, **theirs}[name] for name in declared()}
    assert list(declared()) == sorted(declared())
