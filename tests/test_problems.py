"""Many problems: kept and shown up to a bound, and all of them counted."""

from __future__ import annotations

import pytest

from trabecula.errors import (
    MOST_KEPT,
    MOST_SHOWN,
    FormatError,
    NotFound,
    Problem,
    Problems,
    problem_lines,
)


def _many(number: int, what: str = "{0} columns", code: str = "columns") -> list[Problem]:
    return [Problem(code, f"a.tsv:{n}", what.format(n), "add the tabs") for n in range(number)]


def test_few_problems_are_shown_one_by_one_in_their_order() -> None:
    some = [*_many(MOST_SHOWN), *_many(2, code="header")]
    some = [some[-1], *some[:-1]]
    assert [line for _, line in problem_lines(some)] == [str(problem) for problem in some]


def test_of_many_problems_the_first_are_shown_and_all_are_counted() -> None:
    error = FormatError([*_many(100_000), Problem("header", "b.tsv:1", "none", "write it")])
    lines = str(error).split("\n")
    assert len(lines) == MOST_SHOWN + 2
    assert (
        lines[MOST_SHOWN - 1] == f"a.tsv:{MOST_SHOWN - 1}: {MOST_SHOWN - 1} columns: add the tabs"
    )
    assert lines[MOST_SHOWN] == "and 99,980 more of this kind (columns)"
    assert lines[-1] == "b.tsv:1: none: write it"
    assert len(error.problems) == MOST_KEPT + 2
    assert sum(problem.count for problem in error.problems) == 100_001


def test_problems_that_say_the_same_are_one_line_with_a_count_and_examples() -> None:
    some = [*_many(61_544, "no source"), *_many(30, "no column", "header")]
    assert [line for _, line in problem_lines(some)] == [
        "a.tsv:0, a.tsv:1, a.tsv:2 and 61,541 more: no source: add the tabs",
        "a.tsv:0, a.tsv:1, a.tsv:2 and 27 more: no column: add the tabs",
    ]
    # The same, where most of them were only counted.
    assert str(FormatError(some[:61_544])) == (
        "a.tsv:0, a.tsv:1, a.tsv:2 and 61,541 more: no source: add the tabs"
    )


def test_two_rules_of_one_code_are_two_lines() -> None:
    some = [*_many(30, "no entity x"), *_many(2, "no entity y")]
    assert [line for _, line in problem_lines(some)] == [
        "a.tsv:0, a.tsv:1, a.tsv:2 and 27 more: no entity x: add the tabs",
        "a.tsv:0, a.tsv:1: no entity y: add the tabs",
    ]


def test_warnings_and_errors_of_one_code_are_counted_apart() -> None:
    problems = Problems()
    problems.extend(_many(3 * MOST_KEPT))
    problems.append(Problem("columns", "b", "x", "y", "warning"))
    assert len(problems) == 3 * MOST_KEPT + 1
    assert [p.count for p in problems if p.severity == "warning"] == [1]


@pytest.mark.parametrize(
    "hostile", ["\x1b]0;owned\x07", "a\nerror: b", "\u202e", "\x9b2J", "\ud800", "\u2028"]
)
def test_a_problem_is_one_line_that_commands_no_terminal(hostile: str) -> None:
    lines = [
        str(Problem("code", hostile, hostile, hostile)),
        str(FormatError([Problem("code", hostile, hostile, hostile)])),
        str(NotFound("no entity", [hostile])),
    ]
    assert all(line.isprintable() for line in lines)
    assert all(line.encode("utf-8") for line in lines)


def test_a_problem_with_a_text_of_a_megabyte_is_short() -> None:
    assert len(str(Problem("code", "x" * 10**6, "y" * 10**6, "z" * 10**6))) < 2000
    kept = Problems()
    kept.append(Problem("code", "x", "y" * 10**6, "z"))
    assert len(kept.kept[0].what) < 2000
