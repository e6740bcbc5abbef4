"""The lens: what is left of a graph where only some evidence counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.model import Evidence, Source, Statement

TRIAL = Evidence(source="PMID:1", strength="direct", method="randomised-trial", species="human")
RATS = Evidence(source="PMID:2", strength="direct", method="animal-study", species="rat")
REVIEW = Evidence(source="PMID:3", strength="review")
SURVEY = Evidence(source="PMID:4", strength="association", method="cohort", species="human")
TITLE = Evidence(source="PMID:5", strength="title-only")
SAID = Evidence(source="article", strength="asserted")
DENIED = Evidence(source="PMID:6", strength="direct", species="rat", stance="disputes")
ALL = (TRIAL, RATS, REVIEW, SURVEY, TITLE, SAID, DENIED)


def says(predicate: str, *rows: Evidence) -> Statement:
    return Statement(subject="a", predicate=predicate, object="z", evidence=rows)


def left(graph: Graph, predicate: str = "increases") -> list[str]:
    return [r.source for s in graph.out("a") if s.predicate == predicate for r in s.evidence]


@pytest.mark.parametrize(
    ("trust", "sources"),
    [
        (("measured",), ["PMID:1", "PMID:2", "PMID:4", "PMID:6", "article"]),
        (("measured", "human"), ["PMID:1", "PMID:4", "article"]),
        (("read",), ["PMID:1", "PMID:2", "PMID:3", "PMID:4", "PMID:6", "article"]),
        (("rct",), ["PMID:1", "article"]),
        (("rat",), ["PMID:2", "PMID:6", "article"]),
    ],
)
def test_only_evidence_of_all_these_kinds_counts_and_the_article_stays(
    trust: tuple[str, ...], sources: list[str]
) -> None:
    graph = Graph([says("increases", *ALL)])
    assert left(graph.through(*trust)) == sources


def test_human_means_living_people() -> None:
    trial = replace(TRIAL, source="PMID:7", species="")
    cells = replace(TRIAL, source="PMID:8", method="cell-culture", system="cell-culture")
    model = replace(TRIAL, source="PMID:9", method="computation", system="in-silico")
    graph = Graph([says("increases", trial, cells, model)])
    assert left(graph.through("measured")) == ["PMID:7", "PMID:8"]
    assert left(graph.through("measured", "human")) == ["PMID:7"]
    # Who names the dish means the dish.
    assert left(graph.through("human", "cell-culture")) == ["PMID:8"]


def test_statuses_follow_from_what_counts() -> None:
    graph = Graph([says("increases", *ALL)])
    (statement,) = graph.statements.values()
    assert graph.status(statement) == "contested"
    for trust, status in (("human", "supported"), ("rct", "supported"), ("rat", "contested")):
        seen = graph.through(trust)
        assert seen.status(seen.statements[statement.id]) == status


def test_a_statement_that_nothing_let_through_speaks_of_is_left_out() -> None:
    graph = Graph([says("increases", REVIEW), says("inhibits", RATS), says("affects")])
    seen = graph.through("measured")
    assert [s.predicate for s in seen.statements.values()] == ["inhibits"]


def test_names_and_states_stay_and_other_structure_does_not() -> None:
    defined = Evidence(source="ontology", strength="reference")
    graph = Graph(says(p, defined) for p in ("level_of", "state_of", "part_of"))
    seen = graph.through("measured", "human")
    assert [s.predicate for s in seen.statements.values()] == ["level_of", "state_of"]


def test_a_source_left_out_is_left_out_under_each_of_its_identifiers() -> None:
    paper = Source(id="PMID:3", xrefs=("doi:10.1/x",))
    same = replace(TRIAL, source="doi:10.1/x")
    graph = Graph([paper, says("increases", REVIEW, same, RATS)])
    for name in ("PMID:3", "doi:10.1/X", "https://doi.org/10.1/x"):
        assert left(graph.through(without=[name])) == ["PMID:2"]
    assert left(Graph([says("increases", REVIEW, SAID)]).through(without=["article"])) == ["PMID:3"]


def test_what_is_not_there_is_told_with_what_comes_near() -> None:
    graph = Graph([says("increases", REVIEW)])
    with pytest.raises(NotFound, match=r"unknown source 'PMD:3'; did you mean PMID:3\?$"):
        graph.through(without=["PMD:3"])
    with pytest.raises(NotFound, match=r"unknown source 'PMID:33'$"):
        graph.through(without=["PMID:33"])
    with pytest.raises(NotFound, match=r"evidence 'mesured'; did you mean measured\?$"):
        graph.through("mesured")


def test_without_a_lens_the_graph_is_the_same() -> None:
    graph = Graph([says("increases", REVIEW)])
    assert graph.through() is graph
