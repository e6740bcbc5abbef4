"""Changing a folder as a whole or not at all, and only where everything in it is ours.

A folder that holds nothing but what we wrote is made anew beside its place and *exchanged* with
the old one in a single step. That is not always possible: something that is not ours has to stay,
the system or the file system cannot exchange (only Linux can), the folder is a mount point, or
the one somebody is in. Then its files are *replaced in place*: the new ones wait in a folder
`.trabecula-commit` within it, with a journal of what stands there and what shall; who finds that
folder, because the program was killed, does first what the journal says. Either way whoever reads
through us meets the old folder or the new one.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from trabecula import writing
from trabecula.errors import OutputError

#: Of a folder, the judge of what is in it: of a path within it, what it is where it is not ours,
#: as "is not part of a release"; nothing where it is.
Known: TypeAlias = Callable[[Path], Callable[[str], str]]

COMMIT: Final = ".trabecula-commit"
_JOURNAL: Final = "journal.json"
_OR: Final = "write to another folder, or say --overwrite, which replaces files of the same names"
#: What the system answers where it cannot exchange, or lets nobody make something beside a folder.
_NOT_HERE: Final = frozenset(
    getattr(errno, name)
    for name in ("EACCES", "EBUSY", "EINVAL", "ENOSYS", "ENOTSUP", "EPERM", "EROFS", "EXDEV")
)


def write(
    folder: Path, files: Mapping[str, bytes], judging: Known, *, overwrite: bool = False
) -> None:
    """Make a folder hold these files, by path within it, and nothing else of ours.

    The folder is made where it is missing, though not the one around it. Where it holds anything
    that is not ours, or is the folder that the program is in, nothing is written and an
    `OutputError` names it; with `overwrite` files of other names stay. Raises `OSError`, too.
    """
    folder = Path(folder)
    place = Path(os.path.realpath(folder))
    with _telling(folder):
        if not place.exists():
            _create(place, files)
        else:
            _change(folder, place, files, judging, overwrite=overwrite)


def guard(folder: Path, judging: Known, *, overwrite: bool = False) -> None:
    """Raise before any work is done where `write` would refuse the folder; see there."""
    place = Path(os.path.realpath(folder))
    with _telling(folder):
        if place.exists():
            recover(place)
            _refuse(folder, place, judging, overwrite=overwrite)
        else:
            _require_parent(place)


def replace(folder: Path, files: Mapping[str, bytes | None], before: Mapping[str, str]) -> None:
    """Replace files of a folder together, all or none; None removes one.

    `before` has the digests of what was read. Raises `OutputError`, and changes nothing, where a
    file is another one by now: somebody saved it meanwhile. Raises `OSError`, too.
    """
    place = Path(os.path.realpath(folder))
    recover(place)
    with _telling(folder), writing.staged_folder(place) as work:
        changes = _journal(work, files, before)
        for change in changes:
            _plain(place, change.name)
            _expect(place / change.name, change.old)
        writing.sync(work)
        try:
            work.rename(place / COMMIT)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                raise OutputError(f"another program writes to {folder}; try again") from error
            raise
        writing.sync(place)
        _carry_out(place, changes, whole=True)


def recover(folder: Path) -> None:
    """Finish a write to a folder that was cut short; wait for one that is under way.

    Raises `OutputError` where a file was changed since then, the journal is damaged, or nothing
    can be written there.
    """
    commit = folder / COMMIT
    if not commit.is_dir():
        return
    try:
        with writing.locked(commit):
            if commit.is_dir():
                _carry_out(folder, _left(folder, commit), whole=False)
    except OSError as error:
        what = f"{folder}: a write was cut short and cannot be finished"
        raise OutputError(
            f"{what}: {error.strerror}; read it as one who may write there"
        ) from error


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits; nothing where there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def stranger(place: Path, judging: Known) -> str:
    """The first that is in a folder and not ours, with what it is; nothing where all is ours."""
    judge = judging(place)
    faults = ((name, judge(name)) for name in names(place))
    return next((f"{name}, which {fault}" for name, fault in faults if fault), "")


def names(folder: Path) -> Iterator[str]:
    """What a folder holds, by path within it: files, links and empty folders, always in one order.

    Work in progress and what was left of it is passed over.
    """
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(folder / prefix) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
        if prefix and not ordered:
            yield prefix.removesuffix("/")
        inner = [entry.name for entry in ordered if entry.is_dir(follow_symlinks=False)]
        yield from (f"{prefix}{entry.name}" for entry in ordered if entry.name not in inner)
        if not prefix:
            inner = [n for n in inner if n != COMMIT and not writing.is_leftover(n)]
        waiting.extend(f"{prefix}{name}/" for name in reversed(inner))


def is_around_us(place: Path) -> bool:
    """Whether the program is in a folder: exchanged for another, it would be lost to a shell."""
    with suppress(OSError):
        return Path(os.path.realpath(Path.cwd())).is_relative_to(place)
    return False


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    """Errors of the system name the folder: the name of a temporary one tells nobody anything."""
    try:
        yield
    except OSError as error:
        name = str(error.filename or folder)
        hidden = any(part == COMMIT or writing.is_leftover(part) for part in Path(name).parts)
        raise OSError(error.errno, error.strerror, str(folder) if hidden else name) from error


# --- A whole folder -----------------------------------------------------------------------------


def _require_parent(place: Path) -> None:
    if not place.parent.is_dir():
        what = f"there is no folder {place.parent}; make it first"
        raise FileNotFoundError(errno.ENOENT, what, str(place))


def _refuse(folder: Path, place: Path, judging: Known, *, overwrite: bool) -> bool:
    """Raise `OutputError` where nothing shall change; whether anything there has to stay."""
    if not place.is_dir():
        raise OutputError(f"{folder} is a file; name a folder, or remove the file first")
    foreign = stranger(place, judging)
    if foreign and not overwrite:
        raise OutputError(f"{folder} holds {foreign}; {_OR}")
    inside = is_around_us(place)
    if inside and not overwrite and next(names(place), None):
        raise OutputError(f"{folder} is the folder you are in; {_OR}")
    return bool(foreign) or inside


def _create(place: Path, files: Mapping[str, bytes]) -> None:
    _require_parent(place)
    with writing.staged_folder(place.parent) as work:
        _fill(work, files, writing.permitted(0o777))
        work.rename(place)
        writing.sync(place.parent)


def _change(
    folder: Path, place: Path, files: Mapping[str, bytes], judging: Known, *, overwrite: bool
) -> None:
    recover(place)
    writing.sweep(place)
    stays = _refuse(folder, place, judging, overwrite=overwrite)
    if stays or not _exchanged(folder, place, files, judging):
        judge = judging(place)
        stale = [name for name in names(place) if not judge(name) and name not in files]
        wanted = {**files, **dict.fromkeys(stale)}
        for name in wanted:
            _plain(place, name)
        replace(place, wanted, {name: digest(place / name) for name in wanted})


def _exchanged(folder: Path, place: Path, files: Mapping[str, bytes], judging: Known) -> bool:
    """Whether a new folder could take the place of the old one; if not, nothing has changed."""
    try:
        with writing.staged_folder(place.parent) as work:
            _fill(work, files, place.stat().st_mode & 0o7777, place)
            with writing.locked(place, wait=False):
                _exchange(work, place)
                try:
                    foreign = stranger(work, judging)  # what came while the new one was made
                    if foreign:
                        raise OutputError(f"{folder} holds {foreign}; {_OR}")
                except BaseException:
                    _exchange(work, place)
                    raise
            writing.sync(place.parent)
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
        return False
    return True


def _fill(work: Path, files: Mapping[str, bytes], mode: int, like: Path | None = None) -> None:
    """Put files into a new folder, with the permissions of those of the same names in another."""
    for name, data in files.items():
        target = work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        writing.write_through(target, data)
        if like:
            with suppress(OSError):
                target.chmod((like / name).stat().st_mode & 0o7777)
    for inner in {work, *((work / name).parent for name in files)}:
        writing.sync(inner)
    work.chmod(mode)


def exchange(first: Path, second: Path) -> None:
    """Exchange two files or two folders in one step. Raises `OSError` where that cannot be done."""
    _exchange(first, second)


def _exchange(first: Path, second: Path) -> None:
    """Exchange two files or two folders in one step. Raises `OSError` where that cannot be done."""
    import ctypes

    at_here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    renameat2 = None
    if sys.platform.startswith("linux"):
        renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(second))
    if renameat2(at_here, os.fsencode(first), at_here, os.fsencode(second), exchange):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(second))


# --- Files in place -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Change:
    """One file to replace: its path within the folder, and the digests of old and new one.

    A digest is empty where there is no file. The new file waits under `number` in the folder of
    the journal; the old one is there afterwards.
    """

    number: str
    name: str
    old: str
    new: str


def _journal(
    work: Path, files: Mapping[str, bytes | None], before: Mapping[str, str]
) -> list[_Change]:
    """What is to change, written down in `work` beside the new files."""
    changes = []
    for number, (name, data) in enumerate(files.items()):
        new = "" if data is None else hashlib.sha256(data).hexdigest()
        changes.append(_Change(str(number), name, before.get(name, ""), new))
        if data is not None:
            writing.write_through(work / str(number), data)
            (work / str(number)).chmod(writing.permitted(0o666))
    text = json.dumps([astuple(change) for change in changes], indent=1)
    writing.write_through(work / _JOURNAL, text.encode("utf-8"))
    return changes


def _left(folder: Path, commit: Path) -> list[_Change]:
    """What a journal has left to do, once it is sure that nothing of it would be lost."""
    keep = f"remove {commit} to keep the files as they are"
    try:
        written = json.loads((commit / _JOURNAL).read_bytes())
        changes = [_Change(*map(str, row)) for row in written]
        for change in changes:
            _plain(folder, change.name)
    except (OSError, ValueError, TypeError, OutputError) as error:
        raise OutputError(f"{commit}: the journal of a write is damaged; {keep}") from error
    left = [change for change in changes if digest(folder / change.name) != change.new]
    for change in left:
        waiting = commit / change.number
        sound = digest(waiting) == change.new and not waiting.is_symlink()
        if digest(folder / change.name) != change.old or not sound:
            what = f"{folder / change.name} was changed after a write was cut short"
            raise OutputError(f"{what}; {keep}")
    return left


def _carry_out(place: Path, changes: Sequence[_Change], *, whole: bool) -> None:
    """Do what the journal says, or nothing of it.

    `changes` are all that it says, or else what is left: then it stays where that cannot be done.
    """
    done: list[_Change] = []
    commit = place / COMMIT
    try:
        for change in changes:
            _swap(commit / change.number, place / change.name)
            done.append(change)
            _expect(commit / change.number, change.old, place / change.name)
    except BaseException:
        for change in reversed(done):
            _swap(commit / change.number, place / change.name)
        if whole:
            writing.discard(commit)
        raise
    for change in changes:
        if not change.new:
            _prune(place, change.name)
    writing.sync(place)
    writing.discard(commit)


def _swap(waiting: Path, target: Path) -> None:
    """Exchange two files, of which one may be missing; doing it twice is doing nothing."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.rename(target)
    elif not waiting.exists():
        target.rename(waiting)
    else:
        shutil.copymode(target, waiting)
        try:
            _exchange(waiting, target)
        except OSError as error:
            if error.errno not in _NOT_HERE:
                raise
            copy = waiting.with_suffix(".old")
            shutil.copy2(target, copy)
            waiting.replace(target)
            copy.replace(waiting)


def _expect(path: Path, wanted: str, told: Path | None = None) -> None:
    if digest(path) != wanted:
        raise OutputError(f"{told or path} was changed meanwhile; nothing is written, try again")


def _plain(place: Path, name: str) -> None:
    """Raise `OutputError` unless a path leads, without links, to a file in a folder or to none."""
    parts = PurePosixPath(name).parts
    target = place / name
    outside = not parts or PurePosixPath(name).is_absolute() or ".." in parts
    inner = [place.joinpath(*parts[:count]) for count in range(1, len(parts))]
    linked = any(path.is_symlink() or (path.exists() and not path.is_dir()) for path in inner)
    with suppress(FileNotFoundError, NotADirectoryError):
        linked = linked or not stat.S_ISREG(target.lstat().st_mode)
    if outside or linked:
        raise OutputError(f"{target} is no file of its own in {place}; write to another folder")


def _prune(place: Path, name: str) -> None:
    """Remove the folders that a file which is gone leaves empty."""
    with suppress(OSError):
        for parent in (place / name).parents:
            if parent == place:
                break
            parent.rmdir()
