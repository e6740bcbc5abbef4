"""What comes through a pipe: read as a file that says the same, whatever a command does with it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trabecula.cli import piped
from trabecula.errors import FormatError
from trabecula.formats import load, write

TRABECULA = f"{shlex.quote(sys.executable)} -m trabecula"


@pytest.fixture(scope="module", autouse=True)
def _graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """`$G` is a part of the shipped graph, and `$P` the same, packed."""
    path = tmp_path_factory.mktemp("graph") / "g.ttl"
    write(load().select("near(fgf23, 1)"), path)
    packed = path.with_name("g.ttl.gz")
    write(load(path), packed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("G", str(path))
        patch.setenv("P", str(packed))
        yield


def shell(command: str) -> tuple[int, str]:
    """Exit code and output of a line of the shell in which `$T` is trabecula."""
    done = subprocess.run(
        ["bash", "-c", command.replace("$T", TRABECULA)],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("of_a_pipe", "of_a_file"),
    [
        ("cat $G | $T info --graph - --json", "$T info --graph $G --json"),
        ("cat $P | $T search FGF23 --graph -", "$T search FGF23 --graph $G"),
        ("$T search FGF23 --graph <(cat $G)", "$T search FGF23 --graph $G"),
        ("cat $G | $T convert - -f nt", "$T convert $G -f nt"),
        ("cat $G | $T query --graph - 'ASK {}'", "$T query --graph $G 'ASK {}'"),
    ],
)  # fmt: skip
def test_a_graph_that_comes_through_a_pipe_is_read_as_its_file_is(
    of_a_pipe: str, of_a_file: str
) -> None:
    code, told = shell(of_a_pipe)
    assert (code, told.replace("/dev/stdin", os.environ["G"])) == shell(of_a_file)
    assert code == 0
    assert told


def test_two_graphs_come_through_two_pipes() -> None:
    code, told = shell("$T diff <(cat $G) <(cat $P)")
    assert code == 0
    assert "no difference" in told


def test_a_graph_is_loaded_into_a_store_from_standard_input(tmp_path: Path) -> None:
    place = shlex.quote(str(tmp_path / "s"))
    assert shell(f"cat $G | $T load - -o {place}")[0] == 0
    of_file = shell("$T search FGF23 --graph $G")
    assert shell(f"$T search FGF23 --graph {place}") == of_file


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("$T info --graph - <&-", "/dev/stdin: No such file or directory: there is no standard input"),
        ("printf '' | $T info --graph -", "/dev/stdin: there is nothing in the file"),
        ("cat $G | $T query --graph - -q -", "there is no standard input to read a query from"),
        ("$T load $G -o /dev/stdin < /dev/null", "/dev/stdin is a file; name a new folder"),
    ],
)  # fmt: skip
def test_what_is_no_graph_on_standard_input_is_told(command: str, told: str) -> None:
    code, output = shell(command)
    assert code > 1
    assert output.startswith(told)


def test_more_than_is_held_is_refused_before_it_is_all_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("trabecula.files.MAX_UNFOLDED", 10)
    monkeypatch.setattr(piped, "_CHUNK", 4)
    ends = os.pipe()
    os.write(ends[1], b"x" * 100)
    try:
        with pytest.raises(FormatError, match="more than 10 bytes came"):
            piped.readable(f"/dev/fd/{ends[0]}")
        assert len(os.read(ends[0], 100)) == 88
    finally:
        for end in ends:
            os.close(end)
