"""Lists: what was found, figures, words, formats and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from trabecula.graph import Graph
from trabecula.lookup import Hit
from trabecula.model import Entity
from trabecula.values import counts
from trabecula.vocabulary import Vocabulary, category_words
from trabecula.words.outline import Block, Line, Note, Table
from trabecula.words.statements import SIGNS

if TYPE_CHECKING:
    from trabecula.mapping import Report

#: A column of prose takes so much of the width.
PROSE: Final = 0.6


def hits(graph: Graph, ranked: Iterable[Hit]) -> Iterator[Block]:
    """Search results: what was found and why."""
    rows = [
        (hit.entity.id, hit.entity.name, category(graph, hit.entity), hit.why) for hit in ranked
    ]
    yield Table(("id", "name", "category", "why"), rows)


def category(graph: Graph, entity: Entity) -> str:
    """The category of an entity in words."""
    return category_words(entity.category, graph.words)


def overview(graph: Graph, title: str, told: Report | None = None) -> Iterator[Block]:
    """The counts of a graph; before them what came in, where `told` is of somebody else's file."""
    return figures(counts(graph), title, told)


def figures(
    counted: Mapping[str, Mapping[str, int]], title: str, told: Report | None = None
) -> Iterator[Block]:
    """The same of counts that have been made."""
    yield Note(title)
    if told is not None and told.mapped:
        from trabecula.words.reading import reading

        first, *lines = reading(told).splitlines()
        yield Line(0, first)
        yield from (Line(1, line.strip()) for line in lines)
    for heading, numbers in counted.items():
        if set(numbers) - {"", "not stated"}:
            rows = [(name or "not stated", f"{number:>6}") for name, number in numbers.items()]
            yield Line(0, heading)
            yield Table(("what", "how many"), rows, depth=1, silent=True)


def not_modelled(rows: Iterable[tuple[str, str, str]]) -> Iterator[Block]:
    """What was left out, by source."""
    cells = [(source, what, why) for what, source, why in rows]
    if not cells:
        yield Line(0, "Nothing is listed that was left out.")
        return
    yield Table(("source", "what is not modelled", "why"), cells, share=PROSE)


def vocabulary(words: Vocabulary) -> Iterator[Block]:
    """The predicates with sign, influence and meaning, and the categories."""
    arrows = {"forward": "→", "reverse": "←", "both": "↔", "none": ""}
    rows = [
        (row.name, SIGNS[row.sign], arrows[row.influence], row.definition)
        for row in words.predicates.values()
    ]
    yield Line(0, "Predicates")
    yield Table(("predicate", "sign", "acts", "meaning"), rows, share=PROSE)
    yield Line(0, "Categories")
    kinds = [(c.name, c.definition) for c in words.categories.values()]
    yield Table(("category", "meaning"), kinds, share=PROSE)


def formats() -> Iterator[Block]:
    """The formats of files."""
    from trabecula.formats import FORMATS  # of which nothing else here asks

    rows = [
        (
            f.name,
            " ".join(f.suffixes),
            "yes" if f.reads else "",
            "yes" if f.writes else "",
            f.description,
        )
        for f in FORMATS.values()
    ]
    yield Table(("format", "suffixes", "reads", "writes", "what it is"), rows, share=PROSE)


def references(lines: Iterable[str]) -> Iterator[Block]:
    """References, an item each."""
    yield from (Line(1, line) for line in lines)
