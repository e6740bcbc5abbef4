"""The release folder: every format, what is derived, the page, a description, checksums."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from trabecula import cite, folders, formats, outputs, shipped
from trabecula.errors import FormatError
from trabecula.formats.rdf import derived
from trabecula.graph import Graph
from trabecula.model import About
from trabecula.page.html import render as render_page
from trabecula.release import crate, void
from trabecula.release.uses import uses

SUMS = "SHA256SUMS"
#: The identifiers that were looked up in their ontologies, with their labels.
TERMS: Final = "ontology/terms.tsv"
#: What every release holds, and hardly another folder with checksums.
_MARKS: Final = ("void.ttl", "ro-crate-metadata.json")
#: The most characters that the files of a graph begin with.
_LONGEST: Final = 40
#: A line of checksums: the digest of a file, and its path within the folder.
_SUM: Final = re.compile(r"([0-9a-f]{64})  ([^/\\\0-\x1f][^\\\0-\x1f]*)")


def build(
    graph: Graph,
    folder: Path,
    origin: Path | None = None,
    *,
    name: str = "",
    overwrite: bool = False,
) -> dict[str, str]:
    """Write the release of `graph` to `folder`; return the SHA-256 of each file by its path.

    `origin` is the curated folder that the graph was read from, if it was: its expectations go
    along. The folder changes as a whole or not at all. One that exists is replaced only when it is
    empty or is itself a release, that is, when it holds nothing but the files that its own
    checksums name, each as it was written. Raises `OutputError` otherwise, which names what is in
    the way; with `overwrite` only files of the same names are replaced then.
    """
    folder = outputs.target(folder)
    folders.guard(folder, _judge, overwrite=overwrite)
    files = dict(contents(graph, origin, name))
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    files[SUMS] = sums.encode("utf-8")
    folders.write(folder, files, _judge, overwrite=overwrite)
    return digests


def contents(
    graph: Graph, origin: Path | None = None, name: str = ""
) -> Iterator[tuple[str, bytes]]:
    """The files of a release, by path within the folder; the checksums apart."""
    files: dict[str, bytes] = {}
    stem = stem_of(graph.about, name)
    for form in formats.FORMATS.values():
        if form.writes and form.suffixes and not form.extra:
            files[f"{stem}{form.suffixes[0]}"] = formats.render(graph, form.name)
    files[f"{stem}-derived.trig"] = derived.render(graph)
    files[f"{stem}.html"] = render_page(graph, title=cite.title(graph.about, name)).encode("utf-8")
    for table, text in _tables(graph).items():
        files[f"graph/{table}"] = text.encode("utf-8")
    if origin:
        for path in sorted((origin / "expectations").rglob("*")):
            if path.is_file():
                files[f"graph/{path.relative_to(origin).as_posix()}"] = path.read_bytes()
    files |= _ontology(graph)
    files["CITATION.bib"] = cite.graph_bibtex(graph.about, name).encode("utf-8")
    about = replace(graph.about, title=cite.title(graph.about, name))
    counts = uses(files[f"{stem}.nt"])
    files["void.ttl"] = void.describe(graph, about, counts, files, stem).encode("utf-8")
    files["ro-crate-metadata.json"] = crate.describe(about, files).encode("utf-8")
    yield from sorted(files.items())


def stem_of(about: About, name: str = "") -> str:
    """How the names of the files of a graph begin: its title up to a colon, or its own file's name.

    >>> stem_of(About(title="KRAS signalling: forty statements")), stem_of(About(), "my graph.json")
    ('kras-signalling', 'my-graph')
    >>> stem_of(About(title="骨"))
    'graph'
    """
    for words in (about.title.partition(":")[0], name.partition(".")[0]):
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
        stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].strip("-")
        if stem:
            return stem
    return "graph"


def _ontology(graph: Graph) -> dict[str, bytes]:
    """The files of the ontology; of the terms that were looked up those that entities name."""
    paths = sorted(shipped.ontology().glob("*.t[ts][lv]"))
    files = {f"ontology/{path.name}": path.read_bytes() for path in paths}
    entities = graph.entities.values()
    named = {key for e in entities for key in (e.id, *(xref.curie for xref in e.xrefs))}
    head, *rows = files.pop(TERMS).splitlines(keepends=True)
    terms = [row for row in rows if row.split(b"\t")[0].decode() in named]
    return files | ({TERMS: b"".join((head, *terms))} if terms else {})


def _tables(graph: Graph) -> dict[str, str]:
    """The tables of the curated format; none for a graph that they cannot hold whole."""
    try:
        return formats.curated.checked_tables([graph.about, *graph])
    except FormatError:
        return {}


def _judge(folder: Path) -> Callable[[str], str]:
    """What is in a folder and no part of a release that is as it was written."""
    sums, broken = _sums(folder)
    ours = not broken and all(sums.get(n) == folders.digest(folder / n) for n in _MARKS)

    def fault(name: str) -> str:
        path = folder / name
        if not ours or (name not in sums and name != SUMS) or path.is_symlink():
            return f"is not part of a release{broken}"
        if name != SUMS and folders.digest(path) != sums[name]:
            return "was changed since it was released"
        return ""

    return fault


def _sums(folder: Path) -> tuple[dict[str, str], str]:
    """The checksums of a release folder by file, and what is wrong with the list of them."""
    path = folder / SUMS
    if path.is_symlink() or not path.is_file():
        return {}, ""
    try:
        lines = path.read_bytes().decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return {}, f" ({SUMS} is not UTF-8)"
    matches = [_SUM.fullmatch(line) for line in lines]
    for number, match in enumerate(matches, start=1):
        if match is None or ".." in PurePosixPath(match[2]).parts:
            return {}, f" (line {number} of {SUMS} is no checksum of a file in it)"
    return {match[2]: match[1] for match in matches if match}, ""
