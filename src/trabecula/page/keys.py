"""What the keys in the records mean and how they look: one table of rows for each kind of key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trabecula.graph import Graph
from trabecula.model import Category, Predicate
from trabecula.picture import style
from trabecula.picture.style import Look, Tint
from trabecula.vocabulary import (
    BASES,
    READINGS,
    RELATIONS,
    STATUSES,
    STRENGTHS,
    category_words,
    kin,
)
from trabecula.words.conclusions import PLAIN

Rows = list[dict[str, Any]]


def words(drawn: Graph) -> dict[str, Rows]:
    """What all keys in the records of a graph mean and how they look, the known ones first."""
    statements = drawn.statements.values()
    species = _used(row.species for statement in statements for row in statement.evidence)
    return {
        "categories": _categories(drawn),
        "unmarked": [{"key": "", **_colours(style.UNMARKED)}],
        "marks": _marks(),
        "groups": _groups(),
        "statuses": _statuses(),
        "predicates": _predicates(drawn),
        "relations": [{"key": key, **row} for key, row in RELATIONS.items()],
        "bases": [{"key": key, **row} for key, row in BASES.items()],
        "topics": _topics(drawn),
        "readings": [{"key": key, **row} for key, row in READINGS.items() if drawn.reviewed],
        "strengths": [{"key": key, "words": meaning} for key, meaning in STRENGTHS.items()],
        "methods": _methods(drawn),
        "species": [{"key": key, "label": key or "not stated"} for key in species],
    }


def legend(drawn: Graph) -> dict[str, Rows]:
    """What outlines, colours and lines of a drawing mean."""
    used = {entity.category for entity in drawn.entities.values()}
    return {
        "categories": [row for row in _categories(drawn) if row["key"] in used],
        "groups": _groups(),
        "statuses": _statuses(),
    }


def _categories(drawn: Graph) -> Rows:
    used = (entity.category for entity in drawn.entities.values())
    return [
        {
            "key": key,
            "label": category_words(key, drawn.words),
            "outline": style.look(key).outline,
            **_colours(style.look(key)),
            **({} if kin(key) == key else {"kin": kin(key)}),
            **change_words(drawn.words.kind_of(key)),
        }
        for key in _used(used, drawn.words.categories, "")
    ]


def _marks() -> Rows:
    return [
        {
            "key": key,
            "label": style.tint(key).label,
            "words": style.tint(key).words,
            "glyph": style.tint(key).glyph,
            "pattern": style.tint(key).pattern,
            **_colours(style.tint(key)),
        }
        for key in (*style.MARKS, "")
    ]


def _groups() -> Rows:
    return [
        {
            "key": key,
            "label": group.label,
            "colour": group.line,
            "dark": group.dark_line,
            "head": group.head,
            "mark": group.mark,
        }
        for key, group in style.GROUPS.items()
    ]


def _statuses() -> Rows:
    return [
        {
            "key": key,
            "label": line.label,
            "words": STATUSES[key],
            "dashes": line.dashes,
            "mark": line.mark,
            "widths": [style.width(key, sources) for sources in range(1, 5)],
        }
        for key, line in style.LINES.items()
    ]


def _predicates(drawn: Graph) -> Rows:
    used = (statement.predicate for statement in drawn.statements.values())
    return [
        {
            "key": key,
            "label": row.label,
            "inverse": row.inverse_label or f"{row.label} (reversed)",
            "definition": row.definition,
            "influence": row.influence,
            "sign": row.sign,
            **reasoning_words(row),
        }
        for key in _used(used, drawn.words.predicates)
        for row in [drawn.words.relation(key)]
    ]


def _topics(drawn: Graph) -> Rows:
    used = (statement.topic for statement in drawn.statements.values())
    defined = drawn.words.topics
    return [
        {
            "key": key,
            "label": style.topic_words(key, drawn.words),
            "words": defined[key].definition if key in defined else "",
        }
        for key in _used(used, defined)
    ]


def _methods(drawn: Graph) -> Rows:
    statements = drawn.statements.values()
    methods = (row.method for statement in statements for row in statement.evidence)
    designs = (source.study_type for source in drawn.sources.values())
    return [
        {"key": key, "label": style.method_words(key, drawn.words) or "not stated"}
        for key in _used((*methods, *designs), drawn.words.methods, "")
    ]


def change_words(row: Category | None) -> dict[str, str]:
    """What is said of a rise and a fall of what has a category, where that is its own."""
    if row is None:
        return {}
    told = {"raised": row.raised, "lowered": row.lowered, "amount": row.amount}
    usual = {"raised": PLAIN[1], "lowered": PLAIN[-1], "amount": "{}"}
    return {key: value for key, value in told.items() if value != usual[key]}


def reasoning_words(row: Predicate) -> dict[str, Any]:
    """What a predicate makes of two quantities; what it does not is left out.

    >>> from trabecula.vocabulary import PREDICATES
    >>> reasoning_words(PREDICATES["deficiency_of"])
    {'kind': 'names', 'state': 'lack'}
    """
    told = {
        "kind": row.kind,
        "state": row.state,
        "structure": row.structure,
        "symmetric": row.symmetric,
    }
    return {key: value for key, value in told.items() if value}


def _used(keys: Iterable[str], ordered: Iterable[str] = (), *more: str) -> list[str]:
    """The keys that occur, those of a table in its order and the others sorted after them."""
    occurring = {*keys, *more}
    table = [key for key in ordered if key in occurring]
    return [*table, *sorted(occurring.difference(table))]


def _colours(shown: Look | Tint) -> dict[str, list[str]]:
    return {
        "colours": [shown.fill, shown.line],
        "dark": [shown.dark_fill, shown.dark_line],
    }
