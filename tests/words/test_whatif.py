"""The address that opens a page on what would follow."""

from __future__ import annotations

from urllib.parse import parse_qsl

from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.whatif import whatif
from trabecula.words.whatif import scene

GRAPH = Graph(
    Statement(
        subject=subject,
        predicate="increases",
        object=object_,
        evidence=(Evidence(source="one", strength="direct"),),
    )
    for subject, object_ in (("a&b", "c"), ("c", "CHEBI:1"), ("d", "c"))
)


def test_the_scene_names_what_is_changed_held_and_followed() -> None:
    answer = whatif(Conclusions(GRAPH.columns), {"a&b": -1, "d": 1}, ["CHEBI:1"], steps=2)
    assert parse_qsl(scene(answer, ("supported",))) == [
        ("scene", "whatif"),
        ("down", "a&b"),
        ("up", "d"),
        ("fixed", "CHEBI:1"),
        ("follow", "supported"),
        ("steps", "2"),
    ]
