"""Standard output: every byte or an error, in every encoding, however the reader behaves."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from trabecula.cli import streams
from trabecula.formats import load, write

TRABECULA = f"{shlex.quote(sys.executable)} -m trabecula"


@pytest.fixture(scope="module", autouse=True)
def _graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """`$G` is a part of the shipped graph: its triples are ten times what a pipe holds."""
    path = tmp_path_factory.mktemp("graph") / "g.json"
    write(load().select("near(fgf23, 1)"), path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("G", str(path))
        yield


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell in which `$T` is trabecula."""
    return subprocess.run(
        ["bash", "-c", command.replace("$T", TRABECULA)],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "command",
    [
        "--help",
        "show --help",
        "info --graph $G",
        "extract 'all()' -f nt --graph $G",
        "show PTH --json --graph $G",
    ],
)
def test_a_full_disk_is_an_error_and_never_half_of_the_output(
    command: str, unbuffered: str
) -> None:
    done = shell(f"$T {command} >/dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.stderr == b"standard output: No space left on device\n"
    assert done.returncode == 2


def test_a_disk_that_fills_up_is_one_too(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk; without care the rest would be lost."""
    command = f"trap '' XFSZ; ulimit -f 100; $T extract 'all()' -f nt --graph $G > {tmp_path}/out"
    done = shell(command, PYTHONUNBUFFERED="1")
    assert (done.returncode, done.stderr) == (2, b"standard output: File too large\n")
    assert (tmp_path / "out").stat().st_size == 100 * 1024


def test_no_standard_output_at_all_is_an_error() -> None:
    done = shell("$T info --graph $G >&-")
    assert (done.returncode, done.stderr) == (2, b"standard output: Bad file descriptor\n")


@pytest.mark.parametrize("away", ["2>/dev/full", "2>&-"])
def test_who_cannot_be_told_still_gets_the_data_and_the_exit_code(away: str) -> None:
    done = shell(f"$T cite --graph $G {away}")
    assert (done.returncode, done.stdout[:21]) == (0, b"The trabecula authors")
    assert shell(f"$T shwo {away}").returncode == 2
    assert shell(f"$T cite --graph $G >/dev/full {away}").returncode == 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "command",
    ["--help", "extract 'all()' -f nt --graph $G", "extract fgf32 --graph $G 2>&1", "shwo 2>&1"],
)
def test_a_reader_that_went_away_ends_it_quietly(command: str, unbuffered: str) -> None:
    line = f"$T {command} | true; exit ${{PIPESTATUS[0]}}"
    done = shell(line, PYTHONUNBUFFERED=unbuffered)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("command", ["loops -n 1 --graph $G", "audit --graph $G", "extract --help"])
def test_any_encoding_of_the_terminal_will_do(command: str) -> None:
    whole = shell(f"$T {command}", PYTHONIOENCODING="utf-8").stdout.decode("utf-8")
    assert not whole.isascii()
    for encoding in ("cp1252", "cp437", "ascii"):
        done = shell(f"$T {command}", PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode(encoding) == streams.spelt(whole, encoding)


def test_a_locale_without_utf_8_will_do() -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = shell("$T loops -n 1 --graph $G && $T extract βcat --graph $G", **plain)
    assert done.returncode == 2
    assert b" -> " in done.stdout
    assert done.stdout.isascii()
    assert done.stderr.isascii()
    assert b"Traceback" not in done.stderr


def test_formats_are_utf_8_whatever_the_terminal_has() -> None:
    told = shell("$T show PTH --json --graph $G", PYTHONIOENCODING="cp1252")
    assert told.stdout == shell("$T show PTH --json --graph $G", PYTHONIOENCODING="utf-8").stdout
    assert json.loads(told.stdout)["id"] == "parathyroid-hormone"
    for command in ("conflicts -f md --graph $G", "cite PTH --bibtex --graph $G"):
        ascii_run, utf_8_run = (
            shell(f"$T {command}", PYTHONIOENCODING=e) for e in ("ascii", "utf-8")
        )
        assert (ascii_run.returncode, ascii_run.stdout) == (0, utf_8_run.stdout)


@pytest.mark.parametrize(
    ("text", "encoding", "written"),
    [
        ("PTH → bone ⊣ Mg²⁺", "utf-8", "PTH → bone ⊣ Mg²⁺"),
        ("PTH → bone ⊣ Mg²⁺", "ascii", "PTH -> bone -| Mg2+"),
        ("a − b × 3 µg … é", "cp1252", "a - b × 3 µg … é"),
        ("a − b × 3 µg … é", "ascii", "a - b x 3 ug ... e"),
        ("½ ≤ ∞", "cp437", "½ ≤ ∞"),
        ("½ ≤ ∞", "latin-1", "½ <= inf"),
        ("ώ-3, TGF-β, Δ", "ascii", "omega-3, TGF-beta, delta"),
        ("油 😀", "latin-1", "\\u6cb9 \\U0001f600"),
        (os.fsdecode(b"caf\xe9.ttl"), "utf-8", "caf\\xe9.ttl"),
        ("half \ud83d", "utf-8", "half \\ud83d"),
    ],
)
def test_what_an_encoding_lacks_is_spelt(text: str, encoding: str, written: str) -> None:
    assert streams.spelt(text, encoding) == written


def test_every_sign_of_ours_has_a_spelling_in_ascii() -> None:
    for sign in streams._SIGNS:
        assert streams.spelt(sign, "ascii").isascii()
        assert "\\" not in streams.spelt(sign, "ascii")


def test_a_pipe_that_does_not_wait_gets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the other end of a pipe to Node may be: writing to it while it is full is no error."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    taken: list[bytes] = []

    def read() -> None:
        time.sleep(0.1)  # until the pipe is full
        with os.fdopen(reading, "rb") as stream:
            taken.append(stream.read())

    thread = threading.Thread(target=read)
    thread.start()
    try:
        with os.fdopen(writing, "w", encoding="utf-8") as stdout:
            monkeypatch.setattr(sys, "stdout", stdout)
            with streams.whole():
                click.echo(b"x" * 1_000_000, nl=False)
                click.echo("→")
    finally:
        thread.join()
    assert taken == [b"x" * 1_000_000 + "→\n".encode()]


def test_streams_that_are_no_files_stay_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdout
    with streams.whole():
        assert sys.stdout is before
        click.echo("→")
    assert capsys.readouterr().out == "→\n"
