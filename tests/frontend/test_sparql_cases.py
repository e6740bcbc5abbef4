"""What the page says of queries and answers is what Python says: the cases are those of today."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
from pathlib import Path
from types import ModuleType

from trabecula.graph import Graph

ROOT = Path(__file__).parents[2]


def _cases() -> ModuleType:
    place = Path(__file__).with_name("sparql_cases.py")
    spec = importlib.util.spec_from_file_location("sparql_cases", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sparql_cases = _cases()


def agreement(cases: Path) -> tuple[list[str], int]:
    """Which tests of the page fail on these cases, and how many there are."""
    done = subprocess.run(
        [ROOT / "scripts/node", "--test-reporter=tap", "test/sparql-agreement.test.js"],
        cwd=ROOT / "frontend",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "TRABECULA_SPARQL_CASES": str(cases)},
    )
    failed = re.findall(r"^ *not ok (?:.*\n)+? *\.\.\.$", done.stdout, re.MULTILINE)
    (passed,) = re.findall(r"^# pass (\d+)$", done.stdout, re.MULTILINE)
    return failed, int(passed)


def test_the_cases_are_what_python_says_today() -> None:
    # Where this fails, run `python tests/frontend/sparql_cases.py` and look at what is different.
    assert sparql_cases.CASES.read_text("utf-8") == sparql_cases.file()


def test_the_page_agrees_with_python_on_the_cases_that_are_kept() -> None:
    failed, passed = agreement(sparql_cases.CASES)
    assert failed == []
    assert passed == 9


def test_the_page_agrees_with_python_on_cases_made_at_random(
    covering: Graph, tmp_path: Path
) -> None:
    made = sparql_cases.random_cases(covering, seed=5, count=600)
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    failed, passed = agreement(path)
    assert failed == []
    assert passed == 9
