"""Gaps: which statements, sources and entities are listed, and what comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.reason.expectations import Expectation
from trabecula.reason.gaps import KINDS, Gaps, gaps


def read(source: str, **fields: str) -> Evidence:
    return Evidence(source=source, **({"strength": "direct"} | fields))


def edge(line: str, *rows: Evidence) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)


def spelt(statement: Statement) -> str:
    return f"{statement.subject} {statement.predicate} {statement.object}"


def gaps_of(graph: Graph, expectations: Iterable[Expectation] = ()) -> Gaps:
    return gaps(graph.columns, graph.names, expectations)


ARTICLE = read("article", strength="asserted")


def test_thin_statements_come_by_what_hangs_on_them() -> None:
    # u-w and v-x are suggested over v-w; t-v over the article is nothing that could hang.
    lists = gaps_of(
        Graph(
            [
                edge("t increases u", ARTICLE),
                edge("u increases v", read("a")),
                edge("v increases w", read("a")),
                edge("w increases x", read("a"), read("b")),
            ]
        )
    )
    assert [(spelt(g.statement), g.sources, g.hanging) for g in lists.thin] == [
        ("v increases w", ("a",), 2),
        ("u increases v", ("a",), 1),
    ]


def test_too_many_chains_are_told_and_not_counted() -> None:
    graph = Graph([edge("u increases v", read("a")), edge("v increases w", read("a"))])
    lists = gaps(graph.columns, graph.names, effort=0)
    assert (lists.chains, lists.thin) == (False, ())
    assert gaps_of(graph).chains


def test_sources_of_one_group_are_one() -> None:
    graph = Graph(
        [
            Source(id="a", group="one"),
            Source(id="b", group="one"),
            edge("u increases v", read("a"), read("b")),
            edge("v increases w", read("a"), read("c")),
        ]
    )
    assert [gap.sources for gap in gaps_of(graph).thin] == [("one",)]


def test_definitions_and_structure_are_not_thin_however_few_sources_they_have() -> None:
    graph = Graph(
        [
            edge("lack deficiency_of magnesium", read("a")),
            edge("magnesium part_of bone", read("a")),
            edge("magnesium increases bone", read("a"), read("b")),
        ]
    )
    assert gaps_of(graph).thin == ()


def test_expectations_are_counted_where_they_hang() -> None:
    statements = [edge("u increases v", read("a")), edge("u increases w", read("a"))]
    graph = Graph([*(Entity(id=k, name=k, category="process") for k in "uvw"), *statements])
    expected = Expectation(start="u", end="w", expected="+", why="", where="")
    lists = gaps_of(graph, [expected])
    assert [(g.statement.object, g.expectations) for g in lists.thin] == [("w", 1)]


def test_an_unread_source_is_listed_where_its_title_decides_a_status() -> None:
    title = read("t", strength="title-only")
    only_title = edge("u increases v", title)
    beside_read = edge("v increases w", title, read("a"))
    disputes = read("t", strength="title-only", stance="disputes")
    against_read = edge("w increases x", disputes, read("a"))
    lists = gaps_of(Graph([Source(id="t"), only_title, beside_read, against_read]))
    # Beside a source that was read, a title changes nothing; against it, it does.
    (unread,) = lists.unread
    assert unread.source.id == "t"
    assert {spelt(s) for s in unread.decides} == {"u increases v", "w increases x"}
    # u-v and w-x themselves, u-w over the title and v-x over what the title disputes.
    assert unread.hanging == 4


def test_a_source_that_was_read_for_something_else_is_not_unread() -> None:
    title = edge("u increases v", read("t", strength="title-only"))
    assert gaps_of(Graph([Source(id="t", abstract_read=True), title])).unread == ()


def test_supported_statements_without_humans_say_where_they_were_found() -> None:
    lists = gaps_of(
        Graph(
            [
                edge("u increases v", read("a", species="rat"), read("b", system="cell-culture")),
                edge("v increases w", read("a", species="rat"), read("b", species="human")),
                edge("w increases x", read("a")),
                edge("x increases y", ARTICLE),
                edge("x part_of y", read("a", species="rat")),
            ]
        )
    )
    assert {spelt(g.statement): g.found_in for g in lists.elsewhere} == {
        "u increases v": ("cell-culture", "rat"),
        "w increases x": (),
    }


def test_a_bridge_is_listed_with_the_smaller_part_that_it_holds() -> None:
    # Two triangles, joined by c-d; z hangs on a alone.
    lines = ("a increases b", "b increases c", "c increases a", "c affects d", "d increases e",
             "e increases f", "f increases d", "z affects a")  # fmt: skip
    lists = gaps_of(Graph([edge(line, read("a")) for line in lines]))
    assert [(spelt(b.statement), b.cut_off) for b in lists.bridges] == [
        ("c affects d", ("d", "e", "f"))
    ]
    assert lists.ends == 1


def test_a_refuted_statement_bridges_nothing() -> None:
    parts = [edge("a increases b", read("a")), edge("c increases d", read("a"))]
    refuted = edge("b affects c", read("a", stance="disputes"))
    assert gaps_of(Graph([*parts, refuted])).bridges == ()


def test_entities_without_a_statement_are_alone() -> None:
    entities = [Entity(id=key, name=key, category="process") for key in "ab"]
    assert gaps_of(Graph([*entities, edge("a affects c", read("s"))])).alone == ("b",)


def test_the_kinds_are_the_lists() -> None:
    lists = gaps_of(Graph())
    assert [getattr(lists, kind) for kind in KINDS] == [()] * 6


_PAIRS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=14)


@given(_PAIRS)
def test_bridges_are_those_that_networkx_finds(pairs: list[tuple[str, str]]) -> None:
    import networkx as nx

    graph = Graph([edge(f"{a} affects {b}", read("s")) for a, b in pairs])
    edges = Counter(frozenset((s.subject, s.object)) for s in graph.statements.values())
    network = nx.Graph([tuple(sorted(e)) for e in edges if len(e) == 2])
    bridges = {frozenset(e) for e in nx.bridges(network) if edges[frozenset(e)] == 1}
    lists = gaps_of(graph)
    assert len(lists.bridges) + lists.ends == len(bridges)
    for bridge in lists.bridges:
        ends = {bridge.statement.subject, bridge.statement.object}
        assert ends in bridges
        network.remove_edge(*ends)
        parts = [nx.node_connected_component(network, end) for end in sorted(ends)]
        network.add_edge(*ends)
        assert set(bridge.cut_off) in parts
        assert len(bridge.cut_off) == min(map(len, parts))


def test_on_the_shipped_graph_the_order_is_by_what_hangs(shipped: Graph) -> None:
    lists = gaps_of(shipped)
    for name in ("thin", "unread", "elsewhere"):
        numbers = [gap.hanging for gap in getattr(lists, name)]
        assert numbers == sorted(numbers, reverse=True)
    assert all(len(gap.sources) < 2 for gap in lists.thin)
    # What only the article says heads no list: nothing hangs on it.
    assert {shipped.status(gap.statement) for gap in lists.thin if gap.hanging} == {
        "supported", "contested", "title-only"
    }  # fmt: skip
    spoken = {frozenset((s.subject, s.object)) for s in shipped.statements.values()}
    guessed = {
        frozenset((link.start, link.end)) for link in lists.missing if link.kind == "process"
    }
    assert guessed
    assert guessed.isdisjoint(spoken)
    assert not any(gap.source.abstract_read for gap in lists.unread)


def test_two_independent_sources_are_not_thin() -> None:
    rows = [read(name) for name in "ab"]
    onward = edge("v increases w", *rows)  # so that something hangs on what leads there
    assert [
        len(gap.sources) for gap in gaps_of(Graph([edge("u increases v", rows[0]), onward])).thin
    ] == [1]
    assert gaps_of(Graph([edge("u increases v", *rows), onward])).thin == ()


def test_humans_by_any_name_and_no_other_taxon_are_humans() -> None:
    """Rows name humans as such once they are in a graph; where no species is named, none is."""

    def elsewhere(*rows: Evidence) -> int:
        return len(gaps_of(Graph([edge("u increases v", *rows)])).elsewhere)

    assert elsewhere(read("a", species="human")) == 0
    assert elsewhere(read("a", species="NCBITaxon:9606")) == 0
    assert elsewhere(read("a", species="human herpesvirus")) == 1
    assert elsewhere(read("a", species="NCBITaxon:10116")) == 1
    assert elsewhere(read("a")) == 1


def test_a_title_neither_counts_as_support_elsewhere_nor_as_one_from_humans() -> None:
    def elsewhere(*rows: Evidence) -> list[tuple[str, ...]]:
        return [g.found_in for g in gaps_of(Graph([edge("u increases v", *rows)])).elsewhere]

    title = read("t", strength="title-only", species="human")
    assert elsewhere(title) == []
    assert elsewhere(read("t", strength="title-only", species="rat")) == []
    assert elsewhere(title, read("a", species="rat")) == [("rat",)]
    assert elsewhere(ARTICLE, read("d", stance="disputes", species="rat")) == []


def test_correlations_may_lack_humans_too_and_structure_and_names_may_not() -> None:
    rat = read("a", species="rat")
    lines = (
        "u positively_correlated_with v",
        "u associated_with w",
        "u part_of x",
        "u level_of y",
        "u affects z",
    )
    lists = gaps_of(Graph(edge(line, rat) for line in lines))
    assert sorted(spelt(gap.statement) for gap in lists.elsewhere) == [
        "u affects z",
        "u associated_with w",
        "u positively_correlated_with v",
    ]


def test_a_retracted_title_decides_nothing() -> None:
    gone = Source(id="t", standing="retracted")
    title = edge("u increases v", read("t", strength="title-only"))
    assert gaps_of(Graph([gone, title])).unread == ()
    assert len(gaps_of(Graph([Source(id="t"), title])).unread) == 1


def test_each_of_several_titles_decides_and_one_that_was_retracted_does_not() -> None:
    """Reading any of them may turn the status, though it would be the same without it."""
    rows = [read(name, strength="title-only") for name in "abc"]
    sources = [Source(id="a"), Source(id="b"), Source(id="c", standing="retracted")]
    unread = gaps_of(Graph([*sources, edge("u increases v", *rows)])).unread
    assert [gap.source.id for gap in unread] == ["a", "b"]


def test_unread_sources_come_by_what_hangs_then_by_how_many_they_decide() -> None:
    title = {name: read(name, strength="title-only") for name in "abc"}
    graph = Graph(
        [
            edge("p part_of q", title["a"]),
            edge("p part_of r", title["b"]),
            edge("q part_of r", title["b"]),
            edge("u increases v", title["c"]),
        ]
    )
    assert [(gap.source.id, gap.hanging, len(gap.decides)) for gap in gaps_of(graph).unread] == [
        ("c", 1, 1), ("b", 0, 2), ("a", 0, 1),
    ]  # fmt: skip


def test_thin_statements_on_which_as_much_hangs_come_by_expectations_then_by_few_sources() -> None:
    firm = [
        edge("b increases x", read("s"), read("t")),
        edge("f increases y", read("s"), read("t")),
    ]
    graph = Graph(
        [
            edge("a increases b", read("s")),
            edge("c increases d"),
            edge("e increases f", read("s")),
            *firm,
        ]
    )
    wanted = Expectation(start="e", end="f", expected="+", why="", where="x:1")
    assert [
        (spelt(gap.statement), gap.hanging, gap.expectations, len(gap.sources))
        for gap in gaps_of(graph, [wanted]).thin
    ] == [
        ("e increases f", 1, 1, 1), ("c increases d", 1, 0, 0), ("a increases b", 1, 0, 1),
    ]  # fmt: skip


def test_two_entities_that_are_cut_off_are_a_part_and_one_is_an_end() -> None:
    ring = [edge(f"{a} increases {b}", read("s")) for a, b in ("ab", "bc", "ca")]
    tail = [edge("c increases d", read("s")), edge("d increases e", read("s"))]
    lists = gaps_of(Graph([*ring, *tail]))
    assert [(spelt(bridge.statement), bridge.cut_off) for bridge in lists.bridges] == [
        ("c increases d", ("d", "e"))
    ]
    assert lists.ends == 1


def test_what_hangs_on_a_statement_is_within_two_steps() -> None:
    chain = [edge(f"{a} increases {b}", read("s")) for a, b in ("ab", "bc", "cd", "de")]
    assert {spelt(gap.statement): gap.hanging for gap in gaps_of(Graph(chain)).thin} == {
        "a increases b": 1, "b increases c": 2, "c increases d": 2, "d increases e": 1,
    }  # fmt: skip
