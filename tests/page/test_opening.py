"""A page opens with questions that its graph can answer."""

from __future__ import annotations

from itertools import pairwise

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


def entities(**categories: str) -> list[Entity]:
    return [Entity(id=key, name=key, category=category) for key, category in categories.items()]


def asked(*records: Entity | Statement) -> tuple[str, str, int] | None:
    """From where to where, and within how many steps, the first question asks for paths."""
    found = opening.questions(Graph(records), disputed=False)
    scene = found[0]["scene"] if found else {"kind": ""}
    return (scene["from"], scene["to"], scene["steps"]) if scene["kind"] == "paths" else None


def chain(*names: str) -> list[Statement]:
    return [says(a, b) for a, b in pairwise(names)]


#: The hub acts on most, and so every question starts from it.
HUB = [says("hub", name) for name in ("h1", "h2", "h3", "h4")]


def test_a_question_leads_four_steps_and_no_further() -> None:
    known = entities(hub="chemical", end="condition")
    assert asked(*known, *HUB, *chain("h1", "b", "c", "end")) == ("hub", "end", 4)
    assert asked(*known, *HUB, *chain("h1", "b", "c", "d", "end")) is None


def test_a_condition_is_asked_about_before_a_trait_and_a_trait_before_a_process() -> None:
    ends = [*chain("h1", "p"), *chain("h2", "t"), *chain("h3", "c")]
    of = {"hub": "chemical", "p": "process", "t": "trait", "c": "condition"}
    for last in ("c", "t", "p"):
        assert asked(*entities(**of), *HUB, *ends) == ("hub", last, 4)
        del of[last]


def test_what_the_start_acts_on_itself_is_asked_about_only_where_nothing_else_is_there() -> None:
    near, far = says("hub", "near"), chain("h1", "far")
    more = [says(name, "near") for name in ("h1", "h2", "h3")]
    both = entities(hub="chemical", near="condition", far="condition")
    assert asked(*both, *HUB, near, *more, *far) == ("hub", "far", 4)
    assert asked(*entities(hub="chemical", near="condition"), *HUB, near) == ("hub", "near", 4)


def test_of_equals_the_first_by_id_is_asked_about() -> None:
    known = entities(ba="chemical", ab="chemical", zy="condition", yz="condition")
    ends = [says("ab", "m"), says("ba", "m"), says("m", "zy"), says("m", "yz")]
    more = [says("ab", "k"), says("ba", "k")]
    assert asked(*known, *ends, *more) == ("ab", "yz", 4)
