"""The entities of a graph as boxes on a map: what every drawing of the whole graph begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.picture import kept, style
from trabecula.picture.layout import Position, Size


@dataclass(frozen=True, slots=True)
class Box:
    """An entity with the middle and the size of its box in pixels, and its name in lines.

    `prominence` is 0, 1 or 2: the few with most neighbours are drawn larger, as landmarks. An
    entity that statements name and the graph has no record of is `bare`.
    """

    entity: Entity
    place: Position
    size: Size
    lines: tuple[str, ...]
    prominence: int
    bare: bool


def placed(graph: Graph) -> list[Box]:
    """The boxes of all entities, sorted by id; the same graph gives the same boxes."""
    statements = graph.statements.values()
    named = {end for statement in statements for end in (statement.subject, statement.object)}
    bare = {key: Entity(id=key, name=key, category="") for key in named - graph.entities.keys()}
    entities = dict(sorted({**graph.entities, **bare}.items()))
    prominence = _prominence(entities, statements)
    lines = {key: style.label_lines(entity.name) for key, entity in entities.items()}
    sizes = {
        key: style.box(lines[key], style.look(entity.category).outline, prominence[key])
        for key, entity in entities.items()
    }
    places = kept.positions(
        sizes, [(statement.subject, statement.object) for statement in statements]
    )
    return [
        Box(entity, places[key], sizes[key], lines[key], prominence[key], key in bare)
        for key, entity in entities.items()
    ]


def _prominence(entities: Mapping[str, Entity], statements: Iterable[Statement]) -> dict[str, int]:
    neighbours: dict[str, set[str]] = {key: set() for key in entities}
    for statement in statements:
        neighbours[statement.subject].add(statement.object)
        neighbours[statement.object].add(statement.subject)
    ranked = sorted(entities, key=lambda key: (-len(neighbours[key]), key))
    rank = {key: number / max(len(ranked), 1) for number, key in enumerate(ranked)}
    return {
        key: 2 if len(near) >= 8 and rank[key] < 0.04 else int(len(near) >= 5 and rank[key] < 0.15)
        for key, near in neighbours.items()
    }
