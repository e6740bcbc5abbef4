"""Slots of nodes and edges: those that are treated each in its way, and how cells hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final

from trabecula.mapping import biolink

ENDS: Final = ("subject", "predicate", "object")
#: Slots that hold one text, in which a bar is only a bar.
WHOLE: Final = frozenset(("name", "description", "supporting_text", "id"))

_OF_NODES: Final = (
    "id",
    "category",
    "name",
    "description",
    "in_taxon",
    "synonym",
    "xref",
    "same_as",
)
_OF_EDGES: Final = ("id", "subject", "predicate", "object", "negated", "publications",
                    "primary_knowledge_source", "knowledge_level", "agent_type")  # fmt: skip
#: The columns that come first, by table.
FIRST: Final = {"nodes": _OF_NODES, "edges": _OF_EDGES}

#: What edges alone say of their ends, behind `subject_` and `object_`, best first.
OF_AN_END: Final = MappingProxyType(
    {"name": ("name", "label"), "category": ("category",), "taxon": ("taxon",)}
)
OF_ENDS: Final = frozenset(
    f"{end}_{name}"
    for end in ("subject", "object")
    for names in OF_AN_END.values()
    for name in names
)


def describes_ends(names: Iterable[str]) -> bool:
    """Whether a table of edges says of their ends what else a table of nodes does."""
    return not OF_ENDS.isdisjoint(names)


def slots_of(
    names: Sequence[str], places: Iterable[int], cells: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """The slots in these cells; in a text, a bar is only a bar."""
    return {
        names[at]: (cells[at].strip(),) if names[at] in WHOLE else biolink.texts(cells[at])
        for at in places
        if cells[at].strip()
    }
