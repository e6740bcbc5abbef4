"""Files are read strictly."""

from __future__ import annotations

import io
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import networkx
import pandas
import pytest

import trabecula
from trabecula import files
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers


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


def test_every_problem_of_a_text_is_reported_with_the_line_and_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\nb\xe9\nc\n\x81(\n")
    lines, problems = files.read_lines(path)
    assert lines == ["a", "b\ufffd", "c", "\ufffd("]
    assert [str(problem).removeprefix(str(path)) for problem in problems] == [
        ":2: byte 0xe9 in column 2 is not UTF-8; in Windows-1252 or Latin-1 it is é: "
        "save the file as UTF-8",
        ":4: byte 0x81 in column 1 is not UTF-8: save the file as UTF-8",
    ]


def test_marks_and_ends_of_line_of_windows_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\r\r\nd\r")
    assert files.read_lines(path) == (["a", "b\rc", "d"], [])


@pytest.mark.parametrize(
    ("data", "leftovers"),
    [
        (b"\xef\xbb\xbf\xc3\xa9\nb\n", ["a byte-order mark left out at a.txt:1"]),
        ("é\nb\n".encode("utf-16"), ["UTF-16 read as such at a.txt:1"]),
        (b"\xc3\xa9\r\nb\r\n", ["lines that end in CR LF read as such at a.txt:1"]),
        (b"\xc3\xa9\r\r\nb\r\n", ["lines that end in CR LF read as such at a.txt:1"]),
        (b"\xc3\xa9\rb\r", ["lines that end in CR read as such at a.txt:1"]),
    ],
)
def test_marks_and_ends_of_line_of_other_systems_are_read_and_said(
    data: bytes, leftovers: list[str], tmp_path: Path
) -> None:
    path, left = tmp_path / "a.txt", Leftovers()
    path.write_bytes(data)
    assert files.read_lines(path, left) == (["é", "b"], [])
    assert list(left.lines()) == leftovers


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xff\xfea", "the file begins as UTF-16 and is damaged"),
        (b"a\0b\0", "the file is no text: it holds bytes of zero"),
        ("a\n".encode("utf-32"), "the file is in UTF-32"),
    ],
)
def test_what_is_no_text_is_one_problem(data: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    _, problems = files.read_lines(tmp_path / "a.txt")
    assert [problem.what for problem in problems] == [what]
    with pytest.raises(FormatError, match=what):
        files.decoded(data, "a.txt", Leftovers())


def test_a_line_without_an_end_is_an_error_and_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_LONGEST_LINE", 1 << 20)
    path = tmp_path / "a.tsv"
    path.write_bytes(b"a\tb\n" + b"x" * (1 << 20) + b"y\n")
    lines = files.lines(path, Leftovers())
    assert next(lines) == (1, "a\tb")
    with pytest.raises(FormatError, match=r"a\.tsv:2: a line of more than 1 MiB"):
        next(lines)


def test_a_pipe_is_read_to_its_end_however_slowly_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = "for word in a b c; do sleep 0.2; printf $word; done"
    with subprocess.Popen(["sh", "-c", f"{{ {writer}; }} > {path}"]) as process:
        assert files.read_bytes(path) == b"abc"
    assert process.returncode == 0


def test_a_pipe_without_a_writer_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.1)
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for read in (files.read_bytes, files.read_lines):
        with pytest.raises(FormatError) as caught:
            read(path)
        assert str(caught.value) == (
            f"{path}: nobody has written to this pipe for 0.1 seconds: start what writes to it"
        )


def test_a_pipe_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = ["sh", "-c", f"exec yes > {path} 2>/dev/null"]
    with subprocess.Popen(writer), pytest.raises(FormatError, match="more than 1000 bytes came"):
        files.read_bytes(path, limit=1000)


@pytest.mark.parametrize("name", ["zero", "null", "link"])
def test_a_device_is_no_file(name: str, tmp_path: Path) -> None:
    path = Path("/dev") / name
    if name == "link":
        path = tmp_path / "graph.nt"
        path.symlink_to("/dev/zero")
    for read in (files.read_bytes, files.read_lines):
        with pytest.raises(FormatError) as caught:
            read(path)
        assert str(caught.value) == f"{path}: this is a device, not a file: name a file"


def test_a_file_of_more_bytes_than_any_graph_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a terabyte that takes no room
    with pytest.raises(FormatError, match="the file has more than 4294967296 bytes"):
        files.read_bytes(path)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (pandas.DataFrame({"source": []}), "DataFrame is none: write the table to a file"),
        (networkx.DiGraph(), "DiGraph is none: give it to trabecula.from_networkx"),
        (io.StringIO("A pp B"), "StringIO is none: name the file, not what was opened"),
        (["a.sif"], "list is none: name one after the other"),
        (Graph([]), "Graph is none: it is read already"),
        (b"a.sif", "bytes is none: name a file or a folder"),
        ("", "the name of what is loaded is empty; is a variable unset?"),
        (
            "http://x.org/a.ttl",
            "nothing is fetched: download http://x.org/a.ttl, and name the file",
        ),
        ("A\tpp\tB\n", "this is a text, not the name of a file"),
    ],
)
def test_what_is_no_name_is_an_error_that_says_what_is_wanted(source: Any, message: str) -> None:
    for entry in (trabecula.load, trabecula.read):
        with pytest.raises((TypeError, ValueError), match=re.escape(message)):
            entry(source)


def test_a_folder_without_a_graph_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        trabecula.load(tmp_path)
    assert caught.value.__notes__ == [f"{tmp_path} is no curated folder; name one, or a file"]
