"""Records of a page column by column, which compress to less than record by record do.

`frontend/src/columns.js` makes records of them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def in_columns(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as columns, in which null stands where a row has no such key.

    A column that holds lists of rows is those rows in columns, and how many each row has. What
    could not be told apart again, null from a missing key or one order of keys from another,
    stays rows.

    >>> in_columns([{"a": 1, "b": [{"c": 2}, {"c": 3}]}, {"a": 4}])["columns"]["b"]
    {'counts': [2, None], 'rows': {'length': 2, 'columns': {'c': [2, 3]}}}
    >>> in_columns([{"a": None}])
    [{'a': None}]
    """
    keys = _keys(rows)
    if keys is None or any(value is None for row in rows for value in row.values()):
        return list(rows)
    columns = {key: _column([row.get(key) for row in rows]) for key in keys}
    return {"length": len(rows), "columns": columns}


def _column(cells: list[Any]) -> Any:
    there = [cell for cell in cells if cell is not None]
    if not all(isinstance(cell, list) and all(isinstance(x, dict) for x in cell) for cell in there):
        return cells
    counts = [None if cell is None else len(cell) for cell in cells]
    return {"counts": counts, "rows": in_columns([row for cell in there for row in cell])}


def _keys(rows: Sequence[Mapping[str, Any]]) -> list[str] | None:
    """All keys in an order that each row keeps; None where there is none such at first sight."""
    keys: list[str] = []
    for shape in dict.fromkeys(map(tuple, rows)):
        at = 0
        for key in shape:
            if key not in keys:
                keys.insert(at, key)
            elif keys.index(key) < at:
                return None
            at = keys.index(key) + 1
    return keys
