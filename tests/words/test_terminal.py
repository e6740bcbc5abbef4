"""Text is as wide as the terminal, and 100 columns wide where it goes elsewhere."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

WORDS = ["show", "calcitriol"]
COMMAND = [sys.executable, "-m", "trabecula", *WORDS]


def on_a_terminal(columns: int) -> str:
    """What the command says on a terminal of so many columns, without styles."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    with subprocess.Popen(COMMAND, stdout=inner, env=environment) as process:
        os.close(inner)
        parts = []
        while True:
            try:
                part = os.read(outer, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
    os.close(outer)
    assert process.returncode == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", b"".join(parts).decode()).replace("\r\n", "\n")


def widest(text: str) -> int:
    """The length of the longest line of the description and the other names."""
    return max(map(len, text.splitlines()[1:4]))


@pytest.mark.parametrize("columns", [60, 84])
def test_text_is_as_wide_as_the_terminal(columns: int) -> None:
    assert columns - 12 < widest(on_a_terminal(columns)) <= columns


def test_a_wide_terminal_is_used() -> None:
    assert widest(on_a_terminal(160)) > 100 - 12 > widest(on_a_terminal(80))


def test_elsewhere_text_is_always_the_same() -> None:
    outputs = {
        subprocess.run(
            COMMAND,
            env={**os.environ, "COLUMNS": columns},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for columns in ("60", "200")
    }
    assert [84 < widest(text) <= 100 for text in outputs] == [True]
