"""Places that were worked out before are read from the user's cache instead.

The key is what they follow from: the boxes, the links, and the code that places them. So nothing
goes stale, the places are the same with the cache and without, and it can be deleted at any time.
A file that is damaged counts for nothing, and where none can be written none is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from trabecula import cache
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
        computed = layout.positions(sizes, pairs)
        if path:
            _write(path, [computed[name] for name in names])
        return computed
    placed = dict(zip(names, places, strict=True))
    return {name: placed[name] for name in sizes}


def folder() -> Path | None:
    """Where places are kept; None without a home."""
    return cache.folder("places")


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
    body = cache.read(path)
    try:
        places = [(x, y) for x, y in json.loads(body or b"")]
    except (ValueError, TypeError):
        return None
    return places if len(places) == count else None


def _write(path: Path, places: list[Position]) -> None:
    body = json.dumps(places, separators=(",", ":")).encode("ascii")
    cache.write(path, body, MOST)
