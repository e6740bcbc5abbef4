"""Writing KGX: the two tables as text, as lines of JSON or in Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from trabecula import associations
from trabecula.associations import Slots
from trabecula.formats.kgx.slots import ENDS, FIRST, WHOLE
from trabecula.graph import Graph
from trabecula.mapping import parquet

_NEVER_PARTED: Final = WHOLE.union(ENDS)


def files_of(graph: Graph, syntax: str) -> dict[str, bytes]:
    """The pair: `nodes` and `edges` and the bytes of each, in `tsv`, `jsonl` or `parquet`."""
    tables = {"nodes": list(associations.nodes(graph)), "edges": list(associations.edges(graph))}
    return {kind: written(rows, kind, syntax) for kind, rows in tables.items()}


def written(rows: list[Slots], kind: str, syntax: str) -> bytes:
    """The bytes of `nodes` or of `edges`."""
    write = {"tsv": _table, "jsonl": _json_lines, "parquet": _parquet}[syntax]
    return write(rows, FIRST[kind])


def _table(rows: list[Slots], first: tuple[str, ...]) -> bytes:
    names = associations.columns(rows, first) or list(first)
    return "".join(f"{line}\n" for line in lines(rows, names)).encode("utf-8")


def _parquet(rows: list[Slots], first: tuple[str, ...]) -> bytes:
    """Lists are lists there and `negated` is a truth, as in JSON."""
    names = associations.columns(rows, first) or list(first)
    lists = {name for row in rows for name, value in row.items() if isinstance(value, tuple)}
    cells = ({name: _value(name, value) for name, value in row.items()} for row in rows)
    return parquet.written(cells, names, lists)


def lines(rows: Iterable[Slots], names: list[str]) -> Iterator[str]:
    """The lines of a table with these columns, without their ends."""
    yield "\t".join(names)
    for row in rows:
        yield row_of_table(row, names)


def row_of_table(row: Slots, names: Sequence[str]) -> str:
    """The line of a table."""
    return "\t".join([_cell(name, row.get(name, "")) for name in names])


def _cell(name: str, value: str | tuple[str, ...]) -> str:
    """A value between tabs; a bar inside of what may be a list would part it."""
    if isinstance(value, tuple):
        return "|".join(text.replace("|", "/") for text in value)
    return value if name in _NEVER_PARTED else value.replace("|", "/")


def _json_lines(rows: list[Slots], first: tuple[str, ...]) -> bytes:
    names = associations.columns(rows, first)
    return "".join([f"{row_of_json(row, names)}\n" for row in rows]).encode("utf-8")


def row_of_json(row: Slots, names: Sequence[str]) -> str:
    """The line of JSON."""
    return _as_json({name: _value(name, row[name]) for name in names if name in row})


#: Made once: `json.dumps` makes an encoder for each call.
_as_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _value(name: str, value: str | tuple[str, ...]) -> str | bool | list[str]:
    if name == "negated":
        return value == "true"
    return list(value) if isinstance(value, tuple) else value
