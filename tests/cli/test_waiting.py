"""What takes long says so on a terminal, and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from trabecula import progress
from trabecula.cli import waiting
from trabecula.formats import curated


class _Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def _during(monkeypatch: pytest.MonkeyPatch, seconds: float, *, terminal: bool = True) -> str:
    stream = _Stream(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    with waiting.told(patience=0.1), progress.phase("reading a\x1b[2J.json"):
        end = time.monotonic() + seconds
        for number in progress.steps(range(10**9), "rows"):
            if number > 3000 and time.monotonic() > end:
                break
    return stream.getvalue()


def test_a_long_phase_is_told_with_its_count_and_taken_away_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = _during(monkeypatch, 0.6)
    assert "reading a\\x1b[2J.json, " in written
    assert " rows, " in written
    assert written.endswith("\r")
    assert written.split("\r")[-2].strip() == ""


def test_a_short_phase_and_a_log_get_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _during(monkeypatch, 0.0) == ""
    assert _during(monkeypatch, 0.6, terminal=False) == ""


def test_steps_are_all_there_and_phases_end_with_what_they_hold() -> None:
    assert list(progress.steps([1, 2], "rows")) == [1, 2]
    with progress.listening() as phases:
        with progress.phase("a"), progress.phase("b"):
            assert [phase.what for phase in phases.under_way] == ["a", "b"]
            assert list(progress.steps(range(5000), "rows")) == list(range(5000))
            assert (phases.under_way[-1].count, phases.under_way[-1].noun) == (5000, "rows")
        assert phases.under_way == []
        with suppress(ValueError), progress.phase("a"):
            raise ValueError
        assert phases.under_way == []


#: The command line, which tells what takes longer than a twentieth of a second.
_IMPATIENT = """
from trabecula.cli import main, waiting
waiting.told.__wrapped__.__defaults__ = (0.05,)
main()
"""


@pytest.mark.slow
def test_reading_a_long_table_is_told_on_a_terminal(tmp_path: Path) -> None:
    columns = "id\tname\tcategory\txrefs\tsynonyms\tdescription\ttaxon\n"
    (tmp_path / "entities.tsv").write_text(columns + "x\n" * 300_000, encoding="utf-8")
    (tmp_path / "statements").mkdir()
    statements = "\t".join(curated.STATEMENT_COLUMNS)
    (tmp_path / "statements/statements.tsv").write_text(f"{statements}\n", encoding="utf-8")
    command = [sys.executable, "-c", _IMPATIENT, "info", "--graph", str(tmp_path)]
    ours, theirs = pty.openpty()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    told = b""
    while True:
        try:
            piece = os.read(ours, 10_000)
        except OSError:  # the terminal is closed when the program ends
            break
        if not piece:
            break
        told += piece
    program.wait(timeout=60)
    os.close(ours)
    assert f"\rreading {tmp_path.name}, ".encode() in told
    assert b" rows, " in told
