"""The table of edges of Cytoscape, which has both ends of an edge in one cell: `A (inhibits) B`."""

from __future__ import annotations

from collections.abc import Iterator

from trabecula.counted import counted
from trabecula.mapping import Reading
from trabecula.mapping.attribute_names import OF_CYTOSCAPE
from trabecula.mapping.delimited import Row, fitted

#: The columns that it is known by.
_NAMES = ("shared name", "shared interaction")
#: Columns that only Cytoscape itself needs.
OWN = OF_CYTOSCAPE | {"name"}


def is_of_cytoscape(names: list[str]) -> bool:
    """Whether these are the columns of a table of edges of Cytoscape."""
    return set(_NAMES) <= set(names)


def parted(names: list[str], table: Iterator[Row], sign: str, reading: Reading) -> Iterator[Row]:
    """The rows with the two ends of the edge in front, and without what only Cytoscape needs."""
    kept = [at for at, name in enumerate(names) if name not in OWN]
    for number, cells in table:
        whole = fitted(cells, sign, len(names))
        if whole is None:
            width = counted(len(names), "column")
            what = f"{counted(len(cells), 'cell')} in a table of {width}"
            reading.wrong(str(number), what, "quote cells that hold what separates cells")
            continue
        name, interaction = (whole[names.index(column)].strip() for column in _NAMES)
        ends = name.split(f" ({interaction}) ")
        if len(ends) == 2 and interaction:
            yield number, [*ends, *(whole[at] for at in kept)]
        else:
            what = f"{name!r:.60} does not tell its two ends apart by ({interaction:.40})"
            reading.wrong(str(number), what, "write it as: A (interaction) B")
