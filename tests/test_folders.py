"""A folder changes as a whole or not at all, and only where everything in it is ours."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trabecula import folders
from trabecula.errors import OutputError

OLD = {"a.txt": b"old a", "in/b.txt": b"old b", "in/gone.txt": b"old"}
NEW = {"a.txt": b"new a", "in/b.txt": b"new b", "in/c.txt": b"new c"}


def ours(folder: Path) -> Callable[[str], str]:
    """Files that begin with "old" or "new" are ours."""

    def fault(name: str) -> str:
        path = folder / name
        is_ours = path.is_file() and path.read_bytes()[:3] in (b"old", b"new")
        return "" if is_ours else "is not ours"

    return fault


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of ours, in one that holds nothing else."""
    place = tmp_path / "around" / "out"
    place.parent.mkdir()
    folders.write(place, OLD, ours)
    return place


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot exchange two names."""

    def refuse(_: Path, other: Path) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(other))

    monkeypatch.setattr(folders, "_exchange", refuse)


# --- What is ours ---------------------------------------------------------------------------


def test_a_folder_of_ours_is_replaced_whole(folder: Path) -> None:
    folders.write(folder, NEW, ours)
    assert held(folder) == NEW
    assert list(folder.parent.iterdir()) == [folder]


def test_a_lock_of_somebody_does_not_stop_it(folder: Path) -> None:
    """As that of `flock out trabecula … -o out`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        folders.write(folder, NEW, ours)
    finally:
        os.close(descriptor)
    assert held(folder) == NEW


@pytest.mark.usefixtures("no_exchange")
def test_it_is_replaced_whole_where_the_system_cannot_exchange(folder: Path) -> None:
    folders.write(folder, NEW, ours)
    assert held(folder) == NEW
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "in"]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("notes.md", Path.touch),
        ("in/deep/notes.md", Path.touch),
        ("empty", Path.mkdir),
        (".git", Path.mkdir),
        ("link", lambda path: path.symlink_to("nowhere")),
        ("pipe", os.mkfifo),
    ],
)
def test_a_folder_that_holds_anything_else_is_not_touched(
    name: str, made: Callable[[Path], None], folder: Path
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    made(folder / name)
    with pytest.raises(OutputError, match=rf"out holds {name}, which is not ours; write to"):
        folders.write(folder, NEW, ours)
    assert {key: held(folder)[key] for key in OLD} == OLD
    assert os.path.lexists(folder / name)
    assert list(folder.parent.iterdir()) == [folder]


def test_overwriting_keeps_files_of_other_names_and_replaces_those_of_the_same(
    folder: Path,
) -> None:
    (folder / "a.txt").write_bytes(b"mine")
    (folder / "in" / "notes.md").write_bytes(b"mine too")
    folders.write(folder, NEW, ours, overwrite=True)
    assert held(folder) == {**NEW, "in/notes.md": b"mine too"}


def test_a_link_of_the_same_name_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"mine")
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=r"a\.txt is no file of its own in"):
        folders.write(folder, NEW, ours, overwrite=True)
    assert (tmp_path / "elsewhere").read_bytes() == b"mine"
    assert held(folder)["in/b.txt"] == b"old b"


def test_what_comes_while_the_new_folder_is_made_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = folders._exchange

    def late(made: Path, target: Path) -> None:
        if not (folder / "notes.md").exists():
            (folder / "notes.md").write_bytes(b"mine")
        exchange(made, target)

    monkeypatch.setattr(folders, "_exchange", late)
    with pytest.raises(OutputError, match=r"holds notes\.md"):
        folders.write(folder, NEW, ours)
    assert held(folder) == {**OLD, "notes.md": b"mine"}
    assert list(folder.parent.iterdir()) == [folder]


def test_the_folder_somebody_is_in_is_not_taken_from_under_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for name in (".", "../out", str(folder.parent)):
        with pytest.raises(OutputError):
            folders.write(Path(name), NEW, ours)
    number = folder.stat().st_ino
    folders.write(Path(), NEW, ours, overwrite=True)
    assert (held(folder), folder.stat().st_ino) == (NEW, number)


def test_an_empty_folder_can_be_filled_from_within(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folders.write(Path(), NEW, ours)
    assert held(tmp_path) == NEW


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"out is a file; name a folder"):
        folders.write(tmp_path / "out", NEW, ours, overwrite=True)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_the_folder_around_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*/no; make it first"):
        folders.write(tmp_path / "no" / "out", NEW, ours)
    assert list(tmp_path.iterdir()) == []


def test_permissions_are_kept_and_new_ones_follow_the_umask(folder: Path) -> None:
    usual = (folder / "a.txt").stat().st_mode & 0o777
    folder.chmod(0o750)
    (folder / "a.txt").chmod(0o640)
    folders.write(folder, NEW, ours)
    names = (".", "a.txt", "in/c.txt")
    assert [(folder / n).stat().st_mode & 0o777 for n in names] == [0o750, 0o640, usual]
    assert folder.parent.stat().st_mode & 0o777 == (folder / "in").stat().st_mode & 0o777


def test_a_link_to_a_folder_stays_one(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    folders.write(link, NEW, ours)
    assert link.is_symlink()
    assert held(folder) == NEW


def test_where_nothing_can_be_made_beside_it_the_folder_changes_in_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the only folder of a user on a server, or in a mount point."""
    staged = folders.writing.staged_folder

    def refuse(parent: Path) -> object:
        if parent == folder.parent:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(parent))
        return staged(parent)

    monkeypatch.setattr(folders.writing, "staged_folder", refuse)
    folders.write(folder, NEW, ours)
    assert held(folder) == NEW


# --- Full disks and kills -------------------------------------------------------------------

_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from trabecula import folders
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
new = {"a.txt": b"new a", "in/b.txt": b"new" + b"x" * 100_000}
try:
    folders.write(Path(sys.argv[1]), new, lambda folder: lambda name: sys.argv[2], overwrite=True)
except OSError as error:
    print(error.errno, error.filename)
"""


@pytest.mark.parametrize("fault", ["", "is not ours"], ids=["exchanged", "in place"])
def test_when_the_disk_is_full_the_folder_is_as_it_was(fault: str, folder: Path) -> None:
    """A limit on the size of files stands for the full disk: writing fails halfway."""
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(folder), fault],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == f"27 {folder}\n"  # EFBIG
    assert held(folder) == OLD
    assert list(folder.parent.iterdir()) == [folder]


_KILLED = f"""
import itertools, os, signal, sys
from pathlib import Path
from trabecula import folders, writing

way, last = sys.argv[2], int(sys.argv[3])
count = itertools.count(1)

def stopping(function):
    def call(*arguments, **options):
        if next(count) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return call

def missing(one, other):
    raise OSError(38, "no such call")

folders._exchange = missing if way == "renames only" else stopping(folders._exchange)
Path.rename, Path.replace = stopping(Path.rename), stopping(Path.replace)
os.unlink, os.rmdir = stopping(os.unlink), stopping(os.rmdir)
fault = "" if way == "exchanged" else "is not ours"
judge = lambda folder: lambda name: "" if name == "in/gone.txt" else fault
folders.write(Path(sys.argv[1]), {NEW!r}, judge, overwrite=True)
"""


@pytest.mark.parametrize("way", ["exchanged", "in place", "renames only"])
def test_a_kill_at_any_step_leaves_the_old_folder_or_the_new_one(way: str, folder: Path) -> None:
    """As it is met by who reads through us; the next write removes what was left behind."""
    seen = []
    for step in range(1, 40):
        arguments = [sys.executable, "-c", _KILLED, str(folder), way, str(step)]
        done = subprocess.run(arguments, check=False)
        assert done.returncode in (0, -signal.SIGKILL)
        folders.recover(folder)
        now = {name: data for name, data in held(folder).items() if ".trabecula" not in name}
        assert now in (OLD, NEW)
        seen.append(now)
        folders.write(folder, OLD, ours)
        assert held(folder) == OLD
        assert list(folder.parent.iterdir()) == [folder]
        if done.returncode == 0:
            break
    assert done.returncode == 0
    assert seen == sorted(seen, key=[OLD, NEW].index)  # one moment divides the two
    assert OLD in seen


def test_an_error_names_the_folder_that_was_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(folders.writing, "write_through", full)
    for call in (
        lambda: folders.write(folder, NEW, ours),
        lambda: folders.write(folder.parent / "another", NEW, ours),
        lambda: folders.replace(folder, dict(NEW), {}),
    ):
        with pytest.raises(OSError, match="No space left") as caught:
            call()
        assert str(caught.value.filename) in (str(folder), f"{folder.parent}/another")
    assert held(folder) == OLD
    assert list(folder.parent.iterdir()) == [folder]


# --- Files in place -------------------------------------------------------------------------


def test_a_file_that_was_saved_meanwhile_is_not_replaced_nor_is_any_other(folder: Path) -> None:
    before = {name: folders.digest(folder / name) for name in OLD}
    (folder / "in" / "b.txt").write_bytes(b"an edit")
    with pytest.raises(OutputError, match=r"b\.txt was changed meanwhile; nothing is written"):
        folders.replace(folder, {**NEW, "in/gone.txt": None}, before)
    assert held(folder) == {**OLD, "in/b.txt": b"an edit"}


@pytest.mark.parametrize("name", ["a.txt", "in/b.txt", "in/c.txt", "in/gone.txt"])
def test_not_even_one_saved_in_the_last_moment(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {key: folders.digest(folder / key) for key in OLD}
    swap = folders._swap

    def late(waiting: Path, target: Path) -> None:
        if target == folder / name:
            monkeypatch.setattr(folders, "_swap", swap)
            target.write_bytes(b"an edit")
        swap(waiting, target)

    monkeypatch.setattr(folders, "_swap", late)
    with pytest.raises(OutputError, match="was changed meanwhile"):
        folders.replace(folder, {**NEW, "in/gone.txt": None}, before)
    assert held(folder) == {**OLD, name: b"an edit"}


def _cut_short(folder: Path, changes: list[list[str]], **files: bytes) -> None:
    commit = folder / folders.COMMIT
    commit.mkdir()
    (commit / "journal.json").write_text(json.dumps(changes), "utf-8")
    for number, data in files.items():
        (commit / number.removeprefix("n")).write_bytes(data)


def test_an_edit_after_a_kill_is_kept_and_told_of(folder: Path) -> None:
    old, new = (folders.digest(folder / name) for name in ("a.txt", "in/b.txt"))
    _cut_short(folder, [["0", "a.txt", old, new]], n0=b"old b")
    (folder / "a.txt").write_bytes(b"an edit")
    with pytest.raises(
        OutputError, match=r"a\.txt was changed after a write was cut short; remove"
    ):
        folders.recover(folder)
    assert (folder / "a.txt").read_bytes() == b"an edit"


def test_what_a_journal_has_left_waits_until_it_can_be_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [
        [str(number), name, folders.digest(folder / name), hashlib.sha256(NEW[name]).hexdigest()]
        for number, name in enumerate(NEW)
    ]
    _cut_short(folder, changes, n0=OLD["a.txt"], n1=NEW["in/b.txt"], n2=NEW["in/c.txt"])
    (folder / "a.txt").write_bytes(NEW["a.txt"])  # as it was done before the kill
    swap = folders._swap

    def full(waiting: Path, target: Path) -> None:
        if target == folder / "in/c.txt":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        swap(waiting, target)

    monkeypatch.setattr(folders, "_swap", full)
    with pytest.raises(OutputError, match="cannot be finished: No space left on device"):
        folders.recover(folder)
    monkeypatch.setattr(folders, "_swap", swap)
    folders.recover(folder)
    assert held(folder) == {**NEW, "in/gone.txt": b"old"}


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "in/../../secret", "link/x", ""])
def test_a_journal_from_elsewhere_cannot_reach_out_of_its_folder(name: str, folder: Path) -> None:
    (folder.parent / "secret").write_bytes(b"as it was")
    (folder / "link").symlink_to(folder.parent)
    _cut_short(folder, [["0", name, folders.digest(folder.parent / "secret"), "x"]], n0=b"new")
    with pytest.raises(OutputError, match="the journal of a write is damaged"):
        folders.recover(folder)
    assert (folder.parent / "secret").read_bytes() == b"as it was"


@pytest.mark.parametrize("text", ["", "[[]]", "{", "[1]", '[["0", "a.txt"]]'])
def test_a_damaged_journal_is_told_of(text: str, folder: Path) -> None:
    _cut_short(folder, [])
    (folder / folders.COMMIT / "journal.json").write_text(text, "utf-8")
    with pytest.raises(OutputError, match="the journal of a write is damaged; remove"):
        folders.recover(folder)
