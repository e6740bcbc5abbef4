"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from trabecula import writing


def test_bytes_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    writing.write_atomically(path, b"one")
    writing.write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from trabecula import writing
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    writing.write_atomically(Path(sys.argv[1]), b"x" * 100_000)
except OSError as error:
    print(type(error).__name__, error.errno)
"""


@pytest.mark.parametrize("old", [b"as it was", None])
def test_when_the_disk_is_full_the_file_is_as_it_was(old: bytes | None, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: writing fails halfway."""
    path = tmp_path / "a.txt"
    if old is not None:
        path.write_bytes(old)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "OSError 27\n"  # EFBIG
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_when_the_file_cannot_be_replaced_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").touch()
    with pytest.raises(OSError, match="a"):
        writing.write_atomically(tmp_path / "a", b"x")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "b"]


def test_parts_on_their_way_to_the_disk_are_written_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_PART", 7)
    sent: list[tuple[int, int]] = []

    def note(_: int, begin: int, size: int, advice: int) -> None:
        assert advice == 4  # which is POSIX_FADV_DONTNEED
        assert (tmp_path / "file").stat().st_size == begin + size
        sent.append((begin, size))

    monkeypatch.setattr(os, "posix_fadvise", note, raising=False)
    monkeypatch.setattr(os, "POSIX_FADV_DONTNEED", 4, raising=False)
    parts = [b"one", b"", memoryview(b"three")[1:], b"twenty-seven", b"end"]
    writing.write_through(tmp_path / "file", parts)
    assert (tmp_path / "file").read_bytes() == b"onehreetwenty-sevenend"
    assert sent == [(0, 7), (7, 12)]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        writing.write_atomically(tmp_path / "no" / "a.txt", b"x")


def test_permissions_are_kept_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.touch(mode=0o600)
    old.chmod(0o640)
    touched = tmp_path / "touched"
    touched.touch()
    for path in (new, old):
        writing.write_atomically(path, b"x")
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == touched.stat().st_mode


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("real")
    writing.write_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "what"), [("missing/x.ttl", "No such file or directory"), ("", "Is a directory")]
)
def test_an_error_names_the_path_that_was_asked_for(tmp_path: Path, name: str, what: str) -> None:
    path = tmp_path / name
    with pytest.raises(OSError, match=what) as caught:
        writing.write_atomically(path, b"x")
    assert caught.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)  # so that neither end waits for the other
    try:
        writing.write_atomically(pipe, b"all of it")
        assert pipe.is_fifo()  # a file put in its place would leave the reader without anything
        assert os.read(reader, 100) == b"all of it"
    finally:
        os.close(reader)


def test_a_pipe_that_nobody_reads_is_an_error_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no program reads from this pipe") as caught:
        writing.write_atomically(pipe, b"x")
    assert (caught.value.errno, caught.value.filename) == (errno.ENXIO, str(pipe))


def test_a_pipe_takes_more_than_it_holds(tmp_path: Path) -> None:
    """The reader is slow and the pipe full: what does not fit at once is waited for."""
    pipe, taken = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)

    def read() -> None:
        select.select(
            [reader], [], []
        )  # until somebody writes: before that it would seem at its end
        with os.fdopen(reader, "rb") as stream:
            taken.append(stream.read())

    thread = threading.Thread(target=read)
    thread.start()
    try:
        writing.write_atomically(pipe, b"x" * 1_000_000)
    finally:
        thread.join()
    assert taken == [b"x" * 1_000_000]


def test_a_pipe_whose_reader_goes_away_is_an_error(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    thread = threading.Timer(0.1, os.close, [reader])
    thread.start()
    try:
        with pytest.raises(BrokenPipeError) as caught:
            writing.write_atomically(pipe, b"x" * 1_000_000)
    finally:
        thread.join()
    assert caught.value.filename == str(pipe)


def test_devices_are_written_to_and_stay_devices() -> None:
    writing.write_atomically(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()
    with pytest.raises(OSError, match="No space left on device") as caught:
        writing.write_atomically(Path("/dev/full"), b"x")
    assert caught.value.filename == "/dev/full"


def test_links_in_a_circle_are_an_error(tmp_path: Path) -> None:
    loop = tmp_path / "loop.ttl"
    loop.symlink_to("loop.ttl")
    with pytest.raises(OSError, match="symbolic links") as caught:
        writing.write_atomically(loop, b"x")
    assert caught.value.filename == str(loop)
    assert list(tmp_path.iterdir()) == [loop]


def test_a_link_that_leads_nowhere_makes_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("real")
    writing.write_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_file_that_is_open_already_is_written_on(name: str, tmp_path: Path) -> None:
    """`-o /dev/stdout >> log` adds to the log; a file put in its place would lose the rest."""
    code = "import sys; from pathlib import Path; from trabecula import writing; "
    code += "writing.write_atomically(Path(sys.argv[1]), b'new\\n')"
    with (tmp_path / "log").open("ab") as log:
        log.write(b"old\n")
        log.flush()
        subprocess.run([sys.executable, "-c", code, name], stdout=log, check=True)
    assert (tmp_path / "log").read_bytes() == b"old\nnew\n"


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".ttl")
    writing.write_atomically(path, b"x")
    assert path.read_bytes() == b"x"


_KILLED = """
import os, signal, sys
from pathlib import Path
from trabecula import writing
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
writing.write_atomically(Path(sys.argv[1]), b"new")
"""


def test_a_kill_leaves_the_old_file_and_the_next_write_sweeps_up(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"
    (left,) = (each for each in tmp_path.iterdir() if each != path)
    assert writing.is_leftover(left.name)
    writing.write_atomically(tmp_path / "b.txt", b"another file")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_what_another_program_is_writing_is_not_swept(tmp_path: Path) -> None:
    with writing.staged_folder(tmp_path) as work:
        (work / "a").touch()
        code = "import sys; from pathlib import Path; from trabecula import writing; "
        code += "writing.sweep(Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
        assert (work / "a").exists()
    assert list(tmp_path.iterdir()) == []


def test_what_is_only_called_like_a_leftover_is_not_swept(tmp_path: Path) -> None:
    mine = tmp_path / ".trabecula-notes.new"
    mine.touch()
    link = tmp_path / ".trabecula-abcdefgh.new"
    link.symlink_to(tmp_path / "target")
    (tmp_path / "target").mkdir()
    writing.sweep(tmp_path)
    assert mine.exists()
    assert (tmp_path / "target").exists()
