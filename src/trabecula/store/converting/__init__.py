"""KGX from tables of KGX, and from a store, a column at a time.

What a statement becomes is decided by what stands beside its ends and its sources, and of that
there is little that differs. So the first statement of each kind goes through `associations` and
the writer of the format, with marks where its own id, ends, sources and words stand; all others of
the kind get the same text with theirs. A statement that is several associations, or none, goes that
way by itself. So do entities, of which those with identifiers elsewhere go by themselves. What is
written is what a graph in memory gives, byte for byte, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from trabecula import formats, outputs, progress, writing
from trabecula.formats.writing import guard_other
from trabecula.mapping import AS_IT_IS, Options, Report, beside
from trabecula.store import kgx, layout, loading
from trabecula.store.converting.edges import Edges
from trabecula.store.converting.figures import count
from trabecula.store.converting.nodes import Nodes
from trabecula.store.opening import Store, opened

#: The formats that are written so, by the syntax of `formats.kgx`.
FORMATS: Final = {"kgx": "tsv", "kgx-jsonl": "jsonl"}


def reads(source: Path, form: str | None) -> bool:
    """Whether a source is read by columns: a store, or a plain table of KGX."""
    if form is None and layout.is_store(source):
        return True
    name = form or formats.guess(source).name
    return name == "kgx" and kgx.fits(source)


@contextmanager
def read(
    source: Path, folder: Path, options: Options = AS_IT_IS, report: Report | None = None
) -> Iterator[Store]:
    """The graph of a store; or that of tables of KGX, in `folder` until the end.

    `report` gets the figures that `formats.load` gives of such tables; raises as that does.
    """
    if layout.is_store(source):
        yield opened(source)
        return
    with writing.staged_folder(folder) as work:
        report = report or Report()
        report.counting = False
        store = Store(loading.passing(source, work, options, report))
        count(store, report)
        store.stored.let_go()
        layout.tidy_up()
        yield store


def writes(target: Path, form: str) -> bool:
    """Whether a file in this format is written by columns, with the other one of its pair."""
    return form in FORMATS and bool(beside.kind(target.name))


def write(store: Store, target: Path, form: str, *, overwrite: bool = False) -> None:
    """Write a store as a pair of files; raises as `formats.write` does."""
    if not overwrite:
        guard_other(target, formats.FORMATS[form])
    with progress.phase(f"writing {form}"):
        made = files_of(store, FORMATS[form])
        outputs.write_together({path: made[kind] for kind, path in beside.named(target).items()})


def files_of(store: Store, syntax: str) -> dict[str, Iterable[bytes | memoryview]]:
    """As `formats.kgx.files_of`, for `tsv` and `jsonl`, each file in parts."""
    return {"nodes": Nodes(store, syntax).written(), "edges": Edges(store, syntax).written()}
