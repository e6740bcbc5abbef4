"""Records in columns are the same records in the page, key by key and in the same order."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from trabecula.graph import Graph
from trabecula.page import payload
from trabecula.page.columnar import in_columns

ROOT = Path(__file__).parents[2]

UNLIKE: list[list[dict[str, Any]]] = [
    [],
    [{}],
    [{"a": 1}, {}, {"b": [], "a": 0}],
    [{"a": 1, "b": 2}, {"b": 1, "a": 2}],  # no one order
    [{"a": None}, {"a": 1}],
    [{"a": [{"b": []}, {"b": [{"c": ""}], "d": False}]}, {"a": []}, {"e": {"a": [1]}}],
    [{"__proto__": 1, "constructor": [{"__proto__": {}}], "length": 2, "columns": {}}],
    [{"a": "x"}, {"a": [{"b": 1}]}],
]


def restored(tables: list[Any]) -> Any:
    """What the page makes of tables in columns, as text, so that the order of keys counts."""
    script = """
      import { inRows } from "./frontend/src/columns.js";
      import { readFileSync } from "node:fs";
      const tables = JSON.parse(readFileSync(0, "utf8"));
      process.stdout.write(JSON.stringify(tables.map((table) => JSON.stringify(inRows(table)))));
    """
    node = ["scripts/node", "--input-type=module", "-e", script]
    run = subprocess.run(
        node, cwd=ROOT, input=json.dumps(tables), capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def written(rows: Any) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def test_columns_are_the_rows_that_they_were_made_of(tiny: Graph, shipped: Graph) -> None:
    rng = random.Random(5)  # noqa: S311
    values: list[Any] = [0, "", "text", [], [1, 2], {"a": [{"b": None}]}, [{"c": 1}, {}], False]
    made = [
        [{key: rng.choice(values) for key in "abcdef" if rng.random() < 0.6} for _ in range(9)]
        for _ in range(200)
    ]
    records = [[payload.statement(g, s, 9) for s in g.statements.values()] for g in (tiny, shipped)]
    entities = [payload.entity(entity) for entity in shipped.entities.values()]
    tables = [*UNLIKE, *made, *records, entities]
    assert restored([in_columns(rows) for rows in tables]) == [written(rows) for rows in tables]
