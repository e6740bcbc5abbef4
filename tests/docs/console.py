"""The console blocks of the documentation: what they run, and what it prints.

A block is fenced as ```console; a line that begins with `$ ` is run by the shell in a folder of
its own, and the lines after it, up to the next command, are exactly what it prints. A text that a
command is given with `<<` follows it in lines that begin with `> `. A command of
ours that the shell has only to split is run in this process, which is the same command line without
the second that it takes to start; what it prints may go on into a pipe. Where a command asks a server at 127.0.0.1:7311, one is started
once, on a port that is free. Run as a program, this module rewrites the output of
every block (`scripts/update-docs`).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from click.testing import CliRunner, Result

from trabecula.cli import main

ROOT = Path(__file__).parents[2]
_QUOTED = re.compile(r"""'[^']*'|"[^"$`\\]*\"""")
_FOR_THE_SHELL = re.compile(r"[|&;<>()$`\\*?#~\[]")
_SERVER = "127.0.0.1:7311"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """The pages that may hold console blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "CONTRIBUTING.md"]


def commands(block: str) -> Iterator[str]:
    r"""The commands of a block, without their prompts.

    >>> list(commands("$ cat <<END\n> a\n> END\na\n$ ls\n> a\n"))
    ['cat <<END\na\nEND', 'ls']
    """
    command: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield "\n".join(command)
            command, goes_on = [line[2:]], "<<" in line
        elif command and goes_on and line.startswith("> "):
            command.append(line[2:])
        else:
            goes_on = False
    if command:
        yield "\n".join(command)


def run(block: str, folder: Path) -> str:
    """The block as it should read: each command with what it prints, error output included."""
    lines = []
    for command in commands(block):
        shown = command.replace("\n", "\n> ")
        lines.append(f"$ {shown}\n{printed(command, folder)}")
    return "".join(lines)


def printed(command: str, folder: Path) -> str:
    """What a command prints: ours in this process, even before `&&` and a pipe; else by the shell."""
    first, together, rest = split(command)
    arguments = own(first)
    if arguments is None:
        return by_shell(command, folder)
    done = here(arguments, folder)
    if together == "|":
        return done.stderr + by_shell(rest, folder, given=done.stdout)
    if together == "&&" and done.exit_code == 0:
        return done.output + printed(rest, folder)
    return done.output


def split(command: str) -> tuple[str, str, str]:
    """The command before the first pipe or `&&` outside of quotes, that mark, and the rest.

    >>> split("trabecula info | head -7")
    ('trabecula info', '|', 'head -7')
    >>> split('trabecula extract "a & b | c" && ls | cat')
    ('trabecula extract "a & b | c"', '&&', 'ls | cat')
    >>> split("ls")
    ('ls', '', '')
    """
    covered = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), command)
    mark = re.search(r" (\||&&) ", covered)
    if mark is None:
        return command, "", ""
    return command[: mark.start()], mark[1], command[mark.end() :]


def own(command: str) -> list[str] | None:
    """The arguments of a command of ours; None where the shell has more to do than to split it.

    >>> own('trabecula extract "near(magnesium, 2) & sign(+)" -o part.ttl')
    ['extract', 'near(magnesium, 2) & sign(+)', '-o', 'part.ttl']
    >>> own("trabecula info > a"), own("touch a")
    (None, None)
    """
    if "\n" in command:
        return None
    unquoted = _QUOTED.sub("", command)
    name, *arguments = shlex.split(command)
    return None if name != "trabecula" or _FOR_THE_SHELL.search(unquoted) else arguments


def here(arguments: list[str], folder: Path) -> Result:
    """What our command line does in this process."""
    with contextlib.chdir(folder):
        environment = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "COLUMNS": None}
        return CliRunner().invoke(main, arguments, prog_name="trabecula", env=environment)


@cache
def server() -> str:
    """The host and port of a server of the shipped graph, which ends with this process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "trabecula", "serve", "--port", "0", "--quiet"],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        encoding="utf-8",
    )
    atexit.register(process.wait)
    atexit.register(process.terminate)
    assert process.stderr is not None
    address = re.match(r"http://([\w.:]+)/ serves", process.stderr.readline())
    assert address is not None
    return address[1]


def by_shell(command: str, folder: Path, given: str = "") -> str:
    """What a command prints that the shell runs, with this on its standard input."""
    if _SERVER in command:
        return by_shell(command.replace(_SERVER, server()), folder).replace(server(), _SERVER)
    environment = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT / "src"),  # what is run is what lies here, wherever Python lies
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, input=given, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


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
