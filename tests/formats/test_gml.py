"""GML of other programs, and ours in theirs."""

from __future__ import annotations

from io import BytesIO

import networkx
import pytest
from tests.formats.conftest import Bring, left, said, triples

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.graph import Graph

CYTOSCAPE = """Creator "Y"
Version 1.0
graph
[
\tlabel\t"A network"
\tdirected\t1
\tnode
\t[
\t\tid\t-1
\t\tlabel\t"PTH"
\t\tgraphics [ x 1.0 y 2 type "ellipse" ]
\t]
\tnode [ id -2 label "&#945;-Klotho" ]
\tedge [ source -1 target -2 label "pd" ]
\tedge [ source -1 target -2 label "pp" ]
\tedge [ source -1 target -2 label "pd" ]
]
"""


def test_parallel_edges_of_cytoscape_come_in(bring: Bring) -> None:
    graph, report = bring(CYTOSCAPE)
    assert (report.format, report.rows, report.nodes) == ("gml", 3, 2)
    assert {
        (predicate, frozenset(ends))
        for *ends, predicate in (
            (subject, object_, predicate) for subject, predicate, object_ in said(graph)
        )
    } == {(name, frozenset(("PTH", "α-Klotho"))) for name in ("pd", "pp")}
    assert ("PTH", "pd", "α-Klotho") in said(graph)
    assert left(report) == set()
    assert graph.about.title == "A network"


def test_a_graph_that_does_not_say_so_has_no_direction(bring: Bring) -> None:
    text = 'graph [ node [ id 1 label "b" ] node [ id 2 label "a" ] edge [ source 1 target 2 ] ]'
    assert triples(bring(text)[0]) == {("a", "is_linked_with", "b")}


def test_values_that_stand_twice_are_a_list_and_lists_are_counted(bring: Bring) -> None:
    text = """# made by hand
graph [ directed 1
  node [ id 1 label "a" synonyms "x" synonyms "y" more [ deep 1 ] ]
  node [ id 2 name "b" weight 1e999 ]
  edge [ source 1 target 2 LabelGraphics [ text "inhibits" ] pmid 12 ]
]"""
    graph, report = bring(text, "a.gml")
    assert graph.entities["a"].synonyms == ("x", "y")
    assert triples(graph) == {("a", "inhibits", "b")}
    assert report.papers == 1
    assert left(report) == {
        "1 list within a node or edge was left out: more (1)",
        "1 node attribute was left out: weight (1)",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("graph [\n node [ id 1\n", r"file.gml:2: node \[ is not closed"),
        ("graph [\n node [ id ] ]", "file.gml:2: the key 'id' has no value"),
        ('graph [\n node [ id 1 label "x ] ]', "file.gml:2: a quotation mark that nothing closes"),
        ("graph [ ]\n]", "file.gml:2: a ] that closes nothing"),
        ("graph [ 12 ]", "file.gml:1: '12' stands where a key is due"),
        ("graph [ " + "a [ " * 200, "file.gml:1: too many levels of nesting"),
        ("nodes [ ]", "there is no graph in it"),
    ],
)
def test_what_is_no_gml_is_refused_with_its_line(bring: Bring, text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        bring(text, "file.gml")


def test_ours_is_ascii_and_read_by_networkx_with_names(tiny: Graph) -> None:
    data = formats.render(tiny, "gml")
    assert data.isascii()
    network = networkx.read_gml(BytesIO(data))
    assert set(network.nodes) == {entity.name for entity in tiny.entities.values()}
    assert {key for *_, key in network.edges(keys=True)} == set(tiny.statements)


def test_names_that_are_alike_are_told_apart_in_labels() -> None:
    from trabecula.model import Entity

    graph = Graph([Entity(id=key, name="A", category="food") for key in ("x", "y")])
    network = networkx.read_gml(BytesIO(formats.render(graph, "gml")))
    assert set(network.nodes) == {"A (x)", "A (y)"}


def test_a_t_bar_of_yed_is_a_sign(bring: Bring) -> None:
    graph, report = bring(
        'graph [ directed 1 node [ id 0 label "A" ] node [ id 1 label "B" ]\n'
        'edge [ source 0 target 1 graphics [ targetArrow "t_shape" ] ]\n'
        'edge [ source 0 target 1 label "x" graphics [ sourceArrow "t_shape" ] ]\n'
        'edge [ source 1 target 0 label "y" graphics [ targetArrow "standard" ] ] ]\n'
    )
    assert (report.signs["negative"], report.signs["unsigned"]) == (2, 1)
    assert ("B", "A") in {(s.subject, s.object) for s in graph.statements.values()
                          if graph.words.sign_of(s) == -1}  # fmt: skip


def test_a_t_bar_in_an_attribute_is_a_sign_as_in_dot(bring: Bring) -> None:
    """As `networkx` writes what it has read from DOT; any other head is a look."""
    graph, report = bring(
        'graph [ directed 1 node [ id 0 label "A" ] node [ id 1 label "B" ]\n'
        'edge [ source 0 target 1 weight -1.0 arrowhead "tee" ]\n'
        'edge [ source 1 target 0 weight 1.0 arrowhead "normal" ] ]\n'
    )
    assert {(graph.name(s.subject), graph.words.sign_of(s)) for s in graph.statements.values()} == {
        ("A", -1),
        ("B", 0),
    }
    assert "arrowhead (1)" in " ".join(report.left.lines())


def test_a_sign_goes_before_the_head_of_an_arrow(bring: Bring) -> None:
    _, report = bring(
        'graph [ directed 1 node [ id 0 label "A" ] node [ id 1 label "B" ]\n'
        'edge [ source 0 target 1 sign 1 arrowhead "tee" ] ]\n'
    )
    assert (report.signs["positive"], report.signs["negative"]) == (1, 0)


def test_arcs_of_sbgn_ed_have_the_signs_of_sbgn(bring: Bring) -> None:
    edges = "".join(
        f'edge [ source 0 target {number} sbgn [ role "{role}" ] ]\n'
        for number, role in enumerate(
            ("POSITIVEINFLUENCE", "NEGATIVEINFLUENCE", "NECESSARYSTIMULATION", "CONSUMPTION"),
            start=1,
        )
    )
    nodes = "".join(f'node [ id {n} label "{"ABCDE"[n]}" ]\n' for n in range(5))
    graph, report = bring(f"graph [ directed 1\n{nodes}{edges}]\n")
    assert triples(graph) == {
        ("A", "positive_influence", "B"),
        ("A", "negative_influence", "C"),
        ("A", "necessary_stimulation", "D"),
        ("A", "consumption", "E"),
    }
    assert report.signs == {"positive": 2, "negative": 1, "unsigned": 1}
