"""GEXF of other programs, and ours in theirs."""

from __future__ import annotations

import networkx
import pytest
from tests.formats.conftest import Bring, left, said, triples

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph

GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2026-01-01"><creator>Gephi 0.10.1</creator><description>A map</description></meta>
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node" mode="static">
      <attribute id="0" title="Type" type="string"/>
      <attribute id="organism" title="taxon" type="string"><default>9606</default></attribute>
    </attributes>
    <attributes class="edge"><attribute id="0" title="pmid" type="string"/></attributes>
    <nodes>
      <node id="0.0" label="calcium"><attvalues><attvalue for="0" value="Compound"/></attvalues>
        <viz:size value="10.0"/><viz:position x="1" y="2" z="0"/><viz:color r="1" g="2" b="3"/></node>
      <node id="1.0" label="PTH"><nodes><node id="2.0" label="PTH(1-34)"/></nodes></node>
    </nodes>
    <edges>
      <edge id="0" source="0.0" target="1.0" kind="inhibits" weight="2.0">
        <attvalues><attvalue for="0" value="1; 2"/></attvalues></edge>
      <edge id="1" source="1.0" target="0.0" type="undirected" label="binds"/>
      <edge id="2" source="1.0" target="2.0"><spells><spell start="1"/></spells></edge>
    </edges>
  </graph>
</gexf>"""


def test_what_gephi_writes_comes_in(bring: Bring) -> None:
    graph, report = bring(GEPHI)
    assert (report.format, graph.about.title) == ("gexf", "A map")
    assert said(graph) == {
        ("calcium", "inhibits", "PTH"),
        ("PTH", "binds", "calcium"),
        ("PTH", "is_linked_to", "PTH(1-34)"),
    }
    assert (report.evidence, report.papers, report.signs["negative"]) == (2, 2, 1)
    assert graph.entities["calcium"].category == "chemical"
    assert graph.entities["PTH"].taxon == "NCBITaxon:9606"
    assert left(report) == {
        "1 node within a node was left out: 1.0 (1)",
        "1 edge attribute was left out: weight (1)",
        "1 part of a node or edge was left out: spells (1)",
    }


def test_edges_have_no_direction_unless_the_file_says_so(bring: Bring) -> None:
    body = (
        '<nodes><node id="b"/><node id="a"/></nodes>'
        '<edges><edge source="b" target="a"/><edge source="a" target="b"/></edges>'
    )
    graph, report = bring(f"<gexf><graph>{body}</graph></gexf>")
    assert triples(graph) == {("a", "is_linked_with", "b")}
    assert report.rows == 2


def test_an_attribute_that_is_not_declared_is_refused_with_its_line(bring: Bring) -> None:
    body = (
        '<nodes><node id="a"><attvalues>\n<attvalue for="9" value="x"/></attvalues></node></nodes>'
    )
    with pytest.raises(FormatError, match=r"file:2: the attribute '9' is not declared"):
        bring(f"<gexf><graph>{body}</graph></gexf>")


def test_ours_is_read_by_networkx_with_names(tiny: Graph, tmp_path: object) -> None:
    from io import BytesIO

    network = networkx.read_gexf(BytesIO(formats.render(tiny, "gexf")))
    assert {key: data["label"] for key, data in network.nodes(data=True)} == {
        key: entity.name for key, entity in tiny.entities.items()
    }
    assert len(network.edges) == len(tiny.statements)


def test_a_mutual_edge_goes_both_ways_where_its_predicate_has_a_direction(bring: Bring) -> None:
    text = (
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed"><nodes>'
        '<node id="a"/><node id="b"/></nodes><edges><edge id="0" source="a" target="b" '
        'type="mutual" label="inhibits"/></edges></graph></gexf>'
    )
    graph, _ = bring(text, "a.gexf")
    assert triples(graph) == {("a", "inhibits", "b"), ("b", "inhibits", "a")}


def test_parents_and_nodes_within_nodes_are_counted_in_the_plural(bring: Bring) -> None:
    """As in the samples of the specification: a phylogeny and a hierarchy."""
    text = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes>
      <node id="a" label="cheese"/><node id="b" label="cherry" pid="a"/>
      <node id="d" label="pie" pid="a"/>
      <node id="c" label="cake"><parents><parent for="a"/><parent for="b"/></parents></node>
    </nodes></graph></gexf>"""
    graph, report = bring(text)
    assert len(graph.entities) == 4
    assert left(report) == {
        "2 nodes within a node were left out: b (1), d (1)",
        "2 parents of a node were left out: a (1), b (1)",
    }
