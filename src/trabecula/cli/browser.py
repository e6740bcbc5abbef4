"""Opening a page in the browser, where there is one."""

from __future__ import annotations

import shutil
import subprocess
import sys

import click


def takes(address: str) -> bool:
    """Whether a browser takes a page; where none does, that shows within a second or two."""
    opener = shutil.which("xdg-open")
    if sys.platform in ("win32", "cygwin", "darwin"):
        return click.launch(address) == 0
    if opener is None:
        return False
    quiet = subprocess.DEVNULL
    command = [opener, address]
    try:
        program = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603 (no shell)
        return program.wait(timeout=2) == 0
    except subprocess.TimeoutExpired:  # it is the browser itself, and goes on
        return True
    except OSError:
        return False
