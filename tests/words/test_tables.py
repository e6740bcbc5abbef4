"""Plain tables: aligned, wrapped, and laid out in time that grows with their cells."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from trabecula.words.tables import table


def test_columns_are_aligned_under_their_headings() -> None:
    assert table([("a", 1), ("longer", None), ("", True)], ("name", "n")) == (
        "name    n\n------  ----\na       1\nlonger\n        True"
    )


def test_without_headings_there_are_no_lines() -> None:
    assert table([("a", "b"), ("cc", "d")]) == "a   b\ncc  d"
    assert table([]) == ""


def test_a_cell_that_is_too_wide_goes_on_in_the_next_line() -> None:
    assert table([("one two three", "x"), ("1", "2")], ("a", "b"), wrap=7) == (
        "a        b\n-------  ---\none two  x\nthree\n1        2"
    )


def test_numbers_and_blanks_are_kept_as_they_are_written() -> None:
    assert table([("007", " 1.50 "), ("1e5", "-0")]) == "007  1.50\n1e5  -0"


def test_lines_of_a_cell_stay_lines() -> None:
    assert table([("a\nb\n\nc", "x")]) == "a  x\nb\nc"


def test_width_is_what_a_terminal_shows() -> None:
    styled = "\x1b[34msupported\x1b[0m"
    rows = [("油", "x"), ("ab", "x"), ("é\u0301", "x"), (styled, "x")]
    assert [line.index("x") - len(line) for line in table(rows).splitlines()] == [-1] * 4
    assert table([("油", "x"), ("ab", "y")]) == "油  x\nab  y"
    assert table([(styled, "x"), ("supported", "y")]).splitlines()[1] == "supported  y"


@given(
    st.lists(
        st.lists(st.text("ab -é油\n", max_size=30), min_size=2, max_size=2), min_size=1, max_size=5
    ),
    st.sampled_from([None, 5, 60]),
)
def test_no_word_is_lost(rows: list[list[str]], wrap: int | None) -> None:
    shown = "".join(table(rows, ("x", "y"), wrap=wrap).split("\n", 2)[2:])
    for letter in "aé油":
        assert shown.count(letter) == sum(cell.count(letter) for row in rows for cell in row)


def test_the_time_grows_with_the_cells_and_not_faster() -> None:
    start = time.process_time()
    table(
        [(f"row {i}", "x" * 70, "text of some length " * 5) for i in range(20_000)], "abc", wrap=60
    )
    table([("x" * 1_000_000, "some words " * 50_000)], "ab", wrap=60)
    assert time.process_time() - start < 10
