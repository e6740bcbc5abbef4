"""Files as other programs write them: what they say of sign, direction, negation and papers."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Report


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
    assert said(graph) == {("Gene::9021", "GpBP", "Gene::1")}


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
        ("a.net", '*Vertices 1\n1 "a"\n', "Pajek"),
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
