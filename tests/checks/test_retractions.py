"""Sources compared with a table in the format of Retraction Watch."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from trabecula import Graph, formats
from trabecula.checks.retractions import Notice, notices, retractions
from trabecula.cli.check import command
from trabecula.errors import FormatError
from trabecula.model import Entity, Evidence, Source, Statement

HEAD = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,"
    "RetractionNature,Reason,Paywalled,Notes"
)


def row(doi: str, pmid: str, nature: str, date: str = "1/15/2024 0:00") -> str:
    title = '"A title, with a comma\nand a second line"'
    return f"1,{title},,,,,,,,,{date},10.1/notice,0,,{doi},{pmid},{nature},,No,"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = [
        row("10.5555/A", "0", "Retraction"),
        row("unavailable", "22", "Expression of concern"),
        row("10.5555/c", "33", "Correction"),
        row("10.5555/c", "33", "Retraction", "2/1/2024 0:00"),
        row("10.5555/d", "44", "Retraction"),
        row("10.5555/d", "44", "Reinstatement"),
        row("", "", "Retraction"),
    ]
    path = tmp_path / "retractions.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8-sig")
    return path


def test_the_gravest_notice_counts_and_what_was_reinstated_does_not(table: Path) -> None:
    assert notices(table) == {
        "doi:10.5555/a": Notice("retracted", "1/15/2024"),
        "PMID:22": Notice("expression-of-concern", "1/15/2024"),
        "doi:10.5555/c": Notice("retracted", "2/1/2024"),
        "PMID:33": Notice("retracted", "2/1/2024"),
    }


def test_sources_are_found_by_any_of_their_identifiers(table: Path) -> None:
    graph = Graph(
        [
            Source(id="survey", xrefs=("doi:10.5555/a",)),
            Source(id="PMID:22"),
            Source(id="PMID:33", standing="retracted", standing_date="2024-02-02"),
            Source(id="PMID:44"),
        ]
    )
    problems = {
        problem.where: (problem.code, problem.severity) for problem in retractions(graph, table)
    }
    assert problems == {
        "PMID:22": ("unknown-retraction", "warning"),
        "survey": ("unknown-retraction", "error"),
    }


def test_a_file_that_is_no_such_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(FormatError, match="no column OriginalPaperDOI"):
        notices(path)


def test_the_command_says_it(table: Path, tmp_path: Path) -> None:
    statement = Statement(
        subject="a",
        predicate="increases",
        object="b",
        topic="x",
        evidence=(
            Evidence(source="PMID:22", strength="direct", method="cohort", summary="It rose."),
        ),
    )
    records = [*(Entity(id=name, name=name, category="chemical") for name in "ab"),
               Source(id="PMID:22", abstract_read=True, study_type="cohort"), statement]  # fmt: skip
    formats.write(records, tmp_path / "graph", "curated")
    arguments = [str(tmp_path / "graph"), "--only", "names", "--retractions", str(table)]
    done = CliRunner().invoke(command, [*arguments, "--fail-on", "warning"])
    assert done.exit_code == 1
    assert "says expression-of-concern (1/15/2024)" in " ".join(done.output.split())
