"""RDF of others: what becomes an edge, what a reason for one, and what is only counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Report
from trabecula.mapping.ontology import DEFINED_BY
from trabecula.model import Xref

PREFIXES = """
@prefix : <http://example.org/> .
@prefix bp: <http://www.biopax.org/release/biopax-level3.owl#> .
@prefix biolink: <https://w3id.org/biolink/vocab/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix np: <http://www.nanopub.org/nschema#> .
@prefix oban: <http://purl.org/oban/> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix oio: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix pubmed: <http://www.ncbi.nlm.nih.gov/pubmed/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wp: <http://vocabularies.wikipathways.org/wp#> .
"""


def _read(text: str, tmp_path: Path, name: str = "a.ttl") -> tuple[Graph, Report]:
    path = tmp_path / name
    path.write_text(PREFIXES + text if name.endswith(("ttl", "trig")) else text, encoding="utf-8")
    report = Report()
    return formats.load(path, left=report.left, report=report), report


def _edges(graph: Graph) -> list[str]:
    """Each statement as: subject predicate object, sources for | sources against."""
    lines = []
    for s in graph.statements.values():
        sides = [
            " ".join(row.source for row in s.evidence if row.stance == stance)
            for stance in ("supports", "disputes")
        ]
        words = " ".join((s.subject, s.predicate, s.object))
        lines.append(f"{words}, {sides[0]} | {sides[1]}".replace("http://example.org/", ":"))
    return sorted(lines)


# --- Statements that are nodes ----------------------------------------------------------------


def test_an_association_of_oban_without_a_predicate_associates(tmp_path: Path) -> None:
    text = """
    :1 a oban:association ; oban:association_has_subject :b ; oban:association_has_object :a ;
       dc:source pubmed:1 .
    """
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [":a biolink:associated_with :b, PMID:1 | "]
    assert report.signs["unsigned"] == 1


def test_an_association_of_oban_has_its_papers_and_its_kind_of_evidence(tmp_path: Path) -> None:
    text = """
    :1 a oban:association ; oban:association_has_subject :a ; oban:association_has_object :b ;
       oban:association_has_predicate obo:RO_0002212 ; dc:source pubmed:1 , pubmed:2 ;
       obo:RO_0002558 obo:ECO_0000180 ; :frequency obo:HP_0040283 ."""
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [":a RO:0002212 :b, PMID:1 PMID:2 | "]
    (statement,) = graph.statements.values()
    assert {row.context for row in statement.evidence} == {
        (("evidence", "ECO:0000180"), ("frequency", "HP:0040283"))
    }
    assert dict(report.signs) == {"negative": 1}


def test_biolinks_direction_is_a_sign_and_its_negation_a_denial(tmp_path: Path) -> None:
    text = """
    :1 biolink:subject :a ; biolink:predicate biolink:affects ; biolink:object :b ;
       biolink:object_direction_qualifier "decreased" ; biolink:publications "PMID:1" .
    :2 biolink:subject :a ; biolink:predicate "biolink:causes" ; biolink:object :b ;
       biolink:negated true ; biolink:publications pubmed:2 .
    :3 biolink:subject :a ; biolink:predicate biolink:affects ; biolink:object :b ;
       biolink:object_direction_qualifier "increased" ;
       biolink:subject_direction_qualifier "decreased" ;
       biolink:primary_knowledge_source "infores:ctd" ."""
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [
        ":a biolink:affects :b, infores:ctd | ",
        ":a biolink:causes :b,  | PMID:2",
        ":a decreases :b, PMID:1 | ",
    ]
    assert dict(report.signs) == {"negative": 1, "negated": 1, "unsigned": 1}
    (both,) = (s for s in graph.statements.values() if s.predicate == "biolink:affects")
    assert both.qualifiers == (
        ("object_direction_qualifier", "increased"),
        ("subject_direction_qualifier", "decreased"),
    )


def test_a_file_that_a_program_read_is_no_source_of_an_association(tmp_path: Path) -> None:
    text = """
    :1 biolink:subject :a ; biolink:predicate biolink:affects ; biolink:object :b ;
       biolink:knowledge_source "infores:ctd" ; biolink:provided_by "ctd_edges.tsv" .
    :2 biolink:subject :a ; biolink:predicate biolink:affects ; biolink:object :c ;
       biolink:provided_by "monarch_edges.tsv" .
    :3 biolink:subject :a ; biolink:predicate biolink:affects ; biolink:object :d ;
       biolink:publications pubmed:1 ; biolink:provided_by "monarch_edges.tsv" ."""
    graph, report = _read(text, tmp_path)
    assert {
        s.object: [(row.source, row.context) for row in s.evidence]
        for s in graph.statements.values()
    } == {
        "http://example.org/b": [("infores:ctd", (("provided_by", "ctd_edges.tsv"),))],
        "http://example.org/c": [],
        "http://example.org/d": [("PMID:1", (("provided_by", "monarch_edges.tsv"),))],
    }
    assert report.left.counts == {"property": {"provided_by": 1}}


def test_a_reified_statement_stands_for_the_plain_triple(tmp_path: Path) -> None:
    text = """
    :a :acts_on :b .
    :1 a rdf:Statement ; rdf:subject :a ; rdf:predicate :acts_on ; rdf:object :b ;
       dct:source <https://doi.org/10.1/x> ."""
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [":a :acts_on :b, doi:10.1/x | "]
    assert report.rows == 1


def test_a_triple_term_of_rdf_1_2_is_such_a_statement(tmp_path: Path) -> None:
    text = ":a :acts_on :b {| dct:source pubmed:1 |} . << :a :acts_on :c >> dct:source pubmed:2 ."
    graph, _ = _read(text, tmp_path)
    assert _edges(graph) == [":a :acts_on :b, PMID:1 | ", ":a :acts_on :c, PMID:2 | "]


def test_a_negative_assertion_of_owl_is_a_denial(tmp_path: Path) -> None:
    text = """
    [] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :acts_on ;
       owl:targetIndividual :b ."""
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [":a :acts_on :b,  | a"]  # by the file, for nobody else is named
    assert dict(report.signs) == {"negated": 1}


@pytest.mark.parametrize("object_", ["", "; rdf:object :b , :c", "; rdf:object 'a text'"])
def test_a_statement_that_lacks_an_end_is_reported(object_: str, tmp_path: Path) -> None:
    text = f":1 rdf:subject :a ; rdf:predicate :acts_on {object_} ."
    with pytest.raises(FormatError, match=r"a\.ttl: <http://example.org/1>: this statement has "):
        _read(text, tmp_path)


# --- Nanopublications -------------------------------------------------------------------------

NANOPUB = """
:n#head { :n a np:Nanopublication ; np:hasAssertion :n#a ; np:hasProvenance :n#p ;
  np:hasPublicationInfo :n#i . }
:n#a { :gene :expressed_in :bone %s . }
:n#p { :n#a prov:wasDerivedFrom pubmed:1 ; a obo:ECO_0000180 ; rdfs:comment "Seen." . }
:n#i { :n dct:created "2026-01-02" ; dct:creator :somebody ; :made_with :tool .
  :gene rdfs:label "a gene" . }
"""


def test_a_nanopublication_says_why_and_who_and_nothing_else_of_it_is_an_edge(
    tmp_path: Path,
) -> None:
    graph, _ = _read(NANOPUB.replace(":n#", ":n-") % "", tmp_path, "a.trig")
    assert _edges(graph) == [":gene :expressed_in :bone, PMID:1 | "]
    (statement,) = graph.statements.values()
    (row,) = statement.evidence
    assert row.summary == "Seen."
    assert dict(row.context) == {
        "nanopublication": "http://example.org/n",
        "created": "2026-01-02",
        "creator": "http://example.org/somebody",
        "evidence": "ECO:0000180",
    }
    assert {e.name for e in graph.entities.values()} == {"a gene", "bone"}


def test_a_nanopublication_of_what_was_not_found_is_a_denial(tmp_path: Path) -> None:
    quality = "; <http://purl.org/obo/owl/OBO_REL#has_quality> 'negative'"
    graph, _ = _read(NANOPUB.replace(":n#", ":n-") % quality, tmp_path, "a.trig")
    assert _edges(graph) == [":gene :expressed_in :bone,  | PMID:1"]


def test_our_own_nanopublications_come_back_with_every_reason(
    shipped: Graph, tmp_path: Path
) -> None:
    path = tmp_path / "a.nanopub.trig"
    part = shipped.select("status(contested, refuted) | near(calcitriol, 1)")
    formats.write(part, path)
    graph = formats.load(path, left=Leftovers())
    told = [
        (row.source, row.stance == "disputes" or s.negated)
        for s in part.statements.values()
        for row in s.evidence
        if row.stance != "qualifies" and not row.retracted
        if not (s.negated and row.stance == "disputes")
    ]
    rows = [
        (r.source, r.stance == "disputes") for s in graph.statements.values() for r in s.evidence
    ]
    assert sorted(rows) == sorted(told)
    assert len(told) > 300


# --- Ontologies -------------------------------------------------------------------------------

ONTOLOGY = """
:o a owl:Ontology ; dct:title "Bones" ; dct:license <http://example.org/licence> .
:part_of a owl:ObjectProperty ; rdfs:label "is part of" .
:a a owl:Class ; rdfs:label "a" , "der a"@de ; obo:IAO_0000115 "The first." ;
   oio:hasExactSynonym "alpha" ; oio:hasDbXref "MESH:D000001" ; owl:deprecated true ;
   rdfs:subClassOf :b , [ a owl:Restriction ; owl:onProperty :part_of ; owl:someValuesFrom :c ] ,
     [ a owl:Restriction ; owl:onProperty :part_of ; owl:allValuesFrom :d ] ,
     [ a owl:Restriction ; owl:onProperty :part_of ; owl:maxQualifiedCardinality 0 ; owl:onClass :e ] ;
   owl:equivalentClass [ owl:intersectionOf ( :b :c ) ] .
[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty rdfs:subClassOf ;
   owl:annotatedTarget :b ; oio:hasDbXref "PMID:1" , "PMID:2" ; rdfs:comment "Why." .
[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty rdfs:subClassOf ;
   owl:annotatedTarget
     [ a owl:Restriction ; owl:onProperty :part_of ; owl:someValuesFrom :c ] ; oio:source "PMID:3" .
[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty obo:IAO_0000115 ;
   owl:annotatedTarget "The first." ; oio:hasDbXref "PMID:4" .
"""


def test_subclasses_and_restrictions_have_the_papers_of_their_axioms(tmp_path: Path) -> None:
    graph, report = _read(ONTOLOGY, tmp_path)
    assert _edges(graph) == [
        ":a :part_of :c, PMID:3 | ",
        ":a :part_of :e,  | a",
        ":a rdfs:subClassOf :b, PMID:1 PMID:2 | ",
    ]
    assert report.left.counts["axiom"] == {
        "a restriction with 'only'": 1,
        "a logical definition": 1,
    }
    assert graph.words.relation("http://example.org/part_of").label == "is part of"
    assert (graph.about.title, graph.about.licence) == ("Bones", "http://example.org/licence")


def test_a_class_has_its_names_definition_and_cross_references(tmp_path: Path) -> None:
    graph, _ = _read(ONTOLOGY, tmp_path)
    entity = graph.entities["http://example.org/a"]
    assert (entity.name, entity.synonyms) == ("a", ("alpha", "der a"))
    assert entity.description == "The first."
    assert entity.xrefs == (Xref("related", "MESH:D000001"), Xref("related", "PMID:4", DEFINED_BY))


def test_our_owl_is_read_with_the_sources_of_each_statement(shipped: Graph, tmp_path: Path) -> None:
    path = tmp_path / "a.owl"
    formats.write(shipped, path)
    graph = formats.load(path, left=Leftovers())
    ours = {"rdfs:subClassOf": "subclass_of"}
    for statement in graph.statements.values():
        statements = [
            s
            for s in shipped.touching(statement.subject)
            if s.predicate == ours.get(statement.predicate, statement.predicate)
            if {s.subject, s.object} == {statement.subject, statement.object}
        ]
        rows = [r.source for s in statements for r in s.evidence if r.stance == "supports"]
        assert {row.source for row in statement.evidence} <= set(rows)
    keys = {s.key[:3] for s in graph.statements.values()}
    for statement in shipped.statements.values():
        refuted = statement.negated or shipped.status(statement) == "refuted"
        alike = [s for s in shipped.out(statement.subject) if s.key[:3] == statement.key[:3]]
        if refuted and len(alike) == 1:
            assert statement.key[:3] not in keys


# --- Pathways ---------------------------------------------------------------------------------


def test_interactions_of_wikipathways_are_signed_by_their_type(tmp_path: Path) -> None:
    text = """
    :w a wp:Pathway ; dc:title "A pathway"@en .
    :1 a wp:Interaction , wp:DirectedInteraction , wp:Inhibition ; wp:source :a ; wp:target :b ;
       dct:isPartOf :w .
    :2 a wp:Interaction , wp:Stimulation ; wp:source :a ; wp:target :c , :d ; dct:isPartOf :w .
    :3 a wp:Interaction ; wp:participants :a , :d .
    :4 a wp:Interaction ; dct:isPartOf :w .
    <http://identifiers.org/pubmed/1> a wp:PublicationReference ; dct:isPartOf :1 .
    :a a wp:DataNode , wp:Protein ; rdfs:label "A" ."""
    graph, report = _read(text, tmp_path)
    wp = "http://vocabularies.wikipathways.org/wp#"
    assert _edges(graph) == [
        f":a {wp}Inhibition :b, PMID:1 | ",
        f":a {wp}Interaction :d, WikiPathways | ",
        f":a {wp}Stimulation :c, WikiPathways | ",
        f":a {wp}Stimulation :d, WikiPathways | ",
    ]
    assert dict(report.signs) == {"negative": 1, "positive": 2, "unsigned": 1}
    assert report.left.counts["interaction"] == {"one that joins nothing": 1}
    assert graph.about.title == "A pathway"
    assert graph.entities["http://example.org/a"].category == "protein"


def test_controls_of_biopax_are_signed_and_act_on_reactions(tmp_path: Path) -> None:
    text = """
    :r a bp:BiochemicalReaction ; bp:left :s ; bp:right :p ; bp:conversionDirection "LEFT-TO-RIGHT" .
    :back a bp:Conversion ; bp:left :s ; bp:right :p ; bp:conversionDirection "RIGHT-TO-LEFT" .
    :1 a bp:Catalysis ; bp:controller :e ; bp:controlled :r ; bp:xref :x .
    :2 a bp:Control ; bp:controller :i ; bp:controlled :r ; bp:controlType "INHIBITION" .
    :3 a bp:Modulation ; bp:controller :m ; bp:controlled :r .
    :x a bp:PublicationXref ; bp:db "Pubmed" ; bp:id "7" .
    :e a bp:Protein ; bp:displayName "enzyme" ; bp:entityReference :ref .
    :ref a bp:ProteinReference ; bp:xref :u . :s bp:displayName "substrate" ; a bp:SmallMolecule .
    :u a bp:UnificationXref ; bp:db "uniprot knowledgebase" ; bp:id "P12345" ."""
    graph, report = _read(text, tmp_path)
    bp = "http://www.biopax.org/release/biopax-level3.owl#"
    assert _edges(graph) == [
        f":back {bp}left :p,  | ",
        f":back {bp}right :s,  | ",
        f":e {bp}Catalysis :r, PMID:7 | ",
        ":i decreases :r,  | ",
        f":m {bp}Modulation :r,  | ",
        f":r {bp}left :s,  | ",
        f":r {bp}right :p,  | ",
    ]
    assert dict(report.signs) == {"positive": 1, "negative": 1, "unsigned": 5}
    enzyme = graph.entities["http://example.org/e"]
    assert (enzyme.name, enzyme.category) == ("enzyme", "protein")
    assert Xref("broad", "UniProtKB:P12345") in enzyme.xrefs
    assert graph.entities["http://example.org/r"].name == "substrate"


# --- Plain triples ----------------------------------------------------------------------------


def test_plain_triples_are_edges_and_mappings_go_both_ways(tmp_path: Path) -> None:
    text = """
    :a a :Kind ; skos:prefLabel "A" ; :acts_on :b ; :score 3 ; dct:creator :me .
    :b skos:exactMatch :a ; :near [ :x :y ] ."""
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [":a :acts_on :b,  | ", ":a skos:exactMatch :b,  | "]
    assert report.unknown == {"http://example.org/acts_on": 1}
    assert report.left.counts["property"] == {"dct:creator": 1, ":score": 1}
    assert graph.entities["http://example.org/a"].name == "A"


def test_the_same_triples_are_the_same_graph_in_every_syntax(tmp_path: Path) -> None:
    import pyoxigraph as ox

    whole, _ = _read(ONTOLOGY, tmp_path)
    quads = list(ox.parse(PREFIXES + ONTOLOGY, format=ox.RdfFormat.TURTLE))
    kinds = {"nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "nq": ox.RdfFormat.N_QUADS,
             "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
    for suffix, kind in kinds.items():
        path = tmp_path / f"a.{suffix}"
        triples = (ox.Triple(q.subject, q.predicate, q.object) for q in quads)
        path.write_bytes(ox.serialize(triples, format=kind) or b"")
        graph = formats.load(path, left=Leftovers())
        assert set(graph.statements) == set(whole.statements)
        assert graph.entities == whole.entities


def test_what_comes_in_keeps_its_meaning_through_our_own_formats(tmp_path: Path) -> None:
    text = ONTOLOGY + ":b skos:exactMatch :a ; skos:closeMatch :c ."
    graph, _ = _read(text, tmp_path)
    for name in ("ttl", "nq", "jsonld", "rdfxml", "json", "ttl12"):
        path = tmp_path / f"b{formats.FORMATS[name].suffixes[0]}"
        formats.write(graph, path, name)
        assert formats.load(path, left=Leftovers()) == graph


XML = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [
  <!ENTITY owl "http://www.w3.org/2002/07/owl#" > <!-- as Protégé writes them -->
  <!ENTITY rdfs 'http://www.w3.org/2000/01/rdf-schema#' >
]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="&rdfs;">
 <rdf:Description rdf:about="http://example.org/a b">
  <rdf:type rdf:resource="&owl;Class"/><rdfs:subClassOf rdf:resource="http://example.org/c"/>
 </rdf:Description>
</rdf:RDF>"""


def test_short_entities_of_xml_are_written_out_and_blanks_in_iris_encoded(tmp_path: Path) -> None:
    graph, report = _read(XML, tmp_path, "a.owl")
    assert _edges(graph) == [":a%20b rdfs:subClassOf :c,  | "]
    assert list(report.left.mended) == ["an IRI with blanks or the like, percent-encoded"]


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "&owl;&owl;">', '<!ENTITY % x "y">'],
)
def test_other_entities_are_refused(entity: str, tmp_path: Path) -> None:
    text = XML.replace("]>", f"{entity}\n]>")
    with pytest.raises(FormatError, match=r"a\.owl:2: <!DOCTYPE could hide entities"):
        _read(text, tmp_path, "a.owl")


def test_rdf_is_told_by_its_content(tmp_path: Path) -> None:
    assert _read(XML, tmp_path, "a.xml")[1].format == "rdfxml"
    graph = _read(f"{PREFIXES}:a :acts_on :b .", tmp_path, "a.txt")[1]
    assert (graph.format, graph.rows) == ("ttl", 1)
    text = '{"@context": {"@vocab": "http://e/"}, "@id": "http://e/a", "p": {"@id": "http://e/b"}}'
    assert _read(text, tmp_path, "a.json")[1].format == "jsonld"


def test_a_property_called_after_a_registry_has_papers(tmp_path: Path) -> None:
    text = """@prefix e: <http://e/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        [] a rdf:Statement ; rdf:subject e:a ; rdf:predicate e:p ; rdf:object e:b ;
          e:pmid 12 , "PMID: 13" ; e:doi "10.1/ABC" ; e:reference "a table of 2001" ; e:score 7 ."""
    (tmp_path / "x.ttl").write_text(text, "utf-8")
    graph = formats.load(tmp_path / "x.ttl", left=Leftovers())
    (statement,) = graph.statements.values()
    assert [row.source for row in statement.evidence] == ["PMID:12", "PMID:13", "doi:10.1/abc"]
    assert dict(statement.evidence[0].context) == {"reference": "a table of 2001", "score": "7"}


def test_what_an_axiom_says_and_has_no_place_is_counted(tmp_path: Path) -> None:
    text = """@prefix e: <http://e/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        e:a e:causes e:b . [] a owl:Axiom ; owl:annotatedSource e:a ;
          owl:annotatedProperty e:causes ; owl:annotatedTarget e:b ; e:score 7 ."""
    (tmp_path / "x.ttl").write_text(text, "utf-8")
    left = Leftovers()
    assert len(formats.load(tmp_path / "x.ttl", left=left)) == 1
    assert left.counts == {"axiom annotation": {"e:score": 1}}


def test_a_mapping_of_sssom_is_a_statement_though_its_triple_is_not_there(tmp_path: Path) -> None:
    text = """@prefix sssom: <https://w3id.org/sssom/> .
        :set a sssom:MappingSet ; sssom:mappings [ a owl:Axiom ; owl:annotatedSource :a ;
          owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget :b ;
          sssom:mapping_justification :curated ; sssom:predicate_modifier sssom:NegatedPredicate ;
          sssom:subject_label "alpha" ; sssom:object_label "beta" ] .
        [] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty skos:exactMatch ;
          owl:annotatedTarget :c ; sssom:mapping_justification :curated ; dct:references :p .
        [] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty skos:exactMatch ;
          owl:annotatedTarget "a text" ; sssom:mapping_justification :curated . """
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [":a skos:closeMatch :b,  | a", ":a skos:exactMatch :c, :p | "]
    names = {graph.name(f"http://example.org/{letter}") for letter in "ab"}
    assert names == {"alpha", "beta"}
    assert report.left.counts["axiom annotation"] == {"sssom:mapping_justification": 1}


_NANOPUB = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:n { :n np:hasAssertion :n-a ; np:hasProvenance :n-p ; a np:Nanopublication . }
:n-a { %s }
:n-p { %s }
"""


def test_a_nanopublication_gives_the_papers_of_its_pathway_and_of_its_parts(
    tmp_path: Path,
) -> None:
    papers = (
        ":c a wp:Complex ; wp:participant :m . :i a wp:Interaction ; wp:source :m ; wp:target :o ."
    )
    why = (
        ":n-a <http://semanticscience.org/resource/SIO_000253> pubmed:7 ; "
        'prov:wasDerivedFrom :n-quote . :n-quote prov:wasQuotedFrom pubmed:8 ; prov:value "It is." .'
    )
    graph, report = _read(_NANOPUB % (papers, why), tmp_path, "a.trig")
    assert _edges(graph) == [
        ":m BFO:0000050 :c, PMID:7 PMID:8 | ",
        ":m http://vocabularies.wikipathways.org/wp#Interaction :o, PMID:7 PMID:8 | ",
    ]
    assert report.papers == 2


def test_a_nanopublication_that_says_where_something_takes_part_says_so(tmp_path: Path) -> None:
    what, why = ":c a wp:Complex ; dct:isPartOf :pathway .", ":n-a dct:source pubmed:7 ."
    graph, _ = _read(_NANOPUB % (what, why), tmp_path, "a.trig")
    assert _edges(graph) == [":c BFO:0000050 :pathway, PMID:7 | "]


def test_expression_that_was_not_detected_is_a_denial(tmp_path: Path) -> None:
    level = "<http://ontology.neuinfo.org/NIF/Backend/NIF-Quality.owl#nlx_qual_1010003>"
    for text, sides in (("Not_detected", " | :n"), ("High", ":n | ")):
        turtle = f':gene obo:BFO_0000066 :lung ; {level} "{text}" .'
        graph, _ = _read(_NANOPUB % (turtle, ":n-a a :Evidence ."), tmp_path, f"{text}.trig")
        assert _edges(graph) == [f":gene BFO:0000066 :lung, {sides}"]


def test_ids_of_rdf_xml_that_are_no_names_stand_for_their_iris(tmp_path: Path) -> None:
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xml:base="http://example.org/b" xmlns:bp="http://www.biopax.org/release/biopax-level3.owl#">
    <bp:Control rdf:ID="Control_1"><bp:controller rdf:resource="#a+b"/>
      <bp:controlled rdf:resource="#r"/><bp:controlType>INHIBITION</bp:controlType></bp:Control>
    <bp:Protein rdf:ID="a+b"><bp:displayName>AB</bp:displayName></bp:Protein>
    <bp:BiochemicalReaction rdf:ID="r"><bp:left rdf:resource="#x"/><bp:right rdf:resource="#y"/>
      <bp:conversionDirection>RIGHT_TO_LEFT</bp:conversionDirection></bp:BiochemicalReaction>
    </rdf:RDF>"""
    graph, report = _read(text, tmp_path, "a.owl")
    assert graph.name("http://example.org/b#a+b") == "AB"
    assert report.signs["negative"] == 1
    ends = {s.predicate[-5:]: s.object[-1] for s in graph.statements.values() if "#r" in s.subject}
    assert ends == {"#left": "y", "right": "x"}


_WIKIDATA = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
wd:Q1 wdt:P2176 wd:Q2 ; wdt:P1 wd:Q2 ; p:P2176 wds:a , wds:c ; p:P4 wds:b ; p:P5 wds:d .
wds:a ps:P2176 wd:Q2 ; wikibase:rank wikibase:NormalRank ; pq:P6 wd:Q7 ; prov:wasDerivedFrom :r1, :r2 .
:r1 pr:P698 "12" ; pr:P356 "10.1/A" ; pr:P248 wd:Q8 .
:r2 pr:P248 wd:Q9 .
wd:Q9 rdfs:label "a database" .
wds:b ps:P4 wd:Q3 ; wikibase:rank wikibase:DeprecatedRank .
wds:c ps:P2176 wd:Q4 .
wds:d ps:P5 "5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
"""


def test_statements_of_wikidata_are_one_with_the_triples_that_say_the_same(tmp_path: Path) -> None:
    """With papers of their references, and without what is deprecated there."""
    graph, report = _read(_WIKIDATA, tmp_path)
    rows = {
        (s.predicate.rpartition("/")[2], s.object, tuple(r.source for r in s.evidence))
        for s in graph.statements.values()
    }
    assert rows == {
        ("P2176", "wikidata:Q2", ("PMID:12", "a-database-e152d5ae")),
        ("P1", "wikidata:Q2", ()),
        ("P2176", "wikidata:Q4", ()),
    }
    assert graph.sources["PMID:12"].xrefs == ("doi:10.1/a",)
    (cited,) = (s for s in graph.statements.values() if s.evidence)
    assert {r.context for r in cited.evidence} == {(("p6", "wd:Q7"),)}
    left = "\n".join(report.left.lines())
    assert "1 statement was left out: deprecated (1)" in left
    assert "wdt:P5 (1)" in left


_LEVEL_2 = """
@prefix b2: <http://www.biopax.org/release/biopax-level2.owl#> .
:casr a b2:protein ; b2:NAME "CASR" . :pth a b2:protein ; b2:SHORT-NAME "PTH" .
:x a b2:publicationXref ; b2:DB "PubMed" ; b2:ID "5" .
:p1 a b2:physicalEntityParticipant ; b2:PHYSICAL-ENTITY :casr ; b2:CELLULAR-LOCATION :where .
:p2 a b2:sequenceParticipant ; b2:PHYSICAL-ENTITY :pth .
:r a b2:biochemicalReaction ; b2:NAME "a reaction" ; b2:LEFT :p1 ; b2:RIGHT :p2 ; b2:XREF :x .
:m a b2:modulation ; b2:CONTROLLER :p1 ; b2:CONTROLLED :r ; b2:CONTROL-TYPE "INHIBITION" .
"""


def test_biopax_of_level_2_says_what_level_3_says(tmp_path: Path) -> None:
    graph, report = _read(_LEVEL_2, tmp_path)
    assert {
        (graph.name(s.subject), s.predicate.rpartition("#")[2], graph.name(s.object),
         graph.words.sign_of(s), tuple(r.source for r in s.evidence))
        for s in graph.statements.values()
    } == {
        ("a reaction", "left", "CASR", 0, ("PMID:5",)),
        ("a reaction", "right", "PTH", 0, ("PMID:5",)),
        ("CASR", "decreases", "a reaction", -1, ()),
    }  # fmt: skip
    assert "CELLULAR-LOCATION (1)" in "\n".join(report.left.lines())


def test_evidence_of_a_go_cam_is_that_of_its_triple(tmp_path: Path) -> None:
    text = """
    @prefix lego: <http://geneontology.org/lego/> .
    :a obo:RO_0002629 :b ; obo:RO_0002333 :c .
    [] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty obo:RO_0002629 ;
       owl:annotatedTarget :b ; lego:evidence :e1 , :e2 .
    :e1 a obo:ECO_0000314 , owl:NamedIndividual ; dc:source "PMID:12" .
    :e2 a obo:ECO_0000305 ."""
    graph, report = _read(text, tmp_path)
    assert _edges(graph) == [":a RO:0002333 :c,  | ", ":a RO:0002629 :b, PMID:12 | "]
    assert set(graph.entities) == {f"http://example.org/{name}" for name in "abc"}
    assert "that names nothing (1)" in "\n".join(report.left.lines())
