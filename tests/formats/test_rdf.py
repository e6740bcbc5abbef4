"""What is particular to RDF: what is said plainly, by whom, and what is refused when reading."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats import rdf
from trabecula.formats.rdf.ontology import TERMS
from trabecula.graph import Graph
from trabecula.leftover import LeftOut, Leftovers
from trabecula.model import About, Entity, Evidence, Record, Source, Statement, Xref
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.standing import sayable
from trabecula.vocabulary import CONTEXT, PREDICATES

ROOT = Path(__file__).parents[2]
CELL = "http://purl.obolibrary.org/obo/CL_0000062"
NANOPUB = "https://w3id.org/trabecula/nanopub/"
_RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


def _plain(graph: Graph) -> set[tuple[str, str, str]]:
    """The triples that say what some statement says, whatever it is about."""
    predicates = {ONTOLOGY + name for name in PREDICATES}
    return {
        (str(t.subject.value), str(t.predicate.value), str(t.object.value))
        for t in rdf.triples(graph)
        if t.predicate.value in predicates
    }


def _named(graph: Graph, name: str) -> list[str]:
    node = pyoxigraph.NamedNode(NANOPUB + name)
    return [str(quad.triple) for quad in rdf.quads(graph) if quad.graph_name == node]


# --- What is said ---------------------------------------------------------------------------


def test_what_is_negated_or_refuted_is_never_said_plainly(tiny: Graph) -> None:
    magnesium, pth = ENTITY + "magnesium", ENTITY + "pth"
    assert _plain(tiny) == {
        (magnesium, ONTOLOGY + "activates", CELL),
        (pth, ONTOLOGY + "inhibits", CELL),
        (pth, ONTOLOGY + "activates", CELL),
        (CELL, ONTOLOGY + "requires", magnesium),
    }


def test_the_shipped_graph_says_plainly_what_is_sayable_and_nothing_else(
    shipped: Graph,
) -> None:
    def ends(name: str) -> str:
        return rdf.rows.iri(name, ENTITY)

    wanted = {
        (ends(s.subject), ONTOLOGY + s.predicate, ends(s.object))
        for s in shipped.statements.values()
        if not s.negated and sayable(s.evidence)
    }
    assert _plain(shipped) == wanted


def test_what_the_article_alone_denies_is_not_said_plainly() -> None:
    for stance, count in (("supports", 1), ("qualifies", 1), ("disputes", 0)):
        row = Evidence(source="article", stance=stance, strength="asserted")
        statement = Statement(subject="x", predicate="causes", object="y", evidence=(row,))
        assert len(_plain(Graph([statement]))) == count


def test_every_statement_is_there_with_its_evidence_however_it_stands(tiny: Graph) -> None:
    query = f"""
        SELECT ?status (COUNT(?row) AS ?rows) WHERE {{
          ?s a <{ONTOLOGY}Statement> ; <{ONTOLOGY}status> ?status ; <{ONTOLOGY}hasEvidence> ?row .
          ?row <http://purl.org/dc/terms/source>/a <{ONTOLOGY}Source> .
        }} GROUP BY ?status ORDER BY ?status"""
    store = pyoxigraph.Store()
    store.extend(rdf.quads(tiny))
    rows = [(row["status"].value, int(row["rows"].value)) for row in store.query(query)]
    assert rows == [
        ("asserted-only", 1),
        ("contested", 3),
        ("refuted", 2),
        ("supported", 4),
        ("title-only", 1),
    ]


def test_a_named_graph_holds_what_its_source_asserts_refuted_or_not(tiny: Graph) -> None:
    assert _named(tiny, "article#assertion") == [
        f"<{ENTITY}magnesium> <{ONTOLOGY}decreases> <{ENTITY}pth>",
        f"<{ENTITY}pth> <{ONTOLOGY}activates> <{CELL}>",
    ]
    # The survey supports a negated statement too, and disputes two others.
    assert _named(tiny, "survey#assertion") == [
        f"<{ENTITY}magnesium> <{ONTOLOGY}activates> <{CELL}>"
    ]


def test_a_nanopublication_has_its_four_graphs(tiny: Graph) -> None:
    node, np = f"{NANOPUB}survey", "http://www.nanopub.org/nschema#"
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert _named(tiny, "survey#head") == [
        f"<{node}> <{a}> <{np}Nanopublication>",
        f"<{node}> <{np}hasAssertion> <{node}#assertion>",
        f"<{node}> <{np}hasProvenance> <{node}#provenance>",
        f"<{node}> <{np}hasPublicationInfo> <{node}#pubinfo>",
    ]
    assert _named(tiny, "survey#provenance") == [
        f"<{node}#assertion> <http://www.w3.org/ns/prov#wasDerivedFrom>"
        " <https://w3id.org/trabecula/source/survey>",
        f'<{node}#assertion> <{ONTOLOGY}strength> "association"',
    ]
    assert _named(tiny, "survey#pubinfo") == [
        f'<{node}> <http://www.w3.org/2000/01/rdf-schema#label> "what survey supports"',
    ]


def test_a_source_that_supports_nothing_has_no_nanopublication() -> None:
    rows = (Evidence(source="a", stance="disputes"), Evidence(source="b", stance="qualifies"))
    graph = Graph([Statement(subject="x", predicate="causes", object="y", evidence=rows)])
    assert [q for q in rdf.quads(graph) if q.graph_name != pyoxigraph.DefaultGraph()] == []


def test_the_sign_goes_into_biolink_where_biolink_has_no_predicate_for_it(tiny: Graph) -> None:
    biolink = "https://w3id.org/biolink/vocab/"
    directions = {
        triple.subject.value.rpartition("/")[2]: triple.object.value
        for triple in rdf.triples(tiny)
        if triple.predicate.value == biolink + "object_direction_qualifier"
    }
    signs = {s.id: s.predicate for s in tiny.statements.values() if s.id in directions}
    assert {signs[key]: direction for key, direction in directions.items()} == {
        "activates": "increased",
        "inhibits": "decreased",
        "decreases": "decreased",
        "increases": "increased",  # and biolink:negated denies it, as it does "decreases"
    }


# --- What those read who know Biolink alone -------------------------------------------------

BIOLINK = "https://w3id.org/biolink/vocab/"


def _in_biolink(graph: Graph) -> dict[str, dict[str, set[str]]]:
    """What is said of each statement in Biolink's words: id -> slot -> values."""
    words: dict[str, dict[str, set[str]]] = {key: {} for key in graph.statements}
    for triple in rdf.triples(graph):
        key = triple.subject.value.removeprefix("https://w3id.org/trabecula/statement/")
        if key in words and BIOLINK in triple.predicate.value:
            slot = triple.predicate.value.removeprefix(BIOLINK)
            words[key].setdefault(slot, set()).add(triple.object.value)
        elif key in words and triple.object.value == BIOLINK + "Association":
            words[key]["type"] = {"Association"}
    return words


def _sources(statement: Statement, stance: str) -> set[str]:
    rows = (row for row in statement.evidence if row.stance == stance)
    return {rdf.rows.iri(row.source, SOURCE) for row in rows}


def test_biolink_words_of_the_shipped_graph_tell_what_its_sources_say(shipped: Graph) -> None:
    """Positive with those who support and nobody else; negated with those who dispute."""
    words = _in_biolink(shipped)
    counts = {"true": 0, "false": 0}
    for key, statement in shipped.statements.items():
        (negated,) = words[key]["negated"]
        counts[negated] += 1
        refuted = shipped.status(statement) == "refuted" or not sayable(statement.evidence)
        assert negated == ("true" if refuted else "false")
        wanted = _sources(statement, "disputes" if refuted else "supports")
        assert words[key]["publications"] == wanted != set()
    assert counts["true"] > 10
    assert counts["false"] > 600


YES, NO = Evidence(source="yes", strength="direct"), Evidence(source="no", stance="disputes")
LIMIT = Evidence(source="limit", stance="qualifies")
CLAIM = Evidence(source="article", strength="asserted")
DENIAL = Evidence(source="article", stance="disputes", strength="asserted")
#: Evidence, whether the statement denies -> what biolink:negated says, and who says so.
ASSOCIATIONS = {
    "supported": ((YES, LIMIT), False, ("false", "yes")),
    "contested": ((YES, NO), False, ("false", "yes")),
    "said by the article": ((CLAIM,), False, ("false", "article")),
    "refuted": ((NO,), False, ("true", "no")),
    "refuted against the article": ((NO, CLAIM), False, ("true", "no")),
    "denied by the article": ((DENIAL,), False, ("true", "article")),
    "only qualified": ((LIMIT,), False, None),
    "without evidence": ((), False, ("false", "")),
    "a denial that is supported": ((YES,), True, ("true", "yes")),
    "a denial that is contested": ((YES, NO), True, ("true", "yes")),
    "a denial that is refuted": ((NO,), True, None),
    "a denial without evidence": ((), True, ("true", "")),
}


@pytest.mark.parametrize("name", ASSOCIATIONS)
def test_nothing_is_said_in_biolink_that_nobody_says(name: str) -> None:
    evidence, negated, wanted = ASSOCIATIONS[name]
    statement = Statement(
        subject="x", predicate="causes", object="y", negated=negated, evidence=evidence
    )
    [words] = _in_biolink(Graph([statement])).values()
    if wanted is None:
        assert words == {}
    else:
        publications = {rdf.rows.iri(source, SOURCE) for source in wanted[1:] if source}
        assert words["negated"] == {wanted[0]}
        assert words.get("publications", set()) == publications
        assert words["type"] == {"Association"}


def test_a_denial_does_not_deny_what_is_broader(tiny: Graph) -> None:
    """A cell that does not secrete a thing may well produce it."""
    predicates = {}
    for row in (YES, NO):
        statement = Statement(subject="x", predicate="secretes", object="y", evidence=(row,))
        [words] = _in_biolink(Graph([statement])).values()
        predicates[row.stance] = words["predicate"]
    assert predicates == {
        "supports": {BIOLINK + "produces"},
        "disputes": {ONTOLOGY + "secretes"},
    }


# --- One graph, several libraries -----------------------------------------------------------


# rdflib's own parsers use names that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
@pytest.mark.parametrize("name", _RDFLIB)
def test_rdflib_reads_the_triples_that_pyoxigraph_gives(name: str, tiny: Graph) -> None:
    data = formats.render(tiny, name)
    wanted = rdflib.Graph().parse(data=formats.render(tiny, "nt"), format="nt")
    assert set(rdflib.Graph().parse(data=data, format=_RDFLIB[name])) == set(wanted)
    assert len(wanted) == len(set(rdf.triples(tiny)))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
@pytest.mark.parametrize(("name", "kind"), [("trig", "trig"), ("nq", "nquads")])
def test_rdflib_reads_the_quads_that_pyoxigraph_gives(name: str, kind: str, tiny: Graph) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=formats.render(tiny, name), format=kind)
    names = {str(g.identifier) for g in dataset.graphs() if len(g)}
    wanted = {
        "urn:x-rdflib:default" if isinstance(q.graph_name, pyoxigraph.DefaultGraph) else q.graph_name.value
        for q in rdf.quads(tiny)
    }  # fmt: skip
    assert names == wanted
    assert sum(len(g) for g in dataset.graphs()) == len(set(rdf.quads(tiny)))


def test_to_rdflib_gives_what_rdflib_reads_from_turtle(tiny: Graph) -> None:
    wanted = rdflib.Graph().parse(data=rdf.turtle(tiny), format="turtle")
    ours = rdf.to_rdflib(tiny)
    assert set(ours) == set(wanted)
    assert ours.qname(rdflib.URIRef(CELL)) == "CL:0000062"


def test_rdfxml_is_well_formed_and_jsonld_brings_its_context_along(tiny: Graph) -> None:
    root = ET.fromstring(formats.render(tiny, "rdfxml"))  # noqa: S314 (our own bytes)
    assert root.tag == "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
    assert b'"@context": "http' not in formats.render(tiny, "jsonld")


def test_ntriples_are_sorted_lines(tiny: Graph) -> None:
    lines = formats.render(tiny, "nt").splitlines()
    assert lines == sorted(set(lines))
    assert not any(line.startswith(b"_:") or b" _:" in line for line in lines)


# --- Records that are not the common case ---------------------------------------------------


def test_terms_are_the_properties_of_the_ontology_that_are_neither_predicates_nor_keys() -> None:
    told = rdflib.Graph().parse(ROOT / "ontology" / "trabecula.ttl", format="turtle")
    kinds = (rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty, rdflib.OWL.AnnotationProperty)
    names = {str(p).removeprefix(ONTOLOGY) for kind in kinds for p in told.subjects(None, kind)}
    names = {name for name in names if "://" not in name}
    predicates = {*PREDICATES, *(row.inverse for row in PREDICATES.values())}
    assert names - predicates - set(CONTEXT) == TERMS


@pytest.mark.parametrize(
    "form", [name for name, f in formats.FORMATS.items() if f.module == "rdf" and f.lossless]
)
def test_a_key_that_is_called_like_a_term_of_ours_says_nothing_in_its_place(form: str) -> None:
    """A table of others may have columns `stance`, `status` and `requires`."""
    keys = sorted({*filter(str.islower, TERMS), "requires", "tissue"})
    context = tuple((key, f"of {key}") for key in keys)
    row = Evidence(source="PMID:1", stance="disputes", strength="direct", context=context)
    graph = Graph(
        [
            About(context=tuple((key, ()) for key in keys)),
            Statement(
                subject="a", predicate="affects", object="b", qualifiers=context, evidence=(row,)
            ),
        ]
    )
    data = formats.render(graph, form)
    assert Graph(rdf.read_bytes(data, form, "x", Leftovers())) == graph
    if form == "nt":
        lines = [line for line in data.decode().splitlines() if "ontology#tissue> " in line]
        assert len(lines) == 4  # of the statement, of its evidence, and two that declare it
        assert data.decode().count("ontology#stance> ") == 1


ODD = {
    "entity from elsewhere": [Entity(id="http://example.org/x?a=1#b", name="x", category="food")],
    "category from elsewhere": [
        Entity(id="x", name="x", category="biolink:Gene"),
        Entity(id="y", name="y", category="Food"),
        Entity(id="z", name="z", category=""),
    ],
    "predicates from elsewhere": [
        Statement(subject="x", predicate="RO:0002211", object="y"),
        Statement(subject="x", predicate="biolink:affects", object="y"),
        Statement(subject="x", predicate="somehow_related_to", object="y"),
        Statement(subject="x", predicate="http://example.org/p", object="y"),
    ],
    "qualifiers from elsewhere": [
        Statement(
            subject="x",
            predicate="affects",
            object="y",
            qualifiers=(("biolink:aspect", "a"), ("sign", "1"), ("status", "b"), ("status", "c")),
            evidence=(Evidence(source="s", context=(("stance", "d"), ("évidence %", "e"))),),
        )
    ],
    "ends and sources nobody describes": [
        Statement(
            subject="CHEBI:1",
            predicate="causes",
            object="http://example.org/y",
            evidence=(Evidence(source="doi:10.1000/a<b>c"), Evidence(source="http://example.org/")),
        )
    ],
    "one label, two things": [
        Entity(id="a", name="a", category="food", xrefs=(Xref("exact", "CHEBI:1", "one"),)),
        Entity(id="b", name="b", category="food", xrefs=(Xref("close", "CHEBI:1", "two"),)),
        Entity(id="c", name="c", category="food", xrefs=(Xref("broad", "CHEBI:1"),)),
    ],
    "a cross-reference to an entity": [
        Entity(id="CHEBI:1", name="a", category="food"),
        Entity(id="b", name="b", category="food", xrefs=(Xref("exact", "CHEBI:1", "another"),)),
        Entity(id="c", name="c", category="food", xrefs=(Xref("exact", "CHEBI:1"),)),
    ],
    "an entity that is a source, with its label elsewhere": [
        Entity(id="PMID:1", name="a", category="x", xrefs=(Xref("exact", "PMCID:PMC1"),)),
        Source(id="PMID:1", title="A", xrefs=("PMCID:PMC1",)),
        Entity(id="b", name="b", category="x", xrefs=(Xref("close", "PMID:1", "A paper"),)),
        Entity(id="c", name="c", category="x", xrefs=(Xref("related", "PMID:2", "A title"),)),
        Source(id="PMID:2", title="another title"),
    ],
    "authors with marks": [
        Source(id="a", authors=("A; B", "C\\", "\\;", " D")),
        Source(id="b", authors=(" E",)),
        Source(id="c", kind="", year="98", note="x"),
    ],
    "denied by the article": [
        Statement(
            subject="x",
            predicate="causes",
            object="y",
            evidence=(Evidence(source="article", stance="disputes", strength="asserted"),),
        )
    ],
    "the same said and denied": [
        Statement(subject="x", predicate="causes", object="y", evidence=(Evidence(source="s"),)),
        Statement(subject="x", predicate="causes", object="y", negated=True),
    ],
}


@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld", "rdfxml", "trig", "nq"])
@pytest.mark.parametrize("records", ODD.values(), ids=ODD)
def test_odd_records_survive(records: list[Record], name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{formats.FORMATS[name].suffixes[0]}"
    formats.write(records, path)
    assert formats.load(path) == Graph(records)


def test_the_order_of_names_is_the_curated_one_after_reading(tmp_path: Path) -> None:
    entity = Entity(id="a", name="a", category="food", synonyms=("z", "B", "a"))
    formats.write([entity], tmp_path / "a.ttl")
    [entity_read] = formats.read(tmp_path / "a.ttl")
    assert entity_read == replace(entity, synonyms=("a", "B", "z"))


def test_an_unknown_prefix_has_an_iri_that_is_made_up_and_one_line_says_so() -> None:
    graph = Graph([Entity(id=f"CHEBY:{n}", name="x", category="food") for n in "12"])
    with pytest.warns(LeftOut) as told:
        text = formats.render(graph, "ttl").decode()
    assert [str(warning.message) for warning in told] == [
        "nobody declares the prefix CHEBY; IRIs are made up, as "
        "https://w3id.org/trabecula/prefix/CHEBY/…; declare it under [prefixes] in about.toml"
    ]
    assert "@prefix CHEBY: <https://w3id.org/trabecula/prefix/CHEBY/> ." in text


@pytest.mark.parametrize(
    "identifier", ["http://a b", "http://a/<b>", "https://[", "http://a/#b#c", "http://a/%zz"]
)
@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld", "rdfxml", "trig", "nq"])
def test_an_identifier_that_is_no_iri_is_named(identifier: str, name: str) -> None:
    with pytest.raises(FormatError) as caught:
        formats.render([Entity(id=identifier, name="x", category="food")], name)
    [problem] = caught.value.problems
    assert (problem.code, problem.where) == ("bad-iri", identifier)


def test_an_entity_and_a_source_of_one_name_that_match_different_things_are_refused() -> None:
    entity = Entity(id="PMID:1", name="a paper", category="x", xrefs=(Xref("exact", "CHEBI:1"),))
    records = [entity, Source(id="PMID:1", xrefs=("doi:10.1000/a",))]
    with pytest.raises(FormatError, match="PMID:1: the entity and the source of this name match"):
        formats.render(records, "ttl")


def test_rdfxml_refuses_a_property_that_xml_cannot_name() -> None:
    statement = Statement(subject="x", predicate="http://example.org/1", object="y")
    with pytest.raises(FormatError) as caught:
        formats.render([statement], "rdfxml")
    assert str(caught.value) == (
        "http://example.org/1: RDF/XML cannot say a property whose IRI does not end in a name: "
        "write Turtle instead"
    )


# --- Reading what others wrote --------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted((ROOT / "ontology" / "examples").glob("good-*.ttl")), ids=lambda p: p.stem
)
def test_the_examples_of_the_ontology_are_read(path: Path) -> None:  # fmt: skip
    graph = formats.load(path)
    assert {row.source for s in graph.statements.values() for row in s.evidence} == set(
        graph.sources
    )


HEAD = """
@prefix tb: <https://w3id.org/trabecula/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix biolink: <https://w3id.org/biolink/vocab/> .
@prefix entity: <https://w3id.org/trabecula/entity/> .
@prefix source: <https://w3id.org/trabecula/source/> .
@prefix statement: <https://w3id.org/trabecula/statement/> .
"""
STATEMENT = "statement:1 a tb:Statement ; rdf:subject entity:x ; rdf:predicate tb:causes ; "


def test_evidence_may_be_written_as_blank_nodes(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    row = "[ a tb:Evidence ; dct:source source:s ; tb:stance 'disputes' ]"
    text = f"{STATEMENT} rdf:object entity:y ; biolink:negated false ; tb:hasEvidence {row} ."
    path.write_text(HEAD + text, encoding="utf-8")
    [statement] = formats.read(path)
    assert statement == Statement(
        subject="x",
        predicate="causes",
        object="y",
        evidence=(Evidence(source="s", stance="disputes"),),
    )


_S = "<https://w3id.org/trabecula/statement/1>"
_E = "<https://w3id.org/trabecula/entity/e>"
BAD = {
    "statement without an object": (
        f"{STATEMENT} biolink:negated false .",
        f"{_S} has no rdf:object: give it one rdf:object",
    ),
    "statement that may be negated": (
        f"{STATEMENT} rdf:object entity:y .",
        f"{_S} has no tb:negated: give it one tb:negated",
    ),
    "statement with two objects": (
        f"{STATEMENT} rdf:object entity:y , entity:z ; biolink:negated false .",
        f"{_S} has 2 × rdf:object: keep one of them",
    ),
    "object that is text": (
        f"{STATEMENT} rdf:object 'y' ; biolink:negated false .",
        f"{_S} has 'y' as rdf:object: make it an IRI",
    ),
    "negated by a word": (
        f"{STATEMENT} rdf:object entity:y ; biolink:negated 'no' .",
        f"{_S} has 'no' as biolink:negated: say true or false",
    ),
    "evidence that is not there": (
        f"{STATEMENT} rdf:object entity:y ; biolink:negated false ; tb:hasEvidence entity:e .",
        f"{_E} has no tb:stance: use one of supports, disputes, qualifies\n"
        f"PATH: {_E} has no dct:source: give it one dct:source",
    ),
    "evidence of nothing": (
        "entity:e a tb:Evidence ; dct:source source:s ; tb:stance 'supports' . "
        "source:s a tb:Source ; dct:identifier 's' .",
        f"{_E} belongs to no statement: link it from its statement with tb:hasEvidence",
    ),
    "entity without a name": (
        "entity:e a tb:Food ; dct:identifier 'e' .",
        f"{_E} has no rdfs:label: give it one rdfs:label",
    ),
    "entity whose name is no text": (
        "entity:e a tb:Food ; dct:identifier 'e' ; rdfs:label entity:f .",
        f"{_E} has <https://w3id.org/trabecula/entity/f> as rdfs:label: make it a literal",
    ),
    "entity without an identifier": (
        "entity:e a tb:Food ; rdfs:label 'e' .",
        f"{_E} has no dct:identifier: give it one dct:identifier",
    ),
    "entity with the identifier of another": (
        "entity:e a tb:Food ; dct:identifier 'f' ; rdfs:label 'e' .",
        f"{_E} has the dct:identifier 'f', which stands for another IRI: say 'e'",
    ),
    "entity with two categories": (
        "entity:e a tb:Food , tb:Cell ; dct:identifier 'e' ; rdfs:label 'e' .",
        f"{_E} has 2 categories: cell, food: keep one of them",
    ),
    "entity without a web address": (
        "<javascript:alert(1)> a tb:Food ; dct:identifier 'javascript:alert(1)' ; rdfs:label 'e' .",
        "<javascript:alert(1)> is no web address: give it an IRI that begins with https://",
    ),
    "source with a script for an address": (
        "source:s a tb:Source ; dct:identifier 's' ; tb:url 'javascript:alert(1)' .",
        "<https://w3id.org/trabecula/source/s> has the tb:url 'javascript:alert(1)', which is no "
        "web address: begin it with https://",
    ),
    "nothing of ours": (
        "entity:e rdfs:label 'e' .",
        "no entity, source or statement of trabecula is among its 1 triple outside named graphs: "
        "see docs/rdf.md for what is read",
    ),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_a_record_that_lacks_something_is_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        formats.load(path)
    assert str(caught.value) == f"{path}: {message}".replace("PATH", str(path))


DAMAGED = {
    "turtle": ("a.ttl", b"<http://a> <http://b>\n  <http://c> nonsense .", "a.ttl:2: "),
    "n-triples": ("a.nt", b"<http://a> <http://b> <http://c> .\n<http://a> <b", "a.nt:2: "),
    "n-quads": ("a.nq", b"\n\n<http://a> .", "a.nq:3: "),
    "trig": ("a.trig", b"<http://a> {\n<http://b> .", "a.trig:2: "),
    "json-ld": ("a.jsonld", b'{\n"@id":', "a.jsonld:2: "),
    "rdf/xml": ("a.rdf", b"<a>\n<b></a>", "a.rdf:2: mismatched tag"),
    "relative iri in lines": ("a.nt", b"<a> <b> <c> .", "a.nt:1: "),
    "lone surrogate": ("a.ttl", b'<http://a> <http://b> "\\uD800" .', "a.ttl:1: "),
    "invalid utf-8": ("a.ttl", b"\n\n<http://a> <http://b> '\xff' .", "a.ttl:3: byte 0xff is not"),
    "utf-16 without a mark": ("a.rdf", "<?xml version='1.0'?><a/>é".encode("utf-16le"), "a.rdf:1: byte 0xe9 is not"),
    "remote context": ("a.jsonld", b'{"@context": "http://127.0.0.1:9/c", "@id": "http://a"}', "a.jsonld: "),
    "local context": ("a.jsonld", b'{"@context": "file:///etc/passwd", "@id": "http://a"}', "a.jsonld: "),
    "doctype": ("a.rdf", b"<?xml version='1.0'?>\n<!DOCTYPE x []><x/>", "a.rdf:2: <!DOCTYPE could"),
    "entity": ("a.rdf", b"<!entity a 'b'>", "a.rdf:1: <!entity could"),
    "triple term": ("a.nt", b"<http://a> <http://b> <<( <http://a> <http://b> <http://c> )>> .", "a.nt: a triple term of RDF 1.2 that nothing reifies"),
    "deep triple terms": ("a.nt", b"<http://a> <http://b> " + b"<<( <http://a> <http://b> " * 50_000, "a.nt:1: more than 4 levels of triple terms"),
    "deep json": ("a.jsonld", b'{"http://p":' * 50_000, "a.jsonld:1: more than 100 levels"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "beginning"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_refused_at_its_line(
    name: str, data: bytes, beginning: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FormatError) as caught:
        formats.load(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path}/{beginning}")


@pytest.mark.parametrize("name", ["ttl", "jsonld", "rdfxml", "trig", "nq", "nt"])
def test_a_file_cut_short_is_refused_or_lacks_whole_records(
    name: str, tiny: Graph, tmp_path: Path
) -> None:
    """Wherever a file breaks off, what is read is an error or part of the graph, never else."""
    path = tmp_path / f"a{formats.FORMATS[name].suffixes[0]}"
    data = formats.render(tiny, name)
    ids = {*tiny.entities, *tiny.sources, *tiny.statements}
    refused, read = 0, set()
    for end in range(0, len(data), len(data) // 200):
        path.write_bytes(data[:end])
        try:
            read.update(record.id for record in formats.read(path, left=Leftovers()))
        except FormatError:
            refused += 1
    assert read <= ids
    assert refused > 150


def test_rendering_rdf_loads_neither_rdflib_nor_networkx() -> None:
    code = (
        "import sys\nfrom trabecula import formats\nfrom trabecula.formats import rdf\n"
        "assert 'pyoxigraph' not in sys.modules\n"
        "formats.render([], 'ttl')\nprint(sorted({'rdflib', 'networkx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
