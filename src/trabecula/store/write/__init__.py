"""From records on their way to the folder of a store.

Identifiers are sorted first, which gives every entity and source its number; then statements go
through in portions of neighbouring subjects: each is sorted, statements of one meaning become one
with the evidence of all, and its rows go to the tables and arrays. What is in memory is a portion,
the identifiers, and a few numbers for each statement: which portion it is in, and adjacency while
that is sorted.

`draft` is what is known meanwhile; `entities` with `search`, `sources`, `statements` with
`evidence` and `adjacency` write one after the other; `tables` are what they write to.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from trabecula import about as about_toml
from trabecula import progress, writing
from trabecula.model import Review, Statement
from trabecula.regular import regular
from trabecula.store import layout, stored
from trabecula.store.columns import columns_of
from trabecula.store.counting import tallies
from trabecula.store.incoming import Incoming
from trabecula.store.stored import Stored
from trabecula.store.write import adjacency, entities, sources, statements
from trabecula.store.write.draft import Draft
from trabecula.store.write.tables import Table


def write(incoming: Incoming, folder: Path, inputs: Sequence[str]) -> dict[str, Any]:
    """Write the store of all records that came in into an empty folder; its manifest comes back.

    Raises `FormatError` for what no graph can hold, `OSError` where it cannot be written.
    """
    draft = _draft(incoming, folder)
    entities.write(draft)
    sources.write(draft)
    statements.write(draft)
    adjacency.write(draft)
    _write_predicates(draft)
    manifest = {**_manifest(draft, inputs), "files": _checksums(folder)}
    manifest["tallies"] = tallies(columns_of(stored.unchecked(folder, manifest)))
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    writing.write_through(folder / layout.MANIFEST, text.encode())
    stored.remember(folder, stored.stamps_of(folder, manifest["files"]))
    writing.sync(folder / layout.ARRAYS)
    writing.sync(folder)
    return manifest


def passing(incoming: Incoming, folder: Path) -> Stored:
    """The records that came in, merged and in order, as the part of a store that holds records.

    It is for a while: it has no tables, names and digests, no statement is found by its id or its
    ends or has a status, and its files have no checksums. Raises as `write` does.
    """
    draft = _draft(incoming, folder)
    entities.write_records(draft)
    sources.write_records(draft)
    incoming.forget()
    layout.tidy_up()
    statements.write_records(draft)
    files: dict[str, Any] = {
        path.relative_to(folder).as_posix(): {} for path in folder.rglob("*.npy")
    }
    return stored.unchecked(folder, {**_manifest(draft, ()), "files": files})


def _draft(incoming: Incoming, folder: Path) -> Draft:
    """The draft of what came in, all of it."""
    layout.arrow()
    incoming.close()
    return Draft.of(incoming, folder)


def _manifest(draft: Draft, inputs: Sequence[str]) -> dict[str, Any]:
    """What a manifest says of records, apart from their files."""
    incoming = draft.incoming
    return {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "made_by": layout.MADE_BY,
        "about": about_toml.values(incoming.about),
        "counts": draft.counts,
        "predicates": draft.predicates,
        "topics": draft.topics,
        "categories": draft.categories,
        "prefixes": sorted(draft.prefixes),
        "reviews": {
            identifier: [[each.date, each.kind, each.reader, each.rows] for each in sorted(some)]
            for identifier, some in sorted(_reviews(draft).items())
        },
        "inputs": list(inputs),
    }


def _reviews(draft: Draft) -> dict[str, set[Review]]:
    """The reviews by the ids that their statements have in the words of this graph."""
    reviews: dict[str, set[Review]] = {}
    for (subject, predicate, end, qualifiers, negated), some in draft.incoming.reviews.items():
        statement = Statement(
            subject=subject, predicate=predicate, object=end, qualifiers=qualifiers, negated=negated
        )
        reviews.setdefault(regular(statement, draft.words).id, set()).update(some)
    return reviews


def _write_predicates(draft: Draft) -> None:
    """Write the table of the predicates that statements have."""
    rows = [draft.words.relation(name) for name in draft.predicates]
    schema = layout.schemas()["predicates"]
    table = Table(draft.folder, "predicates")
    columns = {name: [getattr(row, name) for row in rows] for name in schema.names}
    columns["name"] = list(draft.predicates)
    table.write(lambda: columns)
    table.close()


def _checksums(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and checksum of every file, by its path in the folder; all of them reach the disk."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with progress.phase("checksums"), ThreadPoolExecutor(2) as pool:
        sums = list(pool.map(_checksum, paths))
    return {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": checksum}
        for path, checksum in zip(paths, sums, strict=True)
    }


def _checksum(path: Path) -> str:
    with path.open("r+b") as stream:  # some systems bring only what is written to the disk
        os.fsync(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest()
