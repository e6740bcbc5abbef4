"""The graph of a curated folder as it was read before, from the user's cache.

The key is what it follows from: every byte of the folder, and every byte of the code and of the
tables in this package. So nothing goes stale, and the graph is the same with the cache and without
it. Records are kept as they stand in a graph, as JSON, without the fields that say nothing; of what
was asked of them when they were read first nothing is asked again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from trabecula import about, cache
from trabecula.graph import Graph
from trabecula.model import Effect, Entity, Evidence, Review, Source, Statement, Xref

#: Graphs that are kept: those used last.
MOST: Final = 4
#: What the records of a folder follow from in this package.
_CODE: Final = (".py", ".tsv", ".json")
_PACKAGE: Final = Path(__file__).parents[1]


def graph(folder: Path, read: Callable[[], tuple[Graph, bool]]) -> Graph:
    """The graph of a folder; `read` reads it, and says whether nothing of it was left out.

    What was read is kept only where the folder is afterwards what it was before.
    """
    path = _path(folder)
    body = cache.read(path) if path else None
    if body is not None:
        found = loads(body)
    else:
        found, whole = read()
        if not (path and whole and _path(folder) == path):
            return found
        cache.write(path, dumps(found), MOST)
    found.kept = path
    return found


def _path(folder: Path) -> Path | None:
    """The file for what is in a folder now, which need not be there."""
    home = cache.folder("graphs")
    if home is None:
        return None
    key = hashlib.sha256()
    try:
        for root, ends in ((folder, ("",)), (_PACKAGE, _CODE)):
            for name, data in _files(str(root), ends):
                key.update(b"%d %d %b" % (len(name), len(data), os.fsencode(name)))
                key.update(data)
    except OSError:
        return None
    return home / f"{key.hexdigest()}.json"


def _files(root: str, ends: tuple[str, ...]) -> Iterable[tuple[str, bytes]]:
    """The files below a folder whose names end so, sorted, and what is in them."""
    for place, below, names in os.walk(root, onerror=_refuse):
        below[:] = sorted(set(below) - {"__pycache__"})
        for name in sorted(names):
            if name.endswith(ends):
                path = os.path.join(place, name)  # noqa: PTH118  # of hundreds of files
                with open(path, "rb") as stream:  # noqa: PTH123
                    yield os.path.relpath(path, root), stream.read()


def _refuse(error: OSError) -> None:
    raise error


# --- Records as JSON --------------------------------------------------------------------------


def dumps(graph: Graph) -> bytes:
    """The records of a graph, in its order."""
    document = {
        "about": about.render(graph.about),
        "entities": [_said(record) for record in graph.entities.values()],
        "sources": [_said(record) for record in graph.sources.values()],
        "statements": [[key, _said(record)] for key, record in graph.statements.items()],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def loads(body: bytes) -> Graph:
    """The graph that `dumps` was given."""
    document = json.loads(body)
    return Graph.of_order(
        about.read(document["about"], "about"),
        {said["id"]: _entity(said) for said in document["entities"]},
        {said["id"]: _source(said) for said in document["sources"]},
        {key: _statement(said) for key, said in document["statements"]},
    )


def _said(record: Any) -> dict[str, Any]:
    """The fields of a record that say something, by name."""
    kind: Any = type(record)
    found = {}
    for name, default in _defaults(kind):
        value = getattr(record, name)
        if value != default:
            found[name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | bool) else _said(value)


@lru_cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(kind))  # `MISSING` equals nothing


def _entity(said: dict[str, Any]) -> Entity:
    if "xrefs" in said:
        said["xrefs"] = tuple(Xref(**xref) for xref in said["xrefs"])
    if "synonyms" in said:
        said["synonyms"] = tuple(said["synonyms"])
    return Entity(**said)


def _source(said: dict[str, Any]) -> Source:
    for name in ("authors", "xrefs"):
        if name in said:
            said[name] = tuple(said[name])
    return Source(**said)


def _statement(said: dict[str, Any]) -> Statement:
    if "qualifiers" in said:
        said["qualifiers"] = _context(said["qualifiers"])
    if "evidence" in said:
        said["evidence"] = tuple(map(_evidence, said["evidence"]))
    if "reviews" in said:
        said["reviews"] = tuple(Review(**review) for review in said["reviews"])
    return Statement(**said)


def _evidence(said: dict[str, Any]) -> Evidence:
    if "context" in said:
        said["context"] = _context(said["context"])
    if "effect" in said:
        said["effect"] = Effect(**said["effect"])
    return Evidence(**said)


def _context(said: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in said)
