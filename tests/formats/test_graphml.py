"""GraphML of other programs, and ours in theirs."""

from __future__ import annotations

import networkx
import pytest
from tests.formats.conftest import Bring, left, said, triples

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph

HEAD = '<?xml version="1.0"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key for="port" id="d0" yfiles.type="portgraphics"/>
  <key attr.name="description" attr.type="string" for="node" id="d5"/>
  <key for="node" id="d6" yfiles.type="nodegraphics"/>
  <key for="edge" id="d10" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G">
    <node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel fontSize="12">calcium
      ion<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>
    <node id="n1" yfiles.foldertype="group"><data key="d6"><y:ProxyAutoBoundsNode>
      <y:Realizers active="0"><y:GroupNode><y:NodeLabel>Group</y:NodeLabel></y:GroupNode></y:Realizers>
      </y:ProxyAutoBoundsNode></data>
      <graph edgedefault="directed" id="n1:">
        <node id="n1::n0"><data key="d6"><y:ShapeNode><y:NodeLabel>PTH</y:NodeLabel></y:ShapeNode></data></node>
      </graph>
    </node>
    <edge id="e0" source="n0" target="n1::n0"><data key="d10"><y:PolyLineEdge>
      <y:Arrows source="none" target="t_shape"/><y:EdgeLabel>inhibits</y:EdgeLabel></y:PolyLineEdge></data></edge>
  </graph>
</graphml>"""


def _graph(body: str, keys: str = "", default: str = "directed") -> str:
    return f'{HEAD}{keys}<graph edgedefault="{default}">{body}</graph></graphml>'


def test_labels_of_yed_are_names_and_what_edges_say(bring: Bring) -> None:
    graph, report = bring(YED)
    assert report.format == "graphml"
    assert said(graph) == {("calcium ion", "inhibits", "PTH")}
    assert {entity.name for entity in graph.entities.values()} == {"calcium ion", "Group", "PTH"}
    assert left(report) == {"1 graph within a node was left out: n1 (1)"}


def test_igraph_names_nodes_by_an_attribute(bring: Bring) -> None:
    keys = (
        '<key id="v_name" for="node" attr.name="name"/><key id="e_w" for="edge" attr.name="weight"/>'
        '<key id="e_i" for="edge" attr.name="interaction"/>'
    )
    body = (
        '<node id="n0"><data key="v_name">TP53</data></node><node id="n1"><data key="v_name">MDM2'
        '</data></node><edge source="n0" target="n1"><data key="e_w">-1</data>'
        '<data key="e_i">activates</data></edge>'
    )
    graph, report = bring(_graph(body, keys))
    assert triples(graph) == {("TP53", "activates", "MDM2")}
    assert report.signs["positive"] == 1  # a weight is no sign
    assert left(report) == {"1 edge attribute was left out: weight (1)"}


def test_two_nodes_of_one_name_stay_two(bring: Bring) -> None:
    keys = '<key id="a" for="node" attr.name="name"/>'
    body = "".join(f'<node id="n{n}"><data key="a">TP53</data></node>' for n in (0, 1))
    graph, report = bring(_graph(body, keys))
    assert (report.nodes, {entity.name for entity in graph.entities.values()}) == (2, {"TP53"})


def test_an_attribute_by_default_holds_where_there_is_none(bring: Bring) -> None:
    keys = '<key id="d" for="edge" attr.name="relation"><default>activates</default></key>'
    body = '<node id="a"/><node id="b"/><edge source="a" target="b"/>'
    assert triples(bring(_graph(body, keys))[0]) == {("a", "activates", "b")}


def test_what_has_no_direction_is_one_statement(bring: Bring) -> None:
    body = (
        '<node id="a"/><node id="b"/><edge source="b" target="a"/><edge source="a" target="b"/>'
        '<edge source="b" target="a" directed="true"/>'
    )
    graph, report = bring(_graph(body, default="undirected"))
    assert triples(graph) == {("a", "is_linked_with", "b"), ("b", "is_linked_to", "a")}
    assert (report.rows, report.statements) == (3, 2)


def test_ports_and_hyperedges_are_counted(bring: Bring) -> None:
    body = (
        '<node id="a"><port name="N"/></node><node id="b"/>'
        '<hyperedge id="h"><endpoint node="a"/><endpoint node="b"/></hyperedge>'
    )
    _, report = bring(_graph(body))
    assert left(report) == {"1 port was left out: a (1)", "1 hyperedge was left out: h (1)"}


def test_pybel_speaks_bel(bring: Bring) -> None:
    keys = (
        '<key id="d0" for="node" attr.name="function"/><key id="d1" for="edge" attr.name="interaction"/>'
        '<key id="d2" for="edge" attr.name="bel"/>'
    )
    rows = (
        ("directlyDecreases", "a", "b"), ("association", "a", "b"), ("association", "b", "a"),
        ("causesNoChange", "a", "b"),
    )  # fmt: skip
    edges = "".join(
        f'<edge source="p(X:{s})" target="p(X:{o})"><data key="d1">{r}</data><data key="d2">x</data></edge>'
        for r, s, o in rows
    )
    nodes = "".join(f'<node id="p(X:{n})"><data key="d0">Protein</data></node>' for n in "ab")
    graph, report = bring(_graph(nodes + edges, keys))
    assert report.rows == 4
    assert dict(report.signs) == {"negative": 1, "unsigned": 1, "negated": 1}
    assert {entity.category for entity in graph.entities.values()} == {"protein"}


def test_everything_that_is_wrong_is_said_with_its_line(bring: Bring) -> None:
    body = '\n<node/>\n<node id="a"/>\n<edge source="a" target="b"/>\n<edge source="a"/>\n<node id="c"><data key="x">1</data></node>'
    with pytest.raises(FormatError) as caught:
        bring(_graph(body))
    places = [(p.where.rpartition(":")[2], p.what) for p in caught.value.problems]
    assert sorted(places) == [
        (" line 5", "the edge ends in 'b', which is no node"),
        ("3", "a node has no id"),
        ("6", "an edge has no source or no target"),
        ("7", "the key 'x' is not declared"),
    ]


def test_rows_that_are_wrong_are_skipped_where_that_is_asked_for(bring: Bring) -> None:
    body = '<node id="a"/><node id="c"/><edge source="a" target="b"/><edge source="a" target="c"/>'
    _, report = bring(_graph(body), skip=True)
    assert (report.statements, report.skipped) == (1, 1)


def test_ours_is_read_by_networkx_with_names_and_ids(tiny: Graph) -> None:
    text = formats.render(tiny, "graphml").decode("utf-8")
    network = networkx.parse_graphml(text, force_multigraph=True)
    assert {data["identifier"]: data["label"] for _, data in network.nodes(data=True)} == {
        key: entity.name for key, entity in tiny.entities.items()
    }
    assert {key for *_, key in network.edges(keys=True)} == set(tiny.statements)
    shown = {data["interaction"] for *_, data in network.edges(data=True) if not data["sayable"]}
    assert shown == {"decreases (refuted)", "not: increases"}


def test_a_key_may_be_one_of_nodes_and_another_of_edges(bring: Bring) -> None:
    graph, _ = bring(
        '<graphml><key id="d0" for="edge" attr.name="sign"/><key id="d0" for="node" attr.name="size"/>'
        '<graph edgedefault="directed"><node id="A"><data key="d0">7</data></node><node id="B"/>'
        '<edge source="A" target="B"><data key="d0">-1</data></edge></graph></graphml>'
    )
    assert [graph.words.sign_of(row) for row in graph.statements.values()] == [-1]


def test_labels_of_tinkerpop_are_kinds_and_relations(bring: Bring) -> None:
    graph, _ = bring(
        '<graphml><key id="labelV" for="node" attr.name="labelV"/>'
        '<key id="labelE" for="edge" attr.name="labelE"/><graph edgedefault="directed">'
        '<node id="A"><data key="labelV">gene</data></node><node id="B"/>'
        '<edge source="A" target="B"><data key="labelE">inhibits</data></edge></graph></graphml>'
    )
    assert {entity.name: entity.category for entity in graph.entities.values()}[
        "A"
    ] == "biolink:Gene"
    assert [row.predicate for row in graph.statements.values()] == ["inhibits"]
