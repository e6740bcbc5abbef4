"""Places that were worked out before are read from the user's cache instead.

The key is what they follow from: the boxes, the links, and the code that places them. So nothing
goes stale, the places are the same with the cache and without, and it can be deleted at any time.
A file that is damaged counts for nothing, and where none can be written none is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from trabecula import writing
from trabecula.picture import layout
from trabecula.picture.layout import Position, Size

#: Files that are kept: those used last.
MOST: Final = 200
#: The modules by which things are placed.
PLACING: Final = ("boxes.py", "communities.py", "layout.py", "stress.py")


def positions(sizes: Mapping[str, Size], links: Iterable[tuple[str, str]]) -> dict[str, Position]:
    """What `layout.positions` gives, which is asked only the first time."""
    pairs = list(links)
    names = sorted(sizes)
    path = _path(names, sizes, pairs)
    places = _read(path, len(names)) if path else None
    if places is None:
        found = layout.positions(sizes, pairs)
        if path:
            _write(path, [found[name] for name in names])
        return found
    placed = dict(zip(names, places, strict=True))
    return {name: placed[name] for name in sizes}


def folder() -> Path | None:
    """Where places are kept: in the folder that XDG has for caches; None without a home."""
    said = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(said) if Path(said).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return base / "trabecula" / "places"


def _path(names: list[str], sizes: Mapping[str, Size], links: list[tuple[str, str]]) -> Path | None:
    """The file for these boxes and links, which need not be there."""
    home = folder()
    if home is None:
        return None
    edges = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    asked = [[name, *sizes[name]] for name in names]
    key = hashlib.sha256(json.dumps([asked, edges]).encode("ascii"))
    try:
        for name in PLACING:
            key.update(resources.files(__package__).joinpath(name).read_bytes())
    except OSError:  # a program that carries no sources
        return None
    return home / f"{key.hexdigest()}.json"


def _read(path: Path, count: int) -> list[Position] | None:
    """The places in a file, or None where it does not hold them as they were written."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode("ascii") != digest:
            return None
        places = [(x, y) for x, y in json.loads(body)]
        os.utime(path)
    except (OSError, ValueError, TypeError):
        return None
    return places if len(places) == count else None


def _write(path: Path, places: list[Position]) -> None:
    body = json.dumps(places, separators=(",", ":")).encode("ascii")
    digest = hashlib.sha256(body).hexdigest().encode("ascii")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        writing.write_atomically(path, digest + b"\n" + body)
        _tidy(path.parent)


def _tidy(home: Path) -> None:
    """Remove what was not used for longest, beyond so many files."""
    used = sorted((one.stat().st_mtime, one) for one in home.glob("*.json"))
    for _, old in used[:-MOST]:
        old.unlink(missing_ok=True)
