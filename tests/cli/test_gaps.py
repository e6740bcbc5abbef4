"""`trabecula gaps`: what is printed, and how much of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trabecula import formats
from trabecula.cli import main
from trabecula.graph import Graph
from trabecula.model import Evidence, Source, Statement


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["gaps", *arguments], catch_exceptions=False)


@pytest.fixture
def path(tmp_path: Path) -> str:
    rows = (("v", "direct", "a", "rat"), ("w", "title-only", "t", ""))
    lines = [
        Statement(
            subject="u",
            predicate="increases",
            object=end,
            evidence=(Evidence(source=source, strength=strength, species=species),),
        )
        for end, strength, source, species in rows
    ]
    target = tmp_path / "graph.json"
    formats.write(Graph([*lines, Source(id="a"), Source(id="t", title="On w")]), target)
    return str(target)


def test_the_text_says_what_hangs_on_what(path: str) -> None:
    assert run("--graph", path).output == (
        "Statements that rest on one source, or on none that was read (1)\n"
        "  u increases w\n"
        "    1 open conclusion on it; title-only: t\n"
        "\n"
        "Links that nobody has written (0)\n"
        "\n"
        "Sources read by title only that decide the status of a statement (1)\n"
        "  t: On w\n"
        "    1 open conclusion on it; decides: u increases w\n"
        "\n"
        "Statements with support, but none from humans (1)\n"
        "  u increases v\n"
        "    no open conclusion on it; found in: rat\n"
        "\n"
        "Statements that alone hold two parts of the graph together (0)\n"
        "  2 others hold one entity each\n"
        "\n"
        "Entities without a statement (0)\n"
        "\n"
        "How it is counted\n"
        "  A conclusion about two quantities is open where it is suggested, conceivable, contested or cannot\n"
        "    be said. It hangs on a statement of the two that it rests on, and on one that all chains of two\n"
        "    steps pass that it rests on.\n"
    )


def test_the_limit_says_what_it_leaves_out(tmp_path: Path) -> None:
    ends = [f"v{number}" for number in range(1_300)]
    lines = [Statement(subject="u", predicate="increases", object=end) for end in ends]
    formats.write(Graph(lines), tmp_path / "many.json")
    output = run("--graph", str(tmp_path / "many.json"), "--only", "thin", "-n", "1").output
    assert "(1,300)" in output
    assert "  … and 1,299 more; --limit shows them\n" in output
    assert "Sources" not in output


def test_json_has_all_of_the_kinds_asked_for(path: str) -> None:
    values = json.loads(run("--graph", path, "--only", "unread", "-n", "1", "--json").output)
    assert list(values) == ["chains", "ends", "unread"]
    assert [(gap["source"], gap["hanging"]) for gap in values["unread"]] == [("t", 1)]


def test_markdown_is_headings_and_lists(path: str) -> None:
    lines = run("--graph", path, "--only", "unread", "-f", "md").output.splitlines()
    assert lines[2:4] == ["- t: On w", "  - 1 open conclusion on it; decides: u increases w"]


def test_the_expectations_of_the_shipped_graph_are_counted() -> None:
    values = json.loads(run("--only", "thin", "--json").output)
    assert max(gap["expectations"] for gap in values["thin"]) > 0


def test_a_graph_that_is_not_there_is_told() -> None:
    result = run("--graph", "missing.ttl")
    assert (result.exit_code, "missing.ttl: no such file or folder" in result.output) == (2, True)


def test_a_statement_without_evidence_rests_on_no_source(tmp_path: Path) -> None:
    asserted = Evidence(source="article", strength="asserted")
    bare, claimed = (
        Statement(subject="u", predicate="increases", object=end, evidence=rows)
        for end, rows in (("v", ()), ("w", (asserted,)))
    )
    formats.write(Graph([bare, claimed]), tmp_path / "graph.json")
    lines = run("--only", "thin", "--graph", str(tmp_path / "graph.json")).output.splitlines()
    # On what the article alone says nothing hangs.
    assert lines[:4] == [
        "Statements that rest on one source, or on none that was read (1)",
        "  u increases v",
        "    1 open conclusion on it; no-evidence: no source",
        "",
    ]
