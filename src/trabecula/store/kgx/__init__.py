"""The short way for the tables of KGX: a column at a time, and each different value read once.

What a row of edges means is decided by what stands beside its ends and its papers, and of that
there is little that differs. So the first row of each kind goes through the reader of the format
(`formats.kgx`, `mapping`), and all other rows of that kind get what came out. So do all rows in
which anything is odd: quotation marks, another number of cells, a blank end, letters beyond ASCII.
Of nodes the plain ones are taken as they stand. What comes in is the same as by the long way, and a
test holds the two together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from trabecula import formats, progress
from trabecula.formats import kgx
from trabecula.mapping import Meanings, Options, Reading, Report, beside, biolink
from trabecula.mapping.prefixes import of_file
from trabecula.mapping.records import Mapper, note_nothing
from trabecula.store.incoming import Incoming
from trabecula.store.kgx import nodes
from trabecula.store.kgx.columns import header
from trabecula.store.kgx.edges import Edges
from trabecula.tidy import tidied

_ENDS: Final = ("subject", "predicate", "object")


def fits(path: Path) -> bool:
    """Whether this is a table of edges that is taken so: plain text, and not packed."""
    return bool(_names(path))


def _names(path: Path) -> list[str]:
    """The slots of a table of edges that is taken; none of another file."""
    names = header(path)
    papers = sum(name in biolink.PUBLICATIONS for name in names)
    has_nodes = kgx.describes_ends(names) and beside.partner(path) is None
    return names if set(_ENDS) <= set(names) and papers <= 1 and not has_nodes else []


def take(incoming: Incoming, path: Path, options: Options, report: Report) -> bool:
    """Take the records of a pair of tables, if this is a plain one: text, and not packed.

    False, and nothing taken, where it is something else that the format of KGX reads. Raises
    `FormatError` as `formats.read` does.
    """
    names = _names(path)
    if not names:
        return False
    form = formats.FORMATS["kgx"]
    report.format, report.description, report.mapped = form.name, form.description, True
    reading = Reading(path, report, options)
    mapper = Mapper(reading, Meanings("biolink", options.predicates))
    if options.prefixes:
        mapper.namer.extra.update(of_file(options.prefixes))
    of_nodes = beside.partner(path)
    if of_nodes is not None:
        with progress.phase(f"reading {of_nodes.name}"):
            nodes.take(incoming, mapper, reading, of_nodes)
    with progress.phase(f"reading {path.name}"):
        Edges(incoming, mapper, reading, names).take()
    reading.done()
    incoming.take(tidied(mapper.rest(), report.left, f"{path}: "))
    note_nothing(reading)
    return True
