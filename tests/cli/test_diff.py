"""`trabecula diff`: what is printed, and exit codes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trabecula import formats
from trabecula.cli import main
from trabecula.cli.diff import FINDINGS
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.reason import diff as reason


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments], catch_exceptions=False)


@pytest.fixture
def paths(tmp_path: Path) -> tuple[str, str]:
    """A statement that comes to be disputed, and one that is new."""
    entities = [Entity(id=key, name=key.upper(), category="process") for key in "xyz"]
    row = Evidence(source="a", strength="direct", summary="It rose.")
    against = replace(row, source="b", stance="disputes", summary="It did not.")
    old = Statement(subject="x", predicate="increases", object="y", evidence=(row,))
    new = replace(old, evidence=(row, against))
    more = Statement(subject="y", predicate="inhibits", object="x", evidence=(row,))
    names = (tmp_path / "old.json", tmp_path / "new.json")
    formats.write(Graph([*entities, old, Source(id="a")]), names[0])
    formats.write(Graph([*entities, new, more, Source(id="a"), Source(id="b")]), names[1])
    return str(names[0]), str(names[1])


def test_the_text_has_conclusions_before_records(paths: tuple[str, str]) -> None:
    result = run(*paths)
    assert result.exit_code == 0
    heading, *lines = result.output.splitlines()
    assert heading == f"{paths[0]} → {paths[1]}"
    assert lines == [
        "  sources: 1 added",
        "  statements: 1 added",
        "  evidence: 1 added",
        "  conflicts: 1 added",
        "  loops: 1 added",
        "  statuses: 1 changed",
        "  connections: 2 changed",
        "",
        "Statuses changed (1)",
        "  X increases Y: supported → contested",
        "",
        "Conflicts, new (1)",
        "  direct: X → Y: a against b",
        "",
        "Feedback loops, new (1)",
        "  balancing: X → Y → X",
        "",
        "What is concluded of two (2)",
        "  X → Y: raises → contested +",
        "  Y → X: nothing → lowers",
        "",
        "Statements added (1)",
        "  Y inhibits X",
        "",
        "Evidence added (1)",
        "  b on X increases Y (disputes, direct)",
        "    It did not.",
        "",
        "Sources added (1)",
        "  b",
    ]


def test_the_same_version_twice_has_no_difference(paths: tuple[str, str]) -> None:
    result = run(paths[0], paths[0], *(f"--fail-on={name}" for name in FINDINGS))
    assert (result.exit_code, result.output.splitlines()[1]) == (0, "  no difference")


@pytest.mark.parametrize(
    ("backwards", "finding", "code"),
    [
        (False, "flipped", 1), (False, "conflict", 1), (False, "removed", 0), (False, "loop", 0),
        (False, "connection", 1), (False, "expectation", 0), (False, "verdict", 0),
        (True, "flipped", 1), (True, "conflict", 0), (True, "removed", 1), (True, "loop", 1),
        (True, "connection", 1),
    ],
)  # fmt: skip
def test_fail_on_names_what_is_a_finding(
    paths: tuple[str, str], backwards: bool, finding: str, code: int
) -> None:
    given = paths[::-1] if backwards else paths
    assert run(*given, "--fail-on", finding).exit_code == code


def test_the_choices_are_the_findings() -> None:
    assert tuple(reason.FINDINGS) == FINDINGS


def test_json_has_everything_whatever_the_limit(paths: tuple[str, str]) -> None:
    values = json.loads(run(*paths, "--json", "-n", "1").output)
    assert values["findings"] == ["flipped", "conflict", "connection"]
    assert [(flip["old"], flip["new"]) for flip in values["statuses"]] == [
        ("supported", "contested")
    ]
    assert values["connections"] == [
        {"about": ["x", "y"], "old": "raises", "new": "contested +"},
        {"about": ["y", "x"], "old": "nothing", "new": "lowers"},
    ]
    assert values["evidence"]["added"][0]["summary"] == "It did not."


def test_markdown_is_for_release_notes(paths: tuple[str, str]) -> None:
    output = run(*paths, "-f", "md").output
    assert "## Statuses changed (1)\n\n- X increases Y: supported → contested\n" in output


def test_a_revision_that_is_not_there_is_told(paths: tuple[str, str]) -> None:
    result = run("no-such-thing", paths[0])
    assert result.exit_code == 2
    assert "a git revision is written git:no-such-thing" in result.output
