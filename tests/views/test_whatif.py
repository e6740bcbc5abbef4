"""The picture of what would follow: what is drawn of the graph, and what is said of it.

    a increases b, b inhibits c, a increases c, c regulates d, b increases e, and f binds f alone.

With `a` up, `b` and `e` go up, `c` is raised by `a` and lowered by `b`, and what becomes of `d` is
not said.
"""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.paths import followed
from trabecula.reason.whatif import WhatIf, whatif
from trabecula.views.style import Hop, Mark, Way
from trabecula.views.whatif import marks, picture

READ = Evidence(source="one", strength="direct", species="human")


def says(subject: str, predicate: str, object_: str) -> Statement:
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=(READ,))


GRAPH = Graph(
    [
        *(Entity(id=key, name=f"the {key}", category="chemical") for key in "abcdef"),
        says("a", "increases", "b"),
        says("b", "inhibits", "c"),
        says("a", "increases", "c"),
        says("c", "regulates", "d"),
        says("b", "increases", "e"),
    ]
)


def question(*fixed: str, change: int = 1) -> WhatIf:
    return whatif(GRAPH, {"a": change}, fixed)


def test_each_entity_that_is_reached_has_the_mark_of_its_outcome() -> None:
    assert {key: mark.key for key, mark in marks(GRAPH, question()).items()} == {
        "a": "changed-up", "b": "up", "c": "ambiguous", "d": "unknown", "e": "up",
    }  # fmt: skip
    assert {key: mark.key for key, mark in marks(GRAPH, question("b", change=-1)).items()} == {
        "a": "changed-down", "b": "fixed", "c": "down", "d": "unknown",
    }  # fmt: skip


def test_a_mark_tells_the_best_path_each_way_with_its_steps() -> None:
    (direct,) = (s for s in GRAPH.into("c") if s.subject == "a")
    (lowers,) = (s for s in GRAPH.into("c") if s.subject == "b")
    (raises,) = GRAPH.into("b")
    assert marks(GRAPH, question())["c"] == Mark(
        "ambiguous",
        "Some paths raise it and others lower it; the shorter one raises it.",
        (
            Way(
                "up",
                "It rises in 1 step",
                (Hop(direct.id, "the a increases the c", "up", "the c rises"),),
            ),
            Way(
                "down",
                "It falls in 2 steps",
                (
                    Hop(raises.id, "the a increases the b", "up", "the b rises"),
                    Hop(lowers.id, "the b inhibits the c", "down", "the c falls"),
                ),
                raises.id,
            ),
        ),
    )


def test_a_direction_that_is_not_said_is_told_as_such() -> None:
    (way,) = marks(GRAPH, question())["d"].ways
    assert (way.key, way.words) == (
        "unknown", "It is acted on, in a direction that is not said, in 2 steps",
    )  # fmt: skip
    assert [hop.outcome for hop in way.hops] == [
        "the c rises", "the d changes, which way is not said",
    ]  # fmt: skip


def test_the_picture_holds_the_best_paths_and_nothing_else() -> None:
    part = picture(GRAPH, question(), followed)
    assert sorted(part.entities) == ["a", "b", "c", "d", "e"]
    assert part.statements == GRAPH.statements


def test_the_picture_shows_what_is_held_and_what_would_have_changed_it() -> None:
    part = picture(GRAPH, question("b"), followed)
    assert sorted((s.subject, s.object) for s in part.statements.values()) == [
        ("a", "b"), ("a", "c"), ("c", "d"),
    ]  # fmt: skip
    alone = picture(GRAPH, question("b"), lambda statement: statement.subject != "a")
    assert ("a", "b") not in {(s.subject, s.object) for s in alone.statements.values()}


@pytest.mark.parametrize("entity", ["d", "f"])
def test_what_leads_nowhere_is_drawn_alone(entity: str) -> None:
    part = picture(GRAPH, whatif(GRAPH, {entity: 1}, ["e"]), followed)
    assert (sorted(part.entities), len(part)) == (sorted({"e", entity}), 0)
