"""To networkx and back, and from any graph that networkx holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import igraph
import networkx
import numpy as np
import pandas as pd
import pytest

from trabecula.errors import FormatError, VocabularyError
from trabecula.graph import Graph
from trabecula.leftover import LeftOut
from trabecula.model import About, Entity, Evidence, Statement
from trabecula.nx import OURS, from_networkx, to_networkx


def test_the_way_back_gives_an_equal_graph(tiny: Graph) -> None:
    assert from_networkx(to_networkx(tiny)) == tiny


def test_the_shipped_graph_survives(shipped: Graph) -> None:
    assert from_networkx(to_networkx(shipped)) == shipped


def test_igraph_takes_it_and_loses_nothing_on_the_way_back(
    shipped: Graph, recwarn: pytest.WarningsRecorder
) -> None:
    through = igraph.Graph.from_networkx(to_networkx(shipped))
    assert (through.vcount(), through.ecount()) == (len(shipped.entities), len(shipped.statements))
    assert from_networkx(through.to_networkx()) == shipped
    assert [str(warning.message) for warning in recwarn] == []


def test_any_graph_of_igraph_is_read_by_the_names_of_its_vertices(
    recwarn: pytest.WarningsRecorder,
) -> None:
    made = igraph.Graph.Formula("KRAS --> BRAF, DUSP6 --> ERK")
    made.es["relation"] = ["activates", "inhibits"]
    read = from_networkx(made.to_networkx())
    triples = {(s.subject, s.predicate, s.object) for s in read.statements.values()}
    assert triples == {("KRAS", "activates", "BRAF"), ("DUSP6", "inhibits", "ERK")}
    assert [str(warning.message) for warning in recwarn] == []


def test_what_a_graph_says_of_itself_survives() -> None:
    graph = Graph([About(title="KRAS", licence="https://a.example/licence")])
    assert from_networkx(to_networkx(graph)).about == graph.about


def test_nodes_and_edges_are_in_the_order_of_the_graph(tiny: Graph) -> None:
    network = to_networkx(tiny)
    assert type(network) is networkx.MultiDiGraph
    assert list(network.nodes) == list(tiny.entities)
    assert {key for _, _, key in network.edges(keys=True)} == set(tiny.statements)


def test_attributes_are_plain_values(tiny: Graph) -> None:
    network = to_networkx(tiny)
    assert network.nodes["magnesium"] == {
        "name": "magnesium",
        "category": "chemical",
        "synonyms": "Mg | Mg²⁺",
        "xrefs": "close CHEBI:25107 magnesium atom",
        "description": "The element, as a nutrient.",
        "taxon": "",
    }
    [statement] = [s for s in tiny.statements.values() if s.predicate == "inhibits"]
    edge = dict(network.edges["pth", "CL:0000062", statement.id])
    rows = json.loads(edge.pop("evidence"))
    assert [(row["source"], row["stance"]) for row in rows] == [
        (row.source, row.stance) for row in statement.evidence
    ]
    assert edge == {
        "predicate": "inhibits",
        "label": "inhibits",
        "interaction": "inhibits",
        "sign": -1,
        "status": "contested",
        "negated": False,
        "sayable": True,
        "supporting": 1,
        "disputing": 1,
        "qualifiers": "pattern=continuous",
        "topic": "pth",
        "sources": "comment | doi:10.5555/12345678(1) | survey",
    }


def test_what_is_negated_or_refuted_says_so_where_programs_show_it(tiny: Graph) -> None:
    labels = {
        data["label"] for _, _, data in to_networkx(tiny).edges(data=True) if not data["sayable"]
    }
    assert labels == {"decreases (refuted)", "not: increases"}


def test_what_was_removed_is_gone_and_what_was_changed_is_read(tiny: Graph) -> None:
    network = to_networkx(tiny)
    network.remove_node("pth")
    network.nodes["magnesium"]["name"] = "Mg"
    back = from_networkx(network)
    assert {s.predicate for s in back.statements.values()} == {"activates", "increases", "requires"}
    assert back.name("magnesium") == "Mg"


def test_an_end_that_nobody_describes_stays_undescribed() -> None:
    graph = Graph([Statement(subject="a", predicate="NOSUCH:1", object="b")])
    network = to_networkx(graph)
    assert dict(network.nodes(data=True)) == {"a": {}, "b": {}}
    assert from_networkx(network) == graph


@pytest.mark.parametrize("kind", ["graphml", "gml", "json"])
def test_the_writers_of_networkx_take_it_and_lose_nothing(
    kind: str, tiny: Graph, tmp_path: Path
) -> None:
    network, path = to_networkx(tiny), str(tmp_path / f"a.{kind}")
    if kind == "graphml":
        networkx.write_graphml(network, path)
        back: Any = networkx.read_graphml(path, force_multigraph=True)
    elif kind == "gml":
        networkx.write_gml(network, path)
        back = networkx.read_gml(path)
    else:
        text = json.dumps(networkx.node_link_data(network, edges="edges"))
        back = networkx.node_link_graph(json.loads(text), edges="edges")
    assert from_networkx(back) == tiny


def test_the_gexf_writer_of_networkx_takes_it(tiny: Graph, tmp_path: Path) -> None:
    networkx.write_gexf(to_networkx(tiny), tmp_path / "a.gexf")
    back = networkx.read_gexf(tmp_path / "a.gexf")
    assert (len(back.nodes), len(back.edges)) == (len(tiny.entities), len(tiny.statements))


def test_what_says_it_is_ours_and_is_not_is_refused() -> None:
    network: networkx.Graph[str] = networkx.Graph()
    network.graph[OURS] = "no JSON"
    with pytest.raises(FormatError, match="make the graph with to_networkx"):
        from_networkx(network)


@pytest.mark.parametrize(
    "reviews", ["7", "[]", '{"ID": 7}', '{"ID": [7]}', '{"ID": [{}]}', '{"ID": [{"kind": 1}]}']
)
def test_reviews_that_are_none_are_refused_with_their_place(tiny: Graph, reviews: str) -> None:
    network = to_networkx(tiny)
    kept = json.loads(network.graph[OURS])
    kept["reviews"] = json.loads(reviews.replace("ID", next(iter(tiny.statements))))
    network.graph[OURS] = json.dumps(kept)
    with pytest.raises(FormatError, match="reviews"):
        from_networkx(network)


# --- Any graph ------------------------------------------------------------------------------


def test_attributes_are_taken_by_the_names_that_programs_give_them() -> None:
    made: networkx.DiGraph[str] = networkx.DiGraph()
    made.add_node("CHEBI:1", label="one", type="Gene", alias=["uno", "eins"])
    made.add_edge("CHEBI:1", "b", interaction="inhibits", pmid=[1, 2], negated=True)
    graph = from_networkx(made)
    assert graph.entities["CHEBI:1"] == Entity(
        id="CHEBI:1", name="one", category="biolink:Gene", synonyms=("eins", "uno")
    )
    [statement] = graph.statements.values()
    assert (statement.predicate, statement.negated) == ("inhibits", False)
    assert statement.evidence == (
        Evidence(source="PMID:1", stance="disputes", strength="curated"),
        Evidence(source="PMID:2", stance="disputes", strength="curated"),
    )


def test_columns_say_what_attributes_are() -> None:
    made: networkx.DiGraph[int] = networkx.DiGraph()
    made.add_node(1, symbol="TP53")
    made.add_node(2, symbol="MDM2")
    made.add_edge(1, 2, how="activates", read_in="PMID:7", weight=3)
    columns = {"predicate": "how", "papers": "read_in", "name": "symbol"}
    with pytest.warns(LeftOut, match=r"1 edge attribute was left out: weight \(1\)"):
        graph = from_networkx(made, columns)
    [statement] = graph.statements.values()
    assert (statement.subject, statement.predicate, statement.object) == (
        "TP53",
        "activates",
        "MDM2",
    )
    assert [row.source for row in statement.evidence] == ["PMID:7"]


def test_an_attribute_that_nothing_has_is_refused_with_the_nearest() -> None:
    made = networkx.DiGraph()
    made.add_edge("a", "b", How="activates", found_in=None)
    columns = {"predicate": "how", "papers": "found in"}
    assert len(from_networkx(made, columns).statements) == 1
    with pytest.raises(VocabularyError, match="unknown attribute 'hov'; did you mean How"):
        from_networkx(made, {"predicate": "hov"})


def test_of_a_list_where_there_is_one_value_the_rest_is_told() -> None:
    made = networkx.DiGraph()
    made.add_node("a", name=["alpha", "first"], taxon=["NCBITaxon:9606", "NCBITaxon:10090"])
    made.add_edge("a", "b", relation=["activates", "inhibits"], pmid=["1", "2"])
    with pytest.warns(LeftOut) as told:
        graph = from_networkx(made)
    assert {
        word
        for each in told
        for word in ("relation", "taxon", "name")
        if f"further values of {word}" in str(each.message)
    } == {"relation", "taxon"}
    assert (graph.entities["a"].name, graph.entities["a"].synonyms) == ("alpha", ("first",))


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    with pytest.raises(VocabularyError, match="unknown column 'predicat'; did you mean predicate"):
        from_networkx(networkx.Graph(), {"predicat": "how"})


@pytest.mark.parametrize("kind", [networkx.Graph, networkx.MultiGraph])
def test_a_graph_without_directions_has_one_statement_for_two_ways(kind: Any) -> None:
    made = kind([("b", "a"), ("c", "b")])
    pairs = {(s.subject, s.object) for s in from_networkx(made).statements.values()}
    assert pairs == {("a", "b"), ("b", "c")}


def test_the_key_of_an_edge_is_what_it_says_where_nothing_else_does() -> None:
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    made.add_edge("a", "b", key="activates")
    made.add_edge("a", "b", key=7)
    predicates = sorted(s.predicate for s in from_networkx(made).statements.values())
    assert predicates == ["activates", "is_linked_to"]


def test_both_signs_are_two_statements() -> None:
    made: networkx.DiGraph[str] = networkx.DiGraph()
    made.add_edge("a", "b", is_stimulation=1, is_inhibition=True, references="SIGNOR:1;PMID:2")
    with pytest.warns(LeftOut, match="reference"):
        graph = from_networkx(made)
    assert sorted(s.predicate for s in graph.statements.values()) == ["decreases", "increases"]


def test_a_weight_is_no_sign() -> None:
    made: networkx.DiGraph[str] = networkx.DiGraph()
    made.add_edge("a", "b", weight=-1, relation="x")
    with pytest.warns(LeftOut, match="weight"):
        graph = from_networkx(made)
    [statement] = graph.statements.values()
    assert graph.words.sign_of(statement) == 0


def test_values_of_numpy_and_pandas_are_read_as_those_of_python() -> None:
    """`repr` of a number differs between versions of numpy, the order of a set between runs."""
    made = networkx.DiGraph()
    made.add_edge(np.int64(1), np.int64(2), sign=np.int64(-1), pmid=np.array([7, 8]))
    made.add_edge(np.int64(2), frozenset("ba"), relation=pd.NA, pmid=pd.NaT)
    read = from_networkx(made)
    assert [
        (s.predicate, [row.source for row in s.evidence]) for s in read.statements.values()
    ] == [("decreases", ["PMID:7", "PMID:8"]), ("is_linked_to", [])]
    assert {entity.name for entity in read.entities.values()} == {"1", "2", "['a', 'b']"}


@pytest.mark.parametrize("nothing", [float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_a_node_without_a_name_is_refused(nothing: Any) -> None:
    """All rows of a frame that lack an end would be tied through one thing called nan."""
    made = networkx.DiGraph([("a", nothing), (nothing, "b")])
    with pytest.raises(FormatError, match="names nothing"):
        from_networkx(made)


@pytest.mark.parametrize("other", ["a", None, [("a", "b")], {"graph": {}}])
def test_what_is_no_graph_is_no_graph(other: Any) -> None:
    with pytest.raises(TypeError, match="this is no graph of networkx but"):
        from_networkx(other)


@pytest.mark.parametrize("mark", ["maybe", "x", "-1", "2"])
def test_an_edge_of_which_it_is_unclear_whether_it_is_negated_is_refused(mark: str) -> None:
    made = networkx.DiGraph()
    made.add_edge("a", "b", relation="activates", negated=mark)
    with pytest.raises(FormatError, match="does not say whether it is negated"):
        from_networkx(made)


@pytest.mark.parametrize("mark", ["Y", "t", "NOT", True, 1, np.bool_(True)])
def test_an_edge_is_negated_however_that_is_written(mark: Any) -> None:
    made = networkx.DiGraph()
    made.add_edge("a", "b", relation="activates", negated=mark, pmid="1")
    (statement,) = from_networkx(made).statements.values()
    assert [row.stance for row in statement.evidence] == ["disputes"]
