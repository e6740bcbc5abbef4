"""Files in the user's cache: what was worked out before, and could be worked out again.

A file or a folder is written as a whole, with the digest of what it holds; one that is damaged
counts for nothing, and where none can be written none is. All of it can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from trabecula import writing


def folder(name: str) -> Path | None:
    """A folder of ours in the one that XDG has for caches; None without a home."""
    configured = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(configured) if Path(configured).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return base / "trabecula" / name


def read(path: Path) -> bytes | None:
    """What was written to a file, or None where it does not hold that any more."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode("ascii") != digest:
            return None
        os.utime(path)
    except OSError:
        return None
    return body


def write(path: Path, body: bytes, most: int) -> None:
    """Keep something in a file; of files that end alike so many stay, those used last."""
    digest = hashlib.sha256(body).hexdigest().encode("ascii")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        writing.write_atomically(path, digest + b"\n" + body)
        for old in _unused(path, most):
            old.unlink(missing_ok=True)


def made(path: Path, make: Callable[[Path], None], most: int) -> Path | None:
    """A folder as it was made before, or as `make` makes it now; None where it cannot be kept.

    Of folders that end alike so many stay, those used last, and those that a living program was
    given: it may have them open.
    """
    if _is_given(path):
        return path
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with writing.staged_folder(path.parent) as work:
            inner = work / path.name
            make(inner)
            (inner / _DIGEST).write_bytes(_digest(inner))
            if not _is_given(path):  # else another program was quicker, and may have it open
                if path.exists():
                    writing.discard(path)
                inner.rename(path)
        if _is_given(path):
            for old in _unused(path, most):
                with contextlib.suppress(OSError):  # another program removes it
                    writing.discard_unshared(old)
            return path
    return None


#: By folder what tells other programs, as long as this one lives, that it was given here.
_given: dict[Path, writing.Shared] = {}


def _is_given(path: Path) -> bool:
    """Whether a folder is as it was made; then no other program removes it while this one lives."""
    with contextlib.suppress(OSError):
        held = writing.Shared(path)
        if _is_sound(path) and held.is_at(path):
            _given[path] = held
            return True
    return False


#: The file of a folder with the digest of the others.
_DIGEST: Final = "sha256"


def _is_sound(folder: Path) -> bool:
    """Whether a folder is as it was made; then it was used now."""
    with contextlib.suppress(OSError):
        if (folder / _DIGEST).read_bytes() == _digest(folder):
            os.utime(folder)
            return True
    return False


def _digest(folder: Path) -> bytes:
    """Of the names of all files of a folder but its digest, and of what is in them."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name != _DIGEST:
            data = path.read_bytes()
            digest.update(b"%d %b" % (len(data), os.fsencode(path.name)))
            digest.update(data)
    return digest.hexdigest().encode("ascii")


def _unused(path: Path, most: int) -> list[Path]:
    """What is beside a path and ends like it, but for so many that were used last."""
    used = sorted((file.stat().st_mtime, file) for file in path.parent.glob(f"*{path.suffix}"))
    return [old for _, old in used[:-most]]
