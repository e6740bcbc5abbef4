"""The page in Firefox: another engine, driven by WebDriver BiDi, without a network."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report(shipped_page: Path, once: Callable[..., Path]) -> dict[str, Any]:
    """What came of doing in Firefox what a reader would do; done once for all workers."""
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    assert firefox is not None, "Firefox is missing; scripts/test installs it"
    script = ROOT / "frontend" / "test-firefox" / "report.mjs"

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8") as file:
            subprocess.run(
                [ROOT / "scripts" / "node", script, firefox, shipped_page],
                stdout=file,
                check=True,
                timeout=300,
            )

    told: dict[str, Any] = json.loads(once("firefox.json", write).read_text("utf-8"))
    assert "failed" not in told, told["failed"]
    return told


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
