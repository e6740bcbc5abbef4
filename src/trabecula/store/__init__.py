"""Graphs too large for memory, in a folder on the disk; `docs/store.md` says what lies in it.

`loading.load` reads files of any format into a store as a stream, `opening.opened` gives the graph
that lies in one: a `Graph` whose records are read where they are asked for, and which answers from
arrays. `load` below gives either that or a graph in memory, whatever a path holds.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trabecula import kept, shipped
from trabecula.files import named
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.store.layout import is_store
from trabecula.uncollected import uncollected

if TYPE_CHECKING:
    from trabecula.mapping import Options, Report

__all__ = ["has_columns", "is_store", "load"]

#: Bytes of a file from which on columns repay the start of Arrow.
LARGE: Final = 1 << 20


def has_columns(source: Path) -> bool:
    """Whether a graph is worth being written by columns: a store, and a large file with pyarrow."""
    if is_store(source):
        return True
    large = source.is_file() and source.stat().st_size >= LARGE
    return large and find_spec("pyarrow") is not None


def load(
    source: Path | str | None = None,
    format: str | None = None,  # noqa: A002
    *,
    left: Leftovers | None = None,
    options: Options | None = None,
    report: Report | None = None,
) -> Graph:
    """The graph in a file, in a curated folder or in a store; the shipped graph without a name.

    A store, as `trabecula load` makes it, is not read: its records are fetched where they are asked
    for. Of a file, what the model has no place for is counted and named in `left`; where none is
    given, it becomes `LeftOut` warnings. Raises `VocabularyError` for a format that is unknown or
    only written, `FormatError` for what is not as its format requires, `OSError` where it cannot
    be read, `TypeError` and `ValueError` for what can be no name.

    >>> import trabecula as tb
    >>> tb.load().get("PTH").name
    'parathyroid hormone'
    """
    source = None if source is None else named(source)
    if format is None and source is not None and is_store(source):
        from trabecula.store.opening import opened

        return opened(source)
    if source is None and format is None and report is None:
        return _shipped(left)
    from trabecula import formats
    from trabecula.mapping import AS_IT_IS

    return formats.load(
        source, format, left=left, options=AS_IT_IS if options is None else options, report=report
    )


@uncollected
def _shipped(left: Leftovers | None) -> Graph:
    """The shipped graph, without what only reading its tables needs where it is kept."""

    def read() -> tuple[Graph, bool]:
        from trabecula.formats.reading import read_shipped

        return read_shipped(left)

    return kept.graph(shipped.graph(), read)
