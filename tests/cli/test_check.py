"""`trabecula check` for people, for programs and for what shows problems at their lines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft4Validator

from trabecula import shipped
from trabecula.cli import main
from trabecula.formats import load, write
from trabecula.graph import Graph
from trabecula.model import Entity, Statement

#: The schema of OASIS, as Microsoft's @microsoft/jest-sarif (MIT) has it.
SCHEMA = json.loads((Path(__file__).parents[1] / "data/sarif/schema-2.1.0.json").read_text("utf-8"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def sarif(*arguments: str) -> dict:
    """What the command says in SARIF, which the schema allows."""
    told = json.loads(run(*arguments, "-f", "sarif").stdout)
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(told)] == []
    return told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A curated folder with a small part of the shipped graph."""
    write(load().select("near(calcitonin, 1)"), tmp_path / "g", "curated")
    return tmp_path / "g"


def spoil(folder: Path) -> tuple[Path, Path]:
    """Name an unknown entity in the second line of one table, and cut a row of another short."""
    misnamed, cut = sorted((folder / "statements").glob("*.tsv"))[:2]
    lines = misnamed.read_text("utf-8").split("\n")
    lines[1] = "no-such-entity" + lines[1][lines[1].index("\t") :]
    misnamed.write_text("\n".join(lines), "utf-8")
    cut.write_text(cut.read_text("utf-8") + "short\trow\n", "utf-8")
    entities = folder / "entities.tsv"
    rows = entities.read_text("utf-8").splitlines()
    entities.write_text("".join(f"{row}\n" for row in (*rows, rows[-1])), "utf-8")
    return misnamed, cut


def test_all_problems_of_a_folder_come_at_once_with_their_codes(folder: Path) -> None:
    misnamed, cut = spoil(folder)
    last = len(cut.read_text("utf-8").splitlines())
    rows = len((folder / "entities.tsv").read_text("utf-8").splitlines())
    result = run(str(folder), "--json")
    assert result.exit_code == 3
    told = {(row["code"], row["where"]) for row in json.loads(result.stdout)["problems"]}
    assert {
        ("unknown-entity", f"{misnamed}:2"),
        ("columns", f"{cut}:{last}"),
        ("duplicate-id", f"{folder / 'entities.tsv'}:{rows}"),
    } <= told  # fmt: skip


@pytest.mark.parametrize(
    ("name", "where", "what"),
    [
        ("none.ttl", "none.ttl", "No such file or directory"),
        ("a.xyz", "a.xyz", "unknown suffix '.xyz', and a beginning that tells no format"),
        ("empty", "empty/entities.tsv", "No such file or directory"),
    ],
)
def test_what_cannot_be_opened_is_a_finding_for_programs_and_an_error_for_people(
    name: str, where: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xyz").write_text("junk")
    Path("empty").mkdir()
    result = run(name, "--json")
    assert result.exit_code == 2
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["code"], problem["where"]) == ("not-read", where)
    assert problem["what"].startswith(what)
    assert what in result.stderr
    assert run(name).stdout == ""
    (log,) = sarif(name)["runs"]
    assert log["invocations"][0]["executionSuccessful"] is False


def test_sarif_of_a_folder_that_cannot_be_read_has_file_line_and_help(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    misnamed, _ = spoil(folder)
    monkeypatch.chdir(folder.parent)
    told = sarif("g")
    (only,) = told["runs"]
    assert only["invocations"][0]["executionSuccessful"] is False
    places = {
        (row["ruleId"], row["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
         row["locations"][0]["physicalLocation"]["region"]["startLine"])
        for row in only["results"]
    }  # fmt: skip
    assert ("unknown-entity", f"g/statements/{misnamed.name}", 2) in places
    rules = {rule["id"]: rule for rule in only["tool"]["driver"]["rules"]}
    assert rules["columns"]["help"]["markdown"] == shipped.problems()["columns"]
    assert all(
        only["tool"]["driver"]["rules"][row["ruleIndex"]]["id"] == row["ruleId"]
        for row in only["results"]
    )


def test_a_problem_of_a_record_is_at_its_row(folder: Path) -> None:
    (folder / "entities.tsv").write_text(
        (folder / "entities.tsv").read_text("utf-8") + "lonely\tlonely\tcell\t\t\t\t\n", "utf-8"
    )
    told = sarif(str(folder), "--only", "unused")
    last = len((folder / "entities.tsv").read_text("utf-8").splitlines())
    results = [
        (row["ruleId"], row["level"], place["artifactLocation"]["uri"], place["region"])
        for row in told["runs"][0]["results"]
        for place in [row["locations"][0]["physicalLocation"]]
    ]
    file = (folder / "entities.tsv").as_uri()
    assert ("unused-entity", "warning", file, {"startLine": last}) in results


def test_a_statement_of_a_folder_is_at_its_first_row(folder: Path) -> None:
    table = min((folder / "statements").glob("*.tsv"))
    rows = table.read_text("utf-8").splitlines()
    cells = rows[1].split("\t")
    cells[rows[0].split("\t").index("object")] = cells[0]  # of itself
    table.write_text("\n".join([rows[0], "\t".join(cells), *rows[2:]]) + "\n", "utf-8")
    told = sarif(str(folder), "--only", "domains", "--only", "mirrored")
    (at,) = [
        row["locations"][0]["physicalLocation"]
        for row in told["runs"][0]["results"]
        if row["ruleId"] == "self-statement"
    ]
    assert at == {"artifactLocation": {"uri": table.as_uri()}, "region": {"startLine": 2}}


def test_what_names_no_line_is_somewhere_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a b%ü.json"
    write(
        Graph(
            [
                Entity(id="x", name="x", category="cell"),
                Statement(subject="x", predicate="requires", object="x"),
            ]
        ),
        file,
    )
    (row, *_) = sarif(str(file), "--only", "evidence")["runs"][0]["results"]
    at = row["locations"][0]["physicalLocation"]
    assert at == {"artifactLocation": {"uri": file.as_uri()}}


def test_a_sound_graph_has_no_results_and_says_what_was_skipped(folder: Path) -> None:
    told = sarif(str(folder), "--only", "evidence")
    assert (told["runs"][0]["results"], told["runs"][0]["tool"]["driver"]["rules"]) == ([], [])


def test_the_schema_refuses_what_is_no_sarif() -> None:
    assert not Draft4Validator(SCHEMA).is_valid({"version": "2.1.0"})


def test_as_text_a_folder_that_cannot_be_read_is_an_error_of_its_own(folder: Path) -> None:
    spoil(folder)
    result = run(str(folder))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "unknown entity 'no-such-entity'" in result.stderr


def test_places_of_the_shipped_graph_are_found_for_every_record(tmp_path: Path) -> None:
    from trabecula.checks.content import where
    from trabecula.checks.places import places
    from trabecula.errors import Problem

    folder = tmp_path / "g"
    shutil.copytree(shipped.graph(), folder)
    graph = load(folder)
    names = [*graph.entities, *graph.sources, *map(where, graph.statements.values())]
    spots = [place for _, place in places((Problem("c", n, "w", "f") for n in names), folder)]
    assert [name for name, place in zip(names, spots, strict=True) if not place.line] == []
    texts = {path: path.read_text("utf-8").splitlines() for path in {p.path for p in spots}}
    for name, place in zip(names, spots, strict=True):
        key = name.split(": ", 1)[1].split(" ")[0] if ".tsv: " in name else name
        assert key in texts[place.path][place.line - 1]
