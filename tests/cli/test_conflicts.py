"""`trabecula conflicts`: what is printed, and exit codes."""

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
    return CliRunner().invoke(main, ["conflicts", *arguments], catch_exceptions=False)


def finding(source: str, age: str = "") -> Evidence:
    context = (("age", age), ("dose", f"that of {source}")) if age else ()
    summary = f"Seen by {source}."
    return Evidence(
        source=source, strength="direct", species="rat", context=context, summary=summary
    )


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A direct conflict about y, one about z that depends on the age."""
    lines = [
        Statement(subject="x", predicate=p, object=o, evidence=(finding(s, age),))
        for p, o, s, age in (
            ("increases", "y", "a", ""),
            ("inhibits", "y", "b", ""),
            ("increases", "z", "a", "young"),
            ("decreases", "z", "b", "adult"),
        )
    ]
    target = tmp_path / "graph.json"
    formats.write(Graph([*lines, Source(id="a"), Source(id="b")]), target)
    return str(target)


def test_the_text_has_both_sides_and_what_tells_them_apart(path: str) -> None:
    result = run("--graph", path)
    assert result.exit_code == 0
    assert result.output == (
        "Direct (1): nothing stated tells the sides apart\n"
        "  x → y\n"
        "    + x increases y\n"
        "      a (rat)\n"
        "    − x inhibits y\n"
        "      b (rat)\n"
        "\n"
        "Depends on where one looks (1): no conflict, for what the sides state of the interval, state or context differs\n"
        "  x → z\n"
        "    + x increases z\n"
        "      a (rat)\n"
        "    − x decreases z\n"
        "      b (rat)\n"
        "    differs: age: young | adult\n"
        "    in words: dose: that of a | that of b\n"
        "\n"
        "1 conflict: 1 direct\n"
        "  beside 1 effect that depends on where one looks\n"
        "  What one rank of evidence decides over another is no conflict; see trabecula explain.\n"
    )


def test_evidence_shows_what_each_source_says(path: str) -> None:
    output = run("--graph", path, "--only", "direct", "-e").output
    assert "      Seen by a. (a, no date · direct · rat)\n" in output


def test_only_and_fail_on_choose_by_kind(path: str) -> None:
    codes = {
        ("direct",): run("--graph", path, "--fail-on", "direct").exit_code,
        ("indirect",): run("--graph", path, "--fail-on", "indirect").exit_code,
        ("depends", "only"): run(
            "--graph", path, "--only", "depends", "--fail-on", "direct"
        ).exit_code,
    }
    assert codes == {("direct",): 1, ("indirect",): 0, ("depends", "only"): 0}


def test_json_has_the_evidence_of_both_sides(path: str) -> None:
    values = json.loads(run("--graph", path, "--json").output)
    assert values["whole"] is True
    direct, depends = values["conflicts"]
    assert [direct["kind"], direct["start"], direct["end"]] == ["direct", "x", "y"]
    assert [row["source"] for row in direct["one"]["evidence"]] == ["a"]
    assert depends["context"] == [{"key": "age", "one": ["young"], "other": ["adult"]}]
    assert depends["other"]["sources"] == ["b"]


def test_markdown_is_headings_and_lists(path: str) -> None:
    lines = run("--graph", path, "-f", "md", "--only", "direct").output.splitlines()
    assert lines[:5] == [
        "## Direct (1): nothing stated tells the sides apart",
        "",
        "- x → y",
        "  - \\+ x increases y",
        "    - a (rat)",
    ]


def test_no_conflict_is_no_finding(tmp_path: Path) -> None:
    formats.write(Graph(), tmp_path / "empty.json")
    result = run("--graph", str(tmp_path / "empty.json"), "--fail-on", "direct")
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "no conflicts")


def test_the_article_is_spoken_of_where_there_is_one(path: str, tmp_path: Path) -> None:
    examined = tmp_path / "examined.json"
    article = Source(id="article", kind="article", title="What they say")
    formats.write(Graph([*formats.read(path), article]), examined)
    assert "what only the article claims" in " ".join(run("--graph", str(examined)).output.split())
    assert "article" not in run("--graph", path).output
