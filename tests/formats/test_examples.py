"""The small files of others in `tests/data/formats/`, which docs/formats/ shows commands for."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from trabecula.cli import main

ROOT = Path(__file__).parents[2]
PAGES = ("ontologies.md", "rdf-of-others.md", "indra-and-go-cam.md")
#: File -> format, nodes, statements, signs (+ − · ¬), papers.
EXAMPLES = {
    "bone.obo": ("obo", 3, 2, "+ 0  − 1  · 1  ¬ 0", 2),
    "associations.ttl": ("ttl", 2, 2, "+ 0  − 1  · 0  ¬ 1", 3),
    "indra.json": ("indra", 4, 2, "+ 1  − 0  · 1  ¬ 0", 2),
    "gocam.yaml": ("gocam", 7, 4, "+ 1  − 0  · 3  ¬ 0", 2),
}


def _run(command: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(ROOT)
    _, *arguments = shlex.split(command.partition("|")[0])
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_in_with_its_figures(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form, nodes, statements, signs, papers = EXAMPLES[name]
    output = _run(f"trabecula convert tests/data/formats/{name} --report", monkeypatch)
    assert f"read as {form}: " in output
    assert f"{nodes} nodes · {statements} statements" in output
    assert f"{papers} papers" in output
    assert f"signs  {signs}" in output


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs/formats" / page).read_text("utf-8")
    commands = re.findall(r"(?m)^trabecula .*$", text)
    assert commands
    for command in commands:
        assert _run(command, monkeypatch)
