"""The graph of a curated folder as it was read before, from the user's cache.

The key is what it follows from: every byte of the folder, and every byte of the code and of the
tables in this package. So nothing goes stale, and the graph is the same with the cache and without
it. Records are kept as they stand in a graph, as JSON, without the fields that say nothing, and
with them the columns that a card or a list asks for; a statement or a source becomes a record when
it is looked at. Of what was asked of them when they were read first nothing is asked again.
"""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast, overload

from trabecula import about, cache
from trabecula.columns import Coded, Columns
from trabecula.graph import Graph
from trabecula.model import Effect, Entity, Evidence, Review, Source, Statement, Xref
from trabecula.numbered import Numbered
from trabecula.vocabulary import words_of

_T = TypeVar("_T")

#: Graphs that are kept: those used last.
MOST: Final = 4
#: What the records of a folder follow from in this package.
_CODE: Final = (".py", ".tsv", ".json")
_PACKAGE: Final = Path(__file__).parent


def graph(folder: Path, read: Callable[[], tuple[Graph, bool]]) -> Graph:
    """The graph of a folder; `read` reads it, and says whether nothing of it was left out.

    What was read is kept only where the folder is afterwards what it was before.
    """
    path = _path(folder)
    body = cache.read(path) if path else None
    if body is not None:
        held = loads(body)
    else:
        held, whole = read()
        if not (path and whole and _path(folder) == path):
            return held
        cache.write(path, dumps(held), MOST)
    held.kept = path
    return held


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


def _files(folder: str, ends: tuple[str, ...], before: str = "") -> Iterator[tuple[str, bytes]]:
    """The files below a folder whose names end so, in the order of their names, with all bytes."""
    with os.scandir(folder) as entries:
        inside = sorted(entries, key=attrgetter("name"))
    for entry in inside:
        if entry.is_dir():
            if entry.name != "__pycache__" and not entry.is_symlink():
                yield from _files(entry.path, ends, f"{before}{entry.name}/")
        elif entry.name.endswith(ends):
            with open(entry.path, "rb", buffering=0) as stream:  # noqa: PTH123  # of hundreds of files
                yield f"{before}{entry.name}", stream.readall()


# --- What is kept -----------------------------------------------------------------------------
#
# A line of JSON with what every question needs, the entities among it; then a line for each
# statement and one for each source, which are read when somebody asks for it.


def dumps(graph: Graph) -> bytes:
    """The records of a graph, in its order, and its columns."""
    columns = graph.columns
    document = {
        "about": about.render(graph.about),
        "entities": [_filled_fields(record) for record in graph.entities.values()],
        "numbered": columns.entities,
        "statements": tuple(columns.ids),
        "sources": tuple(graph.sources),
        "groups": dict(columns.groups),
        "spaces": dict(graph.spaces),
        "words": {name: getattr(columns, name).names for name in _WORDS},
        "codes": {name: getattr(columns, name).codes.tolist() for name in _WORDS},
        "columns": {name: getattr(columns, name).tolist() for name in _NUMBERS},
        "ends": [columns.subjects.tolist(), columns.objects.tolist()],
    }
    records = map(_filled_fields, (*graph.statements.values(), *graph.sources.values()))
    return b"\n".join(map(_json, (document, *records)))


def loads(body: bytes) -> Graph:
    """The graph that `dumps` was given."""
    head, *lines = body.split(b"\n")
    document = json.loads(head)
    ids, sources = document["statements"], document["sources"]
    statements = _Lines(lines[: len(ids)], _statement)
    entities = {fields["id"]: _entity(fields) for fields in document["entities"]}
    says = about.read(document["about"], "about")
    columns = Columns(
        tuple(document["numbered"]),
        Numbered(statements, ids),
        cast("tuple[Statement, ...]", statements),
        _ById(sources, _Lines(lines[len(ids) :], _source)),
        words_of(says),
        {key: entity.category for key, entity in entities.items()},
    )
    subjects, objects = document["ends"]
    vars(columns).update(
        _ends=(array("i", subjects), array("i", objects)),
        groups=document["groups"],
    )
    for name in _WORDS:
        names, codes = document["words"][name], document["codes"][name]
        vars(columns)[name] = Coded(tuple(names), array("i", codes))
    for name, kind in _NUMBERS.items():
        vars(columns)[name] = array(kind, document["columns"][name])
    loaded = Graph.of_columns(says, entities, columns)
    vars(loaded)["spaces"] = MappingProxyType(document["spaces"])
    return loaded


#: The columns that are kept: those of words, and the others with what their numbers are.
_WORDS: Final = ("predicates", "topics")
_NUMBERS: Final = {
    "negated": "b", "signs": "b", "statuses": "b", "sayable": "b", "supporting": "i",
    "disputing": "i",
}  # fmt: skip


class _Lines(Sequence[_T]):
    """Records by number, each made of its line when it is first asked for."""

    def __init__(self, lines: list[bytes], make: Callable[[dict[str, Any]], _T]) -> None:
        self._lines, self._make = lines, make
        self._made: list[_T | None] = [None] * len(lines)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, number: int) -> _T: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, number: int | slice) -> _T | tuple[_T, ...]:
        if isinstance(number, slice):
            return self._all[number]
        record = self._made[number]
        if record is None:
            record = self._made[number] = self._make(json.loads(self._lines[number]))
        return record

    def __iter__(self) -> Iterator[_T]:
        return iter(self._all)

    @cached_property
    def _all(self) -> tuple[_T, ...]:
        return tuple(map(self.__getitem__, range(len(self))))


class _ById(Mapping[str, _T]):
    """Records by id, in their order."""

    def __init__(self, ids: Sequence[str], records: Sequence[_T]) -> None:
        self._records = records
        self._numbers = {key: number for number, key in enumerate(ids)}

    def __getitem__(self, key: str) -> _T:
        return self._records[self._numbers[key]]

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


# --- Records as JSON --------------------------------------------------------------------------


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _filled_fields(record: Any) -> dict[str, Any]:
    """The fields of a record that say something, by name."""
    kind: Any = type(record)
    filled = {}
    for name, default in _defaults(kind):
        value = getattr(record, name)
        if value != default:
            filled[name] = _plain(value)
    return filled


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | bool) else _filled_fields(value)


@lru_cache
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(kind))  # `MISSING` equals nothing


def _entity(fields: dict[str, Any]) -> Entity:
    if "xrefs" in fields:
        fields["xrefs"] = tuple(Xref(**xref) for xref in fields["xrefs"])
    if "synonyms" in fields:
        fields["synonyms"] = tuple(fields["synonyms"])
    return Entity(**fields)


def _source(fields: dict[str, Any]) -> Source:
    for name in ("authors", "xrefs"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return Source(**fields)


def _statement(fields: dict[str, Any]) -> Statement:
    if "qualifiers" in fields:
        fields["qualifiers"] = _context(fields["qualifiers"])
    if "evidence" in fields:
        fields["evidence"] = tuple(map(_evidence, fields["evidence"]))
    if "reviews" in fields:
        fields["reviews"] = tuple(Review(**review) for review in fields["reviews"])
    return Statement(**fields)


def _evidence(fields: dict[str, Any]) -> Evidence:
    if "context" in fields:
        fields["context"] = _context(fields["context"])
    if "effect" in fields:
        fields["effect"] = Effect(**fields["effect"])
    return Evidence(**fields)


def _context(pairs: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in pairs)
