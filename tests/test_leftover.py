"""What a file says that a graph has no place for is counted and named."""

from __future__ import annotations

from trabecula.leftover import Leftovers


def test_each_kind_is_one_line_with_the_commonest_first() -> None:
    left = Leftovers()
    left.add("property", "ex:note", "<http://e/a>")
    left.add("property", "ex:score", "<http://e/b>", count=500)
    left.add("label", "@de", "<http://e/a>")
    assert list(left.lines()) == [
        "2 properties were left out: ex:score (500), ex:note (1); first at <http://e/a>",
        "1 label was left out: @de (1); first at <http://e/a>",
    ]


def test_a_flood_of_names_is_a_line_of_few() -> None:
    left = Leftovers()
    for number in range(5000):
        left.add("property", f"ex:p{number:04}", "<http://e/a>")
    (line,) = left.lines()
    assert "5,000 properties" in line
    assert " and 4,992 more; " in line
    assert len(line) < 300


def test_names_cannot_command_a_terminal_or_fill_the_screen() -> None:
    left = Leftovers()
    left.add("property", "a\x1b[31m\nb", "x" * 10_000)
    (line,) = left.lines()
    assert line.isprintable()
    assert len(line) < 200


def test_nothing_left_out_is_no_line() -> None:
    assert list(Leftovers().lines()) == []


def test_what_is_read_otherwise_than_written_is_one_line_a_rule() -> None:
    left = Leftovers()
    for number in range(1200):
        left.mend("U+00A0 NO-BREAK SPACE read as a plain blank", f"entities.tsv:{number + 2}")
    left.mend("lines end in CR LF", "entities.tsv:1")
    for number in range(100):
        left.mend(f"{number} read otherwise", "entities.tsv:2")
    first, second, *more = left.lines()
    assert len(more) == 19
    assert more[-1] == "and 82 more ways of writing were read as others"
    assert [first, second] == [
        "U+00A0 NO-BREAK SPACE read as a plain blank, 1,200 times, first at entities.tsv:2",
        "lines end in CR LF at entities.tsv:1",
    ]
