"""The boxes of a whole graph: landmarks are the few with most neighbours."""

from __future__ import annotations

from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.picture.placed import placed


def hubs(*degrees: int, alone: int = 0) -> dict[str, int]:
    """The prominence of hubs with so many neighbours each, all of which have only that one."""
    rows: list[Entity | Statement] = []
    for number, degree in enumerate(degrees):
        for leaf in range(degree):
            rows.append(
                Statement(subject=f"h{number}", predicate="binds", object=f"l{number}-{leaf}")
            )
    rows += [Entity(id=f"z{n:03}", name=f"z{n}", category="cell") for n in range(alone)]
    return {box.entity.id: box.prominence for box in placed(Graph(rows)) if box.entity.id[0] == "h"}


def test_eight_neighbours_make_a_landmark_and_five_a_larger_box() -> None:
    assert hubs(8, alone=20) == {"h0": 2}
    assert hubs(7, alone=20) == {"h0": 1}
    assert hubs(5, alone=20) == {"h0": 1}
    assert hubs(4, alone=20) == {"h0": 0}


def test_landmarks_are_no_more_than_one_in_twenty_five() -> None:
    # Three hubs among 75 entities: the ranks 0, 1 and 2 are below 0.04 · 75 = 3, the fourth is not.
    assert list(hubs(8, 8, 8, alone=75 - 27).values()) == [2, 2, 2]
    assert list(hubs(8, 8, 8, 8, alone=75 - 36).values()) == [2, 2, 2, 1]


def test_larger_boxes_are_no_more_than_three_in_twenty() -> None:
    # Three of twenty entities, and of nineteen as well; of eighteen only 2.7.
    assert list(hubs(5, 5, 5, alone=2).values()) == [1, 1, 1]
    assert list(hubs(5, 5, 5, 5, alone=0).values()) == [1, 1, 1, 1]
    assert list(hubs(5, 5, 5, 5, 5, 5, alone=0).values()) == [1, 1, 1, 1, 1, 1]


def test_what_is_only_mentioned_has_a_bare_box() -> None:
    graph = Graph(
        [
            Entity(id="a", name="A", category="cell"),
            Statement(subject="a", predicate="binds", object="b"),
        ]
    )
    assert [(box.entity.name, box.bare) for box in placed(graph)] == [("A", False), ("b", True)]


def test_where_all_are_much_connected_few_are_larger_all_the_same() -> None:
    """Of twenty that all have nineteen neighbours one is a landmark and two are larger."""
    names = [f"n{number:02}" for number in range(20)]
    rows = [
        Statement(subject=a, predicate="binds", object=b) for a in names for b in names if a < b
    ]
    assert [box.prominence for box in placed(Graph(rows))] == [2, 1, 1, *[0] * 17]
