"""The console blocks of the documentation: what they run, and what it prints.

A block is fenced as ```console; a line that begins with `$ ` is run by the shell in a folder of
its own, and the lines after it, up to the next command, are exactly what it prints. Run as a
program, this module rewrites the output of every block (`scripts/update-docs`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """The pages that may hold console blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md"]


def commands(block: str) -> Iterator[str]:
    """The commands of a block, without their prompts."""
    return (line[2:] for line in block.splitlines() if line.startswith("$ "))


def run(block: str, folder: Path) -> str:
    """The block as it should read: each command with what it prints, error output included."""
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    lines = []
    for command in commands(block):
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        lines.append(f"$ {command}\n{done.stdout}")
    return "".join(lines)


def actual(page: Path) -> str:
    """The page with the output of each of its blocks as it is now."""

    def rerun(match: re.Match[str]) -> str:
        with tempfile.TemporaryDirectory() as folder:
            return f"```console\n{run(match.group(1), Path(folder))}```"

    return _BLOCK.sub(rerun, page.read_text("utf-8"))


if __name__ == "__main__":
    for path in pages():
        text = actual(path)
        if text != path.read_text("utf-8"):
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"updated {path.relative_to(ROOT)}")  # noqa: T201
