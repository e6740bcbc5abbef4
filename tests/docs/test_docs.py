"""The documentation is run: what it shows is what happens, and nothing is left out of it."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from trabecula.checks import CHECKS
from trabecula.cli import COMMANDS
from trabecula.formats import FORMATS

ROOT = Path(__file__).parents[2]


def _console() -> ModuleType:
    spec = importlib.util.spec_from_file_location("console", Path(__file__).with_name("console.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


console = _console()


@pytest.mark.slow
@pytest.mark.parametrize("page", console.pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_console_blocks_show_what_the_commands_print(page: Path) -> None:
    assert console.actual(page) == page.read_text("utf-8"), "run scripts/update-docs"


@pytest.mark.parametrize("page", console.pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", console.pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_files_of_the_repository_that_a_page_names_are_there(page: Path) -> None:
    folders = "benchmarks|docs|frontend|graph|ontology|scripts|src|tests"
    named = re.findall(rf"`((?:{folders})/[\w./-]+)`", page.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", console.pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_python_blocks_show_what_python_prints(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert doctest.testfile(str(page), module_relative=False).failed == 0


def test_the_examples_of_what_runs_the_console_blocks_are_what_it_gives() -> None:
    outcome = doctest.testmod(console)
    assert outcome.failed == 0
    assert outcome.attempted > 0


def test_the_readme_shows_python() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert doctest.DocTestParser().get_examples(text)[0].source == "import trabecula as tb\n"


def test_every_command_has_a_section() -> None:
    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"\n## {name}\n" not in text] == []


def test_every_format_is_described() -> None:
    text = (ROOT / "docs" / "formats.md").read_text("utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in text] == []


def test_every_check_is_described() -> None:
    text = (ROOT / "docs" / "problems.md").read_text("utf-8")
    assert [name for name in CHECKS if f"`{name}`" not in text] == []


def test_every_problem_code_has_an_anchor() -> None:
    """Codes are the literals given to `Problem(…)` and `row.wrong(…)`."""
    text = (ROOT / "docs" / "problems.md").read_text("utf-8")
    sources = "\n".join(p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(r'(?:Problem|\.wrong)\(\s*"([a-z0-9-]+)"', sources))
    assert {"no-evidence", "columns", "bad-curie"} <= codes
    assert sorted(code for code in codes if f"\n### {code}\n" not in text) == []
