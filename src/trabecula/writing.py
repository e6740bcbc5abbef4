"""Writing files whole or not at all.

What is written is made beside its place, under a name that begins with `.trabecula-`, reaches the
disk and then takes its place in one step. What a program that was killed has left of that is
removed by the next one that writes there.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

if sys.platform != "win32":
    import fcntl

_NAME: Final = (".trabecula-", ".new")
#: Bytes of a file that are sent to the disk together while more of it is made.
_PART: Final = 1 << 24
_LEFTOVER: Final = re.compile(r"\.trabecula-[a-z0-9_]{8}\.new")
#: Names of files that the process has open already: these are written to as they are, for to
#: open them anew would forget where the next byte goes (`>> log`).
_OPEN: Final = re.compile(r"/dev/(?:(?P<name>stdout|stderr)|fd/(?P<dev>\d+))|/proc/self/fd/(\d+)")


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that the file is either complete or as it was before.

    A symbolic link keeps pointing at its file, which is replaced. A pipe or a device, such as
    `/dev/null`, is written to and stays what it is; a pipe that nobody reads is an error. Raises
    `OSError` that names `path`.
    """
    path = Path(path)
    try:
        descriptor = _open_already(path)
        if descriptor is not None:
            _pour(os.dup(descriptor), data)
        elif _is_stream(path):
            _pour(_opened(path), data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:  # the name of the temporary file would tell nobody anything
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_together(data: Mapping[Path, bytes | Iterable[bytes | memoryview]]) -> None:
    """Write several files of one folder so that all are complete or all as they were before.

    A file is given whole, or in parts as they are made. Raises `OSError`.
    """
    folder = next(iter(data)).parent
    with staged_folder(folder) as work:
        made = []
        for number, (path, content) in enumerate(data.items()):
            target = Path(os.path.realpath(path))
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            new, old = work / f"{number}.new", work / f"{number}.old"
            write_through(new, content)
            new.chmod(_mode(target))
            made.append((target, new, old))
        moved = []
        try:
            for target, new, old in made:
                if target.exists():
                    os.link(target, old)
                moved.append((target, old))
                new.replace(target)
        except BaseException:
            for target, old in moved:
                if old.exists():
                    old.replace(target)
                else:
                    target.unlink(missing_ok=True)
            raise
    sync(folder)


def is_leftover(name: str) -> bool:
    """Whether a file or folder is called as what is being written, or was when it was cut short."""
    return _LEFTOVER.fullmatch(name) is not None


@contextmanager
def staged_folder(parent: Path) -> Iterator[Path]:
    """A new folder in `parent`, which is removed at the end if it is still there."""
    sweep(parent)
    with _held(lambda: _new_folder(parent)) as work:
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


class Staged:
    """A new folder in `parent`, which no program takes for a leftover as long as this lives."""

    def __init__(self, parent: Path) -> None:
        sweep(parent)
        self.folder, self._lock = _made(lambda: _new_folder(parent))

    def __del__(self) -> None:
        if getattr(self, "_lock", -1) >= 0:
            os.close(self._lock)


def sweep(folder: Path) -> None:
    """Remove what programs that were killed have left in a folder; nothing that one still makes.

    Only where the system can tell the two apart by locks that end with their program (`flock`).
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in [entry for entry in entries if is_leftover(entry.name)]:
            with suppress(OSError):
                _sweep(Path(entry.path))


def discard(folder: Path) -> None:
    """Remove a folder so that nobody meets a part of it under its name."""
    gone = _new_folder(folder.parent)
    gone.rmdir()
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, on systems that do this for folders."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def permitted(mode: int) -> int:
    """What the umask leaves of the permissions of something new."""
    umask = os.umask(0)
    os.umask(umask)
    return mode & ~umask


def _open_already(path: Path) -> int | None:
    """The descriptor of the process that a name such as `/dev/stdout` stands for."""
    match = _OPEN.fullmatch(str(path)) if os.name == "posix" else None
    if match is None:
        return None
    return {"stdout": 1, "stderr": 2}.get(match["name"]) or int(match["dev"] or match[3])


def _is_stream(path: Path) -> bool:
    """Whether what stands at a path is written to as it is, and not replaced."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISBLK(mode):
        raise PermissionError(errno.EPERM, "a disk is not written to")
    return not stat.S_ISREG(mode)


def _opened(path: Path) -> int:
    """A descriptor to write to a pipe or a device; it is not waited for a reader to come."""
    try:
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, "no program reads from this pipe; start one first") from None
        raise
    os.set_blocking(descriptor, True)
    return descriptor


def _pour(descriptor: int, data: bytes) -> None:
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)


def _replace(target: Path, data: bytes) -> None:
    sweep(target.parent)
    with _held(lambda: _new_file(target.parent)) as temporary:
        try:
            write_through(temporary, data)
            temporary.chmod(_mode(target))
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    sync(target.parent)


def write_through(path: Path, data: bytes | Iterable[bytes | memoryview]) -> None:
    """Write a file, whole or in parts, and wait until it has reached the disk."""
    with path.open("wb") as stream:
        stream.writelines([data] if isinstance(data, bytes) else _on_its_way(stream, data))
        stream.flush()
        os.fsync(stream.fileno())


def _on_its_way(
    stream: IO[bytes], parts: Iterable[bytes | memoryview]
) -> Iterator[bytes | memoryview]:
    """Parts of a file that is written; what there is of it goes to the disk while more are made.

    Who asks the system to forget pages that are not on the disk yet has them written, and does not
    wait for it; waiting for all of a large file at its end is a tenth of the time to make it.
    """
    begun = 0
    for part in parts:
        yield part
        written = stream.tell()
        if written - begun >= _PART and hasattr(os, "posix_fadvise"):
            stream.flush()
            os.posix_fadvise(stream.fileno(), begun, written - begun, os.POSIX_FADV_DONTNEED)
            begun = written


def _new_folder(parent: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=parent, prefix=_NAME[0], suffix=_NAME[1]))


def _new_file(parent: Path) -> Path:
    descriptor, name = tempfile.mkstemp(dir=parent, prefix=_NAME[0], suffix=_NAME[1])
    os.close(descriptor)
    return Path(name)


def _mode(target: Path) -> int:
    """The permissions to give: those of the file replaced, else those the umask leaves."""
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        return permitted(0o666)


class Shared:
    """A folder that is kept from `discard_unshared` as long as this, or this program, lives.

    Raises `OSError` where it cannot be opened.
    """

    def __init__(self, folder: Path) -> None:
        self._descriptor = -1
        if sys.platform != "win32":  # which has no such locks
            self._descriptor = os.open(folder, os.O_RDONLY)
            with suppress(OSError):  # a file system without locks
                fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def is_at(self, folder: Path) -> bool:
        """Whether it is the folder at this place still. Raises `OSError` where there is none."""
        status = folder.stat()
        return self._descriptor < 0 or os.path.samestat(os.fstat(self._descriptor), status)

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)


def discard_unshared(folder: Path) -> None:
    """Remove a folder, unless a program has it as `Shared`. Raises `OSError`."""
    if sys.platform == "win32":
        discard(folder)
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
        discard(folder)
    finally:
        os.close(descriptor)


@contextmanager
def _held(make: Callable[[], Path]) -> Iterator[Path]:
    """What `make` makes, locked, so that no other program takes it for a leftover."""
    path, descriptor = _made(make)
    try:
        yield path
    finally:
        if descriptor >= 0:
            os.close(descriptor)


if sys.platform == "win32":

    def _made(make: Callable[[], Path]) -> tuple[Path, int]:
        """What `make` makes, and no lock."""
        return make(), -1

    @contextmanager
    def locked(_: Path, *, wait: bool = True) -> Iterator[None]:  # noqa: ARG001
        """Without locks there is nothing to wait for."""
        yield

    def _sweep(_: Path) -> None:
        """Nothing: without locks it cannot be told what is still being made."""

else:

    @contextmanager
    def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
        """A file or folder that no other program of ours changes or removes meanwhile.

        One that does so now is waited for, or else left to it: somebody's own lock, as that of
        `flock out trabecula … -o out`, serves as well. Raises `OSError` where `path` cannot be
        opened.
        """
        descriptor = os.open(path, os.O_RDONLY)
        try:
            with suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            yield
        finally:
            os.close(descriptor)

    def _made(make: Callable[[], Path]) -> tuple[Path, int]:
        """What `make` makes, and its lock; another one where it was swept before it was locked."""
        while True:
            path = make()
            with suppress(FileNotFoundError):
                descriptor = os.open(path, os.O_RDONLY)
                with suppress(OSError):  # a file system without locks: then nobody sweeps, either
                    fcntl.flock(descriptor, fcntl.LOCK_EX)
                if os.fstat(descriptor).st_nlink:
                    return path, descriptor
                os.close(descriptor)

    def _sweep(path: Path) -> None:
        """Remove a leftover of ours. Raises `OSError` where a program still holds it."""
        if path.lstat().st_uid != os.geteuid():
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        finally:
            os.close(descriptor)
