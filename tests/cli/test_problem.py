"""`trabecula problem` says what docs/problems.md says."""

from __future__ import annotations

from click.testing import CliRunner

from trabecula.cli import main


def test_a_code_is_explained_with_its_remedy() -> None:
    result = CliRunner().invoke(main, ["problem", "duplicate-id"])
    assert result.output == "Two rows have one id. Merge them.\n"


def test_without_a_code_all_are_listed() -> None:
    codes = CliRunner().invoke(main, ["problem"]).output.splitlines()
    assert {"about", "not-canonical", "json-syntax"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(main, ["problem", "not-utf8"])
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        2,
        "unknown problem 'not-utf8'; did you mean not-utf-8?",
    )
