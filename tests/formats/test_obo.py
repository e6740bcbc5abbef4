"""OBO and OBO Graphs: terms, relations, and what is said of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Report
from trabecula.mapping.ontology import DEFINED_BY, REPLACED_BY
from trabecula.model import Entity, Evidence, Source, Statement, Xref

HEAD = "format-version: 1.4\n"


def _read(text: str | bytes, tmp_path: Path, name: str = "a.obo") -> tuple[Graph, Report]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    report = Report()
    return formats.load(path, left=report.left, report=report), report


def _triples(graph: Graph) -> list[tuple[str, str, str]]:
    return sorted((s.subject, s.predicate, s.object) for s in graph.statements.values())


TERMS = f"""{HEAD}idspace: EX http://example.org/ex_ "an example"

[Term]
id: EX:1
name: bone: old \\{{and\\}} new ! no comment
namespace: cellular_component
def: "Says \\"bone\\"; see \\[1\\]." [PMID:12, http\\://example.org/a, GOC:xy "somebody, else"]
synonym: "os" RELATED LATIN [PMID:13]
synonym: "Knochen" EXACT []
xref: MESH:D001842 "Bone and Bones"
xref: http\\://example.org/Category\\:Bone
xref: no identifier
alt_id: EX:11
property_value: skos:exactMatch MESH:D001843
property_value: EX:seen "yes" xsd:string
comment: Nothing.

[Term]
id: EX:2
name: old bone
is_a: EX:1 {{source="PMID:14, PMID:15", is_inferred="true"}} ! bone
relationship: part_of EX:3 ! skeleton
intersection_of: EX:1 ! bone
intersection_of: part_of EX:3
is_obsolete: true
replaced_by: EX:1

[Typedef]
id: part_of
name: part of
xref: BFO:0000050
is_transitive: true
"""


def test_a_term_has_its_names_definition_and_cross_references(tmp_path: Path) -> None:
    graph, report = _read(TERMS, tmp_path)
    assert graph.entities["EX:1"] == Entity(
        id="EX:1",
        name="bone: old {and} new ! no comment",
        category="biolink:CellularComponent",
        xrefs=(
            Xref("exact", "EX:11"),
            Xref("exact", "MESH:D001843"),
            Xref("related", "MESH:D001842", "Bone and Bones"),
            Xref("related", "PMID:12", DEFINED_BY),
            Xref("related", "http://example.org/Category:Bone"),
            Xref("related", "http://example.org/a", DEFINED_BY),
        ),
        synonyms=("Knochen", "os"),
        description='Says "bone"; see [1].',
    )
    assert Xref("related", "EX:1", REPLACED_BY) in graph.entities["EX:2"].xrefs
    left = report.left.counts
    assert left["cross-reference"] == {"no identifier": 1}
    assert left["definition source"] == {"GOC": 1}
    assert left["synonym detail"] == {"sources": 1, "scope RELATED": 1, "type LATIN": 1}
    assert left["tag"] == {"comment": 1, "intersection_of": 2, "is_obsolete": 1}
    assert dict(graph.about.prefixes) == {"EX": "http://example.org/ex_"}


def test_relations_are_called_by_the_term_that_they_stand_for(tmp_path: Path) -> None:
    graph, report = _read(TERMS, tmp_path)
    assert _triples(graph) == [
        ("EX:2", "BFO:0000050", "EX:3"),
        ("EX:2", "subclass_of", "EX:1"),
    ]
    assert graph.words.relation("BFO:0000050").label == "part of"
    assert (report.rows, report.papers) == (2, 2)


def test_a_modifier_names_the_papers_of_an_edge(tmp_path: Path) -> None:
    graph, report = _read(TERMS, tmp_path)
    rows = {s.predicate: s.evidence for s in graph.statements.values()}
    assert [row.source for row in rows["subclass_of"]] == ["PMID:14", "PMID:15"]
    assert rows["BFO:0000050"] == ()
    assert report.left.counts["modifier"] == {"is_inferred": 1}


def test_a_modifier_is_no_part_of_a_name_and_its_tag_may_have_a_prefix(tmp_path: Path) -> None:
    text = (
        "format-version: 1.4\n\n[Term]\nid: X:1\n"
        'name: N-{2}-leg {source="PMID:7"}\nis_a: X:2 {dcterms:source="PMID:8"}\n'
    )
    graph, report = _read(text, tmp_path)
    assert graph.entities["X:1"].name == "N-{2}-leg"
    (statement,) = graph.statements.values()
    assert [row.source for row in statement.evidence] == ["PMID:8"]
    assert list(report.left.lines()) == [
        "1 modifier was left out: of a name (1); first at line 5",
    ]


def test_an_edge_to_none_of_a_class_is_a_denial(tmp_path: Path) -> None:
    text = f'{HEAD}[Term]\nid: EX:1\nrelationship: has_part EX:2 {{cardinality="0"}}\n'
    graph, report = _read(text, tmp_path)
    (statement,) = graph.statements.values()
    assert [row.stance for row in statement.evidence] == ["disputes"]
    assert report.signs["negated"] == 1
    text = f'{HEAD}[Term]\nid: EX:1\nrelationship: has_part EX:2 {{minCardinality="1"}}\n'
    graph, _ = _read(text, tmp_path)
    (statement,) = graph.statements.values()
    assert statement.qualifiers == (("mincardinality", "1"),)
    assert statement.evidence == ()


def test_a_relation_that_the_file_calls_symmetric_has_no_direction(tmp_path: Path) -> None:
    text = (
        f"{HEAD}[Term]\nid: EX:2\nrelationship: near EX:1\n[Term]\nid: EX:1\nrelationship: near EX:2\n"
        "[Typedef]\nid: near\nis_symmetric: true\n"
    )
    graph, report = _read(text, tmp_path)
    assert _triples(graph) == [("EX:1", "near", "EX:2")]
    assert (report.rows, report.unknown) == (2, {"near": 2})


def test_relations_are_related_to_each_other(tmp_path: Path) -> None:
    text = (
        f"{HEAD}[Typedef]\nid: inside\nname: is inside\nis_a: part_of\n"
        "[Typedef]\nid: part_of\nxref: BFO:0000050\ninverse_of: has_part\n"
    )
    graph, _ = _read(text, tmp_path)
    assert _triples(graph) == [
        ("BFO:0000050", "inverseOf", "has_part"),
        ("inside", "subPropertyOf", "BFO:0000050"),
    ]
    assert graph.entities["inside"].name == "is inside"


def test_ends_of_lines_and_marks_do_not_matter(tmp_path: Path) -> None:
    plain, _ = _read(TERMS, tmp_path)
    marked, _ = _read(b"\xef\xbb\xbf" + TERMS.replace("\n", "\r\n").encode(), tmp_path)
    assert marked == plain
    broken, _ = _read(TERMS.replace("old \\{and", "old \\\n\\{and"), tmp_path)
    assert broken == plain


BAD = {
    "no tag": ("[Term]\nid: EX:1\nname bone\n", "4: 'name bone' is neither a tag with its value"),
    "no id": ("[Term]\nname: bone\n", "2: [Term] has no id"),
    "twice": (
        "[Term]\nid: EX:1\n[Typedef]\nid: EX:1\n",
        "4: EX:1 has a stanza [Term] in line 2 already",
    ),
    "no object": ("[Term]\nid: EX:1\nis_a: \n", "4: is_a: ''"),
    "one word": ("[Term]\nid: EX:1\nrelationship: part_of\n", "4: relationship: 'part_of'"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_a_bad_line_is_reported_with_its_number(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError) as caught:
        _read(HEAD + text, tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}/a.obo:{message}")


def test_stanzas_of_one_term_are_one_as_programs_that_write_a_line_each_mean_it(
    tmp_path: Path,
) -> None:
    text = (
        '[Term]\nid: EX:1\nname: bone\nis_a: EX:2 {source="PMID:1"}\n'
        '[Term]\nid: EX:1 ! bone\nname: bone\nsynonym: "os" EXACT []\nis_a: EX:2 {source="PMID:2"}\n'
        "relationship: eats EX:3\n[Typedef]\nid: eats\nname: eats\n"
        "[Typedef]\nid: eats\nis_symmetric: true\n"
    )
    graph, report = _read(HEAD + text, tmp_path)
    assert graph.entities["EX:1"].synonyms == ("os",)
    rows = {
        (s.subject, s.predicate, s.object): [r.source for r in s.evidence]
        for s in graph.statements.values()
    }
    assert rows == {
        ("EX:1", "subclass_of", "EX:2"): ["PMID:1", "PMID:2"],
        ("EX:1", "eats", "EX:3"): [],
    }
    assert graph.words.relation("eats").symmetric
    assert "stanzas of one id read as one" in " ".join(report.left.lines())


def test_obo_is_told_by_its_content(tmp_path: Path) -> None:
    assert _read(TERMS, tmp_path, "ontology.txt")[1].format == "obo"


# --- OBO Graphs -------------------------------------------------------------------------------

_OBO = "http://purl.obolibrary.org/obo"
_OIO = "http://www.geneontology.org/formats/oboInOwl#"


def _obographs(**more: Any) -> str:
    graph = {
        "id": "http://example.org/o",
        "nodes": [
            {
                "id": f"{_OBO}/GO_0000001",
                "lbl": "one",
                "type": "CLASS",
                "meta": {
                    "definition": {"val": "The first.", "xrefs": ["PMID:1", "GOC:x"]},
                    "synonyms": [{"pred": "hasExactSynonym", "val": "first"}],
                    "xrefs": [{"val": "MESH:D000001"}],
                    "basicPropertyValues": [
                        {"pred": f"{_OIO}hasOBONamespace", "val": "molecular_function"},
                        {"pred": f"{_OIO}created_by", "val": "x"},
                    ],
                    "deprecated": True,
                },
            },
            {"id": f"{_OBO}/RO_0002212", "lbl": "negatively regulates", "type": "PROPERTY"},
        ],
        "edges": [
            {"sub": f"{_OBO}/GO_0000001", "pred": "is_a", "obj": f"{_OBO}/GO_0000002"},
            {
                "sub": f"{_OBO}/GO_0000001",
                "pred": f"{_OBO}/RO_0002212",
                "obj": f"{_OBO}/GO_0000003",
                "meta": {"xrefs": [{"val": "PMID:2"}]},
            },
        ],
        **more,
    }
    return json.dumps({"graphs": [graph]})


def test_nodes_and_edges_of_obo_graphs_come_in(tmp_path: Path) -> None:
    graph, report = _read(_obographs(), tmp_path, "a.json")
    assert report.format == "obographs"
    assert _triples(graph) == [
        ("GO:0000001", "RO:0002212", "GO:0000003"),
        ("GO:0000001", "subclass_of", "GO:0000002"),
    ]
    assert dict(report.signs) == {"negative": 1, "unsigned": 1}
    entity = graph.entities["GO:0000001"]
    assert (entity.name, entity.category, entity.description) == ("one", "function", "The first.")
    assert entity.xrefs == (Xref("related", "MESH:D000001"), Xref("related", "PMID:1", DEFINED_BY))
    assert report.left.counts["property"] == {"created_by": 1, "deprecated": 1}
    assert report.papers == 1


@pytest.mark.parametrize(
    "name",
    ["http://purl.org/dc/elements/1.1/source", "http://purl.org/dc/terms/source", f"{_OIO}source"],
)
def test_the_source_of_an_edge_is_evidence_whichever_vocabulary_says_it(
    name: str, tmp_path: Path
) -> None:
    edge = {
        "sub": f"{_OBO}/GO_0000001",
        "pred": "is_a",
        "obj": f"{_OBO}/GO_0000002",
        "meta": {"basicPropertyValues": [{"pred": name, "val": "PMID:7"}]},
    }
    graph, report = _read(_obographs(edges=[edge]), tmp_path, "a.json")
    assert [row.source for s in graph.statements.values() for row in s.evidence] == ["PMID:7"]
    assert not [line for line in report.left.lines() if "edge" in line]


def test_axioms_that_are_no_edges_are_counted(tmp_path: Path) -> None:
    text = _obographs(
        equivalentNodesSets=[
            {"representativeNodeId": f"{_OBO}/GO_1", "nodeIds": [f"{_OBO}/GO_1", f"{_OBO}/GO_2"]}
        ],
        logicalDefinitionAxioms=[{"definedClassId": f"{_OBO}/GO_1"}],
    )
    graph, report = _read(text, tmp_path, "a.json")
    assert ("GO:1", "owl:equivalentClass", "GO:2") in _triples(graph)
    assert report.left.counts["axiom"] == {"logicalDefinitionAxioms": 1}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"edges": [{"sub": "a:1", "pred": "is_a"}]}, "graphs[0].edges[0]: an edge without"),
        ({"nodes": [{"lbl": "x"}]}, "graphs[0].nodes[0]: a node without an id"),
        ({"nodes": 3}, "graphs[0].nodes: 3 is no list"),
    ],
)
def test_bad_obo_graphs_are_reported_with_their_place(
    more: dict[str, Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(FormatError) as caught:
        _read(_obographs(lbl="x", **more), tmp_path, "a.obographs.json")
    assert str(caught.value).startswith(f"{tmp_path}/a.obographs.json: {message}")


def test_obo_graphs_keep_signs_and_evidence_for_and_no_denial(tmp_path: Path) -> None:
    yes = Evidence(source="PMID:1", strength="curated", summary="It does.")
    more = Evidence(source="PMID:2", strength="curated", summary="It does too.")
    no = Evidence(source="PMID:3", stance="disputes", strength="curated")
    made = Graph(
        [
            *(Entity(id=i, name=i.upper(), category="chemical") for i in "abc"),
            *(Source(id=f"PMID:{n}", kind="cited") for n in (1, 2, 3)),
            Statement(subject="a", predicate="inhibits", object="b", evidence=(yes, more),
                      qualifiers=(("dose", "high"),)),
            Statement(subject="a", predicate="activates", object="c", evidence=(no,)),
            Statement(subject="b", predicate="activates", object="c", negated=True, evidence=(yes,)),
            Statement(subject="c", predicate="subclass_of", object="b"),
        ]
    )  # fmt: skip
    again, report = _read(formats.render(made, "obographs"), tmp_path, "a.json")
    assert {s.key: len(s.evidence) for s in again.statements.values()} == {
        ("a", "inhibits", "b", (("dose", "high"),), False): 2,
        ("c", "subclass_of", "b", (), False): 0,
    }
    assert dict(report.signs) == {"negative": 1, "unsigned": 1}
    assert {e.id: (e.name, e.category) for e in again.entities.values()} == {
        i: (i.upper(), "chemical") for i in "abc"
    }


def test_what_the_shipped_graph_says_comes_back_from_obo_graphs(
    shipped: Graph, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    formats.write(shipped, path, "obographs")
    again = formats.load(path, left=Leftovers())
    assert set(again.entities) == set(shipped.entities)
    for statement in again.statements.values():
        (original,) = (
            s
            for s in shipped.touching(statement.subject)
            if (s.predicate, s.qualifiers, s.negated)
            == (statement.predicate, statement.qualifiers, False)
            if (s.subject, s.object) == (statement.subject, statement.object)
            or (
                shipped.words.relation(s.predicate).symmetric
                and s.object == statement.subject
                and s.subject == statement.object
            )
        )
        assert shipped.words.sign_of(original) == again.words.sign_of(statement)
        supports = [
            r.source for r in original.evidence if r.stance == "supports" and not r.retracted
        ]
        assert sorted(row.source for row in statement.evidence) == sorted(supports)


@pytest.mark.parametrize("name", ["gci_relation", "gci_predicate"])
def test_a_general_class_inclusion_is_part_of_the_meaning(name: str, tmp_path: Path) -> None:
    line = f'relationship: part_of X:2 {{{name}="part_of", gci_filler="NCBITaxon:7742"}}'
    graph, _ = _read(f"{HEAD}\n[Term]\nid: X:1\nname: a\n{line}\n", tmp_path)
    [statement] = graph.statements.values()
    assert dict(statement.qualifiers) == {name: "part_of", "gci_filler": "NCBITaxon:7742"}
