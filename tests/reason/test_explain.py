"""Explanations: verdicts, votes, contested steps and breaks, on graphs solved by hand."""

from __future__ import annotations

from typing import Any

import pytest

from trabecula.context import Difference
from trabecula.errors import NotFound, SelectionError
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.explain import Break, Explanation, Way, breaks, contested, explain

READ = Evidence(source="paper", strength="direct")
SAID = Evidence(source="article", strength="asserted")
AGAINST = Evidence(source="other", stance="disputes", strength="direct")
RAT = Evidence(source="rats", strength="direct", species="rat", system="in-vivo")
CELLS = Evidence(source="cells", strength="direct", species="human", system="cell-culture")
TRIAL = Evidence(
    source="trial", strength="direct", species="human", system="in-vivo", method="randomised-trial"
)
NOT_IN_HUMANS = Evidence(
    source="trial", strength="direct", species="human", system="in-vivo", stance="disputes"
)


def says(line: str, *rows: Evidence) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)


def graph_of(*statements: Statement | str) -> Graph:
    made = [says(s, READ) if isinstance(s, str) else s for s in statements]
    ids = {end for s in made for end in (s.subject, s.object)}
    return Graph([*(Entity(id=key, name=key.upper(), category="chemical") for key in ids), *made])


def asked(graph: Graph, start: str, end: str, steps: int = 4, **more: Any) -> Explanation:
    return explain(graph.influence, graph.names, start, end, steps, **more)


def ways(explanation: Explanation) -> list[str]:
    return ["-".join(path.entities) for path in explanation.paths]


def test_paths_are_counted_by_sign_with_the_supported_ones_and_the_best() -> None:
    # + a-z (asserted only) and a-c-z (read); − a-b-z (read, contested); · a-d-z.
    graph = graph_of(
        says("a activates z", SAID),
        "a activates c", "c activates z",
        "a activates b", says("b inhibits z", READ, AGAINST),
        "a affects d", "d activates z",
    )  # fmt: skip
    explanation = asked(graph, "a", "z")
    direct, contested_one, by_c, by_d = (
        next(p for p in explanation.paths if "-".join(p.entities) == way)
        for way in ("a-z", "a-b-z", "a-c-z", "a-d-z")
    )
    assert explanation.ways == (
        Way(1, 2, 1, direct),
        Way(-1, 1, 0, contested_one),
        Way(0, 1, 1, by_d),
    )
    assert explanation.paths == (direct, by_c, by_d, contested_one)


def test_what_follows_is_told_with_the_paths_and_keeps_to_what_is_followed() -> None:
    graph = graph_of("a activates b", "b activates z", "a inhibits c", "c activates z")
    assert asked(graph, "a", "z").conclusion.relation == "cannot-say"
    assert asked(graph, "a", "z", avoid=["c"]).conclusion.sign == 1
    assert asked(graph, "a", "z", status=["contested"]).conclusion.relation == "nothing"


def test_only_so_many_acting_steps_make_a_conclusion() -> None:
    graph = graph_of("a activates b", "b activates c", "c activates z")
    assert asked(graph, "a", "z").conclusion.relation == "nothing"
    assert asked(graph, "a", "z", concluding=3).conclusion.sign == 1


def test_a_path_through_a_contested_statement_names_it() -> None:
    doubtful = says("b inhibits c", READ, AGAINST)
    explanation = asked(graph_of("a activates b", doubtful), "a", "c")
    assert [s.predicate for s in contested(explanation.paths[0])] == ["inhibits"]


def test_what_is_said_of_the_two_and_is_no_step_stands_beside() -> None:
    graph = graph_of(
        "a activates z", says("a inhibits z", AGAINST), "z associated_with a", "a binds b"
    )
    explanation = asked(graph, "a", "z")
    assert ways(explanation) == ["a-z"]
    assert [s.predicate for s in explanation.beside] == ["inhibits", "associated_with"]


# --- Breaks ---------------------------------------------------------------------------------


def test_a_context_flip_between_neighbours_is_a_break() -> None:
    explanation = asked(
        graph_of(says("a activates b", RAT), says("b activates c", CELLS)), "a", "c"
    )
    assert breaks(explanation.paths[0]) == (
        Break(1, 2, (Difference("species", "rat", "human"), Difference("system", "in-vivo", "cell-culture"))),
    )  # fmt: skip


def test_a_step_that_names_no_context_does_not_hide_a_break() -> None:
    # b is the level of c: nobody found that in rats or in humans.
    graph = graph_of(says("a activates b", RAT), "b level_of c", says("c activates d", TRIAL))
    assert breaks(asked(graph, "a", "d").paths[0]) == (
        Break(1, 3, (Difference("species", "rat", "human"),)),
    )


def test_a_source_shared_in_context_joins_the_steps() -> None:
    graph = graph_of(says("a activates b", RAT, TRIAL), says("b activates c", TRIAL))
    assert breaks(asked(graph, "a", "c").paths[0]) == ()


# --- What is followed -----------------------------------------------------------------------


def test_statuses_choose_the_statements() -> None:
    graph = graph_of(
        says("a activates z", AGAINST), says("a inhibits b", SAID), says("b activates z", READ)
    )
    assert ways(asked(graph, "a", "z")) == ["a-b-z"]
    assert ways(asked(graph, "a", "z", status=["supported"])) == []
    assert ways(asked(graph, "a", "z", status=["refuted"])) == ["a-z"]


def test_evidence_of_one_source_has_to_be_all_that_is_asked_for() -> None:
    graph = graph_of(says("a activates b", TRIAL, RAT), says("b activates z", CELLS, RAT))
    assert ways(asked(graph, "a", "z", evidence=["human"])) == ["a-b-z"]
    assert ways(asked(graph, "a", "z", evidence=["human", "in-vivo"])) == []
    assert ways(asked(graph, "a", "b", evidence=["human", "rct"])) == ["a-b"]


def test_evidence_that_disputes_a_statement_does_not_let_it_through() -> None:
    graph = graph_of(says("a activates z", RAT, NOT_IN_HUMANS))
    assert asked(graph, "a", "z", evidence=["human"]).paths == ()
    assert asked(graph, "a", "z", evidence=["rat"]).paths != ()


def test_what_a_thing_is_needs_no_evidence_from_humans() -> None:
    graph = graph_of("lack deficiency_of a", says("a activates z", TRIAL))
    assert asked(graph, "lack", "z", evidence=["human"]).conclusion.sign == -1


def test_names_are_resolved_everywhere() -> None:
    graph = graph_of("aa activates b", "b activates zz", "aa inhibits c", "c inhibits zz")
    assert ways(asked(graph, "AA", "Zz", via=["B"])) == ["aa-b-zz"]
    assert ways(asked(graph, "AA", "Zz", avoid=["B"])) == ["aa-c-zz"]


@pytest.mark.parametrize(
    ("mistaken", "error", "message"),
    [
        ({"start": "magnesum"}, NotFound, "no entity is called 'magnesum'; did you mean magnesium?"),
        ({"via": ["osteoblats"]}, NotFound, "no entity is called 'osteoblats'; did you mean osteoblast?"),
        ({"avoid": ["osteoblats"]}, NotFound, "no entity is called 'osteoblats'; did you mean osteoblast?"),
        ({"status": ["suported"]}, NotFound, "unknown status 'suported'; did you mean supported?"),
        ({"evidence": ["humna"]}, NotFound, "unknown kind of evidence 'humna'; did you mean human?"),
        ({"end": "MAGNESIUM"}, SelectionError, "start and end are both magnesium; a path leads to something else"),
        ({"steps": 9}, SelectionError, "9 is no number of steps for a path: give 1 to 8"),
    ],
)  # fmt: skip
def test_mistakes_are_told(mistaken: dict[str, Any], error: type[Exception], message: str) -> None:
    graph = graph_of("osteoblast requires magnesium")
    with pytest.raises(error) as caught:
        asked(graph, **{"start": "magnesium", "end": "osteoblast", **mistaken})
    assert str(caught.value) == message


def test_how_far_the_ends_are_apart_is_known_without_a_path() -> None:
    graph = graph_of("a activates b", "b activates c", "c activates d")
    assert [asked(graph, "a", "d", k).distance for k in (2, 3)] == [3, 3]
    assert asked(graph, "d", "a").distance == 0
