"""DOT, for Graphviz: categories as shapes, signs as arrowheads, statuses as line styles.

Written only. `dot -Tsvg graph.dot -o graph.svg` draws it.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.mapping.joined import in_words
from trabecula.standing import sayable

#: The shape of each category.
SHAPES: Final = MappingProxyType(
    {
        "chemical": "ellipse",
        "protein": "box",
        "complex": "box3d",
        "cell": "octagon",
        "anatomy": "house",
        "material": "component",
        "process": "cds",
        "function": "parallelogram",
        "exposure": "invtriangle",
        "intervention": "invhouse",
        "test": "note",
        "trait": "hexagon",
        "condition": "diamond",
        "food": "egg",
        "population": "folder",
    }
)
# Blue arrow, vermilion T-bar, grey: told apart by colour-blind readers and in print.
_SIGNS = {1: ("normal", "#0072B2"), -1: ("tee", "#D55E00"), 0: ("none", "#666666")}
_STYLES = {
    "supported": "solid",
    "contested": "dashed",
    "refuted": "dashed",
    "title-only": "solid",
    "asserted-only": "dotted",
    "no-evidence": "dotted",
}


def render(graph: Graph) -> bytes:
    """The graph in DOT, from left to right."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    yield "digraph trabecula {"
    yield "  rankdir=LR;"
    yield '  node [fontname="Helvetica"];'
    yield '  edge [fontname="Helvetica", fontsize=10];'
    for key, entity in graph.entities.items():
        shape = SHAPES.get(entity.category, "plain")
        shown = _list(label=entity.name, shape=shape, tooltip=entity.category)
        yield f"  {_quoted(key)} [{shown}];"
    for statement in graph.statements.values():
        ends = f"{_quoted(statement.subject)} -> {_quoted(statement.object)}"
        yield f"  {ends} [{_list(**_attributes(statement, graph))}];"
    yield "}"


def _attributes(statement: Statement, graph: Graph) -> dict[str, str]:
    known = graph.words.relation(statement.predicate)
    status = graph.status(statement)
    head, colour = _SIGNS[graph.words.sign_of(statement)]
    words = [known.label]
    if statement.negated:
        words.insert(0, "not:")
    if statement.qualifiers:
        words.append(f"({in_words(statement.qualifiers)})")
    if status == "refuted":
        words.append("(refuted)")
    elif not sayable(statement.evidence):
        words.append("(denied)")
    if head == "none" and not known.symmetric:
        head = "vee"
    both = {"dir": "both", "arrowtail": head} if known.symmetric else {}
    return {
        "id": statement.id,
        "label": " ".join(words),
        "arrowhead": head,
        **both,
        "color": colour,
        "style": _STYLES[status],
        "tooltip": status,
    }


def _list(**attributes: str) -> str:
    shown = (
        f"{name}={_text(value) if name in ('label', 'tooltip') else _quoted(value)}"
        for name, value in attributes.items()
    )
    return ", ".join(shown)


def _quoted(text: str) -> str:
    """A quoted id: only the quotation mark is escaped, and a backslash before one."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(text: str) -> str:
    """Text as Graphviz shows it: backslashes and HTML entities would mean something there."""
    return _quoted(text.replace("&", "&amp;"))
