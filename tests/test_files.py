"""Files are read strictly."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from trabecula import files
from trabecula.errors import FormatError


def test_lines_have_no_ends_and_the_last_one_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for data, lines in (
        (b"", []),
        (b"a", ["a"]),
        (b"a\n", ["a"]),
        (b"a\n\nb\n", ["a", "", "b"]),
        (b"\n", [""]),
        ("é\x0b\u2028x\n".encode(), ["é\x0b\u2028x"]),
    ):
        path.write_bytes(data)
        assert files.read_lines(path) == (lines, [])


def test_every_problem_of_a_text_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\xff\r\nc\n\xc3(\n")
    lines, problems = files.read_lines(path)
    assert lines == ["a", "b\ufffd", "c", "\ufffd("]
    assert [str(problem).removeprefix(str(path)) for problem in problems] == [
        ":2: byte 0xff in column 2 is not UTF-8: save the file as UTF-8",
        ":4: byte 0xc3 in column 1 is not UTF-8: save the file as UTF-8",
    ]


def test_marks_and_ends_of_line_of_windows_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\r\r\nd\r")
    assert files.read_lines(path) == (["a", "b\rc", "d"], [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain text", ""),
        ("α 1.5 µg − “quoted” 中文 é", ""),
        ("a\tb", "U+0009"),
        ("a\x7fb", "U+007F"),
        ("a\u200bb", "U+200B ZERO WIDTH SPACE"),
        ("a\u202eb", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("a\ufeffb", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("a\u00a0b", "U+00A0 NO-BREAK SPACE"),
        ("a\u2028b", "U+2028 LINE SEPARATOR"),
        ("a\ue000b", "U+E000"),
        ("a\ud800b", "U+D800"),
    ],
)
def test_a_character_that_may_not_stand_in_a_cell_is_named(text: str, found: str) -> None:
    assert files.forbidden_character(text) == found


def test_a_file_that_unfolds_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"x" * 1000))
    assert files.read_bytes(path, limit=1000) == b"x" * 1000
    with pytest.raises(FormatError) as caught:
        files.read_bytes(path, limit=999)
    assert str(caught.value) == (
        f"{path}: the file unfolds to more than 999 bytes: unfold it with gunzip first"
    )
