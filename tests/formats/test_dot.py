"""DOT of other programs, and ours."""

from __future__ import annotations

import pytest
from tests.formats.conftest import Bring, left, said, triples

from trabecula.errors import FormatError


def test_every_way_to_name_things_comes_in(bring: Bring) -> None:
    text = r"""/* a map */ strict digraph "my map" { rankdir=LR; node [shape=box, type="protein"] // drawn
# 1 "preprocessed"
      a -> b -> "c d" [label="activates", pmid="123"]
      a:port:n -> {e f} [label=<<b>inhibits</b> &amp; stops>]; "q" + "r" [label="Q \"R\"\nS"]
      subgraph cluster_1 { node [type=cell]; x; y } -> z
      a -> b [label="twice"]; -1.5 -> ümlaut [weight=-3, dir=back];
    }"""
    graph, report = bring(text)
    assert (report.format, graph.about.title) == ("dot", "my map")
    assert {(s, p.partition("-")[0], o) for s, p, o in said(graph)} == {
        ("a", "activates", "b"), ("b", "activates", "c d"), ("a", "inhibits", "e"),
        ("a", "inhibits", "f"), ("x", "is_linked_to", "z"), ("y", "is_linked_to", "z"),
        ("ümlaut", "is_linked_to", "-1.5"),
    }  # fmt: skip
    assert graph.entities["qr"].name == 'Q "R" S'
    assert {key for key, e in graph.entities.items() if e.category == "cell"} == {"x", "y"}
    assert left(report) == set()


def test_a_bar_is_less_and_other_arrowheads_are_no_sign(bring: Bring) -> None:
    graph, report = bring(
        """digraph { a -> b [arrowhead=tee]; b -> c [arrowhead=vee]
        d -> e [dir=back, arrowtail=tee, arrowhead=normal]; f -> g [dir=back, arrowhead=tee]
        h -> i [dir=both, arrowhead=tee]; j -> k [dir=none, arrowhead=tee] }"""
    )
    assert {t for t in triples(graph) if t[1] == "decreases"} == {
        ("a", "decreases", "b"), ("e", "decreases", "d"),
    }  # fmt: skip
    assert (report.signs["unsigned"], report.signs["negative"]) == (4, 2)


def test_a_label_is_what_an_edge_says(bring: Bring) -> None:
    graph, _ = bring(
        'digraph { b -> c [label="inhibits"]; c -> d [label="inhibits", arrowhead=tee] }'
    )
    assert triples(graph) == {("b", "inhibits", "c"), ("c", "inhibits", "d")}


def test_graphs_without_directions_and_several_graphs_come_in(bring: Bring) -> None:
    text = "graph { b -- a; a -- b [foo=bar] } digraph { b -> a [dir=both] }"
    graph, report = bring(text)
    assert triples(graph) == {("a", "is_linked_with", "b")}
    assert report.rows == 3
    assert left(report) == {"1 edge attribute was left out: foo (1)"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("digraph {\n a -- b }", "file.dot:2: -- in a digraph"),
        ("digraph {\n a -> b", "file.dot:2: 'the end' stands where a name is due"),
        ("digraph {\n a [x=<b ] }", "file.dot:2: a < that nothing closes"),
        ('digraph {\n a [x="b ] }', "is no part of DOT"),
        ("digraph { " + "{ " * 200, "too many levels of nesting"),
        ("digraph { a } x", "stands where graph or digraph is due"),
    ],
)
def test_what_is_no_dot_is_refused_with_its_line(bring: Bring, text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        bring(text, "file.dot")


def test_heads_at_both_ends_are_two_statements_where_the_predicate_has_a_direction(
    bring: Bring,
) -> None:
    text = 'digraph { a -> b [dir=both, label="activates"]; c -> d [dir=both, label="binds"] }'
    graph, _ = bring(text, "a.dot")
    assert triples(graph) == {("a", "activates", "b"), ("b", "activates", "a"), ("c", "binds", "d")}


def test_marks_at_the_lines_of_a_causal_loop_diagram_are_signs(bring: Bring) -> None:
    graph, _ = bring(
        'digraph { a -> b [label="+"]; b -> a [label="−"]; a -> c [label=1] }', "a.dot"
    )
    assert {graph.words.sign_of(s) for s in graph.statements.values() if s.object != "c"} == {1, -1}
    assert {graph.words.sign_of(s) for s in graph.statements.values() if s.object == "c"} == {0}


def test_a_label_beside_a_line_is_its_label(bring: Bring) -> None:
    graph, _ = bring(
        'digraph { a -> b [xlabel="inhibits"]; b -> c [label="binds", xlabel="1"] }', "a.dot"
    )
    assert triples(graph) == {("a", "inhibits", "b"), ("b", "binds", "c")}
