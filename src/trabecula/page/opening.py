"""What a page opens with: the core of its graph, and questions to start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.picture import style
from trabecula.reason.core import acting as acting_in
from trabecula.reason.core import core
from trabecula.reason.paths import distance

__all__ = ["core", "questions"]

#: Steps within which a question asks for paths.
_STEPS: Final = 4


def questions(graph: Graph, *, disputed: bool) -> list[dict[str, Any]]:
    """Up to three questions that the graph has something to say about, as scenes of the page.

    `disputed` says that there are conflicts in it. Each question has its words, what the answer
    shows, and the scene as `frontend/src/state.js` knows it.
    """
    acting = [graph.columns.statements[number] for number in acting_in(graph.columns)]
    starts = Counter(style.ends(s, graph.words)[0] for s in acting)
    start = _most(starts, graph.entities)
    found: list[dict[str, Any]] = []
    if not start:
        return found
    end = _end(graph, start, acting)
    name = graph.name(start)
    if end:
        found.append(
            {
                "words": f"How does {name} act on {graph.name(end)}?",
                "shows": "every path between the two, with its sign, weakest step and context",
                "scene": {"kind": "paths", "from": start, "to": end, "steps": _STEPS},
            }
        )
    found.append(
        {
            "words": f"What would follow if {name} fell?",
            "shows": "what goes up, what goes down, and where the paths disagree",
            "scene": {"kind": "whatif", "down": [start]},
        }
    )
    if disputed:
        found.append(
            {
                "words": "Where do the sources disagree?",
                "shows": "both sides of each conflict, and whether their contexts differ",
                "scene": {"kind": "conflicts"},
            }
        )
    return found


def busiest(graph: Graph) -> str:
    """The entity that acts on most others, by its id; empty where none acts on any."""
    acting = (graph.columns.statements[number] for number in acting_in(graph.columns))
    return _most(Counter(style.ends(s, graph.words)[0] for s in acting), graph.entities)


def _most(counts: Mapping[str, int], among: Iterable[str]) -> str:
    """The entity with the highest count, of equals the first by name."""
    named = [key for key in among if counts.get(key)]
    return min(named, key=lambda key: (-counts[key], key), default="")


def _end(graph: Graph, start: str, acting: Iterable[Statement]) -> str:
    """The disease, or failing that the quality, on which most acts, if a path leads there."""
    acted = Counter(style.ends(s, graph.words)[1] for s in acting)
    for category in ("condition", "trait", "process"):
        those = [key for key, one in graph.entities.items() if one.category == category]
        own = {s.subject if s.object == start else s.object for s in graph.touching(start)}
        far = [key for key in those if key != start and key not in own] or those
        found = _most(acted, far)
        if found and found != start and 0 < distance(graph.influence, start, found) <= _STEPS:
            return found
    return ""
