"""The page in Firefox: another engine, driven by WebDriver BiDi, without a network."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report(shipped_page: Path) -> dict[str, Any]:
    """What came of doing in Firefox what a reader would do."""
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    assert firefox is not None, "Firefox is missing; scripts/test installs it"
    script = ROOT / "frontend" / "test-firefox" / "report.mjs"
    done = subprocess.run(
        [ROOT / "scripts" / "node", script, firefox, shipped_page],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=300,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    assert "failed" not in said, said["failed"]
    return said


def test_firefox_draws_the_three_views(report: dict[str, Any]) -> None:
    drawn = report["mechanism"]
    assert drawn["shown"].startswith(f"{drawn['lines']} statements, {drawn['boxes']} entities")
    assert report["rows"] == drawn["lines"]
    # A blank canvas has one colour; a drawn one has those of boxes, lines, letters and their edges.
    assert report["overview"] > 100


def test_search_selects_in_firefox_and_back_leads_back(report: dict[str, Any]) -> None:
    assert report["found"] == "calcitriol"
    assert report["address"] == "#entity=calcitriol"
    assert report["back"] == "calcitriol"


def test_firefox_answers_sparql_from_a_file(report: dict[str, Any]) -> None:
    assert "Yes" in report["answer"]


def test_firefox_reports_no_error_and_asks_for_nothing(report: dict[str, Any]) -> None:
    assert report["errors"] == []
    assert report["requests"] == []
