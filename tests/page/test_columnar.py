"""Records are told in columns where columns can tell them, and that is less."""

from __future__ import annotations

import json
from typing import Any

import pytest

from trabecula.compressed import gzipped
from trabecula.graph import Graph
from trabecula.page import payload
from trabecula.page.columnar import in_columns


def written(rows: Any) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "rows", [[{"a": 1, "b": 2}, {"b": 1, "a": 2}], [{"a": None}, {"a": 1}]], ids=["order", "null"]
)
def test_rows_that_columns_could_not_tell_stay_rows(rows: list[dict[str, Any]]) -> None:
    assert in_columns(rows) == rows


def test_records_of_the_shipped_graph_are_smaller_in_columns(shipped: Graph) -> None:
    rows = [payload.statement(shipped, statement, 9) for statement in shipped.statements.values()]
    small, large = (gzipped(written(records)) for records in (in_columns(rows), rows))
    assert len(small) < len(large)
