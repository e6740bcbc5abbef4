"""Lists: what was found, figures, words, formats, queries, and answers to queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from trabecula.characters import harmless, visible
from trabecula.counted import counted
from trabecula.formats import FORMATS
from trabecula.graph import Graph
from trabecula.lookup import Hit
from trabecula.model import About, Entity
from trabecula.sparql.results import shown
from trabecula.values import counts
from trabecula.vocabulary import Vocabulary
from trabecula.words.outline import Block, Code, Line, Note, Table
from trabecula.words.statements import SIGNS

if TYPE_CHECKING:
    from trabecula.sparql import NamedQuery, Parameter, Result
    from trabecula.sparql.results import Term

#: A column of prose takes so much of the width.
_PROSE: Final = 0.6
#: How many terms are kept as they are shown; the same few make up most of a large answer.
_KEPT: Final = 4096


def hits(graph: Graph, found: Iterable[Hit]) -> Iterator[Block]:
    """Search results: what was found and why."""
    rows = [(hit.entity.id, hit.entity.name, category(graph, hit.entity), hit.why) for hit in found]
    yield Table(("id", "name", "category", "why"), rows)


def category(graph: Graph, entity: Entity) -> str:
    """The category of an entity in words."""
    known = graph.words.categories.get(entity.category)
    return known.label if known else entity.category


def overview(graph: Graph, title: str) -> Iterator[Block]:
    """The counts of a graph."""
    yield Note(title)
    for heading, numbers in counts(graph).items():
        if numbers:
            rows = [(name, f"{number:>6}") for name, number in numbers.items()]
            yield Line(0, heading)
            yield Table(("what", "how many"), rows, depth=1, silent=True)


def not_modelled(rows: Iterable[tuple[str, str, str]]) -> Iterator[Block]:
    """What was left out, by source."""
    yield Table(("source", "what is not modelled", "why"), [*rows], share=_PROSE)


def vocabulary(words: Vocabulary) -> Iterator[Block]:
    """The predicates with sign, influence and meaning, and the categories."""
    arrows = {"forward": "→", "reverse": "←", "both": "↔", "none": ""}
    rows = [
        (row.name, SIGNS[row.sign], arrows[row.influence], row.definition)
        for row in words.predicates.values()
    ]
    yield Line(0, "Predicates")
    yield Table(("predicate", "sign", "acts", "meaning"), rows, share=_PROSE)
    yield Line(0, "Categories")
    kinds = [(c.name, c.definition) for c in words.categories.values()]
    yield Table(("category", "meaning"), kinds, share=_PROSE)


def formats() -> Iterator[Block]:
    """The formats of files."""
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
    yield Table(("format", "suffixes", "reads", "writes", "what it is"), rows, share=_PROSE)


def references(lines: Iterable[str]) -> Iterator[Block]:
    """References, an item each."""
    yield from (Line(1, line) for line in lines)


# --- SPARQL ---------------------------------------------------------------------------------


def answer(result: Result) -> Iterator[Block]:
    """The answer to a query for a person to read: short names, wrapped columns, a count."""
    if result.form == "ask":
        yield Note("yes" if result.answer else "no")
    elif result.form == "construct":
        yield Code("turtle", harmless(result.serialise("ttl").rstrip("\n")))
    else:
        written = lru_cache(_KEPT)(partial(_term, result.about))
        rows = [tuple(map(written, row)) for row in result.rows]
        if rows and result.variables:
            yield Table(result.variables, rows, share=_PROSE)
        yield Note(counted(len(rows), "row"), near=True)


def _term(about: About, term: Term | None) -> str:
    if term is None:
        return ""
    named = type(term).__name__ == "NamedNode"
    return visible(shown(term.value, about) if named else term.value)


def queries(library: Iterable[NamedQuery]) -> Iterator[Block]:
    """The library of queries: names, what they answer, and their parameters."""
    rows = [
        (query.name, query.title, ", ".join(map(_parameter, query.parameters))) for query in library
    ]
    yield Table(("name", "what it answers", "parameters"), rows, share=_PROSE)


def _parameter(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f"={parameter.default}"
    return f"{parameter.name}{default}"
