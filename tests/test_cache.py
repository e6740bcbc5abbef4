"""What is kept in the user's cache is whole, and stays where somebody may have it open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from trabecula import cache


def _made(text: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "a").write_text(text)


def test_a_folder_that_another_program_made_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.kind"

    def make(folder: Path) -> None:
        cache.made(path, lambda other: _made("first", other), 2)
        _made("second", folder)

    assert cache.made(path, make, 2) == path
    assert (path / "a").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["x.kind"]


def test_a_damaged_folder_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "x.kind"
    cache.made(path, lambda folder: _made("one", folder), 2)
    (path / "a").write_text("two")
    assert cache.made(path, lambda folder: _made("one", folder), 2) == path
    assert (path / "a").read_text() == "one"


#: A program that is given a folder of the cache, says so, and lives until it is told to end.
_USER = """
import sys
from pathlib import Path
from trabecula import cache
def make(folder):
    folder.mkdir()
    (folder / "a").write_text("mine")
print(cache.made(Path(sys.argv[1]), make, 2), flush=True)
sys.stdin.read()
"""


def test_what_a_living_program_was_given_is_not_removed(tmp_path: Path) -> None:
    used, *others = (tmp_path / f"{name}.kind" for name in "abcd")
    command = [sys.executable, "-c", _USER, str(used)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == f"{used}\n"
        for path in others[:2]:
            subprocess.run([*command[:3], str(path)], check=True, stdin=subprocess.DEVNULL)
        assert sorted(tmp_path.iterdir()) == [used, *others[:2]]
        assert (used / "a").read_text() == "mine"
        user.communicate("")
    subprocess.run([*command[:3], str(others[2])], check=True, stdin=subprocess.DEVNULL)
    assert sorted(tmp_path.iterdir()) == others[1:]
