"""What docs/content.md says has grown is what the shipped graph holds."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import trabecula as tb

PAGE = Path(__file__).parents[2] / "docs/content.md"


def _growth() -> ModuleType:
    path = Path(__file__).with_name("growth.py")
    spec = importlib.util.spec_from_file_location("growth", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_what_has_grown_is_that_of_the_graph() -> None:
    growth = _growth()
    told = growth.table(PAGE.read_text("utf-8"))
    assert told == "".join(growth.rows(tb.load())), "run scripts/update-docs"
