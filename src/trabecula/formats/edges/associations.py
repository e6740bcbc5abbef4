"""Tables of Biolink's associations between commas or semicolons, which are no KGX but say the same.

A direction of the object is a sign, and what else narrows an edge is part of its meaning: as in
`mapping.biolink`, whose slots the columns are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from trabecula.mapping import Edge, Item, Reading, biolink

_ENDS: Final = ("subject", "predicate", "object")


def are_there(names: list[str]) -> bool:
    """Whether the columns are those of associations, of which some narrow or found an edge.

    >>> are_there(["subject", "predicate", "object", "object_direction_qualifier"])
    True
    """
    slots = set(map(biolink.slot, names))
    return slots.issuperset(_ENDS) and any(
        s in biolink.PRIMARY[:2] or (biolink.is_qualifier(s) and s != "qualifier") for s in slots
    )


def maker(reading: Reading, names: list[str]) -> Callable[[int, list[str]], Iterator[Item]]:
    """What makes the edges of a row."""
    slots_of = [biolink.slot(name) for name in names]

    def row(number: int, cells: list[str]) -> Iterator[Item]:
        slots = {name: biolink.texts(cell) for name, cell in zip(slots_of, cells, strict=True)}
        ends = [biolink.first(slots, name) for name in _ENDS]
        if not all(ends):
            what = "the edge has no subject, predicate or object"
            reading.wrong(str(number), what, "write all three of them")
            return
        negated = biolink.negation(slots)
        if negated is None:
            reading.wrong(str(number), "`negated` says neither true nor false", "write one of them")
            return
        signs, qualifiers = biolink.meaning(slots)
        cited, rest = biolink.citation(slots)
        for name in dict.fromkeys(rest):
            reading.left("column", name, f"line {number}")
        own = biolink.ours(slots)
        for sign in (None,) if own else signs:
            yield Edge(
                subject=ends[0],
                predicate=own or ends[1],
                object=ends[2],
                sign=sign,
                negated=negated,
                qualifiers=qualifiers,
                citations=(cited,) if cited else (),
                place=f"line {number}",
            )

    return row
