"""What RDF of others, and of triple stores, is read as; what is left out of it; what ends where."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats import rdf
from trabecula.formats.rdf import derived, refusing
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.model import About, Entity, Evidence, Record, Statement, Xref
from trabecula.prefixes import SOURCE

RDF = [form for form in formats.FORMATS.values() if form.module == "rdf" and form.lossless]
SUFFIX = {form.name: form.suffixes[0] for form in RDF}
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
@prefix evidence: <https://w3id.org/trabecula/evidence/> .
@prefix ex: <http://example.org/> .
"""
ZINC = "entity:zinc a tb:Chemical ; dct:identifier 'zinc' ; rdfs:label 'zinc' "


def _read(text: str, folder: Path, name: str = "a.ttl") -> tuple[list[Record], list[str]]:
    """The records of a file, and the lines that tell what it left out."""
    (folder / name).write_text(HEAD + text, encoding="utf-8")
    left = Leftovers()
    return list(formats.read(folder / name, left=left)), list(left.lines())


def _refused(path: Path) -> str:
    with pytest.raises(FormatError) as caught:
        formats.load(path)
    return str(caught.value).replace(f"{path}: ", "")


# --- Named graphs ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["nq", "trig"])
@pytest.mark.parametrize("graphs", [1, 3])
def test_what_a_triple_store_has_in_named_graphs_is_one_graph(
    name: str, graphs: int, tiny: Graph, tmp_path: Path
) -> None:
    """However the triples are dealt out, with our nanopublications beside them or not."""
    draw = random.Random(graphs)  # noqa: S311 (no secret)
    names = [pyoxigraph.NamedNode(f"http://store/{number}") for number in range(graphs)]
    dealt = [
        pyoxigraph.Quad(q.subject, q.predicate, q.object, draw.choice(names))
        if isinstance(q.graph_name, pyoxigraph.DefaultGraph)
        else q
        for q in rdf.quads(tiny)
    ]
    kinds = {"nq": pyoxigraph.RdfFormat.N_QUADS, "trig": pyoxigraph.RdfFormat.TRIG}
    path = tmp_path / f"a{SUFFIX[name]}"
    pyoxigraph.serialize(dealt, str(path), format=kinds[name])
    assert formats.load(path) == tiny


def test_a_store_that_put_our_named_graphs_into_one_gives_the_same_graph(
    part: Graph, tmp_path: Path
) -> None:
    """What each source says, refuted or not, is among the triples then."""
    path = tmp_path / "a.nt"
    quads = pyoxigraph.parse(rdf.render(part, "nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    triples = [pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in quads]
    pyoxigraph.serialize(triples, str(path), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert formats.load(path) == part


def test_what_stands_in_two_graphs_is_not_counted_twice(tiny: Graph, tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    lines = formats.render(tiny, "nt").decode().splitlines()
    graphs = ("", "<http://store/1> ", "<http://store/2> ")
    path.write_text("".join(f"{line[:-1]}{g}.\n" for line in lines for g in graphs), "utf-8")
    assert formats.load(path) == tiny


def test_conclusions_that_came_along_are_not_read(part: Graph, tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    path.write_bytes(formats.render(part, "nq") + derived.render(part, "nq"))
    assert formats.load(path) == part


def test_named_graphs_of_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(
        "<http://e/1> { <http://e/a> <http://e/b> <http://e/c> , <http://e/d> . }\n"
        "<http://e/2> { <http://e/a> <http://e/b> <http://e/e> . }\n",
        encoding="utf-8",
    )
    statements = formats.load(path).statements.values()
    assert sorted(statement.object for statement in statements) == [f"http://e/{x}" for x in "cde"]


def test_nanopublications_alone_are_an_error(tiny: Graph, tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    lines = formats.render(tiny, "nq").splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if b"/nanopub/" in line))
    assert "36 triples in 16 named graphs" in _refused(path)


def test_comparing_files_in_which_nothing_is_ours_is_an_error(tmp_path: Path) -> None:
    for name in ("a", "b"):
        text = f'<http://e/{name}> <http://e/p> "text" <http://e/g> .'
        (tmp_path / f"{name}.nq").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "trabecula", "diff", "a.nq", "b.nq"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("a.nq: no entity, source or statement")


# --- Empty graphs ---------------------------------------------------------------------------


@pytest.mark.parametrize("form", RDF, ids=lambda form: form.name)
def test_an_empty_graph_says_that_it_is_one(form: formats.Format, tmp_path: Path) -> None:
    data = formats.render([], form.name)
    assert b"EmptyGraph" in data
    path = tmp_path / f"a{form.suffixes[0]}"
    path.write_bytes(data)
    left = Leftovers()
    assert list(formats.read(path, left=left)) == []
    assert list(left.lines()) == []


def test_a_graph_with_records_does_not(tiny: Graph) -> None:
    assert b"EmptyGraph" not in formats.render(tiny, "nt")


NOTHING = {"ttl": "# nothing\n", "nt": "", "nq": "\n", "trig": "", "jsonld": "[]", "rdfxml": (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
)}  # fmt: skip


@pytest.mark.parametrize("name", NOTHING)
def test_a_file_with_nothing_in_it_is_no_graph(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{SUFFIX[name]}"
    path.write_text(NOTHING[name], encoding="utf-8")
    message = "the file holds nothing at all: see docs/rdf.md for what is read"
    if not NOTHING[name].strip():
        message = "there is nothing in the file: write a graph into it, or name another"
    assert _refused(path) == message


# --- A triple is one triple -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["nt", "nq"])
def test_lines_that_stand_twice_change_nothing(name: str, tiny: Graph, tmp_path: Path) -> None:
    path = tmp_path / f"a{SUFFIX[name]}"
    path.write_bytes(formats.render(tiny, name) * 2)
    assert formats.load(path) == tiny


@pytest.mark.parametrize("name", ["ttl", "trig"])
def test_blocks_that_stand_twice_change_nothing(name: str, tiny: Graph, tmp_path: Path) -> None:
    path = tmp_path / f"a{SUFFIX[name]}"
    path.write_bytes(formats.render(tiny, name) * 2)
    assert formats.load(path) == tiny


@pytest.mark.parametrize("name", ["nt", "nq", "ttl"])
def test_two_parts_put_together_are_their_union(name: str, covering: Graph, tmp_path: Path) -> None:
    parts = [covering.select(expression) for expression in ("sign(+)", "sign(-)")]
    path = tmp_path / f"a{SUFFIX[name]}"
    path.write_bytes(b"".join(formats.render(part, name) for part in parts))
    assert formats.load(path) == parts[0] | parts[1]


def test_blank_evidence_that_stands_twice_is_one(tmp_path: Path) -> None:
    row = "[ a tb:Evidence ; dct:source source:s ; tb:stance 'disputes' ]"
    text = f"""statement:1 a tb:Statement ; rdf:subject entity:x ; rdf:predicate tb:causes ;
      rdf:object entity:y ; tb:negated false , 0 ; tb:hasEvidence {row} , {row} ."""
    [statement], lines = _read(text, tmp_path)
    assert isinstance(statement, Statement)
    assert statement.evidence == (Evidence(source="s", stance="disputes"),)
    assert lines == []


def test_two_values_of_which_one_is_wanted_stay_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEAD}{ZINC} , 'Zinc' .", encoding="utf-8")
    assert _refused(tmp_path / "a.ttl") == (
        "<https://w3id.org/trabecula/entity/zinc> has 2 × rdfs:label: keep one of them"
    )


# --- Marks, encodings, languages, bases -----------------------------------------------------


@pytest.mark.parametrize("form", RDF, ids=lambda form: form.name)
def test_a_byte_order_mark_is_no_part_of_the_file(
    form: formats.Format, tiny: Graph, tmp_path: Path
) -> None:
    path = tmp_path / f"a{form.suffixes[0]}"
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        text = formats.render(tiny, form.name).decode()
        path.write_bytes(mark + text.replace('"UTF-8"', '"UTF-16"').encode(encoding))
        assert formats.load(path, left=Leftovers()) == tiny


def test_a_byte_order_mark_between_two_files_of_lines_is_passed_over(
    tiny: Graph, tmp_path: Path
) -> None:
    path = tmp_path / "a.nt"
    path.write_bytes((b"\xef\xbb\xbf" + formats.render(tiny, "nt")) * 2)
    assert formats.load(path, left=Leftovers()) == tiny


def test_xml_in_the_encoding_that_it_declares_is_read(tmp_path: Path) -> None:
    text = formats.render([Entity(id="a", name="Möhre", category="food")], "rdfxml").decode()
    text = text.partition("?>\n")[2] if text.startswith("<?xml") else text
    path = tmp_path / "a.rdf"
    path.write_bytes(f'<?xml version="1.0" encoding="ISO-8859-1"?>\n{text}'.encode("latin-1"))
    [entity] = formats.read(path)
    assert isinstance(entity, Entity)
    assert entity.name == "Möhre"


LABELS = {
    "'zinc'@en , 'Zink'@de": ("zinc", ("Zink",)),
    "'Zink'@de , 'zinc'": ("zinc", ("Zink",)),
    "'zinc' , 'zinc'@en": ("zinc", ()),
    "'fibre'@en-GB , 'fiber'@en-US": ("fibre", ("fiber",)),
    "'zinco'@it , 'Zink'@de": ("Zink", ("zinco",)),
}


@pytest.mark.parametrize("labels", LABELS)
def test_labels_in_several_languages_are_a_name_and_synonyms(labels: str, tmp_path: Path) -> None:
    text = f"entity:zinc a tb:Chemical ; dct:identifier 'zinc' ; rdfs:label {labels} ."
    [entity], lines = _read(text, tmp_path)
    assert isinstance(entity, Entity)
    assert (entity.name, entity.synonyms) == LABELS[labels]
    assert lines == []


def test_other_texts_in_several_languages_are_one_and_the_rest_is_counted(tmp_path: Path) -> None:
    text = f"{ZINC} ; skos:definition 'A metal.'@en , 'Ein Metall.'@de , 'Un métal.'@fr ."
    [entity], lines = _read(text, tmp_path)
    assert isinstance(entity, Entity)
    assert entity.description == "A metal."
    assert lines == [
        "2 translations were left out: skos:definition@de (1), skos:definition@fr (1); "
        "first at <https://w3id.org/trabecula/entity/zinc>"
    ]


def test_relative_iris_are_relative_to_our_own_entities(tmp_path: Path) -> None:
    """As an identifier without a prefix is; whatever the file is called and wherever it lies."""
    [entity], _ = _read("<zinc> a tb:Chemical ; dct:identifier 'zinc' ; rdfs:label 'Z' .", tmp_path)
    assert entity.id == "zinc"
    path = tmp_path / "a.rdf"
    path.write_text(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"'
        ' xmlns:tb="https://w3id.org/trabecula/ontology#" xmlns:dct="http://purl.org/dc/terms/">'
        '<owl:Ontology rdf:about=""/><tb:Chemical rdf:about="zinc" rdfs:label="Z"'
        ' dct:identifier="zinc"/></rdf:RDF>',
        encoding="utf-8",
    )
    left = Leftovers()
    assert list(formats.read(path, left=left)) == [entity]
    assert list(left.lines()) == [
        "1 kind of node was left out: owl:Ontology (1); first at "
        "<https://w3id.org/trabecula/entity/>"
    ]


SPELLINGS = (
    "http://purl.obolibrary.org/obo/CHEBI_27363",
    "https://purl.obolibrary.org/obo/CHEBI_27363",
    "https://identifiers.org/CHEBI:27363",
    "http://identifiers.org/chebi/CHEBI:27363",
    "https://bioregistry.io/chebi:27363",
)


@pytest.mark.parametrize("iri", SPELLINGS)
def test_an_identifier_is_one_however_its_iri_is_spelt(iri: str, tmp_path: Path) -> None:
    others = " , ".join(f"<{other}>" for other in SPELLINGS)
    text = f"""<{iri}> a tb:Chemical ; dct:identifier '{iri}' , 'CHEBI:27363' ; rdfs:label 'zinc' .
      {ZINC} ; skos:exactMatch {others} .
      statement:1 a tb:Statement ; rdf:subject <{iri}> ; rdf:predicate tb:causes ;
        rdf:object entity:zinc ; tb:negated false ."""
    records, lines = _read(text, tmp_path)
    graph = Graph(records)
    assert set(graph.entities) == {"CHEBI:27363", "zinc"}
    assert graph.entities["zinc"].xrefs == (Xref("exact", "CHEBI:27363"),)
    assert [statement.subject for statement in graph.statements.values()] == ["CHEBI:27363"]
    assert lines == []


def test_no_break_spaces_and_line_ends_in_texts_become_blanks_and_that_is_said(
    tmp_path: Path,
) -> None:
    text = ZINC.replace("label 'zinc'", "label 'zinc\u00a0oxide'")
    [entity], lines = _read(f"{text} ; skos:definition '''Two\nlines.''' .", tmp_path)
    assert isinstance(entity, Entity)
    assert (entity.name, entity.description) == ("zinc oxide", "Two lines.")
    assert len(lines) == 2


# --- What is left out -----------------------------------------------------------------------


def test_a_property_without_a_place_is_counted_and_named_as_the_file_calls_it(
    tmp_path: Path,
) -> None:
    text = f"""{ZINC} ; a ex:Metal ; ex:score 1 , 2 ; <http://other/p> 'x' .
      entity:iron a tb:Chemical ; dct:identifier 'iron' ; rdfs:label 'iron' ; ex:score 3 ."""
    _, lines = _read(text, tmp_path)
    assert lines == [
        "1 type was left out: ex:Metal (1); first at <https://w3id.org/trabecula/entity/zinc>",
        "2 properties were left out: ex:score (3), <http://other/p> (1); first at "
        "<https://w3id.org/trabecula/entity/zinc>",
    ]


def test_a_node_that_is_no_record_is_counted_by_its_type(tmp_path: Path) -> None:
    text = f"{ZINC} . ex:a a ex:Ontology ; ex:p ex:b . ex:b a ex:Ontology . ex:c ex:p 1 ."
    _, lines = _read(text, tmp_path)
    assert lines == [
        "2 kinds of node were left out: ex:Ontology (2), without a type (1); first at "
        "<http://example.org/a>"
    ]


def test_a_plain_triple_that_no_statement_stands_behind_is_counted(tmp_path: Path) -> None:
    _, lines = _read(f"{ZINC} ; tb:increases entity:bone .", tmp_path)
    assert lines == [
        "1 property was left out: tb:increases (1); first at "
        "<https://w3id.org/trabecula/entity/zinc>"
    ]


def test_what_does_not_follow_from_the_method_of_a_row_is_left_out(tmp_path: Path) -> None:
    """Of rows with the same properties, of which each has a method of its own."""
    rows = (("1", "cell-culture", "181", "181"), ("2", "animal-study", "179", "181"))
    text = f"""
        {ZINC} . entity:iron a tb:Chemical ; dct:identifier 'iron' ; rdfs:label 'iron' .
        source:s a tb:Source ; dct:identifier 's' .
        statement:s1 a tb:Statement ; rdf:subject entity:zinc ; rdf:predicate tb:activates ;
          rdf:object entity:iron ; tb:negated false ; tb:hasEvidence evidence:e1 , evidence:e2 .
    """ + "".join(
        f"""evidence:e{number} a tb:Evidence ; dct:source source:s ; tb:stance "supports" ;
        tb:method "{method}" ; tb:evidenceType <http://purl.obolibrary.org/obo/ECO_0000{right}> ,
        <http://purl.obolibrary.org/obo/ECO_0000{other}> .\n"""
        for number, method, right, other in rows
    )
    records, left = _read(text, tmp_path)
    statement = next(record for record in records if isinstance(record, Statement))
    assert sorted(row.method for row in statement.evidence) == ["animal-study", "cell-culture"]
    assert left == [
        "1 property was left out: tb:evidenceType (1); first at "
        "<https://w3id.org/trabecula/evidence/e2>"
    ]


@pytest.mark.parametrize("form", RDF, ids=lambda form: form.name)
def test_nothing_is_left_out_of_our_own_files(
    form: formats.Format, tiny: Graph, covering: Graph, tmp_path: Path
) -> None:
    path = tmp_path / f"a{form.suffixes[0]}"
    for graph in (tiny, covering):
        formats.write(graph, path)
        left = Leftovers()
        whole = [graph.about] if graph.about != About() else []
        assert list(formats.read(path, left=left)) == [*whole, *graph]
        assert list(left.lines()) == []


def test_keys_of_json_that_no_context_gives_a_meaning_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(
        '{"@context": {"label": "http://www.w3.org/2000/01/rdf-schema#label"},'
        ' "@id": "https://w3id.org/trabecula/entity/zinc", "label": "zinc", "score": 1,'
        ' "@type": "https://w3id.org/trabecula/ontology#Chemical",'
        ' "http://purl.org/dc/terms/identifier": "zinc"}',
        encoding="utf-8",
    )
    left = Leftovers()
    assert [record.id for record in formats.read(path, left=left)] == ["zinc"]
    assert list(left.lines()) == [
        "1 key was left out: score (1); first at a place without a context for it"
    ]


@pytest.mark.parametrize("iri", ["http://a b", "http://a/%zz", "http://a/#b#c"])
def test_a_node_of_json_whose_name_is_no_iri_is_an_error(iri: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(f'[{{"@id": "{iri}", "http://p/p": 1}}]', encoding="utf-8")
    assert _refused(path).startswith(f"no IRI: {iri} (")


def test_publications_of_a_statement_without_evidence_become_evidence(tmp_path: Path) -> None:
    text = """statement:1 a tb:Statement ; rdf:subject entity:x ; rdf:predicate tb:causes ;
      rdf:object entity:y ; tb:negated false ; biolink:negated true ;
      biolink:publications source:a , <https://pubmed.ncbi.nlm.nih.gov/7/> ."""
    records, lines = _read(text, tmp_path)
    graph = Graph(records)
    [statement] = graph.statements.values()
    assert {(row.source, row.stance) for row in statement.evidence} == {
        ("PMID:7", "disputes"),
        ("a", "disputes"),
    }
    assert set(graph.sources) == {"PMID:7", "a"}
    assert lines == []


def test_a_publication_beside_the_evidence_is_counted(tmp_path: Path) -> None:
    text = """statement:1 a tb:Statement ; rdf:subject entity:x ; rdf:predicate tb:causes ;
      rdf:object entity:y ; tb:negated false ; biolink:publications source:a , source:b ;
      tb:hasEvidence [ dct:source source:a ; tb:stance 'supports' ] ."""
    [statement], lines = _read(text, tmp_path)
    assert isinstance(statement, Statement)
    assert statement.evidence == (Evidence(source="a"),)
    assert lines == [
        "1 property was left out: biolink:publications (1); first at "
        "<https://w3id.org/trabecula/statement/1>"
    ]


def test_a_species_of_which_only_the_taxon_is_said_is_kept(tmp_path: Path) -> None:
    taxon = "<http://purl.obolibrary.org/obo/NCBITaxon_10090>"
    text = f"""statement:1 a tb:Statement ; rdf:subject entity:x ; rdf:predicate tb:causes ;
      rdf:object entity:y ; tb:negated false ; tb:hasEvidence
        [ dct:source source:a ; tb:stance 'supports' ; biolink:in_taxon {taxon} ] ."""
    records, lines = _read(text, tmp_path)
    row = Evidence(source="a", species="NCBITaxon:10090")
    wanted = Statement(subject="x", predicate="causes", object="y", evidence=(row,))
    assert Graph(records) == Graph([wanted])
    assert lines == []


def test_files_of_the_first_version_are_read_as_they_were_meant(
    tiny: Graph, tmp_path: Path
) -> None:
    """They said with `biolink:negated` what `tb:negated` says now, and had all as publications."""
    lines = []
    for line in formats.render(tiny, "nt").decode().splitlines():
        if "/vocab/negated>" in line:
            continue
        lines.append(line.replace("trabecula/ontology#negated", "biolink/vocab/negated"))
    for statement in tiny.statements.values():
        for row in statement.evidence:
            node = f"https://w3id.org/trabecula/statement/{statement.id}"
            source = rdf.rows.iri(row.source, SOURCE)
            lines.append(f"<{node}> <https://w3id.org/biolink/vocab/publications> <{source}> .")
    path = tmp_path / "a.nt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert formats.load(path) == tiny


# --- Limits ---------------------------------------------------------------------------------

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'


def _contexts(count: int) -> str:
    """A chain of names of which each is said by the next."""
    names = "".join(f'"t{number}":"t{number + 1}:x",' for number in range(count))
    return f'{{"@context":{{{names}"t{count}":"http://e/"}},"@id":"http://a","t0":"x"}}'


def _wide_contexts() -> str:
    names = ",".join(f'"k{number}":"http://e/{number}"' for number in range(20_000))
    nodes = ",".join('{"@context":{"z":"http://z"},"@id":"http://n","z":"x"}' for _ in range(3000))
    return f'{{"@context":{{{names}}},"@graph":[{nodes}]}}'


ATTRIBUTES = " ".join(f'e:p{number}="x"' for number in range(20_000))
LONG = "x" * (refusing.MAX_TOKEN + 1000)
LIMITS = {
    "a chain of contexts": ("jsonld", _contexts(20_000), "the parser crashed on it"),
    "many wide contexts": ("jsonld", _wide_contexts(), "parsing it takes more than 3 seconds"),
    "deep json": ("jsonld", '{"http://p":' * 50_000, "more than 100 levels of nesting"),
    "deep xml": ("rdf", f"{XML}{'<e:A><e:p>' * 50_000}", "more than 100 levels of nesting"),
    "many attributes": (
        "rdf",
        f"{XML}<e:A {ATTRIBUTES}/></rdf:RDF>",
        "an element with more than 1000 attributes",
    ),
    "a long comment": ("ttl", f"#{LONG}\n", "a text or a name of more than 16 MiB"),
    "a long text": ("nt", f'<http://a> <http://b> "{LONG}" .\n', "a text or a name of more than 16"),
    "a long text in json": ("jsonld", f'{{"@id":"http://a","http://b":"{LONG}"}}', "a text or a name of"),
    "a long text in xml": (
        "rdf",
        f'{XML}<rdf:Description rdf:about="http://a"><e:p>{LONG}</e:p></rdf:Description></rdf:RDF>',
        "a text or a name of more than 16 MiB",
    ),
    "a prefix that makes much of little": (
        "ttl",
        f"@prefix p: <http://e/{'x' * 1_000_000}> .\n" + "".join(f"p:{n} p:b p:{n} .\n" for n in range(300)),
        "triples of more than 64 MiB and 64 times its size",
    ),
    "a context that makes much of little": (
        "jsonld",
        f'{{"@context":{{"p":"http://e/{"x" * 1_000_000}/"}},"@graph":['
        + ",".join(f'{{"@id":"p:{n}","p:b":"x"}}' for n in range(300)) + "]}",
        "parsing it takes more than 527 MiB of memory",
    ),
    "a triple term in xml": (
        "rdf",
        f'{XML[:-1]} rdf:version="1.2"><rdf:Description rdf:about="http://a"><e:p rdf:parseType="Triple">'
        '<rdf:Description rdf:about="http://s"><e:q rdf:resource="http://o"/></rdf:Description></e:p>'
        "</rdf:Description></rdf:RDF>",
        "a triple term of RDF 1.2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_what_would_crash_or_never_end_is_an_error_that_names_its_limit(
    name: str, tmp_path: Path
) -> None:
    suffix, text, beginning = LIMITS[name]
    path = tmp_path / f"a.{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        formats.load(path)
    message = str(caught.value).removeprefix(str(path)).lstrip(":0123456789 ")
    assert message.startswith(beginning)
    assert len(message) < 300


@pytest.mark.parametrize("executable", ["", "/usr/bin/blender"])
def test_a_program_that_holds_a_python_is_not_started_again(
    executable: str, tiny: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    formats.write(tiny, tmp_path / "a.ttl")
    formats.write(tiny, tmp_path / "a.rdf")
    assert formats.load(tmp_path / "a.ttl") == tiny
    assert _refused(tmp_path / "a.rdf") == (
        "JSON-LD and RDF/XML are read in a process of their own, and "
        f"{executable or 'nothing'} is no Python: set sys.executable, or write Turtle or N-Quads"
    )


def test_errors_name_blank_nodes_the_same_in_every_run(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + "[] a tb:Food ; dct:identifier 'x' .", encoding="utf-8")
    assert _refused(path) == _refused(path)
    assert "_:b0 has no rdfs:label" in _refused(path)


def test_a_flood_of_bad_records_is_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    rows = "".join(
        f"entity:e{number} a tb:Food ; dct:identifier 'e{number}' .\n" for number in range(5000)
    )
    path.write_text(HEAD + rows, encoding="utf-8")
    assert len(_refused(path)) < 10_000


def test_an_entity_keeps_everything_that_the_model_has_a_place_for(tmp_path: Path) -> None:
    entity = Entity(
        id="zinc", name="zinc", category="chemical", synonyms=("Zn",), description="A metal.",
        taxon="NCBITaxon:9606", xrefs=(Xref("exact", "CHEBI:27363", "zinc atom"),),
    )  # fmt: skip
    for form in RDF:
        path = tmp_path / f"a{form.suffixes[0]}"
        formats.write([entity, replace(entity, id="x")], path)
        assert next(iter(formats.read(path))) == replace(entity, id="x")
