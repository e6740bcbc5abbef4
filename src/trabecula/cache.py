"""Files in the user's cache: what was worked out before, and could be worked out again.

A file is written as a whole, with the digest of what it holds; one that is damaged counts for
nothing, and where none can be written none is. All of it can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from trabecula import writing


def folder(name: str) -> Path | None:
    """A folder of ours in the one that XDG has for caches; None without a home."""
    said = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(said) if Path(said).is_absolute() else Path.home() / ".cache"
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
        used = sorted((one.stat().st_mtime, one) for one in path.parent.glob(f"*{path.suffix}"))
        for _, old in used[:-most]:
            old.unlink(missing_ok=True)
