"""The notebook of the documentation shows what its cells give."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest


def _notebook() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "notebook", Path(__file__).with_name("notebook.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


notebook = _notebook()


def test_the_outputs_are_what_the_cells_give() -> None:
    assert notebook.actual() == notebook.NOTEBOOK.read_text("utf-8"), "run scripts/update-docs"


def test_a_cell_that_fails_is_no_output(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "source": ["1 / 0"], "outputs": []}
    (tmp_path / "n.ipynb").write_text(json.dumps({"cells": [cell]}), "utf-8")
    with pytest.raises(ZeroDivisionError):
        notebook.actual(tmp_path / "n.ipynb")
