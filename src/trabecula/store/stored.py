"""The folder of a store, opened: its manifest, its arrays mapped into memory, its tables.

All files are opened at once, so that who reads keeps the store that was there when the reading
began, whatever takes its place. A file that is not as it was when it was last looked through is
looked through again: what does not have the checksum of the manifest is not read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from trabecula import about as about_toml
from trabecula import progress, writing
from trabecula.errors import FormatError, Problem
from trabecula.model import About, Review
from trabecula.store import arrays, layout
from trabecula.store.arrays import Texts
from trabecula.store.ids import Ids
from trabecula.store.incoming import MEANING, TEXTS, Incoming, Meaning, Numbers, context_of, how_of

#: How often opening is tried again while another store takes the place of the one at hand.
_TRIES: Final = 5
#: Statements that go from one store into another at once.
_BATCH: Final = 1 << 20


@dataclass(eq=False)
class Stored:
    """An open store; arrays and tables are asked for by name."""

    folder: Path
    manifest: dict[str, Any]
    signature: str  # changes whenever the store does
    stamp: list[int]  # of its manifest
    maps: dict[str, Any] = field(repr=False)  # bytes of tables, and arrays, by path

    def array(self, name: str) -> Numbers:
        """An array of numbers."""
        values: Numbers = self.maps[f"{layout.ARRAYS}/{name}.npy"]
        return values

    def has(self, name: str) -> bool:
        """Whether there is an array of numbers with this name."""
        return f"{layout.ARRAYS}/{name}.npy" in self.maps

    def let_go(self) -> None:
        """Give back the memory of all arrays until they are asked for again."""
        for values in self.maps.values():
            arrays.let_go(values)

    def view(self, name: str) -> Any:
        """An array that gives plain ints."""
        return arrays.view(self.array(name))

    def texts(self, name: str) -> Texts:
        """A column of texts."""
        return Texts(self.array(f"{name}.bytes"), self.array(f"{name}.first"))

    @cached_property
    def ids(self) -> Ids:
        """The ids of the statements."""
        digest = partial(self.array, "statements.digest")
        return Ids(self.count("statements"), digest, partial(self.view, "statements.by_digest"))

    def table(self, name: str) -> Any:
        """A table, as `pyarrow.parquet.ParquetFile`."""
        pa = layout.arrow()
        from pyarrow import parquet

        return parquet.ParquetFile(pa.BufferReader(self.maps[f"{name}.parquet"]))

    @cached_property
    def about(self) -> About:
        """What the graph says of itself."""
        return about_toml.parsed(self.manifest["about"], str(self.folder / layout.MANIFEST))

    @cached_property
    def reviews(self) -> dict[str, tuple[Review, ...]]:
        """The reviews of statements, by their ids."""
        return layout.reviews_of(self.manifest)

    @cached_property
    def tallies(self) -> dict[str, Counter[str]] | None:
        """What was counted when the store was made; None where another version counted it.

        What some counts go by, such as which methods are primary, is in the program.
        """
        tallies = self.manifest.get("tallies")
        if not isinstance(tallies, dict) or self.manifest.get("made_by") != layout.MADE_BY:
            return None
        return {name: Counter(counts) for name, counts in tallies.items()}

    def is_there(self) -> bool:
        """Whether the folder still holds the store that was opened, and not one loaded since."""
        with suppress(OSError):
            return stamp(self._manifest.stat()) == self.stamp
        return False

    @cached_property
    def rdf(self) -> Mapping[str, Path]:
        """Where each kind of RDF is or would be, which is looked at before each question too."""
        return {mode: self.folder / layout.RDF / mode for mode in layout.RDF_MODES}

    @cached_property
    def _manifest(self) -> Path:
        """Where the manifest is, which is looked at before each question in SPARQL."""
        return self.folder / layout.MANIFEST

    def count(self, name: str) -> int:
        """How many there are of what, by the manifest."""
        return int(self.manifest["counts"][name])


def opened(path: Path | str) -> Stored:
    """The store in a folder.

    Raises `FormatError` for one of another version and for one that is damaged, `OSError` where it
    cannot be read.
    """
    folder = Path(path)
    for attempt in range(_TRIES):
        try:
            return _opened(folder)
        except FileNotFoundError as error:
            if attempt == _TRIES - 1:
                raise arrays.damaged(error.filename or str(folder), "it is missing") from error
    raise AssertionError


def unchecked(folder: Path, manifest: dict[str, Any]) -> Stored:
    """A store whose files have just been written, before its manifest is."""
    maps = {}
    for name in manifest["files"]:
        with (folder / name).open("rb") as stream:
            maps[name] = _mapped(folder, name, stream.fileno())
    return Stored(folder, manifest, "", [], maps)


def _opened(folder: Path) -> Stored:
    here = os.open(folder, os.O_RDONLY)
    try:
        manifest, text, written = _manifest(folder, here)
        descriptors: dict[str, int] = {}
        try:
            for name in manifest["files"]:
                try:
                    descriptors[name] = os.open(name, os.O_RDONLY, dir_fd=here)
                except OSError as error:
                    raise OSError(error.errno, error.strerror, str(folder / name)) from error
            _verify(folder, here, manifest, descriptors)
            maps = {
                name: _mapped(folder, name, descriptor) for name, descriptor in descriptors.items()
            }
        finally:
            for descriptor in descriptors.values():
                os.close(descriptor)
    finally:
        os.close(here)
    try:
        return Stored(folder, manifest, hashlib.sha256(text).hexdigest(), written, maps)
    except (KeyError, TypeError, ValueError) as error:
        raise arrays.damaged(str(folder / layout.MANIFEST), f"{error}") from error


def _manifest(folder: Path, here: int) -> tuple[dict[str, Any], bytes, list[int]]:
    """The manifest, once it is one of this version, its bytes and its stamp."""
    where = str(folder / layout.MANIFEST)
    descriptor = os.open(layout.MANIFEST, os.O_RDONLY, dir_fd=here)
    with os.fdopen(descriptor, "rb") as stream:
        text, written = stream.read(), stamp(os.fstat(descriptor))
    try:
        manifest = json.loads(text)
        is_manifest = isinstance(manifest, dict) and manifest.get("format") == layout.FORMAT
    except ValueError as error:
        raise arrays.damaged(where, f"it is no JSON: {error}") from error
    if not is_manifest:
        raise arrays.damaged(where, "it is no manifest of a store")
    version = manifest.get("version")
    if version != layout.VERSION:
        made = f", written by {manifest['made_by']}" if "made_by" in manifest else ""
        what = f"this is a store of version {version}{made}; this trabecula reads {layout.VERSION}"
        fix = "load the graph anew: trabecula load … -o …"
        raise FormatError([Problem("store-version", where, what, fix)])
    names = manifest.get("files")
    sound = isinstance(names, dict) and all(
        isinstance(file, dict) and isinstance(file.get("bytes"), int) and _inside(name)
        for name, file in names.items()
    )
    wanted = {f"{name}.parquet" for name in layout.TABLES}
    if not sound or not wanted <= set(names) or not isinstance(manifest.get("counts"), dict):
        raise arrays.damaged(where, "it names no files of a store")
    return manifest, text, written


def _inside(name: str) -> bool:
    """Whether a file lies in the folder of the store, as all that are written do."""
    parts = Path(name).parts
    return ".." not in parts and not Path(name).is_absolute() and len(parts) in (1, 2)


def _verify(folder: Path, here: int, manifest: dict[str, Any], descriptors: dict[str, int]) -> None:
    """See to it that all files are as they were written; only those that were touched are read."""
    stamps = {name: stamp(os.fstat(descriptor)) for name, descriptor in descriptors.items()}
    try:
        with os.fdopen(os.open(layout.SEEN, os.O_RDONLY, dir_fd=here), "rb") as stream:
            seen = json.load(stream)
    except (OSError, ValueError):
        seen = {}
    files = manifest["files"]
    fresh = [n for n in stamps if not isinstance(seen, dict) or seen.get(n) != stamps[n]]
    for name, descriptor in descriptors.items():
        size = os.fstat(descriptor).st_size
        if size != files[name]["bytes"]:
            what = f"it has {size:,} bytes and not {files[name]['bytes']:,}"
            raise arrays.damaged(str(folder / name), what)
    if not fresh:
        return
    with progress.phase("looking through the store"):
        for name in fresh:
            with os.fdopen(os.dup(descriptors[name]), "rb") as stream:
                stream.seek(0)
                if hashlib.file_digest(stream, "sha256").hexdigest() != files[name].get("sha256"):
                    what = "its checksum is not that of the manifest"
                    raise arrays.damaged(str(folder / name), what)
    with suppress(OSError):  # a store that may only be read is looked through each time
        remember(folder, stamps)


def stamp(status: os.stat_result) -> list[int]:
    """What changes where a file is written to."""
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def remember(folder: Path, stamps: dict[str, list[int]]) -> None:
    """Write down how the files are that have been looked through."""
    writing.write_atomically(folder / layout.SEEN, json.dumps(stamps).encode())


def stamps_of(folder: Path, names: Iterable[str]) -> dict[str, list[int]]:
    """How files of a folder are now."""
    return {name: stamp((folder / name).stat()) for name in names}


def _mapped(folder: Path, name: str, descriptor: int) -> Any:
    where = str(folder / name)
    if name.endswith(".npy"):
        return arrays.mapped(descriptor, where)
    import mmap

    try:
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    except ValueError as error:
        raise arrays.damaged(where, "it is empty") from error


def into(stored: Stored, incoming: Incoming) -> None:
    """Take all records of a store on their way into another one."""
    incoming.flush()
    incoming.abouts.append(stored.about)
    ids, cited = stored.texts("entities.id"), stored.texts("sources.id")
    entity = np.array([incoming.entities.code(identifier) for identifier in ids], np.int32)
    source = np.array([incoming.sources.code(identifier) for identifier in cited], np.int32)
    for codes, where, texts in (
        (entity, incoming.described, stored.texts("entities.record")),
        (source, incoming.cited, stored.texts("sources.record")),
    ):
        for number, code in enumerate(codes.tolist()):
            text = texts.raw(number)
            if text:
                where.add(code, text)
    contexts, hows = stored.texts("contexts"), stored.texts("hows")
    maps = {
        "subject": entity,
        "object": entity,
        "predicate": _codes(incoming.predicates, stored.manifest["predicates"]),
        "topic": _codes(incoming.topics, stored.manifest["topics"]),
        "qualifiers": _codes(
            incoming.contexts, [context_of(contexts.raw(n)) for n in range(len(contexts))]
        ),
    }
    for identifier, reviews in stored.reviews.items():
        incoming.reviews.setdefault(_meaning(stored, identifier), set()).update(reviews)
    how = _codes(incoming.hows, [how_of(hows.raw(n)) for n in range(len(hows))])
    columns = {name: stored.array(f"statements.{name}") for name in (*maps, "negated")}
    first = stored.array("statements.evidence")
    texts_of = {name: stored.texts(f"evidence.{name}") for name in TEXTS}
    for start in range(0, len(first) - 1, _BATCH):
        taken = slice(start, start + _BATCH)
        sizes = np.diff(first[start : start + _BATCH + 1])
        pieces = slice(int(first[start]), int(first[start]) + int(sizes.sum()))
        rows = {name: maps[name][columns[name][taken]] for name in maps}
        incoming.batch(
            {**rows, "negated": columns["negated"][taken]},
            sizes,
            {
                "source": source[stored.array("evidence.source")[pieces]],
                "how": how[stored.array("evidence.how")[pieces]],
            },
            {name: _part(texts, pieces) for name, texts in texts_of.items()},
        )


def _meaning(stored: Stored, identifier: str) -> Meaning:
    """What the statement with an id means."""
    number = stored.ids.number(identifier)
    place = {name: int(stored.array(f"statements.{name}")[number]) for name in MEANING}
    return (
        stored.texts("entities.id")[place["subject"]],
        stored.manifest["predicates"][place["predicate"]],
        stored.texts("entities.id")[place["object"]],
        context_of(stored.texts("contexts").raw(place["qualifiers"])),
        bool(place["negated"]),
    )


def _codes(codes: Any, values: Iterable[Any]) -> Numbers:
    return np.array([codes.code(value) for value in values], np.int32)


def _part(texts: Texts, taken: slice) -> tuple[memoryview, Numbers]:
    """The bytes of some texts, joined, and the size of each."""
    first = texts.first[taken.start : taken.stop + 1]
    return arrays.view(texts.data)[int(first[0]) : int(first[-1])], np.diff(first)
