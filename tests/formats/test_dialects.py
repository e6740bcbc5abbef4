"""Files as other programs write them: what they say of sign, direction, negation and papers."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from tests.formats.conftest import told

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Options, Report


def of(text: str, folder: Path, name: str) -> tuple[Graph, Report]:
    path, report = folder / name, Report()
    path.write_text(text, encoding="utf-8")
    return formats.load(path, left=Leftovers(), report=report), report


def said(graph: Graph) -> set[tuple[str, str, str]]:
    return {(s.subject, s.predicate, s.object) for s in graph.statements.values()}


def stances(graph: Graph) -> set[tuple[str, str]]:
    return {(e.source, e.stance) for s in graph.statements.values() for e in s.evidence}


# --- Negation is never dropped ----------------------------------------------------------------


def test_a_mapping_in_a_table_with_commas_that_is_not_so_is_disputed(tmp_path: Path) -> None:
    text = (
        "subject_id,predicate_id,object_id,predicate_modifier,mapping_justification,mapping_source\n"
        'MONDO:1,skos:exactMatch,DOID:1,Not,semapv:ManualMappingCuration,"EX:a, b"\n'
    )
    graph, report = of(text, tmp_path, "mappings.csv")
    assert report.format == "sssom"
    assert dict(report.signs) == {"negated": 1}
    assert {stance for _, stance in stances(graph)} == {"disputes"}


@pytest.mark.parametrize("name", ["isnegated", "is.negated", "isNegated", "is_negated", "Negated"])
def test_negation_is_seen_whatever_separates_the_words_of_its_name(
    name: str, tmp_path: Path
) -> None:
    text = (
        'graph [ directed 1 node [ id 0 name "A" ] node [ id 1 name "B" ]\n'
        f'edge [ source 0 target 1 {name} 1 pmids "PMID:7" ] ]\n'
    )
    graph, report = of(text, tmp_path, "a.gml")
    assert dict(report.signs) == {"negated": 1}
    assert stances(graph) == {("PMID:7", "disputes")}


def test_an_edge_list_of_networkx_keeps_its_attributes(tmp_path: Path) -> None:
    edges = nx.MultiDiGraph()
    edges.add_edge("HGNC:1", "HGNC:2", relation="increases", pmid="PMID:1|PMID:2")
    edges.add_edge("HGNC:1", "HGNC:3", relation="decreases", pmid="PMID:3", negated=True)
    edges.add_edge("HGNC:1", "HGNC:4")
    path, report = tmp_path / "a.edgelist", Report()
    nx.write_edgelist(edges, path)
    graph = formats.load(path, report=report)
    assert dict(report.signs) == {"positive": 1, "negated": 1, "unsigned": 1}
    assert stances(graph) == {
        ("PMID:1", "supports"), ("PMID:2", "supports"), ("PMID:3", "disputes"),
    }  # fmt: skip


def test_attributes_that_are_none_are_an_error_with_their_line(tmp_path: Path) -> None:
    text = "a b {}\na c {'x': __import__('os')}\n"
    with pytest.raises(FormatError, match=r"x.edgelist:2: .*are no attributes"):
        of(text, tmp_path, "x.edgelist")


def test_a_header_without_the_qualifier_is_no_header(tmp_path: Path) -> None:
    text = (
        "database_id\tdisease_name\tqual\thpo_id\treference\tevidence\tonset\tfrequency\tsex"
        "\tmodifier\taspect\tbiocuration\nOMIM:1\td\tNOT\tHP:1\tPMID:1\tPCS\t\t\t\t\tP\tx\n"
    )
    with pytest.raises(FormatError, match="there is no column qualifier"):
        of(text, tmp_path, "a.hpoa")


# --- Direction and sign -----------------------------------------------------------------------

_YED = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d10" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
<node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Mg</y:NodeLabel></y:ShapeNode></data></node>
<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>PTH</y:NodeLabel></y:ShapeNode></data></node>
<edge id="e0" source="n0" target="n1"><data key="d10"><y:PolyLineEdge>
<y:Arrows source="{0}" target="{1}"/></y:PolyLineEdge></data></edge>
</graph></graphml>
"""


@pytest.mark.parametrize(
    ("tail", "head", "expected", "sign"),
    [
        ("none", "t_shape", ("Mg", "decreases", "PTH"), "negative"),
        ("t_shape", "none", ("PTH", "decreases", "Mg"), "negative"),
        ("standard", "none", ("PTH", "is_linked_to", "Mg"), "unsigned"),
        ("none", "standard", ("Mg", "is_linked_to", "PTH"), "unsigned"),
        ("none", "none", ("Mg", "is_linked_with", "PTH"), "unsigned"),
    ],
)
def test_the_arrows_of_yed_say_direction_and_inhibition(
    tail: str, head: str, expected: tuple[str, str, str], sign: str, tmp_path: Path
) -> None:
    graph, report = of(_YED.format(tail, head), tmp_path, "yed.graphml")
    assert said(graph) == {expected}
    assert dict(report.signs) == {sign: 1}


def test_the_column_type_of_gephi_is_the_direction_and_its_label_the_predicate(
    tmp_path: Path,
) -> None:
    text = "Source,Target,Type,Id,Label\nMg,PTH,Directed,0,inhibits\nPTH,Ca,Undirected,1,\n"
    graph, report = of(text, tmp_path, "edges.csv")
    assert said(graph) == {("Mg", "inhibits", "PTH"), ("Ca", "is_linked_with", "PTH")}
    assert dict(report.signs) == {"negative": 1, "unsigned": 1}


@pytest.mark.parametrize(
    ("edges", "nodes"), [("edges.csv", "nodes.csv"), ("net [Edges].csv", "net [Nodes].csv")]
)
def test_the_nodes_of_gephi_lie_beside_its_edges(edges: str, nodes: str, tmp_path: Path) -> None:
    (tmp_path / nodes).write_text('Id,Label,Category\n1,PTH,Protein\n2,"serum calcium",trait\n')
    text = "Source,Target,Type,Id,Label,timeset,Weight\n1,2,Directed,0,increases,,1.0\n"
    graph, _ = of(text, tmp_path, edges)
    assert {(e.name, e.category) for e in graph.entities.values()} == {
        ("PTH", "protein"),
        ("serum calcium", "trait"),
    }
    (statement,) = graph.statements.values()
    assert (graph.entities[statement.subject].name, statement.predicate) == ("PTH", "increases")


def test_lists_of_gephi_are_lists(tmp_path: Path) -> None:
    text = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">
<attributes class="node"><attribute id="s" title="synonyms" type="liststring"/></attributes>
<attributes class="edge"><attribute id="p" title="pmids" type="listinteger"/></attributes>
<nodes><node id="1" label="Mg"><attvalues>
<attvalue for="s" value="[magnesium, &quot;Mg, the ion&quot;]"/></attvalues></node>
<node id="2" label="PTH"/></nodes>
<edges><edge id="0" source="1" target="2" label="inhibits"><attvalues>
<attvalue for="p" value="[11, 12]"/></attvalues></edge></edges></graph></gexf>"""
    graph, _ = of(text, tmp_path, "a.gexf")
    assert graph.entities["Mg"].synonyms == ("magnesium", "Mg, the ion")
    assert stances(graph) == {("PMID:11", "supports"), ("PMID:12", "supports")}


@pytest.mark.parametrize("sign", ["-1", "\N{MINUS SIGN}1", "\N{MINUS SIGN}"])
def test_a_minus_is_a_minus(sign: str, tmp_path: Path) -> None:
    _, report = of(f"source,target,sign\nMg,PTH,{sign}\n", tmp_path, "a.csv")
    assert dict(report.signs) == {"negative": 1}
    text = json.dumps(
        {"nodes": [{"id": "Mg"}, {"id": "PTH"}],
         "links": [{"source": "Mg", "target": "PTH", "sign": sign}]}
    )  # fmt: skip
    _, report = of(text, tmp_path, "a.json")
    assert dict(report.signs) == {"negative": 1}


# --- Names and papers -------------------------------------------------------------------------


def test_a_label_that_is_a_curie_identifies_a_node_with_only_a_number(tmp_path: Path) -> None:
    graph = nx.DiGraph()
    graph.add_node("HGNC:1", name="A")
    graph.add_edge("HGNC:1", "HGNC:2", relation="inhibits")
    path = tmp_path / "a.gml"
    nx.write_gml(graph, path)
    read = formats.load(path)
    assert said(read) == {("HGNC:1", "inhibits", "HGNC:2")}
    assert read.entities["HGNC:1"].name == "A"


def test_numbers_of_two_databases_are_not_one_thing(tmp_path: Path) -> None:
    text = (
        "relation,x_index,x_id,x_type,x_name,x_source,y_index,y_id,y_type,y_name,y_source\n"
        "associated with,0,5090,gene/protein,PHYHIP,NCBI,1,5090,disease,hypertension,MONDO\n"
    )
    graph, _ = of(text, tmp_path, "kg.csv")
    assert set(graph.entities) == {"NCBI:5090", "MONDO:5090"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a_edges.csv", ":START_ID,:END_ID,:TYPE,pmids:string[]\nA,B,INHIBITS,1;PMID:2\n"),
        ("a.csv", '"_start","_end","_type","pubmed_ids"\n"A","B","INHIBITS","[""1"",""2""]"\n'),
    ],
)
def test_papers_of_neo4j_are_papers_whatever_their_property_is_called(
    name: str, text: str, tmp_path: Path
) -> None:
    graph, report = of(text, tmp_path, name)
    assert report.format == "neo4j"
    assert stances(graph) == {("PMID:1", "supports"), ("PMID:2", "supports")}


def test_both_ends_in_one_cell_of_cytoscape_are_told_apart(tmp_path: Path) -> None:
    text = (
        '"SUID","interaction","name","pmid","selected","shared interaction","shared name"\n'
        '"1","inhibits","Mg (2+) (inhibits) PTH","11","false","inhibits","Mg (2+) (inhibits) PTH"\n'
    )
    graph, _ = of(text, tmp_path, "default edge.csv")
    names = {graph.entities[end].name for s in graph.statements.values() for end in (s.subject,)}
    assert names == {"Mg (2+)"}
    assert stances(graph) == {("PMID:11", "supports")}
    with pytest.raises(FormatError, match=r":2: 'Mg and PTH' does not tell"):
        of(text.replace("Mg (2+) (inhibits) PTH", "Mg and PTH"), tmp_path, "other.csv")


# --- What a file is ---------------------------------------------------------------------------


def test_a_header_of_hetionet_is_no_edge(tmp_path: Path) -> None:
    text = "source\tmetaedge\ttarget\nGene::9021\tGpBP\tGene::1\n"
    graph, report = of(text, tmp_path, "edges.sif")
    assert report.rows == 1
    assert said(graph) == {("NCBIGene:9021", "GpBP", "NCBIGene:1")}


def test_a_measure_of_things_is_no_list_of_pairs(tmp_path: Path) -> None:
    with pytest.raises(
        FormatError, match=r":2: a number with a fraction stands where a name is due"
    ):
        of("id\tinformation_content\nGO:1\t5.25\n", tmp_path, "ic.tsv")


def test_a_number_between_two_names_is_a_sign_or_an_error(tmp_path: Path) -> None:
    graph, report = of("A\t-1\tB\nB\t1\tC\nC\t+\tD\nD\t-\tE\n", tmp_path, "pkn.txt")
    assert dict(report.signs) == {"positive": 2, "negative": 2}
    assert said(graph) == {
        ("A", "decreases", "B"), ("B", "increases", "C"),
        ("C", "increases", "D"), ("D", "decreases", "E"),
    }  # fmt: skip
    with pytest.raises(FormatError, match=r":1: a number that is no sign stands where a predicate"):
        of("10090\t83493\t10090.ENSP1\n", tmp_path, "genes.txt")


def test_string_is_known_without_its_header(tmp_path: Path) -> None:
    rows = "9606.ENSP1 9606.ENSP2 173\n9606.ENSP2 9606.ENSP1 173\n"
    bare, _ = of(rows, tmp_path, "string.txt")
    path = tmp_path / "9606.protein.links.v12.0.txt.gz"
    path.write_bytes(gzip.compress(f"protein1 protein2 combined_score\n{rows}".encode()))
    assert len(bare) == 1
    assert bare == formats.load(path)


@pytest.mark.parametrize("name", ["table", "table.json", "table.xml", "table.dat"])
def test_a_table_is_known_by_its_header_whatever_its_suffix(name: str, tmp_path: Path) -> None:
    graph, report = of("subject\tpredicate\tobject\tpmid\nMg\tinhibits\tPTH\t1\n", tmp_path, name)
    assert report.format == "edges"
    assert said(graph) == {("Mg", "inhibits", "PTH")}


def test_lines_that_end_in_cr_are_known_by_how_they_begin(tmp_path: Path) -> None:
    text = "id: gomodel:1\ractivities:\r- id: gomodel:1/a\r  enabled_by: {term: UniProtKB:P1}\r"
    path, report = tmp_path / "model", Report()
    path.write_bytes(text.encode())
    formats.load(path, left=Leftovers(), report=report)
    assert report.format == "gocam"


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.owl", "Prefix(:=<http://ex.org/>)\nOntology(<http://ex.org/o>\n)\n", "functional"),
        ("a.omn", "Prefix: : <http://ex.org/>\nOntology: <http://ex.org/o>\n", "Manchester"),
        ("a.owl", '<Ontology xmlns="http://www.w3.org/2002/07/owl#"></Ontology>', "OWL/XML"),
        ("a.json", json.dumps(nx.adjacency_data(nx.path_graph(2))), "adjacency data"),
        (
            "a.xml",
            '<?xml version="1.0"?><!DOCTYPE pathway SYSTEM '
            '"https://www.kegg.jp/kegg/xml/KGML_v0.7.2_.dtd"><pathway name="path:x"/>',
            "KGML",
        ),
        (
            "en_product6.xml",
            '<?xml version="1.0" encoding="ISO-8859-1"?><JDBOR date="x"><DisorderList/></JDBOR>',
            "Orphanet",
        ),
        ("a.xml", '<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"/>', "TriX"),
        ("a.net", '*Vertices 1\n1 "a"\n', "Pajek"),
        ("a.json", '{"head": {"vars": ["s"]}, "results": {"bindings": []}}', "an answer of SPARQL"),
        ("Q1.json", '{"entities": {"Q1": {"claims": {"P1": [{"mainsnak": {}}]}}}}', "of Wikidata"),
        (
            "0.json",
            '{"records": {"causal:influence:a:positive:b": {"evidence": "x", "evidence_status": "y"}}}',
            "a part of PhysioMap",
        ),
    ],
)
def test_what_is_known_and_not_read_is_called_by_its_name(
    name: str, text: str, what: str, tmp_path: Path
) -> None:
    with pytest.raises(FormatError, match=rf"{name}: this is .*{what}.*, which is not read: "):
        of(text, tmp_path, name)


# --- Hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("id: 2020-13-45\nactivities: []\n", ":1: '2020-13-45' is no date"),
        (f"id: a\nactivities:\n- id: {'1' * 5000}\n", ":3: a number of 5,000 digits"),
    ],
)
def test_yaml_that_python_has_no_value_for_is_an_error_with_its_line(
    text: str, what: str, tmp_path: Path
) -> None:
    with pytest.raises(FormatError, match=what):
        of(text, tmp_path, "a.gocam.yaml")


def test_a_context_that_lies_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    text = '{"@context": "file:///etc/passwd", "@id": "http://x/a", "http://x/p": {"@id": "b:c"}}'
    with pytest.raises(FormatError, match="a @context lies elsewhere, and nothing is fetched"):
        of(text, tmp_path, "a.jsonld")


def test_thousands_of_columns_and_prefixes_take_no_time(tmp_path: Path) -> None:
    begun = time.process_time()
    columns = ",".join(f"c{number}" for number in range(50_000))
    graph, _ = of(f"subject,object,{columns}\nMg,PTH\n", tmp_path, "wide.csv")
    assert len(graph) == 1
    count = 5_000
    prefixes = "".join(f"@prefix p{n}: <http://ex.org/{n}/> .\n" for n in range(count))
    triples = "".join(f"p{n}:a p0:p p{n + 1}:b .\n" for n in range(count - 1))
    graph, _ = of(prefixes + triples, tmp_path, "prefixes.ttl")
    assert ("p7:a", "http://ex.org/0/p", "p8:b") in said(graph)
    assert time.process_time() - begun < 10  # it was 60 seconds


# --- What programs keep for themselves ------------------------------------------------------


def test_what_cytoscape_keeps_for_itself_is_passed_over_in_silence(
    bring: Callable[..., tuple[Graph, Report]],
) -> None:
    key = '<key id="{0}" for="{1}" attr.name="{0}" attr.type="string"/>'.format
    names = ("SUID", "shared name", "selected")
    keys = [
        *(key(name, "node") for name in names),
        key("interaction", "edge"),
        key("weight", "edge"),
    ]
    node = "".join(f'<data key="{name}">1</data>' for name in names)
    text = f"""<graphml>{"".join(keys)}<graph edgedefault="directed">
      <node id="a">{node}</node><node id="b"/>
      <edge source="a" target="b"><data key="interaction">activates</data>
        <data key="weight">2</data></edge></graph></graphml>"""
    _, report = bring(text, "x.graphml")
    assert {line.split(";")[0] for line in report.left.lines()} == {
        "1 edge attribute was left out: weight (1)"
    }


def test_an_unknown_predicate_ties_two_things_and_carries_nothing(
    bring: Callable[..., tuple[Graph, Report]],
) -> None:
    graph, report = bring("a frobs b\nb activates c\n", "x.sif")
    row = graph.words.relation("frobs")
    assert (dict(report.unknown), row.sign, row.influence) == ({"frobs": 1}, 0, "none")
    assert list(graph.influence.acting(graph.influence.columns.number("b"))) == []


# --- What databases write ---------------------------------------------------------------------


_CTD = "# CTD\n# Fields:\n# {}\n#\n{}\n"
_GENES = (
    "ChemicalName,ChemicalID,CasRN,GeneSymbol,GeneID,GeneForms,Organism,OrganismID,Interaction,"
    "InteractionActions,PubMedIDs"
)
_DISEASES = (
    "ChemicalName,ChemicalID,CasRN,DiseaseName,DiseaseID,DirectEvidence,InferenceGeneSymbol,"
    "InferenceScore,OmimIDs,PubMedIDs"
)
_TABLES = {
    "an action of CTD has a sign where the chemical alone does it": (
        _CTD.format(
            _GENES,
            'Mg,D1,,PTH,5,protein,Homo sapiens,9606,"Mg results in decreased expression of PTH",'
            "decreases^expression,1|2\n"
            'Mg,D1,,CASR,6,,,,"[Mg co-treated with Ca] results in increased activity of CASR",'
            "affects^cotreatment|increases^activity,3\n"
            'Mg,D1,,SLC,7,,,,"SLC protein results in increased uptake of Mg",increases^uptake,4',
        ),
        {
            ("MESH:D1", "decreases", "NCBIGene:5", -1, ("+PMID:1", "+PMID:2")),
            ("MESH:D1", "related_to", "NCBIGene:6", 0, ("+PMID:3",)),
            ("MESH:D1", "related_to", "NCBIGene:7", 0, ("+PMID:4",)),
        },
    ),
    "what CTD infers is told apart from what a paper says": (
        _CTD.format(
            _DISEASES,
            "Mg,D1,,Rickets,MESH:D2,therapeutic|marker/mechanism,,,,9\n"
            "Mg,D1,,Rickets,MESH:D2,,VDR,4.2,,7",
        ),
        {
            ("MESH:D1", "therapeutic", "MESH:D2", 0, ("+PMID:9",)),
            ("MESH:D1", "marker-mechanism-83fbb66d", "MESH:D2", 0, ("+PMID:9",)),
            ("MESH:D1", "inferred_association", "MESH:D2", 0, ("+PMID:7",)),
        },
    ),
    "a phenotype that PrimeKG says is absent is denied": (
        "relation,x_id,x_source,y_id,y_source\n"
        "disease_phenotype_negative,5044,MONDO,1166,HP\n"
        "disease_phenotype_positive,5044,MONDO,1167,HP\n",
        {
            ("HP:1166", "disease_phenotype_positive", "MONDO:5044", 0, ("-t",)),
            ("HP:1167", "disease_phenotype_positive", "MONDO:5044", 0, ()),
        },
    ),
    "a predication of SemMedDB that begins with NEG is denied": (
        "subject,predicate,object,pmid\nA:1,NEG_INHIBITS,A:2,8\n",
        {("A:1", "inhibits", "A:2", -1, ("-PMID:8",))},
    ),
    "papers of OmniPath's enzymes are named by several databases": (
        "enzyme\tsubstrate\tenzyme_genesymbol\tsubstrate_genesymbol\tresidue_type\tmodification\t"
        "sources\treferences\nP31749\tP49841\tAKT1\tGSK3B\tS\tphosphorylation\tX\tSIGNOR:5;HPRD:5\n"
        "P31749\tP04637\tAKT1\tTP53\tS\tphosphorylation\tX;Y\t\n",
        {
            ("UniProtKB:P31749", "phosphorylation", "UniProtKB:P49841", 0, ("+PMID:5",)),
            ("UniProtKB:P31749", "phosphorylation", "UniProtKB:P04637", 0, ("+X", "+Y")),
        },
    ),
    "enzymes of OmniPath are known without names and sources, which are given when asked for": (
        "enzyme\tsubstrate\tresidue_type\tresidue_offset\tmodification\n"
        "P31749\tP49841\tS\t9\tphosphorylation\nP31749\tP49841\tS\t9\tdephosphorylation\n",
        {
            ("UniProtKB:P31749", "phosphorylation", "UniProtKB:P49841", 0, ()),
            ("UniProtKB:P31749", "dephosphorylation", "UniProtKB:P49841", 0, ()),
        },
    ),
    "the web service of STRING has names beside ids": (
        "stringId_A\tstringId_B\tpreferredName_A\tpreferredName_B\tncbiTaxonId\tscore\tnscore\n"
        "9606.ENSP1\t9606.ENSP2\tPTH\tPTH1R\t9606\t0.9\t0\n",
        {("string:9606.ENSP1", "functional_association", "string:9606.ENSP2", 0, ("+STRING",))},
    ),
    "the weight of CollecTRI is its sign": (
        "source,target,weight,references,sign_decision\nSPI1,BGLAP,-1,10022617,PMID\n",
        {("SPI1", "decreases", "BGLAP", -1, ("+PMID:10022617",))},
    ),
    "arrows of Reactome's functional interactions say who acts, and a dash says nothing": (
        "Gene1\tGene2\tAnnotation\tDirection\tScore\n"
        "A\tB\tactivate\t->\t1\nC\tD\tcatalyzed by\t<-\t1\nE\tF\tinhibit\t-|\t1\nG\tH\tinput\t-\t1\n",
        {
            ("A", "increases", "B", 1, ("+Reactome",)),
            ("D", "affects", "C", 0, ("+Reactome",)),
            ("E", "decreases", "F", -1, ("+Reactome",)),
            ("G", "interacts_with", "H", 0, ("+Reactome",)),
        },
    ),
    "PharmKG names both ends and the kind of each": (
        "Entity1_name,Entity1_type,relationship_type,Entity2_name,Entity2_type,PubMed_ID\n"
        "fa,Disease,L,il6,Gene,12\n",
        {("fa", "L", "il6", 0, ("+PMID:12",))},
    ),
    "a triple of OpenBioLink may have more behind it": (
        "CHEBI:1\tDRUG_INHIBITION_GENE\tNCBIGENE:3\t900\tSTITCH\n",
        {("CHEBI:1", "DRUG_INHIBITION_GENE", "NCBIGene:3", -1, ())},
    ),
    "data for learning have head, relation and tail": (
        "h\tr\tt\nA\tinhibits\tB\n",
        {("A", "inhibits", "B", -1, ())},
    ),
    "a weight of NCOL may be left out": (
        "a b 1.5\nb c\n",
        {("a", "related_to", "b", 0, ()), ("b", "related_to", "c", 0, ())},
    ),
}


@pytest.mark.parametrize("name", _TABLES)
def test_tables_of_databases_say_what_their_makers_meant(name: str, tmp_path: Path) -> None:
    text, expected = _TABLES[name]
    graph, _ = of(text, tmp_path, "t.tsv")
    assert told(graph) == expected


def test_columns_of_a_table_without_a_header_have_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("AATF\tBAX\tRepression\t22909821;7\tx\n", "utf-8")
    with pytest.raises(FormatError, match=r"without a header their numbers: subject=1"):
        formats.load(path)
    columns = (("subject", "1"), ("object", "2"), ("sign", "3"), ("papers", "4"))
    graph = formats.load(path, options=Options(columns=columns), left=Leftovers())
    assert told(graph) == {("AATF", "decreases", "BAX", -1, ("+PMID:22909821", "+PMID:7"))}


def test_edges_of_hetionet_are_read_by_their_abbreviations(tmp_path: Path) -> None:
    (tmp_path / "h-nodes.tsv").write_text("id\tname\tkind\nGene::7157\tTP53\tGene\n", "utf-8")
    text = (
        "source\tmetaedge\ttarget\nCompound::DB00001\tCdG\tGene::7157\n"
        "Disease::DOID:1\tDuG\tGene::7157\n"
    )
    graph, report = of(text, tmp_path, "h-edges.sif")
    assert told(graph) == {
        ("drugbank:DB00001", "CdG", "NCBIGene:7157", -1, ()),
        ("DOID:1", "DuG", "NCBIGene:7157", 1, ()),
    }
    assert graph.words.relation("DuG").kind == "goes with"
    assert (graph.name("NCBIGene:7157"), report.unknown.total()) == ("TP53", 0)


def test_json_of_graphology_has_attributes_apart(tmp_path: Path) -> None:
    document = {
        "options": {"type": "mixed", "multi": True},
        "nodes": [{"key": "a", "attributes": {"label": "PTH"}}, {"key": "b"}],
        "edges": [
            {"key": "e1x", "source": "a", "target": "b", "attributes": {"label": "increases"}},
            {"key": "e2x", "source": "a", "target": "b", "undirected": True},
        ],
    }
    graph, _ = of(json.dumps(document), tmp_path, "g.json")
    assert {row[1] for row in told(graph)} == {"increases", "is_linked_with"}
    assert graph.name("a") == "PTH"


def test_sources_and_qualifiers_of_kgx_may_be_objects(tmp_path: Path) -> None:
    """As Translator writes them now; and as RTX-KG2 calls the direction."""
    said_by = [{"resource_id": "infores:ctd", "resource_role": "primary_knowledge_source"}]
    direction = {"qualifier_type_id": "object_direction_qualifier", "qualifier_value": "increased"}
    rows = [
        {"sources": said_by, "qualifiers": [direction]},
        {"sources": said_by, "qualified_object_direction": "decreased", "publications": ["PMID:1"]},
        {"sources": said_by, "negated": True},
    ]
    ends = {"subject": "CHEBI:1", "predicate": "biolink:affects", "object": "NCBIGene:5"}
    text = "".join(json.dumps({**ends, **row}) + "\n" for row in rows)
    graph, _ = of(text, tmp_path, "t_edges.jsonl")
    assert {row[1:2] + row[3:] for row in told(graph)} == {
        ("increases", 1, ("+infores:ctd",)),
        ("decreases", -1, ("+PMID:1",)),
        ("biolink:affects", 0, ("-infores:ctd",)),
    }


def test_papers_of_rtx_kg2_are_parted_by_a_letter_of_their_own(tmp_path: Path) -> None:
    text = (
        "subject\tobject\tpredicate\tpublications:string[]\t:TYPE\t:START_ID\t:END_ID\n"
        "UMLS:C1\tUMLS:C2\tbiolink:affects\tPMID:1ǂPMID:2\tbiolink:affects\tUMLS:C1\tUMLS:C2\n"
    )
    graph, report = of(text, tmp_path, "t_edges.tsv")
    assert (report.format, stances(graph)) == (
        "neo4j",
        {("PMID:1", "supports"), ("PMID:2", "supports")},
    )


def test_a_citation_of_bel_1_is_known_by_its_third_part(tmp_path: Path) -> None:
    """Behind it stand a date, authors and a comment, which are mostly empty."""
    text = (
        'SET Citation = {"PubMed", "a title", "123", "", "", ""}\n'
        'SET Evidence = "it does"\np(HGNC:A) -> p(HGNC:B)\n'
    )
    graph, _ = of(text, tmp_path, "a.bel")
    assert stances(graph) == {("PMID:123", "supports")}


def test_controls_of_pathway_commons_are_influences_in_any_file(tmp_path: Path) -> None:
    graph, report = of("A\tcontrols-expression-of\tB\n", tmp_path, "pc.sif")
    (relation,) = (graph.words.relation(s.predicate) for s in graph.statements.values())
    assert (relation.kind, relation.sign, report.unknown.total()) == ("changes", 0, 0)


def test_gephi_calls_predicates_edge_labels(tmp_path: Path) -> None:
    text = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>'
        '<graph edgedefault="directed"><node id="a"/><node id="b"/>'
        '<edge source="a" target="b"><data key="edgelabel">inhibits</data></edge></graph></graphml>'
    )
    graph, _ = of(text, tmp_path, "a.graphml")
    assert told(graph) == {("a", "inhibits", "b", -1, ())}


def test_a_table_of_nodes_without_their_ids_is_no_table_of_edges(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="this is a table of nodes: name, category, description"):
        of("name\tcategory\tdescription\nPTH\tprotein\ta hormone\n", tmp_path, "x_nodes.tsv")


def test_networks_of_pybel_keep_signs_and_papers(tmp_path: Path) -> None:
    """Registry and number of a citation apart, and relations in the words of BEL."""
    text = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="r" for="edge" attr.name="relation"/>'
        '<key id="n" for="edge" attr.name="citation_namespace"/>'
        '<key id="i" for="edge" attr.name="citation_identifier"/>'
        '<graph edgedefault="directed"><node id="A"/><node id="B"/>'
        '<edge source="A" target="B"><data key="r">negativeCorrelation</data>'
        '<data key="n">pubmed</data><data key="i">12</data></edge></graph></graphml>'
    )
    graph, _ = of(text, tmp_path, "a.graphml")
    assert told(graph) == {("A", "negatively_correlated_with", "B", -1, ("+PMID:12",))}


def test_evidence_that_is_a_list_of_papers_is_papers(tmp_path: Path) -> None:
    edge = {"source": "A", "target": "B", "label": "inhibits", "evidence": "PMID:1; PMID:2"}
    document = {"nodes": [{"id": "A"}, {"id": "B"}], "edges": [edge]}
    graph, _ = of(json.dumps(document), tmp_path, "a.json")
    assert told(graph) == {("A", "inhibits", "B", -1, ("+PMID:1", "+PMID:2"))}


def test_who_provided_a_row_is_its_source_where_it_cites_no_paper(tmp_path: Path) -> None:
    """SemMedDB as the tests of kgx have it; the papers stand under `pmids`, between semicolons."""
    text = (
        "predicate,pmids,negated,subject,object,provided_by\n"
        "AFFECTS,28678789,False,UMLS:C1414313,UMLS:C1523610,semmeddb_sulab\n"
        "PART_OF,9151986;23490383,False,UMLS:C0018966,UMLS:C0539817,semmeddb_sulab\n"
        "CAUSES,,True,UMLS:C0349506,UMLS:C0406240,semmeddb_sulab\n"
        "CAUSES,,False,UMLS:C0349507,UMLS:C0406240,semmeddb.csv\n"
    )
    graph, report = of(text, tmp_path, "semmeddb_edges.csv")
    rows = {
        (s.subject, r.source, r.stance, r.context)
        for s in graph.statements.values()
        for r in s.evidence
    }
    by = (("provided_by", "semmeddb_sulab"),)
    assert rows == {
        ("umls:C1414313", "PMID:28678789", "supports", by),
        ("umls:C0018966", "PMID:9151986", "supports", by),
        ("umls:C0018966", "PMID:23490383", "supports", by),
        ("umls:C0349506", "semmeddb_sulab", "disputes", ()),
    }
    assert report.left.counts["column"] == {"provided_by": 1}


@pytest.mark.parametrize(
    ("attribute", "sign"),
    [
        ("regulation=negative", -1),
        ("regulation=0.7", 0),
        ("regulatory_effect=-", -1),
        ("effect=down", -1),
        ("mode=repressor", -1),
        ("action=inhibition", -1),
        ("inhibition=1", -1),
        ("stimulation=true", 1),
        ("type=inhibits", -1),
        ("relation=negative correlation", -1),
        ("edge_type=negative", 0),  # may as well deny
    ],
)
@pytest.mark.parametrize("suffix", ["graphml", "gexf", "json"])
def test_signs_are_found_under_the_names_that_programs_give_them(
    suffix: str, attribute: str, sign: int, tmp_path: Path
) -> None:
    name, _, value = attribute.partition("=")
    network = nx.DiGraph()
    network.add_edge("A", "B", **{name: value})
    path = tmp_path / f"x.{suffix}"
    if suffix == "json":
        path.write_text(json.dumps(nx.node_link_data(network, edges="links")))
    else:
        getattr(nx, f"write_{suffix}")(network, path)
    graph = formats.load(path, left=Leftovers())
    assert [graph.words.sign_of(row) for row in graph.statements.values()] == [sign]


def test_a_slot_of_biolink_is_known_without_what_separates_its_words(tmp_path: Path) -> None:
    """As igraph writes names in GML."""
    path = tmp_path / "x.gml"
    path.write_text(
        'graph [ directed 1 node [ id 0 label "A" ] node [ id 1 label "B" ]\n'
        'edge [ source 0 target 1 predicate "biolink:affects"'
        ' objectdirectionqualifier "decreased" ] ]\n'
    )
    graph = formats.load(path)
    assert [graph.words.sign_of(row) for row in graph.statements.values()] == [-1]


@pytest.mark.parametrize(
    ("attributes", "sources"),
    [
        ({"pmid": "12345678.0"}, {"PMID:12345678"}),  # of a data frame with empty cells
        ({"references": "12345678;23456789"}, {"PMID:12345678", "PMID:23456789"}),
        ({"references": "12"}, set()),  # how many there are
        ({"citation": "PMID 12345678"}, {"PMID:12345678"}),
        ({"evidence_pmids": "12345"}, {"PMID:12345"}),
        ({"refs": "doi:10.5555/x"}, {"doi:10.5555/x"}),
        ({"references": "ACME:12345678"}, set()),  # a record of whoever ACME is
        (
            {"references": "SIGNOR:12345678;HPRD:23456789", "is_stimulation": "true"},
            {"PMID:12345678", "PMID:23456789"},
        ),
        ({"provenance": "SIGNOR"}, {"SIGNOR"}),
    ],
)
def test_papers_are_found_under_the_names_that_programs_give_them(
    attributes: dict[str, str], sources: set[str], tmp_path: Path
) -> None:
    network = nx.DiGraph()
    network.add_edge("A", "B", **attributes)
    nx.write_graphml(network, path := tmp_path / "x.graphml")
    (statement,) = formats.load(path, left=Leftovers()).statements.values()
    assert {row.source for row in statement.evidence} == sources


def test_a_label_that_shows_a_number_is_no_relation(tmp_path: Path) -> None:
    network = nx.Graph()
    network.add_edge("A", "B", label="8", weight=8)
    nx.write_graphml(network, path := tmp_path / "x.graphml")
    (statement,) = formats.load(path, left=Leftovers()).statements.values()
    assert statement.predicate == "is_linked_with"


@pytest.mark.parametrize(
    ("name", "value", "stances"),
    [
        ("qualifier", "NOT", ["disputes"]),
        ("qualifier", "NOT|located_in", ["disputes"]),
        ("predicate_modifier", "Not", ["disputes"]),
        ("status", "refuted", ["disputes"]),
        ("support", "contradicts", ["disputes"]),
        ("qualifier", "mild", []),
        ("note", "NOT", []),  # of what, nobody says
    ],
)
@pytest.mark.parametrize("suffix", ["graphml", "csv"])
def test_no_reader_takes_not_for_yes(
    suffix: str, name: str, value: str, stances: list[str], tmp_path: Path
) -> None:
    path = tmp_path / f"x.{suffix}"
    if suffix == "csv":
        path.write_text(f"source,target,interaction,{name}\nA,B,inhibits,{value}\n")
    else:
        network = nx.DiGraph()
        network.add_edge("A", "B", interaction="inhibits", **{name: value})
        nx.write_graphml(network, path)
    (statement,) = formats.load(path, left=Leftovers()).statements.values()
    assert statement.predicate == "inhibits"
    assert [row.stance for row in statement.evidence] == stances


@pytest.mark.parametrize("name", ["symbol", "GeneSymbol", "gene_name", "COMMON", "caption"])
def test_a_node_is_called_by_its_symbol_where_nothing_else_names_it(
    name: str, tmp_path: Path
) -> None:
    network = nx.DiGraph()
    network.add_node("n1", **{name: "TP53"})
    network.add_node("n2", name="MDM2", **{name: "HDM2"})
    network.add_edge("n1", "n2", interaction="binds")
    nx.write_graphml(network, path := tmp_path / "x.graphml")
    entities = formats.load(path, left=Leftovers()).entities.values()
    assert {(entity.id, entity.name, entity.synonyms) for entity in entities} == {
        ("TP53", "TP53", ()),
        ("MDM2", "MDM2", ("HDM2",)),
    }
