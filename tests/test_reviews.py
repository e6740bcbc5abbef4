"""Reviews: a statement is read twice while its evidence is what the second reader saw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from trabecula import Graph, checks, formats
from trabecula.cli.review import command
from trabecula.errors import FormatError
from trabecula.formats import curated
from trabecula.model import Entity, Evidence, Review, Source, Statement
from trabecula.standing import reading

ROWS = (
    Evidence(source="s", strength="direct", method="cohort", summary="It rose."),
    Evidence(source="t", strength="direct", method="cohort", summary="It rose, too."),
)


def graph(*rows: Evidence) -> Graph:
    ends = [Entity(id=name, name=name, category="chemical") for name in "ab"]
    sources = [
        Source(id=name, abstract_read=True, kind="further", study_type="cohort") for name in "st"
    ]
    statement = Statement(subject="a", predicate="increases", object="b", topic="x", evidence=rows)
    return Graph([*ends, *sources, statement])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    formats.write(graph(*ROWS), tmp_path / "graph", "curated")
    return tmp_path / "graph"


def the_one(folder: Path) -> Statement:
    return next(iter(formats.load(folder).statements.values()))


def test_a_review_holds_until_a_row_changes(folder: Path) -> None:
    assert reading(the_one(folder)) == "once"
    arguments = [the_one(folder).id[:9], "--reader", "second-reader", "--graph", str(folder)]
    done = CliRunner().invoke(command, [*arguments, "--date", "2026-11-29"])
    assert done.exit_code == 0, done.output
    assert (folder / "reviews.tsv").read_text().splitlines() == [
        "statement\tdate\tkind\treader\trows",
        f"{the_one(folder).id}\t2026-11-29\tagainst-source\tsecond-reader\t{the_one(folder).digest}",
    ]
    assert reading(the_one(folder)) == "twice"
    table = folder / "statements/x.tsv"
    table.write_text(table.read_text().replace("It rose.", "It rose by much."))
    assert reading(the_one(folder)) == "changed"
    (problem,) = checks.check(formats.load(folder), ["reviews"]).problems
    assert (problem.code, problem.severity) == ("stale-review", "warning")
    assert "changed since it was read by a second-reader on 2026-11-29" in problem.what
    CliRunner().invoke(command, [*arguments, "--date", "2026-12-01"])
    assert reading(the_one(folder)) == "twice"
    assert [review.date for review in the_one(folder).reviews] == ["2026-12-01"]
    assert checks.check(formats.load(folder), ["reviews"]).problems == ()


def test_reading_for_sense_alone_is_not_reading_twice(folder: Path) -> None:
    curated.reviewed(folder, [the_one(folder).id], "2026-11-29", "for-sense", "second-reader")
    assert reading(the_one(folder)) == "once"


def test_a_review_of_what_is_gone_is_left_out_and_said(folder: Path) -> None:
    table = folder / "reviews.tsv"
    head = "statement\tdate\tkind\treader\trows\n"
    table.write_text(f"{head}s{'0' * 32}\t2026-11-29\tagainst-source\tsecond-reader\t0badcafe\n")
    with pytest.warns(match="of s0+, which is no statement"):
        list(curated.read(folder, strict=False))
    assert curated.canonicalise(folder) == [table]
    assert table.read_text() == head


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("yesterday", "against-source", "second-reader", "0badcafe"), "bad-date"),
        (("2026-13-01", "against-source", "second-reader", "0badcafe"), "bad-date"),
        (("2026-11-29", "at-a-glance", "second-reader", "0badcafe"), "unknown-kind"),
        (("2026-11-29", "against-source", "Dr. No", "0badcafe"), "bad-value"),
        (("2026-11-29", "against-source", "second-reader", "all"), "bad-value"),
    ],
)
def test_what_is_no_review_is_told_with_its_line(
    folder: Path, cells: tuple[str, ...], code: str
) -> None:
    text = "\t".join((the_one(folder).id, *cells))
    (folder / "reviews.tsv").write_text(f"statement\tdate\tkind\treader\trows\n{text}\n")
    with pytest.raises(FormatError) as caught:
        list(curated.read(folder))
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.where.endswith("reviews.tsv:2")


def test_a_bad_word_of_the_command_writes_nothing(folder: Path) -> None:
    key = the_one(folder).id
    for options in (["--kind", "at-a-glance"], ["--date", "today"], ["--reader", "a b"]):
        arguments = [key, "--graph", str(folder), "--reader", "second-reader", *options]
        assert CliRunner().invoke(command, arguments).exit_code != 0
    assert (
        CliRunner()
        .invoke(command, ["sffffffff", "--reader", "x", "--graph", str(folder)])
        .exit_code
    )
    assert not (folder / "reviews.tsv").exists()


def test_a_part_of_what_was_read_twice_was_read_twice() -> None:
    whole = graph(*ROWS)
    (statement,) = whole.statements.values()
    review = Review("2026-11-29", "against-source", "second-reader", statement.digest)
    seen = Graph(
        [*whole.entities.values(), *whole.sources.values(), replace(statement, reviews=(review,))]
    )
    (left,) = seen.through(without=["t"]).statements.values()
    assert len(left.evidence) == 1
    assert reading(left) == "twice"


def test_reviews_of_one_statement_in_two_graphs_come_together() -> None:
    first, second = (
        Graph([replace(next(iter(graph(*ROWS).statements.values())), reviews=(review,))])
        for review in (
            Review("2026-11-28", "for-sense", "second-reader", "0badcafe"),
            Review("2026-11-29", "against-source", "second-reader", "0badcafe"),
        )
    )
    (both,) = (first | second).statements.values()
    assert [review.date for review in both.reviews] == ["2026-11-28", "2026-11-29"]
