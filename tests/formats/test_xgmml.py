"""XGMML of Cytoscape."""

from __future__ import annotations

import pytest
from tests.formats.conftest import Bring, left, said, triples

from trabecula.errors import FormatError

HEAD = '<?xml version="1.0"?><graph label="net" xmlns="http://www.cs.rpi.edu/XGMML" xmlns:cy="http://www.cytoscape.org" xmlns:xlink="http://www.w3.org/1999/xlink" directed="1">'
IMPORTED = f"""{HEAD}
  <node id="1" label="P1"><att name="name" value="P1" type="string"/>
    <att name="Human Readable Label" value="GENE1" type="string"/>
    <att name="Taxonomy ID" value="559292" type="string"/>
    <att name="Xref ID" type="list"><att name="Xref ID" value="GO:0005737" type="string"/></att>
    <graphics x="1.0"><att name="NODE_LABEL" value="x" type="string"/></graphics></node>
  <node id="2" label="P2"><att name="group"><graph><node xlink:href="#1"/><node id="3" label="P3"/></graph></att></node>
  <edge id="4" label="P1 (EBI-1) P2" source="1" target="2" cy:directed="1">
    <att name="interaction" value="EBI-1" type="string"/>
    <att name="Primary Interaction Type" value="physical association" type="string"/>
    <att name="Publication DB" type="list"><att name="x" value="imex"/><att name="x" value="pubmed"/></att>
    <att name="Publication ID" type="list"><att name="x" value="IM-1"/><att name="x" value="21119626"/></att>
    <att name="Negative" value="0" type="boolean"/></edge>
  <edge id="5" label="P2 (EBI-2) P1" source="2" target="1" cy:directed="1">
    <att name="Primary Interaction Type" value="physical association"/>
    <att name="Negative" value="1" type="boolean"/></edge>
</graph>"""


def test_what_cytoscape_imports_from_interaction_databases_comes_in(bring: Bring) -> None:
    graph, report = bring(IMPORTED)
    assert (report.format, report.nodes, report.rows) == ("xgmml", 3, 2)
    assert triples(graph) == {("P1", "physical_association", "P2")}
    [statement] = graph.statements.values()
    assert {(row.source, row.stance) for row in statement.evidence} == {
        ("PMID:21119626", "supports"),
        ("file", "disputes"),
    }
    assert graph.entities["P1"].taxon == "NCBITaxon:559292"
    assert graph.entities["P1"].synonyms == ("GENE1",)
    assert left(report) == {
        "1 node attribute was left out: Xref ID (1)",
        "1 network within a node was left out: group (1)",
        "2 edge attributes were left out: interaction (1), label (1)",
        "1 reference was left out: Publication ID: imex:IM-1 (1)",
    }


def test_old_cytoscape_has_names_in_another_attribute(bring: Bring) -> None:
    text = f"""{HEAD}<node label="-1" id="-1"><att name="canonicalName" value="PTH" type="string"/></node>
    <node label="-2" id="-2"><att name="canonicalName" value="FGF23" type="string"/></node>
    <edge label="PTH (activates) FGF23" source="-1" target="-2"><att name="interaction" value="activates"/></edge>
    </graph>"""
    assert said(bring(text)[0]) == {("PTH", "activates", "FGF23")}


def test_what_stands_between_the_names_in_a_label_is_the_predicate(bring: Bring) -> None:
    text = f"""{HEAD}<node label="PTH" id="1"/><node label="SOST" id="2"/>
    <edge label="PTH (inhibits) SOST" source="1" target="2"/></graph>"""
    assert said(bring(text)[0]) == {("PTH", "inhibits", "SOST")}


def test_an_edge_to_nothing_is_refused_with_its_line(bring: Bring) -> None:
    with pytest.raises(FormatError, match="line 2: the edge ends in '9', which is no node"):
        bring(f'{HEAD}<node id="1"/>\n<edge source="1" target="9"/></graph>')


def test_a_label_of_both_names_and_no_more_is_no_predicate(bring: Bring) -> None:
    """Networks of sequence similarity (EFI) call each edge by its ends."""
    text = f"""{HEAD}<node label="P1" id="1"/><node label="P2" id="2"/>
    <edge label="P1,P2" source="1" target="2"/></graph>"""
    graph, _ = bring(text)
    assert said(graph) == {("P1", "is_linked_to", "P2")}


def test_edges_of_a_group_for_those_of_its_members_are_counted_and_not_read(bring: Bring) -> None:
    text = f"""{HEAD}<node label="Meta 1" id="-3"><att><graph>
      <node label="a" id="-1"/><edge label="a (pp) b" source="-1" target="-2"/></graph></att></node>
    <node label="b" id="-2"/>
    <edge label="Meta 1 (meta-pp) b" source="-3" target="-2">
      <att type="boolean" name="__isMetaEdge" value="true" cy:hidden="true"/>
      <att type="string" name="interaction" value="meta-pp" cy:editable="false"/></edge></graph>"""
    graph, report = bring(text)
    assert said(graph) == {("a", "pp", "b")}
    assert "1 edge of a group was left out: stands for those of its members (1)" in left(report)
