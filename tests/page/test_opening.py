"""A page opens with questions that its graph can answer."""

from __future__ import annotations

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.page import opening
from trabecula.reason.explain import explain


def says(subject: str, object_: str, sources: int = 1, predicate: str = "increases") -> Statement:
    rows = tuple(Evidence(source=f"s{n}", strength="direct") for n in range(sources))
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)


def test_each_question_has_an_answer_in_the_graph(shipped: Graph) -> None:
    paths, fall, conflicts = opening.questions(shipped, disputed=True)
    assert paths["words"] == (
        f"How does {shipped.name(paths['scene']['from'])} act on "
        f"{shipped.name(paths['scene']['to'])}?"
    )
    scene = paths["scene"]
    assert (
        explain(
            shipped.influence, shipped.names, scene["from"], scene["to"], scene["steps"]
        ).verdict
        != "no path"
    )
    assert fall["scene"] == {"kind": "whatif", "down": ["magnesium"]}
    assert conflicts["scene"] == {"kind": "conflicts"}


def test_a_graph_in_which_nothing_acts_raises_no_questions() -> None:
    for records in (
        [],
        [Entity(id="a", name="a", category="cell")],
        [says("a", "b", 1, "part_of")],
    ):
        assert opening.questions(Graph(records), disputed=True) == []


def test_where_sources_do_not_disagree_the_page_does_not_ask_where() -> None:
    graph = Graph([*(Entity(id=x, name=x, category="cell") for x in "ab"), says("a", "b")])
    asked = opening.questions(graph, disputed=False)
    assert [one["words"] for one in asked] == ["What would follow if a fell?"]
