"""The release folder: every format, what is derived, the page, a description, checksums."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from trabecula import cite, formats, shipped
from trabecula.errors import FormatError, TrabeculaError
from trabecula.graph import Graph
from trabecula.page.html import render as render_page
from trabecula.reason import derived
from trabecula.release import crate, void

NAME = "trabecula"
SUMS = "SHA256SUMS"
#: The file of what follows from the statements, in a named graph of its own.
DERIVED = f"{NAME}-derived.trig"


def build(graph: Graph, folder: Path, origin: Path | None = None) -> dict[str, str]:
    """Write the release of `graph` to `folder`; return the SHA-256 of each file by its path.

    `origin` is the curated folder that the graph was read from, if it was: its expectations go
    along.

    The folder is made beside its final place and moved there when it is complete. An existing
    folder is replaced only when it is empty or is itself a release, that is, when it holds
    nothing but the files its own checksums name. Raises `TrabeculaError` otherwise.
    """
    folder = Path(folder)
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".new"))
    try:
        digests = {}
        for name, data in contents(graph, origin):
            target = work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            digests[name] = hashlib.sha256(data).hexdigest()
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
        (work / SUMS).write_text(sums, encoding="utf-8", newline="\n")
        work.chmod(0o755)
        _put_in_place(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return dict(sorted(digests.items()))


def contents(graph: Graph, origin: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """The files of a release, by path within the folder; the checksums apart."""
    files: dict[str, bytes] = {}
    for form in formats.FORMATS.values():
        if form.writes and form.suffixes:
            files[f"{NAME}{form.suffixes[0]}"] = formats.render(graph, form.name)
    files[DERIVED] = derived.render(graph)
    files[f"{NAME}.html"] = render_page(graph).encode("utf-8")
    for name, text in _tables(graph).items():
        files[f"graph/{name}"] = text.encode("utf-8")
    if origin:
        for path in sorted((origin / "expectations").rglob("*")):
            if path.is_file():
                files[f"graph/{path.relative_to(origin).as_posix()}"] = path.read_bytes()
    for path in sorted(shipped.ontology().glob("*.t[ts][lv]")):
        files[f"ontology/{path.name}"] = path.read_bytes()
    files["CITATION.bib"] = cite.graph_bibtex().encode("utf-8")
    files["void.ttl"] = void.describe(graph, graph.about, files, NAME).encode("utf-8")
    files["ro-crate-metadata.json"] = crate.describe(graph.about, files).encode("utf-8")
    yield from sorted(files.items())


def _tables(graph: Graph) -> dict[str, str]:
    """The tables of the curated format; none for a graph that they cannot hold whole."""
    try:
        return formats.curated.checked_tables(graph)
    except FormatError:
        return {}


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise TrabeculaError(f"{folder} is no folder of its own; name another one")
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    if not present:
        return
    sums = folder / SUMS
    listed = {SUMS}
    if sums.is_file():
        listed |= {line.partition("  ")[2] for line in sums.read_text("utf-8").splitlines()}
    foreign = sorted(present - listed)
    if foreign:
        raise TrabeculaError(
            f"{folder} holds {foreign[0]}, which is not part of a release; name another folder"
        )


def _put_in_place(work: Path, folder: Path) -> None:
    """Exchange the old folder for the new one; on failure the old one is put back."""
    if not folder.exists():
        work.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".old"))
    folder.rename(old / "release")
    try:
        work.rename(folder)
    except BaseException:
        (old / "release").rename(folder)
        old.rmdir()
        raise
    shutil.rmtree(old)
