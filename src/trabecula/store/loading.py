"""Loading: files of any readable format, as a stream, into a store; all or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from trabecula import folders, formats, outputs, writing
from trabecula.characters import visible
from trabecula.errors import OutputError
from trabecula.leftover import Leftovers
from trabecula.mapping import AS_IT_IS, Options, Report, beside
from trabecula.store import kgx, layout, stored, write
from trabecula.store.incoming import Incoming
from trabecula.store.stored import Stored
from trabecula.uncollected import uncollected


@uncollected
def load(
    sources: Sequence[Path | str],
    target: Path | str,
    format: str | None = None,  # noqa: A002
    *,
    append: bool = False,
    options: Options = AS_IT_IS,
    reports: list[Report] | None = None,
) -> dict[str, Any]:
    """Load files into a store; its manifest comes back.

    What is there already is replaced once the new store is whole, and kept where anything goes
    wrong; with `append` it becomes part of the new one. `reports` gets the figures of each file.
    Raises `OutputError` where `target` is something else than a store, and as `formats.read` does.
    """
    target = outputs.target(target)
    outputs.guard(target, map(Path, sources), overwrite=None)
    place = Path(os.path.realpath(target))
    _refuse_others(place, target)
    inputs = [str(Path(source)) for source in sources]
    if append and not layout.is_store(place):
        raise OutputError(f"there is no store to append to at {target}; load without --append")
    seen = place.stat().st_ino if place.exists() else 0
    with _naming(target), writing.staged_folder(place.parent) as work:
        rows, made = work / "rows", work / "store"
        rows.mkdir()
        made.mkdir()
        incoming = Incoming(rows)
        if append:
            before = stored.opened(place)
            inputs = [*before.manifest["inputs"], *inputs]
            stored.into(before, incoming)
        for source in _without_nodes_of([Path(source) for source in sources], format):
            report = Report(counting=False)
            _take(incoming, source, format, options, report)
            if reports is not None:
                reports.append(report)
        manifest = write.write(incoming, made, inputs)
        shutil.rmtree(rows)
        _put(made, place, target, seen if append else None)
    return manifest


@uncollected
def passing(source: Path, folder: Path, options: Options, report: Report) -> Stored:
    """What tables of KGX hold, as a store for a while; see `write.passing`.

    Raises as `load` does.
    """
    rows, made = folder / "rows", folder / "store"
    rows.mkdir()
    made.mkdir()
    incoming = Incoming(rows)
    _take(incoming, source, "kgx", options, report)
    layout.tidy_up()
    return write.passing(incoming, made)


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Let an error of a stream, such as a full disk, name the store."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, error.strerror or str(error), str(target)) from error
        raise


def _without_nodes_of(sources: list[Path], form: str | None) -> list[Path]:
    """The files without tables of nodes that are read with those of edges, which are there too."""
    with_edges = {
        nodes
        for source in sources
        if beside.kind(source.name) == "edges"
        and (nodes := beside.partner(source)) in sources
        and _reads_nodes_beside(source, form)
    }
    return [source for source in sources if source not in with_edges]


def _reads_nodes_beside(source: Path, form: str | None) -> bool:
    what = formats.FORMATS.get(form or "") or formats.guess(source)
    return bool(what.pair) or what.name == "edges"


def _take(
    incoming: Incoming, source: Path, form: str | None, options: Options, report: Report
) -> None:
    """Take the records of one file, or of a store; by the short way where there is one."""
    if layout.is_store(source):
        stored.into(stored.opened(source), incoming)
        return
    name = form or formats.guess(source).name
    report.left = Leftovers()
    if name != "kgx" or not kgx.take(incoming, source, options, report):
        left = report.left
        incoming.take(formats.read(source, name, left=left, options=options, report=report))
    report.left.warn(str(source))


def _refuse_others(place: Path, target: Path) -> None:
    """Raise `OutputError` for a file, and for a folder that is neither empty nor a store."""
    if not place.exists():
        return
    what = "" if place.is_dir() else "is a file"
    if not what and not layout.is_store(place) and any(place.iterdir()):
        what = "holds other things than a store"
    if not what and layout.is_store(place):
        own = {*layout.FILES, layout.ARRAYS, layout.RDF, layout.SEARCH}
        others = sorted(path.name for path in place.iterdir() if path.name not in own)
        others = [name for name in others if not writing.is_leftover(name)]
        what = f"holds {visible(others[0], 60)}, which is no part of a store" if others else ""
    if what:
        raise OutputError(f"{target} {what}; name a new folder, such as big.trabecula")


def _put(made: Path, place: Path, target: Path, appended_to: int | None) -> None:
    """Let the new store take the place of what is there, in one step where the system can.

    What was appended to has to be there still: else what came meanwhile would be lost.
    """
    made.chmod(writing.permitted(0o777))
    if not place.exists():
        try:
            made.rename(place)
        except OSError as error:
            if not place.exists():
                raise
            what = f"{target} was written by another program meanwhile; try again"
            raise OutputError(what) from error
    else:
        _refuse_others(place, target)
        if appended_to not in (None, place.stat().st_ino):
            raise OutputError(f"{target} was written by another program meanwhile; try again")
        _take_place(made, place)
    writing.sync(place.parent)
    with suppress(OSError):
        writing.sync(place)


def _take_place(made: Path, place: Path) -> None:
    """Exchange the new store with the old one, or move the one away and then the other there."""
    try:
        folders.exchange(made, place)
    except OSError:
        old = made.with_name("old")
        place.rename(old)
        try:
            made.rename(place)
        except OSError:
            old.rename(place)
            raise
